/* SPDX-License-Identifier: Apache-2.0 */
/* The findings of the page: a line each that opens to its evidence. Of many
 * the first are shown and the others folded; what a page that a browser still
 * opens in a moment has no room for is counted and left to the JSON report. */
#include "report/html_internal.h"

enum {
    FINDINGS_MOST = 1000,        /* of a group */
    FINDINGS_UNFOLDED = 50,      /* of a group */
    NAMES_MOST = 30,             /* of a list in one finding */
    EVIDENCE_MOST = 10,          /* of one finding */
    TITLE_MOST = 300,            /* characters, in the line of a finding */
    EVIDENCE_BYTES = 4 * 1048576 /* a longer page gets no further evidence */
};

/* ---- one finding -----------------------------------------------------------
 */

static void join(as_buf *out, const char *name, const as_str *list, size_t n)
{
    if (n == 0)
        return;
    as_buf_printf(out, "<dt>%s</dt><dd>", name);
    for (size_t i = 0; i < n && i < NAMES_MOST; i++) {
        if (i)
            as_buf_c(out, ", ");
        as_html_name(out, list[i]);
    }
    if (n > NAMES_MOST)
        as_buf_printf(out, " and %zu more in the JSON report", n - NAMES_MOST);
    as_buf_c(out, "</dd>");
}

static void write_link(const as_match_evidence *e, as_buf *out)
{
    as_buf_c(out, "<h3>Evidence: ");
    as_html_name(out, e->record);
    as_buf_c(out, " of ");
    as_html_name(out, e->source);
    as_buf_c(out, "</h3><dl>");
    as_html_term(out, "looked up", e->key);
    as_html_term(out, "version", e->version);
    as_html_term(out, "range", e->range);
    as_html_term(out, "version order", e->order);
    as_html_term(out, "because", e->note);
    as_buf_c(out, "</dl>");
}

static void write_body(const as_review *r, const as_finding *f, as_buf *out)
{
    as_buf path;

    as_buf_init(&path, 65536);
    as_part_path(r->product, f->part, &path);
    as_buf_c(out, "<div class=\"body\"><dl>");
    as_html_term(out, "to do", f->remedy);
    as_html_term(out, "state", f->status_reason);
    if (f->rule) {
        as_html_term(out, "whom", f->rule->who);
        as_html_term(out, "consequence", f->rule->consequence);
        as_html_term(out, "certainty", f->rule->certainty);
        as_html_term(out, "law", f->rule->citation);
        as_html_term(out, "part", f->rule->path);
    }
    as_html_term(out, "part", f->where);
    join(out, "missing", f->missing, f->n_missing);
    join(out, "fixed in", f->fixed_in, f->n_fixed_in);
    join(out, "also known as", f->aliases, f->n_aliases);
    as_html_term(out, "CVSS vector", f->vector);
    as_html_term(out, "exploited since", f->exploited_since);
    as_html_term(out, "to be mended by", f->exploited_due);
    if (f->likelihood >= 0)
        as_buf_printf(out, "<dt>EPSS</dt><dd>%.3f (percentile %.0f)</dd>",
                      f->likelihood, f->percentile * 100);
    as_html_term(out, "published", as_str_slice(f->published, 0, 10));
    as_html_term(out, "confidence", as_confidence_word(f->confidence));
    as_html_term(out, "in the document", as_buf_text(&path));
    as_html_term(out, "id", f->id);
    as_buf_c(out, "</dl>");
    for (size_t i = 0; i < f->n_evidence && i < EVIDENCE_MOST; i++)
        write_link(&f->evidence[i], out);
    if (f->n_evidence > EVIDENCE_MOST)
        as_buf_printf(out,
                      "<p class=\"quiet\">and %zu more pieces of evidence in "
                      "the JSON report</p>",
                      f->n_evidence - EVIDENCE_MOST);
    as_buf_c(out, "</div>");
    as_buf_done(&path);
}

static void write_tags(const as_finding *f, as_buf *out)
{
    if (f->exploited == AS_YES)
        as_buf_c(out, " <span class=\"tag reject\">exploited</span>");
    if (f->ransomware)
        as_buf_c(out, " <span class=\"tag reject\">ransomware</span>");
    if (f->status == AS_FINDING_IN_TRIAGE)
        as_buf_c(out, " <span class=\"tag undecided\">in triage</span>");
}

static void write_sub(as_buf *out, const char *class, as_str s)
{
    if (as_str_is_empty(s))
        return;
    as_buf_printf(out, "<span class=\"%s\"><bdi>", class);
    as_html_short(out, s, TITLE_MOST);
    as_buf_c(out, "</bdi></span>");
}

static void write_line(const as_review *r, const as_finding *f, as_buf *out)
{
    as_str severity = as_severity_word(f->severity);
    bool closed = f->status == AS_FINDING_NOT_AFFECTED ||
                  f->status == AS_FINDING_RESOLVED;

    as_buf_printf(out, "<span class=\"sev c-%.*s\">", AS_FMT(severity));
    if (f->severity == AS_SEVERITY_UNKNOWN)
        as_buf_c(out, "severity ");
    as_buf_str(out, severity);
    if (f->score >= 0)
        as_buf_printf(out, " %.1f", f->score);
    as_buf_c(out, "</span><span class=\"what\"><strong>");
    as_html_name(out, as_finding_name(f));
    as_buf_c(out, "</strong> in ");
    as_html_part(out, &r->product->parts[f->part]);
    if (f->also)
        as_buf_printf(out, " and %u equal part%s", f->also,
                      f->also == 1 ? "" : "s");
    write_tags(f, out);
    as_buf_c(out, "</span>");
    write_sub(out, "sub", f->title);
    write_sub(out, "sub small quiet", closed ? f->status_reason : f->remedy);
}

static void write_finding(const as_review *r, size_t i, as_html_left *left,
                          as_buf *out)
{
    const as_finding *f = &r->findings[i];

    if (out->n > EVIDENCE_BYTES) {
        as_buf_printf(out, "<div class=\"finding line\" id=\"f%zu\">", i);
        write_line(r, f, out);
        as_buf_c(out, "</div>\n");
        left->evidence++;
        return;
    }
    as_buf_printf(out,
                  "<details class=\"finding\" id=\"f%zu\">"
                  "<summary class=\"line\">",
                  i);
    write_line(r, f, out);
    as_buf_c(out, "</summary>");
    write_body(r, f, out);
    as_buf_c(out, "</details>\n");
}

/* ---- groups ----------------------------------------------------------------
 */

static const struct group {
    const char *id, *name, *what;
    as_finding_status one, other;
} groups[] = {
    {"open", "Open findings",
     "Neither fixed nor explained away, the most important first. "
     "Each opens to show its evidence.",
     AS_FINDING_OPEN, AS_FINDING_IN_TRIAGE},
    {"undecided", "Undecided findings", "A fact is missing; each names it.",
     AS_FINDING_UNDECIDED, AS_FINDING_UNDECIDED},
    {"candidates", "Candidates",
     "Low confidence: to be looked at. No gate counts them.",
     AS_FINDING_CANDIDATE, AS_FINDING_CANDIDATE},
    {"closed", "Explained away or fixed",
     "By statements of the document under review.", AS_FINDING_NOT_AFFECTED,
     AS_FINDING_RESOLVED},
};

static bool is_of(const struct group *g, const as_finding *f)
{
    return f->status == g->one || f->status == g->other;
}

static size_t count(const as_review *r, const struct group *g)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n_findings; i++)
        n += is_of(g, &r->findings[i]);
    return n;
}

static void write_group(const as_review *r, const struct group *g,
                        as_html_left *left, as_buf *out)
{
    size_t n = count(r, g), shown = 0;
    size_t most = n < FINDINGS_MOST ? n : FINDINGS_MOST;

    if (n == 0)
        return;
    as_html_section(out, g->id, g->name, n);
    as_buf_printf(out, "<p class=\"quiet\">%s</p>\n", g->what);
    for (size_t i = 0; i < r->n_findings && shown < most; i++) {
        if (!is_of(g, &r->findings[i]))
            continue;
        if (shown++ == FINDINGS_UNFOLDED)
            as_buf_printf(out,
                          "<details class=\"more\"><summary>Show %zu more"
                          "</summary>\n",
                          most - FINDINGS_UNFOLDED);
        write_finding(r, i, left, out);
    }
    if (most > FINDINGS_UNFOLDED)
        as_buf_c(out, "</details>");
    if (n > most)
        as_buf_printf(out,
                      "<p>and %zu more: the JSON report lists them all</p>",
                      n - most);
    left->findings += n - most;
    as_buf_c(out, "</section>\n");
}

void as_html_finding_links(const as_review *r, as_buf *out)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(groups); i++) {
        size_t n = count(r, &groups[i]);
        if (n)
            as_buf_printf(out, "<li><a href=\"#%s\">%s</a> (%zu)</li>",
                          groups[i].id, groups[i].name, n);
    }
}

void as_html_findings(const as_review *r, as_html_left *left, as_buf *out)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(groups); i++)
        write_group(r, &groups[i], left, out);
}
