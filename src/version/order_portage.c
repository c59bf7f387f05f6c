/* SPDX-License-Identifier: Apache-2.0 */
/* Gentoo: Package Manager Specification, section 3.3.
 *
 *     number {. number} [letter] {_suffix [number]} [-r number]
 *
 * A number after the first that begins with 0 is a fraction (1.01 < 1.1 <
 * 1.10); more numbers are newer (1.0 < 1.0.0). alpha < beta < pre < rc <
 * nothing < p. A missing revision is 0.
 *
 * key ::= number {part} 0x01 letter {suffix number} 0x06 revision
 * part ::= 0x03 text 0x00 (fraction, without trailing zeros) | number
 * letter ::= 0x01 (none) | letter      suffix ::= 0x02 .. 0x05 | 0x07 (p) */
#include "version/version_internal.h"

static uint8_t suffix_rank(as_str word)
{
    static const as_str words[] = {
        AS_STR_INIT("alpha"), AS_STR_INIT("beta"), AS_STR_INIT("pre"),
        AS_STR_INIT("rc"),    AS_STR_INIT(""),     AS_STR_INIT("p"),
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (word.n > 0 && as_str_eq(words[i], word))
            return (uint8_t)(0x02 + i);
    return 0;
}

static void put_part(as_version_out *o, as_str digits)
{
    if (!as_version_begins(digits, '0')) {
        as_version_put_number(o, digits);
        return;
    }
    while (digits.n > 0 && digits.p[digits.n - 1] == '0')
        digits.n--;
    as_version_put(o, 0x03);
    as_version_put_text(o, digits);
    as_version_put(o, 0x00);
}

static const char *put_numbers(as_version_out *o, as_str *rest)
{
    if (!as_version_digit_first(*rest))
        return "it must begin with a number";
    as_version_put_number(o, as_version_take_digits(rest));
    while (as_version_begins(*rest, '.')) {
        as_version_skip(rest, 1);
        if (!as_version_digit_first(*rest))
            return "a number must follow the dot";
        put_part(o, as_version_take_digits(rest));
    }
    as_version_put(o, 0x01);
    return NULL;
}

static const char *put_suffixes(as_version_out *o, as_str *rest)
{
    while (as_version_begins(*rest, '_')) {
        as_version_skip(rest, 1);
        uint8_t rank = suffix_rank(as_version_take_letters(rest));
        if (rank == 0)
            return "only _alpha, _beta, _pre, _rc and _p are suffixes";
        as_version_put(o, rank);
        as_version_put_number(o, as_version_take_digits(rest));
    }
    as_version_put(o, 0x06);
    return NULL;
}

const char *as_order_portage(const as_version_scheme *s, as_str v,
                             as_version_out *o)
{
    as_str rest = v;
    const char *why = put_numbers(o, &rest);

    if (why != NULL)
        return why;
    if (rest.n > 0 && as_ascii_is_lower(rest.p[0])) {
        as_version_put(o, (uint8_t)rest.p[0]);
        as_version_skip(&rest, 1);
    } else {
        as_version_put(o, 0x01);
    }
    why = put_suffixes(o, &rest);
    if (why != NULL)
        return why;
    if (as_str_starts(rest, AS_STR("-r")) && rest.n > 2)
        as_version_skip(&rest, 2);
    else if (rest.n > 0)
        return "only a letter, suffixes and -rN may follow the numbers";
    as_version_put_number(o, as_version_take_digits(&rest));
    return rest.n == 0 ? NULL : "-r takes a number";
}
