/* SPDX-License-Identifier: Apache-2.0 */
/* Asking for parties; see know.h. Imported rows come out of the file one by
 * one; shipped ones are read once an open knowledge base, or once a question
 * when there is none. */
#include "know/know_internal.h"

#include "base/limits.h"
#include "base/sha256.h"

#include <stdlib.h>
#include <string.h>

enum { OPEN = AS_DATE_MAX + 1 };

/* ---- shipped lists --------------------------------------------------------
 */

struct shipped {
    as_shipped *s;
    as_shipped *own; /* to be freed: there is no knowledge base to keep it */
};

static as_rc get_shipped(as_know *kb, struct shipped *ret, as_err *err)
{
    as_rc rc = AS_OK;

    *ret = (struct shipped){.s = kb ? kb->shipped : NULL};
    if (ret->s)
        return AS_OK;
    rc = as_shipped_new(&ret->s, err);
    if (rc)
        return rc;
    if (kb)
        kb->shipped = ret->s;
    else
        ret->own = ret->s;
    return AS_OK;
}

static void release(struct shipped *s)
{
    s->own = as_shipped_free(s->own);
}

/* ---- dates ----------------------------------------------------------------
 */

static as_rc read_date(as_str date, as_date *ret, as_err *err)
{
    if (as_date_read(date, ret))
        return AS_OK;
    return as_fail(err, AS_ERR_INPUT, "\"%.*s\" is no date (YYYY-MM-DD)",
                   AS_FMT(as_str_slice(date, 0, 40)));
}

static bool holds(as_str from, as_str to, as_str date)
{
    return (as_str_is_empty(from) || as_str_cmp(from, date) <= 0) &&
           (as_str_is_empty(to) || as_str_cmp(date, to) < 0);
}

bool as_know_party_holds(const as_party *p, as_str date)
{
    return holds(p->from, p->to, date);
}

static as_str day_str(as_arena *a, sqlite3_stmt *s, int column)
{
    if (sqlite3_column_type(s, column) == SQLITE_NULL)
        return AS_ABSENT;
    return as_date_str(a, (as_date)sqlite3_column_int64(s, column));
}

static uint64_t count_of(sqlite3_stmt *s, int column)
{
    int64_t v = sqlite3_column_int64(s, column);

    return v > 0 ? (uint64_t)v : 0;
}

/* A question that ended otherwise than with its last row: of a file that is
 * damaged, half an answer would pass for all of it. */
static as_rc ended(as_know *kb, int step, as_rc rc, as_err *err)
{
    if (rc || step == SQLITE_DONE || step == SQLITE_ROW)
        return rc;
    return as_sql_fail(kb->db, err, "read the knowledge base");
}

/* ---- lists ----------------------------------------------------------------
 */

struct lists {
    as_know_list *items;
    size_t n, cap;
};

static as_know_list *add_list(as_arena *a, struct lists *l)
{
    as_know_list *grown =
        as_arena_grow(a, l->items, &l->cap, l->n + 1, sizeof *grown);

    if (!grown)
        return NULL;
    l->items = grown;
    return &grown[l->n++];
}

static as_rc imported_lists(as_know *kb, as_date day, as_arena *a,
                            struct lists *l, as_err *err)
{
    sqlite3_stmt *s = kb ? as_know_ask(kb, PARTY_LISTS, err) : NULL;
    int step;
    as_rc rc;

    if (!s)
        return kb ? AS_ERR_IO : AS_OK;
    sqlite3_bind_int64(s, 1, day);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        as_know_list *i = add_list(a, l);
        if (!i)
            break;
        *i = (as_know_list){.name = as_sql_str(s, 0, a),
                            .source = as_sql_str(s, 1, a),
                            .title = as_sql_str(s, 2, a),
                            .edition = day_str(a, s, 3),
                            .dated = as_sql_str(s, 4, a),
                            .rows = count_of(s, 5),
                            .names = count_of(s, 6),
                            .complete = sqlite3_column_int(s, 7) != 0,
                            .next = day_str(a, s, 8)};
    }
    rc = ended(kb, step, AS_OK, err);
    sqlite3_reset(s);
    return as_arena_failed(a) ? as_know_no_memory(err) : rc;
}

/* Has the name an imported list of the same word? */
static bool has_list(const struct lists *l, size_t n, as_str name)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq(l->items[i].name, name))
            return true;
    return false;
}

static void copy_shipped(as_arena *a, const as_shipped_list *from,
                         as_know_list *ret)
{
    *ret = (as_know_list){.name = as_arena_str(a, from->name),
                          .source = as_arena_str(a, from->name),
                          .title = as_arena_str(a, from->title),
                          .edition = as_arena_str(a, from->edition),
                          .dated = AS_STR("shipped"),
                          .rows = from->n,
                          .names = from->names,
                          .complete = from->complete,
                          .shipped = true};
}

static int by_list(const void *pa, const void *pb)
{
    const as_know_list *a = pa, *b = pb;
    int r = as_str_cmp(a->name, b->name);

    return r ? r : as_str_cmp(a->source, b->source);
}

as_rc as_know_lists(as_know *kb, as_str date, as_arena *arena,
                    as_know_list **ret, size_t *ret_n, as_err *err)
{
    struct lists l = {.n = 0};
    struct shipped ours;
    size_t imported;
    as_date day;
    as_rc rc = read_date(date, &day, err);

    *ret = NULL;
    *ret_n = 0;
    if (!rc)
        rc = imported_lists(kb, day, arena, &l, err);
    imported = l.n;
    if (!rc)
        rc = get_shipped(kb, &ours, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < ours.s->n; i++) {
        as_know_list *one;
        if (has_list(&l, imported, ours.s->lists[i].name))
            continue;
        one = add_list(arena, &l);
        if (one)
            copy_shipped(arena, &ours.s->lists[i], one);
    }
    release(&ours);
    if (as_arena_failed(arena))
        return as_know_no_memory(err);
    if (l.n)
        qsort(l.items, l.n, sizeof *l.items, by_list);
    *ret = l.items;
    *ret_n = l.n;
    return AS_OK;
}

/* ---- editions -------------------------------------------------------------
 */

as_rc as_know_editions(as_know *kb, as_str source, as_arena *arena,
                       as_know_edition **ret, size_t *ret_n, as_err *err)
{
    sqlite3_stmt *s = kb ? as_know_ask(kb, PARTY_EDITIONS, err) : NULL;
    as_know_edition *list = NULL;
    size_t n = 0, cap = 0;
    int step;
    as_rc rc;

    *ret = NULL;
    *ret_n = 0;
    if (!s)
        return kb ? AS_ERR_IO : AS_OK;
    as_sql_bind_str(s, 1, source);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        as_know_edition *grown =
            as_arena_grow(arena, list, &cap, n + 1, sizeof *list);
        if (!grown)
            break;
        list = grown;
        list[n++] = (as_know_edition){.source = as_sql_str(s, 0, arena),
                                      .date = day_str(arena, s, 1),
                                      .dated = as_sql_str(s, 2, arena),
                                      .rows = count_of(s, 3),
                                      .names = count_of(s, 4),
                                      .read = count_of(s, 5),
                                      .refused = count_of(s, 6),
                                      .left_out = count_of(s, 7),
                                      .countries = as_sql_str(s, 8, arena),
                                      .cut = as_sql_str(s, 9, arena),
                                      .digest = as_sql_str(s, 10, arena),
                                      .imported = as_sql_str(s, 11, arena)};
    }
    rc = ended(kb, step, AS_OK, err);
    sqlite3_reset(s);
    if (rc || as_arena_failed(arena))
        return rc ? rc : as_know_no_memory(err);
    *ret = list;
    *ret_n = n;
    return AS_OK;
}

as_rc as_know_party_digest(as_know *kb, as_arena *arena, as_str *ret,
                           as_err *err)
{
    as_know_edition *list;
    struct shipped ours;
    as_sha256_digest digest;
    size_t n;
    as_buf b;
    as_rc rc = as_know_editions(kb, AS_ABSENT, arena, &list, &n, err);

    if (!rc)
        rc = get_shipped(kb, &ours, err);
    if (rc)
        return rc;
    as_buf_init(&b, AS_LIMIT_RECORD_BYTES);
    as_buf_printf(&b, "%d %.*s\n", AS_KNOW_FORMAT, AS_FMT(ours.s->digest));
    for (size_t i = 0; i < n; i++)
        as_buf_printf(&b, "%.*s %.*s %.*s\n", AS_FMT(list[i].source),
                      AS_FMT(list[i].date), AS_FMT(list[i].digest));
    release(&ours);
    if (!as_buf_failed(&b) && as_sha256(as_buf_span(&b), &digest))
        *ret = as_hex_str(arena, (as_span){digest.bytes, sizeof digest.bytes});
    else
        *ret = AS_ABSENT;
    as_buf_done(&b);
    return ret->p ? AS_OK : as_know_no_memory(err);
}

/* ---- rows -----------------------------------------------------------------
 */

/* The row at hand; its columns begin with number, since, until, digest, body.
 */
static as_rc fill_party(sqlite3_stmt *s, as_arena *a, as_know_party *ret,
                        as_err *err)
{
    int n = sqlite3_column_bytes(s, 4);
    const char *body = sqlite3_column_blob(s, 4);
    as_str copy = as_arena_str(a, as_str_of(body, n > 0 ? (size_t)n : 0));
    as_span digest = {sqlite3_column_blob(s, 3),
                      (size_t)sqlite3_column_bytes(s, 3)};

    *ret = (as_know_party){.number = sqlite3_column_int64(s, 0),
                           .since = (as_date)sqlite3_column_int64(s, 1),
                           .until = (as_date)sqlite3_column_int64(s, 2),
                           .digest = as_hex_str(a, digest)};
    if (!copy.p || !as_party_decode(as_str_span(copy), a, &ret->party))
        return as_arena_failed(a) ? as_know_no_memory(err)
                                  : as_know_bad_row(err);
    return ret->digest.p ? AS_OK : as_know_no_memory(err);
}

static void shipped_party(const as_shipped_list *l, size_t i, size_t before,
                          as_know_party *ret)
{
    *ret = (as_know_party){.number = -(int64_t)(before + i) - 1,
                           .party = l->parties[i],
                           .source = l->name,
                           .edition = l->edition,
                           .since = AS_DATE_MIN,
                           .until = OPEN,
                           .digest = l->digests[i]};
}

/* A copy that lives as long as the arena. */
static as_rc copy_party(const as_know_party *from, as_arena *a,
                        as_know_party *ret, as_err *err)
{
    as_know_party to = *from;
    as_str bytes = AS_ABSENT;
    as_buf b;

    as_buf_init(&b, AS_LIMIT_RECORD_BYTES);
    as_party_encode(&from->party, &b);
    if (!as_buf_failed(&b))
        bytes = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    to.source = as_arena_str(a, from->source);
    to.edition = as_arena_str(a, from->edition);
    to.digest = as_arena_str(a, from->digest);
    if (!bytes.p || !as_party_decode(as_str_span(bytes), a, &to.party))
        return as_know_no_memory(err);
    *ret = to;
    return AS_OK;
}

struct walk {
    as_know_party_visit *visit;
    void *ctx;
    as_str date; /* absent: all */
    as_date day;
    as_arena *row;
    bool stop;
};

static bool renew(struct walk *w)
{
    if (w->row && as_arena_used(w->row) < AS_MIB)
        return true;
    as_arena_free(w->row);
    w->row = as_arena_new(AS_LIMIT_RECORD_BYTES);
    return w->row != NULL;
}

static void show(struct walk *w, as_know_party *p)
{
    if (w->date.p && !as_know_party_holds(&p->party, w->date))
        return;
    if (!w->date.p)
        p->edition = AS_ABSENT;
    if (!w->visit(w->ctx, p))
        w->stop = true;
}

static as_rc walk_source(as_know *kb, struct walk *w, int64_t source,
                         as_str name, as_str edition, as_err *err)
{
    sqlite3_stmt *s = as_know_ask(kb, PARTY_ROWS, err);
    as_rc rc = AS_OK;
    int step = SQLITE_DONE;

    if (!s)
        return AS_ERR_IO;
    sqlite3_bind_int64(s, 1, source);
    sqlite3_bind_int64(s, 2, w->date.p ? w->day : OPEN);
    sqlite3_bind_int64(s, 3, w->date.p ? w->day : AS_DATE_MIN - 1);
    while (!rc && !w->stop && (step = sqlite3_step(s)) == SQLITE_ROW) {
        as_know_party p;
        rc = renew(w) ? fill_party(s, w->row, &p, err) : as_know_no_memory(err);
        if (rc)
            break;
        p.source = name;
        p.edition = edition;
        show(w, &p);
    }
    sqlite3_reset(s);
    if (!rc && !w->stop && step != SQLITE_DONE)
        rc = as_sql_fail(kb->db, err, "read the knowledge base");
    return rc;
}

struct source {
    int64_t number;
    as_str name, edition;
};

/* The sources with an edition in force, or all. Gathered first: the rows of
 * each are another question. */
static as_rc walk_imported(as_know *kb, struct walk *w, as_err *err)
{
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    sqlite3_stmt *s = as_know_ask(kb, PARTY_SOURCES, err);
    struct source *list = NULL;
    size_t n = 0, cap = 0;
    as_rc rc = a && s ? AS_OK : as_know_no_memory(err);
    int step = SQLITE_DONE;

    if (!rc)
        sqlite3_bind_int64(s, 1, w->date.p ? w->day : OPEN);
    while (!rc && (step = sqlite3_step(s)) == SQLITE_ROW) {
        struct source *grown;
        if (sqlite3_column_type(s, 2) == SQLITE_NULL)
            continue;
        grown = as_arena_grow(a, list, &cap, n + 1, sizeof *list);
        if (!grown) {
            rc = as_know_no_memory(err);
            break;
        }
        list = grown;
        list[n++] = (struct source){.number = sqlite3_column_int64(s, 0),
                                    .name = as_sql_str(s, 1, a),
                                    .edition = day_str(a, s, 2)};
    }
    rc = ended(kb, step, rc, err);
    if (s)
        sqlite3_reset(s);
    for (size_t i = 0; i < n && !rc && !w->stop; i++)
        rc = walk_source(kb, w, list[i].number, list[i].name, list[i].edition,
                         err);
    as_arena_free(a);
    return rc;
}

static as_rc walk_shipped(as_know *kb, struct walk *w, as_err *err)
{
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    struct lists l = {.n = 0};
    struct shipped ours = {.s = NULL};
    size_t before = 0;
    as_rc rc = a ? AS_OK : as_know_no_memory(err);

    if (!rc && w->date.p)
        rc = imported_lists(kb, w->day, a, &l, err);
    if (!rc)
        rc = get_shipped(kb, &ours, err);
    for (size_t i = 0; !rc && i < ours.s->n; i++) {
        const as_shipped_list *list = &ours.s->lists[i];
        bool hidden = has_list(&l, l.n, list->name);
        for (size_t k = 0; k < list->n && !hidden && !w->stop; k++) {
            as_know_party p;
            shipped_party(list, k, before, &p);
            show(w, &p);
        }
        before += list->n;
    }
    release(&ours);
    as_arena_free(a);
    return rc;
}

as_rc as_know_parties(as_know *kb, as_str date, as_know_party_visit *visit,
                      void *ctx, as_err *err)
{
    struct walk w = {.visit = visit, .ctx = ctx, .date = date};
    as_rc rc = date.p ? read_date(date, &w.day, err) : AS_OK;

    if (!rc)
        rc = walk_shipped(kb, &w, err);
    if (!rc && kb && !w.stop)
        rc = walk_imported(kb, &w, err);
    as_arena_free(w.row);
    return rc;
}

/* ---- one row ---------------------------------------------------------------
 */

static as_rc find_imported(as_know *kb, sqlite3_stmt *s, as_arena *a,
                           as_know_party *ret, as_err *err)
{
    int step = sqlite3_step(s);
    as_rc rc = ended(kb, step, AS_OK, err);

    if (!rc && step == SQLITE_DONE)
        rc = AS_ERR_NO_INPUT;
    if (!rc) {
        rc = fill_party(s, a, ret, err);
        if (!rc) {
            ret->source = as_sql_str(s, 5, a);
            ret->edition = day_str(a, s, 6);
        }
    }
    sqlite3_reset(s);
    return rc;
}

/* Another source may say more of a row than its own: GLEIF's exceptions of the
 * entities of its register. */
static as_rc add_terms(as_know *kb, as_date day, as_arena *a,
                       as_know_party *ret, as_err *err)
{
    sqlite3_stmt *s = as_know_ask(kb, PARTY_TERMS, err);
    as_party *to = &ret->party, more;
    size_t cap = to->n_terms;
    as_rc rc = s ? AS_OK : AS_ERR_IO;
    int step = SQLITE_DONE;

    if (s) {
        as_sql_bind_str(s, 1, to->list);
        as_sql_bind_str(s, 2, to->id);
        sqlite3_bind_int64(s, 3, day);
    }
    while (!rc && (step = sqlite3_step(s)) == SQLITE_ROW) {
        as_str body = as_sql_str(s, 0, a);
        as_party_term *grown;
        if (!as_party_decode(as_str_span(body), a, &more))
            rc = as_know_bad_row(err);
        if (rc || more.n_terms == 0)
            continue;
        grown = as_arena_grow(a, to->terms, &cap, to->n_terms + more.n_terms,
                              sizeof *grown);
        if (!grown) {
            rc = as_know_no_memory(err);
            continue;
        }
        to->terms = grown;
        for (size_t i = 0; i < more.n_terms; i++)
            to->terms[to->n_terms++] = more.terms[i];
    }
    rc = ended(kb, step, rc, err);
    if (s)
        sqlite3_reset(s);
    return rc;
}

/* The row that who names, or that has the number when who is NULL. */
static bool is_wanted(const as_know_party *p, const as_know_who *who,
                      int64_t number)
{
    if (!who)
        return p->number == number;
    return as_str_eq(p->party.list, who->list) &&
           as_str_eq(p->party.id, who->id);
}

static as_rc find_shipped(const as_shipped *s, const as_know_who *who,
                          int64_t number, as_know_party *ret)
{
    size_t before = 0;

    for (size_t i = 0; i < s->n; i++) {
        for (size_t k = 0; k < s->lists[i].n; k++) {
            shipped_party(&s->lists[i], k, before, ret);
            if (is_wanted(ret, who, number))
                return AS_OK;
        }
        before += s->lists[i].n;
    }
    return AS_ERR_NO_INPUT;
}

static as_rc copy_shipped_party(as_know *kb, const as_know_who *who,
                                int64_t number, as_arena *a, as_know_party *ret,
                                as_err *err)
{
    struct shipped ours;
    as_know_party p;
    as_rc rc = get_shipped(kb, &ours, err);

    if (rc)
        return rc;
    rc = find_shipped(ours.s, who, number, &p);
    if (rc)
        as_fail(err, rc, "there is no such party");
    else
        rc = copy_party(&p, a, ret, err);
    release(&ours);
    return rc;
}

static as_rc list_is_imported(as_know *kb, as_str list, as_date day, bool *ret,
                              as_err *err)
{
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    struct lists l = {.n = 0};
    as_rc rc = a ? imported_lists(kb, day, a, &l, err) : as_know_no_memory(err);

    *ret = !rc && has_list(&l, l.n, list);
    as_arena_free(a);
    return rc;
}

static void bind_who(sqlite3_stmt *s, const as_know_who *who, as_date day)
{
    as_sql_bind_str(s, 1, who->list);
    as_sql_bind_str(s, 2, who->id);
    sqlite3_bind_int64(s, 3, day);
}

as_rc as_know_party_find(as_know *kb, const as_know_who *who, as_arena *arena,
                         as_know_party *ret, as_err *err)
{
    sqlite3_stmt *s = kb ? as_know_ask(kb, PARTY_FIND, err) : NULL;
    bool imported = false;
    as_date day;
    as_rc rc = read_date(who->date, &day, err);

    if (rc || (kb && !s))
        return rc ? rc : AS_ERR_IO;
    if (kb) {
        bind_who(s, who, day);
        rc = find_imported(kb, s, arena, ret, err);
        if (!rc)
            rc = add_terms(kb, day, arena, ret, err);
        if (rc != AS_ERR_NO_INPUT)
            return rc;
        rc = list_is_imported(kb, who->list, day, &imported, err);
    }
    if (rc)
        return rc;
    if (!imported)
        return copy_shipped_party(kb, who, 0, arena, ret, err);
    return as_fail(err, AS_ERR_NO_INPUT, "there is no such party");
}

as_rc as_know_party_at(as_know *kb, int64_t number, as_arena *arena,
                       as_know_party *ret, as_err *err)
{
    sqlite3_stmt *s;
    as_rc rc;

    if (number < 0)
        return copy_shipped_party(kb, NULL, number, arena, ret, err);
    s = kb ? as_know_ask(kb, PARTY_AT, err) : NULL;
    if (!s)
        return kb ? AS_ERR_IO
                  : as_fail(err, AS_ERR_NO_INPUT, "there is no such party");
    sqlite3_bind_int64(s, 1, number);
    sqlite3_bind_int64(s, 3, OPEN);
    rc = find_imported(kb, s, arena, ret, err);
    if (rc == AS_ERR_NO_INPUT)
        return as_fail(err, rc, "there is no such party");
    if (!rc)
        ret->edition = AS_ABSENT;
    /* as of its last day */
    return rc ? rc : add_terms(kb, ret->until - 1, arena, ret, err);
}

/* ---- ties ------------------------------------------------------------------
 */

struct ties {
    as_know_tie *items;
    size_t n, cap;
    as_arena *arena;
    as_str date;
};

/* The ties of the party: all (index below 0) or one; without their strings
 * copied. */
static bool add_ties(struct ties *t, const as_party *p, as_str source,
                     int64_t index, bool bare)
{
    for (size_t i = 0; i < p->n_ties; i++) {
        as_know_tie *grown;
        if ((index >= 0 && (size_t)index != i) ||
            !holds(p->ties[i].from, p->ties[i].to, t->date))
            continue;
        grown =
            as_arena_grow(t->arena, t->items, &t->cap, t->n + 1, sizeof *grown);
        if (!grown)
            return false;
        t->items = grown;
        t->items[t->n++] =
            (as_know_tie){.list = p->list,
                          .id = p->id,
                          .name = bare ? AS_ABSENT : p->names[0].text,
                          .tie = p->ties[i],
                          .source = source};
    }
    return true;
}

static as_rc imported_ties(as_know *kb, sqlite3_stmt *s, struct ties *t,
                           as_err *err)
{
    as_rc rc = AS_OK;
    int step = SQLITE_DONE;

    while (!rc && (step = sqlite3_step(s)) == SQLITE_ROW) {
        as_know_party p;
        rc = fill_party(s, t->arena, &p, err);
        if (!rc && as_know_party_holds(&p.party, t->date) &&
            !add_ties(t, &p.party, as_sql_str(s, 5, t->arena),
                      sqlite3_column_int64(s, 8),
                      sqlite3_column_int(s, 7) != 0))
            rc = as_know_no_memory(err);
    }
    sqlite3_reset(s);
    if (!rc && step != SQLITE_DONE)
        rc = as_sql_fail(kb->db, err, "read the knowledge base");
    return rc;
}

struct wanted {
    const as_know_who *who;
    bool to;
    struct ties *t;
    as_rc rc;
};

static bool is_to(const as_party_tie *t, const as_know_who *who)
{
    return as_str_eq(t->list, who->list) && as_str_eq(t->id, who->id);
}

/* Shipped rows come one by one; those that are wanted are copied. */
static bool shipped_tie(void *ctx, const as_know_party *from)
{
    struct wanted *w = ctx;
    as_know_party p;

    if (from->party.n_ties == 0 || (!w->to && !is_wanted(from, w->who, 0)))
        return true;
    for (size_t i = 0; i < from->party.n_ties && !w->rc; i++) {
        if (w->to && !is_to(&from->party.ties[i], w->who))
            continue;
        w->rc = copy_party(from, w->t->arena, &p, NULL);
        if (!w->rc && !add_ties(w->t, &p.party, p.source, (int64_t)i, false))
            w->rc = AS_ERR_LIMIT;
    }
    return w->rc == AS_OK;
}

static as_rc any_shipped_ties(as_know *kb, bool *ret, as_err *err)
{
    struct shipped ours;
    as_rc rc = get_shipped(kb, &ours, err);

    *ret = false;
    if (rc)
        return rc;
    for (size_t i = 0; i < ours.s->n; i++)
        for (size_t k = 0; k < ours.s->lists[i].n && !*ret; k++)
            *ret = ours.s->lists[i].parties[k].n_ties > 0;
    release(&ours);
    return AS_OK;
}

static as_rc find_ties(as_know *kb, struct wanted *w, as_err *err)
{
    struct walk walk = {.visit = shipped_tie, .ctx = w, .date = w->who->date};
    bool any = false;
    sqlite3_stmt *s;
    as_rc rc = read_date(walk.date, &walk.day, err);

    if (!rc)
        rc = any_shipped_ties(kb, &any, err);
    if (!rc && any)
        rc = walk_shipped(kb, &walk, err);
    if (!rc && w->rc)
        rc = as_know_no_memory(err);
    if (rc || !kb)
        return rc;
    s = as_know_ask(kb, w->to ? PARTY_TIES_TO : PARTY_TIES_OF, err);
    if (!s)
        return AS_ERR_IO;
    bind_who(s, w->who, walk.day);
    return imported_ties(kb, s, w->t, err);
}

bool as_know_has_ties(as_know *kb)
{
    sqlite3_stmt *s = kb ? as_know_ask(kb, PARTY_TIES_ANY, NULL) : NULL;
    /* What cannot be asked may have some: whoever reads them is told why. */
    bool any = kb && (!s || sqlite3_step(s) != SQLITE_DONE);

    if (s)
        sqlite3_reset(s);
    return any;
}

/* Each row of a statement to the visit. */
static as_rc show_rows(as_know *kb, sqlite3_stmt *s, struct walk *w,
                       as_err *err)
{
    as_rc rc = AS_OK;
    int step = SQLITE_DONE;

    while (!rc && !w->stop && (step = sqlite3_step(s)) == SQLITE_ROW) {
        as_know_party p;
        rc = renew(w) ? fill_party(s, w->row, &p, err) : as_know_no_memory(err);
        if (!rc)
            show(w, &p);
    }
    sqlite3_reset(s);
    as_arena_free(w->row);
    if (!rc && !w->stop && step != SQLITE_DONE)
        rc = as_sql_fail(kb->db, err, "read the knowledge base");
    return rc;
}

as_rc as_know_tied(as_know *kb, as_know_party_visit *visit, void *ctx,
                   as_err *err)
{
    struct walk w = {.visit = visit, .ctx = ctx};
    sqlite3_stmt *s = as_know_ask(kb, PARTY_TIED, err);

    return s ? show_rows(kb, s, &w, err) : AS_ERR_IO;
}

as_rc as_know_forms(as_know *kb, as_str list, as_str id,
                    as_know_party_visit *visit, void *ctx, as_err *err)
{
    struct walk w = {.visit = visit, .ctx = ctx};
    sqlite3_stmt *s = as_know_ask(kb, PARTY_FORMS, err);

    if (!s)
        return AS_ERR_IO;
    as_sql_bind_str(s, 1, list);
    as_sql_bind_str(s, 2, id);
    return show_rows(kb, s, &w, err);
}

static as_rc ties(as_know *kb, struct wanted *w, as_arena *arena,
                  as_know_ties *ret, as_err *err)
{
    struct ties t = {.arena = arena, .date = w->who->date};
    as_rc rc;

    *ret = (as_know_ties){NULL, 0};
    w->t = &t;
    rc = find_ties(kb, w, err);
    if (!rc)
        *ret = (as_know_ties){t.items, t.n};
    return rc;
}

as_rc as_know_ties_of(as_know *kb, const as_know_who *who, as_arena *arena,
                      as_know_ties *ret, as_err *err)
{
    struct wanted w = {.who = who};

    return ties(kb, &w, arena, ret, err);
}

as_rc as_know_ties_to(as_know *kb, const as_know_who *who, as_arena *arena,
                      as_know_ties *ret, as_err *err)
{
    struct wanted w = {.who = who, .to = true};

    return ties(kb, &w, arena, ret, err);
}
