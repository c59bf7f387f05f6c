/* SPDX-License-Identifier: Apache-2.0 */
/* The records found for one part, and how they become findings. */
#ifndef AS_MATCH_FLAW_INTERNAL_H
#define AS_MATCH_FLAW_INTERNAL_H

#include "match/match_internal.h"

/* One entry of one record, held against the part. */
struct as_row {
    const as_identity *identity;
    as_know_hit hit;
    as_decision decision;
};

struct as_looked {
    size_t rows, counts[3]; /* by as_truth */
    bool covered;
};

struct as_covered {
    as_identity_kind kind;
    as_str ecosystem;
    bool yes;
};

struct as_matcher {
    as_know *kb;
    as_review *review;
    uint32_t part;
    as_arena *scratch; /* of the part at hand */
    as_identities ids;
    as_version_keys keys;
    struct as_row *rows;
    size_t n_rows, cap_rows;
    struct as_looked looked[AS_MATCH_IDENTITIES];
    struct as_covered covered[32];
    size_t n_covered;
    size_t cap_findings;
    bool knows_exploited; /* a whole list of exploited flaws is there */
    as_str starter; /* name of the starter source, which says of each of its
                       own records whether it is exploited */
};

/* Which sources there are: fills review->knowledge. */
as_rc as_matcher_facts(struct as_matcher *m, as_err *err);
/* Joins the rows by flaw and adds a finding for each that is not a plain no. */
as_rc as_flaws_to_findings(struct as_matcher *m, as_err *err);
/* A finding that rests on the document's own word. */
as_rc as_declare_finding(struct as_matcher *m, const as_statement *s,
                         uint32_t part);
/* The flaws that the document lists as its own (a report, or "exploitable") and
 * that nobody else found: a maker's confession is a finding. */
as_rc as_declared_flaws(struct as_matcher *m);
/* The chain of one row, in arena. */
as_match_evidence as_row_evidence(const struct as_row *row,
                                  const as_advisory *v, as_arena *arena);
/* Most important first; makes ids unique. */
as_rc as_order_findings(as_review *review);

#endif
