/* SPDX-License-Identifier: Apache-2.0 */
/* What advisories call the package of a purl: its ecosystem in the words of
 * the OSV schema, the release of its distribution, its name there. Two tables:
 * registries by purl type, distributions by purl type and name. */
#include "model/purl_internal.h"

#include <string.h>

/* --- registries: one row a purl type --- */

typedef struct registry {
    as_str type, ecosystem;
    as_str (*name)(const as_purl *p, as_arena *a);
} registry;

static as_str plain(const as_purl *p, as_arena *a)
{
    return p->name;
}

static as_str joined(const as_purl *p, as_arena *a, char with)
{
    if (!p->namespace_.n)
        return p->name;
    return as_arena_printf(a, "%.*s%c%.*s", AS_FMT(p->namespace_), with,
                           AS_FMT(p->name));
}

static as_str slash(const as_purl *p, as_arena *a)
{
    return joined(p, a, '/');
}

static as_str colon(const as_purl *p, as_arena *a)
{
    return joined(p, a, ':');
}

static as_str dot(const as_purl *p, as_arena *a)
{
    return joined(p, a, '.');
}

/* A namespace is always a scope; some tools drop its sign. */
static as_str npm(const as_purl *p, as_arena *a)
{
    if (!p->namespace_.n || p->namespace_.p[0] == '@')
        return slash(p, a);
    return as_arena_printf(a, "@%.*s/%.*s", AS_FMT(p->namespace_),
                           AS_FMT(p->name));
}

static as_str golang(const as_purl *p, as_arena *a)
{
    if (!p->namespace_.n && as_str_eq(p->name, AS_STR("std")))
        return AS_STR("stdlib");
    return slash(p, a);
}

/* PEP 503: lower case, runs of - _ . become one -. */
static as_str pypi(const as_purl *p, as_arena *a)
{
    char *text = as_arena_alloc(a, p->name.n + 1);
    size_t n = 0;

    if (!text)
        return AS_ABSENT;
    for (size_t i = 0; i < p->name.n; i++) {
        char c = as_ascii_lower(p->name.p[i]);

        if (c != '-' && c != '_' && c != '.')
            text[n++] = c;
        else if (n == 0 || text[n - 1] != '-')
            text[n++] = '-';
    }
    return as_str_of(text, n);
}

static const registry registries[] = {
    {AS_STR_INIT("bioconductor"), AS_STR_INIT("Bioconductor"), plain},
    {AS_STR_INIT("bitnami"), AS_STR_INIT("Bitnami"), plain},
    {AS_STR_INIT("brew"), AS_STR_INIT("Homebrew"), plain},
    {AS_STR_INIT("cargo"), AS_STR_INIT("crates.io"), plain},
    {AS_STR_INIT("cocoapods"), AS_STR_INIT("CocoaPods"), plain},
    {AS_STR_INIT("composer"), AS_STR_INIT("Packagist"), slash},
    {AS_STR_INIT("conan"), AS_STR_INIT("ConanCenter"), plain},
    {AS_STR_INIT("cran"), AS_STR_INIT("CRAN"), plain},
    {AS_STR_INIT("dhi"), AS_STR_INIT("Docker Hardened Images"), plain},
    {AS_STR_INIT("gem"), AS_STR_INIT("RubyGems"), plain},
    {AS_STR_INIT("github"), AS_STR_INIT("GitHub Actions"), slash},
    /* No type of the registry, but what GitHub itself exports. */
    {AS_STR_INIT("githubactions"), AS_STR_INIT("GitHub Actions"), slash},
    {AS_STR_INIT("golang"), AS_STR_INIT("Go"), golang},
    {AS_STR_INIT("hackage"), AS_STR_INIT("Hackage"), plain},
    {AS_STR_INIT("hex"), AS_STR_INIT("Hex"), slash},
    {AS_STR_INIT("julia"), AS_STR_INIT("Julia"), plain},
    {AS_STR_INIT("maven"), AS_STR_INIT("Maven"), colon},
    {AS_STR_INIT("npm"), AS_STR_INIT("npm"), npm},
    {AS_STR_INIT("nuget"), AS_STR_INIT("NuGet"), plain},
    {AS_STR_INIT("opam"), AS_STR_INIT("opam"), plain},
    {AS_STR_INIT("pub"), AS_STR_INIT("Pub"), plain},
    {AS_STR_INIT("pypi"), AS_STR_INIT("PyPI"), pypi},
    {AS_STR_INIT("swift"), AS_STR_INIT("SwiftURL"), slash},
    {AS_STR_INIT("vscode-extension"), AS_STR_INIT("VSCode"), dot},
};

/* --- distributions: one row a name --- */

/* What the release is told from; every text is in lower case. */
typedef struct evidence {
    as_str stated;  /* of distro=, behind the name; absent: nothing stated */
    as_str version; /* of the package */
    as_arena *arena;
} evidence;

typedef struct distribution {
    as_str type, word, ecosystem;
    /* The release as the ecosystem writes it, or absent; NULL: there are
     * none. */
    as_str (*release)(const struct distribution *d, const evidence *e);
    as_str marker; /* in versions, before the number of the release */
    as_str prefix; /* of the release */
    bool sure;     /* no other distribution uses the marker */
} distribution;

typedef struct codename {
    as_str word, release;
} codename;

static const codename debian_names[] = {
    {AS_STR_INIT("hamm"), AS_STR_INIT("2.0")},
    {AS_STR_INIT("slink"), AS_STR_INIT("2.1")},
    {AS_STR_INIT("potato"), AS_STR_INIT("2.2")},
    {AS_STR_INIT("woody"), AS_STR_INIT("3.0")},
    {AS_STR_INIT("sarge"), AS_STR_INIT("3.1")},
    {AS_STR_INIT("etch"), AS_STR_INIT("4.0")},
    {AS_STR_INIT("lenny"), AS_STR_INIT("5.0")},
    {AS_STR_INIT("squeeze"), AS_STR_INIT("6.0")},
    {AS_STR_INIT("wheezy"), AS_STR_INIT("7")},
    {AS_STR_INIT("jessie"), AS_STR_INIT("8")},
    {AS_STR_INIT("stretch"), AS_STR_INIT("9")},
    {AS_STR_INIT("buster"), AS_STR_INIT("10")},
    {AS_STR_INIT("bullseye"), AS_STR_INIT("11")},
    {AS_STR_INIT("bookworm"), AS_STR_INIT("12")},
    {AS_STR_INIT("trixie"), AS_STR_INIT("13")},
    {AS_STR_INIT("forky"), AS_STR_INIT("14")},
    {AS_STR_INIT("duke"), AS_STR_INIT("15")},
    {AS_STR_INIT("sid"), AS_STR_INIT("sid")},
    {AS_STR_INIT("unstable"), AS_STR_INIT("sid")},
    {{NULL, 0}, {NULL, 0}},
};

static const codename ubuntu_names[] = {
    {AS_STR_INIT("dapper"), AS_STR_INIT("6.06")},
    {AS_STR_INIT("hardy"), AS_STR_INIT("8.04")},
    {AS_STR_INIT("lucid"), AS_STR_INIT("10.04")},
    {AS_STR_INIT("precise"), AS_STR_INIT("12.04")},
    {AS_STR_INIT("trusty"), AS_STR_INIT("14.04")},
    {AS_STR_INIT("utopic"), AS_STR_INIT("14.10")},
    {AS_STR_INIT("vivid"), AS_STR_INIT("15.04")},
    {AS_STR_INIT("wily"), AS_STR_INIT("15.10")},
    {AS_STR_INIT("xenial"), AS_STR_INIT("16.04")},
    {AS_STR_INIT("yakkety"), AS_STR_INIT("16.10")},
    {AS_STR_INIT("zesty"), AS_STR_INIT("17.04")},
    {AS_STR_INIT("artful"), AS_STR_INIT("17.10")},
    {AS_STR_INIT("bionic"), AS_STR_INIT("18.04")},
    {AS_STR_INIT("cosmic"), AS_STR_INIT("18.10")},
    {AS_STR_INIT("disco"), AS_STR_INIT("19.04")},
    {AS_STR_INIT("eoan"), AS_STR_INIT("19.10")},
    {AS_STR_INIT("focal"), AS_STR_INIT("20.04")},
    {AS_STR_INIT("groovy"), AS_STR_INIT("20.10")},
    {AS_STR_INIT("hirsute"), AS_STR_INIT("21.04")},
    {AS_STR_INIT("impish"), AS_STR_INIT("21.10")},
    {AS_STR_INIT("jammy"), AS_STR_INIT("22.04")},
    {AS_STR_INIT("kinetic"), AS_STR_INIT("22.10")},
    {AS_STR_INIT("lunar"), AS_STR_INIT("23.04")},
    {AS_STR_INIT("mantic"), AS_STR_INIT("23.10")},
    {AS_STR_INIT("noble"), AS_STR_INIT("24.04")},
    {AS_STR_INIT("oracular"), AS_STR_INIT("24.10")},
    {AS_STR_INIT("plucky"), AS_STR_INIT("25.04")},
    {AS_STR_INIT("questing"), AS_STR_INIT("25.10")},
    {AS_STR_INIT("resolute"), AS_STR_INIT("26.04")},
    {{NULL, 0}, {NULL, 0}},
};

static as_str by_codename(const codename *names, as_str word)
{
    for (; names->word.n; names++)
        if (as_str_eq(word, names->word))
            return names->release;
    return AS_ABSENT;
}

static as_str digits_at(as_str s, size_t at)
{
    size_t end = at;

    while (end < s.n && as_ascii_is_digit(s.p[end]))
        end++;
    return as_str_slice(s, at, end);
}

/* The two first numbers of "12.13.1"; the second may be absent. False when
 * there is no first. */
static bool numbers(as_str s, as_str *ret_first, as_str *ret_second)
{
    *ret_first = digits_at(s, 0);
    *ret_second = AS_ABSENT;
    if (ret_first->n < s.n && s.p[ret_first->n] == '.')
        *ret_second = digits_at(s, ret_first->n + 1);
    if (ret_second->n == 0)
        *ret_second = AS_ABSENT;
    return ret_first->n > 0 && ret_first->n < 5;
}

/* The digits behind the last marker that begins a word of the version. */
static as_str marked(as_str version, as_str marker)
{
    as_str found = AS_ABSENT;

    for (size_t i = 0; marker.n && i + marker.n < version.n; i++) {
        as_str rest = as_str_slice(version, i, version.n), digits;

        if (!as_str_starts(rest, marker) ||
            (i > 0 && as_ascii_is_alnum(version.p[i - 1])))
            continue;
        digits = digits_at(rest, marker.n);
        if (digits.n)
            found = digits;
    }
    return found;
}

/* "12.13" as Debian counts: since 7 the first number alone is the release. */
static as_str debian_number(as_str first, as_str second, as_arena *a)
{
    if (first.n > 1 || first.p[0] >= '7')
        return first;
    return as_arena_printf(
        a, "%.*s.%.*s", AS_FMT(first),
        AS_FMT(as_str_is_absent(second) ? AS_STR("0") : second));
}

/* "1.2-3+deb12u1", "~bpo11+1", "+wheezy1": the last one is that of the build,
 * as a rebuild for an older release adds its own behind. */
static as_str debian_marked(as_str version, as_arena *a)
{
    as_str found = AS_ABSENT;

    for (size_t i = 0; i < version.n; i++) {
        size_t end = i + 1;
        as_str word, number;

        if (version.p[i] != '+' && version.p[i] != '~')
            continue;
        while (end < version.n && as_ascii_is_alpha(version.p[end]))
            end++;
        word = as_str_slice(version, i + 1, end);
        number = digits_at(version, end);
        /* "bpo70" was that of 7; from 8 on the number is the release. */
        if (as_str_eq(word, AS_STR("bpo")) && number.n == 2 &&
            number.p[0] > '1')
            number.n = 1;
        if (number.n &&
            (as_str_eq(word, AS_STR("deb")) || as_str_eq(word, AS_STR("bpo"))))
            found = debian_number(number, AS_ABSENT, a);
        else if (by_codename(debian_names, word).n)
            found = by_codename(debian_names, word);
    }
    return found;
}

static as_str debian(const distribution *d, const evidence *e)
{
    as_str stated = e->stated, first, second, found;

    stated = as_str_cut(&stated, '/');
    found = by_codename(debian_names, stated);
    if (found.n)
        return found;
    if (numbers(stated, &first, &second))
        return debian_number(first, second, e->arena);
    return debian_marked(e->version, e->arena);
}

/* "22.04" with the LTS mark that OSV wants: April of even years, and 6.06. */
static as_str ubuntu_number(as_str year, as_str month, as_arena *a)
{
    uint64_t y;
    bool lts;

    if (month.n != 2 || !as_str_u64(year, &y) || y < 4 || y > 99)
        return AS_ABSENT;
    lts = y >= 8 ? y % 2 == 0 && as_str_eq(month, AS_STR("04"))
                 : y == 6 && as_str_eq(month, AS_STR("06"));
    return as_arena_printf(a, "%u.%.*s%s", (unsigned)y, AS_FMT(month),
                           lts ? ":LTS" : "");
}

/* "0ubuntu0.22.04.1", "1~20.04.2", "+22.04.20220101": two numbers of two
 * digits, year and month, behind "ubuntu", '~' or '+'. The last one counts. */
static as_str ubuntu_marked(as_str version, as_arena *a)
{
    size_t i = as_str_search(version, AS_STR("ubuntu"));
    as_str found = AS_ABSENT;

    for (size_t k = 0; k < i; k++)
        if (version.p[k] == '~' || version.p[k] == '+')
            i = k;
    while (i < version.n) {
        as_str year = digits_at(version, i), month;

        i += year.n ? year.n : 1;
        if (year.n != 2 || i >= version.n || version.p[i] != '.')
            continue;
        month = digits_at(version, i + 1);
        i += 1 + month.n;
        if (as_str_eq(month, AS_STR("04")) || as_str_eq(month, AS_STR("10")))
            found = ubuntu_number(year, month, a);
    }
    return found;
}

static as_str ubuntu(const distribution *d, const evidence *e)
{
    as_str stated = by_codename(ubuntu_names, e->stated), year, month, found;

    if (!stated.n)
        stated = e->stated;
    if (numbers(stated, &year, &month)) {
        found = ubuntu_number(year, month, e->arena);
        if (found.n)
            return found;
    }
    return ubuntu_marked(e->version, e->arena);
}

/* "v3.19" of "3.19.1". */
static as_str alpine(const distribution *d, const evidence *e)
{
    as_str stated = e->stated, first, second;

    if (as_str_eq(stated, AS_STR("edge")))
        return stated;
    if (stated.n && stated.p[0] == 'v')
        stated = as_str_slice(stated, 1, stated.n);
    if (!numbers(stated, &first, &second) || as_str_is_absent(second))
        return AS_ABSENT;
    return as_arena_printf(e->arena, "v%.*s.%.*s", AS_FMT(first),
                           AS_FMT(second));
}

/* One number: "9" of "9.4" or of ".el9_2". */
static as_str major(const distribution *d, const evidence *e)
{
    as_str first, second;

    if (!numbers(e->stated, &first, &second))
        first = marked(e->version, d->marker);
    if (!first.n)
        return AS_ABSENT;
    return as_arena_printf(e->arena, "%.*s%.*s", AS_FMT(d->prefix),
                           AS_FMT(first));
}

/* CentOS ended with 8; what is newer is Stream, which runs ahead of Red Hat. */
static as_str centos(const distribution *d, const evidence *e)
{
    as_str release = major(d, e);
    as_str number = as_str_slice(release, d->prefix.n, release.n);

    return number.n == 1 && number.p[0] <= '8' ? release : AS_ABSENT;
}

/* Two numbers, the second 0 when it is not stated: "4.0" of ".ph4". */
static as_str minor(const distribution *d, const evidence *e)
{
    as_str first, second;

    if (!numbers(e->stated, &first, &second))
        first = marked(e->version, d->marker);
    if (!first.n)
        return AS_ABSENT;
    return as_arena_printf(
        e->arena, "%.*s.%.*s", AS_FMT(first),
        AS_FMT(as_str_is_absent(second) ? AS_STR("0") : second));
}

/* The word as it is stated. */
static as_str word(const distribution *d, const evidence *e)
{
    return e->stated.n ? e->stated : AS_ABSENT;
}

/* The number behind "sp", or absent. */
static as_str service_pack(as_str s)
{
    size_t at = as_str_search(s, AS_STR("sp"));
    as_str digits = at < s.n ? digits_at(s, at + 2) : AS_ABSENT;

    return digits.n ? digits : AS_ABSENT;
}

/* "Linux Enterprise Server 15 SP5" of "15.5", "15-sp5", "15sp5". The release
 * inside a version only tells for which service pack it was built first. */
static as_str suse(const distribution *d, const evidence *e)
{
    as_str first, second;

    if (!numbers(e->stated, &first, &second))
        return AS_ABSENT;
    if (as_str_is_absent(second))
        second = service_pack(e->stated);
    if (second.n && !as_str_eq(second, AS_STR("0")))
        return as_arena_printf(e->arena, "%.*s %.*s SP%.*s", AS_FMT(d->prefix),
                               AS_FMT(first), AS_FMT(second));
    return as_arena_printf(e->arena, "%.*s %.*s", AS_FMT(d->prefix),
                           AS_FMT(first));
}

/* "Leap 15.6" of "leap-15.6", "15.6" or "lp156"; "Tumbleweed". */
static as_str opensuse(const distribution *d, const evidence *e)
{
    as_str stated = e->stated, first, second, found;

    if (as_str_starts(stated, AS_STR("tumbleweed")))
        return AS_STR("Tumbleweed");
    if (as_str_starts(stated, AS_STR("leap")))
        stated = as_str_slice(stated, 4, stated.n);
    if (stated.n && strchr("-: _", stated.p[0]))
        stated = as_str_slice(stated, 1, stated.n);
    if (numbers(stated, &first, &second) && !as_str_is_absent(second))
        return as_arena_printf(e->arena, "Leap %.*s.%.*s", AS_FMT(first),
                               AS_FMT(second));
    found = marked(e->version, d->marker);
    if (found.n != 3)
        return AS_ABSENT;
    return as_arena_printf(e->arena, "Leap %.2s.%c", found.p, found.p[2]);
}

/* "22.03-LTS-SP3" of "22.03-lts-sp3" or ".oe2203sp3"; March of even years is
 * the release of long support. */
static as_str openeuler(const distribution *d, const evidence *e)
{
    as_str year, month, pack = service_pack(e->stated), found;
    bool lts;

    if (!numbers(e->stated, &year, &month)) {
        found = marked(e->version, d->marker);
        if (found.n != 4)
            return AS_ABSENT;
        year = as_str_slice(found, 0, 2);
        month = as_str_slice(found, 2, 4);
        pack = service_pack(as_str_of(
            found.p, e->version.n - (size_t)(found.p - e->version.p)));
    }
    if (year.n != 2 || month.n != 2)
        return AS_ABSENT;
    lts = year.p[1] % 2 == 0 && as_str_eq(month, AS_STR("03"));
    return as_arena_printf(e->arena, "%.*s.%.*s%s%s%.*s", AS_FMT(year),
                           AS_FMT(month), lts ? "-LTS" : "",
                           pack.n ? "-SP" : "", AS_FMT(pack));
}

#define ROW(type, word, ecosystem, ...)                                        \
    {                                                                          \
        AS_STR_INIT(type), AS_STR_INIT(word), AS_STR_INIT(ecosystem),          \
            __VA_ARGS__                                                        \
    }
#define NONE AS_STR_INIT("")
#define EL   AS_STR_INIT("el")
#define RHEL AS_STR_INIT("enterprise_linux:")
#define SLE  AS_STR_INIT("Linux Enterprise Server")

static const distribution distributions[] = {
    ROW("deb", "debian", "Debian", debian, AS_STR_INIT("deb"), NONE, true),
    ROW("deb", "ubuntu", "Ubuntu", ubuntu, NONE, NONE, true),
    ROW("deb", "echo", "Echo", NULL, NONE, NONE, false),
    ROW("apk", "alpine", "Alpine", alpine, NONE, NONE, false),
    ROW("apk", "wolfi", "Wolfi", NULL, NONE, NONE, false),
    ROW("apk", "chainguard", "Chainguard", NULL, NONE, NONE, false),
    ROW("apk", "minimos", "MinimOS", NULL, NONE, NONE, false),
    ROW("apk", "cleanstart", "CleanStart", NULL, NONE, NONE, false),
    ROW("apk", "alpaquita", "Alpaquita", word, NONE, NONE, false),
    ROW("apk", "bellsoft-hardened-containers", "BellSoft Hardened Containers",
        word, NONE, NONE, false),
    ROW("apk", "openwrt", "OpenWrt", minor, NONE, NONE, false),
    ROW("alpm", "arch", "Arch Linux", NULL, NONE, NONE, false),
    ROW("rpm", "redhat", "Red Hat", major, EL, RHEL, false),
    ROW("rpm", "rhel", "Red Hat", major, EL, RHEL, false),
    ROW("rpm", "centos", "Red Hat", centos, EL, RHEL, false),
    ROW("rpm", "centos-stream", "CentOS Stream", major, EL, NONE, false),
    ROW("rpm", "rocky", "Rocky Linux", major, EL, NONE, false),
    ROW("rpm", "rockylinux", "Rocky Linux", major, EL, NONE, false),
    ROW("rpm", "rocky-linux", "Rocky Linux", major, EL, NONE, false),
    ROW("rpm", "almalinux", "AlmaLinux", major, EL, NONE, false),
    ROW("rpm", "alma", "AlmaLinux", major, EL, NONE, false),
    ROW("rpm", "ol", "Oracle Linux", major, EL, NONE, false),
    ROW("rpm", "oracle", "Oracle Linux", major, EL, NONE, false),
    ROW("rpm", "oraclelinux", "Oracle Linux", major, EL, NONE, false),
    ROW("rpm", "fedora", "Fedora", major, AS_STR_INIT("fc"), NONE, true),
    ROW("rpm", "amzn", "Amazon Linux", major, AS_STR_INIT("amzn"), NONE, true),
    ROW("rpm", "amazon", "Amazon Linux", major, AS_STR_INIT("amzn"), NONE,
        true),
    ROW("rpm", "amazonlinux", "Amazon Linux", major, AS_STR_INIT("amzn"), NONE,
        true),
    ROW("rpm", "mageia", "Mageia", major, AS_STR_INIT("mga"), NONE, true),
    ROW("rpm", "openeuler", "openEuler", openeuler, AS_STR_INIT("oe"), NONE,
        true),
    ROW("rpm", "photon", "Photon OS", minor, AS_STR_INIT("ph"), NONE, true),
    ROW("rpm", "azurelinux", "Azure Linux", major, AS_STR_INIT("azl"), NONE,
        true),
    ROW("rpm", "azure-linux", "Azure Linux", major, AS_STR_INIT("azl"), NONE,
        true),
    ROW("rpm", "mariner", "Azure Linux", major, AS_STR_INIT("cm"), NONE, true),
    ROW("rpm", "cbl-mariner", "Azure Linux", major, AS_STR_INIT("cm"), NONE,
        true),
    ROW("rpm", "suse", "SUSE", suse, NONE, SLE, false),
    ROW("rpm", "sles", "SUSE", suse, NONE, SLE, false),
    ROW("rpm", "sle", "SUSE", suse, NONE, SLE, false),
    ROW("rpm", "sled", "SUSE", suse, NONE,
        AS_STR_INIT("Linux Enterprise Desktop"), false),
    ROW("rpm", "sles_sap", "SUSE", suse, NONE,
        AS_STR_INIT("Linux Enterprise Server for SAP Applications"), false),
    ROW("rpm", "opensuse", "openSUSE", opensuse, AS_STR_INIT("lp"), NONE, true),
};

/* Cuts the separator and the name off a statement like "debian-12"; false when
 * the name is not the row's. */
static bool names_row(const distribution *d, as_str type, as_str stated,
                      as_str *ret_rest)
{
    as_str rest;

    if (!as_str_eq(d->type, type) || !as_str_starts(stated, d->word))
        return false;
    rest = as_str_slice(stated, d->word.n, stated.n);
    if (rest.n && strchr("-: _", rest.p[0]))
        rest = as_str_slice(rest, 1, rest.n);
    else if (rest.n && !as_ascii_is_digit(rest.p[0]))
        return false;
    *ret_rest = rest;
    return true;
}

/* The row whose word is the longest beginning of the statement. */
static const distribution *find_stated(as_str type, as_str stated,
                                       as_str *ret_rest)
{
    const distribution *best = NULL;

    for (size_t i = 0; i < AS_ARRAY_LEN(distributions); i++) {
        const distribution *d = &distributions[i];
        as_str rest;

        if (!names_row(d, type, stated, &rest) ||
            (best && best->word.n > d->word.n))
            continue;
        best = d;
        *ret_rest = rest;
    }
    return best;
}

static const distribution *find_word(as_str type, as_str wanted)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(distributions); i++)
        if (as_str_eq(distributions[i].type, type) &&
            as_str_eq(distributions[i].word, wanted))
            return &distributions[i];
    return NULL;
}

/* A package that names no distribution at all may carry the marker of one. */
static const distribution *find_marked(as_str type, const evidence *e)
{
    evidence version_only = {AS_ABSENT, e->version, e->arena};

    for (size_t i = 0; i < AS_ARRAY_LEN(distributions); i++) {
        const distribution *d = &distributions[i];

        if (d->sure && as_str_eq(d->type, type) &&
            d->release(d, &version_only).n)
            return d;
    }
    return NULL;
}

static const distribution *find_distribution(const as_purl *p, evidence *e)
{
    as_str stated =
        as_purl_lower(as_purl_qualifier_get(p, AS_STR("distro")), e->arena);
    as_str rest = stated;
    const distribution *d = find_stated(p->type, stated, &rest);

    e->version = as_purl_lower(p->version, e->arena);
    e->stated = rest;
    if (d)
        return d;
    if (as_str_starts(stated, AS_STR("el")))
        e->stated = as_str_slice(stated, 2, stated.n);
    if (by_codename(ubuntu_names, stated).n)
        d = find_word(p->type, AS_STR("ubuntu"));
    else if (by_codename(debian_names, stated).n)
        d = find_word(p->type, AS_STR("debian"));
    if (d)
        return d;
    if (p->namespace_.n)
        return find_word(p->type, p->namespace_);
    return find_marked(p->type, e);
}

/* --- both --- */

static as_purl_scope registry_of(const as_purl *p, as_arena *a,
                                 as_str *ecosystem, as_str *name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(registries); i++)
        if (as_str_eq(registries[i].type, p->type)) {
            *ecosystem = registries[i].ecosystem;
            *name = registries[i].name(p, a);
            return AS_PURL_REGISTRY;
        }
    return AS_PURL_NO_ECOSYSTEM;
}

as_purl_scope as_purl_ecosystem(const as_purl *p, as_arena *arena,
                                as_str *ret_ecosystem, as_str *ret_name)
{
    evidence e = {.arena = arena};
    as_str ecosystem = AS_ABSENT, name = p->name, release = AS_ABSENT;
    as_purl_scope scope = registry_of(p, arena, &ecosystem, &name);
    const distribution *d = NULL;

    if (scope == AS_PURL_NO_ECOSYSTEM) {
        d = find_distribution(p, &e);
        if (!d)
            return AS_PURL_NO_ECOSYSTEM;
        ecosystem = d->ecosystem;
        scope = d->release ? AS_PURL_RELEASE_UNKNOWN : AS_PURL_REGISTRY;
    }
    if (d && d->release)
        release = d->release(d, &e);
    if (release.n) {
        ecosystem = as_arena_printf(arena, "%.*s:%.*s", AS_FMT(ecosystem),
                                    AS_FMT(release));
        scope = AS_PURL_RELEASE_KNOWN;
    }
    if (as_arena_failed(arena))
        return AS_PURL_NO_ECOSYSTEM;
    *ret_ecosystem = ecosystem;
    *ret_name = name;
    return scope;
}

/* "openssl-3.0.7-1.el9.src.rpm": name, version-release. */
static bool source_file(as_str s, as_str *ret_name, as_str *ret_version)
{
    size_t dash;
    as_str head;

    if (!as_str_ends(s, AS_STR(".rpm")))
        return false;
    s.n -= 4;
    if (as_str_ends(s, AS_STR(".src")))
        s.n -= 4;
    else if (as_str_ends(s, AS_STR(".nosrc")))
        s.n -= 6;
    dash = as_str_rfind(s, '-');
    head = as_str_slice(s, 0, dash);
    dash = as_str_rfind(head, '-');
    if (dash == 0 || dash >= head.n)
        return false;
    *ret_name = as_str_slice(s, 0, dash);
    *ret_version = as_str_slice(s, dash + 1, s.n);
    return true;
}

/* "name", "name@version", "name (version)". */
static void source_words(as_str s, as_str *ret_name, as_str *ret_version)
{
    size_t at = as_str_find(s, '@');
    as_str version = AS_ABSENT;

    if (at == s.n)
        at = as_str_search(s, AS_STR(" ("));
    if (at < s.n) {
        version = as_str_slice(s, at + 1, s.n);
        if (version.n > 2 && version.p[0] == '(' &&
            version.p[version.n - 1] == ')')
            version = as_str_slice(version, 1, version.n - 1);
    }
    *ret_name = as_str_slice(s, 0, at);
    *ret_version = version.n ? version : AS_ABSENT;
}

bool as_purl_source(const as_purl *p, as_arena *arena, as_str *ret_name,
                    as_str *ret_version)
{
    static const as_str keys[] = {
        AS_STR_INIT("upstream"),
        AS_STR_INIT("source"),
        AS_STR_INIT("sourcerpm"),
    };
    as_str arch = as_purl_qualifier_get(p, AS_STR("arch"));

    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++) {
        as_str s = as_str_trim(as_purl_qualifier_get(p, keys[i]));

        if (s.n == 0)
            continue;
        if (!source_file(s, ret_name, ret_version))
            source_words(s, ret_name, ret_version);
        if (ret_name->n)
            return true;
    }
    if (!as_str_eq(arch, AS_STR("source")) && !as_str_eq(arch, AS_STR("src")))
        return false;
    *ret_name = p->name;
    *ret_version = as_purl_full_version(p, arena);
    return true;
}

as_str as_purl_full_version(const as_purl *p, as_arena *arena)
{
    as_str epoch = as_purl_qualifier_get(p, AS_STR("epoch"));
    uint64_t number;

    if (!p->version.n || !as_str_u64(epoch, &number) ||
        as_str_find(p->version, ':') < p->version.n)
        return p->version;
    return as_arena_printf(arena, "%.*s:%.*s", AS_FMT(epoch),
                           AS_FMT(p->version));
}
