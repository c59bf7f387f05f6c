/* SPDX-License-Identifier: Apache-2.0 */
/* The tables and small helps around SQLite; inside know/ only. */
#ifndef AS_KNOW_SCHEMA_INTERNAL_H
#define AS_KNOW_SCHEMA_INTERNAL_H

#include "base/err.h"
#include "model/advisory.h"

#include "know/know.h"

#include <sqlite3.h>

extern const char as_schema_sql[];

/* Fills err from the connection: "could not WHAT: sqlite's words". */
as_rc as_sql_fail(sqlite3 *db, as_err *err, const char *what);
as_rc as_sql_run(sqlite3 *db, const char *sql, as_err *err) AS_MUST_USE;
as_rc as_sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret,
                     as_err *err) AS_MUST_USE;
/* Text that outlives the step; absent becomes NULL. */
void as_sql_bind_str(sqlite3_stmt *s, int at, as_str v);
/* Column into the arena; NULL becomes absent. */
as_str as_sql_str(sqlite3_stmt *s, int column, as_arena *a);
/* The word of an identity kind in the table package. */
as_str as_identity_word(as_identity_kind kind);
/* What the last download of that name from that address said of itself; both
 * absent when there was none. In know.c. */
void as_know_download(as_know *kb, as_str name, as_str url, as_arena *a,
                      as_str *etag, as_str *modified);
/* Checks application_id and user_version of an open file. */
as_rc as_schema_check(sqlite3 *db, as_str path, as_err *err) AS_MUST_USE;

/* Does the source ("osv/GHSA") mean to be complete for the ecosystem? */
bool as_source_claims(as_str source, as_str ecosystem);

#endif
