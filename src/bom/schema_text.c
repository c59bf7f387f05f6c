/* SPDX-License-Identifier: Apache-2.0 */
/* Checks on plain values: patterns, enumerations, formats of JSON Schema and
 * built-in types of XML Schema (part 2). All of them are linear in the value.
 *
 * Formats are checked as far as they keep documents apart that a reader can
 * use from those it cannot: a date must be a real date; an IRI reference must
 * not hold characters RFC 3987 leaves out and no broken percent escape; a mail
 * address must have two sides. */
#include "bom/schema_internal.h"

#include <string.h>

bool as_schema_matches(const as_schema_pattern *p, as_str s)
{
    const uint8_t *class = as_schema_classes + p->class;
    const uint16_t *rows = as_schema_rows + p->row;
    unsigned state = 1;

    for (size_t i = 0; i < s.n && state; i++)
        state = rows[state * p->width + class[(uint8_t)s.p[i]]];
    return as_schema_accepts[p->accept + state] != 0;
}

size_t as_schema_search(uint32_t at, size_t n, size_t stride, as_str s)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t id = as_schema_words[at + middle * stride];
        int c = as_str_cmp(as_schema_strings[id], s);
        if (c == 0)
            return middle;
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return n;
}

size_t as_schema_length(as_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += ((uint8_t)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* ---- dates ------------------------------------------------------------- */

/* n digits at the start of *s. */
static bool take_digits(as_str *s, size_t n, unsigned *ret)
{
    unsigned v = 0;

    if (s->n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!as_ascii_is_digit(s->p[i]))
            return false;
        v = v * 10 + (unsigned)(s->p[i] - '0');
    }
    *s = as_str_slice(*s, n, s->n);
    *ret = v;
    return true;
}

static bool take(as_str *s, const char *any)
{
    if (!s->n || !s->p[0] || !strchr(any, s->p[0]))
        return false;
    *s = as_str_slice(*s, 1, s->n);
    return true;
}

static bool take_date(as_str *s)
{
    static const uint8_t days[] = {31, 29, 31, 30, 31, 30,
                                   31, 31, 30, 31, 30, 31};
    unsigned y, m, d;

    if (!take_digits(s, 4, &y) || !take(s, "-") || !take_digits(s, 2, &m) ||
        !take(s, "-") || !take_digits(s, 2, &d))
        return false;
    if (m < 1 || m > 12 || d < 1 || d > days[m - 1])
        return false;
    return m != 2 || d < 29 || (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
}

/* hh:mm:ss with a fraction; last is the highest second: 60 where leap seconds
 * are written. */
static bool take_time(as_str *s, unsigned last, bool midnight)
{
    unsigned h, m, sec, digit;
    bool fraction = false;

    if (!take_digits(s, 2, &h) || !take(s, ":") || !take_digits(s, 2, &m) ||
        !take(s, ":") || !take_digits(s, 2, &sec))
        return false;
    if (take(s, ".")) {
        if (!take_digits(s, 1, &digit))
            return false;
        do
            fraction |= digit != 0;
        while (take_digits(s, 1, &digit));
    }
    if (h == 24)
        return midnight && m == 0 && sec == 0 && !fraction;
    return h < 24 && m < 60 && sec <= last;
}

static bool take_offset(as_str *s, unsigned most_hours)
{
    unsigned h, m;

    return take(s, "+-") && take_digits(s, 2, &h) && take(s, ":") &&
           take_digits(s, 2, &m) && m < 60 &&
           (h < most_hours || (h == most_hours && m == 0));
}

/* RFC 3339, date-time: the offset is needed. */
static bool is_date_time(as_str s)
{
    return take_date(&s) && take(&s, "Tt") && take_time(&s, 60, false) &&
           (take(&s, "Zz") || take_offset(&s, 24)) && s.n == 0;
}

/* XML Schema part 2, 3.2.7 and 3.2.9: the offset may be missing, years may be
 * longer and negative. */
static bool is_xsd_date(as_str s, bool time)
{
    size_t digits;

    take(&s, "-");
    digits = as_str_find(s, '-');
    for (size_t i = 0; i < digits && digits > 4 && i < digits - 4; i++)
        if (!as_ascii_is_digit(s.p[i]) || (i == 0 && s.p[i] == '0'))
            return false;
    if (digits > 4)
        s = as_str_slice(s, digits - 4, s.n);
    if (!take_date(&s))
        return false;
    if (time && (!take(&s, "T") || !take_time(&s, 59, true)))
        return false;
    return s.n == 0 || ((take(&s, "Z") || take_offset(&s, 14)) && s.n == 0);
}

/* ---- references and addresses ------------------------------------------ */

static bool is_hex(char c)
{
    return as_ascii_is_digit(c) || (c >= 'a' && c <= 'f') ||
           (c >= 'A' && c <= 'F');
}

/* No character RFC 3987 leaves out, and no broken percent escape. */
static bool is_iri_text(as_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if ((uint8_t)c <= ' ' || c == 0x7F || strchr("<>\"{}|\\^`", c))
            return false;
        if (c == '%' &&
            (s.n - i < 3 || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2])))
            return false;
    }
    return true;
}

static bool has_scheme(as_str s)
{
    size_t colon = as_str_find(s, ':');

    if (colon == s.n || colon == 0 || !as_ascii_is_alpha(s.p[0]))
        return false;
    for (size_t i = 0; i < colon; i++)
        if (!as_ascii_is_alnum(s.p[i]) && !strchr("+-.", s.p[i]))
            return false;
    return true;
}

static bool is_email(as_str s)
{
    size_t at = as_str_rfind(s, '@');

    if (at == s.n || at == 0 || at + 1 == s.n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((uint8_t)s.p[i] < ' ' || s.p[i] == 0x7F ||
            (i > at && s.p[i] == ' '))
            return false;
    return true;
}

bool as_schema_format_holds(as_schema_format f, as_str s)
{
    switch (f) {
    case AS_SCHEMA_FORMAT_DATE_TIME: return is_date_time(s);
    case AS_SCHEMA_FORMAT_DATE: return take_date(&s) && s.n == 0;
    case AS_SCHEMA_FORMAT_IDN_EMAIL: return is_email(s);
    case AS_SCHEMA_FORMAT_IRI_REFERENCE: return is_iri_text(s);
    case AS_SCHEMA_FORMAT_URI: return has_scheme(s) && is_iri_text(s);
    }
    return true;
}

bool as_schema_format_is_advice(as_schema_format f)
{
    return f == AS_SCHEMA_FORMAT_IRI_REFERENCE ||
           f == AS_SCHEMA_FORMAT_IDN_EMAIL;
}

const char *as_schema_format_name(as_schema_format f)
{
    switch (f) {
    case AS_SCHEMA_FORMAT_DATE_TIME:
        return "a date and time with offset (RFC 3339), like "
               "2024-05-31T12:00:00Z";
    case AS_SCHEMA_FORMAT_DATE: return "a date (RFC 3339), like 2024-05-31";
    case AS_SCHEMA_FORMAT_IDN_EMAIL: return "a mail address";
    case AS_SCHEMA_FORMAT_IRI_REFERENCE: return "an IRI reference (RFC 3987)";
    case AS_SCHEMA_FORMAT_URI: return "a URI (RFC 3986)";
    }
    return "";
}

/* ---- built-in types of XML Schema -------------------------------------- */

static bool is_integer(as_str s)
{
    take(&s, "+-");
    for (size_t i = 0; i < s.n; i++)
        if (!as_ascii_is_digit(s.p[i]))
            return false;
    return s.n > 0;
}

static bool is_decimal(as_str s)
{
    size_t digits = 0, points = 0;

    take(&s, "+-");
    for (size_t i = 0; i < s.n; i++) {
        if (as_ascii_is_digit(s.p[i]))
            digits++;
        else if (s.p[i] == '.')
            points++;
        else
            return false;
    }
    return digits > 0 && points <= 1;
}

static bool is_zero(as_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '1' && s.p[i] <= '9')
            return false;
    return true;
}

static bool is_boolean(as_str s)
{
    return as_str_eq(s, AS_STR("true")) || as_str_eq(s, AS_STR("false")) ||
           as_str_eq(s, AS_STR("1")) || as_str_eq(s, AS_STR("0"));
}

bool as_schema_text_holds(as_schema_text t, as_str s)
{
    switch (t) {
    case AS_SCHEMA_TEXT_STRING:
    case AS_SCHEMA_TEXT_NORMALIZED_STRING:
    case AS_SCHEMA_TEXT_TOKEN:
    case AS_SCHEMA_TEXT_ANY_URI: /* 3.2.17: processors may take any text */
        return true;
    case AS_SCHEMA_TEXT_BOOLEAN: return is_boolean(s);
    case AS_SCHEMA_TEXT_INTEGER: return is_integer(s);
    case AS_SCHEMA_TEXT_DECIMAL: return is_decimal(s);
    case AS_SCHEMA_TEXT_NON_NEGATIVE_INTEGER:
        return is_integer(s) && (s.p[0] != '-' || is_zero(s));
    case AS_SCHEMA_TEXT_POSITIVE_INTEGER:
        return is_integer(s) && s.p[0] != '-' && !is_zero(s);
    case AS_SCHEMA_TEXT_DATE_TIME: return is_xsd_date(s, true);
    case AS_SCHEMA_TEXT_DATE: return is_xsd_date(s, false);
    }
    return true;
}

const char *as_schema_text_name(as_schema_text t)
{
    switch (t) {
    case AS_SCHEMA_TEXT_STRING:
    case AS_SCHEMA_TEXT_NORMALIZED_STRING:
    case AS_SCHEMA_TEXT_TOKEN: return "text";
    case AS_SCHEMA_TEXT_ANY_URI: return "a URI";
    case AS_SCHEMA_TEXT_BOOLEAN: return "true or false";
    case AS_SCHEMA_TEXT_INTEGER: return "a whole number";
    case AS_SCHEMA_TEXT_DECIMAL: return "a decimal number";
    case AS_SCHEMA_TEXT_NON_NEGATIVE_INTEGER:
        return "a whole number that is not negative";
    case AS_SCHEMA_TEXT_POSITIVE_INTEGER: return "a whole number from 1 on";
    case AS_SCHEMA_TEXT_DATE_TIME:
        return "a date and time (XML Schema dateTime), like "
               "2024-05-31T12:00:00Z";
    case AS_SCHEMA_TEXT_DATE:
        return "a date (XML Schema date), like 2024-05-31";
    }
    return "";
}

int as_schema_decimal_cmp(as_str s, uint32_t bound)
{
    bool negative = s.n && s.p[0] == '-';
    uint64_t whole = 0;
    size_t i = s.n && strchr("+-", s.p[0]) ? 1 : 0;

    if (negative)
        return bound || !is_zero(s) ? -1 : 0;
    for (; i < s.n && s.p[i] != '.'; i++)
        if (whole <= UINT32_MAX)
            whole = whole * 10 + (uint64_t)(s.p[i] - '0');
    if (whole != bound)
        return whole < bound ? -1 : 1;
    return is_zero(as_str_slice(s, i, s.n)) ? 0 : 1;
}

/* ---- what may have been meant ------------------------------------------ */

enum { NEAREST_BYTES = 48 };

/* Edits (Levenshtein) between two short strings, case folded; limit and above
 * are the same. */
static size_t distance(as_str a, as_str b, size_t limit)
{
    uint8_t row[NEAREST_BYTES + 1];

    if (a.n > NEAREST_BYTES || b.n > NEAREST_BYTES || a.n > b.n + limit ||
        b.n > a.n + limit)
        return limit;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = (uint8_t)j;
    for (size_t i = 1; i <= a.n; i++) {
        uint8_t corner = row[0];
        row[0] = (uint8_t)i;
        for (size_t j = 1; j <= b.n; j++) {
            bool same =
                as_ascii_lower(a.p[i - 1]) == as_ascii_lower(b.p[j - 1]);
            uint8_t best = (uint8_t)(corner + !same);
            if (row[j] + 1 < best)
                best = (uint8_t)(row[j] + 1);
            if (row[j - 1] + 1 < best)
                best = (uint8_t)(row[j - 1] + 1);
            corner = row[j];
            row[j] = best;
        }
    }
    return row[b.n];
}

as_str as_schema_nearest(uint32_t at, size_t n, size_t stride, as_str s)
{
    as_str best = AS_ABSENT;
    size_t limit = s.n / 3 < 2 ? s.n / 3 + 1 : 3;

    for (size_t i = 0; i < n; i++) {
        as_str t = as_schema_strings[as_schema_words[at + i * stride]];
        size_t d = distance(s, t, limit);
        if (d < limit) {
            limit = d;
            best = t;
        }
        if (d == 0)
            break;
    }
    return best;
}
