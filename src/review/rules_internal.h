/* SPDX-License-Identifier: Apache-2.0 */
/* Loading rules and context for the use cases of review/. */
#ifndef AS_REVIEW_RULES_INTERNAL_H
#define AS_REVIEW_RULES_INTERNAL_H

#include "review/review.h"
#include "rule/rule.h"

/* Those built in, then the given ones. digest, where wanted: of all of them.
 * Everything lives in arena. */
as_rc as_review_load_rules(const as_rules_request *q, as_arena *arena,
                           as_rules *ret, as_str *ret_digest,
                           as_err *err) AS_MUST_USE;
/* The words that rules may name, in arena. */
as_rc as_review_rule_words(as_arena *arena, as_rule_words *ret,
                           as_err *err) AS_MUST_USE;
/* YAML as JSON; a defect is placed in the YAML. */
as_rc as_review_read_yaml(as_span yaml, as_json_doc **ret, as_err *err);
/* Rules and context of a request, in the review's arena. Loaded before the
 * document is read: what is wrong with them is said at once. */
typedef struct as_review_law {
    as_rules rules;
    as_context *context; /* or NULL */
} as_review_law;

as_rc as_review_load_law(const as_review_request *q, as_review *r,
                         as_review_law *ret, as_err *err) AS_MUST_USE;
/* Every name of the product and of the context, once, against the lists in
 * force on the review's day: fills r->screening, and puts a finding of kind
 * "party" where a maker, supplier, foundry ... is on a list that speaks for
 * itself. Without any name nothing is opened. At most AS_LIMIT_SCREENED_NAMES
 * names; others are not examined. */
as_rc as_review_screen_parties(const as_review_request *q,
                               const as_review_law *law, as_review *r,
                               as_err *err) AS_MUST_USE;
/* Held against the review's product. What screening found of the names in
 * product and context stands in r->screening before. */
as_rc as_review_apply_law(const as_review_law *law, as_review *r,
                          as_err *err) AS_MUST_USE;

#endif
