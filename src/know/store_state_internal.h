/* SPDX-License-Identifier: Apache-2.0 */
/* The store's insides, shared by store.c (sources, beginning and end),
 * store_file.c (lock, copy, rename), store_record.c (advisories),
 * store_list.c (KEV, EPSS) and store_mark.c (taking back). */
#ifndef AS_KNOW_STORE_STATE_INTERNAL_H
#define AS_KNOW_STORE_STATE_INTERNAL_H

#include "base/arena.h"
#include "base/sha256.h"
#include "know/schema_internal.h"
#include "know/store_internal.h"

typedef enum as_store_sql {
    SQL_ADVISORY_GET,
    SQL_ADVISORY_ADD,
    SQL_ADVISORY_SET,
    SQL_AFFECTED_COUNT,
    SQL_AFFECTED_DROP,
    SQL_AFFECTED_ADD,
    SQL_ALIAS_DROP,
    SQL_ALIAS_ADD,
    SQL_PACKAGE_GET,
    SQL_PACKAGE_ADD,
    SQL_EXPLOITED_GET,
    SQL_EXPLOITED_SET,
    SQL_EXPLOITED_DROP,
    SQL_EXPLOITED_LIST,
    SQL_LIKELIHOOD_GET,
    SQL_LIKELIHOOD_SET,
    SQL_LIKELIHOOD_DROP,
    SQL_LIKELIHOOD_LIST,
    SQL_SOURCE_SET,
    SQL_DOWNLOAD_SET,
    SQL_STATEMENTS,
} as_store_sql;

/* The sum of the SHA-256 of a source's records modulo 2^256: the same whatever
 * their order, and kept up record by record. */
typedef struct as_store_sum {
    uint64_t words[4];
} as_store_sum;

typedef struct as_store_entry {
    as_store_source report;
    as_str edition, newest;
    as_store_sum sum;
    /* as it was when the base was opened */
    bool was_there;
    as_str old_edition, old_newest;
    as_store_sum old_sum;
    uint64_t old_stored, old_rows;
    bool listed; /* a whole list of it was seen */
} as_store_entry;

typedef struct as_store_file {
    char *path, *work;
    int fd; /* of work, locked; -1: none */
} as_store_file;

/* One CVE's score. */
typedef struct as_store_score {
    char cve[24];
    double score, percentile;
} as_store_score;

/* What stands beside the tables, as it was at the mark. The lists only grow
 * between marks, so their lengths say it. */
typedef struct as_store_mark_state {
    bool set;
    as_store_entry *entries; /* copies */
    size_t n_entries, cap_entries;
    size_t n_exploited, n_scores;
} as_store_mark_state;

/* A size as it was before it was changed behind the mark. */
typedef struct as_store_size_was {
    size_t number;
    uint32_t was;
} as_store_size_was;

struct as_store {
    as_store_file file;
    sqlite3 *db;
    sqlite3_stmt *statements[SQL_STATEMENTS];
    as_arena *arena; /* sources, list entries */
    as_store_entry **entries;
    size_t n_entries, cap_entries;
    as_store_entry *last; /* most records follow one of their own source */
    as_buf scratch;
    as_exploited *exploited; /* of the whole list, as it came */
    size_t n_exploited, cap_exploited;
    as_store_score *scores;
    size_t n_scores, cap_scores;
    uint32_t *sizes; /* by advisory number: bytes of what this import put */
    size_t n_sizes;
    as_store_mark_state mark;
    as_store_size_was *sizes_were; /* since the mark, oldest first */
    size_t n_sizes_were, cap_sizes_were;
    bool dropped;      /* rows were deleted: packages may be left alone */
    bool other_change; /* something beside the sources: a download's tag */
};

/* ---- store.c ----------------------------------------------------------- */

sqlite3_stmt *as_store_ask(as_store *s, as_store_sql which, as_err *err);
/* Steps a statement that returns no rows. */
as_rc as_store_step(as_store *s, sqlite3_stmt *st, as_err *err) AS_MUST_USE;
/* The entry of a source; NULL without memory. */
as_store_entry *as_store_entry_of(as_store *s, as_str source);
void as_store_newest(as_store *s, as_store_entry *e, as_str date);
as_rc as_store_no_memory(as_err *err);
void as_store_sum_add(as_store_sum *sum, const uint8_t *digest);
void as_store_sum_take(as_store_sum *sum, const uint8_t *digest);

/* ---- store_file.c ------------------------------------------------------ */

/* Locks and fills the work file; *ret_fresh: there was no base. */
as_rc as_store_file_open(as_store_file *f, as_str path, bool *ret_fresh,
                         as_err *err) AS_MUST_USE;
/* Puts the work file in place. */
as_rc as_store_file_replace(as_store_file *f, as_err *err) AS_MUST_USE;
/* Removes the work file when it was not put in place, and the lock. */
void as_store_file_done(as_store_file *f);

/* ---- store_mark.c ------------------------------------------------------ */

/* Notes what sizes[number] is, when there is a mark. */
bool as_store_size_changes(as_store *s, size_t number);
void as_store_mark_done(as_store *s);

/* ---- store_list.c ------------------------------------------------------ */

as_rc as_store_lists_finish(as_store *s, as_err *err) AS_MUST_USE;

#endif
