# SPDX-License-Identifier: Apache-2.0
"""Version orders against the ecosystems' own tools, where they are installed:
a few hundred pairs each (tools/version-differential.py does more)."""
import os
import subprocess
import sys

import e2e

PROGRAM = os.path.join(e2e.BUILD, 'test', 'version_lines')

run = subprocess.run(
    [sys.executable, os.path.join(e2e.SOURCE, 'tools/version-differential.py'),
     '--tap', '--count', '600', '--program', PROGRAM], check=False)
e2e.check('the differential run ends in 0', run.returncode == 0,
          f'status {run.returncode}')
