/* SPDX-License-Identifier: Apache-2.0 */
/* Who owns whom, on random graphs against a reference that is slow and written
 * differently: floating point, elimination, all subsets, all points of a grid.
 */
#include "testing.h"

#include "base/limits.h"
#include "party/party.h"

#include <math.h>
#include <string.h>

static char letter(as_truth t)
{
    return t == AS_YES ? 'y' : t == AS_NO ? 'n' : '?';
}

static void near(double got, double want)
{
    if (fabs(got - want) > 1e-6)
        fail_msg("%.12g, not %.12g", got, want);
}

/* ---- random graphs ---------------------------------------------------------
 */

enum { NODES = 6, EDGES = 12 };

typedef struct edge {
    int owner, owned;
    int low, high; /* percent, tens in grids */
    bool control, maybe;
} edge;

typedef struct world {
    edge edges[EDGES];
    size_t n;
    bool listed[NODES];
} world;

static uint64_t seed;

static unsigned number(unsigned below)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(seed >> 33) % below;
}

static bool has_edge(const world *w, int owner, int owned)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->edges[i].owner == owner && w->edges[i].owned == owned)
            return true;
    return false;
}

static int left_in(const world *w, int owned)
{
    int left = 100;

    for (size_t i = 0; i < w->n; i++)
        if (w->edges[i].owned == owned)
            left -= w->edges[i].low;
    return left;
}

static world random_world(int step, bool control)
{
    world w = {.n = 0};
    size_t n = 2 + number(EDGES - 2);

    w.listed[NODES - 1] = true;
    w.listed[NODES - 2] = number(2);
    for (size_t i = 0; i < n; i++) {
        edge e = {.owner = (int)number(NODES), .owned = (int)number(NODES - 1)};
        int left = left_in(&w, e.owned), steps = 100 / step;
        if (has_edge(&w, e.owner, e.owned))
            continue;
        e.low = (int)number((unsigned)(left / step) + 1) * step;
        e.high = e.low;
        if (number(3) == 0)
            e.high += (int)number((unsigned)(steps - e.low / step) + 1) * step;
        if (number(4) == 0) {
            e.low = 0;
            e.high = 100;
        }
        e.control = control && number(8) == 0;
        e.maybe = control && !e.control && number(8) == 0;
        w.edges[w.n++] = e;
    }
    return w;
}

static const char *const names[NODES] = {"T", "A", "B", "C", "K", "L"};

static as_owner_graph *last;

static void ask_world(const world *w, as_owner_method method, as_arena *arena,
                      as_owner_answer *ret)
{
    as_owner_graph *g = as_owner_graph_new();
    as_owner_listed listed[NODES];
    size_t n = 0;
    as_owner_query q = {.method = method, .party = AS_STR("T")};
    as_err err;

    as_err_init(&err);
    for (size_t i = 0; i < w->n; i++) {
        as_owner_edge e = {.owner = as_str_c(names[w->edges[i].owner]),
                           .owned = as_str_c(names[w->edges[i].owned]),
                           .low = w->edges[i].low,
                           .high = w->edges[i].high,
                           .from = AS_DATE_NONE,
                           .to = AS_DATE_NONE};
        if (w->edges[i].control)
            e.tie = AS_OWNER_CONTROL;
        if (w->edges[i].maybe)
            e.tie = AS_OWNER_MAYBE;
        assert_int_equal(as_owner_graph_add(g, &e, NULL), AS_OK);
    }
    assert_int_equal(as_owner_graph_name(g, AS_STR("T"), AS_STR("T"), NULL),
                     AS_OK);
    for (int i = 0; i < NODES; i++)
        if (w->listed[i])
            listed[n++] = (as_owner_listed){.party = as_str_c(names[i])};
    q.listed = as_owner_set_new(arena, listed, n);
    if (as_owner_ask(g, &q, arena, ret, &err))
        fail_msg("%s", err.what);
    last = as_owner_graph_free(last);
    last = g; /* the answer's names point into it */
}

/* ---- the reference: one point, no interval --------------------------------
 */

typedef struct point {
    double share[EDGES];
    bool control[EDGES];
} point;

/* Listed and closed under the rule; the smallest such set is what counts. */
static bool closed(const world *w, const point *p, as_owner_method m,
                   unsigned set)
{
    for (int node = 0; node < NODES; node++) {
        double held = 0;
        bool tied = false, more = m == AS_OWNER_EU || m == AS_OWNER_UK;
        for (size_t i = 0; i < w->n; i++) {
            if (w->edges[i].owned != node || !(set >> w->edges[i].owner & 1))
                continue;
            held += p->share[i];
            tied |= p->control[i];
        }
        if (!(set >> node & 1) &&
            ((more ? held > 50 : held >= 50) || (more && tied)))
            return false;
    }
    return true;
}

static bool chain_from(const world *w, const point *p, as_owner_method m,
                       unsigned listed)
{
    unsigned least = (1U << NODES) - 1;

    for (unsigned set = 0; set < 1U << NODES; set++)
        if ((set & listed) == listed && closed(w, p, m, set))
            least &= set;
    return least & 1;
}

/* Gauss on x = S x + b, after what no listed one reaches is left out. */
static double product_of(const world *w, const point *p)
{
    double a[NODES][NODES + 1] = {{0}};
    bool reached[NODES];

    memcpy(reached, w->listed, sizeof reached);
    for (int k = 0; k < NODES; k++)
        for (size_t i = 0; i < w->n; i++)
            if (reached[w->edges[i].owner] && p->share[i] > 0)
                reached[w->edges[i].owned] = true;
    for (int r = 0; r < NODES; r++) {
        a[r][r] = 1;
        if (w->listed[r])
            a[r][NODES] = 1;
    }
    for (size_t i = 0; i < w->n; i++) {
        const edge *e = &w->edges[i];
        if (!w->listed[e->owned] && reached[e->owned] && reached[e->owner])
            a[e->owned][e->owner] -= p->share[i] / 100;
    }
    for (int c = 0; c < NODES; c++) {
        int best = c;
        for (int r = c; r < NODES; r++)
            if (fabs(a[r][c]) > fabs(a[best][c]))
                best = r;
        if (fabs(a[best][c]) < 1e-12)
            return -1; /* a ring that owns itself wholly, and more */
        for (int k = 0; k <= NODES; k++) {
            double t = a[c][k];
            a[c][k] = a[best][k];
            a[best][k] = t;
        }
        for (int r = 0; r < NODES; r++) {
            double by = a[r][c] / a[c][c];
            for (int k = 0; k <= NODES && r != c; k++)
                a[r][k] -= by * a[c][k];
        }
    }
    return 100 * a[0][NODES] / a[0][0];
}

static unsigned listed_set(const world *w)
{
    unsigned set = 0;

    for (int i = 0; i < NODES; i++)
        set |= (unsigned)w->listed[i] << i;
    return set;
}

/* Undirected steps up then down, by trying every party as the common head. */
static bool family_of(const world *w, const point *p)
{
    bool above[NODES][NODES] = {{false}}; /* [a][b]: a consolidates b */

    for (int i = 0; i < NODES; i++)
        above[i][i] = true;
    for (int k = 0; k < NODES; k++)
        for (size_t i = 0; i < w->n; i++)
            for (int a = 0; a < NODES; a++)
                if (above[a][w->edges[i].owner] &&
                    (p->control[i] || p->share[i] > 50))
                    above[a][w->edges[i].owned] = true;
    for (int head = 0; head < NODES; head++)
        for (int l = 0; l < NODES; l++)
            if (w->listed[l] && above[head][0] && above[head][l])
                return true;
    return false;
}

static as_truth reference(const world *w, const point *p, as_owner_method m)
{
    unsigned listed = listed_set(w);
    bool yes = false;
    double x;

    if (m == AS_OWNER_MULTIPLY) {
        x = product_of(w, p);
        if (x < 0 || fabs(x - 50) < 1e-6)
            return AS_UNSURE; /* too near for floating point */
        return x >= 50 ? AS_YES : AS_NO;
    }
    if (m == AS_OWNER_FAMILY)
        return family_of(w, p) ? AS_YES : AS_NO;
    if (m != AS_OWNER_UK)
        return chain_from(w, p, m, listed) ? AS_YES : AS_NO;
    for (int i = 0; i < NODES; i++)
        if (w->listed[i])
            yes |= chain_from(w, p, m, 1U << i);
    return yes ? AS_YES : AS_NO;
}

/* ---- intervals against points ---------------------------------------------
 */

/* Shares that fit the intervals and sum to at most 100; false when the least
 * ones do not. */
static bool random_point(const world *w, int step, point *ret)
{
    int left[NODES];
    size_t first = number((unsigned)w->n);

    for (int i = 0; i < NODES; i++) {
        left[i] = left_in(w, i);
        if (left[i] < 0)
            return false;
    }
    for (size_t k = 0; k < w->n; k++) {
        size_t i = (first + k) % w->n;
        const edge *e = &w->edges[i];
        int most = e->high - e->low;
        int more;
        if (most > left[e->owned])
            most = left[e->owned];
        more = (int)number((unsigned)(most / step) + 1) * step;
        if (number(3) == 0)
            more = number(2) ? most : 0;
        left[e->owned] -= more;
        ret->share[i] = e->low + more;
        ret->control[i] = e->control || (e->maybe && number(2));
    }
    return true;
}

/* An answer holds for every point within the intervals; and an unsure one has
 * points of either kind (seen for nearly all, as points are drawn). */
static void holds_for_points(as_owner_method m, int rounds)
{
    as_arena *arena = as_arena_new(AS_MIB * 512);
    size_t unsure = 0, both = 0, sure = 0;

    seed = 20260101 + (unsigned)m;
    for (int round = 0; round < rounds; round++) {
        world w = random_world(5, m >= AS_OWNER_EU);
        bool yes = false, no = false;
        as_owner_answer r;
        point p;
        ask_world(&w, m, arena, &r);
        for (int k = 0; k < 200; k++) {
            as_truth t;
            if (!random_point(&w, 5, &p))
                break;
            t = reference(&w, &p, m);
            yes |= t == AS_YES;
            no |= t == AS_NO;
            if (t != AS_UNSURE && r.answer != AS_UNSURE && t != r.answer)
                fail_msg("%s, round %d: %c, but a point says %c",
                         as_owner_method_word(m), round, letter(r.answer),
                         letter(t));
        }
        unsure += r.answer == AS_UNSURE;
        both += r.answer == AS_UNSURE && yes && no;
        sure += r.answer != AS_UNSURE;
    }
    assert_true(sure > (size_t)rounds / 4);
    assert_true(unsure > (size_t)rounds / 20);
    if (both * 100 < unsure * 90)
        fail_msg("%s: of %zu unsure answers only %zu have both",
                 as_owner_method_word(m), unsure, both);
    as_arena_free(arena);
}

static void intervals_hold_for_points(void **state)
{
    (void)state;
    for (int m = 0; m < AS_OWNER_METHODS; m++)
        holds_for_points((as_owner_method)m, 1500);
}

/* Points alone: the same answer and share as the reference. */
static void points_are_exact(void **state)
{
    as_arena *arena = as_arena_new(AS_MIB * 512);
    size_t seen = 0;

    (void)state;
    seed = 7;
    for (int round = 0; round < 4000; round++) {
        as_owner_method m = (as_owner_method)(round % AS_OWNER_METHODS);
        world w = random_world(5, m >= AS_OWNER_EU);
        as_owner_answer r;
        as_truth want;
        point p;
        if (!random_point(&w, 5, &p))
            continue;
        for (size_t i = 0; i < w.n; i++) {
            w.edges[i].low = w.edges[i].high = (int)p.share[i];
            w.edges[i].control = p.control[i];
            w.edges[i].maybe = false;
        }
        want = reference(&w, &p, m);
        ask_world(&w, m, arena, &r);
        if (want != AS_UNSURE && r.answer != want)
            fail_msg("%s, round %d: %c, not %c", as_owner_method_word(m), round,
                     letter(r.answer), letter(want));
        if (m == AS_OWNER_MULTIPLY && want != AS_UNSURE) {
            near(r.low, product_of(&w, &p));
            near(r.high, product_of(&w, &p));
        }
        seen += want != AS_UNSURE;
    }
    assert_true(seen > 3000);
    as_arena_free(arena);
}

/* ---- what settles ----------------------------------------------------------
 */

static bool is_missing(const as_owner_answer *r, const edge *e, bool control)
{
    for (size_t i = 0; i < r->n_missing; i++) {
        const as_owner_missing *m = &r->missing[i];
        if (m->control == control &&
            as_str_eq(m->owner, as_str_c(names[e->owner])) &&
            as_str_eq(m->owned, as_str_c(names[e->owned])))
            return true;
    }
    return false;
}

/* All points of the grid of tens, kept with their answers; then every pair that
 * differs in one share alone says whether that share turns the answer. */
enum { GRID = 11, MAX_FREE = 4, MAX_POINTS = GRID * GRID * GRID * GRID };

typedef struct grid {
    const world *w;
    as_owner_method m;
    size_t edges[MAX_FREE];
    bool is_control[MAX_FREE];
    size_t n;
    int8_t answers[MAX_POINTS]; /* -1: does not fit */
    bool turns[MAX_FREE];
} grid;

static bool make_grid(grid *g, const world *w, as_owner_method m)
{
    g->w = w;
    g->m = m;
    g->n = 0;
    for (int i = 0; i < NODES; i++)
        if (left_in(w, i) < 0)
            return false;
    for (size_t i = 0; i < w->n; i++) {
        bool maybe = w->edges[i].maybe && m >= AS_OWNER_EU;
        if (w->edges[i].low < w->edges[i].high) {
            if (g->n == MAX_FREE)
                return false;
            g->is_control[g->n] = false;
            g->edges[g->n++] = i;
        }
        if (maybe) {
            if (g->n == MAX_FREE)
                return false;
            g->is_control[g->n] = true;
            g->edges[g->n++] = i;
        }
    }
    return g->n > 0;
}

static size_t grid_power(size_t k)
{
    size_t r = 1;

    while (k--)
        r *= GRID;
    return r;
}

static int8_t grid_answer(const grid *g, size_t at)
{
    double sum[NODES] = {0};
    as_truth t;
    point p;

    for (size_t i = 0; i < g->w->n; i++) {
        p.share[i] = g->w->edges[i].low;
        p.control[i] = g->w->edges[i].control;
    }
    for (size_t k = 0; k < g->n; k++, at /= GRID) {
        const edge *e = &g->w->edges[g->edges[k]];
        int value = (int)(at % GRID) * 10;
        if (g->is_control[k]) {
            if (value > 10)
                return -1;
            p.control[g->edges[k]] |= value == 10;
            continue;
        }
        if (value < e->low || value > e->high)
            return -1;
        p.share[g->edges[k]] = value;
    }
    for (size_t i = 0; i < g->w->n; i++)
        sum[g->w->edges[i].owned] += p.share[i];
    for (int i = 0; i < NODES; i++)
        if (sum[i] > 100)
            return -1;
    t = reference(g->w, &p, g->m);
    return t == AS_UNSURE ? -1 : t == AS_YES;
}

static void find_turns(grid *g)
{
    size_t points = grid_power(g->n);

    memset(g->turns, 0, sizeof g->turns);
    for (size_t at = 0; at < points; at++)
        g->answers[at] = grid_answer(g, at);
    for (size_t at = 0; at < points; at++) {
        for (size_t k = 0; k < g->n; k++) {
            size_t step = grid_power(k), digit = at / step % GRID;
            for (size_t d = digit + 1; d < GRID; d++) {
                int8_t other = g->answers[at + (d - digit) * step];
                g->turns[k] |= g->answers[at] >= 0 && other >= 0 &&
                               g->answers[at] != other;
            }
        }
    }
}

/* What is named is exactly what turns the answer, where the answer says so;
 * else at least that. The grid has a witness for each, as all bounds and the
 * threshold are tens; not so for products, which may turn between its points,
 * and for more than half, which turns beyond it. */
static void names_what_settles(as_owner_method m, bool exact, int rounds)
{
    as_arena *arena = as_arena_new(AS_MIB * 512);
    static grid g;
    size_t tried = 0, smallest = 0;

    seed = 99 + (unsigned)m;
    for (int round = 0; round < rounds; round++) {
        world w = random_world(10, m >= AS_OWNER_EU);
        as_owner_answer r;
        ask_world(&w, m, arena, &r);
        if (r.answer != AS_UNSURE || !make_grid(&g, &w, m))
            continue;
        find_turns(&g);
        tried++;
        smallest += r.smallest;
        for (size_t k = 0; k < g.n; k++) {
            const edge *e = &w.edges[g.edges[k]];
            bool named = is_missing(&r, e, g.is_control[k]);
            if (g.turns[k] && !named)
                fail_msg("%s, round %d: %s in %s turns it and is not named",
                         as_owner_method_word(m), round, names[e->owner],
                         names[e->owned]);
            if (exact && r.smallest && named && !g.turns[k])
                fail_msg("%s, round %d: %s in %s is named and turns nothing",
                         as_owner_method_word(m), round, names[e->owner],
                         names[e->owned]);
        }
    }
    assert_true(tried > (size_t)rounds / 50);
    assert_true(smallest * 2 > tried);
    as_arena_free(arena);
}

static void names_the_smallest_set(void **state)
{
    (void)state;
    names_what_settles(AS_OWNER_OFAC, true, 3000);
    names_what_settles(AS_OWNER_EU, true, 2000);
    names_what_settles(AS_OWNER_UK, true, 2000);
    names_what_settles(AS_OWNER_FAMILY, true, 2000);
    names_what_settles(AS_OWNER_MULTIPLY, false, 1500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_exact),
        cmocka_unit_test(intervals_hold_for_points),
        cmocka_unit_test(names_the_smallest_set),
    };

    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    as_owner_graph_free(last);
    return failed;
}
