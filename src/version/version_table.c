/* SPDX-License-Identifier: Apache-2.0 */
/* The table of schemes. A new order is a new order_*.c and a row here.
 *
 * Names are OSV ecosystems, purl types, ids and names of distributions (as in
 * os-release and in distro qualifiers), VERS types and CVE versionType words,
 * each under one scheme only. Ecosystems that have no order of versions ("GIT",
 * "OSS-Fuzz" ranges are commits) are left out on purpose. */
#include "version/version_table_internal.h"

#define S(text) AS_STR_INIT(text)

static const as_str semver[] = {
    S("semver"),           S("sem"),
    S("semver 2.0.0"),     S("swift"),
    S("SwiftURL"),         S("Kubernetes"),
    S("VSCode"),           S("vscode-extension"),
    S("GitHub Actions"),   S("githubactions"),
    S("chrome-extension"), S("nginx"),
};
static const as_str npm[] = {S("npm"), S("node"), S("nodejs"), S("bower")};
static const as_str go[] = {S("Go"), S("golang")};
static const as_str cargo[] = {S("crates.io"), S("cargo"), S("rust"),
                               S("RustSec")};
static const as_str pub[] = {S("Pub"), S("dart")};
static const as_str hex[] = {S("Hex"), S("elixir"), S("erlang")};
static const as_str julia[] = {S("Julia")};
static const as_str nuget[] = {S("NuGet"), S(".net"), S("dotnet"),
                               S("chocolatey")};
static const as_str bitnami[] = {S("Bitnami")};
static const as_str pep440[] = {S("PyPI"), S("python"), S("pep440"), S("pip")};
static const as_str maven[] = {S("Maven"), S("gradle"), S("clojars"), S("ivy")};
static const as_str gem[] = {S("RubyGems"), S("gem"), S("ruby"),
                             S("CocoaPods")};
static const as_str composer[] = {S("Packagist"), S("composer"), S("php")};
static const as_str dpkg[] = {
    S("Debian"),     S("deb"),        S("dpkg"), S("Ubuntu"),   S("opkg"),
    S("ipk"),        S("openwrt"),    S("Echo"), S("raspbian"), S("devuan"),
    S("kali"),       S("linuxmint"),  S("mint"), S("pop"),      S("deepin"),
    S("distroless"), S("elementary"), S("neon"), S("pureos"),   S("proxmox"),
};
static const as_str opam[] = {S("opam")};
static const as_str rpm[] = {
    S("rpm"),
    S("Red Hat"),
    S("redhat"),
    S("rhel"),
    S("centos"),
    S("CentOS Stream"),
    S("centos-stream"),
    S("fedora"),
    S("AlmaLinux"),
    S("alma"),
    S("Rocky Linux"),
    S("rocky"),
    S("rockylinux"),
    S("SUSE"),
    S("sles"),
    S("sled"),
    S("suse linux enterprise"),
    S("openSUSE"),
    S("opensuse-leap"),
    S("opensuse-tumbleweed"),
    S("sle-micro"),
    S("sl-micro"),
    S("openEuler"),
    S("Mageia"),
    S("Photon OS"),
    S("photon"),
    S("Azure Linux"),
    S("azurelinux"),
    S("mariner"),
    S("cbl-mariner"),
    S("Amazon Linux"),
    S("amazon"),
    S("amazonlinux"),
    S("amzn"),
    S("Oracle Linux"),
    S("oracle"),
    S("ol"),
    S("oraclelinux"),
    S("eurolinux"),
    S("scientific"),
    S("anolis"),
    S("opencloudos"),
    S("tencentos"),
    S("kylin"),
    S("altlinux"),
    S("mandriva"),
    S("openmandriva"),
    S("miraclelinux"),
    S("circle"),
    S("virtuozzo"),
};
static const as_str apk[] = {
    S("apk"),        S("Alpine"),
    S("Wolfi"),      S("Chainguard"),
    S("MinimOS"),    S("minimos"),
    S("Alpaquita"),  S("BellSoft Hardened Containers"),
    S("CleanStart"), S("postmarketos"),
    S("adelie"),
};
static const as_str alpm[] = {
    S("alpm"),    S("Arch"),  S("Arch Linux"), S("archlinux"),   S("pacman"),
    S("manjaro"), S("msys2"), S("artix"),      S("endeavouros"), S("steamos"),
};
static const as_str portage[] = {S("portage"), S("Gentoo"), S("ebuild")};
static const as_str freebsd[] = {S("FreeBSD"), S("pkgng"), S("dragonfly")};
static const as_str cran[] = {S("CRAN"), S("r"), S("Bioconductor")};
static const as_str hackage[] = {S("Hackage"), S("GHC"), S("haskell")};
static const as_str intdot[] = {S("intdot")};
static const as_str cpan[] = {S("CPAN"), S("perl")};
static const as_str conan[] = {S("conan"), S("ConanCenter"), S("bazel")};
static const as_str openssl[] = {S("openssl")};
static const as_str jvm[] = {S("jvm"), S("java"), S("jdk"), S("jre"),
                             S("openjdk")};
static const as_str datetime[] = {S("datetime"), S("date")};
static const as_str lexicographic[] = {S("lexicographic")};
static const as_str kernel[] = {S("Linux"), S("kernel"), S("linux kernel"),
                                S("original_commit_for_fix")};
static const as_str generic[] = {
    S("generic"),     S("custom"),  S("firmware"), S("other"),   S("patch"),
    S("release"),     S("version"), S("update"),   S("hotfix"),  S("major"),
    S("minor"),       S("build"),   S("calver"),   S("Android"), S("Homebrew"),
    S("brew"),        S("winget"),  S("vcpkg"),    S("conda"),   S("luarocks"),
    S("otp"),         S("yocto"),   S("qpkg"),     S("swid"),    S("github"),
    S("bitbucket"),   S("gitlab"),  S("docker"),   S("oci"),     S("OSS-Fuzz"),
    S("huggingface"), S("mlflow"),  S("nix"),      S("guix"),    S("buildroot"),
    S("snap"),        S("flatpak"), S("hardware"),
};

#undef S

#define ROW(id, text, fn, bits)                                                \
    {                                                                          \
        .name = AS_STR_INIT(#id), .about = AS_STR_INIT(text), .serves = id,    \
        .n_serves = AS_ARRAY_LEN(id), .key = fn, .flags = bits                 \
    }

static const as_version_scheme schemes[] = {
    ROW(semver, "Semantic Versioning 2.0.0", as_order_semver, 0),
    ROW(npm, "SemVer as node-semver reads it, loosely", as_order_semver,
        AS_SEMVER_LOOSE),
    ROW(go, "SemVer of Go modules and toolchains", as_order_semver,
        AS_SEMVER_GO),
    ROW(cargo, "SemVer of Rust crates", as_order_semver, 0),
    ROW(pub, "SemVer of Dart, where build metadata orders", as_order_semver,
        AS_SEMVER_BUILD),
    ROW(hex, "SemVer of Elixir and Erlang packages", as_order_semver, 0),
    ROW(julia, "Julia's VersionNumber, where build metadata orders",
        as_order_semver, AS_SEMVER_BUILD),
    ROW(nuget, "NuGet: four numbers and SemVer without case", as_order_semver,
        AS_SEMVER_NUGET),
    ROW(bitnami, "SemVer with a revision behind the hyphen", as_order_semver,
        AS_SEMVER_REVISION),
    ROW(pep440, "PEP 440, legacy versions below", as_order_pep440, 0),
    {.name = AS_STR_INIT("maven"),
     .about = AS_STR_INIT("Maven's ComparableVersion (3.6.3 to 3.8.6)"),
     .serves = maven,
     .n_serves = AS_ARRAY_LEN(maven),
     .key = as_order_maven,
     .cmp = as_order_maven_cmp},
    ROW(gem, "RubyGems' Gem::Version", as_order_gem, 0),
    ROW(composer, "PHP's version_compare without a leading v",
        as_order_composer, 0),
    ROW(dpkg, "Debian Policy 5.6.12", as_order_dpkg, 0),
    ROW(opam, "Debian's order over the whole version", as_order_dpkg,
        AS_DPKG_WHOLE),
    ROW(rpm, "epoch, version, release by rpmvercmp", as_order_rpm, 0),
    ROW(apk, "apk-tools", as_order_apk, 0),
    {.name = AS_STR_INIT("alpm"),
     .about = AS_STR_INIT("pacman's vercmp; a missing pkgrel equals any"),
     .serves = alpm,
     .n_serves = AS_ARRAY_LEN(alpm),
     .key = as_order_alpm,
     .cmp = as_order_alpm_cmp},
    ROW(portage, "Gentoo's Package Manager Specification 3.3", as_order_portage,
        0),
    ROW(freebsd, "FreeBSD's pkg: components, revision, epoch", as_order_freebsd,
        0),
    ROW(cran, "R's package_version", as_order_dotted, AS_DOTTED_DASH),
    ROW(hackage, "Haskell's Data.Version", as_order_dotted, 0),
    ROW(intdot, "VERS intdot: numbers and dots", as_order_dotted,
        AS_DOTTED_TAIL),
    ROW(cpan, "Perl's version objects", as_order_cpan, 0),
    ROW(conan, "Conan: dotted items, pre-release, build", as_order_conan, 0),
    ROW(openssl, "numbers and patch letters", as_order_openssl, 0),
    ROW(jvm, "Java runtimes before and after JEP 223", as_order_jvm, 0),
    ROW(datetime, "instants of RFC 3339, and dates", as_order_datetime, 0),
    ROW(lexicographic, "bytes of UTF-8", as_order_lexicographic, 0),
    ROW(kernel, "Linux: numbers, then -rcN before the release",
        as_order_generic, 0),
    {.name = AS_STR_INIT("generic"),
     .about = AS_STR_INIT("runs of digits and letters; a guess"),
     .serves = generic,
     .n_serves = AS_ARRAY_LEN(generic),
     .key = as_order_generic,
     .comparable = as_order_generic_comparable,
     .inexact = true},
};

const as_version_scheme *as_version_table_at(size_t i)
{
    return i < AS_ARRAY_LEN(schemes) ? &schemes[i] : NULL;
}
