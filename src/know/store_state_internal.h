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
    SQL_PARTY_SOURCE_GET,
    SQL_PARTY_SOURCE_ADD,
    SQL_PARTY_LIST_GET,
    SQL_PARTY_LIST_ADD,
    SQL_PARTY_LIST_TITLE,
    SQL_PARTY_BEFORE,
    SQL_PARTY_AFTER,
    SQL_PARTY_EDITION_GET,
    SQL_PARTY_EDITION_SET,
    SQL_PARTY_NEWEST,
    SQL_PARTY_COUNTS,
    SQL_PARTY_COUNT_DROP,
    SQL_PARTY_COUNT_SET,
    SQL_PARTY_SPAN,
    SQL_PARTY_WHO,
    SQL_PARTY_ADD,
    SQL_PARTY_COPY,
    SQL_PARTY_SINCE,
    SQL_PARTY_UNTIL,
    SQL_PARTY_DROP,
    SQL_PARTY_TIE_ADD,
    SQL_PARTY_TIE_COPY,
    SQL_PARTY_TIE_DROP,
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
    bool listed;          /* a whole list of it was seen */
    bool met;             /* a list of parties of it was seen */
    bool parties_changed; /* an edition came or was replaced */
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

/* ---- lists of parties: store_party.c, store_edition.c -------------------- */

/* A row that waits in the stage. */
typedef struct as_store_staged {
    uint8_t key[8];     /* of list and id: rows of one are brought together */
    uint8_t digest[16]; /* of the row */
    uint64_t at;        /* its bytes in the stage */
    uint32_t n;
    uint32_t names;
    uint16_t list; /* index in the group's lists */
    uint8_t part;  /* as_party_part */
    bool ties;     /* it has some */
    bool kept;     /* an edition holds it already */
} as_store_staged;

typedef struct as_store_sublist {
    as_str name, title;
    bool complete;
    uint64_t rows, names;
    int64_t number; /* in party_list */
} as_store_sublist;

/* The rows of one edition of one source, from one file or one folder. */
typedef struct as_store_group {
    as_store_entry *entry;
    as_str file;     /* or folder, when it is joined */
    as_str *members; /* its files so far */
    size_t n_members, cap_members;
    bool open; /* one of them is being read */
    as_date date;
    const char *dated;
    as_str cut;
    bool joined, failed;
    as_store_sublist *lists;
    size_t n_lists, cap_lists;
    as_store_staged *rows; /* on the heap */
    size_t n, cap;
    uint64_t read, refused, left_out, names;
    uint64_t orphans; /* parts of rows that are not there */
    bool with_names;  /* a part of a row brought names of it: joined lists */
    as_store_sum sum;
} as_store_group;

typedef struct as_store_parties {
    as_store_choice choice;
    as_store_group **groups;
    size_t n, cap;
    as_store_group *group; /* at hand, or NULL */
    size_t list;           /* at hand, in the group */
    as_str file;           /* at hand */
    int fd;                /* the stage; -1: none yet */
    uint64_t end;          /* of the stage */
    as_buf tail;           /* of the stage, not yet written */
    as_buf body;
    as_store_refusal *refusals;
    size_t n_refusals, cap_refusals;
    bool settled; /* every edition has taken its place, or was refused */
} as_store_parties;

/* What stands beside the tables, as it was at the mark. The lists only grow
 * between marks, so their lengths say it. */
typedef struct as_store_mark_state {
    bool set;
    as_store_entry *entries; /* copies */
    size_t n_entries, cap_entries;
    size_t n_exploited, n_scores;
    as_store_group *groups; /* copies */
    size_t n_groups;
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
    as_store_parties parties;
    bool dropped;      /* rows were deleted: packages may be left alone */
    bool other_change; /* something beside the sources: a download's tag */
};

/* ---- store.c ----------------------------------------------------------- */

sqlite3_stmt *as_store_ask(as_store *s, as_store_sql which, as_err *err);
/* Steps a statement that returns no rows. */
as_rc as_store_step(as_store *s, sqlite3_stmt *st, as_err *err) AS_MUST_USE;
/* The entry of a source; NULL without memory. */
as_store_entry *as_store_entry_of(as_store *s, as_str source);
/* The entry of a source of lists of parties; NULL also when the name is that of
 * another kind of feed. */
as_store_entry *as_store_entry_of_parties(as_store *s, as_str source);
void as_store_newest(as_store *s, as_store_entry *e, as_str date);
as_rc as_store_no_memory(as_err *err);
void as_store_sum_add(as_store_sum *sum, const uint8_t *digest);
as_str as_store_sum_text(const as_store_sum *sum, as_arena *a);
void as_store_sum_read(as_str text, as_store_sum *sum);
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

/* A file beside the base that nobody else sees, gone when it is closed; -1 with
 * errno. */
int as_store_file_stage(const as_store_file *f);

/* ---- store_party.c ------------------------------------------------------ */

/* The bytes of a staged row, valid until the next call. */
as_rc as_store_staged_body(as_store *s, const as_store_staged *row,
                           as_span *ret, as_err *err) AS_MUST_USE;
/* Brings rows of one party together and gives rows of one id different ones. */
as_rc as_store_group_settle(as_store *s, as_store_group *g,
                            as_err *err) AS_MUST_USE;
as_rc as_store_stage(as_store *s, as_store_group *g, const as_party *p,
                     as_party_part part, size_t list, as_err *err) AS_MUST_USE;
/* The edition of the group is not taken: its rows are refused. */
void as_store_refuse(as_store *s, as_store_group *g, as_str reason,
                     bool forcible);
/* Rows that were read and are not kept. */
void as_store_count_lost(as_store_group *g, uint64_t n);
void as_store_tell(as_store *s, const as_store_refusal *r);
void as_store_parties_done(as_store *s);
/* Notes what the groups hold, and takes them back to it. */
bool as_store_parties_mark(as_store *s);
void as_store_parties_undo(as_store *s);

/* ---- store_edition.c ---------------------------------------------------- */

/* ---- store_list.c ------------------------------------------------------ */

as_rc as_store_lists_finish(as_store *s, as_err *err) AS_MUST_USE;

#endif
