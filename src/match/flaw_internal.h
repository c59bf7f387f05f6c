/* SPDX-License-Identifier: Apache-2.0 */
/* The records found for one part, and how they become findings. */
#ifndef AS_MATCH_FLAW_INTERNAL_H
#define AS_MATCH_FLAW_INTERNAL_H

#include "match/match_internal.h"
#include "match/twins_internal.h"

/* One entry of one record, held against the part. */
struct as_row {
    const as_identity *identity;
    as_know_hit hit;
    as_decision decision;
};

/* A row with the record it belongs to. */
struct as_member {
    const struct as_row *row;
    const as_advisory *advisory; /* kept by the knowledge base */
    as_str flaw;                 /* what the flaw is called */
};

struct as_looked {
    size_t rows, counts[3]; /* by as_truth */
    bool covered;
};

struct as_covered {
    as_identity_kind kind;
    as_str ecosystem, release;
    bool yes;
};

/* Beyond so many kinds of packages and releases the rest counts as not covered:
 * a document can name releases without end, and each costs a scan. */
enum { AS_MATCH_COVERED = 256 };

struct as_matcher {
    as_know *kb;
    as_review *review;
    uint32_t part;
    as_arena *scratch; /* of the part at hand */
    as_identities ids;
    as_devices *devices;
    as_version_keys keys;
    struct as_row *rows;
    size_t n_rows, cap_rows;
    struct as_looked looked[AS_MATCH_IDENTITIES];
    struct as_covered covered[AS_MATCH_COVERED];
    size_t n_covered;
    as_twins *twins;
    bool shares; /* no statement tells equal parts apart */
    size_t cap_findings;
    bool knows_exploited; /* a whole list of exploited flaws is there */
    as_str starter; /* name of the starter source, which says of each of its
                       own records whether it is exploited */
};

/* Gives every member the name of its flaw. False without memory. */
bool as_join_flaws(struct as_member *ms, size_t n, as_arena *a);
/* By flaw; in one flaw the best identity first, what speaks before what is
 * silent, yes before unknown before no. */
int as_member_cmp(const void *a, const void *b);
/* The CVE of a record with another id, or absent. */
as_str as_advisory_cve(const as_advisory *v);
/* Which sources there are: fills review->knowledge. */
as_rc as_matcher_facts(struct as_matcher *m, as_err *err);
/* Joins the rows by flaw and adds a finding for each that is not a plain no. */
as_rc as_flaws_to_findings(struct as_matcher *m, as_err *err);
/* A finding that rests on the document's own word. */
as_rc as_declare_finding(struct as_matcher *m, const as_statement *s,
                         uint32_t part);
/* Does the document say nothing of its flaws? */
bool as_statements_none(const as_product *p);
/* Statements and patches of the document: sets status and status_reason, adds
 * the flaws that the document lists as its own (a report, or "exploitable") and
 * that nobody else found, collects the idle statements. */
as_rc as_apply_statements(struct as_matcher *m, as_err *err);
/* The chain of one row, in arena. */
as_match_evidence as_row_evidence(const struct as_row *row,
                                  const as_advisory *v, as_arena *arena);
/* The evidence of one finding, by hash: a record may say one thing several
 * times (an entry for each CPE), which stands once. Slots hold an index + 1. */
struct as_links {
    as_finding *f;
    as_arena *arena, *scratch;
    uint32_t *slots;
    size_t mask;
};

/* Room for the evidence of n rows and the list of exploited flaws. False
 * without memory. */
bool as_links_init(struct as_links *l, const struct as_matcher *m,
                   as_finding *f, size_t n);
/* Adds the row when it says something new; returns where that stands. */
size_t as_links_add(struct as_links *l, const struct as_member *ms);
/* Most important first; makes ids unique. */
as_rc as_order_findings(as_review *review);

#endif
