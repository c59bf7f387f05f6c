/* SPDX-License-Identifier: Apache-2.0 */
/* What a worker sends: bytes of a hostile hand are items or are refused, each
 * item takes some of them, and what was read can be written. */
#include "base/limits.h"
#include "know/frame_internal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_arena *a = as_arena_new(AS_MIB * 256);
    as_span rest = {data, size};
    as_item item;
    as_buf out;

    as_buf_init(&out, AS_MIB * 256);
    while (as_item_read(&rest, a, &item) == AS_OK) {
        as_buf_clear(&out);
        as_item_write(&item, &out);
        if (out.n == 0 || as_buf_failed(&out))
            abort();
    }
    as_buf_done(&out);
    as_arena_free(a);
    return 0;
}
