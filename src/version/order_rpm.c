/* SPDX-License-Identifier: Apache-2.0 */
/* The RPM family: [epoch:]version[-release], each compared by rpmvercmp.
 *
 * Only runs of ASCII digits and letters count; what separates them does not.
 * At one place:  "~" < end < "^" < letters < number.  An epoch is digits before
 * a colon (else the colon is a separator), a missing one is 0; the last hyphen
 * splits off the release. A missing release stands before every release, as in
 * rpm's own vercmp (in dependencies rpm lets it equal all: no order).
 *
 * key  ::= epoch runs (0x01 | 0x02 runs)
 * runs ::= {0x01 (tilde) | 0x03 (caret) | 0x04 text 0x00 | number} 0x02 */
#include "version/version_internal.h"

static void put_runs(as_version_out *o, as_str s)
{
    while (s.n > 0 && !o->full) {
        if (as_version_digit_first(s)) {
            as_version_put_number(o, as_version_take_digits(&s));
            continue;
        }
        if (as_version_alpha_first(s)) {
            as_version_put(o, 0x04);
            as_version_put_text(o, as_version_take_letters(&s));
            as_version_put(o, 0x00);
            continue;
        }
        if (s.p[0] == '~' || s.p[0] == '^')
            as_version_put(o, s.p[0] == '~' ? 0x01 : 0x03);
        as_version_skip(&s, 1);
    }
    as_version_put(o, 0x02);
}

const char *as_order_rpm(const as_version_scheme *s, as_str v,
                         as_version_out *o)
{
    as_str rest = v, epoch = as_version_take_digits(&rest);
    size_t dash;

    if (as_version_begins(rest, ':')) {
        as_version_skip(&rest, 1);
    } else {
        epoch = AS_STR("0");
        rest = v;
    }
    dash = as_str_rfind(rest, '-');
    as_version_put_number(o, epoch);
    put_runs(o, as_str_slice(rest, 0, dash));
    as_version_put(o, dash < rest.n ? 0x02 : 0x01);
    if (dash < rest.n)
        put_runs(o, as_str_slice(rest, dash + 1, rest.n));
    return NULL;
}
