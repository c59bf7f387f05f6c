/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX 2.2 and 2.3, JSON; YAML, XML and tag-value come here once they are JSON.
 *
 * Packages and files lie flat in the document; what contains what is said by
 * relationships, in either direction, by hasFiles, and may go in circles. So:
 * gather the elements, give each its first container, break the circles, then
 * make the parts from the top down. Everything else that two elements are said
 * to be to each other becomes a relation. What no relation can hold (elements
 * of other documents, NONE, comments) stays as JSON in the extra
 * "relationships". Cost: two hash look-ups a relationship and pass. */
#include "bom/spdx_internal.h"
#include "bom/spdx_tree_internal.h"

#include "base/json_write.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum list { PACKAGES, FILES, SNIPPETS, LISTS }; /* snippets are no parts */

static const as_spdx_list lists[LISTS] = {
    {AS_STR_INIT("packages"), AS_STR_INIT("/packages"), true},
    {AS_STR_INIT("files"), AS_STR_INIT("/files"), true},
    {AS_STR_INIT("snippets"), AS_STR_INIT("/snippets"), false},
};

struct spdx {
    as_bom_reader *r;
    as_spdx_tree tree;
    as_json root;
    as_str document; /* SPDXID of the document */
    as_json_writer rest;
    as_buf rest_text;
};

/* ---- elements ---------------------------------------------------------- */

static void read_part(void *ctx, as_part *part, const as_spdx_node *node)
{
    struct spdx *s = ctx;

    if (node->list == PACKAGES)
        as_spdx_read_package(s->r, part, node->v);
    else
        as_spdx_read_file(s->r, part, node->v);
}

static bool gather(struct spdx *s)
{
    size_t n = 0;

    for (size_t i = 0; i < LISTS; i++)
        n += as_json_count(as_json_get(s->root, lists[i].key));
    if (!as_spdx_tree_init(&s->tree, n))
        return false;
    for (size_t i = 0; i < LISTS; i++) {
        as_json list = as_json_get(s->root, lists[i].key);
        as_bom_at(s->r, "%.*s", AS_FMT(lists[i].path));
        list = as_bom_array(s->r, AS_ABSENT, list);
        for (as_json_iter it = as_json_each(list); as_json_next(&it);)
            as_spdx_tree_add(&s->tree, it.value,
                             as_json_get_str(it.value, AS_STR("SPDXID")), i,
                             it.index);
    }
    return true;
}

/* ---- what contains what ------------------------------------------------ */

static uint32_t find(const struct spdx *s, as_str id)
{
    return as_spdx_tree_find(&s->tree, id);
}

struct relationship {
    as_str from, to, type;
    bool whole; /* has no other member */
};

static struct relationship get_relationship(as_json v)
{
    struct relationship x = {AS_ABSENT, AS_ABSENT, AS_ABSENT, true};
    const as_bom_wanted want[] = {{AS_STR("spdxElementId"), &x.from},
                                  {AS_STR("relatedSpdxElement"), &x.to},
                                  {AS_STR("relationshipType"), &x.type}};

    as_bom_get_strings(v, want, AS_ARRAY_LEN(want), &x.whole);
    return x;
}

static void read_containers(struct spdx *s)
{
    as_json list = as_json_get(s->root, AS_STR("relationships"));
    as_json described = as_json_get(s->root, AS_STR("documentDescribes"));
    as_spdx_tree *t = &s->tree;

    for (as_json_iter it = as_json_each(described); as_json_next(&it);)
        as_spdx_tree_describe(t, find(s, as_json_str(it.value)));
    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        struct relationship x = get_relationship(it.value);
        if (as_str_eq(x.type, AS_STR("CONTAINS")))
            as_spdx_tree_contain(t, find(s, x.from), find(s, x.to));
        else if (as_str_eq(x.type, AS_STR("CONTAINED_BY")))
            as_spdx_tree_contain(t, find(s, x.to), find(s, x.from));
        else if (as_str_eq(x.type, AS_STR("DESCRIBES")))
            as_spdx_tree_describe(t, find(s, x.to));
        else if (as_str_eq(x.type, AS_STR("DESCRIBED_BY")))
            as_spdx_tree_describe(t, find(s, x.from));
    }
    for (uint32_t i = 0; i < t->n; i++) {
        as_json files = as_json_get(t->nodes[i].v, AS_STR("hasFiles"));
        for (as_json_iter it = as_json_each(files); as_json_next(&it);)
            as_spdx_tree_contain(t, i, find(s, as_json_str(it.value)));
    }
}

/* The one package described, else the one element: what the document is of. */
static void choose_root(struct spdx *s)
{
    as_product *p = s->r->product;
    size_t packages = 0, all = 0;
    uint32_t package = AS_NO_PART, any = AS_NO_PART;

    for (size_t i = 0; i < s->tree.n; i++) {
        if (!s->tree.nodes[i].described)
            continue;
        all++;
        any = s->tree.nodes[i].part;
        if (s->tree.nodes[i].list == PACKAGES) {
            packages++;
            package = s->tree.nodes[i].part;
        }
    }
    if (packages == 1)
        p->root = package;
    else if (packages == 0 && all == 1)
        p->root = any;
    if (p->root == AS_NO_PART)
        return;
    p->name = p->parts[p->root].name;
    p->version = p->parts[p->root].version;
    p->maker = as_part_value(&p->parts[p->root], AS_ATTR_MAKER);
}

/* ---- relations --------------------------------------------------------- */

/* The document, other documents, and the words for nothing. */
static bool is_no_element(const struct spdx *s, as_str id)
{
    return as_str_eq(id, s->document) || as_spdx_is_nothing(id) ||
           as_str_starts(id, AS_STR("DocumentRef-"));
}

static void check_end(struct spdx *s, as_str key, as_str id, uint32_t node)
{
    if (node == AS_NO_PART && !is_no_element(s, id))
        as_bom_diagnose(s->r, true, key, "\"%.*s\" names no element",
                        AS_FMT(as_str_slice(id, 0, 100)));
}

/* True when the tree says it already. */
static bool is_in_tree(const struct spdx *s, const struct relationship *x,
                       uint32_t from, uint32_t to)
{
    const as_product *p = s->r->product;

    if (as_str_eq(x->type, AS_STR("CONTAINS")))
        return from != AS_NO_PART && to != AS_NO_PART &&
               s->tree.nodes[to].parent == from;
    if (as_str_eq(x->type, AS_STR("CONTAINED_BY")))
        return from != AS_NO_PART && to != AS_NO_PART &&
               s->tree.nodes[from].parent == to;
    if (as_str_eq(x->type, AS_STR("DESCRIBES")))
        return as_str_eq(x->from, s->document) && to != AS_NO_PART &&
               p->root != AS_NO_PART && s->tree.nodes[to].part == p->root;
    return false;
}

static void add_relation(struct spdx *s, const struct relationship *x,
                         uint32_t from, uint32_t to)
{
    as_product *p = s->r->product;
    uint32_t a = s->tree.nodes[from].part, b = s->tree.nodes[to].part;

    if (as_str_eq(x->type, AS_STR("DEPENDS_ON")))
        as_product_add_relation(p, a, b, AS_STR("dependsOn"));
    else if (as_str_eq(x->type, AS_STR("DEPENDENCY_OF")))
        as_product_add_relation(p, b, a, AS_STR("dependsOn"));
    else
        as_product_add_relation(p, a, b, as_bom_intern(s->r, x->type));
}

static void read_relationship(struct spdx *s, as_json v)
{
    struct relationship x = get_relationship(v);
    uint32_t from = find(s, x.from), to = find(s, x.to);
    bool whole = x.whole;

    if (!as_json_is(v, AS_JSON_OBJECT)) {
        as_bom_wrong_type(s->r, AS_ABSENT, v, "an object");
        return;
    }
    check_end(s, AS_STR("spdxElementId"), x.from, from);
    check_end(s, AS_STR("relatedSpdxElement"), x.to, to);
    if (!is_in_tree(s, &x, from, to)) {
        if (from != AS_NO_PART && to != AS_NO_PART && x.type.n &&
            s->tree.nodes[from].part != AS_NO_PART &&
            s->tree.nodes[to].part != AS_NO_PART)
            add_relation(s, &x, from, to);
        else
            whole = false;
    }
    if (!whole)
        as_json_write_value(&s->rest, v);
}

/* A file that hasFiles gives to a second package. */
static void add_second_containers(struct spdx *s)
{
    const as_spdx_tree *t = &s->tree;

    for (uint32_t i = 0; i < t->n; i++) {
        as_json files = as_json_get(t->nodes[i].v, AS_STR("hasFiles"));
        for (as_json_iter it = as_json_each(files); as_json_next(&it);) {
            uint32_t file = find(s, as_json_str(it.value));
            if (file != AS_NO_PART && t->nodes[file].parent != i &&
                t->nodes[file].part != AS_NO_PART)
                as_product_add_relation(s->r->product, t->nodes[i].part,
                                        t->nodes[file].part,
                                        AS_STR("CONTAINS"));
        }
    }
}

/* Elements that documentDescribes names and no relationship; the root is known
 * by itself. */
static void keep_described(struct spdx *s)
{
    as_json list = as_json_get(s->root, AS_STR("documentDescribes"));

    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        as_str id = as_json_str(it.value);
        uint32_t node = find(s, id);
        if (node != AS_NO_PART && s->r->product->root != AS_NO_PART &&
            s->tree.nodes[node].part == s->r->product->root)
            continue;
        as_json_write_object(&s->rest);
        as_json_write_field(&s->rest, AS_STR("spdxElementId"), s->document);
        as_json_write_field(&s->rest, AS_STR("relationshipType"),
                            AS_STR("DESCRIBES"));
        as_json_write_field(&s->rest, AS_STR("relatedSpdxElement"), id);
        as_json_write_object_end(&s->rest);
    }
}

static void read_relationships(struct spdx *s, as_bom_list *extras)
{
    as_json list = as_json_get(s->root, AS_STR("relationships"));
    as_product *p = s->r->product;
    size_t n;

    as_bom_at(s->r, "/relationships");
    list = as_bom_array(s->r, AS_ABSENT, list);
    n = as_json_count(list);
    if (n) {
        p->relations = AS_NEW_ARRAY(p->arena, n, as_relation);
        p->cap_relations = p->relations ? n : 0;
    }
    as_buf_init(&s->rest_text, AS_LIMIT_PRODUCT_BYTES);
    as_json_write_init(&s->rest, &s->rest_text, 0);
    as_json_write_array(&s->rest);
    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        as_bom_at(s->r, "/relationships/%zu", it.index);
        read_relationship(s, it.value);
    }
    add_second_containers(s);
    keep_described(s);
    as_json_write_array_end(&s->rest);
    if (as_buf_failed(&s->rest_text))
        as_bom_reader_fail(s->r, AS_ERR_MEMORY,
                           "no memory to read the document");
    if (s->rest_text.n > 2) {
        as_extra *x = AS_BOM_PUSH(s->r, extras, as_extra);
        x->key = AS_STR("relationships");
        x->json = as_bom_keep(s->r, as_buf_text(&s->rest_text));
    }
    as_buf_done(&s->rest_text);
}

/* ---- pedigree ---------------------------------------------------------- */

struct kin {
    uint32_t part;
    as_relative relative;
};

static int kin_cmp(const void *a, const void *b)
{
    const struct kin *x = a, *y = b;

    return (x->part > y->part) - (x->part < y->part);
}

static void add_kin(as_bom_reader *r, as_bom_list *list, uint32_t of,
                    uint32_t other, as_relative_kind kind)
{
    const as_part *p = &r->product->parts[other];
    struct kin *k = AS_BOM_PUSH(r, list, struct kin);

    k->part = of;
    k->relative =
        (as_relative){kind,       p->group, p->name,
                      p->version, p->purl,  p->n_cpes ? p->cpes[0] : AS_ABSENT};
}

/* ANCESTOR_OF and DESCENDANT_OF say what a part was made from. */
static void read_pedigrees(as_bom_reader *r)
{
    as_product *p = r->product;
    as_bom_list list = {NULL, 0, 0};
    struct kin *kin;

    for (size_t i = 0; i < p->n_relations; i++) {
        const as_relation *x = &p->relations[i];
        if (as_str_eq(x->kind, AS_STR("DESCENDANT_OF")))
            add_kin(r, &list, x->from, x->to, AS_RELATIVE_ANCESTOR);
        else if (as_str_eq(x->kind, AS_STR("ANCESTOR_OF")))
            add_kin(r, &list, x->to, x->from, AS_RELATIVE_ANCESTOR);
        else if (as_str_eq(x->kind, AS_STR("VARIANT_OF")))
            add_kin(r, &list, x->from, x->to, AS_RELATIVE_VARIANT);
    }
    kin = list.items;
    if (list.n)
        qsort(kin, list.n, sizeof *kin, kin_cmp);
    for (size_t i = 0, n; i < list.n; i += n) {
        as_pedigree *pedigree = AS_NEW(p->arena, as_pedigree);
        for (n = 1; i + n < list.n && kin[i + n].part == kin[i].part;)
            n++;
        if (!pedigree)
            break;
        pedigree->relatives = AS_NEW_ARRAY(p->arena, n, as_relative);
        if (!pedigree->relatives)
            break;
        pedigree->n_relatives = n;
        for (size_t k = 0; k < n; k++)
            pedigree->relatives[k] = kin[i + k].relative;
        p->parts[kin[i].part].pedigree = pedigree;
    }
    free(list.items);
}

/* ---- the document ------------------------------------------------------ */

static as_rc read_version(as_bom_reader *r, as_json root)
{
    static const as_str known[] = {AS_STR_INIT("2.0"), AS_STR_INIT("2.1"),
                                   AS_STR_INIT("2.2"), AS_STR_INIT("2.3")};
    static const as_bom_spec spec = {
        AS_STR_INIT("SPDX"), AS_STR_INIT("2.0 to 2.3, and 3.0 as JSON-LD,"),
        known, AS_ARRAY_LEN(known)};
    as_str key = AS_STR("spdxVersion");
    as_str v = as_bom_text(r, key, as_json_get(root, key));

    if (as_str_starts_nocase(v, AS_STR("SPDX-")))
        v = as_str_slice(v, 5, v.n);
    r->product->spec_version = v;
    return as_bom_check_version(r, &spec, key, v);
}

static void read_creation(as_bom_reader *r, as_json v)
{
    as_product *p = r->product;
    as_json creators = as_json_get(v, AS_STR("creators"));
    as_bom_list tools = {NULL, 0, 0};

    p->created = as_bom_keep(r, as_json_get_str(v, AS_STR("created")));
    for (as_json_iter it = as_json_each(creators); as_json_next(&it);) {
        as_str s = as_json_str(it.value);
        if (as_str_starts_nocase(s, AS_STR("Tool:")))
            *AS_BOM_PUSH(r, &tools, as_str) =
                as_bom_keep(r, as_str_trim(as_str_slice(s, 5, s.n)));
    }
    p->tools = AS_BOM_TAKE(r, &tools, as_str, &p->n_tools);
    free(tools.items);
}

/* Members that are read elsewhere. */
static bool is_read_elsewhere(as_str key)
{
    static const as_str names[] = {
        AS_STR_INIT("spdxVersion"),   AS_STR_INIT("documentNamespace"),
        AS_STR_INIT("packages"),      AS_STR_INIT("files"),
        AS_STR_INIT("relationships"), AS_STR_INIT("documentDescribes"),
        AS_STR_INIT("$schema")};

    for (size_t i = 0; i < AS_ARRAY_LEN(names); i++)
        if (as_str_eq(names[i], key))
            return true;
    return false;
}

static void read_head(as_bom_reader *r, struct spdx *s, as_bom_list *extras)
{
    as_product *p = r->product;

    p->format = AS_STR("SPDX");
    p->encoding = AS_STR("json");
    if (read_version(r, s->root))
        return;
    p->serial = as_bom_text(r, AS_STR("documentNamespace"),
                            as_json_get(s->root, AS_STR("documentNamespace")));
    p->name =
        as_bom_text(r, AS_STR("name"), as_json_get(s->root, AS_STR("name")));
    s->document = as_json_get_str(s->root, AS_STR("SPDXID"));
    if (s->document.n == 0)
        s->document = AS_STR("SPDXRef-DOCUMENT");
    read_creation(r, as_json_get(s->root, AS_STR("creationInfo")));
    for (as_json_iter it = as_json_each(s->root); as_json_next(&it);)
        if (!is_read_elsewhere(it.key))
            as_bom_add_extra(r, extras, it.key, it.value);
}

static void read_elements(struct spdx *s, as_bom_list *extras)
{
    if (!gather(s))
        return;
    read_containers(s);
    as_spdx_tree_build(&s->tree);
    if (s->r->rc)
        return;
    choose_root(s);
    read_relationships(s, extras);
    read_pedigrees(s->r);
}

as_rc as_spdx_read(as_bom_reader *r, as_json root)
{
    struct spdx s = {
        .r = r,
        .root = root,
        .tree = {.r = r, .lists = lists, .read = read_part, .ctx = &s}};
    as_bom_list extras = {NULL, 0, 0};

    if (!as_json_is(root, AS_JSON_OBJECT))
        return as_bom_reader_fail(r, AS_ERR_INPUT,
                                  "the document is no JSON object");
    read_head(r, &s, &extras);
    if (r->rc == AS_OK)
        read_elements(&s, &extras);
    r->product->extras =
        AS_BOM_TAKE(r, &extras, as_extra, &r->product->n_extras);
    free(extras.items);
    as_spdx_tree_done(&s.tree);
    return r->rc;
}
