/* SPDX-License-Identifier: Apache-2.0 */
/* The US Consolidated Screening List, between its forms (csl.c, csl_csv.c). */
#ifndef AS_KNOW_CSL_INTERNAL_H
#define AS_KNOW_CSL_INTERNAL_H

#include "know/party_make_internal.h"

/* A reading of the list: which of its lists is at hand. */
typedef struct as_csl {
    as_party_make m;
    as_arena *file;
    as_str date;
    as_str source; /* of the row before: "Entity List (EL) - Bureau ..." */
    as_str list;   /* "us-csl/EL" */
} as_csl;

/* The list of a row by its source, told to the sink when it is another one;
 * false when the source names none. */
bool as_csl_list(as_csl *c, as_str source);
/* Kind by the list's word: Entity, Individual, Vessel, Aircraft. */
as_party_kind as_csl_kind(as_str word);
/* Requirement and policy of a row, with the footnotes told apart. */
void as_csl_requirement(as_party_make *m, as_str requirement, as_str policy);

/* The requirement without the numbers of footnotes that stand in it, into out;
 * each goes to note, once. For as_csl_requirement and its tests. */
void as_csl_footnotes(as_str text, as_buf *out,
                      void (*note)(void *ctx, char digit), void *ctx);

/* Reads the published CSV. */
void as_csl_read_csv(as_csl *c, as_span bytes);
bool as_csl_is_csv(as_span bytes);

#endif
