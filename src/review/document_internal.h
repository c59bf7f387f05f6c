/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the document of a review keeps the rules of its format. Judged in the
 * worker that has read it, sent over the wire. */
#ifndef AS_REVIEW_DOCUMENT_INTERNAL_H
#define AS_REVIEW_DOCUMENT_INTERNAL_H

#include "bom/bom.h"
#include "model/finding.h"

/* Judges an input that was read: by its rules, or where there are none by what
 * the reader found wrong in it. What keeps it from being judged is told in
 * ret->why. Texts live in arena and in the product. */
void as_document_judge(const as_bom_input *in, const as_product *product,
                       as_arena *arena, as_document_check *ret);
/* What judges a format of which there are no rules: "the reader of SPDX 2.3".
 */
as_str as_document_reader(const as_product *p, as_arena *arena);

void as_document_encode(const as_document_check *c, as_buf *out);
/* Trusts nothing. Texts are copied into arena. */
bool as_document_decode(as_span bytes, as_arena *arena,
                        as_document_check *ret) AS_MUST_USE;

#endif
