/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions of a record ("running on"): is such a thing in the same device? A
 * device is what hangs together: a part without parent and all it holds.
 *
 * The CPEs of the product stand sorted by device and by part, vendor and
 * product, so that a condition looks at its own product only; the last answers
 * are kept, as the parts of a device ask the same again. */
#include "match/match_internal.h"

#include "base/limits.h"

#include <stdlib.h>

enum { ANSWERS = 256 };

struct have {
    uint32_t top;
    as_str key, cpe;
};

struct answer {
    as_str cpe; /* absent: none */
    uint32_t top;
    as_truth truth;
};

struct as_devices {
    const as_product *product;
    as_arena *arena;
    bool ready;
    uint32_t *tops;    /* by part */
    uint32_t *classes; /* by top: the first device of the same names */
    struct have *haves;
    size_t n, cap;
    struct answer answers[ANSWERS];
};

as_devices *as_devices_new(const as_product *p)
{
    as_devices *d = calloc(1, sizeof *d);

    if (!d)
        return NULL;
    d->product = p;
    d->arena = as_arena_new(AS_LIMIT_PRODUCT_BYTES);
    return d->arena ? d : as_devices_free(d);
}

as_devices *as_devices_free(as_devices *d)
{
    if (d)
        as_arena_free(d->arena);
    free(d);
    return NULL;
}

/* ---- the table ------------------------------------------------------------
 */

static int have_cmp(const void *a, const void *b)
{
    const struct have *x = a, *y = b;
    int r = (x->top > y->top) - (x->top < y->top);

    if (!r)
        r = as_str_cmp(x->key, y->key);
    return r ? r : as_str_cmp(x->cpe, y->cpe);
}

static bool add(as_devices *d, uint32_t part, as_str text, as_arena *scratch)
{
    struct have *grown;
    as_cpe cpe;
    as_str key;

    if (as_cpe_read_lenient(text, scratch, &cpe, NULL) != AS_OK)
        return !as_arena_failed(scratch);
    key = as_match_cpe_key(&cpe, d->arena);
    grown =
        as_arena_grow(d->arena, d->haves, &d->cap, d->n + 1, sizeof *d->haves);
    if (!grown)
        return false;
    d->haves = grown;
    d->haves[d->n++] = (struct have){d->tops[part], key, text};
    return true;
}

/* What is read of one part is not kept. */
static bool add_part(as_devices *d, uint32_t part)
{
    const as_part *p = &d->product->parts[part];
    as_arena *scratch = p->n_cpes ? as_arena_new(AS_LIMIT_PRODUCT_BYTES) : NULL;
    bool ok = scratch || p->n_cpes == 0;

    for (size_t i = 0; i < p->n_cpes && ok; i++)
        ok = add(d, part, p->cpes[i], scratch);
    as_arena_free(scratch);
    return ok;
}

static bool make_ready(as_devices *d)
{
    const as_product *p = d->product;

    if (d->ready)
        return true;
    d->tops = AS_NEW_ARRAY(d->arena, p->n_parts, uint32_t);
    if (!d->tops)
        return false;
    d->n = 0;
    for (uint32_t i = 0; i < p->n_parts; i++) {
        uint32_t parent = p->parts[i].parent;
        d->tops[i] = parent == AS_NO_PART ? i : d->tops[parent];
        if (!add_part(d, i))
            return false;
    }
    if (d->n)
        qsort(d->haves, d->n, sizeof *d->haves, have_cmp);
    d->ready = true;
    return true;
}

/* ---- devices alike ---------------------------------------------------------
 */

/* The names of one device, side by side among all. */
struct device {
    uint64_t hash;
    const struct have *haves;
    size_t n;
};

static int names_cmp(const struct device *x, const struct device *y)
{
    int r = (x->hash > y->hash) - (x->hash < y->hash);

    if (!r)
        r = (x->n > y->n) - (x->n < y->n);
    for (size_t i = 0; i < x->n && !r; i++)
        r = as_str_cmp(x->haves[i].cpe, y->haves[i].cpe);
    return r;
}

static int device_cmp(const void *a, const void *b)
{
    const struct device *x = a, *y = b;
    int r = names_cmp(x, y);

    if (!r)
        r = (x->haves->top > y->haves->top) - (x->haves->top < y->haves->top);
    return r;
}

/* Those of no name have no class: no condition is asked of them. */
static size_t list_devices(const as_devices *d, struct device *list)
{
    size_t n = 0;

    for (size_t i = 0; i < d->n; i++) {
        const struct have *h = &d->haves[i];
        if (n == 0 || list[n - 1].haves->top != h->top)
            list[n++] = (struct device){0, h, 0};
        list[n - 1].n++;
        list[n - 1].hash = list[n - 1].hash * UINT64_C(0x9E3779B97F4A7C15) +
                           as_str_hash(h->cpe);
    }
    return n;
}

static bool make_classes(as_devices *d)
{
    struct device *list = calloc(d->n + 1, sizeof *list);
    size_t n = list ? list_devices(d, list) : 0;

    d->classes = AS_NEW_ARRAY(d->arena, d->product->n_parts, uint32_t);
    if (!list || !d->classes) {
        free(list);
        return false;
    }
    for (uint32_t i = 0; i < d->product->n_parts; i++)
        d->classes[i] = i;
    qsort(list, n, sizeof *list, device_cmp);
    for (size_t i = 1; i < n; i++)
        if (names_cmp(&list[i - 1], &list[i]) == 0)
            d->classes[list[i].haves->top] = d->classes[list[i - 1].haves->top];
    free(list);
    return true;
}

bool as_devices_alike(as_devices *d, uint32_t one, uint32_t other)
{
    if (!make_ready(d))
        return false;
    if (d->tops[one] == d->tops[other])
        return true;
    if (!d->classes && !make_classes(d))
        return false;
    return d->classes[d->tops[one]] == d->classes[d->tops[other]];
}

/* ---- asking ---------------------------------------------------------------
 */

/* First of the device with this key or a later one; the absent key comes
 * first. */
static size_t first_of(const as_devices *d, uint32_t top, as_str key)
{
    size_t lo = 0, hi = d->n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const struct have *h = &d->haves[mid];
        if (h->top < top || (h->top == top && as_str_cmp(h->key, key) < 0))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* A wildcard in the condition's own name: everything of the device. */
static as_truth look(as_devices *d, const as_cpe *want, as_str key,
                     uint32_t top, as_arena *scratch)
{
    bool whole = as_str_is_empty(key), some = false;
    as_truth r = AS_NO;

    for (size_t i = first_of(d, top, key);
         i < d->n && d->haves[i].top == top && r != AS_YES; i++) {
        as_cpe have;
        if (!whole && !as_str_eq(d->haves[i].key, key))
            break;
        if (i && d->haves[i - 1].top == top &&
            as_str_eq(d->haves[i - 1].cpe, d->haves[i].cpe) && some)
            continue;
        if (as_cpe_read_lenient(d->haves[i].cpe, scratch, &have, NULL) != AS_OK)
            return AS_UNSURE;
        r = as_truth_or(r, as_match_cpe_meets(want, &have));
        some = true;
    }
    return some ? r : AS_UNSURE;
}

static as_truth look_up(as_devices *d, as_str cpe, uint32_t top)
{
    as_arena *scratch = as_arena_new(AS_MIB * 64);
    as_truth r = AS_UNSURE;
    as_cpe want;

    if (scratch && as_cpe_read(cpe, scratch, &want, NULL) == AS_OK)
        r = look(d, &want, as_match_cpe_key(&want, scratch), top, scratch);
    as_arena_free(scratch);
    return r;
}

as_truth as_devices_have(as_devices *d, as_str cpe, uint32_t part)
{
    struct answer *a;
    uint32_t top;

    if (!make_ready(d))
        return AS_UNSURE;
    top = d->tops[part];
    a = &d->answers[(as_str_hash(cpe) ^ top) % ANSWERS];
    if (a->top == top && !as_str_is_absent(a->cpe) && as_str_eq(a->cpe, cpe))
        return a->truth;
    a->truth = look_up(d, cpe, top);
    a->top = top;
    a->cpe = as_arena_str(d->arena, cpe);
    return a->truth;
}
