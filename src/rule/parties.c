/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of parties: a name of the product or the context against what screening
 * found. No hit on a list that is not there is unknown, never no. */
#include "rule/expr_internal.h"

/* What is asked about one name. */
struct question {
    const as_party_test *test;
    const as_subject *s;
    as_trail *t;
    uint32_t part;
    as_str role, name, country;
};

/* ---- the facts of a name ------------------------------------------------- */

/* What was found of the part's own name: the same name of a part that was made
 * elsewhere may have met other rows. */
static const as_party_facts *facts_of_part(const struct question *q)
{
    const as_world *w = q->s->world;
    const as_review *r = w->review;

    if (q->part == AS_NO_PART || !w->first_party)
        return NULL;
    for (size_t i = w->first_party[q->part]; i < w->first_party[q->part + 1];
         i++) {
        const as_part_party *p = &r->part_parties[w->parties_by_part[i]];
        if (as_str_eq(w->in->screening->facts[p->facts].name, q->name))
            return &w->in->screening->facts[p->facts];
    }
    return NULL;
}

static const as_party_facts *find_facts(const struct question *q)
{
    const as_screening *in = q->s->world->in->screening;
    const uint32_t *order = q->s->world->facts_by_name;
    size_t lo = 0, hi = in->n_facts;
    const as_party_facts *found = NULL;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (as_str_cmp(in->facts[order[mid]].name, q->name) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < in->n_facts; lo++) {
        const as_party_facts *f = &in->facts[order[lo]];
        if (!as_str_eq(f->name, q->name))
            break;
        if (!found || as_str_eq(f->country, q->country))
            found = f;
    }
    return found;
}

/* A pattern that ends in * stands for all lists that begin so. */
static bool names_list(as_str pattern, as_str list)
{
    if (as_str_ends(pattern, AS_STR("*")))
        return as_str_starts(list, as_str_slice(pattern, 0, pattern.n - 1));
    return as_str_eq(pattern, list);
}

static bool among(const as_str *words, size_t n, as_str word)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq(words[i], word))
            return true;
    return false;
}

static bool on_list(const as_party_test *test, as_str list)
{
    for (size_t i = 0; i < test->n_lists; i++)
        if (names_list(test->lists[i], list))
            return true;
    return false;
}

static bool carries_term(const as_party_test *test, const as_party_match *m)
{
    if (test->n_terms == 0)
        return true;
    for (size_t i = 0; i < m->n_terms; i++)
        if (as_str_eq(m->terms[i].key, test->term_key) &&
            among(test->terms, test->n_terms, m->terms[i].value))
            return true;
    return false;
}

static bool holds_on(const as_party_match *m, as_date day)
{
    as_date from, to;

    if (as_date_read(as_str_slice(m->from, 0, 10), &from) && day < from)
        return false;
    return !as_date_read(as_str_slice(m->to, 0, 10), &to) || day < to;
}

/* Letters and digits alone; bytes beyond ASCII as they are. */
static size_t next_letter(as_str s, size_t i)
{
    while (i < s.n && !as_ascii_is_alnum(s.p[i]) && !((uint8_t)s.p[i] & 0x80))
        i++;
    return i;
}

/* Whether name begins with want ("... Refinery" holds "... Refinery Co., Ltd"),
 * at the end of a word. */
static bool begins_with(as_str name, as_str want)
{
    size_t i = next_letter(name, 0), k = next_letter(want, 0), last = 0;

    while (i < name.n && k < want.n) {
        if (as_ascii_lower(name.p[i]) != as_ascii_lower(want.p[k]))
            return false;
        last = i + 1;
        i = next_letter(name, i + 1);
        k = next_letter(want, k + 1);
    }
    return k >= want.n && last > 0 &&
           (last == name.n || !as_ascii_is_alnum(name.p[last]));
}

static bool is_named(const as_party_test *test, as_str name)
{
    for (size_t i = 0; i < test->n_names; i++)
        if (begins_with(name, test->names[i]))
            return true;
    return false;
}

/* ---- one match ----------------------------------------------------------- */

static as_truth unresolved(const struct question *q, const as_party_match *m)
{
    as_trail_want(q->t, AS_STR("party.identity"), q->part,
                  m->missing.n ? m->missing : m->listed_name);
    return AS_UNSURE;
}

static as_truth held_by_listed(const struct question *q,
                               const as_party_match *m)
{
    if (m->n_path == 0 || m->share_high < q->test->owned)
        return AS_NO;
    if (m->share_low >= q->test->owned && !m->unresolved)
        return AS_YES;
    as_trail_want(q->t, AS_STR("party.owners"), q->part,
                  m->missing.n ? m->missing : m->listed_name);
    return AS_UNSURE;
}

static void note_held(const struct question *q, const as_party_match *m)
{
    as_note note = {
        .part = q->part, .role = q->role, .name = q->name, .match = m};

    as_trail_note(q->t, &note);
}

static as_truth want_owners(const struct question *q, as_str detail)
{
    as_trail_want(q->t, AS_STR("party.owners"), q->part, detail);
    return AS_UNSURE;
}

/* Yes holds for the day of the review; on another one while all of those that
 * hold it are still listed, and for a term while all of them carry it. */
static as_truth held_on_day(const struct question *q, const as_owned_answer *a)
{
    for (size_t i = 0; i < a->n_holders; i++)
        if (!a->holders[i].unresolved &&
            (!holds_on(&a->holders[i], q->s->world->day) ||
             !carries_term(q->test, &a->holders[i])))
            return want_owners(q, a->holders[i].listed_name);
    return AS_YES;
}

/* Whoever screened says that the matches hold all listed owners. No list says
 * that, whatever it is called. */
static bool owners_complete(const struct question *q)
{
    return q->s->world->in->screening->owners_complete;
}

/* What is known of its owners. */
static as_truth test_owners(const struct question *q, const as_party_facts *f)
{
    const as_owned_answer *a = as_party_owned(f->owners, &q->test->held);
    as_truth r;

    if (!f->owners && owners_complete(q))
        return AS_NO;
    if (!a) {
        as_str why = f->owners ? f->owners->missing : AS_ABSENT;
        return want_owners(q, why.n ? why : q->name);
    }
    r = a->answer == AS_YES ? held_on_day(q, a) : a->answer;
    if (a->answer == AS_UNSURE)
        for (size_t i = 0; i < a->n_missing; i++)
            want_owners(q, a->missing[i]);
    if (r == AS_YES && a->n_holders)
        note_held(q, &a->holders[0]);
    return r;
}

static as_truth test_match(const struct question *q, const as_party_match *m)
{
    const as_party_test *test = q->test;

    if (m->dismissed.n || !holds_on(m, q->s->world->day))
        return AS_NO;
    if (is_named(test, m->listed_name) || is_named(test, m->matched_name))
        return m->unresolved ? unresolved(q, m) : AS_YES;
    if (as_str_eq(m->list, AS_STR("family"))) {
        if (!among(test->families, test->n_families, m->id))
            return AS_NO;
        return m->unresolved ? unresolved(q, m) : AS_YES;
    }
    if (!on_list(test, m->list) || !carries_term(test, m))
        return AS_NO;
    if (test->owned >= 0)
        return held_by_listed(q, m);
    if (test->identity == AS_PARTY_ENTITY &&
        (m->identity != AS_PARTY_ENTITY || m->n_path))
        return AS_NO;
    return m->unresolved ? unresolved(q, m) : AS_YES;
}

/* ---- what was not covered ------------------------------------------------ */

static as_truth covered(const struct question *q, as_str pattern)
{
    const as_screening *in = q->s->world->in->screening;
    bool found = false, complete = true;

    for (size_t i = 0; i < in->n_lists; i++) {
        if (!names_list(pattern, in->lists[i].list))
            continue;
        found = true;
        complete = complete && in->lists[i].complete;
    }
    if (found && complete)
        return AS_NO;
    as_trail_want(q->t, AS_STR("list"), AS_NO_PART, pattern);
    return AS_UNSURE;
}

/* A family that screening has never heard of is no list either. */
static as_truth covered_family(const struct question *q, as_str word)
{
    const as_screening *in = q->s->world->in->screening;

    for (size_t i = 0; i < in->n_lists; i++) {
        as_str list = in->lists[i].list;
        if (as_str_eq(list, AS_STR("family")) ||
            (as_str_starts(list, AS_STR("family/")) &&
             as_str_eq(as_str_slice(list, 7, list.n), word)))
            return AS_NO;
    }
    as_trail_want(q->t, AS_STR("family"), AS_NO_PART, word);
    return AS_UNSURE;
}

static as_truth nothing_found(const struct question *q)
{
    as_truth r = AS_NO;

    for (size_t i = 0; i < q->test->n_families; i++)
        r = as_truth_or(r, covered_family(q, q->test->families[i]));
    for (size_t i = 0; i < q->test->n_lists; i++)
        r = as_truth_or(r, covered(q, q->test->lists[i]));
    return r;
}

static as_truth test_name(const struct question *q)
{
    const as_party_facts *f;
    as_truth r = AS_NO;

    if (is_named(q->test, q->name)) {
        as_note note = {.part = q->part, .role = q->role, .name = q->name};
        as_trail_note(q->t, &note);
        return AS_YES;
    }
    if (!q->s->world->in->screening) {
        as_trail_want(q->t, AS_STR("screening"), AS_NO_PART,
                      AS_STR("parties were not screened"));
        return AS_UNSURE;
    }
    f = facts_of_part(q);
    if (!f)
        f = find_facts(q);
    if (!f || !f->examined) {
        as_trail_want(q->t, AS_STR("party.name"), q->part,
                      f && f->why.n ? f->why : q->name);
        return AS_UNSURE;
    }
    for (size_t i = 0; i < f->n_matches; i++) {
        as_truth one = test_match(q, &f->matches[i]);
        if (one == AS_YES) {
            as_note note = {.part = q->part,
                            .role = q->role,
                            .name = q->name,
                            .match = &f->matches[i]};
            as_trail_note(q->t, &note);
            return AS_YES;
        }
        r = as_truth_or(r, one);
    }
    if (q->test->owned >= 0) {
        r = as_truth_or(r, test_owners(q, f));
        if (r == AS_YES)
            return r;
    }
    return as_truth_or(r, nothing_found(q));
}

/* ---- of a part, of the context ------------------------------------------- */

static as_truth test_role(const as_expr *e, const as_subject *s, as_trail *t,
                          as_attribute_key key, bool must)
{
    const as_part *p = &s->world->product->parts[s->part];
    const as_attribute *a = as_part_attribute(p, key);
    struct question q = {
        e->party, s, t, s->part, as_attribute_word(key), AS_ABSENT, AS_ABSENT};
    static const struct {
        as_attribute_key key;
        as_str fact;
    } facts[] = {
        {AS_ATTR_MAKER, AS_STR_INIT("part.maker")},
        {AS_ATTR_MANUFACTURER, AS_STR_INIT("part.manufacturer")},
        {AS_ATTR_SUPPLIER, AS_STR_INIT("part.supplier")},
        {AS_ATTR_DESIGNER, AS_STR_INIT("part.designer")},
        {AS_ATTR_FOUNDRY, AS_STR_INIT("part.foundry")},
        {AS_ATTR_CELL_MAKER, AS_STR_INIT("part.cell_maker")},
        {AS_ATTR_PUBLISHER, AS_STR_INIT("part.publisher")},
        {AS_ATTR_AUTHOR, AS_STR_INIT("part.author")},
    };

    if (a && a->state != AS_UNKNOWN && a->value.n) {
        q.name = a->value;
        return test_name(&q);
    }
    if (!must)
        return AS_NO;
    for (size_t i = 0; i < AS_ARRAY_LEN(facts); i++)
        if (facts[i].key == key)
            as_trail_want(t, facts[i].fact, s->part, AS_ABSENT);
    return AS_UNSURE;
}

as_truth as_expr_party(const as_expr *e, const as_subject *s, as_trail *t)
{
    size_t wanted = t->n_wanted, more = t->more_wanted;
    as_truth r = AS_NO;

    for (size_t i = 0; i < e->party->n_must; i++)
        r = as_truth_or(r, test_role(e, s, t, e->party->must[i], true));
    for (size_t i = 0; i < e->party->n_may; i++)
        r = as_truth_or(r, test_role(e, s, t, e->party->may[i], false));
    if (r == AS_YES) {
        t->n_wanted = wanted;
        t->more_wanted = more;
    }
    return r;
}

static bool plays(const as_party_test *test, as_str role)
{
    if (test->n_roles)
        return among(test->roles, test->n_roles, role);
    return !as_str_eq(role, AS_STR("buyer"));
}

as_truth as_expr_dealings(const as_expr *e, const as_subject *s, as_trail *t)
{
    size_t wanted = t->n_wanted, more = t->more_wanted, n = 0;
    const as_context *c = s->world->in->context;
    as_truth r = AS_NO;

    for (size_t i = 0; c && i < c->n_parties; i++) {
        const as_context_party *p = &c->parties[i];
        struct question q = {e->party, s,       t,         AS_NO_PART,
                             p->role,  p->name, p->country};
        if (!plays(e->party, p->role))
            continue;
        n++;
        r = as_truth_or(r, test_name(&q));
    }
    if (n == 0) {
        as_trail_want(t, AS_STR("context.parties"), AS_NO_PART,
                      e->party->n_roles ? e->party->roles[0] : AS_ABSENT);
        return AS_UNSURE;
    }
    if (r == AS_YES) {
        t->n_wanted = wanted;
        t->more_wanted = more;
    }
    return r;
}
