/* SPDX-License-Identifier: Apache-2.0 */
/* Step 7: licence exceptions by elimination. 740.2 first; then what each
 * exception is for. None is granted here: what is left a person has to verify.
 * One exception has to overcome every requirement (738.4(a)(2)(ii)(A)). */
#include "licence/licence_internal.h"

typedef struct judging {
    as_run *r;
    const as_ear_exception *x;
    as_str why;   /* of the first that removed it */
    as_str maybe; /* what removes it when the paragraph is one of a set */
    as_exception_state state;
} judging;

static bool foreclose(judging *j, const char *fmt, as_str a)
{
    j->state = AS_EXCEPTION_FORECLOSED;
    j->why = as_arena_printf(j->r->arena, "%s%.*s", fmt, AS_FMT(a));
    return true;
}

static bool leave_out(judging *j, const char *why)
{
    j->state = AS_EXCEPTION_OUT_OF_SCOPE;
    j->why = as_str_c(why);
    return true;
}

static bool keeps(const judging *j, const char *word)
{
    return as_eccn_has_word(j->x->keeps, as_str_c(word));
}

static bool is(as_str s, const char *word)
{
    return as_str_eq(s, as_str_c(word));
}

/* ---- 740.2 -----------------------------------------------------------------
 */

static as_truth in_set(as_run *r, const char *id)
{
    const as_ear_set *s = as_ear_set_get(r->ear, id);

    return r->item_known
               ? as_truth_and(as_eccn_in_list(s->items, r->item, NULL),
                              as_ear_reaches(s->to, r->to))
               : AS_UNSURE;
}

static bool headquartered_d5(as_run *r)
{
    as_str where = as_ear_set_get(r->ear, "macau-d5")->to;

    for (size_t i = 0; i < r->f->n_parties; i++) {
        const as_ear_place *p =
            as_ear_place_named(r->ear, r->f->parties[i].headquarters);
        if (p && as_ear_reaches(where, p) == AS_YES)
            return true;
    }
    return false;
}

static bool requires_reason(as_run *r, const char *reason)
{
    for (size_t i = 0; i < r->out->n_rows; i++)
        if (r->out->rows[i].required == AS_YES &&
            is(r->out->rows[i].reason, reason))
            return true;
    return false;
}

static bool restricted_item(judging *j)
{
    as_run *r = j->r;
    bool gov = is(j->x->symbol, "GOV");

    if (in_set(r, "sme") == AS_UNSURE && !keeps(j, "sme"))
        j->maybe = AS_STR("; gone if 740.2(a)(9)(i) covers the paragraph");
    else if (in_set(r, "ac") == AS_UNSURE && !keeps(j, "ac"))
        j->maybe = AS_STR("; gone if 740.2(a)(9)(ii) covers the paragraph");
    if (in_set(r, "no-exception") == AS_YES)
        return foreclose(j, "740.2(a)(3), 738.3(a)(1): no exception at all",
                         AS_STR(""));
    if (in_set(r, "gov-only") == AS_YES && !gov)
        return foreclose(j, "740.2(a)(3): only GOV for such items", AS_STR(""));
    if (in_set(r, "sme") == AS_YES && !keeps(j, "sme"))
        return foreclose(j,
                         "740.2(a)(9)(i): only GOV for such equipment to "
                         "Macau or D:5",
                         AS_STR(""));
    if ((in_set(r, "ac") == AS_YES ||
         (headquartered_d5(r) && r->item_known &&
          as_eccn_in_list(as_ear_set_get(r->ear, "ac")->items, r->item, NULL) ==
              AS_YES)) &&
        !keeps(j, "ac"))
        return foreclose(j,
                         "740.2(a)(9)(ii): not for advanced computing items "
                         "to this destination or group",
                         AS_STR(""));
    if (in_set(r, "arms-d5") == AS_YES && !keeps(j, "arms"))
        return foreclose(j, "740.2(a)(12): 600 series and 9x515 items to D:5",
                         AS_STR(""));
    if (in_set(r, "worldwide") == AS_YES && !gov && !is(j->x->symbol, "IEC") &&
        !keeps(j, "mt"))
        return foreclose(j, "740.2(a)(22): such items only by IEC or GOV",
                         AS_STR(""));
    return false;
}

static bool restricted_740_2(judging *j)
{
    as_run *r = j->r;

    if (restricted_item(j))
        return true;
    if (requires_reason(r, "MT") && !keeps(j, "mt"))
        return foreclose(j, "740.2(a)(5): controlled for missile technology",
                         AS_STR(""));
    return false;
}

/* ---- parts 744 and 746 -----------------------------------------------------
 */

static bool restricted_by_row(judging *j, const as_licence_row *row)
{
    bool party = is(as_str_c(row->step), "party");
    bool use = is(as_str_c(row->step), "use");

    if (row->required != AS_YES)
        return false;
    if (is(as_str_c(row->step), "embargo")) {
        if (as_eccn_has_word(j->x->part746, j->r->to->code))
            return false;
        return foreclose(j, "740.2(a)(6): not named for this destination in ",
                         row->section);
    }
    if (as_str_starts(row->section, AS_STR("744.21")) &&
        as_eccn_has_word(j->x->part744, AS_STR("meu")))
        return false;
    if (as_str_starts(row->section, AS_STR("744.22")) &&
        as_eccn_has_word(j->x->part744, AS_STR("mieu")))
        return false;
    if (party && is(row->section, "744.11, 744.16"))
        return foreclose(j, "744.16(b): none for a party of the Entity List",
                         AS_STR(""));
    if (party || use)
        return foreclose(j, "does not overcome ", row->section);
    return false;
}

static bool restricted_by_rows(judging *j)
{
    if (as_parties_on(j->r, "us-csl/UVL"))
        return foreclose(j, "744.15: none with a party of the Unverified List",
                         AS_STR(""));
    if (as_parties_on(j->r, "us-csl/DPL"))
        return foreclose(j, "none with a denied person", AS_STR(""));
    for (size_t i = 0; i < j->r->out->n_rows; i++)
        if (restricted_by_row(j, &j->r->out->rows[i]))
            return true;
    return false;
}

/* ---- scope -----------------------------------------------------------------
 */

static bool wrong_kind(judging *j)
{
    as_run *r = j->r;
    as_str kind = r->f->item_kind;

    if (j->x->kinds.n == 0)
        return false;
    if (kind.n == 0)
        return as_licence_is_tech(r) ==
                   as_eccn_has_word(j->x->kinds, AS_STR("commodity")) &&
               leave_out(j, "not for this kind of item");
    return !as_eccn_has_word(j->x->kinds, kind) &&
           leave_out(j, "not for this kind of item");
}

static bool too_late(judging *j)
{
    return as_run_before(j->r, j->x->since) &&
           leave_out(j, "later than the date asked about");
}

static bool wrong_scope(judging *j)
{
    as_run *r = j->r;
    const as_ear_exception *x = j->x;
    bool ear99 = r->item_known && r->item.ear99;

    if (wrong_kind(j))
        return true;
    if (x->to.n && as_ear_reaches(x->to, r->to) == AS_NO)
        return leave_out(j, "not for this destination");
    if (is(x->only, "ccl") && ear99)
        return leave_out(j, "only for items of the list");
    if (is(x->only, "ear99") && r->item_known && !ear99)
        return leave_out(j, "only for EAR99 items");
    if (is(x->moves, "reexport") && r->f->kind != AS_LICENCE_REEXPORT)
        return leave_out(j, "only for reexports");
    if (x->items.n && r->item_known &&
        as_eccn_in_list(x->items, r->item, NULL) == AS_NO)
        return leave_out(j, "not for this item");
    return false;
}

/* ---- what the entry says ---------------------------------------------------
 */

static as_truth flag_covers(judging *j, const as_ear_flag *flag)
{
    as_str rest = flag->cond, word;
    bool reasons = as_str_starts(flag->cond, AS_STR("not where "));

    /* "not where MT or NP applies" */
    while (reasons && as_eccn_word(&rest, &word))
        if (word.n == 2 && as_ascii_is_upper(word.p[0]) &&
            as_chart_controlled(j->r, j->r->item, word, 0) == AS_YES)
            return AS_NO;
    return as_eccn_in_scope(flag->scope, j->r->item.path);
}

static bool sta_refused(judging *j, const as_ear_flag *flag, as_truth covers)
{
    as_run *r = j->r;
    bool a5 = as_ear_place_in(r->to, AS_STR("A:5"));
    bool a6 = as_ear_place_in(r->to, AS_STR("A:6"));

    if (covers != AS_YES || flag->cond.n)
        return false;
    if (is(flag->word, "no") || is(flag->word, "not-A5-A6"))
        return foreclose(j, "the entry rules STA out", AS_STR(""));
    if (a6 && !a5 && (is(flag->word, "not-A6") || is(flag->word, "not-c2")))
        return foreclose(j, "the entry rules STA out for Country Group A:6",
                         AS_STR(""));
    return false;
}

static bool flag_refuses(judging *j, const as_ear_flag *flag)
{
    as_run *r = j->r;
    as_truth covers = flag_covers(j, flag);

    if (is(flag->symbol, "STA"))
        return sta_refused(j, flag, covers);
    if (is(flag->word, "no"))
        return leave_out(j, "the entry says N/A");
    if (covers == AS_NO)
        return leave_out(j, "the entry does not allow it for this paragraph");
    if (is(flag->symbol, "LVS") && flag->limit > 0 &&
        r->f->value > flag->limit) {
        j->state = AS_EXCEPTION_OUT_OF_SCOPE;
        j->why = as_arena_printf(r->arena, "the value passes %.0f dollars",
                                 flag->limit);
        return true;
    }
    return false;
}

static bool refused_by_entry(judging *j)
{
    const as_ear_eccn *e;
    bool named = false;

    if (!j->x->flag || !j->r->item_known || j->r->item.ear99)
        return false;
    e = as_ear_find(j->r->ear, j->r->item.base);
    for (size_t i = 0; e && i < e->n_flags; i++) {
        if (!as_str_eq(e->flags[i].symbol, j->x->symbol))
            continue;
        named = true;
        if (flag_refuses(j, &e->flags[i]))
            return true;
    }
    /* STA is ruled out by an entry, not allowed by it. */
    if (!named && !is(j->x->symbol, "STA"))
        return leave_out(j, "the entry does not name it");
    return false;
}

/* 740.20(c)(2): into Country Group A:6 for national security alone. */
static as_str defeated(const judging *j)
{
    bool a6 = as_ear_place_in(j->r->to, AS_STR("A:6")) &&
              !as_ear_place_in(j->r->to, AS_STR("A:5"));

    return a6 && is(j->x->symbol, "STA") ? AS_STR("NS") : j->x->defeats;
}

static bool cannot_defeat(judging *j)
{
    as_str defeats = defeated(j);

    for (size_t i = 0; defeats.n && i < j->r->out->n_rows; i++) {
        const as_licence_row *row = &j->r->out->rows[i];
        if (row->required == AS_YES && is(as_str_c(row->step), "chart") &&
            !as_eccn_has_word(defeats, row->reason))
            return foreclose(j, "does not overcome the requirement for ",
                             row->reason);
    }
    return false;
}

static bool answered_no(judging *j)
{
    as_licence_fact fact;

    return j->x->asks.n && as_licence_fact_of(j->x->asks, &fact) &&
           j->r->f->facts[fact] == AS_NO &&
           leave_out(j, "by the facts given it is no such case");
}

/* ---- all -------------------------------------------------------------------
 */

static as_str limit_of(judging *j)
{
    const as_ear_eccn *e = j->r->item_known && !j->r->item.ear99
                               ? as_ear_find(j->r->ear, j->r->item.base)
                               : NULL;

    for (size_t i = 0; e && i < e->n_flags; i++) {
        const as_ear_flag *flag = &e->flags[i];
        if (!as_str_eq(flag->symbol, j->x->symbol))
            continue;
        if (is(flag->symbol, "LVS") && flag->limit > 0)
            return as_arena_printf(j->r->arena, "; limit %.0f dollars%s%.*s",
                                   flag->limit, flag->cond.n ? ", " : "",
                                   AS_FMT(flag->cond));
        if (flag->cond.n)
            return as_arena_printf(j->r->arena, "; %.*s", AS_FMT(flag->cond));
    }
    return AS_STR("");
}

static void judge(judging *j)
{
    as_str limit;

    if (too_late(j) || restricted_740_2(j) || wrong_scope(j) ||
        answered_no(j) || refused_by_entry(j) || restricted_by_rows(j) ||
        cannot_defeat(j))
        return;
    j->state = AS_EXCEPTION_VERIFY;
    limit = limit_of(j);
    j->why = as_arena_printf(j->r->arena, "%.*s%.*s%.*s", AS_FMT(j->x->verify),
                             AS_FMT(limit), AS_FMT(j->maybe));
}

/* Says that one exception has to do for all reasons, where there are several.
 */
static void say_all_reasons(as_run *r)
{
    as_str reasons = AS_STR("");
    size_t n = 0;

    for (size_t i = 0; i < r->out->n_rows; i++) {
        const as_licence_row *row = &r->out->rows[i];
        if (row->required != AS_YES ||
            !as_str_eq(as_str_c(row->step), AS_STR("chart")) ||
            as_eccn_has_word(reasons, row->reason))
            continue;
        reasons = n++ ? as_arena_printf(r->arena, "%.*s %.*s", AS_FMT(reasons),
                                        AS_FMT(row->reason))
                      : row->reason;
    }
    if (n > 1)
        as_run_flag(r, as_arena_printf(
                           r->arena,
                           "738.4(a)(2)(ii)(A): one licence exception has to "
                           "overcome every requirement: %.*s",
                           AS_FMT(reasons)));
}

void as_exceptions_run(as_run *r)
{
    as_licence_exception *list =
        AS_NEW_ARRAY(r->arena, r->ear->n_exceptions, as_licence_exception);

    for (size_t i = 0; list && i < r->ear->n_exceptions; i++) {
        judging j = {.r = r, .x = &r->ear->exceptions[i]};
        judge(&j);
        list[i] =
            (as_licence_exception){j.x->symbol, j.x->section, j.state, j.why};
    }
    say_all_reasons(r);
    r->out->exceptions = list;
    r->out->n_exceptions = list ? r->ear->n_exceptions : 0;
}
