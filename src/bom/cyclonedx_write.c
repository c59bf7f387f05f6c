/* SPDX-License-Identifier: Apache-2.0 */
/* Writing CycloneDX 1.6 and 1.7, JSON: the document around the components
 * (cyclonedx_write_part.c).
 *
 * A product that came from CycloneDX keeps what it said: serial number, date,
 * every member. From elsewhere the serial number is made from the content. The
 * tools name assay behind those of the source. A signature over the document
 * is left out: it would not hold for the new bytes. */
#include "bom/cyclonedx_write_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- head -------------------------------------------------------------- */

static bool is_uuid_urn(as_str s)
{
    static const char form[] = "urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    if (s.n != sizeof form - 1)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = as_ascii_lower(s.p[i]);
        bool hex = as_ascii_is_digit(c) || (c >= 'a' && c <= 'f');
        if (form[i] == 'x' ? !hex : form[i] != c)
            return false;
    }
    return true;
}

static void write_serial(struct cyclonedx_output *c)
{
    const as_product *p = c->o.p;
    char text[64] = "urn:uuid:";
    as_str serial = p->serial;

    as_json_write_key(&c->o.w, AS_STR("serialNumber"));
    if (is_uuid_urn(serial)) {
        for (size_t i = 0; i < serial.n; i++)
            text[i] = as_ascii_lower(serial.p[i]);
    } else {
        if (c->same && serial.n)
            as_bom_lose(&c->o, AS_NO_PART,
                        AS_STR("the serial number, which is no UUID"));
        as_bom_make_uuid(p, text + strlen(text));
    }
    as_json_write_str(&c->o.w, as_str_c(text));
}

static void write_head(struct cyclonedx_output *c)
{
    as_json_writer *w = &c->o.w;
    uint64_t version;

    as_json_write_field(w, AS_STR("$schema"),
                        c->target_1_7 ? AS_STR("http://cyclonedx.org/schema/"
                                               "bom-1.7.schema.json")
                                      : AS_STR("http://cyclonedx.org/schema/"
                                               "bom-1.6.schema.json"));
    as_json_write_field(w, AS_STR("bomFormat"), AS_STR("CycloneDX"));
    as_json_write_field(w, AS_STR("specVersion"),
                        c->target_1_7 ? AS_STR("1.7") : AS_STR("1.6"));
    write_serial(c);
    if (!c->same || !as_str_u64(c->o.p->document_version, &version) ||
        version == 0)
        version = 1;
    as_json_write_field_u64(w, AS_STR("version"), version);
}

/* ---- metadata ---------------------------------------------------------- */

static void write_own_tool(as_json_writer *w, bool legacy)
{
    as_json_write_object(w);
    if (legacy)
        as_json_write_field(w, AS_STR("vendor"), AS_STR("assay"));
    else
        as_json_write_field(w, AS_STR("type"), AS_STR("application"));
    as_json_write_field(w, AS_STR("name"), AS_STR("assay"));
    as_json_write_field(w, AS_STR("version"), AS_STR(ASSAY_VERSION));
    as_json_write_object_end(w);
}

static bool names_assay(as_json list)
{
    for (as_json_iter it = as_json_each(list); as_json_next(&it);)
        if (as_str_eq(as_json_get_str(it.value, AS_STR("name")),
                      AS_STR("assay")) &&
            as_str_eq(as_json_get_str(it.value, AS_STR("version")),
                      AS_STR(ASSAY_VERSION)))
            return true;
    return false;
}

/* The list of the source with ours behind it. */
static void write_tool_list(struct cyclonedx_output *c, as_json list,
                            bool legacy)
{
    as_json_writer *w = &c->o.w;

    as_json_write_array(w);
    for (as_json_iter it = as_json_each(list); as_json_next(&it);)
        as_cyclonedx_write_value(c, AS_STR("components"), it.value);
    if (!names_assay(list))
        write_own_tool(w, legacy);
    as_json_write_array_end(w);
}

static void write_source_tools(struct cyclonedx_output *c, as_json tools)
{
    as_json_writer *w = &c->o.w;
    as_str key = AS_STR("components");
    as_json none = {NULL, 0};
    bool done = false;

    if (as_json_is(tools, AS_JSON_ARRAY)) { /* up to 1.4 */
        write_tool_list(c, tools, true);
        return;
    }
    as_json_write_object(w);
    for (as_json_iter it = as_json_each(tools); as_json_next(&it);) {
        as_json_write_key(w, it.key);
        if (as_str_eq(it.key, key)) {
            write_tool_list(c, it.value, false);
            done = true;
        } else {
            as_cyclonedx_write_value(c, it.key, it.value);
        }
    }
    if (!done) {
        as_json_write_key(w, key);
        write_tool_list(c, none, false);
    }
    as_json_write_object_end(w);
}

static void write_tool_names(struct cyclonedx_output *c)
{
    as_json_writer *w = &c->o.w;

    as_json_write_object(w);
    as_json_write_key(w, AS_STR("components"));
    as_json_write_array(w);
    for (size_t i = 0; i < c->o.p->n_tools; i++) {
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("type"), AS_STR("application"));
        as_json_write_field(w, AS_STR("name"), c->o.p->tools[i]);
        as_json_write_object_end(w);
    }
    write_own_tool(w, false);
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

static void write_tools(struct cyclonedx_output *c)
{
    const as_extra *x = as_cyclonedx_extra(c, AS_STR("metadata/tools"));
    as_json_doc *doc = NULL;

    as_json_write_key(&c->o.w, AS_STR("tools"));
    if (x && as_json_read(as_str_span(x->json), NULL, &doc, NULL) == AS_OK) {
        write_source_tools(c, as_json_root(doc));
        as_json_free(doc);
        return;
    }
    write_tool_names(c);
}

/* A member of the document or of its metadata that is kept as JSON. */
static void write_kept(struct cyclonedx_output *c, const char *prefix,
                       const char *name)
{
    char path[80];
    const as_extra *x;

    snprintf(path, sizeof path, "%s%s", prefix, name);
    x = as_cyclonedx_extra(c, as_str_c(path));
    if (x)
        as_cyclonedx_write_kept(c, AS_NO_PART, as_str_c(name), x->json);
}

/* What SPDX says about who made the document. */
static void write_spdx_creators(struct cyclonedx_output *c)
{
    const as_extra *x =
        c->same ? NULL
                : as_bom_find_extra(c->o.p->extras, c->o.p->n_extras,
                                    AS_STR("creationInfo"));
    as_str prefix = AS_STR("Person: ");
    as_json_doc *doc = NULL;
    as_json list;
    bool open = false;

    if (!x || as_json_read(as_str_span(x->json), NULL, &doc, NULL))
        return;
    list = as_json_get(as_json_root(doc), AS_STR("creators"));
    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        as_str s = as_json_str(it.value);
        if (!as_str_starts(s, prefix))
            continue;
        if (!open) {
            as_json_write_key(&c->o.w, AS_STR("authors"));
            as_json_write_array(&c->o.w);
        }
        open = true;
        as_json_write_object(&c->o.w);
        as_json_write_field(&c->o.w, AS_STR("name"),
                            as_str_trim(as_str_slice(s, prefix.n, s.n)));
        as_json_write_object_end(&c->o.w);
    }
    if (open)
        as_json_write_array_end(&c->o.w);
    as_json_free(doc);
}

/* Facts of an SPDX 2 document that the property taxonomy has names for. */
static const struct {
    as_str key, property;
} spdx_properties[] = {
#define ROW(key, name)                                                         \
    {                                                                          \
        AS_STR_INIT(key), AS_STR_INIT("spdx:v2:" name)                         \
    }
    ROW("SPDXID", "spdxid"),
    ROW("name", "document:name"),
    ROW("dataLicense", "document:data-license"),
    ROW("comment", "comment"),
#undef ROW
};

static bool is_spdx_property(as_str key)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(spdx_properties); i++)
        if (as_str_eq(spdx_properties[i].key, key))
            return true;
    return false;
}

static void write_spdx_property(struct cyclonedx_output *c, as_str name,
                                as_str value)
{
    as_json_write_object(&c->o.w);
    as_json_write_field(&c->o.w, AS_STR("name"), name);
    as_json_write_field(&c->o.w, AS_STR("value"), value);
    as_json_write_object_end(&c->o.w);
}

static void write_spdx_document(struct cyclonedx_output *c)
{
    const as_product *p = c->o.p;

    if (!as_str_eq(p->format, AS_STR("SPDX")))
        return;
    as_json_write_key(&c->o.w, AS_STR("properties"));
    as_json_write_array(&c->o.w);
    if (p->serial.n)
        write_spdx_property(c, AS_STR("spdx:v2:document:document-namespace"),
                            p->serial);
    for (size_t i = 0; i < AS_ARRAY_LEN(spdx_properties); i++) {
        const as_extra *x =
            as_bom_find_extra(p->extras, p->n_extras, spdx_properties[i].key);
        as_json_doc *doc = NULL;
        if (!x || as_json_read(as_str_span(x->json), NULL, &doc, NULL))
            continue;
        if (as_json_is(as_json_root(doc), AS_JSON_STRING))
            write_spdx_property(c, spdx_properties[i].property,
                                as_json_str(as_json_root(doc)));
        as_json_free(doc);
    }
    as_json_write_array_end(&c->o.w);
}

static void write_metadata(struct cyclonedx_output *c)
{
    static const char *const kept[] = {
        "lifecycles", "authors",  "manufacture", "manufacturer",
        "supplier",   "licenses", "properties"};
    const as_product *p = c->o.p;
    as_json_writer *w = &c->o.w;

    as_json_write_key(w, AS_STR("metadata"));
    as_json_write_object(w);
    as_json_write_field_opt(w, AS_STR("timestamp"), p->created);
    write_tools(c);
    write_spdx_creators(c);
    for (size_t i = 0; i < AS_ARRAY_LEN(kept); i++)
        write_kept(c, "metadata/", kept[i]);
    if (c->target_1_7)
        write_kept(c, "metadata/", "distributionConstraints");
    write_spdx_document(c);
    if (p->root != AS_NO_PART) {
        as_json_write_key(w, AS_STR("component"));
        as_cyclonedx_write_part(c, p->root);
    }
    as_json_write_object_end(w);
}

/* ---- parts ------------------------------------------------------------- */

bool as_cyclonedx_is_top(const struct cyclonedx_output *c, uint32_t i)
{
    const as_part *part = &c->o.p->parts[i];
    uint32_t up = c->o.parent[i];

    if (i == c->o.p->root)
        return false;
    if (up == AS_NO_PART || (up == c->o.p->root && !part->nested))
        return true;
    /* Services and components do not hold each other. */
    return (part->kind == AS_PART_SERVICE) !=
           (c->o.p->parts[up].kind == AS_PART_SERVICE);
}

static void write_top(struct cyclonedx_output *c, as_str key, bool services)
{
    const as_product *p = c->o.p;
    bool open = false;

    for (uint32_t i = 0; i < p->n_parts; i++) {
        if ((p->parts[i].kind == AS_PART_SERVICE) != services ||
            !as_cyclonedx_is_top(c, i))
            continue;
        if (!open) {
            as_json_write_key(&c->o.w, key);
            as_json_write_array(&c->o.w);
            open = true;
        }
        as_cyclonedx_write_part(c, i);
    }
    if (open)
        as_json_write_array_end(&c->o.w);
    else
        write_kept(c, "", services ? "services" : "components");
}

/* ---- dependencies ------------------------------------------------------ */

/* What else a relationship of SPDX says is a dependency, in which direction. */
static const struct {
    as_str kind;
    bool reversed;
} dependency_kinds[] = {
    {AS_STR_INIT("BUILD_DEPENDENCY_OF"), true},
    {AS_STR_INIT("DEV_DEPENDENCY_OF"), true},
    {AS_STR_INIT("OPTIONAL_DEPENDENCY_OF"), true},
    {AS_STR_INIT("PROVIDED_DEPENDENCY_OF"), true},
    {AS_STR_INIT("RUNTIME_DEPENDENCY_OF"), true},
    {AS_STR_INIT("TEST_DEPENDENCY_OF"), true},
    {AS_STR_INIT("PREREQUISITE_FOR"), true},
    {AS_STR_INIT("HAS_PREREQUISITE"), false},
    {AS_STR_INIT("STATIC_LINK"), false},
    {AS_STR_INIT("DYNAMIC_LINK"), false},
    {AS_STR_INIT("hasDynamicLink"), false},
    {AS_STR_INIT("hasStaticLink"), false},
    {AS_STR_INIT("hasPrerequisite"), false},
    {AS_STR_INIT("hasOptionalDependency"), false},
    {AS_STR_INIT("hasProvidedDependency"), false},
};

struct edge {
    uint32_t from, to;
    bool provides;
};

static bool make_edge(struct cyclonedx_output *c, const as_relation *r,
                      struct edge *ret)
{
    *ret = (struct edge){r->from, r->to, false};
    if (as_str_eq(r->kind, AS_STR("dependsOn")))
        return true;
    if (as_str_eq(r->kind, AS_STR("provides"))) {
        ret->provides = true;
        return true;
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(dependency_kinds); i++)
        if (as_str_eq(dependency_kinds[i].kind, r->kind)) {
            as_bom_lose_key(&c->o, r->from, "that a dependency is of the kind",
                            r->kind);
            if (dependency_kinds[i].reversed)
                *ret = (struct edge){r->to, r->from, false};
            return true;
        }
    as_bom_lose_key(&c->o, r->from, "the relation", r->kind);
    return false;
}

static int edge_cmp(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->provides != y->provides)
        return x->provides ? 1 : -1;
    return (x->to > y->to) - (x->to < y->to);
}

/* Entries of the source that relations do not hold, by the part they are of. */
struct rest {
    as_json_doc *doc;
    as_ref_table *refs;
    as_json *of_part; /* by part; may be no value */
};

static void rest_read(struct cyclonedx_output *c, struct rest *rest)
{
    const as_extra *x = as_cyclonedx_extra(c, AS_STR("dependencies"));
    as_json_iter it;

    if (!x || as_json_read(as_str_span(x->json), NULL, &rest->doc, NULL))
        return;
    rest->refs = as_ref_table_new(c->o.p);
    rest->of_part = AS_NEW_ARRAY(c->o.arena, c->o.p->n_parts, as_json);
    if (!rest->refs || !rest->of_part)
        return;
    it = as_json_each(as_json_root(rest->doc));
    while (as_json_next(&it)) {
        uint32_t part = as_ref_table_find(
            rest->refs, as_json_get_str(it.value, AS_STR("ref")));
        if (part != AS_NO_PART)
            rest->of_part[part] = it.value;
    }
}

static void write_targets(struct cyclonedx_output *c, const struct edge *edges,
                          size_t n, as_json more, bool provides)
{
    as_str key = provides ? AS_STR("provides") : AS_STR("dependsOn");
    as_json others = as_json_get(more, key);
    bool open = false;

    for (size_t i = 0; i < n; i++) {
        if (edges[i].provides != provides ||
            (i > 0 && edge_cmp(&edges[i - 1], &edges[i]) == 0))
            continue;
        if (!open) {
            as_json_write_key(&c->o.w, key);
            as_json_write_array(&c->o.w);
        }
        open = true;
        as_json_write_str(&c->o.w, c->o.names[edges[i].to]);
    }
    if (!open && as_json_count(others) == 0)
        return;
    if (!open) {
        as_json_write_key(&c->o.w, key);
        as_json_write_array(&c->o.w);
    }
    for (as_json_iter it = as_json_each(others); as_json_next(&it);)
        as_json_write_value(&c->o.w, it.value);
    as_json_write_array_end(&c->o.w);
}

static void write_dependency(struct cyclonedx_output *c, uint32_t part,
                             const struct edge *edges, size_t n, as_json more)
{
    as_json_writer *w = &c->o.w;

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("ref"), c->o.names[part]);
    write_targets(c, edges, n, more, false);
    write_targets(c, edges, n, more, true);
    as_json_write_object_end(w);
}

static size_t make_edges(struct cyclonedx_output *c, struct edge *edges)
{
    const as_product *p = c->o.p;
    size_t n = 0;

    for (size_t i = 0; i < p->n_relations; i++)
        n += make_edge(c, &p->relations[i], &edges[n]);
    if (n)
        qsort(edges, n, sizeof *edges, edge_cmp);
    return n;
}

static void write_edges(struct cyclonedx_output *c, const struct edge *edges,
                        size_t n, const struct rest *rest)
{
    const as_json none = {NULL, 0};
    size_t at = 0;

    for (uint32_t i = 0; i < c->o.p->n_parts; i++) {
        size_t from = at;
        as_json more = rest->of_part ? rest->of_part[i] : none;
        while (at < n && edges[at].from == i)
            at++;
        if (at > from || more.doc)
            write_dependency(c, i, edges + from, at - from, more);
    }
    if (!rest->of_part)
        return;
    for (as_json_iter it = as_json_each(as_json_root(rest->doc));
         as_json_next(&it);) {
        as_str ref = as_json_get_str(it.value, AS_STR("ref"));
        if (as_ref_table_find(rest->refs, ref) == AS_NO_PART)
            as_cyclonedx_write_value(c, AS_STR("dependencies"), it.value);
    }
}

static void write_dependencies(struct cyclonedx_output *c)
{
    struct rest rest = {NULL, NULL, NULL};
    struct edge *edges =
        AS_NEW_ARRAY(c->o.arena, c->o.p->n_relations + 1, struct edge);
    size_t n;

    if (!edges)
        return;
    n = make_edges(c, edges);
    rest_read(c, &rest);
    if (n || rest.of_part) {
        as_json_write_key(&c->o.w, AS_STR("dependencies"));
        as_json_write_array(&c->o.w);
        write_edges(c, edges, n, &rest);
        as_json_write_array_end(&c->o.w);
    }
    as_ref_table_free(rest.refs);
    as_json_free(rest.doc);
}

/* ---- compositions and flaws -------------------------------------------- */

static void write_strs(as_json_writer *w, as_str key, const as_str *items,
                       size_t n)
{
    if (n == 0)
        return;
    as_json_write_key(w, key);
    as_json_write_array(w);
    for (size_t i = 0; i < n; i++)
        as_json_write_str(w, items[i]);
    as_json_write_array_end(w);
}

static void write_compositions(struct cyclonedx_output *c)
{
    const as_product *p = c->o.p;
    as_json_writer *w = &c->o.w;

    if (as_cyclonedx_extra(c, AS_STR("compositions"))) {
        write_kept(c, "", "compositions");
        return;
    }
    if (p->n_compositions == 0)
        return;
    as_json_write_key(w, AS_STR("compositions"));
    as_json_write_array(w);
    for (size_t i = 0; i < p->n_compositions; i++) {
        const as_composition *x = &p->compositions[i];
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("aggregate"),
                            x->aggregate.n ? x->aggregate
                                           : AS_STR("not_specified"));
        write_strs(w, AS_STR("assemblies"), x->assemblies, x->n_assemblies);
        write_strs(w, AS_STR("dependencies"), x->dependencies,
                   x->n_dependencies);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_statements(struct cyclonedx_output *c)
{
    const as_product *p = c->o.p;

    if (p->n_statements == 0) {
        write_kept(c, "", "vulnerabilities");
        return;
    }
    as_json_write_key(&c->o.w, AS_STR("vulnerabilities"));
    as_json_write_array(&c->o.w);
    for (size_t i = 0; i < p->n_statements; i++)
        as_cyclonedx_write_statement(c, &p->statements[i]);
    as_json_write_array_end(&c->o.w);
}

/* ---- the document ------------------------------------------------------ */

/* Members of the document that are written as they were kept. */
static const char *const kept_members[] = {
    "annotations", "formulation", "declarations", "definitions", "properties"};

static void lose_others(struct cyclonedx_output *c)
{
    static const char *const written[] = {
        "components",   "services",        "dependencies",
        "compositions", "vulnerabilities", "externalReferences"};
    const as_product *p = c->o.p;

    for (size_t i = 0; i < p->n_extras; i++) {
        as_str key = p->extras[i].key;
        bool known = as_str_starts(key, AS_STR("metadata/"));
        for (size_t k = 0; k < AS_ARRAY_LEN(kept_members); k++)
            known = known || as_str_eq(key, as_str_c(kept_members[k]));
        for (size_t k = 0; k < AS_ARRAY_LEN(written); k++)
            known = known || as_str_eq(key, as_str_c(written[k]));
        if (c->target_1_7 && as_str_eq(key, AS_STR("citations")))
            known = true;
        if (as_str_eq(key, AS_STR("metadata/distributionConstraints")) &&
            !c->target_1_7)
            known = false;
        if (!c->same &&
            (as_str_eq(key, AS_STR("creationInfo")) || is_spdx_property(key)))
            known = true;
        if (!known)
            as_bom_lose_member(&c->o, AS_NO_PART, &p->extras[i]);
    }
}

static void write_document(struct cyclonedx_output *c)
{
    as_json_writer *w = &c->o.w;

    as_json_write_object(w);
    write_head(c);
    write_metadata(c);
    write_top(c, AS_STR("components"), false);
    write_top(c, AS_STR("services"), true);
    write_kept(c, "", "externalReferences");
    write_dependencies(c);
    write_compositions(c);
    write_statements(c);
    for (size_t i = 0; i < AS_ARRAY_LEN(kept_members); i++)
        write_kept(c, "", kept_members[i]);
    if (c->target_1_7)
        write_kept(c, "", "citations");
    as_json_write_object_end(w);
    as_buf_byte(w->out, '\n');
    lose_others(c);
}

/* From elsewhere every part gets a name, also to tell equal ones apart (lists
 * hold each component once). What came from CycloneDX keeps what it has, and a
 * part without name is named when a relation speaks of it. */
static void name_parts(struct cyclonedx_output *c)
{
    const as_product *p = c->o.p;
    as_str *names = c->o.names;

    for (uint32_t i = 0; i < p->n_parts; i++) {
        if (p->parts[i].ref.n)
            names[i] = p->parts[i].ref;
        else if (!c->same)
            names[i] = as_arena_printf(c->o.arena, "assay-part-%u", i);
    }
    for (size_t i = 0; i < p->n_relations; i++) {
        uint32_t ends[] = {p->relations[i].from, p->relations[i].to};
        for (size_t k = 0; k < 2; k++)
            if (as_str_is_absent(names[ends[k]]))
                names[ends[k]] =
                    as_arena_printf(c->o.arena, "assay-part-%u", ends[k]);
    }
}

static as_rc write_version(const as_product *p, as_buf *out,
                           as_bom_losses *losses, as_err *err, bool target_1_7)
{
    struct cyclonedx_output c = {.target_1_7 = target_1_7};
    as_rc rc = AS_OK;

    c.same = as_str_eq(p->format, AS_STR("CycloneDX"));
    c.newer =
        c.same && !target_1_7 && as_str_cmp(p->spec_version, AS_STR("1.6")) > 0;
    if (as_bom_output_init(&c.o, p, out, losses)) {
        name_parts(&c);
        write_document(&c);
    }
    if (!c.o.arena || as_arena_failed(c.o.arena))
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to write the document");
    as_bom_output_done(&c.o);
    return rc;
}

as_rc as_cyclonedx_write_1_6(const as_product *p, as_buf *out,
                             as_bom_losses *losses, as_err *err)
{
    return write_version(p, out, losses, err, false);
}

as_rc as_cyclonedx_write_1_7(const as_product *p, as_buf *out,
                             as_bom_losses *losses, as_err *err)
{
    return write_version(p, out, losses, err, true);
}
