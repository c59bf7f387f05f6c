/* SPDX-License-Identifier: Apache-2.0 */
/* assay screen decide, decisions: what a reviewer says of a hit, and what was
 * said. */
#include "cli/cli.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "store/store.h"

#include <inttypes.h>

typedef struct session {
    as_cli *cli;
    const as_cmd_values *v;
    as_know *kb; /* NULL: nothing was imported, the shipped lists answer */
    as_register *reg;
    as_str path; /* of the register */
    as_str day;  /* YYYY-MM-DD */
    as_err err;
} session;

/* ---- opening ---------------------------------------------------------------
 */

static as_rc make_folder(session *s)
{
    size_t slash = as_str_rfind(s->path, '/');

    if (slash == s->path.n || slash == 0)
        return AS_OK;
    return as_io_make_folders(
        as_arena_str(s->cli->arena, as_str_slice(s->path, 0, slash)).p,
        &s->err);
}

static as_rc open_knowledge(session *s)
{
    as_str path;
    as_rc rc = as_cli_knowledge(s->cli, s->v, &path, &s->err);

    if (!rc)
        rc = as_know_open(path, &s->kb, &s->err);
    if (rc != AS_ERR_NO_INPUT || as_cmd_has(s->v, "knowledge"))
        return rc;
    as_err_init(&s->err);
    return AS_OK;
}

static as_rc open_all(session *s, bool writing)
{
    as_rc rc = as_cli_date(s->cli, s->v, &s->day, &s->err);

    if (!rc)
        rc = open_knowledge(s);
    if (!rc)
        rc = as_cli_register(s->cli, s->v, &s->path, &s->err);
    if (!rc && writing)
        rc = make_folder(s);
    return rc ? rc : as_register_open(s->path, writing, &s->reg, &s->err);
}

static int close_all(session *s, as_rc rc, int status)
{
    if (rc)
        status = as_cli_fail(&s->err);
    as_register_close(s->reg);
    as_know_close(s->kb);
    return status;
}

static as_rc find_row(session *s, const as_decision *d, as_arena *a,
                      as_know_party *ret)
{
    const as_know_who who = {.list = d->list, .id = d->row, .date = s->day};

    as_rc rc = as_know_party_find(s->kb, &who, a, ret, &s->err);

    if (rc != AS_ERR_NO_INPUT)
        return rc;
    as_fail(&s->err, rc,
            "no list \"%.*s\" with a row \"%.*s\" is known for %.*s",
            AS_FMT(as_str_slice(d->list, 0, 80)),
            AS_FMT(as_str_slice(d->row, 0, 80)), AS_FMT(s->day));
    as_err_hint(&s->err, "import the list first");
    return rc;
}

/* The digest of a row as it is on the day; absent when there is none. */
static as_rc digest_of(session *s, const as_know_party *row, as_arena *a,
                       as_str *ret)
{
    as_buf bytes;

    as_buf_init(&bytes, AS_LIMIT_RECORD_BYTES);
    as_party_encode(&row->party, &bytes);
    *ret = as_buf_failed(&bytes) ? AS_ABSENT
                                 : as_decision_digest(a, as_buf_span(&bytes));
    as_buf_done(&bytes);
    if (!as_str_is_absent(*ret))
        return AS_OK;
    return as_fail(&s->err, AS_ERR_LIMIT,
                   "a row of a list does not fit into memory");
}

/* ---- decide ----------------------------------------------------------------
 */

static as_rc read_judgement(session *s, as_decision *d)
{
    static const struct {
        const char *option;
        as_judgement judgement;
    } options[] = {{"same", AS_JUDGED_SAME},
                   {"not-same", AS_JUDGED_NOT_SAME},
                   {"withdraw", AS_JUDGED_WITHDRAWN}};
    size_t n = 0;

    for (size_t i = 0; i < AS_ARRAY_LEN(options); i++) {
        if (!as_cmd_has(s->v, options[i].option))
            continue;
        d->judgement = options[i].judgement;
        n++;
    }
    if (n == 1)
        return AS_OK;
    as_fail(&s->err, AS_ERR_USAGE,
            n ? "a decision is one of --same, --not-same and --withdraw"
              : "nothing was decided");
    as_err_hint(&s->err, "say --same, --not-same or --withdraw");
    return AS_ERR_USAGE;
}

static as_rc read_decision(session *s, as_decision *d)
{
    as_date day;
    as_rc rc = read_judgement(s, d);

    if (rc)
        return rc;
    d->query = as_str_trim(as_str_c(s->v->operands[0]));
    d->list = as_str_c(s->v->operands[1]);
    d->row = as_str_c(s->v->operands[2]);
    d->country = as_cmd_get_str(s->v, "country");
    d->because = as_str_trim(as_cmd_get_str(s->v, "because"));
    d->by = as_cmd_get_str(s->v, "by");
    if (as_str_is_absent(d->by))
        d->by = as_str_c(s->cli->env.logname);
    if (as_str_is_empty(d->because)) {
        as_fail(&s->err, AS_ERR_USAGE, "a decision needs a reason");
        as_err_hint(&s->err, "say --because TEXT");
        return AS_ERR_USAGE;
    }
    if (as_str_is_empty(d->query))
        return as_fail(&s->err, AS_ERR_USAGE, "the name is empty");
    if (!as_cmd_get_date(s->v, "as-of", &day))
        return as_io_now(&s->cli->env, &d->at, &s->err);
    d->at = as_date_time(day);
    return AS_OK;
}

static as_str primary_name(const as_party *p)
{
    for (size_t i = 0; i < p->n_names; i++)
        if (p->names[i].kind == AS_PARTY_NAME_PRIMARY)
            return p->names[i].text;
    return p->n_names ? p->names[0].text : AS_ABSENT;
}

static void tell_decision(const as_decision *d, as_str listed, bool added,
                          as_buf *out)
{
    static const char *const says[AS_JUDGEMENTS] = {
        [AS_JUDGED_SAME] = "is",
        [AS_JUDGED_NOT_SAME] = "is not",
        [AS_JUDGED_WITHDRAWN] = "is open again against",
    };

    as_buf_line(out, "%s: \"%.*s\" %s \"%.*s\" (%.*s %.*s), because %.*s",
                added ? "recorded" : "it stands there already",
                AS_FMT(d->query), says[d->judgement], AS_FMT(listed),
                AS_FMT(d->list), AS_FMT(d->row), AS_FMT(d->because));
}

static as_rc decide(session *s, as_buf *out)
{
    as_decision d = {.at = 0};
    as_know_party row;
    bool added = false;
    as_rc rc = read_decision(s, &d);

    if (!rc)
        rc = open_all(s, true);
    if (!rc)
        rc = find_row(s, &d, s->cli->arena, &row);
    if (!rc)
        rc = digest_of(s, &row, s->cli->arena, &d.digest);
    if (!rc)
        rc = as_register_decide(s->reg, &d, &added, &s->err);
    if (!rc)
        tell_decision(&d, primary_name(&row.party), added, out);
    return rc;
}

int as_cli_screen_decide(void *ctx, const as_cmd_values *v)
{
    session s = {.cli = ctx, .v = v};
    int status = 0;
    as_buf out;
    as_rc rc;

    as_err_init(&s.err);
    as_buf_init(&out, AS_MIB);
    rc = decide(&s, &out);
    if (!rc)
        status = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return close_all(&s, rc, status);
}

/* ---- decisions -------------------------------------------------------------
 */

typedef struct listing {
    session *s;
    as_json_writer *w; /* or NULL: text */
    as_buf *out;
    as_rc rc;
    uint64_t n;
} listing;

/* How it stands against the lists of the day. */
static as_rc standing(session *s, const as_decision *d, as_str *ret)
{
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    as_know_party row;
    as_str digest;
    as_rc rc;

    if (!a)
        return as_fail(&s->err, AS_ERR_MEMORY, "no memory for a row");
    *ret = AS_STR("withdrawn");
    rc = d->judgement == AS_JUDGED_WITHDRAWN ? AS_OK : find_row(s, d, a, &row);
    if (rc == AS_ERR_NO_INPUT) {
        as_err_init(&s->err);
        *ret = AS_STR("row-gone");
        rc = AS_OK;
    } else if (!rc && d->judgement != AS_JUDGED_WITHDRAWN) {
        rc = digest_of(s, &row, a, &digest);
        *ret = !rc && as_str_eq(digest, d->digest) ? AS_STR("valid")
                                                   : AS_STR("reopened");
    }
    as_arena_free(a);
    return rc;
}

static void text_decision(const as_decision *d, as_str state, as_buf *out)
{
    char at[AS_TIME_TEXT];

    as_buf_printf(out, "%.10s %-9.*s %-9s ", as_time_text(d->at, at),
                  AS_FMT(state), as_judgement_word(d->judgement));
    as_buf_shown(out, d->query);
    if (d->country.n) {
        as_buf_c(out, " (");
        as_buf_shown(out, d->country);
        as_buf_byte(out, ')');
    }
    as_buf_c(out, " / ");
    as_buf_shown(out, d->list);
    as_buf_byte(out, ' ');
    as_buf_shown(out, d->row);
    as_buf_c(out, ": ");
    as_buf_shown(out, d->because);
    if (d->by.n) {
        as_buf_c(out, " [");
        as_buf_shown(out, d->by);
        as_buf_byte(out, ']');
    }
    as_buf_byte(out, '\n');
}

static void json_decision(const as_decision *d, as_str state, as_json_writer *w)
{
    char at[AS_TIME_TEXT];

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("id"), d->id);
    as_json_write_field(w, AS_STR("state"), state);
    as_json_write_field(w, AS_STR("query"), d->query);
    as_json_write_field(w, AS_STR("country"), d->country);
    as_json_write_field(w, AS_STR("list"), d->list);
    as_json_write_field(w, AS_STR("row"), d->row);
    as_json_write_field(w, AS_STR("digest"), d->digest);
    as_json_write_field(w, AS_STR("judgement"),
                        as_str_c(as_judgement_word(d->judgement)));
    as_json_write_field(w, AS_STR("because"), d->because);
    as_json_write_field(w, AS_STR("by"), d->by);
    as_json_write_field(w, AS_STR("at"), as_str_c(as_time_text(d->at, at)));
    as_json_write_object_end(w);
}

static bool list_one(void *ctx, const as_decision *d)
{
    listing *l = ctx;
    as_str state;

    l->rc = standing(l->s, d, &state);
    if (l->rc)
        return false;
    l->n++;
    if (l->w)
        json_decision(d, state, l->w);
    else
        text_decision(d, state, l->out);
    return true;
}

static as_rc list_all(session *s, bool json, as_buf *out)
{
    as_json_writer w;
    listing l = {.s = s, .w = json ? &w : NULL, .out = out};
    as_rc rc;

    as_json_write_init(&w, out, 2);
    if (json) {
        as_json_write_object(&w);
        as_json_write_field(&w, AS_STR("schema"), AS_STR("assay-decisions/1"));
        as_json_write_field(&w, AS_STR("as_of"), s->day);
        as_json_write_key(&w, AS_STR("decisions"));
        as_json_write_array(&w);
    }
    rc = as_register_visit(s->reg, !as_cmd_has(s->v, "all"), list_one, &l,
                           &s->err);
    if (rc || l.rc)
        return rc ? rc : l.rc;
    if (json) {
        as_json_write_array_end(&w);
        as_json_write_object_end(&w);
        as_buf_byte(out, '\n');
    } else if (l.n == 0) {
        as_buf_c(out, "nothing was decided yet\n");
    }
    return AS_OK;
}

static as_rc take_file(session *s, const char *path, as_buf *out)
{
    as_register_account n;
    as_io_file file = {.owned = NULL};
    as_rc rc = as_io_read(path, 0, &file, &s->err);

    if (!rc)
        rc = as_register_import(s->reg, file.bytes, &n, &s->err);
    as_io_file_done(&file);
    if (rc) {
        as_err_file(&s->err, as_str_c(path));
        return rc;
    }
    as_buf_printf(out,
                  "%" PRIu64 " decisions read: %" PRIu64 " new, %" PRIu64
                  " known already\n",
                  n.read, n.added, n.known);
    return AS_OK;
}

static as_rc decisions(session *s, as_buf *out)
{
    const char *import = as_cmd_get_path(s->v, "import");
    as_str format = as_cmd_get_str(s->v, "format");
    as_rc rc = open_all(s, import != NULL);

    if (rc)
        return rc;
    if (import)
        return take_file(s, import, out);
    if (as_str_eq(format, AS_STR("jsonl")))
        return as_register_export(s->reg, out, &s->err);
    return list_all(s, as_str_eq(format, AS_STR("json")), out);
}

int as_cli_screen_decisions(void *ctx, const as_cmd_values *v)
{
    session s = {.cli = ctx, .v = v};
    int status = 0;
    as_buf out;
    as_rc rc;

    as_err_init(&s.err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    rc = decisions(&s, &out);
    if (!rc)
        status = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return close_all(&s, rc, status);
}
