/* SPDX-License-Identifier: Apache-2.0 */
/* Inside screening: what screen.c, screen_qualify.c and screen_why.c share. */
#ifndef AS_PARTY_SCREEN_INTERNAL_H
#define AS_PARTY_SCREEN_INTERNAL_H

#include "party/index_internal.h"

enum {
    AS_SCREEN_ROWS = 512,  /* rows that one search looks at in full */
    AS_SCREEN_WHY = 12,    /* lines of a hit */
    AS_SCREEN_APART = 6,   /* told */
    AS_SCREEN_OTHERS = 12, /* names that lists give to one asked for */
};

struct as_screen {
    as_know *kb;
    as_index index;
    as_finder *finder;
    as_names *names;
    as_arena *arena; /* of the day's lists */
    as_str date;
    as_date day;
    as_know_list *lists;
    size_t n_lists;
    const as_know_list **by_number; /* of the index; NULL: not in force */
};

/* A name that a list gives to the very party asked for, and that was looked for
 * as well: the way from a name in one script to lists in another. */
typedef struct as_screen_other {
    const as_name *name;
    as_str text;
    const as_party *of;
    double worth; /* how well that party agrees with what was asked */
} as_screen_other;

/* A row on its way to a hit. */
typedef struct as_screen_row {
    uint32_t row;
    const as_screen_other *other; /* found by it; NULL: by the name asked for */
    uint32_t name; /* of the index that matched best; UINT32_MAX: none */
    uint16_t alias;
    uint8_t alias_kind;
    bool by_id;
    as_party_identity identity;
    double name_score, score;
    as_name_match match;
    as_know_party party;
    as_str why[AS_SCREEN_WHY];
    size_t n_why;
    as_str missing;
    bool kept_apart; /* what else is known does not fit */
    bool telling;    /* long words that tell are the same, none is lacking */
    int rank;        /* what speaks for it, among equals */
} as_screen_row;

typedef struct as_screen_work {
    as_screen *s;
    const as_screen_query *q;
    as_arena *arena;
    const as_name *name; /* prepared, or NULL */
    double threshold;
    const as_party *known; /* of the family list: whom the whole name names */
} as_screen_work;

/* What was held against the row's name. */
static inline const as_name *as_screen_asked(const as_screen_work *w,
                                             const as_screen_row *r)
{
    return r->other ? r->other->name : w->name;
}

/* What a search asks of the index. */
as_finder_ask as_screen_ask(const as_screen_work *w);
/* Reads the row from the knowledge; false when it is not what the index was
 * made of. */
bool as_screen_fetch(as_screen_work *w, as_screen_row *r, as_err *err);
/* Weak aliases, kinds, countries, births, identifiers, addresses: score and
 * lines. */
void as_screen_qualify(as_screen_work *w, as_screen_row *r);
void as_screen_say(as_screen_work *w, as_screen_row *r, const char *fmt, ...)
    AS_PRINTF(3, 4);
/* How the names agree, in one or two lines. */
void as_screen_explain(as_screen_work *w, as_screen_row *r);

#endif
