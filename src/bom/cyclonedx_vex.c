/* SPDX-License-Identifier: Apache-2.0 */
/* The vulnerabilities a CycloneDX document holds: what its maker says about
 * flaws and the parts they are in (VEX). As with components, a member that the
 * model does not hold whole is kept as an extra. */
#include "bom/cyclonedx_internal.h"

#include <stddef.h>
#include <stdlib.h>

struct field {
    as_str name;
    bool (*read)(as_bom_reader *r, as_statement *s, const struct field *f,
                 as_json v);
    size_t offset;
};

static bool read_text(as_bom_reader *r, as_statement *s, const struct field *f,
                      as_json v)
{
    as_str *at = (as_str *)(void *)((char *)s + f->offset);

    *at = as_bom_text(r, f->name, v);
    return true;
}

static bool read_source(as_bom_reader *r, as_statement *s,
                        const struct field *f, as_json v)
{
    s->source = as_bom_intern(r, as_json_get_str(v, AS_STR("name")));
    return s->source.n > 0 && as_json_count(v) == 1;
}

static bool read_aliases(as_bom_reader *r, as_statement *s,
                         const struct field *f, as_json v)
{
    as_bom_list ids = {NULL, 0, 0};

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str id = as_json_get_str(it.value, AS_STR("id"));
        if (id.n)
            *AS_BOM_PUSH(r, &ids, as_str) = as_bom_keep(r, id);
    }
    s->aliases = AS_BOM_TAKE(r, &ids, as_str, &s->n_aliases);
    free(ids.items);
    return false;
}

static bool read_ratings(as_bom_reader *r, as_statement *s,
                         const struct field *f, as_json v)
{
    as_bom_list vectors = {NULL, 0, 0};

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str vector = as_json_get_str(it.value, AS_STR("vector"));
        if (vector.n)
            *AS_BOM_PUSH(r, &vectors, as_str) = as_bom_keep(r, vector);
    }
    s->vectors = AS_BOM_TAKE(r, &vectors, as_str, &s->n_vectors);
    free(vectors.items);
    return false;
}

/* ---- analysis ---------------------------------------------------------- */

static const struct {
    as_str word;
    as_analysis analysis;
} states[] = {
    {AS_STR_INIT("resolved"), AS_ANALYSIS_RESOLVED},
    {AS_STR_INIT("resolved_with_pedigree"), AS_ANALYSIS_RESOLVED},
    {AS_STR_INIT("exploitable"), AS_ANALYSIS_EXPLOITABLE},
    {AS_STR_INIT("in_triage"), AS_ANALYSIS_IN_TRIAGE},
    {AS_STR_INIT("false_positive"), AS_ANALYSIS_FALSE_POSITIVE},
    {AS_STR_INIT("not_affected"), AS_ANALYSIS_NOT_AFFECTED},
};

static void read_state(as_bom_reader *r, as_statement *s, as_json v)
{
    as_str word = as_bom_text(r, AS_STR("analysis"), v);

    s->analysis_text = word;
    for (size_t i = 0; i < AS_ARRAY_LEN(states); i++)
        if (as_str_eq(states[i].word, word)) {
            s->analysis = states[i].analysis;
            return;
        }
    if (word.n)
        as_bom_diagnose(r, true, AS_STR("analysis"),
                        "the state \"%.*s\" is not known",
                        AS_FMT(as_str_slice(word, 0, 60)));
}

/* The dates of the analysis, which the model does not write back. */
static void read_analysis_other(as_bom_reader *r, as_statement *s, as_str key,
                                as_json v)
{
    if (as_str_eq(key, AS_STR("lastUpdated")))
        s->analysed = as_bom_text(r, AS_STR("analysis"), v);
    else if (as_str_eq(key, AS_STR("firstIssued")))
        s->issued = as_bom_text(r, AS_STR("analysis"), v);
}

static bool read_analysis(as_bom_reader *r, as_statement *s,
                          const struct field *f, as_json v)
{
    bool whole = true;

    if (as_json_is(v, AS_JSON_NULL))
        return true;
    if (!as_json_is(v, AS_JSON_OBJECT)) {
        as_bom_wrong_type(r, f->name, v, "an object");
        return false;
    }
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        if (as_str_eq(it.key, AS_STR("state")))
            read_state(r, s, it.value);
        else if (as_str_eq(it.key, AS_STR("justification")))
            s->justification = as_bom_text(r, f->name, it.value);
        else if (as_str_eq(it.key, AS_STR("detail")))
            s->detail = as_bom_text(r, f->name, it.value);
        else {
            read_analysis_other(r, s, it.key, it.value);
            whole = false;
        }
    }
    return whole;
}

/* ---- affects ----------------------------------------------------------- */

static bool read_affected_version(as_bom_reader *r, as_bom_list *list,
                                  as_str ref, as_json v)
{
    as_affects *a = AS_BOM_PUSH(r, list, as_affects);
    as_str range = as_json_get_str(v, AS_STR("range"));
    as_str version = as_json_get_str(v, AS_STR("version"));

    a->ref = ref;
    a->version = as_bom_keep(r, range.n ? range : version);
    a->status = as_bom_intern(r, as_json_get_str(v, AS_STR("status")));
    /* The writer tells a range from a version by its scheme. */
    return as_str_starts(a->version, AS_STR("vers:")) == (range.n > 0) &&
           as_json_count(v) ==
               (a->version.n ? 1u : 0u) + (a->status.n ? 1u : 0u);
}

static bool read_affects(as_bom_reader *r, as_statement *s,
                         const struct field *f, as_json v)
{
    as_bom_list list = {NULL, 0, 0};
    bool whole = true;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str ref =
            as_bom_text(r, f->name, as_json_get(it.value, AS_STR("ref")));
        as_json versions = as_json_get(it.value, AS_STR("versions"));
        versions = as_bom_array(r, f->name, versions);
        for (as_json_iter e = as_json_each(versions); as_json_next(&e);)
            whole = read_affected_version(r, &list, ref, e.value) && whole;
        if (as_json_count(versions) == 0)
            AS_BOM_PUSH(r, &list, as_affects)->ref = ref;
        whole = whole &&
                as_json_count(it.value) == (as_json_count(versions) ? 2u : 1u);
    }
    s->affects = AS_BOM_TAKE(r, &list, as_affects, &s->n_affects);
    free(list.items);
    return whole;
}

/* ---- the table --------------------------------------------------------- */

#define TEXT(name, member)                                                     \
    {                                                                          \
        AS_STR_INIT(name), read_text, offsetof(as_statement, member)           \
    }
#define OTHER(name, read)                                                      \
    {                                                                          \
        AS_STR_INIT(name), read, 0                                             \
    }

static const struct field fields[] = {
    TEXT("id", id),
    TEXT("bom-ref", ref),
    TEXT("description", description),
    TEXT("recommendation", recommendation),
    TEXT("updated", updated),
    OTHER("source", read_source),
    OTHER("references", read_aliases),
    OTHER("ratings", read_ratings),
    OTHER("analysis", read_analysis),
    OTHER("affects", read_affects),
};

static void read_statement(as_bom_reader *r, as_statement *s, as_json v)
{
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        size_t i = 0;
        while (i < AS_ARRAY_LEN(fields) && !as_str_eq(fields[i].name, it.key))
            i++;
        if (i == AS_ARRAY_LEN(fields) ||
            !fields[i].read(r, s, &fields[i], it.value))
            as_bom_add_extra(r, &r->extras, it.key, it.value);
    }
    s->extras = AS_BOM_TAKE(r, &r->extras, as_extra, &s->n_extras);
    if (as_str_is_empty(s->id))
        as_bom_diagnose(r, true, AS_ABSENT, "the vulnerability has no id");
}

void as_cyclonedx_read_statements(as_bom_reader *r, as_json list)
{
    as_product *p = r->product;

    as_bom_at(r, "/vulnerabilities");
    list = as_bom_array(r, AS_ABSENT, list);
    p->statements = AS_NEW_ARRAY(p->arena, as_json_count(list), as_statement);
    if (!p->statements)
        return;
    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        as_statement *s = &p->statements[p->n_statements++];
        s->index = (uint32_t)it.index;
        as_bom_at(r, "/vulnerabilities/%zu", it.index);
        if (as_json_is(it.value, AS_JSON_OBJECT))
            read_statement(r, s, it.value);
        else
            as_bom_wrong_type(r, AS_ABSENT, it.value, "an object");
    }
    as_bom_at(r, NULL);
}
