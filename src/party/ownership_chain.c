/* SPDX-License-Identifier: Apache-2.0 */
/* The chain: who counts as listed, to a fixed point; and which unknown shares
 * settle an unsure answer.
 *
 * Each member's owners are weighed for themselves, so the world in which every
 * unknown share disfavours the listed and the one in which it favours them are
 * both possible ones, and bound all others: counting is monotone. The least
 * fixed point is reached by adding members until none is added; a holding is
 * looked at once.
 *
 * What settles. A set of shares settles the answer whatever they are, when no
 * share outside it can turn the answer in any world. (Were there two worlds
 * that differ only outside the set and in the answer, going from one to the
 * other share by share would turn it at one of them.) So the smallest such set
 * is unique: the shares that turn the answer in some world.
 *
 * A share turns the answer when its owner counts, it makes its party count, and
 * that makes the asked one count. Before it turns, a world counts the same
 * members as one in which every member's owners have either all their least or
 * all their most: with F members that may go either way, 2^F of these are tried
 * out. From there each member that could count but does not is made to. What
 * follows of it is all that could: the owners of another member may well hold
 * so much that what is new among them tips the scales, as long as their least
 * did not do so before. Beyond AS_LIMIT_OWNER_FREE all shares that lie on a way
 * are named, which settle it too, but may be more than it takes. */
#include "party/ownership_internal.h"

#include "base/limits.h"

#include <string.h>

bool as_chain_init(as_chain *c, const as_problem *p)
{
    size_t n = (size_t)p->n_members + 1;

    c->in = AS_NEW_ARRAY(p->work, n, uint8_t);
    c->ties = AS_NEW_ARRAY(p->work, n, uint8_t);
    c->in_low = AS_NEW_ARRAY(p->work, n, as_share);
    c->in_high = AS_NEW_ARRAY(p->work, n, as_share);
    c->queue = AS_NEW_ARRAY(p->work, n, uint32_t);
    return !as_arena_failed(p->work);
}

as_share as_chain_most(const as_chain *c, const as_problem *p, uint32_t m)
{
    const as_member *at = &p->members[m];
    as_share left = AS_SHARE_ALL - (at->sum_low - c->in_low[m]);

    return at->overfull || c->in_high[m] < left ? c->in_high[m] : left;
}

static bool counts(const as_chain *c, const as_problem *p,
                   const as_chain_rule *rule, uint32_t m, bool high)
{
    as_share held = high ? as_chain_most(c, p, m) : c->in_low[m];

    if (held >= rule->threshold)
        return true;
    return rule->control && c->ties[m] > (high ? 0 : 1);
}

static void add_holding(as_chain *c, const as_holding *h)
{
    uint8_t tie = h->control ? 2 : h->maybe;

    c->in_low[h->owned] += h->low;
    c->in_high[h->owned] += h->high;
    if (tie > c->ties[h->owned])
        c->ties[h->owned] = tie;
}

static size_t start(as_chain *c, const as_problem *p, uint32_t only)
{
    size_t n = 0, size = p->n_members;

    memset(c->in, 0, size);
    memset(c->ties, 0, size);
    memset(c->in_low, 0, size * sizeof *c->in_low);
    memset(c->in_high, 0, size * sizeof *c->in_high);
    for (uint32_t m = 0; m < p->n_members; m++) {
        if (!p->members[m].listed || (only != AS_OWNER_NOBODY && only != m))
            continue;
        c->in[m] = 1;
        c->queue[n++] = m;
    }
    return n;
}

void as_chain_run(as_chain *c, const as_problem *p, const as_chain_rule *rule,
                  const uint8_t *high, uint32_t only)
{
    size_t n = start(c, p, only);

    for (size_t at = 0; at < n; at++) {
        uint32_t owner = c->queue[at];
        for (size_t i = p->down_start[owner]; i < p->down_start[owner + 1];
             i++) {
            const as_holding *h = &p->holdings[p->down[i]];
            add_holding(c, h);
            if (c->in[h->owned] ||
                !counts(c, p, rule, h->owned, !high || high[h->owned]))
                continue;
            c->in[h->owned] = 1;
            c->queue[n++] = h->owned;
        }
    }
}

/* ---- what settles ----------------------------------------------------------
 */

/* The members that may go either way and from which a way of such members leads
 * to the party. */
static size_t find_free(const as_settle *s, uint32_t *ret)
{
    const as_problem *p = s->p;
    uint8_t *seen = AS_NEW_ARRAY(p->work, (size_t)p->n_members + 1, uint8_t);
    size_t n = 0;

    if (!seen)
        return 0;
    ret[n++] = 0;
    seen[0] = 1;
    for (size_t at = 0; at < n; at++) {
        const as_member *m = &p->members[ret[at]];
        for (size_t i = 0; i < m->n; i++) {
            const as_holding *h = &p->holdings[m->first + i];
            uint32_t owner = h->owner;
            if (seen[owner] || s->certain[owner] || !s->possible[owner] ||
                (h->high == 0 && !s->rule->control))
                continue;
            seen[owner] = 1;
            ret[n++] = owner;
        }
    }
    return n;
}

static void mark(const as_settle *s, const uint8_t *in, uint32_t m, bool share,
                 bool control)
{
    const as_member *at = &s->p->members[m];

    for (size_t i = at->first; i < at->first + at->n; i++) {
        const as_holding *h = &s->p->holdings[i];
        if (!in[h->owner])
            continue;
        if (share && h->low < h->high)
            s->marks[i] |= 1;
        if (control && h->maybe)
            s->marks[i] |= 2;
    }
}

static void set_world(uint8_t *high, const uint32_t *members, size_t n,
                      uint32_t world)
{
    for (size_t i = 0; i < n; i++)
        high[members[i]] = world >> i & 1;
}

/* What a member that comes to count brings along. */
typedef struct wave {
    as_chain chain;       /* the world with it */
    as_share *fresh_high; /* by member: held by those that are new */
    uint8_t *fresh_ties;
    uint32_t *queue;
} wave;

static bool wave_init(wave *w, const as_problem *p)
{
    size_t n = (size_t)p->n_members + 1;

    w->fresh_high = AS_NEW_ARRAY(p->work, n, as_share);
    w->fresh_ties = AS_NEW_ARRAY(p->work, n, uint8_t);
    w->queue = AS_NEW_ARRAY(p->work, n, uint32_t);
    return as_chain_init(&w->chain, p) && !as_arena_failed(p->work);
}

static void wave_begin(wave *w, const as_chain *c, const as_problem *p)
{
    size_t n = p->n_members;

    memcpy(w->chain.in, c->in, n);
    memcpy(w->chain.ties, c->ties, n);
    memcpy(w->chain.in_low, c->in_low, n * sizeof *c->in_low);
    memcpy(w->chain.in_high, c->in_high, n * sizeof *c->in_high);
    memset(w->fresh_high, 0, n * sizeof *w->fresh_high);
    memset(w->fresh_ties, 0, n);
}

/* Can what is new among the owners of m tip the scales? */
static bool tips(const wave *w, const as_settle *s, uint32_t m)
{
    if (s->rule->control && w->fresh_ties[m])
        return true;
    return w->fresh_high[m] > 0 &&
           as_chain_most(&w->chain, s->p, m) >= s->rule->threshold;
}

/* Whether the party may count once m does. */
static bool turns(wave *w, const as_settle *s, const as_chain *c, uint32_t m)
{
    const as_problem *p = s->p;
    size_t n = 0;

    wave_begin(w, c, p);
    w->chain.in[m] = 1;
    w->queue[n++] = m;
    for (size_t at = 0; at < n && !w->chain.in[0]; at++) {
        uint32_t owner = w->queue[at];
        for (size_t i = p->down_start[owner]; i < p->down_start[owner + 1];
             i++) {
            const as_holding *h = &p->holdings[p->down[i]];
            add_holding(&w->chain, h);
            w->fresh_high[h->owned] += h->high;
            w->fresh_ties[h->owned] |= h->control || h->maybe;
            if (w->chain.in[h->owned] || !tips(w, s, h->owned))
                continue;
            w->chain.in[h->owned] = 1;
            w->queue[n++] = h->owned;
        }
    }
    return w->chain.in[0];
}

/* In this world, in which the party does not count: what could make it. */
static void mark_turning(const as_settle *s, const as_chain *c, wave *w,
                         const uint32_t *members, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t m = members[i];
        bool share = as_chain_most(c, s->p, m) >= s->rule->threshold;
        bool control = s->rule->control && c->ties[m];
        if (!c->in[m] && (share || control) && turns(w, s, c, m))
            mark(s, c->in, m, share, control);
    }
}

static bool try_worlds(const as_settle *s, const uint32_t *members, size_t n)
{
    const as_problem *p = s->p;
    uint8_t *high = AS_NEW_ARRAY(p->work, (size_t)p->n_members + 1, uint8_t);
    as_chain c;
    wave w;

    if (!high || !as_chain_init(&c, p) || !wave_init(&w, p))
        return false;
    for (uint32_t world = 0; world < (uint32_t)1 << n; world++) {
        set_world(high, members, n, world);
        as_chain_run(&c, p, s->rule, high, s->only);
        if (!c.in[0])
            mark_turning(s, &c, &w, members, n);
    }
    return true;
}

bool as_chain_settle(const as_settle *s)
{
    const as_problem *p = s->p;
    uint32_t *members =
        AS_NEW_ARRAY(p->work, (size_t)p->n_members + 1, uint32_t);
    size_t n = members ? find_free(s, members) : 0;

    if (n <= AS_LIMIT_OWNER_FREE &&
        ((n + 1) << n) * (p->n_holdings + p->n_members) <=
            AS_LIMIT_OWNER_WORK &&
        try_worlds(s, members, n))
        return n > 0;
    for (size_t i = 0; i < n; i++)
        mark(s, s->possible, members[i], true, s->rule->control);
    return false;
}
