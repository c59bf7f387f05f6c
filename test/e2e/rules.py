# SPDX-License-Identifier: Apache-2.0
"""Rules over the real program: the shipped files, contexts, dates, what is
missing and who could say it, conflicts, the user's own rules, complaints."""

import json
import os
import re

import e2e
import schema

NONE = {'ASSAY_HOME': os.path.join(e2e.TMP, 'none')}
RULES = e2e.source('data', 'rules')
with open(e2e.source('doc', 'schema', 'review-1.schema.json'),
          encoding='utf-8') as f:
    SCHEMA = json.load(f)


def assay(*words, **more):
    return e2e.run(*words, env=NONE, **more)


def write(name, text):
    path = os.path.join(e2e.TMP, name)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)
    return path


def component(name, kind='device', maker=None, parts=(), **properties):
    """A CycloneDX component; properties without assay:, _ for -."""
    c = {'type': kind, 'bom-ref': name, 'name': name,
         'properties': [{'name': 'assay:' + k.replace('_', '-'), 'value': v}
                        for k, v in properties.items()]}
    if maker:
        c['manufacturer'] = {'name': maker}
    if parts:
        c['components'] = list(parts)
    return c


def product(name, *parts, **more):
    root = component(name, **more)
    return write(name + '.cdx.json', json.dumps({
        'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
        'metadata': {'timestamp': '2026-01-01T00:00:00Z', 'component': root},
        'components': list(parts)}))


def review(path, *words):
    r = assay('review', '--format', 'json', *words, path)
    if r.status not in (0, 1, 2):
        e2e.not_ok(f'review of {os.path.basename(path)} {words}', r.errors())
        return {'findings': [], 'rules': [], 'answers': [], 'next_changes': []}
    try:
        out = r.json()
    except ValueError:
        e2e.not_ok(f'JSON of {os.path.basename(path)} {words}', r.errors())
        return {'findings': [], 'rules': [], 'answers': [], 'next_changes': []}
    found = schema.faults(out, SCHEMA, SCHEMA)
    if found:
        e2e.not_ok(f'schema: {words}', found[:5])
    return out


def outcome(path, rule, *words):
    """binds, matches, state of one rule."""
    for r in review(path, *words)['rules']:
        if r['rule'] == rule:
            return r['binds'], r['matches'], r['state']
    return None


def finding(out, rule):
    return next((f for f in out['findings'] if f.get('rule') == rule), None)


# ---- the shipped rules -------------------------------------------------------

def shipped():
    files = [os.path.join(RULES, n) for n in sorted(os.listdir(RULES))
             if n.endswith('.yaml')]
    r = assay('rules', 'check', *files)
    e2e.equal('shipped: status', r.status, 0)
    e2e.check('shipped: no complaint',
              re.fullmatch(r'\d+ rules, 0 complaints\n', r.text()), r.text())
    r = assay('rules', 'check', RULES)
    e2e.check('a folder is its files',
              re.fullmatch(r'\d+ rules, 0 complaints\n', r.text()), r.text())
    listed = assay('rules', 'list', '--format', 'json').json()
    e2e.check('every file is built in',
              {x['file'].removeprefix('built in: ') for x in listed} ==
              {os.path.basename(n) for n in files},
              sorted({x['file'] for x in listed}))
    for x in listed:
        for key in ('title', 'instrument', 'citation', 'source', 'reason',
                    'remedy'):
            if not x[key]:
                e2e.not_ok(f'{x["id"]} has a {key}', x)
    e2e.check('ids are there', {
        'us-889-a', 'us-889-b', 'us-5949-a', 'us-5949-b', 'us-154-batteries',
        'us-805-direct', 'us-805-indirect', 'us-fcc-covered-name',
        'us-fcc-modular', 'us-fcc-origin-uas', 'us-fcc-origin-router',
        'us-fcc-origin-inverter', 'us-fcc-origin-robot', 'us-uflpa',
        'cn-cac-micron', 'cn-mofcom-61-2025', 'cn-mofcom-18-2025',
        'cn-control-list', 'cn-uel', 'cn-blocking-21', 'us-bis-entity',
        'us-bis-entity-fn1', 'us-bis-entity-fn3', 'us-bis-entity-fn4',
        'us-bis-entity-fn5', 'us-bis-meu', 'us-bis-mieu', 'us-bis-uvl',
        'us-bis-denied', 'us-bis-affiliates', 'us-ofac-50', 'us-bis-744-23',
        'us-bis-744-6', 'jp-23-tools', 'nl-lithography', 'eu-cra-reporting',
        'eu-cra-full'} <= {x['id'] for x in listed}, len(listed))


def in_time():
    """Each rule on the days before and on which it changes."""
    for rule, day, state in (
            ('us-889-a', '2019-08-12', 'not yet in force'),
            ('us-889-a', '2019-08-13', 'in force'),
            ('us-5949-a', '2027-12-22', 'not yet in force'),
            ('us-5949-a', '2027-12-23', 'in force'),
            ('us-154-batteries', '2027-10-01', 'in force'),
            ('us-805-direct', '2026-06-29', 'not yet in force'),
            ('us-805-direct', '2026-06-30', 'in force'),
            ('us-805-indirect', '2027-06-29', 'not yet in force'),
            ('cn-cac-micron', '2023-05-20', 'not yet in force'),
            ('cn-cac-micron', '2023-05-21', 'in force'),
            ('us-bis-affiliates', '2025-09-28', 'not yet in force'),
            ('us-bis-affiliates', '2025-10-01', 'in force'),
            ('us-bis-affiliates', '2026-06-01', 'suspended'),
            ('us-bis-affiliates', '2026-11-11', 'in force'),
            ('cn-mofcom-61-2025', '2026-11-09', 'suspended'),
            ('cn-mofcom-61-2025', '2026-11-10', 'in force'),
            ('cn-mofcom-18-2025', '2026-01-01', 'in force'),
            ('us-fcc-origin-uas', '2025-12-22', 'in force'),
            ('us-fcc-origin-router', '2026-03-22', 'not yet in force'),
            ('us-fcc-origin-inverter', '2026-07-28', 'in force'),
            ('eu-cra-reporting', '2026-09-10', 'not yet in force'),
            ('eu-cra-full', '2027-12-11', 'in force')):
        got = assay('rules', 'show', rule, '--as-of', day, '--format',
                    'json').json()
        e2e.equal(f'{rule} on {day}', got['state'], state)
    back = assay('rules', 'show', 'us-bis-affiliates', '--as-of', '2026-11-11',
                 '--format', 'json').json()
    e2e.equal('what came back by schedule', back['certainty'], 'scheduled')


# ---- origin ------------------------------------------------------------------

APPLICANT = ['--buyer-role', 'us-equipment-applicant', '--act', 'authorise']


def router():
    rule = 'us-fcc-origin-router'
    path = product('router', category='consumer-router',
                   country_of_production='VN')
    on = [*APPLICANT, '--as-of']
    e2e.equal('a router made abroad', outcome(path, rule, *on, '2026-04-01'),
              ('yes', 'yes', 'in force'))
    e2e.equal('before the notice', outcome(path, rule, *on, '2026-03-22'),
              ('yes', 'yes', 'not yet in force'))
    e2e.equal('authorised in 2025',
              outcome(path, rule, *on, '2026-04-01', '--authorised',
                      '2025-06-01'), ('yes', 'no', 'in force'))
    out = review(path, *on, '2026-04-01')
    f = finding(out, rule)
    e2e.check('forbidden and rejected', f and f['status'] == 'open' and
              f['consequence'] == 'forbidden' and out['verdict'] == 'reject',
              f)
    answer = next(a for a in out['answers'] if a['question'] == 'rules')
    e2e.check('the gate says so', answer['verdict'] == 'reject' and
              answer['reasons'][0]['gate'] == 'forbidden-by-rule', answer)
    named = product('router-name', category='Wi-Fi router',
                    country_of_production='Vietnam',
                    equipment_authorisation='2025-02-02')
    e2e.equal('a router of any kind may be one for homes',
              outcome(named, rule, *on, '2026-04-01'),
              ('yes', 'no', 'in force'))  # it was authorised
    home = product('router-home', category='router',
                   country_of_production='US')
    e2e.equal('where it was designed is asked',
              outcome(home, rule, *on, '2026-04-01'),
              ('yes', 'unknown', 'in force'))
    wanted = {w['fact']: w['ask'] for r in review(home, *on, '2026-04-01')
              ['rules'] if r['rule'] == rule for w in r['wanted']}
    e2e.equal('and of its maker', wanted.get('part.country_of_design'),
              'its maker')


def kit():
    """A router inside a kit is seen through it; its own day counts."""
    rule = 'us-fcc-origin-router'
    on = [*APPLICANT, '--as-of', '2026-04-01']

    def kit_of(name, **more):
        return product(name, component('router-' + name,
                                       category='consumer-router', **more),
                       component('screws', category='mechanical'),
                       category='mechanical', country_of_production='US',
                       country_of_design='US')
    e2e.equal('a router from abroad in a kit',
              outcome(kit_of('k1', country_of_production='VN'), rule, *on),
              ('yes', 'yes', 'in force'))
    f = finding(review(kit_of('k1', country_of_production='VN'), *on), rule)
    e2e.check('... with the part', f and f['part'] == 'router-k1', f)
    e2e.equal('a model authorised in 2025',
              outcome(kit_of('k2', country_of_production='VN',
                             equipment_authorisation='2025-06-01'), rule, *on),
              ('yes', 'no', 'in force'))
    e2e.equal('a router made and designed in the US',
              outcome(kit_of('k3', country_of_production='US',
                             country_of_design='US'), rule, *on),
              ('yes', 'no', 'in force'))


def reviewed():
    """Dates and persons that a reviewer found wrong once."""
    drone = product('drone-dji', maker='DJI', category='drone')
    on = [*APPLICANT, '--as-of']
    e2e.check('DJI was no covered maker in 2024', outcome(
        drone, 'us-fcc-covered-name', *on, '2024-01-01')[1] != 'yes')
    e2e.equal('... but is since December 2025', outcome(
        drone, 'us-fcc-covered-1709', *on, '2025-12-22'),
        ('yes', 'yes', 'in force'))
    e2e.equal('... not the day before', outcome(
        drone, 'us-fcc-covered-1709', *on, '2025-12-21')[2],
        'not yet in force')
    camera = product('camera-grant', maker='Hangzhou Hikvision Digital '
                     'Technology Co., Ltd.', category='camera')
    words = ['--buyer-role', 'us-federal-grantee', '--act', 'buy', '--as-of']
    e2e.equal('grants follow a year after purchases',
              [(outcome(camera, 'us-889-grants', *words, d)[2],
                outcome(camera, 'us-889-a', *words, d)[0])
               for d in ('2020-08-12', '2020-08-13')],
              [('not yet in force', 'no'), ('in force', 'no')])
    words = ['--buyer-role', 'eu-importer', '--act', 'sell', '--as-of',
             '2028-01-01', '--fact', 'placed-before-cra=yes']
    e2e.equal('an importer of what was on the market before', outcome(
        product('old-thing', category='computer'), 'eu-cra-importer',
        *words)[1], 'no')
    magnet = product('magnet-on', component(
        'magnet', category='rare-earth-magnet', country_of_production='CN'),
        category='mechanical', country_of_production='KR')
    words = ['--buyer-role', 'any', '--act', 'reexport', '--as-of']
    e2e.equal('Chinese rare earths sent on from abroad, by day', [outcome(
        magnet, 'cn-mofcom-61-origin', *words, d)[2] for d in (
            '2025-10-08', '2025-10-09', '2025-11-06', '2025-11-07',
            '2026-11-09', '2026-11-10')],
        ['not yet in force', 'in force', 'in force', 'suspended',
         'suspended', 'in force'])
    e2e.equal('the floor never applied before its suspension', [outcome(
        magnet, 'cn-mofcom-61-2025', *words, d)[2] for d in (
            '2025-10-20', '2025-11-06', '2025-11-30', '2025-12-01',
            '2026-11-10')],
        ['not yet in force', 'not yet in force', 'not yet in force',
         'suspended', 'in force'])
    cell = product('pack', component('cell', category='battery-cell',
                                     country_of_production='CN'),
                   category='battery')
    words = ['--buyer-role', 'cn-person', '--act', 'export', '--as-of']
    e2e.equal('batteries of high energy', [outcome(
        cell, 'cn-mofcom-58-2025', *words, *more)[1:] for more in (
            ['2026-06-01'], ['2026-11-10'],
            ['2026-11-10', '--fact', 'battery-below-300-wh-kg=yes'])],
        [('yes', 'suspended'), ('yes', 'in force'), ('no', 'in force')])
    deal = ['--buyer-role', 'us-person', '--act', 'export', '--use',
            'military', '--fact', 'subject-to-ear=yes', '--end-user',
            'Somebody', '--as-of', '2026-08-10', '--destination']
    e2e.equal('744.21 names Hong Kong by way of China, and not Macau',
              [outcome(drone, 'us-bis-meu', *deal, to)[1] == 'yes'
               for to in ('HK', 'MO')], [True, False])


def exception_ends():
    path = product('drone', category='drone', country_of_production='JP',
                   country_of_design='JP')
    words = [*APPLICANT, '--fact', 'blue-uas=yes', '--as-of', '2026-11-22']
    e2e.equal('exempt while the exemption lasts',
              outcome(path, 'us-fcc-origin-uas', *words)[1], 'no')
    changes = [(c['date'], c['to']) for c in review(path, *words)
               ['next_changes'] if c['rule'] == 'us-fcc-origin-uas']
    e2e.equal('and its end is foreseen', changes, [('2027-01-01', 'forbidden')])


def xinjiang():
    chip = component('cell', category='solar-cell',
                     country_of_production='CN-XJ')
    path = product('panel', chip, category='solar-cell',
                   country_of_production='DE')
    words = ['--buyer-role', 'us-importer', '--act', 'import', '--as-of',
             '2026-11-22']
    f = finding(review(path, *words), 'us-uflpa')
    e2e.check('an input from Xinjiang', f and f['part'] == 'cell' and
              f['consequence'] == 'rebuttable-presumption', f)
    path = product('panel2', component('cell', category='solar-cell',
                                       country_of_production='CN'))
    f = finding(review(path, *words), 'us-uflpa')
    e2e.check('from China, no region', f and f['status'] == 'undecided' and
              any(w['fact'] == 'part.country' and w.get('part') == 'cell'
                  for w in f['wanted']), f)


def value():
    def motor(share):
        magnet = component('magnet', category='rare-earth-magnet',
                           country_of_production='CN', value_share=share)
        body = component('body', category='mechanical',
                         country_of_production='DE')
        return product(f'motor-{share}', magnet, body, category='mechanical')
    words = ['--buyer-role', 'eu-person', '--act', 'export', '--as-of']
    rule = 'cn-mofcom-61-2025'
    e2e.equal('above the floor', outcome(motor('0.5'), rule, *words,
                                         '2026-11-22'),
              ('yes', 'yes', 'in force'))
    e2e.equal('below the floor', outcome(motor('0.09 %'), rule, *words,
                                         '2026-11-22')[1], 'no')
    e2e.equal('not stated', outcome(motor('much'), rule, *words,
                                    '2026-11-22')[1], 'unknown')
    out = review(motor('0.5'), *words, '2026-06-01')
    e2e.check('suspended: a candidate with its date',
              finding(out, rule)['status'] == 'candidate' and
              any(c['rule'] == rule and c['date'] == '2026-11-10' and
                  c['certainty'] == 'scheduled'
                  for c in out['next_changes']), out['next_changes'])


# ---- who asks ----------------------------------------------------------------

def without_context():
    path = product('router-ctx', category='consumer-router',
                   country_of_production='VN')
    out = review(path, '--as-of', '2026-04-01')
    f = finding(out, 'us-fcc-origin-router')
    e2e.check('whom it would hit', f and f['status'] == 'undecided' and
              {w['fact'] for w in f['wanted']} ==
              {'context.roles', 'context.acts'} and
              'applicant for US equipment authorisation' in f['who'], f)
    e2e.equal('and the verdict', out['verdict'], 'undecided')
    e2e.check('what may be is no finding',
              finding(out, 'us-889-a') is None, out['findings'])
    early = review(path, '--as-of', '2026-03-01')
    e2e.equal('a rule to come is a candidate',
              finding(early, 'us-fcc-origin-router')['status'], 'candidate')
    e2e.check('with its day', ('2026-03-23', 'us-fcc-origin-router') in
              [(c['date'], c['rule']) for c in early['next_changes']],
              early['next_changes'])
    nand = product('nand-ctx', component('U1', category='nand', maker='YMTC'))
    out = review(nand, '--as-of', '2026-11-22')
    answer = [a for a in out['answers'] if a['question'] == 'rules'][0]
    e2e.check('with nobody asking rules object or are not asked, never accept',
              finding(out, 'us-1260h-named') and
              answer['verdict'] != 'accept' and not answer['asked'], answer)
    e2e.check('and the text says how to ask', '--buyer-role' in e2e.run(
        'review', '--as-of', '2026-11-22', nand).text())
    e2e.check('no duty for nobody',
              finding(review(path, '--as-of', '2028-01-01'), 'eu-cra-full')
              is None)


def unscreened():
    chip = component('U7', category='nand',
                     foundry='YMTC')
    path = product('board', chip)
    out = review(path, '--buyer-role', 'us-federal-contractor', '--as-of',
                 '2028-01-01')
    f = finding(out, 'us-5949-a')
    asked = {w['fact'] for w in f['wanted']} if f else set()
    e2e.check('a chip whose foundry nobody screened or asked for',
              f and f['status'] in ('undecided', 'open') and
              (f['status'] == 'open' or 'screening' in asked or
               'party.name' in asked or 'family' in asked), f)
    path = product('board2', component('U7', category='nand'))
    f = finding(review(path, '--buyer-role', 'us-federal-contractor',
                       '--as-of', '2028-01-01'), 'us-5949-a')
    e2e.check('the foundry is asked of the maker', f and [
        (w['part'], w['ask']) for w in f['wanted']
        if w['fact'] == 'part.foundry'] == [('U7', 'its maker')], f)
    e2e.check('in words', f and any('U7' in m and 'maker' in m
                                    for m in f['missing']), f and f['missing'])


def context_file():
    path = product('thing', category='computer')
    ctx = write('ctx.yaml', 'schema: assay-context/1\n'
                'title: order 7\nroles: [us-federal-contractor]\n'
                'acts: [sell]\nfacts: {no-889-equipment-used: no}\n')
    out = review(path, '--context', ctx, '--as-of', '2026-11-22')
    f = finding(out, 'us-889-b')
    e2e.check('what is stated decides', f and f['status'] == 'open' and
              f['consequence'] == 'attestation-required', f)
    e2e.check('the context stands in the review',
              {'name': 'roles', 'value': 'us-federal-contractor'} in
              out['context']['asked'], out['context'])
    out = review(path, '--context', ctx, '--fact',
                 'no-889-equipment-used=yes', '--as-of', '2026-11-22')
    e2e.check('an option adds to it', finding(out, 'us-889-b') is None)
    maker = review(path, '--buyer-role', 'eu-manufacturer', '--act', 'sell',
                   '--as-of', '2026-11-22')
    e2e.check('a duty of a maker',
              finding(maker, 'eu-cra-reporting')['consequence'] == 'duty' and
              ('2027-12-11', 'eu-cra-full') in
              [(c['date'], c['rule']) for c in maker['next_changes']])
    for text, line, why in (
            ('schema: assay-context/1\nroles: [king]\n', 2, 'role'),
            ('schema: assay-context/1\nacts: buy\nmood: x\n', 3, 'key'),
            ('schema: other\n', 1, 'schema')):
        r = assay('review', '--context', write('bad.yaml', text), path)
        e2e.check(f'bad context: {why}', r.status == 65 and
                  f'bad.yaml:{line}:' in r.errors() and why in r.errors(),
                  r.errors())
    r = assay('review', '--buyer-role', 'king', path)
    e2e.check('a role that is none', r.status == 64 and 'king' in r.errors(),
              r.errors())
    r = assay('review', '--context', os.path.join(e2e.TMP, 'gone.yaml'), path)
    e2e.equal('a context that is not there', r.status, 66)


# ---- own rules, complaints ---------------------------------------------------

OWN = '''schema: assay-rule/1
rules:
  - id: own-modems
    title: No cellular modules from afar
    jurisdiction: own
    instrument: purchasing policy
    citation: PP-4
    source: https://intranet.example/pp-4
    intervals: [{from: 2026-01-01}]
    binds: {roles: [any], acts: [buy]}
    when:
      any_part: {part.category: modular-transmitter, part.country: "!= DE"}
    then: forbidden
    reason: the module is from afar
    remedy: use another
'''


def own_rules():
    modem = component('modem', category='cellular-module',
                      country_of_production='FI')
    board = component('board', kind='device', parts=[modem])
    path = product('gateway-own', board)
    mine = write('own.yaml', OWN)
    out = review(path, '--rules', mine, '--act', 'buy', '--as-of',
                 '2026-11-22')
    f = finding(out, 'own-modems')
    e2e.check('it hits, however deep', f and f['path'] ==
              'gateway-own > board > modem' and f['status'] == 'open', f)
    e2e.check('its own digest', out['context']['rules_digest'] !=
              review(path)['context']['rules_digest'])
    folder = os.path.join(e2e.TMP, 'rules.d')
    os.makedirs(folder, exist_ok=True)
    off = OWN.replace('    then:', '    off: not this year\n    then:')
    write('rules.d/a.yaml', off)
    out = review(path, '--rules', mine, '--rules', folder, '--act', 'buy',
                 '--as-of', '2026-11-22')
    e2e.check('the later file replaces', finding(out, 'own-modems') is None)
    r = assay('review', '--rules', write('broken.yaml', OWN.replace(
        'part.category: modular', 'part.colour: modular')), path)
    e2e.check('a defective rule stops the review, with its place',
              r.status == 65 and 'broken.yaml:12:' in r.errors(), r.errors())


def complaints():
    bad = write('bad-rules.yaml', OWN.replace(
        '    citation: PP-4\n', '').replace(
        '[{from: 2026-01-01}]',
        '[{from: 2026-01-01}, {from: 2026-06-01}]') +
        '  - id: two\n    title: t\n    jurisdiction: own\n'
        '    reason: r\n    then: sometimes\n')
    r = assay('rules', 'check', bad, '--format', 'json')
    e2e.equal('complaints: status', r.status, 65)
    got = [(c['level'], c['line']) for c in r.json()]
    e2e.equal('complaints: places', got,
              [('warning', 3), ('warning', 3), ('error', 19)])
    text = assay('rules', 'check', bad).text()
    e2e.check('complaints: in words', 'bad-rules.yaml:19:' in text and
              'its intervals overlap' in text and
              'it has no citation' in text, text)
    r = assay('rules', 'show', 'no-such-rule')
    e2e.check('no such rule', r.status == 64 and 'rules list' in r.errors(),
              r.errors())


def mistyped():
    """A test that could never hold is a complaint, with its place."""
    part = 'any_part: {part.category: modular-transmitter, ' \
           'part.country: "!= DE"}'
    for old, new, status, says in (
            ('"!= DE"', '"!= XX"', 65, '"!= XX"'),
            ('"!= DE"', '"!= de"', 65, '"!= de"'),
            (part, 'any_part: {part.country: Freedonia}', 65, 'Freedonia'),
            (part, 'any_part: {part.country: CN-XJ}', 0, '0 complaints'),
            (part, 'any_part: {part.kind: gadget}', 65, 'gadget'),
            (part, 'any_part: {part.eccn: 3Z001}', 65, '3Z001'),
            (part, 'any_part: {part.eccn: 3B001.c.1.a}', 0, '0 complaints'),
            (part, 'any_part: {part.purl: log4j}', 65, 'log4j'),
            (part, 'any_prat: {part.kind: chip}', 65, 'any_prat'),
            (part, 'context.destination: [CN, "D:5"]', 65, 'D:5'),
            (part, 'context.act: sel', 65, '"sel"'),
            (part, 'asserts.Not Named: true', 65, 'Not Named'),
            (part, 'dealings: {list: us-csl/EL, roles: [byer]}', 65, 'byer'),
            (part, 'dealings: {list: us-csl/ELL}', 0, '"us-csl/ELL"'),
            (part, 'dealings: {list: us-1260g}', 0, '"us-1260g"'),
            (part, 'dealings: {list: [us-1260h, cn-control, un/consolidated]}',
             0, '0 complaints'),
            (part, 'any_part: {party: {family: smik}}', 0, '"smik"'),
            ('then: forbidden', 'then: forbidden\n'
             '    forbids_complying_with: [us-ofac-nix]', 0, '"us-ofac-nix"'),
            ('then: forbidden', 'then: forbidden\n'
             '    forbids_complying_with: [us-ofac-*]', 0, '0 complaints'),
            ('then: forbidden', 'then: forbidden\n    requires: [byu]', 65,
             'byu'),
            ('    binds:', '    suspensions: [{from: 2020-01-01, to: '
             '2021-01-01}]\n    binds:', 0, 'outside its intervals'),
            ('2026-01-01', '2026-02-30', 65, '2026-02-30')):
        assert old in OWN, old
        r = assay('rules', 'check', write('typo.yaml', OWN.replace(old, new)))
        e2e.check(f'mistyped: {new}', r.status == status and
                  says in r.text() and
                  (says == '0 complaints' or 'typo.yaml:' in r.text()),
                  (r.status, r.text()))


# ---- two laws ----------------------------------------------------------------

def conflict():
    path = product('valve', category='mechanical')
    out = review(path, '--buyer-role', 'cn-person', '--jurisdiction', 'CN',
                 '--jurisdiction', 'US', '--act', 'sell', '--buyer',
                 'Somebody', '--end-user',
                 'Hengli Petrochemical (Dalian) Refinery Co., Ltd.',
                 '--as-of', '2026-11-22')
    found = [f for f in out['findings'] if f['kind'] == 'conflict']
    e2e.check('the order and the sanctions meet', found and
              found[0]['rule'] == 'cn-blocking-21' and
              found[0]['against'].startswith('us-ofac-') and
              len(found[0]['evidence']) == 2, found)
    e2e.check('and the verdict is no accept', out['verdict'] != 'accept')
    before = review(path, '--buyer-role', 'cn-person', '--jurisdiction', 'CN',
                    '--jurisdiction', 'US', '--act', 'sell', '--end-user',
                    'Hengli Petrochemical (Dalian) Refinery Co., Ltd.',
                    '--as-of', '2026-05-01')
    e2e.check('not before the order',
              not [f for f in before['findings'] if f['kind'] == 'conflict'])


def reports():
    path = product('router-html', category='consumer-router',
                   country_of_production='VN')
    words = [*APPLICANT, '--as-of', '2026-03-22']
    text = assay('review', *words, path).text()
    e2e.check('text: what changes next', 'What changes next' in text and
              '2026-03-23 us-fcc-origin-router' in text, text)
    page = assay('review', '--format', 'html', *words, path).text()
    e2e.check('page: what changes next', 'What changes next' in page and
              'us-equipment-applicant' in page, page[:200])
    one = assay('review', '--format', 'json', *words, path)
    two = assay('review', '--format', 'json', *words, path)
    e2e.equal('the same bytes', one.out, two.out)


for test in (shipped, in_time, router, kit, reviewed, exception_ends,
             xinjiang, value, without_context, unscreened, context_file,
             own_rules, complaints, mistyped, conflict, reports):
    test()
