#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""embed_files.py OUTPUT NAME FILE...: files as C arrays and a table NAME of
them ({name, bytes, n}), for the build."""
import os
import sys


def main():
    target, name, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    table = []
    with open(target, "w", encoding="ascii") as f:
        f.write("/* Made at build time. */\n")
        for i, source in enumerate(files):
            with open(source, "rb") as g:
                data = g.read()
            f.write(f"static const unsigned char {name}_{i}[] = {{\n")
            for at in range(0, len(data), 16):
                f.write(" ".join(f"{b}," for b in data[at:at + 16]) + "\n")
            f.write("};\n")
            word = os.path.splitext(os.path.basename(source))[0]
            table.append(f'{{"{word}", {name}_{i}, sizeof {name}_{i}}},')
        f.write("static const struct {\nconst char *name;\n"
                "const unsigned char *bytes;\nsize_t n;\n"
                f"}} {name}[] = {{\n" + "\n".join(table) + "\n};\n")


main()
