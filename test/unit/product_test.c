/* SPDX-License-Identifier: Apache-2.0 */
/* The product tree: references, and the wire in a stranger's hands. */
#include "testing.h"

#include "base/limits.h"
#include "model/product.h"

#include <stdlib.h>
#include <string.h>

static as_product *chain_of(size_t n)
{
    as_product *p = as_product_new();

    assert_non_null(p);
    for (size_t i = 0; i < n; i++) {
        as_part *part =
            as_product_add_part(p, i ? (uint32_t)i - 1 : AS_NO_PART);
        assert_non_null(part);
        part->name = AS_STR("part");
    }
    return p;
}

static as_rc through_wire(const as_product *p, as_product **ret)
{
    as_buf message;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    as_buf_init(&message, AS_MIB * 64);
    as_product_encode(p, &message);
    assert_false(as_buf_failed(&message));
    rc = as_product_decode(as_buf_span(&message), ret, &err);
    as_buf_done(&message);
    return rc;
}

static void deep_trees(void **state)
{
    as_product *p = chain_of(AS_LIMIT_PART_DEPTH), *back = NULL;

    assert_int_equal(through_wire(p, &back), AS_OK);
    assert_int_equal(back->n_parts, AS_LIMIT_PART_DEPTH);
    as_product_free(back);
    as_product_free(p);
    p = chain_of(AS_LIMIT_PART_DEPTH * 10);
    assert_int_equal(through_wire(p, &back), AS_ERR_INTERNAL);
    as_product_free(p);
}

/* Whatever is cut off or turned over, it is refused or read, and nothing else
 * happens. */
static void broken_messages(void **state)
{
    as_product *p = chain_of(5), *back;
    as_buf message;

    p->parts[2].cpes = AS_NEW_ARRAY(p->arena, 1, as_str);
    p->parts[2].cpes[0] = AS_STR("cpe:2.3:a:b:c:1:*:*:*:*:*:*:*");
    p->parts[2].n_cpes = 1;
    p->parts[3].pedigree = AS_NEW(p->arena, as_pedigree);
    as_product_diagnose(p, true, AS_STR("/a"), "odd");
    as_buf_init(&message, AS_MIB);
    as_product_encode(p, &message);
    for (size_t i = 0; i < message.n; i++) {
        as_span cut = {as_buf_span(&message).p, i};
        assert_int_not_equal(as_product_decode(cut, &back, NULL), AS_OK);
        for (int bit = 0; bit < 8; bit++) {
            message.p[i] = (char)(message.p[i] ^ (1 << bit));
            if (as_product_decode(as_buf_span(&message), &back, NULL) == AS_OK)
                as_product_free(back);
            message.p[i] = (char)(message.p[i] ^ (1 << bit));
        }
    }
    as_buf_done(&message);
    as_product_free(p);
}

static void references(void **state)
{
    as_product *p = chain_of(4);
    as_ref_table *t;

    p->parts[1].ref = AS_STR("b");
    p->parts[2].ref = AS_STR("a");
    p->parts[3].ref = AS_STR("b");
    t = as_ref_table_new(p);
    assert_non_null(t);
    assert_int_equal(as_ref_table_find(t, AS_STR("a")), 2);
    assert_int_equal(as_ref_table_find(t, AS_STR("b")), 1);
    assert_int_equal(as_ref_table_find(t, AS_STR("c")), AS_NO_PART);
    assert_int_equal(as_ref_table_find(t, AS_STR("")), AS_NO_PART);
    assert_int_equal(as_ref_table_find(t, AS_ABSENT), AS_NO_PART);
    as_ref_table_free(t);
    as_product_free(p);
}

/* Two refs of one hash: the second eight bytes undo the first eight. Both end
 * in the state that a word equal to it leaves behind. */
static void colliding_references(void **state)
{
    static const char *const texts[] = {
        "00000000\x00\x00\x00\x00\x00\x00\x00\x00",
        "00000001\x00\x00\x00\x00\x00\x00\x00\x00",
    };
    const uint64_t k0 = UINT64_C(0xa0761d6478bd642f);
    const uint64_t k1 = UINT64_C(0xe7037ed1a0b428db);
    as_product *p = chain_of(2);
    as_ref_table *t;

    for (size_t i = 0; i < 2; i++) {
        char *text = as_arena_array(p->arena, 16, 1);
        uint64_t word;
        assert_non_null(text);
        memcpy(text, texts[i], 16);
        memcpy(&word, text, sizeof word);
        __extension__ unsigned __int128 r = k0 ^ 16 ^ word;
        r *= k1;
        word = (uint64_t)r ^ (uint64_t)(r >> 64);
        memcpy(text + 8, &word, sizeof word);
        p->parts[i].ref = as_str_of(text, 16);
    }
    assert_true(as_str_hash(p->parts[0].ref) == as_str_hash(p->parts[1].ref));
    t = as_ref_table_new(p);
    assert_non_null(t);
    assert_int_equal(as_ref_table_find(t, p->parts[0].ref), 0);
    assert_int_equal(as_ref_table_find(t, p->parts[1].ref), 1);
    as_ref_table_free(t);
    as_product_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deep_trees),
        cmocka_unit_test(broken_messages),
        cmocka_unit_test(references),
        cmocka_unit_test(colliding_references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
