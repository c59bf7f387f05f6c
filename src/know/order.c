/* SPDX-License-Identifier: Apache-2.0 */
/* Version orders for importers; see order_internal.h. */
#include "know/order_internal.h"

#include "base/limits.h"

#include <string.h>

as_order as_order_find(as_str ecosystem)
{
    as_order o = {.stated = true};

    if (!as_str_is_empty(ecosystem))
        o.scheme = as_version_scheme_find(ecosystem);
    if (!o.scheme) {
        o.scheme = as_version_scheme_find(AS_STR("generic"));
        o.stated = false;
    }
    o.name = as_version_scheme_name(o.scheme);
    return o;
}

bool as_order_key(const as_order *o, as_str v, as_arena *a, as_span *ret)
{
    as_buf key;
    as_str copy = AS_ABSENT;

    *ret = (as_span){NULL, 0};
    as_buf_init(&key, AS_LIMIT_VERSION_BYTES * 16);
    if (as_version_key(o->scheme, v, &key, NULL) == AS_OK)
        copy = as_arena_str(a, as_buf_text(&key));
    as_buf_done(&key);
    if (copy.p)
        *ret = as_str_span(copy);
    return copy.p != NULL;
}

/* "1.2.*" with a large number for the star, or the text itself. */
static as_str without_star(as_arena *a, as_str v)
{
    if (v.n < 2 || v.p[v.n - 1] != '*')
        return v;
    return as_arena_printf(a, "%.*s999999999",
                           AS_FMT(as_str_slice(v, 0, v.n - 1)));
}

bool as_order_interval(const as_order *o, as_arena *a, as_interval *v)
{
    bool ok = true;

    if (v->from.p)
        ok = as_order_key(o, v->from, a, &v->from_key);
    if (v->to.p && v->from.p && as_str_eq(v->from, v->to))
        v->to_key = v->from_key;
    else if (v->to.p)
        ok = as_order_key(o, without_star(a, v->to), a, &v->to_key) && ok;
    return ok;
}

bool as_order_holds(const as_order *o, const as_interval *v, as_span key)
{
    int low = 1, high = -1;

    if (v->from.p)
        low = as_version_key_cmp(o->scheme, key, v->from_key);
    if (v->to.p)
        high = as_version_key_cmp(o->scheme, key, v->to_key);
    return (low > 0 || (low == 0 && !v->from_excluded)) &&
           (high < 0 || (high == 0 && v->to_included));
}

bool as_interval_list_add(as_arena *a, as_interval_list *l,
                          const as_interval *v)
{
    as_interval *grown =
        as_arena_grow(a, l->items, &l->cap, l->n + 1, sizeof *l->items);

    if (!grown)
        return false;
    l->items = grown;
    l->items[l->n++] = *v;
    return true;
}
