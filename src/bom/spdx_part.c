/* SPDX-License-Identifier: Apache-2.0 */
/* Packages and files of SPDX 2 (clauses 7 and 8 of the specification). As
 * elsewhere, what the model does not hold whole is kept as an extra. */
#include "bom/spdx_internal.h"

#include <stddef.h>

/* ---- words ------------------------------------------------------------- */

static const struct {
    as_str v2, v3, model;
} hash_names[] = {
#define ROW(v2, v3, model)                                                     \
    {                                                                          \
        AS_STR_INIT(v2), AS_STR_INIT(v3), AS_STR_INIT(model)                   \
    }
    ROW("SHA1", "sha1", "SHA-1"),
    ROW("SHA224", "sha224", "SHA-224"),
    ROW("SHA256", "sha256", "SHA-256"),
    ROW("SHA384", "sha384", "SHA-384"),
    ROW("SHA512", "sha512", "SHA-512"),
    ROW("SHA3-256", "sha3_256", "SHA3-256"),
    ROW("SHA3-384", "sha3_384", "SHA3-384"),
    ROW("SHA3-512", "sha3_512", "SHA3-512"),
    ROW("BLAKE2b-256", "blake2b256", "BLAKE2b-256"),
    ROW("BLAKE2b-384", "blake2b384", "BLAKE2b-384"),
    ROW("BLAKE2b-512", "blake2b512", "BLAKE2b-512"),
    ROW("BLAKE3", "blake3", "BLAKE3"),
    ROW("MD2", "md2", "MD2"),
    ROW("MD4", "md4", "MD4"),
    ROW("MD5", "md5", "MD5"),
    ROW("MD6", "md6", "MD6"),
    ROW("ADLER32", "adler32", "ADLER32"),
#undef ROW
};

as_str as_spdx_hash_to_model(as_str spdx)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(hash_names); i++)
        if (as_str_eq(hash_names[i].v2, spdx) ||
            as_str_eq(hash_names[i].v3, spdx))
            return hash_names[i].model;
    return AS_ABSENT;
}

as_str as_spdx_hash_from_model(as_str model)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(hash_names); i++)
        if (as_str_eq(hash_names[i].model, model))
            return hash_names[i].v2;
    return AS_ABSENT;
}

bool as_spdx_is_nothing(as_str s)
{
    return as_str_eq(s, AS_STR("NOASSERTION")) || as_str_eq(s, AS_STR("NONE"));
}

static const struct {
    as_str word; /* of 2.3; 3.0 writes lower case without the dash */
    as_part_kind kind;
} purposes[] = {
    {AS_STR_INIT("APPLICATION"), AS_PART_APPLICATION},
    {AS_STR_INIT("FRAMEWORK"), AS_PART_FRAMEWORK},
    {AS_STR_INIT("LIBRARY"), AS_PART_LIBRARY},
    {AS_STR_INIT("CONTAINER"), AS_PART_CONTAINER},
    {AS_STR_INIT("OPERATING_SYSTEM"), AS_PART_OPERATING_SYSTEM},
    {AS_STR_INIT("OPERATINGSYSTEM"), AS_PART_OPERATING_SYSTEM},
    {AS_STR_INIT("DEVICE"), AS_PART_DEVICE},
    {AS_STR_INIT("DEVICEDRIVER"), AS_PART_DEVICE_DRIVER},
    {AS_STR_INIT("FIRMWARE"), AS_PART_FIRMWARE},
    {AS_STR_INIT("FILE"), AS_PART_FILE},
    {AS_STR_INIT("MODEL"), AS_PART_MODEL},
    {AS_STR_INIT("DATA"), AS_PART_DATA},
    {AS_STR_INIT("PLATFORM"), AS_PART_PLATFORM},
    {AS_STR_INIT("EXECUTABLE"), AS_PART_APPLICATION},
};

as_part_kind as_spdx_kind_of(as_str purpose)
{
    char word[24];

    if (purpose.n > sizeof word)
        return AS_PART_PACKAGE;
    for (size_t i = 0; i < purpose.n; i++)
        word[i] = purpose.p[i] == '-' ? '_' : purpose.p[i];
    for (size_t i = 0; i < AS_ARRAY_LEN(purposes); i++)
        if (as_str_eq_nocase(purposes[i].word, as_str_of(word, purpose.n)))
            return purposes[i].kind;
    return AS_PART_PACKAGE;
}

as_str as_spdx_purpose_of(as_part_kind kind)
{
    switch (kind) {
    case AS_PART_APPLICATION: return AS_STR("APPLICATION");
    case AS_PART_FRAMEWORK: return AS_STR("FRAMEWORK");
    case AS_PART_LIBRARY: return AS_STR("LIBRARY");
    case AS_PART_CONTAINER: return AS_STR("CONTAINER");
    case AS_PART_OPERATING_SYSTEM: return AS_STR("OPERATING_SYSTEM");
    case AS_PART_DEVICE:
    case AS_PART_BOARD:
    case AS_PART_CHIP: return AS_STR("DEVICE");
    case AS_PART_FIRMWARE: return AS_STR("FIRMWARE");
    case AS_PART_FILE: return AS_STR("FILE");
    case AS_PART_OTHER:
    case AS_PART_PLATFORM:
    case AS_PART_DEVICE_DRIVER:
    case AS_PART_MODEL:
    case AS_PART_DATA:
    case AS_PART_CRYPTO:
    case AS_PART_SERVICE: return AS_STR("OTHER");
    case AS_PART_PACKAGE:
    case AS_PART_KINDS: break;
    }
    return AS_ABSENT;
}

as_str as_spdx_category_of(as_str type)
{
    static const struct {
        as_str type, category;
    } rows[] = {
#define ROW(type, category) {AS_STR_INIT(type), AS_STR_INIT(category)}
        ROW("cpe22Type", "SECURITY"),
        ROW("cpe23Type", "SECURITY"),
        ROW("advisory", "SECURITY"),
        ROW("fix", "SECURITY"),
        ROW("url", "SECURITY"),
        ROW("swid", "SECURITY"),
        ROW("purl", "PACKAGE-MANAGER"),
        ROW("maven-central", "PACKAGE-MANAGER"),
        ROW("npm", "PACKAGE-MANAGER"),
        ROW("nuget", "PACKAGE-MANAGER"),
        ROW("bower", "PACKAGE-MANAGER"),
        ROW("swh", "PERSISTENT-ID"),
        ROW("gitoid", "PERSISTENT-ID"),
#undef ROW
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(rows); i++)
        if (as_str_eq(rows[i].type, type))
            return rows[i].category;
    return AS_STR("OTHER");
}

/* ---- members ----------------------------------------------------------- */

static bool read_version(as_bom_reader *r, as_part *part, const as_bom_field *f,
                         as_json v)
{
    if (as_spdx_is_nothing(as_json_str(v)))
        return false;
    return as_bom_read_text(r, part, f, v);
}

/* "Organization: Name (mail)" or "Person: Name (mail)". *whole: there is no
 * more in it than the kind and the name. */
static as_str party_name(as_str s, bool *person, bool *whole)
{
    as_str kinds[] = {AS_STR("Organization:"), AS_STR("Person:")};
    size_t open;

    *whole = false;
    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++) {
        if (!as_str_starts_nocase(s, kinds[i]))
            continue;
        *person = i == 1;
        s = as_str_slice(s, kinds[i].n, s.n);
        *whole = s.n > 1 && s.p[0] == ' ' && !as_ascii_is_space(s.p[1]) &&
                 !as_ascii_is_space(s.p[s.n - 1]);
        break;
    }
    s = as_str_trim(s);
    open = as_str_rfind(s, '(');
    if (open < s.n && s.p[s.n - 1] == ')') {
        *whole = false;
        s = as_str_trim(as_str_slice(s, 0, open));
    }
    return s;
}

static bool read_supplier(as_bom_reader *r, as_part *part,
                          const as_bom_field *f, as_json v)
{
    bool person = false, whole;
    as_str name = party_name(as_json_str(v), &person, &whole);

    if (!as_json_is(v, AS_JSON_STRING)) {
        as_bom_text(r, f->name, v);
        return as_json_is(v, AS_JSON_NULL);
    }
    as_bom_add_attribute(r, AS_ATTR_SUPPLIER, as_bom_intern(r, name), f->path);
    return whole && !person;
}

/* Where a package came from first: its publisher or its author. */
static bool read_originator(as_bom_reader *r, as_part *part,
                            const as_bom_field *f, as_json v)
{
    bool person = false, whole;
    as_str name = party_name(as_json_str(v), &person, &whole);

    if (!as_json_is(v, AS_JSON_STRING)) {
        as_bom_text(r, f->name, v);
        return as_json_is(v, AS_JSON_NULL);
    }
    as_bom_add_attribute(r, person ? AS_ATTR_AUTHOR : AS_ATTR_PUBLISHER,
                         as_bom_intern(r, name), f->path);
    return whole;
}

static bool read_checksums(as_bom_reader *r, as_part *part,
                           const as_bom_field *f, as_json v)
{
    bool whole = true;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str algorithm = AS_ABSENT, value = AS_ABSENT, known;
        const as_bom_wanted want[] = {{AS_STR("algorithm"), &algorithm},
                                      {AS_STR("checksumValue"), &value}};
        if (!as_bom_get_strings(it.value, want, 2, &whole))
            as_bom_wrong_type(r, f->name, it.value, "objects");
        known = as_spdx_hash_to_model(algorithm);
        if (as_str_is_empty(known))
            whole = false;
        if (!as_str_is_absent(value))
            as_bom_add_hash(r, known.n ? known : algorithm, value);
    }
    return whole && as_json_count(v) > 0;
}

/* A type may be written as the URI of the listed reference. */
static as_str reference_type(as_str type)
{
    as_str prefix = AS_STR("http://spdx.org/rdf/references/");

    return as_str_starts(type, prefix) ? as_str_slice(type, prefix.n, type.n)
                                       : type;
}

/* 2.2 wrote PACKAGE_MANAGER, 2.3 writes PACKAGE-MANAGER. */
static bool is_category(as_str written, as_str category)
{
    if (written.n != category.n)
        return false;
    for (size_t i = 0; i < written.n; i++)
        if (written.p[i] != category.p[i] &&
            !(written.p[i] == '_' && category.p[i] == '-'))
            return false;
    return true;
}

static void use_reference(as_bom_reader *r, as_part *part,
                          const as_reference *x)
{
    if (as_str_eq(x->type, AS_STR("purl")) && as_str_is_empty(part->purl)) {
        part->purl = as_bom_keep(r, x->url);
    } else if (as_str_starts(x->type, AS_STR("cpe2"))) {
        as_bom_add_cpe(r, x->url);
    } else {
        as_reference *out = AS_BOM_PUSH(r, &r->references, as_reference);
        out->type = as_bom_intern(r, x->type);
        out->url = as_bom_keep(r, x->url);
        out->comment = as_bom_keep(r, x->comment);
    }
}

static bool read_references(as_bom_reader *r, as_part *part,
                            const as_bom_field *f, as_json v)
{
    bool whole = true;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_reference x = {AS_ABSENT, AS_ABSENT, AS_ABSENT};
        as_str category = AS_ABSENT, written;
        const as_bom_wanted want[] = {{AS_STR("referenceCategory"), &category},
                                      {AS_STR("referenceType"), &x.type},
                                      {AS_STR("referenceLocator"), &x.url},
                                      {AS_STR("comment"), &x.comment}};
        if (!as_bom_get_strings(it.value, want, AS_ARRAY_LEN(want), &whole)) {
            as_bom_wrong_type(r, f->name, it.value, "objects");
            continue;
        }
        written = x.type;
        x.type = reference_type(x.type);
        x.url = as_str_trim(x.url);
        use_reference(r, part, &x);
        /* The writer makes the category from the type, and writes identifiers
         * before the rest and without comment. */
        if (x.comment.n || written.n != x.type.n ||
            !is_category(category, as_spdx_category_of(x.type)))
            whole = false;
    }
    return whole && as_json_count(v) > 0;
}

static bool read_purpose(as_bom_reader *r, as_part *part, const as_bom_field *f,
                         as_json v)
{
    as_bom_read_word(r, part, f, v);
    part->kind = as_spdx_kind_of(part->kind_text);
    return part->kind != AS_PART_PACKAGE &&
           as_str_eq(as_spdx_purpose_of(part->kind), part->kind_text);
}

/* Read with the relationships. */
static bool read_has_files(as_bom_reader *r, as_part *part,
                           const as_bom_field *f, as_json v)
{
    return true;
}

/* Facts that SPDX 2 has no field for stand in annotations as
 * "assay:NAME=VALUE"; the annotations are kept as they are, too. */
static bool read_annotations(as_bom_reader *r, as_part *part,
                             const as_bom_field *f, as_json v)
{
    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str rest = as_json_get_str(it.value, AS_STR("comment"));
        as_str name = as_str_cut(&rest, '=');
        as_bom_place place = {"/annotations/", it.index, "/comment"};
        if ((as_str_starts(name, AS_STR("assay:")) ||
             as_str_starts(name, AS_STR("cdx:"))) &&
            rest.n)
            as_bom_use_fact(r, part, name, as_str_trim(rest), &place);
    }
    return false;
}

static const as_bom_field package_fields[] = {
    AS_BOM_TEXT_FIELD("SPDXID", as_bom_read_text, ref),
    AS_BOM_TEXT_FIELD("name", as_bom_read_text, name),
    AS_BOM_TEXT_FIELD("versionInfo", read_version, version),
    AS_BOM_TEXT_FIELD("primaryPackagePurpose", read_purpose, kind_text),
    AS_BOM_LIST_FIELD("supplier", read_supplier),
    AS_BOM_LIST_FIELD("originator", read_originator),
    AS_BOM_LIST_FIELD("checksums", read_checksums),
    AS_BOM_LIST_FIELD("externalRefs", read_references),
    AS_BOM_LIST_FIELD("hasFiles", read_has_files),
    AS_BOM_LIST_FIELD("annotations", read_annotations),
    AS_BOM_FACT_FIELD("description", as_bom_read_attribute, AS_ATTR_DESCRIPTION,
                      "/description"),
    AS_BOM_FACT_FIELD("copyrightText", as_bom_read_attribute, AS_ATTR_COPYRIGHT,
                      "/copyrightText"),
    AS_BOM_FACT_FIELD("validUntilDate", as_bom_read_attribute,
                      AS_ATTR_END_OF_SUPPORT, "/validUntilDate"),
};

static const as_bom_field file_fields[] = {
    AS_BOM_TEXT_FIELD("SPDXID", as_bom_read_text, ref),
    AS_BOM_TEXT_FIELD("fileName", as_bom_read_text, name),
    AS_BOM_LIST_FIELD("checksums", read_checksums),
    AS_BOM_FACT_FIELD("copyrightText", as_bom_read_attribute, AS_ATTR_COPYRIGHT,
                      "/copyrightText"),
};

/* The licence that was concluded, else the one declared. Both stay as extras
 * as well. */
static void read_licence(as_bom_reader *r, as_json v)
{
    static const as_str keys[] = {AS_STR_INIT("licenseConcluded"),
                                  AS_STR_INIT("licenseDeclared")};

    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++) {
        as_str s = as_str_trim(as_json_get_str(v, keys[i]));
        if (s.n == 0 || as_spdx_is_nothing(s))
            continue;
        AS_BOM_PUSH(r, &r->licences, as_licence)->expression =
            as_bom_intern(r, s);
        as_bom_add_licence_expression(r, i == 0 ? AS_STR("/licenseConcluded")
                                                : AS_STR("/licenseDeclared"));
        return;
    }
}

static void read_fields(as_bom_reader *r, as_part *part, as_json v,
                        const as_bom_field *fields, size_t n)
{
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        const as_bom_field *f = as_bom_find_field(fields, n, it.key);
        if (!f || !f->read(r, part, f, it.value))
            as_bom_add_extra(r, &r->extras, it.key, it.value);
    }
    read_licence(r, v);
    as_bom_add_maker(r);
    as_bom_take_part(r, part);
    if (as_str_is_empty(part->name))
        as_bom_diagnose(r, false, AS_ABSENT, "the %s has no name",
                        part->kind == AS_PART_FILE ? "file" : "package");
    if (as_str_is_empty(part->ref))
        as_bom_diagnose(r, false, AS_STR("SPDXID"), "\"SPDXID\" is missing");
}

void as_spdx_read_package(as_bom_reader *r, as_part *part, as_json v)
{
    part->kind = AS_PART_PACKAGE;
    read_fields(r, part, v, package_fields, AS_ARRAY_LEN(package_fields));
}

void as_spdx_read_file(as_bom_reader *r, as_part *part, as_json v)
{
    part->kind = AS_PART_FILE;
    read_fields(r, part, v, file_fields, AS_ARRAY_LEN(file_fields));
}
