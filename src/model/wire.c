/* SPDX-License-Identifier: Apache-2.0 */
/* The wire; see wire.h. */
#include "model/wire.h"

#include <string.h>

as_wire as_wire_writer(as_buf *out)
{
    as_wire w = {.out = out};

    as_cursor_init(&w.in, (as_span){NULL, 0}, 0);
    return w;
}

as_wire as_wire_reader(as_span in, as_arena *arena)
{
    as_wire w = {.arena = arena};

    /* Each read takes at least one byte; twice that is plenty of fuel. */
    as_cursor_init(&w.in, in, (uint64_t)in.n * 2 + 16);
    return w;
}

bool as_wire_finished(const as_wire *w)
{
    return !as_wire_bad(w) && as_cursor_left(&w->in) == 0;
}

/* The byte at hand, when it is a whole number: most are. */
static bool is_small(const as_cursor *c)
{
    return !c->bad && c->fuel > 1 && c->at < c->end && *c->at < 0x80;
}

void as_wire_u64(as_wire *w, uint64_t *v)
{
    if (!as_wire_writing(w) && is_small(&w->in)) {
        w->in.fuel--;
        *v = *w->in.at++;
    } else if (as_wire_writing(w))
        as_buf_varint(w->out, *v);
    else
        *v = as_cursor_varint(&w->in);
}

void as_wire_u32(as_wire *w, uint32_t *v)
{
    uint64_t wide = *v;

    as_wire_u64(w, &wide);
    if (wide > UINT32_MAX) {
        w->bad = true;
        wide = 0;
    }
    *v = (uint32_t)wide;
}

void as_wire_size(as_wire *w, size_t *v)
{
    uint64_t wide = *v;

    as_wire_u64(w, &wide);
    *v = (size_t)wide;
}

void as_wire_bool(as_wire *w, bool *v)
{
    *v = as_wire_enum(w, *v, 2) != 0;
}

void as_wire_double(as_wire *w, double *v)
{
    uint64_t raw;

    memcpy(&raw, v, sizeof raw);
    if (as_wire_writing(w))
        as_buf_u64le(w->out, raw);
    else
        raw = as_cursor_u64le(&w->in);
    memcpy(v, &raw, sizeof raw);
}

unsigned as_wire_enum(as_wire *w, unsigned v, unsigned limit)
{
    uint64_t wide = v;

    as_wire_u64(w, &wide);
    if (wide < limit)
        return (unsigned)wide;
    w->bad = true;
    return 0;
}

/* Bytes with length + 1 before them, 0 for the absent. */
static void wire_bytes(as_wire *w, as_span *s)
{
    uint64_t n;

    if (as_wire_writing(w)) {
        as_buf_varint(w->out, s->p ? (uint64_t)s->n + 1 : 0);
        as_buf_put(w->out, s->p, s->n);
        return;
    }
    n = as_cursor_varint(&w->in);
    *s = (as_span){NULL, 0};
    if (n == 0 || n - 1 > as_cursor_left(&w->in)) {
        w->bad = w->bad || n != 0;
        return;
    }
    *s = as_cursor_bytes(&w->in, (size_t)n - 1);
}

void as_wire_span(as_wire *w, as_span *s)
{
    wire_bytes(w, s);
}

static bool is_ascii(const uint8_t *p, size_t n)
{
    uint64_t all = 0, word;

    for (; n >= sizeof word; n -= sizeof word, p += sizeof word) {
        memcpy(&word, p, sizeof word);
        all |= word;
    }
    for (; n; n--, p++)
        all |= *p;
    return (all & UINT64_C(0x8080808080808080)) == 0;
}

/* What most strings are: short, and ASCII. False: read nothing. */
static bool read_plain(as_cursor *c, as_str *ret)
{
    size_t n = is_small(c) ? *c->at : 0;

    if (n == 0 || n > as_cursor_left(c) || !is_ascii(c->at + 1, n - 1))
        return false;
    *ret = (as_str){(const char *)c->at + 1, n - 1};
    c->at += n;
    c->fuel -= 2;
    return true;
}

void as_wire_str(as_wire *w, as_str *s)
{
    as_span bytes;

    if (!as_wire_writing(w) && read_plain(&w->in, s))
        return;
    bytes = as_str_span(*s);
    wire_bytes(w, &bytes);
    if (as_wire_writing(w))
        return;
    *s = AS_ABSENT;
    if (bytes.p && !as_span_str(bytes, s))
        w->bad = true;
}

void *as_wire_array(as_wire *w, void *items, size_t *n, size_t size)
{
    as_wire_size(w, n);
    if (as_wire_writing(w))
        return items;
    /* An element takes at least one byte. */
    if (as_wire_bad(w) || *n > as_cursor_left(&w->in)) {
        w->bad = w->bad || *n != 0;
        *n = 0;
    }
    items = *n ? as_arena_array(w->arena, *n, size) : NULL;
    if (*n && !items) {
        w->bad = true;
        *n = 0;
    }
    return items;
}

void as_wire_strs(as_wire *w, as_str **items, size_t *n)
{
    *items = as_wire_array(w, *items, n, sizeof **items);
    for (size_t i = 0; i < *n; i++)
        as_wire_str(w, &(*items)[i]);
}
