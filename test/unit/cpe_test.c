/* SPDX-License-Identifier: Apache-2.0 */
/* CPE names: the pairs of the corpus, our own cases, the table of NISTIR
 * 7696. */
#include "testing.h"

#include "base/limits.h"
#include "model/cpe.h"

#include <string.h>

static as_cpe read_ok(as_str text, as_arena *a)
{
    as_cpe c = {0};
    as_err err;

    as_err_init(&err);
    if (as_cpe_read(text, a, &c, &err) != AS_OK) {
        print_error("%s\n", err.what);
        fail();
    }
    return c;
}

static bool expect(const char *what, as_str input, as_str got, as_str want)
{
    if (as_str_eq(got, want))
        return true;
    print_error("%s of \"%.*s\": \"%.*s\", not \"%.*s\"\n", what, AS_FMT(input),
                AS_FMT(got), AS_FMT(want));
    return false;
}

static bool relation_is(as_str left, as_str right, as_str want, as_arena *a)
{
    as_cpe l = read_ok(left, a), r = read_ok(right, a);

    if (expect("relation", left, as_cpe_relations_text(as_cpe_compare(&l, &r)),
               want))
        return true;
    print_error("  to \"%.*s\"\n", AS_FMT(right));
    return false;
}

/* left,right,relation with a head line; a name may hold a quoted comma. */
static void corpus_pairs(void **state)
{
    as_arena *a;
    as_str rest, line;
    size_t n = 0, bad = 0;

    if (!testing_corpus())
        skip();
    a = as_arena_new(AS_MIB * 16);
    assert_true(as_span_str(
        testing_corpus_file(a, "conformance/cpe-name-pairs.csv"), &rest));
    assert_true(testing_line(&rest, &line));
    while (testing_line(&rest, &line)) {
        size_t last = as_str_rfind(line, ',');
        size_t mid = as_str_search(line, AS_STR(",cpe:"));

        assert_true(mid < last && last < line.n);
        n++;
        bad += !relation_is(as_str_slice(line, 0, mid),
                            as_str_slice(line, mid + 1, last),
                            as_str_slice(line, last + 1, line.n), a);
    }
    as_arena_free(a);
    print_message("%zu pairs\n", n);
    assert_true(n >= 18);
    assert_int_equal(bad, 0);
}

typedef void write_fn(const as_cpe *c, as_buf *out);

static as_str written(const as_cpe *c, write_fn *write, as_arena *a)
{
    as_buf b;
    as_str text;

    as_buf_init(&b, 8 * AS_LIMIT_CPE_BYTES);
    write(c, &b);
    text = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    return text;
}

/* Both bindings, and what is written reads back to the same. */
static bool run_read(as_str line, as_arena *a)
{
    as_str text = as_str_cut(&line, '\t'), fs = as_str_cut(&line, '\t');
    as_cpe c = {0}, again;
    uint64_t column;
    as_err err;

    as_err_init(&err);
    if (fs.p[0] == '!') {
        assert_true(
            as_str_u64(as_str_trim(as_str_slice(fs, 1, fs.n)), &column));
        if (as_cpe_read(text, a, &c, &err) == AS_ERR_INPUT &&
            err.place.column == column)
            return true;
        print_error("\"%.*s\": column %u: %s\n", AS_FMT(text),
                    (unsigned)err.place.column, err.what);
        return false;
    }
    c = read_ok(text, a);
    again = read_ok(fs, a);
    return expect("fs", text, written(&c, as_cpe_write_fs, a), fs) &&
           expect("uri", text, written(&c, as_cpe_write_uri, a), line) &&
           expect("fs again", fs, written(&again, as_cpe_write_fs, a), fs);
}

static void cases(void **state)
{
    as_arena *a = as_arena_new(AS_MIB * 16);
    as_str rest, line;
    size_t bad = 0, n = 0;

    assert_true(
        as_span_str(testing_source_file(a, "test/cases/cpe.cases"), &rest));
    while (testing_line(&rest, &line)) {
        as_str verb, left, right;

        if (line.n == 0 || line.p[0] == '#')
            continue;
        n++;
        verb = as_str_cut(&line, '\t');
        if (as_str_eq(verb, AS_STR("read"))) {
            bad += !run_read(line, a);
            continue;
        }
        left = as_str_cut(&line, '\t');
        right = as_str_cut(&line, '\t');
        bad += !relation_is(left, right, line, a);
    }
    as_arena_free(a);
    print_message("%zu cases\n", n);
    assert_int_equal(bad, 0);
}

/* NISTIR 7696, table 6-2, row by row. */
static void attribute_table(void **state)
{
#define ANY                                                                    \
    {                                                                          \
        AS_CPE_ANY,                                                            \
        {                                                                      \
            NULL, 0                                                            \
        }                                                                      \
    }
#define NA                                                                     \
    {                                                                          \
        AS_CPE_NA,                                                             \
        {                                                                      \
            NULL, 0                                                            \
        }                                                                      \
    }
#define VALUE(v)                                                               \
    {                                                                          \
        AS_CPE_VALUE, AS_STR_INIT(v)                                           \
    }
    static const struct {
        as_cpe_attribute source, target;
        as_cpe_relation want;
    } rows[] = {
        {ANY, ANY, AS_CPE_EQUAL},
        {ANY, NA, AS_CPE_SUPERSET},
        {ANY, VALUE("i"), AS_CPE_SUPERSET},
        {ANY, VALUE("m*"), AS_CPE_UNDEFINED},
        {NA, ANY, AS_CPE_SUBSET},
        {NA, NA, AS_CPE_EQUAL},
        {NA, VALUE("i"), AS_CPE_DISJOINT},
        {NA, VALUE("m*"), AS_CPE_UNDEFINED},
        {VALUE("i"), VALUE("I"), AS_CPE_EQUAL},
        {VALUE("i"), VALUE("k"), AS_CPE_DISJOINT},
        {VALUE("i"), VALUE("m*"), AS_CPE_UNDEFINED},
        {VALUE("i"), NA, AS_CPE_DISJOINT},
        {VALUE("i"), ANY, AS_CPE_SUBSET},
        {VALUE("m*"), VALUE("m1"), AS_CPE_SUPERSET},
        {VALUE("m*"), VALUE("k"), AS_CPE_DISJOINT},
        {VALUE("m*"), ANY, AS_CPE_SUBSET},
        {VALUE("m*"), NA, AS_CPE_DISJOINT},
        {VALUE("m*"), VALUE("m1*"), AS_CPE_UNDEFINED},
        {VALUE("m*"), VALUE("m*"), AS_CPE_UNDEFINED},
        {VALUE("*b*"), VALUE("abc"), AS_CPE_SUPERSET},
        {VALUE("*b*"), VALUE("b"), AS_CPE_SUPERSET},
        {VALUE("*bb*"), VALUE("abab"), AS_CPE_DISJOINT},
        {VALUE("?b*"), VALUE("aabc"), AS_CPE_DISJOINT},
        {VALUE("*\\**"), VALUE("a\\*b"), AS_CPE_SUPERSET},
        {VALUE("*\\**"), VALUE("ab"), AS_CPE_DISJOINT},
        {VALUE("??\\!"), VALUE("\\.a\\!"), AS_CPE_SUPERSET},
        {VALUE("?"), VALUE("\\."), AS_CPE_SUPERSET},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(rows); i++) {
        as_cpe_relation got =
            as_cpe_attribute_compare(&rows[i].source, &rows[i].target);

        if (got != rows[i].want) {
            print_error("row %zu: %d\n", i, (int)got);
            fail();
        }
    }
#undef ANY
#undef NA
#undef VALUE
}

static void lenient(void **state)
{
    static const struct {
        const char *text, *want; /* NULL: refused */
    } rows[] = {
        {"cpe:2.3:a:apache:log4j", "cpe:2.3:a:apache:log4j:*:*:*:*:*:*:*:*"},
        {"cpe:2.3:a:b:c:1.0:::::::", "cpe:2.3:a:b:c:1.0:*:*:*:*:*:*:*"},
        {"cpe:2.3:a:b:", "cpe:2.3:a:b:*:*:*:*:*:*:*:*:*"},
        {"cpe:/a:b:c", "cpe:2.3:a:b:c:*:*:*:*:*:*:*:*"},
        {"cpe:2.3:a:b", NULL},
        {"cpe:2.3:a:b:c:::::::::", NULL},
        {"cpe:2.3:x:b:c", NULL},
    };
    as_arena *a = as_arena_new(AS_MIB);

    for (size_t i = 0; i < AS_ARRAY_LEN(rows); i++) {
        as_cpe c;
        as_rc rc = as_cpe_read_lenient(as_str_c(rows[i].text), a, &c, NULL);

        assert_int_equal(rc, rows[i].want ? AS_OK : AS_ERR_INPUT);
        if (rows[i].want)
            testing_str(written(&c, as_cpe_write_fs, a), rows[i].want);
    }
    as_arena_free(a);
}

static void keys(void **state)
{
    as_arena *a = as_arena_new(AS_MIB);
    as_cpe c =
        read_ok(AS_STR("cpe:2.3:a:Foo\\!Bar:a*:1.2-3\\+b:-:*:*:*:*:*:*"), a);

    testing_str(as_cpe_key(&c.attribute[AS_CPE_VENDOR], a), "foo!bar");
    testing_str(as_cpe_unquoted(&c.attribute[AS_CPE_VENDOR], a), "Foo!Bar");
    testing_str(as_cpe_unquoted(&c.attribute[AS_CPE_VERSION], a), "1.2-3+b");
    assert_true(as_str_is_absent(as_cpe_key(&c.attribute[AS_CPE_PRODUCT], a)));
    assert_true(as_str_is_absent(as_cpe_key(&c.attribute[AS_CPE_UPDATE], a)));
    assert_true(as_str_is_absent(as_cpe_key(&c.attribute[AS_CPE_OTHER], a)));
    as_arena_free(a);
}

static void ceilings(void **state)
{
    static char text[AS_LIMIT_CPE_BYTES + 1];
    as_arena *a = as_arena_new(AS_MIB);
    as_arena *small = as_arena_new(1);
    as_cpe c;
    as_err err;

    memset(text, 'a', sizeof text);
    memcpy(text, "cpe:/a:", 7);
    as_err_init(&err);
    assert_int_equal(as_cpe_read(as_str_of(text, sizeof text), a, &c, &err),
                     AS_ERR_LIMIT);
    assert_int_equal(as_cpe_read(as_str_of(text, sizeof text - 1), a, &c, &err),
                     AS_OK);
    while (!as_arena_failed(small))
        as_arena_alloc(small, 16);
    assert_int_equal(as_cpe_read(AS_STR("cpe:/a:b"), small, &c, &err),
                     AS_ERR_MEMORY);
    as_arena_free(small);
    as_arena_free(a);
}

static void json(void **state)
{
    as_arena *a = as_arena_new(AS_MIB);
    as_cpe c =
        read_ok(AS_STR("cpe:2.3:a:foo\\!:b-c:1.0:-:*:*:*:wordpress:*:*"), a);
    as_cpe any = read_ok(AS_STR("cpe:/a:foo%21"), a);
    as_json_writer w;
    as_buf b;

    as_buf_init(&b, 8192);
    as_json_write_init(&w, &b, 0);
    as_cpe_to_json(&c, &w);
    testing_str(
        as_buf_text(&b),
        "{\"part\":\"a\",\"vendor\":\"foo\\\\!\",\"product\":\"b-c\","
        "\"version\":\"1.0\",\"update\":\"-\",\"edition\":\"*\","
        "\"language\":\"*\",\"sw_edition\":\"*\",\"target_sw\":\"wordpress\","
        "\"target_hw\":\"*\",\"other\":\"*\",\"formatted_string\":"
        "\"cpe:2.3:a:foo\\\\!:b-c:1.0:-:*:*:*:wordpress:*:*\","
        "\"uri\":\"cpe:/a:foo%21:b-c:1.0:-:~~~wordpress~~\","
        "\"wfn\":\"wfn:[part=\\\"a\\\",vendor=\\\"foo\\\\!\\\","
        "product=\\\"b\\\\-c\\\",version=\\\"1\\\\.0\\\",update=NA,"
        "target_sw=\\\"wordpress\\\"]\","
        "\"key\":{\"vendor\":\"foo!\",\"product\":\"b-c\"}}");
    as_buf_clear(&b);
    as_json_write_init(&w, &b, 0);
    as_cpe_compare_to_json(&any, &c, &w);
    testing_str(
        as_buf_text(&b),
        "{\"source\":\"cpe:2.3:a:foo\\\\!:*:*:*:*:*:*:*:*:*\","
        "\"target\":\"cpe:2.3:a:foo\\\\!:b-c:1.0:-:*:*:*:wordpress:*:*\","
        "\"relation\":\"superset\",\"attributes\":{\"part\":\"equal\","
        "\"vendor\":\"equal\",\"product\":\"superset\","
        "\"version\":\"superset\",\"update\":\"superset\","
        "\"edition\":\"equal\",\"language\":\"equal\","
        "\"sw_edition\":\"equal\",\"target_sw\":\"superset\","
        "\"target_hw\":\"equal\",\"other\":\"equal\"}}");
    as_buf_done(&b);
    as_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corpus_pairs),
        cmocka_unit_test(cases),
        cmocka_unit_test(attribute_table),
        cmocka_unit_test(lenient),
        cmocka_unit_test(keys),
        cmocka_unit_test(ceilings),
        cmocka_unit_test(json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
