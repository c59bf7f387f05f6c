/* SPDX-License-Identifier: Apache-2.0 */
/* How a part can be looked up (notes, section 2, rules 2, 4, 5, 6, 9, 22). */
#include "match/match_internal.h"

#include "model/package.h"
#include "model/purl.h"

static as_identity *add(as_identities *ids, as_identity_kind kind)
{
    as_identity *id;

    if (ids->n == AS_MATCH_IDENTITIES)
        return NULL;
    id = &ids->items[ids->n++];
    *id = (as_identity){.kind = kind};
    return id;
}

/* Releases matter where one package name has many maintained versions. */
static bool is_distribution(as_str ecosystem)
{
    const as_ecosystem *e = as_ecosystem_find(ecosystem);

    return e && e->kind == AS_ECOSYSTEM_DISTRIBUTION;
}

static void from_purl(const as_part *part, as_arena *arena, as_identities *ids)
{
    as_purl purl;
    as_identity *id;
    as_str ecosystem = AS_ABSENT, name = AS_ABSENT;
    as_str version;

    if (as_str_is_empty(part->purl))
        return;
    if (as_purl_read(part->purl, arena, &purl, NULL) != AS_OK) {
        ids->why_none = AS_STR("unreadable purl");
        return;
    }
    version = as_str_is_empty(purl.version) ? part->version : purl.version;
    ids->key = as_purl_key(&purl, arena);
    if (!as_purl_ecosystem(&purl, arena, &ecosystem, &name)) {
        ids->why_none = as_arena_printf(arena, "unknown ecosystem: %.*s",
                                        AS_FMT(purl.type));
        return;
    }
    id = add(ids, AS_IDENTITY_PACKAGE);
    if (!id)
        return;
    id->release = ecosystem;
    id->ecosystem = as_str_cut(&id->release, ':');
    id->name = name;
    id->version = version;
    id->needs_release = is_distribution(id->ecosystem);
}

static void from_cpe(const as_part *part, as_str text, as_arena *arena,
                     as_identities *ids)
{
    as_cpe *cpe = AS_NEW(arena, as_cpe);
    as_identity *id;
    as_str key;

    if (!cpe || as_cpe_read(text, arena, cpe, NULL) != AS_OK) {
        if (as_str_is_absent(ids->why_none))
            ids->why_none = AS_STR("unreadable CPE");
        return;
    }
    key = as_cpe_key(cpe, arena);
    if (as_str_is_empty(key))
        return;
    id = add(ids, AS_IDENTITY_CPE);
    if (!id)
        return;
    id->name = key;
    id->cpe = cpe;
    id->version = as_cpe_version(cpe, arena);
    if (as_str_is_empty(id->version))
        id->version = part->version;
    if (as_str_is_empty(ids->key))
        ids->key = as_arena_printf(arena, "cpe:%.*s", AS_FMT(key));
}

/* Vendor and product by name: a candidate, never a hit. */
static void from_names(const as_part *part, as_arena *arena, as_identities *ids)
{
    as_str vendor = as_part_value(part, AS_ATTR_MAKER);
    as_identity *id;

    if (as_str_is_empty(vendor))
        vendor = part->group;
    if (as_str_is_empty(vendor) || as_str_is_empty(part->name))
        return;
    id = add(ids, AS_IDENTITY_NAME);
    if (!id)
        return;
    id->name = as_arena_printf(arena, "%.*s/%.*s",
                               AS_FMT(as_identity_fold(arena, vendor)),
                               AS_FMT(as_identity_fold(arena, part->name)));
    id->version = part->version;
}

void as_identities_of(const as_part *part, as_arena *arena, as_identities *ret)
{
    *ret = (as_identities){.n = 0};
    from_purl(part, arena, ret);
    for (size_t i = 0; i < part->n_cpes; i++)
        from_cpe(part, part->cpes[i], arena, ret);
    if (ret->n == 0)
        from_names(part, arena, ret);
    if (as_str_is_empty(ret->key))
        ret->key = as_arena_printf(arena, "%.*s%s%.*s", AS_FMT(part->group),
                                   as_str_is_empty(part->group) ? "" : "/",
                                   AS_FMT(part->name));
    if (ret->n == 0 && as_str_is_absent(ret->why_none))
        ret->why_none = AS_STR("no identifier");
}

as_str as_identity_text(const as_identity *id, as_arena *arena)
{
    switch (id->kind) {
    case AS_IDENTITY_PACKAGE:
        return as_arena_printf(arena, "%.*s%s%.*s %.*s", AS_FMT(id->ecosystem),
                               as_str_is_empty(id->release) ? "" : ":",
                               AS_FMT(id->release), AS_FMT(id->name));
    case AS_IDENTITY_CPE:
        return as_arena_printf(arena, "cpe %.*s", AS_FMT(id->name));
    case AS_IDENTITY_NAME:
        return as_arena_printf(arena, "name %.*s", AS_FMT(id->name));
    }
    return AS_ABSENT;
}
