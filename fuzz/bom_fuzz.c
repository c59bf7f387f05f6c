/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a bill of materials of any format. Holds: a product or an error,
 * never both; a sound tree; every writer writes what is read again with as many
 * parts; a product does not differ from itself, and survives the wire. */
#include "bom_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_diff(const as_product *p)
{
    as_arena *arena = as_arena_new(AS_MIB * 64);
    as_bom_diff diff;
    as_buf out;

    require(as_bom_diff_make(p, p, arena, &diff, NULL) == AS_OK);
    require(diff.n_changes == 0 && diff.same == p->n_parts);
    as_buf_init(&out, AS_MIB);
    as_bom_diff_text(&diff, &out);
    as_bom_diff_json(&diff, &out);
    require(!as_buf_failed(&out));
    as_buf_done(&out);
    as_arena_free(arena);
}

static void check_wire(const as_product *p)
{
    as_product *back = NULL;
    as_buf out;

    as_buf_init(&out, AS_GIB);
    as_product_encode(p, &out);
    require(as_product_decode(as_buf_span(&out), &back, NULL) == AS_OK);
    require(back->n_parts == p->n_parts);
    as_product_free(back);
    as_buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_product *p = read_bytes(data, size);

    if (!p)
        return 0;
    for (size_t i = 0; as_bom_writer_at(i); i++) {
        as_buf text = write_product(p, as_bom_writer_at(i)->word.p);
        as_product *back = read_again(&text);
        require(back->n_parts == p->n_parts);
        as_product_free(back);
        as_buf_done(&text);
    }
    check_diff(p);
    check_wire(p);
    as_product_free(p);
    return 0;
}
