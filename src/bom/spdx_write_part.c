/* SPDX-License-Identifier: Apache-2.0 */
/* Writing one package or file of SPDX 2.3. As in the CycloneDX writer a table
 * names the members in order; what was kept as JSON is written as it was, what
 * the table does not name is lost and said to be. */
#include "bom/spdx_write_internal.h"

#include "base/date.h"
#include "bom/spdx_internal.h"

struct member {
    as_str name;
    void (*write)(struct spdx_output *s, uint32_t part, const struct member *m);
    as_attribute_key key;
};

static const as_part *get(const struct spdx_output *s, uint32_t part)
{
    return &s->o.p->parts[part];
}

/* ---- plain members ----------------------------------------------------- */

static void write_id(struct spdx_output *s, uint32_t i, const struct member *m)
{
    as_json_write_field(&s->o.w, m->name, s->o.names[i]);
}

static void write_name(struct spdx_output *s, uint32_t i,
                       const struct member *m)
{
    const as_part *part = get(s, i);
    bool grouped = !s->same && part->group.n > 0 && part->purl.n == 0;

    as_json_write_key(&s->o.w, m->name);
    if (grouped)
        as_json_write_str(&s->o.w, as_arena_printf(s->o.arena, "%.*s/%.*s",
                                                   AS_FMT(part->group),
                                                   AS_FMT(part->name)));
    else
        as_json_write_str(&s->o.w, part->name.p ? part->name : AS_STR(""));
}

static void write_version_info(struct spdx_output *s, uint32_t i,
                               const struct member *m)
{
    as_str version = get(s, i)->version;

    if (version.p)
        as_json_write_field(&s->o.w, m->name, version);
}

static const as_attribute *find_attribute(const struct spdx_output *s,
                                          const as_part *part,
                                          as_attribute_key key)
{
    for (size_t i = 0; i < part->n_attributes; i++)
        if (part->attributes[i].key == key &&
            (s->same || part->attributes[i].state != AS_UNKNOWN))
            return &part->attributes[i];
    return NULL;
}

static void write_attribute(struct spdx_output *s, uint32_t i,
                            const struct member *m)
{
    const as_attribute *a = find_attribute(s, get(s, i), m->key);

    if (a)
        as_json_write_field(&s->o.w, m->name, a->value);
}

static void write_party(struct spdx_output *s, const struct member *m,
                        const char *kind, as_str name)
{
    as_json_write_field(
        &s->o.w, m->name,
        as_arena_printf(s->o.arena, "%s: %.*s", kind, AS_FMT(name)));
}

static void write_supplier(struct spdx_output *s, uint32_t i,
                           const struct member *m)
{
    const as_attribute *a = find_attribute(s, get(s, i), AS_ATTR_SUPPLIER);

    if (a)
        write_party(s, m, "Organization", a->value);
}

/* Who made it: from elsewhere than SPDX the manufacturer, the publisher or the
 * author; in SPDX the one that was stated here. */
static void write_originator(struct spdx_output *s, uint32_t i,
                             const struct member *m)
{
    static const as_attribute_key keys[] = {AS_ATTR_MANUFACTURER,
                                            AS_ATTR_PUBLISHER, AS_ATTR_AUTHOR};

    for (size_t k = 0; k < AS_ARRAY_LEN(keys); k++) {
        const as_attribute *a = find_attribute(s, get(s, i), keys[k]);
        if (!a)
            continue;
        write_party(s, m, keys[k] == AS_ATTR_AUTHOR ? "Person" : "Organization",
                    a->value);
        return;
    }
}

/* The end of support is a date and time there. */
static void write_valid_until(struct spdx_output *s, uint32_t i,
                              const struct member *m)
{
    const as_attribute *a =
        find_attribute(s, get(s, i), AS_ATTR_END_OF_SUPPORT);

    if (!a)
        return;
    if (s->same || a->value.n != 10)
        as_json_write_field(&s->o.w, m->name, a->value);
    else
        as_json_write_field(
            &s->o.w, m->name,
            as_arena_printf(s->o.arena, "%.*sT00:00:00Z", AS_FMT(a->value)));
}

static void write_purpose(struct spdx_output *s, uint32_t i,
                          const struct member *m)
{
    const as_part *part = get(s, i);
    as_str word = as_spdx_purpose_of(part->kind);

    as_json_write_field_opt(&s->o.w, m->name, word);
    if (as_str_eq(word, AS_STR("OTHER")) && part->kind != AS_PART_OTHER)
        as_bom_lose_key(&s->o, i, "the kind", as_part_kind_word(part->kind));
}

/* ---- where it comes from ----------------------------------------------- */

static const as_reference *find_reference(const as_part *part, const char *type)
{
    for (size_t i = 0; i < part->n_references; i++)
        if (as_str_eq(part->references[i].type, as_str_c(type)))
            return &part->references[i];
    return NULL;
}

/* Required, as is the word for "not known". */
static void write_download(struct spdx_output *s, uint32_t i,
                           const struct member *m)
{
    const as_reference *r =
        s->same ? NULL : find_reference(get(s, i), "distribution");

    as_json_write_field(&s->o.w, m->name, r ? r->url : AS_STR("NOASSERTION"));
}

static void write_homepage(struct spdx_output *s, uint32_t i,
                           const struct member *m)
{
    const as_reference *r =
        s->same ? NULL : find_reference(get(s, i), "website");

    if (r)
        as_json_write_field(&s->o.w, m->name, r->url);
}

static void write_files_analyzed(struct spdx_output *s, uint32_t i,
                                 const struct member *m)
{
    if (!s->same)
        as_json_write_field_bool(&s->o.w, m->name, false);
}

/* ---- licences ---------------------------------------------------------- */

/* The LicenseRefs of an expression need an entry in the document. */
static void note_licences(struct spdx_output *s, as_str expression)
{
    as_str prefix = AS_STR("LicenseRef-");

    for (size_t at; (at = as_str_search(expression, prefix)) < expression.n;) {
        size_t end = at + prefix.n;
        while (end < expression.n &&
               (as_ascii_is_alnum(expression.p[end]) ||
                expression.p[end] == '-' || expression.p[end] == '.'))
            end++;
        as_str *all = as_arena_grow(s->o.arena, s->licences, &s->cap_licences,
                                    s->n_licences + 1, sizeof *all);
        if (!all)
            return;
        s->licences = all;
        all[s->n_licences++] = as_str_slice(expression, at, end);
        expression = as_str_slice(expression, end, expression.n);
    }
}

static void write_declared(struct spdx_output *s, uint32_t i,
                           const struct member *m)
{
    as_str expression = as_part_value(get(s, i), AS_ATTR_LICENCE);

    if (s->same)
        return;
    as_json_write_field(&s->o.w, m->name,
                        expression.n ? expression : AS_STR("NOASSERTION"));
    note_licences(s, expression);
}

static void write_concluded(struct spdx_output *s, uint32_t i,
                            const struct member *m)
{
    if (!s->same)
        as_json_write_field(&s->o.w, m->name, AS_STR("NOASSERTION"));
}

static void write_copyright(struct spdx_output *s, uint32_t i,
                            const struct member *m)
{
    const as_attribute *a = find_attribute(s, get(s, i), AS_ATTR_COPYRIGHT);

    if (a)
        as_json_write_field(&s->o.w, m->name, a->value);
    else if (!s->same)
        as_json_write_field(&s->o.w, m->name, AS_STR("NOASSERTION"));
}

/* ---- lists ------------------------------------------------------------- */

static void write_checksums(struct spdx_output *s, uint32_t i,
                            const struct member *m)
{
    const as_part *part = get(s, i);
    as_json_writer *w = &s->o.w;
    bool open = false;

    for (size_t k = 0; k < part->n_hashes; k++) {
        as_str name = as_spdx_hash_from_model(part->hashes[k].algorithm);
        if (!name.n) {
            as_bom_lose_key(&s->o, i, "the digest", part->hashes[k].algorithm);
            continue;
        }
        if (!open) {
            as_json_write_key(w, m->name);
            as_json_write_array(w);
        }
        open = true;
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("algorithm"), name);
        as_json_write_field(w, AS_STR("checksumValue"), part->hashes[k].hex);
        as_json_write_object_end(w);
    }
    if (open)
        as_json_write_array_end(w);
}

static void put_reference(struct spdx_output *s, bool *open, as_str type,
                          as_str locator, as_str comment)
{
    as_json_writer *w = &s->o.w;

    if (!*open) {
        as_json_write_key(w, AS_STR("externalRefs"));
        as_json_write_array(w);
    }
    *open = true;
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("referenceCategory"),
                        as_spdx_category_of(type));
    as_json_write_field(w, AS_STR("referenceType"), type);
    as_json_write_field(w, AS_STR("referenceLocator"), locator);
    as_json_write_field_opt(w, AS_STR("comment"), comment);
    as_json_write_object_end(w);
}

/* Those with members of their own in SPDX are not repeated. */
static bool is_written_elsewhere(const struct spdx_output *s,
                                 const as_part *part, const as_reference *r)
{
    return !s->same && (r == find_reference(part, "distribution") ||
                        r == find_reference(part, "website"));
}

static as_str reference_type(const struct spdx_output *s, as_str type)
{
    if (!s->same && as_str_eq(type, AS_STR("advisories")))
        return AS_STR("advisory");
    return type.n ? type : AS_STR("other");
}

static void write_references(struct spdx_output *s, uint32_t i,
                             const struct member *m)
{
    const as_part *part = get(s, i);
    bool open = false;

    if (part->purl.n)
        put_reference(s, &open, AS_STR("purl"), part->purl, AS_ABSENT);
    for (size_t k = 0; k < part->n_cpes; k++)
        put_reference(s, &open,
                      as_str_starts_nocase(part->cpes[k], AS_STR("cpe:/"))
                          ? AS_STR("cpe22Type")
                          : AS_STR("cpe23Type"),
                      part->cpes[k], AS_ABSENT);
    for (size_t k = 0; k < part->n_references; k++) {
        const as_reference *r = &part->references[k];
        if (is_written_elsewhere(s, part, r))
            continue;
        if (r->url.n == 0 || as_str_find(r->url, ' ') < r->url.n) {
            as_bom_lose_key(&s->o, i, "the reference of type", r->type);
            continue;
        }
        put_reference(s, &open, reference_type(s, r->type), r->url, r->comment);
    }
    if (open)
        as_json_write_array_end(&s->o.w);
}

/* ---- the tables -------------------------------------------------------- */

/* ---- annotations --------------------------------------------------------
 *
 * SPDX 2 has no field for these: an annotation "assay:NAME=VALUE" each, which
 * the reader understands (doc/properties.md). */
static const as_attribute_key annotated[] = {
    AS_ATTR_DESIGNER,     AS_ATTR_FOUNDRY,        AS_ATTR_COUNTRY,
    AS_ATTR_ECCN,         AS_ATTR_VALUE_SHARE,    AS_ATTR_MPN,
    AS_ATTR_MODEL_NUMBER, AS_ATTR_SERIAL,         AS_ATTR_DISTRIBUTION,
    AS_ATTR_CATEGORY,     AS_ATTR_CELL_MAKER,     AS_ATTR_NODE,
    AS_ATTR_AUTHORISED,   AS_ATTR_COUNTRY_DESIGN,
};
static const as_str kind_property = AS_STR_INIT("assay:kind");

static bool is_annotated(as_attribute_key key)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(annotated); i++)
        if (annotated[i] == key)
            return true;
    return false;
}

static void write_annotation(struct spdx_output *s, bool *open, as_str name,
                             as_str value)
{
    char date[AS_TIME_TEXT] = "1970-01-01T00:00:00Z";
    as_json_writer *w = &s->o.w;
    as_time t;

    if (as_time_read(s->o.p->created, &t))
        as_time_text(t, date);
    if (!*open) {
        as_json_write_key(w, AS_STR("annotations"));
        as_json_write_array(w);
    }
    *open = true;
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("annotationDate"), as_str_c(date));
    as_json_write_field(w, AS_STR("annotationType"), AS_STR("OTHER"));
    as_json_write_field(w, AS_STR("annotator"),
                        AS_STR("Tool: assay-" ASSAY_VERSION));
    as_json_write_field(
        w, AS_STR("comment"),
        as_arena_printf(s->o.arena, "%.*s=%.*s", AS_FMT(name), AS_FMT(value)));
    as_json_write_object_end(w);
}

static void write_annotations(struct spdx_output *s, uint32_t i,
                              const struct member *m)
{
    const as_part *part = get(s, i);
    bool open = false;

    if (s->same)
        return;
    if (part->kind == AS_PART_BOARD || part->kind == AS_PART_CHIP)
        write_annotation(s, &open, kind_property,
                         as_part_kind_word(part->kind));
    for (size_t k = 0; k < AS_ARRAY_LEN(annotated); k++) {
        as_str name = as_bom_property_of(annotated[k]);
        as_str value = as_part_value(part, annotated[k]);
        if (name.n && value.n)
            write_annotation(s, &open, name, value);
    }
    if (open)
        as_json_write_array_end(&s->o.w);
}

#define ROW(name, write)                                                       \
    {                                                                          \
        AS_STR_INIT(name), write, AS_ATTR_KEYS                                 \
    }
#define FACT(name, key)                                                        \
    {                                                                          \
        AS_STR_INIT(name), write_attribute, key                                \
    }

static const struct member package_members[] = {
    ROW("SPDXID", write_id),
    ROW("name", write_name),
    ROW("versionInfo", write_version_info),
    ROW("packageFileName", NULL),
    ROW("supplier", write_supplier),
    ROW("originator", write_originator),
    ROW("downloadLocation", write_download),
    ROW("filesAnalyzed", write_files_analyzed),
    ROW("packageVerificationCode", NULL),
    ROW("checksums", write_checksums),
    ROW("homepage", write_homepage),
    ROW("sourceInfo", NULL),
    ROW("licenseConcluded", write_concluded),
    ROW("licenseDeclared", write_declared),
    ROW("licenseInfoFromFiles", NULL),
    ROW("licenseComments", NULL),
    ROW("copyrightText", write_copyright),
    ROW("summary", NULL),
    FACT("description", AS_ATTR_DESCRIPTION),
    ROW("comment", NULL),
    ROW("externalRefs", write_references),
    ROW("attributionTexts", NULL),
    ROW("primaryPackagePurpose", write_purpose),
    ROW("releaseDate", NULL),
    ROW("builtDate", NULL),
    ROW("validUntilDate", write_valid_until),
    ROW("annotations", write_annotations),
};

static const struct member file_members[] = {
    ROW("SPDXID", write_id),
    ROW("fileName", write_name),
    ROW("fileTypes", NULL),
    ROW("checksums", write_checksums),
    ROW("licenseConcluded", write_concluded),
    ROW("licenseInfoInFiles", NULL),
    ROW("licenseComments", NULL),
    ROW("copyrightText", write_copyright),
    ROW("comment", NULL),
    ROW("noticeText", NULL),
    ROW("fileContributors", NULL),
    ROW("attributionTexts", NULL),
    ROW("fileDependencies", NULL),
    ROW("artifactOfs", NULL),
    ROW("annotations", NULL),
};

static bool names_member(const struct member *members, size_t n, as_str name)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq(members[i].name, name))
            return true;
    return false;
}

/* Properties that stand for no annotation. */
static bool has_other_properties(const as_part *part)
{
    size_t n = part->n_properties;

    for (size_t k = 0; k < part->n_attributes && n; k++)
        n -= is_annotated(part->attributes[k].key) &&
             as_str_starts(part->attributes[k].path, AS_STR("/properties/"));
    for (size_t k = 0; k < part->n_properties && n; k++)
        n -= as_str_eq(part->properties[k].name, kind_property) &&
             (part->kind == AS_PART_CHIP || part->kind == AS_PART_BOARD);
    return n > 0;
}

/* Facts that have no place in SPDX, whatever the source: in a package some
 * stand in annotations. */
static void lose_facts(struct spdx_output *s, uint32_t i)
{
    bool file = as_spdx_writes_file(s, i);
    const as_part *part = get(s, i);

    for (size_t k = 0; k < AS_ARRAY_LEN(annotated) && file; k++)
        if (as_part_value(part, annotated[k]).n)
            as_bom_lose_key(&s->o, i, "the fact",
                            as_attribute_word(annotated[k]));
    if (as_part_value(part, AS_ATTR_SCOPE).n)
        as_bom_lose_key(&s->o, i, "the fact", as_attribute_word(AS_ATTR_SCOPE));
    if (file ? part->n_properties > 0 : has_other_properties(part))
        as_bom_lose(&s->o, i, AS_STR("the properties of a part"));
    if (part->n_evidence)
        as_bom_lose(&s->o, i, AS_STR("the evidence of a part"));
    if (part->pedigree && !s->same)
        as_bom_lose(&s->o, i, AS_STR("the pedigree of a part"));
}

static bool is_lost_as_fact(as_str key)
{
    return as_str_eq(key, AS_STR("evidence")) ||
           as_str_eq(key, AS_STR("pedigree")) ||
           as_str_eq(key, AS_STR("properties"));
}

static void write_members(struct spdx_output *s, uint32_t i,
                          const struct member *members, size_t n)
{
    const as_part *part = get(s, i);

    as_json_write_object(&s->o.w);
    for (size_t k = 0; k < n; k++) {
        const as_extra *x =
            s->same ? as_bom_find_extra(part->extras, part->n_extras,
                                        members[k].name)
                    : NULL;
        if (x) {
            as_json_write_key(&s->o.w, members[k].name);
            if (!as_bom_write_json(&s->o, x->json))
                as_json_write_null(&s->o.w);
        } else if (members[k].write) {
            members[k].write(s, i, &members[k]);
        }
    }
    as_json_write_object_end(&s->o.w);
    for (size_t k = 0; k < part->n_extras; k++)
        if (!(s->same && names_member(members, n, part->extras[k].key)) &&
            !is_lost_as_fact(part->extras[k].key))
            as_bom_lose_member(&s->o, i, &part->extras[k]);
    lose_facts(s, i);
}

/* A file must state a digest. */
bool as_spdx_writes_file(const struct spdx_output *s, uint32_t i)
{
    const as_part *part = get(s, i);

    if (s->same)
        return as_str_eq(part->list, AS_STR("/files"));
    if (part->kind != AS_PART_FILE || part->purl.n || part->n_cpes ||
        part->version.n)
        return false;
    for (size_t k = 0; k < part->n_hashes; k++)
        if (as_spdx_hash_from_model(part->hashes[k].algorithm).n)
            return true;
    return false;
}

void as_spdx_write_package(struct spdx_output *s, uint32_t i)
{
    write_members(s, i, package_members, AS_ARRAY_LEN(package_members));
}

void as_spdx_write_file(struct spdx_output *s, uint32_t i)
{
    write_members(s, i, file_members, AS_ARRAY_LEN(file_members));
}
