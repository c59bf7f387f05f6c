/* SPDX-License-Identifier: Apache-2.0 */
/* What a review found: findings, the outcome of every part, the verdict and
 * its reasons. One as_review holds a finished review; the renderers read it
 * and nothing else. Everything lives in the review's arena or in the product.
 *
 * Logic is three-valued throughout: yes, no, unknown. Unknown is an answer. */
#ifndef AS_MODEL_FINDING_H
#define AS_MODEL_FINDING_H

#include "model/party.h"
#include "model/product.h"
#include "model/truth.h"

typedef enum as_severity {
    AS_SEVERITY_UNKNOWN = 0,
    AS_SEVERITY_NONE,
    AS_SEVERITY_LOW,
    AS_SEVERITY_MEDIUM,
    AS_SEVERITY_HIGH,
    AS_SEVERITY_CRITICAL,
    AS_SEVERITIES,
} as_severity;

/* How sure the match is that this advisory speaks of this part. */
typedef enum as_confidence {
    AS_CONFIDENCE_LOW = 0, /* by name, or a version without bound */
    AS_CONFIDENCE_MEDIUM,  /* by CPE, or in an order that was chosen */
    AS_CONFIDENCE_HIGH,    /* by package, order known */
    AS_CONFIDENCES,
} as_confidence;

typedef enum as_finding_status {
    AS_FINDING_OPEN = 0,
    AS_FINDING_UNDECIDED, /* a fact is missing: see missing[] */
    AS_FINDING_CANDIDATE, /* low confidence: to be looked at, gates nothing */
    AS_FINDING_NOT_AFFECTED, /* a statement explains it away */
    AS_FINDING_RESOLVED,     /* a statement or a patch says it is fixed */
    AS_FINDING_IN_TRIAGE,    /* its maker says it is looking: still open */
    AS_FINDING_STATUSES,
} as_finding_status;

/* One link of the chain that leads to a finding. Any field may be absent. */
typedef struct as_match_evidence {
    as_str source;  /* feed or document */
    as_str record;  /* id in it */
    as_str method;  /* package, cpe, name, statement, patch, exploited list */
    as_str key;     /* what was looked up: "npm lodash" */
    as_str version; /* of the part, as it was compared */
    as_str range;   /* the comparator that decided, in words */
    as_str order;   /* version order */
    as_str note;
} as_match_evidence;

/* A fact that is not there and would decide. */
typedef struct as_wanted {
    as_str fact;   /* "part.foundry", "context.roles", "list us-1260h" */
    uint32_t part; /* AS_NO_PART: of no part */
    as_str detail; /* what is wrong with what is there, or absent */
    as_str ask;    /* who could supply it: maker, supplier, own organisation */
} as_wanted;

/* What a finding of kind "rule" or "conflict" says beyond the others. */
typedef struct as_rule_hit {
    as_str rule, jurisdiction, instrument, citation;
    as_str consequence; /* forbidden, licence-required, ... */
    as_str certainty;   /* enacted, scheduled, proposed */
    as_str who;         /* whom it binds for which act, in words */
    as_str from, to;    /* in force; absent: open or not at all */
    as_str path;        /* names from the product to the part, " > " between */
    as_str against;     /* of a conflict: the other rule */
    as_wanted *wanted;  /* typed form of missing[] */
    size_t n_wanted;
} as_rule_hit;

typedef struct as_finding {
    as_str id;   /* stable: advisory@part identity without version */
    as_str kind; /* "vulnerability", "unmaintained", "malicious", "rule",
                    "conflict" */
    uint32_t part;
    uint32_t also; /* so many equal parts have it too: as_part_outcome.like */
    as_severity severity;
    as_finding_status status;
    as_confidence confidence;
    as_str status_reason; /* whose statement, which justification */
    as_str title;
    as_str advisory; /* the id shown: the CVE where there is one */
    as_str *aliases; /* every other id of the flaw */
    size_t n_aliases;
    double score; /* CVSS; negative: unknown */
    as_str vector;
    as_truth exploited; /* as of the review's date */
    as_str exploited_since, exploited_due;
    as_str exploited_as; /* the id it is listed by */
    bool ransomware;
    double likelihood, percentile; /* EPSS; negative: unknown */
    as_str published;
    as_str url;
    as_str *fixed_in;
    size_t n_fixed_in;
    as_match_evidence *evidence;
    size_t n_evidence;
    as_str *missing;
    size_t n_missing;
    as_str remedy;
    const as_rule_hit *rule; /* NULL for other kinds */
    as_str where; /* of kind "party": names from the product to the part, " > "
                     between; else absent */
} as_finding;

typedef enum as_outcome {
    AS_OUTCOME_NOT_EXAMINED = 0,
    AS_OUTCOME_CLEAN,
    AS_OUTCOME_MATCHED,
    AS_OUTCOMES,
} as_outcome;

/* How one part ended. */
typedef struct as_part_outcome {
    as_outcome outcome;
    as_str why;    /* short and countable: "no identifier" */
    as_str *tried; /* "npm lodash: 3 advisories, none holds 4.17.21" */
    size_t n_tried;
    bool has_like; /* the findings of the part "like" are this one's too */
    uint32_t like;
} as_part_outcome;

typedef enum as_verdict {
    AS_ACCEPT = 0,
    AS_REJECT,
    AS_UNDECIDED,
} as_verdict;

typedef enum as_question {
    AS_Q_COMPOSITION = 0, /* what is in it */
    AS_Q_VULNERABILITIES, /* what is wrong with it */
    AS_Q_PARTIES,         /* who stands behind it */
    AS_Q_RULES,           /* may it be bought, used, shipped, serviced */
    AS_Q_ASSURANCE,       /* can its maker be trusted to look after it */
    AS_Q_AUTHENTICITY,    /* is this unit genuine */
    AS_QUESTIONS,
} as_question;

typedef struct as_reason {
    as_str gate; /* id of the gate of the policy */
    as_verdict verdict;
    as_str text;        /* one sentence */
    uint32_t *findings; /* indexes */
    size_t n_findings;
    as_str todo; /* what to do about it */
} as_reason;

typedef struct as_answer {
    bool asked; /* by the policy; what was not asked decides nothing */
    as_verdict verdict;
    as_reason *reasons;
    size_t n_reasons;
} as_answer;

typedef struct as_count {
    as_str what;
    size_t n;
} as_count;

typedef struct as_coverage {
    size_t parts, matched, clean, not_examined;
    as_count *reasons; /* of not_examined, most frequent first */
    size_t n_reasons;
} as_coverage;

typedef struct as_knowledge_used {
    as_str source, kind, edition, digest;
    uint64_t rows;
    int64_t
        age_days; /* of the newest record against as_of; negative: unknown */
} as_knowledge_used;

/* A day on which the answer of a rule for this product changes. */
typedef struct as_change {
    as_str date, rule, effect;
    as_str from, to;  /* the answer before and on that day, in words */
    as_str certainty; /* enacted, scheduled, proposed */
} as_change;

/* How one rule ended, also those that found nothing. */
typedef struct as_rule_outcome {
    as_str rule, title, jurisdiction, consequence;
    as_str state;     /* in force, suspended, not yet, over, proposed */
    as_str source;    /* where its text stands */
    as_truth binds;   /* the asker, for the act */
    as_truth matches; /* the product and the context */
    as_wanted *wanted;
    size_t n_wanted;
    as_str why; /* one sentence */
} as_rule_outcome;

/* A fact that rules want, once, with whom to ask for it. */
typedef struct as_request {
    as_str ask;    /* its maker, supplier, own organisation ... */
    as_str whom;   /* who that is, as the document says, or absent */
    as_str what;   /* "foundry of Gateway > SoC" */
    as_str fact;   /* as in as_wanted */
    uint32_t part; /* AS_NO_PART: of no part */
    as_str *rules; /* ids of those that want it, sorted */
    size_t n_rules;
} as_request;

/* A statement of the document that closed nothing (lesson 12). */
typedef struct as_idle_statement {
    as_str id, why;
} as_idle_statement;

/* Whether the document keeps the rules of its format. */
typedef struct as_document_check {
    as_truth valid; /* unsure: it was not judged, and why says why */
    as_str why;
    as_str rules; /* "CycloneDX 1.6 JSON" */
    uint64_t errors, warnings;
    /* the first error of the document; line 0, path empty: not known */
    as_str path, rule, message;
    uint64_t line, column;
} as_document_check;

/* A name that a part has in a role, and what is known of it. */
typedef struct as_part_party {
    uint32_t part;
    as_attribute_key role;
    uint32_t facts; /* of the review's screening */
} as_part_party;

typedef struct as_review {
    as_arena *arena;
    as_product *product; /* owned by the review; read only */
    as_str tool_version;
    as_str as_of;  /* YYYY-MM-DD */
    as_str target; /* file as the user named it */
    as_str digest; /* "sha256:..." of the input */
    as_document_check document;
    as_str policy, policy_digest;
    as_verdict verdict;
    as_answer answers[AS_QUESTIONS];
    as_coverage coverage;
    as_part_outcome *outcomes; /* one per part of the product */
    as_finding *findings;      /* most important first */
    size_t n_findings;
    as_knowledge_used *knowledge;
    size_t n_knowledge;
    as_change *next_changes; /* by date */
    size_t n_next_changes;
    as_str changes_cut; /* why there may be more of them, or absent */
    const as_screening *screening; /* NULL: parties were not screened */
    as_part_party *part_parties;   /* by facts, then part, then role */
    size_t n_part_parties;
    as_property *context; /* who asks, for what: as the user gave it */
    size_t n_context;
    bool context_given;
    as_rule_outcome *rules;
    size_t n_rules;
    as_str rules_digest;  /* of all rules that were applied */
    as_request *requests; /* by ask, whom, what; of the rules' findings */
    size_t n_requests;
    size_t more_requests; /* facts that were counted and not named */
    as_idle_statement *idle;
    size_t n_idle;
} as_review;

/* Words of the JSON output. */
/* What is to be looked at first: open, exploited, severe, likely; then by id
 * and part. */
void as_findings_order(as_finding *findings, size_t n);
/* How people call what it is about: the advisory, the rule, or of a party the
 * list without the row when that is nothing but a digest. */
as_str as_finding_name(const as_finding *f);
as_str as_verdict_word(as_verdict v);
as_str as_question_word(as_question q);    /* "composition" */
as_str as_question_text(as_question q);    /* "What is in it?" */
as_question as_question_find(as_str word); /* AS_QUESTIONS: none */
as_str as_severity_word(as_severity s);
as_severity as_severity_find(as_str word);      /* any case; "MODERATE" too */
as_severity as_severity_of_score(double score); /* CVSS v3/v4 bands */
as_str as_status_word(as_finding_status s);
as_str as_confidence_word(as_confidence c);
as_str as_outcome_word(as_outcome o);

#endif
