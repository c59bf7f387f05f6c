/* SPDX-License-Identifier: Apache-2.0 */
/* The consolidated list of the United Nations Security Council, XML:
 * CONSOLIDATED_LIST (dateGenerated) with INDIVIDUALS/INDIVIDUAL and
 * ENTITIES/ENTITY. A row's id is its permanent reference number. The list says
 * of aliases of individuals whether they are good or low in quality.
 *
 * un.org, "sc-sanctions.xsd". */
#include "base/date.h"
#include "know/lists_xml_internal.h"

static bool probe(const as_feed_input *in)
{
    return as_xml_list_is(in, "CONSOLIDATED_LIST");
}

static void read_names(as_party_make *m, const as_xml_node *row)
{
    static const char *const names[] = {"FIRST_NAME", "SECOND_NAME",
                                        "THIRD_NAME", "FOURTH_NAME"};
    as_str parts[AS_ARRAY_LEN(names)];

    for (size_t i = 0; i < AS_ARRAY_LEN(names); i++)
        parts[i] = as_xml_text(row, names[i]);
    as_make_name(m, AS_PARTY_NAME_PRIMARY,
                 as_make_joined(m, parts, AS_ARRAY_LEN(parts), " "));
    as_make_name(m, AS_PARTY_NAME_ALIAS,
                 as_xml_text(row, "NAME_ORIGINAL_SCRIPT"));
}

static as_party_name_kind quality(as_str word)
{
    if (as_str_eq_nocase(word, AS_STR("Low")))
        return AS_PARTY_NAME_WEAK;
    if (as_str_starts_nocase(word, AS_STR("f.k.a")))
        return AS_PARTY_NAME_FORMER;
    return AS_PARTY_NAME_ALIAS;
}

static void read_aliases(as_party_make *m, const as_xml_node *row,
                         const char *tag)
{
    const as_xml_node *a = as_xml_first(row, tag);

    for (; a; a = as_xml_next(a))
        as_make_name(m, quality(as_xml_text(a, "QUALITY")),
                     as_xml_text(a, "ALIAS_NAME"));
}

static void read_addresses(as_party_make *m, const as_xml_node *row,
                           const char *tag)
{
    static const char *const keys[] = {"STREET", "CITY", "STATE_PROVINCE",
                                       "ZIP_CODE"};
    const as_xml_node *a = as_xml_first(row, tag);

    for (; a; a = as_xml_next(a)) {
        as_str parts[AS_ARRAY_LEN(keys)];
        for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
            parts[i] = as_xml_text(a, keys[i]);
        as_make_address(m, as_make_joined(m, parts, AS_ARRAY_LEN(keys), ", "),
                        as_xml_text(a, "COUNTRY"));
    }
}

static void birth(as_party_make *m, bool about, as_str date)
{
    const as_str parts[] = {AS_STR("circa"), date};

    as_make_birth(m, about && date.p ? as_make_joined(m, parts, 2, " ") : date);
}

static void read_births(as_party_make *m, const as_xml_node *row)
{
    const as_xml_node *b = as_xml_first(row, "INDIVIDUAL_DATE_OF_BIRTH");

    for (; b; b = as_xml_next(b)) {
        const as_str span[] = {as_xml_text(b, "FROM_YEAR"),
                               as_xml_text(b, "TO_YEAR")};
        bool about = as_str_eq_nocase(as_xml_text(b, "TYPE_OF_DATE"),
                                      AS_STR("APPROXIMATELY"));
        birth(m, about, as_xml_text(b, "DATE"));
        birth(m, about, as_xml_text(b, "YEAR"));
        if (span[0].p && span[1].p)
            as_make_birth(m, as_make_joined(m, span, 2, " to "));
    }
}

static void read_documents(as_party_make *m, const as_xml_node *row)
{
    const as_xml_node *d = as_xml_first(row, "INDIVIDUAL_DOCUMENT");

    for (; d; d = as_xml_next(d)) {
        as_str type = as_xml_text(d, "TYPE_OF_DOCUMENT");
        as_str country = as_xml_text(d, "ISSUING_COUNTRY");
        as_make_id(m, as_make_scheme(type), as_xml_text(d, "NUMBER"),
                   country.p ? country : as_xml_text(d, "COUNTRY_OF_ISSUE"));
    }
}

/* The values under every child of that name. */
static void read_values(as_party_make *m, const as_xml_node *row,
                        const char *tag, const char *term)
{
    const as_xml_node *n = as_xml_first(row, tag);

    for (; n; n = as_xml_next(n)) {
        const as_xml_node *v = as_xml_first(n, "VALUE");
        for (; v; v = as_xml_next(v)) {
            if (term)
                as_make_term(m, term, v->text);
            else
                as_make_country(m, v->text);
        }
    }
}

static void read_row(as_xml_reader *r, const as_xml_node *row, bool person)
{
    as_party_make *m = &r->m;
    as_str id = as_xml_text(row, "REFERENCE_NUMBER");

    m->line = row->line;
    if (!as_make_begin(m, AS_STR("un"), id.p ? id : as_xml_text(row, "DATAID")))
        return;
    m->p.kind = person ? AS_PARTY_PERSON : AS_PARTY_ORGANISATION;
    read_names(m, row);
    read_aliases(m, row, person ? "INDIVIDUAL_ALIAS" : "ENTITY_ALIAS");
    read_addresses(m, row, person ? "INDIVIDUAL_ADDRESS" : "ENTITY_ADDRESS");
    read_values(m, row, "NATIONALITY", NULL);
    read_births(m, row);
    read_documents(m, row);
    as_make_term(m, "programme", as_xml_text(row, "UN_LIST_TYPE"));
    read_values(m, row, "DESIGNATION", "title");
    as_make_term(m, "remark", as_xml_text(row, "COMMENTS1"));
    m->p.from = as_make_date(m, as_xml_text(row, "LISTED_ON"), false);
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

static void read_rows(as_xml_reader *r)
{
    as_list_head head = {.source = AS_STR("un"),
                         .list = AS_STR("un"),
                         .title = AS_STR("United Nations Security Council "
                                         "consolidated list"),
                         .complete = true};
    as_str date = as_xml_value(r->root, "dateGenerated");
    const as_xml_node *n;
    as_date day;

    if (as_date_read_any(date, &day))
        head.date = as_date_str(r->tree, day);
    if (!as_make_list(&r->m, &head))
        return;
    n = as_xml_first(as_xml_first(r->root, "INDIVIDUALS"), "INDIVIDUAL");
    for (; n && !r->m.stop; n = as_xml_next(n))
        read_row(r, n, true);
    n = as_xml_first(as_xml_first(r->root, "ENTITIES"), "ENTITY");
    for (; n && !r->m.stop; n = as_xml_next(n))
        read_row(r, n, false);
}

static as_rc read_un(const as_feed_input *in, const as_feed_sink *sink,
                     as_err *err)
{
    return as_xml_list_read(in, sink, read_rows, err);
}

const as_importer as_un_importer = {AS_STR_INIT("un"), probe, read_un};
