/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges that people wrote as text: "< 1.2", "1.0 through 2.3", "V3 and prior",
 * ">= 4.0, < 4.1.2", "All versions < V7 Update 3", "before 7.4".
 *
 * A small closed grammar: either the whole text is understood, or it is prose
 * and stays prose. Nothing is guessed from a part of it.
 *
 *   text    = group *( ("||" / ";" / "or" / "," / "and") group )
 *   group   = comparators | words around one or two versions | version
 *           | "Fixed in" name version "(Affected" version ["-" version] ... ")"
 *   version = starts with a digit or v and a digit; up to two tag words may
 *             follow ("SP1", "Update 3", "HF2", "build 77")
 */
#ifndef AS_KNOW_RANGE_TEXT_INTERNAL_H
#define AS_KNOW_RANGE_TEXT_INTERNAL_H

#include "know/order_internal.h"

typedef enum as_range_text_kind {
    AS_TEXT_NOTHING = 0, /* says nothing: "n/a", "unspecified", "-" */
    AS_TEXT_ALL,         /* every version: "*", "all versions" */
    AS_TEXT_EXACT,       /* one version, or a name of a variant: versions */
    AS_TEXT_RANGES,      /* intervals, and perhaps versions */
    AS_TEXT_PROSE,
} as_range_text_kind;

typedef struct as_range_text {
    as_range_text_kind kind;
    as_interval *intervals; /* affected; without keys */
    size_t n_intervals;
    as_str *versions;
    size_t n_versions;
    as_str fixed; /* where the text names it */
} as_range_text;

/* Reads the text. What is returned points into the text or the arena. False
 * when the arena ended. */
AS_MUST_USE bool as_range_text_read(as_str text, as_arena *a,
                                    as_range_text *ret);

/* One end of a range: the version in it. "V3.2" -> "3.2", "<= 1.3" -> "1.3"
 * with *ret_op saying how. */
typedef enum as_bound_op {
    AS_BOUND_PLAIN = 0, /* nothing stood before it */
    AS_BOUND_BELOW,     /* < before */
    AS_BOUND_UP_TO,     /* <= up to */
    AS_BOUND_FROM,      /* >= */
    AS_BOUND_ABOVE,     /* > after */
    AS_BOUND_OPEN,      /* no end: "*", "unspecified", "latest", "n/a" */
    AS_BOUND_PROSE,     /* not understood */
} as_bound_op;
as_bound_op as_range_text_bound(as_str text, as_arena *a, as_str *ret);

#endif
