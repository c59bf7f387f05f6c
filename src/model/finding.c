/* SPDX-License-Identifier: Apache-2.0 */
/* Words and three-valued logic; see finding.h. */
#include "model/finding.h"

#include <stdlib.h>

as_truth as_truth_and(as_truth a, as_truth b)
{
    if (a == AS_NO || b == AS_NO)
        return AS_NO;
    return a == AS_YES && b == AS_YES ? AS_YES : AS_UNSURE;
}

as_truth as_truth_or(as_truth a, as_truth b)
{
    return as_truth_not(as_truth_and(as_truth_not(a), as_truth_not(b)));
}

as_truth as_truth_not(as_truth a)
{
    return a == AS_YES ? AS_NO : a == AS_NO ? AS_YES : AS_UNSURE;
}

as_str as_truth_word(as_truth t)
{
    return t == AS_YES  ? AS_STR("yes")
           : t == AS_NO ? AS_STR("no")
                        : AS_STR("unknown");
}

as_str as_verdict_word(as_verdict v)
{
    switch (v) {
    case AS_ACCEPT: return AS_STR("accept");
    case AS_REJECT: return AS_STR("reject");
    case AS_UNDECIDED: return AS_STR("undecided");
    }
    return AS_STR("undecided");
}

static const struct {
    as_str word, text;
} questions[AS_QUESTIONS] = {
    [AS_Q_COMPOSITION] = {AS_STR_INIT("composition"),
                          AS_STR_INIT("What is in it?")},
    [AS_Q_VULNERABILITIES] = {AS_STR_INIT("vulnerabilities"),
                              AS_STR_INIT("What is wrong with it?")},
    [AS_Q_PARTIES] = {AS_STR_INIT("parties"),
                      AS_STR_INIT("Who stands behind it?")},
    [AS_Q_RULES] = {AS_STR_INIT("rules"),
                    AS_STR_INIT("May it be bought, used, shipped or "
                                "serviced?")},
    [AS_Q_ASSURANCE] = {AS_STR_INIT("assurance"),
                        AS_STR_INIT("Can its maker be trusted to look after "
                                    "it?")},
    [AS_Q_AUTHENTICITY] = {AS_STR_INIT("authenticity"),
                           AS_STR_INIT("Is this unit genuine?")},
};

as_str as_question_word(as_question q)
{
    return questions[q].word;
}

as_str as_question_text(as_question q)
{
    return questions[q].text;
}

as_question as_question_find(as_str word)
{
    size_t i = 0;

    while (i < AS_QUESTIONS && !as_str_eq(questions[i].word, word))
        i++;
    return (as_question)i;
}

static const as_str severities[AS_SEVERITIES] = {
    [AS_SEVERITY_UNKNOWN] = AS_STR_INIT("unknown"),
    [AS_SEVERITY_NONE] = AS_STR_INIT("none"),
    [AS_SEVERITY_LOW] = AS_STR_INIT("low"),
    [AS_SEVERITY_MEDIUM] = AS_STR_INIT("medium"),
    [AS_SEVERITY_HIGH] = AS_STR_INIT("high"),
    [AS_SEVERITY_CRITICAL] = AS_STR_INIT("critical"),
};

as_str as_severity_word(as_severity s)
{
    return severities[s];
}

as_severity as_severity_find(as_str word)
{
    if (as_str_eq_nocase(word, AS_STR("moderate")))
        return AS_SEVERITY_MEDIUM;
    if (as_str_eq_nocase(word, AS_STR("important")))
        return AS_SEVERITY_HIGH;
    for (size_t i = 0; i < AS_SEVERITIES; i++)
        if (as_str_eq_nocase(severities[i], word))
            return (as_severity)i;
    return AS_SEVERITY_UNKNOWN;
}

/* FIRST CVSS v3.1 section 5, v4.0 section 6: qualitative rating scale. */
as_severity as_severity_of_score(double score)
{
    if (score < 0)
        return AS_SEVERITY_UNKNOWN;
    if (score < 0.05)
        return AS_SEVERITY_NONE;
    if (score < 3.95)
        return AS_SEVERITY_LOW;
    if (score < 6.95)
        return AS_SEVERITY_MEDIUM;
    return score < 8.95 ? AS_SEVERITY_HIGH : AS_SEVERITY_CRITICAL;
}

as_str as_status_word(as_finding_status s)
{
    static const as_str words[AS_FINDING_STATUSES] = {
        [AS_FINDING_OPEN] = AS_STR_INIT("open"),
        [AS_FINDING_UNDECIDED] = AS_STR_INIT("undecided"),
        [AS_FINDING_CANDIDATE] = AS_STR_INIT("candidate"),
        [AS_FINDING_NOT_AFFECTED] = AS_STR_INIT("not_affected"),
        [AS_FINDING_RESOLVED] = AS_STR_INIT("resolved"),
        [AS_FINDING_IN_TRIAGE] = AS_STR_INIT("in_triage"),
    };

    return words[s];
}

as_str as_confidence_word(as_confidence c)
{
    static const as_str words[AS_CONFIDENCES] = {
        [AS_CONFIDENCE_LOW] = AS_STR_INIT("low"),
        [AS_CONFIDENCE_MEDIUM] = AS_STR_INIT("medium"),
        [AS_CONFIDENCE_HIGH] = AS_STR_INIT("high"),
    };

    return words[c];
}

as_str as_outcome_word(as_outcome o)
{
    static const as_str words[AS_OUTCOMES] = {
        [AS_OUTCOME_NOT_EXAMINED] = AS_STR_INIT("not_examined"),
        [AS_OUTCOME_CLEAN] = AS_STR_INIT("clean"),
        [AS_OUTCOME_MATCHED] = AS_STR_INIT("matched"),
    };

    return words[o];
}

/* ---- order ----------------------------------------------------------------
 */

static unsigned status_rank(as_finding_status s)
{
    static const unsigned char ranks[AS_FINDING_STATUSES] = {
        [AS_FINDING_OPEN] = 0,         [AS_FINDING_IN_TRIAGE] = 0,
        [AS_FINDING_UNDECIDED] = 1,    [AS_FINDING_CANDIDATE] = 2,
        [AS_FINDING_NOT_AFFECTED] = 3, [AS_FINDING_RESOLVED] = 3,
    };

    return ranks[s];
}

static int by_number(double a, double b) /* larger first */
{
    return (a < b) - (a > b);
}

static int finding_cmp(const void *a, const void *b)
{
    const as_finding *x = a, *y = b;
    int r = (int)status_rank(x->status) - (int)status_rank(y->status);

    if (!r)
        r = (y->exploited == AS_YES) - (x->exploited == AS_YES);
    if (!r)
        r = (int)y->severity - (int)x->severity;
    if (!r)
        r = by_number(x->score, y->score);
    if (!r)
        r = by_number(x->likelihood, y->likelihood);
    if (!r)
        r = as_str_cmp(x->id, y->id);
    return r ? r : (x->part > y->part) - (x->part < y->part);
}

void as_findings_order(as_finding *findings, size_t n)
{
    if (n)
        qsort(findings, n, sizeof *findings, finding_cmp);
}

as_str as_finding_name(const as_finding *f)
{
    size_t row = as_str_find(f->advisory, ':');

    if (as_str_starts(as_str_slice(f->advisory, row, f->advisory.n),
                      AS_STR(":sha256:")))
        return as_str_slice(f->advisory, 0, row);
    return f->advisory;
}
