/* SPDX-License-Identifier: Apache-2.0 */
/* Knowledge in one form, whatever feed it came from: an advisory says which
 * versions of which things have a flaw.
 *
 * An importer turns a record into as_advisory; the knowledge base keeps it; the
 * matcher asks it. Range semantics of every source are brought to one form at
 * import: intervals of versions, each with a status (notes, section 5). */
#ifndef AS_MODEL_ADVISORY_H
#define AS_MODEL_ADVISORY_H

#include "base/arena.h"
#include "base/buf.h"

typedef enum as_range_status {
    AS_RANGE_UNKNOWN = 0, /* the record does not say: an answer, not a pass */
    AS_RANGE_AFFECTED,
    AS_RANGE_UNAFFECTED,
} as_range_status;

/* Versions from..to. Absent from: from the start. Absent to: no end. */
typedef struct as_interval {
    as_range_status status;
    bool from_excluded;       /* (from instead of [from */
    bool to_included;         /* to] instead of to) */
    as_str from, to;          /* as the record writes them */
    as_span from_key, to_key; /* in the order of the entry (version/version.h);
                                 empty when the order has no keys or the text
                                 is none of its versions */
} as_interval;

/* How the thing is named, most trusted first. */
typedef enum as_identity_kind {
    AS_IDENTITY_PACKAGE, /* ecosystem + name */
    AS_IDENTITY_CPE,     /* part:vendor:product */
    AS_IDENTITY_NAME,    /* vendor + product, free text */
} as_identity_kind;

/* Another thing that must be there too ("running on"): of the CPE form. Those
 * of one group are alternatives; of every group one must hold. */
typedef struct as_condition {
    as_str cpe;
    uint32_t group;
} as_condition;

typedef struct as_affected {
    as_identity_kind identity;
    as_str ecosystem; /* OSV's word without release: "npm", "Debian" */
    as_str release;   /* "12", "22.04:LTS", "v3.19"; absent: any */
    as_str name;      /* package, normalised as its ecosystem does; for a CPE
                         "a:openssl:openssl" (unquoted, lower case); for a name
                         "vendor/product", folded (as_identity_fold) */
    as_str cpe;       /* whole formatted string when there is one */
    as_str vendor, product; /* as written */
    as_str order;           /* name of the version order */
    bool order_stated;      /* the record names it; else it was chosen */
    as_range_status default_status; /* of a version that no interval holds */
    as_interval *intervals;         /* the first that holds a version decides */
    size_t n_intervals;
    as_str *versions; /* affected beside the intervals, exact text */
    size_t n_versions;
    as_str *fixed_in;
    size_t n_fixed_in;
    as_str *prose; /* range text no grammar reads: undecided */
    size_t n_prose;
    as_condition *conditions; /* of each group one must hold */
    size_t n_conditions;
    as_str *narrow; /* platforms, modules, program files, symbols */
    size_t n_narrow;
    bool commits_only;     /* only GIT ranges: needs a commit */
    bool no_version_bound; /* says "all versions" without any bound */
} as_affected;

typedef struct as_advisory {
    as_str id;
    as_str source;   /* short name of the feed: "osv", "cve", ... */
    as_str *aliases; /* of the same flaw */
    size_t n_aliases;
    as_str *upstream; /* flaws it is about without being one of them: the CVEs
                         of a distribution's notice. For exploited lists and
                         scores; not to join records */
    size_t n_upstream;
    as_str section; /* tells records of one id in one source apart; absent in
                       sources whose ids are unique */
    as_str published, modified, withdrawn; /* RFC 3339 as written, or absent */
    bool rejected;
    as_str title;    /* at most 200 bytes, for the user's own database */
    as_str *vectors; /* CVSS, best version first */
    size_t n_vectors;
    as_str severity; /* a word where no vector is given: "HIGH" */
    as_str *cwes;
    size_t n_cwes;
    as_str url;
    as_str exploitation; /* SSVC of CISA: none, poc, active; or absent */
    as_str
        kind; /* vulnerability (or absent), unmaintained, malicious, notice */
    as_affected *affected;
    size_t n_affected;
} as_advisory;

/* Listed as exploited (CISA KEV). */
typedef struct as_exploited {
    as_str id;         /* CVE */
    as_str added, due; /* dates */
    as_str vendor, product, name;
    bool ransomware;
} as_exploited;

/* EPSS. */
typedef struct as_likelihood {
    as_str id; /* CVE */
    double score, percentile;
} as_likelihood;

/* Folds a vendor or product name for look-up: lower case, runs of other than
 * letters and digits become one '_' , none at the ends. */
as_str as_identity_fold(as_arena *a, as_str s);

/* As bytes, for the knowledge base and between processes; and back, checked.
 * Decoded strings point into the input. */
void as_affected_encode(const as_affected *e, as_buf *out);
bool as_affected_decode(as_span in, as_arena *a, as_affected *ret) AS_MUST_USE;
void as_advisory_encode(const as_advisory *v, as_buf *out);
bool as_advisory_decode(as_span in, as_arena *a, as_advisory *ret) AS_MUST_USE;
void as_exploited_encode(const as_exploited *x, as_buf *out);
bool as_exploited_decode(as_span in, as_exploited *ret) AS_MUST_USE;
void as_likelihood_encode(const as_likelihood *l, as_buf *out);
bool as_likelihood_decode(as_span in, as_likelihood *ret) AS_MUST_USE;
/* ">=1.0.1 <1.0.1g, =2.0": for people. At most about 1 KiB: what is left out
 * is counted. */
void as_affected_describe(const as_affected *e, as_buf *out);

#endif
