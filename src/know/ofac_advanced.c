/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of the US Office of Foreign Assets Control in the advanced form
 * (SDN_ADVANCED.XML, CONS_ADVANCED.XML), some 110 MB:
 *
 *   Sanctions
 *     DateOfIssue, ReferenceValueSets, Locations, IDRegDocuments
 *     DistinctParties / DistinctParty / Profile
 *       Identity / Alias (type, LowQuality) / DocumentedName (one a script)
 *                  / NamePartValue, whose kinds stand in NamePartGroups
 *       Feature / FeatureVersion (birth, place, nationality, flag ...)
 *     ProfileRelationships, SanctionsEntries
 *
 * Two passes over the bytes: what parties refer to (ofac_reference.c), then the
 * parties one at a time. Names are put together as in SDN.XML: "LAST, First".
 * Ids are those of sdn.csv. What a feature says that has no place in a row
 * becomes a remark.
 *
 * OFAC, "Advanced Sanctions Data Model: explanatory documentation". */
#include "know/lists_xml_internal.h"
#include "know/ofac_internal.h"
#include "know/ofac_reference_internal.h"
#include "know/xml_records_internal.h"

struct reading {
    as_party_make m;
    as_ofac_reference ref;
    as_str list;
};

static bool probe(const as_feed_input *in)
{
    return as_xml_list_is(in, "Sanctions") &&
           as_str_search(as_str_of((const char *)in->bytes.p,
                                   in->bytes.n < 65536 ? in->bytes.n : 65536),
                         AS_STR("ReferenceValueSets")) < 65536;
}

static bool is_true(const as_xml_node *n, const char *name)
{
    return as_str_eq(as_xml_value(n, name), AS_STR("true"));
}

/* ---- names ------------------------------------------------------------------
 */

/* "Last Name" ... of a group of parts. */
static as_str part_type(struct reading *r, const as_xml_node *identity,
                        as_str group)
{
    const as_xml_node *master = as_xml_first(
        as_xml_first(identity, "NamePartGroups"), "MasterNamePartGroup");

    for (; master; master = as_xml_next(master)) {
        const as_xml_node *g = as_xml_first(master, "NamePartGroup");
        for (; g; g = as_xml_next(g))
            if (as_str_eq(as_xml_value(g, "ID"), group))
                return as_ofac_text_of(&r->ref, "NamePartType",
                                       as_xml_value(g, "NamePartTypeID"));
    }
    return AS_ABSENT;
}

/* The last name stands in front, with a comma behind it in Latin script. */
static as_str whole_name(struct reading *r, const as_xml_node *identity,
                         const as_xml_node *name, as_str *script)
{
    as_str last[8], first[8], texts[2];
    size_t n_last = 0, n_first = 0;
    const as_xml_node *n = as_xml_first(name, "DocumentedNamePart");

    *script = AS_ABSENT;
    for (; n; n = as_xml_next(n)) {
        const as_xml_node *v = as_xml_first(n, "NamePartValue");
        as_str type =
            part_type(r, identity, as_xml_value(v, "NamePartGroupID"));
        as_str text = v ? as_str_trim(v->text) : AS_ABSENT;
        if (!script->p)
            *script =
                as_ofac_text_of(&r->ref, "Script", as_xml_value(v, "ScriptID"));
        if (as_str_eq(type, AS_STR("Last Name")) && n_last < 8)
            last[n_last++] = text;
        else if (n_first < 8)
            first[n_first++] = text;
    }
    texts[0] = as_make_joined(&r->m, last, n_last, " ");
    texts[1] = as_make_joined(&r->m, first, n_first, " ");
    return as_make_joined(
        &r->m, texts, 2,
        as_str_is_empty(*script) || as_str_eq(*script, AS_STR("Latin")) ? ", "
                                                                        : " ");
}

static as_party_name_kind kind_of(struct reading *r, const as_xml_node *alias)
{
    as_str type = as_ofac_text_of(&r->ref, "AliasType",
                                  as_xml_value(alias, "AliasTypeID"));

    if (is_true(alias, "LowQuality"))
        return AS_PARTY_NAME_WEAK;
    return as_str_starts_nocase(type, AS_STR("F.K.A")) ? AS_PARTY_NAME_FORMER
                                                       : AS_PARTY_NAME_ALIAS;
}

/* The primary ones or the others: the first name of a row is its primary one.
 */
static void read_aliases(struct reading *r, const as_xml_node *identity,
                         bool primary)
{
    const as_xml_node *a = as_xml_first(identity, "Alias"), *n;

    for (; a; a = as_xml_next(a)) {
        if (is_true(a, "Primary") != primary)
            continue;
        for (n = as_xml_first(a, "DocumentedName"); n; n = as_xml_next(n)) {
            as_str script, text = whole_name(r, identity, n, &script);
            as_make_name_in(
                &r->m, r->m.p.n_names ? kind_of(r, a) : AS_PARTY_NAME_PRIMARY,
                text, as_str_eq(script, AS_STR("Latin")) ? AS_ABSENT : script);
        }
    }
}

static void read_documents(struct reading *r, const as_xml_node *identity)
{
    size_t n;
    const as_ofac_document *d =
        as_ofac_documents_of(&r->ref, as_xml_value(identity, "ID"), &n);

    for (size_t i = 0; i < n; i++) {
        as_str scheme = as_make_scheme(d[i].type);
        const as_str parts[] = {d[i].type, d[i].number};
        if (as_str_eq(scheme, AS_STR("other")))
            as_make_term(&r->m, "remark",
                         as_make_joined(&r->m, parts, 2, ": "));
        else
            as_make_id(&r->m, scheme, d[i].number, d[i].country);
    }
}

/* ---- features ---------------------------------------------------------------
 */

/* The days between which a birth lies, or the day. */
static void read_birth(struct reading *r, const as_xml_node *period)
{
    const as_xml_node *start = as_xml_first(period, "Start");
    const as_xml_node *end = as_xml_first(period, "End");
    as_arena *a = r->m.arena;
    as_str first = as_ofac_day(a, as_xml_first(start, "From"));
    as_str last = as_ofac_day(a, as_xml_first(end, "To"));
    bool about = is_true(start, "Approximate") || is_true(end, "Approximate");

    if (!first.p || !last.p)
        first = first.p ? first : last;
    else if (as_str_ends(first, AS_STR("-01-01")) &&
             as_str_ends(last, AS_STR("-12-31")) &&
             as_str_starts(last, as_str_slice(first, 0, 4)))
        first = as_str_slice(first, 0, 4); /* a year that is all they know */
    else if (!as_str_eq(first, last))
        first = as_arena_printf(a, "%.*s to %.*s", AS_FMT(first), AS_FMT(last));
    if (first.p)
        as_make_birth(&r->m,
                      about ? as_arena_printf(a, "circa %.*s", AS_FMT(first))
                            : first);
}

static as_str detail_of(struct reading *r, const as_xml_node *version)
{
    const as_xml_node *n = as_xml_first(version, "VersionDetail");
    as_str id = as_xml_value(n, "DetailReferenceID");
    as_str text = n ? as_str_trim(n->text) : AS_ABSENT;

    return id.p ? as_ofac_text_of(&r->ref, "DetailReference", id) : text;
}

static void read_detail(struct reading *r, as_str label, as_str detail)
{
    const as_str parts[] = {label, detail};
    const char *term = as_ofac_term_feature(label);
    as_str scheme = as_ofac_id_feature(label);

    if (scheme.p)
        as_make_id(&r->m, scheme, detail, AS_ABSENT);
    else if (term)
        as_make_term(&r->m, term, detail);
    else if (detail.n)
        as_make_term(&r->m, "remark", as_make_joined(&r->m, parts, 2, ": "));
}

/* "Location" is an address; of nationality and registration the country
 * counts; anything else about a place is a remark. */
static void read_place(struct reading *r, as_str label,
                       const as_ofac_place *place)
{
    const as_str parts[] = {place->text, place->country};

    if (as_str_eq(label, AS_STR("Location")))
        as_make_address(&r->m, place->text, place->country);
    else if (as_str_starts_nocase(label, AS_STR("Nationality")) ||
             as_str_starts_nocase(label, AS_STR("Citizenship")) ||
             as_str_starts_nocase(label, AS_STR("Registration")))
        as_make_country(&r->m, place->country);
    else
        read_detail(r, label, as_make_joined(&r->m, parts, 2, ", "));
}

static void read_feature(struct reading *r, const as_xml_node *feature)
{
    as_str label = as_str_trim(as_ofac_text_of(
        &r->ref, "FeatureType", as_xml_value(feature, "FeatureTypeID")));
    const as_xml_node *v = as_xml_first(feature, "FeatureVersion");

    while (as_str_ends(label, AS_STR(":")) || as_str_ends(label, AS_STR("-")))
        label = as_str_trim(as_str_slice(label, 0, label.n - 1));
    for (; v; v = as_xml_next(v)) {
        const as_xml_node *period = as_xml_first(v, "DatePeriod");
        const as_ofac_place *place = as_ofac_place_of(
            &r->ref,
            as_xml_value(as_xml_first(v, "VersionLocation"), "LocationID"));
        as_str detail = detail_of(r, v);
        if (as_str_eq(label, AS_STR("Birthdate")))
            read_birth(r, period);
        else if (place)
            read_place(r, label, place);
        else if (!detail.n && period)
            read_detail(r, label,
                        as_ofac_day(r->m.arena,
                                    as_xml_first(as_xml_first(period, "Start"),
                                                 "From")));
        else
            read_detail(r, label, detail);
    }
}

/* ---- a party ----------------------------------------------------------------
 */

static as_party_kind party_kind(struct reading *r, const as_xml_node *profile)
{
    const as_ofac_value *sub = as_ofac_value_of(
        &r->ref, "PartySubType", as_xml_value(profile, "PartySubTypeID"));

    if (!sub)
        return AS_PARTY_UNKNOWN;
    if (as_str_eq_nocase(sub->text, AS_STR("Vessel")) ||
        as_str_eq_nocase(sub->text, AS_STR("Aircraft")))
        return as_ofac_kind(sub->text);
    return as_ofac_kind(as_ofac_text_of(&r->ref, "PartyType", sub->more));
}

static void read_listing(struct reading *r, as_str profile)
{
    size_t n;
    const as_ofac_entry *e = as_ofac_entries_of(&r->ref, profile, &n);

    for (size_t i = 0; i < n; i++) {
        if (e[i].term)
            as_make_term(&r->m, e[i].term, e[i].value);
        else if (!r->m.p.from.p)
            r->m.p.from = e[i].value; /* the earliest stands first */
    }
}

static void read_relations(struct reading *r, as_str profile)
{
    size_t n;
    const as_ofac_relation *t = as_ofac_relations_of(&r->ref, profile, &n);

    for (size_t i = 0; i < n; i++) {
        as_party_tie *tie = as_make_tie(&r->m, t[i].kind);
        if (!tie)
            return;
        tie->list = r->list;
        tie->id =
            as_arena_printf(r->m.arena, "%llu", (unsigned long long)t[i].other);
    }
}

static void read_party(struct reading *r, const as_xml_node *party)
{
    const as_xml_node *profile = as_xml_first(party, "Profile"), *n;
    as_str id = as_xml_value(profile, "ID");

    if (!as_make_begin(&r->m, r->list, id))
        return;
    if (!id.p) {
        (void)as_make_refuse(&r->m, AS_ABSENT, "the party has no profile");
        return;
    }
    r->m.p.kind = party_kind(r, profile);
    for (n = as_xml_first(profile, "Identity"); n; n = as_xml_next(n)) {
        read_aliases(r, n, true);
        read_aliases(r, n, false);
        read_documents(r, n);
    }
    for (n = as_xml_first(profile, "Feature"); n; n = as_xml_next(n))
        read_feature(r, n);
    as_make_term(&r->m, "remark", as_xml_text(party, "Comment"));
    read_listing(r, id);
    read_relations(r, id);
    (void)as_make_end(&r->m, AS_PARTY_WHOLE);
}

/* ---- the file ---------------------------------------------------------------
 */

static void read_parties(struct reading *r, as_span bytes)
{
    static const char *const tags[] = {"DistinctParty", NULL};
    const as_xml_node *n;
    as_xml_records x;
    as_err err;

    as_err_init(&err);
    if (!as_xml_records_open(&x, bytes, tags))
        return;
    while (!r->m.stop && as_xml_records_next(&x, &n, &err)) {
        r->m.line = x.line + 1;
        if (n)
            read_party(r, n);
        else
            (void)as_make_refuse(&r->m, AS_ABSENT, "the party is no XML");
    }
    as_xml_records_close(&x);
}

static void read_list(struct reading *r, const as_feed_input *in)
{
    as_list_head head = {.source = AS_STR("us-ofac/SDN"),
                         .title = AS_STR("Specially Designated Nationals and "
                                         "Blocked Persons"),
                         .complete = true,
                         .date = r->ref.date.n == 10 ? r->ref.date : AS_ABSENT};

    if (r->ref.n_entries ? !r->ref.sdn : as_ofac_is_consolidated(in->name)) {
        head.source = AS_STR("us-ofac/CONS");
        head.title = AS_STR("OFAC consolidated lists other than the SDN list");
    }
    head.list = r->list = head.source;
    if (!as_make_list(&r->m, &head))
        return;
    if (r->ref.bad)
        (void)as_make_refuse(&r->m, AS_ABSENT,
                             "records that parties refer to are no XML");
    read_parties(r, in->bytes);
}

static as_rc read_advanced(const as_feed_input *in, const as_feed_sink *sink,
                           as_err *err)
{
    static const as_xml_handler nothing = {NULL, NULL, NULL};
    struct reading r = {.m = {.sink = sink}};
    as_rc rc = as_xml_read(in->bytes, NULL, &nothing, NULL, err);

    if (!rc && !as_ofac_reference_read(&r.ref, in->bytes))
        rc = as_fail(err, AS_ERR_LIMIT, "the list takes too much memory");
    if (!rc)
        read_list(&r, in);
    as_make_done(&r.m);
    as_ofac_reference_done(&r.ref);
    return rc;
}

const as_importer as_ofac_advanced_importer = {AS_STR_INIT("us-ofac-advanced"),
                                               probe, read_advanced};
