/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about the owners of a party answered from what is joined; see
 * owners_internal.h.
 *
 * Twice: with the owners that are listed, and with those that may be. Yes is
 * what the first says, no what the second says; between them it is unknown, and
 * the facts are named: shares, and which owner is whom. Shares without a stated
 * owner may be a listed one's. */
#include "base/limits.h"
#include "review/owners_internal.h"

#include <stdlib.h>

enum { ENDS = 8, MISSING = 12 };

/* The usual questions: how each law counts, and whose lists it counts for. */
static const as_str ofac_lists[] = {AS_STR_INIT("us-csl/SDN"),
                                    AS_STR_INIT("us-ofac/SDN")};
static const as_str bis_lists[] = {AS_STR_INIT("us-csl/EL"),
                                   AS_STR_INIT("us-csl/MEU"),
                                   AS_STR_INIT("us-csl/SDN")};
static const as_str mofcom_lists[] = {AS_STR_INIT("cn-control*")};
static const as_str eu_lists[] = {AS_STR_INIT("eu")};
static const as_str uk_lists[] = {AS_STR_INIT("uk")};

static const as_owned_question usual[] = {
    {AS_STR_INIT("ofac"), ofac_lists, AS_ARRAY_LEN(ofac_lists), 50},
    {AS_STR_INIT("bis"), bis_lists, AS_ARRAY_LEN(bis_lists), 50},
    {AS_STR_INIT("mofcom"), mofcom_lists, AS_ARRAY_LEN(mofcom_lists), 50},
    {AS_STR_INIT("eu"), eu_lists, AS_ARRAY_LEN(eu_lists), 50},
    {AS_STR_INIT("uk"), uk_lists, AS_ARRAY_LEN(uk_lists), 50},
};

const as_owned_question *as_owned_usual(size_t *n)
{
    *n = AS_ARRAY_LEN(usual);
    return usual;
}

struct asking {
    as_owners *o;
    as_owner_graph *g;
    uint32_t root;
    size_t looked_up;
    as_arena *work; /* of this party */
    as_arena *a;    /* of the answer */
    as_date day;
    as_str why; /* a ceiling was met */
};

static as_rc full(as_err *err)
{
    return as_fail(err, AS_ERR_LIMIT, "the owners need too much memory");
}

/* ---- the graph -------------------------------------------------------------
 */

/* Stands for the owners of a party of which it is unknown which one it is. */
static as_str key_of_doubt(as_arena *a, const as_owner_node *n)
{
    return AS_JOIN(a, AS_STR("doubt "), n->key);
}

static as_str name_of(const as_owner_node *n)
{
    return n->name.n ? n->name : n->records_text ? n->records_text[0] : n->key;
}

static as_rc add_doubt(struct asking *q, const as_owner_node *n, as_err *err)
{
    as_str key = key_of_doubt(q->work, n);
    as_owner_edge e = {.owner = key,
                       .owned = n->key,
                       .high = 100,
                       .from = AS_DATE_NONE,
                       .to = AS_DATE_NONE};
    as_str name =
        as_arena_printf(q->work, "(owners of \"%.*s\")", AS_FMT(name_of(n)));
    as_rc rc = as_owner_graph_add(q->g, &e, err);

    return rc ? rc : as_owner_graph_name(q->g, key, name, err);
}

static as_rc add_stated(struct asking *q, uint32_t i, as_err *err)
{
    as_rc rc = AS_OK;

    for (size_t k = 0; k < as_owners_node(q->o, i)->n_stated && !rc; k++) {
        const as_owner_node *n = as_owners_node(q->o, i);
        const as_owner_node *by = as_owners_node(q->o, n->stated[k].owner);
        as_owner_edge e = n->stated[k].edge;
        e.owned = n->key;
        e.owner = by->key;
        rc = as_owner_graph_add(q->g, &e, err);
        if (!rc)
            rc = as_owner_graph_name(q->g, by->key, name_of(by), err);
    }
    return rc;
}

/* Asked by the climb for each key it meets. */
static as_rc ties_of(void *ctx, as_str key, as_owner_graph *g, as_err *err)
{
    struct asking *q = ctx;
    uint32_t i = as_owners_find(q->o, key);
    as_rc rc;

    (void)g;
    if (i == UINT32_MAX) /* a doubt */
        return AS_OK;
    if (++q->looked_up > AS_LIMIT_OWNER_JOINED)
        return as_fail(err, AS_ERR_LIMIT,
                       "more than %zu parties stand above it",
                       AS_LIMIT_OWNER_JOINED);
    rc = as_owners_load(q->o, i, err);
    if (!rc && i != q->root)
        rc = as_owners_screen(q->o, i, err);
    if (!rc)
        rc = add_stated(q, i, err);
    if (!rc && i != q->root && as_owners_node(q->o, i)->unsettled.n)
        rc = add_doubt(q, as_owners_node(q->o, i), err);
    return rc;
}

static as_rc climb(struct asking *q, as_err *err)
{
    const as_owner_node *n = as_owners_node(q->o, q->root);
    as_str key = n->key;
    as_err why;
    as_rc rc = as_owner_graph_name(q->g, key, name_of(n), err);

    as_err_init(&why);
    if (!rc)
        rc = as_owner_graph_climb(q->g, key, ties_of, q, &why);
    if (rc == AS_ERR_LIMIT) {
        q->why = as_arena_printf(q->a, "%s", why.what);
        return AS_OK;
    }
    if (rc)
        return as_fail(err, rc, "%s", why.what);
    return as_owner_graph_seal(q->g, err);
}

/* ---- who is listed ---------------------------------------------------------
 */

static bool names_list(as_str pattern, as_str list)
{
    if (as_str_ends(pattern, AS_STR("*")))
        return as_str_starts(list, as_str_slice(pattern, 0, pattern.n - 1));
    return as_str_eq(pattern, list);
}

static bool asks(const as_owned_question *q, as_str list)
{
    for (size_t i = 0; i < q->n_lists; i++)
        if (names_list(q->lists[i], list))
            return true;
    return false;
}

static bool holds_on(const struct asking *q, const as_party_match *m)
{
    as_date from, to;

    if (as_date_read(as_str_slice(m->from, 0, 10), &from) && q->day < from)
        return false;
    return !as_date_read(as_str_slice(m->to, 0, 10), &to) || q->day < to;
}

/* The match by which a party counts: a sure one before one that is not. */
static const as_party_match *match_of(const struct asking *q,
                                      const as_owned_question *about,
                                      const as_owner_node *n)
{
    const as_party_match *best = NULL;

    for (size_t i = 0; i < n->facts.n_matches; i++) {
        const as_party_match *m = &n->facts.matches[i];
        if (asks(about, m->list) && holds_on(q, m) &&
            (!best || (best->unresolved && !m->unresolved)))
            best = m;
    }
    return best;
}

struct listed {
    as_owner_listed *sure, *maybe; /* maybe: all of them */
    size_t n_sure, n_maybe;
};

static as_rc find_listed(struct asking *q, const as_owned_question *about,
                         struct listed *ret, as_err *err)
{
    size_t n;
    const as_str *keys = as_owner_graph_keys(q->g, &n);

    *ret = (struct listed){.sure = AS_NEW_ARRAY(q->work, n, as_owner_listed),
                           .maybe = AS_NEW_ARRAY(q->work, n, as_owner_listed)};
    if (!ret->sure || !ret->maybe)
        return full(err);
    for (size_t i = 0; i < n; i++) {
        uint32_t at = as_owners_find(q->o, keys[i]);
        const as_owner_node *node;
        const as_party_match *m;
        if (at == q->root)
            continue;
        if (at == UINT32_MAX) {
            ret->maybe[ret->n_maybe++].party = keys[i];
            continue;
        }
        node = as_owners_node(q->o, at);
        m = match_of(q, about, node);
        if (m && !m->unresolved)
            ret->sure[ret->n_sure++].party = keys[i];
        if (m || !node->facts.examined)
            ret->maybe[ret->n_maybe++].party = keys[i];
    }
    return AS_OK;
}

/* ---- asking ----------------------------------------------------------------
 */

static as_rc ask(struct asking *q, as_owner_method m,
                 const as_owner_listed *items, size_t n, as_owner_answer *ret,
                 as_err *err)
{
    as_owner_query query = {.method = m,
                            .party = as_owners_node(q->o, q->root)->key,
                            .day = q->day,
                            .listed = as_owner_set_new(q->work, items, n),
                            .unrecorded = true};
    as_err why;
    as_rc rc;

    if (!query.listed)
        return full(err);
    as_err_init(&why);
    rc = as_owner_ask(q->g, &query, q->work, ret, &why);
    if (rc == AS_ERR_LIMIT) {
        *ret = (as_owner_answer){.answer = AS_UNSURE, .high = 100};
        q->why = as_arena_printf(q->a, "%s", why.what);
        return AS_OK;
    }
    return rc ? as_fail(err, rc, "%s", why.what) : AS_OK;
}

static as_truth at_threshold(const as_owner_answer *r, as_owner_method m,
                             double threshold)
{
    if (m != AS_OWNER_MULTIPLY)
        return r->answer;
    if (r->low >= threshold)
        return AS_YES;
    return r->high >= threshold ? AS_UNSURE : AS_NO;
}

/* ---- what is said ----------------------------------------------------------
 */

static void put_range(as_buf *out, const as_owner_step *s)
{
    if (s->low < s->high)
        as_buf_printf(out, "%.10g to %.10g %%", s->low, s->high);
    else
        as_buf_printf(out, "%.10g %%", s->high);
}

/* "60 % Owner Ltd": an owner and what it holds of the one below it. */
static as_str text_of_step(as_arena *a, const as_owner_step *s)
{
    as_str text;
    as_buf b;

    as_buf_init(&b, AS_MIB);
    if (s->low <= 0 && s->high >= 100)
        as_buf_c(&b, s->tie == AS_OWNER_CONTROL ? "parent" : "owner");
    else
        put_range(&b, s);
    as_buf_byte(&b, ' ');
    as_buf_str(&b, as_str_slice(s->owner, 0, 300));
    text = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    return text;
}

/* A path to a listed owner as a match: nearest owner first. */
static bool put_holder(struct asking *q, const as_owned_question *about,
                       const as_owner_path *path, as_owned_answer *to)
{
    uint32_t at = as_owners_find(q->o, path->listed->party);
    const as_owner_node *n = at == UINT32_MAX ? NULL : as_owners_node(q->o, at);
    const as_party_match *m = n ? match_of(q, about, n) : NULL;
    as_party_match *h = &to->holders[to->n_holders];

    if (!m)
        return true;
    *h = *m;
    if (!as_parties_keep_match(q->a, h))
        return false;
    h->path = AS_NEW_ARRAY(q->a, path->n_steps, as_str);
    if (!h->path)
        return false;
    for (size_t i = path->n_steps; i-- > 0;)
        h->path[h->n_path++] = text_of_step(q->a, &path->steps[i]);
    h->share_low = path->low;
    h->share_high = path->high;
    h->unresolved = m->unresolved || path->counts != AS_YES;
    if (!m->unresolved)
        h->missing = AS_ABSENT;
    to->n_holders++;
    return true;
}

static void put_missing(struct asking *q, as_owned_answer *to, as_str text)
{
    if (to->n_missing == MISSING || !text.n)
        return;
    for (size_t i = 0; i < to->n_missing; i++)
        if (as_str_eq(to->missing[i], text))
            return;
    to->missing[to->n_missing++] = as_arena_str(q->a, text);
}

/* What makes a party one that only may be listed. */
static as_str doubt_of(struct asking *q, const as_owned_question *about,
                       as_str key)
{
    uint32_t at = as_owners_find(q->o, key);
    const as_owner_node *n;
    const as_party_match *m;

    if (at == UINT32_MAX) {
        at = as_owners_find(q->o, as_str_slice(key, 6, key.n));
        return at == UINT32_MAX ? AS_ABSENT
                                : as_owners_node(q->o, at)->unsettled;
    }
    n = as_owners_node(q->o, at);
    m = match_of(q, about, n);
    if (!m)
        return as_arena_printf(q->work,
                               "whether the owner \"%.*s\" is listed (%.*s)",
                               AS_FMT(name_of(n)), AS_FMT(n->facts.why));
    return as_arena_printf(q->work,
                           "whether the owner \"%.*s\" is \"%.*s\" "
                           "(%.*s row %.*s)",
                           AS_FMT(name_of(n)), AS_FMT(m->listed_name),
                           AS_FMT(m->list), AS_FMT(m->id));
}

static as_str text_of_missing(struct asking *q, const as_owner_missing *m)
{
    if (as_str_is_absent(m->owner) && !m->control)
        return as_arena_printf(q->work,
                               "owners of \"%.*s\" not stated: %.10g %%",
                               AS_FMT(m->owned), m->high);
    return m->text;
}

static bool is_sure(const struct listed *l, as_str key)
{
    for (size_t i = 0; i < l->n_sure; i++)
        if (as_str_eq(l->sure[i].party, key))
            return true;
    return false;
}

static bool say_missing(struct asking *q, const as_owner_answer *first,
                        const as_owner_answer *second, const struct listed *l,
                        as_owned_answer *to)
{
    to->missing = AS_NEW_ARRAY(q->a, MISSING, as_str);
    if (!to->missing)
        return false;
    put_missing(q, to, q->why);
    for (size_t i = 0; i < second->n_holders; i++) {
        const as_owner_listed *h = second->holders[i].listed;
        if (h && h->party.n && !is_sure(l, h->party))
            put_missing(q, to, doubt_of(q, &to->asked, h->party));
    }
    for (size_t i = 0; i < first->n_missing; i++)
        put_missing(q, to, text_of_missing(q, &first->missing[i]));
    for (size_t i = 0; i < second->n_missing && to->n_missing == 0; i++)
        put_missing(q, to, text_of_missing(q, &second->missing[i]));
    if (to->n_missing == 0)
        put_missing(q, to,
                    as_arena_printf(q->work,
                                    "what the listed hold is only known to "
                                    "lie between %.10g and %.10g %%",
                                    to->low, to->high));
    return true;
}

/* ---- one question ----------------------------------------------------------
 */

static as_rc answer(struct asking *q, const as_owned_question *about,
                    as_owned_answer *ret, as_err *err)
{
    as_owner_method method = AS_OWNER_OFAC;
    as_owner_answer first = {.answer = AS_UNSURE}, second;
    struct listed l;
    as_rc rc;

    *ret = (as_owned_answer){.asked = *about, .high = 100};
    if (!as_owner_method_of(about->method, &method) || q->why.n)
        return say_missing(q, &(as_owner_answer){.n_missing = 0},
                           &(as_owner_answer){.n_missing = 0},
                           &(struct listed){.n_sure = 0}, ret)
                   ? AS_OK
                   : full(err);
    rc = find_listed(q, about, &l, err);
    if (!rc)
        rc = ask(q, method, l.sure, l.n_sure, &first, err);
    second = first;
    if (!rc && l.n_maybe > l.n_sure)
        rc = ask(q, method, l.maybe, l.n_maybe, &second, err);
    if (rc)
        return rc;
    ret->low = first.low;
    ret->high = second.high;
    ret->answer =
        at_threshold(&first, method, about->threshold) == AS_YES   ? AS_YES
        : at_threshold(&second, method, about->threshold) == AS_NO ? AS_NO
                                                                   : AS_UNSURE;
    ret->holders = AS_NEW_ARRAY(q->a, second.n_paths, as_party_match);
    if (!ret->holders)
        return full(err);
    for (size_t i = 0; i < second.n_paths; i++)
        if (second.paths[i].listed && second.paths[i].listed->party.n &&
            !put_holder(q, about, &second.paths[i], ret))
            return full(err);
    if (ret->answer == AS_UNSURE && !say_missing(q, &first, &second, &l, ret))
        return full(err);
    return AS_OK;
}

/* Where what is stated ends. */
static bool find_ends(struct asking *q, as_party_owners *ret)
{
    size_t n;
    const as_str *keys = as_owner_graph_keys(q->g, &n);

    ret->ends = AS_NEW_ARRAY(q->a, ENDS, as_str);
    for (size_t i = 0; ret->ends && i < n && ret->n_ends < ENDS; i++) {
        uint32_t at = as_owners_find(q->o, keys[i]);
        const as_owner_node *node =
            at == UINT32_MAX ? NULL : as_owners_node(q->o, at);
        if (node && at != q->root && node->n_stated == 0 &&
            node->facts.n_matches == 0 && node->kind != AS_PARTY_PERSON)
            ret->ends[ret->n_ends++] = as_arena_str(q->a, name_of(node));
    }
    return ret->ends && !as_arena_failed(q->a);
}

static as_rc answer_all(struct asking *q, const as_owned_asking *about,
                        as_party_owners *ret, as_err *err)
{
    const as_owner_node *n = as_owners_node(q->o, q->root);
    as_rc rc = AS_OK;

    ret->records = AS_NEW_ARRAY(q->a, n->n_records, as_str);
    for (size_t i = 0; ret->records && i < n->n_records; i++)
        ret->records[ret->n_records++] = as_arena_str(q->a, n->records_text[i]);
    ret->ambiguous = n->unsettled.n > 0;
    ret->known = n->n_stated > 0 && !ret->ambiguous;
    if (!ret->known) {
        ret->missing =
            n->unsettled.n
                ? as_arena_str(q->a, n->unsettled)
                : as_arena_printf(q->a, "the owners of \"%.*s\" are not stated",
                                  AS_FMT(as_str_slice(name_of(n), 0, 300)));
        return AS_OK;
    }
    ret->answers = AS_NEW_ARRAY(q->a, about->n_questions, as_owned_answer);
    if (!ret->answers || !find_ends(q, ret))
        return full(err);
    for (size_t i = 0; i < about->n_questions && !rc; i++)
        rc = answer(q, &about->questions[i], &ret->answers[ret->n_answers++],
                    err);
    return rc;
}

static as_rc say_all(as_owners *o, uint32_t root, const as_owned_asking *about,
                     as_err *err)
{
    as_rc rc = AS_OK;

    for (size_t i = 0; i < about->n_said && !rc; i++)
        rc = as_owners_say(o, root, &about->said[i], err);
    return rc;
}

static as_rc ask_party(struct asking *q, const as_owned_asking *about,
                       as_party_owners *ret, as_err *err)
{
    as_rc rc = as_owners_root(q->o, about->query, &q->root, err);

    if (!rc)
        rc = say_all(q->o, q->root, about, err);
    if (!rc && as_owners_node(q->o, q->root)->unsettled.n == 0)
        rc = climb(q, err);
    return rc ? rc : answer_all(q, about, ret, err);
}

as_rc as_parties_owners(as_parties *p, const as_owned_asking *about,
                        as_arena *a, const as_party_owners **ret, as_err *err)
{
    struct asking q = {.a = a};
    as_party_owners *owners;
    bool any = false;
    as_rc rc = as_parties_open_owned(p, &any, err);

    *ret = NULL;
    if (rc || !any)
        return rc;
    if (p->owners && as_owners_is_full(p->owners))
        p->owners = as_owners_free(p->owners);
    if (!p->owners)
        p->owners = as_owners_new(p);
    owners = AS_NEW(a, as_party_owners);
    q.o = p->owners;
    q.g = as_owner_graph_new();
    q.work = as_arena_new(AS_LIMIT_OWNER_BYTES);
    if (!owners || !q.o || !q.g || !q.work || !as_date_read(p->date, &q.day))
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to look owners up");
    else
        rc = ask_party(&q, about, owners, err);
    as_owner_graph_free(q.g);
    as_arena_free(q.work);
    rc = as_parties_undecided(p, rc, err);
    if (!rc)
        *ret = owners;
    return rc;
}
