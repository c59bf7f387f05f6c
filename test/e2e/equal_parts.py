# SPDX-License-Identifier: Apache-2.0
"""Equal parts are matched once: each still has what is its own, beyond a
ceiling the findings of one stand for the others, and a record that says one
thing twice is one link of the chain."""

import collections
import json
import os

import e2e

APART = 100_000         # AS_LIMIT_FINDINGS_APART
SYSTEM = 'cpe:2.3:o:acme:system:%s:*:*:*:*:*:*:*'
DAEMON = 'cpe:2.3:a:acme:daemon:%s:*:*:*:*:*:*:*'


def write(name, value):
    path = os.path.join(e2e.TMP, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as f:
        json.dump(value, f)
    return path


def osv(ident):
    return {'schema_version': '1.6.0', 'id': ident,
            'modified': '2024-01-02T00:00:00Z',
            'published': '2024-01-01T00:00:00Z',
            'affected': [{'package': {'ecosystem': 'npm', 'name': 'web'},
                          'ranges': [{'type': 'SEMVER', 'events': [
                              {'introduced': '0'}, {'fixed': '2.0.0'}]}]}]}


def cve(ident, *nodes):
    """AND of nodes: each a list of (CPE, is it vulnerable)."""
    return {'dataType': 'CVE_RECORD', 'dataVersion': '5.1',
            'cveMetadata': {'cveId': ident, 'state': 'PUBLISHED',
                            'assignerOrgId': 'x',
                            'datePublished': '2024-01-01T00:00:00'},
            'containers': {'cna': {
                'providerMetadata': {'orgId': 'x'},
                'descriptions': [{'lang': 'en', 'value': 'a flaw'}],
                'affected': [{'vendor': 'n/a', 'product': 'n/a', 'versions': [
                    {'version': 'n/a', 'status': 'affected'}]}],
                'cpeApplicability': [{'operator': 'AND', 'nodes': [
                    {'operator': 'OR', 'negate': False, 'cpeMatch': [
                        {'vulnerable': v, 'criteria': c} for c, v in rows]}
                    for rows in nodes]}]}}}


def review(name, records, components, **more):
    feeds = name + '-feeds'
    for i, record in enumerate(records):
        write(f'{feeds}/{i}.json', record)
    base = os.path.join(e2e.TMP, name + '.db')
    r = e2e.run('feeds', 'import', '--knowledge', base,
                os.path.join(e2e.TMP, feeds))
    assert r.status == 0, r.errors()
    bom = write(name + '.cdx.json', {
        'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
        'components': components, **more})
    r = e2e.run('review', '--knowledge', base, '--as-of', '2025-01-01',
                '--format', 'json', bom)
    assert r.status in (0, 1, 2), r.errors()
    return r.json()


def web(i, **more):
    return {'type': 'library', 'bom-ref': f'web-{i}', 'name': 'web',
            'version': '1.0.0', 'purl': 'pkg:npm/web@1.0.0', **more}


def apart():
    few = [web(1), web(2), web(3, version='2.0.0', purl='pkg:npm/web@2.0.0'),
           web(4, scope='optional')]
    r = review('apart', [osv('GHSA-aaaa-aaaa-aaaa')], few)
    e2e.equal('each of two equal parts has its finding',
              sorted((f['id'], f['part']) for f in r['findings']),
              [('GHSA-aaaa-aaaa-aaaa@pkg:npm/web', 'web-1'),
               ('GHSA-aaaa-aaaa-aaaa@pkg:npm/web#2', 'web-2'),
               ('GHSA-aaaa-aaaa-aaaa@pkg:npm/web#3', 'web-4')])
    e2e.equal('and its outcome', [p['outcome'] for p in r['parts']],
              ['matched', 'matched', 'clean', 'matched'])
    e2e.check('each tells what was tried',
              all(p['tried'] for p in r['parts']))


def statement():
    r = review('statement', [osv('GHSA-aaaa-aaaa-aaaa')], [web(1), web(2)],
               vulnerabilities=[{
                   'id': 'GHSA-aaaa-aaaa-aaaa',
                   'analysis': {'state': 'not_affected'},
                   'affects': [{'ref': 'web-2'}]}])
    got = {f['part']: (f['status'], len(f['evidence']))
           for f in r['findings']}
    e2e.equal('a statement about one of them is about that one', got,
              {'web-1': ('open', 1), 'web-2': ('not_affected', 2)})


def devices():
    record = cve('CVE-2024-0001', [(DAEMON % '1.0', True)],
                 [(SYSTEM % '7', False)])

    def device(name, system):
        return {'type': 'device', 'bom-ref': name, 'name': name,
                'version': '1', 'components': [
                    {'type': 'application', 'bom-ref': name + '-daemon',
                     'name': 'daemon', 'version': '1.0',
                     'cpe': DAEMON % '1.0'},
                    {'type': 'operating-system', 'bom-ref': name + '-system',
                     'name': 'system', 'version': system,
                     'cpe': SYSTEM % system}]}

    r = review('devices', [record], [device('a', '7'), device('b', '6'),
                                     device('c', '7'), device('d', '6')])
    e2e.equal('a condition is asked of each device',
              sorted(f['part'] for f in r['findings']),
              ['a-daemon', 'c-daemon'])


def ceiling():
    n, parts = 1000, 130
    r = review('ceiling', [osv(f'OSV-2024-{i}') for i in range(n)],
               [web(i) for i in range(parts)])
    of = collections.Counter(f['part'] for f in r['findings'])
    shared = [p['ref'] for p in r['parts'] if 'findings_of' in p]
    e2e.equal('so many findings stand apart', len(r['findings']), APART)
    e2e.equal('the other parts name the one that has theirs',
              [of[ref] for ref in shared], [0] * (parts - APART // n))
    e2e.equal('which counts them',
              {f['also_in'] for f in r['findings'] if f['part'] == 'web-0'},
              {len(shared)})
    e2e.equal('and no other does',
              sum('also_in' in f for f in r['findings']), n)
    e2e.equal('all are matched', r['coverage']['matched'], parts)
    e2e.check('they name the first one', all(
        p['findings_of'] == 'web-0' for p in r['parts']
        if 'findings_of' in p))


def said_twice():
    record = cve('CVE-2024-0002', [(DAEMON % '1.0', True)] * 3)
    r = review('twice', [record], [
        {'type': 'application', 'bom-ref': 'd', 'name': 'daemon',
         'version': '1.0', 'cpe': DAEMON % '1.0'}])
    e2e.equal('what a record says three times is one link',
              [len(f['evidence']) for f in r['findings']], [1])


for case in (apart, statement, devices, ceiling, said_twice):
    case()
