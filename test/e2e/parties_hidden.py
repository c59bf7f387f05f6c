# SPDX-License-Identifier: Apache-2.0
"""What must not hide a hit: a limit of what is shown, many rows of one name, a
decision on another row, the same name made elsewhere, a list with a word that
means something, an index or a knowledge base of which a byte is another."""

import json
import os
import shutil
import sqlite3

import e2e

DAY = ['--as-of', '2039-01-01']          # behind the decisions of this run
NAME = 'Velkomir Zarnitsa Holding'


def home(name):
    path = os.path.join(e2e.TMP, name)
    os.makedirs(path)
    return path


def write(where, name, text):
    path = os.path.join(where, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def take(where, rows, name='own-list'):
    head = (f'schema: assay-parties/1\nlist: {name}\ntitle: a list\n'
            'edition: 2026-01-01\ncomplete: true\nparties:\n')
    path = write(where, name + '.yaml', head + ''.join(
        '  - ' + json.dumps({'kind': 'organisation', **r}) + '\n'
        for r in rows))
    r = e2e.run('feeds', 'import', path, env={'ASSAY_HOME': where})
    if r.status:
        e2e.not_ok('import of ' + name, r.errors())


def screen(where, *words):
    return e2e.run('screen', *DAY, '--format', 'json', *words,
                   env={'ASSAY_HOME': where})


# ---- what is not shown ----------


def limits():
    where = home('limits')
    take(where, [{'id': x, 'name': NAME} for x in 'ab'])
    r = e2e.run('screen', 'decide', '--not-same', '--because', 'another',
                NAME, 'own-list', 'a', env={'ASSAY_HOME': where})
    e2e.equal('a decision on the first of two rows', r.status, 0)
    for limit in ('1', '2'):
        r = screen(where, '--list', 'own-list', '--limit', limit, NAME)
        a = r.json()
        e2e.equal(f'with --limit {limit} the other one is a hit all the same',
                  (r.status, a['status'], len(a['hits']) + a['more_hits']),
                  (1, 'hit', 2))
    r = screen(where, '--limit', '1', 'Huawei Technologies')
    e2e.equal('a limit of conditional hits: as without', (
        r.status, r.json()['status']), (lambda x: (
            x.status, x.json()['status']))(
                screen(where, 'Huawei Technologies')))


# ---- rules ----------


RULE = '''schema: assay-rule/1
title: a rule of our own
rules:
  - id: own-1
    title: nothing of theirs
    jurisdiction: EU
    intervals: [{from: 2020-01-01}]
    when:
      any_part:
        party: {list: target%s, also: [maker, manufacturer]}
    then: forbidden
    reason: it is on the list
'''


def matches(where, makers, more=''):
    parts = [{'type': 'device', 'name': f'p{i}', 'bom-ref': f'p{i}',
              'version': '1', 'manufacturer': {'name': name},
              'properties': [{'name': 'assay:country-of-production',
                              'value': country}] if country else []}
             for i, (name, country) in enumerate(makers)]
    path = write(where, 'p.cdx.json', json.dumps({
        'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
        'components': parts}))
    r = e2e.run('review', *DAY, '--format', 'json', '--rules',
                write(where, 'rule.yaml', RULE % more), path,
                env={'ASSAY_HOME': where})
    out = r.json()
    hit = sorted(f['part'] for f in out['findings']
                 if f.get('rule') == 'own-1' and f['status'] == 'open')
    return next(x['matches'] for x in out['rules']
                if x['rule'] == 'own-1'), hit


def rules():
    where = home('rules')
    take(where, [{'id': f'r{i:03}', 'name': NAME} for i in range(60)])
    take(where, [{'id': 't', 'name': NAME}], 'target')
    e2e.equal('a rule sees the list behind sixty rows of another',
              matches(where, [(NAME, '')]), ('yes', ['p0']))
    where = home('places')
    take(where, [{'id': 't', 'name': 'Velozarnitsa Holding',
                  'countries': ['RU']}], 'target')
    near = 'Velozarnytza'
    e2e.equal('a name that is sure where it agrees in country',
              matches(where, [(near, 'RU')]), ('yes', ['p0']))
    e2e.equal('and open elsewhere', matches(where, [(near, 'CN')]),
              ('unknown', []))
    for other in ('', 'CN', 'US'):
        e2e.equal(f'each part by its own country, beside {other!r}',
                  matches(where, [(near, other), (near, 'RU')]),
                  ('yes', ['p1']))
    where = home('owners')
    take(where, [{'id': 't', 'name': NAME}], 'target')
    owned = ', owned: ">= 50"'
    e2e.equal('owners that nobody looked up are not known',
              matches(where, [('Someone Unheard Of', '')], owned)[0],
              'unknown')
    take(where, [{'id': 'o', 'name': 'Another One'}], 'ownership')
    e2e.equal('nor are they by a list that is called so',
              matches(where, [('Someone Unheard Of', '')], owned)[0],
              'unknown')


# ---- licences ----------


SOURCES = ('Entity List (EL)', 'Denied Persons List (DPL)',
           'Specially Designated Nationals (SDN)', 'Unverified List (UVL)',
           'Military End User (MEU) List')


def licence():
    """Two rows of the Entity List have one name: the one that a decision
    dismissed takes the other one away no more than one without its footnote."""
    where = home('licence')
    rows = [{'id': str(i), 'source': s + ' - an office', 'alt_names': [],
             'name': 'Quite Another Party ' + s, 'addresses': []}
            for i, s in enumerate(SOURCES)]
    rows += [{'id': x, 'source': SOURCES[0] + ' - an office', 'name': NAME,
              'alt_names': [], 'addresses': [], 'license_requirement':
              'For all items subject to the EAR.'} for x in ('a', 'b')]
    path = write(where, 'csl.json', json.dumps(
        {'search_performed_at': '2026-08-01T13:15:00+00:00',
         'sources_used': [], 'results': rows}))
    r = e2e.run('feeds', 'import', '--force', path, env={'ASSAY_HOME': where})
    e2e.equal('lists for a licence', r.status, 0)
    hits = screen(where, '--list', 'us-csl/EL', NAME).json()['hits']
    e2e.equal('two rows of the name', len(hits), 2)
    facts = write(where, 'facts.yaml', 'schema: assay-facts/1\nparties:\n'
                  f'  - {{name: {NAME}, role: buyer}}\n')

    def listed():
        r = e2e.run('licence', '--item', 'EAR99', '--to', 'CN', '--facts',
                    facts, *DAY, '--format', 'json',
                    env={'ASSAY_HOME': where})
        return sum('Entity List' in x.get('row', '') for x in r.json()['rows'])

    e2e.equal('both count', listed(), 2)
    for left, hit in ((1, hits[0]), (0, hits[1])):
        e2e.run('screen', 'decide', '--not-same', '--because', 'another',
                NAME, 'us-csl/EL', hit['row'], env={'ASSAY_HOME': where})
        e2e.equal(f'{2 - left} dismissed', listed(), left)


# ---- files ----------


def flipped():
    """Every bit that flips in the index is found out: nothing else has the sum
    of the first answer."""
    where = home('flipped')
    take(where, [{'id': 't', 'name': NAME}])
    first = screen(where, '--list', 'own-list', NAME).out
    path = os.path.join(where, 'parties.index')
    with open(path, 'rb') as f:
        whole = f.read()
    bad = []
    for at in range(5000, len(whole), 1 + len(whole) // 24):
        with open(path, 'wb') as f:
            f.write(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1:])
        out = screen(where, '--list', 'own-list', NAME).out
        with open(path, 'rb') as f:
            if out != first or f.read() != whole:
                bad.append(at)
    e2e.equal('an index with a bit that flipped is made anew', bad, [])


def damaged():
    """A knowledge base of which a page is overwritten: the hit, an error or
    undecided, never "no hit"."""
    where = home('damaged')
    take(where, [{'id': 't', 'name': NAME}])
    path = os.path.join(where, 'knowledge.db')
    with sqlite3.connect(path) as db:
        size = db.execute('PRAGMA page_size').fetchone()[0]
    with open(path, 'rb') as f:
        whole = f.read()
    bad = []
    for page in range(1, len(whole) // size):
        for fill in (b'\0', b'\xff'):
            with open(path, 'wb') as f:
                f.write(whole[:page * size] + fill * size +
                        whole[(page + 1) * size:])
            for name in ('parties.index', 'owners.index'):
                if os.path.exists(os.path.join(where, name)):
                    os.remove(os.path.join(where, name))
            r = screen(where, '--list', 'own-list', NAME)
            if r.status not in (1, 2, 65, 74):
                bad.append((page, fill, r.status, r.errors()))
    e2e.equal(f'{len(whole) // size} pages, each overwritten', bad, [])


def register():
    """A register with a record that is none: told, not left out."""
    where = home('register')
    take(where, [{'id': 't', 'name': NAME}])
    e2e.run('screen', 'decide', '--same', '--because', 'it is', NAME,
            'own-list', 't', env={'ASSAY_HOME': where})
    path = os.path.join(where, 'register.db')
    with sqlite3.connect(path) as db:
        db.execute('DROP TRIGGER decision_keeps')
        db.execute("UPDATE decision SET judgement = 'perhaps'")
    r = screen(where, NAME)
    e2e.check('a decision that is none', r.status == 65 and
              'decision that is none' in r.errors(), (r.status, r.errors()))
    with sqlite3.connect(path) as db:
        db.execute('DROP TABLE decision')
        db.execute('CREATE VIEW decision AS SELECT 1 AS id')
    r = screen(where, NAME)
    e2e.check('a register with other tables', r.status in (65, 74) and
              r.errors().count('\n') == 1, (r.status, r.errors()))


def main():
    limits()
    rules()
    licence()
    flipped()
    damaged()
    register()
    shutil.rmtree(os.path.join(e2e.TMP, 'damaged'))


main()
