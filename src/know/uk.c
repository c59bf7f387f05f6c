/* SPDX-License-Identifier: Apache-2.0 */
/* The sanctions lists of the United Kingdom in CSV: the consolidated list of
 * OFSI (ConList.csv, until January 2026) and the UK Sanctions List that took
 * its place. A first line with the date, a header, then one row a name: rows of
 * one target have one number, and only the one with the primary name is a row
 * of its own, the others are parts of it. Dates are DD/MM/YYYY; unknown days
 * and months are "00". A spreadsheet (ODS) is saved as CSV first.
 *
 * gov.uk, "Format guide: OFSI consolidated list", "The UK Sanctions List". */
#include "know/party_make_internal.h"
#include "know/table_internal.h"

static const char *const ofsi[] = {"Name 6",     "Name 1",   "Group Type",
                                   "Alias Type", "Group ID", NULL};
static const char *const uksl[] = {"Name 6", "Name 1", "Unique ID", "Name type",
                                   NULL};

/* The header stands on the first or on the second line. */
static as_span table_of(as_span bytes)
{
    size_t at = 0;

    if (as_table_has(bytes, ',', ofsi) || as_table_has(bytes, ',', uksl))
        return bytes;
    while (at < bytes.n && at < 4096 && bytes.p[at] != '\n')
        at++;
    if (at >= bytes.n || bytes.p[at] != '\n')
        return (as_span){NULL, 0};
    bytes = (as_span){bytes.p + at + 1, bytes.n - at - 1};
    if (as_table_has(bytes, ',', ofsi) || as_table_has(bytes, ',', uksl))
        return bytes;
    return (as_span){NULL, 0};
}

static bool probe(const as_feed_input *in)
{
    return in->syntax == AS_SYNTAX_TEXT && table_of(in->bytes).n > 0;
}

/* The first of the columns that is there and filled. */
static as_str any(const as_table *t, const char *a, const char *b)
{
    as_str s = as_table_get(t, a);

    return s.p ? s : as_table_get(t, b);
}

as_party_kind as_uk_kind(as_str word)
{
    static const struct {
        as_str word;
        as_party_kind kind;
    } kinds[] = {
        {AS_STR_INIT("individual"), AS_PARTY_PERSON},
        {AS_STR_INIT("entity"), AS_PARTY_ORGANISATION},
        {AS_STR_INIT("ship"), AS_PARTY_VESSEL},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++)
        if (as_str_eq_nocase(word, kinds[i].word))
            return kinds[i].kind;
    return AS_PARTY_UNKNOWN;
}

static void read_names(as_party_make *m, const as_table *t, bool primary)
{
    static const char *const keys[] = {"Name 1", "Name 2", "Name 3",
                                       "Name 4", "Name 5", "Name 6"};
    as_str parts[AS_ARRAY_LEN(keys)];
    as_str strength = any(t, "Alias Quality", "Alias strength");
    as_party_name_kind kind = AS_PARTY_NAME_ALIAS;

    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
        parts[i] = as_table_get(t, keys[i]);
    if (as_str_starts_nocase(strength, AS_STR("low")))
        kind = AS_PARTY_NAME_WEAK;
    if (as_str_starts_nocase(any(t, "Alias Type", "Name type"), AS_STR("FKA")))
        kind = AS_PARTY_NAME_FORMER;
    as_make_name(m, primary ? AS_PARTY_NAME_PRIMARY : kind,
                 as_make_joined(m, parts, AS_ARRAY_LEN(parts), " "));
    as_make_name_in(
        m, AS_PARTY_NAME_ALIAS,
        any(t, "Name Non-Latin Script", "Name non-latin script"),
        any(t, "Non-Latin Script Language", "Non-latin script language"));
}

static void read_address(as_party_make *m, const as_table *t)
{
    static const char *const keys[][2] = {
        {"Address 1", "Address Line 1"},
        {"Address 2", "Address Line 2"},
        {"Address 3", "Address Line 3"},
        {"Address 4", "Address Line 4"},
        {"Address 5", "Address Line 5"},
        {"Address 6", "Address Line 6"},
        {"Post/Zip Code", "Address Postal Code"}};
    as_str parts[AS_ARRAY_LEN(keys)];

    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
        parts[i] = any(t, keys[i][0], keys[i][1]);
    as_make_address(m, as_make_joined(m, parts, AS_ARRAY_LEN(parts), ", "),
                    any(t, "Country", "Address Country"));
}

/* "(1) Iran (2) Iraq" or one. */
static void read_nationality(as_party_make *m, as_str s)
{
    while (s.n) {
        as_str one = as_str_cut(&s, '(');
        size_t close = as_str_find(one, ')');
        if (close < 3 && close < one.n)
            one = as_str_slice(one, close + 1, one.n);
        as_make_country(m, as_str_trim(one));
    }
}

static void read_facts(as_party_make *m, const as_table *t)
{
    static const struct {
        const char *column, *other;
        as_str scheme;
    } ids[] = {
        {"Passport Number", "Passport number", AS_STR_INIT("passport")},
        {"National Identification Number", "National Identifier number",
         AS_STR_INIT("national-id")},
        {"Business registration number (s)", "Business registration number",
         AS_STR_INIT("registration")},
        {"IMO number", "IMO Number", AS_STR_INIT("imo")},
    };

    as_make_birth(m, any(t, "DOB", "D.O.B"));
    read_nationality(m, any(t, "Nationality", "Nationality(/ies)"));
    for (size_t i = 0; i < AS_ARRAY_LEN(ids); i++)
        as_make_id(m, ids[i].scheme, any(t, ids[i].column, ids[i].other),
                   AS_ABSENT);
    as_make_term(m, "programme", any(t, "Regime", "Regime Name"));
    as_make_term(m, "title", as_table_get(t, "Position"));
    as_make_term(m, "remark", as_table_get(t, "Other Information"));
    as_make_term(m, "sanctions", as_table_get(t, "Sanctions Imposed"));
    as_make_term(m, "un-id", as_table_get(t, "UN Reference Number"));
    as_make_term(m, "vessel-owner",
                 as_table_get(t, "Current owner/operator (s)"));
    as_make_term(m, "flag", as_table_get(t, "Current believed flag of ship"));
    as_make_term(m, "parent", as_table_get(t, "Parent company"));
    as_make_term(m, "subsidiaries", as_table_get(t, "Subsidiaries"));
    m->p.from = as_make_date(m, any(t, "Listed On", "Date Designated"), false);
}

static void read_row(as_party_make *m, const as_table *t)
{
    as_str type = any(t, "Alias Type", "Name type");
    bool primary = as_str_eq_nocase(type, AS_STR("Primary name"));
    as_str kind = any(t, "Group Type", "Designation Type");

    if (!as_make_begin(m, AS_STR("uk"), any(t, "Unique ID", "Group ID")))
        return;
    if (!m->p.id.n) {
        (void)as_make_refuse(m, AS_ABSENT, "the row has no number");
        return;
    }
    m->p.kind = as_uk_kind(kind.p ? kind : as_table_get(t, "Type of entity"));
    read_names(m, t, primary);
    read_address(m, t);
    read_facts(m, t);
    (void)as_make_end(m, primary ? AS_PARTY_MERGED : AS_PARTY_PART);
}

static void read_rows(as_party_make *m, as_span bytes)
{
    static const char *const more[] = {"Name 2",
                                       "Name 3",
                                       "Name 4",
                                       "Name 5",
                                       "Name Non-Latin Script",
                                       "Country|Address Country",
                                       "DOB|D.O.B",
                                       "Nationality|Nationality(/ies)",
                                       "Group Type|Designation Type",
                                       NULL};
    as_table t;

    if (!as_table_open(&t, bytes, ','))
        return;
    as_make_columns(m, &t, more);
    while (!m->stop && as_table_next(&t)) {
        m->line = t.line + 1;
        if (t.unfinished || (t.n < t.n_header && t.csv.rest.n == 0)) {
            (void)as_make_refuse(m, AS_ABSENT, "the row is cut off");
            as_make_cut(m, "its last row, on line %llu, is cut off",
                        (unsigned long long)t.line);
        } else if (t.bad_text) {
            (void)as_make_refuse(m, AS_ABSENT, "the row is not valid UTF-8");
        } else {
            read_row(m, &t);
        }
    }
    as_table_close(&t);
}

/* "Last Updated,03/06/2026", "Report Date: 28-Jan-2026". */
static as_str date_of(as_party_make *m, as_span bytes)
{
    as_str line =
        as_str_of((const char *)bytes.p, bytes.n < 200 ? bytes.n : 200);
    size_t at = 0;

    line = as_str_cut(&line, '\n');
    while (at < line.n && !as_ascii_is_digit(line.p[at]))
        at++;
    line = as_str_slice(line, at, line.n);
    return as_make_date(m, as_str_cut(&line, ','), false);
}

static as_rc read_uk(const as_feed_input *in, const as_feed_sink *sink,
                     as_err *err)
{
    as_party_make m = {.sink = sink};
    as_list_head head = {.source = AS_STR("uk"),
                         .list = AS_STR("uk"),
                         .title = AS_STR("United Kingdom sanctions list"),
                         .complete = true};
    as_span table = table_of(in->bytes);

    if (!as_make_begin(&m, head.list, AS_ABSENT)) /* for the date */
        return as_fail(err, AS_ERR_MEMORY, "no memory to read the list");
    if (table.p != in->bytes.p)
        head.date = date_of(&m, in->bytes);
    if (as_make_list(&m, &head))
        read_rows(&m, table);
    as_make_done(&m);
    return AS_OK;
}

const as_importer as_uk_importer = {AS_STR_INIT("uk"), probe, read_uk};
