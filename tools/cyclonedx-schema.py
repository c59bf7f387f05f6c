#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Derives the rule tables of `assay bom validate` from the official schemas.

usage: cyclonedx-schema.py SCHEMA-DIR OUT-DIR

Reads bom-*.schema.json (with the SPDX licence list, the signature and the
cryptography schema they refer to) and bom-*.xsd (with spdx.xsd and ext/*.xsd)
and writes cyclonedx-json.tbl and cyclonedx-xml.tbl: names, types, occurrence,
enumerations, patterns and references. Titles, descriptions, examples, comments
and defaults are left behind. The notation is described in
data/schema/README.md; tools/schema-compile.py turns it into C.

Equal rules of different versions become one: the rules of all versions are one
graph, and its nodes are merged by partition refinement, so that a definition
is written once under the first version that has it.
"""
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

from schema_table import Node, Table, word

JSON_VERSIONS = ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]
XML_VERSIONS = ["1.0", "1.1"] + JSON_VERSIONS
XML_EXTENSIONS = ["dependency-graph-1.0", "vulnerability-1.0"]
NOTICE = """\
# SPDX-License-Identifier: Apache-2.0
# Derived by tools/cyclonedx-schema.py from the CycloneDX schemas (OWASP
# Foundation, Apache-2.0): facts only. Not edited by hand; see README.md.
"""


# JSON Schema, draft 7 -------------------------------------------------------

COUNTS = {"minLength": "min-length", "maxLength": "max-length",
          "minItems": "min-items", "maxItems": "max-items",
          "minimum": "least", "maximum": "most"}
PROSE = {"title", "description", "examples", "default", "$comment",
         "meta:enum", "deprecated", "$id", "$schema", "definitions"}
# Members of compositions that name elements elsewhere, where the schema only
# says "string".
COMPOSED = {"assemblies", "dependencies", "vulnerabilities"}


class JsonReader:
    def __init__(self, folder):
        self.folder = folder
        self.files = {}
        self.nodes = {}

    def file(self, name):
        if name not in self.files:
            with open(os.path.join(self.folder, name), encoding="utf-8") as f:
                self.files[name] = json.load(f)
        return self.files[name]

    def resolve(self, file, ref):
        name, _, pointer = ref.partition("#")
        name = name or file
        at = self.file(name)
        for part in pointer.split("/")[1:]:
            at = at[part]
        return name, at, pointer

    @staticmethod
    def target(at):
        """What a schema that only refers elsewhere refers to, or None."""
        if set(at) - PROSE == {"allOf"} and len(at["allOf"]) == 1:
            at = at["allOf"][0]
        return at.get("$ref")

    def node(self, file, at, name, role=None):
        """The rule of a schema object; role: define or use, from outside."""
        defined = name.count("/") == 0
        while isinstance(at, dict) and self.target(at):
            ref = self.target(at)
            file, at, pointer = self.resolve(file, ref)
            kind = pointer.rsplit("/", 1)[-1]
            if kind in ("refType", "refLinkType") and not role:
                role = "use"
            version = re.search(r"(\d+\.\d+)", file)
            name = kind or file.split(".")[0]
            if version and not file.startswith("jsf"):
                name += "-" + version.group(1)
            if file.startswith("jsf") and kind == "signature":
                name = "jsf-signature"
            defined = True
        if at is True:
            return Node("any")
        key = (id(at), role)
        if key in self.nodes:
            return self.nodes[key]
        n = self.nodes[key] = Node(
            name + ("-" + role if role in ("define", "use") else ""))
        n.defined = defined
        if role and at.get("type") == "string":
            n.words.append(role)
        self.fill(n, file, at, name)
        if re.fullmatch(r"hash-\d+\.\d+", name):
            n.words.append("hash")
        return n

    def fill(self, n, file, at, name):
        unknown = set(at) - PROSE - set(COUNTS) - {
            "type", "enum", "const", "pattern", "format", "required",
            "properties", "additionalProperties", "items", "additionalItems",
            "uniqueItems", "oneOf", "anyOf", "allOf", "not", "if", "then",
            "else", "strict"}
        if unknown:
            sys.exit("%s: unknown keywords %s" % (name, sorted(unknown)))
        types = at.get("type", [])
        types = [types] if isinstance(types, str) else types
        n.words = types + n.words
        self.facts(n, at)
        self.members(n, file, at, name)
        if isinstance(at.get("items"), list):
            for i, item in enumerate(at["items"]):
                inner = "%s/%d" % (name, i)
                n.links.append(("tuple", self.node(file, item, inner)))
        elif "items" in at:
            role = "use" if name.rsplit("/", 1)[-1] in COMPOSED \
                and "compositions" in name else None
            if name.endswith("/dependsOn"):
                role = "use"
            n.links.append(("items",
                            self.node(file, at["items"], name + "/item", role)))
        for key, role in (("oneOf", "one"), ("anyOf", "any"), ("allOf", "all")):
            for i, branch in enumerate(at.get(key, [])):
                inner = "%s/%s%d" % (name, role, i + 1)
                n.links.append((role, self.node(file, branch, inner)))
        for key in ("not", "if", "then", "else"):
            if key in at and at[key] is not True:
                n.links.append((key, self.node(file, at[key],
                                               name + "/" + key)))

    @staticmethod
    def facts(n, at):
        for key, short in COUNTS.items():
            if key in at:
                n.words += [short, str(at[key])]
        if at.get("format", "string") != "string":
            n.words += ["format", at["format"]]
        if at.get("uniqueItems"):
            n.words.append("unique")
        if at.get("additionalProperties") is False:
            n.words.append("strict" if at.get("strict") else "closed")
        if isinstance(at.get("items"), list) and \
           at.get("additionalItems") is False:
            n.words.append("closed-tuple")
        if "pattern" in at and at["pattern"] != "^(.*)$":
            body = re.fullmatch(r"\^(.*)\$", at["pattern"]).group(1)
            n.lines.append("pattern " + json.dumps(body))
        if "const" in at:
            n.lines.append("const " + json.dumps(at["const"]))
        if "enum" in at:
            n.lines.append(tuple(word(v) for v in sorted(at["enum"])))
        if at.get("required"):
            n.lines.append("require " + " ".join(map(word, at["required"])))

    def members(self, n, file, at, name):
        for key, member in at.get("properties", {}).items():
            role = None
            if key == "bom-ref":
                role = "define"
            elif key == "ref" and "dependency" in name:
                role = "use"
            elif key in ("purl", "cpe") and "component" in name:
                role = key
            n.links.append(("member " + word(key),
                            self.node(file, member, name + "/" + key, role)))


def mark_strict(loose, strict):
    """Takes what only the strict edition closes into the loose one."""
    if isinstance(strict, dict):
        if strict.get("additionalProperties") is False and \
           loose.get("additionalProperties") is not False:
            loose["additionalProperties"] = False
            loose["strict"] = True
        for key, value in strict.items():
            if key in loose and key not in PROSE - {"definitions"}:
                mark_strict(loose[key], value)
    elif isinstance(strict, list):
        for a, b in zip(loose, strict):
            mark_strict(a, b)


def json_table(folder):
    reader = JsonReader(folder)
    roots = []
    for version in JSON_VERSIONS:
        name = "bom-%s.schema.json" % version
        strict = "bom-%s-strict.schema.json" % version
        if os.path.exists(os.path.join(folder, strict)):
            mark_strict(reader.file(name), reader.file(strict))
            # the strict edition closes the root and so must name "$schema"
            reader.file(name)["properties"].setdefault("$schema", True)
        root = reader.node(name, reader.file(name), "bom-" + version)
        roots.append(root)

    def head(table):
        return "".join("json %s = %s\n" % (v, table.names[table.classes[r]])
                       for v, r in zip(JSON_VERSIONS, roots))
    return Table(roots).write(NOTICE, head, "node")


# XML Schema 1.0 -------------------------------------------------------------

XS = "{http://www.w3.org/2001/XMLSchema}"
BUILTIN = {"string", "normalizedString", "token", "anyURI", "boolean",
           "integer", "decimal", "nonNegativeInteger", "positiveInteger",
           "dateTime", "date"}
FACETS = {"minLength": "min-length", "maxLength": "max-length",
          "minInclusive": "least", "maxInclusive": "most",
          "fractionDigits": "fraction-digits"}
OCCURS = {("1", "1"): "", ("0", "1"): " ?", ("0", "unbounded"): " *",
          ("1", "unbounded"): " +"}


class XsdReader:
    """One schema file with those it imports, as rules."""

    def __init__(self, folder):
        self.folder = folder
        self.types = {}    # (namespace, name) -> (reader state, element)
        self.groups = {}
        self.nodes = {}
        self.prefixes = {}

    def load(self, file, version):
        path = os.path.join(self.folder, file)
        prefixes = {}
        for _, (prefix, uri) in ElementTree.iterparse(path, ["start-ns"]):
            prefixes[prefix] = uri
        root = ElementTree.parse(path).getroot()
        space = root.get("targetNamespace")
        self.prefixes[space] = (prefixes, version)
        for e in root:
            if e.tag in (XS + "complexType", XS + "simpleType"):
                self.types[space, e.get("name")] = e
            elif e.tag == XS + "attributeGroup":
                self.groups[space, e.get("name")] = e
        return root

    def split(self, space, name):
        prefix, _, local = name.rpartition(":")
        return self.prefixes[space][0][prefix], local

    def named(self, space, name, role=None):
        """The rule of a type given by name."""
        other, local = self.split(space, name)
        if other == XS[1:-1]:
            if local not in BUILTIN:
                sys.exit("unknown built-in type " + name)
            n = Node(local + ("-" + role if role else ""))
            n.words = ["text", local] + ([role] if role else [])
            return n
        if local in ("refType", "refLinkType") and not role:
            role = "use"
        version = self.prefixes[other][1]
        full = local + ("-" + version if version else "") + \
            ("-" + role if role in ("define", "use") else "")
        return self.type(other, self.types[other, local], full, role, True)

    def type(self, space, e, name, role=None, defined=False):
        key = (id(e), role)
        if key in self.nodes:
            return self.nodes[key]
        n = self.nodes[key] = Node(name)
        n.defined = defined
        if e.tag == XS + "simpleType":
            self.simple(n, space, e, name)
        else:
            self.complex(n, space, e, name)
        if re.fullmatch(r"hashType-\d+\.\d+", name):
            role = "hash"
        if role:
            n.words.append(role)
        return n

    def inner(self, space, e, name, role=None):
        """The rule of an element or attribute declaration."""
        if e.get("type"):
            return self.named(space, e.get("type"), role)
        for tag in ("complexType", "simpleType"):
            found = e.find(XS + tag)
            if found is not None:
                return self.type(space, found, name, role)
        return Node("any")

    def simple(self, n, space, e, name):
        body = [x for x in e if x.tag != XS + "annotation"][0]
        n.words = ["text"]
        if body.tag == XS + "union":
            for member in body.get("memberTypes").split():
                n.links.append(("any", self.named(space, member)))
            return
        if body.tag != XS + "restriction":
            sys.exit(name + ": unknown simple type " + body.tag)
        base = self.named(space, body.get("base"))
        n.words += [w for w in base.words[1:] if w not in ("define", "use")]
        n.lines += base.lines
        n.links += base.links
        values, patterns = [], []
        for facet in body:
            tag = facet.tag.replace(XS, "")
            if tag == "enumeration":
                values.append(facet.get("value"))
            elif tag == "pattern":
                patterns.append(facet.get("value"))
            elif tag in FACETS:
                n.words += [FACETS[tag], facet.get("value")]
            elif tag != "annotation":
                sys.exit(name + ": unknown facet " + tag)
        if patterns:
            n.lines.append("pattern " + json.dumps("|".join(patterns)))
        if values:
            n.lines.append(tuple(map(word, sorted(values))))

    def complex(self, n, space, e, name):
        n.words = ["mixed" if e.get("mixed") == "true" else "elements"]
        for x in e:
            tag = x.tag.replace(XS, "")
            if tag == "simpleContent":
                extension = x.find(XS + "extension")
                base = self.named(space, extension.get("base"))
                n.words = list(base.words)
                n.lines += base.lines
                n.links += base.links
                for a in extension:
                    self.attribute(n, space, a, name)
            elif tag in ("sequence", "choice"):
                n.links.append(self.particle(space, x, name))
            elif tag != "annotation":
                self.attribute(n, space, x, name)

    def attribute(self, n, space, a, name):
        tag = a.tag.replace(XS, "")
        if tag == "attributeGroup":
            for x in self.groups[self.split(space, a.get("ref"))]:
                self.attribute(n, space, x, name)
        elif tag == "anyAttribute":
            n.words.append({"##other": "other-attributes",
                            "##any": "any-attributes"}[a.get("namespace")])
        elif tag == "attribute":
            key = a.get("name")
            role = None
            if key == "bom-ref":
                role = "define"
            elif key == "ref" and "ependency" in name:
                role = "use"
            need = " !" if a.get("use") == "required" else ""
            n.links.append(("attribute " + word(key) + need,
                            self.inner(space, a, name + "@" + key, role)))
        elif tag != "annotation":
            sys.exit(name + ": unknown " + tag)

    def particle(self, space, e, name):
        """(role, Node) of a sequence, choice, element or wildcard."""
        tag = e.tag.replace(XS, "")
        occurs = OCCURS[e.get("minOccurs", "1"), e.get("maxOccurs", "1")]
        if tag == "element":
            key = e.get("name")
            role = {"purl": "purl", "cpe": "cpe",
                    "versionRange": "external"}.get(key)
            t = self.inner(space, e, name + "/" + key, role)
            if e.get("default") is not None:
                occurs += " defaulted"
            return "element " + word(key) + occurs, t
        n = Node(name)
        n.inline = True
        if tag == "any":
            if e.get("namespace") != "##other" or \
               e.get("processContents") != "lax":
                sys.exit(name + ": unknown wildcard")
            return "foreign" + occurs, n
        if tag not in ("sequence", "choice"):
            sys.exit(name + ": unknown particle " + tag)
        n.links = [self.particle(space, x, name) for x in e
                   if x.tag != XS + "annotation"]
        return tag + occurs, n


def xml_table(folder):
    entries = []  # (keyword, version, namespace, root element, type)
    files = [("xml", v, "bom-%s.xsd" % v) for v in XML_VERSIONS]
    files += [("extension", v, "ext/%s.xsd" % v) for v in XML_EXTENSIONS]
    licences = XsdReader(folder)
    licences.load("spdx.xsd", "")
    for keyword, version, file in files:
        reader = XsdReader(folder)
        reader.types.update(licences.types)
        reader.prefixes.update(licences.prefixes)
        reader.nodes.update(licences.nodes)
        root = reader.load(file, version)
        space = root.get("targetNamespace")
        for e in root.findall(XS + "element"):
            entries.append((keyword, version, space, e.get("name"),
                            reader.inner(space, e, "%s-%s" % (e.get("name"),
                                                              version))))
        entries[-1][-1].defined = True

    def head(table):
        return "".join("%s %s %s %s %s\n" % (k, v, word(s), word(n),
                                             table.reference(t)[0])
                       for k, v, s, n, t in entries)
    for entry in entries:
        entry[-1].defined = True
    return Table([entry[-1] for entry in entries]).write(NOTICE, head, "type")


def main():
    folder, out = sys.argv[1:]
    for name, text in (("cyclonedx-json.tbl", json_table(folder)),
                       ("cyclonedx-xml.tbl", xml_table(folder))):
        with open(os.path.join(out, name), "w", encoding="utf-8") as f:
            f.write(text)


if __name__ == "__main__":
    main()
