/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of the US Office of Foreign Assets Control in the enhanced form
 * (SDN_ENHANCED.XML, CONS_ENHANCED.XML), some 110 MB, every value spelt out
 * where it is used:
 *
 *   sanctionsData
 *     publicationInfo (dataAsOf)
 *     entities / entity (id: that of sdn.csv)
 *       generalInfo, sanctionsLists, sanctionsPrograms, legalAuthorities
 *       names / name (isPrimary, aliasType, isLowQuality)
 *                    / translations / translation (script, formattedFullName)
 *       addresses, features, identityDocuments, relationships
 *
 * One entity at a time. A birth is taken from the text of its feature, which
 * keeps what is not known ("1951"); its dates fill that up.
 *
 * OFAC, "ENHANCED_XML.xsd". */
#include "base/date.h"
#include "know/lists_xml_internal.h"
#include "know/ofac_internal.h"
#include "know/ofac_reference_internal.h"
#include "know/xml_records_internal.h"

struct reading {
    as_party_make m;
    as_arena *file;
    as_str list, date;
    size_t n_entities, n_sdn; /* of the first pass */
};

static bool probe(const as_feed_input *in)
{
    return as_xml_list_is(in, "sanctionsData");
}

static bool is_true(const as_xml_node *n, const char *name)
{
    return as_str_eq(as_xml_text(n, name), AS_STR("true"));
}

static const as_xml_node *each(const as_xml_node *n, const char *list,
                               const char *item)
{
    return as_xml_first(as_xml_first(n, list), item);
}

/* ---- parts of an entity
 * ------------------------------------------------------ */

static as_party_name_kind kind_of(const as_xml_node *name)
{
    as_str type = as_xml_text(name, "aliasType");

    if (is_true(name, "isLowQuality"))
        return AS_PARTY_NAME_WEAK;
    return as_str_starts_nocase(type, AS_STR("F.K.A")) ? AS_PARTY_NAME_FORMER
                                                       : AS_PARTY_NAME_ALIAS;
}

static as_str full_name(as_party_make *m, const as_xml_node *t)
{
    as_str full = as_xml_text(t, "formattedFullName");
    const as_str parts[] = {as_xml_text(t, "formattedLastName"),
                            as_xml_text(t, "formattedFirstName")};

    return full.p ? full : as_make_joined(m, parts, 2, ", ");
}

static void read_names(as_party_make *m, const as_xml_node *entity,
                       bool primary)
{
    const as_xml_node *n = each(entity, "names", "name"), *t;

    for (; n; n = as_xml_next(n)) {
        if (is_true(n, "isPrimary") != primary)
            continue;
        t = each(n, "translations", "translation");
        for (; t; t = as_xml_next(t)) {
            as_str script = as_xml_text(t, "script");
            as_make_name_in(
                m, m->p.n_names ? kind_of(n) : AS_PARTY_NAME_PRIMARY,
                full_name(m, t),
                as_str_eq(script, AS_STR("Latin")) ? AS_ABSENT : script);
        }
    }
}

static void read_address(as_party_make *m, const as_xml_node *address)
{
    const as_xml_node *t = each(address, "translations", "translation"), *p;
    as_str parts[16];
    size_t n = 0;

    for (; t && !is_true(t, "isPrimary") && as_xml_next(t); t = as_xml_next(t))
        ;
    for (p = each(t, "addressParts", "addressPart"); p && n < 16;
         p = as_xml_next(p))
        parts[n++] = as_xml_text(p, "value");
    as_make_address(m, as_make_joined(m, parts, n, ", "),
                    as_xml_text(address, "country"));
}

static void read_documents(as_party_make *m, const as_xml_node *entity)
{
    const as_xml_node *d =
        each(entity, "identityDocuments", "identityDocument");

    for (; d; d = as_xml_next(d)) {
        as_str type = as_xml_text(d, "type");
        as_str number = as_xml_text(d, "documentNumber");
        as_str scheme = as_make_scheme(type);
        const as_str parts[] = {type, number};
        if (as_str_eq(scheme, AS_STR("other")))
            as_make_term(m, "remark", as_make_joined(m, parts, 2, ": "));
        else
            as_make_id(m, scheme, number, as_xml_text(d, "issuingCountry"));
    }
}

/* ---- features
 * ---------------------------------------------------------------- */

static void read_birth(as_party_make *m, const as_xml_node *feature)
{
    const as_xml_node *d = as_xml_first(feature, "valueDate");
    as_str value = as_xml_text(feature, "value");
    const as_str ends[] = {as_xml_text(d, "fromDateBegin"),
                           as_xml_text(d, "toDateEnd")};

    if (value.p)
        as_make_birth(m, value);
    else if (!ends[1].p || as_str_eq(ends[0], ends[1]))
        as_make_birth(m, ends[0]);
    else
        as_make_birth(m, as_make_joined(m, ends, 2, " to "));
}

static bool is_country(as_str label)
{
    return as_str_starts_nocase(label, AS_STR("Nationality")) ||
           as_str_starts_nocase(label, AS_STR("Citizenship")) ||
           as_str_starts_nocase(label, AS_STR("Registration Country"));
}

static void read_feature(as_party_make *m, const as_xml_node *feature)
{
    as_str label = as_xml_text(feature, "type");
    as_str value = as_xml_text(feature, "value");
    as_str parts[2];

    while (as_str_ends(label, AS_STR(":")) || as_str_ends(label, AS_STR("-")))
        label = as_str_trim(as_str_slice(label, 0, label.n - 1));
    parts[0] = label;
    parts[1] = value;
    if (as_str_eq_nocase(label, AS_STR("Birthdate")))
        read_birth(m, feature);
    else if (is_country(label))
        as_make_country(m, value);
    else if (as_ofac_id_feature(label).p)
        as_make_id(m, as_ofac_id_feature(label), value, AS_ABSENT);
    else if (as_ofac_term_feature(label))
        as_make_term(m, as_ofac_term_feature(label), value);
    else if (value.p)
        as_make_term(m, "remark", as_make_joined(m, parts, 2, ": "));
}

/* ---- relations
 * ----------------------------------------------------------------
 */

/* "Owns ..." makes the other party the owned one: that is a tie of the other,
 * told behind this row. */
static void read_relations(struct reading *r, const as_xml_node *entity,
                           bool others)
{
    const as_xml_node *n = each(entity, "relationships", "relationship");

    for (; n; n = as_xml_next(n)) {
        const as_xml_node *other = as_xml_first(n, "relatedEntity");
        as_str id = as_xml_value(other, "entityId");
        bool reversed;
        as_party_tie_kind kind =
            as_ofac_tie_kind(as_xml_text(n, "type"), &reversed);
        as_party_tie *tie;
        if (!id.p || is_true(n, "isFormer") || reversed != others)
            continue;
        if (others && !as_make_begin(&r->m, r->list, id))
            return;
        tie = as_make_tie(&r->m, kind);
        if (!tie)
            return;
        tie->list = r->list;
        tie->id = others ? as_xml_value(entity, "id") : id;
        tie->name = others ? AS_ABSENT
                           : as_feed_text(r->m.arena, other->text,
                                          AS_LIMIT_RECORD_NAME);
        if (others)
            (void)as_make_end(&r->m, AS_PARTY_TIES);
    }
}

/* ---- an entity
 * ----------------------------------------------------------------
 */

static void read_terms(as_party_make *m, const as_xml_node *entity)
{
    static const char *const terms[][3] = {
        {"sanctionsPrograms", "sanctionsProgram", "programme"},
        {"sanctionsLists", "sanctionsList", "sanctions-list"},
        {"legalAuthorities", "legalAuthority", "citation"},
    };
    const as_xml_node *info = as_xml_first(entity, "generalInfo"), *n;

    for (size_t i = 0; i < AS_ARRAY_LEN(terms); i++)
        for (n = each(entity, terms[i][0], terms[i][1]); n; n = as_xml_next(n))
            as_make_term(m, terms[i][2], n->text);
    as_make_term(m, "title", as_xml_text(info, "title"));
    as_make_term(m, "remark", as_xml_text(info, "remarks"));
    for (n = each(entity, "sanctionsLists", "sanctionsList"); n;
         n = as_xml_next(n)) {
        as_str day = as_make_date(m, as_xml_value(n, "datePublished"), false);
        if (day.p && (!m->p.from.p || as_str_cmp(day, m->p.from) < 0))
            m->p.from = day;
    }
}

static void read_entity(struct reading *r, const as_xml_node *entity)
{
    as_party_make *m = &r->m;
    as_str id = as_xml_value(entity, "id");
    const as_xml_node *n;

    if (!as_make_begin(m, r->list, id))
        return;
    if (!id.p) {
        (void)as_make_refuse(m, AS_ABSENT, "the entity has no id");
        return;
    }
    m->p.kind = as_ofac_kind(
        as_xml_text(as_xml_first(entity, "generalInfo"), "entityType"));
    read_names(m, entity, true);
    read_names(m, entity, false);
    for (n = each(entity, "addresses", "address"); n; n = as_xml_next(n))
        read_address(m, n);
    for (n = each(entity, "features", "feature"); n; n = as_xml_next(n))
        read_feature(m, n);
    read_documents(m, entity);
    read_terms(m, entity);
    read_relations(r, entity, false);
    if (as_make_end(m, AS_PARTY_WHOLE))
        read_relations(r, entity, true);
}

/* ---- the file
 * ------------------------------------------------------------------
 */

/* Which list it is, and of which day: by the filters, else by the entities. */
static void look(struct reading *r, as_span bytes)
{
    static const char *const tags[] = {"publicationInfo", NULL};
    const as_xml_node *n, *l;
    as_xml_records x;
    as_err err;

    as_err_init(&err);
    if (!as_xml_records_open(&x, bytes, tags))
        return;
    if (as_xml_records_next(&x, &n, &err) && n) {
        as_date day;
        if (as_date_read_any(as_xml_text(n, "dataAsOf"), &day))
            r->date = as_date_str(r->file, day);
        l = each(as_xml_first(n, "filters"), "sanctionsLists", "sanctionsList");
        for (; l; l = as_xml_next(l), r->n_entities++)
            r->n_sdn +=
                as_str_starts_nocase(as_str_trim(l->text), AS_STR("SDN"));
    }
    as_xml_records_close(&x);
}

static void read_entities(struct reading *r, as_span bytes)
{
    static const char *const tags[] = {"entity", NULL};
    const as_xml_node *n;
    as_xml_records x;
    as_err err;

    as_err_init(&err);
    if (!as_xml_records_open(&x, bytes, tags))
        return;
    while (!r->m.stop && as_xml_records_next(&x, &n, &err)) {
        r->m.line = x.line + 1;
        if (n)
            read_entity(r, n);
        else
            (void)as_make_refuse(&r->m, AS_ABSENT, "the entity is no XML");
    }
    as_xml_records_close(&x);
}

static void read_list(struct reading *r, const as_feed_input *in)
{
    as_list_head head = {.source = AS_STR("us-ofac/SDN"),
                         .title = AS_STR("Specially Designated Nationals and "
                                         "Blocked Persons"),
                         .complete = true};

    look(r, in->bytes);
    if (r->n_entities ? !r->n_sdn : as_ofac_is_consolidated(in->name)) {
        head.source = AS_STR("us-ofac/CONS");
        head.title = AS_STR("OFAC consolidated lists other than the SDN list");
    }
    head.list = r->list = head.source;
    head.date = r->date;
    if (as_make_list(&r->m, &head))
        read_entities(r, in->bytes);
}

static as_rc read_enhanced(const as_feed_input *in, const as_feed_sink *sink,
                           as_err *err)
{
    static const as_xml_handler nothing = {NULL, NULL, NULL};
    struct reading r = {.m = {.sink = sink},
                        .file = as_arena_new(AS_LIMIT_RECORD_BYTES)};
    as_rc rc = as_xml_read(in->bytes, NULL, &nothing, NULL, err);

    if (!rc && !r.file)
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to read the list");
    if (!rc)
        read_list(&r, in);
    as_make_done(&r.m);
    as_arena_free(r.file);
    return rc;
}

const as_importer as_ofac_enhanced_importer = {AS_STR_INIT("us-ofac-enhanced"),
                                               probe, read_enhanced};
