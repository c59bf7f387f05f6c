/* SPDX-License-Identifier: Apache-2.0 */
/* name_compare KIND FILE: prepares the names of a file, one a line, and
 * compares each with the next hundred; prints the microseconds of either. */
#include "base/io.h"
#include "party/party.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST = 200000, NEXT = 100 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static size_t prepare(as_str text, as_party_kind kind, as_arena *a,
                      const as_name **names)
{
    as_names *s = as_names_new();
    size_t n = 0;

    while (s && text.n && n < MOST) {
        as_str line = as_str_cut(&text, '\n');
        n += as_name_prepare(s, line, kind, a, &names[n], NULL) == AS_OK;
    }
    as_names_free(s);
    return n;
}

static size_t compare(const as_name **names, size_t n, size_t *hits)
{
    size_t pairs = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k <= i + NEXT; k++) {
            as_name_match m;
            as_name_compare(names[i], names[k], AS_PARTY_ENTITY, &m);
            *hits += m.score >= AS_NAME_THRESHOLD;
            pairs++;
        }
    return pairs;
}

int main(int argc, char **argv)
{
    const as_name **names = calloc(MOST, sizeof(const as_name *));
    as_arena *a = as_arena_new((size_t)4 << 30);
    as_party_kind kind;
    size_t n, pairs, hits = 0;
    as_io_file file;
    double start, prepared, compared;

    if (argc != 3 || !names || !a ||
        !as_party_kind_of(as_str_c(argv[1]), &kind) ||
        as_io_read(argv[2], 0, &file, NULL)) {
        fprintf(stderr, "usage: name_compare KIND FILE\n");
        return 1;
    }
    start = now();
    n = prepare(as_str_of((const char *)file.bytes.p, file.bytes.n), kind, a,
                names);
    prepared = now();
    pairs = compare(names, n, &hits);
    compared = now();
    if (n == 0 || pairs == 0)
        return 1;
    printf("%zu names, %.2f us each; %zu pairs, %.2f us each, %zu hits\n", n,
           (prepared - start) / (double)n, pairs,
           (compared - prepared) / (double)pairs, hits);
    return 0;
}
