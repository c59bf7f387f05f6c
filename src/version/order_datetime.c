/* SPDX-License-Identifier: Apache-2.0 */
/* Instants: RFC 3339 section 5.6 (VERS "datetime"), and bare dates.
 *
 *     2024-01-31T12:00:00.5+02:00    2024-01-31    20240131
 *
 * A bare date is its first instant in UTC. What counts is the instant, whatever
 * the offset; ":60" is a leap second and the same as the next minute.
 *
 * key ::= seconds fraction
 * seconds: five bytes, big endian, from two days before the year 0
 * fraction: its digits, without trailing zeros */
#include "version/version_internal.h"

typedef struct instant {
    uint64_t year, month, day, hour, minute, second;
    int64_t offset; /* minutes east */
    as_str fraction;
} instant;

/* Cuts exactly n digits; false when they are not there. */
static bool take_n(as_str *rest, size_t n, uint64_t *ret)
{
    if (!as_str_u64(as_str_slice(*rest, 0, n), ret) || rest->n < n)
        return false;
    as_version_skip(rest, n);
    return true;
}

static bool take_char(as_str *rest, char c)
{
    if (!as_version_begins(*rest, c))
        return false;
    as_version_skip(rest, 1);
    return true;
}

static bool take_date(as_str *rest, instant *t)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30,
                                   31, 31, 30, 31, 30, 31};
    bool dashes, leap;

    if (!take_n(rest, 4, &t->year))
        return false;
    dashes = take_char(rest, '-');
    if (!take_n(rest, 2, &t->month) || (dashes && !take_char(rest, '-')) ||
        !take_n(rest, 2, &t->day))
        return false;
    leap = t->year % 4 == 0 && (t->year % 100 != 0 || t->year % 400 == 0);
    if (t->month < 1 || t->month > 12 || t->day < 1)
        return false;
    return t->day <=
           (uint64_t)days[t->month - 1] + (t->month == 2 && leap ? 1 : 0);
}

static bool take_offset(as_str *rest, instant *t)
{
    uint64_t hours, minutes;
    bool west = as_version_begins(*rest, '-');

    if (take_char(rest, 'Z') || take_char(rest, 'z'))
        return true;
    if (!take_char(rest, west ? '-' : '+') || !take_n(rest, 2, &hours) ||
        !take_char(rest, ':') || !take_n(rest, 2, &minutes) || hours > 23 ||
        minutes > 59)
        return false;
    t->offset = (int64_t)(hours * 60 + minutes) * (west ? -1 : 1);
    return true;
}

static bool take_time(as_str *rest, instant *t)
{
    if (!take_char(rest, 'T') && !take_char(rest, 't') && !take_char(rest, ' '))
        return false;
    if (!take_n(rest, 2, &t->hour) || !take_char(rest, ':') ||
        !take_n(rest, 2, &t->minute) || !take_char(rest, ':') ||
        !take_n(rest, 2, &t->second))
        return false;
    if (t->hour > 23 || t->minute > 59 || t->second > 60)
        return false;
    if (take_char(rest, '.')) {
        t->fraction = as_version_take_digits(rest);
        if (t->fraction.n == 0)
            return false;
    }
    return take_offset(rest, t);
}

/* Days since the first of March of the year 0, in the proleptic Gregorian
 * calendar: a year that begins in March ends in its leap day. */
static int64_t day_number(const instant *t)
{
    int64_t month = ((int64_t)t->month + 9) % 12;
    int64_t year = (int64_t)t->year - (month > 9 ? 1 : 0);
    int64_t era = (year < 0 ? year - 399 : year) / 400;
    int64_t in_era = year - era * 400;

    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 +
           (month * 153 + 2) / 5 + (int64_t)t->day - 1;
}

const char *as_order_datetime(const as_version_scheme *s, as_str v,
                              as_version_out *o)
{
    instant t = {.fraction = AS_STR_INIT("")};
    uint64_t seconds;

    if (!take_date(&v, &t) || (v.n > 0 && !take_time(&v, &t)) || v.n > 0)
        return "it must be a date, or a date and time of RFC 3339";
    seconds = (uint64_t)((day_number(&t) + 62) * 86400 +
                         (int64_t)(t.hour * 3600 + t.minute * 60 + t.second) -
                         t.offset * 60);
    for (int shift = 32; shift >= 0; shift -= 8)
        as_version_put(o, (uint8_t)(seconds >> shift));
    while (t.fraction.n > 0 && t.fraction.p[t.fraction.n - 1] == '0')
        t.fraction.n--;
    as_version_put_text(o, t.fraction);
    return NULL;
}
