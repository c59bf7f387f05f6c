/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the SPDX writer; inside src/bom only. */
#ifndef AS_BOM_SPDX_WRITE_INTERNAL_H
#define AS_BOM_SPDX_WRITE_INTERNAL_H

#include "bom/output_internal.h"

struct spdx_output {
    as_bom_output o;
    bool same;        /* the product came from SPDX 2: extras are members */
    as_str document;  /* SPDXID of the document */
    as_str *licences; /* identifiers LicenseRef-... that were made up */
    size_t n_licences, cap_licences;
};

/* Whether a part is written as a file; else it is a package. */
bool as_spdx_writes_file(const struct spdx_output *s, uint32_t part);
void as_spdx_write_package(struct spdx_output *s, uint32_t part);
void as_spdx_write_file(struct spdx_output *s, uint32_t part);

#endif
