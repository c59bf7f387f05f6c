#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""embed.py INPUT OUTPUT NAME: a file as a C array, for the build.
embed.py --set OUTPUT NAME INPUT...: several files as an array of {name, bytes,
n}, sorted by name; an as_embedded each, which the includer declares."""
import os
import sys


def array(f, name, path):
    with open(path, "rb") as source:
        data = source.read()
    f.write(f"static const unsigned char {name}[] = {{\n")
    for i in range(0, len(data), 16):
        f.write(" ".join(f"{b}," for b in data[i:i + 16]) + "\n")
    f.write("};\n")


def one(source, target, name):
    with open(target, "w", encoding="ascii") as f:
        f.write("/* Made at build time. */\n")
        array(f, name, source)


def many(target, name, *sources):
    sources = sorted(sources, key=os.path.basename)
    with open(target, "w", encoding="ascii") as f:
        f.write("/* Made at build time. */\n")
        for i, source in enumerate(sources):
            array(f, f"{name}_{i}", source)
        f.write(f"static const as_embedded {name}[] = {{\n")
        for i, source in enumerate(sources):
            f.write(f'{{"{os.path.basename(source)}", {name}_{i}, '
                    f"sizeof {name}_{i}}},\n")
        f.write("};\n")


if sys.argv[1] == "--set":
    many(*sys.argv[2:])
else:
    one(*sys.argv[1:4])
