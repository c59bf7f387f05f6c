/* SPDX-License-Identifier: Apache-2.0 */
/* Conflicts of laws: two rules that bind the same person, one forbidding to
 * comply with the other, or ordering what the other forbids. Shown side by
 * side, never ranked. */
#include "rule/apply_internal.h"

static bool names_rule(as_str pattern, as_str id)
{
    if (as_str_ends(pattern, AS_STR("*")))
        return as_str_starts(id, as_str_slice(pattern, 0, pattern.n - 1));
    return as_str_eq(pattern, id);
}

static bool defies(const as_rule *a, const as_rule *b)
{
    for (size_t i = 0; i < a->n_forbids_complying_with; i++)
        if (names_rule(a->forbids_complying_with[i], b->id))
            return true;
    return false;
}

/* An act that a orders and b forbids. */
static as_str ordered(const as_rule *a, const as_rule *b)
{
    if (b->consequence != AS_FORBIDDEN)
        return AS_ABSENT;
    for (size_t i = 0; i < a->n_requires; i++)
        for (size_t k = 0; k < b->n_acts; k++)
            if (as_str_eq(a->requires[i], b -> acts[k]))
    return a->requires[i];
    return AS_ABSENT;
}

/* Where both are about parties they must be about the same one. */
static bool same_party(const as_trail *a, const as_trail *b)
{
    bool parties = false;

    for (size_t i = 0; i < a->n_notes; i++) {
        for (size_t k = 0; k < b->n_notes; k++) {
            parties = true;
            if (as_str_eq(a->notes[i].name, b->notes[k].name))
                return true;
        }
    }
    return !parties;
}

static bool is_live(const as_rule_result *r)
{
    return r->standing.phase == AS_PHASE_IN_FORCE && r->binds != AS_NO &&
           r->matches != AS_NO;
}

/* Both hold, or one does and who asks is bound by both. */
static bool meet(const as_rule_result *a, const as_rule_result *b)
{
    if (!is_live(a) || !is_live(b))
        return false;
    if (a->matches == AS_YES && b->matches == AS_YES)
        return same_party(&a->trail, &b->trail);
    return (a->matches == AS_YES || b->matches == AS_YES) &&
           a->binds == AS_YES && b->binds == AS_YES;
}

static void put_side(as_rule_run *run, const as_rule_result *r,
                     as_match_evidence *e)
{
    *e = (as_match_evidence){
        .source =
            r->rule->instrument.n ? r->rule->instrument : r->rule->jurisdiction,
        .record = r->rule->id,
        .method = AS_STR("rule"),
        .range = as_phase_word(r->standing.phase),
        .note = as_rule_because(run, r, AS_NO_PART),
    };
}

static void put_missing(as_rule_run *run, const as_rule_result *r,
                        as_finding *f)
{
    size_t n;
    as_wanted *list = as_rule_wanted(run, r, true, &n);

    for (size_t i = 0; f->missing && list && i < n; i++)
        f->missing[f->n_missing++] = as_rule_want_text(run, &list[i]);
}

static as_rule_hit *make_hit(as_rule_run *run, const as_rule_result *a,
                             const as_rule_result *b, uint32_t part)
{
    as_rule_hit *hit = AS_NEW(run->arena, as_rule_hit);

    if (!hit)
        return NULL;
    *hit = (as_rule_hit){
        .rule = a->rule->id,
        .against = b->rule->id,
        .jurisdiction = as_arena_printf(run->arena, "%.*s against %.*s",
                                        AS_FMT(a->rule->jurisdiction),
                                        AS_FMT(b->rule->jurisdiction)),
        .instrument = a->rule->instrument,
        .citation = a->rule->citation,
        .consequence = as_consequence_word(a->rule->consequence),
        .certainty = as_certainty_word(a->standing.certainty),
        .who = as_rule_who_text(run, a->rule),
        .path = as_rule_path_of(run, part),
    };
    return hit;
}

static uint32_t place_of(const as_rule_run *run, const as_rule_result *a,
                         const as_rule_result *b)
{
    if (a->trail.n_hits)
        return a->trail.hits[0];
    return b->trail.n_hits ? b->trail.hits[0] : as_rule_any_part(run);
}

static void describe(as_rule_run *run, const as_rule_result *a,
                     const as_rule_result *b, as_str act)
{
    bool sure = a->matches == AS_YES && b->matches == AS_YES &&
                a->binds == AS_YES && b->binds == AS_YES;
    uint32_t part = place_of(run, a, b);
    as_finding *f = as_rule_add_finding(run);
    as_match_evidence *sides = AS_NEW_ARRAY(run->arena, 2, as_match_evidence);
    as_rule_hit *hit = make_hit(run, a, b, part);

    if (!f || !sides || !hit)
        return;
    f->kind = AS_STR("conflict");
    f->rule = hit;
    f->part = part;
    f->severity = AS_SEVERITY_HIGH;
    f->status = sure ? AS_FINDING_OPEN : AS_FINDING_UNDECIDED;
    f->advisory = as_arena_printf(run->arena, "%.*s against %.*s",
                                  AS_FMT(a->rule->id), AS_FMT(b->rule->id));
    f->id = as_arena_printf(run->arena, "%.*s/%.*s@conflict",
                            AS_FMT(a->rule->id), AS_FMT(b->rule->id));
    f->title = act.n ? as_arena_printf(run->arena,
                                       "one law orders to %.*s what "
                                       "another forbids",
                                       AS_FMT(act))
                     : AS_STR("one law forbids to comply with another");
    f->status_reason =
        as_arena_printf(run->arena,
                        "%.*s (%.*s) against %.*s (%.*s): who is bound by both "
                        "cannot keep both",
                        AS_FMT(a->rule->title), AS_FMT(a->rule->jurisdiction),
                        AS_FMT(b->rule->title), AS_FMT(b->rule->jurisdiction));
    f->remedy = AS_STR("take advice in both jurisdictions before acting; ask "
                       "whether one of them grants an exemption");
    put_side(run, a, &sides[0]);
    put_side(run, b, &sides[1]);
    f->evidence = sides;
    f->n_evidence = 2;
    f->missing = AS_NEW_ARRAY(
        run->arena, a->trail.n_wanted + b->trail.n_wanted + 4, as_str);
    put_missing(run, a, f);
    put_missing(run, b, f);
}

/* The last one that is shown says that it is not the last. */
static void say_more(as_rule_run *run)
{
    as_finding *f =
        run->n_findings ? &run->findings[run->n_findings - 1] : NULL;

    if (f)
        f->status_reason = as_arena_printf(
            run->arena, "%.*s; there are more conflicts than the %d shown",
            AS_FMT(f->status_reason), AS_RULE_CONFLICTS);
}

void as_rule_conflicts(as_rule_run *run)
{
    size_t found = 0;

    for (size_t i = 0; i < run->n_results; i++) {
        const as_rule_result *a = &run->results[i];
        if (found > AS_RULE_CONFLICTS || !is_live(a) ||
            a->rule->n_forbids_complying_with + a->rule->n_requires == 0)
            continue;
        for (size_t k = 0; k < run->n_results && found <= AS_RULE_CONFLICTS;
             k++) {
            const as_rule_result *b = &run->results[k];
            as_str act = ordered(a->rule, b->rule);
            if (k == i || (!act.n && !defies(a->rule, b->rule)) || !meet(a, b))
                continue;
            if (found++ < AS_RULE_CONFLICTS)
                describe(run, a, b, act);
            else
                say_more(run);
        }
    }
}
