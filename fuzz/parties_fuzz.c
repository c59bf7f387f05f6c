/* SPDX-License-Identifier: Apache-2.0 */
/* assay-parties/1 as YAML (through its JSON) and as JSON; see feed_target.h. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("parties", AS_SYNTAX_YAML, data, size);
    fuzz_import("parties", AS_SYNTAX_JSON, data, size);
    return 0;
}
