/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the CycloneDX reader and writer; inside src/bom only. */
#ifndef AS_BOM_CYCLONEDX_INTERNAL_H
#define AS_BOM_CYCLONEDX_INTERNAL_H

#include "bom/reader_internal.h"

/* Where a list of parts stands. */
typedef struct as_cyclonedx_place {
    uint32_t parent;
    as_str list; /* static: "/components" */
    bool nested;
    size_t depth; /* of parts above */
} as_cyclonedx_place;

/* One component or service (and what it holds), and a list of them. Fails when
 * a ceiling is passed: r->rc. */
void as_cyclonedx_read_part(as_bom_reader *r, as_json v,
                            const as_cyclonedx_place *place, uint32_t index);
void as_cyclonedx_read_parts(as_bom_reader *r, as_json list,
                             const as_cyclonedx_place *place);
/* Name of an organisation or a person, kept; absent when there is none.
 * *whole: the object holds nothing but the name. */
as_str as_cyclonedx_read_party(as_bom_reader *r, as_str key, as_json v,
                               bool *whole);

/* vulnerabilities -> statements */
void as_cyclonedx_read_statements(as_bom_reader *r, as_json list);

#endif
