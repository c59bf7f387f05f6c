/* SPDX-License-Identifier: Apache-2.0 */
/* Owners in the answer of a screening: which laws are asked, how the answer
 * ends by them, text and JSON; see review.h. */
#include "base/limits.h"
#include "review/parties_internal.h"

#define KEY(w, k)      as_json_write_key((w), AS_STR(k))
#define FIELD(w, k, v) as_json_write_field((w), AS_STR(k), (v))
#define OPT(w, k, v)   as_json_write_field_opt((w), AS_STR(k), (v))

/* ---- asking ----------------------------------------------------------------
 */

static bool names_list(as_str pattern, as_str list)
{
    if (as_str_ends(pattern, AS_STR("*")))
        return as_str_starts(list, as_str_slice(pattern, 0, pattern.n - 1));
    return as_str_eq(pattern, list);
}

/* One of its lists is asked for and says something on the day. */
static bool is_covered(const as_owned_question *about, const as_screen_query *q,
                       const as_parties_coverage *c)
{
    for (size_t i = 0; i < about->n_lists; i++)
        for (size_t k = 0; k < c->n_lists; k++)
            if (names_list(about->lists[i], c->lists[k].name) &&
                as_screen_asks(q, c->lists[k].name))
                return true;
    return false;
}

static as_owner_standing
standing_of(const as_parties *p, const as_owned_answer *a, as_owner_method *ret)
{
    as_date day = AS_DATE_NONE;

    *ret = AS_OWNER_MULTIPLY;
    (void)as_owner_method_of(a->asked.method, ret);
    if (!as_date_read(p->date, &day))
        return (as_owner_standing){.phase = AS_OWNER_IN_FORCE};
    return as_owner_method_standing(*ret, day);
}

/* Shares that nobody has stated make no hit of a name: a listed owner does. */
static as_parties_status status_of(const as_parties *p,
                                   const as_party_owners *o)
{
    as_parties_status status = AS_PARTIES_NO_HIT;

    for (size_t i = 0; i < o->n_answers; i++) {
        const as_owned_answer *a = &o->answers[i];
        as_owner_method method;
        if (a->n_holders == 0 || a->answer == AS_NO ||
            standing_of(p, a, &method).phase != AS_OWNER_IN_FORCE)
            continue;
        if (a->answer == AS_YES)
            return AS_PARTIES_HIT;
        status = AS_PARTIES_UNDECIDED;
    }
    return status;
}

as_rc as_parties_ask_owners(as_parties *p, const as_screen_query *q,
                            const as_parties_coverage *c, as_arena *arena,
                            as_parties_owned *ret, as_err *err)
{
    as_owned_asking about = {.query = q};
    size_t n;
    const as_owned_question *usual = as_owned_usual(&n);
    as_owned_question *asked = AS_NEW_ARRAY(arena, n, as_owned_question);
    as_rc rc;

    *ret = (as_parties_owned){.owners = NULL};
    if (!asked)
        return as_fail(err, AS_ERR_MEMORY, "no memory to look owners up");
    for (size_t i = 0; i < n; i++)
        if (is_covered(&usual[i], q, c))
            asked[about.n_questions++] = usual[i];
    about.questions = asked;
    rc = as_parties_owners(p, &about, arena, &ret->owners, err);
    if (!rc && ret->owners)
        ret->status = status_of(p, ret->owners);
    return rc;
}

/* ---- JSON ------------------------------------------------------------------
 */

static void write_number(as_json_writer *w, as_str key, double v)
{
    as_json_write_key(w, key);
    as_json_write_double(w, v);
}

static void write_texts(as_json_writer *w, as_str key, const as_str *list,
                        size_t n)
{
    as_json_write_key(w, key);
    as_json_write_array(w);
    for (size_t i = 0; i < n; i++)
        as_json_write_str(w, list[i]);
    as_json_write_array_end(w);
}

static void write_holder(as_json_writer *w, const as_party_match *m)
{
    as_json_write_object(w);
    FIELD(w, "list", m->list);
    FIELD(w, "row", m->id);
    FIELD(w, "edition", m->edition);
    FIELD(w, "name", m->listed_name);
    as_json_write_field_bool(w, AS_STR("unresolved"), m->unresolved);
    write_texts(w, AS_STR("path"), m->path, m->n_path);
    write_number(w, AS_STR("low"), m->share_low);
    write_number(w, AS_STR("high"), m->share_high);
    as_json_write_object_end(w);
}

static void write_day(as_json_writer *w, as_str key, as_date day)
{
    char text[AS_DATE_TEXT];

    if (day != AS_DATE_NONE)
        as_json_write_field(w, key, as_str_c(as_date_text(day, text)));
}

static void write_rule(as_json_writer *w, const as_owner_standing *s)
{
    KEY(w, "rule");
    as_json_write_object(w);
    FIELD(w, "phase", as_str_c(as_owner_phase_text(s->phase)));
    write_day(w, AS_STR("since"), s->since);
    write_day(w, AS_STR("until"), s->until);
    as_json_write_field_bool(w, AS_STR("scheduled"), s->scheduled);
    as_json_write_object_end(w);
}

static void write_answer(as_json_writer *w, const as_parties *p,
                         const as_owned_answer *a)
{
    as_owner_method method;
    as_owner_standing rule = standing_of(p, a, &method);

    as_json_write_object(w);
    FIELD(w, "method", a->asked.method);
    write_texts(w, AS_STR("lists"), a->asked.lists, a->asked.n_lists);
    write_rule(w, &rule);
    FIELD(w, "answer", as_truth_word(a->answer));
    FIELD(w, "applies",
          as_truth_word(rule.phase == AS_OWNER_IN_FORCE ? a->answer : AS_NO));
    write_number(w, AS_STR("low"), a->low);
    write_number(w, AS_STR("high"), a->high);
    KEY(w, "holders");
    as_json_write_array(w);
    for (size_t i = 0; i < a->n_holders; i++)
        write_holder(w, &a->holders[i]);
    as_json_write_array_end(w);
    write_texts(w, AS_STR("missing"), a->missing, a->n_missing);
    as_json_write_object_end(w);
}

void as_parties_write_owners(as_json_writer *w, const as_parties *p,
                             const as_parties_owned *owned)
{
    const as_party_owners *o = owned ? owned->owners : NULL;

    if (!o)
        return;
    KEY(w, "owners");
    as_json_write_object(w);
    as_json_write_field_bool(w, AS_STR("known"), o->known);
    as_json_write_field_bool(w, AS_STR("ambiguous"), o->ambiguous);
    OPT(w, "missing", o->missing);
    write_texts(w, AS_STR("records"), o->records, o->n_records);
    write_texts(w, AS_STR("ends"), o->ends, o->n_ends);
    KEY(w, "answers");
    as_json_write_array(w);
    for (size_t i = 0; i < o->n_answers; i++)
        write_answer(w, p, &o->answers[i]);
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

/* ---- text ------------------------------------------------------------------
 */

static void put_line(as_buf *out, const char *before, as_str s)
{
    as_buf_c(out, before);
    as_buf_shown(out, as_str_slice(s, 0, 600));
    as_buf_byte(out, '\n');
}

static void put_rule(as_buf *out, const as_owner_standing *s)
{
    char day[AS_DATE_TEXT];

    if (s->phase != AS_OWNER_IN_FORCE) {
        as_buf_printf(out, "; the rule is %s",
                      s->phase == AS_OWNER_SUSPENDED ? "suspended"
                                                     : "not in force");
        if (s->until != AS_DATE_NONE)
            as_buf_printf(out, " until %s", as_date_text(s->until, day));
        as_buf_c(out, ", nothing follows from it");
    }
    if (s->scheduled)
        as_buf_c(out, "; in force as scheduled, unless that was changed");
}

static void put_answer(as_buf *out, const as_parties *p, as_str name,
                       const as_owned_answer *a)
{
    enum { TOLD = 8 };
    as_owner_method method;
    as_owner_standing rule = standing_of(p, a, &method);

    as_buf_printf(out, "  %s: %.*s, ", as_owner_method_text(method),
                  AS_FMT(as_truth_word(a->answer)));
    if (a->low < a->high)
        as_buf_printf(out, "%.10g to ", a->low);
    as_buf_printf(out, "%.10g %%", a->high);
    put_rule(out, &rule);
    as_buf_byte(out, '\n');
    for (size_t i = 0; i < a->n_holders && i < TOLD; i++) {
        as_buf_c(out, "            ");
        as_party_path_write(name, &a->holders[i], out);
        as_buf_byte(out, '\n');
    }
    for (size_t i = 0; i < a->n_missing; i++)
        put_line(out, "            open: ", a->missing[i]);
}

void as_parties_put_owners(as_buf *out, const as_parties *p, as_str name,
                           const as_parties_owned *owned)
{
    const as_party_owners *o = owned ? owned->owners : NULL;

    if (!o)
        return;
    as_buf_c(out, "\nOwners\n");
    for (size_t i = 0; i < o->n_records; i++)
        put_line(out, "  stated by ", o->records[i]);
    if (!o->known)
        put_line(out, o->ambiguous ? "  open: " : "  ", o->missing);
    for (size_t i = 0; i < o->n_answers; i++)
        put_answer(out, p, name, &o->answers[i]);
    for (size_t i = 0; i < o->n_ends; i++)
        put_line(out,
                 i ? "                          "
                   : "  nothing is stated above ",
                 o->ends[i]);
    if (o->known)
        as_buf_c(out, "  What is not stated of the shares counts as open. Ask "
                      "the party itself, and registers.\n");
}
