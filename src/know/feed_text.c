/* SPDX-License-Identifier: Apache-2.0 */
/* Text out of records: cleaned, bounded, checked; see feed_internal.h. */
#include "know/feed_internal.h"

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

/* Cuts *rest at the first ':' that is not quoted. */
static as_str cut_quoted(as_str *rest)
{
    size_t n = 0;
    as_str head;

    while (n < rest->n && rest->p[n] != ':')
        n += rest->p[n] == '\\' && n + 1 < rest->n ? 2 : 1;
    head = as_str_slice(*rest, 0, n);
    *rest = as_str_slice(*rest, n + 1, rest->n);
    return head;
}

static int hex_value(char c)
{
    if (as_ascii_is_digit(c))
        return c - '0';
    c = as_ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Appends without backslashes (2.3) and percent signs (2.2), lower case. */
static void unquote(as_str s, as_buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n)
            i++;
        if (s.p[i] == '%' && i + 2 < s.n && hex_value(s.p[i + 1]) >= 0 &&
            hex_value(s.p[i + 2]) >= 0) {
            as_buf_byte(out, as_ascii_lower((char)(hex_value(s.p[i + 1]) * 16 +
                                                   hex_value(s.p[i + 2]))));
            i += 2;
            continue;
        }
        as_buf_byte(out, as_ascii_lower(s.p[i]));
    }
}

static bool is_open(as_str s)
{
    return s.n == 0 || as_str_eq(s, AS_STR("*")) || as_str_eq(s, AS_STR("-"));
}

as_str as_feed_cpe_key(as_arena *a, as_str cpe)
{
    as_str rest, attributes[3], key = AS_ABSENT;
    as_buf b;

    if (as_str_starts_nocase(cpe, AS_STR("cpe:2.3:")))
        rest = as_str_slice(cpe, 8, cpe.n);
    else if (as_str_starts_nocase(cpe, AS_STR("cpe:/")))
        rest = as_str_slice(cpe, 5, cpe.n);
    else
        return AS_ABSENT;
    as_buf_init(&b, AS_LIMIT_RECORD_NAME);
    for (size_t i = 0; i < 3; i++) {
        attributes[i] = cut_quoted(&rest);
        if (is_open(attributes[i]))
            return AS_ABSENT;
        if (i)
            as_buf_byte(&b, ':');
        unquote(attributes[i], &b);
    }
    if (attributes[0].n == 1 && !as_buf_failed(&b) &&
        as_span_utf8_bad(as_buf_span(&b)) == b.n)
        key = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    return key;
}
