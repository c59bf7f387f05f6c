/* SPDX-License-Identifier: Apache-2.0 */
/* The family of a party: up over those that consolidate it (control, or more
 * than 50 %), and from each of these down over what it consolidates; kin on
 * both ways. A place is a party met on the way up or on the way down; a move
 * leads from place to place and is certain, or hangs on a share or control
 * that is not known.
 *
 * First all that is certain is reached, then the rest. What settles an unsure
 * answer is found as in ownership_chain.c: reaching is monotone in what is
 * unknown, so the smallest set are the links that turn the answer in some
 * world; up to AS_LIMIT_OWNER_FREE links are tried out. */
#include "party/ownership_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

typedef struct move {
    uint32_t from, to;     /* places */
    uint32_t owner, owned; /* nodes */
    as_share low, high;
    as_owner_tie tie;
    bool certain;
    bool by_share, by_control; /* what it hangs on */
    uint32_t link;             /* of those that hang, or AS_OWNER_NOBODY */
} move;

typedef struct place {
    uint32_t node;
    bool up;
    as_truth reached; /* unsure: possibly */
    bool expanded;
    uint32_t by;     /* the move that led here */
    size_t first, n; /* moves from here */
    bool leads;      /* a listed party can be reached from here */
} place;

typedef struct family {
    as_problem *p;
    place *places;
    size_t n_places, cap_places;
    move *moves;
    size_t n_moves, cap_moves;
    uint32_t *place_of[2]; /* by node, down and up: place + 1 */
    as_owner_stakes stakes;
    size_t work;
    uint32_t *queue;
    size_t n_queue, cap_queue;
} family;

static uint32_t place_of(family *f, uint32_t node, bool up)
{
    place *all;

    if (f->place_of[up][node])
        return f->place_of[up][node] - 1;
    all = as_arena_grow(f->p->work, f->places, &f->cap_places, f->n_places + 1,
                        sizeof *all);
    if (!all)
        return AS_OWNER_NOBODY;
    f->places = all;
    all[f->n_places] = (place){
        .node = node, .up = up, .reached = AS_NO, .by = AS_OWNER_NOBODY};
    f->place_of[up][node] = (uint32_t)++f->n_places;
    return (uint32_t)f->n_places - 1;
}

/* ---- moves -----------------------------------------------------------------
 */

static const as_share half = 50 * AS_SHARE_PERCENT;

static bool add_move(family *f, const move *m)
{
    move *all = as_arena_grow(f->p->work, f->moves, &f->cap_moves,
                              f->n_moves + 1, sizeof *all);

    if (!all || m->to == AS_OWNER_NOBODY)
        return false;
    f->moves = all;
    all[f->n_moves++] = *m;
    return true;
}

/* The move over a stake, when there is one: up to the owner or down from it. */
static bool over_stake(family *f, uint32_t from, const as_owner_stake *k,
                       uint32_t owned, bool up)
{
    uint32_t other = up ? k->owner : owned;
    bool surely = k->control || k->low > half;
    move m = {.from = from,
              .owner = k->owner,
              .owned = owned,
              .low = k->low,
              .high = k->high,
              .tie = k->control ? AS_OWNER_CONTROL : AS_OWNER_SHARE,
              .certain = surely,
              .by_share = !surely && k->high > half,
              .by_control = !surely && k->maybe,
              .link = AS_OWNER_NOBODY};

    if (k->maybe)
        m.tie = AS_OWNER_MAYBE;
    if (k->kin && !surely) {
        m.tie = AS_OWNER_KIN;
        m.certain = true;
        m.to = place_of(f, other, false);
        return add_move(f, &m);
    }
    if (!m.certain && !m.by_share && !m.by_control)
        return true;
    m.to = place_of(f, other, up);
    return add_move(f, &m);
}

static bool look_at(family *f, uint32_t node)
{
    f->work += 1 + f->stakes.n;
    return as_owner_stakes_of(f->p->g, node, f->p->q->day, f->p->work,
                              &f->stakes);
}

static bool move_up(family *f, uint32_t from)
{
    uint32_t node = f->places[from].node;
    bool up = f->places[from].up;

    if (!look_at(f, node))
        return false;
    as_problem_check(f->p, node, &f->stakes);
    for (size_t i = 0; i < f->stakes.n; i++) {
        const as_owner_stake *k = &f->stakes.items[i];
        if ((up || k->kin) && !over_stake(f, from, k, node, up))
            return false;
    }
    return true;
}

static bool move_down(family *f, uint32_t from)
{
    const as_owner_graph *g = f->p->g;
    uint32_t node = f->places[from].node, last = AS_OWNER_NOBODY;

    for (uint32_t i = g->down_start[node]; i < g->down_start[node + 1]; i++) {
        uint32_t owned = g->links[g->down[i]].owned;
        if (owned == last)
            continue;
        last = owned;
        if (!look_at(f, owned))
            return false;
        for (size_t k = 0; k < f->stakes.n; k++)
            if (f->stakes.items[k].owner == node &&
                !over_stake(f, from, &f->stakes.items[k], owned, false))
                return false;
    }
    return true;
}

static bool expand(family *f, uint32_t at)
{
    size_t first = f->n_moves;

    f->places[at].expanded = true;
    if (f->work > AS_LIMIT_OWNER_WORK || f->n_moves > AS_LIMIT_OWNER_WALKED)
        return false;
    if (!move_up(f, at) || !move_down(f, at))
        return false;
    f->places[at].first = first;
    f->places[at].n = f->n_moves - first;
    return true;
}

/* ---- reaching --------------------------------------------------------------
 */

static bool reach(family *f, uint32_t at, as_truth how, uint32_t by)
{
    f->places[at].reached = how;
    f->places[at].by = by;
    f->queue = as_arena_grow(f->p->work, f->queue, &f->cap_queue,
                             f->n_queue + 1, sizeof *f->queue);
    if (!f->queue)
        return false;
    f->queue[f->n_queue++] = at;
    return expand(f, at);
}

/* From the queue's place at on, over certain moves or over all. */
static bool spread(family *f, size_t at, bool all)
{
    for (; at < f->n_queue; at++) {
        place from = f->places[f->queue[at]];
        for (size_t i = from.first; i < from.first + from.n; i++) {
            const move m = f->moves[i];
            if (f->places[m.to].reached != AS_NO || (!all && !m.certain))
                continue;
            if (!reach(f, m.to, all ? AS_UNSURE : AS_YES, (uint32_t)i))
                return false;
        }
    }
    return true;
}

static as_rc reach_all(family *f, as_err *err)
{
    uint32_t start = place_of(f, as_owner_node(f->p->g, f->p->q->party), true);

    if (start != AS_OWNER_NOBODY && reach(f, start, AS_YES, AS_OWNER_NOBODY) &&
        spread(f, 0, false) && spread(f, 0, true))
        return AS_OK;
    return as_fail(err, AS_ERR_LIMIT,
                   "the family of one party is too large to be walked");
}

/* ---- the answer ------------------------------------------------------------
 */

static const as_owner_listed *listed_at(const family *f, uint32_t at)
{
    return as_owner_set_find(f->p->q->listed,
                             f->p->g->keys[f->places[at].node]);
}

/* A party met on the way up and on the way down counts once, as the surer. */
static bool is_other_of(const family *f, uint32_t at)
{
    const place *x = &f->places[at];
    uint32_t other = f->place_of[!x->up][x->node];
    as_truth reached = other ? f->places[other - 1].reached : AS_NO;

    if (reached == AS_NO || reached == x->reached)
        return reached != AS_NO && !x->up;
    return x->reached == AS_UNSURE;
}

static bool write_steps(const family *f, uint32_t at, as_owner_path *path)
{
    const as_owner_graph *g = f->p->g;
    size_t n = 0;

    for (uint32_t i = f->places[at].by; i != AS_OWNER_NOBODY;
         i = f->places[f->moves[i].from].by)
        n++;
    path->steps = AS_NEW_ARRAY(f->p->arena, n, as_owner_step);
    if (!path->steps)
        return false;
    for (uint32_t i = f->places[at].by; i != AS_OWNER_NOBODY;
         i = f->places[f->moves[i].from].by) {
        const move *m = &f->moves[i];
        path->steps[path->n_steps++] =
            (as_owner_step){.tie = m->tie,
                            .owner = g->names[m->owner],
                            .owned = g->names[m->owned],
                            .low = as_share_percent(m->low),
                            .high = as_share_percent(m->high)};
    }
    return true;
}

static bool add_relative(family *f, uint32_t at, const as_owner_listed *l,
                         as_owner_answer *r)
{
    as_owner_path *path;

    r->holders[r->n_holders++] =
        (as_owner_holder){.listed = l,
                          .name = f->p->g->names[f->places[at].node],
                          .certain = f->places[at].reached == AS_YES};
    r->answer = as_truth_or(r->answer, f->places[at].reached);
    if (r->n_paths == AS_LIMIT_OWNER_PATHS) {
        r->paths_cut = true;
        return true;
    }
    path = &r->paths[r->n_paths++];
    *path = (as_owner_path){
        .listed = l, .high = 100, .counts = f->places[at].reached};
    return write_steps(f, at, path);
}

/* The queue has the certain ones first. */
static bool find_relatives(family *f, as_owner_answer *r)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n_queue; i++)
        n += listed_at(f, f->queue[i]) != NULL;
    r->holders = AS_NEW_ARRAY(f->p->arena, n, as_owner_holder);
    r->paths = AS_NEW_ARRAY(f->p->arena, AS_LIMIT_OWNER_PATHS, as_owner_path);
    if (!r->holders || !r->paths)
        return false;
    for (size_t i = 0; i < f->n_queue; i++) {
        uint32_t at = f->queue[i];
        const as_owner_listed *l = listed_at(f, at);
        if (l && !is_other_of(f, at) && !add_relative(f, at, l, r))
            return false;
    }
    return true;
}

static void find_strictest(as_owner_answer *r)
{
    const as_owner_listed *may = NULL;

    for (size_t i = 0; i < r->n_holders; i++) {
        const as_owner_listed *l = r->holders[i].listed;
        const as_owner_listed **best =
            r->holders[i].certain ? &r->strictest : &may;
        if (!*best || l->rank > (*best)->rank)
            *best = l;
    }
    if (may && (!r->strictest || may->rank > r->strictest->rank))
        r->strictest_possible = may;
}

/* ---- what settles ----------------------------------------------------------
 */

typedef struct settle {
    family *f;
    uint32_t *links; /* the first move of each */
    size_t n;
    bool exclusive; /* two of them cannot both be a majority */
    uint8_t *turns; /* by link */
    uint8_t *seen;  /* by place, scratch */
    uint32_t *queue;
} settle;

/* Backward from the listed, over the moves until nothing is added. */
static void find_leads(family *f)
{
    bool more = true;

    for (size_t i = 0; i < f->n_queue; i++)
        f->places[f->queue[i]].leads = listed_at(f, f->queue[i]) != NULL;
    while (more) {
        more = false;
        for (size_t i = f->n_moves; i-- > 0;) {
            const move *m = &f->moves[i];
            if (!f->places[m->to].leads || f->places[m->from].leads)
                continue;
            f->places[m->from].leads = more = true;
        }
    }
}

static int by_ends(const void *a, const void *b, void *ctx)
{
    const family *f = ctx;
    const move *x = &f->moves[*(const uint32_t *)a];
    const move *y = &f->moves[*(const uint32_t *)b];

    if (x->owned != y->owned)
        return x->owned < y->owned ? -1 : 1;
    return (x->owner > y->owner) - (x->owner < y->owner);
}

/* The links on which moves toward a listed party hang. */
static bool find_links(settle *s)
{
    family *f = s->f;
    uint32_t *moves = AS_NEW_ARRAY(f->p->work, f->n_moves + 1, uint32_t);
    size_t n = 0;

    s->links = AS_NEW_ARRAY(f->p->work, f->n_moves + 1, uint32_t);
    s->turns = AS_NEW_ARRAY(f->p->work, f->n_moves + 1, uint8_t);
    if (as_arena_failed(f->p->work))
        return false;
    for (size_t i = 0; i < f->n_moves; i++)
        if (!f->moves[i].certain && f->places[f->moves[i].to].leads)
            moves[n++] = (uint32_t)i;
    if (n)
        qsort_r(moves, n, sizeof *moves, by_ends, f);
    for (size_t i = 0; i < n; i++) {
        move *m = &f->moves[moves[i]];
        const move *last = i ? &f->moves[moves[i - 1]] : NULL;
        bool same_owned = last && last->owned == m->owned;
        if (!same_owned || last->owner != m->owner) {
            s->exclusive |= same_owned;
            s->links[s->n++] = moves[i];
        }
        m->link = (uint32_t)s->n - 1;
    }
    return true;
}

static bool reaches_listed(const settle *s, uint32_t world)
{
    const family *f = s->f;
    size_t n = 0;

    memset(s->seen, 0, f->n_places);
    s->queue[n++] = f->queue[0];
    s->seen[f->queue[0]] = 1;
    for (size_t at = 0; at < n; at++) {
        const place *from = &f->places[s->queue[at]];
        if (listed_at(f, s->queue[at]))
            return true;
        for (size_t i = from->first; i < from->first + from->n; i++) {
            const move *m = &f->moves[i];
            bool open = m->certain ||
                        (m->link != AS_OWNER_NOBODY && (world >> m->link & 1));
            if (!open || s->seen[m->to] || !f->places[m->to].leads)
                continue;
            s->seen[m->to] = 1;
            s->queue[n++] = m->to;
        }
    }
    return false;
}

static bool try_worlds(settle *s)
{
    as_arena *work = s->f->p->work;
    uint32_t worlds = (uint32_t)1 << s->n;
    uint8_t *answers = AS_NEW_ARRAY(work, worlds, uint8_t);

    s->seen = AS_NEW_ARRAY(work, s->f->n_places + 1, uint8_t);
    s->queue = AS_NEW_ARRAY(work, s->f->n_places + 1, uint32_t);
    if (as_arena_failed(work))
        return false;
    for (uint32_t w = 0; w < worlds; w++)
        answers[w] = reaches_listed(s, w);
    for (uint32_t w = 0; w < worlds; w++)
        for (size_t i = 0; i < s->n; i++)
            if (!answers[w] && answers[w | (uint32_t)1 << i])
                s->turns[i] = 1;
    return true;
}

static void add_missing(const family *f, const move *m, bool control,
                        as_owner_answer *r)
{
    as_str owner = f->p->g->names[m->owner], owned = f->p->g->names[m->owned];
    as_owner_missing *to = &r->missing[r->n_missing++];

    *to = (as_owner_missing){.owner = owner,
                             .owned = owned,
                             .control = control,
                             .low = as_share_percent(m->low),
                             .high = as_share_percent(m->high)};
    if (control)
        to->text = as_arena_printf(
            f->p->arena, "whether \"%.*s\" controls \"%.*s\" is unknown",
            AS_FMT(owner), AS_FMT(owned));
    else if (m->low == 0 && m->high == AS_SHARE_ALL)
        to->text = as_arena_printf(
            f->p->arena, "the share of \"%.*s\" in \"%.*s\" is unknown",
            AS_FMT(owner), AS_FMT(owned));
    else
        to->text = as_arena_printf(
            f->p->arena,
            "the share of \"%.*s\" in \"%.*s\" is only known to lie between "
            "%.10g and %.10g %%",
            AS_FMT(owner), AS_FMT(owned), to->low, to->high);
}

static bool find_missing(family *f, as_owner_answer *r)
{
    settle s = {.f = f};
    bool tried;

    find_leads(f);
    if (!find_links(&s))
        return false;
    tried = s.n <= AS_LIMIT_OWNER_FREE &&
            (f->n_moves + f->n_places) << s.n <= AS_LIMIT_OWNER_WORK &&
            try_worlds(&s);
    r->smallest = tried && !s.exclusive;
    r->missing = AS_NEW_ARRAY(f->p->arena, 2 * s.n, as_owner_missing);
    for (size_t i = 0; r->missing && i < s.n; i++) {
        const move *m = &f->moves[s.links[i]];
        if (tried && !s.turns[i])
            continue;
        if (m->by_share)
            add_missing(f, m, false, r);
        if (m->by_control)
            add_missing(f, m, true, r);
    }
    return r->missing != NULL;
}

static as_rc ask_family(family *f, as_owner_answer *r, as_err *err)
{
    as_rc rc = reach_all(f, err);

    if (rc)
        return rc;
    r->answer = AS_NO;
    r->high = 100;
    if (!find_relatives(f, r) ||
        (r->answer == AS_UNSURE && !find_missing(f, r)))
        return as_fail(err, AS_ERR_LIMIT,
                       "the answer about owners does not fit into memory");
    find_strictest(r);
    r->findings = f->p->findings;
    r->n_findings = f->p->n_findings;
    return AS_OK;
}

as_rc as_family_ask(as_problem *p, as_owner_answer *ret, as_err *err)
{
    size_t n = (size_t)p->g->n_nodes + 1;
    uint32_t *places = calloc(2 * n, sizeof *places);
    family f = {.p = p, .place_of = {places, places ? places + n : NULL}};
    as_rc rc;

    if (!places)
        return as_fail(err, AS_ERR_MEMORY, "no memory to look owners up");
    rc = ask_family(&f, ret, err);
    free(places);
    return rc;
}
