/* SPDX-License-Identifier: Apache-2.0 */
/* Lists in CSV: European Union, United Kingdom, denied persons, own; see
 * feed_target.h. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever the encoding: valid UTF-8, or nothing. */
static void to_utf8(const uint8_t *data, size_t size)
{
    as_str guess;
    as_buf text;

    as_buf_init(&text, (size_t)1 << 28);
    as_feed_to_utf8((as_span){data, size}, &text, &guess);
    expect(!as_buf_failed(&text));
    expect(as_span_utf8_bad(as_buf_span(&text)) == text.n);
    expect(guess.n == 0 || text.n > 0);
    as_buf_done(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    to_utf8(data, size);
    fuzz_import("eu", AS_SYNTAX_TEXT, data, size);
    fuzz_import("uk", AS_SYNTAX_TEXT, data, size);
    fuzz_import("us-dpl", AS_SYNTAX_TEXT, data, size);
    fuzz_import("parties-csv", AS_SYNTAX_TEXT, data, size);
    return 0;
}
