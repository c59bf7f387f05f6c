/* SPDX-License-Identifier: Apache-2.0 */
/* The table of schemes: one row an order, and the names that lead to it. */
#ifndef AS_VERSION_VERSION_TABLE_INTERNAL_H
#define AS_VERSION_VERSION_TABLE_INTERNAL_H

#include "version/version_internal.h"

/* The i-th row, NULL past the last. */
const as_version_scheme *as_version_table_at(size_t i);

#endif
