/* SPDX-License-Identifier: Apache-2.0 */
/* The facts that a gate of a policy may ask for. New fact = one row of the
 * table and its getter. */
#include "rule/expr_internal.h"

#include "base/date.h"

/* ---- getters ------------------------------------------------------------- */

static const as_part *part_of(const as_subject *s)
{
    return &s->review->product->parts[s->finding->part];
}

static bool number(double v, as_value *ret)
{
    ret->number = v;
    return true;
}

static bool truth(as_truth t, as_value *ret)
{
    ret->number = t == AS_YES;
    return t != AS_UNSURE;
}

static bool text(as_str s, as_value *ret)
{
    ret->text = s;
    return !as_str_is_empty(s);
}

static bool get_kind(const as_subject *s, as_value *ret)
{
    return text(s->finding->kind, ret);
}

static bool get_status(const as_subject *s, as_value *ret)
{
    return text(as_status_word(s->finding->status), ret);
}

/* Open means: it may have to be acted on. A fact is missing when the match
 * itself is undecided. */
static bool get_open(const as_subject *s, as_value *ret)
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

static bool get_severity(const as_subject *s, as_value *ret)
{
    ret->number = s->finding->severity;
    return s->finding->severity != AS_SEVERITY_UNKNOWN;
}

static bool get_score(const as_subject *s, as_value *ret)
{
    return number(s->finding->score, ret) && s->finding->score >= 0;
}

static bool get_confidence(const as_subject *s, as_value *ret)
{
    return number(s->finding->confidence, ret);
}

static bool get_exploited(const as_subject *s, as_value *ret)
{
    return truth(s->finding->exploited, ret);
}

static bool get_ransomware(const as_subject *s, as_value *ret)
{
    if (s->finding->ransomware)
        return truth(AS_YES, ret);
    return truth(s->finding->exploited == AS_UNSURE ? AS_UNSURE : AS_NO, ret);
}

static bool get_likelihood(const as_subject *s, as_value *ret)
{
    return number(s->finding->likelihood, ret) && s->finding->likelihood >= 0;
}

static bool get_fix(const as_subject *s, as_value *ret)
{
    return truth(s->finding->n_fixed_in ? AS_YES : AS_NO, ret);
}

static bool get_age(const as_subject *s, as_value *ret)
{
    as_date from, to;

    if (!as_date_read(as_str_slice(s->finding->published, 0, 10), &from) ||
        !as_date_read(s->review->as_of, &to))
        return false;
    return number((double)to - (double)from, ret);
}

static bool get_part_kind(const as_subject *s, as_value *ret)
{
    return text(as_part_kind_word(part_of(s)->kind), ret);
}

static bool get_part_name(const as_subject *s, as_value *ret)
{
    return text(part_of(s)->name, ret);
}

static bool get_part_scope(const as_subject *s, as_value *ret)
{
    return text(as_part_value(part_of(s), AS_ATTR_SCOPE), ret);
}

static bool get_share(const as_subject *s, as_value *ret)
{
    const as_coverage *c = &s->review->coverage;

    if (c->parts == 0)
        return false;
    return number((double)(c->matched + c->clean) / (double)c->parts, ret);
}

static bool get_parts(const as_subject *s, as_value *ret)
{
    return number((double)s->review->coverage.parts, ret);
}

static bool get_not_examined(const as_subject *s, as_value *ret)
{
    return number((double)s->review->coverage.not_examined, ret);
}

/* Age of the freshest source: how old the answer may be at best. */
static bool get_knowledge_age(const as_subject *s, as_value *ret)
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
static bool get_oldest(const as_subject *s, as_value *ret)
{
    int64_t oldest = -1;

    for (size_t i = 0; i < s->review->n_knowledge; i++)
        if (s->review->knowledge[i].age_days > oldest)
            oldest = s->review->knowledge[i].age_days;
    return number((double)oldest, ret) && oldest >= 0;
}

/* The same of lists of parties alone. */
static bool get_oldest_list(const as_subject *s, as_value *ret)
{
    int64_t oldest = -1;

    for (size_t i = 0; i < s->review->n_knowledge; i++)
        if (as_str_eq(s->review->knowledge[i].kind, AS_STR("parties")) &&
            s->review->knowledge[i].age_days > oldest)
            oldest = s->review->knowledge[i].age_days;
    return number((double)oldest, ret) && oldest >= 0;
}

static bool get_incomplete(const as_subject *s, as_value *ret)
{
    const as_product *p = s->review->product;

    for (size_t i = 0; i < p->n_compositions; i++)
        if (as_str_starts(p->compositions[i].aggregate, AS_STR("incomplete")))
            return truth(AS_YES, ret);
    return truth(p->n_compositions ? AS_NO : AS_UNSURE, ret);
}

static bool get_valid(const as_subject *s, as_value *ret)
{
    return truth(s->review->document.valid, ret);
}

static bool get_errors(const as_subject *s, as_value *ret)
{
    return number((double)s->review->document.errors, ret) &&
           s->review->document.valid != AS_UNSURE;
}

static bool get_rule(const as_subject *s, as_value *ret)
{
    return s->finding->rule && text(s->finding->rule->rule, ret);
}

static bool get_consequence(const as_subject *s, as_value *ret)
{
    return s->finding->rule && text(s->finding->rule->consequence, ret);
}

static bool get_jurisdiction(const as_subject *s, as_value *ret)
{
    return s->finding->rule && text(s->finding->rule->jurisdiction, ret);
}

static bool get_certainty(const as_subject *s, as_value *ret)
{
    return s->finding->rule && text(s->finding->rule->certainty, ret);
}

static const as_fact facts[] = {
    {AS_STR_INIT("finding.kind"),
     AS_STR_INIT("vulnerability, unmaintained, malicious, notice, rule, "
                 "conflict"),
     AS_FACT_TEXT, AS_OF_FINDING, get_kind},
    {AS_STR_INIT("finding.status"),
     AS_STR_INIT("open, undecided, candidate, not_affected, resolved, "
                 "in_triage"),
     AS_FACT_TEXT, AS_OF_FINDING, get_status},
    {AS_STR_INIT("finding.open"),
     AS_STR_INIT("neither fixed nor explained away; unknown when the match is "
                 "undecided"),
     AS_FACT_TRUTH, AS_OF_FINDING, get_open},
    {AS_STR_INIT("finding.severity"),
     AS_STR_INIT("none < low < medium < high < critical"), AS_FACT_SEVERITY,
     AS_OF_FINDING, get_severity},
    {AS_STR_INIT("finding.score"), AS_STR_INIT("CVSS score, 0 to 10"),
     AS_FACT_NUMBER, AS_OF_FINDING, get_score},
    {AS_STR_INIT("finding.confidence"), AS_STR_INIT("low < medium < high"),
     AS_FACT_CONFIDENCE, AS_OF_FINDING, get_confidence},
    {AS_STR_INIT("finding.exploited"),
     AS_STR_INIT("on a list of exploited vulnerabilities at the date"),
     AS_FACT_TRUTH, AS_OF_FINDING, get_exploited},
    {AS_STR_INIT("finding.ransomware"),
     AS_STR_INIT("known to be used by ransomware"), AS_FACT_TRUTH,
     AS_OF_FINDING, get_ransomware},
    {AS_STR_INIT("finding.likelihood"), AS_STR_INIT("EPSS score, 0 to 1"),
     AS_FACT_NUMBER, AS_OF_FINDING, get_likelihood},
    {AS_STR_INIT("finding.fix_available"),
     AS_STR_INIT("some version is said to fix it"), AS_FACT_TRUTH,
     AS_OF_FINDING, get_fix},
    {AS_STR_INIT("finding.age_days"),
     AS_STR_INIT("days from publication to the date of the review"),
     AS_FACT_NUMBER, AS_OF_FINDING, get_age},
    {AS_STR_INIT("rule.id"), AS_STR_INIT("id of the rule, of kind rule"),
     AS_FACT_TEXT, AS_OF_FINDING, get_rule},
    {AS_STR_INIT("rule.consequence"),
     AS_STR_INIT("forbidden, licence-required, presumption-of-denial, "
                 "rebuttable-presumption, attestation-required, duty, report"),
     AS_FACT_TEXT, AS_OF_FINDING, get_consequence},
    {AS_STR_INIT("rule.jurisdiction"), AS_STR_INIT("whose law it is: US, CN"),
     AS_FACT_TEXT, AS_OF_FINDING, get_jurisdiction},
    {AS_STR_INIT("rule.certainty"), AS_STR_INIT("enacted, scheduled, proposed"),
     AS_FACT_TEXT, AS_OF_FINDING, get_certainty},
    {AS_STR_INIT("part.kind"), AS_STR_INIT("kind of the part it is about"),
     AS_FACT_TEXT, AS_OF_FINDING, get_part_kind},
    {AS_STR_INIT("part.name"), AS_STR_INIT("name of the part it is about"),
     AS_FACT_TEXT, AS_OF_FINDING, get_part_name},
    {AS_STR_INIT("part.scope"), AS_STR_INIT("required, optional, excluded"),
     AS_FACT_TEXT, AS_OF_FINDING, get_part_scope},
    {AS_STR_INIT("coverage.share"),
     AS_STR_INIT("examined parts out of all, 0 to 1"), AS_FACT_NUMBER,
     AS_OF_REVIEW, get_share},
    {AS_STR_INIT("coverage.parts"), AS_STR_INIT("number of parts"),
     AS_FACT_NUMBER, AS_OF_REVIEW, get_parts},
    {AS_STR_INIT("coverage.not_examined"),
     AS_STR_INIT("number of parts not examined"), AS_FACT_NUMBER, AS_OF_REVIEW,
     get_not_examined},
    {AS_STR_INIT("knowledge.age_days"),
     AS_STR_INIT("age of the freshest source at the date of the review"),
     AS_FACT_NUMBER, AS_OF_REVIEW, get_knowledge_age},
    {AS_STR_INIT("knowledge.oldest_days"),
     AS_STR_INIT("age of the stalest source at the date of the review"),
     AS_FACT_NUMBER, AS_OF_REVIEW, get_oldest},
    {AS_STR_INIT("knowledge.oldest_list_days"),
     AS_STR_INIT("age of the stalest imported list of parties"), AS_FACT_NUMBER,
     AS_OF_REVIEW, get_oldest_list},
    {AS_STR_INIT("document.valid"),
     AS_STR_INIT("it keeps the rules of its format; unknown when it was not "
                 "held against them"),
     AS_FACT_TRUTH, AS_OF_REVIEW, get_valid},
    {AS_STR_INIT("document.errors"),
     AS_STR_INIT("how often it breaks the rules of its format"), AS_FACT_NUMBER,
     AS_OF_REVIEW, get_errors},
    {AS_STR_INIT("composition.incomplete"),
     AS_STR_INIT("the document says a list is incomplete"), AS_FACT_TRUTH,
     AS_OF_REVIEW, get_incomplete},
};

bool as_policy_field(size_t i, as_str *ret_name, as_str *ret_help)
{
    const as_fact *f = as_gate_fact(i);

    if (!f)
        return false;
    *ret_name = f->name;
    *ret_help = f->help;
    return true;
}

const as_fact *as_gate_fact(size_t i)
{
    return i < AS_ARRAY_LEN(facts) ? &facts[i] : NULL;
}
