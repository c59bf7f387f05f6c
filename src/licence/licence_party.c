/* SPDX-License-Identifier: Apache-2.0 */
/* Step 4: who takes part. What screening found of each party comes as facts;
 * here is what follows from it. A party that nobody screened is unsure, never
 * clear. Step 4b, the affiliates rule: one or more listed owners with 50 % or
 * more together, directly or not, on the days the rule is in force. */
#include "licence/licence_internal.h"

#include "base/limits.h"

struct list_rule {
    const char *list; /* of the consolidated screening list */
    const char *section, *what;
    bool affiliates; /* inherits through 50 % while that rule is in force */
    bool always;     /* inherits through 50 % at any time (OFAC) */
};
static const struct list_rule lists[] = {
    {"us-csl/EL", "744.11, 744.16", "Entity List", true, false},
    {"us-csl/MEU", "744.21(b)", "Military End User List", true, false},
    {"us-csl/SDN", "744.8", "Specially Designated Nationals", true, true},
    {"us-csl/DPL", "764.3(a)(2), General Prohibition 4", "Denied Persons List",
     false, false},
    {"us-csl/UVL", "744.15", "Unverified List", false, false},
};

static bool on_list(const as_party_match *m, const char *list)
{
    return as_str_eq(m->list, as_str_c(list)) && as_str_is_empty(m->dismissed);
}

static bool listed_then(const as_run *r, const as_party_match *m)
{
    as_date d;

    if (as_date_read(m->from, &d) && r->as_of < d)
        return false;
    return !(as_date_read(m->to, &d) && r->as_of >= d);
}

bool as_parties_on(const as_run *r, const char *list)
{
    for (size_t i = 0; i < r->f->n_parties; i++)
        for (size_t k = 0; k < r->f->parties[i].facts.n_matches; k++) {
            const as_party_match *m = &r->f->parties[i].facts.matches[k];
            if (on_list(m, list) && listed_then(r, m))
                return true;
        }
    return false;
}

static bool has_footnote(as_run *r, const as_party_match *m, int footnote)
{
    for (size_t i = 0; i < m->n_terms; i++) {
        uint64_t n;
        if (as_str_eq(m->terms[i].key, AS_STR("footnote")) &&
            as_str_u64(as_str_trim(m->terms[i].value), &n) &&
            n == (uint64_t)footnote)
            return true;
    }
    return false;
}

/* What review/ has found of its owners, what the facts file says included, or
 * NULL: nothing is stated, or the facts file alone says it. */
static const as_owned_answer *owners_by(const as_licence_party *p,
                                        const char *method)
{
    const as_party_owners *o = p->facts.owners;

    for (size_t i = 0; o && o->known && i < o->n_answers; i++)
        if (as_str_eq(o->answers[i].asked.method, as_str_c(method)))
            return &o->answers[i];
    return NULL;
}

/* By both counts: no listed owner can hold half of it. */
static bool owners_settled(const as_licence_party *p)
{
    const as_owned_answer *bis = owners_by(p, "bis");
    const as_owned_answer *ofac = owners_by(p, "ofac");

    return bis && ofac && bis->answer == AS_NO && ofac->answer == AS_NO;
}

static as_truth all_screened(as_run *r, as_licence_row *row)
{
    if (r->f->n_parties == 0 || !r->f->parties_complete)
        as_run_missing_free(r, row, "parties_complete",
                            "who are all the parties: purchaser, consignees, "
                            "end user?",
                            "exporter");
    for (size_t i = 0; i < r->f->n_parties; i++)
        if (!r->f->parties[i].facts.examined) {
            as_run_missing_free(
                r, row, "parties.screened",
                r->f->parties[i].by_name && owners_settled(&r->f->parties[i])
                    ? "is its address on a list? Its name and the owners that "
                      "are stated were screened"
                : r->f->parties[i].by_name
                    ? "is an owner of the party, or its address, on a list? "
                      "Its name alone was screened"
                    : "is the party, its address or an owner on a list? It was "
                      "not screened",
                "screening");
            return AS_UNSURE;
        }
    return r->f->n_parties && r->f->parties_complete ? AS_YES : AS_UNSURE;
}

as_truth as_parties_footnote(as_run *r, as_licence_row *row, int footnote)
{
    for (size_t i = 0; i < r->f->n_parties; i++)
        for (size_t k = 0; k < r->f->parties[i].facts.n_matches; k++) {
            const as_party_match *m = &r->f->parties[i].facts.matches[k];
            if (on_list(m, "us-csl/EL") && m->n_path == 0 &&
                listed_then(r, m) && has_footnote(r, m, footnote))
                return m->unresolved ? AS_UNSURE : AS_YES;
        }
    return all_screened(r, row) == AS_YES ? AS_NO : AS_UNSURE;
}

as_truth as_parties_headquarters(as_run *r, as_licence_row *row)
{
    as_str where = as_ear_set_get(r->ear, "macau-d5")->to;
    as_truth t = AS_NO;

    for (size_t i = 0; i < r->f->n_parties; i++) {
        const as_ear_place *p =
            as_ear_place_named(r->ear, r->f->parties[i].headquarters);
        t = as_truth_or(t, p ? as_ear_reaches(where, p) : AS_UNSURE);
    }
    if (r->f->n_parties == 0)
        t = AS_UNSURE;
    if (t == AS_UNSURE)
        as_run_missing_free(r, row, "parties.headquarters",
                            "where is the ultimate parent headquartered?",
                            "buyer");
    return t;
}

/* ---- one listing -----------------------------------------------------------
 */

static bool has_text(as_str s, const char *needle)
{
    as_str n = as_str_c(needle);

    for (size_t i = 0; i + n.n <= s.n; i++)
        if (as_str_starts_nocase(as_str_slice(s, i, s.n), n))
            return true;
    return false;
}

static as_str term(const as_party_match *m, const char *key)
{
    for (size_t i = 0; i < m->n_terms; i++)
        if (as_str_eq(m->terms[i].key, as_str_c(key)))
            return m->terms[i].value;
    return AS_ABSENT;
}

/* What an Entity List row asks a licence for. Most say "all items subject to
 * the EAR"; those that say less are read by people. */
static as_truth entity_covers(as_run *r, as_licence_row *row,
                              const as_party_match *m)
{
    as_str text = term(m, "requirement");
    bool except = has_text(text, "except") || has_text(text, "other than");

    if (text.n == 0) {
        row->why = AS_STR("the entry's own requirement was not given: taken as "
                          "all items subject to the EAR, as most entries say");
        return AS_YES;
    }
    if (has_text(text, "all items subject to the EAR") && !except)
        return AS_YES;
    if (has_text(text, "all items on the CCL") && !except && r->item_known)
        return r->item.ear99 ? AS_NO : AS_YES;
    as_run_missing_free(r, row, "parties.requirement",
                        "does the entry's requirement cover this item?",
                        "export counsel");
    row->why = as_arena_printf(r->arena, "the entry says: %.*s",
                               AS_FMT(as_str_slice(text, 0, 200)));
    return AS_UNSURE;
}

static as_truth meu_covers(as_run *r, as_licence_row *row)
{
    const as_ear_set *set = as_ear_set_get(r->ear, "meu-supplement-2");

    if (as_ear_reaches(as_ear_set_get(r->ear, "meu-any")->to, r->to) == AS_YES)
        return AS_YES;
    if (!r->item_known) {
        as_run_missing_free(r, row, "item.eccn",
                            "what is its ECCN, with the paragraph, or EAR99?",
                            "maker");
        return AS_UNSURE;
    }
    return as_eccn_in_list(set->items, r->item, NULL);
}

/* 744.8 names programmes; of the others the Treasury's rules speak. */
static as_truth blocked_covers(as_run *r, as_licence_row *row,
                               const as_party_match *m)
{
    as_str named = as_ear_set_get(r->ear, "sdn-programmes")->items;
    size_t known = 0;

    for (size_t i = 0; i < m->n_terms; i++) {
        if (!as_str_eq(m->terms[i].key, AS_STR("programme")))
            continue;
        known++;
        if (as_eccn_has_word(named, as_str_trim(m->terms[i].value)))
            return AS_YES;
    }
    as_run_flag(r, AS_STR("31 CFR chapter V: US persons do not deal with "
                          "blocked persons without a licence of the Treasury"));
    if (known == 0) {
        row->why = AS_STR("the programme of the listing was not given: taken "
                          "as one that 744.8 names");
        return AS_YES;
    }
    row->why = AS_STR("744.8 names fourteen programmes and none of this "
                      "listing; the Treasury's regulations hold all the same");
    as_run_missing_free(r, row, "parties.programme",
                        "does the Treasury (OFAC) license or forbid it?",
                        "export counsel");
    return AS_UNSURE;
}

static as_truth covers(as_run *r, as_licence_row *row,
                       const struct list_rule *l, const as_party_match *m)
{
    if (as_str_eq(as_str_c(l->list), AS_STR("us-csl/EL")))
        return entity_covers(r, row, m);
    if (as_str_eq(as_str_c(l->list), AS_STR("us-csl/MEU")))
        return meu_covers(r, row);
    if (as_str_eq(as_str_c(l->list), AS_STR("us-csl/SDN")))
        return blocked_covers(r, row, m);
    if (as_str_eq(as_str_c(l->list), AS_STR("us-csl/UVL"))) {
        as_run_flag(r, AS_STR("744.15: no licence exception, and a statement "
                              "of the unverified party before it leaves"));
        return AS_NO;
    }
    return AS_YES;
}

static void put_listing(as_run *r, const as_licence_party *p,
                        const struct list_rule *l, const as_party_match *m)
{
    as_licence_row *row = as_run_row(r, "party", AS_UNSURE);

    row->reason = as_str_c(l->what);
    row->section = as_str_c(l->section);
    row->what = as_arena_printf(r->arena, "\"%.*s\"%s%.*s on the %s%s%.*s",
                                AS_FMT(p->facts.name), p->role.n ? ", " : "",
                                AS_FMT(p->role), l->what,
                                m->edition.n ? " of " : "", AS_FMT(m->edition));
    row->why = as_arena_printf(
        r->arena, "listed as \"%.*s\"",
        AS_FMT(m->listed_name.n ? m->listed_name : p->facts.name));
    row->policy = term(m, "policy");
    row->required = covers(r, row, l, m);
    if (m->unresolved) {
        row->required = as_truth_and(row->required, AS_UNSURE);
        as_run_missing_free(r, row, "parties.identity",
                            m->missing.n ? as_arena_str(r->arena, m->missing).p
                                         : "is it the listed party?",
                            "screening");
    }
}

/* ---- owners ----------------------------------------------------------------
 */

struct owned {
    double low, high;
    size_t n;
    as_truth covers; /* the strictest of the owners */
};

/* Of the Entity List, the MEU List and the SDN List together (supplement no. 8
 * to part 744); for the Treasury's own rule of the SDN List alone. */
static struct owned sum_owners(as_run *r, const as_licence_party *p,
                               bool treasury)
{
    struct owned o = {0, 0, 0, AS_NO};

    for (size_t k = 0; k < p->facts.n_matches; k++) {
        const as_party_match *m = &p->facts.matches[k];
        as_licence_row scrap = {.missing = AS_STR("")};
        for (size_t i = 0; i < AS_ARRAY_LEN(lists); i++) {
            if (!(treasury ? lists[i].always : lists[i].affiliates) ||
                !on_list(m, lists[i].list) || m->n_path == 0 ||
                !listed_then(r, m))
                continue;
            o.n++;
            o.low += m->unresolved ? 0 : m->share_low;
            o.high += m->share_high;
            o.covers = as_truth_or(o.covers, covers(r, &scrap, &lists[i], m));
        }
    }
    return o;
}

/* Whether the entries of the listed owners ask for a licence for this item:
 * the strictest counts. Without one it is theirs whom nobody has stated. */
static as_truth holders_cover(as_run *r, as_licence_row *row,
                              const as_owned_answer *a)
{
    as_truth t = a->n_holders ? AS_NO : AS_YES;

    for (size_t k = 0; k < a->n_holders; k++)
        for (size_t i = 0; i < AS_ARRAY_LEN(lists); i++)
            if (as_str_eq(a->holders[k].list, as_str_c(lists[i].list)) &&
                !(a->answer == AS_YES && a->holders[k].unresolved))
                t = as_truth_or(t, covers(r, row, &lists[i], &a->holders[k]));
    return t;
}

static as_str paths_of(as_run *r, const as_licence_party *p,
                       const as_owned_answer *a)
{
    enum { TOLD = 4 };
    as_str text;
    as_buf b;

    as_buf_init(&b, AS_MIB);
    for (size_t i = 0; i < a->n_holders && i < TOLD; i++) {
        as_buf_c(&b, i ? "; " : "");
        as_party_path_write(p->facts.name, &a->holders[i], &b);
    }
    text = as_arena_str(r->arena, as_buf_text(&b));
    as_buf_done(&b);
    return text;
}

/* The row of what is joined about its owners; put_affiliates and put_blocked
 * say which rule counts. */
static as_licence_row *put_found(as_run *r, const as_licence_party *p,
                                 const as_owned_answer *a, const char *of)
{
    as_licence_row *row = as_run_row(r, "party", a->answer);

    if (a->answer != AS_NO)
        row->required = as_truth_and(a->answer, holders_cover(r, row, a));
    row->reason = AS_STR("affiliates");
    row->what = as_arena_printf(
        r->arena, "\"%.*s\": owners on %s hold %.10g to %.10g %% together",
        AS_FMT(p->facts.name), of, a->low, a->high);
    if (a->n_holders)
        row->policy = term(&a->holders[0], "policy");
    for (size_t i = 0; row->required == AS_UNSURE && i < a->n_missing; i++)
        as_run_missing_free(
            r, row, "parties.share",
            as_arena_printf(r->arena,
                            "%.*s? (red flag 29: an unknown share has to be "
                            "resolved first)",
                            AS_FMT(a->missing[i]))
                .p,
            "buyer");
    return row;
}

/* The paths, the rule, and what the entries themselves say. */
static as_str with_paths(as_run *r, const as_licence_party *p,
                         const as_owned_answer *a, as_str why, as_str entry)
{
    if (!a || a->n_holders == 0)
        return why;
    return AS_JOIN(r->arena, paths_of(r, p, a), AS_STR("; "), why,
                   entry.n ? AS_STR("; ") : AS_STR(""), entry);
}

static as_licence_row *put_owned(as_run *r, const as_licence_party *p,
                                 const struct owned *o, const char *of)
{
    as_truth half = o->low >= 50 ? AS_YES : o->high >= 50 ? AS_UNSURE : AS_NO;
    as_licence_row *row = as_run_row(r, "party", as_truth_and(half, o->covers));

    row->reason = AS_STR("affiliates");
    row->what = as_arena_printf(
        r->arena, "\"%.*s\": %zu owner%s on %s, %g to %g %% together",
        AS_FMT(p->facts.name), o->n, o->n == 1 ? "" : "s", of,
        o->low > 100 ? 100 : o->low, o->high > 100 ? 100 : o->high);
    if (half == AS_UNSURE)
        as_run_missing_free(r, row, "parties.share",
                            "what share do the listed owners hold? An unknown "
                            "share has to be resolved first (red flag 29)",
                            "buyer");
    return row;
}

static void put_affiliates(as_run *r, const as_licence_party *p)
{
    const as_ear_interval *rule = &r->ear->intervals[0];
    const as_owned_answer *found = owners_by(p, "bis");
    struct owned o = sum_owners(r, p, false);
    bool since = !as_run_before(r, rule->from);
    bool back = !as_run_before(r, rule->back);
    bool suspended = since && !back && !as_run_before(r, rule->suspended);
    as_licence_row *row;
    as_str entry;

    if (o.n == 0 && !found)
        return;
    row = found ? put_found(r, p, found, "lists of BIS and the SDN List")
                : put_owned(r, p, &o, "lists of BIS and the SDN List");
    entry = row->why;
    row->section = rule->section;
    if (!since || suspended) {
        row->required = AS_NO;
        row->missing = AS_STR("");
        row->why = as_arena_printf(
            r->arena,
            "the 50 %% rule is %s on that day (in force from %.*s, suspended "
            "%.*s to %.*s): a red flag all the same",
            suspended ? "suspended" : "not yet in force", AS_FMT(rule->from),
            AS_FMT(rule->suspended), AS_FMT(rule->back));
        row->why = with_paths(r, p, found, row->why, entry);
        return;
    }
    row->scheduled = back;
    row->why =
        back ? as_arena_printf(
                   r->arena,
                   "the 50 %% rule is due back on %.*s unless extended",
                   AS_FMT(rule->back))
             : as_arena_printf(r->arena, "the 50 %% rule is in force from %.*s",
                               AS_FMT(rule->from));
    row->why = with_paths(r, p, found, row->why, entry);
}

static void put_blocked(as_run *r, const as_licence_party *p)
{
    const as_owned_answer *found = owners_by(p, "ofac");
    struct owned o = sum_owners(r, p, true);
    as_licence_row *row;
    as_str entry;

    if (o.n == 0 && !found)
        return;
    row = found ? put_found(r, p, found, "the SDN List")
                : put_owned(r, p, &o, "the SDN List");
    entry = row->why;
    row->section = AS_STR("31 CFR chapter V");
    row->why = AS_STR("blocked owners with 50 % or more make it blocked "
                      "(Treasury, at any time)");
    row->why = with_paths(r, p, found, row->why, entry);
}

/* ---- military intelligence --------------------------------------------------
 */

static void put_intelligence(as_run *r, const as_licence_party *p)
{
    for (size_t i = 0; i < r->ear->n_mieu; i++)
        for (size_t k = 0; k < r->ear->mieu[i].n_names; k++) {
            as_str name = r->ear->mieu[i].names[k];
            as_licence_row *row;
            bool hit = name.n < 8 ? as_str_eq_nocase(p->facts.name, name)
                                  : has_text(p->facts.name, name.p);
            if (!hit)
                continue;
            row = as_run_row(r, "party", AS_YES);
            row->reason = AS_STR("military intelligence");
            row->section = AS_STR("744.22(f)(2)");
            row->what =
                as_arena_printf(r->arena, "\"%.*s\"", AS_FMT(p->facts.name));
            row->why = as_arena_printf(r->arena,
                                       "the section names \"%.*s\", wherever "
                                       "it is",
                                       AS_FMT(name));
            return;
        }
}

static void put_party(as_run *r, const as_licence_party *p)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(lists); i++) {
        for (size_t k = 0; k < p->facts.n_matches; k++) {
            const as_party_match *m = &p->facts.matches[k];
            if (on_list(m, lists[i].list) && m->n_path == 0 &&
                listed_then(r, m))
                put_listing(r, p, &lists[i], m);
        }
    }
    put_affiliates(r, p);
    put_blocked(r, p);
    put_intelligence(r, p);
}

void as_parties_run(as_run *r)
{
    as_licence_row *row;

    for (size_t i = 0; i < r->f->n_parties; i++)
        put_party(r, &r->f->parties[i]);
    row = as_run_row(r, "party", AS_NO);
    row->reason = AS_STR("parties");
    row->section = AS_STR("744.8, .11, .15, .16, .21, .22");
    row->what = AS_STR("every other party of the transaction");
    if (all_screened(r, row) == AS_YES) {
        row->why =
            AS_STR("screened: nothing else found, which is no clearance");
        row->missing = AS_STR("");
    } else {
        row->required = AS_UNSURE;
        row->why = AS_STR("not screened, or not all parties are known");
    }
}
