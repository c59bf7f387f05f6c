# SPDX-License-Identifier: Apache-2.0
"""The suites nobody here wrote, through the program itself: package URLs,
orders of versions, CVSS vectors, CPE names, CycloneDX and SPDX documents.
Needs the corpus; a case is a file or a list and its name says how many tests
it holds, and every test that fails is named."""

import csv
import json
import os
import re
import sys

import e2e

AT_MOST_UNCAUGHT = 0.05
VERSIONS = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7', 'ext']
SHOWN = 20
# What bom validate says of a defect: FILE:LINE:COLUMN: error: ... (RULES, RULE)
DIAGNOSIS = re.compile(
    r'(.*):(\d+):(\d+): error: .* \([A-Za-z]+ .*, [A-Za-z-]+\)$')
# A document that cannot be read is one line: assay: FILE:LINE:COLUMN: why
REFUSAL = re.compile(r'assay: (.*):(\d+):(\d+): .')


def verdict(name, n, failures):
    """One case: n tests, and in words those that failed."""
    e2e.check(f'{name}, {n} tests', n > 0 and not failures,
              f'{len(failures)} failed; ' + '; '.join(failures[:SHOWN]))


def answers(verb, lines):
    """The answers of a verb to lines on its standard input."""
    ran = e2e.run(*verb, stdin=''.join(s + '\n' for s in lines).encode())
    got = ran.out.decode('utf-8').splitlines()
    if len(got) != len(lines) or ran.err:
        raise AssertionError(f'{len(got)} answers to {len(lines)} lines, '
                             f'status {ran.status}: {ran.errors()[:300]}')
    return ran.status, got


def files_below(*path):
    top = os.path.join(e2e.CORPUS, *path)
    return sorted(os.path.join(folder, name)
                  for folder, _, names in os.walk(top) for name in names
                  if name not in ('LICENSE', 'COPYRIGHT'))


# ---- package URLs ------------------------------------------------------------

PURL_PARTS = ('type', 'namespace', 'name', 'version', 'qualifiers', 'subpath')


def purl_fits(test, got):
    """Whether an answer of `assay purl` is what a test of the suite wants."""
    if test['expected_failure']:
        return 'error' in got or got.get('valid') is False
    if 'error' in got:
        return False
    want = test['expected_output']
    # "validate" takes what has one canonical form, so a key in capitals too.
    loose = test['test_type'] == 'validate' and got['defects'] == ['key-case']
    if not got['valid'] and not loose:
        return False
    if isinstance(want, str):
        return got['canonical'] == want
    return all((got[k] or None) == (want[k] or None) for k in PURL_PARTS)


def purl_file(path):
    with open(path, encoding='utf-8') as f:
        tests = json.load(f)['tests']
    lines = [t['input'] if isinstance(t['input'], str)
             else json.dumps(t['input']) for t in tests]
    status, got = answers(['purl'], lines)
    failures = [f'{t["test_type"]} {line}: {answer[:200]}'
                for t, line, answer in zip(tests, lines, got)
                if not purl_fits(t, json.loads(answer))]
    bad = any(t['expected_failure'] for t in tests)
    if bad and status != 65 or not bad and status not in (0, 65):
        failures.append(f'status {status}')
    verdict('purl ' + os.path.basename(path)[:-len('-test.json')], len(tests),
            failures)
    return len(tests)


def purls():
    n = sum(purl_file(p) for p in files_below('conformance', 'purl-spec'))
    e2e.check(f'purl, all of the suite: {n} tests', n >= 586)


# ---- versions ----------------------------------------------------------------

MIRROR = {'<': '>', '>': '<', '=': '='}


def version_pairs(path):
    with open(path, encoding='utf-8') as f:
        for line in f:
            words = line.split()
            if words and words[0][0] != '#' and not line.startswith('//'):
                yield words


def version_list(path):
    ecosystem = os.path.basename(path).split('-')[0]
    pairs = list(version_pairs(path))
    lines = [f'{ecosystem}\t{a}\t{b}' for a, _, b in pairs]
    lines += [f'{ecosystem}\t{b}\t{a}' for a, _, b in pairs]
    want = [op for _, op, _ in pairs] + [MIRROR[op] for _, op, _ in pairs]
    status, got = answers(['version', 'compare'], lines)
    failures = [f'{line!r}: {g}, not {w}'
                for line, g, w in zip(lines, got, want) if g != w]
    if status != 0:
        failures.append(f'status {status}')
    verdict('versions ' + os.path.basename(path)[:-len('.txt')] +
            ', both ways', len(lines), failures)
    return len(pairs)


def versions():
    n = sum(version_list(p) for p in files_below('conformance', 'versions'))
    e2e.check(f'versions, all of the lists: {n} pairs', n >= 45011)


# ---- CVSS --------------------------------------------------------------------

def cvss_wanted(text):
    """(base, temporal, environmental) of a list, or one score alone."""
    scores = [None if s.strip() == 'None' else abs(float(s))
              for s in text.strip('() ').split(',') if s.strip()]
    return scores


def cvss_fits(want, got):
    if 'error' in got:
        return False
    if len(want) == 1:
        return got['score'] == want[0]
    return want == [got['base_score'], got['temporal_score'],
                    got['environmental_score']]


def cvss_list(path):
    with open(path, encoding='utf-8') as f:
        lines = [line.strip().split(' - ', 1) for line in f if line.strip()]
    status, got = answers(['cvss'], [vector for vector, _ in lines])
    failures = [f'{vector}: {answer[:200]}, not {score}'
                for (vector, score), answer in zip(lines, got)
                if not cvss_fits(cvss_wanted(score), json.loads(answer))]
    if status != 0:
        failures.append(f'status {status}')
    verdict('cvss ' + os.path.basename(path), len(lines), failures)


def cvss():
    for path in files_below('conformance', 'cvss-vectors'):
        cvss_list(path)


# ---- CPE ---------------------------------------------------------------------

def cpe():
    path = os.path.join(e2e.CORPUS, 'conformance', 'cpe-name-pairs.csv')
    with open(path, encoding='utf-8') as f:
        rows = list(csv.DictReader(f))
    status, got = answers(['cpe'], [r['left'] + ' ' + r['right']
                                    for r in rows])
    failures = [f'{r["left"]} {r["right"]}: {json.loads(g).get("relation")}, '
                f'not {r["relation"]}' for r, g in zip(rows, got)
                if json.loads(g).get('relation') != r['relation']]
    if status != 0:
        failures.append(f'status {status}')
    verdict('cpe name pairs', len(rows), failures)


# ---- CycloneDX ---------------------------------------------------------------

def cyclonedx_files(version, extension, valid):
    folder = os.path.join(e2e.CORPUS, 'conformance', 'cyclonedx', version)
    return sorted(os.path.join(folder, n) for n in os.listdir(folder)
                  if n.endswith(extension) and
                  (n.startswith('valid-') if valid else 'invalid-' in n))


def read_all(paths):
    """Converts each; in words those that are not read."""
    failures = []
    for path in paths:
        ran = e2e.run('bom', 'convert', path)
        if ran.status != 0 or not ran.out.startswith(b'{'):
            failures.append(f'{os.path.basename(path)}: status {ran.status}, '
                            f'{ran.errors().strip()[:300]}')
    return failures


def validate_all(paths):
    """path -> lines about it, of one run over all; and its status."""
    ran = e2e.run('bom', 'validate', *paths)
    lines = {p: [] for p in paths}
    for line in (ran.out + ran.err).decode('utf-8').splitlines():
        for path in paths:
            if line.removeprefix('assay: ').startswith(path + ':'):
                lines[path].append(line)
    return ran.status, lines


def passes(lines):
    return bool(lines) and ': valid by the rules of ' in lines[-1]


def diagnosed(lines):
    """With a place, and the rule or the reason why it cannot be read."""
    return any(DIAGNOSIS.match(s) for s in lines) or \
        any(REFUSAL.match(s) for s in lines)


def cyclonedx_valid(version, extension):
    paths = cyclonedx_files(version, extension, True)
    if not paths:
        return
    name = f'CycloneDX {version} {extension[1:].upper()}, valid documents'
    verdict(name + ' are read', len(paths), read_all(paths))
    all_valid(name, paths)


def all_valid(name, paths):
    status, lines = validate_all(paths)
    failures = [f'{os.path.basename(p)}: {lines[p][:3]}' for p in paths
                if not passes(lines[p])]
    if status != 0:
        failures.append(f'status {status}')
    verdict(name + ' are valid', len(paths), failures)


def cyclonedx_invalid(version, extension):
    """How many, and the names of those not caught. What is caught without a
    place, or with another status, fails at once."""
    paths = cyclonedx_files(version, extension, False)
    if not paths:
        return 0, []
    status, lines = validate_all(paths)
    uncaught = [p for p in paths if passes(lines[p])]
    failures = [f'{os.path.basename(p)}: {lines[p][:3]}' for p in paths
                if p not in uncaught and not diagnosed(lines[p])]
    if status != 65:
        failures.append(f'status {status}')
    verdict(f'CycloneDX {version} {extension[1:].upper()}, what is said of '
            'invalid documents has a place', len(paths) - len(uncaught),
            failures)
    return len(paths), [os.path.basename(p) for p in uncaught]


def cyclonedx():
    total, uncaught = 0, []
    for version in VERSIONS:
        for extension in ('.json', '.xml'):
            cyclonedx_valid(version, extension)
            n, missed = cyclonedx_invalid(version, extension)
            total += n
            uncaught += missed
    e2e.check(f'CycloneDX, invalid documents: {len(uncaught)} of {total} not '
              'caught',
              total >= 200 and len(uncaught) <= total * AT_MOST_UNCAUGHT,
              ', '.join(uncaught))


# ---- collections of documents ------------------------------------------------

def refused_all(paths):
    """One line with a reason each, exit 65; in words those not so."""
    failures = []
    for path in paths:
        ran = e2e.run('bom', 'convert', path)
        if ran.status != 65 or ran.out or ran.err.count(b'\n') != 1:
            failures.append(f'{os.path.basename(path)}: status {ran.status}, '
                            f'{ran.errors().strip()[:300]}')
    return failures


def collection(name, no_document=None):
    """All of a folder is read, but what the pattern says is no document that
    this program claims to read: that is refused."""
    paths = files_below('conformance', name)
    wrong = [p for p in paths if no_document and re.search(no_document, p)]
    right = [p for p in paths if p not in wrong]
    verdict(f'{name} is read', len(right), read_all(right))
    if wrong:
        verdict(f'{name}, what is no such document is refused', len(wrong),
                refused_all(wrong))


def main():
    if e2e.CORPUS is None:
        for name in ('purl', 'versions', 'cvss', 'cpe', 'CycloneDX',
                     'bom-examples', 'cyclonedx-osv-scalibr', 'spdx'):
            e2e.skip(name, 'no corpus')
        return 0
    purls()
    versions()
    cvss()
    cpe()
    cyclonedx()
    collection('bom-examples')
    all_valid('bom-examples', files_below('conformance', 'bom-examples'))
    collection('cyclonedx-osv-scalibr', r'random_file|invalid_|foo\.ext')
    # The YAML example of 2.3 has a quote in a quoted text; RDF is not read.
    collection('spdx', r'random_file|invalid_|foo\.ext|rdf|'
               r'support-2\.3/SPDXYAMLExample')
    return 0


if __name__ == '__main__':
    sys.exit(main())
