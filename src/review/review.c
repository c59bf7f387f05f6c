/* SPDX-License-Identifier: Apache-2.0 */
/* One review from bytes to verdict; see review.h. */
#include "review/review.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/yaml.h"
#include "bom/bom.h"
#include "match/match.h"
#include "review/default_policy.h"
#include "review/document_internal.h"
#include "review/rules_internal.h"
#include "rule/rule.h"

#include <string.h>

/* ---- reading in a worker ----------------------------------------------- */

enum { FRAME_PRODUCT = 1, FRAME_CHECK = 2 };

struct reading {
    as_span bytes;
    as_product *product;
    /* In a review: where the check goes, and what may be done while the worker
     * makes it. */
    as_review *review;
    const as_review_request *request;
    as_rc rc; /* of that: no defect of the document */
    bool checked;
};

static bool is_judged(const struct reading *in)
{
    return in->review && !in->request->unjudged &&
           in->bytes.n <= AS_LIMIT_RULED_BYTES;
}

/* In the worker. */
static as_rc emit_product(const as_product *p, as_worker_out *out, as_err *err)
{
    as_buf message;
    as_rc rc = AS_OK;

    as_buf_init(&message, AS_LIMIT_FRAME_BYTES);
    as_product_encode(p, &message);
    if (as_buf_failed(&message))
        rc = as_fail(err, AS_ERR_LIMIT,
                     "the document takes more than %zu MiB in memory",
                     AS_LIMIT_FRAME_BYTES / AS_MIB);
    else
        as_worker_emit(out, FRAME_PRODUCT, as_buf_span(&message));
    as_buf_done(&message);
    return rc;
}

/* In the worker: the product is out, and the parent at work on it. */
static void emit_check(const as_bom_input *in, const as_product *p,
                       as_worker_out *out)
{
    as_arena *arena = as_arena_new(AS_LIMIT_PRODUCT_BYTES);
    as_document_check check;
    as_buf message;

    if (!arena)
        return;
    as_document_judge(in, p, arena, &check);
    as_buf_init(&message, AS_MIB);
    as_document_encode(&check, &message);
    if (!as_buf_failed(&message))
        as_worker_emit(out, FRAME_CHECK, as_buf_span(&message));
    as_buf_done(&message);
    as_arena_free(arena);
}

/* In the worker. */
static as_rc read_bom(void *ctx, as_worker_out *out, as_err *err)
{
    const struct reading *in = ctx;
    as_product *p = NULL;
    as_bom_input open;
    as_rc rc = as_bom_open(in->bytes, true, &open, err);

    if (rc)
        return rc;
    rc = as_bom_read_input(&open, &p, err);
    if (!is_judged(in))
        as_bom_close(&open);
    if (!rc)
        rc = emit_product(p, out, err);
    if (!rc && is_judged(in))
        emit_check(&open, p, out);
    as_bom_close(&open);
    as_product_free(p);
    return rc;
}

static as_rc take_check(struct reading *in, as_span bytes, as_err *err)
{
    as_review *r = in->review;
    bool awaited = r && in->product && !in->checked && bytes.n <= AS_MIB;

    in->checked = true;
    if (!awaited || !as_document_decode(bytes, r->arena, &r->document))
        return as_fail(err, AS_ERR_INTERNAL,
                       "the reader's answer is defective");
    return AS_OK;
}

static as_rc match(const as_review_request *q, as_review *r, as_err *err);

static as_rc take_frame(void *ctx, uint8_t type, as_span bytes, as_err *err)
{
    struct reading *in = ctx;
    as_rc rc;

    if (type == FRAME_CHECK)
        return take_check(in, bytes, err);
    if (in->product)
        return as_fail(err, AS_ERR_INTERNAL,
                       "the reader's answer is defective");
    rc = as_product_decode(bytes, &in->product, err);
    if (rc || !is_judged(in))
        return rc;
    in->review->product = in->product;
    return in->rc = match(in->request, in->review, err);
}

/* "sha256:..." of the bytes. */
static as_str digest_text(as_arena *a, as_span in)
{
    return as_arena_printf(a, "sha256:%.*s", AS_FMT(as_sha256_hex(a, in)));
}

/* In the parent, while the worker reads. */
static void take_digest(void *ctx)
{
    struct reading *in = ctx;

    if (in->review)
        in->review->digest = digest_text(in->review->arena, in->bytes);
}

static as_rc run_reader(struct reading *in, as_str file,
                        const as_read_options *o, as_err *err)
{
    as_worker_job job = {.run = read_bom,
                         .on_frame = take_frame,
                         .meanwhile = take_digest,
                         .ctx = in};
    as_rc rc;

    job.fd = -1;
    job.unconfined = o->unconfined;
    /* The parser's tables are as large as the text times a few; most of that
     * is never touched. */
    job.memory = AS_LIMIT_WORKER_BYTES + in->bytes.n * 20;
    rc = as_worker_run(&job, o->report, err);
    if (!rc && !in->product)
        rc = as_fail(err, AS_ERR_INTERNAL, "the reader gave no answer");
    if (!rc)
        return AS_OK;
    if (!in->rc)
        as_err_file(err, file);
    in->product = as_product_free(in->product);
    if (in->review)
        in->review->product = NULL;
    return rc;
}

as_rc as_read_product(as_span bytes, as_str file, const as_read_options *o,
                      as_product **ret, as_err *err)
{
    struct reading in = {.bytes = bytes};
    as_rc rc = run_reader(&in, file, o, err);

    if (!rc)
        *ret = in.product;
    return rc;
}

/* ---- the policy -------------------------------------------------------------
 */

as_str as_review_default_policy(void)
{
    return as_str_of((const char *)as_default_policy, sizeof as_default_policy);
}

/* A defect of the policy: its path becomes a line of the YAML. */
static void place_in_yaml(as_span yaml, as_err *err)
{
    if (err && err->place.path[0] && !err->place.line)
        as_yaml_locate(yaml, as_str_c(err->place.path), &err->place);
}

static as_rc read_policy(const as_review_request *q, as_review *r,
                         as_policy **ret, as_err *err)
{
    as_span yaml =
        q->policy.n ? q->policy : as_str_span(as_review_default_policy());
    as_json_doc *doc = NULL;
    as_buf json;
    as_rc rc;

    r->policy_digest = digest_text(r->arena, yaml);
    as_buf_init(&json, AS_MIB * 16);
    rc = as_yaml_to_json(yaml, 0, &json, err);
    if (!rc)
        rc = as_json_read(as_buf_span(&json), NULL, &doc, err);
    if (!rc)
        rc = as_policy_read(as_json_root(doc), r->arena, ret, err);
    as_json_free(doc);
    as_buf_done(&json);
    if (rc) {
        place_in_yaml(yaml, err);
        as_err_file(err, q->policy.n ? q->policy_file
                                     : AS_STR("the policy built in"));
        return rc;
    }
    r->policy = (*ret)->id;
    return AS_OK;
}

/* ---- the review -------------------------------------------------------- */

/* No knowledge base is a state, not a failure, unless one was named. */
static as_rc open_knowledge(const as_review_request *q, as_know **ret,
                            as_err *err)
{
    as_rc rc;

    *ret = NULL;
    if (as_str_is_empty(q->knowledge))
        return AS_OK;
    rc = as_know_open(q->knowledge, ret, err);
    return rc == AS_ERR_NO_INPUT && !q->knowledge_named ? AS_OK : rc;
}

/* While the worker holds the document against its rules, where it does. */
static as_rc match(const as_review_request *q, as_review *r, as_err *err)
{
    as_know *kb = NULL;
    as_rc rc = open_knowledge(q, &kb, err);

    if (!rc)
        rc = as_match_product(kb, r, err);
    as_know_close(kb);
    return rc;
}

static void not_judged(const as_review_request *q, as_review *r)
{
    r->document.valid = AS_UNSURE;
    r->document.why =
        q->bytes.n > AS_LIMIT_RULED_BYTES
            ? as_arena_printf(r->arena,
                              "it has more than %zu MiB; \"assay bom validate\""
                              " judges it",
                              AS_LIMIT_RULED_BYTES / AS_MIB)
        : q->unjudged ? AS_STR("nobody asked")
                      : AS_STR("the reader gave no answer");
}

static as_rc read_and_match(const as_review_request *q, as_review *r,
                            as_err *err)
{
    struct reading in = {.bytes = q->bytes, .review = r, .request = q};
    as_rc rc;

    not_judged(q, r);
    rc = run_reader(&in, q->target, &q->read, err);
    if (rc)
        return rc;
    r->product = in.product;
    return is_judged(&in) ? AS_OK : match(q, r, err);
}

as_rc as_review_run(const as_review_request *q, as_review **ret, as_err *err)
{
    as_arena *arena = as_arena_new(AS_LIMIT_REVIEW_BYTES);
    as_review *r = arena ? AS_NEW(arena, as_review) : NULL;
    as_policy *policy = NULL;
    as_review_law law;
    as_rc rc;

    if (!r) {
        as_arena_free(arena);
        return as_fail(err, AS_ERR_MEMORY, "no memory for the review");
    }
    r->arena = arena;
    r->tool_version = AS_STR(ASSAY_VERSION);
    r->as_of = as_arena_str(arena, q->as_of);
    r->target = as_arena_str(arena, q->target);
    rc = read_policy(q, r, &policy, err);
    if (!rc)
        rc = as_review_load_law(q, r, &law, err);
    if (!rc)
        rc = read_and_match(q, r, err);
    if (!rc)
        rc = as_review_screen_parties(q, &law, r, err);
    if (!rc)
        rc = as_review_apply_law(&law, r, err);
    if (!rc)
        rc = as_policy_judge(policy, r, err);
    if (rc) {
        as_review_free(r);
        return rc;
    }
    *ret = r;
    return AS_OK;
}

as_review *as_review_free(as_review *r)
{
    if (r) {
        as_product_free(r->product);
        as_arena_free(r->arena);
    }
    return NULL;
}
