#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ear-embed.py OUTPUT NAME FILE...: fact tables as one JSON text in a C array.

Knows the YAML that data/ear is written in and refuses the rest: comments,
`key: value` at the left edge, and lists whose items are one line of JSON each.
So any YAML reader reads the same, and the build needs none.
"""
import json
import os
import re
import sys


def read(path):
    table, rows = {}, None
    with open(path, encoding='utf-8') as f:
        for n, line in enumerate(f, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            item = re.fullmatch(r'  - (\{.*\})', line)
            key = re.fullmatch(r'([a-z_]+):(?: (.*))?', line)
            if item and rows is not None:
                rows.append(json.loads(item[1]))
            elif key and key[2]:
                table[key[1]] = key[2].strip('"')
                rows = None
            elif key:
                rows = table[key[1]] = []
            else:
                raise SystemExit(f'{path}:{n}: not of the form of data/ear')
    return table


def main():
    target, name, *paths = sys.argv[1:]
    tables = {os.path.basename(p).split('.')[0]: read(p) for p in paths}
    data = json.dumps(tables, ensure_ascii=False,
                      separators=(',', ':')).encode()
    with open(target, 'w', encoding='ascii') as f:
        f.write('/* Made at build time. */\n')
        f.write(f'static const unsigned char {name}[] = {{\n')
        for i in range(0, len(data), 24):
            f.write(' '.join(f'{b},' for b in data[i:i + 24]) + '\n')
        f.write('};\n')


main()
