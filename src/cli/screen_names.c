/* SPDX-License-Identifier: Apache-2.0 */
/* assay screen: a name, or a file of names, against the lists. */
#include "cli/cli.h"

#include "base/limits.h"
#include "base/progress.h"
#include "model/country.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { IDS = 64, LISTS = 64 };

struct asked {
    as_cli *cli;
    const as_cmd_values *v;
    as_parties_request request;
    as_parties *parties;
    as_screen_query query;
    as_party_id ids[IDS];
    as_str lists[LISTS];
};

/* ---- the options ----------------------------------------------------------
 */

static as_rc read_ids(struct asked *a, as_err *err)
{
    as_str text;

    for (size_t i = 0; (text = as_cmd_list(a->v, "id", i)).p; i++) {
        as_str value = text, scheme = as_str_cut(&value, ':');
        if (i == IDS)
            return as_fail(err, AS_ERR_USAGE,
                           "there are more than %d "
                           "identifiers",
                           IDS);
        if (as_str_is_empty(value) || scheme.n == 0)
            return as_fail(err, AS_ERR_USAGE,
                           "\"%.*s\" is no identifier: SCHEME:VALUE, as in "
                           "imo:9187629",
                           AS_FMT(as_str_slice(text, 0, 80)));
        a->ids[a->query.n_ids++] =
            (as_party_id){.scheme = scheme, .value = value};
    }
    a->query.ids = a->ids;
    return AS_OK;
}

static as_rc read_lists(struct asked *a, as_err *err)
{
    as_str text;

    for (size_t i = 0; (text = as_cmd_list(a->v, "list", i)).p; i++) {
        if (i == LISTS)
            return as_fail(err, AS_ERR_USAGE, "there are more than %d lists",
                           LISTS);
        a->lists[a->query.n_lists++] = text;
    }
    a->query.lists = a->lists;
    return AS_OK;
}

static as_rc read_threshold(struct asked *a, as_err *err)
{
    as_str text = as_cmd_get_str(a->v, "threshold");
    char *end = NULL;

    if (as_str_is_absent(text))
        return AS_OK;
    a->query.threshold = strtod(text.p, &end);
    if (!end || *end || !(a->query.threshold >= 0.5) ||
        !(a->query.threshold <= 1))
        return as_fail(err, AS_ERR_USAGE,
                       "the threshold \"%.*s\" is no number from 0.5 to 1",
                       AS_FMT(as_str_slice(text, 0, 40)));
    return AS_OK;
}

static as_rc read_country(struct asked *a, as_err *err)
{
    as_str text = as_cmd_get_str(a->v, "country");

    if (as_str_is_absent(text))
        return AS_OK;
    a->query.country = as_country_code(text);
    if (as_str_is_absent(a->query.country))
        return as_fail(err, AS_ERR_USAGE, "no country is called \"%.*s\"",
                       AS_FMT(as_str_slice(text, 0, 80)));
    return AS_OK;
}

static as_rc read_query(struct asked *a, as_err *err)
{
    as_str kind = as_cmd_get_str(a->v, "kind");
    as_rc rc = read_ids(a, err);
    uint64_t limit;

    if (!rc)
        rc = read_lists(a, err);
    if (!rc)
        rc = read_threshold(a, err);
    if (!rc)
        rc = read_country(a, err);
    if (!as_str_is_absent(kind) && !as_party_kind_of(kind, &a->query.kind))
        a->query.kind = AS_PARTY_UNKNOWN;
    a->query.address = as_cmd_get_str(a->v, "address");
    a->query.birth = as_cmd_get_str(a->v, "birth");
    if (as_str_eq(as_cmd_get_str(a->v, "identity"), AS_STR("family")))
        a->query.identity = AS_PARTY_FAMILY;
    a->query.exhaustive = as_cmd_has(a->v, "exhaustive");
    if (as_cmd_get_number(a->v, "limit", &limit))
        a->query.limit = limit < 10000 ? (size_t)limit : 10000;
    return rc;
}

static as_rc open_parties(struct asked *a, as_err *err)
{
    as_parties_request *q = &a->request;
    as_rc rc = as_cli_knowledge(a->cli, a->v, &q->knowledge, err);

    q->knowledge_named = as_cmd_get_path(a->v, "knowledge") != NULL;
    if (!rc)
        rc = as_cli_register(a->cli, a->v, &q->register_, err);
    if (!rc)
        rc = as_cli_date(a->cli, a->v, &q->as_of, err);
    if (!rc)
        rc = as_parties_open(q, &a->parties, err);
    return rc;
}

/* ---- one name -------------------------------------------------------------
 */

static int exit_of(as_parties_status s)
{
    return s == AS_PARTIES_HIT ? 1 : s == AS_PARTIES_UNDECIDED ? 2 : 0;
}

static as_rc screen_name(struct asked *a, const char *name, as_buf *out,
                         as_parties_status *ret, as_err *err)
{
    as_arena *arena = as_arena_new(AS_MIB * 256);
    as_screen_answer answer;
    as_parties_coverage c;
    as_parties_owned owned = {.owners = NULL};
    as_parties_result r = {&a->query, &answer, &c, &owned};
    as_rc rc;

    if (!arena)
        return as_fail(err, AS_ERR_MEMORY, "no memory to screen names");
    a->query.name = as_str_c(name);
    a->query.near = true;
    rc = as_parties_screen(a->parties, &a->query, arena, &answer, err);
    if (!rc)
        rc = as_parties_cover(a->parties, &a->query, arena, &c, err);
    if (!rc && answer.examined)
        rc = as_parties_ask_owners(a->parties, &a->query, &c, arena, &owned,
                                   err);
    if (!rc) {
        *ret = as_parties_judge(&r);
        if (as_str_eq(as_cmd_get_str(a->v, "format"), AS_STR("json")))
            as_parties_json(a->parties, &r, out);
        else
            as_parties_text(a->parties, &r, out);
    }
    as_arena_free(arena);
    return rc;
}

static int run_name(struct asked *a, as_err *err)
{
    as_parties_status status = AS_PARTIES_UNDECIDED;
    int written = 0;
    as_buf out;

    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    if (screen_name(a, a->v->operands[0], &out, &status, err)) {
        as_buf_done(&out);
        return as_cli_fail(err);
    }
    written = as_cli_write(a->v, as_buf_span(&out));
    as_buf_done(&out);
    return written ? written : exit_of(status);
}

/* ---- a file of names ------------------------------------------------------
 */

struct output {
    int fd;
    as_progress line;
    as_err *err;
};

static bool emit(void *ctx, as_str line)
{
    struct output *o = ctx;

    return as_io_write_all(o->fd, as_str_span(line), o->err) == AS_OK;
}

static void show_progress(void *ctx, uint64_t done)
{
    struct output *o = ctx;

    as_progress_set(&o->line, done);
}

/* What an earlier run left: the head must be the same, whole lines are counted
 * and kept, a last line that was broken off goes. */
static as_rc count_lines(const char *path, as_str head, as_parties_file *f,
                         uint64_t *ret_keep, bool *ret_whole, as_err *err)
{
    as_io_file old = {0};
    as_rc rc = as_io_read(path, 0, &old, err);
    as_str rest = as_str_of((const char *)old.bytes.p, old.bytes.n);

    if (rc)
        return rc;
    if (rest.n && !as_str_starts(rest, head)) {
        as_err_file(err, as_str_c(path));
        rc = as_fail(err, AS_ERR_USAGE,
                     "it is of another input, of other lists or options");
        as_err_hint(err, "remove it, or name another file");
    }
    rest = as_str_slice(rest, rest.n ? head.n : 0, rest.n);
    *ret_keep = old.bytes.n ? head.n : 0;
    while (!rc && rest.n && as_str_find(rest, '\n') < rest.n) {
        as_str line = as_str_cut(&rest, '\n');
        int what = as_parties_file_line(line);
        *ret_whole = what == 5;
        if (what < 0 || what > 3)
            break;
        f->skip++;
        f->counts[what]++;
        *ret_keep += line.n + 1;
    }
    as_io_file_done(&old);
    return rc;
}

/* Opens the output behind the lines that stay. */
static as_rc open_output(const char *path, as_str head, as_parties_file *f,
                         int *ret, bool *ret_whole, as_err *err)
{
    struct stat st;
    uint64_t keep = 0;
    as_rc rc = AS_OK;

    if (stat(path, &st) == 0 && st.st_size > 0)
        rc = count_lines(path, head, f, &keep, ret_whole, err);
    if (rc || *ret_whole)
        return rc;
    *ret = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (*ret < 0 || ftruncate(*ret, (off_t)keep) ||
        lseek(*ret, 0, SEEK_END) < 0) {
        as_err_file(err, as_str_c(path));
        return as_fail(err, AS_ERR_IO, "could not write it: %s",
                       strerror(errno));
    }
    return keep ? AS_OK : as_io_write_all(*ret, as_str_span(head), err);
}

static as_rc run_rows(struct asked *a, as_parties_file *f, struct output *o,
                      as_err *err)
{
    const char *path = as_cmd_get_path(a->v, "output");
    bool whole = false;
    as_buf head;
    as_rc rc;

    as_buf_init(&head, AS_MIB * 16);
    o->fd = STDOUT_FILENO;
    rc = as_parties_file_head(a->parties, f, &head, err);
    if (!rc && path && strcmp(path, "-") != 0)
        rc = open_output(path, as_buf_text(&head), f, &o->fd, &whole, err);
    else if (!rc)
        rc = as_io_write_all(o->fd, as_buf_span(&head), err);
    as_buf_done(&head);
    if (rc || whole)
        return rc;
    as_progress_init(&o->line, STDERR_FILENO,
                     as_io_width(&a->cli->env, STDERR_FILENO), as_io_ticks);
    as_progress_start(&o->line, AS_STR("screening"), f->bytes.n,
                      AS_STR("bytes"));
    rc = as_parties_file_run(a->parties, f, err);
    as_progress_end(&o->line);
    if (o->fd > STDERR_FILENO && close(o->fd) && !rc)
        rc = as_fail(err, AS_ERR_IO, "could not write the answers: %s",
                     strerror(errno));
    return rc;
}

static int run_file(struct asked *a, const char *path, as_err *err)
{
    struct output o = {.err = err};
    as_parties_file f = {.name = as_str_c(path),
                         .columns = as_cmd_get_str(a->v, "columns"),
                         .query = a->query,
                         .emit = emit,
                         .progress = show_progress,
                         .ctx = &o};
    as_io_file in = {0};
    as_rc rc = as_io_read(path, 0, &in, err);
    uint64_t total;

    f.bytes = in.bytes;
    if (!rc)
        rc = run_rows(a, &f, &o, err);
    as_io_file_done(&in);
    if (rc)
        return as_cli_fail(err);
    total = f.counts[0] + f.counts[1] + f.counts[2] + f.counts[3];
    as_cli_note("%llu row%s: %llu with hits, %llu undecided, %llu without, "
                "%llu that could not be read",
                (unsigned long long)total, total == 1 ? "" : "s",
                (unsigned long long)f.counts[AS_PARTIES_HIT],
                (unsigned long long)f.counts[AS_PARTIES_UNDECIDED],
                (unsigned long long)f.counts[AS_PARTIES_NO_HIT],
                (unsigned long long)f.counts[3]);
    return f.counts[AS_PARTIES_HIT]                        ? 1
           : f.counts[AS_PARTIES_UNDECIDED] || f.counts[3] ? 2
                                                           : 0;
}

int as_cli_screen(void *ctx, const as_cmd_values *v)
{
    struct asked a = {.cli = ctx, .v = v};
    const char *path = as_cmd_get_path(v, "file");
    as_err err;
    as_rc rc;
    int status;

    as_err_init(&err);
    if ((path != NULL) == (v->n_operands == 1)) {
        as_fail(&err, AS_ERR_USAGE, "screen takes a name or --file");
        return as_cli_fail(&err);
    }
    rc = read_query(&a, &err);
    if (!rc)
        rc = open_parties(&a, &err);
    if (!rc && path && as_parties_note(a.parties).n)
        as_cli_note("%.*s", AS_FMT(as_parties_note(a.parties)));
    status = rc     ? as_cli_fail(&err)
             : path ? run_file(&a, path, &err)
                    : run_name(&a, &err);
    as_parties_close(a.parties);
    return status;
}
