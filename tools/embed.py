#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""embed.py INPUT OUTPUT NAME: a file as a C array, for the build."""
import sys


def main():
    source, target, name = sys.argv[1:4]
    with open(source, "rb") as f:
        data = f.read()
    with open(target, "w", encoding="ascii") as f:
        f.write("/* Made at build time. */\n")
        f.write(f"static const unsigned char {name}[] = {{\n")
        for i in range(0, len(data), 16):
            f.write(" ".join(f"{b}," for b in data[i:i + 16]) + "\n")
        f.write("};\n")


main()
