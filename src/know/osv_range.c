/* SPDX-License-Identifier: Apache-2.0 */
/* OSV ranges as intervals (OSV schema, "affected[].ranges[]" and "Evaluation").
 *
 * Events are sorted by the ecosystem's order and walked from below:
 *   introduced  turns on at its version ("0": below everything)
 *   fixed       turns off at its version
 *   last_affected  turns off behind its version
 *   limit       nothing at or above the highest limit is affected ("*": no end)
 * Where two events name one version, the one that changes the state comes
 * first: [a, X) and [X, b) then join, and "introduced X, fixed X" is empty. */
#include "know/osv_internal.h"

#include <stdlib.h>

enum event_kind { INTRODUCED, FIXED, LAST_AFFECTED, LIMIT, EVENT_KINDS };

static const as_str event_words[EVENT_KINDS] = {
    AS_STR_INIT("introduced"), AS_STR_INIT("fixed"),
    AS_STR_INIT("last_affected"), AS_STR_INIT("limit")};

struct event {
    enum event_kind kind;
    bool zero; /* introduced: "0" */
    as_str text;
    as_span key;
    size_t seq;
    const as_order *order;
};

struct events {
    struct event *items;
    size_t n, cap;
    bool unreadable; /* a version is none of the order's */
    bool unlimited;  /* a limit is "*": the others say nothing then */
};

/* ---- collecting -------------------------------------------------------- */

static bool add_event(struct events *list, const struct event *e, as_arena *a)
{
    struct event *grown = as_arena_grow(a, list->items, &list->cap, list->n + 1,
                                        sizeof *list->items);

    if (!grown)
        return false;
    list->items = grown;
    list->items[list->n++] = *e;
    return true;
}

/* One member of an event object: schema 1.x gives each event one. */
static bool read_event(as_str word, as_str text, const as_order *order,
                       as_arena *a, struct events *list)
{
    struct event e = {
        .text = as_str_trim(text), .seq = list->n, .order = order};
    size_t kind = 0;

    while (kind < EVENT_KINDS && !as_str_eq(event_words[kind], word))
        kind++;
    if (kind == EVENT_KINDS || as_str_is_absent(text))
        return true;
    e.kind = (enum event_kind)kind;
    if (e.kind == LIMIT && as_str_eq(e.text, AS_STR("*"))) {
        list->unlimited = true;
        return true;
    }
    e.zero = e.kind == INTRODUCED && as_str_eq(e.text, AS_STR("0"));
    if (!e.zero && !as_order_key(order, e.text, a, &e.key))
        list->unreadable = true;
    return add_event(list, &e, a);
}

static bool read_events(as_json range, const as_order *order, as_arena *a,
                        struct events *list)
{
    as_json_iter it = as_json_each(as_json_get(range, AS_STR("events")));

    while (as_json_next(&it)) {
        as_json_iter member = as_json_each(it.value);
        while (as_json_next(&member))
            if (!read_event(member.key, as_json_str(member.value), order, a,
                            list))
                return false;
    }
    return true;
}

/* ---- walking ----------------------------------------------------------- */

static int compare_events(const void *pa, const void *pb)
{
    const struct event *a = pa, *b = pb;
    int order;

    if (a->zero != b->zero)
        return a->zero ? -1 : 1;
    order = a->zero ? 0 : as_version_key_cmp(a->order->scheme, a->key, b->key);
    if (order)
        return order;
    return a->seq < b->seq ? -1 : a->seq > b->seq;
}

struct walk {
    const as_order *order;
    as_arena *a;
    as_osv_ranges *r;
    const struct event *limit; /* the highest, or NULL */
    bool on, failed;
    as_interval open;
};

static bool same_version(const struct event *a, const struct event *b)
{
    if (a->zero || b->zero)
        return a->zero && b->zero;
    return as_version_key_cmp(a->order->scheme, a->key, b->key) == 0;
}

/* Bounds the interval by the limit; false when nothing is left of it. */
static bool apply_limit(const struct walk *w, as_interval *v)
{
    const as_version_scheme *s = w->order->scheme;

    if (!w->limit)
        return true;
    if (v->from.p && as_version_key_cmp(s, v->from_key, w->limit->key) >= 0)
        return false;
    if (v->to.p && as_version_key_cmp(s, v->to_key, w->limit->key) < 0)
        return true;
    v->to = w->limit->text;
    v->to_key = w->limit->key;
    v->to_included = false;
    return true;
}

static void close_interval(struct walk *w, const struct event *end)
{
    as_interval v = w->open;

    w->on = false;
    if (end) {
        v.to = end->text;
        v.to_key = end->key;
        v.to_included = end->kind == LAST_AFFECTED;
    }
    if (apply_limit(w, &v) && !as_interval_list_add(w->a, &w->r->intervals, &v))
        w->failed = true;
}

static void open_interval(struct walk *w, const struct event *start)
{
    w->on = true;
    w->open = (as_interval){.status = AS_RANGE_AFFECTED};
    if (!start->zero) {
        w->open.from = start->text;
        w->open.from_key = start->key;
    }
}

/* All events of one version, the one that changes the state first. */
static void step(struct walk *w, const struct event *group, size_t n)
{
    const struct event *start = NULL, *end = NULL;

    for (size_t i = 0; i < n; i++) {
        if (group[i].kind == INTRODUCED)
            start = &group[i];
        else if (group[i].kind != LIMIT && !(end && end->kind == FIXED))
            end = &group[i];
    }
    if (w->on && end)
        close_interval(w, end);
    else if (!w->on && start && end) {
        open_interval(w, start);
        if (end->kind == LAST_AFFECTED)
            close_interval(w, end);
        w->on = false;
        return;
    }
    if (!w->on && start)
        open_interval(w, start);
}

/* Events are sorted: what is twice stands side by side. */
static bool add_fixed(as_arena *a, as_osv_ranges *r, const struct event *e)
{
    as_str_list *l = &r->fixed_in;

    if (l->n && as_str_eq(l->items[l->n - 1], e->text))
        return true;
    return as_str_list_add(a, l, e->text);
}

static bool walk_events(struct events *list, as_arena *a, as_osv_ranges *r)
{
    struct walk w = {.order = &r->order, .a = a, .r = r};

    qsort(list->items, list->n, sizeof *list->items, compare_events);
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].kind == LIMIT && !list->unlimited)
            w.limit = &list->items[i];
    for (size_t i = 0, n; i < list->n; i += n) {
        n = 1;
        while (i + n < list->n &&
               same_version(&list->items[i], &list->items[i + n]))
            n++;
        step(&w, &list->items[i], n);
    }
    if (w.on)
        close_interval(&w, NULL);
    for (size_t i = 0; i < list->n && !w.failed; i++)
        if (list->items[i].kind == FIXED && !add_fixed(a, r, &list->items[i]))
            w.failed = true;
    return !w.failed;
}

/* ---- a range ----------------------------------------------------------- */

/* The range in words, for people, when the order cannot read it. */
static bool keep_as_prose(const struct events *list, as_arena *a,
                          as_osv_ranges *r)
{
    as_buf b;
    as_str text;

    as_buf_init(&b, AS_MIB);
    for (size_t i = 0; i < list->n && b.n < 600; i++) {
        const struct event *e = &list->items[i];
        as_buf_printf(&b, "%s%.*s %.*s", i ? ", " : "",
                      AS_FMT(event_words[e->kind]),
                      AS_FMT(as_str_slice(e->text, 0, 200)));
    }
    text = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    return text.p && as_str_list_add(a, &r->prose, text);
}

static bool read_range(as_json range, as_arena *a, as_osv_ranges *r)
{
    struct events list = {0};
    bool introduced = false;

    if (as_str_eq(as_json_get_str(range, AS_STR("type")), AS_STR("GIT"))) {
        r->git = true;
        return true;
    }
    if (!read_events(range, &r->order, a, &list))
        return false;
    r->numbers = r->numbers || list.n > 0;
    for (size_t i = 0; i < list.n; i++)
        introduced = introduced || list.items[i].kind == INTRODUCED;
    if (list.unreadable)
        r->fault = "a version of a range is none of its ecosystem";
    else if (!introduced)
        r->fault = "a range has no \"introduced\" event";
    if (list.n && (list.unreadable || !introduced))
        return keep_as_prose(&list, a, r);
    return list.n == 0 || walk_events(&list, a, r);
}

enum { FEW_INTERVALS = 64 };

/* Versions that an interval holds already are left out. */
static bool read_versions(as_json versions, as_arena *a, as_osv_ranges *r)
{
    as_json_iter it = as_json_each(versions);

    while (as_json_next(&it)) {
        as_str v =
            as_feed_text(a, as_json_str(it.value), AS_LIMIT_VERSION_BYTES);
        bool held = false;
        as_span key;

        if (as_str_is_empty(v))
            continue;
        r->numbers = true;
        if (r->intervals.n && r->intervals.n <= FEW_INTERVALS &&
            as_order_key(&r->order, v, a, &key))
            for (size_t i = 0; i < r->intervals.n && !held; i++)
                held = as_order_holds(&r->order, &r->intervals.items[i], key);
        if (!held && !as_str_list_add(a, &r->versions, v))
            return false;
    }
    return true;
}

bool as_osv_ranges_read(as_json entry, as_arena *a, as_osv_ranges *r)
{
    as_json_iter it = as_json_each(as_json_get(entry, AS_STR("ranges")));

    while (as_json_next(&it))
        if (!read_range(it.value, a, r))
            return false;
    return read_versions(as_json_get(entry, AS_STR("versions")), a, r);
}
