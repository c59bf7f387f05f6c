/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of lists by the words of their header; see table_internal.h. */
#include "know/table_internal.h"

#include "base/limits.h"

#include <string.h>

enum { HEAD_BYTES = 1 << 16 };

/* The header's fields in *t, from its own arena. */
static bool read_header(as_table *t)
{
    size_t n = 0;

    if (!as_csv_next(&t->csv, t->file, t->header, AS_TABLE_FIELDS, &n))
        return false;
    t->n_header = n < AS_TABLE_FIELDS ? n : AS_TABLE_FIELDS;
    for (size_t i = 0; i < t->n_header; i++) {
        if (as_span_utf8_bad(as_str_span(t->header[i])) < t->header[i].n)
            t->header[i] = AS_ABSENT;
        t->header[i] = as_str_trim(t->header[i]);
    }
    return !t->csv.unfinished;
}

bool as_table_open(as_table *t, as_span bytes, char separator)
{
    memset(t, 0, sizeof *t);
    as_csv_init(&t->csv, bytes);
    t->csv.separator = separator;
    t->file = as_arena_new(AS_LIMIT_RECORD_BYTES);
    if (t->file && read_header(t))
        return true;
    as_table_close(t);
    return false;
}

static bool is_header(const as_table *t)
{
    if (t->n != t->n_header || t->n < 2)
        return false;
    for (size_t i = 0; i < t->n; i++)
        if (!as_str_eq(as_str_trim(t->fields[i]), t->header[i]))
            return false;
    return true;
}

bool as_table_next(as_table *t)
{
    do {
        size_t kept;
        as_arena_free(t->row);
        t->row = as_arena_new(AS_LIMIT_FEED_MEMBER_BYTES);
        t->line = t->csv.line;
        t->bad_text = false;
        if (!t->row ||
            !as_csv_next(&t->csv, t->row, t->fields, AS_TABLE_FIELDS, &t->n))
            return false;
        t->unfinished = t->csv.unfinished;
        kept = t->n < AS_TABLE_FIELDS ? t->n : AS_TABLE_FIELDS;
        for (size_t i = 0; i < kept; i++) {
            if (as_span_utf8_bad(as_str_span(t->fields[i])) < t->fields[i].n) {
                t->fields[i] = AS_ABSENT;
                t->bad_text = true;
            }
        }
    } while (is_header(t));
    return true;
}

size_t as_table_column(const as_table *t, as_str word)
{
    for (size_t i = 0; i < t->n_header; i++)
        if (as_str_eq_nocase(t->header[i], word))
            return i;
    return AS_TABLE_FIELDS;
}

as_str as_table_at(const as_table *t, size_t column)
{
    as_str s = column < t->n && column < AS_TABLE_FIELDS ? t->fields[column]
                                                         : AS_ABSENT;

    s = as_str_trim(s);
    return s.n ? s : AS_ABSENT;
}

as_str as_table_get(const as_table *t, const char *word)
{
    return as_table_at(t, as_table_column(t, as_str_c(word)));
}

void as_table_close(as_table *t)
{
    t->file = as_arena_free(t->file);
    t->row = as_arena_free(t->row);
}

bool as_table_has(as_span bytes, char separator, const char *const *words)
{
    as_span head = {bytes.p, bytes.n < HEAD_BYTES ? bytes.n : HEAD_BYTES};
    bool all = true;
    as_table t;

    if (!as_table_open(&t, head, separator))
        return false;
    for (; *words && all; words++)
        all = as_table_column(&t, as_str_c(*words)) < AS_TABLE_FIELDS;
    as_table_close(&t);
    return all;
}
