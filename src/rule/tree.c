/* SPDX-License-Identifier: Apache-2.0 */
/* Quantifiers over the tree of parts and shares of value. What is not listed
 * may be there: hardware without a list of its chips makes "any part" unknown
 * unless a part hits. */
#include "rule/expr_internal.h"

#include "model/category.h"

#include <stdlib.h>

/* ---- kinds --------------------------------------------------------------- */

/* Words for things that are no machine and hold no chip. */
static bool is_inert(const as_part *p)
{
    static const as_str words[] = {
        AS_STR_INIT("passive"),       AS_STR_INIT("connector"),
        AS_STR_INIT("mechanical"),    AS_STR_INIT("circuit-board"),
        AS_STR_INIT("material"),      AS_STR_INIT("battery-cell"),
        AS_STR_INIT("semiconductor"), AS_STR_INIT("solar-cell"),
    };
    as_str word = as_category_find(as_part_value(p, AS_ATTR_CATEGORY));

    for (size_t i = 0; i < AS_ARRAY_LEN(words) && word.n; i++)
        if (as_category_compare(word, words[i]) == AS_CATEGORY_IS)
            return true;
    return false;
}

static bool has_hardware_fact(const as_part *p)
{
    static const as_attribute_key keys[] = {AS_ATTR_CATEGORY, AS_ATTR_FOUNDRY,
                                            AS_ATTR_MPN, AS_ATTR_NODE,
                                            AS_ATTR_CELL_MAKER};

    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
        if (as_part_value(p, keys[i]).n)
            return true;
    return p->n_cpes && as_str_starts(p->cpes[0], AS_STR("cpe:2.3:h:"));
}

as_truth as_part_is_hardware(const as_part *p)
{
    switch (p->kind) {
    case AS_PART_DEVICE:
    case AS_PART_BOARD:
    case AS_PART_CHIP: return AS_YES;
    case AS_PART_OTHER:
    case AS_PART_PACKAGE:
        if (p->purl.n)
            return AS_NO;
        if (has_hardware_fact(p))
            return AS_YES;
        /* A package of SPDX is software unless it says otherwise. */
        return p->kind == AS_PART_PACKAGE ? AS_NO : AS_UNSURE;
    case AS_PART_APPLICATION:
    case AS_PART_FRAMEWORK:
    case AS_PART_LIBRARY:
    case AS_PART_CONTAINER:
    case AS_PART_PLATFORM:
    case AS_PART_OPERATING_SYSTEM:
    case AS_PART_DEVICE_DRIVER:
    case AS_PART_FIRMWARE:
    case AS_PART_FILE:
    case AS_PART_MODEL:
    case AS_PART_DATA:
    case AS_PART_CRYPTO:
    case AS_PART_SERVICE:
    case AS_PART_KINDS: break;
    }
    return AS_NO;
}

/* ---- what is not listed -------------------------------------------------- */

static bool is_chip(const as_part *p)
{
    as_str word = as_category_find(as_part_value(p, AS_ATTR_CATEGORY));

    return p->kind == AS_PART_CHIP ||
           (word.n && as_category_compare(word, AS_STR("semiconductor")) ==
                          AS_CATEGORY_IS);
}

/* One of the small things on a board, of which nobody said what it is. */
static bool is_component(const as_world *w, uint32_t i)
{
    const as_part *p = &w->product->parts[i];

    return p->kind == AS_PART_DEVICE && p->parent != AS_NO_PART &&
           p->parent != w->product->root &&
           as_part_is_hardware(&w->product->parts[p->parent]) == AS_YES &&
           as_str_is_empty(as_part_value(p, AS_ATTR_CATEGORY));
}

/* A thing whose parts are not listed, so that nobody looked into it. */
static bool is_opaque(const as_world *w, uint32_t i)
{
    const as_part *p = &w->product->parts[i];

    if ((p->kind != AS_PART_DEVICE && p->kind != AS_PART_BOARD) ||
        w->closed[i] || is_chip(p) || is_inert(p) || is_component(w, i))
        return false;
    for (uint32_t c = w->first_child[i]; c != AS_NO_PART;
         c = w->next_sibling[c])
        if (as_part_is_hardware(&w->product->parts[c]) == AS_YES)
            return false;
    return true;
}

static bool is_wanted(const as_trail *t, uint32_t part)
{
    for (size_t i = 0; i < t->n_wanted; i++)
        if (t->wanted[i].part == part)
            return true;
    return false;
}

/* False: there is no more to be spent. */
static bool spend(const as_subject *s, size_t n, as_trail *t)
{
    if (*s->world->steps >= n) {
        *s->world->steps -= n;
        return true;
    }
    *s->world->steps = 0;
    as_trail_want(t, AS_STR("product.parts"), AS_NO_PART,
                  AS_STR("the product has too many parts for these rules"));
    return false;
}

/* Adds what is not examined to the answer of a quantifier that found none. */
static as_truth look_for_more(const as_expr *e, const as_subject *s,
                              as_trail *t, as_truth r)
{
    const as_world *w = s->world;

    if (e->look == AS_LOOK_LISTED)
        return r;
    if (!spend(s, w->product->n_parts, t))
        return AS_UNSURE;
    for (uint32_t i = 0; i < w->product->n_parts; i++) {
        if (!is_opaque(w, i))
            continue;
        r = AS_UNSURE;
        if (is_wanted(t, i))
            continue; /* something simpler is asked of it already */
        as_trail_want(t,
                      e->look == AS_LOOK_CHIPS ? AS_STR("part.chips")
                                               : AS_STR("part.parts"),
                      i, AS_ABSENT);
    }
    return r;
}

/* ---- quantifiers --------------------------------------------------------- */

/* One part held against the condition: its wants and hits stay. */
static as_truth ask(const as_expr *e, const as_subject *s, uint32_t part,
                    as_trail *t)
{
    as_subject sub = *s;
    size_t hits = t->n_hits + t->more_hits;
    as_truth r;

    if (!spend(s, 1, t))
        return AS_UNSURE;
    sub.part = part;
    r = as_expr_eval(e, &sub, t);
    if (r == AS_YES && t->n_hits + t->more_hits == hits)
        as_trail_hit(t, part);
    return r;
}

as_truth as_expr_any_part(const as_expr *e, const as_subject *s, as_trail *t)
{
    size_t wanted = t->n_wanted, more = t->more_wanted;
    as_truth r = AS_NO;

    for (uint32_t i = 0; i < s->world->product->n_parts; i++)
        r = as_truth_or(r, ask(e->children[0], s, i, t));
    if (r != AS_YES)
        return look_for_more(e, s, t, r);
    t->n_wanted = wanted;
    t->more_wanted = more;
    return r;
}

as_truth as_expr_all_parts(const as_expr *e, const as_subject *s, as_trail *t)
{
    as_truth r = AS_YES;

    for (uint32_t i = 0; i < s->world->product->n_parts; i++) {
        as_subject sub = *s;
        as_truth of, are;
        if (!spend(s, 1, t))
            return AS_UNSURE;
        sub.part = i;
        of = as_expr_eval(e->children[0], &sub, t);
        if (of == AS_NO)
            continue;
        are = as_expr_eval(e->children[1], &sub, t);
        r = as_truth_and(r, as_truth_or(as_truth_not(of), are));
    }
    return r;
}

/* The next part of the subtree of root behind i, AS_NO_PART at its end. */
static uint32_t walk(const as_world *w, uint32_t root, uint32_t i)
{
    if (w->first_child[i] != AS_NO_PART)
        return w->first_child[i];
    while (i != root && w->next_sibling[i] == AS_NO_PART)
        i = w->product->parts[i].parent;
    return i == root ? AS_NO_PART : w->next_sibling[i];
}

as_truth as_expr_contains(const as_expr *e, const as_subject *s, as_trail *t)
{
    size_t wanted = t->n_wanted, more = t->more_wanted;
    const as_world *w = s->world;
    as_truth r = AS_NO;

    for (uint32_t i = walk(w, s->part, s->part); i != AS_NO_PART;
         i = walk(w, s->part, i))
        r = as_truth_or(r, ask(e->children[0], s, i, t));
    if (r == AS_NO && e->look != AS_LOOK_LISTED && is_opaque(w, s->part)) {
        as_trail_want(t, AS_STR("part.parts"), s->part, AS_ABSENT);
        return AS_UNSURE;
    }
    if (r == AS_YES) {
        t->n_wanted = wanted;
        t->more_wanted = more;
    }
    return r;
}

as_truth as_expr_within(const as_expr *e, const as_subject *s, as_trail *t)
{
    const as_product *p = s->world->product;
    as_subject sub = *s;
    as_truth r = AS_NO;

    for (uint32_t i = p->parts[s->part].parent; i != AS_NO_PART;
         i = p->parts[i].parent) {
        if (!spend(s, 1, t))
            return AS_UNSURE;
        sub.part = i;
        r = as_truth_or(r, as_expr_eval(e->children[0], &sub, t));
    }
    return r;
}

/* ---- shares of value ----------------------------------------------------- */

/* "12.5 %" or "12.5": percent of the value of the product. */
static bool stated_share(const as_part *p, double *ret)
{
    as_str s = as_part_value(p, AS_ATTR_VALUE_SHARE);
    char buf[32], *end;

    if (s.n == 0 || s.n >= sizeof buf || !as_ascii_is_digit(s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++)
        buf[i] = s.p[i];
    buf[s.n] = 0;
    *ret = strtod(buf, &end);
    while (*end == ' ' || *end == '%')
        end++;
    return *end == 0 && *ret >= 0 && *ret <= 100;
}

/* What a part weighs: stated, or rolled up from below; at most what is left of
 * the nearest part above that states its share. */
struct weight {
    double low, high;
    bool known;
    bool counted; /* it or a part above it is in the sum */
};

static struct weight *weigh(const as_product *p)
{
    struct weight *w = calloc(p->n_parts ? p->n_parts : 1, sizeof *w);

    if (!w)
        return NULL;
    for (size_t i = p->n_parts; i-- > 0;) {
        uint32_t parent = p->parts[i].parent;
        double share;
        if (stated_share(&p->parts[i], &share)) {
            w[i].low = share;
            w[i].known = true;
        }
        if (parent != AS_NO_PART && !w[parent].known)
            w[parent].low += w[i].low;
    }
    for (size_t i = 0; i < p->n_parts; i++) {
        uint32_t parent = p->parts[i].parent;
        w[i].high = parent == AS_NO_PART ? 100 : w[parent].high;
        if (w[i].low > 100)
            w[i].low = 100;
        if (w[i].known)
            w[i].high = w[i].low;
    }
    return w;
}

static as_truth decide_share(const as_expr *e, double low, double high)
{
    bool a, b;

    low = low > 100 ? 100 : low;
    high = high > 100 ? 100 : high < low ? low : high;
    a = as_expr_holds(e->op, (low > e->number) - (low < e->number));
    b = as_expr_holds(e->op, (high > e->number) - (high < e->number));
    if (a == b)
        return a ? AS_YES : AS_NO;
    return AS_UNSURE;
}

as_truth as_expr_share(const as_expr *e, const as_subject *s, as_trail *t)
{
    const as_product *p = s->world->product;
    struct weight *w;
    double low = 0, high = 0;
    as_truth r;

    if (!spend(s, p->n_parts, t))
        return AS_UNSURE;
    w = weigh(p);
    if (!w) {
        as_trail_want(t, AS_STR("part.value_share"), AS_NO_PART,
                      AS_STR("there is no memory to add them up"));
        return AS_UNSURE;
    }
    for (uint32_t i = 0; i < p->n_parts; i++) {
        uint32_t parent = p->parts[i].parent;
        if (parent != AS_NO_PART && w[parent].counted) {
            w[i].counted = true;
            continue;
        }
        r = ask(e->children[0], s, i, t);
        if (r == AS_YES) {
            w[i].counted = true;
            low += w[i].low;
        }
        if (r != AS_NO)
            high += w[i].high;
        if (r == AS_YES && !w[i].known)
            as_trail_want(t, AS_STR("part.value_share"), i, AS_ABSENT);
    }
    free(w);
    if (look_for_more(e, s, t, AS_NO) == AS_UNSURE)
        high = 100;
    r = decide_share(e, low, high);
    return r;
}
