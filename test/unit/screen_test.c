/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate index and screening: distances of letters against a plain one,
 * candidates against a comparison with every name, bytes that are damaged, and
 * what is known beside names. */
#include "testing.h"

#include "base/derived.h"
#include "base/limits.h"
#include "party/index_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- letters -------------------------------------------------------------
 */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment by its definition. */
static unsigned plain_distance(const char *a, size_t n, const char *b, size_t m)
{
    unsigned d[40][40];

    for (size_t i = 0; i <= n; i++)
        d[i][0] = (unsigned)i;
    for (size_t j = 0; j <= m; j++)
        d[0][j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++)
        for (size_t j = 1; j <= m; j++) {
            d[i][j] = least(d[i - 1][j] + 1, d[i][j - 1] + 1);
            d[i][j] = least(d[i][j], d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[n][m];
}

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 16;
}

static void distances(void **state)
{
    unsigned seed = 7;

    (void)state;
    for (int k = 0; k < 20000; k++) {
        char a[32], b[32];
        size_t n = next(&seed) % 12, m = next(&seed) % 12;
        unsigned letters = 1 + next(&seed) % 4, limit = next(&seed) % 5;
        as_letters x, y;
        unsigned want, got;
        for (size_t i = 0; i < n; i++)
            a[i] = (char)('a' + next(&seed) % letters);
        for (size_t i = 0; i < m; i++)
            b[i] = (char)('a' + next(&seed) % letters);
        assert_true(as_letters_of(as_str_of(a, n), &x));
        assert_true(as_letters_of(as_str_of(b, m), &y));
        want = plain_distance(a, n, b, m);
        got = as_letters_distance(&x, &y, limit);
        assert_int_equal(got, want <= limit ? want : limit + 1);
    }
}

static bool note_hash(void *ctx, uint32_t hash)
{
    uint32_t *list = ctx;

    list[1 + list[0]++] = hash;
    return true;
}

/* One edit apart: the words share a key. */
static void left_out(void **state)
{
    static const char *const pairs[][2] = {
        {"nasr", "nsar"},     {"huawei", "huawey"}, {"smic", "smc"},
        {"kawouk", "kawuok"}, {"aaaa", "aaa"},      {"gazprom", "gazprim"}};

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(pairs); i++) {
        uint32_t a[64] = {0}, b[64] = {0};
        bool shared = false;
        as_index_left_out(AS_KEY_LETTERS, as_str_c(pairs[i][0]), 12, note_hash,
                          a);
        as_index_left_out(AS_KEY_LETTERS, as_str_c(pairs[i][1]), 12, note_hash,
                          b);
        for (uint32_t x = 1; x <= a[0]; x++)
            for (uint32_t y = 1; y <= b[0]; y++)
                shared = shared || a[x] == b[y];
        assert_true(shared);
    }
}

/* ---- an index of the shipped lists ----------------------------------------
 */

struct fixture {
    as_buf bytes;
    as_arena *arena;
    as_names *names;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    as_err err;

    as_err_init(&err);
    as_buf_init(&f->bytes, AS_MIB * 64);
    f->arena = as_arena_new(AS_MIB * 256);
    f->names = as_names_new();
    *state = f;
    return as_screen_index(NULL, &f->bytes, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    as_buf_done(&f->bytes);
    as_arena_free(f->arena);
    as_names_free(f->names);
    free(f);
    return 0;
}

static as_span span_of(struct fixture *f)
{
    return as_buf_span(&f->bytes);
}

static void repeats(void **state)
{
    struct fixture *f = *state;
    as_buf again;

    as_buf_init(&again, AS_MIB * 64);
    assert_int_equal(as_screen_index(NULL, &again, NULL), AS_OK);
    assert_int_equal(again.n, f->bytes.n);
    assert_memory_equal(again.p, f->bytes.p, again.n);
    as_buf_done(&again);
}

/* Whatever a comparison with every name finds, a search finds too. */
static bool is_same(as_span a, as_span b)
{
    return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

/* What the build has put in is what a run would make. */
static void derived(void **state)
{
    struct fixture *f = *state;
    as_buf packed;

    if (as_derived_index.n == 0 && as_derived_parties.n == 0)
        skip(); /* built for another machine */
    assert_true(is_same(as_derived_index, span_of(f)));
    as_buf_init(&packed, AS_MIB);
    assert_int_equal(as_know_pack_shipped(&packed, NULL), AS_OK);
    assert_true(is_same(as_derived_parties, as_buf_span(&packed)));
    as_buf_done(&packed);
}

static void finds(void **state)
{
    static const struct {
        const char *text;
        as_party_kind kind;
    } asked[] = {
        {"Huawei", AS_PARTY_UNKNOWN},
        {"Hauwei Technologies", AS_PARTY_ORGANISATION},
        {"华为", AS_PARTY_UNKNOWN},
        {"華為技術", AS_PARTY_ORGANISATION},
        {"SMIC", AS_PARTY_ORGANISATION},
        {"semiconductor manufacturing international", AS_PARTY_UNKNOWN},
        {"Hik Vision Digital", AS_PARTY_ORGANISATION},
        {"Zhe Jiang Dahua", AS_PARTY_ORGANISATION},
        {"ZTE Corp", AS_PARTY_UNKNOWN},
        {"Micorn Technology", AS_PARTY_ORGANISATION},
        {"长江存储科技", AS_PARTY_UNKNOWN},
        {"Хуавей", AS_PARTY_UNKNOWN},
        {"ChangXinMemory", AS_PARTY_ORGANISATION},
    };
    struct fixture *f = *state;
    as_index x;
    as_finder *finder;
    size_t wanted = 0;

    assert_int_equal(as_index_open(span_of(f), &x, NULL), AS_OK);
    finder = as_finder_new(&x);
    assert_non_null(finder);
    for (size_t i = 0; i < AS_ARRAY_LEN(asked); i++) {
        const as_name *n = NULL;
        as_candidates c;
        size_t before = wanted;
        assert_int_equal(as_name_prepare(f->names, as_str_c(asked[i].text),
                                         asked[i].kind, f->arena, &n, NULL),
                         AS_OK);
        as_finder_run(finder, n, (as_finder_ask){590, 400, 0}, &c);
        assert_false(c.cut || c.broke);
        for (uint32_t k = 0; k + 1 < x.n[AS_SECTION_NAMES]; k++) {
            const as_name *other = as_index_block(&x, as_index_name_at(&x, k));
            as_name_match m;
            bool hit = false;
            as_name_compare(n, other, AS_PARTY_ENTITY, &m);
            if (m.score < AS_NAME_THRESHOLD)
                continue;
            wanted++;
            for (size_t j = 0; j < c.n && !hit; j++)
                hit = c.items[j].name == k;
            if (!hit)
                print_error("%s: %.*s (%.2f)\n", asked[i].text,
                            AS_FMT(as_name_text(other)), m.score);
            assert_true(hit);
        }
        assert_true(wanted > before);
    }
    as_finder_free(finder);
    assert_false(x.broken);
}

/* A sum as somebody who wants to be believed would write it. */
static void seal(uint8_t *bytes, size_t n)
{
    as_index_head head;

    memcpy(&head, bytes, sizeof head);
    head.body = as_index_body_check((as_span){bytes, n});
    head.check = as_index_head_check(&head);
    memcpy(bytes, &head, sizeof head);
}

/* A bit that flips hides no name: the index is refused. */
static void flipped(void **state)
{
    struct fixture *f = *state;
    uint8_t *copy = malloc(f->bytes.n);
    as_span bytes = {copy, f->bytes.n};
    as_screen *s = NULL;

    memcpy(copy, f->bytes.p, f->bytes.n);
    for (size_t at = 0; at < f->bytes.n; at += 1 + f->bytes.n / 2000) {
        copy[at] ^= (uint8_t)(1U << at % 8);
        assert_int_not_equal(as_screen_open(NULL, bytes, &s, NULL), AS_OK);
        copy[at] ^= (uint8_t)(1U << at % 8);
    }
    assert_int_equal(as_screen_open(NULL, bytes, &s, NULL), AS_OK);
    as_screen_close(s);
    free(copy);
}

/* Cut anywhere it is refused; damaged anywhere and summed anew it is refused,
 * or answers. */
static void damaged(void **state)
{
    struct fixture *f = *state;
    uint8_t *copy = malloc(f->bytes.n);
    unsigned seed = 3;

    for (size_t n = 0; n < f->bytes.n; n += 1 + f->bytes.n / 3000) {
        as_index x;
        assert_int_not_equal(
            as_index_open((as_span){span_of(f).p, n}, &x, NULL), AS_OK);
    }
    for (int round = 0; round < 300; round++) {
        as_screen *s = NULL;
        as_screen_query q = {.name = AS_STR("Huawei Technologies"),
                             .date = AS_STR("2026-11-22"),
                             .near = true};
        as_screen_answer a;
        as_err err;
        memcpy(copy, f->bytes.p, f->bytes.n);
        for (int k = 0; k < 200; k++)
            copy[sizeof(as_index_head) +
                 (next(&seed) << 8 | next(&seed) % 256) %
                     (f->bytes.n - sizeof(as_index_head))] =
                (uint8_t)next(&seed);
        seal(copy, f->bytes.n);
        as_err_init(&err);
        if (as_screen_open(NULL, (as_span){copy, f->bytes.n}, &s, &err))
            continue;
        if (as_screen_run(s, &q, f->arena, &a, &err))
            assert_int_equal(err.rc, AS_ERR_INPUT);
        as_screen_close(s);
        as_arena_reset(f->arena);
    }
    free(copy);
}

static void other_versions(void **state)
{
    struct fixture *f = *state;
    uint8_t *copy = malloc(f->bytes.n);
    as_index_head head;
    as_index x;

    memcpy(copy, f->bytes.p, f->bytes.n);
    memcpy(&head, copy, sizeof head);
    head.names_version++;
    head.check = as_index_head_check(&head);
    memcpy(copy, &head, sizeof head);
    assert_int_equal(as_index_open((as_span){copy, f->bytes.n}, &x, NULL),
                     AS_ERR_UNSUPPORTED);
    assert_false(
        as_screen_is_current((as_span){copy, f->bytes.n}, AS_STR("x")));
    copy[0] ^= 1;
    assert_int_equal(as_index_open((as_span){copy, f->bytes.n}, &x, NULL),
                     AS_ERR_INPUT);
    free(copy);
}

/* ---- answers -------------------------------------------------------------
 */

static const as_screen_hit *hit_on(const as_screen_answer *a, const char *list)
{
    for (size_t i = 0; i < a->n_hits; i++)
        if (as_str_eq(a->hits[i].row.party.list, as_str_c(list)))
            return &a->hits[i];
    return NULL;
}

static void run(struct fixture *f, const as_screen_query *q,
                as_screen_answer *ret)
{
    as_screen *s = NULL;
    as_err err;

    as_err_init(&err);
    assert_int_equal(as_screen_open(NULL, span_of(f), &s, &err), AS_OK);
    assert_int_equal(as_screen_run(s, q, f->arena, ret, &err), AS_OK);
    as_screen_close(s);
}

static void by_day(void **state)
{
    static const struct {
        const char *day;
        bool listed;
    } days[] = {{"2026-02-16", true},
                {"2026-03-01", false},
                {"2026-06-08", true},
                {"2026-07-01", true}};
    struct fixture *f = *state;
    as_str lists[] = {AS_STR("us-1260h")};

    for (size_t i = 0; i < AS_ARRAY_LEN(days); i++) {
        as_screen_query q = {.name = AS_STR("YMTC"),
                             .date = as_str_c(days[i].day),
                             .lists = lists,
                             .n_lists = 1};
        as_screen_answer a;
        run(f, &q, &a);
        assert_true(a.examined);
        if (days[i].listed != (hit_on(&a, "us-1260h") != NULL))
            print_error("%s\n", days[i].day);
        assert_int_equal(days[i].listed, hit_on(&a, "us-1260h") != NULL);
        assert_true(days[i].listed || a.other_days > 0);
        assert_null(hit_on(&a, "us-5949"));
    }
}

static void beside_names(void **state)
{
    struct fixture *f = *state;
    as_screen_query q = {.name = AS_STR("Micron Technology, Inc."),
                         .date = AS_STR("2026-11-22")};
    as_screen_answer a;
    const as_screen_hit *h;

    run(f, &q, &a);
    h = hit_on(&a, "cn-cac");
    assert_non_null(h);
    assert_true(h->conditional && h->band == AS_SCREEN_IS_SURE);
    q.country = AS_STR("JP");
    run(f, &q, &a);
    h = hit_on(&a, "cn-cac"); /* lowered, never gone: the name is the same */
    assert_non_null(h);
    assert_true(h->score < 0.95 && h->band != AS_SCREEN_IS_APART);
    q.country_made = true;
    run(f, &q, &a);
    assert_true(hit_on(&a, "cn-cac")->score > 0.97);
    q.kind = AS_PARTY_PERSON;
    q.near = true; /* or another kind is not even compared */
    run(f, &q, &a);
    assert_null(hit_on(&a, "cn-cac"));
    assert_true(a.n_apart > 0);
}

static void families(void **state)
{
    struct fixture *f = *state;
    as_screen_query q = {.name = AS_STR("SMIC Tianjin Research"),
                         .date = AS_STR("2026-11-22"),
                         .kind = AS_PARTY_ORGANISATION};
    as_screen_answer a;
    const as_screen_hit *h;
    as_party_match m;

    run(f, &q, &a);
    h = hit_on(&a, "family");
    assert_non_null(h);
    as_screen_match(h, f->arena, &m);
    testing_str(m.list, "family");
    testing_str(m.id, "smic");
    assert_int_equal(m.identity, AS_PARTY_FAMILY);
}

static void unreadable(void **state)
{
    static const char *const texts[] = {"", "  ", "...", "\xFF\xFE", "?!"};
    struct fixture *f = *state;

    for (size_t i = 0; i < AS_ARRAY_LEN(texts); i++) {
        as_screen_query q = {.name = as_str_c(texts[i]),
                             .date = AS_STR("2026-11-22")};
        as_screen_answer a;
        run(f, &q, &a);
        assert_false(a.examined);
        assert_true(a.why.n > 0 && a.n_hits == 0);
    }
}

static as_screen_decision decide(void *ctx, const as_know_party *row,
                                 as_arena *a)
{
    as_screen_decision d = {.same = false};

    (void)a;
    if (as_str_eq(row->party.list, AS_STR("us-889")))
        d.dismissed = as_str_c(ctx);
    return d;
}

static void dismissed(void **state)
{
    char because[] = "another company";
    struct fixture *f = *state;
    as_screen_query q = {.name = AS_STR("Huawei Technologies"),
                         .date = AS_STR("2026-11-22"),
                         .decided = decide,
                         .ctx = because};
    as_screen_answer a;
    as_party_match m;

    run(f, &q, &a);
    assert_non_null(hit_on(&a, "us-889"));
    testing_str(hit_on(&a, "us-889")->dismissed, because);
    assert_true(as_str_is_empty(hit_on(&a, "us-fcc")->dismissed));
    as_screen_match(hit_on(&a, "us-889"), f->arena, &m);
    testing_str(m.dismissed, because);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances),
        cmocka_unit_test(left_out),
        cmocka_unit_test_setup_teardown(repeats, set_up, tear_down),
        cmocka_unit_test_setup_teardown(derived, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(flipped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_versions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(by_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(beside_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(families, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unreadable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dismissed, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
