/* SPDX-License-Identifier: Apache-2.0 */
/* Spans, arena, buffer and JSON. */
#include "testing.h"

#include "base/json_write.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static as_span bytes(const char *s)
{
    return as_str_span(as_str_c(s));
}

static void utf8(void **state)
{
    static const struct {
        const char *bytes;
        size_t bad;
    } cases[] = {
        {"plain", 5},
        {"\xC3\xA9", 2},
        {"a\xC0\xAF", 1},
        {"\xED\xA0\x80", 0},
        {"\xF4\x90\x80\x80", 0},
        {"\xE2\x82", 0},
        {"\xF0\x9F\x98\x80", 4},
        {"12345678\xFF", 8},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++)
        assert_int_equal(as_span_utf8_bad(bytes(cases[i].bytes)), cases[i].bad);
}

static void unsafe_to_show(void **state)
{
    static const struct {
        const char *text;
        size_t n;
    } cases[] = {
        {"a", 0},
        {" ", 0},
        {"\xC3\xA9", 0},
        {"\xC2\xA0", 0},         /* a space that does not break */
        {"\xE2\x82\xAC", 0},     /* the euro */
        {"\xF0\x9F\x98\x80", 0}, /* a smile */
        {"\x1B[2J", 1},          /* escape */
        {"\n", 1},               /* a line of its own */
        {"\x7F", 1},             /* delete */
        {"\xC2\x9B", 2},         /* C1: the same as escape and [ */
        {"\xD8\x9C", 2},         /* Arabic letter mark */
        {"\xE2\x80\x8B", 3},     /* zero width space */
        {"\xE2\x80\xA8", 3},     /* line separator */
        {"\xE2\x80\xAE", 3},     /* right-to-left override */
        {"\xE2\x81\xA6", 3},     /* left-to-right isolate */
        {"\xEF\xBB\xBF", 3},     /* byte order mark */
        {"\xF3\xA0\x81\x81", 4}, /* tag of an A */
        {"\x9B", 0},             /* no UTF-8: no terminal heeds it */
        {"\xE2\x80", 0},
    };
    as_buf b;

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++)
        assert_int_equal(as_str_unsafe(as_str_c(cases[i].text), 0), cases[i].n);
    as_buf_init(&b, 100);
    as_buf_line(&b, "%s%d", "a\x1B[\n\xE2\x80\xAE\xC3\xA9", 7);
    assert_true(
        as_str_eq(as_buf_text(&b), AS_STR("a\\x1B[\\x0A\\xE2\\x80\\xAE\xC3\xA9"
                                          "7\n")));
    as_buf_done(&b);
}

static void arena_holds_its_ceiling(void **state)
{
    as_arena *a = as_arena_new(1000);

    assert_non_null(as_arena_alloc(a, 900));
    assert_null(as_arena_alloc(a, 200));
    assert_true(as_arena_failed(a));
    assert_null(as_arena_alloc(a, 1));
    as_arena_free(a);
}

/* text -> "line:column why" or "" when it is fine. */
static void json_refusals(void **state)
{
    static const struct {
        const char *text;
        uint64_t line, column;
    } cases[] = {
        {"", 0, 0},
        {"{", 1, 2},
        {"{\"a\":1,}", 1, 8},
        {"[1 2]", 1, 4},
        {"{\"a\":1}x", 1, 8},
        {"[01]", 1, 3},
        {"[\n\"a\\q\"]", 2, 4},
        {"[\"\\ud800\"]", 1, 9},
        {"[\"\\udc00\"]", 1, 9},
        {"[\"a\xFF\"]", 1, 4},
        {"[tru]", 1, 2},
        {"{\"a\":{\"b\":1,\n\"b\":2}}", 2, 1},
        {"{\"a\":1,\"\\u0061\":2}", 1, 2},
        {"\"tab\there\"", 1, 5},
        {"[1e999]", 1, 2},
        {"[0.1e2,\n -12e400]", 2, 2},
        {"[18446744073709551616x]", 1, 22},
        {"[1,018446744073709551616]", 1, 5},
        {"NaN", 1, 1},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_json_doc *doc = NULL;
        as_err err;
        as_err_init(&err);
        as_rc rc = as_json_read(bytes(cases[i].text), NULL, &doc, &err);
        if (rc != AS_ERR_INPUT || err.place.line != cases[i].line ||
            err.place.column != cases[i].column) {
            char line[800];
            as_err_text(&err, line, sizeof line);
            print_error("%s: rc %d, %s\n", cases[i].text, (int)rc, line);
            fail();
        }
        assert_null(doc);
    }
}

static void json_depth(void **state)
{
    as_json_limits limits = {1000, 4, false};
    as_json_doc *doc = NULL;
    as_err err;

    as_err_init(&err);
    assert_int_equal(as_json_read(bytes("[[[[1]]]]"), &limits, &doc, &err),
                     AS_OK);
    doc = as_json_free(doc);
    assert_int_equal(as_json_read(bytes("[[[[[1]]]]]"), &limits, &doc, &err),
                     AS_ERR_LIMIT);
}

/* A text that is small beside what its values take is refused unparsed. */
static void json_values(void **state)
{
    size_t n = AS_LIMIT_JSON_MARKS + 2;
    char *text = malloc(n);
    as_json_doc *doc = NULL;
    as_err err;

    (void)state;
    as_err_init(&err);
    assert_non_null(text);
    memset(text, ',', n);
    assert_int_equal(
        as_json_read((as_span){(uint8_t *)text, n}, NULL, &doc, &err),
        AS_ERR_LIMIT);
    assert_non_null(strstr(err.what, "40000000 values, counted by the marks"));
    assert_non_null(strstr(err.hint, "split it"));
    memset(text, ' ', n);
    text[0] = '7';
    assert_int_equal(
        as_json_read((as_span){(uint8_t *)text, n}, NULL, &doc, &err), AS_OK);
    as_json_free(doc);
    free(text);
}

static void json_walk(void **state)
{
    const char *text = "\xEF\xBB\xBF{\"a\":[1,-2,3.5,18446744073709551615],"
                       "\"b\":{\"c\":\"\\u00e9\\n\"},\"d\":null,\"e\":true}";
    as_json_doc *doc = NULL;
    uint64_t u;
    int64_t i;
    double d;
    bool b;
    as_place at;

    assert_int_equal(as_json_read(bytes(text), NULL, &doc, NULL), AS_OK);
    as_json root = as_json_root(doc);
    as_json a = as_json_get(root, AS_STR("a"));
    assert_int_equal(as_json_count(a), 4);
    as_json_iter it = as_json_each(a);
    assert_true(as_json_next(&it) && as_json_u64(it.value, &u) && u == 1);
    assert_true(as_json_next(&it) && as_json_i64(it.value, &i) && i == -2);
    assert_true(as_json_next(&it) && as_json_double(it.value, &d));
    assert_true(as_json_next(&it) && as_json_u64(it.value, &u));
    assert_true(u == UINT64_MAX && !as_json_next(&it));
    as_json c = as_json_get(as_json_get(root, AS_STR("b")), AS_STR("c"));
    testing_str(as_json_str(c), "\xC3\xA9\n");
    assert_true(as_json_bool(as_json_get(root, AS_STR("e")), &b) && b);
    assert_int_equal(as_json_type_of(as_json_get(root, AS_STR("z"))),
                     AS_JSON_NONE);
    as_json_locate(bytes(text), AS_STR("/b/c"), &at);
    assert_int_equal(at.column, 50);
    as_json_free(doc);
}

static void json_canonical(void **state)
{
    /* The sorting example of RFC 8785 section 3.2.3, and numbers of its
     * appendix B. */
    static const char *cases[][2] = {
        {"{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,"
         "\"\\u0080\":6,\"\\u00f6\":7}",
         "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,"
         "\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}"},
        {"[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]",
         "[333333333.3333333,1e+30,4.5,0.002,1e-27]"},
        {"[-0.0, 1e21, 123456789012345680000.0, 9007199254740993]",
         "[0,1e+21,123456789012345680000,9007199254740992]"},
        /* Integers beyond 64 bits are doubles; in strings they are text. */
        {"[123456789012345680000,-9223372036854775809,18446744073709551616,"
         "{\"18446744073709551616\\\"9\":-18446744073709551616}]",
         "[123456789012345680000,-9223372036854776000,18446744073709552000,"
         "{\"18446744073709551616\\\"9\":-18446744073709552000}]"},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_json_doc *doc = NULL;
        as_buf out;
        as_buf_init(&out, 4096);
        assert_int_equal(as_json_read(bytes(cases[i][0]), NULL, &doc, NULL),
                         AS_OK);
        assert_int_equal(as_json_canonical(as_json_root(doc), &out, NULL),
                         AS_OK);
        testing_str(as_buf_text(&out), cases[i][1]);
        as_buf_done(&out);
        as_json_free(doc);
    }
}

static void json_write(void **state)
{
    as_json_writer w;
    as_buf out;

    as_buf_init(&out, 4096);
    as_json_write_init(&w, &out, 2);
    as_json_write_object(&w);
    as_json_write_field(&w, AS_STR("a"), AS_STR("x\"\x01\xFFy"));
    as_json_write_key(&w, AS_STR("b"));
    as_json_write_array(&w);
    as_json_write_double(&w, 9.8);
    as_json_write_array_end(&w);
    as_json_write_object_end(&w);
    testing_str(as_buf_text(&out), "{\n  \"a\": \"x\\\"\\u0001\xEF\xBF\xBDy\","
                                   "\n  \"b\": [\n    9.8\n  ]\n}");
    as_buf_done(&out);
}

/* Long runs of bytes above ASCII, good ones and bad ones across any edge:
 * nothing good is lost, each bad byte is one U+FFFD. */
static void json_quote_runs(void **state)
{
    for (size_t good = 0; good < 140; good++) {
        as_buf in, want, out;
        as_buf_init(&in, 4096);
        as_buf_init(&want, 4096);
        as_buf_init(&out, 4096);
        as_buf_byte(&want, '"');
        for (size_t i = 0; i < good; i++)
            as_buf_c(&in, i % 2 ? "\xC3\xA9" : "\xE4\xB8\xAD");
        as_buf_put(&want, in.p, in.n);
        as_buf_c(&in, "\xFF\xE4\xB8\xC3\xA9");
        as_buf_c(&want, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xA9\"");
        as_json_quote(&out, as_buf_text(&in));
        assert_true(as_str_eq(as_buf_text(&out), as_buf_text(&want)));
        as_buf_done(&in);
        as_buf_done(&want);
        as_buf_done(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8),
        cmocka_unit_test(unsafe_to_show),
        cmocka_unit_test(arena_holds_its_ceiling),
        cmocka_unit_test(json_refusals),
        cmocka_unit_test(json_depth),
        cmocka_unit_test(json_values),
        cmocka_unit_test(json_walk),
        cmocka_unit_test(json_canonical),
        cmocka_unit_test(json_write),
        cmocka_unit_test(json_quote_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
