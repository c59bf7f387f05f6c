/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX 2.2 and 2.3, XML (not RDF): element for element the JSON form; lists are
 * elements that stand several times. */
#include "bom/spdx_internal.h"
#include "bom/xml_json_internal.h"

#define RULE(parent, name, kind, json)                                         \
    AS_XML_RULE(parent, name, AS_XML_##kind, json)

static const as_xml_rule rules[] = {
    RULE("", "creators", EACH, ""),
    RULE("", "externalDocumentRefs", EACH, ""),
    RULE("", "hasExtractedLicensingInfos", EACH, ""),
    RULE("", "seeAlsos", EACH, ""),
    RULE("", "crossRefs", EACH, ""),
    RULE("", "annotations", EACH, ""),
    RULE("", "documentDescribes", EACH, ""),
    RULE("", "packages", EACH, ""),
    RULE("", "files", EACH, ""),
    RULE("", "snippets", EACH, ""),
    RULE("", "relationships", EACH, ""),
    RULE("", "revieweds", EACH, ""),
    RULE("", "checksums", EACH, ""),
    RULE("", "externalRefs", EACH, ""),
    RULE("", "hasFiles", EACH, ""),
    RULE("", "licenseInfoFromFiles", EACH, ""),
    RULE("", "licenseInfoInFiles", EACH, ""),
    RULE("", "licenseInfoInSnippets", EACH, ""),
    RULE("", "attributionTexts", EACH, ""),
    RULE("", "fileTypes", EACH, ""),
    RULE("", "fileContributors", EACH, ""),
    RULE("", "fileDependencies", EACH, ""),
    RULE("", "artifactOfs", EACH, ""),
    RULE("", "ranges", EACH, ""),
    RULE("", "packageVerificationCodeExcludedFiles", EACH, ""),
    RULE("", "filesAnalyzed", BOOLEAN, ""),
    RULE("", "offset", NUMBER, ""),
    RULE("", "lineNumber", NUMBER, ""),
};

static bool is_root(const as_xml_element *e)
{
    return as_str_eq(e->name, AS_STR("Document"));
}

static bool is_ours(as_str ns)
{
    return ns.n == 0;
}

as_rc as_spdx_xml_read(as_bom_reader *r, as_span in)
{
    static const as_xml_form form = {
        rules, AS_ARRAY_LEN(rules), NULL, 0, is_root, is_ours,
        NULL,  as_spdx_read};

    return as_xml_json_read(r, in, &form);
}
