/* SPDX-License-Identifier: Apache-2.0 */
/* assay feeds import. */
#include "cli/cli.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "base/progress.h"
#include "know/know.h"
#include "model/country.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static bool wants_json(const as_cmd_values *v)
{
    return as_str_eq(as_cmd_get_str(v, "format"), AS_STR("json"));
}

/* ---- the account of an import: text ------------------------------------ */

static bool is_parties(const as_import_source *s)
{
    return as_str_eq(s->kind, AS_STR("parties"));
}

static void text_source(const as_import_source *s, as_buf *out)
{
    as_buf_printf(out, "%-20.*s %" PRIu64 " records read: %" PRIu64 " new",
                  AS_FMT(s->name), s->read, s->added);
    as_buf_printf(out, ", %" PRIu64 " changed, %" PRIu64 " unchanged",
                  s->changed, s->unchanged);
    if (s->older)
        as_buf_printf(out, ", %" PRIu64 " older than what is there", s->older);
    as_buf_printf(out, ", %" PRIu64 " refused", s->refused);
    if (s->left_out)
        as_buf_printf(out, ", %" PRIu64 " left out", s->left_out);
    if (s->removed)
        as_buf_printf(out, "; %" PRIu64 " no longer listed", s->removed);
    if (s->noted)
        as_buf_printf(out, "; %" PRIu64 " %s", s->noted,
                      is_parties(s) ? "noted"
                                    : "stored with a part not understood");
    as_buf_byte(out, '\n');
}

static void text_example(const as_import_example *e, as_buf *out)
{
    as_buf_c(out, "  ");
    as_buf_shown(out, e->member);
    if (e->line)
        as_buf_printf(out, ":%" PRIu64 ":%" PRIu64, e->line, e->column);
    as_buf_c(out, ": ");
    if (!as_str_is_empty(e->id)) {
        as_buf_shown(out, e->id);
        as_buf_c(out, ": ");
    }
    if (!as_str_is_empty(e->path)) {
        as_buf_c(out, "at ");
        as_buf_shown(out, e->path);
        as_buf_c(out, ": ");
    }
    as_buf_line(out, "%.*s", AS_FMT(e->reason));
}

static void text_examples(const char *what, uint64_t total,
                          const as_import_examples *x, as_buf *out)
{
    if (total == 0)
        return;
    as_buf_printf(out, "%s: %" PRIu64 "\n", what, total);
    for (size_t i = 0; i < x->n; i++)
        text_example(&x->items[i], out);
    if (total > x->n)
        as_buf_printf(out, "  and %" PRIu64 " more\n", total - x->n);
}

void as_cli_import_text(const as_import_report *r, as_str path, as_buf *out)
{
    for (size_t i = 0; i < r->n_sources; i++)
        text_source(&r->sources[i], out);
    for (size_t i = 0; i < r->n_sources; i++)
        text_examples("refused", r->sources[i].refused, &r->sources[i].refusals,
                      out);
    for (size_t i = 0; i < r->n_sources; i++)
        if (is_parties(&r->sources[i]))
            text_examples("noted", r->sources[i].noted, &r->sources[i].notes,
                          out);
    text_examples("lists not taken", r->n_editions_refused,
                  &r->editions_refused, out);
    text_examples("could not be read", r->failed, &r->failures, out);
    if (r->passed_over)
        as_buf_printf(
            out, "passed over, no feed this version reads: %" PRIu64 " files\n",
            r->passed_over);
    for (size_t i = 0; i < r->n_passed; i++)
        as_buf_line(out, "  %" PRIu64 " %.*s (%.*s)", r->passed[i].n,
                    AS_FMT(r->passed[i].kind), AS_FMT(r->passed[i].example));
    as_buf_printf(out,
                  "%" PRIu64 " files: %" PRIu64 " read, %" PRIu64
                  " passed over, %" PRIu64 " failed\n",
                  r->files, r->read, r->passed_over, r->failed);
    as_buf_line(out, "%.*s: %s", AS_FMT(path),
                r->changed ? "replaced" : "unchanged");
}

/* ---- the account of an import: JSON -----------------------------------------
 */

static void json_count(as_json_writer *w, const char *key, uint64_t n)
{
    as_json_write_field_u64(w, as_str_c(key), n);
}

static void json_examples(as_json_writer *w, const char *key,
                          const as_import_examples *x)
{
    as_json_write_key(w, as_str_c(key));
    as_json_write_array(w);
    for (size_t i = 0; i < x->n; i++) {
        const as_import_example *e = &x->items[i];
        as_json_write_object(w);
        as_json_write_field_opt(w, AS_STR("id"), e->id);
        as_json_write_field(w, AS_STR("member"), e->member);
        as_json_write_field_opt(w, AS_STR("path"), e->path);
        if (e->line) {
            json_count(w, "line", e->line);
            json_count(w, "column", e->column);
        }
        as_json_write_field(w, AS_STR("reason"), e->reason);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void json_source(as_json_writer *w, const as_import_source *s)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("source"), s->name);
    as_json_write_field(w, AS_STR("kind"), s->kind);
    json_count(w, "read", s->read);
    json_count(w, "stored", s->stored);
    json_count(w, "added", s->added);
    json_count(w, "changed", s->changed);
    json_count(w, "unchanged", s->unchanged);
    json_count(w, "older", s->older);
    json_count(w, "refused", s->refused);
    json_count(w, "removed", s->removed);
    json_count(w, "left_out", s->left_out);
    json_count(w, "noted", s->noted);
    json_count(w, "total", s->total);
    json_count(w, "rows", s->rows);
    json_examples(w, "refusals", &s->refusals);
    json_examples(w, "notes", &s->notes);
    as_json_write_object_end(w);
}

void as_cli_import_json(const as_import_report *r, as_str path,
                        as_json_writer *w)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("schema"), AS_STR("assay-import/1"));
    as_json_write_field(w, AS_STR("knowledge"), path);
    as_json_write_field_bool(w, AS_STR("changed"), r->changed);
    json_count(w, "files", r->files);
    json_count(w, "read", r->read);
    json_count(w, "passed_over", r->passed_over);
    json_count(w, "failed", r->failed);
    as_json_write_key(w, AS_STR("sources"));
    as_json_write_array(w);
    for (size_t i = 0; i < r->n_sources; i++)
        json_source(w, &r->sources[i]);
    as_json_write_array_end(w);
    json_examples(w, "failures", &r->failures);
    json_count(w, "editions_refused", r->n_editions_refused);
    json_examples(w, "not_taken", &r->editions_refused);
    as_json_write_key(w, AS_STR("passed"));
    as_json_write_array(w);
    for (size_t i = 0; i < r->n_passed; i++) {
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("kind"), r->passed[i].kind);
        json_count(w, "files", r->passed[i].n);
        as_json_write_field(w, AS_STR("example"), r->passed[i].example);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

/* ---- import ------------------------------------------------------------ */

/* The folder of the knowledge base, made when it is missing. */
static as_rc make_home(as_cli *c, as_str knowledge, as_err *err)
{
    size_t slash = as_str_rfind(knowledge, '/');

    if (slash == knowledge.n || slash == 0)
        return AS_OK;
    return as_io_make_folders(
        as_arena_str(c->arena, as_str_slice(knowledge, 0, slash)).p, err);
}

/* --edition and --countries, where the verb has them. */
static as_rc list_choices(as_cli *c, const as_cmd_values *v,
                          as_import_request *q, as_err *err)
{
    as_str countries = as_cmd_get_str(v, "countries"), rest = countries;
    as_date day;

    q->edition = as_cmd_get_str(v, "edition");
    if (q->edition.p && !as_date_read(q->edition, &day))
        return as_fail(err, AS_ERR_USAGE, "\"%.*s\" is no date (YYYY-MM-DD)",
                       AS_FMT(q->edition));
    if (q->edition.p)
        q->edition = as_date_str(c->arena, day);
    while (rest.p) {
        as_str one = as_str_cut(&rest, ',');
        if (!as_country_code(one).p || as_str_trim(one).n != 2)
            return as_fail(err, AS_ERR_USAGE,
                           "\"%.*s\" is no country (two letters, as in ISO "
                           "3166)",
                           AS_FMT(as_str_slice(one, 0, 40)));
    }
    q->countries = countries;
    return AS_OK;
}

as_rc as_cli_import_prepare(as_cli *c, const as_cmd_values *v,
                            as_import_request *q, as_err *err)
{
    as_rc rc = as_cli_knowledge(c, v, &q->knowledge, err);

    if (!rc)
        rc = as_cli_date(c, v, &q->date, err);
    if (!rc)
        rc = make_home(c, q->knowledge, err);
    if (!rc)
        rc = list_choices(c, v, q, err);
    q->force = as_cmd_has(v, "force");
    q->unconfined = as_cmd_has(v, "no-sandbox");
    return rc;
}

static as_rc list_paths(as_cli *c, const as_cmd_values *v, as_import_request *q,
                        as_err *err)
{
    as_str *paths = AS_NEW_ARRAY(c->arena, v->n_operands, as_str);

    if (!paths)
        return as_fail(err, AS_ERR_LIMIT, "there are too many paths");
    for (size_t i = 0; i < v->n_operands; i++)
        paths[i] = as_str_c(v->operands[i]);
    q->paths = paths;
    q->n_paths = v->n_operands;
    return AS_OK;
}

static int account(const as_cmd_values *v, const as_import_report *r,
                   as_str knowledge)
{
    as_json_writer w;
    as_buf out;
    int status;

    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    as_json_write_init(&w, &out, 2);
    if (wants_json(v)) {
        as_cli_import_json(r, knowledge, &w);
        as_buf_byte(&out, '\n');
    } else {
        as_cli_import_text(r, knowledge, &out);
    }
    status = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return status;
}

static void show_progress(void *ctx, uint64_t files, uint64_t records)
{
    as_progress_set(ctx, records);
}

/* All of it, under a progress line on a terminal. */
static as_rc import_paths(as_cli *c, as_import_request *q,
                          as_import_report **ret, as_err *err)
{
    as_progress line;
    as_rc rc;

    as_progress_init(&line, STDERR_FILENO, as_io_width(&c->env, STDERR_FILENO),
                     as_io_ticks);
    as_progress_start(&line, AS_STR("importing"), 0, AS_STR("records"));
    q->progress = show_progress;
    q->ctx = &line;
    rc = as_import_paths(q, ret, err);
    as_progress_end(&line);
    return rc;
}

int as_cli_feeds_import(void *ctx, const as_cmd_values *v)
{
    as_import_request q = {.n_paths = 0};
    as_import_report *report = NULL;
    int status = 0;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    rc = as_cli_import_prepare(ctx, v, &q, &err);
    if (!rc)
        rc = list_paths(ctx, v, &q, &err);
    if (!rc)
        rc = import_paths(ctx, &q, &report, &err);
    if (report && report->files)
        status = account(v, report, q.knowledge);
    if (report && !as_str_is_empty(report->unconfined))
        as_cli_note("this system lacks %.*s: feeds are read in a worker with "
                    "the rest of the confinement",
                    AS_FMT(report->unconfined));
    if (!rc && !status && (report->failed || report->n_editions_refused))
        status = as_rc_exit(AS_ERR_INPUT); /* the account names the files */
    as_import_report_free(report);
    return rc ? as_cli_fail(&err) : status;
}
