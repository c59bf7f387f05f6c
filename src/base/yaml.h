/* SPDX-License-Identifier: Apache-2.0 */
/* YAML into JSON text, for base/json.h to read.
 *
 * libyaml walks the text (YAML 1.1 and what 1.2 shares with it); plain scalars
 * mean what the core schema of YAML 1.2.2 (section 10.3.2) says:
 *   null ~ Null NULL and nothing   null
 *   true false (True, TRUE, ...)   true, false; yes, no, on, off are strings
 *   12  007  0x1F  0o17  +3        12 7 31 15 3
 *   1.10  .5  1e3                  1.10 0.5 1e3, the digits kept
 *   2024-01-01  1.2.3  12:30       strings
 * What JSON numbers cannot hold stays a string as it is written: .inf, .nan,
 * integers beyond 64 bits, magnitudes from 1e308. Quoted and block scalars are
 * strings. A key is its text, whatever it looks like.
 *
 * Refused, each with line and column: what libyaml refuses, a key that stands
 * twice in one mapping, a list or mapping as key, merge keys ("<<" unquoted:
 * 1.2 has none, and to pass over one would change what a rule says), tags
 * other than those of the core schema with !!binary and !!timestamp (strings
 * both), a second document, an alias of nothing or of what it stands in, and
 * depth, nodes (aliases are expanded and counted) and size beyond the limits
 * of base/limits.h. */
#ifndef AS_BASE_YAML_H
#define AS_BASE_YAML_H

#include "base/buf.h"
#include "base/err.h"

enum {
    /* Every number becomes a string as it is written: for feeds, where
     * "introduced: 1.10" is a version. */
    AS_YAML_NUMBERS_AS_TEXT = 1,
};

/* Appends one line of JSON without newline. On failure out holds what it held
 * before. in is UTF-8 or, with a byte order mark, UTF-16. Costs one pass. */
as_rc as_yaml_to_json(as_span in, unsigned flags, as_buf *out,
                      as_err *err) AS_MUST_USE;
/* Line, column (bytes, from 1) and offset of the value that a JSON Pointer
 * into the JSON names in the YAML; of the deepest ancestor that exists when it
 * leads nowhere, of the alias when it leads through one. For diagnoses only:
 * it costs a pass. In UTF-16 the column counts characters and there is no
 * offset. */
void as_yaml_locate(as_span in, as_str pointer, as_place *place);

#endif
