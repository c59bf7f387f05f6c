# SPDX-License-Identifier: Apache-2.0
"""assay screen owners: tables of one's own, in text and JSON, by every method,
on the days of the rules, and what it refuses."""

import os
import random

import e2e

METHODS = ('multiply', 'ofac', 'bis', 'mofcom', 'eu', 'uk', 'family')


def table(name, text):
    path = os.path.join(e2e.TMP, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def ask(path, *words, day='2026-11-22'):
    return e2e.run('screen', 'owners', '--file', path, '--as-of', day,
                   '--format', 'json', *words)


HALVES = table('halves.csv', '''owner,owned,share,listed
Northern Bank,Shell One,50,us-csl/SDN
Shell One,Target,50,
Northern Bank,Cousin,25,
Eastern Bank,Cousin,25,us-csl/SDN
Northern Bank,Least,49.99,
''')
BUYER = table('buyer.csv', '''owner,owned,low,high,listed,rank
Listed Maker,"Buyer, Shenzhen",60,60,us-csl/EL,2
''')
SEMICOLONS = table('semicolons.csv', '''owner;owned;share;listed
"Bank; Northern";Target;60;yes
''')
VAGUE = table('vague.csv', '''owner,owned,low,high,listed
Northern Bank,Holding,,,yes
Holding,Target,60,60,
Founder,Target,40,40,
''')

# ---- answers -----------------------------------------------------------------

CASES = [
    # name, file, party, method, day, status, applies
    ('semicolons', SEMICOLONS, 'Target', 'ofac', '2026-11-22', 1, 'yes'),
    ('half of half by the chain', HALVES, 'Target', 'ofac', '2026-11-22', 1,
     'yes'),
    ('half of half by products', HALVES, 'Target', 'multiply', '2026-11-22', 0,
     'no'),
    ('half of half in the EU', HALVES, 'Target', 'eu', '2026-11-22', 0, 'no'),
    ('two quarters', HALVES, 'Cousin', 'ofac', '2026-11-22', 1, 'yes'),
    ('just below', HALVES, 'Least', 'ofac', '2026-11-22', 0, 'no'),
    ('affiliates, before', BUYER, 'Buyer, Shenzhen', 'bis', '2025-09-28', 0,
     'no'),
    ('affiliates, in force', BUYER, 'Buyer, Shenzhen', 'bis', '2025-10-01', 1,
     'yes'),
    ('affiliates, suspended', BUYER, 'Buyer, Shenzhen', 'bis', '2026-06-01', 0,
     'no'),
    ('affiliates, back', BUYER, 'Buyer, Shenzhen', 'bis', '2026-11-11', 1,
     'yes'),
    ('an unknown share', VAGUE, 'Target', 'ofac', '2026-11-22', 2, 'unknown'),
    ('nobody of that name', VAGUE, 'Targte', 'ofac', '2026-11-22', 2,
     'unknown'),
    ('listed itself', VAGUE, 'Northern Bank', 'uk', '2026-11-22', 1, 'yes'),
]
for name, path, party, method, day, status, applies in CASES:
    r = ask(path, '--method', method, party, day=day)
    e2e.equal(name + ': status', r.status, status)
    e2e.equal(name + ': applies', r.json()['answers'][0]['applies'], applies)

r = ask(BUYER, '--method', 'bis', 'Buyer, Shenzhen', day='2026-06-01').json()
e2e.equal('a suspension is named', r['rule'],
          {'phase': 'suspended', 'since': '2025-11-10', 'until': '2026-11-10',
           'scheduled': False})
e2e.equal('and what it would be', r['answers'][0]['answer'], 'yes')
r = ask(BUYER, '--method', 'bis', 'Buyer, Shenzhen', day='2026-11-11').json()
e2e.check('its end is only scheduled', r['rule']['scheduled'])

r = ask(HALVES, 'Target').json()['answers'][0]
e2e.equal('the path', [(s['owner'], s['owned'], s['low'])
                       for s in r['paths'][0]['steps']],
          [('Northern Bank', 'Shell One', 50), ('Shell One', 'Target', 50)])
e2e.equal('who holds', [(h['name'], h['note']) for h in r['holders']],
          [('Northern Bank', 'us-csl/SDN')])
r = ask(VAGUE, 'Target').json()['answers'][0]
e2e.equal('what is missing', [m['text'] for m in r['missing']],
          ['the share of "Northern Bank" in "Holding" is unknown'])
e2e.check('and no less would do', r['smallest'])

r = e2e.run('screen', 'owners', '--file', HALVES, '--as-of', '2026-11-22',
            'Target', 'Least')
e2e.check('text names the bound of the path',
          'Northern Bank holds 50 % of Shell One' in r.text(), r.text())
e2e.equal('the worst of several', r.status, 1)
r = ask(HALVES, '--listed', 'Southern Bank', 'Target')
e2e.check('a listed name nobody has is noted',
          'does not name "Southern Bank"' in r.errors(), r.errors())
r = ask(VAGUE, 'Targte')
e2e.check('a name mistyped is noted', 'did you mean "Target"' in r.errors(),
          r.errors())

# ---- what is refused ---------------------------------------------------------

BAD = [
    ('owner,owned,share\nA,B,101\n', 65, ':2: this is no share'),
    ('owner,owned,share\nA,B,50,5\n', 65, ':2: a row has more fields'),
    ('owner,owned,from\n\nA,B,2024-02-30\n', 65, ':3: this is no day'),
    ('name,share\n', 65, ':1: '),
    ('', 65, 'empty'),
    ('owner,owned\nA,B\n', 64, 'nobody is listed'),
]
for i, (text, status, line) in enumerate(BAD):
    r = e2e.run('screen', 'owners', '--file', table(f'bad{i}.csv', text), 'B')
    e2e.equal(f'refused {i}: status', r.status, status)
    e2e.check(f'refused {i}: {line}',
              line in r.errors() and r.errors().count('\n') == 1 and
              not r.out, r.errors())
e2e.equal('no file', e2e.run('screen', 'owners', 'B').status, 64)
e2e.equal('a file that is not there',
          e2e.run('screen', 'owners', '--file', 'none.csv', 'B').status, 66)

# ---- large and crooked -------------------------------------------------------

random.seed(1)
rows = ['owner,owned,share,listed']
rows += [f'P{i + 1},P{i},100,' for i in range(60000)]
rows += ['L,P60000,50,yes']
deep = table('deep.csv', '\n'.join(rows) + '\n')
for method in METHODS:
    r = ask(deep, '--method', method, 'P0')
    want = 1 if method not in ('eu', 'uk', 'family') else 0
    e2e.equal(f'60,000 steps up, {method}', r.status, want)

rows = ['owner,owned,low,high,listed']
for i in range(3000):
    rows.append(f'P{random.randrange(300)},P{random.randrange(300)},'
                f'{random.randrange(4)},{random.choice([4, 20, 100])},')
rows.append('P7,P8,,,yes')
tangle = table('tangle.csv', '\n'.join(rows) + '\n')
for method in METHODS:
    r = ask(tangle, '--method', method, 'P1')
    e2e.check(f'300 parties in a tangle, {method}', r.status in (0, 1, 2),
              r.errors())
    e2e.check(f'300 parties in a tangle, {method}: paths are cut',
              len(r.json()['answers'][0]['paths']) <= 32)
