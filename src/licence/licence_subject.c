/* SPDX-License-Identifier: Apache-2.0 */
/* Step 1: is the item subject to the EAR? US origin or in the US (734.3(a));
 * else more controlled US content than de minimis (734.4, by value), or one of
 * the cases without a minimum; else a foreign direct product (734.9), where no
 * share of content counts. */
#include "licence/licence_internal.h"

static bool in_set(as_run *r, const char *id)
{
    const as_ear_set *set = as_ear_set_get(r->ear, id);

    return r->item_known &&
           as_eccn_in_list(set->items, r->item, NULL) != AS_NO &&
           as_ear_reaches(set->to, r->to) != AS_NO;
}

static as_licence_row *row(as_run *r, const char *section, const char *what)
{
    as_licence_row *out = as_run_row(r, "subject", AS_UNSURE);

    out->reason = AS_STR("subject");
    out->section = as_str_c(section);
    out->what = as_str_c(what);
    return out;
}

/* ---- origin ----------------------------------------------------------------
 */

static as_truth by_origin(as_run *r)
{
    const as_ear_place *origin = as_ear_place_named(r->ear, r->f->origin);
    as_licence_row *out =
        row(r, "734.3(a)(1), (2)", "in the US, or of US origin");
    as_truth us = AS_UNSURE;

    if (r->f->kind == AS_LICENCE_EXPORT && r->from &&
        as_str_eq(r->from->code, AS_STR("US"))) {
        out->required = AS_YES;
        out->why = AS_STR("it leaves from the US");
        return AS_YES;
    }
    if (origin)
        us = as_str_eq(origin->code, AS_STR("US")) ? AS_YES : AS_NO;
    if (us == AS_UNSURE)
        as_run_missing_free(r, out, "item.origin",
                            "in which country was it produced?", "maker");
    if (us == AS_YES)
        out->why = AS_STR("it is of US origin, wherever it is");
    else
        us = as_truth_or(us, r->from && as_str_eq(r->from->code, AS_STR("US"))
                                 ? AS_YES
                             : r->f->facts[AS_FACT_IN_US] != AS_UNSURE
                                 ? r->f->facts[AS_FACT_IN_US]
                             : r->from ? AS_NO
                                       : as_run_ask(r, out, AS_FACT_IN_US));
    out->required = us;
    if (us != AS_YES)
        out->why = us == AS_NO ? AS_STR("foreign-made and outside the US")
                               : AS_STR("origin or place is not known");
    return us;
}

/* ---- de minimis ------------------------------------------------------------
 */

struct no_minimum {
    as_licence_fact fact;
    const char *section;
    const char *set;    /* only asked for items of this set, or NULL */
    const char *to;     /* only for these destinations, or NULL */
    const char *groups; /* only for items of these groups or categories */
};
static const struct no_minimum no_minimum[] = {
    {AS_FACT_NM_COMPUTER, "734.4(a)(1)", NULL, NULL, "4A"},
    {AS_FACT_NM_ENCRYPTION, "734.4(a)(2)", NULL, NULL, "5E"},
    {AS_FACT_NM_LITHOGRAPHY, "734.4(a)(3)", NULL, NULL, "3B"},
    {AS_FACT_NM_ENGINE, "734.4(a)(4)", NULL, NULL, "9E"},
    {AS_FACT_NM_0A919, "734.4(a)(5)", NULL, "D:5", "0A"},
    {AS_FACT_NM_SERIES, "734.4(a)(6)(i)", NULL, "D:5", NULL},
    {AS_FACT_NM_SERIES_Y, "734.4(a)(6)(ii)", NULL, "E:1 E:2 BY CN RU", NULL},
    {AS_FACT_CONTAINS_US_IC, "734.4(a)(8)", "deminimis-sme", NULL, NULL},
    {AS_FACT_CONTAINS_US_IC, "734.4(a)(9)", "deminimis-3b", NULL, NULL},
};

static as_truth without_minimum(as_run *r)
{
    as_truth any = AS_NO;

    for (size_t i = 0; i < AS_ARRAY_LEN(no_minimum); i++) {
        const struct no_minimum *n = &no_minimum[i];
        as_licence_row *out;
        as_truth t = r->f->facts[n->fact];
        bool apt = t == AS_YES;
        if (n->set && !in_set(r, n->set))
            continue;
        if (n->to && as_ear_reaches(as_str_c(n->to), r->to) == AS_NO)
            continue;
        if (!apt && n->groups &&
            (!r->item_known ||
             as_eccn_in_list(as_str_c(n->groups), r->item, NULL) == AS_NO))
            continue;
        out = row(r, n->section, "content without a minimum");
        out->required = as_run_ask(r, out, n->fact);
        out->why = as_str_c(as_licence_fact_question(n->fact));
        any = as_truth_or(any, t);
    }
    return any;
}

static as_truth by_content(as_run *r)
{
    bool ten = as_ear_place_in(r->to, AS_STR("E:1")) ||
               as_ear_place_in(r->to, AS_STR("E:2"));
    double limit = ten ? 10 : 25;
    as_truth none = without_minimum(r);
    as_licence_row *out = row(r, ten ? "734.4(c)" : "734.4(d)", "de minimis");

    if (r->f->us_share_high < 0) {
        out->required = AS_UNSURE;
        out->why = as_arena_printf(
            r->arena, "the limit is %.0f %% of controlled US content", limit);
        as_run_missing_free(r, out, "item.us_content_share",
                            "what share of its value is controlled US content "
                            "(supplement no. 2 to part 734)?",
                            "maker");
    } else {
        out->required = r->f->us_share_low > limit    ? AS_YES
                        : r->f->us_share_high > limit ? AS_UNSURE
                                                      : AS_NO;
        out->why = as_arena_printf(
            r->arena,
            "%g to %g %% of controlled US content, the limit is %.0f %%",
            r->f->us_share_low, r->f->us_share_high, limit);
        if (out->required == AS_UNSURE)
            as_run_missing_free(r, out, "item.us_content_share",
                                "which side of the limit is the share on?",
                                "maker");
    }
    if (out->required == AS_NO && as_licence_is_tech(r))
        as_run_flag(r, AS_STR("technology under de minimis needs a one-time "
                              "report to BIS before (734.4(c)(3), (d)(3))"));
    if (r->item_known && as_eccn_in_list(AS_STR("5A002 5A004 5B002 5D002 5E002 "
                                                "5A992 5D992 5E992"),
                                         r->item, NULL) != AS_NO)
        as_run_flag(r, AS_STR("734.4(b): US encryption content counts by rules "
                              "of its own"));
    return as_truth_or(none, out->required);
}

/* ---- foreign direct products -----------------------------------------------
 */

static as_truth controlled_for_ns(as_run *r)
{
    return as_chart_controlled(r, r->item, AS_STR("NS"), 0);
}

/* The item prong: what it is. */
static as_truth item_prong(as_run *r, const as_ear_fdp *x)
{
    if (as_str_eq(x->items, AS_STR("any")))
        return AS_YES;
    if (!r->item_known)
        return AS_UNSURE;
    if (as_str_eq(x->items, AS_STR("ccl")))
        return r->item.ear99 ? AS_NO : AS_YES;
    if (as_str_eq(x->items, AS_STR("cat3-9")))
        return !r->item.ear99 && r->item.base.p[0] >= '3' ? AS_YES : AS_NO;
    if (as_str_eq(x->items, AS_STR("ns")))
        return r->item.ear99 ? AS_NO : controlled_for_ns(r);
    if (as_str_eq(x->items, AS_STR("600")) &&
        as_str_eq(r->item.base, AS_STR("0A919")))
        return AS_YES;
    return as_eccn_in_list(x->items, r->item, NULL);
}

static bool input_counts(as_str wanted, as_eccn e)
{
    char group = as_eccn_group(e);
    bool de = group == 'D' || group == 'E';

    if (e.ear99)
        return false;
    if (as_str_eq(wanted, AS_STR("de")))
        return de;
    if (as_str_eq(wanted, AS_STR("de3-9")))
        return de && e.base.p[0] >= '3';
    if (as_str_eq(wanted, AS_STR("600de")))
        return de && as_eccn_is_600(e);
    if (as_str_eq(wanted, AS_STR("us")))
        return true;
    return as_eccn_in_list(wanted, e, NULL) == AS_YES;
}

static as_truth list_counts(as_run *r, as_str wanted, const as_str *list,
                            size_t n, bool known)
{
    for (size_t i = 0; i < n; i++) {
        as_eccn e;
        if (as_eccn_read(list[i], r->arena, &e) && input_counts(wanted, e))
            return AS_YES;
    }
    return known ? AS_NO : AS_UNSURE;
}

/* What it was made with: directly, by a plant that was, or holding a circuit of
 * such a plant. */
static as_truth input_prong(as_run *r, as_licence_row *out, const as_ear_fdp *x)
{
    const as_licence_facts *f = r->f;
    as_str plant = x->plant.n ? x->plant : x->inputs;
    as_truth t = AS_NO;

    if (as_str_eq(x->inputs, AS_STR("assurance")))
        return as_run_ask(r, out, AS_FACT_WRITTEN_ASSURANCE);
    if (!as_str_eq(x->inputs, AS_STR("none"))) {
        t = list_counts(r, x->inputs, f->made_with, f->n_made_with,
                        f->made_with_known);
        if (t == AS_UNSURE)
            as_run_missing_free(r, out, "item.made_with",
                                "of which US technology or software is it a "
                                "direct product (ECCNs; [] for none)?",
                                "maker");
    }
    if (t != AS_YES)
        t = as_truth_or(t, list_counts(r, plant, f->plant_made_with,
                                       f->n_plant_made_with, f->plant_known));
    if (t != AS_YES && !f->plant_known)
        as_run_missing_free(r, out, "item.plant_made_with",
                            "of which US technology or software is its plant, "
                            "or a major component of it, a direct product?",
                            "maker");
    if (t == AS_YES || !x->ic)
        return t;
    t = as_truth_or(t, list_counts(r, plant, f->ic_made_with, f->n_ic_made_with,
                                   f->ic_known));
    if (t == AS_UNSURE && !f->ic_known)
        as_run_missing_free(r, out, "item.ic_made_with",
                            "does it hold an integrated circuit whose plant is "
                            "a direct product of US technology (ECCNs)?",
                            "maker");
    return t;
}

static as_truth reach_prong(as_run *r, as_licence_row *out, const as_ear_fdp *x)
{
    as_truth t = AS_NO;

    if (x->to.n)
        t = as_ear_reaches(x->to, r->to);
    if (t == AS_NO && as_str_eq(x->id, AS_STR("russia-belarus-crimea")) &&
        as_str_eq(r->to->code, AS_STR("UA")))
        t = as_run_ask(r, out, AS_FACT_OCCUPIED_REGION);
    if (x->party)
        t = as_truth_or(t, as_parties_footnote(r, out, x->party));
    if (as_str_eq(x->use, AS_STR("supercomputer")) &&
        as_ear_reaches(AS_STR("CN MO"), r->to) == AS_YES)
        t = as_truth_or(t, as_run_use(r, out, AS_USE_SUPERCOMPUTER));
    if (as_str_eq(x->use, AS_STR("advanced-fab")) &&
        as_ear_reaches(AS_STR("MO D:5"), r->to) == AS_YES && t != AS_YES)
        t = as_truth_or(t, as_run_ask(r, out, AS_FACT_ADVANCED_NODE));
    return t;
}

static as_truth by_direct_product(as_run *r)
{
    as_truth any = AS_NO;

    for (size_t i = 0; i < r->ear->n_fdp; i++) {
        const as_ear_fdp *x = &r->ear->fdp[i];
        as_truth item = item_prong(r, x), t;
        as_licence_row *out;
        if (x->since.n && as_run_before(r, x->since))
            continue;
        out = as_run_row(r, "subject", AS_NO);
        out->reason = AS_STR("subject");
        out->section = x->section;
        out->what = as_arena_printf(r->arena, "foreign direct product: %.*s",
                                    AS_FMT(x->id));
        /* Ask for no fact that cannot matter any more. */
        t = as_truth_and(item, item == AS_NO ? AS_NO : reach_prong(r, out, x));
        out->why = item == AS_NO ? AS_STR("the rule is not for this item")
                   : t == AS_NO  ? AS_STR("it does not reach this destination, "
                                           "party or use")
                                 : AS_STR("the item and the destination, party "
                                           "or use are those of the rule");
        if (t != AS_NO)
            t = as_truth_and(t, input_prong(r, out, x));
        out->required = t;
        if (t == AS_NO)
            out->missing = AS_STR("");
        /* Worldwide since the rule that the chart's note is about. */
        if (t != AS_NO && as_str_eq(x->id, AS_STR("advanced-computing")))
            as_chart_note(r, as_ear_rule_find(r->ear, AS_STR("AC-WORLD")));
        if (t == AS_YES)
            out->policy =
                as_arena_printf(r->arena, "licence: %.*s", AS_FMT(x->licence));
        any = as_truth_or(any, t);
    }
    return any;
}

as_truth as_subject_run(as_run *r)
{
    as_truth t = by_origin(r);

    if (t == AS_YES)
        return t;
    t = as_truth_or(t, by_content(r));
    if (t != AS_YES)
        t = as_truth_or(t, by_direct_product(r));
    if (t == AS_YES) /* one ground is enough: the others need no answer */
        for (size_t i = 0; i < r->out->n_rows; i++)
            r->out->rows[i].missing = AS_STR("");
    return t;
}
