/* SPDX-License-Identifier: Apache-2.0 */
/* CycloneDX 1.2 to 1.7, JSON (ECMA-424): the document around the components.
 * The XML form comes here too, once it is JSON (cyclonedx_xml.c).
 *
 * Not parts of the product, but kept as extras: the tools that made the
 * document, formulation, annotations, declarations, definitions. */
#include "bom/cyclonedx_internal.h"

#include "base/json_write.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- version ----------------------------------------------------------- */

static const as_str known_versions[] = {AS_STR_INIT("1.0"), AS_STR_INIT("1.1"),
                                        AS_STR_INIT("1.2"), AS_STR_INIT("1.3"),
                                        AS_STR_INIT("1.4"), AS_STR_INIT("1.5"),
                                        AS_STR_INIT("1.6"), AS_STR_INIT("1.7")};

static as_rc read_spec_version(as_bom_reader *r, as_json root)
{
    static const as_bom_spec spec = {AS_STR_INIT("CycloneDX"),
                                     AS_STR_INIT("1.0 to 1.7"), known_versions,
                                     AS_ARRAY_LEN(known_versions)};
    as_str key = AS_STR("specVersion");
    as_str v = as_bom_text(r, key, as_json_get(root, key));

    r->product->spec_version = v;
    return as_bom_check_version(r, &spec, key, v);
}

static void read_document_version(as_bom_reader *r, as_json v)
{
    as_str key = AS_STR("version");
    uint64_t n;

    if (as_json_u64(v, &n))
        r->product->document_version = as_bom_keep_json(r, v);
    else
        r->product->document_version = as_bom_text(r, key, v);
}

static void check_format(as_bom_reader *r, as_json root)
{
    as_str key = AS_STR("bomFormat");
    as_json v = as_json_get(root, key);

    if (as_json_is(v, AS_JSON_NONE))
        as_bom_diagnose(r, false, key, "\"bomFormat\" is missing");
    else if (!as_str_eq(as_json_str(v), AS_STR("CycloneDX")))
        as_bom_diagnose(r, false, key, "\"bomFormat\" is not \"CycloneDX\"");
}

/* ---- metadata ---------------------------------------------------------- */

static void add_tool(as_bom_reader *r, as_bom_list *tools, as_json v)
{
    as_str name = as_json_get_str(v, AS_STR("name"));
    as_str version = as_json_get_str(v, AS_STR("version"));

    if (!name.n)
        name = as_json_get_str(v, AS_STR("vendor"));
    if (!name.n)
        return;
    as_buf_clear(&r->scratch);
    as_buf_str(&r->scratch, name);
    if (version.n) {
        as_buf_byte(&r->scratch, ' ');
        as_buf_str(&r->scratch, version);
    }
    *AS_BOM_PUSH(r, tools, as_str) = as_bom_keep(r, as_buf_text(&r->scratch));
}

/* An array of tools up to 1.4; since 1.5 also components and services. */
static void read_tools(as_bom_reader *r, as_json v)
{
    as_bom_list tools = {NULL, 0, 0};

    if (as_json_is(v, AS_JSON_ARRAY)) {
        for (as_json_iter it = as_json_each(v); as_json_next(&it);)
            add_tool(r, &tools, it.value);
    } else {
        as_json lists[] = {as_json_get(v, AS_STR("components")),
                           as_json_get(v, AS_STR("services"))};
        for (size_t i = 0; i < AS_ARRAY_LEN(lists); i++)
            for (as_json_iter it = as_json_each(lists[i]); as_json_next(&it);)
                add_tool(r, &tools, it.value);
    }
    r->product->tools = AS_BOM_TAKE(r, &tools, as_str, &r->product->n_tools);
    free(tools.items);
}

/* Before 1.6 "manufacture" was the maker of what the document describes; since
 * then "manufacturer" is the maker of the document, and says nothing of the
 * product. "supplier" is always that of the product. */
static void read_root(as_bom_reader *r, as_json metadata)
{
    static const struct {
        as_str name;
        as_attribute_key key;
        as_str path;
    } parties[] = {
        {AS_STR_INIT("manufacture"), AS_ATTR_MANUFACTURER,
         AS_STR_INIT("/metadata/manufacture")},
        {AS_STR_INIT("supplier"), AS_ATTR_SUPPLIER,
         AS_STR_INIT("/metadata/supplier")},
    };
    const as_cyclonedx_place place = {AS_NO_PART, AS_STR("/metadata/component"),
                                      false, 0};
    as_json v = as_json_get(metadata, AS_STR("component"));
    as_product *p = r->product;
    as_str maker = AS_ABSENT;

    for (size_t i = 0; i < AS_ARRAY_LEN(parties); i++) {
        bool whole;
        as_json party = as_json_get(metadata, parties[i].name);
        as_str name;
        if (as_json_is(party, AS_JSON_NONE))
            continue;
        as_bom_at(r, "/metadata");
        name = as_cyclonedx_read_party(r, parties[i].name, party, &whole);
        if (as_json_is(v, AS_JSON_OBJECT))
            as_bom_add_attribute(r, parties[i].key, name, parties[i].path);
        if (as_str_is_empty(maker))
            maker = name;
    }
    as_bom_at(r, NULL);
    if (!as_json_is(v, AS_JSON_NONE) && !as_json_is(v, AS_JSON_NULL)) {
        p->root = 0;
        as_cyclonedx_read_part(r, v, &place, UINT32_MAX);
    }
    if (r->rc || p->n_parts == 0) {
        p->maker = maker;
        return;
    }
    p->name = p->parts[0].name;
    p->version = p->parts[0].version;
    p->maker = as_part_value(&p->parts[0], AS_ATTR_MAKER);
    if (as_str_is_absent(p->maker))
        p->maker = maker;
}

static void read_metadata(as_bom_reader *r, as_json v, as_bom_list *extras)
{
    as_bom_at(r, "/metadata");
    if (as_json_is(v, AS_JSON_NONE) || as_json_is(v, AS_JSON_NULL))
        return;
    if (!as_json_is(v, AS_JSON_OBJECT)) {
        as_bom_wrong_type(r, AS_ABSENT, v, "an object");
        return;
    }
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        char key[80];
        if (as_str_eq(it.key, AS_STR("component")))
            continue;
        if (as_str_eq(it.key, AS_STR("timestamp"))) {
            r->product->created = as_bom_text(r, it.key, it.value);
            continue;
        }
        if (as_str_eq(it.key, AS_STR("tools")))
            read_tools(r, it.value);
        snprintf(key, sizeof key, "metadata/%.*s",
                 AS_FMT(as_str_slice(it.key, 0, 64)));
        as_bom_add_extra(r, extras, as_str_c(key), it.value);
    }
    read_root(r, v);
}

/* ---- dependencies ------------------------------------------------------ */

/* What the relations cannot hold stays as JSON: targets that are no parts,
 * parts that are said to depend on nothing, members we do not know. */
struct rest {
    as_json_writer w;
    as_buf text;
};

static void rest_begin(struct rest *rest, as_str ref)
{
    as_json_write_object(&rest->w);
    as_json_write_field(&rest->w, AS_STR("ref"), ref);
}

/* Adds a relation for each target that is a part. The others go to the rest;
 * returns how many these are. */
static size_t read_targets(as_bom_reader *r, const as_ref_table *refs,
                           uint32_t from, as_str kind, as_json targets)
{
    size_t unknown = 0;

    targets = as_bom_array(r, kind, targets);
    for (as_json_iter it = as_json_each(targets); as_json_next(&it);) {
        uint32_t to = as_ref_table_find(refs, as_json_str(it.value));
        if (to == AS_NO_PART)
            unknown++;
        else
            as_product_add_relation(r->product, from, to, kind);
    }
    return unknown;
}

static void keep_unknown_targets(as_bom_reader *r, const as_ref_table *refs,
                                 as_str kind, as_json targets,
                                 struct rest *rest)
{
    as_json_write_key(&rest->w, kind);
    as_json_write_array(&rest->w);
    for (as_json_iter it = as_json_each(targets); as_json_next(&it);) {
        as_str ref = as_json_str(it.value);
        if (as_ref_table_find(refs, ref) != AS_NO_PART)
            continue;
        as_json_write_value(&rest->w, it.value);
        if (!as_str_starts(ref, AS_STR("urn:cdx:")))
            as_bom_diagnose(r, true, kind, "\"%.*s\" names no component",
                            AS_FMT(as_str_slice(ref, 0, 100)));
    }
    as_json_write_array_end(&rest->w);
}

static bool knows_members(as_json v)
{
    for (as_json_iter it = as_json_each(v); as_json_next(&it);)
        if (!as_str_eq(it.key, AS_STR("ref")) &&
            !as_str_eq(it.key, AS_STR("dependsOn")) &&
            !as_str_eq(it.key, AS_STR("provides")))
            return false;
    return true;
}

static void read_dependency(as_bom_reader *r, const as_ref_table *refs,
                            as_json v, struct rest *rest)
{
    static const as_str kinds[] = {AS_STR_INIT("dependsOn"),
                                   AS_STR_INIT("provides")};
    as_str ref = as_json_get_str(v, AS_STR("ref"));
    uint32_t from = as_ref_table_find(refs, ref);
    size_t unknown[AS_ARRAY_LEN(kinds)] = {0}, all = 0;

    if (from == AS_NO_PART || !knows_members(v)) {
        if (from == AS_NO_PART)
            as_bom_diagnose(r, true, AS_STR("ref"),
                            "\"%.*s\" names no component",
                            AS_FMT(as_str_slice(ref, 0, 100)));
        as_json_write_value(&rest->w, v);
        return;
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++) {
        as_json targets = as_json_get(v, kinds[i]);
        all += as_json_count(targets);
        unknown[i] = read_targets(r, refs, from, kinds[i], targets);
    }
    if (all > 0 && unknown[0] == 0 && unknown[1] == 0)
        return;
    rest_begin(rest, ref);
    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++)
        if (unknown[i])
            keep_unknown_targets(r, refs, kinds[i], as_json_get(v, kinds[i]),
                                 rest);
    as_json_write_object_end(&rest->w);
}

static void reserve_relations(as_bom_reader *r, as_json list)
{
    as_product *p = r->product;
    size_t n = 0;

    for (as_json_iter it = as_json_each(list); as_json_next(&it);)
        n += as_json_count(as_json_get(it.value, AS_STR("dependsOn"))) +
             as_json_count(as_json_get(it.value, AS_STR("provides")));
    if (n == 0)
        return;
    p->relations = AS_NEW_ARRAY(p->arena, n, as_relation);
    p->cap_relations = p->relations ? n : 0;
}

static void read_dependencies(as_bom_reader *r, const as_ref_table *refs,
                              as_json list, as_bom_list *extras)
{
    struct rest rest;

    as_bom_at(r, "/dependencies");
    list = as_bom_array(r, AS_ABSENT, list);
    if (as_json_count(list) == 0)
        return;
    reserve_relations(r, list);
    as_buf_init(&rest.text, AS_LIMIT_PRODUCT_BYTES);
    as_json_write_init(&rest.w, &rest.text, 0);
    as_json_write_array(&rest.w);
    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        as_bom_at(r, "/dependencies/%zu", it.index);
        if (as_json_is(it.value, AS_JSON_OBJECT))
            read_dependency(r, refs, it.value, &rest);
        else
            as_bom_wrong_type(r, AS_ABSENT, it.value, "an object");
    }
    as_json_write_array_end(&rest.w);
    if (as_buf_failed(&rest.text))
        as_bom_reader_fail(r, AS_ERR_MEMORY, "no memory to read the document");
    if (rest.text.n > 2) {
        as_extra *x = AS_BOM_PUSH(r, extras, as_extra);
        x->key = AS_STR("dependencies");
        x->json = as_bom_keep(r, as_buf_text(&rest.text));
    }
    as_buf_done(&rest.text);
}

static void check_refs(as_bom_reader *r, const as_ref_table *refs)
{
    as_product *p = r->product;

    for (size_t i = 0; i < p->n_parts; i++) {
        uint32_t first = as_ref_table_find(refs, p->parts[i].ref);
        as_buf at;
        if (as_str_is_empty(p->parts[i].ref) || first == i)
            continue;
        as_buf_init(&at, AS_MIB);
        as_part_path(p, (uint32_t)i, &at);
        as_buf_c(&at, "/bom-ref");
        as_product_diagnose(
            p, false, as_buf_text(&at),
            "the bom-ref \"%.*s\" stands more than once in the document",
            AS_FMT(as_str_slice(p->parts[i].ref, 0, 100)));
        as_buf_done(&at);
    }
}

/* ---- compositions ------------------------------------------------------ */

static as_str *read_refs(as_bom_reader *r, as_str key, as_json list, size_t *n,
                         bool *whole)
{
    as_bom_list refs = {NULL, 0, 0};
    as_str *out;

    list = as_bom_array(r, key, list);
    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        as_str ref = as_json_str(it.value);
        if (as_str_is_absent(ref)) { /* 1.5: an object of bom-links */
            *whole = false;
            continue;
        }
        *AS_BOM_PUSH(r, &refs, as_str) = as_bom_keep(r, ref);
    }
    out = AS_BOM_TAKE(r, &refs, as_str, n);
    free(refs.items);
    return out;
}

static bool read_composition(as_bom_reader *r, as_composition *c, as_json v)
{
    bool whole = true;

    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        if (as_str_eq(it.key, AS_STR("aggregate")))
            c->aggregate = as_bom_text(r, it.key, it.value);
        else if (as_str_eq(it.key, AS_STR("assemblies")))
            c->assemblies =
                read_refs(r, it.key, it.value, &c->n_assemblies, &whole);
        else if (as_str_eq(it.key, AS_STR("dependencies")))
            c->dependencies =
                read_refs(r, it.key, it.value, &c->n_dependencies, &whole);
        else
            whole = false;
    }
    return whole && as_json_is(v, AS_JSON_OBJECT);
}

static void read_compositions(as_bom_reader *r, as_json list,
                              as_bom_list *extras)
{
    as_product *p = r->product;
    as_json v = list;
    bool whole = true;

    as_bom_at(r, "/compositions");
    list = as_bom_array(r, AS_ABSENT, list);
    p->compositions =
        AS_NEW_ARRAY(p->arena, as_json_count(list), as_composition);
    if (!p->compositions)
        return;
    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        as_bom_at(r, "/compositions/%zu", it.index);
        whole = read_composition(r, &p->compositions[p->n_compositions++],
                                 it.value) &&
                whole;
    }
    if (!whole)
        as_bom_add_extra(r, extras, AS_STR("compositions"), v);
}

/* ---- the document ------------------------------------------------------ */

/* Members read elsewhere, or not worth keeping. That a list is empty is said on
 * purpose, and kept. */
static bool is_read_elsewhere(as_str key, as_json v)
{
    static const as_str names[] = {
        AS_STR_INIT("$schema"),        AS_STR_INIT("bomFormat"),
        AS_STR_INIT("specVersion"),    AS_STR_INIT("serialNumber"),
        AS_STR_INIT("version"),        AS_STR_INIT("metadata"),
        AS_STR_INIT("components"),     AS_STR_INIT("services"),
        AS_STR_INIT("dependencies"),   AS_STR_INIT("compositions"),
        AS_STR_INIT("vulnerabilities")};

    for (size_t i = 0; i < AS_ARRAY_LEN(names); i++)
        if (as_str_eq(names[i], key))
            return !as_json_is(v, AS_JSON_ARRAY) || as_json_count(v) > 0;
    return false;
}

/* How many parts there are, so that their array is made once. Depth beyond the
 * ceiling is refused later. */
static size_t count_parts(as_json list, size_t depth)
{
    size_t n = 0;

    if (depth > AS_LIMIT_PART_DEPTH)
        return 0;
    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        n += 1 +
             count_parts(as_json_get(it.value, AS_STR("components")),
                         depth + 1) +
             count_parts(as_json_get(it.value, AS_STR("services")), depth + 1);
    }
    return n;
}

static void reserve_parts(as_bom_reader *r, as_json root)
{
    as_json component =
        as_json_get(as_json_get(root, AS_STR("metadata")), AS_STR("component"));
    size_t n = 1 + count_parts(as_json_get(root, AS_STR("components")), 0) +
               count_parts(as_json_get(root, AS_STR("services")), 0) +
               count_parts(as_json_get(component, AS_STR("components")), 0);
    as_product *p = r->product;

    if (n > AS_LIMIT_PARTS) {
        r->rc = as_fail(r->err, AS_ERR_LIMIT,
                        "the document has more than %zu parts", AS_LIMIT_PARTS);
        return;
    }
    p->parts = AS_NEW_ARRAY(p->arena, n, as_part);
    p->cap_parts = p->parts ? n : 0;
}

static void read_all_parts(as_bom_reader *r, as_json root, as_bom_list *extras)
{
    as_cyclonedx_place place = {AS_NO_PART, AS_STR("/components"), false, 0};

    reserve_parts(r, root);
    if (r->rc)
        return;
    read_metadata(r, as_json_get(root, AS_STR("metadata")), extras);
    if (r->product->root != AS_NO_PART) {
        place.parent = r->product->root;
        place.depth = 1;
    }
    as_bom_at(r, NULL);
    as_cyclonedx_read_parts(r, as_json_get(root, AS_STR("components")), &place);
    place.list = AS_STR("/services");
    as_cyclonedx_read_parts(r, as_json_get(root, AS_STR("services")), &place);
}

static void read_references_between(as_bom_reader *r, as_json root,
                                    as_bom_list *extras)
{
    as_ref_table *refs = as_ref_table_new(r->product);

    if (!refs) {
        as_bom_reader_fail(r, AS_ERR_MEMORY, "no memory to read the document");
        return;
    }
    check_refs(r, refs);
    read_dependencies(r, refs, as_json_get(root, AS_STR("dependencies")),
                      extras);
    as_ref_table_free(refs);
}

static void read_document(as_bom_reader *r, as_json root, as_bom_list *extras)
{
    as_product *p = r->product;

    p->format = AS_STR("CycloneDX");
    p->encoding = AS_STR("json");
    check_format(r, root);
    if (read_spec_version(r, root))
        return;
    p->serial = as_bom_text(r, AS_STR("serialNumber"),
                            as_json_get(root, AS_STR("serialNumber")));
    read_document_version(r, as_json_get(root, AS_STR("version")));
    for (as_json_iter it = as_json_each(root); as_json_next(&it);)
        if (!is_read_elsewhere(it.key, it.value))
            as_bom_add_extra(r, extras, it.key, it.value);
    read_all_parts(r, root, extras);
    if (r->rc)
        return;
    read_references_between(r, root, extras);
    read_compositions(r, as_json_get(root, AS_STR("compositions")), extras);
    as_cyclonedx_read_statements(r,
                                 as_json_get(root, AS_STR("vulnerabilities")));
}

as_rc as_cyclonedx_read(as_bom_reader *r, as_json root)
{
    as_bom_list extras = {NULL, 0, 0};

    if (!as_json_is(root, AS_JSON_OBJECT))
        return as_bom_reader_fail(r, AS_ERR_INPUT,
                                  "the document is no JSON object");
    read_document(r, root, &extras);
    r->product->extras =
        AS_BOM_TAKE(r, &extras, as_extra, &r->product->n_extras);
    free(extras.items);
    return r->rc;
}
