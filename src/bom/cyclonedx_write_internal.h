/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the CycloneDX writer; inside src/bom only. */
#ifndef AS_BOM_CYCLONEDX_WRITE_INTERNAL_H
#define AS_BOM_CYCLONEDX_WRITE_INTERNAL_H

#include "bom/output_internal.h"

struct cyclonedx_output {
    as_bom_output o;
    bool same;       /* the product came from CycloneDX: extras are members */
    bool newer;      /* from a version newer than what is written */
    bool target_1_7; /* else 1.6 */
};

/* An extra of the document, when it came from CycloneDX. */
const as_extra *as_cyclonedx_extra(const struct cyclonedx_output *c,
                                   as_str key);
/* A value of the source, or of a list of it, that the member key has; without
 * what the version written does not know. */
void as_cyclonedx_write_value(struct cyclonedx_output *c, as_str key,
                              as_json v);
/* A type of reference that came with 1.7. */
bool as_cyclonedx_is_new_reference(as_str type);
/* A member kept as JSON text. */
void as_cyclonedx_write_kept(struct cyclonedx_output *c, uint32_t part,
                             as_str key, as_str json);
/* Whether a part stands in the document's own lists. */
bool as_cyclonedx_is_top(const struct cyclonedx_output *c, uint32_t part);
void as_cyclonedx_write_part(struct cyclonedx_output *c, uint32_t part);
void as_cyclonedx_write_statement(struct cyclonedx_output *c,
                                  const as_statement *s);

#endif
