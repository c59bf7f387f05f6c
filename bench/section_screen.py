# SPDX-License-Identifier: Apache-2.0
"""Screening names: one name on the US list as a whole run, and 2,000 names on
a list of a million."""

import os
import shutil
import subprocess

import screen_names
import watchman
from run import Command, Section

DAY = ['--as-of', '2026-11-22']
NAME = 'Huawei Technologies Co., Ltd.'
STATUSES = (0, 1, 2)
START = """One name, from the start of the process to its answer: on the lists
that are part of the program, and on the 57,174 names of the US list of 31 July
2026. The aim is 20 ms.

"""
MILLION = """A million names: the {real:,} of the lists of the corpus, the rest
made of their words; 2,000 of them asked for with up to two letters left out,
put in, replaced or swapped. The index is made at the first question. The aim
for the search of candidates is a median of 0.2 ms and 5 ms at the 99th
percentile; of processor time it took:

"""


def base(bench, name, path, *options):
    """A knowledge base with the list alone, in a folder of its own: the index
    stands beside it. Made once by each build of assay."""
    folder = os.path.join(bench.work, 'screen-' + name)
    path_of = os.path.join(folder, 'knowledge.db')
    if (not os.path.exists(path_of) or
            os.path.getmtime(path_of) < os.path.getmtime(bench.assay)):
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        subprocess.run([bench.assay, 'feeds', 'import', '--knowledge',
                        path_of, *options, path], check=True,
                       stdout=subprocess.DEVNULL)
    return path_of


def screen(bench, label, home, *words):
    return Command(label, [bench.assay, 'screen', *DAY, *words],
                   env={'ASSAY_HOME': home}, statuses=STATUSES)


def percentiles(bench, knowledge, kind, queries):
    """What the tool says, as a list."""
    done = subprocess.run([os.path.join(bench.build, 'bench', 'screen'),
                           knowledge, kind, queries], check=True, text=True,
                          stdout=subprocess.PIPE)
    return '\n'.join('* ' + line for line in done.stdout.splitlines())


def start(bench):
    listed = os.path.join(bench.corpus, 'parties', 'us-csl')
    source = os.path.join(listed, 'screening-list.json')
    home = os.path.dirname(base(bench, 'csl', listed))
    nobody = os.path.join(bench.work, 'screen-none')
    told, missing = watchman.figures(bench)
    yield Section('Screen one name', [
        Command('a shell that does nothing', ['sh', '-c', ':']),
        screen(bench, 'assay screen, lists of the program', nobody, NAME),
        screen(bench, 'assay screen, 57,174 names', home, NAME),
    ], [source], START + percentiles(
        bench, os.path.join(home, 'knowledge.db'), 'organisation',
        screen_names.asked(bench)) + '\n\n' + told, missing)


def million(bench):
    listed, queries, real = screen_names.write(bench)
    knowledge = base(bench, 'million', listed, '--edition', '2026-01-01')
    home = os.path.dirname(knowledge)
    index = os.path.join(home, 'parties.index')
    anew = f'rm -f {index} && {bench.assay} screen --as-of 2026-11-22 Huawei'
    screen_all = screen(bench, 'assay screen, 2,000 names', home, '--kind',
                        'organisation', '--columns', 'name=1', '--file',
                        queries)
    subprocess.run([bench.assay, 'screen', *DAY, NAME], check=False,
                   env={**os.environ, 'ASSAY_HOME': home},
                   stdout=subprocess.DEVNULL)
    note = MILLION.format(real=real) + percentiles(
        bench, knowledge, 'organisation', queries)
    note += f'\n* the index has {os.path.getsize(index) >> 20} MiB'
    yield Section('Screen 2,000 names on a list of a million', [
        Command('count the lines of the list', ['wc', '-l', listed]),
        screen_all,
        Command('assay screen, one name and the index made anew',
                ['sh', '-c', anew], env={'ASSAY_HOME': home},
                statuses=STATUSES),
    ], [listed, queries], note, rounds=3)


def sections(bench):
    if not bench.corpus or not os.path.isdir(
            os.path.join(bench.corpus, 'parties', 'us-csl')):
        return
    yield from start(bench)
    yield from million(bench)
