# SPDX-License-Identifier: Apache-2.0
"""The commands of README.md and doc/policy.md run as they stand."""

import os
import re
import subprocess

import e2e

WORK = os.path.join(e2e.TMP, 'work')
HOME = os.path.join(e2e.TMP, 'home')


def commands(page, heading):
    """The indented lines of a section, without their comments."""
    with open(e2e.source(*page.split('/')), encoding='utf-8') as f:
        section = f.read().split(f'\n## {heading}\n')[1].split('\n## ')[0]
    return [re.sub(r'\s+# .*', '', line.strip())
            for line in section.split('\n') if line.startswith('    ')]


def run(line):
    ran = subprocess.run(['sh', '-c', line], cwd=WORK, capture_output=True,
                         env={**os.environ, 'ASSAY_HOME': HOME}, timeout=300,
                         check=False)
    # 1 and 2 are verdicts.
    e2e.check(line, ran.returncode in (0, 1, 2),
              f'{ran.returncode}: {ran.stderr.decode()[:300]}')


def readme():
    for line in commands('README.md', 'Use'):
        if 'feeds update' not in line:  # which needs a network
            run(line)


def policy():
    with open(e2e.source('doc', 'policy.md'), encoding='utf-8') as f:
        yaml = [line[4:] for line in f if line.startswith('    ')]
    end = next(i for i, line in enumerate(yaml) if line.startswith('echo'))
    with open(os.path.join(WORK, 'mine.yaml'), 'w', encoding='utf-8') as f:
        f.writelines(yaml[:end])
    os.symlink(e2e.source('examples', 'gateway.cdx.json'),
               os.path.join(WORK, 'product.cdx.json'))
    for line in commands('doc/policy.md', 'Trying it'):
        if 'jq' not in line and not line.endswith('|'):
            run(re.sub(r'\bassay ', 'build/assay ', line))


def main():
    os.makedirs(os.path.join(WORK, 'build'))
    os.symlink(e2e.ASSAY, os.path.join(WORK, 'build', 'assay'))
    for folder in ('data', 'examples'):
        os.symlink(e2e.source(folder), os.path.join(WORK, folder))
    readme()
    policy()


main()
