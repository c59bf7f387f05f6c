/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the SPDX readers and writer; inside src/bom only. */
#ifndef AS_BOM_SPDX_INTERNAL_H
#define AS_BOM_SPDX_INTERNAL_H

#include "bom/reader_internal.h"

/* Fills a part from a package or a file of SPDX 2. */
void as_spdx_read_package(as_bom_reader *r, as_part *part, as_json v);
void as_spdx_read_file(as_bom_reader *r, as_part *part, as_json v);

/* Names of digests: "SHA256" of SPDX 2, "sha256" of SPDX 3, "SHA-256" of the
 * model. Absent when the other side has none. */
as_str as_spdx_hash_to_model(as_str spdx);
as_str as_spdx_hash_from_model(as_str model);
/* The category that SPDX 2.3 gives a type of external reference. */
as_str as_spdx_category_of(as_str type);
/* APPLICATION, OPERATING-SYSTEM, ...; AS_PART_PACKAGE for what says nothing of
 * the kind (SOURCE, ARCHIVE, INSTALL). Any case, - and _ are the same. */
as_part_kind as_spdx_kind_of(as_str purpose);
as_str as_spdx_purpose_of(as_part_kind kind);
/* NOASSERTION and NONE. */
bool as_spdx_is_nothing(as_str s);

#endif
