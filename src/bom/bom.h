/* SPDX-License-Identifier: Apache-2.0 */
/* Bills of materials: bytes in, product out, and back.
 *
 * The format is found from content, never from a name. A reader is a pure
 * function: no file, no clock, no environment. What is odd in a document and
 * can be passed over becomes a diagnosis of the product; what is no bill of
 * materials, passes a ceiling or is not the encoding it seems to be is refused
 * with one clear line. */
#ifndef AS_BOM_BOM_H
#define AS_BOM_BOM_H

#include "base/json.h"
#include "model/product.h"

typedef enum as_bom_encoding {
    AS_BOM_BINARY = 0, /* neither of the others; not even text */
    AS_BOM_JSON,
    AS_BOM_XML,
    AS_BOM_TEXT,
} as_bom_encoding;

/* An input opened: looked at, its JSON parsed. The bytes are the caller's and
 * must outlive it. */
typedef struct as_bom_input {
    as_span bytes; /* without a byte order mark */
    as_bom_encoding encoding;
    as_str text;      /* bytes, when they are UTF-8 text; else absent */
    as_str root_tag;  /* XML: the start tag of the root, without < and > */
    char *head;       /* XML in UTF-16: where its root tag stands; owned */
    as_json_doc *doc; /* JSON */
    as_json root;
} as_bom_input;

typedef struct as_bom_format as_bom_format;

/* padded: 64 readable bytes stand behind in; it saves a copy. Fails as
 * as_json_read does, and for input that is empty. */
as_rc as_bom_open(as_span in, bool padded, as_bom_input *ret,
                  as_err *err) AS_MUST_USE;
void as_bom_close(as_bom_input *in);
/* The format of an input, or NULL: then err says what it looks like instead
 * (AS_ERR_UNSUPPORTED). */
const as_bom_format *as_bom_detect(const as_bom_input *in, as_err *err);
/* "CycloneDX JSON", ... */
as_str as_bom_format_name(const as_bom_format *f);

/* Detects and reads. *ret is the caller's to free (as_product_free). On
 * failure *ret is untouched and err is filled. */
as_rc as_bom_read(as_span in, bool padded, as_product **ret,
                  as_err *err) AS_MUST_USE;

/* The same of an input that is open; it stays open. */
as_rc as_bom_read_input(const as_bom_input *in, as_product **ret,
                        as_err *err) AS_MUST_USE;

/* ---- writing ----------------------------------------------------------- */

/* Something the output has no place for. Things of one kind are counted
 * together: "lost: WHAT (COUNT times, first at PATH)". */
typedef struct as_bom_loss {
    as_str what; /* "the property \"x\"" */
    as_str path; /* of the first part that has it, or absent */
    uint64_t count;
} as_bom_loss;

/* {.arena = ...}; what is lost is added. */
typedef struct as_bom_losses {
    as_arena *arena;
    as_bom_loss *items;
    size_t n, cap;
} as_bom_losses;

typedef struct as_bom_writer {
    as_str word; /* as on the command line: "cyclonedx" */
    as_str name; /* "CycloneDX 1.6 JSON" */
    as_rc (*write)(const as_product *p, as_buf *out, as_bom_losses *losses,
                   as_err *err);
} as_bom_writer;

/* By word, or NULL. All of them: the rows from 0, NULL behind the last. */
const as_bom_writer *as_bom_writer_find(as_str word);
const as_bom_writer *as_bom_writer_at(size_t i);
/* Appends the document. The same product gives the same bytes: no clock and no
 * chance is in it; a date that the source does not state is not made up where
 * the format allows that. losses may be NULL. */
as_rc as_bom_write(const as_bom_writer *w, const as_product *p, as_buf *out,
                   as_bom_losses *losses, as_err *err) AS_MUST_USE;

/* ---- comparing --------------------------------------------------------- */

typedef enum as_bom_change_kind {
    AS_BOM_ADDED,
    AS_BOM_REMOVED,
    AS_BOM_CHANGED,
} as_bom_change_kind;

typedef struct as_bom_field_change {
    as_str field;    /* "version", "licence", "supplier", "SHA-256", ... */
    as_str from, to; /* absent: not stated */
} as_bom_field_change;

typedef struct as_bom_change {
    as_bom_change_kind kind;
    uint32_t from, to; /* parts of a and of b; AS_NO_PART where there is none */
    as_bom_field_change *fields;
    size_t n_fields;
} as_bom_change;

typedef struct as_bom_diff {
    const as_product *a, *b;
    as_bom_change *changes; /* in the order of a, then what b adds */
    size_t n_changes;
    size_t added, removed, changed, same; /* parts */
} as_bom_diff;

/* What changed from a to b. Parts are matched by all they say; then by purl
 * without version, by purl without version and qualifiers, by vendor and
 * product of a CPE, by group and name, and, as long as the kind agrees, by
 * name alone; each of a with one of b, in order. The two products must outlive
 * the answer, which lives in the arena. */
as_rc as_bom_diff_make(const as_product *a, const as_product *b,
                       as_arena *arena, as_bom_diff *ret,
                       as_err *err) AS_MUST_USE;
/* One line a change and a last one with the counts. */
void as_bom_diff_text(const as_bom_diff *d, as_buf *out);
/* One object, schema "assay-bom-diff/1", and a newline. */
void as_bom_diff_json(const as_bom_diff *d, as_buf *out);

/* ---- validation -------------------------------------------------------- */

/* Does a document keep the rules of its format, and if not, where and which
 * rule? CycloneDX JSON 1.2 to 1.7 is judged by its JSON Schemas, XML 1.0 to 1.7
 * by its XML Schemas and the extensions dependency graph and vulnerability;
 * SPDX JSON 2.2, 2.3 and 3.0 by its JSON Schemas and what the text of 2.x adds,
 * tag-value by the same. All of them are carried inside the program as tables
 * (data/schema). A document of a newer minor version is judged by the newest
 * known rules, with a warning.
 *
 * Beyond the schemas, as warnings: identifiers taken twice (in XML the schema
 * makes it an error), references that lead nowhere, malformed package URLs, CPE
 * names, IRIs and mail addresses, digests whose length is not that of their
 * algorithm, members that only the strict edition of 1.2 and 1.3 refuses.
 *
 * Cost: one pass for the rules, a second one when a name is wrong, one walk for
 * the places. Every step is paid from a budget of 16 a byte, so a document made
 * to be slow ends in AS_ERR_LIMIT. */
typedef struct as_bom_diagnosis {
    as_place place; /* line, column, path; file is left to the caller */
    bool warning;   /* else an error: the document is not valid */
    /* The broken rule. JSON: the keyword of the schema ("required", "enum",
     * "pattern", "additionalProperties", "uniqueItems", "oneOf", ...). XML: the
     * part of the schema ("enumeration", "pattern", "datatype", "content",
     * "text", "attribute", "use", "unique", ...). Tags: "tag", "form",
     * "repeated", "syntax" besides those. Ours have names of their own:
     * "reference", "purl", "cpe", "hash", "version". */
    as_str rule;
    as_str message; /* one clause, no place and no rule in it */
} as_bom_diagnosis;

typedef struct as_bom_diagnoses {
    as_bom_diagnosis *items;   /* in the order of the document */
    size_t n;                  /* at most AS_LIMIT_DIAGNOSES are kept */
    uint64_t errors, warnings; /* all of them, kept or not */
    as_str schema; /* by which it was judged: "CycloneDX 1.6 JSON" */
} as_bom_diagnoses;

/* Judges a document. doc: the JSON document that in is, or NULL when it is
 * none; in is walked again for places. Everything returned lives in the arena.
 * AS_OK whatever the verdict: the document is valid when ret->errors is 0.
 * Fails with AS_ERR_UNSUPPORTED when no rules fit, AS_ERR_INPUT when XML is not
 * well-formed, AS_ERR_LIMIT when a ceiling is reached; then *ret is
 * untouched. */
as_rc as_bom_validate(as_span in, const as_json_doc *doc, as_arena *arena,
                      as_bom_diagnoses *ret, as_err *err) AS_MUST_USE;

/* One line, no newline:
 * FILE:LINE:COLUMN: error: at PATH: MESSAGE (SCHEMA, RULE) */
void as_bom_diagnosis_text(const as_bom_diagnoses *all,
                           const as_bom_diagnosis *d, as_str file, as_buf *out);

#endif
