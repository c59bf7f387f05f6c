/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing derived: for the program that derives, and for builds that cannot run
 * it. */
#include "base/derived.h"

const as_span as_derived_parties;
const as_span as_derived_index;
const as_span as_derived_han;
