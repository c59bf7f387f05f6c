/* SPDX-License-Identifier: Apache-2.0 */
/* apk-tools: Alpine, Wolfi, Chainguard and their kin.
 *
 *     digits {. digits} [letter] {_suffix [digits]} [~hash] [-r digits]
 *
 * alpha < beta < pre < rc < nothing < cvs < svn < git < hg < p. A part after
 * the first that begins with 0 compares as text. What ends earlier is older,
 * but for a pre-release suffix. As in apk 2, versions with text apk 3 refuses
 * are still ordered: digits may follow the letter ("6.6.2p1"), "-r" may lack
 * its number (0), parts may be empty; from the first thing that fits nowhere
 * on, the rest counts as one mark just below the end, and no revision 0 stands
 * before that mark. What begins with no digit is below all, by its text.
 *
 * key ::= 0x01 text | number {token} (0x06 | 0x08)
 * token by rank, oldest first:
 *   0x02 alpha 0x03 beta 0x04 pre 0x05 rc
 *   0x06 rest that cannot be read
 *   0x08 end
 *   0x09 number               -r
 *   0x0A text 0x00            ~hash
 *   0x0B number               digits behind a suffix
 *   0x0C cvs 0x0D svn 0x0E git 0x0F hg 0x10 p
 *   0x11                      an empty part
 *   0x12 letter               0x13 text 0x00 (leading zero)   0x14 number */
#include "version/version_internal.h"

enum {
    ALL_TEXT = 0x01,
    REST = 0x06,
    END = 0x08,
    REVISION = 0x09,
    HASH = 0x0A,
    SUFFIX_NUMBER = 0x0B,
    EMPTY = 0x11,
    LETTER = 0x12,
    ZERO_LED = 0x13,
    DIGITS = 0x14,
};

static uint8_t suffix_rank(as_str word)
{
    static const struct {
        as_str word;
        uint8_t rank;
    } suffixes[] = {
        {AS_STR_INIT("alpha"), 0x02}, {AS_STR_INIT("beta"), 0x03},
        {AS_STR_INIT("pre"), 0x04},   {AS_STR_INIT("rc"), 0x05},
        {AS_STR_INIT("cvs"), 0x0C},   {AS_STR_INIT("svn"), 0x0D},
        {AS_STR_INIT("git"), 0x0E},   {AS_STR_INIT("hg"), 0x0F},
        {AS_STR_INIT("p"), 0x10},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(suffixes); i++)
        if (as_str_eq(word, suffixes[i].word))
            return suffixes[i].rank;
    return 0;
}

static void put_part(as_version_out *o, as_str digits)
{
    if (as_version_begins(digits, '0')) {
        as_version_put(o, ZERO_LED);
        as_version_put_text(o, digits);
        as_version_put(o, 0x00);
        return;
    }
    as_version_put(o, DIGITS);
    as_version_put_number(o, digits);
}

/* {. digits} [letter [digits {. digits} [letter] ...]] */
static void put_parts(as_version_out *o, as_str *rest)
{
    bool letter = false;

    while (rest->n > 0 && !o->full) {
        if (rest->p[0] == '.') {
            as_version_skip(rest, 1);
            as_str digits = as_version_take_digits(rest);
            if (digits.n > 0)
                put_part(o, digits);
            else
                as_version_put(o, EMPTY);
            letter = false;
        } else if (letter && as_version_digit_first(*rest)) {
            as_version_put(o, DIGITS);
            as_version_put_number(o, as_version_take_digits(rest));
            letter = false;
        } else if (!letter && as_ascii_is_lower(rest->p[0])) {
            as_version_put(o, LETTER);
            as_version_put(o, (uint8_t)rest->p[0]);
            as_version_skip(rest, 1);
            letter = true;
        } else {
            return;
        }
    }
}

static void put_suffixes(as_version_out *o, as_str *rest)
{
    while (as_version_begins(*rest, '_') && !o->full) {
        as_str after = as_str_slice(*rest, 1, rest->n);
        uint8_t rank = suffix_rank(as_version_take_letters(&after));
        if (rank == 0)
            return;
        *rest = after;
        as_version_put(o, rank);
        if (as_version_digit_first(*rest)) {
            as_version_put(o, SUFFIX_NUMBER);
            as_version_put_number(o, as_version_take_digits(rest));
        }
    }
}

static bool is_hex(char c)
{
    return as_ascii_is_digit(c) || (c >= 'a' && c <= 'f');
}

static void put_hash(as_version_out *o, as_str *rest)
{
    size_t n = 1;

    if (!as_version_begins(*rest, '~'))
        return;
    while (n < rest->n && is_hex(rest->p[n]))
        n++;
    if (n == 1)
        return;
    as_version_put(o, HASH);
    as_version_put_text(o, as_str_slice(*rest, 1, n));
    as_version_put(o, 0x00);
    as_version_skip(rest, n);
}

static void put_revision(as_version_out *o, as_str rest)
{
    as_str digits = AS_STR("");
    bool stated = as_str_starts(rest, AS_STR("-r"));

    if (stated) {
        as_version_skip(&rest, 2);
        digits = as_version_take_digits(&rest);
    }
    if (stated && (rest.n == 0 || !as_version_is_zero(digits))) {
        as_version_put(o, REVISION);
        as_version_put_number(o, digits);
    }
    as_version_put(o, rest.n > 0 ? REST : END);
}

const char *as_order_apk(const as_version_scheme *s, as_str v,
                         as_version_out *o)
{
    if (!as_version_digit_first(v)) {
        as_version_put(o, ALL_TEXT);
        as_version_put_text(o, v);
        return NULL;
    }
    as_version_put_number(o, as_version_take_digits(&v));
    put_parts(o, &v);
    put_suffixes(o, &v);
    put_hash(o, &v);
    put_revision(o, v);
    return NULL;
}
