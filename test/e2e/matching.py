# SPDX-License-Identifier: Apache-2.0
"""Matching, end to end on the real binary: small knowledge, one product, and
what must come out. Each case is data: the traps of the notes, sections 2 and 5.

A case: records (OSV, CVE, KEV as the feeds have them), components of a
CycloneDX document, and what is expected: {component name: (outcome, statuses
of its findings by advisory)}, the verdict, and checks on findings."""
import json
import os
import subprocess
import tempfile

ASSAY = os.path.join(os.environ['ASSAY_BUILD'], 'assay')
EXIT = {'accept': 0, 'reject': 1, 'undecided': 2}
V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
LOW = 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N'


def osv(ident, ecosystem, name, events=None, versions=None, vector=V31,
        range_type='SEMVER', **more):
    affected = {'package': {'ecosystem': ecosystem, 'name': name}}
    if events:
        affected['ranges'] = [{'type': range_type, 'events': events}]
    if versions:
        affected['versions'] = versions
    record = {'schema_version': '1.6.0', 'id': ident,
              'modified': '2024-01-02T00:00:00Z',
              'published': '2024-01-01T00:00:00Z', 'affected': [affected]}
    if vector:
        record['severity'] = [{'type': 'CVSS_V3', 'score': vector}]
    record.update(more)
    return record


def cve(ident, affected, vector=V31, **more):
    cna = {'providerMetadata': {'orgId': 'x'}, 'affected': affected,
           'descriptions': [{'lang': 'en', 'value': 'a flaw'}],
           'metrics': [{'cvssV3_1': {
               'version': '3.1', 'vectorString': vector, 'baseScore': 9.8,
               'baseSeverity': 'CRITICAL'}}]}
    cna.update(more)
    return {'dataType': 'CVE_RECORD', 'dataVersion': '5.1',
            'cveMetadata': {'cveId': ident, 'state': 'PUBLISHED',
                            'assignerOrgId': 'x',
                            'datePublished': '2024-01-01T00:00:00'},
            'containers': {'cna': cna}}


def cpe_row(criteria, vulnerable=True, **bounds):
    return {'vulnerable': vulnerable, 'criteria': criteria, **bounds}


def applicability(ident, *nodes, operator='OR'):
    """A CVE record as NVD has it: nodes of CPE rows."""
    return cve(ident, [{'vendor': 'n/a', 'product': 'n/a', 'versions': [
        {'version': 'n/a', 'status': 'affected'}]}],
        cpeApplicability=[{'operator': operator, 'nodes': [
            {'operator': 'OR', 'negate': False, 'cpeMatch': rows}
            for rows in nodes]}])


def kev(*entries):
    return {'title': 'CISA Catalog of Known Exploited Vulnerabilities',
            'catalogVersion': '2024.06.01',
            'dateReleased': '2024-06-01T00:00:00Z', 'count': len(entries),
            'vulnerabilities': [
                {'cveID': i, 'vendorProject': 'x', 'product': 'y',
                 'vulnerabilityName': 'z', 'dateAdded': added,
                 'shortDescription': 's', 'requiredAction': 'r',
                 'dueDate': '2024-07-01', 'knownRansomwareCampaignUse':
                 'Unknown', 'notes': '', 'cwes': []}
                for i, added in entries]}


def part(name, version=None, purl=None, cpe=None, **more):
    c = {'type': 'library', 'name': name, 'bom-ref': name}
    for key, value in (('version', version), ('purl', purl), ('cpe', cpe)):
        if value:
            c[key] = value
    c.update(more)
    return c


def vex(ident, state, ref, versions=None, updated=None, **analysis):
    statement = {'id': ident, 'analysis': {'state': state, **analysis},
                 'affects': [{'ref': ref}]}
    if versions:
        statement['affects'][0]['versions'] = versions
    if updated:
        statement['updated'] = updated
    return statement


ZERO_FIX = [{'introduced': '0'}, {'fixed': '2.0.0'}]
NOKEV = kev()
SERIAL = '11111111-1111-4111-8111-111111111111'
OTHER = '22222222-2222-4222-8222-222222222222'

CASES = [
    ('npm scope is part of the name',
     [osv('GHSA-aaaa-aaaa-aaaa', 'npm', '@acme/web', ZERO_FIX), NOKEV],
     [part('web', '1.0.0', 'pkg:npm/%40acme/web@1.0.0'),
      part('other', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'web': ('matched', {'GHSA-aaaa-aaaa-aaaa': 'open'}),
      'other': ('clean', {})}, 'reject'),
    ('fixed version and above are clean',
     [osv('GHSA-aaaa-aaaa-aaab', 'npm', 'web', ZERO_FIX), NOKEV],
     [part('a', '1.9.9', 'pkg:npm/web@1.9.9'),
      part('b', '2.0.0', 'pkg:npm/web@2.0.0'),
      part('c', '2.0.0-rc.1', 'pkg:npm/web@2.0.0-rc.1')],
     {'a': ('matched', {'GHSA-aaaa-aaaa-aaab': 'open'}), 'b': ('clean', {}),
      'c': ('matched', {'GHSA-aaaa-aaaa-aaab': 'open'})}, 'reject'),
    ('last_affected includes its version',
     [osv('PYSEC-1', 'PyPI', 'Foo_Bar', [{'introduced': '1.0'},
                                         {'last_affected': '1.5'}],
          range_type='ECOSYSTEM'), NOKEV],
     [part('a', '1.5', 'pkg:pypi/foo-bar@1.5'),
      part('b', '1.5.post1', 'pkg:pypi/foo-bar@1.5.post1'),
      part('c', '0.9', 'pkg:pypi/foo-bar@0.9')],
     {'a': ('matched', {'PYSEC-1': 'open'}), 'b': ('clean', {}),
      'c': ('clean', {})}, 'reject'),
    ('versions are ORed with ranges',
     [osv('PYSEC-2', 'PyPI', 'foo', [{'introduced': '3.0'},
                                     {'fixed': '3.1'}], ['1.0'],
          range_type='ECOSYSTEM'), NOKEV],
     [part('a', '1.0', 'pkg:pypi/foo@1.0'),
      part('b', '2.0', 'pkg:pypi/foo@2.0'),
      part('c', '3.0.5', 'pkg:pypi/foo@3.0.5')],
     {'a': ('matched', {'PYSEC-2': 'open'}), 'b': ('clean', {}),
      'c': ('matched', {'PYSEC-2': 'open'})}, 'reject'),
    ('a purl without version is looked up with the part\'s',
     [osv('GHSA-aaaa-aaaa-aaac', 'npm', 'web', ZERO_FIX), NOKEV],
     [part('a', '1.0.0', 'pkg:npm/web')],
     {'a': ('matched', {'GHSA-aaaa-aaaa-aaac': 'open'})}, 'reject'),
    ('no version at all is undecided, not affected and not clean',
     [osv('GHSA-aaaa-aaaa-aaad', 'npm', 'web', ZERO_FIX), NOKEV],
     [part('a', None, 'pkg:npm/web')],
     {'a': ('not_examined', {'GHSA-aaaa-aaaa-aaad': 'undecided'})},
     'undecided'),
    ('withdrawn records never match',
     [osv('GHSA-aaaa-aaaa-aaae', 'npm', 'web', ZERO_FIX,
          withdrawn='2024-02-01T00:00:00Z'), NOKEV],
     [part('a', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'a': ('clean', {})}, 'accept'),
    ('aliases make one finding under the CVE',
     [osv('GHSA-aaaa-aaaa-aaaf', 'npm', 'web', ZERO_FIX,
          aliases=['CVE-2024-0001']),
      osv('OSV-2024-1', 'npm', 'web', ZERO_FIX, aliases=['CVE-2024-0001']),
      NOKEV],
     [part('a', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'a': ('matched', {'CVE-2024-0001': 'open'})}, 'reject'),
    ('nested components are parts',
     [osv('GHSA-aaaa-aaaa-aaag', 'npm', 'web', ZERO_FIX), NOKEV],
     [part('outer', '1', 'pkg:npm/outer@1.0.0', components=[
         part('inner', '1.0.0', 'pkg:npm/web@1.0.0')])],
     {'inner': ('matched', {'GHSA-aaaa-aaaa-aaag': 'open'})}, 'reject'),
    ('GIT ranges are passed over, not taken as no',
     [{**osv('OSV-2024-2', 'PyPI', 'foo', ZERO_FIX, range_type='ECOSYSTEM'),
       'affected': [{'package': {'ecosystem': 'PyPI', 'name': 'foo'},
                     'ranges': [
                         {'type': 'GIT', 'repo': 'https://x',
                          'events': [{'introduced': '0'},
                                     {'fixed': 'abc'}]},
                         {'type': 'ECOSYSTEM', 'events': ZERO_FIX}]}]},
      NOKEV],
     [part('a', '1.0', 'pkg:pypi/foo@1.0')],
     {'a': ('matched', {'OSV-2024-2': 'open'})}, 'reject'),
    ('a low score does not reject',
     [osv('GHSA-aaaa-aaaa-aaah', 'npm', 'web', ZERO_FIX, vector=LOW), NOKEV],
     [part('a', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'a': ('matched', {'GHSA-aaaa-aaaa-aaah': 'open'})}, 'accept'),
    ('an exploited flaw rejects whatever its score',
     [osv('GHSA-aaaa-aaaa-aaai', 'npm', 'web', ZERO_FIX, vector=LOW,
          aliases=['CVE-2024-0002']), kev(('CVE-2024-0002', '2024-03-01'))],
     [part('a', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'a': ('matched', {'CVE-2024-0002': 'open'})}, 'reject'),
    ('exploited only after the date does not count',
     [osv('GHSA-aaaa-aaaa-aaaj', 'npm', 'web', ZERO_FIX, vector=LOW,
          aliases=['CVE-2024-0003']), kev(('CVE-2024-0003', '2026-06-01'))],
     [part('a', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'a': ('matched', {'CVE-2024-0003': 'open'})}, 'accept'),
    ('no list of exploited flaws: cannot tell',
     [osv('GHSA-aaaa-aaaa-aaak', 'npm', 'web', ZERO_FIX, vector=LOW)],
     [part('a', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'a': ('matched', {'GHSA-aaaa-aaaa-aaak': 'open'})}, 'undecided'),
    ('published after the date does not count',
     [osv('GHSA-aaaa-aaaa-aaal', 'npm', 'web', ZERO_FIX,
          published='2026-07-01T00:00:00Z',
          modified='2026-07-01T00:00:00Z'), NOKEV],
     [part('a', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'a': ('clean', {})}, 'accept'),
    ('unknown severity is a missing fact',
     [osv('GHSA-aaaa-aaaa-aaam', 'npm', 'web', ZERO_FIX, vector=None), NOKEV],
     [part('a', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'a': ('matched', {'GHSA-aaaa-aaaa-aaam': 'open'})}, 'undecided'),
    ('a distribution\'s advisory needs its release',
     [osv('DSA-1', 'Debian:12', 'openssl', [{'introduced': '0'},
                                            {'fixed': '3.0.11-1~deb12u2'}],
          range_type='ECOSYSTEM'), NOKEV],
     [part('a', '3.0.9-1', 'pkg:deb/debian/openssl@3.0.9-1?distro=debian-12'),
      part('b', '3.0.9-1', 'pkg:deb/debian/openssl@3.0.9-1?distro=debian-11'),
      part('c', '3.0.11-1~deb12u2',
           'pkg:deb/debian/openssl@3.0.11-1~deb12u2?distro=debian-12'),
      part('d', '3.0.9-1', 'pkg:deb/debian/openssl@3.0.9-1')],
     {'a': ('matched', {'DSA-1': 'open'}),
      'b': ('not_examined', {}), 'c': ('clean', {}),
      'd': ('not_examined', {'DSA-1': 'undecided'})}, 'reject'),
    ('a distribution is covered release by release',
     [osv('DSA-1', 'Debian:12', 'openssl', [{'introduced': '0'},
                                            {'fixed': '3.0.11-1~deb12u2'}],
          range_type='ECOSYSTEM'), NOKEV],
     [part('a', '1', 'pkg:deb/debian/zlib@1?distro=debian-12'),
      part('b', '1', 'pkg:deb/debian/zlib@1?distro=debian-10'),
      part('c', '1', 'pkg:deb/debian/zlib@1')],
     {'a': ('clean', {}), 'b': ('not_examined', {}),
      'c': ('not_examined', {})}, 'undecided'),
    ('a module of SUSE is of its service pack',
     [osv('SUSE-SU-2024:1-1',
          'SUSE:Linux Enterprise Module for Basesystem 15 SP5', 'openssl-3',
          [{'introduced': '0'}, {'fixed': '3.0.8-150500.5.1'}],
          range_type='ECOSYSTEM'), NOKEV],
     [part('a', '3.0.8-150500.3.1',
           'pkg:rpm/suse/openssl-3@3.0.8-150500.3.1?distro=sles-15.5'),
      part('b', '3.0.8-150500.5.1',
           'pkg:rpm/suse/openssl-3@3.0.8-150500.5.1?distro=sles-15.5'),
      part('c', '3.0.8-150500.3.1',
           'pkg:rpm/suse/openssl-3@3.0.8-150500.3.1?distro=sles-15.6')],
     {'a': ('matched', {'SUSE-SU-2024:1-1': 'open'}), 'b': ('clean', {}),
      'c': ('not_examined', {})}, 'reject'),
    ('advisories about the source package reach its binaries',
     [osv('DSA-2', 'Debian:12', 'openssl', [{'introduced': '0'},
                                            {'fixed': '3.0.11-1~deb12u2'}],
          range_type='ECOSYSTEM'), NOKEV],
     [part('libssl3', '3.0.9-1', 'pkg:deb/debian/libssl3@3.0.9-1'
           '?distro=debian-12&upstream=openssl')],
     {'libssl3': ('matched', {'DSA-2': 'open'})}, 'reject'),
    ('a missing rpm epoch is the advisory\'s',
     [osv('RHSA-1', 'Red Hat:enterprise_linux:9::baseos', 'dnsmasq',
          [{'introduced': '0'}, {'fixed': '1:2.85-14.el9'}],
          range_type='ECOSYSTEM'), NOKEV],
     [part('a', '2.85-13.el9', 'pkg:rpm/redhat/dnsmasq@2.85-13.el9'
           '?distro=rhel-9'),
      part('b', '2.85-14.el9', 'pkg:rpm/redhat/dnsmasq@2.85-14.el9'
           '?distro=rhel-9')],
     {'a': ('matched', {'RHSA-1': 'open'}), 'b': ('clean', {})}, 'reject'),
    ('a distribution\'s record of one CVE is exploited with it',
     [osv('DEBIAN-CVE-2024-0100', 'Debian:12', 'openssl',
          [{'introduced': '0'}, {'fixed': '3.0.11'}], range_type='ECOSYSTEM',
          vector=LOW, upstream=['CVE-2024-0100']),
      kev(('CVE-2024-0100', '2024-03-01'))],
     [part('a', '3.0.9-1', 'pkg:deb/debian/openssl@3.0.9-1?distro=debian-12')],
     {'a': ('matched', {'CVE-2024-0100': 'open'})}, 'reject'),
    ('a notice about several flaws is exploited with any of them',
     [osv('DSA-9', 'Debian:12', 'openssl',
          [{'introduced': '0'}, {'fixed': '3.0.11'}], range_type='ECOSYSTEM',
          vector=LOW, upstream=['CVE-2024-0101', 'CVE-2024-0102']),
      kev(('CVE-2024-0102', '2024-03-01'))],
     [part('a', '3.0.9-1', 'pkg:deb/debian/openssl@3.0.9-1?distro=debian-12')],
     {'a': ('matched', {'DSA-9': 'open'})}, 'reject'),
    ('exploited by any alias',
     [osv('GHSA-aaaa-aaaa-aaar', 'npm', 'web', ZERO_FIX, vector=LOW,
          aliases=['CVE-2024-0103', 'CVE-2024-0104']),
      kev(('CVE-2024-0104', '2024-03-01'))],
     [part('a', '1.0.0', 'pkg:npm/web@1.0.0')],
     {'a': ('matched', {'CVE-2024-0103': 'open'})}, 'reject'),
    ('aliases join through a third record',
     [osv('PYSEC-3', 'PyPI', 'foo', ZERO_FIX, range_type='ECOSYSTEM',
          aliases=['GHSA-aaaa-aaaa-aaas']),
      osv('GHSA-aaaa-aaaa-aaas', 'PyPI', 'foo', ZERO_FIX,
          range_type='ECOSYSTEM', aliases=['CVE-2024-0105']), NOKEV],
     [part('a', '1.0', 'pkg:pypi/foo@1.0')],
     {'a': ('matched', {'CVE-2024-0105': 'open'})}, 'reject'),
    ('a record about another release silences nothing',
     [osv('DSA-10', 'Debian:11', 'openssl',
          [{'introduced': '0'}, {'fixed': '9'}], range_type='ECOSYSTEM',
          aliases=['CVE-2024-0106']),
      osv('DSA-11', 'Debian:12', 'zlib',
          [{'introduced': '0'}, {'fixed': '9'}], range_type='ECOSYSTEM'),
      cve('CVE-2024-0106', [{
          'vendor': 'openssl', 'product': 'openssl',
          'defaultStatus': 'unaffected',
          'cpes': ['cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*'],
          'versions': [{'version': '0', 'lessThan': '4.0',
                        'status': 'affected', 'versionType': 'semver'}]}]),
      NOKEV],
     [part('a', '3.0.9-1', 'pkg:deb/debian/openssl@3.0.9-1?distro=debian-12',
           'cpe:2.3:a:openssl:openssl:3.0.9:*:*:*:*:*:*:*')],
     {'a': ('matched', {'CVE-2024-0106': 'candidate'})}, 'accept'),
    ('commits of a better identity do not hide the range of a worse',
     [osv('OSV-2024-3', 'PyPI', 'foo', [{'introduced': '0'}],
          range_type='GIT', aliases=['CVE-2024-0107']),
      cve('CVE-2024-0107', [{
          'vendor': 'acme', 'product': 'foo', 'defaultStatus': 'unaffected',
          'cpes': ['cpe:2.3:a:acme:foo:*:*:*:*:*:*:*:*'],
          'versions': [{'version': '0', 'lessThan': '4.0',
                        'status': 'affected', 'versionType': 'semver'}]}]),
      NOKEV],
     [part('a', '1.0', 'pkg:pypi/foo@1.0',
           'cpe:2.3:a:acme:foo:1.0:*:*:*:*:*:*:*')],
     {'a': ('matched', {'CVE-2024-0107': 'open'})}, 'reject'),
    ('CVE record by CPE: range, default status, medium confidence',
     [cve('CVE-2024-0010', [{
         'vendor': 'acme', 'product': 'daemon', 'defaultStatus': 'unaffected',
         'cpes': ['cpe:2.3:a:acme:daemon:*:*:*:*:*:*:*:*'],
         'versions': [{'version': '1.0', 'lessThan': '1.4',
                       'status': 'affected', 'versionType': 'semver'}]}]),
      NOKEV],
     [part('a', '1.3.9', None, 'cpe:2.3:a:acme:daemon:1.3.9:*:*:*:*:*:*:*'),
      part('b', '1.4.0', None, 'cpe:2.3:a:acme:daemon:1.4.0:*:*:*:*:*:*:*'),
      part('c', '0.9', None, 'cpe:2.3:a:acme:daemon:0.9:*:*:*:*:*:*:*')],
     {'a': ('matched', {'CVE-2024-0010': 'open'}), 'b': ('clean', {}),
      'c': ('clean', {})}, 'reject'),
    ('a CPE-only part is not an npm package of its name',
     [osv('GHSA-aaaa-aaaa-aaan', 'npm', 'daemon', ZERO_FIX),
      cve('CVE-2024-0011', [{
          'vendor': 'acme', 'product': 'other', 'defaultStatus': 'unaffected',
          'cpes': ['cpe:2.3:a:acme:other:*:*:*:*:*:*:*:*'],
          'versions': [{'version': '0', 'lessThan': '9',
                        'status': 'affected', 'versionType': 'semver'}]}]),
      NOKEV],
     [part('daemon', '1.0.0', None,
           'cpe:2.3:a:acme:daemon:1.0.0:*:*:*:*:*:*:*')],
     {'daemon': ('not_examined', {})}, 'undecided'),
    ('status changes inside a range are followed',
     [cve('CVE-2024-0012', [{
         'vendor': 'acme', 'product': 'daemon', 'defaultStatus': 'unaffected',
         'cpes': ['cpe:2.3:a:acme:daemon:*:*:*:*:*:*:*:*'],
         'versions': [{'version': '2.0', 'lessThan': '3.0',
                       'status': 'affected', 'versionType': 'semver',
                       'changes': [{'at': '2.0.5',
                                    'status': 'unaffected'}]}]}]), NOKEV],
     [part('a', '2.0.4', None, 'cpe:2.3:a:acme:daemon:2.0.4:*:*:*:*:*:*:*'),
      part('b', '2.0.6', None, 'cpe:2.3:a:acme:daemon:2.0.6:*:*:*:*:*:*:*')],
     {'a': ('matched', {'CVE-2024-0012': 'open'}), 'b': ('clean', {})},
     'reject'),
    ('commits of a copy do not contradict the record\'s versions',
     [{**cve('CVE-2024-0015', [
         {'vendor': 'Linux', 'product': 'Linux', 'defaultStatus': 'unaffected',
          'versions': [{'version': '1da177e4c3f4', 'lessThan': '948968f87476',
                        'status': 'affected', 'versionType': 'git'}]},
         {'vendor': 'Linux', 'product': 'Linux', 'defaultStatus': 'affected',
          'versions': [{'version': '4.9.292', 'lessThanOrEqual': '4.9.*',
                        'status': 'unaffected', 'versionType': 'custom'},
                       {'version': '5.16', 'lessThanOrEqual': '*',
                        'status': 'unaffected',
                        'versionType': 'original_commit_for_fix'}]}]),
       'containers': {
           'cna': cve('CVE-2024-0015', [
               {'vendor': 'Linux', 'product': 'Linux',
                'defaultStatus': 'affected',
                'cpes': ['cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*'],
                'versions': [{'version': '4.9.292',
                              'lessThanOrEqual': '4.9.*',
                              'status': 'unaffected',
                              'versionType': 'custom'},
                             {'version': '5.16', 'lessThanOrEqual': '*',
                              'status': 'unaffected', 'versionType':
                              'original_commit_for_fix'}]}])
           ['containers']['cna'],
           'adp': [{'title': 'CISA ADP Vulnrichment', 'affected': [
               {'cpes': ['cpe:2.3:o:linux:linux_kernel:-:*:*:*:*:*:*:*'],
                'vendor': 'linux', 'product': 'linux_kernel',
                'defaultStatus': 'unknown',
                'versions': [{'version': '1da177e4c3f4',
                              'lessThan': '948968f87476',
                              'status': 'affected',
                              'versionType': 'custom'}]}]}]}}, NOKEV],
     [part('a', '6.1.55', None,
           'cpe:2.3:o:linux:linux_kernel:6.1.55:*:*:*:*:*:*:*'),
      part('b', '5.4.0', None,
           'cpe:2.3:o:linux:linux_kernel:5.4.0:*:*:*:*:*:*:*'),
      part('c', '4.9.300', None,
           'cpe:2.3:o:linux:linux_kernel:4.9.300:*:*:*:*:*:*:*')],
     {'a': ('clean', {}), 'b': ('matched', {'CVE-2024-0015': 'open'}),
      'c': ('clean', {})}, 'reject'),
    ('a CPE that leaves the update open means every update',
     [applicability('CVE-2024-0110', [cpe_row(
         'cpe:2.3:a:acme:daemon:8.0:*:*:*:*:*:*:*')]), NOKEV],
     [part('a', '8.0', None, 'cpe:2.3:a:acme:daemon:8.0:sp1:*:*:*:*:*:*'),
      part('b', '8.1', None, 'cpe:2.3:a:acme:daemon:8.1:sp1:*:*:*:*:*:*')],
     {'a': ('matched', {'CVE-2024-0110': 'open'}), 'b': ('clean', {})},
     'reject'),
    ('a part that leaves the update open may be the one meant',
     [applicability('CVE-2024-0111', [cpe_row(
         'cpe:2.3:a:acme:daemon:8.0:sp1:*:*:*:*:*:*')]), NOKEV],
     [part('a', '8.0', None, 'cpe:2.3:a:acme:daemon:8.0:*:*:*:*:*:*:*'),
      part('b', '8.0', None, 'cpe:2.3:a:acme:daemon:8.0:sp2:*:*:*:*:*:*')],
     {'a': ('not_examined', {'CVE-2024-0111': 'undecided'}),
      'b': ('clean', {})}, 'undecided'),
    ('every CPE of a part is looked up',
     [applicability('CVE-2024-0112', [cpe_row(
         'cpe:2.3:a:acme:daemon:1.0:*:*:*:*:*:*:*')]), NOKEV],
     [part('a', '1.0', evidence={'identity': [
         {'field': 'cpe', 'concludedValue':
          f'cpe:2.3:a:acme:d{i}:1.0:*:*:*:*:*:*:*'} for i in range(40)] + [
         {'field': 'cpe', 'concludedValue':
          'cpe:2.3:a:acme:daemon:1.0:*:*:*:*:*:*:*'}]})],
     {'a': ('matched', {'CVE-2024-0112': 'open'})}, 'reject'),
    ('a part with more CPEs than are looked up is not clean',
     [applicability('CVE-2024-0113', [cpe_row(
         'cpe:2.3:a:acme:d1:9.0:*:*:*:*:*:*:*')]), NOKEV],
     [part('a', '1.0', evidence={'identity': [
         {'field': 'cpe', 'concludedValue':
          f'cpe:2.3:a:acme:d{i}:1.0:*:*:*:*:*:*:*'} for i in range(80)]})],
     {'a': ('not_examined', {})}, 'undecided'),
    ('what affects every version affects one nobody states',
     [osv('MAL-2024-1', 'npm', 'web', [{'introduced': '0'}]), NOKEV],
     [part('a', None, 'pkg:npm/web'), part('b', 'latest', 'pkg:npm/web')],
     {'a': ('matched', {'MAL-2024-1': 'open'}),
      'b': ('matched', {'MAL-2024-1': 'open'})}, 'reject'),
    ('a generic purl does not hide vendor and name',
     [cve('CVE-2024-0114', [{
         'vendor': 'Acme Corp', 'product': 'Daemon',
         'defaultStatus': 'unaffected',
         'versions': [{'version': '0', 'lessThan': '9', 'status': 'affected',
                       'versionType': 'semver'}]}]), NOKEV],
     [part('Daemon', '1.0.0', 'pkg:generic/daemon@1.0.0',
           supplier={'name': 'acme corp'})],
     {'Daemon': ('not_examined', {'CVE-2024-0114': 'candidate'})},
     'undecided'),
    ('prose in a range is undecided',
     [cve('CVE-2024-0013', [{
         'vendor': 'acme', 'product': 'daemon',
         'cpes': ['cpe:2.3:a:acme:daemon:*:*:*:*:*:*:*:*'],
         'versions': [{'version': 'all builds made on a Tuesday',
                       'status': 'affected'}]}]), NOKEV],
     [part('a', '2.0', None, 'cpe:2.3:a:acme:daemon:2.0:*:*:*:*:*:*:*')],
     {'a': ('not_examined', {'CVE-2024-0013': 'undecided'})}, 'undecided'),
    ('without purl and CPE a name makes candidates only',
     [cve('CVE-2024-0014', [{
         'vendor': 'Acme Corp', 'product': 'Daemon',
         'defaultStatus': 'unaffected',
         'versions': [{'version': '0', 'lessThan': '9', 'status': 'affected',
                       'versionType': 'semver'}]}]), NOKEV],
     [part('Daemon', '1.0.0', supplier={'name': 'acme corp'})],
     {'Daemon': ('not_examined', {'CVE-2024-0014': 'candidate'})},
     'undecided'),
    ('one record about a registry is no knowledge of the registry',
     [cve('CVE-2024-0016', [{
         'collectionURL': 'https://registry.npmjs.org', 'packageName': 'web',
         'vendor': 'web', 'product': 'web', 'defaultStatus': 'unaffected',
         'versions': [{'version': '0', 'lessThan': '2.0.0',
                       'status': 'affected', 'versionType': 'semver'}]}]),
      NOKEV],
     [part('web', '1.0.0', 'pkg:npm/web@1.0.0'),
      part('other', '1.0.0', 'pkg:npm/other@1.0.0')],
     {'web': ('matched', {'CVE-2024-0016': 'open'}),
      'other': ('not_examined', {})}, 'reject'),
    ('a purl that no feed covers makes candidates by a guessed CPE',
     [cve('CVE-2024-0017', [{
         'vendor': 'fasterxml', 'product': 'jackson-databind',
         'defaultStatus': 'unaffected',
         'cpes': ['cpe:2.3:a:fasterxml:jackson-databind:*:*:*:*:*:*:*:*'],
         'versions': [{'version': '2.0.0', 'lessThan': '2.9.10.4',
                       'status': 'affected', 'versionType': 'custom'}]}]),
      NOKEV],
     [part('jackson-databind', '2.9.10', 'pkg:maven/com.fasterxml.jackson.core'
           '/jackson-databind@2.9.10')],
     {'jackson-databind': ('not_examined', {'CVE-2024-0017': 'candidate'})},
     'undecided'),
    ('an unknown kind of purl is named, not passed over',
     [osv('GHSA-aaaa-aaaa-aaao', 'npm', 'web', ZERO_FIX), NOKEV],
     [part('a', '1.0.0', 'pkg:yocto/a@1.0.0')],
     {'a': ('not_examined', {})}, 'undecided'),
    ('nothing to identify: never a pass',
     [osv('GHSA-aaaa-aaaa-aaap', 'npm', 'web', ZERO_FIX), NOKEV],
     [part('thing'), part('other thing', '1')],
     {'thing': ('not_examined', {}), 'other thing': ('not_examined', {})},
     'undecided'),
    ('no source covers the ecosystem',
     [osv('GHSA-aaaa-aaaa-aaaq', 'npm', 'web', ZERO_FIX), NOKEV],
     [part('a', '1.0.0', 'pkg:hackage/a@1.0.0')],
     {'a': ('not_examined', {})}, 'undecided'),
]

VEX_CASES = [
    ('not affected, with justification, closes',
     [vex('CVE-2024-0020', 'not_affected', 'a',
          justification='code_not_reachable')],
     'not_affected', 'accept', []),
    ('resolved closes', [vex('CVE-2024-0020', 'resolved', 'a')],
     'resolved', 'accept', []),
    ('in triage stays open', [vex('CVE-2024-0020', 'in_triage', 'a')],
     'in_triage', 'reject', []),
    ('exploitable stays open', [vex('CVE-2024-0020', 'exploitable', 'a')],
     'open', 'reject', []),
    ('an alias is as good as the id',
     [vex('GHSA-bbbb-bbbb-bbbb', 'false_positive', 'a')],
     'not_affected', 'accept', []),
    ('a statement about another part closes nothing and is listed',
     [vex('CVE-2024-0020', 'not_affected', 'b')],
     'open', 'reject', ['CVE-2024-0020']),
    ('a statement about no part closes nothing and is listed',
     [vex('CVE-2024-0020', 'not_affected', 'nowhere')],
     'open', 'reject', ['CVE-2024-0020']),
    ('a statement about a flaw nobody found is listed',
     [vex('CVE-1999-0001', 'not_affected', 'a')],
     'open', 'reject', ['CVE-1999-0001']),
    ('a later "in triage" takes it back',
     [vex('CVE-2024-0020', 'not_affected', 'a',
          updated='2024-05-01T00:00:00Z'),
      vex('CVE-2024-0020', 'in_triage', 'a', updated='2024-06-01T00:00:00Z')],
     'in_triage', 'reject', []),
    ('the latest counts, in whatever zone',
     [vex('CVE-2024-0020', 'not_affected', 'a',
          updated='2024-05-02T01:00:00+14:00'),
      vex('CVE-2024-0020', 'exploitable', 'a',
          updated='2024-05-01T20:00:00Z')],
     'open', 'reject', []),
    ('one made after the date of the review does not count',
     [vex('CVE-2024-0020', 'not_affected', 'a',
          updated='2026-05-02T01:00:00Z')],
     'open', 'reject', ['CVE-2024-0020']),
    ('the date of the analysis counts before that of the entry',
     [vex('CVE-2024-0020', 'exploitable', 'a', updated='2024-01-01T00:00:00Z',
          lastUpdated='2024-05-02T00:00:00Z'),
      vex('CVE-2024-0020', 'not_affected', 'a', updated='2024-06-01T00:00:00Z',
          lastUpdated='2024-05-01T00:00:00Z')],
     'open', 'reject', []),
    ('an analysis issued after the date of the review does not count',
     [vex('CVE-2024-0020', 'not_affected', 'a',
          firstIssued='2026-05-02T01:00:00Z')],
     'open', 'reject', ['CVE-2024-0020']),
    ('another version of the part', [vex('CVE-2024-0020', 'not_affected', 'a',
                                         [{'version': '9.9'}])],
     'open', 'reject', ['CVE-2024-0020']),
    ('another version of what holds the part',
     [vex('CVE-2024-0020', 'not_affected', 'whole', [{'version': '9.9'}])],
     'open', 'reject', ['CVE-2024-0020']),
    ('this version of what holds the part',
     [vex('CVE-2024-0020', 'not_affected', 'whole', [{'version': '7'}])],
     'not_affected', 'accept', []),
    ('a version that it lists as affected is not closed',
     [vex('CVE-2024-0020', 'not_affected', 'a',
          [{'version': '1.0.0', 'status': 'affected'},
           {'version': '1.1.0', 'status': 'unaffected'}])],
     'open', 'reject', ['CVE-2024-0020']),
    ('a version that it lists as unaffected is',
     [vex('CVE-2024-0020', 'exploitable', 'a',
          [{'version': '1.0.0', 'status': 'unaffected'},
           {'version': '0.9.0', 'status': 'affected'}])],
     'not_affected', 'accept', []),
    ('a range of versions closes nothing',
     [vex('CVE-2024-0020', 'not_affected', 'a',
          [{'range': 'vers:npm/<2.0.0', 'status': 'unaffected'}])],
     'open', 'reject', ['CVE-2024-0020']),
    ('a link to this document',
     [vex('CVE-2024-0020', 'not_affected', f'urn:cdx:{SERIAL}/1#%61')],
     'not_affected', 'accept', []),
    ('a link to another document',
     [vex('CVE-2024-0020', 'not_affected', f'urn:cdx:{OTHER}/1#a')],
     'open', 'reject', ['CVE-2024-0020']),
    ('a link to another version of this document',
     [vex('CVE-2024-0020', 'not_affected', f'urn:cdx:{SERIAL}/2#a')],
     'open', 'reject', ['CVE-2024-0020']),
    ('by purl', [vex('CVE-2024-0020', 'not_affected', 'pkg:npm/web@1.0.0')],
     'not_affected', 'accept', []),
]


def run(*args, home, ok=(0,)):
    env = dict(os.environ, ASSAY_HOME=home)
    p = subprocess.run([ASSAY, *args], env=env, capture_output=True,
                       text=True, timeout=300, check=False)
    if p.returncode not in ok:
        raise AssertionError(f'{args[:2]} ended with {p.returncode}: '
                             f'{p.stderr.strip()[:400]}')
    return p


def review(records, components, extra=None):
    with tempfile.TemporaryDirectory() as folder:
        feeds = os.path.join(folder, 'feeds')
        os.mkdir(feeds)
        for i, record in enumerate(records):
            with open(os.path.join(feeds, f'{i}.json'), 'w',
                      encoding='utf-8') as f:
                json.dump(record, f)
        bom = {'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
               'components': components, **(extra or {})}
        path = os.path.join(folder, 'bom.json')
        with open(path, 'w', encoding='utf-8') as f:
            json.dump(bom, f)
        home = os.path.join(folder, 'home')
        run('feeds', 'import', feeds, home=home)
        p = run('review', path, '--format', 'json', '--as-of', '2025-01-01',
                home=home, ok=(0, 1, 2))
        r = json.loads(p.stdout)
        assert p.returncode == EXIT[r['verdict']], 'exit status and verdict'
        return r


def expect(r, parts, verdict):
    got = {p['name']: p for p in r['parts']}
    for name, (outcome, findings) in parts.items():
        p = got[name]
        mine = {f['advisory']: f['status'] for f in r['findings']
                if f['part'] == p['ref']}
        assert mine == findings, f'{name}: findings {mine}'
        assert p['outcome'] == outcome, \
            f'{name}: {p["outcome"]} ({p["why"]}; {p["tried"]})'
        assert outcome != 'not_examined' or p['why'], f'{name}: no reason'
    assert r['verdict'] == verdict, f'verdict {r["verdict"]}'
    assert sum(r['coverage'][k] for k in
               ('matched', 'clean', 'not_examined')) == r['coverage']['parts']
    for f in r['findings']:
        assert f['evidence'] and f['remedy'], f'{f["id"]}: no evidence'


def attempt(name, check):
    try:
        check()
        print(f'ok {name}')
    except AssertionError as e:
        print(f'not ok {name}: {e}')


def plain(case):
    _, records, components, parts, verdict = case
    expect(review(records, components), parts, verdict)


def explained(case):
    _, statements, status, verdict, idle = case
    record = osv('GHSA-bbbb-bbbb-bbbb', 'npm', 'web', ZERO_FIX,
                 aliases=['CVE-2024-0020'])
    r = review([record, NOKEV],
               [part('whole', '7', 'pkg:npm/whole@7.0.0', components=[
                   part('a', '1.0.0', 'pkg:npm/web@1.0.0')]),
                part('b', '1.0.0', 'pkg:npm/fine@1.0.0')],
               {'vulnerabilities': statements,
                'serialNumber': f'urn:uuid:{SERIAL}'})
    expect(r, {'a': ('matched', {'CVE-2024-0020': status})}, verdict)
    assert [s['id'] for s in r['idle_statements']] == idle, \
        r['idle_statements']


def patched():
    record = osv('GHSA-cccc-cccc-cccc', 'npm', 'web', ZERO_FIX,
                 aliases=['CVE-2024-0021'])
    pedigree = {'patches': [{'type': 'backport', 'resolves': [
        {'type': 'security', 'id': 'CVE-2024-0021'}]}]}
    r = review([record, NOKEV],
               [part('a', '1.0.0', 'pkg:npm/web@1.0.0', pedigree=pedigree)])
    expect(r, {'a': ('matched', {'CVE-2024-0021': 'resolved'})}, 'accept')


def confessed():
    """What the maker itself lists is a finding, whoever else knows of it."""
    statement = {**vex('CVE-2024-0050', 'exploitable', 'a'),
                 'ratings': [{'method': 'CVSSv31', 'vector': V31}]}
    components = [part('a', '1.0.0', 'pkg:npm/fine@1.0.0')]
    r = review([osv('GHSA-bbbb-bbbb-bbbb', 'npm', 'web', ZERO_FIX), NOKEV],
               components, {'vulnerabilities': [statement]})
    expect(r, {'a': ('matched', {'CVE-2024-0050': 'open'})}, 'reject')
    assert r['findings'][0]['score']['cvss'] == 9.8
    assert not r['idle_statements']
    report = {k: v for k, v in statement.items() if k != 'analysis'}
    r = review([NOKEV], components, {'vulnerabilities': [report]})
    expect(r, {'a': ('matched', {'CVE-2024-0050': 'open'})}, 'reject')


def confessed_once():
    """Two versions, two statements: one flaw of one part."""
    versions = [{'version': v, 'status': 'affected'} for v in ('1.0.0', '2')]
    r = review([NOKEV], [part('a', '1.0.0', 'pkg:npm/fine@1.0.0')],
               {'vulnerabilities': [
                   vex('CVE-2024-0051', 'exploitable', 'a', versions),
                   {'id': 'CVE-2024-0051', 'affects': [{'ref': 'a'}]},
                   vex('CVE-2024-0052', 'exploitable', 'a',
                       [{'version': '2'}]),
                   vex('CVE-2024-0053', 'exploitable', 'a',
                       [{'range': 'vers:npm/<9'}])]})
    assert [(f['id'], f['status']) for f in r['findings']] == [
        ('CVE-2024-0051@pkg:npm/fine', 'open'),
        ('CVE-2024-0053@pkg:npm/fine', 'undecided')], r['findings']


def explained_twice():
    """One purl in two places; a missing fact that a statement settles."""
    record = osv('GHSA-bbbb-bbbb-bbbb', 'npm', 'web', ZERO_FIX)
    r = review([record, NOKEV],
               [part('a', '1.0.0', 'pkg:npm/web@1.0.0'),
                part('b', '1.0.0', 'pkg:npm/web@1.0.0'),
                part('c', None, 'pkg:npm/web')],
               {'vulnerabilities': [
                   vex('GHSA-bbbb-bbbb-bbbb', 'not_affected', ref)
                   for ref in ('pkg:npm/web@1.0.0', 'c')]})
    gone = ('matched', {'GHSA-bbbb-bbbb-bbbb': 'not_affected'})
    expect(r, {'a': gone, 'b': gone, 'c': gone}, 'accept')


def undated():
    """Go's zero time is no date: the CVE's counts."""
    record = osv('GO-2026-1', 'Go', 'example.com/web', ZERO_FIX,
                 published='0001-01-01T00:00:00Z', aliases=['CVE-2026-0060'])
    late = cve('CVE-2026-0060', [])
    late['cveMetadata']['datePublished'] = '2026-01-01T00:00:00'
    r = review([record, late, NOKEV],
               [part('a', '1.0.0', 'pkg:golang/example.com/web@v1.0.0')])
    expect(r, {'a': ('clean', {})}, 'accept')


def remedy():
    record = osv('GHSA-dddd-dddd-dddd', 'npm', 'web', [
        {'introduced': '1.0.0'}, {'fixed': '1.2.3'},
        {'introduced': '2.0.0'}, {'fixed': '2.0.7'}])
    r = review([record, NOKEV],
               [part('a', '2.0.1', 'pkg:npm/web@2.0.1')])
    assert '2.0.7' in r['findings'][0]['remedy'], r['findings'][0]['remedy']
    assert '1.2.3' not in r['findings'][0]['remedy']


def condition():
    """AND of firmware and device (notes, section 5.3)."""
    record = applicability(
        'CVE-2024-0030',
        [cpe_row('cpe:2.3:o:acme:box_firmware:*:*:*:*:*:*:*:*',
                 versionEndExcluding='2.0')],
        [cpe_row('cpe:2.3:h:acme:box:-:*:*:*:*:*:*:*', False)],
        operator='AND')
    firmware = part('firmware', '1.0', None,
                    'cpe:2.3:o:acme:box_firmware:1.0:*:*:*:*:*:*:*',
                    type='firmware')
    device = part('box', None, None, 'cpe:2.3:h:acme:box:-:*:*:*:*:*:*:*',
                  type='device')
    root = {'metadata': {'component': device}}
    r = review([record, NOKEV], [firmware], root)
    expect(r, {'firmware': ('matched', {'CVE-2024-0030': 'open'})}, 'reject')
    unsure = {'firmware': ('not_examined', {'CVE-2024-0030': 'undecided'})}
    expect(review([record, NOKEV], [firmware]), unsure, 'undecided')
    # A device of another parent is another device; a revision is no answer.
    apart = [firmware, part('other', None, None,
                            'cpe:2.3:h:acme:box:-:*:*:*:*:*:*:*')]
    expect(review([record, NOKEV], apart), unsure, 'undecided')
    device['cpe'] = 'cpe:2.3:h:acme:box:3:*:*:*:*:*:*:*'
    expect(review([record, NOKEV], [firmware], root), unsure, 'undecided')


def condition_differs():
    """Stated and differing is no; one of two that may be it is unknown."""
    record = applicability(
        'CVE-2024-0031',
        [cpe_row('cpe:2.3:a:acme:daemon:*:*:*:*:*:*:*:*',
                 versionEndExcluding='2.0')],
        [cpe_row('cpe:2.3:o:acme:system:7:*:*:*:*:*:*:*', False)],
        operator='AND')
    daemon = part('daemon', '1.0', None,
                  'cpe:2.3:a:acme:daemon:1.0:*:*:*:*:*:*:*')
    six, some = (part(f's{v}', None, None,
                      f'cpe:2.3:o:acme:system:{v}:*:*:*:*:*:*:*')
                 for v in ('6', '*'))
    for inside, outcome, findings, verdict in (
            ([six], 'clean', {}, 'undecided'),
            ([six, some], 'not_examined', {'CVE-2024-0031': 'undecided'},
             'undecided')):
        r = review([record, NOKEV],
                   [part('box', '1', components=[daemon, *inside])])
        expect(r, {'daemon': (outcome, findings)}, verdict)


def nothing_hidden():
    """Names and references without end cut no report short."""
    long = 'x' * (1 << 20)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'bom.json')
        bom = {'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'components': [
            part(f'{i}-{long}', '1') for i in range(20)]}
        with open(path, 'w', encoding='utf-8') as f:
            json.dump(bom, f)
        home = os.path.join(folder, 'home')
        with open(os.path.join(folder, 'kev.json'), 'w',
                  encoding='utf-8') as f:
            json.dump(NOKEV, f)
        run('feeds', 'import', os.path.join(folder, 'kev.json'), home=home)
        text = run('review', path, '--all', home=home, ok=(2,)).stdout
        assert ' 19-xxx' in text, 'a name is missing'
        assert 'kev: ' in text.split('\nKnowledge\n')[1], 'no knowledge'
        report = json.loads(run('review', path, '--format', 'json', home=home,
                                ok=(2,)).stdout)
        assert report['parts'][19]['ref'] == '19-' + long, 'no reference'


def order_of_records():
    """The order of records never changes the answer (lesson 14)."""
    records = [
        osv('GHSA-eeee-eeee-eee1', 'npm', 'web', ZERO_FIX,
            aliases=['CVE-2024-0041']),
        osv('OSV-2024-41', 'npm', 'web', [{'introduced': '5.0.0'}],
            aliases=['CVE-2024-0041'], vector=LOW),
        osv('GHSA-eeee-eeee-eee2', 'npm', 'web', ZERO_FIX, vector=LOW), NOKEV]
    components = [part('a', '1.0.0', 'pkg:npm/web@1.0.0')]
    one = review(records, components)
    two = review(records[::-1], components)
    assert one['findings'] == two['findings'], 'findings differ'


for c in CASES:
    attempt(c[0], lambda c=c: plain(c))
for c in VEX_CASES:
    attempt('statement: ' + c[0], lambda c=c: explained(c))
attempt('a patch of the pedigree resolves', patched)
attempt('a maker\'s confession is a finding', confessed)
attempt('a confession counts once', confessed_once)
attempt('a statement by purl is about each', explained_twice)
attempt('a record without date has its CVE\'s', undated)
attempt('the remedy is the nearest fix', remedy)
attempt('firmware and device together', condition)
attempt('a condition that differs', condition_differs)
attempt('a report hides nothing', nothing_hidden)
attempt('the order of records changes nothing', order_of_records)
