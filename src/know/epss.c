/* SPDX-License-Identifier: Apache-2.0 */
/* EPSS: the likelihood that a flaw is exploited within thirty days, by CVE.
 *
 *   #model_version:v2025.03.14,score_date:2025-08-25T00:00:00+0000  (may miss)
 *   cve,epss,percentile
 *   CVE-1999-0001,0.03351,0.8765
 *
 * The daily file of FIRST (first.org/epss/data_stats). A CVE that is not in it
 * has no score, which is not 0. Cost: one pass, no memory. */
#include "know/feed_internal.h"

#include <stdlib.h>
#include <string.h>

static const as_str source = AS_STR_INIT("epss");

static bool probe(const as_feed_input *in)
{
    as_str head = as_str_of((const char *)in->bytes.p,
                            in->bytes.n < 512 ? in->bytes.n : 512);
    as_str line = as_str_cut(&head, '\n');

    if (as_str_starts(line, AS_STR("#model_version:")))
        return true;
    return as_str_eq_nocase(as_str_slice(line, 0, 19),
                            AS_STR("cve,epss,percentile"));
}

/* "#model_version:v1,score_date:2025-08-25T..." */
static bool read_comment(as_str line, const as_feed_sink *sink)
{
    as_str edition = as_str_slice(line, 15, line.n);
    as_str model = as_str_cut(&edition, ',');
    as_str date = AS_ABSENT;
    char text[96];
    size_t n;

    if (as_str_starts(edition, AS_STR("score_date:")))
        date = as_str_slice(edition, 11, 21);
    if (model.n > 60 || as_span_utf8_bad(as_str_span(model)) < model.n)
        model.n = 0;
    memcpy(text, model.p ? model.p : "", model.n);
    n = model.n;
    if (as_feed_is_date(date)) {
        text[n++] = ' ';
        memcpy(text + n, date.p, 10);
        n += 10;
    } else {
        date = AS_ABSENT;
    }
    return sink->edition(sink->ctx, source, as_str_trim(as_str_of(text, n)),
                         date);
}

/* 0..1; at most 18 characters are a number of this list. */
static bool probability(as_str s, double *ret)
{
    char text[24], *end;

    s = as_str_trim(s);
    if (s.n == 0 || s.n >= sizeof text || !as_ascii_is_digit(s.p[0]))
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    *ret = strtod(text, &end);
    return end == text + s.n && *ret >= 0 && *ret <= 1;
}

static bool refuse(const as_feed_sink *sink, as_str line, uint64_t number,
                   const char *why)
{
    as_err err;
    as_str id = as_str_slice(line, 0, as_str_find(line, ','));

    as_err_init(&err);
    as_fail(&err, AS_ERR_INPUT, "%s", why);
    as_err_line(&err, number, 1);
    return sink->refused(sink->ctx, source, as_feed_is_id(id) ? id : AS_ABSENT,
                         &err);
}

static bool read_row(as_str line, uint64_t number, const as_feed_sink *sink)
{
    as_likelihood l = {AS_ABSENT, -1, -1};
    as_str rest = line;

    l.id = as_str_trim(as_str_cut(&rest, ','));
    if (!as_feed_is_cve(l.id))
        return refuse(sink, line, number, "the row does not start with a CVE");
    if (!probability(as_str_cut(&rest, ','), &l.score) ||
        !probability(as_str_cut(&rest, ','), &l.percentile))
        return refuse(sink, line, number,
                      "the score or percentile is no number from 0 to 1");
    return sink->likelihood(sink->ctx, source, &l);
}

static as_rc read_epss(const as_feed_input *in, const as_feed_sink *sink,
                       as_err *err)
{
    as_str rest = as_str_of((const char *)in->bytes.p, in->bytes.n);
    bool edition = false;
    uint64_t number = 0;

    (void)err;
    while (rest.n) {
        as_str line = as_str_trim(as_str_cut(&rest, '\n'));
        number++;
        if (as_str_is_empty(line))
            continue;
        if (!edition) {
            edition = true;
            if (line.p[0] == '#') {
                if (!read_comment(line, sink))
                    return AS_OK;
                continue;
            }
            if (!sink->edition(sink->ctx, source, AS_ABSENT, AS_ABSENT))
                return AS_OK;
        }
        if (line.p[0] == '#' || as_str_starts_nocase(line, AS_STR("cve,epss")))
            continue;
        if (!read_row(line, number, sink))
            return AS_OK;
    }
    return AS_OK;
}

const as_importer as_epss_importer = {AS_STR_INIT("epss"), probe, read_epss};
