/* SPDX-License-Identifier: Apache-2.0 */
/* What every reader does with the facts of a part: attributes, CPEs, hashes,
 * licences, and the properties that stand for them. See reader_internal.h. */
#include "bom/reader_internal.h"

#include "model/category.h"

#include <string.h>

void as_bom_add_extra(as_bom_reader *r, as_bom_list *list, as_str key,
                      as_json v)
{
    as_extra *x = AS_BOM_PUSH(r, list, as_extra);

    x->key = as_bom_intern(r, key);
    x->json = as_bom_keep_json(r, v);
}

/* ---- members ----------------------------------------------------------- */

const as_bom_field *as_bom_find_field(const as_bom_field *fields, size_t n,
                                      as_str name)
{
    for (size_t i = 0; i < n; i++)
        if (fields[i].name.n == name.n && as_str_eq(fields[i].name, name))
            return &fields[i];
    return NULL;
}

static as_str *text_at(as_part *part, const as_bom_field *f)
{
    return (as_str *)(void *)((char *)part + f->offset);
}

bool as_bom_read_text(as_bom_reader *r, as_part *part, const as_bom_field *f,
                      as_json v)
{
    *text_at(part, f) = as_bom_text(r, f->name, v);
    return true;
}

bool as_bom_read_word(as_bom_reader *r, as_part *part, const as_bom_field *f,
                      as_json v)
{
    as_str s = as_json_str(v);

    if (as_str_is_absent(s))
        return as_bom_read_text(r, part, f, v);
    *text_at(part, f) = as_bom_intern(r, s);
    return true;
}

bool as_bom_read_attribute(as_bom_reader *r, as_part *part,
                           const as_bom_field *f, as_json v)
{
    as_str s = as_json_str(v);

    s = as_str_is_absent(s) ? as_bom_text(r, f->name, v) : as_bom_intern(r, s);
    as_bom_add_attribute(r, f->key, s, f->path);
    return true;
}

bool as_bom_get_strings(as_json v, const as_bom_wanted *want, size_t n,
                        bool *whole)
{
    if (!as_json_is(v, AS_JSON_OBJECT)) {
        *whole = false;
        return false;
    }
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        size_t i = 0;
        while (i < n && !as_str_eq(want[i].name, it.key))
            i++;
        if (i == n || !as_json_is(it.value, AS_JSON_STRING))
            *whole = false;
        else
            *want[i].ret = as_json_str(it.value);
    }
    return true;
}

/* ---- attributes -------------------------------------------------------- */

/* The words by which makers of BOMs fill a field they know nothing of. */
static bool says_unknown(as_str s)
{
    static const as_str words[] = {AS_STR_INIT(""), AS_STR_INIT("unknown"),
                                   AS_STR_INIT("NOASSERTION"),
                                   AS_STR_INIT("NONE"), AS_STR_INIT("n/a")};

    s = as_str_trim(s);
    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq_nocase(s, words[i]))
            return true;
    return false;
}

void as_bom_add_attribute(as_bom_reader *r, as_attribute_key key, as_str value,
                          as_str path)
{
    as_attribute *a;

    if (as_str_is_absent(value))
        return;
    a = AS_BOM_PUSH(r, &r->attributes, as_attribute);
    a->key = key;
    a->value = value;
    a->path = path;
    a->state = says_unknown(value) ? AS_UNKNOWN : AS_DECLARED;
}

const as_attribute *as_bom_gathered(const as_bom_reader *r,
                                    as_attribute_key key)
{
    const as_attribute *items = r->attributes.items;

    for (size_t i = 0; i < r->attributes.n; i++)
        if (items[i].key == key && items[i].state != AS_UNKNOWN)
            return &items[i];
    return NULL;
}

void as_bom_add_maker(as_bom_reader *r)
{
    static const as_attribute_key order[] = {AS_ATTR_MANUFACTURER,
                                             AS_ATTR_SUPPLIER,
                                             AS_ATTR_PUBLISHER, AS_ATTR_AUTHOR};

    for (size_t i = 0; i < AS_ARRAY_LEN(order); i++) {
        const as_attribute *a = as_bom_gathered(r, order[i]);
        if (a) {
            as_bom_add_attribute(r, AS_ATTR_MAKER, a->value, a->path);
            return;
        }
    }
}

/* Names that a new one is held against; no part has so many. */
enum { CPES_COMPARED = 256 };

void as_bom_add_cpe(as_bom_reader *r, as_str cpe)
{
    const as_str *have = r->cpes.items;

    if (as_str_is_empty(cpe))
        return;
    for (size_t i = 0; i < r->cpes.n && i < CPES_COMPARED; i++)
        if (as_str_eq(have[i], cpe))
            return;
    *AS_BOM_PUSH(r, &r->cpes, as_str) = as_bom_keep(r, cpe);
}

/* Hexadecimal digits in lower case; anything else (base64) as it is. */
static as_str keep_hex(as_bom_reader *r, as_str s)
{
    char lower[256];

    if (s.n > sizeof lower)
        return as_bom_keep(r, s);
    for (size_t i = 0; i < s.n; i++) {
        lower[i] = as_ascii_lower(s.p[i]);
        if (!as_ascii_is_digit(lower[i]) &&
            !(lower[i] >= 'a' && lower[i] <= 'f'))
            return as_bom_keep(r, s);
    }
    return as_bom_keep(r, as_str_of(lower, s.n));
}

void as_bom_add_hash(as_bom_reader *r, as_str algorithm, as_str hex)
{
    as_hash *h = AS_BOM_PUSH(r, &r->hashes, as_hash);

    h->algorithm = as_bom_intern(r, algorithm);
    h->hex = keep_hex(r, hex);
}

/* ---- properties -------------------------------------------------------- */

/* Makers of BOMs write the same fact under many names ("assay:mpn",
 * "acme:ManufacturerPartNumber", "cdx:device:serialNumber"). We look at the
 * last segment, letters and digits only, case folded. */
struct known {
    as_str word;
    as_attribute_key key;
    as_str written_as; /* by our writers; absent: the first row of key has it */
};

static const struct known known_words[] = {
    {AS_STR_INIT("mpn"), AS_ATTR_MPN, AS_STR_INIT("assay:mpn")},
    {AS_STR_INIT("manufacturerpartnumber"), AS_ATTR_MPN, {NULL, 0}},
    {AS_STR_INIT("partnumber"), AS_ATTR_MPN, {NULL, 0}},
    {AS_STR_INIT("modelnumber"), AS_ATTR_MODEL_NUMBER,
     AS_STR_INIT("assay:model-number")},
    {AS_STR_INIT("gmn"), AS_ATTR_MODEL_NUMBER, {NULL, 0}},
    {AS_STR_INIT("serialnumber"), AS_ATTR_SERIAL,
     AS_STR_INIT("cdx:device:serialNumber")},
    {AS_STR_INIT("countryofproduction"), AS_ATTR_COUNTRY,
     AS_STR_INIT("assay:country-of-production")},
    {AS_STR_INIT("countryoforigin"), AS_ATTR_COUNTRY, {NULL, 0}},
    {AS_STR_INIT("countryofmanufacture"), AS_ATTR_COUNTRY, {NULL, 0}},
    {AS_STR_INIT("countryofdesign"), AS_ATTR_COUNTRY_DESIGN,
     AS_STR_INIT("assay:country-of-design")},
    {AS_STR_INIT("foundry"), AS_ATTR_FOUNDRY, AS_STR_INIT("assay:foundry")},
    {AS_STR_INIT("waferfoundry"), AS_ATTR_FOUNDRY, {NULL, 0}},
    {AS_STR_INIT("diemanufacturer"), AS_ATTR_FOUNDRY, {NULL, 0}},
    {AS_STR_INIT("designer"), AS_ATTR_DESIGNER, AS_STR_INIT("assay:designer")},
    {AS_STR_INIT("cellmaker"), AS_ATTR_CELL_MAKER,
     AS_STR_INIT("assay:cell-maker")},
    {AS_STR_INIT("cellmanufacturer"), AS_ATTR_CELL_MAKER, {NULL, 0}},
    {AS_STR_INIT("technologynode"), AS_ATTR_NODE,
     AS_STR_INIT("assay:technology-node")},
    {AS_STR_INIT("processnode"), AS_ATTR_NODE, {NULL, 0}},
    {AS_STR_INIT("equipmentauthorisation"), AS_ATTR_AUTHORISED,
     AS_STR_INIT("assay:equipment-authorisation")},
    {AS_STR_INIT("equipmentauthorization"), AS_ATTR_AUTHORISED, {NULL, 0}},
    {AS_STR_INIT("fccgrantdate"), AS_ATTR_AUTHORISED, {NULL, 0}},
    {AS_STR_INIT("eccn"), AS_ATTR_ECCN, AS_STR_INIT("assay:eccn")},
    {AS_STR_INIT("exportcontrolclassification"), AS_ATTR_ECCN, {NULL, 0}},
    {AS_STR_INIT("valueshare"), AS_ATTR_VALUE_SHARE,
     AS_STR_INIT("assay:value-share")},
    {AS_STR_INIT("distribution"), AS_ATTR_DISTRIBUTION,
     AS_STR_INIT("assay:distribution")},
    {AS_STR_INIT("endofsupport"), AS_ATTR_END_OF_SUPPORT,
     AS_STR_INIT("cdx:lifecycle:milestone:endOfSupport")},
    {AS_STR_INIT("endofsupportdate"), AS_ATTR_END_OF_SUPPORT, {NULL, 0}},
};

as_str as_bom_property_of(as_attribute_key key)
{
    if (key == AS_ATTR_CATEGORY)
        return AS_STR("assay:category");
    for (size_t i = 0; i < AS_ARRAY_LEN(known_words); i++)
        if (known_words[i].key == key && known_words[i].written_as.p)
            return known_words[i].written_as;
    return AS_ABSENT;
}

/* The last segment of a name, folded into buf; empty when it is too long. */
static as_str fold_name(as_str name, char buf[static 32])
{
    size_t n = 0;

    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == ':' || name.p[i - 1] == '/') {
            name = as_str_slice(name, i, name.n);
            break;
        }
    for (size_t i = 0; i < name.n; i++) {
        if (!as_ascii_is_alnum(name.p[i]))
            continue;
        if (n == 32)
            return AS_STR("");
        buf[n++] = as_ascii_lower(name.p[i]);
    }
    return as_str_of(buf, n);
}

static as_str fact_path(as_bom_reader *r, const as_bom_place *place)
{
    as_buf_clear(&r->scratch);
    as_buf_printf(&r->scratch, "%s%zu%s", place->list, place->index,
                  place->member);
    return as_bom_intern(r, as_buf_text(&r->scratch));
}

static const struct known *find_known(as_str folded)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(known_words); i++)
        if (known_words[i].word.n == folded.n &&
            as_str_eq(known_words[i].word, folded))
            return &known_words[i];
    return NULL;
}

/* Words that mean much elsewhere ("category", "type") stand for an attribute
 * under their full names only. */
static as_attribute_key key_of_full_name(as_str name, as_str value)
{
    if (as_str_eq(name, AS_STR("assay:category")))
        return AS_ATTR_CATEGORY;
    if (as_str_eq(name, AS_STR("cdx:device:deviceType")) &&
        as_category_find(value).n)
        return AS_ATTR_CATEGORY;
    return AS_ATTR_KEYS;
}

/* Identity: false when it is none. */
static bool use_identity(as_bom_reader *r, as_part *part, as_str name,
                         as_str folded, as_str value)
{
    as_part_kind kind;

    if (as_str_starts(folded, AS_STR("cpe")) &&
        as_str_starts_nocase(value, AS_STR("cpe:"))) {
        as_bom_add_cpe(r, value);
        return true;
    }
    if (as_str_eq(folded, AS_STR("purl")) && as_str_is_empty(part->purl) &&
        as_str_starts_nocase(value, AS_STR("pkg:"))) {
        part->purl = as_bom_keep(r, value);
        return true;
    }
    if (!as_str_eq(name, AS_STR("assay:kind")))
        return false;
    kind = as_part_kind_find(value);
    part->kind = kind == AS_PART_OTHER ? part->kind : kind;
    return true;
}

void as_bom_use_fact(as_bom_reader *r, as_part *part, as_str name, as_str value,
                     const as_bom_place *place)
{
    char buf[32];
    as_str folded = fold_name(name, buf);
    as_attribute_key key = key_of_full_name(name, value);
    const struct known *k;

    if (folded.n == 0 || as_str_is_empty(value) ||
        use_identity(r, part, name, folded, value))
        return;
    k = find_known(folded);
    if (k)
        key = k->key;
    if (key != AS_ATTR_KEYS && !as_bom_gathered(r, key))
        as_bom_add_attribute(r, key, as_bom_keep(r, value),
                             fact_path(r, place));
}

void as_bom_use_property(as_bom_reader *r, as_part *part, as_str name,
                         as_str value, size_t index)
{
    as_bom_place place = {"/properties/", index, "/value"};

    as_bom_use_fact(r, part, name, value, &place);
}

/* ---- licences ---------------------------------------------------------- */

/* A name that is no identifier becomes a LicenseRef, as SPDX asks. */
static void put_licence_name(as_buf *out, as_str name)
{
    bool plain = name.n > 0;

    for (size_t i = 0; i < name.n; i++)
        if (!as_ascii_is_alnum(name.p[i]) && name.p[i] != '.' &&
            name.p[i] != '-' && name.p[i] != '+')
            plain = false;
    if (plain) {
        as_buf_str(out, name);
        return;
    }
    as_buf_c(out, "LicenseRef-");
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool ok = as_ascii_is_alnum(c) || c == '.' || c == '-';
        as_buf_byte(out, ok ? c : '-');
    }
}

void as_bom_add_licence_expression(as_bom_reader *r, as_str path)
{
    const as_licence *items = r->licences.items;
    size_t n = r->licences.n;
    as_buf *out = &r->scratch;

    as_buf_clear(out);
    for (size_t i = 0; i < n; i++) {
        bool group = n > 1 && items[i].expression.n;
        if (i)
            as_buf_c(out, " AND ");
        if (group)
            as_buf_byte(out, '(');
        if (items[i].expression.n)
            as_buf_str(out, items[i].expression);
        else
            put_licence_name(out, items[i].id.n ? items[i].id : items[i].name);
        if (group)
            as_buf_byte(out, ')');
    }
    if (out->n && !as_buf_failed(out))
        as_bom_add_attribute(r, AS_ATTR_LICENCE,
                             as_bom_intern(r, as_buf_text(out)), path);
}
