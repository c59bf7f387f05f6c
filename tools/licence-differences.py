#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""licence-differences.py PROGRAM CORPUS [--doc FILE | --write FILE]

Our export tables against two readings of the regulation that others made:
every entry x reason for control x country, the groups and the exceptions.
PROGRAM is build/test/licence_cells, CORPUS holds parties/ear. Each reading is
evaluated here, by itself, from its own words; every difference falls under one
of the causes below or is unexplained, and unexplained ones fail. The table of
counts stands in doc/licence-differences.md (--doc checks it, --write puts it).
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys

READINGS = ('A', 'B')   # A: eCFR of 2026-07-23; B: edition of 2026-08-07

# What the sentence says of the destination, in the words of the sentence.
# "-": it only points to another section.
CN_RU_VE = {'China', 'Russia', 'Venezuela'}


class Reading:
    """One reading: entries -> [(reason, text, column)], chart rows."""

    def __init__(self, entries, marks, embargoed, groups):
        self.entries, self.marks = entries, marks
        self.embargoed, self.groups = embargoed, groups

    def group(self, country, *names):
        country = {'China': 'China (PRC)'}.get(country, country)
        country = {'Congo (Democratic Republic of the)':
                   'Congo (Democratic Republic of)'}.get(country, country)
        return any(country in self.groups[n] for n in names)

    def sentence(self, text, country):
        """y, n, ? or -."""
        low = text.lower()
        if re.match(r'worldwide \(see', low):
            return '?'
        if 'destination worldwide' in low or low.startswith('worldwide'):
            return 'y'
        if 'united arab emirates' in low:
            hit = country == 'United Arab Emirates' or \
                self.group(country, 'D:1', 'D:4', 'D:5') and \
                not self.group(country, 'A:5', 'A:6')
        elif 'country groups d:1' in low:
            hit = self.group(country, 'D:1', 'D:4', 'D:5') and \
                not self.group(country, 'A:5', 'A:6')
        elif 'macau' in low:
            hit = country == 'Macau' or self.group(country, 'D:5')
        elif low.startswith('china, russia'):
            hit = country in CN_RU_VE
        elif 'all destinations, except canada' in low:
            hit = country != 'Canada'
        elif 'all destinations' in low:
            hit = True
        elif 'iran and north korea' in low:
            hit = country in ('Iran', 'Korea, North')
        elif 'to north korea' in low:
            hit = country == 'Korea, North'
        elif 'iraq or pakistan' in low:
            hit = country in ('Iraq', 'Pakistan')
        elif 'reexport to iraq' in low:
            hit = country == 'Iraq'
        elif 'reexport to pakistan' in low:
            hit = country == 'Pakistan'
        elif 'country group e:1' in low:
            hit = self.group(country, 'E:1')
        else:
            return '-'
        return 'y' if hit else 'n'

    def row(self, row, country):
        _, text, column = row
        if column is None:
            return self.sentence(text, country)
        if country in self.embargoed:
            return '?'
        return 'y' if column in self.marks[country] else 'n'

    def cell(self, eccn, reason, country):
        """The strictest of the rows; None without one."""
        got = {self.row(r, country) for r in self.entries.get(eccn, ())
               if r[0] == reason}
        for answer in 'y-?n':
            if answer in got:
                return answer
        return None


def reasons_of(control):
    control = re.sub(r'^Country Chart\. ', '', control)
    m = re.match(r'(SL and AT|[A-Z]{2})1? ?appl', control.strip())
    if m:
        return m[1].split(' and ')
    if control.startswith('Russian industry'):
        return ['RUS']
    return ['ITAR'] if '22 CFR' in control else []


def first_column(text):
    m = re.search(r'\b(CB|NP|NS|MT|RS|FC|CC|AT)\s*Column\s*(\d)', text)
    return m[1] + m[2] if m else None


def read(corpus):
    ear = os.path.join(corpus, 'parties', 'ear')

    def load(*path):
        with open(os.path.join(ear, *path), encoding='utf-8') as f:
            return json.load(f)
    groups = load('seelpeed', 'country-groups.json')['groups']
    chart = load('seelpeed', 'country-chart.json')
    earlier = {}
    for e in load('seelpeed', 'ccl.json')['entries']:
        earlier[e['eccn']] = [
            (r, c['countryChart'], first_column(c['countryChart']))
            for c in e['countryChart'] for r in reasons_of(c['control'])]
    later = load('toolstop', 'export-control.json')
    entries = {k: [(r, c[1], c[2]) for c in v['c']
                   for r in reasons_of(c[0])]
               for k, v in later['ECCNS'].items()}
    marks_a = {c: {m.replace(' ', '') for m in v['marks']}
               for c, v in chart['countries'].items()}
    marks_b = {c: set(v.get('c', ())) for c, v in later['COUNTRIES'].items()}
    bare = {c for c, v in later['COUNTRIES'].items() if 'e' in v}
    catalogue = load('seelpeed', 'license-exception-catalog.json')
    return ({'A': Reading(earlier, marks_a, set(chart['embargoed']), groups),
             'B': Reading(entries, marks_b, bare, groups)}, groups,
            {e['sectionNumber']: '/'.join(e['symbols'])
             for e in catalogue['exceptions']}, later['ECCNS'])


# ---- causes ------------------------------------------------------------------

MERGED = {'0D614', '2B352', '3D006', '3E002'}
SWALLOWED = {'0D606', '3D005', '3E001', '2B351'}
IN_TEXT = set('''0A980 0A981 0A982 0A983 0A999 0D001 0E001 1A999 1C350 1C351
    1C355 1C395 1C980 1C982 1C983 1C984 1C988 1D999 2A994 2A999 2D994 2E994
    5A980 5D980 5E980 6A992'''.split())

# (id, readings, who is right, what, test of (reading, eccn, reason, got, ours))
CAUSES = [
    ('merged', 'A', 'ours', 'the reading ran an entry into the one before it '
     '(0D614, 2B352, 3D006, 3E002) and lacks it',
     lambda r, e, k, got, ours: e in MERGED and got is None),
    ('swallowed', 'A', 'ours', 'the entry before one that was run into it '
     'holds the rows of that one, or none of its own (0D606, 2B351, 3D005, '
     '3E001)', lambda r, e, k, got, ours: e in SWALLOWED),
    ('in-text', 'A', 'ours', 'the requirement stands in a sentence of the '
     'entry and not in its table; the reading kept the table only',
     lambda r, e, k, got, ours: e in IN_TEXT and got is None),
    ('glued', 'AB', 'ours', '1A231: two rows stand in one cell; the reading '
     'took the first reason alone',
     lambda r, e, k, got, ours: e == '1A231' and k == 'AT'),
    ('bare-column', 'B', 'ours', '1C351: the cell says "Column 1." without a '
     'reason, which the reading did not resolve',
     lambda r, e, k, got, ours: e == '1C351' and k == 'AT'),
    ('bare-column', 'A', 'ours', '1C351: likewise, "Column 1."',
     lambda r, e, k, got, ours: e == '1C351' and k == 'AT'),
    ('reference', 'AB', 'ours', 'the cell only points to another section '
     '(742.14, 742.15, 742.18, 746.1, 746.8 ...); ours answers from it, with '
     'unknown where the sources do not hold it',
     lambda r, e, k, got, ours: got == '-'),
]


class Tally:
    def __init__(self):
        self.count = collections.Counter()
        self.entries = collections.defaultdict(set)
        self.unexplained = []
        self.cells = collections.Counter()

    def add(self, reading, eccn, reason, country, got, ours):
        self.cells[reading] += 1
        if got == ours:
            return
        for name, readings, _, _, test in CAUSES:
            if reading in readings and test(reading, eccn, reason, got, ours):
                self.count[reading, name] += 1
                self.entries[reading, name].add(eccn)
                return
        self.unexplained.append(
            f'{reading}: {eccn} {reason} {country}: {got}, ours {ours}')


def compare(ours, codes, readings, names):
    tally = Tally()
    for r, reading in readings.items():
        keys = set(ours)
        for eccn, rows in reading.entries.items():
            keys |= {(eccn, row[0]) for row in rows}
        for eccn, reason in sorted(keys):
            if reason == '-':
                continue
            for i, code in enumerate(codes):
                name = names.get(code)
                if name is None:
                    continue
                line = ours.get((eccn, reason))
                tally.add(r, eccn, reason, name,
                          reading.cell(eccn, reason, name),
                          line[i] if line else None)
    return tally


# ---- reach: what else a row speaks of ----------------------------------------

ENTRY = re.compile(r'\d[A-E]\d{3}')
# (ECCN, reason): why the entries our row names are not those of its words.
REACH = {
    ('0D501', 'NS'): 'equipment of 0B501 for 0A501.y falls under -0A501.y',
    ('0D501', 'RS'): 'equipment of 0B501 for 0A501.y falls under -0A501.y',
    ('1A004', 'CB'): 'both readings cut the sentence short; 2B351.a ends it',
    ('3D001', 'NS'): '"as specified in the heading" is written out',
    ('3E001', 'NS'): '"as noted in the heading" is written out',
    ('4A003', 'AT'): 'a pointer to another entry, no limit',
    ('7E001', 'MT'): 'named as examples of items controlled for MT',
    ('7E002', 'MT'): 'named as examples of items controlled for MT',
}


def compare_reach(entries):
    """The entries named in the Control(s) cells, against those in our rows."""
    mine, theirs = collections.defaultdict(set), collections.defaultdict(set)
    for entry in facts('ccl.yaml'):
        for row in entry.get('rows', ()):
            mine[entry['eccn'], row[0]] |= \
                set(ENTRY.findall(' '.join(row[3:]))) - {entry['eccn']}
    for eccn, value in entries.items():
        for cell in value['c']:
            for reason in reasons_of(cell[0]):
                theirs[eccn, reason] |= \
                    set(ENTRY.findall(cell[0])) - {eccn}
    return [f'reach of {e} {k}: {sorted(mine[e, k] ^ theirs[e, k])}'
            for e, k in sorted(set(mine) | set(theirs))
            if mine[e, k] != theirs[e, k] and (e, k) not in REACH and
            k != 'ITAR'], len(theirs)


# ---- groups, exceptions ------------------------------------------------------

def facts(name):
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    with open(os.path.join(root, 'data', 'ear', name), encoding='utf-8') as f:
        return [json.loads(l[4:]) for l in f if l.startswith('  - ')]


def other_tables(groups, catalogue):
    wrong = []
    rows = facts('countries.yaml')
    for group, members in groups.items():
        want = len(members)
        have = sum(group in r.get('groups', '').split() for r in rows)
        if want != have:
            wrong.append(f'group {group}: {have} members, not {want}')
        known = {n for r in rows if group in r.get('groups', '').split()
                 for n in [r['name'], *r.get('also', [])]}
        wrong += [f'group {group}: no {m}' for m in members if m not in known]
    have = {r['section']: r['symbol'] for r in facts('exceptions.yaml')}
    if have != catalogue:
        differ = set(have.items()) ^ set(catalogue.items())
        wrong.append(f"exceptions: {differ}")
    return wrong


def table(tally):
    lines = ['| reading | cause | entries | cells | right | what |',
             '|---|---|---|---|---|---|']
    for name, readings, right, what, _ in CAUSES:
        for r in READINGS:
            if r in readings and tally.count[r, name]:
                lines.append(
                    f'| {r} | {name} | {len(tally.entries[r, name])} | '
                    f'{tally.count[r, name]} | {right} | {what} |')
    for r in READINGS:
        known = sum(n for (x, _), n in tally.count.items() if x == r)
        mine = sum(u.startswith(r + ':') for u in tally.unexplained)
        lines.append(f'| {r} | **all** | | {tally.cells[r]} compared, '
                     f'{tally.cells[r] - known - mine} equal | | {known} '
                     f'explained, {mine} unexplained |')
    return '\n'.join(lines) + '\n'


BEGIN, END = '<!-- counts -->\n', '<!-- end -->\n'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('corpus')
    parser.add_argument('--doc')
    parser.add_argument('--write')
    args = parser.parse_args()
    out = subprocess.run([args.program], check=True, text=True,
                         stdout=subprocess.PIPE).stdout.splitlines()
    codes = out[0].split()
    ours = {}
    for line in out[1:]:
        eccn, reason, cells = line.split(' ', 2)
        ours[eccn, reason] = cells
    readings, groups, catalogue, words = read(args.corpus)
    # Countries by their name in the chart; what has no row of its own there
    # (Hong Kong, regions, the US) has nothing to be compared with.
    chart = set(readings['A'].marks) | readings['A'].embargoed
    names = {}
    for row in facts('countries.yaml'):
        for n in [row['name'], *row.get('also', [])]:
            if n in chart and row['code'] not in names and \
                    not row.get('row', '').startswith(('CN', 'UA', 'GB')):
                names[row['code']] = n
    tally = compare(ours, codes, readings, names)
    reach, n_reach = compare_reach(words)
    wrong = reach + other_tables(groups, catalogue)
    text = table(tally)
    print(text, end='')
    print(f'{len(names)} countries, {len(groups)} groups, {len(catalogue)} '
          f'exceptions, reach of {n_reach} reasons ({len(REACH)} explained)')
    for line in (wrong + tally.unexplained)[:60]:
        print('UNEXPLAINED', line)
    if args.write or args.doc:
        with open(args.write or args.doc, encoding='utf-8') as f:
            doc = f.read()
        head, rest = doc.split(BEGIN)
        old, tail = rest.split(END)
        if args.write:
            with open(args.write, 'w', encoding='utf-8') as f:
                f.write(head + BEGIN + text + END + tail)
        elif old != text:
            print('the counts in the document are not these')
            wrong.append('document')
    return 1 if wrong or tally.unexplained else 0


sys.exit(main())
