/* SPDX-License-Identifier: Apache-2.0 */
/* One self-contained page: no script, no external request (its own policy
 * forbids both), readable in light and dark, narrow and wide, and printed.
 * Everything from the document is escaped. */
#include "report/html_internal.h"

#include "report/report_css.h"

#include <string.h>

enum { NAMES_MOST = 30, ROWS_MOST = 200, REASON_FINDINGS = 8 };
/* Characters of a text and of a name that are shown: a stranger made them. */
enum { TEXT_MOST = 4000, NAME_MOST = 240 };
/* In the heading: the verdict below it is to be on the first screen. */
enum { HEADING_NAME = 120, HEADING_VERSION = 64 };

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

static void isolated(as_buf *out, as_str s, size_t most)
{
    as_buf_c(out, "<bdi>");
    as_html_short(out, s, most);
    as_buf_c(out, "</bdi>");
}

void as_html_name(as_buf *out, as_str s)
{
    isolated(out, s, NAME_MOST);
}

void as_html_part(as_buf *out, const as_part *p)
{
    as_html_name(out, as_str_is_empty(p->name) ? AS_STR("(unnamed)") : p->name);
    if (!as_str_is_empty(p->version)) {
        as_buf_byte(out, ' ');
        as_html_name(out, p->version);
    }
}

void as_html_term(as_buf *out, const char *name, as_str value)
{
    if (as_str_is_empty(value))
        return;
    as_buf_printf(out, "<dt>%s</dt><dd><bdi>", name);
    as_html_text(out, value);
    as_buf_c(out, "</bdi></dd>");
}

void as_html_section(as_buf *out, const char *id, const char *name, size_t n)
{
    as_buf_printf(out, "<section id=\"%s\"><h2>%s", id, name);
    if (n)
        as_buf_printf(out, " (%zu)", n);
    as_buf_c(out, "</h2>");
}

static void more(as_buf *out, const char *open, size_t n, const char *close)
{
    if (n)
        as_buf_printf(out, "%sand %zu more in the JSON report%s", open, n,
                      close);
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

/* "71 findings are open: 8 critical, 21 high. 5 of them are exploited." */
static void write_open(const as_review *r, as_buf *out)
{
    size_t counts[AS_SEVERITIES], exploited = 0;
    size_t n = as_report_count_open(r, AS_QUESTIONS, counts);
    const char *comma = ": ";

    if (n == 0) {
        as_buf_c(out, "No finding is open. ");
        return;
    }
    for (size_t i = 0; i < r->n_findings; i++)
        exploited += as_report_is_open(&r->findings[i]) &&
                     r->findings[i].exploited == AS_YES;
    as_buf_printf(out, "%zu finding%s open", n, n == 1 ? " is" : "s are");
    for (unsigned s = AS_SEVERITIES; s-- > 0;) {
        if (counts[s] == 0)
            continue;
        as_buf_printf(out, "%s%zu%s%.*s%s", comma, counts[s],
                      s == AS_SEVERITY_UNKNOWN ? " of " : "&nbsp;",
                      AS_FMT(as_severity_word((as_severity)s)),
                      s == AS_SEVERITY_UNKNOWN ? " severity" : "");
        comma = ", ";
    }
    as_buf_c(out, ". ");
    if (exploited)
        as_buf_printf(out, "<strong>%zu of them %s being exploited.</strong> ",
                      exploited, exploited == 1 ? "is" : "are");
}

static size_t count_reasons(const as_review *r, as_verdict v)
{
    size_t n = 0;

    for (unsigned q = 0; q < AS_QUESTIONS; q++)
        for (size_t i = 0; i < r->answers[q].n_reasons; i++)
            n += r->answers[q].reasons[i].verdict == v;
    return n;
}

static void write_gates(const as_review *r, as_buf *out)
{
    size_t failed = count_reasons(r, AS_REJECT);

    if (failed == 0)
        as_buf_c(out, "No gate of the policy failed");
    else
        as_buf_printf(out, "%zu gate%s of the policy failed", failed,
                      failed == 1 ? "" : "s");
    as_buf_c(out, r->verdict == AS_UNDECIDED
                      ? ", but facts are missing for a verdict. "
                      : ". ");
}

static void write_verdict(const as_review *r, as_buf *out)
{
    const as_coverage *c = &r->coverage;
    size_t examined = c->matched + c->clean;
    as_str word = as_verdict_word(r->verdict);

    as_buf_printf(out,
                  "<p class=\"verdict %.*s\"><span>Verdict: </span>%.*s</p>"
                  "<p class=\"lead\">",
                  AS_FMT(word), AS_FMT(word));
    write_gates(r, out);
    if (examined == 0 && r->n_findings == 0) {
        as_buf_c(out, "No part was examined, so nothing is known of what may "
                      "be wrong with it.</p>");
        return;
    }
    write_open(r, out);
    as_buf_printf(out, "%zu of %zu part%s %s examined%s</p>", examined,
                  c->parts, c->parts == 1 ? "" : "s",
                  examined == 1 ? "was" : "were",
                  c->not_examined ? "; the others may be sound or not." : ".");
}

static void put_document(const as_review *r, as_buf *out)
{
    as_buf said;

    as_buf_init(&said, out->ceiling);
    as_report_document(&r->document, &said);
    out->failed = out->failed || as_buf_failed(&said);
    as_html_text(out, as_buf_text(&said));
    as_buf_done(&said);
}

/* That a document is as it should be needs no word up here. */
static void write_document(const as_review *r, as_buf *out)
{
    if (r->document.valid == AS_YES)
        return;
    as_buf_c(out, "<p class=\"undecided\"><bdi>");
    put_document(r, out);
    as_buf_c(out, ".</bdi></p>");
}

static void write_links(const as_review *r, as_buf *out)
{
    as_buf_c(out, "<nav aria-label=\"Contents\"><ul>");
    as_html_finding_links(r, out);
    as_html_law_links(r, out);
    as_buf_printf(out, "<li><a href=\"#parts\">What is in it</a> (%zu)</li>",
                  r->product->n_parts);
    if (r->coverage.not_examined)
        as_buf_printf(out, "<li><a href=\"#dark\">Not examined</a> (%zu)</li>",
                      r->coverage.not_examined);
    as_buf_c(out, "<li><a href=\"#knowledge\">Knowledge used</a></li>"
                  "<li><a href=\"#review\">This review</a></li></ul></nav>");
}

static void write_head(const as_review *r, as_buf *out)
{
    const as_product *p = r->product;

    as_buf_c(out, "<header class=\"head\"><p class=\"quiet\">Security review "
                  "of a product and its supply chain</p><h1>");
    isolated(out, title(r), HEADING_NAME);
    if (!as_str_is_empty(p->version)) {
        as_buf_byte(out, ' ');
        isolated(out, p->version, HEADING_VERSION);
    }
    as_buf_c(out, "</h1><p>");
    if (!as_str_is_empty(p->maker)) {
        as_buf_c(out, "by ");
        as_html_name(out, p->maker);
        as_buf_c(out, " &middot; ");
    }
    as_buf_printf(out, "%zu part%s &middot; as of&nbsp;%.*s</p>", p->n_parts,
                  p->n_parts == 1 ? "" : "s", AS_FMT(r->as_of));
    write_verdict(r, out);
    write_document(r, out);
    write_links(r, out);
    as_buf_c(out, "</header>\n");
}

/* ---- why -------------------------------------------------------------------
 */

static void write_reason(const as_review *r, const as_reason *reason,
                         as_buf *out)
{
    as_str word = as_verdict_word(reason->verdict);

    as_buf_printf(out,
                  "<li class=\"%.*s\"><p><strong class=\"%.*s\">%.*s:"
                  "</strong> ",
                  AS_FMT(word), AS_FMT(word), AS_FMT(word));
    as_html_text(out, reason->text);
    as_buf_c(out, "</p>");
    if (!as_str_is_empty(reason->todo)) {
        as_buf_c(out, "<p><strong>To do:</strong> ");
        as_html_text(out, reason->todo);
        as_buf_c(out, "</p>");
    }
    if (reason->n_findings)
        as_buf_c(out, "<ul class=\"plain small\">");
    for (size_t i = 0; i < reason->n_findings && i < REASON_FINDINGS; i++) {
        const as_finding *f = &r->findings[reason->findings[i]];
        as_buf_printf(out, "<li><a href=\"#f%u\">", reason->findings[i]);
        as_html_name(out, as_finding_name(f));
        as_buf_c(out, "</a> in ");
        as_html_part(out, &r->product->parts[f->part]);
        as_buf_c(out, "</li>");
    }
    if (reason->n_findings > REASON_FINDINGS)
        as_buf_printf(out, "<li>and %zu more</li>",
                      reason->n_findings - REASON_FINDINGS);
    as_buf_c(out, reason->n_findings ? "</ul></li>" : "</li>");
}

/* Of all questions, those of one verdict; how many there were. */
static size_t write_reasons_of(const as_review *r, as_verdict v, as_buf *out)
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

    as_html_section(out, "why", "Why", 0);
    as_buf_c(out, "<ul class=\"reasons\">");
    n = write_reasons_of(r, AS_REJECT, out);
    n += write_reasons_of(r, AS_UNDECIDED, out);
    if (n == 0)
        as_buf_c(out, "<li class=\"accept\"><p>Every question that the policy "
                      "asks was answered, and no gate failed.</p></li>");
    as_buf_c(out, "</ul></section>\n");
}

/* ---- questions --------------------------------------------------------- */

static size_t count_status(const as_review *r, as_question q,
                           as_finding_status s)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n_findings; i++)
        n += r->findings[i].status == s &&
             as_report_question(&r->findings[i]) == q;
    return n;
}

static void write_composition(const as_review *r, as_buf *out)
{
    const as_coverage *c = &r->coverage;

    as_buf_printf(out, "<p>%zu of %zu parts examined</p>",
                  c->matched + c->clean, c->parts);
    as_html_coverage(r, out);
}

static void write_counts(const as_review *r, as_question q, as_buf *out)
{
    as_buf_printf(out, "<p>%zu open, %zu undecided, %zu explained or fixed</p>",
                  count_status(r, q, AS_FINDING_OPEN) +
                      count_status(r, q, AS_FINDING_IN_TRIAGE),
                  count_status(r, q, AS_FINDING_UNDECIDED),
                  count_status(r, q, AS_FINDING_NOT_AFFECTED) +
                      count_status(r, q, AS_FINDING_RESOLVED));
}

static void write_screening(const as_review *r, as_buf *out)
{
    const as_screening *s = r->screening;

    if (s)
        as_buf_printf(out, "<p>%zu name%s screened against %zu list%s</p>",
                      s->n_facts, s->n_facts == 1 ? "" : "s", s->n_lists,
                      s->n_lists == 1 ? "" : "s");
}

static bool is_asked(const as_answer *a)
{
    return a->asked || a->n_reasons;
}

static void write_question(const as_review *r, as_question q, as_buf *out)
{
    const as_answer *a = &r->answers[q];
    as_str word = as_verdict_word(a->verdict);

    as_buf_c(out, "<div class=\"card\"><h3>");
    as_html_text(out, as_question_text(q));
    as_buf_c(out, "</h3>");
    if (is_asked(a))
        as_buf_printf(out, "<p class=\"word %.*s\">%.*s</p>", AS_FMT(word),
                      AS_FMT(word));
    else
        as_buf_c(out, "<p class=\"quiet\">not asked by this policy</p>");
    if (q == AS_Q_COMPOSITION)
        write_composition(r, out);
    if (q == AS_Q_PARTIES)
        write_screening(r, out);
    if (q == AS_Q_VULNERABILITIES || q == AS_Q_PARTIES || q == AS_Q_RULES)
        write_counts(r, q, out);
    if (q == AS_Q_VULNERABILITIES)
        as_html_severities(r, out);
    as_buf_c(out, "</div>");
}

/* A card for each question that was asked or has a picture; the others take
 * one line, so that they do not hide it. */
static void write_questions(const as_review *r, as_buf *out)
{
    bool any = false;

    as_html_section(out, "questions", "The six questions", 0);
    as_buf_c(out, "<div class=\"grid\">");
    for (unsigned q = 0; q < AS_QUESTIONS; q++)
        if (is_asked(&r->answers[q]) || q <= AS_Q_VULNERABILITIES)
            write_question(r, (as_question)q, out);
    as_buf_c(out, "</div>");
    for (unsigned q = AS_Q_PARTIES; q < AS_QUESTIONS; q++) {
        if (is_asked(&r->answers[q]))
            continue;
        as_buf_c(out, any ? "</li><li>"
                          : "<p class=\"quiet\">Not asked by this policy, so "
                            "not answered:</p><ul class=\"plain quiet\"><li>");
        as_html_text(out, as_question_text((as_question)q));
        any = true;
    }
    as_buf_c(out, any ? "</li></ul></section>\n" : "</section>\n");
}

/* ---- what was not examined ---------------------------------------------- */

static void write_unexamined(const as_review *r, const as_count *c, as_buf *out)
{
    size_t n = 0;

    for (size_t i = 0; i < r->product->n_parts && n < NAMES_MOST; i++) {
        if (r->outcomes[i].outcome != AS_OUTCOME_NOT_EXAMINED ||
            !as_str_eq(r->outcomes[i].why, c->what))
            continue;
        as_buf_c(out, n++ ? ", " : "");
        as_html_part(out, &r->product->parts[i]);
    }
    more(out, " ", c->n - n, "");
}

static void write_coverage(const as_review *r, as_buf *out)
{
    const as_coverage *c = &r->coverage;
    size_t shown = c->n_reasons < ROWS_MOST ? c->n_reasons : ROWS_MOST;

    if (c->not_examined == 0)
        return;
    as_html_section(out, "dark", "Not examined", c->not_examined);
    as_buf_c(out, "<p class=\"quiet\">Not a pass: these parts may be sound or "
                  "not.</p><ul class=\"rows\">");
    for (size_t i = 0; i < shown; i++) {
        as_buf_printf(out, "<li><p><strong>%zu</strong>: ", c->reasons[i].n);
        as_html_text(out, c->reasons[i].what);
        as_buf_c(out, "</p><p class=\"small quiet\">");
        write_unexamined(r, &c->reasons[i], out);
        as_buf_c(out, "</p></li>");
    }
    more(out, "<li>", c->n_reasons - shown, "</li>");
    as_buf_c(out, "</ul></section>\n");
}

/* ---- what in the document helped nothing -------------------------------- */

static void write_row(as_buf *out, as_str name, as_str text)
{
    as_buf_c(out, "<tr><td>");
    as_html_name(out, name);
    as_buf_c(out, "</td><td><bdi>");
    as_html_text(out, text);
    as_buf_c(out, "</bdi></td></tr>");
}

static void write_idle(const as_review *r, as_buf *out)
{
    size_t shown = r->n_idle < ROWS_MOST ? r->n_idle : ROWS_MOST;

    if (r->n_idle == 0)
        return;
    as_html_section(out, "idle", "Statements that closed nothing", r->n_idle);
    as_buf_c(out, "<table><tr><th>flaw</th><th>why</th></tr>");
    for (size_t i = 0; i < shown; i++)
        write_row(out, r->idle[i].id, r->idle[i].why);
    as_buf_c(out, "</table>");
    more(out, "<p>", r->n_idle - shown, "</p>");
    as_buf_c(out, "</section>\n");
}

static void write_diagnoses(const as_review *r, as_buf *out)
{
    const as_product *p = r->product;
    size_t n = p->n_diagnoses + (size_t)p->diagnoses_dropped;
    size_t shown = p->n_diagnoses < ROWS_MOST ? p->n_diagnoses : ROWS_MOST;

    if (p->n_diagnoses == 0)
        return;
    as_html_section(out, "oddities", "Oddities of the document", n);
    as_buf_c(out, "<table><tr><th>where</th><th>what</th></tr>");
    for (size_t i = 0; i < shown; i++)
        write_row(out, p->diagnoses[i].path, p->diagnoses[i].text);
    as_buf_c(out, "</table>");
    if (n > shown)
        as_buf_printf(out, "<p>and %zu more</p>", n - shown);
    as_buf_c(out, "</section>\n");
}

/* ---- knowledge and how to repeat it ------------------------------------ */

static void write_source(const as_knowledge_used *k, as_buf *out)
{
    as_buf_c(out, "<dt>");
    as_html_name(out, k->source);
    as_buf_printf(out, "</dt><dd>%llu record%s", (unsigned long long)k->rows,
                  k->rows == 1 ? "" : "s");
    if (!as_str_is_empty(k->edition)) {
        as_buf_c(out, ", edition ");
        as_html_name(out, k->edition);
    }
    if (k->age_days >= 0)
        as_buf_printf(out, ", newest %lld day%s old", (long long)k->age_days,
                      k->age_days == 1 ? "" : "s");
    else
        as_buf_c(out, ", of unknown age");
    if (as_report_is_stale(k))
        as_buf_c(out, "&ensp;<span class=\"tag undecided\">stale</span>");
    as_buf_c(out, "<br><span class=\"mono quiet\">");
    as_html_text(out, k->digest);
    as_buf_c(out, "</span></dd>");
}

static void write_knowledge(const as_review *r, as_buf *out)
{
    as_html_section(out, "knowledge", "Knowledge used", 0);
    if (r->n_knowledge == 0)
        as_buf_c(out, "<p>None: nothing could be looked up.</p>");
    as_buf_c(out, r->n_knowledge ? "<dl>" : "");
    for (size_t i = 0; i < r->n_knowledge; i++)
        write_source(&r->knowledge[i], out);
    as_buf_c(out, r->n_knowledge ? "</dl></section>\n" : "</section>\n");
}

static void write_left(const as_html_left *left, as_buf *out)
{
    if (left->findings + left->evidence + left->parts == 0)
        return;
    as_buf_printf(out,
                  "<p>This page leaves out %zu findings, the evidence of %zu "
                  "others and %zu parts. <code>assay review --format json"
                  "</code> has all of them.</p>",
                  left->findings, left->evidence, left->parts);
}

static void write_foot(const as_review *r, const as_html_left *left,
                       as_buf *out)
{
    const as_product *p = r->product;

    as_html_section(out, "review", "This review", 0);
    write_left(left, out);
    as_buf_c(out, "<dl>");
    as_html_term(out, "product", title(r));
    as_html_term(out, "its version", p->version);
    as_html_term(out, "document", r->target);
    as_buf_c(out, "<dt>format</dt><dd>");
    as_html_text(out, p->format);
    as_buf_c(out, " ");
    as_html_name(out, p->spec_version);
    if (!as_str_is_empty(p->encoding)) {
        as_buf_c(out, ", ");
        as_html_text(out, p->encoding);
    }
    as_buf_c(out, "</dd><dt>its rules</dt><dd><bdi>");
    put_document(r, out);
    as_buf_c(out, "</bdi></dd>");
    as_html_term(out, "digest", r->digest);
    as_html_term(out, "serial number", p->serial);
    as_html_term(out, "made", p->created);
    as_html_term(out, "as of", r->as_of);
    as_html_term(out, "policy", r->policy);
    as_html_term(out, "its digest", r->policy_digest);
    as_html_term(out, "digest of the rules", r->rules_digest);
    for (size_t i = 0; i < r->n_context; i++) {
        as_buf_c(out, "<dt>");
        as_html_text(out, r->context[i].name);
        as_buf_c(out, "</dt><dd>");
        as_html_text(out, r->context[i].value);
        as_buf_c(out, "</dd>");
    }
    as_buf_c(out, "</dl></section>\n<footer>Made by assay ");
    as_html_text(out, r->tool_version);
    as_buf_c(out, " from the document, the knowledge, the policy and the date "
                  "named above, and from nothing else: the same four give the "
                  "same review.</footer>\n</main></body></html>\n");
}

void as_report_html(const as_review *r, const as_report_options *o, as_buf *out)
{
    as_html_left left = {0};

    page_start(r, out);
    write_head(r, out);
    write_reasons(r, out);
    write_questions(r, out);
    as_html_findings(r, &left, out);
    as_html_tree(r, &left, out);
    as_html_parties(r, out);
    as_html_requests(r, out);
    as_html_changes(r, out);
    write_coverage(r, out);
    write_idle(r, out);
    write_diagnoses(r, out);
    write_knowledge(r, out);
    write_foot(r, &left, out);
}
