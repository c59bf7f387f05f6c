/* SPDX-License-Identifier: Apache-2.0 */
/* The Consolidated Screening List as published in CSV: 29 columns by name.
 * Lists in a field have "; " between. Of an address the last part is the code
 * of its country. Identifiers come as "CA, BC166787, Passport" (2025) and as
 * "Passport, BC166787, CA" (2022). */
#include "know/csl_internal.h"
#include "know/table_internal.h"
#include "model/country.h"

bool as_csl_is_csv(as_span bytes)
{
    static const char *const words[] = {
        "source",    "entity_number",       "name",
        "alt_names", "license_requirement", NULL};

    return as_table_has(bytes, ',', words);
}

/* The next part of "a; b; c". */
static as_str next_part(as_str *rest)
{
    return as_str_trim(as_str_cut(rest, ';'));
}

static void read_addresses(as_party_make *m, as_str text)
{
    while (text.n) {
        as_str one = next_part(&text);
        size_t comma = as_str_rfind(one, ',');
        as_str last = as_str_trim(
            comma == one.n ? one : as_str_slice(one, comma + 1, one.n));
        if (last.n == 2 && as_country_is_code(last))
            as_make_address(
                m, comma == one.n ? AS_ABSENT : as_str_slice(one, 0, comma),
                last);
        else
            as_make_address(m, one, AS_ABSENT);
    }
}

/* Type, number and country in either order. */
static void read_id(as_party_make *m, as_str text)
{
    size_t first = as_str_find(text, ','), last = as_str_rfind(text, ',');
    as_str head = as_str_trim(as_str_slice(text, 0, first));
    as_str tail = as_str_trim(as_str_slice(text, last + 1, text.n));
    as_str middle = AS_ABSENT, country = AS_ABSENT, type = head;

    if (first < last)
        middle = as_str_trim(as_str_slice(text, first + 1, last));
    if (head.n == 2 && as_country_is_code(head)) {
        country = head;
        type = tail;
    } else if (middle.p && as_country_is_code(tail)) {
        country = tail;
    } else if (!middle.p && as_str_eq(as_make_scheme(type), AS_STR("other"))) {
        type = tail;
        middle = head;
    } else if (!middle.p) {
        middle = tail;
    }
    if (as_str_eq(as_make_scheme(type), AS_STR("other")) || !middle.p)
        as_make_term(m, "remark", text);
    else
        as_make_id(m, as_make_scheme(type), middle, country);
}

static void read_lists(as_party_make *m, const as_table *t)
{
    static const char *const countries[] = {"citizenships", "nationalities"};
    as_str rest = as_table_get(t, "ids");

    as_make_names(m, AS_PARTY_NAME_ALIAS, as_table_get(t, "alt_names"), ';');
    read_addresses(m, as_table_get(t, "addresses"));
    while (rest.n) {
        as_str one = next_part(&rest);
        if (one.n)
            read_id(m, one);
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(countries); i++) {
        rest = as_table_get(t, countries[i]);
        while (rest.n)
            as_make_country(m, next_part(&rest));
    }
    rest = as_table_get(t, "dates_of_birth");
    while (rest.n)
        as_make_birth(m, next_part(&rest));
    as_make_terms(m, "programme", as_table_get(t, "programs"), ';');
}

static void read_row(as_csl *c, const as_table *t)
{
    as_party_make *m = &c->m;
    as_str id = as_table_get(t, "entity_number");

    if (t->bad_text) {
        (void)as_make_refuse(m, AS_ABSENT, "the row is not valid UTF-8");
        return;
    }
    if (!as_csl_list(c, as_table_get(t, "source"))) {
        if (!m->stop)
            (void)as_make_refuse(m, AS_ABSENT, "the row is of no known list");
        return;
    }
    if (!as_make_begin(m, c->list, id))
        return;
    m->p.kind = as_csl_kind(as_table_get(t, "type"));
    as_make_name(m, AS_PARTY_NAME_PRIMARY, as_table_get(t, "name"));
    read_lists(m, t);
    as_csl_requirement(m, as_table_get(t, "license_requirement"),
                       as_table_get(t, "license_policy"));
    as_make_term(m, "citation", as_table_get(t, "federal_register_notice"));
    as_make_term(m, "remark", as_table_get(t, "remarks"));
    as_make_term(m, "title", as_table_get(t, "title"));
    as_make_term(m, "flag", as_table_get(t, "vessel_flag"));
    as_make_term(m, "vessel-owner", as_table_get(t, "vessel_owner"));
    m->p.from = as_make_date(m, as_table_get(t, "start_date"), false);
    m->p.to = as_make_date(m, as_table_get(t, "end_date"), false);
    m->p.url = as_feed_text(m->arena, as_table_get(t, "source_list_url"), 500);
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

void as_csl_read_csv(as_csl *c, as_span bytes)
{
    static const char *const words[] = {
        "type",           "programs",
        "title",          "addresses",
        "start_date",     "end_date",
        "license_policy", "citizenships",
        "dates_of_birth", "ids",
        "nationalities",  "federal_register_notice",
        "remarks",        NULL};
    as_table t;

    if (!as_table_open(&t, bytes, ','))
        return;
    while (!c->m.stop && as_table_next(&t)) {
        c->m.line = t.line;
        if (t.unfinished || (t.n < t.n_header && t.csv.rest.n == 0)) {
            (void)as_make_refuse(&c->m, AS_ABSENT, "the row is cut off");
            as_make_cut(&c->m, "its last row, on line %llu, is cut off",
                        (unsigned long long)t.line);
        } else {
            read_row(c, &t);
        }
    }
    if (c->list.p && !c->m.stop)
        as_make_columns(&c->m, &t, words);
    as_table_close(&t);
}
