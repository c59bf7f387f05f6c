#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the libFuzzer programs of a finished build: ./dev fuzz.

    ./dev fuzz [SECONDS] [TARGET...]

Each target runs for SECONDS (60), two at a time. What is learnt is kept in
BUILD/corpus/TARGET; an input that fails is kept as a test in
fuzz/corpus/TARGET/. One line a target; status 1 when one failed.
"""

import argparse
import concurrent.futures
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MEMORY_MIB = 2048
INPUT_SECONDS = 25
INPUT_BYTES = 65536
ENDS = ('crash-', 'leak-', 'timeout-', 'oom-', 'slow-unit-')


def targets(build):
    names = [os.path.basename(p)[:-len('_fuzz.c')]
             for p in glob.glob(os.path.join(ROOT, 'fuzz', '*_fuzz.c'))]
    built = os.path.join(ROOT, build, 'fuzz')
    return sorted(n for n in names
                  if os.access(os.path.join(built, n + '_fuzz'), os.X_OK))


def command(build, name, seconds, findings):
    learnt = os.path.join(build, 'corpus', name)
    seeds = os.path.join('fuzz', 'corpus', name)
    words = os.path.join('fuzz', 'dict', name + '.dict')
    for folder in (learnt, seeds, findings):
        os.makedirs(folder, exist_ok=True)
    line = [os.path.join(build, 'fuzz', name + '_fuzz'),
            f'-max_total_time={seconds}', f'-timeout={INPUT_SECONDS}',
            f'-rss_limit_mb={MEMORY_MIB}', f'-max_len={INPUT_BYTES}',
            '-print_final_stats=1', f'-artifact_prefix={findings}/']
    if os.path.exists(words):
        line.append('-dict=' + words)
    return line + [learnt, seeds]


def keep(name, findings):
    """Moves what failed into the corpus under its digest; their paths."""
    kept = []
    for path in sorted(glob.glob(os.path.join(findings, '*'))):
        kind = os.path.basename(path)
        if not kind.startswith(ENDS):
            continue
        with open(path, 'rb') as f:
            digest = hashlib.sha256(f.read()).hexdigest()[:16]
        to = os.path.join('fuzz', 'corpus', name,
                          kind.rsplit('-', 1)[0] + '-' + digest)
        shutil.move(path, to)
        if not kind.startswith('slow-unit-'):
            kept.append(to)
    return kept


def stat(log, name):
    found = re.findall(r'stat::%s:\s+(\d+)' % name, log)
    return int(found[-1]) if found else 0


def coverage(log):
    found = re.findall(r' cov: (\d+) ', log)
    return int(found[-1]) if found else 0


def run(build, name, seconds):
    findings = os.path.join(build, 'findings', name)
    line = command(build, name, seconds, findings)
    env = dict(os.environ)
    env.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1:halt_on_error=1')
    done = subprocess.run(line, cwd=ROOT, env=env, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    log = done.stdout.decode('utf-8', 'replace')
    with open(os.path.join(build, 'findings', name + '.log'), 'w',
              encoding='utf-8') as f:
        f.write(log)
    return name, done.returncode, log, keep(name, findings)


def report(build, result):
    name, status, log, kept = result
    good = status == 0 and not kept
    print('%-4s %-20s %10d runs %7d edges %5d MiB' % (
        'ok' if good else 'FAIL', name,
        stat(log, 'number_of_executed_units'), coverage(log),
        stat(log, 'peak_rss_mb')), flush=True)
    for path in kept:
        print(f'     kept {path}')
    if not good:
        print(f'     log  {build}/findings/{name}.log, status {status}',
              flush=True)
    return good


def main():
    p = argparse.ArgumentParser(prog='./dev fuzz')
    p.add_argument('--build', default='build-fuzz')
    p.add_argument('seconds', nargs='?', default='60')
    p.add_argument('target', nargs='*')
    args = p.parse_args()
    os.chdir(ROOT)
    if not args.seconds.isdigit() or int(args.seconds) == 0:
        p.error(f"seconds: '{args.seconds}' is not a positive number")
    known = targets(args.build)
    chosen = args.target or known
    unknown = [t for t in chosen if t not in known]
    if unknown or not chosen:
        p.error(f'no such target: {unknown}; there are: {known}')
    seconds = int(args.seconds)
    print(f'{len(chosen)} targets, {seconds} s each, two at a time: '
          f'about {(len(chosen) + 1) // 2 * seconds} s', flush=True)
    good = True
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(run, args.build, t, seconds) for t in chosen]
        for job in concurrent.futures.as_completed(jobs):
            good &= report(args.build, job.result())
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
