/* SPDX-License-Identifier: Apache-2.0 */
/* Files, environment, clock, terminal and progress. */
#include "testing.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/progress.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "io_test.XXXXXX";

static int enter(void **state)
{
    as_io_start();
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static void empty_folder(const char *path)
{
    DIR *d = opendir(path);

    for (struct dirent *e; d && (e = readdir(d));)
        unlinkat(dirfd(d), e->d_name, 0);
    if (d)
        closedir(d);
}

static int leave(void **state)
{
    empty_folder(".");
    return chdir("..") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static size_t count_files(void)
{
    DIR *d = opendir(".");
    size_t n = 0;

    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.' || e->d_name[1] > '.';
    closedir(d);
    return n;
}

static as_span bytes(const char *s)
{
    return as_str_span(as_str_c(s));
}

static void expect_file(const char *path, const char *want)
{
    as_io_file f;
    as_err err;

    as_err_init(&err);
    if (as_io_read(path, 0, &f, &err)) {
        print_error("%s: %s\n", path, err.what);
        fail();
    }
    testing_str(as_str_of((const char *)f.bytes.p, f.bytes.n), want);
    for (size_t i = 0; i < AS_IO_PADDING; i++)
        assert_int_equal(f.bytes.p[f.bytes.n + i], 0);
    as_io_file_done(&f);
    assert_null(f.owned);
}

static void expect_error(const char *path, size_t ceiling, as_rc rc,
                         const char *text)
{
    char line[800];
    as_io_file f = {.owned = NULL};
    as_err err;

    as_err_init(&err);
    assert_int_equal(as_io_read(path, ceiling, &f, &err), rc);
    as_err_text(&err, line, sizeof line);
    assert_string_equal(line, text);
    assert_null(f.owned);
}

static void read_write(void **state)
{
    assert_int_equal(as_io_write("a", bytes("first"), NULL), AS_OK);
    expect_file("a", "first");
    assert_int_equal(as_io_write("./a", bytes("second, longer"), NULL), AS_OK);
    expect_file("a", "second, longer");
    assert_int_equal(as_io_write("a", (as_span){NULL, 0}, NULL), AS_OK);
    expect_file("a", "");
    assert_int_equal(count_files(), 1);
    expect_file("/dev/null", "");
    empty_folder(".");
}

static void refusals(void **state)
{
    as_err err;
    int fd;

    assert_int_equal(as_io_write("five", bytes("12345"), NULL), AS_OK);
    assert_int_equal(mkdir("d", 0700), 0);
    expect_error("none", 0, AS_ERR_NO_INPUT,
                 "none: could not open it: No such file or directory");
    expect_error("d", 0, AS_ERR_NO_INPUT, "d: this is a directory");
    expect_error("five/x", 0, AS_ERR_NO_INPUT,
                 "five/x: could not open it: Not a directory");
    expect_error("five", 4, AS_ERR_LIMIT,
                 "five: it has more than the 4 bytes allowed");
    expect_error("/dev/zero", 100000, AS_ERR_LIMIT,
                 "/dev/zero: it has more than the 100000 bytes allowed");
    as_err_init(&err);
    assert_int_equal(as_io_write("none/x", bytes("x"), &err), AS_ERR_IO);
    assert_string_equal(err.place.file, "none/x");
    assert_int_equal(as_io_write("d", bytes("x"), &err), AS_ERR_IO);
    assert_int_equal(as_io_open("d", &fd, NULL), AS_ERR_NO_INPUT);
    assert_int_equal(rmdir("d"), 0);
    empty_folder(".");
}

static void ceiling_is_exact(void **state)
{
    as_io_file f;

    assert_int_equal(as_io_write("five", bytes("12345"), NULL), AS_OK);
    assert_int_equal(as_io_read("five", 5, &f, NULL), AS_OK);
    assert_int_equal(f.bytes.n, 5);
    as_io_file_done(&f);
    empty_folder(".");
}

/* A pipe has no size; what comes late comes too. */
static void from_a_pipe(void **state)
{
    const size_t n = 300000;
    char *want = calloc(1, n);
    as_io_file f;
    int fds[2], status;
    pid_t pid;

    memset(want, 'p', n);
    assert_int_equal(pipe(fds), 0);
    pid = fork();
    if (pid == 0) {
        close(fds[0]);
        _exit(
            (int)as_io_write_all(fds[1], (as_span){(uint8_t *)want, n}, NULL));
    }
    close(fds[1]);
    assert_int_equal(dup2(fds[0], STDIN_FILENO), STDIN_FILENO);
    close(fds[0]);
    assert_int_equal(as_io_read("-", 0, &f, NULL), AS_OK);
    assert_int_equal(f.bytes.n, n);
    assert_memory_equal(f.bytes.p, want, n);
    as_io_file_done(&f);
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
    free(want);
}

static void nobody_reads(void **state)
{
    int fds[2];
    as_err err;

    assert_int_equal(pipe(fds), 0);
    close(fds[0]);
    as_err_init(&err);
    assert_int_equal(as_io_write_all(fds[1], bytes("x"), &err), AS_ERR_IO);
    assert_string_equal(err.what, "");
    close(fds[1]);
    assert_int_equal(as_io_write_all(fds[1], bytes("x"), &err), AS_ERR_IO);
    assert_string_equal(err.what, "could not write it: Bad file descriptor");
}

/* A device that is full, and a reader that is slow: all or nothing. */
static void to_devices(void **state)
{
    as_err err;
    int fds[2], status;
    pid_t pid;
    char got[4096];
    size_t sum = 0;

    as_err_init(&err);
    assert_int_equal(as_io_write("/dev/null", bytes("x"), NULL), AS_OK);
    assert_int_equal(as_io_write("/dev/full", bytes("x"), &err), AS_ERR_IO);
    assert_non_null(strstr(err.what, "No space left"));
    assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
    pid = fork();
    if (pid == 0) {
        uint8_t *p = calloc(1, AS_MIB);
        close(fds[0]);
        _exit((int)as_io_write_all(fds[1], (as_span){p, AS_MIB}, NULL));
    }
    close(fds[1]);
    fcntl(fds[0], F_SETFL, 0);
    for (ssize_t n; (n = read(fds[0], got, sizeof got)) > 0;)
        sum += (size_t)n;
    assert_int_equal(sum, AS_MIB);
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
    close(fds[0]);
}

static mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode;
}

static void keeps_links_and_modes(void **state)
{
    mode_t mask = umask(027);

    assert_int_equal(as_io_write("new", bytes("1"), NULL), AS_OK);
    assert_int_equal(mode_of("new") & 0777, 0640);
    assert_int_equal(chmod("new", 0604), 0);
    assert_int_equal(symlink("new", "link"), 0);
    assert_int_equal(as_io_write("link", bytes("2"), NULL), AS_OK);
    assert_true(S_ISLNK(mode_of("link")));
    assert_int_equal(mode_of("new") & 0777, 0604);
    expect_file("new", "2");
    umask(mask);
    empty_folder(".");
}

static void folders(void **state)
{
    as_err err;

    assert_int_equal(as_io_make_folders("a/b//c/", NULL), AS_OK);
    assert_int_equal(as_io_make_folders("a/b/c", NULL), AS_OK);
    assert_int_equal(as_io_make_folders("/", NULL), AS_OK);
    assert_int_equal(mode_of("a/b") & 0777, 0700);
    assert_int_equal(as_io_write("a/b/c/f", bytes("x"), NULL), AS_OK);
    as_err_init(&err);
    assert_int_equal(as_io_make_folders("a/b/c/f/g", &err), AS_ERR_IO);
    assert_string_equal(err.place.file, "a/b/c/f");
    assert_int_equal(as_io_make_folders("", &err), AS_ERR_IO);
    assert_int_equal(unlink("a/b/c/f"), 0);
    assert_int_equal(rmdir("a/b/c") + rmdir("a/b") + rmdir("a"), 0);
}

static void home(void **state)
{
    static const struct {
        as_io_env env;
        const char *want;
    } cases[] = {
        {{.assay_home = "/h", .xdg_data_home = "/x", .home = "/u"}, "/h"},
        {{.assay_home = "rel", .home = "/u"}, "rel"},
        {{.assay_home = "", .xdg_data_home = "/x", .home = "/u"}, "/x/assay"},
        {{.xdg_data_home = "rel", .home = "/u"}, "/u/.local/share/assay"},
        {{.xdg_data_home = "", .home = "/u"}, "/u/.local/share/assay"},
    };
    const as_io_env none = {.home = ""};
    as_arena *a = as_arena_new(4096);
    as_str got;
    as_err err;

    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        assert_int_equal(as_io_home(&cases[i].env, a, &got, NULL), AS_OK);
        testing_str(got, cases[i].want);
    }
    as_err_init(&err);
    assert_int_equal(as_io_home(&none, a, &got, &err), AS_ERR_NO_INPUT);
    as_arena_free(a);
}

static void now(void **state)
{
    static const char *bad[] = {"x", "-1", "1.5", "99999999999999999",
                                "253402300800"};
    as_io_env env = {.source_date_epoch = "1709164800"};
    char text[AS_TIME_TEXT];
    as_time t, again;
    as_err err;

    assert_int_equal(as_io_now(&env, &t, NULL), AS_OK);
    assert_string_equal(as_time_text(t, text), "2024-02-29T00:00:00Z");
    for (size_t i = 0; i < AS_ARRAY_LEN(bad); i++) {
        env.source_date_epoch = bad[i];
        as_err_init(&err);
        assert_int_equal(as_io_now(&env, &t, &err), AS_ERR_USAGE);
        assert_non_null(strstr(err.what, bad[i]));
    }
    env.source_date_epoch = NULL;
    assert_int_equal(as_io_now(&env, &t, NULL), AS_OK);
    assert_int_equal(as_io_now(&env, &again, NULL), AS_OK);
    assert_true(t > 1700000000 && again >= t);
    assert_true(as_io_ticks() <= as_io_ticks());
}

static void terminal(void **state)
{
    const struct winsize size = {.ws_row = 24, .ws_col = 132};
    as_io_env env = {.term = "xterm"};
    int master = posix_openpt(O_RDWR | O_NOCTTY), slave;

    if (master < 0 || grantpt(master) || unlockpt(master))
        skip();
    slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    if (slave < 0)
        skip();
    assert_int_equal(ioctl(slave, TIOCSWINSZ, &size), 0);
    assert_true(as_io_is_terminal(slave) && as_io_color(&env, slave));
    assert_int_equal(as_io_width(&env, slave), 132);
    env.columns = "100";
    assert_int_equal(as_io_width(&env, slave), 100);
    env.columns = "3";
    assert_int_equal(as_io_width(&env, slave), 20);
    env.columns = "wide";
    assert_int_equal(as_io_width(&env, slave), 132);
    env.columns = NULL;
    env.no_color = "1";
    assert_false(as_io_color(&env, slave));
    env.no_color = "";
    assert_true(as_io_color(&env, slave));
    env.term = "dumb";
    assert_false(as_io_color(&env, slave));
    close(slave);
    close(master);
    slave = open("/dev/null", O_RDWR);
    env.term = "xterm";
    assert_false(as_io_is_terminal(slave) || as_io_color(&env, slave));
    assert_int_equal(as_io_width(&env, slave), 80);
    close(slave);
}

/* ---- progress ---------------------------------------------------------- */

static uint64_t clock_now;

static uint64_t clock_ticks(void)
{
    return clock_now;
}

static void progress_line(void **state)
{
    static const struct {
        const char *label;
        uint64_t done, total;
        const char *unit;
        unsigned width;
        const char *want;
    } cases[] = {
        {"Reading", 0, 0, "parts", 80, "Reading 0 parts"},
        {"Reading", 1234567, 0, "parts", 80, "Reading 1,234,567 parts"},
        {"Reading", 1, 4, "parts", 80,
         "Reading [#####               ]  25%  1 of 4 parts"},
        {"Reading", 9, 4, "parts", 80,
         "Reading [####################] 100%  9 of 4 parts"},
        {"Reading", UINT64_MAX, UINT64_MAX, "", 39,
         "Reading [####################] 100%  1"},
        {"Reading", 1536, 0, "bytes", 80, "Reading 1.5 KiB"},
        {"Reading", 1023, 0, "bytes", 80, "Reading 0.9 KiB"},
        {"Reading", 1024 * 1024, 0, "bytes", 80, "Reading 1.0 MiB"},
        {"Reading", UINT64_MAX, 0, "bytes", 80, "Reading 16777215.9 TiB"},
        {"a\x1b[2Jb\n", 1, 0, "x", 80, "a?[2Jb? 1 x"},
        {"\xC3\xA9\xC3\xA9\xC3\xA9", 1, 0, "x", 3, "\xC3\xA9\xC3\xA9"},
        {"Reading", 1, 0, "x", 1, ""},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_progress p;
        as_buf out;
        as_buf_init(&out, 1000);
        as_progress_init(&p, -1, cases[i].width, clock_ticks);
        as_progress_start(&p, as_str_c(cases[i].label), cases[i].total,
                          as_str_c(cases[i].unit));
        as_progress_set(&p, cases[i].done);
        as_progress_line(&p, &out);
        testing_str(as_buf_text(&out), cases[i].want);
        as_progress_end(&p);
        as_buf_done(&out);
    }
}

/* A terminal hands over in pieces, when it likes: up to what comes last. */
static size_t read_until(int fd, const char *last, char *got, size_t cap)
{
    const size_t n_last = strlen(last);
    size_t n = 0;

    while (n < n_last || memcmp(got + n - n_last, last, n_last) != 0) {
        ssize_t more = read(fd, got + n, cap - n);
        assert_true(more > 0);
        n += (size_t)more;
    }
    return n;
}

/* A thousand steps in two seconds on a terminal: at most ten lines a second,
 * nothing at first, nothing left behind. */
static void progress_on_terminal(void **state)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY), slave;
    size_t lines = 0;
    char got[65536];
    as_progress p;
    size_t n;

    if (master < 0 || grantpt(master) || unlockpt(master))
        skip();
    slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    if (slave < 0)
        skip();
    clock_now = 5000;
    as_progress_init(&p, slave, 80, clock_ticks);
    as_progress_start(&p, AS_STR("Work"), 1000, AS_STR("steps"));
    for (int i = 0; i < 1000; i++, clock_now += 2)
        as_progress_step(&p);
    assert_true(p.shown);
    as_progress_end(&p);
    assert_false(p.shown);
    n = read_until(master, "\r\x1b[K", got, sizeof got);
    for (size_t i = 0; i < n; i++)
        lines += got[i] == '\r';
    assert_in_range(lines, 10, 20);
    close(slave);
    close(master);
}

static void progress_elsewhere(void **state)
{
    int fds[2];
    char got[10];
    as_progress p;

    assert_int_equal(pipe(fds), 0);
    as_progress_init(&p, fds[1], 80, clock_ticks);
    as_progress_start(&p, AS_STR("Work"), 0, AS_STR("steps"));
    clock_now += 10000;
    as_progress_step(&p);
    as_progress_end(&p);
    close(fds[1]);
    assert_int_equal(read(fds[0], got, sizeof got), 0);
    close(fds[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_write),
        cmocka_unit_test(refusals),
        cmocka_unit_test(ceiling_is_exact),
        cmocka_unit_test(from_a_pipe),
        cmocka_unit_test(nobody_reads),
        cmocka_unit_test(to_devices),
        cmocka_unit_test(keeps_links_and_modes),
        cmocka_unit_test(folders),
        cmocka_unit_test(home),
        cmocka_unit_test(now),
        cmocka_unit_test(terminal),
        cmocka_unit_test(progress_line),
        cmocka_unit_test(progress_on_terminal),
        cmocka_unit_test(progress_elsewhere),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
