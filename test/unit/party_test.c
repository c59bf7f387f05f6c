/* SPDX-License-Identifier: Apache-2.0 */
/* Parties on the wire and in words. */
#include "testing.h"

#include "model/party.h"

static as_party_name names[] = {
    {AS_PARTY_NAME_PRIMARY, AS_STR_INIT("Yangtze Memory Technologies"),
     AS_STR_INIT("en")},
    {AS_PARTY_NAME_ALIAS, AS_STR_INIT("长江存储"), AS_STR_INIT("zh")},
    {AS_PARTY_NAME_WEAK, AS_STR_INIT("YMTC"), {0}},
};
static as_party_id ids[] = {
    {AS_STR_INIT("lei"), AS_STR_INIT("0000"), AS_STR_INIT("CN")}};
static as_party_address addresses[] = {
    {AS_STR_INIT("88 Weilai 3rd Road, Wuhan"), AS_STR_INIT("CN")}};
static as_str countries[] = {AS_STR_INIT("CN")};
static as_party_tie ties[] = {{.kind = AS_PARTY_TIE_OWNER,
                               .name = AS_STR_INIT("Some Fund"),
                               .low = 24,
                               .high = 24.1,
                               .from = AS_STR_INIT("2023-03-01")}};
static as_party_term terms[] = {
    {AS_STR_INIT("footnote"), AS_STR_INIT("4")},
    {AS_STR_INIT("footnote"), AS_STR_INIT("5")},
};

static as_party sample(void)
{
    return (as_party){
        .list = AS_STR_INIT("us-csl/EL"),
        .id = AS_STR_INIT("1"),
        .kind = AS_PARTY_ORGANISATION,
        .names = names,
        .n_names = 3,
        .ids = ids,
        .n_ids = 1,
        .addresses = addresses,
        .n_addresses = 1,
        .countries = countries,
        .n_countries = 1,
        .ties = ties,
        .n_ties = 1,
        .terms = terms,
        .n_terms = 2,
        .from = AS_STR_INIT("2022-12-19"),
    };
}

static void reads_back_what_it_wrote(void **state)
{
    as_party in = sample();
    as_party out;
    as_buf bytes;
    as_buf again;
    as_arena *arena = as_arena_new(65536);

    (void)state;
    as_buf_init(&bytes, 65536);
    as_buf_init(&again, 65536);
    as_party_encode(&in, &bytes);
    assert_true(as_party_decode(as_buf_span(&bytes), arena, &out));
    testing_str(out.names[1].text, "长江存储");
    assert_int_equal(out.names[2].kind, AS_PARTY_NAME_WEAK);
    assert_true(as_str_is_absent(out.names[2].language));
    assert_true(out.ties[0].high > 24.05);
    testing_str(out.from, "2022-12-19");
    assert_true(as_str_is_absent(out.to));
    as_party_encode(&out, &again);
    assert_int_equal(bytes.n, again.n);
    assert_memory_equal(bytes.p, again.p, bytes.n);
    as_buf_done(&bytes);
    as_buf_done(&again);
    as_arena_free(arena);
}

static void refuses_every_cut(void **state)
{
    as_party in = sample();
    as_buf bytes;

    (void)state;
    as_buf_init(&bytes, 65536);
    as_party_encode(&in, &bytes);
    assert_false(as_buf_failed(&bytes));
    for (size_t n = 0; n < bytes.n; n++) {
        as_arena *arena = as_arena_new(65536);
        as_party out;
        as_span cut = as_buf_span(&bytes);

        cut.n = n;
        assert_false(as_party_decode(cut, arena, &out));
        as_arena_free(arena);
    }
    as_buf_done(&bytes);
}

static void finds_terms(void **state)
{
    as_party p = sample();

    (void)state;
    testing_str(as_party_term_of(&p, as_str_c("footnote")), "4");
    assert_true(as_party_has_term(&p, as_str_c("footnote"), as_str_c("5")));
    assert_false(as_party_has_term(&p, as_str_c("footnote"), as_str_c("3")));
    assert_true(as_str_is_absent(as_party_term_of(&p, as_str_c("policy"))));
}

static void knows_its_words(void **state)
{
    as_party_kind kind;
    as_party_tie_kind tie;

    (void)state;
    for (unsigned i = 0; i < AS_PARTY_KINDS; i++) {
        assert_true(as_party_kind_of(
            as_str_c(as_party_kind_word((as_party_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    for (unsigned i = 0; i < AS_PARTY_TIE_KINDS; i++) {
        assert_true(as_party_tie_kind_of(
            as_str_c(as_party_tie_kind_word((as_party_tie_kind)i)), &tie));
        assert_int_equal(tie, i);
    }
    assert_false(as_party_kind_of(as_str_c("company"), &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back_what_it_wrote),
        cmocka_unit_test(refuses_every_cut),
        cmocka_unit_test(finds_terms),
        cmocka_unit_test(knows_its_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
