/* SPDX-License-Identifier: Apache-2.0 */
/* One entry of a record held against one version: yes, no or unknown, with the
 * comparator that decided. The semantics of the sources were brought to one
 * form at import (model/advisory.h); here are the intervals.
 *
 * An entry whose record does not speak of the version is unknown, not "no",
 * with one exception: a version at or beyond every stated end lies after the
 * fix, and that is how such records are meant. */
#include "match/match_internal.h"

#include "base/limits.h"

#include <string.h>

/* ---- comparing --------------------------------------------------------- */

/* Makes the part's key in this order, once. */
static bool use_scheme(as_version_keys *k, const as_version_scheme *scheme)
{
    if (k->scheme == scheme)
        return k->valid;
    k->scheme = scheme;
    as_buf_clear(&k->key);
    k->valid = as_version_key(scheme, k->version, &k->key, NULL) == AS_OK &&
               !as_buf_failed(&k->key);
    return k->valid;
}

/* The part's version against a bound: *ret <0, 0, >0. False: cannot tell. */
static bool compare_bound(const as_version_keys *k, as_span key, int *ret)
{
    as_span mine = as_buf_span(&k->key);

    if (key.n == 0 || !k->valid)
        return false;
    if (!as_version_keys_comparable(k->scheme, mine, key))
        return false;
    *ret = as_version_key_cmp(k->scheme, mine, key);
    return true;
}

static bool has_epoch(as_str version)
{
    size_t colon = as_str_find(version, ':');
    uint64_t epoch;

    return colon < version.n &&
           as_str_u64(as_str_slice(version, 0, colon), &epoch);
}

/* A bill of materials often drops an rpm's epoch: then the advisory's own is
 * taken for it (notes, section 6). */
static bool compare_epoch(const as_version_keys *k, as_str bound, int *ret)
{
    size_t colon = as_str_find(bound, ':');
    char text[AS_LIMIT_VERSION_BYTES];

    if (!as_str_eq(as_version_scheme_name(k->scheme), AS_STR("rpm")) ||
        has_epoch(k->version) || !has_epoch(bound) ||
        colon + 1 + k->version.n > sizeof text)
        return false;
    memcpy(text, bound.p, colon + 1);
    memcpy(text + colon + 1, k->version.p, k->version.n);
    return as_version_compare(k->scheme,
                              as_str_of(text, colon + 1 + k->version.n), bound,
                              ret, NULL) == AS_OK;
}

static as_truth below(as_version_keys *k, const as_interval *i)
{
    int order;

    if (as_str_is_absent(i->to))
        return AS_YES;
    if (!compare_epoch(k, i->to, &order) &&
        !compare_bound(k, i->to_key, &order))
        return AS_UNSURE;
    return order < 0 || (order == 0 && i->to_included) ? AS_YES : AS_NO;
}

static as_truth above(as_version_keys *k, const as_interval *i)
{
    int order;

    if (as_str_is_absent(i->from))
        return AS_YES;
    if (!compare_epoch(k, i->from, &order) &&
        !compare_bound(k, i->from_key, &order))
        return AS_UNSURE;
    return order > 0 || (order == 0 && !i->from_excluded) ? AS_YES : AS_NO;
}

/* ---- words ------------------------------------------------------------- */

static as_str interval_text(const as_interval *i, as_arena *arena)
{
    bool one = as_str_eq(i->from, i->to) && i->to_included;
    as_str below = i->to_included ? AS_STR("<= ") : AS_STR("< ");
    as_str above = i->from_excluded ? AS_STR("> ") : AS_STR(">= ");

    if (one && !as_str_is_absent(i->from))
        return AS_JOIN(arena, AS_STR("= "), i->from);
    if (as_str_is_absent(i->from) && as_str_is_absent(i->to))
        return AS_STR("every version");
    if (as_str_is_absent(i->from))
        return AS_JOIN(arena, below, i->to);
    if (as_str_is_absent(i->to))
        return AS_JOIN(arena, above, i->from);
    return AS_JOIN(arena, above, i->from, AS_STR(", "), below, i->to);
}

/* ---- deciding ---------------------------------------------------------- */

static as_decision unsure(as_str missing, as_str note)
{
    return (as_decision){.affected = AS_UNSURE,
                         .confidence = AS_CONFIDENCE_MEDIUM,
                         .missing = missing,
                         .note = note};
}

/* Is the version in the list of exact ones? */
static bool is_listed(const as_affected *e, as_version_keys *k)
{
    int order;

    for (size_t i = 0; i < e->n_versions; i++)
        if (as_str_eq(e->versions[i], k->version))
            return true;
    for (size_t i = 0; i < e->n_versions; i++)
        if (k->valid &&
            as_version_compare(k->scheme, k->version, e->versions[i], &order,
                               NULL) == AS_OK &&
            order == 0)
            return true;
    return false;
}

/* At or beyond the end of every interval that says affected? */
static bool is_beyond(const as_affected *e, as_version_keys *k)
{
    for (size_t i = 0; i < e->n_intervals; i++) {
        const as_interval *in = &e->intervals[i];
        if (in->status == AS_RANGE_AFFECTED &&
            (as_str_is_absent(in->to) || in->to_included ||
             below(k, in) != AS_NO))
            return false;
    }
    return e->n_intervals > 0;
}

static as_decision by_status(const as_affected *e, as_range_status status,
                             as_str range)
{
    as_decision d = {
        .affected = AS_NO, .confidence = AS_CONFIDENCE_HIGH, .range = range};

    if (status == AS_RANGE_AFFECTED) {
        d.affected = AS_YES;
        d.note = AS_STR("the version lies in an affected range");
        if (e->no_version_bound) {
            d.confidence = AS_CONFIDENCE_LOW;
            d.note = AS_STR("the record names no version: it may mean all, or "
                            "none was looked at");
        }
        return d;
    }
    if (status == AS_RANGE_UNAFFECTED) {
        d.note = AS_STR("the record says this range is not affected");
        return d;
    }
    d.affected = AS_UNSURE;
    d.missing = AS_STR("whether this version is affected: the record says "
                       "\"unknown\"");
    d.note = AS_STR("the record does not say whether this version is "
                    "affected");
    return d;
}

/* No interval holds the version. */
static as_decision by_default(const as_affected *e, as_version_keys *k)
{
    as_decision d = by_status(e, e->default_status, AS_STR("default status"));

    if (e->default_status != AS_RANGE_UNKNOWN && !e->no_version_bound)
        d.note = e->default_status == AS_RANGE_AFFECTED
                     ? AS_STR("no range holds the version, and the record says "
                              "that all others are affected")
                     : AS_STR("no range holds the version, and the record says "
                              "that all others are not affected");

    if (e->n_prose && d.affected != AS_YES)
        return unsure(AS_STR("the affected range, which the record gives as "
                             "prose"),
                      e->prose[0]);
    if (e->default_status != AS_RANGE_UNKNOWN)
        return d;
    if (is_beyond(e, k)) {
        d.affected = AS_NO;
        d.missing = AS_ABSENT;
        d.confidence = AS_CONFIDENCE_MEDIUM;
        d.note = AS_STR("the version is at or beyond the end of every affected "
                        "range");
        return d;
    }
    d.confidence = AS_CONFIDENCE_LOW;
    d.silent = true;
    return d;
}

static as_decision only_commits(void)
{
    as_decision d = unsure(AS_STR("the commit it was built from"),
                           AS_STR("the record gives commits only"));

    d.silent = true;
    return d;
}

static as_decision cannot_compare(void)
{
    return unsure(AS_STR("a version that can be compared"),
                  AS_STR("version and range are not both versions of this "
                         "order"));
}

/* The first interval that holds the version decides; one before it that may
 * hold it and says something else leaves it open. */
static as_decision by_intervals(const as_affected *e, as_version_keys *k,
                                as_arena *arena)
{
    const as_interval *doubtful = NULL;

    for (size_t i = 0; i < e->n_intervals; i++) {
        const as_interval *in = &e->intervals[i];
        as_truth t = as_truth_and(above(k, in), below(k, in));
        if (doubtful && doubtful->status != in->status && t != AS_NO)
            return cannot_compare();
        if (t == AS_YES)
            return by_status(e, in->status, interval_text(in, arena));
        if (t == AS_UNSURE)
            doubtful = in;
    }
    if (doubtful)
        return cannot_compare();
    if (e->n_intervals == 0 && e->n_versions == 0 && e->commits_only)
        return only_commits();
    return by_default(e, k);
}

/* The version order of the entry and what it does to confidence. */
static const as_version_scheme *scheme_of(const as_affected *e)
{
    const as_version_scheme *s = NULL;

    if (!as_str_is_empty(e->order))
        s = as_version_scheme_find(e->order);
    if (!s && !as_str_is_empty(e->ecosystem))
        s = as_version_scheme_find(e->ecosystem);
    return s ? s : as_version_scheme_find(AS_STR("generic"));
}

static as_confidence least(as_confidence a, as_confidence b)
{
    return a < b ? a : b;
}

static as_confidence confidence_of(const as_affected *e, const as_identity *id,
                                   const as_version_scheme *scheme,
                                   const as_decision *d)
{
    as_confidence c = d->confidence;

    if (e->identity == AS_IDENTITY_NAME || id->whole_system || id->guessed)
        return AS_CONFIDENCE_LOW;
    if (e->identity == AS_IDENTITY_CPE)
        c = least(c, AS_CONFIDENCE_MEDIUM);
    if (!as_version_scheme_is_exact(scheme))
        c = least(c, AS_CONFIDENCE_MEDIUM);
    return c;
}

/* ---- conditions: what else must be there ------------------------------- */

/* Alternatives of one group are ORed, starting at condition i; *next is the
 * first of the following group. */
static as_truth group_holds(const as_affected *e, size_t i, size_t *next,
                            as_devices *devices, uint32_t part)
{
    as_truth t = AS_NO;
    uint32_t group = e->conditions[i].group;

    for (; i < e->n_conditions && e->conditions[i].group == group; i++)
        if (t != AS_YES)
            t = as_truth_or(
                t, as_devices_have(devices, e->conditions[i].cpe, part));
    *next = i;
    return t;
}

static void apply_conditions(const as_affected *e, as_devices *devices,
                             uint32_t part, as_arena *arena, as_decision *d)
{
    size_t next;

    for (size_t i = 0; i < e->n_conditions && d->affected != AS_NO; i = next) {
        as_truth t = group_holds(e, i, &next, devices, part);
        d->affected = as_truth_and(d->affected, t);
        if (t == AS_NO)
            d->note =
                as_arena_printf(arena, "it needs %.*s, which differs here",
                                AS_FMT(e->conditions[i].cpe));
        if (t == AS_UNSURE)
            d->missing = as_arena_printf(arena, "whether it runs on %.*s",
                                         AS_FMT(e->conditions[i].cpe));
    }
}

/* ---- the whole --------------------------------------------------------- */

/* Whatever the version is. */
static bool holds_all(const as_affected *e)
{
    return e->n_intervals > 0 && e->intervals[0].status == AS_RANGE_AFFECTED &&
           as_str_is_absent(e->intervals[0].from) &&
           as_str_is_absent(e->intervals[0].to);
}

static as_decision by_listing(const as_affected *e, as_str version,
                              as_arena *arena)
{
    return by_status(
        e, AS_RANGE_AFFECTED,
        AS_JOIN(arena, AS_STR("= "), version, AS_STR(" (listed)")));
}

static as_decision without_version(const as_affected *e, as_str missing,
                                   as_str note)
{
    return holds_all(e)
               ? by_status(e, AS_RANGE_AFFECTED, AS_STR("every version"))
               : unsure(missing, note);
}

/* entry is the CPE of the entry, or NULL. */
static as_decision decide_version(const as_affected *e, const as_cpe *entry,
                                  const as_identity *id, as_version_keys *keys,
                                  const as_version_scheme *scheme,
                                  as_arena *arena)
{
    as_truth t;
    bool valid;

    if (as_str_is_empty(id->version))
        return without_version(e, AS_STR("the version of the part"),
                               AS_STR("the part has no version"));
    valid = use_scheme(keys, scheme);
    if (is_listed(e, keys))
        return by_listing(e, id->version, arena);
    if (entry && e->n_versions &&
        as_match_cpe_version_agrees(entry, id->cpe, &t))
        return t == AS_YES
                   ? by_listing(e, id->version, arena)
                   : unsure(AS_STR("the update of the part"),
                            AS_STR("the record is about one update of this "
                                   "version, and the part's CPE states none"));
    if (valid)
        return by_intervals(e, keys, arena);
    return without_version(
        e, AS_STR("a version that can be compared"),
        as_arena_printf(arena, "\"%.*s\" is no version of the order %.*s",
                        AS_FMT(as_str_slice(id->version, 0, 80)),
                        AS_FMT(as_version_scheme_name(scheme))));
}

/* "15 SP5" of "Linux Enterprise Module for Basesystem 15 SP5", "15 SP4" of
 * "Linux Enterprise Server 15 SP4-LTSS"; empty for others. */
static as_str service_pack_of(as_str release)
{
    size_t at = 0;

    if (!as_str_starts(release, AS_STR("Linux Enterprise ")))
        return AS_STR("");
    while (at < release.n && !as_ascii_is_digit(release.p[at]))
        at++;
    release = as_str_slice(release, at, release.n);
    return as_str_slice(release, 0, as_str_find(release, '-'));
}

as_truth as_match_release_agrees(as_str ecosystem, as_str advisory, as_str part)
{
    if (as_str_is_empty(advisory) || as_str_is_empty(part))
        return AS_UNSURE;
    if (as_str_eq(advisory, part))
        return AS_YES;
    /* An advisory may go on where the part stops: "enterprise_linux:9" and
     * "enterprise_linux:9::appstream". */
    if (as_str_starts(advisory, part) && advisory.p[part.n] == ':')
        return AS_YES;
    /* SUSE's advisories name the module that a package comes from; one service
     * pack has one build of it. */
    return as_str_eq(ecosystem, AS_STR("SUSE")) &&
                   !as_str_is_empty(service_pack_of(part)) &&
                   as_str_eq(service_pack_of(advisory), service_pack_of(part))
               ? AS_YES
               : AS_NO;
}

/* Another registry, or a distribution's release. */
static as_truth release_agrees(const as_affected *e, const as_identity *id)
{
    if (as_str_is_empty(e->release) && !id->needs_release)
        return AS_YES;
    return as_match_release_agrees(e->ecosystem, e->release, id->release);
}

/* The CPE of the entry, where the part has one to hold it against. */
static const as_cpe *cpe_of(const as_affected *e, const as_identity *id,
                            as_arena *arena, as_cpe *room)
{
    if (e->identity != AS_IDENTITY_CPE || !id->cpe || as_str_is_empty(e->cpe) ||
        as_cpe_read(e->cpe, arena, room, NULL) != AS_OK)
        return NULL;
    return room;
}

static as_decision another(as_str what)
{
    return (as_decision){.affected = AS_NO,
                         .confidence = AS_CONFIDENCE_HIGH,
                         .elsewhere = true,
                         .note = what};
}

as_decision as_evaluate(const as_affected *e, const as_identity *id,
                        as_devices *devices, uint32_t part,
                        as_version_keys *keys, as_arena *arena)
{
    const as_version_scheme *scheme = scheme_of(e);
    as_truth release = release_agrees(e, id);
    as_cpe room;
    const as_cpe *entry = cpe_of(e, id, arena, &room);
    as_str which = AS_ABSENT;
    /* Version and update are compared as versions. */
    as_truth agrees =
        entry ? as_match_cpe_agrees(entry, id->cpe, &which) : AS_YES;
    as_decision d;

    if (release == AS_NO)
        return another(AS_STR("it is about another release"));
    if (agrees == AS_NO)
        return another(
            as_arena_printf(arena, "it is about another %.*s", AS_FMT(which)));
    d = decide_version(e, entry, id, keys, scheme, arena);
    if (release == AS_UNSURE && d.affected != AS_NO)
        d = unsure(AS_STR("the release of the distribution"),
                   AS_STR("the part does not say which release it is for"));
    if (agrees == AS_UNSURE && d.affected == AS_YES)
        d = unsure(
            as_arena_printf(arena, "the %.*s of the part", AS_FMT(which)),
            AS_STR("the record is about one of several, and the part's "
                   "CPE leaves it open"));
    d.order = as_version_scheme_name(scheme);
    apply_conditions(e, devices, part, arena, &d);
    if (id->whole_system && d.affected != AS_NO)
        d.note = AS_STR("the record names the distribution as a whole: it is "
                        "about one of its packages");
    if (id->guessed && d.affected != AS_NO)
        d.note = AS_STR("the part has no CPE; vendor and product were guessed "
                        "from its purl");
    d.confidence = confidence_of(e, id, scheme, &d);
    return d;
}
