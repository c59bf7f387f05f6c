/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of the US Office of Foreign Assets Control in its plain XML
 * (SDN.XML, CONSOLIDATED.XML): sdnList with publshInformation (so spelt) and
 * sdnEntry. Its other forms: ofac_advanced.c, ofac_enhanced.c.
 *
 * OFAC, "sdn.xsd". */
#include "base/date.h"
#include "know/lists_xml_internal.h"
#include "know/ofac_internal.h"

#include <inttypes.h>

static bool probe(const as_feed_input *in)
{
    return as_xml_list_is(in, "sdnList");
}

static as_str whole_name(as_party_make *m, const as_xml_node *n)
{
    const as_str parts[] = {as_xml_text(n, "lastName"),
                            as_xml_text(n, "firstName")};

    return as_make_joined(m, parts, 2, ", ");
}

static void read_aliases(as_party_make *m, const as_xml_node *row)
{
    const as_xml_node *n = as_xml_first(as_xml_first(row, "akaList"), "aka");

    for (; n; n = as_xml_next(n)) {
        as_party_name_kind kind = AS_PARTY_NAME_ALIAS;
        if (as_str_starts_nocase(as_xml_text(n, "type"), AS_STR("f")))
            kind = AS_PARTY_NAME_FORMER;
        if (as_str_eq_nocase(as_xml_text(n, "category"), AS_STR("weak")))
            kind = AS_PARTY_NAME_WEAK;
        as_make_name(m, kind, whole_name(m, n));
    }
}

static void read_addresses(as_party_make *m, const as_xml_node *row)
{
    static const char *const keys[] = {"address1",        "address2",
                                       "address3",        "city",
                                       "stateOrProvince", "postalCode"};
    const as_xml_node *n =
        as_xml_first(as_xml_first(row, "addressList"), "address");

    for (; n; n = as_xml_next(n)) {
        as_str parts[AS_ARRAY_LEN(keys)];
        for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
            parts[i] = as_xml_text(n, keys[i]);
        as_make_address(m, as_make_joined(m, parts, AS_ARRAY_LEN(keys), ", "),
                        as_xml_text(n, "country"));
    }
}

static void read_ids(as_party_make *m, const as_xml_node *row)
{
    const as_xml_node *n = as_xml_first(as_xml_first(row, "idList"), "id");

    for (; n; n = as_xml_next(n)) {
        as_str type = as_xml_text(n, "idType");
        as_str number = as_xml_text(n, "idNumber");
        as_str scheme = as_make_scheme(type);
        const as_str parts[] = {type, number};
        if (as_str_eq(scheme, AS_STR("other")))
            as_make_term(m, "remark", as_make_joined(m, parts, 2, ": "));
        else
            as_make_id(m, scheme, number, as_xml_text(n, "idCountry"));
    }
}

static void read_person(as_party_make *m, const as_xml_node *row)
{
    static const char *const lists[][2] = {{"nationalityList", "nationality"},
                                           {"citizenshipList", "citizenship"}};
    const as_xml_node *n;

    for (size_t i = 0; i < AS_ARRAY_LEN(lists); i++) {
        n = as_xml_first(as_xml_first(row, lists[i][0]), lists[i][1]);
        for (; n; n = as_xml_next(n))
            as_make_country(m, as_xml_text(n, "country"));
    }
    n = as_xml_first(as_xml_first(row, "dateOfBirthList"), "dateOfBirthItem");
    for (; n; n = as_xml_next(n)) {
        as_make_birth(m, as_xml_text(n, "dateOfBirth"));
    }
}

static void read_entry(as_xml_reader *r, const as_xml_node *row, as_str list)
{
    as_party_make *m = &r->m;
    const as_xml_node *n;

    m->line = row->line;
    if (!as_make_begin(m, list, as_xml_text(row, "uid")))
        return;
    m->p.kind = as_ofac_kind(as_xml_text(row, "sdnType"));
    as_make_name(m, AS_PARTY_NAME_PRIMARY, whole_name(m, row));
    read_aliases(m, row);
    read_addresses(m, row);
    read_ids(m, row);
    read_person(m, row);
    n = as_xml_first(as_xml_first(row, "programList"), "program");
    for (; n; n = as_xml_next(n))
        as_make_term(m, "programme", n->text);
    as_make_term(m, "title", as_xml_text(row, "title"));
    n = as_xml_first(row, "vesselInfo");
    as_make_term(m, "flag", as_xml_text(n, "vesselFlag"));
    as_make_term(m, "vessel-owner", as_xml_text(n, "vesselOwner"));
    as_ofac_remarks(m, as_xml_text(row, "remarks"));
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

static void read_rows(as_xml_reader *r)
{
    const as_xml_node *info = as_xml_first(r->root, "publshInformation");
    as_list_head head = {.source = AS_STR("us-ofac/SDN"),
                         .title = AS_STR("Specially Designated Nationals and "
                                         "Blocked Persons"),
                         .complete = true};
    const as_xml_node *n;
    uint64_t said = 0, rows = 0;

    if (r->consolidated) {
        head.source = AS_STR("us-ofac/CONS");
        head.title = AS_STR("OFAC consolidated lists other than the SDN list");
    }
    head.list = head.source;
    r->m.arena = as_arena_new(AS_LIMIT_RECORD_BYTES); /* for the date */
    if (r->m.arena)
        head.date = as_arena_str(
            r->tree,
            as_make_date(&r->m, as_xml_text(info, "Publish_Date"), true));
    if (!as_make_list(&r->m, &head))
        return;
    n = as_xml_first(r->root, "sdnEntry");
    for (; n && !r->m.stop; n = as_xml_next(n), rows++)
        read_entry(r, n, head.list);
    if (as_str_u64(as_xml_text(info, "Record_Count"), &said) && said != rows)
        as_make_cut(&r->m,
                    "it says that it has %" PRIu64 " rows and has %" PRIu64,
                    said, rows);
}

static as_rc read_ofac_xml(const as_feed_input *in, const as_feed_sink *sink,
                           as_err *err)
{
    return as_xml_list_read(in, sink, read_rows, err);
}

const as_importer as_ofac_xml_importer = {AS_STR_INIT("us-ofac-xml"), probe,
                                          read_ofac_xml};
