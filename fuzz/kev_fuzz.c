/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue of exploited flaws as JSON and as CSV; see feed_target.h. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("kev", AS_SYNTAX_JSON, data, size);
    fuzz_import("kev", AS_SYNTAX_TEXT, data, size);
    return 0;
}
