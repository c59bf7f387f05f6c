/* SPDX-License-Identifier: Apache-2.0 */
/* A table of owners as CSV; the columns stand in party.h. */
#include "party/party.h"

#include "base/csv.h"

#include <inttypes.h>
#include <string.h>

typedef enum column {
    OWNER = 0,
    OWNED,
    LOW,
    HIGH,
    SHARE,
    FROM,
    TO,
    CONTROL,
    LISTED,
    RANK,
    COLUMNS,
} column;

static const as_str words[COLUMNS] = {
    [OWNER] = AS_STR_INIT("owner"),   [OWNED] = AS_STR_INIT("owned"),
    [LOW] = AS_STR_INIT("low"),       [HIGH] = AS_STR_INIT("high"),
    [SHARE] = AS_STR_INIT("share"),   [FROM] = AS_STR_INIT("from"),
    [TO] = AS_STR_INIT("to"),         [CONTROL] = AS_STR_INIT("control"),
    [LISTED] = AS_STR_INIT("listed"), [RANK] = AS_STR_INIT("rank"),
};

enum { MAX_FIELDS = 64 };

typedef struct table {
    as_arena *arena;
    as_owner_graph *g;
    as_csv csv;
    as_str fields[MAX_FIELDS];
    size_t n_fields;
    size_t n_columns;
    size_t at[COLUMNS]; /* field, or MAX_FIELDS */
    as_owner_listed *listed;
    size_t n_listed, cap_listed;
    as_err *err;
} table;

static as_rc bad_row(table *t, const char *what, as_str value)
{
    as_rc rc = as_fail(t->err, AS_ERR_INPUT, "%s: \"%.*s\"", what,
                       AS_FMT(as_str_slice(value, 0, 80)));

    if (t->err)
        as_err_line(t->err, t->csv.row, 0);
    return rc;
}

static as_str field(const table *t, column c)
{
    return t->at[c] < t->n_fields ? as_str_trim(t->fields[t->at[c]])
                                  : AS_ABSENT;
}

/* ---- the header ------------------------------------------------------------
 */

static as_rc read_column(table *t, size_t i)
{
    as_str word = as_str_trim(t->fields[i]);

    for (int c = 0; c < COLUMNS; c++) {
        if (!as_str_eq_nocase(word, words[c]))
            continue;
        if (t->at[c] != MAX_FIELDS)
            return bad_row(t, "a column stands there twice", word);
        t->at[c] = i;
        return AS_OK;
    }
    bad_row(t, "a table of owners has no such column", word);
    if (t->err)
        as_err_hint(t->err, "owner, owned, low, high, share, from, to, "
                            "control, listed, rank");
    return AS_ERR_INPUT;
}

static as_rc read_header(table *t)
{
    for (int c = 0; c < COLUMNS; c++)
        t->at[c] = MAX_FIELDS;
    if (!as_csv_next(&t->csv, t->arena, t->fields, MAX_FIELDS, &t->n_fields))
        return as_fail(t->err, AS_ERR_INPUT, "the table of owners is empty");
    if (t->n_fields > MAX_FIELDS)
        return bad_row(t, "too many columns", t->fields[0]);
    t->n_columns = t->n_fields;
    for (size_t i = 0; i < t->n_fields; i++) {
        as_rc rc = read_column(t, i);
        if (rc)
            return rc;
    }
    if (t->at[OWNER] != MAX_FIELDS && t->at[OWNED] != MAX_FIELDS)
        return AS_OK;
    bad_row(t, "the first line does not name the columns owner and owned",
            t->fields[0]);
    return AS_ERR_INPUT;
}

/* ---- values ----------------------------------------------------------------
 */

/* Digits, with at most nine behind a point; a percent sign may follow. */
static bool read_percent(as_str s, double *ret)
{
    as_str rest = s, whole;
    uint64_t units = 0, part = 0;
    static const uint64_t tens[] = {1000000000, 100000000, 10000000, 1000000,
                                    100000,     10000,     1000,     100,
                                    10,         1};

    if (as_str_ends(rest, AS_STR("%")))
        rest = as_str_trim(as_str_slice(rest, 0, rest.n - 1));
    whole = as_str_cut(&rest, '.');
    if (whole.n > 3 || !as_str_u64(whole, &units) || units > 100)
        return false;
    if (!as_str_is_absent(rest) && (rest.n > 9 || !as_str_u64(rest, &part)))
        return false;
    part *= tens[rest.n];
    units = units * 1000000000 + part;
    *ret = (double)units / 1e9;
    return *ret <= 100;
}

static as_rc read_bound(table *t, column c, double *ret)
{
    as_str s = field(t, c);

    if (as_str_is_empty(s) || read_percent(s, ret))
        return AS_OK;
    return bad_row(t, "this is no share in percent", s);
}

static as_rc read_shares(table *t, as_owner_edge *e)
{
    as_str both = field(t, SHARE);
    as_rc rc;

    e->low = 0;
    e->high = 100;
    if (!as_str_is_empty(both)) {
        if (!as_str_is_empty(field(t, LOW)) || !as_str_is_empty(field(t, HIGH)))
            return bad_row(t, "a share stands beside low or high", both);
        rc = read_bound(t, SHARE, &e->low);
        e->high = e->low;
        return rc;
    }
    rc = read_bound(t, LOW, &e->low);
    if (!rc)
        rc = read_bound(t, HIGH, &e->high);
    if (!rc && e->low > e->high)
        rc = bad_row(t, "low lies above high", field(t, LOW));
    return rc;
}

static as_rc read_day(table *t, column c, as_date *ret)
{
    as_str s = field(t, c);

    *ret = AS_DATE_NONE;
    if (as_str_is_empty(s) || as_date_read(s, ret))
        return AS_OK;
    return bad_row(t, "this is no day as YYYY-MM-DD", s);
}

static as_rc read_control(table *t, as_owner_edge *e)
{
    as_str s = field(t, CONTROL);

    e->tie = AS_OWNER_SHARE;
    if (as_str_is_empty(s) || as_str_eq_nocase(s, AS_STR("no")))
        return AS_OK;
    if (as_str_eq_nocase(s, AS_STR("yes")))
        e->tie = AS_OWNER_CONTROL;
    else if (as_str_eq_nocase(s, AS_STR("unknown")))
        e->tie = AS_OWNER_MAYBE;
    else
        return bad_row(t, "control is yes, no or unknown", s);
    return AS_OK;
}

/* ---- rows ------------------------------------------------------------------
 */

static as_rc read_listed(table *t)
{
    as_str note = field(t, LISTED), rank = field(t, RANK);
    as_owner_listed item = {.party = field(t, OWNER), .note = note};
    as_owner_listed *all;
    uint64_t n = 0;

    if (!as_str_is_empty(rank) && (!as_str_u64(rank, &n) || n > UINT32_MAX))
        return bad_row(t, "this is no whole number for a rank", rank);
    if (as_str_is_empty(note) || as_str_eq_nocase(note, AS_STR("no")))
        return AS_OK;
    item.rank = (unsigned)n;
    all = as_arena_grow(t->arena, t->listed, &t->cap_listed, t->n_listed + 1,
                        sizeof *all);
    if (!all)
        return as_fail(t->err, AS_ERR_LIMIT, "the table of owners is too long");
    t->listed = all;
    if (as_str_eq_nocase(note, AS_STR("yes")))
        item.note = AS_ABSENT;
    item.party = as_arena_str(t->arena, item.party);
    item.note = as_arena_str(t->arena, item.note);
    all[t->n_listed++] = item;
    return AS_OK;
}

static as_rc read_edge(table *t)
{
    as_owner_edge e = {.owner = field(t, OWNER), .owned = field(t, OWNED)};
    as_rc rc = read_shares(t, &e);

    if (!rc)
        rc = read_day(t, FROM, &e.from);
    if (!rc)
        rc = read_day(t, TO, &e.to);
    if (!rc)
        rc = read_control(t, &e);
    if (rc)
        return rc;
    if (as_str_is_empty(e.owned))
        return AS_OK;
    rc = as_owner_graph_add(t->g, &e, t->err);
    if (rc && t->err)
        as_err_line(t->err, t->csv.row, 0);
    return rc;
}

static as_rc read_row(table *t)
{
    as_rc rc;

    if (t->csv.unfinished)
        return bad_row(t, "a quote is never closed", t->fields[0]);
    if (t->n_fields > t->n_columns) /* a decimal comma, most likely */
        return bad_row(t, "a row has more fields than the first line",
                       t->fields[0]);
    for (size_t i = 0; i < t->n_fields; i++)
        if (as_str_is_absent(t->fields[i]))
            return as_fail(t->err, AS_ERR_LIMIT,
                           "the table of owners is too long");
    if (as_str_is_empty(field(t, OWNER)))
        return bad_row(t, "a row names no owner", t->fields[0]);
    if (as_str_is_empty(field(t, OWNED)) && as_str_is_empty(field(t, LISTED)))
        return bad_row(t, "a row names nothing that is owned", field(t, OWNER));
    rc = read_listed(t);
    return rc ? rc : read_edge(t);
}

static as_rc check_text(as_span in, as_err *err)
{
    size_t bad = as_span_utf8_bad(in);
    uint64_t line = 1;

    if (bad == in.n)
        return AS_OK;
    for (size_t i = 0; i < bad; i++)
        line += in.p[i] == '\n';
    as_fail(err, AS_ERR_INPUT, "the table of owners is not UTF-8");
    if (err)
        as_err_line(err, line, 0);
    return AS_ERR_INPUT;
}

as_rc as_owner_read(as_span in, as_arena *arena, as_owner_graph *g,
                    as_owner_listed **ret, size_t *n, as_err *err)
{
    table t = {.arena = arena, .g = g, .err = err};
    as_rc rc = check_text(in, err);

    if (rc)
        return rc;
    if (in.n >= 3 && memcmp(in.p, "\xEF\xBB\xBF", 3) == 0)
        in = (as_span){in.p + 3, in.n - 3};
    as_csv_init(&t.csv, in);
    t.csv.separator = as_csv_separator_of(in);
    rc = read_header(&t);
    while (!rc && as_csv_next(&t.csv, arena, t.fields, MAX_FIELDS, &t.n_fields))
        rc = read_row(&t);
    if (rc)
        return rc;
    *ret = t.listed;
    *n = t.n_listed;
    return AS_OK;
}
