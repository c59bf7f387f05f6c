/* SPDX-License-Identifier: Apache-2.0 */
/* Lists in CSV: European Union, United Kingdom, denied persons, own; see
 * feed_target.h. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("eu", AS_SYNTAX_TEXT, data, size);
    fuzz_import("uk", AS_SYNTAX_TEXT, data, size);
    fuzz_import("us-dpl", AS_SYNTAX_TEXT, data, size);
    fuzz_import("parties-csv", AS_SYNTAX_TEXT, data, size);
    return 0;
}
