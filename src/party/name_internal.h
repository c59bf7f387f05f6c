/* SPDX-License-Identifier: Apache-2.0 */
/* Inside party/: how a name is kept and what its tables are made of.
 *
 * A prepared name is one block:
 *   struct as_name | words[n_words] | units (uint16_t) | bytes
 * Offsets count from the start of the block. A word's text, Latin form, sound
 * and bones are bytes; "units" are the UTF-16 units of a word that is not in
 * Latin letters, for distances in its own script. */
#ifndef AS_PARTY_NAME_INTERNAL_H
#define AS_PARTY_NAME_INTERNAL_H

#include "party/party.h"

#include "base/buf.h"
#include "base/limits.h"

/* ---- tables (data/names, compiled by tools/names-compile.py) ------------- */

typedef enum as_row_kind {
    AS_ROW_NONE = 0,
    AS_ROW_FORM,
    AS_ROW_FILLER,
    AS_ROW_TRADE,
    AS_ROW_STOP,
    AS_ROW_COUNTRY,
    AS_ROW_REGION,
    AS_ROW_CITY,
    AS_ROW_BRAND,
    AS_ROW_TITLE,
    AS_ROW_PARTICLE,
    AS_ROW_NAME,
    AS_ROW_COMMON,
    AS_ROW_READING,
} as_row_kind;

typedef struct as_name_row {
    const char *key;
    uint8_t n;
    uint8_t kind, weight;
    uint16_t value; /* a concept, or the class of a form */
} as_name_row;

typedef struct as_name_nick {
    const char *nick, *name;
} as_name_nick;

extern const char *const as_name_concepts[];
extern const size_t as_name_concepts_n;
extern const as_name_row as_name_forms[], as_name_words_[], as_name_stems[],
    as_name_people[], as_name_meant[];
extern const size_t as_name_meant_n, as_name_forms_n, as_name_words__n,
    as_name_stems_n, as_name_people_n;
extern const as_name_nick as_name_nicks[];
extern const size_t as_name_nicks_n;
/* Abbreviations of several words of organisations. */
extern const as_name_nick as_name_shorts[];
extern const size_t as_name_shorts_n;

const as_name_row *as_name_find_form(as_str key);
/* A word or phrase of organisations; of one word also by its stem. */
const as_name_row *as_name_find_word(as_str key);
/* A name of several words, each as the tables call it; more: there are others
 * that begin so. */
const as_name_row *as_name_find_meant(as_str key, bool *ret_more);
const as_name_row *as_name_find_person(as_str key);
bool as_name_is_nick(as_str nick, as_str name);
bool as_name_is_short(as_str abbreviation, as_str word);

/* Classes of legal forms, as in data/names/forms.tbl. */
typedef enum as_form_class {
    AS_FORM_NONE = 0,
    AS_FORM_PRIVATE,
    AS_FORM_PUBLIC,
    AS_FORM_LIMITED,
    AS_FORM_CORPORATE,
    AS_FORM_PARTNERSHIP,
    AS_FORM_COOPERATIVE,
    AS_FORM_NONPROFIT,
    AS_FORM_STATE,
    AS_FORM_SOLE,
    AS_FORM_BRANCH,
} as_form_class;

/* ---- scripts -------------------------------------------------------------
 */

typedef enum as_script {
    AS_SCRIPT_LATIN = 0, /* and digits */
    AS_SCRIPT_CYRILLIC,
    AS_SCRIPT_GREEK,
    AS_SCRIPT_ARABIC,
    AS_SCRIPT_HEBREW,
    AS_SCRIPT_HAN,
    AS_SCRIPT_KANA,
    AS_SCRIPT_HANGUL,
    AS_SCRIPT_KHMER,
    AS_SCRIPT_INDIC, /* its letters carry an "a" that names do not speak */
    AS_SCRIPT_OTHER,
} as_script;

as_script as_script_of(uint32_t c);
static inline bool as_script_is_cjk(as_script s)
{
    return s == AS_SCRIPT_HAN || s == AS_SCRIPT_KANA || s == AS_SCRIPT_HANGUL;
}

/* ---- a name in the making --------------------------------------------------
 */

enum {
    AS_TEXT_MAX = 4096,  /* characters of a folded name */
    AS_WORD_LATIN = 160, /* bytes of a word in Latin letters, cut there */
    AS_WORD_UNITS = 128, /* characters of a word that are compared */
};

typedef struct as_text {
    uint32_t c[AS_TEXT_MAX];    /* folded characters */
    uint32_t hans[AS_TEXT_MAX]; /* Han simplified, else as c */
    size_t n;
    unsigned flags;
} as_text;

/* A word in the making: characters [from, from + n) of the maker. Several that
 * mean one thing become one. */
typedef struct as_raw_word {
    uint16_t from, n;
    uint8_t script, class_, weight, count; /* count: words it is made of */
    uint16_t concept;
    uint8_t form;  /* class of a legal form */
    uint8_t glued; /* letters with dots or slashes between */
    uint32_t number;
    as_str latin;  /* given by a table, else absent */
    as_str mended; /* a word of legal forms that this may be meant to be */
    bool aside;    /* of a second name: behind "formerly", "c/o" */
    const as_name_row *row; /* of an organisation's word, alone */
} as_raw_word;

enum { AS_RAW_WORDS = 96 };

typedef struct as_maker {
    as_text text;
    uint32_t c[AS_TEXT_MAX], hans[AS_TEXT_MAX]; /* of the words, in a row */
    size_t n;
    as_raw_word w[AS_RAW_WORDS];
    size_t n_w;
    size_t comma; /* words before the first comma; 0: there is none, or more */
    unsigned n_commas;
    bool person, vessel, full;
    uint32_t imo;
} as_maker;

typedef struct as_icu as_icu;

struct as_names {
    as_icu *icu; /* NULL until a name is not ASCII */
    as_maker maker;
};

/* Cuts the folded text into words. */
void as_maker_cut(as_names *s);
/* Splits words of Han, Kana and Hangul by what the tables know. */
void as_maker_split(as_maker *m);
/* Says of each word what it is. */
void as_maker_classify(as_maker *m);
/* The n words from i on as one key, blanks between; cut to cap. */
as_str as_maker_key(const as_maker *m, size_t i, size_t n, char *out,
                    size_t cap);
as_str as_utf8_of(const uint32_t *c, size_t n, char *out, size_t cap);
/* Words i .. i + n - 1 become one. */
void as_maker_merge(as_maker *m, size_t i, size_t n);
/* Numbers: digits, words, Roman; see name_number.c. */
void as_maker_numbers(as_maker *m);
/* How many characters at c are a number in Han, with the sign of ordinals or
 * before what is counted; 0: none. */
size_t as_han_number(const uint32_t *c, size_t n, uint32_t *ret);

/* UTF-8 into folded characters. */
as_rc as_text_fold(as_names *s, as_str in, as_text *ret, as_err *err);
/* Characters of a script into Latin letters a-z and 0-9, cut to cap; 0 when
 * nothing reads them. */
size_t as_latin(as_names *s, const uint32_t *c, size_t n, as_script script,
                char *out, size_t cap);
/* Any transliterator of ICU by its id, from Han for pinyin. */
as_rc as_icu_load(as_names *s, as_err *err);
void as_icu_done(as_names *s);
size_t as_icu_normalise(as_names *s, const uint32_t *c, size_t n, uint32_t *out,
                        size_t cap);
size_t as_icu_base(as_names *s, uint32_t c, uint32_t *out, size_t cap);
size_t as_icu_latin(as_names *s, bool han, const uint32_t *c, size_t n,
                    uint32_t *out, size_t cap);
size_t as_icu_simplify(as_names *s, const uint32_t *c, size_t n, uint32_t *out,
                       size_t cap);
/* The same of Han from a table: letters, ready; 0: ask ICU. */
size_t as_han_latin(const uint32_t *c, size_t n, char *out, size_t cap);
/* False: ask ICU. out holds n. */
bool as_han_simplify(const uint32_t *c, size_t n, uint32_t *out);
bool as_icu_is_word(const as_names *s, uint32_t c);

/* As it sounds, and its consonants; out holds AS_WORD_LATIN. */
size_t as_sound(as_str latin, char *out);
size_t as_bones(as_str latin, as_script script, char *out);

/* ---- a prepared name ------------------------------------------------------
 */

typedef struct as_word {
    uint16_t text, latin, sound, bones, units;
    uint16_t text_n, latin_n, sound_n, bones_n, units_n;
    uint8_t class_, weight, script, count;
    uint16_t concept;
    uint8_t aside;    /* of a second name that is given: "formerly" */
    uint8_t repeated; /* says again what others say: an acronym of them */
    uint32_t number;
    uint32_t mask; /* of the letters of its Latin form */
} as_word;

struct as_name {
    uint32_t version, bytes;
    uint64_t raw; /* hash of the text as written */
    uint32_t imo; /* of a vessel, or 0 */
    uint8_t kind, form, flags, n_words;
    uint16_t text, text_n;
    uint32_t second; /* of an unknown kind: where the same name stands, taken
                      * for a person; the first is taken for an organisation */
    as_word words[];
};

static inline as_str as_word_bytes(const as_name *n, uint16_t off, uint16_t len)
{
    return as_str_of((const char *)n + off, len);
}
static inline as_str as_word_latin(const as_name *n, const as_word *w)
{
    return as_word_bytes(n, w->latin, w->latin_n);
}

/* ---- distances ---------------------------------------------------------- */

/* Weighted edits between two words in Latin letters: a letter 1, look- or
 * sound-alikes 0.5 to 0.7, a doubled letter 0.5, a swap of neighbours 1, a
 * digit 1.5. More than limit gives limit + 1. */
double as_distance(as_str a, as_str b, double limit);
/* The same over the letters of the words' own script. */
double as_distance_units(const as_name *na, const as_word *a, const as_name *nb,
                         const as_word *b, double limit);

/* ---- comparing -------------------------------------------------------------
 */

/* The work of one comparison. Words that count are numbered in a list of their
 * own; of_a and of_b say to which pair a word belongs, -1: to none. */
typedef struct as_work {
    const as_name *a, *b;
    as_name_match *ret;
    bool person;
    uint8_t list_a[AS_NAME_PAIRS], list_b[AS_NAME_PAIRS];
    size_t n_a, n_b;
    int8_t of_a[AS_NAME_PAIRS], of_b[AS_NAME_PAIRS];
} as_work;

/* Whether a word takes part: no form, title or word without weight. */
bool as_word_counts(const as_word *w);
/* What two words cost; AS_PAIR_NONE when they are no pair. */
as_name_how as_pair_words(const as_work *w, const as_word *a, const as_word *b,
                          double *ret_cost);
/* Fills the pairs; what is left is without counterpart. */
void as_pair_all(as_work *w);
/* Words next to each other: from, how many. */
typedef struct as_name_run {
    size_t i, n;
} as_name_run;

/* Notes a pair; its words are no longer free. */
void as_pair_make(as_work *w, as_name_run a, as_name_run b, as_name_how how,
                  double cost);
/* One word for several; see name_runs.c. */
void as_pair_joined(as_work *w);
void as_pair_unfolded(as_work *w);
void as_pair_acronyms(as_work *w);
void as_pair_reversed(as_work *w);
/* Notes which words of a name of an organisation say what others of it say. */
void as_name_note_repeated(as_name *n);
/* Scripts that do not write what Latin letters write: their consonants are
 * held against each other. */
bool as_is_boned(as_script s);
void as_score_person(as_work *w);
void as_score_organisation(as_work *w, as_party_identity identity);

#endif
