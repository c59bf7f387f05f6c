/* SPDX-License-Identifier: Apache-2.0 */
/* The parties of a transaction, screened for the licence question. */
#include "licence/licence.h"
#include "base/limits.h"
#include "review/parties_internal.h"

/* What step 4 of the question asks (licence.h). */
static const as_str wanted[] = {
    AS_STR_INIT("us-csl/EL"),  AS_STR_INIT("us-csl/DPL"),
    AS_STR_INIT("us-csl/SDN"), AS_STR_INIT("us-csl/UVL"),
    AS_STR_INIT("us-csl/MEU"),
};

/* Without one of the lists nobody is screened: the first that is not there. */
static as_rc find_gap(as_parties *p, as_arena *a, as_str *ret_gap, as_err *err)
{
    as_screen_query q = {.n_lists = 0};
    as_parties_coverage c;
    as_rc rc = as_parties_cover(p, &q, a, &c, err);

    *ret_gap = AS_ABSENT;
    for (size_t i = 0; !rc && i < AS_ARRAY_LEN(wanted); i++) {
        bool there = false;
        for (size_t k = 0; k < c.n_lists; k++)
            there = there || as_str_eq(c.lists[k].name, wanted[i]);
        if (!there && as_str_is_absent(*ret_gap))
            *ret_gap = wanted[i];
    }
    return rc;
}

/* What only may be the party adds nothing beside a row of the same list that it
 * is for sure. One that a decision dismissed is no such row. */
static bool is_sister(const as_party_facts *found, size_t k)
{
    if (!found->matches[k].unresolved)
        return false;
    for (size_t i = 0; i < k; i++)
        if (as_str_eq(found->matches[i].list, found->matches[k].list) &&
            !found->matches[i].unresolved && !found->matches[i].dismissed.n)
            return true;
    return false;
}

/* Owners that the facts file names; beside what registers state of them. */
static size_t said_of(const as_party_facts *f, as_owned_said *to)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n_matches; i++)
        if (f->matches[i].n_path && f->matches[i].listed_name.n)
            to[n++] = (as_owned_said){f->matches[i].listed_name,
                                      f->matches[i].share_low,
                                      f->matches[i].share_high, &f->matches[i]};
    return n;
}

/* By how BIS and OFAC count. */
static as_rc find_owners(as_parties *p, as_licence_party *party,
                         const as_screen_query *q, as_arena *a, as_err *err)
{
    as_owned_asking about = {.query = q};
    as_owned_said *said =
        AS_NEW_ARRAY(a, party->facts.n_matches, as_owned_said);

    if (!said)
        return as_fail(err, AS_ERR_MEMORY, "no memory to look owners up");
    about.questions = as_owned_usual(&about.n_questions);
    about.said = said;
    about.n_said = said_of(&party->facts, said);
    return as_parties_owners(p, &about, a, &party->facts.owners, err);
}

/* What was given of a party (owners above all) stays beside what is found. */
static as_rc screen_one(as_parties *p, as_licence_party *party,
                        as_arena *scratch, as_arena *a, as_err *err)
{
    as_party_facts *f = &party->facts, found;
    as_party_match *all;
    as_screen_query q = {.name = f->name, .country = f->country};
    as_rc rc = as_parties_facts(p, &q, scratch, a, &found, err);

    if (rc)
        return rc;
    all = AS_NEW_ARRAY(a, f->n_matches + found.n_matches, as_party_match);
    if (!all && f->n_matches + found.n_matches)
        return as_fail(err, AS_ERR_MEMORY, "no memory to screen names");
    for (size_t i = 0; i < f->n_matches; i++)
        all[i] = f->matches[i];
    f->matches = all;
    for (size_t i = 0; i < found.n_matches; i++)
        if (!is_sister(&found, i))
            all[f->n_matches++] = found.matches[i];
    f->why = found.why;
    party->by_name = found.examined;
    return find_owners(p, party, &q, a, err);
}

as_rc as_review_screen_licence(const as_parties_request *q,
                               struct as_licence_facts *facts, as_arena *arena,
                               as_str *ret_gap, as_err *err)
{
    as_arena *scratch;
    as_parties *p = NULL;
    size_t open = 0;
    as_rc rc;

    *ret_gap = AS_ABSENT;
    for (size_t i = 0; i < facts->n_parties; i++)
        open += !facts->parties[i].facts.examined;
    if (open == 0)
        return AS_OK;
    scratch = as_arena_new(AS_LIMIT_SCREEN_BYTES);
    if (!scratch)
        return as_fail(err, AS_ERR_MEMORY, "no memory to screen names");
    rc = as_parties_open(q, &p, err);
    if (!rc)
        rc = find_gap(p, arena, ret_gap, err);
    for (size_t i = 0; !rc && !ret_gap->n && i < facts->n_parties; i++)
        if (!facts->parties[i].facts.examined)
            rc = screen_one(p, &facts->parties[i], scratch, arena, err);
    as_parties_close(p);
    as_arena_free(scratch);
    return rc;
}
