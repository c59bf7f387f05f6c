/* SPDX-License-Identifier: Apache-2.0 */
/* The chain of a finding: what each row of its records says, once. */
#include "match/flaw_internal.h"

/* The chain of one row, in strings of others; what had to be made is in
 * arena. */
static as_match_evidence view_row(const struct as_row *row,
                                  const as_advisory *v, as_arena *arena)
{
    static const as_str methods[] = {
        [AS_IDENTITY_PACKAGE] = AS_STR_INIT("package"),
        [AS_IDENTITY_CPE] = AS_STR_INIT("cpe"),
        [AS_IDENTITY_NAME] = AS_STR_INIT("name"),
    };
    const as_decision *d = &row->decision;

    return (as_match_evidence){
        .source = v->source,
        .record = v->id,
        .method = methods[row->identity->kind],
        .key = as_identity_text(row->identity, arena),
        .version = row->identity->version,
        .range = d->range,
        .order = d->order,
        .note = d->note,
    };
}

static as_match_evidence keep_evidence(as_match_evidence e, as_arena *arena)
{
    e.source = as_arena_str(arena, e.source);
    e.record = as_arena_str(arena, e.record);
    e.key = as_arena_str(arena, e.key);
    e.version = as_arena_str(arena, e.version);
    e.range = as_arena_str(arena, e.range);
    e.order = as_arena_str(arena, e.order);
    e.note = as_arena_str(arena, e.note);
    return e;
}

as_match_evidence as_row_evidence(const struct as_row *row,
                                  const as_advisory *v, as_arena *arena)
{
    return keep_evidence(view_row(row, v, arena), arena);
}

static uint64_t evidence_hash(const as_match_evidence *e)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t h = as_str_hash(e->record);

    h = h * odd + as_str_hash(e->range);
    h = h * odd + as_str_hash(e->note);
    h = h * odd + as_str_hash(e->key);
    h = h * odd + as_str_hash(e->version);
    return h ^ h >> 32;
}

bool as_links_init(struct as_links *l, const struct as_matcher *m,
                   as_finding *f, size_t n)
{
    size_t cap = 4;

    while (cap < n * 2)
        cap *= 2;
    *l = (struct as_links){f, m->review->arena, m->scratch, NULL, cap - 1};
    l->slots = AS_NEW_ARRAY(m->scratch, cap, uint32_t);
    /* One more for the list of exploited flaws. */
    f->evidence = AS_NEW_ARRAY(l->arena, n + 1, as_match_evidence);
    return l->slots && f->evidence;
}

static bool same_evidence(const as_match_evidence *a,
                          const as_match_evidence *b)
{
    return as_str_eq(a->record, b->record) && as_str_eq(a->range, b->range) &&
           as_str_eq(a->note, b->note) && as_str_eq(a->key, b->key) &&
           as_str_eq(a->version, b->version) &&
           as_str_eq(a->source, b->source) && as_str_eq(a->method, b->method) &&
           as_str_eq(a->order, b->order);
}

size_t as_links_add(struct as_links *l, const struct as_member *ms)
{
    as_finding *f = l->f;
    as_match_evidence e = view_row(ms->row, ms->advisory, l->scratch);
    size_t at = (size_t)evidence_hash(&e) & l->mask;

    for (; l->slots[at]; at = (at + 1) & l->mask)
        if (same_evidence(&f->evidence[l->slots[at] - 1], &e))
            return l->slots[at] - 1;
    f->evidence[f->n_evidence] = keep_evidence(e, l->arena);
    l->slots[at] = (uint32_t)++f->n_evidence;
    return f->n_evidence - 1;
}
