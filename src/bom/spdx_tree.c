/* SPDX-License-Identifier: Apache-2.0 */
/* See spdx_tree_internal.h. */
#include "bom/spdx_tree_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static uint32_t *slot_of(const as_spdx_tree *t, as_str id)
{
    size_t i = (size_t)as_str_hash(id) & (t->cap - 1);

    while (t->slots[i] != AS_NO_PART &&
           !as_str_eq(t->nodes[t->slots[i]].id, id))
        i = (i + 1) & (t->cap - 1);
    return &t->slots[i];
}

uint32_t as_spdx_tree_find(const as_spdx_tree *t, as_str id)
{
    return id.n ? *slot_of(t, id) : AS_NO_PART;
}

bool as_spdx_tree_init(as_spdx_tree *t, size_t n)
{
    if (n > AS_LIMIT_PARTS) {
        t->r->rc =
            as_fail(t->r->err, AS_ERR_LIMIT,
                    "the document has more than %zu parts", AS_LIMIT_PARTS);
        return false;
    }
    for (t->cap = 64; t->cap < n * 2;)
        t->cap *= 2;
    t->nodes = calloc(n + 1, sizeof *t->nodes);
    t->slots = malloc(t->cap * sizeof *t->slots);
    if (!t->nodes || !t->slots) {
        as_bom_reader_fail(t->r, AS_ERR_MEMORY,
                           "no memory to read the document");
        return false;
    }
    memset(t->slots, 0xFF, t->cap * sizeof *t->slots);
    t->cap_nodes = n;
    return true;
}

void as_spdx_tree_done(as_spdx_tree *t)
{
    free(t->nodes);
    free(t->slots);
}

static void diagnose_twice(as_spdx_tree *t, size_t list, size_t index,
                           as_str id)
{
    as_bom_at(t->r, "%.*s/%zu", AS_FMT(t->lists[list].path), index);
    as_bom_diagnose(t->r, false, AS_ABSENT,
                    "the id \"%.*s\" stands more than once in the document",
                    AS_FMT(as_str_slice(id, 0, 100)));
}

void as_spdx_tree_add(as_spdx_tree *t, as_json v, as_str id, size_t list,
                      size_t index)
{
    uint32_t *slot;

    if (t->n == t->cap_nodes)
        return;
    t->nodes[t->n] = (as_spdx_node){.v = v,
                                    .id = id,
                                    .parent = AS_NO_PART,
                                    .child = AS_NO_PART,
                                    .next = AS_NO_PART,
                                    .part = AS_NO_PART,
                                    .index = (uint32_t)index,
                                    .list = (uint8_t)list};
    if (id.n) {
        slot = slot_of(t, id);
        if (*slot == AS_NO_PART)
            *slot = (uint32_t)t->n;
        else
            diagnose_twice(t, list, index, id);
    }
    t->n++;
}

static bool is_part(const as_spdx_tree *t, uint32_t node)
{
    return node != AS_NO_PART && t->lists[t->nodes[node].list].parts;
}

void as_spdx_tree_contain(as_spdx_tree *t, uint32_t parent, uint32_t child)
{
    if (parent != child && is_part(t, parent) && is_part(t, child) &&
        t->nodes[child].parent == AS_NO_PART)
        t->nodes[child].parent = parent;
}

void as_spdx_tree_describe(as_spdx_tree *t, uint32_t node)
{
    if (is_part(t, node))
        t->nodes[node].described = true;
}

/* ---- building ---------------------------------------------------------- */

/* A circle is cut above the element that the document describes, else above
 * its first one. */
static void cut_circle(as_spdx_tree *t, uint32_t in)
{
    uint32_t at = in, top = in;

    do {
        at = t->nodes[at].parent;
        t->nodes[at].mark = 2;
        if (t->nodes[at].described > t->nodes[top].described ||
            (t->nodes[at].described == t->nodes[top].described && at < top))
            top = at;
    } while (at != in);
    t->nodes[top].parent = AS_NO_PART;
    as_bom_at(t->r, "%.*s/%u", AS_FMT(t->lists[t->nodes[top].list].path),
              t->nodes[top].index);
    as_bom_diagnose(t->r, true, AS_ABSENT,
                    "it contains itself by way of others");
}

static void cut_circles(as_spdx_tree *t)
{
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t at = i;
        while (at != AS_NO_PART && t->nodes[at].mark == 0) {
            t->nodes[at].mark = 1;
            at = t->nodes[at].parent;
        }
        if (at != AS_NO_PART && t->nodes[at].mark == 1)
            cut_circle(t, at);
        for (at = i; at != AS_NO_PART && t->nodes[at].mark == 1;
             at = t->nodes[at].parent)
            t->nodes[at].mark = 2;
    }
}

static void link_children(as_spdx_tree *t)
{
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t up = t->nodes[i].parent;
        if (up == AS_NO_PART)
            continue;
        if (t->nodes[up].child == AS_NO_PART)
            t->nodes[up].child = i;
        else
            t->nodes[t->nodes[up].last].next = i;
        t->nodes[up].last = i;
    }
}

static void make_part(as_spdx_tree *t, uint32_t at, uint32_t parent,
                      size_t depth)
{
    as_spdx_node *node = &t->nodes[at];
    as_part *part;

    if (depth >= AS_LIMIT_PART_DEPTH) {
        t->r->rc = as_fail(t->r->err, AS_ERR_LIMIT,
                           "packages are nested more than %zu levels deep",
                           AS_LIMIT_PART_DEPTH);
        return;
    }
    part = as_product_add_part(t->r->product, parent);
    if (!part) {
        t->r->rc = as_product_limit(t->r->product, t->r->err);
        return;
    }
    node->part = (uint32_t)t->r->product->n_parts - 1;
    part->list = t->lists[node->list].path;
    part->index = node->index;
    if (as_json_is(node->v, AS_JSON_OBJECT)) {
        t->read(t->ctx, part, node);
    } else {
        /* Kept, so that it is counted among what could not be examined. */
        as_bom_wrong_type(t->r, AS_ABSENT, node->v, "an object");
        part->name = as_bom_keep(t->r, as_json_str(node->v));
    }
    for (uint32_t i = node->child; i != AS_NO_PART && !t->r->rc;
         i = t->nodes[i].next)
        make_part(t, i, node->part, depth + 1);
}

void as_spdx_tree_build(as_spdx_tree *t)
{
    as_product *p = t->r->product;

    cut_circles(t);
    link_children(t);
    p->parts = AS_NEW_ARRAY(p->arena, t->n, as_part);
    p->cap_parts = p->parts ? t->n : 0;
    as_bom_at(t->r, NULL);
    for (uint32_t i = 0; i < t->n && !t->r->rc; i++)
        if (t->nodes[i].parent == AS_NO_PART && is_part(t, i))
            make_part(t, i, AS_NO_PART, 0);
}
