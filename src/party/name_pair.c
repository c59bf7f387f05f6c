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
static bool is_boned(const as_word *w)
{
    return w->script != AS_SCRIPT_LATIN && w->script != AS_SCRIPT_CYRILLIC &&
           w->script != AS_SCRIPT_GREEK && w->script != AS_SCRIPT_HAN;
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
        "skiy", "skii", "ski", "sky", "skyy", "skaya", "skoe", "skoye", "skogo",
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

/* An abbreviation nobody listed: the head of a word, or its consonants. */
static bool is_abbreviation(const as_word *wa, as_str a, const as_word *wb,
                            as_str b)
{
    size_t at = 0;

    if (a.n < 3 || a.n + 1 >= b.n || a.p[0] != b.p[0] ||
        wa->class_ != AS_WORD_RARE ||
        (wb->class_ != AS_WORD_FILLER && wb->class_ != AS_WORD_TRADE))
        return false;
    if (as_str_starts(b, a))
        return true;
    for (size_t i = 0; i < b.n && at < a.n; i++)
        at += b.p[i] == a.p[at];
    for (size_t i = 1; i < a.n; i++)
        if (strchr("aeiou", a.p[i]))
            return false;
    return at == a.n;
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

static as_name_how pair_letters(const as_work *w, const as_word *a,
                                const as_word *b, double *ret_cost)
{
    as_str x = latin_of(w->a, a), y = latin_of(w->b, b);
    size_t n = x.n > y.n ? x.n : y.n;
    double limit = budget(w, n), d = limit + 1, heard, near;

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
    if (x.n && y.n && is_inflected(x, y, w->person)) {
        *ret_cost = 0.3;
        return AS_PAIR_SOUND;
    }
    if (!w->person &&
        (is_abbreviation(a, x, b, y) || is_abbreviation(b, y, a, x))) {
        *ret_cost = 0.3;
        return AS_PAIR_SHORT;
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

typedef struct span {
    size_t i, n;
} span;

static double weight_of(const as_name *n, span s)
{
    double sum = 0;

    for (size_t k = s.i; k < s.i + s.n; k++)
        sum += as_word_counts(&n->words[k]) ? n->words[k].weight : 0;
    return sum / 100;
}

static void make(as_work *w, span a, span b, as_name_how how, double cost)
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
            make(w, (span){i, 1}, (span){best, 1}, how, cost);
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
        make(w, (span){w->list_a[bx], 1}, (span){w->list_b[by], 1},
             (as_name_how)hows[bx][by], costs[bx][by]);
    }
}

/* ---- joined and split words ---------------------------------------------- */

/* Words i .. i + n - 1, all free, as one string. */
static bool joined(const as_name *n, const int8_t *of, span s, char *out,
                   size_t *ret)
{
    size_t len = 0;

    if (s.i + s.n > n->n_words)
        return false;
    for (size_t k = s.i; k < s.i + s.n; k++) {
        as_str l = latin_of(n, &n->words[k]);
        if (of[k] >= 0 || l.n == 0 || len + l.n > AS_WORD_LATIN ||
            n->words[k].class_ == AS_WORD_NUMBER)
            return false;
        memcpy(out + len, l.p, l.n);
        len += l.n;
    }
    *ret = len;
    return true;
}

/* What a run of words costs against one word. */
static double join_cost(as_str run, as_script script, const as_name *one,
                        const as_word *x)
{
    char key[AS_WORD_LATIN];
    double limit = run.n < 6 ? 0 : 1.05;
    double d = as_distance(run, latin_of(one, x), limit);

    if (d <= limit)
        return d;
    if (run.n > x->latin_n + 4U || x->latin_n > run.n + 4)
        return AS_WORD_LATIN;
    if (as_str_eq(as_str_of(key, as_sound(run, key)), sound_of(one, x)))
        return 0.3;
    if (x->script == (uint8_t)script ||
        (!is_boned(x) && !is_boned(&(as_word){.script = (uint8_t)script})))
        return AS_WORD_LATIN;
    limit = 0.6;
    d = as_distance(as_str_of(key, as_bones(run, script, key)),
                    bones_of(one, x), limit);
    return d <= limit && x->bones_n > 2 ? 0.4 + d : AS_WORD_LATIN;
}

/* One word there for the words s here. */
static bool join_one(as_work *w, bool swapped, span s)
{
    const as_name *many = swapped ? w->b : w->a, *one = swapped ? w->a : w->b;
    const int8_t *of_many = swapped ? w->of_b : w->of_a;
    const int8_t *of_one = swapped ? w->of_a : w->of_b;
    as_script script = (as_script)many->words[s.i].script;
    char run[AS_WORD_LATIN];
    size_t len;

    if (!joined(many, of_many, s, run, &len) || len < 5)
        return false;
    for (size_t j = 0; j < one->n_words; j++) {
        const as_word *x = &one->words[j];
        double d;
        if (of_one[j] >= 0 || x->latin_n == 0 || x->class_ == AS_WORD_TITLE)
            continue;
        d = join_cost(as_str_of(run, len), script, one, x);
        if (d >= AS_WORD_LATIN)
            continue;
        if (swapped)
            make(w, (span){j, 1}, s, AS_PAIR_JOINED, d + 0.2);
        else
            make(w, s, (span){j, 1}, AS_PAIR_JOINED, d + 0.2);
        return true;
    }
    return false;
}

static void pair_up_joined(as_work *w)
{
    for (size_t n = 4; n >= 2; n--) {
        for (size_t i = 0; i + n <= w->a->n_words; i++)
            join_one(w, false, (span){i, n});
        for (size_t i = 0; i + n <= w->b->n_words; i++)
            join_one(w, true, (span){i, n});
    }
}

/* ---- acronyms and initials ----------------------------------------------- */

/* Goes on in the acronym with the initials of a phrase; short words ("of") may
 * be passed over. Beyond its end: they are others. */
static size_t initials_of(as_str phrase, as_str acronym, size_t at)
{
    while (phrase.n) {
        as_str word = as_str_cut(&phrase, ' ');
        if (at < acronym.n && word.n && word.p[0] == acronym.p[at])
            at++;
        else if (word.n > 3)
            return acronym.n + 1;
    }
    return at;
}

/* How many words from i on have the initials; stop words and, when loose,
 * places are passed over. 0: they have not. */
static size_t initials_at(const as_name *n, const int8_t *of, size_t i,
                          as_str acronym)
{
    size_t at = 0, k = i;

    for (; k < n->n_words && at < acronym.n; k++) {
        const as_word *x = &n->words[k];
        as_str l = latin_of(n, x);
        if (x->class_ == AS_WORD_TITLE || l.n == 0 || of[k] >= 0)
            return 0;
        if (x->count > 1) {
            at = initials_of(text_of(n, x), acronym, at);
            if (at > acronym.n)
                return 0;
        } else if (l.p[0] == acronym.p[at]) {
            at++;
        } else if (x->class_ != AS_WORD_STOP) {
            return 0;
        }
    }
    return at == acronym.n ? k - i : 0;
}

static bool acronym_of(as_work *w, bool swapped, size_t j)
{
    const as_name *many = swapped ? w->b : w->a, *one = swapped ? w->a : w->b;
    const int8_t *of_many = swapped ? w->of_b : w->of_a;
    as_str acronym = latin_of(one, &one->words[j]);

    for (size_t i = 0; i < many->n_words; i++) {
        size_t n = initials_at(many, of_many, i, acronym);
        double cost = acronym.n >= 4 ? 0.8 : 1.0;
        if (n < 2)
            continue;
        if (swapped)
            make(w, (span){j, 1}, (span){i, n}, AS_PAIR_ACRONYM, cost);
        else
            make(w, (span){i, n}, (span){j, 1}, AS_PAIR_ACRONYM, cost);
        return true;
    }
    return false;
}

static void pair_up_acronyms(as_work *w, bool swapped)
{
    const as_name *one = swapped ? w->a : w->b;
    const int8_t *of_one = swapped ? w->of_a : w->of_b;

    for (size_t j = 0; j < one->n_words; j++) {
        const as_word *x = &one->words[j];
        size_t least = w->person ? 2 : 3, most = w->person ? 3 : 7;
        if (of_one[j] < 0 && x->class_ == AS_WORD_RARE &&
            x->script == AS_SCRIPT_LATIN && x->latin_n >= least &&
            x->latin_n <= most && x->concept == 0)
            acronym_of(w, swapped, j);
    }
}

/* ---- backwards ------------------------------------------------------------
 */

static void pair_up_reversed(as_work *w)
{
    for (size_t x = 0; x < w->n_a; x++)
        for (size_t y = 0; y < w->n_b; y++) {
            size_t i = w->list_a[x], j = w->list_b[y];
            as_str a = latin_of(w->a, &w->a->words[i]);
            as_str b = latin_of(w->b, &w->b->words[j]);
            char back[AS_WORD_LATIN];
            if (w->of_a[i] >= 0 || w->of_b[j] >= 0 || a.n < 5 || b.n != a.n ||
                w->a->words[i].mask != w->b->words[j].mask)
                continue;
            for (size_t k = 0; k < a.n; k++)
                back[k] = a.p[a.n - 1 - k];
            if (as_distance(as_str_of(back, a.n), b, 1.05) <= 1.05)
                make(w, (span){i, 1}, (span){j, 1}, AS_PAIR_REVERSED, 1);
        }
}

static void unpaired(as_work *w)
{
    for (size_t x = 0; x < w->n_a; x++)
        if (w->of_a[w->list_a[x]] < 0)
            make(w, (span){w->list_a[x], 1}, (span){0, 0}, AS_PAIR_NONE, 0);
    for (size_t y = 0; y < w->n_b; y++)
        if (w->of_b[w->list_b[y]] < 0)
            make(w, (span){0, 0}, (span){w->list_b[y], 1}, AS_PAIR_NONE, 0);
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
        pair_up_joined(w);
        if (!w->person) {
            pair_up_acronyms(w, false);
            pair_up_acronyms(w, true);
        }
        pair_up_near(w);
        if (w->person) {
            pair_up_acronyms(w, false);
            pair_up_acronyms(w, true);
            pair_up_reversed(w);
        }
    }
    unpaired(w);
}
