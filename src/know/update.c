/* SPDX-License-Identifier: Apache-2.0 */
/* Downloading the feeds; see know.h. Addresses of mid-2026. */
#include "base/date.h"
#include "base/io.h"
#include "base/limits.h"
#include "know/download_internal.h"
#include "know/know.h"
#include "know/schema_internal.h"

#include <stdlib.h>
#include <string.h>

/* The bucket that osv.dev exports to, an archive for each ecosystem. */
#define OSV(name, word, path, standard, about)                                 \
    {                                                                          \
        AS_STR_INIT("osv-" name),                                              \
            AS_STR_INIT(                                                       \
                "https://osv-vulnerabilities.storage.googleapis.com/" path     \
                "/all.zip"),                                                   \
            AS_STR_INIT("osv/" path "/all.zip"), {NULL, 0}, standard,          \
            AS_STR_INIT("OSV records of " word ", " about)                     \
    }
/* A list of parties, published as one file. */
#define LIST(name, url, path, standard, about)                                 \
    {                                                                          \
        AS_STR_INIT(name), AS_STR_INIT(url), AS_STR_INIT(path), {NULL, 0},     \
            standard, AS_STR_INIT(about)                                       \
    }
#define BIG    "large"
#define MEDIUM "medium"
#define SMALL  "small"

static const as_feed feeds[] = {
    {AS_STR_INIT("kev"),
     AS_STR_INIT("https://www.cisa.gov/sites/default/files/feeds/"
                 "known_exploited_vulnerabilities.json"),
     AS_STR_INIT("kev.json"),
     {NULL, 0},
     true,
     AS_STR_INIT("CISA's catalogue of known exploited vulnerabilities")},
    {AS_STR_INIT("epss"),
     AS_STR_INIT("https://epss.empiricalsecurity.com/"
                 "epss_scores-current.csv.gz"),
     AS_STR_INIT("epss.csv.gz"),
     {NULL, 0},
     true,
     AS_STR_INIT("EPSS scores of the day")},
    {AS_STR_INIT("cve"),
     AS_STR_INIT("https://github.com/CVEProject/cvelistV5/releases/download/"
                 "{tag}/{date}_all_CVEs_at_midnight.zip.zip"),
     AS_STR_INIT("cve.zip"),
     AS_STR_INIT("https://github.com/CVEProject/cvelistV5/releases/latest"),
     true, AS_STR_INIT("CVE list, all records of the newest release, large")},
    OSV("go", "Go", "Go", true, SMALL),
    OSV("pypi", "PyPI", "PyPI", true, MEDIUM),
    OSV("npm", "npm", "npm", true, BIG),
    OSV("maven", "Maven", "Maven", true, SMALL),
    OSV("crates", "crates.io", "crates.io", true, SMALL),
    OSV("nuget", "NuGet", "NuGet", true, SMALL),
    OSV("rubygems", "RubyGems", "RubyGems", true, SMALL),
    OSV("packagist", "Packagist", "Packagist", true, SMALL),
    OSV("oss-fuzz", "OSS-Fuzz projects", "OSS-Fuzz", true, SMALL),
    OSV("alpine", "Alpine", "Alpine", true, SMALL),
    OSV("debian", "Debian", "Debian", true, MEDIUM),
    OSV("hex", "Hex", "Hex", true, SMALL),
    OSV("pub", "Pub", "Pub", true, SMALL),
    OSV("cran", "CRAN", "CRAN", false, SMALL),
    OSV("hackage", "Hackage", "Hackage", false, SMALL),
    OSV("swift", "SwiftURL", "SwiftURL", false, SMALL),
    OSV("actions", "GitHub Actions", "GitHub%20Actions", false, SMALL),
    OSV("bitnami", "Bitnami", "Bitnami", false, SMALL),
    OSV("ubuntu", "Ubuntu", "Ubuntu", false, BIG),
    OSV("redhat", "Red Hat", "Red%20Hat", false, BIG),
    OSV("rocky", "Rocky Linux", "Rocky%20Linux", false, MEDIUM),
    OSV("alma", "AlmaLinux", "AlmaLinux", false, MEDIUM),
    OSV("suse", "SUSE", "SUSE", false, BIG),
    OSV("opensuse", "openSUSE", "openSUSE", false, BIG),
    OSV("mageia", "Mageia", "Mageia", false, SMALL),
    OSV("openeuler", "openEuler", "openEuler", false, MEDIUM),
    OSV("wolfi", "Wolfi", "Wolfi", false, SMALL),
    OSV("chainguard", "Chainguard", "Chainguard", false, SMALL),
    OSV("android", "Android", "Android", false, SMALL),
    OSV("linux", "the Linux kernel", "Linux", false, MEDIUM),
    LIST("us-csl",
         "https://data.trade.gov/downloadable_consolidated_screening_list/v1/"
         "consolidated.json",
         "us-csl.json", true,
         "US Consolidated Screening List, a dozen lists in one"),
    LIST("un", "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
         "un.xml", true, "United Nations consolidated list"),
    LIST("ofac-sdn",
         "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/"
         "exports/SDN.XML",
         "ofac-sdn.xml", false, "OFAC SDN list, also in us-csl"),
    LIST("ofac-cons",
         "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/"
         "exports/CONSOLIDATED.XML",
         "ofac-cons.xml", false, "OFAC's other lists, also in us-csl"),
    LIST("ofac-sdn-advanced",
         "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/"
         "exports/SDN_ADVANCED.XML",
         "ofac-sdn-advanced.xml", false,
         "the same with owners and other scripts, 110 MB; not beside ofac-sdn"),
    LIST("ofac-cons-advanced",
         "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/"
         "exports/CONS_ADVANCED.XML",
         "ofac-cons-advanced.xml", false,
         "the same of OFAC's other lists; not beside ofac-cons"),
    LIST("us-dpl", "https://www.bis.doc.gov/dpl/dpl.txt", "us-dpl.txt", false,
         "BIS Denied Persons List, also in us-csl"),
    LIST(
        "eu",
        "https://webgate.ec.europa.eu/fsd/fsf/public/files/"
        "xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
        "eu.xml", false,
        "European Union consolidated list; the public token, an account of the "
        "Commission's gives another"),
    LIST("uk", "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv",
         "uk.csv", false, "UK sanctions list"),
    LIST("gleif",
         "https://goldencopy.gleif.org/api/v2/golden-copies/publishes/lei2/"
         "latest.csv",
         "gleif-lei2.csv.zip", false,
         "GLEIF register of legal entities, large; see --countries"),
    LIST("gleif-rr",
         "https://goldencopy.gleif.org/api/v2/golden-copies/publishes/rr/"
         "latest.csv",
         "gleif-rr.csv.zip", false, "GLEIF, who consolidates whom"),
    LIST("gleif-repex",
         "https://goldencopy.gleif.org/api/v2/golden-copies/publishes/repex/"
         "latest.csv",
         "gleif-repex.csv.zip", false,
         "GLEIF, why a parent is not told, large"),
};

const as_feed *as_feeds(size_t *n)
{
    *n = AS_ARRAY_LEN(feeds);
    return feeds;
}

struct update {
    const as_update_request *q;
    as_update_report *report;
    as_arena *a;
    as_str folder;
    as_know *kb; /* or NULL: none yet */
    as_str *paths;
    as_import_download *downloads;
    size_t n_paths;
    as_str name; /* of the feed at hand */
};

/* ---- addresses
 * ----------------------------------------------------------------- */

/* "cve_2026-11-22_2100Z" -> "2026-11-22", or absent. */
static as_str day_in(as_str tag)
{
    as_date day;

    for (size_t i = 0; i + 10 <= tag.n; i++) {
        as_str s = as_str_slice(tag, i, i + 10);
        if (s.p[4] == '-' && as_date_read(s, &day))
            return s;
    }
    return AS_ABSENT;
}

static as_str fill_in(as_arena *a, as_str pattern, as_str word, as_str value)
{
    size_t at = as_str_search(pattern, word);

    if (at == pattern.n)
        return pattern;
    return as_arena_printf(
        a, "%.*s%.*s%.*s", AS_FMT(as_str_slice(pattern, 0, at)), AS_FMT(value),
        AS_FMT(as_str_slice(pattern, at + word.n, pattern.n)));
}

static bool is_tag(as_str s)
{
    if (s.n == 0 || s.n > 100)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!as_ascii_is_alnum(s.p[i]) && s.p[i] != '_' && s.p[i] != '-' &&
            s.p[i] != '.')
            return false;
    return true;
}

/* The newest release names the day; the archive of a day may come with the
 * first release of the next: days_back tells which is tried. */
static as_rc released_url(struct update *u, const as_feed *feed, int days_back,
                          as_str *ret, as_err *err)
{
    as_str location, tag;
    as_date day;
    as_rc rc = as_download_location(feed->newest.p, u->a, &location, err);

    if (rc)
        return rc;
    tag = as_str_slice(location, as_str_rfind(location, '/') + 1, location.n);
    if (!is_tag(tag) || !as_date_read(day_in(tag), &day))
        return as_fail(err, AS_ERR_IO,
                       "\"%.*s\" leads to no release with a date",
                       AS_FMT(feed->newest));
    *ret = fill_in(u->a, feed->url, AS_STR("{tag}"), tag);
    *ret = fill_in(u->a, *ret, AS_STR("{date}"),
                   as_date_str(u->a, as_date_add_days(day, -days_back)));
    return AS_OK;
}

static as_rc url_of(struct update *u, const as_feed *feed, int days_back,
                    as_str *ret, as_err *err)
{
    as_str base = u->q->base_url;

    if (!as_str_is_empty(base)) {
        while (as_str_ends(base, AS_STR("/")))
            base.n--;
        *ret = as_arena_printf(u->a, "%.*s/%.*s", AS_FMT(base),
                               AS_FMT(feed->path));
        return AS_OK;
    }
    if (!as_str_is_absent(feed->newest))
        return released_url(u, feed, days_back, ret, err);
    *ret = as_arena_str(u->a, feed->url);
    return AS_OK;
}

/* ---- what is remembered
 * --------------------------------------------------------- */

static void recall(struct update *u, const as_feed *feed, as_str url,
                   as_str *etag, as_str *modified)
{
    *etag = *modified = AS_ABSENT;
    if (u->kb)
        as_know_download(u->kb, feed->name, url, u->a, etag, modified);
}

/* ---- one feed
 * --------------------------------------------------------------------- */

static void on_progress(void *ctx, uint64_t got, uint64_t total)
{
    struct update *u = ctx;

    u->q->progress(u->q->ctx, u->name, got, total);
}

static void keep(struct update *u, const as_feed *feed, as_str url,
                 const as_download_result *r)
{
    u->paths[u->n_paths] = as_str_c(r->file);
    u->downloads[u->n_paths++] = (as_import_download){.name = feed->name,
                                                      .url = url,
                                                      .etag = r->etag,
                                                      .modified = r->modified};
}

static as_str path_of(const struct update *u, const as_feed *feed)
{
    return as_arena_printf(u->a, "%.*s/%.*s", AS_FMT(u->folder),
                           AS_FMT(feed->name));
}

static as_rc load(struct update *u, const as_feed *feed, int days_back,
                  as_update_item *item, as_err *err)
{
    as_download_result r = {0};
    as_download d = {.progress = u->q->progress ? on_progress : NULL,
                     .ctx = u,
                     .arena = u->a};
    as_rc rc = url_of(u, feed, days_back, &item->url, err);

    if (rc)
        return rc;
    d.url = item->url.p;
    d.path = path_of(u, feed).p;
    if (!d.url || !d.path)
        return as_fail(err, AS_ERR_MEMORY, "no memory to download");
    recall(u, feed, item->url, &d.etag, &d.modified);
    rc = as_download_run(&d, &r, err);
    if (rc)
        return rc;
    item->state = r.unchanged ? AS_UPDATE_UNCHANGED : AS_UPDATE_LOADED;
    item->bytes = r.bytes;
    item->resumed = r.resumed;
    if (r.unchanged)
        as_download_forget(d.path);
    else
        keep(u, feed, item->url, &r);
    return AS_OK;
}

static void update_one(struct update *u, const as_feed *feed)
{
    as_update_item *item = &u->report->items[u->report->n_items++];
    bool dated =
        !as_str_is_absent(feed->newest) && as_str_is_empty(u->q->base_url);
    as_err err;
    as_rc rc;

    as_err_init(&err);
    *item = (as_update_item){.name = feed->name};
    u->name = feed->name;
    rc = load(u, feed, 0, item, &err);
    if (rc && dated)
        rc = load(u, feed, 1, item, &err);
    if (!rc)
        return;
    item->state = AS_UPDATE_FAILED;
    item->reason = as_arena_str(u->a, as_str_c(err.what));
    u->report->failed++;
}

/* ---- which
 * ------------------------------------------------------------------------ */

static const as_feed *find_feed(as_str name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(feeds); i++)
        if (as_str_eq_nocase(feeds[i].name, name))
            return &feeds[i];
    return NULL;
}

static bool is_wanted(const as_update_request *q, const as_feed *feed)
{
    if (q->n_names == 0)
        return feed->standard;
    for (size_t i = 0; i < q->n_names; i++)
        if (find_feed(q->names[i]) == feed)
            return true;
    return false;
}

static as_rc check_names(const as_update_request *q, as_err *err)
{
    for (size_t i = 0; i < q->n_names; i++) {
        if (find_feed(q->names[i]))
            continue;
        as_fail(err, AS_ERR_USAGE, "there is no feed \"%.*s\"",
                AS_FMT(as_str_slice(q->names[i], 0, 100)));
        as_err_hint(err, "assay feeds update --list names them");
        return AS_ERR_USAGE;
    }
    if (!as_str_is_empty(q->base_url) &&
        !as_str_starts(q->base_url, AS_STR("https://")) &&
        !as_str_starts(q->base_url, AS_STR("http://")))
        return as_fail(err, AS_ERR_USAGE,
                       "the base address \"%.*s\" is no http address",
                       AS_FMT(as_str_slice(q->base_url, 0, 100)));
    return AS_OK;
}

/* ---- the run
 * ------------------------------------------------------------------------ */

/* The folder "feeds" beside the knowledge base. */
static as_rc make_folder(struct update *u, as_err *err)
{
    as_str base = u->q->import.knowledge;
    size_t slash = as_str_rfind(base, '/');

    u->folder = slash == base.n
                    ? as_arena_str(u->a, AS_STR("feeds"))
                    : as_arena_printf(u->a, "%.*s/feeds",
                                      AS_FMT(as_str_slice(base, 0, slash)));
    if (!u->folder.p)
        return as_fail(err, AS_ERR_MEMORY, "no memory to download");
    return as_io_make_folders(u->folder.p, err);
}

static as_rc prepare(struct update *u, as_err *err)
{
    as_rc rc = make_folder(u, err);

    if (rc)
        return rc;
    u->paths = AS_NEW_ARRAY(u->a, AS_ARRAY_LEN(feeds), as_str);
    u->downloads = AS_NEW_ARRAY(u->a, AS_ARRAY_LEN(feeds), as_import_download);
    u->report->items = AS_NEW_ARRAY(u->a, AS_ARRAY_LEN(feeds), as_update_item);
    if (!u->paths || !u->downloads || !u->report->items)
        return as_fail(err, AS_ERR_MEMORY, "no memory to download");
    rc = as_know_open(u->q->import.knowledge, &u->kb, err);
    return rc == AS_ERR_NO_INPUT ? AS_OK : rc;
}

static as_rc import_loaded(struct update *u, as_err *err)
{
    as_import_request q = u->q->import;
    as_rc rc;

    q.paths = u->paths;
    q.n_paths = u->n_paths;
    q.downloads = u->downloads;
    q.n_downloads = u->n_paths;
    rc = as_import_paths(&q, &u->report->import, err);
    for (size_t i = 0; i < u->n_paths && !rc; i++)
        as_download_forget(path_of(u, find_feed(u->downloads[i].name)).p);
    return rc;
}

static as_rc run(struct update *u, as_err *err)
{
    const as_update_report *r = u->report;
    as_rc rc = prepare(u, err);

    for (size_t i = 0; i < AS_ARRAY_LEN(feeds) && !rc; i++)
        if (is_wanted(u->q, &feeds[i]))
            update_one(u, &feeds[i]);
    u->kb = as_know_close(u->kb);
    if (rc)
        return rc;
    if (r->failed && r->failed == r->n_items)
        return as_fail(err, AS_ERR_IO, "%.*s", AS_FMT(r->items[0].reason));
    return u->n_paths ? import_loaded(u, err) : AS_OK;
}

as_rc as_update_run(const as_update_request *q, as_update_report **ret,
                    as_err *err)
{
    struct update u = {.q = q};
    as_rc rc = check_names(q, err);

    *ret = NULL;
    if (rc)
        return rc;
    u.a = as_arena_new(AS_MIB * 16);
    u.report = u.a ? AS_NEW(u.a, as_update_report) : NULL;
    if (!u.report) {
        as_arena_free(u.a);
        return as_fail(err, AS_ERR_MEMORY, "no memory to download");
    }
    u.report->arena = u.a;
    rc = run(&u, err);
    *ret = u.report;
    return rc;
}

as_update_report *as_update_report_free(as_update_report *r)
{
    if (r) {
        as_import_report_free(r->import);
        as_arena_free(r->arena);
    }
    return NULL;
}
