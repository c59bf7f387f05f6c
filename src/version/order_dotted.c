/* SPDX-License-Identifier: Apache-2.0 */
/* Series of numbers: the first that differs decides, else the longer is newer.
 *
 * cran     R's package_version: separated by '.' or '-' (also Bioconductor)
 * hackage  Haskell's Data.Version: '.'
 * intdot   VERS: '.', and what follows the numbers does not count
 * cpan     Perl's version objects: "v1.2.3" or two dots and more are series;
 *          anything else is a decimal number whose fraction counts in
 *          thousandths: 1.10 is 1.100 and older than 1.9, which is 1.900
 *
 * key ::= number {number} */
#include "version/version_internal.h"

const char *as_order_dotted(const as_version_scheme *s, as_str v,
                            as_version_out *o)
{
    for (;;) {
        as_str digits = as_version_take_digits(&v);
        bool tail = (s->flags & AS_DOTTED_TAIL) && o->n > 0;

        if (digits.n == 0)
            return tail        ? NULL
                   : o->n == 0 ? "it must begin with a number"
                               : "a number must follow the separator";
        as_version_put_number(o, digits);
        if (v.n == 0)
            return NULL;
        if (v.p[0] != '.' && !(v.p[0] == '-' && (s->flags & AS_DOTTED_DASH)))
            return s->flags & AS_DOTTED_TAIL
                       ? NULL
                       : "it may hold only numbers and separators";
        as_version_skip(&v, 1);
    }
}

/* Three digits of a fraction at a time; missing ones are 0. */
static void put_fraction(as_version_out *o, as_str digits)
{
    char group[3];

    for (; digits.n > 0; as_version_skip(&digits, 3)) {
        for (size_t i = 0; i < 3; i++)
            group[i] = i < digits.n ? digits.p[i] : '0';
        as_version_put_number(o, as_str_of(group, 3));
    }
}

/* Copies v without underscores, which mark trial releases and do not count;
 * false when it does not fit. */
static bool drop_underscores(as_str v, char *text, size_t cap, as_str *ret)
{
    size_t n = 0;

    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '_')
            continue;
        if (n == cap)
            return false;
        text[n++] = v.p[i];
    }
    *ret = as_str_of(text, n);
    return true;
}

const char *as_order_cpan(const as_version_scheme *s, as_str v,
                          as_version_out *o)
{
    char text[AS_VERSION_PARTS];
    as_str rest;
    bool series;

    if (!drop_underscores(v, text, sizeof text, &rest))
        return AS_VERSION_TOO_MANY;
    series = as_version_begins(rest, 'v');
    if (series)
        as_version_skip(&rest, 1);
    else
        series = as_str_find(rest, '.') != as_str_rfind(rest, '.');
    if (series)
        return as_order_dotted(s, rest, o);
    if (!as_version_digit_first(rest) && !as_version_begins(rest, '.'))
        return "it must begin with a number";
    as_version_put_number(o, as_version_take_digits(&rest));
    if (as_version_begins(rest, '.'))
        as_version_skip(&rest, 1);
    put_fraction(o, as_version_take_digits(&rest));
    return rest.n == 0 ? NULL : "it may hold only numbers and dots";
}
