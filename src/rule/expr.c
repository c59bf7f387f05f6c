/* SPDX-License-Identifier: Apache-2.0 */
/* The facts a gate may ask for, and the three-valued evaluation of conditions.
 * New fact = one row of the table and its getter. */
#include "rule/policy_internal.h"

#include "base/date.h"

#include <stdlib.h>

typedef enum fact_kind {
    FACT_TEXT,
    FACT_TRUTH,
    FACT_NUMBER,
    FACT_SEVERITY,
    FACT_CONFIDENCE,
} fact_kind;

/* A getter fills text or number; false: the fact is missing. */
typedef struct value {
    as_str text;
    double number;
} value;

struct as_fact {
    as_str name, help;
    fact_kind kind;
    bool of_finding;
    bool (*get)(const as_subject *s, value *ret);
};

/* ---- getters ----------------------------------------------------------- */

static const as_part *part_of(const as_subject *s)
{
    return &s->review->product->parts[s->finding->part];
}

static bool number(double v, value *ret)
{
    ret->number = v;
    return true;
}

static bool truth(as_truth t, value *ret)
{
    ret->number = t == AS_YES;
    return t != AS_UNSURE;
}

static bool text(as_str s, value *ret)
{
    ret->text = s;
    return !as_str_is_empty(s);
}

static bool get_kind(const as_subject *s, value *ret)
{
    return text(s->finding->kind, ret);
}

static bool get_status(const as_subject *s, value *ret)
{
    return text(as_status_word(s->finding->status), ret);
}

/* Open means: it may have to be acted on. A fact is missing when the match
 * itself is undecided. */
static bool get_open(const as_subject *s, value *ret)
{
    switch (s->finding->status) {
    case AS_FINDING_OPEN:
    case AS_FINDING_IN_TRIAGE: return truth(AS_YES, ret);
    case AS_FINDING_UNDECIDED: return truth(AS_UNSURE, ret);
    case AS_FINDING_CANDIDATE:
    case AS_FINDING_NOT_AFFECTED:
    case AS_FINDING_RESOLVED:
    case AS_FINDING_STATUSES: break;
    }
    return truth(AS_NO, ret);
}

static bool get_severity(const as_subject *s, value *ret)
{
    ret->number = s->finding->severity;
    return s->finding->severity != AS_SEVERITY_UNKNOWN;
}

static bool get_score(const as_subject *s, value *ret)
{
    return number(s->finding->score, ret) && s->finding->score >= 0;
}

static bool get_confidence(const as_subject *s, value *ret)
{
    return number(s->finding->confidence, ret);
}

static bool get_exploited(const as_subject *s, value *ret)
{
    return truth(s->finding->exploited, ret);
}

static bool get_ransomware(const as_subject *s, value *ret)
{
    if (s->finding->ransomware)
        return truth(AS_YES, ret);
    return truth(s->finding->exploited == AS_UNSURE ? AS_UNSURE : AS_NO, ret);
}

static bool get_likelihood(const as_subject *s, value *ret)
{
    return number(s->finding->likelihood, ret) && s->finding->likelihood >= 0;
}

static bool get_fix(const as_subject *s, value *ret)
{
    return truth(s->finding->n_fixed_in ? AS_YES : AS_NO, ret);
}

static bool get_age(const as_subject *s, value *ret)
{
    as_date from, to;

    if (!as_date_read(as_str_slice(s->finding->published, 0, 10), &from) ||
        !as_date_read(s->review->as_of, &to))
        return false;
    return number((double)to - (double)from, ret);
}

static bool get_part_kind(const as_subject *s, value *ret)
{
    return text(as_part_kind_word(part_of(s)->kind), ret);
}

static bool get_part_name(const as_subject *s, value *ret)
{
    return text(part_of(s)->name, ret);
}

static bool get_part_scope(const as_subject *s, value *ret)
{
    return text(as_part_value(part_of(s), AS_ATTR_SCOPE), ret);
}

static bool get_share(const as_subject *s, value *ret)
{
    const as_coverage *c = &s->review->coverage;

    if (c->parts == 0)
        return false;
    return number((double)(c->matched + c->clean) / (double)c->parts, ret);
}

static bool get_parts(const as_subject *s, value *ret)
{
    return number((double)s->review->coverage.parts, ret);
}

static bool get_not_examined(const as_subject *s, value *ret)
{
    return number((double)s->review->coverage.not_examined, ret);
}

/* Age of the freshest source: how old the answer may be at best. */
static bool get_knowledge_age(const as_subject *s, value *ret)
{
    bool found = false;

    for (size_t i = 0; i < s->review->n_knowledge; i++) {
        int64_t age = s->review->knowledge[i].age_days;
        if (age < 0 || (found && (double)age >= ret->number))
            continue;
        ret->number = (double)age;
        found = true;
    }
    return found;
}

/* Age of the stalest one. */
static bool get_oldest(const as_subject *s, value *ret)
{
    int64_t oldest = -1;

    for (size_t i = 0; i < s->review->n_knowledge; i++)
        if (s->review->knowledge[i].age_days > oldest)
            oldest = s->review->knowledge[i].age_days;
    return number((double)oldest, ret) && oldest >= 0;
}

static bool get_incomplete(const as_subject *s, value *ret)
{
    const as_product *p = s->review->product;

    for (size_t i = 0; i < p->n_compositions; i++)
        if (as_str_starts(p->compositions[i].aggregate, AS_STR("incomplete")))
            return truth(AS_YES, ret);
    return truth(p->n_compositions ? AS_NO : AS_UNSURE, ret);
}

static bool get_valid(const as_subject *s, value *ret)
{
    return truth(s->review->document.valid, ret);
}

static bool get_errors(const as_subject *s, value *ret)
{
    return number((double)s->review->document.errors, ret) &&
           s->review->document.valid != AS_UNSURE;
}

static const as_fact facts[] = {
    {AS_STR_INIT("finding.kind"),
     AS_STR_INIT("vulnerability, unmaintained, malicious, notice"), FACT_TEXT,
     true, get_kind},
    {AS_STR_INIT("finding.status"),
     AS_STR_INIT("open, undecided, candidate, not_affected, resolved, "
                 "in_triage"),
     FACT_TEXT, true, get_status},
    {AS_STR_INIT("finding.open"),
     AS_STR_INIT("neither fixed nor explained away; unknown when the match is "
                 "undecided"),
     FACT_TRUTH, true, get_open},
    {AS_STR_INIT("finding.severity"),
     AS_STR_INIT("none < low < medium < high < critical"), FACT_SEVERITY, true,
     get_severity},
    {AS_STR_INIT("finding.score"), AS_STR_INIT("CVSS score, 0 to 10"),
     FACT_NUMBER, true, get_score},
    {AS_STR_INIT("finding.confidence"), AS_STR_INIT("low < medium < high"),
     FACT_CONFIDENCE, true, get_confidence},
    {AS_STR_INIT("finding.exploited"),
     AS_STR_INIT("on a list of exploited vulnerabilities at the date"),
     FACT_TRUTH, true, get_exploited},
    {AS_STR_INIT("finding.ransomware"),
     AS_STR_INIT("known to be used by ransomware"), FACT_TRUTH, true,
     get_ransomware},
    {AS_STR_INIT("finding.likelihood"), AS_STR_INIT("EPSS score, 0 to 1"),
     FACT_NUMBER, true, get_likelihood},
    {AS_STR_INIT("finding.fix_available"),
     AS_STR_INIT("some version is said to fix it"), FACT_TRUTH, true, get_fix},
    {AS_STR_INIT("finding.age_days"),
     AS_STR_INIT("days from publication to the date of the review"),
     FACT_NUMBER, true, get_age},
    {AS_STR_INIT("part.kind"), AS_STR_INIT("kind of the part it is about"),
     FACT_TEXT, true, get_part_kind},
    {AS_STR_INIT("part.name"), AS_STR_INIT("name of the part it is about"),
     FACT_TEXT, true, get_part_name},
    {AS_STR_INIT("part.scope"), AS_STR_INIT("required, optional, excluded"),
     FACT_TEXT, true, get_part_scope},
    {AS_STR_INIT("coverage.share"),
     AS_STR_INIT("examined parts out of all, 0 to 1"), FACT_NUMBER, false,
     get_share},
    {AS_STR_INIT("coverage.parts"), AS_STR_INIT("number of parts"), FACT_NUMBER,
     false, get_parts},
    {AS_STR_INIT("coverage.not_examined"),
     AS_STR_INIT("number of parts not examined"), FACT_NUMBER, false,
     get_not_examined},
    {AS_STR_INIT("knowledge.age_days"),
     AS_STR_INIT("age of the freshest source at the date of the review"),
     FACT_NUMBER, false, get_knowledge_age},
    {AS_STR_INIT("knowledge.oldest_days"),
     AS_STR_INIT("age of the stalest source at the date of the review"),
     FACT_NUMBER, false, get_oldest},
    {AS_STR_INIT("composition.incomplete"),
     AS_STR_INIT("the document says a list is incomplete"), FACT_TRUTH, false,
     get_incomplete},
    {AS_STR_INIT("document.valid"),
     AS_STR_INIT("it keeps the rules of its format; unknown when it was not "
                 "held against them"),
     FACT_TRUTH, false, get_valid},
    {AS_STR_INIT("document.errors"),
     AS_STR_INIT("how often it breaks the rules of its format"), FACT_NUMBER,
     false, get_errors},
};

bool as_policy_field(size_t i, as_str *ret_name, as_str *ret_help)
{
    if (i >= AS_ARRAY_LEN(facts))
        return false;
    *ret_name = facts[i].name;
    *ret_help = facts[i].help;
    return true;
}

const as_fact *as_fact_find(as_str name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(facts); i++)
        if (as_str_eq(facts[i].name, name))
            return &facts[i];
    return NULL;
}

bool as_fact_of_finding(const as_fact *f)
{
    return f->of_finding;
}

/* ---- values of the policy ---------------------------------------------- */

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

bool as_fact_value(const as_fact *f, as_json v, as_str s, as_expr *ret)
{
    as_severity severity;
    bool flag;

    switch (f->kind) {
    case FACT_TEXT: ret->text = s; return !as_str_is_absent(s);
    case FACT_NUMBER: return number_of(v, s, &ret->number);
    case FACT_TRUTH:
        if (!as_json_bool(v, &flag))
            return false;
        ret->number = flag;
        return true;
    case FACT_SEVERITY:
        severity = as_severity_find(s);
        ret->number = severity;
        return severity != AS_SEVERITY_UNKNOWN;
    case FACT_CONFIDENCE: return confidence_of(s, &ret->number);
    }
    return false;
}

/* ---- evaluation -------------------------------------------------------- */

static void note_missing(as_missing *m, as_str name)
{
    for (size_t i = 0; i < m->n; i++)
        if (as_str_eq(m->names[i], name))
            return;
    if (m->n < AS_ARRAY_LEN(m->names))
        m->names[m->n++] = name;
}

static bool holds(as_expr_op op, int order)
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

static as_truth eval_test(const as_expr *e, const as_subject *s,
                          as_missing *missing)
{
    value v = {AS_ABSENT, 0};
    int order;

    if (!e->fact->get(s, &v)) {
        note_missing(missing, e->fact->name);
        return AS_UNSURE;
    }
    order = e->fact->kind == FACT_TEXT
                ? as_str_cmp(v.text, e->text)
                : (v.number > e->number) - (v.number < e->number);
    return holds(e->op, order) ? AS_YES : AS_NO;
}

/* Depth is bounded by AS_POLICY_DEPTH when the policy is read. A fact counts as
 * missing only where it could have changed the answer. */
as_truth as_expr_eval(const as_expr *e, const as_subject *s,
                      as_missing *missing)
{
    as_truth decided = e->kind == AS_EXPR_ALL ? AS_NO : AS_YES;
    as_truth r = as_truth_not(decided);
    size_t before = missing->n;

    if (e->kind == AS_EXPR_TEST)
        return eval_test(e, s, missing);
    if (e->kind == AS_EXPR_NOT)
        return as_truth_not(as_expr_eval(e->children[0], s, missing));
    for (size_t i = 0; i < e->n_children; i++) {
        as_truth t = as_expr_eval(e->children[i], s, missing);
        if (t == decided) {
            missing->n = before;
            return decided;
        }
        if (t == AS_UNSURE)
            r = AS_UNSURE;
    }
    return r;
}
