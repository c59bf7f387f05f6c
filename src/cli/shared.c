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
    as_buf shown;
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    as_buf_init(&shown, sizeof line * 4);
    as_buf_shown(&shown, as_str_c(line));
    fprintf(stderr, "assay: %.*s\n", AS_FMT(as_buf_text(&shown)));
    as_buf_done(&shown);
}

/* A character of UTF-8 as JSON's escape. */
static void put_escape(as_buf *out, const uint8_t *p, size_t n)
{
    uint32_t c = n == 1 ? p[0] : p[0] & (0x7FU >> n);

    for (size_t i = 1; i < n; i++)
        c = c << 6 | (p[i] & 0x3FU);
    if (c > 0xFFFF)
        as_buf_printf(out, "\\u%04x\\u%04x", 0xD7C0 + (c >> 10),
                      0xDC00 + (c & 0x3FF));
    else
        as_buf_printf(out, "\\u%04x", c);
}

/* Text and pages are clean already, and what is ours in them (line breaks,
 * colours) is ASCII. JSON holds what documents say: on a terminal it says the
 * same in escapes. */
static void put_for_terminal(as_buf *out, as_str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t bad = (uint8_t)s.p[i] < 0x7F ? 0 : as_str_unsafe(s, i);
        if (bad)
            put_escape(out, (const uint8_t *)s.p + i, bad);
        else
            as_buf_byte(out, s.p[i]);
        i += bad ? bad : 1;
    }
}

static as_rc write_standard(as_span bytes, as_err *err)
{
    as_buf shown;
    as_rc rc;

    if (!as_io_is_terminal(STDOUT_FILENO))
        return as_io_write_all(STDOUT_FILENO, bytes, err);
    as_buf_init(&shown, AS_LIMIT_OUTPUT_BYTES);
    put_for_terminal(&shown, as_str_of((const char *)bytes.p, bytes.n));
    rc = as_io_write_all(STDOUT_FILENO, as_buf_span(&shown), err);
    as_buf_done(&shown);
    return rc;
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
        rc = write_standard(bytes, &err);
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

as_rc as_cli_register(as_cli *c, const as_cmd_values *v, as_str *ret,
                      as_err *err)
{
    const char *path = as_cmd_get_path(v, "register");
    as_str home;
    as_rc rc;

    if (path) {
        *ret = as_str_c(path);
        return AS_OK;
    }
    rc = as_io_home(&c->env, c->arena, &home, err);
    if (!rc)
        *ret = as_arena_printf(c->arena, "%.*s/register.db", AS_FMT(home));
    return rc;
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
