/* SPDX-License-Identifier: Apache-2.0 */
/* A list of one's own as CSV, by the words of its header: "list" and "name",
 * and any of
 *
 *   id, kind, title, complete (true: of the whole list), edition
 *   alias, former, weak          names, ";" between
 *   country, address, birth      ";" between countries and births
 *   lei, imo, mmsi, registration, tax, duns, cage, uei, passport, swift
 *   from, to, citation, url
 *   owner, owner_list, owner_id, share (or low, high), control, owned_from,
 *   owned_to                     one owner of the party; a row for each
 *
 * Every other column becomes a term by its word. Or a table of owners, as
 * "assay screen owners" reads it: "owner" and "owned", and any of share, low,
 * high, from, to, control, list. Between fields stands a comma, a semicolon or
 * a tab. See doc/party-lists.md. */
#include "base/date.h"
#include "know/party_make_internal.h"
#include "know/table_internal.h"

#include <stdlib.h>

static const char *const words[] = {"list", "name", NULL};
static const char *const owning[] = {"owner", "owned", NULL};

/* What stands between the fields, or NUL: spreadsheets write what the country
 * is used to. */
static char separator_of(as_span bytes)
{
    static const char separators[] = {',', ';', '\t'};

    for (size_t i = 0; i < sizeof separators; i++)
        if (as_table_has(bytes, separators[i], words) ||
            as_table_has(bytes, separators[i], owning))
            return separators[i];
    return 0;
}

static bool probe(const as_feed_input *in)
{
    return in->syntax == AS_SYNTAX_TEXT && separator_of(in->bytes);
}

static const char *const schemes[] = {
    "lei",  "imo",  "mmsi", "registration", "tax",
    "duns", "cage", "uei",  "swift",        "passport"};
static const char *const others[] = {
    "list",      "name",    "id",      "kind",   "title", "complete",
    "edition",   "alias",   "aliases", "former", "weak",  "country",
    "countries", "address", "birth",   "from",   "to",    "url"};
/* Of these terms are made only where there is no column "owner". */
static const char *const ties[] = {"owner",   "owner_list", "owner_id",
                                   "share",   "low",        "high",
                                   "control", "owned_from", "owned_to"};

static bool is_one_of(as_str word, const char *const *of, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq_nocase(word, as_str_c(of[i])))
            return true;
    return false;
}

static as_str either(const as_table *t, const char *a, const char *b)
{
    as_str s = as_table_get(t, a);

    return s.p ? s : as_table_get(t, b);
}

static void read_places(as_party_make *m, const as_table *t)
{
    as_str rest = either(t, "country", "countries");

    while (rest.n)
        as_make_country(m, as_str_trim(as_str_cut(&rest, ';')));
    as_make_address(m, as_table_get(t, "address"), AS_ABSENT);
    rest = as_table_get(t, "birth");
    while (rest.n)
        as_make_birth(m, as_str_cut(&rest, ';'));
    for (size_t i = 0; i < AS_ARRAY_LEN(schemes); i++)
        as_make_id(m, as_str_c(schemes[i]), as_table_get(t, schemes[i]),
                   AS_ABSENT);
}

static void read_terms(as_party_make *m, const as_table *t, bool owners)
{
    for (size_t i = 0; i < t->n_header; i++) {
        as_str word = as_feed_text(m->arena, t->header[i], 64);
        const char *key;
        if (as_str_is_empty(word) ||
            is_one_of(word, others, AS_ARRAY_LEN(others)) ||
            is_one_of(word, schemes, AS_ARRAY_LEN(schemes)) ||
            (owners && is_one_of(word, ties, AS_ARRAY_LEN(ties))))
            continue;
        key = as_arena_str(m->arena, word).p;
        if (key)
            as_make_term(m, key, as_table_at(t, i));
    }
}

static const char *read_dates(as_party_make *m, const as_table *t)
{
    as_str from = as_table_get(t, "from"), to = as_table_get(t, "to");

    m->p.from = as_make_date(m, from, false);
    m->p.to = as_make_date(m, to, false);
    if ((from.p && !m->p.from.p) || (to.p && !m->p.to.p))
        return "a date is none (YYYY-MM-DD)";
    return NULL;
}

/* ---- owners ----------------------------------------------------------------
 */

/* "60", "60.5 %": digits, at most nine behind a point or a comma. */
static bool read_percent(as_str s, double *ret)
{
    as_str rest, whole;
    uint64_t units = 0, part = 0;
    double scale = 1;

    s = as_str_trim(s);
    if (as_str_ends(s, AS_STR("%")))
        s = as_str_trim(as_str_slice(s, 0, s.n - 1));
    rest = s;
    whole = as_str_cut(&rest, as_str_find(s, ',') < s.n ? ',' : '.');
    if (whole.n > 3 || !as_str_u64(whole, &units) ||
        (!as_str_is_absent(rest) && (rest.n > 9 || !as_str_u64(rest, &part))))
        return false;
    for (size_t i = 0; i < rest.n; i++)
        scale *= 10;
    *ret = (double)units + (double)part / scale;
    return *ret <= 100;
}

static const char *read_shares(const as_table *t, as_party_tie *tie)
{
    as_str share = as_table_get(t, "share");
    as_str low = as_table_get(t, "low"), high = as_table_get(t, "high");
    as_str rest = share;

    if (share.p && (low.p || high.p))
        return "a share stands beside low or high";
    if (share.p) {
        low = as_str_cut(&rest, '-');
        high = as_str_is_absent(rest) ? low : rest;
    }
    if ((low.p && !read_percent(low, &tie->low)) ||
        (high.p && !read_percent(high, &tie->high)))
        return "the share is none in percent (60, 40-60)";
    return tie->low > tie->high ? "low lies above high" : NULL;
}

static const char *read_control(const as_table *t, as_party_tie *tie)
{
    as_str s = as_table_get(t, "control");

    if (as_str_is_empty(s) || as_str_eq_nocase(s, AS_STR("no")))
        return NULL;
    if (!as_str_eq_nocase(s, AS_STR("yes")))
        return "control is yes or no in a list; unknown control is for the "
               "table of \"assay screen owners\"";
    tie->kind = AS_PARTY_TIE_PARENT;
    return NULL;
}

/* from and to: the words of the columns. */
static const char *read_owner(as_party_make *m, const as_table *t,
                              const char *from, const char *to)
{
    as_str name = as_table_get(t, "owner"), id = as_table_get(t, "owner_id");
    as_str list = as_table_get(t, "owner_list");
    as_str since = as_table_get(t, from), until = as_table_get(t, to);
    const char *fault;
    as_party_tie *tie;

    if (!name.p && !id.p)
        return NULL;
    tie = as_make_tie(m, AS_PARTY_TIE_OWNER);
    if (!tie)
        return NULL;
    tie->name = as_feed_text(m->arena, name, AS_LIMIT_RECORD_NAME);
    tie->id = as_feed_text(m->arena, id, AS_LIMIT_RECORD_ID);
    if (tie->id.p)
        tie->list = list.p ? as_feed_text(m->arena, list, 64) : m->p.list;
    tie->from = as_make_date(m, since, false);
    tie->to = as_make_date(m, until, false);
    if ((since.p && !tie->from.p) || (until.p && !tie->to.p))
        return "a date is none (YYYY-MM-DD)";
    fault = read_shares(t, tie);
    return fault ? fault : read_control(t, tie);
}

/* ---- rows ------------------------------------------------------------------
 */

struct reading {
    as_party_make m;
    as_arena *file;
    as_str list; /* at hand, or absent */
    bool told;   /* one was */
    bool owners; /* the table has a column for them */
    bool owning; /* it is a table of owners */
};

static bool open_list(struct reading *r, const as_table *t)
{
    as_str list = as_table_get(t, "list");
    as_str edition = as_table_get(t, "edition");
    as_list_head head = {0};
    as_date day;

    if (r->owning && as_str_is_empty(list))
        list = AS_STR("owners");
    if (as_str_is_empty(list))
        return false;
    if (as_str_eq(list, r->list))
        return true;
    r->list = AS_ABSENT;
    if (!as_feed_is_id(list) || list.n > 64 || as_plain_is_reserved(list) ||
        (edition.p && !as_date_read(edition, &day)))
        return false;
    r->list = as_arena_str(r->file, list);
    head = (as_list_head){.source = r->list,
                          .list = r->list,
                          .title = as_table_get(t, "title"),
                          .date = edition,
                          .complete = as_str_eq_nocase(
                              as_table_get(t, "complete"), AS_STR("true"))};
    r->told = true;
    return r->list.p && as_make_list(&r->m, &head);
}

/* A row of a table of owners. */
static void read_holding(struct reading *r, const as_table *t)
{
    as_party_make *m = &r->m;
    as_str owned = as_table_get(t, "owned");
    const char *fault;

    if (!open_list(r, t)) {
        m->source = AS_STR("unknown");
        (void)as_make_refuse(m, owned,
                             "the row names a list of a public source, or an "
                             "edition that is no date");
        return;
    }
    if (!as_make_begin(m, r->list, AS_ABSENT))
        return;
    as_make_name(m, AS_PARTY_NAME_PRIMARY, owned);
    fault = owned.p ? read_owner(m, t, "from", "to")
                    : "the row names nothing that is owned";
    if (!fault && m->p.n_ties == 0)
        fault = "the row names no owner";
    if (fault)
        (void)as_make_refuse(m, AS_ABSENT, fault);
    else
        (void)as_make_end(m, AS_PARTY_MERGED);
}

static void read_row(struct reading *r, const as_table *t)
{
    as_party_make *m = &r->m;
    as_str kind = as_table_get(t, "kind"), id = as_table_get(t, "id");
    const char *fault = NULL;

    if (!open_list(r, t)) {
        m->source = AS_STR("unknown");
        (void)as_make_refuse(m, id,
                             "the row names no list, one of a public source, "
                             "or an edition that is no date");
        return;
    }
    if (!as_make_begin(m, r->list, id))
        return;
    if (kind.p && !as_party_kind_of(kind, &m->p.kind))
        fault = "the kind is not organisation, person, vessel or aircraft";
    as_make_name(m, AS_PARTY_NAME_PRIMARY, as_table_get(t, "name"));
    as_make_names(m, AS_PARTY_NAME_ALIAS, either(t, "alias", "aliases"), ';');
    as_make_names(m, AS_PARTY_NAME_FORMER, as_table_get(t, "former"), ';');
    as_make_names(m, AS_PARTY_NAME_WEAK, as_table_get(t, "weak"), ';');
    read_places(m, t);
    read_terms(m, t, r->owners);
    if (!fault)
        fault = read_dates(m, t);
    if (!fault && r->owners)
        fault = read_owner(m, t, "owned_from", "owned_to");
    m->p.url = as_feed_text(m->arena, as_table_get(t, "url"), 500);
    if (fault)
        (void)as_make_refuse(m, id, fault);
    else /* of one party a row for each owner */
        (void)as_make_end(m, m->p.n_ties ? AS_PARTY_MERGED : AS_PARTY_WHOLE);
}

static void read_rows(struct reading *r, as_table *t)
{
    while (!r->m.stop && as_table_next(t)) {
        r->m.line = t->line;
        if (t->unfinished) {
            (void)as_make_refuse(&r->m, AS_ABSENT, "the row is cut off");
            as_make_cut(&r->m, "its last row is cut off");
        } else if (t->bad_text) {
            (void)as_make_refuse(&r->m, AS_ABSENT,
                                 "the row is not valid UTF-8");
        } else if (r->owning) {
            read_holding(r, t);
        } else {
            read_row(r, t);
        }
    }
}

static as_rc read_own(const as_feed_input *in, const as_feed_sink *sink,
                      as_err *err)
{
    struct reading r = {.m = {.sink = sink, .source = AS_STR("unknown")},
                        .file = as_arena_new(AS_LIMIT_RECORD_BYTES)};
    as_table *t = calloc(1, sizeof *t);
    as_rc rc = AS_OK;

    if (!r.file || !t) {
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to read the list");
    } else if (as_table_open(t, in->bytes, separator_of(in->bytes))) {
        r.owners = as_table_column(t, AS_STR("owner")) < AS_TABLE_FIELDS;
        r.owning =
            r.owners && as_table_column(t, AS_STR("owned")) < AS_TABLE_FIELDS;
        read_rows(&r, t);
    }
    if (!rc && !r.told)
        rc = as_fail(err, AS_ERR_INPUT, "no row of the file is of a list");
    if (t)
        as_table_close(t);
    free(t);
    as_make_done(&r.m);
    as_arena_free(r.file);
    return rc;
}

const as_importer as_own_importer = {AS_STR_INIT("parties-csv"), probe,
                                     read_own};
