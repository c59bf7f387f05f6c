/* SPDX-License-Identifier: Apache-2.0 */
/* Who owns a party, joined from all that is known; inside review/ only.
 *
 *   name ──resolve──► records (rows whose owners are stated) ──ties──► owners,
 *   each again a name or a row ──► ...                    owners.c
 *   every owner ──screen──► rows of lists
 *   graph + listed owners ──as_owner_ask──► answers       owners_ask.c
 *
 * A party is one node, whichever list names it and in which way: rows of
 * several lists are one party where the names agree wholly and no country and
 * no LEI speaks against it. Two rows of one list are two parties; a name that
 * both have is ambiguous, and what follows from it is unknown. */
#ifndef AS_REVIEW_OWNERS_INTERNAL_H
#define AS_REVIEW_OWNERS_INTERNAL_H

#include "review/parties_internal.h"

typedef struct as_owner_stated {
    uint32_t owner;     /* node */
    as_owner_edge edge; /* without the keys */
} as_owner_stated;

typedef struct as_owner_node {
    as_str key; /* in graphs */
    as_str name, country;
    as_party_kind kind;
    as_party_id *ids;
    size_t n_ids;
    as_know_who *records; /* rows that it is */
    size_t n_records;
    as_str *records_text; /* "gleif 5299...: Buyer Ltd" */
    as_str unsettled;     /* which party it is: the open question, or absent */
    bool resolved, loaded, screened;
    as_owner_stated *stated;
    size_t n_stated, cap_stated;
    as_party_facts facts; /* of the lists; of owners only */
} as_owner_node;

typedef struct as_owners as_owners;

/* Lives in p->owners. */
as_owners *as_owners_new(as_parties *p); /* NULL without memory */
as_owners *as_owners_free(as_owners *o); /* takes NULL */

/* The node of a party asked for. */
as_rc as_owners_root(as_owners *o, const as_screen_query *q, uint32_t *ret,
                     as_err *err) AS_MUST_USE;
/* An owner named by whoever asks. */
as_rc as_owners_say(as_owners *o, uint32_t owned, const as_owned_said *said,
                    as_err *err) AS_MUST_USE;
as_owner_node *as_owners_node(as_owners *o, uint32_t i);
uint32_t as_owners_find(const as_owners *o, as_str key); /* UINT32_MAX: none */
/* So many that the next question may meet a ceiling because of those before it:
 * begin anew. No answer points into it. */
bool as_owners_is_full(const as_owners *o);
/* What is stated of it is loaded, with its owners as nodes. */
as_rc as_owners_load(as_owners *o, uint32_t i, as_err *err) AS_MUST_USE;
/* Its name is held against the lists, once. */
as_rc as_owners_screen(as_owners *o, uint32_t i, as_err *err) AS_MUST_USE;

#endif
