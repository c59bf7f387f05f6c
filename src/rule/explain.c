/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule found, in words: because of what, what is missing and who could
 * say it. */
#include "rule/apply_internal.h"

#include <stdlib.h>

enum { PATH_BYTES = 4096, TEXT_BYTES = 16384, NAME_BYTES = 120 };

/* ---- names --------------------------------------------------------------- */

static void put_part(as_buf *b, const as_part *p)
{
    as_str name = as_str_slice(p->name, 0, NAME_BYTES);

    while (name.n && name.n < p->name.n && ((uint8_t)name.p[name.n - 1] & 0x80))
        name.n--;
    as_buf_str(b, name.n ? name : AS_STR("(unnamed)"));
}

as_str as_rule_path_of(as_rule_run *run, uint32_t part)
{
    const as_product *p = run->review->product;
    uint32_t chain[32];
    size_t n = 0;
    as_buf b;
    as_str s;

    for (uint32_t i = part; i != AS_NO_PART && n < AS_ARRAY_LEN(chain);
         i = p->parts[i].parent)
        chain[n++] = i;
    as_buf_init(&b, PATH_BYTES);
    while (n-- > 0) {
        if (b.n)
            as_buf_c(&b, " > ");
        put_part(&b, &p->parts[chain[n]]);
    }
    s = as_arena_str(run->arena, as_buf_text(&b));
    as_buf_done(&b);
    return s;
}

as_str as_rule_who_text(as_rule_run *run, const as_rule *r)
{
    as_buf b;
    as_str s;

    as_buf_init(&b, TEXT_BYTES);
    as_rule_who(r, &b);
    s = as_arena_str(run->arena, as_buf_text(&b));
    as_buf_done(&b);
    return s;
}

/* ---- because ------------------------------------------------------------- */

static void put_match(as_buf *b, const as_note *note)
{
    const as_party_match *m = note->match;

    for (size_t i = 0; i < note->role.n; i++)
        as_buf_byte(b, note->role.p[i] == '_' ? ' ' : note->role.p[i]);
    as_buf_printf(b, " \"%.*s\" is ",
                  AS_FMT(as_str_slice(note->name, 0, NAME_BYTES)));
    if (!m) {
        as_buf_c(b, "named by it");
        return;
    }
    if (as_str_eq(m->list, AS_STR("family"))) {
        as_buf_printf(b, "of the family %.*s", AS_FMT(m->id));
        return;
    }
    if (m->n_path) {
        as_buf_c(b, "held by listed owners: ");
        as_party_path_write(note->name, m, b);
        return;
    }
    as_buf_printf(b, "on the list %.*s", AS_FMT(m->list));
    if (m->listed_name.n && !m->n_path)
        as_buf_printf(b, " as \"%.*s\"",
                      AS_FMT(as_str_slice(m->listed_name, 0, NAME_BYTES)));
}

/* Notes about a part, and those about nobody's part (the context's parties). */
static bool is_about(const as_note *note, uint32_t part)
{
    return part == AS_NO_PART || note->part == part || note->part == AS_NO_PART;
}

/* The maker of a part is one of its other roles again. */
static bool is_told(const as_rule_result *r, size_t k)
{
    const as_note *a = &r->trail.notes[k];

    for (size_t i = 0; i < k && a->match; i++) {
        const as_note *b = &r->trail.notes[i];
        if (b->match && b->part == a->part && as_str_eq(b->name, a->name) &&
            as_str_eq(b->match->list, a->match->list) &&
            as_str_eq(b->match->id, a->match->id))
            return true;
    }
    return false;
}

as_str as_rule_because(as_rule_run *run, const as_rule_result *r, uint32_t part)
{
    as_buf b;
    as_str s;
    bool any = false;

    as_buf_init(&b, TEXT_BYTES);
    for (size_t i = 0; i < r->trail.n_notes; i++) {
        const as_note *note = &r->trail.notes[i];
        if (!is_about(note, part) || is_told(r, i))
            continue;
        as_buf_c(&b, any ? ", and " : "");
        put_match(&b, note);
        any = true;
        if (part == AS_NO_PART)
            break;
    }
    if (!any)
        as_buf_str(&b, r->rule->reason);
    s = as_arena_str(run->arena, as_buf_text(&b));
    as_buf_done(&b);
    return s;
}

/* ---- what is missing ----------------------------------------------------- */

/* Who could usually supply a fact, when the rule does not say. */
static as_str usual_source(as_str fact)
{
    static const struct {
        as_str fact, who;
    } sources[] = {
        {AS_STR_INIT("part.foundry"), AS_STR_INIT("its maker")},
        {AS_STR_INIT("part.designer"), AS_STR_INIT("its maker")},
        {AS_STR_INIT("part.cell_maker"), AS_STR_INIT("its maker")},
        {AS_STR_INIT("part.node"), AS_STR_INIT("its maker or foundry")},
        {AS_STR_INIT("part.eccn"), AS_STR_INIT("its maker")},
        {AS_STR_INIT("part.value_share"), AS_STR_INIT("maker of the product")},
        {AS_STR_INIT("part.authorised"), AS_STR_INIT("its maker")},
        {AS_STR_INIT("part.chips"), AS_STR_INIT("its maker")},
        {AS_STR_INIT("part.parts"), AS_STR_INIT("its maker")},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(sources); i++)
        if (as_str_eq(sources[i].fact, fact))
            return sources[i].who;
    if (as_str_starts(fact, AS_STR("part.")) ||
        as_str_starts(fact, AS_STR("product.")))
        return AS_STR("supplier");
    return AS_STR("own organisation");
}

static as_str source_of(const as_rule *rule, as_str fact)
{
    for (size_t i = 0; i < rule->n_ask; i++)
        if (as_str_eq(rule->ask[i].name, fact))
            return rule->ask[i].value;
    return usual_source(fact);
}

/* The wants of a result with who could supply them; context: with what is not
 * known of the asker. */
as_wanted *as_rule_wanted(as_rule_run *run, const as_rule_result *r,
                          bool context, size_t *ret_n)
{
    size_t n = 0;
    as_wanted *list =
        AS_NEW_ARRAY(run->arena, r->trail.n_wanted + 2, as_wanted);

    *ret_n = 0;
    if (!list)
        return NULL;
    if (context && r->roles == AS_UNSURE)
        list[n++] =
            (as_wanted){.fact = AS_STR("context.roles"), .part = AS_NO_PART};
    if (context && r->acts == AS_UNSURE)
        list[n++] =
            (as_wanted){.fact = AS_STR("context.acts"), .part = AS_NO_PART};
    for (size_t i = 0; i < r->trail.n_wanted && r->matches == AS_UNSURE; i++)
        list[n++] = r->trail.wanted[i];
    for (size_t i = 0; i < n; i++)
        list[i].ask = source_of(r->rule, list[i].fact);
    *ret_n = n;
    return list;
}

static void put_fact(as_buf *b, as_str fact)
{
    static const struct {
        as_str fact, text;
    } names[] = {
        {AS_STR_INIT("context.roles"), AS_STR_INIT("who asks (role)")},
        {AS_STR_INIT("context.acts"), AS_STR_INIT("what is to be done (act)")},
        {AS_STR_INIT("context.parties"), AS_STR_INIT("who takes part")},
        {AS_STR_INIT("part.country"), AS_STR_INIT("country of production")},
        {AS_STR_INIT("part.node"), AS_STR_INIT("technology node")},
        {AS_STR_INIT("part.value_share"), AS_STR_INIT("share of value")},
        {AS_STR_INIT("part.chips"), AS_STR_INIT("list of chips")},
        {AS_STR_INIT("part.parts"), AS_STR_INIT("list of parts")},
        {AS_STR_INIT("part.authorised"),
         AS_STR_INIT("date of equipment authorisation")},
        {AS_STR_INIT("party.name"), AS_STR_INIT("a name that can be screened")},
        {AS_STR_INIT("party.identity"),
         AS_STR_INIT("whether it is the listed party")},
        {AS_STR_INIT("party.owners"), AS_STR_INIT("its owners and shares")},
        {AS_STR_INIT("list"), AS_STR_INIT("a complete copy of the list")},
        {AS_STR_INIT("family"), AS_STR_INIT("who belongs to the family")},
        {AS_STR_INIT("screening"), AS_STR_INIT("screening of the parties")},
    };
    size_t dot = as_str_find(fact, '.');

    for (size_t i = 0; i < AS_ARRAY_LEN(names); i++) {
        if (as_str_eq(names[i].fact, fact)) {
            as_buf_str(b, names[i].text);
            return;
        }
    }
    if (dot == fact.n) {
        as_buf_printf(b, "whether this holds: %.*s (--fact %.*s=yes or =no)",
                      AS_FMT(fact), AS_FMT(fact));
        return;
    }
    for (size_t i = dot + 1; i < fact.n; i++)
        as_buf_byte(b, fact.p[i] == '_' ? ' ' : fact.p[i]);
}

static as_str fact_text(as_rule_run *run, const as_wanted *w)
{
    as_buf b;
    as_str s;

    as_buf_init(&b, TEXT_BYTES);
    put_fact(&b, w->fact);
    if (w->part != AS_NO_PART)
        as_buf_printf(&b, " of %.*s", AS_FMT(as_rule_path_of(run, w->part)));
    if (w->detail.n)
        as_buf_printf(&b, " (%.*s)",
                      AS_FMT(as_str_slice(w->detail, 0, NAME_BYTES * 2)));
    s = as_arena_str(run->arena, as_buf_text(&b));
    as_buf_done(&b);
    return s;
}

as_str as_rule_want_text(as_rule_run *run, const as_wanted *w)
{
    return as_arena_printf(run->arena, "%.*s: ask %.*s",
                           AS_FMT(fact_text(run, w)), AS_FMT(w->ask));
}

/* ---- whom to ask for what ------------------------------------------------ */

struct want {
    as_request request;
    as_str rule;
};

static int want_cmp(const void *a, const void *b)
{
    const struct want *x = a, *y = b;
    int order = as_str_cmp(x->request.ask, y->request.ask);

    if (!order)
        order = as_str_cmp(x->request.whom, y->request.whom);
    if (!order)
        order = as_str_cmp(x->request.what, y->request.what);
    return order ? order : as_str_cmp(x->rule, y->rule);
}

static bool is_one_request(const as_request *a, const as_request *b)
{
    return as_str_eq(a->ask, b->ask) && as_str_eq(a->whom, b->whom) &&
           as_str_eq(a->what, b->what);
}

/* Who is meant by "its maker", "supplier" of the part. */
static as_str whom(const as_rule_run *run, const as_wanted *w)
{
    const as_part *p;

    if (w->part == AS_NO_PART)
        return AS_ABSENT;
    p = &run->review->product->parts[w->part];
    if (as_str_ends(w->ask, AS_STR("supplier")))
        return as_part_value(p, AS_ATTR_SUPPLIER);
    if (as_str_starts(w->ask, AS_STR("its maker")))
        return as_part_value(p, AS_ATTR_MAKER);
    return AS_ABSENT;
}

static struct want *gather_wants(as_rule_run *run, size_t *ret_n)
{
    struct want *list;
    size_t n = 0;

    for (size_t i = 0; i < run->n_findings; i++)
        n += run->findings[i].rule ? run->findings[i].rule->n_wanted : 0;
    list = AS_NEW_ARRAY(run->arena, n, struct want);
    *ret_n = 0;
    for (size_t i = 0; list && i < run->n_findings; i++) {
        const as_rule_hit *hit = run->findings[i].rule;
        for (size_t k = 0; hit && k < hit->n_wanted; k++) {
            const as_wanted *w = &hit->wanted[k];
            list[(*ret_n)++] = (struct want){{.ask = w->ask,
                                              .whom = whom(run, w),
                                              .what = fact_text(run, w),
                                              .fact = w->fact,
                                              .part = w->part},
                                             hit->rule};
        }
    }
    return list;
}

static bool add_rule(as_rule_run *run, as_request *r, as_str rule, size_t most)
{
    if (!r->rules)
        r->rules = AS_NEW_ARRAY(run->arena, most, as_str);
    if (!r->rules)
        return false;
    if (r->n_rules == 0 || !as_str_eq(r->rules[r->n_rules - 1], rule))
        r->rules[r->n_rules++] = rule;
    return true;
}

bool as_rule_requests(as_rule_run *run)
{
    as_review *r = run->review;
    size_t n;
    struct want *list = gather_wants(run, &n);

    r->requests = AS_NEW_ARRAY(run->arena, n, as_request);
    if (!list || !r->requests)
        return false;
    if (n)
        qsort(list, n, sizeof *list, want_cmp);
    for (size_t i = 0; i < n;) {
        size_t same = 1;
        as_request *to = &r->requests[r->n_requests++];
        *to = list[i].request;
        while (i + same < n && is_one_request(to, &list[i + same].request))
            same++;
        for (size_t k = 0; k < same; k++)
            if (!add_rule(run, to, list[i + k].rule, same))
                return false;
        i += same;
    }
    return true;
}

/* ---- the finding --------------------------------------------------------- */

static as_str span_text(as_rule_run *run, const as_rule_result *r)
{
    const as_standing *s = &r->standing;
    as_str since = as_date_str(run->arena, s->since);
    as_str until = as_date_str(run->arena, s->until);

    return as_arena_printf(
        run->arena, "%.*s%s%.*s%s%.*s (%.*s)", AS_FMT(as_phase_word(s->phase)),
        !since.n                        ? ""
        : s->phase == AS_PHASE_NOT_YET  ? ", from "
        : s->phase == AS_PHASE_PROPOSED ? ", meant from "
                                        : " since ",
        AS_FMT(since), until.n ? " until " : "", AS_FMT(until),
        AS_FMT(as_certainty_word(s->certainty)));
}

static as_str owners_text(as_rule_run *run, as_str name,
                          const as_party_match *m)
{
    as_buf b;
    as_str s;

    as_buf_init(&b, TEXT_BYTES);
    as_party_path_write(name, m, &b);
    s = as_arena_str(run->arena, as_buf_text(&b));
    as_buf_done(&b);
    return s;
}

static void put_evidence(as_rule_run *run, const as_rule_result *r,
                         uint32_t part, as_finding *f)
{
    const as_rule *rule = r->rule;
    as_match_evidence *e =
        AS_NEW_ARRAY(run->arena, r->trail.n_notes + 1, as_match_evidence);

    if (!e)
        return;
    f->evidence = e;
    e[f->n_evidence++] = (as_match_evidence){
        .source = rule->instrument.n ? rule->instrument : rule->jurisdiction,
        .record = rule->id,
        .method = AS_STR("rule"),
        .range = span_text(run, r),
        .note = rule->reason,
    };
    for (size_t i = 0; i < r->trail.n_notes && f->n_evidence < 20; i++) {
        const as_note *note = &r->trail.notes[i];
        if (!note->match || !is_about(note, part) || is_told(r, i))
            continue;
        e[f->n_evidence++] = (as_match_evidence){
            .source = note->match->list,
            .record = note->match->id,
            .method = AS_STR("party"),
            .key = note->name,
            .version = note->match->edition,
            .note = note->match->n_path
                        ? owners_text(run, note->name, note->match)
                        : note->match->listed_name,
        };
    }
}

static void put_missing(as_rule_run *run, const as_rule_result *r,
                        as_rule_hit *hit, as_finding *f)
{
    size_t more = r->matches == AS_UNSURE ? r->trail.more_wanted : 0;

    hit->wanted = as_rule_wanted(run, r, true, &hit->n_wanted);
    f->missing = AS_NEW_ARRAY(run->arena, hit->n_wanted + 1, as_str);
    for (size_t i = 0; f->missing && i < hit->n_wanted; i++)
        f->missing[f->n_missing++] = as_rule_want_text(run, &hit->wanted[i]);
    run->review->more_requests += more;
    if (f->missing && more)
        f->missing[f->n_missing++] =
            as_arena_printf(run->arena, "and %zu more fact%s of the same kind",
                            more, more == 1 ? "" : "s");
}

static as_rule_hit *make_hit(as_rule_run *run, const as_rule_result *r,
                             uint32_t part)
{
    as_rule_hit *hit = AS_NEW(run->arena, as_rule_hit);
    const as_rule *rule = r->rule;

    if (!hit)
        return NULL;
    *hit = (as_rule_hit){
        .rule = rule->id,
        .jurisdiction = rule->jurisdiction,
        .instrument = rule->instrument,
        .citation = rule->citation,
        .consequence = as_consequence_word(rule->consequence),
        .certainty = as_certainty_word(r->standing.certainty),
        .who = as_rule_who_text(run, rule),
        .from = as_date_str(run->arena, r->standing.since),
        .to = as_date_str(run->arena, r->standing.until),
        .path = as_rule_path_of(run, part),
    };
    return hit;
}

static as_str remedy_of(as_rule_run *run, const as_rule_result *r)
{
    as_str remedy = r->rule->remedy.n
                        ? r->rule->remedy
                        : AS_STR("have it looked at by those who know the law");

    if (!r->unsure_exceptions.n)
        return remedy;
    return as_arena_printf(run->arena, "%.*s; exceptions that may hold: %.*s",
                           AS_FMT(remedy), AS_FMT(r->unsure_exceptions));
}

/* RULE@REF; RULE@PATH where there is no ref or two parts share it. */
static as_str identity_of(as_rule_run *run, as_str rule, uint32_t part)
{
    const as_part *p = &run->review->product->parts[part];
    as_str s;
    as_buf b;

    if (p->ref.n && !run->shared_ref[part])
        return as_arena_printf(run->arena, "%.*s@%.*s", AS_FMT(rule),
                               AS_FMT(p->ref));
    as_buf_init(&b, PATH_BYTES);
    as_part_path(run->review->product, part, &b);
    s = as_arena_printf(run->arena, "%.*s@%.*s", AS_FMT(rule),
                        AS_FMT(as_buf_text(&b)));
    as_buf_done(&b);
    return s;
}

/* "for a US federal contractor that buys: forbidden, from 2027-12-23". */
static as_str status_text(as_rule_run *run, const as_rule_result *r,
                          const as_rule_hit *hit, uint32_t part)
{
    return as_arena_printf(
        run->arena, "for %.*s: %s%.*s, %.*s%s%.*s", AS_FMT(hit->who),
        r->matches == AS_UNSURE ? "perhaps " : "", AS_FMT(hit->consequence),
        AS_FMT(span_text(run, r)), r->matches == AS_UNSURE ? "" : "; because ",
        AS_FMT(r->matches == AS_UNSURE ? AS_STR("")
                                       : as_rule_because(run, r, part)));
}

void as_rule_describe(as_rule_run *run, const as_rule_result *r, uint32_t part,
                      as_finding_status status)
{
    as_rule_hit *hit = make_hit(run, r, part);
    as_finding *f = as_rule_add_finding(run);

    if (!f || !hit)
        return;
    f->kind = AS_STR("rule");
    f->rule = hit;
    f->part = part;
    f->severity = r->rule->severity;
    f->status = status;
    f->title = r->rule->title;
    f->advisory = r->rule->id;
    f->url = r->rule->source;
    f->id = identity_of(run, r->rule->id, part);
    f->remedy = remedy_of(run, r);
    put_evidence(run, r, part, f);
    put_missing(run, r, hit, f);
    f->status_reason = status_text(run, r, hit, part);
}
