/* SPDX-License-Identifier: Apache-2.0 */
/* From the graph to the problem of one question: only what stands above the
 * party on the day; see ownership_internal.h. */
#include "party/ownership_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* ---- owners of one node ----------------------------------------------------
 */

static bool holds_on(const as_owner_link *l, as_date day)
{
    return (l->from == AS_DATE_NONE || l->from <= day) &&
           (l->to == AS_DATE_NONE || day < l->to);
}

/* One statement more about a stake. */
typedef struct statements {
    as_share most_low, least_high, least_low, most_high;
} statements;

static void add_statement(as_owner_stake *s, statements *t,
                          const as_owner_link *l)
{
    s->control |= l->tie == AS_OWNER_CONTROL;
    s->maybe |= l->tie == AS_OWNER_MAYBE;
    if (l->tie == AS_OWNER_KIN) {
        s->kin = true;
        return;
    }
    if (!s->share || l->low > t->most_low)
        t->most_low = l->low;
    if (!s->share || l->high < t->least_high)
        t->least_high = l->high;
    if (!s->share || l->low < t->least_low)
        t->least_low = l->low;
    if (!s->share || l->high > t->most_high)
        t->most_high = l->high;
    s->share = true;
}

static void end_statements(as_owner_stake *s, const statements *t)
{
    if (!s->share)
        return;
    s->contradicted = t->most_low > t->least_high;
    s->low = s->contradicted ? t->least_low : t->most_low;
    s->high = s->contradicted ? t->most_high : t->least_high;
    s->maybe = s->maybe && !s->control;
}

/* What the others surely hold is not left. */
static void cut_to_rest(as_owner_stakes *s)
{
    s->low = s->high = 0;
    for (size_t i = 0; i < s->n; i++) {
        s->low += s->items[i].low;
        s->high += s->items[i].high;
    }
    for (size_t i = 0; i < s->n && s->low <= AS_SHARE_ALL; i++) {
        as_owner_stake *k = &s->items[i];
        as_share left = AS_SHARE_ALL - (s->low - k->low);
        if (k->high > left)
            k->high = left;
    }
}

bool as_owner_stakes_of(const as_owner_graph *g, uint32_t node, as_date day,
                        as_arena *a, as_owner_stakes *ret)
{
    statements t = {0};

    ret->n = 0;
    for (uint32_t i = g->up_start[node]; i < g->up_start[node + 1]; i++) {
        const as_owner_link *l = &g->links[g->up[i]];
        if (!holds_on(l, day))
            continue;
        if (ret->n == 0 || ret->items[ret->n - 1].owner != l->owner) {
            if (ret->n)
                end_statements(&ret->items[ret->n - 1], &t);
            ret->items = as_arena_grow(a, ret->items, &ret->cap, ret->n + 1,
                                       sizeof *ret->items);
            if (!ret->items)
                return false;
            ret->items[ret->n++] = (as_owner_stake){.owner = l->owner};
        }
        add_statement(&ret->items[ret->n - 1], &t, l);
    }
    if (ret->n)
        end_statements(&ret->items[ret->n - 1], &t);
    cut_to_rest(ret);
    return true;
}

/* ---- findings --------------------------------------------------------------
 */

as_str as_problem_name(const as_problem *p, uint32_t member)
{
    uint32_t node = p->members[member].node;

    return node == AS_OWNER_NOBODY ? AS_ABSENT : p->g->names[node];
}

static void add_finding(as_problem *p, as_owner_defect kind, uint32_t node,
                        as_str text)
{
    as_owner_finding *all =
        as_arena_grow(p->arena, p->findings, &p->cap_findings,
                      p->n_findings + 1, sizeof *all);

    if (!all)
        return; /* the arena has failed, which the question sees */
    p->findings = all;
    all[p->n_findings++] = (as_owner_finding){
        .kind = kind, .party = p->g->names[node], .text = text};
}

void as_problem_check(as_problem *p, uint32_t node, const as_owner_stakes *s)
{
    as_str name = p->g->names[node];

    if (s->low > AS_SHARE_ALL)
        add_finding(p, AS_OWNER_OVERFULL, node,
                    as_arena_printf(p->arena,
                                    "the owners of \"%.*s\" are stated to hold "
                                    "at least %.10g %% together",
                                    AS_FMT(name), as_share_percent(s->low)));
    for (size_t i = 0; i < s->n; i++) {
        const as_owner_stake *k = &s->items[i];
        if (!k->contradicted)
            continue;
        add_finding(p, AS_OWNER_CONTRADICTED, node,
                    as_arena_printf(
                        p->arena,
                        "what is stated of the share of \"%.*s\" in "
                        "\"%.*s\" excludes each other: taken for %.10g to "
                        "%.10g %%",
                        AS_FMT(p->g->names[k->owner]), AS_FMT(name),
                        as_share_percent(k->low), as_share_percent(k->high)));
    }
}

/* ---- walking up ------------------------------------------------------------
 */

typedef struct walk {
    as_problem *p;
    uint32_t *member_of; /* by node: member + 1 */
    uint32_t nobody;     /* its member + 1 */
    as_owner_stakes stakes;
    bool full; /* an arena is */
} walk;

static uint32_t add_member(walk *w, uint32_t node)
{
    as_problem *p = w->p;
    uint32_t *known =
        node == AS_OWNER_NOBODY ? &w->nobody : &w->member_of[node];
    static const as_owner_listed nobody = {.rank = 0};
    as_member *all;

    if (*known)
        return *known - 1;
    all = as_arena_grow(p->work, p->members, &p->cap_members,
                        (size_t)p->n_members + 1, sizeof *all);
    if (!all) {
        w->full = true;
        return 0;
    }
    p->members = all;
    all[p->n_members] = (as_member){
        .node = node,
        .listed = node == AS_OWNER_NOBODY
                      ? &nobody
                      : as_owner_set_find(p->q->listed, p->g->keys[node])};
    *known = ++p->n_members;
    return *known - 1;
}

static void add_holding(walk *w, const as_holding *h)
{
    as_problem *p = w->p;
    as_holding *all = as_arena_grow(p->work, p->holdings, &p->cap_holdings,
                                    p->n_holdings + 1, sizeof *all);

    if (!all) {
        w->full = true;
        return;
    }
    p->holdings = all;
    all[p->n_holdings++] = *h;
}

/* Largest first, so that paths are met in that order. */
static int by_size(const void *a, const void *b)
{
    const as_owner_stake *x = a, *y = b;

    if (x->low != y->low)
        return x->low < y->low ? 1 : -1;
    if (x->high != y->high)
        return x->high < y->high ? 1 : -1;
    return (x->owner > y->owner) - (x->owner < y->owner);
}

static void add_unrecorded(walk *w, uint32_t m, as_share sum_low)
{
    as_holding h = {.owned = m, .high = AS_SHARE_ALL - sum_low};

    if (!w->p->q->unrecorded || h.high <= 0 || (m != 0 && w->stakes.n == 0))
        return;
    h.owner = add_member(w, AS_OWNER_NOBODY);
    add_holding(w, &h);
}

static void expand(walk *w, uint32_t m)
{
    as_problem *p = w->p;
    as_owner_stakes *s = &w->stakes;

    p->members[m].first = p->n_holdings;
    if (p->members[m].node == AS_OWNER_NOBODY)
        return;
    if (!as_owner_stakes_of(p->g, p->members[m].node, p->q->day, p->work, s)) {
        w->full = true;
        return;
    }
    as_problem_check(p, p->members[m].node, s);
    p->members[m].sum_low = s->low;
    p->members[m].overfull = s->low > AS_SHARE_ALL;
    if (s->n)
        qsort(s->items, s->n, sizeof *s->items, by_size);
    for (size_t i = 0; i < s->n && !w->full; i++) {
        const as_owner_stake *k = &s->items[i];
        as_holding h = {.owned = m,
                        .low = k->low,
                        .high = k->high,
                        .control = k->control,
                        .maybe = k->maybe};
        if (k->high == 0 && !k->control && !k->maybe)
            continue;
        h.owner = add_member(w, k->owner);
        add_holding(w, &h);
    }
    add_unrecorded(w, m, s->low);
    p->members[m].n = p->n_holdings - p->members[m].first;
}

static as_rc expand_all(walk *w, bool past_listed, as_err *err)
{
    as_problem *p = w->p;

    for (uint32_t m = 0; m < p->n_members; m++) {
        if (p->members[m].listed && m != 0 && !past_listed)
            p->members[m].first = p->n_holdings;
        else
            expand(w, m);
        if (w->full)
            return as_fail(err, AS_ERR_LIMIT,
                           "the owners above one party do not fit into memory");
        if (p->n_holdings > AS_LIMIT_OWNER_WALKED)
            return as_fail(err, AS_ERR_LIMIT,
                           "more than %zu holdings stand above one party",
                           AS_LIMIT_OWNER_WALKED);
    }
    return AS_OK;
}

static bool lay_down(as_problem *p)
{
    size_t *start = AS_NEW_ARRAY(p->work, (size_t)p->n_members + 2, size_t);
    size_t *down = AS_NEW_ARRAY(p->work, p->n_holdings + 1, size_t);

    if (!start || !down)
        return false;
    for (size_t i = 0; i < p->n_holdings; i++)
        start[p->holdings[i].owner + 2]++;
    for (uint32_t i = 0; i < p->n_members; i++)
        start[i + 2] += start[i + 1];
    for (size_t i = 0; i < p->n_holdings; i++)
        down[start[p->holdings[i].owner + 1]++] = i;
    p->down_start = start;
    p->down = down;
    return true;
}

/* Depth first, without recursion: a member follows all of its owners but those
 * on the way to it. */
static bool put_in_order(as_problem *p)
{
    size_t n = p->n_members, depth = 0, done = 0;
    uint32_t *stack = AS_NEW_ARRAY(p->work, n + 1, uint32_t);
    size_t *next = AS_NEW_ARRAY(p->work, n + 1, size_t);
    uint8_t *seen = AS_NEW_ARRAY(p->work, n + 1, uint8_t);

    p->order = AS_NEW_ARRAY(p->work, n + 1, uint32_t);
    if (as_arena_failed(p->work))
        return false;
    stack[depth++] = 0;
    seen[0] = 1;
    while (depth) {
        uint32_t m = stack[depth - 1];
        const as_member *at = &p->members[m];
        uint32_t owner;
        if (next[m] == at->n) {
            p->order[done++] = m;
            depth--;
            continue;
        }
        owner = p->holdings[at->first + next[m]++].owner;
        if (seen[owner])
            continue;
        seen[owner] = 1;
        stack[depth++] = owner;
    }
    return done == n;
}

as_rc as_problem_walk(as_problem *p, bool past_listed, as_err *err)
{
    walk w = {.p = p};
    as_rc rc;

    /* Mostly untouched: the kernel gives zero pages as they are needed. */
    w.member_of = calloc((size_t)p->g->n_nodes + 1, sizeof *w.member_of);
    if (!w.member_of)
        return as_fail(err, AS_ERR_MEMORY, "no memory to look owners up");
    add_member(&w, as_owner_node(p->g, p->q->party));
    rc = w.full ? AS_ERR_LIMIT : expand_all(&w, past_listed, err);
    free(w.member_of);
    if (rc)
        return rc;
    if (!lay_down(p) || !put_in_order(p))
        return as_fail(err, AS_ERR_LIMIT,
                       "the owners above one party do not fit into memory");
    return AS_OK;
}
