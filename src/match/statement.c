/* SPDX-License-Identifier: Apache-2.0 */
/* What the document itself says of its flaws: embedded statements (VEX) and the
 * patches of a pedigree. A statement closes findings of its flaw in the part it
 * names and in what that part holds; the latest one wins. A statement that
 * closed or changed nothing is listed with the reason (notes, section 9). */
#include "match/flaw_internal.h"

#include <stdlib.h>
#include <string.h>

/* Every id of every finding, sorted. */
struct entry {
    as_str id;
    uint32_t finding;
};

struct book {
    as_review *review;
    const as_product *product;
    as_ref_table *refs;
    struct entry *entries;
    size_t n;
};

static int entry_cmp(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int r = as_str_cmp(x->id, y->id);

    return r ? r : (x->finding > y->finding) - (x->finding < y->finding);
}

static bool make_entries(struct book *b)
{
    as_review *r = b->review;
    size_t n = 0;

    for (size_t i = 0; i < r->n_findings; i++)
        n += 1 + r->findings[i].n_aliases;
    b->entries = calloc(n + 1, sizeof *b->entries);
    if (!b->entries)
        return false;
    for (size_t i = 0; i < r->n_findings; i++) {
        const as_finding *f = &r->findings[i];
        b->entries[b->n++] = (struct entry){f->advisory, (uint32_t)i};
        for (size_t k = 0; k < f->n_aliases; k++)
            b->entries[b->n++] = (struct entry){f->aliases[k], (uint32_t)i};
    }
    qsort(b->entries, b->n, sizeof *b->entries, entry_cmp);
    return true;
}

/* First entry with this id, or n. */
static size_t find_id(const struct book *b, as_str id)
{
    size_t lo = 0, hi = b->n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (as_str_cmp(b->entries[mid].id, id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < b->n && as_str_eq(b->entries[lo].id, id) ? lo : b->n;
}

static bool is_within(const as_product *p, uint32_t part, uint32_t whole)
{
    while (part != whole) {
        if (p->parts[part].parent == AS_NO_PART)
            return false;
        part = p->parts[part].parent;
    }
    return true;
}

/* A bom-ref, a BOM-Link (urn:cdx:SERIAL/VERSION#ref), or a purl. */
static uint32_t find_part(const struct book *b, as_str ref)
{
    uint32_t part = as_ref_table_find(b->refs, ref);
    size_t hash = as_str_find(ref, '#');

    if (part == AS_NO_PART && as_str_starts(ref, AS_STR("urn:cdx:")) &&
        hash < ref.n)
        part = as_ref_table_find(b->refs, as_str_slice(ref, hash + 1, ref.n));
    if (part != AS_NO_PART || !as_str_starts(ref, AS_STR("pkg:")))
        return part;
    for (uint32_t i = 0; i < b->product->n_parts; i++)
        if (as_str_eq(b->product->parts[i].purl, ref))
            return i;
    return AS_NO_PART;
}

static as_finding_status status_of(as_analysis a)
{
    switch (a) {
    case AS_ANALYSIS_NOT_AFFECTED:
    case AS_ANALYSIS_FALSE_POSITIVE: return AS_FINDING_NOT_AFFECTED;
    case AS_ANALYSIS_RESOLVED: return AS_FINDING_RESOLVED;
    case AS_ANALYSIS_IN_TRIAGE: return AS_FINDING_IN_TRIAGE;
    case AS_ANALYSIS_EXPLOITABLE:
    case AS_ANALYSIS_NONE: break;
    }
    return AS_FINDING_OPEN;
}

static as_str reason_of(as_arena *a, const as_statement *s)
{
    as_str why =
        as_str_is_empty(s->justification) ? s->detail : s->justification;

    return as_arena_printf(
        a, "the bill of materials says %.*s%s%.*s", AS_FMT(s->analysis_text),
        as_str_is_empty(why) ? ", without a justification" : ": ",
        AS_FMT(as_str_slice(why, 0, 300)));
}

static void apply(struct book *b, const as_statement *s, as_finding *f)
{
    as_arena *a = b->review->arena;
    as_finding_status status = status_of(s->analysis);
    size_t cap = f->n_evidence;
    as_match_evidence *e;

    /* "We are looking" or "it is exploitable" decides no missing fact and
     * lifts no candidate. */
    if (status == AS_FINDING_IN_TRIAGE && f->status != AS_FINDING_OPEN &&
        f->status != AS_FINDING_IN_TRIAGE)
        status = f->status;
    f->status = status;
    f->status_reason = reason_of(a, s);
    e = as_arena_grow(a, f->evidence, &cap, f->n_evidence + 1, sizeof *e);
    if (!e)
        return;
    f->evidence = e;
    e[f->n_evidence++] = (as_match_evidence){
        .source = AS_STR("the document"),
        .record = as_arena_printf(a, "/vulnerabilities/%u", s->index),
        .method = AS_STR("statement"),
        .key = as_arena_str(a, s->id),
        .note = f->status_reason,
    };
}

/* Does the statement speak of this finding's part, and of its version? */
static bool speaks_of(const struct book *b, const as_affects *t,
                      const as_finding *f)
{
    uint32_t part = find_part(b, t->ref);

    if (part == AS_NO_PART || !is_within(b->product, f->part, part))
        return false;
    if (as_str_is_empty(t->version) || part != f->part)
        return true;
    return as_str_eq(t->version, b->product->parts[f->part].version);
}

static bool covers(const struct book *b, const as_statement *s,
                   const as_finding *f)
{
    if (s->n_affects == 0)
        return true;
    for (size_t i = 0; i < s->n_affects; i++)
        if (speaks_of(b, &s->affects[i], f))
            return true;
    return false;
}

static bool apply_id(struct book *b, const as_statement *s, as_str id)
{
    bool did = false;

    for (size_t i = find_id(b, id); i < b->n && as_str_eq(b->entries[i].id, id);
         i++) {
        as_finding *f = &b->review->findings[b->entries[i].finding];
        if (!covers(b, s, f))
            continue;
        apply(b, s, f);
        did = true;
    }
    return did;
}

static as_str why_idle(const struct book *b, const as_statement *s)
{
    for (size_t i = 0; i < s->n_affects; i++)
        if (find_part(b, s->affects[i].ref) == AS_NO_PART)
            return as_arena_printf(
                b->review->arena, "no part has the reference \"%.*s\"",
                AS_FMT(as_str_slice(s->affects[i].ref, 0, 120)));
    if (find_id(b, s->id) < b->n)
        return AS_STR("the flaw was found in another part or version");
    return AS_STR("the flaw was not found in this product");
}

static int latest_last(const void *a, const void *b)
{
    const as_statement *const *x = a, *const *y = b;
    int r = as_str_cmp((*x)->updated, (*y)->updated);

    return r ? r : ((*x)->index > (*y)->index) - ((*x)->index < (*y)->index);
}

static as_rc apply_all(struct book *b)
{
    const as_product *p = b->product;
    const as_statement **order = calloc(p->n_statements + 1, sizeof *order);
    as_review *r = b->review;

    r->idle = AS_NEW_ARRAY(r->arena, p->n_statements, as_idle_statement);
    if (!order || !r->idle) {
        free(order);
        return AS_ERR_MEMORY;
    }
    for (size_t i = 0; i < p->n_statements; i++)
        order[i] = &p->statements[i];
    qsort(order, p->n_statements, sizeof *order, latest_last);
    for (size_t i = 0; i < p->n_statements; i++) {
        const as_statement *s = order[i];
        bool did = false;
        if (s->analysis == AS_ANALYSIS_NONE)
            continue; /* a report of a flaw, not a statement about it */
        did = apply_id(b, s, s->id);
        for (size_t k = 0; k < s->n_aliases && !did; k++)
            did = apply_id(b, s, s->aliases[k]);
        if (!did)
            r->idle[r->n_idle++] = (as_idle_statement){s->id, why_idle(b, s)};
    }
    free(order);
    return AS_OK;
}

/* ---- patches ----------------------------------------------------------- */

static void apply_patch(struct book *b, uint32_t part, as_str id)
{
    for (size_t i = find_id(b, id); i < b->n && as_str_eq(b->entries[i].id, id);
         i++) {
        as_finding *f = &b->review->findings[b->entries[i].finding];
        if (f->part != part)
            continue;
        f->status = AS_FINDING_RESOLVED;
        f->status_reason = as_arena_printf(
            b->review->arena,
            "the bill of materials lists a patch that resolves %.*s",
            AS_FMT(id));
    }
}

static void apply_patches(struct book *b)
{
    for (uint32_t i = 0; i < b->product->n_parts; i++) {
        const as_pedigree *g = b->product->parts[i].pedigree;
        for (size_t k = 0; g && k < g->n_patches; k++)
            for (size_t j = 0; j < g->patches[k].n_resolves; j++)
                apply_patch(b, i, g->patches[k].resolves[j]);
    }
}

/* ---- confessions -------------------------------------------------------- */

static bool is_found(const struct book *b, as_str id, uint32_t part)
{
    for (size_t i = find_id(b, id); i < b->n && as_str_eq(b->entries[i].id, id);
         i++)
        if (is_within(b->product,
                      b->review->findings[b->entries[i].finding].part, part))
            return true;
    return false;
}

static as_rc declare(struct as_matcher *m, struct book *b,
                     const as_statement *s)
{
    as_rc rc = AS_OK;

    for (size_t i = 0; i < s->n_affects && !rc; i++) {
        uint32_t part = find_part(b, s->affects[i].ref);
        bool found;
        if (part == AS_NO_PART ||
            as_str_eq(s->affects[i].status, AS_STR("unaffected")))
            continue;
        found = is_found(b, s->id, part);
        for (size_t k = 0; k < s->n_aliases && !found; k++)
            found = is_found(b, s->aliases[k], part);
        if (!found)
            rc = as_declare_finding(m, s, part);
    }
    return rc;
}

as_rc as_declared_flaws(struct as_matcher *m)
{
    struct book b = {.review = m->review, .product = m->review->product};
    as_rc rc = AS_ERR_MEMORY;

    b.refs = as_ref_table_new(b.product);
    if (b.refs && make_entries(&b)) {
        rc = AS_OK;
        for (size_t i = 0; i < b.product->n_statements && !rc; i++) {
            const as_statement *s = &b.product->statements[i];
            if ((s->analysis == AS_ANALYSIS_NONE ||
                 s->analysis == AS_ANALYSIS_EXPLOITABLE) &&
                !as_str_is_empty(s->id))
                rc = declare(m, &b, s);
        }
    }
    free(b.entries);
    as_ref_table_free(b.refs);
    return rc;
}

as_rc as_apply_statements(as_review *review)
{
    struct book b = {.review = review, .product = review->product};
    as_rc rc = AS_ERR_MEMORY;

    b.refs = as_ref_table_new(b.product);
    if (b.refs && make_entries(&b)) {
        apply_patches(&b);
        rc = apply_all(&b);
    }
    free(b.entries);
    as_ref_table_free(b.refs);
    return rc;
}
