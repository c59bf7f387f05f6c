/* SPDX-License-Identifier: Apache-2.0 */
/* CycloneDX 1.0 to 1.7, XML: rewritten as the CycloneDX JSON that says the
 * same, in one pass, for the one reader of both.
 *
 * Both forms follow one model, so most of it needs no rule: an element with
 * text is a string, one with children or attributes is an object. The table
 * below holds the rest: lists and what stands for them, numbers and booleans,
 * other names, and the few constructions that differ. The namespace of the
 * root decides the version. Elements of foreign namespaces (signatures,
 * extensions) are passed over, with a diagnosis. */
#include "bom/cyclonedx_internal.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "base/xml.h"

#include <stdlib.h>
#include <string.h>

#define NAMESPACE "http://cyclonedx.org/schema/bom/"
/* Extensions whose elements later became part of the standard as they are. */
#define EXTENSION            "http://cyclonedx.org/schema/ext/"
#define EXTENSION_GRAPH      EXTENSION "dependency-graph/1."
#define EXTENSION_DESCRIPTOR EXTENSION "bom-descriptor/1."

enum kind {
    PLAIN = 0,
    LIST,       /* an array of its children */
    REFS,       /* an array of the "ref" (or the text) of its children */
    EACH,       /* stands several times without a list around it: an array */
    EACH_REF,   /* the same, of the "ref" of each */
    EACH_INNER, /* the same, of what its one child is */
    WRAPPED,    /* in a list: an object with this one member */
    TEXT,   /* an object with its text as "content" even without attributes */
    MERGED, /* its attributes and text are members of its parent */
    WHOLE,  /* an object even when it is empty */
    INNER,  /* is what its one child is */
    NUMBER,
    BOOLEAN,
};

struct rule {
    as_str parent; /* empty: any */
    as_str name;   /* of an element or an attribute */
    enum kind kind;
    as_str json; /* its name in JSON when that differs; or, where there are
                    attributes, the name of its text */
};

#define RULE(parent, name, kind, json)                                         \
    {                                                                          \
        AS_STR_INIT(parent), AS_STR_INIT(name), kind, AS_STR_INIT(json)        \
    }

/* The first row that fits is used: those with a parent stand first. */
static const struct rule rules[] = {
    RULE("bom", "version", NUMBER, ""),
    RULE("swid", "tagVersion", NUMBER, ""),
    RULE("swid", "patch", BOOLEAN, ""),
    RULE("component", "isExternal", BOOLEAN, ""),
    RULE("", "content-type", PLAIN, "contentType"),
    RULE("", "license-identifier", PLAIN, "licenseIdentifier"),

    RULE("dependencies", "dependency", PLAIN, ""),
    RULE("runtimeTopology", "dependency", PLAIN, ""),
    RULE("taskDependencies", "dependency", PLAIN, ""),
    RULE("dependency", "dependency", EACH_REF, "dependsOn"),
    RULE("dependency", "provides", EACH_REF, ""),
    RULE("composition", "dependencies", REFS, ""),
    RULE("composition", "vulnerabilities", REFS, ""),
    RULE("identity", "tools", REFS, ""),
    RULE("callstack", "tools", REFS, ""),
    RULE("", "assemblies", REFS, ""),
    RULE("", "subjects", REFS, ""),

    RULE("licenses", "license", WRAPPED, ""),
    RULE("licenses", "expression", TEXT, "expression"),
    RULE("expression-detailed", "details", EACH, "expressionDetails"),
    RULE("copyright", "text", WRAPPED, ""),
    RULE("datasets", "ref", WRAPPED, ""),
    RULE("evidence", "copyright", LIST, ""),
    RULE("evidence", "identity", EACH, ""),
    RULE("evidence", "data", EACH, ""),
    RULE("declarations", "evidence", LIST, ""),
    RULE("claim", "evidence", EACH, ""),
    RULE("claim", "counterEvidence", EACH, ""),
    RULE("attestation", "map", EACH, ""),
    RULE("requirement", "openCre", EACH, ""),
    RULE("service", "data", LIST, ""),
    RULE("component", "data", EACH, ""),
    RULE("component", "omniborId", EACH, ""),
    RULE("component", "swhid", EACH, ""),
    RULE("data", "sensitiveData", EACH, ""),
    RULE("dataset", "sensitiveData", EACH, ""),
    RULE("data", "classification", PLAIN, "classification"),
    RULE("dataflow", "classification", MERGED, "classification"),
    RULE("dataflow", "source", LIST, ""),
    RULE("dataflow", "destination", LIST, ""),
    RULE("supplier", "url", EACH, ""),
    RULE("manufacture", "url", EACH, ""),
    RULE("manufacturer", "url", EACH, ""),
    RULE("provider", "url", EACH, ""),
    RULE("organization", "url", EACH, ""),
    RULE("asserter", "contact", PLAIN, ""),
    RULE("patentAssertion", "asserter", INNER, ""),
    RULE("", "contact", EACH, ""),
    RULE("energyConsumption", "energyProviders", EACH, ""),
    RULE("activityEnergyCost", "value", NUMBER, ""),
    RULE("energyProvided", "value", NUMBER, ""),
    RULE("co2CostEquivalent", "value", NUMBER, ""),
    RULE("co2CostOffset", "value", NUMBER, ""),
    RULE("algorithmProperties", "certificationLevel", EACH, ""),
    RULE("certificateProperties", "certificateState", EACH, ""),
    RULE("protocolProperties", "cryptoRef", EACH, "cryptoRefArray"),
    RULE("ikev2TransformTypes", "esn", BOOLEAN, ""),
    RULE("ikev2TransformTypes", "encr", EACH, ""),
    RULE("ikev2TransformTypes", "prf", EACH, ""),
    RULE("ikev2TransformTypes", "integ", EACH, ""),
    RULE("ikev2TransformTypes", "ke", EACH, ""),
    RULE("ikev2TransformTypes", "auth", EACH, ""),
    RULE("encr", "keyLength", NUMBER, ""),
    RULE("ke", "group", NUMBER, ""),
    RULE("relatedCryptoMaterialProperties", "size", NUMBER, ""),
    RULE("patent", "patentAssignee", EACH_INNER, ""),

    RULE("license", "text", TEXT, ""),
    RULE("swid", "text", TEXT, ""),
    RULE("diff", "text", TEXT, ""),
    RULE("note", "text", TEXT, ""),
    RULE("details", "text", TEXT, ""),
    RULE("", "attachment", TEXT, ""),
    RULE("graphic", "image", TEXT, ""),
    RULE("event", "data", TEXT, ""),
    RULE("input", "data", TEXT, ""),
    RULE("output", "data", TEXT, ""),
    RULE("", "property", TEXT, "value"),
    RULE("", "environmentVar", TEXT, "value"),

    RULE("", "provider", WHOLE, ""),
    RULE("", "supplier", WHOLE, ""),
    RULE("", "manufacture", WHOLE, ""),
    RULE("", "manufacturer", WHOLE, ""),
    RULE("", "organization", WHOLE, ""),
    RULE("", "swid", WHOLE, ""),
    RULE("", "pedigree", WHOLE, ""),
    RULE("", "releaseNotes", WHOLE, ""),
    RULE("", "analysis", WHOLE, ""),
    RULE("", "metadata", WHOLE, ""),
    RULE("component", "evidence", WHOLE, ""),

    RULE("", "authenticated", BOOLEAN, ""),
    RULE("", "x-trust-boundary", BOOLEAN, ""),
    RULE("", "modified", BOOLEAN, ""),
    RULE("", "thirdParty", BOOLEAN, ""),
    RULE("volume", "persistent", BOOLEAN, ""),
    RULE("volume", "remote", BOOLEAN, ""),
    RULE("", "score", NUMBER, ""),
    RULE("", "cwe", NUMBER, ""),
    RULE("frame", "line", NUMBER, ""),
    RULE("frame", "column", NUMBER, ""),
    RULE("occurrence", "line", NUMBER, ""),
    RULE("occurrence", "offset", NUMBER, ""),
    RULE("identity", "confidence", NUMBER, ""),
    RULE("method", "confidence", NUMBER, ""),
    RULE("", "classicalSecurityLevel", NUMBER, ""),
    RULE("", "nistQuantumSecurityLevel", NUMBER, ""),

    RULE("analysis", "responses", LIST, "response"),
    RULE("", "components", LIST, ""),
    RULE("", "services", LIST, ""),
    RULE("", "hashes", LIST, ""),
    RULE("", "licenses", LIST, ""),
    RULE("", "properties", LIST, ""),
    RULE("", "externalReferences", LIST, ""),
    RULE("", "authors", LIST, ""),
    RULE("", "dependencies", LIST, ""),
    RULE("", "compositions", LIST, ""),
    RULE("", "vulnerabilities", LIST, ""),
    RULE("", "tools", LIST, ""),
    RULE("", "tags", LIST, ""),
    RULE("", "ancestors", LIST, ""),
    RULE("", "descendants", LIST, ""),
    RULE("", "variants", LIST, ""),
    RULE("", "commits", LIST, ""),
    RULE("", "patches", LIST, ""),
    RULE("", "resolves", LIST, ""),
    RULE("", "references", LIST, ""),
    RULE("", "aliases", LIST, ""),
    RULE("releaseNotes", "notes", LIST, ""),
    RULE("", "endpoints", LIST, ""),
    RULE("", "ratings", LIST, ""),
    RULE("", "cwes", LIST, ""),
    RULE("", "advisories", LIST, ""),
    RULE("", "affects", LIST, ""),
    RULE("", "versions", LIST, ""),
    RULE("", "supportingMaterial", LIST, ""),
    RULE("", "organizations", LIST, ""),
    RULE("", "individuals", LIST, ""),
    RULE("", "lifecycles", LIST, ""),
    RULE("", "methods", LIST, ""),
    RULE("", "occurrences", LIST, ""),
    RULE("", "frames", LIST, ""),
    RULE("", "parameters", LIST, ""),
    RULE("", "annotations", LIST, ""),
    RULE("", "altIds", LIST, ""),
    RULE("", "licenseTypes", LIST, ""),
    RULE("", "custodians", LIST, ""),
    RULE("", "stewards", LIST, ""),
    RULE("", "owners", LIST, ""),
    RULE("", "collection", LIST, ""),
    RULE("", "datasets", LIST, ""),
    RULE("", "inputs", LIST, ""),
    RULE("", "outputs", LIST, ""),
    RULE("", "performanceMetrics", LIST, ""),
    RULE("", "users", LIST, ""),
    RULE("", "useCases", LIST, ""),
    RULE("", "technicalLimitations", LIST, ""),
    RULE("", "performanceTradeoffs", LIST, ""),
    RULE("", "ethicalConsiderations", LIST, ""),
    RULE("", "fairnessAssessments", LIST, ""),
    RULE("", "energyConsumptions", LIST, ""),
    RULE("", "formulation", LIST, ""),
    RULE("", "workflows", LIST, ""),
    RULE("", "tasks", LIST, ""),
    RULE("", "taskTypes", LIST, ""),
    RULE("", "taskDependencies", LIST, ""),
    RULE("", "runtimeTopology", LIST, ""),
    RULE("", "resourceReferences", LIST, ""),
    RULE("", "steps", LIST, ""),
    RULE("", "commands", LIST, ""),
    RULE("", "conditions", LIST, ""),
    RULE("", "workspaces", LIST, ""),
    RULE("", "environmentVars", LIST, ""),
    RULE("", "cryptoFunctions", LIST, ""),
    RULE("", "cipherSuites", LIST, ""),
    RULE("", "algorithms", LIST, ""),
    RULE("", "identifiers", LIST, ""),
    RULE("", "tlsGroups", LIST, ""),
    RULE("", "tlsSignatureSchemes", LIST, ""),
    RULE("", "certificateExtensions", LIST, ""),
    RULE("", "relatedCryptographicAssets", LIST, ""),
    RULE("", "assessors", LIST, ""),
    RULE("", "attestations", LIST, ""),
    RULE("", "claims", LIST, ""),
    RULE("", "counterClaims", LIST, ""),
    RULE("", "mitigationStrategies", LIST, ""),
    RULE("", "signatories", LIST, ""),
    RULE("", "standards", LIST, ""),
    RULE("", "requirements", LIST, ""),
    RULE("", "descriptions", LIST, ""),
    RULE("", "levels", LIST, ""),
    RULE("", "patents", LIST, ""),
    RULE("", "patentAssertions", LIST, ""),
    RULE("", "patentRefs", LIST, ""),
    RULE("", "members", LIST, ""),
    RULE("", "citations", LIST, ""),
    RULE("", "pointers", LIST, ""),
    RULE("", "expressions", LIST, ""),
};

static const struct rule plain = RULE("", "", PLAIN, "");

static const struct rule *find_rule(as_str parent, as_str name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(rules); i++) {
        const struct rule *r = &rules[i];
        if (r->name.n == name.n && as_str_eq(r->name, name) &&
            (r->parent.n == 0 || as_str_eq(r->parent, parent)))
            return r;
    }
    return &plain;
}

/* ---- the rewriting ----------------------------------------------------- */

enum state { PENDING = 0, OBJECT, ARRAY, INSIDE, DONE };

struct level {
    char name[48]; /* empty when it is longer: then no rule names it */
    const struct rule *rule;
    const struct rule *list; /* array of EACH that is open among its children */
    enum state state;
    bool wrapped, has_children;
};

struct rewrite {
    as_bom_reader *r;
    as_json_writer w;
    as_buf json, text; /* text of the innermost element */
    struct level *levels;
    size_t n, cap;
    size_t skipping; /* depth inside an element that is passed over */
    bool foreign;    /* and was diagnosed */
};

static bool is_ours(as_str ns)
{
    return as_str_starts(ns, AS_STR(NAMESPACE)) ||
           as_str_starts(ns, AS_STR(EXTENSION_GRAPH)) ||
           as_str_starts(ns, AS_STR(EXTENSION_DESCRIPTOR));
}

static as_str level_name(const struct level *l)
{
    return as_str_of(l->name, strlen(l->name));
}

static void put_typed(struct rewrite *x, enum kind kind, as_str text)
{
    char *end = NULL;
    char number[64];

    text = as_str_trim(text);
    if (kind == BOOLEAN &&
        (as_str_eq(text, AS_STR("true")) || as_str_eq(text, AS_STR("1")))) {
        as_json_write_bool(&x->w, true);
        return;
    }
    if (kind == BOOLEAN &&
        (as_str_eq(text, AS_STR("false")) || as_str_eq(text, AS_STR("0")))) {
        as_json_write_bool(&x->w, false);
        return;
    }
    if (kind == NUMBER && text.n && text.n < sizeof number &&
        (as_ascii_is_digit(text.p[text.n - 1]))) {
        double v;
        memcpy(number, text.p, text.n);
        number[text.n] = 0;
        v = strtod(number, &end);
        if (*end == 0) {
            as_json_write_double(&x->w, v);
            return;
        }
    }
    as_json_write_str(&x->w, text);
}

/* The standard lets any attribute stand anywhere: only these mean something.
 */
static bool is_known(const as_xml_attribute *a)
{
    static const as_str names[] = {
        AS_STR_INIT("type"),       AS_STR_INIT("bom-ref"),
        AS_STR_INIT("ref"),        AS_STR_INIT("alg"),
        AS_STR_INIT("name"),       AS_STR_INIT("version"),
        AS_STR_INIT("flow"),       AS_STR_INIT("description"),
        AS_STR_INIT("encoding"),   AS_STR_INIT("content-type"),
        AS_STR_INIT("mime-type"),  AS_STR_INIT("serialNumber"),
        AS_STR_INIT("tagId"),      AS_STR_INIT("tagVersion"),
        AS_STR_INIT("patch"),      AS_STR_INIT("acknowledgement"),
        AS_STR_INIT("isExternal"), AS_STR_INIT("license-identifier"),
        AS_STR_INIT("expression"),
    };

    if (a->ns.n)
        return false;
    for (size_t i = 0; i < AS_ARRAY_LEN(names); i++)
        if (names[i].n == a->name.n && as_str_eq(names[i], a->name))
            return true;
    return false;
}

static void put_attributes(struct rewrite *x, const as_xml_element *e)
{
    for (size_t i = 0; i < e->n; i++) {
        const as_xml_attribute *a = &e->attributes[i];
        const struct rule *rule = find_rule(e->name, a->name);
        if (!is_known(a))
            continue;
        as_json_write_key(&x->w, rule->json.n ? rule->json : a->name);
        put_typed(x, rule->kind, a->value);
    }
}

static size_t count_attributes(const as_xml_element *e)
{
    size_t n = 0;

    for (size_t i = 0; i < e->n; i++)
        n += is_known(&e->attributes[i]);
    return n;
}

static as_str find_ref(const as_xml_element *e)
{
    for (size_t i = 0; i < e->n; i++)
        if (as_str_eq(e->attributes[i].name, AS_STR("ref")))
            return e->attributes[i].value;
    return AS_ABSENT;
}

static void close_list(struct rewrite *x, struct level *l)
{
    if (l->list)
        as_json_write_array_end(&x->w);
    l->list = NULL;
}

/* A child begins: now we know that l is no mere text. */
static void become_parent(struct rewrite *x, struct level *l, as_str child)
{
    bool list = l->rule->kind == LIST || l->rule->kind == REFS;

    l->has_children = true;
    if (l->state != PENDING)
        return;
    /* Tools are a list of "tool", or, since 1.5, an object of two lists. */
    if (as_str_eq(level_name(l), AS_STR("tools")) &&
        !as_str_eq(child, AS_STR("tool")))
        list = false;
    if (l->rule->kind == INNER || l->rule->kind == EACH_INNER) {
        l->state = INSIDE;
        return;
    }
    if (list)
        as_json_write_array(&x->w);
    else
        as_json_write_object(&x->w);
    l->state = list ? ARRAY : OBJECT;
}

/* The name of the member: for elements with text the rule's other name is that
 * of the text. */
static as_str member_name(const struct rule *rule, as_str name)
{
    switch (rule->kind) {
    case PLAIN:
    case TEXT:
    case MERGED:
    case WRAPPED:
    case INNER:
    case WHOLE: return name;
    case LIST:
    case REFS:
    case EACH:
    case EACH_REF:
    case EACH_INNER:
    case NUMBER:
    case BOOLEAN: break;
    }
    return rule->json.n ? rule->json : name;
}

static void put_key(struct rewrite *x, struct level *parent,
                    const struct rule *rule, as_str name)
{
    if (parent->list == rule)
        return;
    close_list(x, parent);
    if (rule->kind == MERGED)
        return;
    as_json_write_key(&x->w, member_name(rule, name));
    if (rule->kind == EACH || rule->kind == EACH_REF ||
        rule->kind == EACH_INNER) {
        as_json_write_array(&x->w);
        parent->list = rule;
    }
}

static struct level *push(struct rewrite *x, as_str name,
                          const struct rule *rule)
{
    struct level *l;

    if (x->n == x->cap) {
        size_t cap = x->cap ? x->cap * 2 : 32;
        struct level *levels = realloc(x->levels, cap * sizeof *levels);
        if (!levels)
            return NULL;
        x->levels = levels;
        x->cap = cap;
    }
    l = &x->levels[x->n++];
    *l = (struct level){.rule = rule};
    if (name.n < sizeof l->name)
        memcpy(l->name, name.p, name.n);
    as_buf_clear(&x->text);
    return l;
}

/* The value of an element begins; the key before it is written. */
static void open_value(struct rewrite *x, struct level *l, bool in_refs,
                       const as_xml_element *e)
{
    enum kind kind = l->rule->kind;
    as_str ref = find_ref(e);

    if (kind == EACH_REF || (in_refs && ref.p)) {
        as_json_write_str(&x->w, ref.p ? ref : AS_STR(""));
        l->state = DONE;
        return;
    }
    if (kind == WRAPPED) {
        as_json_write_object(&x->w);
        as_json_write_key(&x->w, e->name);
        l->wrapped = true;
    }
    if (kind == MERGED) {
        put_attributes(x, e);
        l->state = OBJECT;
        return;
    }
    if (kind == LIST || kind == REFS)
        return;
    if (kind != TEXT && kind != WHOLE && count_attributes(e) == 0)
        return;
    as_json_write_object(&x->w);
    put_attributes(x, e);
    l->state = OBJECT;
}

static as_rc start_root(struct rewrite *x, const as_xml_element *e)
{
    size_t n = sizeof NAMESPACE - 1;

    if (!as_str_eq(e->name, AS_STR("bom")) ||
        !as_str_starts(e->ns, AS_STR(NAMESPACE)))
        return as_fail(x->r->err, AS_ERR_UNSUPPORTED,
                       "the root element is not the \"bom\" of CycloneDX");
    as_json_write_object(&x->w);
    as_json_write_field(&x->w, AS_STR("bomFormat"), AS_STR("CycloneDX"));
    as_json_write_field(&x->w, AS_STR("specVersion"),
                        as_str_slice(e->ns, n, e->ns.n));
    put_attributes(x, e);
    if (!push(x, e->name, &plain))
        return AS_ERR_MEMORY;
    x->levels[0].state = OBJECT;
    return AS_OK;
}

static void skip_foreign(struct rewrite *x, const as_xml_element *e)
{
    x->skipping = 1;
    if (x->foreign)
        return;
    x->foreign = true;
    as_bom_diagnose(x->r, true, AS_ABSENT,
                    "elements of the namespace \"%.*s\" are passed over",
                    AS_FMT(as_str_slice(e->ns, 0, 100)));
}

static as_rc start(void *ctx, const as_xml_element *e)
{
    struct rewrite *x = ctx;
    const struct rule *rule;
    struct level *parent, *l;
    bool in_refs;

    if (x->n == 0)
        return start_root(x, e);
    parent = &x->levels[x->n - 1];
    if (x->skipping || parent->state == DONE ||
        (parent->state == INSIDE && parent->has_children)) {
        x->skipping++;
        return AS_OK;
    }
    if (!is_ours(e->ns)) {
        skip_foreign(x, e);
        return AS_OK;
    }
    rule = find_rule(level_name(parent), e->name);
    become_parent(x, parent, e->name);
    if (parent->state == OBJECT)
        put_key(x, parent, rule, e->name);
    in_refs = parent->rule->kind == REFS;
    l = push(x, e->name, rule);
    if (!l)
        return AS_ERR_MEMORY;
    open_value(x, l, in_refs, e);
    return as_buf_failed(&x->json) ? AS_ERR_LIMIT : AS_OK;
}

static as_rc text(void *ctx, as_str text, const as_place *place)
{
    struct rewrite *x = ctx;

    if (!x->skipping)
        as_buf_str(&x->text, text);
    return AS_OK;
}

static void put_text(struct rewrite *x, const struct level *l)
{
    as_str s = as_str_trim(as_buf_text(&x->text));
    as_str key = l->rule->json.n ? l->rule->json : AS_STR("content");

    if (l->has_children || (s.n == 0 && l->rule->kind != TEXT))
        return;
    as_json_write_field(&x->w, key, s);
}

static as_rc end(void *ctx, const as_xml_element *e)
{
    struct rewrite *x = ctx;
    struct level *l = &x->levels[x->n - 1];
    enum kind kind = l->rule->kind;

    if (x->skipping) {
        x->skipping--;
        return AS_OK;
    }
    close_list(x, l);
    switch (l->state) {
    case PENDING:
        if (kind == LIST || kind == REFS) {
            as_json_write_array(&x->w);
            as_json_write_array_end(&x->w);
        } else {
            put_typed(x, kind, as_buf_text(&x->text));
        }
        break;
    case OBJECT:
        if (x->n > 1)
            put_text(x, l);
        if (kind != MERGED)
            as_json_write_object_end(&x->w);
        break;
    case ARRAY: as_json_write_array_end(&x->w); break;
    case INSIDE:
    case DONE: break;
    }
    if (l->wrapped)
        as_json_write_object_end(&x->w);
    x->n--;
    as_buf_clear(&x->text);
    return AS_OK;
}

/* ---- reading ----------------------------------------------------------- */

static as_rc read_rewritten(as_bom_reader *r, struct rewrite *x)
{
    as_json_doc *doc = NULL;
    as_rc rc;

    if (!as_buf_reserve(&x->json, 64)) /* the padding of the JSON reader */
        return as_fail(r->err, AS_ERR_MEMORY, "no memory to read the document");
    rc = as_json_read(
        as_buf_span(&x->json),
        &(as_json_limits){AS_LIMIT_INPUT_BYTES, 2 * AS_LIMIT_XML_DEPTH, true},
        &doc, r->err);
    if (rc) {
        if (r->err) { /* a place in the XML is not known */
            r->err->place.line = r->err->place.column = 0;
            r->err->place.offset = UINT64_MAX;
        }
        return rc;
    }
    rc = as_cyclonedx_read(r, as_json_root(doc));
    r->product->encoding = AS_STR("xml");
    as_json_free(doc);
    return rc;
}

as_rc as_cyclonedx_xml_read(as_bom_reader *r, as_span in)
{
    static const as_xml_handler handler = {start, text, end};
    struct rewrite x = {.r = r};
    as_rc rc;

    as_buf_init(&x.json, AS_LIMIT_INPUT_BYTES);
    as_buf_init(&x.text, AS_LIMIT_INPUT_BYTES);
    as_json_write_init(&x.w, &x.json, 0);
    rc = as_xml_read(in, NULL, &handler, &x, r->err);
    if (rc == AS_OK && as_buf_failed(&x.json))
        rc = as_fail(r->err, AS_ERR_MEMORY, "no memory to read the document");
    as_buf_done(&x.text);
    free(x.levels);
    if (rc == AS_OK)
        rc = read_rewritten(r, &x);
    as_buf_done(&x.json);
    if (rc && r->rc == AS_OK)
        r->rc = rc;
    return r->rc;
}
