# SPDX-License-Identifier: Apache-2.0
"""Parsing the JSON of a large bill of materials: the floor under a review."""

import glob
import json
import os
import sys

from run import Command, Section


def largest(bench):
    """The largest document of the corpus, or one made here without it."""
    if bench.corpus:
        found = glob.glob(os.path.join(bench.corpus, 'conformance',
                                       'bom-examples', '**', '*.json'),
                          recursive=True)
        return max(found, key=os.path.getsize)
    path = os.path.join(bench.work, 'made.cdx.json')
    if not os.path.exists(path):
        parts = [{'type': 'library', 'name': f'part-{i}',
                  'version': f'{i % 7}.{i % 11}.{i % 13}',
                  'purl': f'pkg:npm/part-{i}@{i % 7}.{i % 11}.{i % 13}'}
                 for i in range(100_000)]
        with open(path, 'w', encoding='utf-8') as f:
            json.dump({'bomFormat': 'CycloneDX', 'specVersion': '1.6',
                       'components': parts}, f, indent=1)
    return path


def sections(bench):
    path = largest(bench)
    commands = [
        Command('assay base/json',
                [os.path.join(bench.build, 'bench', 'parse_json'), path]),
        Command('Python json',
                ['python3', '-c', 'import json, sys; '
                 'json.load(open(sys.argv[1], "rb"))', path],
                version=sys.version.split()[0]),
    ]
    missing = {}
    if bench.tool('jq'):
        commands.append(Command('jq', ['jq', 'empty', path],
                                version=bench.first_line('jq', '--version')))
    else:
        missing['jq'] = 'not installed'
    yield Section('Parse the JSON of a bill of materials', commands, [path],
                  'What any reader of the document has to pay first.',
                  missing)
