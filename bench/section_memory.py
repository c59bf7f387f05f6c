# SPDX-License-Identifier: Apache-2.0
"""A bill of materials of 250 MB: time, and memory of all processes."""

import os
import sys

import made
import osv
from run import Command, Section

from section_review import knowledge

NOTE = """Some 320,000 parts. The aim is 1.5 GiB. "memory" is that of the
largest process, "together" the proportional share of memory of all processes
of a command at its worst moment, looked at some hundred times a second."""


def sections(bench):
    bom = made.huge_bom(bench)
    commands = [
        Command('parse the JSON alone', [
            os.path.join(bench.build, 'bench', 'parse_json'), bom]),
        Command('assay bom convert', [bench.assay, 'bom', 'convert', bom]),
        Command('assay bom validate', [bench.assay, 'bom', 'validate', bom],
                statuses=(0, 65)),
    ]
    if osv.usable(bench):
        base = knowledge(bench, 'osv', osv.zips(bench))
        commands.append(Command('assay review', [
            bench.assay, 'review', '--knowledge', base, '--as-of',
            '2026-11-01', bom], statuses=(0, 1, 2)))
    commands.append(Command(
        'Python json', ['python3', '-c', 'import json, sys; '
                        'json.load(open(sys.argv[1], "rb"))', bom],
        version=sys.version.split()[0]))
    yield Section('Read 250 MB', commands, [bom], NOTE, rounds=3,
                  together=True)
