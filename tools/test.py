#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every test of a finished build and counts the cases one by one.

Three kinds: unit tests (cmocka programs) and fuzz targets over their corpus,
both run by meson and speaking TAP; and end-to-end tests, programs in
test/e2e/ that print lines `ok NAME`, `not ok NAME: WHY`, `skip NAME: WHY`.
The last line is always `N passed, N failed, N skipped`; the exit status is 1
when something failed. Run by ./dev test, which builds first.
"""

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
E2E_SECONDS = 900
# As the setups of test/meson.build have it, for the end-to-end tests.
VALGRIND = ['valgrind', '-q', '--leak-check=full', '--error-exitcode=99',
            '--errors-for-leak-kinds=definite',
            '--show-leak-kinds=definite']
SANITIZED = {'ASAN_OPTIONS': 'detect_stack_use_after_return=1',
             'UBSAN_OPTIONS': 'print_stacktrace=1:halt_on_error=1'}
TAIL_LINES = 40

TAP_PLAN = re.compile(r'1\.\.(\d+)\s*$')
TAP_CASE = re.compile(
    r'(not )?ok \d+(?: - (.*?))?(?: *# *(SKIP)\b(.*))?$', re.I)
E2E_CASE = re.compile(r'(ok|not ok|skip) (.*)$')


class Sum:
    """What has been seen so far, and the failures in words."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.failures = []
        self.skips = {}

    def add(self, program, name, outcome, why=''):
        if outcome == 'ok':
            self.passed += 1
        elif outcome == 'skip':
            self.skipped += 1
            self.skips.setdefault((program, why), []).append(name)
        else:
            self.failed += 1
            self.failures.append((program, name, why))

    def counts(self):
        return self.passed, self.failed, self.skipped

    def print(self):
        for (program, why), names in self.skips.items():
            print(f'skipped {len(names)} of {program}: {why or names[0]}')
        for program, name, why in self.failures:
            print(f'FAILED {program}: {name}')
            for line in why.splitlines()[-TAIL_LINES:]:
                print('    ' + line)
        print('%d passed, %d failed, %d skipped' % self.counts())


def parse_case(line):
    """(outcome, name) of a TAP line, or None. cmocka 1.1 spells a skipped
    case `not ok 3 # SKIP name`."""
    case = TAP_CASE.match(line)
    if not case:
        return None
    failed, name, skipped, behind = case.groups()
    if skipped:
        return 'skip', (name or behind).strip()
    return ('not ok' if failed else 'ok'), (name or '').strip()


def parse_whole(program, log, total):
    """Adds a meson test that is no TAP program: one case, by its status."""
    status = log.get('returncode')
    outcome = {0: 'ok', 77: 'skip'}.get(status, 'not ok')
    total.add(program, f'status {status} ({log["result"]})', outcome,
              ((log.get('stdout') or '') + (log.get('stderr') or '')).strip())


def parse_tap(program, log, total):
    """Adds the cases of one meson test from its testlog.json entry."""
    planned, seen, failed = 0, 0, 0
    noise = []
    for line in (log.get('stdout') or '').splitlines():
        plan, case = TAP_PLAN.match(line), parse_case(line)
        if plan:
            planned += int(plan.group(1))
        if not case:
            noise.append(line)
            continue
        outcome, name = case
        seen += 1
        failed += outcome == 'not ok'
        why = next((n for n in reversed(noise) if 'skipped' in n), '')
        total.add(program, name, outcome,
                  why.strip('# ') if outcome == 'skip' else '')
    status = log.get('returncode')
    if seen < planned or seen == 0 or (status != 0 and not failed):
        total.add(program, f'ended after {seen} of {planned} cases '
                  f'({log["result"]}, status {status})', 'not ok')
        failed += 1
    if failed:
        output = '\n'.join(noise) + '\n' + (log.get('stderr') or '')
        explain(total, program, output.strip())


def explain(total, program, output):
    """Puts a program's output under the last of its failures."""
    for i in range(len(total.failures) - 1, -1, -1):
        if total.failures[i][0] == program:
            total.failures[i] = (program, total.failures[i][1], output)
            return


def print_counts(program, total, before):
    print(program + ': %d passed, %d failed, %d skipped' % tuple(
        now - was for now, was in zip(total.counts(), before)), flush=True)


def meson_tests(build):
    """name -> whether it speaks TAP."""
    out = subprocess.run(['meson', 'introspect', '--tests', build],
                         check=True, stdout=subprocess.PIPE).stdout
    return {t['name']: any(s.split(':')[-1] in ('unit', 'fuzz')
                           for s in t['suite']) for t in json.loads(out)}


def run_meson(build, tests, setup, total):
    """tests: name -> whether it speaks TAP."""
    command = ['meson', 'test', '-C', build, '--no-rebuild']
    log = 'testlog.json'
    if setup:
        command += ['--setup', setup]
        log = f'testlog-{setup}.json'
    path = os.path.join(build, 'meson-logs', log)
    if os.path.exists(path):
        os.remove(path)
    with subprocess.Popen(command + list(tests), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True) as meson:
        for line in meson.stdout:
            if re.match(r'\s*\d+/\d+ ', line):
                print(line.rstrip(), flush=True)
    ran = set()
    with open(path, encoding='utf-8') as log:
        for line in log:
            entry = json.loads(line)
            name = entry['name'].split(' / ')[-1]
            ran.add(name)
            before = total.counts()
            parse = parse_tap if tests[name] else parse_whole
            parse(name, entry, total)
            print_counts(name, total, before)
    for name in sorted(set(tests) - ran):
        total.add(name, 'meson did not run it', 'not ok')


def e2e_tests():
    folder = os.path.join(ROOT, 'test', 'e2e')
    return sorted(n for n in os.listdir(folder)
                  if n.endswith(('.sh', '.py')) and
                  os.path.isfile(os.path.join(folder, n)))


def e2e_name(file):
    return 'e2e/' + file.rsplit('.', 1)[0]


def e2e_environment(build, wrapper, scratch):
    env = dict(os.environ)
    assay = os.path.join(ROOT, build, 'assay')
    if wrapper:
        assay_wrapped = os.path.join(scratch, 'assay')
        with open(assay_wrapped, 'w', encoding='utf-8') as f:
            f.write('#!/bin/sh\nexec %s %s "$@"\n'
                    % (' '.join(wrapper), assay))
        os.chmod(assay_wrapped, 0o755)
        assay = assay_wrapped
    env.update(
        ASSAY=assay,
        ASSAY_BUILD=os.path.join(ROOT, build),
        ASSAY_SOURCE=ROOT,
        ASSAY_HOME=os.path.join(scratch, 'home'),
        ASSAY_TMP=os.path.join(scratch, 'tmp'),
        ASSAY_WRAPPED=wrapper[0] if wrapper else '',
        **SANITIZED,
        PYTHONPATH=os.path.join(ROOT, 'test', 'e2e', 'lib'),
        PYTHONDONTWRITEBYTECODE='1',
        LC_ALL='C.UTF-8', TZ='UTC')
    os.mkdir(env['ASSAY_HOME'])
    os.mkdir(env['ASSAY_TMP'])
    return env


def run_one_e2e(build, wrapper, file):
    """Runs one file; returns (file, status, output, error output)."""
    path = os.path.join(ROOT, 'test', 'e2e', file)
    runner = ['python3'] if file.endswith('.py') else ['sh']
    scratch = tempfile.mkdtemp(prefix='assay-e2e-')
    try:
        env = e2e_environment(build, wrapper, scratch)
        with subprocess.Popen(
                runner + [path], cwd=env['ASSAY_TMP'], env=env,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, start_new_session=True) as child:
            try:
                out, err = child.communicate(timeout=E2E_SECONDS)
                status = child.returncode
            except subprocess.TimeoutExpired:
                # The session is its own, so this ends what it started too.
                os.killpg(child.pid, signal.SIGKILL)
                out, err = child.communicate()
                status = 'timeout'
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return (file, status, out.decode('utf-8', 'replace'),
            err.decode('utf-8', 'replace'))


def parse_e2e(result, total):
    file, status, out, err = result
    program = e2e_name(file)
    before = total.counts()
    for line in out.splitlines():
        case = E2E_CASE.match(line)
        if not case:
            continue
        name, _, why = case.group(2).partition(': ')
        total.add(program, name, case.group(1), why)
    passed, failed, skipped = (
        now - was for now, was in zip(total.counts(), before))
    if (status != 0 and not failed) or passed + failed + skipped == 0:
        total.add(program, f'ended with status {status} after '
                  f'{passed + skipped} cases', 'not ok')
        failed += 1
    if failed and err.strip():
        _, _, why = total.failures[-1]
        explain(total, program, (why + '\n' + err).strip())
    print_counts(program, total, before)


def wanted(name, filters):
    return not filters or any(f in name for f in filters)


def under_valgrind(file):
    """An end-to-end test says by itself that it is worth valgrind's time."""
    with open(os.path.join(ROOT, 'test', 'e2e', file),
              encoding='utf-8') as f:
        return '# valgrind: yes' in f.read(4096)


def arguments():
    p = argparse.ArgumentParser(prog='./dev test')
    p.add_argument('--build', default='build')
    p.add_argument('--asan', action='store_true')
    p.add_argument('--clang', action='store_true')
    p.add_argument('--valgrind', action='store_true')
    p.add_argument('--list', action='store_true')
    p.add_argument('--jobs', type=int, default=os.cpu_count() or 1)
    p.add_argument('name', nargs='*')
    return p.parse_args()


def main():
    args = arguments()
    os.chdir(ROOT)
    setup = 'valgrind' if args.valgrind else \
        'sanitized' if args.asan else None
    wrapper = VALGRIND if args.valgrind else []
    meson = {n: tap for n, tap in meson_tests(args.build).items()
             if wanted(n, args.name)}
    e2e = [n for n in e2e_tests() if wanted(e2e_name(n), args.name)]
    if args.valgrind:
        e2e = [n for n in e2e if under_valgrind(n)]
    if args.list:
        print('\n'.join([*meson] + [e2e_name(n) for n in e2e]))
        return 0
    if not os.environ.get('ASSAY_CORPUS_UNPACKED'):
        print('no corpus: the tests that need it are skipped')
    total = Sum()
    if meson:
        run_meson(args.build, meson, setup, total)
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for result in pool.map(
                lambda f: run_one_e2e(args.build, wrapper, f), e2e):
            parse_e2e(result, total)
    if not meson and not e2e:
        total.add('selection', 'no test has such a name', 'not ok')
    total.print()
    return 1 if total.failed else 0


if __name__ == '__main__':
    sys.exit(main())
