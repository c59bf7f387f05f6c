/* SPDX-License-Identifier: Apache-2.0 */
/* The product tree: making it and asking it. See product.h. */
#include "model/product.h"

#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

as_product *as_product_new(void)
{
    as_arena *arena = as_arena_new(AS_LIMIT_PRODUCT_BYTES);
    as_product *p;

    if (!arena)
        return NULL;
    p = AS_NEW(arena, as_product);
    if (!p) {
        as_arena_free(arena);
        return NULL;
    }
    p->arena = arena;
    p->root = AS_NO_PART;
    return p;
}

as_product *as_product_free(as_product *p)
{
    if (p)
        as_arena_free(p->arena);
    return NULL;
}

void as_product_cleanup(as_product **p)
{
    *p = as_product_free(*p);
}

as_part *as_product_add_part(as_product *p, uint32_t parent)
{
    as_part *parts;

    if (p->n_parts >= AS_LIMIT_PARTS)
        return NULL;
    if (parent != AS_NO_PART && parent >= p->n_parts)
        return NULL;
    parts = as_arena_grow(p->arena, p->parts, &p->cap_parts, p->n_parts + 1,
                          sizeof *p->parts);
    if (!parts)
        return NULL;
    p->parts = parts;
    parts += p->n_parts++;
    parts->parent = parent;
    parts->index = UINT32_MAX;
    return parts;
}

as_rc as_product_limit(const as_product *p, as_err *err)
{
    if (p->n_parts >= AS_LIMIT_PARTS)
        return as_fail(err, AS_ERR_LIMIT,
                       "the document has more than %zu parts", AS_LIMIT_PARTS);
    return as_fail(err, AS_ERR_LIMIT,
                   "the document needs more than %zu MiB in memory",
                   AS_LIMIT_PRODUCT_BYTES / AS_MIB);
}

bool as_product_add_relation(as_product *p, uint32_t from, uint32_t to,
                             as_str kind)
{
    as_relation *r = as_arena_grow(p->arena, p->relations, &p->cap_relations,
                                   p->n_relations + 1, sizeof *r);

    if (!r)
        return false;
    p->relations = r;
    r[p->n_relations++] = (as_relation){from, to, kind};
    return true;
}

void as_product_diagnose(as_product *p, bool warning, as_str path,
                         const char *fmt, ...)
{
    char text[512];
    as_diagnosis *d;
    va_list ap;

    if (p->n_diagnoses >= AS_LIMIT_DIAGNOSES) {
        p->diagnoses_dropped++;
        return;
    }
    d = as_arena_grow(p->arena, p->diagnoses, &p->cap_diagnoses,
                      p->n_diagnoses + 1, sizeof *d);
    if (!d)
        return;
    p->diagnoses = d;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    /* Quoted values may have been cut in the midst of a character. */
    for (size_t n = strlen(text), bad;
         (bad = as_span_utf8_bad((as_span){(uint8_t *)text, n})) < n;)
        text[bad] = '?';
    d[p->n_diagnoses++] = (as_diagnosis){
        .warning = warning,
        .path = as_arena_str(p->arena, path),
        .text = as_arena_str(p->arena, as_str_c(text)),
    };
}

const as_attribute *as_part_attribute(const as_part *part, as_attribute_key key)
{
    for (size_t i = 0; i < part->n_attributes; i++)
        if (part->attributes[i].key == key)
            return &part->attributes[i];
    return NULL;
}

as_str as_part_value(const as_part *part, as_attribute_key key)
{
    const as_attribute *a = as_part_attribute(part, key);

    return a && a->state != AS_UNKNOWN ? a->value : AS_ABSENT;
}

size_t as_part_depth(const as_product *p, uint32_t part)
{
    size_t depth = 0;

    while (p->parts[part].parent != AS_NO_PART) {
        part = p->parts[part].parent;
        depth++;
    }
    return depth;
}

void as_part_path(const as_product *p, uint32_t part, as_buf *ret)
{
    const as_part *chain[AS_LIMIT_PART_DEPTH + 1];
    const as_part *at = &p->parts[part];
    size_t n = 0;

    for (;;) {
        chain[n++] = at;
        if (!at->nested || at->parent == AS_NO_PART || n > AS_LIMIT_PART_DEPTH)
            break;
        at = &p->parts[at->parent];
    }
    while (n > 0) {
        at = chain[--n];
        as_buf_str(ret, at->list);
        if (at->index != UINT32_MAX)
            as_buf_printf(ret, "/%u", at->index);
    }
}

/* ---- refs -------------------------------------------------------------- */

/* Sorted by hash, then by the ref itself: a document that makes its hashes
 * collide makes look-ups no slower than the logarithm. */
struct ref {
    uint64_t hash;
    as_str ref;
    uint32_t part;
};

struct as_ref_table {
    size_t n;
    struct ref refs[];
};

static int ref_order(const struct ref *x, const struct ref *y)
{
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return as_str_cmp(x->ref, y->ref);
}

static int ref_cmp(const void *a, const void *b)
{
    const struct ref *x = a, *y = b;
    int r = ref_order(x, y);

    return r ? r : (x->part > y->part) - (x->part < y->part);
}

as_ref_table *as_ref_table_new(const as_product *p)
{
    as_ref_table *t = malloc(sizeof *t + p->n_parts * sizeof t->refs[0]);

    if (!t)
        return NULL;
    t->n = 0;
    for (size_t i = 0; i < p->n_parts; i++) {
        as_str ref = p->parts[i].ref;
        if (!as_str_is_empty(ref))
            t->refs[t->n++] = (struct ref){as_str_hash(ref), ref, (uint32_t)i};
    }
    qsort(t->refs, t->n, sizeof t->refs[0], ref_cmp);
    return t;
}

as_ref_table *as_ref_table_free(as_ref_table *t)
{
    free(t);
    return NULL;
}

/* The first one with a ref has it. */
uint32_t as_ref_table_find(const as_ref_table *t, as_str ref)
{
    const struct ref want = {as_str_hash(ref), ref, 0};
    size_t lo = 0, hi = t->n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (ref_order(&t->refs[mid], &want) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < t->n && ref_order(&t->refs[lo], &want) == 0 ? t->refs[lo].part
                                                            : AS_NO_PART;
}

/* ---- words ------------------------------------------------------------- */

static const as_str kind_words[AS_PART_KINDS] = {
    [AS_PART_OTHER] = AS_STR_INIT("other"),
    [AS_PART_APPLICATION] = AS_STR_INIT("application"),
    [AS_PART_FRAMEWORK] = AS_STR_INIT("framework"),
    [AS_PART_LIBRARY] = AS_STR_INIT("library"),
    [AS_PART_CONTAINER] = AS_STR_INIT("container"),
    [AS_PART_PLATFORM] = AS_STR_INIT("platform"),
    [AS_PART_OPERATING_SYSTEM] = AS_STR_INIT("operating-system"),
    [AS_PART_DEVICE] = AS_STR_INIT("device"),
    [AS_PART_DEVICE_DRIVER] = AS_STR_INIT("device-driver"),
    [AS_PART_BOARD] = AS_STR_INIT("board"),
    [AS_PART_CHIP] = AS_STR_INIT("chip"),
    [AS_PART_FIRMWARE] = AS_STR_INIT("firmware"),
    [AS_PART_FILE] = AS_STR_INIT("file"),
    [AS_PART_MODEL] = AS_STR_INIT("machine-learning-model"),
    [AS_PART_DATA] = AS_STR_INIT("data"),
    [AS_PART_CRYPTO] = AS_STR_INIT("cryptographic-asset"),
    [AS_PART_SERVICE] = AS_STR_INIT("service"),
    [AS_PART_PACKAGE] = AS_STR_INIT("package"),
};

as_str as_part_kind_word(as_part_kind kind)
{
    return kind_words[kind];
}

as_part_kind as_part_kind_find(as_str word)
{
    for (size_t i = 0; i < AS_PART_KINDS; i++)
        if (as_str_eq(kind_words[i], word))
            return (as_part_kind)i;
    return AS_PART_OTHER;
}

static const as_str attribute_words[AS_ATTR_KEYS] = {
    [AS_ATTR_MAKER] = AS_STR_INIT("maker"),
    [AS_ATTR_MANUFACTURER] = AS_STR_INIT("manufacturer"),
    [AS_ATTR_SUPPLIER] = AS_STR_INIT("supplier"),
    [AS_ATTR_PUBLISHER] = AS_STR_INIT("publisher"),
    [AS_ATTR_AUTHOR] = AS_STR_INIT("author"),
    [AS_ATTR_DESIGNER] = AS_STR_INIT("designer"),
    [AS_ATTR_FOUNDRY] = AS_STR_INIT("foundry"),
    [AS_ATTR_COUNTRY] = AS_STR_INIT("country"),
    [AS_ATTR_ECCN] = AS_STR_INIT("eccn"),
    [AS_ATTR_VALUE_SHARE] = AS_STR_INIT("value_share"),
    [AS_ATTR_LICENCE] = AS_STR_INIT("licence"),
    [AS_ATTR_MPN] = AS_STR_INIT("mpn"),
    [AS_ATTR_MODEL_NUMBER] = AS_STR_INIT("model_number"),
    [AS_ATTR_SERIAL] = AS_STR_INIT("serial"),
    [AS_ATTR_DESCRIPTION] = AS_STR_INIT("description"),
    [AS_ATTR_COPYRIGHT] = AS_STR_INIT("copyright"),
    [AS_ATTR_SCOPE] = AS_STR_INIT("scope"),
    [AS_ATTR_DISTRIBUTION] = AS_STR_INIT("distribution"),
    [AS_ATTR_END_OF_SUPPORT] = AS_STR_INIT("end_of_support"),
    [AS_ATTR_CATEGORY] = AS_STR_INIT("category"),
    [AS_ATTR_CELL_MAKER] = AS_STR_INIT("cell_maker"),
    [AS_ATTR_NODE] = AS_STR_INIT("node"),
    [AS_ATTR_AUTHORISED] = AS_STR_INIT("authorised"),
    [AS_ATTR_COUNTRY_DESIGN] = AS_STR_INIT("country_of_design"),
};

as_str as_attribute_word(as_attribute_key key)
{
    return attribute_words[key];
}

as_str as_state_word(as_state state)
{
    switch (state) {
    case AS_UNKNOWN: return AS_STR("unknown");
    case AS_DECLARED: return AS_STR("declared");
    case AS_OBSERVED: return AS_STR("observed");
    }
    return AS_STR("unknown");
}

as_str as_analysis_word(as_analysis a)
{
    switch (a) {
    case AS_ANALYSIS_NONE: return AS_STR("none");
    case AS_ANALYSIS_NOT_AFFECTED: return AS_STR("not_affected");
    case AS_ANALYSIS_FALSE_POSITIVE: return AS_STR("false_positive");
    case AS_ANALYSIS_RESOLVED: return AS_STR("resolved");
    case AS_ANALYSIS_EXPLOITABLE: return AS_STR("exploitable");
    case AS_ANALYSIS_IN_TRIAGE: return AS_STR("in_triage");
    }
    return AS_STR("none");
}
