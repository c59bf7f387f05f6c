/* SPDX-License-Identifier: Apache-2.0 */
/* The run over the parts: look up, decide, join by flaw, tell how each part
 * ended. See match.h for the method; evaluate.c holds one record against one
 * version, flaw.c makes a finding of the records of one flaw. */
#include "match/flaw_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* Scratch of one part is at most this; more means a hostile document. */
#define SCRATCH_BYTES (AS_MIB * 256)
/* What stays warm from part to part. */
#define SCRATCH_KEPT (AS_KIB * 64)

/* ---- one part ---------------------------------------------------------- */

static bool is_release(void *ctx, as_str release)
{
    const as_identity *id = ctx;

    return as_match_release_agrees(id->ecosystem, release, id->release) ==
           AS_YES;
}

/* A distribution is covered release by release; a part that states none is not
 * covered at all. */
static bool ask_covers(struct as_matcher *m, as_identity id)
{
    /* A purl of GitHub may be an action or any project: the list of actions
     * says nothing of the others by silence. */
    if (as_str_eq(id.ecosystem, AS_STR("GitHub Actions")))
        return false;
    if (!id.needs_release)
        return as_know_covers(m->kb, id.kind, id.ecosystem);
    return !as_str_is_empty(id.release) &&
           as_know_covers_release(m->kb, id.ecosystem, is_release, &id);
}

/* Few ecosystems stand for many parts: each is asked for once. */
static bool covers(struct as_matcher *m, const as_identity *id)
{
    as_str release = id->needs_release ? id->release : AS_ABSENT;
    struct as_covered *c = m->covered;
    size_t i = 0;

    while (i < m->n_covered && !(c[i].kind == id->kind &&
                                 as_str_eq(c[i].ecosystem, id->ecosystem) &&
                                 as_str_eq(c[i].release, release)))
        i++;
    if (i < m->n_covered)
        return c[i].yes;
    if (i == AS_ARRAY_LEN(m->covered))
        return false;
    c[i].kind = id->kind;
    c[i].ecosystem = as_arena_str(m->review->arena, id->ecosystem);
    c[i].release = as_arena_str(m->review->arena, release);
    c[i].yes = ask_covers(m, *id);
    m->n_covered++;
    return c[i].yes;
}

/* Does a row speak of this very release? */
static bool is_named(const struct as_row *row)
{
    const as_identity *id = row->identity;

    return !row->decision.elsewhere &&
           !(id->needs_release && as_str_is_empty(id->release));
}

static as_rc look_up(struct as_matcher *m, size_t which, as_err *err)
{
    const as_identity *id = &m->ids.items[which];
    const as_know_key key = {id->kind, id->ecosystem, id->name};
    as_know_hit *hits = NULL;
    size_t n = 0, want;
    as_rc rc = as_know_find(m->kb, &key, m->scratch, &hits, &n, err);

    m->looked[which].covered = rc == AS_OK && covers(m, id);
    if (rc || n == 0 || !as_size_add(m->n_rows, n, &want))
        return rc;
    m->rows =
        as_arena_grow(m->scratch, m->rows, &m->cap_rows, want, sizeof *m->rows);
    if (want && !m->rows)
        return as_fail(err, AS_ERR_LIMIT,
                       "one part has more than %zu MiB of advisories",
                       SCRATCH_BYTES / AS_MIB);
    m->keys.version = id->version;
    m->keys.scheme = NULL;
    for (size_t i = 0; i < n; i++) {
        struct as_row *row = &m->rows[m->n_rows++];
        *row = (struct as_row){.identity = id, .hit = hits[i]};
        row->decision = as_evaluate(&hits[i].affected, id, m->devices, m->part,
                                    &m->keys, m->scratch);
        m->looked[which].rows++;
        m->looked[which].counts[row->decision.affected]++;
        m->looked[which].covered |= is_named(row);
    }
    return AS_OK;
}

/* All identities, best first. Guesses are a last resort: not where a source
 * covers the part, nor for a distribution's package, whose fixes upstream does
 * not know. */
static as_rc look_up_all(struct as_matcher *m, as_err *err)
{
    bool enough = false;
    as_rc rc = AS_OK;

    for (size_t i = 0; i < m->ids.n && !rc && m->kb; i++) {
        const as_identity *id = &m->ids.items[i];
        if (id->guessed && enough) {
            m->ids.n = i;
            break;
        }
        rc = look_up(m, i, err);
        enough = enough || id->needs_release || m->looked[i].covered;
    }
    return rc;
}

static as_str lookup_text(struct as_matcher *m, size_t which)
{
    const struct as_looked *l = &m->looked[which];
    as_str key = as_identity_text(&m->ids.items[which], m->scratch);
    as_arena *a = m->review->arena;

    if (!l->covered && l->rows == 0)
        return AS_JOIN(a, key, AS_STR(": no source covers it"));
    if (l->rows == 0)
        return AS_JOIN(a, key, AS_STR(": nothing known"));
    return as_arena_printf(
        a, "%.*s: %zu record%s, %zu affected, %zu undecided, %zu not",
        AS_FMT(key), l->rows, l->rows == 1 ? "" : "s", l->counts[AS_YES],
        l->counts[AS_UNSURE], l->counts[AS_NO]);
}

static void tell_tried(struct as_matcher *m, as_part_outcome *o)
{
    o->tried = AS_NEW_ARRAY(m->review->arena, m->ids.n, as_str);
    for (size_t i = 0; o->tried && i < m->ids.n; i++)
        o->tried[o->n_tried++] = lookup_text(m, i);
}

/* Why nothing can be said, from the best identity on. */
static as_str why_not(struct as_matcher *m)
{
    as_arena *a = m->review->arena;
    const as_identity *best = &m->ids.items[0];

    if (m->ids.n == 0 || best->kind == AS_IDENTITY_NAME || best->guessed)
        return as_arena_str(a, m->ids.why_none);
    if (best->kind == AS_IDENTITY_CPE)
        return AS_STR("no source names its CPE");
    if (as_str_eq(best->ecosystem, AS_STR("generic")) ||
        as_str_eq(best->ecosystem, AS_STR("github")))
        return AS_STR("no source knows this project");
    if (best->needs_release && as_str_is_empty(best->release))
        return as_arena_printf(a, "release of %.*s not stated",
                               AS_FMT(best->ecosystem));
    return as_arena_printf(
        a, "no source covers %.*s%s%.*s", AS_FMT(best->ecosystem),
        best->needs_release ? " " : "",
        AS_FMT(best->needs_release ? best->release : AS_ABSENT));
}

/* Was it looked up where an answer could have stood? */
static bool is_examined(const struct as_matcher *m)
{
    for (size_t i = 0; i < m->ids.n; i++)
        if (m->ids.items[i].kind != AS_IDENTITY_NAME &&
            !m->ids.items[i].guessed && m->looked[i].covered)
            return true;
    return false;
}

/* How the look-up ended; findings and statements then have their say. */
static void conclude(struct as_matcher *m, as_part_outcome *o)
{
    tell_tried(m, o);
    if (!is_examined(m))
        o->why = why_not(m);
    else if (m->ids.dropped)
        o->why = as_arena_printf(m->review->arena, "more than %d identifiers",
                                 AS_MATCH_IDENTITIES);
    else
        o->outcome = AS_OUTCOME_CLEAN;
}

static as_rc match_part(struct as_matcher *m, as_err *err)
{
    as_review *r = m->review;
    as_rc rc = AS_OK;

    m->n_rows = 0;
    m->rows = NULL;
    m->cap_rows = 0;
    memset(m->looked, 0, sizeof m->looked);
    as_identities_of(&r->product->parts[m->part], m->scratch, &m->ids);
    rc = look_up_all(m, err);
    if (!rc)
        rc = as_flaws_to_findings(m, err);
    if (rc)
        return rc;
    conclude(m, &r->outcomes[m->part]);
    if (as_arena_failed(m->scratch))
        return as_fail(err, AS_ERR_LIMIT,
                       "one part has more than %zu MiB of advisories",
                       SCRATCH_BYTES / AS_MIB);
    return AS_OK;
}

/* ---- equal parts -----------------------------------------------------------
 */

/* What was made of the first one holds for this one. */
static as_rc copy_twin(struct as_matcher *m, const as_twin *twin)
{
    as_review *r = m->review;
    as_part_outcome *o = &r->outcomes[m->part];
    as_finding *grown;

    *o = r->outcomes[twin->part];
    if (m->shares && r->n_findings + twin->n > AS_LIMIT_FINDINGS_APART) {
        o->has_like = twin->n > 0;
        o->like = twin->part;
        return AS_OK;
    }
    grown = as_arena_grow(r->arena, r->findings, &m->cap_findings,
                          r->n_findings + twin->n, sizeof *grown);
    if (twin->n && !grown)
        return AS_ERR_LIMIT;
    r->findings = grown;
    for (size_t i = 0; i < twin->n; i++) {
        as_finding *f = &r->findings[r->n_findings++];
        *f = r->findings[twin->first + i];
        f->part = m->part;
    }
    return AS_OK;
}

static as_rc match_or_copy(struct as_matcher *m, as_err *err)
{
    bool first;
    as_twin *twin = as_twins_find(m->twins, m->part, &first);
    as_rc rc;

    if (!twin)
        return as_fail(err, AS_ERR_MEMORY, "no memory to match");
    if (!first) {
        rc = copy_twin(m, twin);
        return rc ? as_fail(err, rc, "the findings need too much memory") : rc;
    }
    twin->first = m->review->n_findings;
    rc = match_part(m, err);
    twin->n = m->review->n_findings - twin->first;
    for (size_t i = 0; i < m->n_rows && !twin->by_device; i++)
        twin->by_device = m->rows[i].hit.affected.n_conditions > 0;
    return rc;
}

/* In the end they end as the first one did, and its findings tell of them. */
static bool conclude_twins(as_review *r)
{
    uint32_t *also = calloc(r->product->n_parts + 1, sizeof *also);

    if (!also)
        return false;
    for (size_t i = 0; i < r->product->n_parts; i++) {
        as_part_outcome *o = &r->outcomes[i];
        if (!o->has_like)
            continue;
        o->outcome = r->outcomes[o->like].outcome;
        o->why = r->outcomes[o->like].why;
        also[o->like]++;
    }
    for (size_t i = 0; i < r->n_findings; i++)
        r->findings[i].also = also[r->findings[i].part];
    free(also);
    return true;
}

/* ---- all parts -------------------------------------------------------------
 */

static as_rc match_parts(struct as_matcher *m, as_err *err)
{
    size_t n = m->review->product->n_parts;
    as_rc rc = AS_OK;

    m->scratch = as_arena_new(SCRATCH_BYTES);
    if (!m->scratch)
        return as_fail(err, AS_ERR_MEMORY, "no memory to match");
    for (size_t i = 0; i < n && !rc; i++) {
        m->part = (uint32_t)i;
        if (as_arena_used(m->scratch) > SCRATCH_KEPT)
            as_arena_reset(m->scratch);
        rc = match_or_copy(m, err);
    }
    return rc;
}

static int count_cmp(const void *a, const void *b)
{
    const as_count *x = a, *y = b;

    if (x->n != y->n)
        return x->n < y->n ? 1 : -1;
    return as_str_cmp(x->what, y->what);
}

static void count_reason(as_review *r, size_t *cap, as_str why)
{
    as_coverage *c = &r->coverage;
    as_count *reasons;

    for (size_t i = 0; i < c->n_reasons; i++) {
        if (as_str_eq(c->reasons[i].what, why)) {
            c->reasons[i].n++;
            return;
        }
    }
    /* Beyond some kinds of reasons the rest is counted as one. */
    if (c->n_reasons >= 200)
        why = AS_STR("other reasons");
    reasons = as_arena_grow(r->arena, c->reasons, cap, c->n_reasons + 1,
                            sizeof *reasons);
    if (!reasons)
        return;
    c->reasons = reasons;
    if (c->n_reasons <= 200)
        reasons[c->n_reasons++] = (as_count){why, 1};
    else
        reasons[200].n++;
}

static bool is_open(const as_finding *f)
{
    return f->status == AS_FINDING_OPEN || f->status == AS_FINDING_IN_TRIAGE;
}

/* A part with findings is matched, when it was examined or when one of them is
 * open; one of which all findings are undecided is not examined after all. */
static void conclude_findings(as_review *r)
{
    for (size_t i = 0; i < r->n_findings; i++) {
        const as_finding *f = &r->findings[i];
        as_part_outcome *o = &r->outcomes[f->part];
        if (f->status == AS_FINDING_UNDECIDED ||
            (o->outcome == AS_OUTCOME_NOT_EXAMINED && !is_open(f)))
            continue;
        o->outcome = AS_OUTCOME_MATCHED;
        o->why = AS_ABSENT;
    }
    for (size_t i = 0; i < r->n_findings; i++) {
        const as_finding *f = &r->findings[i];
        as_part_outcome *o = &r->outcomes[f->part];
        if (f->status != AS_FINDING_UNDECIDED || o->outcome != AS_OUTCOME_CLEAN)
            continue;
        o->outcome = AS_OUTCOME_NOT_EXAMINED;
        o->why = AS_STR("undecided");
        if (f->n_missing)
            o->why = as_arena_printf(r->arena, "undecided: %.*s",
                                     AS_FMT(f->missing[0]));
    }
}

static void count_coverage(as_review *r)
{
    as_coverage *c = &r->coverage;
    size_t cap = 0;

    c->parts = r->product->n_parts;
    for (size_t i = 0; i < c->parts; i++) {
        const as_part_outcome *o = &r->outcomes[i];
        switch (o->outcome) {
        case AS_OUTCOME_MATCHED: c->matched++; break;
        case AS_OUTCOME_CLEAN: c->clean++; break;
        case AS_OUTCOME_NOT_EXAMINED:
        case AS_OUTCOMES:
            c->not_examined++;
            count_reason(r, &cap, o->why);
            break;
        }
    }
    if (c->n_reasons)
        qsort(c->reasons, c->n_reasons, sizeof *c->reasons, count_cmp);
}

as_rc as_match_product(as_know *kb, as_review *review, as_err *err)
{
    struct as_matcher m = {.kb = kb, .review = review};
    as_rc rc;

    review->outcomes =
        AS_NEW_ARRAY(review->arena, review->product->n_parts, as_part_outcome);
    if (!review->outcomes)
        return as_fail(err, AS_ERR_LIMIT, "the review needs too much memory");
    m.devices = as_devices_new(review->product);
    if (m.devices)
        m.twins = as_twins_new(review->product, m.devices);
    m.shares = as_statements_none(review->product);
    as_buf_init(&m.keys.key, AS_MIB);
    if (!m.twins) {
        as_devices_free(m.devices);
        return as_fail(err, AS_ERR_MEMORY, "no memory to match");
    }
    /* A package and a CPE, most often. */
    as_know_expect(kb, review->product->n_parts * 2);
    rc = as_matcher_facts(&m, err);
    if (!rc)
        rc = match_parts(&m, err);
    if (!rc)
        rc = as_apply_statements(&m, err);
    if (!rc)
        conclude_findings(review);
    if (!rc && !conclude_twins(review))
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to match");
    if (!rc)
        rc = as_order_findings(review);
    as_buf_done(&m.keys.key);
    as_devices_free(m.devices);
    as_twins_free(m.twins);
    as_arena_free(m.scratch);
    if (rc)
        return rc;
    count_coverage(review);
    if (as_arena_failed(review->arena))
        return as_fail(err, AS_ERR_LIMIT, "the review needs too much memory");
    return AS_OK;
}

/* ---- why, and why not -------------------------------------------------- */

static bool is_this(const as_advisory *v, as_str id)
{
    if (as_str_eq_nocase(v->id, id))
        return true;
    for (size_t i = 0; i < v->n_aliases; i++)
        if (as_str_eq_nocase(v->aliases[i], id))
            return true;
    return false;
}

static as_rc explain_rows(struct as_matcher *m, as_str advisory,
                          as_match_answers *ret, as_err *err)
{
    as_arena *arena = m->scratch;

    ret->items = AS_NEW_ARRAY(arena, m->n_rows, as_match_answer);
    if (!ret->items)
        return as_fail(err, AS_ERR_LIMIT, "too many records to explain");
    for (size_t i = 0; i < m->n_rows; i++) {
        const struct as_row *row = &m->rows[i];
        as_match_answer *a = &ret->items[ret->n];
        as_advisory v;
        as_rc rc = as_know_advisory(m->kb, row->hit.advisory, arena, &v, err);
        if (rc)
            return rc;
        if (!is_this(&v, advisory))
            continue;
        a->affected = row->decision.affected;
        a->confidence = row->decision.confidence;
        a->evidence = as_row_evidence(row, &v, arena);
        ret->n++;
    }
    return AS_OK;
}

as_rc as_match_explain(as_know *kb, as_review *review, uint32_t part,
                       as_str advisory, as_match_answers *ret, as_err *err)
{
    struct as_matcher m = {.kb = kb, .review = review, .part = part};
    as_rc rc = AS_OK;

    ret->n = 0;
    m.scratch = review->arena;
    m.devices = as_devices_new(review->product);
    if (!m.devices)
        return as_fail(err, AS_ERR_MEMORY, "no memory to explain");
    as_buf_init(&m.keys.key, AS_MIB);
    as_identities_of(&review->product->parts[part], m.scratch, &m.ids);
    for (size_t i = 0; i < m.ids.n && !rc; i++)
        rc = look_up(&m, i, err);
    if (!rc)
        rc = explain_rows(&m, advisory, ret, err);
    as_buf_done(&m.keys.key);
    as_devices_free(m.devices);
    return rc;
}
