# SPDX-License-Identifier: Apache-2.0
"""OSV records of the corpus, one zip an ecosystem, as the feeds are offered.

What is imported here and what a peer reads offline are then the same bytes.
Records that their source keeps as YAML become JSON.
"""

import glob
import json
import os
import random
import zipfile

try:
    import yaml
except ImportError:
    yaml = None

FOLDER = 'osv-scalibr'      # what osv-scanner adds to its --local-db-path
# A peer stops at an ecosystem it has no file for: these get an empty one.
EMPTY = ('GIT', 'Maven', 'npm')


def usable(bench):
    """Is there what records() needs?"""
    return bool(bench.corpus and yaml)


def loader():
    """YAML without dates: they stay the text they are."""
    class Loader(yaml.CSafeLoader):
        pass
    Loader.yaml_implicit_resolvers = {
        first: [r for r in rules if r[0] != 'tag:yaml.org,2002:timestamp']
        for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()}
    return Loader


def records(bench):
    """Every record of the corpus, in the order of the file names."""
    rules = loader()
    pattern = os.path.join(bench.corpus, 'vulns', 'osv-*', '**', '*.*')
    for path in sorted(filter(os.path.isfile,
                              glob.glob(pattern, recursive=True))):
        with open(path, encoding='utf-8') as f:
            if path.endswith('.json'):
                record = json.load(f)
            elif path.endswith('.yaml'):
                record = yaml.load(f, rules)
            else:
                continue
        if isinstance(record, dict) and 'affected' in record:
            yield record


def ecosystem(affected):
    """Its ecosystem without the release."""
    return affected.get('package', {}).get('ecosystem', '').split(':')[0]


def write_zip(path, found):
    """The same bytes from the same records: no clock, sorted."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    # A few records stand in two folders of their source.
    found = list({r['id']: r for r in found}.values())
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        for record in sorted(found, key=lambda r: r['id']):
            entry = zipfile.ZipInfo(record['id'] + '.json')
            entry.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(entry, json.dumps(record))


def zips(bench):
    """WORK/osv/osv-scalibr/ECOSYSTEM/all.zip; returns the paths."""
    base = os.path.join(bench.work, 'osv', FOLDER)
    pattern = os.path.join(base, '*', 'all.zip')
    done = os.path.join(base, '.done')
    if not os.path.exists(done):
        of = {e: [] for e in EMPTY}
        for record in records(bench):
            for e in {ecosystem(a) for a in record['affected']} - {''}:
                of.setdefault(e, []).append(record)
        for e, found in of.items():
            write_zip(os.path.join(base, e, 'all.zip'), found)
        with open(done, 'w', encoding='utf-8'):
            pass
    return sorted(p for p in glob.glob(pattern)
                  if os.path.basename(os.path.dirname(p)) not in EMPTY)


def bounds(affected):
    """Versions that a record names for a package, listed or as bounds."""
    yield from affected.get('versions', [])[:200]
    for r in affected.get('ranges', []):
        if r.get('type') == 'GIT':
            continue
        for event in r.get('events', []):
            yield from (v for v in event.values() if v not in ('0', ''))


def packages(bench):
    """(ecosystem, name) -> sorted versions that records speak of."""
    out = {}
    for path in zips(bench):
        with zipfile.ZipFile(path) as z:
            for name in z.namelist():
                for a in json.loads(z.read(name))['affected']:
                    key = (ecosystem(a), a.get('package', {}).get('name'))
                    out.setdefault(key, set()).update(bounds(a))
    return {k: sorted(v) for k, v in sorted(out.items())}


def neighbour(rng, version):
    """The version itself, or one a little before or after it."""
    parts = version.split('.')
    at = len(parts) - 1
    if rng.random() < 0.5 and parts[at].isdigit():
        parts[at] = str(max(0, int(parts[at]) + rng.choice((-1, 1, 2))))
    return '.'.join(parts)


def choose(rng, known, wanted):
    """(ecosystem, name, version) of packages that have advisories."""
    usable = [(k, v) for k, v in known.items()
              if v and k[0] in ('PyPI', 'Go', 'Bitnami', 'CRAN', 'Homebrew')]
    rng.shuffle(usable)
    for (eco, name), versions in sorted(usable[:wanted]):
        yield eco, name, neighbour(rng, rng.choice(versions))
