/* SPDX-License-Identifier: Apache-2.0 */
/* Putting one advisory into the base. What comes here was decoded from bytes
 * of a worker that read hostile input: every text is looked at again. */
#include "know/store_state_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* ---- what may be kept ---------------------------------------------------- */

static bool printable(as_str s, size_t max)
{
    if (s.n > max)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
            return false;
    return true;
}

/* Printable ASCII without space: lists are joined by spaces. */
static bool is_word(as_str s, size_t max)
{
    if (s.n == 0 || s.n > max)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= 0x20 || s.p[i] >= 0x7F)
            return false;
    return true;
}

static bool words(const as_str *items, size_t n, size_t max)
{
    for (size_t i = 0; i < n; i++)
        if (!is_word(items[i], max))
            return false;
    return true;
}

static const char *defect_of_entry(const as_affected *e)
{
    if (as_str_is_empty(e->name) || !printable(e->name, AS_LIMIT_RECORD_NAME))
        return "an affected entry has no usable name";
    if (!printable(e->ecosystem, 256) || !printable(e->release, 256))
        return "an affected entry has a bad ecosystem or release";
    if ((e->identity == AS_IDENTITY_PACKAGE) == as_str_is_empty(e->ecosystem))
        return "an affected entry has an identity that does not fit";
    return NULL;
}

/* Why the record cannot be kept, or NULL. */
static const char *defect_of(const as_advisory *v)
{
    if (!is_word(v->id, AS_LIMIT_RECORD_ID))
        return "the record has no usable id";
    if (!is_word(v->source, 64) || !printable(v->section, 128))
        return "the record names no usable source";
    if (!words(v->aliases, v->n_aliases, AS_LIMIT_RECORD_ID) ||
        !words(v->upstream, v->n_upstream, AS_LIMIT_RECORD_ID) ||
        !words(v->vectors, v->n_vectors, 1024) ||
        !words(v->cwes, v->n_cwes, AS_LIMIT_RECORD_ID))
        return "an alias, vector or CWE of the record is no single word";
    if (v->n_aliases > AS_LIMIT_RECORD_ALIASES ||
        v->n_affected > AS_LIMIT_RECORD_AFFECTED * 4)
        return "the record has too many aliases or affected entries";
    if (!printable(v->title, 1024) || !printable(v->url, 2048) ||
        !printable(v->published, 64) || !printable(v->modified, 64) ||
        !printable(v->withdrawn, 64) || !printable(v->severity, 256) ||
        !printable(v->kind, 64) || !printable(v->exploitation, 64))
        return "a text of the record is too long or not printable";
    for (size_t i = 0; i < v->n_affected; i++) {
        const char *defect = defect_of_entry(&v->affected[i]);
        if (defect)
            return defect;
    }
    return NULL;
}

/* ---- finding what is there ------------------------------------------------
 */

struct old_record {
    int64_t number; /* 0: none */
    as_sha256_digest digest;
    bool newer; /* than the one that comes */
};

/* Seconds are enough: "2024-05-01T12:00:00". */
static bool is_newer(as_str old, as_str now)
{
    enum { SECONDS = 19 };

    return old.n >= SECONDS && now.n >= SECONDS &&
           as_str_cmp(as_str_slice(old, 0, SECONDS),
                      as_str_slice(now, 0, SECONDS)) > 0;
}

/* How many bytes the record had that this import put there; 0: none. */
static uint32_t size_put(const as_store *s, int64_t number)
{
    return number > 0 && (uint64_t)number < s->n_sizes ? s->sizes[number] : 0;
}

static bool remember_size(as_store *s, int64_t number, size_t size)
{
    size_t at = (size_t)number, want = s->n_sizes ? s->n_sizes : 4096;
    uint32_t *grown;

    while (want <= at)
        want *= 2;
    if (want > s->n_sizes) {
        grown = realloc(s->sizes, want * sizeof *grown);
        if (!grown)
            return false;
        memset(grown + s->n_sizes, 0, (want - s->n_sizes) * sizeof *grown);
        s->sizes = grown;
        s->n_sizes = want;
    }
    if (!as_store_size_changes(s, at))
        return false;
    s->sizes[at] = size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
    return true;
}

/* Two forms of one record with one date came in this import: the fuller one
 * stays, between equals that with the greater digest. So their order does not
 * matter. */
static bool is_fuller(const as_store *s, const struct old_record *old,
                      size_t size, const as_sha256_digest *digest)
{
    uint32_t was = size_put(s, old->number);

    if (was == 0)
        return false;
    return was != size ? was > size
                       : memcmp(&old->digest, digest, sizeof *digest) > 0;
}

static as_str section_of(const as_advisory *v)
{
    return v->section.p ? v->section : AS_STR("");
}

static as_rc find_old(as_store *s, const as_advisory *v, struct old_record *ret,
                      as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, SQL_ADVISORY_GET, err);
    int step;

    *ret = (struct old_record){0};
    if (!st)
        return AS_ERR_IO;
    as_sql_bind_str(st, 1, v->id);
    as_sql_bind_str(st, 2, v->source);
    as_sql_bind_str(st, 3, section_of(v));
    step = sqlite3_step(st);
    if (step == SQLITE_ROW &&
        sqlite3_column_bytes(st, 1) == (int)sizeof ret->digest.bytes) {
        const char *modified = (const char *)sqlite3_column_text(st, 2);
        ret->number = sqlite3_column_int64(st, 0);
        memcpy(ret->digest.bytes, sqlite3_column_blob(st, 1),
               sizeof ret->digest.bytes);
        ret->newer = is_newer(as_str_c(modified), v->modified);
    }
    sqlite3_reset(st);
    if (step == SQLITE_ROW || step == SQLITE_DONE)
        return AS_OK;
    return as_sql_fail(s->db, err, "read the knowledge base");
}

/* ---- writing --------------------------------------------------------------
 */

/* Appends the list, joined by spaces. */
static void join(as_buf *out, const as_str *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            as_buf_byte(out, ' ');
        as_buf_str(out, items[i]);
    }
}

enum { LISTS = 4 };

/* All lists behind each other; list i is the bytes from ends[i] to the next. */
static bool join_lists(const as_advisory *v, as_buf *out, size_t *ends)
{
    as_buf_clear(out);
    ends[0] = 0;
    join(out, v->vectors, v->n_vectors);
    ends[1] = out->n;
    join(out, v->cwes, v->n_cwes);
    ends[2] = out->n;
    join(out, v->aliases, v->n_aliases);
    ends[3] = out->n;
    join(out, v->upstream, v->n_upstream);
    ends[4] = out->n;
    return !as_buf_failed(out);
}

static as_rc write_advisory(as_store *s, const as_advisory *v, int64_t number,
                            const as_sha256_digest *digest, as_err *err)
{
    sqlite3_stmt *st =
        as_store_ask(s, number ? SQL_ADVISORY_SET : SQL_ADVISORY_ADD, err);
    size_t ends[LISTS + 1];
    as_str lists;

    if (!st)
        return AS_ERR_IO;
    if (!join_lists(v, &s->scratch, ends))
        return as_store_no_memory(err);
    lists = as_buf_text(&s->scratch);
    as_sql_bind_str(st, 1, v->source);
    as_sql_bind_str(st, 2, v->id);
    as_sql_bind_str(st, 3, section_of(v));
    as_sql_bind_str(st, 4, v->kind);
    as_sql_bind_str(st, 5, v->published);
    as_sql_bind_str(st, 6, v->modified);
    as_sql_bind_str(st, 7, v->withdrawn);
    sqlite3_bind_int(st, 8, v->rejected);
    as_sql_bind_str(st, 9, v->title);
    as_sql_bind_str(st, 10, v->severity);
    for (int i = 0; i < LISTS; i++)
        as_sql_bind_str(st, 11 + i,
                        ends[i] == ends[i + 1]
                            ? AS_ABSENT
                            : as_str_slice(lists, ends[i], ends[i + 1]));
    as_sql_bind_str(st, 15, v->url);
    as_sql_bind_str(st, 16, v->exploitation);
    sqlite3_bind_blob(st, 17, digest->bytes, sizeof digest->bytes,
                      SQLITE_STATIC);
    if (number)
        sqlite3_bind_int64(st, 18, number);
    return as_store_step(s, st, err);
}

static as_rc write_aliases(as_store *s, const as_advisory *v, int64_t number,
                           as_err *err)
{
    as_rc rc = AS_OK;

    for (size_t i = 0; i < v->n_aliases && !rc; i++) {
        sqlite3_stmt *st = as_store_ask(s, SQL_ALIAS_ADD, err);
        if (!st)
            return AS_ERR_IO;
        as_sql_bind_str(st, 1, v->aliases[i]);
        sqlite3_bind_int64(st, 2, number);
        rc = as_store_step(s, st, err);
    }
    return rc;
}

static void bind_package(sqlite3_stmt *st, const as_affected *e)
{
    as_sql_bind_str(st, 1, as_identity_word(e->identity));
    as_sql_bind_str(st, 2, e->ecosystem.p ? e->ecosystem : AS_STR(""));
    as_sql_bind_str(st, 3, e->name);
}

static as_rc package_of(as_store *s, const as_affected *e, int64_t *ret,
                        as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, SQL_PACKAGE_GET, err);
    as_rc rc;

    if (!st)
        return AS_ERR_IO;
    bind_package(st, e);
    *ret = 0;
    if (sqlite3_step(st) == SQLITE_ROW)
        *ret = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    if (*ret)
        return AS_OK;
    st = as_store_ask(s, SQL_PACKAGE_ADD, err);
    if (!st)
        return AS_ERR_IO;
    bind_package(st, e);
    rc = as_store_step(s, st, err);
    *ret = sqlite3_last_insert_rowid(s->db);
    return rc;
}

static as_rc write_entry(as_store *s, const as_affected *e, int64_t number,
                         size_t index, bool retracted, as_err *err)
{
    as_buf *b = &s->scratch;
    size_t described;
    sqlite3_stmt *st;
    int64_t package;
    as_rc rc = package_of(s, e, &package, err);

    if (rc)
        return rc;
    st = as_store_ask(s, SQL_AFFECTED_ADD, err);
    as_buf_clear(b);
    as_affected_describe(e, b);
    described = b->n;
    as_affected_encode(e, b);
    if (!st || as_buf_failed(b))
        return st ? as_store_no_memory(err) : AS_ERR_IO;
    sqlite3_bind_int64(st, 1, package);
    sqlite3_bind_int64(st, 2, number);
    sqlite3_bind_int64(st, 3, (int64_t)index);
    as_sql_bind_str(st, 4, e->release);
    as_sql_bind_str(st, 5, as_str_of(b->p, described));
    sqlite3_bind_int(st, 6, retracted);
    sqlite3_bind_blob64(st, 7, b->p + described, b->n - described,
                        SQLITE_STATIC);
    return as_store_step(s, st, err);
}

/* ---- replacing -------------------------------------------------------------
 */

static as_rc run_by_number(as_store *s, as_store_sql which, int64_t number,
                           int64_t *ret, as_err *err)
{
    sqlite3_stmt *st = as_store_ask(s, which, err);
    int step;

    if (!st)
        return AS_ERR_IO;
    sqlite3_bind_int64(st, 1, number);
    step = sqlite3_step(st);
    if (step == SQLITE_ROW && ret)
        *ret = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    if (step == SQLITE_ROW || step == SQLITE_DONE)
        return AS_OK;
    return as_sql_fail(s->db, err, "write the knowledge base");
}

/* Aliases of the record as it was. */
static as_rc drop_aliases(as_store *s, int64_t number, as_err *err)
{
    sqlite3_stmt *get = NULL;
    as_str rest = AS_ABSENT;
    as_rc rc = as_sql_prepare(
        s->db, "SELECT aliases FROM advisory WHERE number = ?1", &get, err);

    if (rc)
        return rc;
    sqlite3_bind_int64(get, 1, number);
    if (sqlite3_step(get) == SQLITE_ROW)
        rest = as_str_c((const char *)sqlite3_column_text(get, 0));
    while (rest.n && !rc) {
        as_str alias = as_str_cut(&rest, ' ');
        sqlite3_stmt *st = as_store_ask(s, SQL_ALIAS_DROP, err);
        if (!st) {
            rc = AS_ERR_IO;
            break;
        }
        as_sql_bind_str(st, 1, alias);
        sqlite3_bind_int64(st, 2, number);
        rc = as_store_step(s, st, err);
    }
    sqlite3_finalize(get);
    return rc;
}

/* Takes the old record's rows away; its own row is written over later. */
static as_rc drop_old(as_store *s, as_store_entry *e,
                      const struct old_record *old, as_err *err)
{
    int64_t rows = 0;
    as_rc rc = run_by_number(s, SQL_AFFECTED_COUNT, old->number, &rows, err);

    if (!rc)
        rc = run_by_number(s, SQL_AFFECTED_DROP, old->number, NULL, err);
    if (!rc)
        rc = drop_aliases(s, old->number, err);
    e->report.rows -= (uint64_t)rows;
    as_store_sum_take(&e->sum, old->digest.bytes);
    s->dropped = true;
    return rc;
}

/* old->number becomes that of the new record. */
static as_rc put(as_store *s, as_store_entry *e, const as_advisory *v,
                 struct old_record *old, const as_sha256_digest *digest,
                 as_err *err)
{
    bool retracted = v->rejected || !as_str_is_empty(v->withdrawn);
    bool fresh = old->number == 0;
    int64_t number = old->number;
    as_rc rc = fresh ? AS_OK : drop_old(s, e, old, err);

    if (!rc)
        rc = write_advisory(s, v, number, digest, err);
    if (!rc && fresh)
        number = sqlite3_last_insert_rowid(s->db);
    old->number = number;
    if (!rc)
        rc = write_aliases(s, v, number, err);
    for (size_t i = 0; i < v->n_affected && !rc; i++)
        rc = write_entry(s, &v->affected[i], number, i, retracted, err);
    as_store_sum_add(&e->sum, digest->bytes);
    e->report.rows += v->n_affected;
    e->report.stored += fresh;
    return rc;
}

static as_rc digest_of(as_store *s, const as_advisory *v, as_sha256_digest *ret,
                       as_err *err)
{
    as_buf_clear(&s->scratch);
    as_advisory_encode(v, &s->scratch);
    if (as_buf_failed(&s->scratch) || !as_sha256(as_buf_span(&s->scratch), ret))
        return as_store_no_memory(err);
    return AS_OK;
}

/* What the record is against the one that is there; puts it if it goes in. */
static as_rc hold_against_old(as_store *s, as_store_entry *e,
                              const as_advisory *v, as_store_outcome *ret,
                              as_err *err)
{
    struct old_record old;
    as_sha256_digest digest;
    size_t size;
    as_rc rc = find_old(s, v, &old, err);

    if (!rc)
        rc = digest_of(s, v, &digest, err);
    if (rc)
        return rc;
    size = s->scratch.n;
    *ret = old.number ? AS_STORE_CHANGED : AS_STORE_ADDED;
    if (old.number && memcmp(&old.digest, &digest, sizeof digest) == 0) {
        *ret = AS_STORE_UNCHANGED;
        return remember_size(s, old.number, size) ? AS_OK
                                                  : as_store_no_memory(err);
    }
    if (old.newer || is_fuller(s, &old, size, &digest)) {
        *ret = AS_STORE_OLDER;
        return AS_OK;
    }
    rc = put(s, e, v, &old, &digest, err);
    if (!rc && !remember_size(s, old.number, size))
        rc = as_store_no_memory(err);
    return rc;
}

as_rc as_store_advisory(as_store *s, const as_advisory *v,
                        as_store_outcome *ret, const char **why, as_err *err)
{
    bool known = is_word(v->source, 64);
    as_store_entry *e =
        as_store_entry_of(s, known ? v->source : AS_STR("others"));
    as_rc rc;

    if (!e)
        return as_store_no_memory(err);
    *ret = AS_STORE_REFUSED;
    *why = defect_of(v);
    if (!*why) {
        rc = hold_against_old(s, e, v, ret, err);
        if (rc)
            return rc;
        as_store_newest(s, e, v->modified.p ? v->modified : v->published);
    }
    e->report.read++;
    e->report.outcomes[*ret]++;
    return AS_OK;
}
