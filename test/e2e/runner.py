# SPDX-License-Identifier: Apache-2.0
"""The test runner counts what it should: whatever goes wrong in a test is a
failure of it and never a shorter sum."""

import contextlib
import importlib.util
import io

import e2e

spec = importlib.util.spec_from_file_location(
    'runner_under_test', e2e.source('tools', 'test.py'))
runner = importlib.util.module_from_spec(spec)
spec.loader.exec_module(runner)

# name, what the program printed, its status -> passed, failed, skipped
TAP = [
    ('all pass', '1..2\nok 1 - a\nok 2 - b\n', 0, (2, 0, 0)),
    ('no names', '1..1\nok 1\n', 0, (1, 0, 0)),
    ('one fails', '1..2\nok 1 - a\nnot ok 2 - b\n', 1, (1, 1, 0)),
    ('a skip', '1..1\nok 1 - a # SKIP no corpus\n', 0, (0, 0, 1)),
    ('a skip as cmocka 1.1 says it', '1..1\nnot ok 1 # SKIP a\n', 0,
     (0, 0, 1)),
    ('a crash', '1..3\nok 1 - a\n', -11, (1, 1, 0)),
    ('an early end with status 0', '1..3\nok 1 - a\n', 0, (1, 1, 0)),
    ('a leak at the end', '1..1\nok 1 - a\n', 23, (1, 1, 0)),
    ('nothing at all', '', 0, (0, 1, 0)),
    ('two groups', '1..1\nok 1 - a\n1..1\nok 1 - b\n', 0, (2, 0, 0)),
    ('noise between', 'x\n1..1\nhello\nok 1 - a\n', 0, (1, 0, 0)),
]
WHOLE = [
    ('status 0', 'text', 0, (1, 0, 0)),
    ('status 1', 'text', 1, (0, 1, 0)),
    ('status 77', 'text', 77, (0, 0, 1)),
    ('a signal', '', -6, (0, 1, 0)),
]
E2E = [
    ('all pass', 'ok a\nok b\n', 0, (2, 0, 0)),
    ('one fails', 'ok a\nnot ok b: why\n', 0, (1, 1, 0)),
    ('a skip', 'skip a: no corpus\n', 0, (0, 0, 1)),
    ('a script that stops', 'ok a\n', 2, (1, 1, 0)),
    ('a script that says nothing', '', 0, (0, 1, 0)),
    ('a timeout', 'ok a\n', 'timeout', (1, 1, 0)),
    ('a failure with its status', 'not ok a: x\n', 1, (0, 1, 0)),
]


def quietly(function, *words):
    with contextlib.redirect_stdout(io.StringIO()):
        function(*words)


def from_meson(kind, parse, cases):
    for name, out, status, want in cases:
        total = runner.Sum()
        parse('program', {'stdout': out, 'stderr': '', 'returncode': status,
                          'result': '?'}, total)
        e2e.equal(f'{kind}, {name}', total.counts(), want)


def main():
    from_meson('unit', runner.parse_tap, TAP)
    from_meson('other', runner.parse_whole, WHOLE)
    for name, out, status, want in E2E:
        total = runner.Sum()
        quietly(runner.parse_e2e, ('x.sh', status, out, ''), total)
        e2e.equal('end to end, ' + name, total.counts(), want)


main()
