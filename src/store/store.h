/* SPDX-License-Identifier: Apache-2.0 */
/* The register: what people decided, kept in register.db (SQLite) below
 * ASSAY_HOME. It only grows: a correction is a new record, and the file itself
 * refuses changes and deletions. Several processes may use it at once; a writer
 * waits for another.
 *
 * Decisions on screening: a name of a product or supplier (the query) met a row
 * of a list, and a reviewer says whether the two are the same party. A decision
 * is tied to the row's content by its digest. When the row says something else
 * than it did, the decision no longer holds and the question is open again. */
#ifndef AS_STORE_STORE_H
#define AS_STORE_STORE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

typedef struct as_register as_register;

/* For reading, a file that is not there is an empty register; for writing it is
 * made (its folder must be there). AS_ERR_INPUT when it is no register,
 * AS_ERR_UNSUPPORTED when another version made it, AS_ERR_IO. */
as_rc as_register_open(as_str path, bool writing, as_register **ret,
                       as_err *err) AS_MUST_USE;
as_register *as_register_close(as_register *r); /* takes NULL */

typedef enum as_judgement {
    AS_JUDGED_SAME = 0,  /* the query is the party of the row */
    AS_JUDGED_NOT_SAME,  /* it is not */
    AS_JUDGED_WITHDRAWN, /* an earlier decision no longer counts */
    AS_JUDGEMENTS,
} as_judgement;
const char *as_judgement_word(as_judgement j); /* "not-same" */
bool as_judgement_of(as_str word, as_judgement *ret);

typedef struct as_decision {
    as_str id;    /* sha256 of all that follows, lower-case hexadecimal; absent
                     when it is added */
    as_str query; /* as the product writes it */
    as_str country;   /* that it was judged with, or absent: whatever it is */
    as_str list, row; /* as_party: list, id */
    as_str digest;    /* of the row, see as_decision_digest */
    as_judgement judgement;
    as_str because; /* the reason: not empty */
    as_str by;      /* who, or absent */
    as_time at;     /* when */
    uint64_t nth;   /* of decisions that are alike in all else: 0 is the first;
                       set when it is added */
} as_decision;

/* "sha256:" and 64 hexadecimal digits of the row's bytes (as_party_encode).
 * Absent when that fails. */
as_str as_decision_digest(as_arena *a, as_span row);

/* Records it. One that says again what the newest one of its query, country and
 * row says is not kept twice (*ret_added false). AS_ERR_INPUT for what is
 * missing, AS_ERR_LIMIT for text beyond AS_LIMIT_DECISION_TEXT. */
as_rc as_register_decide(as_register *r, const as_decision *d, bool *ret_added,
                         as_err *err) AS_MUST_USE;

typedef struct as_decision_key {
    as_str query, country; /* country absent: not known */
    as_str list, row;
    as_str digest; /* of the row as it is now */
    as_date day;   /* as it stood at the end of that day; AS_DATE_NONE: now */
} as_decision_key;

typedef enum as_decision_state {
    AS_DECISION_NONE = 0, /* nothing was decided, or it was withdrawn */
    AS_DECISION_VALID,
    AS_DECISION_REOPENED, /* the row's content is not what was judged */
} as_decision_state;
const char *as_decision_state_word(as_decision_state s); /* "reopened" */

/* The newest decision on the query and the row. Queries are the same when they
 * are after folding ASCII case and white space. One for the country goes before
 * one for any; one for another country is none. *ret is set unless the state is
 * NONE. */
as_rc as_register_find(as_register *r, const as_decision_key *key, as_arena *a,
                       as_decision *ret, as_decision_state *ret_state,
                       as_err *err) AS_MUST_USE;

/* All decisions, oldest first; newest: only those that no later one of the same
 * query, country and row takes the place of. A decision lives until the visit
 * returns; false stops the walk. */
typedef bool as_decision_visit(void *ctx, const as_decision *d);
as_rc as_register_visit(as_register *r, bool newest, as_decision_visit *visit,
                        void *ctx, as_err *err) AS_MUST_USE;

/* One JSON object a line (assay-decision/1), oldest first. */
as_rc as_register_export(as_register *r, as_buf *out, as_err *err) AS_MUST_USE;
/* Takes such lines: all or none. Those that are there are passed over. A line
 * whose id does not fit its content was altered and is refused, with its line
 * (AS_ERR_INPUT). */
typedef struct as_register_account {
    uint64_t read, added, known; /* read = added + known */
} as_register_account;
as_rc as_register_import(as_register *r, as_span lines,
                         as_register_account *ret, as_err *err) AS_MUST_USE;

#endif
