/* SPDX-License-Identifier: Apache-2.0 */
/* Beginning and end of an import, and the sources; see store_internal.h. */
#include "know/store_state_internal.h"

#include "base/limits.h"
#include "know/know.h"
#include "know/party_make_internal.h"

#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SOURCES = 4096 };

static const char *const sql[SQL_STATEMENTS] = {
    [SQL_ADVISORY_GET] = "SELECT number, digest, modified FROM advisory"
                         " WHERE id = ?1 AND source = ?2 AND section = ?3",
    [SQL_ADVISORY_ADD] =
        "INSERT INTO advisory(source, id, section, kind, published, modified,"
        " withdrawn, rejected, title, severity, vectors, cwes, aliases,"
        " upstream, url, exploitation, digest)"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)",
    [SQL_ADVISORY_SET] =
        "UPDATE advisory SET source=?1, id=?2, section=?3, kind=?4,"
        " published=?5, modified=?6, withdrawn=?7, rejected=?8, title=?9,"
        " severity=?10, vectors=?11, cwes=?12, aliases=?13, upstream=?14,"
        " url=?15, exploitation=?16, digest=?17 WHERE number=?18",
    [SQL_AFFECTED_COUNT] = "SELECT count(*) FROM affected WHERE advisory = ?1",
    [SQL_AFFECTED_DROP] = "DELETE FROM affected WHERE advisory = ?1",
    [SQL_AFFECTED_ADD] =
        "INSERT INTO affected(package, advisory, n, release, ranges,"
        " retracted, body) VALUES(?1,?2,?3,?4,?5,?6,?7)",
    [SQL_ALIAS_DROP] = "DELETE FROM alias WHERE alias = ?1 AND advisory = ?2",
    [SQL_ALIAS_ADD] = "INSERT OR IGNORE INTO alias(alias, advisory)"
                      " VALUES(?1,?2)",
    [SQL_PACKAGE_GET] = "SELECT number FROM package WHERE identity = ?1"
                        " AND ecosystem = ?2 AND name = ?3",
    [SQL_PACKAGE_ADD] = "INSERT INTO package(identity, ecosystem, name)"
                        " VALUES(?1,?2,?3)",
    [SQL_EXPLOITED_GET] = "SELECT cve, added, due, vendor, product, name,"
                          " ransomware FROM exploited"
                          " WHERE cve = ?1 AND source = ?2",
    [SQL_EXPLOITED_SET] =
        "INSERT OR REPLACE INTO exploited(cve, source, added, due, vendor,"
        " product, name, ransomware) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
    [SQL_EXPLOITED_DROP] = "DELETE FROM exploited WHERE cve = ?1"
                           " AND source = ?2",
    [SQL_EXPLOITED_LIST] = "SELECT cve FROM exploited WHERE source = ?1",
    [SQL_LIKELIHOOD_GET] = "SELECT score, percentile FROM likelihood"
                           " WHERE cve = ?1",
    [SQL_LIKELIHOOD_SET] = "INSERT OR REPLACE INTO likelihood(cve, score,"
                           " percentile) VALUES(?1,?2,?3)",
    [SQL_LIKELIHOOD_DROP] = "DELETE FROM likelihood WHERE cve = ?1",
    [SQL_LIKELIHOOD_LIST] = "SELECT cve, score, percentile FROM likelihood",
    [SQL_SOURCE_SET] =
        "INSERT OR REPLACE INTO source(name, kind, edition, stored, rows,"
        " read, refused, digest, imported, newest)"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
    [SQL_PARTY_SOURCE_GET] = "SELECT number FROM party_source WHERE name = ?1",
    [SQL_PARTY_SOURCE_ADD] = "INSERT INTO party_source(name) VALUES(?1)",
    [SQL_PARTY_LIST_GET] = "SELECT number, title FROM party_list"
                           " WHERE name = ?1 AND source = ?2",
    [SQL_PARTY_LIST_ADD] = "INSERT INTO party_list(name, source, title)"
                           " VALUES(?1,?2,?3)",
    [SQL_PARTY_LIST_TITLE] = "UPDATE party_list SET title = ?2"
                             " WHERE number = ?1",
    [SQL_PARTY_BEFORE] = "SELECT max(edition) FROM party_edition"
                         " WHERE source = ?1 AND edition < ?2",
    [SQL_PARTY_AFTER] = "SELECT min(edition) FROM party_edition"
                        " WHERE source = ?1 AND edition > ?2",
    [SQL_PARTY_EDITION_GET] =
        "SELECT rows, names, digest, refused, left_out, countries, cut, dated"
        " FROM party_edition WHERE source = ?1 AND edition = ?2",
    [SQL_PARTY_EDITION_SET] =
        "INSERT OR REPLACE INTO party_edition(source, edition, dated, rows,"
        " names, read, refused, left_out, countries, cut, digest, imported)"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
    [SQL_PARTY_NEWEST] =
        "SELECT edition, rows, names, digest FROM party_edition"
        " WHERE source = ?1 ORDER BY edition DESC LIMIT 1",
    [SQL_PARTY_COUNTS] =
        "SELECT l.name, c.rows, c.names, c.complete FROM party_list l"
        " JOIN party_count c ON c.list = l.number"
        " WHERE l.source = ?1 AND c.edition = ?2 ORDER BY l.name",
    [SQL_PARTY_COUNT_DROP] =
        "DELETE FROM party_count WHERE edition = ?2 AND list IN"
        " (SELECT number FROM party_list WHERE source = ?1)",
    [SQL_PARTY_COUNT_SET] =
        "INSERT INTO party_count(list, edition, rows, names, complete)"
        " VALUES(?1,?2,?3,?4,?5)",
    [SQL_PARTY_SPAN] = "SELECT number, since, until, digest FROM party"
                       " WHERE source = ?1 AND since <= ?3 AND until >= ?2"
                       " ORDER BY digest, since",
    [SQL_PARTY_WHO] = "SELECT l.name, p.id FROM party p"
                      " JOIN party_list l ON l.number = p.list"
                      " WHERE p.number = ?1",
    [SQL_PARTY_ADD] =
        "INSERT INTO party(source, list, id, since, until, digest, bare, body)"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
    [SQL_PARTY_COPY] =
        "INSERT INTO party(source, list, id, since, until, digest, bare, body)"
        " SELECT source, list, id, ?2, ?3, digest, bare, body FROM party"
        " WHERE number = ?1",
    [SQL_PARTY_SINCE] = "UPDATE party SET since = ?2 WHERE number = ?1",
    [SQL_PARTY_UNTIL] = "UPDATE party SET until = ?2 WHERE number = ?1",
    [SQL_PARTY_DROP] = "DELETE FROM party WHERE number = ?1",
    [SQL_PARTY_TIE_ADD] = "INSERT OR IGNORE INTO party_tie(list, id, party, n)"
                          " VALUES(?1,?2,?3,?4)",
    [SQL_PARTY_TIE_COPY] =
        "INSERT INTO party_tie(list, id, party, n)"
        " SELECT list, id, ?2, n FROM party_tie WHERE party = ?1",
    [SQL_PARTY_TIE_DROP] = "DELETE FROM party_tie WHERE party = ?1",
    [SQL_DOWNLOAD_SET] =
        "INSERT OR REPLACE INTO download(name, url, etag, modified, checked)"
        " VALUES(?1,?2,?3,?4,?5)",
};

/* ---- statements --------------------------------------------------------- */

sqlite3_stmt *as_store_ask(as_store *s, as_store_sql which, as_err *err)
{
    sqlite3_stmt **st = &s->statements[which];

    if (!*st && as_sql_prepare(s->db, sql[which], st, err))
        return NULL;
    sqlite3_reset(*st);
    return *st;
}

as_rc as_store_step(as_store *s, sqlite3_stmt *st, as_err *err)
{
    int step = sqlite3_step(st);

    sqlite3_reset(st);
    if (step == SQLITE_DONE || step == SQLITE_ROW)
        return AS_OK;
    return as_sql_fail(s->db, err, "write the knowledge base");
}

as_rc as_store_no_memory(as_err *err)
{
    return as_fail(err, AS_ERR_MEMORY, "no memory to write the knowledge base");
}

/* ---- digests ------------------------------------------------------------ */

void as_store_sum_add(as_store_sum *sum, const uint8_t *digest)
{
    uint64_t carry = 0, word;

    for (size_t i = 0; i < 4; i++) {
        memcpy(&word, digest + i * 8, 8);
        word = le64toh(word);
        carry = __builtin_add_overflow(word, carry, &word);
        carry += __builtin_add_overflow(sum->words[i], word, &sum->words[i]);
    }
}

void as_store_sum_take(as_store_sum *sum, const uint8_t *digest)
{
    uint64_t borrow = 0, word;

    for (size_t i = 0; i < 4; i++) {
        memcpy(&word, digest + i * 8, 8);
        word = le64toh(word);
        borrow = __builtin_add_overflow(word, borrow, &word);
        borrow += __builtin_sub_overflow(sum->words[i], word, &sum->words[i]);
    }
}

static bool sum_is(const as_store_sum *a, const as_store_sum *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

as_str as_store_sum_text(const as_store_sum *sum, as_arena *a)
{
    return as_arena_printf(
        a, "sha256-sum:%016" PRIx64 "%016" PRIx64 "%016" PRIx64 "%016" PRIx64,
        sum->words[3], sum->words[2], sum->words[1], sum->words[0]);
}

void as_store_sum_read(as_str text, as_store_sum *sum)
{
    size_t start = sizeof "sha256-sum:" - 1;
    uint8_t bytes[8];

    *sum = (as_store_sum){{0}};
    for (size_t i = 0; i < 4; i++) {
        as_str part = as_str_slice(text, start + i * 16, start + (i + 1) * 16);
        uint64_t word = 0;
        if (!as_hex_read(part, bytes, sizeof bytes))
            return;
        for (size_t b = 0; b < sizeof bytes; b++)
            word = word << 8 | bytes[b];
        sum->words[3 - i] = word;
    }
}

/* ---- sources ------------------------------------------------------------ */

static as_store_entry *add_entry(as_store *s, as_str kind, as_str source)
{
    as_store_entry *e = AS_NEW(s->arena, as_store_entry);
    as_store_entry **grown =
        as_arena_grow(s->arena, s->entries, &s->cap_entries, s->n_entries + 1,
                      sizeof(as_store_entry *));

    if (!e || !grown)
        return NULL;
    s->entries = grown;
    e->report.name = as_arena_str(s->arena, source);
    e->report.kind = as_arena_str(s->arena, kind);
    if (!e->report.name.p || !e->report.kind.p)
        return NULL;
    s->entries[s->n_entries++] = e;
    return e;
}

/* The importer that fills the source. */
static as_str kind_of(as_str source)
{
    static const as_str same[] = {AS_STR_INIT("cve"), AS_STR_INIT("kev"),
                                  AS_STR_INIT("epss")};

    for (size_t i = 0; i < AS_ARRAY_LEN(same); i++)
        if (as_str_eq(source, same[i]))
            return same[i];
    /* A list whose first row is refused is met by the refusal. */
    if (as_plain_is_reserved(source) && !as_str_eq(source, AS_STR("unknown")))
        return AS_STR("parties");
    return as_str_starts(source, AS_STR("osv/")) ? AS_STR("osv")
                                                 : AS_STR("starter");
}

as_store_entry *as_store_entry_of_parties(as_store *s, as_str source)
{
    for (size_t i = 0; i < s->n_entries; i++) {
        as_store_entry *e = s->entries[i];
        if (as_str_eq(e->report.name, source))
            return as_str_eq(e->report.kind, AS_STR("parties")) ? e : NULL;
    }
    return s->n_entries < MAX_SOURCES ? add_entry(s, AS_STR("parties"), source)
                                      : NULL;
}

as_store_entry *as_store_entry_of(as_store *s, as_str source)
{
    if (s->last && as_str_eq(s->last->report.name, source))
        return s->last;
    for (size_t i = 0; i < s->n_entries; i++) {
        if (as_str_eq(s->entries[i]->report.name, source))
            return s->last = s->entries[i];
    }
    if (s->n_entries >= MAX_SOURCES && !as_str_eq(source, AS_STR("others")))
        return as_store_entry_of(s, AS_STR("others"));
    s->last = add_entry(s, kind_of(source), source);
    return s->last;
}

void as_store_newest(as_store *s, as_store_entry *e, as_str date)
{
    date = as_str_slice(date, 0, 10);
    if (date.n == 10 && as_str_cmp(date, AS_STR("0001-01-02")) > 0 &&
        as_str_cmp(date, e->newest) > 0)
        e->newest = as_arena_str(s->arena, date);
}

static as_rc load_sources(as_store *s, as_err *err)
{
    sqlite3_stmt *st = NULL;
    as_rc rc = as_sql_prepare(
        s->db,
        "SELECT name, kind, edition, newest, stored, rows, digest FROM source",
        &st, err);

    while (!rc && sqlite3_step(st) == SQLITE_ROW) {
        as_store_entry *e = add_entry(s, as_sql_str(st, 1, s->arena),
                                      as_sql_str(st, 0, s->arena));
        if (!e) {
            rc = as_store_no_memory(err);
            break;
        }
        e->was_there = true;
        e->edition = e->old_edition = as_sql_str(st, 2, s->arena);
        e->newest = e->old_newest = as_sql_str(st, 3, s->arena);
        e->report.stored = e->old_stored =
            (uint64_t)sqlite3_column_int64(st, 4);
        e->report.rows = e->old_rows = (uint64_t)sqlite3_column_int64(st, 5);
        as_store_sum_read(as_sql_str(st, 6, s->arena), &e->sum);
        e->old_sum = e->sum;
    }
    sqlite3_finalize(st);
    return rc;
}

static bool has_changed(const as_store_entry *e)
{
    return !sum_is(&e->sum, &e->old_sum) || e->report.stored != e->old_stored ||
           e->report.rows != e->old_rows ||
           !as_str_eq(e->edition, e->old_edition) ||
           !as_str_eq(e->newest, e->old_newest) ||
           (!e->was_there && e->listed) || e->parties_changed;
}

void as_store_count_refused(as_store *s, as_str source)
{
    as_store_entry *e = as_store_entry_of(s, source);
    as_store_group *g = s->parties.group;

    if (!e)
        return;
    e->report.read++;
    e->report.outcomes[AS_STORE_REFUSED]++;
    if (g && g->entry == e) {
        g->read++;
        g->refused++;
    }
}

void as_store_count_noted(as_store *s, as_str source)
{
    as_store_entry *e = as_store_entry_of(s, source);

    if (e)
        e->report.noted++;
}

const as_store_source *as_store_sources(const as_store *s, size_t *n)
{
    as_store_source *list = AS_NEW_ARRAY(
        s->arena, s->n_entries ? s->n_entries : 1, as_store_source);

    *n = 0;
    if (!list)
        return NULL;
    for (size_t i = 0; i < s->n_entries; i++) {
        const as_store_entry *e = s->entries[i];
        if (e->report.read || e->report.changed || e->listed || e->met ||
            e->report.noted)
            list[(*n)++] = e->report;
    }
    return list;
}

as_rc as_store_remember(as_store *s, const as_store_download *d, as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, SQL_DOWNLOAD_SET, err);

    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, d->name);
    as_sql_bind_str(st, 2, d->url);
    as_sql_bind_str(st, 3, d->etag);
    as_sql_bind_str(st, 4, d->modified);
    as_sql_bind_str(st, 5, d->date);
    s->other_change = true;
    return as_store_step(s, st, err);
}

/* ---- beginning ---------------------------------------------------------- */

static as_rc prepare_base(as_store *s, bool fresh, as_err *err)
{
    char head[160];
    as_rc rc;

    if (!fresh) {
        rc = as_schema_check(s->db, as_str_c(s->file.path), err);
        if (rc)
            return rc;
    }
    rc = as_sql_run(s->db,
                    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                    "PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY;"
                    "PRAGMA locking_mode=EXCLUSIVE;",
                    err);
    if (rc || !fresh)
        return rc ? rc : as_sql_run(s->db, "BEGIN", err);
    (void)snprintf(head, sizeof head,
                   "PRAGMA page_size=8192; PRAGMA application_id=%d;"
                   "PRAGMA user_version=%d; BEGIN;",
                   AS_KNOW_APPLICATION, AS_KNOW_FORMAT);
    rc = as_sql_run(s->db, head, err);
    return rc ? rc : as_sql_run(s->db, as_schema_sql, err);
}

static as_rc open_base(as_store *s, as_str path, as_err *err)
{
    bool fresh = false;
    as_rc rc = as_store_file_open(&s->file, path, &fresh, err);

    if (rc)
        return rc;
    if (sqlite3_open_v2(s->file.work, &s->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                        NULL) != SQLITE_OK)
        return as_sql_fail(s->db, err, "open the knowledge base");
    rc = prepare_base(s, fresh, err);
    return rc ? rc : load_sources(s, err);
}

as_rc as_store_open(as_str path, as_store **ret, as_err *err)
{
    as_store *s = calloc(1, sizeof *s);
    as_rc rc;

    if (!s)
        return as_store_no_memory(err);
    s->file.fd = s->parties.fd = -1;
    as_buf_init(&s->parties.tail, AS_LIMIT_FRAME_BYTES);
    as_buf_init(&s->parties.body, AS_LIMIT_FRAME_BYTES);
    as_buf_init(&s->scratch, AS_LIMIT_FRAME_BYTES);
    s->arena = as_arena_new(AS_LIMIT_PRODUCT_BYTES);
    rc = s->arena ? open_base(s, path, err) : as_store_no_memory(err);
    if (rc) {
        as_store_close(s);
        return rc;
    }
    *ret = s;
    return AS_OK;
}

/* ---- end ---------------------------------------------------------------- */

static as_rc check_shrink(const as_store_entry *e, as_err *err)
{
    uint64_t was = e->old_stored, is = e->report.stored;
    const char *what = "records";

    if (is * 100 >= was * AS_STORE_SHRINK_PERCENT) {
        was = e->old_rows;
        is = e->report.rows;
        what = "look-up rows";
    }
    if (was < AS_STORE_SHRINK_FLOOR ||
        is * 100 >= was * AS_STORE_SHRINK_PERCENT)
        return AS_OK;
    as_fail(err, AS_ERR_INPUT,
            "the source \"%.*s\" would shrink from %" PRIu64 " %s to %" PRIu64
            ": less than %d %%, nothing was changed",
            AS_FMT(e->report.name), was, what, is, AS_STORE_SHRINK_PERCENT);
    as_err_hint(err, "if that is right, import it with --force");
    return AS_ERR_INPUT;
}

static as_rc write_source(as_store *s, const as_store_entry *e, as_str date,
                          as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, SQL_SOURCE_SET, err);
    as_str digest = as_store_sum_text(&e->sum, s->arena);

    if (!st || !digest.p)
        return st ? as_store_no_memory(err) : AS_ERR_IO;
    as_sql_bind_str(st, 1, e->report.name);
    as_sql_bind_str(st, 2, e->report.kind);
    as_sql_bind_str(st, 3, e->edition);
    sqlite3_bind_int64(st, 4, (int64_t)e->report.stored);
    sqlite3_bind_int64(st, 5, (int64_t)e->report.rows);
    sqlite3_bind_int64(st, 6, (int64_t)e->report.read);
    sqlite3_bind_int64(st, 7, (int64_t)e->report.outcomes[AS_STORE_REFUSED]);
    as_sql_bind_str(st, 8, digest);
    as_sql_bind_str(st, 9, date);
    as_sql_bind_str(st, 10, e->newest);
    return as_store_step(s, st, err);
}

static as_rc finish_sources(as_store *s, as_str date, bool force,
                            bool *ret_changed, as_err *err)
{
    as_rc rc = AS_OK;

    for (size_t i = 0; i < s->n_entries && !rc; i++) {
        as_store_entry *e = s->entries[i];
        if (!has_changed(e)) {
            /* Rivals of one id that took turns: in the end nothing. */
            e->report.outcomes[AS_STORE_UNCHANGED] +=
                e->report.outcomes[AS_STORE_CHANGED];
            e->report.outcomes[AS_STORE_CHANGED] = 0;
            continue;
        }
        e->report.changed = true;
        *ret_changed = true;
        if (!force)
            rc = check_shrink(e, err);
        if (!rc)
            rc = write_source(s, e, date, err);
    }
    return rc;
}

static void close_base(as_store *s)
{
    for (size_t i = 0; i < SQL_STATEMENTS; i++) {
        sqlite3_finalize(s->statements[i]);
        s->statements[i] = NULL;
    }
    sqlite3_close(s->db);
    s->db = NULL;
}

as_rc as_store_finish(as_store *s, as_str date, bool force, bool *ret_changed,
                      as_err *err)
{
    bool changed = s->other_change;
    as_rc rc = as_store_lists_finish(s, err);

    if (!rc)
        rc = as_store_parties_finish(s, err);
    if (!rc)
        rc = finish_sources(s, date, force, &changed, err);
    if (!rc && changed && s->dropped)
        rc = as_sql_run(s->db,
                        "DELETE FROM package WHERE NOT EXISTS (SELECT 1 FROM"
                        " affected f WHERE f.package = package.number)",
                        err);
    if (!rc && changed)
        rc = as_sql_run(s->db, "COMMIT", err);
    close_base(s);
    if (!rc && changed)
        rc = as_store_file_replace(&s->file, err);
    if (!rc)
        *ret_changed = changed;
    return rc;
}

as_store *as_store_close(as_store *s)
{
    if (!s)
        return NULL;
    if (s->db)
        close_base(s);
    as_store_parties_done(s);
    as_store_file_done(&s->file);
    as_buf_done(&s->scratch);
    free(s->scores);
    free(s->sizes);
    as_store_mark_done(s);
    as_arena_free(s->arena);
    free(s);
    return NULL;
}
