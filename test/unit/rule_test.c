/* SPDX-License-Identifier: Apache-2.0 */
/* Rules: the language, time, parties, the tree, conflicts; over facts made
 * here. The shipped rules are held against products in test/e2e/rules.py. */
#include "testing.h"

#include "base/yaml.h"
#include "rule/rule.h"

#include <stdio.h>
#include <string.h>

enum { FACTS = 12, LISTS = 12, PARTS = 12, ATTRIBUTES = 6 };

/* A small product, what screening said, and who asks. */
struct world {
    as_arena *arena;
    as_product *product;
    as_rules rules;
    as_context *context;
    as_party_facts facts[FACTS];
    size_t n_facts;
    as_screened_list lists[LISTS];
    size_t n_lists;
    bool owners_complete;
    uint64_t steps;
    as_review review;
};

static void world_init(struct world *w)
{
    as_part *root;

    *w = (struct world){.arena = as_arena_new(64 << 20)};
    w->product = as_product_new();
    w->rules.arena = w->arena;
    root = as_product_add_part(w->product, AS_NO_PART);
    assert_non_null(root);
    root->name = root->ref = AS_STR("product");
    root->kind = AS_PART_DEVICE;
    w->product->root = 0;
    w->lists[w->n_lists++] =
        (as_screened_list){AS_STR("family"), AS_STR("1"), true};
}

static void world_done(struct world *w)
{
    as_arena_free(w->arena);
    as_product_free(w->product);
}

static as_part *add_part(struct world *w, uint32_t parent, as_part_kind kind,
                         const char *name)
{
    as_part *p = as_product_add_part(w->product, parent);

    assert_non_null(p);
    p->kind = kind;
    p->name = p->ref = as_str_c(name);
    p->attributes = AS_NEW_ARRAY(w->arena, ATTRIBUTES, as_attribute);
    return p;
}

static void say(as_part *p, as_attribute_key key, const char *value)
{
    assert_true(p->n_attributes < ATTRIBUTES);
    p->attributes[p->n_attributes++] =
        (as_attribute){key, AS_DECLARED, as_str_c(value), AS_ABSENT};
}

static as_party_match *add_fact(struct world *w, const char *name)
{
    as_party_facts *f = &w->facts[w->n_facts++];

    assert_true(w->n_facts <= FACTS);
    *f = (as_party_facts){.name = as_str_c(name), .examined = true};
    f->matches = AS_NEW_ARRAY(w->arena, 4, as_party_match);
    return f->matches;
}

static void add_list(struct world *w, const char *list)
{
    assert_true(w->n_lists < LISTS);
    w->lists[w->n_lists++] =
        (as_screened_list){as_str_c(list), AS_STR("1"), true};
}

/* The name is of the family or on the list. */
static as_party_match *known(struct world *w, const char *name,
                             const char *list, const char *id)
{
    as_party_match *m = add_fact(w, name);

    w->facts[w->n_facts - 1].n_matches = 1;
    *m = (as_party_match){.list = as_str_c(list),
                          .id = as_str_c(id),
                          .listed_name = as_str_c(name),
                          .share_low = 100,
                          .share_high = 100,
                          .score = 1};
    return m;
}

static as_json_doc *yaml(const char *text)
{
    as_json_doc *doc = NULL;
    as_buf json;
    as_err err;

    as_err_init(&err);
    as_buf_init(&json, 1 << 20);
    if (as_yaml_to_json(as_str_span(as_str_c(text)), 0, &json, &err))
        fail_msg("%s", err.what);
    assert_int_equal(as_json_read(as_buf_span(&json), NULL, &doc, &err), AS_OK);
    as_buf_done(&json);
    return doc;
}

static as_rc read_rules(struct world *w, const char *text, as_err *err)
{
    as_json_doc *doc = yaml(text);
    as_rc rc;

    as_err_init(err);
    rc = as_rules_read(as_json_root(doc), AS_STR("t"), &w->rules, err);
    as_json_free(doc);
    return rc;
}

#define HEAD                                                                   \
    "schema: assay-rule/1\nrules:\n  - id: t\n    title: t\n"                  \
    "    jurisdiction: US\n    reason: because\n    then: forbidden\n"
#define BOUND  "    binds: {roles: [us-federal-contractor], acts: [buy]}\n"
#define ALWAYS "    intervals: [{from: 2000-01-01}]\n"

static void need_rules(struct world *w, const char *text)
{
    as_err err;

    if (read_rules(w, text, &err))
        fail_msg("%s at %s", err.what, err.place.path);
}

static void ask_as(struct world *w, const char *key, const char *value)
{
    if (!w->context)
        w->context = as_context_new(w->arena);
    assert_int_equal(as_context_set(w->context, w->arena, as_str_c(key),
                                    as_str_c(value), NULL),
                     AS_OK);
}

static void contractor(struct world *w)
{
    ask_as(w, "role", "us-federal-contractor");
    ask_as(w, "act", "buy");
}

static const as_rule_outcome *apply(struct world *w, const char *day)
{
    const as_screening screening = {w->facts, w->n_facts, w->lists, w->n_lists,
                                    w->owners_complete};
    as_rule_input in = {.rules = &w->rules,
                        .context = w->context,
                        .screening = w->n_facts ? &screening : NULL,
                        .steps = w->steps};
    as_err err;

    as_err_init(&err);
    w->review = (as_review){
        .arena = w->arena, .product = w->product, .as_of = as_str_c(day)};
    if (as_rules_apply(&in, &w->review, &err))
        fail_msg("%s", err.what);
    assert_true(w->review.n_rules > 0);
    return &w->review.rules[0];
}

static as_truth matches(struct world *w, const char *day)
{
    return apply(w, day)->matches;
}

/* What all rules may cost together is bounded, and what is left is unknown. */
static void ceiling(void **state)
{
    struct world w;

    world_init(&w);
    need_rules(&w, HEAD ALWAYS
               "    when: {any_part: {any_part: {part.name: nobody}}}\n"
               "  - id: u\n    title: u\n    jurisdiction: US\n"
               "    reason: because\n    then: forbidden\n" ALWAYS
               "    when: {any_part: {part.name: product}, "
               "date: \"< 2030-01-01\"}\n");
    for (int i = 0; i < 9; i++)
        add_part(&w, 0, AS_PART_FILE, "file");
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    assert_int_equal(w.review.rules[1].matches, AS_YES);
    assert_int_equal(w.review.n_next_changes, 1);
    assert_true(as_str_is_absent(w.review.changes_cut));
    w.steps = 50;
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    testing_str(w.review.rules[0].wanted[0].fact, "product.parts");
    assert_int_equal(w.review.rules[1].matches, AS_UNSURE);
    w.steps = 5;
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    assert_false(as_str_is_absent(w.review.changes_cut));
    world_done(&w);
}

/* ---- time ---------------------------------------------------------------- */

static void standing(void **state)
{
    static const struct {
        const char *day;
        as_phase phase;
        as_certainty certainty;
    } cases[] = {
        {"2025-09-28", AS_PHASE_NOT_YET, AS_ENACTED},
        {"2025-09-29", AS_PHASE_IN_FORCE, AS_ENACTED},
        {"2025-11-09", AS_PHASE_IN_FORCE, AS_ENACTED},
        {"2025-11-10", AS_PHASE_SUSPENDED, AS_ENACTED},
        {"2026-11-09", AS_PHASE_SUSPENDED, AS_ENACTED},
        {"2026-11-10", AS_PHASE_IN_FORCE, AS_SCHEDULED},
        {"2029-01-01", AS_PHASE_OVER, AS_ENACTED},
    };
    struct world w;

    world_init(&w);
    need_rules(&w, HEAD "    intervals: [{from: 2025-09-29, to: 2029-01-01}]\n"
                        "    suspensions: [{from: 2025-11-10, to: 2026-11-10,"
                        " back: scheduled}]\n"
                        "    when: {any_part: {part.hardware: true}}\n");
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_date day;
        as_standing s;
        assert_true(as_date_read(as_str_c(cases[i].day), &day));
        s = as_rule_standing(&w.rules.items[0], day);
        if (s.phase != cases[i].phase ||
            (s.phase != AS_PHASE_OVER && s.certainty != cases[i].certainty))
            fail_msg("%s: phase %d, certainty %d", cases[i].day, (int)s.phase,
                     (int)s.certainty);
    }
    world_done(&w);
}

/* ---- parties ------------------------------------------------------------- */

#define CHIPS                                                                  \
    HEAD ALWAYS BOUND                                                          \
        "    when:\n      any_part:\n        look_for: chips\n"                \
        "        part.category: semiconductor\n"                               \
        "        party: {family: [smic], as: [foundry], also: [maker]}\n"

static void foundry_of_a_family(void **state)
{
    struct world w;
    as_part *chip;

    world_init(&w);
    contractor(&w);
    need_rules(&w, CHIPS);
    chip = add_part(&w, 0, AS_PART_CHIP, "U7");
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE); /* no foundry */
    assert_int_equal(w.review.rules[0].n_wanted, 1);
    testing_str(w.review.rules[0].wanted[0].fact, "part.foundry");
    assert_int_equal(w.review.rules[0].wanted[0].part, 1);
    testing_str(w.review.rules[0].wanted[0].ask, "its maker");
    say(chip, AS_ATTR_FOUNDRY, "SMIC Shenzhen");
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE); /* not screened */
    testing_str(w.review.rules[0].wanted[0].fact, "screening");
    known(&w, "SMIC Shenzhen", "family", "smic")->identity = AS_PARTY_FAMILY;
    assert_int_equal(matches(&w, "2026-01-01"), AS_YES);
    assert_int_equal(w.review.n_findings, 1);
    testing_str(w.review.findings[0].id, "t@U7");
    testing_str(w.review.findings[0].rule->path, "product > U7");
    assert_int_equal(w.review.findings[0].status, AS_FINDING_OPEN);
    w.facts[0].matches[0].id = AS_STR("cxmt");
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    w.n_lists = 0; /* and nobody knows who belongs to SMIC */
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    world_done(&w);
}

#define LISTED                                                                 \
    HEAD ALWAYS "    when:\n      any_part:\n        part.hardware: true\n"    \
                "        party: {list: us-1260h, also: [maker]}\n"

/* YMTC: on the list until 17 February 2026, again from 8 June 2026. */
static void listings_have_dates(void **state)
{
    struct world w;
    as_party_match *m;

    world_init(&w);
    need_rules(&w, LISTED);
    say(add_part(&w, 0, AS_PART_CHIP, "U1"), AS_ATTR_MAKER, "YMTC");
    m = known(&w, "YMTC", "us-1260h", "1");
    m[1] = m[0];
    m[0].from = AS_STR("2025-01-07");
    m[0].to = AS_STR("2026-02-17");
    m[1].from = AS_STR("2026-06-08");
    w.facts[0].n_matches = 2;
    assert_int_equal(matches(&w, "2026-02-16"), AS_YES);
    assert_int_equal(w.review.n_next_changes, 2);
    testing_str(w.review.next_changes[0].date, "2026-02-17");
    assert_int_equal(matches(&w, "2026-03-01"), AS_UNSURE); /* no list */
    add_list(&w, "us-1260h");
    assert_int_equal(matches(&w, "2026-03-01"), AS_NO);
    testing_str(w.review.next_changes[0].date, "2026-06-08");
    testing_str(w.review.next_changes[0].to, "forbidden");
    assert_int_equal(matches(&w, "2026-07-01"), AS_YES);
    m[0].dismissed = m[1].dismissed = AS_STR("another company");
    assert_int_equal(matches(&w, "2026-07-01"), AS_NO);
    world_done(&w);
}

#define OWNED                                                                  \
    HEAD ALWAYS "    when:\n"                                                  \
                "      dealings: {list: us-csl/EL, owned: \">= 50\"}\n"

static void shares_are_intervals(void **state)
{
    static as_str path[] = {AS_STR_INIT("Listed Holding 60 %")};
    struct world w;
    as_party_match *m;

    world_init(&w);
    need_rules(&w, OWNED);
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE); /* who? */
    ask_as(&w, "seller", "Held Co");
    add_list(&w, "us-csl/EL");
    m = known(&w, "Held Co", "us-csl/EL", "7");
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE); /* owners? */
    add_list(&w, "ownership"); /* a word like another */
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    w.owners_complete = true;
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO); /* listed itself */
    m->path = path;
    m->n_path = 1;
    m->share_low = m->share_high = 60;
    assert_int_equal(matches(&w, "2026-01-01"), AS_YES);
    m->share_low = 20;
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    m->share_high = 49;
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    world_done(&w);
}

/* Answers that screening has found for the very question of a rule. */
static void owners_answer(void **state)
{
    static as_str path[] = {AS_STR_INIT("60 % Listed Holding")};
    static as_str lists[] = {AS_STR_INIT("us-csl/EL")};
    static as_str missing[] = {AS_STR_INIT("owners not stated: 60 %")};
    as_party_match holder = {.list = lists[0],
                             .id = AS_STR("7"),
                             .listed_name = AS_STR("Listed Holding"),
                             .path = path,
                             .n_path = 1,
                             .to = AS_STR("2026-06-01")};
    as_owned_answer answer = {.asked = {AS_STR("ofac"), lists, 1, 50},
                              .answer = AS_YES,
                              .holders = &holder,
                              .n_holders = 1,
                              .missing = missing,
                              .n_missing = 1};
    as_party_owners owners = {
        .known = true, .answers = &answer, .n_answers = 1};
    as_owned_question *asked;
    struct world w;
    size_t n;

    world_init(&w);
    need_rules(&w, OWNED);
    assert_int_equal(as_rules_owned(&w.rules, &asked, &n, NULL), AS_OK);
    assert_int_equal(n, 1);
    assert_true(as_owned_question_eq(asked, &answer.asked));
    ask_as(&w, "seller", "Held Co");
    known(&w, "Held Co", "us-csl/EL", "7")->dismissed = AS_STR("another");
    w.facts[0].owners = &owners;
    assert_int_equal(matches(&w, "2026-01-01"), AS_YES);
    assert_int_equal(matches(&w, "2026-06-01"), AS_UNSURE); /* off the list */
    answer.answer = AS_UNSURE;
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    answer.answer = AS_NO;
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE); /* no list */
    add_list(&w, "us-csl/EL");
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    owners.n_answers = 0;
    owners.missing = AS_STR("which of two it is");
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    world_done(&w);
}

#define FOOTNOTE                                                               \
    HEAD ALWAYS "    when:\n      dealings:\n        list: us-csl/EL\n"        \
                "        term: {footnote: \"5\"}\n"

static void sisters_differ_on_lists(void **state)
{
    static as_party_term terms[] = {
        {AS_STR_INIT("footnote"), AS_STR_INIT("5")}};
    struct world w;
    as_party_match *m;

    world_init(&w);
    need_rules(&w, FOOTNOTE);
    add_list(&w, "us-csl/EL");
    ask_as(&w, "buyer", "nobody");
    ask_as(&w, "end-user", "SMIC Beijing");
    m = known(&w, "SMIC Beijing", "us-csl/EL", "1");
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    m->terms = terms;
    m->n_terms = 1;
    assert_int_equal(matches(&w, "2026-01-01"), AS_YES);
    m->identity = AS_PARTY_FAMILY; /* a sister is listed, not it */
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    m->identity = AS_PARTY_ENTITY;
    m->unresolved = true;
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    world_done(&w);
}

/* ---- the tree ------------------------------------------------------------ */

static void what_is_not_listed(void **state)
{
    struct world w;
    as_part *chip;

    world_init(&w);
    contractor(&w);
    need_rules(&w, CHIPS);
    /* A device without a list of its chips. */
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    add_part(&w, 0, AS_PART_LIBRARY, "zlib");
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    chip = add_part(&w, 0, AS_PART_CHIP, "U1");
    say(chip, AS_ATTR_FOUNDRY, "TSMC");
    add_fact(&w, "TSMC");
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    add_part(&w, 0, AS_PART_BOARD, "modem board");
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    testing_str(w.review.rules[0].wanted[0].fact, "part.chips");
    testing_str(w.product->parts[w.review.rules[0].wanted[0].part].name,
                "modem board");
    w.product->parts[0].kind = AS_PART_APPLICATION;
    w.product->parts[3].kind = AS_PART_LIBRARY;
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    world_done(&w);
}

static void containment(void **state)
{
    struct world w;

    world_init(&w);
    need_rules(&w, HEAD ALWAYS
               "    when:\n      any_part:\n        part.is_product: true\n"
               "        contains:\n          part.category: cellular-module\n"
               "          within: {part.name: board}\n");
    add_part(&w, 0, AS_PART_BOARD, "board");
    add_part(&w, 1, AS_PART_BOARD, "daughter");
    say(add_part(&w, 2, AS_PART_DEVICE, "modem"), AS_ATTR_CATEGORY,
        "cellular-module");
    assert_int_equal(matches(&w, "2026-01-01"), AS_YES);
    testing_str(w.review.findings[0].rule->path,
                "product > board > daughter > modem");
    w.product->parts[1].name = AS_STR("plinth");
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    world_done(&w);
}

static void shares_of_value(void **state)
{
    struct world w;
    as_part *magnet, *motor;

    world_init(&w);
    need_rules(&w, HEAD ALWAYS
               "    when:\n      share:\n        of: {part.category: "
               "rare-earth, part.country: CN}\n        is: \">= 0.1 %\"\n");
    motor = add_part(&w, 0, AS_PART_DEVICE, "motor");
    say(motor, AS_ATTR_CATEGORY, "mechanical");
    magnet = add_part(&w, 1, AS_PART_DEVICE, "magnet");
    w.product->parts[0].kind = AS_PART_APPLICATION;
    say(magnet, AS_ATTR_CATEGORY, "rare-earth-magnet");
    say(magnet, AS_ATTR_COUNTRY, "CN");
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    testing_str(w.review.rules[0].wanted[0].fact, "part.value_share");
    say(magnet, AS_ATTR_VALUE_SHARE, "0.09 %");
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    magnet->attributes[2].value = AS_STR("0.1");
    assert_int_equal(matches(&w, "2026-01-01"), AS_YES);
    magnet->attributes[1].value = AS_STR("JP");
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    magnet->attributes[1].value = AS_STR("somewhere");
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    world_done(&w);
}

static void paths_and_categories(void **state)
{
    static const struct {
        const char *test, *eccn, *country, *category;
        as_truth want;
    } cases[] = {
        {"part.eccn: 3B001", "3B001.c.1", NULL, NULL, AS_YES},
        {"part.eccn: 3B001.c", "3B001", NULL, NULL, AS_UNSURE},
        {"part.eccn: 3B001", "3B0011", NULL, NULL, AS_NO},
        {"part.eccn: \"!= EAR99\"", "3A001", NULL, NULL, AS_YES},
        {"part.eccn: 3B001", NULL, NULL, NULL, AS_UNSURE},
        {"part.country: CN-XJ", NULL, "CN", NULL, AS_UNSURE},
        {"part.country: CN-XJ", NULL, "CN-XJ", NULL, AS_YES},
        {"part.country: CN", NULL, "CN-XJ", NULL, AS_YES},
        {"part.country: CN-XJ", NULL, "US", NULL, AS_NO},
        {"part.country: \"!= US\"", NULL, "China", NULL, AS_YES},
        {"part.country: CN", NULL, "far away", NULL, AS_UNSURE},
        {"part.category: memory", NULL, NULL, "DRAM", AS_YES},
        {"part.category: dram", NULL, NULL, "memory", AS_UNSURE},
        {"part.category: [router, switch]", NULL, NULL, "Network switch",
         AS_YES},
        {"part.category: router", NULL, NULL, "drone", AS_NO},
        {"part.category: router", NULL, NULL, "thing", AS_UNSURE},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        char text[1000];
        struct world w;
        as_part *p;
        snprintf(text, sizeof text,
                 "%s    when: {any_part: {part.name: x, %s}}\n", HEAD ALWAYS,
                 cases[i].test);
        world_init(&w);
        need_rules(&w, text);
        p = add_part(&w, 0, AS_PART_DEVICE, "x");
        if (cases[i].eccn)
            say(p, AS_ATTR_ECCN, cases[i].eccn);
        if (cases[i].country)
            say(p, AS_ATTR_COUNTRY, cases[i].country);
        if (cases[i].category)
            say(p, AS_ATTR_CATEGORY, cases[i].category);
        if (matches(&w, "2026-01-01") != cases[i].want)
            fail_msg("%s", cases[i].test);
        world_done(&w);
    }
}

/* ---- who asks ------------------------------------------------------------ */

static void binding(void **state)
{
    struct world w;

    world_init(&w);
    need_rules(&w, HEAD ALWAYS BOUND
               "    when: {any_part: {part.is_product: true}}\n");
    assert_int_equal(apply(&w, "2026-01-01")->binds, AS_UNSURE);
    assert_int_equal(w.review.n_findings, 1);
    assert_int_equal(w.review.findings[0].status, AS_FINDING_UNDECIDED);
    assert_int_equal(w.review.findings[0].n_missing, 2); /* role and act */
    assert_false(w.review.context_given);
    ask_as(&w, "role", "us-dod-contractor"); /* is a federal contractor, too */
    ask_as(&w, "act", "use");
    assert_int_equal(apply(&w, "2026-01-01")->binds, AS_NO);
    assert_int_equal(w.review.n_findings, 0);
    ask_as(&w, "act", "buy");
    assert_int_equal(apply(&w, "2026-01-01")->binds, AS_YES);
    assert_int_equal(w.review.findings[0].status, AS_FINDING_OPEN);
    w.context = NULL;
    ask_as(&w, "jurisdiction", "CN");
    ask_as(&w, "act", "buy");
    assert_int_equal(apply(&w, "2026-01-01")->binds, AS_NO);
    world_done(&w);
}

static void not_yet(void **state)
{
    struct world w;

    world_init(&w);
    need_rules(&w, HEAD BOUND "    intervals: [{from: 2027-12-23}]\n"
                              "    when: {any_part: {part.is_product: true}}\n"
                              "    unless:\n      - title: bought before\n"
                              "        when: {context.bought: \"< "
                              "2027-12-23\"}\n");
    apply(&w, "2026-01-01");
    assert_int_equal(w.review.n_findings, 1);
    assert_int_equal(w.review.findings[0].status, AS_FINDING_CANDIDATE);
    assert_int_equal(w.review.n_next_changes, 1);
    testing_str(w.review.next_changes[0].date, "2027-12-23");
    testing_str(w.review.next_changes[0].from, "nothing (not yet in force)");
    contractor(&w);
    apply(&w, "2027-12-23");
    assert_int_equal(w.review.findings[0].status, AS_FINDING_OPEN);
    ask_as(&w, "bought", "2027-01-01");
    assert_int_equal(matches(&w, "2027-12-23"), AS_NO);
    assert_int_equal(w.review.n_findings, 0);
    world_done(&w);
}

static void assertions(void **state)
{
    struct world w;

    world_init(&w);
    need_rules(&w, HEAD ALWAYS "    when: {not: {asserts.clean: true}}\n"
                               "    ask: {clean: own organisation}\n");
    ask_as(&w, "act", "buy");
    assert_int_equal(matches(&w, "2026-01-01"), AS_UNSURE);
    testing_str(w.review.rules[0].wanted[0].ask, "own organisation");
    ask_as(&w, "fact", "clean=no");
    assert_int_equal(matches(&w, "2026-01-01"), AS_YES);
    ask_as(&w, "fact", "clean=yes");
    assert_int_equal(matches(&w, "2026-01-01"), AS_NO);
    world_done(&w);
}

#define PAIR                                                                   \
    "schema: assay-rule/1\nrules:\n"                                           \
    "  - id: us-sdn\n    title: a\n    jurisdiction: US\n    reason: r\n"      \
    "    then: forbidden\n    intervals: [{from: 2000-01-01}]\n"               \
    "    binds: {roles: [us-person], acts: [sell]}\n"                          \
    "    when: {dealings: {list: us-csl/SDN}}\n"                               \
    "  - id: cn-block\n    title: b\n    jurisdiction: CN\n    reason: r\n"    \
    "    then: forbidden\n    intervals: [{from: 2026-05-02}]\n"               \
    "    binds: {roles: [cn-person], acts: [sell]}\n"                          \
    "    when: {dealings: {name: [Hengli Refinery]}}\n"                        \
    "    forbids_complying_with: [us-*]\n"

static const as_finding *conflict(struct world *w, const char *day)
{
    const as_finding *found = NULL;

    apply(w, day);
    for (size_t i = 0; i < w->review.n_findings; i++) {
        if (!as_str_eq(w->review.findings[i].kind, AS_STR("conflict")))
            continue;
        assert_null(found);
        found = &w->review.findings[i];
    }
    return found;
}

static void laws_in_conflict(void **state)
{
    const as_finding *f;
    struct world w;

    world_init(&w);
    need_rules(&w, PAIR);
    add_list(&w, "us-csl/SDN");
    ask_as(&w, "buyer", "HENGLI REFINERY CO., LTD.");
    ask_as(&w, "seller", "Hengli Refinery Co., Ltd.");
    ask_as(&w, "act", "sell");
    known(&w, "Hengli Refinery Co., Ltd.", "us-csl/SDN", "1");
    ask_as(&w, "role", "us-person");
    assert_null(conflict(&w, "2026-06-01")); /* bound by one */
    ask_as(&w, "role", "cn-person");
    assert_null(conflict(&w, "2026-05-01")); /* before the order */
    f = conflict(&w, "2026-06-01");
    assert_non_null(f);
    testing_str(f->rule->rule, "cn-block");
    testing_str(f->rule->against, "us-sdn");
    assert_int_equal(f->status, AS_FINDING_OPEN);
    w.facts[0].name = AS_STR("Another Refinery"); /* not screened any more */
    w.facts[0].matches[0].listed_name = AS_STR("Another Refinery");
    f = conflict(&w, "2026-06-01");
    assert_non_null(f);
    assert_int_equal(f->status, AS_FINDING_UNDECIDED);
    w.context->parties[0].name = AS_STR("Another Refinery");
    w.context->parties[1].name = AS_STR("Another Refinery");
    assert_null(conflict(&w, "2026-06-01"));
    world_done(&w);
}

/* ---- files --------------------------------------------------------------- */

static void refused(void **state)
{
    static const struct {
        const char *text, *path;
    } cases[] = {
        {"schema: x\nrules: []\n", ""},
        {HEAD "    when: {}\n", "/rules/0"},
        {HEAD ALWAYS "    whem: {}\n", "/rules/0/whem"},
        {HEAD ALWAYS "    when: {part.name: x}\n", "/rules/0/when/part.name"},
        {HEAD ALWAYS "    when: {any_part: {part.colour: x}}\n",
         "/rules/0/when/any_part/part.colour"},
        {HEAD ALWAYS "    when: {any_part: {part.category: gadget}}\n",
         "/rules/0/when/any_part/part.category"},
        {HEAD ALWAYS "    when: {any_part: {party: {}}}\n",
         "/rules/0/when/any_part/party"},
        {HEAD ALWAYS "    when: {any_part: {party: {family: a, as: [cook]}}}\n",
         "/rules/0/when/any_part/party"},
        {HEAD ALWAYS "    when: {dealings: {list: a, owned: \"50\"}}\n",
         "/rules/0/when/dealings"},
        {HEAD "    intervals: [{from: 2027-02-30}]\n",
         "/rules/0/intervals/0/from"},
        {HEAD "    intervals: [{from: 2027-02-01, to: 2027-02-01}]\n",
         "/rules/0/intervals/0"},
        {HEAD ALWAYS "    binds: {roles: [king]}\n", "/rules/0/binds"},
        {HEAD ALWAYS "    binds: {acts: [sing]}\n", "/rules/0/binds"},
        {HEAD ALWAYS "    when: {share: {of: {}, is: 3}}\n",
         "/rules/0/when/share"},
        {HEAD ALWAYS "    when: {contains: {}}\n", "/rules/0/when/contains"},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        struct world w;
        as_err err;
        world_init(&w);
        if (read_rules(&w, cases[i].text, &err) != AS_ERR_INPUT ||
            strcmp(err.place.path, cases[i].path) != 0)
            fail_msg("case %zu: %s at \"%s\"", i, err.what, err.place.path);
        world_done(&w);
    }
}

struct complaints {
    size_t errors, warnings;
};

static void count(void *ctx, bool warning, as_str path, as_str what)
{
    struct complaints *c = ctx;

    *(warning ? &c->warnings : &c->errors) += 1;
}

static void checked(void **state)
{
    struct complaints c = {0, 0};
    as_json_doc *doc =
        yaml(HEAD ALWAYS "    when: {colour: red}\n"
                         "  - id: u\n    title: t\n    jurisdiction: US\n"
                         "    reason: r\n    then: duty\n    when: {}\n"
                         "    intervals: [{from: 2000-01-01}, {from: "
                         "2001-01-01}]\n");
    struct world w;
    as_err err;

    as_err_init(&err);
    world_init(&w);
    assert_int_equal(as_rules_check(as_json_root(doc), AS_STR("t"), &w.rules,
                                    count, &c, &err),
                     AS_OK);
    assert_int_equal(c.errors, 1);
    /* instrument, citation, source, remedy, binds, overlap */
    assert_int_equal(c.warnings, 6);
    assert_int_equal(w.rules.n, 1);
    as_json_free(doc);
    world_done(&w);
}

static void contexts(void **state)
{
    static const struct {
        const char *text, *path;
    } bad[] = {
        {"schema: assay-context/2\n", "/schema"},
        {"schema: assay-context/1\nroles: [king]\n", "/roles"},
        {"schema: assay-context/1\nroles: 5\n", "/roles"},
        {"schema: assay-context/1\ndestination: Utopia\n", "/destination"},
        {"schema: assay-context/1\nbought: soon\n", "/bought"},
        {"schema: assay-context/1\nparties: [{role: cook, name: x}]\n",
         "/parties"},
        {"schema: assay-context/1\nfacts: {a: perhaps}\n", "/facts"},
        {"schema: assay-context/1\nmood: good\n", "/mood"},
    };
    as_arena *a = as_arena_new(1 << 20);
    as_json_doc *doc = yaml("schema: assay-context/1\ntitle: order 7\n"
                            "roles: [us-dod]\nacts: buy\nvalue: 12.5\n"
                            "currency: USD\ndestination: US\n"
                            "parties: [{role: seller, name: X, country: TW}]\n"
                            "facts: {a: true, b: unknown}\n");
    as_context *c = as_context_new(a);
    as_err err;

    as_err_init(&err);
    assert_true(as_context_is_empty(c));
    assert_int_equal(as_context_read(as_json_root(doc), a, c, &err), AS_OK);
    assert_int_equal(c->n_roles + c->n_acts + c->n_parties + c->n_facts, 5);
    testing_str(c->parties[0].country, "TW");
    testing_str(c->facts[0].value, "yes");
    as_json_free(doc);
    for (size_t i = 0; i < AS_ARRAY_LEN(bad); i++) {
        doc = yaml(bad[i].text);
        as_err_init(&err);
        if (as_context_read(as_json_root(doc), a, c, &err) != AS_ERR_INPUT ||
            strcmp(err.place.path, bad[i].path) != 0)
            fail_msg("case %zu: %s at \"%s\"", i, err.what, err.place.path);
        as_json_free(doc);
    }
    as_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ceiling),
        cmocka_unit_test(standing),
        cmocka_unit_test(foundry_of_a_family),
        cmocka_unit_test(listings_have_dates),
        cmocka_unit_test(shares_are_intervals),
        cmocka_unit_test(owners_answer),
        cmocka_unit_test(sisters_differ_on_lists),
        cmocka_unit_test(what_is_not_listed),
        cmocka_unit_test(containment),
        cmocka_unit_test(shares_of_value),
        cmocka_unit_test(paths_and_categories),
        cmocka_unit_test(binding),
        cmocka_unit_test(not_yet),
        cmocka_unit_test(assertions),
        cmocka_unit_test(laws_in_conflict),
        cmocka_unit_test(refused),
        cmocka_unit_test(checked),
        cmocka_unit_test(contexts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
