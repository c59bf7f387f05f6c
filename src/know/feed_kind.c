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

static as_str kind_of_markup(as_str text)
{
    static const char *const words[] = {"<!doctype html", "<html", "<head",
                                        "<body"};

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_starts_nocase(text, as_str_c(words[i])))
            return AS_STR("web page (HTML)");
    return AS_STR("XML of no known form");
}

/* Tables of lists whose header is not quite that of the list. */
static bool is_table(as_str head, as_str *ret)
{
    static const struct {
        const char *words[4];
        as_str kind;
    } lists[] = {
        {{"entity_number", "federal_register_notice", "source"},
         AS_STR_INIT("table like the US Consolidated Screening List that lacks "
                     "one of its columns source, entity_number, name, "
                     "alt_names, license_requirement")},
        {{"Street_Address", "Effective_Date", "Last_Update"},
         AS_STR_INIT("table like the BIS Denied Persons List that lacks its "
                     "tabs or one of its columns Name, Street_Address, "
                     "Effective_Date, Expiration_Date, Standard_Order")},
        {{"Name 1", "Name 6"},
         AS_STR_INIT("table like a UK sanctions list that lacks one of its "
                     "columns Name 6, Name 1, Name type, Unique ID (OFSI: "
                     "Group Type, Alias Type, Group ID)")},
        {{"NameAlias_", "Entity_"},
         AS_STR_INIT("table like the EU sanctions list that lacks its "
                     "semicolons or one of its columns fileGenerationDate, "
                     "Entity_LogicalId, NameAlias_WholeName")},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(lists); i++) {
        size_t n = 0;
        while (lists[i].words[n] && says(head, lists[i].words[n]))
            n++;
        if (lists[i].words[n])
            continue;
        *ret = lists[i].kind;
        return true;
    }
    return false;
}

static as_str kind_of_text(as_str head)
{
    as_str text = as_str_trim(head), kind;

    if (as_str_is_empty(text))
        return AS_STR("empty file");
    if (as_str_starts(text, AS_STR("-----BEGIN PGP")))
        return AS_STR("signature");
    if (is_digest_line(text))
        return AS_STR("digest");
    if (text.p[0] == '<')
        return kind_of_markup(text);
    if (says(head, "[advisory]") && says(head, "id = \"HSEC-"))
        return AS_STR("Haskell advisory");
    if (says(head, "[advisory]") && says(head, "id = \""))
        return AS_STR("RustSec advisory");
    if (is_table(head, &kind))
        return kind;
    if (says(head, "icence") || says(head, "icense") || says(head, "ICENSE") ||
        says(head, "opyright"))
        return AS_STR("licence text");
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
    case AS_SYNTAX_RECORDS: return AS_STR("unknown JSON records");
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
