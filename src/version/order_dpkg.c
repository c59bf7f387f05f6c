/* SPDX-License-Identifier: Apache-2.0 */
/* Debian Policy, section 5.6.12: [epoch:]upstream[-revision].
 *
 * Upstream version and revision are each a series of (text, number) pairs. In
 * texts the tilde stands before the end, the end before letters, and letters
 * before all else; a missing number or revision is 0. The last hyphen splits.
 *
 * key    ::= epoch series series
 * series ::= {text 0x02 number} 0x02, at least one pair
 * text   ::= {0x01 (tilde) | letter | 0x80 + ASCII | 0xFE byte} */
#include "version/version_internal.h"

#define END 0x02

static void put_char(as_version_out *o, char c)
{
    uint8_t byte = (uint8_t)c;

    if (c == '~') {
        as_version_put(o, 0x01);
    } else if (as_ascii_is_alpha(c)) {
        as_version_put(o, byte);
    } else if (byte < 0x80) {
        as_version_put(o, (uint8_t)(0x80 | byte));
    } else {
        as_version_put(o, 0xFE); /* free: the tilde stands elsewhere */
        as_version_put(o, byte);
    }
}

static void put_series(as_version_out *o, as_str s)
{
    do {
        for (; s.n > 0 && !as_ascii_is_digit(s.p[0]); as_version_skip(&s, 1))
            put_char(o, s.p[0]);
        as_version_put(o, END);
        as_version_put_number(o, as_version_take_digits(&s));
    } while (s.n > 0);
    as_version_put(o, END);
}

const char *as_order_dpkg(const as_version_scheme *s, as_str v,
                          as_version_out *o)
{
    as_str epoch = AS_STR("0");
    size_t colon = as_str_find(v, ':'), dash;

    if (s->flags & AS_DPKG_WHOLE) {
        put_series(o, v);
        return NULL;
    }
    if (colon < v.n) {
        epoch = as_str_slice(v, 0, colon);
        as_version_skip(&v, colon + 1);
        if (!as_version_all_digits(epoch))
            return "the epoch before the colon must be a number";
        if (v.n == 0)
            return "nothing follows the epoch";
    }
    if (as_str_find(v, ' ') < v.n)
        return "it may hold no space";
    dash = as_str_rfind(v, '-');
    as_version_put_number(o, epoch);
    put_series(o, as_str_slice(v, 0, dash));
    put_series(o, as_str_slice(v, dash + 1, v.n));
    return NULL;
}
