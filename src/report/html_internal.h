/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files that write the page: html.c, html_findings.c, html_tree.c
 * and html_svg.c. */
#ifndef AS_REPORT_HTML_INTERNAL_H
#define AS_REPORT_HTML_INTERNAL_H

#include "report/report_internal.h"

/* What the page leaves out, to be told at its end. */
typedef struct as_html_left {
    size_t findings, evidence, parts;
} as_html_left;

/* Text of the review in the page: markup characters escaped, control
 * characters and direction marks shown as U+FFFD. Safe in element content and
 * in attributes in double quotes. Cut where it is longer than any text is. */
void as_html_text(as_buf *out, as_str s);
/* The same, cut to at most n characters with an ellipsis. */
void as_html_short(as_buf *out, as_str s, size_t n);
/* A name, cut to the length that names have, by itself: in a script that runs
 * from right to left it turns nothing around it. */
void as_html_name(as_buf *out, as_str s);
/* A part: its name, or that it has none, and its version. */
void as_html_part(as_buf *out, const as_part *p);
/* A row of a list of terms; nothing when the value is empty. */
void as_html_term(as_buf *out, const char *name, as_str value);
/* Opens a section of that id; a count of 0 is not shown. */
void as_html_section(as_buf *out, const char *id, const char *name, size_t n);

/* The groups of findings: links to those there are, and the groups. */
void as_html_finding_links(const as_review *r, as_buf *out);
void as_html_findings(const as_review *r, as_html_left *left, as_buf *out);

/* Who stands behind it: the names that met a list; what is to be asked of
 * whom; what changes on which day; and links to those there are. */
void as_html_parties(const as_review *r, as_buf *out);
void as_html_requests(const as_review *r, as_buf *out);
void as_html_changes(const as_review *r, as_buf *out);
void as_html_law_links(const as_review *r, as_buf *out);

/* How many parts were matched, clean, not examined: one bar. */
void as_html_coverage(const as_review *r, as_buf *out);
/* Open findings by severity: one bar each. */
void as_html_severities(const as_review *r, as_buf *out);
/* The tree of parts, folded when it is long. */
void as_html_tree(const as_review *r, as_html_left *left, as_buf *out);

#endif
