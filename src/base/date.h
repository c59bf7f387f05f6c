/* SPDX-License-Identifier: Apache-2.0 */
/* Days and seconds of the proleptic Gregorian calendar in UTC, years 1 to
 * 9999, without libc's time zone. There is no clock here: today is an argument
 * (base/io.h has the clock).
 *
 * Both are plain numbers, so they compare and subtract as such:
 * later > earlier, to - from is the days between. */
#ifndef AS_BASE_DATE_H
#define AS_BASE_DATE_H

#include "base/arena.h"
#include "base/buf.h"

typedef int32_t as_date; /* days since 1970-01-01 */
typedef int64_t as_time; /* seconds since 1970-01-01T00:00:00Z */

#define AS_DATE_NONE ((as_date)INT32_MIN) /* no date known */
#define AS_TIME_NONE ((as_time)INT64_MIN)
#define AS_DATE_MIN  ((as_date)-719162) /* 0001-01-01 */
#define AS_DATE_MAX  ((as_date)2932896) /* 9999-12-31 */

enum { AS_DATE_TEXT = 11, AS_TIME_TEXT = 21 }; /* bytes with NUL */

typedef struct as_civil {
    int year, month, day; /* month and day from 1 */
} as_civil;

/* False when there is no such day; *ret is untouched then. */
AS_MUST_USE bool as_date_of(as_civil c, as_date *ret);
as_civil as_date_civil(as_date d);
static inline bool as_date_valid(as_date d)
{
    return d >= AS_DATE_MIN && d <= AS_DATE_MAX;
}
/* From 0 (Monday) to 6. */
int as_date_weekday(as_date d);
/* AS_DATE_NONE beyond the years 1 to 9999, or when d is none. Months: the day
 * is kept where the month has it, else the month's last (2024-01-31 plus one
 * month is 2024-02-29). */
as_date as_date_add_days(as_date d, int64_t days);
as_date as_date_add_months(as_date d, int64_t months);
as_date as_time_date(as_time t); /* the day it falls on in UTC */
as_time as_date_time(as_date d); /* its first second */

/* One day and nothing else: 2024-02-29 or 20240229 (ISO 8601-1 section
 * 5.2.2.1). False otherwise, *ret untouched. */
AS_MUST_USE bool as_date_read(as_str s, as_date *ret);
/* A day with a time of day (RFC 3339 section 5.6, ISO 8601-1 section 5.4.2):
 * 2024-02-29T23:59:60Z, 2024-02-29 12:00:00.123456+05:30, 20240229T120000Z,
 * 2024-02-29T12:00. "T" may be small or a space; a fraction is dropped; no
 * offset means UTC; 24:00 is the next midnight, a leap second the next second.
 * A day alone is its first second. */
AS_MUST_USE bool as_time_read(as_str s, as_time *ret);
/* Either of them, as the day it falls on in UTC. */
AS_MUST_USE bool as_date_read_any(as_str s, as_date *ret);

/* "2024-02-29" and "2024-02-29T12:00:00Z"; nothing for none. The buffer forms
 * return buf. */
const char *as_date_text(as_date d, char buf[AS_DATE_TEXT]);
const char *as_time_text(as_time t, char buf[AS_TIME_TEXT]);
void as_date_write(as_buf *out, as_date d);
void as_time_write(as_buf *out, as_time t);
as_str as_date_str(as_arena *a, as_date d); /* absent for none */
as_str as_time_str(as_arena *a, as_time t);

#endif
