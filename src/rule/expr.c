/* SPDX-License-Identifier: Apache-2.0 */
/* Three-valued evaluation of conditions, and the values that facts compare
 * with. */
#include "rule/expr_internal.h"

#include "model/category.h"
#include "model/country.h"

#include <stdlib.h>

/* ---- values -------------------------------------------------------------- */

static bool number_of(as_json v, as_str s, double *ret)
{
    char buf[40], *end;

    if (as_json_double(v, ret))
        return true;
    if (s.n == 0 || s.n >= sizeof buf)
        return false;
    /* "nan" would compare as equal to everything. */
    for (size_t i = 0; i < s.n; i++) {
        if (!as_ascii_is_digit(s.p[i]) && s.p[i] != '.' && s.p[i] != '-')
            return false;
        buf[i] = s.p[i];
    }
    buf[s.n] = 0;
    *ret = strtod(buf, &end);
    return *end == 0;
}

static bool confidence_of(as_str s, double *ret)
{
    for (unsigned i = 0; i < AS_CONFIDENCES; i++) {
        if (as_str_eq(as_confidence_word((as_confidence)i), s)) {
            *ret = i;
            return true;
        }
    }
    return false;
}

static bool severity_of(as_str s, double *ret)
{
    as_severity severity = as_severity_find(s);

    *ret = severity;
    return severity != AS_SEVERITY_UNKNOWN;
}

static bool truth_of(as_json v, double *ret)
{
    bool flag;

    if (!as_json_bool(v, &flag))
        return false;
    *ret = flag;
    return true;
}

static bool date_of(as_str s, double *ret)
{
    as_date d;

    if (!as_date_read(s, &d))
        return false;
    *ret = d;
    return true;
}

/* "CN", "CN-XJ": as the facts are written, in capitals. */
static bool is_country(as_str s)
{
    as_str region = s, code = as_str_cut(&region, '-');

    if (!as_country_is_code(code) || (!as_str_is_absent(region) && !region.n))
        return false;
    for (size_t i = 0; i < region.n; i++)
        if (!as_ascii_is_upper(region.p[i]) && !as_ascii_is_digit(region.p[i]))
            return false;
    return true;
}

/* "3B001", "3B001.c.1.a", "EAR99". */
static bool is_eccn(as_str s)
{
    as_str path = s, base = as_str_cut(&path, '.');

    if (as_str_eq(s, AS_STR("EAR99")))
        return true;
    return base.n == 5 && as_ascii_is_digit(base.p[0]) && base.p[1] >= 'A' &&
           base.p[1] <= 'E' && as_ascii_is_digit(base.p[2]) &&
           as_ascii_is_digit(base.p[3]) && as_ascii_is_digit(base.p[4]) &&
           (as_str_is_absent(path) || path.n);
}

static bool is_part_kind(as_str s)
{
    return as_str_eq(as_part_kind_word(as_part_kind_find(s)), s);
}

bool as_fact_value(const as_fact *f, as_json v, as_str s, as_expr *ret)
{
    bool equality = ret->op == AS_OP_EQ || ret->op == AS_OP_NE;

    ret->text = s;
    switch (f->kind) {
    case AS_FACT_TEXT: return !as_str_is_absent(s);
    case AS_FACT_WORDS:
    case AS_FACT_PATH: return equality && !as_str_is_empty(s);
    case AS_FACT_COUNTRY: return equality && is_country(s);
    case AS_FACT_ECCN: return equality && is_eccn(s);
    case AS_FACT_PURL: return equality && as_str_starts(s, AS_STR("pkg:"));
    case AS_FACT_PART_KIND: return equality && is_part_kind(s);
    case AS_FACT_ACTS: return equality && as_act_known(s);
    case AS_FACT_CATEGORY:
        ret->text = as_category_find(s);
        return equality && as_str_eq(ret->text, s);
    case AS_FACT_NUMBER: return number_of(v, s, &ret->number);
    case AS_FACT_TRUTH: return truth_of(v, &ret->number);
    case AS_FACT_SEVERITY: return severity_of(s, &ret->number);
    case AS_FACT_CONFIDENCE: return confidence_of(s, &ret->number);
    case AS_FACT_DATE: return date_of(s, &ret->number);
    }
    return false;
}

/* ---- the trail --------------------------------------------------------------
 */

void as_trail_want(as_trail *t, as_str fact, uint32_t part, as_str detail)
{
    for (size_t i = 0; i < t->n_wanted; i++)
        if (t->wanted[i].part == part && as_str_eq(t->wanted[i].fact, fact) &&
            as_str_eq(t->wanted[i].detail, detail))
            return;
    if (t->n_wanted == AS_RULE_WANTED)
        t->more_wanted++;
    else
        t->wanted[t->n_wanted++] =
            (as_wanted){.fact = fact, .part = part, .detail = detail};
}

void as_trail_note(as_trail *t, const as_note *note)
{
    if (t->n_notes < AS_RULE_HITS)
        t->notes[t->n_notes++] = *note;
}

void as_trail_hit(as_trail *t, uint32_t part)
{
    for (size_t i = 0; i < t->n_hits; i++)
        if (t->hits[i] == part)
            return;
    if (t->n_hits == AS_RULE_HITS)
        t->more_hits++;
    else
        t->hits[t->n_hits++] = part;
}

/* How far a trail had come. */
struct mark {
    size_t n_wanted, more_wanted, n_hits, more_hits, n_notes;
};

static struct mark mark_of(const as_trail *t)
{
    return (struct mark){t->n_wanted, t->more_wanted, t->n_hits, t->more_hits,
                         t->n_notes};
}

static void forget_wanted(as_trail *t, const struct mark *m)
{
    t->n_wanted = m->n_wanted;
    t->more_wanted = m->more_wanted;
}

static void forget_hits(as_trail *t, const struct mark *m)
{
    t->n_hits = m->n_hits;
    t->more_hits = m->more_hits;
    t->n_notes = m->n_notes;
}

/* ---- tests --------------------------------------------------------------- */

bool as_expr_holds(as_expr_op op, int order)
{
    switch (op) {
    case AS_OP_EQ: return order == 0;
    case AS_OP_NE: return order != 0;
    case AS_OP_LT: return order < 0;
    case AS_OP_LE: return order <= 0;
    case AS_OP_GT: return order > 0;
    case AS_OP_GE: return order >= 0;
    }
    return false;
}

static as_truth truth_if(bool b)
{
    return b ? AS_YES : AS_NO;
}

static bool ends_step(as_str whole, size_t at)
{
    return at == whole.n || as_str_find(AS_STR("./-@:?"), whole.p[at]) < 6;
}

/* "3B001.c" is within "3B001"; of "3B001" it is not known whether it is
 * "3B001.c". So with regions of countries and with purls. */
static as_truth path_is(as_str have, as_str want)
{
    if (as_str_starts_nocase(have, want) && ends_step(have, want.n))
        return AS_YES;
    if (as_str_starts_nocase(want, have) && ends_step(want, have.n))
        return AS_UNSURE;
    return AS_NO;
}

/* Words for what has no parts that a bill of materials lists. */
static bool is_elementary(as_str category)
{
    static const as_str words[] = {
        AS_STR_INIT("semiconductor"), AS_STR_INIT("passive"),
        AS_STR_INIT("connector"),     AS_STR_INIT("mechanical"),
        AS_STR_INIT("material"),      AS_STR_INIT("battery-cell"),
        AS_STR_INIT("circuit-board"), AS_STR_INIT("security-software")};

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_category_compare(category, words[i]) == AS_CATEGORY_IS)
            return true;
    return false;
}

static as_truth category_is(as_str have, as_str want)
{
    if (as_str_eq(have, AS_STR(AS_ASSEMBLY)))
        return is_elementary(want) ? AS_NO : AS_UNSURE;
    switch (as_category_compare(have, want)) {
    case AS_CATEGORY_IS: return AS_YES;
    case AS_CATEGORY_WIDER: return AS_UNSURE;
    case AS_CATEGORY_OTHER: break;
    }
    return AS_NO;
}

static as_truth has_word(const as_value *v, as_str want)
{
    for (size_t i = 0; i < v->n_words; i++)
        if (as_str_eq(v->words[i], want))
            return AS_YES;
    return AS_NO;
}

static as_truth compare(const as_expr *e, const as_value *v)
{
    as_truth same;

    switch (e->fact->kind) {
    case AS_FACT_TEXT:
        return truth_if(as_expr_holds(e->op, as_str_cmp(v->text, e->text)));
    case AS_FACT_PATH:
    case AS_FACT_COUNTRY:
    case AS_FACT_ECCN:
    case AS_FACT_PURL:
    case AS_FACT_PART_KIND: same = path_is(v->text, e->text); break;
    case AS_FACT_CATEGORY: same = category_is(v->text, e->text); break;
    case AS_FACT_ACTS:
    case AS_FACT_WORDS: same = has_word(v, e->text); break;
    case AS_FACT_TRUTH:
    case AS_FACT_NUMBER:
    case AS_FACT_SEVERITY:
    case AS_FACT_CONFIDENCE:
    case AS_FACT_DATE:
    default:
        return truth_if(as_expr_holds(e->op, (v->number > e->number) -
                                                 (v->number < e->number)));
    }
    return e->op == AS_OP_NE ? as_truth_not(same) : same;
}

static as_truth eval_test(const as_expr *e, const as_subject *s, as_trail *t)
{
    as_value v = {.text = AS_ABSENT};
    as_truth r = AS_UNSURE;

    if (e->fact->get(s, &v))
        r = compare(e, &v);
    if (r == AS_UNSURE)
        as_trail_want(t, e->fact->name,
                      e->fact->of == AS_OF_PART ? s->part : AS_NO_PART,
                      as_str_is_absent(v.detail) ? v.text : v.detail);
    return r;
}

static as_truth eval_assertion(const as_expr *e, const as_subject *s,
                               as_trail *t)
{
    const as_context *c = s->world->in->context;

    for (size_t i = 0; c && i < c->n_facts; i++) {
        if (!as_str_eq(c->facts[i].name, e->text))
            continue;
        if (as_str_eq(c->facts[i].value, AS_STR("unknown")))
            break;
        return truth_if(as_str_eq(c->facts[i].value, AS_STR("yes")) ==
                        (e->number > 0));
    }
    as_trail_want(t, e->text, AS_NO_PART, AS_ABSENT);
    return AS_UNSURE;
}

/* ---- logic --------------------------------------------------------------- */

/* A fact counts as missing only where it could have changed the answer, and a
 * part as hit only where the whole holds. */
static as_truth eval_all(const as_expr *e, const as_subject *s, as_trail *t)
{
    struct mark before = mark_of(t);
    as_truth r = AS_YES;

    for (size_t i = 0; i < e->n_children; i++) {
        as_truth one = as_expr_eval(e->children[i], s, t);
        if (one == AS_NO) {
            forget_wanted(t, &before);
            forget_hits(t, &before);
            return AS_NO;
        }
        if (one == AS_UNSURE)
            r = AS_UNSURE;
    }
    if (r == AS_UNSURE)
        forget_hits(t, &before);
    return r;
}

/* A gate is content with the first that holds; a rule names all hits. */
static as_truth eval_any(const as_expr *e, const as_subject *s, as_trail *t)
{
    struct mark before = mark_of(t);
    as_truth r = AS_NO;

    for (size_t i = 0; i < e->n_children; i++) {
        r = as_truth_or(r, as_expr_eval(e->children[i], s, t));
        if (r == AS_YES && !s->world)
            break;
    }
    if (r != AS_UNSURE)
        forget_wanted(t, &before);
    return r;
}

static as_truth eval_not(const as_expr *e, const as_subject *s, as_trail *t)
{
    struct mark before = mark_of(t);
    as_truth r = as_truth_not(as_expr_eval(e->children[0], s, t));

    forget_hits(t, &before);
    return r;
}

/* Depth is bounded by AS_EXPR_DEPTH when the condition is read. */
as_truth as_expr_eval(const as_expr *e, const as_subject *s, as_trail *t)
{
    switch (e->kind) {
    case AS_EXPR_ALL: return eval_all(e, s, t);
    case AS_EXPR_ANY: return eval_any(e, s, t);
    case AS_EXPR_NOT: return eval_not(e, s, t);
    case AS_EXPR_TEST: return eval_test(e, s, t);
    case AS_EXPR_PARTY: return as_expr_party(e, s, t);
    case AS_EXPR_DEALINGS: return as_expr_dealings(e, s, t);
    case AS_EXPR_ANY_PART: return as_expr_any_part(e, s, t);
    case AS_EXPR_ALL_PARTS: return as_expr_all_parts(e, s, t);
    case AS_EXPR_CONTAINS: return as_expr_contains(e, s, t);
    case AS_EXPR_WITHIN: return as_expr_within(e, s, t);
    case AS_EXPR_SHARE: return as_expr_share(e, s, t);
    case AS_EXPR_ASSERTS: return eval_assertion(e, s, t);
    }
    return AS_UNSURE;
}
