# SPDX-License-Identifier: Apache-2.0
"""Importing feeds: those of the corpus that this version reads."""

import glob
import os
import shutil

from run import Command, Section

NOTE = """The feeds are {files} files, {mib} MiB: advisories in OSV form (Go,
PyPI, Bitnami, OSS-Fuzz, CRAN, Homebrew; JSON and YAML), records of the CVE
list, the list of exploited vulnerabilities and the scores of EPSS. The first
line only parses the JSON among them ({json} MiB) and keeps nothing; YAML has
to be turned into JSON first, which it does not do. Then the same into an empty
knowledge base, and once more into the base that has it all already."""


def feeds(bench):
    folder = os.path.join(bench.corpus, 'vulns')
    return [*sorted(glob.glob(os.path.join(folder, 'osv-*'))),
            *(p for p in (os.path.join(folder, n) for n in
                          ('cve-json5', 'epss', 'kev.json'))
              if os.path.exists(p))]


def sizes(paths):
    """Count and bytes of all files, bytes of the JSON."""
    count = total = text = 0
    for path in paths:
        found = [path] if os.path.isfile(path) else [
            os.path.join(d, f) for d, _, names in os.walk(path)
            for f in names]
        for name in found:
            size = os.path.getsize(name)
            count += 1
            total += size
            text += size if name.endswith('.json') else 0
    return count, total, text


def sections(bench):
    if not bench.corpus:
        return
    paths = feeds(bench)
    count, total, text = sizes(paths)
    fresh = os.path.join(bench.work, 'import-fresh')
    again = os.path.join(bench.work, 'import-again', 'knowledge.db')
    parse = os.path.join(bench.build, 'bench', 'parse_json')
    shutil.rmtree(fresh, ignore_errors=True)
    # The second base: the run of it that does not count fills it.
    yield Section(
        'Import the feeds', [
            Command('parse the JSON alone', [
                'sh', '-c', 'find "$@" -name "*.json" -print0 | '
                f'xargs -0 {parse}', 'sh', *paths]),
            Command('assay, into nothing', [
                'sh', '-c', f'rm -rf {fresh}; exec {bench.assay} feeds '
                f'import --knowledge {fresh}/knowledge.db "$@"', 'sh',
                *paths]),
            Command('assay, once more', [
                bench.assay, 'feeds', 'import', '--knowledge', again,
                *paths]),
        ], note=NOTE.format(files=count, mib=total >> 20, json=text >> 20),
        rounds=3, together=True)
