/* SPDX-License-Identifier: Apache-2.0 */
/* A file of names, CSV or JSONL, against the shipped lists: a row gives a line
 * of JSON, the last line counts them all, and a run that goes on in the middle
 * ends the same. */
#include "base/limits.h"
#include "review/review.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct lines {
    uint64_t n, rows;
    as_buf last;
};

static bool emit(void *ctx, as_str line)
{
    struct lines *l = ctx;
    int what = as_parties_file_line(line);

    assert(line.n && line.p[line.n - 1] == '\n');
    assert((what >= 0 && what < 4) || what == 5);
    l->n++;
    l->rows += what < 4;
    as_buf_clear(&l->last);
    as_buf_str(&l->last, line);
    return true;
}

static as_rc run(as_parties *p, as_span bytes, as_str columns, uint64_t skip,
                 const uint64_t *counts, struct lines *ret)
{
    as_parties_file f = {.bytes = bytes,
                         .name = AS_STR("seed"),
                         .columns = columns,
                         .skip = skip,
                         .emit = emit,
                         .ctx = ret};
    as_err err;
    as_rc rc;

    if (counts)
        memcpy(f.counts, counts, sizeof f.counts);
    *ret = (struct lines){.n = 0};
    as_buf_init(&ret->last, AS_MIB);
    as_err_init(&err);
    rc = as_parties_file_run(p, &f, &err);
    assert(rc == AS_OK || err.what[0]);
    if (rc == AS_OK)
        assert(as_parties_file_line(as_buf_text(&ret->last)) == 5);
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static as_parties *p;
    as_parties_request q = {.as_of = AS_STR("2026-11-22")};
    as_span bytes = {data, size};
    struct lines whole, none;
    as_str columns = AS_ABSENT;

    if (size > 20000)
        return 0;
    if (!p)
        assert(as_parties_open(&q, &p, NULL) == AS_OK);
    if (size && data[0] == '#') { /* without a header */
        columns = AS_STR("name=1,country=2,lei=3,birth=4");
        bytes = (as_span){data + 1, size - 1};
    }
    if (run(p, bytes, columns, 0, NULL, &whole) == AS_OK) {
        assert(whole.n == whole.rows + 1);
        /* All rows are there: only the last line comes. */
        assert(run(p, bytes, columns, whole.rows, NULL, &none) == AS_OK);
        assert(none.n == 1);
        as_buf_done(&none.last);
    }
    as_buf_done(&whole.last);
    return 0;
}
