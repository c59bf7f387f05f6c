# SPDX-License-Identifier: Apache-2.0
"""A whole review of a 10,000-component BOM, beside the time to parse its JSON
and beside a peer that has the same records."""

import glob
import hashlib
import json
import os
import subprocess
import zipfile

from run import Command, Section

PARTS = 10_000
KNOWN_OF_TEN = 3    # so many of ten parts have an advisory of their module


def modules(records):
    """(module, a version near each end of a range) from OSV records."""
    found = {}
    for path in records:
        with open(path, encoding='utf-8') as f:
            record = json.load(f)
        for affected in record.get('affected', []):
            name = affected.get('package', {}).get('name', '')
            if affected.get('package', {}).get('ecosystem') != 'Go' or \
                    '.' not in name:
                continue
            for r in affected.get('ranges', []):
                for event in r.get('events', []):
                    found.setdefault(name, set()).update(
                        v for v in event.values() if v != '0')
    return sorted((name, sorted(v)) for name, v in found.items() if v)


def component(name, version):
    purl = f'pkg:golang/{name}@v{version}'
    return {
        'bom-ref': purl, 'type': 'library', 'name': name,
        'version': 'v' + version, 'purl': purl,
        'hashes': [{'alg': 'SHA-256', 'content':
                    hashlib.sha256(purl.encode()).hexdigest()}],
        'licenses': [{'license': {'id': 'Apache-2.0'}}],
        'externalReferences': [{'type': 'vcs', 'url': 'https://' + name}],
    }


def make_bom(path, known):
    """The same bytes every time."""
    parts = {}
    n = 0
    while len(parts) < PARTS:
        n += 1
        if n % 10 < KNOWN_OF_TEN:
            name, versions = known[n * 7919 % len(known)]
            version = versions[n * 104729 % len(versions)]
        else:
            name = f'part{n % 4001}.example/library'
            version = f'{n % 3}.{n % 17}.{n % 29}'
        c = component(name, version)
        parts.setdefault(c['purl'], c)
    bom = {'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
           'metadata': {'component': {
               'bom-ref': 'product', 'type': 'application',
               'name': 'bench', 'version': '1'}},
           'components': list(parts.values()),
           'dependencies': [{'ref': 'product', 'dependsOn': list(parts)}]}
    with open(path, 'w', encoding='utf-8') as f:
        json.dump(bom, f, indent=2)


def make_zip(path, records):
    """The records as osv-scanner keeps them for use offline."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        for record in records:
            info = zipfile.ZipInfo(os.path.basename(record))
            info.compress_type = zipfile.ZIP_DEFLATED
            with open(record, 'rb') as f:
                z.writestr(info, f.read())


def peer(bench, bom, records):
    """osv-scanner with the same records, or why not."""
    tool = os.environ.get('OSV_SCANNER') or bench.tool('osv-scanner')
    if not tool:
        return None, ('not installed (OSV_SCANNER names it; `go install '
                      'github.com/google/osv-scanner/v2/cmd/osv-scanner`)')
    home = os.path.join(bench.work, 'osv')
    make_zip(os.path.join(home, 'osv-scalibr', 'Go', 'all.zip'), records)
    words = [tool, 'scan', 'source', '--offline', '--format', 'json',
             '--local-db-path', home, '-L', bom]
    return Command('osv-scanner', words, statuses=(0, 1),
                   version=bench.first_line(tool, '--version')), None


def sections(bench):
    folder = os.path.join(bench.corpus or '', 'vulns', 'osv-go')
    if not bench.corpus or not os.path.isdir(folder):
        print('\nreview: skipped, no corpus')
        return
    records = sorted(glob.glob(os.path.join(folder, '**', '*.json'),
                               recursive=True))
    bom = os.path.join(bench.work, '10000.cdx.json')
    make_bom(bom, modules(records))
    home = os.path.join(bench.work, 'home')
    subprocess.run([bench.assay, 'feeds', 'import', folder], check=True,
                   env={**os.environ, 'ASSAY_HOME': home},
                   stdout=subprocess.DEVNULL)
    parse = os.path.join(bench.build, 'bench', 'parse_json')
    commands = [
        Command('parse its JSON', [parse, bom]),
        Command('assay review', [bench.assay, 'review', bom, '--format',
                                 'json'], env={'ASSAY_HOME': home},
                statuses=(0, 1, 2)),
    ]
    other, why = peer(bench, bom, records)
    missing = {'osv-scanner': why} if why else {}
    yield Section(f'Review {PARTS:,} components against the Go advisories',
                  commands + ([other] if other else []), [bom],
                  f'{len(records)} OSV records, the same for both. Both '
                  'write their findings as JSON.', missing)
