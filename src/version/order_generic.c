/* SPDX-License-Identifier: Apache-2.0 */
/* The order for versions nobody defined: firmware, appliances, "custom".
 *
 * Digits and letters in runs, whatever separates them; case does not count.
 *
 *     pre-release word < nothing = 0 < other word < number
 *
 * dev < snapshot < alpha < beta < milestone < pre < rc; words that say nothing
 * (v, version, release, final, ga ...) are left out; a lone letter is a patch
 * letter (1.1.1k), "b" too, for most firmware counts builds with it; other
 * words order by alphabet, after spelling out "u" for update and the like.
 * Zeros before a word and at the end do not count.
 *
 * Three families, each with an order of its own: numbers, dates, and versions
 * that begin with a name. Across families, and across names, the order is
 * arbitrary (as_version_keys_comparable says so). A pattern ("8.0.x", "2.*")
 * and a range in signs or words ("< 1.2", "03.07 and earlier") are no version.
 *
 * key    ::= (0x01 | 0x02 text 0x00 | 0x03) {token} 0x09
 *            numbers, a name, dates
 * token  ::= rank (1 to 7) | 0x0A text 0x00 | number */
#include "version/version_internal.h"

#include <string.h>

enum { NUMBERS = 0x01, NAMED = 0x02, DATES = 0x03, END = 0x09, WORD = 0x0A };

static bool is_in(as_str word, const as_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq_nocase(word, list[i]))
            return true;
    return false;
}

/* Words that say only that a version follows, or that it is released. */
static bool is_empty_word(as_str word)
{
    static const as_str words[] = {
        AS_STR_INIT("v"),        AS_STR_INIT("ver"), AS_STR_INIT("version"),
        AS_STR_INIT("release"),  AS_STR_INIT("rel"), AS_STR_INIT("released"),
        AS_STR_INIT("final"),    AS_STR_INIT("ga"),  AS_STR_INIT("stable"),
        AS_STR_INIT("firmware"), AS_STR_INIT("fw"),
    };

    return is_in(word, words, AS_ARRAY_LEN(words));
}

/* At the front these say no more than "v". */
static bool is_front_word(as_str word)
{
    static const as_str words[] = {AS_STR_INIT("r"), AS_STR_INIT("rev"),
                                   AS_STR_INIT("revision"),
                                   AS_STR_INIT("build")};

    return is_empty_word(word) || is_in(word, words, AS_ARRAY_LEN(words));
}

/* One spelling for words that count the same thing. */
static as_str spell(as_str word)
{
    static const struct {
        as_str spelt, as;
    } words[] = {
        {AS_STR_INIT("u"), AS_STR_INIT("update")},
        {AS_STR_INIT("upd"), AS_STR_INIT("update")},
        {AS_STR_INIT("servicepack"), AS_STR_INIT("sp")},
        {AS_STR_INIT("p"), AS_STR_INIT("patch")},
        {AS_STR_INIT("pl"), AS_STR_INIT("patch")},
        {AS_STR_INIT("patchlevel"), AS_STR_INIT("patch")},
        {AS_STR_INIT("hf"), AS_STR_INIT("hotfix")},
        {AS_STR_INIT("r"), AS_STR_INIT("revision")},
        {AS_STR_INIT("rev"), AS_STR_INIT("revision")},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq_nocase(word, words[i].spelt))
            return words[i].as;
    return word;
}

static bool is_letter(char c)
{
    return as_ascii_is_alpha(c) || (uint8_t)c >= 0x80;
}

static void skip_separators(as_str *s)
{
    size_t n = 0;

    while (n < s->n && !is_letter(s->p[n]) && !as_ascii_is_digit(s->p[n]))
        n++;
    as_version_skip(s, n);
}

static as_str take_word(as_str *rest)
{
    as_str s = *rest;
    size_t n = 0;

    while (n < s.n && is_letter(s.p[n]))
        n++;
    as_version_skip(rest, n);
    return as_str_slice(s, 0, n);
}

/* A '*', or an x that stands alone between separators behind something. */
static bool is_pattern(as_str v)
{
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '*')
            return true;
        if ((v.p[i] != 'x' && v.p[i] != 'X') || i == 0 || v.p[i - 1] != '.')
            continue;
        if (i + 1 == v.n || (!as_ascii_is_alnum(v.p[i + 1])))
            return true;
    }
    return false;
}

/* Signs and words that make a range or a list out of versions. */
static bool is_range(as_str v)
{
    static const as_str words[] = {
        AS_STR_INIT("and"),     AS_STR_INIT("or"),       AS_STR_INIT("to"),
        AS_STR_INIT("through"), AS_STR_INIT("until"),    AS_STR_INIT("before"),
        AS_STR_INIT("after"),   AS_STR_INIT("prior"),    AS_STR_INIT("earlier"),
        AS_STR_INIT("later"),   AS_STR_INIT("lower"),    AS_STR_INIT("higher"),
        AS_STR_INIT("older"),   AS_STR_INIT("newer"),    AS_STR_INIT("below"),
        AS_STR_INIT("above"),   AS_STR_INIT("up"),       AS_STR_INIT("all"),
        AS_STR_INIT("any"),     AS_STR_INIT("versions"), AS_STR_INIT("from"),
        AS_STR_INIT("since"),   AS_STR_INIT("than"),     AS_STR_INIT("except"),
    };

    if (v.p[v.n - 1] == '+')
        return true;
    while (v.n > 0) {
        as_str word = take_word(&v);
        if (is_in(word, words, AS_ARRAY_LEN(words)))
            return true;
        if (v.n > 0 && memchr("<>=,;|", v.p[0], 6) != NULL)
            return true;
        as_version_skip(&v, 1);
    }
    return false;
}

/* Eight digits of a calendar date at the front of s, as YYYYMMDD, YYYY-MM-DD or
 * YYYY/MM/DD, from 1980 on; cut from *rest. */
static bool take_date(as_str *rest, char digits[8])
{
    as_str s = *rest, run = as_version_take_digits(&s);
    char gap = s.n > 0 ? s.p[0] : 0;
    uint64_t date;

    for (size_t i = 0; i < 8; i++) {
        size_t at = run.n == 8 ? i : i + (i > 3 ? 1 : 0) + (i > 5 ? 1 : 0);
        if (at >= rest->n || !as_ascii_is_digit(rest->p[at]))
            return false;
        digits[i] = rest->p[at];
    }
    if (run.n == 4 && ((gap != '-' && gap != '/') || rest->p[7] != gap ||
                       (rest->n > 10 && as_ascii_is_digit(rest->p[10]))))
        return false;
    if ((run.n != 4 && run.n != 8) || !as_str_u64(as_str_of(digits, 8), &date))
        return false;
    as_version_skip(rest, run.n == 8 ? 8 : 10);
    return date / 10000 >= 1980 && date / 10000 < 2100 &&
           date / 100 % 100 >= 1 && date / 100 % 100 <= 12 && date % 100 >= 1 &&
           date % 100 <= 31;
}

static void put_word(as_version_out *o, as_str word, size_t *zeros)
{
    unsigned rank = as_version_pre_rank(word);

    if (is_empty_word(word))
        return;
    *zeros = 0;
    if (rank != 0) {
        as_version_put(o, (uint8_t)rank);
        return;
    }
    as_version_put(o, WORD);
    as_version_put_folded(o, spell(word));
    as_version_put(o, 0x00);
}

static void put_tokens(as_version_out *o, as_str v)
{
    size_t zeros = 0;

    for (skip_separators(&v); v.n > 0 && !o->full; skip_separators(&v)) {
        if (is_letter(v.p[0])) {
            put_word(o, take_word(&v), &zeros);
            continue;
        }
        as_str digits = as_version_take_digits(&v);
        if (as_version_is_zero(digits)) {
            zeros++;
            continue;
        }
        for (; zeros > 0; zeros--)
            as_version_put_small(o, 0);
        as_version_put_number(o, digits);
    }
    as_version_put(o, END);
}

/* Cuts words from the front that only say that a version follows. */
static as_str skip_front(as_str v)
{
    for (skip_separators(&v); v.n > 0 && is_letter(v.p[0]);
         skip_separators(&v)) {
        as_str rest = v;
        if (!is_front_word(take_word(&rest)))
            break;
        v = rest;
    }
    return v;
}

const char *as_order_generic(const as_version_scheme *s, as_str v,
                             as_version_out *o)
{
    as_str rest = skip_front(v), dated = rest;
    char digits[8];

    if (is_pattern(v))
        return "it is a pattern, not one version";
    if (is_range(v))
        return "it is a range or a list, not one version";
    if (rest.n == 0)
        return "it holds neither number nor name";
    if (take_date(&dated, digits)) {
        as_version_put(o, DATES);
        as_version_put_number(o, as_str_of(digits, 8));
        rest = dated;
    } else if (as_version_digit_first(rest)) {
        as_version_put(o, NUMBERS);
    } else {
        as_version_put(o, NAMED);
        as_version_put_folded(o, take_word(&rest));
        as_version_put(o, 0x00);
    }
    put_tokens(o, rest);
    return NULL;
}

/* The bytes that tell the family. */
static as_str family(as_span key)
{
    as_str s = as_str_of((const char *)key.p, key.n);

    return as_str_slice(s, 0,
                        as_version_begins(s, NAMED) ? as_str_find(s, 0x00) : 1);
}

bool as_order_generic_comparable(as_span a, as_span b)
{
    return as_str_eq(family(a), family(b));
}
