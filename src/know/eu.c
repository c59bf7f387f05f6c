/* SPDX-License-Identifier: Apache-2.0 */
/* The consolidated list of financial sanctions of the European Union, XML 1.1
 * (export/sanctionEntity, everything in attributes) and CSV (";" between, one
 * row a combination of name, address, birth ... of an entity). A row's id is
 * its EU reference number, else its logical id. Names that the list does not
 * call strong are weak.
 *
 * European Commission, "Financial Sanctions Files: XSD 1.1". */
#include "base/date.h"
#include "know/lists_xml_internal.h"
#include "know/table_internal.h"

static const as_list_head eu_head = {
    .source = AS_STR_INIT("eu"),
    .list = AS_STR_INIT("eu"),
    .title = AS_STR_INIT("European Union consolidated financial sanctions"),
    .complete = true};

static const char *const words[] = {"fileGenerationDate", "Entity_LogicalId",
                                    "NameAlias_WholeName", NULL};

static bool probe(const as_feed_input *in)
{
    if (in->syntax == AS_SYNTAX_TEXT && as_table_has(in->bytes, ';', words))
        return true;
    return as_xml_list_is(in, "sanctionEntity") ||
           (as_xml_list_is(in, "export") &&
            as_str_search(as_str_of((const char *)in->bytes.p,
                                    in->bytes.n < 4096 ? in->bytes.n : 4096),
                          AS_STR("generationDate")) < 4096);
}

static as_party_kind kind_of(as_str word)
{
    if (as_str_eq_nocase(word, AS_STR("person")) ||
        as_str_eq_nocase(word, AS_STR("P")))
        return AS_PARTY_PERSON;
    if (as_str_eq_nocase(word, AS_STR("enterprise")) ||
        as_str_eq_nocase(word, AS_STR("E")))
        return AS_PARTY_ORGANISATION;
    return AS_PARTY_UNKNOWN;
}

/* ---- XML -------------------------------------------------------------------
 */

static void read_names(as_party_make *m, const as_xml_node *row)
{
    const as_xml_node *n = as_xml_first(row, "nameAlias");
    bool first = true;

    for (; n; n = as_xml_next(n)) {
        as_str whole = as_xml_value(n, "wholeName");
        bool weak = as_str_eq(as_xml_value(n, "strong"), AS_STR("false"));
        as_party_name_kind kind =
            weak ? AS_PARTY_NAME_WEAK : AS_PARTY_NAME_ALIAS;
        if (!whole.p) {
            const as_str parts[] = {as_xml_value(n, "firstName"),
                                    as_xml_value(n, "middleName"),
                                    as_xml_value(n, "lastName")};
            whole = as_make_joined(m, parts, 3, " ");
        }
        if (as_str_is_empty(whole))
            continue;
        as_make_name_in(m, first ? AS_PARTY_NAME_PRIMARY : kind, whole,
                        as_xml_value(n, "nameLanguage"));
        as_make_term(m, "title", as_xml_value(n, "function"));
        first = false;
    }
}

static void read_places(as_party_make *m, const as_xml_node *row)
{
    static const char *const keys[] = {"street", "poBox",  "zipCode",
                                       "city",   "region", "place"};
    const as_xml_node *n = as_xml_first(row, "address");

    for (; n; n = as_xml_next(n)) {
        as_str parts[AS_ARRAY_LEN(keys)];
        for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
            parts[i] = as_xml_value(n, keys[i]);
        as_make_address(m, as_make_joined(m, parts, AS_ARRAY_LEN(keys), ", "),
                        as_xml_value(n, "countryIso2Code"));
    }
    n = as_xml_first(row, "citizenship");
    for (; n; n = as_xml_next(n))
        as_make_country(m, as_xml_value(n, "countryIso2Code"));
    n = as_xml_first(row, "birthdate");
    for (; n; n = as_xml_next(n)) {
        const as_str span[] = {as_xml_value(n, "yearRangeFrom"),
                               as_xml_value(n, "yearRangeTo")};
        bool about = as_str_eq(as_xml_value(n, "circa"), AS_STR("true"));
        as_str date = as_xml_value(n, "birthdate");
        const as_str parts[] = {about ? AS_STR("circa") : AS_ABSENT,
                                date.p ? date : as_xml_value(n, "year")};
        if (parts[1].p)
            as_make_birth(m, as_make_joined(m, parts, 2, " "));
        if (span[0].p && span[1].p)
            as_make_birth(m, as_make_joined(m, span, 2, " to "));
    }
}

static void read_documents(as_party_make *m, const as_xml_node *row)
{
    const as_xml_node *n = as_xml_first(row, "identification");

    for (; n; n = as_xml_next(n)) {
        as_str number = as_xml_value(n, "number");
        as_str type = as_xml_value(n, "identificationTypeDescription");
        as_make_id(
            m,
            as_make_scheme(type.p ? type
                                  : as_xml_value(n, "identificationTypeCode")),
            number.p ? number : as_xml_value(n, "latinNumber"),
            as_xml_value(n, "countryIso2Code"));
    }
}

static void read_regulation(as_party_make *m, const as_xml_node *row)
{
    const as_xml_node *n = as_xml_first(row, "regulation");

    for (; n; n = as_xml_next(n)) {
        as_make_term(m, "programme", as_xml_value(n, "programme"));
        as_make_term(m, "citation", as_xml_value(n, "numberTitle"));
        if (!m->p.url.p)
            m->p.url =
                as_feed_text(m->arena, as_xml_text(n, "publicationUrl"), 500);
        if (!m->p.from.p)
            m->p.from =
                as_make_date(m, as_xml_value(n, "entryIntoForceDate"), false);
    }
}

static void read_entity(as_xml_reader *r, const as_xml_node *row)
{
    as_party_make *m = &r->m;
    as_str id = as_xml_value(row, "euReferenceNumber");
    const as_xml_node *type = as_xml_first(row, "subjectType");
    const as_xml_node *n;

    m->line = row->line;
    if (!as_make_begin(m, eu_head.list,
                       id.p ? id : as_xml_value(row, "logicalId")))
        return;
    m->p.kind = kind_of(as_xml_value(type, "code"));
    read_names(m, row);
    read_places(m, row);
    read_documents(m, row);
    read_regulation(m, row);
    as_make_term(m, "designation", as_xml_value(row, "designationDetails"));
    as_make_term(m, "un-id", as_xml_value(row, "unitedNationId"));
    for (n = as_xml_first(row, "remark"); n; n = as_xml_next(n))
        as_make_term(m, "remark", n->text);
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

static void read_xml(as_xml_reader *r)
{
    as_list_head head = eu_head;
    as_str date = as_xml_value(r->root, "generationDate");
    const as_xml_node *n;
    as_date day;

    if (as_date_read_any(date, &day))
        head.date = as_date_str(r->tree, day);
    if (!as_make_list(&r->m, &head))
        return;
    n = as_xml_first(r->root, "sanctionEntity");
    for (; n && !r->m.stop; n = as_xml_next(n))
        read_entity(r, n);
}

/* ---- CSV -------------------------------------------------------------------
 */

static as_str id_of(const as_table *t)
{
    as_str id = as_table_get(t, "Entity_EU_ReferenceNumber");

    return id.p ? id : as_table_get(t, "Entity_LogicalId");
}

static void name_of_row(as_party_make *m, const as_table *t)
{
    as_str name = as_table_get(t, "NameAlias_WholeName");

    for (size_t i = 0; i < m->p.n_names; i++)
        if (as_str_eq(m->p.names[i].text, name))
            return;
    as_make_name_in(
        m, m->p.n_names ? AS_PARTY_NAME_ALIAS : AS_PARTY_NAME_PRIMARY,
        as_arena_str(m->arena, name),
        as_arena_str(m->arena, as_table_get(t, "NameAlias_NameLanguage")));
}

static as_str kept(as_party_make *m, const as_table *t, const char *word)
{
    return as_arena_str(m->arena, as_table_get(t, word));
}

/* One line of the row at hand: its texts are kept, the line goes. */
static void read_line(as_party_make *m, const as_table *t)
{
    const as_str address[] = {
        as_table_get(t, "Address_Street"), as_table_get(t, "Address_PoBox"),
        as_table_get(t, "Address_ZipCode"), as_table_get(t, "Address_City")};
    as_str country = kept(m, t, "Address_CountryIso2Code");
    as_str birth = kept(m, t, "BirthDate_BirthDate");

    name_of_row(m, t);
    as_make_address(m, as_make_joined(m, address, 4, ", "),
                    country.p ? country
                              : kept(m, t, "Address_CountryDescription"));
    as_make_country(m, kept(m, t, "Citizenship_CountryIso2Code"));
    as_make_birth(m, birth.p ? birth : kept(m, t, "BirthDate_Year"));
    as_make_id(
        m, as_make_scheme(as_table_get(t, "Identification_TypeDescription")),
        kept(m, t, "Identification_Number"),
        as_table_get(t, "Identification_CountryIso2Code"));
    as_make_term(m, "programme", kept(m, t, "Entity_Regulation_Programme"));
    as_make_term(m, "citation", kept(m, t, "Entity_Regulation_NumberTitle"));
    as_make_term(m, "title", kept(m, t, "NameAlias_Function"));
    as_make_term(m, "remark", kept(m, t, "Entity_Remark"));
    as_make_term(m, "un-id", kept(m, t, "Entity_UnitedNationId"));
}

static void begin_row(as_party_make *m, const as_table *t)
{
    as_str type = as_table_get(t, "Entity_SubjectType_ClassificationCode");

    if (!as_make_begin(m, eu_head.list, AS_ABSENT))
        return;
    m->p.id = as_arena_str(m->arena, id_of(t));
    m->p.kind = kind_of(type.p ? type : as_table_get(t, "Entity_SubjectType"));
    m->p.from = as_make_date(
        m, as_table_get(t, "Entity_Regulation_EntryIntoForceDate"), false);
    m->p.url = as_feed_text(
        m->arena, kept(m, t, "Entity_Regulation_PublicationUrl"), 500);
}

static void read_csv_row(as_party_make *m, const as_table *t, bool *open)
{
    as_str id = id_of(t);

    if (*open && !as_str_eq(m->p.id, id)) {
        (void)as_make_end(m, AS_PARTY_MERGED);
        *open = false;
    }
    if (!*open) {
        m->line = t->line;
        begin_row(m, t);
        *open = m->arena != NULL;
    }
    if (*open)
        read_line(m, t);
}

static void read_csv(as_party_make *m, as_span bytes)
{
    as_list_head head = eu_head;
    static const char *const more[] = {
        "Entity_SubjectType|Entity_SubjectType_ClassificationCode",
        "Address_CountryIso2Code|Address_CountryDescription",
        "BirthDate_BirthDate|BirthDate_Year", "Identification_Number", NULL};
    bool open = false, told = false;
    as_table t;

    if (!as_table_open(&t, bytes, ';'))
        return;
    while (!m->stop && as_table_next(&t)) {
        m->line = open ? m->line : t.line;
        if (!told) {
            head.date =
                as_make_date(m, as_table_get(&t, "fileGenerationDate"), false);
            told = as_make_list(m, &head);
        }
        if (t.unfinished || (t.n < t.n_header && t.csv.rest.n == 0)) {
            (void)as_make_refuse(m, AS_ABSENT, "the row is cut off");
            as_make_cut(m, "its last row, on line %llu, is cut off",
                        (unsigned long long)t.line);
        } else if (t.bad_text || !id_of(&t).p) {
            (void)as_make_refuse(m, AS_ABSENT,
                                 "the row has no id or is not valid UTF-8");
        } else {
            read_csv_row(m, &t, &open);
        }
    }
    if (open && !m->stop)
        (void)as_make_end(m, AS_PARTY_MERGED);
    if (told && !m->stop)
        as_make_columns(m, &t, more);
    as_table_close(&t);
}

static as_rc read_eu(const as_feed_input *in, const as_feed_sink *sink,
                     as_err *err)
{
    as_party_make m = {.sink = sink, .source = eu_head.source};

    if (!as_table_has(in->bytes, ';', words))
        return as_xml_list_read(in, sink, read_xml, err);
    if (!as_make_begin(&m, eu_head.list, AS_ABSENT)) /* for the date */
        return as_fail(err, AS_ERR_MEMORY, "no memory to read the list");
    read_csv(&m, in->bytes);
    as_make_done(&m);
    return AS_OK;
}

const as_importer as_eu_importer = {AS_STR_INIT("eu"), probe, read_eu};
