/* SPDX-License-Identifier: Apache-2.0 */
/* owners [EDGES [QUESTIONS]]: a graph of the size of the global LEI register
 * (600,000 relations), made here, and questions of every method about random
 * parties of it. Prints the seconds to order it and the milliseconds of a
 * question: median, 99th percentile, most. */
#include "base/io.h"
#include "base/limits.h"
#include "party/party.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t seed = 1;

static uint32_t number(uint32_t below)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(seed >> 33) % below;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static as_str key(char buf[24], uint32_t n)
{
    return as_str_of(buf, (size_t)snprintf(buf, 24, "LEI%017u", n));
}

/* Groups of 1 to 2000: each party is held by one or two that came before it in
 * its group; one in fifty shares is unknown, one in a hundred closes a ring. */
static as_rc fill(as_owner_graph *g, uint32_t edges, as_err *err)
{
    uint32_t start = 0, size = 1, at = 0;
    char a[24], b[24];

    for (uint32_t i = 0; i < edges; i++, at++) {
        as_owner_edge e = {.tie = number(3) ? AS_OWNER_SHARE : AS_OWNER_CONTROL,
                           .from = AS_DATE_NONE,
                           .to = AS_DATE_NONE};
        as_rc rc;
        if (at >= start + size) {
            start = at;
            size = number(20) ? 1 + number(20) : 1 + number(2000);
        }
        e.owned = key(a, at);
        e.owner = key(b, at > start ? start + number(at - start) : at + 1);
        if (number(100) == 0)
            e.owner = key(b, at + 1);
        e.low = e.high = 20 + number(80);
        if (number(50) == 0) {
            e.low = 0;
            e.high = 100;
        }
        rc = as_owner_graph_add(g, &e, err);
        if (rc)
            return rc;
    }
    return AS_OK;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static as_owner_set *list_some(const as_owner_graph *g, as_arena *arena)
{
    size_t n;
    const as_str *keys = as_owner_graph_keys(g, &n);
    as_owner_listed *items = AS_NEW_ARRAY(arena, 25000, as_owner_listed);

    for (size_t i = 0; items && i < 25000; i++)
        items[i].party = keys[number((uint32_t)n)];
    return items ? as_owner_set_new(arena, items, 25000) : NULL;
}

static void ask_many(as_owner_graph *g, const as_owner_set *set, size_t n,
                     as_owner_method m)
{
    double *took = calloc(n, sizeof *took);
    size_t n_keys, yes = 0, unsure = 0, failed = 0;
    const as_str *keys = as_owner_graph_keys(g, &n_keys);

    for (size_t i = 0; took && i < n; i++) {
        as_arena *arena = as_arena_new(AS_MIB * 64);
        as_owner_query q = {.method = m, .listed = set, .day = 20000};
        as_owner_answer r = {.answer = AS_NO};
        double before;
        q.party = keys[number((uint32_t)n_keys)];
        before = now();
        failed += as_owner_ask(g, &q, arena, &r, NULL) != AS_OK;
        took[i] = now() - before;
        yes += r.answer == AS_YES;
        unsure += r.answer == AS_UNSURE;
        as_arena_free(arena);
    }
    if (!took)
        return;
    qsort(took, n, sizeof *took, by_size);
    printf("%-9s p50 %.3f ms, p99 %.3f ms, most %.3f ms; %zu yes, %zu unknown, "
           "%zu over a ceiling of %zu\n",
           as_owner_method_word(m), took[n / 2], took[n * 99 / 100],
           took[n - 1], yes, unsure, failed, n);
    free(took);
}

int main(int argc, char **argv)
{
    uint64_t edges = 600000, n = 2000;
    as_owner_graph *g = as_owner_graph_new();
    as_arena *arena = as_arena_new(AS_MIB * 64);
    const as_owner_set *set;
    double before;
    as_err err;

    as_err_init(&err);
    if ((argc > 1 && !as_str_u64(as_str_c(argv[1]), &edges)) ||
        (argc > 2 && !as_str_u64(as_str_c(argv[2]), &n)) || n == 0 ||
        edges > AS_LIMIT_OWNER_EDGES || !g || !arena) {
        fputs("usage: owners [EDGES [QUESTIONS]]\n", stderr);
        return 64;
    }
    if (fill(g, (uint32_t)edges, &err)) {
        fprintf(stderr, "owners: %s\n", err.what);
        return 1;
    }
    before = now();
    if (as_owner_graph_seal(g, &err)) {
        fprintf(stderr, "owners: %s\n", err.what);
        return 1;
    }
    printf("%zu edges ordered in %.0f ms; 25000 listed\n",
           as_owner_graph_edges(g), now() - before);
    set = list_some(g, arena);
    for (int m = 0; set && m < AS_OWNER_METHODS; m++)
        ask_many(g, set, n, (as_owner_method)m);
    as_arena_free(arena);
    as_owner_graph_free(g);
    return 0;
}
