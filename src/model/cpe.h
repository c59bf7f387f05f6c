/* SPDX-License-Identifier: Apache-2.0 */
/* Common Platform Enumeration names: reading and writing both bindings
 * (NISTIR 7695) and comparing names (NISTIR 7696).
 *
 *     cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*
 *     cpe:/a:microsoft:internet_explorer:8.0.6001:beta
 *
 * A name is held as a well-formed name (WFN): eleven attributes, each ANY, NA
 * or a value. A value is kept in the WFN's quoted form: letters, digits and
 * '_' stand for themselves, every other sign has a backslash ("8\.0\.6001");
 * a '*' or '?' without one is a wildcard, and stands only in a run at the
 * beginning or the end. Quoting that says nothing ("\a", "\_") is dropped, so
 * that equal values are equal bytes but for case.
 *
 * Read: formatted strings with exactly eleven components; URIs with at most
 * seven, of which the edition may be packed ("~~~wordpress~~"); prefixes in any
 * case. Signs that the grammar wants quoted are read unquoted too, and a URI's
 * bare "*" is ANY. The URI is
 * folded to lower case as its decoding says, the formatted string keeps its
 * case; comparing ignores it.
 * Refused, with the column: a part other than a, o, h; an empty component of a
 * formatted string; a wildcard in the midst; a backslash at the end; space,
 * control and non-ASCII characters; an unknown percent form.
 *
 * Ceiling: AS_LIMIT_CPE_BYTES of text (AS_ERR_LIMIT). Comparing two values
 * costs their lengths, with '*' at both ends the product of them. */
#ifndef AS_MODEL_CPE_H
#define AS_MODEL_CPE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json_write.h"

typedef enum as_cpe_which {
    AS_CPE_PART,
    AS_CPE_VENDOR,
    AS_CPE_PRODUCT,
    AS_CPE_VERSION,
    AS_CPE_UPDATE,
    AS_CPE_EDITION,
    AS_CPE_LANGUAGE,
    AS_CPE_SW_EDITION,
    AS_CPE_TARGET_SW,
    AS_CPE_TARGET_HW,
    AS_CPE_OTHER,
    AS_CPE_ATTRIBUTES
} as_cpe_which;

typedef enum as_cpe_kind {
    AS_CPE_ANY = 0, /* '*': no restriction, or unknown */
    AS_CPE_NA,      /* '-': there is none */
    AS_CPE_VALUE,
} as_cpe_kind;

typedef struct as_cpe_attribute {
    as_cpe_kind kind;
    as_str value; /* quoted; absent unless kind is AS_CPE_VALUE */
} as_cpe_attribute;

typedef struct as_cpe {
    as_cpe_attribute attribute[AS_CPE_ATTRIBUTES];
} as_cpe;

/* Either binding. Values lie in the arena. On failure *ret is untouched and
 * err holds the column. */
as_rc as_cpe_read(as_str text, as_arena *arena, as_cpe *ret,
                  as_err *err) AS_MUST_USE;
/* For documents from outside: a formatted string may end behind the product
 * ("cpe:2.3:a:apache:log4j", as life-cycle data has it) and have empty
 * components; what is not there is ANY. */
as_rc as_cpe_read_lenient(as_str text, as_arena *arena, as_cpe *ret,
                          as_err *err) AS_MUST_USE;
/* The formatted string; the URI in lower case, packed where it must be. A
 * value that is a hyphen alone, which NISTIR 7695 cannot bind, is written
 * quoted ("\-", "%2d") and reads back. */
void as_cpe_write_fs(const as_cpe *c, as_buf *out);
void as_cpe_write_uri(const as_cpe *c, as_buf *out);
/* wfn:[part="a",vendor="microsoft",...]; attributes that are ANY are left
 * out. */
void as_cpe_write_wfn(const as_cpe *c, as_buf *out);

/* "part", "vendor", ... */
as_str as_cpe_attribute_word(as_cpe_which which);
bool as_cpe_has_wildcard(const as_cpe_attribute *a);
/* The value without quoting, as versions are compared and names are shown;
 * wildcards stay. Absent unless it is a value, or when the arena ends. */
as_str as_cpe_unquoted(const as_cpe_attribute *a, as_arena *arena);
/* The value without quoting in lower case, as a key of look-ups. Absent where
 * no exact look-up is possible: ANY, NA, wildcards. */
as_str as_cpe_key(const as_cpe_attribute *a, as_arena *arena);

/* --- comparing --- */

/* What the source is to the target. One for an attribute; names may bear
 * several at once, or none (0). */
typedef enum as_cpe_relation {
    AS_CPE_UNDEFINED = 0, /* the target has a wildcard */
    AS_CPE_EQUAL = 1 << 0,
    AS_CPE_SUBSET = 1 << 1,
    AS_CPE_SUPERSET = 1 << 2,
    AS_CPE_DISJOINT = 1 << 3,
} as_cpe_relation;

/* NISTIR 7696, table 6-2. In the source '?' stands for no or one character,
 * '*' for any number of them. */
as_cpe_relation as_cpe_attribute_compare(const as_cpe_attribute *source,
                                         const as_cpe_attribute *target);
/* NISTIR 7696, table 6-4, as bits of as_cpe_relation: disjoint when one
 * attribute is; equal when all are; subset (superset) when each is so or
 * equal, thus equal names are all three; else 0. */
unsigned as_cpe_compare(const as_cpe *source, const as_cpe *target);
/* "equal", "subset", "superset", "disjoint", several joined by '+' in this
 * order, "none" for 0; an attribute's 0 is "undefined". */
as_str as_cpe_relations_text(unsigned relations);
as_str as_cpe_relation_text(as_cpe_relation relation);

/* {"part": "a", ... "other": "*": components of the formatted string,
 *  "formatted_string", "uri", "wfn", "key": {"vendor", "product"} (null where
 *  as_cpe_key is absent)} */
void as_cpe_to_json(const as_cpe *c, as_json_writer *w);
/* {"source", "target": formatted strings, "relation": "subset",
 *  "attributes": {"part": "equal", ...}} */
void as_cpe_compare_to_json(const as_cpe *source, const as_cpe *target,
                            as_json_writer *w);

#endif
