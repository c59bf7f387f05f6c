/* SPDX-License-Identifier: Apache-2.0 */
/* RubyGems: Gem::Version (also CocoaPods).
 *
 * A version is its runs of digits and its runs of letters; "-" stands for
 * ".pre.". Letters make a pre-release: a word stands below 0, and a missing
 * part is 0. Zeros before the first word and at the end do not count, so
 * "1.0.a" is "1.a". Letters right behind digits ("1beta") are malformed but
 * ordered.
 *
 * A platform after the hyphen ("1.2.3-x86_64-linux", as lock files write it)
 * is no part of the version.
 *
 * A version goes on with zeros without end. So a key says, at each place, how
 * many zeros stand before what is next, and whether that is below or above:
 *
 * key  ::= {word | number} 0x80
 * word   ::= (0x01 + zeros) text 0x00      more zeros before it are newer
 * number ::= (0xF9 - zeros) number         more zeros before it are older */
#include "version/version_internal.h"

#define ZEROS_MAX 120 /* zeros in one run that still count */
#define END       0x80

/* What RubyGems writes as platform: a processor, or a virtual machine. */
static bool is_platform(as_str s)
{
    static const as_str firsts[] = {
        AS_STR_INIT("java"),        AS_STR_INIT("jruby"),
        AS_STR_INIT("dalvik"),      AS_STR_INIT("x86"),
        AS_STR_INIT("x86_64"),      AS_STR_INIT("x64"),
        AS_STR_INIT("i386"),        AS_STR_INIT("i686"),
        AS_STR_INIT("arm"),         AS_STR_INIT("arm64"),
        AS_STR_INIT("aarch64"),     AS_STR_INIT("aarch64_be"),
        AS_STR_INIT("armv7l"),      AS_STR_INIT("universal"),
        AS_STR_INIT("powerpc64le"), AS_STR_INIT("ppc64le"),
        AS_STR_INIT("s390x"),       AS_STR_INIT("riscv64"),
        AS_STR_INIT("mswin32"),     AS_STR_INIT("mswin64"),
        AS_STR_INIT("mingw32"),
    };
    as_str first = as_str_slice(s, 0, as_str_find(s, '-'));

    for (size_t i = 0; i < AS_ARRAY_LEN(firsts); i++)
        if (as_str_eq(first, firsts[i]))
            return true;
    return false;
}

static as_str without_platform(as_str v)
{
    size_t dash = as_str_find(v, '-');

    if (dash < v.n && is_platform(as_str_slice(v, dash + 1, v.n)))
        return as_str_slice(v, 0, dash);
    return v;
}

static void put_word(as_version_out *o, size_t zeros, as_str word)
{
    as_version_put(o, (uint8_t)(1 + zeros));
    as_version_put_text(o, word);
    as_version_put(o, 0x00);
}

static void put_number(as_version_out *o, size_t zeros, as_str digits)
{
    as_version_put(o, (uint8_t)(END + 1 + ZEROS_MAX - zeros));
    as_version_put_number(o, digits);
}

/* The next run, or "pre" for a hyphen; empty at the end and at what is neither.
 * Dots are passed over. */
static as_str take_segment(as_str *rest)
{
    while (as_version_begins(*rest, '.') || as_version_begins(*rest, '_'))
        as_version_skip(rest, 1);
    if (as_version_begins(*rest, '-')) {
        as_version_skip(rest, 1);
        return AS_STR("pre");
    }
    if (as_version_digit_first(*rest))
        return as_version_take_digits(rest);
    return as_version_take_letters(rest);
}

const char *as_order_gem(const as_version_scheme *s, as_str v,
                         as_version_out *o)
{
    as_str rest = without_platform(v);
    size_t zeros = 0;
    bool words = false;

    while (rest.n > 0 && !o->full) {
        as_str segment = take_segment(&rest);
        if (segment.n == 0) {
            if (rest.n > 0)
                return "it may hold only letters, digits, dots and hyphens";
        } else if (!as_version_digit_first(segment)) {
            put_word(o, words ? zeros : 0, segment);
            words = true;
            zeros = 0;
        } else if (!as_version_is_zero(segment)) {
            put_number(o, zeros, segment);
            zeros = 0;
        } else if (++zeros > ZEROS_MAX) {
            return AS_VERSION_TOO_MANY;
        }
    }
    as_version_put(o, END);
    return NULL;
}
