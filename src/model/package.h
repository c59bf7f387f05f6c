/* SPDX-License-Identifier: Apache-2.0 */
/* Package ecosystems: their words and how each compares names.
 *
 * The words are those of the OSV schema (ossf.github.io/osv-schema, "Defined
 * ecosystems"), without release. One table serves both sides of a look-up: the
 * importers of knowledge and the reader of purls. */
#ifndef AS_MODEL_PACKAGE_H
#define AS_MODEL_PACKAGE_H

#include "base/arena.h"

typedef enum as_ecosystem_kind {
    AS_ECOSYSTEM_LANGUAGE = 0, /* a registry: the name alone decides */
    AS_ECOSYSTEM_DISTRIBUTION, /* of an operating system: the release counts */
    AS_ECOSYSTEM_PROJECT,      /* names of projects, not of packages */
} as_ecosystem_kind;

typedef struct as_ecosystem {
    as_str word; /* "PyPI" */
    as_ecosystem_kind kind;
    as_str (*fold)(as_str name, as_arena *a); /* NULL: names are exact */
} as_ecosystem;

/* By its word in any case, a release behind ':' passed over ("debian:12");
 * NULL when it is none we know. */
const as_ecosystem *as_ecosystem_find(as_str word);

/* Splits "Debian:12" into "Debian" (in OSV's spelling when known) and "12". The
 * release is absent when there is none; that of a language's registry (an
 * address of another registry) is given as well. */
void as_ecosystem_split(as_str text, as_str *ecosystem, as_str *release);

/* The name as its ecosystem compares it: two names of one package become equal
 * bytes. The name itself when there is nothing to change (or no such
 * ecosystem); else a copy in the arena; absent when the arena ends.
 *
 *   PyPI             lower case, runs of - _ . become one - (PEP 503)
 *   crates.io        lower case, _ becomes -
 *   Go               lower case: purl knows no other (purl-spec, type golang)
 *   NuGet, Packagist, Hex, Pub, Bitnami, GitHub Actions, SwiftURL, Debian,
 *   Ubuntu, Alpine and the like: lower case
 *   SwiftURL         also without scheme and ".git"
 *   others           exact */
as_str as_package_name_normalise(as_str ecosystem, as_str name, as_arena *a);

#endif
