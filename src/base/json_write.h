/* SPDX-License-Identifier: Apache-2.0 */
/* Writing JSON into a buffer. The writer puts commas, colons and (when indent
 * is not 0) line breaks; the caller puts values. Text that is not valid UTF-8
 * is written with U+FFFD for each bad byte, so output is always valid. A
 * broken nesting is a broken program and asserts. Depth at most that of a
 * document within a document. */
#ifndef AS_BASE_JSON_WRITE_H
#define AS_BASE_JSON_WRITE_H

#include "base/json.h"

enum { AS_JSON_WRITE_DEPTH = 1024 };

typedef struct as_json_writer {
    as_buf *out;
    unsigned indent; /* spaces a level; 0: everything on one line */
    unsigned depth;
    bool filled[AS_JSON_WRITE_DEPTH]; /* level holds a value already */
    bool after_key;
} as_json_writer;

void as_json_write_init(as_json_writer *w, as_buf *out, unsigned indent);
void as_json_write_object(as_json_writer *w);     /* { */
void as_json_write_object_end(as_json_writer *w); /* } */
void as_json_write_array(as_json_writer *w);      /* [ */
void as_json_write_array_end(as_json_writer *w);  /* ] */
void as_json_write_key(as_json_writer *w, as_str key);
void as_json_write_str(as_json_writer *w, as_str s); /* absent: null */
void as_json_write_i64(as_json_writer *w, int64_t v);
void as_json_write_u64(as_json_writer *w, uint64_t v);
/* Shortest form that reads back the same; NaN and infinities become null. */
void as_json_write_double(as_json_writer *w, double v);
void as_json_write_bool(as_json_writer *w, bool v);
void as_json_write_null(as_json_writer *w);
/* A whole value of a document, as it is. */
void as_json_write_value(as_json_writer *w, as_json v);

/* key and value in one; the _opt form writes nothing for an absent or empty
 * string. */
void as_json_write_field(as_json_writer *w, as_str key, as_str value);
void as_json_write_field_opt(as_json_writer *w, as_str key, as_str value);
void as_json_write_field_u64(as_json_writer *w, as_str key, uint64_t value);
void as_json_write_field_bool(as_json_writer *w, as_str key, bool value);

/* One value in quotes, no writer needed. */
void as_json_quote(as_buf *out, as_str s);
/* The canonical form of RFC 8785: keys in UTF-16 order, numbers as ECMAScript
 * prints them, no white space. AS_ERR_LIMIT when out's ceiling is passed. */
as_rc as_json_canonical(as_json v, as_buf *out, as_err *err) AS_MUST_USE;

#endif
