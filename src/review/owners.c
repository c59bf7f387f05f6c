/* SPDX-License-Identifier: Apache-2.0 */
/* Parties and who is stated to own them, out of the rows of all lists and
 * registers; see owners_internal.h. What was looked up once stays: an owner of
 * many parties is resolved and screened once a run. */
#include "base/limits.h"
#include "review/owners_internal.h"

#include <stdlib.h>
#include <string.h>

/* A name that agrees as wholly as this is the same party's, where nothing
 * speaks against it: the same words, in any order. */
#define SAME_NAME 0.97
enum { TOLD = 3 /* of parties that it may be */ };

struct as_owners {
    as_parties *p;
    as_arena *arena;   /* nodes and what they say */
    as_arena *scratch; /* of one search */
    as_arena *rows;    /* of the ties at hand */
    as_names *names;
    as_owner_node *nodes;
    size_t n, cap;
    struct entry {
        as_str key;
        uint32_t node;
    } * table; /* open addressing; a key of no bytes is a free place */
    size_t n_keys, n_slots;
};

as_owners *as_owners_new(as_parties *p)
{
    as_owners *o = calloc(1, sizeof *o);

    if (!o)
        return NULL;
    o->p = p;
    o->arena = as_arena_new(AS_LIMIT_OWNER_BYTES);
    o->scratch = as_arena_new(AS_LIMIT_SCREEN_BYTES);
    o->rows = as_arena_new(AS_LIMIT_SCREEN_BYTES);
    o->names = as_names_new();
    return o->arena && o->scratch && o->rows && o->names ? o
                                                         : as_owners_free(o);
}

as_owners *as_owners_free(as_owners *o)
{
    if (!o)
        return NULL;
    as_names_free(o->names);
    as_arena_free(o->arena);
    as_arena_free(o->scratch);
    as_arena_free(o->rows);
    free(o->table);
    free(o);
    return NULL;
}

static as_rc full(as_err *err)
{
    return as_fail(err, AS_ERR_LIMIT, "the owners need too much memory");
}

as_owner_node *as_owners_node(as_owners *o, uint32_t i)
{
    return &o->nodes[i];
}

bool as_owners_is_full(const as_owners *o)
{
    return o->n > AS_LIMIT_OWNER_WALKED / 2 ||
           as_arena_used(o->arena) > AS_LIMIT_OWNER_BYTES / 4;
}

/* ---- keys ------------------------------------------------------------------
 */

static struct entry *place_of(struct entry *table, size_t n, as_str key)
{
    size_t i = as_str_hash(key) & (n - 1);

    while (table[i].key.n && !as_str_eq(table[i].key, key))
        i = (i + 1) & (n - 1);
    return &table[i];
}

uint32_t as_owners_find(const as_owners *o, as_str key)
{
    const struct entry *e =
        o->n_slots ? place_of(o->table, o->n_slots, key) : NULL;

    return e && e->key.n ? e->node : UINT32_MAX;
}

static bool grow_table(as_owners *o)
{
    size_t n = o->n_slots ? o->n_slots * 2 : 256;
    struct entry *grown = calloc(n, sizeof *grown);

    if (!grown)
        return false;
    for (size_t i = 0; i < o->n_slots; i++)
        if (o->table[i].key.n)
            *place_of(grown, n, o->table[i].key) = o->table[i];
    free(o->table);
    o->table = grown;
    o->n_slots = n;
    return true;
}

/* One more way to call the node. */
static bool put_key(as_owners *o, as_str key, uint32_t node)
{
    struct entry *e;

    if (o->n_keys * 2 >= o->n_slots && !grow_table(o))
        return false;
    e = place_of(o->table, o->n_slots, key);
    if (e->key.n)
        return true;
    e->key = as_arena_str(o->arena, key);
    e->node = node;
    o->n_keys++;
    return e->key.n > 0;
}

static as_str key_of_row(as_arena *a, as_str list, as_str id)
{
    return AS_JOIN(a, AS_STR("row "), list, AS_STR(" "), id);
}

/* By its words; a name that cannot be read by its characters. */
static as_str key_of_name(as_owners *o, as_arena *a, as_str name,
                          as_str country)
{
    const as_name *n = NULL;
    as_str text = as_str_trim(name);

    if (as_name_prepare(o->names, name, AS_PARTY_ORGANISATION, a, &n, NULL) ==
        AS_OK)
        text = as_name_text(n);
    return AS_JOIN(a, AS_STR("name "), text, AS_STR("\n"), country);
}

static as_rc new_node(as_owners *o, as_str key, uint32_t *ret, as_err *err)
{
    as_owner_node *grown;

    if (o->n >= AS_LIMIT_OWNER_WALKED)
        return as_fail(err, AS_ERR_LIMIT, "more than %zu parties are owners",
                       AS_LIMIT_OWNER_WALKED);
    grown = as_arena_grow(o->arena, o->nodes, &o->cap, o->n + 1, sizeof *grown);
    if (!grown)
        return full(err);
    o->nodes = grown;
    grown[o->n] = (as_owner_node){.key = as_arena_str(o->arena, key)};
    if (!grown[o->n].key.n || !put_key(o, key, (uint32_t)o->n))
        return full(err);
    *ret = (uint32_t)o->n++;
    return AS_OK;
}

/* ---- which party a name is -------------------------------------------------
 */

struct deciding {
    as_owners *o;
    const as_screen_query *q;
    as_str same[8]; /* keys of rows that a reviewer has called the same */
    size_t n_same;
};

static as_screen_decision decide(void *ctx, const as_know_party *row,
                                 as_arena *a)
{
    struct deciding *d = ctx;
    as_screen_decision r = as_parties_decided(d->o->p, d->q, row, a);

    if (r.same && d->n_same < AS_ARRAY_LEN(d->same))
        d->same[d->n_same++] = key_of_row(a, row->party.list, row->party.id);
    return r;
}

static bool is_decided(const struct deciding *d, as_arena *a, const as_party *p)
{
    as_str key = key_of_row(a, p->list, p->id);

    for (size_t i = 0; i < d->n_same; i++)
        if (as_str_eq(d->same[i], key))
            return true;
    return false;
}

static bool is_same(const struct deciding *d, as_arena *a,
                    const as_screen_hit *h)
{
    return !h->dismissed.n && (h->by_id || h->score >= SAME_NAME ||
                               is_decided(d, a, &h->row.party));
}

static as_str lei_of(const as_party *p)
{
    for (size_t i = 0; i < p->n_ids; i++)
        if (as_str_eq(p->ids[i].scheme, AS_STR("lei")))
            return p->ids[i].value;
    return AS_ABSENT;
}

static bool share_country(const as_party *a, const as_party *b)
{
    for (size_t i = 0; i < a->n_countries; i++)
        for (size_t k = 0; k < b->n_countries; k++)
            if (as_str_eq(a->countries[i], b->countries[k]))
                return true;
    return a->n_countries == 0 || b->n_countries == 0;
}

/* Two rows of one name that are two parties. */
static bool are_two(const as_party *a, const as_party *b)
{
    as_str x = lei_of(a), y = lei_of(b);

    if (as_str_eq(a->list, b->list))
        return !as_str_eq(a->id, b->id);
    if (x.n && y.n)
        return !as_str_eq_nocase(x, y);
    return !share_country(a, b);
}

static as_str text_of_row(as_arena *a, const as_party *p)
{
    if (p->n_names == 0)
        return as_arena_printf(a, "%.*s %.*s", AS_FMT(p->list),
                               AS_FMT(as_str_slice(p->id, 0, 80)));
    return as_arena_printf(
        a, "%.*s %.*s: %.*s%s%.*s", AS_FMT(p->list),
        AS_FMT(as_str_slice(p->id, 0, 80)),
        AS_FMT(as_str_slice(p->names[0].text, 0, 200)),
        p->n_countries ? ", " : "",
        AS_FMT(p->n_countries ? p->countries[0] : AS_STR("")));
}

/* "which party "X" is: gleif ...; gleif ..." */
static as_str say_open(as_arena *a, as_str name, const as_screen_hit **hits,
                       size_t n)
{
    as_str s = as_arena_printf(a, "%s \"%.*s\" is ",
                               n > 1 ? "which of these parties" : "whether",
                               AS_FMT(as_str_slice(name, 0, 200)));

    for (size_t i = 0; i < n && i < TOLD; i++)
        s = AS_JOIN(a, s, i ? AS_STR("; ") : AS_STR(""),
                    text_of_row(a, &hits[i]->row.party));
    return n > TOLD
               ? as_arena_printf(a, "%.*s; and %zu more", AS_FMT(s), n - TOLD)
               : s;
}

struct found {
    const as_screen_hit **hits;
    size_t n;
    as_str open;
};

/* Those that it is; else why that is open. Without either it is nobody whose
 * owners are stated. */
static void choose(const struct deciding *d, const as_screen_answer *answer,
                   as_arena *a, struct found *f)
{
    size_t n = 0, like = 0;
    const as_screen_hit **similar;

    f->hits = AS_NEW_ARRAY(a, answer->n_hits, const as_screen_hit *);
    similar = AS_NEW_ARRAY(a, answer->n_hits, const as_screen_hit *);
    for (size_t i = 0; i < answer->n_hits && f->hits && similar; i++) {
        const as_screen_hit *h = &answer->hits[i];
        if (is_same(d, a, h))
            f->hits[n++] = h;
        else if (!h->dismissed.n)
            similar[like++] = h;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (are_two(&f->hits[i]->row.party, &f->hits[k]->row.party))
                f->open = say_open(a, d->q->name, f->hits, n);
    f->n = f->open.n ? 0 : n;
    if (n == 0 && like)
        f->open = say_open(a, d->q->name, similar, like);
    if (n == 0 && answer->cut)
        f->open = AS_STR("too many parties have a name like it");
}

/* In the scratch arena. */
static as_rc resolve(as_owners *o, const as_screen_query *q, struct found *f,
                     as_err *err)
{
    struct deciding d = {.o = o, .q = q};
    as_screen_query asked = *q;
    as_screen_answer answer;
    bool any = false;
    as_rc rc = as_parties_open_owned(o->p, &any, err);

    *f = (struct found){.n = 0};
    if (rc || !any)
        return rc;
    asked.n_lists = 0;
    asked.limit = SIZE_MAX;
    asked.threshold = 0;
    asked.near = false;
    asked.identity = AS_PARTY_ENTITY;
    asked.decided = decide;
    asked.ctx = &d;
    rc = as_parties_screen_owned(o->p, &asked, o->scratch, &answer, err);
    if (!rc && answer.examined)
        choose(&d, &answer, o->scratch, f);
    return rc;
}

static bool has_record(const as_owner_node *n, as_str list, as_str id)
{
    for (size_t i = 0; i < n->n_records; i++)
        if (as_str_eq(n->records[i].list, list) &&
            as_str_eq(n->records[i].id, id))
            return true;
    return false;
}

/* The row is the node's, unless it is another node's already. */
static bool add_record(as_owners *o, uint32_t i, const as_party *p)
{
    as_arena *a = o->arena;
    as_str key = key_of_row(o->scratch, p->list, p->id);
    as_owner_node *n = &o->nodes[i];
    as_know_who *records;
    as_str *texts;
    uint32_t other = as_owners_find(o, key);

    if ((other != UINT32_MAX && other != i) || has_record(n, p->list, p->id))
        return true;
    records = AS_NEW_ARRAY(a, n->n_records + 1, as_know_who);
    texts = AS_NEW_ARRAY(a, n->n_records + 1, as_str);
    if (!records || !texts)
        return false;
    for (size_t k = 0; k < n->n_records; k++) {
        records[k] = n->records[k];
        texts[k] = n->records_text[k];
    }
    records[n->n_records] = (as_know_who){as_arena_str(a, p->list),
                                          as_arena_str(a, p->id), o->p->date};
    texts[n->n_records++] = text_of_row(a, p);
    n->records = records;
    n->records_text = texts;
    return put_key(o, key, i) && !as_arena_failed(a);
}

/* A node that has one of the rows already. */
static uint32_t known_by_rows(as_owners *o, const struct found *f)
{
    uint32_t node = UINT32_MAX;

    for (size_t i = 0; i < f->n && node == UINT32_MAX; i++)
        node =
            as_owners_find(o, key_of_row(o->scratch, f->hits[i]->row.party.list,
                                         f->hits[i]->row.party.id));
    return node;
}

static as_rc take_found(as_owners *o, uint32_t i, const struct found *f,
                        as_err *err)
{
    as_owner_node *n = &o->nodes[i];

    n->resolved = true;
    if (f->open.n && n->n_records == 0)
        n->unsettled = as_arena_str(o->arena, f->open);
    for (size_t k = 0; k < f->n; k++)
        if (!add_record(o, i, &f->hits[k]->row.party))
            return full(err);
    return AS_OK;
}

/* A node by name: the one of a row that the name is, or one of its own. */
static as_rc node_by_name(as_owners *o, const as_screen_query *q, uint32_t *ret,
                          as_err *err)
{
    as_str key;
    struct found f;
    as_rc rc;

    as_arena_reset(o->scratch);
    key = key_of_name(o, o->scratch, q->name, q->country);
    *ret = q->n_ids ? UINT32_MAX : as_owners_find(o, key);
    if (*ret != UINT32_MAX)
        return AS_OK;
    rc = resolve(o, q, &f, err);
    if (rc)
        return rc;
    *ret = known_by_rows(o, &f);
    if (*ret != UINT32_MAX)
        return put_key(o, key, *ret) ? take_found(o, *ret, &f, err) : full(err);
    if (q->n_ids)
        key = as_arena_printf(o->scratch, "%.*s\n%zu", AS_FMT(key), o->n);
    rc = new_node(o, key, ret, err);
    if (rc)
        return rc;
    o->nodes[*ret].name = as_arena_str(o->arena, q->name);
    o->nodes[*ret].country = as_arena_str(o->arena, q->country);
    o->nodes[*ret].kind = q->kind;
    return take_found(o, *ret, &f, err);
}

as_rc as_owners_root(as_owners *o, const as_screen_query *q, uint32_t *ret,
                     as_err *err)
{
    return node_by_name(o, q, ret, err);
}

/* ---- rows ------------------------------------------------------------------
 */

static bool copy_row(as_owners *o, as_owner_node *n, const as_party *p)
{
    as_arena *a = o->arena;

    n->name = as_arena_str(a, p->names[0].text);
    n->country =
        p->n_countries == 1 ? as_arena_str(a, p->countries[0]) : AS_ABSENT;
    n->kind = p->kind;
    n->ids = AS_NEW_ARRAY(a, p->n_ids, as_party_id);
    for (size_t i = 0; i < p->n_ids && n->ids; i++)
        n->ids[n->n_ids++] = (as_party_id){as_arena_str(a, p->ids[i].scheme),
                                           as_arena_str(a, p->ids[i].value),
                                           as_arena_str(a, p->ids[i].country)};
    return !as_arena_failed(a);
}

/* A row that stands on no register is on its list. */
static as_rc note_listing(as_owners *o, as_owner_node *n,
                          const as_know_party *row, as_err *err)
{
    const as_party *p = &row->party;
    as_arena *a = o->arena;
    as_party_match *m;

    if (as_party_is_register(p->list) ||
        as_str_eq(p->list, AS_STR("opensanctions")) ||
        !as_know_party_holds(p, o->p->date))
        return AS_OK;
    m = AS_NEW(a, as_party_match);
    if (!m)
        return full(err);
    *m = (as_party_match){.list = as_arena_str(a, p->list),
                          .id = as_arena_str(a, p->id),
                          .listed_name = n->name,
                          .matched_name = n->name,
                          .score = 1,
                          .share_low = 100,
                          .share_high = 100,
                          .edition = as_arena_str(a, row->edition),
                          .terms = AS_NEW_ARRAY(a, p->n_terms, as_party_term),
                          .from = as_arena_str(a, p->from),
                          .to = as_arena_str(a, p->to)};
    for (size_t i = 0; m->terms && i < p->n_terms; i++)
        m->terms[m->n_terms++] =
            (as_party_term){as_arena_str(a, p->terms[i].key),
                            as_arena_str(a, p->terms[i].value)};
    n->facts.matches = m;
    n->facts.n_matches = 1;
    return as_arena_failed(a) ? full(err) : AS_OK;
}

/* Rows of that name which are another party's do not count. */
static void keep_alike(struct found *f, const as_party *p)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        if (!are_two(p, &f->hits[i]->row.party))
            f->hits[n++] = f->hits[i];
    f->n = n;
    f->open = AS_ABSENT;
}

static as_rc find_row(as_owners *o, const as_party_tie *tie, as_know_party *ret,
                      struct found *f, as_err *err)
{
    as_know_who who = {tie->list, tie->id, o->p->date};
    as_rc rc = as_know_party_find(o->p->kb, &who, o->scratch, ret, NULL);
    as_screen_query q = {.n_lists = 0};

    *f = (struct found){.n = 0};
    if (rc && rc != AS_ERR_NO_INPUT)
        return as_fail(err, rc, "could not read the row %.*s of %.*s",
                       AS_FMT(tie->id), AS_FMT(tie->list));
    if (rc) {
        ret->party = (as_party){.list = tie->list, .id = tie->id};
        return AS_OK;
    }
    q.name = ret->party.names[0].text;
    q.kind = ret->party.kind;
    q.ids = ret->party.ids;
    q.n_ids = ret->party.n_ids;
    if (ret->party.n_countries == 1)
        q.country = ret->party.countries[0];
    rc = resolve(o, &q, f, err);
    keep_alike(f, &ret->party);
    return rc;
}

/* The node of a row, with the rows of other lists that are the same party. */
static as_rc node_by_row(as_owners *o, const as_party_tie *tie, uint32_t *ret,
                         as_err *err)
{
    as_know_party row = {.number = 0};
    struct found f;
    as_str key;
    as_rc rc;

    as_arena_reset(o->scratch);
    key = key_of_row(o->scratch, tie->list, tie->id);
    *ret = as_owners_find(o, key);
    if (*ret != UINT32_MAX)
        return AS_OK;
    rc = find_row(o, tie, &row, &f, err);
    if (rc)
        return rc;
    *ret = known_by_rows(o, &f);
    if (*ret == UINT32_MAX) {
        rc = new_node(o, key, ret, err);
        if (!rc && row.party.n_names &&
            !copy_row(o, &o->nodes[*ret], &row.party))
            rc = full(err);
        if (!rc && row.party.n_names == 0)
            o->nodes[*ret].name = as_arena_str(o->arena, tie->name);
    }
    if (!rc && row.party.n_names)
        rc = note_listing(o, &o->nodes[*ret], &row, err);
    if (!rc && !add_record(o, *ret, &row.party))
        rc = full(err);
    return rc ? rc : take_found(o, *ret, &f, err);
}

/* ---- who owns it -----------------------------------------------------------
 */

static as_rc add_stated(as_owners *o, uint32_t i, const as_owner_stated *what,
                        as_err *err)
{
    as_owner_node *n = &o->nodes[i];
    as_owner_stated *grown;

    if (what->owner == i) /* of itself nothing follows */
        return AS_OK;
    grown = as_arena_grow(o->arena, n->stated, &n->cap_stated, n->n_stated + 1,
                          sizeof *grown);
    if (!grown)
        return full(err);
    n->stated = grown;
    grown[n->n_stated++] = *what;
    return AS_OK;
}

static as_rc take_tie(as_owners *o, uint32_t i, const as_party_tie *other,
                      const as_party_tie *tie, as_err *err)
{
    as_owner_stated s = {.owner = i};
    as_screen_query q = {.name = other->name};
    as_rc rc;

    as_owner_edge_of(AS_ABSENT, AS_ABSENT, tie, &s.edge);
    if (other->list.n && other->id.n)
        rc = node_by_row(o, other, &s.owner, err);
    else if (as_str_trim(other->name).n)
        rc = node_by_name(o, &q, &s.owner, err);
    else
        return AS_OK;
    return rc ? rc : add_stated(o, i, &s, err);
}

/* What the row says of its owners. */
static as_rc load_own(as_owners *o, uint32_t i, const as_know_who *who,
                      as_err *err)
{
    as_know_ties t;
    as_rc rc = as_know_ties_of(o->p->kb, who, o->rows, &t, err);

    for (size_t k = 0; k < t.n && !rc; k++)
        if (t.items[k].tie.kind == AS_PARTY_TIE_OWNER ||
            t.items[k].tie.kind == AS_PARTY_TIE_PARENT)
            rc = take_tie(o, i, &t.items[k].tie, &t.items[k].tie, err);
    return rc;
}

/* What others say: that it is their subsidiary. */
static as_rc load_others(as_owners *o, uint32_t i, const as_know_who *who,
                         as_err *err)
{
    as_know_ties t;
    as_rc rc = as_know_ties_to(o->p->kb, who, o->rows, &t, err);

    for (size_t k = 0; k < t.n && !rc; k++) {
        as_party_tie other = {.list = t.items[k].list,
                              .id = t.items[k].id,
                              .name = t.items[k].name};
        if (t.items[k].tie.kind == AS_PARTY_TIE_SUBSIDIARY)
            rc = take_tie(o, i, &other, &t.items[k].tie, err);
    }
    return rc;
}

as_rc as_owners_load(as_owners *o, uint32_t i, as_err *err)
{
    as_know_who by_name = {AS_STR(""), o->nodes[i].name, o->p->date};
    as_rc rc = AS_OK;

    if (o->nodes[i].loaded)
        return AS_OK;
    o->nodes[i].loaded = true;
    as_arena_reset(o->rows);
    /* A row may become the node's while the ties of another are followed. */
    for (size_t k = 0; k < o->nodes[i].n_records && !rc; k++) {
        as_know_who who = o->nodes[i].records[k];
        rc = load_own(o, i, &who, err);
        if (!rc)
            rc = load_others(o, i, &who, err);
    }
    if (!rc && by_name.id.n)
        rc = load_others(o, i, &by_name, err);
    return rc;
}

/* What is said to be listed is, whatever its name. */
static as_rc take_said(as_owners *o, as_owner_node *n, const as_party_match *m,
                       as_err *err)
{
    as_party_match *all =
        AS_NEW_ARRAY(o->arena, n->facts.n_matches + 1, as_party_match);

    if (!all)
        return full(err);
    if (n->facts.n_matches)
        memcpy(all + 1, n->facts.matches, n->facts.n_matches * sizeof *all);
    all[0] = *m;
    all[0].path = NULL;
    all[0].n_path = 0;
    n->facts.matches = all;
    n->facts.n_matches++;
    return as_parties_keep_match(o->arena, &all[0]) ? AS_OK : full(err);
}

as_rc as_owners_say(as_owners *o, uint32_t owned, const as_owned_said *said,
                    as_err *err)
{
    as_screen_query q = {.name = said->name};
    as_owner_stated s = {.edge = {.low = said->low,
                                  .high = said->high,
                                  .from = AS_DATE_NONE,
                                  .to = AS_DATE_NONE}};
    as_rc rc = node_by_name(o, &q, &s.owner, err);

    if (!rc && said->listed)
        rc = take_said(o, &o->nodes[s.owner], said->listed, err);
    return rc ? rc : add_stated(o, owned, &s, err);
}

/* ---- whether it is listed
 * ----------------------------------------------------
 */

static bool matters(const as_party_match *m)
{
    for (size_t i = 0; i < m->n_terms; i++)
        if (as_str_eq(m->terms[i].key, AS_STR("binds")))
            return false;
    return !m->dismissed.n && !as_str_eq(m->list, AS_STR("family")) &&
           !as_party_is_register(m->list);
}

static as_rc join_matches(as_owners *o, as_party_facts *f,
                          const as_party_facts *found, as_err *err)
{
    as_party_match *all =
        AS_NEW_ARRAY(o->arena, f->n_matches + found->n_matches, as_party_match);
    size_t n = f->n_matches;

    if (!all)
        return full(err);
    if (n)
        memcpy(all, f->matches, n * sizeof *all);
    for (size_t i = 0; i < found->n_matches; i++) {
        const as_party_match *m = &found->matches[i];
        if (matters(m) &&
            !(f->n_matches && as_str_eq(m->id, f->matches[0].id) &&
              as_str_eq(m->list, f->matches[0].list)))
            all[n++] = *m;
    }
    *f = *found;
    f->matches = all;
    f->n_matches = n;
    return AS_OK;
}

as_rc as_owners_screen(as_owners *o, uint32_t i, as_err *err)
{
    as_owner_node *n = &o->nodes[i];
    as_screen_query q = {.name = n->name,
                         .country = n->country,
                         .kind = n->kind,
                         .ids = n->ids,
                         .n_ids = n->n_ids};
    as_party_facts found = {.name = n->name};
    as_rc rc = AS_OK;

    if (n->screened)
        return AS_OK;
    n->screened = true;
    if (n->name.n)
        rc = as_parties_facts(o->p, &q, o->scratch, o->arena, &found, err);
    else
        found.why = AS_STR("its name is not known");
    return rc ? rc : join_matches(o, &n->facts, &found, err);
}
