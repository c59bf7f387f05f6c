/* SPDX-License-Identifier: Apache-2.0 */
/* A vector that reads is written, reads again, scores the same and is then
 * written the same; every score lies in 0.0 to 10.0. */
#include "model/cvss.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_range(int score, bool may_lack)
{
    assert(score <= 100);
    assert(score >= (may_lack ? AS_CVSS_NO_SCORE : 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_cvss_scores s, s2;
    as_cvss c, c2;
    as_buf one, two;
    as_str text;
    as_err err;

    as_err_init(&err);
    if (!as_span_str((as_span){data, size}, &text) ||
        as_cvss_read(text, &c, &err) != AS_OK)
        return 0;
    as_buf_init(&one, 4096);
    as_buf_init(&two, 4096);
    as_cvss_write(&c, &one);
    assert(as_cvss_read(as_buf_text(&one), &c2, &err) == AS_OK);
    as_cvss_write(&c2, &two);
    assert(as_str_eq(as_buf_text(&one), as_buf_text(&two)));
    as_cvss_score(&c, &s);
    as_cvss_score(&c2, &s2);
    assert(memcmp(&s, &s2, sizeof s) == 0);
    check_range(s.base, false);
    check_range(s.temporal, true);
    check_range(s.environmental, true);
    check_range(s.overall, false);
    as_buf_done(&one);
    as_buf_done(&two);
    return 0;
}
