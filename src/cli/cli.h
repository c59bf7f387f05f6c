/* SPDX-License-Identifier: Apache-2.0 */
/* The command line: one file a verb family, one row a verb in verbs.c. Verbs
 * gather inputs (files, date, options), call review/ or a pure function, and
 * print. Messages go to standard error, results to standard output or -o. */
#ifndef AS_CLI_CLI_H
#define AS_CLI_CLI_H

#include "base/cmdline.h"
#include "base/io.h"
#include "base/json_write.h"
#include "know/know.h"
#include "review/review.h"

typedef struct as_cli {
    as_arena *arena; /* of the whole run */
    as_io_env env;
    bool said_sandbox; /* what the kernel lacks is said once */
} as_cli;

/* One row a verb; see verbs.c. */
int as_cli_review(void *ctx, const as_cmd_values *v);
int as_cli_explain(void *ctx, const as_cmd_values *v);
int as_cli_bom_validate(void *ctx, const as_cmd_values *v);
int as_cli_bom_convert(void *ctx, const as_cmd_values *v);
int as_cli_bom_diff(void *ctx, const as_cmd_values *v);
int as_cli_feeds_import(void *ctx, const as_cmd_values *v);
int as_cli_feeds_status(void *ctx, const as_cmd_values *v);
int as_cli_feeds_update(void *ctx, const as_cmd_values *v);
int as_cli_licence(void *ctx, const as_cmd_values *v);
int as_cli_licence_chip(void *ctx, const as_cmd_values *v);
int as_cli_rules_list(void *ctx, const as_cmd_values *v);
int as_cli_rules_show(void *ctx, const as_cmd_values *v);
int as_cli_rules_check(void *ctx, const as_cmd_values *v);
int as_cli_screen_decide(void *ctx, const as_cmd_values *v);
int as_cli_screen_decisions(void *ctx, const as_cmd_values *v);
int as_cli_screen_owners(void *ctx, const as_cmd_values *v);
int as_cli_version_compare(void *ctx, const as_cmd_values *v);
int as_cli_purl(void *ctx, const as_cmd_values *v);
int as_cli_cpe(void *ctx, const as_cmd_values *v);
int as_cli_cvss(void *ctx, const as_cmd_values *v);
int as_cli_screen(void *ctx, const as_cmd_values *v);
int as_cli_screen_compare(void *ctx, const as_cmd_values *v);
int as_cli_completion(void *ctx, const as_cmd_values *v);
int as_cli_man(void *ctx, const as_cmd_values *v);

extern const as_cmd_program as_cli_program;

/* ---- shared ----------------------------------------------------------------
 */

/* One line on standard error, "assay: ...", and the exit status. */
int as_cli_fail(const as_err *err);
/* Writes a result to -o or standard output; the exit status, 0 when written. */
int as_cli_write(const as_cmd_values *v, as_span bytes);
/* --as-of, else today. */
as_rc as_cli_date(as_cli *c, const as_cmd_values *v, as_str *ret, as_err *err);
/* Path of the knowledge base: --knowledge, else below ASSAY_HOME. */
as_rc as_cli_knowledge(as_cli *c, const as_cmd_values *v, as_str *ret,
                       as_err *err);
/* Path of the register: --register, else below ASSAY_HOME. */
as_rc as_cli_register(as_cli *c, const as_cmd_values *v, as_str *ret,
                      as_err *err);
/* --no-sandbox into the options; the report is told after the work. */
void as_cli_read_options(const as_cmd_values *v, as_worker_report *report,
                         as_read_options *ret);
void as_cli_tell_sandbox(as_cli *c, const as_worker_report *report);
/* Files of rules and of a context that options name; held open until done. */
typedef struct as_cli_rules {
    as_io_file *files;
    as_named_bytes *sources;
    size_t n;
    as_io_file context;
    as_property *more; /* of the context, by options */
} as_cli_rules;

/* --rules PATH: files, and the *.yaml of folders. Start with a zeroed one; done
 * takes it in any state. */
as_rc as_cli_rules_read(as_cli *c, const as_cmd_values *v, as_cli_rules *ret,
                        as_err *err);
/* --context and the options that stand for its members, into the request. */
as_rc as_cli_context_read(as_cli *c, const as_cmd_values *v, as_cli_rules *ret,
                          as_review_request *q, as_err *err);
void as_cli_rules_done(as_cli_rules *r);
/* What an import is asked for by the options of both verbs that import. */
as_rc as_cli_import_prepare(as_cli *c, const as_cmd_values *v,
                            as_import_request *q, as_err *err);
/* The account of an import. */
void as_cli_import_text(const as_import_report *r, as_str path, as_buf *out);
void as_cli_import_json(const as_import_report *r, as_str path,
                        as_json_writer *w);
/* Text for the terminal on standard error: as the input, controls as '?'. */
void as_cli_note(const char *fmt, ...) AS_PRINTF(1, 2);

#endif
