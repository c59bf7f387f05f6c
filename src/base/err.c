/* SPDX-License-Identifier: Apache-2.0 */
/* The error object; see err.h. */
#include "base/err.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void as_place_init(as_place *p)
{
    memset(p, 0, sizeof *p);
    p->offset = UINT64_MAX;
}

void as_err_init(as_err *err)
{
    memset(err, 0, sizeof *err);
    as_place_init(&err->place);
}

/* Cuts a text that vsnprintf truncated back to the edge of a character. */
static void cut_at_edge(char *s, size_t cap)
{
    size_t n = strnlen(s, cap);
    size_t bad = as_span_utf8_bad((as_span){(const uint8_t *)s, n});

    if (bad < n && n + 4 >= cap && n - bad < 4)
        s[bad] = 0;
}

static AS_PRINTF(3, 0) void format(char *buf, size_t cap, const char *fmt,
                                   va_list ap)
{
    vsnprintf(buf, cap, fmt, ap);
    cut_at_edge(buf, cap);
}

as_rc as_fail(as_err *err, as_rc rc, const char *fmt, ...)
{
    va_list ap;

    if (!err)
        return rc;
    err->rc = rc;
    va_start(ap, fmt);
    format(err->what, sizeof err->what, fmt, ap);
    va_end(ap);
    err->detail[0] = 0;
    err->hint[0] = 0;
    return rc;
}

void as_err_detail(as_err *err, const char *fmt, ...)
{
    va_list ap;

    if (!err)
        return;
    va_start(ap, fmt);
    format(err->detail, sizeof err->detail, fmt, ap);
    va_end(ap);
}

void as_err_hint(as_err *err, const char *fmt, ...)
{
    va_list ap;

    if (!err)
        return;
    va_start(ap, fmt);
    format(err->hint, sizeof err->hint, fmt, ap);
    va_end(ap);
}

static void copy(char *buf, size_t cap, as_str s)
{
    snprintf(buf, cap, "%.*s", AS_FMT(s));
    cut_at_edge(buf, cap);
}

void as_err_file(as_err *err, as_str file)
{
    if (err)
        copy(err->place.file, sizeof err->place.file, file);
}

void as_err_line(as_err *err, uint64_t line, uint64_t column)
{
    if (!err)
        return;
    err->place.line = line;
    err->place.column = column;
}

void as_err_path(as_err *err, as_str path)
{
    if (err)
        copy(err->place.path, sizeof err->place.path, path);
}

struct text {
    char *buf;
    size_t cap, n;
};

/* Appends with unsafe characters escaped: an input must not drive the terminal
 * of the person who reads why it was refused. */
static void put(struct text *t, const char *c)
{
    as_str s = as_str_c(c);
    size_t escaped = 0;

    for (size_t i = 0; i < s.n && t->n + 5 < t->cap; i++) {
        if (escaped == 0)
            escaped = as_str_unsafe(s, i);
        if (escaped == 0) {
            t->buf[t->n++] = s.p[i];
            continue;
        }
        t->n += (size_t)snprintf(t->buf + t->n, 5, "\\x%02x", (uint8_t)s.p[i]);
        escaped--;
    }
}

static void put_number(struct text *t, const char *before, uint64_t v)
{
    char num[24];

    snprintf(num, sizeof num, "%" PRIu64, v);
    put(t, before);
    put(t, num);
}

static void put_place(struct text *t, const as_place *p)
{
    put(t, p->file);
    if (p->line) {
        put_number(t, p->file[0] ? ":" : "line ", p->line);
        if (p->column)
            put_number(t, ":", p->column);
    } else if (p->offset != UINT64_MAX) {
        put_number(t, p->file[0] ? ": offset " : "offset ", p->offset);
    }
    if (p->path[0]) {
        put(t, t->n ? ": at " : "at ");
        put(t, p->path);
    }
    if (t->n)
        put(t, ": ");
}

size_t as_err_text(const as_err *err, char *buf, size_t cap)
{
    struct text t = {buf, cap, 0};

    if (cap == 0)
        return 0;
    put_place(&t, &err->place);
    put(&t, err->what);
    if (err->detail[0]) {
        put(&t, ": ");
        put(&t, err->detail);
    }
    if (err->hint[0]) {
        put(&t, " (");
        put(&t, err->hint);
        put(&t, ")");
    }
    buf[t.n] = 0;
    return t.n;
}

int as_rc_exit(as_rc rc)
{
    switch (rc) {
    case AS_OK: return 0;
    case AS_ERR_USAGE: return 64;
    case AS_ERR_INPUT:
    case AS_ERR_LIMIT:
    case AS_ERR_UNSUPPORTED: return 65;
    case AS_ERR_NO_INPUT: return 66;
    case AS_ERR_MEMORY:
    case AS_ERR_INTERNAL: return 70;
    case AS_ERR_IO: return 74;
    }
    return 70;
}
