/* SPDX-License-Identifier: Apache-2.0 */
/* From the words of a name to those of the lists that may stand for them: the
 * same, of one meaning or sound, a few letters off, joined, split, backwards,
 * short forms of given names; and acronyms, both ways. What a comparison
 * (name_pair.c) takes for a pair must be found here or be rare. */
#include "party/finder_internal.h"
#include "party/name_internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* Percent of a word that a related one gives at most. */
    SAME = 100,
    SOUND = 97,
    ONE_OFF = 95, /* less FURTHER for each further letter */
    FURTHER = 6,
    CHARACTERS = 80,
    BONES = 92,
    PROBED = 100000, /* words of a gram that are looked at */
    ACRONYM = 150,   /* weight of a name that is an acronym and little more */
    ACRONYM_SHARE = 900,
    HALVED = 200, /* names that hold a half of a word */
    /* Of a whole search: a list of words that are all alike costs no more. */
    PROBES = 1600000,
    PROBE_OF_CHARACTERS = 16, /* cost of holding two such words together */
};

/* ---- one strand --------------------------------------------------------- */

/* False, and the search is cut: no more is looked at. */
static bool spend(as_finder *f, uint64_t n)
{
    if (f->probes >= n) {
        f->probes -= n;
        return true;
    }
    f->probes = 0;
    f->cut = true;
    return false;
}

/* A word is related once; what is nearest comes first. */
static void relate(as_finder *f, uint32_t word, uint32_t strength)
{
    if (word >= f->n_words || f->seen[word] == f->word_run)
        return;
    if (f->n_related == AS_FINDER_RELATED) {
        f->cut = true;
        return;
    }
    f->seen[word] = f->word_run;
    f->related[f->n_related++] = (as_related){word, strength};
}

static void relate_hash(as_finder *f, uint32_t hash, uint32_t strength)
{
    size_t n;
    const as_index_entry *e = as_index_find(f->x, AS_SECTION_KEYS, hash, &n);

    for (size_t i = 0; i < n; i++)
        relate(f, e[i].value, strength);
}

static void relate_key(as_finder *f, as_index_key kind, as_str s,
                       uint32_t strength)
{
    if (s.n)
        relate_hash(f, as_index_hash(kind, s), strength);
}

static as_strand *begin(as_finder *f, uint64_t words, unsigned weight)
{
    as_strand *s = &f->strands[f->n_strands];

    if (f->n_strands == AS_FINDER_STRANDS) {
        f->cut = true;
        return NULL;
    }
    *s = (as_strand){.words = words,
                     .weight = (uint16_t)weight,
                     .from = (uint32_t)f->n_related};
    f->word_run++;
    return s;
}

static void end(as_finder *f, as_strand *s)
{
    s->n = (uint32_t)(f->n_related - s->from);
    for (size_t i = 0; i < s->n; i++) {
        size_t n;
        as_index_postings(f->x, f->related[s->from + i].word, &n);
        s->cost += n;
    }
    if (s->n)
        f->n_strands++;
}

/* ---- letters ------------------------------------------------------------ */

enum { EDITS = 2 }; /* that the comparison allows in a long word */

/* A word whose neighbours are looked for. */
struct near {
    as_letters letters;
    uint32_t mask;
    unsigned limit;
};

struct gram {
    const uint32_t *words;
    size_t n;
};

static int gram_cmp(const void *a, const void *b)
{
    const struct gram *x = a, *y = b;

    return x->n < y->n ? -1 : x->n > y->n;
}

static size_t find_grams(as_finder *f, const as_letters *w,
                         struct gram ret[AS_LETTERS + 1])
{
    uint32_t grams[AS_LETTERS + 1];
    size_t n = as_letters_grams(w, grams);

    for (size_t i = 0; i < n; i++)
        ret[i].words = as_index_gram(f->x, grams[i], &ret[i].n);
    if (n)
        qsort(ret, n, sizeof *ret, gram_cmp);
    return n;
}

/* The first word of a gram that has at least so many letters. */
static size_t first_of_length(const struct gram *g, size_t least)
{
    size_t from = 0, to = g->n;
    uint32_t bound;

    if (least > AS_INDEX_GRAM_LENGTH)
        least = AS_INDEX_GRAM_LENGTH;
    bound = (uint32_t)least << 27;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (g->words[middle] < bound)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool letters_of_word(as_finder *f, uint32_t word, bool latin,
                            as_letters *ret)
{
    const as_index_word *w = as_index_word_at(f->x, word);
    as_str s;

    if (!w)
        return false;
    s = latin && w->latin_n ? as_index_word_latin(f->x, w)
                            : as_index_word_text(f->x, w);
    return s.p && as_letters_of(s, ret) && ret->latin == latin;
}

/* Cheap first: an edit changes two letters of the set at most, one on each
 * side. */
static bool may_be_near(as_finder *f, const struct near *w, uint32_t word)
{
    const as_index_word *other;

    if (word >= f->n_words || f->seen[word] == f->word_run)
        return false;
    other = as_index_word_at(f->x, word);
    return other &&
           (unsigned)__builtin_popcount(w->mask & ~other->letters) <=
               w->limit &&
           (unsigned)__builtin_popcount(other->letters & ~w->mask) <= w->limit;
}

static void relate_if_near(as_finder *f, const struct near *w, uint32_t word)
{
    as_letters other;
    unsigned apart;

    if (!may_be_near(f, w, word) || !letters_of_word(f, word, true, &other))
        return;
    apart = as_letters_distance(&w->letters, &other, w->limit);
    if (apart && apart <= w->limit)
        relate(f, word, ONE_OFF - FURTHER * (apart - 1));
}

/* An edit spoils at most three grams; so of any 3k + 1 grams a word within k
 * edits has one, and the rarest are asked. (A swap may spoil four: two of them
 * can hide a word, and its sound or its other words must find it.) */
static void relate_near(as_finder *f, as_str latin)
{
    struct gram grams[AS_LETTERS + 1];
    struct near w = {.mask = as_letters_mask(latin), .limit = EDITS};
    size_t n;

    if (!as_letters_of(latin, &w.letters) || !w.letters.latin)
        return;
    if (w.letters.n < AS_INDEX_LONG)
        return;
    n = find_grams(f, &w.letters, grams);
    for (size_t i = 0; i < n && i < 3 * EDITS + 1; i++) {
        const struct gram *g = &grams[i];
        size_t from = first_of_length(g, w.letters.n - w.limit), k = from;
        for (; k < g->n; k++) {
            size_t length = g->words[k] >> 27;
            if (k - from == PROBED)
                f->cut = true;
            if (k - from == PROBED || !spend(f, 1))
                break;
            if (length > w.letters.n + w.limit && length < AS_INDEX_GRAM_LENGTH)
                break;
            relate_if_near(f, &w, g->words[k] & AS_INDEX_GRAM_WORD);
        }
    }
}

static size_t shared_grams(const as_letters *a, const as_letters *b,
                           size_t *ret_shorter)
{
    uint32_t x[AS_LETTERS + 1], y[AS_LETTERS + 1];
    size_t n = as_letters_grams(a, x), m = as_letters_grams(b, y), shared = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            shared += x[i] == y[k];
    *ret_shorter = n < m ? n : m;
    return shared;
}

/* Words in Han, Kana, Hangul ... that share half of the pairs of characters of
 * the shorter one: where words end there, every writer sees otherwise. */
static void relate_characters(as_finder *f, as_str text)
{
    struct gram grams[AS_LETTERS + 1];
    as_letters w, other;
    size_t n, shorter;

    if (!as_letters_of(text, &w) || w.latin)
        return;
    n = find_grams(f, &w, grams);
    for (size_t i = 0; i < n && i <= n / 2; i++)
        for (size_t k = 0; k < grams[i].n; k++) {
            uint32_t word = grams[i].words[k] & AS_INDEX_GRAM_WORD;
            if (word >= f->n_words || f->seen[word] == f->word_run)
                continue;
            if (!spend(f, PROBE_OF_CHARACTERS))
                return;
            if (letters_of_word(f, word, false, &other) &&
                shared_grams(&w, &other, &shorter) * 2 >= shorter)
                relate(f, word, CHARACTERS);
        }
}

/* ---- one word ----------------------------------------------------------- */

struct hearing {
    as_finder *f;
    uint32_t strength;
};

static bool relate_one_off(void *ctx, uint32_t hash)
{
    struct hearing *h = ctx;

    relate_hash(h->f, hash, h->strength);
    return true;
}

/* A word of the lists that shares a key may still be two letters off: the
 * comparison decides. */
static void relate_left_out(as_finder *f, const as_name_word *w)
{
    struct hearing h = {f, ONE_OFF};

    as_index_left_out(AS_KEY_LETTERS, w->latin, AS_INDEX_LONG, relate_one_off,
                      &h);
    h.strength = ONE_OFF - FURTHER;
    as_index_left_out(AS_KEY_SOUNDS, w->sound, AS_INDEX_LONG_SOUND,
                      relate_one_off, &h);
}

/* "Muromskiy" is what is of Murom; Baltic endings of people's names. */
static void relate_inflected(as_finder *f, as_str latin)
{
    static const char *const ends[] = {"s",    "as",    "is",   "us",   "skiy",
                                       "skii", "ski",   "sky",  "skyy", "skaya",
                                       "skoe", "skoye", "skogo"};
    char text[AS_WORD_LATIN + 8];

    if (latin.n < 4 || latin.n > AS_WORD_LATIN)
        return;
    for (size_t i = 0; i < AS_ARRAY_LEN(ends); i++) {
        as_str end = as_str_c(ends[i]);
        memcpy(text, latin.p, latin.n);
        memcpy(text + latin.n, end.p, end.n);
        relate_key(f, AS_KEY_LATIN, as_str_of(text, latin.n + end.n), SOUND);
        if (as_str_ends(latin, end) && latin.n >= end.n + 4)
            relate_key(f, AS_KEY_LATIN, as_str_slice(latin, 0, latin.n - end.n),
                       SOUND);
    }
}

static void relate_short_forms(as_finder *f, as_str latin)
{
    for (size_t i = 0; i < as_name_nicks_n; i++) {
        as_str nick, name;
        if (as_name_nicks[i].nick[0] != latin.p[0] &&
            as_name_nicks[i].name[0] != latin.p[0])
            continue;
        nick = as_str_c(as_name_nicks[i].nick);
        name = as_str_c(as_name_nicks[i].name);
        if (as_str_eq(latin, nick))
            relate_key(f, AS_KEY_LATIN, name, SAME);
        if (as_str_eq(latin, name))
            relate_key(f, AS_KEY_LATIN, nick, SAME);
    }
}

static void relate_reversed(as_finder *f, as_str latin)
{
    char text[AS_WORD_LATIN];

    if (latin.n < 5 || latin.n > sizeof text)
        return;
    for (size_t i = 0; i < latin.n; i++)
        text[i] = latin.p[latin.n - 1 - i];
    relate_key(f, AS_KEY_LATIN, as_str_of(text, latin.n), SOUND);
}

static void relate_half(as_finder *f, as_str half)
{
    size_t n, m;
    const as_index_entry *e = as_index_find(
        f->x, AS_SECTION_KEYS, as_index_hash(AS_KEY_LATIN, half), &n);

    for (size_t i = 0; i < n; i++) {
        as_index_postings(f->x, e[i].value, &m);
        if (m <= HALVED)
            relate(f, e[i].value, ONE_OFF);
    }
}

/* A word that the lists do not have may be two of theirs, one of them spoilt:
 * the other one finds them. */
static void relate_halves(as_finder *f, as_str latin)
{
    enum { HALF = 4 };

    for (size_t i = HALF; i < latin.n; i++) {
        relate_half(f, as_str_slice(latin, 0, i));
        if (latin.n - i >= HALF)
            relate_half(f, as_str_slice(latin, i, latin.n));
    }
}

static void add_word(as_finder *f, const as_name_word *w, size_t i, bool person)
{
    as_strand *s = begin(f, UINT64_C(1) << i, w->weight);
    bool known;

    if (!s)
        return;
    relate_key(f, AS_KEY_LATIN, w->latin, SAME);
    relate_key(f, AS_KEY_TEXT, w->text, SAME);
    if (w->concept)
        relate_hash(f, as_index_concept_hash(w->concept), SAME);
    known = f->n_related > s->from;
    if (known)
        f->known |= UINT64_C(1) << i;
    relate_key(f, AS_KEY_SOUND, w->sound, SOUND);
    if (person && w->latin.n)
        relate_short_forms(f, w->latin);
    relate_left_out(f, w);
    relate_near(f, w->latin);
    relate_inflected(f, w->latin);
    relate_reversed(f, w->latin);
    if (w->bones.n >= AS_INDEX_BONES && as_index_is_boned(w->text))
        relate_key(f, AS_KEY_BONES, w->bones, BONES);
    if (w->bones.n >= AS_INDEX_BONES)
        relate_key(f, AS_KEY_BONED, w->bones, BONES);
    relate_characters(f, w->text);
    if (!known && w->latin.n >= AS_INDEX_LONG)
        relate_halves(f, w->latin);
    end(f, s);
}

/* ---- several words ------------------------------------------------------- */

static void add_direct(as_finder *f, uint32_t name, unsigned share)
{
    if (f->n_direct < AS_ARRAY_LEN(f->direct))
        f->direct[f->n_direct++] = (as_candidate){name, (uint16_t)share};
    else
        f->cut = true;
}

static void add_whole(as_finder *f, const as_name *n, bool stops)
{
    char whole[AS_INDEX_WHOLE];
    size_t m, size = as_index_whole(n, stops, whole, sizeof whole);
    const as_index_entry *e;

    if (size == 0)
        return;
    e = as_index_find(f->x, AS_SECTION_NAME_KEYS,
                      as_index_hash(AS_KEY_WHOLE, as_str_of(whole, size)), &m);
    for (size_t i = 0; i < m; i++)
        add_direct(f, e[i].value, AS_FINDER_WHOLE);
}

/* What an acronym of some of the words and a word may share at most. */
static void add_short(as_finder *f, uint32_t name, unsigned inside,
                      unsigned weight)
{
    const as_index_weights *v = as_index_weights_at(f->x, name);
    unsigned all = v ? weight + v->all : 0;

    inside += v ? v->all : 0;
    if (all && inside * AS_FINDER_WHOLE / all >= f->ask.family)
        add_direct(f, name, inside * AS_FINDER_WHOLE / all);
}

/* A word that may be the acronym of a name of the lists. */
static void add_long_form(as_finder *f, const as_name_word *w, unsigned weight)
{
    size_t n;
    const as_index_entry *e;

    if (w->class_ != AS_WORD_RARE || w->latin.n < 3 || w->latin.n > 7)
        return;
    e = as_index_find(f->x, AS_SECTION_NAME_KEYS,
                      as_index_hash(AS_KEY_INITIALS, w->latin), &n);
    for (size_t i = 0; i < n; i++)
        add_short(f, e[i].value, w->weight, weight);
}

struct initials {
    as_finder *f;
    unsigned weight;
};

/* The name is long and the lists have its initials as a word: of a name that is
 * not much more than this word. */
static void add_acronym(void *ctx, as_str initials)
{
    struct initials *q = ctx;
    size_t n, m;
    const as_index_entry *e = as_index_find(
        q->f->x, AS_SECTION_KEYS, as_index_hash(AS_KEY_LATIN, initials), &n);

    for (size_t i = 0; i < n; i++) {
        const uint32_t *names = as_index_postings(q->f->x, e[i].value, &m);
        for (size_t k = 0; k < m; k++) {
            const as_index_weights *v = as_index_weights_at(q->f->x, names[k]);
            if (v && v->all <= ACRONYM)
                add_direct(q->f, names[k], ACRONYM_SHARE);
        }
    }
}

/* Two to four words that the lists may write as one. Of people's names two are
 * one where they are written as they should be (Abdul Salam); here one of them
 * may be spoilt. */
static void add_joined(as_finder *f, const as_name *n, size_t i, bool person)
{
    char text[AS_INDEX_WHOLE], heard[AS_INDEX_WHOLE];
    size_t size = 0, count = as_name_words(n);
    unsigned weight = 0;
    uint64_t words = 0;

    for (size_t k = i; k < count && k < i + 4; k++) {
        as_name_word w = as_name_word_at(n, k);
        as_str s = as_index_letters(&w);
        as_strand *strand;
        if (size + s.n > AS_WORD_LATIN || w.class_ == AS_WORD_TITLE)
            return;
        memcpy(text + size, s.p, s.n);
        size += s.n;
        weight += as_index_holds(&w) ? w.weight : 0;
        words |= UINT64_C(1) << k;
        if (k == i || size < 5)
            continue;
        strand = begin(f, words, weight);
        if (!strand)
            return;
        relate_key(f, AS_KEY_LATIN, as_str_of(text, size), SAME);
        relate_key(f, AS_KEY_TEXT, as_str_of(text, size), SAME);
        if (w.latin.n)
            relate_key(f, AS_KEY_SOUND,
                       as_str_of(heard, as_sound(as_str_of(text, size), heard)),
                       SOUND);
        if (person && k == i + 1)
            relate_near(f, as_str_of(text, size));
        end(f, strand);
    }
}

/* The names that hold both words: the shorter list is walked, the longer one
 * searched. */
static void add_both(as_finder *f, uint32_t a, uint32_t b)
{
    size_t n, m, from = 0;
    const uint32_t *x = as_index_postings(f->x, a, &n), *p = x;
    const uint32_t *y = as_index_postings(f->x, b, &m);

    if (n > m) {
        size_t size = n;
        x = y, n = m;
        y = p, m = size;
    }
    if (!spend(f, n))
        return;
    for (size_t i = 0; i < n && from < m; i++) {
        size_t to = m;
        while (from < to) {
            size_t middle = from + (to - from) / 2;
            if (y[middle] < x[i])
                from = middle + 1;
            else
                to = middle;
        }
        if (from < m && y[from] == x[i])
            add_direct(f, x[i], AS_FINDER_WHOLE);
    }
}

/* A word that the lists may write as two. */
static void add_split(as_finder *f, as_str latin)
{
    enum { HALF = 3, WORDS = 4 };

    for (size_t i = HALF; i + HALF <= latin.n; i++) {
        size_t n, m;
        const as_index_entry *a, *b;
        a = as_index_find(
            f->x, AS_SECTION_KEYS,
            as_index_hash(AS_KEY_LATIN, as_str_slice(latin, 0, i)), &n);
        if (n == 0)
            continue;
        b = as_index_find(
            f->x, AS_SECTION_KEYS,
            as_index_hash(AS_KEY_LATIN, as_str_slice(latin, i, latin.n)), &m);
        for (size_t k = 0; k < n && k < WORDS; k++)
            for (size_t l = 0; l < m && l < WORDS; l++)
                add_both(f, a[k].value, b[l].value);
    }
}

void as_finder_words(as_finder *f, const as_name *n)
{
    as_party_kind kind = as_name_get_kind(n);
    bool person = kind == AS_PARTY_PERSON || kind == AS_PARTY_UNKNOWN;
    struct initials initials = {f, as_index_weigh(n).all};

    f->n_strands = f->n_related = f->n_direct = 0;
    f->probes = PROBES;
    f->known = 0;
    add_whole(f, n, false);
    add_whole(f, n, true);
    for (size_t i = 0; i < as_name_words(n) && i < 64; i++) {
        as_name_word w = as_name_word_at(n, i);
        if (as_index_holds(&w)) {
            add_word(f, &w, i, person);
            add_split(f, w.latin);
        }
        if (kind != AS_PARTY_PERSON)
            add_long_form(f, &w, initials.weight);
        add_joined(f, n, i, person);
    }
    if (kind != AS_PARTY_PERSON)
        as_index_initials(n, add_acronym, &initials);
}
