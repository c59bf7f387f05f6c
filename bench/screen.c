/* SPDX-License-Identifier: Apache-2.0 */
/* screen KNOWLEDGE KIND QUERIES: each line of a file screened against all lists
 * of a knowledge base; prints the milliseconds of processor time by percentile:
 * of finding candidates, and of whole answers. */
#include "base/io.h"
#include "party/screen_internal.h"
#include "review/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MOST = 200000 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

static void show(const char *what, double *ms, size_t n)
{
    qsort(ms, n, sizeof *ms, by_size);
    printf("%s: p50 %.3f ms, p95 %.3f ms, p99 %.3f ms, most %.3f ms\n", what,
           ms[n / 2], ms[n * 95 / 100], ms[n * 99 / 100], ms[n - 1]);
}

/* Only the candidates, as a search would have them. */
static size_t find_all(as_span index, as_str text, as_party_kind kind,
                       double *ms)
{
    as_arena *arena = as_arena_new((size_t)1 << 26);
    as_names *names = as_names_new();
    size_t n = 0, candidates = 0, cut = 0;
    as_screen_query q = {.kind = kind};
    as_screen_work work = {.q = &q, .threshold = AS_NAME_THRESHOLD};
    as_finder *f;
    as_index x;

    if (as_index_open(index, &x, NULL))
        return 0;
    f = as_finder_new(&x);
    while (f && text.n && n < MOST) {
        as_str line = as_str_cut(&text, '\n');
        const as_name *name;
        as_candidates c;
        double start;
        as_arena_reset(arena);
        if (as_name_prepare(names, line, kind, arena, &name, NULL))
            continue;
        start = now();
        as_finder_run(f, name, as_screen_ask(&work), &c);
        ms[n++] = now() - start;
        candidates += c.n;
        cut += c.cut || c.broke;
    }
    printf("%zu names in the index, %zu queries, %.1f candidates each, "
           "ceiling met %zu times\n",
           x.n[AS_SECTION_NAMES] - 1, n,
           n ? (double)candidates / (double)n : 0.0, cut);
    as_finder_free(f);
    as_names_free(names);
    as_arena_free(arena);
    return n;
}

static size_t answer_all(as_parties *p, as_str text, as_party_kind kind,
                         double *ms)
{
    as_arena *arena = as_arena_new((size_t)1 << 28);
    size_t n = 0, hits = 0;

    while (text.n && n < MOST) {
        as_screen_query q = {.name = as_str_cut(&text, '\n'), .kind = kind};
        as_screen_answer a;
        double start = now();
        as_arena_reset(arena);
        if (as_parties_screen(p, &q, arena, &a, NULL))
            return 0;
        ms[n++] = now() - start;
        hits += a.n_hits > 0;
    }
    printf("%zu of them have hits\n", hits);
    as_arena_free(arena);
    return n;
}

static as_io_mapping map_index(const char *knowledge)
{
    size_t stem = (size_t)(strrchr(knowledge, '/') - knowledge) + 1;
    as_io_mapping m = {{NULL, 0}, NULL};
    char path[4096];

    snprintf(path, sizeof path, "%.*sparties.index", (int)stem, knowledge);
    if (as_io_map(path, AS_LIMIT_INDEX_BYTES, &m, NULL))
        m.bytes.n = 0;
    return m;
}

int main(int argc, char **argv)
{
    double *ms = calloc(MOST, sizeof *ms), start = now();
    as_parties_request q = {.as_of = AS_STR("2026-11-22"),
                            .knowledge_named = true};
    as_parties *p = NULL;
    as_party_kind kind = AS_PARTY_UNKNOWN;
    struct rusage usage;
    as_io_file file;
    as_str text;
    size_t n;

    if (argc != 4 || !ms || !strchr(argv[1], '/') ||
        !as_party_kind_of(as_str_c(argv[2]), &kind) ||
        as_io_read(argv[3], 0, &file, NULL)) {
        fprintf(stderr, "usage: screen FOLDER/KNOWLEDGE KIND QUERIES\n");
        return 1;
    }
    text = as_str_of((const char *)file.bytes.p, file.bytes.n);
    q.knowledge = as_str_c(argv[1]);
    if (as_parties_open(&q, &p, NULL))
        return 1;
    printf("opened in %.1f ms\n", now() - start);
    n = find_all(map_index(argv[1]).bytes, text, kind, ms);
    if (n)
        show("candidates", ms, n);
    n = answer_all(p, text, kind, ms);
    if (n)
        show("answers", ms, n);
    getrusage(RUSAGE_SELF, &usage);
    printf("%ld MiB held at most, pages of the mapped index among them\n",
           usage.ru_maxrss / 1024);
    as_parties_close(p);
    return n ? 0 : 1;
}
