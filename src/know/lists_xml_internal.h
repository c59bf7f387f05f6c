/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of parties in XML: the whole document is a tree. */
#ifndef AS_KNOW_LISTS_XML_INTERNAL_H
#define AS_KNOW_LISTS_XML_INTERNAL_H

#include "base/xml.h"
#include "know/party_make_internal.h"

/* Is it XML whose head, 4 KiB, has the tag "<name" (with or without prefix)? */
bool as_xml_list_is(const as_feed_input *in, const char *name);

struct as_xml_reader {
    as_party_make m;
    as_arena *tree;
    const as_xml_node *root;
    bool consolidated; /* the file's name begins with "cons" */
};
typedef struct as_xml_reader as_xml_reader;

/* Reads the document and calls rows on its root; what the XML lacks is a
 * failure with its place. */
as_rc as_xml_list_read(const as_feed_input *in, const as_feed_sink *sink,
                       void (*rows)(as_xml_reader *r), as_err *err);
/* Text of a child, trimmed; absent when it is empty. */
as_str as_xml_text(const as_xml_node *node, const char *name);
/* Value of an attribute, trimmed; absent when it is empty. */
as_str as_xml_value(const as_xml_node *node, const char *name);
/* for (n = as_xml_first(p, "x"); n; n = as_xml_next(n)) */
const as_xml_node *as_xml_first(const as_xml_node *node, const char *name);

#endif
