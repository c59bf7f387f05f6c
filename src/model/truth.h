/* SPDX-License-Identifier: Apache-2.0 */
/* Three-valued logic: unknown is an answer. */
#ifndef AS_MODEL_TRUTH_H
#define AS_MODEL_TRUTH_H

#include "base/span.h"

typedef enum as_truth {
    AS_UNSURE = 0, /* a fact is missing */
    AS_NO,
    AS_YES,
} as_truth;

/* Kleene: no beats unknown in and, yes beats unknown in or. */
as_truth as_truth_and(as_truth a, as_truth b);
as_truth as_truth_or(as_truth a, as_truth b);
as_truth as_truth_not(as_truth a);
/* "yes", "no", "unknown". */
as_str as_truth_word(as_truth t);

#endif
