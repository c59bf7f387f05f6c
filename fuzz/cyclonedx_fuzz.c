/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as CycloneDX. Holds: what is written is read again with as many
 * parts, and written the same, byte for byte, by both writers. */
#include "bom_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_product *p = read_bytes(data, size);

    if (p && as_str_eq(p->format, AS_STR("CycloneDX"))) {
        check_writer(p, "cyclonedx");
        check_writer(p, "cyclonedx-1.7");
    }
    as_product_free(p);
    return 0;
}
