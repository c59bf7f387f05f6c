/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that combine others: oneOf, anyOf, allOf, not, if; and the choice of
 * what to report when no alternative holds. */
#include "bom/schema_json_internal.h"

/* ---- alternatives ------------------------------------------------------ */

static bool holds(as_schema_walk *w, uint32_t node, as_json v,
                  const as_schema_frame *f)
{
    bool ok;

    w->quiet++;
    ok = as_schema_json_check(w, node, v, f);
    w->quiet--;
    return ok;
}

/* The only rule of a node when it has that op, or NULL. */
static const as_schema_rule *only(uint32_t node, as_schema_op op)
{
    const as_schema_node *n = &as_schema_nodes[node];
    const as_schema_rule *r = &as_schema_rules[n->first];

    return n->n == 1 && r->op == op ? r : NULL;
}

/* Types a node allows: its first rule, or that of all its alternatives. */
static unsigned types_of(uint32_t node)
{
    const as_schema_node *n = &as_schema_nodes[node];
    const as_schema_rule *r = &as_schema_rules[n->first];

    return n->n && r->op == AS_SCHEMA_TYPES ? r->n : 0xFFFF;
}

/* How well a branch fits: how deep its first complaint lies. */
struct fit {
    size_t depth, complaints;
};

static bool better(struct fit a, struct fit b)
{
    return a.depth != b.depth ? a.depth > b.depth : a.complaints < b.complaints;
}

/* Walks a branch that does not hold aloud, its findings behind the others. */
static struct fit explore(as_schema_walk *w, uint32_t node, as_json v,
                          const as_schema_frame *f)
{
    size_t from = w->report.n;
    struct fit fit = {SIZE_MAX, 0};

    w->apart++;
    as_schema_json_check(w, node, v, f);
    w->apart--;
    for (size_t i = from; i < w->report.n; i++) {
        const as_schema_finding *x = &w->report.items[i];
        if (x->warning)
            continue;
        fit.complaints++;
        if (x->place.n < fit.depth)
            fit.depth = x->place.n;
    }
    return fit;
}

/* None of the branches holds: reports the complaints of the one that was
 * meant, and notes the names in it. */
static void explain(as_schema_walk *w, const as_schema_rule *r, as_json v,
                    const as_schema_frame *f)
{
    as_schema_report *p = &w->report;
    uint64_t errors = p->errors, warnings = p->warnings;
    size_t from = p->n, chosen = r->n;
    struct fit best = {0, 0};
    unsigned have = as_schema_json_mask(v);

    for (size_t i = 0; i < r->n; i++) {
        uint32_t node = as_schema_words[r->at + i];
        struct fit fit;
        if (!(types_of(node) & have))
            continue;
        fit = explore(w, node, v, f);
        p->n = from;
        p->errors = errors;
        p->warnings = warnings;
        if (chosen == r->n || better(fit, best)) {
            best = fit;
            chosen = i;
        }
    }
    if (chosen < r->n)
        as_schema_json_check(w, as_schema_words[r->at + chosen], v, f);
}

/* "id", "name" of branches that only ask for members; absent when they do
 * more. present: only those that hold. */
static as_str asked(as_schema_walk *w, const as_schema_rule *r, as_json v,
                    const as_schema_frame *f, bool present)
{
    as_str text = AS_STR("");

    for (size_t i = 0; i < r->n; i++) {
        uint32_t node = as_schema_words[r->at + i];
        const as_schema_rule *q = only(node, AS_SCHEMA_REQUIRE);
        if (!q)
            return AS_ABSENT;
        if (present && !holds(w, node, v, f))
            continue;
        for (size_t j = 0; j < q->n; j++) {
            as_str name = as_schema_strings[as_schema_words[q->at + j]];
            const char *glue = !text.n ? "" : j ? " with " : ", ";
            text = AS_SCHEMA_SAY(w, "%.*s%s\"%.*s\"", AS_FMT(text), glue,
                                 AS_FMT(name));
        }
    }
    return text;
}

static void none_holds(as_schema_walk *w, const as_schema_rule *r, as_json v,
                       const as_schema_frame *f)
{
    const char *rule = r->op == AS_SCHEMA_ONE ? "oneOf" : "anyOf";
    unsigned mask = 0;
    as_str names;

    for (size_t i = 0; i < r->n; i++)
        mask |= types_of(as_schema_words[r->at + i]);
    if (!(mask & as_schema_json_mask(v))) {
        if (as_schema_json_wanted(w, false))
            as_schema_json_add_type(w, mask, v, f);
        return;
    }
    names = w->report.resolved ? AS_ABSENT : asked(w, r, v, f, false);
    if (!names.p)
        explain(w, r, v, f);
    else if (as_schema_json_wanted(w, false))
        as_schema_json_add(w, f, false, rule,
                           AS_SCHEMA_SAY(w, "one of the members %.*s is needed",
                                         AS_FMT(names)));
}

static void many_hold(as_schema_walk *w, const as_schema_rule *r, as_json v,
                      const as_schema_frame *f)
{
    as_str names;

    if (!as_schema_json_wanted(w, false))
        return;
    names = asked(w, r, v, f, true);
    as_schema_json_add(
        w, f, false, "oneOf",
        names.p
            ? AS_SCHEMA_SAY(w, "only one of the members %.*s may stand here",
                            AS_FMT(names))
            : AS_SCHEMA_SAY(
                  w, "this fits more than one of the forms of which only "
                     "one may fit"));
}

bool as_schema_json_alternatives(as_schema_walk *w, const as_schema_rule *r,
                                 as_json v, const as_schema_frame *f)
{
    uint32_t first = AS_SCHEMA_NONE;
    size_t fits = 0;

    for (size_t i = 0; i < r->n && fits < 2; i++) {
        uint32_t node = as_schema_words[r->at + i];
        if (!holds(w, node, v, f))
            continue;
        if (!fits++)
            first = node;
        if (r->op == AS_SCHEMA_ANY)
            break;
    }
    if (w->quiet)
        return fits == 1;
    if (!fits)
        none_holds(w, r, v, f);
    else if (fits > 1)
        many_hold(w, r, v, f);
    if (fits)
        as_schema_json_check(w, first, v, f); /* for its warnings and names */
    return fits == 1;
}

bool as_schema_json_all(as_schema_walk *w, const as_schema_rule *r, as_json v,
                        const as_schema_frame *f)
{
    bool ok = true;

    for (size_t i = 0; i < r->n && (ok || !w->quiet); i++)
        ok &= as_schema_json_check(w, as_schema_words[r->at + i], v, f);
    return ok;
}

bool as_schema_json_not(as_schema_walk *w, const as_schema_rule *r, as_json v,
                        const as_schema_frame *f)
{
    const as_schema_rule *q = only(r->at, AS_SCHEMA_REQUIRE);
    as_str names = AS_STR(""), why = AS_STR("");

    if (!holds(w, r->at, v, f))
        return true;
    if (!as_schema_json_wanted(w, false))
        return false;
    for (size_t i = 0; q && i < q->n; i++)
        names = AS_SCHEMA_SAY(
            w, "%.*s%s\"%.*s\"", AS_FMT(names), i ? " and " : "",
            AS_FMT(as_schema_strings[as_schema_words[q->at + i]]));
    if (w->because.p)
        why = AS_SCHEMA_SAY(w, " unless \"%.*s\" says otherwise",
                            AS_FMT(w->because));
    as_schema_json_add(
        w, f, false, "not",
        !q ? AS_SCHEMA_SAY(w, "this is a form that is not allowed here")
        : q->n == 1
            ? AS_SCHEMA_SAY(w, "%.*s may not stand here%.*s", AS_FMT(names),
                            AS_FMT(why))
            : AS_SCHEMA_SAY(w, "%.*s may not stand together", AS_FMT(names)));
    return false;
}

/* The first member a condition looks at. */
static as_str subject(uint32_t node)
{
    const as_schema_node *n = &as_schema_nodes[node];

    for (size_t i = 0; i < n->n; i++) {
        const as_schema_rule *r = &as_schema_rules[n->first + i];
        if (r->op == AS_SCHEMA_MEMBERS && r->n)
            return as_schema_strings[as_schema_words[r->at]];
    }
    return AS_ABSENT;
}

bool as_schema_json_if(as_schema_walk *w, const as_schema_rule *r, as_json v,
                       const as_schema_frame *f)
{
    const uint32_t *words = as_schema_words + r->at;
    uint32_t node = words[holds(w, words[0], v, f) ? 1 : 2];
    as_str before = w->because;
    bool ok;

    if (node == AS_SCHEMA_NONE)
        return true;
    w->because = subject(words[0]);
    ok = as_schema_json_check(w, node, v, f);
    w->because = before;
    return ok;
}

/* Reports a value that a look-up does not know, at the member that holds it. */
static void add_unknown(as_schema_walk *w, const as_schema_rule *r, as_json v,
                        as_str value, const as_schema_frame *f)
{
    as_str key = as_schema_strings[as_schema_words[r->at]], q, near;
    as_schema_frame inner = {f, key, 0, f->depth + 1};

    for (as_json_iter it = as_json_each(v); as_json_next(&it);)
        if (as_str_eq(it.key, key))
            inner.index = it.index;
    q = as_schema_json_quote(w, value);
    near = as_schema_nearest(r->at + 1, r->n, 2, value);
    as_schema_json_add(
        w, &inner, false, "enum",
        near.p
            ? AS_SCHEMA_SAY(w, "%.*s is not known here; \"%.*s\" may be meant",
                            AS_FMT(q), AS_FMT(near))
            : AS_SCHEMA_SAY(w, "%.*s is not known here", AS_FMT(q)));
}

bool as_schema_json_by(as_schema_walk *w, const as_schema_rule *r, as_json v,
                       const as_schema_frame *f)
{
    as_str key = as_schema_strings[as_schema_words[r->at]];
    as_str value = as_json_get_str(v, key);
    size_t i;

    if (!as_json_is(v, AS_JSON_OBJECT))
        return true;
    if (!value.p) {
        if (as_schema_json_wanted(w, false))
            as_schema_json_add(
                w, f, false, "required",
                AS_SCHEMA_SAY(w, "the member \"%.*s\" is missing or no string",
                              AS_FMT(key)));
        return false;
    }
    i = as_schema_search(r->at + 1, r->n, 2, value);
    if (i < r->n)
        return as_schema_json_check(w, as_schema_words[r->at + 2 + 2 * i], v,
                                    f);
    if (as_str_find(value, ':') < value.n)
        return true;
    if (as_schema_json_wanted(w, false))
        add_unknown(w, r, v, value, f);
    return false;
}
