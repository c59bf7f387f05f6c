# SPDX-License-Identifier: Apache-2.0
"""A review says whether the document keeps the rules of its format, in text,
JSON and page; it decides nothing by itself, and gates may ask for it."""

import json
import os

import e2e
import schema

KNOWN = {'ASSAY_HOME': os.path.join(e2e.TMP, 'home')}
TODAY = ['--as-of', '2026-11-22']
with open(e2e.source('doc', 'schema', 'review-1.schema.json'),
          encoding='utf-8') as f:
    SCHEMA = json.load(f)


def write(name, text):
    path = os.path.join(e2e.TMP, name)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)
    return path


def bom(name, kind='library', after='', **more):
    return write(name, json.dumps({
        'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
        'components': [{'type': kind, 'name': 'zlib', 'version': '1.3.1',
                        'cpe': 'cpe:2.3:a:zlib:zlib:1.3.1:*:*:*:*:*:*:*'}],
        **more}, indent=1) + after)


def review(path, form, *words):
    return e2e.run('review', *TODAY, '--format', form, *words, path, env=KNOWN)


def checked(path, *words):
    ran = review(path, 'json', *words)
    found = schema.faults(ran.json(), SCHEMA, SCHEMA)
    if found:
        e2e.not_ok('the report keeps its schema', found[:3])
    return ran.json()['document'], ran.json()['verdict']


def flat(text):
    return ' '.join(text.split())


POLICY = """schema: assay-policy/1
id: strict
questions: [composition]
gates:
  - id: rules
    question: composition
    each: review
    when: {document.valid: false}
    then: reject
    reason: the document breaks the rules of its format
"""


def valid():
    path = bom('valid.json')
    got, verdict = checked(path)
    e2e.equal('a valid document', got, {
        'valid': True, 'rules': 'CycloneDX 1.6 JSON', 'errors': 0,
        'warnings': 0})
    e2e.equal('is accepted', verdict, 'accept')
    e2e.check('needs no line', 'document is' not in review(path, 'text').text())
    e2e.check('but a word in the page', 'The document is valid by the rules of '
              'CycloneDX 1.6 JSON' in review(path, 'html').text())
    e2e.equal('and passes the gate',
              checked(path, '--policy', write('p', POLICY))[1], 'accept')


def invalid():
    path = bom('bad.json', kind='gadget\u001b[31m<b>', extra=1)
    got, verdict = checked(path)
    e2e.equal('one that is not is counted', (got['valid'], got['errors']),
              (False, 2))
    e2e.equal('with its first error',
              [got['first'][k] for k in ('rule', 'path', 'line')],
              ['enum', '/components/0/type', 7])
    e2e.equal('which decides nothing', verdict, 'accept')
    text = review(path, 'text')
    said = flat(text.text())
    e2e.check('the text says so', 'The document is not valid by the rules of '
              'CycloneDX 1.6 JSON: 2 errors, the first in line 7, column 12 at '
              '/components/0/type: ' in said, said[:600])
    e2e.check('and cannot be driven', b'\x1b' not in text.out)
    page = review(path, 'html').text()
    head = page[:page.index('</header>')]
    e2e.check('the page says so in its head', '2 errors, the first in line 7'
              in flat(head) and '<b>' not in page)
    e2e.check('validate says the same', e2e.run('bom', 'validate', path)
              .status == 65)
    gate = ['--policy', write('p', POLICY)]
    e2e.equal('a gate may ask for it', checked(path, *gate)[1], 'reject')
    few = write('few', POLICY.replace('document.valid: false',
                                      'document.errors: "> 2"'))
    e2e.equal('and for how many', checked(path, '--policy', few)[1], 'accept')


def other_formats():
    xml = write('bad.xml', '<bom xmlns="http://cyclonedx.org/schema/bom/1.6">\n'
                '<components><component><name>a</name></component></components>'
                '</bom>')
    got, _ = checked(xml)
    e2e.equal('XML', (got['valid'], got['rules'], got['first']['line']),
              (False, 'CycloneDX 1.6 XML', 2))
    tag = write('bad.spdx', 'SPDXVersion: SPDX-2.3\nPackageName: a\n')
    got, _ = checked(tag)
    e2e.equal('tag-value', (got['valid'], got['rules']),
              (False, 'SPDX 2.3 tag-value'))
    got, _ = checked(write('list.txt', 'pkg:npm/a@1\nneither of both\n'))
    e2e.equal('a list of purls, by its reader',
              (got['valid'], got['rules'], got['first']['line']),
              (False, 'the reader of purl list', 2))


def large():
    path = bom('large.json', kind='gadget', after=' ' * (32 << 20))
    got, verdict = checked(path)
    e2e.equal('a large document is not judged', (got['valid'], verdict),
              (None, 'accept'))
    e2e.check('which the text says', 'not held against the rules of its '
              'format: it has more than 32 MiB' in
              flat(review(path, 'text').text()))
    e2e.equal('a gate then lacks a fact',
              checked(path, '--policy', write('p', POLICY))[1], 'undecided')
    os.remove(path)


def main():
    e2e.run('feeds', 'import', e2e.source('data', 'starter', 'zlib.yaml'),
            env=KNOWN)
    for case in (valid, invalid, other_formats, large):
        case()


main()
