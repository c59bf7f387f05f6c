# SPDX-License-Identifier: Apache-2.0
"""Bills of material made for the timings: the same bytes every time.

The one for the review holds packages that advisories of the corpus name, at
versions around the ones they speak of, among packages nobody has written
about. Its components look as scanners write them (tools/make-bom.py).
"""

import contextlib
import hashlib
import importlib.util
import os
import random
import subprocess
import sys
from urllib.parse import quote

import osv

PARTS = 10_000
KNOWN = 2_000           # of which some advisory speaks
MAKERS = ('Nordwerk Automation', 'Example Software GmbH', 'Acme Networks')
TYPES = {'PyPI': 'pypi', 'Go': 'golang', 'Bitnami': 'bitnami', 'CRAN': 'cran',
         'Homebrew': 'brew', 'npm': 'npm', 'Maven': 'maven'}
FIRST = ('async auth base binary bulk cache cloud cluster config core crypto '
         'data edge event fast field fleet form frame graph grid http image '
         'index json kernel lazy link local log meter mini model net node '
         'open packet parallel path plain point proto query queue quick ring '
         'route safe schema sensor signal simple smart stream sync table '
         'task tiny token typed vector web wire yaml zero').split()
SECOND = ('adapter agent bridge buffer builder client codec compat context '
          'daemon driver engine exporter filter gateway handler helpers hooks '
          'kit lib loader manager middleware parser plugin pool proxy reader '
          'registry router runner sdk server session shim store tools types '
          'utils validator watcher worker writer').split()
CLEAN = (('PyPI', 40), ('Go', 40), ('npm', 12), ('Maven', 8))


def tool():
    """tools/make-bom.py as a module."""
    path = os.path.join(os.path.dirname(os.path.dirname(
        os.path.abspath(__file__))), 'tools', 'make-bom.py')
    spec = importlib.util.spec_from_file_location('make_bom', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Part:
    """One component, in the fields tools/make-bom.py writes."""

    def __init__(self, rng, serial, package):
        ecosystem, path, self.version = package
        self.kind = TYPES[ecosystem]
        if ecosystem == 'Maven':
            path = path.replace(':', '/')
        if ecosystem == 'Go':
            self.version = 'v' + self.version
        self.group, _, self.name = path.rpartition('/')
        self.purl = (f'pkg:{self.kind}/' + quote(path.lower(), '/') + '@' +
                     quote(self.version, '/'))
        self.ref = f'{path}-{serial}'
        self.maker = rng.choice(MAKERS)
        self.licence = rng.choice(('MIT', 'Apache-2.0', 'BSD-3-Clause'))
        self.sha256 = hashlib.sha256(self.ref.encode()).hexdigest()
        vendor = (self.group.split('/')[-1] or self.name).lower().strip('@')
        product = self.name.lower()
        version = self.version.lstrip('v').split('+')[0].replace(':', '')
        self.cpe = f'cpe:2.3:a:{vendor}:{product}:{version}:*:*:*:*:*:*:*'
        self.needs = [rng.randint(0, serial - 1)
                      for _ in range(min(serial, rng.randint(0, 3)))]


def clean(rng, known):
    """Packages nobody has written about, without end."""
    kinds = [e for e, share in CLEAN for _ in range(share)]
    seen = set()
    while True:
        ecosystem = rng.choice(kinds)
        name = f'{rng.choice(FIRST)}-{rng.choice(SECOND)}'
        owner = f'{rng.choice(FIRST)}{rng.choice(SECOND)}'
        path = {'Go': f'github.com/{owner}/{name}',
                'Maven': f'io.{owner}:{name}',
                'npm': f'@{owner}/{name}'}.get(
                    ecosystem, f'{name}-{rng.choice(SECOND)}')
        if (ecosystem, path) in known or (ecosystem, path) in seen:
            continue
        seen.add((ecosystem, path))
        yield ecosystem, path, '.'.join(
            str(rng.randint(0, n)) for n in (4, 30, 9))


def review_bom(bench):
    """Its path; made from the advisories of the corpus."""
    path = os.path.join(bench.work, 'review-10k.cdx.json')
    if not os.path.exists(path):
        rng = random.Random(10)
        known = osv.packages(bench)
        chosen = list(osv.choose(rng, known, KNOWN))
        more = clean(rng, known)
        chosen += [next(more) for _ in range(PARTS - len(chosen))]
        rng.shuffle(chosen)
        parts = [Part(rng, n, package) for n, package in enumerate(chosen)]
        with open(path + '.new', 'w', encoding='utf-8') as f:
            tool().write_cyclonedx(parts, f)
        os.rename(path + '.new', path)
    return path


def huge_bom(bench, size=250_000_000):
    """The path of a document of about this many bytes."""
    path = os.path.join(bench.work, f'bom-{size // 1_000_000}MB.cdx.json')
    if not os.path.exists(path):
        with open(path + '.new', 'wb') as f:
            subprocess.run([sys.executable, tool().__file__, '--bytes',
                            str(size)], stdout=f, check=True)
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
        os.rename(path + '.new', path)
    return path
