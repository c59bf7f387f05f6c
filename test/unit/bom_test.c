// SPDX-License-Identifier: Apache-2.0
// Readers of bills of materials: what they hold, what they say about sloppy
// documents, what they refuse.
#include "bom_testing.h"

#include <stdlib.h>
#include <string.h>

// ---- CycloneDX ------------------------------------------------------------

static void test_cyclonedx_tree(void **state)
{
    as_product *p = read_ok(
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":7,"
        "\"serialNumber\":\"urn:uuid:1\",\"metadata\":{\"timestamp\":\"T\","
        "\"tools\":[{\"vendor\":\"v\",\"name\":\"t\",\"version\":\"2\"}],"
        "\"component\":{\"type\":\"device\",\"name\":\"Box\",\"version\":\"1\","
        "\"bom-ref\":\"box\",\"components\":[{\"type\":\"firmware\","
        "\"name\":\"fw\"}]}},"
        "\"components\":[{\"type\":\"library\",\"name\":\"a\",\"bom-ref\":"
        "\"a\",\"components\":[{\"type\":\"library\",\"name\":\"b\","
        "\"bom-ref\":\"b\"}],\"services\":[{\"name\":\"s\"}]}],"
        "\"services\":[{\"name\":\"api\"}],"
        "\"dependencies\":[{\"ref\":\"box\",\"dependsOn\":[\"a\"],"
        "\"provides\":[\"b\"]},{\"ref\":\"b\"}]}");

    testing_str(p->format, "CycloneDX");
    testing_str(p->document_version, "7");
    testing_str(p->name, "Box");
    testing_str(p->tools[0], "t 2");
    assert_int_equal(p->n_parts, 6);
    assert_int_equal(p->root, 0);
    check_path(p, 0, "/metadata/component");
    check_path(p, 1, "/metadata/component/components/0");
    check_path(p, 2, "/components/0");
    check_path(p, 3, "/components/0/components/0");
    check_path(p, 4, "/components/0/services/0");
    check_path(p, 5, "/services/0");
    assert_int_equal(p->parts[1].kind, AS_PART_FIRMWARE);
    assert_int_equal(p->parts[2].parent, 0);
    assert_int_equal(p->parts[3].parent, 2);
    assert_int_equal(p->parts[4].kind, AS_PART_SERVICE);
    assert_int_equal(p->n_relations, 2);
    assert_int_equal(p->relations[0].from, 0);
    assert_int_equal(p->relations[0].to, 2);
    testing_str(p->relations[1].kind, "provides");
    assert_int_equal(p->n_diagnoses, 0);
    // "b depends on nothing" is a statement of its own.
    assert_int_equal(p->n_extras, 2);
    testing_str(p->extras[1].key, "dependencies");
    testing_str(p->extras[1].json, "[{\"ref\":\"b\"}]");
    as_product_free(p);
}

static void test_cyclonedx_facts(void **state)
{
    as_product *p = read_ok(
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{"
        "\"type\":\"device\",\"name\":\"soc\",\"cpe\":\"cpe:2.3:h:x:y:*\","
        "\"publisher\":\"P\",\"supplier\":{\"name\":\"S\",\"url\":[\"u\"]},"
        "\"manufacturer\":{\"name\":\"unknown\"},"
        "\"hashes\":[{\"alg\":\"MD5\",\"content\":\"ABCD\"}],"
        "\"licenses\":[{\"license\":{\"id\":\"MIT\"}},"
        "{\"license\":{\"name\":\"My own\",\"url\":\"u\"}}],"
        "\"properties\":[{\"name\":\"assay:mpn\",\"value\":\"M-1\"},"
        "{\"name\":\"x:Country of Origin\",\"value\":\"DE\"},"
        "{\"name\":\"syft:cpe23\",\"value\":\"cpe:2.3:h:x:z:*\"},"
        "{\"name\":\"syft:cpe23\",\"value\":\"cpe:2.3:h:x:y:*\"},"
        "{\"name\":\"assay:kind\",\"value\":\"chip\"}],"
        "\"evidence\":{\"identity\":[{\"field\":\"purl\",\"concludedValue\":"
        "\"pkg:generic/soc@1\",\"methods\":[{\"technique\":\"filename\","
        "\"confidence\":0.5,\"value\":\"v\"}]}],\"occurrences\":[{"
        "\"location\":\"/lib/x\",\"offset\":12}]},"
        "\"pedigree\":{\"ancestors\":[{\"type\":\"library\",\"name\":\"up\","
        "\"version\":\"1\"}],\"patches\":[{\"type\":\"backport\","
        "\"resolves\":[{\"type\":\"security\",\"id\":\"CVE-2020-1\"}]}]},"
        "\"unheard\":{\"of\":[1.5,true,null]}}]}");
    const as_part *part = &p->parts[0];

    assert_int_equal(part->kind, AS_PART_CHIP);
    testing_str(as_part_value(part, AS_ATTR_MAKER), "S");
    testing_str(as_part_value(part, AS_ATTR_MPN), "M-1");
    testing_str(as_part_value(part, AS_ATTR_COUNTRY), "DE");
    testing_str(as_part_value(part, AS_ATTR_LICENCE),
                "MIT AND LicenseRef-My-own");
    assert_true(as_str_is_absent(as_part_value(part, AS_ATTR_MANUFACTURER)));
    assert_int_equal(part->n_cpes, 2);
    testing_str(part->cpes[1], "cpe:2.3:h:x:z:*");
    testing_str(part->purl, "pkg:generic/soc@1");
    testing_str(part->hashes[0].hex, "abcd");
    assert_int_equal(part->n_evidence, 2);
    assert_true(part->evidence[0].confidence > 0.4);
    assert_int_equal(part->evidence[1].offset, 12);
    testing_str(part->pedigree->relatives[0].name, "up");
    testing_str(part->pedigree->patches[0].resolves[0], "CVE-2020-1");
    for (size_t i = 0; i < part->n_extras; i++)
        if (as_str_eq(part->extras[i].key, AS_STR("unheard")))
            testing_str(part->extras[i].json, "{\"of\":[1.5,true,null]}");
    as_product_free(p);
}

static void test_cyclonedx_statements(void **state)
{
    as_product *p = read_ok(
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.4\","
        "\"vulnerabilities\":[{\"id\":\"CVE-2020-1\",\"source\":{\"name\":"
        "\"NVD\"},\"references\":[{\"id\":\"GHSA-x\"}],"
        "\"ratings\":[{\"vector\":\"AV:N\"}],\"analysis\":{\"state\":"
        "\"resolved_with_pedigree\",\"justification\":\"j\",\"detail\":\"d\"},"
        "\"affects\":[{\"ref\":\"a\",\"versions\":[{\"version\":\"1\","
        "\"status\":\"affected\"},{\"range\":\"vers:semver/<2\"}]},"
        "{\"ref\":\"b\"}]}]}");
    const as_statement *s = &p->statements[0];

    assert_int_equal(p->n_statements, 1);
    testing_str(s->aliases[0], "GHSA-x");
    testing_str(s->vectors[0], "AV:N");
    assert_int_equal(s->analysis, AS_ANALYSIS_RESOLVED);
    testing_str(s->analysis_text, "resolved_with_pedigree");
    testing_str(s->detail, "d");
    assert_int_equal(s->n_affects, 3);
    testing_str(s->affects[1].version, "vers:semver/<2");
    assert_true(as_str_is_absent(s->affects[2].version));
    as_product_free(p);
}

static void test_cyclonedx_sloppy(void **state)
{
    as_product *p = read_ok(
        "{\"specVersion\":\"1.9\",\"version\":\"3\",\n\"components\":[\n"
        "{\"type\":\"library\",\"name\":\"a\",\"version\":1.10,"
        "\"bom-ref\":\"r\"},\n"
        "{\"type\":\"library\",\"name\":\"b\",\"bom-ref\":\"r\"},\n"
        "\"lodash\",{\"type\":\"bogus\",\"name\":[1]}],\"dependencies\":["
        "{\"ref\":\"r\",\"dependsOn\":[\"nobody\"]}],\"services\":{}}");

    assert_false(diagnosis_at(p, "/bomFormat")->warning);
    assert_true(diagnosis_at(p, "/specVersion")->warning);
    // Not 1.1: the number is taken as it is written.
    testing_str(p->parts[0].version, "1.10");
    assert_int_equal(diagnosis_at(p, "/components/0/version")->line, 3);
    assert_int_equal(diagnosis_at(p, "/components/0/version")->column, 40);
    assert_false(diagnosis_at(p, "/components/1/bom-ref")->warning);
    assert_int_equal(p->n_parts, 4);
    testing_str(p->parts[2].name, "lodash");
    assert_false(diagnosis_at(p, "/components/2")->warning);
    assert_true(diagnosis_at(p, "/components/3/type")->warning);
    assert_false(diagnosis_at(p, "/components/3/name")->warning);
    assert_true(diagnosis_at(p, "/dependencies/0/dependsOn")->warning);
    assert_false(diagnosis_at(p, "/services")->warning);
    as_product_free(p);
}

static void test_cyclonedx_xml(void **state)
{
    as_product *p = read_ok(
        "<?xml version='1.0'?><!-- x --><bom xmlns='http://cyclonedx.org/"
        "schema/bom/1.6' version='2' serialNumber='urn:uuid:1' foo='bar'>"
        "<metadata><tools><tool><name>t</name></tool></tools>"
        "<component type='device' bom-ref='box'><name>Box</name></component>"
        "</metadata><components foo='bar'><component type='library' "
        "bom-ref='a'><supplier><name>S</name><url>u</url><url>v</url>"
        "</supplier><name> a </name><version>1</version><hashes><hash "
        "alg='MD5'>ABCD</hash></hashes><licenses><license><id>MIT</id>"
        "</license></licenses><cpe>cpe:/a:x:y</cpe><modified>false</modified>"
        "<components><component type='file'><name>b</name></component>"
        "</components><evidence><identity><field>purl</field><confidence>1"
        "</confidence></identity><copyright><text>c</text></copyright>"
        "</evidence><properties><property name='p'>q</property></properties>"
        "<x:y xmlns:x='urn:x'><x:z/></x:y></component></components>"
        "<dependencies><dependency ref='box'><dependency ref='a'/>"
        "<provides ref='a'/></dependency></dependencies><compositions>"
        "<composition><aggregate>complete</aggregate><assemblies>"
        "<assembly ref='a'/></assemblies></composition></compositions>"
        "<vulnerabilities><vulnerability><id>CVE-1</id><cwes><cwe>79</cwe>"
        "</cwes><affects><target><ref>a</ref></target></affects>"
        "</vulnerability></vulnerabilities></bom>");
    const as_part *part = &p->parts[1];

    testing_str(p->encoding, "xml");
    testing_str(p->spec_version, "1.6");
    testing_str(p->document_version, "2");
    testing_str(p->tools[0], "t");
    assert_int_equal(p->n_parts, 3);
    testing_str(part->name, "a");
    testing_str(part->hashes[0].hex, "abcd");
    testing_str(part->licences[0].id, "MIT");
    testing_str(part->cpes[0], "cpe:/a:x:y");
    testing_str(part->properties[0].value, "q");
    for (size_t i = 0; i < part->n_extras; i++) {
        as_str key = part->extras[i].key, json = part->extras[i].json;
        if (as_str_eq(key, AS_STR("modified")))
            testing_str(json, "false");
        else if (as_str_eq(key, AS_STR("supplier")))
            testing_str(json, "{\"name\":\"S\",\"url\":[\"u\",\"v\"]}");
        else
            testing_str(json, "{\"identity\":[{\"field\":\"purl\","
                              "\"confidence\":1}],\"copyright\":[{"
                              "\"text\":\"c\"}]}");
    }
    assert_int_equal(part->n_extras, 3);
    assert_int_equal(p->n_relations, 2);
    testing_str(p->compositions[0].assemblies[0], "a");
    testing_str(p->statements[0].affects[0].ref, "a");
    testing_str(p->statements[0].extras[0].json, "[79]");
    assert_int_equal(p->n_diagnoses, 1); // the foreign element
    as_product_free(p);
}

// What an object can hold once is read once, and said to be repeated.
static void test_cyclonedx_xml_repeated(void **state)
{
    as_product *p = read_ok(
        "<bom xmlns='http://cyclonedx.org/schema/bom/1.4'>\n<components>"
        "<component type='library'><name>a</name><version>1</version>\n"
        "<name>b</name><supplier><url>u</url><name>S</name><url>v</url>"
        "</supplier></component></components><components/></bom>");

    assert_int_equal(p->n_parts, 1);
    testing_str(p->parts[0].name, "a");
    testing_str(as_part_value(&p->parts[0], AS_ATTR_SUPPLIER), "S");
    assert_int_equal(p->n_diagnoses, 3);
    assert_false(p->diagnoses[0].warning);
    assert_int_equal(p->diagnoses[0].line, 3);
    as_product_free(p);
}

// ---- SPDX -----------------------------------------------------------------

// The same document in four encodings.
static void check_spdx(as_product *p, const char *encoding)
{
    const as_part *a;

    testing_str(p->format, "SPDX");
    testing_str(p->spec_version, "2.3");
    testing_str(p->encoding, encoding);
    testing_str(p->serial, "https://x.example/d");
    testing_str(p->created, "2024-01-01T00:00:00Z");
    testing_str(p->tools[0], "t-1");
    testing_str(p->name, "root");
    assert_int_equal(p->n_parts, 4);
    assert_int_equal(p->parts[p->root].parent, AS_NO_PART);
    testing_str(p->parts[p->root].name, "root");
    a = &p->parts[p->root + 1];
    testing_str(a->name, "a");
    testing_str(a->version, "1.10");
    testing_str(a->purl, "pkg:npm/a@1.10");
    testing_str(a->cpes[0], "cpe:2.3:a:v:a:1.10:*:*:*:*:*:*:*");
    testing_str(a->hashes[0].algorithm, "SHA-256");
    testing_str(a->hashes[0].hex, "ab");
    testing_str(as_part_value(a, AS_ATTR_SUPPLIER), "Acme");
    testing_str(as_part_value(a, AS_ATTR_LICENCE), "MIT");
    assert_int_equal(a->kind, AS_PART_LIBRARY);
    assert_int_equal(a->parent, p->root);
    assert_int_equal(p->parts[p->root + 2].kind, AS_PART_FILE);
    assert_int_equal(p->parts[p->root + 2].parent, p->root + 1);
    assert_int_equal(p->n_relations, 1);
    testing_str(p->relations[0].kind, "dependsOn");
    testing_str(p->parts[p->relations[0].from].name, "a");
    testing_str(p->parts[p->relations[0].to].name, "b");
    assert_int_equal(p->n_diagnoses, 0);
    as_product_free(p);
}

static const char spdx_json[] =
    "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":"
    "\"doc\",\"dataLicense\":\"CC0-1.0\",\"documentNamespace\":"
    "\"https://x.example/d\",\"creationInfo\":{\"created\":"
    "\"2024-01-01T00:00:00Z\",\"creators\":[\"Tool: t-1\"]},"
    "\"packages\":[{\"SPDXID\":\"SPDXRef-b\",\"name\":\"b\","
    "\"downloadLocation\":\"NONE\"},"
    "{\"SPDXID\":\"SPDXRef-a\",\"name\":\"a\",\"versionInfo\":\"1.10\","
    "\"supplier\":\"Organization: Acme (a@b.c)\",\"licenseConcluded\":"
    "\"NOASSERTION\",\"licenseDeclared\":\"MIT\",\"primaryPackagePurpose\":"
    "\"LIBRARY\",\"hasFiles\":[\"SPDXRef-f\"],\"checksums\":[{\"algorithm\":"
    "\"SHA256\",\"checksumValue\":\"AB\"}],\"externalRefs\":[{"
    "\"referenceCategory\":\"PACKAGE_MANAGER\",\"referenceType\":\"purl\","
    "\"referenceLocator\":\"pkg:npm/a@1.10\"},{\"referenceCategory\":"
    "\"SECURITY\",\"referenceType\":\"cpe23Type\",\"referenceLocator\":"
    "\"cpe:2.3:a:v:a:1.10:*:*:*:*:*:*:*\"}]},"
    "{\"SPDXID\":\"SPDXRef-r\",\"name\":\"root\"}],"
    "\"files\":[{\"SPDXID\":\"SPDXRef-f\",\"fileName\":\"./f\"}],"
    "\"relationships\":[{\"spdxElementId\":\"SPDXRef-DOCUMENT\","
    "\"relationshipType\":\"DESCRIBES\",\"relatedSpdxElement\":\"SPDXRef-r\"},"
    "{\"spdxElementId\":\"SPDXRef-a\",\"relationshipType\":\"CONTAINED_BY\","
    "\"relatedSpdxElement\":\"SPDXRef-r\"},"
    "{\"spdxElementId\":\"SPDXRef-b\",\"relationshipType\":\"DEPENDENCY_OF\","
    "\"relatedSpdxElement\":\"SPDXRef-a\"}]}";

static const char spdx_tag[] =
    "# a comment\r\nSPDXVersion: SPDX-2.3\r\nDataLicense: CC0-1.0\r\n"
    "SPDXID: SPDXRef-DOCUMENT\r\nDocumentName: doc\r\n"
    "DocumentNamespace: https://x.example/d\r\nCreator: Tool: t-1\r\n"
    "Created: 2024-01-01T00:00:00Z\r\nCreatorComment: <text>one\r\n"
    "PackageName: no package</text>\r\n"
    "Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-r\r\n"
    "PackageName: b\r\nSPDXID: SPDXRef-b\r\n"
    "PackageDownloadLocation: NONE\r\n"
    "PackageName: root\r\nSPDXID: SPDXRef-r\r\n"
    "Relationship: SPDXRef-r CONTAINS SPDXRef-a\r\n"
    "PackageName: a\r\nSPDXID: SPDXRef-a\r\nPackageVersion: 1.10\r\n"
    "PackageSupplier: Organization: Acme (a@b.c)\r\n"
    "PackageLicenseConcluded: NOASSERTION\r\nPackageLicenseDeclared: MIT\r\n"
    "PrimaryPackagePurpose: LIBRARY\r\nPackageChecksum: SHA256: AB\r\n"
    "ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1.10\r\n"
    "ExternalRef: SECURITY cpe23Type cpe:2.3:a:v:a:1.10:*:*:*:*:*:*:*\r\n"
    "Relationship: SPDXRef-a DEPENDS_ON SPDXRef-b\r\n"
    "FileName: ./f\r\nSPDXID: SPDXRef-f\r\n";

static const char spdx_yaml[] =
    "spdxVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\nname: doc\n"
    "documentNamespace: https://x.example/d\ncreationInfo:\n"
    "  created: 2024-01-01T00:00:00Z\n  creators: ['Tool: t-1']\n"
    "documentDescribes: [SPDXRef-r]\npackages:\n"
    "- {SPDXID: SPDXRef-b, name: b}\n- SPDXID: SPDXRef-a\n  name: a\n"
    "  versionInfo: 1.10\n  supplier: 'Organization: Acme'\n"
    "  licenseDeclared: MIT\n  primaryPackagePurpose: LIBRARY\n"
    "  hasFiles: [SPDXRef-f]\n  checksums:\n"
    "  - {algorithm: SHA256, checksumValue: AB}\n  externalRefs:\n"
    "  - referenceCategory: PACKAGE-MANAGER\n    referenceType: purl\n"
    "    referenceLocator: pkg:npm/a@1.10\n"
    "  - referenceCategory: SECURITY\n"
    "    referenceType: http://spdx.org/rdf/references/cpe23Type\n"
    "    referenceLocator: 'cpe:2.3:a:v:a:1.10:*:*:*:*:*:*:*'\n"
    "- {SPDXID: SPDXRef-r, name: root}\nfiles:\n"
    "- {SPDXID: SPDXRef-f, fileName: ./f}\nrelationships:\n"
    "- {spdxElementId: SPDXRef-r, relationshipType: CONTAINS,\n"
    "   relatedSpdxElement: SPDXRef-a}\n"
    "- {spdxElementId: SPDXRef-a, relationshipType: DEPENDS_ON,\n"
    "   relatedSpdxElement: SPDXRef-b}\n";

static const char spdx_xml[] =
    "<Document><SPDXID>SPDXRef-DOCUMENT</SPDXID><spdxVersion>SPDX-2.3"
    "</spdxVersion><name>doc</name><documentNamespace>https://x.example/d"
    "</documentNamespace><creationInfo><created>2024-01-01T00:00:00Z</created>"
    "<creators>Tool: t-1</creators></creationInfo>"
    "<documentDescribes>SPDXRef-r</documentDescribes><packages><SPDXID>"
    "SPDXRef-b</SPDXID><name>b</name></packages><packages><SPDXID>SPDXRef-a"
    "</SPDXID><name>a</name><versionInfo>1.10</versionInfo>"
    "<supplier>Organization: Acme</supplier><licenseDeclared>MIT"
    "</licenseDeclared><primaryPackagePurpose>LIBRARY</primaryPackagePurpose>"
    "<hasFiles>SPDXRef-f</hasFiles><checksums><algorithm>SHA256</algorithm>"
    "<checksumValue>AB</checksumValue></checksums><externalRefs>"
    "<referenceCategory>PACKAGE-MANAGER</referenceCategory><referenceType>purl"
    "</referenceType><referenceLocator>pkg:npm/a@1.10</referenceLocator>"
    "</externalRefs><externalRefs><referenceCategory>SECURITY"
    "</referenceCategory><referenceType>cpe23Type</referenceType>"
    "<referenceLocator>cpe:2.3:a:v:a:1.10:*:*:*:*:*:*:*</referenceLocator>"
    "</externalRefs></packages><packages><SPDXID>SPDXRef-r</SPDXID>"
    "<name>root</name></packages><files><SPDXID>SPDXRef-f</SPDXID>"
    "<fileName>./f</fileName></files><relationships><spdxElementId>SPDXRef-r"
    "</spdxElementId><relationshipType>CONTAINS</relationshipType>"
    "<relatedSpdxElement>SPDXRef-a</relatedSpdxElement></relationships>"
    "<relationships><spdxElementId>SPDXRef-a</spdxElementId><relationshipType>"
    "DEPENDS_ON</relationshipType><relatedSpdxElement>SPDXRef-b"
    "</relatedSpdxElement></relationships></Document>";

/* XML in UTF-16, of either order; the text is ASCII. */
static as_product *read_wide(const char *text, bool big)
{
    size_t n = strlen(text);
    uint8_t *wide = calloc(n + 1, 2);
    as_product *p;

    assert_non_null(wide);
    wide[big ? 0 : 1] = 0xFE;
    wide[big ? 1 : 0] = 0xFF;
    for (size_t i = 0; i < n; i++)
        wide[2 * i + (big ? 3 : 2)] = (uint8_t)text[i];
    assert_int_equal(as_bom_read((as_span){wide, 2 * n + 2}, false, &p, NULL),
                     AS_OK);
    free(wide);
    return p;
}

static void test_wide_xml(void **state)
{
    static const char cyclonedx[] =
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!-- <a> --><bom "
        "xmlns=\"http://cyclonedx.org/schema/bom/1.5\"><components>"
        "<component type=\"library\"><name>zlib</name></component>"
        "</components></bom>";
    as_product *p;

    for (int big = 0; big < 2; big++) {
        p = read_wide(cyclonedx, big);
        assert_int_equal(p->n_parts, 1);
        testing_str(p->parts[0].name, "zlib");
        as_product_free(p);
    }
    check_spdx(read_wide(spdx_xml, false), "xml");
    (void)state;
}

/* As libraries write it that sort by name: the version is the last of many
 * lines. */
static void test_sorted_yaml(void **state)
{
    as_product *p;
    as_buf text;

    as_buf_init(&text, AS_MIB);
    as_buf_c(&text, "SPDXID: SPDXRef-DOCUMENT\nname: n\npackages:\n");
    for (int i = 0; i < 300; i++)
        as_buf_printf(&text, "- SPDXID: SPDXRef-%d\n  name: p\n", i);
    as_buf_c(&text, "spdxVersion: SPDX-2.3\n");
    assert_int_equal(as_bom_read(as_buf_span(&text), false, &p, NULL), AS_OK);
    assert_int_equal(p->n_parts, 300);
    as_product_free(p);
    as_buf_done(&text);
    (void)state;
}

static void test_spdx(void **state)
{
    check_spdx(read_ok(spdx_json), "json");
    check_spdx(read_ok(spdx_tag), "tag-value");
    check_spdx(read_ok(spdx_yaml), "yaml");
    check_spdx(read_ok(spdx_xml), "xml");
}

// {"spdxElementId":FROM,"relationshipType":KIND,"relatedSpdxElement":TO} for
// each, as one list.
static void put_links(as_buf *out, const char *const (*links)[3], size_t n)
{
    as_buf_c(out, "[");
    for (size_t i = 0; i < n; i++)
        as_buf_printf(out,
                      "%s{\"spdxElementId\":\"%s\",\"relationshipType\":"
                      "\"%s\",\"relatedSpdxElement\":\"%s\"}",
                      i ? "," : "", links[i][0], links[i][1], links[i][2]);
    as_buf_c(out, "]}");
}

static void test_spdx_circles(void **state)
{
    static const char *const links[][3] = {
        {"a", "CONTAINS", "b"},       {"b", "CONTAINS", "c"},
        {"c", "CONTAINS", "a"},       {"d", "CONTAINS", "d"},
        {"d", "DESCENDANT_OF", "a"},  {"a", "OTHER", "nobody"},
        {"a", "OTHER", "NOASSERTION"}};
    as_product *p;
    as_buf text;

    as_buf_init(&text, AS_MIB);
    as_buf_c(&text, "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":["
                    "{\"SPDXID\":\"a\",\"name\":\"a\"},"
                    "{\"SPDXID\":\"b\",\"name\":\"b\"},"
                    "{\"SPDXID\":\"c\",\"name\":\"c\"},"
                    "{\"SPDXID\":\"d\",\"name\":\"d\"},"
                    "{\"SPDXID\":\"d\",\"name\":\"e\"}],"
                    "\"documentDescribes\":[\"b\"],\"relationships\":");
    put_links(&text, links, AS_ARRAY_LEN(links));
    p = read_span(as_buf_span(&text));
    as_buf_done(&text);
    assert_int_equal(p->n_parts, 5);
    testing_str(p->name, "b");
    check_path(p, 0, "/packages/1");
    check_path(p, 1, "/packages/2");
    check_path(p, 2, "/packages/0");
    assert_int_equal(p->parts[2].parent, 1);
    assert_true(diagnosis_at(p, "/packages/1")->warning);
    assert_false(diagnosis_at(p, "/packages/4")->warning);
    assert_true(
        diagnosis_at(p, "/relationships/5/relatedSpdxElement")->warning);
    for (size_t i = 0; i < p->n_parts; i++)
        if (as_str_eq(p->parts[i].name, AS_STR("d")))
            testing_str(p->parts[i].pedigree->relatives[0].name, "a");
    as_product_free(p);
}

static void test_spdx_tag_sloppy(void **state)
{
    as_product *p = read_ok("SPDXVersion: SPDX-2.2\nwhat is this\n"
                            "Unheard: of\nFileType: SOURCE\nPackageName: a\n"
                            "SPDXID: SPDXRef-a\nPackageComment: <text>open\n");

    assert_int_equal(p->n_parts, 1);
    assert_int_equal(p->n_diagnoses, 4);
    assert_int_equal(p->diagnoses[0].line, 2);
    assert_int_equal(p->diagnoses[1].line, 3);
    assert_true(p->diagnoses[1].warning);
    assert_int_equal(p->diagnoses[2].line, 4);
    assert_int_equal(p->diagnoses[3].line, 7);
    as_product_free(p);
}

static void test_spdx3(void **state)
{
    as_product *p = read_ok(
        "{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\","
        "\"@graph\":[{\"type\":\"CreationInfo\",\"@id\":\"_:c\","
        "\"specVersion\":"
        "\"3.0.1\",\"created\":\"2024-01-01T00:00:00Z\",\"createdUsing\":"
        "[\"urn:t\"]},{\"type\":\"Tool\",\"spdxId\":\"urn:t\",\"name\":\"t-1\"}"
        ","
        "{\"type\":\"Organization\",\"spdxId\":\"urn:o\",\"name\":\"Acme\"},"
        "{\"type\":\"SpdxDocument\",\"spdxId\":\"urn:d\",\"creationInfo\":\"_:"
        "c\","
        "\"rootElement\":[\"urn:s\"]},{\"type\":\"software_Sbom\",\"spdxId\":"
        "\"urn:s\",\"rootElement\":[\"urn:p\"]},{\"type\":\"software_Package\","
        "\"spdxId\":\"urn:e\",\"name\":\"e\",\"software_packageUrl\":"
        "\"pkg:npm/e@1\",\"verifiedUsing\":[{\"type\":\"Hash\",\"algorithm\":"
        "\"sha3_256\",\"hashValue\":\"AB\"}],\"externalIdentifier\":[{"
        "\"externalIdentifierType\":\"cpe23\",\"identifier\":\"cpe:2.3:x\"}],"
        "\"software_unheard\":1},{\"type\":\"software_Package\",\"spdxId\":"
        "\"urn:p\",\"name\":\"p\",\"suppliedBy\":\"urn:o\","
        "\"software_primaryPurpose\":\"firmware\"},"
        "{\"type\":\"Relationship\",\"relationshipType\":\"contains\",\"from\":"
        "\"urn:p\",\"to\":[\"urn:e\"]},{\"type\":\"Relationship\","
        "\"relationshipType\":\"dependsOn\",\"from\":\"urn:p\",\"to\":[\"urn:"
        "e\"]},"
        "{\"type\":\"Relationship\",\"relationshipType\":"
        "\"hasDeclaredLicense\","
        "\"from\":\"urn:e\",\"to\":[\"urn:l\"]},{\"type\":"
        "\"simplelicensing_LicenseExpression\",\"spdxId\":\"urn:l\","
        "\"simplelicensing_licenseExpression\":\"MIT\"},{\"type\":"
        "\"security_Vulnerability\",\"spdxId\":\"urn:v\",\"name\":\"v\","
        "\"externalIdentifier\":[{\"externalIdentifierType\":\"cve\","
        "\"identifier\":\"CVE-2020-1\"}]},{\"type\":"
        "\"security_VexNotAffectedVulnAssessmentRelationship\",\"from\":\"urn:"
        "v\","
        "\"to\":[\"urn:p\"],\"security_assessedElement\":\"urn:e\","
        "\"security_justificationType\":\"componentNotPresent\"},{\"type\":"
        "\"security_CvssV3VulnAssessmentRelationship\",\"from\":\"urn:v\","
        "\"to\":"
        "[\"urn:p\"],\"security_vectorString\":\"CVSS:3.1/AV:N\"}]}");
    const as_part *e = &p->parts[1];

    testing_str(p->encoding, "json-ld");
    testing_str(p->spec_version, "3.0.1");
    testing_str(p->tools[0], "t-1");
    testing_str(p->name, "p");
    testing_str(p->maker, "Acme");
    assert_int_equal(p->n_parts, 2);
    assert_int_equal(p->parts[0].kind, AS_PART_FIRMWARE);
    assert_int_equal(e->parent, 0);
    check_path(p, 1, "/@graph/5");
    testing_str(e->purl, "pkg:npm/e@1");
    testing_str(e->cpes[0], "cpe:2.3:x");
    testing_str(e->hashes[0].algorithm, "SHA3-256");
    testing_str(as_part_value(e, AS_ATTR_LICENCE), "MIT");
    testing_str(e->extras[0].key, "software_unheard");
    assert_int_equal(p->n_relations, 1);
    assert_int_equal(p->n_statements, 1);
    testing_str(p->statements[0].id, "CVE-2020-1");
    assert_int_equal(p->statements[0].analysis, AS_ANALYSIS_NOT_AFFECTED);
    testing_str(p->statements[0].affects[0].ref, "urn:e");
    testing_str(p->statements[0].vectors[0], "CVSS:3.1/AV:N");
    as_product_free(p);
}

// ---- lists ----------------------------------------------------------------

static void test_purl_list(void **state)
{
    as_product *p = read_ok("# parts\r\npkg:npm/%40s/a@1\r\n\r\nnonsense\n"
                            "cpe:2.3:h:v:p\\!:1.0:*:*:*:*:*:*:*\n"
                            "pkg:npm/b");
    as_err err;

    testing_str(p->format, "purl list");
    assert_int_equal(p->n_parts, 4);
    testing_str(p->parts[0].group, "@s");
    testing_str(p->parts[0].name, "a");
    testing_str(p->parts[1].name, "nonsense");
    assert_true(as_str_is_absent(p->parts[1].purl));
    assert_int_equal(diagnosis_at(p, "/line/4")->line, 4);
    assert_int_equal(p->parts[2].kind, AS_PART_DEVICE);
    testing_str(p->parts[2].name, "p!");
    testing_str(p->parts[3].purl, "pkg:npm/b");
    as_product_free(p);
    assert_int_equal(refused_text("# x\npkg:\n", &err), AS_ERR_INPUT);
    assert_int_equal(err.place.line, 2);
}

// ---- refused --------------------------------------------------------------

static void test_refused(void **state)
{
    as_err err;

    assert_int_equal(refused_text("", &err), AS_ERR_INPUT);
    assert_int_equal(refused_text(" \n\t", &err), AS_ERR_INPUT);
    assert_int_equal(refused_text("{}", &err), AS_ERR_UNSUPPORTED);
    assert_int_equal(refused_text("[1]", &err), AS_ERR_UNSUPPORTED);
    assert_int_equal(refused_text("{\"bomFormat\":\"x\"}", &err),
                     AS_ERR_UNSUPPORTED);
    assert_int_equal(refused_text("{\"bomFormat\":\"CycloneDX\",", &err),
                     AS_ERR_INPUT);
    assert_int_equal(
        refused_text("{\"bomFormat\":\"CycloneDX\",\"components\":[],"
                     "\"components\":[]}",
                     &err),
        AS_ERR_INPUT);
    assert_int_equal(
        refused_text("<!DOCTYPE b [<!ENTITY a 'b'>]><bom xmlns='"
                     "http://cyclonedx.org/schema/bom/1.4'>&a;</bom>",
                     &err),
        AS_ERR_INPUT);
    assert_int_equal(
        refused_text("{\"bomFormat\":\"CycloneDX\",\"x\":\"\xC3\x28\"}", &err),
        AS_ERR_INPUT);
}

// What is no bill of materials is called by its name.
#define SPDX3(context, version)                                                \
    "{\"@context\":\"https://spdx.org/rdf/" context                            \
    "/spdx-context.jsonld\",\"@graph\":[{\"type\":\"CreationInfo\","           \
    "\"specVersion\":\"" version "\"}]}"

/* A newer minor version is read with one warning, another major version is
 * refused in one line. */
static void test_versions(void **state)
{
    static const char *const read[] = {
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.8\"}",
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.10\"}",
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"one\"}",
        "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.8\"/>",
        "{\"spdxVersion\":\"SPDX-2.4\",\"packages\":[]}",
        "SPDXVersion: SPDX-2.4\n",
        "spdxVersion: SPDX-2.4\npackages: []\n",
        SPDX3("3.1", "3.1"),
    };
    static const char *const other[] = {
        "{\"bomFormat\":\"CycloneDX\",\n\"specVersion\":\"2.0\"}",
        "{\"bomFormat\":\"CycloneDX\",\n\"specVersion\":\"9.9\"}",
        "{\"bomFormat\":\"CycloneDX\",\n\"specVersion\":2.0}",
        "{\"bomFormat\":\"CycloneDX\",\n\"specVersion\":"
        "\"99999999999999999999.1\"}",
        "{\"spdxVersion\":\n\"SPDX-4.0\",\"packages\":[]}",
        "{\"spdxVersion\":\n\"SPDX-3.0\",\"packages\":[]}",
        "<bom xmlns=\"http://cyclonedx.org/schema/bom/2.0\"/>",
        "<Document><!-- SPDX --><spdxVersion>SPDX-4.0</spdxVersion></Document>",
        "SPDXVersion: SPDX-4.0\n",
        "spdxVersion: SPDX-4.0\npackages: []\n",
        SPDX3("4.0", "3.0.1"),
        SPDX3("3.0.1", "4.0.0"),
    };
    as_err err;

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(read); i++) {
        as_product *p = read_ok(read[i]);
        assert_int_equal(p->n_diagnoses, 1);
        assert_true(p->diagnoses[0].warning);
        as_product_free(p);
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(other); i++) {
        assert_int_equal(refused_text(other[i], &err), AS_ERR_UNSUPPORTED);
        assert_non_null(strstr(err.what, "is another major version"));
        if (strstr(other[i], "{\"")) /* JSON: with its place */
            assert_int_equal(err.place.line, strchr(other[i], '\n') ? 2 : 1);
    }
}

static void test_looks(void **state)
{
    static const struct {
        const char *text, *what;
    } cases[] = {
        {"{\"document\":{\"csaf_version\":\"2.0\"}}", "CSAF"},
        {"{\"@context\":\"https://openvex.dev/ns\"}", "VEX document"},
        {"{\"_type\":\"https://in-toto.io/Statement/v1\"}", "in-toto"},
        {"{\"sbom\":{\"spdxVersion\":\"SPDX-2.3\"}}", "web service"},
        {"{\"descriptor\":{\"name\":\"syft\"}}", "Syft"},
        {"{}", "this JSON is not a bill of materials"},
        {"<rdf:RDF xmlns:spdx='http://spdx.org/rdf/terms#'/>", "RDF/XML"},
        {"<project/>", "Maven"},
        {"# proto\nspec_version: \"1.6\"\n", "protocol buffer text"},
        {"\x1f\x8b\x08", "gzip"},
        {"\x7f"
         "ELF",
         "executable"},
        {"\xff\xfe{", "UTF-16"},
        {"hello", "this text is not a bill of materials"},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_err err;
        assert_int_equal(refused_text(cases[i].text, &err), AS_ERR_UNSUPPORTED);
        if (!strstr(err.what, cases[i].what))
            fail_msg("\"%s\" does not say \"%s\"", err.what, cases[i].what);
    }
}

// {"bomFormat":...,"components":[ELEMENT times n, then the tail].
static as_span repeat(const char *element, size_t n, const char *tail,
                      as_buf *out)
{
    as_buf_init(out, AS_MIB * 256);
    as_buf_c(out, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\","
                  "\"components\":[");
    for (size_t i = 0; i < n; i++)
        as_buf_c(out, element);
    as_buf_c(out, tail);
    assert_false(as_buf_failed(out));
    return as_buf_span(out);
}

static void test_ceilings(void **state)
{
    as_buf text;
    as_err err;

    assert_int_equal(refused(repeat("{},", 10000000, "{}]}", &text), &err),
                     AS_ERR_LIMIT);
    assert_non_null(strstr(err.what, "2000000 parts"));
    as_buf_done(&text);
    assert_int_equal(
        refused(repeat("{\"components\":[", 100000, "", &text), &err),
        AS_ERR_LIMIT);
    as_buf_done(&text);
    // Sound JSON within its own depth, but too deep a tree of parts.
    repeat("{\"name\":\"x\",\"components\":[", AS_LIMIT_PART_DEPTH + 1, "",
           &text);
    for (size_t i = 0; i <= AS_LIMIT_PART_DEPTH; i++)
        as_buf_c(&text, "]}");
    as_buf_c(&text, "]}");
    assert_int_equal(refused(as_buf_span(&text), &err), AS_ERR_LIMIT);
    assert_non_null(strstr(err.what, "100 levels"));
    as_buf_done(&text);
}

// Cut at every byte: an answer each time, never both an answer and an error.
static void test_truncated(void **state)
{
    as_arena *a = as_arena_new(AS_MIB);
    as_span whole = testing_source_file(a, "examples/clean.cdx.json");

    while (whole.n && as_ascii_is_space((char)whole.p[whole.n - 1]))
        whole.n--;
    for (size_t n = 0; n < whole.n; n++) {
        as_err err;
        assert_int_equal(refused((as_span){whole.p, n}, &err), AS_ERR_INPUT);
    }
    as_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cyclonedx_tree),
        cmocka_unit_test(test_cyclonedx_facts),
        cmocka_unit_test(test_cyclonedx_statements),
        cmocka_unit_test(test_cyclonedx_sloppy),
        cmocka_unit_test(test_cyclonedx_xml),
        cmocka_unit_test(test_cyclonedx_xml_repeated),
        cmocka_unit_test(test_spdx),
        cmocka_unit_test(test_wide_xml),
        cmocka_unit_test(test_sorted_yaml),
        cmocka_unit_test(test_spdx_circles),
        cmocka_unit_test(test_spdx_tag_sloppy),
        cmocka_unit_test(test_spdx3),
        cmocka_unit_test(test_purl_list),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_ceilings),
        cmocka_unit_test(test_truncated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
