/* SPDX-License-Identifier: Apache-2.0 */
/* What parties of OFAC's advanced form refer to; see
 * ofac_reference_internal.h. Values, places and documents are kept sorted by
 * what they are looked up by. */
#include "know/ofac_reference_internal.h"

#include "know/lists_xml_internal.h"
#include "know/xml_records_internal.h"

#include <stdlib.h>
#include <string.h>

#define GROW(r, field)                                                         \
    grow((r)->a, (void **)&(r)->field, &(r)->cap_##field, (r)->n_##field,      \
         sizeof *(r)->field)

static bool grow(as_arena *a, void **items, size_t *cap, size_t n, size_t size)
{
    void *grown = as_arena_grow(a, *items, cap, n + 1, size);

    if (grown)
        *items = grown;
    return grown != NULL;
}

static uint64_t number(as_str s)
{
    uint64_t n;

    return as_str_u64(s, &n) ? n : 0;
}

static uint64_t attribute(const as_xml_node *n, const char *name)
{
    return number(as_xml_value(n, name));
}

static as_str kept(as_ofac_reference *r, as_str s)
{
    s = as_str_trim(s);
    return s.n ? as_arena_str(r->a, s) : AS_ABSENT;
}

as_str as_ofac_day(as_arena *a, const as_xml_node *node)
{
    uint64_t year = number(as_xml_text(node, "Year"));
    uint64_t month = number(as_xml_text(node, "Month"));
    uint64_t day = number(as_xml_text(node, "Day"));

    if (year == 0 || year > 9999)
        return AS_ABSENT;
    if (month == 0 || month > 12)
        return as_arena_printf(a, "%04u", (unsigned)year);
    if (day == 0 || day > 31)
        return as_arena_printf(a, "%04u-%02u", (unsigned)year, (unsigned)month);
    return as_arena_printf(a, "%04u-%02u-%02u", (unsigned)year, (unsigned)month,
                           (unsigned)day);
}

/* ---- values ----------------------------------------------------------------
 */

static void add_value(as_ofac_reference *r, const as_xml_node *n)
{
    as_str more = as_xml_value(n, "ISO2");

    if (!more.p)
        more = as_xml_value(n, "PartyTypeID");
    if (!more.p)
        more = as_xml_value(n, "Description");
    if (GROW(r, values))
        r->values[r->n_values++] =
            (as_ofac_value){kept(r, n->name), attribute(n, "ID"),
                            kept(r, n->text), kept(r, more)};
}

static void add_values(as_ofac_reference *r, const as_xml_node *sets)
{
    for (const as_xml_node *set = sets->child; set; set = set->next)
        for (const as_xml_node *n = set->child; n; n = n->next)
            add_value(r, n);
}

static int by_value(const void *pa, const void *pb)
{
    const as_ofac_value *a = pa, *b = pb;
    int c = (a->id > b->id) - (a->id < b->id);

    return c ? c : as_str_cmp(a->type, b->type);
}

const as_ofac_value *as_ofac_value_of(const as_ofac_reference *r,
                                      const char *type, as_str id)
{
    const as_ofac_value want = {.type = as_str_c(type), .id = number(id)};

    if (!id.p || r->n_values == 0)
        return NULL;
    return bsearch(&want, r->values, r->n_values, sizeof want, by_value);
}

as_str as_ofac_text_of(const as_ofac_reference *r, const char *type, as_str id)
{
    const as_ofac_value *v = as_ofac_value_of(r, type, id);

    return v ? v->text : AS_ABSENT;
}

/* The code or the name of a country. */
static as_str country_of(const as_ofac_reference *r, as_str id)
{
    const as_ofac_value *v = as_ofac_value_of(r, "Country", id);

    if (!v)
        return AS_ABSENT;
    return v->more.n == 2 ? v->more : v->text;
}

/* ---- places -----------------------------------------------------------------
 */

static int by_place(const void *pa, const void *pb)
{
    const as_ofac_place *a = pa, *b = pb;

    return (a->id > b->id) - (a->id < b->id);
}

static as_str area_of(const as_ofac_reference *r, const as_xml_node *n)
{
    const as_ofac_value *v = as_ofac_value_of(
        r, "AreaCode",
        as_xml_value(as_xml_first(n, "LocationAreaCode"), "AreaCodeID"));

    if (!v)
        return AS_ABSENT;
    return v->more.p ? v->more : v->text;
}

/* Parts with commas between, in the order in which they stand. */
static as_str parts_of(as_ofac_reference *r, const as_xml_node *place)
{
    const as_xml_node *n = as_xml_first(place, "LocationPart");
    as_str text;
    as_buf b;

    as_buf_init(&b, AS_LIMIT_PARTY_TEXT * 2);
    for (; n; n = as_xml_next(n)) {
        as_str s = as_xml_text(as_xml_first(n, "LocationPartValue"), "Value");
        if (b.n && s.n)
            as_buf_c(&b, ", ");
        as_buf_str(&b, s);
    }
    text = kept(r, as_buf_text(&b));
    as_buf_done(&b);
    return text;
}

static void add_place(as_ofac_reference *r, const as_xml_node *n)
{
    as_str country = country_of(
        r, as_xml_value(as_xml_first(n, "LocationCountry"), "CountryID"));

    if (GROW(r, places))
        r->places[r->n_places++] =
            (as_ofac_place){attribute(n, "ID"), parts_of(r, n),
                            country.p ? country : area_of(r, n)};
}

const as_ofac_place *as_ofac_place_of(const as_ofac_reference *r, as_str id)
{
    const as_ofac_place want = {.id = number(id)};

    if (!id.p || r->n_places == 0)
        return NULL;
    return bsearch(&want, r->places, r->n_places, sizeof want, by_place);
}

/* ---- documents --------------------------------------------------------------
 */

static int by_identity(const void *pa, const void *pb)
{
    const as_ofac_document *a = pa, *b = pb;
    int c = (a->identity > b->identity) - (a->identity < b->identity);

    return c ? c : as_str_cmp(a->number, b->number);
}

static void add_document(as_ofac_reference *r, const as_xml_node *n)
{
    as_str type =
        as_ofac_text_of(r, "IDRegDocType", as_xml_value(n, "IDRegDocTypeID"));

    if (GROW(r, documents))
        r->documents[r->n_documents++] = (as_ofac_document){
            attribute(n, "IdentityID"), type,
            kept(r, as_xml_text(n, "IDRegistrationNo")),
            country_of(r, as_xml_value(n, "IssuedBy-CountryID"))};
}

/* The first of the items with the key that stands at the beginning of each. */
static const void *first_of(const void *items, size_t n, size_t size,
                            uint64_t key, size_t *ret_n)
{
    const char *base = items;
    size_t low = 0, high = n;

    *ret_n = 0;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        uint64_t at;
        memcpy(&at, base + mid * size, sizeof at);
        if (at < key)
            low = mid + 1;
        else
            high = mid;
    }
    for (high = low; high < n; high++) {
        uint64_t at;
        memcpy(&at, base + high * size, sizeof at);
        if (at != key)
            break;
    }
    *ret_n = high - low;
    return n ? base + low * size : NULL;
}

const as_ofac_document *as_ofac_documents_of(const as_ofac_reference *r,
                                             as_str identity, size_t *n)
{
    return first_of(r->documents, r->n_documents, sizeof *r->documents,
                    number(identity), n);
}

/* ---- listings ---------------------------------------------------------------
 */

static void add_entry(as_ofac_reference *r, uint64_t profile, const char *term,
                      as_str value)
{
    if (value.n && GROW(r, entries))
        r->entries[r->n_entries++] = (as_ofac_entry){profile, term, value};
}

static void add_listing(as_ofac_reference *r, const as_xml_node *entry)
{
    uint64_t profile = attribute(entry, "ProfileID");
    as_str list = as_ofac_text_of(r, "List", as_xml_value(entry, "ListID"));
    const as_xml_node *n = as_xml_first(entry, "EntryEvent");

    r->sdn = r->sdn || as_str_starts_nocase(list, AS_STR("SDN"));
    add_entry(r, profile, "sanctions-list", list);
    for (; n; n = as_xml_next(n)) {
        as_str day = as_ofac_day(r->a, as_xml_first(n, "Date"));
        if (day.n == 10)
            add_entry(r, profile, NULL, day);
        add_entry(
            r, profile, "citation",
            as_ofac_text_of(r, "LegalBasis", as_xml_value(n, "LegalBasisID")));
        add_entry(r, profile, "remark", kept(r, as_xml_text(n, "Comment")));
    }
    for (n = as_xml_first(entry, "SanctionsMeasure"); n; n = as_xml_next(n)) {
        as_str type = as_ofac_text_of(r, "SanctionsType",
                                      as_xml_value(n, "SanctionsTypeID"));
        bool programme = !type.p || as_str_eq(type, AS_STR("Program"));
        as_str what = kept(r, as_xml_text(n, "Comment"));
        add_entry(r, profile, programme ? "programme" : "sanctions",
                  programme ? what : type);
    }
}

static int by_profile(const void *pa, const void *pb)
{
    const as_ofac_entry *a = pa, *b = pb;
    int c = (a->profile > b->profile) - (a->profile < b->profile);

    if (!c)
        c = as_str_cmp(as_str_c(a->term), as_str_c(b->term));
    return c ? c : as_str_cmp(a->value, b->value);
}

const as_ofac_entry *as_ofac_entries_of(const as_ofac_reference *r,
                                        as_str profile, size_t *n)
{
    return first_of(r->entries, r->n_entries, sizeof *r->entries,
                    number(profile), n);
}

/* ---- relations --------------------------------------------------------------
 */

as_party_tie_kind as_ofac_tie_kind(as_str type, bool *reversed)
{
    static const char *const owned[] = {"owned or controlled",
                                        "property in the interest"};

    *reversed = as_str_starts_nocase(type, AS_STR("owns"));
    for (size_t i = 0; i < AS_ARRAY_LEN(owned); i++)
        if (as_str_starts_nocase(type, as_str_c(owned[i])))
            return AS_PARTY_TIE_OWNER;
    return *reversed ? AS_PARTY_TIE_OWNER : AS_PARTY_TIE_AFFILIATE;
}

/* One that is former holds no more; the list does not say since when. */
static void add_relation(as_ofac_reference *r, const as_xml_node *n)
{
    as_str type =
        as_ofac_text_of(r, "RelationType", as_xml_value(n, "RelationTypeID"));
    uint64_t from = attribute(n, "From-ProfileID");
    uint64_t to = attribute(n, "To-ProfileID");
    bool reversed;
    as_party_tie_kind kind = as_ofac_tie_kind(type, &reversed);

    if (from == 0 || to == 0 ||
        as_str_eq(as_xml_value(n, "Former"), AS_STR("true")) ||
        !GROW(r, relations))
        return;
    r->relations[r->n_relations++] = (as_ofac_relation){
        reversed ? to : from, reversed ? from : to, kind, type};
}

static int by_party(const void *pa, const void *pb)
{
    const as_ofac_relation *a = pa, *b = pb;
    int c = (a->party > b->party) - (a->party < b->party);

    return c ? c : (a->other > b->other) - (a->other < b->other);
}

const as_ofac_relation *as_ofac_relations_of(const as_ofac_reference *r,
                                             as_str profile, size_t *n)
{
    return first_of(r->relations, r->n_relations, sizeof *r->relations,
                    number(profile), n);
}

/* ---- features ---------------------------------------------------------------
 */

/* Kinds of features that are identifiers, and those that are terms. */
as_str as_ofac_id_feature(as_str label)
{
    static const struct {
        const char *label;
        as_str scheme;
    } ids[] = {
        {"SWIFT/BIC", AS_STR_INIT("swift")},
        {"D-U-N-S", AS_STR_INIT("duns")},
        {"MMSI", AS_STR_INIT("mmsi")},
        {"Aircraft Tail", AS_STR_INIT("aircraft")},
        {"Previous Aircraft Tail", AS_STR_INIT("aircraft")},
        {"Aircraft Construction", AS_STR_INIT("aircraft")},
        {"Aircraft Manufacturer", AS_STR_INIT("aircraft")},
        {"Aircraft Mode S", AS_STR_INIT("aircraft")},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(ids); i++)
        if (as_str_starts_nocase(label, as_str_c(ids[i].label)))
            return ids[i].scheme;
    return AS_ABSENT;
}

const char *as_ofac_term_feature(as_str label)
{
    static const char *const terms[][2] = {{"Title", "title"},
                                           {"Vessel Flag", "flag"},
                                           {"Vessel Owner", "vessel-owner"}};

    for (size_t i = 0; i < AS_ARRAY_LEN(terms); i++)
        if (as_str_eq_nocase(label, as_str_c(terms[i][0])))
            return terms[i][1];
    return NULL;
}

/* ---- the pass ---------------------------------------------------------------
 */

enum { VALUES, ISSUE, PLACE, DOCUMENT, RELATION, LISTING };

static const char *const tags[] = {
    [VALUES] = "ReferenceValueSets",
    [ISSUE] = "DateOfIssue",
    [PLACE] = "Location",
    [DOCUMENT] = "IDRegDocument",
    [RELATION] = "ProfileRelationship",
    [LISTING] = "SanctionsEntry",
    NULL,
};

static void sort(void *items, size_t n, size_t size,
                 int (*cmp)(const void *, const void *))
{
    if (n)
        qsort(items, n, size, cmp);
}

static void take(as_ofac_reference *r, size_t which, const as_xml_node *n)
{
    switch (which) {
    case VALUES:
        add_values(r, n);
        sort(r->values, r->n_values, sizeof *r->values, by_value);
        break;
    case ISSUE: r->date = as_ofac_day(r->a, n); break;
    case PLACE: add_place(r, n); break;
    case DOCUMENT: add_document(r, n); break;
    case RELATION: add_relation(r, n); break;
    default: add_listing(r, n); break;
    }
}

bool as_ofac_reference_read(as_ofac_reference *r, as_span bytes)
{
    const as_xml_node *n;
    as_xml_records x;
    as_err err;

    *r = (as_ofac_reference){.a = as_arena_new(AS_LIMIT_FEED_WORKER_BYTES / 4)};
    if (!r->a || !as_xml_records_open(&x, bytes, tags))
        return false;
    as_err_init(&err);
    while (as_xml_records_next(&x, &n, &err)) {
        r->bad += n == NULL;
        if (n)
            take(r, x.which, n);
    }
    as_xml_records_close(&x);
    sort(r->places, r->n_places, sizeof *r->places, by_place);
    sort(r->documents, r->n_documents, sizeof *r->documents, by_identity);
    sort(r->entries, r->n_entries, sizeof *r->entries, by_profile);
    sort(r->relations, r->n_relations, sizeof *r->relations, by_party);
    return !as_arena_failed(r->a);
}

void as_ofac_reference_done(as_ofac_reference *r)
{
    r->a = as_arena_free(r->a);
}
