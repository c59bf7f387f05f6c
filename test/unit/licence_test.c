/* SPDX-License-Identifier: Apache-2.0 */
/* Export licences: paragraphs, tables, chips, and test/cases/licence.cases,
 * whose lines are facts and what follows from them. */
#include "testing.h"

#include "base/yaml.h"
#include "licence/licence.h"
#include "licence/licence_internal.h"

#include <stdio.h>
#include <stdlib.h>

static as_arena *arena;
static const as_ear *ear;

static int load(void **state)
{
    arena = as_arena_new((size_t)256 << 20);
    ear = as_ear_builtin(arena);
    return ear ? 0 : -1;
}

static int unload(void **state)
{
    arena = as_arena_free(arena);
    return 0;
}

/* ---- paragraphs ------------------------------------------------------------
 */

static void scopes(void **state)
{
    static const struct {
        const char *scope, *path;
        as_truth want;
    } cases[] = {
        {"*", "", AS_YES},
        {"*", "c.1", AS_YES},
        {"* -y", "", AS_UNSURE},
        {"* -y", "y", AS_NO},
        {"* -y", "y.7", AS_NO},
        {"* -y", "x", AS_YES},
        {"c.1.a c.1.c q", "c.1.a", AS_YES},
        {"c.1.a c.1.c q", "c.1.a.2", AS_YES},
        {"c.1.a c.1.c q", "c", AS_UNSURE},
        {"c.1.a c.1.c q", "c.1", AS_UNSURE},
        {"c.1.a c.1.c q", "c.1.b", AS_NO},
        {"c.1.a c.1.c q", "d", AS_NO},
        {"c.1.a c.1.c q", "", AS_UNSURE},
        {"a.1:a.3 g:j", "a", AS_UNSURE},
        {"a.1:a.3 g:j", "a.2", AS_YES},
        {"a.1:a.3 g:j", "a.3.b", AS_YES},
        {"a.1:a.3 g:j", "a.4", AS_NO},
        {"a.1:a.3 g:j", "a.10", AS_NO},
        {"a.1:a.12", "a.10", AS_YES},
        {"a.1:a.3 g:j", "h", AS_YES},
        {"a.1:a.3 g:j", "k", AS_NO},
        {"b c -b.5", "b.5", AS_NO},
        {"b c -b.5", "b", AS_UNSURE},
        {"b c -b.5", "b.4", AS_YES},
        {"", "a", AS_NO},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_truth got =
            as_eccn_in_scope(as_str_c(cases[i].scope), as_str_c(cases[i].path));
        if (got != cases[i].want)
            print_error("\"%s\" of \"%s\"\n", cases[i].path, cases[i].scope);
        assert_int_equal(got, cases[i].want);
    }
}

static void lists(void **state)
{
    static const struct {
        const char *list, *item;
        as_truth want;
    } cases[] = {
        {"3A225:3A234", "3A230", AS_YES},
        {"3A225:3A234", "3A235", AS_NO},
        {"3A225:3A234", "3B230", AS_NO},
        {"3B001.a.1:3B001.a.3", "3B001.a.2", AS_YES},
        {"3B001.a.1:3B001.a.3", "3B001.b", AS_NO},
        {"3B001.a.1:3B001.a.3", "3B001", AS_UNSURE},
        {"3B -3B001.c", "3B002", AS_YES},
        {"3B -3B001.c", "3B001.c.1", AS_NO},
        {"3B -3B001.c", "3B001", AS_UNSURE},
        {"600 9x515", "0A606.b", AS_YES},
        {"600 9x515", "9A515", AS_YES},
        {"600 9x515", "9A516", AS_NO},
        {"*", "EAR99", AS_YES},
        {"3B001", "EAR99", AS_NO},
        {"1B001@MT", "1B001", AS_UNSURE},
        {"1B001@MT", "1B002", AS_NO},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_eccn e;
        assert_true(as_eccn_read(as_str_c(cases[i].item), arena, &e));
        assert_int_equal(as_eccn_in_list(as_str_c(cases[i].list), e, NULL),
                         cases[i].want);
    }
}

static void numbers(void **state)
{
    static const char *const bad[] = {
        "",       "3B00",      "3F001",
        "3B001.", "3B001c",    "3B001..a",
        "EAR98",  "3B001.a b", "3B001.a.b.c.d.e.f.g.h.i.j.k.l"};
    as_eccn e;

    for (size_t i = 0; i < AS_ARRAY_LEN(bad); i++)
        assert_false(as_eccn_read(as_str_c(bad[i]), arena, &e));
    assert_true(as_eccn_read(AS_STR(" 3b001.C.1.A "), arena, &e));
    testing_str(e.base, "3B001");
    testing_str(e.path, "c.1.a");
    assert_true(as_eccn_read(AS_STR("ear99"), arena, &e));
    assert_true(e.ear99);
}

/* ---- tables ----------------------------------------------------------------
 */

static void tables(void **state)
{
    size_t rows = 0, prose = 0, marks[AS_EAR_COLUMNS] = {0};

    assert_int_equal(as_ear_entries(ear), 637);
    assert_int_equal(ear->n_exceptions, 27);
    assert_int_equal(ear->n_fdp, 13);
    for (size_t i = 0; i < ear->n_eccns; i++)
        for (size_t k = 0; k < ear->eccns[i].n_rows; k++) {
            rows++;
            prose += ear->eccns[i].rows[k].prose != NULL;
        }
    assert_true(rows > 1500);
    assert_true(prose > 200);
    for (size_t i = 0; i < ear->n_places; i++)
        for (int c = 0; c < AS_EAR_COLUMNS; c++)
            marks[c] += ear->places[i].marks >> c & 1;
    assert_int_equal(marks[as_ear_column_of(AS_STR("CB1"))], 196);
    assert_int_equal(marks[as_ear_column_of(AS_STR("AT1"))], 0);
    /* Every list of the tables can be read: a probe of each. */
    for (size_t i = 0; i < ear->n_sets; i++) {
        as_eccn e = {.base = AS_STR("3B001"), .path = AS_STR("c.1")};
        as_eccn_in_list(ear->sets[i].items, e, NULL);
        for (size_t k = 0; k < ear->n_places; k++)
            as_ear_reaches(ear->sets[i].to, &ear->places[k]);
    }
}

static void places(void **state)
{
    const as_ear_place *hk = as_ear_place_find(ear, AS_STR("Hong Kong"));
    const as_ear_place *cn = as_ear_place_find(ear, AS_STR("prc"));
    const as_ear_place *mo = as_ear_place_find(ear, AS_STR("Macao"));

    assert_non_null(hk);
    assert_ptr_equal(as_ear_place_row(hk), cn);
    assert_int_equal(mo->marks, cn->marks);
    assert_true(as_ear_place_in(cn, AS_STR("D:5")));
    assert_true(as_ear_place_in(hk, AS_STR("D:5")));
    assert_false(as_ear_place_in(mo, AS_STR("D:5")));
    assert_null(as_ear_place_find(ear, AS_STR("Freedonia")));
    assert_null(as_ear_place_find(ear, AS_STR("")));
    /* Twelve countries go by another name in the groups than in the chart. */
    assert_ptr_equal(as_ear_place_find(ear, AS_STR("China (PRC)")), cn);
    for (size_t i = 0; i < ear->n_places; i++)
        assert_true(ear->places[i].of || ear->places[i].groups ||
                    ear->places[i].marks);
}

/* ---- chips -----------------------------------------------------------------
 */

static as_truth line(const as_chip_answer *a, const char *paragraph)
{
    for (size_t i = 0; i < a->n_lines; i++)
        if (as_str_eq(a->lines[i].paragraph, as_str_c(paragraph)))
            return a->lines[i].reached;
    return AS_UNSURE;
}

static void chips(void **state)
{
    static const struct {
        double mactops, bits, area;
        as_truth datacenter, a, b;
    } cases[] = {
        {156, 16, 826, AS_YES, AS_YES, AS_NO}, /* TPP 4992, PD 6.04 */
        {150, 16, 826, AS_NO, AS_YES, AS_NO},  /* TPP 4800: the edge */
        {149.9, 16, 2000, AS_YES, AS_NO, AS_YES},
        {149.9, 16, 826, AS_NO, AS_NO, AS_NO}, /* below, not for datacentres */
        {75, 16, 826, AS_YES, AS_NO, AS_YES},  /* 2400, density 2.9 */
        {75, 16, 1501, AS_YES, AS_NO, AS_NO},  /* density 1.599 */
        {50, 16, 270, AS_YES, AS_YES, AS_NO},  /* 1600, density 5.926 */
        {50, 16, 271, AS_YES, AS_NO, AS_YES},  /* density 5.904 */
        {50, 16, 501, AS_YES, AS_NO, AS_NO},   /* density 3.194 */
        {49.9, 16, 100, AS_YES, AS_NO, AS_NO},
        {75, 16, -1, AS_YES, AS_UNSURE, AS_UNSURE},
        {75, 16, 826, AS_UNSURE, AS_NO, AS_UNSURE},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_chip c;
        as_chip_answer a;
        as_chip_init(&c);
        c.units[0] = (as_chip_unit){cases[i].mactops, cases[i].bits, 1};
        c.n_units = 1;
        c.die_area = cases[i].area;
        c.datacenter = cases[i].datacenter;
        c.holds_memory = AS_NO;
        assert_int_equal(
            as_chip_measure(&c, AS_STR("2026-01-01"), arena, &a, NULL), AS_OK);
        if (line(&a, "3A090.a") != cases[i].a ||
            line(&a, "3A090.b") != cases[i].b)
            print_error("case %zu\n", i);
        assert_int_equal(line(&a, "3A090.a"), cases[i].a);
        assert_int_equal(line(&a, "4A090.a"), cases[i].a);
        assert_int_equal(line(&a, "3A090.b"), cases[i].b);
    }
}

static void memories(void **state)
{
    as_chip c;
    as_chip_answer a;

    as_chip_init(&c);
    c.holds_memory = AS_NO;
    c.bandwidth = 819;
    c.package_area = 110;
    assert_int_equal(as_chip_measure(&c, AS_STR("2024-12-02"), arena, &a, NULL),
                     AS_OK);
    assert_int_equal(line(&a, "3A090.c"), AS_YES);
    assert_true(a.lines[a.n_lines - 1].in_force);
    c.bandwidth = 220; /* exactly 2: the rule says more than 2 */
    assert_int_equal(as_chip_measure(&c, AS_STR("2024-12-01"), arena, &a, NULL),
                     AS_OK);
    assert_int_equal(line(&a, "3A090.c"), AS_NO);
    assert_false(a.lines[a.n_lines - 1].in_force);
    c.package_area = 0;
    assert_int_equal(as_chip_measure(&c, AS_STR("2024-12-02"), arena, &a, NULL),
                     AS_OK);
    assert_int_equal(line(&a, "3A090.c"), AS_UNSURE);
    assert_int_equal(as_chip_measure(&c, AS_STR("soon"), arena, &a, NULL),
                     AS_ERR_INPUT);
}

/* ---- the table of cases ----------------------------------------------------
 */

static const char *word(as_truth t)
{
    return as_truth_word(t).p;
}

static as_truth find_row(const as_licence_answer *a, as_str what, bool *found)
{
    as_truth t = AS_NO;

    *found = false;
    for (size_t i = 0; i < a->n_rows; i++) {
        const as_licence_row *row = &a->rows[i];
        as_str rule = as_arena_printf(arena, " %.*s:", AS_FMT(what));
        if (as_str_search(row->what, rule) == row->what.n &&
            !as_str_starts(row->section, what) && !as_str_eq(row->reason, what))
            continue;
        *found = true;
        t = as_truth_or(t, row->required);
    }
    return t;
}

static const char *state_word(as_exception_state s)
{
    return s == AS_EXCEPTION_VERIFY         ? "verify"
           : s == AS_EXCEPTION_OUT_OF_SCOPE ? "out"
                                            : "foreclosed";
}

/* One expectation "KEY=VALUE"; what is wrong, or absent. */
static as_str wrong(const as_licence_answer *a, as_str key, as_str value)
{
    bool found = false;
    as_truth t;

    if (as_str_eq(key, AS_STR("required")) ||
        as_str_eq(key, AS_STR("subject"))) {
        t = as_str_eq(key, AS_STR("required")) ? a->required : a->subject;
    } else if (as_str_starts(key, AS_STR("exc:"))) {
        as_str symbol = as_str_slice(key, 4, key.n);
        for (size_t i = 0; i < a->n_exceptions; i++)
            if (as_str_eq(a->exceptions[i].symbol, symbol)) {
                const char *got = state_word(a->exceptions[i].state);
                return as_str_eq(value, as_str_c(got))
                           ? AS_ABSENT
                           : as_arena_printf(arena, "%s (%.*s)", got,
                                             AS_FMT(a->exceptions[i].why));
            }
        return AS_STR("no such exception");
    } else if (as_str_eq(key, AS_STR("missing"))) {
        for (size_t i = 0; i < a->n_missing; i++)
            if (as_str_starts(a->missing[i].key, value))
                return AS_ABSENT;
        return AS_STR("the fact is not named");
    } else {
        t = find_row(a, key, &found);
        if (!found)
            return as_str_eq(value, AS_STR("absent")) ? AS_ABSENT
                                                      : AS_STR("no such row");
    }
    return as_str_eq(value, as_truth_word(t)) ? AS_ABSENT : as_str_c(word(t));
}

/* Words that stand for facts that many lines share. */
static as_str expand(as_str facts)
{
    static const struct {
        const char *word, *facts;
    } words[] = {
        {"@clean",
         "parties: [{name: Buyer, screened: true, headquarters: JP}], "
         "parties_complete: true, end_use: [civil]"},
        {"@calm", "transaction: {us_person_support: false}"},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++) {
        as_str word = as_str_c(words[i].word);
        size_t at = as_str_search(facts, word);
        if (at < facts.n)
            facts = as_arena_printf(
                arena, "%.*s%s%.*s", AS_FMT(as_str_slice(facts, 0, at)),
                words[i].facts,
                AS_FMT(as_str_slice(facts, at + word.n, facts.n)));
    }
    return facts;
}

static size_t check_case(as_str facts, as_str wants, size_t number)
{
    as_str yaml = as_arena_printf(arena, "{schema: assay-facts/1, %.*s}",
                                  AS_FMT(expand(facts)));
    as_licence_facts *f = AS_NEW(arena, as_licence_facts);
    as_licence_answer a;
    size_t failed = 0;
    as_str want;
    as_err err;

    as_licence_facts_init(f);
    f->as_of = AS_STR("2026-08-10");
    as_err_init(&err);
    if (as_licence_facts_yaml(as_str_span(yaml), arena, f, &err) ||
        as_licence_determine(ear, f, arena, &a, &err)) {
        bool ok = as_str_eq(wants, AS_STR("error"));
        if (!ok)
            print_error("line %zu: %s\n", number, err.what);
        return ok ? 0 : 1;
    }
    while (as_eccn_word(&wants, &want)) {
        as_str value = want, key = as_str_cut(&value, '='), why;
        why = wrong(&a, key, value);
        if (as_str_is_absent(why))
            continue;
        failed++;
        print_error("line %zu: %.*s wanted %.*s: %.*s\n", number, AS_FMT(key),
                    AS_FMT(value), AS_FMT(why));
    }
    return failed;
}

static void cases(void **state)
{
    as_span file = testing_source_file(arena, "test/cases/licence.cases");
    as_str rest = as_str_of((const char *)file.p, file.n), text;
    size_t number = 0, n = 0, failed = 0;

    while (testing_line(&rest, &text)) {
        as_str wants = text, facts = as_str_cut(&wants, '|');
        number++;
        if (as_str_is_empty(as_str_trim(text)) || text.p[0] == '#')
            continue;
        assert_false(as_str_is_absent(wants));
        n++;
        failed += check_case(as_str_trim(facts), as_str_trim(wants), number);
    }
    print_message("%zu cases\n", n);
    assert_true(n >= 100);
    assert_int_equal(failed, 0);
}

/* ---- facts -----------------------------------------------------------------
 */

static void refused(void **state)
{
    static const struct {
        const char *yaml, *what;
    } bad[] = {
        {"a: 1", "schema"},
        {"schema: assay-facts/2", "assay-facts/1"},
        {"{schema: assay-facts/1, item: {ecn: 3B001}}", "no such field"},
        {"{schema: assay-facts/1, item: {for: [3B00]}}", "no ECCN"},
        {"{schema: assay-facts/1, item: {us_content_share: 101}}", "between"},
        {"{schema: assay-facts/1, item: {us_content_share: [30, 20]}}",
         "between"},
        {"{schema: assay-facts/1, item: {in_us: maybe}}", "unknown"},
        {"{schema: assay-facts/1, end_use: [war]}", "no end use"},
        {"{schema: assay-facts/1, parties: [{role: buyer}]}", "name"},
        {"{schema: assay-facts/1, parties: [{name: A, listed: [{id: x}]}]}",
         "list"},
        {"{schema: assay-facts/1, transaction: {value: -1}}", "from 0"},
        {"{schema: assay-facts/1, transaction: {kind: gift}}", "kind"},
        {"[1", "line"},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(bad); i++) {
        as_licence_facts f;
        char text[1600];
        as_err err;
        as_licence_facts_init(&f);
        as_err_init(&err);
        assert_int_not_equal(
            as_licence_facts_yaml(as_str_span(as_str_c(bad[i].yaml)), arena, &f,
                                  &err),
            AS_OK);
        as_err_text(&err, text, sizeof text);
        if (i + 1 < AS_ARRAY_LEN(bad) &&
            as_str_search(as_str_c(text), as_str_c(bad[i].what)) ==
                as_str_c(text).n)
            fail_msg("\"%s\" does not say \"%s\"", text, bad[i].what);
    }
}

/* Every question has a key that the reader takes, and a person to ask. */
static void questions(void **state)
{
    as_str key, question, who;
    size_t n = 0;

    while (as_licence_question(n, &key, &question, &who)) {
        as_str section = key, name;
        as_licence_facts f;
        as_str yaml;
        name = section;
        section = as_str_cut(&name, '.');
        yaml = as_arena_printf(arena,
                               "{schema: assay-facts/1, %.*s: {%.*s: true}}",
                               AS_FMT(section), AS_FMT(name));
        as_licence_facts_init(&f);
        assert_int_equal(
            as_licence_facts_yaml(as_str_span(yaml), arena, &f, NULL), AS_OK);
        assert_int_equal(f.facts[n], AS_YES);
        assert_true(question.n && who.n);
        n++;
    }
    assert_int_equal(n, AS_FACTS);
}

/* ---- products --------------------------------------------------------------
 */

static void add(as_product *p, uint32_t parent, const char *name,
                const char *eccn, const char *country, const char *share)
{
    as_part *part = as_product_add_part(p, parent);
    const struct {
        as_attribute_key key;
        const char *value;
    } said[] = {{AS_ATTR_ECCN, eccn},
                {AS_ATTR_COUNTRY, country},
                {AS_ATTR_VALUE_SHARE, share}};

    part->name = as_str_c(name);
    part->attributes = AS_NEW_ARRAY(p->arena, 3, as_attribute);
    for (size_t i = 0; i < 3; i++)
        if (said[i].value)
            part->attributes[part->n_attributes++] = (as_attribute){
                said[i].key, AS_DECLARED, as_str_c(said[i].value), AS_ABSENT};
}

static void products(void **state)
{
    as_product *p = as_product_new();
    as_licence_facts f;
    as_licence_product r;

    p->root = 0;
    add(p, AS_NO_PART, "gateway", NULL, NULL, NULL);
    add(p, 0, "encryption", "5A002", "US", "20"); /* counts: NS 1 to China */
    add(p, 0, "screws", "EAR99", "US", "30");     /* US, but not controlled */
    add(p, 0, "board", "4A994", "KR", "40");      /* not of the US */
    add(p, 3, "chip", "3A001.a.2", "US", "15");   /* within the board's share */
    add(p, 0, "case", NULL, NULL, "4");           /* unknown: may count */
    as_licence_facts_init(&f);
    f.as_of = AS_STR("2026-08-10");
    f.to = AS_STR("CN");
    f.kind = AS_LICENCE_REEXPORT;
    f.from = AS_STR("KR");
    assert_int_equal(as_licence_of_product(ear, p, &f, arena, &r, NULL), AS_OK);
    assert_int_equal(r.n_parts, 4);
    assert_int_equal(r.n_without, 2);
    assert_int_equal(r.required, AS_YES);
    assert_float_equal((float)r.us_low, 20, 1e-3);
    assert_float_equal((float)r.us_high, 20 + 4 + 6, 1e-3);
    assert_float_equal((float)r.threshold, 25, 0);
    assert_int_equal(r.de_minimis, AS_UNSURE);
    f.to = AS_STR("Iran");
    assert_int_equal(as_licence_of_product(ear, p, &f, arena, &r, NULL), AS_OK);
    assert_float_equal((float)r.threshold, 10, 0);
    assert_int_equal(r.de_minimis, AS_NO);
    as_product_free(p);
}

/* Whatever the ceiling of the arena: an answer, or a refusal in order. */
static void starved(void **state)
{
    as_licence_facts f;
    size_t done = 0, refused_ = 0;

    as_licence_facts_init(&f);
    f.as_of = AS_STR("2026-08-10");
    f.to = AS_STR("CN");
    f.eccn = AS_STR("3B001.c");
    f.from = AS_STR("KR");
    f.kind = AS_LICENCE_REEXPORT;
    for (size_t ceiling = 1; ceiling < 200000; ceiling += 997) {
        as_arena *small = as_arena_new(ceiling);
        as_licence_answer a;
        as_rc rc;
        assert_non_null(small);
        for (size_t i = 0; i < 64; i++) /* use the first block up */
            as_arena_alloc(small, 1000);
        rc = as_licence_determine(ear, &f, small, &a, NULL);
        assert_true(rc == AS_OK || rc == AS_ERR_LIMIT || rc == AS_ERR_INPUT);
        done += rc == AS_OK;
        refused_ += rc != AS_OK;
        as_arena_free(small);
    }
    assert_true(done > 0 && refused_ > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scopes),   cmocka_unit_test(lists),
        cmocka_unit_test(numbers),  cmocka_unit_test(tables),
        cmocka_unit_test(places),   cmocka_unit_test(chips),
        cmocka_unit_test(memories), cmocka_unit_test(cases),
        cmocka_unit_test(refused),  cmocka_unit_test(questions),
        cmocka_unit_test(products), cmocka_unit_test(starved),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
