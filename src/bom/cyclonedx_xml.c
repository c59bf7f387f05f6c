/* SPDX-License-Identifier: Apache-2.0 */
/* CycloneDX 1.0 to 1.7, XML: how it differs from the JSON that says the same
 * (xml_json_internal.h). The namespace of the root decides the version. */
#include "bom/xml_json_internal.h"

#define NAMESPACE "http://cyclonedx.org/schema/bom/"
/* Extensions whose elements later became part of the standard as they are. */
#define EXTENSION            "http://cyclonedx.org/schema/ext/"
#define EXTENSION_GRAPH      EXTENSION "dependency-graph/1."
#define EXTENSION_DESCRIPTOR EXTENSION "bom-descriptor/1."

/* Short names for the table. */
#define RULE(parent, name, kind, json)                                         \
    AS_XML_RULE(parent, name, AS_XML_##kind, json)

/* The first row that fits is used: those with a parent stand first. */
static const as_xml_rule rules[] = {
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
    /* a list of "tool", or, since 1.5, an object of two lists */
    RULE("", "tools", LIST_OF, "tool"),
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

static const as_str attributes[] = {
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

static bool is_root(const as_xml_element *e)
{
    return as_str_eq(e->name, AS_STR("bom")) &&
           as_str_starts(e->ns, AS_STR(NAMESPACE));
}

static bool is_ours(as_str ns)
{
    return as_str_starts(ns, AS_STR(NAMESPACE)) ||
           as_str_starts(ns, AS_STR(EXTENSION_GRAPH)) ||
           as_str_starts(ns, AS_STR(EXTENSION_DESCRIPTOR));
}

static void put_head(as_json_writer *w, const as_xml_element *e)
{
    as_json_write_field(w, AS_STR("bomFormat"), AS_STR("CycloneDX"));
    as_json_write_field(w, AS_STR("specVersion"),
                        as_str_slice(e->ns, sizeof NAMESPACE - 1, e->ns.n));
}

as_rc as_cyclonedx_xml_read(as_bom_reader *r, as_span in)
{
    static const as_xml_form form = {rules,      AS_ARRAY_LEN(rules),
                                     attributes, AS_ARRAY_LEN(attributes),
                                     is_root,    is_ours,
                                     put_head,   as_cyclonedx_read};

    return as_xml_json_read(r, in, &form);
}
