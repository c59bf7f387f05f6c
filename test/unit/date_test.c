/* SPDX-License-Identifier: Apache-2.0 */
/* Dates, times and digests. */
#include "testing.h"

#include "base/date.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "sandbox/worker.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Every day of the range there and back, and the weekday: against a walk that
 * only knows the lengths of months. */
static void every_day(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    as_civil c = {1, 1, 1};

    for (as_date d = AS_DATE_MIN; d <= AS_DATE_MAX; d++) {
        as_civil got = as_date_civil(d);
        as_date back = 0;
        bool leap = c.year % 4 == 0 && (c.year % 100 || c.year % 400 == 0);
        if (got.year != c.year || got.month != c.month || got.day != c.day ||
            !as_date_of(c, &back) || back != d ||
            as_date_weekday(d) != (d - AS_DATE_MIN) % 7) {
            print_error("day %d\n", (int)d);
            fail();
        }
        if (++c.day > lengths[c.month - 1] + (leap && c.month == 2)) {
            c.day = 1;
            c.year += c.month == 12;
            c.month = c.month % 12 + 1;
        }
    }
    assert_int_equal(c.year, 10000);
}

static void no_such_day(void **state)
{
    static const as_civil cases[] = {
        {0, 1, 1},    {10000, 1, 1},  {2023, 2, 29}, {1900, 2, 29},
        {2024, 0, 1}, {2024, 13, 1},  {2024, 1, 0},  {2024, 4, 31},
        {-1, 1, 1},   {2024, -1, -1},
    };
    as_date d = 7;

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++)
        assert_false(as_date_of(cases[i], &d));
    assert_int_equal(d, 7);
    assert_true(as_date_of((as_civil){2000, 2, 29}, &d));
}

/* text -> what it is as time and as a plain date, "" when refused. */
static void read(void **state)
{
    static const char *cases[][3] = {
        {"2024-02-29", "2024-02-29T00:00:00Z", "2024-02-29"},
        {"20240229", "2024-02-29T00:00:00Z", "2024-02-29"},
        {"1969-12-31", "1969-12-31T00:00:00Z", "1969-12-31"},
        {"0001-01-01", "0001-01-01T00:00:00Z", "0001-01-01"},
        {"9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31"},
        {"2024-02-29T12:34:56Z", "2024-02-29T12:34:56Z", ""},
        {"2024-02-29t12:34:56z", "2024-02-29T12:34:56Z", ""},
        {"2024-02-29 12:34:56", "2024-02-29T12:34:56Z", ""},
        {"2021-05-05 12:34:56 UTC", "", ""},
        {"2024-02-29 12:34:56 +0100", "2024-02-29T11:34:56Z", ""},
        {"2024-02-29T12:34:56.123456789Z", "2024-02-29T12:34:56Z", ""},
        {"2024-02-29T12:34:56,5-05:30", "2024-02-29T18:04:56Z", ""},
        {"2024-02-29T00:30:00+01:00", "2024-02-28T23:30:00Z", ""},
        {"2024-02-29T00:30:00+01", "2024-02-28T23:30:00Z", ""},
        {"2024-02-29T12:34", "2024-02-29T12:34:00Z", ""},
        {"20240229T123456Z", "2024-02-29T12:34:56Z", ""},
        {"2024-12-31T24:00:00Z", "2025-01-01T00:00:00Z", ""},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", ""},
        {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z", ""},
        {"0001-01-01T00:00:00+00:01", "", ""},
        {"9999-12-31T23:59:59-00:01", "", ""},
        {"", "", ""},
        {"2024", "", ""},
        {"2024-02", "", ""},
        {"2024-2-9", "", ""},
        {"2024-0229", "", ""},
        {"202402-29", "", ""},
        {"2023-02-29", "", ""},
        {"2024-02-29 ", "", ""},
        {" 2024-02-29", "", ""},
        {"2024-02-29T", "", ""},
        {"2024-02-29T1", "", ""},
        {"2024-02-29T25:00:00Z", "", ""},
        {"2024-02-29T24:00:01Z", "", ""},
        {"2024-02-29T12:60:00Z", "", ""},
        {"2024-02-29T12:00:61Z", "", ""},
        {"2024-02-29T12:00:00.Z", "", ""},
        {"2024-02-29T12:00:00+24:00", "", ""},
        {"2024-02-29T12:00:00+1:00", "", ""},
        {"2024-02-29T12:00:00+01:", "", ""},
        {"2024-02-29T12:00:00Zx", "", ""},
        {"+2024-02-29", "", ""},
        {"2024-02-29x", "", ""},
        {"2024-W09-4", "", ""},
        {"2024-060", "", ""},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        char text[AS_TIME_TEXT] = "", day[AS_DATE_TEXT] = "";
        as_str s = as_str_c(cases[i][0]);
        as_time t;
        as_date d;
        if (as_time_read(s, &t))
            as_time_text(t, text);
        if (as_date_read(s, &d))
            as_date_text(d, day);
        if (strcmp(text, cases[i][1]) != 0 || strcmp(day, cases[i][2]) != 0) {
            print_error("\"%s\": \"%s\" \"%s\"\n", cases[i][0], text, day);
            fail();
        }
        assert_int_equal(as_date_read_any(s, &d), cases[i][1][0] != 0);
    }
}

/* Against libc for what libc can do. */
static void like_libc(void **state)
{
    for (as_time t = -62135596800; t <= 253402300799; t += 98765431) {
        time_t libc = (time_t)t;
        char want[64], got[AS_TIME_TEXT];
        struct tm tm;
        as_time back;
        gmtime_r(&libc, &tm);
        snprintf(want, sizeof want, "%04d-%02d-%02dT%02d:%02d:%02dZ",
                 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                 tm.tm_min, tm.tm_sec);
        assert_string_equal(as_time_text(t, got), want);
        assert_true(as_time_read(as_str_c(got), &back) && back == t);
    }
}

static as_date day(const char *text)
{
    as_date d = AS_DATE_NONE;

    if (!as_date_read(as_str_c(text), &d))
        fail();
    return d;
}

static void arithmetic(void **state)
{
    assert_int_equal(day("2024-03-01") - day("2024-02-28"), 2);
    assert_int_equal(as_date_add_days(day("2023-12-31"), 1), day("2024-01-01"));
    assert_int_equal(as_date_add_days(AS_DATE_MAX, 1), AS_DATE_NONE);
    assert_int_equal(as_date_add_days(AS_DATE_MIN, -1), AS_DATE_NONE);
    assert_int_equal(as_date_add_days(0, INT64_MIN), AS_DATE_NONE);
    assert_int_equal(as_date_add_days(AS_DATE_NONE, 1), AS_DATE_NONE);
    assert_int_equal(as_date_add_months(day("2024-01-31"), 1),
                     day("2024-02-29"));
    assert_int_equal(as_date_add_months(day("2024-02-29"), 12),
                     day("2025-02-28"));
    assert_int_equal(as_date_add_months(day("2024-01-15"), -1),
                     day("2023-12-15"));
    assert_int_equal(as_date_add_months(day("2024-01-15"), -13),
                     day("2022-12-15"));
    assert_int_equal(as_date_add_months(AS_DATE_MAX, 1), AS_DATE_NONE);
    assert_int_equal(as_date_add_months(AS_DATE_MIN, -1), AS_DATE_NONE);
    assert_int_equal(as_date_add_months(0, INT64_MAX), AS_DATE_NONE);
    assert_int_equal(as_time_date(-1), -1);
    assert_int_equal(as_time_date(86399), 0);
    assert_int_equal(as_time_date(INT64_MAX), AS_DATE_NONE);
    assert_int_equal(as_time_date(AS_TIME_NONE), AS_DATE_NONE);
    assert_int_equal(as_date_time(-1), -86400);
    assert_true(as_date_time(AS_DATE_NONE) == AS_TIME_NONE);
}

static void write(void **state)
{
    as_arena *a = as_arena_new(AS_KIB * 4);
    as_buf out;

    as_buf_init(&out, 100);
    as_date_write(&out, day("0009-08-07"));
    as_buf_byte(&out, ' ');
    as_time_write(&out, 0);
    as_date_write(&out, AS_DATE_NONE);
    testing_str(as_buf_text(&out), "0009-08-07 1970-01-01T00:00:00Z");
    testing_str(as_date_str(a, 0), "1970-01-01");
    testing_str(as_time_str(a, 1), "1970-01-01T00:00:01Z");
    assert_true(as_str_is_absent(as_date_str(a, AS_DATE_NONE)));
    assert_true(as_str_is_absent(as_time_str(a, AS_TIME_NONE)));
    as_buf_done(&out);
    as_arena_free(a);
}

/* ---- digests ---------------------------------------------------------------
 */

static as_span bytes(const char *s)
{
    return as_str_span(as_str_c(s));
}

/* "abc": the example of FIPS 180-4, FIPS 202, RFC 1321 and RFC 7693. */
static void digests(void **state)
{
    static const char *cases[][2] = {
        {"md5", "900150983cd24fb0d6963f7d28e17f72"},
        {"SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"sha224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
        {"sha_256", "ba7816bf8f01cfea414140de5dae2223"
                    "b00361a396177a9cb410ff61f20015ad"},
        {"SHA384", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
                   "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
        {"SHA-512", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2"
                    "0a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
                    "454d4423643ce80e2a9ac94fa54ca49f"},
        {"SHA3-256", "3a985da74fe225b2045c172d6bd390bd"
                     "855f086e3e9d525b46bfe24511431532"},
        {"BLAKE2b-512", "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b7"
                        "4b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc95"
                        "18d38aa8dbf1925ab92386edd4009923"},
    };
    as_arena *a = as_arena_new(AS_KIB * 64);

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        const as_digest_kind *kind = as_digest_find(as_str_c(cases[i][0]));
        assert_non_null(kind);
        assert_int_equal(kind->n * 2, strlen(cases[i][1]));
        testing_str(as_digest_hex(kind, a, bytes("abc")), cases[i][1]);
    }
    assert_null(as_digest_find(AS_STR("BLAKE3")));
    assert_null(as_digest_find(AS_STR("sha")));
    assert_null(as_digest_find(AS_STR("sha25")));
    assert_null(as_digest_find(AS_STR("")));
    testing_str(as_sha256_hex(a, (as_span){NULL, 0}),
                "e3b0c44298fc1c149afbf4c8996fb924"
                "27ae41e4649b934ca495991b7852b855");
    as_arena_free(a);
}

static void pieces(void **state)
{
    as_sha256_state *s = as_sha256_new();
    as_sha256_digest whole, joined;

    as_sha256_add(s, bytes("a"));
    as_sha256_add(s, (as_span){NULL, 0});
    as_sha256_add(s, bytes("bc"));
    assert_true(as_sha256_final(s, &joined));
    assert_false(as_sha256_final(s, &joined));
    assert_true(as_sha256(bytes("abc"), &whole));
    assert_memory_equal(&whole, &joined, sizeof whole);
    assert_null(as_sha256_free(s));
    as_sha256_add(NULL, bytes("a"));
    assert_false(as_sha256_final(NULL, &joined));
}

static as_rc digest_in_worker(void *ctx, as_worker_out *out, as_err *err)
{
    const as_digest_kind *kind = as_digest_find(AS_STR("SHA3-256"));
    uint8_t d[AS_DIGEST_BYTES];
    as_sha256_digest house;

    if (!as_sha256(bytes("abc"), &house))
        return as_fail(err, AS_ERR_INTERNAL, "no digest");
    return as_digest(kind, bytes("abc"), d, err);
}

static as_rc no_frame(void *ctx, uint8_t type, as_span frame, as_err *err)
{
    return AS_OK;
}

/* A worker may open nothing, and OpenSSL opens its configuration. */
static void confined(void **state)
{
    const as_worker_job job = {
        .run = digest_in_worker, .on_frame = no_frame, .fd = -1};
    as_err err;

    as_err_init(&err);
    if (as_worker_run(&job, NULL, &err)) {
        print_error("%s %s\n", err.what, err.detail);
        fail();
    }
}

static void hexadecimal(void **state)
{
    uint8_t got[3];
    as_buf out;

    as_buf_init(&out, 6);
    as_hex_write(&out, (as_span){(const uint8_t *)"\x00\xAF\x10", 3});
    testing_str(as_buf_text(&out), "00af10");
    as_hex_write(&out, (as_span){(const uint8_t *)"x", 1});
    assert_true(as_buf_failed(&out));
    assert_true(as_hex_read(AS_STR("00aF10"), got, 3));
    assert_memory_equal(got, "\x00\xAF\x10", 3);
    assert_false(as_hex_read(AS_STR("00aF1"), got, 3));
    assert_false(as_hex_read(AS_STR("00aF1g"), got, 3));
    assert_false(as_hex_read(AS_STR("00aF1000"), got, 3));
    as_buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        /* First: nothing may have woken OpenSSL. */
        cmocka_unit_test(confined),    cmocka_unit_test(every_day),
        cmocka_unit_test(no_such_day), cmocka_unit_test(read),
        cmocka_unit_test(like_libc),   cmocka_unit_test(arithmetic),
        cmocka_unit_test(write),       cmocka_unit_test(digests),
        cmocka_unit_test(pieces),      cmocka_unit_test(hexadecimal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
