/* SPDX-License-Identifier: Apache-2.0 */
/* Renderers of a finished review. Each is a function of the review alone: no
 * clock, no file, no environment; the same review gives the same bytes.
 * New format = one new file and one row of the table. */
#ifndef AS_REPORT_REPORT_H
#define AS_REPORT_REPORT_H

#include "base/buf.h"
#include "model/finding.h"

typedef struct as_report_options {
    unsigned width; /* columns of text; 0: 80 */
    bool colours;   /* text: ANSI escapes */
    bool all;       /* text: everything, not only the most important */
    as_str advice;  /* text: the command line's own last line, or absent */
} as_report_options;

typedef struct as_report_format {
    as_str name; /* "text", "json", "html" */
    as_str help;
    void (*write)(const as_review *r, const as_report_options *o, as_buf *out);
} as_report_format;

/* NULL: no such format. */
const as_report_format *as_report_find(as_str name);
/* The i-th format, NULL past the end. */
const as_report_format *as_report_at(size_t i);

/* AS_ERR_LIMIT when the report passes the ceiling of out. */
as_rc as_report_write(const as_report_format *f, const as_review *r,
                      const as_report_options *o, as_buf *out,
                      as_err *err) AS_MUST_USE;

#endif
