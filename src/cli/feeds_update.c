/* SPDX-License-Identifier: Apache-2.0 */
/* assay feeds update. */
#include "cli/cli.h"

#include "base/limits.h"
#include "base/progress.h"

#include <inttypes.h>
#include <unistd.h>

static const char *const states[] = {
    [AS_UPDATE_UNCHANGED] = "unchanged",
    [AS_UPDATE_LOADED] = "loaded",
    [AS_UPDATE_FAILED] = "failed",
};

static bool wants_json(const as_cmd_values *v)
{
    return as_str_eq(as_cmd_get_str(v, "format"), AS_STR("json"));
}

/* ---- the list ---------------------------------------------------------- */

static void list_text(as_buf *out)
{
    size_t n;
    const as_feed *f = as_feeds(&n);

    for (size_t i = 0; i < n; i++)
        as_buf_printf(out, "%-14.*s %c %.*s\n                 %.*s\n",
                      AS_FMT(f[i].name), f[i].standard ? '*' : ' ',
                      AS_FMT(f[i].about), AS_FMT(f[i].url));
    as_buf_c(out, "* taken when no feed is named\n");
}

static void list_json(as_buf *out)
{
    as_json_writer w;
    size_t n;
    const as_feed *f = as_feeds(&n);

    as_json_write_init(&w, out, 2);
    as_json_write_array(&w);
    for (size_t i = 0; i < n; i++) {
        as_json_write_object(&w);
        as_json_write_field(&w, AS_STR("feed"), f[i].name);
        as_json_write_field(&w, AS_STR("url"), f[i].url);
        as_json_write_field(&w, AS_STR("path"), f[i].path);
        as_json_write_field_opt(&w, AS_STR("newest"), f[i].newest);
        as_json_write_field_bool(&w, AS_STR("standard"), f[i].standard);
        as_json_write_field(&w, AS_STR("about"), f[i].about);
        as_json_write_object_end(&w);
    }
    as_json_write_array_end(&w);
    as_buf_byte(out, '\n');
}

/* ---- the account ------------------------------------------------------- */

static void account_text(const as_update_report *r, as_str path, as_buf *out)
{
    for (size_t i = 0; i < r->n_items; i++) {
        const as_update_item *item = &r->items[i];
        as_buf_printf(out, "%-14.*s %s", AS_FMT(item->name),
                      states[item->state]);
        if (item->state == AS_UPDATE_LOADED)
            as_buf_printf(out, ", %" PRIu64 " bytes", item->bytes);
        if (item->resumed)
            as_buf_printf(out, ", %" PRIu64 " of them from before",
                          item->resumed);
        if (item->state == AS_UPDATE_FAILED)
            as_buf_printf(out, ": %.*s", AS_FMT(item->reason));
        as_buf_byte(out, '\n');
    }
    if (r->import)
        as_cli_import_text(r->import, path, out);
    else
        as_buf_printf(out, "%.*s: unchanged\n", AS_FMT(path));
}

static void account_json(const as_update_report *r, as_str path, as_buf *out)
{
    as_json_writer w;

    as_json_write_init(&w, out, 2);
    as_json_write_object(&w);
    as_json_write_field(&w, AS_STR("schema"), AS_STR("assay-update/1"));
    as_json_write_field_u64(&w, AS_STR("failed"), r->failed);
    as_json_write_key(&w, AS_STR("feeds"));
    as_json_write_array(&w);
    for (size_t i = 0; i < r->n_items; i++) {
        const as_update_item *item = &r->items[i];
        as_json_write_object(&w);
        as_json_write_field(&w, AS_STR("feed"), item->name);
        as_json_write_field(&w, AS_STR("url"), item->url);
        as_json_write_field(&w, AS_STR("state"), as_str_c(states[item->state]));
        as_json_write_field_u64(&w, AS_STR("bytes"), item->bytes);
        as_json_write_field_u64(&w, AS_STR("resumed"), item->resumed);
        as_json_write_field_opt(&w, AS_STR("reason"), item->reason);
        as_json_write_object_end(&w);
    }
    as_json_write_array_end(&w);
    as_json_write_key(&w, AS_STR("import"));
    if (r->import)
        as_cli_import_json(r->import, path, &w);
    else
        as_json_write_null(&w);
    as_json_write_object_end(&w);
    as_buf_byte(out, '\n');
}

/* ---- the run ----------------------------------------------------------- */

struct shown {
    as_progress line;
    as_str name; /* of the download that is shown */
};

static void show_download(void *ctx, as_str name, uint64_t got, uint64_t total)
{
    struct shown *s = ctx;

    if (!as_str_eq(s->name, name) || s->line.total != total) {
        s->name = name;
        as_progress_start(&s->line, name, total, AS_STR("bytes"));
    }
    as_progress_set(&s->line, got);
}

static void show_import(void *ctx, uint64_t files, uint64_t records)
{
    struct shown *s = ctx;

    (void)files;
    if (!as_str_eq(s->name, AS_STR("importing"))) {
        s->name = AS_STR("importing");
        as_progress_start(&s->line, s->name, 0, AS_STR("records"));
    }
    as_progress_set(&s->line, records);
}

static as_rc update(as_cli *c, const as_cmd_values *v, as_update_request *q,
                    as_update_report **ret, as_err *err)
{
    struct shown shown = {.name = AS_ABSENT};
    as_str *names = AS_NEW_ARRAY(c->arena, v->n_operands, as_str);
    as_rc rc = as_cli_import_prepare(c, v, &q->import, err);

    if (rc || !names)
        return rc ? rc : as_fail(err, AS_ERR_LIMIT, "there are too many feeds");
    for (size_t i = 0; i < v->n_operands; i++)
        names[i] = as_str_c(v->operands[i]);
    q->names = names;
    q->n_names = v->n_operands;
    q->base_url = as_cmd_get_str(v, "base-url");
    q->progress = show_download;
    q->import.progress = show_import;
    q->ctx = q->import.ctx = &shown;
    as_progress_init(&shown.line, STDERR_FILENO,
                     as_io_width(&c->env, STDERR_FILENO), as_io_ticks);
    rc = as_update_run(q, ret, err);
    as_progress_end(&shown.line);
    q->ctx = q->import.ctx = NULL;
    return rc;
}

static int write_list(const as_cmd_values *v)
{
    as_buf out;
    int status;

    as_buf_init(&out, AS_MIB);
    if (wants_json(v))
        list_json(&out);
    else
        list_text(&out);
    status = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return status;
}

static int write_account(const as_cmd_values *v, const as_update_report *r,
                         as_str path)
{
    as_buf out;
    int status;

    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    if (wants_json(v))
        account_json(r, path, &out);
    else
        account_text(r, path, &out);
    status = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return status;
}

int as_cli_feeds_update(void *ctx, const as_cmd_values *v)
{
    as_update_request q = {.n_names = 0};
    as_update_report *report = NULL;
    int status = 0;
    as_err err;
    as_rc rc;

    if (as_cmd_has(v, "list"))
        return write_list(v);
    as_err_init(&err);
    rc = update(ctx, v, &q, &report, &err);
    if (report && report->n_items)
        status = write_account(v, report, q.import.knowledge);
    if (!rc && !status && report->failed)
        status = as_rc_exit(AS_ERR_IO);
    if (!rc && !status && report->import &&
        (report->import->failed || report->import->n_editions_refused))
        status = as_rc_exit(AS_ERR_INPUT);
    as_update_report_free(report);
    return rc ? as_cli_fail(&err) : status;
}
