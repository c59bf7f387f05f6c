/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSSL, and vendors who count patches in letters.
 *
 *     number {. number} [letters] [- word [number]]
 *
 * 1.1.1 < 1.1.1a < 1.1.1z < 1.1.1za; from 3.0.0 on as SemVer. "-alpha3",
 * "-beta1", "-pre9", "-dev" stand before what they lead to; any other word
 * ("-fips") names a build of the same version and does not count.
 *
 * key   ::= numbers 0x01 letters 0x00 stage, numbers without trailing zeros
 * stage ::= 0x01 rank number | 0x02 */
#include "version/version_internal.h"

static const char *put_numbers(as_version_out *o, as_str *rest)
{
    size_t zeros = 0;

    for (;;) {
        as_str digits = as_version_take_digits(rest);
        if (digits.n == 0)
            return "it must begin with numbers and dots";
        if (as_version_is_zero(digits)) {
            zeros++;
        } else {
            for (; zeros > 0; zeros--)
                as_version_put_small(o, 0);
            as_version_put_number(o, digits);
        }
        if (!as_version_begins(*rest, '.'))
            break;
        as_version_skip(rest, 1);
    }
    as_version_put(o, 0x01);
    return NULL;
}

static void put_stage(as_version_out *o, as_str stage)
{
    as_str word = as_version_take_letters(&stage);
    unsigned rank = as_version_pre_rank(word);

    if (rank == 0) {
        as_version_put(o, 0x02);
        return;
    }
    if (as_version_begins(stage, '.') || as_version_begins(stage, '-'))
        as_version_skip(&stage, 1);
    as_version_put(o, 0x01);
    as_version_put_small(o, rank);
    as_version_put_number(o, as_version_take_digits(&stage));
}

const char *as_order_openssl(const as_version_scheme *s, as_str v,
                             as_version_out *o)
{
    as_str rest = v;
    const char *why = put_numbers(o, &rest);

    if (why != NULL)
        return why;
    as_version_put_folded(o, as_version_take_letters(&rest));
    as_version_put(o, 0x00);
    if (rest.n > 0 && rest.p[0] != '-' && rest.p[0] != '+')
        return "only letters and a word behind a hyphen may follow the numbers";
    put_stage(o, as_version_begins(rest, '-') ? as_str_slice(rest, 1, rest.n)
                                              : AS_STR(""));
    return NULL;
}
