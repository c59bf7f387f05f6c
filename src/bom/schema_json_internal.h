/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the JSON interpreter: one walk over one document. */
#ifndef AS_BOM_SCHEMA_JSON_INTERNAL_H
#define AS_BOM_SCHEMA_JSON_INTERNAL_H

#include "bom/schema_internal.h"

/* Where we are: one per open value, on the C stack. */
typedef struct as_schema_frame as_schema_frame;
struct as_schema_frame {
    const as_schema_frame *up;
    as_str key; /* of the member, or absent for an element */
    size_t index;
    size_t depth; /* frames above */
};

typedef struct as_schema_walk {
    as_schema_report report;
    unsigned quiet; /* only the answer counts */
    unsigned apart; /* findings are wanted, roles are not */
    size_t depth;
    uint64_t fuel;
    bool spent;
    as_str because; /* member that a condition in force looks at */
} as_schema_walk;

/* Whether v keeps the rules of a node. Aloud, everything that does not hold is
 * reported; quietly, the first such thing ends the walk. */
bool as_schema_json_check(as_schema_walk *w, uint32_t node, as_json v,
                          const as_schema_frame *f);
/* Takes steps from the budget; false, and spent, when it is used up. */
bool as_schema_json_pay(as_schema_walk *w, uint64_t price);

/* Whether to make a message; counts the finding when there is no room. */
bool as_schema_json_wanted(as_schema_walk *w, bool warning);
void as_schema_json_add(as_schema_walk *w, const as_schema_frame *f,
                        bool warning, const char *rule, as_str message);
as_schema_place as_schema_json_place(as_schema_walk *w,
                                     const as_schema_frame *f);
as_str as_schema_json_quote(as_schema_walk *w, as_str s);
/* A message in the arena. */
#define AS_SCHEMA_SAY(w, ...) as_arena_printf((w)->report.arena, __VA_ARGS__)

/* AS_SCHEMA_IS_* of a value; reports that another type is needed. */
unsigned as_schema_json_mask(as_json v);
void as_schema_json_add_type(as_schema_walk *w, unsigned mask, as_json v,
                             const as_schema_frame *f);

/* One rule each: schema_json_value.c, schema_json_any.c. */
bool as_schema_json_types(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f);
bool as_schema_json_values(as_schema_walk *w, const as_schema_rule *r,
                           as_json v, const as_schema_frame *f);
bool as_schema_json_format(as_schema_walk *w, const as_schema_rule *r,
                           as_json v, const as_schema_frame *f);
bool as_schema_json_pattern(as_schema_walk *w, const as_schema_rule *r,
                            as_json v, const as_schema_frame *f);
bool as_schema_json_length(as_schema_walk *w, const as_schema_rule *r,
                           as_json v, const as_schema_frame *f);
bool as_schema_json_range(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f);
bool as_schema_json_count(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f);
bool as_schema_json_items(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f);
bool as_schema_json_tuple(as_schema_walk *w, const as_schema_rule *r, as_json v,
                          const as_schema_frame *f);
bool as_schema_json_unique(as_schema_walk *w, const as_schema_rule *r,
                           as_json v, const as_schema_frame *f);
bool as_schema_json_require(as_schema_walk *w, const as_schema_rule *r,
                            as_json v, const as_schema_frame *f);
bool as_schema_json_members(as_schema_walk *w, const as_schema_rule *r,
                            as_json v, const as_schema_frame *f);
bool as_schema_json_alternatives(as_schema_walk *w, const as_schema_rule *r,
                                 as_json v, const as_schema_frame *f);
bool as_schema_json_all(as_schema_walk *w, const as_schema_rule *r, as_json v,
                        const as_schema_frame *f);
bool as_schema_json_not(as_schema_walk *w, const as_schema_rule *r, as_json v,
                        const as_schema_frame *f);
bool as_schema_json_by(as_schema_walk *w, const as_schema_rule *r, as_json v,
                       const as_schema_frame *f);
bool as_schema_json_if(as_schema_walk *w, const as_schema_rule *r, as_json v,
                       const as_schema_frame *f);

#endif
