/* SPDX-License-Identifier: Apache-2.0 */
/* Between cve.c (records), cve_range.c (versions[]), cve_identity.c (who is
 * meant) and cve_cpe.c (cpeApplicability). */
#ifndef AS_KNOW_CVE_INTERNAL_H
#define AS_KNOW_CVE_INTERNAL_H

#include "base/json.h"
#include "know/feed_internal.h"
#include "know/order_internal.h"

/* The entries of a record, as they are gathered. */
typedef struct as_cve_entries {
    as_arena *arena;
    as_affected *items;
    size_t n, cap;
    const char *fault; /* something that could not be understood, or NULL */
} as_cve_entries;

/* False when the arena ended. */
bool as_cve_add(as_cve_entries *l, const as_affected *e);

/* What versions[] of one entry came to. */
typedef struct as_cve_ranges {
    as_order order;
    as_interval_list intervals;
    as_str_list versions, fixed_in, prose;
    as_range_status default_status;
    bool commits;        /* a version is a commit */
    bool says_something; /* a version that is none is there */
    bool all;            /* everything is affected, and nothing else is said */
} as_cve_ranges;

/* Reads versions[] and defaultStatus. order: what the identity prescribes, or
 * scheme NULL: then versionType chooses. False when the arena ended. */
bool as_cve_ranges_read(as_json entry, const as_order *order, as_arena *a,
                        as_cve_ranges *r);

/* One element of a container's affected[]: an entry for every identity it
 * states. adp: of an ADP container, which repeats what the CNA named. */
bool as_cve_affected_read(as_json entry, bool adp, as_cve_entries *l);

/* cpeApplicability[] of a container. False when the arena ended. */
bool as_cve_applicability_read(as_json list, as_cve_entries *l);

#endif
