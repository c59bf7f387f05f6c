/* SPDX-License-Identifier: Apache-2.0 */
/* Parties: shipped lists, countries, footnotes, the plain form; what comes
 * through the store is tested end to end (test/e2e/parties_import.py). */
#include "know_testing.h"

#include "know/csl_internal.h"
#include "know/know.h"
#include "model/country.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- countries ------------------------------------------------------------
 */

static void test_countries(void **state)
{
    static const struct {
        const char *text, *code;
    } cases[] = {
        {"CN", "CN"},
        {"chn", "CN"},
        {"China", "CN"},
        {"Korea, North", "KP"},
        {"Democratic People's Republic of Korea", "KP"},
        {"Korea, South", "KR"},
        {"Iran (Islamic Republic of)", "IR"},
        {"Congo, Democratic Republic of the", "CD"},
        {"Democratic Republic of the Congo", "CD"},
        {"Congo, Republic of the", "CG"},
        {"Cote d'Ivoire", "CI"},
        {"C\xC3\xB4te d\xE2\x80\x99Ivoire", "CI"},
        {"T\xC3\xBCrkiye", "TR"},
        {"Hong Kong", "HK"},
        {"HONG KONG SAR", "HK"},
        {"Russian Federation", "RU"},
        {"Bahamas, The", "BS"},
        {"Region: Crimea", "UA"},
        {"West Bank", "PS"},
        {"Macau", "MO"},
        {"Virgin Islands, British", "VG"},
        {"undetermined", NULL},
        {"", NULL},
        {"Soviet Union", NULL},
        {"XX", NULL},
    };

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_str got = as_country_code(as_str_c(cases[i].text));
        if (!as_str_eq(got, as_str_c(cases[i].code)))
            print_error("%s\n", cases[i].text);
        assert_true(as_str_eq(got, as_str_c(cases[i].code)));
    }
    testing_str(as_country_name(AS_STR("CN")), "China");
    assert_true(as_country_is_code(AS_STR("TW")));
    assert_false(as_country_is_code(AS_STR("tw")));
}

/* Every name of the table leads back to its code: the spellings are in order.
 */
static void test_country_table(void **state)
{
    unsigned n = 0;

    (void)state;
    for (char a = 'A'; a <= 'Z'; a++) {
        for (char b = 'A'; b <= 'Z'; b++) {
            const char code[] = {a, b, 0};
            as_str name = as_country_name(as_str_c(code));
            if (!name.p)
                continue;
            testing_str(as_country_code(name), code);
            n++;
        }
    }
    assert_int_equal(n, 250);
}

/* ---- footnotes --------------------------------------------------------------
 */

static void note(void *ctx, char digit)
{
    as_buf_byte(ctx, digit);
}

static void test_footnotes(void **state)
{
    static const struct {
        const char *text, *clean, *notes;
    } cases[] = {
        {"(See \xC2\xA7\xC2\xA7 734.9(e) and 744.11 of the EAR)4",
         "(See \xC2\xA7\xC2\xA7 734.9(e) and 744.11 of the EAR)", "4"},
        {"(See 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)",
         "(See 734.9(g), 746.8(a)(3), and 744.21(b) of the EAR)", "3"},
        {"(See 734.9(g), 3 746.8(a)(3) of the EAR).",
         "(See 734.9(g), 746.8(a)(3) of the EAR).", "3"},
        {"(See 734.9(g)3, 746.8(a)(3), and 744.21(b))",
         "(See 734.9(g), 746.8(a)(3), and 744.21(b))", "3"},
        {"see 734.9(e)1 and 744.11 of the EAR2",
         "see 734.9(e) and 744.11 of the EAR", "12"},
        {"see 734.9(e) 1 and 744.11 of the EAR 2",
         "see 734.9(e) and 744.11 of the EAR", "12"},
        {"(See 734.9(e)(2) and 744.11 of the EAR) 4",
         "(See 734.9(e)(2) and 744.11 of the EAR)", "4"},
        {"(See 734.9(e)(2), and 744.11 of the EAR)4.",
         "(See 734.9(e)(2), and 744.11 of the EAR).", "4"},
        {"(See 734.9(g), 746.8(a)(3) of the EAR)",
         "(See 734.9(g), 746.8(a)(3) of the EAR)", ""},
        {"items and EAR99 items in supplement no. 7 to part 746 of the EAR.",
         "items and EAR99 items in supplement no. 7 to part 746 of the EAR.",
         ""},
        {"(HS) codes: 271111, 2711210000", "(HS) codes: 271111, 2711210000",
         ""},
        {"License Exception GOV under 740.11(b)(2) and (e)",
         "License Exception GOV under 740.11(b)(2) and (e)", ""},
    };

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_buf clean, notes;
        as_buf_init(&clean, 4096);
        as_buf_init(&notes, 4096);
        as_csl_footnotes(as_str_c(cases[i].text), &clean, note, &notes);
        testing_str(as_buf_text(&clean), cases[i].clean);
        testing_str(as_buf_text(&notes), cases[i].notes);
        as_buf_done(&clean);
        as_buf_done(&notes);
    }
}

/* ---- the plain form
 * ---------------------------------------------------------- */

static const char plain[] =
    "schema: assay-parties/1\n"
    "list: jp-meti\n"
    "title: End users\n"
    "edition: 2025-09-29\n"
    "complete: true\n"
    "citation: METI\n"
    "parties:\n"
    "  - id: \"7\"\n"
    "    name: Example Works\n"
    "    kind: organisation\n"
    "    countries: [China]\n"
    "    names:\n"
    "      - Example\n"
    "      - {text: \"\xE4\xBE\x8B\", kind: former, language: zh}\n"
    "    ids: [{scheme: lei, value: 5493001KJTIIGC8Y1R12}]\n"
    "    ties: [{kind: owner, id: \"8\", low: 51, high: 60.5}]\n"
    "    terms: {reason: [nuclear, missile]}\n"
    "    intervals:\n"
    "      - {from: 2024-01-01, to: 2025-01-01}\n"
    "      - {from: 2025-06-01}\n"
    "  - name: No Id Inc.\n"
    "  - id: \"9\"\n"
    "    name: Wrong\n"
    "    from: soon\n"
    "  - id: \"10\"\n";

static void test_plain(void **state)
{
    const as_party *p;
    know_items k;

    (void)state;
    know_decode_c(plain, &k);
    assert_int_equal(know_count(&k, AS_ITEM_LIST), 1);
    assert_int_equal(know_count(&k, AS_ITEM_PARTY), 3);
    assert_int_equal(know_count(&k, AS_ITEM_REFUSED), 2);
    testing_str(know_first(&k, AS_ITEM_LIST)->list.date, "2025-09-29");
    assert_true(know_first(&k, AS_ITEM_LIST)->list.complete);
    p = &know_first(&k, AS_ITEM_PARTY)->party;
    testing_str(p->id, "7");
    testing_str(p->to, "2025-01-01");
    testing_str(p->countries[0], "CN");
    assert_int_equal(p->n_names, 3);
    assert_int_equal(p->names[2].kind, AS_PARTY_NAME_FORMER);
    testing_str(p->ties[0].list, "jp-meti");
    assert_true(p->ties[0].low > 50.9 && p->ties[0].high < 60.6);
    assert_true(as_party_has_term(p, AS_STR("reason"), AS_STR("missile")));
    testing_str(as_party_term_of(p, AS_STR("citation")), "METI");
    for (size_t i = 0; i < k.n; i++)
        if (k.items[i].type == AS_ITEM_REFUSED)
            assert_true(k.items[i].diagnosis.line > 20);
    know_items_done(&k);
}

static void refuses(const char *text)
{
    know_items k;

    know_decode_c(text, &k);
    assert_int_equal(know_count(&k, AS_ITEM_FAILED), 1);
    assert_int_equal(know_count(&k, AS_ITEM_PARTY), 0);
    know_items_done(&k);
}

static void test_plain_heads(void **state)
{
    (void)state;
    refuses("schema: assay-parties/2\nlist: a\nparties: []\n");
    refuses("schema: assay-parties/1\nlist: us-csl/EL\nparties: []\n");
    refuses("schema: assay-parties/1\nparties: []\n");
    refuses("schema: assay-parties/1\nlist: a\nedition: 2025\nparties: []\n");
}

/* ---- shipped lists
 * ------------------------------------------------------------ */

static bool count_party(void *ctx, const as_know_party *p)
{
    size_t *n = ctx;

    assert_true(p->number < 0 && p->digest.n == 32);
    assert_true(as_party_term_of(&p->party, AS_STR("citation")).n > 0);
    ++*n;
    return true;
}

/* Without any knowledge base. */
static void test_shipped(void **state)
{
    static const char *const complete[] = {"cn-cac", "us-154", "us-5949",
                                           "us-889"};
    as_arena *a = as_arena_new((size_t)1 << 24);
    as_know_list *lists;
    size_t n, rows = 0, sum = 0;
    as_str digest;

    (void)state;
    assert_int_equal(
        as_know_lists(NULL, AS_STR("2026-09-01"), a, &lists, &n, NULL), AS_OK);
    assert_int_equal(n, 8);
    for (size_t i = 0; i < n; i++) {
        bool is = false;
        for (size_t c = 0; c < AS_ARRAY_LEN(complete); c++)
            is = is || as_str_eq(lists[i].name, as_str_c(complete[c]));
        assert_int_equal(lists[i].complete, is);
        assert_true(lists[i].shipped && lists[i].title.n);
        sum += lists[i].rows;
    }
    assert_int_equal(as_know_parties(NULL, AS_ABSENT, count_party, &rows, NULL),
                     AS_OK);
    assert_int_equal(rows, sum);
    assert_int_equal(as_know_party_digest(NULL, a, &digest, NULL), AS_OK);
    assert_int_equal(digest.n, 64);
    as_arena_free(a);
}

struct looked {
    const char *list, *name;
    bool found;
};

static bool look(void *ctx, const as_know_party *p)
{
    struct looked *l = ctx;

    if (as_str_eq(p->party.list, as_str_c(l->list)))
        for (size_t i = 0; i < p->party.n_names; i++)
            l->found = l->found ||
                       as_str_eq(p->party.names[i].text, as_str_c(l->name));
    return true;
}

static bool is_on(const char *list, const char *name, const char *date)
{
    struct looked l = {list, name, false};

    assert_int_equal(as_know_parties(NULL, as_str_c(date), look, &l, NULL),
                     AS_OK);
    return l.found;
}

static void test_shipped_dates(void **state)
{
    (void)state;
    assert_true(is_on("us-1260h", "YMTC", "2025-06-01"));
    assert_false(is_on("us-1260h", "YMTC", "2026-03-01"));
    assert_true(is_on("us-1260h", "YMTC", "2026-07-01"));
    assert_false(is_on("us-1260h", "CXMT", "2024-06-01"));
    assert_true(is_on("us-5949", "CXMT", "2026-03-01"));
    assert_false(is_on("cn-cac", "Micron", "2023-05-20"));
    assert_true(is_on("cn-cac", "Micron", "2023-05-21"));
    assert_true(is_on("family", "Lexar", "2016-01-01"));
    assert_false(is_on("family", "Lexar", "2020-01-01"));
    assert_true(is_on("family",
                      "\xE4\xB8\xAD\xE8\x8A\xAF\xE5\x9B\xBD\xE9\x99"
                      "\x85",
                      "2026-01-01"));
}

static void test_shipped_ties(void **state)
{
    as_arena *a = as_arena_new((size_t)1 << 26);
    as_know_who who = {AS_STR("family"), AS_STR("smic"), AS_STR("2026-09-01")};
    as_know_ties ties;
    as_know_party p, same;

    (void)state;
    assert_int_equal(as_know_ties_to(NULL, &who, a, &ties, NULL), AS_OK);
    assert_int_equal(ties.n, 12);
    assert_int_equal(ties.items[0].tie.kind, AS_PARTY_TIE_PARENT);
    who.id = AS_STR("smic/shenzhen");
    assert_int_equal(as_know_ties_of(NULL, &who, a, &ties, NULL), AS_OK);
    assert_int_equal(ties.n, 1);
    testing_str(ties.items[0].tie.id, "smic");
    assert_int_equal(as_know_party_find(NULL, &who, a, &p, NULL), AS_OK);
    testing_str(as_party_term_of(&p.party, AS_STR("family")), "smic");
    testing_str(as_party_term_of(&p.party, AS_STR("entity-list-footnote")),
                "none");
    assert_int_equal(as_know_party_at(NULL, p.number, a, &same, NULL), AS_OK);
    testing_str(same.party.id, "smic/shenzhen");
    who.id = AS_STR("nobody");
    assert_int_equal(as_know_party_find(NULL, &who, a, &p, NULL),
                     AS_ERR_NO_INPUT);
    as_arena_free(a);
}

/* ---- editions
 * ------------------------------------------------------------------ */

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/assay-parties-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *path_of(const char *name)
{
    static char path[128];

    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Imports the text as a file; what the import says. */
static as_rc import_text(const char *text, bool force, as_import_report **ret)
{
    as_str path;
    as_import_request q = {.date = AS_STR("2026-09-01"),
                           .unconfined = true,
                           .force = force,
                           .paths = &path,
                           .n_paths = 1};
    char base[128];
    FILE *f = fopen(path_of("list.yaml"), "wb");
    as_rc rc;

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0 && fclose(f) == 0);
    (void)snprintf(base, sizeof base, "%s", path_of("knowledge.db"));
    q.knowledge = as_str_c(base);
    path = as_str_c(path_of("list.yaml"));
    rc = as_import_paths(&q, ret, NULL);
    return rc;
}

static void import_ok(const char *text, bool force)
{
    as_import_report *r = NULL;

    assert_int_equal(import_text(text, force, &r), AS_OK);
    as_import_report_free(r);
}

static as_know *open_base(void)
{
    as_know *kb = NULL;

    assert_int_equal(as_know_open(as_str_c(path_of("knowledge.db")), &kb, NULL),
                     AS_OK);
    return kb;
}

/* An edition as a number: four bits a row, 0: it is not there. */
enum { ROWS = 6, DAYS = 7, ROUNDS = 40 };

static void edition_text(unsigned day, const unsigned *forms, char *out,
                         size_t cap)
{
    size_t n = (size_t)snprintf(out, cap,
                                "schema: assay-parties/1\nlist: made-up\n"
                                "edition: 2026-01-%02u\nparties:\n",
                                day * 3 + 1);

    for (unsigned i = 0; i < ROWS; i++)
        if (forms[i])
            n += (size_t)snprintf(
                out + n, cap - n,
                "  - {id: r%u, name: N%u, ties: [{kind: owner, id: r%u}]}\n", i,
                forms[i], (i + 1) % ROWS);
    /* Never empty. */
    (void)snprintf(out + n, cap - n, "  - {id: always, name: Always}\n");
}

struct seen {
    unsigned forms[ROWS];
    unsigned n;
};

static bool see(void *ctx, const as_know_party *p)
{
    struct seen *s = ctx;
    as_str form = p->party.names[0].text;

    if (!as_str_eq(p->party.list, AS_STR("made-up")))
        return true;
    s->n++;
    if (as_str_starts(p->party.id, AS_STR("r")))
        s->forms[p->party.id.p[1] - '0'] = (unsigned)(form.p[1] - '0');
    return true;
}

/* What the base says of a day is what the newest edition not after it says. */
static void check_days(as_know *kb, unsigned (*editions)[ROWS],
                       const bool *there)
{
    for (unsigned day = 0; day < DAYS * 3; day++) {
        struct seen got = {.n = 0};
        char date[16];
        int in_force = -1;
        unsigned want = 0;
        for (int d = 0; d < DAYS; d++)
            if (there[d] && (unsigned)d * 3 <= day)
                in_force = d;
        (void)snprintf(date, sizeof date, "2026-01-%02u", day + 1);
        assert_int_equal(as_know_parties(kb, as_str_c(date), see, &got, NULL),
                         AS_OK);
        for (unsigned i = 0; i < ROWS && in_force >= 0; i++) {
            assert_int_equal(got.forms[i], editions[in_force][i]);
            want += editions[in_force][i] != 0;
        }
        assert_int_equal(got.n, in_force >= 0 ? want + 1 : 0);
    }
}

static void check_ties(as_know *kb, unsigned (*editions)[ROWS],
                       const bool *there)
{
    as_arena *a = as_arena_new((size_t)1 << 24);

    for (int d = 0; d < DAYS; d++) {
        char date[16];
        as_know_who who = {AS_STR("made-up"), AS_STR("r1"), AS_ABSENT};
        as_know_ties to, of;
        if (!there[d])
            continue;
        (void)snprintf(date, sizeof date, "2026-01-%02d", d * 3 + 1);
        who.date = as_str_c(date);
        assert_int_equal(as_know_ties_to(kb, &who, a, &to, NULL), AS_OK);
        assert_int_equal(to.n, editions[d][0] != 0);
        assert_int_equal(as_know_ties_of(kb, &who, a, &of, NULL), AS_OK);
        assert_int_equal(of.n, editions[d][1] != 0);
    }
    as_arena_free(a);
}

static unsigned random_of(unsigned *seed, unsigned n)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 16) % n;
}

/* Editions in any order, some of them twice with other rows. */
static void test_editions_in_any_order(void **state)
{
    unsigned seed = 7;

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        unsigned editions[DAYS][ROWS];
        bool there[DAYS] = {false};
        char text[4096];
        as_know *kb;
        (void)remove(path_of("knowledge.db"));
        for (unsigned step = 0; step < DAYS + 2; step++) {
            unsigned d = random_of(&seed, DAYS);
            for (unsigned i = 0; i < ROWS; i++)
                editions[d][i] = random_of(&seed, 3);
            there[d] = true;
            edition_text(d, editions[d], text, sizeof text);
            import_ok(text, true);
        }
        kb = open_base();
        check_days(kb, editions, there);
        check_ties(kb, editions, there);
        as_know_close(kb);
    }
}

static as_str party_digest(as_arena *a)
{
    as_know *kb = open_base();
    as_str digest;

    assert_int_equal(as_know_party_digest(kb, a, &digest, NULL), AS_OK);
    as_know_close(kb);
    return digest;
}

static void test_digest_is_of_the_content(void **state)
{
    as_arena *a = as_arena_new((size_t)1 << 20);
    unsigned one[ROWS] = {1, 1, 1, 1, 1, 1}, two[ROWS] = {1, 2, 1, 0, 1, 1};
    char first[4096], second[4096];
    as_str forward, backward, only;

    (void)state;
    edition_text(0, one, first, sizeof first);
    edition_text(1, two, second, sizeof second);
    (void)remove(path_of("knowledge.db"));
    import_ok(first, false);
    only = party_digest(a);
    import_ok(second, false);
    forward = party_digest(a);
    (void)remove(path_of("knowledge.db"));
    import_ok(second, false);
    import_ok(first, false);
    backward = party_digest(a);
    assert_true(as_str_eq(forward, backward));
    assert_false(as_str_eq(only, forward));
    as_arena_free(a);
}

static void rows_text(unsigned n, const char *date, char *out, size_t cap)
{
    size_t at = (size_t)snprintf(out, cap,
                                 "schema: assay-parties/1\nlist: many\n"
                                 "edition: %s\nparties:\n",
                                 date);

    for (unsigned i = 0; i < n; i++)
        at += (size_t)snprintf(out + at, cap - at, "  - {id: a%u, name: N%u}\n",
                               i, i);
}

static void test_what_shrinks_is_refused(void **state)
{
    as_import_report *r = NULL;
    static char text[65536];
    as_know_edition *e;
    as_arena *a = as_arena_new((size_t)1 << 20);
    as_know *kb;
    size_t n;

    (void)state;
    (void)remove(path_of("knowledge.db"));
    rows_text(300, "2026-01-01", text, sizeof text);
    import_ok(text, false);
    rows_text(271, "2026-02-01", text, sizeof text);
    import_ok(text, false);
    rows_text(200, "2026-03-01", text, sizeof text);
    assert_int_equal(import_text(text, false, &r), AS_ERR_INPUT);
    assert_int_equal(r->n_editions_refused, 1);
    assert_false(r->changed);
    as_import_report_free(r);
    rows_text(200, "2025-12-01", text, sizeof text); /* there is none before */
    import_ok(text, false);
    rows_text(200, "2026-03-01", text, sizeof text);
    import_ok(text, true);
    kb = open_base();
    assert_int_equal(as_know_editions(kb, AS_STR("many"), a, &e, &n, NULL),
                     AS_OK);
    assert_int_equal(n, 4);
    testing_str(e[0].date, "2025-12-01");
    testing_str(e[3].dated, "content");
    assert_int_equal(e[3].rows, 200);
    as_know_close(kb);
    as_arena_free(a);
}

/* What GLEIF's exceptions say of an entity stands in a source of its own, and
 * comes with the row. */
static void test_terms_of_another_source(void **state)
{
    as_arena *a = as_arena_new((size_t)1 << 20);
    as_know_who who = {AS_STR("gleif"), AS_STR("300300EXAMPLE0000002"),
                       AS_STR("2099-01-01")};
    as_know_party p, same;
    as_know *kb;

    (void)state;
    (void)remove(path_of("knowledge.db"));
    import_ok("LEI,Entity.LegalName,Entity.EntityStatus\n"
              "300300EXAMPLE0000002,Example Holding,ACTIVE\n",
              false);
    import_ok("LEI,Exception.Category,Exception.Reason.1\n"
              "300300EXAMPLE0000002,DIRECT_ACCOUNTING_CONSOLIDATION_PARENT,"
              "NATURAL_PERSONS\n",
              false);
    kb = open_base();
    assert_int_equal(as_know_party_find(kb, &who, a, &p, NULL), AS_OK);
    testing_str(p.party.names[0].text, "Example Holding");
    testing_str(as_party_term_of(&p.party, AS_STR("parent-exception")),
                "direct NATURAL_PERSONS");
    testing_str(as_party_term_of(&p.party, AS_STR("status")), "ACTIVE");
    assert_int_equal(as_know_party_at(kb, p.number, a, &same, NULL), AS_OK);
    assert_int_equal(same.party.n_terms, p.party.n_terms);
    as_know_close(kb);
    as_arena_free(a);
}

/* An imported list hides the shipped one of the same word from its date on. */
static void test_imported_hides_shipped(void **state)
{
    as_arena *a = as_arena_new((size_t)1 << 20);
    as_know_who who = {AS_STR("us-1260h"), AS_STR("ymtc#2"),
                       AS_STR("2026-08-01")};
    as_know_party p;
    as_know_list *l;
    as_know *kb;
    size_t n, found = 0;

    (void)state;
    (void)remove(path_of("knowledge.db"));
    import_ok("schema: assay-parties/1\nlist: us-1260h\nedition: 2026-07-01\n"
              "complete: true\nparties: [{id: a, name: Another}]\n",
              false);
    kb = open_base();
    assert_int_equal(as_know_party_find(kb, &who, a, &p, NULL),
                     AS_ERR_NO_INPUT);
    who.date = AS_STR("2026-06-15");
    assert_int_equal(as_know_party_find(kb, &who, a, &p, NULL), AS_OK);
    assert_int_equal(as_know_lists(kb, AS_STR("2026-08-01"), a, &l, &n, NULL),
                     AS_OK);
    for (size_t i = 0; i < n; i++) {
        if (!as_str_eq(l[i].name, AS_STR("us-1260h")))
            continue;
        found++;
        assert_true(l[i].complete && !l[i].shipped);
    }
    assert_int_equal(found, 1);
    as_know_close(kb);
    as_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_countries),
        cmocka_unit_test(test_country_table),
        cmocka_unit_test(test_footnotes),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_plain_heads),
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_shipped_dates),
        cmocka_unit_test(test_shipped_ties),
        cmocka_unit_test(test_editions_in_any_order),
        cmocka_unit_test(test_digest_is_of_the_content),
        cmocka_unit_test(test_what_shrinks_is_refused),
        cmocka_unit_test(test_terms_of_another_source),
        cmocka_unit_test(test_imported_hides_shipped),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
