/* SPDX-License-Identifier: Apache-2.0 */
/* The renderers, for the table in report.c. */
#ifndef AS_REPORT_REPORT_INTERNAL_H
#define AS_REPORT_REPORT_INTERNAL_H

#include "report/report.h"

void as_report_json(const as_review *r, const as_report_options *o,
                    as_buf *out);
void as_report_text(const as_review *r, const as_report_options *o,
                    as_buf *out);
void as_report_html(const as_review *r, const as_report_options *o,
                    as_buf *out);

/* Neither fixed nor explained away. */
bool as_report_is_open(const as_finding *f);
/* The question that a finding belongs to: rules and conflicts to rules, kind
 * "party" to parties, all others to vulnerabilities. */
as_question as_report_question(const as_finding *f);
/* How many open findings of each severity; how many in all. Of one question, or
 * of every one with AS_QUESTIONS. */
size_t as_report_count_open(const as_review *r, as_question q,
                            size_t ret_counts[AS_SEVERITIES]);
/* Its newest record is more than AS_REPORT_STALE_DAYS older than the review. */
enum { AS_REPORT_STALE_DAYS = 180 };
bool as_report_is_stale(const as_knowledge_used *k);
/* Both are asked of the same. */
bool as_report_is_same_whom(const as_request *a, const as_request *b);
/* Whether the document keeps its rules, in one sentence without a full stop;
 * what stands in it is a stranger's and not yet made safe. */
void as_report_document(const as_document_check *d, as_buf *out);

#endif
