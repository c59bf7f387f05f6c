/* SPDX-License-Identifier: Apache-2.0 */
/* versions[] of a CVE record as intervals (CVE record format 5.x, "product",
 * and its description of version ranges).
 *
 * The first entry that holds a version decides, in the record's order; what no
 * entry holds has defaultStatus. An entry with lessThan or lessThanOrEqual is a
 * range from its version ("0", "unspecified", "*": from the start); "*" as end
 * is no end; changes[] switch the status along it, not outside of it. Real
 * records also write ranges into the version's text: range_text_internal.h. */
#include "know/cve_internal.h"
#include "know/range_text_internal.h"

#include <stdlib.h>

enum { PROSE_BYTES = 300, PROSE_ITEMS = 40 };

static as_range_status status_of(as_str word, as_range_status absent)
{
    if (as_str_is_absent(word))
        return absent;
    if (as_str_eq(word, AS_STR("affected")))
        return AS_RANGE_AFFECTED;
    return as_str_eq(word, AS_STR("unaffected")) ? AS_RANGE_UNAFFECTED
                                                 : AS_RANGE_UNKNOWN;
}

/* ---- order ------------------------------------------------------------------
 */

/* The order all typed versions agree on; else the generic one. */
static as_order order_of_types(as_json versions)
{
    as_json_iter it = as_json_each(versions);
    as_str agreed = AS_ABSENT;
    as_order order;

    while (as_json_next(&it)) {
        as_str type = as_json_get_str(it.value, AS_STR("versionType"));
        bool ranged = as_json_get(it.value, AS_STR("lessThan")).doc ||
                      as_json_get(it.value, AS_STR("lessThanOrEqual")).doc;
        if (as_str_eq(type, AS_STR("git")) || (!type.p && !ranged))
            continue;
        if (!type.p || (agreed.p && !as_str_eq(agreed, type)))
            return as_order_find(AS_ABSENT);
        agreed = type;
    }
    order = as_order_find(agreed);
    /* "custom", "patch", "release" name no order. */
    order.stated = order.stated && as_version_scheme_is_exact(order.scheme);
    return order;
}

/* Said so, or a hash by its form: 40 or 64 hexadecimal digits; or shortened to
 * 12 or more (as the kernel's records do, and their copies in other containers
 * under the type "custom") with a letter and a digit among them. */
static bool is_commit(as_str version, as_str type)
{
    bool letter = false, digit = false;

    if (as_str_eq(type, AS_STR("git")))
        return true;
    for (size_t i = 0; i < version.n; i++) {
        char c = as_ascii_lower(version.p[i]);
        if (!as_ascii_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
        letter = letter || !as_ascii_is_digit(c);
        digit = digit || as_ascii_is_digit(c);
    }
    return version.n == 40 || version.n == 64 ||
           (version.n >= 12 && letter && digit);
}

/* ---- adding
 * ------------------------------------------------------------------ */

struct reading {
    as_arena *a;
    as_cve_ranges *r;
    bool mixed;      /* some version is not affected: then order matters */
    bool unreadable; /* a version is none of the order */
};

static bool add_prose(struct reading *rd, as_str text)
{
    text = as_feed_text(rd->a, text, PROSE_BYTES);
    if (rd->r->prose.n >= PROSE_ITEMS)
        return true;
    return as_str_list_add(rd->a, &rd->r->prose, text);
}

static bool prose_of_range(struct reading *rd, as_str from, as_str to,
                           bool included)
{
    return add_prose(rd,
                     as_arena_printf(rd->a, "%.*s%s%.*s", AS_FMT(from),
                                     included ? " <= " : " < ", AS_FMT(to)));
}

/* The interval with its keys; prose when the order cannot read its ends. */
static bool add_interval(struct reading *rd, as_interval v)
{
    if (as_order_interval(&rd->r->order, rd->a, &v))
        return as_interval_list_add(rd->a, &rd->r->intervals, &v);
    rd->unreadable = true;
    return prose_of_range(rd, v.from, v.to, v.to_included);
}

static bool add_fixed(struct reading *rd, as_str version)
{
    as_str_list *l = &rd->r->fixed_in;

    if (as_str_is_empty(version) || as_str_ends(version, AS_STR("*")) ||
        l->n >= 1000)
        return true;
    return as_str_list_add_once(rd->a, l, version);
}

/* What an interval tells about the fix: the end of an affected one, the start
 * of one that is no longer affected. */
static bool note_fix(struct reading *rd, const as_interval *v)
{
    if (v->status == AS_RANGE_AFFECTED && v->to.p && !v->to_included)
        return add_fixed(rd, v->to);
    if (v->status == AS_RANGE_UNAFFECTED && v->from.p && !v->from_excluded &&
        !as_str_eq(v->from, v->to))
        return add_fixed(rd, v->from);
    return true;
}

/* ---- changes[]
 * ---------------------------------------------------------------- */

struct change {
    as_str at;
    as_span key;
    as_range_status status;
    const as_order *order;
};

static int compare_changes(const void *pa, const void *pb)
{
    const struct change *a = pa, *b = pb;

    return as_version_key_cmp(a->order->scheme, a->key, b->key);
}

/* False: one of them cannot be read. */
static bool read_changes(struct reading *rd, as_json list, struct change **ret,
                         size_t *ret_n)
{
    as_json_iter it = as_json_each(list);
    size_t n = as_json_count(list);
    struct change *changes = AS_NEW_ARRAY(rd->a, n ? n : 1, struct change);

    *ret_n = 0;
    if (!changes)
        return false;
    while (as_json_next(&it)) {
        struct change *c = &changes[*ret_n];
        as_str at = as_json_get_str(it.value, AS_STR("at"));
        c->order = &rd->r->order;
        c->status = status_of(as_json_get_str(it.value, AS_STR("status")),
                              AS_RANGE_UNKNOWN);
        if (as_range_text_bound(at, rd->a, &c->at) != AS_BOUND_PLAIN ||
            !as_order_key(c->order, c->at, rd->a, &c->key)) {
            rd->unreadable = true;
            return false;
        }
        ++*ret_n;
    }
    if (*ret_n)
        qsort(changes, *ret_n, sizeof *changes, compare_changes);
    *ret = changes;
    return true;
}

/* A change at or before the start of the range. */
static bool is_before(const as_interval *range, const struct change *c)
{
    return range->from.p &&
           as_version_key_cmp(c->order->scheme, c->key, range->from_key) <= 0;
}

/* A change of which nothing lies in the range. */
static bool is_past(const as_interval *range, const struct change *c)
{
    int r = range->to.p
                ? as_version_key_cmp(c->order->scheme, c->key, range->to_key)
                : -1;

    return r > 0 || (r == 0 && !range->to_included);
}

/* Most records end with the last affected version and name the fixed one as a
 * change behind it: that is no part of the range, but tells of the fix. */
static bool note_past(struct reading *rd, const as_interval *piece,
                      const struct change *c)
{
    return piece->status != AS_RANGE_AFFECTED ||
           c->status != AS_RANGE_UNAFFECTED || add_fixed(rd, c->at);
}

/* The pieces between the changes. */
static bool add_pieces(struct reading *rd, const struct change *changes,
                       size_t n, const as_interval *range)
{
    as_interval piece = *range;
    size_t i;

    for (i = 0; i < n && !is_past(range, &changes[i]); i++) {
        if (!is_before(range, &changes[i])) {
            piece.to = changes[i].at;
            piece.to_included = false;
            if (!note_fix(rd, &piece) || !add_interval(rd, piece))
                return false;
            piece = *range;
            piece.from = changes[i].at;
            piece.from_excluded = false;
        }
        piece.status = changes[i].status;
    }
    if (i < n && !note_past(rd, &piece, &changes[i]))
        return false;
    return note_fix(rd, &piece) && add_interval(rd, piece);
}

/* Cuts the range where its status changes. */
static bool add_changing(struct reading *rd, as_json list, as_interval range)
{
    struct change *changes = NULL;
    size_t n = 0;

    if (!as_order_interval(&rd->r->order, rd->a, &range)) {
        rd->unreadable = true;
        return prose_of_range(rd, range.from, range.to, range.to_included);
    }
    if (!read_changes(rd, list, &changes, &n))
        return !as_arena_failed(rd->a) &&
               prose_of_range(rd, range.from, range.to, range.to_included);
    return add_pieces(rd, changes, n, &range);
}

/* ---- one entry
 * ------------------------------------------------------------------ */

/* Words that stand for the first version. */
static bool is_start(as_str text)
{
    static const as_str starts[] = {
        AS_STR_INIT("0"),       AS_STR_INIT("?"),     AS_STR_INIT("earlier"),
        AS_STR_INIT("prior"),   AS_STR_INIT("older"), AS_STR_INIT("previous"),
        AS_STR_INIT("initial"), AS_STR_INIT("first")};

    for (size_t i = 0; i < AS_ARRAY_LEN(starts); i++)
        if (as_str_eq_nocase(text, starts[i]))
            return true;
    return false;
}

/* "8.1.*", "8.1.x", "2.0*" as a lower end: where the series starts. */
static as_str without_series(as_str v)
{
    while (v.n > 1 &&
           (v.p[v.n - 1] == '*' ||
            (as_ascii_lower(v.p[v.n - 1]) == 'x' && v.p[v.n - 2] == '.'))) {
        v.n--;
        if (v.n > 1 && v.p[v.n - 1] == '.')
            v.n--;
    }
    return v;
}

static bool has_digit(as_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (as_ascii_is_digit(s.p[i]))
            return true;
    return false;
}

/* The lower end: false when it is prose. */
static bool read_from(struct reading *rd, as_str text, as_interval *v)
{
    as_bound_op op = AS_BOUND_OPEN;

    text = as_str_trim(text);
    if (!is_start(text) && !as_str_eq(text, AS_STR("*")))
        op = as_range_text_bound(without_series(text), rd->a, &v->from);

    v->from_excluded = op == AS_BOUND_ABOVE;
    if (op == AS_BOUND_OPEN)
        v->from = AS_ABSENT;
    return op == AS_BOUND_OPEN || op == AS_BOUND_PLAIN || op == AS_BOUND_FROM ||
           op == AS_BOUND_ABOVE;
}

static bool read_to(struct reading *rd, as_str text, bool included,
                    as_interval *v)
{
    as_bound_op op = as_range_text_bound(text, rd->a, &v->to);

    v->to_included = included;
    if (op == AS_BOUND_UP_TO || op == AS_BOUND_BELOW)
        v->to_included = op == AS_BOUND_UP_TO;
    if (op == AS_BOUND_OPEN) {
        v->to = AS_ABSENT;
        v->to_included = false;
        return true;
    }
    if (!has_digit(v->to)) /* "publication" */
        return false;
    /* "1.2.*" is an arbitrarily large number: either comparator holds it. */
    if (as_str_ends(v->to, AS_STR(".x")))
        v->to = as_arena_printf(rd->a, "%.*s*",
                                AS_FMT(as_str_slice(v->to, 0, v->to.n - 1)));
    if (as_str_ends(v->to, AS_STR("*")))
        v->to_included = true;
    return op == AS_BOUND_PLAIN || op == AS_BOUND_UP_TO || op == AS_BOUND_BELOW;
}

static bool read_range(struct reading *rd, as_json entry, as_str version,
                       as_str end, bool included)
{
    as_interval v = {.status =
                         status_of(as_json_get_str(entry, AS_STR("status")),
                                   AS_RANGE_UNKNOWN)};
    as_json changes = as_json_get(entry, AS_STR("changes"));

    rd->r->says_something = true;
    if (!read_from(rd, version, &v) || !read_to(rd, end, included, &v))
        return !as_arena_failed(rd->a) &&
               prose_of_range(rd, version, end, included);
    if (as_json_count(changes))
        return add_changing(rd, changes, v);
    return note_fix(rd, &v) && add_interval(rd, v);
}

static bool add_exact(struct reading *rd, as_str version,
                      as_range_status status)
{
    as_interval v = {
        .status = status, .from = version, .to = version, .to_included = true};

    version = as_str_slice(version, 0, AS_LIMIT_VERSION_BYTES);
    if (status == AS_RANGE_AFFECTED && !rd->mixed)
        return as_str_list_add(rd->a, &rd->r->versions, version);
    return add_interval(rd, v);
}

static bool add_text(struct reading *rd, const as_range_text *text,
                     as_range_status status)
{
    if (text->fixed.p && status == AS_RANGE_AFFECTED &&
        !add_fixed(rd, text->fixed))
        return false;
    for (size_t i = 0; i < text->n_intervals; i++) {
        as_interval v = text->intervals[i];
        v.status = status;
        if (!note_fix(rd, &v) || !add_interval(rd, v))
            return false;
    }
    for (size_t i = 0; i < text->n_versions; i++)
        if (!add_exact(rd, text->versions[i], status))
            return false;
    return true;
}

/* A version without an end beside it. */
static bool read_single(struct reading *rd, as_json entry, as_str version)
{
    as_range_status status =
        status_of(as_json_get_str(entry, AS_STR("status")), AS_RANGE_UNKNOWN);
    as_range_text text;

    if (!as_range_text_read(version, rd->a, &text))
        return false;
    rd->r->says_something =
        rd->r->says_something || text.kind != AS_TEXT_NOTHING;
    switch (text.kind) {
    case AS_TEXT_NOTHING: return true;
    case AS_TEXT_ALL: return add_interval(rd, (as_interval){.status = status});
    case AS_TEXT_PROSE: return add_prose(rd, version);
    case AS_TEXT_EXACT:
    case AS_TEXT_RANGES: return add_text(rd, &text, status);
    }
    return true;
}

static bool read_version(struct reading *rd, as_json entry)
{
    as_str version = as_json_get_str(entry, AS_STR("version"));
    as_str below = as_json_get_str(entry, AS_STR("lessThan"));
    as_str up_to = as_json_get_str(entry, AS_STR("lessThanOrEqual"));
    as_str type = as_json_get_str(entry, AS_STR("versionType"));

    if (is_commit(version, type) || is_commit(below, type) ||
        is_commit(up_to, type)) {
        rd->r->commits = true;
        return true;
    }
    if (below.p)
        return read_range(rd, entry, version, below, false);
    if (up_to.p)
        return read_range(rd, entry, version, up_to, true);
    return read_single(rd, entry, version);
}

/* ---- all of them
 * ------------------------------------------------------------------ */

static bool is_mixed(as_json versions)
{
    as_json_iter it = as_json_each(versions);

    while (as_json_next(&it)) {
        as_str type = as_json_get_str(it.value, AS_STR("versionType"));
        as_str status = as_json_get_str(it.value, AS_STR("status"));
        if (!as_str_eq(type, AS_STR("git")) &&
            (!as_str_eq(status, AS_STR("affected")) ||
             as_json_count(as_json_get(it.value, AS_STR("changes")))))
            return true;
    }
    return false;
}

/* Says "affected" of everything and nothing more. */
static bool is_all(const as_cve_ranges *r)
{
    if (r->versions.n || r->prose.n)
        return false;
    if (r->intervals.n == 0)
        return r->default_status == AS_RANGE_AFFECTED && !r->commits;
    for (size_t i = 0; i < r->intervals.n; i++) {
        const as_interval *v = &r->intervals.items[i];
        if (v->status != AS_RANGE_AFFECTED || v->from.p || v->to.p)
            return false;
    }
    return true;
}

static bool read_all(struct reading *rd, as_json entry)
{
    as_json_iter it = as_json_each(as_json_get(entry, AS_STR("versions")));

    rd->unreadable = false;
    rd->r->default_status = status_of(
        as_json_get_str(entry, AS_STR("defaultStatus")), AS_RANGE_UNKNOWN);
    while (as_json_next(&it))
        if (!read_version(rd, it.value))
            return false;
    rd->r->all = is_all(rd->r);
    return true;
}

bool as_cve_ranges_read(as_json entry, const as_order *order, as_arena *a,
                        as_cve_ranges *r)
{
    as_json versions = as_json_get(entry, AS_STR("versions"));
    struct reading rd = {.a = a, .r = r, .mixed = is_mixed(versions)};

    *r = (as_cve_ranges){.order =
                             order->scheme ? *order : order_of_types(versions)};
    if (!read_all(&rd, entry))
        return false;
    /* "semver" is often said of what is none: then no order is stated. */
    if (!rd.unreadable || order->scheme || !r->order.stated)
        return true;
    *r = (as_cve_ranges){.order = as_order_find(AS_ABSENT)};
    return read_all(&rd, entry);
}
