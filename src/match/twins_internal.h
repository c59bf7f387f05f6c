/* SPDX-License-Identifier: Apache-2.0 */
/* Equal parts: what matching makes of one holds for the others. A part is equal
 * to another when the document says the same of both in everything that
 * matching and gates look at: kind, names, version, purl, CPEs and attributes;
 * and neither has a pedigree. */
#ifndef AS_MATCH_TWINS_INTERNAL_H
#define AS_MATCH_TWINS_INTERNAL_H

#include "match/match_internal.h"

typedef struct as_twins as_twins;

/* The first of some equal parts, and its findings: they stand together until
 * they are put in order. */
typedef struct as_twin {
    uint32_t part;
    /* Set by the caller. */
    size_t first, n;
    bool by_device; /* a condition asked what else its device holds */
} as_twin;

/* Both outlive the twins. NULL without memory. */
as_twins *as_twins_new(const as_product *p, as_devices *devices);
as_twins *as_twins_free(as_twins *t);
/* The twin of the part among those asked for so far; else the part itself, as
 * the first of its kind (*ret_first). NULL without memory. */
as_twin *as_twins_find(as_twins *t, uint32_t part, bool *ret_first);

#endif
