/* SPDX-License-Identifier: Apache-2.0 */
/* The words that rules may name: families and lists that are part of the
 * program, lists that importers make, lists of doc/party-lists.md that readers
 * bring, and the rules that are part of the program. */
#include "review/rules_internal.h"

#include "know/know.h"

static const as_str brought[] = {
    AS_STR_INIT("us-csl/SDN"), AS_STR_INIT("us-csl/EL"),
    AS_STR_INIT("us-csl/DPL"), AS_STR_INIT("us-csl/DTC"),
    AS_STR_INIT("us-csl/SSI"), AS_STR_INIT("us-csl/UVL"),
    AS_STR_INIT("us-csl/ISN"), AS_STR_INIT("us-csl/PLC"),
    AS_STR_INIT("us-csl/MEU"), AS_STR_INIT("us-csl/CMIC"),
    AS_STR_INIT("us-csl/CAP"), AS_STR_INIT("us-csl/NS-MBS"),
    AS_STR_INIT("us-ofac/*"),  AS_STR_INIT("us-ofac"),
    AS_STR_INIT("us-dpl"),     AS_STR_INIT("un/*"),
    AS_STR_INIT("un"),         AS_STR_INIT("eu/*"),
    AS_STR_INIT("eu"),         AS_STR_INIT("uk/*"),
    AS_STR_INIT("uk"),         AS_STR_INIT("us-uflpa"),
    AS_STR_INIT("jp-meti"),    AS_STR_INIT("cn-control"),
    AS_STR_INIT("cn-uel"),     AS_STR_INIT("gleif"),
};

struct words {
    as_arena *arena;
    as_str *list;
    size_t n, cap;
};

static void add(struct words *w, as_str word)
{
    as_str *grown;

    for (size_t i = 0; i < w->n; i++)
        if (as_str_eq(w->list[i], word))
            return;
    grown = as_arena_grow(w->arena, w->list, &w->cap, w->n + 1, sizeof word);
    if (!grown)
        return;
    w->list = grown;
    grown[w->n++] = as_arena_str(w->arena, word);
}

struct gathering {
    struct words families, lists;
};

/* Heads of families have their word as id, members WORD/NAME. */
static bool take_party(void *ctx, const as_know_party *p)
{
    struct gathering *g = ctx;
    as_str id = p->party.id;

    if (!as_str_eq(p->party.list, AS_STR("family")))
        add(&g->lists, p->party.list);
    else
        add(&g->families, as_str_cut(&id, '/'));
    return true;
}

as_rc as_review_rule_words(as_arena *arena, as_rule_words *ret, as_err *err)
{
    struct gathering g = {{.arena = arena}, {.arena = arena}};
    struct words ids = {.arena = arena};
    as_rules_request q = {.n_rules = 0};
    as_rules rules;
    as_rc rc = as_know_parties(NULL, AS_ABSENT, take_party, &g, err);

    for (size_t i = 0; i < AS_ARRAY_LEN(brought); i++)
        add(&g.lists, brought[i]);
    if (!rc)
        rc = as_review_load_rules(&q, arena, &rules, NULL, err);
    for (size_t i = 0; !rc && i < rules.n; i++)
        add(&ids, rules.items[i].id);
    if (!rc && as_arena_failed(arena))
        rc = as_fail(err, AS_ERR_MEMORY, "no memory for the words of rules");
    *ret = (as_rule_words){g.families.list, g.lists.list, ids.list,
                           g.families.n,    g.lists.n,    ids.n};
    return rc;
}
