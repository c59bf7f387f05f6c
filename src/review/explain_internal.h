/* SPDX-License-Identifier: Apache-2.0 */
/* Inside explaining: what explain.c and explain_law.c share. */
#ifndef AS_REVIEW_EXPLAIN_INTERNAL_H
#define AS_REVIEW_EXPLAIN_INTERNAL_H

#include "base/json_write.h"
#include "model/finding.h"

/* The rule of that id among those that were applied, or NULL. */
const as_rule_outcome *as_explain_rule(const as_review *r, as_str id);

/* How a rule ended (o, or NULL), the finding it made of the part (f, or NULL),
 * and whom the names of the part were taken for. */
void as_explain_law_text(const as_review *r, uint32_t part,
                         const as_rule_outcome *o, const as_finding *f,
                         as_buf *out);
/* Members "rule" and "parties" of an open object. */
void as_explain_law_json(const as_review *r, uint32_t part,
                         const as_rule_outcome *o, as_json_writer *w);

#endif
