/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as SPDX. Holds: what is written is read again with as many parts,
 * and from the second time on written the same, byte for byte (a relation that
 * SPDX has no word for moves behind the others the first time). */
#include "bom_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_product *p = read_bytes(data, size);

    if (p && as_str_eq(p->format, AS_STR("SPDX"))) {
        as_buf text = write_product(p, "spdx");
        as_product *back = read_again(&text);
        require(back->n_parts == p->n_parts);
        check_writer(back, "spdx");
        as_product_free(back);
        as_buf_done(&text);
    }
    as_product_free(p);
    return 0;
}
