# SPDX-License-Identifier: Apache-2.0
"""assay screen compare, end to end: what it prints and refuses, and how well it
does on labelled names: the corpus' pairs (precision, recall, F1 by kind, of
both halves, and by script), pairs across scripts, one name in many scripts,
and the scores of OFAC's own search."""
import csv
import io
import os

import e2e

THRESHOLD = 0.7
KINDS = {'Person': 'person', 'Company': 'organisation',
         'Organization': 'organisation', 'LegalEntity': 'organisation',
         'Vessel': 'vessel'}
LEAST = {'organisation': 0.93, 'person': 0.88}
SCRIPTS = [('Han', 0x4E00, 0x9FFF), ('Hangul', 0xAC00, 0xD7A3),
           ('Kana', 0x3040, 0x30FF), ('Arabic', 0x600, 0x6FF),
           ('Cyrillic', 0x400, 0x4FF)]


def scores(rows, *options):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    r = e2e.run('screen', 'compare', *options, stdin=text.getvalue().encode())
    if r.status != 0:
        e2e.not_ok('every row is scored', r.errors())
    return [float(x) for x in r.text().split()]


def figures(rows):
    """Of (score, label): precision, recall, F1 and the counts."""
    hit = sum(s >= THRESHOLD and y for s, y in rows)
    false = sum(s >= THRESHOLD and not y for s, y in rows)
    miss = sum(s < THRESHOLD and y for s, y in rows)
    p = hit / (hit + false) if hit + false else 1.0
    r = hit / (hit + miss) if hit + miss else 1.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return f, (f'P {p:.3f} R {r:.3f} F1 {f:.3f} of {len(rows)} '
               f'({false} false, {miss} missed)')


def by_script(title, rows):
    for name, low, high in SCRIPTS:
        some = [(s, y) for s, y, text in rows
                if any(low <= ord(c) <= high for c in text)]
        if some:
            print(f'# {title}, {name}: {figures(some)[1]}')


def labelled():
    where = e2e.corpus('labelled pairs', 'matching', 'name-bench-cases.csv')
    if not where:
        return
    with open(where, encoding='utf-8') as f:
        cases = list(csv.DictReader(f))
    got = scores((KINDS[c['schema']], c['name1'], c['name2']) for c in cases)
    rows = [(s, c['is_match'] == 'true', KINDS[c['schema']],
             c['name1'] + c['name2']) for s, c in zip(got, cases)]
    for kind in ('organisation', 'person', 'vessel'):
        mine = [(s, y) for s, y, k, _ in rows if k == kind]
        f, told = figures(mine)
        print(f'# {kind}: {told}')
        for half in (0, 1):
            print(f'#   half {half + 1}: {figures(mine[half::2])[1]}')
        if kind in LEAST:
            e2e.check(f'{kind}s reach F1 {LEAST[kind]}', f >= LEAST[kind],
                      told)
    by_script('labelled pairs', [(s, y, t) for s, y, _, t in rows])


def cases():
    kinds = {'o': 'organisation', 'p': 'person', 'v': 'vessel'}
    rows = []
    with open(e2e.source('test/cases/names.cases'), encoding='utf-8') as f:
        for line in f:
            if line.strip() and not line.startswith('#'):
                rows.append([x.strip() for x in line.split(' | ')])
    got = scores((kinds[k], a, b) for k, _, a, b in rows)
    f, told = figures([(s, r[1] == '=') for s, r in zip(got, rows)])
    print(f'# our own cases: {told}')
    by_script('our own cases',
              [(s, r[1] == '=', r[2] + r[3]) for s, r in zip(got, rows)])
    e2e.check('our own cases hold', f == 1, told)


def all_hit(name, pairs, kind):
    got = scores((kind, a, b) for a, b in pairs)
    missed = [p for p, s in zip(pairs, got) if s < THRESHOLD]
    e2e.check(f'{name}: {len(pairs)} of {len(pairs)} hit', not missed, missed)


def across_scripts():
    where = e2e.corpus('across scripts', 'matching', 'cross-script-pairs.csv')
    if where:
        with open(where, encoding='utf-8') as f:
            rows = [r for r in csv.reader(f) if r and r[0][:1] != '#']
        all_hit('across scripts', [(r[0], r[1]) for r in rows], 'person')
    where = e2e.corpus('one name in many scripts', 'matching',
                       'putin-names.txt')
    if where:
        with open(where, encoding='utf-8') as f:
            names = [n.strip() for n in f if n.strip()]
        all_hit('one name in many scripts',
                [(n, 'Vladimir Putin') for n in names], 'person')


def ofac():
    where = e2e.corpus('the scores of OFAC', 'matching', 'ofac-scores.csv')
    if not where:
        return
    with open(where, encoding='utf-8') as f:
        rows = [(q, e, int(s)) for q, e, s in list(csv.reader(f))[1:]
                if int(s) >= 0]
    got = scores((('unknown', q, e) for q, e, _ in rows), '--method', 'ofac')
    delta = [abs(100 * g - s) for g, (_, _, s) in zip(got, rows)]
    near = sum(d <= 5 for d in delta)
    told = (f'{near} of {len(rows)} ({100 * near / len(rows):.1f} %) within 5 '
            f'points, mean delta {sum(delta) / len(delta):.2f}')
    print(f'# OFAC: {told}')
    e2e.check('the scores of OFAC are met', near >= 0.95 * len(rows), told)


MUST = [
    ('GUANGZHOU HAIGE COMM GRP', 'Guangzhou Haige Communications Group', True),
    ('HAIGE GUANGZHOU', 'Guangzhou Haige Communications Group', True),
    ('CNOOC ENERGY TECH & SRVCES LTD',
     'CNOOC Energy Technology & Services Limited', True),
    ('Gazprom Bank', 'Gazprombank', True),
    ('LUKOIL OIL COMP', 'LUKOIL OIL COMPANY', True),
    ('CORP', '11420 CORP', False),
    ('CORP', 'Dahua Technology Corp', False),
    ('Management Company', 'A-B-C Company', False),
    ('Management Company', 'A-B-C Management Company', False),
    ('AVIC', 'AVIS', False),
    ('CETC', 'CRTC', False),
    ('Bank of Armenia', 'Bank of America', False),
    ('Unit 41', 'Unit 44', False),
    ('Brigade 4', 'Brigade Forty', False),
    ('Brigade Forty 4', 'Brigade 44', True),
    ('Micron Technology', 'Nedayeh Micron Electronics', False),
    ('Micron Technology', 'Research Institute Submicron', False),
]


def must():
    for kind in ('organisation', 'unknown'):
        for (a, b, hit), s in zip(MUST, scores((kind, a, b)
                                               for a, b, _ in MUST)):
            e2e.check(f'{kind}: {a} {"is" if hit else "is not"} {b}',
                      (s >= THRESHOLD) == hit, s)


def command_line():
    r = e2e.run('screen', 'compare', '--kind', 'organisation', 'Gazprom Bank',
                'Gazprombank')
    e2e.check('two operands', r.status == 0 and
              THRESHOLD <= float(r.text()) < 1, r.text())
    r = e2e.run('screen', 'compare', '--kind', 'organisation', '--format',
                'json', 'ICBC Chad', 'ICBC China')
    told = r.json()
    e2e.check('the parts are told', told['match'] is False and
              told['held'] == 'another country or town' and
              len(told['pairs']) == 3, told)
    r = e2e.run('screen', 'compare', '--kind', 'organisation', '--identity',
                'family', 'ICBC Chad', 'ICBC China')
    e2e.check('sisters are a family', float(r.text()) >= THRESHOLD, r.text())
    e2e.equal('one operand is refused', e2e.run('screen', 'compare',
                                                'x').status, 64)
    r = e2e.run('screen', 'compare', '--', '---', 'Huawei')
    e2e.check('a name without letters is not examined', r.status == 65 and
              'no letter and no digit' in r.errors() and not r.out, r.errors())


def lines():
    good = b'organisation,"Smith, ""Sons"" & Co",Smith Sons\r\nperson,A B,A B\n'
    r = e2e.run('screen', 'compare', stdin=good)
    e2e.check('quotes and line ends of RFC 4180', r.status == 0 and
              len(r.text().split()) == 2, r.text() + r.errors())
    bad = (b'person,Ann Lee,Ann Lee\nperson,only one\nmonster,a,b\n'
           b'person,"a"b,c\nperson,---,Ann\nperson,\xff,Ann\n'
           b'person,Ann Lee,Ann Lee\nperson,"open,x\n')
    r = e2e.run('screen', 'compare', stdin=bad)
    e2e.equal('each line has its answer', r.text().split(),
              ['1.000'] + 5 * ['nan'] + ['1.000', 'nan'])
    e2e.equal('bad lines end in 65', r.status, 65)
    errors = r.errors().splitlines()
    e2e.check('each bad line has one line that numbers it',
              [e.split(':')[1].split()[-1] for e in errors] ==
              ['2', '3', '4', '5', '6', '8'], errors)
    e2e.equal('no input, no output',
              (e2e.run('screen', 'compare').out,), (b'',))


os.environ.setdefault('LC_ALL', 'C.UTF-8')
command_line()
lines()
must()
cases()
labelled()
across_scripts()
ofac()
