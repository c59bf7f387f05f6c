/* SPDX-License-Identifier: Apache-2.0 */
/* Rule files, read and checked; schema assay-rule/1 (doc/rules.md). */
#include "rule/expr_internal.h"

#include <stdlib.h>

/* ---- members ------------------------------------------------------------- */

static as_rc read_text(as_condition_reader *r, as_json v, const char *key,
                       as_str *ret)
{
    as_json member = as_json_get(v, as_str_c(key));

    if (as_json_is(member, AS_JSON_NONE) || as_json_is(member, AS_JSON_NULL))
        return AS_OK;
    *ret = as_arena_str(r->arena, as_json_str(member));
    if (!as_str_is_empty(*ret))
        return AS_OK;
    as_json_pointer_key(&r->path, as_str_c(key));
    return as_condition_refuse(r, "a text is expected", AS_ABSENT);
}

static as_rc read_texts(as_condition_reader *r, as_json v, as_rule *rule)
{
    const struct {
        const char *key;
        as_str *ret;
    } texts[] = {
        {"id", &rule->id},
        {"title", &rule->title},
        {"jurisdiction", &rule->jurisdiction},
        {"instrument", &rule->instrument},
        {"citation", &rule->citation},
        {"source", &rule->source},
        {"note", &rule->note},
        {"reason", &rule->reason},
        {"remedy", &rule->remedy},
        {"off", &rule->off},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(texts); i++) {
        as_rc rc = read_text(r, v, texts[i].key, texts[i].ret);
        if (rc)
            return rc;
    }
    if (as_str_is_empty(rule->id) || as_str_is_empty(rule->title) ||
        as_str_is_empty(rule->jurisdiction) || as_str_is_empty(rule->reason))
        return as_condition_refuse(
            r, "a rule has an id, a title, a jurisdiction and a reason",
            rule->id);
    return AS_OK;
}

static as_rc read_certainty(as_condition_reader *r, as_json v, as_str key,
                            as_certainty *ret)
{
    as_str word = as_json_get_str(v, key);

    if (as_json_is(as_json_get(v, key), AS_JSON_NONE))
        return AS_OK;
    for (unsigned i = 0; i < AS_CERTAINTIES; i++) {
        if (as_str_eq(as_certainty_word((as_certainty)i), word)) {
            *ret = (as_certainty)i;
            return AS_OK;
        }
    }
    return as_condition_refuse(r, "certainty is enacted, scheduled or proposed",
                               word);
}

static as_rc read_day(as_condition_reader *r, as_json v, as_str key,
                      as_date *ret)
{
    as_json day = as_json_get(v, key);

    *ret = AS_DATE_NONE;
    if (as_json_is(day, AS_JSON_NONE) || as_json_is(day, AS_JSON_NULL) ||
        as_date_read(as_json_str(day), ret))
        return AS_OK;
    as_json_pointer_key(&r->path, key);
    return as_condition_refuse(r, "no date (YYYY-MM-DD)", as_json_str(day));
}

static as_rc read_interval(as_condition_reader *r, as_json v,
                           as_rule_interval *i)
{
    static const as_str keys[] = {
        AS_STR_INIT("from"), AS_STR_INIT("to"),   AS_STR_INIT("certainty"),
        AS_STR_INIT("back"), AS_STR_INIT("note"),
    };
    as_rc rc = as_condition_only(r, v, keys, AS_ARRAY_LEN(keys));

    if (!rc)
        rc = read_day(r, v, keys[0], &i->from);
    if (!rc)
        rc = read_day(r, v, keys[1], &i->to);
    if (!rc)
        rc = read_certainty(r, v, keys[2], &i->certainty);
    i->back = i->certainty;
    if (!rc)
        rc = read_certainty(r, v, keys[3], &i->back);
    if (!rc)
        rc = read_text(r, v, "note", &i->note);
    if (!rc && i->from == AS_DATE_NONE)
        rc = as_condition_refuse(r, "an interval begins on a day (from)",
                                 AS_ABSENT);
    if (!rc && i->to != AS_DATE_NONE && i->to <= i->from)
        rc = as_condition_refuse(r, "the interval ends before it begins",
                                 AS_ABSENT);
    return rc;
}

static as_rc read_intervals(as_condition_reader *r, as_json v,
                            as_rule_interval **ret, size_t *ret_n)
{
    size_t n = as_json_count(v), before = r->path.n;

    if (as_json_is(v, AS_JSON_NONE))
        return AS_OK;
    if (!as_json_is(v, AS_JSON_ARRAY) || n > AS_RULE_INTERVALS)
        return as_condition_refuse(r, "a list of intervals is expected",
                                   AS_ABSENT);
    *ret = AS_NEW_ARRAY(r->arena, n, as_rule_interval);
    if (!*ret)
        return as_condition_no_memory(r);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_rc rc;
        as_json_pointer_index(&r->path, it.index);
        rc = read_interval(r, it.value, &(*ret)[(*ret_n)++]);
        if (rc)
            return rc;
        r->path.n = before;
    }
    return AS_OK;
}

static as_rc read_binds(as_condition_reader *r, as_json v, as_rule *rule)
{
    static const as_str keys[] = {AS_STR_INIT("roles"), AS_STR_INIT("acts")};
    as_rc rc;

    if (as_json_is(v, AS_JSON_NONE))
        return AS_OK;
    rc = as_condition_only(r, v, keys, AS_ARRAY_LEN(keys));
    if (!rc)
        rc = as_condition_words(r, as_json_get(v, keys[0]), &rule->roles,
                                &rule->n_roles);
    if (!rc)
        rc = as_condition_words(r, as_json_get(v, keys[1]), &rule->acts,
                                &rule->n_acts);
    for (size_t i = 0; i < rule->n_roles && !rc; i++)
        if (!as_role_known(rule->roles[i]))
            rc =
                as_condition_refuse(r, "there is no such role", rule->roles[i]);
    for (size_t i = 0; i < rule->n_acts && !rc; i++)
        if (!as_act_known(rule->acts[i]))
            rc = as_condition_refuse(r, "there is no such act", rule->acts[i]);
    return rc;
}

static as_rc read_exception(as_condition_reader *r, as_json v, as_exception *e)
{
    static const as_str keys[] = {AS_STR_INIT("title"), AS_STR_INIT("when")};
    as_rc rc = as_condition_only(r, v, keys, AS_ARRAY_LEN(keys));

    if (!rc)
        rc = read_text(r, v, "title", &e->title);
    if (!rc && as_str_is_empty(e->title))
        rc = as_condition_refuse(r, "an exception has a title", AS_ABSENT);
    if (rc)
        return rc;
    as_json_pointer_key(&r->path, AS_STR("when"));
    return as_condition_read(r, as_json_get(v, keys[1]), 0, &e->when);
}

static as_rc read_unless(as_condition_reader *r, as_json v, as_rule *rule)
{
    size_t before = r->path.n;

    if (as_json_is(v, AS_JSON_NONE))
        return AS_OK;
    if (!as_json_is(v, AS_JSON_ARRAY) || as_json_count(v) > AS_RULE_WORDS)
        return as_condition_refuse(r, "a list of exceptions is expected",
                                   AS_ABSENT);
    rule->unless = AS_NEW_ARRAY(r->arena, as_json_count(v), as_exception);
    if (!rule->unless)
        return as_condition_no_memory(r);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_rc rc;
        as_json_pointer_index(&r->path, it.index);
        rc = read_exception(r, it.value, &rule->unless[rule->n_unless++]);
        if (rc)
            return rc;
        r->path.n = before;
    }
    return AS_OK;
}

static as_rc read_ask(as_condition_reader *r, as_json v, as_rule *rule)
{
    size_t n = as_json_count(v);

    if (as_json_is(v, AS_JSON_NONE))
        return AS_OK;
    if (!as_json_is(v, AS_JSON_OBJECT) || n > AS_RULE_WORDS)
        return as_condition_refuse(r, "a mapping of facts is expected",
                                   AS_ABSENT);
    rule->ask = AS_NEW_ARRAY(r->arena, n, as_property);
    if (!rule->ask)
        return as_condition_no_memory(r);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str who = as_json_str(it.value);
        if (as_str_is_empty(who))
            return as_condition_refuse(r, "say who could supply the fact",
                                       it.key);
        rule->ask[rule->n_ask++] = (as_property){as_arena_str(r->arena, it.key),
                                                 as_arena_str(r->arena, who)};
    }
    return AS_OK;
}

static as_rc wrong_consequence(as_condition_reader *r, as_str word)
{
    char words[256];
    size_t n = 0;
    as_rc rc;

    as_json_pointer_key(&r->path, AS_STR("then"));
    rc = as_condition_refuse(r, "there is no such consequence", word);
    for (size_t i = 0; i < AS_CONSEQUENCES && n < sizeof words; i++) {
        as_str one = as_consequence_word((as_consequence)i);
        int k = snprintf(words + n, sizeof words - n, "%s%.*s", i ? ", " : "",
                         AS_FMT(one));
        n += k > 0 ? (size_t)k : 0;
    }
    as_err_detail(r->err, "there are: %s", words);
    return rc;
}

static as_rc read_consequence(as_condition_reader *r, as_json v, as_rule *rule)
{
    static const as_severity usual[AS_CONSEQUENCES] = {
        [AS_FORBIDDEN] = AS_SEVERITY_CRITICAL,
        [AS_LICENCE_REQUIRED] = AS_SEVERITY_HIGH,
        [AS_PRESUMPTION_OF_DENIAL] = AS_SEVERITY_CRITICAL,
        [AS_REBUTTABLE_PRESUMPTION] = AS_SEVERITY_HIGH,
        [AS_ATTESTATION_REQUIRED] = AS_SEVERITY_MEDIUM,
        [AS_DUTY] = AS_SEVERITY_MEDIUM,
        [AS_REPORT] = AS_SEVERITY_LOW,
    };
    as_str word = as_json_get_str(v, AS_STR("then"));
    as_json severity = as_json_get(v, AS_STR("severity"));
    size_t i = 0;

    while (i < AS_CONSEQUENCES &&
           !as_str_eq(as_consequence_word((as_consequence)i), word))
        i++;
    if (i == AS_CONSEQUENCES)
        return wrong_consequence(r, word);
    rule->consequence = (as_consequence)i;
    rule->severity = usual[i];
    if (as_json_is(severity, AS_JSON_NONE))
        return AS_OK;
    rule->severity = as_severity_find(as_json_str(severity));
    return rule->severity == AS_SEVERITY_UNKNOWN
               ? as_condition_refuse(r, "there is no such severity",
                                     as_json_str(severity))
               : AS_OK;
}

/* ---- one rule ------------------------------------------------------------ */

static as_rc read_in_force(as_condition_reader *r, as_json v, as_rule *rule)
{
    return read_intervals(r, v, &rule->intervals, &rule->n_intervals);
}

static as_rc read_suspended(as_condition_reader *r, as_json v, as_rule *rule)
{
    return read_intervals(r, v, &rule->suspensions, &rule->n_suspensions);
}

static as_rc read_when(as_condition_reader *r, as_json v, as_rule *rule)
{
    return as_condition_read(r, v, 0, &rule->when);
}

static as_rc read_defied(as_condition_reader *r, as_json v, as_rule *rule)
{
    return as_condition_words(r, v, &rule->forbids_complying_with,
                              &rule->n_forbids_complying_with);
}

static as_rc read_required(as_condition_reader *r, as_json v, as_rule *rule)
{
    as_rc rc = as_condition_words(r, v, &rule->requires, &rule->n_requires);

    for (size_t i = 0; i < rule->n_requires && !rc; i++)
        if (!as_act_known(rule->requires[i]))
            rc = as_condition_refuse(r, "there is no such act",
                                     rule->requires[i]);
    return rc;
}

/* Members that stand deeper: each is read with its place. */
static as_rc read_parts(as_condition_reader *r, as_json v, as_rule *rule)
{
    static const struct {
        as_str key;
        as_rc (*read)(as_condition_reader *, as_json, as_rule *);
    } parts[] = {
        {AS_STR_INIT("intervals"), read_in_force},
        {AS_STR_INIT("suspensions"), read_suspended},
        {AS_STR_INIT("binds"), read_binds},
        {AS_STR_INIT("when"), read_when},
        {AS_STR_INIT("unless"), read_unless},
        {AS_STR_INIT("ask"), read_ask},
        {AS_STR_INIT("forbids_complying_with"), read_defied},
        {AS_STR_INIT("requires"), read_required},
    };
    size_t before = r->path.n;

    for (size_t i = 0; i < AS_ARRAY_LEN(parts); i++) {
        as_rc rc;
        as_json_pointer_key(&r->path, parts[i].key);
        rc = parts[i].read(r, as_json_get(v, parts[i].key), rule);
        if (rc)
            return rc;
        r->path.n = before;
    }
    return AS_OK;
}

static as_rc read_rule(as_condition_reader *r, as_json v, as_rule *rule)
{
    static const as_str keys[] = {
        AS_STR_INIT("id"),           AS_STR_INIT("title"),
        AS_STR_INIT("jurisdiction"), AS_STR_INIT("instrument"),
        AS_STR_INIT("citation"),     AS_STR_INIT("source"),
        AS_STR_INIT("note"),         AS_STR_INIT("intervals"),
        AS_STR_INIT("suspensions"),  AS_STR_INIT("binds"),
        AS_STR_INIT("when"),         AS_STR_INIT("unless"),
        AS_STR_INIT("then"),         AS_STR_INIT("severity"),
        AS_STR_INIT("reason"),       AS_STR_INIT("remedy"),
        AS_STR_INIT("ask"),          AS_STR_INIT("forbids_complying_with"),
        AS_STR_INIT("requires"),     AS_STR_INIT("off"),
    };
    as_rc rc = as_condition_only(r, v, keys, AS_ARRAY_LEN(keys));

    r->nodes = 0;
    r->in_parts = false;
    if (!rc)
        rc = read_texts(r, v, rule);
    if (!rc)
        rc = read_consequence(r, v, rule);
    if (!rc)
        rc = read_parts(r, v, rule);
    if (!rc && rule->n_intervals == 0)
        rc = as_condition_refuse(r,
                                 "a rule says when it is in force "
                                 "(intervals)",
                                 rule->id);
    return rc;
}

/* ---- files --------------------------------------------------------------- */

const as_rule *as_rules_find(const as_rules *rules, as_str id)
{
    for (size_t i = 0; i < rules->n; i++)
        if (as_str_eq(rules->items[i].id, id))
            return &rules->items[i];
    return NULL;
}

static as_rc keep_rule(as_condition_reader *r, as_rules *into,
                       const as_rule *rule)
{
    as_rule *grown;

    for (size_t i = 0; i < into->n; i++) {
        if (as_str_eq(into->items[i].id, rule->id)) {
            into->items[i] = *rule;
            return AS_OK;
        }
    }
    if (into->n == AS_RULES)
        return as_fail(r->err, AS_ERR_LIMIT, "there are more than %d rules",
                       AS_RULES);
    grown = as_arena_grow(into->arena, into->items, &into->cap, into->n + 1,
                          sizeof *grown);
    if (!grown)
        return as_condition_no_memory(r);
    into->items = grown;
    grown[into->n++] = *rule;
    return AS_OK;
}

static as_rc read_head(as_condition_reader *r, as_json root)
{
    static const as_str keys[] = {AS_STR_INIT("schema"), AS_STR_INIT("title"),
                                  AS_STR_INIT("rules")};
    as_str schema = as_json_get_str(root, AS_STR("schema"));
    as_rc rc = as_condition_only(r, root, keys, AS_ARRAY_LEN(keys));

    if (!rc && !as_str_eq(schema, AS_STR("assay-rule/1")))
        rc = as_condition_refuse(r, "schema is not \"assay-rule/1\"", schema);
    if (!rc && !as_json_is(as_json_get(root, keys[2]), AS_JSON_ARRAY))
        rc = as_condition_refuse(r, "rules is a list", AS_ABSENT);
    return rc;
}

/* What a reading does with a defect: refuse, or complain and go on. */
struct check {
    as_rule_complaint *complain;
    void *ctx;
};

static void warn(const struct check *c, as_condition_reader *r,
                 const char *what)
{
    if (c->complain)
        c->complain(c->ctx, true, as_buf_text(&r->path), as_str_c(what));
}

static bool overlap(const as_rule_interval *a, const as_rule_interval *b)
{
    return (a->to == AS_DATE_NONE || b->from < a->to) &&
           (b->to == AS_DATE_NONE || a->from < b->to);
}

static void check_intervals(const struct check *c, as_condition_reader *r,
                            const as_rule_interval *list, size_t n,
                            const char *what)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (overlap(&list[i], &list[k])) {
                warn(c, r, what);
                return;
            }
}

/* A suspension of nothing is a mistaken date. */
static void check_suspensions(const struct check *c, as_condition_reader *r,
                              const as_rule *rule)
{
    for (size_t i = 0; i < rule->n_suspensions; i++) {
        bool inside = false;
        for (size_t k = 0; k < rule->n_intervals; k++)
            inside =
                inside || overlap(&rule->suspensions[i], &rule->intervals[k]);
        if (!inside)
            warn(c, r, "a suspension lies outside its intervals");
    }
}

static void check_rule(const struct check *c, as_condition_reader *r,
                       const as_rules *into, const as_rule *rule)
{
    if (as_rules_find(into, rule->id))
        warn(c, r, "its id stands twice: the later rule replaces the earlier");
    if (as_str_is_empty(rule->instrument))
        warn(c, r, "it names no instrument");
    if (as_str_is_empty(rule->citation))
        warn(c, r, "it has no citation");
    if (as_str_is_empty(rule->source))
        warn(c, r, "it has no source");
    if (as_str_is_empty(rule->remedy))
        warn(c, r, "it says nothing of a remedy");
    if (rule->n_roles == 0 || rule->n_acts == 0)
        warn(c, r, "it binds any role or any act: say so (roles: [any])");
    check_intervals(c, r, rule->intervals, rule->n_intervals,
                    "its intervals overlap");
    check_intervals(c, r, rule->suspensions, rule->n_suspensions,
                    "its suspensions overlap");
    check_suspensions(c, r, rule);
}

static as_rc read_one(as_condition_reader *r, const struct check *c, as_json v,
                      as_str file, as_rules *into)
{
    as_rule rule = {.file = file};
    as_rc rc = read_rule(r, v, &rule);

    if (rc && rc != AS_ERR_LIMIT && c->complain) {
        as_buf at;
        as_buf_init(&at, 65536);
        as_buf_str(&at, as_buf_text(&r->path));
        c->complain(c->ctx, false, as_arena_str(r->arena, as_buf_text(&at)),
                    as_arena_str(r->arena, as_str_c(r->err->what)));
        as_buf_done(&at);
        as_err_init(r->err);
        return AS_OK;
    }
    if (!rc && c->complain)
        check_rule(c, r, into, &rule);
    return rc ? rc : keep_rule(r, into, &rule);
}

static as_rc read_file(as_condition_reader *r, const struct check *c,
                       as_json root, as_str file, as_rules *into)
{
    as_rc rc = read_head(r, root);
    as_str kept = as_arena_str(r->arena, file);

    for (as_json_iter it = as_json_each(as_json_get(root, AS_STR("rules")));
         !rc && as_json_next(&it);) {
        as_buf_clear(&r->path);
        as_buf_printf(&r->path, "/rules/%zu", it.index);
        rc = read_one(r, c, it.value, kept, into);
    }
    if (!rc && as_arena_failed(r->arena))
        rc = as_condition_no_memory(r);
    return rc;
}

static as_rc read_document(as_json root, as_str file, as_rules *into,
                           const struct check *c, as_err *err)
{
    as_condition_reader r = {
        .arena = into->arena, .err = err, .what = "the rule", .rules = true};
    as_rc rc;

    as_buf_init(&r.path, 65536);
    rc = read_file(&r, c, root, file, into);
    as_buf_done(&r.path);
    return rc;
}

as_rc as_rules_read(as_json root, as_str file, as_rules *into, as_err *err)
{
    struct check none = {NULL, NULL};

    return read_document(root, file, into, &none, err);
}

as_rc as_rules_check(as_json root, as_str file, as_rules *into,
                     as_rule_complaint *complain, void *ctx, as_err *err)
{
    struct check c = {complain, ctx};

    return read_document(root, file, into, &c, err);
}

/* ---- in time ------------------------------------------------------------- */

static bool covers(const as_rule_interval *i, as_date day)
{
    return day >= i->from && (i->to == AS_DATE_NONE || day < i->to);
}

/* A suspension that has ended leaves its mark: how sure it is that the rule
 * came back. */
static as_certainty certainty_on(const as_rule *r, const as_rule_interval *in,
                                 as_date day)
{
    as_certainty c = in->certainty;

    for (size_t i = 0; i < r->n_suspensions; i++)
        if (r->suspensions[i].to != AS_DATE_NONE &&
            r->suspensions[i].to <= day && r->suspensions[i].back > c)
            c = r->suspensions[i].back;
    return c;
}

/* The interval that holds on the day, else the next, else the last. */
static const as_rule_interval *nearest(const as_rule *r, as_date day)
{
    const as_rule_interval *next = NULL, *last = &r->intervals[0];

    for (size_t i = 0; i < r->n_intervals; i++) {
        const as_rule_interval *one = &r->intervals[i];
        if (covers(one, day))
            return one;
        if (one->from > day && (!next || one->from < next->from))
            next = one;
        if (one->from > last->from)
            last = one;
    }
    return next ? next : last;
}

as_standing as_rule_standing(const as_rule *r, as_date day)
{
    const as_rule_interval *in = nearest(r, day);
    as_standing s = {AS_PHASE_IN_FORCE, in->certainty, in->from, in->to};

    if (in->from > day)
        s.phase = AS_PHASE_NOT_YET;
    else if (!covers(in, day))
        s.phase = AS_PHASE_OVER;
    if (in->certainty == AS_PROPOSED && s.phase != AS_PHASE_OVER)
        s.phase = AS_PHASE_PROPOSED;
    if (s.phase != AS_PHASE_IN_FORCE)
        return s;
    s.certainty = certainty_on(r, in, day);
    for (size_t i = 0; i < r->n_suspensions; i++) {
        const as_rule_interval *off = &r->suspensions[i];
        if (off->to != AS_DATE_NONE && off->to <= day && off->to > s.since)
            s.since = off->to;
        if (covers(off, day))
            return (as_standing){AS_PHASE_SUSPENDED, off->certainty, off->from,
                                 off->to};
        if (off->from > day && (s.until == AS_DATE_NONE || off->from < s.until))
            s.until = off->from;
    }
    return s;
}

/* ---- owners ----------------------------------------------------------------
 */

struct owned {
    as_arena *arena;
    as_owned_question *items;
    size_t n, cap;
};

static bool add_owned(struct owned *o, const as_owned_question *q)
{
    as_owned_question *grown;

    for (size_t i = 0; i < o->n; i++)
        if (as_owned_question_eq(&o->items[i], q))
            return true;
    grown = as_arena_grow(o->arena, o->items, &o->cap, o->n + 1, sizeof *grown);
    if (!grown)
        return false;
    o->items = grown;
    o->items[o->n++] = *q;
    return true;
}

/* As deep as conditions are nested. */
static bool gather_owned(struct owned *o, const as_expr *e)
{
    if (e->party && e->party->owned >= 0 && !add_owned(o, &e->party->held))
        return false;
    for (size_t i = 0; i < e->n_children; i++)
        if (!gather_owned(o, e->children[i]))
            return false;
    return true;
}

as_rc as_rules_owned(const as_rules *rules, as_owned_question **ret, size_t *n,
                     as_err *err)
{
    struct owned o = {.arena = rules->arena};
    bool ok = true;

    for (size_t i = 0; i < rules->n && ok; i++) {
        const as_rule *r = &rules->items[i];
        ok = !r->when || gather_owned(&o, r->when);
        for (size_t k = 0; k < r->n_unless && ok; k++)
            ok = gather_owned(&o, r->unless[k].when);
    }
    *ret = o.items;
    *n = o.n;
    return ok ? AS_OK : as_fail(err, AS_ERR_LIMIT, "no memory for the rules");
}
