/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions of gates and rules, read; see rule.h for the language. */
#include "rule/expr_internal.h"

as_rc as_condition_refuse(as_condition_reader *r, const char *why, as_str value)
{
    as_err_path(r->err, as_buf_text(&r->path));
    if (as_str_is_absent(value))
        return as_fail(r->err, AS_ERR_INPUT, "%s: %s", r->what, why);
    return as_fail(r->err, AS_ERR_INPUT, "%s: %s: \"%.*s\"", r->what, why,
                   AS_FMT(as_str_slice(value, 0, 80)));
}

as_rc as_condition_no_memory(as_condition_reader *r)
{
    return as_fail(r->err, AS_ERR_LIMIT, "%s is too large", r->what);
}

as_expr *as_condition_new(as_condition_reader *r, as_expr_kind kind,
                          size_t children)
{
    as_expr *e;

    if (++r->nodes > AS_EXPR_NODES)
        return NULL;
    e = AS_NEW(r->arena, as_expr);
    if (!e)
        return NULL;
    e->kind = kind;
    e->children = AS_NEW_ARRAY(r->arena, children, const as_expr *);
    return e->children ? e : NULL;
}

as_rc as_condition_only(as_condition_reader *r, as_json v, const as_str *known,
                        size_t n)
{
    if (!as_json_is(v, AS_JSON_OBJECT))
        return as_condition_refuse(r, "a mapping is expected", AS_ABSENT);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        size_t i = 0;
        while (i < n && !as_str_eq(known[i], it.key))
            i++;
        if (i == n) {
            as_json_pointer_key(&r->path, it.key);
            return as_condition_refuse(r, "there is no such key", it.key);
        }
    }
    return AS_OK;
}

as_rc as_condition_words(as_condition_reader *r, as_json v, as_str **ret,
                         size_t *ret_n)
{
    bool one = as_json_is(v, AS_JSON_STRING);
    size_t n = one ? 1 : as_json_count(v);

    *ret_n = 0;
    if (as_json_is(v, AS_JSON_NONE) || as_json_is(v, AS_JSON_NULL))
        return AS_OK;
    if (!one && !as_json_is(v, AS_JSON_ARRAY))
        return as_condition_refuse(r, "a word or a list of words is expected",
                                   AS_ABSENT);
    if (n > AS_RULE_WORDS)
        return as_condition_refuse(r, "the list is too long", AS_ABSENT);
    *ret = AS_NEW_ARRAY(r->arena, n, as_str);
    if (!*ret)
        return as_condition_no_memory(r);
    if (one)
        (*ret)[(*ret_n)++] = as_arena_str(r->arena, as_json_str(v));
    for (as_json_iter it = as_json_each(v); !one && as_json_next(&it);) {
        as_str word = as_json_str(it.value);
        if (as_str_is_empty(word))
            return as_condition_refuse(
                r, "a word is expected (put numbers in quotes)", AS_ABSENT);
        (*ret)[(*ret_n)++] = as_arena_str(r->arena, word);
    }
    return AS_OK;
}

/* Splits ">= 9.0" into operator and operand. */
as_expr_op as_condition_operator(as_str *text)
{
    static const struct {
        as_str sign;
        as_expr_op op;
    } signs[] = {
        {AS_STR_INIT(">="), AS_OP_GE}, {AS_STR_INIT("<="), AS_OP_LE},
        {AS_STR_INIT("!="), AS_OP_NE}, {AS_STR_INIT(">"), AS_OP_GT},
        {AS_STR_INIT("<"), AS_OP_LT},  {AS_STR_INIT("="), AS_OP_EQ},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(signs); i++) {
        if (!as_str_starts(*text, signs[i].sign))
            continue;
        *text = as_str_trim(as_str_slice(*text, signs[i].sign.n, text->n));
        return signs[i].op;
    }
    return AS_OP_EQ;
}

static const as_fact *find_fact(const as_condition_reader *r, as_str name)
{
    const as_fact *f;

    for (size_t i = 0;
         (f = r->rules ? as_rule_fact(i) : as_gate_fact(i)) != NULL; i++)
        if (as_str_eq(f->name, name))
            return f;
    return NULL;
}

static as_rc read_plain_test(as_condition_reader *r, const as_fact *fact,
                             as_json v, const as_expr **ret)
{
    as_expr *e = as_condition_new(r, AS_EXPR_TEST, 0);
    as_str text = as_json_str(v);

    if (!e)
        return as_condition_no_memory(r);
    e->fact = fact;
    e->op = as_condition_operator(&text);
    if (!as_fact_value(fact, v, as_arena_str(r->arena, text), e))
        return as_condition_refuse(r, "this field cannot have this value",
                                   as_json_str(v));
    *ret = e;
    return AS_OK;
}

static as_rc read_test(as_condition_reader *r, as_str name, as_json v,
                       const as_expr **ret)
{
    const as_fact *fact = find_fact(r, name);
    as_expr *any;

    if (!fact)
        return as_condition_refuse(r, "there is no such field", name);
    if (fact->of == AS_OF_PART && !r->in_parts)
        return as_condition_refuse(
            r, "a field of a part stands below any_part and the like", name);
    if (!as_json_is(v, AS_JSON_ARRAY))
        return read_plain_test(r, fact, v, ret);
    any = as_condition_new(r, AS_EXPR_ANY, as_json_count(v));
    if (!any)
        return as_condition_no_memory(r);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        as_rc rc = read_plain_test(r, fact, it.value,
                                   &any->children[any->n_children++]);
        if (rc)
            return rc;
    }
    *ret = any;
    return AS_OK;
}

static as_rc read_list(as_condition_reader *r, as_expr_kind kind, as_json v,
                       unsigned depth, const as_expr **ret)
{
    as_expr *e;

    if (!as_json_is(v, AS_JSON_ARRAY))
        return as_condition_refuse(r, "a list of conditions is expected",
                                   AS_ABSENT);
    e = as_condition_new(r, kind, as_json_count(v));
    if (!e)
        return as_condition_no_memory(r);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        size_t before = r->path.n;
        as_rc rc;
        as_json_pointer_index(&r->path, it.index);
        rc = as_condition_read(r, it.value, depth + 1,
                               &e->children[e->n_children++]);
        if (rc)
            return rc;
        r->path.n = before;
    }
    *ret = e;
    return AS_OK;
}

static as_rc read_member(as_condition_reader *r, as_str key, as_json v,
                         unsigned depth, const as_expr **ret)
{
    bool known = false;
    as_expr *e;
    as_rc rc;

    if (as_str_eq(key, AS_STR("all")))
        return read_list(r, AS_EXPR_ALL, v, depth, ret);
    if (as_str_eq(key, AS_STR("any")))
        return read_list(r, AS_EXPR_ANY, v, depth, ret);
    if (r->rules) {
        rc = as_rule_member(r, key, v, depth, ret, &known);
        if (rc || known)
            return rc;
    }
    if (!as_str_eq(key, AS_STR("not")))
        return read_test(r, key, v, ret);
    e = as_condition_new(r, AS_EXPR_NOT, 1);
    if (!e)
        return as_condition_no_memory(r);
    e->n_children = 1;
    *ret = e;
    return as_condition_read(r, v, depth + 1, &e->children[0]);
}

as_rc as_condition_read(as_condition_reader *r, as_json v, unsigned depth,
                        const as_expr **ret)
{
    as_expr *e;

    if (depth > AS_EXPR_DEPTH)
        return as_condition_refuse(r, "conditions are nested too deeply",
                                   AS_ABSENT);
    if (as_json_is(v, AS_JSON_ARRAY))
        return read_list(r, AS_EXPR_ALL, v, depth, ret);
    if (!as_json_is(v, AS_JSON_OBJECT))
        return as_condition_refuse(r, "a condition is expected",
                                   as_json_str(v));
    e = as_condition_new(r, AS_EXPR_ALL, as_json_count(v));
    if (!e)
        return as_condition_no_memory(r);
    for (as_json_iter it = as_json_each(v); as_json_next(&it);) {
        size_t before = r->path.n;
        as_rc rc;
        as_json_pointer_key(&r->path, it.key);
        rc = read_member(r, it.key, it.value, depth,
                         &e->children[e->n_children++]);
        if (rc)
            return rc;
        r->path.n = before;
    }
    *ret = e;
    return AS_OK;
}

bool as_expr_asks(const as_expr *e, as_fact_of of)
{
    if (e->kind == AS_EXPR_TEST)
        return e->fact->of == of;
    for (size_t i = 0; i < e->n_children; i++)
        if (as_expr_asks(e->children[i], of))
            return true;
    return false;
}
