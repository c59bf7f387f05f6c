/* SPDX-License-Identifier: Apache-2.0 */
/* Package URLs (purl; Ecma-427 and the type definitions of purl-spec).
 *
 *     pkg:type/namespace/name@version?qualifiers#subpath
 *
 * A purl is read into its components, decoded and in the normal form of its
 * type, and written in the canonical form. Three ways in:
 *
 *   as_purl_read          strict: what the standard or the definition of the
 *                         type forbids is refused, with the column
 *   as_purl_read_lenient  for documents from outside: what leaves no doubt
 *                         about the identity is forgiven and recorded in
 *                         .defects
 *   as_purl_build         from components; strict, keys are folded
 *
 * Decisions where the standard leaves room, or real documents need it:
 * - Scheme and type in any case. Slashes behind "pkg:" are passed over.
 * - Keys of qualifiers: lower case. The standard's own keys (repository_url,
 *   download_url, vcs_url, file_name, checksum, vers) are folded in any case,
 *   others in upper case are refused by the strict reader. Pairs with an empty
 *   value do not exist. Keys are kept sorted by their bytes.
 * - The first '?' begins the qualifiers, so that a value may hold a raw one;
 *   the last '#' begins the subpath.
 * - The last '@' begins the version, but not one that begins a segment with
 *   another behind it: "pkg:npm/@scope/name" has a namespace.
 * - "%" without two hex digits, and bytes that are no UTF-8 when decoded:
 * refused or, leniently, kept as written. A decoded NUL and control characters
 * in the text are always refused. Raw spaces and raw non-ASCII are read.
 * - Case folding is that of ASCII.
 * - golang keeps its case: the type's rules contradict each other, and Go's
 *   module paths are case-sensitive.
 * - git: the namespace is the host, the name is the whole path, its slashes
 *   unencoded; folded where the host is known to ignore case.
 * - A type that is not in the table has no rules of its own.
 *
 * Ceiling: AS_LIMIT_PURL_BYTES of text (AS_ERR_LIMIT). */
#ifndef AS_MODEL_PURL_H
#define AS_MODEL_PURL_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json_write.h"

typedef enum as_purl_defect {
    AS_PURL_KEY_CASE = 1 << 0,    /* a key is not in lower case; folded */
    AS_PURL_KEY_FORM = 1 << 1,    /* a key with other characters; dropped */
    AS_PURL_KEY_TWICE = 1 << 2,   /* a key stands twice; the first is kept */
    AS_PURL_KEY_MISSING = 1 << 3, /* the type requires a qualifier */
    AS_PURL_ENCODING = 1 << 4,    /* percent-encoding; kept as written */
    AS_PURL_SEGMENT = 1 << 5,     /* an encoded slash inside a segment */
    AS_PURL_NAMESPACE_MISSING = 1 << 6,
    AS_PURL_NAMESPACE_PROHIBITED = 1 << 7, /* kept */
    AS_PURL_NAMESPACE_FORM = 1 << 8,
    AS_PURL_NAME_FORM = 1 << 9,
    AS_PURL_VERSION_FORM = 1 << 10,
} as_purl_defect;

typedef struct as_purl_qualifier {
    as_str key, value;
} as_purl_qualifier;

/* What is not there is absent. Everything lies in the arena it was read into.
 * A namespace of several segments holds '/' between them. */
typedef struct as_purl {
    as_str type, namespace_, name, version, subpath;
    as_purl_qualifier *qualifiers; /* sorted by key, each key once */
    size_t n_qualifiers;
    unsigned defects; /* as_purl_defect bits; 0 from the strict ways in */
} as_purl;

/* On failure *ret is untouched; err holds the column (from 1, in bytes).
 * AS_ERR_INPUT, AS_ERR_LIMIT, AS_ERR_MEMORY (the arena's ceiling too). */
as_rc as_purl_read(as_str text, as_arena *arena, as_purl *ret,
                   as_err *err) AS_MUST_USE;
/* Also trims white space. Refuses only what has no scheme, type or name, or
 * holds a NUL or control characters. */
as_rc as_purl_read_lenient(as_str text, as_arena *arena, as_purl *ret,
                           as_err *err) AS_MUST_USE;
/* parts: components as a caller has them, not encoded, not normalised, absent
 * or empty where there is none; its defects are not looked at. Slashes at both
 * ends of namespace and name are stripped, empty, "." and ".." segments of the
 * subpath are dropped. There is no column. */
as_rc as_purl_build(const as_purl *parts, as_arena *arena, as_purl *ret,
                    as_err *err) AS_MUST_USE;
/* The canonical text of a purl that one of the above made. */
void as_purl_write(const as_purl *p, as_buf *out);
/* The value, or absent. */
as_str as_purl_qualifier_get(const as_purl *p, as_str key);
/* "key-case" ..., for one bit; and a clause that says it. */
as_str as_purl_defect_word(as_purl_defect d);
as_str as_purl_defect_text(as_purl_defect d);
/* {"type", "namespace", "name", "version", "qualifiers": {...}, "subpath":
 *  null where there is none, "canonical", "valid": no defects,
 *  "defects": ["key-case", ...]} */
void as_purl_to_json(const as_purl *p, as_json_writer *w);

/* --- what advisories call it (purl_ecosystem.c) --- */

typedef enum as_purl_scope {
    AS_PURL_NO_ECOSYSTEM = 0, /* no advisories go by this type's names */
    AS_PURL_REGISTRY,         /* npm, Wolfi: there are no releases */
    AS_PURL_RELEASE_KNOWN,    /* "Debian:12" */
    AS_PURL_RELEASE_UNKNOWN,  /* "Debian": which one cannot be told */
} as_purl_scope;

/* The ecosystem in the words of the OSV schema, with the release where it can
 * be told, and the package's name there. Neither is set without an ecosystem,
 * or when the arena ends.
 *
 * Of a distribution's package, the qualifier distro= decides before the
 * namespace; the release comes from distro=, else from the marker that the
 * distribution puts into its versions ("+deb12u1", "ubuntu0.22.04.1", ".el9",
 * ".fc39", ".mga9", ".oe2203sp3", "lp155"...). Spellings understood: debian-12,
 * debian-12.13, bookworm; ubuntu-22.04, jammy; rhel-9.4, el9; alpine-3.19.1 ...
 * The name is that of the package; advisories mostly go by its source package:
 * see as_purl_source.
 *   Red Hat      "Red Hat:enterprise_linux:9": the advisories' words go on
 *                ("...:9::appstream"); CentOS (not Stream) is given so too, as
 *                it has rebuilt Red Hat's packages and advisories
 *   SUSE         "SUSE:Linux Enterprise Server 15 SP5", "openSUSE:Leap 15.6"
 *   Amazon Linux, Oracle Linux, Fedora, Arch Linux, CocoaPods, Homebrew are
 *                not in OSV; they are named all the same, for other sources
 * PyPI names are in the form of PEP 503; npm scopes begin with '@'; Go's
 * standard library is "stdlib"; others are as the purl has them. */
as_purl_scope as_purl_ecosystem(const as_purl *p, as_arena *arena,
                                as_str *ret_ecosystem, as_str *ret_name);
/* The source package that a distribution's package was built from, as stated
 * by upstream=, source= or sourcerpm= ("openssl", "openssl@3.0.8-r3",
 * "openssl-3.0.7-1.el9.src.rpm"), or itself when it is one (arch=source, src);
 * *ret_version is absent when it is not stated. False when nothing says. */
bool as_purl_source(const as_purl *p, as_arena *arena, as_str *ret_name,
                    as_str *ret_version);
/* The version as its ecosystem compares it: with the epoch that rpm's and
 * other purls hold as a qualifier ("1:4.22.10-1.el6"). Absent when there is
 * none or the arena ends. */
as_str as_purl_full_version(const as_purl *p, as_arena *arena);

#endif
