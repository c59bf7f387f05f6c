/* SPDX-License-Identifier: Apache-2.0 */
/* assay bom validate, convert, diff. */
#include "cli/cli.h"

#include "base/limits.h"
#include "bom/bom.h"

/* ---- validate ---------------------------------------------------------------
 */

static as_rc validate_one(as_cli *c, const as_cmd_values *v, const char *path,
                          as_buf *out, bool *ret_valid, as_err *err)
{
    as_worker_report report = {.forked = false};
    as_io_file in = {.owned = NULL};
    as_validate_request q = {.file = as_str_c(path)};
    as_rc rc = as_io_read(path, 0, &in, err);

    if (rc)
        return rc;
    q.bytes = in.bytes;
    q.json = as_str_eq(as_cmd_get_str(v, "format"), AS_STR("json"));
    as_cli_read_options(v, &report, &q.read);
    rc = as_review_validate(&q, out, ret_valid, err);
    as_io_file_done(&in);
    as_cli_tell_sandbox(c, &report);
    return rc;
}

int as_cli_bom_validate(void *ctx, const as_cmd_values *v)
{
    int status = 0, written;
    as_buf out;

    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; i < v->n_operands; i++) {
        bool valid = false;
        as_err err;
        as_err_init(&err);
        if (validate_one(ctx, v, v->operands[i], &out, &valid, &err))
            status = as_cli_fail(&err);
        else if (!valid && !status)
            status = as_rc_exit(AS_ERR_INPUT);
    }
    written = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return written ? written : status;
}

/* ---- convert ----------------------------------------------------------- */

static as_rc read_bom(as_cli *c, const as_cmd_values *v, const char *path,
                      as_product **ret, as_err *err)
{
    as_worker_report report = {.forked = false};
    as_io_file in = {.owned = NULL};
    as_read_options o;
    as_rc rc = as_io_read(path, 0, &in, err);

    if (rc)
        return rc;
    as_cli_read_options(v, &report, &o);
    rc = as_read_product(in.bytes, as_str_c(path), &o, ret, err);
    as_io_file_done(&in);
    as_cli_tell_sandbox(c, &report);
    return rc;
}

static void tell_losses(const as_bom_losses *l)
{
    for (size_t i = 0; i < l->n; i++) {
        const as_bom_loss *x = &l->items[i];
        as_cli_note("lost: %.*s (%llu time%s%s%.*s)", AS_FMT(x->what),
                    (unsigned long long)x->count, x->count == 1 ? "" : "s",
                    as_str_is_empty(x->path) ? "" : ", first at ",
                    AS_FMT(x->path));
    }
}

static as_rc convert(as_cli *c, const as_cmd_values *v, as_buf *out,
                     as_err *err)
{
    as_str word = as_cmd_get_str(v, "format");
    as_bom_losses losses = {.arena = c->arena};
    as_product *p = NULL;
    const as_bom_writer *w =
        as_bom_writer_find(as_str_is_absent(word) ? AS_STR("cyclonedx") : word);
    as_rc rc = read_bom(c, v, v->operands[0], &p, err);

    if (rc)
        return rc;
    rc = as_bom_write(w, p, out, &losses, err);
    as_product_free(p);
    if (!rc)
        tell_losses(&losses);
    return rc;
}

int as_cli_bom_convert(void *ctx, const as_cmd_values *v)
{
    as_buf out;
    as_err err;
    int status;

    as_err_init(&err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    if (convert(ctx, v, &out, &err))
        status = as_cli_fail(&err);
    else
        status = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return status;
}

/* ---- diff --------------------------------------------------------------- */

struct pair {
    as_product *a, *b;
    as_arena *arena;
};

static as_rc diff(as_cli *c, const as_cmd_values *v, struct pair *p,
                  as_buf *out, bool *ret_same, as_err *err)
{
    as_bom_diff d;
    as_rc rc = read_bom(c, v, v->operands[0], &p->a, err);

    if (!rc)
        rc = read_bom(c, v, v->operands[1], &p->b, err);
    if (!rc)
        rc = as_bom_diff_make(p->a, p->b, p->arena, &d, err);
    if (rc)
        return rc;
    if (as_str_eq(as_cmd_get_str(v, "format"), AS_STR("json")))
        as_bom_diff_json(&d, out);
    else
        as_bom_diff_text(&d, out);
    *ret_same = d.n_changes == 0;
    return AS_OK;
}

int as_cli_bom_diff(void *ctx, const as_cmd_values *v)
{
    struct pair p = {.arena = as_arena_new(AS_LIMIT_PRODUCT_BYTES)};
    bool same = false;
    int status;
    as_buf out;
    as_err err;

    as_err_init(&err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    if (!p.arena)
        as_fail(&err, AS_ERR_MEMORY, "no memory to compare");
    if (!p.arena || diff(ctx, v, &p, &out, &same, &err))
        status = as_cli_fail(&err);
    else
        status = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    as_arena_free(p.arena);
    as_product_free(p.a);
    as_product_free(p.b);
    return status ? status : !same;
}
