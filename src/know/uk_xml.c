/* SPDX-License-Identifier: Apache-2.0 */
/* The UK Sanctions List in XML, of the Foreign, Commonwealth and Development
 * Office: Designations with DateGenerated and Designation; everything in
 * elements without attributes. A row's id is its UniqueID, as in the CSV
 * (uk.c).
 *
 * gov.uk, "The UK Sanctions List". */
#include "know/lists_xml_internal.h"

static bool probe(const as_feed_input *in)
{
    return as_xml_list_is(in, "Designations");
}

static const as_xml_node *each(const as_xml_node *n, const char *list,
                               const char *item)
{
    return as_xml_first(as_xml_first(n, list), item);
}

static as_str joined(as_party_make *m, const as_xml_node *n,
                     const char *const *keys, size_t n_keys,
                     const char *between)
{
    as_str parts[8];

    for (size_t i = 0; i < n_keys; i++)
        parts[i] = as_xml_text(n, keys[i]);
    return as_make_joined(m, parts, n_keys, between);
}

/* "Primary Name", "Primary Name Variation", "Alias"; low quality is said of
 * aliases. */
static void read_names(as_party_make *m, const as_xml_node *row, bool primary)
{
    static const char *const keys[] = {"Name1", "Name2", "Name3",
                                       "Name4", "Name5", "Name6"};
    const as_xml_node *n = each(row, "Names", "Name");

    for (; n; n = as_xml_next(n)) {
        bool is = as_str_eq_nocase(as_xml_text(n, "NameType"),
                                   AS_STR("Primary Name"));
        bool low = as_str_starts_nocase(as_xml_text(n, "AliasStrength"),
                                        AS_STR("low"));
        if (is != primary)
            continue;
        as_make_name(m,
                     m->p.n_names == 0 ? AS_PARTY_NAME_PRIMARY
                     : low             ? AS_PARTY_NAME_WEAK
                                       : AS_PARTY_NAME_ALIAS,
                     joined(m, n, keys, AS_ARRAY_LEN(keys), " "));
    }
}

static void read_scripts(as_party_make *m, const as_xml_node *row)
{
    const as_xml_node *n = each(row, "NonLatinNames", "NonLatinName");

    for (; n; n = as_xml_next(n))
        as_make_name_in(m, AS_PARTY_NAME_ALIAS,
                        as_xml_text(n, "NameNonLatinScript"),
                        as_xml_text(n, "NonLatinScriptLanguage"));
}

static void read_addresses(as_party_make *m, const as_xml_node *row)
{
    static const char *const keys[] = {
        "AddressLine1", "AddressLine2", "AddressLine3",     "AddressLine4",
        "AddressLine5", "AddressLine6", "AddressPostalCode"};
    const as_xml_node *n = each(row, "Addresses", "Address");

    for (; n; n = as_xml_next(n))
        as_make_address(m, joined(m, n, keys, AS_ARRAY_LEN(keys), ", "),
                        as_xml_text(n, "AddressCountry"));
}

/* Calls take with the text of each item, or of a child of it. */
static void
read_each(as_party_make *m, const as_xml_node *items, const char *child,
          void (*take)(as_party_make *m, const char *word, as_str text),
          const char *word)
{
    for (; items; items = as_xml_next(items))
        take(m, word, child ? as_xml_text(items, child) : items->text);
}

static void take_id(as_party_make *m, const char *scheme, as_str text)
{
    as_make_id(m, as_str_c(scheme), text, AS_ABSENT);
}

static void take_term(as_party_make *m, const char *key, as_str text)
{
    as_make_term(m, key, text);
}

static void take_birth(as_party_make *m, const char *word, as_str text)
{
    (void)word;
    as_make_birth(m, text);
}

static void take_country(as_party_make *m, const char *word, as_str text)
{
    (void)word;
    as_make_country(m, as_str_trim(text));
}

static void read_person(as_party_make *m, const as_xml_node *n)
{
    for (; n; n = as_xml_next(n)) {
        read_each(m, each(n, "DOBs", "DOB"), NULL, take_birth, NULL);
        read_each(m, each(n, "Nationalities", "Nationality"), NULL,
                  take_country, NULL);
        read_each(m, each(n, "Positions", "Position"), NULL, take_term,
                  "title");
        read_each(m, each(n, "PassportDetails", "Passport"), "PassportNumber",
                  take_id, "passport");
        read_each(m, each(n, "NationalIdentifierDetails", "NationalIdentifier"),
                  "NationalIdentifierNumber", take_id, "national-id");
    }
}

static void read_entity(as_party_make *m, const as_xml_node *n)
{
    for (; n; n = as_xml_next(n)) {
        read_each(m,
                  each(n, "BusinessRegistrationNumbers",
                       "BusinessRegistrationNumber"),
                  NULL, take_id, "registration");
        read_each(m, each(n, "ParentCompanies", "ParentCompany"), NULL,
                  take_term, "parent");
        read_each(m, each(n, "Subsidiaries", "Subsidiary"), NULL, take_term,
                  "subsidiaries");
    }
}

static void read_ship(as_party_make *m, const as_xml_node *n)
{
    for (; n; n = as_xml_next(n)) {
        read_each(m, each(n, "IMONumbers", "IMONumber"), NULL, take_id, "imo");
        read_each(m, each(n, "CurrentOwnerOperators", "CurrentOwnerOperator"),
                  NULL, take_term, "vessel-owner");
        read_each(
            m,
            each(n, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"),
            NULL, take_term, "flag");
    }
}

static void read_row(as_xml_reader *r, const as_xml_node *row)
{
    as_party_make *m = &r->m;
    as_str kind = as_xml_text(row, "IndividualEntityShip");

    m->line = row->line;
    if (!as_make_begin(m, AS_STR("uk"), as_xml_text(row, "UniqueID")))
        return;
    if (!m->p.id.n) {
        (void)as_make_refuse(m, AS_ABSENT, "the row has no number");
        return;
    }
    m->p.kind = as_uk_kind(kind);
    read_names(m, row, true);
    read_names(m, row, false);
    read_scripts(m, row);
    read_addresses(m, row);
    read_person(m, each(row, "IndividualDetails", "Individual"));
    read_entity(m, each(row, "EntityDetails", "Entity"));
    read_ship(m, each(row, "ShipDetails", "Ship"));
    as_make_term(m, "programme", as_xml_text(row, "RegimeName"));
    as_make_terms(m, "sanctions", as_xml_text(row, "SanctionsImposed"), '|');
    as_make_term(m, "remark", as_xml_text(row, "OtherInformation"));
    as_make_term(m, "un-id", as_xml_text(row, "UNReferenceNumber"));
    m->p.from = as_make_date(m, as_xml_text(row, "DateDesignated"), false);
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

static void read_rows(as_xml_reader *r)
{
    as_list_head head = {.source = AS_STR("uk"),
                         .list = AS_STR("uk"),
                         .title = AS_STR("United Kingdom sanctions list"),
                         .complete = true};
    const as_xml_node *n = as_xml_first(r->root, "Designation");

    if (!as_make_begin(&r->m, head.list, AS_ABSENT)) /* for the date */
        return;
    head.date = as_arena_str(
        r->tree,
        as_make_date(&r->m, as_xml_text(r->root, "DateGenerated"), false));
    if (!as_make_list(&r->m, &head))
        return;
    for (; n && !r->m.stop; n = as_xml_next(n))
        read_row(r, n);
}

static as_rc read_uk(const as_feed_input *in, const as_feed_sink *sink,
                     as_err *err)
{
    return as_xml_list_read(in, sink, read_rows, err);
}

const as_importer as_uk_xml_importer = {AS_STR_INIT("uk-xml"), probe, read_uk};
