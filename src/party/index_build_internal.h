/* SPDX-License-Identifier: Apache-2.0 */
/* An index in the making: index_build.c gathers, index_write.c writes. */
#ifndef AS_PARTY_INDEX_BUILD_INTERNAL_H
#define AS_PARTY_INDEX_BUILD_INTERNAL_H

#include "party/index_internal.h"

struct as_index_array {
    void *p;
    size_t n, cap;
};

/* A new element, zeroed; NULL without memory or with most of them. */
void *as_index_push(struct as_index_array *a, size_t size, size_t most);

/* Open addressing: hash to number; the caller compares. */
struct as_index_slot {
    uint64_t hash;
    uint32_t value; /* + 1 */
};

struct as_index_table {
    struct as_index_slot *slots;
    size_t n, cap; /* a power of two */
};

struct as_index_pair {
    uint32_t key, value;
};

struct as_index_name_ref {
    uint32_t name;
    as_index_ref ref;
};

struct as_index_seen {
    uint8_t digest[16];
    uint32_t name; /* UINT32_MAX: it could not be prepared */
};

struct as_index_builder {
    as_names *names;
    as_arena *arena; /* of one name */
    struct as_index_array rows, name, weights, refs, words, postings, keys,
        grams;
    struct as_index_array name_keys, ids, lists, seen;
    struct as_index_table word_table, seen_table;
    as_buf blocks, strings, notes;
    uint64_t unread, family;
};

bool as_index_put_pair(struct as_index_array *a, uint32_t key, uint32_t value);
as_rc as_index_too_large(as_err *err);

#endif
