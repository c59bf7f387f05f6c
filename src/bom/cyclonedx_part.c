/* SPDX-License-Identifier: Apache-2.0 */
/* Components and services of CycloneDX (JSON, ECMA-424).
 *
 * A table says which member is read by which function. A function answers
 * whether the model holds the whole of the member; if not, and for members no
 * row knows, the JSON itself is kept as an extra under the member's name. The
 * writer takes the extra before the model: so nothing is lost. */
#include "bom/cyclonedx_internal.h"

#include "base/limits.h"

#include <stddef.h>
#include <stdlib.h>

static bool read_type(as_bom_reader *r, as_part *part, const as_bom_field *f,
                      as_json v)
{
    as_part_kind kind;

    as_bom_read_word(r, part, f, v);
    if (as_str_is_absent(part->kind_text))
        return true;
    kind = as_part_kind_find(part->kind_text);
    switch (kind) {
    case AS_PART_BOARD: /* words of ours, not of the standard */
    case AS_PART_CHIP:
    case AS_PART_SERVICE:
    case AS_PART_PACKAGE:
    case AS_PART_KINDS:
    case AS_PART_OTHER:
        as_bom_diagnose(r, true, f->name, "the type \"%.*s\" is not known",
                        AS_FMT(as_str_slice(part->kind_text, 0, 60)));
        return true;
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
    case AS_PART_CRYPTO: break;
    }
    part->kind = kind;
    return true;
}

static bool read_cpe(as_bom_reader *r, as_part *part, const as_bom_field *f,
                     as_json v)
{
    as_bom_add_cpe(r, as_bom_text(r, f->name, v));
    return true;
}

/* ---- organisations and persons ----------------------------------------- */

as_str as_cyclonedx_read_party(as_bom_reader *r, as_str key, as_json v,
                               bool *whole)
{
    as_str name = AS_ABSENT, email = AS_ABSENT;

    *whole = false;
    if (as_json_is(v, AS_JSON_NULL))
        return AS_ABSENT;
    if (as_json_is(v, AS_JSON_STRING)) {
        as_bom_diagnose(r, true, key, "expected an object, found a string");
        return as_bom_intern(r, as_json_str(v));
    }
    if (!as_json_is(v, AS_JSON_OBJECT)) {
        as_bom_wrong_type(r, key, v, "an object");
        return AS_ABSENT;
    }
    *whole = true;
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        if (as_str_eq(it.key, AS_STR("name")))
            name = as_json_str(it.value);
        else if (as_str_eq(it.key, AS_STR("email")))
            email = as_json_str(it.value);
        *whole = *whole && as_str_eq(it.key, AS_STR("name"));
    }
    if (as_str_is_absent(name))
        *whole = false;
    return as_bom_intern(r, as_str_is_absent(name) ? email : name);
}

static bool read_party(as_bom_reader *r, as_part *part, const as_bom_field *f,
                       as_json v)
{
    bool whole;
    as_str name = as_cyclonedx_read_party(r, f->name, v, &whole);

    as_bom_add_attribute(r, f->key, name, f->path);
    return whole;
}

static bool read_parties(as_bom_reader *r, as_part *part, const as_bom_field *f,
                         as_json v)
{
    bool all = true;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        bool whole;
        as_str name = as_cyclonedx_read_party(r, f->name, it.value, &whole);
        as_bom_add_attribute(r, f->key, name, f->path);
        all = all && whole;
    }
    return all && as_json_count(v) > 0;
}

/* ---- lists ------------------------------------------------------------- */

static bool read_hashes(as_bom_reader *r, as_part *part, const as_bom_field *f,
                        as_json v)
{
    bool whole = true;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str alg = AS_ABSENT, content = AS_ABSENT;
        const as_bom_wanted want[] = {{AS_STR("alg"), &alg},
                                      {AS_STR("content"), &content}};
        if (!as_bom_get_strings(it.value, want, 2, &whole))
            as_bom_wrong_type(r, f->name, it.value, "objects");
        if (!as_str_is_absent(content))
            as_bom_add_hash(r, alg, content);
        else
            whole = false;
    }
    return whole && as_json_count(v) > 0;
}

static void add_licence(as_bom_reader *r, const as_licence *from)
{
    as_licence *l = AS_BOM_PUSH(r, &r->licences, as_licence);

    l->id = as_bom_intern(r, from->id);
    l->name = as_bom_intern(r, from->name);
    l->expression = as_bom_intern(r, from->expression);
    l->url = as_bom_intern(r, from->url);
}

static bool read_licence(as_bom_reader *r, const as_bom_field *f, as_json v)
{
    as_json inner = as_json_get(v, AS_STR("license"));
    as_licence l = {AS_ABSENT, AS_ABSENT, AS_ABSENT, AS_ABSENT};
    bool whole = true;

    if (as_json_is(inner, AS_JSON_OBJECT)) {
        const as_bom_wanted want[] = {{AS_STR("id"), &l.id},
                                      {AS_STR("name"), &l.name},
                                      {AS_STR("url"), &l.url}};
        as_bom_get_strings(inner, want, AS_ARRAY_LEN(want), &whole);
        whole = whole && as_json_count(v) == 1;
    } else {
        const as_bom_wanted want[] = {{AS_STR("expression"), &l.expression}};
        if (!as_bom_get_strings(v, want, AS_ARRAY_LEN(want), &whole))
            as_bom_wrong_type(r, f->name, v, "objects");
    }
    if (l.id.n || l.name.n || l.expression.n)
        add_licence(r, &l);
    else
        whole = false;
    return whole;
}

static bool read_licences(as_bom_reader *r, as_part *part,
                          const as_bom_field *f, as_json v)
{
    bool whole = true;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);)
        whole = read_licence(r, f, it.value) && whole;
    as_bom_add_licence_expression(r, f->path);
    return whole && as_json_count(v) > 0;
}

static bool read_properties(as_bom_reader *r, as_part *part,
                            const as_bom_field *f, as_json v)
{
    bool whole = true;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str name = AS_ABSENT, value = AS_ABSENT;
        const as_bom_wanted want[] = {{AS_STR("name"), &name},
                                      {AS_STR("value"), &value}};
        as_property *p;
        if (!as_bom_get_strings(it.value, want, 2, &whole))
            as_bom_wrong_type(r, f->name, it.value, "objects");
        if (as_str_is_absent(name)) {
            whole = false;
            continue;
        }
        p = AS_BOM_PUSH(r, &r->properties, as_property);
        p->name = as_bom_intern(r, name);
        p->value = as_bom_intern(r, value);
        as_bom_use_property(r, part, name, value, it.index);
    }
    return whole && as_json_count(v) > 0;
}

static bool read_references(as_bom_reader *r, as_part *part,
                            const as_bom_field *f, as_json v)
{
    bool whole = true;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_reference got = {AS_ABSENT, AS_ABSENT, AS_ABSENT}, *p;
        const as_bom_wanted want[] = {{AS_STR("type"), &got.type},
                                      {AS_STR("url"), &got.url},
                                      {AS_STR("comment"), &got.comment}};
        if (!as_bom_get_strings(it.value, want, AS_ARRAY_LEN(want), &whole)) {
            as_bom_wrong_type(r, f->name, it.value, "objects");
            continue;
        }
        p = AS_BOM_PUSH(r, &r->references, as_reference);
        p->type = as_bom_intern(r, got.type);
        p->url = as_bom_intern(r, got.url);
        p->comment = as_bom_intern(r, got.comment);
    }
    return whole && as_json_count(v) > 0;
}

/* ---- evidence ---------------------------------------------------------- */

static as_evidence *add_evidence(as_bom_reader *r, as_str method)
{
    as_evidence *e = AS_BOM_PUSH(r, &r->evidence, as_evidence);

    e->method = as_bom_intern(r, method);
    e->offset = UINT64_MAX;
    e->confidence = -1;
    return e;
}

static as_str evidence_path(as_bom_reader *r, size_t index)
{
    as_buf_clear(&r->scratch);
    as_buf_printf(&r->scratch, "/evidence/identity/%zu", index);
    return as_bom_intern(r, as_buf_text(&r->scratch));
}

/* One field (purl, cpe, ...), its concluded value and how it was found. */
static void read_identity(as_bom_reader *r, as_part *part, as_json v,
                          size_t index)
{
    as_str field = as_json_get_str(v, AS_STR("field"));
    as_str value = as_json_get_str(v, AS_STR("concludedValue"));
    as_json methods = as_json_get(v, AS_STR("methods"));

    if (as_str_eq(field, AS_STR("cpe")))
        as_bom_add_cpe(r, value);
    if (as_str_eq(field, AS_STR("purl")) && as_str_is_empty(part->purl))
        part->purl = as_bom_keep(r, value);
    for (as_json_iter it = as_json_each(methods); as_json_next(&it);) {
        as_evidence *e =
            add_evidence(r, as_json_get_str(it.value, AS_STR("technique")));
        as_str seen = as_json_get_str(it.value, AS_STR("value"));
        e->value = as_bom_keep(r, seen);
        e->path = evidence_path(r, index);
        (void)!as_json_double(as_json_get(it.value, AS_STR("confidence")),
                              &e->confidence);
        if (as_str_starts_nocase(seen, AS_STR("cpe:")))
            as_bom_add_cpe(r, seen);
    }
    if (as_json_count(methods) == 0 && value.n) {
        as_evidence *e = add_evidence(r, AS_STR("declaration"));
        e->value = as_bom_keep(r, value);
        e->path = evidence_path(r, index);
        (void)!as_json_double(as_json_get(v, AS_STR("confidence")),
                              &e->confidence);
    }
}

static void read_occurrence(as_bom_reader *r, as_json v)
{
    as_evidence *e = add_evidence(r, AS_STR("occurrence"));

    e->source = as_bom_keep(r, as_json_get_str(v, AS_STR("location")));
    e->value = as_bom_keep(r, as_json_get_str(v, AS_STR("symbol")));
    (void)!as_json_u64(as_json_get(v, AS_STR("offset")), &e->offset);
}

static void read_frame(as_bom_reader *r, as_json v)
{
    as_evidence *e = add_evidence(r, AS_STR("callstack"));
    as_str function = as_json_get_str(v, AS_STR("function"));
    as_str module = as_json_get_str(v, AS_STR("module"));

    e->source = as_bom_keep(r, as_json_get_str(v, AS_STR("fullFilename")));
    e->value = as_bom_keep(r, function.n ? function : module);
}

static bool read_evidence(as_bom_reader *r, as_part *part,
                          const as_bom_field *f, as_json v)
{
    as_json identity = as_json_get(v, AS_STR("identity"));
    as_json places = as_json_get(v, AS_STR("occurrences"));
    as_json frames =
        as_json_get(as_json_get(v, AS_STR("callstack")), AS_STR("frames"));

    if (as_json_is(v, AS_JSON_NULL))
        return true;
    if (!as_json_is(v, AS_JSON_OBJECT))
        as_bom_wrong_type(r, f->name, v, "an object");
    if (as_json_is(identity, AS_JSON_OBJECT)) /* one, up to 1.5 */
        read_identity(r, part, identity, 0);
    else
        for (as_json_iter it = as_json_each(identity); as_json_next(&it);)
            read_identity(r, part, it.value, it.index);
    for (as_json_iter it = as_json_each(places); as_json_next(&it);)
        read_occurrence(r, it.value);
    for (as_json_iter it = as_json_each(frames); as_json_next(&it);)
        read_frame(r, it.value);
    return false;
}

/* ---- pedigree ---------------------------------------------------------- */

static void read_relatives(as_bom_reader *r, as_bom_list *list, as_json v,
                           as_relative_kind kind)
{
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_relative *x = AS_BOM_PUSH(r, list, as_relative);
        x->kind = kind;
        x->group = as_bom_keep(r, as_json_get_str(it.value, AS_STR("group")));
        x->name = as_bom_keep(r, as_json_get_str(it.value, AS_STR("name")));
        x->version =
            as_bom_keep(r, as_json_get_str(it.value, AS_STR("version")));
        x->purl = as_bom_keep(r, as_json_get_str(it.value, AS_STR("purl")));
        x->cpe = as_bom_keep(r, as_json_get_str(it.value, AS_STR("cpe")));
    }
}

static void read_patch(as_bom_reader *r, as_patch *patch, as_json v)
{
    as_bom_list ids = {NULL, 0, 0};
    as_json resolves = as_json_get(v, AS_STR("resolves"));

    patch->type = as_bom_intern(r, as_json_get_str(v, AS_STR("type")));
    for (as_json_iter it = as_json_each(resolves); as_json_next(&it);) {
        as_str id = as_json_get_str(it.value, AS_STR("id"));
        if (id.n)
            *AS_BOM_PUSH(r, &ids, as_str) = as_bom_keep(r, id);
    }
    patch->resolves = AS_BOM_TAKE(r, &ids, as_str, &patch->n_resolves);
    free(ids.items);
}

static bool read_pedigree(as_bom_reader *r, as_part *part,
                          const as_bom_field *f, as_json v)
{
    as_bom_list relatives = {NULL, 0, 0}, patches = {NULL, 0, 0};
    as_json list = as_json_get(v, AS_STR("patches"));
    as_pedigree *p;

    if (as_json_is(v, AS_JSON_NULL))
        return true;
    if (!as_json_is(v, AS_JSON_OBJECT))
        as_bom_wrong_type(r, f->name, v, "an object");
    p = AS_NEW(r->product->arena, as_pedigree);
    if (!p)
        return false;
    read_relatives(r, &relatives, as_json_get(v, AS_STR("ancestors")),
                   AS_RELATIVE_ANCESTOR);
    read_relatives(r, &relatives, as_json_get(v, AS_STR("descendants")),
                   AS_RELATIVE_DESCENDANT);
    read_relatives(r, &relatives, as_json_get(v, AS_STR("variants")),
                   AS_RELATIVE_VARIANT);
    for (as_json_iter it = as_json_each(list); as_json_next(&it);)
        read_patch(r, AS_BOM_PUSH(r, &patches, as_patch), it.value);
    p->relatives = AS_BOM_TAKE(r, &relatives, as_relative, &p->n_relatives);
    p->patches = AS_BOM_TAKE(r, &patches, as_patch, &p->n_patches);
    p->notes = as_bom_keep(r, as_json_get_str(v, AS_STR("notes")));
    free(relatives.items);
    free(patches.items);
    part->pedigree = p;
    return false;
}

/* ---- the table --------------------------------------------------------- */

static const as_bom_field fields[] = {
    AS_BOM_TEXT_FIELD("type", read_type, kind_text),
    AS_BOM_TEXT_FIELD("bom-ref", as_bom_read_text, ref),
    AS_BOM_TEXT_FIELD("group", as_bom_read_word, group),
    AS_BOM_TEXT_FIELD("name", as_bom_read_text, name),
    AS_BOM_TEXT_FIELD("version", as_bom_read_text, version),
    AS_BOM_TEXT_FIELD("purl", as_bom_read_text, purl),
    AS_BOM_LIST_FIELD("cpe", read_cpe),
    AS_BOM_LIST_FIELD("hashes", read_hashes),
    AS_BOM_LIST_FIELD("licenses", read_licences),
    AS_BOM_LIST_FIELD("properties", read_properties),
    AS_BOM_LIST_FIELD("externalReferences", read_references),
    AS_BOM_LIST_FIELD("evidence", read_evidence),
    AS_BOM_LIST_FIELD("pedigree", read_pedigree),
    AS_BOM_FACT_FIELD("description", as_bom_read_attribute, AS_ATTR_DESCRIPTION,
                      "/description"),
    AS_BOM_FACT_FIELD("scope", as_bom_read_attribute, AS_ATTR_SCOPE, "/scope"),
    AS_BOM_FACT_FIELD("publisher", as_bom_read_attribute, AS_ATTR_PUBLISHER,
                      "/publisher"),
    AS_BOM_FACT_FIELD("author", as_bom_read_attribute, AS_ATTR_AUTHOR,
                      "/author"),
    AS_BOM_FACT_FIELD("authors", read_parties, AS_ATTR_AUTHOR, "/authors"),
    AS_BOM_FACT_FIELD("copyright", as_bom_read_attribute, AS_ATTR_COPYRIGHT,
                      "/copyright"),
    AS_BOM_FACT_FIELD("supplier", read_party, AS_ATTR_SUPPLIER, "/supplier"),
    AS_BOM_FACT_FIELD("manufacturer", read_party, AS_ATTR_MANUFACTURER,
                      "/manufacturer"),
    AS_BOM_FACT_FIELD("provider", read_party, AS_ATTR_SUPPLIER, "/provider"),
};

/* The lists a component or a service may hold parts in. */
static const as_str nested_lists[] = {AS_STR_INIT("/components"),
                                      AS_STR_INIT("/services")};

static bool is_nested_list(as_str name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(nested_lists); i++)
        if (as_str_eq(as_str_slice(nested_lists[i], 1, nested_lists[i].n),
                      name))
            return true;
    return false;
}

static void read_fields(as_bom_reader *r, as_part *part, as_json v)
{
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        const as_bom_field *f =
            as_bom_find_field(fields, AS_ARRAY_LEN(fields), it.key);
        if (!f && is_nested_list(it.key) && as_json_count(it.value) > 0)
            continue; /* below, once this part is whole */
        if (!f || !f->read(r, part, f, it.value))
            as_bom_add_extra(r, &r->extras, it.key, it.value);
    }
    as_bom_add_maker(r);
    as_bom_take_part(r, part);
}

static void check_fields(as_bom_reader *r, const as_part *part)
{
    if (as_str_is_empty(part->name))
        as_bom_diagnose(r, false, AS_ABSENT, "the %s has no name",
                        part->kind == AS_PART_SERVICE ? "service"
                                                      : "component");
    if (as_str_is_absent(part->kind_text) && part->kind != AS_PART_SERVICE)
        as_bom_diagnose(r, false, AS_ABSENT, "the component has no type");
}

static void read_nested(as_bom_reader *r, as_json v,
                        const as_cyclonedx_place *place)
{
    as_cyclonedx_place below = {(uint32_t)r->product->n_parts - 1, AS_ABSENT,
                                true, place->depth + 1};

    for (as_json_iter it = as_json_each(v); as_json_next(&it);)
        for (size_t i = 0; i < AS_ARRAY_LEN(nested_lists); i++) {
            below.list = nested_lists[i];
            if (as_str_eq(it.key, as_str_slice(below.list, 1, below.list.n)))
                as_cyclonedx_read_parts(r, it.value, &below);
        }
}

void as_cyclonedx_read_part(as_bom_reader *r, as_json v,
                            const as_cyclonedx_place *place, uint32_t index)
{
    as_part *part;

    if (place->depth >= AS_LIMIT_PART_DEPTH) {
        r->rc = as_fail(r->err, AS_ERR_LIMIT,
                        "components are nested more than %zu levels deep",
                        AS_LIMIT_PART_DEPTH);
        return;
    }
    part = as_product_add_part(r->product, place->parent);
    if (!part) {
        r->rc = as_product_limit(r->product, r->err);
        return;
    }
    part->list = place->list;
    part->nested = place->nested;
    part->index = index;
    if (as_str_ends(place->list, AS_STR("/services")))
        part->kind = AS_PART_SERVICE;
    if (!as_json_is(v, AS_JSON_OBJECT)) {
        /* Kept, so that it is counted among what could not be examined. */
        as_bom_wrong_type(r, AS_ABSENT, v, "an object");
        part->name = as_bom_keep(r, as_json_str(v));
        return;
    }
    read_fields(r, part, v);
    check_fields(r, part);
    read_nested(r, v, place);
}

static void diagnose_list(as_bom_reader *r, as_json v,
                          const as_cyclonedx_place *place)
{
    as_buf_clear(&r->path);
    if (place->nested)
        as_part_path(r->product, place->parent, &r->path);
    as_buf_str(&r->path, place->list);
    as_product_diagnose(r->product, false, as_buf_text(&r->path),
                        "expected an array, found %.*s",
                        AS_FMT(as_bom_name_of_type(v)));
}

void as_cyclonedx_read_parts(as_bom_reader *r, as_json list,
                             const as_cyclonedx_place *place)
{
    as_json_type t = as_json_type_of(list);

    if (t == AS_JSON_NONE || t == AS_JSON_NULL)
        return;
    if (t != AS_JSON_ARRAY) {
        diagnose_list(r, list, place);
        return;
    }
    for (as_json_iter it = as_json_each(list); !r->rc && as_json_next(&it);)
        as_cyclonedx_read_part(r, it.value, place, (uint32_t)it.index);
}
