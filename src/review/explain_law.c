/* SPDX-License-Identifier: Apache-2.0 */
/* assay explain of a rule or a party: how the rule ended for who asks, and whom
 * each name of the part was taken for, with the parts of the scores. */
#include "review/explain_internal.h"

const as_rule_outcome *as_explain_rule(const as_review *r, as_str id)
{
    for (size_t i = 0; i < r->n_rules; i++)
        if (as_str_eq(r->rules[i].rule, id))
            return &r->rules[i];
    return NULL;
}

/* ---- text -------------------------------------------------------------------
 */

static void field(as_buf *out, const char *name, as_str value)
{
    if (!as_str_is_empty(value))
        as_buf_line(out, "    %-10s %.*s", name, AS_FMT(value));
}

static void text_rule(const as_rule_outcome *o, as_buf *out)
{
    as_buf_line(out, "  %.*s", AS_FMT(o->title));
    field(out, "whose law", o->jurisdiction);
    field(out, "source", o->source);
    field(out, "state", o->state);
    field(out, "binds", as_truth_word(o->binds));
    as_buf_line(out, "    %-10s %.*s%s%.*s", "hits",
                AS_FMT(as_truth_word(o->matches)), o->why.n ? ": " : "",
                AS_FMT(o->why));
}

static void text_finding(const as_finding *f, as_buf *out)
{
    as_buf_line(out, "  finding %.*s: %.*s, severity %.*s", AS_FMT(f->id),
                AS_FMT(as_status_word(f->status)),
                AS_FMT(as_severity_word(f->severity)));
    field(out, "title", f->rule ? AS_ABSENT : f->title);
    if (f->rule) {
        field(out, "law", f->rule->instrument);
        field(out, "", f->rule->citation);
        field(out, "where", f->rule->path);
    }
    field(out, "where", f->where);
    field(out, "because", f->status_reason);
    for (size_t i = 0; i < f->n_missing; i++)
        field(out, "missing", f->missing[i]);
    field(out, "remedy", f->remedy);
}

static void text_match(const as_party_match *m, as_buf *out)
{
    as_buf_line(out, "      %.2f %.*s: %.*s%.*s, edition %.*s, row %.*s",
                m->score, AS_FMT(m->list), AS_FMT(m->listed_name),
                AS_FMT(m->unresolved ? AS_STR(" (not settled)") : AS_STR("")),
                AS_FMT(m->edition), AS_FMT(m->id));
    for (size_t i = 0; i < m->n_why; i++)
        as_buf_line(out, "           %.*s", AS_FMT(m->why[i]));
    for (size_t i = 0; i < m->n_path; i++)
        as_buf_line(out, "           held: %.*s", AS_FMT(m->path[i]));
    if (m->missing.n)
        as_buf_line(out, "           missing: %.*s", AS_FMT(m->missing));
    if (m->dismissed.n)
        as_buf_line(out, "           decided: another party, %.*s",
                    AS_FMT(m->dismissed));
}

static void text_party(const as_review *r, const as_part_party *p, as_buf *out)
{
    const as_party_facts *f = &r->screening->facts[p->facts];

    as_buf_line(out, "    %.*s \"%.*s\"%s%.*s",
                AS_FMT(as_attribute_word(p->role)), AS_FMT(f->name),
                !f->examined        ? ": not examined, "
                : f->n_matches == 0 ? ": on no list that was searched"
                                    : "",
                AS_FMT(f->examined ? AS_STR("") : f->why));
    for (size_t i = 0; i < f->n_matches; i++)
        text_match(&f->matches[i], out);
}

void as_explain_law_text(const as_review *r, uint32_t part,
                         const as_rule_outcome *o, const as_finding *f,
                         as_buf *out)
{
    bool any = false;

    if (o)
        text_rule(o, out);
    if (f)
        text_finding(f, out);
    else
        as_buf_c(out, "  no finding of it at this part\n");
    for (size_t i = 0; r->screening && i < r->n_part_parties; i++) {
        if (r->part_parties[i].part != part)
            continue;
        if (!any)
            as_buf_c(out, "  names at this part\n");
        any = true;
        text_party(r, &r->part_parties[i], out);
    }
}

/* ---- JSON -------------------------------------------------------------------
 */

static void json_match(const as_party_match *m, as_json_writer *w)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("list"), m->list);
    as_json_write_field(w, AS_STR("row"), m->id);
    as_json_write_field_opt(w, AS_STR("edition"), m->edition);
    as_json_write_field(w, AS_STR("name"), m->listed_name);
    as_json_write_field(w, AS_STR("matched"), m->matched_name);
    as_json_write_key(w, AS_STR("score"));
    as_json_write_double(w, (double)(int)(m->score * 1000 + 0.5) / 1000);
    as_json_write_field_bool(w, AS_STR("unresolved"), m->unresolved);
    as_json_write_field_opt(w, AS_STR("missing"), m->missing);
    as_json_write_field_opt(w, AS_STR("dismissed"), m->dismissed);
    as_json_write_key(w, AS_STR("why"));
    as_json_write_array(w);
    for (size_t i = 0; i < m->n_why; i++)
        as_json_write_str(w, m->why[i]);
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

static void json_party(const as_review *r, const as_part_party *p,
                       as_json_writer *w)
{
    const as_party_facts *f = &r->screening->facts[p->facts];

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("name"), f->name);
    as_json_write_field(w, AS_STR("role"), as_attribute_word(p->role));
    as_json_write_field_bool(w, AS_STR("examined"), f->examined);
    as_json_write_field_opt(w, AS_STR("why"), f->why);
    as_json_write_key(w, AS_STR("matches"));
    as_json_write_array(w);
    for (size_t i = 0; i < f->n_matches; i++)
        json_match(&f->matches[i], w);
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

void as_explain_law_json(const as_review *r, uint32_t part,
                         const as_rule_outcome *o, as_json_writer *w)
{
    if (o) {
        as_json_write_key(w, AS_STR("rule"));
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("id"), o->rule);
        as_json_write_field(w, AS_STR("title"), o->title);
        as_json_write_field_opt(w, AS_STR("source"), o->source);
        as_json_write_field(w, AS_STR("state"), o->state);
        as_json_write_field(w, AS_STR("binds"), as_truth_word(o->binds));
        as_json_write_field(w, AS_STR("matches"), as_truth_word(o->matches));
        as_json_write_field_opt(w, AS_STR("why"), o->why);
        as_json_write_object_end(w);
    }
    as_json_write_key(w, AS_STR("parties"));
    as_json_write_array(w);
    for (size_t i = 0; r->screening && i < r->n_part_parties; i++)
        if (r->part_parties[i].part == part)
            json_party(r, &r->part_parties[i], w);
    as_json_write_array_end(w);
}
