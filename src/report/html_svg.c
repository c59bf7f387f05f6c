/* SPDX-License-Identifier: Apache-2.0 */
/* The pictures of the page, as inline SVG. Colours come from the page's style,
 * so they follow light and dark. Widths are shares of what there is and text
 * keeps its size, so they are as legible on a telephone. Each is said in words
 * too: in its title and beside it. */
#include "report/html_internal.h"

enum { ROW = 24, LABELS = 108 };
/* Of the width: with LABELS it fits the narrowest card. */
static const double bar_share = 55;

/* ---- coverage -------------------------------------------------------------
 */

struct slice {
    const char *name, *fill;
    size_t n;
};

static void legend(as_buf *out, const struct slice *s)
{
    as_buf_printf(out, "<li><span class=\"dot %s\"></span>%zu&nbsp;%s</li>",
                  s->fill, s->n, s->name);
}

void as_html_coverage(const as_review *r, as_buf *out)
{
    const as_coverage *c = &r->coverage;
    const struct slice slices[] = {
        {"matched", "f-matched", c->matched},
        {"clean", "f-clean", c->clean},
        {"not examined", "f-dark", c->not_examined},
    };
    double x = 0;

    as_buf_printf(out,
                  "<svg width=\"100%%\" height=\"22\" role=\"img\" "
                  "aria-labelledby=\"coverage\"><title id=\"coverage\">Of %zu "
                  "parts %zu matched, %zu clean, %zu not examined</title>",
                  c->parts, c->matched, c->clean, c->not_examined);
    for (size_t i = 0; i < AS_ARRAY_LEN(slices); i++) {
        double w = c->parts ? (double)slices[i].n * 100 / (double)c->parts : 0;
        as_buf_printf(out,
                      "<rect class=\"%s\" x=\"%.2f%%\" y=\"0\" "
                      "width=\"%.2f%%\" height=\"22\"/>",
                      slices[i].fill, x, w);
        x += w;
    }
    as_buf_c(out, "</svg><ul class=\"legend\">");
    for (size_t i = 0; i < AS_ARRAY_LEN(slices); i++)
        legend(out, &slices[i]);
    as_buf_c(out, "</ul>");
}

/* ---- severities -------------------------------------------------------------
 */

static void bar(as_buf *out, as_str word, size_t n, size_t most, size_t row)
{
    as_buf_printf(out,
                  "<text x=\"0\" y=\"%zu\">%.*s</text><text class=\"n\" "
                  "x=\"%d\" y=\"%zu\">%zu</text><rect class=\"f-%.*s\" "
                  "x=\"%d\" y=\"%zu\" width=\"%.2f%%\" height=\"14\" "
                  "rx=\"2\"/>",
                  row * ROW + 16, AS_FMT(word), LABELS - 8, row * ROW + 16, n,
                  AS_FMT(word), LABELS, row * ROW + 5,
                  (double)n * bar_share / (double)most);
}

void as_html_severities(const as_review *r, as_buf *out)
{
    static const as_severity order[] = {
        AS_SEVERITY_CRITICAL, AS_SEVERITY_HIGH, AS_SEVERITY_MEDIUM,
        AS_SEVERITY_LOW,      AS_SEVERITY_NONE, AS_SEVERITY_UNKNOWN,
    };
    size_t counts[AS_SEVERITIES], most = 1, rows = 0;

    if (as_report_count_open(r, AS_Q_VULNERABILITIES, counts) == 0)
        return;
    for (size_t i = 0; i < AS_SEVERITIES; i++) {
        most = counts[i] > most ? counts[i] : most;
        rows += counts[i] != 0;
    }
    as_buf_printf(out,
                  "<svg width=\"100%%\" height=\"%zu\" role=\"img\" "
                  "aria-labelledby=\"severities\"><title id=\"severities\">"
                  "Open findings by severity:",
                  rows * ROW);
    for (size_t i = 0; i < AS_ARRAY_LEN(order); i++)
        if (counts[order[i]])
            as_buf_printf(out, " %zu %.*s", counts[order[i]],
                          AS_FMT(as_severity_word(order[i])));
    as_buf_c(out, "</title>");
    rows = 0;
    for (size_t i = 0; i < AS_ARRAY_LEN(order); i++)
        if (counts[order[i]])
            bar(out, as_severity_word(order[i]), counts[order[i]], most,
                rows++);
    as_buf_c(out, "</svg>");
}
