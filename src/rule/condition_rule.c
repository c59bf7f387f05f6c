/* SPDX-License-Identifier: Apache-2.0 */
/* The members of conditions that only rules have: parties, quantifiers over
 * the tree, shares of value, what the asker states. */
#include "rule/expr_internal.h"

#include <stdlib.h>

/* ---- parties ------------------------------------------------------------- */

static const as_attribute_key part_roles[] = {
    AS_ATTR_MAKER,   AS_ATTR_MANUFACTURER, AS_ATTR_SUPPLIER,  AS_ATTR_DESIGNER,
    AS_ATTR_FOUNDRY, AS_ATTR_CELL_MAKER,   AS_ATTR_PUBLISHER, AS_ATTR_AUTHOR,
};

static as_rc read_part_roles(as_condition_reader *r, as_json v,
                             as_attribute_key *ret, size_t *ret_n)
{
    as_str *words = NULL;
    size_t n = 0;
    as_rc rc = as_condition_words(r, v, &words, &n);

    if (rc)
        return rc;
    if (n > 8)
        return as_condition_refuse(r, "the list is too long", AS_ABSENT);
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < AS_ARRAY_LEN(part_roles) &&
               !as_str_eq(as_attribute_word(part_roles[k]), words[i]))
            k++;
        if (k == AS_ARRAY_LEN(part_roles))
            return as_condition_refuse(r, "a part has no such role", words[i]);
        ret[(*ret_n)++] = part_roles[k];
    }
    return AS_OK;
}

static as_rc read_term(as_condition_reader *r, as_json v, as_party_test *p)
{
    if (as_json_is(v, AS_JSON_NONE))
        return AS_OK;
    if (as_json_count(v) != 1 || !as_json_is(v, AS_JSON_OBJECT))
        return as_condition_refuse(r, "one term is expected (footnote: \"5\")",
                                   AS_ABSENT);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        p->term_key = as_arena_str(r->arena, it.key);
        return as_condition_words(r, it.value, &p->terms, &p->n_terms);
    }
    return AS_OK;
}

/* How shares count; the words of party/. */
static const struct {
    as_str word;
    bool above; /* more than half, not half */
    bool half;  /* and nothing else */
} ways[] = {
    {AS_STR_INIT("ofac"), false, true},
    {AS_STR_INIT("bis"), false, true},
    {AS_STR_INIT("mofcom"), false, true},
    {AS_STR_INIT("eu"), true, true},
    {AS_STR_INIT("uk"), true, true},
    {AS_STR_INIT("multiply"), false, false},
};

static as_rc read_counted(as_condition_reader *r, as_json v, as_party_test *p,
                          bool above)
{
    as_str word = as_json_str(v);

    if (as_json_is(v, AS_JSON_NONE))
        word = above                            ? AS_STR("eu")
               : p->owned < 50 || p->owned > 50 ? AS_STR("multiply")
                                                : AS_STR("ofac");
    for (size_t i = 0; i < AS_ARRAY_LEN(ways); i++) {
        if (!as_str_eq(word, ways[i].word))
            continue;
        if (ways[i].above != above ||
            (ways[i].half && (p->owned < 50 || p->owned > 50)))
            return as_condition_refuse(
                r,
                "counted like this owned is \">= 50\" (ofac, bis, mofcom), "
                "\"> 50\" (eu, uk), or any share (multiply)",
                word);
        p->held =
            (as_owned_question){ways[i].word, p->lists, p->n_lists, p->owned};
        return AS_OK;
    }
    return as_condition_refuse(
        r, "counted is ofac, bis, mofcom, eu, uk or multiply", word);
}

/* ">= 50": percent held by those on the lists. */
static as_rc read_owned(as_condition_reader *r, as_json who, as_party_test *p)
{
    as_json v = as_json_get(who, AS_STR("owned"));
    as_json counted = as_json_get(who, AS_STR("counted"));
    as_str text = as_json_str(v);
    as_expr_op op;
    uint64_t share;

    p->owned = -1;
    if (as_json_is(v, AS_JSON_NONE) && as_json_is(counted, AS_JSON_NONE))
        return AS_OK;
    op = as_condition_operator(&text);
    if ((op != AS_OP_GE && op != AS_OP_GT) || !as_str_u64(text, &share) ||
        share > 100)
        return as_condition_refuse(r, "owned is \">= PERCENT\" or \"> 50\"",
                                   as_json_str(v));
    p->owned = (double)share;
    return read_counted(r, counted, p, op == AS_OP_GT);
}

static as_rc read_identity(as_condition_reader *r, as_json v, as_party_test *p)
{
    as_str word = as_json_str(v);

    if (as_json_is(v, AS_JSON_NONE) || as_str_eq(word, AS_STR("entity")))
        return AS_OK;
    if (!as_str_eq(word, AS_STR("family")))
        return as_condition_refuse(r, "identity is \"entity\" or \"family\"",
                                   word);
    p->identity = AS_PARTY_FAMILY;
    return AS_OK;
}

static as_rc read_who(as_condition_reader *r, as_json v, as_party_test *p)
{
    as_rc rc = as_condition_words(r, as_json_get(v, AS_STR("family")),
                                  &p->families, &p->n_families);

    if (!rc)
        rc = as_condition_words(r, as_json_get(v, AS_STR("list")), &p->lists,
                                &p->n_lists);
    if (!rc)
        rc = as_condition_words(r, as_json_get(v, AS_STR("name")), &p->names,
                                &p->n_names);
    if (!rc)
        rc = read_term(r, as_json_get(v, AS_STR("term")), p);
    if (!rc)
        rc = read_owned(r, v, p);
    if (!rc)
        rc = read_identity(r, as_json_get(v, AS_STR("identity")), p);
    if (!rc && p->n_families + p->n_lists + p->n_names == 0)
        rc = as_condition_refuse(r, "a family, a list or a name is expected",
                                 AS_ABSENT);
    return rc;
}

static as_rc read_party(as_condition_reader *r, as_json v, const as_expr **ret)
{
    static const as_str keys[] = {
        AS_STR_INIT("family"),   AS_STR_INIT("list"), AS_STR_INIT("term"),
        AS_STR_INIT("owned"),    AS_STR_INIT("as"),   AS_STR_INIT("also"),
        AS_STR_INIT("identity"), AS_STR_INIT("name"), AS_STR_INIT("counted"),
    };
    as_expr *e = as_condition_new(r, AS_EXPR_PARTY, 0);
    as_party_test *p = AS_NEW(r->arena, as_party_test);
    as_rc rc = as_condition_only(r, v, keys, AS_ARRAY_LEN(keys));

    if (!e || !p)
        return as_condition_no_memory(r);
    if (!rc && !r->in_parts)
        rc = as_condition_refuse(
            r, "a party of a part stands below any_part and the like",
            AS_ABSENT);
    if (!rc)
        rc = read_who(r, v, p);
    if (!rc)
        rc = read_part_roles(r, as_json_get(v, AS_STR("as")), p->must,
                             &p->n_must);
    if (!rc)
        rc = read_part_roles(r, as_json_get(v, AS_STR("also")), p->may,
                             &p->n_may);
    if (!rc && p->n_must + p->n_may == 0)
        p->must[p->n_must++] = AS_ATTR_MAKER;
    e->party = p;
    *ret = e;
    return rc;
}

static as_rc read_dealings(as_condition_reader *r, as_json v,
                           const as_expr **ret)
{
    static const as_str keys[] = {
        AS_STR_INIT("family"), AS_STR_INIT("list"),    AS_STR_INIT("term"),
        AS_STR_INIT("owned"),  AS_STR_INIT("roles"),   AS_STR_INIT("identity"),
        AS_STR_INIT("name"),   AS_STR_INIT("counted"),
    };
    as_expr *e = as_condition_new(r, AS_EXPR_DEALINGS, 0);
    as_party_test *p = AS_NEW(r->arena, as_party_test);
    as_rc rc = as_condition_only(r, v, keys, AS_ARRAY_LEN(keys));

    if (!e || !p)
        return as_condition_no_memory(r);
    if (!rc)
        rc = read_who(r, v, p);
    if (!rc)
        rc = as_condition_words(r, as_json_get(v, AS_STR("roles")), &p->roles,
                                &p->n_roles);
    for (size_t i = 0; i < p->n_roles && !rc; i++)
        if (!as_deal_role_known(p->roles[i]))
            rc = as_condition_refuse(r, "a deal has no such role", p->roles[i]);
    e->party = p;
    *ret = e;
    return rc;
}

/* ---- the tree ------------------------------------------------------------ */

static as_rc read_look(as_condition_reader *r, as_json v, as_look *ret)
{
    as_str word = as_json_str(v);

    *ret = AS_LOOK_LISTED;
    if (as_json_is(v, AS_JSON_NONE))
        return AS_OK;
    if (as_str_eq(word, AS_STR("chips")))
        *ret = AS_LOOK_CHIPS;
    else if (as_str_eq(word, AS_STR("hardware")))
        *ret = AS_LOOK_HARDWARE;
    else
        return as_condition_refuse(r, "look_for is \"chips\" or \"hardware\"",
                                   word);
    return AS_OK;
}

/* A condition on parts: below here fields of parts may be asked for. */
static as_rc read_below(as_condition_reader *r, as_json v, unsigned depth,
                        const as_expr **ret)
{
    bool before = r->in_parts;
    as_rc rc;

    r->in_parts = true;
    rc = as_condition_read(r, v, depth + 1, ret);
    r->in_parts = before;
    return rc;
}

static as_rc read_quantifier(as_condition_reader *r, as_expr_kind kind,
                             as_json v, unsigned depth, const as_expr **ret)
{
    as_expr *e = as_condition_new(r, kind, 1);
    as_rc rc;

    if (!e)
        return as_condition_no_memory(r);
    if ((kind == AS_EXPR_CONTAINS || kind == AS_EXPR_WITHIN) && !r->in_parts)
        return as_condition_refuse(
            r, "contains and within stand below any_part and the like",
            AS_ABSENT);
    rc = read_look(r, as_json_get(v, AS_STR("look_for")), &e->look);
    e->n_children = 1;
    *ret = e;
    return rc ? rc : read_below(r, v, depth, &e->children[0]);
}

static as_rc read_pair(as_condition_reader *r, as_json v, unsigned depth,
                       const as_expr **ret)
{
    static const as_str keys[] = {AS_STR_INIT("of"), AS_STR_INIT("are")};
    as_expr *e = as_condition_new(r, AS_EXPR_ALL_PARTS, 2);
    as_rc rc = as_condition_only(r, v, keys, AS_ARRAY_LEN(keys));

    if (!e)
        return as_condition_no_memory(r);
    for (size_t i = 0; i < AS_ARRAY_LEN(keys) && !rc; i++) {
        size_t before = r->path.n;
        as_json_pointer_key(&r->path, keys[i]);
        rc = read_below(r, as_json_get(v, keys[i]), depth,
                        &e->children[e->n_children++]);
        if (!rc)
            r->path.n = before;
    }
    *ret = e;
    return rc;
}

static bool read_percent(as_str s, double *ret)
{
    char buf[32], *end;

    if (s.n == 0 || s.n >= sizeof buf || !as_ascii_is_digit(s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++)
        buf[i] = s.p[i];
    buf[s.n] = 0;
    *ret = strtod(buf, &end);
    while (*end == ' ' || *end == '%')
        end++;
    return *end == 0 && *ret <= 100;
}

static as_rc read_share(as_condition_reader *r, as_json v, unsigned depth,
                        const as_expr **ret)
{
    static const as_str keys[] = {AS_STR_INIT("of"), AS_STR_INIT("is"),
                                  AS_STR_INIT("look_for")};
    as_expr *e = as_condition_new(r, AS_EXPR_SHARE, 1);
    as_str is = as_json_get_str(v, AS_STR("is"));
    as_rc rc = as_condition_only(r, v, keys, AS_ARRAY_LEN(keys));

    if (!e)
        return as_condition_no_memory(r);
    if (!rc)
        rc = read_look(r, as_json_get(v, AS_STR("look_for")), &e->look);
    e->op = as_condition_operator(&is);
    if (!rc && (e->op == AS_OP_EQ || e->op == AS_OP_NE ||
                !read_percent(is, &e->number)))
        rc = as_condition_refuse(r, "a share is compared: is: \">= 0.1 %\"",
                                 as_json_get_str(v, AS_STR("is")));
    e->n_children = 1;
    *ret = e;
    if (rc)
        return rc;
    as_json_pointer_key(&r->path, AS_STR("of"));
    return read_below(r, as_json_get(v, AS_STR("of")), depth, &e->children[0]);
}

/* ---- what the asker states ----------------------------------------------- */

static as_rc read_assertion(as_condition_reader *r, as_str name, as_json v,
                            const as_expr **ret)
{
    as_expr *e = as_condition_new(r, AS_EXPR_ASSERTS, 0);
    bool want;

    if (!e)
        return as_condition_no_memory(r);
    for (size_t i = 0; i < name.n; i++)
        if (!as_ascii_is_lower(name.p[i]) && !as_ascii_is_digit(name.p[i]) &&
            name.p[i] != '-')
            return as_condition_refuse(
                r, "a fact is called by small letters, digits and -", name);
    if (!as_json_bool(v, &want) || as_str_is_empty(name))
        return as_condition_refuse(r, "true or false is expected",
                                   as_json_str(v));
    e->text = as_arena_str(r->arena, name);
    e->number = want;
    *ret = e;
    return AS_OK;
}

as_rc as_rule_member(as_condition_reader *r, as_str key, as_json v,
                     unsigned depth, const as_expr **ret, bool *ret_known)
{
    static const as_str asserts = AS_STR_INIT("asserts.");
    as_expr *e;

    *ret_known = true;
    if (as_str_eq(key, AS_STR("party")))
        return read_party(r, v, ret);
    if (as_str_eq(key, AS_STR("dealings")))
        return read_dealings(r, v, ret);
    if (as_str_eq(key, AS_STR("any_part")))
        return read_quantifier(r, AS_EXPR_ANY_PART, v, depth, ret);
    if (as_str_eq(key, AS_STR("contains")))
        return read_quantifier(r, AS_EXPR_CONTAINS, v, depth, ret);
    if (as_str_eq(key, AS_STR("within")))
        return read_quantifier(r, AS_EXPR_WITHIN, v, depth, ret);
    if (as_str_eq(key, AS_STR("all_parts")))
        return read_pair(r, v, depth, ret);
    if (as_str_eq(key, AS_STR("share")))
        return read_share(r, v, depth, ret);
    if (as_str_starts(key, asserts))
        return read_assertion(r, as_str_slice(key, asserts.n, key.n), v, ret);
    *ret_known = false;
    if (!as_str_eq(key, AS_STR("look_for")) || !r->in_parts)
        return AS_OK;
    /* Read by the quantifier it belongs to. */
    *ret_known = true;
    e = as_condition_new(r, AS_EXPR_ALL, 0);
    *ret = e;
    return e ? AS_OK : as_condition_no_memory(r);
}
