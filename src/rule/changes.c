/* SPDX-License-Identifier: Apache-2.0 */
/* What changes next: every day ahead on which the answer of a rule for this
 * product and context becomes another. */
#include "rule/apply_internal.h"

#include <stdlib.h>

/* ---- days ---------------------------------------------------------------- */

struct days {
    as_date items[AS_RULE_DATES];
    size_t n;
    bool cut; /* there are more, all later */
};

static void add_day(struct days *d, as_date day, as_date after)
{
    size_t last = 0;

    if (day == AS_DATE_NONE || day <= after)
        return;
    for (size_t i = 0; i < d->n; i++) {
        if (d->items[i] == day)
            return;
        last = d->items[i] > d->items[last] ? i : last;
    }
    if (d->n < AS_RULE_DATES) {
        d->items[d->n++] = day;
        return;
    }
    d->cut = true;
    if (day < d->items[last])
        d->items[last] = day;
}

static int by_day(const void *a, const void *b)
{
    const as_date *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void add_intervals(struct days *d, const as_rule_interval *list,
                          size_t n, as_date after)
{
    for (size_t i = 0; i < n; i++) {
        add_day(d, list[i].from, after);
        add_day(d, list[i].to, after);
    }
}

/* Days on which a listing begins or ends. */
static void add_listings(struct days *d, const as_rule_input *in, as_date after)
{
    for (size_t i = 0; in->screening && i < in->screening->n_facts; i++) {
        const as_party_facts *f = &in->screening->facts[i];
        for (size_t k = 0; k < f->n_matches; k++) {
            as_date day;
            if (as_date_read(as_str_slice(f->matches[k].from, 0, 10), &day))
                add_day(d, day, after);
            if (as_date_read(as_str_slice(f->matches[k].to, 0, 10), &day))
                add_day(d, day, after);
        }
    }
}

/* Days that a condition itself compares with, and the day after each. */
static void add_tests(struct days *d, const as_expr *e, as_date after)
{
    if (e->kind == AS_EXPR_TEST && e->fact->of == AS_OF_DAY) {
        add_day(d, (as_date)e->number, after);
        add_day(d, as_date_add_days((as_date)e->number, 1), after);
    }
    for (size_t i = 0; i < e->n_children; i++)
        add_tests(d, e->children[i], after);
}

/* Whether the condition may have another answer on another day. */
static bool varies(const as_rule_run *run, const as_rule_result *r)
{
    if (r->by_party && run->in->screening)
        return true;
    for (size_t i = 0; i < r->rule->n_unless; i++)
        if (as_expr_asks(r->rule->unless[i].when, AS_OF_DAY))
            return true;
    return as_expr_asks(r->rule->when, AS_OF_DAY);
}

/* ---- answers ------------------------------------------------------------- */

/* The answer of a rule on a day: whether it says anything, and if not, why. */
struct answer {
    as_truth says; /* yes: its consequence; unknown: perhaps */
    as_phase phase;
    as_certainty certainty;
};

static struct answer answer_on(const as_rule_result *r, as_date day)
{
    as_standing s = as_rule_standing(r->rule, day);
    struct answer a = {AS_NO, s.phase, s.certainty};

    if (s.phase == AS_PHASE_IN_FORCE)
        a.says = r->matches;
    return a;
}

static as_str answer_text(as_rule_run *run, const as_rule_result *r,
                          const struct answer *a)
{
    as_str word = as_consequence_word(r->rule->consequence);

    if (a->says == AS_YES)
        return word;
    if (a->says == AS_UNSURE)
        return as_arena_printf(run->arena, "perhaps %.*s", AS_FMT(word));
    if (a->phase == AS_PHASE_IN_FORCE)
        return AS_STR("nothing");
    return as_arena_printf(run->arena, "nothing (%.*s)",
                           AS_FMT(as_phase_word(a->phase)));
}

static void add_change(as_rule_run *run, const as_rule_result *r, as_date day,
                       const struct answer *from, const struct answer *to)
{
    as_change *grown =
        as_arena_grow(run->arena, run->changes, &run->cap_changes,
                      run->n_changes + 1, sizeof *grown);
    as_certainty certainty =
        to->certainty > from->certainty ? to->certainty : from->certainty;
    as_change *c;

    if (!grown)
        return;
    run->changes = grown;
    c = &grown[run->n_changes++];
    *c = (as_change){.date = as_date_str(run->arena, day),
                     .rule = r->rule->id,
                     .from = answer_text(run, r, from),
                     .to = answer_text(run, r, to),
                     .certainty = as_certainty_word(certainty)};
    c->effect = as_arena_printf(
        run->arena, "%.*s, for %.*s: from %.*s to %.*s (%.*s)",
        AS_FMT(r->rule->title), AS_FMT(as_rule_who_text(run, r->rule)),
        AS_FMT(c->from), AS_FMT(c->to), AS_FMT(c->certainty));
}

/* Somebody who did not say who asks is told of what would hit, not of all that
 * might. */
static bool is_told(const as_rule_result *r, const struct answer *from,
                    const struct answer *to)
{
    if (from->says == to->says)
        return false;
    return r->binds == AS_YES || from->says == AS_YES || to->says == AS_YES;
}

/* False: nothing more is looked at. */
static bool look_ahead(as_rule_run *run, const as_rule_result *now,
                       struct days *days, as_rule_result *scratch)
{
    struct answer before, after;

    *scratch = *now;
    before = answer_on(scratch, run->world.day);
    qsort(days->items, days->n, sizeof days->items[0], by_day);
    for (size_t i = 0; i < days->n; i++) {
        if (varies(run, now))
            as_rule_evaluate(run, scratch, days->items[i]);
        if (run->steps == 0)
            return false;
        after = answer_on(scratch, days->items[i]);
        if (is_told(now, &before, &after))
            add_change(run, now, days->items[i], &before, &after);
        before = after;
    }
    return true;
}

static int by_date(const void *a, const void *b)
{
    const as_change *x = a, *y = b;
    int order = as_str_cmp(x->date, y->date);

    return order ? order : as_str_cmp(x->rule, y->rule);
}

/* The days on which the answer of a rule may change. */
static void gather_days(const as_rule_result *r, const struct days *listings,
                        as_date today, struct days *days)
{
    *days = r->by_party ? *listings : (struct days){.n = 0};
    add_intervals(days, r->rule->intervals, r->rule->n_intervals, today);
    add_intervals(days, r->rule->suspensions, r->rule->n_suspensions, today);
    add_tests(days, r->rule->when, today);
    for (size_t k = 0; k < r->rule->n_unless; k++)
        add_tests(days, r->rule->unless[k].when, today);
}

static void look_at_all(as_rule_run *run, as_date today, struct days *days,
                        const struct days *listings, as_rule_result *scratch)
{
    for (size_t i = 0; i < run->n_results; i++) {
        const as_rule_result *r = &run->results[i];
        if (!as_rule_speaks(r) || r->standing.phase == AS_PHASE_OVER)
            continue;
        run->world.day = today;
        gather_days(r, listings, today, days);
        if (days->cut)
            run->review->changes_cut =
                AS_STR("there are more days than are looked at");
        if (look_ahead(run, r, days, scratch))
            continue;
        run->review->changes_cut =
            AS_STR("the product has too many parts for all of these rules to "
                   "be looked at ahead");
        return;
    }
}

void as_rule_changes(as_rule_run *run)
{
    as_rule_result *scratch = AS_NEW(run->arena, as_rule_result);
    struct days *days = AS_NEW_ARRAY(run->arena, 2, struct days);
    as_date today = AS_DATE_NONE;

    if (!scratch || !days || !as_date_read(run->review->as_of, &today))
        return;
    run->steps = run->in->steps ? run->in->steps : AS_RULE_STEPS;
    days[1] = (struct days){.n = 0};
    add_listings(&days[1], run->in, today);
    look_at_all(run, today, &days[0], &days[1], scratch);
    run->world.day = today;
    if (run->n_changes)
        qsort(run->changes, run->n_changes, sizeof *run->changes, by_date);
}
