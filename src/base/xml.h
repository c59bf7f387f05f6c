/* SPDX-License-Identifier: Apache-2.0 */
/* Reading XML 1.0 with namespaces (W3C XML 1.0 5th edition, Namespaces 1.0).
 *
 * expat walks the text and hands over elements and text as they come; on top
 * of it a light tree for documents that are small next to what they say.
 * UTF-8, UTF-16, ISO-8859-1 and US-ASCII are read; every string handed over is
 * UTF-8.
 *
 * Refused, each with line and column: anything XML or namespaces refuse, a
 * DOCTYPE with an internal subset or an external identifier (so there are no
 * entities but the five of XML itself, and nothing can expand or be fetched),
 * depth, size and single tags beyond the limits. Comments and processing
 * instructions are passed over. */
#ifndef AS_BASE_XML_H
#define AS_BASE_XML_H

#include "base/arena.h"
#include "base/err.h"

/* A zero means the ceiling of base/limits.h. */
typedef struct as_xml_limits {
    size_t bytes; /* of the input */
    size_t depth; /* of nesting */
    size_t token; /* bytes of one tag, comment or instruction */
} as_xml_limits;

/* ns is the namespace's name (URI), absent without one. An attribute without
 * prefix has none, as the standard says. */
typedef struct as_xml_attribute {
    as_str ns, name, value;
} as_xml_attribute;

typedef struct as_xml_element {
    as_str ns, name;
    const as_xml_attribute *attributes; /* those of namespaces not among them */
    size_t n;
    as_place place; /* line, column, offset of its tag */
} as_xml_element;

/* Any may be NULL. What is handed over lives until the call returns. Text may
 * come in several pieces. An rc other than AS_OK stops the reading, which then
 * returns it; the place is put into the reader's err when it has none yet. */
typedef struct as_xml_handler {
    as_rc (*start)(void *ctx, const as_xml_element *e);
    as_rc (*text)(void *ctx, as_str text, const as_place *place);
    as_rc (*end)(void *ctx, const as_xml_element *e); /* n is 0 */
} as_xml_handler;

/* limits NULL: those of base/limits.h. Costs one pass; memory does not grow
 * with the input but with its largest tag. */
as_rc as_xml_read(as_span in, const as_xml_limits *limits,
                  const as_xml_handler *handler, void *ctx,
                  as_err *err) AS_MUST_USE;

/* ---- the tree ---------------------------------------------------------- */

typedef struct as_xml_node as_xml_node;
struct as_xml_node {
    as_str ns, name;
    as_str text; /* all text directly in it, joined, not trimmed; empty, never
                  * absent. White space alone between children is left out. */
    const as_xml_attribute *attributes;
    size_t n;
    const as_xml_node *parent, *child, *next; /* first child, next sibling */
    uint64_t line, column;                    /* of its start tag */
};

/* The whole document in the arena; AS_ERR_LIMIT when its ceiling is reached.
 * On failure *ret_root is untouched. */
as_rc as_xml_tree_read(as_span in, const as_xml_limits *limits, as_arena *a,
                       const as_xml_node **ret_root, as_err *err) AS_MUST_USE;
/* First child of that name in the parent's own namespace, or NULL; NULL is
 * fine as parent. */
const as_xml_node *as_xml_child(const as_xml_node *parent, as_str name);
/* Next sibling of the same name and namespace, or NULL. */
const as_xml_node *as_xml_next(const as_xml_node *node);
/* First child of that name in that namespace, or NULL. */
const as_xml_node *as_xml_child_ns(const as_xml_node *parent, as_str ns,
                                   as_str name);
/* Text of the child, trimmed, or absent when there is no such child. */
as_str as_xml_child_text(const as_xml_node *parent, as_str name);
/* Value of an attribute, or absent; the first form takes those without
 * namespace. */
as_str as_xml_attr(const as_xml_node *node, as_str name);
as_str as_xml_attr_ns(const as_xml_node *node, as_str ns, as_str name);

#endif
