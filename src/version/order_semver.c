/* SPDX-License-Identifier: Apache-2.0 */
/* Semantic Versioning 2.0.0, clause 11, and its relatives.
 *
 *     [v] number {. number} [- identifiers] [+ build]
 *
 * Looser than the standard where its users are: a leading "v", a missing
 * number (0) and further numbers are read everywhere, and so is a pre-release
 * word without its hyphen ("1.2rc1") when it is one of the common words. What
 * the relatives add is a flag of their row:
 *
 * npm      node-semver's loose form: "=v1.2.3beta", any word without hyphen
 * Pub,     build metadata orders: none before some, then like a pre-release
 * Julia    (pub_semver, Base.VersionNumber)
 * NuGet    identifiers without case; only 31 bits count as a number
 * Bitnami  a lone number after the hyphen counts rebuilds and comes *after*
 *          the release, where 0 is the same as none
 * Go       names of toolchains: "go1.21rc2" is 1.21.0-rc.2
 *
 * key ::= numbers stage [build]
 * numbers ::= number {number}, without trailing zeros (0 alone stays)
 * stage ::= 0x01 identifiers | 0x02 | 0x02 revision
 * build ::= 0x01 | 0x02 identifiers */
#include "version/version_internal.h"

/* The prefix that is no part of the version. */
static as_str skip_prefix(as_str v, unsigned flags)
{
    if (flags & AS_SEMVER_LOOSE)
        while (as_version_begins(v, '=') || as_version_begins(v, 'v') ||
               as_version_begins(v, ' '))
            as_version_skip(&v, 1);
    if ((flags & AS_SEMVER_GO) && as_str_starts(v, AS_STR("go"))) {
        as_version_skip(&v, 2);
        return as_str_slice(v, 0, as_str_find(v, ' '));
    }
    if (as_version_begins(v, 'v') || as_version_begins(v, 'V'))
        as_version_skip(&v, 1);
    return v;
}

/* Zeros are held back until a greater number follows. */
static const char *put_numbers(as_version_out *o, as_str *rest)
{
    size_t zeros = 0;
    bool first = true;

    for (;;) {
        as_str digits = as_version_take_digits(rest);
        if (digits.n == 0)
            return first ? "it must begin with a number"
                         : "a number must follow the dot";
        if (first || !as_version_is_zero(digits)) {
            for (; zeros > 0; zeros--)
                as_version_put_small(o, 0);
            as_version_put_number(o, digits);
        } else {
            zeros++;
        }
        first = false;
        if (!as_version_begins(*rest, '.'))
            return NULL;
        as_version_skip(rest, 1);
    }
}

/* "rc2" as "rc.2", the way the Go project writes its toolchains as SemVer. */
static void put_go_stage(as_version_out *o, as_str word, as_str number)
{
    as_version_put_identifiers(o, word, false, false);
    if (number.n == 0 || o->full)
        return;
    o->n--; /* the end of the list */
    as_version_put_identifiers(o, number, false, false);
}

/* The stage of a version without hyphen: "1.2.3beta". */
static const char *put_wordy_stage(const as_version_scheme *s, as_str stage,
                                   as_version_out *o)
{
    as_str rest = stage;
    as_str word = as_version_take_letters(&rest);

    if (!(s->flags & AS_SEMVER_LOOSE) && as_version_pre_rank(word) == 0)
        return "only a hyphen, a plus sign or a pre-release word may follow "
               "the numbers";
    as_version_put(o, 0x01);
    if ((s->flags & AS_SEMVER_GO) && as_version_all_digits(rest))
        put_go_stage(o, word, rest);
    else
        as_version_put_identifiers(o, stage, s->flags & AS_SEMVER_NUGET,
                                   s->flags & AS_SEMVER_NUGET);
    return NULL;
}

static const char *put_stage(const as_version_scheme *s, as_str stage,
                             as_version_out *o)
{
    bool revision = s->flags & AS_SEMVER_REVISION;

    if (stage.n > 0 && stage.p[0] != '-')
        return put_wordy_stage(s, stage, o);
    if (stage.n == 0 ||
        (revision && as_version_all_digits(as_str_slice(stage, 1, stage.n)))) {
        as_version_put(o, 0x02);
        if (revision)
            as_version_put_number(o, as_str_slice(stage, 1, stage.n));
        return NULL;
    }
    as_version_put(o, 0x01);
    as_version_put_identifiers(o, as_str_slice(stage, 1, stage.n),
                               s->flags & AS_SEMVER_NUGET,
                               s->flags & AS_SEMVER_NUGET);
    return NULL;
}

const char *as_order_semver(const as_version_scheme *s, as_str v,
                            as_version_out *o)
{
    as_str rest = skip_prefix(v, s->flags);
    const char *why = put_numbers(o, &rest);
    size_t plus = as_str_find(rest, '+');

    if (why == NULL)
        why = put_stage(s, as_str_slice(rest, 0, plus), o);
    if (why != NULL || !(s->flags & AS_SEMVER_BUILD))
        return why;
    as_version_put(o, plus < rest.n ? 0x02 : 0x01);
    if (plus < rest.n)
        as_version_put_identifiers(o, as_str_slice(rest, plus + 1, rest.n),
                                   false, false);
    return NULL;
}
