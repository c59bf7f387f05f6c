/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule names and nobody knows: a mistyped list or family would be a test
 * that never holds. Warnings alone, as a reader may bring lists of his own. */
#include "rule/expr_internal.h"

struct checking {
    const as_rule_words *known;
    as_arena *arena;
    as_rule_complaint *complain;
    void *ctx;
    as_str path;
};

static void warn(const struct checking *c, const char *what, as_str word)
{
    c->complain(c->ctx, true, c->path,
                as_arena_printf(c->arena, "no %s is known by the name \"%.*s\"",
                                what, AS_FMT(as_str_slice(word, 0, 80))));
}

static bool is_among(const as_str *list, size_t n, as_str word)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq(list[i], word))
            return true;
    return false;
}

/* A star asks for several lists; a known stem with one is any list below. */
static bool list_known(const as_rule_words *known, as_str word)
{
    bool several = as_str_ends(word, AS_STR("*"));
    as_str stem = several ? as_str_slice(word, 0, word.n - 1) : word;

    for (size_t i = 0; i < known->n_lists; i++) {
        as_str one = known->lists[i];
        if (as_str_ends(one, AS_STR("/*"))) {
            one = as_str_slice(one, 0, one.n - 1);
            if (as_str_starts(word, one) && (several || word.n > one.n))
                return true;
        }
        if (several ? as_str_starts(one, stem) : as_str_eq(one, word))
            return true;
    }
    return false;
}

static void check_party(const struct checking *c, const as_party_test *p)
{
    for (size_t i = 0; i < p->n_families; i++)
        if (!is_among(c->known->families, c->known->n_families, p->families[i]))
            warn(c, "family", p->families[i]);
    for (size_t i = 0; i < p->n_lists; i++)
        if (!list_known(c->known, p->lists[i]))
            warn(c, "list", p->lists[i]);
}

/* The depth is that of the reader: AS_EXPR_DEPTH at most. */
static void check_expr(const struct checking *c, const as_expr *e)
{
    if (e->party)
        check_party(c, e->party);
    for (size_t i = 0; i < e->n_children; i++)
        check_expr(c, e->children[i]);
}

static bool rule_known(const as_rule_words *known, as_str word)
{
    as_str stem = word;

    if (!as_str_ends(word, AS_STR("*")))
        return is_among(known->rules, known->n_rules, word);
    stem.n--;
    for (size_t i = 0; i < known->n_rules; i++)
        if (as_str_starts(known->rules[i], stem))
            return true;
    return false;
}

void as_rule_check_words(const as_rule *rule, const as_rule_words *known,
                         as_str path, as_arena *arena,
                         as_rule_complaint *complain, void *ctx)
{
    struct checking c = {known, arena, complain, ctx, path};

    check_expr(&c, rule->when);
    for (size_t i = 0; i < rule->n_unless; i++)
        check_expr(&c, rule->unless[i].when);
    for (size_t i = 0; i < rule->n_forbids_complying_with; i++)
        if (!rule_known(known, rule->forbids_complying_with[i]))
            warn(&c, "rule", rule->forbids_complying_with[i]);
}
