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

#include "base/err.h"
#include "model/advisory.h"

enum { AS_STORE_SHRINK_PERCENT = 50, AS_STORE_SHRINK_FLOOR = 20 };

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
    uint64_t read; /* the sum of outcomes */
    uint64_t outcomes[AS_STORE_OUTCOMES];
    uint64_t removed; /* of a whole list: no longer in it */
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
