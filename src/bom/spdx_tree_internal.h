/* SPDX-License-Identifier: Apache-2.0 */
/* The tree that SPDX says in relationships: elements lie flat, what contains
 * what is said between them, in any order, several times, and in circles.
 * Gather the elements, give each its first container, then build: circles are
 * cut, parts are made from the top down. Inside src/bom only. */
#ifndef AS_BOM_SPDX_TREE_INTERNAL_H
#define AS_BOM_SPDX_TREE_INTERNAL_H

#include "bom/reader_internal.h"

/* Where elements stand. */
typedef struct as_spdx_list {
    as_str key, path; /* "packages", "/packages" */
    bool parts;       /* its elements become parts */
} as_spdx_list;

typedef struct as_spdx_node {
    as_json v;
    as_str id;
    uint32_t parent, child, next; /* nodes */
    uint32_t last;                /* child, while the tree is made */
    uint32_t index;               /* in its list */
    uint32_t part;                /* AS_NO_PART: none, or not yet */
    uint8_t list;
    uint8_t mark; /* 1: on the way up, 2: known to lead to a top */
    bool described;
} as_spdx_node;

typedef struct as_spdx_tree {
    as_bom_reader *r;
    const as_spdx_list *lists;
    void (*read)(void *ctx, as_part *part, const as_spdx_node *node);
    void *ctx;
    as_spdx_node *nodes;
    size_t n, cap_nodes;
    uint32_t *slots;
    size_t cap;
} as_spdx_tree;

/* Room for n nodes, exactly. Fails when that is more than there may be parts:
 * r->rc. */
bool as_spdx_tree_init(as_spdx_tree *t, size_t n);
void as_spdx_tree_done(as_spdx_tree *t);
/* index: in its list. The first with an id has it; others are diagnosed. */
void as_spdx_tree_add(as_spdx_tree *t, as_json v, as_str id, size_t list,
                      size_t index);
/* Index of the node, or AS_NO_PART. */
uint32_t as_spdx_tree_find(const as_spdx_tree *t, as_str id);
/* Keeps the first container; AS_NO_PART, itself and what is no part are passed
 * over. */
void as_spdx_tree_contain(as_spdx_tree *t, uint32_t parent, uint32_t child);
void as_spdx_tree_describe(as_spdx_tree *t, uint32_t node);
/* Makes the parts; t->read fills each. */
void as_spdx_tree_build(as_spdx_tree *t);

#endif
