/* SPDX-License-Identifier: Apache-2.0 */
/* Every part of a product that states an ECCN, and the value of controlled US
 * content rolled up from the parts (734.4, supplement no. 2 to part 734). A
 * part counts when it is of US origin and a licence would be needed to send it
 * to the destination by itself; where one of the two is unknown it may count.
 */
#include "licence/licence_internal.h"

#include "base/limits.h"

#include <math.h>

static double share_of(const as_part *part)
{
    as_str s = as_part_value(part, AS_ATTR_VALUE_SHARE);
    double v = 0, unit = 0.1;
    bool point = false, any = false;

    if (s.n && s.p[s.n - 1] == '%')
        s.n--;
    s = as_str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (!as_ascii_is_digit(s.p[i]) || i > 12)
            return -1;
        any = true;
        v = point ? v + unit * (s.p[i] - '0') : v * 10 + (s.p[i] - '0');
        unit = point ? unit / 10 : unit;
    }
    return any && v <= 100 ? v : -1;
}

static as_truth is_us(const as_ear *ear, as_str country)
{
    const as_ear_place *p = as_ear_place_named(ear, country);

    return !p ? AS_UNSURE : as_str_eq(p->code, AS_STR("US")) ? AS_YES : AS_NO;
}

/* Whether the chart asks for a licence for the part by itself. */
static as_truth controlled(const as_licence_part *p)
{
    as_truth t = AS_NO;

    if (p->error.n || p->eccn.n == 0)
        return AS_UNSURE;
    for (size_t i = 0; i < p->answer.n_rows; i++) {
        const as_licence_row *row = &p->answer.rows[i];
        if (as_str_eq(as_str_c(row->step), AS_STR("chart")) ||
            as_str_eq(as_str_c(row->step), AS_STR("embargo")))
            t = as_truth_or(t, row->required);
    }
    return t;
}

static void count_share(const as_ear *ear, as_licence_product *out,
                        const as_licence_part *p, double share)
{
    as_truth counts = as_truth_and(is_us(ear, p->country), controlled(p));

    if (share < 0 || counts == AS_NO)
        return;
    out->us_high += share;
    if (counts == AS_YES)
        out->us_low += share;
}

/* As if the part alone left from the US: the content is judged by itself. */
static void judge_part(const as_ear *ear, const as_licence_facts *facts,
                       as_arena *arena, as_licence_part *p)
{
    as_licence_facts *own = AS_NEW(arena, as_licence_facts);
    as_err err;

    if (!own)
        return;
    *own = *facts;
    own->eccn = p->eccn;
    own->item_kind = AS_ABSENT;
    own->origin = p->country.n ? p->country : facts->origin;
    as_err_init(&err);
    if (as_licence_determine(ear, own, arena, &p->answer, &err))
        p->error = as_arena_str(arena, as_str_c(err.what));
}

/* A part below a part with a share of its own is within that share. */
static bool within_shared(const as_product *product, const double *shares,
                          uint32_t part)
{
    size_t steps = 0;

    while (product->parts[part].parent != AS_NO_PART &&
           steps++ < AS_LIMIT_PART_DEPTH) {
        part = product->parts[part].parent;
        if (part != product->root && shares[part] >= 0)
            return true;
    }
    return false;
}

static void roll_up(const as_ear *ear, const as_product *product,
                    const double *shares, as_licence_product *out)
{
    double sum = 0;
    size_t at = 0;

    for (uint32_t i = 0; i < product->n_parts; i++) {
        as_licence_part none = {
            .country = as_part_value(&product->parts[i], AS_ATTR_COUNTRY)};
        const as_licence_part *p = &none;
        if (at < out->n_parts && out->parts[at].part == i)
            p = &out->parts[at++];
        if (i == product->root || shares[i] < 0 ||
            within_shared(product, shares, i))
            continue;
        sum += shares[i];
        count_share(ear, out, p, shares[i]);
    }
    /* What no share accounts for may be US content too. */
    if (sum < 100)
        out->us_high += 100 - sum;
    if (out->us_high > 100)
        out->us_high = 100;
    if (out->us_low > 100)
        out->us_low = 100;
}

static as_rc list_parts(const as_ear *ear, const as_product *product,
                        const as_licence_facts *facts, as_arena *arena,
                        as_licence_product *out, as_err *err)
{
    for (uint32_t i = 0; i < product->n_parts; i++) {
        const as_part *part = &product->parts[i];
        as_str eccn = as_part_value(part, AS_ATTR_ECCN);
        as_licence_part *p;
        if (eccn.n == 0) {
            out->n_without++;
            continue;
        }
        if (out->n_parts == AS_LICENCE_PRODUCT_PARTS)
            return as_fail(err, AS_ERR_LIMIT,
                           "more than %d parts state an ECCN",
                           AS_LICENCE_PRODUCT_PARTS);
        p = &out->parts[out->n_parts++];
        *p = (as_licence_part){
            .part = i,
            .ref = part->ref,
            .name = part->name,
            .eccn = eccn,
            .country = as_part_value(part, AS_ATTR_COUNTRY),
            .share = share_of(part),
        };
        judge_part(ear, facts, arena, p);
        out->required = as_truth_or(
            out->required, p->error.n ? AS_UNSURE : p->answer.required);
    }
    return AS_OK;
}

static size_t count_parts(const as_product *product)
{
    size_t n = 0;

    for (size_t i = 0; i < product->n_parts; i++)
        n += as_part_value(&product->parts[i], AS_ATTR_ECCN).n != 0;
    return n < AS_LICENCE_PRODUCT_PARTS ? n : AS_LICENCE_PRODUCT_PARTS;
}

as_rc as_licence_of_product(const as_ear *ear, const as_product *product,
                            const as_licence_facts *facts, as_arena *arena,
                            as_licence_product *ret, as_err *err)
{
    as_licence_product out = {.product = product, .required = AS_NO};
    const as_ear_place *to = as_ear_place_named(ear, facts->to);
    double *shares = AS_NEW_ARRAY(arena, product->n_parts, double);
    as_rc rc;

    if (!to)
        return as_fail(err, AS_ERR_INPUT, "\"%.*s\" is no destination",
                       AS_FMT(as_str_slice(facts->to, 0, 80)));
    out.parts = AS_NEW_ARRAY(arena, count_parts(product), as_licence_part);
    if (!shares || !out.parts)
        return as_fail(err, AS_ERR_LIMIT, "the product is too large");
    for (size_t i = 0; i < product->n_parts; i++)
        shares[i] = share_of(&product->parts[i]);
    rc = list_parts(ear, product, facts, arena, &out, err);
    if (rc)
        return rc;
    roll_up(ear, product, shares, &out);
    out.threshold =
        as_ear_place_in(to, AS_STR("E:1")) || as_ear_place_in(to, AS_STR("E:2"))
            ? 10
            : 25;
    out.de_minimis = out.us_low > out.threshold    ? AS_NO
                     : out.us_high > out.threshold ? AS_UNSURE
                                                   : AS_YES;
    if (out.n_parts == 0 || out.n_without)
        out.required = as_truth_or(out.required, AS_UNSURE);
    if (as_arena_failed(arena))
        return as_fail(err, AS_ERR_LIMIT, "the product is too large");
    *ret = out;
    return AS_OK;
}
