/* SPDX-License-Identifier: Apache-2.0 */
/* The register: decisions kept, found, reopened, carried to another register;
 * several writers at once. */
#include "testing.h"

#include "base/limits.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct place {
    char folder[64], path[96], other[96];
    as_arena *arena;
    as_str before, after; /* digests of a row and of what became of it */
} place;

static int begin(void **state)
{
    place *p = calloc(1, sizeof *p);

    if (!p)
        return 1;
    snprintf(p->folder, sizeof p->folder, "/tmp/assay-store-XXXXXX");
    if (!mkdtemp(p->folder))
        return 1;
    snprintf(p->path, sizeof p->path, "%s/register.db", p->folder);
    snprintf(p->other, sizeof p->other, "%s/other.db", p->folder);
    p->arena = as_arena_new(AS_MIB * 64);
    p->before = as_decision_digest(p->arena, as_str_span(AS_STR("before")));
    p->after = as_decision_digest(p->arena, as_str_span(AS_STR("after")));
    *state = p;
    return 0;
}

static int end(void **state)
{
    place *p = *state;

    unlink(p->path);
    unlink(p->other);
    rmdir(p->folder);
    as_arena_free(p->arena);
    free(p);
    return 0;
}

static as_register *open_at(const char *path, bool writing)
{
    as_register *r = NULL;
    as_err err;

    as_err_init(&err);
    if (as_register_open(as_str_c(path), writing, &r, &err))
        fail_msg("%s", err.what);
    return r;
}

static as_decision sample(const place *p)
{
    return (as_decision){.query = AS_STR("Micron  Technology"),
                         .list = AS_STR("us-csl/EL"),
                         .row = AS_STR("17013"),
                         .digest = p->before,
                         .judgement = AS_JUDGED_NOT_SAME,
                         .because = AS_STR("another country"),
                         .by = AS_STR("reviewer"),
                         .at = 1700000000};
}

static bool decide(as_register *r, const as_decision *d)
{
    bool added = false;
    as_err err;

    as_err_init(&err);
    if (as_register_decide(r, d, &added, &err))
        fail_msg("%s", err.what);
    return added;
}

static as_decision_state find(as_register *r, place *p, as_decision_key key,
                              as_decision *ret)
{
    as_decision_state state = AS_DECISION_NONE;
    as_decision d;
    as_err err;

    as_err_init(&err);
    if (as_str_is_absent(key.query))
        key.query = AS_STR("micron technology");
    key.list = AS_STR("us-csl/EL");
    key.row = AS_STR("17013");
    if (as_str_is_absent(key.digest))
        key.digest = p->before;
    if (key.day == 0)
        key.day = AS_DATE_NONE;
    if (as_register_find(r, &key, p->arena, ret ? ret : &d, &state, &err))
        fail_msg("%s", err.what);
    return state;
}

#define FIND(...) find(r, p, (as_decision_key){__VA_ARGS__}, NULL)

static void keeps_and_finds(void **state)
{
    place *p = *state;
    as_register *r = open_at(p->path, true);
    as_decision d = sample(p), got;

    assert_int_equal(FIND(.day = 0), AS_DECISION_NONE);
    assert_true(decide(r, &d));
    assert_int_equal(find(r, p, (as_decision_key){.day = 0}, &got),
                     AS_DECISION_VALID);
    testing_str(got.query, "Micron  Technology");
    testing_str(got.because, "another country");
    testing_str(got.by, "reviewer");
    assert_true(as_str_is_absent(got.country));
    assert_int_equal(got.judgement, AS_JUDGED_NOT_SAME);
    assert_int_equal(got.at, 1700000000);
    assert_int_equal(got.id.n, 64);
    assert_int_equal(FIND(.query = AS_STR(" MICRON\ttechnology ")),
                     AS_DECISION_VALID);
    assert_int_equal(FIND(.query = AS_STR("Micron")), AS_DECISION_NONE);
    assert_int_equal(FIND(.query = AS_STR("Microntechnology")),
                     AS_DECISION_NONE);
    as_register_close(r);
    r = open_at(p->path, false);
    assert_int_equal(FIND(.day = 0), AS_DECISION_VALID);
    as_register_close(r);
}

static void reopens_when_the_row_changes(void **state)
{
    place *p = *state;
    as_register *r = open_at(p->path, true);
    as_decision d = sample(p), got;

    decide(r, &d);
    assert_int_equal(find(r, p, (as_decision_key){.digest = p->after}, &got),
                     AS_DECISION_REOPENED);
    assert_true(as_str_eq(got.digest, p->before));
    /* Judged anew: the new content is what counts from then on. */
    d.digest = p->after;
    d.at++;
    assert_true(decide(r, &d));
    assert_int_equal(FIND(.digest = p->after), AS_DECISION_VALID);
    assert_int_equal(FIND(.digest = p->before), AS_DECISION_REOPENED);
    as_register_close(r);
}

static void corrects_by_adding(void **state)
{
    place *p = *state;
    as_register *r = open_at(p->path, true);
    as_decision d = sample(p), got;

    assert_true(decide(r, &d));
    assert_false(decide(r, &d)); /* says nothing new */
    d.at += 50;
    assert_false(decide(r, &d));
    d.at -= 50;
    d.judgement = AS_JUDGED_SAME;
    assert_true(decide(r, &d)); /* in the same second */
    find(r, p, (as_decision_key){.day = 0}, &got);
    assert_int_equal(got.judgement, AS_JUDGED_SAME);
    d.judgement = AS_JUDGED_NOT_SAME;
    assert_true(decide(r, &d)); /* and back: the very same record as before */
    find(r, p, (as_decision_key){.day = 0}, &got);
    assert_int_equal(got.judgement, AS_JUDGED_NOT_SAME);
    assert_int_equal(got.nth, 1);
    d.judgement = AS_JUDGED_WITHDRAWN;
    assert_true(decide(r, &d));
    assert_int_equal(FIND(.day = 0), AS_DECISION_NONE);
    as_register_close(r);
}

static void heeds_countries(void **state)
{
    place *p = *state;
    as_register *r = open_at(p->path, true);
    as_decision d = sample(p), got;

    d.country = AS_STR("US");
    decide(r, &d);
    assert_int_equal(FIND(.country = AS_STR("US")), AS_DECISION_VALID);
    assert_int_equal(FIND(.country = AS_STR("IR")), AS_DECISION_NONE);
    assert_int_equal(FIND(.day = 0), AS_DECISION_NONE);
    d.country = AS_ABSENT;
    d.judgement = AS_JUDGED_SAME;
    d.at += 10;
    decide(r, &d);
    find(r, p, (as_decision_key){.country = AS_STR("IR")}, &got);
    assert_int_equal(got.judgement, AS_JUDGED_SAME);
    find(r, p, (as_decision_key){.country = AS_STR("US")}, &got);
    assert_int_equal(got.judgement, AS_JUDGED_NOT_SAME);
    as_register_close(r);
}

static void answers_as_of_a_day(void **state)
{
    place *p = *state;
    as_register *r = open_at(p->path, true);
    as_decision d = sample(p);
    as_date day = as_time_date(d.at);

    decide(r, &d);
    assert_int_equal(FIND(.day = day - 1), AS_DECISION_NONE);
    assert_int_equal(FIND(.day = day), AS_DECISION_VALID);
    d.judgement = AS_JUDGED_WITHDRAWN;
    d.at += 86400;
    decide(r, &d);
    assert_int_equal(FIND(.day = day), AS_DECISION_VALID);
    assert_int_equal(FIND(.day = day + 1), AS_DECISION_NONE);
    as_register_close(r);
}

static void refuses_what_is_missing(void **state)
{
    place *p = *state;
    as_register *r = open_at(p->path, true);
    static char long_text[AS_LIMIT_DECISION_TEXT + 2];
    as_decision bad[8];
    bool added = false;

    memset(long_text, 'x', sizeof long_text - 1);
    for (size_t i = 0; i < AS_ARRAY_LEN(bad); i++)
        bad[i] = sample(p);
    bad[0].query = AS_STR(" ");
    bad[1].because = AS_ABSENT;
    bad[2].digest = AS_STR("sha256:0");
    bad[3].list = AS_ABSENT;
    bad[4].judgement = AS_JUDGEMENTS;
    bad[5].at = AS_TIME_NONE;
    bad[6].because = as_str_c(long_text);
    bad[7].by = as_str_of("\xff", 1);
    for (size_t i = 0; i < AS_ARRAY_LEN(bad); i++)
        assert_int_equal(as_register_decide(r, &bad[i], &added, NULL),
                         i == 6 ? AS_ERR_LIMIT : AS_ERR_INPUT);
    assert_false(added);
    as_register_close(r);
    r = open_at(p->path, false);
    bad[0] = sample(p);
    assert_int_equal(as_register_decide(r, &bad[0], &added, NULL),
                     AS_ERR_INTERNAL);
    as_register_close(r);
}

static void only_grows(void **state)
{
    place *p = *state;
    as_register *r = open_at(p->path, true);
    as_decision d = sample(p);
    sqlite3 *db;

    decide(r, &d);
    as_register_close(r);
    assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
    assert_int_not_equal(
        sqlite3_exec(db, "DELETE FROM decision", NULL, NULL, NULL), SQLITE_OK);
    assert_int_not_equal(
        sqlite3_exec(db, "UPDATE decision SET because='x'", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
}

static void refuses_other_files(void **state)
{
    place *p = *state;
    as_register *r = NULL;
    sqlite3 *db;
    FILE *f = fopen(p->other, "w");

    assert_non_null(f);
    fputs("this is no database, and long enough to show it .............. "
          "........................................................... ",
          f);
    fclose(f);
    assert_int_equal(as_register_open(as_str_c(p->other), false, &r, NULL),
                     AS_ERR_INPUT);
    assert_int_equal(as_register_open(as_str_c(p->other), true, &r, NULL),
                     AS_ERR_INPUT);
    assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE x(y)", NULL, NULL, NULL);
    assert_int_equal(as_register_open(as_str_c(p->path), true, &r, NULL),
                     AS_ERR_INPUT);
    sqlite3_exec(db, "PRAGMA application_id=1098086738", NULL, NULL, NULL);
    sqlite3_exec(db, "PRAGMA user_version=2", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_null(r);
}

static void nothing_is_an_empty_register(void **state)
{
    place *p = *state;
    as_register *r = open_at(p->path, false);

    assert_int_equal(FIND(.day = 0), AS_DECISION_NONE);
    as_register_close(r);
    assert_int_not_equal(access(p->path, F_OK), 0);
}

static bool count_one(void *ctx, const as_decision *d)
{
    ++*(size_t *)ctx;
    assert_int_equal(d->id.n, 64);
    return true;
}

static size_t count(as_register *r, bool newest)
{
    size_t n = 0;

    assert_int_equal(as_register_visit(r, newest, count_one, &n, NULL), AS_OK);
    return n;
}

static void travels_as_lines(void **state)
{
    place *p = *state;
    as_register *r = open_at(p->path, true), *o = open_at(p->other, true);
    as_decision d = sample(p), got;
    as_register_account n;
    as_buf lines, again;
    as_err err;
    char *at;

    as_buf_init(&lines, AS_MIB);
    as_buf_init(&again, AS_MIB);
    decide(r, &d);
    d.judgement = AS_JUDGED_SAME;
    d.because = AS_STR("it is: \"quoted\", and \xE4\xB8\xAD\n");
    d.country = AS_STR("CN");
    d.by = AS_ABSENT;
    decide(r, &d);
    assert_int_equal(as_register_export(r, &lines, NULL), AS_OK);
    assert_int_equal(as_register_import(o, as_buf_span(&lines), &n, NULL),
                     AS_OK);
    assert_int_equal(n.added, 2);
    assert_int_equal(as_register_import(o, as_buf_span(&lines), &n, NULL),
                     AS_OK);
    assert_int_equal(n.added, 0);
    assert_int_equal(n.known, 2);
    assert_int_equal(as_register_export(o, &again, NULL), AS_OK);
    assert_true(as_str_eq(as_buf_text(&lines), as_buf_text(&again)));
    as_register_close(r);
    r = o;
    find(r, p, (as_decision_key){.country = AS_STR("CN")}, &got);
    testing_str(got.because, "it is: \"quoted\", and \xE4\xB8\xAD\n");

    /* A line that was altered is refused, and with it those before it. */
    d.because = AS_STR("a third one");
    decide(r, &d);
    as_buf_clear(&lines);
    assert_int_equal(as_register_export(r, &lines, NULL), AS_OK);
    as_register_close(r);
    unlink(p->path);
    r = open_at(p->path, true);
    at = memmem(lines.p, lines.n, "third", 5);
    assert_non_null(at);
    memcpy(at, "fifth", 5);
    as_err_init(&err);
    assert_int_equal(as_register_import(r, as_buf_span(&lines), &n, &err),
                     AS_ERR_INPUT);
    assert_int_equal(err.place.line, 3);
    assert_int_equal(count(r, false), 0);
    as_register_close(r);
    as_buf_done(&lines);
    as_buf_done(&again);
}

/* ---- several at once -------------------------------------------------------
 */

enum { WRITERS = 4, EACH = 40 };

static void write_many(place *p, int writer)
{
    as_decision d = sample(p);
    char row[32];

    for (int i = 0; i < EACH; i++) {
        as_register *r = NULL;
        bool added = false;
        snprintf(row, sizeof row, "%d", writer * EACH + i);
        d.row = as_str_c(row);
        if (as_register_open(as_str_c(p->path), true, &r, NULL) ||
            as_register_decide(r, &d, &added, NULL))
            _exit(1);
        as_register_close(r);
    }
    _exit(0);
}

/* All begin with no file there, and open it anew for every decision. */
static void loses_nothing_to_others(void **state)
{
    place *p = *state;
    as_register *r;

    for (int i = 0; i < WRITERS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            write_many(p, i);
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    r = open_at(p->path, false);
    assert_int_equal(count(r, true), EACH * WRITERS);
    assert_int_equal(count(r, false), EACH * WRITERS);
    as_register_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_and_finds, begin, end),
        cmocka_unit_test_setup_teardown(reopens_when_the_row_changes, begin,
                                        end),
        cmocka_unit_test_setup_teardown(corrects_by_adding, begin, end),
        cmocka_unit_test_setup_teardown(heeds_countries, begin, end),
        cmocka_unit_test_setup_teardown(answers_as_of_a_day, begin, end),
        cmocka_unit_test_setup_teardown(refuses_what_is_missing, begin, end),
        cmocka_unit_test_setup_teardown(only_grows, begin, end),
        cmocka_unit_test_setup_teardown(refuses_other_files, begin, end),
        cmocka_unit_test_setup_teardown(nothing_is_an_empty_register, begin,
                                        end),
        cmocka_unit_test_setup_teardown(travels_as_lines, begin, end),
        cmocka_unit_test_setup_teardown(loses_nothing_to_others, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
