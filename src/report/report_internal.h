/* SPDX-License-Identifier: Apache-2.0 */
/* The renderers, for the table in report.c. */
#ifndef AS_REPORT_REPORT_INTERNAL_H
#define AS_REPORT_REPORT_INTERNAL_H

#include "report/report.h"

void as_report_json(const as_review *r, const as_report_options *o,
                    as_buf *out);
void as_report_text(const as_review *r, const as_report_options *o,
                    as_buf *out);
void as_report_html(const as_review *r, const as_report_options *o,
                    as_buf *out);

#endif
