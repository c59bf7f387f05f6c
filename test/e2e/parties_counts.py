# SPDX-License-Identifier: Apache-2.0
"""What lists of parties hold, counted by readers of another language (json,
csv, ElementTree), against what the program has stored: parties, names, births,
addresses, identifiers, programmes. No difference is left unexplained: where
assay drops a repetition, so does the count."""

import collections
import csv
import gzip
import json
import os
import re
import xml.etree.ElementTree as ET

import e2e
import party_rows

BASE = os.path.join(e2e.HOME, 'counts.db')


def take(*words):
    r = e2e.run('feeds', 'import', '--format', 'json', '--knowledge', BASE,
                *words)
    if r.status != 0:
        raise SystemExit(f'not ok import {words}: {r.errors()}')
    return r.json()


def clean(s):
    """White space at the ends goes, control characters become blanks."""
    s = (s or '').strip(' \t\n\r\v\f')
    return re.sub('[\x00-\x1f\x7f]', ' ', s)


def texts(values):
    return [c for c in map(clean, values) if c]


def once(values):
    return list(dict.fromkeys(values))


def same(what, rows, want):
    """rows: as stored; want: {(what): Counter or number}."""
    got = {
        'parties': len(rows),
        'names': collections.Counter(
            n for p in rows for _, n, _ in p['names']),
        'kinds of names': collections.Counter(
            k for p in rows for k, _, _ in p['names']),
        'births': collections.Counter(b for p in rows for b in p['births']),
        'addresses': sum(len(p['addresses']) for p in rows),
        'identifiers': collections.Counter(
            v for p in rows for _, v, _ in p['ids']),
        'programmes': collections.Counter(
            t for p in rows for t in party_rows.terms(p, 'programme')),
        'ids': collections.Counter(
            re.sub(r'#\d+$', '', p['id']) for p in rows
            if not p['id'].startswith('sha256:')),
        'from': collections.Counter(p['from'] for p in rows if p['from']),
    }
    for key, value in want.items():
        mine = got[key]
        if mine == value or not isinstance(value, collections.Counter):
            e2e.equal(f'{what}: {key}', mine, value)
            continue
        more, less = mine - value, value - mine
        e2e.check(f'{what}: {key}', False,
                  f'stored alone {more.most_common(3)}, read alone '
                  f'{less.most_common(3)}')
    print(f'    {what}: ' + ', '.join(
        f'{sum(v.values()) if isinstance(v, collections.Counter) else v} {k}'
        for k, v in want.items()), flush=True)


MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split()


def day(s):
    """10 Oct 1965 -> 1965-10-10; Oct 1965 -> 1965-10."""
    words = s.split()
    if len(words) > 1 and words[-2].lower() in MONTHS:
        month = f'{MONTHS.index(words[-2].lower()) + 1:02}'
        return '-'.join([words[-1], month, *(f'{int(w):02}'
                                             for w in words[:-2])])
    return s


def birth(s):
    """What is stored for a birth as a list writes it."""
    span = re.fullmatch(r'(circa )?(.+) to (.+)|(circa )?(\d{4})-(\d{4})', s)
    if not span:
        circa = s.startswith('circa ')
        return [day(s.removeprefix('circa ')) + ' (circa)' * circa]
    ends = [day(x) for x in (span.group(2) or span.group(5),
                             span.group(3) or span.group(6))]
    years = range(int(ends[0][:4]) + 1, int(ends[1][:4]) + 1)
    return [' to '.join(ends)] + [f'{y} ({ends[0]} to {ends[1]})'
                                  for y in years]


def short(name):
    """Names are cut to 1,024 bytes."""
    return name.encode()[:1024].decode(errors='ignore').strip()


# ---- the consolidated screening list ----------


def csl_json(parties):
    path = os.path.join(parties, 'us-csl', 'screening-list.json')
    with open(path, encoding='utf-8') as f:
        data = json.load(f)
    t, entries = data['tables'], data['entries']
    programmes = collections.Counter()
    for e in entries:
        if 'pg' in e:
            programmes.update(once(texts(t['programmes'][e['pg']].split(';'))))
    take(path)
    rows = party_rows.rows(BASE, 'us-csl/%', '2026-08-01')
    same('CSL of 2026, JSON', rows, {
        'parties': len(entries),
        'names': collections.Counter(texts(
            n for e in entries for n in (e['n'], *e.get('a', [])))),
        'ids': collections.Counter(str(e['e']) for e in entries if e.get('e')),
        'addresses': sum(len(set(e.get('c', []))) for e in entries),
        'programmes': programmes,
    })
    e2e.equal('addresses that are rows of the Entity List are marked', sum(
        party_rows.terms(p, 'address-only') == ['true'] for p in rows), sum(
            bool(re.fullmatch(r'Address \d+', e['n'])) for e in entries))


def parts(text):
    return texts((text or '').split(';'))


def csl_csv(parties, what, rows, day):
    births = collections.Counter()
    names = collections.Counter()
    programmes = collections.Counter()
    addresses = 0
    for x in rows:
        names.update([clean(x['name'])] + parts(x['alt_names']))
        births.update(once(y for b in parts(x['dates_of_birth'])
                           for y in birth(b)))
        programmes.update(once(parts(x['programs'])))
        addresses += len(set(parts(x['addresses'])))
    stored = party_rows.rows(BASE, 'us-csl/%', day)
    same(what, stored, {
        'parties': len(rows), 'names': names, 'births': births,
        'programmes': programmes, 'addresses': addresses,
        'ids': collections.Counter(
            x['entity_number'] for x in rows if x['entity_number'])})
    identifiers(what, rows, stored)


def identifiers(what, rows, stored):
    """An identifier is kept, or, where its type has no scheme, is a remark."""
    want = collections.Counter(i for x in rows for i in once(parts(x['ids'])))
    kept = {v for p in stored for _, v, _ in p['ids']}
    remarks = {v for p in stored for v in party_rows.terms(p, 'remark')}
    lost = [i for i in want if i not in remarks and i not in kept and
            not any(x in kept for x in middle(i))]
    e2e.equal(f'{what}: no identifier is lost', lost[:5], [])


def middle(text):
    """Number among country, number and type; numbers may hold commas."""
    words = text.split(',')
    return [','.join(words[i:j]).strip() for i in range(len(words))
            for j in range(i + 1, len(words) + 1)]


def csl_csvs(parties):
    path = os.path.join(parties, 'us-csl-2025.csv.gz')
    with gzip.open(path, 'rt', encoding='utf-8') as f:
        rows = list(csv.DictReader(f))
    take(path, '--edition', '2025-06-15')
    csl_csv(parties, 'CSL of 2025, CSV', rows, '2025-06-15')
    path = os.path.join(parties, 'us-csl-old', 'csl.csv')
    with open(path, encoding='utf-8') as f:
        rows = [x for x in csv.DictReader(f) if x['source'] != 'source']
    take(path, '--edition', '2021-06-30', '--force')
    csl_csv(parties, 'CSL of 2021, CSV', rows[:-1], '2021-06-30')


# ---- OFAC ----------


def ofac_file(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8') as f:
        return [[clean(x) for x in r] for r in csv.reader(f) if len(r) > 1]


def is_some(s):
    return s not in ('', '-0-')


def sentences(remarks):
    while remarks.endswith('.'):
        remarks = remarks[:-1]
    return [s.strip() for s in remarks.split(';') if s.strip()]


def ofac(parties):
    for year, day, names in (('2019', '2019-06-01', ('sdn', 'alt', 'add',
                                                  'sdn_comments')),
                             ('2021', '2021-03-01', ('sdn', 'alt', 'add',
                                                  'sdn_comments')),
                             ('non-sdn-2025-12', '2025-12-01',
                              ('cons_prim', 'cons_alt', 'cons_add',
                               'cons_comments'))):
        folder = os.path.join(parties, 'ofac', year)
        main, alt, add, more = (ofac_file(folder, n + '.csv') for n in names)
        ids = {r[0] for r in main}
        want = collections.Counter(short(r[1]) for r in main)
        want.update(short(r[3]) for r in alt if r[0] in ids and is_some(r[3]))
        births = collections.defaultdict(set)
        said = [(r[0], s) for r in main for s in sentences(r[11])]
        said += [(r[0], s) for r in more if r[0] in ids
                 for s in sentences(r[1].partition(';')[2])]
        for i, s in said:
            if re.match(r'(alt\. )?[af]\.k\.a\. ', s):
                s = re.sub(r'^(alt\. )?[af]\.k\.a\.', '', s).strip()
                want[short(s[1:-1] if len(s) > 2 and s[0] == s[-1] == "'"
                           else s)] += 1
            if re.match(r'(alt\. )?DOB ', s):
                births[i].update(birth(re.sub(r'^(alt\. )?DOB ', '', s)))
        places = collections.defaultdict(set)
        for r in add:
            text = ', '.join(x for x in r[2:4] if is_some(x))
            country = r[4] if is_some(r[4]) else ''
            if r[0] in ids and (text or country):
                places[r[0]].add((text, country))
        programmes = collections.Counter()
        for r in main:
            programmes.update(once(texts(
                x.strip(' [') for x in r[3].split(']')
                if is_some(x.strip(' [')))))
        take(folder, '--edition', day)
        word = 'us-ofac/CONS' if 'non' in year else 'us-ofac/SDN'
        rows = party_rows.rows(BASE, word, day)
        same(f'OFAC of {year}', rows, {
            'parties': len(main), 'names': want,
            'ids': collections.Counter(r[0] for r in main),
            'addresses': sum(len(s) for s in places.values()),
            'programmes': programmes})
        have = collections.Counter(b for p in rows for b in p['births'])
        want = collections.Counter(b for x in births.values() for b in x)
        e2e.equal(f'OFAC of {year}: births', (list((have - want).items())[:3],
                                              list((want - have).items())[:3]),
                  ([], []))


# ---- the United Nations ----------


def un(parties):
    path = os.path.join(parties, 'un-consolidated', 'UN_consolidated.xml')
    root = ET.parse(path).getroot()
    names = collections.Counter()
    births = addresses = ids = 0
    listed = collections.Counter()
    entries = root.findall('INDIVIDUALS/INDIVIDUAL') + \
        root.findall('ENTITIES/ENTITY')
    for e in entries:
        whole = ' '.join(texts(e.findtext(t) for t in (
            'FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME')))
        aliases = [a.findtext('ALIAS_NAME') for a in e
                   if a.tag in ('INDIVIDUAL_ALIAS', 'ENTITY_ALIAS')]
        names.update(texts([whole, e.findtext('NAME_ORIGINAL_SCRIPT'),
                            *aliases]))
        births += len({b for d in e.findall('INDIVIDUAL_DATE_OF_BIRTH')
                       for b in births_of(d)})
        addresses += len({tuple(clean(a.findtext(k)) for k in (
            'STREET', 'CITY', 'STATE_PROVINCE', 'ZIP_CODE', 'COUNTRY'))
            for a in e if a.tag in ('INDIVIDUAL_ADDRESS', 'ENTITY_ADDRESS')
        } - {('',) * 5})
        ids += len({clean(d.findtext('NUMBER')) for d in
                    e.findall('INDIVIDUAL_DOCUMENT')} - {''})
        listed[e.findtext('LISTED_ON')[:10]] += 1
    take(path)
    rows = party_rows.rows(BASE, 'un', '2026-03-01')
    same('United Nations', rows, {
        'parties': len(entries), 'names': names, 'addresses': addresses,
        'from': listed,
        'ids': collections.Counter(
            clean(e.findtext('REFERENCE_NUMBER')).replace(' ', '_')
            for e in entries)})
    e2e.equal('United Nations: births',
              sum(len(p['births']) for p in rows), births)
    e2e.equal('United Nations: documents',
              sum(len({v for _, v, _ in p['ids']}) for p in rows), ids)


def births_of(d):
    """A date, a year, a span of years."""
    about = 'circa ' * (d.findtext('TYPE_OF_DATE') == 'APPROXIMATELY')
    found = texts([(d.findtext('DATE') or '')[:10], d.findtext('YEAR')])
    ends = texts([d.findtext('FROM_YEAR'), d.findtext('TO_YEAR')])
    spans = [' to '.join(ends)] if len(ends) == 2 else []
    return [y for b in [about + f for f in found] + spans for y in birth(b)]


# ---- denied persons ----------


def denied(parties):
    for year in ('2019', '2022'):
        path = os.path.join(parties, 'us-denied-persons', year, 'dpl.txt')
        with open(path, encoding='utf-8') as f:
            rows = list(csv.DictReader(f, delimiter='\t'))
        take(path)
        day = {'2019': '2020-06-30', '2022': '2023-01-01'}[year]
        same(f'denied persons of {year}', party_rows.rows(
            BASE, 'us-dpl', day), {
                'parties': len(rows),
                'names': collections.Counter(texts(
                    x['Name'] for x in rows)),
                'addresses': sum(any(clean(x[k]) for k in (
                    'Street_Address', 'City', 'State', 'Country',
                    'Postal_Code')) for x in rows)})


def main():
    parties = e2e.corpus('lists of parties', 'parties')
    if parties:
        for case in (csl_json, csl_csvs, ofac, un, denied):
            case(parties)


main()
