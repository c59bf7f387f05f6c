/* SPDX-License-Identifier: Apache-2.0 */
/* From pairs of words to a score.
 *
 * Weights say how much of both names agrees; letters that differ lower it; what
 * tells two parties of like names apart holds it below the threshold. */
#include "party/name_internal.h"

#include <string.h>

/* Scores that a cap leaves: all below AS_NAME_THRESHOLD but the last two. */
#define CAP_GENERIC  0.5
#define CAP_NUMBER   0.5
#define CAP_RARE     0.55
#define CAP_PLACE    0.6
#define CAP_CONTRARY 0.66
#define CAP_FORM     0.68
#define CAP_SERIES   0.78
#define CAP_FAMILY   0.92

static void cap(as_name_match *m, double score, as_name_cap why)
{
    if (m->score > score) {
        m->score = score;
        m->cap = why;
    }
}

static double max2(double a, double b)
{
    return a > b ? a : b;
}
static double min2(double a, double b)
{
    return a < b ? a : b;
}

/* What one side has that the other lacks, by kinds of words. */
typedef struct lack {
    double rare, trade, filler, place, city, region, number, all;
    double light; /* fillers that say next to nothing: group, holding */
    unsigned places, numbers;
    uint32_t value; /* of the last number */
    bool first;     /* the place is the first word */
} lack;

static void add_lack(lack *l, const as_word *w, bool first)
{
    double weight = w->weight / 100.0;

    l->all += weight;
    switch ((as_name_class)w->class_) {
    case AS_WORD_RARE:
    case AS_WORD_INITIAL: l->rare += weight; break;
    case AS_WORD_TRADE: l->trade += weight; break;
    case AS_WORD_FILLER:
        l->filler += weight;
        l->light += weight <= 0.2 ? weight : 0;
        break;
    case AS_WORD_COUNTRY:
        l->place += weight;
        l->places++;
        l->first = first;
        break;
    case AS_WORD_CITY: l->city += weight; break;
    case AS_WORD_REGION: l->region += weight; break;
    case AS_WORD_NUMBER:
        l->number += weight;
        l->numbers++;
        l->value = w->number;
        break;
    case AS_WORD_STOP:
    case AS_WORD_FORM:
    case AS_WORD_TITLE: break;
    }
}

/* What agrees. */
typedef struct gain {
    double rare, all; /* weights of both sides, halved */
    double letters;   /* of the pairs' longer sides */
    double cost;
    bool acronym, numbers;
} gain;

static size_t letters_of(const as_name *n, size_t i, size_t count)
{
    size_t sum = 0;

    for (size_t k = i; k < i + count; k++) {
        const as_word *w = &n->words[k];
        sum += w->latin_n ? w->latin_n : 2u * w->units_n;
    }
    return sum;
}

static double rare_of(const as_name *n, size_t i, size_t count)
{
    double sum = 0;

    for (size_t k = i; k < i + count; k++)
        if (n->words[k].class_ == AS_WORD_RARE)
            sum += n->words[k].weight / 100.0;
    return sum;
}

/* A short name that is known for a longer one. */
static bool is_short_name(const as_work *w, const as_name_pair *p)
{
    const as_word *a = &w->a->words[p->a], *b = &w->b->words[p->b];

    return p->how == AS_PAIR_MEANING && a->class_ == AS_WORD_RARE &&
           b->class_ == AS_WORD_RARE && (a->count > 1) != (b->count > 1);
}

static void sum_up(const as_work *w, gain *g, lack *a, lack *b)
{
    *g = (gain){.rare = 0};
    *a = *b = (lack){.rare = 0};
    for (size_t i = 0; i < w->ret->n_pairs; i++) {
        const as_name_pair *p = &w->ret->pairs[i];
        if (p->how == AS_PAIR_NONE) {
            if (!(p->weight > 0))
                continue;
            if (p->n_a)
                add_lack(a, &w->a->words[p->a], p->a == 0);
            else
                add_lack(b, &w->b->words[p->b], p->b == 0);
            continue;
        }
        g->letters += (double)max2((double)letters_of(w->a, p->a, p->n_a),
                                   (double)letters_of(w->b, p->b, p->n_b));
        g->cost += (double)p->cost;
        g->all += (double)p->weight / 2;
        g->rare +=
            (rare_of(w->a, p->a, p->n_a) + rare_of(w->b, p->b, p->n_b)) / 2;
        g->acronym |= p->how == AS_PAIR_ACRONYM || is_short_name(w, p);
        g->numbers |= w->a->words[p->a].class_ == AS_WORD_NUMBER;
    }
}

/* ---- what is the same but for order and form ----------------------------- */

static bool in_order(const as_work *w)
{
    int last = -1;

    for (size_t x = 0; x < w->n_a; x++) {
        int p = w->of_a[w->list_a[x]];
        int at = p < 0 ? -1 : w->ret->pairs[p].b;
        if (at < last)
            return false;
        last = at;
    }
    return true;
}

/* The order within the top band; see party.h. */
static void rank(const as_work *w, const lack *a, const lack *b)
{
    as_name_match *m = w->ret;
    bool same = a->all + b->all <= 0;
    double mean = 0;

    for (size_t i = 0; i < m->n_pairs; i++) {
        as_name_how how = m->pairs[i].how;
        same = same && (how == AS_PAIR_SAME || how == AS_PAIR_NONE);
        mean += how == AS_PAIR_SAME ? 0 : 0.01;
    }
    if (!same)
        cap(m, max2(0.9, 0.965 - mean), AS_CAP_NONE);
    else
        cap(m, in_order(w) ? 0.98 : 0.97, AS_CAP_NONE);
}

/* ---- organisations and vessels ------------------------------------------- */

static bool is_strict(unsigned form)
{
    return form == AS_FORM_PRIVATE || form == AS_FORM_PUBLIC ||
           form == AS_FORM_PARTNERSHIP || form == AS_FORM_COOPERATIVE ||
           form == AS_FORM_NONPROFIT || form == AS_FORM_STATE ||
           form == AS_FORM_SOLE;
}

/* Beside an acronym a country says which of several, not another. */
static double lack_counts(const as_work *w, const as_name_pair *p, bool acronym)
{
    const as_word *x = p->n_a ? &w->a->words[p->a] : &w->b->words[p->b];

    return acronym && x->class_ == AS_WORD_COUNTRY ? 0.3 : 1;
}

static double agreement(const as_work *w, bool acronym)
{
    double shared = 0, all = 0;

    for (size_t i = 0; i < w->ret->n_pairs; i++) {
        const as_name_pair *p = &w->ret->pairs[i];
        double n = max2((double)letters_of(w->a, p->a, p->n_a),
                        (double)letters_of(w->b, p->b, p->n_b));
        double like = 1 - (n > 0 ? (double)p->cost / n : 0);
        if (p->how == AS_PAIR_NONE) {
            all += (double)p->weight * lack_counts(w, p, acronym);
            continue;
        }
        all += (double)p->weight;
        if (p->how == AS_PAIR_ACRONYM)
            like = 1 - 0.2 * (double)p->cost;
        if (p->how == AS_PAIR_SHORT)
            like = 0.85;
        shared += (double)p->weight * max2(like, 0.3);
    }
    return all > 0 ? shared / all : 0;
}

/* A rare name that is there whole, beside words of trade on one side only:
 * "Hikvision" is "Hangzhou Hikvision Digital Technology". */
static double named(const gain *g, const lack *a, const lack *b)
{
    bool one_side = a->all <= 0 || b->all <= 0;

    return one_side && a->rare + b->rare <= 0 && g->rare >= 0.95 &&
                   g->cost <= 0.5
               ? 0.72
               : 0;
}

/* Numbers: another one, or one that the other lacks. In a series under one
 * rare name the parties are near enough to be looked at. */
static void judge_numbers(const as_work *w, const gain *g, const lack *a,
                          const lack *b)
{
    bool series = g->rare >= 0.85;

    if (a->numbers && b->numbers)
        cap(w->ret, series ? CAP_SERIES : CAP_NUMBER,
            series ? AS_CAP_SERIES : AS_CAP_NUMBER);
    else if ((a->numbers && a->value != 1) || (b->numbers && b->value != 1))
        cap(w->ret, CAP_CONTRARY, AS_CAP_NUMBER);
}

static void judge_places(const as_work *w, const gain *g, const lack *a,
                         const lack *b)
{
    bool both = a->place + a->city > 0 && b->place + b->city > 0;

    if (both)
        cap(w->ret, CAP_PLACE, AS_CAP_PLACE);
    /* A country behind the name is a subsidiary's; before it, it describes. */
    else if (!g->acronym &&
             ((a->places && !a->first) || (b->places && !b->first)))
        cap(w->ret, CAP_CONTRARY, AS_CAP_PLACE);
}

static void judge_contrary(const as_work *w, const gain *g, const lack *a,
                           const lack *b)
{
    double x = a->rare + a->trade + a->filler + a->city * 0.5;
    double y = b->rare + b->trade + b->filler + b->city * 0.5;

    if (a->rare >= 0.5 && b->rare >= 0.5)
        cap(w->ret, CAP_RARE, AS_CAP_CONTRARY);
    else if (min2(x, y) > 0.16)
        cap(w->ret, CAP_CONTRARY, AS_CAP_CONTRARY);
    (void)g;
}

/* Only words that many share: all of them must agree. */
static void judge_generic(const as_work *w, const gain *g, const lack *a,
                          const lack *b)
{
    bool bare = g->rare <= 0;

    if (bare && a->all + b->all - a->light - b->light > 0.01)
        cap(w->ret, CAP_GENERIC, AS_CAP_GENERIC);
    /* A short word alone says too little for a longer name. */
    if (!bare && g->rare < 0.9 && g->all - g->rare < 0.2 &&
        a->all + b->all > 0.2 && !g->acronym)
        cap(w->ret, CAP_CONTRARY, AS_CAP_SHORT);
}

static void judge_family(const as_work *w, const gain *g, const lack *a,
                         const lack *b)
{
    double rare = 2 * g->rare + a->rare + b->rare;
    double share = rare > 0 ? 2 * g->rare / rare : 0;

    if (g->rare >= 0.6 && share * CAP_FAMILY > w->ret->score &&
        g->cost <= 2.2) {
        w->ret->score = share * CAP_FAMILY;
        w->ret->cap = AS_CAP_NONE;
    }
}

void as_score_organisation(as_work *w, as_party_identity identity)
{
    as_name_match *m = w->ret;
    gain g;
    lack a, b;

    sum_up(w, &g, &a, &b);
    m->shared = agreement(w, g.acronym);
    m->cost = g.cost;
    m->score = max2(m->shared, named(&g, &a, &b));
    rank(w, &a, &b);
    if (m->score < AS_NAME_THRESHOLD)
        m->cap = AS_CAP_COVER;
    if (g.cost > 2.4)
        cap(m, CAP_CONTRARY, AS_CAP_LETTERS);
    judge_generic(w, &g, &a, &b);
    judge_contrary(w, &g, &a, &b);
    if (identity == AS_PARTY_FAMILY) {
        judge_family(w, &g, &a, &b);
        return;
    }
    judge_numbers(w, &g, &a, &b);
    judge_places(w, &g, &a, &b);
    if (is_strict(w->a->form) && is_strict(w->b->form) &&
        w->a->form != w->b->form)
        cap(m, CAP_FORM, AS_CAP_FORM);
}

/* ---- persons -------------------------------------------------------------
 */

/* How much of the longer name may be missing: half of it and a little. */
static double coverage(double shared)
{
    return shared >= 0.6 ? 0.72 + 0.7 * (shared - 0.6) : 1.15 * shared;
}

static double evidence(const as_work *w)
{
    double sum = 0;

    for (size_t i = 0; i < w->ret->n_pairs; i++) {
        const as_name_pair *p = &w->ret->pairs[i];
        if (p->how != AS_PAIR_NONE && p->how != AS_PAIR_SHORT &&
            p->how != AS_PAIR_ACRONYM)
            sum += (double)p->weight / 2;
    }
    return sum;
}

/* "Abdullah bin Omar" is not "Omar bin Abdullah": father and son change places.
 */
static bool is_bin(const as_name *n, size_t i)
{
    static const char *const words[] = {"bin",   "ibn",  "ben",  "bint",
                                        "binti", "ould", "wald", "bn"};
    as_str t = as_word_bytes(n, n->words[i].latin, n->words[i].latin_n);

    for (size_t k = 0; k < AS_ARRAY_LEN(words); k++)
        if (as_str_eq(t, as_str_c(words[k])))
            return true;
    return false;
}

/* -1: only before a "bin"; 1: only behind one; 0: neither or both. */
static int side_of_bin(const as_name *n, size_t i)
{
    size_t before = i;
    bool behind, ahead = i + 1 < n->n_words && is_bin(n, i + 1);

    while (before > 0 && n->words[before - 1].class_ == AS_WORD_STOP &&
           !is_bin(n, before - 1))
        before--;
    behind = before > 0 && is_bin(n, before - 1);
    return (int)behind - (int)ahead;
}

static bool are_turned(const as_work *w)
{
    size_t turned = 0;

    for (size_t i = 0; i < w->ret->n_pairs; i++) {
        const as_name_pair *p = &w->ret->pairs[i];
        if (p->how == AS_PAIR_NONE || p->how == AS_PAIR_JOINED ||
            w->a->words[p->a].class_ == AS_WORD_STOP)
            continue;
        if (side_of_bin(w->a, p->a) * side_of_bin(w->b, p->b) == -1)
            turned++;
    }
    return turned >= 2;
}

void as_score_person(as_work *w)
{
    as_name_match *m = w->ret;
    double all, seen;
    gain g;
    lack a, b;

    sum_up(w, &g, &a, &b);
    all = 2 * g.all + a.all + b.all;
    m->shared = all > 0 ? 2 * g.all / all : 0;
    m->cost = g.cost;
    m->score = coverage(m->shared) *
               max2(0, 1 - (g.letters > 0 ? g.cost / g.letters : 1));
    rank(w, &a, &b);
    if (m->score < AS_NAME_THRESHOLD)
        m->cap = AS_CAP_COVER;
    seen = evidence(w);
    if (seen < 0.45)
        cap(m, CAP_GENERIC, AS_CAP_SHORT);
    if (g.cost > max2(2.25, 0.12 * g.letters))
        cap(m, CAP_CONTRARY, AS_CAP_LETTERS);
    if (a.rare >= 0.2 && b.rare >= 0.2)
        cap(m, CAP_PLACE, AS_CAP_CONTRARY);
    if (are_turned(w))
        cap(m, CAP_CONTRARY, AS_CAP_ORDER);
    /* One name of several, and a frequent one. */
    if (seen < 0.8 && a.all + b.all > 0.3)
        cap(m, CAP_CONTRARY, AS_CAP_GENERIC);
}

/* ---- the comparison ------------------------------------------------------ */

static void list_words(const as_name *n, uint8_t *list, size_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < n->n_words; i++)
        if (as_word_counts(&n->words[i]))
            list[(*ret)++] = (uint8_t)i;
}

/* Ships' numbers outrank names. Returns whether they decide. */
static bool judge_imo(const as_name *a, const as_name *b, as_name_match *ret)
{
    if (!a->imo || !b->imo)
        return false;
    ret->score = a->imo == b->imo ? 1 : 0.3;
    ret->cap = a->imo == b->imo ? AS_CAP_NONE : AS_CAP_IDENTIFIER;
    return true;
}

static void compare_as(const as_name *a, const as_name *b, as_party_kind kind,
                       as_party_identity identity, as_name_match *ret)
{
    as_work w = {.a = a, .b = b, .ret = ret};

    *ret = (as_name_match){.kind = kind, .flags = a->flags | b->flags};
    memset(w.of_a, -1, sizeof w.of_a);
    memset(w.of_b, -1, sizeof w.of_b);
    w.person = kind == AS_PARTY_PERSON;
    list_words(a, w.list_a, &w.n_a);
    list_words(b, w.list_b, &w.n_b);
    as_pair_all(&w);
    if (w.person)
        as_score_person(&w);
    else
        as_score_organisation(&w, identity);
    if (as_str_eq(as_name_text(a), as_name_text(b))) {
        ret->score = a->raw == b->raw ? 1 : 0.99;
        ret->cap = AS_CAP_NONE;
    }
    if (a->imo || b->imo)
        judge_imo(a, b, ret);
}

const as_name *as_name_taken_for(const as_name *n, as_party_kind kind)
{
    const char *second = (const char *)n + n->second;

    return kind == AS_PARTY_PERSON && n->second
               ? (const as_name *)(const void *)second
               : n;
}

static void swap_sides(as_name_match *m)
{
    for (size_t i = 0; i < m->n_pairs; i++) {
        as_name_pair p = m->pairs[i];
        m->pairs[i].a = p.b;
        m->pairs[i].n_a = p.n_b;
        m->pairs[i].b = p.a;
        m->pairs[i].n_b = p.n_a;
    }
}

/* Whether a name of unknown kind can be a person's: no legal form, no two words
 * of trade, and more than a short word. */
static bool may_be_person(const as_name *n)
{
    size_t trades = 0;

    for (size_t i = 0; i < n->n_words; i++)
        trades += n->words[i].class_ == AS_WORD_TRADE ||
                  n->words[i].class_ == AS_WORD_FILLER;
    return n->form == AS_FORM_NONE && trades < 2 &&
           !(n->flags & AS_NAME_IS_GENERIC) &&
           (n->n_words > 1 || n->words[0].latin_n > 5);
}

void as_name_compare(const as_name *a, const as_name *b,
                     as_party_identity identity, as_name_match *ret)
{
    as_party_kind kind = (as_party_kind)(a->kind ? a->kind : b->kind);
    bool swap = as_str_cmp(as_name_text(a), as_name_text(b)) > 0;
    const as_name *x = swap ? b : a, *y = swap ? a : b;

    compare_as(as_name_taken_for(x, kind), as_name_taken_for(y, kind), kind,
               identity, ret);
    if (kind == AS_PARTY_UNKNOWN && may_be_person(x) && may_be_person(y)) {
        as_name_match other;
        compare_as(as_name_taken_for(x, AS_PARTY_PERSON),
                   as_name_taken_for(y, AS_PARTY_PERSON), AS_PARTY_PERSON,
                   identity, &other);
        if (other.score > ret->score)
            *ret = other;
    }
    if (ret->kind == AS_PARTY_UNKNOWN)
        ret->kind = AS_PARTY_ORGANISATION;
    if (swap)
        swap_sides(ret);
}

const char *as_name_how_text(as_name_how how)
{
    static const char *const texts[] = {
        [AS_PAIR_SAME] = "same",       [AS_PAIR_MEANING] = "meaning",
        [AS_PAIR_SOUND] = "sound",     [AS_PAIR_EDIT] = "edit",
        [AS_PAIR_JOINED] = "joined",   [AS_PAIR_SHORT] = "short",
        [AS_PAIR_ACRONYM] = "acronym", [AS_PAIR_REVERSED] = "reversed",
        [AS_PAIR_NONE] = "none",
    };

    return texts[how];
}

const char *as_name_cap_text(as_name_cap why)
{
    static const char *const texts[] = {
        [AS_CAP_NONE] = "none",
        [AS_CAP_GENERIC] = "only words that many share agree",
        [AS_CAP_PLACE] = "another country or town",
        [AS_CAP_NUMBER] = "another number",
        [AS_CAP_FORM] = "another legal form",
        [AS_CAP_CONTRARY] = "each has a word that the other lacks",
        [AS_CAP_LETTERS] = "too many letters differ",
        [AS_CAP_SHORT] = "too short to say enough",
        [AS_CAP_COVER] = "too little of the names agrees",
        [AS_CAP_SERIES] = "another number of one series",
        [AS_CAP_ORDER] = "father and son change places",
        [AS_CAP_IDENTIFIER] = "another IMO number",
    };

    return texts[why];
}
