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
#include "rule/policy.h"

#include <string.h>

/* ---- reading in a worker ----------------------------------------------- */

struct reading {
    as_span bytes;
    as_product *product;
    as_arena *arena; /* of the digest */
    as_str *digest;  /* wanted as well, or NULL */
};

/* In the worker. */
static as_rc read_bom(void *ctx, as_worker_out *out, as_err *err)
{
    const struct reading *in = ctx;
    as_product *p = NULL;
    as_buf message;
    as_rc rc = as_bom_read(in->bytes, true, &p, err);

    if (rc)
        return rc;
    as_buf_init(&message, AS_LIMIT_FRAME_BYTES);
    as_product_encode(p, &message);
    as_product_free(p);
    if (as_buf_failed(&message))
        rc = as_fail(err, AS_ERR_LIMIT,
                     "the document takes more than %zu MiB in memory",
                     AS_LIMIT_FRAME_BYTES / AS_MIB);
    else
        as_worker_emit(out, 1, as_buf_span(&message));
    as_buf_done(&message);
    return rc;
}

static as_rc take_product(void *ctx, uint8_t type, as_span bytes, as_err *err)
{
    struct reading *in = ctx;

    if (in->product)
        return as_fail(err, AS_ERR_INTERNAL,
                       "the reader's answer is defective");
    return as_product_decode(bytes, &in->product, err);
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

    if (in->digest)
        *in->digest = digest_text(in->arena, in->bytes);
}

static as_rc read_product(struct reading *in, as_str file,
                          const as_read_options *o, as_err *err)
{
    as_worker_job job = {.run = read_bom,
                         .on_frame = take_product,
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
    if (rc) {
        in->product = as_product_free(in->product);
        as_err_file(err, file);
    }
    return rc;
}

as_rc as_read_product(as_span bytes, as_str file, const as_read_options *o,
                      as_product **ret, as_err *err)
{
    struct reading in = {.bytes = bytes};
    as_rc rc = read_product(&in, file, o, err);

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

static as_rc judge(const as_review_request *q, as_review *r, as_err *err)
{
    as_policy *policy = NULL;
    as_know *kb = NULL;
    as_rc rc = read_policy(q, r, &policy, err);

    if (!rc)
        rc = open_knowledge(q, &kb, err);
    if (!rc)
        rc = as_match_product(kb, r, err);
    if (!rc)
        rc = as_policy_judge(policy, r, err);
    as_know_close(kb);
    return rc;
}

as_rc as_review_run(const as_review_request *q, as_review **ret, as_err *err)
{
    as_arena *arena = as_arena_new(AS_LIMIT_REVIEW_BYTES);
    as_review *r = arena ? AS_NEW(arena, as_review) : NULL;
    struct reading in = {.bytes = q->bytes, .arena = arena};
    as_rc rc;

    if (!r) {
        as_arena_free(arena);
        return as_fail(err, AS_ERR_MEMORY, "no memory for the review");
    }
    r->arena = arena;
    in.digest = &r->digest;
    rc = read_product(&in, q->target, &q->read, err);
    if (!rc) {
        r->product = in.product;
        r->tool_version = AS_STR(ASSAY_VERSION);
        r->as_of = as_arena_str(arena, q->as_of);
        r->target = as_arena_str(arena, q->target);
        rc = judge(q, r, err);
    }
    if (rc) {
        as_product_free(in.product);
        as_arena_free(arena);
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
