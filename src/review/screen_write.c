/* SPDX-License-Identifier: Apache-2.0 */
/* An answer of screening as text and as JSON; see review.h. */
#include "base/limits.h"
#include "review/parties_internal.h"

#include <math.h>

#define KEY(w, k)      as_json_write_key((w), AS_STR(k))
#define FIELD(w, k, v) as_json_write_field((w), AS_STR(k), (v))
#define OPT(w, k, v)   as_json_write_field_opt((w), AS_STR(k), (v))

static double rounded(double score)
{
    return round(score * 1000) / 1000;
}

/* ---- JSON -----------------------------------------------------------------
 */

static void write_strings(as_json_writer *w, const char *key,
                          const as_str *list, size_t n)
{
    as_json_write_key(w, as_str_c(key));
    as_json_write_array(w);
    for (size_t i = 0; i < n; i++)
        as_json_write_str(w, list[i]);
    as_json_write_array_end(w);
}

static void write_score(as_json_writer *w, const char *key, double score)
{
    as_json_write_key(w, as_str_c(key));
    as_json_write_double(w, rounded(score));
}

static void write_terms(as_json_writer *w, const as_party *p)
{
    KEY(w, "terms");
    as_json_write_array(w);
    for (size_t i = 0; i < p->n_terms; i++) {
        as_json_write_object(w);
        FIELD(w, "key", p->terms[i].key);
        FIELD(w, "value", p->terms[i].value);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_row(as_json_writer *w, const as_screen_hit *h)
{
    const as_party *p = &h->row.party;
    const as_party_name *alias = &p->names[h->alias];

    FIELD(w, "list", p->list);
    OPT(w, "list_title", h->list_title);
    FIELD(w, "edition", h->row.edition);
    FIELD(w, "row", p->id);
    FIELD(w, "row_digest", h->row.digest);
    FIELD(w, "name", p->names[0].text);
    FIELD(w, "matched", alias->text);
    FIELD(w, "matched_kind", as_str_c(as_party_name_kind_word(alias->kind)));
    FIELD(w, "kind", as_str_c(as_party_kind_word(p->kind)));
    write_strings(w, "countries", p->countries, p->n_countries);
    OPT(w, "from", p->from);
    OPT(w, "to", p->to);
    OPT(w, "url", p->url);
    write_terms(w, p);
}

static void write_hit(as_json_writer *w, const as_screen_hit *h)
{
    as_json_write_object(w);
    FIELD(w, "band", as_str_c(as_screen_band_word(h->band)));
    write_score(w, "score", h->score);
    write_score(w, "name_score", h->name_score);
    FIELD(w, "identity",
          h->identity == AS_PARTY_FAMILY ? AS_STR("family") : AS_STR("entity"));
    as_json_write_field_bool(w, AS_STR("by_identifier"), h->by_id);
    as_json_write_field_bool(w, AS_STR("conditional"), h->conditional);
    OPT(w, "dismissed", h->dismissed);
    write_row(w, h);
    write_strings(w, "why", h->why, h->n_why);
    OPT(w, "missing", h->missing);
    as_json_write_object_end(w);
}

static void write_hits(as_json_writer *w, const char *key,
                       const as_screen_hit *hits, size_t n)
{
    as_json_write_key(w, as_str_c(key));
    as_json_write_array(w);
    for (size_t i = 0; i < n; i++)
        write_hit(w, &hits[i]);
    as_json_write_array_end(w);
}

static const char *const flag_words[] = {"invisible", "mixed-scripts",
                                         "generic", "unread"};

void as_parties_write_answer(as_json_writer *w, const as_screen_answer *a)
{
    as_json_write_field_bool(w, AS_STR("examined"), a->examined);
    OPT(w, "why", a->why);
    KEY(w, "flags");
    as_json_write_array(w);
    for (size_t i = 0; i < AS_ARRAY_LEN(flag_words); i++)
        if (a->flags & (1U << i))
            as_json_write_str(w, as_str_c(flag_words[i]));
    as_json_write_array_end(w);
    write_hits(w, "hits", a->hits, a->n_hits);
    as_json_write_field_u64(w, AS_STR("more_hits"), a->n_more);
    write_hits(w, "apart", a->apart, a->n_apart);
    as_json_write_field_u64(w, AS_STR("on_other_days"), a->other_days);
    as_json_write_field_u64(w, AS_STR("candidates"), a->candidates);
    as_json_write_field_bool(w, AS_STR("cut"), a->cut);
}

void as_parties_write_coverage(as_json_writer *w, const as_screen_query *q,
                               const as_parties_coverage *c)
{
    KEY(w, "lists");
    as_json_write_array(w);
    for (size_t i = 0; i < c->n_lists; i++) {
        const as_know_list *l = &c->lists[i];
        if (!as_screen_asks(q, l->name) || as_party_is_register(l->name))
            continue;
        as_json_write_object(w);
        FIELD(w, "list", l->name);
        FIELD(w, "edition", l->edition);
        as_json_write_field_u64(w, AS_STR("rows"), l->rows);
        as_json_write_field_bool(w, AS_STR("complete"), l->complete);
        as_json_write_field_bool(w, AS_STR("shipped"), l->shipped);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    KEY(w, "not_covered");
    as_json_write_array(w);
    for (size_t i = 0; i < c->n_gaps; i++) {
        as_json_write_object(w);
        FIELD(w, "list", c->gaps[i].list);
        OPT(w, "title", c->gaps[i].title);
        FIELD(w, "why", c->gaps[i].why);
        as_json_write_field_bool(w, AS_STR("asked"), c->gaps[i].asked);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    as_json_write_field_u64(w, AS_STR("unread_names"), c->unread);
}

static void write_query(as_json_writer *w, const as_screen_query *q)
{
    KEY(w, "query");
    as_json_write_object(w);
    FIELD(w, "name", q->name);
    if (q->kind)
        FIELD(w, "kind", as_str_c(as_party_kind_word(q->kind)));
    OPT(w, "country", q->country);
    OPT(w, "address", q->address);
    OPT(w, "birth", q->birth);
    KEY(w, "ids");
    as_json_write_array(w);
    for (size_t i = 0; i < q->n_ids; i++) {
        as_json_write_object(w);
        FIELD(w, "scheme", q->ids[i].scheme);
        FIELD(w, "value", q->ids[i].value);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    FIELD(w, "identity",
          q->identity == AS_PARTY_FAMILY ? AS_STR("family") : AS_STR("entity"));
    write_score(w, "threshold",
                q->threshold > 0 ? q->threshold : AS_NAME_THRESHOLD);
    as_json_write_object_end(w);
}

void as_parties_json(as_parties *p, const as_parties_result *r, as_buf *out)
{
    as_json_writer w;

    as_json_write_init(&w, out, 2);
    as_json_write_object(&w);
    FIELD(&w, "schema", AS_STR("assay-screen/1"));
    KEY(&w, "tool");
    as_json_write_object(&w);
    FIELD(&w, "name", AS_STR("assay"));
    FIELD(&w, "version", AS_STR(ASSAY_VERSION));
    as_json_write_object_end(&w);
    FIELD(&w, "as_of", as_parties_date(p));
    write_query(&w, r->query);
    FIELD(&w, "status", as_str_c(as_parties_status_word(as_parties_judge(r))));
    as_parties_write_answer(&w, r->answer);
    as_parties_write_owners(&w, p, r->owned);
    as_parties_write_coverage(&w, r->query, r->coverage);
    OPT(&w, "note", as_parties_note(p));
    as_json_write_object_end(&w);
    as_buf_byte(out, '\n');
}

/* ---- text -----------------------------------------------------------------
 */

static void put_line(as_buf *out, const char *before, as_str s)
{
    as_buf_c(out, before);
    as_buf_shown(out, as_str_slice(s, 0, 600));
    as_buf_byte(out, '\n');
}

/* What follows for the party, as far as a line or two tell it. */
static void put_terms(as_buf *out, const as_party *p)
{
    enum { SHOWN = 4 };
    size_t n = 0;

    for (size_t i = 0; i < p->n_terms && n < SHOWN; i++) {
        const as_party_term *t = &p->terms[i];
        if (t->value.n > 160 || as_str_eq(t->key, AS_STR("remark")))
            continue;
        as_buf_c(out, n++ ? "; " : "            ");
        as_buf_shown(out, t->key);
        as_buf_c(out, ": ");
        as_buf_shown(out, t->value);
    }
    if (n)
        as_buf_byte(out, '\n');
}

static void put_hit(as_buf *out, const as_screen_hit *h)
{
    const as_party *p = &h->row.party;
    const as_party_name *alias = &p->names[h->alias];

    as_buf_printf(out, "  %.2f %s", h->score, h->by_id ? "by identifier " : "");
    as_buf_shown(out, as_str_slice(p->names[0].text, 0, 300));
    as_buf_printf(out, "\n            %.*s, edition %.*s, row ",
                  AS_FMT(p->list), AS_FMT(h->row.edition));
    as_buf_shown(out, as_str_slice(p->id, 0, 80));
    for (size_t i = 0; i < p->n_countries && i < 6; i++)
        as_buf_printf(out, "%s%.*s", i ? " " : ", ", AS_FMT(p->countries[i]));
    as_buf_byte(out, '\n');
    if (h->alias) {
        as_buf_printf(out, "            by its %s name ",
                      as_party_name_kind_word(alias->kind));
        as_buf_shown(out, as_str_slice(alias->text, 0, 300));
        as_buf_byte(out, '\n');
    }
    for (size_t i = 0; i < h->n_why; i++)
        put_line(out, "            ", h->why[i]);
    if (h->conditional)
        put_line(out, "            ",
                 AS_STR("binds some only: whether it matters here, a rule "
                        "says (assay review, assay rules)"));
    if (h->missing.n && !h->dismissed.n)
        put_line(out, "            open: ", h->missing);
    if (h->band != AS_SCREEN_IS_APART)
        put_terms(out, p);
}

/* Hits that a decision dismissed stand by themselves: nothing is open. */
static void put_dismissed(as_buf *out, const as_screen_answer *a)
{
    bool any = false;

    for (size_t i = 0; i < a->n_hits; i++) {
        if (!a->hits[i].dismissed.n)
            continue;
        if (!any)
            as_buf_c(out, "\nDismissed by a decision\n");
        any = true;
        put_hit(out, &a->hits[i]);
    }
}

static void put_band(as_buf *out, const char *title, const as_screen_hit *hits,
                     size_t n, as_screen_band band)
{
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        if (hits[i].band != band || hits[i].dismissed.n)
            continue;
        if (!any)
            as_buf_printf(out, "\n%s\n", title);
        any = true;
        put_hit(out, &hits[i]);
    }
}

static void put_lists(as_buf *out, const as_screen_query *q,
                      const as_parties_coverage *c)
{
    size_t n = 0;

    as_buf_c(out, "\nSearched:");
    for (size_t i = 0; i < c->n_lists; i++) {
        const as_know_list *l = &c->lists[i];
        if (!as_screen_asks(q, l->name) || as_party_is_register(l->name))
            continue;
        as_buf_printf(out, "%s%.*s of %.*s (%llu row%s%s)",
                      n == 0       ? " "
                      : n % 3 == 0 ? ",\n          "
                                   : ", ",
                      AS_FMT(l->name), AS_FMT(l->edition),
                      (unsigned long long)l->rows, l->rows == 1 ? "" : "s",
                      l->complete ? "" : ", not complete");
        n++;
    }
    as_buf_c(out, n ? "\n" : " nothing\n");
    for (size_t i = 0; i < c->n_gaps; i++) {
        const as_parties_gap *g = &c->gaps[i];
        as_buf_c(out, i ? "             " : "Not covered: ");
        as_buf_shown(out, g->list);
        if (g->title.n)
            as_buf_printf(out, " (%.*s)", AS_FMT(g->title));
        as_buf_printf(out, ": %.*s\n", AS_FMT(g->why));
    }
    if (c->unread)
        as_buf_printf(out, "%llu name%s of the lists could not be read.\n",
                      (unsigned long long)c->unread, c->unread == 1 ? "" : "s");
}

static void put_notes(as_buf *out, const as_screen_answer *a)
{
    if (a->n_more)
        as_buf_printf(out, "\n%zu more hits: --limit shows them\n", a->n_more);
    if (a->cut)
        as_buf_printf(out,
                      "\nThe name is like more than %zu others, and not all "
                      "were compared: say more of it.\n",
                      AS_LIMIT_CANDIDATES);
    if (a->other_days)
        as_buf_printf(out,
                      "\n%zu row%s like it %s not in force on that day: "
                      "--as-of asks for another.\n",
                      a->other_days, a->other_days == 1 ? "" : "s",
                      a->other_days == 1 ? "is" : "are");
    if (a->flags & AS_NAME_HAS_INVISIBLE)
        as_buf_c(out, "\nThe name holds characters that nobody sees.\n");
    if (a->flags & AS_NAME_HAS_MIXED)
        as_buf_c(out, "\nThe name mixes scripts: letters that only look like "
                      "others.\n");
}

void as_parties_text(as_parties *p, const as_parties_result *r, as_buf *out)
{
    const as_screen_query *q = r->query;
    const as_screen_answer *a = r->answer;
    as_parties_status status = as_parties_judge(r);

    as_buf_byte(out, '"');
    as_buf_shown(out, as_str_slice(q->name, 0, 300));
    as_buf_printf(out, "\" as of %.*s: %s\n", AS_FMT(as_parties_date(p)),
                  status == AS_PARTIES_NO_HIT ? "no hit"
                                              : as_parties_status_word(status));
    if (!a->examined)
        put_line(out, "not examined: ", a->why);
    put_band(out, "Hits", a->hits, a->n_hits, AS_SCREEN_IS_SURE);
    put_band(out, "Possible", a->hits, a->n_hits, AS_SCREEN_IS_POSSIBLE);
    put_dismissed(out, a);
    as_parties_put_owners(out, p, q->name, r->owned);
    put_band(out, "Near, and not taken for the same", a->apart, a->n_apart,
             AS_SCREEN_IS_APART);
    put_notes(out, a);
    put_lists(out, q, r->coverage);
    if (status == AS_PARTIES_NO_HIT)
        as_buf_c(out, "No match is never clearance: it says that these lists "
                      "do not name it.\n");
    if (as_parties_note(p).n)
        put_line(out, "Note: ", as_parties_note(p));
}
