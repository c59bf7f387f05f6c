/* SPDX-License-Identifier: Apache-2.0 */
/* OSV records into advisories: the traps of the schema and of real feeds. */
#include "know_testing.h"

#include <stdio.h>

/* A record with one affected entry. */
static void decode_entry(const char *entry, know_items *k)
{
    char text[8192];

    (void)snprintf(text, sizeof text,
                   "{\"schema_version\":\"1.6.0\",\"id\":\"GHSA-1\","
                   "\"modified\":\"2024-05-01T10:00:00Z\","
                   "\"affected\":[%s]}",
                   entry);
    know_decode_c(text, k);
}

static void check_entry(const char *entry, const char *ranges)
{
    know_items k;
    const as_advisory *v;

    decode_entry(entry, &k);
    v = &know_first(&k, AS_ITEM_ADVISORY)->advisory;
    assert_int_equal(v->n_affected, 1);
    know_ranges(&v->affected[0], ranges);
    know_items_done(&k);
}

#define NPM(ranges)                                                            \
    "{\"package\":{\"ecosystem\":\"npm\",\"name\":\"lodash\"},\"ranges\":[{"   \
    "\"type\":\"SEMVER\",\"events\":[" ranges "]}]}"
#define IN(v)    "{\"introduced\":\"" v "\"}"
#define FIX(v)   "{\"fixed\":\"" v "\"}"
#define LAST(v)  "{\"last_affected\":\"" v "\"}"
#define LIMIT(v) "{\"limit\":\"" v "\"}"

static void events_become_intervals(void **state)
{
    (void)state;
    check_entry(NPM(IN("0") "," FIX("1.2.3")), "<1.2.3");
    check_entry(NPM(IN("0")), "all versions");
    check_entry(NPM(IN("1.0.0") "," LAST("1.9.0")), ">=1.0.0 <=1.9.0");
    /* Sorted by the order, not as written: 1.10 is above 1.9. */
    check_entry(
        NPM(FIX("2.0.1") "," IN("2.0.0") "," FIX("1.10.0") "," IN("1.9.0")),
        ">=1.9.0 <1.10.0, >=2.0.0 <2.0.1");
    /* Two starts: the second is inside already. */
    check_entry(NPM(IN("0") "," IN("1.0.0") "," FIX("1.5.0")), "<1.5.0");
    /* Events of one version. */
    check_entry(
        NPM(IN("1.0.0") "," FIX("2.0.0") "," IN("2.0.0") "," FIX("3.0.0")),
        ">=1.0.0 <2.0.0, >=2.0.0 <3.0.0");
    check_entry(NPM(IN("1.0.0") "," FIX("1.0.0")), "no version given");
    check_entry(NPM(IN("1.0.0") "," LAST("1.0.0")), "=1.0.0");
    /* limit bounds what is open, and cuts what reaches over it. */
    check_entry(NPM(IN("1.0.0") "," LIMIT("2.0.0")), ">=1.0.0 <2.0.0");
    check_entry(NPM(IN("1.0.0") "," FIX("3.0.0") "," LIMIT("2.0.0")),
                ">=1.0.0 <2.0.0");
    check_entry(NPM(IN("3.0.0") "," LIMIT("2.0.0")), "no version given");
    check_entry(NPM(IN("1.0.0") "," LIMIT("*")), ">=1.0.0");
    check_entry(NPM(IN("1.0.0") "," LIMIT("2.0.0") "," LIMIT("3.0.0")),
                ">=1.0.0 <3.0.0");
    check_entry(NPM(IN("1.0.0") "," LIMIT("*") "," LIMIT("2.0.0")), ">=1.0.0");
}

static void versions_beside_ranges_are_kept(void **state)
{
    (void)state;
    check_entry(
        "{\"package\":{\"ecosystem\":\"PyPI\",\"name\":\"A_b\"},"
        "\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[" IN("1.0") "," FIX(
            "2.0") "]},{\"type\":\"GIT\","
                   "\"repo\":\"x\",\"events\":[" IN(
                       "0") "]}],\"versions\":[\"1.0\",\"1.5\",\"3.0\"]}",
        ">=1.0 <2.0, =3.0");
    check_entry("{\"package\":{\"ecosystem\":\"PyPI\",\"name\":\"a\"},"
                "\"versions\":[\"1.0\"]}",
                "=1.0");
}

static void only_commits_are_marked(void **state)
{
    know_items k;
    const as_affected *e;

    (void)state;
    decode_entry("{\"package\":{\"ecosystem\":\"OSS-Fuzz\",\"name\":\"zstd\"},"
                 "\"ranges\":[{\"type\":\"GIT\",\"repo\":\"x\",\"events\":[" IN(
                     "4413220324d7694f8db128cd989822ff728df030") "]}]}",
                 &k);
    e = know_first(&k, AS_ITEM_ADVISORY)->advisory.affected;
    assert_true(e->commits_only);
    assert_int_equal(e->default_status, AS_RANGE_UNKNOWN);
    know_items_done(&k);
}

static void names_and_releases_are_told_apart(void **state)
{
    know_items k;
    const as_affected *e;

    (void)state;
    decode_entry("{\"package\":{\"ecosystem\":\"Debian:12\",\"name\":"
                 "\"openssl\"},\"versions\":[\"3.0.1-1\"]}",
                 &k);
    e = know_first(&k, AS_ITEM_ADVISORY)->advisory.affected;
    testing_str(e->ecosystem, "Debian");
    testing_str(e->release, "12");
    assert_true(e->order_stated);
    know_items_done(&k);
    decode_entry("{\"package\":{\"ecosystem\":\"PyPI\",\"name\":"
                 "\"Zope.Interface\"},\"versions\":[\"1\"]}",
                 &k);
    e = know_first(&k, AS_ITEM_ADVISORY)->advisory.affected;
    testing_str(e->name, "zope-interface");
    know_items_done(&k);
    /* Another registry of one language is no release. */
    decode_entry("{\"package\":{\"ecosystem\":"
                 "\"Maven:https://maven.google.com\",\"name\":\"a:b\"},"
                 "\"versions\":[\"1\"]}",
                 &k);
    e = know_first(&k, AS_ITEM_ADVISORY)->advisory.affected;
    assert_true(as_str_is_absent(e->release));
    testing_str(e->narrow[0], "registry https://maven.google.com");
    know_items_done(&k);
}

static void defective_parts_are_noted(void **state)
{
    know_items k;
    const as_item *note;

    (void)state;
    decode_entry(NPM(FIX("1.0.0")), &k);
    note = know_first(&k, AS_ITEM_NOTED);
    testing_str(note->diagnosis.path, "/affected/0");
    assert_int_equal(note->diagnosis.line, 1);
    know_ranges(know_first(&k, AS_ITEM_ADVISORY)->advisory.affected,
                "\"fixed 1.0.0\"");
    know_items_done(&k);
    decode_entry("{\"ranges\":[]}", &k);
    assert_int_equal(know_count(&k, AS_ITEM_NOTED), 1);
    assert_int_equal(know_first(&k, AS_ITEM_ADVISORY)->advisory.n_affected, 0);
    know_items_done(&k);
}

static void head_of_record_is_kept(void **state)
{
    know_items k;
    const as_advisory *v;

    (void)state;
    know_decode_c(
        "{\"id\":\"DSA-5417-1\",\"modified\":\"2023-06-01T00:00:00Z\","
        "\"published\":\"2023-05-31T00:00:00Z\",\"withdrawn\":"
        "\"2023-07-01T00:00:00Z\",\"aliases\":[\"GHSA-2\",\"bad id\"],"
        "\"upstream\":[\"CVE-2023-2650\"],\"summary\":\" two\\nlines \","
        "\"severity\":[{\"type\":\"CVSS_V2\",\"score\":"
        "\"AV:N/AC:L/Au:N/C:P/I:P/A:P\"},{\"type\":\"CVSS_V3\",\"score\":"
        "\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"},{\"type\":"
        "\"Ubuntu\",\"score\":\"medium\"}],\"affected\":[],"
        "\"database_specific\":{\"cwe_ids\":[\"CWE-79\"]}}",
        &k);
    v = &know_first(&k, AS_ITEM_ADVISORY)->advisory;
    testing_str(v->source, "osv/DSA");
    testing_str(v->title, "two lines");
    testing_str(v->withdrawn, "2023-07-01T00:00:00Z");
    assert_int_equal(v->n_aliases, 1);
    testing_str(v->upstream[0], "CVE-2023-2650");
    assert_int_equal(v->n_vectors, 2);
    assert_true(as_str_starts(v->vectors[0], AS_STR("CVSS:3.1")));
    testing_str(v->severity, "medium");
    testing_str(v->cwes[0], "CWE-79");
    know_items_done(&k);
}

static void yaml_says_the_same(void **state)
{
    know_items k;
    const as_advisory *v;

    (void)state;
    know_decode_c("id: PYSEC-2020-1\n"
                  "modified: 2023-11-07T20:24:23.946863Z\n"
                  "affected:\n"
                  "- package: {ecosystem: PyPI, name: x}\n"
                  "  ranges:\n"
                  "  - type: ECOSYSTEM\n"
                  "    events:\n"
                  "    - introduced: 1.10\n"
                  "    - fixed: 1.20\n",
                  &k);
    v = &know_first(&k, AS_ITEM_ADVISORY)->advisory;
    know_ranges(&v->affected[0], ">=1.10 <1.20");
    testing_str(v->modified, "2023-11-07T20:24:23.946863Z");
    know_items_done(&k);
}

static void lists_and_broken_files(void **state)
{
    know_items k;
    const as_item *bad;

    (void)state;
    know_decode_c("[{\"id\":\"A-1\",\"modified\":\"x\",\"affected\":[]},"
                  "\n {\"modified\":\"x\",\"affected\":[]}]",
                  &k);
    assert_int_equal(know_count(&k, AS_ITEM_ADVISORY), 1);
    bad = know_first(&k, AS_ITEM_REFUSED);
    testing_str(bad->diagnosis.path, "/1/id");
    assert_int_equal(bad->diagnosis.line, 2);
    know_items_done(&k);
    know_decode_c("{\"id\":\"A-1\",\n\"modified\":", &k);
    bad = know_first(&k, AS_ITEM_FAILED);
    assert_int_equal(bad->diagnosis.line, 2);
    know_items_done(&k);
    know_decode_c("", &k);
    assert_int_equal(know_count(&k, AS_ITEM_PASSED), 1);
    know_items_done(&k);
}

static void every_cut_of_a_record_is_read_or_told(void **state)
{
    static const char text[] =
        "{\"id\":\"GO-1\",\"modified\":\"2024-01-01T00:00:00Z\","
        "\"affected\":[{\"package\":{\"ecosystem\":\"Go\",\"name\":\"a/b\"},"
        "\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},"
        "{\"fixed\":\"1.2.3\"}]}],\"ecosystem_specific\":{\"imports\":[{"
        "\"path\":\"a/b\",\"symbols\":[\"F\"]}]}}]}";

    (void)state;
    for (size_t n = 0; n < sizeof text - 1; n++) {
        know_items k;
        know_decode((as_span){(const uint8_t *)text, n}, &k);
        assert_int_equal(know_count(&k, AS_ITEM_ADVISORY), 0);
        assert_true(k.n >= 1);
        know_items_done(&k);
    }
}

/* The schema's own samples: what is sound is read, what the linter of the
 * schema complains of is noted or read as far as it goes. */
static void samples_of_the_schema_are_read(void **state)
{
    static const char *const files[] = {
        "ghsa/testdata/equals_no_patch.osv.json",
        "ghsa/testdata/equals_with_patch.osv.json",
        "ghsa/testdata/full_ranges.osv.json",
        "ghsa/testdata/greater_than_equals_no_patch.osv.json",
        "ghsa/testdata/less_than_equals_no_patch.osv.json",
        "ghsa/testdata/less_than_equals_with_patch.osv.json",
        "ghsa/testdata/maven_greater_than.osv.json",
        "ghsa/testdata/multiple_ranges_in_package.osv.json",
        "ghsa/testdata/npm_greater_than.osv.json",
        "ghsa/testdata/pypi_normalize.osv.json",
        "ghsa/testdata/withdrawn.osv.json",
        "redhat/testdata/OSV/RHSA-2024_4546.json",
        "redhat/testdata/OSV/RHSA-2024_6220.json",
        "osv-linter/testdata/CVE-2018-5407.json",
        "osv-linter/testdata/GO-2024-2963.json",
        "osv-linter/testdata/MAL-2024-10238.json",
        "osv-linter/testdata/PYSEC-2023-74.json",
        "osv-linter/testdata/SUSE-FU-2022_0444-1.json",
        "osv-linter/testdata/nointroduced-CVE-2023-41045.json",
        "osv-linter/testdata/nondistinct-CVE-2018-5407.json",
    };
    as_arena *a;

    (void)state;
    if (!testing_corpus())
        skip();
    a = as_arena_new((size_t)64 << 20);
    for (size_t i = 0; i < AS_ARRAY_LEN(files); i++) {
        char path[256];
        know_items k;
        (void)snprintf(path, sizeof path, "conformance/osv-schema/tools/%s",
                       files[i]);
        know_decode(testing_corpus_file(a, path), &k);
        assert_int_equal(know_count(&k, AS_ITEM_ADVISORY), 1);
        assert_int_equal(know_count(&k, AS_ITEM_REFUSED), 0);
        know_items_done(&k);
    }
    as_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_become_intervals),
        cmocka_unit_test(versions_beside_ranges_are_kept),
        cmocka_unit_test(only_commits_are_marked),
        cmocka_unit_test(names_and_releases_are_told_apart),
        cmocka_unit_test(defective_parts_are_noted),
        cmocka_unit_test(head_of_record_is_kept),
        cmocka_unit_test(yaml_says_the_same),
        cmocka_unit_test(lists_and_broken_files),
        cmocka_unit_test(every_cut_of_a_record_is_read_or_told),
        cmocka_unit_test(samples_of_the_schema_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
