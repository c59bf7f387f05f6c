/* SPDX-License-Identifier: Apache-2.0 */
/* Version orders of the ecosystems: which of two versions is the older one.
 *
 * A scheme is one order (dpkg, rpm, maven, PEP 440 ...); many ecosystems share
 * one. The only thing a scheme defines is how a version becomes a key, a short
 * byte string: comparing two versions is comparing their keys. So every order
 * is total by construction, and what the knowledge base stores is what the
 * command line compares.
 *
 *     const as_version_scheme *s = as_version_scheme_find(AS_STR("Debian:12"));
 *     int order;
 *     as_version_compare(s, AS_STR("1.0~rc1"), AS_STR("1.0"), &order, &err);
 *
 * Keys. Their order is that of as_str_cmp (bytes, shorter first), except in the
 * two schemes for which as_version_has_key answers false: there the reference
 * implementation itself is no order (see order_maven.c, order_alpm.c), and
 * only as_version_key_cmp gives its answer; bytes give the nearest total order.
 * No key is empty and none begins with 0xFF: the empty string stands below
 * every version and "\xFF" above. Keys of different schemes must not be mixed,
 * and they are no interchange format: they may change with the program.
 *
 * Ceilings: a version has at most AS_LIMIT_VERSION_BYTES bytes, and in the
 * schemes that look ahead at most 256 parts. Nothing is allocated but the
 * caller's buffer; nothing recurses; a key costs one pass, linear. */
#ifndef AS_VERSION_VERSION_H
#define AS_VERSION_VERSION_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

typedef struct as_version_scheme as_version_scheme;

/* The order of an ecosystem, or NULL when it is not known (or known to have
 * none: "git"). Takes OSV ecosystem names, purl types, distribution ids, VERS
 * types and CVE versionType words; ASCII case is folded, white space around it
 * and everything after the first ':' are ignored ("Ubuntu:22.04:LTS"). Names
 * that only wrap another ecosystem ("Root:Alpine:3.19") yield the inner one. */
const as_version_scheme *as_version_scheme_find(as_str ecosystem);

/* "dpkg", "pep440", "generic" ... */
as_str as_version_scheme_name(const as_version_scheme *s);
/* One line for people: what the order is and where it is defined. */
as_str as_version_scheme_about(const as_version_scheme *s);
/* The i-th ecosystem name that finds this scheme; absent past the last. */
as_str as_version_scheme_serves(const as_version_scheme *s, size_t i);
/* False for the generic order, which guesses: a finding that rests on it
 * states a lower confidence. */
bool as_version_scheme_is_exact(const as_version_scheme *s);
/* Whether as_str_cmp over keys is the order; else use as_version_key_cmp. */
bool as_version_has_key(const as_version_scheme *s);
/* All schemes: NULL past the last. */
const as_version_scheme *as_version_scheme_at(size_t i);

/* Sets *ret to -1, 0 or 1 as a is older than, equal to or newer than b.
 * AS_ERR_INPUT names the version that cannot be read and why, AS_ERR_LIMIT the
 * one that passes a ceiling; *ret is untouched then. Malformed versions are
 * ordered wherever the reference implementation orders them; words that stand
 * for no version ("latest", "NOASSERTION", "*") are never read. */
AS_MUST_USE as_rc as_version_compare(const as_version_scheme *s, as_str a,
                                     as_str b, int *ret, as_err *err);
bool as_version_valid(const as_version_scheme *s, as_str v);

/* Appends the key of v to *out. On failure (as above) nothing is appended;
 * AS_ERR_MEMORY when *out could not grow. */
AS_MUST_USE as_rc as_version_key(const as_version_scheme *s, as_str v,
                                 as_buf *out, as_err *err);
/* The order of two keys made by the same scheme: -1, 0 or 1, always the answer
 * of as_version_compare. Bytes that are no key yield some answer, safely. */
int as_version_key_cmp(const as_version_scheme *s, as_span a, as_span b);

/* Whether the order of two keys means anything. False only in the generic
 * scheme, when one version is a date and the other a number, or when each
 * begins with a name of its own ("GenoaPI 1.0" and "MilanPI 1.2"): the order
 * is then arbitrary, and a range of the one says nothing about the other. */
bool as_version_keys_comparable(const as_version_scheme *s, as_span a,
                                as_span b);

#endif
