/* SPDX-License-Identifier: Apache-2.0 */
/* The answer as JSON (assay-licence/1) and as lines for people. */
#include "licence/licence_internal.h"

static const char notice[] =
    "An answer from facts and tables, not legal advice; a \"no\" or an empty "
    "list is no clearance.";
static const char *const states[AS_EXCEPTION_STATES] = {
    [AS_EXCEPTION_FORECLOSED] = "foreclosed",
    [AS_EXCEPTION_OUT_OF_SCOPE] = "out-of-scope",
    [AS_EXCEPTION_VERIFY] = "verify",
};

/* ---- JSON ------------------------------------------------------------------
 */

static void put_words(as_json_writer *w, const char *key, as_str list)
{
    as_str word;

    as_json_write_key(w, as_str_c(key));
    as_json_write_array(w);
    while (as_eccn_word(&list, &word))
        as_json_write_str(w, word);
    as_json_write_array_end(w);
}

static void put_texts(as_json_writer *w, const char *key, const as_str *list,
                      size_t n)
{
    as_json_write_key(w, as_str_c(key));
    as_json_write_array(w);
    for (size_t i = 0; i < n; i++)
        as_json_write_str(w, list[i]);
    as_json_write_array_end(w);
}

/* Rows of step 1 say whether the item is subject, the others whether a licence
 * is required: two lists, two words. */
static bool of_subject(const as_licence_row *row)
{
    return as_str_eq(as_str_c(row->step), AS_STR("subject"));
}

static void put_row(as_json_writer *w, const as_licence_row *row)
{
    as_json_write_object(w);
    if (!of_subject(row))
        as_json_write_field(w, AS_STR("step"), as_str_c(row->step));
    as_json_write_field(
        w, of_subject(row) ? AS_STR("subject") : AS_STR("required"),
        as_truth_word(row->required));
    as_json_write_field(w, AS_STR("reason"), row->reason);
    as_json_write_field(w, AS_STR("section"), row->section);
    as_json_write_field(w, AS_STR("row"), row->what);
    as_json_write_field(w, AS_STR("why"), row->why);
    put_words(w, "missing", row->missing);
    as_json_write_field_opt(w, AS_STR("policy"), row->policy);
    if (row->scheduled)
        as_json_write_field_bool(w, AS_STR("scheduled"), true);
    as_json_write_object_end(w);
}

static void put_rows(as_json_writer *w, const as_licence_answer *a,
                     const char *key, bool subject)
{
    as_json_write_key(w, as_str_c(key));
    as_json_write_array(w);
    for (size_t i = 0; i < a->n_rows; i++)
        if (of_subject(&a->rows[i]) == subject)
            put_row(w, &a->rows[i]);
    as_json_write_array_end(w);
}

static void put_head(as_json_writer *w, const as_licence_answer *a)
{
    const as_licence_facts *f = a->facts;

    as_json_write_field(w, AS_STR("schema"), AS_STR("assay-licence/1"));
    as_json_write_field(w, AS_STR("as_of"), f->as_of);
    as_json_write_field(w, AS_STR("edition"), a->edition);
    as_json_write_field(w, AS_STR("kind"),
                        as_str_c(as_licence_kind_word(f->kind)));
    as_json_write_field(w, AS_STR("item"), f->eccn);
    as_json_write_field(w, AS_STR("to"), a->to_code);
    as_json_write_field(w, AS_STR("to_name"), a->to_name);
    as_json_write_field(w, AS_STR("chart_row"), a->row_name);
    if (a->row_basis.n)
        as_json_write_field(w, AS_STR("chart_row_basis"), a->row_basis);
    as_json_write_field(w, AS_STR("required"), as_truth_word(a->required));
    as_json_write_field(w, AS_STR("subject_to_ear"), as_truth_word(a->subject));
}

static void put_exceptions(as_json_writer *w, const as_licence_answer *a)
{
    as_json_write_key(w, AS_STR("exceptions"));
    as_json_write_array(w);
    for (size_t i = 0; i < a->n_exceptions; i++) {
        const as_licence_exception *x = &a->exceptions[i];
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("symbol"), x->symbol);
        as_json_write_field(w, AS_STR("section"), x->section);
        as_json_write_field(w, AS_STR("state"), as_str_c(states[x->state]));
        as_json_write_field(w, AS_STR("why"), x->why);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void put_missing(as_json_writer *w, const as_licence_answer *a)
{
    as_json_write_key(w, AS_STR("missing"));
    as_json_write_array(w);
    for (size_t i = 0; i < a->n_missing; i++) {
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("fact"), a->missing[i].key);
        as_json_write_field(w, AS_STR("question"), a->missing[i].question);
        as_json_write_field(w, AS_STR("ask"), a->missing[i].who);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

void as_licence_json(const as_licence_answer *a, as_json_writer *w)
{
    as_json_write_object(w);
    put_head(w, a);
    put_rows(w, a, "subject", true);
    put_rows(w, a, "rows", false);
    put_exceptions(w, a);
    put_missing(w, a);
    put_texts(w, "flags", a->flags, a->n_flags);
    put_texts(w, "not_covered", a->limits, a->n_limits);
    as_json_write_key(w, AS_STR("next_changes"));
    as_json_write_array(w);
    for (size_t i = 0; i < a->n_changes; i++) {
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("date"), a->changes[i].date);
        as_json_write_field(w, AS_STR("what"), a->changes[i].what);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    as_json_write_field(w, AS_STR("notice"), as_str_c(notice));
    as_json_write_object_end(w);
}

/* ---- text ------------------------------------------------------------------
 */

static void line(as_buf *out, const char *lead, as_str a, const char *between,
                 as_str b)
{
    as_buf_c(out, lead);
    as_buf_shown(out, a);
    as_buf_c(out, between);
    as_buf_shown(out, b);
    as_buf_byte(out, '\n');
}

static void text_row(as_buf *out, const as_licence_row *row)
{
    as_buf_printf(out, "  %-9s %-10.*s ", row->step, AS_FMT(row->reason));
    line(out, "", row->section, "  ", row->what);
    line(out, "            ", row->why, row->scheduled ? " [scheduled]" : "",
         AS_STR(""));
}

static void text_rows(as_buf *out, const as_licence_answer *a, as_truth which,
                      const char *title)
{
    bool first = true;

    for (size_t i = 0; i < a->n_rows; i++) {
        if (a->rows[i].required != which || of_subject(&a->rows[i]))
            continue;
        if (first)
            as_buf_printf(out, "\n%s\n", title);
        first = false;
        text_row(out, &a->rows[i]);
    }
}

static void text_subject(as_buf *out, const as_licence_answer *a)
{
    bool first = true;

    for (size_t i = 0; i < a->n_rows; i++) {
        const as_licence_row *row = &a->rows[i];
        if (!of_subject(row) ||
            (row->required == AS_NO && a->subject != AS_NO && row->what.n &&
             as_str_starts(row->what, AS_STR("foreign"))))
            continue;
        if (first)
            as_buf_c(out, "\nsubject to the EAR\n");
        first = false;
        as_buf_printf(out, "  %-8.*s ", AS_FMT(as_truth_word(row->required)));
        line(out, "", row->section, "  ", row->what);
        line(out, "            ", row->why, "", AS_STR(""));
    }
}

static void text_exceptions(as_buf *out, const as_licence_answer *a)
{
    size_t left = 0;

    if (a->n_exceptions == 0)
        return;
    as_buf_c(out, "\nexceptions left to verify\n");
    for (size_t i = 0; i < a->n_exceptions; i++) {
        const as_licence_exception *x = &a->exceptions[i];
        if (x->state != AS_EXCEPTION_VERIFY)
            continue;
        left++;
        as_buf_printf(out, "  %-8.*s ", AS_FMT(x->symbol));
        line(out, "", x->section, "  ", x->why);
    }
    as_buf_printf(out,
                  left ? "  (%zu of %zu; the others are ruled out)\n"
                       : "  none (%zu of %zu)\n",
                  left, a->n_exceptions);
}

static void text_list(as_buf *out, const char *title, const as_str *list,
                      size_t n)
{
    if (n)
        as_buf_printf(out, "\n%s\n", title);
    for (size_t i = 0; i < n; i++)
        line(out, "  ", list[i], "", AS_STR(""));
}

static void text_head(as_buf *out, const as_licence_answer *a)
{
    const as_licence_facts *f = a->facts;

    as_buf_printf(out, "licence required: %.*s\n",
                  AS_FMT(as_truth_word(a->required)));
    line(out, "item ", f->eccn.n ? f->eccn : AS_STR("unknown"), " to ",
         a->to_name);
    if (!as_str_eq(a->to_name, a->row_name))
        line(out, "chart row of ", a->row_name, a->row_basis.n ? ", by " : "",
             a->row_basis);
    as_buf_printf(out, "%s on %.*s, tables of %.*s; subject to the EAR: %.*s\n",
                  as_licence_kind_word(f->kind), AS_FMT(f->as_of),
                  AS_FMT(a->edition), AS_FMT(as_truth_word(a->subject)));
}

static const char missing_title[] = "\nfacts missing (whom to ask)\n";

static void text_missing(as_buf *out, const as_licence_missing *m)
{
    as_buf_printf(out, "  %.*s (%.*s)\n", AS_FMT(m->key), AS_FMT(m->who));
    line(out, "      ", m->question, "", AS_STR(""));
}

void as_licence_text(const as_licence_answer *a, as_buf *out)
{
    text_head(out, a);
    text_subject(out, a);
    text_rows(out, a, AS_YES, "required by");
    text_rows(out, a, AS_UNSURE, "unknown");
    text_rows(out, a, AS_NO, "not required by");
    text_exceptions(out, a);
    if (a->n_missing)
        as_buf_c(out, missing_title);
    for (size_t i = 0; i < a->n_missing; i++)
        text_missing(out, &a->missing[i]);
    text_list(out, "to look at besides", a->flags, a->n_flags);
    if (a->n_changes)
        as_buf_c(out, "\nwhat comes\n");
    for (size_t i = 0; i < a->n_changes; i++)
        line(out, "  ", a->changes[i].date, "  ", a->changes[i].what);
    text_list(out, "not covered", a->limits, a->n_limits);
    as_buf_printf(out, "\n%s\n", notice);
}

/* ---- products --------------------------------------------------------------
 */

static void put_number(as_json_writer *w, const char *key, double v)
{
    as_json_write_key(w, as_str_c(key));
    if (v < 0)
        as_json_write_null(w);
    else
        as_json_write_double(w, v);
}

static void put_part(as_json_writer *w, const as_licence_part *p)
{
    as_json_write_object(w);
    as_json_write_field_u64(w, AS_STR("part"), p->part);
    as_json_write_field(w, AS_STR("ref"), p->ref);
    as_json_write_field(w, AS_STR("name"), p->name);
    as_json_write_field(w, AS_STR("eccn"), p->eccn);
    as_json_write_field_opt(w, AS_STR("country"), p->country);
    put_number(w, "value_share", p->share);
    if (p->error.n) {
        as_json_write_field(w, AS_STR("error"), p->error);
    } else {
        as_json_write_key(w, AS_STR("answer"));
        as_licence_json(&p->answer, w);
    }
    as_json_write_object_end(w);
}

void as_licence_product_json(const as_licence_product *p, as_json_writer *w)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("schema"), AS_STR("assay-licence-product/1"));
    as_json_write_field(w, AS_STR("product"), p->product->name);
    as_json_write_field(w, AS_STR("required"), as_truth_word(p->required));
    as_json_write_field_u64(w, AS_STR("parts_without_eccn"), p->n_without);
    as_json_write_key(w, AS_STR("de_minimis"));
    as_json_write_object(w);
    put_number(w, "us_content_low", p->us_low);
    put_number(w, "us_content_high", p->us_high);
    put_number(w, "threshold", p->threshold);
    as_json_write_field(w, AS_STR("at_or_below"), as_truth_word(p->de_minimis));
    as_json_write_object_end(w);
    as_json_write_key(w, AS_STR("parts"));
    as_json_write_array(w);
    for (size_t i = 0; i < p->n_parts; i++)
        put_part(w, &p->parts[i]);
    as_json_write_array_end(w);
    as_json_write_field(w, AS_STR("notice"), as_str_c(notice));
    as_json_write_object_end(w);
}

/* What is missing for any part, each fact once. */
static void product_missing(const as_licence_product *p, as_buf *out)
{
    enum { FACTS = 64 };
    as_str told[FACTS];
    size_t n = 0;

    for (size_t i = 0; i < p->n_parts; i++) {
        const as_licence_answer *a = &p->parts[i].answer;
        for (size_t k = 0; k < a->n_missing && n < FACTS; k++) {
            size_t at = 0;
            while (at < n && !as_str_eq(told[at], a->missing[k].key))
                at++;
            if (at < n)
                continue;
            as_buf_c(out, n ? "" : missing_title);
            told[n++] = a->missing[k].key;
            text_missing(out, &a->missing[k]);
        }
    }
}

void as_licence_product_text(const as_licence_product *p, as_buf *out)
{
    as_buf_printf(out, "licence required: %.*s\n",
                  AS_FMT(as_truth_word(p->required)));
    line(out, "product ", p->product->name, "", AS_STR(""));
    as_buf_printf(out,
                  "%zu parts with an ECCN, %zu without\n"
                  "controlled US content: %g to %g %% of the value, the limit "
                  "is %g %%: at or below it: %.*s\n\n",
                  p->n_parts, p->n_without, p->us_low, p->us_high, p->threshold,
                  AS_FMT(as_truth_word(p->de_minimis)));
    for (size_t i = 0; i < p->n_parts; i++) {
        const as_licence_part *x = &p->parts[i];
        as_buf_printf(out, "  %-8.*s ",
                      AS_FMT(x->error.n ? AS_STR("unread")
                                        : as_truth_word(x->answer.required)));
        line(out, "", x->eccn, "  ", x->name);
        if (x->error.n)
            line(out, "           ", x->error, "", AS_STR(""));
        for (size_t k = 0; k < x->answer.n_rows; k++)
            if (x->answer.rows[k].required == AS_YES)
                line(out, "           ", x->answer.rows[k].section, "  ",
                     x->answer.rows[k].what);
    }
    product_missing(p, out);
    as_buf_printf(out, "\n%s\n", notice);
}
