/* SPDX-License-Identifier: Apache-2.0 */
/* The register of legal entities of the Global LEI Foundation, golden copy in
 * CSV: level 1, who is who (LEI, Entity.LegalName and some 330 columns more),
 * and level 2, who owns whom (Relationship.*). Of level 2 every active relation
 * becomes a tie of the one that has it; that party stands in the first file.
 * The files tell no date, their names do not count.
 *
 * gleif.org, "LEI-CDF 3.1", "RR-CDF 2.1", "Golden copy and delta files". */
#include "know/party_make_internal.h"
#include "know/table_internal.h"

#include <stdlib.h>

static const char *const level1[] = {"LEI", "Entity.LegalName", NULL};
static const char *const level2[] = {"Relationship.StartNode.NodeID",
                                     "Relationship.EndNode.NodeID",
                                     "Relationship.RelationshipType", NULL};

static bool probe(const as_feed_input *in)
{
    return in->syntax == AS_SYNTAX_TEXT &&
           (as_table_has(in->bytes, ',', level1) ||
            as_table_has(in->bytes, ',', level2));
}

/* ---- columns: looked for once ----------------------------------------------
 */

enum { OTHERS = 5, TRANSLITERATED = 5, PERIODS = 5 };

enum column {
    LEI,
    NAME,
    LANGUAGE,
    FORM,
    JURISDICTION,
    CATEGORY,
    STATUS,
    REGISTERED_AS,
    SUCCESSOR,
    LEGAL_LINE,
    LEGAL_CITY,
    LEGAL_REGION,
    LEGAL_CODE,
    LEGAL_COUNTRY,
    HEAD_LINE,
    HEAD_CITY,
    HEAD_REGION,
    HEAD_CODE,
    HEAD_COUNTRY,
    START,
    END,
    TYPE,
    RELATION_STATUS,
    AMOUNT,
    UNITS,
    COLUMNS,
};

static const char *const columns[COLUMNS] = {
    [LEI] = "LEI",
    [NAME] = "Entity.LegalName",
    [LANGUAGE] = "Entity.LegalName.xmllang",
    [FORM] = "Entity.LegalForm.EntityLegalFormCode",
    [JURISDICTION] = "Entity.LegalJurisdiction",
    [CATEGORY] = "Entity.EntityCategory",
    [STATUS] = "Entity.EntityStatus",
    [REGISTERED_AS] =
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    [SUCCESSOR] = "Entity.SuccessorEntity.1.SuccessorLEI",
    [LEGAL_LINE] = "Entity.LegalAddress.FirstAddressLine",
    [LEGAL_CITY] = "Entity.LegalAddress.City",
    [LEGAL_REGION] = "Entity.LegalAddress.Region",
    [LEGAL_CODE] = "Entity.LegalAddress.PostalCode",
    [LEGAL_COUNTRY] = "Entity.LegalAddress.Country",
    [HEAD_LINE] = "Entity.HeadquartersAddress.FirstAddressLine",
    [HEAD_CITY] = "Entity.HeadquartersAddress.City",
    [HEAD_REGION] = "Entity.HeadquartersAddress.Region",
    [HEAD_CODE] = "Entity.HeadquartersAddress.PostalCode",
    [HEAD_COUNTRY] = "Entity.HeadquartersAddress.Country",
    [START] = "Relationship.StartNode.NodeID",
    [END] = "Relationship.EndNode.NodeID",
    [TYPE] = "Relationship.RelationshipType",
    [RELATION_STATUS] = "Relationship.RelationshipStatus",
    [AMOUNT] = "Relationship.Quantifiers.1.QuantifierAmount",
    [UNITS] = "Relationship.Quantifiers.1.QuantifierUnits",
};

struct numbered {
    size_t text, type;
};

struct reading {
    as_party_make m;
    as_table t;
    size_t at[COLUMNS];
    struct numbered names[OTHERS + TRANSLITERATED];
    size_t from[PERIODS], to[PERIODS], period[PERIODS];
};

static size_t numbered(const as_table *t, const char *before, unsigned n,
                       const char *behind)
{
    char word[160];
    size_t at = AS_TABLE_FIELDS;
    as_buf b;

    as_buf_init(&b, sizeof word);
    as_buf_printf(&b, "%s%u%s", before, n, behind);
    if (!as_buf_failed(&b))
        at = as_table_column(t, as_buf_text(&b));
    as_buf_done(&b);
    return at;
}

static void find_columns(struct reading *r)
{
    static const char other[] = "Entity.OtherEntityNames.OtherEntityName.";
    static const char roman[] =
        "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.";
    static const char period[] = "Relationship.Period.";

    for (size_t i = 0; i < COLUMNS; i++)
        r->at[i] = as_table_column(&r->t, as_str_c(columns[i]));
    for (unsigned i = 0; i < OTHERS; i++) {
        r->names[i] = (struct numbered){numbered(&r->t, other, i + 1, ""),
                                        numbered(&r->t, other, i + 1, ".type")};
        r->names[OTHERS + i] =
            (struct numbered){numbered(&r->t, roman, i + 1, ""),
                              numbered(&r->t, roman, i + 1, ".type")};
    }
    for (unsigned i = 0; i < PERIODS; i++) {
        r->from[i] = numbered(&r->t, period, i + 1, ".startDate");
        r->to[i] = numbered(&r->t, period, i + 1, ".endDate");
        r->period[i] = numbered(&r->t, period, i + 1, ".periodType");
    }
}

static as_str get(const struct reading *r, enum column c)
{
    return as_table_at(&r->t, r->at[c]);
}

/* ---- level 1 ----------------------------------------------------------------
 */

static void read_names(struct reading *r)
{
    as_party_make *m = &r->m;

    as_make_name_in(m, AS_PARTY_NAME_PRIMARY, get(r, NAME), get(r, LANGUAGE));
    for (size_t i = 0; i < AS_ARRAY_LEN(r->names); i++) {
        as_str type = as_table_at(&r->t, r->names[i].type);
        bool former = as_str_starts(type, AS_STR("PREVIOUS"));
        as_make_name(m, former ? AS_PARTY_NAME_FORMER : AS_PARTY_NAME_ALIAS,
                     as_table_at(&r->t, r->names[i].text));
    }
}

static void read_address(struct reading *r, enum column first)
{
    const as_str parts[] = {get(r, first), get(r, first + 1), get(r, first + 2),
                            get(r, first + 3)};

    as_make_address(&r->m, as_make_joined(&r->m, parts, 4, ", "),
                    get(r, first + 4));
}

static void read_entity(struct reading *r)
{
    as_party_make *m = &r->m;
    as_str successor = get(r, SUCCESSOR);
    as_party_tie *tie;

    if (!as_make_begin(m, AS_STR("gleif"), get(r, LEI)))
        return;
    if (m->p.id.n != 20) {
        (void)as_make_refuse(m, m->p.id, "the row has no LEI");
        return;
    }
    m->p.kind = AS_PARTY_ORGANISATION;
    read_names(r);
    as_make_id(m, AS_STR("lei"), m->p.id, AS_ABSENT);
    as_make_id(m, AS_STR("registration"), get(r, REGISTERED_AS),
               as_str_slice(get(r, JURISDICTION), 0, 2));
    read_address(r, LEGAL_LINE);
    read_address(r, HEAD_LINE);
    as_make_country(m, as_str_slice(get(r, JURISDICTION), 0, 2));
    as_make_term(m, "category", get(r, CATEGORY));
    as_make_term(m, "status", get(r, STATUS));
    as_make_term(m, "legal-form", get(r, FORM));
    tie = successor.n == 20 ? as_make_tie(m, AS_PARTY_TIE_SUCCESSOR) : NULL;
    if (tie) {
        tie->list = AS_STR("gleif");
        tie->id = successor;
    }
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

/* ---- level 2 ----------------------------------------------------------------
 */

static bool tie_kind(as_str type, as_party_tie_kind *kind, double *low)
{
    *low = 0;
    if (as_str_search(type, AS_STR("CONSOLIDATED_BY")) < type.n) {
        *kind = AS_PARTY_TIE_PARENT;
        return true;
    }
    if (as_str_search(type, AS_STR("BRANCH_OF")) < type.n) {
        *kind = AS_PARTY_TIE_PARENT;
        *low = 100; /* the same legal entity */
        return true;
    }
    *kind = AS_PARTY_TIE_AFFILIATE;
    return as_str_starts(type, AS_STR("IS_FUND")) ||
           as_str_starts(type, AS_STR("IS_SUBFUND")) ||
           as_str_starts(type, AS_STR("IS_FEEDER"));
}

/* The period in which the relation holds, not those of accounts. */
static void read_period(struct reading *r, as_party_tie *tie)
{
    for (size_t i = 0; i < PERIODS; i++) {
        if (!as_str_eq(as_table_at(&r->t, r->period[i]),
                       AS_STR("RELATIONSHIP_PERIOD")))
            continue;
        tie->from = as_make_date(&r->m, as_table_at(&r->t, r->from[i]), false);
        tie->to = as_make_date(&r->m, as_table_at(&r->t, r->to[i]), false);
    }
}

static void read_share(struct reading *r, as_party_tie *tie)
{
    as_str units = get(r, UNITS), amount = get(r, AMOUNT);
    as_str rest = amount;
    uint64_t whole = 0;

    if (!as_str_eq_nocase(units, AS_STR("PERCENTAGE")) ||
        !as_str_u64(as_str_cut(&rest, '.'), &whole) || whole > 100)
        return;
    tie->low = (double)whole;
    tie->high = whole < 100 && rest.n ? (double)whole + 1 : (double)whole;
}

static void read_relation(struct reading *r)
{
    as_str start = get(r, START), end = get(r, END);
    as_party_tie_kind kind;
    as_party_tie *tie;
    double low;

    if (!as_make_begin(&r->m, AS_STR("gleif"), start))
        return;
    if (start.n != 20 || end.n != 20 || !tie_kind(get(r, TYPE), &kind, &low)) {
        (void)as_make_refuse(&r->m, start,
                             "the relation is of no known type or names no "
                             "LEI");
        return;
    }
    if (!as_str_eq(get(r, RELATION_STATUS), AS_STR("ACTIVE"))) {
        (void)as_make_refuse(&r->m, start, "the relation is not active");
        return;
    }
    tie = as_make_tie(&r->m, kind);
    if (!tie)
        return;
    tie->list = AS_STR("gleif");
    tie->id = end;
    tie->low = low;
    read_share(r, tie);
    read_period(r, tie);
    (void)as_make_end(&r->m, AS_PARTY_TIES);
}

/* ---- the file
 * ---------------------------------------------------------------- */

static void read_rows(struct reading *r, bool relations)
{
    while (!r->m.stop && as_table_next(&r->t)) {
        r->m.line = r->t.line;
        if (r->t.unfinished ||
            (r->t.n < r->t.n_header && r->t.csv.rest.n == 0)) {
            (void)as_make_refuse(&r->m, AS_ABSENT, "the row is cut off");
            as_make_cut(&r->m, "its last row is cut off");
        } else if (r->t.bad_text) {
            (void)as_make_refuse(&r->m, AS_ABSENT,
                                 "the row is not valid UTF-8");
        } else if (relations) {
            read_relation(r);
        } else {
            read_entity(r);
        }
    }
}

static as_rc read_gleif(const as_feed_input *in, const as_feed_sink *sink,
                        as_err *err)
{
    bool relations = as_table_has(in->bytes, ',', level2);
    as_list_head head = {.source = AS_STR("gleif"),
                         .list = AS_STR("gleif"),
                         .title = AS_STR("GLEIF register of legal entities")};
    struct reading *r = calloc(1, sizeof *r);

    if (!r || !as_table_open(&r->t, in->bytes, ',')) {
        free(r);
        return as_fail(err, AS_ERR_INPUT,
                       "the register has no header that can be read");
    }
    r->m.sink = sink;
    if (relations) {
        head.source = AS_STR("gleif-rr");
        head.title = AS_STR("GLEIF relations of legal entities");
    }
    find_columns(r);
    if (as_make_list(&r->m, &head))
        read_rows(r, relations);
    as_make_done(&r->m);
    as_table_close(&r->t);
    free(r);
    return AS_OK;
}

const as_importer as_gleif_importer = {AS_STR_INIT("gleif"), probe, read_gleif};
