/* SPDX-License-Identifier: Apache-2.0 */
/* Screening names: knowledge, index and register opened together; what an
 * answer covers and how it ends. See review.h. */
#include "base/derived.h"
#include "base/io.h"
#include "base/limits.h"
#include "review/owners_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- the indexes --------------------------------------------------------- */

static void let_go(as_parties_index *x)
{
    x->screen = as_screen_close(x->screen);
    as_io_unmap(&x->mapped);
    as_buf_done(&x->made);
}

/* The file, when it is one of this knowledge. */
static bool take_file(as_parties *p, as_parties_index *x)
{
    if (!x->path.n ||
        as_io_map(x->path.p, AS_LIMIT_INDEX_BYTES, &x->mapped, NULL))
        return false;
    if (as_screen_is_current(x->mapped.bytes, x->digest) &&
        as_screen_open(p->kb, x->mapped.bytes, &x->screen, NULL) == AS_OK)
        return true;
    as_io_unmap(&x->mapped);
    return false;
}

/* Where nothing was imported, the one that the build has made. */
static bool take_derived(as_parties *p, as_parties_index *x)
{
    return as_screen_is_current(as_derived_index, x->digest) &&
           as_screen_open(p->kb, as_derived_index, &x->screen, NULL) == AS_OK;
}

static as_rc make_index(as_parties *p, as_parties_index *x, as_err *err)
{
    as_err why;
    as_rc rc;

    let_go(x);
    as_buf_init(&x->made, AS_LIMIT_INDEX_BYTES);
    rc = x == &p->owned ? as_screen_index_owned(p->kb, x->digest, &x->made, err)
                        : as_screen_index(p->kb, &x->made, err);
    if (rc)
        return rc;
    as_err_init(&why);
    if (x->path.n && as_io_write(x->path.p, as_buf_span(&x->made), &why) &&
        p->kb) /* without knowledge there may be no folder yet */
        p->note = as_arena_printf(p->arena,
                                  "the index of parties could not be kept and "
                                  "is made for each run: %s",
                                  why.what);
    return as_screen_open(p->kb, as_buf_span(&x->made), &x->screen, err);
}

as_rc as_parties_open_owned(as_parties *p, bool *ret, as_err *err)
{
    as_rc rc = AS_OK;

    *ret = false;
    if (!as_know_has_ties(p->kb))
        return AS_OK;
    if (!p->owned.screen && !take_file(p, &p->owned))
        rc = make_index(p, &p->owned, err);
    *ret = !rc && as_screen_has_rows(p->owned.screen);
    return rc;
}

static as_rc open_all(as_parties *p, const as_parties_request *q, as_err *err)
{
    as_rc rc = AS_OK;

    if (q->knowledge.n) {
        as_str path = as_arena_str(p->arena, q->knowledge);
        size_t slash = as_str_rfind(path, '/');
        rc = as_know_open(path, &p->kb, err);
        if (rc == AS_ERR_NO_INPUT && !q->knowledge_named)
            rc = AS_OK;
        slash = slash < path.n ? slash + 1 : 0;
        p->listed.path = AS_JOIN(p->arena, as_str_slice(path, 0, slash),
                                 AS_STR("parties.index"));
        p->owned.path = AS_JOIN(p->arena, as_str_slice(path, 0, slash),
                                AS_STR("owners.index"));
    }
    if (!rc)
        rc = as_know_party_digest(p->kb, p->arena, &p->listed.digest, err);
    if (!rc)
        p->owned.digest = AS_JOIN(p->arena, AS_STR("owned:"), p->listed.digest);
    if (!rc && q->register_.n)
        rc = as_register_open(as_arena_str(p->arena, q->register_), false,
                              &p->reg, err);
    if (!rc && !take_derived(p, &p->listed) && !take_file(p, &p->listed))
        rc = make_index(p, &p->listed, err);
    return rc;
}

as_rc as_parties_open(const as_parties_request *q, as_parties **ret,
                      as_err *err)
{
    as_parties *p = calloc(1, sizeof *p);
    as_rc rc;

    if (p)
        p->arena = as_arena_new(AS_MIB * 64);
    if (!p || !p->arena) {
        free(p);
        return as_fail(err, AS_ERR_MEMORY, "no memory to screen names");
    }
    as_buf_init(&p->listed.made, AS_LIMIT_INDEX_BYTES);
    as_buf_init(&p->owned.made, AS_LIMIT_INDEX_BYTES);
    p->date = as_arena_str(p->arena, q->as_of);
    rc = open_all(p, q, err);
    if (rc) {
        as_parties_close(p);
        return rc;
    }
    *ret = p;
    return AS_OK;
}

as_parties *as_parties_close(as_parties *p)
{
    if (!p)
        return NULL;
    p->owners = as_owners_free(p->owners);
    let_go(&p->listed);
    let_go(&p->owned);
    as_register_close(p->reg);
    as_know_close(p->kb);
    as_arena_free(p->arena);
    free(p);
    return NULL;
}

as_str as_parties_note(const as_parties *p)
{
    return p->note;
}

as_str as_parties_date(const as_parties *p)
{
    return p->date;
}

/* ---- decisions ------------------------------------------------------------
 */

struct deciding {
    as_parties *p;
    const as_screen_query *q;
    as_date day;
};

static as_str digest_of(const as_know_party *row, as_arena *a)
{
    as_str digest = AS_ABSENT;
    as_buf bytes;

    as_buf_init(&bytes, AS_LIMIT_RECORD_BYTES);
    as_party_encode(&row->party, &bytes);
    if (!as_buf_failed(&bytes))
        digest = as_decision_digest(a, as_buf_span(&bytes));
    as_buf_done(&bytes);
    return digest;
}

static as_screen_decision decided(void *ctx, const as_know_party *row,
                                  as_arena *a)
{
    const struct deciding *x = ctx;
    as_screen_decision ret = {.same = false};
    as_err why;
    as_decision_key key = {.query = x->q->name,
                           .country = x->q->country,
                           .list = row->party.list,
                           .row = row->party.id,
                           .digest = digest_of(row, a),
                           .day = x->day};
    as_decision_state state = AS_DECISION_NONE;
    as_decision d = {.at = 0};

    as_err_init(&why);
    if (as_register_find(x->p->reg, &key, a, &d, &state, &why) &&
        !x->p->unread) {
        x->p->unread = why.rc;
        x->p->because = why;
    }
    if (state == AS_DECISION_NONE)
        return ret;
    ret.note = as_arena_printf(
        a, "%s: %s, because %.*s",
        state == AS_DECISION_VALID ? "decided"
                                   : "decided of the row as it was, open again",
        d.judgement == AS_JUDGED_SAME ? "the same" : "not the same",
        AS_FMT(as_str_slice(d.because, 0, 300)));
    if (state == AS_DECISION_VALID && d.judgement == AS_JUDGED_NOT_SAME)
        ret.dismissed = d.because;
    ret.same = state == AS_DECISION_VALID && d.judgement == AS_JUDGED_SAME;
    return ret;
}

as_screen_decision as_parties_decided(as_parties *p, const as_screen_query *q,
                                      const as_know_party *row, as_arena *a)
{
    struct deciding x = {p, q, AS_DATE_NONE};

    if (!p->reg || !as_date_read(p->date, &x.day))
        return (as_screen_decision){.same = false};
    return decided(&x, row, a);
}

/* What somebody has decided must not be left out in silence. */
as_rc as_parties_undecided(as_parties *p, as_rc rc, as_err *err)
{
    return rc || !p->unread ? rc
                            : as_fail(err, p->unread, "%s", p->because.what);
}

/* An index that turns out to be defective is made anew, once. */
static as_rc run(as_parties *p, as_parties_index *x, const as_screen_query *q,
                 as_arena *arena, as_screen_answer *ret, as_err *err)
{
    as_rc rc = as_screen_run(x->screen, q, arena, ret, err);

    if (rc != AS_ERR_INPUT || !x->mapped.bytes.n)
        return rc;
    rc = make_index(p, x, err);
    return rc ? rc : as_screen_run(x->screen, q, arena, ret, err);
}

as_rc as_parties_screen(as_parties *p, const as_screen_query *q,
                        as_arena *arena, as_screen_answer *ret, as_err *err)
{
    as_screen_query dated = *q;
    struct deciding deciding = {p, q, AS_DATE_NONE};

    dated.date = p->date;
    if (p->reg && as_date_read(p->date, &deciding.day)) {
        dated.decided = decided;
        dated.ctx = &deciding;
    }
    return as_parties_undecided(p, run(p, &p->listed, &dated, arena, ret, err),
                                err);
}

as_rc as_parties_screen_owned(as_parties *p, const as_screen_query *q,
                              as_arena *arena, as_screen_answer *ret,
                              as_err *err)
{
    as_screen_query dated = *q;

    dated.date = p->date;
    return as_parties_undecided(p, run(p, &p->owned, &dated, arena, ret, err),
                                err);
}

/* ---- coverage -------------------------------------------------------------
 */

/* Public lists that a screening is expected to have, with the words that stand
 * for each. */
static const struct {
    as_str list, other, title;
} expected[] = {
    {AS_STR_INIT("us-csl"), AS_STR_INIT("us-ofac"),
     AS_STR_INIT("United States: Consolidated Screening List")},
    {AS_STR_INIT("un"), AS_STR_INIT("un"),
     AS_STR_INIT("United Nations: consolidated list")},
    {AS_STR_INIT("eu"), AS_STR_INIT("eu"),
     AS_STR_INIT("European Union: consolidated list")},
    {AS_STR_INIT("uk"), AS_STR_INIT("uk"),
     AS_STR_INIT("United Kingdom: sanctions list")},
    {AS_STR_INIT("us-uflpa"), AS_STR_INIT("us-uflpa"),
     AS_STR_INIT("United States: UFLPA entity list")},
    {AS_STR_INIT("cn-control"), AS_STR_INIT("cn-uel"),
     AS_STR_INIT("China: export control and unreliable entity lists")},
    {AS_STR_INIT("jp-meti"), AS_STR_INIT("jp-meti"),
     AS_STR_INIT("Japan: end-user list")},
};

static bool is_part_of(as_str list, as_str whole)
{
    return as_str_starts(list, whole) &&
           (list.n == whole.n || list.p[whole.n] == '/');
}

static bool is_there(const as_parties_coverage *c, as_str want)
{
    as_str stem = want;

    if (as_str_ends(want, AS_STR("*")))
        stem.n--;
    for (size_t i = 0; i < c->n_lists; i++)
        if (stem.n < want.n ? as_str_starts(c->lists[i].name, stem)
                            : is_part_of(c->lists[i].name, want))
            return true;
    return false;
}

static void add_gap(as_parties_coverage *c, size_t *cap, as_arena *a,
                    as_parties_gap gap)
{
    as_parties_gap *grown =
        as_arena_grow(a, c->gaps, cap, c->n_gaps + 1, sizeof gap);

    if (!grown)
        return;
    c->gaps = grown;
    c->gaps[c->n_gaps++] = gap;
}

/* The date of the first edition of what the base has, but not yet on the
 * day. */
static as_str first_edition(as_parties *p, as_str source, as_arena *a)
{
    as_know_edition *editions = NULL;
    size_t n = 0;

    if (as_know_editions(p->kb, source, a, &editions, &n, NULL) || n == 0)
        return AS_ABSENT;
    return editions[0].date;
}

static as_str why_not(as_parties *p, as_str list, as_arena *a, bool *ret_has)
{
    as_str first = first_edition(p, list, a);

    *ret_has = first.n > 0;
    if (first.n)
        return as_arena_printf(a, "its first edition is of %.*s",
                               AS_FMT(first));
    return AS_STR("not imported");
}

static void find_gaps(as_parties *p, const as_screen_query *q,
                      as_parties_coverage *c, as_arena *a)
{
    size_t cap = 0;
    bool has;

    for (size_t i = 0; i < q->n_lists; i++) {
        as_parties_gap gap = {.list = q->lists[i], .asked = true};
        if (is_there(c, q->lists[i]))
            continue;
        gap.why = why_not(p, gap.list, a, &has);
        add_gap(c, &cap, a, gap);
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(expected) && q->n_lists == 0; i++) {
        as_parties_gap gap = {.list = expected[i].list,
                              .title = expected[i].title};
        if (is_there(c, expected[i].list) || is_there(c, expected[i].other))
            continue;
        gap.why = why_not(p, gap.list, a, &has);
        gap.asked = has;
        add_gap(c, &cap, a, gap);
    }
}

/* Copied: a search that makes the index anew lets go of them. */
static as_rc take_lists(as_parties *p, as_parties_coverage *c, as_arena *a,
                        as_err *err)
{
    as_err why;
    size_t n;
    const as_know_list *lists;
    as_know_list *copy;

    as_err_init(&why);
    lists = as_screen_lists(p->listed.screen, p->date, &n, &why);
    if (!lists && why.rc)
        return as_fail(err, why.rc, "%s", why.what);
    copy = AS_NEW_ARRAY(a, n, as_know_list);
    if (n && !copy)
        return as_fail(err, AS_ERR_LIMIT, "the lists need too much memory");
    for (size_t i = 0; i < n; i++) {
        copy[i] = lists[i];
        copy[i].name = as_arena_str(a, lists[i].name);
        copy[i].source = as_arena_str(a, lists[i].source);
        copy[i].title = as_arena_str(a, lists[i].title);
        copy[i].edition = as_arena_str(a, lists[i].edition);
        copy[i].dated = as_arena_str(a, lists[i].dated);
        copy[i].next = as_arena_str(a, lists[i].next);
    }
    c->lists = copy;
    c->n_lists = n;
    return as_arena_failed(a)
               ? as_fail(err, AS_ERR_LIMIT, "the lists need too much memory")
               : AS_OK;
}

as_rc as_parties_cover(as_parties *p, const as_screen_query *q, as_arena *arena,
                       as_parties_coverage *ret, as_err *err)
{
    size_t imported = 0;
    as_rc rc;

    *ret = (as_parties_coverage){.n_lists = 0};
    rc = take_lists(p, ret, arena, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < ret->n_lists; i++)
        imported += !ret->lists[i].shipped &&
                    !as_party_is_register(ret->lists[i].name) &&
                    as_screen_asks(q, ret->lists[i].name);
    ret->none = imported == 0 && q->n_lists == 0;
    ret->unread = as_screen_unread(p->listed.screen);
    find_gaps(p, q, ret, arena);
    return AS_OK;
}

/* ---- the end --------------------------------------------------------------
 */

const char *as_parties_status_word(as_parties_status s)
{
    static const char *const words[] = {"no-hit", "hit", "undecided"};

    return words[s];
}

static as_parties_status judge_names(const as_screen_answer *a,
                                     const as_parties_coverage *c)
{
    bool open = !a->examined || a->cut || c->none || a->more_open;

    if (a->more_sure)
        return AS_PARTIES_HIT;
    for (size_t i = 0; i < a->n_hits; i++) {
        const as_screen_hit *h = &a->hits[i];
        if (h->dismissed.n)
            continue;
        if (h->band == AS_SCREEN_IS_SURE && !h->conditional)
            return AS_PARTIES_HIT;
        open = true;
    }
    for (size_t i = 0; i < c->n_gaps; i++)
        open = open || c->gaps[i].asked;
    return open ? AS_PARTIES_UNDECIDED : AS_PARTIES_NO_HIT;
}

as_parties_status as_parties_judge(const as_parties_result *r)
{
    as_parties_status names = judge_names(r->answer, r->coverage);
    as_parties_status owners = r->owned ? r->owned->status : AS_PARTIES_NO_HIT;

    if (names == AS_PARTIES_HIT || owners == AS_PARTIES_HIT)
        return AS_PARTIES_HIT;
    return names == AS_PARTIES_UNDECIDED || owners == AS_PARTIES_UNDECIDED
               ? AS_PARTIES_UNDECIDED
               : AS_PARTIES_NO_HIT;
}
