/* SPDX-License-Identifier: Apache-2.0 */
/* The Denied Persons List of the US Bureau of Industry and Security: tabs
 * between quoted fields, one row an address of an order. Dates are
 * MM/DD/YYYY; the newest credible "Last_Update" is the date of the edition. The
 * rows have no ids.
 *
 * bis.gov, "Denied Persons List" (dpl.txt). */
#include "base/date.h"
#include "know/party_make_internal.h"
#include "know/table_internal.h"

#include <stdlib.h>

static const char *const words[] = {"Name",           "Street_Address",
                                    "Effective_Date", "Expiration_Date",
                                    "Standard_Order", NULL};

static bool probe(const as_feed_input *in)
{
    return in->syntax == AS_SYNTAX_TEXT && as_table_has(in->bytes, '\t', words);
}

static void read_row(as_party_make *m, const as_table *t)
{
    const as_str address[] = {as_table_get(t, "Street_Address"),
                              as_table_get(t, "City"), as_table_get(t, "State"),
                              as_table_get(t, "Postal_Code")};
    as_str country = as_table_get(t, "Country");

    if (!as_make_begin(m, AS_STR("us-dpl"), AS_ABSENT))
        return;
    as_make_name(m, AS_PARTY_NAME_PRIMARY, as_table_get(t, "Name"));
    as_make_address(m, as_make_joined(m, address, AS_ARRAY_LEN(address), ", "),
                    country);
    as_make_term(m, "citation", as_table_get(t, "FR_Citation"));
    as_make_term(m, "standard-order", as_table_get(t, "Standard_Order"));
    as_make_term(m, "remark", as_table_get(t, "Action"));
    m->p.from = as_make_date(m, as_table_get(t, "Effective_Date"), true);
    m->p.to = as_make_date(m, as_table_get(t, "Expiration_Date"), true);
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

static int later_first(const void *a, const void *b)
{
    as_date x = *(const as_date *)a, y = *(const as_date *)b;

    return (x < y) - (x > y);
}

/* The newest of the dates of updates that is no slip of the pen: the list has
 * had years of 2922 and 3017. Another lies within a year before it. */
static as_date newest_of(as_date *days, size_t n)
{
    if (n)
        qsort(days, n, sizeof *days, later_first);
    for (size_t i = 0; i + 1 < n; i++)
        if (days[i] - days[i + 1] <= 366)
            return days[i];
    return n == 1 ? days[0] : AS_DATE_NONE;
}

/* Before the rows are told. */
static as_str newest(as_span bytes, as_arena *a)
{
    as_date *days = NULL;
    size_t n = 0, cap = 0;
    as_table t;

    if (!as_table_open(&t, bytes, '\t'))
        return AS_ABSENT;
    while (as_table_next(&t)) {
        as_date *grown = as_arena_grow(a, days, &cap, n + 1, sizeof *days);
        if (!grown)
            break;
        days = grown;
        n += as_date_read(as_table_get(&t, "Last_Update"), &days[n]);
    }
    as_table_close(&t);
    return as_date_str(a, newest_of(days, n));
}

static void read_rows(as_party_make *m, as_span bytes)
{
    static const char *const more[] = {"City",        "State",       "Country",
                                       "Postal_Code", "FR_Citation", NULL};
    as_table t;

    if (!as_table_open(&t, bytes, '\t'))
        return;
    as_make_columns(m, &t, more);
    while (!m->stop && as_table_next(&t)) {
        m->line = t.line;
        if (t.unfinished || t.n < t.n_header) {
            (void)as_make_refuse(m, AS_ABSENT, "the row is cut off");
            if (t.unfinished || t.csv.rest.n == 0)
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

static as_rc read_dpl(const as_feed_input *in, const as_feed_sink *sink,
                      as_err *err)
{
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    as_party_make m = {.sink = sink};
    as_list_head head = {.source = AS_STR("us-dpl"),
                         .list = AS_STR("us-dpl"),
                         .title = AS_STR("BIS Denied Persons List"),
                         .complete = true};

    if (!a)
        return as_fail(err, AS_ERR_MEMORY, "no memory to read the list");
    head.date = newest(in->bytes, a);
    if (as_make_list(&m, &head))
        read_rows(&m, in->bytes);
    as_make_done(&m);
    as_arena_free(a);
    return AS_OK;
}

const as_importer as_dpl_importer = {AS_STR_INIT("us-dpl"), probe, read_dpl};
