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
    if (w->quiet || w->report.resolved)
        return false;
    if (as_schema_wants(&w->report, warning))
        return true;
    if (warning)
        w->report.warnings++;
    else
        w->report.errors++;
    return false;
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

static void check_hash(as_schema_walk *w, as_json v, const as_schema_frame *f)
{
    as_str alg = as_json_get_str(v, AS_STR("alg"));
    as_str content = as_json_get_str(v, AS_STR("content")), message;

    if (!as_schema_json_wanted(w, true))
        return;
    message = as_schema_hash_check(w->report.arena, alg, content);
    if (message.p)
        as_schema_json_add(w, f, true, "hash", message);
}

static bool check_role(as_schema_walk *w, const as_schema_rule *r, as_json v,
                       const as_schema_frame *f)
{
    as_schema_role role = (as_schema_role)r->n;
    as_str s = as_json_str(v);

    if (w->quiet || w->apart)
        return true;
    if (role == AS_SCHEMA_ROLE_HASH)
        check_hash(w, v, f);
    else if (s.p &&
             (role == AS_SCHEMA_ROLE_DEFINE || role == AS_SCHEMA_ROLE_USE))
        check_name(w, role, s, f);
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

/* The rules a document asks for. A document without a version is judged by the
 * newest; what is odd about the version is put into the report. */
static const as_schema_document *choose(as_schema_walk *w, as_json root)
{
    static const as_schema_frame top = {NULL, {NULL, 0}, 0, 0};
    as_json v = as_json_get(root, AS_STR("specVersion"));
    const as_schema_document *d;
    as_schema_frame f = {&top, AS_STR_INIT("specVersion"), 0, 1};
    as_str version = as_json_str(v), name;
    bool newer = false;

    if (!version.p)
        return as_schema_find(AS_SCHEMA_JSON, AS_STR("1.999"), &newer);
    for (as_json_iter it = as_json_each(root); as_json_next(&it);)
        if (as_str_eq(it.key, f.key))
            f.index = it.index;
    d = as_schema_find(AS_SCHEMA_JSON, version, &newer);
    if (d && !newer)
        return d;
    name = as_schema_json_quote(w, version);
    if (d) {
        as_schema_json_add(
            w, &f, true, "version",
            AS_SCHEMA_SAY(
                w, "version %.*s is newer than any known; judged by %.*s",
                AS_FMT(name), AS_FMT(d->version)));
        return d;
    }
    as_schema_json_add(
        w, &f, false, "version",
        AS_SCHEMA_SAY(w, "there is no CycloneDX JSON of version %.*s",
                      AS_FMT(name)));
    return as_schema_find(AS_SCHEMA_JSON, AS_STR("1.999"), &newer);
}

static bool looks_like(as_json root)
{
    return as_json_get(root, AS_STR("bomFormat")).doc ||
           as_json_get(root, AS_STR("specVersion")).doc;
}

as_rc as_bom_validate_cyclonedx_json(as_span in, const as_json_doc *doc,
                                     as_arena *arena, as_bom_diagnoses *ret,
                                     as_err *err)
{
    static const as_schema_frame top = {NULL, {NULL, 0}, 0, 0};
    const as_schema_document *d;
    as_json root = as_json_root(doc);
    as_schema_walk w = {.report = {.arena = arena}};

    if (!as_json_is(root, AS_JSON_OBJECT) || !looks_like(root))
        return as_fail(err, AS_ERR_UNSUPPORTED,
                       "the JSON document is no CycloneDX: it has neither "
                       "\"bomFormat\" nor \"specVersion\"");
    w.fuel = (uint64_t)in.n * 16 + 1000000;
    d = choose(&w, root);
    as_schema_json_check(&w, d->at, root, &top);
    if (!w.spent && as_schema_resolve(&w.report))
        as_schema_json_check(&w, d->at, root, &top);
    if (w.spent)
        return as_fail(err, AS_ERR_LIMIT,
                       "the document takes more steps to validate than its "
                       "size allows");
    return as_schema_finish(
        &w.report, in,
        AS_SCHEMA_SAY(&w, "CycloneDX %.*s JSON", AS_FMT(d->version)), ret, err);
}
