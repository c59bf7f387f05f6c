# SPDX-License-Identifier: Apache-2.0
"""Lists of parties as they come in bad days: cut off, in other encodings, with
other columns, as web pages of an error, without the files beside them. Each is
read right or refused in one line, and what was there keeps answering."""

import gzip
import hashlib
import os
import sqlite3

import e2e
import party_rows

BASE = os.path.join(e2e.HOME, 'hostile.db')
SAMPLES = os.path.join(e2e.SOURCE, 'test', 'data', 'parties')


def take(*words, base=BASE):
    return e2e.run('feeds', 'import', '--format', 'json', '--knowledge', base,
                   *words)


def write(name, data):
    path = os.path.join(e2e.TMP, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    return path


def digest(base=BASE):
    with open(base, 'rb') as f:
        return hashlib.sha256(f.read()).hexdigest()


def editions(source, base=BASE):
    """Digests of the editions of a source: equal when row for row the same."""
    with sqlite3.connect(f'file:{base}?mode=ro', uri=True) as db:
        return {d: (n, x) for d, n, x in db.execute(
            'SELECT edition, rows, digest FROM readable_edition '
            'WHERE name = ?', (source,))}


def complete(source, base=BASE):
    with sqlite3.connect(f'file:{base}?mode=ro', uri=True) as db:
        return {bool(c) for c, in db.execute(
            'SELECT c.complete FROM party_count c JOIN party_list l ON '
            'l.number = c.list JOIN party_source s ON s.number = l.source '
            'WHERE s.name = ?', (source,))}


def read(path):
    with (gzip.open if path.endswith('.gz') else open)(path, 'rb') as f:
        return f.read()


# ---- cut off ----------


FILES = (('csl.json', 'us-csl/screening-list.json', 'us-csl'),
         ('csl.csv', 'us-csl-2025.csv.gz', 'us-csl'),
         ('old.csv', 'us-csl-old/csl.csv', 'us-csl'),
         ('sdn.csv', 'ofac/2019/sdn.csv', 'us-ofac/SDN'),
         ('cons_prim.csv', 'ofac/non-sdn-2025-12/cons_prim.csv',
          'us-ofac/CONS'),
         ('un.xml', 'un-consolidated/UN_consolidated.xml', 'un'),
         ('dpl.txt', 'us-denied-persons/2022/dpl.txt', 'us-dpl'))


def cuts(parties):
    """At every twentieth: refused in one line, or, where the cut is at the end
    of a row of a form that does not say how long it is, taken as an edition of
    fewer rows; never a row that is half there."""
    for name, path, source in FILES:
        whole = read(os.path.join(parties, path))
        base = os.path.join(e2e.HOME, f'cut-{name}.db')
        take(write(f'cut/{name}', whole), '--edition', '2024-01-01', '--force',
             base=base)
        rows = {p['id'] + str(p['names']) + str(p['addresses'])
                for p in party_rows.every(base)}
        bad = []
        for i in range(1, 20):
            before = digest(base)
            r = take(write(f'cut/{name}', whole[:len(whole) * i // 20]),
                     '--edition', '2024-02-01', base=base)
            now = {p['id'] + str(p['names']) + str(p['addresses'])
                   for p in party_rows.every(base)}
            if r.status == 65 and digest(base) == before and \
                    r.errors().count('\n') == 1:
                continue
            if r.status != 0 or not now <= rows:
                bad.append((i, r.status, r.errors()))
        e2e.equal(f'{name} cut at every twentieth', bad, [])


# ---- encodings ----------


OWN = ('list,name,alias,country,from\n'
       'our-own,Müller Straße “X” GmbH,"Café;Zürich AG",DE,2024-01-01\n'
       'our-own,Zweite,,DE,\n')


def encodings(_):
    def one(name, data, want):
        base = os.path.join(e2e.HOME, f'encoding-{name}.db')
        r = take(write(f'encodings/{name}', data), '--edition', '2026-01-01',
                 base=base)
        e2e.equal(f'{name}: the same rows', (r.status, r.errors(), editions(
            'our-own', base)), (0, '', want))
        return r.json()['sources'][0]

    base = os.path.join(e2e.HOME, 'encoding.db')
    take(write('encodings/own.csv', OWN), '--edition', '2026-01-01', base=base)
    want = editions('our-own', base)
    for code in ('utf-8-sig', 'utf-16', 'cp1252'):
        s = one(f'{code}.csv', OWN.encode(code), want)
        e2e.equal(f'{code}: a guess is told', s['noted'], code == 'cp1252')
    one('utf-16-be.csv', b'\xfe\xff' + OWN.encode('utf-16-be'), want)
    one('crlf.csv', OWN.replace('\n', '\r\n'), want)
    one('tabs.csv', OWN.replace(',', '\t'), want)
    one('semicolons.csv', OWN.replace(',', ';'), want)
    r = take(write('encodings/mixed.csv', OWN.encode() +
                   b'our-own,Stra\xdfe,,DE,\n'), '--edition', '2026-01-01',
             base=os.path.join(e2e.HOME, 'mixed.db'))
    e2e.equal('a byte that is none in a file of UTF-8 costs its row alone',
              (r.status, [(s['stored'], s['refused']) for s in
                          r.json()['sources'] if s['source'] == 'our-own']),
              (0, [(2, 1)]))
    r = take(write('encodings/no-mark.csv', OWN.encode('utf-16-le')),
             base=base)
    e2e.check('UTF-16 without its mark is refused',
              r.status == 65 and 'binary file' in r.errors())


def encodings_of_lists(parties):
    un = read(os.path.join(parties, 'un-consolidated/UN_consolidated.xml'))
    dpl = read(os.path.join(parties, 'us-denied-persons/2022/dpl.txt'))
    base = os.path.join(e2e.HOME, 'lists.db')
    for name, data in (('un.xml', un), ('dpl.txt', dpl)):
        take(write(f'lists/{name}', data), base=base)
    for name, data, source in (
            ('16.xml', un.decode().replace('UTF-8', 'UTF-16').encode('utf-16'),
             'un'),
            ('latin.xml', un.decode().replace('UTF-8', 'ISO-8859-1').encode(
                'latin-1', 'xmlcharrefreplace'), 'un'),
            ('16.txt', dpl.decode().encode('utf-16'), 'us-dpl'),
            ('bom.txt', b'\xef\xbb\xbf' + dpl, 'us-dpl'),
            ('crlf.txt', dpl.replace(b'\n', b'\r\n'), 'us-dpl')):
        r = take(write(f'lists/{name}', data), base=base)
        s = r.json()['sources'][0]
        e2e.equal(f'{name}: row for row the same', (
            r.status, s['unchanged'], len(editions(source, base))),
            (0, s['read'], 1))
    r = take(write('lists/1252.txt', dpl.replace(b'AARON ABRAHAM',
                                                 b'AAR\xd3N ABRAHAM')),
             '--edition', '2022-12-30', base=os.path.join(e2e.HOME, 'l1.db'))
    names = {n for p in party_rows.rows(os.path.join(e2e.HOME, 'l1.db'),
                                        'us-dpl', '2030-01-01')
             for _, n, _ in p['names']}
    e2e.check('a list in Windows-1252 is read and says so',
              r.status == 0 and 'AARÓN ABRAHAM VILLA' in names and
              'Windows-1252' in r.json()['sources'][0]['notes'][0]['reason'])


# ---- columns ----------


def columns(parties):
    csl = read(os.path.join(parties, 'us-csl-2025.csv.gz'))
    dpl = read(os.path.join(parties, 'us-denied-persons/2022/dpl.txt'))
    base = os.path.join(e2e.HOME, 'columns.db')
    take(write('columns/csl.csv', csl), '--edition', '2025-06-15', base=base)
    want = editions('us-csl', base)
    head, _, rest = csl.decode().partition('\n')
    r = take(write('columns/first.csv', head.replace('_id', 'id') + '\n' +
                   rest), '--edition', '2025-06-15', base=base)
    e2e.equal('a column that is not read may have another name',
              (r.status, editions('us-csl', base)), (0, want))
    before = digest(base)
    for old, new, said in (
            ('addresses', 'address', 'its column "addresses" is missing'),
            ('dates_of_birth', 'dob', 'its column "dates_of_birth"'),
            ('alt_names', 'aliases', 'lacks one of its columns'),
            ('license_requirement', 'requirement', 'lacks one of its col')):
        r = take(write('columns/less.csv', head.replace(old, new) + '\n' +
                       rest), '--edition', '2025-06-16', base=base)
        e2e.check(f'without "{old}" the list is refused and says so',
                  r.status == 65 and said in r.errors() and
                  r.errors().count('\n') == 1 and digest(base) == before,
                  r.errors())
    for old, new, said in ((b'"Country"', b'"Nation"', 'column "Country"'),
                           (b'"Standard_Order"', b'"Order"',
                            'like the BIS Denied Persons List'),
                           (b'\t', b',', 'like the BIS Denied Persons List')):
        r = take(write('columns/dpl.txt', dpl.replace(old, new)), base=base)
        e2e.check(f'denied persons without {old.decode()!r}',
                  r.status == 65 and said in r.errors() and
                  digest(base) == before, r.errors())
    swapped = [','.join(reversed(x.split(','))) for x in (
        'list,name,country', 'swapped,Example,CN')]
    r = take(write('columns/own.csv', '\n'.join(swapped) + '\n'), base=base)
    e2e.equal('the order of columns does not matter', r.status, 0)


def pages(_):
    html = '<!DOCTYPE html>\n<html><head><title>503</title></head>' \
           '<body>no license to read this</body></html>\n'
    base = os.path.join(e2e.HOME, 'pages.db')
    for name in ('consolidated.json', 'sdn.csv', 'sdn.xml', 'dpl.txt'):
        r = take(write(f'pages/{name}', html), base=base)
        e2e.check(f'a web page as {name} is refused as what it is',
                  r.status == 65 and 'web page (HTML)' in r.errors() and
                  r.errors().count('\n') == 1, r.errors())
    for name, text in (('empty.json', ''), ('none.json', '{"results": []}'),
                       ('error.json', '{"message": "Forbidden"}'),
                       ('denied.xml', '<?xml version="1.0"?>\n<Error><Code>'
                        'AccessDenied</Code></Error>')):
        r = take(write(f'pages/{name}', text), base=base)
        e2e.check(f'{name} is refused in one line', r.status == 65 and
                  r.errors().count('\n') == 1, r.errors())


# ---- lists of several files ----------


def companions(parties):
    folder = os.path.join(parties, 'ofac', '2021')
    base = os.path.join(e2e.HOME, 'companions.db')
    main = read(os.path.join(folder, 'sdn.csv'))
    r = take(write('alone/sdn.csv', main), '--edition', '2021-02-01',
             base=base)
    s = r.json()['sources'][0]
    e2e.check('sdn.csv alone is taken, and is no whole list',
              r.status == 0 and s['noted'] == 1 and
              'alt.csv' in s['notes'][0]['reason'] and
              complete('us-ofac/SDN', base) == {False}, (r.status, s))
    take(folder, '--edition', '2021-03-01', base=base)
    before = digest(base)
    r = take(write('alone/sdn.csv', main), '--edition', '2021-04-01',
             base=base)
    e2e.check('behind the whole list it has lost too many names',
              r.status == 65 and 'names' in r.errors() and
              digest(base) == before, r.errors())
    r = take(write('headed/sdn.csv', b'ent_num,SDN_Name,SDN_Type,'
                   b'Program,'
                   b'Title,Call_Sign,Vess_type,Tonnage,GRT,Vess_flag,'
                   b'Vess_owner,Remarks\r\n' + main), '--edition', '2021-02-01',
             base=base)
    e2e.equal('a header that somebody put before the rows is passed over',
              (r.status, r.json()['sources'][0]['unchanged']), (0, 8976))


# ---- editions ----------


def asked(name, day, base):
    r = e2e.run('screen', name, '--knowledge', base, '--as-of', day,
                '--format', 'json', '--list', 'us-csl')
    lists = {x['list']: x['edition'] for x in r.json().get('lists', [])}
    return r.json()['status'], len(r.json()['hits']), lists


def as_of(parties):
    """Whatever the order in which editions come, a day is answered from the
    edition in force, and before the first one nothing is known."""
    files = (('2026-07-31', 'us-csl/screening-list.json'),
             ('2021-06-30', 'us-csl-old/csl.csv'),
             ('2025-06-15', 'us-csl-2025.csv.gz'))
    orders = ((0, 1, 2), (2, 1, 0), (1, 2, 0))
    seen = set()
    for order in orders:
        base = os.path.join(e2e.HOME, f'order{order[0]}{order[1]}.db')
        for i in order:
            take(os.path.join(parties, files[i][1]), '--edition', files[i][0],
                 '--force', base=base)
        with sqlite3.connect(f'file:{base}?mode=ro', uri=True) as db:
            seen.add(tuple(db.execute(
                'SELECT l.name, p.id, p.since, p.until, hex(p.digest) '
                'FROM party p JOIN party_list l ON l.number = p.list '
                'ORDER BY 1, 2, 3, 4, 5')))
    e2e.equal('in any order the rows and their days are the same',
              len(seen), 1)
    status, hits, _ = asked('Huawei Technologies Co., Ltd.', '2021-06-29',
                            base)
    e2e.equal('before the first edition the answer is open', (status, hits),
              ('undecided', 0))
    for day, _ in sorted(files):
        status, hits, lists = asked('Huawei Technologies Co., Ltd.', day, base)
        e2e.check(f'on {day} it is listed, of the edition of that day',
                  status == 'reject' or hits > 0, (status, hits, lists))
    r = e2e.run('screen', 'Wholly Unheard Of Widgets', '--knowledge', base,
                '--as-of', '2021-06-29', '--list', 'us-csl')
    e2e.check('and says since when there is one',
              r.status == 2 and 'first edition is of 2021-06-30' in r.text(),
              (r.status, r.text()))


def two_forms(_):
    """One edition in two forms: the second takes the place of the first."""
    base = os.path.join(e2e.HOME, 'forms.db')
    r = take(os.path.join(SAMPLES, 'eu.xml'), base=base)
    r = take(os.path.join(SAMPLES, 'eu.csv'), base=base)
    e2e.equal('XML, then CSV of the same day: one edition of two rows',
              (r.status, len(editions('eu', base)),
               len(party_rows.rows(base, 'eu', '2030-01-01'))), (0, 1, 2))
    before = digest(base)
    r = take(os.path.join(SAMPLES, 'eu.csv'), base=base)
    e2e.equal('the same again changes nothing',
              (r.status, digest(base) == before), (0, True))


# ---- rows ----------


def rows(_):
    base = os.path.join(e2e.HOME, 'rows.db')
    text = 'list,id,name,alias,birth\n' \
           f'rows,1,Long,{"a" * 3000000},\n' \
           f'rows,2,Many,"{";".join(f"n{i}" for i in range(1000000))}",\n' \
           'rows,3,Born,,circa 1965;1958 to 1960;Oct 1970;00/00/1971\n' \
           'rows,4,"Semi; Colon & Co",A;B;;C,\n'
    r = take(write('rows.csv', text), base=base)
    s = r.json()['sources'][0]
    e2e.equal('what is too much is refused or noted', (
        r.status, s['stored'], s['refused'], s['noted'],
        s['refusals'][0]['reason'], s['notes'][0]['reason']),
        (0, 3, 1, 1, 'the row has too many names, ties or terms',
         'a name of the row is too long and is cut'))
    stored = {p['id']: p for p in party_rows.rows(base, 'rows', '2030-01-01')}
    e2e.equal('births begin with their year', stored['3']['births'],
              ['1965 (circa)', '1958 to 1960', '1959 (1958 to 1960)',
               '1960 (1958 to 1960)', '1970-10', '1971'])
    e2e.equal('names keep their semicolons, lists of aliases do not',
              [n for _, n, _ in stored['4']['names']],
              ['Semi; Colon & Co', 'A', 'B', 'C'])


def stale(_):
    """A policy can ask how old the lists are."""
    base = os.path.join(e2e.HOME, 'stale.db')
    take(write('stale.csv', 'list,edition,name\nstale,2025-01-15,Example\n'),
         base=base)
    policy = write('stale.yaml', '''schema: assay-policy/1
id: stale
title: lists of today
questions: [composition]
gates:
  - id: stale
    question: composition
    each: review
    when: {knowledge.oldest_list_days: "> 30"}
    then: reject
    reason: a list of parties is more than a month old
''')
    bom = write('stale.json', '{"bomFormat": "CycloneDX", "specVersion": "1.5",'
                '"version": 1, "components": [{"type": "library", "name": "x",'
                '"version": "1", "purl": "pkg:npm/x@1"}]}')
    for day, status in (('2025-03-01', 1), ('2025-02-01', 2)):
        r = e2e.run('review', bom, '--knowledge', base, '--policy', policy,
                    '--as-of', day)
        e2e.check(f'a list of 15 January on {day}', (r.status == 1) ==
                  (status == 1), (r.status, r.text()[:500], r.errors()))


def main():
    parties = e2e.corpus('lists of parties', 'parties')
    if parties:
        for case in (cuts, encodings_of_lists, columns, companions, as_of):
            case(parties)
    for case in (encodings, pages, two_forms, rows, stale):
        case(parties)


main()
