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


def csl(corpus):
    """Names of the compact JSON: every row's name and its other names."""
    path = os.path.join(corpus, 'parties', 'us-csl', 'screening-list.json')
    with open(path, encoding='utf-8') as f:
        rows = json.load(f)['entries']
    for row in rows:
        yield from strings(row.get('n'))
        yield from strings(row.get('a'))


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
    with open(queries, 'w', encoding='utf-8') as f:
        f.writelines(edited(rng, rng.choice(names)) + '\n'
                     for _ in range(QUERIES))
    return listed, queries, len(real)
