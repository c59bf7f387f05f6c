/* SPDX-License-Identifier: Apache-2.0 */
/* Text out of records: cleaned, bounded, checked; see feed_internal.h. */
#include "know/feed_internal.h"
#include "model/cpe.h"

as_str as_feed_text(as_arena *a, as_str s, size_t max)
{
    bool clean = true;
    char *p;

    s = as_str_trim(s);
    if (s.n > max) {
        s.n = max;
        while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
            s.n--;
        s = as_str_trim(s);
    }
    if (as_str_is_empty(s))
        return AS_ABSENT;
    for (size_t i = 0; i < s.n; i++)
        clean = clean && (unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7F;
    if (clean)
        return s;
    p = as_arena_alloc(a, s.n);
    if (!p)
        return AS_ABSENT;
    for (size_t i = 0; i < s.n; i++)
        p[i] = (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F ? ' ' : s.p[i];
    return as_str_of(p, s.n);
}

bool as_feed_is_id(as_str s)
{
    if (s.n == 0 || s.n > AS_LIMIT_RECORD_ID)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= 0x20 || s.p[i] >= 0x7F)
            return false;
    return true;
}

bool as_feed_is_cve(as_str s)
{
    if (s.n < 13 || s.n > 24 || !as_str_starts_nocase(s, AS_STR("CVE-")) ||
        s.p[8] != '-')
        return false;
    for (size_t i = 4; i < s.n; i++)
        if (i != 8 && !as_ascii_is_digit(s.p[i]))
            return false;
    return true;
}

bool as_feed_is_date(as_str s)
{
    uint64_t y, m, d;

    return s.n == 10 && s.p[4] == '-' && s.p[7] == '-' &&
           as_str_u64(as_str_slice(s, 0, 4), &y) &&
           as_str_u64(as_str_slice(s, 5, 7), &m) &&
           as_str_u64(as_str_slice(s, 8, 10), &d) && m >= 1 && m <= 12 &&
           d >= 1 && d <= 31;
}

bool as_str_list_add(as_arena *a, as_str_list *l, as_str s)
{
    as_str *grown;

    if (as_str_is_empty(s))
        return true;
    grown = as_arena_grow(a, l->items, &l->cap, l->n + 1, sizeof *l->items);
    if (!grown)
        return false;
    l->items = grown;
    l->items[l->n++] = s;
    return true;
}

bool as_str_list_add_once(as_arena *a, as_str_list *l, as_str s)
{
    for (size_t i = 0; i < l->n; i++)
        if (as_str_eq(l->items[i], s))
            return true;
    return as_str_list_add(a, l, s);
}

/* ---- CPE names ---------------------------------------------------------- */

as_str as_feed_cpe_key(as_arena *a, as_str text)
{
    as_str part, vendor, product;
    as_cpe cpe;

    if (as_cpe_read_lenient(text, a, &cpe, NULL) != AS_OK)
        return AS_ABSENT;
    part = as_cpe_key(&cpe.attribute[AS_CPE_PART], a);
    vendor = as_cpe_key(&cpe.attribute[AS_CPE_VENDOR], a);
    product = as_cpe_key(&cpe.attribute[AS_CPE_PRODUCT], a);
    if (as_str_is_empty(part) || as_str_is_empty(vendor) ||
        as_str_is_empty(product))
        return AS_ABSENT;
    return as_arena_printf(a, "%.*s:%.*s:%.*s", AS_FMT(part), AS_FMT(vendor),
                           AS_FMT(product));
}
