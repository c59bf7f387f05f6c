/* SPDX-License-Identifier: Apache-2.0 */
/* What the document itself says of its flaws: embedded statements (VEX) and the
 * patches of a pedigree (notes, section 9).
 *
 * A statement speaks of the parts it names, in the versions it names, and of
 * what these parts hold; the nearest name counts. It closes nothing in a
 * version that it itself lists as affected or unknown. The latest one by its
 * date wins; one made after the date of the review does not count. A flaw that
 * the document lists as its own and that nobody else found is a finding. A
 * statement that closed or changed nothing is listed with the reason.
 *
 * Cost: for each statement the findings of its flaw, each times the depth of
 * the tree and a logarithm; FUEL bounds the whole. */
#include "match/flaw_internal.h"
#include "match/subject_internal.h"

#include "base/date.h"

#include <stdlib.h>
#include <string.h>

enum { STATEMENTS_KEPT = 8 /* in the evidence of one finding */ };
#define FUEL (UINT64_C(200) * 1000 * 1000)

/* Every id of every finding, by id and part. */
struct entry {
    as_str id;
    uint32_t part, finding;
};

/* What stands in the list of versions, the most cautious first. */
enum said { SAID_AFFECTED, SAID_UNKNOWN, SAID_NOTHING, SAID_UNAFFECTED };

/* One version of one thing a statement names; version absent: any. */
struct target {
    as_subject subject;
    as_str version;
    enum said said;
};

struct state {
    as_finding_status own; /* before any statement */
    uint32_t last;         /* statement that spoke last, from 1 on */
    uint32_t spoken;
};

/* A statement in its turn. */
struct turn {
    const as_statement *s;
    as_time when;
};

struct book {
    as_review *review;
    const as_product *product;
    as_subjects *subjects;
    struct entry *entries;
    size_t n;
    struct state *states; /* by finding */
    struct target *targets;
    size_t n_targets; /* of the statement at hand */
    uint32_t turn;
    uint64_t fuel;
};

/* ---- the book -------------------------------------------------------------
 */

static int entry_cmp(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int r = as_str_cmp(x->id, y->id);

    if (!r)
        r = (x->part > y->part) - (x->part < y->part);
    return r ? r : (x->finding > y->finding) - (x->finding < y->finding);
}

static bool make_entries(struct book *b)
{
    as_review *r = b->review;
    size_t n = 0;

    free(b->entries);
    free(b->states);
    b->n = 0;
    for (size_t i = 0; i < r->n_findings; i++)
        n += 1 + r->findings[i].n_aliases;
    b->entries = calloc(n + 1, sizeof *b->entries);
    b->states = calloc(r->n_findings + 1, sizeof *b->states);
    if (!b->entries || !b->states)
        return false;
    for (uint32_t i = 0; i < r->n_findings; i++) {
        const as_finding *f = &r->findings[i];
        b->entries[b->n++] = (struct entry){f->advisory, f->part, i};
        for (size_t k = 0; k < f->n_aliases; k++)
            b->entries[b->n++] = (struct entry){f->aliases[k], f->part, i};
    }
    qsort(b->entries, b->n, sizeof *b->entries, entry_cmp);
    return true;
}

/* First entry with this id in this part or a later one, or n. */
static size_t find_id(const struct book *b, as_str id, uint32_t part)
{
    const struct entry want = {.id = id, .part = part};
    size_t lo = 0, hi = b->n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (entry_cmp(&b->entries[mid], &want) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < b->n && as_str_eq(b->entries[lo].id, id) ? lo : b->n;
}

static bool is_id(const struct book *b, size_t i, as_str id)
{
    return i < b->n && as_str_eq(b->entries[i].id, id);
}

static bool burn(struct book *b)
{
    if (b->fuel == 0)
        return false;
    b->fuel--;
    return true;
}

/* ---- what a statement names ------------------------------------------------
 */

static enum said said_of(as_str status)
{
    if (as_str_eq(status, AS_STR("affected")))
        return SAID_AFFECTED;
    if (as_str_eq(status, AS_STR("unaffected")))
        return SAID_UNAFFECTED;
    return as_str_eq(status, AS_STR("unknown")) ? SAID_UNKNOWN : SAID_NOTHING;
}

static int target_cmp(const void *a, const void *b)
{
    const struct target *x = a, *y = b;
    int r = (x->subject > y->subject) - (x->subject < y->subject);

    if (!r)
        r = as_str_cmp(x->version, y->version);
    return r ? r : (int)x->said - (int)y->said;
}

static bool make_targets(struct book *b, const as_statement *s)
{
    b->n_targets = 0;
    free(b->targets);
    b->targets = calloc(s->n_affects + 1, sizeof *b->targets);
    if (!b->targets)
        return false;
    for (size_t i = 0; i < s->n_affects; i++) {
        const as_affects *a = &s->affects[i];
        as_subject subject = as_subject_find(b->subjects, a->ref);
        if (subject != AS_NO_SUBJECT)
            b->targets[b->n_targets++] =
                (struct target){subject, a->version, said_of(a->status)};
    }
    qsort(b->targets, b->n_targets, sizeof *b->targets, target_cmp);
    return true;
}

static const struct target *find_target(const struct book *b,
                                        as_subject subject, as_str version)
{
    const struct target want = {subject, version, SAID_AFFECTED};
    size_t lo = 0, hi = b->n_targets;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (target_cmp(&b->targets[mid], &want) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < b->n_targets && b->targets[lo].subject == subject &&
                   as_str_cmp(b->targets[lo].version, version) == 0
               ? &b->targets[lo]
               : NULL;
}

/* What is said of this very part in its version, or NULL. */
static const struct target *target_of(const struct book *b, uint32_t part)
{
    const as_part *p = &b->product->parts[part];
    const struct target *t = NULL;
    as_subject names[2];

    as_subjects_of(b->subjects, part, names);
    for (size_t i = 0; i < 2 && !t; i++) {
        if (names[i] == AS_NO_SUBJECT)
            continue;
        if (!as_str_is_empty(p->version))
            t = find_target(b, names[i], p->version);
        if (!t)
            t = find_target(b, names[i], AS_ABSENT);
    }
    return t;
}

/* Of the part or the nearest that holds it. */
static const struct target *nearest_target(const struct book *b, uint32_t part)
{
    const struct target *t = target_of(b, part);

    while (!t && b->product->parts[part].parent != AS_NO_PART) {
        part = b->product->parts[part].parent;
        t = target_of(b, part);
    }
    return t;
}

/* ---- applying one -------------------------------------------------------- */

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

static bool is_closed(as_finding_status s)
{
    return s == AS_FINDING_NOT_AFFECTED || s == AS_FINDING_RESOLVED;
}

/* Does the statement speak of this finding, and what does it make of it? */
static bool speaks_of(const struct book *b, const as_statement *s,
                      const as_finding *f, as_finding_status *ret)
{
    const struct target *t = NULL;

    *ret = status_of(s->analysis);
    if (s->n_affects == 0)
        return true; /* of the whole product */
    t = nearest_target(b, f->part);
    if (!t)
        return false;
    if (t->said == SAID_UNAFFECTED && !is_closed(*ret))
        *ret = AS_FINDING_NOT_AFFECTED;
    return !is_closed(*ret) || t->said > SAID_UNKNOWN;
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

/* The last few statements stand in the chain. */
static void add_evidence(struct book *b, as_finding *f, struct state *state,
                         const as_match_evidence *link)
{
    size_t cap = f->n_evidence;
    as_match_evidence *e;

    /* A finding may rest on this very statement. */
    if (state->spoken == STATEMENTS_KEPT ||
        (f->n_evidence &&
         as_str_eq(f->evidence[f->n_evidence - 1].method, link->method) &&
         as_str_eq(f->evidence[f->n_evidence - 1].record, link->record))) {
        f->evidence[f->n_evidence - 1] = *link;
        return;
    }
    e = as_arena_grow(b->review->arena, f->evidence, &cap, f->n_evidence + 1,
                      sizeof *e);
    if (!e)
        return;
    f->evidence = e;
    e[f->n_evidence++] = *link;
    state->spoken++;
}

/* "We are looking" takes back what an earlier statement said, but decides no
 * missing fact and lifts no candidate. "It is exploitable" does: the maker
 * knows. */
static void apply(struct book *b, uint32_t finding, as_finding_status status,
                  const as_match_evidence *link)
{
    as_finding *f = &b->review->findings[finding];
    struct state *state = &b->states[finding];

    if (status == AS_FINDING_IN_TRIAGE && state->own != AS_FINDING_OPEN)
        status = state->own;
    f->status = status;
    f->status_reason = link->note;
    state->last = b->turn;
    add_evidence(b, f, state, link);
}

/* False without fuel. */
static bool apply_id(struct book *b, const as_statement *s, as_str id,
                     const as_match_evidence *link, bool *did)
{
    for (size_t i = find_id(b, id, 0); is_id(b, i, id); i++) {
        uint32_t finding = b->entries[i].finding;
        as_finding_status status;
        if (!burn(b))
            return false;
        if (b->states[finding].last == b->turn ||
            !speaks_of(b, s, &b->review->findings[finding], &status))
            continue;
        apply(b, finding, status, link);
        *did = true;
    }
    return true;
}

static as_str why_idle(const struct book *b, const as_statement *s)
{
    bool range = false;

    for (size_t i = 0; i < s->n_affects; i++) {
        const as_affects *a = &s->affects[i];
        if (as_subject_find(b->subjects, a->ref) == AS_NO_SUBJECT)
            return as_arena_printf(b->review->arena,
                                   "no part has the reference \"%.*s\"",
                                   AS_FMT(as_str_slice(a->ref, 0, 120)));
        range = range || as_str_starts(a->version, AS_STR("vers:"));
    }
    if (find_id(b, s->id, 0) == b->n)
        return AS_STR("the flaw was not found in this product");
    return range ? AS_STR("ranges of versions in statements are not read")
                 : AS_STR("the flaw was found in another part or version, or "
                          "in one that the statement lists as affected");
}

static void list_idle(struct book *b, const as_statement *s, as_str why)
{
    as_review *r = b->review;

    r->idle[r->n_idle++] = (as_idle_statement){s->id, why};
}

static as_rc out_of_fuel(as_err *err)
{
    return as_fail(err, AS_ERR_LIMIT,
                   "the document has too many statements about too many "
                   "findings");
}

static as_rc apply_statement(struct book *b, const as_statement *s, as_err *err)
{
    as_arena *a = b->review->arena;
    const as_match_evidence link = {
        .source = AS_STR("the document"),
        .record = as_arena_printf(a, "/vulnerabilities/%u", s->index),
        .method = AS_STR("statement"),
        .key = as_arena_str(a, s->id),
        .note = reason_of(a, s),
    };
    bool did = false, fuel;

    if (!make_targets(b, s))
        return as_fail(err, AS_ERR_MEMORY, "no memory for the statements");
    b->turn++;
    fuel = apply_id(b, s, s->id, &link, &did);
    for (size_t k = 0; k < s->n_aliases && fuel; k++)
        fuel = apply_id(b, s, s->aliases[k], &link, &did);
    if (!fuel)
        return out_of_fuel(err);
    if (!did)
        list_idle(b, s, why_idle(b, s));
    return AS_OK;
}

/* ---- all, in turn ---------------------------------------------------------
 */

static int turn_cmp(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    int r = (x->when > y->when) - (x->when < y->when);

    return r ? r : (x->s->index > y->s->index) - (x->s->index < y->s->index);
}

/* Of its dates the one nearest to what it says. */
static as_time made_at(const as_statement *s)
{
    const as_str dates[] = {s->analysed, s->updated, s->issued};
    as_time when;

    for (size_t i = 0; i < AS_ARRAY_LEN(dates); i++)
        if (as_time_read(dates[i], &when))
            return when;
    return AS_TIME_NONE;
}

static bool is_later(const struct book *b, const as_statement *s)
{
    as_time when = made_at(s);
    as_date as_of;

    return when != AS_TIME_NONE && as_date_read(b->review->as_of, &as_of) &&
           as_time_date(when) > as_of;
}

static as_rc apply_all(struct book *b, as_err *err)
{
    const as_product *p = b->product;
    struct turn *turns = calloc(p->n_statements + 1, sizeof *turns);
    as_rc rc = AS_OK;

    if (!turns)
        return as_fail(err, AS_ERR_MEMORY, "no memory for the statements");
    for (size_t i = 0; i < p->n_statements; i++)
        turns[i] = (struct turn){&p->statements[i], made_at(&p->statements[i])};
    qsort(turns, p->n_statements, sizeof *turns, turn_cmp);
    for (size_t i = 0; i < p->n_statements && !rc; i++) {
        const as_statement *s = turns[i].s;
        if (s->analysis == AS_ANALYSIS_NONE)
            continue; /* a report of a flaw, not a statement about it */
        if (is_later(b, s))
            list_idle(b, s, AS_STR("it was made after the date of the review"));
        else
            rc = apply_statement(b, s, err);
    }
    free(turns);
    return rc;
}

/* ---- patches ----------------------------------------------------------- */

static void apply_patch(struct book *b, uint32_t part, as_str id)
{
    as_arena *a = b->review->arena;

    for (size_t i = find_id(b, id, part);
         is_id(b, i, id) && b->entries[i].part == part; i++) {
        as_finding *f = &b->review->findings[b->entries[i].finding];
        const as_match_evidence link = {
            .source = AS_STR("the document"),
            .method = AS_STR("patch"),
            .key = as_arena_str(a, id),
            .note = as_arena_printf(a,
                                    "the bill of materials lists a patch that "
                                    "resolves %.*s",
                                    AS_FMT(id)),
        };
        f->status = AS_FINDING_RESOLVED;
        f->status_reason = link.note;
        add_evidence(b, f, &b->states[b->entries[i].finding], &link);
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

/* A flaw the document lists as its own, in one part. */
struct confession {
    const as_statement *s;
    uint32_t part;
    as_str range; /* of versions, when it is all that is said: not read */
};

static int confession_cmp(const void *a, const void *b)
{
    const struct confession *x = a, *y = b;
    int r = as_str_cmp(x->s->id, y->s->id);

    if (!r)
        r = (x->part > y->part) - (x->part < y->part);
    return r ? r : (x->s->index > y->s->index) - (x->s->index < y->s->index);
}

static bool is_within(const as_product *p, uint32_t part, uint32_t whole)
{
    while (part > whole && p->parts[part].parent != AS_NO_PART)
        part = p->parts[part].parent;
    return part == whole;
}

/* Parts stand behind what holds them, so the entries before it do not
 * matter. */
static bool is_found(struct book *b, as_str id, uint32_t part)
{
    for (size_t i = find_id(b, id, part); is_id(b, i, id) && burn(b); i++)
        if (is_within(b->product, b->entries[i].part, part))
            return true;
    return false;
}

static bool is_known(struct book *b, const struct confession *c)
{
    bool found = is_found(b, c->s->id, c->part);

    for (size_t k = 0; k < c->s->n_aliases && !found; k++)
        found = is_found(b, c->s->aliases[k], c->part);
    return found;
}

static bool confesses(const struct book *b, const as_statement *s)
{
    return (s->analysis == AS_ANALYSIS_NONE ||
            s->analysis == AS_ANALYSIS_EXPLOITABLE) &&
           !as_str_is_empty(s->id) && !is_later(b, s);
}

/* The range among the targets of one subject, from k on, or absent. */
static as_str range_of(const struct book *b, size_t k)
{
    as_subject subject = b->targets[k].subject;

    for (; k < b->n_targets && b->targets[k].subject == subject; k++)
        if (as_str_starts(b->targets[k].version, AS_STR("vers:")) &&
            b->targets[k].said != SAID_UNAFFECTED)
            return b->targets[k].version;
    return AS_ABSENT;
}

/* One of each part that the statement at hand names, in a version it has. */
static void collect_targets(struct book *b, const as_statement *s,
                            struct confession *list, size_t *n)
{
    for (size_t k = 0; k < b->n_targets; k++) {
        uint32_t part = as_subject_part(b->subjects, b->targets[k].subject);
        const struct target *t = target_of(b, part);
        as_str range = AS_ABSENT;
        if (k && b->targets[k - 1].subject == b->targets[k].subject)
            continue;
        if (!t)
            range = range_of(b, k);
        if (t ? t->said != SAID_UNAFFECTED : !as_str_is_absent(range))
            list[(*n)++] = (struct confession){s, part, range};
    }
}

static bool collect(struct book *b, struct confession *list, size_t *n)
{
    const as_product *p = b->product;

    for (size_t i = 0; i < p->n_statements; i++) {
        const as_statement *s = &p->statements[i];
        if (!confesses(b, s))
            continue;
        if (!make_targets(b, s))
            return false;
        collect_targets(b, s, list, n);
    }
    if (*n)
        qsort(list, *n, sizeof *list, confession_cmp);
    return true;
}

/* Whether the part lies in a range is a missing fact. */
static bool declare(struct as_matcher *m, const struct confession *c)
{
    as_review *r = m->review;
    as_finding *f;

    if (as_declare_finding(m, c->s, c->part))
        return false;
    if (as_str_is_absent(c->range))
        return true;
    f = &r->findings[r->n_findings - 1];
    f->status = AS_FINDING_UNDECIDED;
    f->missing = AS_NEW(r->arena, as_str);
    if (!f->missing)
        return false;
    f->n_missing = 1;
    f->missing[0] = as_arena_printf(
        r->arena, "whether its version lies in %.*s", AS_FMT(c->range));
    return true;
}

static as_rc declare_all(struct as_matcher *m, struct book *b, as_err *err)
{
    const as_product *p = b->product;
    struct confession *list;
    size_t cap = 1, n = 0;
    as_rc rc = AS_OK;

    for (size_t i = 0; i < p->n_statements; i++)
        cap += p->statements[i].n_affects;
    list = calloc(cap, sizeof *list);
    if (!list || !collect(b, list, &n))
        rc = as_fail(err, AS_ERR_MEMORY, "no memory for the statements");
    for (size_t i = 0; i < n && !rc; i++) {
        const struct confession *c = &list[i];
        if ((i && c[-1].part == c->part && as_str_eq(c[-1].s->id, c->s->id)) ||
            is_known(b, c))
            continue;
        if (b->fuel == 0)
            rc = out_of_fuel(err);
        else if (!declare(m, c))
            rc =
                as_fail(err, AS_ERR_LIMIT, "the findings need too much memory");
    }
    free(list);
    return rc;
}

/* ---- the whole ------------------------------------------------------------
 */

static as_rc read_all(struct as_matcher *m, struct book *b, as_err *err)
{
    as_review *r = m->review;
    as_rc rc;

    r->idle =
        AS_NEW_ARRAY(r->arena, b->product->n_statements, as_idle_statement);
    b->subjects = as_subjects_new(b->product);
    if (!r->idle || !b->subjects || !make_entries(b))
        return as_fail(err, AS_ERR_MEMORY, "no memory for the statements");
    rc = declare_all(m, b, err);
    if (rc)
        return rc;
    if (!make_entries(b))
        return as_fail(err, AS_ERR_MEMORY, "no memory for the statements");
    apply_patches(b);
    for (size_t i = 0; i < r->n_findings; i++)
        b->states[i].own = r->findings[i].status;
    return apply_all(b, err);
}

/* Most documents say nothing of their flaws. */
bool as_statements_none(const as_product *p)
{
    bool silent = p->n_statements == 0;

    for (size_t i = 0; i < p->n_parts && silent; i++)
        silent = !p->parts[i].pedigree || p->parts[i].pedigree->n_patches == 0;
    return silent;
}

as_rc as_apply_statements(struct as_matcher *m, as_err *err)
{
    struct book b = {
        .review = m->review, .product = m->review->product, .fuel = FUEL};
    as_rc rc;

    if (as_statements_none(b.product))
        return AS_OK;
    rc = read_all(m, &b, err);

    free(b.entries);
    free(b.states);
    free(b.targets);
    as_subjects_free(b.subjects);
    return rc;
}
