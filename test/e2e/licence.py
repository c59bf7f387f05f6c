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
        ('no such unit', ['chip', '--unit', '12'], 64, '--unit'),
        ('no such area', ['chip', '--die-area', 'wide'], 64, '--die-area')):
    run = e2e.run('licence', *words)
    e2e.check('mistake: ' + name, run.status == want and
              says in run.errors() and run.errors().count('\n') == 1 and
              not run.out, (run.status, run.errors()))
