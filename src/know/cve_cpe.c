/* SPDX-License-Identifier: Apache-2.0 */
/* cpeApplicability of a CVE record (format 5.1), the form of NVD's
 * configurations:
 *
 *   configuration = operator (OR, AND) over nodes
 *   node          = operator over cpeMatch rows; negate inverts
 *   row           = CPE, version bounds, vulnerable: subject or environment
 *
 * Configurations are alternatives. Each vulnerable row becomes an entry; what
 * AND joins with it becomes its conditions: one group of alternatives for an OR
 * node, a group for each row of an AND node. */
#include "know/cve_internal.h"

#include "model/cpe.h"

enum { ROWS = 4000, NODES = 64 };

struct node {
    as_json rows;
    bool all; /* operator AND */
};

struct configuration {
    struct node nodes[NODES];
    size_t n;
    bool all, negated;
};

struct reading {
    as_cve_entries *l;
    as_arena *a;
    size_t rows; /* left to read */
};

static bool says_and(as_json v)
{
    return as_str_eq_nocase(as_json_get_str(v, AS_STR("operator")),
                            AS_STR("AND"));
}

static bool says_negate(as_json v)
{
    bool negate = false;

    return as_json_bool(as_json_get(v, AS_STR("negate")), &negate) && negate;
}

static void read_configuration(as_json v, struct configuration *c)
{
    as_json_iter it = as_json_each(as_json_get(v, AS_STR("nodes")));

    *c = (struct configuration){.all = says_and(v), .negated = says_negate(v)};
    while (as_json_next(&it) && c->n < NODES) {
        c->nodes[c->n].rows = as_json_get(it.value, AS_STR("cpeMatch"));
        c->nodes[c->n++].all = says_and(it.value);
        c->negated = c->negated || says_negate(it.value);
    }
}

/* ---- conditions
 * ---------------------------------------------------------------- */

struct conditions {
    as_condition *items;
    size_t n, cap;
    uint32_t group;
};

static bool add_condition(struct reading *r, struct conditions *l, as_str cpe)
{
    as_condition *grown =
        as_arena_grow(r->a, l->items, &l->cap, l->n + 1, sizeof *l->items);

    if (!grown)
        return false;
    l->items = grown;
    l->items[l->n++] = (as_condition){cpe, l->group};
    return true;
}

/* The rows of a node but the one with index except. */
static bool add_node(struct reading *r, struct conditions *l,
                     const struct node *node, size_t except)
{
    as_json_iter it = as_json_each(node->rows);

    l->group++;
    while (as_json_next(&it) && it.index < ROWS) {
        as_str cpe =
            as_feed_text(r->a, as_json_get_str(it.value, AS_STR("criteria")),
                         AS_LIMIT_CPE_BYTES);
        if (it.index == except || !cpe.p)
            continue;
        if (!add_condition(r, l, cpe))
            return false;
        l->group += node->all;
    }
    return true;
}

/* What must be there beside a row of node which. */
static bool conditions_of(struct reading *r, const struct configuration *c,
                          size_t which, size_t row, struct conditions *ret)
{
    *ret = (struct conditions){.group = 0};
    if (c->nodes[which].all && !add_node(r, ret, &c->nodes[which], row))
        return false;
    for (size_t i = 0; i < c->n && c->all; i++)
        if (i != which && !add_node(r, ret, &c->nodes[i], SIZE_MAX))
            return false;
    return true;
}

/* ---- versions
 * ------------------------------------------------------------------- */

static as_str bound(struct reading *r, as_json row, const char *key)
{
    return as_feed_text(r->a, as_json_get_str(row, as_str_c(key)),
                        AS_LIMIT_VERSION_BYTES);
}

/* False: the row states no bounds. */
static bool read_bounds(struct reading *r, as_json row, as_interval *v)
{
    *v = (as_interval){.status = AS_RANGE_AFFECTED,
                       .from = bound(r, row, "versionStartIncluding"),
                       .to = bound(r, row, "versionEndExcluding")};
    if (!v->from.p) {
        v->from = bound(r, row, "versionStartExcluding");
        v->from_excluded = v->from.p != NULL;
    }
    if (!v->to.p) {
        v->to = bound(r, row, "versionEndIncluding");
        v->to_included = v->to.p != NULL;
    }
    return v->from.p || v->to.p;
}

static bool set_interval(struct reading *r, const as_order *order,
                         as_affected *e, as_interval v)
{
    e->intervals = AS_NEW(r->a, as_interval);
    if (!e->intervals)
        return false;
    if (!as_order_interval(order, r->a, &v)) {
        e->intervals = NULL;
        e->prose = AS_NEW(r->a, as_str);
        e->n_prose = e->prose ? 1 : 0;
        if (e->prose)
            *e->prose = as_arena_printf(r->a, "%.*s .. %.*s", AS_FMT(v.from),
                                        AS_FMT(v.to));
        return e->prose != NULL;
    }
    *e->intervals = v;
    e->n_intervals = 1;
    if (v.to.p && !v.to_included) {
        e->fixed_in = &e->intervals->to;
        e->n_fixed_in = 1;
    }
    return true;
}

/* The version in the name: "8.0" and update "beta" are one, "8.0-beta". */
static bool set_version(struct reading *r, const as_cpe *cpe, as_affected *e)
{
    as_str version = as_cpe_unquoted(&cpe->attribute[AS_CPE_VERSION], r->a);
    as_str update = as_cpe_unquoted(&cpe->attribute[AS_CPE_UPDATE], r->a);

    e->versions = AS_NEW(r->a, as_str);
    if (!e->versions)
        return false;
    *e->versions = update.p ? as_arena_printf(r->a, "%.*s-%.*s",
                                              AS_FMT(version), AS_FMT(update))
                            : version;
    e->n_versions = 1;
    return e->versions->p != NULL;
}

static bool read_row_versions(struct reading *r, as_json row, const as_cpe *cpe,
                              as_affected *e)
{
    const as_cpe_attribute *version = &cpe->attribute[AS_CPE_VERSION];
    as_order order = as_order_find(
        as_str_eq(e->name, AS_STR("a:openssl:openssl")) ? AS_STR("openssl")
                                                        : AS_ABSENT);
    as_interval v;

    e->order = order.name;
    e->order_stated = order.stated;
    e->default_status = AS_RANGE_UNAFFECTED;
    if (read_bounds(r, row, &v))
        return set_interval(r, &order, e, v);
    if (version->kind == AS_CPE_VALUE && !as_cpe_has_wildcard(version))
        return set_version(r, cpe, e);
    if (version->kind == AS_CPE_ANY) {
        e->no_version_bound = true;
        return set_interval(r, &order, e, v);
    }
    e->default_status = AS_RANGE_UNKNOWN;
    return true;
}

/* ---- rows
 * ------------------------------------------------------------------------ */

static bool read_row(struct reading *r, const struct configuration *c,
                     size_t which, size_t index, as_json row)
{
    as_str criteria = as_feed_text(
        r->a, as_json_get_str(row, AS_STR("criteria")), AS_LIMIT_CPE_BYTES);
    as_affected e = {.identity = AS_IDENTITY_CPE};
    struct conditions conditions;
    bool vulnerable = false;
    as_cpe cpe;

    if (!as_json_bool(as_json_get(row, AS_STR("vulnerable")), &vulnerable) ||
        !vulnerable)
        return true;
    e.name = as_feed_cpe_key(r->a, criteria);
    e.cpe = criteria;
    if (!e.name.p || as_cpe_read_lenient(criteria, r->a, &cpe, NULL) != AS_OK) {
        r->l->fault = "a CPE of cpeApplicability cannot be read";
        return !as_arena_failed(r->a);
    }
    if (!read_row_versions(r, row, &cpe, &e) ||
        !conditions_of(r, c, which, index, &conditions))
        return false;
    e.conditions = conditions.items;
    e.n_conditions = conditions.n;
    return as_cve_add(r->l, &e);
}

static bool read_nodes(struct reading *r, const struct configuration *c)
{
    for (size_t i = 0; i < c->n; i++) {
        as_json_iter it = as_json_each(c->nodes[i].rows);
        while (as_json_next(&it)) {
            if (r->rows == 0) {
                r->l->fault = "cpeApplicability has too many rows";
                return true;
            }
            r->rows--;
            if (!read_row(r, c, i, it.index, it.value))
                return false;
        }
    }
    return true;
}

bool as_cve_applicability_read(as_json list, as_cve_entries *l)
{
    struct reading r = {.l = l, .a = l->arena, .rows = ROWS};
    as_json_iter it = as_json_each(list);
    struct configuration c;

    while (as_json_next(&it)) {
        read_configuration(it.value, &c);
        if (c.negated)
            l->fault = "a negated configuration is not understood";
        else if (!read_nodes(&r, &c))
            return false;
    }
    return true;
}
