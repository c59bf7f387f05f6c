/* SPDX-License-Identifier: Apache-2.0 */
/* assay review, assay explain. */
#include "cli/cli.h"

#include "base/limits.h"
#include "report/report.h"

#include <string.h>
#include <unistd.h>

/* What every target of a run shares. */
struct run {
    as_cli *cli;
    const as_cmd_values *v;
    as_review_request request;
    as_io_file policy, target;
    as_cli_rules rules;
    as_worker_report report;
};

static as_rc prepare(struct run *r, as_err *err)
{
    as_review_request *q = &r->request;
    const char *policy = as_cmd_get_path(r->v, "policy");
    as_rc rc = as_cli_date(r->cli, r->v, &q->as_of, err);

    if (!rc)
        rc = as_cli_knowledge(r->cli, r->v, &q->knowledge, err);
    if (!rc)
        rc = as_cli_register(r->cli, r->v, &q->register_, err);
    q->knowledge_named = as_cmd_has(r->v, "knowledge");
    if (!rc && policy) {
        rc = as_io_read(policy, AS_MIB * 16, &r->policy, err);
        q->policy = r->policy.bytes;
        q->policy_file = as_str_c(policy);
        if (!rc && q->policy.n == 0) {
            as_err_file(err, q->policy_file);
            rc = as_fail(err, AS_ERR_INPUT, "the policy is empty");
        }
    }
    if (!rc)
        rc = as_cli_rules_read(r->cli, r->v, &r->rules, err);
    if (!rc)
        rc = as_cli_context_read(r->cli, r->v, &r->rules, q, err);
    as_cli_read_options(r->v, &r->report, &q->read);
    return rc;
}

static void done(struct run *r)
{
    as_io_file_done(&r->policy);
    as_io_file_done(&r->target);
    as_cli_rules_done(&r->rules);
}

static const as_report_format *format_of(const as_cmd_values *v)
{
    as_str name = as_cmd_get_str(v, "format");

    return as_report_find(as_str_is_absent(name) ? AS_STR("text") : name);
}

static as_report_options options_of(const struct run *r)
{
    bool to_file = as_cmd_get_path(r->v, "output") != NULL;
    as_report_options o = {.all = as_cmd_has(r->v, "all")};

    o.width = to_file ? 80 : as_io_width(&r->cli->env, STDOUT_FILENO);
    if (o.width > 110)
        o.width = 110;
    o.colours = !to_file && as_io_color(&r->cli->env, STDOUT_FILENO);
    return o;
}

static as_rc review_one(struct run *r, const char *path, as_buf *out,
                        as_verdict *ret, as_err *err)
{
    as_report_options o = options_of(r);
    as_review *review = NULL;
    as_rc rc = as_io_read(path, 0, &r->target, err);

    if (rc)
        return rc;
    r->request.target = as_str_c(path);
    r->request.bytes = r->target.bytes;
    rc = as_review_run(&r->request, &review, err);
    as_io_file_done(&r->target);
    as_cli_tell_sandbox(r->cli, &r->report);
    if (rc)
        return rc;
    rc = as_report_write(format_of(r->v), review, &o, out, err);
    *ret = review->verdict;
    as_review_free(review);
    return rc;
}

/* reject beats undecided beats accept. */
static as_verdict worse(as_verdict a, as_verdict b)
{
    if (a == AS_REJECT || b == AS_REJECT)
        return AS_REJECT;
    return a == AS_UNDECIDED || b == AS_UNDECIDED ? AS_UNDECIDED : AS_ACCEPT;
}

static int exit_of(as_verdict v)
{
    return v == AS_ACCEPT ? 0 : v == AS_REJECT ? 1 : 2;
}

int as_cli_review(void *ctx, const as_cmd_values *v)
{
    struct run r = {.cli = ctx, .v = v};
    as_verdict verdict = AS_ACCEPT, one = AS_UNDECIDED;
    int status = 0;
    as_buf out;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    rc = prepare(&r, &err);
    for (size_t i = 0; i < v->n_operands && !rc; i++) {
        rc = review_one(&r, v->operands[i], &out, &one, &err);
        verdict = worse(verdict, one);
        if (i + 1 < v->n_operands &&
            as_str_eq(format_of(v)->name, AS_STR("text")))
            as_buf_c(&out, "\n");
    }
    if (rc)
        status = as_cli_fail(&err);
    else
        status = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    done(&r);
    return status ? status : exit_of(verdict);
}

/* ---- explain ----------------------------------------------------------------
 */

/* Without a document a purl or CPE stands for a product of one part. */
static as_rc read_subject(struct run *r, const char *part, as_err *err)
{
    const char *path = as_cmd_get_path(r->v, "in");
    as_str line;

    if (path) {
        r->request.target = as_str_c(path);
        return as_io_read(path, 0, &r->target, err);
    }
    if (!part || (strncmp(part, "pkg:", 4) && strncmp(part, "cpe:", 4))) {
        as_fail(err, AS_ERR_USAGE, "explain needs a document");
        as_err_hint(err, "name it with --in FILE, or give a purl or CPE as "
                         "part");
        return AS_ERR_USAGE;
    }
    line = as_arena_printf(r->cli->arena, "%s\n%.*s", part, AS_IO_PADDING,
                           "                                              "
                           "                  ");
    r->request.target = AS_STR("the command line");
    r->target.bytes = (as_span){(const uint8_t *)line.p, strlen(part) + 1};
    return AS_OK;
}

static as_rc explain(struct run *r, as_buf *out, as_err *err)
{
    const char *part = r->v->n_operands > 1 ? r->v->operands[1] : NULL;
    bool json = as_str_eq(as_cmd_get_str(r->v, "format"), AS_STR("json"));
    as_rc rc = prepare(r, err);

    if (!rc)
        rc = read_subject(r, part, err);
    if (rc)
        return rc;
    r->request.bytes = r->target.bytes;
    rc = as_review_explain(&r->request, as_str_c(r->v->operands[0]),
                           as_str_c(part), json, out, err);
    as_cli_tell_sandbox(r->cli, &r->report);
    return rc;
}

int as_cli_explain(void *ctx, const as_cmd_values *v)
{
    struct run r = {.cli = ctx, .v = v};
    as_buf out;
    as_err err;
    int status;

    as_err_init(&err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    if (explain(&r, &out, &err))
        status = as_cli_fail(&err);
    else
        status = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    done(&r);
    return status;
}
