# SPDX-License-Identifier: Apache-2.0
"""What an end-to-end test in Python imports: `import e2e`.

The runner sets ASSAY (the program), ASSAY_SOURCE, ASSAY_BUILD, a fresh
ASSAY_HOME and a fresh ASSAY_TMP that is the working folder.
"""

import json
import os
import subprocess
import tempfile
import threading

ASSAY = os.environ['ASSAY']
SOURCE = os.environ['ASSAY_SOURCE']
BUILD = os.environ['ASSAY_BUILD']
HOME = os.environ['ASSAY_HOME']
TMP = os.environ['ASSAY_TMP']
CORPUS = os.environ.get('ASSAY_CORPUS_UNPACKED') or None


def ok(name):
    print('ok ' + name, flush=True)


def not_ok(name, why):
    print('not ok %s: %s' % (name, str(why).replace('\n', ' | ')[:2000]),
          flush=True)


def skip(name, why):
    print(f'skip {name}: {why}', flush=True)


def check(name, condition, why=''):
    """ok or not ok by a condition; returns it."""
    if condition:
        ok(name)
    else:
        not_ok(name, why or 'it does not hold')
    return bool(condition)


def equal(name, got, want):
    return check(name, got == want, f'got {got!r}, not {want!r}')


class Result:
    """One run of the program: status (-N: signal N), out and err (bytes),
    max_kib (the most memory that it or a worker of it held; never less than
    what this program holds)."""

    def __init__(self, status, out, err, max_kib):
        self.status, self.out, self.err = status, out, err
        self.max_kib = max_kib

    def text(self):
        return self.out.decode('utf-8')

    def errors(self):
        return self.err.decode('utf-8')

    def json(self):
        return json.loads(self.out)


def run(*words, stdin=b'', env=None, program=ASSAY, seconds=600):
    """Runs `assay WORD...`; what takes longer than seconds is killed."""
    with tempfile.TemporaryFile() as given, \
            tempfile.TemporaryFile() as out, \
            tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        child = subprocess.Popen(
            [program, *map(str, words)], stdin=given, stdout=out, stderr=err,
            env={**os.environ, **(env or {})})
        clock = threading.Timer(seconds, child.kill)
        clock.start()
        # wait4, for the memory; Popen is told, so that it waits no more.
        _, status, usage = os.wait4(child.pid, 0)
        clock.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Result(child.returncode, out.read(), err.read(),
                      usage.ru_maxrss)


def instrumented():
    """Under valgrind or with sanitizers: memory says nothing then."""
    with open(ASSAY, 'rb') as f:
        return bool(os.environ.get('ASSAY_WRAPPED')) or \
            b'__asan_init' in f.read()


def source(*path):
    return os.path.join(SOURCE, *path)


def corpus(name, *path):
    """A path in the corpus, or None after saying why the case is not run."""
    if CORPUS is None:
        skip(name, 'no corpus')
        return None
    where = os.path.join(CORPUS, *path)
    if not os.path.exists(where):
        not_ok(name, 'the corpus has no ' + '/'.join(path))
        return None
    return where
