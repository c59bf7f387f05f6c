/* SPDX-License-Identifier: Apache-2.0 */
/* The score of CVSS 4.0 (section 8 of its specification).
 *
 * A vector falls into one of 270 macro vectors: six digits, one for each of
 * the equivalence sets EQ1 to EQ6, 0 the most severe. Each macro vector has a
 * score, set by experts. Within it, the score goes down in proportion to how
 * far the vector lies below the most severe vectors of its macro vector, set
 * by set, towards the score of the next lower macro vector.
 *
 * All in whole numbers: distances in steps of the values, scores in tenths,
 * fractions over 840, the least common multiple of the depths. */
#include "model/cvss_internal.h"

#include <string.h>

/* Steps below the most severe value, in an order that keeps each equivalence
 * set together. */
enum {
    L_AV,
    L_PR,
    L_UI,
    L_AC,
    L_AT,
    L_VC,
    L_VI,
    L_VA,
    L_CR,
    L_IR,
    L_AR,
    L_SC,
    L_SI,
    L_SA,
    L_E,
    N_LEVELS
};
enum { DENOMINATOR = 840, MAX_STEPS = 6, TOPS = 5 };

static const uint8_t level_of_metric[15] = {
    L_AV, L_AC, L_AT, L_PR, L_UI, L_VC, L_VI, L_VA,
    L_SC, L_SI, L_SA, L_E,  L_CR, L_IR, L_AR,
};

/* Scores of the macro vectors in tenths, [EQ1][EQ2][EQ3] and in a row EQ4,
 * EQ5, EQ6 (the last runs fastest); -1 where no vector leads (EQ3 2 excludes
 * EQ6 0). */
static const int8_t macro_scores[3][2][3][18] = {
    {{{100, 99, 98, 95, 95, 92, 100, 96, 93, 87, 91, 81, 93, 90, 89, 80, 81,
       68},
      {98, 95, 95, 92, 90, 84, 93, 92, 89, 81, 81, 65, 88, 80, 78, 70, 69, 48},
      {-1, 92, -1, 82, -1, 72, -1, 79, -1, 69, -1, 50, -1, 69, -1, 55, -1, 27}},
     {{99, 97, 95, 92, 92, 85, 95, 91, 90, 83, 84, 71, 92, 81, 82, 71, 72, 53},
      {95, 93, 92, 85, 85, 73, 92, 82, 80, 72, 70, 59, 84, 70, 71, 52, 50, 30},
      {-1, 86, -1, 75, -1, 52, -1, 71, -1, 52, -1, 29, -1, 63, -1, 29, -1,
       17}}},
    {{{98, 95, 94, 87, 91, 81, 94, 89, 86, 74, 77, 64, 87, 75, 74, 63, 63, 49},
      {94, 89, 88, 77, 76, 67, 86, 76, 74, 58, 59, 50, 72, 57, 57, 52, 52, 25},
      {-1, 83, -1, 70, -1, 54, -1, 65, -1, 58, -1, 26, -1, 53, -1, 21, -1, 13}},
     {{95, 90, 88, 76, 76, 70, 90, 77, 75, 62, 61, 53, 77, 66, 68, 59, 52, 30},
      {89, 78, 76, 67, 62, 58, 74, 59, 57, 57, 47, 23, 61, 52, 57, 29, 24, 16},
      {-1, 71, -1, 59, -1, 30, -1, 58, -1, 26, -1, 15, -1, 23, -1, 13, -1, 6}}},
    {{{93, 87, 86, 72, 75, 58, 86, 74, 74, 61, 56, 34, 70, 54, 52, 40, 40, 22},
      {85, 75, 74, 55, 62, 51, 72, 57, 55, 41, 46, 19, 53, 36, 34, 19, 19, 8},
      {-1, 64, -1, 51, -1, 20, -1, 47, -1, 21, -1, 11, -1, 24, -1, 9, -1, 4}},
     {{88, 75, 73, 53, 60, 50, 73, 55, 59, 40, 41, 20, 54, 43, 45, 22, 20, 11},
      {75, 55, 58, 45, 40, 21, 61, 51, 48, 18, 20, 9, 46, 18, 17, 7, 8, 2},
      {-1, 53, -1, 24, -1, 14, -1, 24, -1, 12, -1, 5, -1, 10, -1, 3, -1, 1}}},
};

/* One level of one equivalence set: its depth in steps and its most severe
 * vectors, each as the steps of the set's metrics. */
typedef struct eq_level {
    uint8_t depth, n;
    uint8_t top[TOPS][MAX_STEPS];
} eq_level;

static const eq_level eq1[3] = {
    {1, 1, {{0, 0, 0}}},
    {4, 3, {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {5, 2, {{3, 0, 0}, {1, 1, 1}}},
};
static const eq_level eq2[2] = {
    {1, 1, {{0, 0}}},
    {2, 2, {{1, 0}, {0, 1}}},
};
/* EQ3 and EQ6 are not independent: [EQ3][EQ6]; VC VI VA CR IR AR. */
static const eq_level eq36[3][2] = {
    {{7, 1, {{0, 0, 0, 0, 0, 0}}},
     {6, 2, {{0, 0, 1, 1, 1, 0}, {0, 0, 0, 1, 1, 1}}}},
    {{8, 2, {{1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0}}},
     {8,
      5,
      {{1, 0, 1, 0, 1, 0},
       {1, 0, 0, 0, 1, 1},
       {0, 1, 0, 1, 0, 1},
       {0, 1, 1, 1, 0, 0},
       {1, 1, 0, 0, 0, 1}}}},
    {{0}, {10, 1, {{1, 1, 1, 0, 0, 0}}}},
};
static const eq_level eq4[3] = {
    {6, 1, {{1, 0, 0}}},
    {5, 1, {{1, 1, 1}}},
    {4, 1, {{2, 2, 2}}},
};

/* What counts for a metric: the modified value when it is defined and in the
 * mask, else the stated one, else the default, which is the most severe. */
static void levels_of(const as_cvss *c, unsigned groups, uint8_t *levels)
{
    for (size_t i = 0; i <= AS_CVSS4_AR; i++) {
        size_t m = i <= AS_CVSS4_SA ? i + AS_CVSS4_MAV : i;
        const as_cvss_metric_row *row = &as_cvss_rows_4[m];

        if (!(groups & row->group) || as_cvss_not_defined(row, c->value[m])) {
            m = i;
            row = &as_cvss_rows_4[m];
        }
        levels[level_of_metric[i]] = (groups & row->group) && c->value[m]
                                         ? (uint8_t)row->weight[c->value[m] - 1]
                                         : 0;
    }
}

static uint8_t eq3_of(const uint8_t *l)
{
    if (l[L_VC] == 0 && l[L_VI] == 0)
        return 0;
    return l[L_VC] == 0 || l[L_VI] == 0 || l[L_VA] == 0 ? 1 : 2;
}

static uint8_t eq4_of(const uint8_t *l)
{
    if (l[L_SI] == 0 || l[L_SA] == 0)
        return 0;
    return l[L_SC] == 1 || l[L_SI] == 1 || l[L_SA] == 1 ? 1 : 2;
}

static void macro_of(const uint8_t *l, uint8_t eq[6])
{
    if (l[L_AV] == 0 && l[L_PR] == 0 && l[L_UI] == 0)
        eq[0] = 0;
    else if ((l[L_AV] == 0 || l[L_PR] == 0 || l[L_UI] == 0) && l[L_AV] != 3)
        eq[0] = 1;
    else
        eq[0] = 2;
    eq[1] = l[L_AC] != 0 || l[L_AT] != 0;
    eq[2] = eq3_of(l);
    eq[3] = eq4_of(l);
    eq[4] = l[L_E];
    eq[5] = !((l[L_CR] == 0 && l[L_VC] == 0) ||
              (l[L_IR] == 0 && l[L_VI] == 0) || (l[L_AR] == 0 && l[L_VA] == 0));
}

/* The score of the macro vector with one digit raised, or -1 when there is
 * none below. */
static int score_below(const uint8_t eq[6], size_t digit, bool raise)
{
    static const uint8_t top[6] = {2, 1, 2, 2, 2, 1};
    uint8_t e[6];

    memcpy(e, eq, sizeof e);
    if (raise && e[digit]++ == top[digit])
        return -1;
    return macro_scores[e[0]][e[1]][e[2]][(e[3] * 3 + e[4]) * 2 + e[5]];
}

/* Of two ways down from EQ3 0, EQ6 0 the higher score counts. */
static int score_below_36(const uint8_t eq[6])
{
    int left = score_below(eq, 5, true);
    int right = score_below(eq, 2, true);

    if (eq[2] == 0 && eq[5] == 0)
        return left > right ? left : right;
    return eq[5] == 0 ? left : right;
}

/* Steps below the first of the most severe vectors that lies nowhere below
 * the vector. */
static int distance(const eq_level *q, const uint8_t *levels, size_t n)
{
    for (size_t t = 0; t < q->n; t++) {
        int sum = 0;
        size_t i = 0;

        while (i < n && levels[i] >= q->top[t][i]) {
            sum += levels[i] - q->top[t][i];
            i++;
        }
        if (i == n)
            return sum;
    }
    return 0;
}

int as_cvss4_score(const as_cvss *c, unsigned groups, char macro[8])
{
    uint8_t l[N_LEVELS], eq[6];
    int score, n = 0, sum = 0;

    levels_of(c, groups, l);
    macro_of(l, eq);
    for (size_t i = 0; i < 6; i++)
        macro[i] = (char)('0' + eq[i]);
    macro[6] = 0;
    if (l[L_VC] == 2 && l[L_VI] == 2 && l[L_VA] == 2 && l[L_SC] == 3 &&
        l[L_SI] == 3 && l[L_SA] == 3)
        return 0;
    score = score_below(eq, 0, false);
    const struct {
        int below;
        const eq_level *q;
        size_t from, n;
    } sets[] = {
        {score_below(eq, 0, true), &eq1[eq[0]], L_AV, 3},
        {score_below(eq, 1, true), &eq2[eq[1]], L_AC, 2},
        {score_below_36(eq), &eq36[eq[2]][eq[5]], L_VC, 6},
        {score_below(eq, 3, true), &eq4[eq[3]], L_SC, 3},
        /* One value a level: EQ5 never lies below its top, but counts. */
        {score_below(eq, 4, true), NULL, L_E, 0},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(sets); i++) {
        if (sets[i].below < 0)
            continue;
        n++;
        if (sets[i].q)
            sum += (score - sets[i].below) *
                   distance(sets[i].q, l + sets[i].from, sets[i].n) *
                   (DENOMINATOR / sets[i].q->depth);
    }
    if (n == 0)
        return score;
    /* score - sum / 840 / n, a half rounded up. */
    score = (2 * (score * DENOMINATOR * n - sum) + DENOMINATOR * n) /
            (2 * DENOMINATOR * n);
    return score < 0 ? 0 : score;
}
