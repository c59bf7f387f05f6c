# SPDX-License-Identifier: Apache-2.0
"""Owners joined: a party's owners out of own tables, GLEIF and lists of one's
own, in screening, reviews, rules and licences; who is listed, to what share, by
which law on which day; and what is unknown and why."""

import csv
import json
import os

import e2e
import schema

HOME = os.path.join(e2e.TMP, 'owned-home')
ENV = {'ASSAY_HOME': HOME}
with open(e2e.source('doc', 'schema', 'review-1.schema.json'),
          encoding='utf-8') as f:
    SCHEMA = json.load(f)


def write(name, text):
    path = os.path.join(e2e.TMP, name)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)
    return path


def run(*words, home=HOME):
    return e2e.run(*words, env={'ASSAY_HOME': home})


def take(*paths, home=HOME, more=()):
    r = run('feeds', 'import', *more, *paths, home=home)
    e2e.equal('imported: ' + ', '.join(os.path.basename(p) for p in paths),
              r.status, 0)


# ---- lists and owners --------------------------------------------------------

COLUMNS = '''_id source entity_number type programs name title addresses
federal_register_notice start_date end_date standard_order license_requirement
license_policy call_sign vessel_type gross_tonnage gross_registered_tonnage
vessel_flag vessel_owner remarks source_list_url alt_names citizenships
dates_of_birth nationalities places_of_birth source_information_url
ids'''.split()
SOURCES = {
    'EL': 'Entity List (EL) - Bureau of Industry and Security',
    'SDN': 'Specially Designated Nationals (SDN) - Treasury Department',
    'MEU': 'Military End User (MEU) List - Bureau of Industry and Security',
    'DPL': 'Denied Persons List (DPL) - Bureau of Industry and Security',
    'UVL': 'Unverified List (UVL) - Bureau of Industry and Security',
}
ALL_ITEMS = 'For all items subject to the EAR. (See 744.11 of the EAR)'
LISTED = [('EL', 'Zorvex Microwave Research Institute', ALL_ITEMS),
          ('EL', 'Plinkor Dynamics Works', ALL_ITEMS),
          ('EL', 'Quuxburg Sister Optics', ALL_ITEMS),
          ('SDN', 'Bank Vremyorsk', ''),
          ('SDN', 'Gasprokat Holding', ''),
          ('MEU', 'Tarkhun Aviation Plant', ''),
          ('DPL', 'Ivo Nobodyson', ''), ('UVL', 'Unverified Ostrich Ltd', '')]


def lists():
    path = os.path.join(e2e.TMP, 'csl.csv')
    with open(path, 'w', encoding='utf-8', newline='') as f:
        out = csv.DictWriter(f, COLUMNS)
        out.writeheader()
        for i, (source, name, requirement) in enumerate(LISTED):
            out.writerow({'_id': f'{source}-{i}', 'source': SOURCES[source],
                          'entity_number': str(100 + i), 'type': 'Entity',
                          'name': name, 'license_requirement': requirement,
                          'addresses': 'Street 1, CN'})
    return path


OWNERS = '''owner,owned,share,from,to
Zorvex Microwave Research Institute,Sixty Buyer Ltd,60,,
Zorvex Microwave Research Institute,Aggregate Buyer Ltd,30,,
Plinkor Dynamics Works,Aggregate Buyer Ltd,25,,
Meadow Holding,Aggregate Buyer Ltd,45,,
Bank Vremyorsk,Middle Vessel Ltd,50,,
Meadow Holding,Middle Vessel Ltd,50,,
Middle Vessel Ltd,Chain Buyer Ltd,50,,
Meadow Holding,Chain Buyer Ltd,50,,
Meadow Holding,Clean Buyer Ltd,70,,
Meadow Holding,Fortyish Buyer Ltd,40,,
Bank Vremyorsk,Vague Buyer Ltd,,,
Zorvex Microwav Research Institut,Similar Buyer Ltd,100,,
Plynkr Dinamics,Doubtful Buyer Ltd,100,,
Common Parent AB,Sister Buyer Ltd,100,,
Common Parent AB,Quuxburg Sister Optics,100,,
Alpha Ring Ltd,Beta Ring Ltd,60,,
Beta Ring Ltd,Alpha Ring Ltd,40,,
Bank Vremyorsk,Alpha Ring Ltd,60,,
Beta Ring Ltd,Ring Buyer Ltd,100,,
Bank Vremyorsk,Sold Buyer Ltd,60,2020-01-01,2026-07-01
Meadow Holding,Sold Buyer Ltd,60,2026-07-01,
'''
DAY = '2026-11-22'


def screen(name, *words, day=DAY, home=HOME):
    r = run('screen', '--as-of', day, '--format', 'json', *words, name,
            home=home)
    out = r.json()
    owners = out.get('owners', {})
    return r.status, out, {a['method']: a for a in owners.get('answers', [])}


def by_law():
    cases = [
        # name, law, answer, low, status of the whole
        ('Sixty Buyer Ltd', 'bis', 'yes', 60, 1),
        ('Sixty Buyer Ltd', 'ofac', 'no', 0, 1),
        ('Aggregate Buyer Ltd', 'bis', 'yes', 55, 1),
        ('Chain Buyer Ltd', 'ofac', 'yes', 50, 1),
        ('Clean Buyer Ltd', 'ofac', 'no', 0, 0),
        ('Clean Buyer Ltd', 'bis', 'no', 0, 0),
        ('Fortyish Buyer Ltd', 'ofac', 'unknown', 0, 0),
        ('Vague Buyer Ltd', 'ofac', 'unknown', 0, 2),
        ('Similar Buyer Ltd', 'bis', 'yes', 100, 1),
        ('Doubtful Buyer Ltd', 'bis', 'unknown', 0, 2),
        ('Sister Buyer Ltd', 'bis', 'no', 0, 0),
        ('Ring Buyer Ltd', 'ofac', 'yes', 100, 1),
        ('Sold Buyer Ltd', 'ofac', 'no', 0, 0),
    ]
    for name, law, answer, low, status in cases:
        got, _, answers = screen(name)
        e2e.equal(f'{name}, {law}', (answers[law]['answer'],
                                     answers[law]['low'], got),
                  (answer, low, status))
    _, _, answers = screen('Sold Buyer Ltd', day='2026-06-30')
    e2e.equal('the day before it was sold', answers['ofac']['answer'], 'yes')


def evidence():
    _, _, answers = screen('Aggregate Buyer Ltd')
    e2e.equal('two listed owners with their paths', sorted(
        (h['list'], h['path']) for h in answers['bis']['holders']), [
            ('us-csl/EL', ['25 % Plinkor Dynamics Works']),
            ('us-csl/EL', ['30 % Zorvex Microwave Research Institute'])])
    _, out, answers = screen('Chain Buyer Ltd')
    e2e.equal('the way up', answers['ofac']['holders'][0]['path'],
              ['50 % Middle Vessel Ltd', '50 % Bank Vremyorsk'])
    e2e.check('who states it', out['owners']['records'][0].startswith(
        'owners ') and 'Chain Buyer' in out['owners']['records'][0],
        out['owners']['records'])
    e2e.equal('where it ends', out['owners']['ends'], ['Meadow Holding'])
    _, _, answers = screen('Vague Buyer Ltd')
    e2e.check('an unknown share is named', 'the share of "Bank Vremyorsk" in '
              '"Vague Buyer Ltd" is unknown' in answers['ofac']['missing'],
              answers['ofac']['missing'])
    _, _, answers = screen('Fortyish Buyer Ltd')
    e2e.equal('what nobody has stated', answers['ofac']['missing'],
              ['owners of "Fortyish Buyer Ltd" not stated: 60 %'])
    _, _, answers = screen('Doubtful Buyer Ltd')
    e2e.check('an owner that is only like a listed party', any(
        'whether the owner "Plynkr Dinamics" is "Plinkor Dynamics Works"'
        in m for m in answers['bis']['missing']), answers['bis']['missing'])
    status, out, _ = screen('Nobody At All Ltd')
    e2e.check('a name nobody states owners of', status == 0 and
              not out['owners']['known'] and 'not stated' in
              out['owners']['missing'], out.get('owners'))
    text = run('screen', '--as-of', DAY, 'Sixty Buyer Ltd').text()
    e2e.check('text shows the path', 'Sixty Buyer Ltd <- 60 % Zorvex Microwave '
              'Research Institute (us-csl/EL row ' in text, text)
    for day, phase, applies, status in (
            ('2025-10-01', 'in force', 'yes', 1),
            ('2026-06-01', 'suspended', 'no', 0),
            ('2026-11-11', 'in force', 'yes', 1)):
        got, _, answers = screen('Sixty Buyer Ltd', day=day)
        bis = answers['bis']
        e2e.equal('the Affiliates Rule on ' + day, (
            bis['rule']['phase'], bis['answer'], bis['applies'], got),
            (phase, 'yes', applies, status))


def files_of_names():
    path = write('names.csv', 'name\nSixty Buyer Ltd\nClean Buyer Ltd\n'
                 'Vague Buyer Ltd\n')
    r = run('screen', '--as-of', DAY, '--file', path)
    rows = [json.loads(x) for x in r.text().splitlines()]
    e2e.equal('a file of names', [x['status'] for x in rows[1:4]],
              ['hit', 'no-hit', 'undecided'])


# ---- rules and reviews -------------------------------------------------------

def product(name, maker, *parts):
    path = os.path.join(e2e.TMP, name + '.cdx.json')
    with open(path, 'w', encoding='utf-8') as out:
        json.dump({'bomFormat': 'CycloneDX', 'specVersion': '1.6',
                   'version': 1, 'metadata': {'component': {
                       'type': 'device', 'name': 'Gateway', 'version': '1',
                       'bom-ref': 'root', 'manufacturer': {'name': maker}}},
                   'components': [
                       {'type': 'device', 'name': f'part {i}', 'version': '1',
                        'bom-ref': f'p{i}', 'manufacturer': {'name': n}}
                       for i, n in enumerate(parts)]}, out)
    return path


def review(path, *words, day=DAY, form='json', home=HOME):
    r = run('review', '--as-of', day, '--format', form, *words, path,
            home=home)
    return r.json() if form == 'json' else r.text()


def rule_of(out, rule):
    return next(r for r in out['rules'] if r['rule'] == rule)


def rules():
    sells = ['--buyer-role', 'us-person', '--act', 'buy']
    for maker, matches, status in (
            ('Chain Buyer Ltd', 'yes', 'reject'),
            ('Vague Buyer Ltd', 'unknown', 'undecided'),
            ('Fortyish Buyer Ltd', 'unknown', 'undecided'),
            ('Nobody At All Ltd', 'unknown', 'undecided')):
        out = review(product('maker', maker), '--seller', maker, *sells)
        e2e.equal(f'OFAC 50 %, {maker}', (
            rule_of(out, 'us-ofac-50')['matches'], out['verdict']),
            (matches, status))
        faults = schema.faults(out, SCHEMA, SCHEMA)
        e2e.check(f'{maker} keeps the schema', not faults, faults[:3])
    out = review(product('maker', 'Clean Buyer Ltd'), '--seller',
                 'Clean Buyer Ltd', *sells)
    e2e.equal('OFAC 50 %, all of it stated', rule_of(out, 'us-ofac-50')[
        'matches'], 'no')
    out = review(product('maker', 'Fortyish Buyer Ltd'), '--seller',
                 'Fortyish Buyer Ltd', *sells)
    wanted = [w for w in rule_of(out, 'us-ofac-50')['wanted']
              if w['fact'] == 'party.owners']
    e2e.check('the missing fact, and who could supply it', wanted and
              'not stated: 60 %' in wanted[0]['detail'] and
              'registers' in wanted[0]['ask'], wanted)
    out = review(product('maker', 'Chain Buyer Ltd'), '--seller',
                 'Chain Buyer Ltd', *sells)
    f = next(f for f in out['findings'] if f['id'].startswith('us-ofac-50'))
    e2e.check('the path is evidence', '<- 50 % Middle Vessel Ltd <- 50 % Bank '
              'Vremyorsk (us-csl/SDN row ' in f['status_reason'], f)


def affiliates():
    asks = ['--buyer', 'Sixty Buyer Ltd', '--act', 'export', '--buyer-role',
            'any', '--fact', 'subject-to-ear=yes']
    path = product('gateway', 'Nordwerk')
    for day, state, status in (('2025-10-01', 'in force', 'open'),
                               ('2026-06-01', 'suspended', None),
                               ('2026-11-11', 'in force', 'open')):
        out = review(path, *asks, day=day)
        e2e.equal('the Affiliates Rule in a review on ' + day, (
            rule_of(out, 'us-bis-affiliates')['state'],
            next((f['status'] for f in out['findings'] if f['id'].startswith(
                'us-bis-affiliates') and f['status'] == 'open'), None)),
            (state, status))


OWN_RULES = '''schema: assay-rule/1
title: ways of counting
rules:
'''
OWN_RULE = '''  - id: own-%s
    title: counted as %s
    jurisdiction: own
    intervals: [{from: 2020-01-01}]
    when: {dealings: {list: us-csl/SDN, owned: "%s", counted: %s}}
    then: forbidden
    reason: a test
'''


def counted():
    ways = [('multiply', '>= 50', 'no'), ('multiply25', '>= 25', 'yes'),
            ('ofac', '>= 50', 'yes'), ('eu', '> 50', 'no'),
            ('uk', '> 50', 'no')]
    path = write('ways.yaml', OWN_RULES + ''.join(
        OWN_RULE % (way, way, share, way.rstrip('25'))
        for way, share, _ in ways))
    out = review(product('g', 'Nordwerk'), '--rules', path, '--seller',
                 'Chain Buyer Ltd', '--act', 'buy')
    for way, share, want in ways:
        e2e.equal(f'half of half, {way} {share}',
                  rule_of(out, 'own-' + way)['matches'], want)
    for bad in ('owned: "> 50", counted: ofac', 'owned: ">= 50", counted: uk',
                'owned: ">= 30", counted: bis', 'owned: ">= 50", counted: x',
                'counted: uk'):
        path = write('bad.yaml', OWN_RULES + '''  - id: own-bad
    title: bad
    jurisdiction: own
    intervals: [{from: 2020-01-01}]
    when: {dealings: {list: us-csl/SDN, %s}}
    then: forbidden
    reason: a test
''' % bad)
        r = run('rules', 'check', path)
        e2e.check('refused: ' + bad, r.status != 0 and 'bad.yaml:8' in
                  r.text() + r.errors(), r.text() + r.errors())


def parts():
    path = product('parts', 'Nordwerk', 'Sixty Buyer Ltd', 'Vague Buyer Ltd',
                   'Clean Buyer Ltd', 'Doubtful Buyer Ltd', 'Sixty Buyer Ltd')
    out = review(path)
    found = {f['title'].split(' ', 1)[-1].split('"')[1]: f
             for f in out['findings'] if f['kind'] == 'party'}
    e2e.equal('makers with listed owners', {k: f['status']
                                            for k, f in found.items()},
              {'Zorvex Microwave Research Institute': 'open',
               'Bank Vremyorsk': 'undecided',
               'Plinkor Dynamics Works': 'candidate'})
    f = found['Zorvex Microwave Research Institute']
    e2e.check('once, with both parts and the path', '1 more part' in f['title']
              and f['part'] == 'p0' and 'Sixty Buyer Ltd <- 60 % Zorvex' in
              f['status_reason'], f)
    met = {m['name']: m.get('owners') for m in out['parties']['met']}
    e2e.check('owners stand beside the matches', met['Clean Buyer Ltd'] and
              {a['answer'] for a in met['Clean Buyer Ltd']['answers']} ==
              {'no'} and 'Nordwerk' not in met, met)
    faults = schema.faults(out, SCHEMA, SCHEMA)
    e2e.check('it keeps the schema', not faults, faults[:3])
    for form, text in (('text', review(path, form='text')),
                       ('html', review(path, form='html'))):
        flat = ' '.join(text.split()).replace('&lt;', '<')
        e2e.check(form + ' shows the path', 'Sixty Buyer Ltd <- 60 % Zorvex '
                  'Microwave Research Institute (us-csl/EL row' in flat,
                  flat[:500])
    out = review(path, day='2026-06-01')
    e2e.equal('while the rule is suspended it gates nothing', {
        f['status'] for f in out['findings'] if 'Zorvex' in f['title']},
        {'candidate'})


# ---- licences ----------------------------------------------------------------

def licence(*words, day=DAY, home=HOME):
    r = run('licence', '--to', 'CN', '--item', 'EAR99', '--as-of', day,
            '--format', 'json', *words, home=home)
    return r.status, r.json() if r.out else {}, r.errors()


def affiliate_row(out):
    return next((r for r in out['rows'] if '744.11(a)(1)' in r['section']),
                {})


def licences():
    for day, status, required, scheduled in (
            ('2025-10-01', 1, 'yes', False), ('2026-06-01', 2, 'no', False),
            ('2026-11-11', 1, 'yes', True)):
        got, out, _ = licence('--party', 'Sixty Buyer Ltd', day=day)
        row = affiliate_row(out)
        e2e.equal('60 % on ' + day, (got, row.get('required'),
                                     row.get('scheduled', False)),
                  (status, required, scheduled))
        e2e.check('with the path on ' + day, 'Sixty Buyer Ltd <- 60 % Zorvex '
                  'Microwave Research Institute (us-csl/EL row ' in
                  row.get('why', ''), row)
    e2e.check('and "unless extended"', 'unless extended' in row['why'], row)
    _, out, _ = licence('--party', 'Aggregate Buyer Ltd')
    e2e.equal('30 % and 25 %', affiliate_row(out)['required'], 'yes')
    _, out, _ = licence('--party', 'Clean Buyer Ltd')
    e2e.equal('nobody listed holds half', affiliate_row(out)['required'], 'no')
    e2e.check('then the address is what is open', any(
        m['fact'] == 'parties.screened' and 'address' in m['question'] and
        'owners that are stated were screened' in m['question']
        for m in out['missing']), out['missing'])
    status, out, _ = licence('--party', 'Doubtful Buyer Ltd')
    e2e.check('red flag 29: the missing fact is named', status == 2 and any(
        m['fact'] == 'parties.share' and 'Plinkor' in m['question'] and
        'red flag 29' in m['question'] for m in out['missing']),
        out['missing'])
    _, out, _ = licence('--party', 'Chain Buyer Ltd')
    e2e.check('blocked owners at any time', any(
        r['section'] == '31 CFR chapter V' and r['required'] == 'yes'
        for r in out['rows']), out['rows'])
    _, out, _ = licence('--party', 'Sister Buyer Ltd')
    e2e.equal('a sister is no owner', affiliate_row(out)['required'], 'no')


FACTS = '''schema: assay-facts/1
parties:
  - name: %s
    listed:
      - {list: EL, name: %s, share: %s}
'''


def facts_files():
    for name, owner, share, want in (
            ('Fortyish Buyer Ltd', 'Plinkor Dynamics Works', '[60, 60]', 'yes'),
            ('Fortyish Buyer Ltd', 'Owner Not Imported', '[60, 60]', 'yes'),
            ('Fortyish Buyer Ltd', 'Plinkor Dynamics Works', '[30, 60]',
             'unknown'),
            ('Nobody At All Ltd', 'Plinkor Dynamics Works', '[60, 60]', 'yes'),
            ('Nobody At All Ltd', 'Plinkor Dynamics Works', '[10, 20]',
             'unknown')):
        path = write('facts.yaml', FACTS % (name, owner, share))
        _, out, err = licence('--facts', path)
        e2e.equal(f'{name}: {owner} {share} in a facts file',
                  affiliate_row(out).get('required'), want)


# ---- GLEIF, decisions, ambiguity ---------------------------------------------

LEVEL1 = ('LEI,Entity.LegalName,Entity.LegalJurisdiction,'
          'Entity.LegalAddress.Country\n')
LEVEL2 = ('Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,'
          'Relationship.RelationshipType,Relationship.RelationshipStatus\n')


def lei(n):
    return f'9999TESTLEI{n:09}'


def gleif():
    home = os.path.join(e2e.TMP, 'gleif-home')
    names = {1: 'Registered Buyer Ltd', 2: 'Registered Holding Ltd',
             3: 'Gasprokat Holding', 4: 'Twin Buyer Ltd', 5: 'Twin Buyer Ltd',
             6: 'Quiet Parent Ltd', 7: 'Quietly Owned Ltd'}
    countries = {4: 'DE', 5: 'FR'}
    one = write('lei2.csv', LEVEL1 + ''.join(
        f'{lei(n)},{name},{countries.get(n, "KY")},{countries.get(n, "KY")}\n'
        for n, name in names.items()))
    two = write('rr.csv', LEVEL2 + ''.join(
        f'{lei(a)},{lei(b)},{kind},ACTIVE\n' for a, b, kind in (
            (1, 2, 'IS_DIRECTLY_CONSOLIDATED_BY'),
            (1, 3, 'IS_ULTIMATELY_CONSOLIDATED_BY'),
            (2, 3, 'IS_DIRECTLY_CONSOLIDATED_BY'),
            (4, 3, 'IS_DIRECTLY_CONSOLIDATED_BY'),
            (5, 6, 'IS_DIRECTLY_CONSOLIDATED_BY'),
            (7, 6, 'IS_DIRECTLY_CONSOLIDATED_BY'))))
    take(lists(), home=home, more=['--edition', '2025-06-01'])
    take(one, two, home=home, more=['--edition', '2025-06-01'])
    status, out, answers = screen('Registered Buyer Ltd', home=home)
    e2e.check('an ultimate parent of GLEIF that is blocked', status == 2 and
              answers['ofac']['answer'] == 'unknown' and any(
                  h['path'] == ['parent Gasprokat Holding']
                  for h in answers['ofac']['holders']), answers)
    e2e.check('the share it may have is asked for', any(
        'Gasprokat Holding' in m for m in answers['ofac']['missing']),
        answers['ofac']['missing'])
    rule = write('control.yaml', OWN_RULES + ''.join(
        OWN_RULE % (w, w, '> 50', w) for w in ('eu', 'uk')))
    out = review(product('g', 'Nordwerk'), '--rules', rule, '--seller',
                 'Registered Buyer Ltd', '--act', 'buy', home=home)
    e2e.equal('who consolidates it controls it: EU and UK', [
        rule_of(out, 'own-' + w)['matches'] for w in ('eu', 'uk')],
        ['yes', 'yes'])
    status, out, answers = screen('Quietly Owned Ltd', home=home)
    e2e.equal('a parent that is not listed is no hit', (
        status, answers['ofac']['holders']), (0, []))
    status, out, answers = screen('Twin Buyer Ltd', home=home)
    e2e.check('two parties of one name are not guessed',
              out['owners']['ambiguous'] and not answers and
              lei(4) in out['owners']['missing'] and
              lei(5) in out['owners']['missing'], out['owners'])
    _, out, answers = screen('Twin Buyer Ltd', '--id', 'lei:' + lei(4),
                             home=home)
    e2e.check('an LEI settles it', [h['name'] for h in answers['ofac'][
        'holders']] == ['Gasprokat Holding'], out['owners'])
    _, out, answers = screen('Twin Buyer Ltd', '--country', 'FR', home=home)
    e2e.check('so does the country', out['owners']['known'] and
              lei(5) in out['owners']['records'][0] and
              not answers['ofac']['holders'], out['owners'])
    run('screen', 'decide', '--as-of', DAY, 'Twin Buyer Ltd', 'gleif', lei(5),
        '--not-same', '--because', 'ours is in Germany', home=home)
    _, out, _ = screen('Twin Buyer Ltd', home=home)
    e2e.check('so does a decision', out['owners']['known'] and
              lei(4) in out['owners']['records'][0], out['owners'])


def decisions():
    _, _, answers = screen('Doubtful Buyer Ltd')
    row = answers['bis']['holders'][0]['row']
    r = run('screen', 'decide', '--as-of', DAY, 'Plynkr Dinamics',
            'us-csl/EL', row, '--not-same', '--because', 'a bakery')
    e2e.equal('a decision on the owner', r.status, 0)
    status, _, answers = screen('Doubtful Buyer Ltd')
    e2e.equal('closes it', (status, answers['bis']['answer']), (0, 'no'))


def forms():
    home = os.path.join(e2e.TMP, 'forms-home')
    own = write('own-owners.csv', '''list,name,country,owner,share,control
owners,Csv Buyer Ltd,CN,Zorvex Microwave Research Institute,40-60,
owners,Csv Buyer Ltd,CN,Plinkor Dynamics Works,20 %,
owners,Controlled Buyer Ltd,CN,Bank Vremyorsk,,yes
''')
    plain = write('ties.yaml', '''schema: assay-parties/1
list: our-suppliers
edition: 2025-01-01
parties:
  - id: s1
    name: Yaml Buyer Ltd
    countries: [CN]
    ties:
      - kind: owner
        name: Zorvex Microwave Research Institute
        low: 60
        high: 60
  - id: s2
    name: Owning Holding Ltd
    ties:
      - {kind: owner, name: Bank Vremyorsk, low: 55, high: 55}
      - {kind: subsidiary, list: our-suppliers, id: s3, low: 80, high: 80}
  - {id: s3, name: Daughter Buyer Ltd}
''')
    take(lists(), home=home, more=['--edition', '2025-06-01'])
    take(own, plain, home=home)
    for name, law, want in (('Csv Buyer Ltd', 'bis', 'yes'),
                            ('Controlled Buyer Ltd', 'ofac', 'unknown'),
                            ('Yaml Buyer Ltd', 'bis', 'yes'),
                            ('Daughter Buyer Ltd', 'ofac', 'yes')):
        _, _, answers = screen(name, home=home)
        e2e.equal(f'{name} by {law}', answers[law]['answer'], want)
    _, out, _ = screen('Csv Buyer Ltd', home=home)
    e2e.check('a list "owners" is no list of listed parties',
              not out['hits'] and all(x['list'] != 'owners'
                                      for x in out['lists']), out['hits'])
    bad = write('bad-owners.csv', 'owner,owned,share\nA Ltd,B Ltd,101\n'
                'A Ltd,,50\nA Ltd,C Ltd,60-40\nA Ltd,D Ltd,50\n')
    r = run('feeds', 'import', '--format', 'json', bad, home=home)
    s = next(s for s in r.json()['sources'] if s['source'] == 'owners')
    e2e.equal('rows that say nothing are refused', (s['read'], s['refused']),
              (4, 3))
    home = os.path.join(e2e.TMP, 'bare-home')
    take(lists(), home=home, more=['--edition', '2025-06-01'])
    _, out, _ = screen('Sixty Buyer Ltd', home=home)
    e2e.check('nothing that states owners: nothing is looked up',
              'owners' not in out and not os.path.exists(
                  os.path.join(home, 'owners.index')), out.get('owners'))


def main():
    take(lists(), more=['--edition', '2025-06-01'])
    take(write('owners.csv', OWNERS))
    by_law()
    evidence()
    files_of_names()
    rules()
    affiliates()
    counted()
    parts()
    licences()
    facts_files()
    gleif()
    decisions()
    forms()


main()
