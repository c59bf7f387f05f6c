# SPDX-License-Identifier: Apache-2.0
"""Rules and the tables they are written to, for the tools that derive the
tables of data/schema. The notation is described in data/schema/README.md."""
import json
import re


class Node:
    """One rule: a label of facts and named links to other rules."""

    def __init__(self, name):
        self.name = name      # where it came from, for a readable table
        self.defined = False  # the schema gave it a name
        self.words = []       # facts on the node's own line
        self.lines = []       # facts on lines of their own
        self.links = []       # (role, Node), in the order of the schema
        self.inline = False   # never written under a name of its own

    def label(self):
        return (tuple(self.words), tuple(self.lines),
                tuple(role for role, _ in self.links))


def word(text):
    """A word of the table: bare where that is clear, else as JSON string."""
    if re.fullmatch(r"[A-Za-z0-9_.$:/+@~#*-]+", text):
        return text
    return json.dumps(text, ensure_ascii=False)


def wrapped(head, words):
    """Lines of at most about 100 columns, each with the head."""
    lines = [head]
    for w in words:
        if len(lines[-1]) + len(w) > 99 and lines[-1] != head:
            lines.append(head)
        lines[-1] += " " + w
    return lines


def refine(nodes):
    """Node -> class number; nodes of a class accept the same documents."""
    labels = {}
    classes = {n: labels.setdefault(n.label(), len(labels)) for n in nodes}
    while True:
        keys = {}
        finer = {}
        for n in nodes:
            key = (classes[n],) + tuple(classes[t] for _, t in n.links)
            finer[n] = keys.setdefault(key, len(keys))
        if len(keys) == len(set(classes.values())):
            return classes
        classes = finer


def order(roots):
    """All nodes below the roots, each once, in the order of discovery."""
    seen, out, stack = set(), [], list(reversed(roots))
    while stack:
        n = stack.pop()
        if n in seen:
            continue
        seen.add(n)
        out.append(n)
        stack.extend(t for _, t in reversed(n.links))
    return out


class Table:
    """Prints merged rules: shared and defined ones by name, others inline."""

    def __init__(self, roots):
        self.nodes = order(roots)
        self.classes = refine(self.nodes)
        self.first = {}
        for n in self.nodes:
            self.first.setdefault(self.classes[n], n)
        uses = {}
        for n in self.first.values():
            for _, t in n.links:
                c = self.classes[t]
                uses[c] = uses.get(c, 0) + 1
        self.names = {}
        taken = set()
        for c, n in self.first.items():
            plain = not n.lines and not n.links and len(n.words) <= 2
            if n.inline or plain:
                continue
            if n.defined or uses.get(c, 0) > 1:
                name, i = n.name, 2
                while name in taken:
                    name, i = "%s.%d" % (n.name, i), i + 1
                taken.add(name)
                self.names[c] = name

    def reference(self, n):
        """What follows a role: '= name', or the words of an inline node."""
        name = self.names.get(self.classes[n])
        if name:
            return "= " + word(name), None
        rep = self.first[self.classes[n]]
        return " ".join(rep.words), rep

    def body(self, n, indent, out):
        pad = "  " * indent
        for line in n.lines:
            if isinstance(line, tuple):
                out.extend(wrapped(pad + "values", line))
            else:
                out.append(pad + line)
        for role, t in n.links:
            spec, inline = self.reference(t)
            out.append((pad + role + " " + spec).rstrip())
            if inline:
                self.body(inline, indent + 1, out)

    def write(self, notice, head, keyword):
        out = []
        for c, name in self.names.items():
            n = self.first[c]
            out.append(" ".join([keyword, word(name)] + n.words))
            self.body(n, 1, out)
        return notice + head(self) + "\n".join(out) + "\n"
