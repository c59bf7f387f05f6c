/* SPDX-License-Identifier: Apache-2.0 */
/* What a run remembers of the base, so that it asks once: records by number,
 * and which keys a table cannot have. Inside know/ only. */
#ifndef AS_KNOW_SEEN_INTERNAL_H
#define AS_KNOW_SEEN_INTERNAL_H

#include "base/arena.h"
#include "model/advisory.h"

/* A Bloom filter of two probes in some sixteen bits a key: of keys that are not
 * there one in sixty is looked up in vain. {0} is one that may have all. */
typedef struct as_filter {
    uint64_t *bits;
    uint64_t mask; /* of bit numbers */
} as_filter;

bool as_filter_init(as_filter *f, size_t keys); /* false without memory */
void as_filter_done(as_filter *f);
void as_filter_add(as_filter *f, uint64_t hash);
bool as_filter_may_have(const as_filter *f, uint64_t hash);
/* Of a key of three columns. */
uint64_t as_filter_hash(as_str a, as_str b, as_str c);

struct as_record_slot;

/* Advisories by number, open addressing; {0} is empty. */
typedef struct as_records {
    as_arena *arena; /* of the records, made when it is asked for */
    struct as_record_slot *slots;
    size_t n, cap;
} as_records;

const as_advisory *as_records_find(const as_records *r, int64_t number);
as_arena *as_records_arena(as_records *r); /* NULL without memory */
/* A record that is not there yet, what it points to in that arena. Returns the
 * copy that stays, NULL without memory. */
const as_advisory *as_records_add(as_records *r, int64_t number,
                                  const as_advisory *record);
void as_records_done(as_records *r);

#endif
