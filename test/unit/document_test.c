/* SPDX-License-Identifier: Apache-2.0 */
/* What a worker says of a document's rules, on the wire and off it. */
#include "testing.h"

#include "base/limits.h"
#include "review/document_internal.h"

static as_document_check judged(const char *text, as_arena *a)
{
    as_document_check check = {.valid = AS_UNSURE};
    as_product *p = NULL;
    as_bom_input in;

    assert_int_equal(as_bom_open(as_str_span(as_str_c(text)), false, &in, NULL),
                     AS_OK);
    assert_int_equal(as_bom_read_input(&in, &p, NULL), AS_OK);
    as_document_judge(&in, p, a, &check);
    check.path = as_arena_str(a, check.path);
    check.message = as_arena_str(a, check.message);
    as_bom_close(&in);
    as_product_free(p);
    return check;
}

static void the_first_error_is_told(void **state)
{
    as_arena *a = as_arena_new(AS_MIB * 16);
    as_document_check c;

    (void)state;
    c = judged("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\","
               "\"version\":1,\"components\":[\n{\"type\":\"library\","
               "\"name\":\"a\",\"purl\":\"no purl\"},\n{\"type\":\"gadget\","
               "\"name\":\"b\"},{\"name\":\"c\"}]}",
               a);
    assert_int_equal(c.valid, AS_NO);
    assert_int_equal(c.errors, 2);
    assert_int_equal(c.warnings, 1); /* the purl, which comes before */
    testing_str(c.rules, "CycloneDX 1.6 JSON");
    testing_str(c.path, "/components/1/type");
    testing_str(c.rule, "enum");
    assert_int_equal(c.line, 3);
    c = judged("pkg:npm/a@1\nwhat is this\n", a); /* no rules: the reader */
    assert_int_equal(c.valid, AS_NO);
    testing_str(c.rule, "reader");
    testing_str(c.rules, "the reader of purl list");
    assert_int_equal(c.line, 2);
    c = judged("pkg:npm/a@1\n", a);
    assert_int_equal(c.valid, AS_YES);
    assert_true(as_str_is_absent(c.message));
    as_arena_free(a);
}

static void the_wire_keeps_it_and_trusts_nothing(void **state)
{
    const as_document_check c = {.valid = AS_NO,
                                 .rules = AS_STR("rules"),
                                 .errors = 7,
                                 .path = AS_STR("/a"),
                                 .rule = AS_STR("enum"),
                                 .message = AS_STR("m"),
                                 .line = 3};
    as_arena *a = as_arena_new(AS_MIB);
    as_document_check got;
    as_buf b;

    (void)state;
    as_buf_init(&b, AS_MIB);
    as_document_encode(&c, &b);
    assert_true(as_document_decode(as_buf_span(&b), a, &got));
    assert_int_equal(got.valid, AS_NO);
    assert_int_equal(got.errors, 7);
    assert_true(as_str_is_absent(got.why));
    testing_str(got.path, "/a");
    for (size_t n = 0; n < b.n; n++)
        assert_false(
            as_document_decode((as_span){as_buf_span(&b).p, n}, a, &got));
    for (size_t i = 0; i < b.n; i++) { /* whatever a byte is: no more */
        for (unsigned v = 0; v < 256; v++) {
            char was = b.p[i];
            b.p[i] = (char)v;
            if (as_document_decode(as_buf_span(&b), a, &got))
                assert_true(got.valid <= AS_YES);
            b.p[i] = was;
        }
    }
    as_buf_done(&b);
    as_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_error_is_told),
        cmocka_unit_test(the_wire_keeps_it_and_trusts_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
