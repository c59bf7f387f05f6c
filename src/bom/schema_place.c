/* SPDX-License-Identifier: Apache-2.0 */
/* Line and column of findings in JSON text: one walk over the text for all of
 * them, however many they are. The text has been parsed before, so the walk
 * only needs to know strings, brackets and commas.
 *
 * A finding stands at steps: which member or element at each level. Findings
 * come sorted by them, which is the order in which the walk meets the values.
 */
#include "base/limits.h"
#include "bom/schema_internal.h"

#include <stdlib.h>
#include <string.h>

struct walk {
    as_span in;
    size_t at, line_start, counted;
    uint64_t line;
    uint32_t *path; /* step at each open level */
    size_t depth, cap;
};

/* First c in [from, to), or to. */
static size_t find(const struct walk *w, char c, size_t from, size_t to)
{
    const uint8_t *at = from < to ? memchr(w->in.p + from, c, to - from) : NULL;

    return at ? (size_t)(at - w->in.p) : to;
}

/* Each byte is looked at twice at most: for the quote, for backslashes before
 * it. */
static void skip_string(struct walk *w)
{
    size_t quote = find(w, '"', w->at + 1, w->in.n), escape;

    w->at++;
    while ((escape = find(w, '\\', w->at, quote)) < quote) {
        w->at = escape + 2;
        if (w->at > quote)
            quote = find(w, '"', w->at, w->in.n);
    }
    w->at = quote + 1;
}

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void skip_space(struct walk *w)
{
    while (w->at < w->in.n && is_space(w->in.p[w->at]))
        w->at++;
}

static void skip_scalar(struct walk *w)
{
    while (w->at < w->in.n && !is_space(w->in.p[w->at]) &&
           w->in.p[w->at] != ',' && w->in.p[w->at] != ']' &&
           w->in.p[w->at] != '}')
        w->at++;
}

/* At a value's first byte: its line and column. */
static void set(struct walk *w, as_schema_place *place)
{
    for (; w->counted < w->at; w->counted++) {
        if (w->in.p[w->counted] == '\n') {
            w->line++;
            w->line_start = w->counted + 1;
        }
    }
    place->line = w->line;
    place->column = w->at - w->line_start + 1;
    place->offset = w->at;
}

static bool is_here(const struct walk *w, const as_schema_place *place)
{
    return place->n == w->depth &&
           (w->depth == 0 ||
            memcmp(place->steps, w->path, w->depth * sizeof *w->path) == 0);
}

static bool push(struct walk *w)
{
    if (w->depth == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 64;
        uint32_t *path = reallocarray(w->path, cap, sizeof *path);
        if (!path)
            return false;
        w->path = path;
        w->cap = cap;
    }
    w->path[w->depth++] = 0;
    return true;
}

/* Behind a value: to the next one, or to the end. */
static void next_value(struct walk *w)
{
    while (w->depth && w->at < w->in.n) {
        skip_space(w);
        if (w->at < w->in.n && w->in.p[w->at++] == ',') {
            w->path[w->depth - 1]++;
            return;
        }
        w->depth--; /* it was a closing bracket */
    }
    w->at = w->in.n;
}

/* At a key, or at a value of an array. */
static void skip_key(struct walk *w)
{
    size_t at;

    skip_space(w);
    if (w->at >= w->in.n || w->in.p[w->at] != '"')
        return;
    at = w->at;
    skip_string(w);
    skip_space(w);
    if (w->at < w->in.n && w->in.p[w->at] == ':') {
        w->at++;
        skip_space(w);
    } else {
        w->at = at; /* a string, not a key */
    }
}

/* At a value's first byte: into it, or over it. False without memory. */
static bool enter(struct walk *w)
{
    uint8_t c = w->in.p[w->at];

    if (c == '"') {
        skip_string(w);
    } else if (c != '{' && c != '[') {
        skip_scalar(w);
    } else {
        w->at++;
        skip_space(w);
        if (w->at < w->in.n && w->in.p[w->at] != '}' && w->in.p[w->at] != ']')
            return push(w);
        w->at++;
    }
    next_value(w);
    return true;
}

void as_schema_locate(as_span json, as_schema_finding *sorted, size_t n)
{
    struct walk w = {json, 0, 0, 0, 1, NULL, 0, 0};
    size_t i = 0;

    if (json.n >= 3 && memcmp(json.p, "\xEF\xBB\xBF", 3) == 0)
        w.at = w.line_start = w.counted = 3;
    skip_space(&w);
    while (i < n && w.at < w.in.n) {
        for (; i < n && is_here(&w, &sorted[i].place); i++)
            set(&w, &sorted[i].place);
        if (!enter(&w))
            break;
        skip_key(&w);
    }
    free(w.path);
}
