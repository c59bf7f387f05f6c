# SPDX-License-Identifier: Apache-2.0
"""assay screen decide and decisions: what a reviewer says is kept, holds while
the row says what it said, is open again when it changes, goes from register to
register, and is lost to no other process."""

import json
import os
import subprocess

import e2e

LIST = '''schema: assay-parties/1
list: own-watch
title: our own watch list
edition: %s
complete: false
citation: a decision of the board
url: https://example.org/watch
parties:
  - id: a1
    name: Nedayeh Micron Electronics
    kind: organisation
    countries: [IR]
%s'''


def write(name, text):
    path = os.path.join(e2e.TMP, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def decide(*words, env=None):
    return e2e.run('screen', 'decide', *words, env=env)


def decisions(*words):
    r = e2e.run('screen', 'decisions', '--format', 'json', *words)
    return [(d['judgement'], d['state']) for d in r.json()['decisions']]


# ---- against a list that is shipped ------------------------------------------

SMIC = ('SMIC Americas', 'us-5949', 'smic')
r = e2e.run('screen', 'decisions')
e2e.equal('nothing yet', (r.status, r.text()),
          (0, 'nothing was decided yet\n'))
e2e.check('and no file for that',
          not os.path.exists(os.path.join(e2e.HOME, 'register.db')))
r = decide(*SMIC, '--not-same', '--because', 'a museum in Ohio', '--by', 'ann')
e2e.equal('a decision', r.status, 0)
e2e.check('is told', r.text().startswith('recorded: "SMIC Americas" is not "'),
          r.text())
r = decide(*SMIC, '--not-same', '--because', 'a museum in Ohio', '--by', 'ann')
e2e.check('twice is once', 'already' in r.text(), r.text())
e2e.equal('it holds', decisions(), [('not-same', 'valid')])
r = decide(*SMIC, '--same', '--because', 'the board says so',
           env={'LOGNAME': 'bob'})
e2e.equal('a correction takes its place', decisions(), [('same', 'valid')])
e2e.equal('and leaves it there', decisions('--all'),
          [('not-same', 'valid'), ('same', 'valid')])
r = e2e.run('screen', 'decisions')
e2e.check('who decided is LOGNAME', '[bob]' in r.text(), r.text())
decide(*SMIC, '--withdraw', '--because', 'ask again')
e2e.equal('a withdrawal', decisions(), [('withdrawn', 'withdrawn')])

# ---- against a list that changes ---------------------------------------------

MICRON = ('Micron Technology', 'own-watch', 'a1')
e2e.run('feeds', 'import', write('w1.yaml', LIST % ('2026-01-01', '')))
r = decide(*MICRON, '--not-same', '--because', 'Boise, not Tehran',
           '--as-of', '2026-01-10')
e2e.equal('a decision on an imported row', (r.status, r.errors()), (0, ''))
now = [d for d in decisions('--as-of', '2026-01-10') if d[0] == 'not-same']
e2e.equal('holds', now, [('not-same', 'valid')])
e2e.run('feeds', 'import', write('w2.yaml', LIST % ('2026-02-01', '')))
now = [d for d in decisions('--as-of', '2026-02-10') if d[0] == 'not-same']
e2e.equal('a new edition that says the same changes nothing', now,
          [('not-same', 'valid')])
more = '    names:\n      - Micron Tehran\n'
e2e.run('feeds', 'import', write('w3.yaml', LIST % ('2026-03-01', more)))
now = [d for d in decisions('--as-of', '2026-03-10') if d[0] == 'not-same']
e2e.equal('one that says more opens it again', now, [('not-same', 'reopened')])
now = [d for d in decisions('--as-of', '2026-02-10') if d[0] == 'not-same']
e2e.equal('not for the days before', now, [('not-same', 'valid')])
now = [d for d in decisions('--as-of', '2025-06-01') if d[0] == 'not-same']
e2e.equal('before the list was there', now, [('not-same', 'row-gone')])

# ---- from register to register -----------------------------------------------

r = e2e.run('screen', 'decisions', '--format', 'jsonl')
lines = r.text().splitlines()
e2e.equal('all of them as lines', len(lines), 4)
e2e.check('each a decision', all(
    json.loads(line)['schema'] == 'assay-decision/1' for line in lines))
path = write('d.jsonl', r.text())
other = os.path.join(e2e.TMP, 'other.db')
r = e2e.run('screen', 'decisions', '--import', path, '--register', other)
e2e.equal('taken', r.text(), '4 decisions read: 4 new, 0 known already\n')
r = e2e.run('screen', 'decisions', '--import', path, '--register', other)
e2e.equal('taken again', r.text(),
          '4 decisions read: 0 new, 4 known already\n')
r = e2e.run('screen', 'decisions', '--format', 'jsonl', '--register', other)
e2e.equal('the same lines', r.text().splitlines(), lines)
board = next(line for line in lines if 'board' in line)
bad = write('bad.jsonl', lines[0] + '\n' + board.replace('board', 'hoard')
            + '\n')
r = e2e.run('screen', 'decisions', '--import', bad)
e2e.equal('altered: status', r.status, 65)
e2e.check('altered: one line that says where',
          'bad.jsonl:2: ' in r.errors() and r.errors().count('\n') == 1,
          r.errors())

# ---- mistakes ----------------------------------------------------------------

MISTAKES = [
    ([*SMIC, '--because', 'x'], 64, 'nothing was decided'),
    ([*SMIC, '--same', '--not-same', '--because', 'x'], 64, 'one of'),
    ([*SMIC, '--same'], 64, 'reason'),
    ([' ', 'us-5949', 'smic', '--same', '--because', 'x'], 64, 'empty'),
    (['X', 'us-5949', 'none', '--same', '--because', 'x'], 66, 'none'),
    (['X', 'nolist', '1', '--same', '--because', 'x'], 66, 'nolist'),
    ([*SMIC, '--same', '--because', 'x', '--register', path], 65, 'register'),
]
for words, status, says in MISTAKES:
    r = decide(*words)
    e2e.equal(f'{says}: status', r.status, status)
    e2e.check(f'{says}: one line', says in r.errors() and not r.out and
              r.errors().count('\n') == 1, r.errors())

# ---- several at once ---------------------------------------------------------

shared = os.path.join(e2e.TMP, 'shared.db')
children = [subprocess.Popen(
    [e2e.ASSAY, 'screen', 'decide', f'Name {i}', 'us-5949', 'smic', '--same',
     '--because', 'x', '--register', shared],
    stdout=subprocess.DEVNULL) for i in range(12)]
e2e.equal('twelve processes on a new register',
          [c.wait() for c in children], [0] * 12)
r = e2e.run('screen', 'decisions', '--format', 'json', '--register', shared)
e2e.equal('all are there',
          sorted(d['query'] for d in r.json()['decisions']),
          sorted(f'Name {i}' for i in range(12)))
