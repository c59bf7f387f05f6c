#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times whole commands side by side: ./dev bench [--record] [NAME...].

A section (bench/section_*.py) names inputs and two or more commands that do
the same work. They run in turn, A B A B ..., after one run of each that does
not count, so that both meet the same machine. Printed are the median, the
spread, the ratio to the first command, processor time and memory; --record
writes the same with the machine, the versions, the command lines and the
digests of the inputs to bench/RESULTS.md.
"""

import argparse
import dataclasses
import datetime
import glob
import hashlib
import importlib.util
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RESULTS = os.path.join('bench', 'RESULTS.md')


@dataclass
class Command:
    label: str
    words: list
    env: dict = field(default_factory=dict)
    statuses: tuple = (0,)      # of which each counts as success
    version: str = ''
    kib: int = 0                # measured
    together: int = 0


@dataclass
class Section:
    title: str
    commands: list              # the first is the measure of the others
    inputs: list = field(default_factory=list)
    note: str = ''
    missing: dict = field(default_factory=dict)     # label: why not run
    rounds: int = 7
    together: bool = False      # memory of all processes of a command too


@dataclass
class Run:
    wall: float
    processor: float


class Bench:
    """What a section is given: where things lie, and small helpers."""

    def __init__(self, build):
        self.root = ROOT
        self.build = os.path.join(ROOT, build)
        self.assay = os.path.join(self.build, 'assay')
        self.corpus = os.environ.get('ASSAY_CORPUS_UNPACKED') or None
        # Made inputs stay here from run to run.
        self.work = os.path.join(self.build, 'bench-work')
        os.makedirs(self.work, exist_ok=True)

    def tool(self, name):
        return shutil.which(name)

    def first_line(self, *words):
        """First line a command prints: its version, usually."""
        done = subprocess.run(words, check=False, text=True,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        return done.stdout.strip().split('\n')[0]

    def shorten(self, text):
        """No path of this machine in what is written down."""
        for path, name in ((self.corpus, 'CORPUS'), (self.work, 'WORK'),
                           (self.build, 'build'), (self.root, '.')):
            if path:
                text = text.replace(path, name)
        return text


def run_once(command):
    with tempfile.TemporaryFile() as err, open(os.devnull, 'r+b') as null:
        start = time.perf_counter()
        child = subprocess.Popen(command.words, stdin=null, stdout=null,
                                 stderr=err,
                                 env={**os.environ, **command.env})
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in command.statuses:
            err.seek(0)
            tail = err.read()[-500:].decode('utf-8', 'replace')
            raise RuntimeError(f'{command.label}: status '
                               f'{child.returncode}: {tail}')
    return Run(wall, usage.ru_utime + usage.ru_stime)


def memory(command):
    """KiB held at most, from the run that does not count. Under time(1),
    since the memory of the process that starts a command counts for it, and
    this one is large."""
    with tempfile.NamedTemporaryFile('r', encoding='utf-8') as said:
        run_once(dataclasses.replace(command, words=[
            '/usr/bin/time', '-q', '-f', '%M', '-o', said.name,
            *command.words]))
        return int(said.read())


def descendants(top):
    """The process and all below it."""
    out = [top]
    for pid in out:
        try:
            with open(f'/proc/{pid}/task/{pid}/children',
                      encoding='ascii') as f:
                out += map(int, f.read().split())
        except OSError:
            pass
    return out


def share(pid):
    """KiB of a process, pages that several hold divided among them. Of a
    worker, which lets nobody look into it, only root is told."""
    try:
        with open(f'/proc/{pid}/smaps_rollup', encoding='ascii') as f:
            return next((int(line.split()[1]) for line in f
                         if line.startswith('Pss:')), 0)
    except OSError:
        return 0


def together(command):
    """KiB that all processes of the command hold at their worst moment, looked
    at some hundred times a second."""
    most = 0
    with open(os.devnull, 'r+b') as null:
        child = subprocess.Popen(command.words, stdin=null, stdout=null,
                                 stderr=null,
                                 env={**os.environ, **command.env})
        while child.poll() is None:
            most = max(most, sum(map(share, descendants(child.pid))))
            time.sleep(0.005)
    return most


def measure(section):
    """label -> its runs, taken in turn."""
    for command in section.commands:
        command.kib = memory(command)
        if section.together:
            command.together = together(command)
    runs = {c.label: [] for c in section.commands}
    for _ in range(section.rounds):
        for command in section.commands:
            runs[command.label].append(run_once(command))
    return runs


def seconds(value):
    return f'{value * 1000:.1f} ms' if value < 1 else f'{value:.2f} s'


def mebibytes(kib):
    return f'{kib / 1024:.0f} MiB'


def table(section, runs):
    first = statistics.median(r.wall for r in
                              runs[section.commands[0].label])
    rows = [('command', 'median', 'least to most', 'ratio', 'processor',
             'memory', *['together'] * section.together)]
    for command in section.commands:
        mine = runs[command.label]
        wall = [r.wall for r in mine]
        median = statistics.median(wall)
        rows.append((
            command.label, seconds(median),
            f'{seconds(min(wall))} to {seconds(max(wall))}',
            f'{median / first:.2f}',
            seconds(statistics.median(r.processor for r in mine)),
            mebibytes(command.kib),
            *[mebibytes(command.together)] * section.together))
    for label, why in section.missing.items():
        rows.append((label, f'not run: {why}') + ('',) * (len(rows[0]) - 2))
    return rows


def print_table(rows):
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    for row in rows:
        print('  ' + '  '.join(
            c.ljust(w) for c, w in zip(row, widths)).rstrip(), flush=True)


def digest(path):
    total = hashlib.sha256()
    with open(path, 'rb') as f:
        for block in iter(lambda: f.read(1 << 20), b''):
            total.update(block)
    return total.hexdigest()


def machine():
    model = platform.machine()
    with open('/proc/cpuinfo', encoding='utf-8') as f:
        for line in f:
            if line.startswith('model name'):
                model = line.split(':', 1)[1].strip()
                break
    memory = os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES')
    system = platform.freedesktop_os_release().get('PRETTY_NAME', '')
    return (f'{model}, {os.cpu_count()} processors, '
            f'{memory / (1 << 30):.0f} GiB; {system}, '
            f'Linux {platform.release()}')


def revision():
    if not shutil.which('git'):
        return 'unknown'
    done = subprocess.run(['git', 'rev-parse', '--short', 'HEAD'], cwd=ROOT,
                          check=False, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
    return done.stdout.strip() or 'unknown'


def markdown(bench, section, rows):
    yield f'## {section.title}'
    yield ''
    if section.note:
        yield section.note
        yield ''
    yield '| ' + ' | '.join(rows[0]) + ' |'
    yield '|' + '---|' * len(rows[0])
    for row in rows[1:]:
        yield '| ' + ' | '.join(row) + ' |'
    yield ''
    for path in section.inputs:
        yield (f'* input `{bench.shorten(path)}`, {os.path.getsize(path)} '
               f'bytes, SHA-256 `{digest(path)}`')
    for command in section.commands:
        words = [*(f'{k}={v}' for k, v in command.env.items()),
                 *command.words]
        version = f' ({command.version})' if command.version else ''
        yield (f'* {command.label}{version}: '
               f'`{bench.shorten(" ".join(map(str, words)))}`')
    yield ''


def record(bench, written):
    lines = ['# Timings', '',
             'Written by `./dev bench --record`; do not edit. Each table is '
             'one run of whole', 'commands in turn on one machine: read the '
             'ratios, not the seconds.', '',
             f'* {datetime.date.today().isoformat()}, revision '
             f'`{revision()}`', f'* {machine()}',
             f'* load average {os.getloadavg()[2]:.1f}: above the count of '
             'processors, trust ratios and', '  processor time alone', '']
    for section, rows in written:
        lines += markdown(bench, section, rows)
    with open(os.path.join(ROOT, RESULTS), 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines).rstrip('\n') + '\n')
    print(f'wrote {RESULTS}')


def load(path):
    spec = importlib.util.spec_from_file_location(
        os.path.basename(path)[:-3], path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sections(bench, names):
    """Sections of bench/section_NAME.py in the order of the names."""
    for path in sorted(glob.glob(os.path.join(ROOT, 'bench',
                                              'section_*.py'))):
        name = os.path.basename(path)[len('section_'):-3]
        if not names or name in names:
            yield from load(path).sections(bench)


def main():
    p = argparse.ArgumentParser(prog='./dev bench')
    p.add_argument('--build', default='build')
    p.add_argument('--record', action='store_true')
    p.add_argument('--rounds', type=int, help='instead of the section\'s own')
    p.add_argument('name', nargs='*')
    args = p.parse_args()
    if args.record and args.name:
        p.error('--record writes all sections: name none')
    # Sections import what they share from here.
    sys.modules['run'] = sys.modules[__name__]
    os.chdir(ROOT)
    bench = Bench(args.build)
    written = []
    print(machine(), flush=True)
    for section in sections(bench, args.name):
        if args.rounds:
            section.rounds = args.rounds
        print(f'\n{section.title}', flush=True)
        rows = table(section, measure(section))
        print_table(rows)
        written.append((section, rows))
    if not written:
        p.error('no such section')
    if args.record:
        record(bench, written)
    return 0


if __name__ == '__main__':
    sys.exit(main())
