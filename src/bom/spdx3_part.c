/* SPDX-License-Identifier: Apache-2.0 */
/* Packages, files and their like of SPDX 3.0, with their licences. */
#include "base/limits.h"
#include "bom/spdx3_internal.h"

#include <stddef.h>

enum { LICENCE_DEPTH = 16 };

static struct spdx3 *state_of(as_bom_reader *r)
{
    return r->state;
}

static bool ignore(as_bom_reader *r, as_part *part, const as_bom_field *f,
                   as_json v)
{
    return true;
}

static bool read_purl(as_bom_reader *r, as_part *part, const as_bom_field *f,
                      as_json v)
{
    as_str purl = as_bom_text(r, f->name, v);

    if (as_str_is_empty(part->purl))
        part->purl = purl;
    return true;
}

static bool read_purpose(as_bom_reader *r, as_part *part, const as_bom_field *f,
                         as_json v)
{
    as_part_kind kind;

    as_bom_read_word(r, part, f, v);
    kind = as_spdx_kind_of(part->kind_text);
    if (part->kind == AS_PART_PACKAGE)
        part->kind = kind;
    return true;
}

/* ---- agents ------------------------------------------------------------ */

static void add_agent(as_bom_reader *r, as_attribute_key key, as_str path,
                      as_json v)
{
    as_json agent = as_spdx3_resolve(state_of(r), v);
    as_str name = as_spdx3_get_str(agent, "name");

    if (key == AS_ATTR_KEYS)
        key = as_str_eq(as_spdx3_type(agent), AS_STR("Person"))
                  ? AS_ATTR_AUTHOR
                  : AS_ATTR_PUBLISHER;
    if (name.n)
        as_bom_add_attribute(r, key, as_bom_intern(r, name), path);
}

/* suppliedBy, and originatedBy (where a part came from first). */
static bool read_agents(as_bom_reader *r, as_part *part, const as_bom_field *f,
                        as_json v)
{
    if (!as_json_is(v, AS_JSON_ARRAY)) {
        add_agent(r, f->key, f->path, v);
        return true;
    }
    for (as_json_iter it = as_json_each(v); as_json_next(&it);)
        add_agent(r, f->key, f->path, it.value);
    return true;
}

/* ---- identifiers, references, digests ---------------------------------- */

static void add_reference(as_bom_reader *r, as_str type, as_str url,
                          as_str comment)
{
    as_reference *x = AS_BOM_PUSH(r, &r->references, as_reference);

    x->type = as_bom_intern(r, type);
    x->url = as_bom_keep(r, url);
    x->comment = as_bom_keep(r, comment);
}

static bool read_identifiers(as_bom_reader *r, as_part *part,
                             const as_bom_field *f, as_json v)
{
    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str type = as_spdx3_get_str(it.value, "externalIdentifierType");
        as_str id = as_str_trim(as_spdx3_get_str(it.value, "identifier"));
        if (as_str_eq_nocase(type, AS_STR("packageUrl")) &&
            as_str_is_empty(part->purl))
            part->purl = as_bom_keep(r, id);
        else if (as_str_eq(type, AS_STR("cpe22")) ||
                 as_str_eq(type, AS_STR("cpe23")))
            as_bom_add_cpe(r, id);
        else
            add_reference(r, type, id, as_spdx3_get_str(it.value, "comment"));
    }
    return true;
}

static bool read_references(as_bom_reader *r, as_part *part,
                            const as_bom_field *f, as_json v)
{
    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str type = as_spdx3_get_str(it.value, "externalRefType");
        as_str comment = as_spdx3_get_str(it.value, "comment");
        as_json locators = as_spdx3_get(it.value, "locator");
        if (as_json_is(locators, AS_JSON_STRING))
            add_reference(r, type, as_json_str(locators), comment);
        for (as_json_iter l = as_json_each(locators); as_json_next(&l);)
            add_reference(r, type, as_json_str(l.value), comment);
    }
    return true;
}

static bool read_url(as_bom_reader *r, as_part *part, const as_bom_field *f,
                     as_json v)
{
    as_str url = as_json_str(v);

    if (url.n && !as_spdx_is_nothing(url))
        add_reference(r,
                      as_str_eq(f->name, AS_STR("homePage"))
                          ? AS_STR("website")
                          : AS_STR("distribution"),
                      url, AS_ABSENT);
    return url.n > 0;
}

static bool read_hashes(as_bom_reader *r, as_part *part, const as_bom_field *f,
                        as_json v)
{
    bool whole = true;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_json method = as_spdx3_resolve(state_of(r), it.value);
        as_str algorithm = as_spdx3_get_str(method, "algorithm");
        as_str value = as_spdx3_get_str(method, "hashValue");
        as_str known = as_spdx_hash_to_model(algorithm);
        if (!as_str_eq(as_spdx3_type(method), AS_STR("Hash")) || !value.n) {
            whole = false; /* the verification code of a package */
            continue;
        }
        as_bom_add_hash(r, known.n ? known : algorithm, value);
    }
    return whole;
}

/* ---- licences ---------------------------------------------------------- */

static void put_licence(struct spdx3 *s, as_json v, size_t depth, as_buf *out);

static void put_members(struct spdx3 *s, as_json v, size_t depth,
                        const char *between, as_buf *out)
{
    as_json members = as_spdx3_get(v, "member");

    as_buf_byte(out, '(');
    for (as_json_iter it = as_json_each(members); as_json_next(&it);) {
        if (it.index)
            as_buf_c(out, between);
        put_licence(s, as_spdx3_resolve(s, it.value), depth + 1, out);
    }
    as_buf_byte(out, ')');
}

static void put_pair(struct spdx3 *s, as_json v, size_t depth, as_buf *out)
{
    as_json addition = as_spdx3_resolve(s, as_spdx3_get(v, "subjectAddition"));

    put_licence(s, as_spdx3_resolve(s, as_spdx3_get(v, "subjectLicense")),
                depth + 1, out);
    if (addition.doc) {
        as_buf_c(out, " WITH ");
        put_licence(s, addition, depth + 1, out);
    } else {
        as_buf_byte(out, '+');
    }
}

/* The last segment of an id: "https://spdx.org/licenses/MIT" -> "MIT". */
static as_str last_segment(as_json v)
{
    as_str id = as_json_get_str(v, AS_STR("spdxId"));
    size_t slash = as_str_rfind(id, '/');

    return slash < id.n ? as_str_slice(id, slash + 1, id.n) : id;
}

static void put_licence(struct spdx3 *s, as_json v, size_t depth, as_buf *out)
{
    as_str type = as_spdx3_type(v);
    as_str text = as_spdx3_get_str(v, "licenseExpression");

    if (depth > LICENCE_DEPTH || !v.doc)
        as_buf_c(out, "NOASSERTION");
    else if (text.n)
        as_buf_str(out, text);
    else if (as_str_eq(type, AS_STR("ConjunctiveLicenseSet")))
        put_members(s, v, depth, " AND ", out);
    else if (as_str_eq(type, AS_STR("DisjunctiveLicenseSet")))
        put_members(s, v, depth, " OR ", out);
    else if (as_str_eq(type, AS_STR("WithAdditionOperator")) ||
             as_str_eq(type, AS_STR("OrLaterOperator")))
        put_pair(s, v, depth, out);
    else
        as_buf_str(out, last_segment(v));
}

static bool read_licence(struct spdx3 *s, uint32_t licence, as_str path)
{
    as_buf text;
    as_str expression;

    if (licence == AS_NO_PART)
        return false;
    as_buf_init(&text, AS_MIB);
    put_licence(s, s->tree.nodes[licence].v, 0, &text);
    expression = as_str_trim(as_buf_text(&text));
    if (expression.n == 0 || as_buf_failed(&text) ||
        as_str_search(expression, AS_STR("NOASSERTION")) < expression.n ||
        as_str_eq(expression, AS_STR("NONE")) ||
        as_str_eq(expression, AS_STR("NoAssertionLicense"))) {
        as_buf_done(&text);
        return false;
    }
    AS_BOM_PUSH(s->r, &s->r->licences, as_licence)->expression =
        as_bom_intern(s->r, expression);
    as_buf_done(&text);
    as_bom_add_licence_expression(s->r, path);
    return true;
}

/* ---- properties ------------------------------------------------------------
 */

static as_str get_plain(as_json v, as_str end)
{
    for (as_json_iter it = as_json_each(v); as_json_next(&it);)
        if (as_str_ends(it.key, end))
            return as_json_str(it.value);
    return AS_ABSENT;
}

/* CdxPropertiesExtension of the profile Extension: properties as CycloneDX has
 * them. */
static bool read_extensions(as_bom_reader *r, as_part *part,
                            const as_bom_field *f, as_json v)
{
    size_t n = 0;

    v = as_bom_array(r, f->name, v);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_json list = as_json_get(it.value, AS_STR("extension_cdxProperty"));
        for (as_json_iter p = as_json_each(list); as_json_next(&p);) {
            as_bom_place place = {"/extension/", n++, ""};
            as_bom_use_fact(r, part, get_plain(p.value, AS_STR("cdxPropName")),
                            get_plain(p.value, AS_STR("cdxPropValue")), &place);
        }
    }
    return false;
}

/* ---- the part ---------------------------------------------------------- */

static const as_bom_field fields[] = {
    AS_BOM_TEXT_FIELD("spdxId", as_bom_read_text, ref),
    AS_BOM_TEXT_FIELD("name", as_bom_read_text, name),
    AS_BOM_TEXT_FIELD("packageVersion", as_bom_read_text, version),
    AS_BOM_TEXT_FIELD("primaryPurpose", read_purpose, kind_text),
    AS_BOM_LIST_FIELD("packageUrl", read_purl),
    AS_BOM_LIST_FIELD("type", ignore),
    AS_BOM_LIST_FIELD("@type", ignore),
    AS_BOM_LIST_FIELD("creationInfo", ignore),
    AS_BOM_LIST_FIELD("externalIdentifier", read_identifiers),
    AS_BOM_LIST_FIELD("externalRef", read_references),
    AS_BOM_LIST_FIELD("verifiedUsing", read_hashes),
    AS_BOM_LIST_FIELD("extension", read_extensions),
    AS_BOM_LIST_FIELD("homePage", read_url),
    AS_BOM_LIST_FIELD("downloadLocation", read_url),
    AS_BOM_FACT_FIELD("suppliedBy", read_agents, AS_ATTR_SUPPLIER,
                      "/suppliedBy"),
    AS_BOM_FACT_FIELD("originatedBy", read_agents, AS_ATTR_KEYS,
                      "/originatedBy"),
    AS_BOM_FACT_FIELD("description", as_bom_read_attribute, AS_ATTR_DESCRIPTION,
                      "/description"),
    AS_BOM_FACT_FIELD("copyrightText", as_bom_read_attribute, AS_ATTR_COPYRIGHT,
                      "/software_copyrightText"),
    AS_BOM_FACT_FIELD("validUntilTime", as_bom_read_attribute,
                      AS_ATTR_END_OF_SUPPORT, "/validUntilTime"),
};

static as_part_kind kind_of_type(as_str type)
{
    static const struct {
        as_str type;
        as_part_kind kind;
    } rows[] = {
        {AS_STR_INIT("File"), AS_PART_FILE},
        {AS_STR_INIT("AIPackage"), AS_PART_MODEL},
        {AS_STR_INIT("DatasetPackage"), AS_PART_DATA},
        {AS_STR_INIT("Hardware"), AS_PART_DEVICE},
        {AS_STR_INIT("PhysicalHardware"), AS_PART_DEVICE},
        {AS_STR_INIT("HardwarePackage"), AS_PART_DEVICE},
        {AS_STR_INIT("Service"), AS_PART_SERVICE},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(rows); i++)
        if (as_str_eq(rows[i].type, type))
            return rows[i].kind;
    return AS_PART_PACKAGE;
}

void as_spdx3_read_part(void *ctx, as_part *part, const as_spdx_node *node)
{
    struct spdx3 *s = ctx;
    as_bom_reader *r = s->r;
    size_t at = (size_t)(node - s->tree.nodes);

    part->kind = kind_of_type(as_spdx3_type(node->v));
    for (as_json_iter it = as_json_each(node->v); as_json_next(&it);) {
        const as_bom_field *f = as_bom_find_field(fields, AS_ARRAY_LEN(fields),
                                                  as_spdx3_plain(it.key));
        if (!f || !f->read(r, part, f, it.value))
            as_bom_add_extra(r, &r->extras, it.key, it.value);
    }
    if (!read_licence(s, s->concluded[at], AS_STR("hasConcludedLicense")))
        read_licence(s, s->declared[at], AS_STR("hasDeclaredLicense"));
    as_bom_add_maker(r);
    as_bom_take_part(r, part);
    if (as_str_is_empty(part->name))
        as_bom_diagnose(r, false, AS_ABSENT, "the element has no name");
    if (as_str_is_empty(part->ref))
        as_bom_diagnose(r, false, AS_STR("spdxId"), "\"spdxId\" is missing");
}
