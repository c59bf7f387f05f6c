/* SPDX-License-Identifier: Apache-2.0 */
/* What the writers of all formats share: the tree turned around (children of a
 * part), names for the parts, losses, an identifier for the document. Inside
 * src/bom only. */
#ifndef AS_BOM_OUTPUT_INTERNAL_H
#define AS_BOM_OUTPUT_INTERNAL_H

#include "base/json_write.h"
#include "bom/bom.h"

typedef struct as_bom_output {
    const as_product *p;
    as_json_writer w;
    as_bom_losses *losses;
    as_arena *arena; /* for what lives while we write */
    /* By part. The parent is that of the product, except where the tree is
     * deeper than the ceiling: then an ancestor. AS_NO_PART ends a list. */
    uint32_t *parent, *child, *next;
    as_str *names; /* ref or SPDXID in the output; may be absent */
    bool failed;   /* no memory for the above */
} as_bom_output;

bool as_bom_output_init(as_bom_output *o, const as_product *p, as_buf *out,
                        as_bom_losses *losses);
void as_bom_output_done(as_bom_output *o);

/* One more thing that has no place in the output. part: whose, or AS_NO_PART.
 * what is one of a few: things of one kind are counted together. */
void as_bom_lose(as_bom_output *o, uint32_t part, as_str what);
/* An extra: "the member X", or "details of X" when the model, and so the
 * output, holds its gist. An empty list is no loss. */
void as_bom_lose_member(as_bom_output *o, uint32_t part, const as_extra *x);
void as_bom_lose_key(as_bom_output *o, uint32_t part, const char *what,
                     as_str key);

const as_extra *as_bom_find_extra(const as_extra *extras, size_t n, as_str key);
/* The JSON text as a value; false, and nothing written, when it is none (a
 * product may come from another process). */
bool as_bom_write_json(as_bom_output *o, as_str json);
/* A UUID of version 8 (RFC 9562) from the digest of what the product is: the
 * same product gives the same. In hexadecimal with dashes, 36 bytes and NUL. */
void as_bom_make_uuid(const as_product *p, char *ret);

/* The writers, for the table in bom.c. */
as_rc as_cyclonedx_write_1_6(const as_product *p, as_buf *out,
                             as_bom_losses *losses, as_err *err);
as_rc as_cyclonedx_write_1_7(const as_product *p, as_buf *out,
                             as_bom_losses *losses, as_err *err);
as_rc as_spdx_write(const as_product *p, as_buf *out, as_bom_losses *losses,
                    as_err *err);

#endif
