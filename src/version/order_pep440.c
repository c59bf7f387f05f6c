/* SPDX-License-Identifier: Apache-2.0 */
/* PEP 440, "Version Identification and Dependency Specification", and the
 * order older Python tools gave to versions that do not follow it.
 *
 *     [v] [epoch !] number {. number} [pre] [post] [dev] [+ local]
 *
 * Spellings are normalised as the PEP says (alpha = a, c = pre = preview = rc,
 * rev = r = post, "1.0-1" is a post-release, separators . - _ are one). Within
 * a release: dev < a < b < rc < final < post, and a dev of each before it.
 *
 * What is no PEP 440 version is a legacy one (packaging.version.LegacyVersion
 * up to packaging 21): below every other, ordered by runs of letters and
 * digits. Old uploads still carry such versions and advisories name them.
 *
 * key    ::= 0x01 legacy | 0x02 modern
 * modern ::= epoch numbers 0x01 pre post dev local
 * numbers ::= {number}, without trailing zeros
 * pre    ::= 0x01 | (0x02 a, 0x03 b, 0x04 rc) number | 0x05
 *            0x01: none, but a dev and no post; 0x05: none
 * post   ::= 0x01 | 0x02 number             dev ::= 0x01 number | 0x02
 * local  ::= 0x01 | 0x02 identifiers, numbers above words
 * legacy ::= {part} 0x00                    part ::= text 0x01 */
#include "version/version_internal.h"

#include <string.h>

typedef struct pep440 {
    as_str epoch, release, pre_number, post_number, dev_number, local;
    uint8_t pre; /* 0 none, or the token */
    bool post, dev, has_local;
} pep440;

static bool is_separator(as_str s)
{
    return as_version_begins(s, '.') || as_version_begins(s, '-') ||
           as_version_begins(s, '_');
}

/* [separator] word [separator] [digits]; false leaves *rest alone. Of words
 * that begin alike the longest stands first in the caller's list. */
static bool take_tagged(as_str *rest, as_str word, as_str *number)
{
    as_str s = *rest;

    if (is_separator(s))
        as_version_skip(&s, 1);
    if (!as_str_starts_nocase(s, word))
        return false;
    as_version_skip(&s, word.n);
    if (is_separator(s))
        as_version_skip(&s, 1);
    *number = as_version_take_digits(&s);
    *rest = s;
    return true;
}

static void take_pre(as_str *rest, pep440 *v)
{
    static const struct {
        as_str word;
        uint8_t token;
    } words[] = {
        {AS_STR_INIT("alpha"), 2},   {AS_STR_INIT("a"), 2},
        {AS_STR_INIT("beta"), 3},    {AS_STR_INIT("b"), 3},
        {AS_STR_INIT("preview"), 4}, {AS_STR_INIT("pre"), 4},
        {AS_STR_INIT("rc"), 4},      {AS_STR_INIT("c"), 4},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (take_tagged(rest, words[i].word, &v->pre_number)) {
            v->pre = words[i].token;
            return;
        }
}

static void take_post(as_str *rest, pep440 *v)
{
    static const as_str words[] = {AS_STR_INIT("post"), AS_STR_INIT("rev"),
                                   AS_STR_INIT("r")};

    if (rest->n > 1 && rest->p[0] == '-' && as_ascii_is_digit(rest->p[1])) {
        as_version_skip(rest, 1);
        v->post_number = as_version_take_digits(rest);
        v->post = true;
        return;
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(words) && !v->post; i++)
        v->post = take_tagged(rest, words[i], &v->post_number);
}

/* alnum {separator alnum}. */
static bool is_local(as_str s)
{
    bool text = false;

    for (size_t i = 0; i < s.n; i++) {
        if (as_ascii_is_alnum(s.p[i]))
            text = true;
        else if (text && is_separator(as_str_slice(s, i, s.n)))
            text = false;
        else
            return false;
    }
    return text;
}

static bool take_release(as_str *rest, pep440 *v)
{
    as_str start = *rest;

    for (;;) {
        if (as_version_take_digits(rest).n == 0)
            return false;
        if (rest->n < 2 || rest->p[0] != '.' || !as_ascii_is_digit(rest->p[1]))
            break;
        as_version_skip(rest, 1);
    }
    v->release = as_str_slice(start, 0, (size_t)(rest->p - start.p));
    return true;
}

static bool parse(as_str s, pep440 *v)
{
    as_str epoch;

    memset(v, 0, sizeof *v);
    if (as_version_begins(s, 'v') || as_version_begins(s, 'V'))
        as_version_skip(&s, 1);
    epoch = s;
    v->epoch = as_version_take_digits(&epoch);
    if (v->epoch.n > 0 && as_version_begins(epoch, '!'))
        s = as_str_slice(epoch, 1, epoch.n);
    else
        v->epoch = AS_STR("0");
    if (!take_release(&s, v))
        return false;
    take_pre(&s, v);
    take_post(&s, v);
    v->dev = take_tagged(&s, AS_STR("dev"), &v->dev_number);
    if (!as_version_begins(s, '+'))
        return s.n == 0;
    v->local = as_str_slice(s, 1, s.n);
    v->has_local = true;
    return is_local(v->local);
}

static void put_release(as_version_out *o, as_str release)
{
    size_t zeros = 0;

    while (release.n > 0) {
        as_str digits = as_version_take_digits(&release);
        as_version_skip(&release, 1); /* the dot */
        if (as_version_is_zero(digits)) {
            zeros++;
            continue;
        }
        for (; zeros > 0; zeros--)
            as_version_put_small(o, 0);
        as_version_put_number(o, digits);
    }
    as_version_put(o, 0x01);
}

/* Words below numbers, folded; fewer before more. */
static void put_local(as_version_out *o, as_str local)
{
    while (local.n > 0) {
        size_t n = 0;
        while (n < local.n && as_ascii_is_alnum(local.p[n]))
            n++;
        as_str part = as_str_slice(local, 0, n);
        as_version_skip(&local, n + 1);
        if (as_version_all_digits(part)) {
            as_version_put_number(o, part);
            continue;
        }
        as_version_put(o, 0x02);
        as_version_put_folded(o, part);
        as_version_put(o, 0x00);
    }
    as_version_put(o, 0x01);
}

static void put_modern(as_version_out *o, const pep440 *v)
{
    as_version_put(o, 0x02);
    as_version_put_number(o, v->epoch);
    put_release(o, v->release);
    if (v->pre != 0) {
        as_version_put(o, v->pre);
        as_version_put_number(o, v->pre_number);
    } else {
        as_version_put(o, v->dev && !v->post ? 0x01 : 0x05);
    }
    as_version_put(o, v->post ? 0x02 : 0x01);
    if (v->post)
        as_version_put_number(o, v->post_number);
    as_version_put(o, v->dev ? 0x01 : 0x02);
    if (v->dev)
        as_version_put_number(o, v->dev_number);
    as_version_put(o, v->has_local ? 0x02 : 0x01);
    if (v->has_local)
        put_local(o, v->local);
}

/* One part of a legacy version, cut from the front: a run of digits, a run of
 * lower-case letters, a dot, a hyphen, or a run of anything else. */
static as_str take_legacy(as_str *rest)
{
    as_str s = *rest;
    size_t n = 1;

    if (s.p[0] == '.' || s.p[0] == '-') {
        as_version_skip(rest, 1);
        return as_str_slice(s, 0, 1);
    }
    if (as_ascii_is_digit(s.p[0]))
        return as_version_take_digits(rest);
    if (as_ascii_is_alpha(s.p[0]))
        return as_version_take_letters(rest);
    while (n < s.n && s.p[n] != '.' && s.p[n] != '-' &&
           !as_ascii_is_alnum(s.p[n]))
        n++;
    as_version_skip(rest, n);
    return as_str_slice(s, 0, n);
}

/* What a word compares as: some spellings are one, dev is before everything,
 * a hyphen is what follows a final release. */
static as_str legacy_word(as_str word)
{
    if (as_str_eq_nocase(word, AS_STR("pre")) ||
        as_str_eq_nocase(word, AS_STR("preview")) ||
        as_str_eq_nocase(word, AS_STR("rc")))
        return AS_STR("c");
    if (as_str_eq_nocase(word, AS_STR("dev")))
        return AS_STR("@");
    if (as_str_eq(word, AS_STR("-")))
        return AS_STR("final-");
    return word;
}

/* Whether the word, in lower case, stands before "final". */
static bool is_before_final(as_str word)
{
    static const char final[] = "final";

    for (size_t i = 0; i < sizeof final - 1; i++) {
        if (i == word.n)
            return true;
        char c = as_ascii_lower(word.p[i]);
        if (c != final[i])
            return (unsigned char)c < (unsigned char) final[i];
    }
    return false;
}

/* Legacy numbers compare as text of at least eight digits. */
static void put_legacy_number(as_version_out *o, as_str digits)
{
    for (size_t n = digits.n; n < 8; n++)
        as_version_put(o, '0');
    as_version_put_text(o, digits);
    as_version_put(o, 0x01);
}

static bool ends_with_part(const as_version_out *o, size_t start, as_str part)
{
    as_str key = {(const char *)o->p + start, o->n - start};

    return as_str_ends(key, part);
}

/* Before a word below "final", hyphens that stand for "final-" go away; before
 * any word, the zeros that end a series of numbers do. start is where parts
 * begin; every part ends in 0x01, which no text holds, and words begin with an
 * asterisk. */
static void trim_legacy(as_version_out *o, size_t start, bool hyphens)
{
    static const as_str hyphen = AS_STR_INIT("*final-\x01");
    static const as_str zero = AS_STR_INIT("00000000\x01");

    while (hyphens && ends_with_part(o, start, hyphen))
        o->n -= hyphen.n;
    while (ends_with_part(o, start, zero) &&
           (o->n == start + zero.n || o->p[o->n - zero.n - 1] == 0x01))
        o->n -= zero.n;
}

static void put_legacy_word(as_version_out *o, size_t start, as_str word)
{
    trim_legacy(o, start, is_before_final(word));
    as_version_put(o, '*');
    as_version_put_folded(o, word);
    as_version_put(o, 0x01);
}

static void put_legacy(as_version_out *o, as_str s)
{
    size_t start;

    as_version_put(o, 0x01);
    start = o->n;
    while (s.n > 0 && !o->full) {
        as_str part = take_legacy(&s);
        if (as_version_all_digits(part))
            put_legacy_number(o, part);
        else if (!as_str_eq(part, AS_STR(".")))
            put_legacy_word(o, start, legacy_word(part));
    }
    put_legacy_word(o, start, AS_STR("final"));
    as_version_put(o, 0x00);
}

const char *as_order_pep440(const as_version_scheme *s, as_str v,
                            as_version_out *o)
{
    pep440 parsed;

    if (parse(v, &parsed))
        put_modern(o, &parsed);
    else
        put_legacy(o, v);
    return NULL;
}
