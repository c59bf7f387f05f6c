#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles the rule tables of data/schema into the C arrays of
src/bom/schema_internal.h, at build time.

usage: schema-compile.py TABLE... OUT.c

Patterns become deterministic automata over bytes, and content models
deterministic automata over element names: whatever a document holds, one step
is taken for each of its bytes or children. The notation of the tables is
described in data/schema/README.md.
"""
import json
import re
import sys

# --- the table -------------------------------------------------------------


class Rule:
    """A line and the lines indented below it."""

    def __init__(self, number, words):
        self.number, self.words, self.children = number, words, []

    def fail(self, why):
        sys.exit("line %d: %s: %s" % (self.number, why, " ".join(self.words)))


def split(text):
    out = []
    for m in re.finditer(r'"(?:[^"\\]|\\.)*"|\S+', text):
        w = m.group()
        out.append(json.loads(w) if w[0] == '"' else w)
    return out


def read(path):
    """The lines of the first level, each with its children."""
    top, stack = [], []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            depth = (len(line) - len(line.lstrip(" "))) // 2
            rule = Rule(number, split(text))
            del stack[depth:]
            (stack[-1].children if stack else top).append(rule)
            stack.append(rule)
    return top


# --- patterns: regular expression -> least automaton over bytes ------------


class Pattern:
    """The subset of regular expressions that the schemas use, whole match."""

    def __init__(self, text):
        self.text, self.at = text, 0
        self.edges = [[]]      # state -> [(bytes or None, state)]
        start, end = self.choice()
        if self.at != len(text):
            sys.exit("pattern not understood: " + text)
        self.start, self.end = start, end

    def state(self):
        self.edges.append([])
        return len(self.edges) - 1

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def choice(self):
        start, end = self.state(), self.state()
        while True:
            a, b = self.sequence()
            self.edges[start].append((None, a))
            self.edges[b].append((None, end))
            if self.peek() != "|":
                return start, end
            self.at += 1

    def sequence(self):
        start = end = self.state()
        while self.peek() not in ("", "|", ")"):
            begin = self.at
            a, b = self.atom()
            low, high = self.quantity()
            stop = self.at
            for i in range(high if high is not None else max(low, 1)):
                if i:
                    self.at = begin
                    a, b = self.atom()
                self.edges[end].append((None, a))
                if i >= low:
                    self.edges[end].append((None, b))
                end = b
            if high is None:
                self.edges[b].append((None, a))
                if low == 0:
                    self.edges[a].append((None, b))
                end = self.state()
                self.edges[b].append((None, end))
            if high == 0:
                sys.exit("pattern repeats nothing: " + self.text)
            self.at = stop
        return start, end

    def quantity(self):
        c = self.peek()
        if c in ("*", "+", "?") and c:
            self.at += 1
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[c]
        m = re.compile(r"\{(\d+)(,(\d*))?\}").match(self.text, self.at)
        if not m:
            return 1, 1
        self.at = m.end()
        low = int(m.group(1))
        if m.group(2) is None:
            return low, low
        return low, int(m.group(3)) if m.group(3) else None

    def atom(self):
        c = self.peek()
        if c == "(":
            self.at += 3 if self.text.startswith("(?:", self.at) else 1
            a, b = self.choice()
            if self.peek() != ")":
                sys.exit("pattern is not closed: " + self.text)
            self.at += 1
            return a, b
        self.at += 1
        if c == "[":
            members = self.bracket()
        elif c == "\\":
            members = self.escape()
        elif c == ".":
            members = frozenset(range(256)) - {10, 13}
        elif c in ("^", "$", "?", "*", "+", ")") or ord(c) > 126:
            sys.exit("pattern not understood: " + self.text)
        else:
            members = frozenset([ord(c)])
        a, b = self.state(), self.state()
        self.edges[a].append((members, b))
        return a, b

    def escape(self):
        c = self.peek()
        self.at += 1
        if c == "s":
            return frozenset(b" \t\n\v\f\r")
        if c == "d":
            return frozenset(b"0123456789")
        if not c or c.isalnum():
            sys.exit("pattern escape not understood: " + self.text)
        return frozenset([ord(c)])

    def bracket(self):
        out, last = set(), None
        negated = self.peek() == "^"
        self.at += negated
        while self.peek() != "]":
            c = self.peek()
            self.at += 1
            if c == "\\":
                members = self.escape()
            elif c == "-" and last is not None and self.peek() != "]":
                high = self.peek()
                self.at += 1
                if high == "\\":
                    high = chr(min(self.escape()))
                members = frozenset(range(last, ord(high) + 1))
            else:
                members = frozenset([ord(c)])
            last = min(members) if len(members) == 1 else None
            out |= members
        self.at += 1
        return frozenset(range(256)) - out if negated else frozenset(out)


def closure(edges, states):
    seen, stack = set(states), list(states)
    while stack:
        for members, to in edges[stack.pop()]:
            if members is None and to not in seen:
                seen.add(to)
                stack.append(to)
    return frozenset(seen)


def least(rows, accept):
    """Merges states that nothing tells apart: old state -> new state."""
    group = [1 if a else 0 for a in accept]
    while True:
        keys = {}
        finer = [keys.setdefault((group[i],) + tuple(group[t] for t in row),
                                 len(keys)) for i, row in enumerate(rows)]
        if len(keys) == len(set(group)):
            return finer
        group = finer


def automaton(text):
    """(class of each byte, rows of next states, accepting); 0 is the dead
    state and 1 the start."""
    p = Pattern(text)
    signature = {}
    sets = sorted({m for e in p.edges for m, _ in e if m is not None},
                  key=sorted)
    classes = [signature.setdefault(tuple(b in m for m in sets),
                                    len(signature)) for b in range(256)]
    sample = {c: b for b, c in enumerate(classes)}
    start = closure(p.edges, [p.start])
    number, rows, todo = {frozenset(): 0, start: 1}, {}, [frozenset(), start]
    while todo:
        at = todo.pop()
        row = []
        for c in range(len(signature)):
            to = closure(p.edges, {t for s in at for m, t in p.edges[s]
                                   if m is not None and sample[c] in m})
            if to not in number:
                number[to] = len(number)
                todo.append(to)
            row.append(number[to])
        rows[number[at]] = row
    accept = [False] * len(number)
    for s, i in number.items():
        accept[i] = p.end in s
    rows = [rows[i] for i in range(len(rows))]
    merged = least(rows, accept)
    if merged[0] == merged[1]:
        sys.exit("pattern accepts nothing: " + text)
    # the dead state first, then the start
    rename = {merged[0]: 0, merged[1]: 1}
    for g in merged:
        rename.setdefault(g, len(rename))
    final = {}
    for i, g in enumerate(merged):
        final[rename[g]] = ([rename[merged[t]] for t in rows[i]], accept[i])
    return classes, [final[i][0] for i in range(len(final))], \
        [final[i][1] for i in range(len(final))]


# --- the arrays ------------------------------------------------------------

TYPES = {"null": 1, "false": 2, "true": 4, "boolean": 6, "number": 8,
         "string": 16, "array": 32, "object": 64, "integer": 128}
COUNTS = {"min-length": "MIN_LENGTH", "max-length": "MAX_LENGTH",
          "min-items": "MIN_ITEMS", "max-items": "MAX_ITEMS",
          "least": "LEAST", "most": "MOST",
          "fraction-digits": "FRACTION_DIGITS"}
FLAGS = {"unique": "UNIQUE"}
ROLES = {"define", "use", "purl", "cpe", "hash", "external", "element",
         "blank", "locator"}
NONE = 0xffffffff


class Output:
    def __init__(self):
        self.strings, self.string_list = {}, []
        self.words, self.rules = [], []
        self.nodes = []          # (first rule, rules)
        self.patterns, self.pattern_list = {}, []
        self.types, self.attributes = [], []
        self.states, self.edges = [], []
        self.documents = []

    def string(self, text):
        if text not in self.strings:
            self.strings[text] = len(self.strings)
            self.string_list.append(text)
        return self.strings[text]

    def list(self, numbers):
        at = len(self.words)
        self.words += numbers
        return at

    def pattern(self, text):
        if text not in self.patterns:
            self.patterns[text] = len(self.patterns)
            self.pattern_list.append((text, automaton(text)))
        return self.patterns[text]

    def node(self):
        self.nodes.append(None)
        return len(self.nodes) - 1


def sorted_strings(out, texts):
    return out.list([out.string(t) for t in
                     sorted(texts, key=lambda t: t.encode())])


class NodeCompiler:
    """Rules over values: JSON values, or the text of XML."""

    def __init__(self, out, named):
        self.out, self.named, self.numbers = out, named, {}

    def reference(self, rule, words):
        """The node that follows a role: '= name', or inline words."""
        if words[:1] == ["="]:
            return self.by_name(words[1])
        return self.node(rule, words)

    def by_name(self, name):
        if name not in self.numbers:
            rule = self.named[name]
            self.numbers[name] = self.out.node()
            self.node(rule, rule.words[2:], self.numbers[name])
        return self.numbers[name]

    def node(self, rule, words, number=None):
        if number is None:
            number = self.out.node()
        facts, roles = self.facts(rule, words)
        # roles last: they are about values that keep the rules
        rules = facts + self.lines(rule, words) + roles
        self.out.nodes[number] = (len(self.out.rules), len(rules))
        self.out.rules += rules
        return number

    def facts(self, rule, words):
        mask, rules, roles = 0, [], []
        it = iter(words)
        for w in it:
            if w in TYPES:
                mask |= TYPES[w]
            elif w in COUNTS:
                value = next(it)
                if not re.fullmatch(r"\d+", value):
                    rule.fail("not a whole number")
                rules.append((COUNTS[w], 0, int(value)))
            elif w in FLAGS:
                rules.append((FLAGS[w], 0, 0))
            elif w in ROLES:
                roles.append(("ROLE", "AS_SCHEMA_ROLE_" + w.upper(), 0))
            elif w == "format":
                name = next(it).upper().replace("-", "_")
                rules.append(("FORMAT", "AS_SCHEMA_FORMAT_" + name, 0))
            elif w not in ("closed", "strict", "closed-tuple"):
                rule.fail("unknown word " + w)
        if mask:
            rules.insert(0, ("TYPES", mask, 0))
        return rules, roles

    def lines(self, rule, words):
        out, lists = self.out, {}
        rules, members, values = [], [], []
        for child in rule.children:
            key, rest = child.words[0], child.words[1:]
            if key == "pattern":
                rules.append(("PATTERN", 0, out.pattern(rest[0])))
            elif key == "values":
                values += rest
            elif key == "const":
                self.const(child, rest[0], rules)
            elif key == "require":
                rules.append(("REQUIRE", len(rest),
                              out.list([out.string(w) for w in rest])))
            elif key == "member":
                members.append((rest[0], self.reference(child, rest[1:])))
            elif key == "by":
                rules.append(self.by(child, rest[0]))
            elif key in ("one", "any", "all", "items", "tuple", "not", "if",
                         "then", "else"):
                lists.setdefault(key, []).append(self.reference(child, rest))
            else:
                child.fail("unknown line")
        if values:
            rules.append(("VALUES", len(values), sorted_strings(out, values)))
        self.members(words, members, rules)
        self.lists(words, lists, rules)
        return rules

    def const(self, child, value, rules):
        if value in ("true", "false"):
            rules.append(("TYPES", TYPES[value], 0))
        elif isinstance(value, str):
            rules.append(("VALUES", 1, sorted_strings(self.out, [value])))
        else:
            child.fail("constant not understood")

    def by(self, rule, key):
        """A look-up by the value of a member."""
        flat = []
        for case in sorted(rule.children, key=lambda c: c.words[1].encode()):
            if case.words[0] != "case":
                case.fail("unknown line")
            flat += [self.out.string(case.words[1]),
                     self.reference(case, case.words[2:])]
        return "BY", len(flat) // 2, self.out.list([self.out.string(key)]
                                                   + flat)

    def members(self, words, members, rules):
        op = "MEMBERS_CLOSED" if "closed" in words else \
            "MEMBERS_STRICT" if "strict" in words else "MEMBERS"
        if not members and op == "MEMBERS":
            return
        flat = []
        for name, node in sorted(members, key=lambda m: m[0].encode()):
            flat += [self.out.string(name), node]
        rules.append((op, len(members), self.out.list(flat)))

    def lists(self, words, lists, rules):
        if "items" in lists:
            rules.append(("ITEMS", 0, lists["items"][0]))
        if "tuple" in lists:
            op = "TUPLE_CLOSED" if "closed-tuple" in words else "TUPLE"
            rules.append((op, len(lists["tuple"]),
                          self.out.list(lists["tuple"])))
        for key in ("all", "one", "any"):
            if key in lists:
                rules.append((key.upper(), len(lists[key]),
                              self.out.list(lists[key])))
        if "not" in lists:
            rules.append(("NOT", 0, lists["not"][0]))
        if "if" in lists:
            rules.append(("IF", 0, self.out.list(
                [lists[k][0] if k in lists else NONE
                 for k in ("if", "then", "else")])))


# --- XML: types with content models ----------------------------------------


class TextCompiler(NodeCompiler):
    """Simple types: the words after 'text', a built-in type first."""

    def facts(self, rule, words):
        # the type itself and its attributes are the business of TypeCompiler
        words = [w for w in words
                 if w not in ("other-attributes", "any-attributes")]
        rules = []
        if words[:1] == ["text"]:
            words = words[1:]
        if words and words[0] not in COUNTS and words[0] not in ROLES:
            name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", words[0]).upper()
            rules.append(("TEXT", "AS_SCHEMA_TEXT_" + name, 0))
            words = words[1:]
        facts, roles = super().facts(rule, words)
        return rules + facts, roles

    def lines(self, rule, words):
        bare = Rule(rule.number, rule.words)
        bare.children = [c for c in rule.children
                         if c.words[0] in ("pattern", "values", "any")]
        return super().lines(bare, [])


class Content:
    """The content model of a type: particles -> automaton over names."""

    def __init__(self, compiler, rule):
        self.compiler = compiler
        self.edges = [[]]   # state -> [(None or label, state)]
        start = self.state()
        end = start
        for child in rule.children:
            if child.words[0] in ("sequence", "choice"):
                end = self.particle(child, end)
        self.start, self.end = start, end

    def state(self):
        self.edges.append([])
        return len(self.edges) - 1

    def particle(self, rule, start):
        """Appends a particle behind start; returns its end."""
        words = rule.words
        kind = words[0]
        rest = words[2:] if kind == "element" else words[1:]
        occurs = rest[0] if rest and rest[0] in ("?", "*", "+") else ""
        rest = rest[1:] if occurs else rest
        a, end = self.state(), self.state()
        self.edges[start].append((None, a))
        if kind == "element":
            defaulted = rest[:1] == ["defaulted"]
            t = self.compiler.reference(rule, rest[1:] if defaulted else rest)
            b = self.state()
            self.edges[a].append(((words[1], t, defaulted), b))
        elif kind == "foreign":
            b = self.state()
            self.edges[a].append((("", NONE, False), b))
        elif kind == "sequence":
            b = a
            for child in rule.children:
                b = self.particle(child, b)
        elif kind == "choice":
            b = self.state()
            for child in rule.children:
                self.edges[self.particle(child, a)].append((None, b))
        else:
            rule.fail("unknown particle")
        self.edges[b].append((None, end))
        if occurs in ("?", "*"):
            self.edges[a].append((None, end))
        if occurs in ("*", "+"):
            self.edges[b].append((None, a))
        return end

    def deterministic(self, rule):
        """[(accepting, {(name, type, defaulted): next state})]"""
        start = closure(self.edges, [self.start])
        number, todo, rows = {start: 0}, [start], {}
        while todo:
            at = todo.pop()
            row = {}
            for s in at:
                for label, to in self.edges[s]:
                    if label is not None:
                        row.setdefault(label, set()).add(to)
            names = [label[0] for label in row]
            if len(names) != len(set(names)):
                rule.fail("one name with two types")
            for label, to in row.items():
                to = closure(self.edges, to)
                if to not in number:
                    number[to] = len(number)
                    todo.append(to)
                row[label] = number[to]
            rows[number[at]] = (self.end in at, row)
        return [rows[i] for i in range(len(rows))]


class TypeCompiler:
    def __init__(self, out, named):
        self.out, self.named, self.numbers = out, named, {}
        self.text = TextCompiler(out, named)

    def reference(self, rule, words):
        if words[:1] != ["="]:
            return self.type(rule, words)
        name = words[1]
        if name not in self.numbers:
            target = self.named[name]
            self.numbers[name] = self.reserve()
            self.type(target, target.words[2:], self.numbers[name])
        return self.numbers[name]

    def reserve(self):
        self.out.types.append(None)
        return len(self.out.types) - 1

    def type(self, rule, words, number=None):
        out = self.out
        if number is None:
            number = self.reserve()
        wild = "OTHER" if "other-attributes" in words else \
            "ANY" if "any-attributes" in words else "NONE"
        kind = {"text": "TEXT", "elements": "ELEMENTS", "mixed": "MIXED"}.get(
            words[0] if words else "", "ANY")
        attributes = []
        for child in rule.children:
            if child.words[0] != "attribute":
                continue
            rest = child.words[2:]
            need = rest[:1] == ["!"]
            rest = rest[1:] if need else rest
            attributes.append((out.string(child.words[1]), need,
                               self.text.reference(child, rest)))
        at, states = NONE, 0
        if kind == "TEXT":
            at = self.text.node(rule, words)
        elif kind != "ANY":
            at, states = self.content(rule)
        out.types[number] = ("AS_SCHEMA_TYPE_" + kind,
                             "AS_SCHEMA_WILD_" + wild, len(attributes),
                             len(out.attributes), at, states)
        out.attributes += attributes
        return number

    def content(self, rule):
        rows = Content(self, rule).deterministic(rule)
        first = len(self.out.states)
        self.out.states += [None] * len(rows)
        for i, (accept, row) in enumerate(rows):
            foreign = NONE
            edges = []
            for (name, t, defaulted), to in row.items():
                if name == "":
                    foreign = first + to
                else:
                    edges.append((name, t, defaulted, first + to))
            self.out.states[first + i] = (len(self.out.edges), len(edges),
                                          accept, foreign)
            self.out.edges += [(self.out.string(n), t, d, to)
                               for n, t, d, to in edges]
        return first, len(rows)


# --- C ---------------------------------------------------------------------


def array(f, declaration, items, per_line=1):
    f.write("%s = {\n" % declaration)
    for i in range(0, len(items), per_line):
        f.write("    " + " ".join(x + "," for x in items[i:i + per_line])
                + "\n")
    f.write("};\n")


def quote(text):
    return '"%s"' % "".join(
        c if 32 <= ord(c) < 127 and c not in '"\\?' else
        "".join("\\%03o" % b for b in c.encode()) for c in text)


def check_ends(out):
    """Rules that look at the same value again must end somewhere."""
    same = {"ONE", "ANY", "ALL"}
    done, open_nodes = set(), set()

    def visit(node):
        if node in open_nodes:
            sys.exit("rules refer to each other without end")
        if node in done or node == NONE:
            return
        open_nodes.add(node)
        first, n = out.nodes[node]
        for op, count, at in out.rules[first:first + n]:
            below = out.words[at:at + count] if op in same else \
                out.words[at:at + 3] if op == "IF" else \
                out.words[at + 2:at + 2 + 2 * count:2] if op == "BY" else \
                [at] if op == "NOT" else []
            for other in below:
                visit(other)
        open_nodes.discard(node)
        done.add(node)
    for node in range(len(out.nodes)):
        visit(node)


def write(out, path):
    with open(path, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/schema-compile.py from data/schema. */\n"
                '#include "bom/schema_internal.h"\n')
        array(f, "const as_str as_schema_strings[]",
              ["AS_STR_INIT(%s)" % quote(s) for s in out.string_list])
        array(f, "const uint32_t as_schema_words[]",
              ["%du" % w for w in out.words], 12)
        array(f, "const as_schema_rule as_schema_rules[]",
              ["{AS_SCHEMA_%s, %s, %du}" % (op, n, at)
               for op, n, at in out.rules], 2)
        array(f, "const as_schema_node as_schema_nodes[]",
              ["{%du, %d}" % n for n in out.nodes], 6)
        patterns(f, out)
        array(f, "const as_schema_type as_schema_types[]",
              ["{%s, %s, %d, %du, %du, %du}" % t for t in out.types], 1)
        array(f, "const as_schema_attribute as_schema_attributes[]",
              ["{%du, %d, %du}" % a for a in out.attributes], 4)
        array(f, "const as_schema_state as_schema_states[]",
              ["{%du, %d, %d, %du}" % s for s in out.states], 4)
        array(f, "const as_schema_edge as_schema_edges[]",
              ["{%du, %du, %d, %du}" % e for e in out.edges], 4)
        array(f, "const as_schema_document as_schema_documents[]",
              ["{%s, AS_STR_INIT(%s), AS_STR_INIT(%s), AS_STR_INIT(%s), %du}"
               % (k, quote(v), quote(s), quote(n), at)
               for k, v, s, n, at in out.documents])
        f.write("const size_t as_schema_document_count = %d;\n"
                % len(out.documents))


def patterns(f, out):
    classes, rows, accepts, heads = [], [], [], []
    for text, (byte_classes, table, accept) in out.pattern_list:
        width = max(byte_classes) + 1
        heads.append("{%du, %du, %du, %d, AS_STR_INIT(%s)}" % (
            len(classes), len(rows), len(accepts), width, quote(text)))
        classes += byte_classes
        rows += [t for row in table for t in row]
        accepts += [int(a) for a in accept]
    array(f, "const uint8_t as_schema_classes[]", list(map(str, classes)), 24)
    array(f, "const uint16_t as_schema_rows[]", list(map(str, rows)), 20)
    array(f, "const uint8_t as_schema_accepts[]", list(map(str, accepts)), 36)
    array(f, "const as_schema_pattern as_schema_patterns[]", heads)


def add_nodes(out, table, keyword):
    """A table over JSON values."""
    compiler = NodeCompiler(out, {r.words[1]: r for r in table
                                  if r.words[0] == "node"})
    for rule in table:
        if rule.words[0] == keyword:
            out.documents.append(("AS_SCHEMA_" + keyword.upper(),
                                  rule.words[1], "", "",
                                  compiler.reference(rule, rule.words[2:])))


def add_types(out, table):
    """A table over XML elements."""
    compiler = TypeCompiler(out, {r.words[1]: r for r in table
                                  if r.words[0] == "type"})
    for rule in table:
        if rule.words[0] in ("xml", "extension"):
            kind = "AS_SCHEMA_" + rule.words[0].upper()
            version, space, name = rule.words[1:4]
            out.documents.append((kind, version, space, name,
                                  compiler.reference(rule, rule.words[4:])))


def main():
    *paths, target = sys.argv[1:]
    out = Output()
    for path in paths:
        table = read(path)
        if any(r.words[0] == "type" for r in table):
            add_types(out, table)
        else:
            add_nodes(out, table, table[0].words[0])
    check_ends(out)
    write(out, target)


if __name__ == "__main__":
    main()
