/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions as JSON lines into a register in memory. Holds that all lines are
 * taken or none, that what is written out is taken back as known, and comes out
 * the same. */
#include "base/buf.h"
#include "base/limits.h"
#include "store/store.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_register *r = NULL;
    as_register_account n = {.read = 0};
    as_buf first, again;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    as_buf_init(&first, AS_MIB * 16);
    as_buf_init(&again, AS_MIB * 16);
    rc = as_register_open(AS_STR(":memory:"), true, &r, &err);
    assert(rc == AS_OK);
    rc = as_register_import(r, (as_span){data, size}, &n, &err);
    assert(rc == AS_OK || (err.what[0] && n.read == 0));
    rc = as_register_export(r, &first, &err);
    assert(rc == AS_OK);
    assert((n.added > 0) == (first.n > 0));
    rc = as_register_import(r, as_buf_span(&first), &n, &err);
    assert(rc == AS_OK && n.added == 0);
    rc = as_register_export(r, &again, &err);
    assert(rc == AS_OK);
    assert(as_str_eq(as_buf_text(&first), as_buf_text(&again)));
    as_register_close(r);
    as_buf_done(&first);
    as_buf_done(&again);
    return 0;
}
