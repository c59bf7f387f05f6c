// SPDX-License-Identifier: Apache-2.0
// Writers of bills of materials, the comparison of two, and both over the
// public sets: what is read comes back the same.
#include "bom_testing.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// ---- writing and comparing ------------------------------------------------

static void write_as(const char *word, const as_product *p, as_buf *out,
                     as_bom_losses *losses)
{
    const as_bom_writer *w = as_bom_writer_find(as_str_c(word));

    assert_non_null(w);
    as_buf_init(out, AS_GIB);
    assert_int_equal(as_bom_write(w, p, out, losses, NULL), AS_OK);
}

static bool lost(const as_bom_losses *l, const char *what)
{
    for (size_t i = 0; i < l->n; i++)
        if (as_str_eq(l->items[i].what, as_str_c(what)))
            return true;
    return false;
}

// What was written says the same, and is written again byte for byte.
static void check_round_trip(const char *word, const as_product *p)
{
    as_arena *a = as_arena_new(AS_MIB * 512);
    as_buf first, second;
    as_product *back;
    as_bom_diff diff;

    write_as(word, p, &first, NULL);
    back = read_span(as_buf_span(&first));
    assert_int_equal(back->n_parts, p->n_parts);
    assert_int_equal(back->n_relations, p->n_relations);
    assert_int_equal(back->n_statements, p->n_statements);
    assert_int_equal(back->n_compositions, p->n_compositions);
    assert_int_equal(as_bom_diff_make(p, back, a, &diff, NULL), AS_OK);
    if (diff.n_changes) {
        as_buf text;
        as_buf_init(&text, AS_MIB);
        as_bom_diff_text(&diff, &text);
        print_error("%.*s", AS_FMT(as_buf_text(&text)));
        as_buf_done(&text);
        fail();
    }
    write_as(word, back, &second, NULL);
    assert_int_equal(first.n, second.n);
    assert_memory_equal(first.p, second.p, first.n);
    as_buf_done(&first);
    as_buf_done(&second);
    as_product_free(back);
    as_arena_free(a);
}

static void test_write_cyclonedx(void **state)
{
    as_arena *a = as_arena_new(AS_MIB);
    as_bom_losses losses = {.arena = a};
    as_buf out;
    as_product *p = read_ok(
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.7\",\"components\":[{"
        "\"type\":\"library\",\"name\":\"a\",\"isExternal\":true,"
        "\"hashes\":[{\"alg\":\"MD5\",\"content\":\"AB\"},{\"alg\":"
        "\"Streebog-256\",\"content\":\"cd\"}],\"licenses\":[{\"expression\":"
        "\"MIT OR X\",\"bom-ref\":\"l\"},{\"license\":{\"id\":\"MIT\"}}]}]}");
    as_str text;

    write_as("cyclonedx", p, &out, &losses);
    text = as_buf_text(&out);
    assert_true(lost(&losses, "the member \"isExternal\""));
    assert_true(lost(&losses, "the digest \"Streebog-256\""));
    assert_true(lost(&losses, "that a licence is an expression"));
    assert_true(as_str_search(text, AS_STR("isExternal")) == text.n);
    assert_true(as_str_search(text, AS_STR("\"name\": \"MIT OR X\"")) < text.n);
    as_buf_done(&out);
    losses.n = 0;
    write_as("cyclonedx-1.7", p, &out, &losses);
    assert_int_equal(losses.n, 0);
    as_buf_done(&out);
    as_product_free(p);
    as_arena_free(a);
}

// From one format to another and back: the parts and what they are stay.
/* What rules ask of parts, by CycloneDX properties, and over SPDX and back. */
static const struct {
    as_attribute_key key;
    const char *name, *value;
} rule_facts[] = {
    {AS_ATTR_FOUNDRY, "acme:Wafer Foundry", "SMIC"},
    {AS_ATTR_DESIGNER, "assay:designer", "HiSilicon"},
    {AS_ATTR_COUNTRY, "x:countryOfOrigin", "CN-XJ"},
    {AS_ATTR_COUNTRY_DESIGN, "assay:country-of-design", "US"},
    {AS_ATTR_ECCN, "assay:eccn", "3A991.b.1"},
    {AS_ATTR_VALUE_SHARE, "assay:value-share", "12.5 %"},
    {AS_ATTR_CATEGORY, "assay:category", "dram"},
    {AS_ATTR_CELL_MAKER, "assay:cell-maker", "CATL"},
    {AS_ATTR_NODE, "assay:technology-node", "14 nm"},
    {AS_ATTR_AUTHORISED, "assay:equipment-authorisation", "2025-06-01"},
};

static void need_facts(const as_part *part)
{
    assert_int_equal(part->kind, AS_PART_CHIP);
    for (size_t i = 0; i < AS_ARRAY_LEN(rule_facts); i++)
        testing_str(as_part_value(part, rule_facts[i].key),
                    rule_facts[i].value);
}

static void test_rule_facts(void **state)
{
    as_product *p, *q, *r;
    as_buf in, spdx, back;

    as_buf_init(&in, AS_MIB);
    as_buf_c(&in, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\","
                  "\"components\":[{\"type\":\"device\",\"name\":\"U1\","
                  "\"properties\":[{\"name\":\"assay:kind\",\"value\":"
                  "\"chip\"},{\"name\":\"acme:category\",\"value\":\"7\"}");
    for (size_t i = 0; i < AS_ARRAY_LEN(rule_facts); i++)
        as_buf_printf(&in, ",{\"name\":\"%s\",\"value\":\"%s\"}",
                      rule_facts[i].name, rule_facts[i].value);
    as_buf_c(&in, "]}]}");
    p = read_span(as_buf_span(&in));
    need_facts(&p->parts[0]);
    write_as("spdx", p, &spdx, NULL);
    q = read_span(as_buf_span(&spdx));
    need_facts(&q->parts[0]);
    write_as("cyclonedx", q, &back, NULL);
    r = read_span(as_buf_span(&back));
    need_facts(&r->parts[0]);
    as_product_free(p);
    as_product_free(q);
    as_product_free(r);
    as_buf_done(&in);
    as_buf_done(&spdx);
    as_buf_done(&back);
}

static void test_spdx3_facts(void **state)
{
    as_product *p = read_ok(
        "{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\","
        "\"@graph\":[{\"type\":\"CreationInfo\",\"@id\":\"_:c\","
        "\"specVersion\":\"3.0.1\",\"created\":\"2024-01-01T00:00:00Z\"},"
        "{\"type\":\"software_Package\",\"spdxId\":\"urn:x:1\",\"name\":"
        "\"U1\",\"creationInfo\":\"_:c\",\"extension\":[{\"type\":"
        "\"extension_CdxPropertiesExtension\",\"extension_cdxProperty\":[{"
        "\"type\":\"extension_CdxPropertyEntry\","
        "\"extension_cdxPropName\":\"assay:foundry\","
        "\"extension_cdxPropValue\":\"SMIC\"}]}]}]}");

    testing_str(as_part_value(&p->parts[0], AS_ATTR_FOUNDRY), "SMIC");
    as_product_free(p);
}

static void test_convert(void **state)
{
    as_arena *a = as_arena_new(AS_MIB);
    as_bom_losses losses = {.arena = a};
    as_bom_diff diff;
    as_buf spdx, back;
    as_product *p = read_ok(
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{"
        "\"timestamp\":\"2024-01-31T13:00:00.5+01:00\",\"component\":{\"type\":"
        "\"firmware\",\"name\":\"fw\",\"version\":\"1\"}},\"components\":[{"
        "\"type\":\"library\",\"bom-ref\":\"x\",\"name\":\"x y\",\"version\":"
        "\"2\",\"purl\":\"pkg:npm/x@2\",\"supplier\":{\"name\":\"Acme\"},"
        "\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"ab\"}],\"licenses\":"
        "[{\"license\":{\"name\":\"My own\"}}],\"properties\":[{\"name\":"
        "\"assay:mpn\",\"value\":\"m\"}],\"components\":[{\"type\":\"library\","
        "\"bom-ref\":\"y\",\"name\":\"y\"}]}],\"dependencies\":[{\"ref\":\"x\","
        "\"dependsOn\":[\"y\"]}]}");
    as_product *q, *r;
    as_str text;

    write_as("spdx", p, &spdx, &losses);
    text = as_buf_text(&spdx);
    assert_true(as_str_search(text, AS_STR("2024-01-31T12:00:00Z")) < text.n);
    assert_true(as_str_search(text, AS_STR("SPDXRef-x-y-1")) < text.n);
    assert_true(
        as_str_search(text, AS_STR("\"licenseId\": \"LicenseRef-My-own\"")) <
        text.n);
    assert_false(lost(&losses, "the properties of a part"));
    assert_false(lost(&losses, "the fact \"mpn\""));
    assert_true(as_str_search(text, AS_STR("assay:mpn=m")) < text.n);
    q = read_span(as_buf_span(&spdx));
    testing_str(q->name, "fw");
    assert_int_equal(q->n_parts, 3);
    assert_int_equal(q->parts[2].parent, 1);
    testing_str(as_part_value(&q->parts[1], AS_ATTR_SUPPLIER), "Acme");
    testing_str(q->relations[0].kind, "dependsOn");
    assert_int_equal(as_bom_diff_make(p, q, a, &diff, NULL), AS_OK);
    assert_int_equal(diff.same, 3);
    assert_int_equal(diff.changed, 0);
    write_as("cyclonedx", q, &back, NULL);
    r = read_span(as_buf_span(&back));
    assert_int_equal(as_bom_diff_make(q, r, a, &diff, NULL), AS_OK);
    assert_int_equal(diff.n_changes, 0);
    as_buf_done(&spdx);
    as_buf_done(&back);
    as_product_free(p);
    as_product_free(q);
    as_product_free(r);
    as_arena_free(a);
}

static void test_diff(void **state)
{
    as_arena *arena = as_arena_new(AS_MIB);
    as_product *a = read_ok(
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":["
        "{\"type\":\"library\",\"name\":\"x\",\"version\":\"1\",\"purl\":"
        "\"pkg:npm/%40s/x@1?a=b\"},"
        "{\"type\":\"library\",\"name\":\"x\",\"version\":\"2\",\"purl\":"
        "\"pkg:npm/%40s/x@2?a=b\"},"
        "{\"type\":\"device\",\"name\":\"one\",\"cpe\":"
        "\"cpe:2.3:h:v:p:1:*:*:*:*:*:*:*\"},"
        "{\"type\":\"library\",\"name\":\"gone\"}]}");
    as_product *b = read_ok(
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":["
        "{\"type\":\"library\",\"name\":\"x\",\"version\":\"2\",\"purl\":"
        "\"pkg:npm/%40s/x@2?a=b\"},"
        "{\"type\":\"library\",\"name\":\"x\",\"version\":\"3\",\"purl\":"
        "\"pkg:npm/%40s/x@3?a=c\"},"
        "{\"type\":\"device\",\"name\":\"two\",\"cpe\":\"cpe:/h:V:p:1\"},"
        "{\"type\":\"library\",\"name\":\"new\\u001b\"}]}");
    as_bom_diff d;
    as_buf out;

    assert_int_equal(as_bom_diff_make(a, b, arena, &d, NULL), AS_OK);
    as_buf_init(&out, AS_MIB);
    as_bom_diff_text(&d, &out);
    testing_str(as_buf_text(&out),
                "~ x: version 1 -> 3; purl pkg:npm/%40s/x@1?a=b -> "
                "pkg:npm/%40s/x@3?a=c\n"
                "~ one: name one -> two; cpe cpe:2.3:h:v:p:1:*:*:*:*:*:*:* -> "
                "cpe:/h:V:p:1\n"
                "- gone\n"
                "+ new\\x1B\n"
                "1 added, 1 removed, 2 changed, 1 the same\n");
    as_buf_clear(&out);
    as_bom_diff_json(&d, &out);
    assert_true(as_str_starts(as_buf_text(&out),
                              AS_STR("{\n  \"schema\": \"assay-bom-diff/1\"")));
    as_buf_done(&out);
    as_product_free(a);
    as_product_free(b);
    as_arena_free(arena);
}

// ---- the public sets ------------------------------------------------------

struct set {
    const char *name;
    const char *writer;  // in which what is read comes back the same; or NULL
    const char *folder;  // below the corpus
    const char *pattern; // of the path below folder, as in fnmatch
    const char *except;  // those that are broken on purpose; or NULL
    size_t files;
};

static const struct set sets[] = {
    {"CycloneDX JSON 1.2 to 1.7, valid", "cyclonedx-1.7",
     "conformance/cyclonedx", "1.*/valid-*.json", NULL, 178},
    {"CycloneDX XML 1.0 to 1.7, valid", "cyclonedx-1.7",
     "conformance/cyclonedx", "1.*/valid-*.xml", NULL, 206},
    {"CycloneDX samples of osv-scalibr", "cyclonedx-1.7",
     "conformance/cyclonedx-osv-scalibr", "*.json*|*.xml", "invalid*|*.foo.ext",
     7},
    {"CycloneDX examples", "cyclonedx-1.7", "conformance/bom-examples",
     "*.json|*.xml", NULL, 82},
    {"SPDX 2 JSON", "spdx", "conformance/spdx", "*.json",
     "*/spdx3.0/*|*.spdx3.json|spdx-spec-3.0/*", 32},
    {"SPDX 2 tag-value, YAML and XML", "spdx", "conformance/spdx",
     "*.spdx|*.yaml|*.yml|*.xml",
     // No SPDX at all; RDF; and quotes inside quotes, which is no YAML.
     "invalid*|*.rdf.xml|spdx-spec-support-2.3/*.yaml", 19},
    {"SPDX 3 JSON-LD", NULL, "conformance/spdx",
     "*/spdx3.0/*.json|*.spdx3.json|spdx-spec-3.0/*.json", NULL, 27},
};

struct tally {
    size_t read, refused, errors;
};

static bool matches_any(const char *patterns, const char *path)
{
    char one[200];
    const char *base = strrchr(path, '/');

    base = base ? base + 1 : path;
    while (patterns && *patterns) {
        size_t n = strcspn(patterns, "|");
        snprintf(one, sizeof one, "%.*s", (int)n, patterns);
        if (fnmatch(one, path, 0) == 0 || fnmatch(one, base, 0) == 0)
            return true;
        patterns += n + (patterns[n] == '|');
    }
    return false;
}

static void read_one(const struct set *set, const char *path,
                     struct tally *tally)
{
    as_arena *a = as_arena_new(AS_GIB);
    as_span in = testing_corpus_file(a, path);
    as_product *p = NULL;
    as_err err;
    char line[1200];

    as_err_init(&err);
    if (as_bom_read(in, true, &p, &err) == AS_OK) {
        tally->read++;
        for (size_t i = 0; i < p->n_diagnoses; i++)
            tally->errors += !p->diagnoses[i].warning;
        if (set->writer)
            check_round_trip(set->writer, p);
    } else {
        tally->refused++;
        as_err_text(&err, line, sizeof line);
        print_message("%s: %s\n", path, line);
    }
    as_product_free(p);
    as_arena_free(a);
}

static void walk(const struct set *set, const char *below, struct tally *tally)
{
    char folder[700], path[1000];
    DIR *d;
    struct stat st;

    snprintf(folder, sizeof folder, "%s/%s%s", testing_corpus(), set->folder,
             below);
    d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        assert_int_equal(stat(path, &st), 0);
        snprintf(path, sizeof path, "%s/%s", below, e->d_name);
        if (S_ISDIR(st.st_mode)) {
            walk(set, path, tally);
        } else if (matches_any(set->pattern, path + 1) &&
                   !matches_any(set->except, path + 1)) {
            snprintf(path, sizeof path, "%s%s/%s", set->folder, below,
                     e->d_name);
            read_one(set, path, tally);
        }
    }
    closedir(d);
}

static void test_corpus(void **state)
{
    size_t refused_files = 0;

    if (!testing_corpus())
        skip();
    for (size_t i = 0; i < AS_ARRAY_LEN(sets); i++) {
        struct tally tally = {0, 0, 0};
        walk(&sets[i], "", &tally);
        print_message("%s: %zu read, %zu refused, %zu error diagnoses\n",
                      sets[i].name, tally.read, tally.refused, tally.errors);
        refused_files += tally.refused;
        if (tally.read + tally.refused < sets[i].files)
            fail_msg("%s: fewer files than %zu", sets[i].name, sets[i].files);
    }
    assert_int_equal(refused_files, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write_cyclonedx),
        cmocka_unit_test(test_convert),
        cmocka_unit_test(test_rule_facts),
        cmocka_unit_test(test_spdx3_facts),
        cmocka_unit_test(test_diff),
        cmocka_unit_test(test_corpus),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
