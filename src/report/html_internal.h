/* SPDX-License-Identifier: Apache-2.0 */
/* Between the page (html.c) and its pictures (html_svg.c). */
#ifndef AS_REPORT_HTML_INTERNAL_H
#define AS_REPORT_HTML_INTERNAL_H

#include "report/report_internal.h"

/* Text of the review in the page: markup characters escaped, control
 * characters and direction marks shown as U+FFFD. Safe in element content and
 * in attributes in double quotes. Cut where it is longer than any text is. */
void as_html_text(as_buf *out, as_str s);
/* The same, cut to at most n characters with an ellipsis. */
void as_html_short(as_buf *out, as_str s, size_t n);

/* How many parts were matched, clean, not examined: one bar. */
void as_html_coverage(const as_review *r, as_buf *out);
/* Open findings by severity: one bar each. */
void as_html_severities(const as_review *r, as_buf *out);
/* The tree of parts; beyond a number of rows the rest is counted. */
void as_html_tree(const as_review *r, as_buf *out);

#endif
