#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a bill of materials of any size, for benchmarks and ceilings.

    tools/make-bom.py 10000 > big.cdx.json
    tools/make-bom.py --bytes 250000000 > huge.cdx.json
    tools/make-bom.py --format spdx 10000 > big.spdx.json
    tools/make-bom.py --format purl 10000 > big.txt

The names are those of widely used packages, the versions are made up around
true ones, the rest (hashes, licences, makers, dependencies) looks as scanners
write it. The same arguments give the same bytes: there is no clock and no
chance in it but a seeded one.
"""

import argparse
import hashlib
import json
import random
import sys

# type, namespace, highest version, licence, names
FAMILIES = [
    ('npm', None, (9, 30, 20), 'MIT',
     'lodash express minimist axios react vue semver debug ms qs ws send '
     'cookie jsonwebtoken chalk commander async moment uuid yargs glob rimraf '
     'mkdirp through2 readable-stream inherits body-parser tough-cookie '
     'follow-redirects node-fetch handlebars marked underscore bluebird '
     'ansi-regex braces micromatch ini json5 loader-utils terser'),
    ('npm', '%40babel', (7, 26, 9), 'MIT',
     'core traverse parser types generator runtime helpers template'),
    ('pypi', None, (6, 20, 9), 'Apache-2.0',
     'requests urllib3 certifi idna jinja2 markupsafe pyyaml cryptography '
     'numpy pandas django flask werkzeug pillow lxml sqlalchemy setuptools '
     'wheel six click attrs aiohttp tornado paramiko pygments protobuf '
     'rsa pyjwt scipy twisted'),
    ('maven', 'org.apache.logging.log4j', (2, 24, 3), 'Apache-2.0',
     'log4j-core log4j-api log4j-slf4j-impl'),
    ('maven', 'com.fasterxml.jackson.core', (2, 18, 4), 'Apache-2.0',
     'jackson-databind jackson-core jackson-annotations'),
    ('maven', 'org.springframework', (6, 2, 9), 'Apache-2.0',
     'spring-core spring-web spring-beans spring-context spring-webmvc'),
    ('maven', 'org.apache.commons', (1, 14, 0), 'Apache-2.0',
     'commons-text commons-compress commons-lang3 commons-io'),
    ('golang', 'golang.org/x', (0, 40, 0), 'BSD-3-Clause',
     'net crypto text sys sync oauth2 term tools'),
    ('golang', 'github.com/gorilla', (1, 8, 1), 'BSD-3-Clause',
     'websocket mux handlers sessions'),
    ('cargo', None, (1, 40, 9), 'MIT OR Apache-2.0',
     'serde tokio hyper rustls openssl regex time chrono rand libc bytes '
     'smallvec h2 ring'),
    ('gem', None, (7, 2, 2), 'MIT',
     'rails rack nokogiri puma sinatra activerecord actionpack json rexml'),
    ('nuget', None, (13, 0, 4), 'MIT',
     'Newtonsoft.Json System.Text.Json Serilog log4net NLog AutoMapper'),
    ('deb', 'debian', (3, 40, 9), 'GPL-2.0-or-later',
     'openssl libssl3 zlib1g libexpat1 libsqlite3-0 bash coreutils curl '
     'libcurl4 libc6 systemd sudo perl-base tar gzip'),
    ('rpm', 'redhat', (8, 60, 9), 'GPL-2.0-only',
     'openssl-libs kernel glibc bash curl libxml2 expat sqlite-libs sudo'),
    ('apk', 'alpine', (3, 20, 9), 'MIT',
     'busybox musl libcrypto3 libssl3 zlib apk-tools'),
    ('generic', None, (5, 30, 9), 'BSD-3-Clause',
     'openssl zlib busybox dropbear lwip mbedtls u-boot'),
]
MAKERS = ['Nordwerk Automation', 'Example Software GmbH', 'Acme Networks',
          'Open Projects Foundation']


class Part:
    """One component, as plain fields."""

    def __init__(self, rng, serial):
        kind, namespace, top, self.licence, names = rng.choice(FAMILIES)
        self.name = rng.choice(names.split())
        self.group = namespace and namespace.replace('%40', '@')
        numbers = [rng.randint(0, n) for n in top]
        self.version = '.'.join(map(str, numbers))
        if kind == 'deb':
            self.version += f'-{rng.randint(1, 4)}'
        if kind == 'golang':
            self.version = 'v' + self.version
        path = f'{namespace}/{self.name}' if namespace else self.name
        self.purl = f'pkg:{kind}/{path}@{self.version}'
        if kind == 'deb':
            self.purl += '?arch=amd64&distro=debian-12'
        if kind == 'rpm':
            self.purl += '?arch=x86_64&distro=redhat-9.4'
        if kind == 'apk':
            self.purl += '?arch=x86_64&distro=alpine-3.20'
        self.ref = f'{path}-{serial}'
        self.maker = rng.choice(MAKERS)
        self.kind = kind
        self.sha256 = hashlib.sha256(self.ref.encode()).hexdigest()
        self.cpe = (f'cpe:2.3:a:{self.name.lower()}:{self.name.lower()}:'
                    f'{numbers[0]}.{numbers[1]}.{numbers[2]}:*:*:*:*:*:*:*')
        count = min(serial, rng.randint(0, 3))
        self.needs = [rng.randint(0, serial - 1) for _ in range(count)]


def cyclonedx_component(part):
    """A component as scanners write it."""
    out = {'type': 'library', 'bom-ref': part.ref,
           'supplier': {'name': part.maker}}
    if part.group:
        out['group'] = part.group
    out.update({
        'name': part.name, 'version': part.version,
        'hashes': [{'alg': 'SHA-256', 'content': part.sha256}],
        'licenses': ([{'expression': part.licence}] if ' ' in part.licence
                     else [{'license': {'id': part.licence}}]),
        'cpe': part.cpe, 'purl': part.purl,
        'externalReferences': [
            {'type': 'website', 'url': f'https://{part.name}.example/'}],
        'properties': [
            {'name': 'scan:found-by', 'value': f'{part.kind}-cataloguer'},
            {'name': 'scan:location:0:path',
             'value': f'/usr/lib/{part.kind}/{part.ref}/manifest'}]})
    return out


def write_cyclonedx(parts, out):
    """The document, one component a line, never whole in memory."""
    refs = []
    out.write('{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,\n'
              '"serialNumber":"urn:uuid:5b0c7d0e-3a41-4f6b-9a52-8f1e6d7c2a11"'
              ',\n"metadata":{"timestamp":"2026-01-01T00:00:00Z","component":'
              '{"type":"device","bom-ref":"product","name":"Big Box",'
              '"version":"1.0"}},\n"components":[\n')
    for n, part in enumerate(parts):
        out.write(',\n' if n else '')
        out.write(json.dumps(cyclonedx_component(part)))
        refs.append((part.ref, part.needs))
    out.write('\n],\n"dependencies":[\n')
    for n, (ref, needs) in enumerate(refs):
        out.write(',\n' if n else '')
        out.write(json.dumps({'ref': ref, 'dependsOn': sorted(
            {refs[i][0] for i in needs})}))
    out.write('\n]}\n')


def spdx_package(part, number):
    """A package of SPDX 2.3."""
    return {
        'SPDXID': f'SPDXRef-Package-{number}', 'name': part.name,
        'versionInfo': part.version, 'downloadLocation': 'NOASSERTION',
        'supplier': f'Organization: {part.maker}',
        'licenseConcluded': 'NOASSERTION', 'licenseDeclared': part.licence,
        'checksums': [{'algorithm': 'SHA256', 'checksumValue': part.sha256}],
        'externalRefs': [
            {'referenceCategory': 'PACKAGE-MANAGER', 'referenceType': 'purl',
             'referenceLocator': part.purl},
            {'referenceCategory': 'SECURITY', 'referenceType': 'cpe23Type',
             'referenceLocator': part.cpe}]}


def write_spdx(parts, out):
    """SPDX 2.3, JSON."""
    needs = []
    out.write('{"spdxVersion":"SPDX-2.3","dataLicense":"CC0-1.0",'
              '"SPDXID":"SPDXRef-DOCUMENT","name":"Big Box",\n'
              '"documentNamespace":"https://nordwerk.example/big-box",\n'
              '"creationInfo":{"created":"2026-01-01T00:00:00Z",'
              '"creators":["Tool: make-bom"]},\n"packages":[\n')
    for n, part in enumerate(parts):
        out.write(',\n' if n else '')
        out.write(json.dumps(spdx_package(part, n)))
        needs.append(part.needs)
    out.write('\n],\n"relationships":[\n')
    first = True
    for n, targets in enumerate(needs):
        for target in sorted(set(targets)):
            out.write('' if first else ',\n')
            first = False
            out.write(json.dumps({
                'spdxElementId': f'SPDXRef-Package-{n}',
                'relationshipType': 'DEPENDS_ON',
                'relatedSpdxElement': f'SPDXRef-Package-{target}'}))
    out.write('\n]}\n')


def write_purls(parts, out):
    """One purl a line."""
    for part in parts:
        out.write(part.purl + '\n')


WRITERS = {'cyclonedx': (write_cyclonedx, 774), 'spdx': (write_spdx, 835),
           'purl': (write_purls, 41)}


def main():
    """Reads the command line and writes to standard output."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument('parts', type=int, nargs='?', default=10000)
    options.add_argument('--bytes', type=int,
                         help='about this size, instead of a count of parts')
    options.add_argument('--format', choices=WRITERS, default='cyclonedx')
    options.add_argument('--seed', type=int, default=1)
    given = options.parse_args()
    writer, each = WRITERS[given.format]
    count = given.bytes // each if given.bytes else given.parts
    rng = random.Random(given.seed)
    writer((Part(rng, n) for n in range(count)), sys.stdout)


if __name__ == '__main__':
    main()
