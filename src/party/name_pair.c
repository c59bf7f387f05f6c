/* SPDX-License-Identifier: Apache-2.0 */
/* Pairing the words of two names.
 *
 * First what is equal, by letters, meaning or sound, then what is written in
 * one word here and in several there, acronyms and initials, at last what
 * differs by a few letters, the nearest first. A word belongs to one pair. */
#include "party/name_internal.h"

#include <string.h>

static as_str latin_of(const as_name *n, const as_word *w)
{
    return as_word_bytes(n, w->latin, w->latin_n);
}
static as_str sound_of(const as_name *n, const as_word *w)
{
    return as_word_bytes(n, w->sound, w->sound_n);
}
static as_str bones_of(const as_name *n, const as_word *w)
{
    return as_word_bytes(n, w->bones, w->bones_n);
}
static as_str text_of(const as_name *n, const as_word *w)
{
    return as_word_bytes(n, w->text, w->text_n);
}

bool as_word_counts(const as_word *w)
{
    return w->class_ != AS_WORD_FORM && w->class_ != AS_WORD_TITLE &&
           w->weight > 0;
}

static bool is_place(const as_word *w)
{
    return w->class_ == AS_WORD_COUNTRY || w->class_ == AS_WORD_CITY ||
           w->class_ == AS_WORD_REGION;
}

/* Scripts that do not write what Latin letters write: their consonants are
 * held against each other. */
bool as_is_boned(as_script s)
{
    return s != AS_SCRIPT_LATIN && s != AS_SCRIPT_CYRILLIC &&
           s != AS_SCRIPT_GREEK && s != AS_SCRIPT_HAN;
}

static bool is_boned(const as_word *w)
{
    return as_is_boned((as_script)w->script);
}

/* Letters that may differ in a word of n letters. */
static double budget(const as_work *w, size_t n)
{
    if (w->person)
        return n < 2 ? 0 : n < 3 ? 0.75 : 2.05;
    return n < 5 ? 0 : n < 6 ? 1.05 : 2.05;
}

static unsigned bits(uint32_t x)
{
    return (unsigned)__builtin_popcount(x);
}

/* "Muromskiy" is what is of Murom; "Sergejs", "Putinas" are Baltic. */
static bool is_inflected(as_str a, as_str b, bool person)
{
    static const char *const ends[] = {
        "skiy",   "skii",   "ski",    "sky",   "skyy",   "skaya",
        "skoe",   "skoye",  "skogo",  "yskiy", "yskii",  "iiskii",
        "yskaya", "inskiy", "inskii", "insky", "enskiy", "ovskiy",
        "ovskii", "ovsky",  "evskiy", "evsky",
    };
    static const char *const baltic[] = {"s", "as", "is", "us"};
    as_str tail;

    if (a.n < b.n) {
        as_str c = a;
        a = b;
        b = c;
    }
    if (b.n < 4 || !as_str_starts(a, b))
        return false;
    tail = as_str_slice(a, b.n, a.n);
    for (size_t i = 0; !person && i < AS_ARRAY_LEN(ends); i++)
        if (as_str_eq(tail, as_str_c(ends[i])))
            return true;
    for (size_t i = 0; person && i < AS_ARRAY_LEN(baltic); i++)
        if (as_str_eq(tail, as_str_c(baltic[i])))
            return true;
    return false;
}

/* "Abdulhakim" is called Hakim, too; see name_classify.c. */
static bool is_servant_of(as_str whole, as_str part)
{
    return part.n > 3 && whole.n == part.n + 3 &&
           as_str_starts(whole, AS_STR("abd")) && as_str_ends(whole, part);
}

/* The head of a word and consonants of the rest, in order: "genl", "shipbldg",
 * "srvcs". */
static bool is_shortened(as_str a, as_str b)
{
    size_t at = 0;

    while (at < a.n && a.p[at] == b.p[at])
        at++;
    for (size_t i = at; i < a.n; i++)
        if (strchr("aeiou", a.p[i]))
            return false;
    for (size_t i = at; i < b.n && at < a.n; i++)
        at += b.p[i] == a.p[at];
    return at == a.n;
}

/* An abbreviation nobody listed, of a word that many have; or one that stands
 * for several ("comm"). */
static bool is_abbreviation(const as_word *wa, as_str a, const as_word *wb,
                            as_str b)
{
    if (a.n < 3 || a.n + 1 >= b.n || a.p[0] != b.p[0])
        return false;
    if (wa->class_ != AS_WORD_RARE)
        return as_name_is_short(a, b);
    return (wb->class_ == AS_WORD_FILLER || wb->class_ == AS_WORD_TRADE) &&
           is_shortened(a, b);
}

static as_name_how pair_bones(const as_work *w, const as_word *a,
                              const as_word *b, double *ret_cost)
{
    as_str x = bones_of(w->a, a), y = bones_of(w->b, b);
    size_t n = x.n < y.n ? x.n : y.n;
    double d;

    if (n < 2 || (!is_boned(a) && !is_boned(b)) || a->script == b->script)
        return AS_PAIR_NONE;
    d = as_distance(x, y, n < 4 ? 0 : 1.05);
    if (d > (n < 4 ? 0 : 1.05))
        return AS_PAIR_NONE;
    *ret_cost = 0.4 + d;
    return AS_PAIR_SOUND;
}

/* A word that many organisations have. */
static bool is_shared(const as_word *w)
{
    return w->concept && w->class_ != AS_WORD_RARE;
}

static as_name_how pair_letters(const as_work *w, const as_word *a,
                                const as_word *b, double *ret_cost)
{
    as_str x = latin_of(w->a, a), y = latin_of(w->b, b);
    size_t n = x.n > y.n ? x.n : y.n;
    double limit = budget(w, n), d = limit + 1, heard, near;

    /* A short word that is known is not another one with two letters wrong. */
    if (!w->person && n < 7 && limit > 1.05 && is_shared(a) != is_shared(b))
        limit = 1.05;

    if (x.n == 0 || y.n == 0 || limit <= 0)
        return AS_PAIR_NONE;
    /* Letters that only one of them has: no two of them cost less than one
     * edit. */
    if (bits(a->mask & ~b->mask) <= 3 && bits(b->mask & ~a->mask) <= 3)
        d = as_distance(x, y, limit);
    near = a->sound_n < 4 || b->sound_n < 4 ? 0 : 1.05;
    heard = as_distance(sound_of(w->a, a), sound_of(w->b, b), near);
    if (heard <= near && heard + 0.3 < d)
        d = heard + 0.3;
    if (d > limit || d > 0.67 * (double)n)
        return AS_PAIR_NONE;
    *ret_cost = d;
    return AS_PAIR_EDIT;
}

/* Two words in one script that is not Latin are first held against each other
 * as they are. */
static as_name_how pair_own(const as_work *w, const as_word *a,
                            const as_word *b, double *ret_cost)
{
    size_t n = a->units_n > b->units_n ? a->units_n : b->units_n;
    bool han = a->script == AS_SCRIPT_HAN || a->script == AS_SCRIPT_HANGUL;
    double limit = han ? (n < 4 ? 0 : 2.05) : budget(w, n);
    double d = as_distance_units(w->a, a, w->b, b, limit);

    if (d > limit || d > 0.67 * (double)n)
        return AS_PAIR_NONE;
    *ret_cost = d;
    return d > 0 ? AS_PAIR_EDIT : AS_PAIR_SAME;
}

/* Equal, in the order of what it is worth. */
static as_name_how pair_equal(const as_work *w, const as_word *a,
                              const as_word *b, double *ret_cost)
{
    *ret_cost = 0;
    if (a->class_ == AS_WORD_NUMBER && b->class_ == AS_WORD_NUMBER)
        return a->number == b->number ? AS_PAIR_SAME : AS_PAIR_NONE;
    if (a->text_n == b->text_n && as_str_eq(text_of(w->a, a), text_of(w->b, b)))
        return AS_PAIR_SAME;
    if (a->concept && a->concept == b->concept)
        return AS_PAIR_MEANING;
    if (a->latin_n && a->latin_n == b->latin_n && a->script != b->script &&
        as_str_eq(latin_of(w->a, a), latin_of(w->b, b)))
        return AS_PAIR_SOUND;
    return AS_PAIR_NONE;
}

/* One's first letter, or a short form of a given name. */
static as_name_how pair_short(const as_work *w, const as_word *a,
                              const as_word *b, double *ret_cost)
{
    as_str x = latin_of(w->a, a), y = latin_of(w->b, b);

    if (!w->person || x.n == 0 || y.n == 0)
        return AS_PAIR_NONE;
    *ret_cost = 0.2;
    if ((a->class_ == AS_WORD_INITIAL || b->class_ == AS_WORD_INITIAL) &&
        x.p[0] == y.p[0] && a->class_ != AS_WORD_STOP &&
        b->class_ != AS_WORD_STOP)
        return AS_PAIR_SHORT;
    if (as_name_is_nick(x, y) || as_name_is_nick(y, x))
        return AS_PAIR_MEANING;
    if (a->concept &&
        as_name_is_nick(y, as_str_c(as_name_concepts[a->concept])))
        return AS_PAIR_MEANING;
    if (b->concept &&
        as_name_is_nick(x, as_str_c(as_name_concepts[b->concept])))
        return AS_PAIR_MEANING;
    return AS_PAIR_NONE;
}

as_name_how as_pair_words(const as_work *w, const as_word *a, const as_word *b,
                          double *ret_cost)
{
    as_name_how how = pair_equal(w, a, b, ret_cost);
    as_str x = latin_of(w->a, a), y = latin_of(w->b, b);

    if (how != AS_PAIR_NONE)
        return how;
    if (!w->person &&
        (is_abbreviation(a, x, b, y) || is_abbreviation(b, y, a, x))) {
        *ret_cost = 0.3;
        return AS_PAIR_SHORT;
    }
    /* Two places, two numbers, two known words: other ones. */
    if ((a->class_ == AS_WORD_NUMBER || b->class_ == AS_WORD_NUMBER) ||
        (is_place(a) && is_place(b)) ||
        (!w->person && a->concept && b->concept))
        return AS_PAIR_NONE;
    how = pair_short(w, a, b, ret_cost);
    if (how != AS_PAIR_NONE)
        return how;
    if (a->class_ == AS_WORD_INITIAL || b->class_ == AS_WORD_INITIAL)
        return AS_PAIR_NONE;
    if (w->person && (is_servant_of(x, y) || is_servant_of(y, x))) {
        *ret_cost = 0.5;
        return AS_PAIR_SHORT;
    }
    if (x.n && y.n && is_inflected(x, y, w->person)) {
        *ret_cost = 0.3;
        return AS_PAIR_SOUND;
    }
    if (a->script == b->script && a->script != AS_SCRIPT_LATIN)
        return pair_own(w, a, b, ret_cost);
    how = pair_letters(w, a, b, ret_cost);
    if (how == AS_PAIR_NONE || *ret_cost > 0.5) {
        double boned = 0;
        as_name_how other = pair_bones(w, a, b, &boned);
        if (other != AS_PAIR_NONE &&
            (how == AS_PAIR_NONE || boned < *ret_cost)) {
            *ret_cost = boned;
            how = other;
        }
    }
    return how;
}

/* ---- making pairs -------------------------------------------------------- */

static double weight_of(const as_name *n, as_name_run s)
{
    double sum = 0;

    for (size_t k = s.i; k < s.i + s.n; k++)
        sum += as_word_counts(&n->words[k]) ? n->words[k].weight : 0;
    return sum / 100;
}

void as_pair_make(as_work *w, as_name_run a, as_name_run b, as_name_how how,
                  double cost)
{
    as_name_match *m = w->ret;

    if (m->n_pairs == AS_NAME_PAIRS)
        return;
    for (size_t i = a.i; i < a.i + a.n; i++)
        w->of_a[i] = (int8_t)m->n_pairs;
    for (size_t i = b.i; i < b.i + b.n; i++)
        w->of_b[i] = (int8_t)m->n_pairs;
    m->pairs[m->n_pairs++] = (as_name_pair){
        .how = how,
        .a = (uint8_t)a.i,
        .n_a = (uint8_t)a.n,
        .b = (uint8_t)b.i,
        .n_b = (uint8_t)b.n,
        .cost = (float)cost,
        .weight = (float)(weight_of(w->a, a) + weight_of(w->b, b)),
    };
}

static void pair_up_equal(as_work *w)
{
    for (size_t x = 0; x < w->n_a; x++) {
        size_t i = w->list_a[x], best = SIZE_MAX;
        for (size_t y = 0; y < w->n_b; y++) {
            size_t j = w->list_b[y];
            double cost;
            as_name_how how;
            if (w->of_b[j] >= 0)
                continue;
            how = pair_equal(w, &w->a->words[i], &w->b->words[j], &cost);
            if (how == AS_PAIR_NONE)
                continue;
            /* The one that stands where this one stands, else the first. */
            if (best == SIZE_MAX || y == x)
                best = j;
        }
        if (best != SIZE_MAX) {
            double cost;
            as_name_how how =
                pair_equal(w, &w->a->words[i], &w->b->words[best], &cost);
            as_pair_make(w, (as_name_run){i, 1}, (as_name_run){best, 1}, how,
                         cost);
        }
    }
}

/* Nearest first, until nothing is near. */
static void pair_up_near(as_work *w)
{
    double costs[AS_NAME_PAIRS][AS_NAME_PAIRS];
    uint8_t hows[AS_NAME_PAIRS][AS_NAME_PAIRS];

    for (size_t x = 0; x < w->n_a; x++)
        for (size_t y = 0; y < w->n_b; y++) {
            size_t i = w->list_a[x], j = w->list_b[y];
            hows[x][y] = AS_PAIR_NONE;
            if (w->of_a[i] < 0 && w->of_b[j] < 0)
                hows[x][y] = (uint8_t)as_pair_words(
                    w, &w->a->words[i], &w->b->words[j], &costs[x][y]);
        }
    for (;;) {
        size_t bx = SIZE_MAX, by = 0;
        for (size_t x = 0; x < w->n_a; x++)
            for (size_t y = 0; y < w->n_b; y++)
                if (hows[x][y] != AS_PAIR_NONE && w->of_a[w->list_a[x]] < 0 &&
                    w->of_b[w->list_b[y]] < 0 &&
                    (bx == SIZE_MAX || costs[x][y] < costs[bx][by])) {
                    bx = x;
                    by = y;
                }
        if (bx == SIZE_MAX)
            return;
        as_pair_make(w, (as_name_run){w->list_a[bx], 1},
                     (as_name_run){w->list_b[by], 1}, (as_name_how)hows[bx][by],
                     costs[bx][by]);
    }
}

/* Of a name that gives a second one ("formerly", "c/o") the part of which less
 * is found may be left out: 1 the second, 0 the first, -1 it gives none. */
static int part_left_out(const as_name *n, const uint8_t *list, size_t n_list,
                         const int8_t *of)
{
    double found[2] = {0, 0};
    bool any = false;

    for (size_t x = 0; x < n_list; x++) {
        const as_word *word = &n->words[list[x]];
        any = any || word->aside;
        if (of[list[x]] >= 0)
            found[word->aside != 0] += word->weight;
    }
    return any ? found[1] <= found[0] : -1;
}

/* A word without counterpart that says nothing new has no weight. */
static void unpaired_of(as_work *w, bool second)
{
    const as_name *n = second ? w->b : w->a;
    const uint8_t *list = second ? w->list_b : w->list_a;
    int8_t *of = second ? w->of_b : w->of_a;
    size_t n_list = second ? w->n_b : w->n_a;
    int left_out = part_left_out(n, list, n_list, of);

    for (size_t x = 0; x < n_list; x++) {
        size_t i = list[x];
        as_name_run lone = {i, 1}, none = {0, 0};
        if (of[i] >= 0 || w->ret->n_pairs == AS_NAME_PAIRS)
            continue;
        as_pair_make(w, second ? none : lone, second ? lone : none,
                     AS_PAIR_NONE, 0);
        if ((int)n->words[i].aside == left_out || n->words[i].repeated)
            w->ret->pairs[w->ret->n_pairs - 1].weight = 0;
    }
}

static size_t free_words(const as_work *w, bool b)
{
    const uint8_t *list = b ? w->list_b : w->list_a;
    const int8_t *of = b ? w->of_b : w->of_a;
    size_t n = 0;

    for (size_t i = 0; i < (b ? w->n_b : w->n_a); i++)
        n += of[list[i]] < 0;
    return n;
}

void as_pair_all(as_work *w)
{
    pair_up_equal(w);
    if (free_words(w, false) && free_words(w, true)) {
        if (!w->person)
            as_pair_unfolded(w);
        as_pair_joined(w);
        if (!w->person)
            as_pair_acronyms(w);
        pair_up_near(w);
        if (w->person) {
            as_pair_acronyms(w);
            as_pair_reversed(w);
        }
    }
    unpaired_of(w, false);
    unpaired_of(w, true);
}
