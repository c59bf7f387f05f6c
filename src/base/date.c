/* SPDX-License-Identifier: Apache-2.0 */
/* Civil dates; see date.h. The calendar repeats after 400 years of 146,097
 * days; counting years from March puts the leap day at the end of each, where
 * it moves nothing behind it. */
#include "base/date.h"

#include <stdio.h>

enum {
    ERA_YEARS = 400,
    ERA_DAYS = 146097,
    CENTURY_DAYS = 36524,
    FOUR_YEARS_DAYS = 1461,
    EPOCH = 719468, /* days from 0000-03-01 to 1970-01-01 */
    DAY_SECONDS = 86400,
};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from the first of March to the first of the month, March being 0: five
 * months have 153 days. */
static int days_before(int month_from_march)
{
    return (153 * month_from_march + 2) / 5;
}

bool as_date_of(as_civil c, as_date *ret)
{
    int year = c.year - (c.month <= 2), era, of_era;

    if (c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12 ||
        c.day < 1 || c.day > month_days(c.year, c.month))
        return false;
    era = year / ERA_YEARS;
    of_era = year % ERA_YEARS;
    *ret = era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
           days_before((c.month + 9) % 12) + c.day - 1 - EPOCH;
    return true;
}

as_civil as_date_civil(as_date d)
{
    int days = d + EPOCH, era = days / ERA_DAYS;
    int of_era = days % ERA_DAYS, year, of_year, month;

    /* Each four years, century and era has one day that the rule of 365 a
     * year does not count: take those away that have passed. */
    year = (of_era - of_era / (FOUR_YEARS_DAYS - 1) + of_era / CENTURY_DAYS -
            of_era / (ERA_DAYS - 1)) /
           365;
    of_year = of_era - (365 * year + year / 4 - year / 100);
    month = (5 * of_year + 2) / 153;
    return (as_civil){
        .year = year + era * ERA_YEARS + (month >= 10),
        .month = month < 10 ? month + 3 : month - 9,
        .day = of_year - days_before(month) + 1,
    };
}

int as_date_weekday(as_date d)
{
    /* 1970-01-01 was a Thursday. */
    return (d % 7 + 7 + 3) % 7;
}

static as_date checked(int64_t days)
{
    return days < AS_DATE_MIN || days > AS_DATE_MAX ? AS_DATE_NONE
                                                    : (as_date)days;
}

as_date as_date_add_days(as_date d, int64_t days)
{
    int64_t sum;

    if (!as_date_valid(d) || __builtin_add_overflow(d, days, &sum))
        return AS_DATE_NONE;
    return checked(sum);
}

as_date as_date_add_months(as_date d, int64_t months)
{
    as_civil c;
    int64_t n;
    as_date r;

    if (!as_date_valid(d) || months > 12 * 10000 || months < -12 * 10000)
        return AS_DATE_NONE;
    c = as_date_civil(d);
    n = (int64_t)c.year * 12 + c.month - 1 + months;
    if (n < 12 || n >= 12 * 10000)
        return AS_DATE_NONE;
    c.year = (int)(n / 12);
    c.month = (int)(n % 12) + 1;
    if (c.day > month_days(c.year, c.month))
        c.day = month_days(c.year, c.month);
    return as_date_of(c, &r) ? r : AS_DATE_NONE;
}

as_date as_time_date(as_time t)
{
    if (t == AS_TIME_NONE)
        return AS_DATE_NONE;
    return checked(t / DAY_SECONDS - (t % DAY_SECONDS < 0));
}

as_time as_date_time(as_date d)
{
    return as_date_valid(d) ? (as_time)d * DAY_SECONDS : AS_TIME_NONE;
}

/* ---- reading ----------------------------------------------------------- */

/* Takes n digits off the front. */
static bool take(as_str *s, size_t n, int *ret)
{
    int v = 0;

    if (s->n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!as_ascii_is_digit(s->p[i]))
            return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = as_str_slice(*s, n, s->n);
    *ret = v;
    return true;
}

static bool take_char(as_str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = as_str_slice(*s, 1, s->n);
    return true;
}

static bool take_date(as_str *s, as_date *ret)
{
    as_civil c;
    bool dashes;

    if (!take(s, 4, &c.year))
        return false;
    dashes = take_char(s, '-');
    return take(s, 2, &c.month) && (!dashes || take_char(s, '-')) &&
           take(s, 2, &c.day) && as_date_of(c, ret);
}

static bool take_fraction(as_str *s)
{
    int digit;

    if (!take_char(s, '.') && !take_char(s, ','))
        return true;
    if (!take(s, 1, &digit))
        return false;
    while (take(s, 1, &digit))
        continue;
    return true;
}

/* hh:mm[:ss[.f]] or hhmm[ss[.f]]; a leap second only where one can be: at the
 * end of a minute. */
static bool take_clock(as_str *s, int64_t *ret)
{
    int hour, minute, second = 0;
    bool colons;

    if (!take(s, 2, &hour))
        return false;
    colons = take_char(s, ':');
    if (!take(s, 2, &minute))
        return false;
    if (colons ? take_char(s, ':') : s->n && as_ascii_is_digit(s->p[0])) {
        if (!take(s, 2, &second) || !take_fraction(s))
            return false;
    }
    if (minute > 59 || second > 60 || hour > 24 ||
        (hour == 24 && (minute || second)))
        return false;
    *ret = hour * 3600 + minute * 60 + second;
    return true;
}

/* Z, +hh:mm, +hhmm, +hh or nothing, in seconds east. */
static bool take_offset(as_str *s, int64_t *ret)
{
    bool west;
    int hours, minutes = 0;

    *ret = 0;
    if (s->n == 0 || take_char(s, 'Z') || take_char(s, 'z'))
        return true;
    west = take_char(s, '-');
    if ((!west && !take_char(s, '+')) || !take(s, 2, &hours))
        return false;
    if ((take_char(s, ':') || s->n) && !take(s, 2, &minutes))
        return false;
    if (hours > 23 || minutes > 59)
        return false;
    *ret = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
    return true;
}

bool as_date_read(as_str s, as_date *ret)
{
    as_date d;

    if (!take_date(&s, &d) || s.n)
        return false;
    *ret = d;
    return true;
}

bool as_time_read(as_str s, as_time *ret)
{
    as_date d;
    int64_t clock = 0, east = 0, t;

    if (!take_date(&s, &d))
        return false;
    if (s.n) {
        if (!take_char(&s, 'T') && !take_char(&s, 't') && !take_char(&s, ' '))
            return false;
        if (!take_clock(&s, &clock))
            return false;
        take_char(&s, ' ');
        if (!take_offset(&s, &east) || s.n)
            return false;
    }
    t = (int64_t)d * DAY_SECONDS + clock - east;
    if (as_time_date(t) == AS_DATE_NONE)
        return false;
    *ret = t;
    return true;
}

bool as_date_read_any(as_str s, as_date *ret)
{
    as_time t;

    if (!as_time_read(s, &t))
        return false;
    *ret = as_time_date(t);
    return true;
}

/* ---- writing ----------------------------------------------------------- */

const char *as_date_text(as_date d, char buf[AS_DATE_TEXT])
{
    char text[40];
    as_civil c;

    buf[0] = 0;
    if (!as_date_valid(d))
        return buf;
    c = as_date_civil(d);
    snprintf(text, sizeof text, "%04d-%02d-%02d", c.year, c.month, c.day);
    snprintf(buf, AS_DATE_TEXT, "%.10s", text);
    return buf;
}

const char *as_time_text(as_time t, char buf[AS_TIME_TEXT])
{
    char date[AS_DATE_TEXT], text[40];
    as_date d = as_time_date(t);
    int s;

    buf[0] = 0;
    if (d == AS_DATE_NONE)
        return buf;
    s = (int)(t - as_date_time(d));
    as_date_text(d, date);
    snprintf(text, sizeof text, "%sT%02d:%02d:%02dZ", date, s / 3600,
             s / 60 % 60, s % 60);
    snprintf(buf, AS_TIME_TEXT, "%.20s", text);
    return buf;
}

void as_date_write(as_buf *out, as_date d)
{
    char buf[AS_DATE_TEXT];

    as_buf_c(out, as_date_text(d, buf));
}

void as_time_write(as_buf *out, as_time t)
{
    char buf[AS_TIME_TEXT];

    as_buf_c(out, as_time_text(t, buf));
}

as_str as_date_str(as_arena *a, as_date d)
{
    char buf[AS_DATE_TEXT];

    if (!as_date_valid(d))
        return AS_ABSENT;
    return as_arena_str(a, as_str_c(as_date_text(d, buf)));
}

as_str as_time_str(as_arena *a, as_time t)
{
    char buf[AS_TIME_TEXT];

    if (as_time_date(t) == AS_DATE_NONE)
        return AS_ABSENT;
    return as_arena_str(a, as_str_c(as_time_text(t, buf)));
}
