/* SPDX-License-Identifier: Apache-2.0 */
/* Step 3: every reason for control against the destination (738.4(a)(2)). A row
 * asks for a licence when it covers the item and its column is marked for the
 * country, or its sentence names the country. The footnotes of the chart add
 * duties that the grid does not show. */
#include "licence/licence_internal.h"

enum { RELATED_DEPTH = 3 };

/* ---- reach of a row --------------------------------------------------------
 */

struct asker {
    const as_run *r;
    int depth;
};

static as_truth ask_reason(void *ctx, as_eccn item, as_str reason)
{
    struct asker *a = ctx;

    return as_chart_controlled(a->r, item, reason, a->depth + 1);
}

/* What the software or technology is for, against the row's list. */
static as_truth covers_related(const as_run *r, as_str of, int depth)
{
    struct asker a = {r, depth};
    as_eccn_asker ask = {ask_reason, &a};
    as_truth t = AS_NO;

    if (r->f->n_item_for == 0 || depth > 0)
        return AS_UNSURE;
    for (size_t i = 0; i < r->f->n_item_for; i++) {
        as_eccn e;
        if (!as_eccn_read(r->f->item_for[i], r->arena, &e))
            return AS_UNSURE;
        t = as_truth_or(t, as_eccn_in_list(of, e, &ask));
    }
    return t;
}

/* "3A001/MT", or "MT" for whatever the entry is. */
static as_truth condition(const as_run *r, const as_ear_row *row, as_eccn item)
{
    for (size_t i = 0; i < r->f->n_conditions; i++) {
        as_str reason = r->f->conditions[i].key;
        as_str entry = as_str_cut(&reason, '/');
        if (as_str_is_absent(reason) ? as_str_eq(entry, row->reason)
                                     : as_str_eq_nocase(entry, item.base) &&
                                           as_str_eq(reason, row->reason))
            return r->f->conditions[i].holds ? AS_YES : AS_NO;
    }
    return AS_UNSURE;
}

as_truth as_chart_applies(const as_run *r, const as_ear_row *row, as_eccn item,
                          int depth)
{
    as_truth t = as_eccn_in_scope(row->scope, item.path);

    if (t != AS_NO && row->of.n)
        t = as_truth_and(t, covers_related(r, row->of, depth));
    if (t != AS_NO && row->cond.n)
        t = as_truth_and(t, condition(r, row, item));
    return t;
}

as_truth as_chart_controlled(const as_run *r, as_eccn item, as_str reason,
                             int depth)
{
    const as_ear_eccn *e = item.ear99 ? NULL : as_ear_find(r->ear, item.base);
    as_truth t = AS_NO;

    if (depth > RELATED_DEPTH)
        return AS_UNSURE;
    for (size_t i = 0; e && i < e->n_rows; i++)
        if (as_str_eq(e->rows[i].reason, reason))
            t = as_truth_or(t, as_chart_applies(r, &e->rows[i], item, depth));
    return t;
}

as_truth as_chart_reaches(const as_ear_row *row, const as_ear_place *to,
                          const as_ear_place *from)
{
    const as_ear_rule *rule = row->prose;
    as_truth t;

    if (!rule) /* an embargoed destination has no row to read */
        return as_ear_place_row(to)->embargo.n                  ? AS_UNSURE
               : as_ear_place_row(to)->marks >> row->column & 1 ? AS_YES
                                                                : AS_NO;
    if (as_str_eq(rule->effect, AS_STR("none")))
        return AS_NO;
    /* "read": the section is not in the tables; "itar": another agency. */
    if (rule->effect.n)
        return AS_UNSURE;
    t = as_ear_reaches(rule->to, to);
    if (rule->from.n)
        t = as_truth_and(t,
                         from ? as_ear_reaches(rule->from, from) : AS_UNSURE);
    return t;
}

/* ---- words -----------------------------------------------------------------
 */

static as_str section_of(const as_run *r, const as_ear_row *row)
{
    if (row->prose)
        return row->prose->section;
    return AS_STR("738.4(a)(2)");
}

static as_str say_row(const as_run *r, const as_ear_row *row)
{
    as_str scope = as_str_eq(row->scope, AS_STR("*")) ? AS_STR("entire entry")
                                                      : row->scope;

    return as_arena_printf(r->arena, "%.*s, %s %.*s: %.*s%s%.*s%s%.*s",
                           AS_FMT(r->item.base), row->prose ? "rule" : "column",
                           AS_FMT(row->rule), AS_FMT(scope),
                           row->of.n ? "; for " : "", AS_FMT(row->of),
                           row->cond.n ? "; if " : "", AS_FMT(row->cond));
}

static as_str say_why(const as_run *r, const as_ear_row *row, as_truth applies,
                      as_truth reaches)
{
    as_str place = as_ear_place_row(r->to)->name;
    const char *open =
        applies == AS_UNSURE ? "; whether the row covers the item is open" : "";

    if (applies == AS_NO)
        return AS_STR("the row does not cover this item");
    if (!row->prose && as_ear_place_row(r->to)->embargo.n)
        return as_arena_printf(r->arena,
                               "the chart has no row for %.*s: part 746 "
                               "decides, an empty row is no permission",
                               AS_FMT(place));
    if (!row->prose)
        return as_arena_printf(r->arena, "%.*s: %s in column %.*s%s",
                               AS_FMT(place), reaches == AS_YES ? "X" : "no X",
                               AS_FMT(row->rule), open);
    return as_arena_printf(r->arena, "the rule %s %.*s%s",
                           reaches == AS_YES  ? "names"
                           : reaches == AS_NO ? "does not name"
                                              : "cannot be read for",
                           AS_FMT(place), open);
}

/* Names what would settle a row that is unsure. */
static void name_missing(as_run *r, as_licence_row *out, const as_ear_row *row,
                         as_truth reaches)
{
    as_truth scope = as_eccn_in_scope(row->scope, r->item.path);

    if (scope == AS_UNSURE)
        as_run_missing_free(
            r, out, "item.eccn",
            as_arena_printf(
                r->arena, "which paragraph of %.*s is it? The row covers %.*s",
                AS_FMT(r->item.base), AS_FMT(row->scope))
                .p,
            "classifier");
    if (row->of.n && covers_related(r, row->of, 0) == AS_UNSURE)
        as_run_missing_free(r, out, "item.for",
                            "which items is the software or technology for "
                            "(ECCN and paragraph)?",
                            "classifier");
    if (row->cond.n && condition(r, row, r->item) == AS_UNSURE)
        as_run_missing_free(
            r, out,
            as_arena_printf(r->arena, "item.conditions.%.*s/%.*s",
                            AS_FMT(r->item.base), AS_FMT(row->reason))
                .p,
            as_arena_printf(r->arena, "does this hold: %.*s?",
                            AS_FMT(row->cond))
                .p,
            "classifier");
    if (reaches == AS_UNSURE && row->prose && row->prose->from.n && !r->from)
        as_run_missing_free(r, out, "destination.from",
                            "from which country does it leave?", "exporter");
    else if (reaches == AS_UNSURE && row->prose)
        as_run_missing_free(
            r, out, "text",
            as_arena_printf(r->arena, "what does %.*s say of %.*s?",
                            AS_FMT(row->prose->section), AS_FMT(r->to->name))
                .p,
            "export counsel");
}

/* ---- rows ------------------------------------------------------------------
 */

/* Reexports of foreign-made equipment out of countries with controls of their
 * own are left out (742.4(a)(4), 742.6(a)(6)(i); supplement no. 4 to part 742).
 */
static bool leaves_from_supplement_4(const as_run *r, const as_ear_row *row)
{
    const as_ear_place *origin = as_ear_place_named(r->ear, r->f->origin);

    return row->prose && as_str_starts(row->prose->id, AS_STR("SME-")) &&
           r->f->kind == AS_LICENCE_REEXPORT && r->from && origin &&
           !as_str_eq(origin->code, AS_STR("US")) &&
           as_ear_reaches(as_ear_set_get(r->ear, "supplement-4-742")->to,
                          r->from) == AS_YES;
}

/* What stood there before the rule as it reads now. */
static void put_older(as_run *r, as_licence_row *out, const as_ear_rule *rule)
{
    bool none = rule->earlier.n && !as_run_before(r, rule->earlier_since) &&
                as_ear_reaches(rule->earlier, r->to) == AS_NO;

    out->required = none ? AS_NO : AS_UNSURE;
    out->why = as_arena_printf(
        r->arena, "the rule is of %.*s, later than the date asked about%s",
        AS_FMT(rule->since),
        none ? "; the one before did not name the place" : "");
    if (!none)
        as_run_missing_free(r, out, "text",
                            "what did the entry say on that date?",
                            "export counsel");
}

/* Whether the rule was younger on the day asked about, and the one before it
 * does not say the same. */
static bool too_young(as_run *r, const as_ear_rule *rule)
{
    if (!as_run_before(r, rule->since))
        return false;
    return rule->earlier.n == 0 || as_run_before(r, rule->earlier_since) ||
           as_ear_reaches(rule->earlier, r->to) != AS_YES;
}

void as_chart_note(as_run *r, const as_ear_rule *rule)
{
    if (rule->note.n && (rule->earlier.n == 0 ||
                         as_ear_reaches(rule->earlier, r->to) != AS_YES))
        as_run_flag(r,
                    as_arena_printf(r->arena, "%.*s: %.*s",
                                    AS_FMT(rule->section), AS_FMT(rule->note)));
}

/* 91 FR 1684: how applications are reviewed, not whether one is needed. */
static void put_policy(as_run *r, as_licence_row *out, const as_ear_row *row)
{
    if (!as_str_starts(row->prose->id, AS_STR("AC-")) ||
        r->f->kind != AS_LICENCE_EXPORT ||
        as_ear_reaches(AS_STR("CN MO"), r->to) != AS_YES ||
        as_run_before(r, AS_STR("2026-01-15")))
        return;
    out->policy = AS_STR("742.6(b)(10): denial is presumed; case by case from "
                         "2026-01-15 (91 FR 1684) for exports from the US of "
                         "chips on sale there with a TPP below 21,000 and "
                         "memory bandwidth below 6,500 GB/s, on conditions");
}

/* A row that asks for a licence by a sentence: what may still take it away. */
static void settle_rule(as_run *r, as_licence_row *out, const as_ear_row *row)
{
    if (r->f->kind == AS_LICENCE_DEEMED &&
        as_str_eq(row->prose->deemed, AS_STR("no"))) {
        out->required = AS_NO;
        out->why = AS_STR("the paragraph leaves out deemed exports and deemed "
                          "reexports");
    } else if (too_young(r, row->prose)) {
        put_older(r, out, row->prose);
    } else if (leaves_from_supplement_4(r, row)) {
        out->required = AS_UNSURE;
        out->why =
            AS_STR("supplement no. 4 to part 742 leaves out foreign-made "
                   "equipment that leaves from that country");
        as_run_missing_free(r, out, "text",
                            "is the exporter headquartered outside Macau and "
                            "D:5, and does supplement no. 4 to part 742 apply?",
                            "export counsel");
    } else {
        as_chart_note(r, row->prose);
        put_policy(r, out, row);
    }
}

static void put_row(as_run *r, const as_ear_row *row)
{
    as_truth applies = as_chart_applies(r, row, r->item, 0);
    as_truth reaches = as_chart_reaches(row, r->to, r->from);
    as_truth required = as_truth_and(applies, reaches);
    as_licence_row *out = as_run_row(r, "chart", required);

    out->reason = row->reason;
    out->section = section_of(r, row);
    out->what = say_row(r, row);
    out->why = say_why(r, row, applies, reaches);
    if (required != AS_NO && row->prose)
        settle_rule(r, out, row);
    if (required == AS_UNSURE && out->required != AS_NO)
        name_missing(r, out, row, reaches);
}

/* ---- footnotes -------------------------------------------------------------
 */

struct note {
    int number;
    const char *set, *reason, *question; /* question: unsure without it */
};
static const struct note notes[] = {
    {2, "thermal-note", "NS", "is it a thermal imaging camera of 742.4(a)?"},
    {3, "military-note-3", "RS", "does 742.6(a)(3) let it off?"},
    {4, "thermal-note", "RS", "is it a thermal imaging camera of 742.6(a)?"},
    {7, "india-note-7", "RS", NULL},
    {10, "firearms-note-10", "CC", NULL},
    {10, "firearms-note-10-if", "CC",
     "does footnote 10 name it (barrel below 18 in, or 0A505.a, .x)?"},
};

static void put_note(as_run *r, const struct note *n)
{
    const as_ear_set *set = as_ear_set_get(r->ear, n->set);
    as_truth in = as_eccn_in_list(set->items, r->item, NULL);
    as_licence_row *out;

    if (in == AS_NO || !(as_ear_place_row(r->to)->notes >> n->number & 1))
        return;
    out = as_run_row(r, "chart", n->question ? AS_UNSURE : in);
    out->reason = as_str_c(n->reason);
    out->section = set->section;
    out->what =
        as_arena_printf(r->arena, "footnote %d of the chart", n->number);
    out->why = as_arena_printf(r->arena, "the footnote stands at %.*s",
                               AS_FMT(as_ear_place_row(r->to)->name));
    if (n->question)
        as_run_missing_free(r, out, "text", n->question, "classifier");
    else if (in == AS_UNSURE)
        as_run_missing_free(r, out, "item.eccn",
                            "which paragraph of the entry is it?",
                            "classifier");
}

/* ---- entries without rows --------------------------------------------------
 */

static void put_state(as_run *r, const as_ear_eccn *e)
{
    bool series = as_str_eq(e->state, AS_STR("0x521"));
    bool canada = as_str_eq(r->to->code, AS_STR("CA"));
    as_licence_row *out =
        as_run_row(r, "chart", series ? (canada ? AS_NO : AS_YES) : AS_UNSURE);

    out->reason = series ? AS_STR("RS") : AS_STR("none");
    out->section =
        series ? AS_STR("742.6(a)(8)") : AS_STR("774 supplement no. 1");
    out->what = as_arena_printf(r->arena, "%.*s has no rows", AS_FMT(e->eccn));
    if (series) {
        out->why = AS_STR("0x521 items need a licence everywhere but Canada");
        return;
    }
    out->why = as_str_eq(e->state, AS_STR("itar"))
                   ? AS_STR("the entry points to the ITAR (22 CFR 120 to 130), "
                            "where another agency decides")
                   : AS_STR("the entry only points elsewhere");
    as_run_missing_free(r, out, "item.eccn",
                        "under which entry, or which other law, does it fall?",
                        "classifier");
}

void as_chart_run(as_run *r)
{
    const as_ear_eccn *e;
    as_licence_row *out;

    if (!r->item_known || r->item.ear99)
        return;
    e = as_ear_find(r->ear, r->item.base);
    if (!e) {
        out = as_run_row(r, "chart", AS_UNSURE);
        out->reason = AS_STR("none");
        out->section = AS_STR("774 supplement no. 1");
        out->what = as_arena_printf(r->arena, "%.*s", AS_FMT(r->item.base));
        out->why =
            as_arena_printf(r->arena, "the edition of %.*s has no such entry",
                            AS_FMT(r->ear->edition));
        as_run_missing_free(r, out, "item.eccn",
                            "which entry of the current list is it?",
                            "classifier");
        return;
    }
    if (e->n_rows == 0)
        put_state(r, e);
    for (size_t i = 0; i < e->n_rows; i++)
        put_row(r, &e->rows[i]);
    for (size_t i = 0; i < AS_ARRAY_LEN(notes); i++)
        put_note(r, &notes[i]);
}

/* ---- for comparison --------------------------------------------------------
 */

as_truth as_ear_cell(const as_ear *ear, as_str eccn, as_str reason,
                     as_str country)
{
    const as_ear_eccn *e = as_ear_find(ear, eccn);
    const as_ear_place *to = as_ear_place_named(ear, country);
    as_truth t = AS_NO;

    if (!e || !to)
        return AS_UNSURE;
    for (size_t i = 0; i < e->n_rows; i++)
        if (as_str_eq(e->rows[i].reason, reason))
            t = as_truth_or(t, as_chart_reaches(&e->rows[i], to, NULL));
    return t;
}
