/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the US Export Administration Regulations (15 CFR parts 730 to 774)
 * require a licence: a pure function of facts, a date and tables.
 *
 *   facts ──► 1 subject to the EAR? (734.3 origin, 734.4 de minimis, 734.9)
 *         ──► 3 chart     every reason for control x destination (738.4(a)(2))
 *         ──► 4 parties   744.11, .15, .16, .21, .22, .8; affiliates rule
 *         ──► 5 end uses  744.2, .3, .4, .17, .23      6 US persons 744.6
 *         ──► 7 exceptions by elimination (740.2 first, then part 740)
 *         ──► 8 embargoes (746), General Prohibitions 4 to 10 (736.2(b))
 *
 * Step 2, classification, is input: an ECCN with its paragraph, or EAR99. Logic
 * is three-valued: a fact that is missing makes a requirement unsure, and is
 * named with whom to ask. The whole is yes when one requirement is yes, unsure
 * when none is but one is unsure. No answer is a clearance, and none is legal
 * advice: as_licence_limits says what was not looked at.
 *
 * The tables (data/ear) are facts of one edition, compiled in. A question of an
 * earlier or later date is answered by them all the same, and says so; what is
 * known to be newer than the date is unsure. */
#ifndef AS_LICENCE_LICENCE_H
#define AS_LICENCE_LICENCE_H

#include "base/date.h"
#include "base/json.h"
#include "base/json_write.h"
#include "model/finding.h"
#include "model/party.h"

/* ---- tables ----------------------------------------------------------------
 */

typedef struct as_ear as_ear;

/* The tables built in, read into the arena: a few milliseconds at most. NULL
 * without memory. Their text is ours: what is wrong in it is a broken program
 * and asserts. */
const as_ear *as_ear_builtin(as_arena *arena);
as_str as_ear_edition(const as_ear *ear);

/* Counts, and one cell for comparison with other readings: the truth of
 * "an entry's rows of this reason, the paragraph aside, ask for a licence to
 * that country", by column or by rule. Absent names are unsure. */
size_t as_ear_entries(const as_ear *ear);
size_t as_ear_countries(const as_ear *ear);
bool as_ear_entry(const as_ear *ear, size_t i, as_str *ret_eccn);
bool as_ear_country(const as_ear *ear, size_t i, as_str *ret_code,
                    as_str *ret_name);
as_truth as_ear_cell(const as_ear *ear, as_str eccn, as_str reason,
                     as_str country);

/* ---- facts -----------------------------------------------------------------
 */

typedef enum as_licence_kind {
    AS_LICENCE_EXPORT = 0,
    AS_LICENCE_REEXPORT,
    AS_LICENCE_TRANSFER, /* within one foreign country */
    AS_LICENCE_DEEMED,   /* to a foreign person: technology or source code */
    AS_LICENCE_SERVICE,  /* no item moves */
    AS_LICENCE_KINDS,
} as_licence_kind;

/* Facts that are yes or no; doc/licence.md lists them, with the question each
 * answers and who can answer it (as_licence_question). */
typedef enum as_licence_fact {
    AS_FACT_IN_US = 0,
    AS_FACT_CONTAINS_US_IC,
    AS_FACT_FOOD_OR_MEDICINE,
    AS_FACT_LISTED_HTS,
    AS_FACT_NM_COMPUTER,
    AS_FACT_NM_ENCRYPTION,
    AS_FACT_NM_LITHOGRAPHY,
    AS_FACT_NM_ENGINE,
    AS_FACT_NM_0A919,
    AS_FACT_NM_SERIES,
    AS_FACT_NM_SERIES_Y,
    AS_FACT_WRITTEN_ASSURANCE,
    AS_FACT_MAKES_ICS,
    AS_FACT_ADVANCED_NODE,
    AS_FACT_BACK_END,
    AS_FACT_OCCUPIED_REGION,
    AS_FACT_US_PERSON,
    AS_FACT_TEMPORARY,
    AS_FACT_SERVICING,
    AS_FACT_GOVERNMENT,
    AS_FACT_GIFT,
    AS_FACT_BAGGAGE,
    AS_FACT_VESSEL,
    AS_FACTS,
} as_licence_fact;

typedef enum as_licence_use {
    AS_USE_NUCLEAR = 0,
    AS_USE_MISSILE,
    AS_USE_WMD_DELIVERY,
    AS_USE_CBW,
    AS_USE_MARITIME_NUCLEAR,
    AS_USE_MILITARY,
    AS_USE_MILITARY_INTELLIGENCE,
    AS_USE_SUPERCOMPUTER,
    AS_USE_IC_PRODUCTION,
    AS_USE_IC_DESIGN, /* with ECAD or TCAD, for advanced nodes */
    AS_USE_SME,       /* development or production of such equipment */
    AS_USE_CIVIL,     /* none of the above */
    AS_USES,
} as_licence_use;

typedef struct as_licence_party {
    as_party_facts facts; /* what screening found; .examined: it was screened */
    bool by_name; /* its name was screened; its owners and addresses were not,
                     where facts.examined is false */
    as_str role;  /* end-user, consignee, intermediate, purchaser ... */
    as_str headquarters; /* country of the ultimate parent, or absent */
} as_licence_party;

/* A condition of a row that no table can settle, answered by the asker. */
typedef struct as_licence_condition {
    as_str key; /* "3A001/MT", or "MT" */
    bool holds;
} as_licence_condition;

typedef struct as_licence_facts {
    as_str eccn;      /* "3B001.c.1.a" or "EAR99"; absent: unknown */
    as_str item_kind; /* commodity, software, technology; absent: by its ECCN */
    as_str origin;    /* country of production, or absent */
    as_str to, from;  /* countries; from absent is the US for an export */
    as_licence_kind kind;
    as_str as_of;                       /* YYYY-MM-DD */
    double value;                       /* US dollars; negative: unknown */
    double us_share_low, us_share_high; /* controlled US content, percent of the
                                           value; high negative: unknown */
    as_str *item_for; /* what software or technology is for: ECCNs */
    size_t n_item_for;
    as_str *made_with; /* US technology or software it is the direct product of:
                          ECCNs */
    size_t n_made_with;
    as_str *plant_made_with; /* likewise of the plant that made it */
    size_t n_plant_made_with;
    as_str *ic_made_with; /* likewise of the plant of an integrated circuit in
                             it */
    size_t n_ic_made_with;
    bool made_with_known, plant_known, ic_known; /* else the lists are unknown
                                                    and not empty */
    as_licence_party *parties;
    size_t n_parties;
    bool parties_complete; /* every party of the transaction is among them */
    bool uses_known;       /* uses[] is complete */
    bool uses[AS_USES];
    as_str use_text; /* free words: they raise questions, never a finding */
    as_truth facts[AS_FACTS];
    as_licence_condition *conditions;
    size_t n_conditions;
} as_licence_facts;

/* Everything unknown, an export of today's text. */
void as_licence_facts_init(as_licence_facts *f);
/* Adds what a facts file says, schema assay-facts/1 (doc/licence.md); texts
 * live in the arena. Unknown keys and values of the wrong kind are refused with
 * the JSON Pointer in err->place.path. Fields that the file does not name stay
 * as they were. Ceilings: AS_LICENCE_LIST entries a list. */
enum {
    AS_LICENCE_LIST = 1000,
    AS_LICENCE_PARTIES = 1000,
    AS_LICENCE_PRODUCT_PARTS = 20000,
};
as_rc as_licence_facts_read(as_json root, as_arena *arena, as_licence_facts *f,
                            as_err *err) AS_MUST_USE;
/* The same from YAML (or JSON): the place of a mistake is its line. */
as_rc as_licence_facts_yaml(as_span yaml, as_arena *arena, as_licence_facts *f,
                            as_err *err) AS_MUST_USE;
/* A party that nobody screened, unless one of that name is there. False at the
 * ceiling. */
bool as_licence_facts_party(as_licence_facts *f, as_arena *arena, as_str name);
bool as_licence_kind_of(as_str word, as_licence_kind *ret);
const char *as_licence_kind_word(as_licence_kind kind);
/* The key in a facts file, the question and whom to ask. False past the end. */
bool as_licence_question(size_t i, as_str *ret_key, as_str *ret_question,
                         as_str *ret_who);

/* ---- the answer ------------------------------------------------------------
 */

typedef struct as_licence_row {
    const char *step; /* subject, chart, party, use, us-person, embargo */
    as_truth required;
    as_str reason;  /* NS, RS ... or the rule's word */
    as_str section; /* of 15 CFR */
    as_str what;    /* the row in words: column or rule, its scope */
    as_str why;     /* what decided */
    as_str missing; /* keys of the facts that would settle it, blanks between */
    as_str policy;  /* how applications are reviewed, where the list says */
    bool scheduled; /* stands on a date that may still change */
} as_licence_row;

typedef enum as_exception_state {
    AS_EXCEPTION_FORECLOSED = 0, /* a restriction removes it */
    AS_EXCEPTION_OUT_OF_SCOPE,   /* it does not cover this */
    AS_EXCEPTION_VERIFY,         /* left: a person has to confirm conditions */
    AS_EXCEPTION_STATES,
} as_exception_state;

typedef struct as_licence_exception {
    as_str symbol, section;
    as_exception_state state;
    as_str why;
} as_licence_exception;

typedef struct as_licence_missing {
    as_str key, question, who;
} as_licence_missing;

typedef struct as_licence_change {
    as_str date, what;
} as_licence_change;

typedef struct as_licence_answer {
    as_truth required; /* of the whole */
    as_truth subject;  /* to the EAR */
    const as_licence_facts *facts;
    as_str edition;
    as_str to_code, to_name, row_name; /* whose row of the chart was read */
    as_str row_basis;                  /* by which rule, if not its own */
    as_licence_row *rows;
    size_t n_rows;
    as_licence_exception *exceptions;
    size_t n_exceptions;
    as_licence_missing *missing;
    size_t n_missing;
    as_str *flags; /* General Prohibitions and duties to look at */
    size_t n_flags;
    as_str *limits; /* what was not covered */
    size_t n_limits;
    as_licence_change *changes; /* what comes, with its date */
    size_t n_changes;
} as_licence_answer;

/* Everything lives in the arena. AS_ERR_INPUT: an ECCN, a country or a date
 * that is none. */
as_rc as_licence_determine(const as_ear *ear, const as_licence_facts *facts,
                           as_arena *arena, as_licence_answer *ret,
                           as_err *err) AS_MUST_USE;
/* One object, schema assay-licence/1; and lines for people. */
void as_licence_json(const as_licence_answer *a, as_json_writer *w);
void as_licence_text(const as_licence_answer *a, as_buf *out);

/* ---- products --------------------------------------------------------------
 */

/* One answer for every part that states an ECCN, and the roll-up of the value
 * of controlled US content for 734.4 (supplement no. 2 to part 734): shares are
 * AS_ATTR_VALUE_SHARE, percent of the product's value; a part counts when its
 * country is the US and the chart asks for a licence to the destination, and
 * may count when one of the two is unknown. */
typedef struct as_licence_part {
    uint32_t part; /* index in the product */
    as_str ref, name, eccn, country;
    double share; /* negative: unknown */
    as_licence_answer answer;
    as_str error; /* the ECCN or country cannot be read; then no answer */
} as_licence_part;

typedef struct as_licence_product {
    const as_product *product;
    as_licence_part *parts;
    size_t n_parts;
    size_t n_without;                  /* parts that state no ECCN */
    double us_low, us_high, threshold; /* percent; high counts the unknown */
    as_truth de_minimis;               /* AS_YES: at or below the threshold */
    as_truth required;
} as_licence_product;

as_rc as_licence_of_product(const as_ear *ear, const as_product *product,
                            const as_licence_facts *facts, as_arena *arena,
                            as_licence_product *ret, as_err *err) AS_MUST_USE;
void as_licence_product_json(const as_licence_product *p, as_json_writer *w);
void as_licence_product_text(const as_licence_product *p, as_buf *out);

/* ---- chips -----------------------------------------------------------------
 */

/* TPP and performance density of an integrated circuit (774 supplement no. 1,
 * 3A090 technical notes) and the density of memory bandwidth, and what each of
 * the three texts makes of them: 7 Oct 2022 (87 FR 62186), 25 Oct 2023 (88 FR
 * 73458, in force 17 Nov 2023), 2 Dec 2024 (89 FR 96790). */
enum { AS_CHIP_UNITS = 64, AS_CHIP_NOTES = 4 };
typedef struct as_chip_unit {
    double mactops; /* tera multiply-accumulates a second, dense */
    double bits;    /* of the widest input of the multiplication */
    double count;   /* units alike */
} as_chip_unit;

typedef struct as_chip {
    as_chip_unit units[AS_CHIP_UNITS];
    size_t n_units;
    double tpp;          /* when the sum is known; negative: from units */
    double die_area;     /* mm2 of logic dies in a non-planar node; negative */
    double bandwidth;    /* of memory, GB/s; negative: none */
    double package_area; /* mm2 of the memory's package or stack */
    double interconnect; /* GB/s in all directions, for the first text */
    as_truth datacenter; /* designed or marketed for datacentres */
    as_truth holds_memory; /* the memory is co-packaged with a 3A090 chip */
} as_chip;

void as_chip_init(as_chip *c);
typedef struct as_chip_line {
    as_str from, source; /* of the text */
    as_str paragraph;    /* "3A090.a", "4A090.a", "3A090.c" */
    as_truth reached;
    as_str why;    /* the thresholds and the numbers */
    bool in_force; /* on the date asked about */
} as_chip_line;
typedef struct as_chip_answer {
    double tpp, density, memory_density; /* negative: unknown */
    as_chip_line *lines;
    size_t n_lines;
    const char *notes[AS_CHIP_NOTES]; /* what the numbers do not say */
    size_t n_notes;
} as_chip_answer;

/* Numbers that are negative, infinite or none are unknown. */
as_rc as_chip_measure(const as_chip *c, as_str as_of, as_arena *arena,
                      as_chip_answer *ret, as_err *err) AS_MUST_USE;
void as_chip_json(const as_chip_answer *a, as_json_writer *w);
void as_chip_text(const as_chip_answer *a, as_buf *out);

#endif
