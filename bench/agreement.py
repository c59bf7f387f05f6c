# SPDX-License-Identifier: Apache-2.0
"""Holds the findings of assay against those of osv-scanner: the same records,
the same bill of materials. A pair is a part and a record that speaks of it.
What only one of them reports is counted by its cause; what has no known cause
is listed, to be looked into.
"""

import collections
import json
import re
import subprocess
import urllib.parse
import zipfile

ECOSYSTEM = {'pypi': 'PyPI', 'golang': 'Go', 'cran': 'CRAN',
             'bitnami': 'Bitnami', 'brew': 'Homebrew'}
CAUSES = {
    'unknown type': 'its purl type is unknown to osv-scanner (Bitnami, '
                    'Homebrew), which leaves the part out',
    'by CPE': 'met by the part\'s CPE, which osv-scanner does not look at',
    'after a commit range': 'its range of versions stands behind a range of '
                            'commits, where osv-scanner stops looking',
    'letter case': 'the record writes the module with capitals, the purl '
                   'without, as the purl specification asks',
    'go at the end': 'a module path that ends in /go, which osv-scanner takes '
                     'for the standard library',
    'other form': 'the record does not write the name in the normal form of '
                  'PyPI (jw.util), in which osv-scanner looks it up',
    'commits only': 'the record gives commits and no versions: assay calls '
                    'the part undecided, osv-scanner says nothing',
}


def output(command):
    """What it prints, as JSON."""
    done = subprocess.run(command.words, check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
    return json.loads(done.stdout)


def key(purl):
    """(ecosystem, last part of the name, version): what osv-scanner says of
    a part."""
    kind, _, rest = urllib.parse.unquote(purl)[len('pkg:'):].partition('/')
    name, _, version = rest.rpartition('@')
    return (ECOSYSTEM.get(kind, kind), name.split('/')[-1].lower(),
            version.lstrip('v'))


def peers(report):
    """key -> ids of the records osv-scanner reports for it."""
    out = collections.defaultdict(set)
    for result in report['results']:
        for found in result['packages']:
            p = found['package']
            at = (p['ecosystem'].split(':')[0],
                  p['name'].split('/')[-1].lower(), p['version'].lstrip('v'))
            out[at] |= {v['id'] for v in found.get('vulnerabilities', [])}
    return out


def ours(report):
    """key -> {id of a record: (method, purl)}; records that say the part is
    affected, or may be."""
    purls = {p['ref']: p['purl'] for p in report['parts']}
    out = collections.defaultdict(dict)
    for finding in report['findings']:
        purl = purls[finding['part']]
        for e in finding['evidence']:
            out[key(purl)].setdefault(e['record'], (e['method'], purl))
    return out


class Records:
    """The records in the zips, one read when it is asked for."""

    def __init__(self, zips):
        self.zips = [zipfile.ZipFile(path) for path in zips]

    def affected(self, identity):
        for z in self.zips:
            try:
                return json.loads(z.read(identity + '.json'))['affected']
            except KeyError:
                pass
        return []


def cause(at, identity, how, records):
    """Why only assay reports the pair: a key of CAUSES, or None."""
    method, purl = how
    if at[0] in ('Bitnami', 'Homebrew'):
        return 'unknown type'
    if method == 'cpe':
        return 'by CPE'
    for a in records.affected(identity):
        name = a['package']['name']
        if name.split('/')[-1].lower() != at[1] and at[0] == 'Go':
            continue
        types = [r['type'] for r in a.get('ranges', [])]
        if types[:1] == ['GIT'] and len(types) > 1:
            return 'after a commit range'
        if at[0] == 'Go' and name != name.lower():
            return 'letter case'
        if at[0] == 'Go' and name.endswith('/go'):
            return 'go at the end'
        if at[0] == 'PyPI' and re.search('[._A-Z]|--', name):
            return 'other form'
        if types == ['GIT'] and not a.get('versions'):
            return 'commits only'
    return None


def compare(assay, peer, zips):
    """Lines of Markdown about two reports."""
    theirs, mine, records = peers(peer), ours(assay), Records(zips)
    both, only_us, only_peer = 0, collections.Counter(), collections.Counter()
    modules_in_go = {key(p['purl']) for p in assay['parts']
                     if p['purl'] and '/go@' in p['purl']}
    for at in sorted({*theirs, *mine}):
        a, b = theirs.get(at, set()), mine.get(at, {})
        both += len(a & set(b))
        for i in sorted(set(b) - a):
            why = cause(at, i, b[i], records)
            only_us[why or f'not known: {at} {i}'] += 1
        for i in sorted(a - set(b)):
            taken = at[1] == 'stdlib' and any(
                (at[0], 'go', at[2]) == m for m in modules_in_go)
            only_peer['go at the end' if taken
                      else f'not known: {at} {i}'] += 1
    yield f'* both report {both} pairs of a part and a record'
    for who, counts in (('osv-scanner', only_peer), ('assay', only_us)):
        for why, n in counts.most_common():
            yield f'* {n} only {who}: {CAUSES.get(why, why)}'
