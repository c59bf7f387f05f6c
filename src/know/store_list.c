/* SPDX-License-Identifier: Apache-2.0 */
/* Exploited flaws and scores. A whole list (KEV, EPSS) is collected first and
 * held against what is there at the end: only rows that differ are written, and
 * rows that are no longer in it go. An exploited flaw that a record or the
 * starter knowledge names is put in by itself. */
#include "know/store_state_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SCORES = 4000000, MAX_EXPLOITED = 400000 };

static bool is_list(as_str kind)
{
    return as_str_eq(kind, AS_STR("kev")) || as_str_eq(kind, AS_STR("epss"));
}

static bool usable_id(as_str id)
{
    if (id.n == 0 || id.n >= sizeof((as_store_score *)0)->cve)
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (id.p[i] <= 0x20 || id.p[i] >= 0x7F)
            return false;
    return true;
}

static void upper(as_str id, char *out)
{
    for (size_t i = 0; i < id.n; i++)
        out[i] = as_ascii_upper(id.p[i]);
    out[id.n] = 0;
}

static void count(as_store_entry *e, as_store_outcome o)
{
    e->report.read++;
    e->report.outcomes[o]++;
}

as_rc as_store_edition(as_store *s, as_str source, as_str edition, as_str date,
                       as_err *err)
{
    as_store_entry *e = as_store_entry_of(s, source);

    if (!e)
        return as_store_no_memory(err);
    if (is_list(e->report.kind) && !e->listed) {
        e->listed = true;
        e->edition = e->newest = AS_ABSENT;
    }
    if (as_str_cmp(edition, e->edition) > 0 && edition.n <= 256)
        e->edition = as_arena_str(s->arena, edition);
    as_store_newest(s, e, date);
    return AS_OK;
}

/* ---- exploited: one row ------------------------------------------------- */

static as_rc digest_exploited(as_store *s, const as_exploited *x,
                              as_sha256_digest *ret, as_err *err)
{
    as_buf_clear(&s->scratch);
    as_exploited_encode(x, &s->scratch);
    if (as_buf_failed(&s->scratch) || !as_sha256(as_buf_span(&s->scratch), ret))
        return as_store_no_memory(err);
    return AS_OK;
}

/* The row that is there; *ret_found false when there is none. Its texts live
 * until the statement is used again. */
static as_rc get_exploited(as_store *s, as_str id, as_str source,
                           as_exploited *ret, bool *ret_found, as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, SQL_EXPLOITED_GET, err);
    as_str *fields[] = {&ret->id,     &ret->added,   &ret->due,
                        &ret->vendor, &ret->product, &ret->name};

    if (!st)
        return AS_ERR_IO;
    *ret = (as_exploited){.ransomware = false};
    as_sql_bind_str(st, 1, id);
    as_sql_bind_str(st, 2, source);
    *ret_found = sqlite3_step(st) == SQLITE_ROW;
    for (size_t i = 0; i < AS_ARRAY_LEN(fields) && *ret_found; i++) {
        const char *p = (const char *)sqlite3_column_text(st, (int)i);
        int n = sqlite3_column_bytes(st, (int)i);
        if (p)
            *fields[i] = as_str_of(p, (size_t)n);
    }
    if (*ret_found)
        ret->ransomware = sqlite3_column_int(st, 6) != 0;
    return AS_OK;
}

static as_rc set_exploited(as_store *s, as_str source, const as_exploited *x,
                           as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, SQL_EXPLOITED_SET, err);

    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, x->id);
    as_sql_bind_str(st, 2, source);
    as_sql_bind_str(st, 3, x->added.p ? x->added : AS_STR(""));
    as_sql_bind_str(st, 4, x->due);
    as_sql_bind_str(st, 5, x->vendor);
    as_sql_bind_str(st, 6, x->product);
    as_sql_bind_str(st, 7, x->name);
    sqlite3_bind_int(st, 8, x->ransomware);
    return as_store_step(s, st, err);
}

/* Writes the row where it differs from what is there, and keeps sum and count
 * of the source. */
static as_rc put_exploited(as_store *s, as_store_entry *e,
                           const as_exploited *x, as_store_outcome *ret,
                           as_err *err)
{
    as_sha256_digest now, was = {{0}};
    as_exploited old;
    bool found = false;
    as_rc rc = digest_exploited(s, x, &now, err);

    if (!rc)
        rc = get_exploited(s, x->id, e->report.name, &old, &found, err);
    if (!rc && found)
        rc = digest_exploited(s, &old, &was, err);
    if (rc)
        return rc;
    *ret = found ? AS_STORE_CHANGED : AS_STORE_ADDED;
    if (found && memcmp(&now, &was, sizeof now) == 0) {
        *ret = AS_STORE_UNCHANGED;
        return AS_OK;
    }
    if (found)
        as_store_sum_take(&e->sum, was.bytes);
    as_store_sum_add(&e->sum, now.bytes);
    return set_exploited(s, e->report.name, x, err);
}

/* ---- exploited: the list ------------------------------------------------- */

static bool keep_exploited(as_store *s, const as_exploited *x)
{
    as_exploited *grown =
        as_arena_grow(s->arena, s->exploited, &s->cap_exploited,
                      s->n_exploited + 1, sizeof *s->exploited);
    as_exploited *kept;

    if (!grown || s->n_exploited >= MAX_EXPLOITED)
        return false;
    s->exploited = grown;
    kept = &s->exploited[s->n_exploited++];
    *kept = (as_exploited){.id = as_arena_str(s->arena, x->id),
                           .added = as_arena_str(s->arena, x->added),
                           .due = as_arena_str(s->arena, x->due),
                           .vendor = as_arena_str(s->arena, x->vendor),
                           .product = as_arena_str(s->arena, x->product),
                           .name = as_arena_str(s->arena, x->name),
                           .ransomware = x->ransomware};
    return !as_arena_failed(s->arena);
}

as_rc as_store_exploited(as_store *s, as_str source, const as_exploited *x,
                         as_store_outcome *ret, const char **why, as_err *err)
{
    as_store_entry *e = as_store_entry_of(s, source);
    as_exploited clean = *x;
    char id[sizeof((as_store_score *)0)->cve];

    *why = NULL;
    if (!e)
        return as_store_no_memory(err);
    if (!usable_id(x->id) || x->added.n > 32 || x->due.n > 32 ||
        x->vendor.n > 1024 || x->product.n > 1024 || x->name.n > 1024) {
        *why = "the entry has no usable CVE id or a text that is too long";
        *ret = AS_STORE_REFUSED;
        count(e, *ret);
        return AS_OK;
    }
    upper(x->id, id);
    clean.id = as_str_c(id);
    if (!is_list(e->report.kind)) {
        /* Part of a record, which is what is counted. */
        return put_exploited(s, e, &clean, ret, err);
    }
    as_store_newest(s, e, x->added);
    *ret = AS_STORE_ADDED; /* what it comes to is told at the end */
    return keep_exploited(s, &clean) ? AS_OK : as_store_no_memory(err);
}

static int compare_exploited(const void *a, const void *b)
{
    return as_str_cmp(((const as_exploited *)a)->id,
                      ((const as_exploited *)b)->id);
}

static as_rc drop_row(as_store *s, as_store_sql which, as_str id, as_str source,
                      as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, which, err);

    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, id);
    if (source.p)
        as_sql_bind_str(st, 2, source);
    return as_store_step(s, st, err);
}

static as_rc drop_one_exploited(as_store *s, as_store_entry *e, as_str id,
                                as_err *err)
{
    as_sha256_digest was;
    as_exploited old;
    bool found = false;
    as_rc rc = get_exploited(s, id, e->report.name, &old, &found, err);

    if (!rc && found)
        rc = digest_exploited(s, &old, &was, err);
    if (rc || !found)
        return rc;
    as_store_sum_take(&e->sum, was.bytes);
    e->report.removed++;
    e->report.stored--;
    return drop_row(s, SQL_EXPLOITED_DROP, id, e->report.name, err);
}

/* Rows of the base that the list no longer has. Their ids are gathered first:
 * a table is not walked and cut at the same time. */
static as_rc drop_missing_exploited(as_store *s, as_store_entry *e, as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, SQL_EXPLOITED_LIST, err);
    as_str *gone = NULL;
    size_t n = 0, cap = 0;
    as_rc rc = AS_OK;

    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, e->report.name);
    while (sqlite3_step(st) == SQLITE_ROW) {
        as_exploited key = {.id = as_sql_str(st, 0, s->arena)};
        as_str *grown;
        if (s->n_exploited && bsearch(&key, s->exploited, s->n_exploited,
                                      sizeof key, compare_exploited))
            continue;
        grown = as_arena_grow(s->arena, gone, &cap, n + 1, sizeof *gone);
        if (!grown)
            return as_store_no_memory(err);
        gone = grown;
        gone[n++] = key.id;
    }
    sqlite3_reset(st);
    for (size_t i = 0; i < n && !rc; i++)
        rc = drop_one_exploited(s, e, gone[i], err);
    return rc;
}

static as_rc finish_exploited(as_store *s, as_store_entry *e, as_err *err)
{
    as_store_outcome outcome;
    as_rc rc = AS_OK;

    if (s->n_exploited)
        qsort(s->exploited, s->n_exploited, sizeof *s->exploited,
              compare_exploited);
    for (size_t i = 0; i < s->n_exploited && !rc; i++) {
        rc = put_exploited(s, e, &s->exploited[i], &outcome, err);
        if (!rc)
            count(e, outcome);
        if (!rc && outcome == AS_STORE_ADDED)
            e->report.stored++;
    }
    return rc ? rc : drop_missing_exploited(s, e, err);
}

/* ---- scores ---------------------------------------------------------------
 */

as_rc as_store_likelihood(as_store *s, as_str source, const as_likelihood *l,
                          as_store_outcome *ret, const char **why, as_err *err)
{
    as_store_entry *e = as_store_entry_of(s, source);
    as_store_score *grown;

    *why = NULL;
    if (!e)
        return as_store_no_memory(err);
    if (!usable_id(l->id) || !(l->score >= 0 && l->score <= 1) ||
        !(l->percentile >= 0 && l->percentile <= 1) ||
        !is_list(e->report.kind)) {
        *why = "the row has no usable CVE id or a number that is out of range";
        *ret = AS_STORE_REFUSED;
        count(e, *ret);
        return AS_OK;
    }
    if (s->n_scores == s->cap_scores) {
        size_t cap = s->cap_scores ? s->cap_scores * 2 : 4096;
        grown = cap > MAX_SCORES * 2
                    ? NULL
                    : realloc(s->scores, cap * sizeof *s->scores);
        if (!grown)
            return as_store_no_memory(err);
        s->scores = grown;
        s->cap_scores = cap;
    }
    upper(l->id, s->scores[s->n_scores].cve);
    s->scores[s->n_scores].score = l->score;
    s->scores[s->n_scores++].percentile = l->percentile;
    *ret = AS_STORE_ADDED;
    return AS_OK;
}

static int compare_scores(const void *a, const void *b)
{
    return strcmp(((const as_store_score *)a)->cve,
                  ((const as_store_score *)b)->cve);
}

static bool add_score_digest(as_store *s, as_store_sum *sum,
                             const as_store_score *x, bool add)
{
    as_likelihood l = {as_str_c(x->cve), x->score, x->percentile};
    as_sha256_digest digest;

    as_buf_clear(&s->scratch);
    as_likelihood_encode(&l, &s->scratch);
    if (as_buf_failed(&s->scratch) ||
        !as_sha256(as_buf_span(&s->scratch), &digest))
        return false;
    if (add)
        as_store_sum_add(sum, digest.bytes);
    else
        as_store_sum_take(sum, digest.bytes);
    return true;
}

static bool same_numbers(const as_store_score *a, const as_store_score *b)
{
    return memcmp(&a->score, &b->score, sizeof a->score) == 0 &&
           memcmp(&a->percentile, &b->percentile, sizeof a->percentile) == 0;
}

static as_rc put_score(as_store *s, as_store_entry *e, const as_store_score *x,
                       as_store_outcome *ret, as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, SQL_LIKELIHOOD_GET, err);
    as_store_score old = *x;
    bool found;

    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, as_str_c(x->cve));
    found = sqlite3_step(st) == SQLITE_ROW;
    if (found) {
        old.score = sqlite3_column_double(st, 0);
        old.percentile = sqlite3_column_double(st, 1);
    }
    sqlite3_reset(st);
    *ret = found ? AS_STORE_CHANGED : AS_STORE_ADDED;
    if (found && same_numbers(&old, x)) {
        *ret = AS_STORE_UNCHANGED;
        return AS_OK;
    }
    if ((found && !add_score_digest(s, &e->sum, &old, false)) ||
        !add_score_digest(s, &e->sum, x, true))
        return as_store_no_memory(err);
    st = as_store_ask(s, SQL_LIKELIHOOD_SET, err);
    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, as_str_c(x->cve));
    sqlite3_bind_double(st, 2, x->score);
    sqlite3_bind_double(st, 3, x->percentile);
    return as_store_step(s, st, err);
}

/* The row of the base, as a score. */
static bool read_score(sqlite3_stmt *st, as_store_score *ret)
{
    as_str id = as_str_c((const char *)sqlite3_column_text(st, 0));

    if (!usable_id(id))
        return false;
    upper(id, ret->cve);
    ret->score = sqlite3_column_double(st, 1);
    ret->percentile = sqlite3_column_double(st, 2);
    return true;
}

static as_rc drop_missing_scores(as_store *s, as_store_entry *e, as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, SQL_LIKELIHOOD_LIST, err);
    as_store_score *gone = NULL, row;
    size_t n = 0, cap = 0;
    as_rc rc = AS_OK;

    if (!st)
        return AS_ERR_IO;
    while (sqlite3_step(st) == SQLITE_ROW) {
        as_store_score *grown;
        if (!read_score(st, &row) ||
            (s->n_scores &&
             bsearch(&row, s->scores, s->n_scores, sizeof row, compare_scores)))
            continue;
        grown = as_arena_grow(s->arena, gone, &cap, n + 1, sizeof *gone);
        if (!grown)
            return as_store_no_memory(err);
        gone = grown;
        gone[n++] = row;
    }
    sqlite3_reset(st);
    for (size_t i = 0; i < n && !rc; i++) {
        if (!add_score_digest(s, &e->sum, &gone[i], false))
            return as_store_no_memory(err);
        e->report.removed++;
        e->report.stored--;
        rc = drop_row(s, SQL_LIKELIHOOD_DROP, as_str_c(gone[i].cve), AS_ABSENT,
                      err);
    }
    return rc;
}

static as_rc finish_scores(as_store *s, as_store_entry *e, as_err *err)
{
    as_store_outcome outcome;
    as_rc rc = AS_OK;

    if (s->n_scores)
        qsort(s->scores, s->n_scores, sizeof *s->scores, compare_scores);
    for (size_t i = 0; i < s->n_scores && !rc; i++) {
        rc = put_score(s, e, &s->scores[i], &outcome, err);
        if (!rc)
            count(e, outcome);
        if (!rc && outcome == AS_STORE_ADDED)
            e->report.stored++;
    }
    return rc ? rc : drop_missing_scores(s, e, err);
}

/* ---- the end --------------------------------------------------------------
 */

as_rc as_store_lists_finish(as_store *s, as_err *err)
{
    as_rc rc = AS_OK;

    for (size_t i = 0; i < s->n_entries && !rc; i++) {
        as_store_entry *e = s->entries[i];
        if (!e->listed)
            continue;
        if (as_str_eq(e->report.kind, AS_STR("kev")))
            rc = finish_exploited(s, e, err);
        else
            rc = finish_scores(s, e, err);
    }
    return rc;
}
