/* SPDX-License-Identifier: Apache-2.0 */
/* The program: reads the command line by the table of verbs.c and hands it to
 * the verb. */
#include "cli/cli.h"

#include "base/limits.h"

#include <stdio.h>
#include <unistd.h>

static int print(const as_cmd_values *v, as_cli *c)
{
    as_buf out;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    as_buf_init(&out, AS_MIB);
    if (as_cmd_has(v, "version"))
        as_buf_printf(&out, "assay %s\n", ASSAY_VERSION);
    else
        as_cmd_help_for(v, as_io_width(&c->env, STDOUT_FILENO), &out);
    rc = as_io_write_all(STDOUT_FILENO, as_buf_span(&out), &err);
    as_buf_done(&out);
    return rc ? as_cli_fail(&err) : 0;
}

static int start(as_cli *c, int argc, char **argv)
{
    as_cmd_values v;
    as_err err;

    as_err_init(&err);
    if (as_cmd_parse(&as_cli_program, argc, argv, c->arena, &v, &err))
        return as_cli_fail(&err);
    if (as_cmd_has(&v, "help") || as_cmd_has(&v, "version"))
        return print(&v, c);
    return v.verb->run(c, &v);
}

int main(int argc, char **argv)
{
    as_cli c = {.arena = as_arena_new(AS_MIB * 64)};
    int status;

    as_io_start();
    c.env = as_io_environment();
    if (!c.arena) {
        fputs("assay: no memory\n", stderr);
        return as_rc_exit(AS_ERR_MEMORY);
    }
    status = start(&c, argc, argv);
    as_arena_free(c.arena);
    return status;
}
