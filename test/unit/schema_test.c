/* SPDX-License-Identifier: Apache-2.0 */
/* The validator: what it says of small documents (test/cases/schema.cases), and
 * how many of the official test documents it judges as they are named. */
#include "testing.h"

#include "base/limits.h"
#include "bom/bom.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char json_head[] =
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"";
static const char spdx_head[] =
    "{\"SPDXID\":\"SPDXRef-DOCUMENT\",\"spdxVersion\":\"SPDX-2.3\","
    "\"name\":\"d\",\"documentNamespace\":\"urn:x:d\","
    "\"dataLicense\":\"CC0-1.0\",\"creationInfo\":{"
    "\"created\":\"2024-01-01T00:00:00Z\",\"creators\":[\"Tool: t\"]}";
static const char tag_head[] =
    "SPDXVersion: SPDX-2.3\n# comment\nDataLicense: CC0-1.0\n"
    "SPDXID: SPDXRef-DOCUMENT\nDocumentName: d\n"
    "DocumentNamespace: urn:x:d\nCreator: Tool: t\n"
    "Created: 2024-01-01T00:00:00Z\n";
static const char xml_head[] =
    "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">";

/* The first byte that is neither space nor a mark. */
static char first(as_span in)
{
    size_t i = 0;

    while (i < in.n && (in.p[i] >= 0x80 || in.p[i] <= ' '))
        i++;
    return i < in.n ? (char)in.p[i] : 0;
}

static bool is_json(as_span in)
{
    return first(in) == '{' || first(in) == '[';
}

/* doc lives as long as what is returned. */
static as_rc validate(as_span in, as_arena *a, as_json_doc **doc,
                      as_bom_diagnoses *ret, as_err *err)
{
    as_rc rc = AS_OK;

    as_err_init(err);
    *doc = NULL;
    if (is_json(in))
        rc = as_json_read(in, NULL, doc, err);
    return rc ? rc : as_bom_validate(in, *doc, a, ret, err);
}

/* ---- cases ------------------------------------------------------------- */

static void put_document(as_buf *b, as_str text)
{
    static const struct {
        as_str mark;
        const char *text;
    } marks[] = {
        {AS_STR_INIT("{J}"), json_head}, {AS_STR_INIT("{S}"), spdx_head},
        {AS_STR_INIT("{T}"), tag_head},  {AS_STR_INIT("{N}"), "\n"},
        {AS_STR_INIT("{X}"), xml_head},  {AS_STR_INIT("{/X}"), "</bom>"}};

    while (text.n) {
        size_t skip = 0;
        for (size_t i = 0; i < AS_ARRAY_LEN(marks); i++) {
            if (!as_str_starts(text, marks[i].mark))
                continue;
            as_buf_c(b, marks[i].text);
            skip = marks[i].mark.n;
        }
        if (!skip)
            as_buf_byte(b, text.p[0]);
        text = as_str_slice(text, skip ? skip : 1, text.n);
    }
}

/* As WANT is written. */
static void put_diagnoses(as_buf *b, const as_bom_diagnoses *all)
{
    if (!all->n)
        as_buf_c(b, "-");
    for (size_t i = 0; i < all->n; i++) {
        const as_bom_diagnosis *d = &all->items[i];
        as_buf_printf(b, "%s%s%.*s@%s", i ? " " : "", d->warning ? "~" : "",
                      AS_FMT(d->rule), d->place.path);
    }
}

static bool check_case(as_str want, as_str text)
{
    as_arena *a = as_arena_new(AS_MIB * 16);
    as_bom_diagnoses all = {0};
    as_json_doc *doc;
    as_buf in, got;
    as_err err;
    bool ok;

    as_buf_init(&in, AS_MIB);
    as_buf_init(&got, AS_MIB);
    put_document(&in, text);
    if (validate(as_buf_span(&in), a, &doc, &all, &err))
        as_buf_printf(&got, "refused: %s", err.what);
    else
        put_diagnoses(&got, &all);
    ok = as_str_eq(as_buf_text(&got), want);
    if (!ok)
        print_error("%.*s\n  want %.*s\n  got  %.*s\n", AS_FMT(text),
                    AS_FMT(want), (int)got.n, got.p);
    as_buf_done(&in);
    as_buf_done(&got);
    as_json_free(doc);
    as_arena_free(a);
    return ok;
}

static void test_cases(void **state)
{
    as_arena *a = as_arena_new(AS_MIB * 16);
    as_span file = testing_source_file(a, "test/cases/schema.cases");
    as_str rest = {(const char *)file.p, file.n}, line;
    size_t n = 0, bad = 0;

    (void)state;
    while (testing_line(&rest, &line)) {
        size_t bar = as_str_search(line, AS_STR(" | "));
        if (!line.n || line.p[0] == '#')
            continue;
        assert_true(bar < line.n);
        n++;
        bad += !check_case(as_str_slice(line, 0, bar),
                           as_str_slice(line, bar + 3, line.n));
    }
    print_message("%zu cases, %zu wrong\n", n, bad);
    assert_true(n > 140);
    assert_int_equal(bad, 0);
    as_arena_free(a);
}

/* ---- places and messages ----------------------------------------------- */

static void check_text(const char *in, const char *want)
{
    as_arena *a = as_arena_new(AS_MIB * 16);
    as_bom_diagnoses all;
    as_json_doc *doc;
    as_buf text;
    as_err err;

    as_buf_init(&text, AS_MIB);
    assert_int_equal(validate(as_str_span(as_str_c(in)), a, &doc, &all, &err),
                     AS_OK);
    assert_int_equal(all.n, 1);
    as_bom_diagnosis_text(&all, &all.items[0], AS_STR("bom"), &text);
    testing_str(as_buf_text(&text), want);
    as_buf_done(&text);
    as_json_free(doc);
    as_arena_free(a);
}

static void test_text(void **state)
{
    (void)state;
    check_text(
        "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\",\n"
        "  \"components\": [\n"
        "    {\"name\": \"a\", \"scope\":  \"Requird\",\n"
        "     \"type\": \"file\"}]}",
        "bom:3:29: error: at /components/0/scope: \"Requird\" is not one "
        "of \"excluded\", \"optional\" or \"required\"; \"required\" may "
        "be meant (CycloneDX 1.6 JSON, enum)");
    check_text("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\",\n"
               "  \"a\\u001bb\": 1}",
               "bom:2:15: error: at /a\\x1Bb: the member \"a\\x1Bb\" is not "
               "known here (CycloneDX 1.6 JSON, additionalProperties)");
    check_text("<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">\n"
               "  <components>\n"
               "    <component type=\"file\"><version>1</version>\n"
               "    </component></components></bom>",
               "bom:3:28: error: at /bom/components/component[1]/version: the "
               "element \"version\" stands where <name> is needed (CycloneDX "
               "1.6 XML, content)");
}

/* The one walk for all places finds them where the JSON reader does. */
static void check_places(as_span in, const as_bom_diagnoses *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const as_place *p = &all->items[i].place;
        as_place want;
        assert_true(p->line > 0 && p->column > 0);
        assert_true(p->offset < in.n);
        if (!is_json(in))
            continue;
        as_place_init(&want);
        as_json_locate(in, as_str_c(p->path), &want);
        assert_int_equal(p->line, want.line);
        assert_int_equal(p->column, want.column);
        assert_int_equal(p->offset, want.offset);
    }
}

static void test_refused(void **state)
{
    static const char *const in[] = {"{}",
                                     "[]",
                                     "{\"@context\":\"https://schema.org\"}",
                                     "<a/>",
                                     "no bill",
                                     "",
                                     "<rdf xmlns=\"urn:x\"/>"};

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(in); i++) {
        as_arena *a = as_arena_new(AS_MIB);
        as_bom_diagnoses all = {.n = 77};
        as_json_doc *doc;
        as_err err;
        assert_int_equal(
            validate(as_str_span(as_str_c(in[i])), a, &doc, &all, &err),
            AS_ERR_UNSUPPORTED);
        assert_int_equal(all.n, 77);
        assert_true(err.what[0]);
        as_json_free(doc);
        as_arena_free(a);
    }
}

/* ---- ceilings ---------------------------------------------------------- */

/* n times the text, between head and tail; # in it is the number. */
static as_span repeat(as_buf *b, const char *head, const char *text, size_t n,
                      const char *tail)
{
    as_buf_init(b, AS_MIB * 64);
    as_buf_c(b, head);
    for (size_t i = 0; i < n; i++)
        for (const char *c = text; *c; c++) {
            if (*c == '#')
                as_buf_printf(b, "%zu", i);
            else
                as_buf_byte(b, *c);
        }
    as_buf_c(b, tail);
    assert_false(as_buf_failed(b));
    return as_buf_span(b);
}

static void check_many(as_span in, uint64_t errors, uint64_t warnings)
{
    as_arena *a = as_arena_new(AS_MIB * 256);
    as_bom_diagnoses all;
    as_json_doc *doc;
    as_err err;

    assert_int_equal(validate(in, a, &doc, &all, &err), AS_OK);
    assert_int_equal(all.errors, errors);
    assert_int_equal(all.warnings, warnings);
    assert_true(all.n <= AS_LIMIT_DIAGNOSES);
    check_places(in, &all);
    as_json_free(doc);
    as_arena_free(a);
}

#define HEAD "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\","

static void test_many(void **state)
{
    as_buf b;

    (void)state;
    check_many(repeat(&b, HEAD "\"components\":[",
                      "{\"type\":\"x#\",\"name\":\"n\",\"a#\":0},", 50000,
                      "{\"type\":\"file\",\"name\":\"n\"}]}"),
               100000, 0);
    as_buf_done(&b);
    check_many(repeat(&b, HEAD "\"dependencies\":[",
                      "{\"ref\":\"x#\",\"dependsOn\":[\"y#\"]},\n", 50000,
                      "{\"ref\":\"z\"}]}"),
               0, 100001);
    as_buf_done(&b);
    check_many(repeat(&b, HEAD "\"components\":[",
                      "{\"type\":\"file\",\"name\":\"n\"},", 50000,
                      "{\"type\":\"file\",\"name\":\"n\"}]}"),
               50000, 0);
    as_buf_done(&b);
    check_many(repeat(&b,
                      "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">"
                      "<components>",
                      "<component type=\"x#\"><n#/></component>", 20000,
                      "</components></bom>"),
               40000, 0);
    as_buf_done(&b);
}

/* Nested as deep as the reader lets through, each level unique in its array. */
static void test_deep(void **state)
{
    as_buf b;
    as_span in;

    (void)state;
    in = repeat(&b, HEAD "\"components\":[",
                "{\"type\":\"file\",\"name\":\"n#\",\"bom-ref\":\"#\","
                "\"components\":[",
                120, "");
    for (size_t i = 0; i < 120; i++)
        as_buf_c(&b, "]}");
    as_buf_c(&b, "]}");
    in = as_buf_span(&b);
    check_many(in, 0, 0);
    as_buf_done(&b);
}

static void test_memory(void **state)
{
    as_buf b;
    as_span in = repeat(&b, HEAD "\"components\":[",
                        "{\"type\":\"x#\",\"name\":\"n\",\"a#\":0},", 5000,
                        "{\"type\":\"file\",\"name\":\"n\"}]}");
    as_arena *a = as_arena_new(4096);
    as_bom_diagnoses all = {.n = 77};
    as_json_doc *doc;
    as_err err;

    (void)state;
    assert_int_equal(validate(in, a, &doc, &all, &err), AS_ERR_LIMIT);
    assert_int_equal(all.n, 77);
    as_json_free(doc);
    as_arena_free(a);
    as_buf_done(&b);
}

/* ---- the official documents -------------------------------------------- */

struct tally {
    size_t valid, passed, invalid, caught;
};

static void show(const char *why, const char *path, const as_bom_diagnoses *all)
{
    print_message("  %s: %s\n", why, path);
    for (size_t i = 0; i < all->n && i < 3; i++) {
        as_buf b;
        as_buf_init(&b, AS_MIB);
        as_bom_diagnosis_text(all, &all->items[i], AS_STR("    "), &b);
        print_message("%.*s\n", (int)b.n, b.p);
        as_buf_done(&b);
    }
}

/* Whether the document is valid; refused counts as not. */
static bool judge(const char *path, bool wanted, const char *why)
{
    as_arena *a = as_arena_new(AS_MIB * 64);
    as_span in = testing_corpus_file(a, path);
    as_bom_diagnoses all = {0};
    as_json_doc *doc;
    as_err err;
    bool valid = !validate(in, a, &doc, &all, &err) && !all.errors;

    check_places(in, &all);
    if (valid != wanted)
        show(why, path, &all);
    as_json_free(doc);
    as_arena_free(a);
    return valid;
}

static void take(struct tally *t, const char *path, const char *name)
{
    if (strncmp(name, "valid-", 6) == 0) {
        t->valid++;
        t->passed += judge(path, true, "not passed");
    } else if (strstr(name, "invalid-")) {
        t->invalid++;
        t->caught += !judge(path, false, "not caught");
    }
}

static struct tally count(const char *version, const char *extension)
{
    struct tally t = {0};
    char folder[512], path[512];
    struct dirent *e;
    DIR *dir;

    snprintf(folder, sizeof folder, "%s/conformance/cyclonedx/%s",
             testing_corpus(), version);
    dir = opendir(folder);
    if (!dir)
        return t;
    while ((e = readdir(dir))) {
        size_t n = strlen(e->d_name), m = strlen(extension);
        if (n < m || strcmp(e->d_name + n - m, extension) != 0)
            continue;
        snprintf(path, sizeof path, "conformance/cyclonedx/%s/%.200s", version,
                 e->d_name);
        take(&t, path, e->d_name);
    }
    closedir(dir);
    return t;
}

static void test_official(void **state)
{
    static const char *const versions[] = {"1.0", "1.1", "1.2", "1.3", "1.4",
                                           "1.5", "1.6", "1.7", "ext"};
    static const char *const extensions[] = {".json", ".xml"};
    struct tally all = {0};

    (void)state;
    if (!testing_corpus())
        skip();
    for (size_t i = 0; i < AS_ARRAY_LEN(versions); i++) {
        for (size_t j = 0; j < AS_ARRAY_LEN(extensions); j++) {
            struct tally t = count(versions[i], extensions[j]);
            if (!t.valid && !t.invalid)
                continue;
            print_message("CycloneDX %s %s: %zu of %zu valid pass, %zu of %zu "
                          "invalid caught\n",
                          versions[i], extensions[j], t.passed, t.valid,
                          t.caught, t.invalid);
            all.valid += t.valid;
            all.passed += t.passed;
            all.invalid += t.invalid;
            all.caught += t.caught;
        }
    }
    print_message("CycloneDX, all: %zu of %zu valid pass, %zu of %zu invalid "
                  "caught, %zu not caught\n",
                  all.passed, all.valid, all.caught, all.invalid,
                  all.invalid - all.caught);
    assert_true(all.valid > 300 && all.invalid > 200);
    assert_int_equal(all.passed, all.valid);
    assert_true((all.invalid - all.caught) * 20 <= all.invalid);
}

/* ---- examples ---------------------------------------------------------- */

static void judge_tree(const char *path, size_t *n, size_t *valid)
{
    char folder[1024], inner[512];
    struct dirent *e;
    DIR *dir;

    snprintf(folder, sizeof folder, "%s/%s", testing_corpus(), path);
    dir = opendir(folder);
    if (!dir)
        return;
    while ((e = readdir(dir))) {
        if (e->d_name[0] == '.')
            continue;
        snprintf(inner, sizeof inner, "%.250s/%.250s", path, e->d_name);
        if (fnmatch("*.json", e->d_name, 0) == 0 ||
            fnmatch("*.xml", e->d_name, 0) == 0 ||
            fnmatch("*.spdx", e->d_name, 0) == 0) {
            ++*n;
            *valid += judge(inner, true, "invalid");
        } else {
            judge_tree(inner, n, valid);
        }
    }
    closedir(dir);
}

static void test_examples(void **state)
{
    size_t n = 0, valid = 0;

    (void)state;
    if (!testing_corpus())
        skip();
    judge_tree("conformance/bom-examples", &n, &valid);
    print_message("bom-examples: %zu of %zu valid\n", valid, n);
    assert_int_equal(valid, n);
    n = valid = 0;
    judge_tree("conformance/cyclonedx-osv-scalibr", &n, &valid);
    print_message("cyclonedx-osv-scalibr: %zu of %zu valid\n", valid, n);
    n = valid = 0;
    judge_tree("conformance/spdx", &n, &valid);
    print_message("spdx: %zu of %zu valid\n", valid, n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),    cmocka_unit_test(test_text),
        cmocka_unit_test(test_refused),  cmocka_unit_test(test_many),
        cmocka_unit_test(test_deep),     cmocka_unit_test(test_memory),
        cmocka_unit_test(test_official), cmocka_unit_test(test_examples),
    };

    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
