# SPDX-License-Identifier: Apache-2.0
"""assay licence on the real program: answers, exit statuses, facts files,
products and chips; and what is wrong is one clear line."""

import json

import e2e

DAY = ('--as-of', '2026-08-10')


def ask(*words):
    run = e2e.run('licence', *words, *DAY, '--format', 'json')
    return run.status, (run.json() if run.out else {}), run.errors()


def rows(answer, text):
    return {r['required'] for r in answer['rows']
            if text in r['row'] or text in r['section']}


def write(name, text):
    with open(name, 'w', encoding='utf-8') as f:
        f.write(text)
    return name


# ---- one item ----------------------------------------------------------------

status, a, _ = ask('--item', '3B001.c', '--to', 'Macau')
e2e.equal('an etcher to Macau: status', status, 1)
e2e.equal('an etcher to Macau: schema', a['schema'], 'assay-licence/1')
e2e.equal('an etcher to Macau: by the rule', rows(a, 'SME-NS'), {'yes'})
e2e.check('an etcher to Macau: only GOV is left',
          [x['symbol'] for x in a['exceptions'] if x['state'] == 'verify'] ==
          ['GOV'], [x for x in a['exceptions'] if x['state'] == 'verify'])
e2e.equal('an etcher to Macau: 27 exceptions', len(a['exceptions']), 27)

status, a, _ = ask('--item', '3B001.c', '--to', 'JP')
e2e.equal('an etcher to Japan: not by that row', rows(a, 'SME-NS'), {'no'})
e2e.equal('an etcher to Japan: status', status, 2)
e2e.check('an etcher to Japan: names the paragraph',
          any(m['fact'] == 'item.eccn' and 'c.1.a' in m['question']
              for m in a['missing']), a['missing'])

status, a, _ = ask('--item', '5a002', '--to', 'Japan')
e2e.equal('encryption to Japan', (status, rows(a, 'NS1')), (1, {'yes'}))

status, hong_kong, _ = ask('--item', '1C010.a', '--to', 'Hong Kong')
status, china, _ = ask('--item', '1C010.a', '--to', 'CN')
e2e.equal('Hong Kong takes the row of China', hong_kong['chart_row'], 'China')
e2e.equal('and its answers', [r['required'] for r in hong_kong['rows']
                              if r['step'] == 'chart'],
          [r['required'] for r in china['rows'] if r['step'] == 'chart'])

status, a, _ = ask('--item', 'EAR99', '--to', 'FR', '--party', 'Someone SA')
e2e.equal('a party is not screened: status', status, 2)
e2e.check('a party is not screened: said so',
          any(m['fact'] == 'parties.screened' and m['ask'] == 'screening'
              for m in a['missing']), a['missing'])
e2e.check('what was not covered is said', len(a['not_covered']) >= 5 and
          'clearance' in a['notice'])
e2e.equal('what comes is said', [c['date'] for c in a['next_changes']],
          ['2026-11-10'])

text = e2e.run('licence', '--item', '1C010.a', '--to', 'CN', *DAY,
               '--use', 'spare parts for a wafer fab').text()
e2e.check('text: says yes', text.startswith('licence required: yes\n'), text)
e2e.check('text: is no advice', 'not legal advice' in text)
e2e.check('text: words of a use raise a question', '"wafer"' in text, text)

# ---- the chart, by hand ------------------------------------------------------

for item, to, column, want in (
        ('3B001.c', 'MO', 'SME-', 'yes'),
        ('3B001.c', 'Hong Kong', 'SME-', 'yes'),
        ('3B001.c', 'JP', 'SME-', 'no'), ('1C010.a', 'China', 'NS2', 'yes'),
        ('1C010.a', 'Japan', 'NS2', 'no'), ('5A002', 'Japan', 'NS1', 'yes'),
        ('5A002', 'Bermuda', 'EI', 'yes'), ('5A002', 'GL', 'NS1', 'yes')):
    e2e.equal(f'{item} to {to}, {column}',
              rows(ask('--item', item, '--to', to)[1], column), {want})
status, a, _ = ask('--item', 'EAR 99', '--to', 'French Guiana')
e2e.equal('a department takes the row of its country',
          (a['to'], a['chart_row'], a['chart_row_basis']),
          ('GF', 'France', '738.3(b)'))
status, a, _ = ask('--item', '0A501.a', '--to', 'DE')
e2e.check('one exception has to do for every reason',
          any('738.4(a)(2)(ii)(A)' in f and 'NS RS' in f for f in a['flags']),
          a['flags'])

# The worldwide rule of 2025 stands in the text and is not enforced.
for day, to, want, told in (
        ('2024-06-01', 'DE', {'no'}, False),
        ('2025-06-01', 'DE', {'yes'}, True),
        ('2024-06-01', 'CN', {'yes'}, False),
        ('2026-08-10', 'CN', {'yes'}, False),
        ('2023-01-01', 'CN', {'unknown'}, False)):
    run = e2e.run('licence', '--item', '3A090.a', '--to', to, '--as-of', day,
                  '--format', 'json')
    a = run.json()
    e2e.equal(f'a fast chip to {to} on {day}', rows(a, 'AC-WORLD'), want)
    e2e.equal(f'a fast chip to {to} on {day}: not enforced', any(
        'is not enforced' in f for f in a['flags']), told)
a = ask('--item', '3A090.a', '--to', 'CN')[1]
e2e.check('a fast chip to China: how it is reviewed', any(
    '91 FR 1684' in r.get('policy', '') for r in a['rows']), a['rows'])

# ---- facts files -------------------------------------------------------------

KOREA = '''schema: assay-facts/1
item:
  eccn: 3B001.c.3
  origin: KR
  us_content_share: 0
  contains_us_ic: false
  made_with: [3E992]
destination: {country: CN, from: KR}
transaction: {kind: reexport}
'''
status, a, _ = ask('--facts', write('korea.yaml', KOREA))
e2e.equal('a Korean etcher: required', (status, a['required']), (1, 'yes'))
e2e.equal('a Korean etcher: de minimis passes',
          [r['subject'] for r in a['subject'] if r['row'] == 'de minimis'],
          ['no'])
e2e.equal('a Korean etcher: the product rule catches',
          [r['subject'] for r in a['subject'] if r['section'] == '734.9(k)'],
          ['yes'])
status, a, _ = ask('--facts', 'korea.yaml', '--to', 'Vietnam')
e2e.check('an option wins over the file', a['to'] == 'VN' and
          a['required'] != 'yes', a.get('to'))

OWNED = '''schema: assay-facts/1
item: {eccn: EAR99}
destination: {country: CN}
transaction: {us_person_support: false}
parties:
  - {name: Buyer, screened: true, listed: [{list: EL, name: Owner, share: 60}]}
parties_complete: true
end_use: [civil]
'''
write('owned.yaml', OWNED)
for day, want in (('2025-10-01', 1), ('2026-06-01', 0), ('2026-11-11', 1)):
    run = e2e.run('licence', '--facts', 'owned.yaml', '--as-of', day)
    e2e.equal(f'owned by 60 % on {day}', run.status, want)
run = e2e.run('licence', '--facts', 'owned.yaml', '--as-of', '2026-11-11',
              '--format', 'json')
e2e.check('the date due back is marked as one that may change',
          any(r.get('scheduled') for r in run.json()['rows']))

for name, owner, day, want in (
        ('a blocked owner, at any time', 'SDN', '2026-06-01', 1),
        ('a listed owner below half', 'EL, name: O, share: 49', '2025-10-01',
         0)):
    text = OWNED.replace('list: EL, name: Owner, share: 60', 'list: ' + owner +
                         (', name: O, share: 50' if owner == 'SDN' else ''))
    run = e2e.run('licence', '--facts', write('owner.yaml', text), '--as-of',
                  day)
    e2e.equal(name, run.status, want)

# Without an item: what does not hang on it is answered all the same.
NO_ITEM = '''schema: assay-facts/1
destination: {country: IN}
end_use: [wmd-delivery]
'''
status, a, _ = ask('--facts', write('no-item.yaml', NO_ITEM))
e2e.equal('no item: delivery of weapons', (status, rows(a, '744.3(a)(2)')),
          (1, {'yes'}))
e2e.check('no item: it is asked for', any(m['fact'] == 'item.eccn'
                                          for m in a['missing']), a['missing'])

# A US person at an advanced fab, with an etcher that is not subject.
SERVED = '''schema: assay-facts/1
item: {eccn: 3B001.c.3, origin: KR, us_content_share: 0, contains_us_ic: false,
  made_with: [], plant_made_with: [], ic_made_with: [],
  assurance_technology: false}
no_minimum: {lithography: false, series_600: false, series_600_y: false}
destination: {country: CN, from: KR}
transaction: {kind: reexport, us_person_support: true}
parties: [{name: Fab, screened: true, listed: []}]
parties_complete: true
end_use: [ic-production]
facility: {makes_ics: true, advanced_node: true}
'''
status, a, _ = ask('--facts', write('served.yaml', SERVED))
e2e.equal('a US person where no item is subject',
          (status, a['subject_to_ear'], rows(a, '744.6')), (1, 'no', {'yes'}))
status, a, _ = ask('--facts', write('unserved.yaml', SERVED.replace(
    'us_person_support: true', 'us_person_support: false')))
e2e.equal('... and without one', (status, a['required']), (0, 'no'))

for name, text, says in (
        ('a list that is none', 'parties: [{name: X, listed: [{list: ELL}]}]',
         '"ELL"'),
        ('a date that is none', 'transaction: {as_of: 2026-13-01}',
         '"2026-13-01"'),
        ('a listing since a date that is none',
         'parties: [{name: X, listed: [{list: EL, from: soon}]}]', '"soon"'),
        ('uses that exclude each other', 'end_use: [civil, nuclear]', 'civil'),
        ('a condition of no reason', 'item: {conditions: {9Z999/XX: true}}',
         '"9Z999/XX"'),
        ('a key twice', 'item: {eccn: 3B001.c, eccn: 5A002}', 'eccn'),
        ('a field of another name', 'facility: {advanced_nodes: true}',
         '"advanced_nodes"'),
        ('a share that is none', 'item: {us_content_share: 20 %}', '"20 %"'),
        ('headquarters nowhere',
         'parties: [{name: X, headquarters: Freedonia}]', '"Freedonia"')):
    run = e2e.run('licence', '--item', '3B001.c', '--to', 'CN', '--facts',
                  write('wrong.yaml', 'schema: assay-facts/1\n' + text + '\n'),
                  *DAY)
    lines = [line for line in run.errors().splitlines()
             if 'not screened' not in line]
    e2e.check('facts: ' + name, run.status == 65 and len(lines) == 1 and
              says in lines[0] and not run.out, (run.status, run.errors()))
status, a, _ = ask('--item', '3B001.c', '--to', 'CN', '--facts', write(
    'idle.yaml', 'schema: assay-facts/1\nitem: {conditions: {NP: true}}\n'))
e2e.check('a condition that settles nothing is said', any(
    'nothing was settled' in f for f in a['flags']), a['flags'])

# ---- products ----------------------------------------------------------------

PARTS = [('router', '5A002', 'US', '20'), ('screws', 'EAR99', 'US', '30'),
         ('board', '4A994', 'KR', '40'), ('odd', '5A02', 'KR', '5')]
bom = {'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
       'metadata': {'component': {'type': 'device', 'name': 'gateway',
                                  'bom-ref': 'root'}},
       'components': [
           {'type': 'device', 'name': name, 'bom-ref': name, 'properties': [
               {'name': 'assay:eccn', 'value': eccn},
               {'name': 'assay:country-of-production', 'value': country},
               {'name': 'assay:value-share', 'value': share}]}
           for name, eccn, country, share in PARTS]}
write('bom.json', json.dumps(bom))
run = e2e.run('licence', '--product', 'bom.json', '--to', 'CN', '--kind',
              'reexport', '--from', 'KR', *DAY, '--format', 'json')
e2e.equal('a product: status', run.status, 1)
a = run.json()
e2e.equal('a product: every part with an ECCN',
          [p['eccn'] for p in a['parts']], [p[1] for p in PARTS])
e2e.check('a product: what is no ECCN is said', 'error' in a['parts'][3])
text = e2e.run('licence', '--product', 'bom.json', '--to', 'CN', '--kind',
               'reexport', '--from', 'KR', *DAY).text()
e2e.check('a product: the text says what is missing, once, and whom to ask',
          text.count('parties_complete (exporter)') == 1, text)
share = a['de_minimis']
e2e.equal('a product: US content', (share['us_content_low'], share['threshold'],
                                    share['at_or_below']), (20, 25, 'yes'))
run = e2e.run('licence', '--product', 'bom.json', '--to', 'Iran', '--kind',
              'reexport', '--from', 'KR', *DAY, '--format', 'json')
e2e.equal('a product to Iran: 10 %', (run.json()['de_minimis']['threshold'],
                                      run.json()['de_minimis']['at_or_below']),
          (10, 'no'))

# ---- chips -------------------------------------------------------------------

run = e2e.run('licence', 'chip', '--unit', '156x16', '--die-area', '826',
              '--datacenter', 'yes', '--format', 'json', *DAY)
chip = run.json()
e2e.equal('a chip: numbers', (run.status, chip['tpp'],
                              round(chip['performance_density'], 3)),
          (0, 4992, 6.044))
e2e.equal('a chip: paragraphs', {line['paragraph']: line['reached']
                                 for line in chip['lines']},
          {'3A090': 'unknown', '3A090.a': 'yes', '3A090.b': 'no',
           '4A090.a': 'yes', '4A090.b': 'no'})
text = e2e.run('licence', 'chip', '--bandwidth', '819', '--package-area',
               '110').text()
e2e.check('memory: above 2', '7.44545' in text and '3A090.c  yes' in text, text)

e2e.check('memory: what goes with it', '89 FR 96790' in text and
          '90 FR 5298' in text, text)
a = e2e.run('licence', 'chip', '--tpp', '5000', '--as-of', '2023-12-01',
            '--format', 'json').json()
e2e.check('a chip: rules of the day alone', len(a['notes']) == 1 and
          'datacentres' in a['notes'][0], a['notes'])

# ---- mistakes ----------------------------------------------------------------

for name, words, want, says in (
        ('no destination', ['--item', '5A002'], 64, '--to'),
        ('no item', ['--to', 'JP'], 64, '--item'),
        ('no such country', ['--item', '5A002', '--to', 'Freedonia'], 65,
         '"Freedonia"'),
        ('no such number', ['--item', '5A02', '--to', 'JP'], 65, '"5A02"'),
        ('no such kind', ['--item', '5A002', '--to', 'JP', '--kind', 'gift'],
         64, '"gift"'),
        ('no such file', ['--to', 'JP', '--facts', 'nowhere.yaml'], 66,
         'nowhere.yaml'),
        ('no such field', ['--facts', write(
            'bad.yaml', 'schema: assay-facts/1\nitem:\n  ecn: 5A002\n')], 65,
         'bad.yaml:3'),
        ('no such product', ['--to', 'JP', '--product', 'bad.yaml'], 65,
         'bad.yaml'),
        ('a value with a currency', ['--item', '5A002', '--to', 'JP',
                                     '--value', '100 USD'], 64, '"100 USD"'),
        ('a value below nothing', ['--item', '5A002', '--to', 'JP', '--value',
                                   '-5'], 64, '"-5"'),
        ('an empty party', ['--item', '5A002', '--to', 'JP', '--party', ' '],
         64, 'empty'),
        ('a name of two countries', ['--item', '5A002', '--to', 'Korea'], 65,
         '"Korea"'),
        ('nothing to measure', ['chip'], 64, '--unit'),
        ('no such unit', ['chip', '--unit', '12'], 64, '--unit'),
        ('no such area', ['chip', '--die-area', 'wide'], 64, '--die-area')):
    run = e2e.run('licence', *words)
    e2e.check('mistake: ' + name, run.status == want and
              says in run.errors() and run.errors().count('\n') == 1 and
              not run.out, (run.status, run.errors()))
