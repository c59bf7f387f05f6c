# SPDX-License-Identifier: Apache-2.0
"""Watchman (github.com/moov-io/watchman) over the same names, asked over HTTP
on the loopback: where WATCHMAN names its server. Otherwise what its makers
publish."""

import http.client
import json
import os
import statistics
import subprocess
import tempfile
import time
import urllib.parse

import screen_names

ADDRESS = ('127.0.0.1', 18084)
PUBLISHED = """Watchman was not run here. Its makers publish 0.85 ms for a
search of the SDN list (19,486 names, four processors, August 2026) where words
of the name prune, 18.2 ms where they do not."""
CONFIG = """Watchman:
  Servers:
    BindAddress: "{0}:{1}"
    AdminAddress: "{0}:{2}"
  Download:
    IncludedLists: []
    Senzing:
      - SourceList: "csl-names"
        Location: "file://{3}"
"""


def write_list(path, corpus):
    with open(path, 'w', encoding='utf-8') as f:
        for i, (name, person) in enumerate(screen_names.csl_kinds(corpus)):
            f.write(json.dumps({
                'DATA_SOURCE': 'CSL', 'RECORD_ID': str(i),
                'RECORD_TYPE': 'PERSON' if person else 'ORGANIZATION',
                'NAME_FULL': name}) + '\n')


def ask(name):
    """Milliseconds; the connection is made before."""
    c = http.client.HTTPConnection(*ADDRESS, timeout=60)
    c.connect()
    start = time.perf_counter()
    c.request('GET', '/v2/search?' + urllib.parse.urlencode(
        {'type': 'business', 'name': name, 'limit': 10, 'minMatch': 0.7}))
    answer = c.getresponse().read()
    took = (time.perf_counter() - start) * 1e3
    c.close()
    return took, bool(json.loads(answer).get('entities'))


def wait_for(server, names):
    """Until it has read the list: asked for a name that is on it."""
    for _ in range(300):
        time.sleep(0.2)
        if server.poll() is not None:
            raise RuntimeError('it ended at once')
        try:
            if ask(names[0])[1]:
                return
        except OSError:
            pass
    raise RuntimeError('it did not answer in a minute')


def memory(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as f:
        return next(int(line.split()[1]) >> 10 for line in f
                    if line.startswith('VmHWM'))


def run(program, bench, names):
    with tempfile.TemporaryDirectory() as folder:
        listed = os.path.join(folder, 'csl-names.jsonl')
        config = os.path.join(folder, 'config.yml')
        write_list(listed, bench.corpus)
        with open(config, 'w', encoding='utf-8') as f:
            f.write(CONFIG.format(*ADDRESS, ADDRESS[1] + 1, listed))
        with subprocess.Popen(
                [program], cwd=folder, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, 'APP_CONFIG': config}) as server:
            try:
                wait_for(server, ['HUAWEI TECHNOLOGIES CO., LTD.'])
                for name in names[:20]:
                    ask(name)
                return [ask(n) for n in names], memory(server.pid)
            finally:
                server.terminate()


def figures(bench):
    """A paragraph for the note, and what is missing."""
    program = os.environ.get('WATCHMAN')
    if not program:
        return PUBLISHED, {'Watchman': 'WATCHMAN can name its server'}
    with open(screen_names.asked(bench), encoding='utf-8') as f:
        names = f.read().splitlines()
    try:
        asked, mib = run(program, bench, names)
    except (OSError, RuntimeError) as why:
        return PUBLISHED, {'Watchman': str(why)}
    took = sorted(t for t, _ in asked)
    n = len(took)
    return (f'Watchman, a server with the same names that holds {mib} MiB, '
            f'asked for the same {n} organisations over HTTP on the loopback, '
            f'by the clock: p50 {statistics.median(took):.3f} ms, p95 '
            f'{took[n * 95 // 100]:.3f} ms, p99 {took[n * 99 // 100]:.3f} ms, '
            f'most {took[-1]:.3f} ms; {sum(h for _, h in asked)} of them have '
            'hits.'), {}
