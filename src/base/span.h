/* SPDX-License-Identifier: Apache-2.0 */
/* Spans, strings and the cursor.
 *
 * as_span is a slice of bytes nobody vouches for; as_str is a slice known to be
 * valid UTF-8. Neither owns its bytes and neither ends in NUL: C strings live
 * only at the edge with libc. A NULL pointer with length 0 is the absent
 * string; as_str_is_absent tells it from the empty one.
 *
 * The cursor walks a span. Its error is sticky: read on, check once at the end.
 * Every read costs fuel, so that a loop over hostile bytes ends. */
#ifndef AS_BASE_SPAN_H
#define AS_BASE_SPAN_H

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct as_span {
    const uint8_t *p;
    size_t n;
} as_span;

typedef struct as_str {
    const char *p;
    size_t n;
} as_str;

/* A literal as as_str, also in static initialisers (AS_STR_INIT). */
#define AS_STR_INIT(lit)                                                       \
    {                                                                          \
        (lit), sizeof(lit) - 1                                                 \
    }
#define AS_STR(lit) ((as_str)AS_STR_INIT(lit))
#define AS_ABSENT   ((as_str){NULL, 0})
/* For printf: printf("%.*s", AS_FMT(s)). */
#define AS_FMT(s) (int)(s).n, (s).n ? (s).p : ""

static inline as_str as_str_of(const char *p, size_t n)
{
    return (as_str){p, n};
}

/* From a C string; NULL gives the absent string. */
as_str as_str_c(const char *c);
as_span as_str_span(as_str s);
/* The span as string when it is valid UTF-8; false leaves *ret untouched. */
AS_MUST_USE bool as_span_str(as_span s, as_str *ret);
/* Offset of the first byte that is no valid UTF-8 (RFC 3629: no surrogates,
 * nothing above U+10FFFF, no overlong form), or s.n. */
size_t as_span_utf8_bad(as_span s);
/* Bytes of the character at i when whoever shows it had better not: it drives a
 * terminal (C0, DEL, C1) or hides and turns text (zero width, line and
 * paragraph separators, marks of UAX #9, invisible operators, tags); else 0. */
size_t as_str_unsafe(as_str s, size_t i);

static inline bool as_str_is_absent(as_str s)
{
    return s.p == NULL;
}
static inline bool as_str_is_empty(as_str s)
{
    return s.n == 0;
}
static inline bool as_str_eq(as_str a, as_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
/* ASCII case folded; other bytes compared as they are. */
bool as_str_eq_nocase(as_str a, as_str b);
/* Byte order, shorter first: <0, 0, >0. */
int as_str_cmp(as_str a, as_str b);
bool as_str_starts(as_str s, as_str prefix);
bool as_str_ends(as_str s, as_str suffix);
bool as_str_starts_nocase(as_str s, as_str prefix);
/* Offset of the first / last c, or s.n when there is none. */
size_t as_str_find(as_str s, char c);
size_t as_str_rfind(as_str s, char c);
/* Offset of the first needle, or s.n. An empty needle is found at 0. */
size_t as_str_search(as_str s, as_str needle);
/* Bytes [from, to); both are clamped to s.n. */
static inline as_str as_str_slice(as_str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return s.p ? (as_str){s.p + from, to - from} : s;
}
/* Without ASCII white space at both ends. */
as_str as_str_trim(as_str s);
/* Cuts *rest at the first c: returns what stood before it and leaves what
 * stands after it. Without c the whole is returned and *rest is absent. */
as_str as_str_cut(as_str *rest, char c);
/* A whole decimal number, digits only, no sign; false on anything else. */
AS_MUST_USE bool as_str_u64(as_str s, uint64_t *ret);
/* 64-bit hash (wyhash-like mixing, not keyed): for tables of trusted size. */
uint64_t as_str_hash(as_str s);
/* qsort comparator over as_str. */
int as_str_qsort_cmp(const void *a, const void *b);

static inline bool as_ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool as_ascii_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
static inline bool as_ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool as_ascii_is_alpha(char c)
{
    return as_ascii_is_lower(c) || as_ascii_is_upper(c);
}
static inline bool as_ascii_is_alnum(char c)
{
    return as_ascii_is_alpha(c) || as_ascii_is_digit(c);
}
static inline bool as_ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline char as_ascii_lower(char c)
{
    return as_ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}
static inline char as_ascii_upper(char c)
{
    return as_ascii_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

/* Overflow-checked size arithmetic; false on overflow, *ret untouched. */
AS_MUST_USE static inline bool as_size_add(size_t a, size_t b, size_t *ret)
{
    size_t r;
    if (__builtin_add_overflow(a, b, &r))
        return false;
    *ret = r;
    return true;
}
AS_MUST_USE static inline bool as_size_mul(size_t a, size_t b, size_t *ret)
{
    size_t r;
    if (__builtin_mul_overflow(a, b, &r))
        return false;
    *ret = r;
    return true;
}

typedef struct as_cursor {
    const uint8_t *start, *at, *end;
    uint64_t fuel; /* reads left; 0 makes the cursor bad */
    bool bad;
} as_cursor;

void as_cursor_init(as_cursor *c, as_span s, uint64_t fuel);
static inline size_t as_cursor_left(const as_cursor *c)
{
    return (size_t)(c->end - c->at);
}
static inline size_t as_cursor_offset(const as_cursor *c)
{
    return (size_t)(c->at - c->start);
}
/* Each read past the end makes the cursor bad and yields 0 or an empty span. */
uint8_t as_cursor_u8(as_cursor *c);
uint16_t as_cursor_u16le(as_cursor *c);
uint32_t as_cursor_u32le(as_cursor *c);
uint64_t as_cursor_u64le(as_cursor *c);
as_span as_cursor_bytes(as_cursor *c, size_t n);
/* LEB128, at most ten bytes. */
uint64_t as_cursor_varint(as_cursor *c);

#endif
