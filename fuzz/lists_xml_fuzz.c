/* SPDX-License-Identifier: Apache-2.0 */
/* Lists in XML: United Nations, European Union, OFAC; see feed_target.h. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import("un", AS_SYNTAX_TEXT, data, size);
    fuzz_import("eu", AS_SYNTAX_TEXT, data, size);
    fuzz_import("uk-xml", AS_SYNTAX_TEXT, data, size);
    fuzz_import("us-ofac-xml", AS_SYNTAX_TEXT, data, size);
    fuzz_import("us-ofac-advanced", AS_SYNTAX_TEXT, data, size);
    fuzz_import("us-ofac-enhanced", AS_SYNTAX_TEXT, data, size);
    return 0;
}
