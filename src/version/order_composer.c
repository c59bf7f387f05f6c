/* SPDX-License-Identifier: Apache-2.0 */
/* Packagist: the order of PHP's version_compare, without a leading "v".
 *
 * A version is cut into parts at every sign and between digits and the rest.
 * At one place:
 *
 *     other words < dev < a, alpha < b, beta < RC, rc < nothing < number
 *     < p, pl
 *
 * Words are known by their beginning ("alphabet" is an alpha) and by their
 * case, and all words of a kind are equal. Nothing is not zero: 1.0 < 1.0.0.
 * Composer itself pads with zeros before it compares; advisories and the
 * public test lists rest on version_compare. Two of its oddities are left out,
 * for they are no order: a last part that is empty, and "#" for any number.
 *
 * key ::= {kind | number} 0x06, kinds 0x01 to 0x05 below it, 0xFA above */
#include "version/version_internal.h"

#define END 0x06

static uint8_t word_kind(as_str word)
{
    static const struct {
        as_str begins;
        uint8_t kind;
    } kinds[] = {
        {AS_STR_INIT("dev"), 0x02}, {AS_STR_INIT("a"), 0x03},
        {AS_STR_INIT("b"), 0x04},   {AS_STR_INIT("RC"), 0x05},
        {AS_STR_INIT("rc"), 0x05},  {AS_STR_INIT("p"), 0xFA},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++)
        if (as_str_starts(word, kinds[i].begins))
            return kinds[i].kind;
    return 0x01;
}

static bool is_joint(char c)
{
    return c == '-' || c == '_' || c == '+';
}

/* Whether c, behind last, begins a part though no sign parts them. PHP takes
 * any sign right behind a digit for the beginning of a word. */
static bool is_step(char last, char c)
{
    bool digit = as_ascii_is_digit(last), now = as_ascii_is_digit(c);

    if (digit)
        return !now && c != '.' && !is_joint(c);
    return now && last != '.' && !is_joint(last);
}

/* Cuts the first part; its first character is taken whatever it is. */
static as_str take_part(as_str *rest)
{
    as_str s = *rest;
    size_t n = 1;

    while (n < s.n && as_ascii_is_alnum(s.p[n]) && !is_step(s.p[n - 1], s.p[n]))
        n++;
    as_version_skip(rest, n);
    return as_str_slice(s, 0, n);
}

static void put_part(as_version_out *o, as_str part)
{
    if (as_version_digit_first(part))
        as_version_put_number(o, part);
    else
        as_version_put(o, word_kind(part));
}

const char *as_order_composer(const as_version_scheme *s, as_str v,
                              as_version_out *o)
{
    char last;

    if (as_version_begins(v, 'v') || as_version_begins(v, 'V'))
        as_version_skip(&v, 1);
    if (v.n == 0)
        return "nothing follows the v";
    for (last = '.'; v.n > 0 && !o->full; last = v.p[-1]) {
        if (o->n == 0 || as_ascii_is_alnum(v.p[0]) || is_step(last, v.p[0]))
            put_part(o, take_part(&v));
        else
            as_version_skip(&v, 1);
    }
    as_version_put(o, END);
    return NULL;
}
