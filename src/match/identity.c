/* SPDX-License-Identifier: Apache-2.0 */
/* How a part can be looked up (notes, section 2, rules 2, 4, 5, 6, 9, 22). */
#include "match/match_internal.h"

#include "base/limits.h"
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

/* Type, namespace and name: what stays when the version changes. */
static as_str key_of(const as_purl *purl, as_arena *arena)
{
    as_purl bare = {
        .type = purl->type, .namespace_ = purl->namespace_, .name = purl->name};
    as_buf out;
    as_str s;

    as_buf_init(&out, AS_LIMIT_PURL_BYTES * 4);
    as_purl_write(&bare, &out);
    s = as_arena_str(arena, as_buf_text(&out));
    as_buf_done(&out);
    return s;
}

static as_identity *add_package(as_identities *ids, as_str ecosystem,
                                as_str name, as_str version)
{
    as_identity *id = add(ids, AS_IDENTITY_PACKAGE);

    if (!id)
        return NULL;
    as_ecosystem_split(ecosystem, &id->ecosystem, &id->release);
    id->name = name;
    id->version = version;
    return id;
}

/* A generic or GitHub purl names a project and no registry: our own word for
 * it, which only knowledge that names projects uses. */
static void from_project(const as_purl *purl, as_str word, as_str version,
                         as_arena *arena, as_identities *ids)
{
    as_str name = purl->name;

    if (!as_str_is_empty(purl->namespace_))
        name = as_arena_printf(arena, "%.*s/%.*s", AS_FMT(purl->namespace_),
                               AS_FMT(purl->name));
    add_package(ids, word, name, version);
}

/* The source package is what distributions write advisories about. */
static void from_source(const as_purl *purl, as_str ecosystem, bool release,
                        as_arena *arena, as_identities *ids)
{
    as_str name = AS_ABSENT, version = AS_ABSENT;
    as_identity *id;

    if (!as_purl_source(purl, arena, &name, &version))
        return;
    name = as_package_name_normalise(ecosystem, name, arena);
    if (as_str_is_empty(version))
        version = as_purl_full_version(purl, arena);
    id = add_package(ids, ecosystem, name, version);
    if (id)
        id->needs_release = release;
}

static void from_purl(const as_part *part, as_arena *arena, as_identities *ids)
{
    as_purl purl;
    as_identity *id;
    as_str ecosystem = AS_ABSENT, name = AS_ABSENT, version;
    as_purl_scope scope;
    bool release;

    if (as_str_is_empty(part->purl))
        return;
    if (as_purl_read_lenient(part->purl, arena, &purl, NULL) != AS_OK) {
        ids->why_none = AS_STR("unreadable purl");
        return;
    }
    version = as_purl_full_version(&purl, arena);
    if (as_str_is_empty(version))
        version = part->version;
    ids->key = key_of(&purl, arena);
    scope = as_purl_ecosystem(&purl, arena, &ecosystem, &name);
    if (scope == AS_PURL_NO_ECOSYSTEM) {
        ids->why_none = as_arena_printf(arena, "unknown ecosystem: %.*s",
                                        AS_FMT(purl.type));
        if (as_str_eq(purl.type, AS_STR("generic")))
            from_project(&purl, AS_STR("generic"), version, arena, ids);
        return;
    }
    if (as_str_eq(purl.type, AS_STR("github")))
        from_project(&purl, AS_STR("github"), version, arena, ids);
    release = scope != AS_PURL_REGISTRY;
    id = add_package(ids, ecosystem, name, version);
    if (id)
        id->needs_release = release;
    from_source(&purl, ecosystem, release, arena, ids);
}

/* Records list distributions beside the product they are about, because they
 * ship it. That says nothing of a system without the package. */
static bool is_whole_system(as_str key)
{
    static const as_str keys[] = {
        AS_STR_INIT("o:debian:debian_linux"),
        AS_STR_INIT("o:canonical:ubuntu_linux"),
        AS_STR_INIT("o:fedoraproject:fedora"),
        AS_STR_INIT("o:redhat:enterprise_linux"),
        AS_STR_INIT("o:centos:centos"),
        AS_STR_INIT("o:rockylinux:rocky_linux"),
        AS_STR_INIT("o:almalinux:almalinux"),
        AS_STR_INIT("o:oracle:linux"),
        AS_STR_INIT("o:amazon:linux"),
        AS_STR_INIT("o:suse:linux_enterprise_server"),
        AS_STR_INIT("o:opensuse:leap"),
        AS_STR_INIT("o:opensuse:tumbleweed"),
        AS_STR_INIT("o:alpinelinux:alpine_linux"),
        AS_STR_INIT("o:archlinux:arch_linux"),
        AS_STR_INIT("o:gentoo:linux"),
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
        if (as_str_eq(keys[i], key))
            return true;
    return false;
}

/* Readers find the same name in several places. */
static bool is_repeated(const as_part *part, size_t i)
{
    for (size_t k = 0; k < i && k < AS_MATCH_IDENTITIES; k++)
        if (as_str_eq(part->cpes[k], part->cpes[i]))
            return true;
    return false;
}

static void from_cpe(const as_part *part, as_str text, as_arena *arena,
                     as_identities *ids)
{
    as_cpe *cpe = AS_NEW(arena, as_cpe);
    as_identity *id;
    as_str key;

    if (!cpe || as_cpe_read_lenient(text, arena, cpe, NULL) != AS_OK) {
        if (as_str_is_absent(ids->why_none))
            ids->why_none = AS_STR("unreadable CPE");
        return;
    }
    key = as_match_cpe_key(cpe, arena);
    if (as_str_is_empty(key))
        return;
    id = add(ids, AS_IDENTITY_CPE);
    if (!id) {
        ids->dropped = true;
        return;
    }
    id->name = key;
    id->cpe = cpe;
    id->whole_system = is_whole_system(key);
    id->version = as_match_cpe_version(cpe, arena);
    if (as_str_is_empty(id->version))
        id->version = part->version;
    if (as_str_is_empty(ids->key))
        ids->key = as_arena_printf(arena, "cpe:%.*s", AS_FMT(key));
}

/* ---- guesses ------------------------------------------------------------ */

static void guess(as_identities *ids, as_str vendor, as_str product,
                  as_str version, as_arena *arena)
{
    as_identity *id;
    as_buf key;

    if (as_str_is_empty(vendor) || as_str_is_empty(product))
        return;
    id = add(ids, AS_IDENTITY_CPE);
    if (!id)
        return;
    as_buf_init(&key, AS_LIMIT_CPE_BYTES);
    as_buf_printf(&key, "a:%.*s:%.*s", AS_FMT(vendor), AS_FMT(product));
    for (size_t i = 0; i < key.n; i++)
        key.p[i] = as_ascii_lower(key.p[i]);
    id->name = as_arena_str(arena, as_buf_text(&key));
    as_buf_done(&key);
    id->version = version;
    id->guessed = true;
}

/* The vendor in a Maven group: "com.fasterxml.jackson.core" -> "fasterxml",
 * "org.apache.logging.log4j" -> "apache". */
static as_str vendor_of_group(as_str group)
{
    as_str rest = group, first = as_str_cut(&rest, '.');

    if (as_str_is_absent(rest))
        return first;
    return as_str_cut(&rest, '.');
}

/* Owner in "github.com/owner" and the like. */
static as_str last_segment(as_str path)
{
    size_t slash = as_str_rfind(path, '/');

    return slash == path.n ? path : as_str_slice(path, slash + 1, path.n);
}

/* CVE records name things by CPE. Where no feed covers the purl's own
 * ecosystem, the CPE that most vendors would have makes candidates. */
static void guess_cpes(const as_part *part, as_arena *arena, as_identities *ids)
{
    as_str vendor, version;
    as_purl p;

    if (part->n_cpes || as_str_is_empty(part->purl) ||
        as_purl_read_lenient(part->purl, arena, &p, NULL) != AS_OK)
        return;
    version = as_str_is_empty(p.version) ? part->version : p.version;
    vendor = as_str_eq(p.type, AS_STR("maven")) ? vendor_of_group(p.namespace_)
                                                : last_segment(p.namespace_);
    guess(ids, vendor, p.name, version, arena);
    if (!as_str_eq(vendor, p.name))
        guess(ids, p.name, p.name, version, arena);
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
    for (size_t i = 0; i < part->n_cpes && !ret->dropped; i++)
        if (!is_repeated(part, i))
            from_cpe(part, part->cpes[i], arena, ret);
    /* A generic purl names a project that few sources know. */
    if (ret->n == 0 ||
        (ret->n == 1 && as_str_eq(ret->items[0].ecosystem, AS_STR("generic"))))
        from_names(part, arena, ret);
    guess_cpes(part, arena, ret);
    if (as_str_is_empty(ret->key))
        ret->key = as_arena_printf(arena, "%.*s%s%.*s", AS_FMT(part->group),
                                   as_str_is_empty(part->group) ? "" : "/",
                                   AS_FMT(part->name));
    if (as_str_is_absent(ret->why_none))
        ret->why_none = AS_STR("no identifier");
}

as_str as_identity_text(const as_identity *id, as_arena *arena)
{
    switch (id->kind) {
    case AS_IDENTITY_PACKAGE:
        return AS_JOIN(arena, id->ecosystem,
                       as_str_is_empty(id->release) ? AS_STR("") : AS_STR(":"),
                       id->release, AS_STR(" "), id->name);
    case AS_IDENTITY_CPE:
        return AS_JOIN(arena, id->guessed ? AS_STR("guessed ") : AS_STR(""),
                       AS_STR("cpe "), id->name);
    case AS_IDENTITY_NAME: return AS_JOIN(arena, AS_STR("name "), id->name);
    }
    return AS_ABSENT;
}
