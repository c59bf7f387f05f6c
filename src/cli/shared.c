/* SPDX-License-Identifier: Apache-2.0 */
/* What several verbs do. */
#include "cli/cli.h"

#include "base/limits.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int as_cli_fail(const as_err *err)
{
    char line[1600];
    size_t n;

    if (err->rc == AS_ERR_IO && !err->what[0])
        return as_rc_exit(AS_ERR_IO); /* nobody listens any more */
    n = as_err_text(err, line, sizeof line);
    fprintf(stderr, "assay: %.*s\n", (int)n, line);
    return as_rc_exit(err->rc ? err->rc : AS_ERR_INTERNAL);
}

void as_cli_note(const char *fmt, ...)
{
    char line[1600];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    for (char *p = line; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = '?';
    fprintf(stderr, "assay: %s\n", line);
}

int as_cli_write(const as_cmd_values *v, as_span bytes)
{
    const char *path = as_cmd_get_path(v, "output");
    as_err err;
    as_rc rc;

    as_err_init(&err);
    if (path && strcmp(path, "-") != 0)
        rc = as_io_write(path, bytes, &err);
    else
        rc = as_io_write_all(STDOUT_FILENO, bytes, &err);
    return rc ? as_cli_fail(&err) : 0;
}

as_rc as_cli_date(as_cli *c, const as_cmd_values *v, as_str *ret, as_err *err)
{
    as_buf text;
    as_date day;
    as_time now;
    as_rc rc;

    if (!as_cmd_get_date(v, "as-of", &day)) {
        rc = as_io_now(&c->env, &now, err);
        if (rc)
            return rc;
        day = as_time_date(now);
    }
    as_buf_init(&text, 64);
    as_date_write(&text, day);
    *ret = as_arena_str(c->arena, as_buf_text(&text));
    as_buf_done(&text);
    return AS_OK;
}

as_rc as_cli_knowledge(as_cli *c, const as_cmd_values *v, as_str *ret,
                       as_err *err)
{
    const char *path = as_cmd_get_path(v, "knowledge");
    as_str home;
    as_rc rc;

    if (path) {
        *ret = as_str_c(path);
        return AS_OK;
    }
    rc = as_io_home(&c->env, c->arena, &home, err);
    if (!rc)
        *ret = as_arena_printf(c->arena, "%.*s/knowledge.db", AS_FMT(home));
    return rc;
}

void as_cli_read_options(const as_cmd_values *v, as_worker_report *report,
                         as_read_options *ret)
{
    *ret = (as_read_options){.unconfined = as_cmd_has(v, "no-sandbox"),
                             .report = report};
}

void as_cli_tell_sandbox(as_cli *c, const as_worker_report *report)
{
    char missing[80];

    if (c->said_sandbox || !report->forked)
        return;
    as_worker_missing(report, missing, sizeof missing);
    if (!missing[0])
        return;
    c->said_sandbox = true;
    as_cli_note("this system lacks %s: documents are read in a worker with "
                "the rest of the confinement",
                missing);
}
