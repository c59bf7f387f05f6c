/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of parties that are part of the program (data/parties). */
#ifndef AS_KNOW_SHIPPED_INTERNAL_H
#define AS_KNOW_SHIPPED_INTERNAL_H

#include "base/err.h"
#include "model/party.h"

typedef struct as_shipped_list {
    as_str name, title, edition;
    bool complete;
    as_party *parties;
    as_str *digests; /* of each */
    size_t n, cap;
    uint64_t names;
} as_shipped_list;

typedef struct as_shipped {
    as_arena *arena;
    as_shipped_list *lists; /* by name */
    size_t n, cap;
    as_str digest; /* of all */
} as_shipped;

/* As the build has packed them; else from their files, some milliseconds. */
as_rc as_shipped_new(as_shipped **ret, as_err *err) AS_MUST_USE;
as_rc as_shipped_read(as_shipped **ret, as_err *err) AS_MUST_USE;
as_shipped *as_shipped_free(as_shipped *s); /* takes NULL, returns NULL */

#endif
