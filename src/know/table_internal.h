/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of lists: rows of a CSV by the words of its header. */
#ifndef AS_KNOW_TABLE_INTERNAL_H
#define AS_KNOW_TABLE_INTERNAL_H

#include "base/csv.h"

enum { AS_TABLE_FIELDS = 400 };

typedef struct as_table {
    as_csv csv;
    as_arena *file; /* the header */
    as_arena *row;  /* the row at hand */
    as_str header[AS_TABLE_FIELDS];
    size_t n_header;
    as_str fields[AS_TABLE_FIELDS];
    size_t n;        /* fields of the row at hand, may be more than kept */
    uint64_t line;   /* where it begins */
    bool unfinished; /* a quote of it is never closed */
    bool bad_text;   /* it is no UTF-8; fields that are not are absent */
} as_table;

/* separator: what stands between fields. False without a header. */
bool as_table_open(as_table *t, as_span bytes, char separator);
/* The next row; false at the end. A row that is the header again is passed
 * over. The fields live until the next call. */
bool as_table_next(as_table *t);
/* Which field stands under the word (case does not matter), or
 * AS_TABLE_FIELDS. */
size_t as_table_column(const as_table *t, as_str word);
/* The field, trimmed; absent when there is none or it is empty. */
as_str as_table_at(const as_table *t, size_t column);
as_str as_table_get(const as_table *t, const char *word);
void as_table_close(as_table *t);
/* Does the first line, up to 64 KiB, have all these words as fields? The words
 * end with NULL. */
bool as_table_has(as_span bytes, char separator, const char *const *words);

#endif
