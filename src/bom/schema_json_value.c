/* SPDX-License-Identifier: Apache-2.0 */
/* Rules over one value of JSON: types, strings, numbers, arrays, objects. */
#include "bom/schema_json_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- types ------------------------------------------------------------- */

unsigned as_schema_json_mask(as_json v)
{
    double d;

    switch (as_json_type_of(v)) {
    case AS_JSON_NONE: return 0;
    case AS_JSON_NULL: return AS_SCHEMA_IS_NULL;
    case AS_JSON_FALSE: return AS_SCHEMA_IS_FALSE;
    case AS_JSON_TRUE: return AS_SCHEMA_IS_TRUE;
    case AS_JSON_STRING: return AS_SCHEMA_IS_STRING;
    case AS_JSON_ARRAY: return AS_SCHEMA_IS_ARRAY;
    case AS_JSON_OBJECT: return AS_SCHEMA_IS_OBJECT;
    case AS_JSON_NUMBER: break;
    }
    /* 1.0 is an integer (JSON Schema core, 4.2.1); beyond 2^53 every double
     * is one */
    if (!as_json_double(v, &d))
        return AS_SCHEMA_IS_NUMBER;
    if (d < -9e15 || d > 9e15 || (double)(int64_t)d == d)
        return AS_SCHEMA_IS_NUMBER | AS_SCHEMA_IS_INTEGER;
    return AS_SCHEMA_IS_NUMBER;
}

static const char *type_name(unsigned mask)
{
    if (mask & AS_SCHEMA_IS_OBJECT)
        return "an object";
    if (mask & AS_SCHEMA_IS_ARRAY)
        return "an array";
    if (mask & AS_SCHEMA_IS_STRING)
        return "a string";
    if ((mask & (AS_SCHEMA_IS_TRUE | AS_SCHEMA_IS_FALSE)) ==
        (AS_SCHEMA_IS_TRUE | AS_SCHEMA_IS_FALSE))
        return "true or false";
    if (mask & AS_SCHEMA_IS_TRUE)
        return "true";
    if (mask & AS_SCHEMA_IS_FALSE)
        return "false";
    if (mask & AS_SCHEMA_IS_INTEGER && !(mask & AS_SCHEMA_IS_NUMBER))
        return "a whole number";
    if (mask & AS_SCHEMA_IS_NUMBER)
        return "a number";
    return "null";
}

/* "a string or an array" */
static as_str type_names(as_schema_walk *w, unsigned mask)
{
    static const unsigned each[] = {
        AS_SCHEMA_IS_OBJECT, AS_SCHEMA_IS_ARRAY,
        AS_SCHEMA_IS_STRING, AS_SCHEMA_IS_TRUE | AS_SCHEMA_IS_FALSE,
        AS_SCHEMA_IS_NUMBER, AS_SCHEMA_IS_INTEGER,
        AS_SCHEMA_IS_NULL};
    as_str text = AS_STR("");

    for (size_t i = 0; i < AS_ARRAY_LEN(each); i++)
        if (mask & each[i])
            text =
                AS_SCHEMA_SAY(w, "%.*s%s%s", AS_FMT(text), text.n ? " or " : "",
                              type_name(mask & each[i]));
    return text;
}

void as_schema_json_add_type(as_schema_walk *w, unsigned mask, as_json v,
                             const as_schema_frame *f)
{
    as_str needed = type_names(w, mask);

    as_schema_json_add(w, f, false, "type",
                       AS_SCHEMA_SAY(w, "%s stands where %.*s is needed",
                                     type_name(as_schema_json_mask(v)),
                                     AS_FMT(needed)));
}

bool as_schema_json_types(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f)
{
    if (as_schema_json_mask(v) & r->n)
        return true;
    if (as_schema_json_wanted(w, false))
        as_schema_json_add_type(w, r->n, v, f);
    return false;
}

/* ---- strings and numbers ----------------------------------------------- */

bool as_schema_json_values(as_schema_walk *w, const as_schema_rule *r,
                           as_json v, const as_schema_frame *f)
{
    as_str s = as_json_str(v), value, list, near;

    if (s.p && as_schema_search(r->at, r->n, 1, s) < r->n)
        return true;
    if (!as_schema_json_wanted(w, false))
        return false;
    value = s.p ? as_schema_json_quote(w, s)
                : as_str_c(type_name(as_schema_json_mask(v)));
    list = as_schema_list(w->report.arena, r->at, r->n);
    near = s.p && r->n > 1 ? as_schema_nearest(r->at, r->n, 1, s) : AS_ABSENT;
    as_schema_json_add(
        w, f, false, "enum",
        near.p
            ? AS_SCHEMA_SAY(w, "%.*s is not one of %.*s; \"%.*s\" may be meant",
                            AS_FMT(value), AS_FMT(list), AS_FMT(near))
            : AS_SCHEMA_SAY(
                  w, r->n > 1 ? "%.*s is not one of %.*s" : "%.*s is not %.*s",
                  AS_FMT(value), AS_FMT(list)));
    return false;
}

bool as_schema_json_pattern(as_schema_walk *w, const as_schema_rule *r,
                            as_json v, const as_schema_frame *f)
{
    const as_schema_pattern *p = &as_schema_patterns[r->at];
    as_str s = as_json_str(v), value;

    if (!s.p || as_schema_matches(p, s))
        return true;
    if (!as_schema_json_wanted(w, false))
        return false;
    value = as_schema_json_quote(w, s);
    as_schema_json_add(w, f, false, "pattern",
                       as_schema_form(w->report.arena, value, p));
    return false;
}

bool as_schema_json_format(as_schema_walk *w, const as_schema_rule *r,
                           as_json v, const as_schema_frame *f)
{
    as_schema_format format = (as_schema_format)r->n;
    bool warning = as_schema_format_is_advice(format);
    as_str s = as_json_str(v), value;

    if (!s.p || as_schema_format_holds(format, s))
        return true;
    if (!as_schema_json_wanted(w, warning))
        return warning;
    value = as_schema_json_quote(w, s);
    as_schema_json_add(w, f, warning, "format",
                       AS_SCHEMA_SAY(w, "%.*s is not %s", AS_FMT(value),
                                     as_schema_format_name(format)));
    return warning;
}

bool as_schema_json_length(as_schema_walk *w, const as_schema_rule *r,
                           as_json v, const as_schema_frame *f)
{
    bool least = r->op == AS_SCHEMA_MIN_LENGTH;
    as_str s = as_json_str(v);
    size_t n;

    if (!s.p)
        return true;
    n = as_schema_length(s);
    if (least ? n >= r->at : n <= r->at)
        return true;
    if (!as_schema_json_wanted(w, false))
        return false;
    as_schema_json_add(
        w, f, false, least ? "minLength" : "maxLength",
        n == 0
            ? AS_SCHEMA_SAY(w, "the string is empty")
            : AS_SCHEMA_SAY(w,
                            "the string has %zu characters, and at %s %u are "
                            "allowed",
                            n, least ? "least" : "most", r->at));
    return false;
}

bool as_schema_json_range(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f)
{
    bool least = r->op == AS_SCHEMA_LEAST;
    double d;

    if (!as_json_double(v, &d) || (least ? d >= r->at : d <= r->at))
        return true;
    if (as_schema_json_wanted(w, false))
        as_schema_json_add(w, f, false, least ? "minimum" : "maximum",
                           AS_SCHEMA_SAY(w, "%g is %s than %u", d,
                                         least ? "less" : "more", r->at));
    return false;
}

/* ---- arrays ------------------------------------------------------------ */

bool as_schema_json_count(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f)
{
    bool least = r->op == AS_SCHEMA_MIN_ITEMS;
    size_t n;

    if (!as_json_is(v, AS_JSON_ARRAY))
        return true;
    n = as_json_count(v);
    if (least ? n >= r->at : n <= r->at)
        return true;
    if (as_schema_json_wanted(w, false))
        as_schema_json_add(
            w, f, false, least ? "minItems" : "maxItems",
            AS_SCHEMA_SAY(w,
                          "the array has %zu items, and at %s %u are allowed",
                          n, least ? "least" : "most", r->at));
    return false;
}

bool as_schema_json_items(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f)
{
    bool ok = true;

    if (!as_json_is(v, AS_JSON_ARRAY))
        return true;
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_schema_frame inner = {f, AS_ABSENT, it.index, f->depth + 1};
        ok &= as_schema_json_check(w, r->at, it.value, &inner);
        if (!ok && w->quiet)
            return false;
    }
    return ok;
}

bool as_schema_json_tuple(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f)
{
    bool ok = true;

    if (!as_json_is(v, AS_JSON_ARRAY))
        return true;
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_schema_frame inner = {f, AS_ABSENT, it.index, f->depth + 1};
        if (it.index < r->n) {
            ok &= as_schema_json_check(w, as_schema_words[r->at + it.index],
                                       it.value, &inner);
        } else if (r->op == AS_SCHEMA_TUPLE_CLOSED) {
            ok = false;
            if (as_schema_json_wanted(w, false))
                as_schema_json_add(
                    w, &inner, false, "additionalItems",
                    AS_SCHEMA_SAY(w, "the array may hold only %u items", r->n));
        }
        if (!ok && w->quiet)
            return false;
    }
    return ok;
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
    return h * 0xD6E8FEB86659FD93u;
}

/* Equal values (JSON Schema core, 4.2.2) have equal hashes: the order of
 * members and the spelling of numbers do not count. */
static uint64_t hash(as_schema_walk *w, as_json v)
{
    uint64_t h = (uint64_t)as_json_type_of(v) + 1;
    double d = 0;

    if (!as_schema_json_pay(w, 1))
        return 0;
    switch (as_json_type_of(v)) {
    case AS_JSON_NUMBER:
        if (as_json_double(v, &d) && d != 0)
            memcpy(&h, &d, sizeof h);
        return mix(h);
    case AS_JSON_STRING: return mix(h ^ as_str_hash(as_json_str(v)));
    case AS_JSON_ARRAY:
        for (as_json_iter it = as_json_each(v); as_json_next(&it);)
            h = mix(h ^ hash(w, it.value));
        return h;
    case AS_JSON_OBJECT:
        for (as_json_iter it = as_json_each(v); as_json_next(&it);)
            h += mix(as_str_hash(it.key) ^ mix(hash(w, it.value)));
        return mix(h);
    case AS_JSON_NONE:
    case AS_JSON_NULL:
    case AS_JSON_FALSE:
    case AS_JSON_TRUE: break;
    }
    return mix(h);
}

struct hashed {
    uint64_t hash;
    size_t index;
};

static int hashed_cmp(const void *a, const void *b)
{
    const struct hashed *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* A 64-bit hash stands for its value: among ten million items, two unlike ones
 * meet once in some hundred thousand documents. */
static bool report_repeats(as_schema_walk *w, const struct hashed *all,
                           size_t n, const as_schema_frame *f)
{
    bool ok = true;

    for (size_t i = 1, first = 0; i < n; i++) {
        if (all[i].hash != all[first].hash) {
            first = i;
            continue;
        }
        ok = false;
        if (w->quiet)
            break;
        if (!as_schema_json_wanted(w, false))
            continue;
        as_schema_frame inner = {f, AS_ABSENT, all[i].index, f->depth + 1};
        as_schema_json_add(w, &inner, false, "uniqueItems",
                           AS_SCHEMA_SAY(w,
                                         "this repeats item %zu of the array",
                                         all[first].index));
    }
    return ok;
}

bool as_schema_json_unique(as_schema_walk *w, const as_schema_rule *r,
                           as_json v, const as_schema_frame *f)
{
    struct hashed *all;
    size_t n = 0, cap;
    bool ok;

    (void)r;
    if (!as_json_is(v, AS_JSON_ARRAY) || w->report.resolved)
        return true;
    cap = as_json_count(v);
    if (cap < 2)
        return true;
    all = calloc(cap, sizeof *all);
    if (!all) {
        w->spent = true;
        return true;
    }
    for (as_json_iter it = as_json_each(v); n < cap && as_json_next(&it); n++)
        all[n] = (struct hashed){hash(w, it.value), it.index};
    qsort(all, n, sizeof *all, hashed_cmp);
    ok = w->spent || report_repeats(w, all, n, f);
    free(all);
    return ok;
}

/* ---- objects ----------------------------------------------------------- */

bool as_schema_json_require(as_schema_walk *w, const as_schema_rule *r,
                            as_json v, const as_schema_frame *f)
{
    bool ok = true;

    if (!as_json_is(v, AS_JSON_OBJECT))
        return true;
    for (size_t i = 0; i < r->n; i++) {
        as_str name = as_schema_strings[as_schema_words[r->at + i]];
        if (as_json_get(v, name).doc)
            continue;
        ok = false;
        if (w->quiet)
            break;
        if (as_schema_json_wanted(w, false))
            as_schema_json_add(w, f, false, "required",
                               AS_SCHEMA_SAY(w,
                                             "the member \"%.*s\" is missing",
                                             AS_FMT(name)));
    }
    return ok;
}

static bool unknown_member(as_schema_walk *w, const as_schema_rule *r,
                           as_str key, const as_schema_frame *f)
{
    bool warning = r->op == AS_SCHEMA_MEMBERS_STRICT;
    as_str name, near;

    if (r->op == AS_SCHEMA_MEMBERS)
        return true;
    if (as_schema_json_wanted(w, warning)) {
        name = as_schema_json_quote(w, key);
        near = as_schema_nearest(r->at, r->n, 2, key);
        as_schema_json_add(
            w, f, warning, "additionalProperties",
            near.p ? AS_SCHEMA_SAY(
                         w,
                         "the member %.*s is not known here; \"%.*s\" may be "
                         "meant",
                         AS_FMT(name), AS_FMT(near))
                   : AS_SCHEMA_SAY(w, "the member %.*s is not known here",
                                   AS_FMT(name)));
    }
    return warning;
}

bool as_schema_json_members(as_schema_walk *w, const as_schema_rule *r,
                            as_json v, const as_schema_frame *f)
{
    bool ok = true;

    if (!as_json_is(v, AS_JSON_OBJECT))
        return true;
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        size_t i = as_schema_search(r->at, r->n, 2, it.key);
        as_schema_frame inner = {f, it.key, it.index, f->depth + 1};
        if (i < r->n)
            ok &= as_schema_json_check(w, as_schema_words[r->at + 2 * i + 1],
                                       it.value, &inner);
        else
            ok &= unknown_member(w, r, it.key, &inner);
        if (!ok && w->quiet)
            return false;
    }
    return ok;
}
