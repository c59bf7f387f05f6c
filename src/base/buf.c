/* SPDX-License-Identifier: Apache-2.0 */
/* The growing buffer; see buf.h. */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_TEXT = 256 }; /* of one printf: formatted once, not twice */

void as_buf_init(as_buf *b, size_t ceiling)
{
    *b = (as_buf){.ceiling = ceiling};
}

void as_buf_done(as_buf *b)
{
    free(b->p);
    as_buf_init(b, b->ceiling);
}

char *as_buf_reserve(as_buf *b, size_t n)
{
    size_t want, cap = b->cap ? b->cap : 256;
    char *p;

    if (b->failed || !as_size_add(b->n, n, &want) || want > b->ceiling) {
        b->failed = true;
        return NULL;
    }
    if (want <= b->cap)
        return b->p + b->n;
    while (cap < want)
        cap = cap > SIZE_MAX / 2 ? want : cap * 2;
    if (cap > b->ceiling)
        cap = b->ceiling;
    p = realloc(b->p, cap);
    if (!p) {
        b->failed = true;
        return NULL;
    }
    b->p = p;
    b->cap = cap;
    return b->p + b->n;
}

void as_buf_put(as_buf *b, const void *p, size_t n)
{
    char *at;

    if (n == 0)
        return;
    at = as_buf_reserve(b, n);
    if (!at)
        return;
    memcpy(at, p, n);
    b->n += n;
}

void as_buf_str(as_buf *b, as_str s)
{
    as_buf_put(b, s.p, s.n);
}

void as_buf_c(as_buf *b, const char *s)
{
    as_buf_put(b, s, strlen(s));
}

void as_buf_byte(as_buf *b, char c)
{
    if (b->n < b->cap && !b->failed)
        b->p[b->n++] = c;
    else
        as_buf_put(b, &c, 1);
}

void as_buf_shown(as_buf *b, as_str s)
{
    size_t escaped = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (escaped == 0)
            escaped = as_str_unsafe(s, i);
        if (escaped == 0) {
            as_buf_byte(b, s.p[i]);
            continue;
        }
        as_buf_printf(b, "\\x%02X", (uint8_t)s.p[i]);
        escaped--;
    }
}

void as_buf_vprintf(as_buf *b, const char *fmt, va_list ap)
{
    char small[USUAL_TEXT];
    va_list again;
    char *at;
    int n;

    va_copy(again, ap);
    n = vsnprintf(small, sizeof small, fmt, again);
    va_end(again);
    if (n >= 0 && (size_t)n < sizeof small) {
        as_buf_put(b, small, (size_t)n);
        return;
    }
    at = n < 0 ? NULL : as_buf_reserve(b, (size_t)n + 1);
    if (!at)
        return;
    vsnprintf(at, (size_t)n + 1, fmt, ap);
    b->n += (size_t)n;
}

void as_buf_printf(as_buf *b, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    as_buf_vprintf(b, fmt, ap);
    va_end(ap);
}

static void put_le(as_buf *b, uint64_t v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        as_buf_byte(b, (char)(v >> (8 * i)));
}

void as_buf_u32le(as_buf *b, uint32_t v)
{
    put_le(b, v, 4);
}

void as_buf_u64le(as_buf *b, uint64_t v)
{
    put_le(b, v, 8);
}

void as_buf_varint(as_buf *b, uint64_t v)
{
    while (v >= 0x80) {
        as_buf_byte(b, (char)(v | 0x80));
        v >>= 7;
    }
    as_buf_byte(b, (char)v);
}

void as_buf_clear(as_buf *b)
{
    b->n = 0;
}

void as_buf_line(as_buf *b, const char *fmt, ...)
{
    as_buf text;
    va_list ap;

    as_buf_init(&text, b->ceiling);
    va_start(ap, fmt);
    as_buf_vprintf(&text, fmt, ap);
    va_end(ap);
    as_buf_shown(b, as_buf_text(&text));
    as_buf_byte(b, '\n');
    b->failed |= text.failed;
    as_buf_done(&text);
}
