/* SPDX-License-Identifier: Apache-2.0 */
/* Writing SPDX 2.3, JSON: the document around packages and files
 * (spdx_write_part.c).
 *
 * The tree is written as CONTAINS, what the document describes as DESCRIBES.
 * From SPDX 2 everything comes back as it was; from elsewhere identifiers are
 * made of names and numbers, the namespace of the serial number or the content.
 * A date of creation is required: where the source states none, 1970 stands
 * there and is named among the losses. */
#include "bom/spdx_write_internal.h"

#include "base/date.h"
#include "base/limits.h"
#include "bom/spdx_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- identifiers ------------------------------------------------------- */

static bool is_id_byte(char c)
{
    return as_ascii_is_alnum(c) || c == '.' || c == '-';
}

static bool is_id(as_str s)
{
    as_str prefix = AS_STR("SPDXRef-");

    if (!as_str_starts(s, prefix) || s.n == prefix.n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_id_byte(s.p[i]))
            return false;
    return true;
}

/* SPDXRef-NAME-NUMBER, with the name cut to what may stand there. */
static as_str make_id(struct spdx_output *s, uint32_t i)
{
    as_str name = s->o.p->parts[i].name;
    char text[48];
    size_t n = 0;

    for (size_t k = 0; k < name.n && n < sizeof text; k++)
        if (is_id_byte(name.p[k]) || (n > 0 && text[n - 1] != '-'))
            text[n++] = is_id_byte(name.p[k]) ? name.p[k] : '-';
    while (n > 0 && text[n - 1] == '-')
        n--;
    if (n == 0)
        return as_arena_printf(s->o.arena, "SPDXRef-%u", i);
    return as_arena_printf(s->o.arena, "SPDXRef-%.*s-%u", (int)n, text, i);
}

/* The document keeps the name that relationships of the source call it by. */
static void name_document(struct spdx_output *s)
{
    const as_extra *x =
        s->same ? as_bom_find_extra(s->o.p->extras, s->o.p->n_extras,
                                    AS_STR("SPDXID"))
                : NULL;
    as_json_doc *doc = NULL;

    s->document = AS_STR("SPDXRef-DOCUMENT");
    if (!x || as_json_read(as_str_span(x->json), NULL, &doc, NULL))
        return;
    if (is_id(as_json_str(as_json_root(doc))))
        s->document = as_arena_str(s->o.arena, as_json_str(as_json_root(doc)));
    as_json_free(doc);
}

static void name_parts(struct spdx_output *s)
{
    const as_product *p = s->o.p;

    for (uint32_t i = 0; i < p->n_parts; i++) {
        bool keep = s->same && is_id(p->parts[i].ref);
        s->o.names[i] = keep ? p->parts[i].ref : make_id(s, i);
    }
}

/* ---- head -------------------------------------------------------------- */

static const as_extra *find_extra(const struct spdx_output *s, const char *key)
{
    return as_bom_find_extra(s->o.p->extras, s->o.p->n_extras, as_str_c(key));
}

static void write_kept(struct spdx_output *s, const char *key)
{
    const as_extra *x = s->same ? find_extra(s, key) : NULL;

    if (!x)
        return;
    as_json_write_key(&s->o.w, as_str_c(key));
    if (!as_bom_write_json(&s->o, x->json))
        as_json_write_null(&s->o.w);
}

static void write_document_name(struct spdx_output *s)
{
    as_str name = s->o.p->name;

    if (s->same && find_extra(s, "name")) {
        write_kept(s, "name");
        return;
    }
    as_json_write_field(&s->o.w, AS_STR("name"),
                        name.n ? name : AS_STR("unnamed"));
}

static void write_namespace(struct spdx_output *s)
{
    const as_product *p = s->o.p;
    char uuid[40];
    as_str urn = AS_STR("urn:uuid:"), id;

    as_json_write_key(&s->o.w, AS_STR("documentNamespace"));
    if (s->same && p->serial.n) {
        as_json_write_str(&s->o.w, p->serial);
        return;
    }
    if (as_str_starts(p->serial, urn)) {
        id = as_str_slice(p->serial, urn.n, p->serial.n);
    } else {
        as_bom_make_uuid(p, uuid);
        id = as_str_c(uuid);
    }
    as_json_write_str(&s->o.w,
                      as_arena_printf(s->o.arena,
                                      "https://spdx.org/spdxdocs/assay-%.*s",
                                      AS_FMT(id)));
}

/* "2024-01-31T12:00:00Z", in UTC and without fractions as SPDX wants it. */
static void write_created(struct spdx_output *s)
{
    char text[AS_TIME_TEXT] = "1970-01-01T00:00:00Z";
    as_time t;

    if (as_time_read(s->o.p->created, &t))
        as_time_text(t, text);
    else
        as_bom_lose(&s->o, AS_NO_PART,
                    AS_STR("a date of creation, which the source does not "
                           "state: 1970 stands there"));
    as_json_write_field(&s->o.w, AS_STR("created"), as_str_c(text));
}

static void write_people(struct spdx_output *s, const char *key,
                         const char *kind)
{
    const as_extra *x = s->same ? NULL : find_extra(s, key);
    as_json_doc *doc = NULL;
    as_json v;

    if (!x || as_json_read(as_str_span(x->json), NULL, &doc, NULL))
        return;
    v = as_json_root(doc);
    if (as_json_is(v, AS_JSON_OBJECT)) {
        as_str name = as_json_get_str(v, AS_STR("name"));
        if (name.n)
            as_json_write_str(&s->o.w, as_arena_printf(s->o.arena, "%s: %.*s",
                                                       kind, AS_FMT(name)));
    } else {
        for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
            as_str name = as_json_get_str(it.value, AS_STR("name"));
            if (name.n)
                as_json_write_str(&s->o.w,
                                  as_arena_printf(s->o.arena, "%s: %.*s", kind,
                                                  AS_FMT(name)));
        }
    }
    as_json_free(doc);
}

/* Our own entry stands behind those of the source, once. */
static void write_own_tool(struct spdx_output *s, as_json creators)
{
    as_str own = AS_STR("Tool: assay-" ASSAY_VERSION);

    for (as_json_iter it = as_json_each(creators); as_json_next(&it);)
        if (as_str_eq(as_json_str(it.value), own))
            return;
    as_json_write_str(&s->o.w, own);
}

static void write_creators(struct spdx_output *s, as_json creators)
{
    as_json_writer *w = &s->o.w;

    as_json_write_key(w, AS_STR("creators"));
    as_json_write_array(w);
    for (as_json_iter it = as_json_each(creators); as_json_next(&it);)
        as_json_write_value(w, it.value);
    if (!creators.doc) {
        for (size_t i = 0; i < s->o.p->n_tools; i++)
            as_json_write_str(w, as_arena_printf(s->o.arena, "Tool: %.*s",
                                                 AS_FMT(s->o.p->tools[i])));
        write_people(s, "metadata/manufacturer", "Organization");
        write_people(s, "metadata/authors", "Person");
    }
    write_own_tool(s, creators);
    as_json_write_array_end(w);
}

static void write_creation(struct spdx_output *s)
{
    const as_extra *x = s->same ? find_extra(s, "creationInfo") : NULL;
    as_json_writer *w = &s->o.w;
    as_json_doc *doc = NULL;
    as_json v = {NULL, 0};

    if (x && as_json_read(as_str_span(x->json), NULL, &doc, NULL) == AS_OK)
        v = as_json_root(doc);
    as_json_write_key(w, AS_STR("creationInfo"));
    as_json_write_object(w);
    write_created(s);
    write_creators(s, as_json_get(v, AS_STR("creators")));
    as_json_write_field_opt(w, AS_STR("comment"),
                            as_json_get_str(v, AS_STR("comment")));
    as_json_write_field_opt(w, AS_STR("licenseListVersion"),
                            as_json_get_str(v, AS_STR("licenseListVersion")));
    as_json_write_object_end(w);
    as_json_free(doc);
}

static void write_head(struct spdx_output *s)
{
    as_json_writer *w = &s->o.w;

    as_json_write_field(w, AS_STR("spdxVersion"), AS_STR("SPDX-2.3"));
    if (s->same && find_extra(s, "dataLicense"))
        write_kept(s, "dataLicense");
    else
        as_json_write_field(w, AS_STR("dataLicense"), AS_STR("CC0-1.0"));
    as_json_write_field(w, AS_STR("SPDXID"), s->document);
    write_document_name(s);
    write_namespace(s);
    write_creation(s);
    write_kept(s, "comment");
    write_kept(s, "externalDocumentRefs");
}

/* ---- elements ---------------------------------------------------------- */

struct place {
    uint32_t part, index;
};

static int place_cmp(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->index != y->index)
        return x->index < y->index ? -1 : 1;
    return (x->part > y->part) - (x->part < y->part);
}

/* In the order of the source's own list: the tree may have another. */
static void write_elements(struct spdx_output *s, as_str key, bool files)
{
    const as_product *p = s->o.p;
    struct place *places = AS_NEW_ARRAY(s->o.arena, p->n_parts, struct place);
    size_t n = 0;

    for (uint32_t i = 0; i < p->n_parts && places; i++)
        if (as_spdx_writes_file(s, i) == files)
            places[n++] = (struct place){i, s->same ? p->parts[i].index : i};
    if (n == 0)
        return;
    qsort(places, n, sizeof *places, place_cmp);
    as_json_write_key(&s->o.w, key);
    as_json_write_array(&s->o.w);
    for (size_t i = 0; i < n; i++) {
        if (files)
            as_spdx_write_file(s, places[i].part);
        else
            as_spdx_write_package(s, places[i].part);
    }
    as_json_write_array_end(&s->o.w);
}

/* ---- relationships ----------------------------------------------------- */

/* Relations of other formats in the words of SPDX 2.3. */
static const struct {
    as_str from, to;
    bool reversed;
} kinds[] = {
#define ROW(from, to, reversed)                                                \
    {                                                                          \
        AS_STR_INIT(from), AS_STR_INIT(to), reversed                           \
    }
    ROW("dependsOn", "DEPENDS_ON", false),
    ROW("contains", "CONTAINS", false),
    ROW("hasDynamicLink", "DYNAMIC_LINK", false),
    ROW("hasStaticLink", "STATIC_LINK", false),
    ROW("generates", "GENERATES", false),
    ROW("hasDistributionArtifact", "DISTRIBUTION_ARTIFACT", false),
    ROW("hasPrerequisite", "HAS_PREREQUISITE", false),
    ROW("ancestorOf", "ANCESTOR_OF", false),
    ROW("descendantOf", "DESCENDANT_OF", false),
    ROW("hasVariant", "VARIANT_OF", true),
    ROW("copiedTo", "COPY_OF", true),
    ROW("patchedBy", "PATCH_FOR", true),
    ROW("hasTestCase", "TEST_CASE_OF", true),
    ROW("hasTest", "TEST_OF", true),
    ROW("hasDocumentation", "DOCUMENTATION_OF", true),
    ROW("hasDataFile", "DATA_FILE_OF", true),
    ROW("hasExample", "EXAMPLE_OF", true),
    ROW("hasMetadata", "METAFILE_OF", true),
    ROW("hasOptionalComponent", "OPTIONAL_COMPONENT_OF", true),
    ROW("hasOptionalDependency", "OPTIONAL_DEPENDENCY_OF", true),
    ROW("hasProvidedDependency", "PROVIDED_DEPENDENCY_OF", true),
    ROW("hasDependencyManifest", "DEPENDENCY_MANIFEST_OF", true),
    ROW("packagedBy", "PACKAGE_OF", true),
    ROW("amendedBy", "AMENDS", true),
    ROW("usesTool", "BUILD_TOOL_OF", true),
    ROW("expandsTo", "EXPANDED_FROM_ARCHIVE", true),
#undef ROW
};

struct link {
    as_str from, kind, to;
};

static void put_link(struct spdx_output *s, const struct link *l,
                     as_str comment)
{
    as_json_writer *w = &s->o.w;

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("spdxElementId"), l->from);
    as_json_write_field(w, AS_STR("relationshipType"), l->kind);
    as_json_write_field(w, AS_STR("relatedSpdxElement"), l->to);
    as_json_write_field_opt(w, AS_STR("comment"), comment);
    as_json_write_object_end(w);
}

static bool is_word_of_spdx(as_str kind)
{
    for (size_t i = 0; i < kind.n; i++)
        if (!as_ascii_is_upper(kind.p[i]) && kind.p[i] != '_')
            return false;
    return kind.n > 0;
}

/* The link that a relation is; a kind that SPDX has no word for is OTHER, with
 * the word as comment. */
static struct link make_link(struct spdx_output *s, const as_relation *r,
                             as_str *ret_comment)
{
    as_str from = s->o.names[r->from], to = s->o.names[r->to];

    *ret_comment = AS_ABSENT;
    if (s->same && is_word_of_spdx(r->kind))
        return (struct link){from, r->kind, to};
    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++)
        if (as_str_eq(kinds[i].from, r->kind))
            return kinds[i].reversed ? (struct link){to, kinds[i].to, from}
                                     : (struct link){from, kinds[i].to, to};
    as_bom_lose_key(&s->o, r->from, "the kind of relation", r->kind);
    *ret_comment = r->kind;
    return (struct link){from, AS_STR("OTHER"), to};
}

/* The relationships that were kept as JSON, sorted: those with comments are
 * relations as well, and written once. */
struct kept {
    as_json_doc *doc;
    struct link *links;
    size_t n;
};

static int link_cmp(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    int c = as_str_cmp(x->from, y->from);

    if (c == 0)
        c = as_str_cmp(x->kind, y->kind);
    return c ? c : as_str_cmp(x->to, y->to);
}

/* DEPENDENCY_OF is kept as it was written, and read as dependsOn. */
static struct link normal_link(as_json v)
{
    struct link l = {as_json_get_str(v, AS_STR("spdxElementId")),
                     as_json_get_str(v, AS_STR("relationshipType")),
                     as_json_get_str(v, AS_STR("relatedSpdxElement"))};

    if (as_str_eq(l.kind, AS_STR("DEPENDENCY_OF")))
        l = (struct link){l.to, AS_STR("DEPENDS_ON"), l.from};
    if (as_str_eq(l.kind, AS_STR("CONTAINED_BY")))
        l = (struct link){l.to, AS_STR("CONTAINS"), l.from};
    return l;
}

static void read_kept(struct spdx_output *s, struct kept *k)
{
    const as_extra *x = s->same ? find_extra(s, "relationships") : NULL;
    as_json_iter it;

    if (!x || as_json_read(as_str_span(x->json), NULL, &k->doc, NULL))
        return;
    it = as_json_each(as_json_root(k->doc));
    k->links = AS_NEW_ARRAY(s->o.arena, as_json_count(as_json_root(k->doc)) + 1,
                            struct link);
    while (k->links && as_json_next(&it))
        k->links[k->n++] = normal_link(it.value);
    if (k->n)
        qsort(k->links, k->n, sizeof *k->links, link_cmp);
}

static bool is_kept(const struct kept *k, const struct link *l)
{
    return k->n && bsearch(l, k->links, k->n, sizeof *k->links, link_cmp);
}

static void write_described(struct spdx_output *s, const struct kept *k)
{
    const as_product *p = s->o.p;
    struct link l = {s->document, AS_STR("DESCRIBES"), AS_ABSENT};

    for (uint32_t i = 0; i < p->n_parts; i++) {
        bool top =
            p->root == AS_NO_PART && !s->same && s->o.parent[i] == AS_NO_PART;
        if (i != p->root && !top)
            continue;
        l.to = s->o.names[i];
        if (!is_kept(k, &l))
            put_link(s, &l, AS_ABSENT);
    }
}

static void write_tree(struct spdx_output *s, const struct kept *k)
{
    const as_product *p = s->o.p;

    for (uint32_t i = 0; i < p->n_parts; i++) {
        struct link l = {AS_ABSENT, AS_STR("CONTAINS"), s->o.names[i]};
        if (s->o.parent[i] == AS_NO_PART)
            continue;
        l.from = s->o.names[s->o.parent[i]];
        if (!is_kept(k, &l))
            put_link(s, &l, AS_ABSENT);
    }
}

static void write_relationships(struct spdx_output *s)
{
    const as_product *p = s->o.p;
    struct kept k = {NULL, NULL, 0};

    read_kept(s, &k);
    as_json_write_key(&s->o.w, AS_STR("relationships"));
    as_json_write_array(&s->o.w);
    write_described(s, &k);
    write_tree(s, &k);
    for (size_t i = 0; i < p->n_relations; i++) {
        as_str comment;
        struct link l = make_link(s, &p->relations[i], &comment);
        if (!is_kept(&k, &l))
            put_link(s, &l, comment);
    }
    for (as_json_iter it = as_json_each(as_json_root(k.doc));
         k.doc && as_json_next(&it);)
        as_json_write_value(&s->o.w, it.value);
    as_json_write_array_end(&s->o.w);
    as_json_free(k.doc);
}

/* ---- the rest ---------------------------------------------------------- */

/* Licences that had only a name: their text is not known. */
static void write_licences(struct spdx_output *s)
{
    as_json_writer *w = &s->o.w;

    if (s->same) {
        write_kept(s, "hasExtractedLicensingInfos");
        return;
    }
    if (s->n_licences == 0)
        return;
    qsort(s->licences, s->n_licences, sizeof *s->licences, as_str_qsort_cmp);
    as_json_write_key(w, AS_STR("hasExtractedLicensingInfos"));
    as_json_write_array(w);
    for (size_t i = 0; i < s->n_licences; i++) {
        if (i && as_str_eq(s->licences[i], s->licences[i - 1]))
            continue;
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("licenseId"), s->licences[i]);
        as_json_write_field(w, AS_STR("extractedText"), AS_STR("NOASSERTION"));
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

/* The ranges of snippets are numbers, which YAML hands over as text. */
static void write_snippet(as_json_writer *w, as_str key, as_json v)
{
    as_json_iter it = as_json_each(v);
    uint64_t n;

    if (!it.doc) {
        if ((as_str_eq(key, AS_STR("offset")) ||
             as_str_eq(key, AS_STR("lineNumber"))) &&
            as_str_u64(as_json_str(v), &n))
            as_json_write_u64(w, n);
        else
            as_json_write_value(w, v);
        return;
    }
    if (it.object)
        as_json_write_object(w);
    else
        as_json_write_array(w);
    while (as_json_next(&it)) {
        if (it.object)
            as_json_write_key(w, it.key);
        write_snippet(w, it.object ? it.key : key, it.value);
    }
    if (it.object)
        as_json_write_object_end(w);
    else
        as_json_write_array_end(w);
}

static void write_snippets(struct spdx_output *s)
{
    const as_extra *x = s->same ? find_extra(s, "snippets") : NULL;
    as_json_doc *doc = NULL;

    if (!x || as_json_read(as_str_span(x->json), NULL, &doc, NULL))
        return;
    as_json_write_key(&s->o.w, AS_STR("snippets"));
    write_snippet(&s->o.w, AS_STR("snippets"), as_json_root(doc));
    as_json_free(doc);
}

static void lose_others(struct spdx_output *s)
{
    static const char *const written[] = {"name",
                                          "dataLicense",
                                          "SPDXID",
                                          "creationInfo",
                                          "comment",
                                          "snippets",
                                          "annotations",
                                          "relationships",
                                          "revieweds",
                                          "externalDocumentRefs",
                                          "hasExtractedLicensingInfos"};
    static const char *const used[] = {"metadata/tools", "metadata/authors",
                                       "metadata/manufacturer"};
    const as_product *p = s->o.p;

    for (size_t i = 0; i < p->n_extras; i++) {
        bool known = false;
        for (size_t k = 0; s->same && k < AS_ARRAY_LEN(written); k++)
            known = known || as_str_eq(p->extras[i].key, as_str_c(written[k]));
        for (size_t k = 0; !s->same && k < AS_ARRAY_LEN(used); k++)
            known = known || as_str_eq(p->extras[i].key, as_str_c(used[k]));
        if (!known)
            as_bom_lose_member(&s->o, AS_NO_PART, &p->extras[i]);
    }
    for (size_t i = 0; i < p->n_compositions; i++)
        as_bom_lose(&s->o, AS_NO_PART,
                    AS_STR("how complete the lists are (compositions)"));
    for (size_t i = 0; i < p->n_statements; i++)
        as_bom_lose(&s->o, AS_NO_PART,
                    AS_STR("the statements about vulnerabilities"));
}

static void write_document(struct spdx_output *s)
{
    as_json_write_object(&s->o.w);
    write_head(s);
    write_elements(s, AS_STR("packages"), false);
    write_elements(s, AS_STR("files"), true);
    write_snippets(s);
    write_licences(s);
    write_kept(s, "annotations");
    write_kept(s, "revieweds");
    write_relationships(s);
    as_json_write_object_end(&s->o.w);
    as_buf_byte(s->o.w.out, '\n');
    lose_others(s);
}

as_rc as_spdx_write(const as_product *p, as_buf *out, as_bom_losses *losses,
                    as_err *err)
{
    struct spdx_output s = {.same = false};
    as_rc rc = AS_OK;

    s.same = as_str_eq(p->format, AS_STR("SPDX")) &&
             !as_str_eq(p->encoding, AS_STR("json-ld"));
    if (as_bom_output_init(&s.o, p, out, losses)) {
        name_document(&s);
        name_parts(&s);
        write_document(&s);
    }
    if (!s.o.arena || as_arena_failed(s.o.arena))
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to write the document");
    as_bom_output_done(&s.o);
    return rc;
}
