/* SPDX-License-Identifier: Apache-2.0 */
/* OFAC's CSV files; see feed_target.h. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("us-ofac", AS_SYNTAX_TEXT, data, size);
    return 0;
}
