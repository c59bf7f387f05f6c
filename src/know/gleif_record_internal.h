/* SPDX-License-Identifier: Apache-2.0 */
/* Records of GLEIF's register in its three forms, by the names of the columns
 * of its CSV: the names are paths into the XML, and so into the JSON.
 *
 *   CSV    LEI,Entity.LegalName,Entity.LegalName.xmllang ...
 *   XML    <lei:LEIRecord><lei:LEI>..</lei:LEI><lei:Entity><lei:LegalName ...
 *   JSON   {"records": [{"LEI": {"$": ".."}, "Entity": {"LegalName": ...
 *
 * Of relations and reporting exceptions likewise. XML and JSON are read record
 * by record, so that a piece of a file, cut between records, is read as a file
 * is. */
#ifndef AS_KNOW_GLEIF_RECORD_INTERNAL_H
#define AS_KNOW_GLEIF_RECORD_INTERNAL_H

#include "know/feed_internal.h"
#include "know/table_internal.h"
#include "know/xml_records_internal.h"

typedef enum as_gleif_kind {
    AS_GLEIF_NONE = 0,
    AS_GLEIF_ENTITIES,   /* level 1 */
    AS_GLEIF_RELATIONS,  /* level 2 */
    AS_GLEIF_EXCEPTIONS, /* why level 2 has nothing */
} as_gleif_kind;

typedef struct as_gleif_records {
    as_gleif_kind kind;
    bool xml, json;
    uint64_t line; /* of the record at hand */
    bool cut;      /* the last record is cut off */
    bool bad;      /* the record at hand cannot be read: why */
    const char *why;
    as_table t; /* CSV */
    as_xml_records x;
    const as_xml_node *node;
    as_str rest, at; /* JSON: what is left, and up to where lines are counted */
    as_json_doc *doc;
    as_json root;
} as_gleif_records;

/* What the file is, by its beginning. */
as_gleif_kind as_gleif_kind_of(const as_feed_input *in);
/* Is it JSON with GLEIF's list of records? Such a file is not parsed whole. */
bool as_gleif_is_json(as_span bytes);

bool as_gleif_records_open(as_gleif_records *g, const as_feed_input *in);
bool as_gleif_records_next(as_gleif_records *g);
/* A value of the record at hand by its path, "Entity/LegalName/@lang"; "#" is
 * behind the part of which the nth (from 0) is meant. Column: that of the CSV,
 * or AS_TABLE_FIELDS. Absent when it is empty. */
as_str as_gleif_value(const as_gleif_records *g, size_t column,
                      const char *path, size_t nth);
void as_gleif_records_close(as_gleif_records *g);

/* How much of the beginning of a large file in XML or JSON is whole, and what
 * of it stands before every piece; 0: nothing. */
size_t as_gleif_split(as_span bytes, size_t *ret_head);

#endif
