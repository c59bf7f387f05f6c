/* SPDX-License-Identifier: Apache-2.0 */
/* Words that differ in a few letters: grams to find them, a distance to be sure
 * of them. */
#include "party/index_internal.h"

#include <string.h>

static uint32_t next_code(as_str s, size_t *at)
{
    const uint8_t *p = (const uint8_t *)s.p;
    uint32_t c = p[*at];
    size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

    if (n > 1)
        c &= 0xFFU >> (n + 1);
    if (n > s.n - *at) {
        *at = s.n;
        return 0xFFFD;
    }
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (p[*at + i] & 0x3FU);
    *at += n;
    return c;
}

bool as_letters_of(as_str s, as_letters *ret)
{
    ret->n = 0;
    ret->latin = true;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = next_code(s, &at);
        if (ret->n == AS_LETTERS)
            return false;
        ret->latin = ret->latin && c < 0x80;
        ret->c[ret->n++] = c;
    }
    return true;
}

uint32_t as_letters_mask(as_str s)
{
    uint32_t mask = 0;

    for (size_t i = 0; i < s.n; i++)
        mask |= UINT32_C(1) << ((unsigned char)s.p[i] & 31);
    return mask;
}

/* ---- grams ------------------------------------------------------------- */

static uint32_t mix(uint32_t h, uint32_t c)
{
    return (h ^ c) * UINT32_C(0x9E3779B1);
}

static void add_gram(uint32_t *list, size_t *n, uint32_t gram)
{
    for (size_t i = 0; i < *n; i++)
        if (list[i] == gram)
            return;
    list[(*n)++] = gram;
}

/* Of a word in Latin letters three, the edges counted as letters; of others
 * two, and those of one character alone. */
size_t as_letters_grams(const as_letters *w, uint32_t ret[AS_LETTERS + 1])
{
    size_t n = 0;
    uint32_t before = 1, at = w->n ? w->c[0] : 1;

    if (!w->latin && w->n == 1) {
        add_gram(ret, &n, mix(mix(7, 0), at) >> 16);
        return n;
    }
    for (size_t i = 1; i <= w->n; i++) {
        uint32_t after = i < w->n ? w->c[i] : 2;
        uint32_t h = w->latin ? mix(mix(mix(3, before), at), after)
                              : mix(mix(5, at), after);
        before = at;
        at = after;
        if (w->latin || i < w->n)
            add_gram(ret, &n, h >> 16);
    }
    return n;
}

/* ---- distance ---------------------------------------------------------- */

/* Where each letter of a stands, as bits. */
static uint64_t places(const as_letters *a, uint32_t c)
{
    uint64_t bits = 0;

    for (size_t i = 0; i < a->n; i++)
        bits |= (uint64_t)(a->c[i] == c) << i;
    return bits;
}

/* The same for words in Latin letters, from a table made once a pair. */
static unsigned run(const as_letters *a, const as_letters *b,
                    const uint64_t *table, unsigned limit)
{
    uint64_t plus = UINT64_MAX, minus = 0, zero = 0, was = 0;
    unsigned score = (unsigned)a->n;
    uint64_t last = UINT64_C(1) << (a->n - 1);

    for (size_t j = 0; j < b->n; j++) {
        uint64_t m = table ? table[b->c[j] & 127] : places(a, b->c[j]);
        uint64_t swap = ((~zero & m) << 1) & was;
        uint64_t h_plus, h_minus;
        zero = swap | (((m & plus) + plus) ^ plus) | m | minus;
        h_plus = minus | ~(zero | plus);
        h_minus = zero & plus;
        score += (h_plus & last) != 0;
        score -= (h_minus & last) != 0;
        h_plus = h_plus << 1 | 1;
        plus = h_minus << 1 | ~(zero | h_plus);
        minus = zero & h_plus;
        was = m;
        if (score > limit + (b->n - j - 1))
            break; /* what is left cannot bring it down */
    }
    return score;
}

unsigned as_letters_distance(const as_letters *a, const as_letters *b,
                             unsigned limit)
{
    size_t apart = a->n > b->n ? a->n - b->n : b->n - a->n;
    uint64_t table[128];
    unsigned score;

    if (apart > limit)
        return limit + 1;
    if (a->n == 0 || b->n == 0)
        return (unsigned)apart;
    if (!a->latin || !b->latin) {
        score = run(a, b, NULL, limit);
        return score <= limit ? score : limit + 1;
    }
    for (size_t j = 0; j < b->n; j++)
        table[b->c[j]] = 0;
    for (size_t i = 0; i < a->n; i++)
        table[a->c[i]] = 0;
    for (size_t i = 0; i < a->n; i++)
        table[a->c[i]] |= UINT64_C(1) << i;
    score = run(a, b, table, limit);
    return score <= limit ? score : limit + 1;
}
