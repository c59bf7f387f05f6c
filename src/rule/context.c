/* SPDX-License-Identifier: Apache-2.0 */
/* The context of a review: who asks, where, for which act. */
#include "rule/expr_internal.h"

#include "model/country.h"

#include <math.h>
#include <stdlib.h>

static const as_str party_roles[] = {
    AS_STR_INIT("buyer"),        AS_STR_INIT("seller"),
    AS_STR_INIT("end-user"),     AS_STR_INIT("consignee"),
    AS_STR_INIT("intermediary"), AS_STR_INIT("contractor"),
    AS_STR_INIT("financier"),    AS_STR_INIT("carrier"),
};

bool as_deal_role_known(as_str word)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(party_roles); i++)
        if (as_str_eq(party_roles[i], word))
            return true;
    return false;
}

as_context *as_context_new(as_arena *arena)
{
    as_context *c = AS_NEW(arena, as_context);

    if (!c)
        return NULL;
    c->value = -1;
    c->contracted = c->bought = c->authorised = AS_DATE_NONE;
    return c;
}

bool as_context_is_empty(const as_context *c)
{
    return !c || (c->n_roles + c->n_jurisdictions + c->n_acts + c->n_uses +
                          c->n_parties + c->n_facts ==
                      0 &&
                  c->destination.n + c->from.n == 0 && c->value < 0 &&
                  c->contracted == AS_DATE_NONE && c->bought == AS_DATE_NONE &&
                  c->authorised == AS_DATE_NONE);
}

/* ---- one member at a time ------------------------------------------------ */

static as_rc wrong(as_err *err, const char *why, as_str value)
{
    return as_fail(err, AS_ERR_INPUT, "the context: %s: \"%.*s\"", why,
                   AS_FMT(as_str_slice(value, 0, 80)));
}

static as_rc full(as_err *err)
{
    return as_fail(err, AS_ERR_LIMIT, "the context is too large");
}

static as_rc add_word(as_arena *a, as_str **list, size_t *n, as_str word,
                      as_err *err)
{
    size_t cap = *n;
    as_str *grown;

    for (size_t i = 0; i < *n; i++)
        if (as_str_eq((*list)[i], word))
            return AS_OK;
    if (*n == AS_RULE_WORDS)
        return full(err);
    grown = as_arena_grow(a, *list, &cap, *n + 1, sizeof **list);
    if (!grown)
        return full(err);
    grown[(*n)++] = as_arena_str(a, word);
    *list = grown;
    return AS_OK;
}

static as_rc add_party(as_context *c, as_arena *a, const as_context_party *p,
                       as_err *err)
{
    size_t cap = c->n_parties;
    as_context_party *grown;

    if (as_str_is_empty(as_str_trim(p->name)))
        return wrong(err, "a party has no name", p->role);
    if (c->n_parties == AS_CONTEXT_PARTIES)
        return full(err);
    grown = as_arena_grow(a, c->parties, &cap, c->n_parties + 1, sizeof *grown);
    if (!grown)
        return full(err);
    grown[c->n_parties++] =
        (as_context_party){as_arena_str(a, p->role), as_arena_str(a, p->name),
                           as_arena_str(a, p->country)};
    c->parties = grown;
    return AS_OK;
}

/* A later word on the same fact replaces the earlier. */
static as_rc set_fact(as_context *c, as_arena *a, as_str name, as_str value,
                      as_err *err)
{
    size_t cap = c->n_facts, i = 0;
    as_property *grown;

    if (!as_str_eq(value, AS_STR("yes")) && !as_str_eq(value, AS_STR("no")) &&
        !as_str_eq(value, AS_STR("unknown")))
        return wrong(err, "a fact is yes, no or unknown", value);
    while (i < c->n_facts && !as_str_eq(c->facts[i].name, name))
        i++;
    if (i == AS_RULE_WORDS)
        return full(err);
    grown = as_arena_grow(a, c->facts, &cap, c->n_facts + 1, sizeof *grown);
    if (!grown)
        return full(err);
    c->facts = grown;
    c->n_facts += i == c->n_facts;
    grown[i] = (as_property){as_arena_str(a, name), as_arena_str(a, value)};
    return AS_OK;
}

static as_rc set_country(as_arena *a, as_str value, as_str *ret, as_err *err)
{
    as_str code = as_country_code(value);

    if (as_str_is_empty(code))
        return wrong(err, "there is no such country (ISO 3166)", value);
    *ret = as_arena_str(a, code);
    return AS_OK;
}

static as_rc set_date(as_str value, as_date *ret, as_err *err)
{
    if (!as_date_read(value, ret))
        return wrong(err, "no date (YYYY-MM-DD)", value);
    return AS_OK;
}

static as_rc set_value(as_context *c, as_str value, as_err *err)
{
    char buf[40], *end;

    if (value.n == 0 || value.n >= sizeof buf || !as_ascii_is_digit(value.p[0]))
        return wrong(err, "no amount", value);
    for (size_t i = 0; i < value.n; i++)
        buf[i] = value.p[i];
    buf[value.n] = 0;
    c->value = strtod(buf, &end);
    if (*end || !isfinite(c->value)) {
        c->value = -1;
        return wrong(err, "no amount", value);
    }
    return AS_OK;
}

static as_rc set_named_fact(as_context *c, as_arena *a, as_str value,
                            as_err *err)
{
    as_str rest = value, name = as_str_cut(&rest, '=');

    if (as_str_is_absent(rest) || as_str_is_empty(name))
        return wrong(err, "a fact is given as NAME=yes|no|unknown", value);
    return set_fact(c, a, name, rest, err);
}

static as_rc wrong_role(as_err *err, as_str value)
{
    char words[320];
    as_rc rc = wrong(err, "there is no such role", value);

    as_role_words(words, sizeof words);
    as_err_detail(err, "there are: %s", words);
    return rc;
}

static as_rc wrong_act(as_err *err, as_str value)
{
    char words[160];
    as_rc rc = wrong(err, "there is no such act", value);
    size_t n = 0;
    as_str one;

    for (size_t i = 0; as_rule_act(i, &one) && n < sizeof words; i++) {
        int k = snprintf(words + n, sizeof words - n, "%s%.*s", i ? ", " : "",
                         AS_FMT(one));
        n += k > 0 ? (size_t)k : 0;
    }
    as_err_detail(err, "there are: %s", words);
    return rc;
}

as_rc as_context_set(as_context *c, as_arena *a, as_str key, as_str value,
                     as_err *err)
{
    as_context_party p = {.role = key, .name = value};

    if (as_str_eq(key, AS_STR("role")))
        return as_role_known(value)
                   ? add_word(a, &c->roles, &c->n_roles, value, err)
                   : wrong_role(err, value);
    if (as_str_eq(key, AS_STR("act")))
        return as_act_known(value)
                   ? add_word(a, &c->acts, &c->n_acts, value, err)
                   : wrong_act(err, value);
    if (as_str_eq(key, AS_STR("use")))
        return add_word(a, &c->uses, &c->n_uses, value, err);
    if (as_str_eq(key, AS_STR("jurisdiction")))
        return add_word(a, &c->jurisdictions, &c->n_jurisdictions, value, err);
    if (as_str_eq(key, AS_STR("destination")))
        return set_country(a, value, &c->destination, err);
    if (as_str_eq(key, AS_STR("from")))
        return set_country(a, value, &c->from, err);
    if (as_str_eq(key, AS_STR("contracted")))
        return set_date(value, &c->contracted, err);
    if (as_str_eq(key, AS_STR("bought")))
        return set_date(value, &c->bought, err);
    if (as_str_eq(key, AS_STR("authorised")))
        return set_date(value, &c->authorised, err);
    if (as_str_eq(key, AS_STR("value")))
        return set_value(c, value, err);
    if (as_str_eq(key, AS_STR("fact")))
        return set_named_fact(c, a, value, err);
    for (size_t i = 0; i < AS_ARRAY_LEN(party_roles); i++)
        if (as_str_eq(party_roles[i], key))
            return add_party(c, a, &p, err);
    return wrong(err, "there is no such member", key);
}

/* ---- a file -------------------------------------------------------------- */

struct file {
    as_context *c;
    as_arena *arena;
    as_err *err;
};

static as_rc at(struct file *f, const char *path, as_rc rc)
{
    if (rc && f->err && !f->err->place.path[0])
        as_err_path(f->err, as_str_c(path));
    return rc;
}

static as_rc set_all(struct file *f, const char *key, as_json v)
{
    as_str name = as_str_c(key), one = as_json_str(v);

    if (as_json_is(v, AS_JSON_NULL))
        return AS_OK;
    if (!as_str_is_absent(one))
        return as_context_set(f->c, f->arena, name, one, f->err);
    if (!as_json_is(v, AS_JSON_ARRAY))
        return wrong(f->err, "a word or a list of words is expected", name);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_rc rc =
            as_context_set(f->c, f->arena, name, as_json_str(it.value), f->err);
        if (rc)
            return rc;
    }
    return AS_OK;
}

static as_rc read_party(struct file *f, as_json v)
{
    as_context_party p = {as_json_get_str(v, AS_STR("role")),
                          as_json_get_str(v, AS_STR("name")),
                          as_json_get_str(v, AS_STR("country"))};

    for (as_json_iter it = as_json_each(v); as_json_next(&it);)
        if (!as_str_eq(it.key, AS_STR("role")) &&
            !as_str_eq(it.key, AS_STR("name")) &&
            !as_str_eq(it.key, AS_STR("country")))
            return wrong(f->err, "there is no such key", it.key);
    if (as_deal_role_known(p.role))
        return add_party(f->c, f->arena, &p, f->err);
    return wrong(f->err, "there is no such role of a party", p.role);
}

static as_rc read_facts(struct file *f, as_json v)
{
    bool flag;

    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_str word = as_json_str(it.value);
        as_rc rc;
        if (as_json_bool(it.value, &flag))
            word = flag ? AS_STR("yes") : AS_STR("no");
        rc = set_fact(f->c, f->arena, it.key, word, f->err);
        if (rc)
            return rc;
    }
    return AS_OK;
}

static as_rc read_amount(struct file *f, as_json v)
{
    if (as_json_double(v, &f->c->value) && f->c->value >= 0)
        return AS_OK;
    f->c->value = -1;
    return set_value(f->c, as_json_str(v), f->err);
}

static as_rc read_parties(struct file *f, as_json v)
{
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_rc rc = read_party(f, it.value);
        if (rc)
            return rc;
    }
    return AS_OK;
}

/* Members that as_context_set knows under another, singular name. */
static as_rc read_member(struct file *f, as_str key, as_json v)
{
    static const struct {
        as_str key;
        const char *name;
    } lists[] = {
        {AS_STR_INIT("roles"), "role"},
        {AS_STR_INIT("acts"), "act"},
        {AS_STR_INIT("uses"), "use"},
        {AS_STR_INIT("jurisdictions"), "jurisdiction"},
        {AS_STR_INIT("destination"), "destination"},
        {AS_STR_INIT("from"), "from"},
        {AS_STR_INIT("contracted"), "contracted"},
        {AS_STR_INIT("bought"), "bought"},
        {AS_STR_INIT("authorised"), "authorised"},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(lists); i++)
        if (as_str_eq(lists[i].key, key))
            return set_all(f, lists[i].name, v);
    if (as_str_eq(key, AS_STR("parties")))
        return read_parties(f, v);
    if (as_str_eq(key, AS_STR("facts")))
        return read_facts(f, v);
    if (as_str_eq(key, AS_STR("value")))
        return read_amount(f, v);
    if (as_str_eq(key, AS_STR("title")))
        f->c->title = as_arena_str(f->arena, as_json_str(v));
    else if (as_str_eq(key, AS_STR("currency")))
        f->c->currency = as_arena_str(f->arena, as_json_str(v));
    else if (!as_str_eq(key, AS_STR("schema")))
        return wrong(f->err, "there is no such key", key);
    return AS_OK;
}

as_rc as_context_read(as_json root, as_arena *arena, as_context *into,
                      as_err *err)
{
    struct file f = {into, arena, err};
    as_str schema = as_json_get_str(root, AS_STR("schema"));

    if (!as_str_eq(schema, AS_STR("assay-context/1")))
        return at(&f, "/schema",
                  wrong(err, "schema is not assay-context/1", schema));
    for (as_json_iter it = as_json_each(root); as_json_next(&it);) {
        as_rc rc = read_member(&f, it.key, it.value);
        as_buf path;
        if (!rc)
            continue;
        as_buf_init(&path, 4096);
        as_json_pointer_key(&path, it.key);
        as_err_path(err, as_buf_text(&path));
        as_buf_done(&path);
        return rc;
    }
    return as_arena_failed(arena) ? full(err) : AS_OK;
}

/* ---- as names and values ------------------------------------------------- */

static void put(as_review *r, const char *name, as_str value)
{
    if (!as_str_is_empty(value))
        r->context[r->n_context++] = (as_property){as_str_c(name), value};
}

static void put_words(as_review *r, const char *name, const as_str *list,
                      size_t n)
{
    as_buf b;

    as_buf_init(&b, 65536);
    for (size_t i = 0; i < n; i++) {
        as_buf_c(&b, i ? ", " : "");
        as_buf_str(&b, list[i]);
    }
    put(r, name, as_arena_str(r->arena, as_buf_text(&b)));
    as_buf_done(&b);
}

static void put_value(as_review *r, const as_context *c)
{
    if (c->value >= 0)
        put(r, "value",
            as_arena_printf(r->arena, "%.2f%s%.*s", c->value,
                            c->currency.n ? " " : "", AS_FMT(c->currency)));
}

bool as_context_describe(const as_context *c, as_review *r)
{
    if (!c)
        return true;
    r->context =
        AS_NEW_ARRAY(r->arena, 16 + c->n_parties + c->n_facts, as_property);
    if (!r->context)
        return false;
    put(r, "title", c->title);
    put_words(r, "roles", c->roles, c->n_roles);
    put_words(r, "jurisdictions", c->jurisdictions, c->n_jurisdictions);
    put_words(r, "acts", c->acts, c->n_acts);
    put_words(r, "uses", c->uses, c->n_uses);
    put(r, "destination", c->destination);
    put(r, "from", c->from);
    put_value(r, c);
    put(r, "contracted", as_date_str(r->arena, c->contracted));
    put(r, "bought", as_date_str(r->arena, c->bought));
    put(r, "authorised", as_date_str(r->arena, c->authorised));
    for (size_t i = 0; i < c->n_parties; i++)
        r->context[r->n_context++] =
            (as_property){c->parties[i].role, c->parties[i].name};
    for (size_t i = 0; i < c->n_facts; i++)
        r->context[r->n_context++] = c->facts[i];
    return true;
}
