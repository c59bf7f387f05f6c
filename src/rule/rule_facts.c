/* SPDX-License-Identifier: Apache-2.0 */
/* The facts that a rule may ask for: of a part, of the product, of the context.
 * New fact = one row of the table and its getter. */
#include "rule/expr_internal.h"

#include "model/category.h"
#include "model/country.h"

#include <stdlib.h>

/* ---- of a part ----------------------------------------------------------- */

static const as_part *part_at(const as_subject *s)
{
    return &s->world->product->parts[s->part];
}

static bool text(as_str s, as_value *ret)
{
    ret->text = s;
    return !as_str_is_empty(s);
}

static bool get_kind(const as_subject *s, as_value *ret)
{
    return text(as_part_kind_word(part_at(s)->kind), ret);
}

static bool get_name(const as_subject *s, as_value *ret)
{
    return text(part_at(s)->name, ret);
}

static bool get_purl(const as_subject *s, as_value *ret)
{
    /* Without one it is no package: a purl of no type. */
    ret->text = part_at(s)->purl.n ? part_at(s)->purl : AS_STR("none:");
    return true;
}

static bool get_hardware(const as_subject *s, as_value *ret)
{
    as_truth t = as_part_is_hardware(part_at(s));

    ret->number = t == AS_YES;
    return t != AS_UNSURE;
}

static bool get_is_product(const as_subject *s, as_value *ret)
{
    ret->number = s->part == s->world->product->root;
    return true;
}

/* Things in it: what it is for may be anything, but it is no chip or screw. */
static bool is_assembly(const as_subject *s)
{
    const as_world *w = s->world;

    if (part_at(s)->kind == AS_PART_BOARD)
        return true;
    for (uint32_t i = w->first_child[s->part]; i != AS_NO_PART;
         i = w->next_sibling[i])
        if (as_part_is_hardware(&w->product->parts[i]) == AS_YES)
            return true;
    return false;
}

/* Somebody states of what a die is made and where. */
static bool has_die(const as_part *p)
{
    return as_part_value(p, AS_ATTR_FOUNDRY).n ||
           as_part_value(p, AS_ATTR_NODE).n;
}

/* A chip is a semiconductor of some kind, and software is none of the things
 * on the list unless it says so. */
static bool get_category(const as_subject *s, as_value *ret)
{
    const as_part *p = part_at(s);
    as_str said = as_part_value(p, AS_ATTR_CATEGORY);

    ret->text = as_category_find(said);
    if (ret->text.n)
        return true;
    if (p->kind == AS_PART_CHIP)
        return text(AS_STR("semiconductor"), ret);
    if (as_part_is_hardware(p) == AS_NO)
        return text(AS_STR("software"), ret);
    if (said.n == 0 && has_die(p) && !is_assembly(s))
        return text(AS_STR("semiconductor"), ret);
    ret->detail = said.n ? said : AS_STR("");
    return said.n == 0 && is_assembly(s) && text(AS_STR(AS_ASSEMBLY), ret);
}

static bool get_eccn(const as_subject *s, as_value *ret)
{
    return text(as_part_value(part_at(s), AS_ATTR_ECCN), ret);
}

/* ISO 3166: two letters, perhaps with a region behind, or a name that is
 * understood. What is written otherwise is not known. */
static bool country(as_str s, as_value *ret)
{
    bool region =
        s.n > 3 && s.p[2] == '-' && as_country_code(as_str_slice(s, 0, 2)).n;
    as_str code = region ? s : as_country_code(s);

    ret->detail = s;
    return text(code, ret);
}

static bool get_country(const as_subject *s, as_value *ret)
{
    return country(as_part_value(part_at(s), AS_ATTR_COUNTRY), ret);
}

static bool get_design_country(const as_subject *s, as_value *ret)
{
    return country(as_part_value(part_at(s), AS_ATTR_COUNTRY_DESIGN), ret);
}

/* "14", "14 nm". */
static bool get_node(const as_subject *s, as_value *ret)
{
    as_str said = as_part_value(part_at(s), AS_ATTR_NODE);
    char buf[24], *end;

    ret->detail = said;
    if (said.n == 0 || said.n >= sizeof buf || !as_ascii_is_digit(said.p[0]))
        return false;
    for (size_t i = 0; i < said.n; i++)
        buf[i] = said.p[i];
    buf[said.n] = 0;
    ret->number = strtod(buf, &end);
    return *end == 0 ||
           as_str_eq_nocase(as_str_trim(as_str_c(end)), AS_STR("nm"));
}

static bool day(as_date d, as_value *ret)
{
    ret->number = d;
    return d != AS_DATE_NONE;
}

static bool get_authorised(const as_subject *s, as_value *ret)
{
    const as_context *c = s->world->in->context;
    as_date d;

    if (as_date_read_any(as_part_value(part_at(s), AS_ATTR_AUTHORISED), &d))
        return day(d, ret);
    if (s->part != s->world->product->root || !c)
        return false;
    return day(c->authorised, ret);
}

/* ---- of the product: of its first part ----------------------------------- */

static bool of_root(const as_subject *s, as_value *ret,
                    bool (*get)(const as_subject *, as_value *))
{
    as_subject root = *s;

    root.part = s->world->product->root;
    if (root.part == AS_NO_PART && s->world->product->n_parts == 1)
        root.part = 0;
    return root.part != AS_NO_PART && get(&root, ret);
}

static bool get_product_kind(const as_subject *s, as_value *ret)
{
    return of_root(s, ret, get_kind);
}

static bool get_product_category(const as_subject *s, as_value *ret)
{
    return of_root(s, ret, get_category);
}

static bool get_product_country(const as_subject *s, as_value *ret)
{
    return of_root(s, ret, get_country);
}

static bool get_product_design(const as_subject *s, as_value *ret)
{
    return of_root(s, ret, get_design_country);
}

static bool get_product_eccn(const as_subject *s, as_value *ret)
{
    return of_root(s, ret, get_eccn);
}

static bool get_product_authorised(const as_subject *s, as_value *ret)
{
    const as_context *c = s->world->in->context;

    return of_root(s, ret, get_authorised) || (c && day(c->authorised, ret));
}

/* ---- of the context ------------------------------------------------------ */

static const as_context *context(const as_subject *s)
{
    return s->world->in->context;
}

static bool get_destination(const as_subject *s, as_value *ret)
{
    return context(s) && country(context(s)->destination, ret);
}

static bool get_from(const as_subject *s, as_value *ret)
{
    return context(s) && country(context(s)->from, ret);
}

static bool words(const as_str *list, size_t n, as_value *ret)
{
    ret->words = list;
    ret->n_words = n;
    return n > 0;
}

static bool get_act(const as_subject *s, as_value *ret)
{
    return context(s) && words(context(s)->acts, context(s)->n_acts, ret);
}

static bool get_use(const as_subject *s, as_value *ret)
{
    return context(s) && words(context(s)->uses, context(s)->n_uses, ret);
}

static bool get_worth(const as_subject *s, as_value *ret)
{
    if (!context(s) || context(s)->value < 0)
        return false;
    ret->number = context(s)->value;
    return true;
}

static bool get_contracted(const as_subject *s, as_value *ret)
{
    return context(s) && day(context(s)->contracted, ret);
}

/* Who buys or sells it now has not bought it before. */
static bool get_bought(const as_subject *s, as_value *ret)
{
    const as_context *c = context(s);
    bool now = c && c->n_acts > 0 && c->bought == AS_DATE_NONE;

    for (size_t i = 0; now && i < c->n_acts; i++)
        now = as_str_eq(c->acts[i], AS_STR("buy")) ||
              as_str_eq(c->acts[i], AS_STR("sell"));
    return c && day(now ? s->world->day : c->bought, ret);
}

static bool get_date(const as_subject *s, as_value *ret)
{
    return day(s->world->day, ret);
}

static const as_fact facts[] = {
#define ROW(name, help, kind, of, get)                                         \
    {                                                                          \
        AS_STR_INIT(name), AS_STR_INIT(help), kind, of, get                    \
    }
    ROW("part.kind", "chip, board, device, firmware, library, ...",
        AS_FACT_PART_KIND, AS_OF_PART, get_kind),
    ROW("part.name", "its name", AS_FACT_TEXT, AS_OF_PART, get_name),
    ROW("part.hardware", "a thing one can touch", AS_FACT_TRUTH, AS_OF_PART,
        get_hardware),
    ROW("part.is_product", "the product itself", AS_FACT_TRUTH, AS_OF_PART,
        get_is_product),
    ROW("part.category",
        "what it is for, or a narrower word: doc/properties.md",
        AS_FACT_CATEGORY, AS_OF_PART, get_category),
    ROW("part.eccn", "export control number, or a paragraph of it",
        AS_FACT_ECCN, AS_OF_PART, get_eccn),
    ROW("part.purl", "package URL up to a full segment", AS_FACT_PURL,
        AS_OF_PART, get_purl),
    ROW("part.country", "where it was made: ISO 3166, with region \"CN-XJ\"",
        AS_FACT_COUNTRY, AS_OF_PART, get_country),
    ROW("part.country_of_design", "where it was designed", AS_FACT_COUNTRY,
        AS_OF_PART, get_design_country),
    ROW("part.node", "technology node in nanometres", AS_FACT_NUMBER,
        AS_OF_PART, get_node),
    ROW("part.authorised", "date of its equipment authorisation", AS_FACT_DATE,
        AS_OF_PART, get_authorised),
    ROW("product.kind", "kind of the product", AS_FACT_PART_KIND, AS_OF_DEAL,
        get_product_kind),
    ROW("product.category", "what the product is for", AS_FACT_CATEGORY,
        AS_OF_DEAL, get_product_category),
    ROW("product.country", "where the product was made", AS_FACT_COUNTRY,
        AS_OF_DEAL, get_product_country),
    ROW("product.country_of_design", "where it was designed", AS_FACT_COUNTRY,
        AS_OF_DEAL, get_product_design),
    ROW("product.eccn", "its export control number", AS_FACT_ECCN, AS_OF_DEAL,
        get_product_eccn),
    ROW("product.authorised", "date of its equipment authorisation",
        AS_FACT_DATE, AS_OF_DEAL, get_product_authorised),
    ROW("context.act", "what is to be done: buy, use, ship, ...", AS_FACT_ACTS,
        AS_OF_DEAL, get_act),
    ROW("context.use", "an end use", AS_FACT_WORDS, AS_OF_DEAL, get_use),
    ROW("context.destination", "where it goes, ISO 3166", AS_FACT_COUNTRY,
        AS_OF_DEAL, get_destination),
    ROW("context.from", "where it comes from, ISO 3166", AS_FACT_COUNTRY,
        AS_OF_DEAL, get_from),
    ROW("context.value", "value of the order", AS_FACT_NUMBER, AS_OF_DEAL,
        get_worth),
    ROW("context.contracted", "date of the contract", AS_FACT_DATE, AS_OF_DEAL,
        get_contracted),
    ROW("context.bought", "date the product was bought", AS_FACT_DATE,
        AS_OF_DEAL, get_bought),
    ROW("date", "the day the rule is asked for", AS_FACT_DATE, AS_OF_DAY,
        get_date),
#undef ROW
};

const as_fact *as_rule_fact(size_t i)
{
    return i < AS_ARRAY_LEN(facts) ? &facts[i] : NULL;
}

bool as_rule_field(size_t i, as_str *ret_name, as_str *ret_help)
{
    const as_fact *f = as_rule_fact(i);

    if (!f)
        return false;
    *ret_name = f->name;
    *ret_help = f->help;
    return true;
}
