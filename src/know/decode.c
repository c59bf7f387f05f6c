/* SPDX-License-Identifier: Apache-2.0 */
/* From bytes to items; see decode_internal.h. Items are gathered and sent at
 * the end of an input, or when there is a mebibyte of them. */
#include "know/decode_internal.h"

#include "base/limits.h"
#include "know/feed_internal.h"
#include "know/frame_internal.h"

struct decode {
    const as_decode_sink *sink;
    as_buf items;
    as_str input;    /* its name */
    as_str member;   /* of the file at hand */
    as_time changed; /* when it was last written, or 0 */
    bool pieces;     /* some of the file were read */
    bool skip;       /* a piece of the file has failed: so have the others */
    bool stop;       /* nobody wants more */
};

static bool flush(struct decode *d)
{
    if (d->items.n && !d->stop &&
        !d->sink->emit(d->sink->ctx, as_buf_span(&d->items)))
        d->stop = true;
    as_buf_clear(&d->items);
    return !d->stop;
}

static bool put(struct decode *d, const as_item *item)
{
    enum { ENOUGH = 1 << 20 };

    as_item_write(item, &d->items);
    if (as_buf_failed(&d->items)) {
        d->stop = true;
        return false;
    }
    return d->items.n < ENOUGH || flush(d);
}

/* ---- what importers tell ------------------------------------------------- */

static bool on_advisory(void *ctx, const as_advisory *v)
{
    return put(ctx, &(as_item){.type = AS_ITEM_ADVISORY, .advisory = *v});
}

static bool on_exploited(void *ctx, as_str source, const as_exploited *x)
{
    return put(ctx, &(as_item){.type = AS_ITEM_EXPLOITED,
                               .source = source,
                               .exploited = *x});
}

static bool on_likelihood(void *ctx, as_str source, const as_likelihood *l)
{
    return put(ctx, &(as_item){.type = AS_ITEM_LIKELIHOOD,
                               .source = source,
                               .likelihood = *l});
}

static bool on_edition(void *ctx, as_str source, as_str edition, as_str date)
{
    return put(ctx, &(as_item){.type = AS_ITEM_EDITION,
                               .source = source,
                               .edition = edition,
                               .date = date});
}

static as_diagnosis_item diagnosis(const struct decode *d, as_str source,
                                   as_str id, const as_err *why)
{
    return (as_diagnosis_item){.source = source,
                               .id = id,
                               .member = d->member,
                               .path = as_str_c(why->place.path),
                               .line = why->place.line,
                               .column = why->place.column,
                               .reason = as_str_c(why->what)};
}

static bool on_refused(void *ctx, as_str source, as_str id, const as_err *why)
{
    return put(ctx, &(as_item){.type = AS_ITEM_REFUSED,
                               .diagnosis = diagnosis(ctx, source, id, why)});
}

static bool on_noted(void *ctx, as_str source, as_str id, const as_err *what)
{
    return put(ctx, &(as_item){.type = AS_ITEM_NOTED,
                               .diagnosis = diagnosis(ctx, source, id, what)});
}

/* A file's own date, unless it is that of an archive without dates. */
static as_str file_date(const struct decode *d, char text[AS_DATE_TEXT])
{
    enum { DAYS_TO_1981 = 4018 };
    as_date day = d->changed > 0 ? as_time_date(d->changed) : AS_DATE_NONE;

    if (!as_date_valid(day) || day < DAYS_TO_1981)
        return AS_ABSENT;
    return as_str_c(as_date_text(day, text));
}

static bool on_list(void *ctx, const as_list_head *h)
{
    struct decode *d = ctx;
    char text[AS_DATE_TEXT];

    return put(d, &(as_item){.type = AS_ITEM_LIST,
                             .member = d->member,
                             .date = file_date(d, text),
                             .list = *h});
}

static bool on_party(void *ctx, const as_party *p, as_party_part part)
{
    return put(ctx,
               &(as_item){.type = AS_ITEM_PARTY, .party = *p, .part = part});
}

static bool on_cut(void *ctx, const as_err *why)
{
    return put(ctx, &(as_item){.type = AS_ITEM_CUT,
                               .diagnosis =
                                   diagnosis(ctx, AS_ABSENT, AS_ABSENT, why)});
}

/* ---- files ----------------------------------------------------------------
 */

static bool on_failed(void *ctx, as_str name, const as_err *why)
{
    struct decode *d = ctx;

    d->member = name;
    return put(
        d, &(as_item){.type = AS_ITEM_FAILED,
                      .diagnosis = diagnosis(d, AS_ABSENT, AS_ABSENT, why)});
}

/* What the parent keeps nothing of. name is that of the input or begins with
 * it. */
static void on_broken(void *ctx, as_str name, const as_err *why)
{
    enum { SHOWN = 160 };
    struct decode *d = ctx;
    as_str at = as_str_slice(name, d->input.n, name.n);
    as_err err;

    as_err_init(&err);
    at = as_str_slice(at, as_str_starts(at, AS_STR("/")), SHOWN);
    at.n = as_span_utf8_bad(as_str_span(at)); /* no half a character */
    as_fail(&err, why->rc,
            "it is broken and nothing of it is stored: %s%s%.*s%s", why->what,
            at.n ? ", at \"" : "", AS_FMT(at), at.n ? "\"" : "");
    d->member = d->input;
    put(d, &(as_item){.type = AS_ITEM_BROKEN,
                      .diagnosis = diagnosis(d, AS_ABSENT, AS_ABSENT, &err)});
}

static bool on_file(void *ctx, as_str name, as_span bytes, as_time changed,
                    bool more)
{
    struct decode *d = ctx;
    const as_feed_sink sink = {
        d,          on_advisory, on_exploited, on_likelihood,
        on_refused, on_noted,    on_edition,   on_list,
        on_party,   on_cut,      AS_ABSENT};
    const as_feed_file file = {bytes, true, name, more};
    as_str kind = AS_ABSENT;
    bool read = false, skip = d->skip, last = d->pieces && bytes.n == 0;
    as_err err;

    as_err_init(&err);
    d->member = name;
    d->changed = changed;
    d->skip = skip && more;
    d->pieces = more;
    if (skip)
        return true;
    if (!last && as_feed_read(&file, &sink, &kind, &read, &err)) {
        d->skip = more;
        return on_failed(d, name, &err);
    }
    return !d->stop &&
           (more || put(d, &(as_item){.type = read || last ? AS_ITEM_MEMBER
                                                           : AS_ITEM_PASSED,
                                      .member = name,
                                      .kind = kind}));
}

static size_t on_split(void *ctx, as_span bytes, size_t *head)
{
    (void)ctx;
    return as_feed_split(bytes, head);
}

static void decode_input(struct decode *d, const as_archive_input *in,
                         size_t index)
{
    const as_archive_visit visit = {d, on_file, on_split, on_failed, on_broken};
    as_err err;

    as_err_init(&err);
    d->input = in->name;
    put(d, &(as_item){.type = AS_ITEM_BEGIN, .index = index});
    if (as_archive_walk(in, &visit, &err))
        on_failed(d, in->name, &err);
    put(d, &(as_item){.type = AS_ITEM_END, .index = index});
}

as_rc as_import_decode(const as_archive_input *inputs, size_t n, size_t first,
                       const as_decode_sink *sink, as_err *err)
{
    enum { A_FEW = 1 << 16 };
    struct decode d = {.sink = sink};
    as_rc rc = AS_OK;

    as_buf_init(&d.items, AS_LIMIT_FRAME_BYTES);
    for (size_t i = 0; i < n && !d.stop; i++) {
        decode_input(&d, &inputs[i], first + i);
        if (d.items.n > A_FEW)
            flush(&d);
    }
    flush(&d);
    if (as_buf_failed(&d.items))
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to pass on what was read");
    as_buf_done(&d.items);
    return rc;
}
