/* SPDX-License-Identifier: Apache-2.0 */
/* The register of legal entities of the Global LEI Foundation, golden copy or
 * concatenated file, in CSV, XML or JSON: level 1, who is who, level 2, who
 * consolidates whom, and its exceptions, why a parent is not told. Of level 2
 * every active relation becomes a tie of the one that has it, and every
 * exception a term "parent-exception": "direct NATURAL_PERSONS"; those parties
 * stand in the first file. The files tell no date, their names do not count.
 *
 * gleif.org, "LEI-CDF 3.1", "RR-CDF 2.1", "Reporting Exceptions 2.1", "Golden
 * copy and delta files". */
#include "know/gleif_record_internal.h"
#include "know/party_make_internal.h"

#include <stdio.h>
#include <stdlib.h>

static bool probe(const as_feed_input *in)
{
    return as_gleif_kind_of(in) != AS_GLEIF_NONE;
}

/* ---- columns: looked for once ----------------------------------------------
 */

enum { OTHERS = 5, TRANSLITERATED = 5, PERIODS = 5, REASONS = 5, MOST = 50 };

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
    EXCEPTION,
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
    [EXCEPTION] = "Exception.Category",
};

/* The same in XML and JSON, where the names differ. */
static const char *const paths[COLUMNS] = {
    [LEI] = "LEI",
    [NAME] = "Entity/LegalName",
    [LANGUAGE] = "Entity/LegalName/@lang",
    [FORM] = "Entity/LegalForm/EntityLegalFormCode",
    [JURISDICTION] = "Entity/LegalJurisdiction",
    [CATEGORY] = "Entity/EntityCategory",
    [STATUS] = "Entity/EntityStatus",
    [REGISTERED_AS] =
        "Entity/RegistrationAuthority/RegistrationAuthorityEntityID",
    [SUCCESSOR] = "Entity/SuccessorEntity/SuccessorLEI",
    [LEGAL_LINE] = "Entity/LegalAddress/FirstAddressLine",
    [LEGAL_CITY] = "Entity/LegalAddress/City",
    [LEGAL_REGION] = "Entity/LegalAddress/Region",
    [LEGAL_CODE] = "Entity/LegalAddress/PostalCode",
    [LEGAL_COUNTRY] = "Entity/LegalAddress/Country",
    [HEAD_LINE] = "Entity/HeadquartersAddress/FirstAddressLine",
    [HEAD_CITY] = "Entity/HeadquartersAddress/City",
    [HEAD_REGION] = "Entity/HeadquartersAddress/Region",
    [HEAD_CODE] = "Entity/HeadquartersAddress/PostalCode",
    [HEAD_COUNTRY] = "Entity/HeadquartersAddress/Country",
    [START] = "Relationship/StartNode/NodeID",
    [END] = "Relationship/EndNode/NodeID",
    [TYPE] = "Relationship/RelationshipType",
    [RELATION_STATUS] = "Relationship/RelationshipStatus",
    [AMOUNT] = "Relationship/RelationshipQuantifiers/RelationshipQuantifier/"
               "QuantifierAmount",
    [UNITS] = "Relationship/RelationshipQuantifiers/RelationshipQuantifier/"
              "QuantifierUnits",
    [EXCEPTION] = "ExceptionCategory",
};

static const char other_path[] = "Entity/OtherEntityNames/OtherEntityName#";
static const char other_type[] =
    "Entity/OtherEntityNames/OtherEntityName#/@type";
static const char roman_path[] = "Entity/TransliteratedOtherEntityNames/"
                                 "TransliteratedOtherEntityName#";
static const char roman_type[] = "Entity/TransliteratedOtherEntityNames/"
                                 "TransliteratedOtherEntityName#/@type";

struct numbered {
    size_t text, type;
};

struct reading {
    as_party_make m;
    as_gleif_records g;
    size_t at[COLUMNS];
    struct numbered others[OTHERS], roman[TRANSLITERATED];
    size_t from[PERIODS], to[PERIODS], period[PERIODS], reasons[REASONS];
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

    as_table *t = &r->g.t;

    for (size_t i = 0; i < COLUMNS; i++)
        r->at[i] = as_table_column(t, as_str_c(columns[i]));
    for (unsigned i = 0; i < OTHERS; i++) {
        r->others[i] = (struct numbered){numbered(t, other, i + 1, ""),
                                         numbered(t, other, i + 1, ".type")};
        r->roman[i] = (struct numbered){numbered(t, roman, i + 1, ""),
                                        numbered(t, roman, i + 1, ".type")};
        r->from[i] = numbered(t, period, i + 1, ".startDate");
        r->to[i] = numbered(t, period, i + 1, ".endDate");
        r->period[i] = numbered(t, period, i + 1, ".periodType");
        r->reasons[i] = numbered(t, "Exception.Reason.", i + 1, "");
    }
}

static as_str get(const struct reading *r, enum column c)
{
    return as_gleif_value(&r->g, r->at[c], paths[c], 0);
}

/* The nth of many; column: where it stands in CSV, or NULL behind the last. */
static as_str nth(const struct reading *r, const size_t *column,
                  const char *path, size_t i)
{
    return as_gleif_value(&r->g, column ? *column : AS_TABLE_FIELDS, path, i);
}

/* ---- level 1 ----------------------------------------------------------------
 */

static void read_others(struct reading *r, const struct numbered *at,
                        const char *path, const char *type_path)
{
    for (size_t i = 0; i < MOST; i++) {
        const struct numbered *n = i < OTHERS ? &at[i] : NULL;
        as_str text = nth(r, n ? &n->text : NULL, path, i);
        as_str type = nth(r, n ? &n->type : NULL, type_path, i);
        bool former = as_str_starts(type, AS_STR("PREVIOUS"));
        if (text.p)
            as_make_name(&r->m,
                         former ? AS_PARTY_NAME_FORMER : AS_PARTY_NAME_ALIAS,
                         text);
        else if (!n)
            return;
    }
}

static void read_names(struct reading *r)
{
    as_make_name_in(&r->m, AS_PARTY_NAME_PRIMARY, get(r, NAME),
                    get(r, LANGUAGE));
    read_others(r, r->others, other_path, other_type);
    read_others(r, r->roman, roman_path, roman_type);
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
    static const char at[] = "Relationship/RelationshipPeriods/"
                             "RelationshipPeriod#/";
    static const char *const ends[] = {"StartDate", "EndDate", "PeriodType"};
    char path[3][80];

    for (size_t i = 0; i < 3; i++)
        (void)snprintf(path[i], sizeof path[i], "%s%s", at, ends[i]);
    for (size_t i = 0; i < PERIODS; i++) {
        if (!as_str_eq(nth(r, &r->period[i], path[2], i),
                       AS_STR("RELATIONSHIP_PERIOD")))
            continue;
        tie->from = as_make_date(&r->m, nth(r, &r->from[i], path[0], i), false);
        tie->to = as_make_date(&r->m, nth(r, &r->to[i], path[1], i), false);
    }
}

/* Percent, of which some write 1.00 for the whole and some for a hundredth:
 * that much or less says nothing. */
static void read_share(struct reading *r, as_party_tie *tie)
{
    as_str units = get(r, UNITS), amount = get(r, AMOUNT);
    as_str rest = amount;
    uint64_t whole = 0;

    if (!as_str_eq_nocase(units, AS_STR("PERCENTAGE")) ||
        !as_str_u64(as_str_cut(&rest, '.'), &whole) || whole > 100 ||
        whole <= 1)
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

/* ---- exceptions
 * ---------------------------------------------------------------
 */

static void read_exception(struct reading *r)
{
    as_str lei = get(r, LEI), category = get(r, EXCEPTION);
    bool ultimate = as_str_starts(category, AS_STR("ULTIMATE"));

    if (!as_make_begin(&r->m, AS_STR("gleif"), lei))
        return;
    if (lei.n != 20 || !category.p) {
        (void)as_make_refuse(&r->m, lei,
                             "the exception names no LEI or no "
                             "category");
        return;
    }
    for (size_t i = 0; i < REASONS; i++) {
        as_str reason = nth(r, &r->reasons[i], "ExceptionReason#", i);
        const as_str parts[] = {
            ultimate ? AS_STR("ultimate") : AS_STR("direct"), reason};
        if (reason.p)
            as_make_term(&r->m, "parent-exception",
                         as_make_joined(&r->m, parts, 2, " "));
    }
    (void)as_make_end(&r->m, AS_PARTY_TIES);
}

/* ---- the file
 * ---------------------------------------------------------------- */

static const struct {
    as_str source, title;
    void (*read)(struct reading *r);
} kinds[] = {
    [AS_GLEIF_ENTITIES] = {AS_STR_INIT("gleif"),
                           AS_STR_INIT("GLEIF register of legal entities"),
                           read_entity},
    [AS_GLEIF_RELATIONS] = {AS_STR_INIT("gleif-rr"),
                            AS_STR_INIT("GLEIF relations of legal entities"),
                            read_relation},
    [AS_GLEIF_EXCEPTIONS] = {AS_STR_INIT("gleif-repex"),
                             AS_STR_INIT("GLEIF, why a parent is not reported"),
                             read_exception},
};

static void read_records(struct reading *r, bool more)
{
    while (!r->m.stop && as_gleif_records_next(&r->g)) {
        r->m.line = r->g.line;
        if (r->g.bad)
            (void)as_make_refuse(&r->m, AS_ABSENT, r->g.why);
        else
            kinds[r->g.kind].read(r);
    }
    if (r->g.cut && !more && !r->m.stop)
        as_make_cut(&r->m, "its last row is cut off");
}

static as_rc read_gleif(const as_feed_input *in, const as_feed_sink *sink,
                        as_err *err)
{
    struct reading *r = calloc(1, sizeof *r);
    as_list_head head = {.list = AS_STR("gleif")};

    if (!r || !as_gleif_records_open(&r->g, in)) {
        free(r);
        return as_fail(err, AS_ERR_INPUT,
                       "the register has no header that can be read");
    }
    r->m.sink = sink;
    head.source = kinds[r->g.kind].source;
    head.title = kinds[r->g.kind].title;
    if (!r->g.xml && !r->g.json)
        find_columns(r);
    if (as_make_list(&r->m, &head))
        read_records(r, in->more);
    as_make_done(&r->m);
    as_gleif_records_close(&r->g);
    free(r);
    return AS_OK;
}

const as_importer as_gleif_importer = {AS_STR_INIT("gleif"), probe, read_gleif};
