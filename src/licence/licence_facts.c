/* SPDX-License-Identifier: Apache-2.0 */
/* The facts a determination asks for, each with its question and whom to ask,
 * and the reader of facts files (assay-facts/1, doc/licence.md). */
#include "licence/licence_internal.h"

#include "base/limits.h"
#include "base/yaml.h"

#include <math.h>
#include <string.h>

/* ---- the table of facts ----------------------------------------------------
 */

static const struct {
    const char *key, *question, *who;
} facts[AS_FACTS] = {
    [AS_FACT_IN_US] = {"item.in_us",
                       "does the item leave from, or pass through, the US?",
                       "exporter"},
    [AS_FACT_CONTAINS_US_IC] =
        {"item.contains_us_ic",
         "does it hold an integrated circuit of US origin?", "maker"},
    [AS_FACT_FOOD_OR_MEDICINE] = {"item.food_or_medicine",
                                  "is it food or medicine designated EAR99?",
                                  "exporter"},
    [AS_FACT_LISTED_HTS] =
        {"item.listed_hts",
         "does supplement no. 2, 4, 5, 6 or 7 to part 746 list it (by tariff "
         "number)?",
         "exporter"},
    [AS_FACT_NM_COMPUTER] =
        {"no_minimum.computer",
         "is it a computer faster than 4A003.b with US semiconductors other "
         "than memory?",
         "maker"},
    [AS_FACT_NM_ENCRYPTION] =
        {"no_minimum.encryption_technology",
         "is it encryption technology that holds US technology of 5E002?",
         "maker"},
    [AS_FACT_NM_LITHOGRAPHY] =
        {"no_minimum.lithography",
         "does it meet 3B993.f.1 and go to the production of advanced nodes?",
         "maker"},
    [AS_FACT_NM_ENGINE] =
        {"no_minimum.engine_technology",
         "does it mingle US technology of 9E003.a.1 to a.6, a.8, .h, .i or .l?",
         "maker"},
    [AS_FACT_NM_0A919] =
        {"no_minimum.military_0A919",
         "is it a military commodity that holds items of 0A919.a.1?", "maker"},
    [AS_FACT_NM_SERIES] =
        {"no_minimum.series_600",
         "does it hold US items of a 9x515 or 600 series entry (.a to .x)?",
         "maker"},
    [AS_FACT_NM_SERIES_Y] =
        {"no_minimum.series_600_y",
         "does it hold US items of paragraph .y of such an entry?", "maker"},
    [AS_FACT_WRITTEN_ASSURANCE] =
        {"item.assurance_technology",
         "is it made directly with US technology for which a licence needs a "
         "written assurance?",
         "maker"},
    [AS_FACT_MAKES_ICS] = {"facility.makes_ics",
                           "does the facility develop or produce integrated "
                           "circuits?",
                           "buyer"},
    [AS_FACT_ADVANCED_NODE] =
        {"facility.advanced_node",
         "does it produce advanced nodes (logic 16/14 nm or non-planar, NAND "
         "of 128 layers, DRAM as 772.1 says)?",
         "buyer"},
    [AS_FACT_BACK_END] = {"facility.back_end_only",
                          "does it only assemble, test or package?", "buyer"},
    [AS_FACT_OCCUPIED_REGION] =
        {"destination.occupied_region",
         "is it Crimea or the so-called Donetsk or Luhansk republics?",
         "exporter"},
    [AS_FACT_US_PERSON] = {"transaction.us_person_support",
                           "does a US person support, service or help it?",
                           "exporter"},
    [AS_FACT_TEMPORARY] = {"transaction.temporary",
                           "does it come back within the time allowed?",
                           "exporter"},
    [AS_FACT_SERVICING] = {"transaction.servicing",
                           "is it servicing or one-for-one replacement?",
                           "exporter"},
    [AS_FACT_GOVERNMENT] =
        {"transaction.government",
         "is it for official use of a government that 740.11 names?", "buyer"},
    [AS_FACT_GIFT] = {"transaction.gift", "is it a gift or donation?",
                      "exporter"},
    [AS_FACT_BAGGAGE] = {"transaction.baggage", "is it baggage of a traveller?",
                         "exporter"},
    [AS_FACT_VESSEL] =
        {"transaction.vessel_or_aircraft",
         "is it an aircraft or vessel on sojourn, or its stores?", "exporter"},
};

static const char *const kinds[AS_LICENCE_KINDS] = {
    [AS_LICENCE_EXPORT] = "export",     [AS_LICENCE_REEXPORT] = "reexport",
    [AS_LICENCE_TRANSFER] = "transfer", [AS_LICENCE_DEEMED] = "deemed",
    [AS_LICENCE_SERVICE] = "service",
};
static const char *const uses[AS_USES] = {
    [AS_USE_NUCLEAR] = "nuclear",
    [AS_USE_MISSILE] = "missile",
    [AS_USE_WMD_DELIVERY] = "wmd-delivery",
    [AS_USE_CBW] = "chemical-biological",
    [AS_USE_MARITIME_NUCLEAR] = "maritime-nuclear",
    [AS_USE_MILITARY] = "military",
    [AS_USE_MILITARY_INTELLIGENCE] = "military-intelligence",
    [AS_USE_SUPERCOMPUTER] = "supercomputer",
    [AS_USE_IC_PRODUCTION] = "ic-production",
    [AS_USE_IC_DESIGN] = "ic-design",
    [AS_USE_SME] = "sme-production",
    [AS_USE_CIVIL] = "civil",
};

const char *as_licence_fact_key(as_licence_fact f)
{
    return facts[f].key;
}

const char *as_licence_fact_question(as_licence_fact f)
{
    return facts[f].question;
}

const char *as_licence_fact_who(as_licence_fact f)
{
    return facts[f].who;
}

bool as_licence_fact_of(as_str key, as_licence_fact *ret)
{
    for (size_t i = 0; i < AS_FACTS; i++)
        if (as_str_eq(as_str_c(facts[i].key), key)) {
            *ret = (as_licence_fact)i;
            return true;
        }
    return false;
}

bool as_licence_question(size_t i, as_str *ret_key, as_str *ret_question,
                         as_str *ret_who)
{
    if (i >= AS_FACTS)
        return false;
    *ret_key = as_str_c(facts[i].key);
    *ret_question = as_str_c(facts[i].question);
    *ret_who = as_str_c(facts[i].who);
    return true;
}

const char *as_licence_use_word(as_licence_use u)
{
    return uses[u];
}

bool as_licence_use_of(as_str word, as_licence_use *ret)
{
    for (size_t i = 0; i < AS_USES; i++)
        if (as_str_eq(as_str_c(uses[i]), word)) {
            *ret = (as_licence_use)i;
            return true;
        }
    return false;
}

const char *as_licence_kind_word(as_licence_kind kind)
{
    return kinds[kind];
}

bool as_licence_kind_of(as_str word, as_licence_kind *ret)
{
    for (size_t i = 0; i < AS_LICENCE_KINDS; i++)
        if (as_str_eq(as_str_c(kinds[i]), word)) {
            *ret = (as_licence_kind)i;
            return true;
        }
    return false;
}

void as_licence_facts_init(as_licence_facts *f)
{
    *f =
        (as_licence_facts){.value = -1, .us_share_low = 0, .us_share_high = -1};
}

/* ---- reading ---------------------------------------------------------------
 */

struct reader {
    as_arena *arena;
    as_licence_facts *f;
    as_err *err;
    as_buf path;
};

typedef as_rc (*read_fn)(struct reader *r, as_json v, void *to);

struct field {
    const char *key;
    read_fn read;
    size_t offset; /* in what the section reads into */
};

static as_rc refuse(struct reader *r, const char *why, as_str value)
{
    as_err_path(r->err, as_buf_text(&r->path));
    if (as_str_is_absent(value))
        return as_fail(r->err, AS_ERR_INPUT, "the facts: %s", why);
    return as_fail(r->err, AS_ERR_INPUT, "the facts: %s: \"%.*s\"", why,
                   AS_FMT(as_str_slice(value, 0, 80)));
}

static as_rc read_text(struct reader *r, as_json v, void *to)
{
    as_str s = as_json_str(v);

    if (as_str_is_empty(as_str_trim(s)))
        return refuse(r, "a text is expected", AS_ABSENT);
    *(as_str *)to = as_arena_str(r->arena, s);
    return AS_OK;
}

static as_rc read_truth(struct reader *r, as_json v, void *to)
{
    bool b;

    if (as_str_eq(as_json_str(v), AS_STR("unknown"))) {
        *(as_truth *)to = AS_UNSURE;
        return AS_OK;
    }
    if (!as_json_bool(v, &b))
        return refuse(r, "true, false or unknown is expected", as_json_str(v));
    *(as_truth *)to = b ? AS_YES : AS_NO;
    return AS_OK;
}

/* YAML comes with its numbers as text, so that 3E001 stays an ECCN. */
static bool number_of(as_json v, double *ret)
{
    as_json_doc *doc = NULL;
    as_str s = as_json_str(v);
    bool ok;

    if (!as_json_is(v, AS_JSON_STRING))
        return as_json_double(v, ret);
    ok = as_json_read(as_str_span(s), NULL, &doc, NULL) == AS_OK &&
         as_json_double(as_json_root(doc), ret);
    as_json_free(doc);
    return ok;
}

static as_rc read_number(struct reader *r, as_json v, void *to)
{
    double d;

    if (!number_of(v, &d) || !isfinite(d) || d < 0)
        return refuse(r, "a number from 0 is expected", as_json_str(v));
    *(double *)to = d;
    return AS_OK;
}

static as_rc read_share(struct reader *r, as_json v, void *to)
{
    double low = 0, high = 0;
    as_rc rc;

    if (as_json_is(v, AS_JSON_ARRAY)) {
        as_json_iter it = as_json_each(v);
        if (as_json_count(v) != 2)
            return refuse(r, "a share is a number or [low, high]", AS_ABSENT);
        rc = as_json_next(&it) ? read_number(r, it.value, &low) : AS_OK;
        if (!rc && as_json_next(&it))
            rc = read_number(r, it.value, &high);
    } else {
        rc = read_number(r, v, &low);
        high = low;
    }
    if (rc)
        return rc;
    if (low > high || high > 100)
        return refuse(r, "a share lies between 0 and 100", AS_ABSENT);
    ((double *)to)[0] = low;
    ((double *)to)[1] = high;
    return AS_OK;
}

static as_rc read_texts(struct reader *r, as_json v, as_str **ret,
                        size_t *ret_n)
{
    size_t n = as_json_count(v);

    if (!as_json_is(v, AS_JSON_ARRAY))
        return refuse(r, "a list is expected", as_json_str(v));
    if (n > AS_LICENCE_LIST)
        return refuse(r, "the list is too long", AS_ABSENT);
    *ret = AS_NEW_ARRAY(r->arena, n, as_str);
    *ret_n = 0;
    for (as_json_iter it = as_json_each(v); *ret && as_json_next(&it);) {
        as_rc rc = read_text(r, it.value, &(*ret)[*ret_n]);
        if (rc)
            return rc;
        (*ret_n)++;
    }
    return AS_OK;
}

/* Item numbers: each has to be one. */
static as_rc read_eccns(struct reader *r, as_json v, as_str **ret,
                        size_t *ret_n)
{
    as_rc rc = read_texts(r, v, ret, ret_n);
    as_eccn e;

    for (size_t i = 0; !rc && *ret && i < *ret_n; i++)
        if (!as_eccn_read((*ret)[i], r->arena, &e))
            rc = refuse(r, "this is no ECCN", (*ret)[i]);
    return rc;
}

static as_rc read_item_for(struct reader *r, as_json v, void *to)
{
    return read_eccns(r, v, &r->f->item_for, &r->f->n_item_for);
}

static as_rc read_made_with(struct reader *r, as_json v, void *to)
{
    r->f->made_with_known = true;
    return read_eccns(r, v, &r->f->made_with, &r->f->n_made_with);
}

static as_rc read_plant(struct reader *r, as_json v, void *to)
{
    r->f->plant_known = true;
    return read_eccns(r, v, &r->f->plant_made_with, &r->f->n_plant_made_with);
}

static as_rc read_ic(struct reader *r, as_json v, void *to)
{
    r->f->ic_known = true;
    return read_eccns(r, v, &r->f->ic_made_with, &r->f->n_ic_made_with);
}

static as_rc read_kind(struct reader *r, as_json v, void *to)
{
    if (!as_licence_kind_of(as_json_str(v), &r->f->kind))
        return refuse(r, "no kind of transaction is called", as_json_str(v));
    return AS_OK;
}

static as_rc read_item_kind(struct reader *r, as_json v, void *to)
{
    as_str s = as_json_str(v);

    if (!as_eccn_has_word(AS_STR("commodity software technology"), s))
        return refuse(r, "an item is a commodity, software or technology", s);
    return read_text(r, v, to);
}

static as_rc read_date(struct reader *r, as_json v, void *to)
{
    as_date d;

    if (!as_date_read(as_json_str(v), &d))
        return refuse(r, "a date is expected (2026-01-31)", as_json_str(v));
    return read_text(r, v, to);
}

static as_rc read_uses(struct reader *r, as_json v, void *to)
{
    as_licence_use u;
    bool any = false;

    if (!as_json_is(v, AS_JSON_ARRAY))
        return refuse(r, "a list of end uses is expected", as_json_str(v));
    r->f->uses_known = true;
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        if (!as_licence_use_of(as_json_str(it.value), &u))
            return refuse(r, "no end use is called", as_json_str(it.value));
        r->f->uses[u] = true;
        any = any || u != AS_USE_CIVIL;
    }
    if (any && r->f->uses[AS_USE_CIVIL])
        return refuse(r, "civil is for none of the others", AS_ABSENT);
    return AS_OK;
}

/* "3A001/MT" or "MT". */
static bool is_condition(as_str key, as_arena *arena)
{
    as_str reason = key, entry = as_str_cut(&reason, '/');
    as_eccn e;

    if (as_str_is_absent(reason))
        reason = entry;
    else if (!as_eccn_read(entry, arena, &e))
        return false;
    for (size_t i = 0; i < reason.n; i++)
        if (!as_ascii_is_upper(reason.p[i]))
            return false;
    return reason.n == 2 || reason.n == 3;
}

static as_rc read_conditions(struct reader *r, as_json v, void *to)
{
    size_t n = as_json_count(v);

    if (!as_json_is(v, AS_JSON_OBJECT) || n > AS_LICENCE_LIST)
        return refuse(r, "a mapping of conditions is expected", AS_ABSENT);
    r->f->conditions = AS_NEW_ARRAY(r->arena, n, as_licence_condition);
    r->f->n_conditions = 0;
    for (as_json_iter it = as_json_each(v);
         r->f->conditions && as_json_next(&it);) {
        bool b;
        if (!as_json_bool(it.value, &b))
            return refuse(r, "true or false is expected", it.key);
        if (!is_condition(it.key, r->arena))
            return refuse(r, "a condition is called ECCN/REASON, not", it.key);
        r->f->conditions[r->f->n_conditions++] =
            (as_licence_condition){as_arena_str(r->arena, it.key), b};
    }
    return AS_OK;
}

/* ---- parties ---------------------------------------------------------------
 */

struct listing {
    as_str list, id, name, requirement, policy, edition, from, to;
    double share[2];
    as_json footnotes, path;
};

static as_rc read_listed_id(struct reader *r, as_json v, void *to)
{
    return read_text(r, v, to);
}

static as_rc keep_json(struct reader *r, as_json v, void *to)
{
    if (!as_json_is(v, AS_JSON_ARRAY) || as_json_count(v) > AS_LICENCE_LIST)
        return refuse(r, "a list is expected", as_json_str(v));
    *(as_json *)to = v;
    return AS_OK;
}

#define LISTING(member) offsetof(struct listing, member)
static const struct field listing_fields[] = {
    {"list", read_text, LISTING(list)},
    {"id", read_listed_id, LISTING(id)},
    {"name", read_text, LISTING(name)},
    {"requirement", read_text, LISTING(requirement)},
    {"policy", read_text, LISTING(policy)},
    {"edition", read_text, LISTING(edition)},
    {"from", read_date, LISTING(from)},
    {"to", read_date, LISTING(to)},
    {"share", read_share, LISTING(share)},
    {"footnotes", keep_json, LISTING(footnotes)},
    {"owners", keep_json, LISTING(path)},
    {NULL, NULL, 0},
};

/* Reads the members of an object that the table names, and no others. */
static as_rc read_fields(struct reader *r, as_json v, const struct field *table,
                         void *to)
{
    if (!as_json_is(v, AS_JSON_OBJECT))
        return refuse(r, "a mapping is expected", as_json_str(v));
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        const struct field *f = table;
        size_t before = r->path.n;
        as_rc rc;
        while (f->key && !as_str_eq(as_str_c(f->key), it.key))
            f++;
        as_json_pointer_key(&r->path, it.key);
        rc = f->key ? f->read(r, it.value, (char *)to + f->offset)
                    : refuse(r, "there is no such field", it.key);
        if (rc)
            return rc;
        r->path.n = before;
    }
    return AS_OK;
}

static as_rc add_term(struct reader *r, as_party_match *m, const char *key,
                      as_str value)
{
    if (as_str_is_absent(value))
        return AS_OK;
    m->terms[m->n_terms++] = (as_party_term){as_str_c(key), value};
    return AS_OK;
}

static as_rc fill_match(struct reader *r, const struct listing *l,
                        as_party_match *m)
{
    size_t notes = as_json_count(l->footnotes);
    as_rc rc = AS_OK;

    m->terms = AS_NEW_ARRAY(r->arena, notes + 2, as_party_term);
    if (!m->terms)
        return refuse(r, "there are too many", AS_ABSENT);
    add_term(r, m, "requirement", l->requirement);
    add_term(r, m, "policy", l->policy);
    for (as_json_iter it = as_json_each(l->footnotes); as_json_next(&it);) {
        uint64_t n = 0;
        as_str s = as_json_str(it.value);
        if (as_json_u64(it.value, &n))
            s = as_arena_printf(r->arena, "%llu", (unsigned long long)n);
        if (s.n == 0)
            return refuse(r, "a footnote is a number", AS_ABSENT);
        add_term(r, m, "footnote", as_arena_str(r->arena, s));
    }
    if (l->path.doc)
        rc = read_texts(r, l->path, &m->path, &m->n_path);
    return rc;
}

/* "EL" is short for the list of the consolidated screening list. A name in
 * capitals, or of that list, has to be one that it has. */
static bool list_name(struct reader *r, as_str *name)
{
    static const char csl[] = "SDN EL DPL DTC SSI UVL ISN PLC MEU CMIC NS-MBS "
                              "CAP";
    as_str prefix = AS_STR("us-csl/");
    as_str tail = as_str_slice(*name, prefix.n, name->n);

    if (as_str_starts(*name, prefix))
        return as_eccn_has_word(as_str_c(csl), tail);
    if (as_eccn_has_word(as_str_c(csl), *name)) {
        *name = as_arena_printf(r->arena, "us-csl/%.*s", AS_FMT(*name));
        return true;
    }
    return as_ascii_is_lower(name->p[0]) &&
           (as_str_find(*name, '-') < name->n ||
            as_str_find(*name, '/') < name->n);
}

static as_rc read_match(struct reader *r, as_json v, as_party_match *m)
{
    struct listing l = {.share = {100, 100}};
    as_rc rc = read_fields(r, v, listing_fields, &l);

    if (rc)
        return rc;
    if (l.list.n == 0)
        return refuse(r, "a listing names its list", AS_ABSENT);
    if (!list_name(r, &l.list))
        return refuse(r, "there is no such list (EL, MEU, SDN, DPL, UVL ...)",
                      l.list);
    *m = (as_party_match){
        .list = l.list,
        .id = l.id,
        .listed_name = l.name,
        .matched_name = l.name,
        .score = 1,
        .share_low = l.share[0],
        .share_high = l.share[1],
        .edition = l.edition,
        .from = l.from,
        .to = l.to,
    };
    rc = fill_match(r, &l, m);
    /* A share below the whole is held by way of an owner. */
    if (!rc && m->n_path == 0 && m->share_low < 100) {
        m->path = AS_NEW_ARRAY(r->arena, 1, as_str);
        if (m->path && l.name.n)
            m->path[0] = l.name;
        m->n_path = m->path ? 1 : 0;
    }
    return rc;
}

static as_rc read_matches(struct reader *r, as_json v, void *to)
{
    as_party_facts *facts_ = to;
    size_t n = as_json_count(v);

    if (!as_json_is(v, AS_JSON_ARRAY) || n > AS_LICENCE_LIST)
        return refuse(r, "a list of listings is expected", AS_ABSENT);
    facts_->matches = AS_NEW_ARRAY(r->arena, n, as_party_match);
    facts_->n_matches = 0;
    for (as_json_iter it = as_json_each(v);
         facts_->matches && as_json_next(&it);) {
        as_rc rc = read_match(r, it.value, &facts_->matches[facts_->n_matches]);
        if (rc)
            return rc;
        facts_->n_matches++;
    }
    return AS_OK;
}

static as_rc read_bool(struct reader *r, as_json v, void *to)
{
    if (!as_json_bool(v, to))
        return refuse(r, "true or false is expected", as_json_str(v));
    return AS_OK;
}

#define PARTY(member) offsetof(as_licence_party, member)
static const struct field party_fields[] = {
    {"name", read_text, PARTY(facts.name)},
    {"role", read_text, PARTY(role)},
    {"country", read_text, PARTY(facts.country)},
    {"headquarters", read_text, PARTY(headquarters)},
    {"screened", read_bool, PARTY(facts.examined)},
    {"listed", read_matches, PARTY(facts)},
    {NULL, NULL, 0},
};

static as_rc read_parties(struct reader *r, as_json v, void *to)
{
    size_t n = as_json_count(v), cap = r->f->n_parties;

    if (!as_json_is(v, AS_JSON_ARRAY))
        return refuse(r, "a list of parties is expected", AS_ABSENT);
    if (n > AS_LICENCE_PARTIES || r->f->n_parties > AS_LICENCE_PARTIES)
        return refuse(r, "there are more than 1,000 parties", AS_ABSENT);
    r->f->parties = as_arena_grow(r->arena, r->f->parties, &cap,
                                  r->f->n_parties + n, sizeof *r->f->parties);
    for (as_json_iter it = as_json_each(v);
         r->f->parties && as_json_next(&it);) {
        as_licence_party *p = &r->f->parties[r->f->n_parties];
        as_rc rc;
        *p = (as_licence_party){.role = AS_ABSENT};
        rc = read_fields(r, it.value, party_fields, p);
        if (!rc && p->facts.name.n == 0)
            rc = refuse(r, "a party has a name", AS_ABSENT);
        if (rc)
            return rc;
        r->f->n_parties++;
    }
    return AS_OK;
}

/* ---- the document ----------------------------------------------------------
 */

#define FACT(member) offsetof(as_licence_facts, member)
#define TRUTH(which) FACT(facts[AS_FACT_##which])
static const struct field item_fields[] = {
    {"eccn", read_text, FACT(eccn)},
    {"kind", read_item_kind, FACT(item_kind)},
    {"origin", read_text, FACT(origin)},
    {"for", read_item_for, 0},
    {"us_content_share", read_share, FACT(us_share_low)},
    {"made_with", read_made_with, 0},
    {"plant_made_with", read_plant, 0},
    {"ic_made_with", read_ic, 0},
    {"conditions", read_conditions, 0},
    {"in_us", read_truth, TRUTH(IN_US)},
    {"contains_us_ic", read_truth, TRUTH(CONTAINS_US_IC)},
    {"food_or_medicine", read_truth, TRUTH(FOOD_OR_MEDICINE)},
    {"listed_hts", read_truth, TRUTH(LISTED_HTS)},
    {"assurance_technology", read_truth, TRUTH(WRITTEN_ASSURANCE)},
    {NULL, NULL, 0},
};
static const struct field minimum_fields[] = {
    {"computer", read_truth, TRUTH(NM_COMPUTER)},
    {"encryption_technology", read_truth, TRUTH(NM_ENCRYPTION)},
    {"lithography", read_truth, TRUTH(NM_LITHOGRAPHY)},
    {"engine_technology", read_truth, TRUTH(NM_ENGINE)},
    {"military_0A919", read_truth, TRUTH(NM_0A919)},
    {"series_600", read_truth, TRUTH(NM_SERIES)},
    {"series_600_y", read_truth, TRUTH(NM_SERIES_Y)},
    {NULL, NULL, 0},
};
static const struct field facility_fields[] = {
    {"makes_ics", read_truth, TRUTH(MAKES_ICS)},
    {"advanced_node", read_truth, TRUTH(ADVANCED_NODE)},
    {"back_end_only", read_truth, TRUTH(BACK_END)},
    {NULL, NULL, 0},
};
static const struct field destination_fields[] = {
    {"country", read_text, FACT(to)},
    {"from", read_text, FACT(from)},
    {"occupied_region", read_truth, TRUTH(OCCUPIED_REGION)},
    {NULL, NULL, 0},
};
static const struct field transaction_fields[] = {
    {"kind", read_kind, 0},
    {"value", read_number, FACT(value)},
    {"as_of", read_date, FACT(as_of)},
    {"us_person_support", read_truth, TRUTH(US_PERSON)},
    {"temporary", read_truth, TRUTH(TEMPORARY)},
    {"servicing", read_truth, TRUTH(SERVICING)},
    {"government", read_truth, TRUTH(GOVERNMENT)},
    {"gift", read_truth, TRUTH(GIFT)},
    {"baggage", read_truth, TRUTH(BAGGAGE)},
    {"vessel_or_aircraft", read_truth, TRUTH(VESSEL)},
    {NULL, NULL, 0},
};

static as_rc read_item(struct reader *r, as_json v, void *to)
{
    return read_fields(r, v, item_fields, r->f);
}

static as_rc read_minimum(struct reader *r, as_json v, void *to)
{
    return read_fields(r, v, minimum_fields, r->f);
}

static as_rc read_facility(struct reader *r, as_json v, void *to)
{
    return read_fields(r, v, facility_fields, r->f);
}

static as_rc read_destination(struct reader *r, as_json v, void *to)
{
    return read_fields(r, v, destination_fields, r->f);
}

static as_rc read_transaction(struct reader *r, as_json v, void *to)
{
    return read_fields(r, v, transaction_fields, r->f);
}

static as_rc read_schema(struct reader *r, as_json v, void *to)
{
    if (!as_str_eq(as_json_str(v), AS_STR("assay-facts/1")))
        return refuse(r, "the schema is assay-facts/1, not", as_json_str(v));
    return AS_OK;
}

static const struct field root_fields[] = {
    {"schema", read_schema, 0},
    {"item", read_item, 0},
    {"no_minimum", read_minimum, 0},
    {"facility", read_facility, 0},
    {"destination", read_destination, 0},
    {"transaction", read_transaction, 0},
    {"parties", read_parties, 0},
    {"parties_complete", read_bool, FACT(parties_complete)},
    {"end_use", read_uses, 0},
    {"end_use_text", read_text, FACT(use_text)},
    {NULL, NULL, 0},
};

as_rc as_licence_facts_read(as_json root, as_arena *arena, as_licence_facts *f,
                            as_err *err)
{
    struct reader r = {.arena = arena, .f = f, .err = err};
    as_err scrap;
    as_rc rc;

    if (!err) {
        as_err_init(&scrap);
        r.err = &scrap;
    }
    as_buf_init(&r.path, 1 << 16);
    if (as_str_is_absent(as_json_get_str(root, AS_STR("schema"))))
        rc = refuse(&r, "the schema is missing (assay-facts/1)", AS_ABSENT);
    else
        rc = read_fields(&r, root, root_fields, f);
    as_buf_done(&r.path);
    if (!rc && as_arena_failed(arena))
        rc = as_fail(r.err, AS_ERR_LIMIT, "the facts are too many");
    return rc;
}

as_rc as_licence_facts_yaml(as_span yaml, as_arena *arena, as_licence_facts *f,
                            as_err *err)
{
    as_json_doc *doc = NULL;
    as_err own;
    as_buf json;
    as_rc rc;

    as_err_init(&own);
    as_buf_init(&json, AS_MIB * 16);
    rc = as_yaml_to_json(yaml, AS_YAML_NUMBERS_AS_TEXT, &json, &own);
    if (!rc)
        rc = as_json_read(as_buf_span(&json), NULL, &doc, &own);
    if (!rc)
        rc = as_licence_facts_read(as_json_root(doc), arena, f, &own);
    if (rc && own.place.path[0])
        as_yaml_locate(yaml, as_str_c(own.place.path), &own.place);
    as_json_free(doc);
    as_buf_done(&json);
    if (rc && err)
        *err = own;
    return rc;
}

bool as_licence_facts_party(as_licence_facts *f, as_arena *arena, as_str name)
{
    size_t cap = f->n_parties;
    as_licence_party *grown;

    for (size_t i = 0; i < f->n_parties; i++)
        if (as_str_eq_nocase(f->parties[i].facts.name, name))
            return true;
    if (f->n_parties >= AS_LICENCE_PARTIES)
        return false;
    grown =
        as_arena_grow(arena, f->parties, &cap, f->n_parties + 1, sizeof *grown);
    if (!grown)
        return false;
    f->parties = grown;
    f->parties[f->n_parties++] =
        (as_licence_party){.facts = {.name = as_arena_str(arena, name)}};
    return true;
}
