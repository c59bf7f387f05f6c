/* SPDX-License-Identifier: Apache-2.0 */
/* The page's tables of law: names that met a list, facts to ask for, days on
 * which an answer changes. */
#include "report/html_internal.h"

enum { ROWS_MOST = 200, MATCHES_MOST = 6, ROLES_MOST = 4 };

static void more(as_buf *out, size_t n)
{
    if (n)
        as_buf_printf(out, "<p>and %zu more in the JSON report</p>", n);
}

/* ---- parties ------------------------------------------------------------- */

static bool is_told(const as_party_facts *f)
{
    return f->n_matches || !f->examined;
}

static size_t count_told(const as_review *r)
{
    size_t n = 0;

    for (size_t i = 0; r->screening && i < r->screening->n_facts; i++)
        n += is_told(&r->screening->facts[i]);
    return n;
}

/* "foundry of SoC X"; they stand in the order of the facts. */
static void write_roles(const as_review *r, uint32_t facts, as_buf *out)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n_part_parties; i++) {
        const as_part_party *p = &r->part_parties[i];
        if (p->facts != facts)
            continue;
        if (n++ >= ROLES_MOST)
            continue;
        as_buf_c(out, n > 1 ? "<br>" : "");
        as_html_text(out, as_attribute_word(p->role));
        as_buf_c(out, " of ");
        as_html_part(out, &r->product->parts[p->part]);
    }
    if (n > ROLES_MOST)
        as_buf_printf(out, "<br>and %zu more", n - ROLES_MOST);
    if (n == 0)
        as_buf_c(out, "takes part in the deal");
}

static void write_match(const as_party_match *m, as_buf *out)
{
    as_buf_c(out, "<p><strong>");
    as_html_name(out, m->list);
    as_buf_c(out, "</strong> ");
    as_html_name(out, m->listed_name);
    as_buf_printf(out, " <span class=\"quiet\">%.2f%s</span></p>", m->score,
                  m->dismissed.n  ? ", decided: another"
                  : m->unresolved ? ", not settled"
                                  : "");
    for (size_t i = 0; i < m->n_path; i++) {
        as_buf_c(out, "<p class=\"small\"><bdi>");
        as_html_text(out, m->path[i]);
        as_buf_c(out, "</bdi></p>");
    }
}

/* Of each list the best: sisters of a family would fill the page. */
static bool is_first(const as_party_facts *f, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (as_str_eq(f->matches[i].list, f->matches[k].list))
            return false;
    return true;
}

static void write_party(const as_review *r, uint32_t i, as_buf *out)
{
    const as_party_facts *f = &r->screening->facts[i];
    size_t shown = 0;

    as_buf_c(out, "<tr><td>");
    as_html_name(out, f->name);
    if (f->country.n) {
        as_buf_c(out, ", ");
        as_html_name(out, f->country);
    }
    as_buf_c(out, "</td><td>");
    write_roles(r, i, out);
    as_buf_c(out, "</td><td>");
    if (!f->examined) {
        as_buf_c(out, "<p>not examined: ");
        as_html_text(out, f->why);
        as_buf_c(out, "</p>");
    }
    for (size_t k = 0; k < f->n_matches; k++)
        if (is_first(f, k) && shown++ < MATCHES_MOST)
            write_match(&f->matches[k], out);
    if (shown > MATCHES_MOST)
        as_buf_printf(out, "<p>and %zu more lists</p>", shown - MATCHES_MOST);
    as_buf_c(out, "</td></tr>");
}

void as_html_parties(const as_review *r, as_buf *out)
{
    size_t told = count_told(r), shown = 0;

    if (told == 0)
        return;
    as_html_section(out, "parties", "Who stands behind it", told);
    as_buf_printf(out,
                  "<p class=\"quiet\">Names that met a list, of %zu that were "
                  "screened. No match is no clearance.</p><table class=\"law\">"
                  "<tr><th>name</th><th>as</th><th>met</th></tr>",
                  r->screening->n_facts);
    for (uint32_t i = 0; i < r->screening->n_facts && shown < ROWS_MOST; i++) {
        if (!is_told(&r->screening->facts[i]))
            continue;
        write_party(r, i, out);
        shown++;
    }
    as_buf_c(out, "</table>");
    more(out, told - shown);
    as_buf_c(out, "</section>\n");
}

/* ---- what to ask --------------------------------------------------------- */

static void write_request(const as_request *q, as_buf *out)
{
    as_buf_c(out, "<li><bdi>");
    as_html_text(out, q->what);
    as_buf_c(out, "</bdi> <span class=\"quiet\">for ");
    for (size_t i = 0; i < q->n_rules; i++) {
        as_buf_c(out, i ? ", " : "");
        as_html_name(out, q->rules[i]);
    }
    as_buf_c(out, "</span></li>");
}

void as_html_requests(const as_review *r, as_buf *out)
{
    size_t n = r->n_requests, shown = n < ROWS_MOST ? n : ROWS_MOST;

    if (n == 0)
        return;
    as_html_section(out, "ask", "What to ask", n);
    as_buf_c(out, "<p class=\"quiet\">Facts that rules want and the document "
                  "does not say, by who could.</p>");
    for (size_t i = 0; i < shown; i++) {
        const as_request *q = &r->requests[i];
        if (i == 0 || !as_report_is_same_whom(q, q - 1)) {
            as_buf_c(out, i ? "</ul><h3>" : "<h3>");
            as_html_name(out, q->ask);
            as_buf_c(out, q->whom.n ? ": " : "");
            as_html_name(out, q->whom);
            as_buf_c(out, "</h3><ul class=\"plain\">");
        }
        write_request(&r->requests[i], out);
    }
    as_buf_c(out, "</ul>");
    more(out, n - shown + r->more_requests);
    as_buf_c(out, "</section>\n");
}

/* ---- what changes -------------------------------------------------------- */

void as_html_changes(const as_review *r, as_buf *out)
{
    size_t n = r->n_next_changes, shown = n < ROWS_MOST ? n : ROWS_MOST;

    if (n == 0 && !r->changes_cut.n)
        return;
    as_html_section(out, "changes", "What changes next", n);
    if (r->changes_cut.n) {
        as_buf_c(out, "<p>Not all: ");
        as_html_text(out, r->changes_cut);
        as_buf_c(out, "</p>");
    }
    as_buf_c(out, "<table><tr><th>day</th><th>what</th></tr>");
    for (size_t i = 0; i < shown; i++) {
        as_buf_c(out, "<tr><td>");
        as_html_name(out, r->next_changes[i].date);
        as_buf_c(out, "</td><td><bdi>");
        as_html_text(out, r->next_changes[i].effect);
        as_buf_c(out, "</bdi></td></tr>");
    }
    as_buf_c(out, "</table>");
    more(out, n - shown);
    as_buf_c(out, "</section>\n");
}

/* ---- links --------------------------------------------------------------- */

void as_html_law_links(const as_review *r, as_buf *out)
{
    const struct {
        const char *id, *name;
        size_t n;
    } sections[] = {
        {"parties", "Who stands behind it", count_told(r)},
        {"ask", "What to ask", r->n_requests},
        {"changes", "What changes next",
         r->n_next_changes + (r->changes_cut.n > 0)},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(sections); i++)
        if (sections[i].n)
            as_buf_printf(out, "<li><a href=\"#%s\">%s</a> (%zu)</li>",
                          sections[i].id, sections[i].name, sections[i].n);
}
