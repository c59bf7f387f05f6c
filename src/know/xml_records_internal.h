/* SPDX-License-Identifier: Apache-2.0 */
/* Records of a large XML document, one at a time: the document stays bytes, and
 * each record becomes a small tree that goes when the next one comes. So a
 * document of any size needs the memory of its largest record, and a piece of
 * one, cut between records, is read as the whole is.
 *
 *   <p:Root xmlns:p="..."> ... <p:Record> ... </p:Record> <p:Record/> ...
 *
 * A record is what stands between "<Record" and the next "</Record", with any
 * prefix; records of one name do not nest. Comments and CDATA that hold such
 * words make it no XML, which is told. */
#ifndef AS_KNOW_XML_RECORDS_INTERNAL_H
#define AS_KNOW_XML_RECORDS_INTERNAL_H

#include "base/xml.h"

enum { AS_XML_RECORD_TAGS = 8 };

typedef struct as_xml_records {
    as_str rest; /* behind the last record */
    as_str root; /* the start tag of the root: its namespaces */
    as_str root_name;
    const char *const *tags; /* of records, NULL at the end */
    size_t which;            /* of them the record at hand has */
    uint64_t line;           /* where it begins */
    as_str at;               /* up to where lines are counted */
    as_arena *arena;         /* of the record at hand */
} as_xml_records;

/* False when the document has no root. */
bool as_xml_records_open(as_xml_records *r, as_span bytes,
                         const char *const *tags);
/* The next record, or NULL in *ret for one that is no XML (err says why; its
 * place is the record's). False at the end. */
bool as_xml_records_next(as_xml_records *r, const as_xml_node **ret,
                         as_err *err);
void as_xml_records_close(as_xml_records *r);
/* Does the text begin with a whole end tag of one of those records? */
bool as_xml_records_ends(const char *const *tags, as_str text);
/* Does the document end with its root's end tag? */
bool as_xml_records_whole(const as_xml_records *r, as_span bytes);

#endif
