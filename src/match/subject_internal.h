/* SPDX-License-Identifier: Apache-2.0 */
/* Which part a statement names: by bom-ref, by BOM-Link
 * (urn:cdx:SERIAL/VERSION#ref, CycloneDX "BOM-Link") when it is to this very
 * document, or by purl. Look-ups cost the logarithm of the parts. */
#ifndef AS_MATCH_SUBJECT_INTERNAL_H
#define AS_MATCH_SUBJECT_INTERNAL_H

#include "model/product.h"

typedef struct as_subjects as_subjects;

/* A part, or all parts of one purl. */
typedef uint64_t as_subject;
#define AS_NO_SUBJECT UINT64_MAX

as_subjects *as_subjects_new(const as_product *p);
as_subjects *as_subjects_free(as_subjects *s);
/* AS_NO_SUBJECT when nothing in this document has the reference. */
as_subject as_subject_find(const as_subjects *s, as_str ref);
/* The two ways in which a part can be named; the second is AS_NO_SUBJECT for a
 * part without purl. */
void as_subjects_of(const as_subjects *s, uint32_t part, as_subject ret[2]);
/* The part; of several the first. */
uint32_t as_subject_part(const as_subjects *s, as_subject subject);

#endif
