/* SPDX-License-Identifier: Apache-2.0 */
/* What the listed hold of each member in the end: shares multiplied along every
 * path and summed, a listed member being held wholly.
 *
 * x(m) = sum over owners o of share(o, m) x(o), and the least solution is meant
 * (a ring of companies that own each other alone is held by nobody). At least:
 * from 0 upward with the least shares, rounded down; every step is a bound, so
 * one may stop anywhere. At most: what is left beyond the least shares goes to
 * the owners that are held most. From 0 upward, rounded up, until nothing moves
 * any more: then it is a bound (what a monotone function does not raise lies
 * above its least fixed point). When a ring closes so slowly that the ceiling
 * of work comes first, from 100 downward among the members that a listed one
 * reaches: there every step is a bound.
 *
 * Rounding leaves a ring a billionth below what it comes to. So the numbers
 * nearby with six decimals are tried: when they solve the equations exactly
 * they are the solution. There is one only: where two differ most, at a member
 * that a listed one reaches, all its owners would have to differ as much (their
 * shares sum to at most 100), and so on up to the listed one, where they do
 * not. */
#include "party/ownership_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

typedef struct solver {
    const as_problem *p;
    as_share *x;
    uint32_t *by_x; /* owners of one member, scratch */
} solver;

static as_share at_least(const solver *s, const as_member *m)
{
    as_wide sum = 0;

    for (size_t i = m->first; i < m->first + m->n; i++) {
        const as_holding *h = &s->p->holdings[i];
        sum += (as_wide)h->low * s->x[h->owner];
    }
    sum /= AS_SHARE_ALL;
    return sum > AS_SHARE_ALL ? AS_SHARE_ALL : (as_share)sum;
}

static int by_held(const void *a, const void *b, void *ctx)
{
    const solver *s = ctx;
    as_share x = s->x[s->p->holdings[*(const uint32_t *)a].owner];
    as_share y = s->x[s->p->holdings[*(const uint32_t *)b].owner];

    return (x < y) - (x > y);
}

static as_share at_most(const solver *s, const as_member *m)
{
    as_share left = m->overfull ? INT64_MAX : AS_SHARE_ALL - m->sum_low;
    as_wide sum = 0;

    for (size_t i = 0; i < m->n; i++)
        s->by_x[i] = (uint32_t)(m->first + i);
    if (m->n > 1)
        qsort_r(s->by_x, m->n, sizeof *s->by_x, by_held, (void *)(uintptr_t)s);
    for (size_t i = 0; i < m->n; i++) {
        const as_holding *h = &s->p->holdings[s->by_x[i]];
        as_share more = h->high - h->low < left ? h->high - h->low : left;
        if (!m->overfull)
            left -= more;
        sum += (as_wide)(h->low + more) * s->x[h->owner];
    }
    sum = (sum + AS_SHARE_ALL - 1) / AS_SHARE_ALL;
    return sum > AS_SHARE_ALL ? AS_SHARE_ALL : (as_share)sum;
}

/* Once over all members; whether something moved. */
static bool sweep(const solver *s, bool most)
{
    bool moved = false;

    for (uint32_t i = 0; i < s->p->n_members; i++) {
        uint32_t m = s->p->order[i];
        const as_member *at = &s->p->members[m];
        as_share v;
        if (at->listed || at->n == 0)
            continue;
        v = most ? at_most(s, at) : at_least(s, at);
        moved |= v != s->x[m];
        s->x[m] = v;
    }
    return moved;
}

static bool settle(const solver *s, bool most)
{
    size_t cost = s->p->n_holdings + s->p->n_members;

    for (size_t work = 0; work <= AS_LIMIT_OWNER_WORK; work += cost)
        if (!sweep(s, most))
            return true;
    return false;
}

static void begin(const solver *s)
{
    for (uint32_t m = 0; m < s->p->n_members; m++)
        s->x[m] = s->p->members[m].listed ? AS_SHARE_ALL : 0;
}

/* All that a listed member reaches is held wholly. */
static void begin_high(const solver *s, uint32_t *queue)
{
    const as_problem *p = s->p;
    size_t n = 0;

    begin(s);
    for (uint32_t m = 0; m < p->n_members; m++)
        if (s->x[m])
            queue[n++] = m;
    for (size_t at = 0; at < n; at++) {
        for (size_t i = p->down_start[queue[at]];
             i < p->down_start[queue[at] + 1]; i++) {
            const as_holding *h = &p->holdings[p->down[i]];
            if (s->x[h->owned] || h->high == 0)
                continue;
            s->x[h->owned] = AS_SHARE_ALL;
            queue[n++] = h->owned;
        }
    }
}

/* Do the values solve the equations without a remainder? */
static bool is_exact(const solver *s, const as_share *v)
{
    for (uint32_t m = 0; m < s->p->n_members; m++) {
        const as_member *at = &s->p->members[m];
        as_wide sum = 0;
        if (at->overfull)
            return false;
        if (at->listed || at->n == 0)
            continue;
        for (size_t i = at->first; i < at->first + at->n; i++)
            sum += (as_wide)s->p->holdings[i].low * v[s->p->holdings[i].owner];
        if (sum != (as_wide)v[m] * AS_SHARE_ALL)
            return false;
    }
    return true;
}

/* A member that no listed one reaches is at 0 and stays there. */
static void take_exact(solver *s)
{
    const as_share grain = AS_SHARE_PERCENT / 1000000;
    size_t n = s->p->n_members;
    as_share *v = AS_NEW_ARRAY(s->p->work, n + 1, as_share);

    if (!v)
        return; /* the arena has failed, which the caller sees */
    for (size_t m = 0; m < n; m++)
        v[m] = (s->x[m] + grain / 2) / grain * grain;
    if (is_exact(s, v))
        s->x = v;
}

static bool all_known(const as_problem *p)
{
    for (size_t i = 0; i < p->n_holdings; i++)
        if (p->holdings[i].low != p->holdings[i].high)
            return false;
    return true;
}

as_share *as_multiply(const as_problem *p, bool most)
{
    size_t n = (size_t)p->n_members + 1;
    solver s = {.p = p, .x = AS_NEW_ARRAY(p->work, n, as_share)};
    uint32_t *queue = AS_NEW_ARRAY(p->work, n, uint32_t);

    s.by_x = AS_NEW_ARRAY(p->work, p->n_holdings + 1, uint32_t);
    if (as_arena_failed(p->work))
        return NULL;
    begin(&s);
    if (!settle(&s, most) && most) {
        begin_high(&s, queue);
        (void)settle(&s, most);
    }
    if (!most || all_known(p))
        take_exact(&s);
    return as_arena_failed(p->work) ? NULL : s.x;
}
