/* SPDX-License-Identifier: Apache-2.0 */
/* Version orders as the importers need them: keys in an arena, intervals from
 * sorted bounds; inside know/ only. */
#ifndef AS_KNOW_ORDER_INTERNAL_H
#define AS_KNOW_ORDER_INTERNAL_H

#include "base/arena.h"
#include "model/advisory.h"
#include "version/version.h"

typedef struct as_order {
    const as_version_scheme *scheme;
    as_str name;
    bool stated; /* false: chosen, because nothing better is known */
} as_order;

/* The order of that name or ecosystem; the generic one, not stated, when there
 * is none. */
as_order as_order_find(as_str ecosystem);

/* The key of a version; false (and an empty span) when the order cannot read
 * it or the arena ended. */
bool as_order_key(const as_order *o, as_str v, as_arena *a, as_span *ret);

/* Keys of both ends. An end "1.2.*" stands for an arbitrarily large number in
 * place of the star (CVE record format, lessThan); its key says so, its text
 * stays. True when every end that is there has a key. */
bool as_order_interval(const as_order *o, as_arena *a, as_interval *v);

/* Whether a version with this key lies in the interval. All keys are there. */
bool as_order_holds(const as_order *o, const as_interval *v, as_span key);

/* Intervals that grow in an arena. */
typedef struct as_interval_list {
    as_interval *items;
    size_t n, cap;
} as_interval_list;
bool as_interval_list_add(as_arena *a, as_interval_list *l,
                          const as_interval *v);

#endif
