/* SPDX-License-Identifier: Apache-2.0 */
/* EPSS scores; see feed_target.h. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("epss", AS_SYNTAX_TEXT, data, size);
    return 0;
}
