/* SPDX-License-Identifier: Apache-2.0 */
/* The score of OFAC's own search, as its FAQ 249 describes it: Jaro and Winkler
 * over the whole name, and over each part of it; the higher counts. What the
 * description leaves open was found from scores of the real search: a part is
 * compared with parts of the same first letter of which at least half agrees,
 * parts of one or two letters count only when there are no longer ones, and the
 * prefix bonus has no threshold. The search matches aliases, too, so that a
 * score beside a primary name may be that of another. */
#include "party/name_internal.h"

#include <string.h>

enum { LETTERS = 256, PARTS = 32 };

typedef struct upper {
    char c[LETTERS];
    size_t n;
    as_str parts[PARTS];
    size_t n_parts;
} upper;

static void add_part(upper *u, size_t from)
{
    as_str s = as_str_of(u->c + from, u->n - from);

    if (s.n && u->n_parts < PARTS)
        u->parts[u->n_parts++] = s;
}

/* Letters and digits; whatever else is one blank. Hyphens part words. */
static void read_upper(as_str s, upper *u)
{
    size_t from = 0;

    u->n = u->n_parts = 0;
    for (size_t i = 0; i < s.n && u->n + 1 < LETTERS; i++) {
        char c = as_ascii_upper(s.p[i]);
        if (as_ascii_is_alnum(c)) {
            u->c[u->n++] = c;
        } else if (c != '\'' && u->n && u->c[u->n - 1] != ' ') {
            add_part(u, from);
            u->c[u->n++] = ' ';
            from = u->n;
        }
    }
    add_part(u, from);
    if (u->n && u->c[u->n - 1] == ' ')
        u->n--;
}

static double jaro(as_str a, as_str b)
{
    size_t most = a.n > b.n ? a.n : b.n, window = most / 2, m = 0, k = 0;
    bool of_a[LETTERS] = {false}, of_b[LETTERS] = {false};
    double t = 0;

    window = window > 0 ? window - 1 : 0;
    for (size_t i = 0; i < a.n; i++) {
        size_t from = i > window ? i - window : 0;
        for (size_t j = from; j < b.n && j <= i + window; j++)
            if (!of_b[j] && a.p[i] == b.p[j]) {
                of_a[i] = of_b[j] = true;
                m++;
                break;
            }
    }
    for (size_t i = 0; m && i < a.n; i++) {
        if (!of_a[i])
            continue;
        while (!of_b[k])
            k++;
        t += a.p[i] != b.p[k++] ? 0.5 : 0;
    }
    return m ? ((double)m / (double)a.n + (double)m / (double)b.n +
                ((double)m - t) / (double)m) /
                   3
             : 0;
}

static double jaro_winkler(as_str a, as_str b)
{
    double j = jaro(a, b);
    size_t p = 0;

    while (p < 4 && p < a.n && p < b.n && a.p[p] == b.p[p])
        p++;
    return j + (double)p * 0.1 * (1 - j);
}

static size_t edits(as_str a, as_str b)
{
    size_t row[LETTERS + 1];

    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t d = corner + (a.p[i - 1] != b.p[j - 1]);
            corner = row[j];
            d = row[j] + 1 < d ? row[j] + 1 : d;
            row[j] = row[j - 1] + 1 < d ? row[j - 1] + 1 : d;
        }
    }
    return row[b.n];
}

static double best_part(as_str part, const upper *entry)
{
    double best = 0;

    for (size_t i = 0; i < entry->n_parts; i++) {
        as_str e = entry->parts[i];
        size_t most = part.n > e.n ? part.n : e.n;
        size_t least = part.n + e.n - most;
        double score;
        if (part.p[0] != e.p[0] || 2 * least <= most ||
            2 * edits(part, e) > most)
            continue;
        score = jaro_winkler(part, e);
        best = score > best ? score : best;
    }
    return best;
}

static double by_parts(const upper *query, const upper *entry)
{
    double sum = 0;
    size_t n = 0, least = 3, long_ones = 0;

    for (size_t i = 0; i < query->n_parts; i++)
        long_ones += query->parts[i].n >= least;
    if (long_ones == 0)
        least = 1;
    for (size_t i = 0; i < query->n_parts; i++) {
        if (query->parts[i].n < least)
            continue;
        sum += best_part(query->parts[i], entry);
        n++;
    }
    return n ? sum / (double)n : 0;
}

double as_name_ofac(as_str query, as_str entry)
{
    upper q, e;
    double whole, parts;

    read_upper(query, &q);
    read_upper(entry, &e);
    if (q.n == 0 || e.n == 0)
        return 0;
    whole = jaro_winkler(as_str_of(q.c, q.n), as_str_of(e.c, e.n));
    parts = by_parts(&q, &e);
    return whole > parts ? whole : parts;
}
