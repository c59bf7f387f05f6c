/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated values; see csv.h. */
#include "base/csv.h"

#include <string.h>

void as_csv_init(as_csv *c, as_span bytes)
{
    if (bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0)
        bytes = (as_span){bytes.p + 3, bytes.n - 3};
    *c = (as_csv){.rest = as_str_of((const char *)bytes.p, bytes.n),
                  .line = 1,
                  .separator = ','};
}

char as_csv_separator_of(as_span bytes)
{
    as_str line = as_str_of((const char *)bytes.p, bytes.n);
    const char *marks = ",;\t";
    size_t counts[3] = {0}, best = 0;

    line = as_str_cut(&line, '\n');
    for (size_t i = 0; i < line.n && i < 65536; i++)
        for (size_t k = 0; k < 3; k++)
            counts[k] += line.p[i] == marks[k];
    for (size_t k = 1; k < 3; k++)
        best = counts[k] > counts[best] ? k : best;
    return marks[best];
}

/* Offset of the quote that closes the field that starts behind at; doubled
 * quotes are passed over and counted. s.n when there is none. */
static size_t closing_quote(as_str s, size_t at, size_t *doubled,
                            uint64_t *lines)
{
    for (; at < s.n; at++) {
        if (s.p[at] == '\n')
            ++*lines;
        if (s.p[at] != '"')
            continue;
        if (at + 1 == s.n || s.p[at + 1] != '"')
            return at;
        ++*doubled;
        at++;
    }
    return s.n;
}

static as_str undouble(as_arena *a, as_str s, size_t doubled)
{
    char *p;
    size_t n = 0;

    if (doubled == 0)
        return s;
    p = as_arena_alloc(a, s.n - doubled + 1);
    if (!p)
        return AS_ABSENT;
    for (size_t i = 0; i < s.n; i++) {
        p[n++] = s.p[i];
        i += s.p[i] == '"';
    }
    return as_str_of(p, n);
}

static as_str quoted_field(as_csv *c, as_arena *a)
{
    size_t doubled = 0, end = closing_quote(c->rest, 1, &doubled, &c->line);
    as_str field = as_str_slice(c->rest, 1, end);

    if (end == c->rest.n)
        c->unfinished = true;
    c->rest = as_str_slice(c->rest, end + 1, c->rest.n);
    return undouble(a, field, doubled);
}

static as_str plain_field(as_csv *c)
{
    size_t n = 0;
    as_str field;

    while (n < c->rest.n && c->rest.p[n] != c->separator &&
           c->rest.p[n] != '\n')
        n++;
    field = as_str_slice(c->rest, 0, n);
    c->rest = as_str_slice(c->rest, n, c->rest.n);
    if (as_str_ends(field, AS_STR("\r")))
        field.n--;
    return field;
}

/* Passes what stands between a field and the next separator. True when the
 * row goes on. */
static bool separator(as_csv *c)
{
    size_t n = 0;
    char last;

    while (n < c->rest.n && c->rest.p[n] != c->separator &&
           c->rest.p[n] != '\n')
        n++;
    if (n > 1 || (n == 1 && c->rest.p[0] != '\r'))
        c->stray = true;
    last = n < c->rest.n ? c->rest.p[n] : '\n';
    c->rest = as_str_slice(c->rest, n + 1, c->rest.n);
    return last == c->separator;
}

static void pass_empty_lines(as_csv *c)
{
    while (c->rest.n && (c->rest.p[0] == '\n' || c->rest.p[0] == '\r')) {
        c->line += c->rest.p[0] == '\n';
        c->rest = as_str_slice(c->rest, 1, c->rest.n);
    }
}

bool as_csv_next(as_csv *c, as_arena *a, as_str *fields, size_t cap, size_t *n)
{
    bool more = true;

    *n = 0;
    c->stray = false;
    pass_empty_lines(c);
    c->row = c->line;
    if (c->rest.n == 0)
        return false;
    while (more) {
        as_str f = c->rest.n && c->rest.p[0] == '"' ? quoted_field(c, a)
                                                    : plain_field(c);
        if (*n < cap)
            fields[*n] = f;
        ++*n;
        more = separator(c);
    }
    c->line++;
    return true;
}
