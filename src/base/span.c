/* SPDX-License-Identifier: Apache-2.0 */
/* Slices and the cursor; see span.h. No allocation here. */
#include "base/span.h"

#include <string.h>

as_str as_str_c(const char *c)
{
    return c ? (as_str){c, strlen(c)} : AS_ABSENT;
}

as_span as_str_span(as_str s)
{
    return (as_span){(const uint8_t *)s.p, s.n};
}

/* Length of the valid UTF-8 sequence at p (RFC 3629 section 4), or 0. */
static size_t utf8_len(const uint8_t *p, size_t left)
{
    uint8_t lo = 0x80, hi = 0xBF;
    size_t n;

    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    n = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (left < n)
        return 0;
    if (p[0] == 0xE0)
        lo = 0xA0;
    if (p[0] == 0xED)
        hi = 0x9F;
    if (p[0] == 0xF0)
        lo = 0x90;
    if (p[0] == 0xF4)
        hi = 0x8F;
    if (p[1] < lo || p[1] > hi)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

size_t as_span_utf8_bad(as_span s)
{
    size_t i = 0;

    while (i < s.n) {
        uint64_t w;
        if (s.n - i >= sizeof w) {
            memcpy(&w, s.p + i, sizeof w);
            if ((w & UINT64_C(0x8080808080808080)) == 0) {
                i += sizeof w;
                continue;
            }
        }
        if (s.p[i] < 0x80) {
            i++;
            continue;
        }
        size_t n = utf8_len(s.p + i, s.n - i);
        if (n == 0)
            return i;
        i += n;
    }
    return s.n;
}

/* U+FEFF, U+061C and the ranges of U+2000; U+E0000 to U+E007F. */
static bool hides(const uint8_t *p, size_t n)
{
    if (n == 2)
        return (p[0] == 0xC2 && p[1] < 0xA0) || (p[0] == 0xD8 && p[1] == 0x9C);
    if (n == 4)
        return p[0] == 0xF3 && p[1] == 0xA0 && p[2] <= 0x81;
    if (p[0] == 0xEF)
        return p[1] == 0xBB && p[2] == 0xBF;
    if (p[0] != 0xE2)
        return false;
    if (p[1] == 0x80)
        return (p[2] >= 0x8B && p[2] <= 0x8F) || (p[2] >= 0xA8 && p[2] <= 0xAE);
    return p[1] == 0x81 && p[2] >= 0xA0 && p[2] <= 0xAF;
}

size_t as_str_unsafe(as_str s, size_t i)
{
    const uint8_t *p = (const uint8_t *)s.p + i;
    size_t n;

    if (p[0] < 0x80)
        return p[0] < 0x20 || p[0] == 0x7F;
    n = utf8_len(p, s.n - i);
    return n > 1 && hides(p, n) ? n : 0;
}

bool as_span_str(as_span s, as_str *ret)
{
    if (as_span_utf8_bad(s) != s.n)
        return false;
    *ret = (as_str){(const char *)s.p, s.n};
    return true;
}

bool as_str_eq_nocase(as_str a, as_str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (as_ascii_lower(a.p[i]) != as_ascii_lower(b.p[i]))
            return false;
    return true;
}

int as_str_cmp(as_str a, as_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int r = n ? memcmp(a.p, b.p, n) : 0;

    if (r != 0)
        return r;
    return (a.n > b.n) - (a.n < b.n);
}

int as_str_qsort_cmp(const void *a, const void *b)
{
    return as_str_cmp(*(const as_str *)a, *(const as_str *)b);
}

bool as_str_starts(as_str s, as_str prefix)
{
    return s.n >= prefix.n && as_str_eq(as_str_slice(s, 0, prefix.n), prefix);
}

bool as_str_starts_nocase(as_str s, as_str prefix)
{
    return s.n >= prefix.n &&
           as_str_eq_nocase(as_str_slice(s, 0, prefix.n), prefix);
}

bool as_str_ends(as_str s, as_str suffix)
{
    return s.n >= suffix.n &&
           as_str_eq(as_str_slice(s, s.n - suffix.n, s.n), suffix);
}

size_t as_str_find(as_str s, char c)
{
    const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

    return at ? (size_t)(at - s.p) : s.n;
}

size_t as_str_rfind(as_str s, char c)
{
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == c)
            return i - 1;
    return s.n;
}

size_t as_str_search(as_str s, as_str needle)
{
    const char *at;

    if (needle.n == 0)
        return 0;
    if (s.n < needle.n)
        return s.n;
    at = memmem(s.p, s.n, needle.p, needle.n);
    return at ? (size_t)(at - s.p) : s.n;
}

as_str as_str_trim(as_str s)
{
    size_t from = 0, to = s.n;

    while (from < to && as_ascii_is_space(s.p[from]))
        from++;
    while (to > from && as_ascii_is_space(s.p[to - 1]))
        to--;
    return as_str_slice(s, from, to);
}

as_str as_str_cut(as_str *rest, char c)
{
    as_str s = *rest;
    size_t at = as_str_find(s, c);

    *rest = at == s.n ? AS_ABSENT : as_str_slice(s, at + 1, s.n);
    return as_str_slice(s, 0, at);
}

bool as_str_u64(as_str s, uint64_t *ret)
{
    uint64_t v = 0;

    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!as_ascii_is_digit(s.p[i]))
            return false;
        if (__builtin_mul_overflow(v, UINT64_C(10), &v) ||
            __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
            return false;
    }
    *ret = v;
    return true;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 r = a;

    r *= b;
    return (uint64_t)r ^ (uint64_t)(r >> 64);
}

uint64_t as_str_hash(as_str s)
{
    const uint64_t k0 = UINT64_C(0xa0761d6478bd642f);
    const uint64_t k1 = UINT64_C(0xe7037ed1a0b428db);
    uint64_t h = k0 ^ s.n, w;
    size_t i = 0;

    for (; s.n - i >= sizeof w; i += sizeof w) {
        memcpy(&w, s.p + i, sizeof w);
        h = mix(h ^ w, k1);
    }
    w = 0;
    if (s.n > i)
        memcpy(&w, s.p + i, s.n - i);
    return mix(mix(h ^ w, k1), k0);
}

void as_cursor_init(as_cursor *c, as_span s, uint64_t fuel)
{
    c->start = c->at = s.p;
    c->end = s.p + s.n;
    c->fuel = fuel;
    c->bad = false;
}

as_span as_cursor_bytes(as_cursor *c, size_t n)
{
    as_span s = {c->at, 0};

    if (c->bad || c->fuel == 0 || as_cursor_left(c) < n) {
        c->bad = true;
        return s;
    }
    c->fuel--;
    s.n = n;
    c->at += n;
    return s;
}

/* Little-endian number of n bytes; 0 when there are not so many. */
static uint64_t number_le(as_cursor *c, size_t n)
{
    as_span s = as_cursor_bytes(c, n);
    uint64_t v = 0;

    for (size_t i = s.n; i > 0; i--)
        v = v << 8 | s.p[i - 1];
    return v;
}

uint8_t as_cursor_u8(as_cursor *c)
{
    if (c->bad || c->fuel == 0 || c->at == c->end) {
        c->bad = true;
        return 0;
    }
    c->fuel--;
    return *c->at++;
}

uint16_t as_cursor_u16le(as_cursor *c)
{
    return (uint16_t)number_le(c, 2);
}

uint32_t as_cursor_u32le(as_cursor *c)
{
    return (uint32_t)number_le(c, 4);
}

uint64_t as_cursor_u64le(as_cursor *c)
{
    return number_le(c, 8);
}

uint64_t as_cursor_varint(as_cursor *c)
{
    uint64_t v = 0;

    /* Most are of one byte. */
    if (c->at < c->end && *c->at < 0x80)
        return as_cursor_u8(c);
    for (unsigned shift = 0; shift < 64; shift += 7) {
        uint8_t b = as_cursor_u8(c);
        if (shift == 63 && b > 1)
            break;
        v |= (uint64_t)(b & 0x7F) << shift;
        if (!(b & 0x80))
            return v;
    }
    c->bad = true;
    return 0;
}
