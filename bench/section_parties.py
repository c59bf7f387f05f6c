# SPDX-License-Identifier: Apache-2.0
"""Two names compared, and questions of who owns whom."""

import os
import subprocess

import screen_names
from run import Command, Section

NAMES = """Every tenth name of the kind on the US list prepared, and compared
with the next hundred; microseconds of processor time:

"""
OWNERS = """A graph of the size of the global register of legal entities, made
here: 600,000 relations, groups of up to 2,000 parties, one share in fifty
unknown, one in a hundred that closes a ring.

"""


def said(command):
    done = subprocess.run(command.words, check=True, text=True,
                          stdout=subprocess.PIPE)
    return '\n'.join('* ' + line for line in done.stdout.splitlines())


def sections(bench):
    tool = os.path.join(bench.build, 'bench', 'owners')
    owners = Command('order it, and ask', [tool])
    if bench.corpus and os.path.isdir(
            os.path.join(bench.corpus, 'parties', 'us-csl')):
        files = screen_names.by_kind(bench)
        tool = os.path.join(bench.build, 'bench', 'name_compare')
        commands = [Command(kind + 's', [tool, kind, path])
                    for kind, path in files.items()]
        yield Section('Compare names', commands, list(files.values()),
                      NAMES + '\n'.join(said(c) for c in commands), rounds=3)
    yield Section('Ask who owns whom', [
        Command('a shell that does nothing', ['sh', '-c', ':']), owners], [],
        OWNERS + said(owners), rounds=3)
