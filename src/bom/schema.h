/* SPDX-License-Identifier: Apache-2.0 */
/* Validation of bills of materials: does a document keep the rules of its
 * format, and if not, where and which rule.
 *
 * CycloneDX JSON 1.2 to 1.7 is judged by the rules of its JSON Schemas (draft
 * 7, with the SPDX licence list, the signature and the cryptography schema),
 * CycloneDX XML 1.0 to 1.7 by those of its XML Schemas and of the two
 * extensions that were in use (dependency graph, vulnerability). Both are
 * carried inside the program as compact tables; no schema file is needed.
 * A document of a newer minor version is judged by the newest known rules,
 * with a warning.
 *
 * Beyond the schemas, as warnings unless the format's text makes it a rule:
 * identifiers defined twice, references that lead nowhere, malformed package
 * URLs and CPE names, digests whose length is not that of their algorithm, and
 * in 1.2 and 1.3 members that only the strict edition of the schema refuses.
 *
 * Cost: one pass for the rules, a second one over what is wrong to name its
 * place. Every step is paid from a budget that grows with the input, so a
 * document made to be slow ends in AS_ERR_LIMIT. */
#ifndef AS_BOM_SCHEMA_H
#define AS_BOM_SCHEMA_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"

typedef struct as_bom_diagnosis {
    as_place place; /* line, column, path; file is left to the caller */
    bool warning;   /* else an error: the document is not valid */
    /* The broken rule. JSON: the keyword of the schema ("required", "enum",
     * "pattern", "additionalProperties", "uniqueItems", "oneOf", ...). XML: the
     * part of the schema ("enumeration", "pattern", "datatype", "content",
     * "text", "attribute", "use", "unique", ...). Ours have names of their own:
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

/* Judges a document. Everything returned lives in the arena. AS_OK whatever the
 * verdict: the document is valid when ret->errors is 0. Fails with
 * AS_ERR_UNSUPPORTED when it is no CycloneDX at all, AS_ERR_INPUT when XML is
 * not well-formed, AS_ERR_LIMIT when a ceiling is reached; then *ret is
 * untouched.
 *
 * in must be the text doc was read from; it is walked again for places. */
as_rc as_bom_validate_cyclonedx_json(as_span in, const as_json_doc *doc,
                                     as_arena *arena, as_bom_diagnoses *ret,
                                     as_err *err) AS_MUST_USE;
as_rc as_bom_validate_cyclonedx_xml(as_span in, as_arena *arena,
                                    as_bom_diagnoses *ret,
                                    as_err *err) AS_MUST_USE;

/* SPDX JSON: 2.2, 2.3, 3.0 (JSON-LD). */
as_rc as_bom_validate_spdx_json(as_span in, const as_json_doc *doc,
                                as_arena *arena, as_bom_diagnoses *ret,
                                as_err *err) AS_MUST_USE;

/* SPDX 2.2 and 2.3 in tag-value form. */
as_rc as_bom_validate_spdx_tags(as_span in, as_arena *arena,
                                as_bom_diagnoses *ret, as_err *err) AS_MUST_USE;
/* Whichever of these it is, by content. doc: the JSON document that in is, or
 * NULL when it is none. AS_ERR_UNSUPPORTED when no rules fit. */
as_rc as_bom_validate(as_span in, const as_json_doc *doc, as_arena *arena,
                      as_bom_diagnoses *ret, as_err *err) AS_MUST_USE;

/* One line, no newline:
 * FILE:LINE:COLUMN: error: at PATH: MESSAGE (SCHEMA, RULE) */
void as_bom_diagnosis_text(const as_bom_diagnoses *all,
                           const as_bom_diagnosis *d, as_str file, as_buf *out);

#endif
