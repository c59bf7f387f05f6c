/* SPDX-License-Identifier: Apache-2.0 */
/* Which feed means to be complete for which ecosystem. Only such a feed can say
 * by silence that a package is clean; every other record speaks for the things
 * it names and for nothing else: one advisory about one Maven artifact is no
 * knowledge of Maven.
 *
 * Feeds in OSV form are told by the prefix of their ids (the OSV schema lists
 * the databases and their prefixes). A prefix that is not here claims
 * nothing. */
#include "know/schema_internal.h"

static const struct {
    as_str prefix, ecosystem;
} claims[] = {
    {AS_STR_INIT("GHSA"), AS_STR_INIT("npm")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("PyPI")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("Maven")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("Go")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("NuGet")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("RubyGems")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("crates.io")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("Packagist")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("Pub")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("Hex")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("SwiftURL")},
    {AS_STR_INIT("GHSA"), AS_STR_INIT("GitHub Actions")},
    {AS_STR_INIT("GO"), AS_STR_INIT("Go")},
    {AS_STR_INIT("PYSEC"), AS_STR_INIT("PyPI")},
    {AS_STR_INIT("RUSTSEC"), AS_STR_INIT("crates.io")},
    {AS_STR_INIT("RSEC"), AS_STR_INIT("CRAN")},
    {AS_STR_INIT("RSEC"), AS_STR_INIT("Bioconductor")},
    {AS_STR_INIT("HSEC"), AS_STR_INIT("Hackage")},
    {AS_STR_INIT("EEF"), AS_STR_INIT("Hex")},
    {AS_STR_INIT("JLSEC"), AS_STR_INIT("Julia")},
    {AS_STR_INIT("BIT"), AS_STR_INIT("Bitnami")},
    {AS_STR_INIT("BREW"), AS_STR_INIT("Homebrew")},
    {AS_STR_INIT("OSV"), AS_STR_INIT("OSS-Fuzz")},
    {AS_STR_INIT("DEBIAN"), AS_STR_INIT("Debian")},
    {AS_STR_INIT("DSA"), AS_STR_INIT("Debian")},
    {AS_STR_INIT("UBUNTU"), AS_STR_INIT("Ubuntu")},
    {AS_STR_INIT("USN"), AS_STR_INIT("Ubuntu")},
    {AS_STR_INIT("ALPINE"), AS_STR_INIT("Alpine")},
    {AS_STR_INIT("RHSA"), AS_STR_INIT("Red Hat")},
    {AS_STR_INIT("RLSA"), AS_STR_INIT("Rocky Linux")},
    {AS_STR_INIT("ALSA"), AS_STR_INIT("AlmaLinux")},
    {AS_STR_INIT("SUSE"), AS_STR_INIT("SUSE")},
    {AS_STR_INIT("openSUSE"), AS_STR_INIT("openSUSE")},
    {AS_STR_INIT("MGASA"), AS_STR_INIT("Mageia")},
    {AS_STR_INIT("OESA"), AS_STR_INIT("openEuler")},
    {AS_STR_INIT("CGA"), AS_STR_INIT("Chainguard")},
    {AS_STR_INIT("CGA"), AS_STR_INIT("Wolfi")},
    {AS_STR_INIT("MINI"), AS_STR_INIT("MinimOS")},
    {AS_STR_INIT("PHSA"), AS_STR_INIT("Photon OS")},
    {AS_STR_INIT("AZL"), AS_STR_INIT("Azure Linux")},
    {AS_STR_INIT("BELL"), AS_STR_INIT("Alpaquita")},
    {AS_STR_INIT("ASB"), AS_STR_INIT("Android")},
};

bool as_source_claims(as_str source, as_str ecosystem)
{
    size_t slash = as_str_find(source, '/');
    as_str prefix = as_str_slice(source, slash + 1, source.n);

    if (!as_str_eq(as_str_slice(source, 0, slash), AS_STR("osv")))
        return false;
    for (size_t i = 0; i < AS_ARRAY_LEN(claims); i++)
        if (as_str_eq_nocase(claims[i].prefix, prefix) &&
            as_str_eq(claims[i].ecosystem, ecosystem))
            return true;
    return false;
}
