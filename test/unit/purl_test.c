/* SPDX-License-Identifier: Apache-2.0 */
/* Package URLs: the suite of purl-spec, our own cases, ecosystems. */
#include "testing.h"

#include "base/json.h"
#include "base/limits.h"
#include "model/purl.h"

#include <stdio.h>
#include <string.h>

static const char *const suite[] = {
    "spec/specification", "types/alpm",      "types/apk",
    "types/bazel",        "types/bitbucket", "types/bitnami",
    "types/brew",         "types/cargo",     "types/chrome-extension",
    "types/cocoapods",    "types/composer",  "types/conan",
    "types/conda",        "types/cpan",      "types/cran",
    "types/deb",          "types/docker",    "types/gem",
    "types/generic",      "types/git",       "types/github",
    "types/golang",       "types/hackage",   "types/hex",
    "types/huggingface",  "types/julia",     "types/luarocks",
    "types/maven",        "types/mlflow",    "types/npm",
    "types/nuget",        "types/oci",       "types/opam",
    "types/otp",          "types/pub",       "types/pypi",
    "types/qpkg",         "types/rpm",       "types/swid",
    "types/swift",        "types/vcpkg",     "types/vscode-extension",
    "types/yocto",
};

static as_str canonical(const as_purl *p, as_arena *a)
{
    as_buf b;
    as_str text;

    as_buf_init(&b, 4 * AS_LIMIT_PURL_BYTES);
    as_purl_write(p, &b);
    text = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    return text;
}

/* --- the suite --- */

static as_purl parts_of(as_json v, as_arena *a)
{
    as_purl p = {
        .type = as_json_get_str(v, AS_STR("type")),
        .namespace_ = as_json_get_str(v, AS_STR("namespace")),
        .name = as_json_get_str(v, AS_STR("name")),
        .version = as_json_get_str(v, AS_STR("version")),
        .subpath = as_json_get_str(v, AS_STR("subpath")),
    };
    as_json q = as_json_get(v, AS_STR("qualifiers"));

    p.qualifiers = AS_NEW_ARRAY(a, as_json_count(q), as_purl_qualifier);
    for (as_json_iter it = as_json_each(q); as_json_next(&it);)
        p.qualifiers[p.n_qualifiers++] =
            (as_purl_qualifier){it.key, as_json_str(it.value)};
    return p;
}

static bool same_parts(const as_purl *got, const as_purl *want)
{
    bool same = as_str_eq(got->type, want->type) &&
                as_str_eq(got->namespace_, want->namespace_) &&
                as_str_eq(got->name, want->name) &&
                as_str_eq(got->version, want->version) &&
                as_str_eq(got->subpath, want->subpath) &&
                got->n_qualifiers == want->n_qualifiers;

    for (size_t i = 0; same && i < want->n_qualifiers; i++)
        same = as_str_eq(as_purl_qualifier_get(got, want->qualifiers[i].key),
                         want->qualifiers[i].value);
    return same;
}

/* Whether the test passes; kind is one of parse, build, validate. */
static bool passes(as_json t, as_str kind, as_arena *a)
{
    as_json in = as_json_get(t, AS_STR("input"));
    as_json out = as_json_get(t, AS_STR("expected_output"));
    bool fails =
        as_json_is(as_json_get(t, AS_STR("expected_failure")), AS_JSON_TRUE);
    as_purl p = {0}, want;
    as_rc rc;

    if (as_str_eq(kind, AS_STR("build"))) {
        want = parts_of(in, a);
        rc = as_purl_build(&want, a, &p, NULL);
    } else if (as_str_eq(kind, AS_STR("parse"))) {
        rc = as_purl_read(as_json_str(in), a, &p, NULL);
    } else {
        rc = as_purl_read_lenient(as_json_str(in), a, &p, NULL);
        if (rc == AS_OK && (p.defects & ~(unsigned)AS_PURL_KEY_CASE))
            rc = AS_ERR_INPUT;
    }
    if (fails || rc != AS_OK)
        return fails && rc == AS_ERR_INPUT;
    if (as_json_is(out, AS_JSON_STRING))
        return as_str_eq(canonical(&p, a), as_json_str(out));
    want = parts_of(out, a);
    return same_parts(&p, &want);
}

static void run_suite_file(const char *name, size_t counts[2], size_t *bad)
{
    as_arena *a = as_arena_new(AS_MIB * 64);
    as_json_doc *doc = NULL;
    char path[128];

    snprintf(path, sizeof path, "conformance/purl-spec/%s-test.json", name);
    assert_int_equal(
        as_json_read(testing_corpus_file(a, path), NULL, &doc, NULL), AS_OK);
    for (as_json_iter it =
             as_json_each(as_json_get(as_json_root(doc), AS_STR("tests")));
         as_json_next(&it);) {
        as_str kind = as_json_get_str(it.value, AS_STR("test_type"));
        as_str group = as_json_get_str(it.value, AS_STR("test_group"));
        as_str what = as_json_get_str(it.value, AS_STR("description"));

        counts[!as_str_eq(group, AS_STR("required"))]++;
        if (passes(it.value, kind, a))
            continue;
        ++*bad;
        print_error("%s %zu: %.*s %.*s: %.*s\n", name, it.index, AS_FMT(group),
                    AS_FMT(kind), AS_FMT(what));
    }
    as_json_free(doc);
    as_arena_free(a);
}

static void purl_spec_suite(void **state)
{
    size_t counts[2] = {0}, bad = 0;

    if (!testing_corpus())
        skip();
    for (size_t i = 0; i < AS_ARRAY_LEN(suite); i++)
        run_suite_file(suite[i], counts, &bad);
    print_message("required %zu, recommended %zu, failed %zu\n", counts[0],
                  counts[1], bad);
    assert_true(counts[0] >= 521 && counts[1] >= 65);
    assert_int_equal(bad, 0);
}

/* --- our own cases --- */

static as_str field(as_str *line)
{
    as_str f = as_str_cut(line, '\t');

    return as_str_eq(f, AS_STR("-")) ? AS_ABSENT : f;
}

static bool expect(const char *what, as_str input, as_str got, as_str want)
{
    if (as_str_eq(got, want))
        return true;
    print_error("%s of \"%.*s\": \"%.*s\", not \"%.*s\"\n", what, AS_FMT(input),
                AS_FMT(got), AS_FMT(want));
    return false;
}

static as_str defect_words(unsigned defects, as_arena *a)
{
    as_str words = AS_ABSENT;

    for (unsigned bit = 1; bit <= AS_PURL_VERSION_FORM; bit <<= 1)
        if (defects & bit)
            words = as_arena_printf(
                a, "%.*s%s%.*s", AS_FMT(words), words.n ? "," : "",
                AS_FMT(as_purl_defect_word((as_purl_defect)bit)));
    return words;
}

/* "strict" and "lenient" lines; see the head of the file. */
static bool run_read_case(as_str verb, as_str line, as_arena *a)
{
    bool lenient = as_str_eq(verb, AS_STR("lenient"));
    as_str text = field(&line), want = field(&line);
    as_purl p;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    rc = lenient ? as_purl_read_lenient(text, a, &p, &err)
                 : as_purl_read(text, a, &p, &err);
    if (want.n && want.p[0] == '!') {
        uint64_t column;

        assert_true(
            as_str_u64(as_str_trim(as_str_slice(want, 1, want.n)), &column));
        if (rc == AS_ERR_INPUT && err.place.column == column)
            return true;
        print_error("\"%.*s\": rc %d, column %u: %s\n", AS_FMT(text), (int)rc,
                    (unsigned)err.place.column, err.what);
        return false;
    }
    if (rc != AS_OK) {
        print_error("\"%.*s\": %s\n", AS_FMT(text), err.what);
        return false;
    }
    return expect("canonical", text, canonical(&p, a), want) &&
           expect("defects", text, defect_words(p.defects, a), field(&line));
}

static bool run_ecosystem_case(as_str line, as_arena *a)
{
    static const char *const scopes[] = {"none", "registry", "known",
                                         "unknown"};
    as_str text = field(&line), ecosystem = AS_ABSENT, name = AS_ABSENT;
    as_purl_scope scope;
    as_purl p;

    if (as_purl_read_lenient(text, a, &p, NULL) != AS_OK) {
        print_error("\"%.*s\" could not be read\n", AS_FMT(text));
        return false;
    }
    scope = as_purl_ecosystem(&p, a, &ecosystem, &name);
    return expect("scope", text, as_str_c(scopes[scope]), field(&line)) &&
           expect("ecosystem", text, ecosystem, field(&line)) &&
           expect("name", text, name, field(&line));
}

static bool run_source_case(as_str line, as_arena *a)
{
    as_str text = field(&line), name = AS_ABSENT, version = AS_ABSENT;
    as_purl p;

    if (as_purl_read_lenient(text, a, &p, NULL) != AS_OK)
        return false;
    as_purl_source(&p, a, &name, &version);
    return expect("source", text, name, field(&line)) &&
           expect("source version", text, version, field(&line)) &&
           expect("full version", text, as_purl_full_version(&p, a),
                  field(&line));
}

static void cases(void **state)
{
    as_arena *a = as_arena_new(AS_MIB * 64);
    as_str rest, line;
    size_t bad = 0, n = 0;

    assert_true(
        as_span_str(testing_source_file(a, "test/cases/purl.cases"), &rest));
    while (testing_line(&rest, &line)) {
        as_str verb;

        if (line.n == 0 || line.p[0] == '#')
            continue;
        n++;
        verb = as_str_cut(&line, '\t');
        if (as_str_eq(verb, AS_STR("ecosystem")))
            bad += !run_ecosystem_case(line, a);
        else if (as_str_eq(verb, AS_STR("source")))
            bad += !run_source_case(line, a);
        else
            bad += !run_read_case(verb, line, a);
    }
    as_arena_free(a);
    print_message("%zu cases\n", n);
    assert_int_equal(bad, 0);
}

static void build(void **state)
{
    as_arena *a = as_arena_new(AS_MIB);
    as_purl_qualifier q[] = {
        {AS_STR("Arch"), AS_STR("x86")},
        {AS_STR("b"), AS_STR("")},
        {AS_STR("arch.b"), AS_STR("a b/c")},
    };
    as_purl parts = {
        .type = AS_STR("NPM"),
        .namespace_ = AS_STR("//@scope//x/"),
        .name = AS_STR("/na/me/"),
        .version = AS_STR("1+2"),
        .subpath = AS_STR("./a/../b//c/"),
        .qualifiers = q,
        .n_qualifiers = AS_ARRAY_LEN(q),
    };
    as_purl p;

    assert_int_equal(as_purl_build(&parts, a, &p, NULL), AS_OK);
    testing_str(canonical(&p, a), "pkg:npm/%40scope/x/na%2Fme@1%2B2"
                                  "?arch=x86&arch.b=a%20b%2Fc#a/b/c");
    q[1] = (as_purl_qualifier){AS_STR("ARCH"), AS_STR("arm")};
    p.n_qualifiers = 7;
    assert_int_equal(as_purl_build(&parts, a, &p, NULL), AS_ERR_INPUT);
    assert_int_equal(p.n_qualifiers, 7);
    q[1] = (as_purl_qualifier){AS_STR("b"), AS_STR_INIT("a\0b")};
    assert_int_equal(as_purl_build(&parts, a, &p, NULL), AS_ERR_INPUT);
    parts.n_qualifiers = 0;
    parts.name = AS_STR("//");
    assert_int_equal(as_purl_build(&parts, a, &p, NULL), AS_ERR_INPUT);
    parts.name = AS_STR("x");
    parts.type = AS_ABSENT;
    assert_int_equal(as_purl_build(&parts, a, &p, NULL), AS_ERR_INPUT);
    as_arena_free(a);
}

static void ceilings(void **state)
{
    static char text[AS_LIMIT_PURL_BYTES + 1];
    as_arena *a = as_arena_new(AS_MIB);
    as_arena *small = as_arena_new(1);
    as_purl p;
    as_err err;

    memset(text, 'a', sizeof text);
    memcpy(text, "pkg:a/", 6);
    as_err_init(&err);
    assert_int_equal(as_purl_read(as_str_of(text, sizeof text), a, &p, &err),
                     AS_ERR_LIMIT);
    assert_int_equal(
        as_purl_read(as_str_of(text, sizeof text - 1), a, &p, &err), AS_OK);
    while (!as_arena_failed(small))
        as_arena_alloc(small, 16);
    assert_int_equal(as_purl_read(AS_STR("pkg:a/b"), small, &p, &err),
                     AS_ERR_MEMORY);
    as_arena_free(small);
    as_arena_free(a);
}

static void json(void **state)
{
    as_arena *a = as_arena_new(AS_MIB);
    as_json_writer w;
    as_purl p;
    as_buf b;

    as_buf_init(&b, 4096);
    as_json_write_init(&w, &b, 0);
    assert_int_equal(as_purl_read_lenient(
                         AS_STR("pkg:gem/a@1?Platform=java&a=b"), a, &p, NULL),
                     AS_OK);
    as_purl_to_json(&p, &w);
    testing_str(as_buf_text(&b),
                "{\"type\":\"gem\",\"namespace\":null,\"name\":\"a\","
                "\"version\":\"1\",\"qualifiers\":{\"a\":\"b\","
                "\"platform\":\"java\"},\"subpath\":null,"
                "\"canonical\":\"pkg:gem/a@1?a=b&platform=java\","
                "\"valid\":false,\"defects\":[\"key-case\"]}");
    as_buf_done(&b);
    as_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(purl_spec_suite),
        cmocka_unit_test(cases),
        cmocka_unit_test(build),
        cmocka_unit_test(ceilings),
        cmocka_unit_test(json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
