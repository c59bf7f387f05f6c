/* SPDX-License-Identifier: Apache-2.0 */
/* Maven's ComparableVersion, as of Maven 3.6.3 to 3.8.6.
 *
 * A version is a chain of lists: "." goes on to the next item, "-" and every
 * step between digits and letters opens a list inside the current one, always
 * as its last item. Case is folded; nothing (0, "", ga, final, release) at the
 * end of a list is dropped, and so are lists left empty. Two lists are compared
 * item by item, the shorter one going on with nothing:
 *
 *     word < list < number; alpha (a1) < beta (b1) < milestone (m1) < rc = cr
 *     < snapshot < nothing < sp < any other word, by alphabet
 *
 * That is no order. 2.9.0.RC1 < 2.9.0 (a word before the release), 2.9.0 <
 * 2.9.0-1 (a list after it), and yet 2.9.0-1 < 2.9.0.RC1, for there list and
 * number 0 meet in one place. Later Maven versions cured this pair and kept
 * others. So the key keeps the items, as_order_maven_cmp walks two keys as
 * Maven walks two versions, and the bytes of keys give the nearest total order:
 * what is below the release if nothing follows stays below it.
 *
 * key    ::= {item} 0x04
 * item   ::= (0x01 | 0x05) word | (0x02 | 0x06)            a word; a list opens
 *          | 0x03 count | 0x07 ~count                      count zeros
 *          | number
 * word   ::= 0x10 + rank | 0x17 text 0x00
 * The lower mark of each pair says that what follows, against nothing, is
 * older; the higher that it is newer. */
#include "version/version_internal.h"

#include <string.h>

enum {
    WORD_OLD = 0x01,
    LIST_OLD = 0x02,
    ZEROS_OLD = 0x03,
    END = 0x04,
    WORD_NEW = 0x05,
    LIST_NEW = 0x06,
    ZEROS_NEW = 0x07,
    RANK = 0x10,
    RANK_RELEASE = RANK + 5,
    RANK_OTHER = RANK + 7,
};

typedef enum kind { NUMBER, WORD, LIST } kind;

typedef struct item {
    const char *p;
    uint16_t n;
    uint8_t kind;
    uint8_t rank; /* of a word */
    int8_t sign;  /* of this and all that follows, against nothing */
} item;

typedef struct chain {
    item items[AS_VERSION_PARTS];
    size_t n;
    bool full;
} chain;

static uint8_t word_rank(as_str word, bool digit_follows)
{
    static const struct {
        as_str word;
        uint8_t rank;
    } words[] = {
        {AS_STR_INIT("alpha"), RANK},
        {AS_STR_INIT("beta"), RANK + 1},
        {AS_STR_INIT("milestone"), RANK + 2},
        {AS_STR_INIT("rc"), RANK + 3},
        {AS_STR_INIT("cr"), RANK + 3},
        {AS_STR_INIT("snapshot"), RANK + 4},
        {AS_STR_INIT("ga"), RANK_RELEASE},
        {AS_STR_INIT("final"), RANK_RELEASE},
        {AS_STR_INIT("release"), RANK_RELEASE},
        {AS_STR_INIT("sp"), RANK + 6},
    };

    if (digit_follows && word.n == 1) {
        char c = as_ascii_lower(word.p[0]);
        if (c == 'a' || c == 'b' || c == 'm')
            return (uint8_t)(c == 'm' ? RANK + 2 : RANK + (c - 'a'));
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq_nocase(words[i].word, word))
            return words[i].rank;
    return RANK_OTHER;
}

static as_str text_of(const item *i)
{
    return as_str_of(i->p, i->n);
}

static void add(chain *c, kind what, as_str text, bool digit_follows)
{
    item *i = &c->items[c->n];

    if (c->n == AS_ARRAY_LEN(c->items)) {
        c->full = true;
        return;
    }
    c->n++;
    i->p = text.p;
    i->n = (uint16_t)text.n; /* AS_LIMIT_VERSION_BYTES */
    i->kind = (uint8_t)what;
    i->rank = what == WORD ? word_rank(text, digit_follows) : 0;
}

/* Cuts one run of digits or of what is neither digit, dot nor hyphen. */
static as_str take_run(as_str *rest, bool digits)
{
    as_str s = *rest;
    size_t n = 0;

    while (n < s.n && s.p[n] != '.' && s.p[n] != '-' &&
           as_ascii_is_digit(s.p[n]) == digits)
        n++;
    as_version_skip(rest, n);
    return as_str_slice(s, 0, n);
}

static void parse(as_str s, chain *c)
{
    bool digits;

    while (s.n > 0 && !c->full) {
        char first = s.p[0];
        if (first == '.' || first == '-') { /* an empty item is 0 */
            add(c, NUMBER, AS_STR("0"), false);
        } else {
            digits = as_ascii_is_digit(first);
            as_str run = take_run(&s, digits);
            bool steps = s.n > 0 && s.p[0] != '.' && s.p[0] != '-';
            add(c, digits ? NUMBER : WORD, run, steps && !digits);
            if (steps)
                add(c, LIST, AS_ABSENT, false);
            if (steps || s.n == 0)
                continue;
        }
        if (s.p[0] == '-')
            add(c, LIST, AS_ABSENT, false);
        as_version_skip(&s, 1);
    }
}

static bool is_nothing(const item *i)
{
    return i->kind == NUMBER ? as_version_is_zero(text_of(i))
                             : i->kind == WORD && i->rank == RANK_RELEASE;
}

/* From the innermost list out: nothing at the end of a list goes, then an empty
 * list goes. Works on the chain from its end; what stays moves up. */
static void normalize(chain *c)
{
    size_t out = AS_ARRAY_LEN(c->items), in = c->n;
    bool at_end = true;

    while (in > 0) {
        item *i = &c->items[--in];
        if (i->kind == LIST) {
            /* Nothing was kept behind the mark: the list is empty. */
            if (out < AS_ARRAY_LEN(c->items))
                c->items[--out] = *i;
            at_end = true;
        } else if (!at_end || !is_nothing(i)) {
            c->items[--out] = *i;
            at_end = false;
        }
    }
    c->n = AS_ARRAY_LEN(c->items) - out;
    memmove(c->items, c->items + out, c->n * sizeof c->items[0]);
}

static int8_t word_sign(uint8_t rank)
{
    return (int8_t)((rank > RANK_RELEASE) - (rank < RANK_RELEASE));
}

static void sign_all(chain *c)
{
    int8_t sign = 0;

    for (size_t i = c->n; i > 0; i--) {
        item *at = &c->items[i - 1];
        if (at->kind == NUMBER && !as_version_is_zero(text_of(at)))
            sign = 1;
        if (at->kind == WORD && at->rank != RANK_RELEASE)
            sign = word_sign(at->rank);
        at->sign = sign;
    }
}

static size_t count_zeros(const chain *c, size_t i)
{
    size_t n = 0;

    while (i + n < c->n && c->items[i + n].kind == NUMBER &&
           as_version_is_zero(text_of(&c->items[i + n])))
        n++;
    return n;
}

static void put_zeros(as_version_out *o, size_t zeros, int sign)
{
    uint8_t count = (uint8_t)(zeros - 1); /* at most AS_VERSION_PARTS */

    as_version_put(o, sign < 0 ? ZEROS_OLD : ZEROS_NEW);
    as_version_put(o, sign < 0 ? count : (uint8_t)~count);
}

static void put_item(as_version_out *o, const item *i)
{
    switch ((kind)i->kind) {
    case NUMBER: as_version_put_number(o, text_of(i)); break;
    case LIST: as_version_put(o, i->sign < 0 ? LIST_OLD : LIST_NEW); break;
    case WORD:
        as_version_put(o, i->sign < 0 ? WORD_OLD : WORD_NEW);
        as_version_put(o, i->rank);
        if (i->rank == RANK_OTHER) {
            as_version_put_folded(o, text_of(i));
            as_version_put(o, 0x00);
        }
        break;
    }
}

const char *as_order_maven(const as_version_scheme *s, as_str v,
                           as_version_out *o)
{
    chain c;

    c.n = 0;
    c.full = false;
    parse(v, &c);
    if (c.full)
        return AS_VERSION_TOO_MANY;
    normalize(&c);
    sign_all(&c);
    for (size_t i = 0; i < c.n;) {
        size_t zeros = count_zeros(&c, i);
        if (zeros > 0)
            put_zeros(o, zeros, c.items[i].sign);
        else
            put_item(o, &c.items[i++]);
        i += zeros;
    }
    as_version_put(o, END);
    return NULL;
}

/* Reads a key item by item. */
typedef struct walker {
    const uint8_t *p, *end;
    size_t zeros; /* still to be handed out */
} walker;

typedef struct step {
    enum { IS_END, IS_WORD, IS_LIST, IS_NUMBER } is;
    as_span bytes; /* of a number or word, in an order of their own */
} step;

static step take_word(walker *w)
{
    const uint8_t *start = w->p;
    const uint8_t *close = w->end;

    if (w->p < w->end && *w->p != RANK_OTHER)
        close = w->p;
    else if (w->p < w->end)
        close = memchr(w->p, 0x00, (size_t)(w->end - w->p));
    w->p = close == NULL || close == w->end ? w->end : close + 1;
    return (step){IS_WORD, {start, (size_t)(w->p - start)}};
}

/* Past the end the walker stays there: a version goes on with nothing. */
static step take_step(walker *w)
{
    static const uint8_t zero = RANK; /* the number 0 */
    size_t n;

    if (w->zeros == 0 && w->p < w->end &&
        (*w->p == ZEROS_OLD || *w->p == ZEROS_NEW)) {
        uint8_t count = w->end - w->p < 2 ? 0 : w->p[1];
        w->zeros = 1 + (size_t)(*w->p == ZEROS_OLD ? count : (uint8_t)~count);
        w->p += w->end - w->p < 2 ? 1 : 2;
    }
    if (w->zeros > 0) {
        w->zeros--;
        return (step){IS_NUMBER, {&zero, 1}};
    }
    n = as_version_number_size(w->p, (size_t)(w->end - w->p));
    if (n > 0) {
        w->p += n;
        return (step){IS_NUMBER, {w->p - n, n}};
    }
    if (w->p == w->end || *w->p == END) {
        w->p = w->end;
        return (step){IS_END, {NULL, 0}};
    }
    if (*w->p == LIST_OLD || *w->p == LIST_NEW) {
        w->p++;
        return (step){IS_LIST, {NULL, 0}};
    }
    w->p++;
    return take_word(w);
}

static int cmp_bytes(as_span a, as_span b)
{
    int r = as_str_cmp(as_str_of((const char *)a.p, a.n),
                       as_str_of((const char *)b.p, b.n));

    return (r > 0) - (r < 0);
}

/* One item against nothing. */
static int against_nothing(step s)
{
    switch (s.is) {
    case IS_NUMBER: return s.bytes.p[0] > RANK;
    case IS_WORD: return s.bytes.n > 0 ? word_sign(s.bytes.p[0]) : 0;
    case IS_LIST:
    case IS_END: break;
    }
    return 0;
}

int as_order_maven_cmp(as_span a, as_span b)
{
    walker left = {a.p, a.p + a.n, 0}, right = {b.p, b.p + b.n, 0};
    int r = 0;

    while (r == 0) {
        step l = take_step(&left), m = take_step(&right);
        if (l.is == IS_END && m.is == IS_END)
            return 0;
        if (l.is == IS_END)
            r = -against_nothing(m);
        else if (m.is == IS_END)
            r = against_nothing(l);
        else if (l.is != m.is)
            r = l.is < m.is ? -1 : 1;
        else
            r = cmp_bytes(l.bytes, m.bytes);
    }
    return r;
}
