/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing CPE names (NISTIR 7696 sections 6.2 and 7); see cpe.h. */
#include "model/cpe.h"

#include <string.h>

/* Bytes of the character at s.p[i]: one, or two with its backslash. */
static size_t width(as_str s, size_t i)
{
    return s.p[i] == '\\' ? 2 : 1;
}

static bool is_wildcard(as_str s, size_t i)
{
    return s.p[i] == '*' || s.p[i] == '?';
}

static size_t characters(as_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i += width(s, i))
        n++;
    return n;
}

bool as_cpe_has_wildcard(const as_cpe_attribute *a)
{
    for (size_t i = 0; i < a->value.n; i += width(a->value, i))
        if (is_wildcard(a->value, i))
            return true;
    return false;
}

/* How many characters a run of wildcards may stand for. */
static size_t allowance(as_str run)
{
    return as_str_find(run, '*') < run.n ? SIZE_MAX : run.n;
}

/* Whether the target, which has no wildcard, is one of the source's. */
static bool covers(as_str source, as_str target)
{
    size_t start = 0, end, before, after, core_n, spare;
    as_str core;

    while (start < source.n && is_wildcard(source, start))
        start++;
    end = start;
    for (size_t i = start; i < source.n; i += width(source, i))
        if (!is_wildcard(source, i))
            end = i + width(source, i);
    core = as_str_slice(source, start, end);
    before = allowance(as_str_slice(source, 0, start));
    after = allowance(as_str_slice(source, end, source.n));
    core_n = characters(core);
    spare = characters(target);
    if (spare < core_n)
        return false;
    spare -= core_n;
    for (size_t i = 0, at = 0; at <= spare && at <= before; at++) {
        as_str here = as_str_slice(target, i, i + core.n);

        if (spare - at <= after && as_str_eq_nocase(here, core))
            return true;
        if (i < target.n)
            i += width(target, i);
    }
    return false;
}

as_cpe_relation as_cpe_attribute_compare(const as_cpe_attribute *source,
                                         const as_cpe_attribute *target)
{
    if (as_cpe_has_wildcard(target))
        return AS_CPE_UNDEFINED;
    if (source->kind != AS_CPE_VALUE && source->kind == target->kind)
        return AS_CPE_EQUAL;
    if (source->kind == AS_CPE_ANY)
        return AS_CPE_SUPERSET;
    if (target->kind == AS_CPE_ANY)
        return AS_CPE_SUBSET;
    if (source->kind == AS_CPE_NA || target->kind == AS_CPE_NA)
        return AS_CPE_DISJOINT;
    if (as_str_eq_nocase(source->value, target->value))
        return AS_CPE_EQUAL;
    return as_cpe_has_wildcard(source) && covers(source->value, target->value)
               ? AS_CPE_SUPERSET
               : AS_CPE_DISJOINT;
}

unsigned as_cpe_compare(const as_cpe *source, const as_cpe *target)
{
    unsigned all = AS_CPE_EQUAL | AS_CPE_SUBSET | AS_CPE_SUPERSET;

    for (size_t i = 0; i < AS_CPE_ATTRIBUTES; i++) {
        as_cpe_relation r = as_cpe_attribute_compare(&source->attribute[i],
                                                     &target->attribute[i]);

        if (r == AS_CPE_DISJOINT)
            return AS_CPE_DISJOINT;
        /* What is equal is a subset and a superset too. */
        if (r != AS_CPE_EQUAL)
            all &= (unsigned)r;
    }
    return all;
}

as_str as_cpe_relations_text(unsigned relations)
{
    static const struct {
        unsigned relations;
        as_str text;
    } texts[] = {
        {AS_CPE_EQUAL | AS_CPE_SUBSET | AS_CPE_SUPERSET,
         AS_STR_INIT("equal+subset+superset")},
        {AS_CPE_EQUAL, AS_STR_INIT("equal")},
        {AS_CPE_SUBSET, AS_STR_INIT("subset")},
        {AS_CPE_SUPERSET, AS_STR_INIT("superset")},
        {AS_CPE_DISJOINT, AS_STR_INIT("disjoint")},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(texts); i++)
        if (texts[i].relations == relations)
            return texts[i].text;
    return AS_STR("none");
}

as_str as_cpe_relation_text(as_cpe_relation relation)
{
    return relation == AS_CPE_UNDEFINED ? AS_STR("undefined")
                                        : as_cpe_relations_text(relation);
}
