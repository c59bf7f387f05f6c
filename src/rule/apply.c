/* SPDX-License-Identifier: Apache-2.0 */
/* All rules held against one product on one date; see rule.h. */
#include "rule/apply_internal.h"

#include "base/limits.h"

#include <stdlib.h>

/* ---- the world ----------------------------------------------------------- */

struct named {
    as_str name;
    uint32_t index;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = as_str_cmp(x->name, y->name);

    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static bool index_facts(as_rule_run *run)
{
    const as_screening *screening = run->in->screening;
    size_t n = screening ? screening->n_facts : 0;
    struct named *list = AS_NEW_ARRAY(run->arena, n, struct named);
    uint32_t *order = AS_NEW_ARRAY(run->arena, n, uint32_t);

    if (!list || !order)
        return false;
    for (size_t i = 0; i < n; i++)
        list[i] = (struct named){screening->facts[i].name, (uint32_t)i};
    qsort(list, n, sizeof *list, by_name);
    for (size_t i = 0; i < n; i++)
        order[i] = list[i].index;
    run->world.facts_by_name = order;
    return true;
}

static bool index_parties(as_rule_run *run)
{
    const as_review *r = run->review;
    size_t n = r->n_part_parties, parts = r->product->n_parts;
    uint32_t *order = AS_NEW_ARRAY(run->arena, n, uint32_t);
    uint32_t *first = AS_NEW_ARRAY(run->arena, parts + 2, uint32_t);

    if (!order || !first)
        return false;
    for (size_t i = 0; i < parts + 2; i++)
        first[i] = 0;
    for (size_t i = 0; i < n; i++)
        first[r->part_parties[i].part + 2]++;
    for (size_t i = 2; i < parts + 2; i++)
        first[i] += first[i - 1];
    for (size_t i = 0; i < n; i++)
        order[first[r->part_parties[i].part + 1]++] = (uint32_t)i;
    run->world.parties_by_part = order;
    run->world.first_party = first;
    return true;
}

static bool index_tree(as_rule_run *run)
{
    const as_product *p = run->review->product;
    uint32_t *first = AS_NEW_ARRAY(run->arena, p->n_parts, uint32_t);
    uint32_t *next = AS_NEW_ARRAY(run->arena, p->n_parts, uint32_t);

    if (!first || !next)
        return false;
    for (size_t i = 0; i < p->n_parts; i++)
        first[i] = next[i] = AS_NO_PART;
    for (size_t i = p->n_parts; i-- > 0;) {
        uint32_t parent = p->parts[i].parent;
        if (parent == AS_NO_PART)
            continue;
        next[i] = first[parent];
        first[parent] = (uint32_t)i;
    }
    run->world.first_child = first;
    run->world.next_sibling = next;
    return true;
}

/* "complete" alone: "incomplete_first_party_only" and the like are not. */
static bool index_closed(as_rule_run *run)
{
    const as_product *p = run->review->product;
    bool *closed = AS_NEW_ARRAY(run->arena, p->n_parts, bool);
    as_ref_table *refs = p->n_compositions ? as_ref_table_new(p) : NULL;

    if (!closed || (p->n_compositions && !refs)) {
        as_ref_table_free(refs);
        return false;
    }
    for (size_t i = 0; i < p->n_compositions; i++) {
        const as_composition *c = &p->compositions[i];
        if (!as_str_eq(c->aggregate, AS_STR("complete")))
            continue;
        for (size_t k = 0; k < c->n_assemblies; k++) {
            uint32_t part = as_ref_table_find(refs, c->assemblies[k]);
            if (part != AS_NO_PART)
                closed[part] = true;
        }
    }
    as_ref_table_free(refs);
    run->world.closed = closed;
    return true;
}

/* ---- whom it binds ------------------------------------------------------- */

static bool binds_law(const as_context *c, as_str law)
{
    for (size_t i = 0; i < c->n_jurisdictions; i++)
        if (as_str_eq(c->jurisdictions[i], law))
            return true;
    if (c->n_jurisdictions)
        return false;
    for (size_t i = 0; i < c->n_roles; i++)
        if (as_str_eq(as_role_jurisdiction(c->roles[i]), law))
            return true;
    return false;
}

/* "us-person" is whoever the law of the US binds. */
static as_truth has_role(const as_context *c, as_str role)
{
    if (as_str_eq(role, AS_STR("any")))
        return AS_YES;
    for (size_t i = 0; c && i < c->n_roles; i++)
        if (as_role_implies(c->roles[i], role))
            return AS_YES;
    if (!c || c->n_roles + c->n_jurisdictions == 0)
        return AS_UNSURE;
    if (as_str_ends(role, AS_STR("-person")))
        return binds_law(c, as_role_jurisdiction(role)) ? AS_YES : AS_NO;
    if (c->n_roles)
        return AS_NO;
    return binds_law(c, as_role_jurisdiction(role)) ? AS_UNSURE : AS_NO;
}

static as_truth has_act(const as_context *c, const as_rule *r)
{
    if (r->n_acts == 0)
        return AS_YES;
    if (!c || c->n_acts == 0)
        return AS_UNSURE;
    for (size_t i = 0; i < c->n_acts; i++)
        for (size_t k = 0; k < r->n_acts; k++)
            if (as_str_eq(c->acts[i], r->acts[k]))
                return AS_YES;
    return AS_NO;
}

static void evaluate_binding(const as_context *c, as_rule_result *r)
{
    r->roles = r->rule->n_roles ? AS_NO : AS_YES;
    for (size_t i = 0; i < r->rule->n_roles; i++)
        r->roles = as_truth_or(r->roles, has_role(c, r->rule->roles[i]));
    r->acts = has_act(c, r->rule);
    r->binds = as_truth_and(r->roles, r->acts);
}

/* ---- one rule ------------------------------------------------------------ */

static bool asks_party(const as_expr *e)
{
    if (e->kind == AS_EXPR_PARTY || e->kind == AS_EXPR_DEALINGS)
        return true;
    for (size_t i = 0; i < e->n_children; i++)
        if (asks_party(e->children[i]))
            return true;
    return false;
}

/* An exception is for the one who needs it to show: only one that holds takes
 * the rule away; one that may hold is named. */
static void evaluate_exceptions(as_rule_run *run, as_rule_result *r,
                                const as_subject *s)
{
    as_trail *scratch = AS_NEW(run->arena, as_trail);
    as_buf titles;

    if (!scratch)
        return;
    as_buf_init(&titles, 65536);
    for (size_t i = 0; i < r->rule->n_unless; i++) {
        const as_exception *e = &r->rule->unless[i];
        as_truth t = as_expr_eval(e->when, s, scratch);
        if (t == AS_YES) {
            r->matches = AS_NO;
            r->excepted = e->title;
            break;
        }
        if (t == AS_NO)
            continue;
        as_buf_c(&titles, titles.n ? "; " : "");
        as_buf_str(&titles, e->title);
    }
    r->unsure_exceptions = as_arena_str(run->arena, as_buf_text(&titles));
    as_buf_done(&titles);
}

void as_rule_evaluate(as_rule_run *run, as_rule_result *r, as_date day)
{
    as_subject s = {run->review, NULL, &run->world, AS_NO_PART};

    run->world.day = day;
    r->trail.n_wanted = r->trail.more_wanted = 0;
    r->trail.n_hits = r->trail.more_hits = r->trail.n_notes = 0;
    r->excepted = AS_ABSENT;
    r->matches = as_expr_eval(r->rule->when, &s, &r->trail);
    if (r->matches != AS_NO && r->rule->n_unless)
        evaluate_exceptions(run, r, &s);
}

/* A rule that is over for good need not be held against anything. */
static void evaluate(as_rule_run *run, as_rule_result *r, as_date day)
{
    r->standing = as_rule_standing(r->rule, day);
    r->by_party = asks_party(r->rule->when);
    evaluate_binding(run->in->context, r);
    r->matches = AS_NO;
    if (r->standing.phase != AS_PHASE_OVER && r->binds != AS_NO)
        as_rule_evaluate(run, r, day);
}

/* ---- findings ------------------------------------------------------------ */

as_finding *as_rule_add_finding(as_rule_run *run)
{
    as_finding *grown =
        as_arena_grow(run->arena, run->findings, &run->cap_findings,
                      run->n_findings + 1, sizeof *grown);
    as_finding *f;

    if (!grown)
        return NULL;
    run->findings = grown;
    f = &grown[run->n_findings++];
    *f = (as_finding){.score = -1,
                      .likelihood = -1,
                      .percentile = -1,
                      .exploited = AS_NO,
                      .confidence = AS_CONFIDENCE_HIGH};
    return f;
}

uint32_t as_rule_any_part(const as_rule_run *run)
{
    uint32_t root = run->review->product->root;

    return root == AS_NO_PART ? 0 : root;
}

/* What a rule that could not be decided is shown at: the part whose fact is
 * missing, when it is one. */
static uint32_t part_in_doubt(const as_rule_run *run, const as_rule_result *r)
{
    uint32_t part = AS_NO_PART;

    for (size_t i = 0; i < r->trail.n_wanted; i++) {
        uint32_t one = r->trail.wanted[i].part;
        if (one == AS_NO_PART)
            continue;
        if (part != AS_NO_PART && part != one)
            return as_rule_any_part(run);
        part = one;
    }
    return part == AS_NO_PART || r->trail.more_wanted ? as_rule_any_part(run)
                                                      : part;
}

/* A duty of everybody of a role is news only to somebody of that role. */
bool as_rule_speaks(const as_rule_result *r)
{
    if (r->rule->consequence == AS_DUTY)
        return r->binds == AS_YES;
    return r->binds != AS_NO;
}

/* Whether a finding is due at all, and of which status. Somebody who said
 * nothing of himself is shown what hits, not all that might. */
static bool status_of(const as_rule_run *run, const as_rule_result *r,
                      as_finding_status *ret)
{
    bool half = r->roles == AS_YES || r->acts == AS_YES;

    if (r->matches == AS_NO || !as_rule_speaks(r))
        return false;
    if (r->standing.phase != AS_PHASE_IN_FORCE) {
        *ret = AS_FINDING_CANDIDATE;
        return r->standing.phase != AS_PHASE_OVER && r->matches == AS_YES;
    }
    *ret = r->binds == AS_YES && r->matches == AS_YES ? AS_FINDING_OPEN
                                                      : AS_FINDING_UNDECIDED;
    if (r->binds == AS_YES || r->matches == AS_YES)
        return true;
    return !as_context_is_empty(run->in->context) && half;
}

static void report(as_rule_run *run, const as_rule_result *r)
{
    as_finding_status status;

    if (!status_of(run, r, &status))
        return;
    if (r->matches == AS_YES && r->trail.n_hits) {
        for (size_t i = 0; i < r->trail.n_hits; i++)
            as_rule_describe(run, r, r->trail.hits[i], status);
        return;
    }
    as_rule_describe(run, r, part_in_doubt(run, r), status);
}

/* ---- the account of all rules -------------------------------------------- */

static as_str why_of(as_rule_run *run, const as_rule_result *r)
{
    if (r->rule->off.n)
        return as_arena_printf(run->arena, "switched off: %.*s",
                               AS_FMT(r->rule->off));
    if (r->binds == AS_NO)
        return AS_STR("it does not bind who asks, for this act");
    if (r->standing.phase == AS_PHASE_OVER)
        return AS_STR("it is no longer in force");
    if (r->excepted.n)
        return as_arena_printf(run->arena, "an exception holds: %.*s",
                               AS_FMT(r->excepted));
    if (r->matches == AS_NO)
        return AS_STR("its condition does not hold");
    if (r->matches == AS_UNSURE)
        return as_arena_printf(
            run->arena, "%zu fact%s missing",
            r->trail.n_wanted + r->trail.more_wanted,
            r->trail.n_wanted + r->trail.more_wanted == 1 ? " is" : "s are");
    return as_rule_because(run, r,
                           r->trail.n_hits ? r->trail.hits[0] : AS_NO_PART);
}

static void account(as_rule_run *run, const as_rule_result *r,
                    as_rule_outcome *o)
{
    *o = (as_rule_outcome){
        .rule = r->rule->id,
        .title = r->rule->title,
        .jurisdiction = r->rule->jurisdiction,
        .consequence = as_consequence_word(r->rule->consequence),
        .state = as_phase_word(r->standing.phase),
        .source = r->rule->source,
        .binds = r->binds,
        .matches = r->matches,
    };
    o->why = why_of(run, r);
    if (r->matches == AS_UNSURE)
        o->wanted = as_rule_wanted(run, r, false, &o->n_wanted);
}

/* ---- all of it ----------------------------------------------------------- */

/* Among those that are there. */
static bool put_findings(as_rule_run *run)
{
    as_review *r = run->review;
    size_t n = run->n_findings + r->n_findings;
    as_finding *all = AS_NEW_ARRAY(run->arena, n, as_finding);

    if (!all)
        return false;
    for (size_t i = 0; i < run->n_findings; i++)
        all[i] = run->findings[i];
    for (size_t i = 0; i < r->n_findings; i++)
        all[run->n_findings + i] = r->findings[i];
    as_findings_order(all, n);
    r->findings = all;
    r->n_findings = n;
    return true;
}

/* Refs that two parts have name no finding. */
static bool index_refs(as_rule_run *run)
{
    const as_product *p = run->review->product;
    struct named *list = AS_NEW_ARRAY(run->arena, p->n_parts, struct named);
    bool *shared = AS_NEW_ARRAY(run->arena, p->n_parts, bool);

    if (!list || !shared)
        return false;
    for (size_t i = 0; i < p->n_parts; i++)
        list[i] = (struct named){p->parts[i].ref, (uint32_t)i};
    if (p->n_parts)
        qsort(list, p->n_parts, sizeof *list, by_name);
    for (size_t i = 1; i < p->n_parts; i++)
        if (as_str_eq(list[i].name, list[i - 1].name))
            shared[list[i].index] = shared[list[i - 1].index] = true;
    run->shared_ref = shared;
    return true;
}

static bool prepare(as_rule_run *run)
{
    run->world = (as_world){.review = run->review,
                            .product = run->review->product,
                            .in = run->in,
                            .steps = &run->steps};
    run->results = AS_NEW_ARRAY(run->arena, run->in->rules->n, as_rule_result);
    return run->results && index_facts(run) &&
           (run->in->screening != run->review->screening ||
            index_parties(run)) &&
           index_tree(run) && index_closed(run) && index_refs(run);
}

static bool apply(as_rule_run *run, as_date day)
{
    as_review *review = run->review;

    review->rules =
        AS_NEW_ARRAY(run->arena, run->in->rules->n, as_rule_outcome);
    if (!review->rules || !prepare(run))
        return false;
    run->steps = run->in->steps ? run->in->steps : AS_RULE_STEPS;
    for (size_t i = 0; i < run->in->rules->n; i++) {
        as_rule_result *r = &run->results[run->n_results++];
        r->rule = &run->in->rules->items[i];
        if (r->rule->off.n) {
            r->matches = r->binds = AS_NO;
            r->standing.phase = AS_PHASE_OVER;
        } else {
            evaluate(run, r, day);
            if (review->product->n_parts)
                report(run, r);
        }
        account(run, r, &review->rules[review->n_rules++]);
    }
    if (review->product->n_parts)
        as_rule_conflicts(run);
    as_rule_changes(run);
    review->next_changes = run->changes;
    review->n_next_changes = run->n_changes;
    return as_rule_requests(run) && put_findings(run) &&
           !as_arena_failed(run->arena);
}

as_rc as_rules_apply(const as_rule_input *in, as_review *review, as_err *err)
{
    as_rule_run run = {.in = in, .review = review, .arena = review->arena};
    as_date day;

    if (!as_date_read(review->as_of, &day))
        return as_fail(err, AS_ERR_INTERNAL, "the review has no date");
    review->context_given = !as_context_is_empty(in->context);
    if (!as_context_describe(in->context, review) || !apply(&run, day))
        return as_fail(err, AS_ERR_LIMIT, "the rules need too much memory");
    return AS_OK;
}
