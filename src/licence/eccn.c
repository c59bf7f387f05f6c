/* SPDX-License-Identifier: Apache-2.0 */
/* Export control classification numbers, paragraphs, and the lists of them that
 * the tables are written in. Everything is three-valued: an item that is less
 * exact than what is asked ("3B001" of "3B001.c") is unsure, not no. */
#include "licence/licence_internal.h"

#include <string.h>

enum { ECCN_BYTES = 5, PATH_BYTES = 64, PATH_STEPS = 10 };

bool as_eccn_word(as_str *rest, as_str *word)
{
    *rest = as_str_trim(*rest);
    if (rest->n == 0)
        return false;
    *word = as_str_cut(rest, ' ');
    return true;
}

bool as_eccn_has_word(as_str list, as_str word)
{
    as_str one;

    while (as_eccn_word(&list, &one))
        if (as_str_eq(one, word))
            return true;
    return false;
}

/* ---- reading ---------------------------------------------------------------
 */

static bool base_ok(as_str s)
{
    return s.n == ECCN_BYTES && as_ascii_is_digit(s.p[0]) && s.p[1] >= 'A' &&
           s.p[1] <= 'E' && as_ascii_is_digit(s.p[2]) &&
           as_ascii_is_digit(s.p[3]) && as_ascii_is_digit(s.p[4]);
}

static bool path_ok(as_str s)
{
    size_t steps = 0;

    while (!as_str_is_absent(s)) {
        as_str step = as_str_cut(&s, '.');
        if (step.n == 0 || step.n > 3 || ++steps > PATH_STEPS)
            return false;
        for (size_t i = 0; i < step.n; i++)
            if (!as_ascii_is_lower(step.p[i]) && !as_ascii_is_digit(step.p[i]))
                return false;
    }
    return true;
}

/* "EAR99" as people write it: "ear99", "EAR 99", "EAR-99". */
static bool is_ear99(as_str s)
{
    as_str rest = as_str_slice(s, 3, s.n);

    if (!as_str_starts_nocase(s, AS_STR("EAR")))
        return false;
    if (rest.n && (rest.p[0] == ' ' || rest.p[0] == '-'))
        rest = as_str_slice(rest, 1, rest.n);
    return as_str_eq(rest, AS_STR("99"));
}

bool as_eccn_read(as_str text, as_arena *arena, as_eccn *ret)
{
    as_eccn e = {.base = AS_STR("EAR99"), .path = AS_STR("")};
    char copy[ECCN_BYTES + 1 + PATH_BYTES];
    size_t n;

    text = as_str_trim(text);
    if (is_ear99(text)) {
        e.ear99 = true;
        *ret = e;
        return true;
    }
    n = text.n;
    if (n < ECCN_BYTES || n > sizeof copy)
        return false;
    for (size_t i = 0; i < n; i++)
        copy[i] = i < ECCN_BYTES ? as_ascii_upper(text.p[i])
                                 : as_ascii_lower(text.p[i]);
    e.base = as_arena_str(arena, as_str_of(copy, ECCN_BYTES));
    if (!base_ok(as_str_of(copy, ECCN_BYTES)) || as_str_is_absent(e.base))
        return false;
    if (n > ECCN_BYTES) {
        if (copy[ECCN_BYTES] != '.')
            return false;
        e.path = as_arena_str(
            arena, as_str_of(copy + ECCN_BYTES + 1, n - ECCN_BYTES - 1));
        if (as_str_is_absent(e.path) || !path_ok(e.path))
            return false;
    }
    *ret = e;
    return true;
}

char as_eccn_group(as_eccn e)
{
    return e.ear99 ? 0 : e.base.p[1];
}

bool as_eccn_is_600(as_eccn e)
{
    /* The 600 series: the third character is 6 (part 772). */
    return !e.ear99 && e.base.p[2] == '6';
}

bool as_eccn_is_9x515(as_eccn e)
{
    return !e.ear99 && e.base.p[0] == '9' && e.base.p[2] == '5' &&
           e.base.p[3] == '1' && e.base.p[4] == '5';
}

/* ---- paragraphs ------------------------------------------------------------
 */

static bool below(as_str path, as_str of)
{
    return path.n > of.n && path.p[of.n] == '.' && as_str_starts(path, of);
}

static as_truth in_one(as_str token, as_str path)
{
    if (as_str_eq(token, path) || below(path, token))
        return AS_YES;
    return path.n == 0 || below(token, path) ? AS_UNSURE : AS_NO;
}

/* Order of one step: letters as letters, digits as numbers. */
static uint64_t step_value(as_str step)
{
    uint64_t v = 0;

    if (as_str_u64(step, &v))
        return v;
    for (size_t i = 0; i < step.n && i < 4; i++)
        v = v << 8 | (uint8_t)step.p[i];
    return v;
}

/* "a.1:a.3": sisters, told apart by their last step. */
static as_truth in_range(as_str first, as_str last, as_str path)
{
    size_t dot = as_str_rfind(first, '.');
    size_t lead = dot == first.n ? 0 : dot + 1;
    as_str parent = as_str_slice(first, 0, lead ? lead - 1 : 0);
    as_str step, low = as_str_slice(first, lead, first.n);
    as_str high = last;

    if (as_str_rfind(last, '.') != last.n)
        high = as_str_slice(last, as_str_rfind(last, '.') + 1, last.n);
    if (parent.n && !below(path, parent))
        return in_one(parent, path) == AS_NO ? AS_NO : AS_UNSURE;
    if (path.n == 0)
        return AS_UNSURE;
    path = as_str_slice(path, lead, path.n);
    step = as_str_cut(&path, '.');
    return step_value(step) >= step_value(low) &&
                   step_value(step) <= step_value(high) &&
                   as_ascii_is_digit(step.p[0]) == as_ascii_is_digit(low.p[0])
               ? AS_YES
               : AS_NO;
}

static as_truth in_token(as_str token, as_str path)
{
    size_t colon = as_str_find(token, ':');

    if (as_str_eq(token, AS_STR("*")))
        return AS_YES;
    if (colon == token.n)
        return in_one(token, path);
    return in_range(as_str_slice(token, 0, colon),
                    as_str_slice(token, colon + 1, token.n), path);
}

as_truth as_eccn_in_scope(as_str scope, as_str path)
{
    as_truth in = AS_NO, out = AS_NO;
    as_str token;

    while (as_eccn_word(&scope, &token)) {
        if (token.p[0] == '-')
            out = as_truth_or(out,
                              in_token(as_str_slice(token, 1, token.n), path));
        else
            in = as_truth_or(in, in_token(token, path));
    }
    return as_truth_and(in, as_truth_not(out));
}

/* ---- lists -----------------------------------------------------------------
 */

static as_str path_of(as_str spec)
{
    return spec.n > ECCN_BYTES + 1 ? as_str_slice(spec, ECCN_BYTES + 1, spec.n)
                                   : AS_STR("");
}

static as_truth in_spec(as_str spec, as_eccn item)
{
    as_str base = as_str_slice(spec, 0, ECCN_BYTES), path = path_of(spec);

    if (item.ear99 || !as_str_eq(base, item.base))
        return AS_NO;
    return path.n ? in_token(path, item.path) : AS_YES;
}

/* "3A225:3A234", or "3B001.a.1:3B001.a.3" within one entry. */
static as_truth in_span(as_str first, as_str last, as_eccn item)
{
    as_str a = as_str_slice(first, 0, ECCN_BYTES);
    as_str b = as_str_slice(last, 0, ECCN_BYTES);

    if (item.ear99)
        return AS_NO;
    if (path_of(first).n)
        return as_str_eq(a, item.base)
                   ? in_range(path_of(first), path_of(last), item.path)
                   : AS_NO;
    return as_str_eq(as_str_slice(a, 0, 2), as_str_slice(item.base, 0, 2)) &&
                   as_str_cmp(item.base, a) >= 0 &&
                   as_str_cmp(item.base, b) <= 0
               ? AS_YES
               : AS_NO;
}

static as_truth in_word(as_str word, as_eccn item)
{
    size_t colon = as_str_find(word, ':');

    if (as_str_eq(word, AS_STR("*")))
        return AS_YES;
    if (as_str_eq(word, AS_STR("600")))
        return as_eccn_is_600(item) ? AS_YES : AS_NO;
    if (as_str_eq(word, AS_STR("9x515")))
        return as_eccn_is_9x515(item) ? AS_YES : AS_NO;
    if (colon < word.n)
        return in_span(as_str_slice(word, 0, colon),
                       as_str_slice(word, colon + 1, word.n), item);
    if (word.n == 2) /* a group: "3B" */
        return !item.ear99 && as_str_starts(item.base, word) ? AS_YES : AS_NO;
    return in_spec(word, item);
}

as_truth as_eccn_in_list(as_str list, as_eccn item, const as_eccn_asker *ask)
{
    as_truth in = AS_NO, out = AS_NO;
    as_str word;

    while (as_eccn_word(&list, &word)) {
        bool take_away = word.p[0] == '-';
        size_t at = as_str_find(word, '@');
        as_str reason = as_str_slice(word, at + 1, word.n);
        as_truth t = in_word(as_str_slice(word, take_away, at), item);

        if (t != AS_NO && at < word.n)
            t = as_truth_and(t, ask && ask->ask
                                    ? ask->ask(ask->ctx, item, reason)
                                    : AS_UNSURE);
        if (take_away)
            out = as_truth_or(out, t);
        else
            in = as_truth_or(in, t);
    }
    return as_truth_and(in, as_truth_not(out));
}
