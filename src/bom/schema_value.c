/* SPDX-License-Identifier: Apache-2.0 */
/* Text against a node of the tables, and what it means beyond its type: simple
 * types of XML Schema, values of tags. */
#include "bom/schema_internal.h"

/* One value being judged. */
struct value {
    const as_schema_spot *spot;
    as_schema_report *report;
    as_str text;
    bool quiet;
};

static bool check(struct value *v, uint32_t node);

#define SAY(v, ...) as_arena_printf((v)->report->arena, __VA_ARGS__)

static bool wanted(const struct value *v, bool warning)
{
    return !v->quiet && as_schema_wanted(v->report, warning);
}

static as_str quoted(const struct value *v)
{
    return as_schema_quote(v->report->arena, v->text);
}

static void add(const struct value *v, bool warning, const char *rule,
                as_str message)
{
    as_schema_place p = v->spot->place(v->spot);

    as_schema_add(v->report, &p, warning, rule, message);
}

/* White space is kept, or cut off at both ends (XML Schema part 2, 4.3.6:
 * collapse). That runs inside of it become one space does not matter to any
 * type that is asked more of than its length. */
static bool check_text(struct value *v, const as_schema_rule *r)
{
    as_schema_text t = (as_schema_text)r->n;
    as_str q;

    if (t != AS_SCHEMA_TEXT_STRING && t != AS_SCHEMA_TEXT_NORMALIZED_STRING)
        v->text = as_str_trim(v->text);
    if (as_schema_text_holds(t, v->text))
        return true;
    if (!wanted(v, false))
        return false;
    q = quoted(v);
    add(v, false, "datatype",
        SAY(v, "%.*s is not %s", AS_FMT(q), as_schema_text_name(t)));
    return false;
}

static bool check_values(struct value *v, const as_schema_rule *r)
{
    as_str q, list, near;

    if (as_schema_search(r->at, r->n, 1, v->text) < r->n)
        return true;
    if (!wanted(v, false))
        return false;
    q = quoted(v);
    list = as_schema_list(v->report->arena, r->at, r->n);
    near = r->n > 1 ? as_schema_nearest(r->at, r->n, 1, v->text) : AS_ABSENT;
    add(v, false, "enumeration",
        near.p
            ? SAY(v, "%.*s is not one of %.*s; \"%.*s\" may be meant",
                  AS_FMT(q), AS_FMT(list), AS_FMT(near))
            : SAY(v, r->n > 1 ? "%.*s is not one of %.*s" : "%.*s is not %.*s",
                  AS_FMT(q), AS_FMT(list)));
    return false;
}

static bool check_pattern(struct value *v, const as_schema_rule *r)
{
    const as_schema_pattern *p = &as_schema_patterns[r->at];
    as_str q;

    if (as_schema_matches(p, v->text))
        return true;
    if (!wanted(v, false))
        return false;
    q = quoted(v);
    add(v, false, "pattern", as_schema_form(v->report->arena, q, p));
    return false;
}

static bool check_format(struct value *v, const as_schema_rule *r)
{
    as_schema_format format = (as_schema_format)r->n;
    bool warning = as_schema_format_is_advice(format);
    as_str q;

    if (as_schema_format_holds(format, v->text))
        return true;
    if (!wanted(v, warning))
        return warning;
    q = quoted(v);
    add(v, warning, "format",
        SAY(v, "%.*s is not %s", AS_FMT(q), as_schema_format_name(format)));
    return warning;
}

/* JSON types: a table for JSON says that tags hold true or false. */
static bool check_types(struct value *v, const as_schema_rule *r)
{
    as_str q;

    if (r->n & AS_SCHEMA_IS_STRING || !(r->n & AS_SCHEMA_IS_TRUE) ||
        as_str_eq(v->text, AS_STR("true")) ||
        as_str_eq(v->text, AS_STR("false")))
        return true;
    if (!wanted(v, false))
        return false;
    q = quoted(v);
    add(v, false, "datatype", SAY(v, "%.*s is not true or false", AS_FMT(q)));
    return false;
}

static bool check_length(struct value *v, const as_schema_rule *r)
{
    bool least = r->op == AS_SCHEMA_MIN_LENGTH;
    size_t n = as_schema_length(v->text);

    if (least ? n >= r->at : n <= r->at)
        return true;
    if (wanted(v, false))
        add(v, false, least ? "minLength" : "maxLength",
            n == 0 ? SAY(v, "the text is empty")
                   : SAY(v,
                         "the text has %zu characters, and at %s %u are "
                         "allowed",
                         n, least ? "least" : "most", r->at));
    return false;
}

static bool check_range(struct value *v, const as_schema_rule *r)
{
    bool least = r->op == AS_SCHEMA_LEAST;
    int c = as_schema_decimal_cmp(v->text, r->at);
    as_str q;

    if (least ? c >= 0 : c <= 0)
        return true;
    if (!wanted(v, false))
        return false;
    q = quoted(v);
    add(v, false, least ? "minInclusive" : "maxInclusive",
        SAY(v, "%.*s is %s than %u", AS_FMT(q), least ? "less" : "more",
            r->at));
    return false;
}

static bool check_fraction(struct value *v, const as_schema_rule *r)
{
    size_t point = as_str_find(v->text, '.'), end = v->text.n;

    while (end > point && v->text.p[end - 1] == '0')
        end--;
    if (point == v->text.n || end - point - 1 <= r->at)
        return true;
    if (wanted(v, false))
        add(v, false, "fractionDigits",
            SAY(v, "at most %u digits may stand behind the point", r->at));
    return false;
}

/* A union: the first member type that holds. When none does, the first one
 * says why. */
static bool check_any(struct value *v, const as_schema_rule *r)
{
    bool quiet = v->quiet, ok = false;
    as_str text = v->text;
    uint32_t node = as_schema_words[r->at];

    v->quiet = true;
    for (size_t i = 0; i < r->n && !ok; i++) {
        v->text = text;
        ok = check(v, as_schema_words[r->at + i]);
        if (ok)
            node = as_schema_words[r->at + i];
    }
    v->quiet = quiet;
    v->text = text;
    if (!quiet)
        check(v, node);
    return ok;
}

/* ---- roles ------------------------------------------------------------- */

static void check_name(struct value *v, as_schema_role role)
{
    as_schema_report *r = v->report;
    as_schema_reference *bad;
    as_schema_place p;

    if (!r->resolved) {
        as_schema_note(r, role, as_arena_str(r->arena, v->text));
        return;
    }
    bad = as_schema_bad(r, role, v->text);
    if (!bad)
        return;
    p = v->spot->place(v->spot);
    as_schema_add_bad(r, &p, role, bad, !v->spot->unique);
}

static void check_hash(struct value *v)
{
    as_str alg = v->spot->algorithm;
    size_t digits = as_schema_digest_bad(alg, v->text);

    if (digits && wanted(v, true))
        add(v, true, "hash",
            SAY(v, AS_SCHEMA_DIGEST, AS_FMT(alg), digits, v->text.n));
}

static void check_identifier(struct value *v, as_schema_role role)
{
    as_err why;

    if (!v->report->resolved &&
        as_schema_identifier_bad(v->report, role, v->text, &why) &&
        wanted(v, true))
        add(v, true, role == AS_SCHEMA_ROLE_PURL ? "purl" : "cpe",
            SAY(v, "%s", why.what));
}

/* The specification's own assertion, which XML Schema 1.0 cannot write. */
static bool check_external(struct value *v)
{
    if (!v->spot->internal)
        return true;
    if (wanted(v, false))
        add(v, false, "assert",
            SAY(v, "a version range may stand only in a component with "
                   "isExternal=\"true\""));
    return false;
}

static bool is_name(const as_schema_rule *r)
{
    return r->op == AS_SCHEMA_ROLE &&
           (r->n == AS_SCHEMA_ROLE_DEFINE || r->n == AS_SCHEMA_ROLE_USE ||
            r->n == AS_SCHEMA_ROLE_ELEMENT);
}

static bool check_role(struct value *v, const as_schema_rule *r)
{
    as_schema_role role = (as_schema_role)r->n;

    if (role == AS_SCHEMA_ROLE_EXTERNAL)
        return check_external(v);
    if (v->quiet)
        return true;
    if (is_name(r))
        check_name(v, role);
    else if (role == AS_SCHEMA_ROLE_HASH)
        check_hash(v);
    else if (role == AS_SCHEMA_ROLE_PURL || role == AS_SCHEMA_ROLE_CPE)
        check_identifier(v, role);
    return true;
}

/* ---- the interpreter --------------------------------------------------- */

typedef bool text_rule(struct value *v, const as_schema_rule *r);

static text_rule *rule_for(as_schema_op op)
{
    static text_rule *const rules[] = {
        [AS_SCHEMA_TYPES] = check_types,
        [AS_SCHEMA_TEXT] = check_text,
        [AS_SCHEMA_FORMAT] = check_format,
        [AS_SCHEMA_VALUES] = check_values,
        [AS_SCHEMA_PATTERN] = check_pattern,
        [AS_SCHEMA_MIN_LENGTH] = check_length,
        [AS_SCHEMA_MAX_LENGTH] = check_length,
        [AS_SCHEMA_LEAST] = check_range,
        [AS_SCHEMA_MOST] = check_range,
        [AS_SCHEMA_FRACTION_DIGITS] = check_fraction,
        [AS_SCHEMA_ANY] = check_any,
        [AS_SCHEMA_ROLE] = check_role,
    };

    return op < AS_ARRAY_LEN(rules) ? rules[op] : NULL;
}

/* The first broken rule is enough: the others mostly say it again. Names are
 * taken of broken values too. */
static bool check(struct value *v, uint32_t node)
{
    const as_schema_node *n = &as_schema_nodes[node];
    bool ok = true;

    for (size_t i = 0; i < n->n; i++) {
        const as_schema_rule *r = &as_schema_rules[n->first + i];
        text_rule *rule = rule_for((as_schema_op)r->op);
        if (rule && (ok || is_name(r)))
            ok &= rule(v, r);
    }
    return ok;
}

void as_schema_value(const as_schema_spot *spot, uint32_t node, as_str value)
{
    struct value v = {spot, spot->report, value, false};

    check(&v, node);
}
