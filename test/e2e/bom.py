# SPDX-License-Identifier: Apache-2.0
"""Bills of materials through the program: converted there and back, compared,
of versions that do not exist yet, and recognised by what is in them."""

import json
import os
import re

import e2e

GATEWAY = e2e.source('examples', 'gateway.cdx.json')
CLEAN = e2e.source('examples', 'clean.cdx.json')


def write(name, content):
    path = os.path.join(e2e.TMP, name)
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content)
    if isinstance(content, str):
        content = content.encode('utf-8')
    with open(path, 'wb') as f:
        f.write(content)
    return path


def converted(path, form, name):
    """The path of what `bom convert` makes of it."""
    out = os.path.join(e2e.TMP, name)
    ran = e2e.run('bom', 'convert', '--format', form, path, '-o', out)
    if ran.status:
        raise AssertionError(f'{path}: {ran.errors()}')
    return out, ran.errors().splitlines()


def parts(path):
    """(name, version, purl) of every part of a CycloneDX document."""
    def walk(components):
        for c in components:
            yield c.get('name'), c.get('version'), c.get('purl')
            yield from walk(c.get('components', []))
    with open(path, encoding='utf-8') as f:
        document = json.load(f)
    root = document.get('metadata', {}).get('component')
    return sorted(map(str, [*walk([root] if root else []),
                            *walk(document.get('components', []))]))


# ---- there and back ----------------------------------------------------------

def round_trip(path):
    name = os.path.basename(path)
    spdx, lost = converted(path, 'spdx', 'trip.spdx.json')
    back, _ = converted(spdx, 'cyclonedx', 'trip.cdx.json')
    e2e.equal(f'{name} as SPDX and back keeps names, versions and purls',
              parts(back), parts(path))
    e2e.check(f'{name} as SPDX: what is lost is named',
              all(re.match(r'assay: lost: .* \(\d+ times?', s)
                  for s in lost) and len(lost) > 0, lost[:3])
    ran = e2e.run('bom', 'validate', spdx, back)
    e2e.check(f'{name} as SPDX and back is valid', ran.status == 0,
              ran.text()[:500])
    with open(spdx, encoding='utf-8') as f:
        document = json.load(f)
    e2e.check(f'{name} as SPDX is SPDX 2.3 with a package a part',
              document['spdxVersion'] == 'SPDX-2.3' and
              len(document['packages']) >= len(parts(path)))


def same_again(path):
    name = os.path.basename(path)
    once, lost = converted(path, 'cyclonedx', 'once.cdx.json')
    twice, _ = converted(once, 'cyclonedx', 'twice.cdx.json')
    with open(once, 'rb') as a, open(twice, 'rb') as b:
        e2e.check(f'{name} converted twice is the same as once',
                  a.read() == b.read())
    ran = e2e.run('bom', 'diff', path, once)
    e2e.check(f'{name} as CycloneDX is the same product', ran.status == 0,
              ran.text()[-300:])
    e2e.check(f'{name} as CycloneDX loses nothing', not lost, lost)


def collection():
    """A document of each kind in the corpus, there and back."""
    top = e2e.corpus('documents of the corpus as CycloneDX are valid',
                     'conformance')
    if not top:
        return
    wrong, n = [], 0
    for folder, _, names in os.walk(os.path.join(top, 'cyclonedx')):
        for name in sorted(names):
            if not re.match(r'valid-.*(1\.6|1\.7)\.(json|xml)$', name):
                continue
            n += 1
            out, _ = converted(os.path.join(folder, name), 'cyclonedx',
                               f'{n}.cdx.json')
            ran = e2e.run('bom', 'validate', out)
            # What must be signed cannot keep its XML signature in JSON.
            unsigned = b'"signature"' in ran.out and name.endswith('.xml')
            if ran.status and not unsigned:
                wrong.append(f'{name}: {ran.text()[:200]}')
    e2e.check(f'documents of the corpus as CycloneDX are valid, {n} documents',
              n > 100 and not wrong, f'{len(wrong)}: {wrong[:5]}')


# ---- compared ----------------------------------------------------------------

def product(*components):
    return {'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
            'components': list(components)}


def library(name, version):
    return {'type': 'library', 'name': name, 'version': version,
            'purl': f'pkg:npm/{name}@{version}'}


def differences():
    old = write('old.json', product(library('a', '1'), library('b', '1'),
                                    library('c', '1')))
    new = write('new.json', product(library('c', '2'), library('a', '1'),
                                    library('d', '1')))
    ran = e2e.run('bom', 'diff', old, new)
    e2e.equal('diff: 1 when they differ', ran.status, 1)
    e2e.equal('diff: what was added, removed and changed',
              sorted(s[:3] for s in ran.text().splitlines()[:-1]),
              ['+ d', '- b', '~ c'])
    counts = e2e.run('bom', 'diff', '--format', 'json', old,
                     new).json()['counts']
    e2e.equal('diff: the counts', counts, {'added': 1, 'removed': 1,
                                           'changed': 1, 'same': 1})
    back = e2e.run('bom', 'diff', '--format', 'json', new,
                   old).json()['counts']
    e2e.equal('diff: the other way round', back, {
        'added': 1, 'removed': 1, 'changed': 1, 'same': 1})
    order = write('order.json', product(library('c', '1'), library('b', '1'),
                                        library('a', '1')))
    e2e.equal('diff: order is no difference',
              e2e.run('bom', 'diff', old, order).status, 0)
    e2e.equal('diff: a document and itself',
              e2e.run('bom', 'diff', GATEWAY, GATEWAY).status, 0)
    xml = write('same.xml', '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"'
                ' version="1"><components>' + ''.join(
                    f'<component type="library"><name>{n}</name>'
                    f'<version>1</version><purl>pkg:npm/{n}@1</purl>'
                    '</component>' for n in 'abc') + '</components></bom>')
    e2e.equal('diff: JSON and XML that say the same',
              e2e.run('bom', 'diff', old, xml).status, 0)


# ---- what it is --------------------------------------------------------------

def newer():
    """An unknown newer minor version is read, with a warning."""
    for name, content in (
            ('CycloneDX 1.9 JSON', {**product(library('a', '1')),
                                    'specVersion': '1.9'}),
            ('CycloneDX 1.9 XML',
             '<bom xmlns="http://cyclonedx.org/schema/bom/1.9" version="1">'
             '<components><component type="library"><name>a</name>'
             '<version>1</version><purl>pkg:npm/a@1</purl></component>'
             '</components></bom>'),
            ('SPDX 2.9', {'spdxVersion': 'SPDX-2.9', 'name': 'x',
                          'SPDXID': 'SPDXRef-DOCUMENT', 'packages': [
                              {'SPDXID': 'SPDXRef-a', 'name': 'a',
                               'versionInfo': '1', 'externalRefs': [{
                                   'referenceCategory': 'PACKAGE-MANAGER',
                                   'referenceType': 'purl',
                                   'referenceLocator': 'pkg:npm/a@1'}]}]})):
        path = write('newer', content)
        ran = e2e.run('review', '--format', 'json', path)
        review = ran.json() if ran.out else {'parts': [], 'diagnoses': []}
        e2e.check(f'{name} is read', 'pkg:npm/a@1' in
                  [p['purl'] for p in review['parts']], ran.errors())
        e2e.check(f'{name} is warned of', any(
            d['level'] == 'warning' and '.9' in d['text']
            for d in review['diagnoses']), review['diagnoses'])


def content_decides():
    """The kind is found from content, whatever the name says."""
    with open(GATEWAY, 'rb') as f:
        text = f.read()
    for name in ('x.xml', 'x.spdx', 'x.txt', 'x', 'x.png', '.json'):
        ran = e2e.run('bom', 'diff', GATEWAY, write(name, text))
        e2e.check(f'CycloneDX called {name}', ran.status == 0, ran.errors())
    ran = e2e.run('bom', 'diff', GATEWAY,
                  write('mark.json', b'\xef\xbb\xbf' + text))
    e2e.check('a byte order mark does no harm', ran.status == 0, ran.errors())
    ran = e2e.run('bom', 'diff', GATEWAY,
                  write('crlf.json', b'\r\n \t' + text.replace(b'\n',
                                                               b'\r\n')))
    e2e.check('nor do other line ends', ran.status == 0, ran.errors())
    purls = write('purls', '# a list\r\npkg:npm/a@1\r\n\r\n pkg:npm/b@2 \n')
    path, _ = converted(purls, 'cyclonedx', 'purls.json')
    e2e.check('a list of purls', [s for s in parts(path) if 'pkg:' in s] ==
              ["('a', '1', 'pkg:npm/a@1')", "('b', '2', 'pkg:npm/b@2')"],
              parts(path))


def main():
    for path in (GATEWAY, CLEAN):
        round_trip(path)
        same_again(path)
    collection()
    differences()
    newer()
    content_decides()


main()
