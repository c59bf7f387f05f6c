# SPDX-License-Identifier: Apache-2.0
"""The export tables against two other readings: every difference falls under
a cause that doc/licence-differences.md counts."""
import os
import subprocess
import sys

import e2e

if e2e.corpus('export tables against two readings', 'parties', 'ear'):
    run = subprocess.run(
        [sys.executable, e2e.source('tools', 'licence-differences.py'),
         os.path.join(e2e.BUILD, 'test', 'licence_cells'), e2e.CORPUS,
         '--doc', e2e.source('doc', 'licence-differences.md')],
        check=False, text=True, stdout=subprocess.PIPE)
    e2e.check('no difference is unexplained', 'UNEXPLAINED' not in run.stdout,
              run.stdout)
    e2e.check('the counts are those of the document', run.returncode == 0,
              run.stdout)
