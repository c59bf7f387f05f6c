/* SPDX-License-Identifier: Apache-2.0 */
/* CVE records; see feed_target.h. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("cve", AS_SYNTAX_JSON, data, size);
    return 0;
}
