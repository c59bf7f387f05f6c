/* SPDX-License-Identifier: Apache-2.0 */
/* FreeBSD packages: version[_revision][,epoch], by pkg_version_cmp.
 *
 * A version is a series of components, each a number, a letter and a patch
 * number, cut where the next cannot belong ("10a1b2" is 10a1.b2); missing
 * components are 0. A component without a number stands below 0, so words make
 * pre-releases ("1.0.rc1", "1.0rc1"), but one letter right behind a number a
 * later patch ("1.0" < "1.0a"). Of a word the first letter counts. "*" is below
 * all; "+" parts two series. The base system's "14.3-RELEASE-p2" is 14.3_2.
 *
 * key    ::= epoch series {(0x01 | 0x03) series} 0x02 revision
 *            0x01: what follows is below nothing, 0x03: above
 * series ::= {mark component} 0x80; a mark counts the zeros before it, from
 *            0x01 up (component below 0) or from 0xF9 down (above 0)
 * component ::= (0x01 (star) | 0x02 (none) | number) letter (0x01 | number) */
#include "version/version_internal.h"

#define ZEROS_MAX 100
#define END       0x80

typedef struct component {
    enum { STAR, NONE, COUNT } kind;
    as_str number, patch;
    uint8_t letter; /* 0 none, 1 to 26 */
    bool patched;   /* a letter stands before the patch number */
} component;

/* A word that makes a component of its own: its letter, or 0xFF. */
static uint8_t stage_letter(as_str word)
{
    static const struct {
        as_str word;
        uint8_t letter;
    } stages[] = {
        {AS_STR_INIT("pl"), 0},   {AS_STR_INIT("alpha"), 1},
        {AS_STR_INIT("beta"), 2}, {AS_STR_INIT("pre"), 16},
        {AS_STR_INIT("rc"), 18},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(stages); i++)
        if (as_str_eq_nocase(word, stages[i].word))
            return stages[i].letter;
    return 0xFF;
}

static void take_letter(as_str *rest, component *c)
{
    as_str after = *rest, word = as_version_take_letters(&after);
    uint8_t stage = stage_letter(word);

    if (word.n == 0 || (stage != 0xFF && c->kind == COUNT))
        return; /* the word begins the next component */
    c->letter =
        stage != 0xFF ? stage : (uint8_t)(as_ascii_lower(word.p[0]) - 'a' + 1);
    c->patched = true;
    c->patch = as_version_take_digits(&after);
    *rest = after;
}

static component take_component(as_str *rest)
{
    component c = {.kind = NONE};

    if (as_version_digit_first(*rest)) {
        c.kind = COUNT;
        c.number = as_version_take_digits(rest);
    } else if (as_version_begins(*rest, '*')) {
        c.kind = STAR;
        *rest = as_str_slice(*rest, rest->n, rest->n);
    }
    take_letter(rest, &c);
    while (rest->n > 0 && !as_ascii_is_alnum(rest->p[0]) && rest->p[0] != '*')
        as_version_skip(rest, 1);
    return c;
}

static int sign_of(const component *c)
{
    if (c->kind != COUNT)
        return -1;
    return c->letter != 0 || !as_version_is_zero(c->number);
}

static void put_component(as_version_out *o, const component *c)
{
    if (c->kind == COUNT)
        as_version_put_number(o, c->number);
    else
        as_version_put(o, c->kind == STAR ? 0x01 : 0x02);
    as_version_put(o, c->letter);
    if (c->patched && c->patch.n == 0)
        as_version_put(o, 0x01);
    else
        as_version_put_number(o, c->patch);
}

static const char *put_series(as_version_out *o, as_str s)
{
    size_t zeros = 0;

    while (s.n > 0 && !o->full) {
        component c = take_component(&s);
        int sign = sign_of(&c);
        if (sign == 0) {
            if (++zeros > ZEROS_MAX)
                return AS_VERSION_TOO_MANY;
            continue;
        }
        as_version_put(o, (uint8_t)(sign < 0 ? 0x01 + zeros : 0xF9 - zeros));
        put_component(o, &c);
        zeros = 0;
    }
    as_version_put(o, END);
    return NULL;
}

/* The first component of s that is not 0, in whatever series. */
static int sign_of_rest(as_str s)
{
    while (s.n > 0) {
        as_str series = as_str_cut(&s, '+');
        while (series.n > 0) {
            component c = take_component(&series);
            int sign = sign_of(&c);
            if (sign != 0)
                return sign;
        }
    }
    return 0;
}

/* Cuts the number behind the last c; no number is 0. An epoch stands behind the
 * revision, else its comma only separates. */
static as_str take_last(as_str *v, char c)
{
    size_t at = as_str_rfind(*v, c);
    as_str number = as_str_slice(*v, at + 1, v->n);

    if (c == ',' && as_str_find(number, '_') < number.n)
        return AS_STR("");
    *v = as_str_slice(*v, 0, at);
    return as_version_take_digits(&number);
}

/* "14.3-RELEASE-p2": the release is "14.3", the patch level its revision. */
static bool take_base(as_str *v, as_str *revision)
{
    static const as_str mark = AS_STR_INIT("-RELEASE");
    size_t at = as_str_search(*v, mark);
    as_str rest = as_str_slice(*v, at + mark.n, v->n);

    if (at == v->n)
        return false;
    *v = as_str_slice(*v, 0, at);
    *revision = AS_STR("");
    if (as_str_starts(rest, AS_STR("-p"))) {
        as_version_skip(&rest, 2);
        *revision = as_version_take_digits(&rest);
    }
    return true;
}

const char *as_order_freebsd(const as_version_scheme *s, as_str v,
                             as_version_out *o)
{
    as_str epoch = take_last(&v, ','), revision, rest;
    const char *why = NULL;

    if (!take_base(&v, &revision))
        revision = take_last(&v, '_');
    as_version_put_number(o, epoch);
    rest = v;
    for (bool first = true; why == NULL && !o->full; first = false) {
        int sign = sign_of_rest(rest);
        if (!first && sign == 0)
            break;
        if (!first)
            as_version_put(o, sign < 0 ? 0x01 : 0x03);
        why = put_series(o, as_str_cut(&rest, '+'));
    }
    as_version_put(o, 0x02);
    as_version_put_number(o, revision);
    return why;
}
