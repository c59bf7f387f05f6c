/* SPDX-License-Identifier: Apache-2.0 */
/* Conan: items separated by dots, [-pre-release] [+build], each of the two
 * again a list of items.
 *
 * Trailing zeros do not count. Numbers compare as numbers, anything else as
 * text; a pre-release stands before its release, no build before any. Conan
 * compares a number with a text as texts, which is no order (10a < 2 < 10 <
 * 10a); here a text that begins with digits stands behind that number, one that
 * begins with less than a digit below all numbers, any other above.
 *
 * key   ::= items (0x01 items | 0x02) (0x01 | 0x02 items)
 * items ::= {item} 0x01
 * item  ::= number text 0x00 | (0x03 | 0xF9) text 0x00 */
#include "version/version_internal.h"

static void put_item(as_version_out *o, as_str item)
{
    if (as_version_digit_first(item))
        as_version_put_number(o, as_version_take_digits(&item));
    else if (item.n == 0 || item.p[0] < '0')
        as_version_put(o, 0x03);
    else
        as_version_put(o, 0xF9);
    as_version_put_text(o, item);
    as_version_put(o, 0x00);
}

/* Zeros are held back until something else follows. */
static void put_items(as_version_out *o, as_str s)
{
    size_t zeros = 0;
    bool more;

    do {
        size_t dot = as_str_find(s, '.');
        as_str item = as_str_slice(s, 0, dot);

        more = dot < s.n;
        as_version_skip(&s, dot + 1);
        if (item.n > 0 && as_version_is_zero(item)) {
            zeros++;
            continue;
        }
        for (; zeros > 0; zeros--)
            put_item(o, AS_STR("0"));
        put_item(o, item);
    } while (more);
    as_version_put(o, 0x01);
}

const char *as_order_conan(const as_version_scheme *s, as_str v,
                           as_version_out *o)
{
    size_t plus = as_str_rfind(v, '+');
    as_str main = as_str_slice(v, 0, plus);
    size_t dash = as_str_find(main, '-');

    put_items(o, as_str_slice(main, 0, dash));
    as_version_put(o, dash < main.n ? 0x01 : 0x02);
    if (dash < main.n)
        put_items(o, as_str_slice(main, dash + 1, main.n));
    as_version_put(o, plus < v.n ? 0x02 : 0x01);
    if (plus < v.n)
        put_items(o, as_str_slice(v, plus + 1, v.n));
    return NULL;
}
