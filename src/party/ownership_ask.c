/* SPDX-License-Identifier: Apache-2.0 */
/* A question about owners answered: the method's worlds, who holds, by which
 * paths, what is missing; see party.h. */
#include "party/ownership_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum {
    PATHS_MET = 256,      /* of which the best are kept */
    PATH_TRIES = 1 << 17, /* steps of the search for them */
};

typedef struct question {
    as_problem p;
    as_owner_answer *ret;
    as_chain_rule rule;
    size_t cap_holders;
    bool chain, single;
    /* By member: counts in every world, in some world. Of a single owner: of
     * the one at hand. */
    uint8_t *certain, *possible;
    uint8_t *marks; /* by holding: what settles, see as_settle */
} question;

static as_rc full(as_err *err)
{
    return as_fail(err, AS_ERR_LIMIT,
                   "the answer about owners does not fit into memory");
}

static as_share at_most_all(as_share s)
{
    return s < AS_SHARE_ALL ? s : AS_SHARE_ALL;
}

static const as_owner_listed *listed_of(const question *q, uint32_t m)
{
    return q->p.members[m].listed;
}

/* ---- chain, all listed together --------------------------------------------
 */

static as_truth bounded(bool surely, bool possibly)
{
    if (surely)
        return AS_YES;
    return possibly ? AS_UNSURE : AS_NO;
}

/* Both worlds; of shares and control of the party what they say. */
static bool run_both(question *q, uint32_t only, as_chain *c, as_share *low,
                     as_share *high)
{
    size_t n = q->p.n_members;
    uint8_t *least = AS_NEW_ARRAY(q->p.work, n + 1, uint8_t);

    if (!least)
        return false;
    as_chain_run(c, &q->p, &q->rule, NULL, only);
    memcpy(q->possible, c->in, n);
    *high = at_most_all(as_chain_most(c, &q->p, 0));
    as_chain_run(c, &q->p, &q->rule, least, only);
    memcpy(q->certain, c->in, n);
    *low = at_most_all(c->in_low[0]);
    return true;
}

static bool settle(question *q, uint32_t only)
{
    const as_settle s = {.p = &q->p,
                         .rule = &q->rule,
                         .only = only,
                         .certain = q->certain,
                         .possible = q->possible,
                         .marks = q->marks};

    return as_chain_settle(&s);
}

static as_rc ask_together(question *q, as_err *err)
{
    as_owner_answer *r = q->ret;
    as_share low, high;
    as_chain c;

    if (!as_chain_init(&c, &q->p) ||
        !run_both(q, AS_OWNER_NOBODY, &c, &low, &high))
        return full(err);
    r->answer = bounded(q->certain[0], q->possible[0]);
    r->low = as_share_percent(low);
    r->high = as_share_percent(high);
    r->by_control = r->answer == AS_YES && low < q->rule.threshold;
    if (r->answer == AS_UNSURE)
        r->smallest = settle(q, AS_OWNER_NOBODY);
    return AS_OK;
}

/* ---- chain, each by itself -------------------------------------------------
 */

static bool add_holder(question *q, uint32_t m, bool certain);

typedef struct singles {
    as_chain chain;
    as_share low, high; /* of the one that holds most */
    bool held;          /* beyond the threshold by shares */
    size_t unsure;
    bool smallest;
} singles;

static bool ask_one(question *q, singles *s, uint32_t m)
{
    as_share low, high;
    as_truth one;
    bool surely, possibly;

    if (!run_both(q, m, &s->chain, &low, &high))
        return false;
    one = bounded(q->certain[0], q->possible[0]);
    surely = low > 0 || s->chain.ties[0] == 2;
    possibly = q->possible[0] || high > 0;
    if (low > s->low)
        s->low = low;
    if (high > s->high)
        s->high = high;
    s->held |= low >= q->rule.threshold;
    if (one == AS_UNSURE) {
        s->smallest = settle(q, m);
        s->unsure++;
    }
    q->ret->answer = as_truth_or(q->ret->answer, one);
    return !possibly || add_holder(q, m, surely);
}

static as_rc ask_singly(question *q, as_err *err)
{
    as_owner_answer *r = q->ret;
    singles s = {.low = 0};
    size_t work = 0;

    if (!as_chain_init(&s.chain, &q->p))
        return full(err);
    r->answer = AS_NO;
    for (uint32_t m = 1; m < q->p.n_members; m++) {
        if (!listed_of(q, m))
            continue;
        work += q->p.n_holdings + q->p.n_members;
        if (work > AS_LIMIT_OWNER_WORK)
            return as_fail(err, AS_ERR_LIMIT,
                           "too many listed owners stand above one party");
        if (!ask_one(q, &s, m))
            return full(err);
    }
    r->low = as_share_percent(s.low);
    r->high = as_share_percent(s.high);
    r->by_control = r->answer == AS_YES && !s.held;
    r->smallest = r->answer == AS_UNSURE && s.unsure == 1 && s.smallest;
    return AS_OK;
}

/* ---- multiplication --------------------------------------------------------
 */

/* Every unknown share on a way from a listed owner turns the answer in some
 * world: what is held of the party grows with each of them and passes through
 * all values between the bounds. */
static bool mark_ways(question *q)
{
    const as_problem *p = &q->p;
    uint32_t *queue = AS_NEW_ARRAY(p->work, (size_t)p->n_members + 1, uint32_t);
    uint8_t *seen = AS_NEW_ARRAY(p->work, (size_t)p->n_members + 1, uint8_t);
    size_t n = 1;

    if (!queue || !seen)
        return false;
    seen[0] = 1;
    for (size_t at = 0; at < n; at++) {
        const as_member *m = &p->members[queue[at]];
        for (size_t i = m->first; i < m->first + m->n; i++) {
            const as_holding *h = &p->holdings[i];
            if (h->high == 0 || !q->possible[h->owner])
                continue;
            q->marks[i] |= h->low < h->high;
            if (!seen[h->owner])
                queue[n++] = h->owner;
            seen[h->owner] = 1;
        }
    }
    return true;
}

static as_rc ask_product(question *q, as_err *err)
{
    as_owner_answer *r = q->ret;
    as_share *low = as_multiply(&q->p, false);
    as_share *high = low ? as_multiply(&q->p, true) : NULL;

    if (!high)
        return full(err);
    for (uint32_t m = 0; m < q->p.n_members; m++) {
        q->certain[m] = low[m] > 0;
        q->possible[m] = high[m] > 0;
    }
    r->answer =
        bounded(low[0] >= q->rule.threshold, high[0] >= q->rule.threshold);
    r->low = as_share_percent(low[0]);
    r->high = as_share_percent(high[0]);
    if (r->answer != AS_UNSURE)
        return AS_OK;
    r->smallest = true;
    return mark_ways(q) ? AS_OK : full(err);
}

/* ---- who holds -------------------------------------------------------------
 */

static bool add_holder(question *q, uint32_t m, bool certain)
{
    as_owner_answer *r = q->ret;
    as_owner_holder *all = as_arena_grow(
        q->p.arena, r->holders, &q->cap_holders, r->n_holders + 1, sizeof *all);

    if (!all)
        return false;
    r->holders = all;
    all[r->n_holders++] = (as_owner_holder){
        .listed =
            q->p.members[m].node == AS_OWNER_NOBODY ? NULL : listed_of(q, m),
        .name = as_problem_name(&q->p, m),
        .certain = certain};
    return true;
}

/* Members whose share reaches the party through members that count. */
static bool reach(question *q, bool surely, uint8_t *seen)
{
    const as_problem *p = &q->p;
    uint32_t *queue = AS_NEW_ARRAY(p->work, (size_t)p->n_members + 1, uint32_t);
    uint8_t *here = AS_NEW_ARRAY(p->work, (size_t)p->n_members + 1, uint8_t);
    const uint8_t *in = surely ? q->certain : q->possible;
    size_t n = 1;

    if (!queue || !here)
        return false;
    here[0] = 1;
    for (size_t at = 0; at < n; at++) {
        const as_member *m = &p->members[queue[at]];
        for (size_t i = m->first; i < m->first + m->n; i++) {
            const as_holding *h = &p->holdings[i];
            bool tie = q->rule.control && (h->control || (!surely && h->maybe));
            if (here[h->owner] || !in[h->owner] ||
                !(tie || (surely ? h->low : h->high) > 0))
                continue;
            here[h->owner] = 1;
            if (!listed_of(q, h->owner))
                queue[n++] = h->owner;
            else if (!seen[h->owner] && !add_holder(q, h->owner, surely))
                return false;
            seen[h->owner] = 1;
        }
    }
    return true;
}

static bool find_holders(question *q)
{
    uint8_t *seen =
        AS_NEW_ARRAY(q->p.work, (size_t)q->p.n_members + 1, uint8_t);

    return seen && reach(q, true, seen) && reach(q, false, seen);
}

static void find_strictest(as_owner_answer *r)
{
    const as_owner_listed *may = NULL;

    for (size_t i = 0; i < r->n_holders; i++) {
        const as_owner_listed *l = r->holders[i].listed;
        const as_owner_listed **best =
            r->holders[i].certain ? &r->strictest : &may;
        if (l && (!*best || l->rank > (*best)->rank))
            *best = l;
    }
    if (may && (!r->strictest || may->rank > r->strictest->rank))
        r->strictest_possible = may;
}

/* ---- paths -----------------------------------------------------------------
 */

typedef struct route {
    size_t holdings[AS_LIMIT_OWNER_STEPS]; /* the party's first */
    size_t n;
    uint32_t listed; /* member */
    as_truth counts;
    uint32_t stops_at; /* member, or AS_OWNER_NOBODY */
    as_share low, high;
} route;

typedef struct search {
    question *q;
    route *routes;
    size_t n;
    bool cut;
    uint8_t *leads;  /* by member: a listed one reaches it */
    uint8_t *on_way; /* by member */
    size_t *next;    /* by depth: the holding to try */
    uint32_t *way;   /* by depth: the member */
    size_t *by;      /* by depth: the holding that led there */
} search;

static as_share product(as_share a, as_share b, bool up)
{
    as_wide x = (as_wide)a * b;

    return (as_share)((x + (up ? AS_SHARE_ALL - 1 : 0)) / AS_SHARE_ALL);
}

static bool carries(const question *q, const as_holding *h)
{
    return h->high > 0 || (q->rule.control && (h->control || h->maybe));
}

/* How the method takes the route; in the order of the way down. */
static void judge(const question *q, route *r)
{
    r->low = r->high = AS_SHARE_ALL;
    r->counts = AS_YES;
    r->stops_at = AS_OWNER_NOBODY;
    for (size_t i = r->n; i-- > 0;) {
        const as_holding *h = &q->p.holdings[r->holdings[i]];
        bool surely = h->low > 0 || (q->rule.control && h->control);
        r->low = product(r->low, h->low, false);
        r->high = product(r->high, h->high, true);
        if (i == 0) {
            r->counts = as_truth_and(r->counts, surely ? AS_YES : AS_UNSURE);
            continue;
        }
        r->counts =
            as_truth_and(r->counts, bounded(surely && q->certain[h->owned],
                                            q->possible[h->owned]));
        if (r->counts == AS_NO && r->stops_at == AS_OWNER_NOBODY)
            r->stops_at = h->owned;
    }
}

static void keep_route(search *s, size_t depth)
{
    route *r;

    if (s->n == PATHS_MET) {
        s->cut = true;
        return;
    }
    r = &s->routes[s->n++];
    r->n = depth;
    for (size_t i = 0; i < depth; i++)
        r->holdings[i] = s->by[i + 1];
    r->listed = s->way[depth];
    if (!s->q->single)
        judge(s->q, r);
}

/* The next owner to step to from the end of the way, or false. */
static bool step(search *s, size_t depth)
{
    const as_problem *p = &s->q->p;
    const as_member *at = &p->members[s->way[depth]];

    while (s->next[depth] < at->n) {
        size_t i = at->first + s->next[depth]++;
        uint32_t owner = p->holdings[i].owner;
        if (s->on_way[owner] || !s->leads[owner] ||
            !carries(s->q, &p->holdings[i]))
            continue;
        if (depth + 1 >= AS_LIMIT_OWNER_STEPS) {
            s->cut = true;
            continue;
        }
        s->way[depth + 1] = owner;
        s->by[depth + 1] = i;
        s->next[depth + 1] = 0;
        s->on_way[owner] = 1;
        return true;
    }
    return false;
}

static void walk_routes(search *s)
{
    size_t depth = 0;

    s->on_way[0] = 1;
    for (size_t tries = 0;; tries++) {
        if (tries == PATH_TRIES || s->n == PATHS_MET) {
            s->cut = true;
            return;
        }
        if (step(s, depth)) {
            depth++;
            if (listed_of(s->q, s->way[depth]))
                keep_route(s, depth);
            if (!listed_of(s->q, s->way[depth]) || s->q->single)
                continue;
        } else if (depth == 0) {
            return;
        }
        s->on_way[s->way[depth--]] = 0;
    }
}

/* What a listed one reaches, downward. */
static bool find_leads(search *s)
{
    const question *q = s->q;
    const as_problem *p = &q->p;
    uint32_t *queue = AS_NEW_ARRAY(p->work, (size_t)p->n_members + 1, uint32_t);
    size_t n = 0;

    if (!queue)
        return false;
    for (uint32_t m = 0; m < p->n_members; m++) {
        if (!listed_of(q, m))
            continue;
        s->leads[m] = 1;
        queue[n++] = m;
    }
    for (size_t at = 0; at < n; at++) {
        for (size_t i = p->down_start[queue[at]];
             i < p->down_start[queue[at] + 1]; i++) {
            const as_holding *h = &p->holdings[p->down[i]];
            if (s->leads[h->owned] || !carries(q, h))
                continue;
            s->leads[h->owned] = 1;
            queue[n++] = h->owned;
        }
    }
    return true;
}

/* Each owner by itself: its own worlds judge its routes. */
static bool judge_singly(search *s)
{
    as_share low, high;
    as_chain c;

    if (!as_chain_init(&c, &s->q->p))
        return false;
    for (size_t i = 0; i < s->n; i++) {
        if (i == 0 || s->routes[i].listed != s->routes[i - 1].listed)
            if (!run_both(s->q, s->routes[i].listed, &c, &low, &high))
                return false;
        judge(s->q, &s->routes[i]);
    }
    return true;
}

static int by_listed(const void *a, const void *b)
{
    const route *x = a, *y = b;

    return (x->listed > y->listed) - (x->listed < y->listed);
}

static int by_weight(const void *a, const void *b)
{
    static const int rank[] = {[AS_YES] = 0, [AS_UNSURE] = 1, [AS_NO] = 2};
    const route *x = a, *y = b;

    if (x->counts != y->counts)
        return rank[x->counts] - rank[y->counts];
    if (x->low != y->low)
        return x->low < y->low ? 1 : -1;
    if (x->high != y->high)
        return x->high < y->high ? 1 : -1;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    for (size_t i = 0; i < x->n; i++)
        if (x->holdings[i] != y->holdings[i])
            return x->holdings[i] < y->holdings[i] ? -1 : 1;
    return 0;
}

static as_owner_step step_of(const as_problem *p, const as_holding *h)
{
    as_owner_tie tie = AS_OWNER_SHARE;

    if (h->control)
        tie = AS_OWNER_CONTROL;
    else if (h->maybe)
        tie = AS_OWNER_MAYBE;
    return (as_owner_step){.tie = tie,
                           .owner = as_problem_name(p, h->owner),
                           .owned = as_problem_name(p, h->owned),
                           .low = as_share_percent(h->low),
                           .high = as_share_percent(h->high)};
}

static bool write_path(question *q, const route *r, as_owner_path *ret)
{
    const as_problem *p = &q->p;

    *ret =
        (as_owner_path){.listed = p->members[r->listed].node == AS_OWNER_NOBODY
                                      ? NULL
                                      : listed_of(q, r->listed),
                        .steps = AS_NEW_ARRAY(p->arena, r->n, as_owner_step),
                        .n_steps = r->n,
                        .low = as_share_percent(r->low),
                        .high = as_share_percent(r->high),
                        .counts = r->counts,
                        .stops_at = r->stops_at == AS_OWNER_NOBODY
                                        ? AS_ABSENT
                                        : as_problem_name(p, r->stops_at)};
    if (!ret->steps)
        return false;
    for (size_t i = 0; i < r->n; i++)
        ret->steps[i] = step_of(p, &p->holdings[r->holdings[r->n - 1 - i]]);
    return true;
}

static bool write_paths(search *s)
{
    as_owner_answer *r = s->q->ret;

    r->n_paths = s->n < AS_LIMIT_OWNER_PATHS ? s->n : AS_LIMIT_OWNER_PATHS;
    r->paths_cut = s->cut || s->n > r->n_paths;
    r->paths = AS_NEW_ARRAY(s->q->p.arena, r->n_paths, as_owner_path);
    for (size_t i = 0; r->paths && i < r->n_paths; i++)
        if (!write_path(s->q, &s->routes[i], &r->paths[i]))
            return false;
    return r->paths != NULL;
}

static bool find_paths(question *q)
{
    size_t n = (size_t)q->p.n_members + 1;
    as_arena *work = q->p.work;
    search s = {.q = q,
                .routes = AS_NEW_ARRAY(work, PATHS_MET, route),
                .leads = AS_NEW_ARRAY(work, n, uint8_t),
                .on_way = AS_NEW_ARRAY(work, n, uint8_t),
                .next = AS_NEW_ARRAY(work, AS_LIMIT_OWNER_STEPS + 1, size_t),
                .way = AS_NEW_ARRAY(work, AS_LIMIT_OWNER_STEPS + 1, uint32_t),
                .by = AS_NEW_ARRAY(work, AS_LIMIT_OWNER_STEPS + 1, size_t)};

    if (as_arena_failed(work) || !find_leads(&s))
        return false;
    walk_routes(&s);
    if (q->single) {
        qsort(s.routes, s.n, sizeof *s.routes, by_listed);
        if (!judge_singly(&s))
            return false;
    }
    qsort(s.routes, s.n, sizeof *s.routes, by_weight);
    return write_paths(&s);
}

/* ---- what is missing -------------------------------------------------------
 */

static as_str say_share(const as_problem *p, const as_holding *h)
{
    as_str owner = as_problem_name(p, h->owner);
    as_str owned = as_problem_name(p, h->owned);

    if (as_str_is_absent(owner))
        return as_arena_printf(
            p->arena, "who holds up to %.10g %% of \"%.*s\" is not stated",
            as_share_percent(h->high), AS_FMT(owned));
    if (h->low == 0 && h->high == AS_SHARE_ALL)
        return as_arena_printf(p->arena,
                               "the share of \"%.*s\" in \"%.*s\" is unknown",
                               AS_FMT(owner), AS_FMT(owned));
    return as_arena_printf(p->arena,
                           "the share of \"%.*s\" in \"%.*s\" is only known to "
                           "lie between %.10g and %.10g %%",
                           AS_FMT(owner), AS_FMT(owned),
                           as_share_percent(h->low), as_share_percent(h->high));
}

static void add_missing(question *q, const as_holding *h, bool control)
{
    const as_problem *p = &q->p;
    as_owner_missing *m = &q->ret->missing[q->ret->n_missing++];

    *m = (as_owner_missing){.owner = as_problem_name(p, h->owner),
                            .owned = as_problem_name(p, h->owned),
                            .control = control,
                            .low = as_share_percent(h->low),
                            .high = as_share_percent(h->high)};
    m->text = control ? as_arena_printf(p->arena,
                                        "whether \"%.*s\" controls \"%.*s\" is "
                                        "unknown",
                                        AS_FMT(m->owner), AS_FMT(m->owned))
                      : say_share(p, h);
}

static bool find_missing(question *q)
{
    size_t n = 0;

    /* One owner by itself may be unsure where another settles the answer. */
    if (q->ret->answer != AS_UNSURE)
        return true;
    for (size_t i = 0; i < q->p.n_holdings; i++)
        n += (size_t)(q->marks[i] & 1) + (q->marks[i] >> 1);
    q->ret->missing = AS_NEW_ARRAY(q->p.arena, n + 1, as_owner_missing);
    if (!q->ret->missing)
        return false;
    if (n == 0)
        q->ret->missing[q->ret->n_missing++] = (as_owner_missing){
            .owned = q->ret->name,
            .low = q->ret->low,
            .high = q->ret->high,
            .text = AS_STR("what is held lies within rounding of the "
                           "threshold")};
    for (size_t i = 0; i < q->p.n_holdings; i++) {
        if (q->marks[i] & 1)
            add_missing(q, &q->p.holdings[i], false);
        if (q->marks[i] & 2)
            add_missing(q, &q->p.holdings[i], true);
    }
    return true;
}

/* ---- the question ----------------------------------------------------------
 */

static void find_rest(question *q)
{
    const as_member *m = &q->p.members[0];
    as_share high = 0;

    for (size_t i = m->first; i < m->first + m->n; i++)
        if (q->p.members[q->p.holdings[i].owner].node != AS_OWNER_NOBODY)
            high += q->p.holdings[i].high;
    q->ret->rest_low =
        high < AS_SHARE_ALL ? as_share_percent(AS_SHARE_ALL - high) : 0;
    q->ret->rest_high =
        m->overfull ? 0 : as_share_percent(AS_SHARE_ALL - m->sum_low);
}

static as_rc ask_method(question *q, as_err *err)
{
    size_t n = (size_t)q->p.n_members + 1;

    q->certain = AS_NEW_ARRAY(q->p.work, n, uint8_t);
    q->possible = AS_NEW_ARRAY(q->p.work, n, uint8_t);
    q->marks = AS_NEW_ARRAY(q->p.work, q->p.n_holdings + 1, uint8_t);
    if (as_arena_failed(q->p.work))
        return full(err);
    if (q->single)
        return ask_singly(q, err);
    return q->chain ? ask_together(q, err) : ask_product(q, err);
}

static as_rc ask_up(question *q, as_err *err)
{
    as_rc rc = as_problem_walk(&q->p, q->single, err);

    if (!rc)
        rc = ask_method(q, err);
    if (rc)
        return rc;
    find_rest(q);
    if (!find_missing(q) || (!q->single && !find_holders(q)) || !find_paths(q))
        return full(err);
    find_strictest(q->ret);
    q->ret->findings = q->p.findings;
    q->ret->n_findings = q->p.n_findings;
    return AS_OK;
}

static void set_method(question *q, as_owner_method m)
{
    as_share half = 50 * AS_SHARE_PERCENT;

    q->rule.threshold = half;
    q->chain = m != AS_OWNER_MULTIPLY;
    if (m != AS_OWNER_EU && m != AS_OWNER_UK)
        return;
    q->rule.threshold = half + 1;
    q->rule.control = true;
    q->single = m == AS_OWNER_UK;
}

/* The party is on the list itself. */
static bool answer_listed(question *q, const as_owner_listed *l)
{
    as_owner_answer *r = q->ret;

    r->listed = true;
    r->answer = AS_YES;
    r->low = r->high = 100;
    r->strictest = l;
    r->holders = AS_NEW(q->p.arena, as_owner_holder);
    if (!r->holders)
        return false;
    r->n_holders = 1;
    r->holders[0] =
        (as_owner_holder){.listed = l, .name = r->name, .certain = true};
    return true;
}

static bool answer_unknown(question *q)
{
    as_owner_answer *r = q->ret;

    r->answer = AS_UNSURE;
    r->high = r->rest_high = r->rest_low = 100;
    r->missing = AS_NEW(q->p.arena, as_owner_missing);
    if (!r->missing)
        return false;
    r->n_missing = 1;
    r->missing[0] = (as_owner_missing){
        .owned = r->name,
        .high = 100,
        .text =
            as_arena_printf(q->p.arena, "the owners of \"%.*s\" are not stated",
                            AS_FMT(r->name))};
    return true;
}

static as_rc ask(question *q, as_err *err)
{
    as_owner_answer *r = q->ret;
    const as_owner_listed *l = as_owner_set_find(q->p.q->listed, r->name);
    uint32_t node = as_owner_node(q->p.g, r->name);

    r->known = node != AS_OWNER_NOBODY;
    if (r->known)
        r->name = q->p.g->names[node];
    if (l)
        return answer_listed(q, l) ? AS_OK : full(err);
    if (!r->known)
        return answer_unknown(q) ? AS_OK : full(err);
    if (q->p.q->method == AS_OWNER_FAMILY)
        return as_family_ask(&q->p, r, err);
    set_method(q, q->p.q->method);
    return ask_up(q, err);
}

as_rc as_owner_ask(as_owner_graph *g, const as_owner_query *query,
                   as_arena *arena, as_owner_answer *ret, as_err *err)
{
    as_owner_answer answer = {.answer = AS_UNSURE};
    question q = {.p = {.g = g, .q = query, .arena = arena}, .ret = &answer};
    as_rc rc = as_owner_graph_seal(g, err);

    if (rc)
        return rc;
    q.p.work = as_arena_new(AS_LIMIT_OWNER_BYTES);
    if (!q.p.work)
        return as_fail(err, AS_ERR_MEMORY, "no memory to look owners up");
    answer.name = as_arena_str(arena, query->party);
    rc = ask(&q, err);
    as_arena_free(q.p.work);
    if (!rc && as_arena_failed(arena))
        rc = full(err);
    if (!rc)
        *ret = answer;
    return rc;
}
