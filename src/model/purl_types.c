/* SPDX-License-Identifier: Apache-2.0 */
/* The 42 purl types: what each requires, prohibits and folds (the type
 * definitions of purl-spec). One row a type, sorted by word; a rule that is no
 * flag is a function of its own. */
#include "model/purl_internal.h"

#include <stdlib.h>
#include <string.h>

static as_str change_case(as_str s, as_arena *a, char (*change)(char))
{
    size_t i = 0;
    char *p;

    while (i < s.n && change(s.p[i]) == s.p[i])
        i++;
    if (i == s.n)
        return s;
    p = as_arena_alloc(a, s.n + 1);
    if (!p)
        return AS_ABSENT;
    for (i = 0; i < s.n; i++)
        p[i] = change(s.p[i]);
    return as_str_of(p, s.n);
}

as_str as_purl_lower(as_str s, as_arena *a)
{
    return change_case(s, a, as_ascii_lower);
}

as_str as_purl_upper(as_str s, as_arena *a)
{
    return change_case(s, a, as_ascii_upper);
}

static char underscore_to_dash(char c)
{
    return c == '_' ? '-' : c;
}

static bool contains(as_str s, as_str part)
{
    return as_str_search(s, part) < s.n;
}

/* --- rules of single types --- */

static unsigned dashes(as_purl *p, as_arena *a)
{
    p->name = change_case(p->name, a, underscore_to_dash);
    return 0;
}

/* Every other character becomes one underscore. */
static unsigned underscores(as_purl *p, as_arena *a)
{
    char *text = as_arena_alloc(a, p->name.n + 1);
    size_t n = 0;

    for (size_t i = 0; text && i < p->name.n; i++) {
        char c = p->name.p[i];

        if (as_ascii_is_lower(c) || as_ascii_is_digit(c))
            text[n++] = c;
        else if (((unsigned char)c & 0xC0) != 0x80)
            text[n++] = '_';
    }
    p->name = as_str_of(text, n);
    return 0;
}

/* 32 letters from a to p; a version of one to four numbers. */
static unsigned chrome_extension(as_purl *p, as_arena *a)
{
    unsigned defects = p->name.n == 32 ? 0 : AS_PURL_NAME_FORM;
    as_str rest = p->version;
    size_t numbers = 0;

    for (size_t i = 0; i < p->name.n; i++)
        if (p->name.p[i] < 'a' || p->name.p[i] > 'p')
            defects |= AS_PURL_NAME_FORM;
    while (!as_str_is_absent(rest)) {
        as_str part = as_str_cut(&rest, '.');

        if (part.n == 0 || ++numbers > 4)
            defects |= AS_PURL_VERSION_FORM;
        for (size_t i = 0; i < part.n; i++)
            if (!as_ascii_is_digit(part.p[i]))
                defects |= AS_PURL_VERSION_FORM;
    }
    return defects;
}

static unsigned cocoapods(as_purl *p, as_arena *a)
{
    for (size_t i = 0; i < p->name.n; i++)
        if (as_ascii_is_space(p->name.p[i]) || p->name.p[i] == '+')
            return AS_PURL_NAME_FORM;
    return p->name.p[0] == '.' ? AS_PURL_NAME_FORM : 0;
}

/* The name is that of a distribution, never of a module. */
static unsigned cpan(as_purl *p, as_arena *a)
{
    return contains(p->name, AS_STR("::")) ? AS_PURL_NAME_FORM : 0;
}

/* Paths are case-sensitive unless the host is known to ignore case. */
static unsigned git(as_purl *p, as_arena *a)
{
    static const as_str folding[] = {
        AS_STR_INIT("bitbucket"), AS_STR_INIT("bitbucket.org"),
        AS_STR_INIT("codeberg"),  AS_STR_INIT("codeberg.org"),
        AS_STR_INIT("github"),    AS_STR_INIT("github.com"),
        AS_STR_INIT("gitlab"),    AS_STR_INIT("gitlab.com"),
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(folding); i++)
        if (as_str_eq(p->namespace_, folding[i]))
            p->name = as_purl_lower(p->name, a);
    return 0;
}

/* Databricks ignores the case of model names, Azure ML does not; of others
 * nothing is known. */
static unsigned mlflow(as_purl *p, as_arena *a)
{
    as_str url = as_purl_qualifier_get(p, AS_STR("repository_url"));

    if (contains(as_purl_lower(url, a), AS_STR("databricks")))
        p->name = as_purl_lower(p->name, a);
    return 0;
}

static bool is_guid(as_str s)
{
    if (s.n != 36)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = as_ascii_lower(s.p[i]);
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (dash ? c != '-' : !as_ascii_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
    }
    return true;
}

/* A tag_id that is a GUID is in lower case; the namespace is the creator's
 * name and perhaps its regid. */
static unsigned swid(as_purl *p, as_arena *a)
{
    as_str rest = p->namespace_;

    for (size_t i = 0; i < p->n_qualifiers; i++)
        if (as_str_eq(p->qualifiers[i].key, AS_STR("tag_id")) &&
            is_guid(p->qualifiers[i].value))
            p->qualifiers[i].value = as_purl_lower(p->qualifiers[i].value, a);
    as_str_cut(&rest, '/');
    as_str_cut(&rest, '/');
    return as_str_is_absent(rest) ? 0 : AS_PURL_NAMESPACE_FORM;
}

#define NS_REQUIRED   AS_PURL_NS_REQUIRED
#define NO_NS         AS_PURL_NS_PROHIBITED
#define NS_LOWER      AS_PURL_NS_LOWER
#define NAME_LOWER    AS_PURL_NAME_LOWER
#define VERSION_LOWER AS_PURL_VERSION_LOWER
#define NONE          AS_STR_INIT("")

static const as_purl_type types[] = {
    {AS_STR_INIT("alpm"), NS_REQUIRED | NS_LOWER | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("apk"), NS_REQUIRED | NS_LOWER | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("bazel"), NO_NS, NONE, NULL},
    {AS_STR_INIT("bitbucket"), NS_REQUIRED | NS_LOWER | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("bitnami"), NO_NS | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("brew"), NS_LOWER | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("cargo"), NO_NS, NONE, NULL},
    {AS_STR_INIT("chrome-extension"), NO_NS | NAME_LOWER, NONE,
     chrome_extension},
    {AS_STR_INIT("cocoapods"), NO_NS, NONE, cocoapods},
    {AS_STR_INIT("composer"), NS_REQUIRED | NS_LOWER | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("conan"), 0, NONE, NULL},
    {AS_STR_INIT("conda"), NO_NS, NONE, NULL},
    {AS_STR_INIT("cpan"), AS_PURL_NS_UPPER, NONE, cpan},
    {AS_STR_INIT("cran"), NO_NS, NONE, NULL},
    {AS_STR_INIT("deb"), NS_REQUIRED | NS_LOWER | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("docker"), 0, NONE, NULL},
    {AS_STR_INIT("gem"), NO_NS, NONE, NULL},
    {AS_STR_INIT("generic"), 0, NONE, NULL},
    {AS_STR_INIT("git"), NS_REQUIRED | NS_LOWER | AS_PURL_NAME_PATH, NONE, git},
    {AS_STR_INIT("github"), NS_REQUIRED | NS_LOWER | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("golang"), NS_REQUIRED, NONE, NULL},
    {AS_STR_INIT("hackage"), NO_NS, NONE, dashes},
    {AS_STR_INIT("hex"), NS_LOWER | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("huggingface"), NS_REQUIRED | VERSION_LOWER, NONE, NULL},
    {AS_STR_INIT("julia"), NO_NS, AS_STR_INIT("uuid"), NULL},
    {AS_STR_INIT("luarocks"), NS_LOWER | NAME_LOWER, NONE, NULL},
    {AS_STR_INIT("maven"), NS_REQUIRED, NONE, NULL},
    {AS_STR_INIT("mlflow"), NO_NS, NONE, mlflow},
    {AS_STR_INIT("npm"), 0, NONE, NULL},
    {AS_STR_INIT("nuget"), NO_NS, NONE, NULL},
    {AS_STR_INIT("oci"), NO_NS | NAME_LOWER | VERSION_LOWER, NONE, NULL},
    {AS_STR_INIT("opam"), NO_NS, NONE, NULL},
    {AS_STR_INIT("otp"), NO_NS | NAME_LOWER | AS_PURL_SUBPATH_LOWER, NONE,
     NULL},
    {AS_STR_INIT("pub"), NO_NS | NAME_LOWER, NONE, underscores},
    {AS_STR_INIT("pypi"), NO_NS | NAME_LOWER | VERSION_LOWER, NONE, dashes},
    {AS_STR_INIT("qpkg"), NS_REQUIRED | NS_LOWER, NONE, NULL},
    {AS_STR_INIT("rpm"), NS_REQUIRED | NS_LOWER, NONE, NULL},
    {AS_STR_INIT("swid"), 0, AS_STR_INIT("tag_id"), swid},
    {AS_STR_INIT("swift"), NS_REQUIRED, NONE, NULL},
    {AS_STR_INIT("vcpkg"), NO_NS, NONE, NULL},
    {AS_STR_INIT("vscode-extension"),
     NS_REQUIRED | NS_LOWER | NAME_LOWER | VERSION_LOWER, NONE, NULL},
    {AS_STR_INIT("yocto"), NS_LOWER, NONE, NULL},
};

static int by_word(const void *key, const void *row)
{
    return as_str_cmp(*(const as_str *)key, ((const as_purl_type *)row)->word);
}

const as_purl_type *as_purl_type_find(as_str word)
{
    static const as_purl_type other = {0};
    const as_purl_type *row =
        bsearch(&word, types, AS_ARRAY_LEN(types), sizeof types[0], by_word);

    return row ? row : &other;
}

void as_purl_type_apply(const as_purl_type *row, as_purl *p, as_arena *a)
{
    bool has_namespace = !as_str_is_absent(p->namespace_);

    if (row->flags & AS_PURL_NS_LOWER)
        p->namespace_ = as_purl_lower(p->namespace_, a);
    if (row->flags & AS_PURL_NS_UPPER)
        p->namespace_ = as_purl_upper(p->namespace_, a);
    if (row->flags & AS_PURL_NAME_LOWER)
        p->name = as_purl_lower(p->name, a);
    if (row->flags & AS_PURL_VERSION_LOWER)
        p->version = as_purl_lower(p->version, a);
    if (row->flags & AS_PURL_SUBPATH_LOWER)
        p->subpath = as_purl_lower(p->subpath, a);
    if ((row->flags & AS_PURL_NS_REQUIRED) && !has_namespace)
        p->defects |= AS_PURL_NAMESPACE_MISSING;
    if ((row->flags & AS_PURL_NS_PROHIBITED) && has_namespace)
        p->defects |= AS_PURL_NAMESPACE_PROHIBITED;
    if (row->required.n &&
        as_str_is_absent(as_purl_qualifier_get(p, row->required)))
        p->defects |= AS_PURL_KEY_MISSING;
    if (row->rule && !as_arena_failed(a))
        p->defects |= row->rule(p, a);
}
