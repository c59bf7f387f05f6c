/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions: compiled by policy.c, evaluated by expr.c. */
#ifndef AS_RULE_POLICY_INTERNAL_H
#define AS_RULE_POLICY_INTERNAL_H

#include "rule/policy.h"

typedef enum as_expr_kind {
    AS_EXPR_ALL,
    AS_EXPR_ANY,
    AS_EXPR_NOT,
    AS_EXPR_TEST,
} as_expr_kind;

typedef enum as_expr_op {
    AS_OP_EQ,
    AS_OP_NE,
    AS_OP_LT,
    AS_OP_LE,
    AS_OP_GT,
    AS_OP_GE,
} as_expr_op;

typedef struct as_fact as_fact; /* row of the table of fields */

struct as_expr {
    as_expr_kind kind;
    const as_expr **children;
    size_t n_children;
    const as_fact *fact;
    as_expr_op op;
    as_str text;   /* of text facts */
    double number; /* of numbers, truths (1 yes, 0 no) and ordered words */
};

/* What a condition is asked about. finding NULL: the review as a whole. */
typedef struct as_subject {
    const as_review *review;
    const as_finding *finding;
} as_subject;

/* Names of the facts that were missing, up to a few, each once. */
typedef struct as_missing {
    as_str names[8];
    size_t n;
} as_missing;

as_truth as_expr_eval(const as_expr *e, const as_subject *s,
                      as_missing *missing);
const as_fact *as_fact_find(as_str name);
bool as_fact_of_finding(const as_fact *f);
/* Brings a value of the policy into the form the fact compares with; false
 * when it is none of its values. */
bool as_fact_value(const as_fact *f, as_json v, as_str text, as_expr *ret);

#endif
