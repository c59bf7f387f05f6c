/* SPDX-License-Identifier: Apache-2.0 */
/* Parties: organisations, persons, vessels, as lists and registers name them,
 * and what was found out about a name met in a product (DESIGN section 2).
 *
 * A list importer turns a row into as_party; the knowledge base keeps it by
 * edition; party/ compares names with it; rule/ reads the as_party_facts of
 * every name in the product, never party/ itself. */
#ifndef AS_MODEL_PARTY_H
#define AS_MODEL_PARTY_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/truth.h"

typedef enum as_party_kind {
    AS_PARTY_UNKNOWN = 0, /* the list does not say */
    AS_PARTY_ORGANISATION,
    AS_PARTY_PERSON,
    AS_PARTY_VESSEL,
    AS_PARTY_AIRCRAFT,
    AS_PARTY_KINDS,
} as_party_kind;

typedef enum as_party_name_kind {
    AS_PARTY_NAME_PRIMARY = 0,
    AS_PARTY_NAME_ALIAS,  /* also known as; "good" quality of the UN list */
    AS_PARTY_NAME_WEAK,   /* the list itself calls it weak or low quality */
    AS_PARTY_NAME_FORMER, /* formerly known as */
    AS_PARTY_NAME_KINDS,
} as_party_name_kind;

typedef struct as_party_name {
    as_party_name_kind kind;
    as_str text;     /* as the list writes it, in any script; never empty */
    as_str language; /* as the list says, or absent */
} as_party_name;

typedef struct as_party_id {
    as_str scheme; /* lei, imo, mmsi, registration, tax, duns, cage, uei,
                      passport, national-id, swift, aircraft, other */
    as_str value;
    as_str country; /* that issued it, ISO 3166-1 alpha-2, or absent */
} as_party_id;

typedef struct as_party_address {
    as_str text;    /* without the country, as written, or absent */
    as_str country; /* ISO 3166-1 alpha-2, or as written where unknown */
} as_party_address;

/* What owns it, or whom it belongs to. Shares are intervals of percent; unknown
 * is [0, 100]. */
typedef enum as_party_tie_kind {
    AS_PARTY_TIE_OWNER = 0,  /* holds a share of this party */
    AS_PARTY_TIE_PARENT,     /* consolidates it: a majority or control */
    AS_PARTY_TIE_SUBSIDIARY, /* this party is the parent of the other */
    AS_PARTY_TIE_AFFILIATE,  /* named together by the list, share unknown */
    AS_PARTY_TIE_SUCCESSOR,  /* the other took over this party's business */
    AS_PARTY_TIE_KINDS,
} as_party_tie_kind;

typedef struct as_party_tie {
    as_party_tie_kind kind;
    as_str list, id;  /* of the other party, when it is a row; or absent */
    as_str name;      /* of the other party, or absent */
    double low, high; /* percent, 0..100 */
    as_str from, to;  /* dates it held, or absent */
} as_party_tie;

/* What a list says follows for the party: verbatim short facts for rules. */
typedef struct as_party_term {
    as_str key;   /* programme, requirement, policy, footnote, citation,
                     category, origin, remark ... */
    as_str value; /* footnotes are one term each: "5" */
} as_party_term;

typedef struct as_party {
    as_str list; /* stable word: "us-csl/EL", "un", "us-1260h", "gleif" */
    as_str id;   /* of the row in its list; without one "sha256:" + 32 hex of
                    the row's names, kind and countries; a second row of the
                    same id in one edition has "#2" behind it */
    as_party_kind kind;
    as_party_name *names; /* at least one */
    size_t n_names;
    as_party_id *ids;
    size_t n_ids;
    as_party_address *addresses;
    size_t n_addresses;
    as_str *countries; /* of nationality, registration, addresses: alpha-2,
                          each once */
    size_t n_countries;
    as_str *births; /* dates or years of birth, persons only */
    size_t n_births;
    as_party_tie *ties;
    size_t n_ties;
    as_party_term *terms;
    size_t n_terms;
    as_str from, to; /* dates the listing itself states, half open, or absent;
                        beside the editions that hold the row */
    as_str url;
} as_party;

/* The words of the JSON output and of data files; NULL-terminated static text.
 * The inverse returns false for an unknown word. */
const char *as_party_kind_word(as_party_kind k);
bool as_party_kind_of(as_str word, as_party_kind *ret);
const char *as_party_name_kind_word(as_party_name_kind k);
const char *as_party_tie_kind_word(as_party_tie_kind k);
bool as_party_tie_kind_of(as_str word, as_party_tie_kind *ret);

/* As bytes, for the knowledge base and between processes; and back, checked.
 * Decoded strings point into the input; arrays live in the arena. */
void as_party_encode(const as_party *p, as_buf *out);
bool as_party_decode(as_span in, as_arena *arena, as_party *ret) AS_MUST_USE;

/* Lists that say who exists or who owns whom, not who is singled out: "gleif",
 * "owners" and what begins with them and "-" or "/". Nobody is a hit there. */
bool as_party_is_register(as_str list);

/* First value of a term, absent without one. */
as_str as_party_term_of(const as_party *p, as_str key);
bool as_party_has_term(const as_party *p, as_str key, as_str value);

/* ---- what is known of a name in the product --------------------------------
 */

typedef enum as_party_identity {
    AS_PARTY_ENTITY = 0, /* this very party; sisters differ */
    AS_PARTY_FAMILY,     /* it, what it owns and its sisters */
} as_party_identity;

/* A name of the product, met on a list or in a family. */
typedef struct as_party_match {
    as_party_identity identity;
    as_str list, id;     /* of the row; list "family" for a shipped family,
                            id then its word: "smic" */
    as_str listed_name;  /* the party's primary name */
    as_str matched_name; /* the name of the row that matched best */
    double score;        /* 0..1, at or above the threshold */
    as_str *why;         /* score parts and qualifiers, one line each */
    size_t n_why;
    as_str *path; /* owners from the name to the listed party, with
                     their shares; empty: it is the party itself */
    size_t n_path;
    double share_low, share_high; /* percent held through path; 100 without */
    bool unresolved; /* share or identity cannot be settled: unknown for rules,
                        missing says which fact */
    as_str missing;
    as_str edition;       /* of the list, that was in force on the date */
    as_party_term *terms; /* of the row */
    size_t n_terms;
    as_str from, to;  /* of the row */
    as_str dismissed; /* a kept decision says "not the same": its reason */
} as_party_match;

/* ---- who owns it -----------------------------------------------------------
 */

/* A question about owners: do parties on lists hold the name's party? */
typedef struct as_owned_question {
    as_str method;       /* how shares count: "ofac", "bis", ... (party/) */
    const as_str *lists; /* of the owners; a final * stands for any end */
    size_t n_lists;
    double threshold; /* percent, at least; of "multiply" alone, others have 50
                         or more than 50 of their own */
} as_owned_question;

bool as_owned_question_eq(const as_owned_question *a,
                          const as_owned_question *b);

/* no: what is stated of all of its owners leaves less than the threshold.
 * Whether the rule behind the method is in force is not asked here. */
typedef struct as_owned_answer {
    as_owned_question asked;
    as_truth answer;
    double low, high; /* percent that the listed hold, as the method counts;
                         what nobody has stated is in high */
    /* Listed owners, and parties that may be such, each path one; those that
     * count first. */
    as_party_match *holders;
    size_t n_holders;
    as_str *missing; /* unsure: the facts that settle it, one line each */
    size_t n_missing;
} as_owned_answer;

typedef struct as_party_owners {
    bool known;      /* owners of it are stated */
    bool ambiguous;  /* of parties that it may be; missing names them */
    as_str *records; /* who states them: "gleif 5299...: Buyer Ltd" */
    size_t n_records;
    as_str missing; /* not known: why */
    as_owned_answer *answers;
    size_t n_answers;
    as_str *ends; /* owners above it of which no owner is stated */
    size_t n_ends;
} as_party_owners;

/* The answer to a question that was asked, or NULL. */
const as_owned_answer *as_party_owned(const as_party_owners *o,
                                      const as_owned_question *q);
/* "Buyer Ltd <- 60 % Owner Ltd (us-csl/EL row 123)". */
void as_party_path_write(as_str name, const as_party_match *m, as_buf *out);

/* One name with all that was found; every part's maker, supplier, designer,
 * foundry ... points to one by index. */
typedef struct as_party_facts {
    as_str name;             /* as the product writes it */
    as_str country;          /* that the product gives with it, or absent */
    as_party_match *matches; /* best first */
    size_t n_matches;
    bool examined; /* false: the name is empty after normalising or not
                      readable; then why says so and nothing is "no" */
    as_str why;
    const as_party_owners *owners; /* NULL: nobody looked, for nothing that
                                      is known states owners */
} as_party_facts;

/* A list that names were screened against. */
typedef struct as_screened_list {
    as_str list;    /* as in as_party_match: "us-1260h", "us-csl/EL" */
    as_str edition; /* that was in force on the date */
    bool complete;  /* absence of a name means it is not on it */
} as_screened_list;

/* What screening found out of the names of a product and of who takes part in a
 * deal. party/ makes it, rule/ reads it. */
typedef struct as_screening {
    as_party_facts *facts; /* one a name (and country) */
    size_t n_facts;
    as_screened_list *lists;
    size_t n_lists;
    bool owners_complete; /* the matches hold all listed owners there are */
} as_screening;

#endif
