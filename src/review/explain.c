/* SPDX-License-Identifier: Apache-2.0 */
/* assay explain: one advisory held against one part, with what was looked up
 * and which comparator decided. */
#include "review/review.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "match/match.h"
#include "review/explain_internal.h"

/* What the knowledge base has of the advisory at all. */
struct known {
    size_t records;
    bool exploited;
    as_exploited entry;
};

struct question {
    struct known known;
    as_str advisory, part; /* as asked, a finding's id taken apart */
    uint32_t index;
    as_match_answers answers;
    as_review *review;
    const as_finding *finding; /* of the review, when there is one */
    bool law;                  /* it is about a rule or a party */
};

/* ---- which part -----------------------------------------------------------
 */

static bool names(const as_part *p, as_str asked)
{
    size_t at = as_str_rfind(asked, '@');

    if (as_str_eq(p->ref, asked) || as_str_eq(p->purl, asked) ||
        as_str_eq(p->name, asked))
        return true;
    if (at < asked.n && as_str_eq(as_str_slice(asked, 0, at), p->name) &&
        as_str_eq(as_str_slice(asked, at + 1, asked.n), p->version))
        return true;
    for (size_t i = 0; i < p->n_cpes; i++)
        if (as_str_eq(p->cpes[i], asked))
            return true;
    return false;
}

static as_rc find_part(struct question *q, as_err *err)
{
    const as_product *p = q->review->product;

    for (uint32_t i = 0; i < p->n_parts; i++) {
        if (names(&p->parts[i], q->part)) {
            q->index = i;
            return AS_OK;
        }
    }
    as_fail(err, AS_ERR_USAGE, "no part is called \"%.*s\"",
            AS_FMT(as_str_slice(q->part, 0, 200)));
    as_err_hint(err, "give its bom-ref, purl, name or name@version");
    return AS_ERR_USAGE;
}

static bool is_about(const as_finding *f, as_str id)
{
    if (as_str_eq_nocase(f->advisory, id))
        return true;
    for (size_t i = 0; i < f->n_aliases; i++)
        if (as_str_eq_nocase(f->aliases[i], id))
            return true;
    return false;
}

/* A finding by its own id, or by advisory and part. */
static as_rc find_subject(struct question *q, as_err *err)
{
    const as_review *r = q->review;
    as_rc rc;

    for (size_t i = 0; i < r->n_findings && as_str_is_empty(q->part); i++) {
        if (!as_str_eq(r->findings[i].id, q->advisory))
            continue;
        q->finding = &r->findings[i];
        q->index = q->finding->part;
        q->advisory = q->finding->advisory;
        return AS_OK;
    }
    if (as_str_is_empty(q->part)) {
        as_fail(err, AS_ERR_USAGE, "no finding has the id \"%.*s\"",
                AS_FMT(as_str_slice(q->advisory, 0, 200)));
        as_err_hint(err, "give an advisory and a part to ask why not");
        return AS_ERR_USAGE;
    }
    rc = find_part(q, err);
    for (size_t i = 0; i < r->n_findings && !rc; i++)
        if (r->findings[i].part == q->index &&
            is_about(&r->findings[i], q->advisory))
            q->finding = &r->findings[i];
    return rc;
}

static bool is_law(const struct question *q)
{
    const as_finding *f = q->finding;

    if (f && (f->rule || as_str_eq(f->kind, AS_STR("party")) ||
              as_str_eq(f->kind, AS_STR("conflict"))))
        return true;
    return as_explain_rule(q->review, q->advisory) != NULL;
}

/* ---- text -------------------------------------------------------------------
 */

static void field(as_buf *out, const char *name, as_str value)
{
    if (!as_str_is_empty(value))
        as_buf_line(out, "    %-10s %.*s", name, AS_FMT(value));
}

static void text_answer(const as_match_answer *a, as_buf *out)
{
    const as_match_evidence *e = &a->evidence;

    as_buf_line(out, "  %.*s of %.*s: affected %.*s (confidence %.*s)",
                AS_FMT(e->record), AS_FMT(e->source),
                AS_FMT(as_truth_word(a->affected)),
                AS_FMT(as_confidence_word(a->confidence)));
    field(out, "looked up", e->key);
    field(out, "version", e->version);
    field(out, "range", e->range);
    field(out, "order", e->order);
    field(out, "because", e->note);
}

static void text_finding(const as_finding *f, as_buf *out)
{
    as_buf_line(out, "  finding %.*s: %.*s, severity %.*s", AS_FMT(f->id),
                AS_FMT(as_status_word(f->status)),
                AS_FMT(as_severity_word(f->severity)));
    field(out, "state", f->status_reason);
    for (size_t i = 0; i < f->n_missing; i++)
        field(out, "missing", f->missing[i]);
    field(out, "remedy", f->remedy);
}

static void text_known(const struct question *q, as_buf *out)
{
    const struct known *k = &q->known;

    if (k->records == 0)
        as_buf_c(out, "  no finding, rule or record of the "
                      "knowledge base is called that\n");
    else if (q->answers.n == 0)
        as_buf_printf(out,
                      "  %zu record%s of it in the knowledge base, none about "
                      "an identity of this part\n",
                      k->records, k->records == 1 ? "" : "s");
    if (k->exploited)
        as_buf_line(out, "  listed as exploited since %.*s%s%.*s %.*s",
                    AS_FMT(k->entry.added),
                    as_str_is_empty(k->entry.product) ? "" : ": ",
                    AS_FMT(k->entry.vendor), AS_FMT(k->entry.product));
}

static void explain_text(const struct question *q, as_buf *out)
{
    const as_part *p = &q->review->product->parts[q->index];
    const as_part_outcome *o = &q->review->outcomes[q->index];

    as_buf_line(out, "%.*s and %.*s%s%.*s", AS_FMT(q->advisory),
                AS_FMT(p->name), p->version.n ? " " : "", AS_FMT(p->version));
    if (q->law) {
        as_explain_law_text(q->review, q->index,
                            as_explain_rule(q->review, q->advisory), q->finding,
                            out);
        return;
    }
    for (size_t i = 0; i < q->answers.n; i++)
        text_answer(&q->answers.items[i], out);
    if (q->finding)
        text_finding(q->finding, out);
    text_known(q, out);
    if (q->answers.n == 0) {
        for (size_t i = 0; i < o->n_tried; i++)
            field(out, "looked up", o->tried[i]);
        field(out, "because", o->why);
    }
}

/* ---- JSON -------------------------------------------------------------------
 */

static void json_answer(const as_match_answer *a, as_json_writer *w)
{
    const as_match_evidence *e = &a->evidence;

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("affected"), as_truth_word(a->affected));
    as_json_write_field(w, AS_STR("confidence"),
                        as_confidence_word(a->confidence));
    as_json_write_field_opt(w, AS_STR("source"), e->source);
    as_json_write_field_opt(w, AS_STR("record"), e->record);
    as_json_write_field_opt(w, AS_STR("method"), e->method);
    as_json_write_field_opt(w, AS_STR("key"), e->key);
    as_json_write_field_opt(w, AS_STR("version"), e->version);
    as_json_write_field_opt(w, AS_STR("range"), e->range);
    as_json_write_field_opt(w, AS_STR("order"), e->order);
    as_json_write_field_opt(w, AS_STR("note"), e->note);
    as_json_write_object_end(w);
}

static void explain_json(const struct question *q, as_buf *out)
{
    const as_part *p = &q->review->product->parts[q->index];
    const as_part_outcome *o = &q->review->outcomes[q->index];
    as_json_writer w;

    as_json_write_init(&w, out, 2);
    as_json_write_object(&w);
    as_json_write_field(&w, AS_STR("schema"), AS_STR("assay-explain/1"));
    as_json_write_field(&w, AS_STR("advisory"), q->advisory);
    as_json_write_field(&w, AS_STR("part"), p->ref);
    as_json_write_field(&w, AS_STR("name"), p->name);
    as_json_write_field_opt(&w, AS_STR("version"), p->version);
    if (q->law)
        as_explain_law_json(q->review, q->index,
                            as_explain_rule(q->review, q->advisory), &w);
    as_json_write_field(&w, AS_STR("outcome"), as_outcome_word(o->outcome));
    as_json_write_field_opt(&w, AS_STR("why"), o->why);
    as_json_write_field_u64(&w, AS_STR("records"), q->known.records);
    as_json_write_field_bool(&w, AS_STR("exploited"), q->known.exploited);
    as_json_write_key(&w, AS_STR("tried"));
    as_json_write_array(&w);
    for (size_t i = 0; i < o->n_tried; i++)
        as_json_write_str(&w, o->tried[i]);
    as_json_write_array_end(&w);
    as_json_write_key(&w, AS_STR("answers"));
    as_json_write_array(&w);
    for (size_t i = 0; i < q->answers.n; i++)
        json_answer(&q->answers.items[i], &w);
    as_json_write_array_end(&w);
    if (q->finding) {
        as_json_write_field(&w, AS_STR("finding"), q->finding->id);
        as_json_write_field(&w, AS_STR("status"),
                            as_status_word(q->finding->status));
        as_json_write_field_opt(&w, AS_STR("status_reason"),
                                q->finding->status_reason);
    }
    as_json_write_object_end(&w);
    as_buf_byte(out, '\n');
}

/* ---- the whole ------------------------------------------------------------
 */

static as_rc ask_known(as_know *kb, struct question *q, as_err *err)
{
    as_arena *a = q->review->arena;
    int64_t *numbers = NULL;
    as_rc rc = as_know_advisories(kb, q->advisory, a, &numbers,
                                  &q->known.records, err);

    if (!rc)
        q->known.exploited =
            as_know_exploited(kb, q->advisory, a, &q->known.entry);
    return rc;
}

static as_rc answer(const as_review_request *r, struct question *q, as_err *err)
{
    as_know *kb = NULL;
    as_rc rc = find_subject(q, err);

    q->law = !rc && is_law(q);
    if (rc || q->law)
        return rc;
    rc = as_know_open(r->knowledge, &kb, err);
    if (!rc)
        rc = as_match_explain(kb, q->review, q->index, q->advisory, &q->answers,
                              err);
    if (!rc)
        rc = ask_known(kb, q, err);
    as_know_close(kb);
    return rc;
}

as_rc as_review_explain(const as_review_request *r, as_str id, as_str part,
                        bool json, as_buf *out, as_err *err)
{
    struct question q = {.advisory = id, .part = part};
    as_review_request asked = *r;
    as_rc rc;

    asked.unjudged = true;
    rc = as_review_run(&asked, &q.review, err);
    if (rc)
        return rc;
    rc = answer(r, &q, err);
    if (!rc && json)
        explain_json(&q, out);
    else if (!rc)
        explain_text(&q, out);
    as_review_free(q.review);
    return rc;
}
