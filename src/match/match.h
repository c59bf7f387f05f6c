/* SPDX-License-Identifier: Apache-2.0 */
/* Advisories x parts -> findings.
 *
 * Each part is looked up by every identity it has, best first: package
 * (ecosystem and name out of its purl), CPE, and, where it has neither, vendor
 * and product name. What a record says of the part's version is yes, no or
 * unknown. Records of one flaw (aliases) make one finding; among them the best
 * identity decides, and what the others say stays in the evidence. Statements
 * of the document (VEX) and patches of its pedigree then close findings, and
 * those that closed nothing are listed. Every part ends as matched, clean or
 * not examined with the reason.
 *
 * Method: notes on vulnerabilities, sections 2 and 5. */
#ifndef AS_MATCH_MATCH_H
#define AS_MATCH_MATCH_H

#include "know/know.h"
#include "model/finding.h"

/* Fills findings, outcomes, coverage, knowledge and idle of the review, whose
 * product, arena and as_of are set. kb may be NULL: no knowledge at all. */
as_rc as_match_product(as_know *kb, as_review *review, as_err *err) AS_MUST_USE;

/* One record held against one part, for "why?" and "why not?". */
typedef struct as_match_answer {
    as_truth affected;
    as_confidence confidence;
    as_match_evidence evidence; /* evidence.note says why in words */
} as_match_answer;

typedef struct as_match_answers {
    as_match_answer *items;
    size_t n; /* 0: no identity of the part meets the record */
} as_match_answers;

/* Every row of the advisory (by any of its ids) that was looked up for the part
 * of a finished review, and what it said. Lives in the review's arena. */
as_rc as_match_explain(as_know *kb, as_review *review, uint32_t part,
                       as_str advisory, as_match_answers *ret,
                       as_err *err) AS_MUST_USE;

#endif
