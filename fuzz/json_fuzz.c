/* SPDX-License-Identifier: Apache-2.0 */
/* JSON: what is read and written canonically (RFC 8785) reads back and comes
 * out the same; what is refused names a place inside the input and sets no
 * output. */
#include "base/json_write.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const as_json_limits limits = {1 << 20, 64, false};

static void expect(bool holds)
{
    if (!holds)
        abort();
}

/* The canonical form of a text we wrote. */
static void canonical(as_span text, as_buf *out)
{
    as_json_doc *doc = NULL;
    as_err err;

    as_err_init(&err);
    expect(as_json_read(text, &limits, &doc, &err) == AS_OK);
    expect(as_json_canonical(as_json_root(doc), out, &err) == AS_OK);
    as_json_free(doc);
}

static void refused(as_span in, const as_err *err)
{
    expect(err->place.line <= in.n + 1 && err->place.column <= in.n + 1);
}

static void accepted(as_span in, const as_json_doc *doc)
{
    as_buf once, twice;
    as_err err;

    as_buf_init(&once, 64 << 20);
    as_buf_init(&twice, 64 << 20);
    as_err_init(&err);
    expect(as_json_canonical(as_json_root(doc), &once, &err) == AS_OK);
    canonical(as_buf_span(&once), &twice);
    expect(once.n == twice.n && !memcmp(once.p, twice.p, once.n));
    as_buf_done(&once);
    as_buf_done(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_span in = {data, size};
    as_json_doc *doc = NULL;
    as_err err;

    as_err_init(&err);
    if (as_json_read(in, &limits, &doc, &err)) {
        expect(!doc);
        refused(in, &err);
        return 0;
    }
    accepted(in, doc);
    as_json_free(doc);
    return 0;
}
