/* SPDX-License-Identifier: Apache-2.0 */
/* assay rules list, show, check; and the options of other verbs that name
 * rules and contexts. */
#include "cli/cli.h"

#include "base/limits.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { RULE_FILES = 1000 };
#define RULE_FILE_BYTES (AS_MIB * 16)

/* ---- files of rules ------------------------------------------------------ */

static as_rc add_file(as_cli_rules *r, as_arena *a, const char *path,
                      as_err *err)
{
    as_named_bytes *names;
    as_io_file *files;
    as_rc rc;

    if (r->n == RULE_FILES)
        return as_fail(err, AS_ERR_LIMIT, "there are more than %d rule files",
                       RULE_FILES);
    if (!r->files) {
        r->files = AS_NEW_ARRAY(a, RULE_FILES, as_io_file);
        r->sources = AS_NEW_ARRAY(a, RULE_FILES, as_named_bytes);
    }
    if (!r->files || !r->sources)
        return as_fail(err, AS_ERR_MEMORY, "no memory for the rules");
    files = r->files;
    names = r->sources;
    rc = as_io_read(path, RULE_FILE_BYTES, &files[r->n], err);
    if (rc)
        return rc;
    names[r->n] =
        (as_named_bytes){as_arena_str(a, as_str_c(path)), files[r->n].bytes};
    r->n++;
    return AS_OK;
}

static int is_rule_file(const struct dirent *e)
{
    as_str name = as_str_c(e->d_name);

    return e->d_name[0] != '.' && (as_str_ends(name, AS_STR(".yaml")) ||
                                   as_str_ends(name, AS_STR(".yml")));
}

static as_rc add_folder(as_cli_rules *r, as_arena *a, const char *path,
                        as_err *err)
{
    struct dirent **list = NULL;
    int n = scandir(path, &list, is_rule_file, alphasort);
    as_rc rc = AS_OK;

    if (n < 0) {
        as_err_file(err, as_str_c(path));
        return as_fail(err, AS_ERR_NO_INPUT, "could not read the folder");
    }
    for (int i = 0; i < n; i++) {
        as_str full = as_arena_printf(a, "%s/%s", path, list[i]->d_name);
        if (!rc)
            rc = full.p ? add_file(r, a, full.p, err)
                        : as_fail(err, AS_ERR_MEMORY, "no memory");
        free(list[i]);
    }
    free(list);
    if (!rc && n == 0) {
        as_err_file(err, as_str_c(path));
        rc =
            as_fail(err, AS_ERR_NO_INPUT, "the folder holds no rules (*.yaml)");
    }
    return rc;
}

static as_rc add_path(as_cli_rules *r, as_arena *a, const char *path,
                      as_err *err)
{
    struct stat st;

    if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return add_folder(r, a, path, err);
    return add_file(r, a, path, err);
}

as_rc as_cli_rules_read(as_cli *c, const as_cmd_values *v, as_cli_rules *ret,
                        as_err *err)
{
    as_rc rc = AS_OK;

    for (size_t i = 0; i < as_cmd_count(v, "rules") && !rc; i++)
        rc = add_path(ret, c->arena, as_cmd_list_path(v, "rules", i), err);
    return rc;
}

void as_cli_rules_done(as_cli_rules *r)
{
    for (size_t i = 0; i < r->n; i++)
        as_io_file_done(&r->files[i]);
    as_io_file_done(&r->context);
}

/* ---- context ------------------------------------------------------------- */

/* Options that are members of a context, and their names there. */
static const struct {
    const char *option, *member;
} members[] = {
    {"buyer-role", "role"},
    {"act", "act"},
    {"use", "use"},
    {"jurisdiction", "jurisdiction"},
    {"destination", "destination"},
    {"from", "from"},
    {"buyer", "buyer"},
    {"seller", "seller"},
    {"end-user", "end-user"},
    {"contracted", "contracted"},
    {"bought", "bought"},
    {"authorised", "authorised"},
    {"fact", "fact"},
};

as_rc as_cli_context_read(as_cli *c, const as_cmd_values *v, as_cli_rules *ret,
                          as_review_request *q, as_err *err)
{
    const char *path = as_cmd_get_path(v, "context");
    size_t n = 1;
    as_rc rc = AS_OK;

    if (path) {
        rc = as_io_read(path, RULE_FILE_BYTES, &ret->context, err);
        q->context = (as_named_bytes){as_str_c(path), ret->context.bytes};
        if (!rc && q->context.bytes.n == 0) {
            as_err_file(err, as_str_c(path));
            rc = as_fail(err, AS_ERR_INPUT, "the context is empty");
        }
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(members); i++)
        n += as_cmd_count(v, members[i].option);
    ret->more = AS_NEW_ARRAY(c->arena, n, as_property);
    if (rc || !ret->more)
        return rc ? rc : as_fail(err, AS_ERR_MEMORY, "no memory");
    for (size_t i = 0; i < AS_ARRAY_LEN(members); i++)
        for (size_t k = 0; k < as_cmd_count(v, members[i].option); k++)
            ret->more[q->n_context_more++] =
                (as_property){as_str_c(members[i].member),
                              as_cmd_list(v, members[i].option, k)};
    /* Whose role is that of a buyer buys, unless something else is said. */
    if (as_cmd_has(v, "buyer-role") && !as_cmd_has(v, "act") && !path)
        ret->more[q->n_context_more++] =
            (as_property){AS_STR("act"), AS_STR("buy")};
    q->context_more = ret->more;
    q->rules = ret->sources;
    q->n_rules = ret->n;
    return AS_OK;
}

/* ---- the verbs ----------------------------------------------------------- */

static bool wants_json(const as_cmd_values *v)
{
    return as_str_eq(as_cmd_get_str(v, "format"), AS_STR("json"));
}

static as_rc prepare(as_cli *c, const as_cmd_values *v, as_cli_rules *files,
                     as_rules_request *q, as_err *err)
{
    as_rc rc = as_cli_date(c, v, &q->as_of, err);

    if (!rc)
        rc = as_cli_rules_read(c, v, files, err);
    q->rules = files->sources;
    q->n_rules = files->n;
    q->json = wants_json(v);
    return rc;
}

static int finish(const as_cmd_values *v, as_cli_rules *files, as_buf *out,
                  as_rc rc, const as_err *err)
{
    int status = rc ? as_cli_fail(err) : as_cli_write(v, as_buf_span(out));

    as_buf_done(out);
    as_cli_rules_done(files);
    return status;
}

int as_cli_rules_list(void *ctx, const as_cmd_values *v)
{
    as_cli_rules files = {.n = 0};
    as_rules_request q = {.n_rules = 0};
    as_buf out;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    rc = prepare(ctx, v, &files, &q, &err);
    if (!rc)
        rc = as_review_rules_list(&q, &out, &err);
    return finish(v, &files, &out, rc, &err);
}

int as_cli_rules_show(void *ctx, const as_cmd_values *v)
{
    as_cli_rules files = {.n = 0};
    as_rules_request q = {.n_rules = 0};
    as_buf out;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    rc = prepare(ctx, v, &files, &q, &err);
    for (size_t i = 0; i < v->n_operands && !rc; i++) {
        if (i && !q.json)
            as_buf_byte(&out, '\n');
        rc = as_review_rules_show(&q, as_str_c(v->operands[i]), &out, &err);
    }
    return finish(v, &files, &out, rc, &err);
}

int as_cli_rules_check(void *ctx, const as_cmd_values *v)
{
    as_cli *c = ctx;
    as_cli_rules files = {.n = 0};
    as_rules_request q = {.only_given = true, .json = wants_json(v)};
    bool sound = true;
    as_buf out;
    as_err err;
    as_rc rc = AS_OK;
    int status;

    as_err_init(&err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; i < v->n_operands && !rc; i++)
        rc = add_path(&files, c->arena, v->operands[i], &err);
    q.rules = files.sources;
    q.n_rules = files.n;
    if (!rc)
        rc = as_review_rules_check(&q, &out, &sound, &err);
    status = finish(v, &files, &out, rc, &err);
    return status ? status : sound ? 0 : as_rc_exit(AS_ERR_INPUT);
}
