/* SPDX-License-Identifier: Apache-2.0 */
/* Between json.cc (the fast parser), json.c (the walk over its tape) and
 * json_scan.c (the exact walk over the text). */
#ifndef AS_BASE_JSON_INTERNAL_H
#define AS_BASE_JSON_INTERNAL_H

#include "base/json.h"
#include "base/limits.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What simdjson made: its tape (doc/tape.md of simdjson) and its strings, each
 * a 32-bit length, the bytes and a NUL. */
typedef struct as_json_tape {
    const uint64_t *words;
    const uint8_t *strings;
    void *owner;
} as_json_tape;

typedef enum as_json_fast {
    AS_JSON_FAST_OK,
    AS_JSON_FAST_MEMORY,
    AS_JSON_FAST_NUMBER, /* a number is out of range */
    AS_JSON_FAST_BAD,    /* defective: ask as_json_diagnose where */
} as_json_fast;

/* padded: 64 readable bytes stand behind in. */
as_json_fast as_json_fast_parse(as_span in, bool padded, size_t depth,
                                as_json_tape *ret);
void as_json_fast_free(void *owner);

/* Walks the text and says what is wrong with it, or NULL when nothing is; the
 * place is filled in the first case. */
const char *as_json_diagnose(as_span in, size_t depth, as_place *place);
/* Line, column and offset of byte at. */
void as_json_line_of(as_span in, size_t at, as_place *place);
/* From the place of an object to that of its last member of this key, or of
 * none when it is spelt with escapes there. */
void as_json_locate_key(as_span in, as_str key, as_place *place);

#ifdef __cplusplus
}
#endif

#endif
