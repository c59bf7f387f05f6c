/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a policy and judging a review by it; see rule.h. */
#include "rule/expr_internal.h"

#include <string.h>

/* ---- gates --------------------------------------------------------------- */

static as_rc read_question(as_condition_reader *r, as_str word,
                           as_question *ret)
{
    *ret = as_question_find(word);
    if (*ret == AS_QUESTIONS)
        return as_condition_refuse(r, "there is no such question", word);
    return AS_OK;
}

static as_rc read_gate_words(as_condition_reader *r, as_json v, as_gate *g)
{
    as_str each = as_json_get_str(v, AS_STR("each"));
    as_str then = as_json_get_str(v, AS_STR("then"));
    as_rc rc =
        read_question(r, as_json_get_str(v, AS_STR("question")), &g->question);

    if (rc)
        return rc;
    g->each_finding = as_str_eq(each, AS_STR("finding"));
    if (!g->each_finding && !as_str_eq(each, AS_STR("review")))
        return as_condition_refuse(r, "each is \"finding\" or \"review\"",
                                   each);
    g->then = AS_REJECT;
    if (as_str_eq(then, AS_STR("undecided")))
        g->then = AS_UNDECIDED;
    else if (!as_str_eq(then, AS_STR("reject")))
        return as_condition_refuse(r, "then is \"reject\" or \"undecided\"",
                                   then);
    g->id = as_arena_str(r->arena, as_json_get_str(v, AS_STR("id")));
    g->reason = as_arena_str(r->arena, as_json_get_str(v, AS_STR("reason")));
    g->todo = as_arena_str(r->arena, as_json_get_str(v, AS_STR("todo")));
    if (as_str_is_empty(g->id) || as_str_is_empty(g->reason))
        return as_condition_refuse(r, "a gate has an id and a reason",
                                   AS_ABSENT);
    return AS_OK;
}

static as_rc read_gate(as_condition_reader *r, as_json v, as_gate *g)
{
    static const as_str keys[] = {
        AS_STR_INIT("id"),   AS_STR_INIT("question"), AS_STR_INIT("each"),
        AS_STR_INIT("when"), AS_STR_INIT("then"),     AS_STR_INIT("reason"),
        AS_STR_INIT("todo"),
    };
    as_json when = as_json_get(v, AS_STR("when"));
    as_rc rc = as_condition_only(r, v, keys, AS_ARRAY_LEN(keys));

    if (!rc)
        rc = read_gate_words(r, v, g);

    if (rc)
        return rc;
    if (as_json_is(when, AS_JSON_NONE))
        return as_condition_refuse(r, "a gate has a condition (when)",
                                   AS_ABSENT);
    as_json_pointer_key(&r->path, AS_STR("when"));
    rc = as_condition_read(r, when, 0, &g->when);
    if (!rc && !g->each_finding && as_expr_asks(g->when, AS_OF_FINDING))
        rc = as_condition_refuse(
            r, "a gate over the review asks for a finding's field", AS_ABSENT);
    return rc;
}

static as_rc read_questions(as_condition_reader *r, as_json v, bool *asked)
{
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_question q;
        as_rc rc = read_question(r, as_json_str(it.value), &q);
        if (rc)
            return rc;
        asked[q] = true;
    }
    return AS_OK;
}

static as_rc read_gates(as_condition_reader *r, as_json v, as_policy *p)
{
    size_t n = as_json_count(v);

    if (n > AS_POLICY_GATES)
        return as_condition_refuse(r, "there are too many gates", AS_ABSENT);
    p->gates = AS_NEW_ARRAY(r->arena, n, as_gate);
    if (!p->gates)
        return as_condition_no_memory(r);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_rc rc;
        as_buf_clear(&r->path);
        as_buf_printf(&r->path, "/gates/%zu", it.index);
        rc = read_gate(r, it.value, &p->gates[p->n_gates++]);
        if (rc)
            return rc;
    }
    return AS_OK;
}

/* A question that nothing judges would always be answered "accept". */
static as_rc every_question_judged(as_condition_reader *r, const as_policy *p)
{
    as_buf_clear(&r->path);
    for (unsigned q = 0; q < AS_QUESTIONS; q++) {
        size_t i = 0;
        while (i < p->n_gates && p->gates[i].question != (as_question)q)
            i++;
        if ((p->asked[q] || p->when_relevant[q]) && i == p->n_gates)
            return as_condition_refuse(r, "no gate judges the question",
                                       as_question_word((as_question)q));
    }
    return AS_OK;
}

static as_rc read_policy(as_condition_reader *r, as_json root, as_policy *p)
{
    static const as_str keys[] = {
        AS_STR_INIT("schema"),        AS_STR_INIT("id"),
        AS_STR_INIT("title"),         AS_STR_INIT("questions"),
        AS_STR_INIT("when_relevant"), AS_STR_INIT("gates"),
    };
    as_rc rc = as_condition_only(r, root, keys, AS_ARRAY_LEN(keys));

    if (rc)
        return rc;

    if (!as_str_eq(as_json_get_str(root, AS_STR("schema")),
                   AS_STR("assay-policy/1")))
        return as_condition_refuse(r, "schema is not \"assay-policy/1\"",
                                   as_json_get_str(root, AS_STR("schema")));
    p->id = as_arena_str(r->arena, as_json_get_str(root, AS_STR("id")));
    p->title = as_arena_str(r->arena, as_json_get_str(root, AS_STR("title")));
    if (as_str_is_empty(p->id))
        return as_condition_refuse(r, "it has no id", AS_ABSENT);
    if (as_json_count(as_json_get(root, AS_STR("questions"))) == 0)
        return as_condition_refuse(r, "questions names what the policy asks",
                                   AS_ABSENT);
    rc = read_questions(r, as_json_get(root, AS_STR("questions")), p->asked);
    if (!rc)
        rc = read_questions(r, as_json_get(root, AS_STR("when_relevant")),
                            p->when_relevant);
    if (!rc)
        rc = read_gates(r, as_json_get(root, AS_STR("gates")), p);
    return rc ? rc : every_question_judged(r, p);
}

as_rc as_policy_read(as_json root, as_arena *arena, as_policy **ret,
                     as_err *err)
{
    as_condition_reader r = {.arena = arena, .err = err, .what = "the policy"};
    as_policy *p = AS_NEW(arena, as_policy);
    as_rc rc;

    if (!p)
        return as_condition_no_memory(&r);
    as_buf_init(&r.path, 65536);
    rc = read_policy(&r, root, p);
    as_buf_done(&r.path);
    if (rc)
        return rc;
    if (as_arena_failed(arena))
        return as_condition_no_memory(&r);
    *ret = p;
    return AS_OK;
}

/* ---- judging ---------------------------------------------------------------
 */

struct hits {
    uint32_t *sure, *unsure; /* indexes of findings */
    size_t n_sure, n_unsure;
    as_trail missing;
};

static void judge_findings(const as_gate *g, const as_review *review,
                           struct hits *h)
{
    for (size_t i = 0; i < review->n_findings; i++) {
        as_subject s = {review, &review->findings[i], NULL, AS_NO_PART};
        size_t before = h->missing.n_wanted;
        as_truth t = as_expr_eval(g->when, &s, &h->missing);

        if (t == AS_YES)
            h->sure[h->n_sure++] = (uint32_t)i;
        if (t == AS_UNSURE)
            h->unsure[h->n_unsure++] = (uint32_t)i;
        else
            h->missing.n_wanted = before;
    }
}

/* "finding.fix_available" as people say it: "fix available". */
static void put_fact(as_buf *b, as_str name)
{
    size_t dot = as_str_find(name, '.');

    for (size_t i = dot + 1; i < name.n; i++)
        as_buf_byte(b, name.p[i] == '_' ? ' ' : name.p[i]);
}

static as_str join_all(as_arena *a, const as_trail *t)
{
    as_buf b;
    as_str s;

    as_buf_init(&b, 1024);
    for (size_t i = 0; i < t->n_wanted && i < 8; i++) {
        as_buf_c(&b, i ? ", " : "");
        put_fact(&b, t->wanted[i].fact);
    }
    s = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    return s;
}

/* Whether a finding is open hangs on facts that the finding itself names. */
static as_str join_names(as_arena *a, const as_trail *t)
{
    if (t->n_wanted == 1 &&
        as_str_eq(t->wanted[0].fact, AS_STR("finding.open")))
        return AS_STR("each finding says which");
    return join_all(a, t);
}

/* Rejections first: they decide. */
static void add_reason(as_review *review, as_question q, as_reason r)
{
    as_answer *a = &review->answers[q];
    size_t cap = a->n_reasons, at = a->n_reasons;
    as_reason *reasons = as_arena_grow(review->arena, a->reasons, &cap,
                                       a->n_reasons + 1, sizeof *reasons);

    if (!reasons)
        return;
    a->reasons = reasons;
    a->n_reasons++;
    while (r.verdict == AS_REJECT && at > 0 &&
           reasons[at - 1].verdict != AS_REJECT) {
        reasons[at] = reasons[at - 1];
        at--;
    }
    reasons[at] = r;
    if (r.verdict == AS_REJECT || a->verdict == AS_ACCEPT)
        a->verdict = r.verdict;
}

static void add_sure(as_review *review, const as_gate *g, const struct hits *h)
{
    as_reason r = {.gate = g->id,
                   .verdict = g->then,
                   .todo = g->todo,
                   .findings = h->sure,
                   .n_findings = h->n_sure};

    r.text = as_arena_printf(review->arena, "%.*s (%zu finding%s)",
                             AS_FMT(g->reason), h->n_sure,
                             h->n_sure == 1 ? "" : "s");
    add_reason(review, g->question, r);
}

static void add_unsure(as_review *review, const as_gate *g,
                       const struct hits *h)
{
    as_arena *a = review->arena;
    as_str facts = join_names(a, &h->missing);
    as_reason r = {.gate = g->id,
                   .verdict = AS_UNDECIDED,
                   .findings = h->unsure,
                   .n_findings = h->n_unsure};

    r.text = as_arena_printf(a,
                             "it is not known whether %.*s: of %zu finding%s "
                             "a fact is missing (%.*s)",
                             AS_FMT(g->reason), h->n_unsure,
                             h->n_unsure == 1 ? "" : "s", AS_FMT(facts));
    r.todo = as_arena_printf(a,
                             "find out what is missing (%.*s), or import "
                             "knowledge that says it",
                             AS_FMT(facts));
    add_reason(review, g->question, r);
}

static as_rc judge_each(const as_gate *g, as_review *review)
{
    struct hits h = {.missing = {.n_wanted = 0}};
    as_arena *a = review->arena;

    h.sure = AS_NEW_ARRAY(a, review->n_findings, uint32_t);
    h.unsure = AS_NEW_ARRAY(a, review->n_findings, uint32_t);
    if (!h.sure || !h.unsure)
        return AS_ERR_LIMIT;
    judge_findings(g, review, &h);
    if (h.n_sure)
        add_sure(review, g, &h);
    if (h.n_unsure)
        add_unsure(review, g, &h);
    return AS_OK;
}

static void judge_once(const as_gate *g, as_review *review)
{
    as_subject s = {review, NULL, NULL, AS_NO_PART};
    as_trail missing = {.n_wanted = 0};
    as_truth t = as_expr_eval(g->when, &s, &missing);
    as_reason r = {.gate = g->id,
                   .verdict = t == AS_YES ? g->then : AS_UNDECIDED,
                   .text = g->reason,
                   .todo = g->todo};

    if (t == AS_NO)
        return;
    if (t == AS_UNSURE)
        r.text = as_arena_printf(
            review->arena,
            "it is not known whether %.*s: a fact is missing (%.*s)",
            AS_FMT(g->reason), AS_FMT(join_names(review->arena, &missing)));
    add_reason(review, g->question, r);
}

/* Nothing examined is never a pass, whatever the policy says. */
static void judge_emptiness(as_review *review)
{
    as_reason r = {
        .gate = AS_STR("nothing-examined"),
        .verdict = AS_UNDECIDED,
        .text = AS_STR("no part could be examined"),
        .todo = AS_STR("give the parts identifiers (purl, CPE) and versions, "
                       "and import knowledge that covers them"),
    };

    if (review->coverage.matched + review->coverage.clean == 0)
        add_reason(review, AS_Q_VULNERABILITIES, r);
}

/* Rules have something to say when the asker said who asks, or when one that is
 * in force would hit somebody; parties when one is on a list. */
static bool is_relevant(const as_review *review, as_question q)
{
    if (q != AS_Q_RULES && q != AS_Q_PARTIES)
        return true;
    for (size_t i = 0; i < review->n_findings; i++) {
        const as_finding *f = &review->findings[i];
        bool is_party = as_str_eq(f->kind, AS_STR("party"));
        if (q == AS_Q_RULES ? f->rule && f->status != AS_FINDING_CANDIDATE
                            : is_party && (f->status == AS_FINDING_OPEN ||
                                           f->status == AS_FINDING_UNDECIDED))
            return true;
    }
    return q == AS_Q_RULES && review->context_given;
}

/* What rules leave open for everybody is no permission for somebody: where
 * nobody said who asks, they may object and never accept. */
static void leave_unasked(const as_policy *policy, as_review *review)
{
    as_answer *a = &review->answers[AS_Q_RULES];

    if (policy->asked[AS_Q_RULES] || review->context_given || a->n_reasons)
        return;
    a->asked = false;
    a->verdict = AS_UNDECIDED;
}

as_rc as_policy_judge(const as_policy *policy, as_review *review, as_err *err)
{
    as_rc rc = AS_OK;

    for (size_t q = 0; q < AS_QUESTIONS; q++) {
        as_answer *a = &review->answers[q];
        a->asked = policy->asked[q] || (policy->when_relevant[q] &&
                                        is_relevant(review, (as_question)q));
        a->verdict = a->asked ? AS_ACCEPT : AS_UNDECIDED;
    }
    for (size_t i = 0; i < policy->n_gates && !rc; i++) {
        const as_gate *g = &policy->gates[i];
        if (!review->answers[g->question].asked)
            continue;
        if (g->each_finding)
            rc = judge_each(g, review);
        else
            judge_once(g, review);
    }
    judge_emptiness(review);
    leave_unasked(policy, review);
    review->verdict = AS_ACCEPT;
    for (size_t q = 0; q < AS_QUESTIONS; q++) {
        const as_answer *a = &review->answers[q];
        if (!a->asked && a->n_reasons == 0)
            continue;
        if (a->verdict == AS_REJECT || review->verdict == AS_ACCEPT)
            review->verdict = a->verdict;
    }
    if (rc || as_arena_failed(review->arena))
        return as_fail(err, AS_ERR_LIMIT, "the verdict needs too much memory");
    return AS_OK;
}
