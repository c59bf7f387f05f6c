/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of the purl types, between purl.c and purl_types.c. */
#ifndef AS_MODEL_PURL_INTERNAL_H
#define AS_MODEL_PURL_INTERNAL_H

#include "model/purl.h"

enum {
    AS_PURL_NS_REQUIRED = 1 << 0,
    AS_PURL_NS_PROHIBITED = 1 << 1,
    AS_PURL_NS_LOWER = 1 << 2,
    AS_PURL_NS_UPPER = 1 << 3,
    AS_PURL_NAME_LOWER = 1 << 4,
    AS_PURL_VERSION_LOWER = 1 << 5,
    AS_PURL_SUBPATH_LOWER = 1 << 6,
    AS_PURL_NAME_PATH = 1 << 7, /* the name takes all segments but the first */
};

typedef struct as_purl_type {
    as_str word;
    unsigned flags;
    as_str required; /* qualifier that must stand there, or absent */
    /* The rest of the rules, after the flags: may change p (in the arena) and
     * returns the defects it saw. NULL: none. */
    unsigned (*rule)(as_purl *p, as_arena *a);
} as_purl_type;

/* The row of a type in lower case; a row without rules for others. */
const as_purl_type *as_purl_type_find(as_str word);
/* Applies the row's rules to decoded components; defects go to p->defects. */
void as_purl_type_apply(const as_purl_type *row, as_purl *p, as_arena *a);

/* Copies with the case changed, or s itself where nothing changes; absent when
 * the arena ends. */
as_str as_purl_lower(as_str s, as_arena *a);
as_str as_purl_upper(as_str s, as_arena *a);

#endif
