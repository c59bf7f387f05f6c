/* SPDX-License-Identifier: Apache-2.0 */
/* Weighted edits between words. Costs are kept in twentieths so that the rows
 * are small integers; the method is Wagner and Fischer's with a swap of
 * neighbours (optimal string alignment) in a band as wide as the limit. */
#include "party/name_internal.h"

#include <string.h>

enum { LETTER = 20, TWIN = 14, DOUBLE = 10, DIGIT = 30 };
/* In Han every character is a syllable. */
enum { SYLLABLE = 40, LONGEST = AS_WORD_LATIN + 4 };

/* Letters that look or sound alike: 0.7 of an edit. */
static bool is_twin(unsigned a, unsigned b)
{
    static const char twins[128][6] = {
        ['0'] = "o",    ['1'] = "il",    ['2'] = "z",   ['3'] = "e",
        ['4'] = "a",    ['5'] = "s",     ['6'] = "b",   ['7'] = "t",
        ['8'] = "b",    ['9'] = "gq",    ['a'] = "4e",  ['b'] = "68p",
        ['c'] = "kqs",  ['d'] = "t",     ['e'] = "3ai", ['f'] = "v",
        ['g'] = "9jk",  ['i'] = "1ejly", ['j'] = "giy", ['k'] = "cgq",
        ['l'] = "1i",   ['o'] = "0u",    ['p'] = "b",   ['q'] = "9ck",
        ['s'] = "5cxz", ['t'] = "7d",    ['u'] = "ov",  ['v'] = "fuw",
        ['w'] = "v",    ['x'] = "s",     ['y'] = "ij",  ['z'] = "2s",
    };
    const char *of = twins[a & 127];

    for (size_t i = 0; of[i]; i++)
        if ((unsigned)of[i] == b)
            return true;
    return false;
}

static bool is_digit(unsigned c)
{
    return c >= '0' && c <= '9';
}

typedef struct text {
    const uint16_t *c;
    size_t n;
    bool han;
} text;

static int replace(const text *a, unsigned x, unsigned y)
{
    if (x == y)
        return 0;
    if (a->han)
        return SYLLABLE;
    if (is_digit(x) && is_digit(y))
        return DIGIT;
    if (x < 0x80 && y < 0x80 && is_twin(x, y))
        return TWIN;
    return is_digit(x) || is_digit(y) ? DIGIT : LETTER;
}

static int drop(const text *a, size_t i)
{
    if (a->han)
        return SYLLABLE;
    if (is_digit(a->c[i]))
        return DIGIT;
    return i > 0 && a->c[i] == a->c[i - 1] ? DOUBLE : LETTER;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* One row of the table: a's first i letters against all of b. */
static int row(const text *a, const text *b, size_t i,
               int16_t (*rows)[3][LONGEST])
{
    int16_t *now = (*rows)[i % 3];
    const int16_t *before = (*rows)[(i + 2) % 3],
                  *earlier = (*rows)[(i + 1) % 3];
    int best;

    now[0] = (int16_t)(before[0] + drop(a, i - 1));
    best = now[0];
    for (size_t j = 1; j <= b->n; j++) {
        unsigned x = a->c[i - 1], y = b->c[j - 1];
        int d = before[j - 1] + replace(a, x, y);
        d = least(d, before[j] + drop(a, i - 1));
        d = least(d, now[j - 1] + drop(b, j - 1));
        if (i > 1 && j > 1 && x != y && x == b->c[j - 2] && y == a->c[i - 2])
            d = least(d, earlier[j - 2] + LETTER);
        now[j] = (int16_t)d;
        best = least(best, d);
    }
    return best;
}

static double distance(text a, text b, double limit)
{
    int16_t rows[3][LONGEST];
    int most = (int)(limit * LETTER + 0.5);
    size_t gap = a.n > b.n ? a.n - b.n : b.n - a.n;

    if (a.n >= LONGEST || b.n >= LONGEST || (int)gap * DOUBLE > most)
        return limit + 1;
    /* What both begin and end with costs nothing. */
    while (a.n > 1 && b.n > 1 && a.c[a.n - 1] == b.c[b.n - 1] &&
           a.c[a.n - 2] == b.c[b.n - 2]) {
        a.n--;
        b.n--;
    }
    rows[0][0] = 0;
    for (size_t j = 1; j <= b.n; j++)
        rows[0][j] = (int16_t)(rows[0][j - 1] + drop(&b, j - 1));
    for (size_t i = 1; i <= a.n; i++)
        if (row(&a, &b, i, &rows) > most)
            return limit + 1;
    return rows[a.n % 3][b.n] > most ? limit + 1
                                     : rows[a.n % 3][b.n] / (double)LETTER;
}

double as_distance(as_str a, as_str b, double limit)
{
    uint16_t x[LONGEST], y[LONGEST];

    size_t gap = a.n > b.n ? a.n - b.n : b.n - a.n;

    if (a.n >= LONGEST || b.n >= LONGEST || (double)gap * 0.5 > limit)
        return limit + 1;
    if (as_str_eq(a, b))
        return 0;
    if (limit <= 0)
        return limit + 1;
    for (size_t i = 0; i < a.n; i++)
        x[i] = (uint8_t)a.p[i];
    for (size_t i = 0; i < b.n; i++)
        y[i] = (uint8_t)b.p[i];
    return distance((text){x, a.n, false}, (text){y, b.n, false}, limit);
}

double as_distance_units(const as_name *na, const as_word *a, const as_name *nb,
                         const as_word *b, double limit)
{
    const uint16_t *x = (const void *)((const char *)na + a->units);
    const uint16_t *y = (const void *)((const char *)nb + b->units);
    bool han = a->script == AS_SCRIPT_HAN || a->script == AS_SCRIPT_HANGUL;

    return distance((text){x, a->units_n, han}, (text){y, b->units_n, han},
                    limit);
}
