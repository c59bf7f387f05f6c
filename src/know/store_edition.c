/* SPDX-License-Identifier: Apache-2.0 */
/* Editions into the base. A row of the table is one form of a party's row with
 * the days [since, until) on which the editions in force hold it, so an edition
 * costs what has changed, and what was in force on a day is one comparison.
 *
 *   edition D between P (before) and N (after), all of one source:
 *   a form that D holds        covers D already | grows to D | is added [D, N)
 *   a form that D does not     [s, u) around D becomes [s, D) and [N, u)
 *
 * So editions may come in any order, and one may take the place of another of
 * the same date. */
#include "know/store_state_internal.h"

#include "base/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGEST = 16, KEY = 8, OPEN = AS_DATE_MAX + 1 };

/* A form of the base that covers the date or touches it. */
struct form {
    int64_t number;
    as_date since, until;
    uint8_t digest[DIGEST];
    bool kept;
};

struct work {
    as_store *s;
    as_store_group *g;
    as_err *err;
    int64_t source;
    as_date before, after; /* neighbours, AS_DATE_NONE and OPEN without */
    bool replaces;         /* there is an edition of the date */
    struct form *forms;
    size_t n, cap;
    uint8_t (*gone)[KEY]; /* keys of forms that the edition does not hold */
    size_t n_gone;
    as_arena *row;
};

/* ---- numbers of names ------------------------------------------------------
 */

static as_rc source_number(struct work *w)
{
    as_str name = w->g->entry->report.name;
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_SOURCE_GET, w->err);
    as_rc rc = AS_OK;
    bool found;

    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, name);
    found = sqlite3_step(st) == SQLITE_ROW;
    w->source = found ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    if (found)
        return AS_OK;
    st = as_store_ask(w->s, SQL_PARTY_SOURCE_ADD, w->err);
    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, name);
    rc = as_store_step(w->s, st, w->err);
    w->source = sqlite3_last_insert_rowid(w->s->db);
    return rc;
}

static as_rc set_title(struct work *w, const as_store_sublist *l)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_LIST_TITLE, w->err);

    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, l->number);
    as_sql_bind_str(st, 2, l->title);
    return as_store_step(w->s, st, w->err);
}

static as_rc list_number(struct work *w, as_store_sublist *l)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_LIST_GET, w->err);
    bool found, retitled = false;
    as_rc rc;

    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, l->name);
    sqlite3_bind_int64(st, 2, w->source);
    found = sqlite3_step(st) == SQLITE_ROW;
    if (found) {
        as_str title = as_sql_str(st, 1, w->s->arena);
        l->number = sqlite3_column_int64(st, 0);
        retitled = l->title.p && !as_str_eq(title, l->title);
    }
    sqlite3_reset(st);
    if (found)
        return retitled ? set_title(w, l) : AS_OK;
    st = as_store_ask(w->s, SQL_PARTY_LIST_ADD, w->err);
    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, l->name);
    sqlite3_bind_int64(st, 2, w->source);
    as_sql_bind_str(st, 3, l->title);
    rc = as_store_step(w->s, st, w->err);
    l->number = sqlite3_last_insert_rowid(w->s->db);
    return rc;
}

/* ---- neighbours ------------------------------------------------------------
 */

static as_date neighbour(struct work *w, as_store_sql which, as_date none)
{
    sqlite3_stmt *st = as_store_ask(w->s, which, w->err);
    as_date day = none;

    if (!st)
        return none;
    sqlite3_bind_int64(st, 1, w->source);
    sqlite3_bind_int64(st, 2, w->g->date);
    if (sqlite3_step(st) == SQLITE_ROW &&
        sqlite3_column_type(st, 0) != SQLITE_NULL)
        day = (as_date)sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    return day;
}

/* Is there an edition of the day, *ret, and is it the group's row for row? */
static bool is_edition(struct work *w, as_date day, bool *ret)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_EDITION_GET, w->err);
    bool same = false;

    *ret = false;
    if (!st)
        return false;
    sqlite3_bind_int64(st, 1, w->source);
    sqlite3_bind_int64(st, 2, day);
    *ret = sqlite3_step(st) == SQLITE_ROW;
    if (*ret) {
        as_str digest = as_sql_str(st, 2, w->s->arena);
        same = (uint64_t)sqlite3_column_int64(st, 0) == w->g->n &&
               as_str_eq(digest, as_store_sum_text(&w->g->sum, w->s->arena)) &&
               as_str_is_empty(w->g->cut) ==
                   (sqlite3_column_type(st, 6) == SQLITE_NULL);
    }
    sqlite3_reset(st);
    return same;
}

/* Is it there already? What has no date but that of the import is also the
 * edition before when that is the same: importing a file again tomorrow changes
 * nothing. */
static bool is_there(struct work *w)
{
    bool before;

    if (is_edition(w, w->g->date, &w->replaces))
        return true;
    return !w->replaces && w->before != AS_DATE_NONE &&
           strcmp(w->g->dated, "import") == 0 &&
           is_edition(w, w->before, &before);
}

/* ---- has it shrunk? --------------------------------------------------------
 */

static bool has_lost(uint64_t was, uint64_t is, uint64_t at_least)
{
    uint64_t lost = was > is ? was - is : 0;

    return lost > AS_STORE_LOST_ROWS && lost > at_least &&
           lost * 100 > was * AS_STORE_LOST_PERCENT;
}

/* Aliases gone while the rows stay: a file of them that is not there, a form
 * that has none. */
static bool has_lost_names(uint64_t was, uint64_t is)
{
    return was > is && was - is > AS_STORE_LOST_ROWS &&
           (was - is) * 100 > was * AS_STORE_LOST_NAMES_PERCENT;
}

static uint64_t rows_of(const as_store_group *g, as_str list)
{
    for (size_t i = 0; i < g->n_lists; i++)
        if (as_str_eq(g->lists[i].name, list))
            return g->lists[i].rows;
    return 0;
}

/* Compares with the edition of the day; *ret_why is absent when all is well. */
static as_rc check_lost(struct work *w, as_date day, as_str *ret_why)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_COUNTS, w->err);
    char text[AS_DATE_TEXT];
    uint64_t total = 0, names = 0;

    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, w->source);
    sqlite3_bind_int64(st, 2, day);
    while (sqlite3_step(st) == SQLITE_ROW) {
        total += (uint64_t)sqlite3_column_int64(st, 1);
        names += (uint64_t)sqlite3_column_int64(st, 2);
    }
    sqlite3_reset(st);
    as_date_text(day, text);
    if (has_lost(total, w->g->n, 0))
        *ret_why =
            as_arena_printf(w->s->arena,
                            "it has %zu rows, the edition of %s has %" PRIu64
                            ": it has lost more than %d %%",
                            w->g->n, text, total, AS_STORE_LOST_PERCENT);
    else if (has_lost_names(names, w->g->names))
        *ret_why = as_arena_printf(
            w->s->arena,
            "it has %" PRIu64 " names, the edition of %s has %" PRIu64
            ": it has lost more than %d %%",
            w->g->names, text, names, AS_STORE_LOST_NAMES_PERCENT);
    while (!ret_why->p && sqlite3_step(st) == SQLITE_ROW) {
        uint64_t was = (uint64_t)sqlite3_column_int64(st, 1);
        as_str list = as_sql_str(st, 0, w->s->arena);
        uint64_t is = rows_of(w->g, list);
        if (has_lost(was, is, total * AS_STORE_LOST_PART_PERCENT / 100))
            *ret_why = as_arena_printf(
                w->s->arena,
                "its list \"%.*s\" has %" PRIu64 " rows, in the edition of %s "
                "it has %" PRIu64 ": it has lost more than %d %%",
                AS_FMT(list), is, text, was, AS_STORE_LOST_PERCENT);
    }
    sqlite3_reset(st);
    return AS_OK;
}

/* ---- forms -----------------------------------------------------------------
 */

static int by_digest(const void *pa, const void *pb)
{
    const struct form *a = pa, *b = pb;
    int r = memcmp(a->digest, b->digest, DIGEST);

    return r ? r : (a->since > b->since) - (a->since < b->since);
}

static bool add_form(struct work *w, sqlite3_stmt *st)
{
    const void *digest = sqlite3_column_blob(st, 3);
    struct form *f;

    if (w->n == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 1024;
        f = realloc(w->forms, cap * sizeof *f);
        if (!f)
            return false;
        w->forms = f;
        w->cap = cap;
    }
    f = &w->forms[w->n++];
    *f = (struct form){.number = sqlite3_column_int64(st, 0),
                       .since = (as_date)sqlite3_column_int64(st, 1),
                       .until = (as_date)sqlite3_column_int64(st, 2)};
    if (digest && sqlite3_column_bytes(st, 3) == DIGEST)
        memcpy(f->digest, digest, DIGEST);
    return true;
}

static as_rc load_forms(struct work *w)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_SPAN, w->err);
    int step;

    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, w->source);
    sqlite3_bind_int64(st, 2, w->g->date);
    sqlite3_bind_int64(st, 3, w->after);
    while ((step = sqlite3_step(st)) == SQLITE_ROW)
        if (!add_form(w, st))
            return as_store_no_memory(w->err);
    sqlite3_reset(st);
    if (step != SQLITE_DONE)
        return as_sql_fail(w->s->db, w->err, "read the knowledge base");
    if (w->n)
        qsort(w->forms, w->n, sizeof *w->forms, by_digest);
    return AS_OK;
}

static bool covers(const struct work *w, const struct form *f)
{
    return f->since <= w->g->date && f->until > w->g->date;
}

/* The first form of that digest; w->n when there is none. */
static size_t find_form(const struct work *w, const uint8_t *digest)
{
    size_t low = 0, high = w->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (memcmp(w->forms[mid].digest, digest, DIGEST) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low < w->n && memcmp(w->forms[low].digest, digest, DIGEST) == 0)
        return low;
    return w->n;
}

static as_rc set_day(struct work *w, as_store_sql which, int64_t number,
                     as_date day)
{
    sqlite3_stmt *st = as_store_ask(w->s, which, w->err);

    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, number);
    sqlite3_bind_int64(st, 2, day);
    return as_store_step(w->s, st, w->err);
}

static as_rc drop_form(struct work *w, int64_t number)
{
    static const as_store_sql which[] = {SQL_PARTY_TIE_DROP, SQL_PARTY_DROP};

    for (size_t i = 0; i < AS_ARRAY_LEN(which); i++) {
        sqlite3_stmt *st = as_store_ask(w->s, which[i], w->err);
        as_rc rc;
        if (!st)
            return AS_ERR_IO;
        sqlite3_bind_int64(st, 1, number);
        rc = as_store_step(w->s, st, w->err);
        if (rc)
            return rc;
    }
    return AS_OK;
}

static as_rc copy_form(struct work *w, int64_t number, as_date since,
                       as_date until)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_COPY, w->err);
    as_rc rc;

    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, number);
    sqlite3_bind_int64(st, 2, since);
    sqlite3_bind_int64(st, 3, until);
    rc = as_store_step(w->s, st, w->err);
    if (rc)
        return rc;
    st = as_store_ask(w->s, SQL_PARTY_TIE_COPY, w->err);
    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, number);
    sqlite3_bind_int64(st, 2, sqlite3_last_insert_rowid(w->s->db));
    return as_store_step(w->s, st, w->err);
}

/* The edition does not hold the form that covers its date. */
static as_rc cut_form(struct work *w, const struct form *f)
{
    bool goes_on = f->until > w->after;
    as_rc rc;

    if (f->since == w->g->date)
        return goes_on ? set_day(w, SQL_PARTY_SINCE, f->number, w->after)
                       : drop_form(w, f->number);
    rc = set_day(w, SQL_PARTY_UNTIL, f->number, w->g->date);
    return rc || !goes_on ? rc : copy_form(w, f->number, w->after, f->until);
}

/* ---- rows of the edition ----------------------------------------------------
 */

static as_rc add_ties(struct work *w, const as_party *p, int64_t number)
{
    as_rc rc = AS_OK;

    for (size_t i = 0; i < p->n_ties && !rc; i++) {
        const as_party_tie *t = &p->ties[i];
        sqlite3_stmt *st;
        bool named = as_str_is_empty(t->list) || as_str_is_empty(t->id);
        if (named && as_str_is_empty(t->name))
            continue;
        st = as_store_ask(w->s, SQL_PARTY_TIE_ADD, w->err);
        if (!st)
            return AS_ERR_IO;
        as_sql_bind_str(st, 1, named ? AS_STR("") : t->list);
        as_sql_bind_str(st, 2, named ? t->name : t->id);
        sqlite3_bind_int64(st, 3, number);
        sqlite3_bind_int64(st, 4, (int64_t)i);
        rc = as_store_step(w->s, st, w->err);
    }
    return rc;
}

static as_rc add_row(struct work *w, const as_store_staged *row)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_ADD, w->err);
    as_span body = {NULL, 0};
    as_party p;
    as_rc rc;

    if (as_arena_used(w->row) > AS_MIB) {
        as_arena_free(w->row);
        w->row = as_arena_new(AS_LIMIT_RECORD_BYTES);
    }
    rc = as_store_staged_body(w->s, row, &body, w->err);
    if (rc || !st)
        return rc ? rc : AS_ERR_IO;
    if (!w->row || !as_party_decode(body, w->row, &p))
        return as_store_no_memory(w->err);
    sqlite3_bind_int64(st, 1, w->source);
    sqlite3_bind_int64(st, 2, w->g->lists[row->list].number);
    as_sql_bind_str(st, 3, p.id);
    sqlite3_bind_int64(st, 4, w->g->date);
    sqlite3_bind_int64(st, 5, w->after);
    sqlite3_bind_blob(st, 6, row->digest, DIGEST, SQLITE_STATIC);
    sqlite3_bind_int(st, 7, row->part == AS_PARTY_TIES);
    sqlite3_bind_blob64(st, 8, body.p, body.n, SQLITE_STATIC);
    rc = as_store_step(w->s, st, w->err);
    if (!rc && row->ties)
        rc = add_ties(w, &p, sqlite3_last_insert_rowid(w->s->db));
    return rc;
}

/* A row that no form covers: one beside the date grows, else it is added. */
static as_rc put_row(struct work *w, const as_store_staged *row, size_t first)
{
    struct form *left = NULL, *right = NULL;
    as_rc rc;

    for (size_t i = first; i < w->n; i++) {
        struct form *f = &w->forms[i];
        if (memcmp(f->digest, row->digest, DIGEST) != 0)
            break;
        if (f->until == w->g->date)
            left = f;
        if (f->since == w->after)
            right = f;
    }
    if (!left)
        return right ? set_day(w, SQL_PARTY_SINCE, right->number, w->g->date)
                     : add_row(w, row);
    rc = set_day(w, SQL_PARTY_UNTIL, left->number,
                 right ? right->until : w->after);
    return rc || !right ? rc : drop_form(w, right->number);
}

/* Marks the rows that are there already. */
static void mark_kept(struct work *w)
{
    as_store_group *g = w->g;

    for (size_t i = 0; i < g->n; i++) {
        size_t f = find_form(w, g->rows[i].digest);
        for (; f < w->n &&
               memcmp(w->forms[f].digest, g->rows[i].digest, DIGEST) == 0;
             f++) {
            if (!covers(w, &w->forms[f]))
                continue;
            w->forms[f].kept = g->rows[i].kept = true;
        }
    }
}

static int key_cmp(const void *a, const void *b)
{
    return memcmp(a, b, KEY);
}

/* Who it was that a form is of. */
static as_rc key_of_form(struct work *w, int64_t number, uint8_t *ret)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_WHO, w->err);
    as_sha256_digest digest = {{0}};
    as_buf *b = &w->s->scratch;

    if (!st)
        return AS_ERR_IO;
    as_buf_clear(b);
    sqlite3_bind_int64(st, 1, number);
    if (sqlite3_step(st) == SQLITE_ROW) {
        as_buf_put(b, sqlite3_column_text(st, 0),
                   (size_t)sqlite3_column_bytes(st, 0));
        as_buf_byte(b, 0);
        as_buf_put(b, sqlite3_column_text(st, 1),
                   (size_t)sqlite3_column_bytes(st, 1));
    }
    sqlite3_reset(st);
    if (as_buf_failed(b) || !as_sha256(as_buf_span(b), &digest))
        return as_store_no_memory(w->err);
    memcpy(ret, digest.bytes, KEY);
    return AS_OK;
}

static as_rc cut_forms(struct work *w)
{
    as_rc rc = AS_OK;

    w->gone = calloc(w->n ? w->n : 1, sizeof *w->gone);
    if (!w->gone)
        return as_store_no_memory(w->err);
    for (size_t i = 0; i < w->n && !rc; i++) {
        const struct form *f = &w->forms[i];
        if (!covers(w, f) || f->kept)
            continue;
        rc = key_of_form(w, f->number, w->gone[w->n_gone++]);
        if (!rc)
            rc = cut_form(w, f);
    }
    if (w->n_gone)
        qsort(w->gone, w->n_gone, sizeof *w->gone, key_cmp);
    return rc;
}

static as_rc put_rows(struct work *w)
{
    as_store_source *r = &w->g->entry->report;
    uint64_t changed = 0;
    as_rc rc = AS_OK;

    for (size_t i = 0; i < w->g->n && !rc; i++) {
        const as_store_staged *row = &w->g->rows[i];
        bool was;
        if (row->kept) {
            r->outcomes[AS_STORE_UNCHANGED]++;
            continue;
        }
        was = w->n_gone &&
              bsearch(row->key, w->gone, w->n_gone, sizeof *w->gone, key_cmp);
        r->outcomes[was ? AS_STORE_CHANGED : AS_STORE_ADDED]++;
        changed += was;
        rc = put_row(w, row, find_form(w, row->digest));
    }
    r->read += w->g->n;
    r->removed += w->n_gone - (changed < w->n_gone ? changed : w->n_gone);
    return rc;
}

/* ---- the edition -----------------------------------------------------------
 */

/* Who is not in it is not on the list: not so when rows could not be read, or
 * when the file of aliases is not there. */
static bool is_whole(const as_store_group *g)
{
    return !g->cut.p && g->refused == 0 && (!g->joined || g->with_names);
}

static as_rc write_counts(struct work *w)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_COUNT_DROP, w->err);
    as_rc rc;

    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, w->source);
    sqlite3_bind_int64(st, 2, w->g->date);
    rc = as_store_step(w->s, st, w->err);
    for (size_t i = 0; i < w->g->n_lists && !rc; i++) {
        const as_store_sublist *l = &w->g->lists[i];
        st = as_store_ask(w->s, SQL_PARTY_COUNT_SET, w->err);
        if (!st)
            return AS_ERR_IO;
        sqlite3_bind_int64(st, 1, l->number);
        sqlite3_bind_int64(st, 2, w->g->date);
        sqlite3_bind_int64(st, 3, (int64_t)l->rows);
        sqlite3_bind_int64(st, 4, (int64_t)l->names);
        sqlite3_bind_int(st, 5, l->complete && is_whole(w->g));
        rc = as_store_step(w->s, st, w->err);
    }
    return rc;
}

static as_rc write_edition(struct work *w)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_EDITION_SET, w->err);
    const as_store_choice *c = &w->s->parties.choice;
    const as_store_group *g = w->g;

    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, w->source);
    sqlite3_bind_int64(st, 2, g->date);
    as_sql_bind_str(st, 3, as_str_c(g->dated));
    sqlite3_bind_int64(st, 4, (int64_t)g->n);
    sqlite3_bind_int64(st, 5, (int64_t)g->names);
    sqlite3_bind_int64(st, 6, (int64_t)(g->read + g->n));
    sqlite3_bind_int64(st, 7, (int64_t)g->refused);
    sqlite3_bind_int64(st, 8, (int64_t)g->left_out);
    as_sql_bind_str(st, 9, g->left_out ? c->countries : AS_ABSENT);
    as_sql_bind_str(st, 10, g->cut);
    as_sql_bind_str(st, 11, as_store_sum_text(&g->sum, w->s->arena));
    as_sql_bind_str(st, 12, c->today);
    return as_store_step(w->s, st, w->err);
}

/* The source is shown as its newest edition. */
static as_rc show_newest(struct work *w)
{
    sqlite3_stmt *st = as_store_ask(w->s, SQL_PARTY_NEWEST, w->err);
    as_store_entry *e = w->g->entry;

    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, w->source);
    if (sqlite3_step(st) == SQLITE_ROW) {
        as_date day = (as_date)sqlite3_column_int64(st, 0);
        e->edition = e->newest = as_date_str(w->s->arena, day);
        e->report.stored = (uint64_t)sqlite3_column_int64(st, 1);
        e->report.rows = (uint64_t)sqlite3_column_int64(st, 2);
        as_store_sum_read(as_sql_str(st, 3, w->s->arena), &e->sum);
    }
    sqlite3_reset(st);
    e->listed = e->parties_changed = true;
    return AS_OK;
}

static as_rc take_edition(struct work *w)
{
    as_rc rc = AS_OK;

    for (size_t i = 0; i < w->g->n_lists && !rc; i++)
        rc = list_number(w, &w->g->lists[i]);
    if (!rc)
        rc = load_forms(w);
    if (rc)
        return rc;
    mark_kept(w);
    rc = cut_forms(w);
    if (!rc)
        rc = put_rows(w);
    if (!rc)
        rc = write_counts(w);
    if (!rc)
        rc = write_edition(w);
    return rc ? rc : show_newest(w);
}

static as_rc consider(struct work *w)
{
    as_str why = AS_ABSENT;
    as_date held;
    as_rc rc = source_number(w);

    if (rc)
        return rc;
    w->before = neighbour(w, SQL_PARTY_BEFORE, AS_DATE_NONE);
    w->after = neighbour(w, SQL_PARTY_AFTER, OPEN);
    if (is_there(w)) {
        w->g->entry->report.read += w->g->n;
        w->g->entry->report.outcomes[AS_STORE_UNCHANGED] += w->g->n;
        return AS_OK;
    }
    held = w->replaces ? w->g->date : w->before;
    if (held != AS_DATE_NONE && !w->s->parties.choice.force)
        rc = check_lost(w, held, &why);
    if (rc)
        return rc;
    if (!why.p)
        return take_edition(w);
    as_store_refuse(w->s, w->g, why, true);
    return AS_OK;
}

static as_rc put_group(as_store *s, as_store_group *g, as_err *err)
{
    struct work w = {.s = s, .g = g, .err = err};
    as_rc rc;

    w.row = as_arena_new(AS_LIMIT_RECORD_BYTES);
    rc = w.row ? consider(&w) : as_store_no_memory(err);
    as_arena_free(w.row);
    free(w.forms);
    free(w.gone);
    return rc;
}

/* ---- all editions of the import ---------------------------------------------
 */

static void count_rows(as_store_group *g)
{
    for (size_t i = 0; i < g->n; i++) {
        const as_store_staged *row = &g->rows[i];
        as_store_sublist *l = &g->lists[row->list];
        uint8_t wide[32] = {0};
        memcpy(wide, row->digest, DIGEST);
        as_store_sum_add(&g->sum, wide);
        l->rows++;
        if (row->part == AS_PARTY_TIES)
            continue;
        l->names += row->names;
        g->names += row->names;
    }
}

static void tell_orphans(as_store *s, as_store_group *g)
{
    as_str why;

    if (g->orphans == 0)
        return;
    as_store_count_lost(g, g->orphans);
    why = as_arena_printf(s->arena,
                          "%" PRIu64 " aliases, addresses or remarks are of "
                          "rows that no file of the list has",
                          g->orphans);
    as_store_tell(s, &(as_store_refusal){.source = g->entry->report.name,
                                         .file = g->file,
                                         .reason = why});
}

static void tell_nameless(as_store *s, const as_store_group *g)
{
    if (!g->joined || g->with_names || g->n == 0)
        return;
    g->entry->report.noted++;
    as_store_tell(s, &(as_store_refusal){
                         .source = g->entry->report.name,
                         .file = g->file,
                         .note = true,
                         .reason = AS_STR("no file of aliases is beside it (of "
                                          "OFAC alt.csv or cons_alt.csv): who "
                                          "is not found in it may still be on "
                                          "the list")});
}

static as_rc prepare_group(as_store *s, as_store_group *g, as_err *err)
{
    as_rc rc;

    if (g->failed) { /* the failure names its file */
        as_store_count_lost(g, g->n);
        g->n = 0;
        return AS_OK;
    }
    rc = as_store_group_settle(s, g, err);
    if (rc)
        return rc;
    count_rows(g);
    tell_orphans(s, g);
    tell_nameless(s, g);
    if (g->date == AS_DATE_NONE)
        as_store_refuse(s, g, AS_STR("its edition has no date"), false);
    else if (g->n == 0 && g->orphans)
        as_store_refuse(s, g,
                        AS_STR("the file that names its rows is missing (of "
                               "OFAC sdn.csv or cons_prim.csv)"),
                        false);
    else if (g->n == 0)
        as_store_refuse(s, g, AS_STR("no row of it can be kept"), false);
    else if (g->cut.p && !s->parties.choice.force)
        as_store_refuse(s, g, g->cut, true);
    return AS_OK;
}

static int by_source_and_date(const void *pa, const void *pb)
{
    const as_store_group *a = *(as_store_group *const *)pa;
    const as_store_group *b = *(as_store_group *const *)pb;
    int r = as_str_cmp(a->entry->report.name, b->entry->report.name);

    if (!r)
        r = (a->date > b->date) - (a->date < b->date);
    return r ? r : as_str_cmp(a->file, b->file);
}

/* A second file of the edition that last is of: the same, or refused. */
static bool is_second(as_store *s, const as_store_group *last,
                      as_store_group *g)
{
    as_str why;

    if (!last || last->entry != g->entry || last->date != g->date)
        return false;
    if (last->n == g->n && memcmp(&last->sum, &g->sum, sizeof g->sum) == 0) {
        g->entry->report.read += g->n;
        g->entry->report.outcomes[AS_STORE_UNCHANGED] += g->n;
        return true;
    }
    why = as_arena_printf(s->arena,
                          "\"%.*s\" is another edition of the same date; give "
                          "the date of one with --edition",
                          AS_FMT(as_str_slice(last->file, 0, 150)));
    as_store_refuse(s, g, why, false);
    return true;
}

as_rc as_store_parties_finish(as_store *s, as_err *err)
{
    as_store_parties *t = &s->parties;
    as_store_group *last = NULL;
    as_rc rc = AS_OK;

    if (t->settled)
        return AS_OK;
    t->settled = true;
    for (size_t i = 0; i < t->n && !rc; i++)
        rc = prepare_group(s, t->groups[i], err);
    if (t->n)
        qsort(t->groups, t->n, sizeof(as_store_group *), by_source_and_date);
    for (size_t i = 0; i < t->n && !rc; i++) {
        as_store_group *g = t->groups[i];
        if (g->failed || is_second(s, last, g))
            continue;
        rc = put_group(s, g, err);
        if (!g->failed)
            last = g;
    }
    return rc;
}
