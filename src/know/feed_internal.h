/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds: files of other people's knowledge, read by content.
 *
 *   bytes ──syntax──► JSON, YAML, CSV ──probe──► one importer of the table
 *        ──read──► records, one call of the sink each
 *
 * Pure: bytes in, calls out; no file, no clock. So each importer is fuzzed as
 * it is and runs in a sandboxed worker. A record that cannot be kept is a call
 * too (refused), so that what was read and what came out add up.
 *
 * Inside know/ only (and its tests). */
#ifndef AS_KNOW_FEED_INTERNAL_H
#define AS_KNOW_FEED_INTERNAL_H

#include "base/json.h"
#include "base/limits.h"
#include "model/advisory.h"
#include "model/party.h"

/* What a list of parties says of itself, before its rows. */
typedef struct as_list_head {
    as_str source; /* whose editions these are: "us-csl" */
    as_str list;   /* of the rows: "us-csl/EL", or the source itself */
    as_str title;  /* for people */
    as_str date;   /* of the edition as the content says, or absent */
    /* Who is not in it is not on the list. A register, or a part of a list, is
     * not complete. */
    bool complete;
    /* Its rows stand in several files of one folder: parts with the same list
     * and id make one row. */
    bool joined;
} as_list_head;

typedef enum as_party_part {
    AS_PARTY_WHOLE = 0, /* the row, or the part of it that it cannot lack */
    AS_PARTY_PART,      /* more of a row; nothing without it */
    AS_PARTY_MERGED,    /* the row; others of its id are more of it */
    AS_PARTY_TIES,      /* ties of a row, also of one that is elsewhere; its
                           only name is its id */
    AS_PARTY_PARTS,
} as_party_part;

/* Takes what a feed says. Every function is there; each returns false to stop
 * the reading (the reader then returns AS_OK: the sink knows why). Records live
 * until the call returns. */
typedef struct as_feed_sink {
    void *ctx;
    bool (*advisory)(void *ctx, const as_advisory *v);
    bool (*exploited)(void *ctx, as_str source, const as_exploited *x);
    bool (*likelihood)(void *ctx, as_str source, const as_likelihood *l);
    /* A record that cannot be kept, and why with its place. source names the
     * feed it would have gone to; id may be absent. */
    bool (*refused)(void *ctx, as_str source, as_str id, const as_err *why);
    /* Something in a record that is kept could not be understood. */
    bool (*noted)(void *ctx, as_str source, as_str id, const as_err *what);
    /* What a list says of itself: its edition and its date. */
    bool (*edition)(void *ctx, as_str source, as_str edition, as_str date);
    /* A list of parties begins or, with another list of the same source, goes
     * on; its rows follow. */
    bool (*list)(void *ctx, const as_list_head *h);
    bool (*party)(void *ctx, const as_party *p, as_party_part part);
    /* The list ends too early: a row is cut off, or it has fewer than it says.
     * Its edition is taken by force only. */
    bool (*cut)(void *ctx, const as_err *why);
    as_str encoding; /* that the file was turned into UTF-8 from, where that was
                        a guess; or absent */
} as_feed_sink;

typedef enum as_feed_syntax {
    AS_SYNTAX_TEXT = 0, /* CSV and anything else that is text */
    AS_SYNTAX_JSON,
    AS_SYNTAX_YAML,    /* has a mapping at its top */
    AS_SYNTAX_LINES,   /* JSON values, one a line */
    AS_SYNTAX_RECORDS, /* JSON with one long list, read record by record */
    AS_SYNTAX_BINARY,
} as_feed_syntax;

typedef struct as_feed_input {
    as_span bytes; /* without byte order mark */
    as_feed_syntax syntax;
    as_json json; /* root, when the syntax is JSON */
    as_str name;  /* of the file, or absent: a hint where siblings of one list
                     cannot be told apart by their content */
    bool more;    /* it is a piece of a file, another follows */
} as_feed_input;

/* One row a format. */
typedef struct as_importer {
    as_str name; /* "osv" */
    bool (*probe)(const as_feed_input *in);
    as_rc (*read)(const as_feed_input *in, const as_feed_sink *sink,
                  as_err *err);
} as_importer;

/* Reads one file (below). padded: 64 readable bytes stand behind it.
 *
 * *ret_kind names what it was: an importer's name; or, when no importer reads
 * it, what it is to people ("CSAF advisory", "licence text", "unknown JSON"):
 * then nothing was called and *ret_read is false. A file that is broken before
 * its kind is known is a failure with its place. */
typedef struct as_feed_file {
    as_span bytes;
    bool padded;
    as_str name;
    bool more; /* a piece of it, another follows */
} as_feed_file;
as_rc as_feed_read(const as_feed_file *file, const as_feed_sink *sink,
                   as_str *ret_kind, bool *ret_read, as_err *err) AS_MUST_USE;

/* Text in UTF-16 with its mark, or in Windows-1252 (also ISO 8859-1), as UTF-8
 * in *out, which is empty when the bytes are fine as they are or nothing that
 * is known. *ret_guess names the encoding where no mark says it. */
void as_feed_to_utf8(as_span bytes, as_buf *out, as_str *ret_guess);

/* Registers are larger than what is held in memory at once. bytes are the
 * beginning of such a file, with its header: how many of them may be read as a
 * file of their own; 0: it is none. The first *ret_head of them stand before
 * every piece. */
size_t as_feed_split(as_span bytes, size_t *ret_head);

/* The importers, and by name (NULL: none): for tests and fuzzing. */
const as_importer *as_importer_find(as_str name);

/* ---- the importers ---------------------------------------------------------
 */

extern const as_importer as_osv_importer;
extern const as_importer as_cve_importer;
extern const as_importer as_kev_importer;
extern const as_importer as_epss_importer;
extern const as_importer as_starter_importer;
extern const as_importer as_plain_importer; /* assay-parties/1 */
extern const as_importer as_csl_importer;
extern const as_importer as_ofac_importer;     /* CSV files */
extern const as_importer as_ofac_xml_importer; /* SDN.XML, CONSOLIDATED.XML */
extern const as_importer as_ofac_advanced_importer; /* SDN_ADVANCED.XML */
extern const as_importer as_ofac_enhanced_importer; /* SDN_ENHANCED.XML */
extern const as_importer as_un_importer;
extern const as_importer as_eu_importer;
extern const as_importer as_uk_importer; /* CSV */
extern const as_importer as_uk_xml_importer;
extern const as_importer as_dpl_importer;
extern const as_importer as_gleif_importer; /* levels 1 and 2 */
extern const as_importer as_ftm_importer;   /* OpenSanctions entities */
extern const as_importer as_own_importer;   /* any CSV by its header */

/* What the file is to people when no importer claims it. */
as_str as_feed_kind(const as_feed_input *in);

/* True when a line of the text starts with "key:". Looks at the first MiB. */
bool as_feed_has_key(as_span bytes, as_str key);

/* Where in the file a record's fault stands. */
typedef struct as_feed_place {
    const as_feed_input *in;
    bool yaml;        /* bytes are YAML and the pointer leads into its JSON */
    unsigned located; /* lines looked up so far: each costs a walk */
} as_feed_place;

/* Fills err's place: the pointer, and line and column for the first few. */
void as_feed_locate(as_feed_place *place, as_str pointer, as_err *err);

/* The YAML as a JSON document; numbers stay text. */
as_rc as_feed_yaml(as_span bytes, as_json_doc **ret, as_err *err) AS_MUST_USE;

/* ---- text of records -------------------------------------------------- */

/* The string without control characters (they become spaces) and without
 * space at both ends; cut to at most max bytes at a character's edge. Absent
 * when nothing is left. */
as_str as_feed_text(as_arena *a, as_str s, size_t max);
/* An identifier: 1..128 printable ASCII bytes without space. */
bool as_feed_is_id(as_str s);
/* "CVE-YYYY-N...", any case. */
bool as_feed_is_cve(as_str s);
/* YYYY-MM-DD, month and day in range. */
bool as_feed_is_date(as_str s);
/* The look-up key of a CPE name, 2.3 or 2.2: "part:vendor:product", unquoted
 * and in lower case. Absent when it is no CPE or leaves one of them open. */
as_str as_feed_cpe_key(as_arena *a, as_str cpe);
/* A list that grows in an arena. */
typedef struct as_str_list {
    as_str *items;
    size_t n, cap;
} as_str_list;
/* False when the arena ended. Absent and empty strings are passed over. */
bool as_str_list_add(as_arena *a, as_str_list *l, as_str s);
/* The same, once each. Linear: for short lists. */
bool as_str_list_add_once(as_arena *a, as_str_list *l, as_str s);

#endif
