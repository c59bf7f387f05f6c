/* SPDX-License-Identifier: Apache-2.0 */
/* The tokens of keys and the small readers that the orders share; see
 * version_internal.h for their shape. */
#include "version/version_internal.h"

#include <string.h>

#define NUMBER        0x10 /* the number 0 */
#define NUMBER_SMALL  180  /* values below stand in one byte */
#define NUMBER_DIGITS 0xC4 /* three digits follow */
#define NUMBER_LONG   0xF4 /* 51 digits and more: count in eleven bits */
#define LONG_FROM     (NUMBER_LONG - NUMBER_DIGITS + 3)

void as_version_put_text(as_version_out *o, as_str s)
{
    if (s.n > o->cap - o->n) {
        o->full = true;
        return;
    }
    if (s.n > 0)
        memcpy(o->p + o->n, s.p, s.n);
    o->n += s.n;
}

void as_version_put_folded(as_version_out *o, as_str s)
{
    for (size_t i = 0; i < s.n; i++)
        as_version_put(o, (uint8_t)as_ascii_lower(s.p[i]));
}

void as_version_put_number(as_version_out *o, as_str digits)
{
    unsigned value = 0;

    while (as_version_begins(digits, '0'))
        as_version_skip(&digits, 1);
    if (digits.n <= 3) {
        for (size_t i = 0; i < digits.n; i++)
            value = value * 10 + (unsigned)(digits.p[i] - '0');
        if (value < NUMBER_SMALL) {
            as_version_put(o, (uint8_t)(NUMBER + value));
            return;
        }
    }
    if (digits.n < LONG_FROM) {
        as_version_put(o, (uint8_t)(NUMBER_DIGITS + digits.n - 3));
    } else {
        as_version_put(o, (uint8_t)(NUMBER_LONG + (digits.n >> 8)));
        as_version_put(o, (uint8_t)digits.n);
    }
    as_version_put_text(o, digits);
}

void as_version_put_small(as_version_out *o, size_t value)
{
    char text[24];
    size_t at = sizeof text;

    do
        text[--at] = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    as_version_put_number(o, as_str_of(text + at, sizeof text - at));
}

size_t as_version_number_size(const uint8_t *p, size_t n)
{
    size_t size;

    if (n == 0 || p[0] < NUMBER || p[0] > NUMBER_LONG + 4)
        return 0;
    if (p[0] < NUMBER_DIGITS)
        return 1;
    if (p[0] < NUMBER_LONG)
        size = 1 + (size_t)(p[0] - NUMBER_DIGITS) + 3;
    else
        size = n < 2 ? n : 2 + ((size_t)(p[0] - NUMBER_LONG) << 8) + p[1];
    return size < n ? size : n;
}

as_str as_version_take_digits(as_str *rest)
{
    as_str run = *rest;
    size_t n = 0;

    while (n < run.n && as_ascii_is_digit(run.p[n]))
        n++;
    as_version_skip(rest, n);
    return as_str_slice(run, 0, n);
}

as_str as_version_take_letters(as_str *rest)
{
    as_str run = *rest;
    size_t n = 0;

    while (n < run.n && as_ascii_is_alpha(run.p[n]))
        n++;
    as_version_skip(rest, n);
    return as_str_slice(run, 0, n);
}

bool as_version_all_digits(as_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!as_ascii_is_digit(s.p[i]))
            return false;
    return s.n > 0;
}

bool as_version_is_zero(as_str digits)
{
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] != '0')
            return false;
    return true;
}

/* Whether the digits are a number of at most 31 bits. */
static bool fits_int32(as_str digits)
{
    uint64_t v;

    return as_str_u64(digits, &v) && v <= INT32_MAX;
}

/* identifier ::= number | 0xF9 text 0x00; the list ends in 0x01. */
void as_version_put_identifiers(as_version_out *o, as_str s, bool fold,
                                bool int32)
{
    bool more;

    do {
        size_t dot = as_str_find(s, '.');
        as_str id = as_str_slice(s, 0, dot);

        more = dot < s.n;
        as_version_skip(&s, more ? dot + 1 : dot);
        if (as_version_all_digits(id) && (!int32 || fits_int32(id))) {
            as_version_put_number(o, id);
            continue;
        }
        as_version_put(o, 0xF9);
        if (fold)
            as_version_put_folded(o, id);
        else
            as_version_put_text(o, id);
        as_version_put(o, 0x00);
    } while (more);
    as_version_put(o, 0x01);
}

unsigned as_version_pre_rank(as_str word)
{
    static const struct {
        as_str word;
        unsigned rank;
    } words[] = {
        {AS_STR_INIT("dev"), 1},        {AS_STR_INIT("devel"), 1},
        {AS_STR_INIT("nightly"), 1},    {AS_STR_INIT("snapshot"), 2},
        {AS_STR_INIT("canary"), 2},     {AS_STR_INIT("alpha"), 3},
        {AS_STR_INIT("beta"), 4},       {AS_STR_INIT("milestone"), 5},
        {AS_STR_INIT("ea"), 6},         {AS_STR_INIT("eap"), 6},
        {AS_STR_INIT("pre"), 6},        {AS_STR_INIT("preview"), 6},
        {AS_STR_INIT("prerelease"), 6}, {AS_STR_INIT("rc"), 7},
        {AS_STR_INIT("cr"), 7},         {AS_STR_INIT("candidate"), 7},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq_nocase(words[i].word, word))
            return words[i].rank;
    return 0;
}
