/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes over a good index, and as one. It is refused, or answers; what is
 * damaged is noticed where it is used, and nothing outside is touched. A seed
 * is pairs of three bytes of a place and one that is put there; the head is
 * made to fit again, so that what stands behind it is reached. */
#include "base/limits.h"
#include "party/index_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const as_buf *good_index(void)
{
    static as_buf good;

    if (good.n == 0) {
        as_buf_init(&good, AS_MIB * 64);
        assert(as_screen_index(NULL, &good, NULL) == AS_OK);
    }
    return &good;
}

static void mend_head(uint8_t *bytes, size_t n)
{
    as_index_head head, fresh;

    memcpy(&head, bytes, sizeof head);
    as_index_head_start(&fresh);
    memcpy(head.magic, fresh.magic, sizeof head.magic);
    head.format = fresh.format;
    head.names_version = fresh.names_version;
    head.order = fresh.order;
    head.sections = fresh.sections;
    head.bytes = n;
    head.check = as_index_head_check(&head);
    memcpy(bytes, &head, sizeof head);
}

/* Every row, name, word and table, one after the other. */
static void walk(as_index *x)
{
    size_t n;

    for (uint32_t i = 0; i < x->n[AS_SECTION_ROWS] && i < 5000; i++) {
        const as_index_row *row = as_index_row_at(x, i);
        (void)as_index_countries(x, row);
        (void)as_index_births(x, row);
        (void)as_index_list_name(x, row->list);
    }
    for (uint32_t i = 0; i < x->n[AS_SECTION_NAMES] && i < 5000; i++) {
        const as_index_name *name = as_index_name_at(x, i);
        if (name)
            (void)as_index_block(x, name);
        (void)as_index_refs(x, i, &n);
    }
    for (uint32_t i = 0; i < 2000; i++) {
        (void)as_index_gram(x, i, &n);
        (void)as_index_find(x, AS_SECTION_KEYS, i << 20, &n);
        (void)as_index_find(x, AS_SECTION_IDS, i << 20, &n);
    }
}

static void ask(as_span bytes)
{
    static const char *const names[] = {"Huawei", "华为技术", "S M I C",
                                        "Hik Vision"};
    as_screen *s = NULL;
    as_arena *arena = as_arena_new(AS_MIB * 64);
    as_index x;

    if (as_index_open(bytes, &x, NULL) == AS_OK)
        walk(&x);
    if (as_screen_open(NULL, bytes, &s, NULL) == AS_OK) {
        for (size_t i = 0; i < AS_ARRAY_LEN(names); i++) {
            as_screen_query q = {.name = as_str_c(names[i]),
                                 .date = AS_STR("2026-11-22"),
                                 .near = true};
            as_screen_answer a;
            as_err err;
            as_err_init(&err);
            if (as_screen_run(s, &q, arena, &a, &err))
                assert(err.what[0]);
            else
                assert(a.examined && a.n_hits + a.n_apart < 10000);
        }
    }
    as_screen_close(s);
    as_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const as_buf *good = good_index();
    size_t n = size && data[0] & 1 ? size - 1 : good->n;
    uint8_t *copy = malloc(n + 8);

    if (size && data[0] & 1) { /* as an index */
        memcpy(copy, data + 1, n);
        ask((as_span){copy, n});
        if (n >= sizeof(as_index_head)) {
            mend_head(copy, n);
            ask((as_span){copy, n});
        }
    } else {
        memcpy(copy, good->p, n);
        for (size_t i = 1; i + 4 <= size; i += 4) {
            size_t at = ((size_t)data[i] << 16 | (size_t)data[i + 1] << 8 |
                         data[i + 2]) %
                        n;
            copy[at] = data[i + 3];
        }
        mend_head(copy, n);
        ask((as_span){copy, n});
    }
    free(copy);
    return 0;
}
