/* SPDX-License-Identifier: Apache-2.0 */
/* From a name to the names worth comparing it with; see index_internal.h.
 *
 *   word ──► strand: words of the lists that may stand for it (finder_words.c)
 *   strands, cheapest first ──► names, with the weight that agrees
 *   names whose weight can reach the least share ──► candidates, best first
 *
 * The share 2 * agrees / (weight of one + weight of the other) bounds what a
 * comparison can give. So strands that together cannot reach the least share
 * are not followed: the longest lists of names (bank, china, trading) are read
 * only when all that tells a name is of that kind. */
#include "party/finder_internal.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE = AS_FINDER_WHOLE, NAMED = 650 };
/* In as_mark.agrees: the rest is the share itself. */
#define DIRECT UINT32_C(0x100000)

as_finder *as_finder_new(as_index *x)
{
    as_finder *f = calloc(1, sizeof *f);

    if (!f)
        return NULL;
    f->x = x;
    f->n_names = x->n[AS_SECTION_NAMES];
    f->n_words = x->n[AS_SECTION_WORDS];
    f->marks = calloc(f->n_names + 1, sizeof *f->marks);
    f->met = malloc((f->n_names + 1) * sizeof *f->met);
    f->seen = calloc(f->n_words + 1, sizeof *f->seen);
    if (!f->marks || !f->met || !f->seen)
        return as_finder_free(f);
    return f;
}

as_finder *as_finder_free(as_finder *f)
{
    if (!f)
        return NULL;
    free(f->marks);
    free(f->met);
    free(f->seen);
    free(f);
    return NULL;
}

struct question {
    const as_name *name;
    unsigned weight, initials, rare; /* percent of a rare word */
    uint64_t rare_words;
    unsigned rest;  /* weight of words that were not followed */
    unsigned least; /* share, in 1/1000 */
};

/* ---- following strands --------------------------------------------------- */

static as_mark *mark_of(as_finder *f, uint32_t name)
{
    as_mark *m = &f->marks[name];

    if (m->run != f->run) {
        *m = (as_mark){.run = f->run};
        f->met[f->n_met++] = name;
    }
    return m;
}

/* A word of the name counts once, with what comes first: the nearest. */
static void follow(as_finder *f, const as_strand *s)
{
    for (size_t i = 0; i < s->n; i++) {
        const as_related *r = &f->related[s->from + i];
        uint32_t gain = s->weight * r->strength / 100;
        size_t n;
        const uint32_t *names = as_index_postings(f->x, r->word, &n);
        for (size_t k = 0; k < n; k++) {
            as_mark *m;
            if (names[k] >= f->n_names)
                continue;
            m = mark_of(f, names[k]);
            if (m->words & s->words)
                continue;
            m->words |= s->words;
            m->agrees += gain;
        }
    }
}

static int strand_cmp(const void *a, const void *b)
{
    const as_strand *x = a, *y = b;

    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return x->words < y->words ? -1 : x->words > y->words;
}

/* Weight of words, each once. */
static unsigned weight_of(const as_name *n, uint64_t words)
{
    unsigned sum = 0;

    for (size_t i = 0; i < as_name_words(n) && i < 64; i++) {
        as_name_word w = as_name_word_at(n, i);
        if (words >> i & 1 && as_index_holds(&w))
            sum += w.weight;
    }
    return sum;
}

/* Follows the strands, cheapest first, until the rest cannot reach the least
 * share together; returns the weight of the rest. */
static unsigned follow_all(as_finder *f, const struct question *q)
{
    /* 2 a / (w + v) >= l and v >= a give a >= l w / (2 - l). Initials may
     * agree, too. */
    unsigned need = q->weight * q->least / (2 * WHOLE - q->least), rest = 0;
    uint64_t left = 0, budget = AS_LIMIT_INDEX_SCAN;
    size_t last = f->n_strands;

    if (f->n_strands)
        qsort(f->strands, f->n_strands, sizeof *f->strands, strand_cmp);
    while (last > 0) {
        uint64_t words = left | f->strands[last - 1].words;
        unsigned more = weight_of(q->name, words);
        if (more + q->initials >= need)
            break;
        left = words;
        rest = more;
        last--;
    }
    for (size_t i = 0; i < last; i++) {
        if (f->strands[i].cost > budget) {
            f->cut = true;
            break;
        }
        budget -= f->strands[i].cost;
        follow(f, &f->strands[i]);
    }
    return rest;
}

/* ---- choosing ------------------------------------------------------------ */

/* All that tells agrees, beside words of trade: the comparison takes that for
 * enough, however many these are. */
static bool is_named(const as_finder *f, const struct question *q,
                     const as_index_name *n, uint32_t name)
{
    return q->rare_words &&
           (f->marks[name].words & q->rare_words) == q->rare_words &&
           n->rare * 10 >= q->rare * 8 && q->rare * 10 >= n->rare * 8;
}

/* The most that agrees: what was found, words that were not followed, and
 * initials, which may stand for any word. */
static unsigned share_of(as_finder *f, const struct question *q, uint32_t name)
{
    const as_index_name *n = as_index_name_at(f->x, name);
    unsigned agrees = f->marks[name].agrees, more, all, share;

    if (!n)
        return 0;
    if (agrees >= DIRECT)
        return agrees - DIRECT;
    more = q->initials + n->initials * AS_INDEX_INITIAL;
    agrees += q->rest + more;
    all = q->weight + n->weight + more;
    share = all ? 2 * agrees * WHOLE / all : 0;
    if (share < NAMED && is_named(f, q, n, name))
        share = NAMED;
    return share < WHOLE ? share : WHOLE;
}

static int candidate_cmp(const void *a, const void *b)
{
    const as_candidate *x = a, *y = b;

    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

/* Those with more than the share, then those with it, while there is room. */
static void take(as_finder *f, unsigned share, as_candidates *ret)
{
    for (int same = 0; same < 2; same++)
        for (size_t i = 0; i < f->n_met; i++) {
            unsigned its = f->marks[f->met[i]].agrees;
            if (same ? its != share : its <= share)
                continue;
            if (ret->n == AS_LIMIT_CANDIDATES) {
                ret->cut = true;
                return;
            }
            f->items[ret->n++] = (as_candidate){f->met[i], (uint16_t)its};
        }
}

/* Best first; of one share by number. */
static void choose(as_finder *f, const struct question *q, as_candidates *ret)
{
    size_t counts[WHOLE + 1] = {0}, total = 0;
    unsigned share = WHOLE + 1;

    for (size_t i = 0; i < f->n_met; i++) {
        unsigned its = share_of(f, q, f->met[i]);
        f->marks[f->met[i]].agrees = its;
        counts[its]++;
    }
    while (share > q->least && total < AS_LIMIT_CANDIDATES)
        total += counts[--share];
    for (unsigned s = q->least; s < share; s++)
        ret->cut = ret->cut || counts[s];
    take(f, share, ret);
    if (ret->n)
        qsort(f->items, ret->n, sizeof *f->items, candidate_cmp);
    ret->items = f->items;
}

static unsigned initials_of(const as_name *n)
{
    unsigned sum = 0;

    for (size_t i = 0; i < as_name_words(n); i++)
        sum += as_name_word_at(n, i).class_ == AS_WORD_INITIAL;
    return sum * AS_INDEX_INITIAL;
}

/* Unless its words give it more. */
static void mark_direct(as_finder *f)
{
    for (size_t i = 0; i < f->n_direct; i++) {
        const as_candidate *c = &f->direct[i];
        as_mark *m;
        if (c->name >= f->n_names)
            continue;
        m = mark_of(f, c->name);
        if (m->agrees < DIRECT + c->share &&
            (m->agrees >= DIRECT || m->agrees == 0 || c->share == WHOLE))
            m->agrees = DIRECT + c->share;
    }
}

void as_finder_run(as_finder *f, const as_name *name, unsigned least,
                   as_candidates *ret)
{
    struct question q = {
        .name = name, .initials = initials_of(name), .least = least};

    q.weight = as_index_weight(name, &q.rare);
    for (size_t i = 0; i < as_name_words(name) && i < 64; i++)
        if (as_name_word_at(name, i).class_ == AS_WORD_RARE)
            q.rare_words |= UINT64_C(1) << i;
    *ret = (as_candidates){.n = 0};
    f->cut = false;
    f->least = least;
    f->n_met = 0;
    f->run++;
    as_finder_words(f, name);
    q.rest = follow_all(f, &q);
    mark_direct(f);
    ret->met = f->n_met;
    choose(f, &q, ret);
    ret->broke = f->cut;
}
