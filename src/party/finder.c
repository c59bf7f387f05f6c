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

enum { WHOLE = AS_FINDER_WHOLE, NAMED = 650, CONTRARY = 60, AHEAD = 16 };
/* In as_mark.agrees: the rest is the share itself. */
#define DIRECT UINT32_C(0x100000)

/* The names that have all that is looked at. */
static size_t count_names(const as_index *x)
{
    size_t n = x->n[AS_SECTION_NAMES], m = x->n[AS_SECTION_WEIGHTS];

    n = n ? n - 1 : 0;
    return n < m ? n : m;
}

as_finder *as_finder_new(as_index *x)
{
    as_finder *f = calloc(1, sizeof *f);

    if (!f)
        return NULL;
    f->x = x;
    f->n_names = count_names(x);
    f->n_family =
        (uint32_t)(x->head->family < f->n_names ? x->head->family : f->n_names);
    f->weights = x->at[AS_SECTION_WEIGHTS];
    f->n_words = x->n[AS_SECTION_WORDS];
    f->at = calloc(f->n_names + 1, sizeof *f->at);
    f->met = malloc((f->n_names + 1) * sizeof *f->met);
    f->seen = calloc(f->n_words + 1, sizeof *f->seen);
    if (!f->at || !f->met || !f->seen)
        return as_finder_free(f);
    return f;
}

as_finder *as_finder_free(as_finder *f)
{
    if (!f)
        return NULL;
    free(f->at);
    free(f->met);
    free(f->seen);
    free(f);
    return NULL;
}

struct question {
    const as_name *name;
    as_index_weights weights;
    unsigned initials;   /* weight of them */
    unsigned slack;      /* weight that may agree beside what is found */
    uint64_t rare_words; /* those that tell */
    size_t n;            /* words */
    uint8_t plain[64];   /* weights of plain words */
};

/* Names lie anywhere: what is looked at soon is asked of memory now. */
static void fetch_ahead(const as_finder *f, const uint32_t *names, size_t n,
                        size_t k)
{
    if (k + AHEAD < n && names[k + AHEAD] < f->n_names)
        __builtin_prefetch(&f->at[names[k + AHEAD]]);
}

/* ---- following strands --------------------------------------------------- */

static as_mark *find_mark(const as_finder *f, uint32_t name)
{
    uint32_t at = f->at[name];

    return at < f->n_met && f->met[at].name == name ? &f->met[at] : NULL;
}

static as_mark *mark_of(as_finder *f, uint32_t name)
{
    as_mark *m = find_mark(f, name);

    if (m)
        return m;
    f->at[name] = (uint32_t)f->n_met;
    m = &f->met[f->n_met++];
    *m = (as_mark){.name = name};
    return m;
}

/* A word of the name counts once, with what comes first: the nearest. */
static void count(as_mark *m, const as_strand *s, uint32_t gain)
{
    if (m->words & s->words)
        return;
    m->words |= s->words;
    m->agrees += gain;
}

static uint32_t gain_of(const as_strand *s, const as_related *r)
{
    return s->weight * r->strength / 100;
}

/* The first of a list, which ascends, with at least the number. */
static size_t first_from(const uint32_t *names, size_t n, uint32_t name)
{
    size_t from = 0, to = n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (names[middle] < name)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Meets the names from one number to before another. */
static void follow(as_finder *f, const as_strand *s, uint32_t from,
                   uint32_t before)
{
    for (size_t i = 0; i < s->n && from < before; i++) {
        const as_related *r = &f->related[s->from + i];
        size_t n, k;
        const uint32_t *names = as_index_postings(f->x, r->word, &n);
        for (k = first_from(names, n, from); k < n && names[k] < before; k++) {
            fetch_ahead(f, names, n, k);
            count(mark_of(f, names[k]), s, gain_of(s, r));
        }
    }
}

static bool holds(const uint32_t *names, size_t n, uint32_t name)
{
    size_t at = first_from(names, n, name);

    return at < n && names[at] == name;
}

/* The same for names that were met already and no others: where they are few,
 * each is looked for in the lists; else the lists are walked. */
static void look_in(as_finder *f, const as_strand *s)
{
    enum { STEPS = 12 };

    for (size_t i = 0; i < s->n; i++) {
        const as_related *r = &f->related[s->from + i];
        size_t n;
        const uint32_t *names = as_index_postings(f->x, r->word, &n);
        if (f->n_met * STEPS < n) {
            for (size_t k = 0; k < f->n_met; k++)
                if (holds(names, n, f->met[k].name))
                    count(&f->met[k], s, gain_of(s, r));
            continue;
        }
        for (size_t k = 0; k < n && names[k] < f->n_names; k++) {
            as_mark *m = find_mark(f, names[k]);
            fetch_ahead(f, names, n, k);
            if (m)
                count(m, s, gain_of(s, r));
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

/* The weight that must agree for a share of l: 2 a / (w + v) >= l and v >= a
 * give a >= l w / (2 - l). */
static unsigned need_of(const struct question *q, unsigned least)
{
    unsigned need = q->weights.all * least / (2 * WHOLE - least);

    return need > q->slack ? need - q->slack : 0;
}

/* How many of the strands, cheapest first, must be followed: the rest cannot
 * reach the share together. */
static size_t must_follow(const as_finder *f, const struct question *q,
                          unsigned least)
{
    unsigned need = need_of(q, least);
    uint64_t left = 0;
    size_t last = f->n_strands;

    while (last > 0) {
        left |= f->strands[last - 1].words;
        if (weight_of(q->name, left) >= need)
            break;
        last--;
    }
    return last;
}

/* What a name may weigh to reach the share with an agreement of a at most:
 * 2 (a + i) / (w + v + i) >= l, i the initials, gives
 * v <= 2 (a + i) / l - w - i; those of the listed name count AS_INDEX_INITIAL
 * each for a and 2 / l - 1 times as much for v, which its place in the order
 * knows. Returns the number of the first name of [from, to) that is too heavy.
 */
static uint32_t light_below(const as_finder *f, const struct question *q,
                            unsigned agrees, unsigned least, uint32_t from,
                            uint32_t to)
{
    unsigned most;

    if (least == 0)
        return to;
    most = 2 * (agrees + q->initials) * WHOLE / least;
    if (most < q->weights.all + q->initials)
        return from;
    most -= q->weights.all + q->initials;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (as_index_order(&f->weights[middle]) <= most)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Meets the names of a strand that may reach the share, those of families or
 * the others. A name that is met here for the first time has none of the words
 * followed before, so that it agrees in what is left at most; where that holds
 * all words that tell, any number of others may stand beside them. */
static void follow_light(as_finder *f, const struct question *q, size_t i,
                         bool family)
{
    uint32_t from = family ? 0 : f->n_family;
    uint32_t to = family ? f->n_family : (uint32_t)f->n_names;
    unsigned least = family ? f->ask.family : f->ask.least;
    uint64_t left = 0;

    for (size_t k = i; k < f->n_strands; k++)
        left |= f->strands[k].words;
    if ((left & q->rare_words) != q->rare_words || !q->rare_words)
        to = light_below(f, q, weight_of(q->name, left), least, from, to);
    follow(f, &f->strands[i], from, to);
}

/* What is not followed counts for names that were met. */
static void follow_all(as_finder *f, const struct question *q)
{
    uint64_t budget = AS_LIMIT_INDEX_SCAN;
    size_t general, family;

    if (f->n_strands)
        qsort(f->strands, f->n_strands, sizeof *f->strands, strand_cmp);
    general = must_follow(f, q, f->ask.least);
    family = must_follow(f, q, f->ask.family);
    for (size_t i = 0; i < f->n_strands; i++) {
        const as_strand *s = &f->strands[i];
        if (s->cost > budget) {
            f->cut = true;
            break;
        }
        budget -= s->cost;
        if (i > 0)
            look_in(f, s);
        if (i < family)
            follow_light(f, q, i, true);
        if (i < general)
            follow_light(f, q, i, false);
    }
}

/* ---- choosing ------------------------------------------------------------ */

/* All that tells agrees, beside words of trade: the comparison takes that for
 * enough, however many these are. */
static bool is_named(const struct question *q, const as_mark *m,
                     const as_index_weights *v)
{
    return q->rare_words && (m->words & q->rare_words) == q->rare_words &&
           v->rare * 10 >= q->weights.rare * 8 &&
           q->weights.rare * 10 >= v->rare * 8;
}

/* Each has a word that the other lacks: the comparison takes two such names
 * apart. A word that the lists do not have may be one of theirs, spoilt. */
static bool is_contrary(const as_finder *f, const struct question *q,
                        const as_mark *m, const as_index_weights *v)
{
    unsigned agrees = q->initials + v->initials * AS_INDEX_INITIAL, lacks = 0;

    for (size_t i = 0; i < q->n; i++) {
        if (m->words >> i & 1)
            agrees += q->plain[i];
        else if (f->known >> i & 1)
            lacks += q->plain[i];
    }
    return lacks >= CONTRARY && v->plain >= agrees + CONTRARY;
}

static bool is_kind(const as_finder *f, const as_index_weights *v)
{
    return !f->ask.only || !v->kind || v->kind == f->ask.only;
}

/* The most that agrees: what was found, and initials, which may stand for any
 * word. 0 when that is too little. Most names that are met end at the first
 * question, so nothing is divided there. */
static unsigned share_of(const as_finder *f, const struct question *q,
                         const as_mark *m)
{
    const as_index_weights *v = &f->weights[m->name];
    unsigned least = m->name < f->n_family ? f->ask.family : f->ask.least;
    unsigned more = q->initials + v->initials * AS_INDEX_INITIAL;
    unsigned agrees = m->agrees + more, all = q->weights.all + v->all + more;
    unsigned share;

    if (m->agrees >= DIRECT) {
        share = m->agrees - DIRECT;
        return share >= least && is_kind(f, v) ? share : 0;
    }
    if (2 * agrees * WHOLE < least * all)
        return least <= NAMED && is_named(q, m, v) && is_kind(f, v) ? NAMED : 0;
    if (!is_kind(f, v) || all == 0 ||
        (m->name >= f->n_family && is_contrary(f, q, m, v)))
        return 0;
    share = 2 * agrees * WHOLE / all;
    if (share < NAMED && is_named(q, m, v))
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
            unsigned its = f->met[i].agrees;
            if (same ? its != share : its <= share)
                continue;
            if (ret->n == AS_LIMIT_CANDIDATES) {
                ret->cut = true;
                return;
            }
            f->items[ret->n++] = (as_candidate){f->met[i].name, (uint16_t)its};
        }
}

/* Best first; of one share by number. */
static void choose(as_finder *f, const struct question *q, as_candidates *ret)
{
    unsigned need = need_of(q, f->ask.family), share = WHOLE + 1;
    size_t counts[WHOLE + 1] = {0}, total = 0, n = 0;

    for (size_t i = 0; i < f->n_met; i++) {
        as_mark m = f->met[i];
        if (i + AHEAD < f->n_met)
            __builtin_prefetch(&f->weights[f->met[i + AHEAD].name]);
        m.agrees = m.agrees < need ? 0 : share_of(f, q, &m);
        if (m.agrees == 0)
            continue;
        f->met[n++] = m;
        counts[m.agrees]++;
    }
    f->n_met = n;
    while (share > 1 && total < AS_LIMIT_CANDIDATES)
        total += counts[--share];
    for (unsigned s = 1; s < share; s++)
        ret->cut = ret->cut || counts[s];
    take(f, share, ret);
    if (ret->n)
        qsort(f->items, ret->n, sizeof *f->items, candidate_cmp);
    ret->items = f->items;
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

static struct question question_of(const as_name *name)
{
    struct question q = {.name = name, .weights = as_index_weigh(name)};

    q.n = as_name_words(name) < 64 ? as_name_words(name) : 64;
    for (size_t i = 0; i < q.n; i++) {
        as_name_word w = as_name_word_at(name, i);
        if (as_index_holds(&w) && as_index_is_plain(&w))
            q.plain[i] = (uint8_t)w.weight;
        if (w.class_ == AS_WORD_RARE)
            q.rare_words |= UINT64_C(1) << i;
    }
    q.initials = q.weights.initials * (unsigned)AS_INDEX_INITIAL;
    q.slack = q.initials;
    if (as_name_get_kind(name) != AS_PARTY_ORGANISATION)
        q.slack += 2 * AS_INDEX_INITIAL;
    return q;
}

void as_finder_run(as_finder *f, const as_name *name, as_finder_ask ask,
                   as_candidates *ret)
{
    struct question q = question_of(name);

    *ret = (as_candidates){.n = 0};
    f->cut = false;
    f->ask = ask;
    f->n_met = 0;
    as_finder_words(f, name);
    follow_all(f, &q);
    mark_direct(f);
    ret->met = f->n_met;
    choose(f, &q, ret);
    ret->broke = f->cut;
}
