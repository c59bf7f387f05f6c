/* SPDX-License-Identifier: Apache-2.0 */
/* The table of ecosystems and their names; see package.h. */
#include "model/package.h"

static bool has_upper(as_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (as_ascii_is_upper(s.p[i]))
            return true;
    return false;
}

/* A copy that may be written to, or absent. */
static as_str copy(as_str s, as_arena *a, char **ret_p)
{
    char *p = as_arena_alloc(a, s.n + 1);

    *ret_p = p;
    return p ? as_str_of(p, s.n) : AS_ABSENT;
}

static as_str fold_case(as_str s, as_arena *a)
{
    as_str out;
    char *p;

    if (!has_upper(s))
        return s;
    out = copy(s, a, &p);
    for (size_t i = 0; i < out.n; i++)
        p[i] = as_ascii_lower(s.p[i]);
    return out;
}

static bool is_pypi_separator(char c)
{
    return c == '-' || c == '_' || c == '.';
}

static as_str fold_pypi(as_str s, as_arena *a)
{
    size_t n = 0;
    as_str out;
    char *p;

    out = copy(s, a, &p);
    for (size_t i = 0; i < out.n; i++) {
        if (!is_pypi_separator(s.p[i]))
            p[n++] = as_ascii_lower(s.p[i]);
        else if (n == 0 || p[n - 1] != '-')
            p[n++] = '-';
    }
    out.n = n;
    return out;
}

static as_str fold_crate(as_str s, as_arena *a)
{
    as_str out;
    char *p;

    if (!has_upper(s) && as_str_find(s, '_') == s.n)
        return s;
    out = copy(s, a, &p);
    for (size_t i = 0; i < out.n; i++)
        p[i] = s.p[i] == '_' ? '-' : as_ascii_lower(s.p[i]);
    return out;
}

static as_str fold_swift(as_str s, as_arena *a)
{
    size_t scheme = as_str_search(s, AS_STR("://"));

    if (scheme < s.n)
        s = as_str_slice(s, scheme + 3, s.n);
    if (as_str_ends(s, AS_STR(".git")))
        s.n -= 4;
    return fold_case(s, a);
}

#define LANGUAGE     AS_ECOSYSTEM_LANGUAGE
#define DISTRIBUTION AS_ECOSYSTEM_DISTRIBUTION
#define PROJECT      AS_ECOSYSTEM_PROJECT

static const as_ecosystem ecosystems[] = {
    {AS_STR_INIT("npm"), LANGUAGE, NULL},
    {AS_STR_INIT("PyPI"), LANGUAGE, fold_pypi},
    {AS_STR_INIT("Go"), LANGUAGE, fold_case},
    {AS_STR_INIT("Maven"), LANGUAGE, NULL},
    {AS_STR_INIT("crates.io"), LANGUAGE, fold_crate},
    {AS_STR_INIT("RubyGems"), LANGUAGE, NULL},
    {AS_STR_INIT("NuGet"), LANGUAGE, fold_case},
    {AS_STR_INIT("Packagist"), LANGUAGE, fold_case},
    {AS_STR_INIT("Hex"), LANGUAGE, fold_case},
    {AS_STR_INIT("Pub"), LANGUAGE, fold_case},
    {AS_STR_INIT("CRAN"), LANGUAGE, NULL},
    {AS_STR_INIT("Bioconductor"), LANGUAGE, NULL},
    {AS_STR_INIT("Hackage"), LANGUAGE, NULL},
    {AS_STR_INIT("GHC"), LANGUAGE, NULL},
    {AS_STR_INIT("SwiftURL"), LANGUAGE, fold_swift},
    {AS_STR_INIT("ConanCenter"), LANGUAGE, fold_case},
    {AS_STR_INIT("opam"), LANGUAGE, NULL},
    {AS_STR_INIT("Julia"), LANGUAGE, NULL},
    {AS_STR_INIT("GitHub Actions"), LANGUAGE, fold_case},
    {AS_STR_INIT("VSCode"), LANGUAGE, fold_case},
    {AS_STR_INIT("Homebrew"), LANGUAGE, fold_case},
    {AS_STR_INIT("Bitnami"), LANGUAGE, fold_case},
    {AS_STR_INIT("CleanStart"), DISTRIBUTION, NULL},
    {AS_STR_INIT("MinimOS"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("Echo"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("Chainguard"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("Wolfi"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("Docker Hardened Images"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("Debian"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("Ubuntu"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("Alpine"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("Alpaquita"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("BellSoft Hardened Containers"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("OpenWrt"), DISTRIBUTION, fold_case},
    {AS_STR_INIT("Red Hat"), DISTRIBUTION, NULL},
    {AS_STR_INIT("Rocky Linux"), DISTRIBUTION, NULL},
    {AS_STR_INIT("AlmaLinux"), DISTRIBUTION, NULL},
    {AS_STR_INIT("Fedora"), DISTRIBUTION, NULL},
    {AS_STR_INIT("SUSE"), DISTRIBUTION, NULL},
    {AS_STR_INIT("openSUSE"), DISTRIBUTION, NULL},
    {AS_STR_INIT("openEuler"), DISTRIBUTION, NULL},
    {AS_STR_INIT("Mageia"), DISTRIBUTION, NULL},
    {AS_STR_INIT("Photon OS"), DISTRIBUTION, NULL},
    {AS_STR_INIT("Azure Linux"), DISTRIBUTION, NULL},
    {AS_STR_INIT("TuxCare"), DISTRIBUTION, NULL},
    {AS_STR_INIT("Root"), DISTRIBUTION, NULL},
    {AS_STR_INIT("FreeBSD"), DISTRIBUTION, NULL},
    /* Not of the schema: what purls say (purl_ecosystem.c) and other sources
     * may speak of. */
    {AS_STR_INIT("Amazon Linux"), DISTRIBUTION, NULL},
    {AS_STR_INIT("Oracle Linux"), DISTRIBUTION, NULL},
    {AS_STR_INIT("CentOS Stream"), DISTRIBUTION, NULL},
    {AS_STR_INIT("Arch Linux"), DISTRIBUTION, NULL},
    {AS_STR_INIT("CocoaPods"), LANGUAGE, NULL},
    {AS_STR_INIT("OSS-Fuzz"), PROJECT, fold_case},
    {AS_STR_INIT("Android"), PROJECT, NULL},
    {AS_STR_INIT("Linux"), PROJECT, NULL},
    {AS_STR_INIT("GSD"), PROJECT, NULL},
    {AS_STR_INIT("Kubernetes"), PROJECT, NULL},
    {AS_STR_INIT("UVI"), PROJECT, NULL},
    {AS_STR_INIT("DWF"), PROJECT, NULL},
    /* Our own words, for purls of these types: no registry stands behind. */
    {AS_STR_INIT("generic"), PROJECT, fold_case},
    {AS_STR_INIT("github"), PROJECT, fold_case},
};

const as_ecosystem *as_ecosystem_find(as_str word)
{
    word = as_str_slice(word, 0, as_str_find(word, ':'));
    for (size_t i = 0; i < AS_ARRAY_LEN(ecosystems); i++)
        if (as_str_eq_nocase(ecosystems[i].word, word))
            return &ecosystems[i];
    return NULL;
}

void as_ecosystem_split(as_str text, as_str *ecosystem, as_str *release)
{
    const as_ecosystem *e = as_ecosystem_find(text);
    as_str rest = text;
    as_str word = as_str_cut(&rest, ':');

    *ecosystem = e ? e->word : word;
    *release = as_str_is_empty(rest) ? AS_ABSENT : rest;
}

as_str as_package_name_normalise(as_str ecosystem, as_str name, as_arena *a)
{
    const as_ecosystem *e = as_ecosystem_find(ecosystem);

    return e && e->fold ? e->fold(name, a) : name;
}
