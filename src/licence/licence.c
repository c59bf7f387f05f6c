/* SPDX-License-Identifier: Apache-2.0 */
/* One determination: the steps in order, and what they share. */
#include "licence/licence_internal.h"

static const as_licence_row no_row;

/* Room for one more of a list in the arena; NULL when memory ends, and then the
 * arena has failed for good. */
static void *one_more(as_run *r, void *list, size_t n, size_t *cap, size_t size,
                      void **ret_list)
{
    void *grown = as_arena_grow(r->arena, list, cap, n + 1, size);

    *ret_list = grown;
    return grown ? (char *)grown + n * size : NULL;
}

as_licence_row *as_run_row(as_run *r, const char *step, as_truth required)
{
    void *list;
    as_licence_row *row = one_more(r, r->out->rows, r->out->n_rows,
                                   &r->cap_rows, sizeof *row, &list);

    if (!row) { /* the arena has failed: nobody will read this */
        r->scrap = no_row;
        r->scrap.step = step;
        r->scrap.missing = AS_STR("");
        return &r->scrap;
    }
    r->out->rows = list;
    r->out->n_rows++;
    *row = no_row;
    row->step = step;
    row->required = required;
    row->missing = AS_STR("");
    return row;
}

void as_run_missing_free(as_run *r, as_licence_row *row, const char *key,
                         const char *question, const char *who)
{
    as_licence_missing *m;
    void *list;

    if (!key || !question)
        return;
    if (row && !as_eccn_has_word(row->missing, as_str_c(key)))
        row->missing = row->missing.n
                           ? as_arena_printf(r->arena, "%.*s %s",
                                             AS_FMT(row->missing), key)
                           : as_str_c(key);
    for (size_t i = 0; i < r->out->n_missing; i++)
        if (as_str_eq(r->out->missing[i].key, as_str_c(key)) &&
            as_str_eq(r->out->missing[i].question, as_str_c(question)))
            return;
    m = one_more(r, r->out->missing, r->out->n_missing, &r->cap_missing,
                 sizeof *m, &list);
    if (!m)
        return;
    r->out->missing = list;
    r->out->n_missing++;
    *m = (as_licence_missing){as_str_c(key), as_str_c(question), as_str_c(who)};
}

void as_run_missing(as_run *r, as_licence_row *row, as_licence_fact fact)
{
    as_run_missing_free(r, row, as_licence_fact_key(fact),
                        as_licence_fact_question(fact),
                        as_licence_fact_who(fact));
}

as_truth as_run_ask(as_run *r, as_licence_row *row, as_licence_fact fact)
{
    if (r->f->facts[fact] == AS_UNSURE)
        as_run_missing(r, row, fact);
    return r->f->facts[fact];
}

as_truth as_run_use(as_run *r, as_licence_row *row, as_licence_use use)
{
    if (r->f->uses[use])
        return AS_YES;
    if (r->f->uses_known)
        return AS_NO;
    as_run_missing_free(r, row, "end_use",
                        "what is it for? (nuclear, missile, wmd-delivery, "
                        "chemical-biological, military ..., or civil)",
                        "buyer");
    return AS_UNSURE;
}

static void add_text(as_run *r, as_str **list, size_t *n, size_t *cap,
                     as_str text)
{
    void *grown;
    as_str *s;

    for (size_t i = 0; i < *n; i++)
        if (as_str_eq((*list)[i], text))
            return;
    s = one_more(r, *list, *n, cap, sizeof *s, &grown);
    if (!s)
        return;
    *list = grown;
    (*n)++;
    *s = text;
}

void as_run_flag(as_run *r, as_str text)
{
    add_text(r, &r->out->flags, &r->out->n_flags, &r->cap_flags, text);
}

void as_run_limit(as_run *r, as_str text)
{
    add_text(r, &r->out->limits, &r->out->n_limits, &r->cap_limits, text);
}

bool as_run_before(const as_run *r, as_str date)
{
    as_date d;

    return as_date_read(date, &d) && r->as_of < d;
}

bool as_run_to_us(const as_run *r)
{
    return as_str_eq(r->to->code, AS_STR("US"));
}

bool as_licence_is_tech(const as_run *r)
{
    if (r->f->item_kind.n)
        return !as_str_eq(r->f->item_kind, AS_STR("commodity"));
    return r->item_known &&
           (as_eccn_group(r->item) == 'D' || as_eccn_group(r->item) == 'E');
}

/* ---- what goes with every answer -------------------------------------------
 */

static void say_limits(as_run *r)
{
    static const char *const always[] = {
        "classification: the ECCN was taken as given",
        "regulations of other agencies (ITAR, OFAC, NRC, DOE) and of other "
        "countries",
        "licences, orders, advisory opinions and is-informed letters addressed "
        "to one person",
        "red flags (supplement no. 3 to part 732): they are for people to see",
        "short supply controls (part 754) and antiboycott rules (part 760)",
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(always); i++)
        as_run_limit(r, as_str_c(always[i]));
    as_run_limit(
        r, as_arena_printf(r->arena,
                           "amendments after the edition of %.*s (list, chart) "
                           "and %.*s (exceptions, groups)",
                           AS_FMT(r->ear->edition),
                           AS_FMT(r->ear->exceptions_edition)));
    if (as_run_before(r, r->ear->edition))
        as_run_limit(
            r, as_arena_printf(r->arena,
                               "the text as it stood on %.*s: rows are those "
                               "of %.*s, only dated rules were taken back",
                               AS_FMT(r->f->as_of), AS_FMT(r->ear->edition)));
}

/* 736.2(b): what holds besides, whatever the answer. */
static void say_flags(as_run *r)
{
    as_run_flag(r, AS_STR("General Prohibition 4 (736.2(b)(4)): no dealings "
                          "contrary to a denial order"));
    as_run_flag(r, AS_STR("General Prohibition 7 (736.2(b)(7), 744.6): "
                          "activities of US persons"));
    if (r->f->kind != AS_LICENCE_DEEMED && r->f->kind != AS_LICENCE_SERVICE)
        as_run_flag(r, AS_STR("General Prohibition 8 (736.2(b)(8)): transit "
                              "through countries that the section names"));
    as_run_flag(r, AS_STR("General Prohibition 9 (736.2(b)(9)): terms of "
                          "licences, exceptions and orders"));
    as_run_flag(r, AS_STR("General Prohibition 10 (736.2(b)(10)): nothing "
                          "further with an item known to have been moved in "
                          "violation"));
}

static void say_changes(as_run *r)
{
    void *list;

    for (size_t i = 0; i < r->ear->n_intervals; i++) {
        const as_ear_interval *x = &r->ear->intervals[i];
        as_licence_change *c;
        if (!as_run_before(r, x->back))
            continue;
        c = one_more(r, r->out->changes, r->out->n_changes, &r->cap_changes,
                     sizeof *c, &list);
        if (!c)
            return;
        r->out->changes = list;
        r->out->n_changes++;
        *c = (as_licence_change){
            x->back,
            as_arena_printf(r->arena, "%.*s (%.*s) due back unless extended",
                            AS_FMT(x->id), AS_FMT(x->section))};
    }
}

/* A condition that no row of the entry has settles nothing: a mistake. */
static void name_idle_conditions(as_run *r)
{
    const as_ear_eccn *e = r->item_known && !r->item.ear99
                               ? as_ear_find(r->ear, r->item.base)
                               : NULL;

    for (size_t i = 0; i < r->f->n_conditions; i++) {
        as_str reason = r->f->conditions[i].key;
        as_str entry = as_str_cut(&reason, '/');
        bool used = false;
        if (as_str_is_absent(reason))
            reason = entry;
        else if (!as_str_eq_nocase(entry, r->item.base))
            continue; /* of another entry of a product */
        for (size_t k = 0; e && k < e->n_rows; k++)
            used = used ||
                   (e->rows[k].cond.n && as_str_eq(e->rows[k].reason, reason));
        if (!used)
            as_run_flag(r, as_arena_printf(
                               r->arena,
                               "item.conditions: no row of %.*s has a "
                               "condition for %.*s, nothing was settled by it",
                               AS_FMT(r->item.base), AS_FMT(reason)));
    }
}

/* Free words of an end use raise the question; they are no finding. */
static void ask_from_words(as_run *r)
{
    static const struct {
        const char *words, *about;
    } cues[] = {
        {"fab foundry wafer dram nand lithography node semiconductor",
         "integrated circuits (744.23: facility, node, equipment)"},
        {"military army navy defence defense weapon", "military use (744.21)"},
        {"nuclear reactor enrichment", "nuclear use (744.2)"},
        {"missile rocket drone uav", "missile use (744.3)"},
        {"supercomputer hpc", "a supercomputer (744.23)"},
        {"service repair maintenance install", "support by US persons (744.6)"},
    };
    as_str rest = r->f->use_text, word;

    while (as_eccn_word(&rest, &word)) {
        for (size_t i = 0; i < AS_ARRAY_LEN(cues); i++) {
            as_str list = as_str_c(cues[i].words), cue;
            while (as_eccn_word(&list, &cue))
                if (as_str_starts_nocase(word, cue))
                    as_run_flag(
                        r, as_arena_printf(r->arena,
                                           "the stated use speaks of \"%.*s\": "
                                           "answer for %s",
                                           AS_FMT(as_str_slice(word, 0, 40)),
                                           cues[i].about));
        }
    }
}

/* Facts asked for by rows that turned out to be no are not missing. */
static void forget_needless(as_run *r)
{
    size_t kept = 0;

    for (size_t i = 0; i < r->out->n_missing; i++) {
        bool needed = false;
        for (size_t k = 0; k < r->out->n_rows && !needed; k++)
            needed = as_eccn_has_word(r->out->rows[k].missing,
                                      r->out->missing[i].key);
        if (needed)
            r->out->missing[kept++] = r->out->missing[i];
    }
    r->out->n_missing = kept;
}

/* ---- the whole -------------------------------------------------------------
 */

static as_rc read_headquarters(as_run *r, as_err *err)
{
    for (size_t i = 0; i < r->f->n_parties; i++) {
        as_str where = r->f->parties[i].headquarters;
        if (where.n && !as_ear_place_named(r->ear, where))
            return as_fail(err, AS_ERR_INPUT,
                           "\"%.*s\" is no country of headquarters",
                           AS_FMT(as_str_slice(where, 0, 80)));
    }
    return AS_OK;
}

static as_rc read_places(as_run *r, as_err *err)
{
    const as_licence_facts *f = r->f;

    if (f->to.n == 0)
        return as_fail(err, AS_ERR_INPUT, "the destination is not given");
    r->to = as_ear_place_named(r->ear, f->to);
    if (!r->to) {
        as_fail(err, AS_ERR_INPUT,
                "\"%.*s\" is no destination of the country chart",
                AS_FMT(as_str_slice(f->to, 0, 80)));
        as_err_hint(err, "give its English name or ISO 3166 code; a territory "
                         "goes by the country it belongs to (738.3(b))");
        return AS_ERR_INPUT;
    }
    if (f->from.n) {
        r->from = as_ear_place_named(r->ear, f->from);
        if (!r->from)
            return as_fail(err, AS_ERR_INPUT, "\"%.*s\" is no country",
                           AS_FMT(as_str_slice(f->from, 0, 80)));
    } else if (f->kind == AS_LICENCE_EXPORT) {
        r->from = as_ear_place_find(r->ear, AS_STR("US"));
    } else if (f->kind == AS_LICENCE_TRANSFER) {
        r->from = r->to;
    }
    if (f->origin.n && !as_ear_place_named(r->ear, f->origin))
        return as_fail(err, AS_ERR_INPUT, "\"%.*s\" is no country of origin",
                       AS_FMT(as_str_slice(f->origin, 0, 80)));
    return read_headquarters(r, err);
}

static as_rc begin(as_run *r, as_err *err)
{
    const as_licence_facts *f = r->f;

    if (!as_date_read(f->as_of, &r->as_of))
        return as_fail(err, AS_ERR_INPUT, "\"%.*s\" is no date",
                       AS_FMT(as_str_slice(f->as_of, 0, 40)));
    if (f->eccn.n) {
        r->item_known = as_eccn_read(f->eccn, r->arena, &r->item);
        if (!r->item_known) {
            as_fail(err, AS_ERR_INPUT, "\"%.*s\" is no ECCN",
                    AS_FMT(as_str_slice(f->eccn, 0, 80)));
            as_err_hint(err, "3B001.c.1.a, 5A002 or EAR99");
            return AS_ERR_INPUT;
        }
    }
    return read_places(r, err);
}

static void decide(as_run *r)
{
    as_truth any = AS_NO;

    for (size_t i = 0; i < r->out->n_rows; i++) {
        const as_licence_row *row = &r->out->rows[i];
        /* Support by US persons needs no item that is subject. */
        if (as_str_eq(as_str_c(row->step), AS_STR("us-person")) ||
            as_str_eq(as_str_c(row->step), AS_STR("subject")))
            continue;
        any = as_truth_or(any, row->required);
    }
    any = as_truth_and(any, r->out->subject);
    for (size_t i = 0; i < r->out->n_rows; i++)
        if (as_str_eq(as_str_c(r->out->rows[i].step), AS_STR("us-person")))
            any = as_truth_or(any, r->out->rows[i].required);
    r->out->required = any;
}

static void run_steps(as_run *r)
{
    r->out->subject =
        r->f->kind == AS_LICENCE_SERVICE ? AS_NO : as_subject_run(r);
    if (!r->item_known && r->f->kind != AS_LICENCE_SERVICE) {
        as_licence_row *row = as_run_row(r, "chart", AS_UNSURE);
        row->reason = AS_STR("none");
        row->section = AS_STR("738.4(a)");
        row->what = AS_STR("the classification is not known");
        row->why = AS_STR("without an ECCN no row can be read");
        as_run_missing_free(r, row, "item.eccn",
                            "what is its ECCN, with the paragraph, or EAR99?",
                            "maker");
    }
    if (r->out->subject != AS_NO && !as_run_to_us(r)) {
        as_chart_run(r);
        as_parties_run(r);
        as_uses_run(r);
        as_embargo_run(r);
    } else if (r->f->kind == AS_LICENCE_SERVICE || !as_run_to_us(r)) {
        as_uses_run(r); /* US persons, item or no item */
    }
    if (as_run_to_us(r))
        as_run_limit(r, AS_STR("imports into the US: the EAR speak of what "
                               "leaves"));
}

as_rc as_licence_determine(const as_ear *ear, const as_licence_facts *facts,
                           as_arena *arena, as_licence_answer *ret, as_err *err)
{
    as_licence_answer out = {.facts = facts, .edition = ear->edition};
    as_run r = {.ear = ear, .f = facts, .arena = arena, .out = &out};
    as_rc rc = begin(&r, err);

    if (rc)
        return rc;
    out.to_code = r.to->code;
    out.to_name = r.to->name;
    out.row_name = as_ear_place_row(r.to)->name;
    out.row_basis = r.to->of ? r.to->basis : AS_STR("");
    run_steps(&r);
    decide(&r);
    if (out.required != AS_NO)
        as_exceptions_run(&r);
    forget_needless(&r);
    ask_from_words(&r);
    name_idle_conditions(&r);
    say_flags(&r);
    say_limits(&r);
    say_changes(&r);
    if (as_arena_failed(arena))
        return as_fail(err, AS_ERR_LIMIT, "the determination is too large");
    *ret = out;
    return AS_OK;
}
