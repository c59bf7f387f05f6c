# SPDX-License-Identifier: Apache-2.0
"""What a run costs before there is any work: one part."""

import os

import osv
from run import Command, Section

from section_review import PEER, knowledge, peer, review

BOM = ('{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,'
       '"components":[{"type":"library","name":"requests",'
       '"version":"2.19.0","purl":"pkg:pypi/requests@2.19.0"}]}\n')


def sections(bench):
    path = os.path.join(bench.work, 'one-part.cdx.json')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(BOM)
    commands = [
        Command('a shell that does nothing', ['sh', '-c', ':']),
        Command('assay purl', [bench.assay, 'purl',
                               'pkg:pypi/requests@2.19.0']),
    ]
    missing = {}
    if osv.usable(bench):
        zips = osv.zips(bench)
        base = knowledge(bench, 'osv', zips)
        commands.append(review(bench, 'assay review', base, path))
        if bench.tool(PEER):
            commands.append(peer(bench, path))
    if not bench.tool(PEER):
        missing['osv-scanner'] = 'not in PATH; OSV_SCANNER can name it'
    yield Section('Review one part', commands, [path],
                  'The cost of a run before there is any work to speak of.',
                  missing)
