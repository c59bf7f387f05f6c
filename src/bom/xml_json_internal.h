/* SPDX-License-Identifier: Apache-2.0 */
/* XML whose standard has a JSON form too, rewritten in one pass as the JSON
 * that says the same, for the one reader of both. Inside src/bom only.
 *
 * Both forms follow one model, so most of it needs no rule: an element with
 * text is a string, one with children or attributes is an object. A table of
 * rules holds the rest. Elements of foreign namespaces are passed over, with a
 * diagnosis. */
#ifndef AS_BOM_XML_JSON_INTERNAL_H
#define AS_BOM_XML_JSON_INTERNAL_H

#include "base/json_write.h"
#include "base/xml.h"
#include "bom/reader_internal.h"

typedef enum as_xml_kind {
    AS_XML_PLAIN = 0,
    AS_XML_LIST,    /* an array of its children */
    AS_XML_LIST_OF, /* an array when its children have the name in json, else an
 object */
    AS_XML_REFS,    /* an array of the "ref" (or the text) of its children */
    AS_XML_EACH, /* stands several times without a list around it: an array */
    AS_XML_EACH_REF,   /* the same, of the "ref" of each */
    AS_XML_EACH_INNER, /* the same, of what its one child is */
    AS_XML_WRAPPED,    /* in a list: an object with this one member */
    AS_XML_TEXT, /* an object with its text as "content" even without attributes
                  */
    AS_XML_MERGED, /* its attributes and text are members of its parent */
    AS_XML_WHOLE,  /* an object even when it is empty */
    AS_XML_INNER,  /* is what its one child is */
    AS_XML_NUMBER,
    AS_XML_BOOLEAN,
} as_xml_kind;

typedef struct as_xml_rule {
    as_str parent; /* empty: any */
    as_str name;   /* of an element or an attribute */
    as_xml_kind kind;
    as_str json; /* its name in JSON when that differs; or, where there are
                    attributes, the name of its text */
} as_xml_rule;

#define AS_XML_RULE(parent, name, kind, json)                                  \
    {                                                                          \
        AS_STR_INIT(parent), AS_STR_INIT(name), kind, AS_STR_INIT(json)        \
    }

typedef struct as_xml_form {
    const as_xml_rule *rules; /* the first that fits: with parents first */
    size_t n_rules;
    const as_str *attributes; /* those that mean something */
    size_t n_attributes;
    bool (*is_root)(const as_xml_element *e);
    bool (*is_ours)(as_str ns);
    void (*put_head)(as_json_writer *w, const as_xml_element *e); /* or NULL */
    as_rc (*read)(as_bom_reader *r, as_json root); /* of the JSON */
} as_xml_form;

as_rc as_xml_json_read(as_bom_reader *r, as_span in, const as_xml_form *form);

#endif
