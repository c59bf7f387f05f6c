/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of know/ share: a feed's text through its importer, and what
 * came out of it. */
#ifndef AS_TEST_KNOW_TESTING_H
#define AS_TEST_KNOW_TESTING_H

#include "testing.h"

#include "know/decode_internal.h"
#include "know/frame_internal.h"

#include <string.h>

enum { KNOW_ITEMS = 200000 };

typedef struct know_items {
    as_arena *arena;
    as_buf bytes;
    as_item *items; /* begin and end left out */
    size_t n, cap;
} know_items;

static inline bool know_emit(void *ctx, as_span items)
{
    know_items *k = ctx;

    as_buf_put(&k->bytes, items.p, items.n);
    return true;
}

/* All items of one file; free with know_items_done. */
static inline void know_decode(as_span bytes, know_items *k)
{
    char *padded;
    as_archive_library *la = as_archive_library_new();
    as_archive_input in = {.name = AS_STR("test"), .fd = -1, .library = la};
    as_decode_sink sink = {k, know_emit};
    as_span rest;
    as_item item;

    *k = (know_items){.arena = as_arena_new((size_t)1 << 30)};
    as_buf_init(&k->bytes, (size_t)1 << 30);
    padded = as_arena_alloc(k->arena, bytes.n + 64);
    assert_non_null(padded);
    if (bytes.n)
        memcpy(padded, bytes.p, bytes.n);
    in.bytes = (as_span){(uint8_t *)padded, bytes.n};
    assert_int_equal(as_import_decode(&in, 1, 0, &sink, NULL), AS_OK);
    as_archive_library_free(la);
    rest = as_buf_span(&k->bytes);
    while (as_item_read(&rest, k->arena, &item) == AS_OK) {
        if (item.type == AS_ITEM_BEGIN || item.type == AS_ITEM_END)
            continue;
        k->items =
            as_arena_grow(k->arena, k->items, &k->cap, k->n + 1, sizeof item);
        assert_non_null(k->items);
        k->items[k->n++] = item;
    }
    assert_int_equal(rest.n, 0);
}

static inline void know_decode_c(const char *text, know_items *k)
{
    know_decode(as_str_span(as_str_c(text)), k);
}

static inline void know_items_done(know_items *k)
{
    as_buf_done(&k->bytes);
    k->arena = as_arena_free(k->arena);
}

static inline size_t know_count(const know_items *k, as_item_type type)
{
    size_t n = 0;

    for (size_t i = 0; i < k->n; i++)
        n += k->items[i].type == type;
    return n;
}

/* The first item of the type; the test fails when there is none. */
static inline const as_item *know_first(const know_items *k, as_item_type type)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->items[i].type == type)
            return &k->items[i];
    print_error("no item of type %d\n", (int)type);
    fail();
    return NULL;
}

/* The ranges of the entry in words. */
static inline void know_ranges(const as_affected *e, const char *want)
{
    as_buf b;

    as_buf_init(&b, 65536);
    as_affected_describe(e, &b);
    testing_str(as_buf_text(&b), want);
    as_buf_done(&b);
}

#endif
