/* SPDX-License-Identifier: Apache-2.0 */
/* A name against the lists in force on a day; see party.h. */
#include "party/screen_internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* Shares (1/1000) below which the comparison gives less than the threshold
     * that is shipped: of organisations; of people, whose names may be half
     * there; in a family, where words that many share do not count. */
    LEAST_ORGANISATION = 620,
    LEAST_PERSON = 510,
    LEAST_FAMILY = 400,
    LEAST_NEAR = 420,
    HITS = 50,
};
#define NEAR       0.35 /* below the threshold: what is told as near */
#define VERY_PARTY 0.97 /* from here on two names are one party's */

/* ---- the index ----------------------------------------------------------- */

static bool is_family(as_str list)
{
    return as_str_eq(list, AS_STR("family"));
}

/* Shipped families first, since a search asks less of their names. */
static bool is_first(const as_know_party *p)
{
    return p->number < 0 && is_family(p->party.list);
}

struct making {
    as_index_builder *b;
    bool families; /* their turn */
    as_err *err;
    as_rc rc;
};

static bool add_row(void *ctx, const as_know_party *p)
{
    struct making *m = ctx;
    as_index_source row = {&p->party, p->number, p->since, p->until, p->digest};

    if (m->families && p->number >= 0)
        return false;
    if (as_party_is_register(p->party.list) || m->families != is_first(p))
        return true;
    m->rc = as_index_builder_add(m->b, &row, m->err);
    return m->rc == AS_OK;
}

as_rc as_screen_index(as_know *kb, as_buf *out, as_err *err)
{
    struct making m = {.b = as_index_builder_new(), .err = err};
    as_arena *arena = as_arena_new(AS_MIB);
    as_str digest = AS_ABSENT;
    as_rc rc;

    if (!m.b || !arena)
        rc = as_fail(err, AS_ERR_MEMORY, "no memory for an index of parties");
    else
        rc = as_know_party_digest(kb, arena, &digest, err);
    for (int turn = 0; turn < 2 && !rc; turn++) {
        m.families = turn == 0;
        rc = as_know_parties(kb, AS_ABSENT, add_row, &m, err);
        if (!rc)
            rc = m.rc;
        if (m.families && !rc)
            as_index_builder_end_families(m.b);
    }
    if (!rc)
        rc = as_index_builder_write(m.b, digest, out, err);
    as_index_builder_free(m.b);
    as_arena_free(arena);
    return rc;
}

bool as_screen_is_current(as_span index, as_str digest)
{
    as_index x;

    return as_index_open(index, &x, NULL) == AS_OK &&
           as_str_eq(as_index_digest(&x), digest);
}

as_rc as_screen_open(as_know *kb, as_span index, as_screen **ret, as_err *err)
{
    as_index x;
    as_rc rc = as_index_open(index, &x, err);
    as_screen *s;

    if (!rc && !as_index_is_whole(&x))
        rc = as_fail(err, AS_ERR_INPUT, "the index of parties is damaged");
    if (rc)
        return rc;
    s = calloc(1, sizeof *s);
    if (s) {
        s->kb = kb;
        s->index = x;
        s->finder = as_finder_new(&s->index);
        s->names = as_names_new();
        s->arena = as_arena_new(AS_MIB * 64);
        s->by_number = calloc(x.n[AS_SECTION_LISTS] + 1, sizeof *s->by_number);
    }
    if (!s || !s->finder || !s->names || !s->arena || !s->by_number) {
        as_screen_close(s);
        return as_fail(err, AS_ERR_MEMORY, "no memory to screen names");
    }
    *ret = s;
    return AS_OK;
}

as_screen *as_screen_close(as_screen *s)
{
    if (!s)
        return NULL;
    as_finder_free(s->finder);
    as_names_free(s->names);
    as_arena_free(s->arena);
    free(s->by_number);
    free(s);
    return NULL;
}

bool as_screen_has_rows(const as_screen *s)
{
    return s->index.n[AS_SECTION_ROWS] > 0;
}

uint64_t as_screen_unread(const as_screen *s)
{
    return s->index.head->unread;
}

/* ---- lists ----------------------------------------------------------------
 */

static int list_cmp(const void *key, const void *item)
{
    const as_know_list *list = item;

    return as_str_cmp(*(const as_str *)key, list->name);
}

static as_rc take_day(as_screen *s, as_str date, as_err *err)
{
    as_rc rc;

    if (s->date.p && as_str_eq(s->date, date))
        return AS_OK;
    as_arena_reset(s->arena);
    s->date = AS_ABSENT;
    if (!as_date_read(date, &s->day))
        return as_fail(err, AS_ERR_USAGE, "\"%.*s\" is no date",
                       AS_FMT(as_str_slice(date, 0, 40)));
    rc = as_know_lists(s->kb, date, s->arena, &s->lists, &s->n_lists, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < s->index.n[AS_SECTION_LISTS]; i++) {
        as_str name = as_index_list_name(&s->index, (uint16_t)i);
        s->by_number[i] =
            bsearch(&name, s->lists, s->n_lists, sizeof *s->lists, list_cmp);
    }
    s->date = as_arena_str(s->arena, date);
    return AS_OK;
}

const as_know_list *as_screen_lists(as_screen *s, as_str date, size_t *n,
                                    as_err *err)
{
    *n = 0;
    if (take_day(s, date, err))
        return NULL;
    *n = s->n_lists;
    return s->lists;
}

bool as_screen_asks(const as_screen_query *q, as_str list)
{
    for (size_t i = 0; i < q->n_lists; i++) {
        as_str want = q->lists[i];
        if (as_str_ends(want, AS_STR("*"))
                ? as_str_starts(list, as_str_slice(want, 0, want.n - 1))
                : as_str_eq(list, want) ||
                      (list.n > want.n && list.p[want.n] == '/' &&
                       as_str_starts(list, want)))
            return true;
    }
    return q->n_lists == 0;
}

/* The list of the row on the day, when that says anything for the row. */
static const as_know_list *list_of(as_screen_work *w, const as_index_row *row)
{
    const as_screen *s = w->s;

    return row->list < s->index.n[AS_SECTION_LISTS] ? s->by_number[row->list]
                                                    : NULL;
}

/* A shipped row whose list was imported since says nothing, and the other way
 * round before that. */
static bool in_force(const as_screen_work *w, const as_index_row *row,
                     const as_know_list *list)
{
    as_date day = w->s->day;

    return list->shipped == (row->number < 0) && row->since <= day &&
           day < row->until && row->from <= day &&
           (row->to == AS_DATE_MAX || day < row->to);
}

/* ---- rows -----------------------------------------------------------------
 */

struct found {
    as_screen_work *w;
    const as_screen_other *other; /* what is looked for; NULL: what was asked */
    as_screen_row *rows;
    size_t n, cap;
    size_t other_days;
    bool cut;
};

/* The row among those found, or a new one; NULL when there are too many. */
static as_screen_row *find_row(struct found *f, uint32_t row)
{
    as_screen_row *grown;

    for (size_t i = 0; i < f->n; i++)
        if (f->rows[i].row == row)
            return &f->rows[i];
    grown =
        as_arena_grow(f->w->arena, f->rows, &f->cap, f->n + 1, sizeof *f->rows);
    if (!grown || f->n >= AS_SCREEN_ROWS) {
        f->cut = true;
        return NULL;
    }
    f->rows = grown;
    f->rows[f->n] = (as_screen_row){.row = row, .name = UINT32_MAX};
    return &f->rows[f->n++];
}

static double alias_worth(uint8_t kind)
{
    return kind == AS_PARTY_NAME_WEAK ? 0.8 : 1;
}

/* A comparison in either way of counting sisters, made when it is needed. */
struct compared {
    const as_name *name, *other;
    uint32_t number;
    bool done[2];
    as_name_match m[2];
};

static const as_name_match *compare(struct compared *c,
                                    as_party_identity identity)
{
    if (!c->done[identity])
        as_name_compare(c->name, c->other, identity, &c->m[identity]);
    c->done[identity] = true;
    return &c->m[identity];
}

static void take_ref(struct found *f, const as_index_ref *ref,
                     struct compared *c)
{
    as_screen_work *w = f->w;
    const as_index_row *row = as_index_row_at(&w->s->index, ref->row);
    const as_know_list *list = row ? list_of(w, row) : NULL;
    as_party_identity identity = w->q->identity;
    const as_name_match *m;
    as_screen_row *to;
    double score;

    if (list && is_family(list->name))
        identity = AS_PARTY_FAMILY;
    if (list && f->other)
        identity = AS_PARTY_ENTITY;
    m = compare(c, identity);
    score = m->score * alias_worth(ref->kind);
    if (f->other) {
        if (!list || is_family(list->name) || m->score < VERY_PARTY)
            return;
        score *= f->other->worth;
    }
    if (!row || m->score < w->threshold - (w->q->near ? NEAR : 0))
        return;
    if (!list || !in_force(w, row, list)) {
        f->other_days += m->score >= w->threshold;
        return;
    }
    if (!as_screen_asks(w->q, list->name))
        return;
    to = find_row(f, ref->row);
    if (!to || (to->name != UINT32_MAX && to->score >= score))
        return;
    to->name = c->number;
    to->other = f->other;
    to->alias = ref->alias;
    to->alias_kind = ref->kind;
    to->identity = identity;
    to->match = *m;
    to->name_score = m->score;
    to->score = score;
}

/* Returns whether it was compared. */
static bool take_name(struct found *f, uint32_t name)
{
    as_index *x = &f->w->s->index;
    const as_index_name *at = as_index_name_at(x, name);
    struct compared with = {.name = f->other ? f->other->name : f->w->name,
                            .number = name};
    size_t n;
    const as_index_ref *refs = as_index_refs(x, name, &n);

    if (!at)
        return false;
    with.other = as_index_block(x, at);
    for (size_t i = 0; i < n && with.other; i++)
        take_ref(f, &refs[i], &with);
    return true;
}

static void take_id(struct found *f, const as_party_id *id)
{
    char text[AS_INDEX_WHOLE];
    size_t n = as_index_id(id->value, text, sizeof text), m;
    as_index *x = &f->w->s->index;
    const as_index_entry *e;

    if (n == 0)
        return;
    e = as_index_find(x, AS_SECTION_IDS, as_index_id_hash(as_str_of(text, n)),
                      &m);
    for (size_t i = 0; i < m; i++) {
        const as_index_row *row = as_index_row_at(x, e[i].value);
        const as_know_list *list = row ? list_of(f->w, row) : NULL;
        as_screen_row *to;
        if (!list || !in_force(f->w, row, list) ||
            !as_screen_asks(f->w->q, list->name))
            continue;
        to = find_row(f, e[i].value);
        if (to)
            to->by_id = true; /* as_screen_qualify looks again */
    }
}

/* ---- answering ------------------------------------------------------------
 */

static unsigned least_of(const as_screen_work *w)
{
    as_party_kind kind = w->q->kind;

    if (w->q->identity == AS_PARTY_FAMILY)
        return LEAST_FAMILY;
    return kind == AS_PARTY_PERSON || kind == AS_PARTY_UNKNOWN
               ? LEAST_PERSON
               : LEAST_ORGANISATION;
}

/* A threshold below the one that is shipped asks for more candidates. */
static unsigned lowered(const as_screen_work *w, unsigned least)
{
    double below = AS_NAME_THRESHOLD - w->threshold;

    if (w->q->near)
        return least < LEAST_NEAR ? least : LEAST_NEAR;
    return below > 0 ? (unsigned)((double)least * (1 - below)) : least;
}

/* Another kind is never a hit: only who wants to know what is near is told. */
static as_party_kind only_of(const as_screen_work *w)
{
    as_party_kind kind = w->q->kind;

    return w->q->near || kind == AS_PARTY_VESSEL || kind == AS_PARTY_AIRCRAFT
               ? AS_PARTY_UNKNOWN
               : kind;
}

static void search_all(struct found *f, as_screen_answer *ret)
{
    size_t n = f->w->s->index.n[AS_SECTION_NAMES];

    for (uint32_t i = 0; i + 1 < n; i++)
        ret->candidates += take_name(f, i);
}

as_finder_ask as_screen_ask(const as_screen_work *w)
{
    as_finder_ask ask = {.least = lowered(w, least_of(w)), .only = only_of(w)};

    ask.family = ask.least < LEAST_FAMILY ? ask.least : LEAST_FAMILY;
    return ask;
}

static void search(struct found *f, as_screen_answer *ret)
{
    as_screen_work *w = f->w;
    as_candidates c;

    if (w->q->exhaustive) {
        search_all(f, ret);
        return;
    }
    as_finder_run(w->s->finder, f->other ? f->other->name : w->name,
                  as_screen_ask(w), &c);
    for (size_t i = 0; i < c.n; i++)
        ret->candidates += take_name(f, c.items[i].name);
    ret->cut = ret->cut || c.broke || c.cut;
}

/* ---- other names of the party asked for ------------------------------------
 */

/* How well the row is the very party, sisters apart; 0: it is not. */
static double is_very_party(struct found *f, const as_screen_row *r)
{
    as_screen_work *w = f->w;
    const as_index_name *at = as_index_name_at(&w->s->index, r->name);
    const as_name *name = at ? as_index_block(&w->s->index, at) : NULL;
    as_name_match m;

    if (!name || r->score < VERY_PARTY || r->alias_kind == AS_PARTY_NAME_WEAK)
        return 0;
    as_name_compare(w->name, name, AS_PARTY_ENTITY, &m);
    return m.score >= VERY_PARTY ? m.score : 0;
}

/* Initials and names of nothing that tells lead to strangers. */
static bool leads_on(struct found *f, const as_name *n)
{
    as_name_word first;
    as_name_match m;

    if (as_name_words(n) == 0 || (as_name_flags(n) & AS_NAME_IS_GENERIC))
        return false;
    first = as_name_word_at(n, 0);
    if (as_name_words(n) == 1 && first.text.n <= 4 &&
        (unsigned char)first.text.p[0] < 0x80)
        return false;
    as_name_compare(f->w->name, n, AS_PARTY_ENTITY, &m);
    return m.score < 1;
}

static const as_screen_other *other_of(struct found *f, const as_party *p,
                                       size_t k, double worth)
{
    as_screen_work *w = f->w;
    as_screen_other *o;
    const as_name *n;

    if (p->names[k].kind == AS_PARTY_NAME_WEAK ||
        as_name_prepare(w->s->names, p->names[k].text, p->kind, w->arena, &n,
                        NULL) ||
        !leads_on(f, n))
        return NULL;
    o = AS_NEW(w->arena, as_screen_other);
    if (o)
        *o = (as_screen_other){n, p->names[k].text, p, worth};
    return o;
}

/* The names of one row, found and looked for; returns how many. */
static size_t follow_row(struct found *f, as_screen_row r, double worth,
                         size_t left, as_screen_answer *ret)
{
    as_screen_work *w = f->w;
    as_party *p;
    size_t done = 0;

    if (!as_screen_fetch(w, &r, NULL) ||
        r.party.party.kind != AS_PARTY_ORGANISATION)
        return 0;
    p = AS_NEW(w->arena, as_party);
    if (!p)
        return 0;
    *p = r.party.party;
    if (is_family(p->list) && !w->known && p->n_countries &&
        as_name_words(w->name) > 1)
        w->known = p;
    for (size_t i = 0; i < p->n_names && done < left; i++) {
        const as_screen_other *o = other_of(f, p, i, worth);
        if (!o)
            continue;
        f->other = o;
        search(f, ret);
        f->other = NULL;
        done++;
    }
    return done;
}

/* A name in Han leads to lists in Latin letters by way of a list that has
 * both. One step, and never for people, who share names. */
static void follow_others(struct found *f, as_screen_answer *ret)
{
    size_t n = f->n, left = AS_SCREEN_OTHERS;

    if (f->w->q->kind == AS_PARTY_PERSON ||
        f->w->q->identity == AS_PARTY_FAMILY)
        return;
    for (size_t i = 0; i < n && left > 0; i++) {
        double worth = is_very_party(f, &f->rows[i]);
        if (worth > 0)
            left -= follow_row(f, f->rows[i], worth, left, ret);
    }
}

static as_rc examine(struct found *f, as_screen_answer *ret, as_err *err)
{
    as_screen_work *w = f->w;
    as_err why;
    as_rc rc;

    as_err_init(&why);
    rc = as_name_prepare(w->s->names, w->q->name, w->q->kind, w->arena,
                         &w->name, &why);
    if (rc && rc != AS_ERR_INPUT && rc != AS_ERR_LIMIT)
        return as_fail(err, rc, "%s", why.what);
    ret->examined = rc == AS_OK;
    if (rc) {
        ret->why = as_arena_printf(w->arena, "%s", why.what);
        w->name = NULL;
    } else {
        ret->flags = as_name_flags(w->name);
        search(f, ret);
        follow_others(f, ret);
    }
    for (size_t i = 0; i < w->q->n_ids; i++)
        take_id(f, &w->q->ids[i]);
    ret->cut = ret->cut || f->cut;
    ret->other_days = f->other_days;
    return AS_OK;
}

/* By what is known from the index alone: those to be looked at in full. */
static int row_cmp(const void *a, const void *b)
{
    const as_screen_row *x = a, *y = b;

    if (x->by_id != y->by_id)
        return x->by_id ? -1 : 1;
    if (x->score < y->score || x->score > y->score)
        return x->score > y->score ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static int hit_cmp(const void *a, const void *b)
{
    const as_screen_row *x = a, *y = b;
    int order;

    if (x->by_id != y->by_id)
        return x->by_id ? -1 : 1;
    if (x->score < y->score || x->score > y->score)
        return x->score > y->score ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    order = as_str_cmp(x->party.party.list, y->party.party.list);
    return order ? order : as_str_cmp(x->party.party.id, y->party.party.id);
}

static bool is_hit(const as_screen_work *w, const as_screen_row *r)
{
    return r->by_id || (!r->kept_apart && r->score >= w->threshold);
}

/* Rows below the threshold by name are told only when somebody wants to know
 * what is near. */
static size_t qualify_all(struct found *f, as_err *err, as_rc *rc)
{
    size_t n = 0, near = 0;

    if (f->n)
        qsort(f->rows, f->n, sizeof *f->rows, row_cmp);
    for (size_t i = 0; i < f->n; i++) {
        as_screen_row *r = &f->rows[i];
        bool below = !r->by_id && r->name_score < f->w->threshold;
        if (below && near++ >= AS_SCREEN_APART)
            continue;
        if (!as_screen_fetch(f->w, r, err)) {
            *rc = AS_ERR_INPUT;
            return 0;
        }
        as_screen_explain(f->w, r);
        as_screen_qualify(f->w, r);
        f->rows[n++] = *r;
    }
    return n;
}

static as_screen_band band_of(const as_screen_work *w, const as_screen_row *r)
{
    if (!is_hit(w, r))
        return AS_SCREEN_IS_APART;
    return r->by_id || r->score >= AS_SCREEN_SURE ? AS_SCREEN_IS_SURE
                                                  : AS_SCREEN_IS_POSSIBLE;
}

static void take_decision(as_screen_work *w, as_screen_hit *to)
{
    as_screen_decision d;

    if (!w->q->decided || !to->why || to->band == AS_SCREEN_IS_APART)
        return;
    d = w->q->decided(w->q->ctx, &to->row, w->arena);
    to->dismissed = d.dismissed;
    if (d.same)
        to->band = AS_SCREEN_IS_SURE;
    if (d.note.n)
        to->why[to->n_why++] = d.note;
    if (to->band != AS_SCREEN_IS_POSSIBLE)
        to->missing = AS_ABSENT;
}

static void put_hit(as_screen_work *w, const as_screen_row *r,
                    as_screen_hit *to)
{
    const as_index_row *row = as_index_row_at(&w->s->index, r->row);
    const as_know_list *list = row ? list_of(w, row) : NULL;

    *to = (as_screen_hit){.band = band_of(w, r),
                          .row = r->party,
                          .alias = r->alias,
                          .score = r->score,
                          .name_score = r->name_score,
                          .identity = r->identity,
                          .by_id = r->by_id,
                          .n_why = r->n_why,
                          .missing = r->missing};
    if (list) { /* copied: the lists go with the index */
        to->row.edition = as_arena_str(w->arena, list->edition);
        to->list_title = as_arena_str(w->arena, list->title);
    }
    to->conditional =
        is_family(to->row.party.list) ||
        !as_str_is_absent(as_party_term_of(&to->row.party, AS_STR("binds")));
    to->why = AS_NEW_ARRAY(w->arena, r->n_why + 1, as_str);
    if (to->why)
        memcpy(to->why, r->why, r->n_why * sizeof *to->why);
    if (to->band != AS_SCREEN_IS_POSSIBLE)
        to->missing = AS_ABSENT;
    take_decision(w, to);
}

/* What is beyond the limit is counted, and judged like the rest. */
static void count_hit(as_screen_work *w, const as_screen_row *r,
                      as_screen_answer *ret)
{
    as_screen_hit hit;

    put_hit(w, r, &hit);
    ret->n_more++;
    if (hit.dismissed.n)
        return;
    if (hit.band == AS_SCREEN_IS_SURE && !hit.conditional)
        ret->more_sure = true;
    else
        ret->more_open = true;
}

static void put_hits(struct found *f, size_t n, as_screen_answer *ret)
{
    as_screen_work *w = f->w;
    size_t limit = w->q->limit ? w->q->limit : HITS;

    if (n)
        qsort(f->rows, n, sizeof *f->rows, hit_cmp);
    ret->hits = AS_NEW_ARRAY(w->arena, n, as_screen_hit);
    ret->apart = AS_NEW_ARRAY(w->arena, n, as_screen_hit);
    for (size_t i = 0; i < n && ret->hits && ret->apart; i++) {
        const as_screen_row *r = &f->rows[i];
        if (!is_hit(w, r)) {
            if (ret->n_apart < AS_SCREEN_APART)
                put_hit(w, r, &ret->apart[ret->n_apart++]);
        } else if (ret->n_hits < limit) {
            put_hit(w, r, &ret->hits[ret->n_hits++]);
        } else {
            count_hit(w, r, ret);
        }
    }
}

as_rc as_screen_run(as_screen *s, const as_screen_query *q, as_arena *arena,
                    as_screen_answer *ret, as_err *err)
{
    as_screen_work w = {.s = s, .q = q, .arena = arena};
    struct found f = {.w = &w};
    as_rc rc = take_day(s, q->date, err);
    size_t n = 0;

    *ret = (as_screen_answer){.examined = false};
    w.threshold = q->threshold > 0 ? q->threshold : AS_NAME_THRESHOLD;
    if (!rc)
        rc = examine(&f, ret, err);
    if (!rc)
        n = qualify_all(&f, err, &rc);
    if (!rc)
        put_hits(&f, n, ret);
    if (!rc && s->index.broken)
        rc = as_fail(err, AS_ERR_INPUT, "the index of parties is damaged");
    if (!rc && as_arena_failed(arena))
        rc = as_fail(err, AS_ERR_LIMIT, "no memory for the answer");
    return rc;
}

/* ---- for rules ----------------------------------------------------------- */

const char *as_screen_band_word(as_screen_band b)
{
    static const char *const words[] = {"apart", "possible", "sure"};

    return words[b];
}

void as_screen_match(const as_screen_hit *hit, as_arena *arena,
                     as_party_match *ret)
{
    const as_party *p = &hit->row.party;
    bool family = is_family(p->list);

    *ret = (as_party_match){
        .identity = family ? AS_PARTY_FAMILY : hit->identity,
        .list = p->list,
        .id = family ? as_str_slice(p->id, 0, as_str_find(p->id, '/')) : p->id,
        .listed_name = p->names[0].text,
        .matched_name = p->names[hit->alias].text,
        .score = hit->score,
        .why = hit->why,
        .n_why = hit->n_why,
        .share_low = 100,
        .share_high = 100,
        .unresolved = hit->band != AS_SCREEN_IS_SURE,
        .edition = hit->row.edition,
        .terms = p->terms,
        .n_terms = p->n_terms,
        .from = p->from,
        .to = p->to,
        .dismissed = hit->dismissed,
    };
    if (ret->unresolved)
        ret->missing = hit->missing;
    (void)arena;
}
