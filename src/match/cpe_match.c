/* SPDX-License-Identifier: Apache-2.0 */
/* What matching asks of CPE names (notes, section 7): the look-up key, the
 * version to compare, and whether the other attributes agree. */
#include "match/match_internal.h"

as_str as_match_cpe_key(const as_cpe *c, as_arena *arena)
{
    as_str part = as_cpe_key(&c->attribute[AS_CPE_PART], arena);
    as_str vendor = as_cpe_key(&c->attribute[AS_CPE_VENDOR], arena);
    as_str product = as_cpe_key(&c->attribute[AS_CPE_PRODUCT], arena);

    if (as_str_is_empty(part) || as_str_is_empty(vendor) ||
        as_str_is_empty(product))
        return AS_ABSENT;
    return AS_JOIN(arena, part, AS_STR(":"), vendor, AS_STR(":"), product);
}

as_str as_match_cpe_version(const as_cpe *c, as_arena *arena)
{
    const as_cpe_attribute *version = &c->attribute[AS_CPE_VERSION];
    const as_cpe_attribute *update = &c->attribute[AS_CPE_UPDATE];
    as_str v = as_cpe_unquoted(version, arena);

    if (as_str_is_empty(v) || as_cpe_has_wildcard(version))
        return AS_ABSENT;
    if (update->kind != AS_CPE_VALUE || as_cpe_has_wildcard(update))
        return v;
    return as_arena_printf(arena, "%.*s-%.*s", AS_FMT(v),
                           AS_FMT(as_cpe_unquoted(update, arena)));
}

as_truth as_match_cpe_agrees(const as_cpe *entry, const as_cpe *part,
                             as_str *ret_which)
{
    as_truth r = AS_YES;

    for (int i = AS_CPE_EDITION; i < AS_CPE_ATTRIBUTES; i++) {
        const as_cpe_attribute *want = &entry->attribute[i];
        as_cpe_relation rel =
            as_cpe_attribute_compare(want, &part->attribute[i]);
        if (rel == AS_CPE_DISJOINT) {
            *ret_which = as_cpe_attribute_word((as_cpe_which)i);
            return AS_NO;
        }
        /* The entry asks for something the part's name leaves open. */
        if (want->kind != AS_CPE_ANY && part->attribute[i].kind == AS_CPE_ANY) {
            *ret_which = as_cpe_attribute_word((as_cpe_which)i);
            r = AS_UNSURE;
        }
    }
    return r;
}

static bool is_same_product(const as_cpe *a, const as_cpe *b)
{
    for (int i = AS_CPE_PART; i <= AS_CPE_PRODUCT; i++)
        if (as_cpe_attribute_compare(&a->attribute[i], &b->attribute[i]) !=
            AS_CPE_EQUAL)
            return false;
    return true;
}

/* "-" in a condition says that versions do not matter to it; a part that states
 * one is then the product, and it is not said that it differs. */
static as_truth without_version(const as_cpe *condition, const as_cpe *part)
{
    as_cpe any = *condition;

    any.attribute[AS_CPE_VERSION].kind = AS_CPE_ANY;
    return as_cpe_compare(&any, part) & AS_CPE_DISJOINT ? AS_NO : AS_UNSURE;
}

as_truth as_match_cpe_meets(const as_cpe *condition, const as_cpe *part)
{
    unsigned r = as_cpe_compare(condition, part);

    if (r & AS_CPE_SUPERSET)
        return AS_YES;
    if (!is_same_product(condition, part) || !(r & AS_CPE_DISJOINT))
        return AS_UNSURE;
    return condition->attribute[AS_CPE_VERSION].kind == AS_CPE_NA
               ? without_version(condition, part)
               : AS_NO;
}

static bool is_plain(const as_cpe_attribute *a)
{
    return a->kind == AS_CPE_VALUE && !as_cpe_has_wildcard(a);
}

bool as_match_cpe_version_agrees(const as_cpe *entry, const as_cpe *part,
                                 as_truth *ret)
{
    const as_cpe_attribute *want = &entry->attribute[AS_CPE_UPDATE];
    const as_cpe_attribute *have = &part->attribute[AS_CPE_UPDATE];

    if (!is_plain(&entry->attribute[AS_CPE_VERSION]) ||
        as_cpe_attribute_compare(&entry->attribute[AS_CPE_VERSION],
                                 &part->attribute[AS_CPE_VERSION]) !=
            AS_CPE_EQUAL)
        return false;
    if (want->kind == AS_CPE_ANY) {
        *ret = AS_YES;
        return true;
    }
    *ret = AS_UNSURE;
    return is_plain(want) && have->kind == AS_CPE_ANY;
}
