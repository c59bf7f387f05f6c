/* SPDX-License-Identifier: Apache-2.0 */
/* Two names on two lines. What reads is written in both bindings, and each
 * reads back to the same name (the URI: but for case). Comparing is mirrored:
 * A is a subset of B when B is a superset of A, unless wildcards forbid to
 * say; a name without them equals itself. */
#include "base/limits.h"
#include "model/cpe.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef void write_fn(const as_cpe *c, as_buf *out);

static void check_binding(const as_cpe *c, write_fn *write, as_arena *a,
                          bool exact)
{
    as_buf one, two;
    as_cpe again;

    as_buf_init(&one, 8 * AS_LIMIT_CPE_BYTES);
    as_buf_init(&two, 8 * AS_LIMIT_CPE_BYTES);
    write(c, &one);
    assert(!as_buf_failed(&one));
    if (one.n <= AS_LIMIT_CPE_BYTES) {
        assert(as_cpe_read(as_buf_text(&one), a, &again, NULL) == AS_OK);
        for (size_t i = 0; i < AS_CPE_ATTRIBUTES; i++) {
            as_str x = c->attribute[i].value, y = again.attribute[i].value;

            assert(c->attribute[i].kind == again.attribute[i].kind);
            assert(exact ? as_str_eq(x, y) : as_str_eq_nocase(x, y));
        }
        write(&again, &two);
        assert(as_str_eq(as_buf_text(&one), as_buf_text(&two)));
    }
    as_buf_done(&one);
    as_buf_done(&two);
}

static bool plain(const as_cpe *c)
{
    for (size_t i = 0; i < AS_CPE_ATTRIBUTES; i++)
        if (as_cpe_has_wildcard(&c->attribute[i]))
            return false;
    return true;
}

static void check_pair(const as_cpe *a, const as_cpe *b)
{
    unsigned ab = as_cpe_compare(a, b), ba = as_cpe_compare(b, a);

    as_cpe_relations_text(ab);
    if (plain(a))
        assert(as_cpe_compare(a, a) ==
               (AS_CPE_EQUAL | AS_CPE_SUBSET | AS_CPE_SUPERSET));
    if (!plain(a) || !plain(b))
        return;
    assert(!(ab & AS_CPE_EQUAL) == !(ba & AS_CPE_EQUAL));
    assert(!(ab & AS_CPE_SUBSET) == !(ba & AS_CPE_SUPERSET));
    assert(!(ab & AS_CPE_SUPERSET) == !(ba & AS_CPE_SUBSET));
    assert(!(ab & AS_CPE_DISJOINT) == !(ba & AS_CPE_DISJOINT));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_arena *arena;
    as_str rest, first;
    as_cpe a, b;

    if (!as_span_str((as_span){data, size}, &rest))
        return 0;
    arena = as_arena_new(AS_MIB * 8);
    first = as_str_cut(&rest, '\n');
    if (as_cpe_read_lenient(first, arena, &a, NULL) == AS_OK) {
        check_binding(&a, as_cpe_write_fs, arena, true);
        check_binding(&a, as_cpe_write_uri, arena, false);
        for (size_t i = 0; i < AS_CPE_ATTRIBUTES; i++)
            as_cpe_key(&a.attribute[i], arena);
        if (as_cpe_read(rest, arena, &b, NULL) == AS_OK)
            check_pair(&a, &b);
    }
    as_arena_free(arena);
    return 0;
}
