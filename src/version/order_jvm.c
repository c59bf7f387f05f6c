/* SPDX-License-Identifier: Apache-2.0 */
/* Java runtimes, before and after JEP 223.
 *
 * "1.8.0_202-b08", "8u202-b08", "8.0.202+8" and CPE's "1.8.0:update_202" are
 * one: feature 8, update 202. A leading "1." is the old style and goes.
 * "-ea" and its like stand before the release; build numbers and vendor words
 * ("+9", "-b08", "-LTS", "-ojdkbuild") do not count.
 *
 * key ::= numbers (0x01 | 0x02), numbers without trailing zeros; 0x01 before
 * the release */
#include "version/version_internal.h"

/* The words between a version and its update. */
static void skip_update(as_str *rest)
{
    as_str s = *rest;

    if (as_version_begins(s, ':') || as_version_begins(s, '-') ||
        as_version_begins(s, '.') || as_version_begins(s, ' '))
        as_version_skip(&s, 1);
    as_str word = as_version_take_letters(&s);
    if (!as_str_eq_nocase(word, AS_STR("u")) &&
        !as_str_eq_nocase(word, AS_STR("update")) &&
        !(word.n == 0 && as_version_begins(*rest, '_')))
        return;
    if (as_version_begins(s, '_') || as_version_begins(s, '-') ||
        as_version_begins(s, ' '))
        as_version_skip(&s, 1);
    if (as_version_digit_first(s))
        *rest = s;
}

static bool is_early(as_str rest)
{
    while (rest.n > 0 && !as_ascii_is_alpha(rest.p[0])) {
        if (rest.p[0] == '+') /* the build, and whatever is behind it */
            return false;
        as_version_skip(&rest, 1);
    }
    return as_version_pre_rank(as_version_take_letters(&rest)) != 0;
}

static void put_held(as_version_out *o, size_t *zeros, as_str digits)
{
    if (as_version_is_zero(digits)) {
        (*zeros)++;
        return;
    }
    for (; *zeros > 0; (*zeros)--)
        as_version_put_small(o, 0);
    as_version_put_number(o, digits);
}

const char *as_order_jvm(const as_version_scheme *s, as_str v,
                         as_version_out *o)
{
    as_str rest = v;
    size_t zeros = 0, n = 0;

    if (as_str_starts(rest, AS_STR("1.")))
        as_version_skip(&rest, 2);
    if (!as_version_digit_first(rest))
        return "it must begin with a number";
    while (as_version_digit_first(rest) && !o->full) {
        put_held(o, &zeros, as_version_take_digits(&rest));
        n++;
        as_str before = rest;
        if (as_version_begins(rest, '.'))
            as_version_skip(&rest, 1);
        else
            skip_update(&rest);
        /* "8u202": the update is the third number. */
        if (n == 1 && rest.n < before.n && !as_version_begins(before, '.'))
            put_held(o, &zeros, AS_STR("0"));
        if (rest.n == before.n)
            break;
    }
    as_version_put(o, is_early(rest) ? 0x01 : 0x02);
    return NULL;
}
