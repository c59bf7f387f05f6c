/* SPDX-License-Identifier: Apache-2.0 */
/* Entities of OpenSanctions and of anyone who writes FollowTheMoney: one JSON
 * object a line (entities.ftm.json), {id, caption, schema, properties: {name:
 * [...], ...}, datasets}. Parties of the schemata below become rows; Ownership,
 * Directorship and Succession become ties of the party they are about. Other
 * entities (addresses, sanctions, ...) are passed over and counted as refused
 * with that reason.
 *
 * followthemoney.tech, "Schema reference". */
#include "base/date.h"
#include "know/party_make_internal.h"

static const as_str list = AS_STR_INIT("opensanctions");

/* ---- schemata
 * ---------------------------------------------------------------- */

struct schema {
    as_str word;
    as_party_kind kind;
};

static const struct schema schemata[] = {
    {AS_STR_INIT("Company"), AS_PARTY_ORGANISATION},
    {AS_STR_INIT("Organization"), AS_PARTY_ORGANISATION},
    {AS_STR_INIT("LegalEntity"), AS_PARTY_UNKNOWN},
    {AS_STR_INIT("PublicBody"), AS_PARTY_ORGANISATION},
    {AS_STR_INIT("Person"), AS_PARTY_PERSON},
    {AS_STR_INIT("Vessel"), AS_PARTY_VESSEL},
    {AS_STR_INIT("Airplane"), AS_PARTY_AIRCRAFT},
};

static const struct schema *schema_of(as_str word)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(schemata); i++)
        if (as_str_eq(word, schemata[i].word))
            return &schemata[i];
    return NULL;
}

struct tie_schema {
    as_str word, party, other; /* properties that name the ends */
    as_party_tie_kind kind;
};

static const struct tie_schema tie_schemata[] = {
    {AS_STR_INIT("Ownership"), AS_STR_INIT("asset"), AS_STR_INIT("owner"),
     AS_PARTY_TIE_OWNER},
    {AS_STR_INIT("Directorship"), AS_STR_INIT("organization"),
     AS_STR_INIT("director"), AS_PARTY_TIE_AFFILIATE},
    {AS_STR_INIT("Succession"), AS_STR_INIT("predecessor"),
     AS_STR_INIT("successor"), AS_PARTY_TIE_SUCCESSOR},
};

static const struct tie_schema *tie_schema_of(as_str word)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(tie_schemata); i++)
        if (as_str_eq(word, tie_schemata[i].word))
            return &tie_schemata[i];
    return NULL;
}

static bool is_entity(as_json v)
{
    return as_json_get_str(v, AS_STR("schema")).n &&
           as_json_get_str(v, AS_STR("id")).n &&
           as_json_is(as_json_get(v, AS_STR("properties")), AS_JSON_OBJECT);
}

/* ---- rows
 * ---------------------------------------------------------------------- */

struct reading {
    as_party_make m;
    as_json properties;
    bool told;
};

static as_json_iter each(const struct reading *r, const char *key)
{
    return as_json_each(as_json_get(r->properties, as_str_c(key)));
}

static as_str first(const struct reading *r, as_str key)
{
    as_json_iter it = as_json_each(as_json_get(r->properties, key));

    return as_json_next(&it) ? as_json_str(it.value) : AS_ABSENT;
}

static void read_names(struct reading *r, as_str caption)
{
    static const struct {
        const char *key;
        as_party_name_kind kind;
    } keys[] = {
        {"name", AS_PARTY_NAME_ALIAS},
        {"alias", AS_PARTY_NAME_ALIAS},
        {"weakAlias", AS_PARTY_NAME_WEAK},
        {"previousName", AS_PARTY_NAME_FORMER},
        {"abbreviation", AS_PARTY_NAME_WEAK},
    };
    as_json_iter it;

    as_make_name(&r->m, AS_PARTY_NAME_PRIMARY, caption);
    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
        for (it = each(r, keys[i].key); as_json_next(&it);)
            if (!as_str_eq(as_json_str(it.value), caption))
                as_make_name(&r->m, keys[i].kind, as_json_str(it.value));
}

static void read_ids(struct reading *r)
{
    static const struct {
        const char *key;
        as_str scheme;
    } keys[] = {
        {"leiCode", AS_STR_INIT("lei")},
        {"registrationNumber", AS_STR_INIT("registration")},
        {"ogrnCode", AS_STR_INIT("registration")},
        {"uscCode", AS_STR_INIT("registration")},
        {"taxNumber", AS_STR_INIT("tax")},
        {"innCode", AS_STR_INIT("tax")},
        {"vatCode", AS_STR_INIT("tax")},
        {"dunsCode", AS_STR_INIT("duns")},
        {"uniqueEntityId", AS_STR_INIT("uei")},
        {"cageCode", AS_STR_INIT("cage")},
        {"swiftBic", AS_STR_INIT("swift")},
        {"imoNumber", AS_STR_INIT("imo")},
        {"mmsi", AS_STR_INIT("mmsi")},
        {"passportNumber", AS_STR_INIT("passport")},
        {"idNumber", AS_STR_INIT("national-id")},
    };
    as_json_iter it;

    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
        for (it = each(r, keys[i].key); as_json_next(&it);)
            as_make_id(&r->m, keys[i].scheme, as_json_str(it.value), AS_ABSENT);
}

static void read_facts(struct reading *r, as_json entity)
{
    static const char *const countries[] = {"country",     "jurisdiction",
                                            "nationality", "citizenship",
                                            "mainCountry", "flag"};
    static const char *const terms[][2] = {{"topics", "topic"},
                                           {"program", "programme"},
                                           {"programId", "programme"},
                                           {"notes", "remark"},
                                           {"position", "title"}};
    as_json_iter it;

    for (size_t i = 0; i < AS_ARRAY_LEN(countries); i++)
        for (it = each(r, countries[i]); as_json_next(&it);)
            as_make_country(&r->m, as_json_str(it.value));
    for (it = each(r, "address"); as_json_next(&it);)
        as_make_address(&r->m, as_json_str(it.value), AS_ABSENT);
    for (it = each(r, "birthDate"); as_json_next(&it);)
        as_make_birth(&r->m, as_json_str(it.value));
    for (size_t i = 0; i < AS_ARRAY_LEN(terms); i++)
        for (it = each(r, terms[i][0]); as_json_next(&it);)
            as_make_term(&r->m, terms[i][1], as_json_str(it.value));
    it = as_json_each(as_json_get(entity, AS_STR("datasets")));
    while (as_json_next(&it))
        as_make_term(&r->m, "dataset", as_json_str(it.value));
}

static void read_party(struct reading *r, as_json entity, as_party_kind kind)
{
    r->m.p.kind = kind;
    read_names(r, as_json_get_str(entity, AS_STR("caption")));
    read_facts(r, entity);
    read_ids(r);
    r->m.p.url = as_feed_text(r->m.arena, first(r, AS_STR("sourceUrl")), 500);
    (void)as_make_end(&r->m, AS_PARTY_WHOLE);
}

/* "51", "51%", "50.1 %"; anything else is unknown. */
static void read_share(as_str text, as_party_tie *tie)
{
    as_str s = as_str_trim(text), rest;
    uint64_t whole, part = 0;
    double scale = 1;

    if (as_str_ends(s, AS_STR("%")))
        s = as_str_trim(as_str_slice(s, 0, s.n - 1));
    rest = s;
    if (!as_str_u64(as_str_cut(&rest, '.'), &whole) || whole > 100 ||
        rest.n > 6 || (rest.n && !as_str_u64(rest, &part)))
        return;
    for (size_t i = 0; i < rest.n; i++)
        scale *= 10;
    tie->low = tie->high = (double)whole + (double)part / scale;
    if (tie->high > 100)
        tie->low = tie->high = 100;
}

static void read_tie(struct reading *r, const struct tie_schema *s)
{
    as_str id = first(r, s->party), other = first(r, s->other);
    as_party_tie *tie;

    if (!as_make_begin(&r->m, list, id))
        return;
    if (id.n == 0 || other.n == 0) {
        (void)as_make_refuse(&r->m, id, "the tie lacks one of its ends");
        return;
    }
    tie = as_make_tie(&r->m, s->kind);
    if (!tie)
        return;
    tie->list = list;
    tie->id = other;
    read_share(first(r, AS_STR("percentage")), tie);
    tie->from = as_make_date(&r->m, first(r, AS_STR("startDate")), false);
    tie->to = as_make_date(&r->m, first(r, AS_STR("endDate")), false);
    (void)as_make_end(&r->m, AS_PARTY_TIES);
}

static void tell_list(struct reading *r, as_json entity)
{
    as_list_head head = {.source = list,
                         .list = list,
                         .title = AS_STR("OpenSanctions entities")};
    as_str seen = as_json_get_str(entity, AS_STR("last_seen"));
    char text[AS_DATE_TEXT];
    as_date day;

    if (as_date_read_any(seen, &day))
        head.date = as_str_c(as_date_text(day, text));
    (void)as_make_list(&r->m, &head);
    r->told = true;
}

static void read_entity(struct reading *r, as_json entity)
{
    as_str word = as_json_get_str(entity, AS_STR("schema"));
    as_str id = as_json_get_str(entity, AS_STR("id"));
    const struct schema *s = schema_of(word);
    const struct tie_schema *t = tie_schema_of(word);

    if (!r->told)
        tell_list(r, entity);
    r->properties = as_json_get(entity, AS_STR("properties"));
    if (!is_entity(entity))
        (void)as_make_refuse(&r->m, id, "the line is no entity");
    else if (t)
        read_tie(r, t);
    else if (!s)
        (void)as_make_refuse(&r->m, id, "an entity of this schema is no party");
    else if (as_make_begin(&r->m, list, id))
        read_party(r, entity, s->kind);
}

/* ---- lines
 * ----------------------------------------------------------------------- */

static void read_line(struct reading *r, as_str line, bool last)
{
    as_json_doc *doc = NULL;

    if (as_json_read(as_str_span(line), NULL, &doc, NULL)) {
        (void)as_make_refuse(&r->m, AS_ABSENT, "the line is no JSON");
        if (last && r->told)
            as_make_cut(&r->m, "its last line is cut off");
        return;
    }
    read_entity(r, as_json_root(doc));
    as_json_free(doc);
}

static void read_lines(struct reading *r, as_span bytes)
{
    as_str rest = as_str_of((const char *)bytes.p, bytes.n);

    for (uint64_t number = 1; rest.n && !r->m.stop; number++) {
        as_str line = as_str_trim(as_str_cut(&rest, '\n'));
        r->m.line = number;
        if (line.n)
            read_line(r, line, rest.n == 0);
    }
}

/* Is the first line an entity? */
static bool probe(const as_feed_input *in)
{
    as_str rest = as_str_of((const char *)in->bytes.p, in->bytes.n);
    as_json_doc *doc = NULL;
    bool is;

    if (in->syntax == AS_SYNTAX_JSON)
        return is_entity(in->json);
    if (in->syntax != AS_SYNTAX_LINES ||
        as_json_read(as_str_span(as_str_trim(as_str_cut(&rest, '\n'))), NULL,
                     &doc, NULL))
        return false;
    is = is_entity(as_json_root(doc));
    as_json_free(doc);
    return is;
}

static as_rc read_ftm(const as_feed_input *in, const as_feed_sink *sink,
                      as_err *err)
{
    struct reading r = {.m = {.sink = sink, .source = list}};

    (void)err;
    if (in->syntax == AS_SYNTAX_JSON)
        read_entity(&r, in->json);
    else
        read_lines(&r, in->bytes);
    as_make_done(&r.m);
    return AS_OK;
}

const as_importer as_ftm_importer = {AS_STR_INIT("opensanctions"), probe,
                                     read_ftm};
