/* SPDX-License-Identifier: Apache-2.0 */
/* A byte for the kind, then two names, a line each, of any bytes: what is not
 * UTF-8 is refused; a prepared name passes its own check, also as a copy; a
 * score lies in [0, 1], is the same both ways and 1 for a name with itself, and
 * every pair counts words that are there. Bytes that are no block are refused
 * or compared safely. */
#include "party/party.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const as_name *prepare(as_names *s, as_span text, as_party_kind kind,
                              as_arena *a)
{
    const as_name *n = NULL;
    as_str t = as_str_of((const char *)text.p, text.n);
    as_rc rc = as_name_prepare(s, t, kind, a, &n, NULL);

    assert((rc == AS_OK) == (n != NULL));
    if (as_span_utf8_bad(text) < text.n)
        assert(rc == AS_ERR_INPUT || rc == AS_ERR_LIMIT);
    if (n)
        assert(as_name_check((as_span){(const uint8_t *)n, as_name_size(n)}));
    return n;
}

static void check_pairs(const as_name *a, const as_name *b,
                        const as_name_match *m)
{
    const as_name *x = as_name_taken_for(a, m->kind);
    const as_name *y = as_name_taken_for(b, m->kind);

    for (size_t i = 0; i < m->n_pairs; i++) {
        const as_name_pair *p = &m->pairs[i];
        assert(p->a + p->n_a <= as_name_words(x));
        assert(p->b + p->n_b <= as_name_words(y));
        assert((p->how == AS_PAIR_NONE) == (p->n_a == 0 || p->n_b == 0));
        assert(as_name_how_text(p->how) != NULL);
    }
    assert(as_name_cap_text(m->cap) != NULL);
}

static void compare(const as_name *a, const as_name *b)
{
    for (int i = AS_PARTY_ENTITY; i <= AS_PARTY_FAMILY; i++) {
        as_name_match there, back, self;
        as_name_compare(a, b, (as_party_identity)i, &there);
        as_name_compare(b, a, (as_party_identity)i, &back);
        as_name_compare(a, a, (as_party_identity)i, &self);
        assert(there.score >= 0 && there.score <= 1);
        assert(there.score == back.score);
        assert(self.score == 1);
        check_pairs(a, b, &there);
        check_pairs(b, a, &back);
    }
}

/* The fuzzer's own bytes over a good block. */
static void damage(const as_name *n, as_span bytes, as_arena *a)
{
    size_t size = as_name_size(n);
    uint8_t *copy = as_arena_alloc(a, size);
    as_name_match m;

    if (!copy)
        return;
    memcpy(copy, n, size);
    for (size_t i = 0; i + 1 < bytes.n; i += 2)
        copy[(size_t)bytes.p[i] * 7 % size] = bytes.p[i + 1];
    if (as_name_check((as_span){copy, size}))
        as_name_compare((const as_name *)(void *)copy, n, AS_PARTY_ENTITY, &m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static as_names *names; /* transliterators are slow to open */
    as_arena *arena = as_arena_new((size_t)1 << 22);
    const as_name *a, *b;
    const uint8_t *end;
    as_party_kind kind;
    as_span first, second;

    if (!names)
        names = as_names_new();
    if (names && arena && size > 1) {
        kind = (as_party_kind)(data[0] % 4);
        end = memchr(data + 1, '\n', size - 1);
        first = (as_span){data + 1, end ? (size_t)(end - data - 1) : size - 1};
        second =
            end ? (as_span){end + 1, (size_t)(data + size - end - 1)} : first;
        a = prepare(names, first, kind, arena);
        b = prepare(names, second, kind, arena);
        if (a && b)
            compare(a, b);
        if (a)
            damage(a, second, arena);
        as_name_ofac(as_str_of((const char *)first.p, first.n),
                     as_str_of((const char *)second.p, second.n));
    }
    as_arena_free(arena);
    return 0;
}
