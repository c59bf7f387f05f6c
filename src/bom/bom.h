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

#endif
