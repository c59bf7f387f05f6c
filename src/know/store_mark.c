/* SPDX-License-Identifier: Apache-2.0 */
/* Taking back what came since a mark; see store_internal.h.
 *
 * A mark is a transaction of its own. The work file is nobody's base until it
 * is renamed, so committing before and behind it gives nothing away. Only
 * between a mark and its end does SQLite keep a journal, on disk: it holds the
 * pages that were there and are changed. */
#include "know/store_state_internal.h"

#include <stdlib.h>
#include <string.h>

/* A statement that is still at a row would outlive its transaction. */
static void reset_all(as_store *s)
{
    for (size_t i = 0; i < SQL_STATEMENTS; i++)
        sqlite3_reset(s->statements[i]);
}

static bool copy_entries(as_store *s)
{
    as_store_mark_state *m = &s->mark;

    if (s->n_entries > m->cap_entries) {
        size_t cap = s->n_entries + 64;
        as_store_entry *grown = realloc(m->entries, cap * sizeof *grown);
        if (!grown)
            return false;
        m->entries = grown;
        m->cap_entries = cap;
    }
    for (size_t i = 0; i < s->n_entries; i++)
        m->entries[i] = *s->entries[i];
    m->n_entries = s->n_entries;
    return true;
}

as_rc as_store_mark(as_store *s, as_err *err)
{
    if (!copy_entries(s) || !as_store_parties_mark(s))
        return as_store_no_memory(err);
    s->mark.set = true;
    s->mark.n_exploited = s->n_exploited;
    s->mark.n_scores = s->n_scores;
    s->n_sizes_were = 0;
    reset_all(s);
    return as_sql_run(s->db, "COMMIT; PRAGMA journal_mode=TRUNCATE; BEGIN",
                      err);
}

static as_rc end_mark(as_store *s, const char *how, as_err *err)
{
    as_rc rc;

    s->mark.set = false;
    reset_all(s);
    rc = as_sql_run(s->db, how, err);
    return rc ? rc : as_sql_run(s->db, "PRAGMA journal_mode=OFF; BEGIN", err);
}

as_rc as_store_keep(as_store *s, as_err *err)
{
    return end_mark(s, "COMMIT", err);
}

as_rc as_store_undo(as_store *s, as_err *err)
{
    const as_store_mark_state *m = &s->mark;

    for (size_t i = 0; i < m->n_entries; i++)
        *s->entries[i] = m->entries[i];
    s->n_entries = m->n_entries;
    s->last = NULL;
    as_store_parties_undo(s);
    s->n_exploited = m->n_exploited;
    s->n_scores = m->n_scores;
    for (size_t i = s->n_sizes_were; i > 0; i--)
        s->sizes[s->sizes_were[i - 1].number] = s->sizes_were[i - 1].was;
    return end_mark(s, "ROLLBACK", err);
}

bool as_store_size_changes(as_store *s, size_t number)
{
    if (!s->mark.set)
        return true;
    if (s->n_sizes_were == s->cap_sizes_were) {
        size_t cap = s->cap_sizes_were ? s->cap_sizes_were * 2 : 4096;
        as_store_size_was *grown = realloc(s->sizes_were, cap * sizeof *grown);
        if (!grown)
            return false;
        s->sizes_were = grown;
        s->cap_sizes_were = cap;
    }
    s->sizes_were[s->n_sizes_were++] =
        (as_store_size_was){number, s->sizes[number]};
    return true;
}

void as_store_mark_done(as_store *s)
{
    free(s->mark.entries);
    free(s->mark.groups);
    free(s->sizes_were);
}
