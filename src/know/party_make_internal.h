/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of lists of parties share: a row is put together piece by
 * piece in an arena of its own, checked, and given to the sink.
 *
 * Texts are cleaned on the way (as_feed_text); what is empty is passed over,
 * and so is what stands twice, but for names. */
#ifndef AS_KNOW_PARTY_MAKE_INTERNAL_H
#define AS_KNOW_PARTY_MAKE_INTERNAL_H

#include "know/feed_internal.h"

typedef struct as_party_make {
    const as_feed_sink *sink;
    as_arena *arena; /* of the row */
    as_party p;
    size_t cap_names, cap_ids, cap_addresses, cap_countries, cap_births,
        cap_ties, cap_terms;
    bool full;       /* more of something than AS_LIMIT_PARTY_ITEMS */
    const char *cut; /* what of it was too long and is cut, or NULL */
    bool told;       /* the encoding of the file was */
    bool stop;       /* the sink wants no more */
    /* For refusals: whose and where. */
    as_str source;
    as_feed_place *place; /* JSON and YAML, or NULL */
    as_str pointer;       /* of the row in it */
    uint64_t line;        /* 0: see pointer */
} as_party_make;

/* Begins a row of the list; false without memory. */
bool as_make_begin(as_party_make *m, as_str list, as_str id);
void as_make_name(as_party_make *m, as_party_name_kind kind, as_str text);
void as_make_name_in(as_party_make *m, as_party_name_kind kind, as_str text,
                     as_str language);
/* Each part of the text between the separators is a name: "A; B; C". */
void as_make_names(as_party_make *m, as_party_name_kind kind, as_str text,
                   char separator);
void as_make_id(as_party_make *m, as_str scheme, as_str value, as_str country);
/* A name or code of a country; what is none is kept as it is written where the
 * form of a party allows that, and else dropped. */
void as_make_address(as_party_make *m, as_str text, as_str country);
void as_make_country(as_party_make *m, as_str country);
/* A birth in any of the spellings of the lists, so that it begins with its
 * year: party_birth.c. The second form takes it as it is. */
void as_make_birth(as_party_make *m, as_str date);
void as_make_birth_as(as_party_make *m, as_str date);
/* 1..12 for a month's English name or its first three letters, else 0. */
unsigned as_make_month(as_str word);
void as_make_term(as_party_make *m, const char *key, as_str value);
/* Each part between the separators. */
void as_make_terms(as_party_make *m, const char *key, as_str value,
                   char separator);
as_party_tie *as_make_tie(as_party_make *m, as_party_tie_kind kind); /* or NULL
                                                                      */
/* Lines of an address with commas between; empty ones are passed over. */
as_str as_make_joined(as_party_make *m, const as_str *parts, size_t n,
                      const char *between);
/* A date in any of the spellings of the lists as YYYY-MM-DD, or absent:
 * 2024-02-29, also with a time or a zone behind it, 29/02/2024, 29 Feb 2024,
 * February 29, 2024, 2/29/2024 when month_first. */
as_str as_make_date(as_party_make *m, as_str text, bool month_first);

/* Scheme of an identifier by the words of a list ("Passport No.", "IMO"), or
 * "other". */
as_str as_make_scheme(as_str words);

/* Gives the row to the sink: with an id of its content when it has none, or
 * refused with the reason. False when the sink wants no more. The row's memory
 * is gone then. */
bool as_make_end(as_party_make *m, as_party_part part);
/* Refuses the row at hand. */
bool as_make_refuse(as_party_make *m, as_str id, const char *why);
/* After the last row: frees what is left. */
void as_make_done(as_party_make *m);

/* "Individual", "Entity", "Ship" of the UK's lists. */
as_party_kind as_uk_kind(as_str word);

/* Is the list's word one of a source with a reader of its own? */
bool as_plain_is_reserved(as_str list);

/* The list's head; false when the sink wants no more. */
bool as_make_list(as_party_make *m, const as_list_head *head);
/* Notes something about the row at hand, which is kept. */
void as_make_note(as_party_make *m, as_str id, const char *what);
/* A list that lacks a column of its form has lost what stood there: it is cut
 * off. Each word is one column or the names that it has had, "Country|Address
 * Country"; the words end with NULL. After the head of the list. */
struct as_table;
void as_make_columns(as_party_make *m, const struct as_table *t,
                     const char *const *words);
/* The list is cut off. */
void as_make_cut(as_party_make *m, const char *fmt, ...) AS_PRINTF(2, 3);

#endif
