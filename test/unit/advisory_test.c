/* SPDX-License-Identifier: Apache-2.0 */
/* Advisories on the wire and in words; names of packages. */
#include "testing.h"

#include "model/advisory.h"
#include "model/package.h"

#include <string.h>

static as_span key(const char *text)
{
    return as_str_span(as_str_c(text));
}

static as_interval intervals[] = {
    {.status = AS_RANGE_AFFECTED,
     .from = AS_STR_INIT("1.0.1"),
     .to = AS_STR_INIT("1.0.1g")},
    {.status = AS_RANGE_AFFECTED,
     .from = AS_STR_INIT("2.0"),
     .to = AS_STR_INIT("2.0"),
     .to_included = true},
    {.status = AS_RANGE_UNAFFECTED, .to = AS_STR_INIT("0.9")},
    {.status = AS_RANGE_UNKNOWN,
     .from = AS_STR_INIT("3"),
     .from_excluded = true},
};

static as_affected sample(void)
{
    static as_str versions[] = {AS_STR_INIT("7.1"), AS_STR_INIT("7.2")};
    static as_str fixed[] = {AS_STR_INIT("1.0.1g")};
    static as_str prose[] = {AS_STR_INIT("some builds")};
    static as_condition conditions[] = {
        {AS_STR_INIT("cpe:2.3:h:acme:router:-:*:*:*:*:*:*:*"), 3}};

    intervals[0].from_key = key("k1");
    intervals[0].to_key = key("k2");
    return (as_affected){
        .identity = AS_IDENTITY_CPE,
        .name = AS_STR("a:openssl:openssl"),
        .cpe = AS_STR("cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*"),
        .order = AS_STR("openssl"),
        .order_stated = true,
        .intervals = intervals,
        .n_intervals = AS_ARRAY_LEN(intervals),
        .versions = versions,
        .n_versions = 2,
        .fixed_in = fixed,
        .n_fixed_in = 1,
        .prose = prose,
        .n_prose = 1,
        .conditions = conditions,
        .n_conditions = 1,
    };
}

static void check_sample(const as_affected *got)
{
    assert_int_equal(got->identity, AS_IDENTITY_CPE);
    testing_str(got->name, "a:openssl:openssl");
    assert_true(as_str_is_absent(got->ecosystem));
    assert_int_equal(got->n_intervals, 4);
    testing_str(got->intervals[0].to, "1.0.1g");
    assert_int_equal(got->intervals[0].to_key.n, 2);
    testing_str(got->intervals[1].to, "2.0");
    assert_true(got->intervals[1].to_included);
    assert_int_equal(got->intervals[2].status, AS_RANGE_UNAFFECTED);
    assert_true(as_str_is_absent(got->intervals[2].from));
    assert_true(got->intervals[3].from_excluded);
    assert_int_equal(got->n_versions, 2);
    assert_int_equal(got->conditions[0].group, 3);
    assert_true(got->order_stated);
}

static void affected_survives_the_wire(void **state)
{
    as_arena *a = as_arena_new(AS_ARRAY_LEN(intervals) * 4096);
    as_affected in = sample(), out;
    as_buf b;

    (void)state;
    as_buf_init(&b, 65536);
    as_affected_encode(&in, &b);
    assert_true(as_affected_decode(as_buf_span(&b), a, &out));
    check_sample(&out);
    as_buf_done(&b);
    as_arena_free(a);
}

static void cut_and_broken_bytes_are_refused(void **state)
{
    as_affected in = sample(), out;
    as_advisory v = {.id = AS_STR("CVE-2014-0160"),
                     .source = AS_STR("test"),
                     .affected = &in,
                     .n_affected = 1},
                w;
    as_buf b;

    (void)state;
    as_buf_init(&b, 65536);
    as_advisory_encode(&v, &b);
    for (size_t n = 0; n < b.n; n++) {
        as_arena *a = as_arena_new(65536);
        assert_false(as_advisory_decode((as_span){(uint8_t *)b.p, n}, a, &w));
        if (as_affected_decode((as_span){(uint8_t *)b.p, n}, a, &out))
            assert_true(out.identity <= AS_IDENTITY_NAME);
        as_arena_free(a);
    }
    for (size_t i = 0; i < b.n; i++) {
        as_arena *a = as_arena_new(65536);
        b.p[i] = (char)(b.p[i] ^ 0x80);
        if (as_advisory_decode(as_buf_span(&b), a, &w))
            assert_true(w.n_affected <= b.n);
        b.p[i] = (char)(b.p[i] ^ 0x80);
        as_arena_free(a);
    }
    as_buf_done(&b);
}

static void small_records_survive_the_wire(void **state)
{
    as_exploited x = {.id = AS_STR("CVE-2021-44228"),
                      .added = AS_STR("2021-12-10"),
                      .ransomware = true},
                 x2;
    as_likelihood l = {AS_STR("CVE-2021-44228"), 0.94, 0.999}, l2;
    as_buf b;

    (void)state;
    as_buf_init(&b, 4096);
    as_exploited_encode(&x, &b);
    assert_true(as_exploited_decode(as_buf_span(&b), &x2));
    testing_str(x2.added, "2021-12-10");
    assert_true(x2.ransomware);
    as_buf_clear(&b);
    as_likelihood_encode(&l, &b);
    assert_true(as_likelihood_decode(as_buf_span(&b), &l2));
    assert_true(l2.score > 0.93 && l2.score < 0.95);
    as_buf_byte(&b, 0);
    assert_false(as_likelihood_decode(as_buf_span(&b), &l2));
    as_buf_done(&b);
}

static void check_describe(const as_affected *e, const char *want)
{
    as_buf b;

    as_buf_init(&b, 65536);
    as_affected_describe(e, &b);
    testing_str(as_buf_text(&b), want);
    as_buf_done(&b);
}

static void ranges_are_described(void **state)
{
    as_affected e = sample(), none = {0};
    as_affected all = {.default_status = AS_RANGE_AFFECTED};

    (void)state;
    check_describe(&e, ">=1.0.1 <1.0.1g, =2.0, not <0.9, perhaps >3, =7.1, "
                       "=7.2, \"some builds\"");
    check_describe(&none, "no version given");
    check_describe(&all, "all versions");
    all.intervals = &intervals[2];
    all.n_intervals = 1;
    check_describe(&all, "not <0.9, else all versions");
}

static void long_lists_are_cut(void **state)
{
    as_str many[300];
    as_affected e = {.versions = many, .n_versions = AS_ARRAY_LEN(many)};
    as_buf b;

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(many); i++)
        many[i] = AS_STR("12.2(55)SE");
    as_buf_init(&b, 65536);
    as_affected_describe(&e, &b);
    assert_true(as_str_ends(as_buf_text(&b), AS_STR(" and 288 more")));
    as_buf_done(&b);
}

static void names_are_folded(void **state)
{
    static const struct {
        as_str ecosystem, name;
        const char *want;
    } cases[] = {
        {AS_STR_INIT("PyPI"), AS_STR_INIT("Zope._-Interface"),
         "zope-interface"},
        {AS_STR_INIT("pypi"), AS_STR_INIT("requests"), "requests"},
        {AS_STR_INIT("npm"), AS_STR_INIT("@Angular/Core"), "@Angular/Core"},
        {AS_STR_INIT("Go"), AS_STR_INIT("github.com/Masterminds/goutils"),
         "github.com/masterminds/goutils"},
        {AS_STR_INIT("NuGet"), AS_STR_INIT("Newtonsoft.Json"),
         "newtonsoft.json"},
        {AS_STR_INIT("crates.io"), AS_STR_INIT("Async_H1"), "async-h1"},
        {AS_STR_INIT("Debian:12"), AS_STR_INIT("OpenSSL"), "openssl"},
        {AS_STR_INIT("Red Hat"), AS_STR_INIT("ImageMagick"), "ImageMagick"},
        {AS_STR_INIT("SwiftURL"),
         AS_STR_INIT("https://github.com/Apple/swift-nio.git"),
         "github.com/apple/swift-nio"},
        {AS_STR_INIT("nowhere"), AS_STR_INIT("Any-Thing"), "Any-Thing"},
    };
    as_arena *a = as_arena_new(65536);

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++)
        testing_str(
            as_package_name_normalise(cases[i].ecosystem, cases[i].name, a),
            cases[i].want);
    testing_str(as_identity_fold(a, AS_STR("  MySQL-Server (x64) ")),
                "mysql_server_x64");
    testing_str(as_identity_fold(a, AS_STR("!!")), "");
    as_arena_free(a);
}

static void ecosystems_are_split(void **state)
{
    as_str e, r;

    (void)state;
    as_ecosystem_split(AS_STR("ubuntu:22.04:LTS"), &e, &r);
    testing_str(e, "Ubuntu");
    testing_str(r, "22.04:LTS");
    as_ecosystem_split(AS_STR("Novel"), &e, &r);
    testing_str(e, "Novel");
    assert_true(as_str_is_absent(r));
    assert_null(as_ecosystem_find(AS_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(affected_survives_the_wire),
        cmocka_unit_test(cut_and_broken_bytes_are_refused),
        cmocka_unit_test(small_records_survive_the_wire),
        cmocka_unit_test(ranges_are_described),
        cmocka_unit_test(long_lists_are_cut),
        cmocka_unit_test(names_are_folded),
        cmocka_unit_test(ecosystems_are_split),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
