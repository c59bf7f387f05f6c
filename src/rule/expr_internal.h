/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions: compiled by condition.c, evaluated by expr.c (logic), tree.c
 * (quantifiers), parties.c (parties); the facts stand in the tables of
 * gate_facts.c and rule_facts.c. */
#ifndef AS_RULE_EXPR_INTERNAL_H
#define AS_RULE_EXPR_INTERNAL_H

#include "rule/rule.h"

typedef enum as_expr_kind {
    AS_EXPR_ALL,
    AS_EXPR_ANY,
    AS_EXPR_NOT,
    AS_EXPR_TEST,
    AS_EXPR_PARTY,     /* of the part: one of its roles */
    AS_EXPR_DEALINGS,  /* of the context: one of its parties */
    AS_EXPR_ANY_PART,  /* some part of the product */
    AS_EXPR_ALL_PARTS, /* every part that the first child picks */
    AS_EXPR_CONTAINS,  /* some part below this one */
    AS_EXPR_WITHIN,    /* some part above this one */
    AS_EXPR_SHARE,     /* share of value of the parts that hold */
    AS_EXPR_ASSERTS,   /* what the asker states */
} as_expr_kind;

typedef enum as_expr_op {
    AS_OP_EQ,
    AS_OP_NE,
    AS_OP_LT,
    AS_OP_LE,
    AS_OP_GT,
    AS_OP_GE,
} as_expr_op;

/* Stands for the category of what has parts and does not say what it is. */
#define AS_ASSEMBLY "assembly"

typedef struct as_subject as_subject;

typedef enum as_fact_kind {
    AS_FACT_TEXT,
    AS_FACT_TRUTH,
    AS_FACT_NUMBER,
    AS_FACT_SEVERITY,
    AS_FACT_CONFIDENCE,
    AS_FACT_CATEGORY, /* words of model/category.h */
    AS_FACT_PATH,     /* "a/b" holds "a/b/c"; the next three likewise */
    AS_FACT_COUNTRY,  /* ISO 3166, perhaps with a region */
    AS_FACT_ECCN,     /* "3B001" holds "3B001.c" */
    AS_FACT_PURL,
    AS_FACT_PART_KIND, /* words of model/product.h */
    AS_FACT_ACTS,      /* acts of words.c */
    AS_FACT_DATE,
    AS_FACT_WORDS, /* a list of the context: the word is in it */
} as_fact_kind;

/* A getter fills text or number. */
typedef struct as_value {
    as_str text;
    double number;
    as_str detail; /* why it is missing, or absent */
    const as_str *words;
    size_t n_words;
} as_value;

typedef enum as_fact_of {
    AS_OF_FINDING, /* gates only */
    AS_OF_REVIEW,
    AS_OF_PART, /* rules only, below a quantifier */
    AS_OF_DEAL, /* rules only: the product as a whole, the context */
    AS_OF_DAY,
} as_fact_of;

typedef struct as_fact {
    as_str name, help;
    as_fact_kind kind;
    as_fact_of of;
    /* False: the fact is missing. */
    bool (*get)(const as_subject *s, as_value *ret);
} as_fact;

/* Who a party test looks for. */
typedef struct as_party_test {
    as_str *families, *lists, *names; /* names: as the law writes them */
    size_t n_families, n_lists, n_names;
    as_str term_key, *terms; /* that the row must carry one of */
    size_t n_terms;
    double owned; /* to this share by those on lists; negative: itself */
    as_owned_question held; /* then: what is asked of its owners */
    as_party_identity identity;
    as_attribute_key must[8], may[8]; /* of parts: unknown counts; does not */
    size_t n_must, n_may;
    as_str *roles; /* of the context's parties; n 0: all but the buyer */
    size_t n_roles;
} as_party_test;

typedef enum as_look {
    AS_LOOK_LISTED, /* what is listed is all */
    AS_LOOK_CHIPS,  /* hardware that lists no chip is not examined */
    AS_LOOK_HARDWARE,
} as_look;

struct as_expr {
    as_expr_kind kind;
    const as_expr **children;
    size_t n_children;
    const as_fact *fact;
    as_expr_op op;
    as_str text;   /* of text facts */
    double number; /* of numbers, truths (1 yes, 0 no), words with an order */
    const as_party_test *party;
    as_look look;
};

/* The world that a rule sees; NULL for gates. */
typedef struct as_world {
    const as_review *review;
    const as_product *product;
    const as_rule_input *in;
    as_date day;
    const uint32_t *facts_by_name; /* indexes of in->parties, sorted */
    /* Indexes of review->part_parties by part, from first_party[part] to that
     * of the next; NULL: nobody has said whose name is which. */
    const uint32_t *parties_by_part, *first_party;
    const uint32_t *first_child, *next_sibling; /* of parts */
    const bool *closed; /* parts whose list of parts is said to be complete */
    uint64_t *steps;    /* left for this rule and those behind it */
} as_world;

/* What a condition is asked about. finding NULL: the review as a whole; part
 * AS_NO_PART: no part is in sight. */
struct as_subject {
    const as_review *review;
    const as_finding *finding;
    const as_world *world;
    uint32_t part;
};

/* What an evaluation leaves behind: facts that were missing and could have
 * changed the answer, parts that hold, and why. Each once. */
typedef struct as_note {
    uint32_t part;
    as_str role, name;           /* "foundry", "SMIC" */
    const as_party_match *match; /* or NULL */
    as_str text;                 /* or absent */
} as_note;

typedef struct as_trail {
    as_wanted wanted[AS_RULE_WANTED];
    size_t n_wanted, more_wanted;
    uint32_t hits[AS_RULE_HITS];
    size_t n_hits, more_hits;
    as_note notes[AS_RULE_HITS];
    size_t n_notes;
} as_trail;

as_truth as_expr_eval(const as_expr *e, const as_subject *s, as_trail *t);
void as_trail_want(as_trail *t, as_str fact, uint32_t part, as_str detail);
void as_trail_note(as_trail *t, const as_note *note);
void as_trail_hit(as_trail *t, uint32_t part);

/* tree.c, parties.c: the kinds of AS_EXPR_... beyond logic. */
as_truth as_expr_any_part(const as_expr *e, const as_subject *s, as_trail *t);
as_truth as_expr_all_parts(const as_expr *e, const as_subject *s, as_trail *t);
as_truth as_expr_contains(const as_expr *e, const as_subject *s, as_trail *t);
as_truth as_expr_within(const as_expr *e, const as_subject *s, as_trail *t);
as_truth as_expr_share(const as_expr *e, const as_subject *s, as_trail *t);
as_truth as_expr_party(const as_expr *e, const as_subject *s, as_trail *t);
as_truth as_expr_dealings(const as_expr *e, const as_subject *s, as_trail *t);
bool as_expr_holds(as_expr_op op, int order);
/* Whether it is a thing one can touch: yes, no, unknown. */
as_truth as_part_is_hardware(const as_part *p);

const as_fact *as_gate_fact(size_t i); /* NULL past the end */
const as_fact *as_rule_fact(size_t i);
/* Brings a value of the policy into the form the fact compares with; false
 * when it is none of its values. */
bool as_fact_value(const as_fact *f, as_json v, as_str text, as_expr *ret);

/* ---- reading ------------------------------------------------------------- */

typedef struct as_condition_reader {
    as_arena *arena;
    as_err *err;
    const char *what; /* "the policy", "the rule" */
    as_buf path;      /* JSON Pointer of where we stand */
    size_t nodes;
    bool rules;    /* facts and members of rules, not of gates */
    bool in_parts; /* below a quantifier */
} as_condition_reader;

as_rc as_condition_read(as_condition_reader *r, as_json v, unsigned depth,
                        const as_expr **ret);
as_rc as_condition_refuse(as_condition_reader *r, const char *why,
                          as_str value);
as_rc as_condition_no_memory(as_condition_reader *r);
as_expr *as_condition_new(as_condition_reader *r, as_expr_kind kind,
                          size_t children);
/* A mistyped key would silently switch a test off. */
as_rc as_condition_only(as_condition_reader *r, as_json v, const as_str *known,
                        size_t n);
/* Words of a text or a list of texts, into the arena. */
as_rc as_condition_words(as_condition_reader *r, as_json v, as_str **ret,
                         size_t *ret_n);
/* The members that only rules have; *ret_known false: none of them. */
as_rc as_rule_member(as_condition_reader *r, as_str key, as_json v,
                     unsigned depth, const as_expr **ret, bool *ret_known);
bool as_expr_asks(const as_expr *e, as_fact_of of);
as_expr_op as_condition_operator(as_str *text);

/* A role that is known, or one of the user's own ("x-..."); an act. */
bool as_role_known(as_str word);
bool as_act_known(as_str word);
bool as_deal_role_known(as_str word); /* buyer, seller, end-user ... */
/* All roles, with commas between. */
void as_role_words(char *buf, size_t cap);
/* Whether somebody of role has is of role wanted, too. */
bool as_role_implies(as_str has, as_str wanted);
as_str as_role_jurisdiction(as_str word);
as_str as_role_help(as_str word);

#endif
