/* SPDX-License-Identifier: Apache-2.0 */
/* The metrics, values and weights of the CVSS versions, as their standards
 * list them: 2.0 section 3.2.1; 3.0 section 8.4, 3.1 section 7.4 (the same
 * figures); 4.0 table 23 for names and order, its section 8 for the steps. */
#include "model/cvss_internal.h"

#define B AS_CVSS_BASE
#define T AS_CVSS_TEMPORAL
#define E AS_CVSS_ENVIRONMENTAL
#define S AS_CVSS_SUPPLEMENTAL

const as_cvss_metric_row as_cvss_rows_2[14] = {
    {"AV", B, {"L", "A", "N"}, {395, 646, 1000}},
    {"AC", B, {"H", "M", "L"}, {350, 610, 710}},
    {"Au", B, {"M", "S", "N"}, {450, 560, 704}},
    {"C", B, {"N", "P", "C"}, {0, 275, 660}},
    {"I", B, {"N", "P", "C"}, {0, 275, 660}},
    {"A", B, {"N", "P", "C"}, {0, 275, 660}},
    {"E", T, {"U", "POC", "F", "H", "ND"}, {850, 900, 950, 1000, 1000}},
    {"RL", T, {"OF", "TF", "W", "U", "ND"}, {870, 900, 950, 1000, 1000}},
    {"RC", T, {"UC", "UR", "C", "ND"}, {900, 950, 1000, 1000}},
    {"CDP", E, {"N", "L", "LM", "MH", "H", "ND"}, {0, 100, 300, 400, 500, 0}},
    {"TD", E, {"N", "L", "M", "H", "ND"}, {0, 250, 750, 1000, 1000}},
    {"CR", E, {"L", "M", "H", "ND"}, {500, 1000, 1510, 1000}},
    {"IR", E, {"L", "M", "H", "ND"}, {500, 1000, 1510, 1000}},
    {"AR", E, {"L", "M", "H", "ND"}, {500, 1000, 1510, 1000}},
};

/* Privileges required weigh more when the scope changes: see privileges in
 * cvss.c. The first value of each modified metric is "not defined". */
const as_cvss_metric_row as_cvss_rows_3[22] = {
    {"AV", B, {"N", "A", "L", "P"}, {850, 620, 550, 200}},
    {"AC", B, {"L", "H"}, {770, 440}},
    {"PR", B, {"N", "L", "H"}, {850, 620, 270}},
    {"UI", B, {"N", "R"}, {850, 620}},
    {"S", B, {"U", "C"}, {0, 0}},
    {"C", B, {"H", "L", "N"}, {560, 220, 0}},
    {"I", B, {"H", "L", "N"}, {560, 220, 0}},
    {"A", B, {"H", "L", "N"}, {560, 220, 0}},
    {"E", T, {"X", "H", "F", "P", "U"}, {1000, 1000, 970, 940, 910}},
    {"RL", T, {"X", "U", "W", "T", "O"}, {1000, 1000, 970, 960, 950}},
    {"RC", T, {"X", "C", "R", "U"}, {1000, 1000, 960, 920}},
    {"CR", E, {"X", "H", "M", "L"}, {1000, 1500, 1000, 500}},
    {"IR", E, {"X", "H", "M", "L"}, {1000, 1500, 1000, 500}},
    {"AR", E, {"X", "H", "M", "L"}, {1000, 1500, 1000, 500}},
    {"MAV", E, {"X", "N", "A", "L", "P"}, {0}},
    {"MAC", E, {"X", "L", "H"}, {0}},
    {"MPR", E, {"X", "N", "L", "H"}, {0}},
    {"MUI", E, {"X", "N", "R"}, {0}},
    {"MS", E, {"X", "U", "C"}, {0}},
    {"MC", E, {"X", "H", "L", "N"}, {0}},
    {"MI", E, {"X", "H", "L", "N"}, {0}},
    {"MA", E, {"X", "H", "L", "N"}, {0}},
};

const as_cvss_metric_row as_cvss_rows_4[32] = {
    {"AV", B, {"N", "A", "L", "P"}, {0, 1, 2, 3}},
    {"AC", B, {"L", "H"}, {0, 1}},
    {"AT", B, {"N", "P"}, {0, 1}},
    {"PR", B, {"N", "L", "H"}, {0, 1, 2}},
    {"UI", B, {"N", "P", "A"}, {0, 1, 2}},
    {"VC", B, {"H", "L", "N"}, {0, 1, 2}},
    {"VI", B, {"H", "L", "N"}, {0, 1, 2}},
    {"VA", B, {"H", "L", "N"}, {0, 1, 2}},
    {"SC", B, {"H", "L", "N"}, {1, 2, 3}},
    {"SI", B, {"H", "L", "N"}, {1, 2, 3}},
    {"SA", B, {"H", "L", "N"}, {1, 2, 3}},
    {"E", T, {"X", "A", "P", "U"}, {0, 0, 1, 2}},
    {"CR", E, {"X", "H", "M", "L"}, {0, 0, 1, 2}},
    {"IR", E, {"X", "H", "M", "L"}, {0, 0, 1, 2}},
    {"AR", E, {"X", "H", "M", "L"}, {0, 0, 1, 2}},
    {"MAV", E, {"X", "N", "A", "L", "P"}, {0, 0, 1, 2, 3}},
    {"MAC", E, {"X", "L", "H"}, {0, 0, 1}},
    {"MAT", E, {"X", "N", "P"}, {0, 0, 1}},
    {"MPR", E, {"X", "N", "L", "H"}, {0, 0, 1, 2}},
    {"MUI", E, {"X", "N", "P", "A"}, {0, 0, 1, 2}},
    {"MVC", E, {"X", "H", "L", "N"}, {0, 0, 1, 2}},
    {"MVI", E, {"X", "H", "L", "N"}, {0, 0, 1, 2}},
    {"MVA", E, {"X", "H", "L", "N"}, {0, 0, 1, 2}},
    {"MSC", E, {"X", "H", "L", "N"}, {0, 1, 2, 3}},
    {"MSI", E, {"X", "S", "H", "L", "N"}, {0, 0, 1, 2, 3}},
    {"MSA", E, {"X", "S", "H", "L", "N"}, {0, 0, 1, 2, 3}},
    {"S", S, {"X", "N", "P"}, {0}},
    {"AU", S, {"X", "N", "Y"}, {0}},
    {"R", S, {"X", "A", "U", "I"}, {0}},
    {"V", S, {"X", "D", "C"}, {0}},
    {"RE", S, {"X", "L", "M", "H"}, {0}},
    {"U", S, {"X", "Clear", "Green", "Amber", "Red"}, {0}},
};
