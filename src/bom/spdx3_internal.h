/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the SPDX 3 reader; inside src/bom only. */
#ifndef AS_BOM_SPDX3_INTERNAL_H
#define AS_BOM_SPDX3_INTERNAL_H

#include "base/json_write.h"
#include "bom/spdx_internal.h"
#include "bom/spdx_tree_internal.h"

/* Lists of the tree. */
enum { AS_SPDX3_PARTS, AS_SPDX3_OTHERS, AS_SPDX3_LISTS };

struct spdx3 {
    as_bom_reader *r;
    as_spdx_tree tree; /* all elements; those that are no parts too */
    uint32_t *concluded, *declared; /* licence of each node, or AS_NO_PART */
    as_json_writer rest;            /* elements that are not read */
    as_buf rest_text;
};

/* A name without the prefix of its profile: "software_Package" and
 * "security_statusNotes" are "Package" and "statusNotes". */
as_str as_spdx3_plain(as_str name);
as_str as_spdx3_type(as_json v);
/* A member by its plain name. */
as_json as_spdx3_get(as_json v, const char *name);
as_str as_spdx3_get_str(as_json v, const char *name);
/* An element that stands where it is used, or the one its id names. */
as_json as_spdx3_resolve(const struct spdx3 *s, as_json v);
/* for (it = as_spdx3_each(...)): a list, or one value that should be one. */
size_t as_spdx3_count(as_json v);
as_json as_spdx3_at(as_json v, size_t i);

void as_spdx3_read_part(void *ctx, as_part *part, const as_spdx_node *node);
/* VEX and other assessments -> statements. */
void as_spdx3_read_statements(struct spdx3 *s);
/* Whether a type is a relationship that the above reads. */
bool as_spdx3_is_assessment(as_str type);

#endif
