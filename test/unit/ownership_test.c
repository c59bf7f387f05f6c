/* SPDX-License-Identifier: Apache-2.0 */
/* Who owns whom: cases worked by hand; ownership_points_test.c has random
 * graphs. */
#include "testing.h"

#include "base/limits.h"
#include "party/party.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static as_date day(const char *text)
{
    as_date d = AS_DATE_NONE;

    assert_true(as_date_read(as_str_c(text), &d));
    return d;
}

/* ---- cases by hand ---------------------------------------------------------
 */

typedef struct made {
    as_arena *arena;
    as_owner_graph *g;
    as_owner_listed *listed;
    size_t n_listed;
    as_owner_answer answer;
} made;

static void made_done(made *m)
{
    as_owner_graph_free(m->g);
    as_arena_free(m->arena);
}

static made read_table(const char *rows)
{
    made m = {.arena = as_arena_new(AS_MIB * 64), .g = as_owner_graph_new()};
    as_err err;
    as_buf text;

    as_err_init(&err);
    as_buf_init(&text, AS_MIB);
    as_buf_c(&text, "owner,owned,low,high,control,listed,rank,from,to\n");
    as_buf_c(&text, rows);
    if (as_owner_read(as_buf_span(&text), m.arena, m.g, &m.listed, &m.n_listed,
                      &err))
        fail_msg("%s", err.what);
    as_buf_done(&text);
    return m;
}

static void ask_of(made *m, as_owner_method method, const char *party,
                   const char *on, bool unrecorded)
{
    as_err err;
    as_owner_query q = {.method = method,
                        .party = as_str_c(party),
                        .day = day(on),
                        .unrecorded = unrecorded,
                        .listed =
                            as_owner_set_new(m->arena, m->listed, m->n_listed)};

    as_err_init(&err);
    if (as_owner_ask(m->g, &q, m->arena, &m->answer, &err))
        fail_msg("%s", err.what);
}

static made ask(const char *rows, as_owner_method method)
{
    made m = read_table(rows);

    ask_of(&m, method, "T", "2026-01-01", false);
    return m;
}

static char letter(as_truth t)
{
    return t == AS_YES ? 'y' : t == AS_NO ? 'n' : '?';
}

/* Rows, then what each method answers: multiply ofac bis mofcom eu uk family.
 */
static const struct {
    const char *name, *rows, *answers;
} cases[] = {
    {"just below", "L,T,49.99,49.99,,yes\n", "nnnnnnn"},
    {"half", "L,T,50,50,,yes\n", "yyyynnn"},
    {"just above", "L,T,50.01,50.01,,yes\n", "yyyyyyy"},
    {"a billionth below", "L,T,49.999999999,49.999999999,,yes\n", "nnnnnnn"},
    {"a billionth above", "L,T,50.000000001,50.000000001,,yes\n", "yyyyyyy"},
    {"two quarters", "L,T,25,25,,yes\nK,T,25,25,,yes\n", "yyyynnn"},
    {"two of 30", "L,T,30,30,,yes\nK,T,30,30,,yes\n", "yyyyynn"},
    {"thirds that make a half",
     "L,T,16.666666666,16.666666666,,yes\nK,T,33.333333334,33.333333334,,yes\n",
     "yyyynnn"},
    {"half of half", "L,A,50,50,,yes\nA,T,50,50\n", "nyyynnn"},
    {"60 of 60", "L,A,60,60,,yes\nA,T,60,60\n", "nyyyyyy"},
    {"chain that breaks", "L,A,49,49,,yes\nA,T,100,100\n", "nnnnnnn"},
    {"two thin ways to one",
     "L,A,50,50,,yes\nL,B,50,50\nA,T,25,25\nB,T,25,25\n", "nyyynnn"},
    {"wholly through two",
     "L,A,100,100,,yes\nL,B,100,100\nA,T,25,25\n"
     "B,T,25,25\n",
     "yyyynnn"},
    {"unknown share", "L,T,,,,yes\n", "???????"},
    {"others leave too little", "L,T,,,,yes\nC,T,60,\n", "nnnnnnn"},
    {"others leave half", "L,T,,,,yes\nC,T,50,50\n", "????nnn"},
    {"at least half", "L,T,50,,,yes\n", "yyyy???"},
    {"at most half", "L,T,,50,,yes\n", "????nnn"},
    {"control without share", "L,T,0,0,yes,yes\n", "nnnnyyy"},
    {"control not known", "L,T,10,10,unknown,yes\n", "nnnn???"},
    {"control along a chain", "L,A,1,1,yes,yes\nA,T,51,51\n", "nnnnyyy"},
    {"ring with a way in", "L,A,1,1,,yes\nB,A,99,99\nA,B,99,99\nA,T,100,100\n",
     "ynnnnnn"},
    {"ring without", "A,T,50,50\nB,A,100,100\nA,B,100,100\nL,X,1,1,,yes\n",
     "nnnnnnn"},
    {"owns itself", "L,T,40,40,,yes\nT,T,20,20\n", "ynnnnnn"},
    {"cross-holding lifts", "L,A,50,50,,yes\nB,A,25,25\nA,B,60,60\nA,T,50,50\n",
     "nyyynnn"},
    {"listed itself", "T,X,1,1,,yes\n", "yyyyyyy"},
    {"sister", "P,L,51,51\nP,T,51,51\nL,X,1,1,,yes\n", "nnnnnny"},
    {"daughter", "T,L,51,51\nL,X,1,1,,yes\n", "nnnnnny"},
    {"aunt", "G,P,100,100\nG,L,100,100\nP,T,100,100\nL,X,1,1,,yes\n",
     "nnnnnny"},
    {"sister of a minority", "P,L,51,51\nP,T,50,50\nL,X,1,1,,yes\n", "nnnnnnn"},
    {"perhaps a sister", "P,L,51,51\nP,T,40,60\nL,X,1,1,,yes\n", "nnnnnn?"},
    {"overfull, nothing follows", "C,T,90,90\nD,T,90,90\nL,T,,,,yes\n",
     "???????"},
    {"said twice alike", "L,T,30,30,,yes\nL,T,30,30\n", "nnnnnnn"},
    {"said twice, once vaguely", "L,T,,,,yes\nL,T,60,60\n", "yyyyyyy"},
    {"said twice, otherwise", "L,T,40,40,,yes\nL,T,60,60\n", "???????"},
    {"one surely, one perhaps", "K,T,60,60,,yes\nL,K,,,,yes\n", "yyyyyyy"},
    {"a listed one between", "L,K,60,60,,yes\nK,T,30,30,,yes\nL,T,30,30\n",
     "yyyyyyn"},
};

static void answers_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int m = 0; m < AS_OWNER_METHODS; m++) {
            made k = ask(cases[i].rows, (as_owner_method)m);
            char got = letter(k.answer.answer), want = cases[i].answers[m];
            if (got != want)
                fail_msg("%s, %s: %c, not %c", cases[i].name,
                         as_owner_method_word((as_owner_method)m), got, want);
            if ((got == '?') != (k.answer.n_missing > 0))
                fail_msg("%s, %s: %c with %zu missing", cases[i].name,
                         as_owner_method_word((as_owner_method)m), got,
                         k.answer.n_missing);
            made_done(&k);
        }
    }
}

static void near(double got, double want)
{
    if (fabs(got - want) > 1e-6)
        fail_msg("%.12g, not %.12g", got, want);
}

static void shares_by_hand(void **state)
{
    made m = ask("L,A,50,50,,yes\nA,T,50,50\n", AS_OWNER_MULTIPLY);

    (void)state;
    near(m.answer.low, 25);
    near(m.answer.high, 25);
    near(m.answer.rest_low, 50);
    assert_int_equal(m.answer.n_paths, 1);
    assert_int_equal(m.answer.paths[0].n_steps, 2);
    testing_str(m.answer.paths[0].steps[0].owner, "L");
    testing_str(m.answer.paths[0].steps[1].owned, "T");
    made_done(&m);
    m = ask("L,A,50,50,,yes\nA,T,50,50\n", AS_OWNER_OFAC);
    near(m.answer.low, 50);
    made_done(&m);
    /* x = 0.01 + 0.99 * 0.99 x */
    m = ask("L,A,1,1,,yes\nB,A,99,99\nA,B,99,99\nA,T,100,100\n",
            AS_OWNER_MULTIPLY);
    near(m.answer.low, 100 * 0.01 / (1 - 0.99 * 0.99));
    near(m.answer.high, m.answer.low);
    made_done(&m);
    /* x = 0.4 + 0.2 x */
    m = ask("L,T,40,40,,yes\nT,T,20,20\n", AS_OWNER_MULTIPLY);
    near(m.answer.low, 50);
    made_done(&m);
    m = ask("L,A,20,30,,yes\nA,T,40,60\nK,T,5,10,,yes\n", AS_OWNER_MULTIPLY);
    near(m.answer.low, 8 + 5);
    near(m.answer.high, 18 + 10);
    made_done(&m);
}

/* A ring that closes too slowly to be summed up stays between its bounds. */
static void bounds_of_slow_rings(void **state)
{
    made m = ask("L,A,0.000000001,0.000000001,,yes\nB,A,99.999999,99.999999\n"
                 "A,B,99.999999,99.999999\nA,T,100,100\n",
                 AS_OWNER_MULTIPLY);

    (void)state;
    assert_true(m.answer.low <= 0.0500000001);
    assert_true(m.answer.high >= 0.0499);
    made_done(&m);
}

static void names_what_is_missing(void **state)
{
    made m = ask("L,T,,,,yes\nK,T,10,60,,yes\n", AS_OWNER_OFAC);

    (void)state;
    assert_int_equal(m.answer.n_missing, 2);
    assert_true(m.answer.smallest);
    made_done(&m);
    m = ask("L,A,,,,yes\nA,T,60,60\nK,T,10,20,,yes\n", AS_OWNER_OFAC);
    assert_int_equal(m.answer.n_missing, 1);
    testing_str(m.answer.missing[0].text,
                "the share of \"L\" in \"A\" is unknown");
    made_done(&m);
    /* Whatever it holds of A, A holds too little of T. */
    m = ask("L,A,,,,yes\nA,T,20,20\nK,T,20,60,,yes\n", AS_OWNER_OFAC);
    assert_int_equal(m.answer.n_missing, 2);
    made_done(&m);
    m = ask("L,A,,,,yes\nA,T,5,5\nK,T,10,44,,yes\nM,T,,10,,yes\n",
            AS_OWNER_OFAC);
    assert_int_equal(m.answer.n_missing, 3);
    made_done(&m);
    m = ask("L,T,10,10,unknown,yes\n", AS_OWNER_EU);
    assert_int_equal(m.answer.n_missing, 1);
    assert_true(m.answer.missing[0].control);
    testing_str(m.answer.missing[0].text,
                "whether \"L\" controls \"T\" is unknown");
    made_done(&m);
}

static void says_where_a_path_ends(void **state)
{
    made m = ask("L,A,49,49,,yes\nA,T,100,100\n", AS_OWNER_OFAC);

    (void)state;
    assert_int_equal(m.answer.n_paths, 1);
    assert_int_equal(m.answer.paths[0].counts, AS_NO);
    testing_str(m.answer.paths[0].stops_at, "A");
    assert_int_equal(m.answer.n_holders, 0);
    made_done(&m);
    m = ask("L,A,49,51,,yes\nA,T,100,100\nK,T,,,,yes\n", AS_OWNER_OFAC);
    assert_int_equal(m.answer.answer, AS_UNSURE);
    assert_int_equal(m.answer.paths[0].counts, AS_UNSURE);
    made_done(&m);
}

static void the_strictest_counts(void **state)
{
    made m = ask("L,T,30,30,,MEU,1\nK,T,25,25,,EL,2\nM,T,,20,,SDN,3\n"
                 "N,B,10,10,,DPL,9\nB,T,5,5\n",
                 AS_OWNER_BIS);

    (void)state;
    assert_int_equal(m.answer.answer, AS_YES);
    assert_int_equal(m.answer.n_holders, 3);
    testing_str(m.answer.strictest->note, "EL");
    testing_str(m.answer.strictest_possible->note, "SDN");
    made_done(&m);
}

static void finds_defects(void **state)
{
    made m =
        ask("C,T,90,90\nD,T,30,40\nL,T,10,20,,yes\nL,T,30,30\n", AS_OWNER_OFAC);

    (void)state;
    assert_int_equal(m.answer.n_findings, 2);
    assert_int_equal(m.answer.findings[0].kind, AS_OWNER_OVERFULL);
    assert_int_equal(m.answer.findings[1].kind, AS_OWNER_CONTRADICTED);
    near(m.answer.low, 10);
    near(m.answer.high, 30);
    made_done(&m);
}

static void heeds_dates(void **state)
{
    made m = read_table("L,T,60,60,,yes,,2020-01-01,2024-01-01\n"
                        "L,T,10,10,,,,2024-01-01,\n");

    (void)state;
    ask_of(&m, AS_OWNER_OFAC, "T", "2019-12-31", false);
    assert_int_equal(m.answer.answer, AS_NO);
    near(m.answer.rest_low, 100);
    ask_of(&m, AS_OWNER_OFAC, "T", "2020-01-01", false);
    assert_int_equal(m.answer.answer, AS_YES);
    ask_of(&m, AS_OWNER_OFAC, "T", "2023-12-31", false);
    assert_int_equal(m.answer.answer, AS_YES);
    ask_of(&m, AS_OWNER_OFAC, "T", "2024-01-01", false);
    assert_int_equal(m.answer.answer, AS_NO);
    near(m.answer.low, 10);
    made_done(&m);
}

static void counts_who_is_not_recorded(void **state)
{
    made m = read_table("L,T,30,30,,yes\nC,U,100,100\nC,V,60,60\nU,W,70,70\n");

    (void)state;
    ask_of(&m, AS_OWNER_OFAC, "T", "2026-01-01", false);
    assert_int_equal(m.answer.answer, AS_NO);
    ask_of(&m, AS_OWNER_OFAC, "T", "2026-01-01", true);
    assert_int_equal(m.answer.answer, AS_UNSURE);
    near(m.answer.high, 100);
    assert_int_equal(m.answer.n_missing, 1);
    testing_str(m.answer.missing[0].text,
                "who holds up to 70 % of \"T\" is not stated");
    ask_of(&m, AS_OWNER_OFAC, "U", "2026-01-01", true);
    assert_int_equal(m.answer.answer, AS_NO);
    ask_of(&m, AS_OWNER_OFAC, "V", "2026-01-01", true);
    assert_int_equal(m.answer.answer, AS_NO);
    ask_of(&m, AS_OWNER_OFAC, "W", "2026-01-01", true);
    assert_int_equal(m.answer.answer, AS_NO);
    ask_of(&m, AS_OWNER_OFAC, "C", "2026-01-01", true);
    assert_int_equal(m.answer.answer, AS_UNSURE);
    ask_of(&m, AS_OWNER_OFAC, "nobody knows", "2026-01-01", false);
    assert_int_equal(m.answer.answer, AS_UNSURE);
    assert_false(m.answer.known);
    made_done(&m);
}

static void rules_have_days(void **state)
{
    static const struct {
        as_owner_method method;
        const char *day;
        as_owner_phase phase;
        bool scheduled;
    } days[] = {
        {AS_OWNER_BIS, "2025-09-28", AS_OWNER_NOT_YET, false},
        {AS_OWNER_BIS, "2025-09-29", AS_OWNER_IN_FORCE, false},
        {AS_OWNER_BIS, "2025-11-09", AS_OWNER_IN_FORCE, false},
        {AS_OWNER_BIS, "2025-11-10", AS_OWNER_SUSPENDED, false},
        {AS_OWNER_BIS, "2026-11-09", AS_OWNER_SUSPENDED, false},
        {AS_OWNER_BIS, "2026-11-10", AS_OWNER_IN_FORCE, true},
        {AS_OWNER_MOFCOM, "2025-11-06", AS_OWNER_IN_FORCE, false},
        {AS_OWNER_MOFCOM, "2025-11-07", AS_OWNER_SUSPENDED, false},
        {AS_OWNER_MOFCOM, "2026-11-10", AS_OWNER_IN_FORCE, true},
        {AS_OWNER_OFAC, "2026-01-01", AS_OWNER_IN_FORCE, false},
        {AS_OWNER_FAMILY, "1990-01-01", AS_OWNER_IN_FORCE, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        as_owner_standing s =
            as_owner_method_standing(days[i].method, day(days[i].day));
        assert_int_equal(s.phase, days[i].phase);
        assert_int_equal(s.scheduled, days[i].scheduled);
        assert_true(s.since == AS_DATE_NONE || s.since <= day(days[i].day));
        assert_true(s.until == AS_DATE_NONE || s.until > day(days[i].day));
    }
}

static void takes_ties_of_rows(void **state)
{
    as_owner_graph *g = as_owner_graph_new();
    as_arena *arena = as_arena_new(AS_MIB);
    as_owner_listed l = {.party = AS_STR("lei:L")};
    const as_party_tie up = {.kind = AS_PARTY_TIE_PARENT,
                             .high = 100,
                             .from = AS_STR_INIT("2020"),
                             .to = AS_STR_INIT("2024")};
    const as_party_tie down = {.kind = AS_PARTY_TIE_SUBSIDIARY, .high = 100};
    const as_party_tie kin = {.kind = AS_PARTY_TIE_AFFILIATE, .high = 100};
    as_owner_query q = {.method = AS_OWNER_EU, .party = AS_STR("lei:T")};
    as_owner_answer r;

    (void)state;
    assert_int_equal(
        as_owner_graph_add_tie(g, AS_STR("lei:T"), AS_STR("lei:P"), &up, NULL),
        AS_OK);
    assert_int_equal(as_owner_graph_add_tie(g, AS_STR("lei:L"), AS_STR("lei:P"),
                                            &down, NULL),
                     AS_OK);
    assert_int_equal(
        as_owner_graph_add_tie(g, AS_STR("lei:K"), AS_STR("lei:T"), &kin, NULL),
        AS_OK);
    assert_int_equal(
        as_owner_graph_name(g, AS_STR("lei:P"), AS_STR("Parent"), NULL), AS_OK);
    q.listed = as_owner_set_new(arena, &l, 1);
    q.day = day("2024-12-31");
    assert_int_equal(as_owner_ask(g, &q, arena, &r, NULL), AS_OK);
    assert_int_equal(r.answer, AS_YES);
    assert_true(r.by_control);
    testing_str(r.paths[0].steps[0].owned, "Parent");
    q.day = day("2025-01-01");
    assert_int_equal(as_owner_ask(g, &q, arena, &r, NULL), AS_OK);
    assert_int_equal(r.answer, AS_NO);
    l.party = AS_STR("lei:K");
    q.listed = as_owner_set_new(arena, &l, 1);
    assert_int_equal(as_owner_ask(g, &q, arena, &r, NULL), AS_OK);
    assert_int_equal(r.answer, AS_NO);
    q.method = AS_OWNER_FAMILY;
    assert_int_equal(as_owner_ask(g, &q, arena, &r, NULL), AS_OK);
    assert_int_equal(r.answer, AS_YES);
    as_owner_graph_free(g);
    as_arena_free(arena);
}

static void refuses_what_is_no_share(void **state)
{
    as_owner_graph *g = as_owner_graph_new();
    as_owner_edge e = {.owner = AS_STR("A"),
                       .owned = AS_STR("B"),
                       .from = AS_DATE_NONE,
                       .to = AS_DATE_NONE};
    static const double bad[][2] = {{-1, 5},          {0, 101},
                                    {60, 40},         {(double)NAN, 5},
                                    {0, (double)NAN}, {0, (double)INFINITY}};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        e.low = bad[i][0];
        e.high = bad[i][1];
        assert_int_equal(as_owner_graph_add(g, &e, NULL), AS_ERR_INPUT);
    }
    e.low = e.high = 5;
    e.owner = AS_ABSENT;
    assert_int_equal(as_owner_graph_add(g, &e, NULL), AS_ERR_INPUT);
    assert_int_equal(as_owner_graph_edges(g), 0);
    as_owner_graph_free(g);
}

static as_rc chain_ties(void *ctx, as_str key, as_owner_graph *g, as_err *err)
{
    size_t *asked = ctx;
    char name[24];
    uint64_t n = 0;
    as_owner_edge e = {.owned = key,
                       .low = 60,
                       .high = 60,
                       .from = AS_DATE_NONE,
                       .to = AS_DATE_NONE};

    ++*asked;
    assert_true(as_str_u64(key, &n));
    /* Each has the next two above it, the last ones none; 40 closes a ring. */
    for (uint64_t i = 1; i <= 2 && n < 40; i++) {
        snprintf(name, sizeof name, "%u", (unsigned)(n + i));
        e.owner = as_str_c(name);
        e.low = e.high = i == 1 ? 60 : 40;
        if (as_owner_graph_add(g, &e, err))
            return AS_ERR_INTERNAL;
    }
    if (n != 40)
        return AS_OK;
    e.owner = AS_STR("0");
    return as_owner_graph_add(g, &e, err);
}

static void climbs_each_once(void **state)
{
    as_owner_graph *g = as_owner_graph_new();
    as_arena *arena = as_arena_new(AS_MIB);
    as_owner_listed l = {.party = AS_STR("40")};
    as_owner_query q = {.method = AS_OWNER_OFAC, .party = AS_STR("0")};
    as_owner_answer r;
    size_t asked = 0;

    (void)state;
    assert_int_equal(
        as_owner_graph_climb(g, AS_STR("0"), chain_ties, &asked, NULL), AS_OK);
    assert_int_equal(asked, 42);
    q.listed = as_owner_set_new(arena, &l, 1);
    assert_int_equal(as_owner_ask(g, &q, arena, &r, NULL), AS_OK);
    assert_int_equal(r.answer, AS_YES);
    assert_true(r.paths_cut);
    assert_int_equal(r.n_paths, AS_LIMIT_OWNER_PATHS);
    as_owner_graph_free(g);
    as_arena_free(arena);
}

/* ---- tables ----------------------------------------------------------------
 */

static const struct {
    const char *text, *what;
    unsigned line;
} bad_tables[] = {
    {"", "empty", 0},
    {"owner,share\nA,5\n", "owner and owned", 1},
    {"owner,owned,colour\n", "no such column", 1},
    {"owner,owned,owner\n", "twice", 1},
    {"owner,owned,share\nA,B,50,5\n", "more fields", 2},
    {"owner,owned,share\nA,B,50\nA,B,101\n", "no share", 3},
    {"owner,owned,share\nA,B,5e1\n", "no share", 2},
    {"owner,owned,share\nA,B,100.000000001\n", "no share", 2},
    {"owner,owned,share\nA,B,\"50,5\"\n", "no share", 2},
    {"owner,owned,share\nA,B,-5\n", "no share", 2},
    {"owner,owned,low,high\nA,B,60,40\n", "above high", 2},
    {"owner,owned,low,share\nA,B,60,40\n", "beside", 2},
    {"owner,owned,from\nA,B,2024-02-30\n", "no day", 2},
    {"owner,owned,from,to\nA,B,2024-02-20,2024-02-19\n", "before", 2},
    {"owner,owned,control\nA,B,perhaps\n", "yes, no or unknown", 2},
    {"owner,owned,listed,rank\nA,B,yes,high\n", "whole number", 2},
    {"owner,owned\n,B\n", "no owner", 2},
    {"owner,owned\nA,\n", "nothing", 2},
    {"owner,owned\nA,\"B\n", "never closed", 2},
    {"owner,owned\nA,\xff\n", "UTF-8", 2},
};

static void refuses_bad_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_tables / sizeof *bad_tables; i++) {
        as_owner_graph *g = as_owner_graph_new();
        as_arena *arena = as_arena_new(AS_MIB);
        as_owner_listed *listed;
        as_err err;
        size_t n;
        as_err_init(&err);
        assert_int_equal(
            as_owner_read(as_str_span(as_str_c(bad_tables[i].text)), arena, g,
                          &listed, &n, &err),
            AS_ERR_INPUT);
        if (!strstr(err.what, bad_tables[i].what))
            fail_msg("\"%s\" does not say \"%s\"", err.what,
                     bad_tables[i].what);
        assert_int_equal(err.place.line, bad_tables[i].line);
        as_owner_graph_free(g);
        as_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_by_hand),
        cmocka_unit_test(shares_by_hand),
        cmocka_unit_test(bounds_of_slow_rings),
        cmocka_unit_test(names_what_is_missing),
        cmocka_unit_test(says_where_a_path_ends),
        cmocka_unit_test(the_strictest_counts),
        cmocka_unit_test(finds_defects),
        cmocka_unit_test(heeds_dates),
        cmocka_unit_test(counts_who_is_not_recorded),
        cmocka_unit_test(rules_have_days),
        cmocka_unit_test(takes_ties_of_rows),
        cmocka_unit_test(refuses_what_is_no_share),
        cmocka_unit_test(climbs_each_once),
        cmocka_unit_test(refuses_bad_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
