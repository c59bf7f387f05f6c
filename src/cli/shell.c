/* SPDX-License-Identifier: Apache-2.0 */
/* assay completion, assay man: what the tables of verbs say. */
#include "cli/cli.h"

#include "base/limits.h"

static int put(const as_cmd_values *v, as_buf *out)
{
    int status = as_cli_write(v, as_buf_span(out));

    as_buf_done(out);
    return status;
}

int as_cli_completion(void *ctx, const as_cmd_values *v)
{
    as_cmd_shell shell;
    as_buf out;
    as_err err;

    as_err_init(&err);
    if (!as_cmd_shell_of(as_str_c(v->operands[0]), &shell)) {
        as_fail(&err, AS_ERR_USAGE, "there is no completion for \"%s\"",
                v->operands[0]);
        as_err_hint(&err, "bash, zsh or fish");
        return as_cli_fail(&err);
    }
    as_buf_init(&out, AS_MIB);
    as_cmd_completion(&as_cli_program, shell, &out);
    return put(v, &out);
}

int as_cli_man(void *ctx, const as_cmd_values *v)
{
    as_buf out;

    as_buf_init(&out, AS_MIB);
    as_cmd_man(&as_cli_program, &out);
    return put(v, &out);
}
