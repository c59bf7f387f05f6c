/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions on screening hits: recording, finding, walking; see store.h.
 *
 * Among the decisions of one query, country and row the newest counts, by the
 * time they state and then by the order they came in: a correction of the same
 * second comes after what it corrects, also from another register, since files
 * keep the order. */
#include "store/store_internal.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "base/sha256.h"

#include <string.h>

static const char *const words[AS_JUDGEMENTS] = {
    [AS_JUDGED_SAME] = "same",
    [AS_JUDGED_NOT_SAME] = "not-same",
    [AS_JUDGED_WITHDRAWN] = "withdrawn",
};

const char *as_judgement_word(as_judgement j)
{
    return j < AS_JUDGEMENTS ? words[j] : "";
}

bool as_judgement_of(as_str word, as_judgement *ret)
{
    for (int i = 0; i < AS_JUDGEMENTS; i++) {
        if (!as_str_eq(word, as_str_c(words[i])))
            continue;
        *ret = (as_judgement)i;
        return true;
    }
    return false;
}

const char *as_decision_state_word(as_decision_state s)
{
    switch (s) {
    case AS_DECISION_NONE: return "none";
    case AS_DECISION_VALID: return "valid";
    case AS_DECISION_REOPENED: return "reopened";
    }
    return "";
}

as_str as_decision_digest(as_arena *a, as_span row)
{
    as_str hex = as_sha256_hex(a, row);

    return as_str_is_absent(hex)
               ? hex
               : as_arena_printf(a, "sha256:%.*s", AS_FMT(hex));
}

as_str as_decision_fold(as_arena *a, as_str query)
{
    as_str s = as_str_trim(query);
    char *p = as_arena_alloc(a, s.n + 1);
    size_t n = 0;

    if (!p)
        return AS_ABSENT;
    for (size_t i = 0; i < s.n; i++) {
        bool space = as_ascii_is_space(s.p[i]);
        if (space && as_ascii_is_space(s.p[i + 1]))
            continue; /* the last byte is none, as it was trimmed */
        p[n++] = space ? ' ' : as_ascii_lower(s.p[i]);
    }
    return as_str_of(p, n);
}

/* ---- one record ------------------------------------------------------------
 */

void as_decision_write(const as_decision *d, as_buf *out)
{
    char at[AS_TIME_TEXT];
    as_json_writer w;

    as_json_write_init(&w, out, 0);
    as_json_write_object(&w);
    as_json_write_field(&w, AS_STR("schema"), AS_STR("assay-decision/1"));
    as_json_write_field_opt(&w, AS_STR("id"), d->id);
    as_json_write_field(&w, AS_STR("query"), d->query);
    as_json_write_field_opt(&w, AS_STR("country"), d->country);
    as_json_write_field(&w, AS_STR("list"), d->list);
    as_json_write_field(&w, AS_STR("row"), d->row);
    as_json_write_field(&w, AS_STR("digest"), d->digest);
    as_json_write_field(&w, AS_STR("judgement"),
                        as_str_c(as_judgement_word(d->judgement)));
    as_json_write_field(&w, AS_STR("because"), d->because);
    as_json_write_field_opt(&w, AS_STR("by"), d->by);
    as_json_write_field(&w, AS_STR("at"), as_str_c(as_time_text(d->at, at)));
    as_json_write_field_u64(&w, AS_STR("nth"), d->nth);
    as_json_write_object_end(&w);
}

/* The digest of the line as it would be written without an id. */
bool as_decision_name(as_arena *a, as_decision *d)
{
    as_buf line;

    d->id = AS_ABSENT;
    as_buf_init(&line, AS_MIB);
    as_decision_write(d, &line);
    if (!as_buf_failed(&line))
        d->id = as_sha256_hex(a, as_buf_span(&line));
    as_buf_done(&line);
    return !as_str_is_absent(d->id);
}

static as_rc check_text(const char *what, as_str s, bool must, as_err *err)
{
    as_str text;

    if (must && as_str_is_empty(as_str_trim(s)))
        return as_fail(err, AS_ERR_INPUT, "a decision has no %s", what);
    if (s.n > AS_LIMIT_DECISION_TEXT)
        return as_fail(err, AS_ERR_LIMIT,
                       "the %s of a decision has more than %zu bytes", what,
                       AS_LIMIT_DECISION_TEXT);
    if (s.n && (!as_span_str(as_str_span(s), &text) || memchr(s.p, 0, s.n)))
        return as_fail(err, AS_ERR_INPUT,
                       "the %s of a decision is no text in UTF-8", what);
    return AS_OK;
}

static bool is_digest(as_str s)
{
    if (!as_str_starts(s, AS_STR("sha256:")) || s.n != 7 + 64)
        return false;
    for (size_t i = 7; i < s.n; i++)
        if (!as_ascii_is_digit(s.p[i]) && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
            return false;
    return true;
}

as_rc as_decision_check(const as_decision *d, as_err *err)
{
    const struct {
        const char *what;
        as_str text;
        bool must;
    } texts[] = {
        {"query", d->query, true}, {"list", d->list, true},
        {"row", d->row, true},     {"reason", d->because, true},
        {"author", d->by, false},  {"country", d->country, false},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(texts); i++) {
        as_rc rc = check_text(texts[i].what, texts[i].text, texts[i].must, err);
        if (rc)
            return rc;
    }
    if (!is_digest(d->digest))
        return as_fail(err, AS_ERR_INPUT, "a decision has no digest of a row");
    if (d->judgement >= AS_JUDGEMENTS)
        return as_fail(err, AS_ERR_INPUT, "a decision has no judgement");
    if (d->at < as_date_time(AS_DATE_MIN) ||
        d->at >= as_date_time(AS_DATE_MAX) + 86400)
        return as_fail(err, AS_ERR_INPUT, "a decision has no time");
    return AS_OK;
}

/* ---- rows ------------------------------------------------------------------
 */

static void bind(sqlite3_stmt *s, int at, as_str v)
{
    if (as_str_is_absent(v))
        sqlite3_bind_null(s, at);
    else
        sqlite3_bind_text64(s, at, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8);
}

/* A country that is not stated is the empty one, so that it compares. */
static as_str country_of(as_str country)
{
    return country.n ? country : AS_STR("");
}

static as_str text_at(sqlite3_stmt *s, int column, as_arena *a)
{
    const unsigned char *p = sqlite3_column_text(s, column);
    int n = sqlite3_column_bytes(s, column);

    if (!p || n <= 0)
        return AS_ABSENT;
    return as_arena_str(a, as_str_of((const char *)p, (size_t)n));
}

#define COLUMNS                                                                \
    "id, query, country, list, row, digest, judgement, because, by, at, nth"

static as_rc read_row(sqlite3_stmt *s, as_arena *a, as_decision *ret,
                      as_err *err)
{
    as_decision d = {.id = text_at(s, 0, a),
                     .query = text_at(s, 1, a),
                     .country = text_at(s, 2, a),
                     .list = text_at(s, 3, a),
                     .row = text_at(s, 4, a),
                     .digest = text_at(s, 5, a),
                     .because = text_at(s, 7, a),
                     .by = text_at(s, 8, a),
                     .at = sqlite3_column_int64(s, 9),
                     .nth = (uint64_t)sqlite3_column_int64(s, 10)};

    if (as_arena_failed(a))
        return as_fail(err, AS_ERR_LIMIT, "too many decisions");
    if (!as_judgement_of(text_at(s, 6, a), &d.judgement) ||
        as_decision_check(&d, NULL))
        return as_fail(err, AS_ERR_INPUT,
                       "the register holds a decision that is none");
    *ret = d;
    return AS_OK;
}

as_rc as_decision_insert(as_register *r, as_arena *a, const as_decision *d,
                         bool *ret_added, as_err *err)
{
    sqlite3_stmt *s = NULL;
    as_str folded = as_decision_fold(a, d->query);
    as_rc rc = as_register_prepare(
        r,
        "INSERT OR IGNORE INTO decision(id, query, country, list, row, digest,"
        " judgement, because, by, at, nth, folded)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        &s, err);

    if (rc)
        return rc;
    bind(s, 1, d->id);
    bind(s, 2, d->query);
    bind(s, 3, country_of(d->country));
    bind(s, 4, d->list);
    bind(s, 5, d->row);
    bind(s, 6, d->digest);
    bind(s, 7, as_str_c(as_judgement_word(d->judgement)));
    bind(s, 8, d->because);
    bind(s, 9, d->by.n ? d->by : AS_ABSENT);
    sqlite3_bind_int64(s, 10, d->at);
    sqlite3_bind_int64(s, 11, (int64_t)d->nth);
    bind(s, 12, folded);
    if (as_str_is_absent(folded))
        rc = as_fail(err, AS_ERR_LIMIT, "a decision does not fit into memory");
    else if (sqlite3_step(s) != SQLITE_DONE)
        rc = as_register_fail(r, "write", err);
    else
        *ret_added = sqlite3_changes(r->db) > 0;
    sqlite3_finalize(s);
    return rc;
}

/* ---- finding ---------------------------------------------------------------
 */

/* The newest one before a time, of exactly that country. Found: ret->id. */
static as_rc find_newest(as_register *r, const as_decision_key *key,
                         as_str country, as_arena *a, as_decision *ret,
                         as_err *err)
{
    sqlite3_stmt *s = NULL;
    int64_t before =
        key->day == AS_DATE_NONE ? INT64_MAX : as_date_time(key->day) + 86400;
    as_rc rc = as_register_prepare(
        r,
        "SELECT " COLUMNS " FROM decision"
        " WHERE folded = ?1 AND list = ?2 AND row = ?3 AND country = ?4"
        " AND at < ?5 ORDER BY at DESC, number DESC LIMIT 1",
        &s, err);
    int step;

    *ret = (as_decision){.judgement = AS_JUDGED_WITHDRAWN};
    if (rc)
        return rc;
    bind(s, 1, as_decision_fold(a, key->query));
    bind(s, 2, key->list);
    bind(s, 3, key->row);
    bind(s, 4, country_of(country));
    sqlite3_bind_int64(s, 5, before);
    step = sqlite3_step(s);
    if (step == SQLITE_ROW)
        rc = read_row(s, a, ret, err);
    else if (step != SQLITE_DONE)
        rc = as_register_fail(r, "read", err);
    sqlite3_finalize(s);
    return rc;
}

as_rc as_register_find(as_register *r, const as_decision_key *key, as_arena *a,
                       as_decision *ret, as_decision_state *ret_state,
                       as_err *err)
{
    as_decision d = {.judgement = AS_JUDGED_WITHDRAWN};
    as_rc rc = AS_OK;

    if (r->db && key->country.n)
        rc = find_newest(r, key, key->country, a, &d, err);
    if (!rc && r->db && d.judgement == AS_JUDGED_WITHDRAWN)
        rc = find_newest(r, key, AS_ABSENT, a, &d, err);
    if (rc)
        return rc;
    *ret_state = AS_DECISION_NONE;
    if (d.judgement == AS_JUDGED_WITHDRAWN)
        return AS_OK;
    *ret = d;
    *ret_state = as_str_eq(d.digest, key->digest) ? AS_DECISION_VALID
                                                  : AS_DECISION_REOPENED;
    return AS_OK;
}

/* ---- recording -------------------------------------------------------------
 */

static bool says_the_same(const as_decision *a, const as_decision *b)
{
    return as_str_eq(a->query, b->query) && as_str_eq(a->digest, b->digest) &&
           a->judgement == b->judgement && as_str_eq(a->because, b->because) &&
           as_str_eq(a->by, b->by);
}

static as_rc insert_next(as_register *r, as_arena *a, as_decision *d,
                         bool *ret_added, as_err *err)
{
    for (d->nth = 0; !*ret_added; d->nth++) {
        as_rc rc;
        if (!as_decision_name(a, d))
            return as_fail(err, AS_ERR_LIMIT,
                           "a decision does not fit into memory");
        rc = as_decision_insert(r, a, d, ret_added, err);
        if (rc)
            return rc;
    }
    return AS_OK;
}

static as_rc decide(as_register *r, as_arena *a, const as_decision *given,
                    bool *ret_added, as_err *err)
{
    const as_decision_key key = {.query = given->query,
                                 .list = given->list,
                                 .row = given->row,
                                 .day = AS_DATE_NONE};
    as_decision d = *given, last;
    as_rc rc = find_newest(r, &key, given->country, a, &last, err);

    *ret_added = false;
    if (rc || (last.id.n && says_the_same(&last, given)))
        return rc;
    return insert_next(r, a, &d, ret_added, err);
}

as_rc as_register_decide(as_register *r, const as_decision *d, bool *ret_added,
                         as_err *err)
{
    as_arena *a;
    bool added = false;
    as_rc rc = as_decision_check(d, err);

    if (rc)
        return rc;
    a = as_arena_new(AS_MIB * 16);
    if (!a)
        return as_fail(err, AS_ERR_MEMORY, "no memory for a decision");
    rc = as_register_begin(r, err);
    if (!rc)
        rc = as_register_end(r, decide(r, a, d, &added, err), err);
    as_arena_free(a);
    if (!rc)
        *ret_added = added;
    return rc;
}

/* ---- walking ---------------------------------------------------------------
 */

#define NO_LATER                                                               \
    " WHERE NOT EXISTS (SELECT 1 FROM decision b WHERE b.folded = d.folded"    \
    " AND b.list = d.list AND b.row = d.row AND b.country = d.country"         \
    " AND (b.at > d.at OR (b.at = d.at AND b.number > d.number)))"

static as_rc walk(as_register *r, sqlite3_stmt *s, as_decision_visit *visit,
                  void *ctx, as_err *err)
{
    for (;;) {
        as_arena *a;
        as_decision d;
        bool more = false;
        as_rc rc;
        int step = sqlite3_step(s);
        if (step == SQLITE_DONE)
            return AS_OK;
        if (step != SQLITE_ROW)
            return as_register_fail(r, "read", err);
        a = as_arena_new(AS_MIB * 16);
        if (!a)
            return as_fail(err, AS_ERR_MEMORY, "no memory for a decision");
        rc = read_row(s, a, &d, err);
        if (!rc)
            more = visit(ctx, &d);
        as_arena_free(a);
        if (rc || !more)
            return rc;
    }
}

as_rc as_register_visit(as_register *r, bool newest, as_decision_visit *visit,
                        void *ctx, as_err *err)
{
    sqlite3_stmt *s = NULL;
    as_rc rc;

    if (!r->db)
        return AS_OK;
    rc = as_register_prepare(
        r,
        newest ? "SELECT " COLUMNS " FROM decision d" NO_LATER
                 " ORDER BY at, number"
               : "SELECT " COLUMNS " FROM decision d ORDER BY at, number",
        &s, err);
    if (!rc)
        rc = walk(r, s, visit, ctx, err);
    sqlite3_finalize(s);
    return rc;
}
