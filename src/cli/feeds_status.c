/* SPDX-License-Identifier: Apache-2.0 */
/* assay feeds status: sources, lists of parties and their editions. */
#include "cli/cli.h"

#include "base/date.h"
#include "base/json_write.h"
#include "base/limits.h"
#include "know/know.h"

#include <inttypes.h>
#include <stdio.h>

/* What the verb shows. */
struct state {
    as_know_source *sources;
    as_know_list *lists;
    as_know_edition *editions;
    size_t n_sources, n_lists, n_editions;
    as_str as_of;
};

/* Days since the date; negative when one of them is none. */
static int64_t age_of(as_str date, as_str as_of)
{
    as_date today, newest;

    if (!as_date_read(as_of, &today) ||
        !as_date_read(as_str_slice(date, 0, 10), &newest))
        return -1;
    return (int64_t)today - newest;
}

/* ---- text -------------------------------------------------------------- */

static void days_text(int64_t age, char *out, size_t cap)
{
    out[0] = 0;
    if (age >= 0)
        snprintf(out, cap, " (%" PRId64 " days old)", age);
}

static void source_text(const as_know_source *s, as_str as_of, as_buf *out)
{
    int64_t age = age_of(s->newest, as_of);
    char days[40];

    days_text(age, days, sizeof days);
    as_buf_line(out, "%-20.*s %-9.*s %9" PRIu64 " %9" PRIu64 " %-12.*s %.*s%s",
                AS_FMT(s->name), AS_FMT(s->kind), s->stored, s->rows,
                AS_FMT(as_str_slice(s->edition, 0, 12)),
                AS_FMT(age < 0 ? s->newest : as_str_slice(s->newest, 0, 10)),
                days);
}

static void list_text(const as_know_list *l, as_str as_of, as_buf *out)
{
    char days[40];

    /* What holds on any day has no age. */
    days_text(as_str_eq(l->dated, AS_STR("open")) ? -1
                                                  : age_of(l->edition, as_of),
              days, sizeof days);
    as_buf_line(out, "%-20.*s %-9s %9" PRIu64 " %9" PRIu64 " %-12.*s %.*s%s",
                AS_FMT(l->name), l->complete ? "whole" : "part", l->rows,
                l->names, AS_FMT(l->edition), AS_FMT(l->dated), days);
}

static void state_text(const struct state *s, as_buf *out)
{
    as_buf_printf(out, "%-20s %-9s %9s %9s %-12s %s\n", "source", "kind",
                  "records", "rows", "edition", "newest record");
    for (size_t i = 0; i < s->n_sources; i++)
        source_text(&s->sources[i], s->as_of, out);
    as_buf_c(out, "\n");
    as_buf_line(out, "%s %.*s", "lists of parties in force on",
                AS_FMT(s->as_of));
    as_buf_printf(out, "%-20s %-9s %9s %9s %-12s %s\n", "list", "is", "parties",
                  "names", "edition", "date from");
    for (size_t i = 0; i < s->n_lists; i++)
        list_text(&s->lists[i], s->as_of, out);
}

/* ---- JSON -------------------------------------------------------------- */

static void json_count(as_json_writer *w, const char *key, uint64_t n)
{
    as_json_write_field_u64(w, as_str_c(key), n);
}

static void json_age(as_json_writer *w, int64_t age)
{
    as_json_write_key(w, AS_STR("age_days"));
    if (age < 0)
        as_json_write_null(w);
    else
        as_json_write_i64(w, age);
}

static void source_json(as_json_writer *w, const as_know_source *s,
                        as_str as_of)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("source"), s->name);
    as_json_write_field(w, AS_STR("kind"), s->kind);
    as_json_write_field(w, AS_STR("edition"), s->edition);
    json_count(w, "records", s->stored);
    json_count(w, "rows", s->rows);
    json_count(w, "read", s->read);
    json_count(w, "refused", s->refused);
    as_json_write_field(w, AS_STR("digest"), s->digest);
    as_json_write_field(w, AS_STR("imported"), s->imported);
    as_json_write_field(w, AS_STR("newest"), s->newest);
    json_age(w, age_of(s->newest, as_of));
    as_json_write_object_end(w);
}

static void list_json(as_json_writer *w, const as_know_list *l, as_str as_of)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("list"), l->name);
    as_json_write_field(w, AS_STR("source"), l->source);
    as_json_write_field_opt(w, AS_STR("title"), l->title);
    as_json_write_field(w, AS_STR("edition"), l->edition);
    as_json_write_field(w, AS_STR("dated"), l->dated);
    as_json_write_field_opt(w, AS_STR("next_edition"), l->next);
    json_count(w, "rows", l->rows);
    json_count(w, "names", l->names);
    as_json_write_field_bool(w, AS_STR("complete"), l->complete);
    as_json_write_field_bool(w, AS_STR("shipped"), l->shipped);
    json_age(w, age_of(l->edition, as_of));
    as_json_write_object_end(w);
}

static void edition_json(as_json_writer *w, const as_know_edition *e)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("source"), e->source);
    as_json_write_field(w, AS_STR("edition"), e->date);
    as_json_write_field(w, AS_STR("dated"), e->dated);
    json_count(w, "rows", e->rows);
    json_count(w, "names", e->names);
    json_count(w, "read", e->read);
    json_count(w, "refused", e->refused);
    json_count(w, "left_out", e->left_out);
    as_json_write_field_opt(w, AS_STR("countries"), e->countries);
    as_json_write_field_opt(w, AS_STR("cut"), e->cut);
    as_json_write_field(w, AS_STR("digest"), e->digest);
    as_json_write_field(w, AS_STR("imported"), e->imported);
    as_json_write_object_end(w);
}

static void begin_array(as_json_writer *w, const char *key)
{
    as_json_write_key(w, as_str_c(key));
    as_json_write_array(w);
}

static void state_json(const struct state *s, as_buf *out)
{
    as_json_writer w;

    as_json_write_init(&w, out, 2);
    as_json_write_object(&w);
    as_json_write_field(&w, AS_STR("schema"), AS_STR("assay-feeds/1"));
    begin_array(&w, "sources");
    for (size_t i = 0; i < s->n_sources; i++)
        source_json(&w, &s->sources[i], s->as_of);
    as_json_write_array_end(&w);
    begin_array(&w, "lists");
    for (size_t i = 0; i < s->n_lists; i++)
        list_json(&w, &s->lists[i], s->as_of);
    as_json_write_array_end(&w);
    begin_array(&w, "editions");
    for (size_t i = 0; i < s->n_editions; i++)
        edition_json(&w, &s->editions[i]);
    as_json_write_array_end(&w);
    as_json_write_object_end(&w);
    as_buf_byte(out, '\n');
}

/* ---- the verb ---------------------------------------------------------- */

static as_rc read_state(as_know *kb, as_arena *a, struct state *s, as_err *err)
{
    as_rc rc = as_know_sources(kb, a, &s->sources, &s->n_sources, err);

    if (!rc)
        rc = as_know_lists(kb, s->as_of, a, &s->lists, &s->n_lists, err);
    if (!rc)
        rc = as_know_editions(kb, AS_ABSENT, a, &s->editions, &s->n_editions,
                              err);
    return rc;
}

static as_rc status(as_cli *c, const as_cmd_values *v, as_buf *out, as_err *err)
{
    struct state s = {.n_sources = 0};
    as_know *kb = NULL;
    as_str path;
    as_rc rc = as_cli_knowledge(c, v, &path, err);

    if (!rc)
        rc = as_cli_date(c, v, &s.as_of, err);
    if (!rc)
        rc = as_know_open(path, &kb, err);
    if (!rc)
        rc = read_state(kb, c->arena, &s, err);
    if (!rc && as_str_eq(as_cmd_get_str(v, "format"), AS_STR("json")))
        state_json(&s, out);
    else if (!rc)
        state_text(&s, out);
    as_know_close(kb);
    return rc;
}

int as_cli_feeds_status(void *ctx, const as_cmd_values *v)
{
    as_buf out;
    as_err err;
    int r;

    as_err_init(&err);
    as_buf_init(&out, AS_MIB * 16);
    if (status(ctx, v, &out, &err))
        r = as_cli_fail(&err);
    else
        r = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return r;
}
