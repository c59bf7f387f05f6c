# SPDX-License-Identifier: Apache-2.0
"""What the index of names finds of what a comparison with every name finds:
names of the lists of the corpus with up to two letters left out, put in,
replaced or swapped, held against all 57,174 of them with and without the
index; and names of nobody, whose false alarms need not be found."""

import csv
import json
import os
import random

import e2e

HOME = os.path.join(e2e.TMP, 'lists')
LETTERS = 'abcdefghijklmnopqrstuvwxyz'
# Names of a kind: half a second each without the index.
EACH = 8 if e2e.instrumented() else 40
KINDS = {'organisation': ('Entity', None), 'person': ('Individual',),
         'vessel': ('Vessel',)}
# Of the rows that the comparison is sure of, and of the names that have any; in
# larger samples 0.98 to 1 (doc/screening.md).
LEAST = 0.9


def edited(rng, name):
    for _ in range(rng.randrange(3)):
        i = rng.randrange(len(name) - 1)
        name = rng.choice([
            name[:i] + name[i + 1:],
            name[:i] + rng.choice(LETTERS) + name[i:],
            name[:i] + rng.choice(LETTERS) + name[i + 1:],
            name[:i] + name[i + 1] + name[i] + name[i + 2:]])
    return name


def listed(types):
    path = os.path.join(e2e.CORPUS, 'parties', 'us-csl',
                        'screening-list.json')
    with open(path, encoding='utf-8') as f:
        rows = json.load(f)['entries']
    return [n for r in rows if r.get('t') in types
            for n in [r['n'], *r.get('a', ())] if len(n) > 5]


def hits(names, kind, *words):
    """Of each name, row to band."""
    path = os.path.join(e2e.TMP, 'names.csv')
    with open(path, 'w', encoding='utf-8', newline='') as f:
        csv.writer(f).writerows([['name'], *([n] for n in names)])
    r = e2e.run('screen', '--as-of', '2026-11-22', '--file', path, '--kind',
                kind, '--limit', '500', *words, env={'ASSAY_HOME': HOME})
    rows = [json.loads(x) for x in r.out.splitlines()[1:-1]]
    return [{(h['list'], h['row']): h['band'] for h in row.get('hits', ())}
            for row in rows]


def compared(kind, names):
    """Figures: rows that are sure, found of them; possible ones; names with a
    hit, and found."""
    with_all = hits(names, kind, '--exhaustive')
    found = hits(names, kind)
    count = {}
    for band in ('sure', 'possible'):
        rows = [(i, row) for i, all_ in enumerate(with_all)
                for row, b in all_.items() if b == band]
        count[band] = (sum(row in found[i] for i, row in rows), len(rows))
        for i, row in rows:
            if band == 'sure' and row not in found[i]:
                print(f'# missed: {names[i]}: {row[0]} {row[1]}')
    hit = [i for i, all_ in enumerate(with_all) if all_]
    count['names'] = (sum(bool(found[i]) for i in hit), len(hit))
    e2e.equal(f'{kind}: every name is answered', (len(with_all), len(found)),
              (len(names), len(names)))
    return count, ', '.join(f'{n} of {m} {what}'
                            for what, (n, m) in count.items())


def main():
    where = e2e.corpus('the lists', 'parties', 'us-csl')
    if not where:
        return
    r = e2e.run('feeds', 'import', where, env={'ASSAY_HOME': HOME})
    e2e.check('the list is imported', r.status == 0, r.err)
    rng = random.Random(57174)
    for kind, types in KINDS.items():
        some = rng.sample(listed(types), EACH)
        count, told = compared(kind, [edited(rng, n) for n in some])
        e2e.check(f'{kind}s of the list, found of what a comparison with all '
                  f'finds: {told}',
                  all(count[what][0] >= LEAST * count[what][1]
                      for what in ('sure', 'names')))
    path = os.path.join(e2e.CORPUS, 'matching', 'candidate-generation',
                        'negatives_global.csv')
    with open(path, encoding='utf-8', newline='') as f:
        some = rng.sample([r['full_name'] for r in csv.DictReader(f)], EACH)
    print(f'# names of nobody: {compared("person", some)[1]}')


main()
