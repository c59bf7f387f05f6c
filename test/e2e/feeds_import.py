# SPDX-License-Identifier: Apache-2.0
"""`assay feeds import` of all feeds of the corpus at once: what is read is
stored or refused with a reason, what is no feed is counted by its kind, and
importing it again changes no byte."""

import csv
import hashlib
import os
import zipfile

import e2e

BASE = os.path.join(e2e.HOME, 'knowledge.db')


def files_below(folder, *endings):
    return sum(name.endswith(endings) for _, _, names in os.walk(folder)
               for name in names)


def digest():
    with open(BASE, 'rb') as f:
        return hashlib.sha256(f.read()).hexdigest()


def sources(report):
    return {s['source']: s for s in report['sources']}


def adds_up(report):
    for s in report['sources']:
        parts = s['added'] + s['changed'] + s['unchanged'] + s['older']
        if s['stored'] != parts or s['read'] != s['stored'] + s['refused']:
            return s['source']
    if report['files'] != (report['read'] + report['passed_over'] +
                           report['failed']):
        return 'files'
    return None


def whole(vulns):
    r = e2e.run('feeds', 'import', '--format', 'json', vulns)
    e2e.equal('the whole corpus is imported', (r.status, r.errors()), (0, ''))
    report = r.json()
    e2e.equal('every account adds up', adds_up(report), None)
    e2e.equal('no file failed', report['failed'], 0)
    e2e.equal('every file was met', report['files'],
              sum(len(names) for _, _, names in os.walk(vulns)))
    got = sources(report)
    e2e.equal('every CVE record is there', got['cve']['total'],
              files_below(os.path.join(vulns, 'cve-json5'), '.json'))
    e2e.equal('every Go record is there', got['osv/GO']['total'],
              files_below(os.path.join(vulns, 'osv-go'), '.json'))
    with open(os.path.join(vulns, 'kev.csv'), encoding='utf-8') as f:
        rows = sum(1 for _ in csv.DictReader(f))
    e2e.equal('the list of exploited flaws is there, once',
              (got['kev']['total'], got['kev']['read']), (rows, 2 * rows))
    kinds = {p['kind']: p['files'] for p in report['passed']}
    for kind, folder, ending in (
            ('Ruby advisory', 'ruby', '.yml'),
            ('RustSec advisory', 'rustsec', '.md'),
            ('end-of-life product', 'endoflife', '.yaml')):
        e2e.equal(f'what is a {kind} is counted as such', kinds.get(kind),
                  files_below(os.path.join(vulns, folder), ending))


def again(vulns):
    before = digest()
    r = e2e.run('feeds', 'import', '--format', 'json', vulns)
    e2e.equal('the same again is imported', r.status, 0)
    e2e.check('and changes no byte', digest() == before)
    e2e.check('and says so', r.json()['changed'] is False and
              all(s['added'] == s['changed'] == 0
                  for s in r.json()['sources']))


def packed(vulns):
    """As archive and on standard input: the same records."""
    name = os.path.join(e2e.TMP, 'all.zip')
    folder = os.path.join(vulns, 'osv-go')
    with zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED) as z:
        for file in sorted(os.listdir(folder)):
            with open(os.path.join(folder, file), 'rb') as f:
                z.writestr(file, f.read())
    before = digest()
    r = e2e.run('feeds', 'import', '--format', 'json', name)
    e2e.equal('an archive holds the same', (r.status, r.json()['changed']),
              (0, False))
    with open(name, 'rb') as f:
        r = e2e.run('feeds', 'import', '--format', 'json', '-', stdin=f.read())
    e2e.equal('so does standard input', (r.status, r.json()['changed']),
              (0, False))
    e2e.check('no byte has changed', digest() == before)


def main():
    vulns = e2e.corpus('feeds import', 'vulns')
    if not vulns:
        return
    for case in (whole, again, packed):
        case(vulns)


main()
