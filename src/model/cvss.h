/* SPDX-License-Identifier: Apache-2.0 */
/* CVSS vectors and their scores: versions 2.0, 3.0, 3.1 and 4.0 (FIRST).
 *
 * Scores are whole tenths (98 is 9.8), so they compare exactly. Version 2 is
 * scored with the equations of its section 3.2.1; version 3 with those of
 * section 8.1 (3.0: section 8), rounding up as each of the two says; version 4
 * with the macro vector and the interpolation of its section 8, in whole
 * numbers, so that a tie rounds up without luck.
 *
 * What is read, and what is refused (with the column):
 * - Versions 3 and 4 begin with "CVSS:3.0/", "CVSS:3.1/", "CVSS:4.0/". A
 *   version 2 vector has no prefix in the standard; "CVSS:2.0/", "CVSS2#" and
 *   one pair of parentheses are accepted because feeds write them.
 * - Metrics in any order, in every version: 3.x allows it, 2.0 and 4.0 name a
 *   preferred order and feeds keep to neither. Writing uses that order.
 * - Upper and lower case count, as all versions say: "av:n" is refused.
 * - Refused: a metric stated twice (also with the same value), an unknown
 *   metric or value, a missing base metric, an empty field, a slash at the
 *   end, another version. The text is not trimmed. */
#ifndef AS_MODEL_CVSS_H
#define AS_MODEL_CVSS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/json_write.h"

typedef enum as_cvss_version {
    AS_CVSS_2_0,
    AS_CVSS_3_0,
    AS_CVSS_3_1,
    AS_CVSS_4_0,
} as_cvss_version;

typedef enum as_cvss_severity {
    AS_CVSS_NONE,
    AS_CVSS_LOW,
    AS_CVSS_MEDIUM,
    AS_CVSS_HIGH,
    AS_CVSS_CRITICAL,
} as_cvss_severity;

enum { AS_CVSS_METRICS = 32 }; /* the most that a version has */

/* A vector that was read. value[i] belongs to the i-th metric of the version,
 * in the order of its standard: 0 when not stated, else 1 + the index of the
 * value. "Not defined" (X, ND) counts as stated here, but changes nothing. */
typedef struct as_cvss {
    as_cvss_version version;
    uint8_t value[AS_CVSS_METRICS];
} as_cvss;

/* In tenths, 0 to 100; AS_CVSS_NO_SCORE where the version has none. */
enum { AS_CVSS_NO_SCORE = -1 };
typedef struct as_cvss_scores {
    /* From the base metrics alone. */
    int base;
    /* With temporal metrics (version 4: with the threat metric, CVSS-BT).
     * Version 3 always has it; 2 and 4 only when one of them is defined. */
    int temporal;
    /* With everything that is stated. Version 3 always has it (in 3.1 it may
     * differ from the base score with nothing stated, because its equation
     * does); 2 and 4 only when an environmental metric is defined. */
    int environmental;
    /* The most specific one whose metrics are defined: what a reader of the
     * vector means by its score. */
    int overall;
    /* Version 4: the six digits of the macro vector of overall, else empty. */
    char macro_vector[8];
} as_cvss_scores;

/* Reads a vector. On failure *ret is untouched and err holds the column. */
as_rc as_cvss_read(as_str vector, as_cvss *ret, as_err *err) AS_MUST_USE;
/* Never fails: a vector that was read has scores. */
void as_cvss_score(const as_cvss *c, as_cvss_scores *ret);
/* In the standard's order, with the version's prefix and without what is not
 * defined: equal vectors give equal text. */
void as_cvss_write(const as_cvss *c, as_buf *out);
/* The value as written ("N", "POC"), or absent when it is not stated or the
 * version has no such metric. */
as_str as_cvss_metric(const as_cvss *c, as_str metric);
/* "2.0", "3.0", "3.1", "4.0". */
as_str as_cvss_version_text(as_cvss_version v);
/* Versions 3 and 4: none 0.0, low to 3.9, medium to 6.9, high to 8.9, critical.
 * Version 2 has no words of its own; those of NVD: low to 3.9 (0.0 too), medium
 * to 6.9, high. No score is none. */
as_cvss_severity as_cvss_severity_of(as_cvss_version v, int tenths);
as_str as_cvss_severity_text(as_cvss_severity s); /* "none" ... "critical" */
/* {"version", "vector" (as as_cvss_write), "score" and "severity" (overall),
 *  "base_score", "base_severity", "temporal_score" (version 4: "threat_score"),
 *  "environmental_score" (null where there is none), version 4:
 *  "nomenclature" ("CVSS-BT"), "macro_vector"; "metrics": {"AV": "N", ...}} */
void as_cvss_to_json(const as_cvss *c, as_json_writer *w);

#endif
