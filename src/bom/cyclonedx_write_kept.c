/* SPDX-License-Identifier: Apache-2.0 */
/* Values of a CycloneDX source that are written as they were kept; and, when
 * the source is newer than the version written, without what that version does
 * not know. Each thing left out is counted as lost. */
#include "bom/cyclonedx_write_internal.h"

const as_extra *as_cyclonedx_extra(const struct cyclonedx_output *c, as_str key)
{
    return c->same ? as_bom_find_extra(c->o.p->extras, c->o.p->n_extras, key)
                   : NULL;
}

/* Members that came with 1.7: below which member (empty: anywhere). */
struct since {
    as_str parent, name;
};

static const struct since since_1_7[] = {
#define ROW(parent, name)                                                      \
    {                                                                          \
        AS_STR_INIT(parent), AS_STR_INIT(name)                                 \
    }
    ROW("", "versionRange"),
    ROW("", "isExternal"),
    ROW("", "patentAssertions"),
    ROW("", "patents"),
    ROW("", "distributionConstraints"),
    ROW("externalReferences", "properties"),
    ROW("licenses", "expressionDetails"),
    ROW("licenses", "licensing"),
    ROW("licenses", "properties"),
    ROW("", "tlsGroups"),
    ROW("", "tlsSignatureSchemes"),
    ROW("", "ikev2TransformTypes"), /* strings became objects */
    ROW("", "algorithmFamily"),
    ROW("", "ellipticCurve"),
    ROW("", "relatedCryptographicAssets"),
    ROW("", "fingerprint"),
    ROW("certificateProperties", "serialNumber"),
    ROW("certificateProperties", "certificateFileExtension"),
    ROW("certificateProperties", "certificateState"),
    ROW("certificateProperties", "certificateExtensions"),
    ROW("certificateProperties", "creationDate"),
    ROW("certificateProperties", "activationDate"),
    ROW("certificateProperties", "deactivationDate"),
    ROW("certificateProperties", "revocationDate"),
    ROW("certificateProperties", "destructionDate"),
#undef ROW
};

static bool is_too_new(as_str parent, as_str name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(since_1_7); i++)
        if (as_str_eq(since_1_7[i].name, name) &&
            (since_1_7[i].parent.n == 0 ||
             as_str_eq(since_1_7[i].parent, parent)))
            return true;
    return false;
}

bool as_cyclonedx_is_new_reference(as_str type)
{
    static const as_str types[] = {
        AS_STR_INIT("patent"), AS_STR_INIT("patent-family"),
        AS_STR_INIT("patent-assertion"), AS_STR_INIT("citation")};

    for (size_t i = 0; i < AS_ARRAY_LEN(types); i++)
        if (as_str_eq(types[i], type))
            return true;
    return false;
}

static void write_older(struct cyclonedx_output *c, as_str parent, as_json v);

/* Up to 1.6 an expression stands alone: among others it becomes a name. */
static void write_named_licence(struct cyclonedx_output *c, as_json v)
{
    as_json_writer *w = &c->o.w;

    as_bom_lose(&c->o, AS_NO_PART, AS_STR("that a licence is an expression"));
    as_json_write_object(w);
    as_json_write_key(w, AS_STR("license"));
    as_json_write_object(w);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        if (is_too_new(AS_STR("licenses"), it.key)) {
            as_bom_lose_key(&c->o, AS_NO_PART, "the member", it.key);
            continue;
        }
        as_json_write_key(w, as_str_eq(it.key, AS_STR("expression"))
                                 ? AS_STR("name")
                                 : it.key);
        as_json_write_value(w, it.value);
    }
    as_json_write_object_end(w);
    as_json_write_object_end(w);
}

/* An element of a list that has to be said differently, or not at all. */
static bool write_element(struct cyclonedx_output *c, as_str parent, as_json v,
                          size_t n)
{
    as_str alg = as_json_get_str(v, AS_STR("alg"));

    if (as_str_eq(parent, AS_STR("licenses")) && n > 1 &&
        as_json_is(as_json_get(v, AS_STR("expression")), AS_JSON_STRING)) {
        write_named_licence(c, v);
        return true;
    }
    if (as_str_starts(alg, AS_STR("Streebog"))) {
        as_bom_lose_key(&c->o, AS_NO_PART, "the digest", alg);
        return true;
    }
    return false;
}

static void write_member(struct cyclonedx_output *c, as_str parent, as_str key,
                         as_json v)
{
    if (is_too_new(parent, key)) {
        as_bom_lose_key(&c->o, AS_NO_PART, "the member", key);
        return;
    }
    as_json_write_key(&c->o.w, key);
    if (as_str_eq(key, AS_STR("type")) &&
        as_cyclonedx_is_new_reference(as_json_str(v))) {
        as_bom_lose_key(&c->o, AS_NO_PART, "the type of reference",
                        as_json_str(v));
        as_json_write_str(&c->o.w, AS_STR("other"));
        return;
    }
    write_older(c, key, v);
}

/* parent: the member that v, or the list it is in, is the value of. Recursion
 * is bounded by the depth of JSON. */
static void write_older(struct cyclonedx_output *c, as_str parent, as_json v)
{
    as_json_iter it = as_json_each(v);
    size_t n = as_json_count(v);

    if (!it.doc) {
        as_json_write_value(&c->o.w, v);
        return;
    }
    if (it.object) {
        as_json_write_object(&c->o.w);
        while (as_json_next(&it))
            write_member(c, parent, it.key, it.value);
        as_json_write_object_end(&c->o.w);
        return;
    }
    as_json_write_array(&c->o.w);
    while (as_json_next(&it))
        if (!write_element(c, parent, it.value, n))
            write_older(c, parent, it.value);
    as_json_write_array_end(&c->o.w);
}

void as_cyclonedx_write_value(struct cyclonedx_output *c, as_str key, as_json v)
{
    if (c->newer)
        write_older(c, key, v);
    else
        as_json_write_value(&c->o.w, v);
}

void as_cyclonedx_write_kept(struct cyclonedx_output *c, uint32_t part,
                             as_str key, as_str json)
{
    as_json_doc *doc = NULL;

    if (as_json_read(as_str_span(json), NULL, &doc, NULL)) {
        as_bom_lose_key(&c->o, part, "the member", key);
        return;
    }
    as_json_write_key(&c->o.w, key);
    as_cyclonedx_write_value(c, key, as_json_root(doc));
    as_json_free(doc);
}
