/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges in text: what is understood has versions, and none but those of the
 * text; one end of a range is a version or none. */
#include "base/limits.h"
#include "know/range_text_internal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_arena *a = as_arena_new(AS_MIB * 64);
    as_range_text got;
    as_str text, bound;

    if (as_span_str((as_span){data, size}, &text)) {
        expect(as_range_text_read(text, a, &got));
        expect((got.kind == AS_TEXT_RANGES) == (got.n_intervals > 0));
        expect(got.kind != AS_TEXT_EXACT || got.n_versions > 0);
        expect(got.kind >= AS_TEXT_EXACT || got.n_versions == 0);
        for (size_t i = 0; i < got.n_intervals; i++)
            expect(got.intervals[i].from.n + got.intervals[i].to.n > 0);
        if (as_range_text_bound(text, a, &bound) <= AS_BOUND_ABOVE)
            expect(bound.n > 0 && bound.n <= text.n);
    }
    as_arena_free(a);
    return 0;
}
