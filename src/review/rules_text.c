/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for readers: the list, one of them, complaints about files. */
#include "review/rules_internal.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "base/yaml.h"

#define FIELD(w, k, v) as_json_write_field((w), AS_STR(k), (v))

/* ---- the list ------------------------------------------------------------ */

struct listing {
    as_arena *arena;
    as_rules rules;
    as_date day;
};

static as_rc load(const as_rules_request *q, struct listing *l, as_err *err)
{
    if (!as_date_read(q->as_of, &l->day))
        return as_fail(err, AS_ERR_INTERNAL, "there is no date");
    l->arena = as_arena_new(AS_MIB * 256);
    if (!l->arena)
        return as_fail(err, AS_ERR_MEMORY, "no memory for the rules");
    return as_review_load_rules(q, l->arena, &l->rules, NULL, err);
}

static as_str who(struct listing *l, const as_rule *r)
{
    as_buf b;
    as_str s;

    as_buf_init(&b, 65536);
    as_rule_who(r, &b);
    s = as_arena_str(l->arena, as_buf_text(&b));
    as_buf_done(&b);
    return s;
}

static void list_text(struct listing *l, const as_rule *r, as_buf *out)
{
    as_standing s = as_rule_standing(r, l->day);
    as_str id = as_str_slice(r->id, 0, 100);

    as_buf_shown(out, id);
    for (size_t i = id.n; i < 28; i++)
        as_buf_byte(out, ' ');
    as_buf_printf(
        out, "  %-17.*s %-23.*s ",
        AS_FMT(r->off.n ? AS_STR("switched off") : as_phase_word(s.phase)),
        AS_FMT(as_consequence_word(r->consequence)));
    as_buf_shown(out, r->title);
    as_buf_c(out, "\n");
}

static void write_days(as_json_writer *w, const char *name,
                       const as_rule_interval *list, size_t n)
{
    as_json_write_key(w, as_str_c(name));
    as_json_write_array(w);
    for (size_t i = 0; i < n; i++) {
        char from[AS_DATE_TEXT], to[AS_DATE_TEXT];
        as_json_write_object(w);
        FIELD(w, "from", as_str_c(as_date_text(list[i].from, from)));
        if (list[i].to == AS_DATE_NONE)
            FIELD(w, "to", AS_ABSENT);
        else
            FIELD(w, "to", as_str_c(as_date_text(list[i].to, to)));
        FIELD(w, "certainty", as_certainty_word(list[i].certainty));
        FIELD(w, "back", as_certainty_word(list[i].back));
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_words(as_json_writer *w, const char *name, const as_str *list,
                        size_t n)
{
    as_json_write_key(w, as_str_c(name));
    as_json_write_array(w);
    for (size_t i = 0; i < n; i++)
        as_json_write_str(w, list[i]);
    as_json_write_array_end(w);
}

static void list_json(struct listing *l, const as_rule *r, as_json_writer *w)
{
    as_standing s = as_rule_standing(r, l->day);

    as_json_write_object(w);
    FIELD(w, "id", r->id);
    FIELD(w, "title", r->title);
    FIELD(w, "jurisdiction", r->jurisdiction);
    FIELD(w, "instrument", r->instrument);
    FIELD(w, "citation", r->citation);
    FIELD(w, "source", r->source);
    FIELD(w, "file", r->file);
    FIELD(w, "state", as_phase_word(s.phase));
    FIELD(w, "certainty", as_certainty_word(s.certainty));
    FIELD(w, "consequence", as_consequence_word(r->consequence));
    FIELD(w, "severity", as_severity_word(r->severity));
    FIELD(w, "who", who(l, r));
    write_words(w, "roles", r->roles, r->n_roles);
    write_words(w, "acts", r->acts, r->n_acts);
    write_days(w, "intervals", r->intervals, r->n_intervals);
    write_days(w, "suspensions", r->suspensions, r->n_suspensions);
    FIELD(w, "reason", r->reason);
    FIELD(w, "remedy", r->remedy);
    FIELD(w, "note", r->note);
    FIELD(w, "off", r->off);
    as_json_write_object_end(w);
}

static void write_list(struct listing *l, bool json, as_buf *out)
{
    as_json_writer w;

    if (!json) {
        for (size_t i = 0; i < l->rules.n; i++)
            list_text(l, &l->rules.items[i], out);
        return;
    }
    as_json_write_init(&w, out, 2);
    as_json_write_array(&w);
    for (size_t i = 0; i < l->rules.n; i++)
        list_json(l, &l->rules.items[i], &w);
    as_json_write_array_end(&w);
    as_buf_byte(out, '\n');
}

as_rc as_review_rules_list(const as_rules_request *q, as_buf *out, as_err *err)
{
    struct listing l = {.arena = NULL};
    as_rc rc = load(q, &l, err);

    if (!rc)
        write_list(&l, q->json, out);
    as_arena_free(l.arena);
    return rc;
}

as_rc as_review_rules_show(const as_rules_request *q, as_str id, as_buf *out,
                           as_err *err)
{
    struct listing l = {.arena = NULL};
    as_rc rc = load(q, &l, err);
    const as_rule *r = rc ? NULL : as_rules_find(&l.rules, id);
    as_json_writer w;

    if (!rc && !r) {
        as_fail(err, AS_ERR_USAGE, "there is no rule \"%.*s\"",
                AS_FMT(as_str_slice(id, 0, 100)));
        as_err_hint(err, "\"assay rules list\" names them");
        rc = AS_ERR_USAGE;
    }
    if (!rc && q->json) {
        as_json_write_init(&w, out, 2);
        list_json(&l, r, &w);
        as_buf_byte(out, '\n');
    } else if (!rc) {
        as_rule_write(r, l.day, out);
    }
    as_arena_free(l.arena);
    return rc;
}

/* ---- complaints ---------------------------------------------------------- */

struct complaints {
    const as_named_bytes *file;
    bool json, sound;
    size_t n;
    as_buf *out;
    as_json_writer w;
    as_arena *arena;
    as_rule_words known;
};

static void put_complaint(struct complaints *c, bool warning,
                          const as_place *place, as_str path, as_str what)
{
    c->n++;
    c->sound = c->sound && warning;
    if (!c->json) {
        as_buf_line(c->out, "%.*s:%llu:%llu: %s: %.*s", AS_FMT(c->file->name),
                    (unsigned long long)place->line,
                    (unsigned long long)place->column,
                    warning ? "warning" : "error", AS_FMT(what));
        return;
    }
    as_json_write_object(&c->w);
    FIELD(&c->w, "file", c->file->name);
    as_json_write_field_u64(&c->w, AS_STR("line"), place->line);
    as_json_write_field_u64(&c->w, AS_STR("column"), place->column);
    FIELD(&c->w, "level", warning ? AS_STR("warning") : AS_STR("error"));
    FIELD(&c->w, "path", path);
    FIELD(&c->w, "text", what);
    as_json_write_object_end(&c->w);
}

static void complain(void *ctx, bool warning, as_str path, as_str what)
{
    struct complaints *c = ctx;
    as_place place;

    as_place_init(&place);
    as_yaml_locate(c->file->bytes, path, &place);
    put_complaint(c, warning, &place, path, what);
}

/* The known words, and the rules that were read here. */
static as_rule_words all_words(const struct complaints *c, const as_rules *into)
{
    as_rule_words w = c->known;
    as_str *ids = AS_NEW_ARRAY(c->arena, w.n_rules + into->n, as_str);

    if (!ids)
        return w;
    for (size_t i = 0; i < w.n_rules; i++)
        ids[i] = w.rules[i];
    for (size_t i = 0; i < into->n; i++)
        ids[w.n_rules + i] = into->items[i].id;
    w.rules = ids;
    w.n_rules += into->n;
    return w;
}

/* Of the rules that could be read: what they name and nobody knows. */
static void check_words(struct complaints *c, as_json root, as_rules *into)
{
    as_rule_words known = all_words(c, into);

    for (as_json_iter it = as_json_each(as_json_get(root, AS_STR("rules")));
         as_json_next(&it);) {
        as_str id = as_json_get_str(it.value, AS_STR("id"));
        const as_rule *r = id.n ? as_rules_find(into, id) : NULL;
        if (r && as_str_eq(r->file, c->file->name))
            as_rule_check_words(
                r, &known, as_arena_printf(c->arena, "/rules/%zu", it.index),
                c->arena, complain, c);
    }
}

/* What stops the reading of a whole file is a complaint about it, too. */
static as_rc check_file(struct complaints *c, as_rules *into)
{
    as_json_doc *doc = NULL;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    rc = as_review_read_yaml(c->file->bytes, &doc, &err);
    if (!rc)
        rc = as_rules_check(as_json_root(doc), c->file->name, into, complain, c,
                            &err);
    if (!rc)
        check_words(c, as_json_root(doc), into);
    as_json_free(doc);
    if (rc && err.place.path[0] && !err.place.line)
        as_yaml_locate(c->file->bytes, as_str_c(err.place.path), &err.place);
    if (rc)
        put_complaint(c, false, &err.place, as_str_c(err.place.path),
                      as_str_c(err.what));
    return AS_OK;
}

as_rc as_review_rules_check(const as_rules_request *q, as_buf *out,
                            bool *ret_sound, as_err *err)
{
    struct complaints c = {.json = q->json, .sound = true, .out = out};
    as_arena *arena = as_arena_new(AS_MIB * 256);
    as_rules rules = {.arena = arena};
    as_rc rc;

    if (!arena)
        return as_fail(err, AS_ERR_MEMORY, "no memory for the rules");
    c.arena = arena;
    rc = as_review_rule_words(arena, &c.known, err);
    if (q->json) {
        as_json_write_init(&c.w, out, 2);
        as_json_write_array(&c.w);
    }
    for (size_t i = 0; i < q->n_rules && !rc; i++) {
        c.file = &q->rules[i];
        rc = check_file(&c, &rules);
    }
    if (q->json) {
        as_json_write_array_end(&c.w);
        as_buf_byte(out, '\n');
    } else if (!rc) {
        as_buf_printf(out, "%zu rule%s, %zu complaint%s\n", rules.n,
                      rules.n == 1 ? "" : "s", c.n, c.n == 1 ? "" : "s");
    }
    *ret_sound = c.sound;
    as_arena_free(arena);
    return rc;
}
