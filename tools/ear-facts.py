#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ear-facts.py CORPUS OUTDIR: facts of the US export list, from two readings.

CORPUS holds parties/ear: the reading of the eCFR of 2026-07-23 by one project
and that of 2026-08-07 by another. Rows are those of the later; where the two
differ, doc/licence-differences.md says who is right and why. What list based
exceptions an entry allows only the earlier reading holds. Written are
ccl.yaml, countries.yaml and rules.yaml: facts, no text of an entry.
"""
import json
import os
import re
import sys

import ear_scope
import ear_tables

CITED = '# Facts of 15 CFR, public domain. Written by tools/ear-facts.py.\n'
# What the earlier reading swallowed into the entry before.
FLAGS_OF = {'0D614': ('0D606',), '3D006': ('3D005',)}
FLAGS = {
    '0D606': {'TSR': 'N/A', 'STA': 'Paragraph (c)(2) of License Exception STA '
              'may not be used for any software in 0D606'},
    '2B351': {'LVS': 'N/A', 'GBS': 'N/A'},
    '2B352': {'LVS': 'N/A', 'GBS': 'N/A'},
    '3E001': {'TSR': 'Yes, except as the entry says', 'IEC': 'Yes, for '
              'technology for equipment controlled by 3B001.q',
              'STA': 'the entry names technology for which it may not be used'},
    '3E002': {'TSR': 'Yes, except as the entry says'},
}


def lvs(text, eccn):
    """[['LVS', limit in dollars, scope, condition]]"""
    dollars = [int(x.replace(',', '')) for x in re.findall(r'\$([\d,]+)', text)]
    if not dollars:
        return [['LVS', 0]] if text == 'N/A' else \
            [['LVS', None, '*', label(text)]]
    plain = re.fullmatch(r'(?:Yes: )?\$[\d,]+', text)
    if plain:
        return [['LVS', dollars[0]]]
    m = re.fullmatch(r'\$[\d,]+,? (?:for|only for) ([^;$]*)', text)
    tokens = ear_scope.paragraphs(m[1], eccn) if m else None
    if tokens:
        return [['LVS', dollars[0], ' '.join(tokens)]]
    m = re.fullmatch(r'\$[\d,]+[;,]? (?:except )?(?:N/A for )?'
                     r'(?:semiconductor manufacturing equipment specified in )?'
                     r'([^;$]*)', text)
    tokens = ear_scope.paragraphs(m[1], eccn) if m else None
    if tokens:
        return [['LVS', dollars[0], '* ' + ' '.join('-' + t for t in tokens)]]
    return [['LVS', max(dollars), '*', label(text)]]


def label(text):
    """Our own words for a limit that is no list of paragraphs. "not where R
    applies" is read by the engine, the rest by people."""
    reasons = re.findall(r'N/A for (MT|NP|RS)\b', text) + \
        re.findall(r'except (UN)$', text)
    rest = re.sub(r'(except |Yes,? ?|:|;|,|\$[\d,]+|N/A for (MT|NP|RS)|'
                  r'except UN)', '', text).strip(' .')
    if reasons and not rest:
        return 'not where %s applies' % ' or '.join(reasons)
    if 'civil end uses' in text:
        return 'civil end uses, as the entry says'
    if re.fullmatch(r'(certain EI controlled|components)\W?.*', rest) or \
            'components' in rest[:14]:
        return 'components only' if 'components' in rest[:14] else \
            'the items that 740.17 names'
    if 'E:1 or E:2' in text:
        return 'not to E:1 or E:2'
    return 'only the items that the entry names'


def listed(symbol, text, eccn):
    text = re.sub(r',? ?(?:see|to specific countries \(see) § 740\..*', '',
                  text, flags=re.I).strip(' .,')
    text = re.sub(r'\. See § 740.*$', '', text)
    if re.match(r'(N/A|No)\b', text):
        return [[symbol, 'no']]
    if text in ('Yes', ''):
        return [[symbol, 'yes']]
    m = re.fullmatch(r'Yes,?:? (?:for )?(.*)', text)
    rest = m[1] if m else text
    tokens = ear_scope.paragraphs(rest, eccn)
    if tokens:
        return [[symbol, 'yes', ' '.join(tokens)]]
    m = re.fullmatch(r'except (?:N/A for )?(.*)', rest)
    tokens = ear_scope.paragraphs(m[1], eccn) if m else None
    if tokens:
        return [[symbol, 'yes', '* ' + ' '.join('-' + t for t in tokens)]]
    return [[symbol, 'yes', '*', label(rest)]]


def sta(text, eccn):
    if re.search(r'\bA:5 or A:6\b', text):
        word = 'not-A5-A6'
    elif 'A:6' in text:
        word = 'not-A6'
    elif '(c)(2)' in text or '(c)(1)' in text:
        word = 'not-c2'
    elif re.search(r'may not be used (\(|for|to ship items|to ship or transmit '
                   r'\S+ specified by)', text) or '740.20 of the EAR) may not' \
            in text:
        word = 'no'
    else:
        return [['STA', 'yes', '*', label(text)]]
    every = re.search(r'(any (item|commodity|technology|software) in '
                      r'(this|the) (entry|ECCN)|any (item|.?software.?|'
                      r'.?technology.?) in '
                      r'(ECCN )?' + eccn + r'\b(?!\.)|this ECCN|for (ECCN )?' +
                      eccn + r'\b(?!\.)|specified by ECCN ' + eccn +
                      r'\b(?!\.))', text, re.I)
    if every:
        return [['STA', word]]
    m = re.search(r'(?:to ship|for|in) (' + eccn + r'\.[^A-Z]*?)(?: to any|,? '
                  r'unless|\. \(|$)', text)
    tokens = ear_scope.paragraphs(m[1], eccn) if m else None
    if tokens:
        return [['STA', word, ' '.join(tokens)]]
    return [['STA', word, '*', 'the items that the entry names']]


def flags_of(eccn, flags):
    out = []
    for symbol, text in flags.items():
        text = ear_scope.clean(text)
        if symbol == 'LVS':
            out += lvs(text, eccn)
        elif symbol == 'STA':
            out += sta(text, eccn)
        else:
            out += listed(symbol, text, eccn)
    return out


def rows_of(eccn, entry):
    rows = []
    for control, text, _ in entry['c']:
        reason, rule = ear_tables.rule_of(eccn, control, text)
        reach = ear_tables.REACH.get((eccn, reason, rule)) or \
            [ear_scope.scope_of(control, eccn)]
        for row in reach:
            scope, of, cond = row
            full = [reason, rule, scope, of, cond]
            while len(full) > 3 and not full[-1]:
                full.pop()
            if full not in rows:
                rows.append(full)
    return rows + ear_tables.EXTRA_ROWS.get(eccn, [])


def state_of(eccn, entry):
    """Why an entry has no rows."""
    text = entry['t'].lower()
    if eccn in ear_tables.NO_ROWS:
        return ear_tables.NO_ROWS[eccn]
    if 'itar' in text or '22 cfr' in text:
        return 'itar'
    if 'has been removed' in text or 'see eccn' in text or 'controlled by' \
            in text or 'controlled under' in text or 'see ' in text:
        return 'moved'
    return 'reserved'


def line(value):
    return '  - ' + json.dumps(value, ensure_ascii=False) + '\n'


def ccl(later, earlier, out):
    flags = {e['eccn']: e['licenceExceptionFlags'] for e in earlier['entries']}
    for eccn, (source,) in FLAGS_OF.items():
        flags[eccn] = flags[source]
    flags.update(FLAGS)
    out.write(CITED + 'schema: assay-ear-ccl/1\nedition: "%s"\n'
              'citation: "15 CFR part 774, supplement no. 1"\n'
              'exceptions_edition: "%s"\neccns:\n' %
              (later['SOURCE_EDITION'], earlier['ecfrIssueDate']))
    for eccn, entry in sorted(later['ECCNS'].items()):
        row = {'eccn': eccn}
        if entry['c']:
            row['rows'] = rows_of(eccn, entry)
        else:
            row['state'] = state_of(eccn, entry)
        extra = flags_of(eccn, flags.get(eccn, {}))
        if extra:
            row['flags'] = extra
        out.write(line(row))


def countries(chart, later, groups, out):
    member = {}
    for group, names in groups['groups'].items():
        for name in names:
            code = ear_tables.GROUP_NAMES.get(name) or ear_tables.CODES[name]
            member.setdefault(code, []).append(group)
    out.write(CITED + 'schema: assay-ear-countries/1\nedition: "%s"\n'
              'citation: "15 CFR part 738, supplement no. 1; part 740, '
              'supplement no. 1"\ngroups_edition: "%s"\ncountries:\n' %
              (later['SOURCE_EDITION'], groups['ecfrIssueDate']))
    for name, code in sorted(ear_tables.CODES.items(), key=lambda x: x[1]):
        entry = later['COUNTRIES'][name]
        row = {'code': code, 'name': ear_tables.SHOWN.get(code, name)}
        also = [name] if row['name'] != name else []
        also += [n for n, c in ear_tables.GROUP_NAMES.items() if c == code]
        also += ear_tables.OTHER_NAMES.get(code, [])
        if also:
            row['also'] = sorted(set(also) - {row['name']})
        row['marks'] = ' '.join(entry.get('c', []))
        if entry.get('f'):
            row['notes'] = entry['f']
        if member.get(code):
            row['groups'] = ' '.join(member[code])
        if code in ear_tables.EMBARGO:
            row['embargo'] = ear_tables.EMBARGO[code]
        if code == 'LI':
            row['row'], row['basis'] = 'CH', 'footnote 5, 738.3(b)'
        out.write(line(row))
    out.write(line({'code': 'US', 'name': 'United States',
                    'also': ear_tables.OTHER_NAMES['US'], 'marks': '',
                    'groups': ' '.join(member['US'])}))
    for row in ear_tables.TERRITORIES:
        out.write(line(row))


def rules(out):
    out.write(CITED + 'schema: assay-ear-rules/1\nrules:\n')
    for name, section, to, extra, _ in ear_tables.RULES:
        out.write(line({'id': name, 'section': section, 'to': to, **extra}))


def main():
    corpus, target = sys.argv[1:3]
    ear = os.path.join(corpus, 'parties', 'ear')

    def read(*path):
        with open(os.path.join(ear, *path), encoding='utf-8') as f:
            return json.load(f)
    later = read('toolstop', 'export-control.json')
    earlier = read('seelpeed', 'ccl.json')
    chart = read('seelpeed', 'country-chart.json')
    groups = read('seelpeed', 'country-groups.json')

    def to(name):
        return open(os.path.join(target, name), 'w', encoding='utf-8')
    with to('ccl.yaml') as f:
        ccl(later, earlier, f)
    with to('countries.yaml') as f:
        countries(chart, later, groups, f)
    with to('rules.yaml') as f:
        rules(f)


main()
