/* SPDX-License-Identifier: Apache-2.0 */
/* CVE records into advisories, and the grammar of ranges in text. */
#include "know_testing.h"

#include "know/range_text_internal.h"

#include <stdio.h>

/* ---- text ------------------------------------------------------------------
 */

static const char *const kinds[] = {
    [AS_TEXT_NOTHING] = "nothing", [AS_TEXT_ALL] = "all",
    [AS_TEXT_EXACT] = "exact",     [AS_TEXT_RANGES] = "ranges",
    [AS_TEXT_PROSE] = "prose",
};

static void check_text(as_str text, as_str want)
{
    as_arena *a = as_arena_new(1 << 20);
    as_range_text got;
    as_affected e;
    as_buf b;

    assert_true(as_range_text_read(text, a, &got));
    e = (as_affected){.intervals = got.intervals,
                      .n_intervals = got.n_intervals,
                      .versions = got.versions,
                      .n_versions = got.n_versions};
    as_buf_init(&b, 65536);
    as_buf_c(&b, kinds[got.kind]);
    if (got.n_intervals || got.n_versions) {
        as_buf_byte(&b, ' ');
        as_affected_describe(&e, &b);
    }
    if (!as_str_eq(as_buf_text(&b), want)) {
        print_error("\"%.*s\": %.*s, not %.*s\n", AS_FMT(text),
                    AS_FMT(as_buf_text(&b)), AS_FMT(want));
        fail();
    }
    as_buf_done(&b);
    as_arena_free(a);
}

static void texts_mean_what_people_wrote(void **state)
{
    as_arena *a = as_arena_new(1 << 20);
    as_span file = testing_source_file(a, "test/data/range-text.cases");
    as_str rest = as_str_of((const char *)file.p, file.n), line;
    size_t n = 0;

    (void)state;
    while (testing_line(&rest, &line)) {
        size_t at = as_str_search(line, AS_STR(" => "));
        if (line.n == 0 || line.p[0] == '#')
            continue;
        assert_true(at < line.n);
        check_text(as_str_slice(line, 0, at),
                   as_str_slice(line, at + 4, line.n));
        n++;
    }
    assert_true(n > 50);
    as_arena_free(a);
}

/* ---- records ----------------------------------------------------------------
 */

#define HEAD                                                                   \
    "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{"   \
    "\"cveId\":\"CVE-2024-1234\",\"state\":\"PUBLISHED\",\"datePublished\":"   \
    "\"2024-01-02T00:00:00Z\"},\"containers\":{\"cna\":{\"affected\":["

static void decode_entry(const char *entry, const char *behind, know_items *k)
{
    char text[16384];

    (void)snprintf(text, sizeof text, HEAD "%s]%s}}}", entry, behind);
    know_decode_c(text, k);
    assert_int_equal(know_count(k, AS_ITEM_ADVISORY), 1);
}

static const as_affected *entry_of(const know_items *k, as_identity_kind kind)
{
    const as_advisory *v = &know_first(k, AS_ITEM_ADVISORY)->advisory;

    for (size_t i = 0; i < v->n_affected; i++)
        if (v->affected[i].identity == kind)
            return &v->affected[i];
    print_error("no entry of that identity\n");
    fail();
    return NULL;
}

static void check_versions(const char *versions, const char *ranges)
{
    char entry[4096];
    know_items k;

    (void)snprintf(entry, sizeof entry,
                   "{\"vendor\":\"Acme\",\"product\":\"Router\",%s}", versions);
    decode_entry(entry, "", &k);
    know_ranges(entry_of(&k, AS_IDENTITY_NAME), ranges);
    know_items_done(&k);
}

static void versions_become_intervals(void **state)
{
    (void)state;
    check_versions("\"versions\":[{\"version\":\"0\",\"lessThan\":\"1.2\","
                   "\"status\":\"affected\",\"versionType\":\"custom\"}]",
                   "<1.2");
    check_versions("\"versions\":[{\"version\":\"unspecified\","
                   "\"lessThanOrEqual\":\"1.2\",\"status\":\"affected\"}]",
                   "<=1.2");
    check_versions("\"versions\":[{\"version\":\"1.0\",\"lessThan\":\"*\","
                   "\"status\":\"affected\"}]",
                   ">=1.0");
    check_versions("\"versions\":[{\"version\":\"*\",\"lessThanOrEqual\":"
                   "\"2.3\",\"status\":\"affected\"}]",
                   "<=2.3");
    /* Several exact ones, and an operator inside the text. */
    check_versions("\"versions\":[{\"version\":\"1.0\",\"status\":"
                   "\"affected\"},{\"version\":\"< 0.9\",\"status\":"
                   "\"affected\"}]",
                   "<0.9, =1.0");
    /* The operator stands in the end. */
    check_versions("\"versions\":[{\"version\":\"0\",\"lessThan\":\"<=1.3\","
                   "\"status\":\"affected\"}]",
                   "<=1.3");
    /* A series as end: an arbitrarily large number. */
    check_versions("\"defaultStatus\":\"affected\",\"versions\":[{"
                   "\"version\":\"5.10.3\",\"lessThanOrEqual\":\"5.10.*\","
                   "\"status\":\"unaffected\",\"versionType\":\"custom\"}]",
                   "not >=5.10.3 <=5.10.*, else all versions");
    check_versions("\"versions\":[{\"version\":\"8.1.*\",\"lessThan\":"
                   "\"8.1.29\",\"status\":\"affected\"}]",
                   ">=8.1 <8.1.29");
    /* Not an end, but a word. */
    check_versions("\"versions\":[{\"version\":\"10.0\",\"lessThan\":"
                   "\"publication\",\"status\":\"affected\"}]",
                   "\"10.0 < publication\"");
    check_versions("\"versions\":[{\"version\":\"n/a\",\"status\":"
                   "\"affected\"}]",
                   "no version given");
    check_versions("\"versions\":[{\"version\":\"some builds of it\","
                   "\"status\":\"affected\"}]",
                   "\"some builds of it\"");
}

static void changes_cut_ranges(void **state)
{
    know_items k;
    const as_affected *e;

    (void)state;
    decode_entry("{\"vendor\":\"Acme\",\"product\":\"Router\",\"versions\":[{"
                 "\"version\":\"1.0\",\"lessThan\":\"2.0\",\"status\":"
                 "\"affected\",\"changes\":[{\"at\":\"1.8\",\"status\":"
                 "\"affected\"},{\"at\":\"1.5\",\"status\":\"unaffected\"}]}]}",
                 "", &k);
    e = entry_of(&k, AS_IDENTITY_NAME);
    know_ranges(e, ">=1.0 <1.5, not >=1.5 <1.8, >=1.8 <2.0");
    assert_int_equal(e->n_fixed_in, 2);
    know_items_done(&k);
}

static void changes_end_with_their_range(void **state)
{
    know_items k;
    const as_affected *e;

    (void)state;
    /* The usual form: 1.9.3.1 is neither. */
    decode_entry("{\"vendor\":\"Acme\",\"product\":\"Router\","
                 "\"defaultStatus\":\"unaffected\",\"versions\":[{"
                 "\"version\":\"n/a\",\"lessThanOrEqual\":\"1.9.3\","
                 "\"status\":\"affected\",\"changes\":[{\"at\":\"1.9.5\","
                 "\"status\":\"unaffected\"}]}]}",
                 "", &k);
    e = entry_of(&k, AS_IDENTITY_NAME);
    know_ranges(e, "<=1.9.3");
    assert_int_equal(e->n_fixed_in, 1);
    assert_true(as_str_eq(e->fixed_in[0], AS_STR("1.9.5")));
    know_items_done(&k);
    check_versions("\"versions\":[{\"version\":\"1.2\",\"lessThan\":\"2.0\","
                   "\"status\":\"unaffected\",\"changes\":[{\"at\":\"2.0\","
                   "\"status\":\"affected\"},{\"at\":\"3.0\",\"status\":"
                   "\"affected\"}]}]",
                   "not >=1.2 <2.0");
    /* A change before the start, and at it: the range begins with it. */
    check_versions("\"versions\":[{\"version\":\"1.2\",\"lessThan\":\"2.0\","
                   "\"status\":\"unaffected\",\"changes\":[{\"at\":\"1.0\","
                   "\"status\":\"unknown\"},{\"at\":\"1.2\",\"status\":"
                   "\"affected\"}]}]",
                   ">=1.2 <2.0");
    /* The last version itself. */
    check_versions("\"versions\":[{\"version\":\"1.2\",\"lessThanOrEqual\":"
                   "\"2.0\",\"status\":\"affected\",\"changes\":[{\"at\":"
                   "\"2.0\",\"status\":\"unaffected\"}]}]",
                   ">=1.2 <2.0, not =2.0");
    /* The first entry decides, whatever exact version follows. */
    check_versions("\"versions\":[{\"version\":\"0\",\"lessThan\":\"2.0\","
                   "\"status\":\"affected\",\"changes\":[{\"at\":\"1.5\","
                   "\"status\":\"unaffected\"}]},{\"version\":\"1.7\","
                   "\"status\":\"affected\"}]",
                   "<1.5, not >=1.5 <2.0, =1.7");
}

static void keys_order_what_a_series_holds(void **state)
{
    know_items k;
    const as_interval *i;
    as_order o = as_order_find(AS_STR("generic"));
    as_span in, out;

    (void)state;
    decode_entry("{\"vendor\":\"Linux\",\"product\":\"Linux\","
                 "\"defaultStatus\":\"affected\",\"versions\":[{\"version\":"
                 "\"5.10.3\",\"lessThanOrEqual\":\"5.10.*\",\"status\":"
                 "\"unaffected\",\"versionType\":\"custom\"}]}",
                 "", &k);
    i = entry_of(&k, AS_IDENTITY_CPE)->intervals;
    assert_true(as_order_key(&o, AS_STR("5.10.250"), k.arena, &in));
    assert_true(as_order_key(&o, AS_STR("5.11"), k.arena, &out));
    assert_true(as_order_holds(&o, i, in));
    assert_false(as_order_holds(&o, i, out));
    know_items_done(&k);
}

static void wrong_semver_falls_back(void **state)
{
    know_items k;
    const as_affected *e;

    (void)state;
    decode_entry("{\"vendor\":\"Juniper\",\"product\":\"Junos\",\"versions\":[{"
                 "\"version\":\"21.4\",\"lessThan\":\"21.4R3-S8\",\"status\":"
                 "\"affected\",\"versionType\":\"semver\"}]}",
                 "", &k);
    e = entry_of(&k, AS_IDENTITY_NAME);
    know_ranges(e, ">=21.4 <21.4R3-S8");
    assert_false(e->order_stated);
    know_items_done(&k);
}

static void identities_in_order_of_trust(void **state)
{
    know_items k;
    const as_affected *e;

    (void)state;
    decode_entry("{\"vendor\":\"Apache\",\"product\":\"Log4j\",\"packageURL\":"
                 "\"pkg:maven/org.apache.logging.log4j/log4j-core\",\"cpes\":["
                 "\"cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*\","
                 "\"cpe:2.3:a:apache:log4j:2.14.0:*:*:*:*:*:*:*\"],"
                 "\"versions\":[{\"version\":\"2.0\",\"lessThan\":\"2.15.0\","
                 "\"status\":\"affected\",\"versionType\":\"maven\"}]}",
                 "", &k);
    assert_int_equal(know_first(&k, AS_ITEM_ADVISORY)->advisory.n_affected, 3);
    e = entry_of(&k, AS_IDENTITY_PACKAGE);
    testing_str(e->ecosystem, "Maven");
    testing_str(e->name, "org.apache.logging.log4j:log4j-core");
    e = entry_of(&k, AS_IDENTITY_CPE);
    testing_str(e->name, "a:apache:log4j");
    testing_str(e->cpe, "cpe:2.3:a:apache:log4j:*:*:*:*:*:*:*:*");
    testing_str(entry_of(&k, AS_IDENTITY_NAME)->name, "apache/log4j");
    know_items_done(&k);
    decode_entry("{\"vendor\":\"x\",\"product\":\"Contact Form\","
                 "\"collectionURL\":\"https://wordpress.org/plugins\","
                 "\"packageName\":\"contact-form\",\"versions\":[{\"version\":"
                 "\"*\",\"lessThanOrEqual\":\"2.3\",\"status\":\"affected\"}]}",
                 "", &k);
    e = entry_of(&k, AS_IDENTITY_PACKAGE);
    testing_str(e->ecosystem, "Packagist");
    testing_str(e->name, "wpackagist-plugin/contact-form");
    know_items_done(&k);
}

static void a_distribution_names_packages(void **state)
{
    know_items k;
    const as_advisory *v;

    (void)state;
    decode_entry(
        "{\"vendor\":\"Red Hat\",\"product\":\"Red Hat Enterprise Linux 8\","
        "\"collectionURL\":\"https://access.redhat.com/downloads/content/"
        "package-browser/\",\"packageName\":\"openssl\",\"defaultStatus\":"
        "\"affected\",\"cpes\":[\"cpe:/o:redhat:enterprise_linux:8::baseos\"],"
        "\"versions\":[{\"version\":\"1:1.1.1k-12.el8_9\",\"lessThan\":\"*\","
        "\"status\":\"unaffected\",\"versionType\":\"rpm\"}]}",
        "", &k);
    v = &know_first(&k, AS_ITEM_ADVISORY)->advisory;
    assert_int_equal(v->n_affected, 1); /* not the platform's CPE */
    testing_str(v->affected[0].ecosystem, "Red Hat");
    testing_str(v->affected[0].release, "enterprise_linux:8::baseos");
    testing_str(v->affected[0].order, "rpm");
    testing_str(v->affected[0].fixed_in[0], "1:1.1.1k-12.el8_9");
    know_items_done(&k);
}

static void openssl_keeps_its_letters(void **state)
{
    know_items k;
    const as_affected *e;

    (void)state;
    decode_entry("{\"vendor\":\"OpenSSL\",\"product\":\"OpenSSL\","
                 "\"versions\":[{\"version\":\"3.0.0\",\"lessThan\":"
                 "\"3.0.8\",\"status\":\"affected\",\"versionType\":"
                 "\"semver\"},{\"version\":\"1.0.2\",\"lessThan\":\"1.0.2zg\","
                 "\"status\":\"affected\",\"versionType\":\"custom\"}]}",
                 "", &k);
    e = entry_of(&k, AS_IDENTITY_NAME);
    testing_str(e->order, "openssl");
    assert_true(e->order_stated);
    know_items_done(&k);
}

static void commits_give_way_to_versions(void **state)
{
    know_items k;
    const as_advisory *v;

    (void)state;
    decode_entry("{\"vendor\":\"Linux\",\"product\":\"Linux\",\"versions\":[{"
                 "\"version\":\"1da177e4c3f41524e886b7f1b8a0c1fc7321cac2\","
                 "\"lessThan\":\"c4f81d9616d40c60584e36abb15300853a66e489\","
                 "\"status\":\"affected\",\"versionType\":\"git\"}]},{"
                 "\"vendor\":\"Linux\",\"product\":\"Linux\","
                 "\"defaultStatus\":\"affected\",\"versions\":[{\"version\":"
                 "\"6.7\",\"lessThanOrEqual\":\"*\",\"status\":\"unaffected\","
                 "\"versionType\":\"original_commit_for_fix\"}]}",
                 "", &k);
    v = &know_first(&k, AS_ITEM_ADVISORY)->advisory;
    for (size_t i = 0; i < v->n_affected; i++)
        assert_false(v->affected[i].commits_only);
    know_ranges(entry_of(&k, AS_IDENTITY_CPE), "not >=6.7, else all versions");
    know_items_done(&k);
}

static void and_nodes_become_conditions(void **state)
{
    know_items k;
    const as_affected *e;

    (void)state;
    decode_entry("",
                 ",\"cpeApplicability\":[{\"operator\":\"AND\",\"nodes\":[{"
                 "\"operator\":\"OR\",\"cpeMatch\":[{\"vulnerable\":true,"
                 "\"criteria\":\"cpe:2.3:o:acme:x1_firmware:*:*:*:*:*:*:*:*\","
                 "\"versionEndExcluding\":\"2.0\"}]},{\"operator\":\"OR\","
                 "\"cpeMatch\":[{\"vulnerable\":false,\"criteria\":"
                 "\"cpe:2.3:h:acme:x1:-:*:*:*:*:*:*:*\"},{\"vulnerable\":false,"
                 "\"criteria\":\"cpe:2.3:h:acme:x2:-:*:*:*:*:*:*:*\"}]}]},{"
                 "\"nodes\":[{\"cpeMatch\":[{\"vulnerable\":true,\"criteria\":"
                 "\"cpe:2.3:a:acme:tool:8.0:beta:*:*:*:*:*:*\"}]}]}]",
                 &k);
    assert_int_equal(know_first(&k, AS_ITEM_ADVISORY)->advisory.n_affected, 2);
    e = entry_of(&k, AS_IDENTITY_CPE);
    testing_str(e->name, "o:acme:x1_firmware");
    know_ranges(e, "<2.0");
    assert_int_equal(e->n_conditions, 2);
    assert_int_equal(e->conditions[0].group, e->conditions[1].group);
    testing_str(e->conditions[1].cpe, "cpe:2.3:h:acme:x2:-:*:*:*:*:*:*:*");
    know_ranges(e + 1, "=8.0-beta");
    assert_int_equal(e[1].n_conditions, 0);
    know_items_done(&k);
}

static void containers_of_others_are_read(void **state)
{
    know_items k;
    const as_advisory *v;

    (void)state;
    decode_entry(
        "{\"vendor\":\"n/a\",\"product\":\"n/a\"}",
        "},\"adp\":[{\"affected\":[{\"cpes\":[\"cpe:2.3:a:acme:tool:*:*:*:*:*:"
        "*:*:*\"],\"vendor\":\"acme\",\"product\":\"tool\",\"defaultStatus\":"
        "\"unknown\",\"versions\":[{\"version\":\"0\",\"lessThan\":\"2\","
        "\"status\":\"affected\",\"versionType\":\"custom\"}]}],\"metrics\":[{"
        "\"cvssV3_1\":{\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H"
        "/I:H/A:H\"}},{\"other\":{\"type\":\"ssvc\",\"content\":{\"options\":[{"
        "\"Exploitation\":\"active\"}]}}},{\"other\":{\"type\":\"kev\","
        "\"content\":{\"dateAdded\":\"2024-02-03\"}}}],\"problemTypes\":[{"
        "\"descriptions\":[{\"cweId\":\"CWE-787\"}]}]}],\"x\":{",
        &k);
    v = &know_first(&k, AS_ITEM_ADVISORY)->advisory;
    assert_int_equal(v->n_affected, 1);
    assert_int_equal(v->n_vectors, 1);
    testing_str(v->exploitation, "active");
    testing_str(v->cwes[0], "CWE-787");
    testing_str(know_first(&k, AS_ITEM_EXPLOITED)->exploited.added,
                "2024-02-03");
    know_items_done(&k);
}

static void rejected_records_match_nothing(void **state)
{
    know_items k;

    (void)state;
    know_decode_c("{\"dataType\":\"CVE_RECORD\",\"cveMetadata\":{\"cveId\":"
                  "\"CVE-2024-1\",\"state\":\"REJECTED\"},\"containers\":{"
                  "\"cna\":{\"rejectedReasons\":[]}}}",
                  &k);
    assert_int_equal(know_count(&k, AS_ITEM_REFUSED), 1); /* no CVE id */
    know_items_done(&k);
    know_decode_c("{\"dataType\":\"CVE_RECORD\",\"cveMetadata\":{\"cveId\":"
                  "\"CVE-2024-1000\",\"state\":\"REJECTED\"},\"containers\":{"
                  "\"cna\":{\"affected\":[{\"vendor\":\"a\",\"product\":\"b\","
                  "\"defaultStatus\":\"affected\"}]}}}",
                  &k);
    assert_true(know_first(&k, AS_ITEM_ADVISORY)->advisory.rejected);
    assert_int_equal(know_first(&k, AS_ITEM_ADVISORY)->advisory.n_affected, 0);
    know_items_done(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_mean_what_people_wrote),
        cmocka_unit_test(versions_become_intervals),
        cmocka_unit_test(changes_cut_ranges),
        cmocka_unit_test(changes_end_with_their_range),
        cmocka_unit_test(keys_order_what_a_series_holds),
        cmocka_unit_test(wrong_semver_falls_back),
        cmocka_unit_test(identities_in_order_of_trust),
        cmocka_unit_test(a_distribution_names_packages),
        cmocka_unit_test(openssl_keeps_its_letters),
        cmocka_unit_test(commits_give_way_to_versions),
        cmocka_unit_test(and_nodes_become_conditions),
        cmocka_unit_test(containers_of_others_are_read),
        cmocka_unit_test(rejected_records_match_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
