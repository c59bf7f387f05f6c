/* SPDX-License-Identifier: Apache-2.0 */
/* The register's file: opening, making, transactions; see store.h.
 *
 * A rollback journal and full synchronisation: writes are rare and small, and
 * the file may lie on a network. The tables are made in an immediate
 * transaction, so two processes that meet a new file do not both make them. */
#include "store/store_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    APPLICATION = 0x41737952, /* "AsyR" */
    FORMAT = 1,
    WAIT_MS = 60000, /* for another writer */
};

static const char tables[] =
    "CREATE TABLE decision("
    " number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
    " folded TEXT NOT NULL, query TEXT NOT NULL, country TEXT NOT NULL,"
    " list TEXT NOT NULL, row TEXT NOT NULL, digest TEXT NOT NULL,"
    " judgement TEXT NOT NULL, because TEXT NOT NULL, by TEXT,"
    " at INTEGER NOT NULL, nth INTEGER NOT NULL);"
    "CREATE INDEX decision_key ON decision("
    " folded, list, row, country, at, number);"
    "CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN"
    " SELECT RAISE(ABORT, 'the register only grows'); END;"
    "CREATE TRIGGER decision_keeps BEFORE UPDATE ON decision BEGIN"
    " SELECT RAISE(ABORT, 'the register only grows'); END;"
    "CREATE VIEW readable_decision AS"
    " SELECT datetime(at, 'unixepoch') AS at, by, query, country, list, row,"
    " judgement, because FROM decision ORDER BY decision.at, number;";

as_rc as_register_fail(const as_register *r, const char *what, as_err *err)
{
    int code = sqlite3_errcode(r->db);
    as_rc rc = AS_ERR_IO;

    if (code == SQLITE_NOMEM)
        rc = AS_ERR_MEMORY;
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        rc = AS_ERR_INPUT;
    return as_fail(err, rc, "could not %s the register: %s", what,
                   sqlite3_errmsg(r->db));
}

static as_rc run(as_register *r, const char *sql, as_err *err)
{
    if (sqlite3_exec(r->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return AS_OK;
    return as_register_fail(r, "write", err);
}

as_rc as_register_prepare(as_register *r, const char *sql, sqlite3_stmt **ret,
                          as_err *err)
{
    if (sqlite3_prepare_v2(r->db, sql, -1, ret, NULL) == SQLITE_OK)
        return AS_OK;
    return as_register_fail(r, "use", err);
}

as_rc as_register_begin(as_register *r, as_err *err)
{
    if (!r->writing)
        return as_fail(err, AS_ERR_INTERNAL,
                       "the register is open for reading only");
    return run(r, "BEGIN IMMEDIATE", err);
}

as_rc as_register_end(as_register *r, as_rc rc, as_err *err)
{
    if (!rc)
        rc = run(r, "COMMIT", err);
    if (rc)
        sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

/* ---- opening ---------------------------------------------------------------
 */

static as_rc pragma(as_register *r, const char *sql, int *ret, as_err *err)
{
    sqlite3_stmt *s = NULL;
    as_rc rc = as_register_prepare(r, sql, &s, err);

    if (rc)
        return rc;
    if (sqlite3_step(s) == SQLITE_ROW)
        *ret = sqlite3_column_int(s, 0);
    else
        rc = as_register_fail(r, "read", err);
    sqlite3_finalize(s);
    return rc;
}

/* *fresh: nothing was ever written to it. */
static as_rc look(as_register *r, as_str path, bool *fresh, as_err *err)
{
    int application = 0, format = 0, schema = 0;
    as_rc rc = pragma(r, "PRAGMA application_id", &application, err);

    if (!rc)
        rc = pragma(r, "PRAGMA user_version", &format, err);
    if (!rc)
        rc = pragma(r, "PRAGMA schema_version", &schema, err);
    *fresh = !rc && application == 0 && schema == 0;
    if (rc || *fresh)
        return rc;
    if (application != APPLICATION)
        return as_fail(err, AS_ERR_INPUT, "\"%.*s\" is not a register of assay",
                       AS_FMT(path));
    if (format == FORMAT)
        return AS_OK;
    as_fail(err, AS_ERR_UNSUPPORTED,
            "the register \"%.*s\" has format %d, this assay uses %d",
            AS_FMT(path), format, FORMAT);
    as_err_hint(err, "another version of assay made it: use that one");
    return AS_ERR_UNSUPPORTED;
}

static as_rc make_tables(as_register *r, as_str path, as_err *err)
{
    char head[96];
    bool fresh = false;
    as_rc rc = as_register_begin(r, err);

    if (rc)
        return rc;
    rc = look(r, path, &fresh, err); /* again: another may have made them */
    (void)snprintf(head, sizeof head,
                   "PRAGMA application_id=%d; PRAGMA user_version=%d;",
                   APPLICATION, FORMAT);
    if (!rc && fresh)
        rc = run(r, tables, err);
    if (!rc && fresh)
        rc = run(r, head, err);
    return as_register_end(r, rc, err);
}

/* At one moment: between two pragmas another process may make the tables. */
static as_rc look_at_once(as_register *r, as_str path, bool *fresh, as_err *err)
{
    as_rc rc = run(r, "BEGIN", err);

    if (rc)
        return rc;
    rc = look(r, path, fresh, err);
    sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

static as_rc open_file(as_register *r, as_str path, const char *name,
                       as_err *err)
{
    int flags = r->writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                           : SQLITE_OPEN_READONLY;
    bool fresh = false;
    as_rc rc;

    if (sqlite3_open_v2(name, &r->db, flags, NULL) != SQLITE_OK)
        return as_register_fail(r, "open", err);
    sqlite3_busy_timeout(r->db, WAIT_MS);
    sqlite3_extended_result_codes(r->db, 0);
    rc = look_at_once(r, path, &fresh, err);
    if (rc || !fresh)
        return rc;
    if (r->writing)
        return make_tables(r, path, err);
    /* Somebody is about to make it. */
    sqlite3_close(r->db);
    r->db = NULL;
    return AS_OK;
}

as_rc as_register_open(as_str path, bool writing, as_register **ret,
                       as_err *err)
{
    as_register *r = calloc(1, sizeof *r);
    char *name = malloc(path.n + 1);
    as_rc rc = AS_OK;

    if (!r || !name) {
        free(r);
        free(name);
        return as_fail(err, AS_ERR_MEMORY, "no memory to open the register");
    }
    memcpy(name, path.p, path.n);
    name[path.n] = 0;
    r->writing = writing;
    if (writing || access(name, F_OK) == 0)
        rc = open_file(r, path, name, err);
    else if (errno != ENOENT && errno != ENOTDIR)
        rc = as_fail(err, AS_ERR_IO, "could not open the register \"%s\": %s",
                     name, strerror(errno));
    free(name);
    if (rc) {
        if (err && !err->place.file[0])
            as_err_file(err, path);
        as_register_close(r);
        return rc;
    }
    *ret = r;
    return AS_OK;
}

as_register *as_register_close(as_register *r)
{
    if (!r)
        return NULL;
    sqlite3_close(r->db);
    free(r);
    return NULL;
}
