/* SPDX-License-Identifier: Apache-2.0 */
/* The tables as structures, and what the steps share. */
#ifndef AS_LICENCE_LICENCE_INTERNAL_H
#define AS_LICENCE_LICENCE_INTERNAL_H

#include "licence/licence.h"

/* ---- tables (ear.c) --------------------------------------------------------
 */

enum { AS_EAR_COLUMNS = 16, AS_EAR_GROUPS = 14 };

typedef struct as_ear_rule {
    as_str id, section, to, from, effect, since;
    as_str earlier, earlier_since; /* what it reached before .since */
    as_str deemed;                 /* "no": not for deemed exports */
    as_str note;                   /* of a place that .earlier does not name */
} as_ear_rule;

typedef struct as_ear_row {
    as_str reason, rule, scope, of, cond;
    int column;               /* of the chart, or -1 */
    const as_ear_rule *prose; /* or NULL */
} as_ear_row;

typedef struct as_ear_flag {
    as_str symbol, word, scope, cond; /* word: yes, no, not-A6 ... */
    double limit; /* LVS, in dollars; negative: the entry says */
} as_ear_flag;

typedef struct as_ear_eccn {
    as_str eccn, state; /* state: why it has no rows */
    as_ear_row *rows;
    size_t n_rows;
    as_ear_flag *flags;
    size_t n_flags;
} as_ear_eccn;

typedef struct as_ear_place {
    as_str code, name, row, basis, embargo;
    as_str *also;
    size_t n_also;
    uint32_t marks, groups, notes; /* bits: column, group, footnote */
    const struct as_ear_place *of; /* whose row and groups it takes */
} as_ear_place;

typedef struct as_ear_exception {
    as_str symbol, section, kinds, to, only, items, moves, defeats, keeps,
        part744, part746, asks, verify, since;
    bool flag;
} as_ear_exception;

typedef struct as_ear_fdp {
    as_str id, section, items, inputs, plant, to, use, since, licence;
    bool ic;
    int party; /* footnote, or 0 */
} as_ear_fdp;

typedef struct as_ear_set {
    as_str id, section, items, to;
} as_ear_set;

typedef struct as_ear_interval {
    as_str id, section, from, suspended, back, source;
} as_ear_interval;

typedef struct as_ear_mieu {
    as_str country;
    as_str *names;
    size_t n_names;
} as_ear_mieu;

struct as_ear {
    as_str edition, exceptions_edition, groups_edition;
    as_ear_eccn *eccns; /* by ECCN */
    size_t n_eccns;
    as_ear_place *places;
    size_t n_places;
    as_ear_rule *rules;
    size_t n_rules;
    as_ear_exception *exceptions;
    size_t n_exceptions;
    as_ear_fdp *fdp;
    size_t n_fdp;
    as_ear_set *sets;
    size_t n_sets;
    as_ear_interval *intervals;
    size_t n_intervals;
    as_ear_mieu *mieu;
    size_t n_mieu;
};

const as_ear_eccn *as_ear_find(const as_ear *ear, as_str eccn);
const as_ear_rule *as_ear_rule_find(const as_ear *ear, as_str id);
/* Never NULL: an unknown id is a broken program. */
const as_ear_set *as_ear_set_get(const as_ear *ear, const char *id);
/* By code or any name, case aside; NULL when none. */
const as_ear_place *as_ear_place_find(const as_ear *ear, as_str name);
/* The same for what people write: any spelling of model/country.h besides. A
 * word that two countries share ("Korea") names neither. */
const as_ear_place *as_ear_place_named(const as_ear *ear, as_str name);
const char *as_ear_column_word(int column);
int as_ear_column_of(as_str word); /* "NS1"; -1 */
/* Whose marks and groups count: the row it inherits. */
const as_ear_place *as_ear_place_row(const as_ear_place *p);
bool as_ear_place_in(const as_ear_place *p, as_str group);
/* Whether a destination predicate of the tables ("MO D:5 -A:6 ?HT *") names
 * the place. An empty predicate names none. */
as_truth as_ear_reaches(as_str predicate, const as_ear_place *p);

/* ---- item numbers (eccn.c) -------------------------------------------------
 */

typedef struct as_eccn {
    as_str base, path; /* "3B001" and "c.1.a"; path may be empty */
    bool ear99;
} as_eccn;

/* "3B001.c.1.a", "3b001", "EAR99". Texts in the arena. */
AS_MUST_USE bool as_eccn_read(as_str text, as_arena *arena, as_eccn *ret);
char as_eccn_group(as_eccn e); /* 'A' to 'E', or 0 for EAR99 */
bool as_eccn_is_600(as_eccn e);
bool as_eccn_is_9x515(as_eccn e);
/* Whether a scope of the tables covers the paragraph: "* -y", "a.1:a.3 b". */
as_truth as_eccn_in_scope(as_str scope, as_str path);
/* Whether a list of the tables names the item: "3B001.c 3A225:3A234 -3B002.c",
 * "3B" a group, "600", "9x515", "*". Reasons ("@MT") are left to the caller:
 * ask is called with the entry's reason and may be NULL (then unsure). */
typedef struct as_eccn_asker {
    as_truth (*ask)(void *ctx, as_eccn item, as_str reason);
    void *ctx;
} as_eccn_asker;
as_truth as_eccn_in_list(as_str list, as_eccn item, const as_eccn_asker *ask);
/* Next word between blanks; false at the end. */
bool as_eccn_word(as_str *rest, as_str *word);
bool as_eccn_has_word(as_str list, as_str word);

/* ---- one run (licence.c) ---------------------------------------------------
 */

typedef struct as_run {
    const as_ear *ear;
    const as_licence_facts *f;
    as_arena *arena;
    as_licence_answer *out;
    as_eccn item;
    bool item_known;
    const as_ear_place *to, *from; /* from: NULL when unknown */
    as_date as_of;
    as_licence_row scrap; /* written to when memory has ended */
    size_t cap_rows, cap_missing, cap_flags, cap_exceptions, cap_limits,
        cap_changes;
} as_run;

/* A new row, or a scrap when memory ends (checked once at the end). */
as_licence_row *as_run_row(as_run *r, const char *step, as_truth required);
/* Names a fact as missing: of the table, or free (key, question, who). */
void as_run_missing(as_run *r, as_licence_row *row, as_licence_fact fact);
void as_run_missing_free(as_run *r, as_licence_row *row, const char *key,
                         const char *question, const char *who);
void as_run_flag(as_run *r, as_str text);
void as_run_limit(as_run *r, as_str text);
/* The fact's truth; where it is unsure it is named missing for row. */
as_truth as_run_ask(as_run *r, as_licence_row *row, as_licence_fact fact);
/* Whether the end use is among those given; unsure names the question. */
as_truth as_run_use(as_run *r, as_licence_row *row, as_licence_use use);
bool as_run_before(const as_run *r, as_str date); /* as_of < date */
bool as_run_to_us(const as_run *r);
const char *as_licence_fact_key(as_licence_fact f);
bool as_licence_fact_of(as_str key, as_licence_fact *ret);
const char *as_licence_use_word(as_licence_use u);
bool as_licence_use_of(as_str word, as_licence_use *ret);
const char *as_licence_fact_question(as_licence_fact f);
const char *as_licence_fact_who(as_licence_fact f);
bool as_licence_is_tech(const as_run *r); /* software or technology */

/* The steps; each adds rows. */
as_truth as_subject_run(as_run *r); /* licence_subject.c */
void as_chart_run(as_run *r);       /* licence_chart.c */
void as_parties_run(as_run *r);     /* licence_party.c */
void as_uses_run(as_run *r);        /* licence_use.c */
void as_embargo_run(as_run *r);     /* licence_embargo.c */
void as_exceptions_run(as_run *r);  /* licence_exception.c */
/* Whether the reach of a row covers the item, its condition aside or not. */
as_truth as_chart_applies(const as_run *r, const as_ear_row *row, as_eccn item,
                          int depth);
/* Whether an item is controlled for a reason, the destination aside. */
as_truth as_chart_controlled(const as_run *r, as_eccn item, as_str reason,
                             int depth);
/* Whether a row asks for a licence to the destination, its reach aside. */
as_truth as_chart_reaches(const as_ear_row *row, const as_ear_place *to,
                          const as_ear_place *from);
/* Says the rule's note where it goes with an answer for the destination. */
void as_chart_note(as_run *r, const as_ear_rule *rule);
/* Whether a party with this footnote of the Entity List takes part. */
as_truth as_parties_footnote(as_run *r, as_licence_row *row, int footnote);
bool as_parties_on(const as_run *r, const char *list);
/* Whether the headquarters of a party lie in Macau or D:5. */
as_truth as_parties_headquarters(as_run *r, as_licence_row *row);

#endif
