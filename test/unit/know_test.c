/* SPDX-License-Identifier: Apache-2.0 */
/* The knowledge base: importing, asking, replacing, refusing. */
#include "know_testing.h"

#include "base/sha256.h"
#include "know/know.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a folder of its own ---------------------------------------------------
 */

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/assay-know-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *path_of(const char *name)
{
    static char paths[8][256];
    static unsigned next;
    char *p = paths[next++ % 8];

    (void)snprintf(p, 256, "%s/%s", folder, name);
    return p;
}

static void write_file(const char *name, const void *bytes, size_t n)
{
    FILE *f = fopen(path_of(name), "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static void digest_of(const char *name, as_sha256_digest *ret)
{
    FILE *f = fopen(path_of(name), "rb");
    char *bytes = malloc(16 << 20);
    size_t n;

    assert_non_null(f);
    assert_non_null(bytes);
    n = fread(bytes, 1, 16 << 20, f);
    assert_true(as_sha256((as_span){(uint8_t *)bytes, n}, ret));
    free(bytes);
    fclose(f);
}

/* ---- importing --------------------------------------------------------------
 */

static as_rc import_names(const char *const *names, size_t n, bool force,
                          as_import_report **ret, as_err *err)
{
    as_str paths[8];
    as_import_request q = {.knowledge = as_str_c(path_of("knowledge.db")),
                           .paths = paths,
                           .n_paths = n,
                           .date = AS_STR("2026-11-22"),
                           .force = force};

    for (size_t i = 0; i < n; i++)
        paths[i] = as_str_c(path_of(names[i]));
    as_err_init(err);
    return as_import_paths(&q, ret, err);
}

static as_import_report *import_ok(const char *name)
{
    as_import_report *r = NULL;
    as_err err;

    if (import_names(&name, 1, false, &r, &err)) {
        print_error("%s\n", err.what);
        fail();
    }
    for (size_t i = 0; i < r->n_sources; i++) {
        const as_import_source *s = &r->sources[i];
        assert_int_equal(s->read, s->stored + s->refused);
        assert_int_equal(s->stored,
                         s->added + s->changed + s->unchanged + s->older);
    }
    assert_int_equal(r->files, r->read + r->passed_over + r->failed);
    return r;
}

static const as_import_source *source_of(const as_import_report *r,
                                         const char *name)
{
    for (size_t i = 0; i < r->n_sources; i++)
        if (as_str_eq(r->sources[i].name, as_str_c(name)))
            return &r->sources[i];
    print_error("no source %s\n", name);
    fail();
    return NULL;
}

#define OSV(id, modified, fixed)                                               \
    "{\"id\":\"" id "\",\"modified\":\"" modified "\",\"aliases\":["           \
    "\"CVE-2021-23337\"],\"affected\":[{\"package\":{\"ecosystem\":\"npm\","   \
    "\"name\":\"lodash\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{"      \
    "\"introduced\":\"0\"},{\"fixed\":\"" fixed "\"}]}]}]}"

static const char osv[] = OSV("GHSA-1", "2024-01-02T00:00:00Z", "4.17.21");
static const char kev[] =
    "{\"catalogVersion\":\"2025.08.25\",\"dateReleased\":\"2025-08-25T17:00:00"
    "Z\",\"vulnerabilities\":[{\"cveID\":\"CVE-2021-23337\",\"vendorProject\":"
    "\"Lodash\",\"product\":\"Lodash\",\"dateAdded\":\"2024-01-05\","
    "\"dueDate\":\"2024-01-26\",\"knownRansomwareCampaignUse\":\"Known\"}]}";
static const char epss[] = "#model_version:v2025.03.14,score_date:2025-08-25T00"
                           ":00:00+0000\ncve,epss,percentile\n"
                           "CVE-2021-23337,0.91,0.997\nCVE-2020-1,x,0.1\n";
static const char starter[] =
    "schema: assay-knowledge/1\nsource: assay-starter\n"
    "edition: \"2026-11-22\"\ncomponent: openssl\nidentities:\n"
    "  - cpe: \"cpe:2.3:a:openssl:openssl\"\n    order: openssl\n"
    "  - purl: pkg:generic/openssl\nadvisories:\n"
    "  - id: CVE-2014-0160\n    published: 2014-04-07\n"
    "    cvss: [\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N\"]\n"
    "    cwe: [CWE-125]\n    title: \"Heartbleed\"\n    exploited: 2022-05-04\n"
    "    affected:\n      - {from: \"1.0.1\", before: \"1.0.1g\"}\n"
    "    fixed_in: [\"1.0.1g\"]\n";

static void write_feeds(void)
{
    mkdir(path_of("feeds"), 0700);
    write_text("feeds/a.json", osv);
    write_text("feeds/kev.json", kev);
    write_text("feeds/epss.csv", epss);
    write_text("feeds/openssl.yaml", starter);
    write_text("feeds/LICENSE", "This licence lets you do things.\n");
    write_text("feeds/broken.json", "{\"id\": \n");
}

static const as_know_key lodash = {AS_IDENTITY_PACKAGE, AS_STR_INIT("npm"),
                                   AS_STR_INIT("lodash")};
static const as_know_key openssl = {
    AS_IDENTITY_CPE, {NULL, 0}, AS_STR_INIT("a:openssl:openssl")};

static as_know *open_base(void)
{
    as_know *kb = NULL;
    as_err err;

    as_err_init(&err);
    if (as_know_open(as_str_c(path_of("knowledge.db")), &kb, &err)) {
        print_error("%s\n", err.what);
        fail();
    }
    return kb;
}

/* ---- tests
 * ------------------------------------------------------------------- */

static void check_report(const as_import_report *r)
{
    const as_import_source *s = source_of(r, "epss");

    assert_true(r->changed);
    assert_int_equal(r->files, 6);
    assert_int_equal(r->read, 4);
    assert_int_equal(r->passed_over, 1);
    testing_str(r->passed[0].kind, "licence text");
    assert_int_equal(r->failed, 1);
    assert_int_equal(r->failures.items[0].line, 2);
    assert_int_equal(s->read, 2);
    assert_int_equal(s->refused, 1);
    assert_int_equal(s->refusals.items[0].line, 4);
    assert_int_equal(source_of(r, "osv/GHSA")->added, 1);
    assert_int_equal(source_of(r, "kev")->total, 1);
    assert_int_equal(source_of(r, "assay-starter")->rows, 2);
}

static void what_is_imported_is_found(void **state)
{
    as_import_report *r;
    as_arena *a = as_arena_new(1 << 22);
    as_know_hit *hits;
    as_advisory v;
    as_exploited x;
    as_likelihood l;
    as_know *kb;
    size_t n;

    (void)state;
    write_feeds();
    r = import_ok("feeds");
    check_report(r);
    as_import_report_free(r);
    kb = open_base();
    assert_int_equal(as_know_find(kb, &lodash, a, &hits, &n, NULL), AS_OK);
    assert_int_equal(n, 1);
    assert_false(hits[0].retracted);
    know_ranges(&hits[0].affected, "<4.17.21");
    assert_true(hits[0].affected.intervals[0].to_key.n > 0);
    assert_int_equal(as_know_advisory(kb, hits[0].advisory, a, &v, NULL),
                     AS_OK);
    testing_str(v.id, "GHSA-1");
    testing_str(v.aliases[0], "CVE-2021-23337");
    assert_int_equal(
        as_know_advisory_find(kb, AS_STR("CVE-2021-23337"), a, &v, NULL),
        AS_OK);
    testing_str(v.id, "GHSA-1");
    assert_true(as_know_exploited(kb, AS_STR("cve-2021-23337"), a, &x));
    testing_str(x.added, "2024-01-05");
    assert_true(x.ransomware);
    assert_true(as_know_exploited(kb, AS_STR("CVE-2014-0160"), a, &x));
    testing_str(x.added, "2022-05-04");
    assert_true(as_know_likelihood(kb, AS_STR("CVE-2021-23337"), &l));
    assert_true(l.score > 0.9 && l.percentile > 0.99);
    assert_false(as_know_likelihood(kb, AS_STR("CVE-2020-1"), &l));
    assert_int_equal(as_know_find(kb, &openssl, a, &hits, &n, NULL), AS_OK);
    assert_int_equal(n, 1);
    testing_str(hits[0].affected.order, "openssl");
    assert_true(as_know_covers(kb, AS_IDENTITY_PACKAGE, AS_STR("npm")));
    assert_false(as_know_covers(kb, AS_IDENTITY_PACKAGE, AS_STR("Hackage")));
    assert_false(as_know_covers(kb, AS_IDENTITY_NAME, AS_ABSENT));
    as_know_close(kb);
    as_arena_free(a);
}

static void sources_state_edition_and_date(void **state)
{
    as_arena *a = as_arena_new(1 << 20);
    as_know_source *s;
    as_know *kb;
    size_t n;

    (void)state;
    write_feeds();
    as_import_report_free(import_ok("feeds"));
    kb = open_base();
    assert_int_equal(as_know_sources(kb, a, &s, &n, NULL), AS_OK);
    assert_int_equal(n, 4);
    testing_str(s[0].name, "assay-starter");
    testing_str(s[0].edition, "2026-11-22");
    testing_str(s[1].name, "epss");
    testing_str(s[1].edition, "v2025.03.14 2025-08-25");
    testing_str(s[1].newest, "2025-08-25");
    assert_int_equal(s[1].stored, 1);
    assert_int_equal(s[1].refused, 1);
    testing_str(s[2].name, "kev");
    testing_str(s[2].kind, "kev");
    testing_str(s[3].newest, "2024-01-02");
    testing_str(s[3].imported, "2026-11-22");
    assert_true(as_str_starts(s[3].digest, AS_STR("sha256-sum:")));
    as_know_close(kb);
    as_arena_free(a);
}

static void the_same_again_changes_no_byte(void **state)
{
    as_sha256_digest before, after;
    as_import_report *r;

    (void)state;
    write_feeds();
    as_import_report_free(import_ok("feeds"));
    digest_of("knowledge.db", &before);
    r = import_ok("feeds");
    assert_false(r->changed);
    assert_int_equal(source_of(r, "osv/GHSA")->unchanged, 1);
    assert_int_equal(source_of(r, "epss")->unchanged, 1);
    digest_of("knowledge.db", &after);
    assert_memory_equal(&before, &after, sizeof before);
    assert_int_equal(access(path_of("knowledge.db.new"), F_OK), -1);
    as_import_report_free(r);
}

static void newer_records_replace_older_ones(void **state)
{
    as_arena *a = as_arena_new(1 << 20);
    as_import_report *r;
    as_know_hit *hits;
    as_know *kb;
    size_t n;

    (void)state;
    write_text("a.json", osv);
    as_import_report_free(import_ok("a.json"));
    write_text("b.json", OSV("GHSA-1", "2024-06-01T00:00:00Z", "4.17.22"));
    r = import_ok("b.json");
    assert_int_equal(source_of(r, "osv/GHSA")->changed, 1);
    as_import_report_free(r);
    r = import_ok("a.json"); /* the old one again */
    assert_int_equal(source_of(r, "osv/GHSA")->older, 1);
    assert_false(r->changed);
    as_import_report_free(r);
    kb = open_base();
    assert_int_equal(as_know_find(kb, &lodash, a, &hits, &n, NULL), AS_OK);
    assert_int_equal(n, 1);
    know_ranges(&hits[0].affected, "<4.17.22");
    as_know_close(kb);
    as_arena_free(a);
}

/* Two forms of one record with one date: whichever comes first, the same. */
static void rivals_do_not_depend_on_order(void **state)
{
    static const char *const orders[2][2] = {{"s.json", "l.json"},
                                             {"l.json", "s.json"}};
    as_str digests[2];
    as_arena *a = as_arena_new(1 << 20);

    (void)state;
    write_text("s.json", OSV("GHSA-1", "2024-01-02T00:00:00Z", "4"));
    write_text("l.json", OSV("GHSA-1", "2024-01-02T00:00:00Z", "4.17.21"));
    for (size_t i = 0; i < 2; i++) {
        as_import_report *r = NULL;
        as_know_source *s;
        as_know *kb;
        as_err err;
        size_t n;
        assert_int_equal(import_names(orders[i], 2, false, &r, &err), AS_OK);
        as_import_report_free(r);
        kb = open_base();
        assert_int_equal(as_know_sources(kb, a, &s, &n, NULL), AS_OK);
        digests[i] = s[0].digest;
        as_know_close(kb);
        assert_int_equal(remove(path_of("knowledge.db")), 0);
    }
    assert_true(as_str_eq(digests[0], digests[1]));
    as_arena_free(a);
}

static void write_kev(size_t n)
{
    as_buf b;

    as_buf_init(&b, 1 << 20);
    as_buf_c(&b, "cveID,vendorProject,product,vulnerabilityName,dateAdded\n");
    for (size_t i = 0; i < n; i++)
        as_buf_printf(&b, "CVE-2020-%zu,\"A, \"\"B\"\"\",p,n,2021-01-02\n",
                      10000 + i);
    write_file("kev.csv", b.p, b.n);
    as_buf_done(&b);
}

static void a_list_that_shrinks_is_refused(void **state)
{
    const char *name = "kev.csv";
    as_import_report *r = NULL;
    as_err err;

    (void)state;
    write_kev(40);
    as_import_report_free(import_ok(name));
    write_kev(10);
    assert_int_equal(import_names(&name, 1, false, &r, &err), AS_ERR_INPUT);
    assert_false(r->changed);
    assert_true(as_str_search(as_str_c(err.what), AS_STR("shrink")) <
                strlen(err.what));
    as_import_report_free(r);
    assert_int_equal(import_names(&name, 1, true, &r, &err), AS_OK);
    assert_int_equal(source_of(r, "kev")->removed, 30);
    assert_int_equal(source_of(r, "kev")->total, 10);
    as_import_report_free(r);
    write_kev(9); /* less, but not suspiciously */
    r = import_ok(name);
    assert_int_equal(source_of(r, "kev")->removed, 1);
    as_import_report_free(r);
}

static void csv_and_json_give_the_same(void **state)
{
    as_arena *a = as_arena_new(1 << 20);
    as_exploited x;
    as_know *kb;

    (void)state;
    write_kev(1);
    as_import_report_free(import_ok("kev.csv"));
    kb = open_base();
    assert_true(as_know_exploited(kb, AS_STR("CVE-2020-10000"), a, &x));
    testing_str(x.vendor, "A, \"B\"");
    as_know_close(kb);
    as_arena_free(a);
}

static void what_is_missing_or_foreign_is_told(void **state)
{
    as_know *kb = NULL;
    as_import_report *r = NULL;
    const char *name = "a.json";
    as_err err;

    (void)state;
    as_err_init(&err);
    assert_int_equal(as_know_open(as_str_c(path_of("knowledge.db")), &kb, &err),
                     AS_ERR_NO_INPUT);
    assert_true(err.hint[0]);
    write_text("knowledge.db", "not a database, not at all, none whatever");
    assert_int_equal(as_know_open(as_str_c(path_of("knowledge.db")), &kb, &err),
                     AS_ERR_INPUT);
    write_text("a.json", osv);
    assert_int_equal(import_names(&name, 1, false, &r, &err), AS_ERR_INPUT);
    assert_null(r);
    assert_int_equal(access(path_of("knowledge.db.new"), F_OK), -1);
    remove(path_of("knowledge.db"));
    write_text("a.json", "{\"bomFormat\":\"CycloneDX\"}");
    assert_int_equal(import_names(&name, 1, false, &r, &err), AS_ERR_INPUT);
    testing_str(r->passed[0].kind, "CycloneDX document");
    as_import_report_free(r);
    name = "nowhere";
    assert_int_equal(import_names(&name, 1, false, &r, &err), AS_ERR_NO_INPUT);
    as_import_report_free(r);
}

static void a_base_of_another_format_is_refused(void **state)
{
    as_know *kb = NULL;
    unsigned char format[4] = {0, 0, 0, 99};
    as_err err;
    int fd;

    (void)state;
    write_text("a.json", osv);
    as_import_report_free(import_ok("a.json"));
    fd = open(path_of("knowledge.db"), O_WRONLY);
    assert_int_equal(pwrite(fd, format, 4, 60), 4); /* user_version */
    close(fd);
    as_err_init(&err);
    assert_int_equal(as_know_open(as_str_c(path_of("knowledge.db")), &kb, &err),
                     AS_ERR_UNSUPPORTED);
}

static void two_imports_do_not_meet(void **state)
{
    as_import_report *r = NULL;
    const char *name = "a.json";
    as_err err;
    int fd;

    (void)state;
    write_text("a.json", osv);
    fd = open(path_of("knowledge.db.new"), O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
    assert_int_equal(import_names(&name, 1, false, &r, &err), AS_ERR_IO);
    assert_int_equal(access(path_of("knowledge.db.new"), F_OK), 0);
    close(fd);
    /* What a crash left is taken over. */
    write_text("knowledge.db.new", "half a file");
    as_import_report_free(import_ok("a.json"));
    as_know_close(open_base());
}

/* ---- archives
 * ------------------------------------------------------------------ */

typedef void pack_kind(struct archive *a);

static void zip(struct archive *a)
{
    archive_write_set_format_zip(a);
}

static void tar_zst(struct archive *a)
{
    archive_write_set_format_ustar(a);
    archive_write_add_filter_zstd(a);
}

static void tar(struct archive *a)
{
    archive_write_set_format_pax_restricted(a);
}

static void tar_gz(struct archive *a)
{
    tar(a);
    archive_write_add_filter_gzip(a);
}

static void gz(struct archive *a)
{
    archive_write_set_format_raw(a);
    archive_write_add_filter_gzip(a);
}

static void add_member(struct archive *a, const char *name, const void *bytes,
                       size_t n)
{
    struct archive_entry *e = archive_entry_new();

    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)n);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, bytes, n), n);
    archive_entry_free(e);
}

/* The bytes as the one member of an archive, in memory. */
static size_t pack(pack_kind *kind, const char *member, const void *bytes,
                   size_t n, char *out, size_t cap)
{
    struct archive *a = archive_write_new();
    size_t used = 0;

    kind(a);
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open_memory(a, out, cap, &used), ARCHIVE_OK);
    add_member(a, member, bytes, n);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return used;
}

static void archives_are_unpacked(void **state)
{
    static char one[1 << 16], two[1 << 16];
    pack_kind *const kinds[] = {zip, tar_zst, gz};
    as_import_report *r;
    size_t n;

    (void)state;
    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++) {
        n = pack(kinds[i], "f\303\274r/a.json", osv, sizeof osv - 1, one,
                 sizeof one);
        write_file("pack", one, n);
        r = import_ok("pack");
        assert_int_equal(source_of(r, "osv/GHSA")->read, 1);
        as_import_report_free(r);
    }
    /* An archive in an archive, and deeper than is allowed. */
    n = pack(zip, "a.json", osv, sizeof osv - 1, one, sizeof one);
    n = pack(zip, "cves.zip", one, n, two, sizeof two);
    write_file("pack", two, n);
    r = import_ok("pack");
    assert_int_equal(source_of(r, "osv/GHSA")->read, 1);
    as_import_report_free(r);
    n = pack(zip, "3.zip", two, n, one, sizeof one);
    n = pack(zip, "4.zip", one, n, two, sizeof two);
    write_file("feeds.zip", two, n);
    write_text("a.json", osv);
    {
        const char *names[] = {"feeds.zip", "a.json"};
        as_err err;
        assert_int_equal(import_names(names, 2, false, &r, &err), AS_OK);
        assert_int_equal(r->failed, 1);
        assert_int_equal(r->read, 1);
        as_import_report_free(r);
    }
}

static void a_cut_archive_is_told(void **state)
{
    static char one[1 << 16];
    const char *names[] = {"cut.zip", "a.json"};
    as_import_report *r = NULL;
    as_err err;
    size_t n;

    (void)state;
    write_text("a.json", osv);
    n = pack(tar_zst, "b.json", osv, sizeof osv - 1, one, sizeof one);
    write_file("cut.zip", one, n / 2);
    assert_int_equal(import_names(names, 2, false, &r, &err), AS_OK);
    assert_int_equal(r->failed, 1);
    assert_true(r->failures.items[0].reason.n > 0);
    as_import_report_free(r);
}

enum { MEMBERS = 40 };

/* A feed of many records, of which the first is a newer form of osv, behind
 * lists that would stand for themselves. */
static size_t pack_feed(pack_kind *kind, char *out, size_t cap)
{
    static const char form[] =
        "{\"id\":\"GHSA-%d\",\"modified\":\"2025-01-02T00:00:00Z\",\"summary\":"
        "\"%08x%08x%08x%08x\",\"affected\":[{\"package\":{\"ecosystem\":"
        "\"npm\","
        "\"name\":\"lodash\"},\"versions\":[\"9.%d.0\"]}]}";
    static const char list[] = "#model_version:v9,score_date:2026-01-01T00:00:"
                               "00+0000\ncve,epss,percentile\n"
                               "CVE-2021-23337,0.01,0.1\n";
    struct archive *a = archive_write_new();
    size_t used = 0;
    char text[512], name[32];
    uint32_t x = 1;

    kind(a);
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open_memory(a, out, cap, &used), ARCHIVE_OK);
    add_member(a, "LICENSE", "This licence lets you.\n", 23);
    add_member(a, "epss.csv", list, sizeof list - 1);
    add_member(a, "bad.json", "{\"id\":", 6);
    for (int i = 1; i <= MEMBERS; i++) {
        uint32_t noise[4];
        for (size_t k = 0; k < AS_ARRAY_LEN(noise); k++)
            noise[k] = x = x * 1664525u + 1013904223u;
        snprintf(text, sizeof text, form, i, noise[0], noise[1], noise[2],
                 noise[3], i);
        snprintf(name, sizeof name, "GHSA-%d.json", i);
        add_member(a, name, text, strlen(text));
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return used;
}

/* The base holds what "feeds" and "b.json" gave it, and nothing else. */
static void check_old_rows(void)
{
    as_arena *a = as_arena_new(1 << 22);
    as_know *kb = open_base();
    as_know_source *sources;
    as_know_hit *hits;
    as_likelihood l;
    size_t n;

    assert_int_equal(as_know_find(kb, &lodash, a, &hits, &n, NULL), AS_OK);
    assert_int_equal(n, 2); /* GHSA-1, OTHER-1 */
    know_ranges(&hits[0].affected, "<4.17.21");
    assert_true(as_know_likelihood(kb, AS_STR("CVE-2021-23337"), &l));
    assert_true(l.score > 0.9);
    assert_int_equal(as_know_sources(kb, a, &sources, &n, NULL), AS_OK);
    for (size_t i = 0; i < n; i++)
        if (as_str_eq(sources[i].name, AS_STR("osv/GHSA")))
            assert_int_equal(sources[i].stored, 1);
    as_know_close(kb);
    as_arena_free(a);
}

static void check_cut(const char *bytes, size_t n)
{
    const char *names[] = {"cut", "b.json"};
    as_import_report *r = NULL;
    as_err err;

    write_file("cut", bytes, n);
    assert_int_equal(import_names(names, 2, false, &r, &err), AS_OK);
    assert_int_equal(r->failed, 1);
    assert_int_equal(r->files, 2);
    assert_int_equal(r->n_passed, 0);
    assert_int_equal(r->n_sources, 1);
    assert_int_equal(source_of(r, "osv/OTHER")->read, 1);
    assert_int_equal(r->failures.n, 1);
    assert_true(
        as_str_starts(r->failures.items[0].reason,
                      AS_STR("it is broken and nothing of it is stored: ")));
    as_import_report_free(r);
    check_old_rows();
}

static void of_a_broken_archive_nothing_is_kept(void **state)
{
    static char whole[1 << 17], bytes[1 << 17];
    pack_kind *const kinds[] = {zip, tar, tar_gz, tar_zst};
    as_import_report *r;

    (void)state;
    write_feeds();
    as_import_report_free(import_ok("feeds"));
    write_text("b.json", OSV("OTHER-1", "2024-01-02T00:00:00Z", "0.0.1"));
    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++) {
        size_t n = pack_feed(kinds[i], whole, sizeof whole);
        for (size_t part = 1; part < 8; part++)
            check_cut(whole, n * part / 8);
        memcpy(bytes, whole, n);
        for (size_t at = n / 2; at < n / 2 + 600; at++)
            bytes[at] ^= 0x5A;
        if (kinds[i] != tar) /* which has no sum over what it holds */
            check_cut(bytes, n);
        /* In another archive; and behind a broken one the whole one. */
        check_cut(bytes, pack(tar, "a.zip", whole, n / 2, bytes, sizeof bytes));
    }
    /* Cut where a member ends, which the bytes alone do not show. */
    check_cut(whole, pack_feed(tar, whole, sizeof whole) / 512 * 512 - 1024);
    write_file("whole", whole, pack_feed(tar, whole, sizeof whole));
    r = import_ok("whole");
    assert_int_equal(source_of(r, "osv/GHSA")->added, MEMBERS - 1);
    assert_int_equal(source_of(r, "osv/GHSA")->changed, 1);
    assert_int_equal(r->failed, 1); /* bad.json alone */
    as_import_report_free(r);
}

/* In one import: what a broken archive put and took back has no say in which
 * of two forms stays. */
static void what_was_taken_back_has_no_say(void **state)
{
    static char whole[1 << 17];
    const char *names[] = {"cut", "whole"};
    as_import_report *r = NULL;
    as_err err;
    size_t n = pack_feed(tar, whole, sizeof whole);

    (void)state;
    write_file("cut", whole, n / 2);
    write_file("whole", whole, n);
    assert_int_equal(import_names(names, 2, false, &r, &err), AS_OK);
    assert_int_equal(source_of(r, "osv/GHSA")->added, MEMBERS);
    assert_int_equal(source_of(r, "osv/GHSA")->read, MEMBERS);
    assert_int_equal(source_of(r, "osv/GHSA")->total, MEMBERS);
    assert_int_equal(source_of(r, "epss")->added, 1);
    assert_int_equal(r->passed[0].n, 1);
    as_import_report_free(r);
}

/* ---- the corpus
 * ----------------------------------------------------------------- */

/* Folders of the corpus whose every record must be kept. */
static void feeds_of_the_corpus_are_kept(void **state)
{
    static const char *const parts[] = {
        "vulns/osv-go",  "vulns/osv-pypa",     "vulns/osv-bitnami",
        "vulns/osv-r",   "vulns/osv-homebrew", "vulns/osv-oss-fuzz",
        "vulns/kev.csv", "vulns/kev.json",     "vulns/epss",
    };
    as_str paths[AS_ARRAY_LEN(parts)];
    as_arena *a;
    as_import_request q = {.knowledge = as_str_c(path_of("knowledge.db")),
                           .paths = paths,
                           .n_paths = AS_ARRAY_LEN(parts),
                           .date = AS_STR("2026-11-22")};
    as_import_report *r = NULL;

    (void)state;
    if (!testing_corpus())
        skip();
    a = as_arena_new(1 << 20);
    for (size_t i = 0; i < AS_ARRAY_LEN(parts); i++)
        paths[i] = as_arena_printf(a, "%s/%s", testing_corpus(), parts[i]);
    assert_int_equal(as_import_paths(&q, &r, NULL), AS_OK);
    assert_int_equal(r->failed, 0);
    for (size_t i = 0; i < r->n_sources; i++) {
        print_message("%.*s: read %u, stored %u, refused %u\n",
                      AS_FMT(r->sources[i].name), (unsigned)r->sources[i].read,
                      (unsigned)r->sources[i].stored,
                      (unsigned)r->sources[i].refused);
        assert_int_equal(r->sources[i].read,
                         r->sources[i].stored + r->sources[i].refused);
        assert_int_equal(r->sources[i].refused, 0);
    }
    as_import_report_free(r);
    as_arena_free(a);
}

#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_is_imported_is_found),
        IN_FOLDER(sources_state_edition_and_date),
        IN_FOLDER(the_same_again_changes_no_byte),
        IN_FOLDER(newer_records_replace_older_ones),
        IN_FOLDER(rivals_do_not_depend_on_order),
        IN_FOLDER(a_list_that_shrinks_is_refused),
        IN_FOLDER(csv_and_json_give_the_same),
        IN_FOLDER(what_is_missing_or_foreign_is_told),
        IN_FOLDER(a_base_of_another_format_is_refused),
        IN_FOLDER(two_imports_do_not_meet),
        IN_FOLDER(archives_are_unpacked),
        IN_FOLDER(a_cut_archive_is_told),
        IN_FOLDER(of_a_broken_archive_nothing_is_kept),
        IN_FOLDER(what_was_taken_back_has_no_say),
        IN_FOLDER(feeds_of_the_corpus_are_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
