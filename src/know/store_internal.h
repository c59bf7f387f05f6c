/* SPDX-License-Identifier: Apache-2.0 */
/* Writing the knowledge base; inside know/ only.
 *
 * as_store_open copies the file to knowledge.db.new beside it (or starts a new
 * one) under a lock; records go into the copy; as_store_finish puts it in the
 * old one's place by renaming, or throws it away when nothing has changed. A
 * crash leaves the old file and a stale copy, which the next import takes over.
 *
 * Records of feeds that only ever add and correct (OSV, CVE, starter) are put
 * in one by one: a record replaces the one of the same source, id and section,
 * unless its "modified" is older. Of two different forms with the same date in
 * one import the fuller stays, whichever came first. Lists that stand for
 * themselves (KEV, EPSS) replace the whole list. A source is refused, and with
 * it the import, when it ends with less than AS_STORE_SHRINK_PERCENT of its
 * records or look-up rows and had at least AS_STORE_SHRINK_FLOOR. */
#ifndef AS_KNOW_STORE_INTERNAL_H
#define AS_KNOW_STORE_INTERNAL_H

#include "know/feed_internal.h"

enum {
    AS_STORE_SHRINK_PERCENT = 50,
    AS_STORE_SHRINK_FLOOR = 20,
    /* of an edition of a list of parties against the one before */
    AS_STORE_LOST_PERCENT = 10,
    AS_STORE_LOST_ROWS = 20,
    AS_STORE_LOST_NAMES_PERCENT = 25,
    /* one list of several counts when that is this much of the edition */
    AS_STORE_LOST_PART_PERCENT = 1,
};

typedef enum as_store_outcome {
    AS_STORE_ADDED = 0,
    AS_STORE_CHANGED,
    AS_STORE_UNCHANGED,
    AS_STORE_OLDER, /* what is there is newer or fuller and stays */
    AS_STORE_REFUSED,
    AS_STORE_OUTCOMES,
} as_store_outcome;

/* What became of one source in this import. */
typedef struct as_store_source {
    as_str name, kind;
    uint64_t read; /* the sum of outcomes and what was left out */
    uint64_t outcomes[AS_STORE_OUTCOMES];
    uint64_t removed; /* of a whole list: no longer in it */
    uint64_t left_out;
    uint64_t noted;
    uint64_t stored, rows; /* in the base, after as_store_finish */
    bool changed;
} as_store_source;

typedef struct as_store as_store;

as_rc as_store_open(as_str path, as_store **ret, as_err *err) AS_MUST_USE;
as_store *as_store_close(as_store *s); /* throws away what is not finished */

/* Put one record; AS_ERR_* only when the base cannot be written. A record that
 * cannot be kept comes back as AS_STORE_REFUSED and *why says why. */
as_rc as_store_advisory(as_store *s, const as_advisory *v,
                        as_store_outcome *ret, const char **why,
                        as_err *err) AS_MUST_USE;
as_rc as_store_exploited(as_store *s, as_str source, const as_exploited *x,
                         as_store_outcome *ret, const char **why,
                         as_err *err) AS_MUST_USE;
as_rc as_store_likelihood(as_store *s, as_str source, const as_likelihood *l,
                          as_store_outcome *ret, const char **why,
                          as_err *err) AS_MUST_USE;
/* The list (kev, epss) was seen; from now on it stands for itself. */
as_rc as_store_edition(as_store *s, as_str source, as_str edition, as_str date,
                       as_err *err) AS_MUST_USE;
/* From as_store_mark on all that is put can be taken back by as_store_undo, as
 * if it had never come; as_store_keep ends that. Marks do not nest. */
as_rc as_store_mark(as_store *s, as_err *err) AS_MUST_USE;
as_rc as_store_keep(as_store *s, as_err *err) AS_MUST_USE;
as_rc as_store_undo(as_store *s, as_err *err) AS_MUST_USE;

/* What holds for the lists of parties of this import. */
typedef struct as_store_choice {
    as_str edition;   /* date where the content has none, or absent */
    as_str today;     /* the last resort for one */
    as_str countries; /* alpha-2 with commas between, or absent: all */
    bool force;
} as_store_choice;
void as_store_choose(as_store *s, const as_store_choice *choice);

/* A list of parties in a file: the rows that follow are of it, until the file
 * ends or another list begins. file_date: the file's own, or absent. */
as_rc as_store_list(as_store *s, const as_list_head *head, as_str file,
                    as_str file_date, as_err *err) AS_MUST_USE;
/* What it comes to is told at the end; *ret is AS_STORE_REFUSED (with *why) or
 * AS_STORE_ADDED. */
as_rc as_store_party(as_store *s, const as_party *p, as_party_part part,
                     as_store_outcome *ret, const char **why,
                     as_err *err) AS_MUST_USE;
/* The list at hand is cut off. */
void as_store_list_cut(as_store *s, as_str why);
/* The file at hand has ended, well or not: then its rows are refused. */
void as_store_list_end(as_store *s, bool well);
/* The source of the list at hand, or absent. */
as_str as_store_list_source(const as_store *s);

/* Every edition that came takes its place, or is refused; once, before
 * as_store_finish, which else does it. */
as_rc as_store_parties_finish(as_store *s, as_err *err) AS_MUST_USE;

/* An edition that was not taken, or parts of rows. */
typedef struct as_store_refusal {
    as_str source, file, reason;
    bool edition;
    bool forcible; /* --force takes it */
    bool note;     /* nothing was refused: something to know */
} as_store_refusal;
const as_store_refusal *as_store_refusals(const as_store *s, size_t *n);

/* Counts a record that never became one, or a note. */
void as_store_count_refused(as_store *s, as_str source);
void as_store_count_noted(as_store *s, as_str source);
/* What a download said of itself, to be asked with the next time. */
typedef struct as_store_download {
    as_str name, url, etag, modified, date;
} as_store_download;
as_rc as_store_remember(as_store *s, const as_store_download *d,
                        as_err *err) AS_MUST_USE;

/* date: of the import, YYYY-MM-DD. force: a shrinking source is taken. */
as_rc as_store_finish(as_store *s, as_str date, bool force, bool *ret_changed,
                      as_err *err) AS_MUST_USE;
/* The sources met, in the order they came; valid until as_store_close. */
const as_store_source *as_store_sources(const as_store *s, size_t *n);

#endif
