/* SPDX-License-Identifier: Apache-2.0 */
/* One self-contained page: no script, no external request (its own policy
 * forbids both), readable in light and dark, narrow and wide, and printed.
 * Everything from the document is escaped. */
#include "report/html_internal.h"

#include "report/report_css.h"

#include <string.h>

enum { FINDINGS_MOST = 1000, NAMES_MOST = 30, ROWS_MOST = 200 };
/* Characters of a text and of a name that are shown: a stranger made them. */
enum { TEXT_MOST = 4000, NAME_MOST = 240 };

/* ---- text ------------------------------------------------------------------
 */

static void put_escaped(as_buf *out, as_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        size_t bad = as_str_unsafe(s, i);
        if (bad && s.p[i] != '\n' && s.p[i] != '\t') {
            as_buf_c(out, "\xEF\xBF\xBD");
            i += bad - 1;
            continue;
        }
        switch (s.p[i]) {
        case '&': as_buf_c(out, "&amp;"); break;
        case '<': as_buf_c(out, "&lt;"); break;
        case '>': as_buf_c(out, "&gt;"); break;
        case '"': as_buf_c(out, "&quot;"); break;
        case '\'': as_buf_c(out, "&#39;"); break;
        default: as_buf_byte(out, s.p[i]); break;
        }
    }
}

void as_html_short(as_buf *out, as_str s, size_t n)
{
    size_t at = 0, count = 0;

    while (at < s.n) {
        if (((unsigned char)s.p[at] & 0xC0) != 0x80 && count++ == n)
            break;
        at++;
    }
    put_escaped(out, as_str_slice(s, 0, at));
    if (at < s.n)
        as_buf_c(out, "\xE2\x80\xA6");
}

void as_html_text(as_buf *out, as_str s)
{
    as_html_short(out, s, TEXT_MOST);
}

static void element(as_buf *out, const char *open, as_str s, const char *close)
{
    if (as_str_is_empty(s))
        return;
    as_buf_c(out, open);
    as_html_text(out, s);
    as_buf_c(out, close);
}

static void named(as_buf *out, const as_part *p)
{
    as_html_short(out, as_str_is_empty(p->name) ? AS_STR("(unnamed)") : p->name,
                  NAME_MOST);
    if (!as_str_is_empty(p->version)) {
        as_buf_byte(out, ' ');
        as_html_short(out, p->version, NAME_MOST);
    }
}

/* ---- head ------------------------------------------------------------------
 */

/* What is under review: a document without a root is called after its file. */
static as_str title(const as_review *r)
{
    return as_str_is_empty(r->product->name) ? r->target : r->product->name;
}

static void page_start(const as_review *r, as_buf *out)
{
    as_buf_c(out,
             "<!DOCTYPE html>\n<html lang=\"en\"><head>"
             "<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\""
             "default-src 'none'; style-src 'unsafe-inline'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, "
             "initial-scale=1\">\n<meta name=\"generator\" content=\"assay ");
    as_html_text(out, r->tool_version);
    as_buf_c(out, "\">\n<title>");
    as_html_short(out, title(r), NAME_MOST);
    as_buf_c(out, ": ");
    as_buf_str(out, as_verdict_word(r->verdict));
    as_buf_c(out, "</title>\n<style>");
    as_buf_put(out, as_report_css, sizeof as_report_css);
    as_buf_c(out, "</style></head>\n<body><main>\n");
}

static void write_head(const as_review *r, as_buf *out)
{
    const as_product *p = r->product;
    as_str word = as_verdict_word(r->verdict);

    as_buf_c(out, "<header class=\"head\"><p class=\"quiet\">Security review "
                  "of a product and its supply chain</p><h1>");
    as_html_short(out, title(r), NAME_MOST);
    element(out, " ", p->version, "");
    as_buf_c(out, "</h1><p>");
    element(out, "by ", p->maker, " &middot; ");
    as_buf_printf(out, "%zu part%s &middot; as of %.*s</p>", p->n_parts,
                  p->n_parts == 1 ? "" : "s", AS_FMT(r->as_of));
    as_buf_printf(out, "<p class=\"verdict %.*s\">%.*s</p></header>\n",
                  AS_FMT(word), AS_FMT(word));
}

static void write_reason(const as_review *r, const as_reason *reason,
                         as_buf *out)
{
    as_buf_printf(out, "<li class=\"%.*s\"><p>",
                  AS_FMT(as_verdict_word(reason->verdict)));
    as_html_text(out, reason->text);
    as_buf_c(out, "</p>");
    if (reason->n_findings) {
        as_buf_c(out, "<ul class=\"plain small\">");
        for (size_t i = 0; i < reason->n_findings && i < 8; i++) {
            const as_finding *f = &r->findings[reason->findings[i]];
            as_buf_printf(out, "<li><a href=\"#f%u\">", reason->findings[i]);
            as_html_text(out, f->advisory);
            as_buf_c(out, "</a> in ");
            named(out, &r->product->parts[f->part]);
            as_buf_c(out, "</li>");
        }
        if (reason->n_findings > 8)
            as_buf_printf(out, "<li>and %zu more</li>", reason->n_findings - 8);
        as_buf_c(out, "</ul>");
    }
    element(out, "<p class=\"todo\">To do: ", reason->todo, "</p>");
    as_buf_c(out, "</li>");
}

/* Of all questions, those of one verdict; how many there were. */
static size_t write_verdict(const as_review *r, as_verdict v, as_buf *out)
{
    size_t n = 0;

    for (unsigned q = 0; q < AS_QUESTIONS; q++) {
        const as_answer *a = &r->answers[q];
        for (size_t i = 0; i < a->n_reasons; i++) {
            if (a->reasons[i].verdict != v)
                continue;
            write_reason(r, &a->reasons[i], out);
            n++;
        }
    }
    return n;
}

static void write_reasons(const as_review *r, as_buf *out)
{
    size_t n;

    as_buf_c(out, "<section><h2>Why</h2><ul class=\"reasons\">");
    n = write_verdict(r, AS_REJECT, out);
    n += write_verdict(r, AS_UNDECIDED, out);
    if (n == 0)
        as_buf_c(out, "<li class=\"accept\"><p>every question that the policy "
                      "asks was answered, and no gate failed</p></li>");
    as_buf_c(out, "</ul></section>\n");
}

/* ---- questions --------------------------------------------------------- */

static size_t count_status(const as_review *r, as_finding_status s)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n_findings; i++)
        n += r->findings[i].status == s;
    return n;
}

static void question_summary(const as_review *r, as_question q, as_buf *out)
{
    const as_coverage *c = &r->coverage;

    if (q == AS_Q_COMPOSITION)
        as_buf_printf(out, "<p>%zu of %zu parts examined</p>",
                      c->matched + c->clean, c->parts);
    if (q == AS_Q_VULNERABILITIES)
        as_buf_printf(out,
                      "<p>%zu open, %zu undecided, %zu explained or fixed</p>",
                      count_status(r, AS_FINDING_OPEN) +
                          count_status(r, AS_FINDING_IN_TRIAGE),
                      count_status(r, AS_FINDING_UNDECIDED),
                      count_status(r, AS_FINDING_NOT_AFFECTED) +
                          count_status(r, AS_FINDING_RESOLVED));
}

static void write_questions(const as_review *r, as_buf *out)
{
    as_buf_c(out, "<section><h2>The six questions</h2><div class=\"grid\">");
    for (unsigned q = 0; q < AS_QUESTIONS; q++) {
        const as_answer *a = &r->answers[q];
        as_str word = as_verdict_word(a->verdict);
        as_buf_c(out, "<div class=\"card\"><h3>");
        as_html_text(out, as_question_text((as_question)q));
        as_buf_c(out, "</h3>");
        if (a->asked || a->n_reasons) {
            as_buf_printf(out, "<p class=\"word %.*s\">%.*s</p>", AS_FMT(word),
                          AS_FMT(word));
            question_summary(r, (as_question)q, out);
        } else {
            as_buf_c(out, "<p class=\"quiet\">not asked by this policy</p>");
        }
        as_buf_c(out, "</div>");
    }
    as_buf_c(out, "</div></section>\n");
}

static void write_pictures(const as_review *r, as_buf *out)
{
    as_buf_c(out, "<section><h2>At a glance</h2><div class=\"grid\">"
                  "<figure class=\"card\"><figcaption>How much was "
                  "examined</figcaption>");
    as_html_coverage(r, out);
    as_buf_c(out, "</figure><figure class=\"card\"><figcaption>Open findings "
                  "by severity</figcaption>");
    as_html_severities(r, out);
    as_buf_c(out, "</figure></div></section>\n");
}

/* ---- findings ---------------------------------------------------------- */

static void term(as_buf *out, const char *name, as_str value)
{
    if (as_str_is_empty(value))
        return;
    as_buf_printf(out, "<dt>%s</dt><dd>", name);
    as_html_text(out, value);
    as_buf_c(out, "</dd>");
}

static void join(as_buf *out, const char *name, const as_str *list, size_t n)
{
    if (n == 0)
        return;
    as_buf_printf(out, "<dt>%s</dt><dd>", name);
    for (size_t i = 0; i < n && i < NAMES_MOST; i++) {
        if (i)
            as_buf_c(out, ", ");
        as_html_text(out, list[i]);
    }
    if (n > NAMES_MOST)
        as_buf_printf(out, " and %zu more", n - NAMES_MOST);
    as_buf_c(out, "</dd>");
}

static void write_link(const as_match_evidence *e, as_buf *out)
{
    as_buf_c(out, "<h3>Evidence: ");
    as_html_text(out, e->record);
    as_buf_c(out, " of ");
    as_html_text(out, e->source);
    as_buf_c(out, "</h3><dl>");
    term(out, "looked up", e->key);
    term(out, "version", e->version);
    term(out, "range", e->range);
    term(out, "version order", e->order);
    term(out, "because", e->note);
    as_buf_c(out, "</dl>");
}

static void write_details(const as_review *r, const as_finding *f, as_buf *out)
{
    as_buf path;

    as_buf_init(&path, 65536);
    as_part_path(r->product, f->part, &path);
    as_buf_c(out, "<div class=\"body\"><dl>");
    term(out, "remedy", f->remedy);
    term(out, "state", f->status_reason);
    join(out, "missing", f->missing, f->n_missing);
    join(out, "fixed in", f->fixed_in, f->n_fixed_in);
    join(out, "also known as", f->aliases, f->n_aliases);
    term(out, "CVSS vector", f->vector);
    term(out, "exploited since", f->exploited_since);
    term(out, "to be mended by", f->exploited_due);
    if (f->likelihood >= 0)
        as_buf_printf(out, "<dt>EPSS</dt><dd>%.3f (percentile %.0f)</dd>",
                      f->likelihood, f->percentile * 100);
    term(out, "published", as_str_slice(f->published, 0, 10));
    term(out, "confidence", as_confidence_word(f->confidence));
    term(out, "in the document", as_buf_text(&path));
    term(out, "id", f->id);
    as_buf_c(out, "</dl>");
    for (size_t i = 0; i < f->n_evidence && i < NAMES_MOST; i++)
        write_link(&f->evidence[i], out);
    as_buf_c(out, "</div>");
    as_buf_done(&path);
}

static void write_finding(const as_review *r, size_t i, as_buf *out)
{
    const as_finding *f = &r->findings[i];
    as_str severity = as_severity_word(f->severity);

    as_buf_printf(out,
                  "<details class=\"finding\" id=\"f%zu\"><summary>"
                  "<span class=\"sev c-%.*s\">%.*s",
                  i, AS_FMT(severity), AS_FMT(severity));
    if (f->score >= 0)
        as_buf_printf(out, " %.1f", f->score);
    as_buf_c(out, "</span><span><strong>");
    as_html_text(out, f->advisory);
    as_buf_c(out, "</strong> in ");
    named(out, &r->product->parts[f->part]);
    if (f->exploited == AS_YES)
        as_buf_c(out, "&ensp;<span class=\"tag reject\">exploited</span>");
    if (f->ransomware)
        as_buf_c(out, "&ensp;<span class=\"tag reject\">ransomware</span>");
    if (f->status == AS_FINDING_IN_TRIAGE)
        as_buf_c(out, "&ensp;<span class=\"tag undecided\">in triage</span>");
    as_buf_c(out, "</span>");
    element(out, "<span class=\"sub\">", f->title, "</span>");
    element(out, "<span class=\"sub small quiet\">",
            f->status == AS_FINDING_NOT_AFFECTED ||
                    f->status == AS_FINDING_RESOLVED
                ? f->status_reason
                : f->remedy,
            "</span>");
    as_buf_c(out, "</summary>");
    write_details(r, f, out);
    as_buf_c(out, "</details>\n");
}

static void write_group(const as_review *r, const char *name, const char *what,
                        as_finding_status one, as_finding_status other,
                        as_buf *out)
{
    size_t n = count_status(r, one), shown = 0;

    n += one == other ? 0 : count_status(r, other);
    if (n == 0)
        return;
    as_buf_printf(out, "<section><h2>%s (%zu)</h2><p class=\"quiet\">%s</p>\n",
                  name, n, what);
    for (size_t i = 0; i < r->n_findings && shown < FINDINGS_MOST; i++) {
        as_finding_status s = r->findings[i].status;
        if (s != one && s != other)
            continue;
        write_finding(r, i, out);
        shown++;
    }
    if (n > shown)
        as_buf_printf(out,
                      "<p>and %zu more: the JSON report lists them "
                      "all</p>",
                      n - shown);
    as_buf_c(out, "</section>\n");
}

static void write_findings(const as_review *r, as_buf *out)
{
    write_group(r, "Open findings",
                "Neither fixed nor explained away, the most important first. "
                "Open one to see its evidence.",
                AS_FINDING_OPEN, AS_FINDING_IN_TRIAGE, out);
    write_group(r, "Undecided findings", "A fact is missing; each names it.",
                AS_FINDING_UNDECIDED, AS_FINDING_UNDECIDED, out);
    write_group(r, "Candidates",
                "Low confidence: to be looked at. No gate counts them.",
                AS_FINDING_CANDIDATE, AS_FINDING_CANDIDATE, out);
    write_group(r, "Explained away or fixed",
                "By statements of the document under review.",
                AS_FINDING_NOT_AFFECTED, AS_FINDING_RESOLVED, out);
}

/* ---- parts ------------------------------------------------------------- */

static void write_tree(const as_review *r, as_buf *out)
{
    as_buf_c(out, "<section><h2>What is in it</h2><p class=\"quiet\">A dot "
                  "shows the worst open finding of a part; green: looked up, "
                  "nothing open; grey: not examined.</p>"
                  "<div class=\"tree\">");
    as_html_tree(r, out);
    as_buf_c(out, "</div></section>\n");
}

static void write_unexamined(const as_review *r, as_str why, as_buf *out)
{
    size_t n = 0;

    for (size_t i = 0; i < r->product->n_parts; i++) {
        if (r->outcomes[i].outcome != AS_OUTCOME_NOT_EXAMINED ||
            !as_str_eq(r->outcomes[i].why, why))
            continue;
        if (n++ == NAMES_MOST) {
            as_buf_c(out, " \xE2\x80\xA6");
            break;
        }
        if (n > 1)
            as_buf_c(out, ", ");
        named(out, &r->product->parts[i]);
    }
}

static void write_coverage(const as_review *r, as_buf *out)
{
    const as_coverage *c = &r->coverage;

    if (c->not_examined == 0)
        return;
    as_buf_printf(out,
                  "<section><h2>Not examined (%zu)</h2><p class=\"quiet\">Not "
                  "a pass: these parts may be sound or not.</p>"
                  "<div class=\"scroll\"><table><tr><th class=\"n\">parts</th>"
                  "<th>why</th><th>which</th></tr>",
                  c->not_examined);
    for (size_t i = 0; i < c->n_reasons && i < ROWS_MOST; i++) {
        as_buf_printf(out, "<tr><td class=\"n\">%zu</td><td class=\"name\">",
                      c->reasons[i].n);
        as_html_text(out, c->reasons[i].what);
        as_buf_c(out, "</td><td class=\"name\">");
        write_unexamined(r, c->reasons[i].what, out);
        as_buf_c(out, "</td></tr>");
    }
    as_buf_c(out, "</table></div></section>\n");
}

static void write_idle(const as_review *r, as_buf *out)
{
    if (r->n_idle == 0)
        return;
    as_buf_printf(out,
                  "<section><h2>Statements that closed nothing (%zu)</h2>"
                  "<div class=\"scroll\"><table><tr><th>flaw</th>"
                  "<th>why</th></tr>",
                  r->n_idle);
    for (size_t i = 0; i < r->n_idle && i < ROWS_MOST; i++) {
        as_buf_c(out, "<tr><td>");
        as_html_text(out, r->idle[i].id);
        as_buf_c(out, "</td><td class=\"name\">");
        as_html_text(out, r->idle[i].why);
        as_buf_c(out, "</td></tr>");
    }
    as_buf_c(out, "</table></div></section>\n");
}

static void write_diagnoses(const as_review *r, as_buf *out)
{
    const as_product *p = r->product;

    if (p->n_diagnoses == 0)
        return;
    as_buf_printf(out,
                  "<section><h2>Oddities of the document (%zu)</h2>"
                  "<div class=\"scroll\"><table><tr><th>where</th>"
                  "<th>what</th></tr>",
                  p->n_diagnoses + (size_t)p->diagnoses_dropped);
    for (size_t i = 0; i < p->n_diagnoses && i < ROWS_MOST; i++) {
        as_buf_c(out, "<tr><td class=\"name\"><code>");
        as_html_text(out, p->diagnoses[i].path);
        as_buf_c(out, "</code></td><td class=\"name\">");
        as_html_text(out, p->diagnoses[i].text);
        as_buf_c(out, "</td></tr>");
    }
    as_buf_c(out, "</table></div></section>\n");
}

/* ---- knowledge and how to repeat it ------------------------------------ */

static void write_knowledge(const as_review *r, as_buf *out)
{
    as_buf_c(out, "<section><h2>Knowledge used</h2>");
    if (r->n_knowledge == 0)
        as_buf_c(out, "<p>None: nothing could be looked up.</p>");
    else
        as_buf_c(out, "<div class=\"scroll\"><table><tr><th>source</th>"
                      "<th>edition</th><th class=\"n\">records</th>"
                      "<th class=\"n\">age in days</th><th>digest</th></tr>");
    for (size_t i = 0; i < r->n_knowledge; i++) {
        const as_knowledge_used *k = &r->knowledge[i];
        as_buf_c(out, "<tr><td>");
        as_html_text(out, k->source);
        as_buf_c(out, "</td><td>");
        as_html_text(out, k->edition);
        as_buf_printf(out, "</td><td class=\"n\">%llu</td><td class=\"n\">",
                      (unsigned long long)k->rows);
        if (k->age_days >= 0)
            as_buf_printf(out, "%lld", (long long)k->age_days);
        else
            as_buf_c(out, "unknown");
        as_buf_c(out, "</td><td class=\"mono\">");
        as_html_short(out, k->digest, 23);
        as_buf_c(out, "</td></tr>");
    }
    as_buf_c(out,
             r->n_knowledge ? "</table></div></section>\n" : "</section>\n");
}

static void write_foot(const as_review *r, as_buf *out)
{
    const as_product *p = r->product;

    as_buf_c(out, "<section><h2>This review</h2><dl>");
    term(out, "document", r->target);
    as_buf_c(out, "<dt>format</dt><dd>");
    as_html_text(out, p->format);
    element(out, " ", p->spec_version, "");
    element(out, ", ", p->encoding, "");
    as_buf_c(out, "</dd>");
    term(out, "digest", r->digest);
    term(out, "serial number", p->serial);
    term(out, "made", p->created);
    term(out, "as of", r->as_of);
    term(out, "policy", r->policy);
    term(out, "its digest", r->policy_digest);
    as_buf_c(out, "</dl></section><footer>Made by assay ");
    as_html_text(out, r->tool_version);
    as_buf_c(out, " from the document, the knowledge, the policy and the date "
                  "named above, and from nothing else: the same four give the "
                  "same review.</footer>\n</main></body></html>\n");
}

void as_report_html(const as_review *r, const as_report_options *o, as_buf *out)
{
    page_start(r, out);
    write_head(r, out);
    write_reasons(r, out);
    write_questions(r, out);
    write_pictures(r, out);
    write_findings(r, out);
    write_tree(r, out);
    write_coverage(r, out);
    write_idle(r, out);
    write_diagnoses(r, out);
    write_knowledge(r, out);
    write_foot(r, out);
}
