/* SPDX-License-Identifier: Apache-2.0 */
/* The metrics of each CVSS version, shared by the reader and the equations. */
#ifndef AS_MODEL_CVSS_INTERNAL_H
#define AS_MODEL_CVSS_INTERNAL_H

#include "model/cvss.h"

enum { AS_CVSS_VALUES = 6 };

typedef enum as_cvss_group {
    AS_CVSS_BASE = 1,
    AS_CVSS_TEMPORAL = 2, /* of version 4: threat */
    AS_CVSS_ENVIRONMENTAL = 4,
    AS_CVSS_SUPPLEMENTAL = 8,
} as_cvss_group;

typedef struct as_cvss_metric_row {
    const char *name;
    as_cvss_group group;
    /* In the standard's order; "X" or "ND" is the value not defined. */
    const char *value[AS_CVSS_VALUES];
    /* Versions 2 and 3: the weight times 1000. Version 4: the distance from
     * the most severe value in steps, 0 for not defined where a default of
     * the most severe value stands in. */
    int16_t weight[AS_CVSS_VALUES];
} as_cvss_metric_row;

typedef struct as_cvss_table {
    const as_cvss_metric_row *rows;
    size_t n;
} as_cvss_table;

extern const as_cvss_metric_row as_cvss_rows_2[14];
extern const as_cvss_metric_row as_cvss_rows_3[22];
extern const as_cvss_metric_row as_cvss_rows_4[32];

/* Positions in the tables, in their order. */
enum {
    AS_CVSS2_AV,
    AS_CVSS2_AC,
    AS_CVSS2_AU,
    AS_CVSS2_C,
    AS_CVSS2_I,
    AS_CVSS2_A,
    AS_CVSS2_E,
    AS_CVSS2_RL,
    AS_CVSS2_RC,
    AS_CVSS2_CDP,
    AS_CVSS2_TD,
    AS_CVSS2_CR,
    AS_CVSS2_IR,
    AS_CVSS2_AR,
};
enum {
    AS_CVSS3_AV,
    AS_CVSS3_AC,
    AS_CVSS3_PR,
    AS_CVSS3_UI,
    AS_CVSS3_S,
    AS_CVSS3_C,
    AS_CVSS3_I,
    AS_CVSS3_A,
    AS_CVSS3_E,
    AS_CVSS3_RL,
    AS_CVSS3_RC,
    AS_CVSS3_CR,
    AS_CVSS3_IR,
    AS_CVSS3_AR,
    AS_CVSS3_MAV,
};
enum {
    AS_CVSS4_AV,
    AS_CVSS4_AC,
    AS_CVSS4_AT,
    AS_CVSS4_PR,
    AS_CVSS4_UI,
    AS_CVSS4_VC,
    AS_CVSS4_VI,
    AS_CVSS4_VA,
    AS_CVSS4_SC,
    AS_CVSS4_SI,
    AS_CVSS4_SA,
    AS_CVSS4_E,
    AS_CVSS4_CR,
    AS_CVSS4_IR,
    AS_CVSS4_AR,
    AS_CVSS4_MAV,
};

as_cvss_table as_cvss_table_of(as_cvss_version v);
/* Groups of which at least one metric is stated and defined. */
unsigned as_cvss_groups(const as_cvss *c);
bool as_cvss_not_defined(const as_cvss_metric_row *row, uint8_t value);

/* Overall score of version 4 from the groups in the mask, in tenths; macro
 * receives six digits and a NUL. */
int as_cvss4_score(const as_cvss *c, unsigned groups, char macro[8]);

#endif
