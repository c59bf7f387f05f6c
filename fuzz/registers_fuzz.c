/* SPDX-License-Identifier: Apache-2.0 */
/* Registers: GLEIF in CSV, XML and JSON, entities of OpenSanctions in lines of
 * JSON; a piece of one is never longer than what there is. See feed_target.h.
 */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t head = 0, n = as_feed_split((as_span){data, size}, &head);

    expect(n <= size && (n == 0 || head <= n));
    fuzz_import("gleif", AS_SYNTAX_TEXT, data, size);
    fuzz_import("gleif", AS_SYNTAX_RECORDS, data, size);
    fuzz_import("opensanctions", AS_SYNTAX_LINES, data, size);
    fuzz_import("opensanctions", AS_SYNTAX_JSON, data, size);
    return 0;
}
