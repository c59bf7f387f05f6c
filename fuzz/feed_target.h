/* SPDX-License-Identifier: Apache-2.0 */
/* What the targets of the importers share: the bytes go through the importer
 * whether it claims them or not; every record that comes out survives the wire
 * byte for byte, and every refusal says why. */
#ifndef AS_FUZZ_FEED_TARGET_H
#define AS_FUZZ_FEED_TARGET_H

#include "know/feed_internal.h"

#include <stdlib.h>
#include <string.h>

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static bool on_advisory(void *ctx, const as_advisory *v)
{
    as_arena *a = as_arena_new((size_t)1 << 28);
    as_buf once, twice;
    as_advisory back;

    (void)ctx;
    as_buf_init(&once, (size_t)1 << 28);
    as_buf_init(&twice, (size_t)1 << 28);
    as_advisory_encode(v, &once);
    expect(!as_buf_failed(&once));
    expect(as_advisory_decode(as_buf_span(&once), a, &back));
    as_advisory_encode(&back, &twice);
    expect(once.n == twice.n && memcmp(once.p, twice.p, once.n) == 0);
    for (size_t i = 0; i < v->n_affected; i++) {
        as_buf_clear(&twice);
        as_affected_describe(&v->affected[i], &twice);
        expect(twice.n > 0 && !as_str_is_empty(v->affected[i].name));
    }
    as_buf_done(&once);
    as_buf_done(&twice);
    as_arena_free(a);
    return true;
}

static bool on_exploited(void *ctx, as_str source, const as_exploited *x)
{
    (void)ctx;
    expect(source.n && as_feed_is_cve(x->id) && as_feed_is_date(x->added));
    return true;
}

static bool on_likelihood(void *ctx, as_str source, const as_likelihood *l)
{
    (void)ctx;
    expect(source.n && as_feed_is_cve(l->id) && l->score >= 0 &&
           l->score <= 1 && l->percentile >= 0 && l->percentile <= 1);
    return true;
}

static bool on_told(void *ctx, as_str source, as_str id, const as_err *why)
{
    (void)ctx;
    expect(source.n && why->what[0] && (!id.p || as_feed_is_id(id)));
    return true;
}

static bool on_edition(void *ctx, as_str source, as_str edition, as_str date)
{
    (void)ctx;
    expect(source.n && as_span_utf8_bad(as_str_span(edition)) == edition.n);
    expect(!date.p || as_feed_is_date(date));
    return true;
}

static bool on_list(void *ctx, const as_list_head *h)
{
    (void)ctx;
    expect(h->source.n && h->list.n);
    expect(!h->date.p || as_feed_is_date(h->date));
    return true;
}

static bool on_party(void *ctx, const as_party *p, as_party_part part)
{
    as_arena *a = as_arena_new((size_t)1 << 28);
    as_buf once, twice;
    as_party back;

    (void)ctx;
    expect(part < AS_PARTY_PARTS && p->list.n && p->id.n && p->n_names > 0);
    as_buf_init(&once, (size_t)1 << 28);
    as_buf_init(&twice, (size_t)1 << 28);
    as_party_encode(p, &once);
    expect(!as_buf_failed(&once));
    expect(as_party_decode(as_buf_span(&once), a, &back));
    as_party_encode(&back, &twice);
    expect(once.n == twice.n && memcmp(once.p, twice.p, once.n) == 0);
    for (size_t i = 0; i < p->n_names; i++)
        expect(p->names[i].text.n > 0);
    for (size_t i = 0; i < p->n_ties; i++)
        expect(p->ties[i].low >= 0 && p->ties[i].low <= p->ties[i].high &&
               p->ties[i].high <= 100);
    as_buf_done(&once);
    as_buf_done(&twice);
    as_arena_free(a);
    return true;
}

static bool on_cut(void *ctx, const as_err *why)
{
    (void)ctx;
    expect(why->what[0] != 0);
    return true;
}

static const as_feed_sink fuzz_sink = {
    NULL,       on_advisory, on_exploited, on_likelihood, on_told,  on_told,
    on_edition, on_list,     on_party,     on_cut,        {NULL, 0}};

/* The importer on the bytes in that syntax; JSON that is broken is left out. */
static void fuzz_import(const char *importer, as_feed_syntax syntax,
                        const uint8_t *data, size_t size)
{
    as_feed_input in = {.bytes = {data, size}, .syntax = syntax};
    const as_importer *i = as_importer_find(as_str_c(importer));
    as_json_doc *doc = NULL;
    as_err err;

    expect(i != NULL);
    as_err_init(&err);
    if (syntax == AS_SYNTAX_JSON) {
        if (as_json_read(in.bytes, NULL, &doc, &err))
            return;
        in.json = as_json_root(doc);
    }
    (void)i->probe(&in);
    if (i->read(&in, &fuzz_sink, &err))
        expect(err.what[0]);
    as_json_free(doc);
}

#endif
