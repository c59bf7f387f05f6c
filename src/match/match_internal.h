/* SPDX-License-Identifier: Apache-2.0 */
/* Between the steps of matching: identities of a part, one record held against
 * a version, the flaws of a part. */
#ifndef AS_MATCH_MATCH_INTERNAL_H
#define AS_MATCH_MATCH_INTERNAL_H

#include "match/match.h"
#include "model/cpe.h"
#include "version/version.h"

/* CPEs beyond so many are not looked up, and the part is then not clean. */
enum { AS_MATCH_IDENTITIES = 64 };

/* One way a part can be looked up. */
typedef struct as_identity {
    as_identity_kind kind;
    as_str ecosystem, release; /* package; release absent: unknown or none */
    as_str name;               /* normalised, as in as_affected.name */
    as_str version;            /* to compare; absent: the part has none */
    const as_cpe *cpe;         /* of the CPE kind */
    bool needs_release;        /* a distribution: without release no answer */
    bool guessed;              /* we made it up: candidates only */
    bool whole_system;         /* the CPE of a distribution as a whole */
} as_identity;

typedef struct as_identities {
    as_identity items[AS_MATCH_IDENTITIES];
    size_t n;
    bool dropped;    /* there are more */
    as_str why_none; /* reason when n is 0 */
    as_str key;      /* identity of the part without its version, for ids */
} as_identities;

void as_identities_of(const as_part *part, as_arena *arena, as_identities *ret);
/* "npm lodash", "cpe a:openssl:openssl". */
as_str as_identity_text(const as_identity *id, as_arena *arena);

/* A part's version, with its keys in the orders asked so far. */
typedef struct as_version_keys {
    as_str version;
    const as_version_scheme *scheme; /* of the key at hand */
    as_buf key;
    bool valid;
} as_version_keys;

typedef struct as_decision {
    as_truth affected;
    as_confidence confidence;
    /* The entry does not speak of this version at all (commits only, not
     * listed): what another entry of the record says counts alone. */
    bool silent;
    /* The entry is about another release or edition: a "no" that says nothing
     * of this part. */
    bool elsewhere;
    as_str range; /* the comparator that decided */
    as_str order;
    as_str note;    /* why, in words */
    as_str missing; /* the fact that would decide, when unknown */
} as_decision;

/* The CPEs of the product by device (condition.c). Cheap to make: the work is
 * done when first asked. */
typedef struct as_devices as_devices;
as_devices *as_devices_new(const as_product *p);
as_devices *as_devices_free(as_devices *d);
/* Does some part of the same device have a CPE the condition covers? Unsure
 * when nothing of that vendor and product is there. */
as_truth as_devices_have(as_devices *d, as_str cpe, uint32_t part);
/* Are two parts in one device, or in devices that hold the same CPEs? Then
 * every condition holds for both or for neither. */
bool as_devices_alike(as_devices *d, uint32_t one, uint32_t other);

/* What the entry says of the identity's version. devices and part are there for
 * conditions (what else must be present), keys is scratch of the caller. */
as_decision as_evaluate(const as_affected *e, const as_identity *id,
                        as_devices *devices, uint32_t part,
                        as_version_keys *keys, as_arena *arena);

/* Is an advisory's release the part's? Unsure when one of them states none. */
as_truth as_match_release_agrees(as_str ecosystem, as_str advisory,
                                 as_str part);
/* "a:openssl:openssl", unquoted and in lower case; absent when part, vendor or
 * product is no plain value. */
as_str as_match_cpe_key(const as_cpe *c, as_arena *arena);
/* Version and update as one text ("8.0-beta"); absent when it has none. */
as_str as_match_cpe_version(const as_cpe *c, as_arena *arena);
/* Do edition, language, target... agree? Unsure when the entry states one and
 * the part leaves it open; *ret_which then names it. */
as_truth as_match_cpe_agrees(const as_cpe *entry, const as_cpe *part,
                             as_str *ret_which);
/* Does the part meet a condition ("running on")? No when it is that product and
 * differs; unsure when it may, or is another. */
as_truth as_match_cpe_meets(const as_cpe *condition, const as_cpe *part);
/* Version and update of an entry that names one version, against the part's:
 * an entry that leaves the update open means every update. False: the names do
 * not tell. */
bool as_match_cpe_version_agrees(const as_cpe *entry, const as_cpe *part,
                                 as_truth *ret);

#endif
