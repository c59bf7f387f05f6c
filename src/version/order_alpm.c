/* SPDX-License-Identifier: Apache-2.0 */
/* pacman (Arch Linux): [epoch:]version[-pkgrel], by alpm_pkg_vercmp.
 *
 * A cousin of rpmvercmp without tilde and caret. The count of separators
 * before a run compares before the run; letters stand below digits; and
 * letters right behind a number stand below the end ("1.0rc" < "1.0"), but
 * behind a separator above it.
 *
 * A missing pkgrel equals every pkgrel, so this is no order: 1.5-1 = 1.5 =
 * 1.5-2. The key of a version with pkgrel is that of the version without, and
 * more; as_order_alpm_cmp takes such a pair for equal. By bytes the version
 * without pkgrel stands before.
 *
 * key  ::= epoch runs [0x05 runs]
 * runs ::= {run} [0x04 separators] 0x02
 * run  ::= 0x01 text 0x00 | 0x03 number               right behind another run
 *        | 0x04 separators (0x01 text 0x00 | 0x03 number) */
#include "version/version_internal.h"

#define SEPARATORS_MAX 0xF0 /* more count as many */

static size_t skip_separators(as_str *s)
{
    size_t n = 0;

    while (n < s->n && !as_ascii_is_alnum(s->p[n]))
        n++;
    as_version_skip(s, n);
    return n < SEPARATORS_MAX ? n : SEPARATORS_MAX;
}

static void put_runs(as_version_out *o, as_str s)
{
    while (s.n > 0 && !o->full) {
        size_t separators = skip_separators(&s);
        if (separators > 0) {
            as_version_put(o, 0x04);
            as_version_put(o, (uint8_t)separators);
        }
        if (as_version_alpha_first(s)) {
            as_version_put(o, 0x01);
            as_version_put_text(o, as_version_take_letters(&s));
            as_version_put(o, 0x00);
        } else if (s.n > 0) {
            as_version_put(o, 0x03);
            as_version_put_number(o, as_version_take_digits(&s));
        }
    }
    as_version_put(o, 0x02);
}

const char *as_order_alpm(const as_version_scheme *s, as_str v,
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
    if (dash < rest.n) {
        as_version_put(o, 0x05);
        put_runs(o, as_str_slice(rest, dash + 1, rest.n));
    }
    return NULL;
}

int as_order_alpm_cmp(as_span a, as_span b)
{
    as_str s = as_str_of((const char *)a.p, a.n);
    as_str t = as_str_of((const char *)b.p, b.n);
    int r;

    if (as_str_starts(s, t) || as_str_starts(t, s))
        return 0;
    r = as_str_cmp(s, t);
    return r < 0 ? -1 : 1;
}
