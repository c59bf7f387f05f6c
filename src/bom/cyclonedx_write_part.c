/* SPDX-License-Identifier: Apache-2.0 */
/* Writing one component or service of CycloneDX.
 *
 * A table says, in the order of the standard, which members there are, since
 * when, of what, and how one is made from the model. A member that was kept as
 * JSON is written as it was. What the table does not name is lost, and said to
 * be. */
#include "bom/cyclonedx_write_internal.h"

#include "bom/reader_internal.h"

/* ---- members from the model -------------------------------------------- */

struct member {
    as_str name;
    void (*write)(struct cyclonedx_output *c, uint32_t part,
                  const struct member *m);
    unsigned of; /* COMPONENT, SERVICE, NEW */
    as_attribute_key key;
};

enum { COMPONENT = 1, SERVICE = 2, NEW = 4 /* since 1.7 */ };

static const as_part *get(const struct cyclonedx_output *c, uint32_t part)
{
    return &c->o.p->parts[part];
}

static void write_type(struct cyclonedx_output *c, uint32_t i,
                       const struct member *m)
{
    const as_part *part = get(c, i);
    as_str word = as_part_kind_word(part->kind);

    switch (part->kind) {
    case AS_PART_BOARD:
    case AS_PART_CHIP: word = AS_STR("device"); break;
    case AS_PART_SERVICE: word = AS_STR("application"); break;
    case AS_PART_OTHER:
    case AS_PART_PACKAGE:
        word = AS_STR("library");
        if (part->kind_text.n)
            as_bom_lose_key(&c->o, i, "the type", part->kind_text);
        break;
    case AS_PART_APPLICATION:
    case AS_PART_FRAMEWORK:
    case AS_PART_LIBRARY:
    case AS_PART_CONTAINER:
    case AS_PART_PLATFORM:
    case AS_PART_OPERATING_SYSTEM:
    case AS_PART_DEVICE:
    case AS_PART_DEVICE_DRIVER:
    case AS_PART_FIRMWARE:
    case AS_PART_FILE:
    case AS_PART_MODEL:
    case AS_PART_DATA:
    case AS_PART_CRYPTO:
    case AS_PART_KINDS: break;
    }
    as_json_write_field(&c->o.w, m->name, word);
}

static void write_ref(struct cyclonedx_output *c, uint32_t i,
                      const struct member *m)
{
    as_json_write_field_opt(&c->o.w, m->name, c->o.names[i]);
}

static void write_group(struct cyclonedx_output *c, uint32_t i,
                        const struct member *m)
{
    as_str group = get(c, i)->group;

    if (group.p)
        as_json_write_field(&c->o.w, m->name, group);
}

static void write_name(struct cyclonedx_output *c, uint32_t i,
                       const struct member *m)
{
    as_str name = get(c, i)->name;

    as_json_write_field(&c->o.w, m->name, name.p ? name : AS_STR(""));
}

static void write_version_text(struct cyclonedx_output *c, uint32_t i,
                               const struct member *m)
{
    as_str version = get(c, i)->version;

    if (version.p)
        as_json_write_field(&c->o.w, m->name, version);
}

static void write_purl(struct cyclonedx_output *c, uint32_t i,
                       const struct member *m)
{
    as_json_write_field_opt(&c->o.w, m->name, get(c, i)->purl);
}

static void write_cpe(struct cyclonedx_output *c, uint32_t i,
                      const struct member *m)
{
    const as_part *part = get(c, i);

    if (part->n_cpes)
        as_json_write_field(&c->o.w, m->name, part->cpes[0]);
}

/* The attribute that this member states. From CycloneDX it is the one that was
 * read from here; from elsewhere, what is known. */
static const as_attribute *find_attribute(const struct cyclonedx_output *c,
                                          const as_part *part,
                                          const struct member *m, size_t from)
{
    for (size_t i = from; i < part->n_attributes; i++) {
        const as_attribute *a = &part->attributes[i];
        if (a->key != m->key)
            continue;
        if (c->same
                ? a->path.n == m->name.n + 1 &&
                      as_str_eq(as_str_slice(a->path, 1, a->path.n), m->name)
                : a->state != AS_UNKNOWN)
            return a;
    }
    return NULL;
}

static void write_attribute(struct cyclonedx_output *c, uint32_t i,
                            const struct member *m)
{
    const as_attribute *a = find_attribute(c, get(c, i), m, 0);

    if (a)
        as_json_write_field(&c->o.w, m->name, a->value);
}

static void write_scope(struct cyclonedx_output *c, uint32_t i,
                        const struct member *m)
{
    static const as_str words[] = {AS_STR_INIT("required"),
                                   AS_STR_INIT("optional"),
                                   AS_STR_INIT("excluded")};
    const as_attribute *a = find_attribute(c, get(c, i), m, 0);

    for (size_t k = 0; a && k < AS_ARRAY_LEN(words); k++)
        if (as_str_eq(a->value, words[k])) {
            as_json_write_field(&c->o.w, m->name, a->value);
            return;
        }
    if (a)
        as_bom_lose_key(&c->o, i, "the scope", a->value);
}

static void write_party(struct cyclonedx_output *c, uint32_t i,
                        const struct member *m)
{
    const as_attribute *a = find_attribute(c, get(c, i), m, 0);

    if (!a)
        return;
    as_json_write_key(&c->o.w, m->name);
    as_json_write_object(&c->o.w);
    as_json_write_field(&c->o.w, AS_STR("name"), a->value);
    as_json_write_object_end(&c->o.w);
}

static void write_authors(struct cyclonedx_output *c, uint32_t i,
                          const struct member *m)
{
    const as_part *part = get(c, i);
    const as_attribute *a = find_attribute(c, part, m, 0);

    if (!a)
        return;
    as_json_write_key(&c->o.w, m->name);
    as_json_write_array(&c->o.w);
    for (; a;
         a = find_attribute(c, part, m, (size_t)(a - part->attributes) + 1)) {
        as_json_write_object(&c->o.w);
        as_json_write_field(&c->o.w, AS_STR("name"), a->value);
        as_json_write_object_end(&c->o.w);
    }
    as_json_write_array_end(&c->o.w);
}

/* The single author of old; others go to "authors". */
static void write_author(struct cyclonedx_output *c, uint32_t i,
                         const struct member *m)
{
    if (c->same)
        write_attribute(c, i, m);
}

/* ---- lists ------------------------------------------------------------- */

static bool knows_algorithm(const struct cyclonedx_output *c, as_str algorithm)
{
    static const as_str names[] = {
        AS_STR_INIT("MD5"),          AS_STR_INIT("SHA-1"),
        AS_STR_INIT("SHA-256"),      AS_STR_INIT("SHA-384"),
        AS_STR_INIT("SHA-512"),      AS_STR_INIT("SHA3-256"),
        AS_STR_INIT("SHA3-384"),     AS_STR_INIT("SHA3-512"),
        AS_STR_INIT("BLAKE2b-256"),  AS_STR_INIT("BLAKE2b-384"),
        AS_STR_INIT("BLAKE2b-512"),  AS_STR_INIT("BLAKE3"),
        AS_STR_INIT("Streebog-256"), AS_STR_INIT("Streebog-512")};
    size_t n = AS_ARRAY_LEN(names) - (c->target_1_7 ? 0 : 2);

    for (size_t i = 0; i < n; i++)
        if (as_str_eq(names[i], algorithm))
            return true;
    return false;
}

static void write_hashes(struct cyclonedx_output *c, uint32_t i,
                         const struct member *m)
{
    const as_part *part = get(c, i);
    as_json_writer *w = &c->o.w;
    bool open = false;

    for (size_t k = 0; k < part->n_hashes; k++) {
        if (!knows_algorithm(c, part->hashes[k].algorithm)) {
            as_bom_lose_key(&c->o, i, "the digest", part->hashes[k].algorithm);
            continue;
        }
        if (!open) {
            as_json_write_key(w, m->name);
            as_json_write_array(w);
        }
        open = true;
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("alg"), part->hashes[k].algorithm);
        as_json_write_field(w, AS_STR("content"), part->hashes[k].hex);
        as_json_write_object_end(w);
    }
    if (open)
        as_json_write_array_end(w);
}

/* 1.6 has either one expression or a list of licences: among several, an
 * expression becomes a name. */
static void write_licence(struct cyclonedx_output *c, uint32_t i,
                          const as_licence *l, bool alone)
{
    as_json_writer *w = &c->o.w;

    as_json_write_object(w);
    if (l->expression.n && (alone || c->target_1_7)) {
        as_json_write_field(w, AS_STR("expression"), l->expression);
        as_json_write_object_end(w);
        return;
    }
    if (l->expression.n)
        as_bom_lose(&c->o, i, AS_STR("that a licence is an expression"));
    as_json_write_key(w, AS_STR("license"));
    as_json_write_object(w);
    if (l->id.n)
        as_json_write_field(w, AS_STR("id"), l->id);
    else
        as_json_write_field(w, AS_STR("name"),
                            l->expression.n ? l->expression : l->name);
    as_json_write_field_opt(w, AS_STR("url"), l->url);
    as_json_write_object_end(w);
    as_json_write_object_end(w);
}

static void write_licences(struct cyclonedx_output *c, uint32_t i,
                           const struct member *m)
{
    const as_part *part = get(c, i);

    if (part->n_licences == 0)
        return;
    as_json_write_key(&c->o.w, m->name);
    as_json_write_array(&c->o.w);
    for (size_t k = 0; k < part->n_licences; k++)
        write_licence(c, i, &part->licences[k], part->n_licences == 1);
    as_json_write_array_end(&c->o.w);
}

/* Types of references of SPDX and of purl lists in the words of CycloneDX. */
static as_str reference_type(const struct cyclonedx_output *c, as_str type)
{
    static const struct {
        as_str from, to;
    } words[] = {
        {AS_STR_INIT("website"), AS_STR_INIT("website")},
        {AS_STR_INIT("vcs"), AS_STR_INIT("vcs")},
        {AS_STR_INIT("distribution"), AS_STR_INIT("distribution")},
        {AS_STR_INIT("advisory"), AS_STR_INIT("advisories")},
        {AS_STR_INIT("securityAdvisory"), AS_STR_INIT("advisories")},
    };

    if (c->same && (c->target_1_7 || !as_cyclonedx_is_new_reference(type)))
        return type;
    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq(words[i].from, type))
            return words[i].to;
    return AS_STR("other");
}

static void write_references(struct cyclonedx_output *c, uint32_t i,
                             const struct member *m)
{
    const as_part *part = get(c, i);
    as_json_writer *w = &c->o.w;

    if (part->n_references == 0)
        return;
    as_json_write_key(w, m->name);
    as_json_write_array(w);
    for (size_t k = 0; k < part->n_references; k++) {
        const as_reference *r = &part->references[k];
        as_str type = reference_type(c, r->type);
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("type"), type);
        as_json_write_field(w, AS_STR("url"), r->url);
        if (r->comment.n)
            as_json_write_field(w, AS_STR("comment"), r->comment);
        else if (!as_str_eq(type, r->type))
            as_json_write_field_opt(w, AS_STR("comment"), r->type);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

/* ---- properties -------------------------------------------------------- */

static void write_property(struct cyclonedx_output *c, bool *open, as_str name,
                           as_str value)
{
    as_json_writer *w = &c->o.w;

    if (!*open) {
        as_json_write_key(w, AS_STR("properties"));
        as_json_write_array(w);
    }
    *open = true;
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("name"), name);
    if (value.p)
        as_json_write_field(w, AS_STR("value"), value);
    as_json_write_object_end(w);
}

/* Facts of SPDX that the CycloneDX property taxonomy has names for. */
static const struct {
    as_str key, property;
} spdx_properties[] = {
#define ROW(key, name)                                                         \
    {                                                                          \
        AS_STR_INIT(key), AS_STR_INIT("spdx:v2:" name)                         \
    }
    ROW("downloadLocation", "download-location"),
    ROW("licenseConcluded", "license-concluded"),
    ROW("licenseDeclared", "license-declared"),
    ROW("licenseComments", "license-comments"),
    ROW("filesAnalyzed", "files-analyzed"),
    ROW("homepage", "homepage"),
    ROW("comment", "comment"),
    ROW("packageFileName", "package:file-name"),
    ROW("sourceInfo", "package:source-info"),
    ROW("summary", "package:summary"),
    ROW("supplier", "package:supplier"),
    ROW("originator", "package:originator"),
    ROW("noticeText", "file:notice-text"),
#undef ROW
};

static as_str spdx_property_of(as_str key)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(spdx_properties); i++)
        if (as_str_eq(spdx_properties[i].key, key))
            return spdx_properties[i].property;
    return AS_ABSENT;
}

static void write_spdx_properties(struct cyclonedx_output *c, uint32_t i,
                                  bool *open)
{
    const as_part *part = get(c, i);

    for (size_t k = 0; k < part->n_extras; k++) {
        as_str name = spdx_property_of(part->extras[k].key);
        as_json_doc *doc = NULL;
        as_str text;
        if (!name.p ||
            as_json_read(as_str_span(part->extras[k].json), NULL, &doc, NULL)) {
            as_bom_lose_member(&c->o, i, &part->extras[k]);
            continue;
        }
        text = as_json_str(as_json_root(doc));
        write_property(c, open, name, text.p ? text : part->extras[k].json);
        as_json_free(doc);
    }
}

static bool has_property(const as_part *part, as_str name)
{
    for (size_t k = 0; k < part->n_properties; k++)
        if (as_str_eq(part->properties[k].name, name))
            return true;
    return false;
}

static void write_properties(struct cyclonedx_output *c, uint32_t i,
                             const struct member *m)
{
    const as_part *part = get(c, i);
    as_str kind = AS_STR("assay:kind");
    bool open = false;

    for (size_t k = 0; k < part->n_properties; k++)
        write_property(c, &open, part->properties[k].name,
                       part->properties[k].value);
    if ((part->kind == AS_PART_BOARD || part->kind == AS_PART_CHIP) &&
        !has_property(part, kind))
        write_property(c, &open, kind, as_part_kind_word(part->kind));
    for (size_t k = 0; k < part->n_attributes; k++) {
        const as_attribute *a = &part->attributes[k];
        as_str name = as_bom_property_of(a->key);
        if (name.p && a->state != AS_UNKNOWN &&
            !as_str_starts(a->path, AS_STR("/properties/")))
            write_property(c, &open, name, a->value);
    }
    if (!c->same) {
        for (size_t k = 1; k < part->n_cpes; k++)
            write_property(c, &open,
                           AS_STR("spdx:v2:external-reference:security:cpe23"),
                           part->cpes[k]);
        write_spdx_properties(c, i, &open);
    }
    if (open)
        as_json_write_array_end(&c->o.w);
}

/* ---- evidence and pedigree --------------------------------------------- */

static bool is_technique(as_str s)
{
    static const as_str words[] = {
        AS_STR_INIT("source-code-analysis"), AS_STR_INIT("binary-analysis"),
        AS_STR_INIT("manifest-analysis"),    AS_STR_INIT("ast-fingerprint"),
        AS_STR_INIT("hash-comparison"),      AS_STR_INIT("instrumentation"),
        AS_STR_INIT("dynamic-analysis"),     AS_STR_INIT("filename"),
        AS_STR_INIT("attestation"),          AS_STR_INIT("other")};

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq(words[i], s))
            return true;
    return false;
}

static void write_methods(struct cyclonedx_output *c, const as_part *part)
{
    as_json_writer *w = &c->o.w;
    as_str field = part->purl.n   ? AS_STR("purl")
                   : part->n_cpes ? AS_STR("cpe")
                                  : AS_STR("name");

    as_json_write_key(w, AS_STR("identity"));
    as_json_write_array(w);
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("field"), field);
    as_json_write_key(w, AS_STR("methods"));
    as_json_write_array(w);
    for (size_t k = 0; k < part->n_evidence; k++) {
        const as_evidence *e = &part->evidence[k];
        bool sure = e->confidence >= 0 && e->confidence <= 1;
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("technique"),
                            is_technique(e->method) ? e->method
                                                    : AS_STR("other"));
        as_json_write_key(w, AS_STR("confidence"));
        as_json_write_double(w, sure ? e->confidence : 0);
        as_json_write_field_opt(w, AS_STR("value"), e->value);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    as_json_write_object_end(w);
    as_json_write_array_end(w);
}

static void write_occurrences(struct cyclonedx_output *c, const as_part *part)
{
    as_json_writer *w = &c->o.w;
    bool open = false;

    for (size_t k = 0; k < part->n_evidence; k++) {
        const as_evidence *e = &part->evidence[k];
        if (as_str_is_empty(e->source))
            continue;
        if (!open) {
            as_json_write_key(w, AS_STR("occurrences"));
            as_json_write_array(w);
        }
        open = true;
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("location"), e->source);
        if (e->offset <= INT64_MAX)
            as_json_write_field_u64(w, AS_STR("offset"), e->offset);
        as_json_write_object_end(w);
    }
    if (open)
        as_json_write_array_end(w);
}

static void write_evidence(struct cyclonedx_output *c, uint32_t i,
                           const struct member *m)
{
    const as_part *part = get(c, i);

    if (part->n_evidence == 0 || c->same)
        return;
    as_json_write_key(&c->o.w, m->name);
    as_json_write_object(&c->o.w);
    write_methods(c, part);
    write_occurrences(c, part);
    as_json_write_object_end(&c->o.w);
}

static void write_relative(as_json_writer *w, const as_relative *r)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("type"), AS_STR("library"));
    as_json_write_field_opt(w, AS_STR("group"), r->group);
    as_json_write_field(w, AS_STR("name"), r->name.p ? r->name : AS_STR(""));
    as_json_write_field_opt(w, AS_STR("version"), r->version);
    as_json_write_field_opt(w, AS_STR("cpe"), r->cpe);
    as_json_write_field_opt(w, AS_STR("purl"), r->purl);
    as_json_write_object_end(w);
}

static void write_relatives(as_json_writer *w, const as_pedigree *p,
                            as_relative_kind kind, as_str key)
{
    bool open = false;

    for (size_t i = 0; i < p->n_relatives; i++) {
        if (p->relatives[i].kind != kind)
            continue;
        if (!open) {
            as_json_write_key(w, key);
            as_json_write_array(w);
        }
        open = true;
        write_relative(w, &p->relatives[i]);
    }
    if (open)
        as_json_write_array_end(w);
}

/* From CycloneDX the pedigree is kept whole; from elsewhere there are relatives
 * only. */
static void write_pedigree(struct cyclonedx_output *c, uint32_t i,
                           const struct member *m)
{
    const as_pedigree *p = get(c, i)->pedigree;
    as_json_writer *w = &c->o.w;

    if (!p || c->same)
        return;
    as_json_write_key(w, m->name);
    as_json_write_object(w);
    write_relatives(w, p, AS_RELATIVE_ANCESTOR, AS_STR("ancestors"));
    write_relatives(w, p, AS_RELATIVE_DESCENDANT, AS_STR("descendants"));
    write_relatives(w, p, AS_RELATIVE_VARIANT, AS_STR("variants"));
    as_json_write_object_end(w);
}

/* ---- what a part holds ------------------------------------------------- */

static void write_children(struct cyclonedx_output *c, uint32_t i,
                           const struct member *m)
{
    bool services = as_str_eq(m->name, AS_STR("services"));
    bool open = false;

    for (uint32_t k = c->o.child[i]; k != AS_NO_PART; k = c->o.next[k]) {
        bool service = get(c, k)->kind == AS_PART_SERVICE;
        if (service != services || as_cyclonedx_is_top(c, k))
            continue;
        if (!open) {
            as_json_write_key(&c->o.w, m->name);
            as_json_write_array(&c->o.w);
        }
        open = true;
        as_cyclonedx_write_part(c, k);
    }
    if (open)
        as_json_write_array_end(&c->o.w);
}

/* ---- the table --------------------------------------------------------- */

#define ROW(name, write, of)                                                   \
    {                                                                          \
        AS_STR_INIT(name), write, of, AS_ATTR_KEYS                             \
    }
#define FACT(name, write, of, key)                                             \
    {                                                                          \
        AS_STR_INIT(name), write, of, key                                      \
    }
#define BOTH (COMPONENT | SERVICE)

static const struct member members[] = {
    ROW("type", write_type, COMPONENT),
    ROW("mime-type", NULL, COMPONENT),
    ROW("bom-ref", write_ref, BOTH),
    FACT("supplier", write_party, COMPONENT, AS_ATTR_SUPPLIER),
    FACT("manufacturer", write_party, COMPONENT, AS_ATTR_MANUFACTURER),
    FACT("provider", write_party, SERVICE, AS_ATTR_SUPPLIER),
    FACT("authors", write_authors, COMPONENT, AS_ATTR_AUTHOR),
    FACT("author", write_author, COMPONENT, AS_ATTR_AUTHOR),
    FACT("publisher", write_attribute, COMPONENT, AS_ATTR_PUBLISHER),
    ROW("group", write_group, BOTH),
    ROW("name", write_name, BOTH),
    ROW("version", write_version_text, BOTH),
    ROW("versionRange", NULL, COMPONENT | NEW),
    ROW("isExternal", NULL, COMPONENT | NEW),
    FACT("description", write_attribute, BOTH, AS_ATTR_DESCRIPTION),
    FACT("scope", write_scope, COMPONENT, AS_ATTR_SCOPE),
    ROW("hashes", write_hashes, COMPONENT),
    ROW("licenses", write_licences, BOTH),
    FACT("copyright", write_attribute, COMPONENT, AS_ATTR_COPYRIGHT),
    ROW("patentAssertions", NULL, BOTH | NEW),
    ROW("cpe", write_cpe, COMPONENT),
    ROW("purl", write_purl, COMPONENT),
    ROW("omniborId", NULL, COMPONENT),
    ROW("swhid", NULL, COMPONENT),
    ROW("swid", NULL, COMPONENT),
    ROW("modified", NULL, COMPONENT),
    ROW("pedigree", write_pedigree, COMPONENT),
    ROW("endpoints", NULL, SERVICE),
    ROW("authenticated", NULL, SERVICE),
    ROW("x-trust-boundary", NULL, SERVICE),
    ROW("trustZone", NULL, SERVICE),
    ROW("externalReferences", write_references, BOTH),
    ROW("components", write_children, COMPONENT),
    ROW("services", write_children, SERVICE),
    ROW("evidence", write_evidence, COMPONENT),
    ROW("releaseNotes", NULL, BOTH),
    ROW("modelCard", NULL, COMPONENT),
    ROW("data", NULL, BOTH),
    ROW("cryptoProperties", NULL, COMPONENT),
    ROW("properties", write_properties, BOTH),
    ROW("tags", NULL, BOTH),
    ROW("signature", NULL, BOTH),
};

static bool applies(const struct cyclonedx_output *c, const as_part *part,
                    uint32_t i, const struct member *m)
{
    /* What the document describes is a component, whatever it is to us. */
    bool service = part->kind == AS_PART_SERVICE && i != c->o.p->root;

    if ((m->of & NEW) && !c->target_1_7)
        return false;
    return m->of & (service ? SERVICE : COMPONENT);
}

static void lose_unknown(struct cyclonedx_output *c, uint32_t i)
{
    const as_part *part = get(c, i);

    for (size_t k = 0; c->same && k < part->n_extras; k++) {
        bool known = false;
        for (size_t n = 0; n < AS_ARRAY_LEN(members) && !known; n++)
            known = applies(c, part, i, &members[n]) &&
                    as_str_eq(members[n].name, part->extras[k].key);
        if (!known)
            as_bom_lose_member(&c->o, i, &part->extras[k]);
    }
    for (size_t k = 0; !c->same && k < part->n_attributes; k++)
        if (part->attributes[k].key == AS_ATTR_SCOPE &&
            part->kind == AS_PART_SERVICE)
            as_bom_lose(&c->o, i, AS_STR("the scope of a service"));
}

void as_cyclonedx_write_part(struct cyclonedx_output *c, uint32_t i)
{
    const as_part *part = get(c, i);

    as_json_write_object(&c->o.w);
    for (size_t k = 0; k < AS_ARRAY_LEN(members); k++) {
        const struct member *m = &members[k];
        const as_extra *x;
        if (!applies(c, part, i, m))
            continue;
        x = c->same ? as_bom_find_extra(part->extras, part->n_extras, m->name)
                    : NULL;
        if (x)
            as_cyclonedx_write_kept(c, i, m->name, x->json);
        else if (m->write)
            m->write(c, i, m);
    }
    as_json_write_object_end(&c->o.w);
    lose_unknown(c, i);
}
