/* SPDX-License-Identifier: Apache-2.0 */
/* What an order is made of: the row of the table, and the writer of keys.
 *
 * A key is a string of tokens. Each token says by its first byte where it
 * stands among everything that may stand at this place in a version:
 *
 *     0x00 .. 0x0F   marks below every number: "ends here", "pre-release" ...
 *     0x10 .. 0xF8   a number
 *     0xF9 .. 0xFE   marks above every number
 *
 * A number is the shortest of: one byte (0x10 + value, below 180); one byte
 * with the count of digits and the digits (0xC4 for three digits); two bytes
 * with the count and the digits (from 0xF4). So numbers of any length compare
 * as numbers, and most versions are as short as their text.
 *
 * Text inside a key holds no byte below 0x20 (as_version_key refuses control
 * characters) and is closed by 0x00, so that "a" stands before "ab". */
#ifndef AS_VERSION_VERSION_INTERNAL_H
#define AS_VERSION_VERSION_INTERNAL_H

#include "version/version.h"

/* The ceiling of the orders that look ahead (maven, semver ...). */
#define AS_VERSION_PARTS 256

typedef struct as_version_out {
    uint8_t *p;
    size_t n, cap;
    bool full; /* sticky: something did not fit */
} as_version_out;

/* Writes the key of v. NULL when it did, else why v is no version of this
 * order: a clause that ends a sentence ("a number must follow the dot"). v has
 * no white space around it, no control character, and is not empty. */
typedef const char *(*as_version_key_fn)(const as_version_scheme *s, as_str v,
                                         as_version_out *o);

struct as_version_scheme {
    as_str name;
    as_str about;
    const as_str *serves;
    size_t n_serves;
    as_version_key_fn key;
    int (*cmp)(as_span a, as_span b);         /* NULL: bytes */
    bool (*comparable)(as_span a, as_span b); /* NULL: always */
    unsigned flags;                           /* the order's own */
    bool inexact;
};

/* Why, in words shared by several orders. */
#define AS_VERSION_TOO_MANY "it has too many parts"

static inline void as_version_put(as_version_out *o, uint8_t byte)
{
    if (o->n < o->cap)
        o->p[o->n++] = byte;
    else
        o->full = true;
}

/* The text, without an end. */
void as_version_put_text(as_version_out *o, as_str s);
/* The text, ASCII folded to lower case, without an end. */
void as_version_put_folded(as_version_out *o, as_str s);
/* A decimal number of any length; leading zeros do not count, no digit is 0.
 * digits must be ASCII digits. */
void as_version_put_number(as_version_out *o, as_str digits);
void as_version_put_small(as_version_out *o, size_t value);
/* Bytes of the number token at the start of p, at most n; 0 when there is
 * none. */
size_t as_version_number_size(const uint8_t *p, size_t n);

/* Cut the longest run from the front of *rest. */
as_str as_version_take_digits(as_str *rest);
as_str as_version_take_letters(as_str *rest); /* ASCII letters */

static inline bool as_version_begins(as_str s, char c)
{
    return s.n > 0 && s.p[0] == c;
}
static inline void as_version_skip(as_str *s, size_t n)
{
    n = n < s->n ? n : s->n;
    *s = as_str_of(s->p + n, s->n - n);
}
static inline bool as_version_digit_first(as_str s)
{
    return s.n > 0 && as_ascii_is_digit(s.p[0]);
}
static inline bool as_version_alpha_first(as_str s)
{
    return s.n > 0 && as_ascii_is_alpha(s.p[0]);
}
bool as_version_all_digits(as_str s); /* and not empty */
bool as_version_is_zero(as_str digits);

/* Dot-separated identifiers as SemVer 2.0.0 clause 11 orders them: numbers by
 * value and below all others, others by ASCII, fewer before more. fold ignores
 * case; int32 reads as a number only what fits 31 bits (NuGet). */
void as_version_put_identifiers(as_version_out *o, as_str s, bool fold,
                                bool int32);

/* Rank of a word that marks a pre-release, 1 (dev) to 7 (rc), or 0 when the
 * word is none. ASCII case is ignored. */
unsigned as_version_pre_rank(as_str word);

/* The orders; each is described in its file. */
const char *as_order_semver(const as_version_scheme *, as_str,
                            as_version_out *);
const char *as_order_pep440(const as_version_scheme *, as_str,
                            as_version_out *);
const char *as_order_maven(const as_version_scheme *, as_str, as_version_out *);
int as_order_maven_cmp(as_span a, as_span b);
const char *as_order_gem(const as_version_scheme *, as_str, as_version_out *);
const char *as_order_composer(const as_version_scheme *, as_str,
                              as_version_out *);
const char *as_order_dpkg(const as_version_scheme *, as_str, as_version_out *);
const char *as_order_rpm(const as_version_scheme *, as_str, as_version_out *);
const char *as_order_apk(const as_version_scheme *, as_str, as_version_out *);
const char *as_order_alpm(const as_version_scheme *, as_str, as_version_out *);
int as_order_alpm_cmp(as_span a, as_span b);
const char *as_order_freebsd(const as_version_scheme *, as_str,
                             as_version_out *);
const char *as_order_portage(const as_version_scheme *, as_str,
                             as_version_out *);
const char *as_order_dotted(const as_version_scheme *, as_str,
                            as_version_out *);
const char *as_order_cpan(const as_version_scheme *, as_str, as_version_out *);
const char *as_order_conan(const as_version_scheme *, as_str, as_version_out *);
const char *as_order_openssl(const as_version_scheme *, as_str,
                             as_version_out *);
const char *as_order_jvm(const as_version_scheme *, as_str, as_version_out *);
const char *as_order_datetime(const as_version_scheme *, as_str,
                              as_version_out *);
const char *as_order_lexicographic(const as_version_scheme *, as_str,
                                   as_version_out *);
const char *as_order_generic(const as_version_scheme *, as_str,
                             as_version_out *);
bool as_order_generic_comparable(as_span a, as_span b);

/* Flags of as_order_semver. */
enum {
    AS_SEMVER_LOOSE = 1,    /* npm: "=v1.2.3beta" */
    AS_SEMVER_BUILD = 2,    /* build metadata orders (Pub, Julia) */
    AS_SEMVER_NUGET = 4,    /* identifiers without case, int32 numbers */
    AS_SEMVER_REVISION = 8, /* Bitnami: "-N" is a rebuild, above the release */
    AS_SEMVER_GO = 16,      /* toolchain names: "go1.21rc2" */
};
/* Flags of as_order_dotted: what may separate numbers, and what may follow. */
enum {
    AS_DOTTED_DASH = 1, /* '-' is a dot */
    AS_DOTTED_TAIL = 2, /* the first other character ends the version */
};
/* Flags of as_order_dpkg. */
enum {
    AS_DPKG_WHOLE = 1, /* neither epoch nor revision (opam) */
};

#endif
