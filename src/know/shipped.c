/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped lists as the build has packed them (base/derived.h), so that a
 * run need not read YAML; and the packing. */
#include "know/shipped_internal.h"

#include "base/derived.h"
#include "base/limits.h"
#include "know/know_internal.h"
#include "model/wire.h"

/* ---- one function for both ways ------------------------------------------ */

static void wire_party(as_wire *w, as_party *p, as_str *digest)
{
    as_span body = {NULL, 0};
    as_buf bytes;

    as_buf_init(&bytes, AS_LIMIT_RECORD_BYTES);
    if (as_wire_writing(w)) {
        as_party_encode(p, &bytes);
        body = as_buf_span(&bytes);
        w->bad = w->bad || as_buf_failed(&bytes);
    }
    as_wire_str(w, digest);
    as_wire_span(w, &body);
    if (!as_wire_writing(w) && !as_wire_bad(w))
        w->bad = !as_party_decode(body, w->arena, p);
    as_buf_done(&bytes);
}

static void wire_list(as_wire *w, as_shipped_list *l)
{
    size_t n = l->n;

    as_wire_str(w, &l->name);
    as_wire_str(w, &l->title);
    as_wire_str(w, &l->edition);
    as_wire_bool(w, &l->complete);
    as_wire_u64(w, &l->names);
    l->digests = as_wire_array(w, l->digests, &n, sizeof *l->digests);
    l->n = n;
    if (!as_wire_writing(w))
        l->parties = AS_NEW_ARRAY(w->arena, n, as_party);
    if (!l->parties)
        l->n = 0;
    for (size_t i = 0; i < l->n; i++)
        wire_party(w, &l->parties[i], &l->digests[i]);
}

static void wire_all(as_wire *w, as_shipped *s)
{
    as_wire_str(w, &s->digest);
    s->lists = as_wire_array(w, s->lists, &s->n, sizeof *s->lists);
    for (size_t i = 0; i < s->n; i++)
        wire_list(w, &s->lists[i]);
}

/* ---- reading and packing ------------------------------------------------- */

static as_rc unpack(as_span bytes, as_shipped **ret, as_err *err)
{
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    as_shipped *s = a ? AS_NEW(a, as_shipped) : NULL;
    as_wire w = as_wire_reader(bytes, a);

    if (s) {
        s->arena = a;
        wire_all(&w, s);
    }
    if (!s || as_arena_failed(a)) {
        as_arena_free(a);
        return as_fail(err, AS_ERR_MEMORY, "no memory for the shipped lists");
    }
    if (as_wire_bad(&w) || !as_wire_finished(&w)) {
        as_arena_free(a);
        return as_fail(err, AS_ERR_INTERNAL,
                       "the shipped lists are not what the build has packed");
    }
    *ret = s;
    return AS_OK;
}

as_rc as_shipped_new(as_shipped **ret, as_err *err)
{
    if (as_derived_parties.n)
        return unpack(as_derived_parties, ret, err);
    return as_shipped_read(ret, err);
}

as_shipped *as_shipped_free(as_shipped *s)
{
    if (s)
        as_arena_free(s->arena);
    return NULL;
}

as_rc as_know_pack_shipped(as_buf *out, as_err *err)
{
    as_wire w = as_wire_writer(out);
    as_shipped *s;
    as_rc rc = as_shipped_read(&s, err);

    if (rc)
        return rc;
    wire_all(&w, s);
    as_shipped_free(s);
    return as_wire_bad(&w)
               ? as_fail(err, AS_ERR_LIMIT, "could not pack the shipped lists")
               : AS_OK;
}
