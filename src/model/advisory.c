/* SPDX-License-Identifier: Apache-2.0 */
/* Advisories on the wire and in words; see advisory.h. Each wire function both
 * writes and reads (wire.h). */
#include "model/advisory.h"

#include "model/wire.h"

enum { WIRE_FORMAT = 1 }; /* first byte of an encoded entry */
enum { DESCRIBE_BYTES = 1000, DESCRIBE_VERSIONS = 12 };

/* ---- the wire ---------------------------------------------------------- */

enum {
    FLAG_STATUS = 3, /* as_range_status */
    FLAG_FROM_EXCLUDED = 4,
    FLAG_TO_INCLUDED = 8,
    FLAG_SAME = 16, /* to is from: one version */
    FLAG_ALL = 31,
};

static bool same_ends(const as_interval *v)
{
    return v->from.p && v->to.p && as_str_eq(v->from, v->to) &&
           v->from_key.n == v->to_key.n &&
           as_str_eq(as_str_of((const char *)v->from_key.p, v->from_key.n),
                     as_str_of((const char *)v->to_key.p, v->to_key.n));
}

static unsigned flags_of(const as_interval *v)
{
    return (unsigned)v->status | (v->from_excluded ? FLAG_FROM_EXCLUDED : 0u) |
           (v->to_included ? FLAG_TO_INCLUDED : 0u) |
           (same_ends(v) ? FLAG_SAME : 0u);
}

static void interval(as_wire *w, as_interval *v)
{
    unsigned flags = as_wire_writing(w) ? flags_of(v) : 0;

    flags = as_wire_enum(w, flags, FLAG_ALL + 1);
    if ((flags & FLAG_STATUS) > AS_RANGE_UNAFFECTED)
        w->bad = true;
    v->status = (as_range_status)(flags & FLAG_STATUS);
    v->from_excluded = (flags & FLAG_FROM_EXCLUDED) != 0;
    v->to_included = (flags & FLAG_TO_INCLUDED) != 0;
    as_wire_str(w, &v->from);
    as_wire_span(w, &v->from_key);
    if (flags & FLAG_SAME) {
        v->to = v->from;
        v->to_key = v->from_key;
        return;
    }
    as_wire_str(w, &v->to);
    as_wire_span(w, &v->to_key);
}

static void condition(as_wire *w, as_condition *c)
{
    as_wire_str(w, &c->cpe);
    as_wire_u32(w, &c->group);
}

static void affected(as_wire *w, as_affected *e)
{
    e->identity =
        (as_identity_kind)as_wire_enum(w, e->identity, AS_IDENTITY_NAME + 1);
    as_wire_str(w, &e->ecosystem);
    as_wire_str(w, &e->release);
    as_wire_str(w, &e->name);
    as_wire_str(w, &e->cpe);
    as_wire_str(w, &e->vendor);
    as_wire_str(w, &e->product);
    as_wire_str(w, &e->order);
    as_wire_bool(w, &e->order_stated);
    e->default_status = (as_range_status)as_wire_enum(w, e->default_status,
                                                      AS_RANGE_UNAFFECTED + 1);
    AS_WIRE_EACH(w, e, intervals, interval);
    as_wire_strs(w, &e->versions, &e->n_versions);
    as_wire_strs(w, &e->fixed_in, &e->n_fixed_in);
    as_wire_strs(w, &e->prose, &e->n_prose);
    AS_WIRE_EACH(w, e, conditions, condition);
    as_wire_strs(w, &e->narrow, &e->n_narrow);
    as_wire_bool(w, &e->commits_only);
    as_wire_bool(w, &e->no_version_bound);
}

static void advisory(as_wire *w, as_advisory *v)
{
    as_wire_str(w, &v->id);
    as_wire_str(w, &v->source);
    as_wire_strs(w, &v->aliases, &v->n_aliases);
    as_wire_strs(w, &v->upstream, &v->n_upstream);
    as_wire_str(w, &v->section);
    as_wire_str(w, &v->published);
    as_wire_str(w, &v->modified);
    as_wire_str(w, &v->withdrawn);
    as_wire_bool(w, &v->rejected);
    as_wire_str(w, &v->title);
    as_wire_strs(w, &v->vectors, &v->n_vectors);
    as_wire_str(w, &v->severity);
    as_wire_strs(w, &v->cwes, &v->n_cwes);
    as_wire_str(w, &v->url);
    as_wire_str(w, &v->exploitation);
    as_wire_str(w, &v->kind);
    AS_WIRE_EACH(w, v, affected, affected);
}

/* Writes the format byte, or reads and checks it. */
static as_wire start(as_wire w)
{
    (void)as_wire_enum(&w, WIRE_FORMAT, WIRE_FORMAT + 1);
    return w;
}

void as_affected_encode(const as_affected *e, as_buf *out)
{
    as_wire w = start(as_wire_writer(out));
    as_affected copy = *e;

    affected(&w, &copy);
}

bool as_affected_decode(as_span in, as_arena *a, as_affected *ret)
{
    as_wire w = start(as_wire_reader(in, a));
    as_affected got = {0};

    affected(&w, &got);
    if (!as_wire_finished(&w))
        return false;
    *ret = got;
    return true;
}

void as_advisory_encode(const as_advisory *v, as_buf *out)
{
    as_wire w = start(as_wire_writer(out));
    as_advisory copy = *v;

    advisory(&w, &copy);
}

bool as_advisory_decode(as_span in, as_arena *a, as_advisory *ret)
{
    as_wire w = start(as_wire_reader(in, a));
    as_advisory got = {0};

    advisory(&w, &got);
    if (!as_wire_finished(&w))
        return false;
    *ret = got;
    return true;
}

static void exploited(as_wire *w, as_exploited *x)
{
    as_wire_str(w, &x->id);
    as_wire_str(w, &x->added);
    as_wire_str(w, &x->due);
    as_wire_str(w, &x->vendor);
    as_wire_str(w, &x->product);
    as_wire_str(w, &x->name);
    as_wire_bool(w, &x->ransomware);
}

void as_exploited_encode(const as_exploited *x, as_buf *out)
{
    as_wire w = as_wire_writer(out);
    as_exploited copy = *x;

    exploited(&w, &copy);
}

bool as_exploited_decode(as_span in, as_exploited *ret)
{
    as_wire w = as_wire_reader(in, NULL);
    as_exploited got = {0};

    exploited(&w, &got);
    if (!as_wire_finished(&w))
        return false;
    *ret = got;
    return true;
}

static void likelihood(as_wire *w, as_likelihood *l)
{
    as_wire_str(w, &l->id);
    as_wire_double(w, &l->score);
    as_wire_double(w, &l->percentile);
}

void as_likelihood_encode(const as_likelihood *l, as_buf *out)
{
    as_wire w = as_wire_writer(out);
    as_likelihood copy = *l;

    likelihood(&w, &copy);
}

bool as_likelihood_decode(as_span in, as_likelihood *ret)
{
    as_wire w = as_wire_reader(in, NULL);
    as_likelihood got = {0};

    likelihood(&w, &got);
    if (!as_wire_finished(&w))
        return false;
    *ret = got;
    return true;
}

/* ---- names ------------------------------------------------------------- */

as_str as_identity_fold(as_arena *a, as_str s)
{
    char *p = as_arena_alloc(a, s.n + 1);
    size_t n = 0;

    if (!p)
        return AS_ABSENT;
    for (size_t i = 0; i < s.n; i++) {
        /* Letters beyond ASCII are letters. */
        if (as_ascii_is_alnum(s.p[i]) || (unsigned char)s.p[i] >= 0x80)
            p[n++] = as_ascii_lower(s.p[i]);
        else if (n && p[n - 1] != '_')
            p[n++] = '_';
    }
    while (n && p[n - 1] == '_')
        n--;
    return as_str_of(p, n);
}

/* ---- words ------------------------------------------------------------- */

static bool one_version(const as_interval *v)
{
    return v->from.p && v->to.p && v->to_included && !v->from_excluded &&
           as_str_eq(v->from, v->to);
}

static void describe_interval(const as_interval *v, as_buf *out)
{
    if (one_version(v)) {
        as_buf_byte(out, '=');
        as_buf_str(out, v->from);
        return;
    }
    if (!v->from.p && !v->to.p) {
        as_buf_c(out, "all versions");
        return;
    }
    if (v->from.p) {
        as_buf_c(out, v->from_excluded ? ">" : ">=");
        as_buf_str(out, v->from);
    }
    if (v->from.p && v->to.p)
        as_buf_byte(out, ' ');
    if (v->to.p) {
        as_buf_c(out, v->to_included ? "<=" : "<");
        as_buf_str(out, v->to);
    }
}

/* Starts the next item; false when there is no more room, then says so. */
static bool next_item(as_buf *out, size_t start, size_t left)
{
    if (out->n - start < DESCRIBE_BYTES) {
        if (out->n > start)
            as_buf_c(out, ", ");
        return true;
    }
    as_buf_printf(out, " and %zu more", left);
    return false;
}

static void describe_intervals(const as_affected *e, as_buf *out, size_t start)
{
    for (size_t i = 0; i < e->n_intervals; i++) {
        const as_interval *v = &e->intervals[i];
        if (!next_item(out, start, e->n_intervals - i))
            return;
        if (v->status == AS_RANGE_UNAFFECTED)
            as_buf_c(out, "not ");
        if (v->status == AS_RANGE_UNKNOWN)
            as_buf_c(out, "perhaps ");
        describe_interval(v, out);
    }
}

static void describe_list(as_str *items, size_t n, char mark, as_buf *out,
                          size_t start)
{
    for (size_t i = 0; i < n; i++) {
        if (i == DESCRIBE_VERSIONS && n > DESCRIBE_VERSIONS + 1) {
            as_buf_printf(out, " and %zu more", n - i);
            return;
        }
        if (!next_item(out, start, n - i))
            return;
        as_buf_byte(out, mark);
        as_buf_str(out, as_str_slice(items[i], 0, DESCRIBE_BYTES / 4));
        if (mark == '"')
            as_buf_byte(out, mark);
    }
}

void as_affected_describe(const as_affected *e, as_buf *out)
{
    size_t start = out->n;

    describe_intervals(e, out, start);
    describe_list(e->versions, e->n_versions, '=', out, start);
    describe_list(e->prose, e->n_prose, '"', out, start);
    if (e->default_status == AS_RANGE_AFFECTED && next_item(out, start, 1))
        as_buf_c(out, out->n > start ? "else all versions" : "all versions");
    else if (e->no_version_bound && out->n == start)
        as_buf_c(out, "all versions, no bound given");
    if (e->commits_only && next_item(out, start, 1))
        as_buf_c(out, "commits only");
    if (out->n == start)
        as_buf_c(out, "no version given");
}
