# SPDX-License-Identifier: Apache-2.0
"""The review as text on terminals of several widths and in a pipe: it fits,
colours are for terminals alone, and the most important stands first."""

import fcntl
import json
import os
import pty
import re
import struct
import termios
import unicodedata

import e2e

AS_OF = ('--as-of', '2026-11-22')
WIDTHS = (40, 60, 80, 120)
COLOUR = re.compile(r'\x1b\[[0-9;]*m')
ORDER = ('Verdict: reject', 'Why', '  reject: ', 'Open findings (',
         'Explained away or fixed (', 'Not examined (', 'Knowledge')
STRANGE = ('安全库组件名称很长' * 12, 'W' * 300, 'e\u0301' * 100,
           '라이브러리 이름 ' * 20)


def on_terminal(width, *words, env=None):
    """What a terminal of that many columns gets."""
    child, fd = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('4H', 40, width, 0, 0))
        kept = {k: v for k, v in os.environ.items()
                if k not in ('COLUMNS', 'NO_COLOR')}
        os.execve(e2e.ASSAY, [e2e.ASSAY, *words],
                  {**kept, 'TERM': 'xterm-256color', **(env or {})})
    got = b''
    while True:
        try:
            more = os.read(fd, 65536)
        except OSError:
            break
        if not more:
            break
        got += more
    os.close(fd)
    os.waitpid(child, 0)
    return got.decode('utf-8').replace('\r\n', '\n')


def columns(line):
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in 'WF' else 1
               for c in line)


def too_wide(text, width):
    return [s for s in COLOUR.sub('', text).splitlines() if columns(s) > width]


def fits(name, path):
    review = ('review', *AS_OF, path)
    for width in WIDTHS:
        text = on_terminal(width, *review)
        wide = too_wide(text, width)
        e2e.check(f'{name}: fits {width} columns, in colour',
                  COLOUR.search(text) and text.count('\n') > 10 and not wide,
                  wide[:3] or text[:200])
    piped = e2e.run(*review).text()
    e2e.check(f'{name}: in a pipe 80 columns without colour',
              '\x1b' not in piped and not too_wide(piped, 80))
    e2e.check(f'{name}: the same words on a terminal of 80 columns',
              COLOUR.sub('', on_terminal(80, *review)) == piped)
    plain = on_terminal(80, *review, env={'NO_COLOR': '1'})
    e2e.check(f'{name}: NO_COLOR is heeded', plain == piped)


def order():
    text = e2e.run('review', *AS_OF, e2e.source('examples',
                                                'gateway.cdx.json')).text()
    at = [text.find('\n' + what) for what in ORDER]
    e2e.check('the most important stands first',
              -1 not in at and at == sorted(at), list(zip(ORDER, at)))
    lines = text.splitlines()
    e2e.check('the verdict is in the first lines',
              'Verdict: reject' in lines[:6], lines[:6])


def main():
    ran = e2e.run('feeds', 'import', e2e.source('data', 'starter'))
    e2e.check('the starter knowledge is imported', ran.status == 0,
              ran.errors())
    for name in ('gateway', 'clean', 'unknown'):
        fits(name, e2e.source('examples', name + '.cdx.json'))
    strange = os.path.join(e2e.TMP, 'strange.json')
    with open(strange, 'w', encoding='utf-8') as f:
        json.dump({'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
                   'components': [{'type': 'library', 'name': n,
                                   'version': '0' * 64} for n in STRANGE]}, f)
    fits('strange names', strange)
    e2e.check('a line that is too wide is seen', too_wide('安' * 41, 80) and
              not too_wide('安' * 40, 80))
    order()


main()
