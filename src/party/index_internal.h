/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate index: which names of the lists are worth comparing with a
 * name. One block of bytes without pointers, made from the rows of all editions
 * (index_build.c), written beside the knowledge base and mapped (index.c):
 *
 *   head | lists | rows | notes | names | weights | blocks | refs | words |
 *   postings | keys | grams | name keys | identifiers | strings
 *
 *   word (folded, in its script) ──keys──► words of the lists that read, sound,
 *   mean or are spelt alike ──postings──► names ──blocks──► full comparison
 *   ──refs──► rows, with the days on which they were in force
 *
 * Bytes from a file are hostile: the whole is summed once, so that a flipped
 * bit hides no name, and every offset is checked where it is used, since
 * whoever writes a file can write its sum. What does not hold reads as nothing
 * and marks the index as broken; whoever holds it then makes it anew. Numbers
 * are in the machine's order, and the head says which; an index is no file for
 * exchange.
 *
 * An index answers for all days: that a row was not in force on one is decided
 * after scoring, like every other filter. */
#ifndef AS_PARTY_INDEX_INTERNAL_H
#define AS_PARTY_INDEX_INTERNAL_H

#include "base/buf.h"
#include "base/date.h"
#include "base/limits.h"
#include "party/party.h"

enum {
    AS_INDEX_FORMAT = 3,
    AS_INDEX_ORDER = 0x01020304, /* of bytes */
    AS_INDEX_DIGEST = 96,        /* bytes for the knowledge's digest */
    AS_INDEX_GRAMS = 1 << 16,
    AS_INDEX_GRAM_LENGTH = 31, /* longest length a gram's entry tells */
    AS_INDEX_GRAM_WORD = (1 << 27) - 1,
    AS_INDEX_INITIAL = 30,      /* weight of an initial, percent */
    AS_INDEX_INITIAL_WORTH = 4, /* how often it counts in the order of names */
    AS_INDEX_BONES = 2,         /* consonants of a word that find others */
    /* Letters of a word that is found with one letter off by leaving one out
     * on both sides; of longer ones by grams. */
    AS_INDEX_SHORT = 3,
    AS_INDEX_LONG = 8,
    AS_INDEX_LONG_SOUND = 12,
    AS_INDEX_WHOLE = 256, /* bytes of a whole name's letters */
    AS_INDEX_INITIALS = 16,
};

typedef enum as_index_section {
    AS_SECTION_LISTS = 0, /* as_index_list */
    AS_SECTION_ROWS,      /* as_index_row */
    AS_SECTION_NOTES,     /* bytes: countries and births of rows */
    AS_SECTION_NAMES,     /* as_index_name */
    AS_SECTION_WEIGHTS,   /* as_index_weights, by name */
    AS_SECTION_BLOCKS,    /* bytes: prepared names, aligned to 8 */
    AS_SECTION_REFS,      /* as_index_ref, by name */
    AS_SECTION_WORDS,     /* as_index_word */
    AS_SECTION_POSTINGS,  /* uint32_t: names, ascending, by word */
    AS_SECTION_KEY_AT,    /* uint32_t: where a bucket of keys begins */
    AS_SECTION_KEYS,      /* as_index_entry: hash to word */
    AS_SECTION_GRAM_AT,   /* uint32_t: where the words of a gram begin */
    AS_SECTION_GRAMS,     /* uint32_t: length << 27 | word, ascending */
    AS_SECTION_NAME_KEY_AT,
    AS_SECTION_NAME_KEYS, /* as_index_entry: hash to name */
    AS_SECTION_ID_AT,
    AS_SECTION_IDS,     /* as_index_entry: hash to row */
    AS_SECTION_STRINGS, /* bytes */
    AS_SECTIONS,
} as_index_section;

typedef struct as_index_head {
    char magic[8];
    uint32_t format, names_version, order, sections;
    uint64_t bytes; /* of the whole */
    char digest[AS_INDEX_DIGEST];
    uint64_t unread; /* names of the lists that could not be prepared */
    uint64_t family; /* how many of the names, the first, are of families */
    struct {
        uint64_t at, n; /* bytes from the start, elements */
    } section[AS_SECTIONS];
    uint64_t body;  /* sum of what is behind the head */
    uint64_t check; /* hash of the head before it */
} as_index_head;

typedef struct as_index_list {
    uint32_t text, n; /* in the strings */
} as_index_list;

typedef struct as_index_row {
    int64_t number;       /* as_know_party_at */
    uint8_t digest[16];   /* of the row, to know it again */
    int32_t since, until; /* editions, days; half open */
    int32_t from, to;     /* dates of its own, days; half open */
    uint32_t notes;       /* where its countries and births stand */
    uint16_t list;
    uint8_t kind, n_countries, n_births, spare[7];
} as_index_row;

typedef struct as_index_name {
    uint32_t block; /* in units of 8 bytes */
    uint32_t block_n;
    uint32_t refs; /* first; the next name's first ends them */
} as_index_name;

/* What a search looks at of each name that it meets: apart from the rest, so
 * that much of it stays near the processor. */
typedef struct as_index_weights {
    uint16_t all;     /* of its words that the index holds, percent */
    uint16_t rare;    /* of those that tell */
    uint16_t plain;   /* of those that are no place and no number */
    uint8_t initials; /* how many of its words are */
    uint8_t kind;
} as_index_weights;

typedef struct as_index_ref {
    uint32_t row;
    uint16_t alias; /* which of the row's names */
    uint8_t kind;   /* as_party_name_kind */
    uint8_t spare;
} as_index_ref;

typedef struct as_index_word {
    uint32_t text;     /* in the strings: its text, then its Latin form */
    uint32_t postings; /* first; the next word's first ends them */
    uint32_t letters;  /* that its Latin form has: as_letters_mask */
    uint16_t concept;
    uint8_t text_n, latin_n; /* 0: the text is its Latin form */
} as_index_word;

typedef struct as_index_entry {
    uint32_t hash, value;
} as_index_entry;

/* Shared by the writer and the reader. */
size_t as_index_element(as_index_section s);
void as_index_head_start(as_index_head *h);
uint64_t as_index_head_check(const as_index_head *h);
/* The sum of the bytes behind the head; any one of them that changes changes
 * it. */
uint64_t as_index_body_check(as_span bytes);
uint32_t as_index_bucket(uint32_t hash, size_t buckets);

/* What a key stands for; part of its hash. */
typedef enum as_index_key {
    AS_KEY_TEXT = 1, /* the word as it is written */
    AS_KEY_LATIN,    /* in Latin letters */
    AS_KEY_SOUND,
    AS_KEY_BONES, /* of words in letters for consonants and vowels */
    AS_KEY_BONED, /* of all others */
    AS_KEY_CONCEPT,
    AS_KEY_LETTERS, /* in Latin letters, one of them left out, or none */
    AS_KEY_SOUNDS,  /* its sound, one of it left out, or none */
    AS_KEY_WHOLE,   /* a name's words without blanks between */
    AS_KEY_INITIALS /* of a name's words */
} as_index_key;

typedef struct as_index {
    as_span bytes;
    const as_index_head *head;
    const void *at[AS_SECTIONS];
    size_t n[AS_SECTIONS];
    bool broken;
} as_index;

/* ---- making ----------------------------------------------------------------
 */

typedef struct as_index_builder as_index_builder;

/* What a row says, for the index. Strings are read, not kept. */
typedef struct as_index_source {
    const as_party *party;
    int64_t number;
    as_date since, until;
    as_str digest; /* 32 hexadecimal digits */
} as_index_source;

as_index_builder *as_index_builder_new(void); /* NULL without memory */
as_index_builder *as_index_builder_free(as_index_builder *b);
/* AS_ERR_LIMIT beyond AS_LIMIT_INDEX_*, AS_ERR_MEMORY. A name that cannot be
 * prepared is counted (unread), not lost: its row is found by other names or by
 * identifier, and the answer says how many there are. */
as_rc as_index_builder_add(as_index_builder *b, const as_index_source *row,
                           as_err *err) AS_MUST_USE;
/* What was added up to here are families: only their names may be numbered so
 * far. */
void as_index_builder_end_families(as_index_builder *b);
/* All of it as bytes. digest is that of the knowledge. */
as_rc as_index_builder_write(as_index_builder *b, as_str digest, as_buf *out,
                             as_err *err) AS_MUST_USE;

/* ---- reading --------------------------------------------------------------
 */

/* bytes aligned to 8 and alive as long as the index. AS_ERR_UNSUPPORTED when
 * another program version or machine made it, AS_ERR_INPUT when it is cut or no
 * index. Looks at the head alone. */
as_rc as_index_open(as_span bytes, as_index *ret, as_err *err) AS_MUST_USE;
/* Whether all bytes are those that were written. */
bool as_index_is_whole(const as_index *x);
/* The knowledge it was made of. */
as_str as_index_digest(const as_index *x);

/* NULL (and the index broken) for a number that is none. */
const as_index_row *as_index_row_at(as_index *x, uint32_t row);
const as_index_name *as_index_name_at(as_index *x, uint32_t name);
const as_index_weights *as_index_weights_at(as_index *x, uint32_t name);
const as_index_word *as_index_word_at(as_index *x, uint32_t word);
const as_name *as_index_block(as_index *x, const as_index_name *name);
const as_index_ref *as_index_refs(as_index *x, uint32_t name, size_t *n);
const uint32_t *as_index_postings(as_index *x, uint32_t word, size_t *n);
as_str as_index_word_text(as_index *x, const as_index_word *w);
as_str as_index_word_latin(as_index *x, const as_index_word *w);
as_str as_index_list_name(as_index *x, uint16_t list);
/* Countries of a row, two letters each; births, four digits of a year each. */
as_str as_index_countries(as_index *x, const as_index_row *row);
as_str as_index_births(as_index *x, const as_index_row *row);

/* The entries with the hash in one of the tables (KEYS, NAME_KEYS, IDS). */
const as_index_entry *as_index_find(as_index *x, as_index_section table,
                                    uint32_t hash, size_t *n);
const uint32_t *as_index_gram(as_index *x, uint32_t gram, size_t *n);

/* ---- keys -------------------------------------------------------------------
 */

uint32_t as_index_hash(as_index_key kind, as_str s);
uint32_t as_index_concept_hash(unsigned concept);
/* The year a date of birth begins with, 0 without one. */
unsigned as_index_year(as_str birth);
/* The keys of a word with each letter left out in turn, and with none; nothing
 * for one of fewer than AS_INDEX_SHORT letters or more than most. */
void as_index_left_out(as_index_key kind, as_str s, size_t most,
                       bool (*visit)(void *ctx, uint32_t hash), void *ctx);
/* A word that an index holds. */
bool as_index_holds(const as_name_word *w);
/* What a word is compared by letter for letter: its Latin form, else its
 * text. */
as_str as_index_letters(const as_name_word *w);
/* All letters of the words, one behind the other, without legal forms and with
 * or without words that count for nothing. Bytes written, 0: there are none. */
size_t as_index_whole(const as_name *n, bool stops, char *out, size_t cap);
/* Three or more initials of words that follow each other and say most of the
 * name: what it may be called for short. */
void as_index_initials(const as_name *n,
                       void (*visit)(void *ctx, as_str initials), void *ctx);
/* A word in a script that writes consonants or syllables. */
bool as_index_is_boned(as_str text);
as_index_weights as_index_weigh(const as_name *n);
/* Names are numbered in this order, families first: a search then reads of a
 * long list of names only the head, those that are not too heavy for what they
 * share. Initials may agree with any word, so they make a name lighter. */
unsigned as_index_order(const as_index_weights *w);
/* Rare, a trade or a filler: what must not be lacking on both sides. */
bool as_index_is_plain(const as_name_word *w);

/* Identifiers: letters and digits alone, upper case; what a scheme writes
 * before its number is dropped. 0 bytes: nothing is left that identifies. */
size_t as_index_id(as_str value, char *out, size_t cap);
uint32_t as_index_id_hash(as_str normal);

/* ---- letters ----------------------------------------------------------------
 */

enum { AS_LETTERS = 64 };

/* A word as code points, with what finds words a few edits away. */
typedef struct as_letters {
    uint32_t c[AS_LETTERS];
    size_t n;
    bool latin;
} as_letters;

/* False for a word of more than AS_LETTERS characters or bad UTF-8. */
bool as_letters_of(as_str s, as_letters *ret);
/* Which letters it has, one bit each: an edit changes two at most. */
uint32_t as_letters_mask(as_str s);
/* Grams of three letters (two of a word that is not in Latin letters), with its
 * edges, each once. */
size_t as_letters_grams(const as_letters *w, uint32_t ret[AS_LETTERS + 1]);
/* Insertions, deletions, replacements and swaps of neighbours (optimal string
 * alignment), at most limit, else limit + 1. Bit-parallel: the recurrence of
 * H. Hyyro, A bit-vector algorithm for computing Levenshtein and Damerau edit
 * distances, 2003. */
unsigned as_letters_distance(const as_letters *a, const as_letters *b,
                             unsigned limit);

/* ---- candidates -------------------------------------------------------------
 */

typedef struct as_candidate {
    uint32_t name;
    uint16_t share; /* of the weight of both names that agrees at most, in
                       1/1000 */
} as_candidate;

/* The work of many searches in one index; not for two threads at a time. */
typedef struct as_finder as_finder;

as_finder *as_finder_new(as_index *x); /* NULL without memory */
as_finder *as_finder_free(as_finder *f);

typedef struct as_candidates {
    const as_candidate *items; /* best first, until the next search */
    size_t n;
    size_t met; /* names that share something that tells */
    bool cut;   /* there were more than AS_LIMIT_CANDIDATES */
    bool broke; /* another ceiling was met: any name may be missing */
} as_candidates;

typedef struct as_finder_ask {
    /* Shares, in 1/1000, below which nothing is a candidate: of any name, and
     * of names in the list of families; the second is not above the first. */
    unsigned least, family;
    as_party_kind only; /* this kind and unknown ones; 0: all */
} as_finder_ask;

void as_finder_run(as_finder *f, const as_name *name, as_finder_ask ask,
                   as_candidates *ret);

#endif
