/* SPDX-License-Identifier: Apache-2.0 */
/* The graph of owners: what is stated, ordered for questions; see party.h.
 *
 * Links are kept as they come. Sealing sorts the keys (by bytes: a hash table
 * would be at the mercy of whoever chose the keys), numbers them, and lays the
 * links out by owned and by owner, two arrays of indexes each. Costs n log n
 * of 2 n keys, 100 bytes a link. */
#include "party/ownership_internal.h"

#include "base/limits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct as_owner_label {
    as_str key, name;
} as_owner_label;

struct as_owner_set {
    as_owner_listed *items; /* by key, the highest rank first */
    size_t n;
};

/* ---- building --------------------------------------------------------------
 */

as_owner_graph *as_owner_graph_new(void)
{
    as_owner_graph *g = calloc(1, sizeof *g);

    if (g)
        g->arena = as_arena_new(AS_LIMIT_OWNER_BYTES);
    if (g && !g->arena) {
        free(g);
        return NULL;
    }
    return g;
}

as_owner_graph *as_owner_graph_free(as_owner_graph *g)
{
    if (!g)
        return NULL;
    as_arena_free(g->index);
    as_arena_free(g->arena);
    free(g);
    return NULL;
}

static void unseal(as_owner_graph *g)
{
    g->index = as_arena_free(g->index);
    g->n_nodes = 0;
}

static as_rc too_large(as_err *err)
{
    return as_fail(err, AS_ERR_LIMIT, "the graph of owners is too large");
}

static bool read_share(double percent, as_share *ret)
{
    if (!(percent >= 0 && percent <= 100)) /* also what is no number */
        return false;
    *ret = llround(percent * (double)AS_SHARE_PERCENT);
    return true;
}

as_rc as_owner_graph_add(as_owner_graph *g, const as_owner_edge *e, as_err *err)
{
    as_owner_link link = {.tie = e->tie, .from = e->from, .to = e->to};
    as_owner_link *links;

    if (as_str_is_empty(e->owner) || as_str_is_empty(e->owned))
        return as_fail(err, AS_ERR_INPUT, "a party of a share has no name");
    if (!read_share(e->low, &link.low) || !read_share(e->high, &link.high) ||
        link.low > link.high)
        return as_fail(err, AS_ERR_INPUT, "%g to %g is no share in percent",
                       e->low, e->high);
    if (e->from != AS_DATE_NONE && e->to != AS_DATE_NONE && e->to < e->from)
        return as_fail(err, AS_ERR_INPUT, "a share ends before it begins");
    if (g->n_links >= AS_LIMIT_OWNER_EDGES)
        return too_large(err);
    links = as_arena_grow(g->arena, g->links, &g->cap_links, g->n_links + 1,
                          sizeof *links);
    if (!links)
        return too_large(err);
    g->links = links;
    link.owner_key = as_arena_str(g->arena, e->owner);
    link.owned_key = as_arena_str(g->arena, e->owned);
    if (as_arena_failed(g->arena))
        return too_large(err);
    links[g->n_links++] = link;
    unseal(g);
    return AS_OK;
}

as_rc as_owner_graph_name(as_owner_graph *g, as_str key, as_str name,
                          as_err *err)
{
    as_owner_label *labels = as_arena_grow(g->arena, g->labels, &g->cap_labels,
                                           g->n_labels + 1, sizeof *labels);

    if (!labels || g->n_labels > 2 * AS_LIMIT_OWNER_EDGES)
        return too_large(err);
    g->labels = labels;
    labels[g->n_labels].key = as_arena_str(g->arena, key);
    labels[g->n_labels].name = as_arena_str(g->arena, name);
    if (as_arena_failed(g->arena))
        return too_large(err);
    g->n_labels++;
    unseal(g);
    return AS_OK;
}

size_t as_owner_graph_edges(const as_owner_graph *g)
{
    return g->n_links;
}

/* "2024" and "2024-05" are their first day, or the first one behind them. */
static as_date rough_day(as_str s, bool behind)
{
    char text[16];
    as_date day;

    if (as_date_read_any(s, &day))
        return day;
    if (s.n != 4 && s.n != 7)
        return AS_DATE_NONE;
    memcpy(text, s.p, s.n);
    memcpy(text + s.n, s.n == 4 ? "-01-01" : "-01", s.n == 4 ? 6 : 3);
    if (!as_date_read(as_str_of(text, 10), &day))
        return AS_DATE_NONE;
    return behind ? as_date_add_months(day, s.n == 4 ? 12 : 1) : day;
}

void as_owner_edge_of(as_str key, as_str other, const as_party_tie *tie,
                      as_owner_edge *ret)
{
    *ret = (as_owner_edge){.owner = other,
                           .owned = key,
                           .low = tie->low,
                           .high = tie->high,
                           .from = rough_day(tie->from, false),
                           .to = rough_day(tie->to, true)};
    switch (tie->kind) {
    case AS_PARTY_TIE_OWNER: break;
    case AS_PARTY_TIE_PARENT: ret->tie = AS_OWNER_CONTROL; break;
    case AS_PARTY_TIE_SUBSIDIARY:
        ret->tie = AS_OWNER_CONTROL;
        ret->owner = key;
        ret->owned = other;
        break;
    case AS_PARTY_TIE_AFFILIATE:
    case AS_PARTY_TIE_SUCCESSOR:
    case AS_PARTY_TIE_KINDS: ret->tie = AS_OWNER_KIN; break;
    }
}

as_rc as_owner_graph_add_tie(as_owner_graph *g, as_str key, as_str other,
                             const as_party_tie *tie, as_err *err)
{
    as_owner_edge e;

    as_owner_edge_of(key, other, tie, &e);
    return as_owner_graph_add(g, &e, err);
}

/* ---- sealing ---------------------------------------------------------------
 */

typedef struct key_use {
    as_str key;
    uint32_t *node; /* where its number goes; NULL: it is only there */
} key_use;

static int by_key(const void *a, const void *b)
{
    const key_use *x = a, *y = b;

    return as_str_cmp(x->key, y->key);
}

static bool number_keys(as_owner_graph *g, key_use *uses, size_t n)
{
    qsort(uses, n, sizeof *uses, by_key);
    g->keys = AS_NEW_ARRAY(g->index, n, as_str);
    if (!g->keys)
        return false;
    g->n_nodes = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !as_str_eq(uses[i].key, uses[i - 1].key))
            g->keys[g->n_nodes++] = uses[i].key;
        if (uses[i].node)
            *uses[i].node = g->n_nodes - 1;
    }
    return true;
}

static bool make_nodes(as_owner_graph *g)
{
    size_t n = g->n_links * 2 + g->n_labels;
    key_use *uses = calloc(n + 1, sizeof *uses);
    size_t at = 0;
    bool ok;

    if (!uses)
        return false;
    for (size_t i = 0; i < g->n_links; i++) {
        as_owner_link *l = &g->links[i];
        uses[at++] = (key_use){l->owner_key, &l->owner};
        uses[at++] = (key_use){l->owned_key, &l->owned};
    }
    for (size_t i = 0; i < g->n_labels; i++)
        uses[at++] = (key_use){g->labels[i].key, NULL};
    ok = number_keys(g, uses, n);
    free(uses);
    return ok;
}

static bool make_names(as_owner_graph *g)
{
    g->names = AS_NEW_ARRAY(g->index, (size_t)g->n_nodes + 1, as_str);
    if (!g->names)
        return false;
    for (uint32_t i = 0; i < g->n_nodes; i++)
        g->names[i] = g->keys[i];
    for (size_t i = 0; i < g->n_labels; i++) {
        uint32_t node = as_owner_node(g, g->labels[i].key);
        if (node < g->n_nodes && g->labels[i].name.n)
            g->names[node] = g->labels[i].name;
    }
    return true;
}

static uint32_t end_of(const as_owner_link *l, bool up)
{
    return up ? l->owned : l->owner;
}

/* A stable counting sort of the indexes in from by one end of the links. */
static bool lay_out(as_owner_graph *g, bool up, const uint32_t *from,
                    uint32_t *to, uint32_t *start)
{
    for (size_t i = 0; i < g->n_links; i++)
        start[end_of(&g->links[i], up) + 1]++;
    for (uint32_t i = 0; i < g->n_nodes; i++)
        start[i + 1] += start[i];
    for (size_t i = 0; i < g->n_links; i++) {
        uint32_t link = from ? from[i] : (uint32_t)i;
        to[start[end_of(&g->links[link], up)]++] = link;
    }
    for (uint32_t i = g->n_nodes; i > 0; i--)
        start[i] = start[i - 1];
    start[0] = 0;
    return true;
}

static uint32_t *new_numbers(as_owner_graph *g, size_t n)
{
    return AS_NEW_ARRAY(g->index, n + 2, uint32_t);
}

/* Sorting by owner first and then by owned leaves those of one owned in the
 * order of their owners. */
static bool make_links(as_owner_graph *g)
{
    size_t n = g->n_links;
    uint32_t *start;

    g->up_start = new_numbers(g, g->n_nodes);
    g->down_start = new_numbers(g, g->n_nodes);
    start = new_numbers(g, g->n_nodes);
    g->up = new_numbers(g, n);
    g->down = new_numbers(g, n);
    if (as_arena_failed(g->index))
        return false;
    return lay_out(g, false, NULL, g->down, start) &&
           lay_out(g, true, g->down, g->up, g->up_start) &&
           lay_out(g, false, g->up, g->down, g->down_start);
}

as_rc as_owner_graph_seal(as_owner_graph *g, as_err *err)
{
    if (g->index)
        return AS_OK;
    g->index = as_arena_new(AS_LIMIT_OWNER_BYTES);
    if (g->index && make_nodes(g) && make_names(g) && make_links(g))
        return AS_OK;
    unseal(g);
    return too_large(err);
}

const as_str *as_owner_graph_keys(const as_owner_graph *g, size_t *n)
{
    *n = g->n_nodes;
    return g->keys;
}

uint32_t as_owner_node(const as_owner_graph *g, as_str key)
{
    uint32_t low = 0, high = g->n_nodes;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int c = as_str_cmp(g->keys[mid], key);
        if (c == 0)
            return mid;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return AS_OWNER_NOBODY;
}

/* ---- climbing --------------------------------------------------------------
 */

typedef struct climb {
    as_arena *arena;
    as_str *asked; /* sorted */
    size_t n, cap;
    as_str *next; /* of the next generation */
    size_t n_next, cap_next;
} climb;

static bool was_asked(const climb *c, as_str key)
{
    return c->n && bsearch(&key, c->asked, c->n, sizeof key, as_str_qsort_cmp);
}

/* The owners of what was added since, each once. */
static bool next_generation(climb *c, const as_owner_graph *g, size_t from)
{
    size_t n = 0;

    c->n_next = 0;
    for (size_t i = from; i < g->n_links; i++) {
        if (was_asked(c, g->links[i].owner_key))
            continue;
        c->next = as_arena_grow(c->arena, c->next, &c->cap_next, c->n_next + 1,
                                sizeof *c->next);
        if (!c->next)
            return false;
        c->next[c->n_next++] = g->links[i].owner_key;
    }
    if (c->n_next)
        qsort(c->next, c->n_next, sizeof *c->next, as_str_qsort_cmp);
    for (size_t i = 0; i < c->n_next; i++)
        if (n == 0 || !as_str_eq(c->next[n - 1], c->next[i]))
            c->next[n++] = c->next[i];
    c->n_next = n;
    return true;
}

static as_rc ask_generation(climb *c, as_owner_graph *g, as_owner_ties *ties,
                            void *ctx, as_err *err)
{
    size_t n = c->n;

    if (n + c->n_next > AS_LIMIT_OWNER_WALKED)
        return as_fail(err, AS_ERR_LIMIT,
                       "more than %zu parties stand above one",
                       AS_LIMIT_OWNER_WALKED);
    c->asked = as_arena_grow(c->arena, c->asked, &c->cap, n + c->n_next,
                             sizeof *c->asked);
    if (!c->asked)
        return too_large(err);
    memcpy(c->asked + n, c->next, c->n_next * sizeof *c->next);
    c->n += c->n_next;
    for (size_t i = n; i < c->n; i++) {
        as_rc rc = ties(ctx, c->asked[i], g, err);
        if (rc)
            return rc;
    }
    qsort(c->asked, c->n, sizeof *c->asked, as_str_qsort_cmp);
    return AS_OK;
}

as_rc as_owner_graph_climb(as_owner_graph *g, as_str key, as_owner_ties *ties,
                           void *ctx, as_err *err)
{
    climb c = {.arena = as_arena_new(AS_LIMIT_OWNER_BYTES)};
    as_rc rc = AS_OK;

    if (!c.arena)
        return as_fail(err, AS_ERR_MEMORY, "no memory to look owners up");
    c.next = as_arena_grow(c.arena, NULL, &c.cap_next, 1, sizeof *c.next);
    if (!c.next)
        rc = too_large(err);
    else
        c.next[c.n_next++] = as_arena_str(c.arena, key);
    while (!rc && c.n_next) {
        size_t from = g->n_links;
        rc = ask_generation(&c, g, ties, ctx, err);
        if (!rc && !next_generation(&c, g, from))
            rc = too_large(err);
    }
    as_arena_free(c.arena);
    return rc;
}

/* ---- the listed ------------------------------------------------------------
 */

static int by_party(const void *a, const void *b)
{
    const as_owner_listed *x = a, *y = b;
    int c = as_str_cmp(x->party, y->party);

    if (c)
        return c;
    return (x->rank < y->rank) - (x->rank > y->rank);
}

as_owner_set *as_owner_set_new(as_arena *a, const as_owner_listed *items,
                               size_t n)
{
    as_owner_set *s = AS_NEW(a, as_owner_set);

    if (!s)
        return NULL;
    s->items = AS_NEW_ARRAY(a, n + 1, as_owner_listed);
    if (!s->items)
        return NULL;
    if (n) {
        memcpy(s->items, items, n * sizeof *items);
        qsort(s->items, n, sizeof *items, by_party);
    }
    s->n = n;
    return s;
}

const as_owner_listed *as_owner_set_find(const as_owner_set *s, as_str key)
{
    size_t low = 0, high = s ? s->n : 0;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (as_str_cmp(s->items[mid].party, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return s && low < s->n && as_str_eq(s->items[low].party, key)
               ? &s->items[low]
               : NULL;
}
