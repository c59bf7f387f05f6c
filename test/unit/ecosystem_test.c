/* SPDX-License-Identifier: Apache-2.0 */
/* Every ecosystem of the OSV schema, and of the purls we read, is known by its
 * word, has an order of versions and a purl type, or is named here as one that
 * has none. */
#include "testing.h"

#include "base/json.h"
#include "model/package.h"
#include "model/purl.h"
#include "version/version.h"

/* An ecosystem and a purl of a package in it. NULL: no purl type leads there.
 */
static const struct {
    const char *word, *purl;
} known[] = {
    {"AlmaLinux", "pkg:rpm/almalinux/a@1?distro=almalinux-9"},
    {"Alpaquita", "pkg:apk/alpaquita/a@1?distro=alpaquita-23"},
    {"Alpine", "pkg:apk/alpine/a@1?distro=alpine-3.19"},
    {"Android", NULL},
    {"Azure Linux", "pkg:rpm/azurelinux/a@1?distro=azurelinux-3.0"},
    {"BellSoft Hardened Containers", "pkg:apk/bellsoft-hardened-containers/a"},
    {"Bioconductor", "pkg:bioconductor/a@1"},
    {"Bitnami", "pkg:bitnami/a@1"},
    {"CRAN", "pkg:cran/a@1"},
    {"Chainguard", "pkg:apk/chainguard/a@1"},
    {"CleanStart", "pkg:apk/cleanstart/a@1"},
    {"ConanCenter", "pkg:conan/a@1"},
    {"Debian", "pkg:deb/debian/a@1?distro=debian-12"},
    {"Docker Hardened Images", "pkg:dhi/a@1"},
    {"Echo", "pkg:deb/echo/a@1"},
    {"FreeBSD", NULL},
    {"GHC", NULL},
    {"GitHub Actions", "pkg:github/actions/checkout@v4"},
    {"Go", "pkg:golang/example.org/a@v1"},
    {"Hackage", "pkg:hackage/a@1"},
    {"Hex", "pkg:hex/a@1"},
    {"Julia", "pkg:julia/A@1?uuid=295af30f-e4ad-537b-8983-00126c2a3abe"},
    {"Kubernetes", NULL}, /* its components are Go modules */
    {"Linux", NULL},
    {"Mageia", "pkg:rpm/mageia/a@1?distro=mageia-9"},
    {"Maven", "pkg:maven/g/a@1"},
    {"MinimOS", "pkg:apk/minimos/a@1"},
    {"NuGet", "pkg:nuget/A@1"},
    {"OSS-Fuzz", NULL},
    {"Packagist", "pkg:composer/a/b@1"},
    {"Photon OS", "pkg:rpm/photon/a@1?distro=photon-5.0"},
    {"Pub", "pkg:pub/a@1"},
    {"PyPI", "pkg:pypi/a@1"},
    {"Red Hat", "pkg:rpm/redhat/a@1?distro=rhel-9.4"},
    {"Rocky Linux", "pkg:rpm/rocky/a@1?distro=rocky-9"},
    {"Root", NULL}, /* the purls of what it rebuilds */
    {"RubyGems", "pkg:gem/a@1"},
    {"SUSE", "pkg:rpm/suse/a@1?distro=sles-15.5"},
    {"SwiftURL", "pkg:swift/github.com/a/b@1"},
    {"TuxCare", NULL}, /* likewise */
    {"Ubuntu", "pkg:deb/ubuntu/a@1?distro=ubuntu-22.04"},
    {"VSCode", "pkg:vscode-extension/a/b@1"},
    {"Wolfi", "pkg:apk/wolfi/a@1"},
    {"crates.io", "pkg:cargo/a@1"},
    {"npm", "pkg:npm/a@1"},
    {"opam", "pkg:opam/a@1"},
    {"openEuler", "pkg:rpm/openeuler/a@1?distro=openeuler-22.03-LTS"},
    {"openSUSE", "pkg:rpm/opensuse/a@1?distro=opensuse-leap-15.6"},
    /* Not of the schema. */
    {"Amazon Linux", "pkg:rpm/amzn/a@1?distro=amzn-2023"},
    {"Arch Linux", "pkg:alpm/arch/a@1"},
    {"CentOS Stream", "pkg:rpm/centos-stream/a@1?distro=centos-stream-9"},
    {"CocoaPods", "pkg:cocoapods/A@1"},
    {"Fedora", "pkg:rpm/fedora/a@1?distro=fedora-40"},
    {"Homebrew", "pkg:brew/a@1"},
    {"OpenWrt", "pkg:apk/openwrt/a@1?distro=openwrt-23.05"},
    {"Oracle Linux", "pkg:rpm/ol/a@1?distro=ol-9"},
};

static bool is_known(as_str word)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(known); i++)
        if (as_str_eq(as_str_c(known[i].word), word))
            return true;
    return false;
}

/* Their order is that of the distribution behind the colon. */
static bool wraps_others(const char *word)
{
    return as_str_eq(as_str_c(word), AS_STR("Root")) ||
           as_str_eq(as_str_c(word), AS_STR("TuxCare")) ||
           as_str_eq(as_str_c(word), AS_STR("Docker Hardened Images"));
}

static void check_purl(const char *word, const char *text, as_arena *a)
{
    as_str ecosystem = AS_ABSENT, name = AS_ABSENT, release;
    as_purl purl;

    assert_int_equal(as_purl_read_lenient(as_str_c(text), a, &purl, NULL),
                     AS_OK);
    assert_int_not_equal(as_purl_ecosystem(&purl, a, &ecosystem, &name),
                         AS_PURL_NO_ECOSYSTEM);
    as_ecosystem_split(ecosystem, &ecosystem, &release);
    testing_str(ecosystem, word);
}

static void each_has_word_order_and_purl(void **state)
{
    as_arena *a = as_arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(known); i++) {
        const char *word = known[i].word;
        const as_ecosystem *e = as_ecosystem_find(as_str_c(word));
        const as_version_scheme *s = as_version_scheme_find(as_str_c(word));
        if (!e)
            fail_msg("the ecosystem \"%s\" is not known", word);
        testing_str(e->word, word);
        if (!s != wraps_others(word))
            fail_msg("\"%s\" has %s order", word, s ? "an" : "no");
        if (known[i].purl)
            check_purl(word, known[i].purl, a);
        if (!s || !known[i].purl)
            print_message("%s:%s%s\n", word, s ? "" : " no order of its own",
                          known[i].purl ? "" : " no purl type");
    }
    as_arena_free(a);
}

static void those_of_the_schema_are_listed(void **state)
{
    as_arena *a = as_arena_new(1 << 20);
    as_json_doc *doc = NULL;
    as_span file;
    size_t n = 0;

    (void)state;
    if (!testing_corpus())
        skip();
    file = testing_corpus_file(a, "conformance/osv-schema/ecosystems.json");
    assert_int_equal(as_json_read(file, NULL, &doc, NULL), AS_OK);
    for (as_json_iter it = as_json_each(as_json_root(doc)); as_json_next(&it);
         n++)
        if (!is_known(it.key))
            fail_msg("the schema's ecosystem \"%.*s\" is not listed",
                     AS_FMT(it.key));
    print_message("%zu ecosystems of the schema\n", n);
    assert_true(n > 40);
    as_json_free(doc);
    as_arena_free(a);
}

/* Releases do not hide the order. */
static void releases_keep_the_order(void **state)
{
    static const char *const words[][2] = {
        {"Debian:12", "dpkg"},
        {"Ubuntu:Pro:18.04:LTS", "dpkg"},
        {"Ubuntu:22.04:LTS", "dpkg"},
        {"Alpine:v3.19", "apk"},
        {"SUSE:Linux Enterprise Module for Basesystem 15 SP5", "rpm"},
        {"openSUSE:Leap 15.6", "rpm"},
        {"Red Hat:enterprise_linux:9::appstream", "rpm"},
        {"CentOS Stream:9", "rpm"},
        {"FreeBSD:ports:14.3", "freebsd"},
        {"Root:Alpine:3.18", "apk"},
        {"Root:PyPI", "pep440"},
        {"TuxCare:AlmaLinux:9.6", "rpm"},
        {"TuxCare:Ubuntu:16.04", "dpkg"},
        {"TuxCare:CentOS Stream:8", "rpm"},
        {"Docker Hardened Images:Alpine:3.22", "apk"},
        {"Docker Hardened Images:Debian:13", "dpkg"},
    };

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++) {
        const as_version_scheme *s =
            as_version_scheme_find(as_str_c(words[i][0]));
        if (!s)
            fail_msg("\"%s\" has no order", words[i][0]);
        testing_str(as_version_scheme_name(s), words[i][1]);
        assert_non_null(as_ecosystem_find(as_str_c(words[i][0])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_has_word_order_and_purl),
        cmocka_unit_test(those_of_the_schema_are_listed),
        cmocka_unit_test(releases_keep_the_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
