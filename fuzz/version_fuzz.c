/* SPDX-License-Identifier: Apache-2.0 */
/* ECOSYSTEM, then versions A, B, C, a line each: what compares compares the
 * other way round mirrored, with itself equal, as its keys do, and (where keys
 * are the order) transitively. Bytes that are no keys are compared safely. */
#include "version/version.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct one {
    as_str text;
    bool valid;
    as_buf key;
} one;

static one read_one(const as_version_scheme *s, as_str text)
{
    one v = {text, as_version_valid(s, text), {0}};

    as_buf_init(&v.key, 1 << 16);
    assert((as_version_key(s, text, &v.key, NULL) == AS_OK) == v.valid);
    assert((v.key.n > 0) == v.valid);
    assert(!v.valid || (uint8_t)v.key.p[0] != 0xFF);
    return v;
}

static int order(const as_version_scheme *s, const one *a, const one *b)
{
    int r = 0, back = 0, keys;

    assert(as_version_compare(s, a->text, b->text, &r, NULL) == AS_OK);
    assert(as_version_compare(s, b->text, a->text, &back, NULL) == AS_OK);
    keys = as_version_key_cmp(s, as_buf_span(&a->key), as_buf_span(&b->key));
    assert(r >= -1 && r <= 1 && r == -back && r == keys);
    if (as_version_has_key(s)) {
        keys = as_str_cmp(as_buf_text(&a->key), as_buf_text(&b->key));
        assert(r == (keys > 0) - (keys < 0));
    }
    assert(as_version_keys_comparable(s, as_buf_span(&a->key),
                                      as_buf_span(&b->key)) ==
           as_version_keys_comparable(s, as_buf_span(&b->key),
                                      as_buf_span(&a->key)));
    return r;
}

static void check(const as_version_scheme *s, const one v[3])
{
    int ab, bc, ac;

    for (size_t i = 0; i < 3; i++)
        assert(!v[i].valid || order(s, &v[i], &v[i]) == 0);
    if (!v[0].valid || !v[1].valid)
        return;
    ab = order(s, &v[0], &v[1]);
    if (!v[2].valid || !as_version_has_key(s))
        return;
    bc = order(s, &v[1], &v[2]);
    ac = order(s, &v[0], &v[2]);
    if (ab >= 0 && bc >= 0)
        assert(ac >= 0 && (ac > 0) == (ab > 0 || bc > 0));
    if (ab <= 0 && bc <= 0)
        assert(ac <= 0 && (ac < 0) == (ab < 0 || bc < 0));
}

/* A name finds its order; a byte counts the rows, so that mutation reaches
 * every one. */
static const as_version_scheme *choose(as_str name)
{
    const as_version_scheme *s = as_version_scheme_find(name);
    size_t n = 0;

    if (s != NULL || name.n != 1)
        return s;
    while (as_version_scheme_at(n) != NULL)
        n++;
    return as_version_scheme_at((uint8_t)name.p[0] % n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const as_version_scheme *s;
    as_str rest;
    as_span half = {data, size / 2};
    one v[3];

    if (!as_span_str((as_span){data, size}, &rest))
        return 0;
    s = choose(as_str_cut(&rest, '\n'));
    if (s == NULL)
        return 0;
    for (size_t i = 0; i < 3; i++)
        v[i] = read_one(s, as_str_cut(&rest, '\n'));
    check(s, v);
    for (size_t i = 0; i < 3; i++)
        as_buf_done(&v[i].key);
    assert(as_version_key_cmp(s, half, half) == 0);
    assert(
        as_version_key_cmp(s, half, (as_span){data + half.n, size - half.n}) ==
        -as_version_key_cmp(s, (as_span){data + half.n, size - half.n}, half));
    return 0;
}
