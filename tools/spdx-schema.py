#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Derives the rule table for SPDX JSON from the official schemas.

usage: spdx-schema.py SCHEMA-DIR OUT-DIR

SCHEMA-DIR holds spdx-2.2.json, spdx-2.3.json (schemas/spdx-schema.json of
spdx/spdx-spec, branches development/v2.2.2 and support/2.3) and spdx-3.0.json
(3.0.1/model/schema.json of its branch gh-pages). Writes spdx.tbl: names, types,
enumerations and patterns, nothing else.

The schemas of 2.x leave to the text of the standard what identifiers, dates
and persons look like, and that a document has a namespace; SPDX2 below adds
it. That of 3.0 is a union of some seventy classes; here it is one look-up by
the member "type", and every class lists the members it inherits.
"""
import json
import os
import re
import sys

from schema_table import Node, Table, word

NOTICE = """\
# SPDX-License-Identifier: Apache-2.0
# Derived by tools/spdx-schema.py from the SPDX 2.2, 2.3 and 3.0 schemas (The
# Linux Foundation): facts only. Not edited by hand; see README.md.
"""


# SPDX 2 -----------------------------------------------------------------------

AGENT = "(Person|Organization|Tool):.*"
PARTY = "NOASSERTION|(Person|Organization):.*"
# Member -> what the text of the standard adds to it: words and lines.
SPDX2 = {
    "SPDXID": (["define"], ['pattern "SPDXRef-[A-Za-z0-9.-]+"']),
    "annotationDate": (["format", "date-time"], []),
    "annotator": ([], ["pattern " + json.dumps(AGENT)]),
    "builtDate": (["format", "date-time"], []),
    "created": (["format", "date-time"], []),
    "dataLicense": ([], [("CC0-1.0",)]),
    "externalDocumentId": ([], ['pattern "DocumentRef-[A-Za-z0-9.+-]+"']),
    "licenseId": ([], ['pattern "LicenseRef-[A-Za-z0-9.-]+"']),
    "originator": ([], ["pattern " + json.dumps(PARTY)]),
    "reference": (["element"], []),
    "relatedSpdxElement": (["element"], []),
    "releaseDate": (["format", "date-time"], []),
    "snippetFromFile": (["element"], []),
    "spdxElementId": (["element"], []),
    "supplier": ([], ["pattern " + json.dumps(PARTY)]),
    "validUntilDate": (["format", "date-time"], []),
}
# Arrays, likewise for their items.
SPDX2_ITEMS = {
    "creators": ([], ["pattern " + json.dumps(AGENT)]),
    "documentDescribes": (["element"], []),
    "fileDependencies": (["element"], []),
    "hasFiles": (["element"], []),
}
SPDX2_ROLES = {"checksums/item": "hash", "externalRefs/item": "locator"}
# Spellings that documents of both versions use.
CATEGORIES = {"PACKAGE_MANAGER", "PERSISTENT_ID"}


def spdx2(at, name, extra=((), ())):
    """The rule of a schema object of 2.x."""
    known = {"description", "type", "enum", "properties", "required", "items",
             "minItems", "additionalProperties", "title", "$schema", "$id"}
    if set(at) - known:
        sys.exit("%s: unknown keywords %s" % (name, sorted(set(at) - known)))
    n = Node(name)
    n.defined = name.count("/") == 0
    n.words = [at["type"]]
    if at.get("additionalProperties") is False:
        n.words.append("closed")
    if "minItems" in at:
        n.words += ["min-items", str(at["minItems"])]
    n.words += extra[0]
    for suffix, role in SPDX2_ROLES.items():
        if name.endswith(suffix):
            n.words.append(role)
    if "enum" in at:
        values = set(at["enum"])
        if name.endswith("/referenceCategory"):
            values |= CATEGORIES
        n.lines.append(tuple(map(word, sorted(values))))
    n.lines += extra[1]
    required = at.get("required", [])
    if n.defined:
        required = required + ["documentNamespace"]
    if required:
        n.lines.append("require " + " ".join(map(word, required)))
    for key, member in at.get("properties", {}).items():
        n.links.append(("member " + word(key), spdx2(
            member, name + "/" + key, SPDX2.get(key, ((), ())))))
    if "items" in at:
        n.links.append(("items", spdx2(
            at["items"], name + "/item",
            SPDX2_ITEMS.get(name.rsplit("/", 1)[-1], ((), ())))))
    return n


# SPDX 3 -----------------------------------------------------------------------

ROLES3 = {"Hash": "hash", "ExternalIdentifier": "locator"}
IRI = "([^_]|_[^:]).*:.+"  # and no blank node
EXTENSION = "extension_Extension"


class Spdx3:
    def __init__(self, schema):
        self.schema = schema
        self.defs = schema["$defs"]
        self.nodes = {}

    @staticmethod
    def target(at):
        return at["$ref"].rsplit("/", 1)[-1] if set(at) == {"$ref"} else None

    def root(self):
        n = Node("document-3.0")
        n.defined = True
        n.words = ["object"]
        n.lines = ["require @context"]
        graph = Node("graph")
        graph.lines = ["require @graph"]
        whole = Node("graph-3.0")
        whole.words = ["object", "closed"]
        items = Node("elements")
        items.words = ["array"]
        items.links = [("items", self.union("AnyClass"))]
        whole.links = [("member @context", Node("any")),
                       ("member @graph", items)]
        n.links = [("if", graph), ("then", whole),
                   ("else", self.union("AnyClass"))]
        return n

    def union(self, name):
        """Objects of one of several classes, told apart by their type."""
        if ("union", name) in self.nodes:
            return self.nodes["union", name]
        at = self.defs[name]
        n = self.nodes["union", name] = Node(name + "-3.0")
        n.defined = True
        objects = at if name == "AnyClass" else \
            next(x for x in at["anyOf"] if x.get("type") == "object")
        classes = [self.target(x) for x in objects["anyOf"]]
        by = Node(name + "/by")
        by.inline = True
        by.links = [("case " + c, self.entity(c)) for c in classes
                    if EXTENSION not in c]
        n.links = [("by type", by)]
        if name == "AnyClass":
            n.words = ["object"]
            return n
        n.words = ["object", "string", "blank"]
        values = [x["const"] for x in at["anyOf"] if "const" in x]
        if values:
            n.lines = ["pattern " + json.dumps(".+:.+|" + "|".join(
                re.escape(v).replace("/", "/") for v in sorted(values)))]
        else:
            n.lines = ['pattern ".+:.+"']
        return n

    def entity(self, name):
        """A class: its own members and those it inherits."""
        if name in self.nodes:
            return self.nodes[name]
        n = self.nodes[name] = Node(name + "-3.0")
        n.defined = True
        n.words = ["object", "closed"]
        if name in ROLES3:
            n.words.append(ROLES3[name])
        members, required = {}, []
        self.collect(name, members, required)
        n.lines = ["require " + " ".join(map(word, required))]
        n.links = [("member @context", Node("any"))]
        for key, at in members.items():
            n.links.append(("member " + word(key), self.member(key, at)))
        return n

    def collect(self, name, members, required):
        at = self.defs[name]
        for part in at.get("allOf", [at]):
            if self.target(part):
                self.collect(self.target(part), members, required)
                continue
            for key, member in part.get("properties", {}).items():
                members.setdefault(key, member)
            required += [k for k in part.get("required", [])
                         if k not in required]

    def member(self, key, at):
        if key == "type":
            n = Node("type")
            n.words = ["string"]
            return n
        if key in ("spdxId", "@id"):
            n = Node(key)
            n.words = ["string", "define"]
            n.lines = ["pattern " + json.dumps(IRI)] if key == "spdxId" \
                else ['pattern ".+:.+"']
            return n
        role = "purl" if key == "software_packageUrl" else None
        return self.value(at, key, role)

    def value(self, at, name, role=None):
        target = self.target(at)
        if target and (target.endswith("_derived") or target == "AnyClass"):
            return self.union(target)
        if target:
            return self.value(self.defs[target], target, role)
        n = Node(name)
        branches = at.get("oneOf") or at.get("anyOf") or []
        if len(branches) == 1:
            return self.value(branches[0], name, role)
        for branch in branches:
            n.links.append(("any", self.value(branch, name)))
        if "type" in at:
            n.words.append(at["type"])
        if "minItems" in at:
            n.words += ["min-items", str(at["minItems"])]
        if "minimum" in at:
            n.words += ["least", str(at["minimum"])]
        patterns = [at["pattern"]] if "pattern" in at else \
            [x["pattern"] for x in at.get("allOf", [])]
        if patterns:
            n.lines.append("pattern " + json.dumps(self.pattern(patterns[-1])))
        if patterns and "T" in patterns[-1]:
            n.words += ["format", "date-time"]
        if "enum" in at:
            n.lines.append(tuple(map(word, sorted(at["enum"]))))
        if "items" in at:
            n.links.append(("items", self.value(at["items"], name + "/item")))
        if role:
            n.words.append(role)
        return n

    @staticmethod
    def pattern(text):
        """Of a whole value, without looking ahead."""
        if text == "^(?!_:).+:.+":
            return IRI
        return re.fullmatch(r"\^(.*?)\$?", text).group(1)


def main():
    folder, out = sys.argv[1:]
    roots = []
    for version in ("2.2", "2.3", "3.0"):
        path = os.path.join(folder, "spdx-%s.json" % version)
        with open(path, encoding="utf-8") as f:
            schema = json.load(f)
        roots.append((version, spdx2(schema, "document-" + version)
                      if version < "3" else Spdx3(schema).root()))

    def head(table):
        return "".join("spdx %s = %s\n" % (v, table.names[table.classes[r]])
                       for v, r in roots)
    with open(os.path.join(out, "spdx.tbl"), "w", encoding="utf-8") as f:
        f.write(Table([r for _, r in roots]).write(NOTICE, head, "node"))


if __name__ == "__main__":
    main()
