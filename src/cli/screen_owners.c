/* SPDX-License-Identifier: Apache-2.0 */
/* assay screen owners: the arithmetic of ownership over a table of one's own.
 */
#include "cli/cli.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "party/party.h"

#include <inttypes.h>

typedef struct asked {
    as_cli *cli;
    const as_cmd_values *v;
    as_owner_graph *g;
    as_owner_listed *listed;
    size_t n_listed, cap_listed;
    as_owner_query q;
    as_owner_standing standing;
    as_owner_answer *answers; /* by operand */
} asked;

static const char *truth(as_truth t)
{
    switch (t) {
    case AS_YES: return "yes";
    case AS_NO: return "no";
    case AS_UNSURE: return "unknown";
    }
    return "unknown";
}

/* A rule that is not in force follows from nothing. */
static as_truth applies(const asked *a, const as_owner_answer *r)
{
    return a->standing.phase == AS_OWNER_IN_FORCE ? r->answer : AS_NO;
}

/* ---- text ------------------------------------------------------------------
 */

static void put_range(as_buf *out, double low, double high)
{
    if (low < high)
        as_buf_printf(out, "%.10g to ", low);
    as_buf_printf(out, "%.10g %%", high);
}

static void text_standing(const asked *a, as_buf *out)
{
    const as_owner_standing *s = &a->standing;
    char from[AS_DATE_TEXT] = "", to[AS_DATE_TEXT] = "";

    if (s->since == AS_DATE_NONE && s->until == AS_DATE_NONE)
        return;
    as_buf_printf(out, "  the rule is %s", as_owner_phase_text(s->phase));
    if (s->phase == AS_OWNER_NOT_YET)
        as_buf_c(out, " in force");
    if (s->since != AS_DATE_NONE)
        as_buf_printf(out, " since %s", as_date_text(s->since, from));
    if (s->until != AS_DATE_NONE)
        as_buf_printf(out, " until %s", as_date_text(s->until, to));
    as_buf_c(out,
             s->scheduled ? ", as scheduled, unless that is changed\n" : "\n");
}

static as_str name_or_nobody(as_str name)
{
    return as_str_is_absent(name) ? AS_STR("(owners not stated)") : name;
}

static void text_step(const as_owner_step *s, as_buf *out)
{
    as_buf_shown(out, name_or_nobody(s->owner));
    switch (s->tie) {
    case AS_OWNER_KIN: as_buf_c(out, " belongs with "); break;
    case AS_OWNER_CONTROL: as_buf_c(out, " controls and holds "); break;
    case AS_OWNER_MAYBE: as_buf_c(out, " may control and holds "); break;
    case AS_OWNER_SHARE: as_buf_c(out, " holds "); break;
    }
    if (s->tie != AS_OWNER_KIN) {
        put_range(out, s->low, s->high);
        as_buf_c(out, " of ");
    }
    as_buf_shown(out, s->owned);
}

static void text_path(const as_owner_path *p, as_buf *out)
{
    as_buf_c(out, "    ");
    for (size_t i = 0; i < p->n_steps; i++) {
        as_buf_c(out, i ? "; " : "");
        text_step(&p->steps[i], out);
    }
    if (p->counts == AS_UNSURE)
        as_buf_c(out, ": not known whether it counts");
    if (p->counts == AS_NO) {
        as_buf_c(out, ": does not count, too little of ");
        as_buf_shown(out, p->stops_at);
    }
    as_buf_byte(out, '\n');
}

static void text_holders(const as_owner_answer *r, as_buf *out)
{
    for (size_t i = 0; i < r->n_holders; i++) {
        const as_owner_holder *h = &r->holders[i];
        as_buf_c(out, i ? "" : "  listed:\n");
        as_buf_c(out, "    ");
        as_buf_shown(out, name_or_nobody(h->name));
        if (h->listed && h->listed->note.n) {
            as_buf_c(out, " (");
            as_buf_shown(out, h->listed->note);
            as_buf_byte(out, ')');
        }
        if (h->listed && h->listed->rank)
            as_buf_printf(out, ", rank %u", h->listed->rank);
        if (h->listed && h->listed == r->strictest && r->n_holders > 1)
            as_buf_c(out, ", the strictest");
        as_buf_c(out, h->certain ? "\n" : ", if at all\n");
    }
}

static void text_missing(const as_owner_answer *r, as_buf *out)
{
    if (r->n_missing == 0)
        return;
    as_buf_c(out, r->smallest
                      ? "  missing; all of these settle it, fewer do not:\n"
                      : "  missing:\n");
    for (size_t i = 0; i < r->n_missing; i++)
        as_buf_line(out, "    %.*s", AS_FMT(r->missing[i].text));
}

static void text_answer(const asked *a, const as_owner_answer *r, as_buf *out)
{
    char day[AS_DATE_TEXT];

    as_buf_shown(out, r->name);
    as_buf_printf(out, ": %s, %s (on %s)\n", truth(applies(a, r)),
                  as_owner_method_text(a->q.method),
                  as_date_text(a->q.day, day));
    text_standing(a, out);
    if (a->standing.phase != AS_OWNER_IN_FORCE)
        as_buf_printf(out, "  in force it would be: %s\n", truth(r->answer));
    if (r->listed)
        as_buf_c(out, "  it is listed itself\n");
    if (!r->known)
        as_buf_c(out, "  the table does not name it\n");
    if (r->by_control)
        as_buf_c(out, "  by control, not by shares\n");
    if (r->known && !r->listed && a->q.method != AS_OWNER_FAMILY) {
        as_buf_c(out, "  counted as held by the listed: ");
        put_range(out, r->low, r->high);
        as_buf_c(out, "\n  without a stated owner: ");
        put_range(out, r->rest_low, r->rest_high);
        as_buf_byte(out, '\n');
    }
    text_holders(r, out);
    as_buf_c(out, r->n_paths ? "  paths:\n" : "");
    for (size_t i = 0; i < r->n_paths; i++)
        text_path(&r->paths[i], out);
    as_buf_c(out, r->paths_cut ? "    and more\n" : "");
    text_missing(r, out);
    as_buf_c(out, r->n_findings ? "  wrong in the table:\n" : "");
    for (size_t i = 0; i < r->n_findings; i++)
        as_buf_line(out, "    %.*s", AS_FMT(r->findings[i].text));
}

/* ---- JSON ------------------------------------------------------------------
 */

static void json_number(as_json_writer *w, const char *key, double v)
{
    as_json_write_key(w, as_str_c(key));
    as_json_write_double(w, v);
}

static void json_day(as_json_writer *w, const char *key, as_date day)
{
    char text[AS_DATE_TEXT];

    as_json_write_key(w, as_str_c(key));
    if (day == AS_DATE_NONE)
        as_json_write_null(w);
    else
        as_json_write_str(w, as_str_c(as_date_text(day, text)));
}

static void json_field(as_json_writer *w, const char *key, const char *value)
{
    as_json_write_field(w, as_str_c(key), as_str_c(value));
}

static void json_step(as_json_writer *w, const as_owner_step *s)
{
    static const char *const ties[] = {[AS_OWNER_SHARE] = "share",
                                       [AS_OWNER_CONTROL] = "control",
                                       [AS_OWNER_MAYBE] = "control-unknown",
                                       [AS_OWNER_KIN] = "kin"};

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("owner"), s->owner);
    as_json_write_field(w, AS_STR("owned"), s->owned);
    json_field(w, "tie", ties[s->tie]);
    json_number(w, "low", s->low);
    json_number(w, "high", s->high);
    as_json_write_object_end(w);
}

static void json_path(as_json_writer *w, const as_owner_path *p)
{
    as_json_write_object(w);
    json_field(w, "counts", truth(p->counts));
    json_number(w, "low", p->low);
    json_number(w, "high", p->high);
    as_json_write_field_opt(w, AS_STR("stops_at"), p->stops_at);
    as_json_write_key(w, AS_STR("steps"));
    as_json_write_array(w);
    for (size_t i = 0; i < p->n_steps; i++)
        json_step(w, &p->steps[i]);
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

static void json_holders(as_json_writer *w, const as_owner_answer *r)
{
    as_json_write_key(w, AS_STR("holders"));
    as_json_write_array(w);
    for (size_t i = 0; i < r->n_holders; i++) {
        const as_owner_holder *h = &r->holders[i];
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("name"), h->name);
        as_json_write_field_bool(w, AS_STR("certain"), h->certain);
        if (h->listed) {
            as_json_write_field_opt(w, AS_STR("note"), h->listed->note);
            as_json_write_field_u64(w, AS_STR("rank"), h->listed->rank);
        }
        as_json_write_field_bool(w, AS_STR("strictest"),
                                 h->listed && h->listed == r->strictest);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void json_missing(as_json_writer *w, const as_owner_answer *r)
{
    as_json_write_key(w, AS_STR("missing"));
    as_json_write_array(w);
    for (size_t i = 0; i < r->n_missing; i++) {
        const as_owner_missing *m = &r->missing[i];
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("owner"), m->owner);
        as_json_write_field(w, AS_STR("owned"), m->owned);
        json_field(w, "fact", m->control ? "control" : "share");
        json_number(w, "low", m->low);
        json_number(w, "high", m->high);
        as_json_write_field(w, AS_STR("text"), m->text);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    as_json_write_field_bool(w, AS_STR("smallest"), r->smallest);
}

static void json_findings(as_json_writer *w, const as_owner_answer *r)
{
    as_json_write_key(w, AS_STR("findings"));
    as_json_write_array(w);
    for (size_t i = 0; i < r->n_findings; i++) {
        const as_owner_finding *f = &r->findings[i];
        as_json_write_object(w);
        json_field(w, "kind",
                   f->kind == AS_OWNER_OVERFULL ? "over-100" : "contradiction");
        as_json_write_field(w, AS_STR("party"), f->party);
        as_json_write_field(w, AS_STR("text"), f->text);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void json_answer(const asked *a, const as_owner_answer *r,
                        as_json_writer *w)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("name"), r->name);
    json_field(w, "applies", truth(applies(a, r)));
    json_field(w, "answer", truth(r->answer));
    as_json_write_field_bool(w, AS_STR("listed"), r->listed);
    as_json_write_field_bool(w, AS_STR("known"), r->known);
    as_json_write_field_bool(w, AS_STR("by_control"), r->by_control);
    if (a->q.method != AS_OWNER_FAMILY || r->listed) {
        json_number(w, "low", r->low);
        json_number(w, "high", r->high);
        json_number(w, "rest_low", r->rest_low);
        json_number(w, "rest_high", r->rest_high);
    }
    json_holders(w, r);
    as_json_write_key(w, AS_STR("paths"));
    as_json_write_array(w);
    for (size_t i = 0; i < r->n_paths; i++)
        json_path(w, &r->paths[i]);
    as_json_write_array_end(w);
    as_json_write_field_bool(w, AS_STR("paths_cut"), r->paths_cut);
    json_missing(w, r);
    json_findings(w, r);
    as_json_write_object_end(w);
}

static void json_all(const asked *a, as_buf *out)
{
    as_json_writer w;

    as_json_write_init(&w, out, 2);
    as_json_write_object(&w);
    json_field(&w, "schema", "assay-owners/1");
    json_field(&w, "method", as_owner_method_word(a->q.method));
    json_day(&w, "as_of", a->q.day);
    as_json_write_key(&w, AS_STR("rule"));
    as_json_write_object(&w);
    json_field(&w, "phase", as_owner_phase_text(a->standing.phase));
    json_day(&w, "since", a->standing.since);
    json_day(&w, "until", a->standing.until);
    as_json_write_field_bool(&w, AS_STR("scheduled"), a->standing.scheduled);
    as_json_write_object_end(&w);
    as_json_write_key(&w, AS_STR("answers"));
    as_json_write_array(&w);
    for (size_t i = 0; i < a->v->n_operands; i++)
        json_answer(a, &a->answers[i], &w);
    as_json_write_array_end(&w);
    as_json_write_object_end(&w);
    as_buf_byte(out, '\n');
}

/* ---- the question ----------------------------------------------------------
 */

static as_rc read_file(asked *a, as_err *err)
{
    const char *path = as_cmd_get_path(a->v, "file");
    as_io_file file = {.owned = NULL};
    as_rc rc;

    if (!path) {
        as_fail(err, AS_ERR_USAGE, "no table of owners is given");
        as_err_hint(err, "say --file OWNERS.csv");
        return AS_ERR_USAGE;
    }
    rc = as_io_read(path, 0, &file, err);
    if (rc)
        return rc;
    rc = as_owner_read(file.bytes, a->cli->arena, a->g, &a->listed,
                       &a->n_listed, err);
    a->cap_listed = a->n_listed;
    as_io_file_done(&file);
    if (rc)
        as_err_file(err, as_str_c(path));
    return rc ? rc : as_owner_graph_seal(a->g, err);
}

/* A name that nobody has is most likely one mistyped. */
static void doubt(const asked *a, as_str name)
{
    size_t n;
    const as_str *keys = as_owner_graph_keys(a->g, &n);
    as_str near;

    for (size_t i = 0; i < n; i++)
        if (as_str_eq(keys[i], name))
            return;
    near = as_cmd_nearest(name, keys, n);
    if (near.n)
        as_cli_note("the table does not name \"%.*s\": did you mean "
                    "\"%.*s\"?",
                    AS_FMT(name), AS_FMT(near));
    else
        as_cli_note("the table does not name \"%.*s\"", AS_FMT(name));
}

static as_rc add_listed(asked *a, as_err *err)
{
    size_t n = as_cmd_count(a->v, "listed");
    as_owner_listed *all =
        AS_NEW_ARRAY(a->cli->arena, a->n_listed + n, as_owner_listed);

    if (!all)
        return as_fail(err, AS_ERR_LIMIT, "too many parties are listed");
    for (size_t i = 0; i < a->n_listed; i++)
        all[i] = a->listed[i];
    for (size_t i = 0; i < n; i++) {
        as_str name = as_str_trim(as_cmd_list(a->v, "listed", i));
        doubt(a, name);
        all[a->n_listed++] = (as_owner_listed){.party = name};
    }
    if (a->n_listed == 0) {
        as_fail(err, AS_ERR_USAGE, "nobody is listed");
        as_err_hint(err, "say --listed NAME, or fill the column \"listed\"");
        return AS_ERR_USAGE;
    }
    a->q.listed = as_owner_set_new(a->cli->arena, all, a->n_listed);
    return a->q.listed
               ? AS_OK
               : as_fail(err, AS_ERR_LIMIT, "too many parties are listed");
}

static as_rc set_query(asked *a, as_err *err)
{
    as_str method = as_cmd_get_str(a->v, "method"), day;
    as_rc rc = as_cli_date(a->cli, a->v, &day, err);

    a->q.method = AS_OWNER_OFAC;
    if (rc)
        return rc;
    if (!as_date_read(day, &a->q.day) ||
        (!as_str_is_absent(method) &&
         !as_owner_method_of(method, &a->q.method)))
        return as_fail(err, AS_ERR_USAGE, "this is no method: \"%.*s\"",
                       AS_FMT(method));
    a->q.unrecorded = as_cmd_has(a->v, "unrecorded");
    a->standing = as_owner_method_standing(a->q.method, a->q.day);
    return AS_OK;
}

static as_rc ask_all(asked *a, as_err *err)
{
    as_rc rc = AS_OK;

    a->answers = AS_NEW_ARRAY(a->cli->arena, a->v->n_operands, as_owner_answer);
    if (!a->answers)
        return as_fail(err, AS_ERR_LIMIT, "too many names");
    for (size_t i = 0; i < a->v->n_operands && !rc; i++) {
        a->q.party = as_str_trim(as_str_c(a->v->operands[i]));
        if (as_str_is_empty(a->q.party))
            return as_fail(err, AS_ERR_USAGE, "a name is empty");
        doubt(a, a->q.party);
        rc = as_owner_ask(a->g, &a->q, a->cli->arena, &a->answers[i], err);
    }
    return rc;
}

/* 1 when one applies, else 2 when one is not known, else 0. */
static int status_of(const asked *a)
{
    int status = 0;

    for (size_t i = 0; i < a->v->n_operands; i++) {
        as_truth t = applies(a, &a->answers[i]);
        if (t == AS_YES)
            return 1;
        if (t == AS_UNSURE)
            status = 2;
    }
    return status;
}

static int tell(const asked *a)
{
    as_buf out;
    int status;

    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    if (as_str_eq(as_cmd_get_str(a->v, "format"), AS_STR("json")))
        json_all(a, &out);
    else
        for (size_t i = 0; i < a->v->n_operands; i++)
            text_answer(a, &a->answers[i], &out);
    status = as_cli_write(a->v, as_buf_span(&out));
    as_buf_done(&out);
    return status ? status : status_of(a);
}

int as_cli_screen_owners(void *ctx, const as_cmd_values *v)
{
    asked a = {.cli = ctx, .v = v, .g = as_owner_graph_new()};
    int status;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    rc = a.g ? read_file(&a, &err)
             : as_fail(&err, AS_ERR_MEMORY, "no memory for a table");
    if (!rc)
        rc = add_listed(&a, &err);
    if (!rc)
        rc = set_query(&a, &err);
    if (!rc)
        rc = ask_all(&a, &err);
    status = rc ? as_cli_fail(&err) : tell(&a);
    as_owner_graph_free(a.g);
    return status;
}
