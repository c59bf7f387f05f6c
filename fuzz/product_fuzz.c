/* SPDX-License-Identifier: Apache-2.0 */
/* The product on the wire, from a hostile worker: what decodes encodes and
 * decodes again to the same bytes, and its indexes are in range. */
#include "model/product.h"

#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void encode(const uint8_t *data, size_t size, as_buf *out)
{
    as_product *p = NULL;

    as_buf_init(out, AS_MIB * 64);
    if (as_product_decode((as_span){data, size}, &p, NULL) != AS_OK)
        return;
    for (size_t i = 0; i < p->n_parts; i++) {
        as_buf path;
        assert(p->parts[i].parent == AS_NO_PART || p->parts[i].parent < i);
        as_buf_init(&path, AS_MIB);
        as_part_path(p, (uint32_t)i, &path);
        as_buf_done(&path);
    }
    as_product_encode(p, out);
    as_product_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_buf once, twice;

    encode(data, size, &once);
    if (once.n) {
        encode((const uint8_t *)once.p, once.n, &twice);
        assert(twice.n == once.n && memcmp(twice.p, once.p, once.n) == 0);
        as_buf_done(&twice);
    }
    as_buf_done(&once);
    return 0;
}
