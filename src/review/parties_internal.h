/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of screening in review/ share. */
#ifndef AS_REVIEW_PARTIES_INTERNAL_H
#define AS_REVIEW_PARTIES_INTERNAL_H

#include "base/io.h"
#include "base/json_write.h"
#include "review/review.h"
#include "store/store.h"

/* An index beside the knowledge base, or made in memory. */
typedef struct as_parties_index {
    as_str path;   /* NUL-terminated; absent: nowhere to keep it */
    as_str digest; /* of what it has to be made of */
    as_io_mapping mapped;
    as_buf made;
    as_screen *screen; /* NULL: not open */
} as_parties_index;

struct as_parties {
    as_arena *arena;
    as_str date;
    as_know *kb;
    as_register *reg; /* NULL: none was named */
    as_parties_index listed, owned;
    struct as_owners *owners; /* or NULL: nobody asked yet */
    as_str note;
    as_rc unread;   /* the register could not be asked for a decision ... */
    as_err because; /* ... and why */
};

/* Opens the index of parties whose owners are stated; *ret: there is any. No
 * cost where no row states a tie. */
as_rc as_parties_open_owned(as_parties *p, bool *ret, as_err *err) AS_MUST_USE;
/* Which of those it is; the query's own decisions are asked. */
as_rc as_parties_screen_owned(as_parties *p, const as_screen_query *q,
                              as_arena *arena, as_screen_answer *ret,
                              as_err *err) AS_MUST_USE;
/* What a reviewer has decided of the query's name and the row. */
as_screen_decision as_parties_decided(as_parties *p, const as_screen_query *q,
                                      const as_know_party *row, as_arena *a);
/* rc, unless a decision could not be looked up: then that. */
as_rc as_parties_undecided(as_parties *p, as_rc rc, as_err *err);

/* The hits, what is apart, and what was met, as members of an object. */
void as_parties_write_answer(as_json_writer *w, const as_screen_answer *a);
void as_parties_write_owners(as_json_writer *w, const as_parties *p,
                             const as_parties_owned *owned);
void as_parties_put_owners(as_buf *out, const as_parties *p, as_str name,
                           const as_parties_owned *owned);
void as_parties_write_coverage(as_json_writer *w, const as_screen_query *q,
                               const as_parties_coverage *c);
/* What is found of one name, in the arena, as rules and licences read it; a
 * search that met a ceiling counts as not examined. scratch is emptied. */
as_rc as_parties_facts(as_parties *p, const as_screen_query *q,
                       as_arena *scratch, as_arena *a, as_party_facts *ret,
                       as_err *err) AS_MUST_USE;
/* Its texts become the arena's own; not its path. */
bool as_parties_keep_match(as_arena *a, as_party_match *m);
as_str as_parties_date(const as_parties *p);

/* ---- owners ----------------------------------------------------------------
 */

/* An owner that whoever asks names himself, with the share it holds. */
typedef struct as_owned_said {
    as_str name;
    double low, high;             /* percent */
    const as_party_match *listed; /* that it is on this list, or NULL */
} as_owned_said;

typedef struct as_owned_asking {
    const as_screen_query *query; /* whose owners */
    const as_owned_question *questions;
    size_t n_questions;
    const as_owned_said *said;
    size_t n_said;
} as_owned_asking;

/* How OFAC, BIS, MOFCOM, the EU and the UK count, each for its own lists. */
const as_owned_question *as_owned_usual(size_t *n);
/* Who owns it, by all that is known on the day, and what follows. *ret lives in
 * the arena, but for the questions, which have to outlive it; NULL when nothing
 * that is known states any owner. AS_ERR_LIMIT only for memory: parties with
 * too many owners are unknown. */
as_rc as_parties_owners(as_parties *p, const as_owned_asking *about,
                        as_arena *a, const as_party_owners **ret,
                        as_err *err) AS_MUST_USE;

#endif
