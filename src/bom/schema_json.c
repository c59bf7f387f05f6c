/* SPDX-License-Identifier: Apache-2.0 */
/* CycloneDX JSON against its compiled schema: an interpreter of the rules in
 * schema_internal.h over the values of base/json.h.
 *
 * Alternatives (oneOf, anyOf) are first tried quietly, stopping at the first
 * thing that does not hold. Only when none holds, or for what the one that
 * holds has to say (warnings, names), is a branch walked aloud. When none
 * holds, the branch whose first complaint lies deepest in the document is the
 * one that was meant, and its complaints are reported.
 *
 * Recursion follows the document, whose depth the JSON reader has limited, and
 * at one value the schema, whose references at one value end (the compiling
 * tool checks it). Steps are paid from a budget. */
#include "base/limits.h"
#include "bom/schema_json_internal.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 4096, PATH_BYTES = 4096 };

bool as_schema_json_pay(as_schema_walk *w, uint64_t price)
{
    if (w->fuel < price) {
        w->fuel = 0;
        w->spent = true;
        return false;
    }
    w->fuel -= price;
    return true;
}

/* ---- findings ---------------------------------------------------------- */

static as_str pointer_of(as_schema_walk *w, const as_schema_frame *f)
{
    const as_schema_frame **all;
    size_t n = f->depth;
    as_buf b;
    as_str ret;

    all = as_arena_array(w->report.arena, n + 1, sizeof *all);
    if (!all)
        return AS_ABSENT;
    for (size_t i = n; i > 0; i--, f = f->up)
        all[i - 1] = f;
    as_buf_init(&b, PATH_BYTES);
    for (size_t i = 0; i < n; i++) {
        if (all[i]->key.p)
            as_json_pointer_key(&b, all[i]->key);
        else
            as_json_pointer_index(&b, all[i]->index);
    }
    ret = as_arena_str(w->report.arena, as_buf_text(&b));
    as_buf_done(&b);
    return ret;
}

as_schema_place as_schema_json_place(as_schema_walk *w,
                                     const as_schema_frame *f)
{
    as_schema_place p = {NULL, f->depth, 0, 0, 0, AS_ABSENT};

    p.path = pointer_of(w, f);
    p.steps = as_arena_array(w->report.arena, f->depth + 1, sizeof *p.steps);
    if (!p.steps)
        p.n = 0;
    for (; p.steps && f->depth; f = f->up)
        p.steps[f->depth - 1] = (uint32_t)f->index;
    return p;
}

/* Whether to make a message; counts the finding when there is no room. */
bool as_schema_json_wanted(as_schema_walk *w, bool warning)
{
    return !w->quiet && as_schema_wanted(&w->report, warning);
}

void as_schema_json_add(as_schema_walk *w, const as_schema_frame *f,
                        bool warning, const char *rule, as_str message)
{
    as_schema_place p = as_schema_json_place(w, f);

    as_schema_add(&w->report, &p, warning, rule, message);
}

as_str as_schema_json_quote(as_schema_walk *w, as_str s)
{
    return as_schema_quote(w->report.arena, s);
}

/* ---- roles ------------------------------------------------------------- */

static void check_name(as_schema_walk *w, as_schema_role role, as_str name,
                       const as_schema_frame *f)
{
    as_schema_reference *bad;
    as_schema_place p;

    if (!w->report.resolved) {
        as_schema_note(&w->report, role, name);
        return;
    }
    bad = as_schema_bad(&w->report, role, name);
    if (!bad)
        return;
    p = as_schema_json_place(w, f);
    as_schema_add_bad(&w->report, &p, role, bad, true);
}

/* The first of the members that is there. */
static as_str first_of(as_json v, const as_str *names, size_t n)
{
    as_str s = AS_ABSENT;

    for (size_t i = 0; i < n && !s.p; i++)
        s = as_json_get_str(v, names[i]);
    return s;
}

static void check_hash(as_schema_walk *w, as_json v, const as_schema_frame *f)
{
    static const as_str algs[] = {AS_STR_INIT("alg"), AS_STR_INIT("algorithm")};
    static const as_str digests[] = {AS_STR_INIT("content"),
                                     AS_STR_INIT("checksumValue"),
                                     AS_STR_INIT("hashValue")};
    as_str alg = first_of(v, algs, AS_ARRAY_LEN(algs));
    as_str content = first_of(v, digests, AS_ARRAY_LEN(digests));
    size_t digits = as_schema_digest_bad(alg, content);

    if (digits && as_schema_json_wanted(w, true))
        as_schema_json_add(
            w, f, true, "hash",
            AS_SCHEMA_SAY(w, AS_SCHEMA_DIGEST, AS_FMT(alg), digits, content.n));
}

static void check_identifier(as_schema_walk *w, as_schema_role role,
                             as_str value, const as_schema_frame *f)
{
    as_err why;

    if (!w->report.resolved &&
        as_schema_identifier_bad(&w->report, role, value, &why) &&
        as_schema_json_wanted(w, true))
        as_schema_json_add(w, f, true,
                           role == AS_SCHEMA_ROLE_PURL ? "purl" : "cpe",
                           AS_SCHEMA_SAY(w, "%s", why.what));
}

/* SPDX: an identifier beside its kind. */
static void check_locator(as_schema_walk *w, as_json v,
                          const as_schema_frame *f)
{
    static const as_str kinds[] = {AS_STR_INIT("referenceType"),
                                   AS_STR_INIT("externalIdentifierType")};
    static const as_str values[] = {AS_STR_INIT("referenceLocator"),
                                    AS_STR_INIT("identifier")};
    as_str kind = first_of(v, kinds, AS_ARRAY_LEN(kinds));
    as_str value = first_of(v, values, AS_ARRAY_LEN(values));

    if (!value.p)
        return;
    if (as_str_eq(kind, AS_STR("purl")) ||
        as_str_eq(kind, AS_STR("packageUrl")))
        check_identifier(w, AS_SCHEMA_ROLE_PURL, value, f);
    else if (as_str_starts(kind, AS_STR("cpe2")))
        check_identifier(w, AS_SCHEMA_ROLE_CPE, value, f);
}

static bool check_role(as_schema_walk *w, const as_schema_rule *r, as_json v,
                       const as_schema_frame *f)
{
    as_schema_role role = (as_schema_role)r->n;
    as_str s = as_json_str(v);

    if (w->quiet || w->apart)
        return true;
    switch (role) {
    case AS_SCHEMA_ROLE_DEFINE:
    case AS_SCHEMA_ROLE_USE:
    case AS_SCHEMA_ROLE_ELEMENT:
    case AS_SCHEMA_ROLE_BLANK:
        if (s.p)
            check_name(w, role, s, f);
        break;
    case AS_SCHEMA_ROLE_PURL:
    case AS_SCHEMA_ROLE_CPE:
        if (s.p)
            check_identifier(w, role, s, f);
        break;
    case AS_SCHEMA_ROLE_HASH: check_hash(w, v, f); break;
    case AS_SCHEMA_ROLE_LOCATOR: check_locator(w, v, f); break;
    case AS_SCHEMA_ROLE_EXTERNAL: break;
    }
    return true;
}

/* ---- the interpreter --------------------------------------------------- */

typedef bool rule_check(as_schema_walk *w, const as_schema_rule *r, as_json v,
                        const as_schema_frame *f);

static rule_check *const checks[] = {
    [AS_SCHEMA_TYPES] = as_schema_json_types,
    [AS_SCHEMA_REQUIRE] = as_schema_json_require,
    [AS_SCHEMA_MEMBERS] = as_schema_json_members,
    [AS_SCHEMA_MEMBERS_CLOSED] = as_schema_json_members,
    [AS_SCHEMA_MEMBERS_STRICT] = as_schema_json_members,
    [AS_SCHEMA_ITEMS] = as_schema_json_items,
    [AS_SCHEMA_TUPLE] = as_schema_json_tuple,
    [AS_SCHEMA_TUPLE_CLOSED] = as_schema_json_tuple,
    [AS_SCHEMA_UNIQUE] = as_schema_json_unique,
    [AS_SCHEMA_MIN_ITEMS] = as_schema_json_count,
    [AS_SCHEMA_MAX_ITEMS] = as_schema_json_count,
    [AS_SCHEMA_MIN_LENGTH] = as_schema_json_length,
    [AS_SCHEMA_MAX_LENGTH] = as_schema_json_length,
    [AS_SCHEMA_LEAST] = as_schema_json_range,
    [AS_SCHEMA_MOST] = as_schema_json_range,
    [AS_SCHEMA_PATTERN] = as_schema_json_pattern,
    [AS_SCHEMA_FORMAT] = as_schema_json_format,
    [AS_SCHEMA_VALUES] = as_schema_json_values,
    [AS_SCHEMA_ROLE] = check_role,
    [AS_SCHEMA_ALL] = as_schema_json_all,
    [AS_SCHEMA_ONE] = as_schema_json_alternatives,
    [AS_SCHEMA_ANY] = as_schema_json_alternatives,
    [AS_SCHEMA_NOT] = as_schema_json_not,
    [AS_SCHEMA_IF] = as_schema_json_if,
    [AS_SCHEMA_BY] = as_schema_json_by,
};

bool as_schema_json_check(as_schema_walk *w, uint32_t node, as_json v,
                          const as_schema_frame *f)
{
    const as_schema_node *n = &as_schema_nodes[node];
    bool ok = true;

    if (!as_schema_json_pay(w, 1) || w->depth >= DEPTH) {
        w->spent = true;
        return true;
    }
    w->depth++;
    for (size_t i = 0; i < n->n && (ok || !w->quiet); i++) {
        const as_schema_rule *r = &as_schema_rules[n->first + i];
        bool one = checks[r->op](w, r, v, f);
        ok &= one;
        if (!one && r->op == AS_SCHEMA_TYPES)
            break; /* the other rules are about other types */
    }
    w->depth--;
    return ok;
}

/* ---- the document ------------------------------------------------------ */

/* What a document says of its own version, and where. */
struct stated {
    as_schema_source source;
    const char *format; /* "CycloneDX" */
    as_str key;         /* member that says it */
    as_str version;     /* "1.6"; absent when it says none */
};

static void add_version(as_schema_walk *w, as_json root, const struct stated *s,
                        bool warning, as_str message)
{
    static const as_schema_frame top = {NULL, {NULL, 0}, 0, 0};
    as_schema_frame f = {&top, s->key, 0, 1};

    for (as_json_iter it = as_json_each(root); as_json_next(&it);)
        if (as_str_eq(it.key, s->key))
            f.index = it.index;
    as_schema_json_add(w, &f, warning, "version", message);
}

/* The rules a document asks for; the newest when it says nothing that can be
 * read; NULL when they are of another time. */
static const as_schema_document *choose(as_schema_walk *w, as_json root,
                                        const struct stated *s)
{
    const as_schema_document *d;
    as_str name, major;
    bool newer;

    d = as_schema_find(s->source, s->version, &newer);
    if (d && !newer)
        return d;
    name = as_schema_json_quote(w, s->version);
    if (d) {
        add_version(w, root, s, true,
                    AS_SCHEMA_SAY(w,
                                  "version %.*s is newer than any known; "
                                  "judged by %.*s",
                                  AS_FMT(name), AS_FMT(d->version)));
        return d;
    }
    add_version(w, root, s, false,
                AS_SCHEMA_SAY(w, "there is no %s JSON of version %.*s",
                              s->format, AS_FMT(name)));
    major = as_str_slice(s->version, 0, as_str_find(s->version, '.'));
    if (major.n == s->version.n)
        return as_schema_find(s->source, AS_ABSENT, &newer);
    return as_schema_find(s->source,
                          AS_SCHEMA_SAY(w, "%.*s.999", AS_FMT(major)), &newer);
}

static as_rc judge(as_span in, as_json root, const struct stated *s,
                   as_arena *arena, as_bom_diagnoses *ret, as_err *err)
{
    static const as_schema_frame top = {NULL, {NULL, 0}, 0, 0};
    as_schema_walk w = {.report = {.arena = arena}};
    const as_schema_document *d = choose(&w, root, s);
    as_str label;

    w.fuel = (uint64_t)in.n * 16 + 1000000;
    if (d)
        as_schema_json_check(&w, d->at, root, &top);
    if (d && !w.spent && as_schema_resolve(&w.report))
        as_schema_json_check(&w, d->at, root, &top);
    as_schema_report_done(&w.report);
    if (w.spent)
        return as_fail(err, AS_ERR_LIMIT,
                       "the document takes more steps to validate than its "
                       "size allows");
    label = d ? AS_SCHEMA_SAY(&w, "%s %.*s JSON", s->format, AS_FMT(d->version))
              : AS_SCHEMA_SAY(&w, "%s JSON", s->format);
    return as_schema_finish(&w.report, in, label, ret, err);
}

as_rc as_schema_json_validate(as_span in, const as_json_doc *doc,
                              as_arena *arena, as_bom_diagnoses *ret,
                              as_err *err)
{
    as_json root = as_json_root(doc);
    struct stated s = {AS_SCHEMA_JSON, "CycloneDX", AS_STR("specVersion"),
                       AS_ABSENT};

    if (!as_json_get(root, AS_STR("bomFormat")).doc &&
        !as_json_get(root, AS_STR("specVersion")).doc)
        return as_fail(err, AS_ERR_UNSUPPORTED,
                       "the JSON document is no CycloneDX: it has neither "
                       "\"bomFormat\" nor \"specVersion\"");
    s.version = as_json_get_str(root, s.key);
    return judge(in, root, &s, arena, ret, err);
}

/* "https://spdx.org/rdf/3.0.1/spdx-context.jsonld" -> "3.0"; absent when it is
 * another context. */
static as_str context_version(as_json context)
{
    as_str prefix = AS_STR("https://spdx.org/rdf/"), s = as_json_str(context);
    size_t dot;

    for (as_json_iter it = as_json_each(context); !s.p && as_json_next(&it);)
        if (as_str_starts(as_json_str(it.value), prefix))
            s = as_json_str(it.value);
    if (!as_str_starts(s, prefix))
        return AS_ABSENT;
    s = as_str_slice(s, prefix.n, s.n);
    s = as_str_slice(s, 0, as_str_find(s, '/'));
    dot = as_str_find(s, '.');
    return as_str_slice(
        s, 0, dot + 1 + as_str_find(as_str_slice(s, dot + 1, s.n), '.'));
}

as_rc as_schema_json_validate_spdx(as_span in, const as_json_doc *doc,
                                   as_arena *arena, as_bom_diagnoses *ret,
                                   as_err *err)
{
    as_json root = as_json_root(doc);
    struct stated s = {AS_SCHEMA_SPDX, "SPDX", AS_STR("spdxVersion"),
                       AS_ABSENT};
    as_str text = as_json_get_str(root, s.key);

    if (as_str_starts(text, AS_STR("SPDX-")))
        s.version = as_str_slice(text, 5, text.n);
    else if (text.p)
        s.version = text;
    if (!s.version.p) {
        s.key = AS_STR("@context");
        s.version = context_version(as_json_get(root, s.key));
    }
    if (!s.version.p)
        return as_fail(err, AS_ERR_UNSUPPORTED,
                       "the JSON document is no SPDX: it has neither "
                       "\"spdxVersion\" nor a \"@context\" of SPDX");
    return judge(in, root, &s, arena, ret, err);
}
