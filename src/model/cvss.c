/* SPDX-License-Identifier: Apache-2.0 */
/* CVSS vectors: reading, writing, and the equations of versions 2 and 3; see
 * cvss.h. The tables are in cvss_table.c, version 4 in cvss4.c. */
#include "model/cvss_internal.h"

#include <math.h>
#include <string.h>

static const struct {
    as_str text, prefix;
} versions[] = {
    [AS_CVSS_2_0] = {AS_STR_INIT("2.0"), AS_STR_INIT("")},
    [AS_CVSS_3_0] = {AS_STR_INIT("3.0"), AS_STR_INIT("CVSS:3.0/")},
    [AS_CVSS_3_1] = {AS_STR_INIT("3.1"), AS_STR_INIT("CVSS:3.1/")},
    [AS_CVSS_4_0] = {AS_STR_INIT("4.0"), AS_STR_INIT("CVSS:4.0/")},
};

as_cvss_table as_cvss_table_of(as_cvss_version v)
{
    switch (v) {
    case AS_CVSS_2_0:
        return (as_cvss_table){as_cvss_rows_2, AS_ARRAY_LEN(as_cvss_rows_2)};
    case AS_CVSS_3_0:
    case AS_CVSS_3_1:
        return (as_cvss_table){as_cvss_rows_3, AS_ARRAY_LEN(as_cvss_rows_3)};
    case AS_CVSS_4_0: break;
    }
    return (as_cvss_table){as_cvss_rows_4, AS_ARRAY_LEN(as_cvss_rows_4)};
}

bool as_cvss_not_defined(const as_cvss_metric_row *row, uint8_t value)
{
    const char *text = value ? row->value[value - 1] : "X";

    return strcmp(text, "X") == 0 || strcmp(text, "ND") == 0;
}

unsigned as_cvss_groups(const as_cvss *c)
{
    as_cvss_table t = as_cvss_table_of(c->version);
    unsigned groups = 0;

    for (size_t i = 0; i < t.n; i++)
        if (!as_cvss_not_defined(&t.rows[i], c->value[i]))
            groups |= t.rows[i].group;
    return groups;
}

/* --- reading --- */

static as_rc fail_at(as_err *err, as_str vector, const char *at,
                     const char *why, as_str text)
{
    if (err)
        as_err_line(err, 1, (uint64_t)(at - vector.p) + 1);
    return as_fail(err, AS_ERR_INPUT,
                   "could not read the CVSS vector: %s%.*s%s", why,
                   AS_FMT(text), text.n ? "\"" : "");
}

/* Cuts the prefix off *rest and tells the version. */
static bool read_version(as_str *rest, as_cvss_version *ret)
{
    static const as_str two[] = {AS_STR_INIT("CVSS:2.0/"),
                                 AS_STR_INIT("CVSS2#")};

    for (size_t v = AS_CVSS_3_0; v <= AS_CVSS_4_0; v++)
        if (as_str_starts(*rest, versions[v].prefix)) {
            *rest = as_str_slice(*rest, versions[v].prefix.n, rest->n);
            *ret = (as_cvss_version)v;
            return true;
        }
    *ret = AS_CVSS_2_0;
    for (size_t i = 0; i < AS_ARRAY_LEN(two); i++)
        if (as_str_starts(*rest, two[i])) {
            *rest = as_str_slice(*rest, two[i].n, rest->n);
            return true;
        }
    if (rest->n > 2 && rest->p[0] == '(' && rest->p[rest->n - 1] == ')')
        *rest = as_str_slice(*rest, 1, rest->n - 1);
    return !as_str_starts_nocase(*rest, AS_STR("CVSS"));
}

static bool find_row(as_cvss_table t, as_str name, size_t *ret)
{
    for (size_t i = 0; i < t.n; i++)
        if (as_str_eq(name, as_str_c(t.rows[i].name))) {
            *ret = i;
            return true;
        }
    return false;
}

static uint8_t find_value(const as_cvss_metric_row *row, as_str value)
{
    for (uint8_t i = 0; i < AS_CVSS_VALUES && row->value[i]; i++)
        if (as_str_eq(value, as_str_c(row->value[i])))
            return (uint8_t)(i + 1);
    return 0;
}

static as_rc read_field(as_str vector, as_str field, as_cvss *c, as_err *err)
{
    as_cvss_table t = as_cvss_table_of(c->version);
    as_str value = field;
    as_str name = as_str_cut(&value, ':');
    size_t i;

    if (field.n == 0)
        return fail_at(err, vector, field.p, "an empty metric", AS_STR(""));
    if (as_str_is_absent(value))
        return fail_at(err, vector, field.p, "no colon in \"", field);
    if (!find_row(t, name, &i))
        return fail_at(err, vector, field.p, "no such metric: \"", name);
    if (c->value[i])
        return fail_at(err, vector, field.p, "stated twice: \"", name);
    c->value[i] = find_value(&t.rows[i], value);
    if (!c->value[i])
        return fail_at(err, vector, value.p, "no such value: \"", field);
    return AS_OK;
}

as_rc as_cvss_read(as_str vector, as_cvss *ret, as_err *err)
{
    as_cvss c = {0};
    as_str rest = vector;
    as_cvss_table t;
    as_rc rc;

    if (vector.n == 0)
        return as_fail(err, AS_ERR_INPUT,
                       "could not read the CVSS vector: it is empty");
    if (!read_version(&rest, &c.version))
        return fail_at(err, vector, vector.p,
                       "not version 2.0, 3.0, 3.1 or 4.0: \"",
                       as_str_slice(vector, 0, 32));
    do {
        as_str field = as_str_cut(&rest, '/');

        rc = read_field(vector, field, &c, err);
        if (rc != AS_OK)
            return rc;
    } while (!as_str_is_absent(rest));
    t = as_cvss_table_of(c.version);
    for (size_t i = 0; i < t.n; i++)
        if (t.rows[i].group == AS_CVSS_BASE && !c.value[i])
            return fail_at(err, vector, vector.p + vector.n,
                           "a base metric is missing: \"",
                           as_str_c(t.rows[i].name));
    *ret = c;
    return AS_OK;
}

/* --- version 2 --- */

/* A weight as a number; a metric that is not stated weighs as not defined. */
static double weight(const as_cvss *c, size_t i)
{
    const as_cvss_metric_row *row = &as_cvss_table_of(c->version).rows[i];
    uint8_t v = c->value[i];

    for (uint8_t k = 0; !v && k < AS_CVSS_VALUES && row->value[k]; k++)
        if (as_cvss_not_defined(row, (uint8_t)(k + 1)))
            v = (uint8_t)(k + 1);
    return v ? row->weight[v - 1] / 1000.0 : 0;
}

/* To tenths, a half away from zero. The products have at most 15 decimals, so
 * what a double adds or loses is far below the margin. */
static int tenths(double x)
{
    return x < 0 ? -(int)floor(0.5 + 1e-9 - x * 10)
                 : (int)floor(0.5 + 1e-9 + x * 10);
}

static int not_negative(int score)
{
    return score < 0 ? 0 : score;
}

/* May be negative: the equations subtract 1.5, and it is the result that is
 * never below 0, not what they pass on. */
static int base_2(const as_cvss *c, bool adjusted)
{
    double rest = 1, impact, exploitability;

    for (size_t i = 0; i < 3; i++)
        rest *= 1 - weight(c, AS_CVSS2_C + i) *
                        (adjusted ? weight(c, AS_CVSS2_CR + i) : 1);
    impact = 10.41 * (1 - rest);
    if (adjusted && impact > 10)
        impact = 10;
    exploitability = 20 * weight(c, AS_CVSS2_AV) * weight(c, AS_CVSS2_AC) *
                     weight(c, AS_CVSS2_AU);
    if (impact <= 0)
        return 0;
    return tenths((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176);
}

static int temporal_2(const as_cvss *c, int base)
{
    return tenths(base / 10.0 * weight(c, AS_CVSS2_E) * weight(c, AS_CVSS2_RL) *
                  weight(c, AS_CVSS2_RC));
}

static void score_2(const as_cvss *c, as_cvss_scores *s)
{
    unsigned groups = as_cvss_groups(c);

    s->base = s->overall = not_negative(base_2(c, false));
    if (groups & AS_CVSS_TEMPORAL)
        s->temporal = s->overall = temporal_2(c, s->base);
    if (groups & AS_CVSS_ENVIRONMENTAL) {
        double t = temporal_2(c, base_2(c, true)) / 10.0;

        s->environmental = s->overall = not_negative(tenths(
            (t + (10 - t) * weight(c, AS_CVSS2_CDP)) * weight(c, AS_CVSS2_TD)));
    }
}

/* --- version 3 --- */

/* The smallest tenth not below x. 3.1 defines it over x in 100000ths, so that
 * no platform's arithmetic shows (its appendix A); 3.0 means the exact number,
 * of which a double is never further off than the margin. */
static int round_up(as_cvss_version v, double x)
{
    long n;

    if (v == AS_CVSS_3_0)
        return (int)ceil(x * 10 - 1e-12);
    n = lround(x * 100000);
    return (int)(n % 10000 == 0 ? n / 10000 : n / 10000 + 1);
}

/* Position of the modified metric when it counts, else of the metric. */
static uint8_t effective_3(const as_cvss *c, size_t i, bool modified)
{
    size_t m = i + AS_CVSS3_MAV;

    if (modified && c->value[m] > 1)
        return (uint8_t)(c->value[m] - 1);
    return c->value[i];
}

static double weight_3(const as_cvss *c, size_t i, bool modified)
{
    return as_cvss_rows_3[i].weight[effective_3(c, i, modified) - 1] / 1000.0;
}

static double privileges(const as_cvss *c, bool modified, bool changed)
{
    static const double weights[] = {0.85, 0.68, 0.5};

    if (!changed)
        return weight_3(c, AS_CVSS3_PR, modified);
    return weights[effective_3(c, AS_CVSS3_PR, modified) - 1];
}

static double impact_3(const as_cvss *c, bool modified, bool changed)
{
    double rest = 1, iss;

    for (size_t i = 0; i < 3; i++)
        rest *= 1 - weight_3(c, AS_CVSS3_C + i, modified) *
                        (modified ? weight(c, AS_CVSS3_CR + i) : 1);
    iss = 1 - rest;
    if (modified && iss > 0.915)
        iss = 0.915;
    if (!changed)
        return 6.42 * iss;
    /* 3.1 changed the exponent, for the environmental score only. */
    if (modified && c->version == AS_CVSS_3_1)
        return 7.52 * (iss - 0.029) - 3.25 * pow(iss * 0.9731 - 0.02, 13);
    return 7.52 * (iss - 0.029) - 3.25 * pow(iss - 0.02, 15);
}

static int base_3(const as_cvss *c, bool modified)
{
    bool changed = effective_3(c, AS_CVSS3_S, modified) == 2;
    double impact = impact_3(c, modified, changed), sum;

    /* Exact: without impact the factors are 1, with scope below 0. */
    if (impact <= 0)
        return 0;
    sum = impact + 8.22 * weight_3(c, AS_CVSS3_AV, modified) *
                       weight_3(c, AS_CVSS3_AC, modified) *
                       privileges(c, modified, changed) *
                       weight_3(c, AS_CVSS3_UI, modified);
    if (changed)
        sum *= 1.08;
    return round_up(c->version, sum > 10 ? 10 : sum);
}

static int temporal_3(const as_cvss *c, int base)
{
    return round_up(c->version, base / 10.0 * weight(c, AS_CVSS3_E) *
                                    weight(c, AS_CVSS3_RL) *
                                    weight(c, AS_CVSS3_RC));
}

static void score_3(const as_cvss *c, as_cvss_scores *s)
{
    unsigned groups = as_cvss_groups(c);

    s->base = base_3(c, false);
    s->temporal = temporal_3(c, s->base);
    s->environmental = temporal_3(c, base_3(c, true));
    s->overall =
        groups & AS_CVSS_ENVIRONMENTAL ? s->environmental : s->temporal;
}

/* --- all --- */

static void score_4(const as_cvss *c, as_cvss_scores *s)
{
    unsigned groups = as_cvss_groups(c);

    s->base = as_cvss4_score(c, AS_CVSS_BASE, s->macro_vector);
    if (groups & AS_CVSS_TEMPORAL)
        s->temporal =
            as_cvss4_score(c, AS_CVSS_BASE | AS_CVSS_TEMPORAL, s->macro_vector);
    s->overall = as_cvss4_score(c, groups, s->macro_vector);
    if (groups & AS_CVSS_ENVIRONMENTAL)
        s->environmental = s->overall;
}

void as_cvss_score(const as_cvss *c, as_cvss_scores *ret)
{
    *ret = (as_cvss_scores){.temporal = AS_CVSS_NO_SCORE,
                            .environmental = AS_CVSS_NO_SCORE};
    switch (c->version) {
    case AS_CVSS_2_0: score_2(c, ret); return;
    case AS_CVSS_3_0:
    case AS_CVSS_3_1: score_3(c, ret); return;
    case AS_CVSS_4_0: score_4(c, ret); return;
    }
}

void as_cvss_write(const as_cvss *c, as_buf *out)
{
    as_cvss_table t = as_cvss_table_of(c->version);
    const char *slash = "";

    as_buf_str(out, versions[c->version].prefix);
    for (size_t i = 0; i < t.n; i++) {
        if (as_cvss_not_defined(&t.rows[i], c->value[i]))
            continue;
        as_buf_printf(out, "%s%s:%s", slash, t.rows[i].name,
                      t.rows[i].value[c->value[i] - 1]);
        slash = "/";
    }
}

as_str as_cvss_metric(const as_cvss *c, as_str metric)
{
    as_cvss_table t = as_cvss_table_of(c->version);
    size_t i;

    if (!find_row(t, metric, &i) || !c->value[i])
        return AS_ABSENT;
    return as_str_c(t.rows[i].value[c->value[i] - 1]);
}

as_str as_cvss_version_text(as_cvss_version v)
{
    return versions[v].text;
}

as_cvss_severity as_cvss_severity_of(as_cvss_version v, int score)
{
    if (score < 0 || (score == 0 && v != AS_CVSS_2_0))
        return AS_CVSS_NONE;
    if (score < 40)
        return AS_CVSS_LOW;
    if (score < 70)
        return AS_CVSS_MEDIUM;
    return score < 90 || v == AS_CVSS_2_0 ? AS_CVSS_HIGH : AS_CVSS_CRITICAL;
}

as_str as_cvss_severity_text(as_cvss_severity s)
{
    static const as_str words[] = {
        [AS_CVSS_NONE] = AS_STR_INIT("none"),
        [AS_CVSS_LOW] = AS_STR_INIT("low"),
        [AS_CVSS_MEDIUM] = AS_STR_INIT("medium"),
        [AS_CVSS_HIGH] = AS_STR_INIT("high"),
        [AS_CVSS_CRITICAL] = AS_STR_INIT("critical"),
    };
    return words[s];
}

static void score_to_json(as_json_writer *w, as_str key, int score)
{
    as_json_write_key(w, key);
    if (score == AS_CVSS_NO_SCORE)
        as_json_write_null(w);
    else
        as_json_write_double(w, score / 10.0);
}

static void version_4_to_json(const as_cvss *c, const as_cvss_scores *s,
                              as_json_writer *w)
{
    static const as_str names[] = {
        AS_STR_INIT("CVSS-B"),
        AS_STR_INIT("CVSS-BT"),
        AS_STR_INIT("CVSS-BE"),
        AS_STR_INIT("CVSS-BTE"),
    };
    unsigned groups = as_cvss_groups(c);

    as_json_write_field(w, AS_STR("nomenclature"),
                        names[!!(groups & AS_CVSS_TEMPORAL) +
                              2 * !!(groups & AS_CVSS_ENVIRONMENTAL)]);
    as_json_write_field(w, AS_STR("macro_vector"), as_str_c(s->macro_vector));
}

void as_cvss_to_json(const as_cvss *c, as_json_writer *w)
{
    as_cvss_table t = as_cvss_table_of(c->version);
    as_cvss_scores s;
    as_buf text;

    as_cvss_score(c, &s);
    as_buf_init(&text, 1024);
    as_cvss_write(c, &text);
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("version"), as_cvss_version_text(c->version));
    as_json_write_field(w, AS_STR("vector"), as_buf_text(&text));
    as_buf_done(&text);
    score_to_json(w, AS_STR("score"), s.overall);
    as_json_write_field(
        w, AS_STR("severity"),
        as_cvss_severity_text(as_cvss_severity_of(c->version, s.overall)));
    score_to_json(w, AS_STR("base_score"), s.base);
    as_json_write_field(
        w, AS_STR("base_severity"),
        as_cvss_severity_text(as_cvss_severity_of(c->version, s.base)));
    score_to_json(w,
                  c->version == AS_CVSS_4_0 ? AS_STR("threat_score")
                                            : AS_STR("temporal_score"),
                  s.temporal);
    score_to_json(w, AS_STR("environmental_score"), s.environmental);
    if (c->version == AS_CVSS_4_0)
        version_4_to_json(c, &s, w);
    as_json_write_key(w, AS_STR("metrics"));
    as_json_write_object(w);
    for (size_t i = 0; i < t.n; i++)
        if (c->value[i])
            as_json_write_field(w, as_str_c(t.rows[i].name),
                                as_str_c(t.rows[i].value[c->value[i] - 1]));
    as_json_write_object_end(w);
    as_json_write_object_end(w);
}
