/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the knowledge base; see know.h. Readable by people, laid out
 * for look-ups: package is a small index, affected is clustered by package.
 * A change here is a new AS_KNOW_FORMAT. */
#include "know/schema_internal.h"

#include "know/know.h"

const char as_schema_sql[] =
    "CREATE TABLE source("
    " name TEXT PRIMARY KEY, kind TEXT NOT NULL, edition TEXT,"
    " stored INTEGER NOT NULL, rows INTEGER NOT NULL,"
    " read INTEGER NOT NULL, refused INTEGER NOT NULL,"
    " digest TEXT NOT NULL, imported TEXT, newest TEXT) WITHOUT ROWID;"
    "CREATE TABLE advisory("
    " number INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL,"
    " section TEXT NOT NULL, kind TEXT, published TEXT, modified TEXT,"
    " withdrawn TEXT, rejected INTEGER NOT NULL, title TEXT, severity TEXT,"
    " vectors TEXT, cwes TEXT, aliases TEXT, upstream TEXT, url TEXT,"
    " exploitation TEXT, digest BLOB NOT NULL);"
    "CREATE UNIQUE INDEX advisory_id ON advisory(id, source, section);"
    "CREATE TABLE alias("
    " alias TEXT NOT NULL, advisory INTEGER NOT NULL,"
    " PRIMARY KEY(alias, advisory)) WITHOUT ROWID;"
    "CREATE TABLE package("
    " number INTEGER PRIMARY KEY, identity TEXT NOT NULL,"
    " ecosystem TEXT NOT NULL, name TEXT NOT NULL,"
    " UNIQUE(identity, ecosystem, name));"
    "CREATE TABLE affected("
    " package INTEGER NOT NULL, advisory INTEGER NOT NULL, n INTEGER NOT NULL,"
    " release TEXT, ranges TEXT NOT NULL, retracted INTEGER NOT NULL,"
    " body BLOB NOT NULL, PRIMARY KEY(package, advisory, n)) WITHOUT ROWID;"
    "CREATE INDEX affected_advisory ON affected(advisory, n);"
    "CREATE TABLE exploited("
    " cve TEXT NOT NULL, source TEXT NOT NULL, added TEXT NOT NULL, due TEXT,"
    " vendor TEXT, product TEXT, name TEXT, ransomware INTEGER NOT NULL,"
    " PRIMARY KEY(cve, source)) WITHOUT ROWID;"
    "CREATE TABLE likelihood("
    " cve TEXT PRIMARY KEY, score REAL NOT NULL, percentile REAL NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE TABLE download("
    " name TEXT PRIMARY KEY, url TEXT NOT NULL, etag TEXT, modified TEXT,"
    " bytes INTEGER, checked TEXT) WITHOUT ROWID;"
    "CREATE TABLE party_source("
    " number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE party_list("
    " number INTEGER PRIMARY KEY, source INTEGER NOT NULL, name TEXT NOT NULL,"
    " title TEXT, UNIQUE(name, source));"
    "CREATE TABLE party_edition("
    " source INTEGER NOT NULL, edition INTEGER NOT NULL, dated TEXT NOT NULL,"
    " rows INTEGER NOT NULL, names INTEGER NOT NULL, read INTEGER NOT NULL,"
    " refused INTEGER NOT NULL, left_out INTEGER NOT NULL, countries TEXT,"
    " cut TEXT, digest TEXT NOT NULL, imported TEXT,"
    " PRIMARY KEY(source, edition)) WITHOUT ROWID;"
    "CREATE TABLE party_count("
    " list INTEGER NOT NULL, edition INTEGER NOT NULL, rows INTEGER NOT NULL,"
    " names INTEGER NOT NULL, complete INTEGER NOT NULL,"
    " PRIMARY KEY(list, edition)) WITHOUT ROWID;"
    "CREATE TABLE party("
    " number INTEGER PRIMARY KEY, source INTEGER NOT NULL,"
    " list INTEGER NOT NULL, id TEXT NOT NULL, since INTEGER NOT NULL,"
    " until INTEGER NOT NULL, digest BLOB NOT NULL, bare INTEGER NOT NULL,"
    " body BLOB NOT NULL);"
    "CREATE INDEX party_id ON party(id, list);"
    "CREATE INDEX party_span ON party(source, since, until, digest);"
    "CREATE TABLE party_tie("
    " list TEXT NOT NULL, id TEXT NOT NULL, party INTEGER NOT NULL,"
    " n INTEGER NOT NULL, PRIMARY KEY(list, id, party, n)) WITHOUT ROWID;"
    "CREATE INDEX party_tie_party ON party_tie(party);"
    "CREATE VIEW readable_edition AS"
    " SELECT s.name, date(e.edition * 86400, 'unixepoch') AS edition, e.dated,"
    " e.rows, e.names, e.read, e.refused, e.left_out, e.digest, e.imported"
    " FROM party_edition e JOIN party_source s ON s.number = e.source;"
    "CREATE VIEW readable_party AS"
    " SELECT l.name AS list, p.id, date(p.since * 86400, 'unixepoch') AS since,"
    " date(p.until * 86400, 'unixepoch') AS until, hex(p.digest) AS digest,"
    " length(p.body) AS bytes"
    " FROM party p JOIN party_list l ON l.number = p.list;"
    "CREATE VIEW readable_affected AS"
    " SELECT a.id, a.source, p.identity, p.ecosystem, f.release, p.name,"
    " f.ranges, a.vectors, a.withdrawn, a.rejected, a.aliases, a.title"
    " FROM package p JOIN affected f ON f.package = p.number"
    " JOIN advisory a ON a.number = f.advisory;"
    "CREATE VIEW readable_cve AS"
    " SELECT a.id, a.source, a.title, a.vectors, a.exploitation, x.added,"
    " x.due, x.ransomware, l.score, l.percentile"
    " FROM advisory a LEFT JOIN exploited x ON x.cve = a.id"
    " LEFT JOIN likelihood l ON l.cve = a.id WHERE a.id LIKE 'CVE-%';";

as_rc as_sql_fail(sqlite3 *db, as_err *err, const char *what)
{
    int code = sqlite3_errcode(db);
    as_rc rc = AS_ERR_IO;

    if (code == SQLITE_NOMEM)
        rc = AS_ERR_MEMORY;
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        rc = AS_ERR_INPUT;
    return as_fail(err, rc, "could not %s: %s", what, sqlite3_errmsg(db));
}

as_rc as_sql_run(sqlite3 *db, const char *sql, as_err *err)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return AS_OK;
    return as_sql_fail(db, err, "write the knowledge base");
}

as_rc as_sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret,
                     as_err *err)
{
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL) ==
        SQLITE_OK)
        return AS_OK;
    return as_sql_fail(db, err, "use the knowledge base");
}

void as_sql_bind_str(sqlite3_stmt *s, int at, as_str v)
{
    if (as_str_is_absent(v))
        sqlite3_bind_null(s, at);
    else
        sqlite3_bind_text64(s, at, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8);
}

as_str as_sql_str(sqlite3_stmt *s, int column, as_arena *a)
{
    /* As a blob it need not be copied to get a NUL behind it; of no bytes it
     * is NULL. */
    const char *p = sqlite3_column_blob(s, column);
    int n = sqlite3_column_bytes(s, column);

    if (n <= 0)
        return sqlite3_column_type(s, column) == SQLITE_NULL ? AS_ABSENT
                                                             : AS_STR("");
    return p ? as_arena_str(a, as_str_of(p, (size_t)n)) : AS_ABSENT;
}

as_str as_identity_word(as_identity_kind kind)
{
    switch (kind) {
    case AS_IDENTITY_PACKAGE: return AS_STR("package");
    case AS_IDENTITY_CPE: return AS_STR("cpe");
    case AS_IDENTITY_NAME: return AS_STR("name");
    }
    return AS_STR("name");
}

static bool pragma(sqlite3 *db, const char *sql, int *ret)
{
    sqlite3_stmt *s = NULL;
    bool ok = sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
              sqlite3_step(s) == SQLITE_ROW;

    if (ok)
        *ret = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return ok;
}

as_rc as_schema_check(sqlite3 *db, as_str path, as_err *err)
{
    int application = 0, format = 0;

    if (!pragma(db, "PRAGMA application_id", &application) ||
        !pragma(db, "PRAGMA user_version", &format) ||
        application != AS_KNOW_APPLICATION) {
        as_fail(err, AS_ERR_INPUT, "\"%.*s\" is not a knowledge base of assay",
                AS_FMT(path));
        as_err_hint(err, "remove it and import the feeds again");
        return AS_ERR_INPUT;
    }
    if (format == AS_KNOW_FORMAT)
        return AS_OK;
    as_fail(err, AS_ERR_UNSUPPORTED,
            "the knowledge base \"%.*s\" has format %d, this assay uses %d",
            AS_FMT(path), format, AS_KNOW_FORMAT);
    as_err_hint(err, format < AS_KNOW_FORMAT
                         ? "remove it and import the feeds again"
                         : "a newer assay made it: use that one");
    return AS_ERR_UNSUPPORTED;
}
