/* SPDX-License-Identifier: Apache-2.0 */
/* The open knowledge base, between know.c and parties.c. */
#ifndef AS_KNOW_KNOW_INTERNAL_H
#define AS_KNOW_KNOW_INTERNAL_H

#include "know/schema_internal.h"
#include "know/seen_internal.h"
#include "know/shipped_internal.h"

typedef enum as_know_statement {
    FIND,
    COVERS,
    RELEASES,
    ADVISORY,
    BY_ID,
    BY_ALIAS,
    PACKAGES,
    PACKAGE_LAST,
    ENTRIES,
    EXPLOITED,
    ALL_EXPLOITED,
    LIKELIHOOD,
    SOME_LIKELIHOOD,
    SOURCES,
    DOWNLOAD,
    PARTY_LISTS,
    PARTY_EDITIONS,
    PARTY_SOURCES,
    PARTY_ROWS,
    PARTY_FIND,
    PARTY_AT,
    PARTY_TERMS,
    PARTY_TIES_OF,
    PARTY_TIES_TO,
    PARTY_TIES_ANY,
    PARTY_TIED,
    PARTY_FORMS,
    STATEMENTS,
} as_know_statement;

struct as_know {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    as_filter packages, exploited; /* empty: not made */
    as_records records;            /* read so far */
    unsigned asked_exploited;      /* times, until the filter is made */
    bool asked_likelihood, no_likelihood;
    as_shipped *shipped; /* read when first asked for */
};

/* The statement, reset; NULL when it cannot be made. */
sqlite3_stmt *as_know_ask(as_know *kb, as_know_statement which, as_err *err);
as_rc as_know_no_memory(as_err *err);
as_rc as_know_bad_row(as_err *err);

#endif
