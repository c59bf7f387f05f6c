/* SPDX-License-Identifier: Apache-2.0 */
/* The memory of a run; see seen_internal.h. */
#include "know/seen_internal.h"

#include "base/limits.h"

#include <stdlib.h>

/* ---- what cannot be there ----------------------------------------------- */

enum { BITS_A_KEY = 16, WORD_SHIFT = 6 };

bool as_filter_init(as_filter *f, size_t keys)
{
    size_t bits = 1024;

    while (bits / BITS_A_KEY < keys && bits <= SIZE_MAX / 4)
        bits *= 2;
    f->bits = calloc(bits >> WORD_SHIFT, sizeof *f->bits);
    f->mask = bits - 1;
    return f->bits != NULL;
}

void as_filter_done(as_filter *f)
{
    free(f->bits);
    *f = (as_filter){NULL, 0};
}

static uint64_t second(uint64_t hash)
{
    return hash >> 32 | hash << 32;
}

static uint64_t *word_of(const as_filter *f, uint64_t hash)
{
    return &f->bits[(hash & f->mask) >> WORD_SHIFT];
}

static uint64_t bit_of(uint64_t hash)
{
    return UINT64_C(1) << (hash & ((UINT64_C(1) << WORD_SHIFT) - 1));
}

void as_filter_add(as_filter *f, uint64_t hash)
{
    *word_of(f, hash) |= bit_of(hash);
    *word_of(f, second(hash)) |= bit_of(second(hash));
}

bool as_filter_may_have(const as_filter *f, uint64_t hash)
{
    return !f->bits || ((*word_of(f, hash) & bit_of(hash)) &&
                        (*word_of(f, second(hash)) & bit_of(second(hash))));
}

uint64_t as_filter_hash(as_str a, as_str b, as_str c)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);

    return (as_str_hash(a) * odd + as_str_hash(b)) * odd + as_str_hash(c);
}

/* ---- records ------------------------------------------------------------ */

struct as_record_slot {
    int64_t number;
    const as_advisory *record; /* NULL: the slot is free */
};

static size_t slot_of(const as_records *r, int64_t number)
{
    uint64_t h = (uint64_t)number * UINT64_C(0x9E3779B97F4A7C15);
    size_t i = (size_t)(h >> 32) & (r->cap - 1);

    while (r->slots[i].record && r->slots[i].number != number)
        i = (i + 1) & (r->cap - 1);
    return i;
}

const as_advisory *as_records_find(const as_records *r, int64_t number)
{
    return r->cap ? r->slots[slot_of(r, number)].record : NULL;
}

as_arena *as_records_arena(as_records *r)
{
    if (!r->arena)
        r->arena = as_arena_new(AS_LIMIT_REVIEW_BYTES);
    return r->arena;
}

static bool grow(as_records *r)
{
    as_records old = *r;
    size_t cap = old.cap ? old.cap * 2 : 256;

    r->slots = calloc(cap, sizeof *r->slots);
    if (!r->slots) {
        r->slots = old.slots;
        return false;
    }
    r->cap = cap;
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].record)
            r->slots[slot_of(r, old.slots[i].number)] = old.slots[i];
    free(old.slots);
    return true;
}

const as_advisory *as_records_add(as_records *r, int64_t number,
                                  const as_advisory *record)
{
    as_arena *a = as_records_arena(r);
    as_advisory *copy;

    if (!a || (r->n >= r->cap / 2 && !grow(r)))
        return NULL;
    copy = AS_NEW(a, as_advisory);
    if (copy) {
        *copy = *record;
        r->slots[slot_of(r, number)] = (struct as_record_slot){number, copy};
        r->n++;
    }
    return copy;
}

void as_records_done(as_records *r)
{
    as_arena_free(r->arena);
    free(r->slots);
    *r = (as_records){.n = 0};
}
