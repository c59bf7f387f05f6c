# SPDX-License-Identifier: Apache-2.0
"""Reviewing a bill of materials of 10,000 parts."""

import contextlib
import os
import subprocess

import agreement
import made
import osv
from run import Command, Section

from section_import import feeds

PEER = os.environ.get('OSV_SCANNER') or 'osv-scanner'
NOTE = """The bill of materials has {parts} parts: {known} packages that some
advisory of the corpus names, at versions around the ones it speaks of, and
names nobody has written about. Osv-scanner reads the OSV records of the corpus
offline, one zip an ecosystem; the first knowledge base of assay was imported
from the same zips, the second from all feeds of the corpus, the records of
the CVE list among them, with which each CPE is looked up as well. Time to
import is not in it: see the section on importing. Osv-scanner reads its zips
on every run.

The aim is three to five times the parse, and it is still missed. In
instructions (callgrind, the digest left out) parsing is 4 % of a review as
JSON; reading the parsed document into the model 9 %, sending it from the
worker to its parent 5 %, 20,000 look-ups and some 6,700 findings 37 %, holding
the document against its schema 24 %, the rules 9 %, the report 12 %. No single
cause stands out any more. The digest of the input, and the schema, overlap with
the rest where a second processor is free: read the ratio by the clock and the
processor time together."""
AGREEMENT = """

What the two find, of the same records:

"""


def knowledge(bench, name, paths):
    """A knowledge base of these feeds, made once by each build of assay."""
    path = os.path.join(bench.work, f'knowledge-{name}.db')
    if (not os.path.exists(path) or
            os.path.getmtime(path) < os.path.getmtime(bench.assay)):
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
        subprocess.run([bench.assay, 'feeds', 'import', '--knowledge', path,
                        *paths], check=True, stdout=subprocess.DEVNULL)
    return path


def review(bench, label, base, bom, *options):
    return Command(label, [bench.assay, 'review', '--knowledge', base,
                           '--as-of', '2026-11-01', *options, bom],
                   statuses=(0, 1, 2))


def peer(bench, bom):
    """osv-scanner: 1 says that it found something."""
    return Command('osv-scanner', [
        PEER, 'scan', 'source', '--offline', '--local-db-path',
        os.path.join(bench.work, 'osv'), '--format', 'json', '-L', bom],
        statuses=(0, 1), version=bench.first_line(PEER, '--version'))


def sections(bench):
    if not osv.usable(bench):
        return
    bom = made.review_bom(bench)
    zips = osv.zips(bench)
    small = knowledge(bench, 'osv', zips)
    whole = knowledge(bench, 'all', feeds(bench))
    commands = [
        Command('parse the JSON alone', [
            os.path.join(bench.build, 'bench', 'parse_json'), bom]),
        Command('assay bom convert', [bench.assay, 'bom', 'convert', bom]),
        review(bench, 'assay, OSV records, JSON', small, bom,
               '--format', 'json'),
        review(bench, 'assay, OSV records, text', small, bom),
        review(bench, 'assay, all feeds, JSON', whole, bom,
               '--format', 'json'),
    ]
    note = NOTE.format(parts=made.PARTS, known=made.KNOWN)
    missing = {}
    if bench.tool(PEER):
        commands.append(peer(bench, bom))
        note += AGREEMENT + '\n'.join(agreement.compare(
            agreement.output(commands[2]), agreement.output(commands[-1]),
            zips))
    else:
        missing['osv-scanner'] = 'not in PATH; OSV_SCANNER can name it'
    yield Section(f'Review {made.PARTS} parts', commands, [bom, *zips], note,
                  missing, rounds=5, together=True)
