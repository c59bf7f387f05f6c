/* SPDX-License-Identifier: Apache-2.0 */
/* Names for what no importer reads: so that a report says "2,383 CSAF
 * documents" and not "2,383 files". A name here promises nothing. */
#include "know/feed_internal.h"

struct json_kind {
    as_str key, inner; /* member of the root, and one of that (or empty) */
    as_str kind;
};

static const struct json_kind json_kinds[] = {
    {AS_STR_INIT("document"), AS_STR_INIT("csaf_version"),
     AS_STR_INIT("CSAF document")},
    {AS_STR_INIT("cve"), AS_STR_INIT("configurations"),
     AS_STR_INIT("NVD configurations")},
    {AS_STR_INIT("cve"), AS_STR_INIT(""), AS_STR_INIT("NVD record")},
    {AS_STR_INIT("resultsPerPage"), AS_STR_INIT(""), AS_STR_INIT("NVD page")},
    {AS_STR_INIT("CVE_Items"), AS_STR_INIT(""), AS_STR_INIT("NVD 1.1 list")},
    {AS_STR_INIT("feed"), AS_STR_INIT("entry"), AS_STR_INIT("ROLIE feed")},
    {AS_STR_INIT("bomFormat"), AS_STR_INIT(""),
     AS_STR_INIT("CycloneDX document")},
    {AS_STR_INIT("spdxVersion"), AS_STR_INIT(""), AS_STR_INIT("SPDX document")},
    {AS_STR_INIT("statements"), AS_STR_INIT(""),
     AS_STR_INIT("OpenVEX document")},
    {AS_STR_INIT("$schema"), AS_STR_INIT(""), AS_STR_INIT("JSON schema")},
    {AS_STR_INIT("cveMetadata"), AS_STR_INIT(""),
     AS_STR_INIT("CVE record without containers")},
};

static as_str kind_of_json(as_json root)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(json_kinds); i++) {
        const struct json_kind *k = &json_kinds[i];
        as_json v = as_json_get(root, k->key);
        if (v.doc && (k->inner.n == 0 || as_json_get(v, k->inner).doc))
            return k->kind;
    }
    return AS_STR("unknown JSON");
}

struct yaml_kind {
    as_str key, other; /* both stand at a line's start */
    as_str kind;
};

static const struct yaml_kind yaml_kinds[] = {
    {AS_STR_INIT("gem"), AS_STR_INIT("title"), AS_STR_INIT("Ruby advisory")},
    {AS_STR_INIT("engine"), AS_STR_INIT("title"), AS_STR_INIT("Ruby advisory")},
    {AS_STR_INIT("library"), AS_STR_INIT("title"),
     AS_STR_INIT("Ruby advisory")},
    {AS_STR_INIT("releases"), AS_STR_INIT("title"),
     AS_STR_INIT("end-of-life product")},
};

static as_str kind_of_yaml(as_span bytes)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(yaml_kinds); i++) {
        const struct yaml_kind *k = &yaml_kinds[i];
        if (as_feed_has_key(bytes, k->key) && as_feed_has_key(bytes, k->other))
            return k->kind;
    }
    return AS_STR("unknown YAML");
}

static bool says(as_str head, const char *words)
{
    return as_str_search(head, as_str_c(words)) < head.n;
}

static bool is_digest_line(as_str head)
{
    size_t n = 0;

    while (n < head.n &&
           (as_ascii_is_digit(head.p[n]) || (as_ascii_lower(head.p[n]) >= 'a' &&
                                             as_ascii_lower(head.p[n]) <= 'f')))
        n++;
    return n >= 32 && (n == head.n || as_ascii_is_space(head.p[n]));
}

static as_str kind_of_text(as_str head)
{
    as_str text = as_str_trim(head);

    if (as_str_is_empty(text))
        return AS_STR("empty file");
    if (as_str_starts(text, AS_STR("-----BEGIN PGP")))
        return AS_STR("signature");
    if (is_digest_line(text))
        return AS_STR("digest");
    if (says(head, "[advisory]") && says(head, "id = \"HSEC-"))
        return AS_STR("Haskell advisory");
    if (says(head, "[advisory]") && says(head, "id = \""))
        return AS_STR("RustSec advisory");
    if (says(head, "icence") || says(head, "icense") || says(head, "ICENSE") ||
        says(head, "opyright"))
        return AS_STR("licence text");
    if (text.p[0] == '<')
        return AS_STR("XML or HTML");
    if (text.p[0] == '#')
        return AS_STR("Markdown text");
    return AS_STR("unknown text");
}

as_str as_feed_kind(const as_feed_input *in)
{
    size_t n = in->bytes.n < 2048 ? in->bytes.n : 2048;
    as_str kind;

    switch (in->syntax) {
    case AS_SYNTAX_JSON: return kind_of_json(in->json);
    case AS_SYNTAX_LINES: return AS_STR("unknown JSON lines");
    case AS_SYNTAX_BINARY: return AS_STR("binary file");
    case AS_SYNTAX_YAML:
        kind = kind_of_yaml(in->bytes);
        if (!as_str_eq(kind, AS_STR("unknown YAML")))
            return kind;
        break;
    case AS_SYNTAX_TEXT: break;
    }
    return kind_of_text(as_str_of((const char *)in->bytes.p, n));
}
