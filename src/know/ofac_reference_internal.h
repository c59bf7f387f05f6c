/* SPDX-License-Identifier: Apache-2.0 */
/* What parties of OFAC's advanced form refer to: its first pass. */
#ifndef AS_KNOW_OFAC_REFERENCE_INTERNAL_H
#define AS_KNOW_OFAC_REFERENCE_INTERNAL_H

#include "base/xml.h"
#include "know/party_make_internal.h"

/* A value of ReferenceValueSets: "<Country ID='11047' ISO2='AF'>Afghanistan".
 */
typedef struct as_ofac_value {
    as_str type; /* "Country" */
    uint64_t id;
    as_str text, more; /* ISO2 of a Country; PartyTypeID of a PartySubType */
} as_ofac_value;

typedef struct as_ofac_place {
    uint64_t id;
    as_str text, country;
} as_ofac_place;

typedef struct as_ofac_document {
    uint64_t identity;
    as_str type, number, country;
} as_ofac_document;

/* A fact of a listing: what it is, or the date it began. */
typedef struct as_ofac_entry {
    uint64_t profile;
    const char *term;
    as_str value;
} as_ofac_entry;

/* The party `from` is TYPE of the party `to`. */
typedef struct as_ofac_relation {
    uint64_t party; /* whose tie it becomes */
    uint64_t other;
    as_party_tie_kind kind;
    as_str type;
} as_ofac_relation;

typedef struct as_ofac_reference {
    as_arena *a;
    as_ofac_value *values;
    size_t n_values, cap_values;
    as_ofac_place *places;
    size_t n_places, cap_places;
    as_ofac_document *documents;
    size_t n_documents, cap_documents;
    as_ofac_entry *entries;
    size_t n_entries, cap_entries;
    as_ofac_relation *relations;
    size_t n_relations, cap_relations;
    as_str date; /* of issue, YYYY-MM-DD, or absent */
    bool sdn;    /* a listing is of the SDN list */
    size_t bad;  /* records that are no XML */
} as_ofac_reference;

/* Reads all but the parties; false without memory. */
bool as_ofac_reference_read(as_ofac_reference *r, as_span bytes);
void as_ofac_reference_done(as_ofac_reference *r);

/* The value that an attribute of the node names; absent without one. */
const as_ofac_value *as_ofac_value_of(const as_ofac_reference *r,
                                      const char *type, as_str id);
as_str as_ofac_text_of(const as_ofac_reference *r, const char *type, as_str id);
const as_ofac_place *as_ofac_place_of(const as_ofac_reference *r, as_str id);
/* The first of those of the party, identity or profile; *n of them. */
const as_ofac_document *as_ofac_documents_of(const as_ofac_reference *r,
                                             as_str identity, size_t *n);
const as_ofac_entry *as_ofac_entries_of(const as_ofac_reference *r,
                                        as_str profile, size_t *n);
const as_ofac_relation *as_ofac_relations_of(const as_ofac_reference *r,
                                             as_str profile, size_t *n);
/* "2024-02-29", "2024-02", "2024" of Year, Month and Day; absent without a
 * year. */
as_str as_ofac_day(as_arena *a, const as_xml_node *node);
/* What a relation by that name makes of the other party, and whether it is a
 * tie of the other way round. */
as_party_tie_kind as_ofac_tie_kind(as_str type, bool *reversed);

/* The scheme of an identifier that a feature by that name is, or absent; the
 * term that it is, or NULL. */
as_str as_ofac_id_feature(as_str label);
const char *as_ofac_term_feature(as_str label);

#endif
