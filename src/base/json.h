/* SPDX-License-Identifier: Apache-2.0 */
/* Reading JSON (RFC 8259).
 *
 * A document is parsed whole by simdjson and then walked through small values
 * (as_json) that are passed by copy. Strings point into the document and live
 * as long as it. Nothing of the input is kept: the caller may free it.
 *
 * Refused, each with line and column: anything RFC 8259 refuses, invalid
 * UTF-8, duplicate keys of one object (compared after unescaping), a lone
 * surrogate, depth and size beyond the limits, bytes behind the value. One
 * UTF-8 byte order mark at the start is passed over. */
#ifndef AS_BASE_JSON_H
#define AS_BASE_JSON_H

#include "base/buf.h"
#include "base/err.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct as_json_doc as_json_doc;

typedef struct as_json {
    const as_json_doc *doc; /* NULL: no value */
    size_t at;              /* index on the tape */
} as_json;

typedef enum as_json_type {
    AS_JSON_NONE = 0, /* the absent value: every accessor says no */
    AS_JSON_NULL,
    AS_JSON_FALSE,
    AS_JSON_TRUE,
    AS_JSON_NUMBER,
    AS_JSON_STRING,
    AS_JSON_ARRAY,
    AS_JSON_OBJECT,
} as_json_type;

typedef struct as_json_limits {
    size_t bytes; /* of the input */
    size_t depth; /* of nesting, at most 1024 */
    bool padded;  /* 64 readable bytes stand behind the input: no copy */
} as_json_limits;

/* limits NULL: those of base/limits.h. On failure *ret is untouched and err
 * holds line, column and offset. */
as_rc as_json_read(as_span in, const as_json_limits *limits, as_json_doc **ret,
                   as_err *err) AS_MUST_USE;
as_json_doc *as_json_free(as_json_doc *doc); /* takes NULL, returns NULL */
void as_json_cleanup(as_json_doc **doc);
as_json as_json_root(const as_json_doc *doc);

as_json_type as_json_type_of(as_json v);
static inline bool as_json_is(as_json v, as_json_type t)
{
    return as_json_type_of(v) == t;
}
/* The string, or absent when v is none. */
as_str as_json_str(as_json v);
/* Numbers: false when v is no number or does not fit exactly. An integer beyond
 * 64 bits is a double. */
AS_MUST_USE bool as_json_i64(as_json v, int64_t *ret);
AS_MUST_USE bool as_json_u64(as_json v, uint64_t *ret);
AS_MUST_USE bool as_json_double(as_json v, double *ret); /* any number */
AS_MUST_USE bool as_json_bool(as_json v, bool *ret);

/* Member of an object, or no value. Linear in the members passed over. */
as_json as_json_get(as_json object, as_str key);
/* Shorthand: as_json_str(as_json_get(object, key)). */
as_str as_json_get_str(as_json object, as_str key);
/* Elements of an array, members of an object; 0 for others. Exact below 2^24
 * elements, counted by walking beyond. */
size_t as_json_count(as_json v);

/* for (as_json_iter it = as_json_each(v); as_json_next(&it);) { it.value }
 * Over an array key is absent; over anything that is neither array nor object
 * the loop runs zero times. */
typedef struct as_json_iter {
    as_json value;
    as_str key;
    size_t index; /* of value, from 0 */
    const as_json_doc *doc;
    size_t at, end;
    bool object;
} as_json_iter;
as_json_iter as_json_each(as_json v);
bool as_json_next(as_json_iter *it);

/* Line and column (from 1, column in bytes) and offset of the value that a
 * JSON Pointer (RFC 6901) names in the text, by walking it again; of the
 * deepest ancestor that exists when the pointer leads nowhere. For diagnoses
 * only: it costs a walk. in must be a document as_json_read accepted. */
void as_json_locate(as_span in, as_str pointer, as_place *place);
/* Appends "/key" to a JSON Pointer, escaped (~ and /). */
void as_json_pointer_key(as_buf *pointer, as_str key);
void as_json_pointer_index(as_buf *pointer, size_t index);

#ifdef __cplusplus
}
#endif

#endif
