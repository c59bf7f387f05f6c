/* SPDX-License-Identifier: Apache-2.0 */
/* Finding equal parts; see twins_internal.h. Chains by hash of what tells most
 * parts apart, with a ceiling on the steps of one look-up: a document that
 * makes hashes collide gets no twins and nothing slower than a part by itself.
 */
#include "match/twins_internal.h"

#include <stdlib.h>

enum { STEPS = 64 };

struct slot {
    uint64_t hash;
    as_twin twin; /* part AS_NO_PART: the slot is free */
};

struct as_twins {
    const as_product *product;
    as_devices *devices;
    struct slot *slots;
    size_t n, cap;
    as_twin single; /* of a part that gets no slot */
};

static bool make_slots(as_twins *t, size_t cap)
{
    t->slots = malloc(cap * sizeof *t->slots);
    t->cap = t->slots ? cap : 0;
    for (size_t i = 0; i < t->cap; i++)
        t->slots[i].twin.part = AS_NO_PART;
    return t->slots != NULL;
}

as_twins *as_twins_new(const as_product *p, as_devices *devices)
{
    as_twins *t = calloc(1, sizeof *t);

    if (!t)
        return NULL;
    t->product = p;
    t->devices = devices;
    return make_slots(t, 1024) ? t : as_twins_free(t);
}

as_twins *as_twins_free(as_twins *t)
{
    if (t)
        free(t->slots);
    free(t);
    return NULL;
}

/* ---- equal --------------------------------------------------------------- */

static uint64_t hash_of(const as_twins *t, uint32_t part)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    const as_part *p = &t->product->parts[part];
    as_str cpe = p->n_cpes ? p->cpes[0] : AS_ABSENT;
    uint64_t h = as_str_hash(p->purl);

    h = h * odd + as_str_hash(p->name);
    h = h * odd + as_str_hash(p->version);
    h = h * odd + as_str_hash(cpe);
    return h ^ h >> 32;
}

static bool same_attributes(const as_part *a, const as_part *b)
{
    if (a->n_attributes != b->n_attributes)
        return false;
    for (size_t i = 0; i < a->n_attributes; i++) {
        const as_attribute *x = &a->attributes[i], *y = &b->attributes[i];
        if (x->key != y->key || x->state != y->state ||
            !as_str_eq(x->value, y->value))
            return false;
    }
    return true;
}

static bool same_cpes(const as_part *a, const as_part *b)
{
    if (a->n_cpes != b->n_cpes)
        return false;
    for (size_t i = 0; i < a->n_cpes; i++)
        if (!as_str_eq(a->cpes[i], b->cpes[i]))
            return false;
    return true;
}

static bool same(const as_twins *t, const as_twin *twin, uint32_t other)
{
    const as_part *a = &t->product->parts[twin->part];
    const as_part *b = &t->product->parts[other];

    return a->kind == b->kind && as_str_eq(a->name, b->name) &&
           as_str_eq(a->version, b->version) && as_str_eq(a->group, b->group) &&
           as_str_eq(a->purl, b->purl) && !a->pedigree && !b->pedigree &&
           same_cpes(a, b) && same_attributes(a, b) &&
           (!twin->by_device ||
            as_devices_alike(t->devices, twin->part, other));
}

/* ---- finding ------------------------------------------------------------- */

static bool grow(as_twins *t)
{
    struct slot *old = t->slots;
    size_t cap = t->cap;

    if (!make_slots(t, cap * 2)) {
        t->slots = old;
        t->cap = cap;
        return false;
    }
    for (size_t i = 0; i < cap; i++) {
        size_t at = old[i].hash & (t->cap - 1);
        if (old[i].twin.part == AS_NO_PART)
            continue;
        while (t->slots[at].twin.part != AS_NO_PART)
            at = (at + 1) & (t->cap - 1);
        t->slots[at] = old[i];
    }
    free(old);
    return true;
}

as_twin *as_twins_find(as_twins *t, uint32_t part, bool *ret_first)
{
    uint64_t hash = hash_of(t, part);
    size_t at;

    *ret_first = true;
    if (t->n >= t->cap / 2 && !grow(t))
        return NULL;
    at = hash & (t->cap - 1);
    for (size_t steps = 0; t->slots[at].twin.part != AS_NO_PART; steps++) {
        struct slot *s = &t->slots[at];
        if (s->hash == hash && same(t, &s->twin, part)) {
            *ret_first = false;
            return &s->twin;
        }
        if (steps == STEPS) {
            t->single = (as_twin){.part = part};
            return &t->single;
        }
        at = (at + 1) & (t->cap - 1);
    }
    t->slots[at] = (struct slot){hash, {.part = part}};
    t->n++;
    return &t->slots[at].twin;
}
