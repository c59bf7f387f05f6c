/* SPDX-License-Identifier: Apache-2.0 */
/* Gates: what a policy may say, and how it judges when facts are missing. */
#include "testing.h"

#include "base/yaml.h"
#include "rule/rule.h"

#include <stdio.h>

struct world {
    as_arena *arena;
    as_review review;
    as_product *product;
    as_finding findings[2];
};

static as_rc read(as_arena *a, const char *yaml, as_policy **ret, as_err *err)
{
    as_json_doc *doc = NULL;
    as_buf json;
    as_rc rc;

    as_err_init(err);
    as_buf_init(&json, 1 << 20);
    rc = as_yaml_to_json(as_str_span(as_str_c(yaml)), 0, &json, err);
    assert_int_equal(rc, AS_OK);
    assert_int_equal(as_json_read(as_buf_span(&json), NULL, &doc, err), AS_OK);
    rc = as_policy_read(as_json_root(doc), a, ret, err);
    as_json_free(doc);
    as_buf_done(&json);
    return rc;
}

static void world_init(struct world *w)
{
    *w = (struct world){.arena = as_arena_new(1 << 20)};
    w->product = as_product_new();
    assert_non_null(as_product_add_part(w->product, AS_NO_PART));
    for (size_t i = 0; i < 2; i++)
        w->findings[i] = (as_finding){
            .kind = AS_STR("vulnerability"),
            .severity = AS_SEVERITY_MEDIUM,
            .score = 5,
            .exploited = AS_NO,
            .likelihood = -1,
        };
    w->review = (as_review){
        .arena = w->arena,
        .product = w->product,
        .as_of = AS_STR("2026-01-01"),
        .findings = w->findings,
        .n_findings = 2,
        .coverage = {.parts = 10, .matched = 1, .clean = 9},
    };
}

static void world_done(struct world *w)
{
    as_arena_free(w->arena);
    as_product_free(w->product);
}

#define HEAD                                                                   \
    "schema: assay-policy/1\nid: t\nquestions: [vulnerabilities]\ngates:\n"    \
    "  - id: g\n    question: vulnerabilities\n    each: finding\n"            \
    "    then: reject\n    reason: r\n    when:\n"

static as_verdict judge(struct world *w, const char *yaml)
{
    as_policy *p = NULL;
    as_err err;

    assert_int_equal(read(w->arena, yaml, &p, &err), AS_OK);
    for (size_t i = 0; i < AS_QUESTIONS; i++)
        w->review.answers[i] = (as_answer){.asked = false};
    assert_int_equal(as_policy_judge(p, &w->review, &err), AS_OK);
    return w->review.verdict;
}

static void three_values(void **state)
{
    static const char gate[] = HEAD "      finding.open: true\n"
                                    "      finding.exploited: true\n";
    struct world w;

    world_init(&w);
    assert_int_equal(judge(&w, gate), AS_ACCEPT);
    w.findings[1].exploited = AS_UNSURE;
    assert_int_equal(judge(&w, gate), AS_UNDECIDED);
    w.findings[0].exploited = AS_YES;
    assert_int_equal(judge(&w, gate), AS_REJECT);
    w.findings[0].status = AS_FINDING_NOT_AFFECTED;
    assert_int_equal(judge(&w, gate), AS_UNDECIDED);
    w.findings[1].status = AS_FINDING_RESOLVED;
    assert_int_equal(judge(&w, gate), AS_ACCEPT);
    w.findings[0].status = AS_FINDING_UNDECIDED;
    assert_int_equal(judge(&w, gate), AS_UNDECIDED);
    world_done(&w);
}

static void operators(void **state)
{
    static const struct {
        const char *when;
        as_verdict want;
    } cases[] = {
        {"      finding.score: \">= 5\"\n", AS_REJECT},
        {"      finding.score: \"> 5\"\n", AS_ACCEPT},
        {"      finding.score: 5\n", AS_REJECT},
        {"      finding.severity: \"<= high\"\n", AS_REJECT},
        {"      finding.severity: [low, critical]\n", AS_ACCEPT},
        {"      finding.severity: [low, medium]\n", AS_REJECT},
        {"      not: {finding.kind: vulnerability}\n", AS_ACCEPT},
        {"      any: [{finding.score: \"> 9\"}, {finding.open: true}]\n",
         AS_REJECT},
        {"      finding.likelihood: \">= 0.5\"\n", AS_UNDECIDED},
        {"      all: [{finding.likelihood: \"> 0\"}, {finding.score: 1}]\n",
         AS_ACCEPT},
        {"      any: [{finding.likelihood: \"> 0\"}, {finding.score: 5}]\n",
         AS_REJECT},
    };
    struct world w;

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        char yaml[1000];
        snprintf(yaml, sizeof yaml, "%s%s", HEAD, cases[i].when);
        world_init(&w);
        if (judge(&w, yaml) != cases[i].want) {
            print_error("%s", cases[i].when);
            fail();
        }
        world_done(&w);
    }
}

#define ONCE(condition)                                                        \
    "schema: assay-policy/1\nid: t\nquestions: [vulnerabilities]\ngates:\n"    \
    "  - id: g\n    question: vulnerabilities\n    each: review\n"             \
    "    then: reject\n    reason: r\n    when: {" condition "}\n"

/* The freshest and the stalest source, and none whose age is known. */
static void ages_of_the_knowledge(void **state)
{
    static as_knowledge_used sources[] = {
        {.age_days = 40}, {.age_days = -1}, {.age_days = 400}, {.age_days = 3}};
    struct world w;

    (void)state;
    world_init(&w);
    assert_int_equal(judge(&w, ONCE("knowledge.oldest_days: '>= 0'")),
                     AS_UNDECIDED);
    w.review.knowledge = sources;
    w.review.n_knowledge = AS_ARRAY_LEN(sources);
    assert_int_equal(judge(&w, ONCE("knowledge.age_days: '= 3'")), AS_REJECT);
    assert_int_equal(judge(&w, ONCE("knowledge.oldest_days: '= 400'")),
                     AS_REJECT);
    assert_int_equal(judge(&w, ONCE("knowledge.oldest_days: '> 400'")),
                     AS_ACCEPT);
    w.review.n_knowledge = 2;
    assert_int_equal(judge(&w, ONCE("knowledge.oldest_days: '= 40'")),
                     AS_REJECT);
    world_done(&w);
}

static void nothing_examined(void **state)
{
    struct world w;

    world_init(&w);
    w.review.coverage = (as_coverage){.parts = 10, .not_examined = 10};
    w.review.n_findings = 0;
    assert_int_equal(judge(&w, HEAD "      finding.open: true\n"),
                     AS_UNDECIDED);
    world_done(&w);
}

static void refused(void **state)
{
    static const struct {
        const char *yaml, *path;
    } cases[] = {
        {"schema: assay-policy/2\nid: t\n", ""},
        {HEAD "      finding.colour: red\n", "/gates/0/when/finding.colour"},
        {HEAD "      finding.score: high\n", "/gates/0/when/finding.score"},
        {HEAD "      finding.score: \">= nan\"\n",
         "/gates/0/when/finding.score"},
        {HEAD "      finding.score: \"< 0x10\"\n",
         "/gates/0/when/finding.score"},
        {HEAD "      finding.open: maybe\n", "/gates/0/when/finding.open"},
        {HEAD "      any: {finding.open: true}\n", "/gates/0/when/any"},
        {HEAD "      7\n", "/gates/0/when"},
        {"schema: assay-policy/1\nid: t\nquestions: [taste]\n", ""},
        {"schema: assay-policy/1\nid: t\nquestions: [rules]\ngatse: []\n",
         "/gatse"},
        {"schema: assay-policy/1\nid: t\nquestions: [rules]\ngates: []\n", ""},
        {HEAD "      finding.open: true\n    wen: 1\n", "/gates/0/wen"},
    };
    as_arena *a = as_arena_new(1 << 20);

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_policy *p = NULL;
        as_err err;
        assert_int_equal(read(a, cases[i].yaml, &p, &err), AS_ERR_INPUT);
        testing_str(as_str_c(err.place.path), cases[i].path);
    }
    as_arena_free(a);
}

/* The policy we ship is one we can read. */
static void shipped(void **state)
{
    as_arena *a = as_arena_new(1 << 20);
    as_span file = testing_source_file(a, "data/policy/default.yaml");
    as_policy *p = NULL;
    as_err err;

    assert_int_equal(read(a, (const char *)file.p, &p, &err), AS_OK);
    assert_true(p->n_gates >= 4);
    as_arena_free(a);
}

/* The name in "| `finding.kind` | ..."; absent on other lines. */
static as_str field_of_row(as_str line)
{
    if (!as_str_starts(line, AS_STR("| `")))
        return AS_ABSENT;
    line = as_str_slice(line, 3, line.n);
    line = as_str_slice(line, 0, as_str_find(line, '`'));
    return as_str_find(line, '.') < line.n && as_str_find(line, ':') == line.n
               ? line
               : AS_ABSENT;
}

/* doc/policy.md names every field of the table and no other. */
static void the_page_names_every_field(void **state)
{
    as_arena *a = as_arena_new(1 << 20);
    as_span file = testing_source_file(a, "doc/policy.md");
    as_str page = as_str_of((const char *)file.p, file.n), line, name, help;
    size_t rows = 0, fields = 0;

    (void)state;
    for (as_str rest = page; testing_line(&rest, &line);) {
        as_str row = field_of_row(line);
        size_t i = 0;
        if (as_str_is_absent(row))
            continue;
        while (as_policy_field(i, &name, &help) && !as_str_eq(name, row))
            i++;
        if (!as_policy_field(i, &name, &help))
            fail_msg("no field \"%.*s\"", AS_FMT(row));
        rows++;
    }
    while (as_policy_field(fields, &name, &help)) {
        as_str row = as_arena_printf(a, "\n| `%.*s` |", AS_FMT(name));
        if (as_str_search(page, row) == page.n)
            fail_msg("doc/policy.md lacks \"%.*s\"", AS_FMT(name));
        fields++;
    }
    assert_int_equal(rows, fields); /* each once */
    as_arena_free(a);
}

/* Its example is a policy. */
static void the_example_of_the_page_is_read(void **state)
{
    as_arena *a = as_arena_new(1 << 20);
    as_span file = testing_source_file(a, "doc/policy.md");
    as_str rest = as_str_of((const char *)file.p, file.n), line;
    bool begun = false;
    as_policy *p = NULL;
    as_buf yaml;
    as_err err;

    (void)state;
    as_buf_init(&yaml, 1 << 16);
    while (testing_line(&rest, &line)) {
        begun = begun || as_str_starts(line, AS_STR("    schema:"));
        if (begun && !as_str_starts(line, AS_STR("    ")))
            break;
        if (begun)
            as_buf_line(&yaml, "%.*s", AS_FMT(as_str_slice(line, 4, line.n)));
    }
    assert_int_equal(read(a, as_arena_str(a, as_buf_text(&yaml)).p, &p, &err),
                     AS_OK);
    assert_int_equal(p->n_gates, 3);
    as_buf_done(&yaml);
    as_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_values),
        cmocka_unit_test(operators),
        cmocka_unit_test(ages_of_the_knowledge),
        cmocka_unit_test(nothing_examined),
        cmocka_unit_test(refused),
        cmocka_unit_test(shipped),
        cmocka_unit_test(the_page_names_every_field),
        cmocka_unit_test(the_example_of_the_page_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
