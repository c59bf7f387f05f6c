/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as CycloneDX or SPDX in any of their forms, through the validator.
 * Holds: it ends; what it says is UTF-8 and stands inside the document, in the
 * order of the document, no more of it than the ceiling; said again, it is the
 * same; outputs are set only on success. */
#include "base/limits.h"
#include "bom/bom.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const as_json_limits limits = {1 << 20, 128, false};

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static void utf8(as_str s)
{
    expect(s.p && as_span_utf8_bad(as_str_span(s)) == s.n);
}

static void check(as_span in, const as_bom_diagnoses *all)
{
    uint64_t errors = 0, before = 0;

    expect(all->n <= AS_LIMIT_DIAGNOSES);
    expect(all->n <= all->errors + all->warnings);
    utf8(all->schema);
    for (size_t i = 0; i < all->n; i++) {
        const as_bom_diagnosis *d = &all->items[i];
        utf8(d->rule);
        utf8(d->message);
        utf8(as_str_c(d->place.path));
        expect(d->place.line > 0 && d->place.column > 0);
        expect(d->place.offset < in.n && d->place.offset >= before);
        before = d->place.offset;
        errors += !d->warning;
    }
    expect(errors <= all->errors && (errors || !all->errors));
}

static void same(const as_bom_diagnoses *a, const as_bom_diagnoses *b)
{
    expect(a->n == b->n && a->errors == b->errors);
    for (size_t i = 0; i < a->n; i++) {
        expect(as_str_eq(a->items[i].message, b->items[i].message));
        expect(a->items[i].place.offset == b->items[i].place.offset);
    }
}

static as_rc validate(as_span in, const as_json_doc *doc, as_arena *a,
                      as_bom_diagnoses *ret)
{
    as_err err;

    as_err_init(&err);
    return as_bom_validate(in, doc, a, ret, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_span in = {data, size};
    as_arena *a = as_arena_new(AS_MIB * 64);
    as_bom_diagnoses once = {.n = 7}, twice = {.n = 7};
    as_json_doc *doc = NULL;
    as_err err;

    as_err_init(&err);
    if (!a)
        return 0;
    if (as_json_read(in, &limits, &doc, &err))
        expect(!doc);
    if (validate(in, doc, a, &once)) {
        expect(once.n == 7 && !once.items);
    } else {
        check(in, &once);
        expect(validate(in, doc, a, &twice) == AS_OK);
        same(&once, &twice);
    }
    as_json_free(doc);
    as_arena_free(a);
    return 0;
}
