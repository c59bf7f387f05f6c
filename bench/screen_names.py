# SPDX-License-Identifier: Apache-2.0
"""A million names for the bench of screening: those of the lists of the
corpus, and names whose words are drawn from them; and queries with edits. The
same every time."""

import csv
import gzip
import json
import os
import random
import re

MILLION = 1000000
QUERIES = 2000
LETTERS = 'abcdefghijklmnopqrstuvwxyz'


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for v in value:
            yield from strings(v)


def csl_rows(corpus):
    """Names of each row of the compact JSON, and what it is."""
    path = os.path.join(corpus, 'parties', 'us-csl', 'screening-list.json')
    with open(path, encoding='utf-8') as f:
        for row in json.load(f)['entries']:
            yield ([*strings(row.get('n')), *strings(row.get('a'))],
                   row.get('t'))


def csl(corpus):
    for names, _ in csl_rows(corpus):
        yield from names


def csl_kinds(corpus):
    """Each name, and whether it is a person's."""
    for names, what in csl_rows(corpus):
        for name in names:
            yield name, what == 'Individual'


def others(corpus):
    folder = os.path.join(corpus, 'matching', 'candidate-generation')
    for name in sorted(os.listdir(folder)):
        if name.endswith('.csv') and 'negatives' in name:
            with open(os.path.join(folder, name), encoding='utf-8',
                      newline='') as f:
                yield from (r['full_name'] for r in csv.DictReader(f))
    path = os.path.join(corpus, 'parties', 'us-csl-2025.csv.gz')
    with gzip.open(path, 'rt', encoding='utf-8', newline='') as f:
        for row in csv.DictReader(f):
            yield row.get('name') or ''
            yield from (row.get('alt_names') or '').split(';')


def clean(names):
    seen = {}
    for name in names:
        name = ' '.join(name.replace('"', ' ').split())
        if 2 < len(name) < 200 and re.search(r'\w', name):
            seen.setdefault(name)
    return list(seen)


def edited(rng, name):
    """Up to two letters left out, put in, replaced or swapped."""
    for _ in range(rng.randrange(3)):
        if len(name) < 6:
            break
        i = rng.randrange(len(name) - 1)
        name = rng.choice([
            lambda: name[:i] + name[i + 1:],
            lambda: name[:i] + rng.choice(LETTERS) + name[i:],
            lambda: name[:i] + rng.choice(LETTERS) + name[i + 1:],
            lambda: name[:i] + name[i + 1] + name[i] + name[i + 2:]])()
    return name


def put_lines(path, lines):
    with open(path, 'w', encoding='utf-8') as f:
        f.writelines(line + '\n' for line in lines)
    return path


def by_kind(bench):
    """Kind to the file of every tenth of its names on the US list, one a
    line."""
    names = {False: [], True: []}
    for name, person in csl_kinds(bench.corpus):
        names[person].append(name)
    return {kind: put_lines(os.path.join(bench.work, f'{kind}-names.txt'),
                            clean(names[person])[::10])
            for kind, person in (('organisation', False), ('person', True))}


def asked(bench):
    """The file of 500 organisations of the US list, with edits."""
    rng = random.Random(57174)
    names = clean(n for n, person in csl_kinds(bench.corpus) if not person)
    return put_lines(os.path.join(bench.work, 'asked-names.txt'),
                     [edited(rng, n) for n in rng.sample(names, 500)])


def write(bench):
    """Paths of the list (CSV for `feeds import`) and of the queries, and how
    many of the names are real."""
    listed = os.path.join(bench.work, 'million-names.csv')
    queries = os.path.join(bench.work, 'million-queries.txt')
    real = clean(csl(bench.corpus))
    real = clean(real + list(others(bench.corpus)))
    rng = random.Random(20261122)
    words = [w for n in real for w in n.split()]
    lengths = [len(n.split()) for n in real]
    names = dict.fromkeys(real)
    while len(names) < MILLION:
        made = ' '.join(rng.choice(words)
                        for _ in range(rng.choice(lengths)))
        if 2 < len(made) < 200:
            names.setdefault(made)
    names = list(names)
    if not os.path.exists(listed):
        with open(listed + '.new', 'w', encoding='utf-8', newline='') as f:
            out = csv.writer(f)
            out.writerow(['list', 'id', 'name', 'kind'])
            out.writerows(['million', i, n, 'organisation']
                          for i, n in enumerate(names))
        os.rename(listed + '.new', listed)
    put_lines(queries, [edited(rng, rng.choice(names))
                        for _ in range(QUERIES)])
    return listed, queries, len(real)
