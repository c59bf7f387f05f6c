/* SPDX-License-Identifier: Apache-2.0 */
/* KEV: the catalogue of known exploited vulnerabilities of CISA, as JSON or as
 * CSV. Matching is by CVE, never by the vendor's name (notes, section 10). The
 * same rows in both forms give the same records.
 *
 * cisa.gov, "known_exploited_vulnerabilities_schema.json". */
#include "base/csv.h"
#include "know/feed_internal.h"

static const as_str source = AS_STR_INIT("kev");

enum { FIELD_BYTES = 300 };

/* ---- one entry -------------------------------------------------------- */

enum kev_column {
    KEV_CVE,
    KEV_VENDOR,
    KEV_PRODUCT,
    KEV_NAME,
    KEV_ADDED,
    KEV_DUE,
    KEV_RANSOMWARE,
    KEV_COLUMNS,
};

static const as_str columns[KEV_COLUMNS] = {
    AS_STR_INIT("cveID"),
    AS_STR_INIT("vendorProject"),
    AS_STR_INIT("product"),
    AS_STR_INIT("vulnerabilityName"),
    AS_STR_INIT("dateAdded"),
    AS_STR_INIT("dueDate"),
    AS_STR_INIT("knownRansomwareCampaignUse"),
};

/* What is wrong with the values, or NULL. */
static const char *defect_of(const as_str *v)
{
    if (!as_feed_is_cve(v[KEV_CVE]))
        return "the entry has no CVE id";
    if (!as_feed_is_date(v[KEV_ADDED]))
        return "the date it was added is no date (YYYY-MM-DD)";
    return NULL;
}

static bool emit(const as_str *v, as_arena *a, const as_feed_sink *sink)
{
    as_exploited x = {
        .id = v[KEV_CVE],
        .added = v[KEV_ADDED],
        .due = as_feed_is_date(v[KEV_DUE]) ? v[KEV_DUE] : AS_ABSENT,
        .vendor = as_feed_text(a, v[KEV_VENDOR], FIELD_BYTES),
        .product = as_feed_text(a, v[KEV_PRODUCT], FIELD_BYTES),
        .name = as_feed_text(a, v[KEV_NAME], FIELD_BYTES),
        .ransomware = as_str_eq_nocase(v[KEV_RANSOMWARE], AS_STR("Known")),
    };

    return sink->exploited(sink->ctx, source, &x);
}

static bool refuse(const as_feed_sink *sink, as_str id, const char *why,
                   as_err *place)
{
    as_fail(place, AS_ERR_INPUT, "%s", why);
    return sink->refused(sink->ctx, source, as_feed_is_id(id) ? id : AS_ABSENT,
                         place);
}

/* ---- JSON ------------------------------------------------------------- */

static bool probe(const as_feed_input *in)
{
    as_json list;
    as_json_iter it;
    as_str head;

    if (in->syntax == AS_SYNTAX_TEXT) {
        head = as_str_of((const char *)in->bytes.p,
                         in->bytes.n < 512 ? in->bytes.n : 512);
        head = as_str_cut(&head, '\n');
        return as_str_starts(head, AS_STR("cveID,")) ||
               as_str_starts(head, AS_STR("\"cveID\","));
    }
    if (in->syntax != AS_SYNTAX_JSON)
        return false;
    list = as_json_get(in->json, AS_STR("vulnerabilities"));
    if (!as_json_is(list, AS_JSON_ARRAY))
        return false;
    if (as_json_get(in->json, AS_STR("catalogVersion")).doc)
        return true;
    it = as_json_each(list);
    return as_json_next(&it) && as_json_get(it.value, columns[KEV_CVE]).doc;
}

static bool read_json_entry(as_json entry, size_t index, as_feed_place *place,
                            as_arena *a, const as_feed_sink *sink)
{
    as_str v[KEV_COLUMNS];
    const char *defect;
    as_buf pointer;
    as_err err;

    for (size_t i = 0; i < KEV_COLUMNS; i++)
        v[i] = as_str_trim(as_json_get_str(entry, columns[i]));
    defect = defect_of(v);
    if (defect) {
        as_err_init(&err);
        as_buf_init(&pointer, 256);
        as_buf_printf(&pointer, "/vulnerabilities/%zu", index);
        as_feed_locate(place, as_buf_text(&pointer), &err);
        as_buf_done(&pointer);
        return refuse(sink, v[KEV_CVE], defect, &err);
    }
    return emit(v, a, sink);
}

static void read_json(const as_feed_input *in, as_arena *a,
                      const as_feed_sink *sink)
{
    as_feed_place place = {.in = in};
    as_json_iter it;
    as_str edition = as_json_get_str(in->json, AS_STR("catalogVersion"));
    as_str date = as_json_get_str(in->json, AS_STR("dateReleased"));

    date = as_str_slice(date, 0, 10);
    if (!sink->edition(sink->ctx, source,
                       as_feed_is_id(edition) ? edition : AS_ABSENT,
                       as_feed_is_date(date) ? date : AS_ABSENT))
        return;
    it = as_json_each(as_json_get(in->json, AS_STR("vulnerabilities")));
    while (as_json_next(&it))
        if (!read_json_entry(it.value, it.index, &place, a, sink))
            return;
}

/* ---- CSV -------------------------------------------------------------- */

enum { CSV_FIELDS = 32 };

/* Which field holds which column; CSV_FIELDS: none. */
static void read_header(const as_str *fields, size_t n, size_t *map)
{
    for (size_t c = 0; c < KEV_COLUMNS; c++) {
        map[c] = CSV_FIELDS;
        for (size_t i = 0; i < n && i < CSV_FIELDS; i++)
            if (as_str_eq(as_str_trim(fields[i]), columns[c]))
                map[c] = i;
    }
}

static bool read_csv_row(const as_str *fields, size_t n, const size_t *map,
                         as_arena *a, as_err *place, const as_feed_sink *sink)
{
    as_str v[KEV_COLUMNS];
    const char *defect = NULL;

    for (size_t c = 0; c < KEV_COLUMNS; c++) {
        v[c] = map[c] < n ? as_str_trim(fields[map[c]]) : AS_ABSENT;
        if (as_span_utf8_bad(as_str_span(v[c])) < v[c].n)
            defect = "the row is not valid UTF-8";
    }
    if (!defect)
        defect = defect_of(v);
    if (defect)
        return refuse(sink, v[KEV_CVE], defect, place);
    return emit(v, a, sink);
}

static void read_csv(const as_feed_input *in, as_arena *a,
                     const as_feed_sink *sink)
{
    as_str fields[CSV_FIELDS];
    size_t n, map[KEV_COLUMNS];
    bool go_on = true;
    as_csv csv;

    as_csv_init(&csv, in->bytes);
    for (bool header = true; go_on; header = false) {
        uint64_t line = csv.line;
        as_err err;

        if (!as_csv_next(&csv, a, fields, CSV_FIELDS, &n))
            return;
        n = n < CSV_FIELDS ? n : CSV_FIELDS;
        as_err_init(&err);
        as_err_line(&err, line, 1);
        if (header) {
            read_header(fields, n, map);
            go_on = sink->edition(sink->ctx, source, AS_ABSENT, AS_ABSENT);
        } else if (csv.unfinished) {
            go_on = refuse(sink, fields[0], "a quote is never closed", &err);
        } else {
            go_on = read_csv_row(fields, n, map, a, &err, sink);
        }
    }
}

static as_rc read_kev(const as_feed_input *in, const as_feed_sink *sink,
                      as_err *err)
{
    as_arena *a = as_arena_new(AS_LIMIT_FEED_MEMBER_BYTES);
    as_rc rc = AS_OK;

    if (!a)
        return as_fail(err, AS_ERR_MEMORY, "no memory to read the list");
    if (in->syntax == AS_SYNTAX_JSON)
        read_json(in, a, sink);
    else
        read_csv(in, a, sink);
    if (as_arena_failed(a))
        rc = as_fail(err, AS_ERR_LIMIT, "the list takes too much memory");
    as_arena_free(a);
    return rc;
}

const as_importer as_kev_importer = {AS_STR_INIT("kev"), probe, read_kev};
