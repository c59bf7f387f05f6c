/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that matter: unit 41 is not unit 44. Digits, words for numbers and
 * ordinals, Roman ones behind a name of an organisation. */
#include "party/name_internal.h"

#include <string.h>

static const struct {
    const char *word;
    uint8_t value;
} number_words[] = {
    {"zero", 0},        {"one", 1},          {"first", 1},
    {"two", 2},         {"second", 2},       {"three", 3},
    {"third", 3},       {"four", 4},         {"fourth", 4},
    {"five", 5},        {"fifth", 5},        {"six", 6},
    {"sixth", 6},       {"seven", 7},        {"seventh", 7},
    {"eight", 8},       {"eighth", 8},       {"nine", 9},
    {"ninth", 9},       {"ten", 10},         {"tenth", 10},
    {"eleven", 11},     {"eleventh", 11},    {"twelve", 12},
    {"twelfth", 12},    {"thirteen", 13},    {"thirteenth", 13},
    {"fourteen", 14},   {"fourteenth", 14},  {"fifteen", 15},
    {"fifteenth", 15},  {"sixteen", 16},     {"sixteenth", 16},
    {"seventeen", 17},  {"seventeenth", 17}, {"eighteen", 18},
    {"eighteenth", 18}, {"nineteen", 19},    {"nineteenth", 19},
    {"twenty", 20},     {"twentieth", 20},   {"thirty", 30},
    {"thirtieth", 30},  {"forty", 40},       {"fourty", 40},
    {"fortieth", 40},   {"fifty", 50},       {"fiftieth", 50},
    {"sixty", 60},      {"sixtieth", 60},    {"seventy", 70},
    {"seventieth", 70}, {"eighty", 80},      {"eightieth", 80},
    {"ninety", 90},     {"ninetieth", 90},   {"hundred", 100},
    {"primero", 1},     {"erste", 1},        {"premier", 1},
    {"primer", 1},      {"pervyy", 1},       {"pervy", 1},
    {"vtoroy", 2},      {"tretiy", 3},       {"segundo", 2},
    {"tercero", 3},     {"zweite", 2},       {"dritte", 3},
};

static bool number_word(as_str s, uint32_t *ret)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(number_words); i++)
        if (as_str_eq(s, as_str_c(number_words[i].word))) {
            *ret = number_words[i].value;
            return true;
        }
    return false;
}

/* "41", "041", "1st", "42nd"; more than nine digits stay text. */
static bool digits(as_str s, uint32_t *ret)
{
    uint64_t v;
    size_t n = 0;
    as_str tail;

    while (n < s.n && as_ascii_is_digit(s.p[n]))
        n++;
    if (n == 0 || n > 9 || !as_str_u64(as_str_slice(s, 0, n), &v))
        return false;
    tail = as_str_slice(s, n, s.n);
    if (tail.n && !as_str_eq(tail, AS_STR("st")) &&
        !as_str_eq(tail, AS_STR("nd")) && !as_str_eq(tail, AS_STR("rd")) &&
        !as_str_eq(tail, AS_STR("th")))
        return false;
    *ret = (uint32_t)v;
    return true;
}

/* Up to 39, in the one way they are written. */
static bool roman(as_str s, uint32_t *ret)
{
    static const char *const units[] = {"",  "i",  "ii",  "iii",  "iv",
                                        "v", "vi", "vii", "viii", "ix"};
    size_t tens = 0;

    while (tens < 3 && tens < s.n && s.p[tens] == 'x')
        tens++;
    for (size_t t = 0; t <= tens; t++)
        for (size_t u = 0; u < 10; u++)
            if (t + u > 0 &&
                as_str_eq(as_str_slice(s, t, s.n), as_str_c(units[u]))) {
                *ret = (uint32_t)(10 * t + u);
                return true;
            }
    return false;
}

/* ---- numbers in Han -------------------------------------------------------
 */

/* 0 to 9, 10, 100; -1: none. */
static int han_digit(uint32_t c)
{
    static const uint16_t digits_[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09,
                                       0x56DB, 0x4E94, 0x516D, 0x4E03,
                                       0x516B, 0x4E5D, 0x5341, 0x767E};

    for (size_t i = 0; i < AS_ARRAY_LEN(digits_); i++)
        if (digits_[i] == c)
            return i < 11 ? (int)i : 100;
    return c == 0x96F6 ? 0 : -1;
}

/* "五十四" by tens and hundreds, "五四" digit by digit. */
static uint32_t han_value(const uint32_t *c, size_t n)
{
    uint32_t sum = 0, last = 0;
    bool units = true;

    for (size_t i = 0; i < n; i++)
        units = units && han_digit(c[i]) < 10;
    for (size_t i = 0; i < n; i++) {
        uint32_t d = (uint32_t)han_digit(c[i]);
        if (units) {
            sum = sum * 10 + d;
        } else if (d < 10) {
            last = d;
        } else {
            sum += (last || (d == 100 && i) ? last : 1) * d;
            last = 0;
        }
    }
    return units ? sum : sum + last;
}

/* What is counted: institute, yard, plant, bureau, brigade, unit. */
static bool is_counted(uint32_t c)
{
    static const uint16_t of[] = {
        0x6240, 0x9662, 0x5382, 0x5C40, 0x65C5, 0x5E08, 0x56E2, 0x519B, 0x90E8,
        0x5BA4, 0x5904, 0x53F7, 0x8FDE, 0x8425, 0x7814, 0x5C45, 0x4E2D, 0x5C0F};

    for (size_t i = 0; i < AS_ARRAY_LEN(of); i++)
        if (of[i] == c)
            return true;
    return false;
}

size_t as_han_number(const uint32_t *c, size_t n, uint32_t *ret)
{
    size_t first = n && c[0] == 0x7B2C, at = first;

    while (at < n && at - first < 8 && han_digit(c[at]) >= 0)
        at++;
    if (at == first || (!first && (at < 2 || at == n || !is_counted(c[at]))))
        return 0;
    *ret = han_value(c + first, at - first);
    return at;
}

/* "AHL1", "AR16"; but "micros0ft" is a word that somebody disguised. */
static bool is_code(as_str s)
{
    size_t letters = 0;

    for (size_t i = 0; i < s.n; i++)
        letters += !as_ascii_is_digit(s.p[i]);
    return letters < s.n && letters <= 4;
}

/* Whether everything behind word i is a form, a stop or a place. */
static bool is_last(const as_maker *m, size_t i)
{
    for (size_t k = i + 1; k < m->n_w; k++)
        if (m->w[k].class_ != AS_WORD_FORM && m->w[k].class_ != AS_WORD_STOP &&
            m->w[k].class_ != AS_WORD_COUNTRY && m->w[k].class_ != AS_WORD_CITY)
            return false;
    return true;
}

static void set(as_raw_word *w, uint32_t value, unsigned weight)
{
    w->class_ = AS_WORD_NUMBER;
    w->weight = (uint8_t)weight;
    w->number = value;
    w->concept = 0;
}

static void number_at(as_maker *m, size_t i)
{
    as_raw_word *w = &m->w[i];
    char key[64];
    as_str s = as_maker_key(m, i, 1, key, sizeof key);
    uint32_t v;

    if (w->class_ == AS_WORD_FORM || w->count > 1)
        return;
    if (digits(s, &v) || (!m->person && number_word(s, &v)))
        set(w, v, 60);
    else if (!m->person && i > 0 && roman(s, &v) &&
             (s.n > 1 ? true : is_last(m, i)))
        set(w, v, 30);
    else if (is_code(s) && w->class_ == AS_WORD_RARE && !m->person)
        set(w, (uint32_t)as_str_hash(s) | 0x80000000U, 60);
}

/* "forty four", "forty 4": tens and units are one number. */
static void join_tens(as_maker *m)
{
    for (size_t i = 0; i + 1 < m->n_w; i++) {
        as_raw_word *a = &m->w[i], *b = a + 1;
        if (a->class_ == AS_WORD_NUMBER && b->class_ == AS_WORD_NUMBER &&
            a->number >= 20 && a->number < 100 && a->number % 10 == 0 &&
            b->number > 0 && b->number < 10 && m->c[a->from] >= 'a') {
            a->number += b->number;
            as_maker_merge(m, i, 2);
        }
    }
}

void as_maker_numbers(as_maker *m)
{
    for (size_t i = m->n_w; i-- > 0;)
        number_at(m, i);
    join_tens(m);
}
