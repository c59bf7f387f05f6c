/* SPDX-License-Identifier: Apache-2.0 */
/* The register's file; inside store/ only. */
#ifndef AS_STORE_STORE_INTERNAL_H
#define AS_STORE_STORE_INTERNAL_H

#include "store/store.h"

#include <sqlite3.h>

struct as_register {
    sqlite3 *db; /* NULL: read, and there is no file */
    bool writing;
};

/* "could not WHAT the register: sqlite's words". */
as_rc as_register_fail(const as_register *r, const char *what, as_err *err);
as_rc as_register_prepare(as_register *r, const char *sql, sqlite3_stmt **ret,
                          as_err *err) AS_MUST_USE;
as_rc as_register_begin(as_register *r, as_err *err) AS_MUST_USE;
/* Commits when rc is AS_OK, else rolls back; what came of it. */
as_rc as_register_end(as_register *r, as_rc rc, as_err *err) AS_MUST_USE;

/* ASCII case and white space folded, in the arena. */
as_str as_decision_fold(as_arena *a, as_str query);
/* Sets the id from the content. False when the arena or the digest fails. */
bool as_decision_name(as_arena *a, as_decision *d);
/* What is missing or too long in it, or AS_OK. */
as_rc as_decision_check(const as_decision *d, as_err *err) AS_MUST_USE;
/* Within a transaction: the record as it is, unless its id is there. */
as_rc as_decision_insert(as_register *r, as_arena *a, const as_decision *d,
                         bool *ret_added, as_err *err) AS_MUST_USE;
/* The object of one line, without the line's end. */
void as_decision_write(const as_decision *d, as_buf *out);

#endif
