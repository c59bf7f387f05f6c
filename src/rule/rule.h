/* SPDX-License-Identifier: Apache-2.0 */
/* Rules: dated, jurisdictional conditions over a product and a context, and a
 * reviewer's own gates (policy), in one language (DESIGN section 2). What users
 * read of it: doc/rules.md.
 *
 * A condition is a mapping of tests (all must hold), a list of conditions (all
 * must hold), or has the members all, any, not. A test is `field: value`, where
 * value is a plain value (equal), a list (one of them) or text that starts with
 * an operator: = != < <= > >=. Words with an order (severity, confidence)
 * compare by it. Rules have more members than gates: parties, quantifiers over
 * the tree and shares of value.
 *
 * Evaluation is three-valued: a fact that is missing makes a test unknown, and
 * what is unknown in the end names the fact, the part and who could say it. */
#ifndef AS_RULE_RULE_H
#define AS_RULE_RULE_H

#include "base/date.h"
#include "base/json.h"
#include "model/finding.h"
#include "model/party.h"

enum {
    AS_EXPR_NODES = 5000, /* conditions of one policy or one rule */
    AS_EXPR_DEPTH = 16,
    AS_POLICY_GATES = 200,
    AS_RULES = 2000,
    AS_RULE_INTERVALS = 32,
    AS_RULE_WORDS = 64,  /* of one list in a rule or context */
    AS_RULE_WANTED = 40, /* missing facts named for one rule */
    AS_RULE_HITS = 60,   /* parts named for one rule */
    AS_RULE_DATES = 200, /* future days looked at */
    AS_RULE_CONFLICTS = 50,
    AS_CONTEXT_PARTIES = 200,
};
/* Tests of all rules on the day of the review, and again of those that are
 * looked at ahead of it. */
#define AS_RULE_STEPS ((uint64_t)200000000)

typedef struct as_expr as_expr; /* a compiled condition */

/* ---- policy ----------------------------------------------------------------
 *
 *   schema: assay-policy/1
 *   id: default
 *   title: what it is for
 *   questions: [composition, vulnerabilities]   # what it asks at all
 *   when_relevant: [rules]       # asked where the review has an answer to give
 *   gates:
 *     - id: exploited
 *       question: vulnerabilities
 *       each: finding            # or: review (once)
 *       when:
 *         finding.kind: vulnerability
 *         finding.open: true
 *         any: [{finding.exploited: true}, {finding.score: ">= 9.0"}]
 *       then: reject             # or: undecided
 *       reason: one sentence
 *       todo: what to do about it
 *
 * A gate that is unknown makes the verdict undecided, with the fact named. */

typedef struct as_gate {
    as_str id, reason, todo;
    as_question question;
    bool each_finding; /* false: once for the review */
    as_verdict then;   /* reject or undecided */
    const as_expr *when;
} as_gate;

typedef struct as_policy {
    as_str id, title;
    bool asked[AS_QUESTIONS];
    bool when_relevant[AS_QUESTIONS]; /* rules: a context was given, or a rule
                                         that is in force would hit somebody;
                                         parties: one is on a list */
    as_gate *gates;
    size_t n_gates;
} as_policy;

/* Compiles a policy; it lives in arena, and so do its texts. A wrong word, an
 * unknown field or a value of the wrong kind is refused with the JSON Pointer
 * of its place in err->place.path. */
as_rc as_policy_read(as_json root, as_arena *arena, as_policy **ret,
                     as_err *err) AS_MUST_USE;

/* Runs every gate over the review: fills answers and the verdict. Findings,
 * coverage, outcomes and knowledge must be there. A question that was not asked
 * stays undecided and decides nothing; with nothing examined the verdict is
 * never accept (DESIGN section 2). */
as_rc as_policy_judge(const as_policy *policy, as_review *review,
                      as_err *err) AS_MUST_USE;

/* The fields a test of a gate, of a rule may name, for documentation and its
 * test: name and what it is. Returns false past the end. */
bool as_policy_field(size_t i, as_str *ret_name, as_str *ret_help);
bool as_rule_field(size_t i, as_str *ret_name, as_str *ret_help);

/* ---- context: who asks, for what ----------------------------------------- */

typedef struct as_context_party {
    as_str role; /* buyer, seller, end-user, consignee, intermediary ... */
    as_str name, country;
} as_context_party;

/* What is not said stays unknown: n 0, absent, AS_DATE_NONE, negative. A list
 * that is given is complete: a role that is not in it is not the asker's. */
typedef struct as_context {
    as_str title;
    as_str *roles;
    size_t n_roles;
    as_str *jurisdictions; /* whose law binds the asker; without it those of
                              the roles */
    size_t n_jurisdictions;
    as_str *acts;
    size_t n_acts;
    as_str *uses; /* end uses */
    size_t n_uses;
    as_str destination, from; /* ISO 3166-1 alpha-2 */
    as_context_party *parties;
    size_t n_parties;
    double value; /* of the order */
    as_str currency;
    as_date contracted, bought, authorised; /* of this product */
    as_property *facts; /* what the asker states: name, "yes"/"no"/"unknown" */
    size_t n_facts;
} as_context;

/* An empty context; NULL without memory. */
as_context *as_context_new(as_arena *arena);
/* schema assay-context/1; a defect is refused with its JSON Pointer. */
as_rc as_context_read(as_json root, as_arena *arena, as_context *into,
                      as_err *err) AS_MUST_USE;
/* One member by name, as the options of the command line give it: "role",
 * "act", "use", "jurisdiction", "destination", "from", "contracted", "bought",
 * "authorised", "fact" (NAME=yes|no|unknown), and the roles of parties
 * ("buyer", "seller", "end-user" ...). What can stand several times is added.
 */
as_rc as_context_set(as_context *c, as_arena *arena, as_str key, as_str value,
                     as_err *err) AS_MUST_USE;
bool as_context_is_empty(const as_context *c);
/* The context as names and values in review->context. */
bool as_context_describe(const as_context *c, as_review *review);

/* ---- rules --------------------------------------------------------------- */

typedef enum as_certainty {
    AS_ENACTED = 0,
    AS_SCHEDULED, /* law says so, and who can undo it may yet */
    AS_PROPOSED,  /* no law */
    AS_CERTAINTIES,
} as_certainty;
as_str as_certainty_word(as_certainty c);

typedef struct as_rule_interval {
    as_date from, to; /* [from, to); to AS_DATE_NONE: open */
    as_certainty certainty;
    as_certainty back; /* of a suspension: how sure its end is */
    as_str note;
} as_rule_interval;

typedef enum as_consequence {
    AS_FORBIDDEN = 0,
    AS_LICENCE_REQUIRED,
    AS_PRESUMPTION_OF_DENIAL,
    AS_REBUTTABLE_PRESUMPTION,
    AS_ATTESTATION_REQUIRED,
    AS_DUTY,
    AS_REPORT,
    AS_CONSEQUENCES,
} as_consequence;
as_str as_consequence_word(as_consequence c); /* "licence-required" */

typedef struct as_exception {
    as_str title;
    const as_expr *when;
} as_exception;

typedef struct as_rule {
    as_str id, title, jurisdiction, instrument, citation, source, note;
    as_str file; /* where it was read from */
    as_rule_interval *intervals, *suspensions;
    size_t n_intervals, n_suspensions;
    as_str *roles, *acts; /* whom it binds, for what; n 0: any */
    size_t n_roles, n_acts;
    const as_expr *when;
    as_exception *unless; /* one that holds takes the rule away */
    size_t n_unless;
    as_consequence consequence;
    as_severity severity;
    as_str reason, remedy;
    as_property *ask; /* fact -> who could supply it */
    size_t n_ask;
    as_str *forbids_complying_with; /* rules by id, a final * for any end */
    size_t n_forbids_complying_with;
    as_str *requires; /* acts it orders */
    size_t n_requires;
    as_str off; /* why somebody has switched it off; absent: it is on */
} as_rule;

typedef struct as_rules {
    as_arena *arena;
    as_rule *items;
    size_t n, cap;
} as_rules;

/* Words that rules name without saying what they are. A list is known by its
 * word, or by the stem before a slash with a * behind it ("us-ofac/?*"). */
typedef struct as_rule_words {
    const as_str *families, *lists, *rules;
    size_t n_families, n_lists, n_rules;
} as_rule_words;

/* Adds the rules of one document (schema assay-rule/1) to into, whose arena is
 * set. A rule whose id is there already replaces it: a reader's own rules come
 * after ours. The first defect is refused with its JSON Pointer. */
as_rc as_rules_read(as_json root, as_str file, as_rules *into,
                    as_err *err) AS_MUST_USE;

/* What stands in a rule file and would mislead: one call per defect. path is a
 * JSON Pointer; what is static or lives in the arena. */
typedef void as_rule_complaint(void *ctx, bool warning, as_str path,
                               as_str what);
/* Reads every rule of a document, also behind a defective one, and complains:
 * errors for what as_rules_read refuses, warnings for overlapping intervals, no
 * citation or source, an id that stands twice. into as above. */
as_rc as_rules_check(as_json root, as_str file, as_rules *into,
                     as_rule_complaint *complain, void *ctx,
                     as_err *err) AS_MUST_USE;
/* Warnings for what read rules name and known does not: families, lists, rules
 * not to comply with. path is where the rule stands in its document. */
void as_rule_check_words(const as_rule *rule, const as_rule_words *known,
                         as_str path, as_arena *arena,
                         as_rule_complaint *complain, void *ctx);

const as_rule *as_rules_find(const as_rules *rules, as_str id);

/* Where a rule stands in time. */
typedef enum as_phase {
    AS_PHASE_IN_FORCE = 0,
    AS_PHASE_SUSPENDED,
    AS_PHASE_NOT_YET,
    AS_PHASE_OVER,
    AS_PHASE_PROPOSED,
    AS_PHASES,
} as_phase;
as_str as_phase_word(as_phase p);

typedef struct as_standing {
    as_phase phase;
    as_certainty certainty; /* of this phase */
    as_date since, until;   /* AS_DATE_NONE: not bounded */
} as_standing;
as_standing as_rule_standing(const as_rule *r, as_date day);

/* The words that a rule may bind, with what they mean. False past the end. */
bool as_rule_role(size_t i, as_str *ret_word, as_str *ret_help);
bool as_rule_act(size_t i, as_str *ret_word);
/* "a US federal contractor or agency that buys". */
void as_rule_who(const as_rule *r, as_buf *out);

/* ---- applying them ------------------------------------------------------- */

typedef struct as_rule_input {
    const as_rules *rules;
    const as_context *context;     /* or NULL */
    const as_screening *screening; /* of the names in product and context;
                                      NULL: parties were not screened */
    uint64_t steps;                /* at most, tests; 0: AS_RULE_STEPS */
} as_rule_input;

/* What the rules ask of the owners of names, each question once; they live in
 * the arena of the rules. as_party_owners of the screening answer them. */
as_rc as_rules_owned(const as_rules *rules, as_owned_question **ret, size_t *n,
                     as_err *err) AS_MUST_USE;

/* Holds every rule against the review's product on its date: puts findings of
 * kind "rule" and "conflict" before those that are there, and fills rules,
 * next_changes and context. Nothing is judged here. A party match counts on the
 * days its from and to say. */
as_rc as_rules_apply(const as_rule_input *in, as_review *review,
                     as_err *err) AS_MUST_USE;

/* One rule for readers: text of some lines. */
void as_rule_write(const as_rule *r, as_date day, as_buf *out);

#endif
