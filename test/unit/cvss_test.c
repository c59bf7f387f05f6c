/* SPDX-License-Identifier: Apache-2.0 */
/* CVSS: the lists of the corpus, our own cases, refusals, properties. */
#include "testing.h"

#include "model/cvss.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static as_cvss read_ok(as_str vector)
{
    as_cvss c = {0};
    as_err err;

    as_err_init(&err);
    if (as_cvss_read(vector, &c, &err) != AS_OK) {
        print_error("\"%.*s\": %s\n", AS_FMT(vector), err.what);
        fail();
    }
    return c;
}

/* "9.8", "10", "-0.0" in tenths; "None" and "-" are no score. */
static int tenths_of(as_str s)
{
    s = as_str_trim(s);
    if (as_str_eq(s, AS_STR("None")) || as_str_eq(s, AS_STR("-")))
        return AS_CVSS_NO_SCORE;
    return (int)(strtod(s.p, NULL) * 10 + 0.5);
}

static bool check(as_str vector, const char *what, int got, as_str want)
{
    if (got == tenths_of(want))
        return true;
    print_error("%.*s: %s is %d tenths, not %.*s\n", AS_FMT(vector), what, got,
                AS_FMT(want));
    return false;
}

/* A line of the lists: VECTOR - (base, temporal, environmental), or one score
 * where the version has only one. */
static bool check_line(as_str line)
{
    as_str rest = line, vector = as_str_cut(&rest, ' ');
    as_cvss c = read_ok(vector);
    as_cvss_scores s;
    bool one, ok;

    as_cvss_score(&c, &s);
    rest = as_str_trim(as_str_slice(rest, 1, rest.n));
    one = rest.p[0] != '(' || as_str_ends(rest, AS_STR(",)"));
    if (rest.p[0] == '(')
        rest = as_str_slice(rest, 1, rest.n - 1);
    if (one)
        return check(vector, "score", s.overall, as_str_cut(&rest, ','));
    ok = check(vector, "base", s.base, as_str_cut(&rest, ','));
    ok = check(vector, "temporal", s.temporal, as_str_cut(&rest, ',')) && ok;
    return check(vector, "environmental", s.environmental, rest) && ok;
}

static void corpus_lists(void **state)
{
    static const struct {
        const char *file;
        size_t n;
    } lists[] = {
        {"vectors_simple2", 729},       {"vectors_simple3", 2592},
        {"vectors_simple31", 2592},     {"vectors_simple4", 1058},
        {"vectors_supplemental4", 576}, {"vectors_security4", 54},
        {"vectors_threat4", 6},         {"vectors_cvsslib2", 24},
        {"vectors_cvsslib3", 29},       {"vectors_calculator2", 5},
        {"vectors_calculator3", 2},
    };
    as_arena *a;
    size_t bad = 0;

    if (!testing_corpus())
        skip();
    a = as_arena_new((size_t)1 << 24);
    for (size_t i = 0; i < AS_ARRAY_LEN(lists); i++) {
        char path[128];
        as_str rest, line;
        size_t n = 0;

        snprintf(path, sizeof path, "conformance/cvss-vectors/%s",
                 lists[i].file);
        assert_true(as_span_str(testing_corpus_file(a, path), &rest));
        while (testing_line(&rest, &line)) {
            if (line.n == 0)
                continue;
            n++;
            bad += !check_line(line);
        }
        print_message("%s: %zu vectors\n", lists[i].file, n);
        assert_true(n >= lists[i].n);
    }
    as_arena_free(a);
    assert_int_equal(bad, 0);
}

static void refusal(as_str vector, as_str column)
{
    as_cvss c = {.version = AS_CVSS_3_0};
    uint64_t want;
    as_err err;

    as_err_init(&err);
    if (as_cvss_read(vector, &c, &err) != AS_ERR_INPUT) {
        print_error("read: \"%.*s\"\n", AS_FMT(vector));
        fail();
    }
    assert_int_equal(c.version, AS_CVSS_3_0);
    assert_true(as_str_u64(column, &want));
    if (err.place.column != want) {
        print_error("\"%.*s\": column %u: %s\n", AS_FMT(vector),
                    (unsigned)err.place.column, err.what);
        fail();
    }
}

/* test/cases/cvss.cases: see its head. */
static void cases(void **state)
{
    as_arena *a = as_arena_new((size_t)1 << 24);
    as_str rest, line;
    size_t bad = 0;

    assert_true(
        as_span_str(testing_source_file(a, "test/cases/cvss.cases"), &rest));
    while (testing_line(&rest, &line)) {
        as_str vector;
        as_cvss_scores s;
        as_cvss c;

        if (line.n == 0 || line.p[0] == '#')
            continue;
        vector = as_str_cut(&line, '\t');
        if (line.p[0] == '!') {
            refusal(vector, as_str_trim(as_str_slice(line, 1, line.n)));
            continue;
        }
        c = read_ok(vector);
        as_cvss_score(&c, &s);
        bad += !check(vector, "base", s.base, as_str_cut(&line, '\t'));
        bad += !check(vector, "temporal", s.temporal, as_str_cut(&line, '\t'));
        bad += !check(vector, "environmental", s.environmental,
                      as_str_cut(&line, '\t'));
        bad += !check(vector, "overall", s.overall, line);
    }
    as_arena_free(a);
    assert_int_equal(bad, 0);
}

/* What is written is in the order of the standard and reads back. */
static void write_reads_back(void **state)
{
#define V4 "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H"
    static const struct {
        const char *vector, *want;
    } cases[] = {
        {"RC:UC/A:P/AV:N/Au:M/AC:M/C:C/I:N/RL:W/TD:ND",
         "AV:N/AC:M/Au:M/C:C/I:N/A:P/RL:W/RC:UC"},
        {"(AV:A/AC:L/Au:S/C:P/I:P/A:N)", "AV:A/AC:L/Au:S/C:P/I:P/A:N"},
        {"CVSS:3.0/S:U/AV:N/AC:L/PR:H/UI:N/C:L/I:L/A:N/E:F/RL:X",
         "CVSS:3.0/AV:N/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:N/E:F"},
        {"CVSS:3.1/MA:N/AV:N/AC:L/PR:H/UI:N/S:C/C:L/I:L/A:N",
         "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:C/C:L/I:L/A:N/MA:N"},
        {V4 "/U:Red/SA:N/SI:L/SC:H/E:X", V4 "/SC:H/SI:L/SA:N/U:Red"},
    };
    as_buf b;

    as_buf_init(&b, 4096);
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_cvss c = read_ok(as_str_c(cases[i].vector)), again;

        as_buf_clear(&b);
        as_cvss_write(&c, &b);
        testing_str(as_buf_text(&b), cases[i].want);
        again = read_ok(as_buf_text(&b));
        assert_int_equal(c.version, again.version);
    }
    as_buf_done(&b);
#undef V4
}

static void metrics_and_words(void **state)
{
    as_cvss c = read_ok(AS_STR("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:POC"));

    testing_str(as_cvss_metric(&c, AS_STR("E")), "POC");
    assert_true(as_str_is_absent(as_cvss_metric(&c, AS_STR("RL"))));
    assert_true(as_str_is_absent(as_cvss_metric(&c, AS_STR("S"))));
    assert_int_equal(as_cvss_severity_of(AS_CVSS_2_0, 0), AS_CVSS_LOW);
    assert_int_equal(as_cvss_severity_of(AS_CVSS_2_0, 100), AS_CVSS_HIGH);
    assert_int_equal(as_cvss_severity_of(AS_CVSS_3_1, 0), AS_CVSS_NONE);
    assert_int_equal(as_cvss_severity_of(AS_CVSS_3_1, 39), AS_CVSS_LOW);
    assert_int_equal(as_cvss_severity_of(AS_CVSS_3_1, 40), AS_CVSS_MEDIUM);
    assert_int_equal(as_cvss_severity_of(AS_CVSS_4_0, 89), AS_CVSS_HIGH);
    assert_int_equal(as_cvss_severity_of(AS_CVSS_4_0, 90), AS_CVSS_CRITICAL);
}

static void json(void **state)
{
    as_cvss c = read_ok(AS_STR("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/"
                               "VA:H/SC:H/SI:H/SA:H/E:U"));
    as_json_writer w;
    as_buf b;

    as_buf_init(&b, 4096);
    as_json_write_init(&w, &b, 0);
    as_cvss_to_json(&c, &w);
    testing_str(
        as_buf_text(&b),
        "{\"version\":\"4.0\",\"vector\":\"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/"
        "VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:U\",\"score\":9.1,"
        "\"severity\":\"critical\",\"base_score\":10,"
        "\"base_severity\":\"critical\",\"threat_score\":9.1,"
        "\"environmental_score\":null,\"nomenclature\":\"CVSS-BT\","
        "\"macro_vector\":\"000120\",\"metrics\":{\"AV\":\"N\",\"AC\":\"L\","
        "\"AT\":\"N\",\"PR\":\"N\",\"UI\":\"N\",\"VC\":\"H\",\"VI\":\"H\","
        "\"VA\":\"H\",\"SC\":\"H\",\"SI\":\"H\",\"SA\":\"H\",\"E\":\"U\"}}");
    as_buf_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corpus_lists),
        cmocka_unit_test(cases),
        cmocka_unit_test(write_reads_back),
        cmocka_unit_test(metrics_and_words),
        cmocka_unit_test(json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
