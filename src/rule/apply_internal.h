/* SPDX-License-Identifier: Apache-2.0 */
/* One run of all rules over a review: apply.c evaluates, explain.c puts into
 * words, changes.c looks ahead, conflict.c holds rules against each other. */
#ifndef AS_RULE_APPLY_INTERNAL_H
#define AS_RULE_APPLY_INTERNAL_H

#include "rule/expr_internal.h"

/* How one rule ended on the day. */
typedef struct as_rule_result {
    const as_rule *rule;
    as_standing standing;
    as_truth roles, acts, binds;
    as_truth matches;
    bool by_party;   /* it asks for parties, whose listings have dates */
    as_str excepted; /* title of the exception that took it away */
    as_str unsure_exceptions; /* titles that may apply, joined */
    as_trail trail;
} as_rule_result;

typedef struct as_rule_run {
    const as_rule_input *in;
    as_review *review;
    as_arena *arena;
    as_world world;
    uint64_t steps;         /* left for all rules */
    const bool *shared_ref; /* of parts: another has the same ref */
    as_rule_result *results;
    size_t n_results;
    as_finding *findings;
    size_t n_findings, cap_findings;
    as_change *changes;
    size_t n_changes, cap_changes;
} as_rule_run;

/* Evaluates a rule's condition and its exceptions on a day into r. */
void as_rule_evaluate(as_rule_run *run, as_rule_result *r, as_date day);
/* Whether the rule has anything to say to who asks. */
bool as_rule_speaks(const as_rule_result *r);
as_finding *as_rule_add_finding(as_rule_run *run);
/* A part that is there, for a finding about none in particular. */
uint32_t as_rule_any_part(const as_rule_run *run);

/* The facts that the findings want, each once, into the review. */
bool as_rule_requests(as_rule_run *run);

/* Words. */
as_str as_rule_path_of(as_rule_run *run, uint32_t part);
as_str as_rule_because(as_rule_run *run, const as_rule_result *r,
                       uint32_t part);
as_str as_rule_want_text(as_rule_run *run, const as_wanted *w);
as_wanted *as_rule_wanted(as_rule_run *run, const as_rule_result *r,
                          bool context, size_t *ret_n);
as_str as_rule_who_text(as_rule_run *run, const as_rule *r);
/* The finding of a result about one part, or about what is missing. */
void as_rule_describe(as_rule_run *run, const as_rule_result *r, uint32_t part,
                      as_finding_status status);

void as_rule_changes(as_rule_run *run);
void as_rule_conflicts(as_rule_run *run);

#endif
