/* SPDX-License-Identifier: Apache-2.0 */
/* What an input that is no bill of materials looks like, so that its refusal
 * says something useful. A row: what to look for, what it is, what to do. */
#include "bom/look_internal.h"

#include <string.h>

/* ---- JSON -------------------------------------------------------------- */

struct json_look {
    as_str key;      /* a member of the root, or "member/member" */
    as_str contains; /* its text holds this; empty: any value */
    const char *what, *hint;
};

#define TAKE_OUT "take the bill of materials out of it and give that"

static const struct json_look json_looks[] = {
#define ROW(key, contains, what, hint)                                         \
    {                                                                          \
        AS_STR_INIT(key), AS_STR_INIT(contains), what, hint                    \
    }
    ROW("document/csaf_version", "",
        "this is a CSAF document, not a bill of materials",
        "it belongs to the knowledge (assay feeds import) or to the VEX input"),
    ROW("@context", "openvex",
        "this is a VEX document (OpenVEX), not a bill of "
        "materials",
        "it belongs to the VEX input"),
    ROW("_type", "in-toto.io/Statement",
        "this is an in-toto statement, not a bill of materials",
        "take its \"predicate\" out and give that"),
    ROW("payloadType", "",
        "this is a signed envelope (DSSE), not a bill of "
        "materials",
        "decode its \"payload\"; " TAKE_OUT),
    ROW("sbom/spdxVersion", "",
        "this is an answer of a web service around an "
        "SPDX document",
        "take its \"sbom\" out and give that"),
    ROW("descriptor/name", "syft", "this is Syft's own JSON",
        "let Syft write CycloneDX or SPDX"),
    ROW("descriptor/name", "grype",
        "this is a report of Grype, not a bill of "
        "materials",
        ""),
    ROW("SchemaVersion", "",
        "this is a report of Trivy, not a bill of "
        "materials",
        "let Trivy write CycloneDX or SPDX"),
    ROW("dataType", "CVE_RECORD",
        "this is a CVE record, not a bill of "
        "materials",
        "it belongs to the knowledge (assay feeds import)"),
    ROW("catalogVersion", "",
        "this is a list of exploited flaws, not a bill of "
        "materials",
        "it belongs to the knowledge (assay feeds import)"),
    ROW("affected", "", "this is an OSV record, not a bill of materials",
        "it belongs to the knowledge (assay feeds import)"),
    ROW("runs", "", "this is a SARIF report, not a bill of materials", ""),
    ROW("lockfileVersion", "",
        "this is a lock file of npm, not a bill of "
        "materials",
        "let npm write one: npm sbom"),
    ROW("@graph", "", "this is JSON-LD, but no SPDX 3 document", ""),
#undef ROW
};

static as_json find_member(as_json root, as_str path)
{
    while (!as_str_is_absent(path))
        root = as_json_get(root, as_str_cut(&path, '/'));
    return root;
}

static bool json_fits(as_json root, const struct json_look *row)
{
    as_json v = find_member(root, row->key);
    as_str text = as_json_str(v);

    if (as_json_is(v, AS_JSON_NONE))
        return false;
    return row->contains.n == 0 || as_str_search(text, row->contains) < text.n;
}

/* ---- XML, text, bytes -------------------------------------------------- */

struct start_look {
    as_str start; /* of the root tag, of a line, of the bytes */
    const char *what, *hint;
};

#define ROW(start, what, hint)                                                 \
    {                                                                          \
        AS_STR_INIT(start), what, hint                                         \
    }

static const struct start_look xml_looks[] = {
    ROW("rdf:RDF", "SPDX as RDF/XML is not read",
        "convert it to JSON or tag-value first, as the SPDX tools can"),
    ROW("SoftwareIdentity", "this is a SWID tag, not a bill of materials", ""),
    ROW("project", "this is a Maven project file, not a bill of materials",
        "the CycloneDX plug-in of Maven writes one"),
    ROW("html", "this is a web page, not a bill of materials", ""),
    ROW("bom", "this XML is no CycloneDX of a known namespace", ""),
};

static const struct start_look text_looks[] = {
    ROW("spec_version:", "CycloneDX as protocol buffer text is not read",
        "convert it to JSON first"),
    ROW("-----BEGIN",
        "this is a key, a certificate or a signed message, not a "
        "bill of materials",
        ""),
    ROW("@prefix", "SPDX as Turtle is not read", "convert it to JSON first"),
};

static const struct start_look byte_looks[] = {
    ROW("\x1F\x8B", "this is a gzip archive", "unpack it first"),
    ROW("\xFD"
        "7zXZ",
        "this is an xz archive", "unpack it first"),
    ROW("\x28\xB5\x2F\xFD", "this is a zstd archive", "unpack it first"),
    ROW("BZh", "this is a bzip2 archive", "unpack it first"),
    ROW("PK\x03\x04", "this is a zip archive", "unpack it first"),
    ROW("\x7F"
        "ELF",
        "this is an executable (ELF), not a bill of materials", ""),
    ROW("MZ", "this is an executable (PE), not a bill of materials", ""),
    ROW("%PDF", "this is a PDF file, not a bill of materials", ""),
    ROW("SQLite format 3", "this is a database, not a bill of materials", ""),
    ROW("\xFF\xFE", "the text is in UTF-16", "convert it to UTF-8 first"),
    ROW("\xFE\xFF", "the text is in UTF-16", "convert it to UTF-8 first"),
    ROW("\x0A\x03\x31\x2E", "CycloneDX as protocol buffer is not read",
        "convert it to JSON first"),
};
#undef ROW

static const struct start_look *find_start(const struct start_look *rows,
                                           size_t n, as_str s)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_starts(s, rows[i].start))
            return &rows[i];
    return NULL;
}

/* ---- the answer -------------------------------------------------------- */

static as_rc say(const char *what, const char *hint, as_err *err)
{
    as_fail(err, AS_ERR_UNSUPPORTED, "%s", what);
    if (hint[0])
        as_err_hint(err, "%s", hint);
    return AS_ERR_UNSUPPORTED;
}

static as_rc say_json(const as_bom_input *in, as_err *err)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(json_looks); i++)
        if (json_fits(in->root, &json_looks[i]))
            return say(json_looks[i].what, json_looks[i].hint, err);
    return say("this JSON is not a bill of materials",
               "CycloneDX and SPDX are read", err);
}

static as_rc say_bad_text(as_span in, size_t bad, as_err *err)
{
    uint64_t line = 1, column = 1;

    for (size_t i = 0; i < bad; i++) {
        column = in.p[i] == '\n' ? 1 : column + 1;
        line += in.p[i] == '\n';
    }
    as_fail(err, AS_ERR_INPUT, "the text is not valid UTF-8");
    if (err) {
        as_err_line(err, line, column);
        err->place.offset = bad;
    }
    return AS_ERR_INPUT;
}

static as_rc say_text(const as_bom_input *in, as_err *err)
{
    size_t bad = as_span_utf8_bad(in->bytes);
    as_str rest = in->text;

    if (bad < in->bytes.n)
        return say_bad_text(in->bytes, bad, err);
    for (int left = 50; left > 0 && !as_str_is_absent(rest); left--) {
        const struct start_look *row =
            find_start(text_looks, AS_ARRAY_LEN(text_looks),
                       as_str_trim(as_str_cut(&rest, '\n')));
        if (row)
            return say(row->what, row->hint, err);
    }
    return say("this text is not a bill of materials",
               "CycloneDX, SPDX and lists of purls or CPEs are read", err);
}

as_rc as_bom_look(const as_bom_input *in, as_err *err)
{
    const struct start_look *row =
        find_start(byte_looks, AS_ARRAY_LEN(byte_looks),
                   as_str_of((const char *)in->bytes.p, in->bytes.n));

    if (row)
        return say(row->what, row->hint, err);
    switch (in->encoding) {
    case AS_BOM_JSON: return say_json(in, err);
    case AS_BOM_XML:
        row = find_start(xml_looks, AS_ARRAY_LEN(xml_looks), in->root_tag);
        return row ? say(row->what, row->hint, err)
                   : say("this XML is not a bill of materials",
                         "CycloneDX and SPDX are read", err);
    case AS_BOM_TEXT: return say_text(in, err);
    case AS_BOM_BINARY: break;
    }
    return say("this is not a bill of materials",
               "CycloneDX, SPDX and lists of purls or CPEs are read", err);
}
