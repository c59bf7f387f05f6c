/* SPDX-License-Identifier: Apache-2.0 */
/* Parties: whether two names name the same one, and who owns whom. */
#ifndef AS_PARTY_PARTY_H
#define AS_PARTY_PARTY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "know/know.h"
#include "model/finding.h"
#include "model/party.h"

/* ---- names ------------------------------------------------------------------
 *
 * A name is prepared once and compared many times. Preparing folds it (NFKC,
 * case, marks, punctuation, invisible and look-alike characters), finds its
 * legal form, the words that many share, places, numbers, titles, and writes
 * every other word in Latin letters and as it sounds. A comparison then pairs
 * words at a cost; it calls no library and allocates nothing.
 *
 * Scores lie in [0, 1]. The threshold that is shipped is AS_NAME_THRESHOLD; at
 * and above it two names may be the same party. Order within the top band
 * means something:
 *   1.00        the same characters
 *   0.99        the same after folding case, marks and punctuation
 *   0.98        the same words, the legal form written otherwise or missing
 *   0.97        the same words in another order
 *   below       words that differ, are missing or abbreviated; see the parts
 * A score says how alike two names are, never that a party is cleared. */

#define AS_NAME_THRESHOLD 0.7

/* Kinds (model/party.h): a name of unknown kind is taken for an organisation
 * and, unless it has a legal form or says what it trades in, for a person; the
 * higher score counts; an aircraft is taken for a vessel. Identities:
 * AS_PARTY_ENTITY, sisters differ (Deutsche Bank AG and GmbH, ICBC Chad and
 * ICBC China); AS_PARTY_FAMILY, sisters count. The rule chooses: lists name
 * entities, section 889 and its like name families. */

/* Flags of a prepared name: things a reviewer wants to know. */
enum {
    AS_NAME_HAS_INVISIBLE = 1, /* characters nobody sees were dropped */
    AS_NAME_HAS_MIXED = 2,     /* a word mixes scripts; look-alikes folded */
    AS_NAME_IS_GENERIC = 4,    /* nothing but words that many share */
    AS_NAME_HAS_UNREAD = 8,    /* a word in a script nothing here can read; it
                                * is compared only with its own script */
};

/* What prepares names: opens the transliterators of ICU, each when a name needs
 * it (20 to 100 ms, once). Not for two threads at a time. */
typedef struct as_names as_names;
as_names *as_names_new(void); /* NULL without memory */
as_names *as_names_free(as_names *s);
/* For the build: characters of Han with readings and simplified forms, as
 * base/derived.h holds them. */
as_rc as_names_pack_han(as_buf *out, as_err *err) AS_MUST_USE;

/* A prepared name: one block of as_name_size() bytes without pointers, which
 * may be copied, written to a file and read in place (aligned to 8; same
 * machine kind and program version: as_name_version). */
typedef struct as_name as_name;

enum { AS_NAME_VERSION = 2 };

/* Text in any script, UTF-8. AS_ERR_INPUT when it is not UTF-8, or when no
 * letter and no digit is left of it ("not examined", never a match);
 * AS_ERR_LIMIT beyond AS_LIMIT_NAME_BYTES or AS_LIMIT_NAME_WORDS. The block
 * lives in the arena. Costs microseconds. */
as_rc as_name_prepare(as_names *s, as_str text, as_party_kind kind, as_arena *a,
                      const as_name **ret, as_err *err) AS_MUST_USE;
size_t as_name_size(const as_name *n);
/* Whether bytes from a file hold a whole name, every offset inside. */
bool as_name_check(as_span bytes);
unsigned as_name_flags(const as_name *n);
as_party_kind as_name_get_kind(const as_name *n);
/* The folded words, one blank between: the literal key. */
as_str as_name_text(const as_name *n);

/* Words, for an index: what names of one party share. */
typedef enum as_name_class {
    AS_WORD_RARE = 0, /* tells one party from another */
    AS_WORD_FILLER,   /* group, holding, services: says little */
    AS_WORD_TRADE,    /* what it does: bank, oil, electronics */
    AS_WORD_COUNTRY,
    AS_WORD_REGION,
    AS_WORD_CITY,
    AS_WORD_NUMBER,
    AS_WORD_STOP, /* and, the, of; bin, van, de */
    AS_WORD_FORM, /* the legal form */
    AS_WORD_TITLE,
    AS_WORD_INITIAL, /* one letter of a person's name */
} as_name_class;

typedef struct as_name_word {
    as_str text;  /* folded, in its own script */
    as_str latin; /* in Latin letters; empty when nothing reads it */
    as_str sound; /* as it sounds: spellings of one word share it */
    as_str bones; /* its consonants, by classes */
    as_name_class class_;
    unsigned weight;  /* percent of a rare word */
    unsigned concept; /* words of one meaning share it; 0: none */
} as_name_word;

size_t as_name_words(const as_name *n);
as_name_word as_name_word_at(const as_name *n, size_t i);

/* How two words (or runs of words) were paired. */
typedef enum as_name_how {
    AS_PAIR_SAME = 0, /* the same letters */
    AS_PAIR_MEANING,  /* the same meaning: abbreviation, translation, alias */
    AS_PAIR_SOUND,    /* they sound the same, or are one transliterated */
    AS_PAIR_EDIT,     /* a few letters differ */
    AS_PAIR_JOINED,   /* written as one word here, as several there */
    AS_PAIR_SHORT,    /* an initial, or the head of a word */
    AS_PAIR_ACRONYM,
    AS_PAIR_REVERSED, /* written backwards */
    AS_PAIR_NONE,     /* without counterpart */
} as_name_how;

typedef struct as_name_pair {
    as_name_how how;
    uint8_t a, n_a, b, n_b; /* words from, how many; 0: none on this side */
    float cost;             /* letters that differ, weighted */
    float weight;           /* of the score, both sides; 0: it says again what
                             * the name says, or is of a second name */
} as_name_pair;

/* Why a score is held down. */
typedef enum as_name_cap {
    AS_CAP_NONE = 0,
    AS_CAP_GENERIC,   /* only words that many share agree */
    AS_CAP_PLACE,     /* sisters: another country or town */
    AS_CAP_NUMBER,    /* another number */
    AS_CAP_FORM,      /* sisters: another legal form */
    AS_CAP_CONTRARY,  /* each has a word that the other lacks */
    AS_CAP_LETTERS,   /* too many letters differ */
    AS_CAP_SHORT,     /* too short to allow for any difference */
    AS_CAP_COVER,     /* too little of the longer name agrees */
    AS_CAP_SERIES,    /* one name, another number of a series: kept, lowered */
    AS_CAP_ORDER,     /* X bin Y against Y bin X */
    AS_CAP_IDENTIFIER /* another IMO number */
} as_name_cap;

enum { AS_NAME_PAIRS = 64 };

typedef struct as_name_match {
    double score;
    double shared; /* weight of what agrees, of the weight of both, [0, 1] */
    double cost;   /* letters that differ, weighted, in all pairs */
    as_name_cap cap;
    as_party_kind kind; /* taken for */
    unsigned flags;     /* of both names */
    size_t n_pairs;
    as_name_pair pairs[AS_NAME_PAIRS];
} as_name_match;

/* The name as it is taken for a kind: what the pairs of a match count words
 * of. Of a name of known kind, itself. */
const as_name *as_name_taken_for(const as_name *n, as_party_kind kind);
/* Symmetric: the same score for (a, b) and (b, a). Kinds that differ count as
 * unknown. */
void as_name_compare(const as_name *a, const as_name *b,
                     as_party_identity identity, as_name_match *ret);
/* The score of OFAC's own search (its FAQ 249), of a name searched for against
 * a list entry, in [0, 1]; 0 when one has no ASCII letter or digit. Within five
 * points of the real one for 95 of 100 scores of the corpus. Not symmetric. */
double as_name_ofac(as_str query, as_str entry);

/* Names for reports. */
const char *as_name_how_text(as_name_how how);
const char *as_name_cap_text(as_name_cap cap);

/* ---- ownership -------------------------------------------------------------
 *
 * Arithmetic over a graph of parties. A share is an interval of percent, known
 * to a billionth of a percent; unknown is [0, 100]. Every bound is rounded
 * outward, so an answer holds for any shares within the intervals; "yes" and
 * "no" hold for all of them, else the answer is unsure and names the shares
 * that would settle it.
 *
 * What is taken for granted: the shares in one party sum to at most 100, so
 * what others surely hold is not left for a listed owner. Where the stated
 * shares sum above 100 that is a finding, and nothing is concluded from it.
 * Several statements of one holding are one fact: their intervals are cut with
 * each other; when nothing is left, that is a finding and all of them stand.
 * Shares nobody has stated are nobody's, unless the question says otherwise;
 * the answer says how much that is.
 *
 * Control is a fact that is stated, never computed from shares. Only EU, UK and
 * family heed it. */

typedef enum as_owner_tie {
    AS_OWNER_SHARE = 0, /* holds low to high percent */
    AS_OWNER_CONTROL,   /* and controls it: consolidates it, names its board */
    AS_OWNER_MAYBE,     /* and may control it: that is not known */
    AS_OWNER_KIN,       /* belongs with it (affiliate, successor): no share */
} as_owner_tie;

typedef struct as_owner_edge {
    as_owner_tie tie;
    as_str owner, owned; /* keys: equal bytes, the same party; not empty */
    double low, high;    /* percent, 0 <= low <= high <= 100 */
    as_date from, to;    /* held on [from, to); AS_DATE_NONE: open */
} as_owner_edge;

typedef struct as_owner_graph as_owner_graph;

/* Ceilings: AS_LIMIT_OWNER_BYTES, AS_LIMIT_OWNER_EDGES. NULL without memory. */
as_owner_graph *as_owner_graph_new(void);
as_owner_graph *as_owner_graph_free(as_owner_graph *g); /* takes NULL */
/* Copies what it keeps. AS_ERR_INPUT for shares or dates that are none, an
 * empty key; AS_ERR_LIMIT. */
as_rc as_owner_graph_add(as_owner_graph *g, const as_owner_edge *e,
                         as_err *err) AS_MUST_USE;
/* What a party's row states: other is the key of the tie's other party. Dates
 * that are no day ("2024", "2024-05") count from their first day on, or up to
 * their last. */
void as_owner_edge_of(as_str key, as_str other, const as_party_tie *tie,
                      as_owner_edge *ret);
as_rc as_owner_graph_add_tie(as_owner_graph *g, as_str key, as_str other,
                             const as_party_tie *tie, as_err *err) AS_MUST_USE;
/* How answers call the party; without it they use its key. */
as_rc as_owner_graph_name(as_owner_graph *g, as_str key, as_str name,
                          as_err *err) AS_MUST_USE;
size_t as_owner_graph_edges(const as_owner_graph *g);
/* Adds what stands above a party, one generation after the other: ties is asked
 * once for each key that is met, and adds the edges whose owned party it is.
 * For knowledge that is too large to be a graph as a whole. Stops at
 * AS_LIMIT_OWNER_WALKED keys (AS_ERR_LIMIT). */
typedef as_rc as_owner_ties(void *ctx, as_str key, as_owner_graph *g,
                            as_err *err);
as_rc as_owner_graph_climb(as_owner_graph *g, as_str key, as_owner_ties *ties,
                           void *ctx, as_err *err) AS_MUST_USE;
/* Orders it for questions; a question does so itself after an addition. Costs a
 * sort of the keys. */
as_rc as_owner_graph_seal(as_owner_graph *g, as_err *err) AS_MUST_USE;
/* The keys, sorted, of a sealed graph. */
const as_str *as_owner_graph_keys(const as_owner_graph *g, size_t *n);

typedef struct as_owner_listed {
    as_str party;  /* key */
    unsigned rank; /* of two owners the stricter has the higher */
    as_str note;   /* the caller's: which list, which requirement */
} as_owner_listed;

typedef struct as_owner_set as_owner_set;
/* Copies the items (not their text). Of one party given twice the higher rank
 * counts. NULL when the arena is full. */
as_owner_set *as_owner_set_new(as_arena *a, const as_owner_listed *items,
                               size_t n);

/* How shares are counted. "Counts as listed" is the chain: a party that the
 * listed hold beyond the threshold is taken for wholly listed in the next step,
 * one below it for not listed at all; to a fixed point, so that cycles and
 * cross-holdings come out right. */
typedef enum as_owner_method {
    AS_OWNER_MULTIPLY = 0, /* 50 % or more, multiplied along every path and
                              summed; least solution where there are cycles */
    AS_OWNER_OFAC,         /* 50 % or more, all listed together, chain */
    AS_OWNER_BIS,          /* likewise; the strictest owner's rank follows */
    AS_OWNER_MOFCOM,       /* likewise */
    AS_OWNER_EU,           /* more than 50 %, all together, or control; chain */
    AS_OWNER_UK,     /* more than 50 %, each listed owner by itself, or control;
                        chain */
    AS_OWNER_FAMILY, /* it, what consolidates it (more than 50 % or control),
                        and what those consolidate: parents, subsidiaries,
                        sisters, and kin of these */
    AS_OWNER_METHODS,
} as_owner_method;

const char *as_owner_method_word(as_owner_method m); /* "ofac" */
const char *as_owner_method_text(as_owner_method m); /* one line for people */
bool as_owner_method_of(as_str word, as_owner_method *ret);

/* Whether the rule behind a method is in force on a day. Methods without dates
 * of their own always are. */
typedef enum as_owner_phase {
    AS_OWNER_IN_FORCE = 0,
    AS_OWNER_NOT_YET,
    AS_OWNER_SUSPENDED,
} as_owner_phase;
typedef struct as_owner_standing {
    as_owner_phase phase;
    bool scheduled;       /* what it is then may still be changed */
    as_date since, until; /* of the phase; AS_DATE_NONE: open */
} as_owner_standing;
as_owner_standing as_owner_method_standing(as_owner_method m, as_date day);
const char *as_owner_phase_text(as_owner_phase p);

typedef struct as_owner_query {
    as_owner_method method;
    as_str party; /* key */
    as_date day;
    const as_owner_set *listed;
    /* Shares without a stated owner may be the listed ones': of the party, and
     * of every party above it of which some owner is stated. */
    bool unrecorded;
} as_owner_query;

typedef struct as_owner_step {
    as_owner_tie tie;
    as_str owner, owned; /* names */
    double low, high;
} as_owner_step;

/* From a listed owner to the party. In a family a step may lead up. */
typedef struct as_owner_path {
    const as_owner_listed *listed; /* NULL: owners nobody stated */
    as_owner_step *steps;
    size_t n_steps;
    double low, high; /* multiplied; of a family 0 and 100 */
    as_truth counts;  /* by the method */
    as_str stops_at;  /* no: the party that is not held enough, else absent */
} as_owner_path;

typedef struct as_owner_missing {
    as_str owner, owned; /* names; owner absent: owners not stated */
    bool control;        /* whether it controls, not how much it holds */
    double low, high;    /* what is known */
    as_str text;         /* "the share of X in Y is unknown" */
} as_owner_missing;

typedef enum as_owner_defect {
    AS_OWNER_OVERFULL = 0, /* shares in a party sum above 100 */
    AS_OWNER_CONTRADICTED, /* statements of one holding exclude each other */
} as_owner_defect;
typedef struct as_owner_finding {
    as_owner_defect kind;
    as_str party; /* name */
    as_str text;
} as_owner_finding;

typedef struct as_owner_holder {
    const as_owner_listed *listed; /* NULL: owners nobody stated */
    as_str name;
    bool certain; /* its share counts whatever the unknown ones are */
} as_owner_holder;

typedef struct as_owner_answer {
    as_truth answer;
    as_str name;      /* of the party */
    bool listed;      /* it is on the list itself */
    bool known;       /* it stands in the graph; if not: unsure, missing its
                         owners */
    double low, high; /* percent held by the listed, as the method counts; uk:
                         by the one that holds most; family: 0, 100 */
    double rest_low, rest_high; /* of the party without a stated owner */
    bool by_control;            /* yes without the share for it */
    as_owner_path *paths;       /* those that count first */
    size_t n_paths;
    bool paths_cut; /* there are more: AS_LIMIT_OWNER_PATHS */
    /* Unsure: the shares which, once known, settle it whatever they are. No
     * smaller set does when smallest is set (AS_LIMIT_OWNER_FREE parties that
     * may be either way are tried out). */
    as_owner_missing *missing;
    size_t n_missing;
    bool smallest;
    as_owner_finding *findings;
    size_t n_findings;
    as_owner_holder *holders;
    size_t n_holders;
    /* Of the holders that are certain; and, when a holder that is not would be
     * stricter, that one. NULL: none. */
    const as_owner_listed *strictest, *strictest_possible;
} as_owner_answer;

/* Only the ancestors of the party are walked (for a family also what they
 * consolidate): milliseconds in a graph of a million edges. The answer lives in
 * the arena; its names point into the graph, its listed into the set.
 * AS_ERR_LIMIT beyond AS_LIMIT_OWNER_WALKED holdings. Not for two threads at a
 * time. */
as_rc as_owner_ask(as_owner_graph *g, const as_owner_query *q, as_arena *arena,
                   as_owner_answer *ret, as_err *err) AS_MUST_USE;

/* A table of one's own, as CSV (RFC 4180) with a header, in any order:
 *   owner, owned      names, as keys
 *   low, high, share  percent; share is both; nothing is 0 and 100
 *   from, to          days, [from, to); nothing is open
 *   control           yes, no (or nothing), unknown
 *   listed            of the owner: yes, no, or the list's name
 *   rank              of the listed owner: a whole number
 * A row without owned only lists its owner. AS_ERR_INPUT with line; an unknown
 * column is refused. The listed are appended in the arena. */
as_rc as_owner_read(as_span in, as_arena *arena, as_owner_graph *g,
                    as_owner_listed **ret, size_t *n, as_err *err) AS_MUST_USE;

/* ---- screening -------------------------------------------------------------
 *
 * A name, with what else is known of whom it names, against the lists in force
 * on a day. The lists' names are found through a candidate index, a file that
 * is derived from the knowledge base and can be made anew at any time.
 *
 * Filters (day, lists, kind) act after scoring: what one leaves out takes no
 * other's place. "No match" is never clearance: an answer names the lists that
 * were searched, in which edition, and what limits were met. */

/* Order of scores: an identifier that is the same stands above every name
 * (1.0). Then the score of the names, lowered by what speaks against it; what
 * speaks for it is told, and orders hits of one score.
 *   sure      at or above AS_SCREEN_SURE
 *   possible  from the threshold on
 *   apart     the names reach the threshold, what else is known does not fit
 *             (another kind, country, year of birth, identifier); or the names
 *             are near it, and why they are not the same is told */
#define AS_SCREEN_SURE 0.85

typedef enum as_screen_band {
    AS_SCREEN_IS_APART = 0,
    AS_SCREEN_IS_POSSIBLE,
    AS_SCREEN_IS_SURE,
} as_screen_band;
const char *as_screen_band_word(as_screen_band b); /* "possible" */

typedef struct as_screen as_screen; /* not for two threads at a time */

/* The index of everything that the knowledge holds (kb NULL: of the shipped
 * lists). out's ceiling is AS_LIMIT_INDEX_BYTES. Costs some 20 microseconds and
 * 500 bytes a name. */
as_rc as_screen_index(as_know *kb, as_buf *out, as_err *err) AS_MUST_USE;
/* Likewise of the parties whose owners imported rows state, registers too: what
 * a name is found by to ask who owns it. Empty when there are none. digest:
 * what as_screen_is_current is asked with later. */
as_rc as_screen_index_owned(as_know *kb, as_str digest, as_buf *out,
                            as_err *err) AS_MUST_USE;
/* Has the index any row? */
bool as_screen_has_rows(const as_screen *s);
/* Is the file an index of this program version, of the knowledge with this
 * digest (as_know_party_digest)? */
bool as_screen_is_current(as_span index, as_str digest);

/* Both must outlive the screen; kb may be NULL. The index is read in place,
 * aligned to 8, and not trusted: AS_ERR_INPUT or AS_ERR_UNSUPPORTED here when
 * its head or its sum does not hold, AS_ERR_INPUT from a search that met a
 * defect. Make it anew then. */
as_rc as_screen_open(as_know *kb, as_span index, as_screen **ret,
                     as_err *err) AS_MUST_USE;
as_screen *as_screen_close(as_screen *s); /* takes NULL, returns NULL */

typedef struct as_screen_decision {
    as_str dismissed; /* it is not the row's party: the reason; or absent */
    bool same;        /* it is: then the hit is sure */
    as_str note;      /* a line for the reasons of the hit, or absent */
} as_screen_decision;

typedef struct as_screen_query {
    as_str name; /* in any script */
    as_party_kind kind;
    as_str country; /* ISO 3166-1 alpha-2, or absent */
    as_str address; /* as written, or absent */
    const as_party_id *ids;
    size_t n_ids;
    as_str birth; /* date or year, or absent */
    as_str date;  /* YYYY-MM-DD: the lists in force then */
    /* Only these lists; a final * stands for any end. n 0: all. */
    const as_str *lists;
    size_t n_lists;
    double threshold;           /* 0: AS_NAME_THRESHOLD */
    size_t limit;               /* hits kept; 0: 50 */
    as_party_identity identity; /* sisters count, or not; in the list "family"
                                   they always do */
    bool near; /* also tell what is near and not the same; costs a little */
    /* Compares with every name of the lists, not with those that the index
     * finds: half a second for 60,000 names. For whoever doubts the index. */
    bool exhaustive;
    /* The country is where it was made, not where the party is: it speaks for a
     * match, never against it. */
    bool country_made;
    /* What a reviewer has decided of the query and the row. May be NULL. */
    as_screen_decision (*decided)(void *ctx, const as_know_party *row,
                                  as_arena *a);
    void *ctx;
} as_screen_query;

typedef struct as_screen_hit {
    as_screen_band band;
    as_know_party row;
    as_str list_title;
    size_t alias; /* of row.party.names: matched best */
    double score, name_score;
    as_party_identity identity;
    bool by_id;       /* an identifier is the same */
    bool conditional; /* the row binds some only ("binds", a term), or is of a
                         family: whether it matters a rule says */
    as_str *why;      /* score parts and qualifiers, one line each */
    size_t n_why;
    as_str missing;   /* possible: the fact that would settle it */
    as_str dismissed; /* reason of a kept decision, or absent */
} as_screen_hit;

typedef struct as_screen_answer {
    bool examined; /* false: the name is empty or not readable, why says so */
    as_str why;
    as_screen_hit *hits;   /* sure and possible, best first */
    size_t n_hits, n_more; /* more than the limit */
    /* Among those: one that is sure, binds everybody and is not dismissed; one
     * that is open. What is not shown ends an answer all the same. */
    bool more_sure, more_open;
    as_screen_hit *apart;
    size_t n_apart;
    unsigned flags;    /* of the name: AS_NAME_HAS_INVISIBLE, ... */
    size_t candidates; /* names compared */
    bool cut; /* a ceiling was met: there may be more (AS_LIMIT_CANDIDATES) */
    size_t other_days; /* rows that fit by name and are not in force that day */
} as_screen_answer;

/* Strings point into the arena, the query or static text. AS_ERR_INPUT: the
 * index is defective. What is wrong with the name is no failure. */
as_rc as_screen_run(as_screen *s, const as_screen_query *q, as_arena *arena,
                    as_screen_answer *ret, as_err *err) AS_MUST_USE;

/* A hit as rules read it. */
void as_screen_match(const as_screen_hit *hit, as_arena *arena,
                     as_party_match *ret);

/* The lists that a query asks, of those in force on the day. Static for the
 * screen until another day is asked for. */
const as_know_list *as_screen_lists(as_screen *s, as_str date, size_t *n,
                                    as_err *err);
bool as_screen_asks(const as_screen_query *q, as_str list);
/* Names of the lists that could not be read into the index. */
uint64_t as_screen_unread(const as_screen *s);

#endif
