/* SPDX-License-Identifier: Apache-2.0 */
/* The table of formats; see report.h. */
#include "report/report_internal.h"

static const as_report_format formats[] = {
    {AS_STR_INIT("text"), AS_STR_INIT("for people, in a terminal"),
     as_report_text},
    {AS_STR_INIT("json"), AS_STR_INIT("for programs: assay-review/1"),
     as_report_json},
    {AS_STR_INIT("html"), AS_STR_INIT("one self-contained page"),
     as_report_html},
};

const as_report_format *as_report_at(size_t i)
{
    return i < AS_ARRAY_LEN(formats) ? &formats[i] : NULL;
}

const as_report_format *as_report_find(as_str name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(formats); i++)
        if (as_str_eq(formats[i].name, name))
            return &formats[i];
    return NULL;
}

as_rc as_report_write(const as_report_format *f, const as_review *r,
                      const as_report_options *o, as_buf *out, as_err *err)
{
    f->write(r, o, out);
    if (as_buf_failed(out))
        return as_fail(err, AS_ERR_LIMIT, "the report passes %zu MiB",
                       out->ceiling >> 20);
    return AS_OK;
}
