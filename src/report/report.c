/* SPDX-License-Identifier: Apache-2.0 */
/* The table of formats; see report.h. */
#include "report/report_internal.h"

#include <inttypes.h>

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

bool as_report_is_open(const as_finding *f)
{
    return f->status == AS_FINDING_OPEN || f->status == AS_FINDING_IN_TRIAGE;
}

as_question as_report_question(const as_finding *f)
{
    return f->rule                               ? AS_Q_RULES
           : as_str_eq(f->kind, AS_STR("party")) ? AS_Q_PARTIES
                                                 : AS_Q_VULNERABILITIES;
}

size_t as_report_count_open(const as_review *r, as_question q,
                            size_t ret_counts[AS_SEVERITIES])
{
    size_t n = 0;

    for (size_t i = 0; i < AS_SEVERITIES; i++)
        ret_counts[i] = 0;
    for (size_t i = 0; i < r->n_findings; i++) {
        if (!as_report_is_open(&r->findings[i]) ||
            (q != AS_QUESTIONS && as_report_question(&r->findings[i]) != q))
            continue;
        ret_counts[r->findings[i].severity]++;
        n++;
    }
    return n;
}

bool as_report_is_stale(const as_knowledge_used *k)
{
    return k->age_days > AS_REPORT_STALE_DAYS;
}

static void put_first_error(const as_document_check *d, as_buf *out)
{
    as_buf_c(out, ", the first");
    if (d->line)
        as_buf_printf(out, " in line %" PRIu64, d->line);
    if (d->line && d->column)
        as_buf_printf(out, ", column %" PRIu64, d->column);
    if (!as_str_is_empty(d->path))
        as_buf_printf(out, " at %.*s", AS_FMT(d->path));
    as_buf_printf(out, ": %.*s (rule: %.*s)", AS_FMT(d->message),
                  AS_FMT(d->rule));
}

void as_report_document(const as_document_check *d, as_buf *out)
{
    if (d->valid == AS_UNSURE) {
        as_buf_printf(out,
                      "The document was not held against the rules of its "
                      "format: %.*s",
                      AS_FMT(d->why));
        return;
    }
    as_buf_printf(out, "The document is %s by the rules of %.*s",
                  d->valid == AS_YES ? "valid" : "not valid", AS_FMT(d->rules));
    if (d->errors)
        as_buf_printf(out, ": %" PRIu64 " error%s", d->errors,
                      d->errors == 1 ? "" : "s");
    if (!as_str_is_empty(d->message))
        put_first_error(d, out);
    if (d->errors > 1)
        as_buf_c(out, "; \"assay bom validate\" lists them");
}

bool as_report_is_same_whom(const as_request *a, const as_request *b)
{
    return as_str_eq(a->ask, b->ask) && as_str_eq(a->whom, b->whom);
}
