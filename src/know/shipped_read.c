/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped lists from data/parties/NAME.yaml, by the reader that reads an
 * operator's own: when the program is built, and where it was built for another
 * machine. */
#include "know/shipped_internal.h"

#include "base/limits.h"
#include "base/sha256.h"
#include "know/feed_internal.h"

#include <stdlib.h>

#include "know/shipped_files.h"

/* ---- taking rows --------------------------------------------------------- */

struct taking {
    as_shipped *s;
    as_shipped_list *list;
    as_sha256_state *sum;
    bool bad;
};

static bool on_list(void *ctx, const as_list_head *h)
{
    struct taking *t = ctx;
    as_shipped *s = t->s;
    as_shipped_list *grown =
        as_arena_grow(s->arena, s->lists, &s->cap, s->n + 1, sizeof *s->lists);

    if (!grown)
        return false;
    s->lists = grown;
    t->list = &s->lists[s->n++];
    *t->list = (as_shipped_list){.name = as_arena_str(s->arena, h->list),
                                 .title = as_arena_str(s->arena, h->title),
                                 .edition = as_arena_str(s->arena, h->date),
                                 .complete = h->complete};
    return true;
}

/* The bytes of a row, kept: the copy points into them. */
static bool keep(struct taking *t, as_span body, as_party *p, as_str *digest)
{
    as_arena *a = t->s->arena;
    as_str bytes = as_arena_str(a, as_str_of((const char *)body.p, body.n));
    as_sha256_digest sum;

    if (!bytes.p || !as_sha256(body, &sum) ||
        !as_party_decode(as_str_span(bytes), a, p))
        return false;
    *digest = as_hex_str(a, (as_span){sum.bytes, 16});
    as_sha256_add(t->sum, (as_span){sum.bytes, sizeof sum.bytes});
    return digest->p != NULL;
}

static bool on_party(void *ctx, const as_party *p, as_party_part part)
{
    struct taking *t = ctx;
    as_shipped_list *l = t->list;
    size_t cap = l->cap;
    as_party *parties = as_arena_grow(t->s->arena, l->parties, &cap, l->n + 1,
                                      sizeof *l->parties);
    as_str *digests = as_arena_grow(t->s->arena, l->digests, &l->cap, l->n + 1,
                                    sizeof *l->digests);
    as_buf body;

    (void)part;
    as_buf_init(&body, AS_LIMIT_RECORD_BYTES);
    as_party_encode(p, &body);
    if (!parties || !digests || as_buf_failed(&body) ||
        !keep(t, as_buf_span(&body), &parties[l->n], &digests[l->n])) {
        as_buf_done(&body);
        t->bad = true;
        return false;
    }
    as_buf_done(&body);
    l->parties = parties;
    l->digests = digests;
    l->names += p->n_names;
    l->n++;
    return true;
}

static bool on_told(void *ctx, as_str source, as_str id, const as_err *why)
{
    struct taking *t = ctx;

    (void)source;
    (void)id;
    (void)why;
    t->bad = true;
    return false;
}

static bool on_cut(void *ctx, const as_err *why)
{
    return on_told(ctx, AS_ABSENT, AS_ABSENT, why);
}

static bool on_edition(void *ctx, as_str source, as_str edition, as_str date)
{
    (void)ctx;
    (void)source;
    (void)edition;
    (void)date;
    return true;
}

/* ---- reading ------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return as_str_cmp(((const as_shipped_list *)a)->name,
                      ((const as_shipped_list *)b)->name);
}

static as_rc read_all(struct taking *t, as_err *err)
{
    const as_feed_sink sink = {.ctx = t,
                               .refused = on_told,
                               .noted = on_told,
                               .edition = on_edition,
                               .list = on_list,
                               .party = on_party,
                               .cut = on_cut};
    as_rc rc = AS_OK;

    for (size_t i = 0; i < AS_ARRAY_LEN(shipped_files) && !rc; i++) {
        const as_feed_input in = {
            .bytes = {shipped_files[i].bytes, shipped_files[i].n},
            .syntax = AS_SYNTAX_YAML};
        rc = as_plain_importer.read(&in, &sink, err);
        if (!rc && t->bad)
            rc = as_fail(err, AS_ERR_INTERNAL,
                         "the shipped list \"%s\" is defective",
                         shipped_files[i].name);
    }
    return rc;
}

static as_rc finish(struct taking *t, as_err *err)
{
    as_shipped *s = t->s;
    as_sha256_digest digest;

    if (!as_sha256_final(t->sum, &digest))
        return as_fail(err, AS_ERR_MEMORY, "no memory for the shipped lists");
    s->digest =
        as_hex_str(s->arena, (as_span){digest.bytes, sizeof digest.bytes});
    if (s->n)
        qsort(s->lists, s->n, sizeof *s->lists, by_name);
    return s->digest.p
               ? AS_OK
               : as_fail(err, AS_ERR_MEMORY, "no memory for the shipped lists");
}

as_rc as_shipped_read(as_shipped **ret, as_err *err)
{
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    struct taking t = {.s = a ? AS_NEW(a, as_shipped) : NULL,
                       .sum = as_sha256_new()};
    as_rc rc;

    if (t.s)
        t.s->arena = a;
    rc = t.s && t.sum
             ? read_all(&t, err)
             : as_fail(err, AS_ERR_MEMORY, "no memory for the shipped lists");
    if (!rc)
        rc = finish(&t, err);
    as_sha256_free(t.sum);
    if (rc)
        as_arena_free(a);
    else
        *ret = t.s;
    return rc;
}
