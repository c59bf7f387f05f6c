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

#endif
