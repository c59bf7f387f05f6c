/* SPDX-License-Identifier: Apache-2.0 */
/* Who is meant by an affected[] element of a CVE record, in order of trust:
 * packageURL; collectionURL and packageName; cpes[]; vendor and product. An
 * entry is made for every identity that is stated, so that a part is found by
 * whichever it has; the matcher prefers the best. */
#include "know/cve_internal.h"

#include "model/cpe.h"
#include "model/package.h"
#include "model/purl.h"

enum { NARROW_ITEMS = 64, NARROW_BYTES = 200, TEXT_BYTES = 300, CPES = 2000 };

bool as_cve_add(as_cve_entries *l, const as_affected *e)
{
    as_affected *grown =
        as_arena_grow(l->arena, l->items, &l->cap, l->n + 1, sizeof *l->items);

    if (!grown)
        return false;
    l->items = grown;
    l->items[l->n++] = *e;
    return true;
}

/* ---- collections
 * -------------------------------------------------------------- */

typedef enum collection_kind {
    COLLECTION_REGISTRY = 0, /* names a package beside vendor and product */
    COLLECTION_DISTRIBUTION, /* packageName is what the versions are of */
    COLLECTION_IMAGES,       /* container images, no ecosystem */
} collection_kind;

struct collection {
    as_str prefix; /* of the address, without scheme and "www." */
    as_str ecosystem;
    as_str name_prefix;
    collection_kind kind;
};

static const struct collection collections[] = {
    {AS_STR_INIT("pypi.python.org"), AS_STR_INIT("PyPI"), {0}, 0},
    {AS_STR_INIT("pypi.org"), AS_STR_INIT("PyPI"), {0}, 0},
    {AS_STR_INIT("registry.npmjs.org"), AS_STR_INIT("npm"), {0}, 0},
    {AS_STR_INIT("npmjs.com"), AS_STR_INIT("npm"), {0}, 0},
    {AS_STR_INIT("npmjs.org"), AS_STR_INIT("npm"), {0}, 0},
    {AS_STR_INIT("repo.maven.apache.org"), AS_STR_INIT("Maven"), {0}, 0},
    {AS_STR_INIT("repo1.maven.org"), AS_STR_INIT("Maven"), {0}, 0},
    {AS_STR_INIT("search.maven.org"), AS_STR_INIT("Maven"), {0}, 0},
    {AS_STR_INIT("central.sonatype.com"), AS_STR_INIT("Maven"), {0}, 0},
    {AS_STR_INIT("mvnrepository.com"), AS_STR_INIT("Maven"), {0}, 0},
    {AS_STR_INIT("rubygems.org"), AS_STR_INIT("RubyGems"), {0}, 0},
    {AS_STR_INIT("pkg.go.dev"), AS_STR_INIT("Go"), {0}, 0},
    {AS_STR_INIT("proxy.golang.org"), AS_STR_INIT("Go"), {0}, 0},
    {AS_STR_INIT("crates.io"), AS_STR_INIT("crates.io"), {0}, 0},
    {AS_STR_INIT("nuget.org"), AS_STR_INIT("NuGet"), {0}, 0},
    {AS_STR_INIT("packagist.org"), AS_STR_INIT("Packagist"), {0}, 0},
    {AS_STR_INIT("hex.pm"), AS_STR_INIT("Hex"), {0}, 0},
    {AS_STR_INIT("pub.dev"), AS_STR_INIT("Pub"), {0}, 0},
    {AS_STR_INIT("cran.r-project.org"), AS_STR_INIT("CRAN"), {0}, 0},
    {AS_STR_INIT("hackage.haskell.org"), AS_STR_INIT("Hackage"), {0}, 0},
    {AS_STR_INIT("wordpress.org/plugins"), AS_STR_INIT("Packagist"),
     AS_STR_INIT("wpackagist-plugin/"), 0},
    {AS_STR_INIT("wordpress.org/themes"), AS_STR_INIT("Packagist"),
     AS_STR_INIT("wpackagist-theme/"), 0},
    {AS_STR_INIT("access.redhat.com/downloads/content/package-browser"),
     AS_STR_INIT("Red Hat"),
     {0},
     COLLECTION_DISTRIBUTION},
    {AS_STR_INIT("packages.fedoraproject.org"),
     AS_STR_INIT("Fedora"),
     {0},
     COLLECTION_DISTRIBUTION},
    {AS_STR_INIT("gitee.com/src-openeuler"),
     AS_STR_INIT("openEuler"),
     {0},
     COLLECTION_DISTRIBUTION},
    {AS_STR_INIT("catalog.redhat.com/software/containers"),
     AS_STR_INIT(""),
     {0},
     COLLECTION_IMAGES},
};

static as_str without_scheme(as_str url)
{
    size_t at = as_str_search(url, AS_STR("://"));

    if (at < url.n)
        url = as_str_slice(url, at + 3, url.n);
    if (as_str_starts_nocase(url, AS_STR("www.")))
        url = as_str_slice(url, 4, url.n);
    return url;
}

static const struct collection *find_collection(as_str url)
{
    url = without_scheme(url);
    for (size_t i = 0; i < AS_ARRAY_LEN(collections); i++)
        if (as_str_starts_nocase(url, collections[i].prefix))
            return &collections[i];
    return NULL;
}

/* ---- words
 * ---------------------------------------------------------------------- */

struct naming {
    as_cve_entries *l;
    as_json entry;
    bool adp;
    as_str vendor, product, package;
    const struct collection *collection;
    as_cve_ranges ranges; /* in the order of the identity at hand */
    as_str_list narrow;
};

static bool is_usable(as_str s)
{
    static const as_str none[] = {
        AS_STR_INIT("n/a"),     AS_STR_INIT("-"),   AS_STR_INIT("*"),
        AS_STR_INIT("unknown"), AS_STR_INIT("na"),  AS_STR_INIT("unspecified"),
        AS_STR_INIT("none"),    AS_STR_INIT("null")};

    for (size_t i = 0; i < AS_ARRAY_LEN(none); i++)
        if (as_str_eq_nocase(s, none[i]))
            return false;
    return !as_str_is_empty(s);
}

static as_str field(const struct naming *n, as_str key)
{
    return as_feed_text(n->l->arena, as_json_get_str(n->entry, key),
                        TEXT_BYTES);
}

static void narrow_by(struct naming *n, const char *key, const char *word)
{
    as_json_iter it = as_json_each(as_json_get(n->entry, as_str_c(key)));

    while (as_json_next(&it) && n->narrow.n < NARROW_ITEMS) {
        as_str s = as_json_str(it.value);
        if (!s.p)
            s = as_json_get_str(it.value, AS_STR("name"));
        s = as_feed_text(n->l->arena, s, NARROW_BYTES);
        if (is_usable(s))
            (void)as_str_list_add(
                n->l->arena, &n->narrow,
                as_arena_printf(n->l->arena, "%s %.*s", word, AS_FMT(s)));
    }
}

/* The order of a product whose versions no other order reads right. */
static as_order order_of_product(const struct naming *n)
{
    as_arena *a = n->l->arena;

    if (as_str_eq(as_identity_fold(a, n->vendor), AS_STR("openssl")) &&
        as_str_eq(as_identity_fold(a, n->product), AS_STR("openssl")))
        return as_order_find(AS_STR("openssl"));
    return (as_order){.scheme = NULL};
}

/* ---- entries
 * -------------------------------------------------------------------- */

static bool read_ranges(struct naming *n, const as_order *order)
{
    return as_cve_ranges_read(n->entry, order, n->l->arena, &n->ranges);
}

static void fill(const struct naming *n, as_affected *e)
{
    const as_cve_ranges *r = &n->ranges;

    e->vendor = n->vendor;
    e->product = n->product;
    e->order = r->order.name;
    e->order_stated = r->order.stated;
    e->default_status = r->default_status;
    e->intervals = r->intervals.items;
    e->n_intervals = r->intervals.n;
    e->versions = r->versions.items;
    e->n_versions = r->versions.n;
    e->fixed_in = r->fixed_in.items;
    e->n_fixed_in = r->fixed_in.n;
    e->prose = r->prose.items;
    e->n_prose = r->prose.n;
    e->narrow = n->narrow.items;
    e->n_narrow = n->narrow.n;
    e->commits_only = r->commits && !r->says_something;
    e->no_version_bound = r->all;
}

static bool add_package(struct naming *n, as_str ecosystem, as_str name,
                        as_str release)
{
    as_affected e = {.identity = AS_IDENTITY_PACKAGE,
                     .ecosystem = ecosystem,
                     .release = release};

    e.name = as_package_name_normalise(ecosystem, name, n->l->arena);
    fill(n, &e);
    return !as_str_is_empty(e.name) && as_cve_add(n->l, &e);
}

/* packageURL, a purl without version. */
static bool by_purl(struct naming *n, bool *ret_done)
{
    as_str text = as_json_get_str(n->entry, AS_STR("packageURL"));
    as_str ecosystem = AS_ABSENT, name = AS_ABSENT, release;
    as_order order;
    as_purl purl;

    *ret_done = false;
    if (as_str_is_empty(text) ||
        as_purl_read_lenient(text, n->l->arena, &purl, NULL) != AS_OK ||
        as_purl_ecosystem(&purl, n->l->arena, &ecosystem, &name) ==
            AS_PURL_NO_ECOSYSTEM)
        return true;
    order = as_order_find(ecosystem);
    if (!order.stated)
        order.scheme = NULL;
    as_ecosystem_split(ecosystem, &ecosystem, &release);
    *ret_done = true;
    return read_ranges(n, &order) && add_package(n, ecosystem, name, release);
}

/* "cpe:/o:redhat:enterprise_linux:8::baseos" -> "enterprise_linux:8::baseos",
 * as OSV names Red Hat's releases. */
static as_str release_of_cpe(as_str cpe)
{
    static const as_str prefixes[] = {AS_STR_INIT("cpe:/o:redhat:"),
                                      AS_STR_INIT("cpe:/a:redhat:")};

    for (size_t i = 0; i < AS_ARRAY_LEN(prefixes); i++)
        if (as_str_starts(cpe, prefixes[i]))
            return as_str_slice(cpe, prefixes[i].n, cpe.n);
    return AS_ABSENT;
}

static bool by_distribution(struct naming *n)
{
    as_json_iter it = as_json_each(as_json_get(n->entry, AS_STR("cpes")));
    as_order order = as_order_find(n->collection->ecosystem);
    bool any = false;

    if (!read_ranges(n, &order))
        return false;
    while (as_json_next(&it) && it.index < CPES) {
        as_str release = release_of_cpe(as_json_str(it.value));
        if (!release.p)
            continue;
        any = true;
        if (!add_package(n, n->collection->ecosystem, n->package, release))
            return false;
    }
    return any ||
           add_package(n, n->collection->ecosystem, n->package, AS_ABSENT);
}

static bool by_registry(struct naming *n)
{
    as_order order = as_order_find(n->collection->ecosystem);
    as_str name = n->package;

    if (n->collection->name_prefix.n) {
        /* WordPress: plugins are not versioned as Composer's packages are. */
        order.scheme = NULL;
        name =
            as_arena_printf(n->l->arena, "%.*s%.*s",
                            AS_FMT(n->collection->name_prefix), AS_FMT(name));
    }
    return read_ranges(n, &order) &&
           add_package(n, n->collection->ecosystem, name, AS_ABSENT);
}

/* The name with version and update left open: the ranges say those. */
static as_str open_cpe(as_str text, as_arena *a, as_cpe *ret)
{
    as_str out = text;
    as_buf b;

    if (as_cpe_read_lenient(text, a, ret, NULL) != AS_OK)
        return text;
    ret->attribute[AS_CPE_VERSION] = (as_cpe_attribute){AS_CPE_ANY, AS_ABSENT};
    ret->attribute[AS_CPE_UPDATE] = (as_cpe_attribute){AS_CPE_ANY, AS_ABSENT};
    as_buf_init(&b, AS_LIMIT_CPE_BYTES * 2);
    as_cpe_write_fs(ret, &b);
    if (!as_buf_failed(&b))
        out = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    return out;
}

static bool has_cpe(const struct naming *n, size_t first, as_str cpe)
{
    for (size_t i = first; i < n->l->n; i++)
        if (as_str_eq(n->l->items[i].cpe, cpe))
            return true;
    return false;
}

/* Versions are those of versions[]; where that says nothing at all, the
 * version in the name counts. */
static bool add_cpe(struct naming *n, as_str text, size_t first)
{
    as_affected e = {.identity = AS_IDENTITY_CPE};
    as_cpe cpe, open;

    e.name = as_feed_cpe_key(n->l->arena, text);
    if (!e.name.p) {
        n->l->fault = "a CPE cannot be read";
        return !as_arena_failed(n->l->arena);
    }
    fill(n, &e);
    if (n->ranges.says_something || n->ranges.all || n->ranges.commits ||
        as_cpe_read_lenient(text, n->l->arena, &cpe, NULL) != AS_OK ||
        cpe.attribute[AS_CPE_VERSION].kind != AS_CPE_VALUE) {
        e.cpe = open_cpe(text, n->l->arena, &open);
        return has_cpe(n, first, e.cpe) || as_cve_add(n->l, &e);
    }
    e.versions = AS_NEW(n->l->arena, as_str);
    if (!e.versions)
        return false;
    e.versions[0] =
        as_cpe_unquoted(&cpe.attribute[AS_CPE_VERSION], n->l->arena);
    e.n_versions = 1;
    e.cpe = text;
    return has_cpe(n, first, e.cpe) || as_cve_add(n->l, &e);
}

static bool by_cpes(struct naming *n)
{
    as_json_iter it = as_json_each(as_json_get(n->entry, AS_STR("cpes")));
    size_t first = n->l->n;

    while (as_json_next(&it) && it.index < CPES) {
        as_str text =
            as_feed_text(n->l->arena, as_json_str(it.value), TEXT_BYTES);
        if (!add_cpe(n, text, first))
            return false;
    }
    return true;
}

/* Vendor and product as written; for the Linux kernel, whose records have no
 * CPE, also the one everybody looks it up by. */
static bool by_name(struct naming *n)
{
    as_arena *a = n->l->arena;
    bool images = n->collection && n->collection->kind == COLLECTION_IMAGES;
    as_affected e = {.identity = AS_IDENTITY_NAME};
    as_str product = images && n->package.p ? n->package : n->product;

    if (!is_usable(n->vendor) || !is_usable(product))
        return true;
    fill(n, &e);
    e.name =
        as_arena_printf(a, "%.*s/%.*s", AS_FMT(as_identity_fold(a, n->vendor)),
                        AS_FMT(as_identity_fold(a, product)));
    if (!e.name.p || !as_cve_add(n->l, &e))
        return false;
    if (!as_str_eq(e.name, AS_STR("linux/linux")) || n->adp)
        return true;
    e.identity = AS_IDENTITY_CPE;
    e.name = AS_STR("o:linux:linux_kernel");
    e.cpe = AS_STR("cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*");
    return as_cve_add(n->l, &e);
}

static bool by_collection(struct naming *n)
{
    if (!n->collection || !n->package.p)
        return true;
    switch (n->collection->kind) {
    case COLLECTION_REGISTRY: return by_registry(n);
    case COLLECTION_DISTRIBUTION: return by_distribution(n);
    case COLLECTION_IMAGES: return true;
    }
    return true;
}

static bool is_distribution(const struct naming *n)
{
    return n->collection && n->package.p &&
           n->collection->kind == COLLECTION_DISTRIBUTION;
}

bool as_cve_affected_read(as_json entry, bool adp, as_cve_entries *l)
{
    struct naming n = {.l = l, .entry = entry, .adp = adp};
    bool by_url = false;
    size_t first = l->n, named;
    as_order order;

    n.vendor = field(&n, AS_STR("vendor"));
    n.product = field(&n, AS_STR("product"));
    n.package = field(&n, AS_STR("packageName"));
    n.collection =
        find_collection(as_json_get_str(entry, AS_STR("collectionURL")));
    narrow_by(&n, "platforms", "platform");
    narrow_by(&n, "modules", "module");
    narrow_by(&n, "programFiles", "file");
    narrow_by(&n, "programRoutines", "routine");
    if (!by_purl(&n, &by_url) || (!by_url && !by_collection(&n)))
        return false;
    if (is_distribution(&n))
        return true;
    order = order_of_product(&n);
    if (!read_ranges(&n, &order))
        return false;
    named = l->n;
    if (!by_cpes(&n))
        return false;
    /* An ADP container repeats the CNA's names; its CPEs are what it adds. */
    if (adp && (l->n > named || named > first))
        return true;
    return by_name(&n);
}
