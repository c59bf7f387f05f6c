/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the knowledge base; see know.h. Every statement is prepared when it
 * is first asked for and kept. */
#include "know/know.h"

#include "base/limits.h"
#include "know/know_internal.h"
#include "model/package.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PARTY_COLUMNS                                                          \
    "SELECT p.number, p.since, p.until, p.digest, p.body, s.name,"             \
    " (SELECT max(e.edition) FROM party_edition e"                             \
    " WHERE e.source = p.source AND e.edition <= ?3), p.bare"

static const char *const statements[STATEMENTS] = {
    [FIND] = "SELECT f.advisory, f.retracted, f.body FROM package p"
             " JOIN affected f ON f.package = p.number"
             " WHERE p.identity = ?1 AND p.ecosystem = ?2 AND p.name = ?3"
             " ORDER BY f.advisory, f.n",
    [COVERS] = "SELECT name FROM source",
    [RELEASES] = "SELECT f.release, a.source FROM package p"
                 " JOIN affected f ON f.package = p.number"
                 " JOIN advisory a ON a.number = f.advisory"
                 " WHERE p.identity = 'package' AND p.ecosystem = ?1",
    [ADVISORY] = "SELECT id, source, section, kind, published, modified,"
                 " withdrawn, rejected, title, severity, url, exploitation,"
                 " vectors, cwes, aliases, upstream"
                 " FROM advisory WHERE number = ?1",
    /* Best first: own id before alias, copies of the CVE list last. */
    /* Sorting is left to us: a sorter costs more than these look-ups. */
    [BY_ID] = "SELECT number FROM advisory WHERE id = ?1",
    [BY_ALIAS] = "SELECT advisory FROM alias WHERE alias = ?1",
    [PACKAGES] = "SELECT identity, ecosystem, name FROM package",
    [PACKAGE_LAST] = "SELECT max(number) FROM package",
    [ENTRIES] = "SELECT body FROM affected WHERE advisory = ?1 ORDER BY n",
    [EXPLOITED] = "SELECT cve, added, due, vendor, product, name, ransomware,"
                  " source FROM exploited WHERE cve = ?1",
    [ALL_EXPLOITED] = "SELECT cve FROM exploited",
    [LIKELIHOOD] = "SELECT score, percentile FROM likelihood WHERE cve = ?1",
    [SOME_LIKELIHOOD] = "SELECT 1 FROM likelihood LIMIT 1",
    [SOURCES] = "SELECT name, kind, edition, digest, imported, newest, stored,"
                " read, refused, rows FROM source ORDER BY name",
    [PARTY_LISTS] =
        "SELECT l.name, s.name, l.title, e.edition, e.dated, c.rows, c.names,"
        " c.complete, (SELECT min(n.edition) FROM party_edition n"
        " WHERE n.source = e.source AND n.edition > e.edition)"
        " FROM party_edition e JOIN party_source s ON s.number = e.source"
        " JOIN party_list l ON l.source = e.source"
        " JOIN party_count c ON c.list = l.number AND c.edition = e.edition"
        " WHERE e.edition = (SELECT max(x.edition) FROM party_edition x"
        " WHERE x.source = e.source AND x.edition <= ?1) AND c.names > 0"
        " ORDER BY l.name, s.name",
    [PARTY_EDITIONS] =
        "SELECT s.name, e.edition, e.dated, e.rows, e.names, e.read,"
        " e.refused, e.left_out, e.countries, e.cut, e.digest, e.imported"
        " FROM party_edition e JOIN party_source s ON s.number = e.source"
        " WHERE ?1 IS NULL OR s.name = ?1 OR s.number IN"
        " (SELECT source FROM party_list WHERE name = ?1)"
        " ORDER BY s.name, e.edition",
    [PARTY_SOURCES] =
        "SELECT s.number, s.name, (SELECT max(e.edition) FROM party_edition e"
        " WHERE e.source = s.number AND e.edition <= ?1)"
        " FROM party_source s ORDER BY s.name",
    [PARTY_ROWS] = "SELECT number, since, until, digest, body FROM party"
                   " WHERE source = ?1 AND since <= ?2 AND until > ?3"
                   " AND bare = 0",
    [PARTY_FIND] = PARTY_COLUMNS
    ", 0 FROM party p JOIN party_list l ON l.number = p.list"
    " JOIN party_source s ON s.number = p.source"
    " WHERE p.id = ?2 AND l.name = ?1 AND p.since <= ?3 AND p.until > ?3"
    " AND p.bare = 0",
    [PARTY_AT] = PARTY_COLUMNS
    ", 0 FROM party p JOIN party_source s ON s.number = p.source"
    " WHERE p.number = ?1",
    [PARTY_TERMS] = "SELECT p.body FROM party p"
                    " JOIN party_list l ON l.number = p.list"
                    " WHERE p.id = ?2 AND l.name = ?1 AND p.bare = 1"
                    " AND p.since <= ?3 AND p.until > ?3 ORDER BY p.number",
    [PARTY_TIES_OF] = PARTY_COLUMNS
    ", -1 FROM party p JOIN party_list l ON l.number = p.list"
    " JOIN party_source s ON s.number = p.source"
    " WHERE p.id = ?2 AND l.name = ?1 AND p.since <= ?3 AND p.until > ?3"
    " ORDER BY p.number",
    [PARTY_TIES_TO] = PARTY_COLUMNS
    ", t.n FROM party_tie t JOIN party p ON p.number = t.party"
    " JOIN party_source s ON s.number = p.source"
    " WHERE t.list = ?1 AND t.id = ?2 AND p.since <= ?3 AND p.until > ?3"
    " ORDER BY p.number, t.n",
    [PARTY_TIES_ANY] = "SELECT 1 FROM party_tie LIMIT 1",
    [PARTY_TIED] = "SELECT number, since, until, digest, body FROM party"
                   " WHERE number IN (SELECT party FROM party_tie)",
    [PARTY_FORMS] = "SELECT p.number, p.since, p.until, p.digest, p.body"
                    " FROM party p JOIN party_list l ON l.number = p.list"
                    " WHERE p.id = ?2 AND l.name = ?1 AND p.bare = 0",
    [DOWNLOAD] = "SELECT etag, modified FROM download"
                 " WHERE name = ?1 AND url = ?2",
};

/* ---- opening ----------------------------------------------------------- */

/* "file:PATH?immutable=1", with what a URI keeps for itself escaped. */
static as_rc uri_of(as_str path, as_buf *uri)
{
    as_buf_c(uri, "file:");
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (c == '%' || c == '?' || c == '#' || c <= ' ')
            as_buf_printf(uri, "%%%02X", c);
        else
            as_buf_byte(uri, path.p[i]);
    }
    as_buf_put(uri, "?immutable=1", sizeof "?immutable=1");
    return as_buf_failed(uri) ? AS_ERR_MEMORY : AS_OK;
}

static as_rc check_there(const char *path, as_err *err)
{
    struct stat st;

    if (stat(path, &st) == 0) {
        if (S_ISREG(st.st_mode))
            return AS_OK;
        return as_fail(err, AS_ERR_INPUT,
                       "the knowledge base \"%s\" is no file", path);
    }
    if (errno == ENOENT || errno == ENOTDIR) {
        as_fail(err, AS_ERR_NO_INPUT, "there is no knowledge base at \"%s\"",
                path);
        as_err_hint(err, "fill it with: assay feeds update");
        return AS_ERR_NO_INPUT;
    }
    return as_fail(err, AS_ERR_IO,
                   "could not open the knowledge base \"%s\": %s", path,
                   strerror(errno));
}

static as_rc open_file(as_know *kb, as_str path, const char *uri, as_err *err)
{
    if (sqlite3_open_v2(uri, &kb->db,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_URI |
                            SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        return as_fail(err, AS_ERR_IO,
                       "could not open the knowledge base \"%.*s\": %s",
                       AS_FMT(path), sqlite3_errmsg(kb->db));
    sqlite3_db_config(kb->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(kb->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_exec(kb->db, "PRAGMA mmap_size=68719476736", NULL, NULL, NULL);
    /* All questions are one transaction: opening one for each is dear. */
    sqlite3_exec(kb->db, "BEGIN", NULL, NULL, NULL);
    return as_schema_check(kb->db, path, err);
}

as_rc as_know_open(as_str path, as_know **ret, as_err *err)
{
    as_know *kb = NULL;
    as_buf uri, name;
    as_rc rc;

    as_buf_init(&uri, AS_MIB);
    as_buf_init(&name, AS_MIB);
    as_buf_str(&name, path);
    as_buf_byte(&name, 0);
    rc = uri_of(path, &uri);
    if (rc || as_buf_failed(&name))
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to open it");
    if (!rc)
        rc = check_there(name.p, err);
    if (!rc) {
        kb = calloc(1, sizeof *kb);
        rc = kb ? open_file(kb, path, uri.p, err)
                : as_fail(err, AS_ERR_MEMORY, "no memory to open it");
    }
    as_buf_done(&uri);
    as_buf_done(&name);
    if (rc)
        as_know_close(kb);
    else
        *ret = kb;
    return rc;
}

as_know *as_know_close(as_know *kb)
{
    if (!kb)
        return NULL;
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(kb->statements[i]);
    sqlite3_close(kb->db);
    as_filter_done(&kb->packages);
    as_filter_done(&kb->exploited);
    as_records_done(&kb->records);
    as_shipped_free(kb->shipped);
    free(kb);
    return NULL;
}

/* ---- asking ------------------------------------------------------------ */

sqlite3_stmt *as_know_ask(as_know *kb, as_know_statement which, as_err *err)
{
    sqlite3_stmt **s = &kb->statements[which];

    if (!*s && as_sql_prepare(kb->db, statements[which], s, err))
        return NULL;
    sqlite3_reset(*s);
    return *s;
}

as_rc as_know_no_memory(as_err *err)
{
    return as_fail(err, AS_ERR_LIMIT,
                   "the answer of the knowledge base takes too much memory");
}

as_rc as_know_bad_row(as_err *err)
{
    as_fail(err, AS_ERR_INPUT, "the knowledge base holds a defective row");
    as_err_hint(err, "remove it and import the feeds again");
    return AS_ERR_INPUT;
}

/* The blob, copied: what is decoded points into it. */
static as_rc decode_column(sqlite3_stmt *s, int column, as_arena *a,
                           as_affected *ret, as_err *err)
{
    int n = sqlite3_column_bytes(s, column);
    const void *p = sqlite3_column_blob(s, column);
    uint8_t *copy = as_arena_alloc(a, n > 0 ? (size_t)n : 1);

    if (!copy)
        return as_know_no_memory(err);
    if (!p || n <= 0)
        return as_know_bad_row(err);
    memcpy(copy, p, (size_t)n);
    if (as_affected_decode((as_span){copy, (size_t)n}, a, ret))
        return AS_OK;
    return as_arena_failed(a) ? as_know_no_memory(err) : as_know_bad_row(err);
}

static as_rc read_hits(as_know *kb, sqlite3_stmt *s, as_arena *arena,
                       as_know_hit **ret, size_t *ret_n, as_err *err)
{
    as_know_hit *hits = NULL;
    size_t n = 0, cap = 0;
    int step;

    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        as_know_hit *grown =
            as_arena_grow(arena, hits, &cap, n + 1, sizeof *hits);
        as_rc rc;
        if (!grown)
            return as_know_no_memory(err);
        hits = grown;
        hits[n] = (as_know_hit){.advisory = sqlite3_column_int64(s, 0),
                                .retracted = sqlite3_column_int(s, 1) != 0};
        rc = decode_column(s, 2, arena, &hits[n].affected, err);
        if (rc)
            return rc;
        n++;
    }
    if (step != SQLITE_DONE)
        return as_sql_fail(kb->db, err, "read the knowledge base");
    *ret = hits;
    *ret_n = n;
    return AS_OK;
}

static as_str present(as_str s)
{
    return as_str_is_absent(s) ? AS_STR("") : s;
}

as_rc as_know_find(as_know *kb, const as_know_key *key, as_arena *arena,
                   as_know_hit **ret, size_t *n, as_err *err)
{
    as_str name = key->name;
    sqlite3_stmt *s;
    as_rc rc;

    *ret = NULL;
    *n = 0;
    if (!kb)
        return AS_OK;
    if (key->kind == AS_IDENTITY_PACKAGE)
        name = as_package_name_normalise(key->ecosystem, name, arena);
    if (!as_filter_may_have(
            &kb->packages,
            as_filter_hash(as_identity_word(key->kind), key->ecosystem, name)))
        return AS_OK;
    s = as_know_ask(kb, FIND, err);
    if (!s)
        return AS_ERR_IO;
    as_sql_bind_str(s, 1, as_identity_word(key->kind));
    as_sql_bind_str(s, 2, present(key->ecosystem));
    as_sql_bind_str(s, 3, present(name));
    rc = read_hits(kb, s, arena, ret, n, err);
    sqlite3_reset(s);
    return rc;
}

/* A column while its row is at hand. */
static as_str peek(sqlite3_stmt *s, int column)
{
    const char *p = sqlite3_column_blob(s, column);
    int n = sqlite3_column_bytes(s, column);

    return p && n > 0 ? as_str_of(p, (size_t)n) : AS_STR("");
}

/* One number, or 0. */
static uint64_t ask_number(as_know *kb, as_know_statement which)
{
    sqlite3_stmt *s = as_know_ask(kb, which, NULL);
    int64_t v =
        s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;

    if (s)
        sqlite3_reset(s);
    return v > 0 ? (uint64_t)v : 0;
}

/* Reading a name of the list takes a tenth of a look-up. */
void as_know_expect(as_know *kb, size_t lookups)
{
    uint64_t n = kb ? ask_number(kb, PACKAGE_LAST) : 0;
    sqlite3_stmt *s;
    int step = SQLITE_DONE;

    if (n == 0 || n / 8 >= lookups || kb->packages.bits)
        return;
    s = as_know_ask(kb, PACKAGES, NULL);
    if (!s || !as_filter_init(&kb->packages, (size_t)n))
        return;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        as_filter_add(&kb->packages,
                      as_filter_hash(peek(s, 0), peek(s, 1), peek(s, 2)));
    sqlite3_reset(s);
    if (step != SQLITE_DONE) /* the look-up itself tells what is wrong */
        as_filter_done(&kb->packages);
}

bool as_know_covers(as_know *kb, as_identity_kind kind, as_str ecosystem)
{
    sqlite3_stmt *s = NULL;
    bool some = false;

    /* No list of CPEs or names is complete. */
    if (kb && kind == AS_IDENTITY_PACKAGE)
        s = as_know_ask(kb, COVERS, NULL);
    while (s && !some && sqlite3_step(s) == SQLITE_ROW) {
        as_str name = as_str_of((const char *)sqlite3_column_text(s, 0),
                                (size_t)sqlite3_column_bytes(s, 0));
        some = as_source_claims(name, ecosystem);
    }
    if (s)
        sqlite3_reset(s);
    return some;
}

bool as_know_covers_release(as_know *kb, as_str ecosystem,
                            bool (*is_it)(void *ctx, as_str release), void *ctx)
{
    sqlite3_stmt *s = kb ? as_know_ask(kb, RELEASES, NULL) : NULL;
    bool some = false;

    if (!s)
        return false;
    as_sql_bind_str(s, 1, present(ecosystem));
    while (!some && sqlite3_step(s) == SQLITE_ROW) {
        const char *release = (const char *)sqlite3_column_text(s, 0);
        as_str source = as_str_of((const char *)sqlite3_column_text(s, 1),
                                  (size_t)sqlite3_column_bytes(s, 1));
        some =
            release && as_source_claims(source, ecosystem) &&
            is_it(ctx, as_str_of(release, (size_t)sqlite3_column_bytes(s, 0)));
    }
    sqlite3_reset(s);
    return some;
}

/* ---- records ------------------------------------------------------------ */

/* "a b c" into its parts. */
static bool split_list(as_str text, as_arena *a, as_str **items, size_t *n)
{
    as_str rest = text;
    size_t count = 1;

    *items = NULL;
    *n = 0;
    if (as_str_is_empty(text))
        return true;
    for (size_t i = 0; i < text.n; i++)
        count += text.p[i] == ' ';
    *items = AS_NEW_ARRAY(a, count, as_str);
    if (!*items)
        return false;
    while (rest.n)
        (*items)[(*n)++] = as_str_cut(&rest, ' ');
    return true;
}

static as_rc fill_advisory(sqlite3_stmt *s, as_arena *a, as_advisory *v,
                           as_err *err)
{
    *v = (as_advisory){.id = as_sql_str(s, 0, a),
                       .source = as_sql_str(s, 1, a),
                       .section = as_sql_str(s, 2, a),
                       .kind = as_sql_str(s, 3, a),
                       .published = as_sql_str(s, 4, a),
                       .modified = as_sql_str(s, 5, a),
                       .withdrawn = as_sql_str(s, 6, a),
                       .rejected = sqlite3_column_int(s, 7) != 0,
                       .title = as_sql_str(s, 8, a),
                       .severity = as_sql_str(s, 9, a),
                       .url = as_sql_str(s, 10, a),
                       .exploitation = as_sql_str(s, 11, a)};
    if (as_str_is_empty(v->section))
        v->section = AS_ABSENT;
    if (!split_list(as_sql_str(s, 12, a), a, &v->vectors, &v->n_vectors) ||
        !split_list(as_sql_str(s, 13, a), a, &v->cwes, &v->n_cwes) ||
        !split_list(as_sql_str(s, 14, a), a, &v->aliases, &v->n_aliases) ||
        !split_list(as_sql_str(s, 15, a), a, &v->upstream, &v->n_upstream) ||
        as_arena_failed(a))
        return as_know_no_memory(err);
    return AS_OK;
}

as_rc as_know_advisory(as_know *kb, int64_t number, as_arena *arena,
                       as_advisory *ret, as_err *err)
{
    sqlite3_stmt *s = kb ? as_know_ask(kb, ADVISORY, err) : NULL;
    as_advisory v = {0};
    as_rc rc;

    if (!s)
        return kb ? AS_ERR_IO
                  : as_fail(err, AS_ERR_NO_INPUT, "there is no knowledge");
    sqlite3_bind_int64(s, 1, number);
    rc = sqlite3_step(s) == SQLITE_ROW ? fill_advisory(s, arena, &v, err)
                                       : as_know_bad_row(err);
    sqlite3_reset(s);
    if (!rc)
        *ret = v;
    return rc;
}

as_rc as_know_record(as_know *kb, int64_t number, const as_advisory **ret,
                     as_err *err)
{
    const as_advisory *known = as_records_find(&kb->records, number);
    as_arena *arena = known ? NULL : as_records_arena(&kb->records);
    as_advisory v;
    as_rc rc;

    if (!known) {
        if (!arena)
            return as_know_no_memory(err);
        rc = as_know_advisory(kb, number, arena, &v, err);
        if (rc)
            return rc;
        known = as_records_add(&kb->records, number, &v);
        if (!known)
            return as_know_no_memory(err);
    }
    *ret = known;
    return AS_OK;
}

/* A record that an id names. */
struct named {
    int64_t number;
    as_str source;
    bool other, copy; /* by alias; out of the CVE list by way of OSV */
};

/* Best first: own id before alias, copies of the CVE list last. */
static int named_cmp(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int r = (int)x->other - (int)y->other;

    if (!r)
        r = (int)x->copy - (int)y->copy;
    if (!r)
        r = as_str_cmp(x->source, y->source);
    return r ? r : (x->number > y->number) - (x->number < y->number);
}

struct names {
    struct named *items;
    size_t n, cap;
};

/* The names come without their sources: most often one is all there is. */
static as_rc collect_named(as_know *kb, as_know_statement which, as_str id,
                           as_arena *arena, struct names *to, as_err *err)
{
    sqlite3_stmt *s = as_know_ask(kb, which, err);
    int step;

    if (!s)
        return AS_ERR_IO;
    as_sql_bind_str(s, 1, present(id));
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        struct named *grown =
            as_arena_grow(arena, to->items, &to->cap, to->n + 1, sizeof *grown);
        if (!grown)
            break;
        to->items = grown;
        grown += to->n++;
        *grown = (struct named){.number = sqlite3_column_int64(s, 0),
                                .other = which == BY_ALIAS};
    }
    sqlite3_reset(s);
    if (step == SQLITE_ROW)
        return as_know_no_memory(err);
    if (step != SQLITE_DONE)
        return as_sql_fail(kb->db, err, "read the knowledge base");
    return AS_OK;
}

static as_rc sort_named(as_know *kb, struct names *list, as_err *err)
{
    for (size_t i = 0; i < list->n; i++) {
        const as_advisory *v;
        as_rc rc = as_know_record(kb, list->items[i].number, &v, err);
        if (rc)
            return rc;
        list->items[i].source = v->source;
        list->items[i].copy = as_str_starts(v->source, AS_STR("osv/CVE"));
    }
    qsort(list->items, list->n, sizeof *list->items, named_cmp);
    return AS_OK;
}

as_rc as_know_advisories(as_know *kb, as_str id, as_arena *arena, int64_t **ret,
                         size_t *ret_n, as_err *err)
{
    struct names found = {.n = 0};
    int64_t *numbers;
    as_rc rc;

    *ret = NULL;
    *ret_n = 0;
    if (!kb)
        return AS_OK;
    rc = collect_named(kb, BY_ID, id, arena, &found, err);
    if (!rc)
        rc = collect_named(kb, BY_ALIAS, id, arena, &found, err);
    if (!rc && found.n > 1)
        rc = sort_named(kb, &found, err);
    if (rc || found.n == 0)
        return rc;
    numbers = AS_NEW_ARRAY(arena, found.n, int64_t);
    if (!numbers)
        return as_know_no_memory(err);
    for (size_t i = 0; i < found.n; i++)
        numbers[i] = found.items[i].number;
    *ret = numbers;
    *ret_n = found.n;
    return AS_OK;
}

as_rc as_know_advisory_find(as_know *kb, as_str id, as_arena *arena,
                            as_advisory *ret, as_err *err)
{
    int64_t *numbers;
    size_t n;
    as_rc rc = as_know_advisories(kb, id, arena, &numbers, &n, err);

    if (rc)
        return rc;
    if (n == 0)
        return as_fail(err, AS_ERR_NO_INPUT,
                       "the knowledge base has no advisory \"%.*s\"",
                       AS_FMT(as_str_slice(id, 0, 100)));
    return as_know_advisory(kb, numbers[0], arena, ret, err);
}

as_rc as_know_affected(as_know *kb, int64_t number, as_arena *arena,
                       as_affected **ret, size_t *ret_n, as_err *err)
{
    sqlite3_stmt *s = kb ? as_know_ask(kb, ENTRIES, err) : NULL;
    as_affected *list = NULL;
    size_t n = 0, cap = 0;
    as_rc rc = AS_OK;
    int step = SQLITE_DONE;

    *ret = NULL;
    *ret_n = 0;
    if (!s)
        return kb ? AS_ERR_IO : AS_OK;
    sqlite3_bind_int64(s, 1, number);
    while (!rc && (step = sqlite3_step(s)) == SQLITE_ROW) {
        as_affected *grown =
            as_arena_grow(arena, list, &cap, n + 1, sizeof *list);
        list = grown ? grown : list;
        rc = grown ? decode_column(s, 0, arena, &list[n], err)
                   : as_know_no_memory(err);
        n += !rc;
    }
    sqlite3_reset(s);
    if (!rc && step != SQLITE_DONE)
        rc = as_sql_fail(kb->db, err, "read the knowledge base");
    if (rc)
        return rc;
    *ret = list;
    *ret_n = n;
    return AS_OK;
}

/* ---- by CVE -------------------------------------------------------------- */

enum { CVE_BYTES = 32 };

/* Upper case, as the tables have it; absent when it is no CVE. */
static as_str upper_cve(as_str id, char *text)
{
    if (!as_str_starts_nocase(id, AS_STR("CVE-")) || id.n > CVE_BYTES)
        return AS_ABSENT;
    for (size_t i = 0; i < id.n; i++)
        text[i] = as_ascii_upper(id.p[i]);
    return as_str_of(text, id.n);
}

/* Does the row speak before the one at hand? */
static bool is_better(const as_exploited *had, bool had_kev, as_str added,
                      bool kev)
{
    if (as_str_is_absent(had->id) || kev)
        return true;
    return !had_kev && as_str_cmp(added, had->added) < 0;
}

/* A list of thousands against questions by the ten thousand. */
static void expect_exploited(as_know *kb)
{
    enum { OFTEN = 64, ROOM = 4096 };
    sqlite3_stmt *s;
    int step = SQLITE_DONE;

    if (++kb->asked_exploited != OFTEN)
        return;
    s = as_know_ask(kb, ALL_EXPLOITED, NULL);
    if (!s || !as_filter_init(&kb->exploited, ROOM))
        return;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        as_filter_add(&kb->exploited, as_str_hash(peek(s, 0)));
    sqlite3_reset(s);
    if (step != SQLITE_DONE)
        as_filter_done(&kb->exploited);
}

/* The statement of one list for a CVE, or NULL when it has none of it. */
static sqlite3_stmt *ask_exploited(as_know *kb, as_str cve)
{
    sqlite3_stmt *s;

    expect_exploited(kb);
    if (as_str_is_absent(cve) ||
        !as_filter_may_have(&kb->exploited, as_str_hash(cve)))
        return NULL;
    s = as_know_ask(kb, EXPLOITED, NULL);
    if (s)
        as_sql_bind_str(s, 1, cve);
    return s;
}

bool as_know_exploited(as_know *kb, as_str cve, as_arena *arena,
                       as_exploited *ret)
{
    char text[CVE_BYTES];
    sqlite3_stmt *s = kb ? ask_exploited(kb, upper_cve(cve, text)) : NULL;
    as_exploited best = {.id = AS_ABSENT};
    bool best_kev = false;

    if (!s)
        return false;
    while (sqlite3_step(s) == SQLITE_ROW) {
        as_str added = as_sql_str(s, 1, arena);
        bool kev = as_str_eq(as_sql_str(s, 7, arena), AS_STR("kev"));
        if (!is_better(&best, best_kev, added, kev))
            continue;
        best_kev = kev;
        best = (as_exploited){.id = as_sql_str(s, 0, arena),
                              .added = added,
                              .due = as_sql_str(s, 2, arena),
                              .vendor = as_sql_str(s, 3, arena),
                              .product = as_sql_str(s, 4, arena),
                              .name = as_sql_str(s, 5, arena),
                              .ransomware = sqlite3_column_int(s, 6) != 0};
    }
    sqlite3_reset(s);
    if (as_str_is_absent(best.id))
        return false;
    *ret = best;
    return true;
}

static sqlite3_stmt *ask_likelihood(as_know *kb, as_str cve)
{
    sqlite3_stmt *s;

    if (as_str_is_absent(cve) || kb->no_likelihood)
        return NULL;
    if (!kb->asked_likelihood)
        kb->no_likelihood = ask_number(kb, SOME_LIKELIHOOD) == 0;
    kb->asked_likelihood = true;
    s = kb->no_likelihood ? NULL : as_know_ask(kb, LIKELIHOOD, NULL);
    if (s)
        as_sql_bind_str(s, 1, cve);
    return s;
}

bool as_know_likelihood(as_know *kb, as_str cve, as_likelihood *ret)
{
    char text[CVE_BYTES];
    sqlite3_stmt *s = kb ? ask_likelihood(kb, upper_cve(cve, text)) : NULL;
    bool found;

    if (!s)
        return false;
    found = sqlite3_step(s) == SQLITE_ROW;
    if (found)
        *ret = (as_likelihood){.id = cve,
                               .score = sqlite3_column_double(s, 0),
                               .percentile = sqlite3_column_double(s, 1)};
    sqlite3_reset(s);
    return found;
}

/* ---- sources --------------------------------------------------------------
 */

static uint64_t count_column(sqlite3_stmt *s, int column)
{
    int64_t v = sqlite3_column_int64(s, column);

    return v > 0 ? (uint64_t)v : 0;
}

as_rc as_know_sources(as_know *kb, as_arena *arena, as_know_source **ret,
                      size_t *ret_n, as_err *err)
{
    sqlite3_stmt *s = kb ? as_know_ask(kb, SOURCES, err) : NULL;
    as_know_source *list = NULL;
    size_t n = 0, cap = 0;

    *ret = NULL;
    *ret_n = 0;
    if (!s)
        return kb ? AS_ERR_IO : AS_OK;
    while (sqlite3_step(s) == SQLITE_ROW) {
        as_know_source *grown =
            as_arena_grow(arena, list, &cap, n + 1, sizeof *list);
        if (!grown)
            break;
        list = grown;
        list[n] = (as_know_source){.name = as_sql_str(s, 0, arena),
                                   .kind = as_sql_str(s, 1, arena),
                                   .edition = as_sql_str(s, 2, arena),
                                   .digest = as_sql_str(s, 3, arena),
                                   .imported = as_sql_str(s, 4, arena),
                                   .newest = as_sql_str(s, 5, arena),
                                   .stored = count_column(s, 6),
                                   .read = count_column(s, 7),
                                   .refused = count_column(s, 8),
                                   .rows = count_column(s, 9)};
        if (as_str_eq(list[n].edition, AS_STR(AS_KNOW_ANY_DAY)))
            list[n].edition = list[n].newest = AS_ABSENT;
        n++;
    }
    sqlite3_reset(s);
    if (as_arena_failed(arena))
        return as_know_no_memory(err);
    *ret = list;
    *ret_n = n;
    return AS_OK;
}

void as_know_download(as_know *kb, as_str name, as_str url, as_arena *a,
                      as_str *etag, as_str *modified)
{
    sqlite3_stmt *s = as_know_ask(kb, DOWNLOAD, NULL);

    *etag = *modified = AS_ABSENT;
    if (!s)
        return;
    as_sql_bind_str(s, 1, name);
    as_sql_bind_str(s, 2, url);
    if (sqlite3_step(s) == SQLITE_ROW) {
        *etag = as_sql_str(s, 0, a);
        *modified = as_sql_str(s, 1, a);
    }
    sqlite3_reset(s);
}
