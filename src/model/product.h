/* SPDX-License-Identifier: Apache-2.0 */
/* The product under review: a tree of parts, and what its document says of
 * them (DESIGN section 2).
 *
 * One flat array of parts in document order; a part names its parent by index,
 * and a parent always stands before its children. Strings and arrays live in
 * the product's arena. After a reader has returned nobody changes a product.
 *
 * What a part is (identity) stands in plain fields. What is said about it
 * stands in attributes, each declared, observed or unknown, with evidence. What
 * we do not model is kept as JSON text (extras), so that nothing of a document
 * is lost on the way to a writer of the same format. */
#ifndef AS_MODEL_PRODUCT_H
#define AS_MODEL_PRODUCT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define AS_NO_PART UINT32_MAX

typedef enum as_part_kind {
    AS_PART_OTHER = 0, /* the document gives none, or an unknown word */
    AS_PART_APPLICATION,
    AS_PART_FRAMEWORK,
    AS_PART_LIBRARY,
    AS_PART_CONTAINER,
    AS_PART_PLATFORM,
    AS_PART_OPERATING_SYSTEM,
    AS_PART_DEVICE,
    AS_PART_DEVICE_DRIVER,
    AS_PART_BOARD,
    AS_PART_CHIP,
    AS_PART_FIRMWARE,
    AS_PART_FILE,
    AS_PART_MODEL, /* machine learning */
    AS_PART_DATA,
    AS_PART_CRYPTO,
    AS_PART_SERVICE,
    AS_PART_PACKAGE, /* SPDX says no more */
    AS_PART_KINDS,
} as_part_kind;

typedef enum as_state {
    AS_UNKNOWN = 0,
    AS_DECLARED, /* a document says so */
    AS_OBSERVED, /* we saw it */
} as_state;

/* What is said about a part. The words are those of the JSON output. */
typedef enum as_attribute_key {
    AS_ATTR_MAKER = 0, /* who made it; the best of manufacturer, supplier,
                          publisher, author, in this order */
    AS_ATTR_MANUFACTURER,
    AS_ATTR_SUPPLIER,
    AS_ATTR_PUBLISHER,
    AS_ATTR_AUTHOR,
    AS_ATTR_DESIGNER,
    AS_ATTR_FOUNDRY,
    AS_ATTR_COUNTRY, /* of production, ISO 3166-1 alpha-2 or as written */
    AS_ATTR_ECCN,
    AS_ATTR_VALUE_SHARE,
    AS_ATTR_LICENCE, /* one SPDX expression */
    AS_ATTR_MPN,     /* manufacturer part number */
    AS_ATTR_MODEL_NUMBER,
    AS_ATTR_SERIAL,
    AS_ATTR_DESCRIPTION,
    AS_ATTR_COPYRIGHT,
    AS_ATTR_SCOPE, /* required, optional, excluded */
    AS_ATTR_DISTRIBUTION,
    AS_ATTR_END_OF_SUPPORT, /* date */
    AS_ATTR_CATEGORY,       /* what it is for: words of model/category.h */
    AS_ATTR_CELL_MAKER,     /* of the cells of a battery */
    AS_ATTR_NODE,           /* technology node of a chip in nanometres */
    AS_ATTR_AUTHORISED,     /* date of its equipment authorisation */
    AS_ATTR_COUNTRY_DESIGN, /* where it was designed */
    AS_ATTR_KEYS,
} as_attribute_key;

typedef struct as_evidence {
    as_str source;     /* document or file; absent: the document under review */
    as_str path;       /* JSON Pointer or path inside it */
    as_str method;     /* "declaration", "manifest-analysis", ... */
    as_str value;      /* what was seen, when it differs from the attribute */
    uint64_t offset;   /* UINT64_MAX: none */
    double confidence; /* 0..1; negative: not stated */
} as_evidence;

typedef struct as_attribute {
    as_attribute_key key;
    as_state state;
    as_str value;
    as_str path; /* where the document says so, below the part; or absent */
} as_attribute;

typedef struct as_hash {
    as_str algorithm; /* as in CycloneDX: "SHA-256", "MD5", "BLAKE2b-256" */
    as_str hex;       /* lower case */
} as_hash;

typedef struct as_licence {
    as_str id, name, expression, url; /* one of the first three is there */
} as_licence;

typedef struct as_property {
    as_str name, value;
} as_property;

typedef struct as_reference {
    as_str type, url, comment;
} as_reference;

/* A field we keep but do not model: its key and its value as JSON text. */
typedef struct as_extra {
    as_str key, json;
} as_extra;

/* Pedigree: what a part was made from, and what was changed. */
typedef enum as_relative_kind {
    AS_RELATIVE_ANCESTOR,
    AS_RELATIVE_DESCENDANT,
    AS_RELATIVE_VARIANT,
} as_relative_kind;

typedef struct as_relative {
    as_relative_kind kind;
    as_str group, name, version, purl, cpe;
} as_relative;

typedef struct as_patch {
    as_str type;      /* unofficial, monkey, backport, cherry-pick */
    as_str *resolves; /* identifiers of flaws: CVE-..., GHSA-... */
    size_t n_resolves;
} as_patch;

typedef struct as_pedigree {
    as_relative *relatives;
    size_t n_relatives;
    as_patch *patches;
    size_t n_patches;
    as_str notes;
} as_pedigree;

typedef struct as_part {
    as_str ref; /* bom-ref or SPDXID; unique in a sound document, may be empty
                   in others: then the path is its name */
    uint32_t parent; /* index, or AS_NO_PART */
    uint32_t index;  /* in its list; UINT32_MAX: the list is one object */
    as_str list;     /* JSON Pointer of its list below the parent's path when
                        nested, else below the root: "/components" */
    bool nested;
    as_part_kind kind;
    as_str kind_text; /* the document's own word */
    as_str group, name, version;
    as_str purl; /* as written */
    as_str *cpes;
    size_t n_cpes;
    as_attribute *attributes;
    size_t n_attributes;
    as_hash *hashes;
    size_t n_hashes;
    as_licence *licences;
    size_t n_licences;
    as_property *properties;
    size_t n_properties;
    as_reference *references;
    size_t n_references;
    as_evidence *evidence;
    size_t n_evidence;
    as_extra *extras;
    size_t n_extras;
    as_pedigree *pedigree; /* or NULL */
} as_part;

/* from depends on to (indexes), or contains it where kind says so. */
typedef struct as_relation {
    uint32_t from, to;
    as_str kind; /* "dependsOn", "provides", SPDX's relationship type */
} as_relation;

/* How complete a list is, in its maker's words. */
typedef struct as_composition {
    as_str aggregate; /* complete, incomplete, unknown, ... */
    as_str *assemblies;
    size_t n_assemblies;
    as_str *dependencies;
    size_t n_dependencies;
} as_composition;

/* What a document says about a flaw and its product (VEX). */
typedef struct as_affects {
    as_str ref;     /* of a part; or a purl, a CPE */
    as_str version; /* one version or a vers range; absent: any */
    as_str status;  /* affected, unaffected, unknown; absent: not said */
} as_affects;

typedef enum as_analysis {
    AS_ANALYSIS_NONE = 0,
    AS_ANALYSIS_NOT_AFFECTED,
    AS_ANALYSIS_FALSE_POSITIVE,
    AS_ANALYSIS_RESOLVED,    /* fixed, also with pedigree */
    AS_ANALYSIS_EXPLOITABLE, /* affected */
    AS_ANALYSIS_IN_TRIAGE,   /* under investigation */
} as_analysis;

typedef struct as_statement {
    as_str ref;
    as_str id;       /* CVE-2024-..., GHSA-... */
    as_str *aliases; /* references[].id */
    size_t n_aliases;
    as_str source; /* name of who published it */
    as_str *vectors;
    size_t n_vectors;
    as_analysis analysis;
    as_str analysis_text; /* the document's own word */
    as_str justification, detail, recommendation, description;
    as_str updated;          /* the whole entry */
    as_str analysed, issued; /* the analysis: last, and first */
    as_affects *affects;
    size_t n_affects;
    uint32_t index; /* in the document's list */
    as_extra *extras;
    size_t n_extras;
} as_statement;

/* Something odd in a document that did not stop its reading. */
typedef struct as_diagnosis {
    bool warning; /* false: an error */
    as_str path;  /* JSON Pointer */
    as_str text;
    uint64_t line, column; /* 0: unknown */
} as_diagnosis;

typedef struct as_product {
    as_arena *arena;
    as_str format;       /* "CycloneDX", "SPDX", "purl list" */
    as_str spec_version; /* "1.6", "SPDX-2.3" -> "2.3" */
    as_str encoding;     /* json, xml, tag-value, json-ld, yaml, text */
    as_str serial;       /* serialNumber or documentNamespace */
    as_str document_version;
    as_str created;              /* as written */
    as_str name, version, maker; /* of the root part, else the document's */
    as_str *tools;
    size_t n_tools;
    uint32_t root; /* index of the part the document describes, or none */
    as_part *parts;
    size_t n_parts, cap_parts;
    as_relation *relations;
    size_t n_relations, cap_relations;
    as_composition *compositions;
    size_t n_compositions;
    as_statement *statements;
    size_t n_statements;
    as_extra *extras;
    size_t n_extras;
    as_diagnosis *diagnoses;
    size_t n_diagnoses, cap_diagnoses;
    uint64_t diagnoses_dropped; /* beyond AS_LIMIT_DIAGNOSES */
} as_product;

/* An empty product with an arena of its own (AS_LIMIT_PRODUCT_BYTES); NULL
 * without memory. as_product_free frees everything in it. */
as_product *as_product_new(void);
as_product *as_product_free(as_product *p);
void as_product_cleanup(as_product **p);

/* A new zeroed part at the end; parent must stand before it. NULL when the
 * ceiling of parts or of the arena is passed: as_product_limit then says so in
 * one clear line. The pointer holds until the next part is added. */
as_part *as_product_add_part(as_product *p, uint32_t parent);
as_rc as_product_limit(const as_product *p, as_err *err);
bool as_product_add_relation(as_product *p, uint32_t from, uint32_t to,
                             as_str kind);
/* Keeps a diagnosis while there are fewer than AS_LIMIT_DIAGNOSES. */
void as_product_diagnose(as_product *p, bool warning, as_str path,
                         const char *fmt, ...) AS_PRINTF(4, 5);

/* The attribute, or NULL when nothing is said. */
const as_attribute *as_part_attribute(const as_part *part,
                                      as_attribute_key key);
/* Its value, or absent. */
as_str as_part_value(const as_part *part, as_attribute_key key);
/* JSON Pointer of a part in its document. */
void as_part_path(const as_product *p, uint32_t part, as_buf *ret);
/* Depth below the root, 0 for parts without parent. */
size_t as_part_depth(const as_product *p, uint32_t part);
/* Index of the part with this ref, or AS_NO_PART: through a table that the
 * caller builds once. */
typedef struct as_ref_table as_ref_table;
as_ref_table *as_ref_table_new(const as_product *p);
as_ref_table *as_ref_table_free(as_ref_table *t);
uint32_t as_ref_table_find(const as_ref_table *t, as_str ref);

/* Words of the JSON output; and back (AS_PART_OTHER / AS_ATTR_KEYS when the
 * word is none of ours). */
as_str as_part_kind_word(as_part_kind kind);
as_part_kind as_part_kind_find(as_str word);
as_str as_attribute_word(as_attribute_key key);
as_str as_state_word(as_state state);
as_str as_analysis_word(as_analysis a);

/* The product as bytes, for a message between processes; and back, checked:
 * what a worker sends is as hostile as what it read. Same build on both sides,
 * nothing for disk. */
void as_product_encode(const as_product *p, as_buf *out);
as_rc as_product_decode(as_span in, as_product **ret, as_err *err) AS_MUST_USE;

#endif
