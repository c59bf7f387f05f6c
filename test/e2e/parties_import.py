# SPDX-License-Identifier: Apache-2.0
"""`assay feeds import` of lists of parties: the counts of the corpus are those
that this script counts by itself; editions stand beside each other in any
order; what is cut off or has shrunk is refused; hostile files fail alone."""

import collections
import csv
import gzip
import hashlib
import io
import json
import os
import re
import sqlite3
import time
import xml.etree.ElementTree as ET
import zipfile
from xml.sax.saxutils import escape, quoteattr

import e2e
import party_rows

BASE = os.path.join(e2e.HOME, 'knowledge.db')
SAMPLES = os.path.join(e2e.SOURCE, 'test', 'data', 'parties')


def take(*words, base=BASE):
    return e2e.run('feeds', 'import', '--format', 'json', '--knowledge', base,
                   *words)


def ask(sql, *values, base=BASE):
    with sqlite3.connect(f'file:{base}?mode=ro', uri=True) as db:
        return db.execute(sql, values).fetchall()


def source(r, name):
    return {s['source']: s for s in r.json()['sources']}[name]


def digest(base=BASE):
    with open(base, 'rb') as f:
        return hashlib.sha256(f.read()).hexdigest()


def write(name, text):
    path = os.path.join(e2e.TMP, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return path


def adds_up(r):
    for s in r.json()['sources']:
        parts = s['added'] + s['changed'] + s['unchanged'] + s['older']
        if s['stored'] != parts or \
                s['read'] != s['stored'] + s['refused'] + s['left_out']:
            return s['source']
    return None


def per_list(day, like):
    """Rows in force on the day, by list."""
    return dict(ask("SELECT list, count(*) FROM readable_party WHERE "
                    "since <= ?1 AND (until IS NULL OR until > ?1) "
                    "AND list LIKE ?2 GROUP BY list", day, like))


def word(name):
    return 'us-csl/' + re.search(r'\(([^) ]+)', name).group(1)


# ---- the consolidated screening list ----------------------------------------


def csl_2026(parties):
    path = os.path.join(parties, 'us-csl', 'screening-list.json')
    with open(path, encoding='utf-8') as f:
        data = json.load(f)
    sources = data['tables']['sources']
    want = collections.Counter(word(sources[e['s']]) for e in data['entries'])
    names = sum(1 + len(e.get('a', [])) for e in data['entries'])
    start = time.monotonic()
    r = take(path)
    took = time.monotonic() - start
    e2e.equal('the list of 2026 is imported', (r.status, r.errors()), (0, ''))
    s = source(r, 'us-csl')
    e2e.equal('every row of it is there, and every name',
              (s['read'], s['stored'], s['total'], s['rows']),
              (len(data['entries']),) * 3 + (names,))
    e2e.equal('its edition is of the day its content says',
              ask('SELECT name, edition, dated FROM readable_edition'),
              [('us-csl', '2026-07-31', 'content')])
    e2e.equal('each of the twelve lists has the rows it has',
              per_list('2026-08-01', 'us-csl/%'), dict(want))
    e2e.equal('nobody is told of the day before', per_list('2026-07-30', '%'),
              {})
    print(f'    {s["read"]} rows in {took:.2f} s, {r.max_kib} KiB', flush=True)


def again(parties):
    before = digest()
    r = take(os.path.join(parties, 'us-csl', 'screening-list.json'))
    e2e.equal('the same again changes nothing',
              (r.status, r.json()['changed'], digest() == before),
              (0, False, True))


def footnotes(parties):
    """Footnotes are terms of their own and no longer in the text."""
    path = os.path.join(parties, 'us-csl', 'screening-list.json')
    with open(path, encoding='utf-8') as f:
        data = json.load(f)
    texts = data['tables']['licenceRequirements']
    glued = re.compile(r'(?:\)|\),|EAR)\s?([1-9])(?=[ ,.);]|$)(?!\.\d)')
    want = collections.Counter()
    for e in data['entries']:
        for note in set(glued.findall(texts[e['lr']])) if 'lr' in e else ():
            want[note] += 1
    bodies = [b for b, in ask("SELECT body FROM party p JOIN party_list l ON "
                              "l.number = p.list WHERE l.name IN "
                              "('us-csl/EL', 'us-csl/MEU')")]
    key = b'footnote'
    got = collections.Counter()
    for body in bodies:
        for at in (m.end() for m in re.finditer(key, body)):
            got[body[at + 1:at + 2].decode()] += 1  # length + 1, the digit
    e2e.equal('footnotes are counted as the texts have them', got, want)
    e2e.check('and are not in the requirement',
              not any(re.search(rb'EAR\)[1-9]', b) for b in bodies))


def csl_editions(parties):
    path = os.path.join(parties, 'us-csl-2025.csv.gz')
    with gzip.open(path, 'rt', encoding='utf-8') as f:
        rows = list(csv.DictReader(f))
    r = take(path, '--edition', '2025-06-15')
    e2e.equal('an older edition is taken behind a newer one',
              (r.status, source(r, 'us-csl')['stored']), (0, len(rows)))
    e2e.equal('and is in force from its day until the newer one',
              (per_list('2025-06-14', '%'), per_list('2026-07-30', 'us-csl/%'),
               sum(per_list('2026-07-31', '%').values())),
              ({}, dict(collections.Counter(word(x['source']) for x in rows)),
               25921))
    e2e.equal('who shows is the newest',
              (source(r, 'us-csl')['total'], source(r, 'us-csl')['rows']),
              (25921, 57174))
    with open(os.path.join(parties, 'us-csl-old', 'csl.csv'),
              encoding='utf-8') as f:
        old = [x for x in csv.DictReader(f) if x['source'] != 'source']
    before = digest()
    r = take(os.path.join(parties, 'us-csl-old', 'csl.csv'), '--edition',
             '2021-06-30')
    e2e.check('one that is cut off is refused, and says where',
              r.status == 65 and 'cut off' in r.errors() and
              '--force' in r.errors() and digest() == before)
    r = take(os.path.join(parties, 'us-csl-old', 'csl.csv'), '--edition',
             '2021-06-30', '--force')
    e2e.equal('by force it is taken but for the row that is cut',
              (r.status, source(r, 'us-csl')['stored'],
               source(r, 'us-csl')['refused']), (0, len(old) - 1, 1))
    e2e.equal('its lists are not complete then',
              ask("SELECT DISTINCT c.complete FROM party_count c WHERE "
                  "c.edition = (SELECT min(edition) FROM party_edition)"),
              [(0,)])
    e2e.equal('three editions answer for their days',
              [sum(per_list(day, 'us-csl/%').values()) for day in
               ('2021-06-29', '2021-06-30', '2025-06-15', '2026-07-31')],
              [0, len(old) - 1, len(rows), 25921])


def csl_shrinks(parties):
    path = os.path.join(parties, 'us-csl', 'screening-list.json')
    with open(path, encoding='utf-8') as f:
        data = json.load(f)
    data['sourceGeneratedAt'] = '2026-08-02T00:00:00Z'
    whole = data['entries']
    sources = data['tables']['sources']
    dtc = next(i for i, s in enumerate(sources) if '(DTC)' in s)

    def edition(name, entries):
        data['entries'], data['entryCount'] = entries, len(entries)
        return write(name, json.dumps(data))

    before = digest()
    r = take(edition('less.json', whole[:-3000]))
    e2e.check('an edition that has lost 3,000 of 26,000 rows is refused',
              r.status == 65 and 'lost more than 10 %' in r.errors() and
              '25921' in r.errors() and digest() == before)
    cut = [e for e in whole if e['s'] == dtc][:300]
    r = take(edition('debarred.json', [e for e in whole if e not in cut]))
    e2e.check('one of whose lists has lost 300 is refused',
              r.status == 65 and 'us-csl/DTC' in r.errors())
    cut = [e for e in whole if e['s'] == dtc][:60]
    r = take(edition('few.json', [e for e in whole if e not in cut]))
    e2e.equal('one that has lost 60 is taken, and says so',
              (r.status, source(r, 'us-csl')['removed']), (0, 60))
    data['entries'], data['entryCount'] = whole[:-3000], 25921
    r = take(write('says.json', json.dumps(data)))
    e2e.check('one that has fewer rows than it says is cut off',
              r.status == 65 and 'it says that it has' in r.errors())


# ---- the other lists --------------------------------------------------------


def ofac_rows(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8') as f:
        return [r for r in csv.reader(f) if len(r) > 1]


def empty(field):
    return field.strip() in ('', '-0-')


def ofac(parties):
    for year, day in (('2019', '2019-06-01'), ('2021', '2021-03-01')):
        folder = os.path.join(parties, 'ofac', year)
        rows = ofac_rows(folder, 'sdn.csv')
        ids = {r[0] for r in rows}
        lost = sum(r[0] not in ids for name in
                   ('alt.csv', 'add.csv', 'sdn_comments.csv')
                   for r in ofac_rows(folder, name))
        r = take(folder, '--edition', day)
        s = source(r, 'us-ofac/SDN')
        e2e.equal(f'OFAC of {year}: four files make one list',
                  (r.status, s['stored'], s['refused']), (0, len(rows), lost))
        aliases = sum(not empty(r[3]) for r in ofac_rows(folder, 'alt.csv'))
        weak = sum(len(re.findall(r"(?:^|; )(?:alt\. )?[af]\.k\.a\. '[^;]*'",
                                  r[11])) for r in rows)
        e2e.check(f'OFAC of {year}: their names are joined',
                  s['rows'] >= len(rows) + aliases + weak - 50,
                  (s['rows'], len(rows), aliases, weak))
    e2e.equal('the list of 2019 is there for 2020', per_list(
        '2020-01-01', 'us-ofac/SDN'), {'us-ofac/SDN': 7379})
    r = take(os.path.join(parties, 'ofac', '2025-02'), '--edition',
             '2025-02-01')
    e2e.check('without sdn.csv there is no list',
              r.status == 65 and 'sdn.csv' in r.errors() and
              adds_up(r) is None)
    folder = os.path.join(parties, 'ofac', 'non-sdn-2025-12')
    r = take(folder, '--edition', '2025-12-01')
    e2e.equal('the other lists are one of their own',
              source(r, 'us-ofac/CONS')['stored'],
              len(ofac_rows(folder, 'cons_prim.csv')))


def un(parties):
    path = os.path.join(parties, 'un-consolidated', 'UN_consolidated.xml')
    root = ET.parse(path).getroot()
    people = len(root.findall('INDIVIDUALS/INDIVIDUAL'))
    others = len(root.findall('ENTITIES/ENTITY'))
    names = people + others + sum(
        bool((a.findtext('ALIAS_NAME') or '').strip()) for a in root.iter()
        if a.tag in ('INDIVIDUAL_ALIAS', 'ENTITY_ALIAS')) + sum(
            bool((n.text or '').strip()) for n in
            root.iter('NAME_ORIGINAL_SCRIPT'))
    r = take(path)
    s = source(r, 'un')
    e2e.equal('the United Nations: every row, every name',
              (r.status, s['stored'], s['rows']),
              (0, people + others, names))
    e2e.equal('the day is in the file', ask(
        "SELECT edition, dated FROM readable_edition WHERE name = 'un'"),
        [('2026-02-27', 'content')])
    with open(path, 'rb') as f:
        whole = f.read()
    before = digest()
    r = take(write('cut.xml', whole[:-200000]))
    e2e.check('cut off in the middle it fails as a whole',
              r.status == 65 and digest() == before)


def denied(parties):
    for year in ('2019', '2022'):
        path = os.path.join(parties, 'us-denied-persons', year, 'dpl.txt')
        with open(path, encoding='utf-8') as f:
            rows = list(csv.reader(f, delimiter='\t'))[1:]
        r = take(path)
        e2e.equal(f'denied persons of {year}',
                  (r.status, source(r, 'us-dpl')['stored']), (0, len(rows)))
    days = [d for d, in ask("SELECT edition FROM readable_edition WHERE name "
                            "= 'us-dpl' ORDER BY 1")]
    e2e.check('their days are those of the newest credible updates',
              days[0][:4] == '2019' and days[1][:4] == '2022', days)


# ---- forms that the corpus does not hold ------------------------------------


def samples(_):
    base = os.path.join(e2e.TMP, 'samples.db')
    want = (('csl.json', 'us-csl', 2, 1, '2026-08-01'),
            ('entities.ftm.json', 'opensanctions', 3, 1, '2026-08-10'),
            ('eu.xml', 'eu', 2, 0, '2026-08-05'),
            ('eu.csv', 'eu', 2, 0, '2026-08-05'),
            ('sdn.xml', 'us-ofac/SDN', 2, 0, '2026-08-07'),
            ('sdn-advanced.xml', 'us-ofac/SDN', 3, 0, '2026-08-07'),
            ('sdn-enhanced.xml', 'us-ofac/SDN', 3, 0, '2026-08-07'),
            ('uk-ofsi.csv', 'uk', 2, 1, '2025-06-03'),
            ('uk-list.csv', 'uk', 2, 0, '2026-08-10'),
            ('uk-list.xml', 'uk', 3, 0, '2026-08-10'),
            ('gleif-lei2.csv', 'gleif', 3, 0, '2026-09-02'),
            ('gleif-rr.csv', 'gleif-rr', 2, 1, '2026-09-02'),
            ('gleif-repex.csv', 'gleif-repex', 1, 0, '2026-09-02'),
            ('own.csv', 'our-own', 2, 1, '2026-09-01'))
    for name, src, stored, refused, day in want:
        r = take(os.path.join(SAMPLES, name), '--edition', '2026-09-02',
                 base=base)
        s = source(r, src)
        e2e.equal(f'{name}: rows', (r.status, s['stored'], s['refused'],
                                    adds_up(r)), (0, stored, refused, None))
        e2e.check(f'{name}: edition', (day,) in ask(
            'SELECT edition FROM readable_edition WHERE name = ?', src,
            base=base))
    e2e.equal('ties lead to both ends', ask(
        'SELECT list, id, count(*) FROM party_tie GROUP BY 1, 2 ORDER BY 1, 2',
        base=base), [('gleif', '300300EXAMPLE0000001', 2),
                     ('gleif', '300300EXAMPLE0000002', 2),
                     ('opensanctions', 'Q-ex-2', 2),
                     ('us-ofac/SDN', '90001', 1),
                     ('us-ofac/SDN', '90002', 2)])
    r = e2e.run('feeds', 'status', '--format', 'json', '--knowledge', base,
                '--as-of', '2026-09-06')
    lists = {x['list']: x for x in r.json()['lists']}
    e2e.equal('status shows lists with editions, rows and age',
              [lists['us-csl/EL'][k] for k in
               ('source', 'edition', 'dated', 'rows', 'complete', 'age_days')],
              ['us-csl', '2026-08-01', 'content', 1, False, 36])
    e2e.check('and the shipped ones', lists['us-5949']['shipped'] and
              lists['us-5949']['complete'] and
              not lists['us-1260h']['complete'])
    text = e2e.run('feeds', 'status', '--knowledge', base).text()
    e2e.check('in text too', 'us-csl/EL' in text and 'us-5949' in text)


def forms_of_ofac(_):
    """The advanced and the enhanced form say the same."""
    said = []
    for name in ('sdn-advanced.xml', 'sdn-enhanced.xml'):
        base = os.path.join(e2e.TMP, name + '.db')
        take(os.path.join(SAMPLES, name), base=base)
        rows = party_rows.rows(base, 'us-ofac/SDN', '2030-01-01')
        said.append({p['id']: (
            p['kind'], p['names'], p['ids'], p['addresses'], p['countries'],
            p['births'], sorted(t[:3] for t in p['ties']), p['from'],
            sorted(party_rows.terms(p, 'programme')),
            sorted(party_rows.terms(p, 'remark'))) for p in rows})
    e2e.equal('advanced and enhanced: the same rows', said[0], said[1])
    e2e.equal('of the advanced form every part is where it belongs',
              said[0]['90001'], (
                  'organisation',
                  [('primary', 'EXAMPLE HOLDING & TRADE CO LTD', None),
                   ('alias', '示例控股', 'Chinese Simplified'),
                   ('former', 'EXAMPLE PARTS WORKS', None)],
                  [('swift', 'EXMPCNSZ', None)],
                  [('1 Example Road, Shenzhen', 'CN')], ['CN'], [],
                  [('affiliate', 'us-ofac/SDN', '90002'),
                   ('owner', 'us-ofac/SDN', '90002')], '2022-03-15',
                  ['IFSR', 'NPWMD'],
                  ['Additional Sanctions Information: Subject to Secondary '
                   'Sanctions', 'Trademark number: TM-77']))
    e2e.equal('who owns, and no longer owns, a vessel',
              said[0]['90003'][6], [('owner', 'us-ofac/SDN', '90001')])
    e2e.equal('a weak name, a year of birth, a passport',
              (said[0]['90002'][1][1:], said[0]['90002'][5],
               said[0]['90002'][2]),
              ([('weak', 'Annie', None)], ['1965'],
               [('passport', 'P1234567', 'IR')]))
    for name in ('sdn-advanced.xml', 'sdn-enhanced.xml'):
        with open(os.path.join(SAMPLES, name), 'rb') as f:
            whole = f.read()
        bad = []
        for i in range(1, 20):
            r = take(write('cut.xml', whole[:len(whole) * i // 20]),
                     base=os.path.join(e2e.TMP, 'none.db'))
            if r.status != 65 or r.errors().count('\n') != 1:
                bad.append((i, r.status, r.errors()))
        e2e.equal(f'{name} cut anywhere is refused', bad, [])


# ---- GLEIF in XML and JSON --------------------------------------------------


def tree_of(row):
    """A row of the CSV as the tree that XML and JSON have: {name: [text,
    attributes, children]}, lists of them where there are several."""
    root = ['', {}, {}]
    for column, text in row.items():
        if not text:
            continue
        parts = column.replace('Relationship.Period.', 'Relationship.'
                               'RelationshipPeriods.RelationshipPeriod.') \
            .replace('Relationship.Quantifiers.', 'Relationship.Relationship'
                     'Quantifiers.RelationshipQuantifier.') \
            .replace('Exception.Category', 'ExceptionCategory') \
            .replace('Exception.Reason.', 'ExceptionReason.').split('.')
        node = root
        for i, part in enumerate(parts):
            if part.isdigit():
                continue
            if part in ('xmllang', 'type') and i + 1 == len(parts):
                node[1]['xml:lang' if part == 'xmllang' else part] = text
                break
            part = part[0].upper() + part[1:]
            n = int(parts[i + 1]) if parts[i + 1:] and \
                parts[i + 1].isdigit() else 1
            many = node[2].setdefault(part, [])
            while len(many) < n:
                many.append(['', {}, {}])
            node = many[n - 1]
        else:
            node[0] = text
    return root


def as_xml(name, node, prefix):
    inside = ''.join(as_xml(k, n, prefix) for k, many in node[2].items()
                     for n in many)
    attributes = ''.join(f' {k}={quoteattr(v)}' for k, v in node[1].items())
    return f'<{prefix}:{name}{attributes}>{escape(node[0])}{inside}' \
           f'</{prefix}:{name}>\n'


def as_json(node):
    value = {'@' + k: v for k, v in node[1].items()}
    if node[0]:
        value['$'] = node[0]
    for k, many in node[2].items():
        many = [as_json(n) for n in many]
        value[k] = many[0] if len(many) == 1 else many
    return value


GLEIF = (('gleif-lei2.csv', 'gleif', 'lei', 'LEIData', 'LEIRecord', 'records'),
         ('gleif-rr.csv', 'gleif-rr', 'rr', 'RelationshipData',
          'RelationshipRecord', 'relations'),
         ('gleif-repex.csv', 'gleif-repex', 'repex', 'ReportingExceptionData',
          'Exception', 'exceptions'))


def xml_file(prefix, root, record, trees):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix}:{root} ' \
           f'xmlns:{prefix}="http://www.gleif.org/data/schema/{prefix}">\n' \
           f'<{prefix}:{record}s>\n' + \
           ''.join(as_xml(record, t, prefix) for t in trees) + \
           f'</{prefix}:{record}s>\n</{prefix}:{root}>\n'


def json_file(key, trees):
    return '{"' + key + '": [\n' + ',\n'.join(
        json.dumps(as_json(t), ensure_ascii=False) for t in trees) + ']}\n'


def gleif_forms(_):
    """CSV, XML and JSON of one register are row for row the same."""
    for name, src, prefix, root, record, key in GLEIF:
        with open(os.path.join(SAMPLES, name), encoding='utf-8') as f:
            trees = [tree_of(r) for r in csv.DictReader(f)]
        base = os.path.join(e2e.TMP, 'forms.db')
        files = [os.path.join(SAMPLES, name),
                 write(f'{prefix}.xml', xml_file(prefix, root, record, trees)),
                 write(f'{prefix}.json', json_file(key, trees))]
        counts = []
        for path in files:
            r = take(path, '--edition', '2026-09-02', base=base)
            s = source(r, src)
            counts.append((r.status, s['stored'], s['refused'], ask(
                'SELECT digest FROM readable_edition WHERE name = ?', src,
                base=base)))
        e2e.check(f'{src}: three forms, the same rows',
                  counts[0][:2] >= (0, 1) and counts.count(counts[0]) == 3,
                  counts)
        for path in files[1:]:
            with open(path, 'rb') as f:
                whole = f.read()
            bad = []
            for i in range(5, 20):
                r = take(write('cut', whole[:len(whole) * i // 20]),
                         '--edition', '2026-09-03', base=base)
                if r.status != 65 or r.errors().count('\n') != 1:
                    bad.append((i, r.status, r.errors()))
            e2e.equal(f'{os.path.basename(path)} cut is refused', bad, [])
    rows = party_rows.rows(base, 'gleif', '2026-09-02')
    e2e.check('why a parent is not told is a term', any(
        party_rows.terms(p, 'parent-exception') ==
        ['direct NON_CONSOLIDATING', 'ultimate NATURAL_PERSONS',
         'ultimate NO_KNOWN_PERSON'] for p in rows),
        [p['terms'] for p in rows if not p['names'][1:]])


def gleif_pieces(_):
    """XML and JSON that are larger than a piece."""
    with open(os.path.join(SAMPLES, 'gleif-lei2.csv'), encoding='utf-8') as f:
        tree = tree_of(next(csv.DictReader(f)))
    tree[2]['Entity'][0][2]['Filler'] = [['}{"[ ' * 150, {}, {}]]
    n = 70000
    one = {'xml': as_xml('LEIRecord', tree, 'lei'),
           'json': json.dumps(as_json(tree)) + ',\n'}
    whole = {'xml': xml_file('lei', 'LEIData', 'LEIRecord', [['', {}, {}]]),
             'json': json_file('records', [['', {}, {}]])}
    for form, text in whole.items():
        empty = as_xml('LEIRecord', ['', {}, {}], 'lei') if form == 'xml' \
            else '{}'
        head, tail = text.split(empty)
        base = os.path.join(e2e.TMP, f'pieces-{form}.db')
        path = os.path.join(e2e.TMP, f'lei2.{form}')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(head)
            for i in range(n):
                f.write(one[form].replace('300300EXAMPLE0000001', f'{i:020d}')
                        if i < n - 1 or form == 'xml' else
                        one[form].replace('300300EXAMPLE0000001',
                                          f'{i:020d}').rstrip(',\n'))
            f.write(tail)
        r = take(path, '--edition', '2026-09-01', base=base)
        s = source(r, 'gleif')
        e2e.equal(f'a large register in {form} is read in pieces',
                  (r.status, s['read'], s['stored'], s['refused']),
                  (0, n, n, 0))
        e2e.check(f'{form}: in little memory', e2e.instrumented() or
                  r.max_kib < 700 * 1024, r.max_kib)
        os.remove(path)


def uk_xml(_):
    base = os.path.join(e2e.TMP, 'uk.db')
    take(os.path.join(SAMPLES, 'uk-list.xml'), base=base)
    rows = {p['id']: p for p in party_rows.rows(base, 'uk', '2030-01-01')}
    e2e.equal('of the UK list in XML every part is where it belongs', [
        (p['kind'], p['names'], p['ids'], p['births'], p['countries'],
         p['from']) for p in map(rows.get, sorted(rows))], [
        ('person', [('primary', 'ANN MARY EXAMPLE', None)],
         [('passport', 'OA123456', None)], ['1950', '1955-08-27'], ['AF'],
         '2001-01-25'),
        ('organisation', [('primary', 'VOLGA EXAMPLE', None),
                          ('alias', 'Volga Example Works', None),
                          ('alias', 'ВОЛГА ПРИМЕР', 'Russian')],
         [('registration', '1027700000001', None)], [], ['RU'], '2022-03-15'),
        ('vessel', [('primary', 'EXAMPLE TANKER', None)],
         [('imo', '9000001', None)], [], [], '2025-05-09')])


def countries(_):
    base = os.path.join(e2e.TMP, 'countries.db')
    r = take(os.path.join(SAMPLES, 'gleif-lei2.csv'), '--countries', 'CN,HK',
             base=base)
    s = source(r, 'gleif')
    e2e.equal('of a register the countries asked for are kept',
              (s['read'], s['stored'], s['left_out'], adds_up(r)),
              (3, 2, 1, None))
    r = take(os.path.join(SAMPLES, 'gleif-lei2.csv'), '--countries', 'China',
             base=base)
    e2e.equal('a country is two letters', r.status, 64)


def pieces(_):
    """A register that is larger than a piece, packed: nothing is lost at the
    seams."""
    base = os.path.join(e2e.TMP, 'pieces.db')
    with open(os.path.join(SAMPLES, 'gleif-lei2.csv'), encoding='utf-8') as f:
        head, row = f.readline(), f.readline()
    row = row.replace('Example Chips Ltd', 'Example "" \n' + 'x' * 700)
    n = 110000
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        with z.open('lei2.csv', 'w') as f:
            f.write(head.encode())
            for at in range(0, n, 1000):
                f.write(''.join(row.replace('300300EXAMPLE0000001',
                                            f'{i:020d}') for i in
                                range(at, at + 1000)).encode())
    path = write('lei2.zip', out.getvalue())
    r = take(path, '--edition', '2026-09-01', base=base)
    s = source(r, 'gleif')
    e2e.equal('a large register is read in pieces',
              (r.status, s['read'], s['stored'], s['refused']), (0, n, n, 0))
    e2e.check('in little memory', r.max_kib < 700 * 1024, r.max_kib)
    before = digest(base)
    r = take(path, '--edition', '2026-09-01', base=base)
    e2e.check('and again without a change', digest(base) == before)


# ---- hostile ----------------------------------------------------------------


def hostile(_):
    base = os.path.join(e2e.TMP, 'hostile.db')
    take(os.path.join(SAMPLES, 'sdn.xml'), base=base)
    before = digest(base)
    name = 'x' * 5000
    files = {
        'deep.json': '{"tables":{"sources":[]},"entries":' + '[' * 400,
        'types.json': json.dumps({
            'tables': {'sources': [1, None, {'a': 1}]},
            'entries': [1, 'x', None, {'s': 'x'}, {'s': 99}, {'s': -1, 'n': 3},
                        {'s': 0, 'n': ['a']}]}),
        'bomb.xml': '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
                    '<CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>',
        'empty.xml': '<CONSOLIDATED_LIST dateGenerated="soon"/>',
        'quote.csv': 'list,name\na,"never closed',
        'head.csv': 'list,name\n',
        'bytes.csv': b'list,name\na,\xc3\xa9\xff\xfe\xfd\n',
        'lines.json': '{"id":"a","schema":"Company","properties":{}}\n'
                      '{"id":"b","schema":"Company"}\n{"id":\n',
        'own.yaml': 'schema: assay-parties/1\nlist: "../x"\nparties: []\n',
        'ties.yaml': 'schema: assay-parties/1\nlist: t\nparties: [{id: a, '
                     'name: A, ties: [{kind: owner, id: b, low: 70, high: '
                     '20}]}]\n',
        'dpl.txt': '"Name"\t"Street_Address"\t"Effective_Date"\t'
                   '"Expiration_Date"\t"Standard_Order"\t"Last_Update"\n'
                   '"A"\t"b"\n',
        'sdn.csv': '1,"A",-0- ,"X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
                   '2,"B',
    }
    for file, text in files.items():
        r = take(write(os.path.join('hostile', file), text), base=base)
        e2e.check(f'{file}: refused with a reason, nothing else is harmed',
                  r.status == 65 and digest(base) == before and
                  (r.errors() or r.json()['failures']),
                  (r.status, r.errors()))
    r = take(write('long.csv', f'list,id,name,alias\nlong,1,A,{name}\n'
                   f'long,{name},B,\nlong,3,{"; " * 9000},\n'), base=base)
    e2e.equal('what is too long is cut or refused, the rest is taken',
              (r.status, adds_up(r)), (0, None))
    rows = ''.join(f'same,1,N{i},\n' for i in range(3000))
    r = take(write('same.csv', 'list,id,name,alias\n' + rows), base=base)
    e2e.equal('three thousand rows of one id are told apart',
              (r.status, source(r, 'same')['stored'], ask(
                  "SELECT count(DISTINCT id) FROM readable_party "
                  "WHERE list = 'same'", base=base)), (0, 3000, [(3000,)]))


def main():
    parties = e2e.corpus('lists of parties', 'parties')
    if parties:
        for case in (csl_2026, again, footnotes, csl_editions, csl_shrinks,
                     ofac, un, denied):
            case(parties)
    for case in (samples, forms_of_ofac, uk_xml, gleif_forms, gleif_pieces,
                 countries, pieces, hostile):
        case(parties)


main()
