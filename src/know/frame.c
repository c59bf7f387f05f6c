/* SPDX-License-Identifier: Apache-2.0 */
/* Items between the worker and the store; see frame_internal.h. */
#include "know/frame_internal.h"

#include "base/limits.h"
#include "model/wire.h"

static void wire_diagnosis(as_wire *w, as_diagnosis_item *d)
{
    as_wire_str(w, &d->source);
    as_wire_str(w, &d->id);
    as_wire_str(w, &d->member);
    as_wire_str(w, &d->path);
    as_wire_u64(w, &d->line);
    as_wire_u64(w, &d->column);
    as_wire_str(w, &d->reason);
}

static void wire_list(as_wire *w, as_list_head *h)
{
    as_wire_str(w, &h->source);
    as_wire_str(w, &h->list);
    as_wire_str(w, &h->title);
    as_wire_str(w, &h->date);
    as_wire_bool(w, &h->complete);
    as_wire_bool(w, &h->joined);
}

/* The bodies that are plain fields. */
static void wire_plain(as_wire *w, as_item *item)
{
    switch (item->type) {
    case AS_ITEM_BEGIN:
    case AS_ITEM_END: as_wire_u64(w, &item->index); return;
    case AS_ITEM_MEMBER:
    case AS_ITEM_PASSED:
        as_wire_str(w, &item->member);
        as_wire_str(w, &item->kind);
        return;
    case AS_ITEM_EDITION:
        as_wire_str(w, &item->source);
        as_wire_str(w, &item->edition);
        as_wire_str(w, &item->date);
        return;
    case AS_ITEM_FAILED:
    case AS_ITEM_REFUSED:
    case AS_ITEM_BROKEN:
    case AS_ITEM_NOTED:
    case AS_ITEM_CUT: wire_diagnosis(w, &item->diagnosis); return;
    case AS_ITEM_LIST:
        as_wire_str(w, &item->member);
        as_wire_str(w, &item->date);
        wire_list(w, &item->list);
        return;
    case AS_ITEM_PARTY:
        item->part = (as_party_part)as_wire_enum(w, item->part, AS_PARTY_PARTS);
        return;
    case AS_ITEM_EXPLOITED:
    case AS_ITEM_LIKELIHOOD: as_wire_str(w, &item->source); return;
    case AS_ITEM_ADVISORY: return;
    }
    w->bad = true;
}

/* ---- writing ------------------------------------------------------------ */

static void write_body(const as_item *item, as_buf *body)
{
    as_wire w = as_wire_writer(body);
    as_item copy = *item;

    wire_plain(&w, &copy);
    if (item->type == AS_ITEM_ADVISORY)
        as_advisory_encode(&item->advisory, body);
    else if (item->type == AS_ITEM_EXPLOITED)
        as_exploited_encode(&item->exploited, body);
    else if (item->type == AS_ITEM_LIKELIHOOD)
        as_likelihood_encode(&item->likelihood, body);
    else if (item->type == AS_ITEM_PARTY)
        as_party_encode(&item->party, body);
}

void as_item_write(const as_item *item, as_buf *out)
{
    as_buf body;

    as_buf_init(&body, AS_LIMIT_FRAME_BYTES);
    write_body(item, &body);
    as_buf_byte(out, (char)item->type);
    as_buf_varint(out, body.n);
    as_buf_put(out, body.p, body.n);
    out->failed = out->failed || body.failed;
    as_buf_done(&body);
}

/* ---- reading ------------------------------------------------------------ */

/* What stands behind the plain fields. */
static as_span behind(const as_wire *w)
{
    return (as_span){w->in.at, as_cursor_left(&w->in)};
}

static bool read_body(as_span body, as_arena *a, as_item *item)
{
    as_wire w = as_wire_reader(body, a);

    wire_plain(&w, item);
    if (as_wire_bad(&w))
        return false;
    switch (item->type) {
    case AS_ITEM_ADVISORY: return as_advisory_decode(body, a, &item->advisory);
    case AS_ITEM_EXPLOITED:
        return as_exploited_decode(behind(&w), &item->exploited);
    case AS_ITEM_LIKELIHOOD:
        return as_likelihood_decode(behind(&w), &item->likelihood);
    case AS_ITEM_PARTY: return as_party_decode(behind(&w), a, &item->party);
    case AS_ITEM_BEGIN:
    case AS_ITEM_END:
    case AS_ITEM_MEMBER:
    case AS_ITEM_PASSED:
    case AS_ITEM_FAILED:
    case AS_ITEM_EDITION:
    case AS_ITEM_LIST:
    case AS_ITEM_CUT:
    case AS_ITEM_REFUSED:
    case AS_ITEM_BROKEN:
    case AS_ITEM_NOTED: return as_wire_finished(&w);
    }
    return false;
}

as_rc as_item_read(as_span *rest, as_arena *a, as_item *ret)
{
    as_cursor c;
    as_item item = {.type = AS_ITEM_BEGIN};
    uint64_t n;
    uint8_t type;
    as_span body;

    if (rest->n == 0)
        return AS_ERR_NO_INPUT;
    as_cursor_init(&c, *rest, 16);
    type = as_cursor_u8(&c);
    n = as_cursor_varint(&c);
    if (c.bad || n > as_cursor_left(&c) || type < AS_ITEM_BEGIN ||
        type > AS_ITEM_CUT)
        return AS_ERR_INPUT;
    body = as_cursor_bytes(&c, (size_t)n);
    item.type = (as_item_type)type;
    if (c.bad || !read_body(body, a, &item))
        return AS_ERR_INPUT;
    *rest = (as_span){c.at, as_cursor_left(&c)};
    *ret = item;
    return AS_OK;
}
