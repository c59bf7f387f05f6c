/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the validator: the compiled tables (made at build time from
 * data/schema by tools/schema-compile.py), the checks on plain values that JSON
 * and XML share, and the report both write into. */
#ifndef AS_BOM_SCHEMA_INTERNAL_H
#define AS_BOM_SCHEMA_INTERNAL_H

#include "bom/bom.h"

/* ---- the tables -------------------------------------------------------- */

/* Absent, where a table holds an index. */
#define AS_SCHEMA_NONE UINT32_MAX

typedef enum as_schema_op {
    AS_SCHEMA_TYPES,          /* n: mask of AS_SCHEMA_IS_* */
    AS_SCHEMA_REQUIRE,        /* n names at words[at] */
    AS_SCHEMA_MEMBERS,        /* n pairs name, node at words[at], sorted */
    AS_SCHEMA_MEMBERS_CLOSED, /* likewise, and no other */
    AS_SCHEMA_MEMBERS_STRICT, /* likewise, and others are warned of */
    AS_SCHEMA_ITEMS,          /* node at */
    AS_SCHEMA_TUPLE,          /* n nodes at words[at] */
    AS_SCHEMA_TUPLE_CLOSED,   /* likewise, and no more items */
    AS_SCHEMA_UNIQUE,
    AS_SCHEMA_MIN_ITEMS, /* at: the number; so the next ones */
    AS_SCHEMA_MAX_ITEMS,
    AS_SCHEMA_MIN_LENGTH, /* in characters */
    AS_SCHEMA_MAX_LENGTH,
    AS_SCHEMA_LEAST,
    AS_SCHEMA_MOST,
    AS_SCHEMA_FRACTION_DIGITS,
    AS_SCHEMA_PATTERN, /* patterns[at] */
    AS_SCHEMA_FORMAT,  /* n: as_schema_format */
    AS_SCHEMA_VALUES,  /* n strings at words[at], sorted */
    AS_SCHEMA_TEXT,    /* n: as_schema_text, XML only */
    AS_SCHEMA_ROLE,    /* n: as_schema_role */
    AS_SCHEMA_ALL,     /* n nodes at words[at]; so the next ones */
    AS_SCHEMA_ONE,
    AS_SCHEMA_ANY,
    AS_SCHEMA_NOT, /* node at */
    AS_SCHEMA_IF,  /* if, then, else at words[at] */
    AS_SCHEMA_BY,  /* member name at words[at], then n pairs value, node,
                      sorted: the node for its value. A value with a colon
                      is the IRI of something of others, and free */
} as_schema_op;

enum {
    AS_SCHEMA_IS_NULL = 1,
    AS_SCHEMA_IS_FALSE = 2,
    AS_SCHEMA_IS_TRUE = 4,
    AS_SCHEMA_IS_NUMBER = 8,
    AS_SCHEMA_IS_STRING = 16,
    AS_SCHEMA_IS_ARRAY = 32,
    AS_SCHEMA_IS_OBJECT = 64,
    AS_SCHEMA_IS_INTEGER = 128,
};

typedef enum as_schema_format {
    AS_SCHEMA_FORMAT_DATE_TIME,
    AS_SCHEMA_FORMAT_DATE,
    AS_SCHEMA_FORMAT_IDN_EMAIL,
    AS_SCHEMA_FORMAT_IRI_REFERENCE,
    AS_SCHEMA_FORMAT_URI,
} as_schema_format;

/* Built-in types of XML Schema. */
typedef enum as_schema_text {
    AS_SCHEMA_TEXT_STRING,
    AS_SCHEMA_TEXT_NORMALIZED_STRING,
    AS_SCHEMA_TEXT_TOKEN,
    AS_SCHEMA_TEXT_ANY_URI,
    AS_SCHEMA_TEXT_BOOLEAN,
    AS_SCHEMA_TEXT_INTEGER,
    AS_SCHEMA_TEXT_DECIMAL,
    AS_SCHEMA_TEXT_NON_NEGATIVE_INTEGER,
    AS_SCHEMA_TEXT_POSITIVE_INTEGER,
    AS_SCHEMA_TEXT_DATE_TIME,
    AS_SCHEMA_TEXT_DATE,
} as_schema_text;

/* What a value means beyond its schema. */
typedef enum as_schema_role {
    AS_SCHEMA_ROLE_DEFINE, /* names an element of this document */
    AS_SCHEMA_ROLE_USE,    /* refers to one */
    AS_SCHEMA_ROLE_PURL,
    AS_SCHEMA_ROLE_CPE,
    AS_SCHEMA_ROLE_HASH,     /* JSON: an object with an algorithm and a digest;
                                XML: the digest, beside its attribute alg */
    AS_SCHEMA_ROLE_ELEMENT,  /* USE, but for what SPDX 2 reserves: NONE,
                                NOASSERTION, DocumentRef-... */
    AS_SCHEMA_ROLE_BLANK,    /* USE, when it is a blank node of JSON-LD */
    AS_SCHEMA_ROLE_LOCATOR,  /* an object with an identifier and its kind */
    AS_SCHEMA_ROLE_EXTERNAL, /* XML: only in a component that is external */
} as_schema_role;

typedef struct as_schema_rule {
    uint8_t op;
    uint16_t n;
    uint32_t at;
} as_schema_rule;

typedef struct as_schema_node {
    uint32_t first; /* rule */
    uint16_t n;
} as_schema_node;

/* A deterministic automaton over bytes: state 0 is dead, 1 the start;
 * next = rows[row + state * width + classes[class + byte]]. */
typedef struct as_schema_pattern {
    uint32_t class, row, accept;
    uint16_t width;
    as_str text;
} as_schema_pattern;

typedef enum as_schema_kind {
    AS_SCHEMA_TYPE_ANY,      /* whatever it holds */
    AS_SCHEMA_TYPE_TEXT,     /* text that keeps the rules of node at */
    AS_SCHEMA_TYPE_ELEMENTS, /* elements as the automaton says that starts at
                                state at and has so many states */
    AS_SCHEMA_TYPE_MIXED,    /* likewise, and text between them */
} as_schema_kind;

typedef enum as_schema_wild {
    AS_SCHEMA_WILD_NONE,
    AS_SCHEMA_WILD_OTHER, /* attributes of other namespaces */
    AS_SCHEMA_WILD_ANY,
} as_schema_wild;

typedef struct as_schema_type {
    uint8_t kind, wild;
    uint16_t n; /* attributes */
    uint32_t first;
    uint32_t at, states;
} as_schema_type;

typedef struct as_schema_attribute {
    uint32_t name;
    uint8_t needed;
    uint32_t node;
} as_schema_attribute;

/* A state of a content model. foreign: where an element of another namespace
 * leads, or none. */
typedef struct as_schema_state {
    uint32_t first; /* edge */
    uint16_t n;
    uint8_t accept;
    uint32_t foreign;
} as_schema_state;

typedef struct as_schema_edge {
    uint32_t name, type;
    uint8_t defaulted; /* may be empty: then it has its default */
    uint32_t next;
} as_schema_edge;

typedef enum as_schema_source {
    AS_SCHEMA_JSON,      /* at: node */
    AS_SCHEMA_XML,       /* at: type of the root element */
    AS_SCHEMA_EXTENSION, /* likewise, inside other documents */
    AS_SCHEMA_SPDX,      /* JSON; at: node */
} as_schema_source;

typedef struct as_schema_document {
    as_schema_source source;
    as_str version, ns, name;
    uint32_t at;
} as_schema_document;

extern const as_str as_schema_strings[];
extern const uint32_t as_schema_words[];
extern const as_schema_rule as_schema_rules[];
extern const as_schema_node as_schema_nodes[];
extern const as_schema_pattern as_schema_patterns[];
extern const uint8_t as_schema_classes[];
extern const uint16_t as_schema_rows[];
extern const uint8_t as_schema_accepts[];
extern const as_schema_type as_schema_types[];
extern const as_schema_attribute as_schema_attributes[];
extern const as_schema_state as_schema_states[];
extern const as_schema_edge as_schema_edges[];
extern const as_schema_document as_schema_documents[];
extern const size_t as_schema_document_count;

/* The rules for a version of the form "M.N". A minor version newer than the
 * newest known of its major gives that one and sets *ret_newer; anything else
 * that is not known gives NULL. An absent version gives the newest of all. */
const as_schema_document *as_schema_find(as_schema_source source,
                                         as_str version, bool *ret_newer);

/* ---- checks on plain values -------------------------------------------- */

bool as_schema_matches(const as_schema_pattern *p, as_str s);
/* Index of s among the n sorted strings at words[at], stride words apart, or
 * n. */
size_t as_schema_search(uint32_t at, size_t n, size_t stride, as_str s);
bool as_schema_format_holds(as_schema_format f, as_str s);
/* Draft 7 leaves it to the validator whether formats are asserted. Dates are
 * (the official test documents expect it); references and mail addresses, which
 * other validators let pass and build tools often get wrong, are warned of. */
bool as_schema_format_is_advice(as_schema_format f);
bool as_schema_text_holds(as_schema_text t, as_str s);
/* A decimal number (as_schema_text_holds said so) against a bound: <0, 0, >0.
 */
int as_schema_decimal_cmp(as_str s, uint32_t bound);
/* What is needed, for messages: "a date and time as RFC 3339 writes it". */
const char *as_schema_format_name(as_schema_format f);
const char *as_schema_text_name(as_schema_text t);
size_t as_schema_length(as_str s); /* in characters */
/* The nearest of n strings at words[at] when it is near enough to be meant,
 * else absent. */
as_str as_schema_nearest(uint32_t at, size_t n, size_t stride, as_str s);

/* ---- the report -------------------------------------------------------- */

/* Where a finding stands: JSON by its position in the tree (steps: which
 * member or element at each level), XML by line and column. */
typedef struct as_schema_place {
    uint32_t *steps;
    size_t n;
    uint64_t line, column, offset;
    as_str path;
} as_schema_place;

typedef struct as_schema_finding {
    as_schema_place place;
    size_t serial; /* order of discovery */
    bool warning;
    as_str rule, message;
} as_schema_finding;

typedef struct as_schema_reference {
    as_str name;
    as_str first; /* path of the first definition, once reported */
} as_schema_reference;

typedef struct as_schema_references {
    as_schema_reference *items;
    size_t n, cap;
} as_schema_references;

typedef struct as_schema_report {
    as_arena *arena;
    as_schema_finding *items;
    size_t n, cap;
    uint64_t errors, warnings;
    as_arena *scratch; /* for what is read only to see whether it can be */
    as_schema_references defined, used;
    bool resolved; /* both lists are sorted and hold only what is wrong */
} as_schema_report;

/* Whether to make a message for a finding; counts it when there is no room for
 * it, and is false for all of them in the second pass. */
bool as_schema_wanted(as_schema_report *r, bool warning);

/* A text to be judged, and where it stands. */
typedef struct as_schema_spot as_schema_spot;
struct as_schema_spot {
    as_schema_report *report;
    as_schema_place (*place)(const as_schema_spot *spot);
    void *ctx;
    as_str part;      /* of what ctx is at: an attribute */
    as_str algorithm; /* of a digest */
    bool internal;    /* in a component that is not external */
    bool unique;      /* a name taken twice is an error */
};
void as_schema_value(const as_schema_spot *spot, uint32_t node, as_str value);

/* A value of the input in quotes, control characters escaped, cut when long. */
as_str as_schema_quote(as_arena *a, as_str s);
/* "a", "b" or "c" of the n strings at words[at]; how many when they are too
 * many to be named. */
as_str as_schema_list(as_arena *a, uint32_t at, size_t n);

/* VALUE does not have the form PATTERN; a long pattern is not shown. */
as_str as_schema_form(as_arena *a, as_str quoted, const as_schema_pattern *p);

/* Whether another finding would be kept; when not, it is only counted and no
 * message need be made. */
bool as_schema_wants(as_schema_report *r, bool warning);
/* Keeps a finding; place and strings live in the arena. */
void as_schema_add(as_schema_report *r, const as_schema_place *place,
                   bool warning, const char *rule, as_str message);
/* First pass: keeps a name that is defined or used. */
void as_schema_note(as_schema_report *r, as_schema_role role, as_str name);
/* After it: leaves in defined what is defined twice, and in used what nothing
 * defines. Returns whether a second pass has anything to say. */
bool as_schema_resolve(as_schema_report *r);
/* Second pass: what is wrong with a name, or NULL. */
as_schema_reference *as_schema_bad(as_schema_report *r, as_schema_role role,
                                   as_str name);
/* Second pass: reports a definition or use that as_schema_bad gave. The first
 * definition is right, those behind it repeat it. */
void as_schema_add_bad(as_schema_report *r, const as_schema_place *place,
                       as_schema_role role, as_schema_reference *bad,
                       bool warning);
/* Whether a package URL or a CPE name is malformed; err says why. */
bool as_schema_identifier_bad(as_schema_report *r, as_schema_role role,
                              as_str value, as_err *err);
/* How many hexadecimal digits a digest of that algorithm has, when it is a
 * digest of another length; else 0. */
size_t as_schema_digest_bad(as_str algorithm, as_str digest);
#define AS_SCHEMA_DIGEST                                                       \
    "a %.*s digest has %zu hexadecimal digits, and this one has %zu"
void as_schema_report_done(as_schema_report *r);

/* Fills line, column and offset of JSON findings, then hands all over in the
 * order of the document. */
as_rc as_schema_finish(as_schema_report *r, as_span json, as_str schema,
                       as_bom_diagnoses *ret, as_err *err);
void as_schema_locate(as_span json, as_schema_finding *sorted, size_t n);

/* ---- one validator each; see as_bom_validate ---------------------------- */

as_rc as_schema_json_validate(as_span in, const as_json_doc *doc,
                              as_arena *arena, as_bom_diagnoses *ret,
                              as_err *err) AS_MUST_USE;
as_rc as_schema_json_validate_spdx(as_span in, const as_json_doc *doc,
                                   as_arena *arena, as_bom_diagnoses *ret,
                                   as_err *err) AS_MUST_USE;
as_rc as_schema_xml_validate(as_span in, as_arena *arena, as_bom_diagnoses *ret,
                             as_err *err) AS_MUST_USE;
as_rc as_schema_tag_validate(as_span in, as_arena *arena, as_bom_diagnoses *ret,
                             as_err *err) AS_MUST_USE;

#endif
