/* SPDX-License-Identifier: Apache-2.0 */
/* A purl that reads, strictly or not, is written in its canonical form, and
 * that form reads back to the same components and is written the same. What
 * the strict reader makes, the builder makes of its components. A known
 * release is named, and only that. */
#include "base/limits.h"
#include "model/purl.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef as_rc read_fn(as_str, as_arena *, as_purl *, as_err *);

static void same(as_str a, as_str b)
{
    assert(as_str_eq(a, b));
    assert(as_str_is_absent(a) == as_str_is_absent(b));
}

static void same_parts(const as_purl *p, const as_purl *q)
{
    same(p->type, q->type);
    same(p->namespace_, q->namespace_);
    same(p->name, q->name);
    same(p->version, q->version);
    same(p->subpath, q->subpath);
    assert(p->n_qualifiers == q->n_qualifiers);
    for (size_t i = 0; i < p->n_qualifiers; i++) {
        same(p->qualifiers[i].key, q->qualifiers[i].key);
        same(p->qualifiers[i].value, q->qualifiers[i].value);
        assert(i == 0 ||
               as_str_cmp(p->qualifiers[i - 1].key, p->qualifiers[i].key) < 0);
    }
}

static void check_text(const as_purl *p, read_fn *read, as_arena *a)
{
    as_buf one, two;
    as_purl again;

    as_buf_init(&one, 4 * AS_LIMIT_PURL_BYTES);
    as_buf_init(&two, 4 * AS_LIMIT_PURL_BYTES);
    as_purl_write(p, &one);
    assert(!as_buf_failed(&one));
    if (one.n <= AS_LIMIT_PURL_BYTES) {
        assert(read(as_buf_text(&one), a, &again, NULL) == AS_OK);
        as_purl_write(&again, &two);
        same(as_buf_text(&one), as_buf_text(&two));
        same_parts(p, &again);
    }
    as_buf_done(&one);
    as_buf_done(&two);
}

static void check_ecosystem(const as_purl *p, as_arena *a)
{
    as_str ecosystem = AS_ABSENT, name = AS_ABSENT, version = AS_ABSENT;
    as_purl_scope scope = as_purl_ecosystem(p, a, &ecosystem, &name);
    bool colon = as_str_find(ecosystem, ':') < ecosystem.n;

    assert((scope == AS_PURL_NO_ECOSYSTEM) == (ecosystem.n == 0));
    assert((scope == AS_PURL_RELEASE_KNOWN) == colon);
    if (as_purl_source(p, a, &name, &version))
        assert(name.n > 0);
    as_purl_full_version(p, a);
}

static void check_build(const as_purl *p, as_arena *a)
{
    as_purl built;

    if (p->name.p[0] == '/' || p->name.p[p->name.n - 1] == '/')
        return;
    assert(as_purl_build(p, a, &built, NULL) == AS_OK);
    same_parts(p, &built);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_arena *a;
    as_str text;
    as_purl p;

    if (!as_span_str((as_span){data, size}, &text))
        return 0;
    a = as_arena_new(AS_MIB * 8);
    if (as_purl_read(text, a, &p, NULL) == AS_OK) {
        assert(p.defects == 0);
        check_text(&p, as_purl_read, a);
        check_build(&p, a);
    }
    if (as_purl_read_lenient(text, a, &p, NULL) == AS_OK) {
        check_text(&p, as_purl_read_lenient, a);
        check_ecosystem(&p, a);
    }
    as_arena_free(a);
    return 0;
}
