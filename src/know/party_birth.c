/* SPDX-License-Identifier: Apache-2.0 */
/* Births as lists write them, in a form that begins with the year, so that a
 * year that is asked for can be held against it:
 *
 *   10 Oct 1965, 10/10/1965     1965-10-10
 *   Oct 1965, 00/10/1965        1965-10
 *   circa 1965                  1965 (circa)
 *   1958 to 1962, 1958-1962     1958 to 1962, and 1959 (1958 to 1962) ...:
 *                               each of the years may be the one
 *
 * What is none of these stays as it is written. */
#include "know/party_make_internal.h"

#include <stdio.h>
#include <string.h>

enum { TEXT = 64, ONE = 16, MOST_YEARS = 60 };

/* The first four digits, or 0. */
static unsigned year_of(const char *s)
{
    unsigned year = 0;

    for (int i = 0; i < 4; i++)
        year = year * 10 + (unsigned)(s[i] - '0');
    return year;
}

static bool is_digits(as_str s, size_t n)
{
    if (s.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!as_ascii_is_digit(s.p[i]))
            return false;
    return true;
}

/* "1965-10" and "1965-10-00": what is not known is left away. */
static bool by_dashes(as_str s, char to[ONE])
{
    as_str year = as_str_cut(&s, '-'), month = as_str_cut(&s, '-');

    if (!is_digits(year, 4) || !is_digits(month, 2) ||
        (s.n && !as_str_eq(s, AS_STR("00"))))
        return false;
    if (as_str_eq(month, AS_STR("00")))
        (void)snprintf(to, ONE, "%.4s", year.p);
    else
        (void)snprintf(to, ONE, "%.4s-%.2s", year.p, month.p);
    return true;
}

/* What is not known, in figures or in letters. */
static bool is_open(as_str s, const char *figures, const char *letters)
{
    return as_str_eq(s, as_str_c(figures)) ||
           as_str_eq_nocase(s, as_str_c(letters));
}

/* "00/10/1965", "00/00/1965", "dd/mm/1965". */
static bool by_slashes(as_str s, char to[ONE])
{
    as_str day = as_str_cut(&s, '/'), month = as_str_cut(&s, '/');

    bool year = is_open(month, "00", "mm");

    if (!is_open(day, "00", "dd") || (!year && !is_digits(month, 2)) ||
        !is_digits(s, 4))
        return false;
    if (year)
        (void)snprintf(to, ONE, "%.4s", s.p);
    else
        (void)snprintf(to, ONE, "%.4s-%.2s", s.p, month.p);
    return true;
}

/* "Oct 1965". */
static bool by_month(as_str s, char to[ONE])
{
    as_str month = as_str_trim(as_str_cut(&s, ' '));
    unsigned n = as_make_month(month);

    s = as_str_trim(s);
    if (!n || !is_digits(s, 4))
        return false;
    (void)snprintf(to, ONE, "%.4s-%02u", s.p, n);
    return true;
}

/* One day, month or year. */
static bool read_one(as_party_make *m, as_str s, char to[ONE])
{
    as_str day;

    s = as_str_trim(s);
    if (is_digits(s, 4)) {
        (void)snprintf(to, ONE, "%.4s", s.p);
        return true;
    }
    day = as_make_date(m, s, false);
    if (day.n == 10) {
        (void)snprintf(to, ONE, "%.10s", day.p);
        return true;
    }
    return by_dashes(s, to) || by_slashes(s, to) || by_month(s, to);
}

static bool cut_word(as_str *s, const char *word)
{
    as_str w = as_str_c(word);

    if (!as_str_starts_nocase(*s, w))
        return false;
    *s = as_str_trim(as_str_slice(*s, w.n, s->n));
    return true;
}

static bool is_circa(as_str *s)
{
    static const char *const words[] = {"circa",   "approximately", "approx.",
                                        "approx ", "about ",        "ca. ",
                                        "c. "};

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (cut_word(s, words[i]))
            return true;
    return false;
}

/* The two ends of "A to B", "between A and B", "1958-1962". */
static bool cut_span(as_str s, as_str *first, as_str *last)
{
    static const char *const words[] = {" to ", " and ", " - "};
    bool between = cut_word(&s, "between ");

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++) {
        as_str w = as_str_c(words[i]);
        size_t at = as_str_search(s, w);
        if (at == s.n || (i == 1 && !between))
            continue;
        *first = as_str_slice(s, 0, at);
        *last = as_str_slice(s, at + w.n, s.n);
        return true;
    }
    *first = as_str_slice(s, 0, 4);
    *last = as_str_slice(s, 5, s.n);
    return s.n == 9 && s.p[4] == '-' && is_digits(*first, 4) &&
           is_digits(*last, 4);
}

static void add_text(as_party_make *m, const char *text)
{
    as_make_birth_as(m, as_arena_str(m->arena, as_str_c(text)));
}

static void add_span(as_party_make *m, const char *first, const char *last)
{
    unsigned from = year_of(first), to = year_of(last);
    char text[TEXT];

    (void)snprintf(text, sizeof text, "%s to %s", first, last);
    add_text(m, text);
    if (to < from || to - from > MOST_YEARS)
        return;
    for (unsigned year = from + 1; year <= to; year++) {
        (void)snprintf(text, sizeof text, "%04u (%s to %s)", year, first, last);
        add_text(m, text);
    }
}

void as_make_birth(as_party_make *m, as_str date)
{
    as_str s = as_str_trim(date), first, last;
    char one[ONE], other[ONE], text[TEXT];
    bool circa = is_circa(&s);

    if (read_one(m, s, one)) {
        (void)snprintf(text, sizeof text, "%s%s", one, circa ? " (circa)" : "");
        add_text(m, text);
    } else if (cut_span(s, &first, &last) && read_one(m, first, one) &&
               read_one(m, last, other)) {
        add_span(m, one, other);
    } else {
        as_make_birth_as(m, date);
    }
}
