/* SPDX-License-Identifier: Apache-2.0 */
/* What is known beside names: it lowers a score, sets a row apart, or speaks
 * for it. Each says so in a line. An identifier that is the same outranks all;
 * another country never removes a name that agrees wholly, since a listed party
 * may well sit elsewhere. */
#include "party/name_internal.h"
#include "party/screen_internal.h"

#include "model/country.h"

#include <stdlib.h>
#include <string.h>

/* What is taken off a score. */
#define COUNTRY      0.12
#define COUNTRY_MORE 0.2 /* where the names do not agree wholly */
#define BIRTH        0.25
#define NUMBER       0.15
#define LOOSE        0.12 /* for a word of which little but consonants agrees */
/* Bounds. */
#define WHOLE_NAME   0.95 /* names that agree in all that counts */
#define LONG_NAME    7    /* letters of a word that few names share */
#define SPELLING     0.15 /* of the letters of a word that stands alone */
#define MUCH         0.4  /* weight of a word */
#define POSSIBLE_TOP 0.84 /* of what is never sure by name alone */

/* ---- the row -------------------------------------------------------------
 */

static bool is_the_row(const as_index_row *row, const as_know_party *p)
{
    static const char hex[] = "0123456789abcdef";

    if (p->digest.n < sizeof row->digest * 2)
        return false;
    for (size_t i = 0; i < sizeof row->digest; i++)
        if (as_ascii_lower(p->digest.p[i * 2]) != hex[row->digest[i] >> 4] ||
            as_ascii_lower(p->digest.p[i * 2 + 1]) != hex[row->digest[i] & 15])
            return false;
    return true;
}

bool as_screen_fetch(as_screen_work *w, as_screen_row *r, as_err *err)
{
    const as_index_row *row = as_index_row_at(&w->s->index, r->row);
    as_rc rc;

    if (!row)
        return false;
    rc = as_know_party_at(w->s->kb, row->number, w->arena, &r->party, err);
    if (rc == AS_OK && is_the_row(row, &r->party) &&
        r->alias < r->party.party.n_names)
        return true;
    as_fail(err, AS_ERR_INPUT,
            "the index of parties is not of this knowledge base");
    return false;
}

/* ---- kinds --------------------------------------------------------------- */

static as_party_kind kind_of(as_party_kind k)
{
    return k == AS_PARTY_AIRCRAFT ? AS_PARTY_VESSEL : k;
}

static void by_kind(as_screen_work *w, as_screen_row *r)
{
    as_party_kind a = kind_of(w->q->kind), b = kind_of(r->party.party.kind);

    if (!a || !b || a == b)
        return;
    r->kept_apart = true;
    as_screen_say(w, r, "another kind: asked for is %s, listed is %s",
                  as_party_kind_word(w->q->kind),
                  as_party_kind_word(r->party.party.kind));
}

/* ---- countries ------------------------------------------------------------
 */

/* Lists write Hong Kong and Macao as places of their own or as China's. */
static as_str state_of(as_str code)
{
    if (as_str_eq(code, AS_STR("HK")) || as_str_eq(code, AS_STR("MO")))
        return AS_STR("CN");
    return code;
}

static bool in_country(const as_party *p, as_str code)
{
    for (size_t i = 0; i < p->n_countries; i++)
        if (as_str_eq_nocase(state_of(p->countries[i]), state_of(code)))
            return true;
    return false;
}

static void by_country(as_screen_work *w, as_screen_row *r)
{
    const as_party *p = &r->party.party;
    as_str asked = w->q->country;

    if (asked.n != 2 || p->n_countries == 0)
        return;
    if (in_country(p, asked)) {
        r->rank += 2;
        as_screen_say(w, r, "the country agrees: %.*s", AS_FMT(asked));
        return;
    }
    if (w->q->country_made)
        return;
    r->score -= r->name_score >= WHOLE_NAME ? COUNTRY : COUNTRY_MORE;
    if ((r->name_score >= WHOLE_NAME || r->telling) && r->score < w->threshold)
        r->score = w->threshold;
    as_screen_say(w, r, "another country: asked for is %.*s, listed is %.*s%s",
                  AS_FMT(asked), AS_FMT(p->countries[0]),
                  p->n_countries > 1 ? " and others" : "");
}

/* ---- births ---------------------------------------------------------------
 */

static void by_birth(as_screen_work *w, as_screen_row *r)
{
    const as_party *p = &r->party.party;
    unsigned asked = as_index_year(w->q->birth), nearest = 200;
    as_str text = AS_ABSENT;

    for (size_t i = 0; i < p->n_births; i++) {
        unsigned year = as_index_year(p->births[i]);
        unsigned apart = year > asked ? year - asked : asked - year;
        if (year && apart < nearest) {
            nearest = apart;
            text = p->births[i];
        }
    }
    if (!asked || !text.n)
        return;
    if (nearest > 1) {
        r->score -= BIRTH;
        as_screen_say(w, r,
                      "born in another year: asked for is %u, listed is "
                      "%.*s",
                      asked, AS_FMT(text));
        return;
    }
    r->rank += nearest ? 1 : 3;
    as_screen_say(w, r, "the year of birth %s: %.*s",
                  nearest ? "nearly agrees" : "agrees", AS_FMT(text));
}

/* ---- identifiers ----------------------------------------------------------
 */

static bool same_number(as_str a, as_str b)
{
    char x[AS_INDEX_WHOLE], y[AS_INDEX_WHOLE];
    size_t n = as_index_id(a, x, sizeof x), m = as_index_id(b, y, sizeof y);

    return n && n == m && memcmp(x, y, n) == 0;
}

static bool may_be_one_scheme(const as_party_id *a, const as_party_id *b)
{
    if (a->country.n && b->country.n &&
        !as_str_eq_nocase(a->country, b->country))
        return false;
    return as_str_eq_nocase(a->scheme, b->scheme) || a->scheme.n == 0 ||
           as_str_eq(a->scheme, AS_STR("other")) ||
           as_str_eq(b->scheme, AS_STR("other"));
}

/* Of these a party has one. */
static bool is_single(as_str scheme)
{
    static const char *const single[] = {"lei", "imo", "uei", "mmsi", "cage"};

    for (size_t i = 0; i < AS_ARRAY_LEN(single); i++)
        if (as_str_eq_nocase(scheme, as_str_c(single[i])))
            return true;
    return false;
}

static void by_one_id(as_screen_work *w, as_screen_row *r,
                      const as_party_id *id)
{
    const as_party *p = &r->party.party;
    const as_party_id *other = NULL;

    for (size_t i = 0; i < p->n_ids; i++) {
        const as_party_id *theirs = &p->ids[i];
        if (may_be_one_scheme(id, theirs) &&
            same_number(id->value, theirs->value)) {
            r->by_id = true;
            as_screen_say(w, r, "the identifier is the same: %.*s %.*s",
                          AS_FMT(theirs->scheme), AS_FMT(theirs->value));
            return;
        }
        if (as_str_eq_nocase(id->scheme, theirs->scheme))
            other = theirs;
    }
    if (!other)
        return;
    r->score -= is_single(id->scheme) ? NUMBER * 2 : NUMBER;
    as_screen_say(w, r,
                  "another identifier: asked for is %.*s %.*s, listed is "
                  "%.*s",
                  AS_FMT(id->scheme), AS_FMT(id->value), AS_FMT(other->value));
}

/* What the index promised must hold in the row: a hash is no proof. */
static void by_ids(as_screen_work *w, as_screen_row *r)
{
    r->by_id = false;
    for (size_t i = 0; i < w->q->n_ids && !r->by_id; i++)
        by_one_id(w, r, &w->q->ids[i]);
    if (r->by_id) {
        r->score = 1;
        r->kept_apart = false;
    } else if (r->name == UINT32_MAX) {
        r->kept_apart = true;
    }
}

/* ---- addresses ------------------------------------------------------------
 */

static as_str next_word(as_str s, size_t *at)
{
    size_t from;

    while (*at < s.n && !as_ascii_is_alnum(s.p[*at]) &&
           (unsigned char)s.p[*at] < 0x80)
        (*at)++;
    from = *at;
    while (*at < s.n &&
           (as_ascii_is_alnum(s.p[*at]) || (unsigned char)s.p[*at] >= 0x80))
        (*at)++;
    return as_str_slice(s, from, *at);
}

static bool has_word(as_str s, as_str word)
{
    as_str other;

    for (size_t at = 0; (other = next_word(s, &at)).n;)
        if (as_str_eq_nocase(word, other))
            return true;
    return false;
}

/* Words and numbers that two addresses share; "street" and the like are shared
 * by all. */
static size_t shared_words(as_str a, as_str b, bool *ret_number)
{
    static const char *const common[] = {
        "street",   "road",     "avenue", "building", "floor", "room", "city",
        "district", "province", "region", "city",     "block", "zone", "unit"};
    size_t shared = 0;
    as_str word;

    *ret_number = false;
    for (size_t at = 0; (word = next_word(a, &at)).n;) {
        bool skip = word.n < 2;
        for (size_t i = 0; i < AS_ARRAY_LEN(common) && !skip; i++)
            skip = as_str_eq_nocase(word, as_str_c(common[i]));
        if (skip || !has_word(b, word))
            continue;
        shared++;
        *ret_number = *ret_number || as_ascii_is_digit(word.p[0]);
    }
    return shared;
}

static void by_address(as_screen_work *w, as_screen_row *r)
{
    const as_party *p = &r->party.party;

    for (size_t i = 0; i < p->n_addresses && w->q->address.n; i++) {
        bool number;
        size_t n =
            shared_words(as_str_slice(w->q->address, 0, 500),
                         as_str_slice(p->addresses[i].text, 0, 500), &number);
        if (n < 2 || (n < 3 && !number))
            continue;
        r->rank += 2;
        as_screen_say(w, r, "the address agrees in %zu words: %.*s", n,
                      AS_FMT(p->addresses[i].text));
        return;
    }
}

/* ---- all ----------------------------------------------------------------- */

/* What the agreement of the names rests on. */
struct ground {
    size_t rare;    /* pairs with a word that tells */
    size_t lone;    /* words without counterpart, but legal forms */
    size_t plain;   /* other pairs: places, trades, words that many share */
    bool spelt;     /* a word that tells is in one script, other letters */
    bool acronym;   /* one of them is initials */
    double cost;    /* letters that differ in them */
    size_t letters; /* of the longer sides */
    bool otherwise; /* one of them is not the same letters or meaning */
    bool lacking;   /* a word that says much is on one side alone ... */
    bool unlisted;  /* ... and that is what was asked for */
    size_t loose;   /* pairs of which less than half of the letters agree */
    size_t short_;  /* of a word with an initial */
    size_t bent;    /* pairs in which much of a word is spelt otherwise */
    bool syllable;  /* a word in Han is on one side alone */
    size_t words;   /* of what was asked for, that have a counterpart */
    bool unlike;    /* a pair is neither the same nor of one meaning */
    bool across;    /* one name is in Latin letters, the other is not */
};

/* The words of one side of a pair: whether one tells, and their letters. */
static bool look_at(const as_name *n, size_t from, size_t count, char *out,
                    size_t *ret)
{
    bool rare = false;

    *ret = 0;
    for (size_t i = from; i < from + count && i < as_name_words(n); i++) {
        as_name_word w = as_name_word_at(n, i);
        as_str s = as_index_letters(&w);
        rare = rare || w.class_ == AS_WORD_RARE;
        if (s.n > AS_LETTERS - *ret)
            s.n = AS_LETTERS - *ret;
        memcpy(out + *ret, s.p, s.n);
        *ret += s.n;
    }
    return rare;
}

/* Consonants alone say little: of what only sounds alike or is joined, half of
 * the letters must agree. */
static bool is_loose(const as_name_pair *p, as_str a, as_str b)
{
    size_t longer = a.n > b.n ? a.n : b.n;
    as_letters x, y;

    if (p->how != AS_PAIR_SOUND && p->how != AS_PAIR_JOINED &&
        p->how != AS_PAIR_EDIT)
        return false;
    return as_letters_of(a, &x) && as_letters_of(b, &y) &&
           as_letters_distance(&x, &y, AS_LETTERS) * 2 > longer;
}

static bool is_latin(const as_name *n, size_t word)
{
    as_name_word w = as_name_word_at(n, word);

    return w.text.n && (unsigned char)w.text.p[0] < 0x80;
}

/* U+3400 to U+9FFF, Han: what its three bytes begin with. */
static bool is_han(const as_name *n, size_t word)
{
    as_str s = as_name_word_at(n, word).text;
    unsigned char c = s.n >= 3 ? (unsigned char)s.p[0] : 0;

    return (c == 0xE3 && (unsigned char)s.p[1] >= 0x90) ||
           (c >= 0xE4 && c <= 0xE9);
}

/* Another syllable is another word: pinyin of Han has no spelling errors. */
static bool is_other_syllable(const as_name *a, const as_name *b,
                              const as_name_pair *p)
{
    return p->how == AS_PAIR_EDIT && p->n_a && p->n_b &&
           is_han(a, p->a) != is_han(b, p->b) && (double)p->cost > 0.75;
}

/* A letter in five, and more, of a word of a person's name. */
static bool is_bent(const as_name_pair *p, size_t n, size_t m)
{
    return p->how == AS_PAIR_EDIT &&
           (double)p->cost * 5 >= (double)(n > m ? n : m) - 0.01;
}

/* Between scripts letters differ anyway. */
static bool is_spelt_otherwise(const as_name *a, const as_name *b,
                               const as_name_pair *p)
{
    return (p->how == AS_PAIR_EDIT || p->how == AS_PAIR_SOUND) && p->n_a &&
           p->n_b && is_latin(a, p->a) == is_latin(b, p->b);
}

/* Between scripts vowels are not written, and so many consonants that agree are
 * no accident. */
static bool is_boned(const as_name *a, const as_name *b, const as_name_pair *p)
{
    enum { TELLING = 4 };

    return p->how == AS_PAIR_SOUND && p->n_a == 1 && p->n_b == 1 &&
           is_latin(a, p->a) != is_latin(b, p->b) &&
           as_name_word_at(a, p->a).bones.n >= TELLING &&
           as_name_word_at(b, p->b).bones.n >= TELLING;
}

static void add_pair(struct ground *g, const as_name *a, const as_name *b,
                     const as_name_pair *p)
{
    char x[AS_LETTERS], y[AS_LETTERS];
    size_t n, m;
    bool rare = look_at(a, p->a, p->n_a, x, &n);

    rare = look_at(b, p->b, p->n_b, y, &m) || rare;
    if (!rare) {
        g->plain++;
        return;
    }
    g->rare++;
    g->spelt = g->spelt || is_spelt_otherwise(a, b, p);
    g->acronym = g->acronym || p->how == AS_PAIR_ACRONYM;
    g->cost += (double)p->cost;
    g->otherwise =
        g->otherwise || (p->how != AS_PAIR_SAME && p->how != AS_PAIR_MEANING &&
                         p->how != AS_PAIR_JOINED);
    g->letters += n > m ? n : m;
    if (p->how == AS_PAIR_SHORT)
        g->short_++;
    else if ((is_loose(p, as_str_of(x, n), as_str_of(y, m)) &&
              !is_boned(a, b, p)) ||
             is_other_syllable(a, b, p))
        g->loose++;
    else
        g->bent += is_bent(p, n, m);
}

static bool agrees_in_full(as_name_how how)
{
    return how == AS_PAIR_SAME || how == AS_PAIR_MEANING ||
           how == AS_PAIR_JOINED;
}

static struct ground ground_of(const as_screen_work *w, const as_screen_row *r)
{
    const as_index_name *at = as_index_name_at(&w->s->index, r->name);
    const as_name *a = as_name_taken_for(as_screen_asked(w, r), r->match.kind),
                  *b;
    struct ground g = {.rare = 0};

    b = at ? as_index_block(&w->s->index, at) : NULL;
    if (!b)
        return g;
    b = as_name_taken_for(b, r->match.kind);
    g.across = is_latin(a, 0) != is_latin(b, 0);
    for (size_t i = 0; i < r->match.n_pairs; i++) {
        const as_name_pair *p = &r->match.pairs[i];
        if (p->how != AS_PAIR_NONE) {
            g.words += p->n_a;
            g.unlike = g.unlike || !agrees_in_full(p->how);
            add_pair(&g, a, b, p);
        } else {
            g.lone += (double)p->weight > 0;
            g.lacking = g.lacking || (double)p->weight >= MUCH;
            g.unlisted = g.unlisted || ((double)p->weight >= MUCH && p->n_a);
            g.syllable =
                g.syllable || (p->n_a ? is_han(a, p->a) : is_han(b, p->b));
        }
    }
    return g;
}

static void set_apart(as_screen_work *w, as_screen_row *r, const char *why)
{
    r->kept_apart = true;
    as_screen_say(w, r, "%s", why);
}

static bool agrees_in_country(const as_screen_work *w, const as_screen_row *r)
{
    return w->q->country.n && in_country(&r->party.party, w->q->country);
}

/* One word that tells names many: it is possible, never sure. */
static void lower(as_screen_work *w, as_screen_row *r, const char *why)
{
    if (r->score <= POSSIBLE_TOP)
        return;
    r->score = POSSIBLE_TOP;
    as_screen_say(w, r, "%s", why);
}

/* Four letters and less. The families, which are ours, know theirs. */
static bool is_acronym(const as_screen_work *w, const as_screen_row *r)
{
    const as_name *n = as_screen_asked(w, r);
    as_name_word word = as_name_word_at(n, 0);
    size_t words = 0;

    for (size_t i = 0; i < as_name_words(n); i++)
        words += as_name_word_at(n, i).class_ != AS_WORD_FORM;
    return r->party.number >= 0 && words == 1 && word.text.n <= 4 &&
           is_latin(n, 0);
}

/* People share names, and most have two or three: each counts that agrees well,
 * and one such beside others that hardly agree is somebody else. Returns
 * whether it may be the same person. */
static bool by_names_of_person(as_screen_work *w, as_screen_row *r,
                               const struct ground *g)
{
    size_t weak = g->loose + g->bent + g->short_;
    size_t strong = g->rare > weak ? g->rare - weak : 0;

    if (strong <= 1 && (g->loose || (g->bent && g->lacking))) {
        set_apart(w, r, "one name of several agrees");
        return false;
    }
    if (strong <= 1 && g->short_)
        lower(w, r, "one name and initials agree");
    if (g->bent)
        lower(w, r, "much of a name is spelt otherwise");
    if (g->syllable)
        lower(w, r, "a syllable is on one side alone");
    return true;
}

/* One word that tells is little to go by: when it is spelt otherwise, or is
 * initials, the country must agree, too. Names of nothing but words that many
 * share must be the same; between scripts, where no name is, each word of both
 * must have its like, and the country makes it sure. */
static void by_ground(as_screen_work *w, as_screen_row *r)
{
    struct ground g = ground_of(w, r);
    bool alone = g.rare == 1 && !agrees_in_country(w, r);

    r->telling = g.rare > 0 && !g.otherwise && !g.lacking &&
                 g.letters >= LONG_NAME * g.rare;
    if (r->kept_apart)
        return;
    if (alone && g.plain == 0 && g.spelt)
        lower(w, r, "one word tells, and it is spelt otherwise");
    if (alone && is_acronym(w, r))
        lower(w, r, "so short a name is that of many");
    if (r->match.kind == AS_PARTY_PERSON && !by_names_of_person(w, r, &g))
        return;
    if (r->name_score >= WHOLE_NAME)
        return;
    if (g.rare == 0) {
        if (!g.across || g.lone || g.unlike || g.words < 2)
            set_apart(w, r, "nothing but words that many names share agrees");
        else if (!agrees_in_country(w, r))
            lower(w, r, "the whole name agrees, in words that many share");
        return;
    }
    if (g.loose == g.rare) {
        set_apart(w, r, "little more than consonants agrees");
        return;
    }
    if (g.loose) {
        r->score -= LOOSE * (double)g.loose;
        as_screen_say(w, r, "of some words little more than consonants agrees");
    }
    if (!alone)
        return;
    if (g.acronym)
        set_apart(w, r, "nothing but initials agrees");
    else if (g.cost > SPELLING * (double)g.letters ||
             (g.otherwise && g.lacking))
        set_apart(w, r, "the one word that tells is spelt otherwise");
    else if (r->match.kind == AS_PARTY_PERSON &&
             (g.unlisted || (g.lacking && w->q->kind != AS_PARTY_PERSON)))
        set_apart(w, r, "one name of several agrees");
    else if (g.plain == 0 && g.lone)
        lower(w, r, "one word that tells agrees, and not the whole name");
}

static void by_name(as_screen_work *w, as_screen_row *r)
{
    if (r->alias_kind == AS_PARTY_NAME_WEAK)
        as_screen_say(w, r, "the list calls this name a weak one");
    if (r->alias_kind == AS_PARTY_NAME_FORMER)
        as_screen_say(w, r, "a former name");
    if (r->name_score < w->threshold)
        r->kept_apart = true;
    if (r->name != UINT32_MAX)
        by_ground(w, r);
}

/* A sister or a part of the family: reached only because sisters count. */
static void by_family(as_screen_work *w, as_screen_row *r)
{
    const as_index_name *at;
    as_name_match m;

    if (r->identity != AS_PARTY_FAMILY || r->name == UINT32_MAX ||
        r->kept_apart)
        return;
    at = as_index_name_at(&w->s->index, r->name);
    as_name_compare(as_screen_asked(w, r), as_index_block(&w->s->index, at),
                    AS_PARTY_ENTITY, &m);
    if (m.score >= w->threshold)
        return;
    as_screen_say(w, r, "sisters count: one party by its name it is not (%s)",
                  as_name_cap_text(m.cap));
    if (r->score > POSSIBLE_TOP)
        r->score = POSSIBLE_TOP;
}

/* The whole name is that of a company everybody knows, and a row in no country
 * of it only resembles the name. */
static void by_known(as_screen_work *w, as_screen_row *r)
{
    const as_party *p = &r->party.party;
    bool shared = p->n_countries == 0;

    if (!w->known || r->other || r->kept_apart || r->name_score >= WHOLE_NAME ||
        as_str_eq(p->list, w->known->list) ||
        (w->q->country.n && !in_country(w->known, w->q->country)))
        return;
    for (size_t i = 0; i < p->n_countries; i++)
        shared = shared || in_country(w->known, p->countries[i]);
    if (shared)
        return;
    r->kept_apart = true;
    as_screen_say(w, r, "the whole name is that of \"%.*s\" (%.*s), another",
                  AS_FMT(as_str_slice(w->known->names[0].text, 0, 200)),
                  AS_FMT(w->known->countries[0]));
}

void as_screen_qualify(as_screen_work *w, as_screen_row *r)
{
    by_name(w, r);
    by_family(w, r);
    by_known(w, r);
    by_kind(w, r);
    by_country(w, r);
    by_birth(w, r);
    by_address(w, r);
    by_ids(w, r);
    if (r->score < 0)
        r->score = 0;
    if (!r->by_id && r->score < w->threshold)
        r->kept_apart = true;
    if (r->score < AS_SCREEN_SURE)
        r->missing = as_arena_printf(
            w->arena,
            "whether it is \"%.*s\": an identifier, address or country of it",
            AS_FMT(as_str_slice(r->party.party.names[0].text, 0, 200)));
}
