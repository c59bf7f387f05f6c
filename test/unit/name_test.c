/* SPDX-License-Identifier: Apache-2.0 */
/* Names of parties: what preparing leaves, what a comparison says and why, and
 * the cases of test/cases/names.cases. */
#include "testing.h"

#include "base/io.h"
#include "base/limits.h"
#include "party/party.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    as_names *names;
    as_arena *arena;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);

    f->names = as_names_new();
    f->arena = as_arena_new(AS_MIB * 64);
    *state = f;
    return f->names && f->arena ? 0 : -1;
}

static int tear_down(void **state)
{
    fixture *f = *state;

    as_names_free(f->names);
    as_arena_free(f->arena);
    free(f);
    return 0;
}

static const as_name *name(fixture *f, as_party_kind kind, const char *text)
{
    const as_name *n = NULL;

    assert_int_equal(
        as_name_prepare(f->names, as_str_c(text), kind, f->arena, &n, NULL),
        AS_OK);
    assert_true(as_name_check((as_span){(const uint8_t *)n, as_name_size(n)}));
    return n;
}

static double score_as(fixture *f, as_party_kind kind,
                       as_party_identity identity, const char *a, const char *b)
{
    as_name_match there, back;

    as_name_compare(name(f, kind, a), name(f, kind, b), identity, &there);
    as_name_compare(name(f, kind, b), name(f, kind, a), identity, &back);
    assert_true(there.score == back.score);
    assert_true(there.score >= 0 && there.score <= 1);
    return there.score;
}

static double score(fixture *f, as_party_kind kind, const char *a,
                    const char *b)
{
    return score_as(f, kind, AS_PARTY_ENTITY, a, b);
}

/* ---- preparing ----------------------------------------------------------- */

static void folds(void **state)
{
    static const struct {
        const char *text, *folded;
        as_party_kind kind;
    } cases[] = {
        {"  Société   GÉNÉRALE S.A. ", "societe generale sa",
         AS_PARTY_ORGANISATION},
        {"S.p.A. & A/S", "spa and as", AS_PARTY_ORGANISATION},
        {"Lloyd's p.l.c.", "lloyd plc", AS_PARTY_ORGANISATION},
        {"O'Brien, J. R.", "j r obrien", AS_PARTY_PERSON},
        {"Straße Łódź Ærø", "strasse lodz aero", AS_PARTY_ORGANISATION},
        {"ＡＢＣ　①", "abc 1", AS_PARTY_ORGANISATION},
        {"Влади́мир ЁЛКИН", "владимир елкин", AS_PARTY_PERSON},
        {"3%ers", "3 percent ers", AS_PARTY_ORGANISATION},
    };
    fixture *f = *state;

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_str t = as_name_text(name(f, cases[i].kind, cases[i].text));
        if (!as_str_eq(t, as_str_c(cases[i].folded)))
            print_error("%s: %.*s\n", cases[i].text, AS_FMT(t));
        assert_true(as_str_eq(t, as_str_c(cases[i].folded)));
    }
}

static void refuses(void **state)
{
    static const char *const empty[] = {"", " ", "---", "«»", "...", "​"};
    fixture *f = *state;
    const as_name *n = NULL;
    char big[AS_LIMIT_NAME_BYTES + 2];
    as_err err;

    for (size_t i = 0; i < AS_ARRAY_LEN(empty); i++) {
        as_err_init(&err);
        assert_int_equal(as_name_prepare(f->names, as_str_c(empty[i]),
                                         AS_PARTY_ORGANISATION, f->arena, &n,
                                         &err),
                         AS_ERR_INPUT);
        assert_null(n);
    }
    assert_int_equal(as_name_prepare(f->names, AS_STR("a\xff"), AS_PARTY_PERSON,
                                     f->arena, &n, NULL),
                     AS_ERR_INPUT);
    memset(big, 'a', sizeof big);
    assert_int_equal(as_name_prepare(f->names, as_str_of(big, sizeof big - 1),
                                     AS_PARTY_PERSON, f->arena, &n, NULL),
                     AS_ERR_LIMIT);
    for (size_t i = 1; i < sizeof big; i += 2)
        big[i] = ' ';
    assert_int_equal(as_name_prepare(f->names, as_str_of(big, 1000),
                                     AS_PARTY_PERSON, f->arena, &n, NULL),
                     AS_ERR_LIMIT);
    assert_null(n);
}

static as_name_class class_at(const as_name *n, size_t i)
{
    return as_name_word_at(n, i).class_;
}

static void classifies(void **state)
{
    fixture *f = *state;
    const as_name *n =
        name(f, AS_PARTY_ORGANISATION, "Guangzhou Haige Comm Grp Co., Ltd.");

    assert_int_equal(as_name_words(n), 6);
    assert_int_equal(class_at(n, 0), AS_WORD_CITY);
    assert_int_equal(class_at(n, 1), AS_WORD_RARE);
    assert_int_equal(class_at(n, 2), AS_WORD_TRADE);
    assert_int_equal(class_at(n, 3), AS_WORD_FILLER);
    assert_int_equal(class_at(n, 4), AS_WORD_FORM);
    assert_int_equal(as_name_flags(n), 0);
    n = name(f, AS_PARTY_ORGANISATION, "北京华大电子股份有限公司");
    assert_int_equal(as_name_words(n), 4);
    assert_int_equal(class_at(n, 0), AS_WORD_CITY);
    assert_true(as_str_eq(as_name_word_at(n, 1).latin, AS_STR("huada")));
    assert_int_equal(class_at(n, 2), AS_WORD_TRADE);
    assert_int_equal(class_at(n, 3), AS_WORD_FORM);
    n = name(f, AS_PARTY_ORGANISATION, "Management Company");
    assert_int_equal(as_name_flags(n), AS_NAME_IS_GENERIC);
    n = name(f, AS_PARTY_PERSON, "Dr. Ali bin Hassan");
    assert_int_equal(class_at(n, 0), AS_WORD_TITLE);
    assert_int_equal(class_at(n, 2), AS_WORD_STOP);
}

/* Look-alikes and what nobody sees. */
static void flags(void **state)
{
    fixture *f = *state;
    const as_name *plain = name(f, AS_PARTY_ORGANISATION, "Microsoft");
    const as_name *twin = name(f, AS_PARTY_ORGANISATION, "Міcrоsoft");
    const as_name *hidden =
        name(f, AS_PARTY_ORGANISATION, "Micro\xE2\x80\x8Bsoft");
    as_name_match m;

    assert_int_equal(as_name_flags(twin), AS_NAME_HAS_MIXED);
    assert_int_equal(as_name_flags(hidden), AS_NAME_HAS_INVISIBLE);
    as_name_compare(plain, twin, AS_PARTY_ENTITY, &m);
    assert_true(m.score == 0.99 && m.flags == AS_NAME_HAS_MIXED);
    as_name_compare(plain, hidden, AS_PARTY_ENTITY, &m);
    assert_true(m.score == 0.99 && m.flags == AS_NAME_HAS_INVISIBLE);
}

/* A block is bytes: a copy compares the same, a damaged one is refused. */
static void blocks(void **state)
{
    fixture *f = *state;
    const as_name *a = name(f, AS_PARTY_UNKNOWN, "Gazprom Bank");
    const as_name *b = name(f, AS_PARTY_UNKNOWN, "Газпромбанк АО");
    size_t n = as_name_size(a);
    uint8_t *copy = as_arena_alloc(f->arena, n);
    as_name_match m, k;

    memcpy(copy, a, n);
    as_name_compare(a, b, AS_PARTY_ENTITY, &m);
    as_name_compare((const as_name *)(void *)copy, b, AS_PARTY_ENTITY, &k);
    assert_true(m.score == k.score && m.score >= AS_NAME_THRESHOLD);
    for (size_t i = 0; i < n; i++)
        assert_false(as_name_check((as_span){copy, i}));
    memset(copy, 0xFF, n);
    assert_false(as_name_check((as_span){copy, n}));
}

/* ---- comparing ----------------------------------------------------------- */

static void ranks(void **state)
{
    static const char *const order[] = {
        "Shenyang Mitov Aircraft Group",
        "SHENYANG Mitov aircraft group",
        "Shenyang Mitov Aircraft Group Ltd",
        "Mitov Shenyang Aircraft Group",
        "Shenyang Mitow Aircraft Grp",
        "Mitov Aircraft",
        "Mitov Motors",
    };
    fixture *f = *state;
    double last = 1.1;

    for (size_t i = 0; i < AS_ARRAY_LEN(order); i++) {
        double s = score(f, AS_PARTY_ORGANISATION, order[0], order[i]);
        if (s >= last)
            print_error("%s: %f\n", order[i], s);
        assert_true(s < last);
        last = s;
    }
    assert_true(last < AS_NAME_THRESHOLD);
}

static void identities(void **state)
{
    static const char *const sisters[][2] = {
        {"Deutsche Bank AG", "Deutsche Bank GmbH"},
        {"ICBC Chad", "ICBC China"},
        {"SMIC Shenzhen", "SMIC Beijing"},
        {"Gazprom OAO", "OOO Gazprom"},
        {"Bowne of Atlanta, Inc.", "Bowne of Boston, Inc."},
    };
    fixture *f = *state;

    for (size_t i = 0; i < AS_ARRAY_LEN(sisters); i++) {
        const char *a = sisters[i][0], *b = sisters[i][1];
        double entity = score(f, AS_PARTY_ORGANISATION, a, b);
        double family =
            score_as(f, AS_PARTY_ORGANISATION, AS_PARTY_FAMILY, a, b);
        if (entity >= AS_NAME_THRESHOLD || family < AS_NAME_THRESHOLD)
            print_error("%s, %s: %f %f\n", a, b, entity, family);
        assert_true(entity < AS_NAME_THRESHOLD);
        assert_true(family >= AS_NAME_THRESHOLD);
    }
}

/* An unknown kind is the better of both. */
static void unknown(void **state)
{
    fixture *f = *state;
    as_name_match m;

    as_name_compare(name(f, AS_PARTY_UNKNOWN, "PUTIN, Vladimir"),
                    name(f, AS_PARTY_UNKNOWN, "Vladimir V. Putin"),
                    AS_PARTY_ENTITY, &m);
    assert_true(m.score >= AS_NAME_THRESHOLD && m.kind == AS_PARTY_PERSON);
    as_name_compare(
        name(f, AS_PARTY_UNKNOWN, "YMTC"),
        name(f, AS_PARTY_ORGANISATION, "Yangtze Memory Technologies Corp"),
        AS_PARTY_ENTITY, &m);
    assert_true(m.score >= AS_NAME_THRESHOLD &&
                m.kind == AS_PARTY_ORGANISATION);
}

/* Every part of a comparison is told: each word in one pair, and why a score
 * is held down. */
static void explains(void **state)
{
    fixture *f = *state;
    const as_name *a = name(f, AS_PARTY_ORGANISATION, "ICBC Chad Ltd");
    const as_name *b = name(f, AS_PARTY_ORGANISATION, "ICBC China");
    as_name_match m;

    as_name_compare(a, b, AS_PARTY_ENTITY, &m);
    assert_int_equal(m.cap, AS_CAP_PLACE);
    assert_int_equal(m.n_pairs, 3);
    assert_int_equal(m.pairs[0].how, AS_PAIR_SAME);
    assert_int_equal(m.pairs[1].how, AS_PAIR_NONE);
    assert_string_equal(as_name_how_text(m.pairs[1].how), "none");
    assert_string_equal(as_name_cap_text(m.cap), "another country or town");
}

static void ofac(void **state)
{
    assert_true(as_name_ofac(AS_STR("PUTIN"), AS_STR("PUTIN, Vladimir")) == 1);
    assert_true(as_name_ofac(AS_STR("KIM JONG UN"), AS_STR("KIM, Jong Man")) ==
                1);
    assert_true(as_name_ofac(AS_STR("Владимир"), AS_STR("PUTIN")) == 0);
    assert_true(as_name_ofac(AS_STR(""), AS_STR("PUTIN")) == 0);
}

/* ---- the cases ----------------------------------------------------------- */

static as_party_kind kind_of(char c)
{
    return c == 'o'   ? AS_PARTY_ORGANISATION
           : c == 'p' ? AS_PARTY_PERSON
                      : AS_PARTY_VESSEL;
}

static as_str field(as_str *rest)
{
    size_t at = as_str_search(*rest, AS_STR(" | "));
    as_str f = as_str_trim(as_str_slice(*rest, 0, at));

    *rest = as_str_slice(*rest, at + 3, rest->n);
    return f;
}

static void cases(void **state)
{
    fixture *f = *state;
    char path[1024];
    as_io_file file;
    as_str rest;
    size_t wrong = 0, n = 0;

    snprintf(path, sizeof path, "%s/test/cases/names.cases",
             getenv("ASSAY_SOURCE"));
    assert_int_equal(as_io_read(path, 0, &file, NULL), AS_OK);
    rest = as_str_of((const char *)file.bytes.p, file.bytes.n);
    while (rest.n) {
        as_str line = as_str_cut(&rest, '\n'), kind, mark;
        as_str a, b;
        double s;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        kind = field(&line);
        mark = field(&line);
        a = as_arena_str(f->arena, field(&line));
        b = as_arena_str(f->arena, as_str_trim(line));
        s = score(f, kind_of(kind.p[0]), a.p, b.p);
        n++;
        if ((s >= AS_NAME_THRESHOLD) == (mark.p[0] == '='))
            continue;
        print_error("%c %s | %s: %f\n", mark.p[0], a.p, b.p, s);
        wrong++;
    }
    as_io_file_done(&file);
    assert_true(n > 250);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(folds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(classifies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(flags, set_up, tear_down),
        cmocka_unit_test_setup_teardown(blocks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ranks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(identities, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(explains, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ofac, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cases, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
