/* SPDX-License-Identifier: Apache-2.0 */
/* A rule as text for readers. */
#include "rule/expr_internal.h"

/* ---- whom it binds ------------------------------------------------------- */

static void put_list(as_buf *out, const as_str *words, size_t n,
                     as_str (*text)(as_str))
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            as_buf_c(out, i + 1 == n ? " or " : ", ");
        as_buf_str(out, text ? text(words[i]) : words[i]);
    }
}

/* "buy" -> "buying", as far as our acts go. */
static as_str doing(as_str act)
{
    static const struct {
        as_str act, text;
    } words[] = {
        {AS_STR_INIT("buy"), AS_STR_INIT("buying")},
        {AS_STR_INIT("use"), AS_STR_INIT("using")},
        {AS_STR_INIT("ship"), AS_STR_INIT("shipping")},
        {AS_STR_INIT("export"), AS_STR_INIT("exporting")},
        {AS_STR_INIT("reexport"), AS_STR_INIT("re-exporting")},
        {AS_STR_INIT("transfer"), AS_STR_INIT("transferring")},
        {AS_STR_INIT("import"), AS_STR_INIT("importing")},
        {AS_STR_INIT("service"), AS_STR_INIT("servicing")},
        {AS_STR_INIT("authorise"), AS_STR_INIT("authorising")},
        {AS_STR_INIT("sell"), AS_STR_INIT("selling")},
        {AS_STR_INIT("make"), AS_STR_INIT("making")},
        {AS_STR_INIT("fund"), AS_STR_INIT("funding")},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq(words[i].act, act))
            return words[i].text;
    return act;
}

void as_rule_who(const as_rule *r, as_buf *out)
{
    if (r->n_roles == 0)
        as_buf_c(out, "anybody");
    put_list(out, r->roles, r->n_roles, as_role_help);
    if (r->n_acts) {
        as_buf_c(out, ", ");
        put_list(out, r->acts, r->n_acts, doing);
    }
}

/* ---- time ---------------------------------------------------------------- */

static void put_intervals(as_buf *out, const char *name,
                          const as_rule_interval *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        as_buf_printf(out, "  %s from ", name);
        as_date_write(out, list[i].from);
        if (list[i].to != AS_DATE_NONE) {
            as_buf_c(out, " to ");
            as_date_write(out, list[i].to);
            as_buf_c(out, " (not included)");
        }
        as_buf_printf(out, ", %.*s",
                      AS_FMT(as_certainty_word(list[i].certainty)));
        if (list[i].back != list[i].certainty)
            as_buf_printf(out, "; its end is %.*s",
                          AS_FMT(as_certainty_word(list[i].back)));
        if (list[i].note.n)
            as_buf_c(out, ": ");
        as_buf_shown(out, list[i].note);
        as_buf_byte(out, '\n');
    }
}

/* ---- the condition ------------------------------------------------------- */

static void put_indent(as_buf *out, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        as_buf_c(out, "  ");
}

static const char *sign_of(as_expr_op op)
{
    switch (op) {
    case AS_OP_EQ: return "is";
    case AS_OP_NE: return "is not";
    case AS_OP_LT: return "<";
    case AS_OP_LE: return "<=";
    case AS_OP_GT: return ">";
    case AS_OP_GE: return ">=";
    }
    return "is";
}

static void put_test(const as_expr *e, as_buf *out)
{
    as_buf_printf(out, "%.*s %s ", AS_FMT(e->fact->name), sign_of(e->op));
    if (e->fact->kind == AS_FACT_DATE)
        as_date_write(out, (as_date)e->number);
    else if (e->fact->kind == AS_FACT_TRUTH)
        as_buf_c(out, e->number > 0 ? "true" : "false");
    else if (e->text.n)
        as_buf_str(out, e->text);
    else
        as_buf_printf(out, "%g", e->number);
    as_buf_byte(out, '\n');
}

static void put_roles(const as_party_test *p, as_buf *out)
{
    for (size_t i = 0; i < p->n_must + p->n_may; i++) {
        as_attribute_key key =
            i < p->n_must ? p->must[i] : p->may[i - p->n_must];
        as_buf_c(out, i ? " or " : "");
        as_buf_str(out, as_attribute_word(key));
        if (i >= p->n_must)
            as_buf_c(out, " (where stated)");
    }
}

static void put_party(const as_expr *e, as_buf *out)
{
    const as_party_test *p = e->party;

    if (e->kind == AS_EXPR_PARTY)
        put_roles(p, out);
    else if (p->n_roles)
        put_list(out, p->roles, p->n_roles, NULL);
    else
        as_buf_c(out, "a party of the deal");
    if (p->owned >= 0)
        as_buf_printf(out, " held to %s%g %%%s (counted as by %.*s) by those",
                      as_str_eq(p->held.method, AS_STR("eu")) ||
                              as_str_eq(p->held.method, AS_STR("uk"))
                          ? "more than "
                          : "",
                      p->owned,
                      as_str_eq(p->held.method, AS_STR("eu")) ||
                              as_str_eq(p->held.method, AS_STR("uk"))
                          ? ""
                          : " or more",
                      AS_FMT(p->held.method));
    if (p->n_families) {
        as_buf_c(out, " of the family ");
        put_list(out, p->families, p->n_families, NULL);
    }
    if (p->n_names) {
        as_buf_c(out, " named ");
        put_list(out, p->names, p->n_names, NULL);
    }
    if (p->n_lists) {
        as_buf_c(out, p->n_families + p->n_names ? " or" : "");
        as_buf_c(out, " on the list ");
        put_list(out, p->lists, p->n_lists, NULL);
    }
    if (p->n_terms) {
        as_buf_printf(out, " with %.*s ", AS_FMT(p->term_key));
        put_list(out, p->terms, p->n_terms, NULL);
    }
    if (p->n_lists && p->identity == AS_PARTY_FAMILY)
        as_buf_c(out, ", its sisters and subsidiaries counted");
    as_buf_byte(out, '\n');
}

static const char *head_of(as_expr_kind kind)
{
    switch (kind) {
    case AS_EXPR_ALL: return "all of";
    case AS_EXPR_ANY: return "any of";
    case AS_EXPR_NOT: return "not";
    case AS_EXPR_ANY_PART: return "some part of the product:";
    case AS_EXPR_ALL_PARTS:
        return "of every part: where the first holds, "
               "the second does";
    case AS_EXPR_CONTAINS: return "some part inside it, however deep:";
    case AS_EXPR_WITHIN: return "some part that it is inside of:";
    case AS_EXPR_SHARE:
    case AS_EXPR_TEST:
    case AS_EXPR_PARTY:
    case AS_EXPR_DEALINGS:
    case AS_EXPR_ASSERTS: break;
    }
    return "";
}

/* Depth is bounded by AS_EXPR_DEPTH when the rule is read. */
static void put_expr(const as_expr *e, unsigned depth, as_buf *out)
{
    if (e->kind == AS_EXPR_ALL && e->n_children == 1) {
        put_expr(e->children[0], depth, out);
        return;
    }
    if (e->kind == AS_EXPR_ALL && e->n_children == 0)
        return;
    put_indent(out, depth);
    if (e->kind == AS_EXPR_TEST) {
        put_test(e, out);
        return;
    }
    if (e->kind == AS_EXPR_PARTY || e->kind == AS_EXPR_DEALINGS) {
        put_party(e, out);
        return;
    }
    if (e->kind == AS_EXPR_ASSERTS) {
        as_buf_printf(out, "who asks states: %.*s is %s\n", AS_FMT(e->text),
                      e->number > 0 ? "so" : "not so");
        return;
    }
    if (e->kind == AS_EXPR_SHARE)
        as_buf_printf(out, "%s %g %% of the value is in parts of which:",
                      sign_of(e->op), e->number);
    as_buf_c(out, head_of(e->kind));
    as_buf_byte(out, '\n');
    for (size_t i = 0; i < e->n_children; i++)
        put_expr(e->children[i], depth + 1, out);
}

/* ---- all of it ----------------------------------------------------------- */

static void put_line(as_buf *out, const char *name, as_str value)
{
    if (value.n)
        as_buf_line(out, "%s: %.*s", name, AS_FMT(value));
}

static void put_standing(const as_rule *r, as_date day, as_buf *out)
{
    as_standing s = as_rule_standing(r, day);

    as_buf_c(out, "on ");
    as_date_write(out, day);
    as_buf_printf(out, ": %.*s (%.*s)\n", AS_FMT(as_phase_word(s.phase)),
                  AS_FMT(as_certainty_word(s.certainty)));
}

void as_rule_write(const as_rule *r, as_date day, as_buf *out)
{
    as_buf_line(out, "%.*s: %.*s", AS_FMT(r->id), AS_FMT(r->title));
    put_line(out, "law of", r->jurisdiction);
    put_line(out, "instrument", r->instrument);
    put_line(out, "citation", r->citation);
    put_line(out, "source", r->source);
    put_line(out, "read from", r->file);
    put_line(out, "switched off", r->off);
    put_standing(r, day, out);
    put_intervals(out, "in force", r->intervals, r->n_intervals);
    put_intervals(out, "suspended", r->suspensions, r->n_suspensions);
    as_buf_c(out, "binds: ");
    as_rule_who(r, out);
    as_buf_printf(out, "\nconsequence: %.*s (severity %.*s)\n",
                  AS_FMT(as_consequence_word(r->consequence)),
                  AS_FMT(as_severity_word(r->severity)));
    put_line(out, "because", r->reason);
    as_buf_c(out, "when\n");
    put_expr(r->when, 1, out);
    for (size_t i = 0; i < r->n_unless; i++) {
        as_buf_line(out, "unless %.*s", AS_FMT(r->unless[i].title));
        put_expr(r->unless[i].when, 1, out);
    }
    for (size_t i = 0; i < r->n_forbids_complying_with; i++)
        put_line(out, "forbids to comply with", r->forbids_complying_with[i]);
    for (size_t i = 0; i < r->n_ask; i++) {
        as_buf_line(out, "who could say %.*s: %.*s", AS_FMT(r->ask[i].name),
                    AS_FMT(r->ask[i].value));
    }
    put_line(out, "what to do", r->remedy);
    put_line(out, "note", r->note);
}
