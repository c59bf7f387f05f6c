/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of screening in review/ share. */
#ifndef AS_REVIEW_PARTIES_INTERNAL_H
#define AS_REVIEW_PARTIES_INTERNAL_H

#include "base/json_write.h"
#include "review/review.h"

/* The hits, what is apart, and what was met, as members of an object. */
void as_parties_write_answer(as_json_writer *w, const as_screen_answer *a);
void as_parties_write_coverage(as_json_writer *w, const as_screen_query *q,
                               const as_parties_coverage *c);
/* What is found of one name, in the arena, as rules and licences read it; a
 * search that met a ceiling counts as not examined. scratch is emptied. */
as_rc as_parties_facts(as_parties *p, const as_screen_query *q,
                       as_arena *scratch, as_arena *a, as_party_facts *ret,
                       as_err *err) AS_MUST_USE;
as_str as_parties_date(const as_parties *p);

#endif
