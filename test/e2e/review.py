# SPDX-License-Identifier: Apache-2.0
"""A review from start to finish: the three examples with the starter
knowledge, the JSON against its schema, the same bytes for the same question,
another answer for another day, several targets, policies, and why."""

import copy
import json
import os
import re

import e2e
import schema

EXAMPLES = {'gateway': 'reject', 'clean': 'accept', 'unknown': 'undecided'}
EXIT = {'accept': 0, 'reject': 1, 'undecided': 2}
TODAY = ['--as-of', '2026-11-22']
HOME = os.path.join(e2e.TMP, 'home')
NONE = {'ASSAY_HOME': os.path.join(e2e.TMP, 'none')}
LOG4J = 'pkg:maven/org.apache.logging.log4j/log4j-core@'
with open(e2e.source('doc', 'schema', 'review-1.schema.json'),
          encoding='utf-8') as f:
    SCHEMA = json.load(f)


def example(name):
    return e2e.source('examples', name + '.cdx.json')


def assay(*words, **more):
    return e2e.run(*words, **{'env': {'ASSAY_HOME': HOME}, **more})


def write(name, text):
    path = os.path.join(e2e.TMP, name)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)
    return path


def described(name, review):
    found = schema.faults(review, SCHEMA, SCHEMA)
    e2e.check(f'{name} keeps the schema', not found,
              f'{len(found)}: {found[:5]}')


# ---- the examples ------------------------------------------------------------

def adds_up(review):
    """What holds of every review, whatever is in it; why not, or nothing."""
    parts = {p['ref']: p for p in review['parts']}
    coverage = review['coverage']
    if len(parts) != len(review['parts']):
        return 'two parts have one ref'
    if coverage['parts'] != len(parts):
        return 'coverage counts other parts'
    for outcome in ('matched', 'clean', 'not_examined'):
        n = sum(p['outcome'] == outcome for p in review['parts'])
        if n != coverage[outcome]:
            return f'{n} parts are {outcome}, not {coverage[outcome]}'
    if sum(coverage['reasons'].values()) != coverage['not_examined']:
        return 'the reasons do not add up'
    ids = [f['id'] for f in review['findings']]
    if len(set(ids)) != len(ids):
        return 'two findings have one id'
    for p in review['parts']:
        if p['parent'] is not None and p['parent'] not in parts:
            return f'the parent of {p["ref"]} is not there'
        if (p['outcome'] == 'not_examined') != bool(p['why']):
            return f'{p["ref"]} is {p["outcome"]}, why: {p["why"]}'
    for f in review['findings']:
        if f['part'] not in parts:
            return f'the part of {f["id"]} is not there'
    for answer in review['answers']:
        for reason in answer['reasons']:
            if not set(reason['findings']) <= set(ids):
                return f'the reason {reason["gate"]} names no finding'
    return ''


def examples():
    for name, verdict in EXAMPLES.items():
        ran = assay('review', *TODAY, '--format', 'json', example(name))
        review = ran.json()
        e2e.check(f'{name}: {verdict}', review['verdict'] == verdict and
                  ran.status == EXIT[verdict] and not ran.err,
                  f'{review["verdict"]}, status {ran.status}')
        described(name, review)
        document = review['document']
        e2e.check(f'{name}: nothing is to be said of the document',
                  document['valid'] and document['warnings'] == 0 and
                  not review['diagnoses'], [document, review['diagnoses']])
        why = adds_up(review)
        e2e.check(f'{name} adds up', not why, why)
        text = assay('review', *TODAY, example(name))
        page = assay('review', *TODAY, '--format', 'html', example(name))
        e2e.check(f'{name}: text and page say {verdict}, too',
                  f'\nVerdict: {verdict}\n' in text.text() and
                  f'{verdict}</title>' in page.text() and
                  text.status == page.status == EXIT[verdict])
        wide = [s for s in text.text().splitlines() if len(s) > 80]
        e2e.check(f'{name}: the text fits 80 columns', not wide, wide[:3])
    gateway()


def gateway():
    """The example has one of everything; its page and text name it."""
    review = assay('review', *TODAY, '--format', 'json',
                   example('gateway')).json()
    findings = review['findings']
    e2e.check('gateway: open, explained and exploited findings are there',
              {'open', 'not_affected', 'resolved'} <=
              {f['status'] for f in findings} and
              any(f['exploited'] for f in findings))
    rejecting = [f for a in review['answers'] for r in a['reasons']
                 if r['verdict'] == 'reject' for f in r['findings']]
    text = assay('review', *TODAY, '--all', example('gateway')).text()
    page = assay('review', *TODAY, '--format', 'html',
                 example('gateway')).text()
    missing = [i for i in rejecting
               if i.split('@')[0] not in text or i.split('@')[0] not in page]
    e2e.check(f'gateway: text and page name all {len(rejecting)} findings '
              'that reject', rejecting and not missing, missing)
    for f in findings:
        if f['status'] == 'open' and not f['remedy']:
            e2e.not_ok('gateway: every open finding has a remedy', f['id'])
            return
    e2e.ok('gateway: every open finding has a remedy')


# ---- the same again ----------------------------------------------------------

def again():
    for form in ('text', 'json', 'html'):
        one, two = (assay('review', *TODAY, '--format', form,
                          example('gateway')).out for _ in range(2))
        e2e.check(f'the same question, the same bytes: {form}', one == two)
    other = os.path.join(e2e.TMP, 'other')
    for words in (['zlib.yaml'], ['openssl.yaml', 'zlib.yaml'], ['.']):
        e2e.run('feeds', 'import', *(e2e.source('data', 'starter', w)
                                     for w in words),
                env={'ASSAY_HOME': other})
    e2e.check('however the knowledge was brought in', assay(
        'review', *TODAY, '--format', 'json', example('gateway'),
        env={'ASSAY_HOME': other}).json()['findings'] == assay(
            'review', *TODAY, '--format', 'json',
            example('gateway')).json()['findings'])
    plain = assay('review', *TODAY, '--format', 'json', '--no-sandbox',
                  example('gateway'))
    e2e.check('with and without a worker', plain.out == assay(
        'review', *TODAY, '--format', 'json', example('gateway')).out)
    with open(example('gateway'), 'rb') as f:
        given = assay('review', *TODAY, '--format', 'json', '-',
                      stdin=f.read())
    named = assay('review', *TODAY, '--format', 'json', example('gateway'))
    one, two = given.json(), named.json()
    e2e.check('on standard input', one['product'].pop('file') == '-' and
              two['product'].pop('file') == example('gateway') and one == two)


def days():
    seen = {}
    for day in ('1999-12-31', '2021-12-09', '2024-06-30', '2026-11-22',
                '2031-01-01'):
        ran = assay('review', '--as-of', day, '--format', 'json',
                    example('gateway'))
        review = ran.json()
        described(f'as of {day}', review)
        seen[day] = {f['advisory'] for f in review['findings']}
        e2e.check(f'as of {day} nothing published later counts',
                  review['as_of'] == day and
                  all(f.get('published', '')[:10] <= day and
                      f.get('exploited_since', '')[:10] <= day
                      for f in review['findings']))
    counts = [len(s) for s in seen.values()]
    e2e.check(f'later days know more: {counts}', counts == sorted(counts) and
              counts[0] < counts[2] < counts[3])
    default = assay('review', '--format', 'json', example('gateway'),
                    env={'ASSAY_HOME': HOME,
                         'SOURCE_DATE_EPOCH': '1719705600'}).json()
    e2e.equal('SOURCE_DATE_EPOCH is the day without --as-of',
              default['as_of'], '2024-06-30')


# ---- several targets, none ---------------------------------------------------

def targets():
    for names in (['clean'], ['clean', 'unknown'], ['unknown', 'clean'],
                  ['clean', 'gateway', 'unknown'], ['gateway', 'clean']):
        ran = assay('review', *TODAY, *map(example, names))
        worst = max((EXAMPLES[n] for n in names),
                    key=['accept', 'undecided', 'reject'].index)
        e2e.check(f'{" ".join(names)}: the worst verdict',
                  ran.status == EXIT[worst] and
                  re.findall(r'^Verdict: (\w+)$', ran.text(), re.M) ==
                  [EXAMPLES[n] for n in names],
                  f'status {ran.status}')
    ran = assay('review', *TODAY, example('clean'), '/nonexistent')
    e2e.check('a target that is not there fails the whole',
              ran.status == 66 and not ran.out, f'status {ran.status}')


def nothing():
    """What could not be examined is never a pass."""
    for name in EXAMPLES:
        ran = assay('review', '--format', 'json', example(name), env=NONE)
        review = ran.json()
        e2e.check(f'{name} without knowledge: undecided', ran.status == 2 and
                  review['verdict'] == 'undecided' and
                  review['coverage']['clean'] == 0 and
                  review['knowledge'] == [], f'{review["coverage"]}')
        described(f'{name} without knowledge', review)
    for name, document in (
            ('no part at all', {}), ('one part without a name', {
                'components': [{'type': 'library', 'name': ''}]})):
        path = write('empty.json', json.dumps({
            'bomFormat': 'CycloneDX', 'specVersion': '1.6', **document}))
        ran = assay('review', '--format', 'json', path)
        e2e.check(f'{name}: undecided', ran.status == 2, ran.errors())
        described(name, ran.json())


# ---- policies, reasons -------------------------------------------------------

def default_policy():
    with open(e2e.source('data', 'policy', 'default.yaml'),
              encoding='utf-8') as f:
        return f.read()


def policies():
    same = write('same.yaml', default_policy())
    one = assay('review', *TODAY, '--format', 'json', example('gateway'))
    two = assay('review', *TODAY, '--format', 'json', example('gateway'),
                '--policy', same)
    e2e.check('the default policy, given, decides the same',
              one.json()['answers'] == two.json()['answers'] and
              one.status == two.status)
    broken = write('broken.yaml', default_policy() + '\n  - [broken')
    ran = assay('review', example('gateway'), '--policy', broken)
    e2e.check('a broken policy is refused with its place', ran.status == 65 and
              not ran.out and
              re.match(r'assay: .*broken\.yaml:\d+:\d+: ', ran.errors()) and
              ran.err.count(b'\n') == 1, ran.errors())
    empty = write('nothing.yaml', '{}')
    ran = assay('review', example('clean'), '--policy', empty)
    e2e.check('a policy of nothing is refused', ran.status == 65,
              f'status {ran.status}: {ran.errors()}')


def explanations():
    """explain agrees with the review, finding by finding."""
    review = assay('review', *TODAY, '--format', 'json',
                   example('gateway')).json()
    wrong = []
    for f in review['findings'][:20]:
        ran = assay('explain', *TODAY, '--format', 'json', f['id'], '--in',
                    example('gateway'))
        if ran.status or ran.json()['status'] != f['status'] or \
                ran.json()['advisory'] != f['advisory']:
            wrong.append(f'{f["id"]}: {ran.errors() or ran.text()[:200]}')
    e2e.check('explain says what the review says', not wrong, wrong[:3])
    for version, word in (('2.14.1', 'yes'), ('2.17.1', 'no'),
                          ('2.0-beta8', 'no')):
        ran = assay('explain', *TODAY, 'CVE-2021-44228', LOG4J + version)
        e2e.check(f'explain: log4j-core {version} is affected: {word}',
                  ran.status == 0 and f'affected {word} ' in ran.text(),
                  ran.text() + ran.errors())
    ran = assay('explain', *TODAY, 'CVE-2021-44228', 'openssl', '--in',
                example('gateway'))
    e2e.check('explain: why not', ran.status == 0 and
              'looked up' in ran.text() and 'affected yes' not in ran.text(),
              ran.text() + ran.errors())
    ran = assay('explain', 'CVE-2021-44228', LOG4J + '2.14.1', env=NONE)
    e2e.check('explain needs knowledge', ran.status == 66 and not ran.out,
              ran.errors())


# ---- the schema can fail -----------------------------------------------------

def schema_can_fail():
    good = assay('review', *TODAY, '--format', 'json',
                 example('gateway')).json()
    def at(review, *path):
        for step in path[:-1]:
            review = review[step]
        return review, path[-1]
    for path, value in ((('verdict',), 'maybe'), (('as_of',), 'today'),
                        (('coverage', 'parts'), -1),
                        (('findings', 0, 'score', 'cvss'), 11),
                        (('parts', 3, 'outcome'), 'good'),
                        (('product', 'digest'), 'sha256:0'),
                        (('answers',), []), (('extra',), 1)):
        bad = copy.deepcopy(good)
        where, key = at(bad, *path)
        where[key] = value
        if not schema.faults(bad, SCHEMA, SCHEMA):
            e2e.not_ok('the schema can fail', f'{path} = {value!r}')
            return
    e2e.ok('the schema can fail')


def stale():
    """Old knowledge is marked, and a gate may ask how old the oldest is."""
    policy = write('fresh.yaml', '''schema: assay-policy/1
id: fresh
questions: [vulnerabilities]
gates:
  - {id: stale, question: vulnerabilities, each: review, then: undecided,
     when: {knowledge.oldest_days: "> 180"}, reason: the knowledge is stale}
''')
    for day, want in (('2026-12-01', 'accept'), ('2028-01-01', 'undecided')):
        words = ['review', '--as-of', day, '--policy', policy]
        shown = [assay(*words, *more, example('clean')).text()
                 for more in ([], ['--format', 'html'])]
        marks = [': stale' in shown[0], '>stale</span>' in shown[1]]
        e2e.equal(f'knowledge of 2026 in {day[:4]}', marks,
                  [want != 'accept'] * 2)
        e2e.equal(f'and its gate: {want}', assay(
            *words, example('clean')).status, EXIT[want])


def main():
    ran = assay('feeds', 'import', e2e.source('data', 'starter'))
    e2e.check('the starter knowledge is imported', ran.status == 0,
              ran.errors())
    examples()
    again()
    days()
    targets()
    nothing()
    policies()
    stale()
    explanations()
    schema_can_fail()


main()
