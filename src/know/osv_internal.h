/* SPDX-License-Identifier: Apache-2.0 */
/* Between osv.c (records) and osv_range.c (ranges). */
#ifndef AS_KNOW_OSV_INTERNAL_H
#define AS_KNOW_OSV_INTERNAL_H

#include "base/json.h"
#include "know/feed_internal.h"
#include "know/order_internal.h"

/* What the ranges and versions of one affected entry came to. */
typedef struct as_osv_ranges {
    as_order order;
    as_interval_list intervals;
    as_str_list versions, fixed_in, prose;
    bool git;          /* a range of commits is there */
    bool numbers;      /* a range of versions, or a version, is there */
    const char *fault; /* the first thing that could not be understood */
} as_osv_ranges;

/* Reads ranges[] and versions[] of an entry; order is set before. False when
 * the arena ended. */
bool as_osv_ranges_read(as_json entry, as_arena *a, as_osv_ranges *r);

#endif
