/* SPDX-License-Identifier: Apache-2.0 */
/* Version orders: our own cases, the lists and VERS tests of the corpus, the
 * names of ecosystems, and what every order must be: total, and that of its
 * keys. */
#include "testing.h"

#include "base/json.h"
#include "base/limits.h"
#include "version/version.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_CEILING  ((size_t)1 << 16)
#define TEXT_CEILING ((size_t)16 << 20)
#define LISTS        "conformance/versions"
#define VERS         "conformance/vers-spec/tests"

static const as_version_scheme *find(as_str ecosystem)
{
    const as_version_scheme *s = as_version_scheme_find(ecosystem);

    if (s == NULL) {
        print_error("no order is called \"%.*s\"\n", AS_FMT(ecosystem));
        fail();
    }
    return s;
}

static char sign(int r)
{
    return r < 0 ? '<' : r > 0 ? '>' : '=';
}

/* '<', '=', '>', or '?' when a version cannot be read. */
static char order_of(const as_version_scheme *s, as_str a, as_str b)
{
    int r = 7;

    if (as_version_compare(s, a, b, &r, NULL) != AS_OK) {
        assert_int_equal(r, 7);
        return '?';
    }
    assert_in_range(r + 1, 0, 2);
    return sign(r);
}

static char mirrored(char order)
{
    return order == '<' ? '>' : order == '>' ? '<' : order;
}

static as_buf key_of(const as_version_scheme *s, as_str v)
{
    as_buf key;

    as_buf_init(&key, KEY_CEILING);
    assert_int_equal(as_version_key(s, v, &key, NULL), AS_OK);
    assert_true(key.n > 0 && (uint8_t)key.p[0] != 0xFF);
    return key;
}

/* The keys answer as compare does; by their bytes too where they have to. */
static bool keys_agree(const as_version_scheme *s, as_str a, as_str b,
                       char order)
{
    as_buf x = key_of(s, a), y = key_of(s, b);
    char by_cmp = sign(as_version_key_cmp(s, as_buf_span(&x), as_buf_span(&y)));
    char by_bytes = sign(as_str_cmp(as_buf_text(&x), as_buf_text(&y)));

    as_buf_done(&x);
    as_buf_done(&y);
    return by_cmp == order && (!as_version_has_key(s) || by_bytes == order);
}

/* One pair, both ways round, with its keys. */
static bool check_pair(const as_version_scheme *s, as_str a, char want,
                       as_str b)
{
    char got = order_of(s, a, b), back = order_of(s, b, a);

    if (got == want && back == mirrored(want) &&
        (want == '?' || keys_agree(s, a, b, want)))
        return true;
    print_error("%.*s: %.*s %c %.*s, not %c (the other way round: %c)\n",
                AS_FMT(as_version_scheme_name(s)), AS_FMT(a), got, AS_FMT(b),
                want, back);
    return false;
}

static bool check_case(as_str line)
{
    char gap = as_str_find(line, '\t') < line.n ? '\t' : ' ';
    as_str rest = line, ecosystem = as_str_cut(&rest, gap);
    as_str a = as_str_cut(&rest, gap), op = as_str_cut(&rest, gap);

    assert_int_equal(op.n, 1);
    if (op.p[0] == '?')
        return check_pair(find(ecosystem), a, '?', a);
    return check_pair(find(ecosystem), a, op.p[0], rest);
}

static void our_cases(void **state)
{
    as_arena *arena = as_arena_new(TEXT_CEILING);
    as_span file = testing_source_file(arena, "test/cases/version.cases");
    as_str rest = as_str_of((const char *)file.p, file.n), line;
    size_t n = 0, bad = 0;

    while (testing_line(&rest, &line)) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        n++;
        bad += !check_case(line);
    }
    print_message("version.cases: %zu cases, %zu wrong\n", n, bad);
    assert_true(n > 300);
    assert_int_equal(bad, 0);
    as_arena_free(arena);
}

/* ---- the lists of the corpus ------------------------------------------- */

typedef struct tally {
    size_t files, n, bad;
} tally;

/* Calls visit for each file of a corpus folder whose name ends so, by name. */
static void each_file(const char *folder, const char *suffix,
                      void (*visit)(const char *path, const char *name,
                                    void *ctx),
                      void *ctx)
{
    struct dirent **entries;
    char path[512];
    int n;

    snprintf(path, sizeof path, "%s/%s", testing_corpus(), folder);
    n = scandir(path, &entries, NULL, alphasort);
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        if (as_str_ends(as_str_c(name), as_str_c(suffix))) {
            snprintf(path, sizeof path, "%s/%s", folder, name);
            visit(path, name, ctx);
        }
        free(entries[i]);
    }
    free(entries);
}

/* "A < B" of a list; false on comments and blank lines. */
static bool list_line(as_str line, as_str *a, char *op, as_str *b)
{
    line = as_str_trim(line);
    if (line.n == 0 || line.p[0] == '#' || as_str_starts(line, AS_STR("//")))
        return false;
    *a = as_str_cut(&line, ' ');
    assert_true(line.n > 2 && line.p[1] == ' ');
    *op = line.p[0];
    *b = as_str_slice(line, 2, line.n);
    return true;
}

static void check_list(const char *path, const char *name, void *ctx)
{
    as_arena *arena = as_arena_new(TEXT_CEILING);
    as_span file = testing_corpus_file(arena, path);
    as_str rest = as_str_of((const char *)file.p, file.n), line, a, b;
    as_str ecosystem = as_str_c(name);
    const as_version_scheme *s = find(as_str_cut(&ecosystem, '-'));
    tally *t = ctx;
    size_t n = 0, bad = 0;
    char op;

    while (testing_line(&rest, &line)) {
        if (!list_line(line, &a, &op, &b))
            continue;
        n++;
        bad += !check_pair(s, a, op, b);
    }
    print_message("%-34s %5zu pairs, both ways: %zu wrong\n", name, n, bad);
    t->files++;
    t->n += n;
    t->bad += bad;
    as_arena_free(arena);
}

static void lists(void **state)
{
    tally t = {0};

    if (testing_corpus() == NULL)
        skip();
    each_file(LISTS, ".txt", check_list, &t);
    print_message("lists: %zu files, %zu pairs, %zu wrong\n", t.files, t.n,
                  t.bad);
    assert_true(t.n > 40000);
    assert_int_equal(t.bad, 0);
}

/* ---- VERS -------------------------------------------------------------- */

static bool check_equality(const as_version_scheme *s, as_json versions,
                           as_json want)
{
    as_str v[2] = {AS_ABSENT, AS_ABSENT};
    bool equal = false;

    for (as_json_iter it = as_json_each(versions); as_json_next(&it);)
        v[it.index % 2] = as_json_str(it.value);
    assert_true(as_json_bool(want, &equal));
    return (order_of(s, v[0], v[1]) == '=') == equal;
}

/* The sorted versions are those expected, place by place. */
static bool check_sorting(const as_version_scheme *s, as_json versions,
                          as_json want)
{
    as_str v[8];
    size_t n = 0;

    for (as_json_iter it = as_json_each(versions); as_json_next(&it); n++) {
        assert_true(n < AS_ARRAY_LEN(v));
        v[n] = as_json_str(it.value);
        for (size_t i = n; i > 0 && order_of(s, v[i], v[i - 1]) == '<'; i--) {
            as_str swap = v[i];
            v[i] = v[i - 1];
            v[i - 1] = swap;
        }
    }
    if (as_json_count(want) != n)
        return false;
    for (as_json_iter it = as_json_each(want); as_json_next(&it);)
        if (order_of(s, v[it.index], as_json_str(it.value)) != '=')
            return false;
    return true;
}

static void check_vers(const char *path, const char *name, void *ctx)
{
    as_arena *arena = as_arena_new(TEXT_CEILING);
    as_json_doc *doc = NULL;
    tally *t = ctx;
    size_t n = 0, bad = 0;
    as_err err;

    as_err_init(&err);
    assert_int_equal(
        as_json_read(testing_corpus_file(arena, path), NULL, &doc, &err), 0);
    as_json tests = as_json_get(as_json_root(doc), AS_STR("tests"));
    for (as_json_iter it = as_json_each(tests); as_json_next(&it);) {
        as_json input = as_json_get(it.value, AS_STR("input"));
        as_json versions = as_json_get(input, AS_STR("versions"));
        as_json want = as_json_get(it.value, AS_STR("expected_output"));
        as_str type = as_json_get_str(it.value, AS_STR("test_type"));
        bool equality = as_str_eq(type, AS_STR("equality"));
        if (!equality && !as_str_eq(type, AS_STR("comparison")))
            continue;
        const as_version_scheme *s =
            find(as_json_get_str(input, AS_STR("input_scheme")));
        n++;
        if (equality ? check_equality(s, versions, want)
                     : check_sorting(s, versions, want))
            continue;
        bad++;
        print_error("%s: test %zu fails\n", name, it.index);
    }
    if (n > 0)
        print_message("%-34s %5zu tests: %zu wrong\n", name, n, bad);
    t->files += n > 0;
    t->n += n;
    t->bad += bad;
    as_json_free(doc);
    as_arena_free(arena);
}

static void vers(void **state)
{
    tally t = {0};

    if (testing_corpus() == NULL)
        skip();
    each_file(VERS, ".json", check_vers, &t);
    print_message("VERS: %zu files, %zu tests, %zu wrong\n", t.files, t.n,
                  t.bad);
    assert_true(t.n > 1900);
    assert_int_equal(t.bad, 0);
}

/* ---- properties -------------------------------------------------------- */

typedef struct pool {
    const as_version_scheme *scheme;
    as_arena *arena;
    as_str *versions;
    size_t n, cap;
    uint64_t draw;
    size_t triples, ties, cycles;
} pool;

/* xorshift: the same triples in every run. */
static size_t draw(pool *p)
{
    p->draw ^= p->draw << 13;
    p->draw ^= p->draw >> 7;
    p->draw ^= p->draw << 17;
    return (size_t)(p->draw % p->n);
}

static void add_version(pool *p, as_str v)
{
    if (p->n == p->cap)
        p->versions = as_arena_grow(p->arena, p->versions, &p->cap, p->n + 1,
                                    sizeof *p->versions);
    p->versions[p->n++] = v;
}

/* a <= b and b <= c give a <= c; equal on one side only makes it strict. */
static bool is_transitive(char ab, char bc, char ac)
{
    if (ab == '=')
        return ac == bc;
    if (bc == '=' || bc == ab)
        return ac == ab;
    return true;
}

static void check_triple(pool *p)
{
    size_t near = draw(p);
    as_str a = p->versions[near];
    /* Neighbours in a list are close; draw them as often as strangers. */
    as_str b = p->versions[draw(p) & 1 ? draw(p) : (near + 1) % p->n];
    as_str c = p->versions[draw(p) & 1 ? draw(p) : (near + 2) % p->n];
    char ab = order_of(p->scheme, a, b), bc = order_of(p->scheme, b, c);
    char ac = order_of(p->scheme, a, c);

    assert_int_equal(order_of(p->scheme, b, a), mirrored(ab));
    assert_int_equal(order_of(p->scheme, a, a), '=');
    assert_true(keys_agree(p->scheme, a, b, ab));
    p->triples++;
    p->ties += ab == '=';
    if (is_transitive(ab, bc, ac))
        return;
    p->cycles++;
    if (!as_version_has_key(p->scheme))
        return;
    print_error("no order: %.*s %c %.*s %c %.*s, but %c\n", AS_FMT(a), ab,
                AS_FMT(b), bc, AS_FMT(c), ac);
    fail();
}

static void check_order(const char *path, const char *name, void *ctx)
{
    pool p = {.arena = as_arena_new(TEXT_CEILING), .draw = 88172645463325252};
    as_span file = testing_corpus_file(p.arena, path);
    as_str rest = as_str_of((const char *)file.p, file.n), line, a, b;
    as_str ecosystem = as_str_c(name);
    char op;

    p.scheme = find(as_str_cut(&ecosystem, '-'));
    while (testing_line(&rest, &line)) {
        if (!list_line(line, &a, &op, &b))
            continue;
        add_version(&p, a);
        add_version(&p, b);
    }
    for (size_t i = 0; i < 20000; i++)
        check_triple(&p);
    print_message("%-34s %zu triples, %zu ties, %zu cycles\n", name, p.triples,
                  p.ties, p.cycles);
    as_arena_free(p.arena);
}

static void orders(void **state)
{
    if (testing_corpus() == NULL)
        skip();
    each_file(LISTS, ".txt", check_order, NULL);
}

/* ---- names ------------------------------------------------------------- */

static void expect_scheme(const char *ecosystem, const char *scheme)
{
    const as_version_scheme *s = as_version_scheme_find(as_str_c(ecosystem));

    if (scheme == NULL) {
        assert_null(s);
        return;
    }
    if (s == NULL)
        print_error("no order is called \"%s\"\n", ecosystem);
    assert_non_null(s);
    testing_str(as_version_scheme_name(s), scheme);
}

static void names(void **state)
{
    static const struct {
        const char *ecosystem, *scheme;
    } cases[] = {
        {"npm", "npm"},
        {"NPM", "npm"},
        {" npm ", "npm"},
        {"PyPI", "pep440"},
        {"Debian:12", "dpkg"},
        {"Ubuntu:22.04:LTS", "dpkg"},
        {"Ubuntu:Pro:18.04:LTS", "dpkg"},
        {"Alpine:v3.19", "apk"},
        {"Red Hat:enterprise_linux:9::appstream", "rpm"},
        {"Rocky Linux:9", "rpm"},
        {"Azure Linux:3", "rpm"},
        {"Photon OS:5.0", "rpm"},
        {"openSUSE:Leap 15.5", "rpm"},
        {"SUSE:Linux Enterprise Server 15 SP5", "rpm"},
        {"BellSoft Hardened Containers:23", "apk"},
        {"Root:Alpine:3.18", "apk"},
        {"Root:Debian:12", "dpkg"},
        {"Root:PyPI", "pep440"},
        {"Echo", "dpkg"},
        {"Echo:PyPI", "pep440"},
        {"Maven:https://example.org/maven2", "maven"},
        {"crates.io", "cargo"},
        {"github actions", "semver"},
        {"Bioconductor", "cran"},
        {"GHC", "hackage"},
        {"SwiftURL", "semver"},
        {"FreeBSD:ports:14.3", "freebsd"},
        {"Linux", "kernel"},
        {"custom", "generic"},
        {"git", NULL},
        {"GIT", NULL},
        {"", NULL},
        {":12", NULL},
        {"Root", NULL},
        {"no such thing", NULL},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++)
        expect_scheme(cases[i].ecosystem, cases[i].scheme);
    assert_null(as_version_scheme_find(AS_ABSENT));
}

/* Every name leads to its own row, and no row is without names. */
static void table(void **state)
{
    const as_version_scheme *s;
    size_t n = 0, named = 0;
    as_str name;

    for (; (s = as_version_scheme_at(n)) != NULL; n++) {
        assert_true(as_version_scheme_name(s).n > 0);
        assert_true(as_version_scheme_about(s).n > 0);
        assert_ptr_equal(as_version_scheme_find(as_version_scheme_name(s)), s);
        for (size_t i = 0;
             (name = as_version_scheme_serves(s, i), !as_str_is_absent(name));
             i++, named++)
            if (as_version_scheme_find(name) != s) {
                print_error("\"%.*s\" stands in two rows\n", AS_FMT(name));
                fail();
            }
    }
    print_message("%zu orders, %zu names\n", n, named);
    assert_true(n > 25);
    assert_false(as_version_scheme_is_exact(find(AS_STR("generic"))));
    assert_true(as_version_scheme_is_exact(find(AS_STR("dpkg"))));
    assert_false(as_version_has_key(find(AS_STR("Maven"))));
    assert_false(as_version_has_key(find(AS_STR("alpm"))));
    assert_true(as_version_has_key(find(AS_STR("npm"))));
}

/* The ecosystems of OSV and the types of purl that have no order here. */
static bool may_lack_order(as_str ecosystem)
{
    static const char *const list[] = {"Docker Hardened Images", "Root",
                                       "TuxCare", "git"};

    for (size_t i = 0; i < AS_ARRAY_LEN(list); i++)
        if (as_str_eq(ecosystem, as_str_c(list[i])))
            return true;
    return false;
}

static void known_name(as_str ecosystem, tally *t)
{
    t->n++;
    if ((as_version_scheme_find(ecosystem) == NULL) ==
        may_lack_order(ecosystem))
        return;
    t->bad++;
    print_error("the ecosystem \"%.*s\" should%s have an order\n",
                AS_FMT(ecosystem), may_lack_order(ecosystem) ? " not" : "");
}

static void known_purl_type(const char *path, const char *name, void *ctx)
{
    as_str type = as_str_c(name);

    (void)path;
    known_name(as_str_slice(type, 0, type.n - strlen("-test.json")), ctx);
}

static void all_ecosystems(void **state)
{
    as_arena *arena;
    as_json_doc *doc = NULL;
    tally t = {0};

    if (testing_corpus() == NULL)
        skip();
    arena = as_arena_new(TEXT_CEILING);
    assert_int_equal(
        as_json_read(testing_corpus_file(
                         arena, "conformance/osv-schema/ecosystems.json"),
                     NULL, &doc, NULL),
        0);
    for (as_json_iter it = as_json_each(as_json_root(doc)); as_json_next(&it);)
        known_name(it.key, &t);
    each_file("conformance/purl-spec/types", "-test.json", known_purl_type, &t);
    print_message("%zu OSV ecosystems and purl types, %zu wrong\n", t.n, t.bad);
    assert_int_equal(t.bad, 0);
    as_json_free(doc);
    as_arena_free(arena);
}

/* ---- refusals and ceilings --------------------------------------------- */

static void refusals(void **state)
{
    const as_version_scheme *s = find(AS_STR("npm"));
    as_buf key;
    as_err err;
    int order = 7;

    as_err_init(&err);
    assert_int_equal(
        as_version_compare(s, AS_STR("1.0.0"), AS_STR("one"), &order, &err),
        AS_ERR_INPUT);
    assert_int_equal(order, 7);
    assert_non_null(strstr(err.what, "\"one\""));
    assert_non_null(strstr(err.what, "npm"));
    assert_false(as_version_valid(s, AS_STR("")));
    assert_false(as_version_valid(s, AS_ABSENT));
    assert_false(as_version_valid(s, AS_STR("1.0.0-a\x01")));
    assert_false(as_version_valid(s, as_str_of("1.0.0-\0", 7)));
    assert_true(as_version_valid(s, AS_STR(" 1.0.0\n")));
    as_buf_init(&key, KEY_CEILING);
    as_buf_c(&key, "before");
    assert_int_equal(as_version_key(s, AS_STR("x"), &key, NULL), AS_ERR_INPUT);
    testing_str(as_buf_text(&key), "before");
    assert_int_equal(as_version_key(s, AS_STR("1"), &key, NULL), AS_OK);
    assert_true(as_str_starts(as_buf_text(&key), AS_STR("before")));
    as_buf_done(&key);
    as_buf_init(&key, 2);
    assert_int_equal(as_version_key(s, AS_STR("1.2.3"), &key, NULL),
                     AS_ERR_MEMORY);
    as_buf_done(&key);
}

/* The longest version, made of one unit over and over, in every order: a key
 * or a refusal, and the order of a prefix of it holds. */
static void longest(void **state)
{
    static const char *const units[] = {
        "1", "0",  "a", "-",  ".",   "1.", "0.",  "1-", "1a", "a1",
        "~", "1~", "^", "_p", "1_1", "+",  "0.a", "-a", "1:", "\xC3\xA9",
    };
    char text[AS_LIMIT_VERSION_BYTES + 1];
    const as_version_scheme *s;

    for (size_t i = 0; (s = as_version_scheme_at(i)) != NULL; i++)
        for (size_t u = 0; u < AS_ARRAY_LEN(units); u++) {
            size_t n = strlen(units[u]);
            text[0] = '1';
            for (size_t at = 1; at < sizeof text; at++)
                text[at] = units[u][(at - 1) % n];
            for (size_t len = 1; len <= AS_LIMIT_VERSION_BYTES; len += 93) {
                as_str v = as_str_of(text, len);
                as_str w = as_str_of(text, len / 2 + 1);
                char order = order_of(s, v, w);
                assert_int_equal(order_of(s, w, v), mirrored(order));
                assert_true(order == '?' || keys_agree(s, v, w, order));
            }
            assert_false(as_version_valid(s, as_str_of(text, sizeof text)));
        }
}

static bool comparable(const char *a, const char *b)
{
    const as_version_scheme *s = find(AS_STR("generic"));
    as_buf x = key_of(s, as_str_c(a)), y = key_of(s, as_str_c(b));
    bool r = as_version_keys_comparable(s, as_buf_span(&x), as_buf_span(&y));

    as_buf_done(&x);
    as_buf_done(&y);
    return r;
}

static void families(void **state)
{
    assert_true(comparable("1.2", "V3.4"));
    assert_true(comparable("2023-01-02", "20240102"));
    assert_false(comparable("20240102", "1.2"));
    assert_false(comparable("GenoaPI 1.0.0.C", "MilanPI 1.0.0.C"));
    assert_false(comparable("GenoaPI 1.0.0.C", "1.0.0.C"));
    assert_true(comparable("GenoaPI 1.0.0.C", "GENOAPI 1.0.0.D"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_cases),      cmocka_unit_test(lists),
        cmocka_unit_test(vers),           cmocka_unit_test(orders),
        cmocka_unit_test(names),          cmocka_unit_test(table),
        cmocka_unit_test(all_ecosystems), cmocka_unit_test(refusals),
        cmocka_unit_test(longest),        cmocka_unit_test(families),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
