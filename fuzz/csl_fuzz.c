/* SPDX-License-Identifier: Apache-2.0 */
/* The Consolidated Screening List: both JSON forms and the CSV; see
 * feed_target.h. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("us-csl", AS_SYNTAX_JSON, data, size);
    fuzz_import("us-csl", AS_SYNTAX_TEXT, data, size);
    return 0;
}
