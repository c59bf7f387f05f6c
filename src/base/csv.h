/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated values (RFC 4180): quoted fields may hold commas, line ends
 * and doubled quotes. LF or CRLF. Fields point into the input where they can,
 * else into the arena. */
#ifndef AS_BASE_CSV_H
#define AS_BASE_CSV_H

#include "base/arena.h"

typedef struct as_csv {
    as_str rest;
    uint64_t line;   /* of the next row, from 1 */
    uint64_t row;    /* line where the row that was read last begins */
    bool unfinished; /* a quote was never closed */
    char separator;  /* between fields; as_csv_init: a comma */
    bool stray;      /* the last row has text behind a closing quote */
} as_csv;

/* A byte order mark of UTF-8, which spreadsheets write, is passed over. */
void as_csv_init(as_csv *c, as_span bytes);
/* The one that the first line has most of: a comma, a semicolon or a tab. */
char as_csv_separator_of(as_span bytes);
/* The next row; false at the end. Fields beyond cap are counted in *n but not
 * kept. An empty line is passed over. */
bool as_csv_next(as_csv *c, as_arena *a, as_str *fields, size_t cap, size_t *n);

#endif
