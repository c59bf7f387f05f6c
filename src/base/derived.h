/* SPDX-License-Identifier: Apache-2.0 */
/* What the build makes with the program's own code and puts into it
 * (src/derive.c), so that no run pays for it. All are empty where the build
 * could not run what it built: then each run makes its own. */
#ifndef AS_BASE_DERIVED_H
#define AS_BASE_DERIVED_H

#include "base/span.h"

extern const as_span
    as_derived_parties;                /* the shipped lists (know/shipped.c) */
extern const as_span as_derived_index; /* their index, aligned to 8 (party/) */
extern const as_span as_derived_han; /* characters of Han (party/name_han.c) */

#endif
