/* SPDX-License-Identifier: Apache-2.0 */
/* The knowledge base: everything imported from outside, in one SQLite file
 * (ASSAY_HOME/knowledge.db) that a review only reads.
 *
 *   source      one row a feed: edition, counts, digest, dates
 *   advisory    one row a record; lists are joined by spaces
 *   alias       other ids of a record
 *   package     one row a thing that can be looked up: identity kind,
 *               ecosystem, normalised name
 *   affected    rows of one package stand side by side: the range in words
 *               (ranges) and as the matcher reads it (body, with version keys)
 *   exploited, likelihood   by CVE
 *   party_source, party_list, party_edition, party_count    lists of parties
 *   party       one row a form of a party's row, with the days [since, until)
 *               of the editions that hold it; days since 1970-01-01
 *   party_tie   whose rows name a party as owner, parent, ...
 *   views: readable_affected, readable_cve, readable_party, readable_edition
 *                                               for people with sqlite3
 *
 * Opening reads one page; nothing is checked or built at start-up. The file is
 * mapped, so that a look-up touches the pages of the packages asked for and no
 * others. It is replaced as a whole by an import (know.h): a reader that
 * has it open goes on reading the old one. Not for several threads. */
#ifndef AS_KNOW_KNOW_H
#define AS_KNOW_KNOW_H

#include "base/date.h"
#include "base/err.h"
#include "model/advisory.h"
#include "model/party.h"

enum {
    AS_KNOW_APPLICATION = 0x61737379, /* "assy": application_id */
    AS_KNOW_FORMAT = 2,               /* user_version; also of version keys */
};

typedef struct as_know as_know;

/* Opens the file to read. AS_ERR_NO_INPUT when it is not there: that is no
 * knowledge, not a defect. AS_ERR_UNSUPPORTED when another version of the
 * program made it, AS_ERR_INPUT when it is no knowledge base. */
as_rc as_know_open(as_str path, as_know **ret, as_err *err) AS_MUST_USE;
as_know *as_know_close(as_know *kb); /* takes NULL, returns NULL */

typedef struct as_know_hit {
    int64_t advisory; /* for as_know_advisory */
    bool retracted;   /* the record is withdrawn or rejected */
    as_affected affected;
} as_know_hit;

/* Every row of one thing, in the order of the records' numbers; *n 0 when there
 * is none. kb may be NULL: then nothing is known. ecosystem without release, in
 * OSV's spelling; the name of a package in any form its ecosystem takes for the
 * same; for CPE and name as as_affected has them, the ecosystem empty. All
 * memory is the arena's. */
typedef struct as_know_key {
    as_identity_kind kind;
    as_str ecosystem, name;
} as_know_key;
as_rc as_know_find(as_know *kb, const as_know_key *key, as_arena *arena,
                   as_know_hit **ret, size_t *n, as_err *err) AS_MUST_USE;
/* So many look-ups are to come: where it pays, what the base has no row of is
 * then told without asking it. */
void as_know_expect(as_know *kb, size_t lookups);
/* Is there a feed that means to be complete for this ecosystem (claims.c)? Then
 * a package that it does not name is clean. Everything else speaks for what it
 * names only: no list of CPEs or of names is complete. */
bool as_know_covers(as_know *kb, as_identity_kind kind, as_str ecosystem);
/* The same for one release of a distribution: is_it is shown the releases that
 * such feeds speak of, until it says yes. Costs a scan of the ecosystem when it
 * never does. */
bool as_know_covers_release(as_know *kb, as_str ecosystem,
                            bool (*is_it)(void *ctx, as_str release),
                            void *ctx);

/* The record without its affected entries. */
as_rc as_know_advisory(as_know *kb, int64_t number, as_arena *arena,
                       as_advisory *ret, as_err *err) AS_MUST_USE;
/* The same, read once and kept until the base is closed. */
as_rc as_know_record(as_know *kb, int64_t number, const as_advisory **ret,
                     as_err *err) AS_MUST_USE;
/* The record with this id; else one that has it as alias; among several by the
 * name of the source, copies of the CVE list last. AS_ERR_NO_INPUT when there
 * is none. */
as_rc as_know_advisory_find(as_know *kb, as_str id, as_arena *arena,
                            as_advisory *ret, as_err *err) AS_MUST_USE;
/* All records with this id or alias: their numbers, for explanations. */
as_rc as_know_advisories(as_know *kb, as_str id, as_arena *arena, int64_t **ret,
                         size_t *n, as_err *err) AS_MUST_USE;
/* The affected entries of a record, in its own order. */
as_rc as_know_affected(as_know *kb, int64_t number, as_arena *arena,
                       as_affected **ret, size_t *n, as_err *err) AS_MUST_USE;

/* By CVE, any case. False when nothing is known of it: no list has it, or there
 * is no list (see as_know_sources). Where several sources list it, the
 * catalogue
 * ("kev") speaks, else the earliest. */
bool as_know_exploited(as_know *kb, as_str cve, as_arena *arena,
                       as_exploited *ret);
bool as_know_likelihood(as_know *kb, as_str cve, as_likelihood *ret);

/* The date that the store gives to lists that hold on any day. */
#define AS_KNOW_ANY_DAY "1900-01-01"

typedef struct as_know_source {
    as_str name;     /* "osv/GO", "cve", "kev", "epss", "assay-starter" */
    as_str kind;     /* importer: osv, cve, kev, epss, starter */
    as_str edition;  /* what the feed calls itself; absent too when it holds on
                        any day */
    uint64_t stored; /* records in the base now */
    uint64_t read, refused; /* of the last import that changed it */
    uint64_t rows;          /* look-up rows of its records */
    as_str digest;   /* "sha256-sum:...": the sum of the SHA-256 of its records
                        modulo 2^256, the same whatever their order */
    as_str imported; /* date given at import */
    as_str newest;   /* newest date of a record or of the list, or absent */
} as_know_source;

/* By name. *n 0 without knowledge. */
as_rc as_know_sources(as_know *kb, as_arena *arena, as_know_source **ret,
                      size_t *n, as_err *err) AS_MUST_USE;

/* ---- parties ---------------------------------------------------------------
 *
 * Every import of a list makes an edition and keeps it: what a list said on a
 * day is answered from the edition in force then, the newest one not after it.
 * A row is told apart by list and id; a row that has changed between editions
 * is kept in each of its forms, with the editions that hold it.
 *
 * Beside the imported lists stand the shipped ones (data/parties), small
 * statutory lists and families of companies that are part of the program and in
 * force without any import: where kb may be NULL below, they alone answer. An
 * imported edition of the same list takes a shipped one's place from its date
 * on. Shipped rows have negative numbers.
 *
 * date is YYYY-MM-DD. A list that has no edition on or before a date says
 * nothing for it: the absence of a hit is then "not covered", as it is always
 * in a list that is not complete. */

typedef struct as_know_list {
    as_str name;    /* "us-csl/EL", "us-5949", "family" */
    as_str source;  /* "us-csl"; of a shipped list its name */
    as_str title;   /* for people */
    as_str edition; /* its date, YYYY-MM-DD */
    as_str dated;   /* where that is from: "content", "given", "file" (its own
                       date), "import" (the day of it), "shipped" */
    as_str next;    /* date of the next edition there is, or absent */
    uint64_t rows, names;
    bool complete; /* who is not in it is not on it */
    bool shipped;
} as_know_list;

/* The lists in force on the date, by name. */
as_rc as_know_lists(as_know *kb, as_str date, as_arena *arena,
                    as_know_list **ret, size_t *n, as_err *err) AS_MUST_USE;

typedef struct as_know_edition {
    as_str source, date, dated;
    uint64_t rows, names;   /* stored */
    uint64_t read, refused; /* read = rows + refused + left_out */
    uint64_t left_out;      /* not of the countries that were asked for */
    as_str countries;       /* that were asked for, or absent: all */
    as_str cut;             /* taken by force though cut off: why, or absent */
    as_str digest;          /* "sha256-sum:..." of its rows */
    as_str imported;        /* when */
} as_know_edition;

/* The editions of a source or of a list's source, oldest first; of all with an
 * absent word. Imported ones only. */
as_rc as_know_editions(as_know *kb, as_str source, as_arena *arena,
                       as_know_edition **ret, size_t *n,
                       as_err *err) AS_MUST_USE;

/* A digest of all that is known of parties, shipped and imported, in all
 * editions: an index made of them is stale when it has another. Does not depend
 * on the order of imports. Costs a row an edition. */
as_rc as_know_party_digest(as_know *kb, as_arena *arena, as_str *ret,
                           as_err *err) AS_MUST_USE;

/* The shipped lists as bytes, for the build to put into the program
 * (base/derived.h). */
as_rc as_know_pack_shipped(as_buf *out, as_err *err) AS_MUST_USE;

typedef struct as_know_party {
    int64_t number; /* the same until the file is replaced */
    as_party party;
    as_str source;  /* "us-csl"; of a shipped row its list */
    as_str edition; /* in force on the date asked with; without: absent */
    as_date since;  /* first edition with this form of the row ... */
    as_date until;  /* ... and first one without; AS_DATE_MAX + 1: none */
    /* 32 hexadecimal digits of the row's content: another when it changes. */
    as_str digest;
} as_know_party;

/* Every row in force on the date: of the editions in force, and within the
 * dates the row itself states. Without a date: every form of every row, with
 * its since and until; what an imported edition hides of a shipped list then
 * comes too. Shipped rows come first. A row lives until the visit returns;
 * false stops the walk (AS_OK). Costs a pass over the rows, memory for one. */
typedef bool as_know_party_visit(void *ctx, const as_know_party *p);
as_rc as_know_parties(as_know *kb, as_str date, as_know_party_visit *visit,
                      void *ctx, as_err *err) AS_MUST_USE;

/* Whom is asked for, and when. */
typedef struct as_know_who {
    as_str list, id;
    as_str date; /* YYYY-MM-DD */
} as_know_who;

/* One row by list and id in the edition of the date, whether or not the dates
 * that it states itself hold then (as_know_party_holds): so that an answer can
 * say "was removed on". AS_ERR_NO_INPUT when there is none. */
as_rc as_know_party_find(as_know *kb, const as_know_who *who, as_arena *arena,
                         as_know_party *ret, as_err *err) AS_MUST_USE;
/* One row by number. */
as_rc as_know_party_at(as_know *kb, int64_t number, as_arena *arena,
                       as_know_party *ret, as_err *err) AS_MUST_USE;
/* Do the dates that the row states itself hold on the date? */
bool as_know_party_holds(const as_party *p, as_str date);

/* An edge of the ownership graph, as a row states it: of the party (list, id)
 * it says that the other one (tie.list, tie.id, tie.name) is its owner, parent,
 * subsidiary, ... */
typedef struct as_know_tie {
    as_str list, id, name; /* of the party that has the tie; the name is absent
                              where a register of ties alone has it */
    as_party_tie tie;
    as_str source;
} as_know_tie;

typedef struct as_know_ties {
    as_know_tie *items;
    size_t n;
} as_know_ties;

/* Whether imported rows state any tie at all. Costs nothing. */
bool as_know_has_ties(as_know *kb);

/* Every imported row that states ties, in every form, registers of ties alone
 * included; and every form of one row. Source and edition are absent. A row
 * lives until the visit returns; false stops. */
as_rc as_know_tied(as_know *kb, as_know_party_visit *visit, void *ctx,
                   as_err *err) AS_MUST_USE;
as_rc as_know_forms(as_know *kb, as_str list, as_str id,
                    as_know_party_visit *visit, void *ctx,
                    as_err *err) AS_MUST_USE;

/* What the rows say of the party's own ties; and the ties of others that name
 * it by list and id (with an empty list: by that very name). In the editions of
 * the date; ties that state their own dates are left out where these do not
 * hold. */
as_rc as_know_ties_of(as_know *kb, const as_know_who *who, as_arena *arena,
                      as_know_ties *ret, as_err *err) AS_MUST_USE;
as_rc as_know_ties_to(as_know *kb, const as_know_who *who, as_arena *arena,
                      as_know_ties *ret, as_err *err) AS_MUST_USE;

/* ---- filling ---------------------------------------------------------------
 *
 *   paths ──► files ──worker──► items ──► store ──► knowledge.db
 *
 * Files, folders, archives and standard input; what a file is, its content
 * tells. Hostile bytes are decoded in sandboxed workers, one for a batch of
 * small files, one for each archive or large file, while this process keeps
 * what they send. Nothing is lost silently: for every source read = stored +
 * refused, and every file was read, passed over (with its kind) or failed (with
 * the reason). Of an archive that is broken nothing is stored, whatever was
 * read of it before: it is one file that failed, and the other paths go on.
 *
 * The base is replaced as a whole at the end, or not at all when nothing has
 * changed or something went wrong. Records of feeds that only ever add and
 * correct (OSV, CVE, starter) go in one by one, the newer form of each; lists
 * (KEV, EPSS) replace the list. A source that would end with less than half of
 * its records or look-up rows, and had at least twenty, is refused, and with it
 * the import.
 *
 * A list of parties is an edition beside those that are there, older or newer;
 * one of the same date takes its place. It is refused, and with it the import,
 * when it is cut off, or when it has lost more than 10 % and 20 rows against
 * the edition before it (one of its lists: 10 %, 20 rows and 1 % of the
 * edition). Its date is the content's, else the one given, else the file's own,
 * else the day of the import. */

/* What a download said of itself, to be asked with the next time. */
typedef struct as_import_download {
    as_str name, url, etag, modified;
} as_import_download;

typedef struct as_import_request {
    as_str knowledge;    /* path of knowledge.db; its folder is there */
    const as_str *paths; /* "-": standard input */
    size_t n_paths;
    as_str date;    /* of the import, YYYY-MM-DD */
    as_str edition; /* date of lists whose content has none, or absent */
    /* Alpha-2 with commas between: of registers (GLEIF, OpenSanctions) keep
     * rows of these only; or absent. */
    as_str countries;
    bool force;      /* take a source that shrinks or is cut off */
    bool unconfined; /* no worker: for debuggers only */
    size_t examples; /* of each kind to keep, 0: 20 */
    /* Called now and then; may be NULL. */
    void (*progress)(void *ctx, uint64_t files, uint64_t records);
    void *ctx;
    /* Remembered with the import, unless the path failed as a whole. */
    const as_import_download *downloads; /* of each path, or none */
    size_t n_downloads;
} as_import_request;

typedef struct as_import_example {
    as_str id;             /* of the record, or absent */
    as_str member;         /* file or archive/file */
    as_str path;           /* JSON Pointer, or absent */
    uint64_t line, column; /* 0: unknown */
    as_str reason;
} as_import_example;

typedef struct as_import_examples {
    as_import_example *items; /* the first ones */
    size_t n;
} as_import_examples;

typedef struct as_import_source {
    as_str name, kind;
    uint64_t read;   /* = stored + refused + left_out */
    uint64_t stored; /* = added + changed + unchanged + older */
    uint64_t added, changed, unchanged;
    uint64_t older; /* a newer or fuller form was there and stays */
    uint64_t refused;
    uint64_t removed;     /* of a whole list: no longer in it */
    uint64_t left_out;    /* of a register: not of the countries asked for */
    uint64_t noted;       /* kept records with something not understood */
    uint64_t total, rows; /* records and look-up rows in the base now */
    bool changed_base;
    as_import_examples refusals, notes;
} as_import_source;

typedef struct as_import_kind {
    as_str kind; /* "CSAF document", "licence text" */
    uint64_t n;
    as_str example; /* one file of it */
} as_import_kind;

typedef struct as_import_report {
    as_arena *arena;
    as_import_source *sources;
    size_t n_sources;
    as_import_kind *passed; /* files that no importer reads, most first */
    size_t n_passed;
    uint64_t files; /* met: read + passed over + failed */
    uint64_t read, passed_over, failed;
    as_import_examples failures;
    /* Editions of lists of parties that were not taken, with the reasons; what
     * else came was imported. */
    uint64_t n_editions_refused;
    as_import_examples editions_refused;
    bool changed;      /* the base was replaced */
    as_str unconfined; /* what the kernel lacks for the worker, or absent */
} as_import_report;

/* Imports all paths as one: all or nothing. AS_ERR_NO_INPUT when a path cannot
 * be opened, AS_ERR_INPUT when no record at all was found or a source shrinks,
 * AS_ERR_IO when the base cannot be written. The report is given in any case
 * once the base was open (*ret not NULL): free it. */
as_rc as_import_paths(const as_import_request *q, as_import_report **ret,
                      as_err *err) AS_MUST_USE;
as_import_report *as_import_report_free(as_import_report *r);

/* ---- downloading -----------------------------------------------------------
 *
 * The sources' own bulk files, by libcurl: asked for with what was remembered
 * of the last one (ETag, Last-Modified), gone on with when cut short, kept in
 * the folder "feeds" beside the knowledge base until they are imported. One
 * that fails does not stop the others. */

typedef struct as_feed {
    as_str name; /* "kev", "osv-npm" */
    as_str url;  /* "https://..."; with {tag} and {date}: see about */
    as_str path; /* below a base address: "osv/npm/all.zip" */
    /* An address that redirects to the newest release, or absent; its last part
     * becomes {tag}, the day in it {date}. */
    as_str newest;
    bool standard; /* taken when nothing is named */
    as_str about;
} as_feed;

/* The table, in the order it is worked off. */
const as_feed *as_feeds(size_t *n);

typedef struct as_update_request {
    as_import_request import; /* paths are those of the downloads */
    const as_str *names;      /* of as_feeds; n 0: the standard ones */
    size_t n_names;
    as_str base_url; /* or absent: every file is taken from below it */
    /* name of the feed, bytes so far and in all (0: unknown); may be NULL. */
    void (*progress)(void *ctx, as_str name, uint64_t got, uint64_t total);
    void *ctx;
} as_update_request;

typedef enum as_update_state {
    AS_UPDATE_UNCHANGED = 0, /* the server says so; nothing was loaded */
    AS_UPDATE_LOADED,
    AS_UPDATE_FAILED,
} as_update_state;

typedef struct as_update_item {
    as_str name, url;
    as_update_state state;
    uint64_t bytes;   /* of the file */
    uint64_t resumed; /* of them were there from before */
    as_str reason;    /* why it failed */
} as_update_item;

typedef struct as_update_report {
    as_arena *arena;
    as_update_item *items;
    size_t n_items;
    size_t failed;
    as_import_report *import; /* or NULL: there was nothing new */
} as_update_report;

/* AS_ERR_USAGE for a name that is none; what the import says; AS_ERR_IO when
 * every download failed. The report is given unless the names were wrong. */
as_rc as_update_run(const as_update_request *q, as_update_report **ret,
                    as_err *err) AS_MUST_USE;
as_update_report *as_update_report_free(as_update_report *r);

#endif
