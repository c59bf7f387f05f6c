/* SPDX-License-Identifier: Apache-2.0 */
/* One word here that stands for several there: written together, an acronym of
 * their letters or syllables, a phrase of the tables whose words are there one
 * by one; and words written backwards. */
#include "party/name_internal.h"

#include <string.h>

/* The two sides of a comparison, taken so that "many" has the several words. */
typedef struct sides {
    const as_name *many, *one;
    const int8_t *of_many, *of_one;
    bool swapped; /* "many" is the second name */
} sides;

static sides sides_of(const as_work *w, bool swapped)
{
    return swapped ? (sides){w->b, w->a, w->of_b, w->of_a, true}
                   : (sides){w->a, w->b, w->of_a, w->of_b, false};
}

static void make(as_work *w, const sides *s, as_name_run many, size_t one,
                 as_name_how how, double cost)
{
    as_name_run single = {one, 1};

    if (s->swapped)
        as_pair_make(w, single, many, how, cost);
    else
        as_pair_make(w, many, single, how, cost);
}

static as_str latin_of(const as_name *n, const as_word *w)
{
    return as_word_latin(n, w);
}

static as_str sound_of(const as_name *n, const as_word *w)
{
    return as_word_bytes(n, w->sound, w->sound_n);
}

static as_str text_of(const as_name *n, const as_word *w)
{
    return as_word_bytes(n, w->text, w->text_n);
}

/* ---- joined and split words ---------------------------------------------- */

/* Words i .. i + n - 1, all free, as one string. */
static bool joined(const sides *s, as_name_run r, char *out, size_t *ret)
{
    size_t len = 0;

    if (r.i + r.n > s->many->n_words)
        return false;
    for (size_t k = r.i; k < r.i + r.n; k++) {
        const as_word *x = &s->many->words[k];
        as_str l = latin_of(s->many, x);
        if (s->of_many[k] >= 0 || l.n == 0 || len + l.n > AS_WORD_LATIN ||
            x->class_ == AS_WORD_NUMBER)
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
    double limit =
        run.n < 6 || (x->count > 1 && one->kind != AS_PARTY_PERSON) ? 0 : 1.05;
    double d = as_distance(run, latin_of(one, x), limit);

    if (d <= limit)
        return d;
    if (run.n > x->latin_n + 4U || x->latin_n > run.n + 4)
        return AS_WORD_LATIN;
    if (as_str_eq(as_str_of(key, as_sound(run, key)), sound_of(one, x)))
        return 0.3;
    if (x->script == (uint8_t)script ||
        (!as_is_boned((as_script)x->script) && !as_is_boned(script)))
        return AS_WORD_LATIN;
    limit = 0.6;
    d = as_distance(as_str_of(key, as_bones(run, script, key)),
                    as_word_bytes(one, x->bones, x->bones_n), limit);
    return d <= limit && x->bones_n > 2 ? 0.4 + d : AS_WORD_LATIN;
}

/* One word there for the words r here. */
static bool join_one(as_work *w, const sides *s, as_name_run r)
{
    as_script script = (as_script)s->many->words[r.i].script;
    char run[AS_WORD_LATIN];
    size_t len;

    if (!joined(s, r, run, &len) || len < 5)
        return false;
    for (size_t j = 0; j < s->one->n_words; j++) {
        const as_word *x = &s->one->words[j];
        double d;
        if (s->of_one[j] >= 0 || x->latin_n == 0 || x->class_ == AS_WORD_TITLE)
            continue;
        d = join_cost(as_str_of(run, len), script, s->one, x);
        if (d >= AS_WORD_LATIN)
            continue;
        make(w, s, r, j, AS_PAIR_JOINED, d + 0.2);
        return true;
    }
    return false;
}

void as_pair_joined(as_work *w)
{
    for (size_t n = 4; n >= 2; n--)
        for (int swapped = 0; swapped < 2; swapped++) {
            sides s = sides_of(w, swapped);
            for (size_t i = 0; i + n <= s.many->n_words; i++)
                join_one(w, &s, (as_name_run){i, n});
        }
}

/* ---- acronyms and initials ----------------------------------------------- */

/* An acronym while it is read: bit k of "at" says that its first k letters may
 * be used up. A word gives its first letter, or in a long acronym up to three
 * of its first ("KOMID": Korea Mining Development). */
typedef struct reading {
    as_str acronym;
    unsigned at, most; /* letters of one word */
    size_t words;      /* that are no stop words */
} reading;

static void read_word(reading *r, as_str word, bool may_pass)
{
    unsigned next = may_pass ? r->at : 0;

    for (size_t k = 0; k < r->acronym.n; k++)
        for (size_t p = 0;
             p < r->most && k + p < r->acronym.n && p < word.n &&
             (r->at & 1U << k) && word.p[p] == r->acronym.p[k + p];
             p++)
            next |= 1U << (k + p + 1);
    r->at = next;
}

/* A phrase word by word; short words ("of") may be passed over. */
static void read_phrase(reading *r, as_str phrase)
{
    while (phrase.n && r->at) {
        as_str word = as_str_cut(&phrase, ' ');
        read_word(r, word, word.n < 4);
        r->words += word.n > 3;
    }
}

/* What an acronym may leave out behind its first letter. */
static bool may_pass(const as_word *x, bool person)
{
    return x->class_ == AS_WORD_STOP ||
           (!person && (x->class_ == AS_WORD_FORM ||
                        (x->class_ == AS_WORD_FILLER && x->weight <= 20)));
}

/* How many words from i on the acronym stands for; 0: for none. Words of a pair
 * are not free; with no list of pairs all are. */
static size_t initials_at(const as_name *n, const int8_t *of, size_t i,
                          as_str acronym, bool person)
{
    reading r = {.acronym = acronym, .at = 1, .most = 1};

    if (!person && acronym.n > 4)
        r.most = 3;
    for (size_t k = i; k < n->n_words; k++) {
        const as_word *x = &n->words[k];
        as_str l = latin_of(n, x);
        if (k == i && x->count == 1 && l.n && l.p[0] != acronym.p[0])
            return 0;
        if (x->class_ == AS_WORD_TITLE || l.n == 0 || (of && of[k] >= 0))
            return 0;
        if (x->count > 1) {
            read_phrase(&r, text_of(n, x));
        } else {
            read_word(&r, l, k > i && may_pass(x, person));
            r.words += !may_pass(x, person);
        }
        if (r.at & 1U << acronym.n)
            return r.words * 2 >= acronym.n || r.words > 2 ? k - i + 1 : 0;
        if (!r.at)
            return 0;
    }
    return 0;
}

static bool may_be_acronym(const as_word *x, bool person)
{
    size_t least = person ? 2 : 3, most = person ? 3 : 7;

    return x->class_ == AS_WORD_RARE && x->script == AS_SCRIPT_LATIN &&
           x->latin_n >= least && x->latin_n <= most && x->count == 1 &&
           x->concept == 0;
}

static bool acronym_of(as_work *w, const sides *s, size_t j)
{
    as_str acronym = latin_of(s->one, &s->one->words[j]);

    for (size_t i = 0; i < s->many->n_words; i++) {
        size_t n = initials_at(s->many, s->of_many, i, acronym, w->person);
        double cost = acronym.n >= 4 ? 0.8 : 1.0;
        if (n < 2 && s->many->words[i].count < 2)
            continue;
        if (n == 0)
            continue;
        make(w, s, (as_name_run){i, n}, j, AS_PAIR_ACRONYM, cost);
        return true;
    }
    return false;
}

void as_pair_acronyms(as_work *w)
{
    for (int swapped = 1; swapped >= 0; swapped--) {
        sides s = sides_of(w, swapped);
        for (size_t j = 0; j < s.one->n_words; j++)
            if (s.of_one[j] < 0 && may_be_acronym(&s.one->words[j], w->person))
                acronym_of(w, &s, j);
    }
}

/* ---- said twice ---------------------------------------------------------- */

static bool is_initials_of_others(const as_name *n, size_t j)
{
    as_str acronym = latin_of(n, &n->words[j]);

    for (size_t i = 0; i < n->n_words; i++) {
        size_t run = initials_at(n, NULL, i, acronym, false);
        if (run > 1 && (j < i || j >= i + run))
            return true;
    }
    return false;
}

static bool is_named_twice(const as_name *n, size_t j)
{
    for (size_t i = 0; i < n->n_words; i++)
        if (i != j && n->words[i].concept == n->words[j].concept)
            return true;
    return false;
}

/* "Aviation Industry Corporation of China (AVIC)". */
void as_name_note_repeated(as_name *n)
{
    for (size_t j = 0; j < n->n_words; j++) {
        as_word *x = &n->words[j];
        if (x->class_ == AS_WORD_RARE)
        x->repeated = x->concept ? is_named_twice(n, j)
                                 : n->n_words > 3 && may_be_acronym(x, false) &&
                                       is_initials_of_others(n, j);
    }
}

/* ---- phrases, word by word ------------------------------------------------
 */

/* What words of a phrase of "one" were found as in "many". */
typedef struct unfolded {
    uint64_t used;
    size_t first, last;
    double cost;
} unfolded;

static bool is_word_of(const sides *s, size_t k, as_str part,
                       const as_name_row *row, double *ret_cost)
{
    const as_word *x = &s->many->words[k];
    as_str text = text_of(s->many, x);
    double limit;

    *ret_cost = 0;
    if (as_str_eq(text, part) ||
        (row && x->concept && row->value == x->concept))
        return true;
    *ret_cost = 0.3;
    if (x->script == AS_SCRIPT_LATIN && text.n > 2 && text.n + 1 < part.n &&
        as_str_starts(part, text))
        return true;
    limit = part.n < 5 ? 0 : part.n < 6 ? 1.05 : 2.05;
    *ret_cost = as_distance(text, part, limit);
    return *ret_cost <= limit;
}

static bool find_part(const sides *s, as_str part, unfolded *u)
{
    const as_name_row *row = as_name_find_word(part);

    if (as_name_find_form(part) || (row && row->kind == AS_ROW_STOP))
        return true;
    for (size_t k = 0; k < s->many->n_words; k++) {
        double cost;
        if (s->of_many[k] >= 0 || (u->used & 1ULL << k) ||
            !is_word_of(s, k, part, row, &cost))
            continue;
        u->first = u->used == 0 || k < u->first ? k : u->first;
        u->last = k > u->last ? k : u->last;
        u->used |= 1ULL << k;
        u->cost += cost;
        return true;
    }
    return false;
}

/* Whether all words between are the phrase's, or do not count. */
static bool is_run(const sides *s, const unfolded *u)
{
    for (size_t k = u->first; k <= u->last; k++)
        if (!(u->used & 1ULL << k) && as_word_counts(&s->many->words[k]))
            return false;
    return u->used != 0;
}

static void unfold(as_work *w, const sides *s, size_t j)
{
    as_str rest = text_of(s->one, &s->one->words[j]);
    unfolded u = {.used = 0};

    while (rest.n) {
        as_str part = as_str_cut(&rest, ' ');
        if (part.n && !find_part(s, part, &u))
            return;
    }
    if (is_run(s, &u))
        make(w, s, (as_name_run){u.first, u.last - u.first + 1}, j,
             AS_PAIR_JOINED, u.cost + 0.2);
}

void as_pair_unfolded(as_work *w)
{
    for (int swapped = 0; swapped < 2; swapped++) {
        sides s = sides_of(w, swapped);
        for (size_t j = 0; j < s.one->n_words; j++)
            if (s.of_one[j] < 0 && s.one->words[j].count > 1)
                unfold(w, &s, j);
    }
}

/* ---- backwards ------------------------------------------------------------
 */

void as_pair_reversed(as_work *w)
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
                as_pair_make(w, (as_name_run){i, 1}, (as_name_run){j, 1},
                             AS_PAIR_REVERSED, 1);
        }
}
