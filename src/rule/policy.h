/* SPDX-License-Identifier: Apache-2.0 */
/* Policy: a reviewer's own gates, in the first, small form of the rule
 * language. A policy is YAML (or JSON):
 *
 *   schema: assay-policy/1
 *   id: default
 *   title: what it is for
 *   questions: [composition, vulnerabilities]   # what it asks at all
 *   gates:
 *     - id: exploited
 *       question: vulnerabilities
 *       each: finding            # or: review (once)
 *       when:                    # a mapping: every member must hold
 *         finding.kind: vulnerability
 *         finding.open: true
 *         any: [{finding.exploited: true}, {finding.score: ">= 9.0"}]
 *       then: reject             # or: undecided
 *       reason: one sentence
 *       todo: what to do about it
 *
 * A condition is a mapping of tests (all must hold), a list of conditions (all
 * must hold), or has the members all, any, not. A test is `field: value`, where
 * value is a plain value (equal), a list (one of them) or text that starts with
 * an operator: = != < <= > >=. Words with an order (severity, confidence)
 * compare by it.
 *
 * Evaluation is three-valued: a fact that is missing makes a test unknown, and
 * a gate that is unknown makes the verdict undecided, with the fact named. */
#ifndef AS_RULE_POLICY_H
#define AS_RULE_POLICY_H

#include "base/json.h"
#include "model/finding.h"

enum { AS_POLICY_GATES = 200, AS_POLICY_NODES = 5000, AS_POLICY_DEPTH = 16 };

typedef struct as_expr as_expr; /* a compiled condition */

typedef struct as_gate {
    as_str id, reason, todo;
    as_question question;
    bool each_finding; /* false: once for the review */
    as_verdict then;   /* reject or undecided */
    const as_expr *when;
} as_gate;

typedef struct as_policy {
    as_str id, title;
    bool asked[AS_QUESTIONS];
    as_gate *gates;
    size_t n_gates;
} as_policy;

/* Compiles a policy; it lives in arena, and so do its texts. A wrong word, an
 * unknown field or a value of the wrong kind is refused with the JSON Pointer
 * of its place in err->place.path. */
as_rc as_policy_read(as_json root, as_arena *arena, as_policy **ret,
                     as_err *err) AS_MUST_USE;

/* Runs every gate over the review: fills answers and the verdict. Findings,
 * coverage, outcomes and knowledge must be there. A question that was not asked
 * stays undecided and decides nothing; with nothing examined the verdict is
 * never accept (DESIGN section 2). */
as_rc as_policy_judge(const as_policy *policy, as_review *review,
                      as_err *err) AS_MUST_USE;

/* The fields a test may name, for documentation and its test: name and what it
 * is. Returns false past the end. */
bool as_policy_field(size_t i, as_str *ret_name, as_str *ret_help);

#endif
