/* SPDX-License-Identifier: Apache-2.0 */
/* What a worker may not do, done in a worker. */
#include "testing.h"

#include "sandbox/worker.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct probe {
    as_rc (*run)(struct probe *p, as_worker_out *out, as_err *err);
    int fd;
    pid_t parent;
    int pipe; /* where the worker's frames go, guessed */
    unsigned silence;
    as_buf got;
};

static as_rc run(void *ctx, as_worker_out *out, as_err *err)
{
    struct probe *p = ctx;

    return p->run(p, out, err);
}

static as_rc on_frame(void *ctx, uint8_t type, as_span bytes, as_err *err)
{
    struct probe *p = ctx;

    as_buf_byte(&p->got, (char)type);
    as_buf_put(&p->got, bytes.p, bytes.n);
    return AS_OK;
}

static as_rc start(struct probe *p, as_worker_report *report, as_err *err)
{
    as_worker_job job = {.run = run, .on_frame = on_frame, .ctx = p};

    job.fd = p->fd;
    job.silence = p->silence;
    p->parent = getpid();
    as_buf_init(&p->got, 1 << 20);
    as_err_init(err);
    return as_worker_run(&job, report, err);
}

static as_rc emits(struct probe *p, as_worker_out *out, as_err *err)
{
    as_worker_emit(out, 'a', as_str_span(AS_STR("one")));
    as_worker_emit(out, 'b', as_str_span(AS_STR("")));
    as_worker_emit(out, 'c', as_str_span(AS_STR("three")));
    return AS_OK;
}

static void frames_arrive(void **state)
{
    struct probe p = {.run = emits, .fd = -1};
    as_worker_report report;
    as_err err;

    assert_int_equal(start(&p, &report, &err), AS_OK);
    testing_str(as_buf_text(&p.got), "aonebcthree");
    assert_true(report.forked);
    /* valgrind refuses a limit on descriptors: it has some of its own. */
    if (!getenv("ASSAY_WRAPPED"))
        assert_true(report.rlimits);
    as_buf_done(&p.got);
}

static as_rc refuses(struct probe *p, as_worker_out *out, as_err *err)
{
    as_err_line(err, 3, 4);
    return as_fail(err, AS_ERR_INPUT, "it is broken");
}

static void errors_arrive(void **state)
{
    struct probe p = {.run = refuses, .fd = -1};
    as_err err;

    assert_int_equal(start(&p, NULL, &err), AS_ERR_INPUT);
    testing_str(as_str_c(err.what), "it is broken");
    assert_int_equal(err.place.line, 3);
    as_buf_done(&p.got);
}

static as_rc opens(struct probe *p, as_worker_out *out, as_err *err)
{
    int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);

    return fd < 0 ? AS_ERR_INTERNAL : AS_OK;
}

static as_rc connects(struct probe *p, as_worker_out *out, as_err *err)
{
    return socket(AF_INET, SOCK_STREAM, 0) < 0 ? AS_ERR_INTERNAL : AS_OK;
}

static as_rc makes(struct probe *p, as_worker_out *out, as_err *err)
{
    return mkdir("/tmp/assay-must-not-be", 0700) < 0 ? AS_ERR_INTERNAL : AS_OK;
}

static as_rc forks(struct probe *p, as_worker_out *out, as_err *err)
{
    pid_t pid = fork();

    if (pid == 0)
        _exit(0);
    return pid < 0 ? AS_ERR_INTERNAL : AS_OK;
}

static as_rc reads_stdin(struct probe *p, as_worker_out *out, as_err *err)
{
    char c;

    return read(0, &c, 1) < 0 ? AS_ERR_INTERNAL : AS_OK;
}

/* Signal 0 would do no harm. */
static as_rc signals_parent(struct probe *p, as_worker_out *out, as_err *err)
{
    return syscall(SYS_tgkill, p->parent, p->parent, 0) < 0 ? AS_ERR_INTERNAL
                                                            : AS_OK;
}

static as_rc aborts(struct probe *p, as_worker_out *out, as_err *err)
{
    abort();
}

static void forbidden(void **state)
{
    as_rc (*const tries[])(struct probe *, as_worker_out *, as_err *) = {
        opens, connects, makes, forks, reads_stdin, signals_parent,
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(tries); i++) {
        struct probe p = {.run = emits, .fd = -1};
        as_worker_report report;
        as_err err;

        assert_int_equal(start(&p, &report, &err), AS_OK);
        as_buf_done(&p.got);
        if (!report.seccomp) {
            print_message("skipped: this build or kernel has no seccomp\n");
            skip();
        }
        p.run = tries[i];
        assert_int_equal(start(&p, &report, &err), AS_ERR_INTERNAL);
        as_buf_done(&p.got);
    }
}

static int by_value(const void *a, const void *b)
{
    return (int)*(const unsigned char *)a - (int)*(const unsigned char *)b;
}

/* What libc does behind the back of a pure reader. */
static as_rc sorts(struct probe *p, as_worker_out *out, as_err *err)
{
    size_t n = 4 << 20;
    unsigned char *bytes = malloc(n);

    if (!bytes)
        return AS_ERR_MEMORY;
    for (size_t i = 0; i < n; i++)
        bytes[i] = (unsigned char)(i * 7);
    qsort(bytes, n, 1, by_value);
    free(bytes);
    return AS_OK;
}

static void libc_works(void **state)
{
    struct probe p = {.run = sorts, .fd = -1};
    as_err err;

    assert_int_equal(start(&p, NULL, &err), AS_OK);
    as_buf_done(&p.got);
}

static as_rc eats_memory(struct probe *p, as_worker_out *out, as_err *err)
{
    for (;;) {
        void *m = malloc(1 << 24);
        if (!m)
            return as_fail(err, AS_ERR_LIMIT, "no more");
        memset(m, 1, 1 << 12);
    }
}

static void memory_ends(void **state)
{
    struct probe p = {.run = emits, .fd = -1};
    as_worker_report report;
    as_err err;

    assert_int_equal(start(&p, &report, &err), AS_OK);
    as_buf_done(&p.got);
    if (!report.seccomp) {
        print_message("skipped: no address-space limit in this build\n");
        skip();
    }
    p.run = eats_memory;
    assert_int_equal(start(&p, &report, &err), AS_ERR_LIMIT);
    as_buf_done(&p.got);
}

static as_rc reads_fd(struct probe *p, as_worker_out *out, as_err *err)
{
    char buf[64];
    ssize_t n = read(p->fd, buf, sizeof buf);

    if (n < 0)
        return AS_ERR_IO;
    as_worker_emit(out, 'x', (as_span){(uint8_t *)buf, (size_t)n});
    return AS_OK;
}

static void given_descriptor(void **state)
{
    struct probe p = {.run = reads_fd};
    int fds[2];
    as_err err;

    assert_int_equal(pipe(fds), 0);
    assert_int_equal(write(fds[1], "given", 5), 5);
    p.fd = fds[0];
    assert_int_equal(start(&p, NULL, &err), AS_OK);
    testing_str(as_buf_text(&p.got), "xgiven");
    as_buf_done(&p.got);
    close(fds[0]);
    close(fds[1]);
}

/* ---- a worker in a stranger's hands --------------------------------------
 */

static void sleep_for_ever(void)
{
    uint32_t word = 0;

    for (;;)
        syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static as_rc sleeps(struct probe *p, as_worker_out *out, as_err *err)
{
    sleep_for_ever();
    return AS_OK;
}

static void sleep_ends(void **state)
{
    struct probe p = {.run = sleeps, .fd = -1, .silence = 1};
    as_err err;

    assert_int_equal(start(&p, NULL, &err), AS_ERR_LIMIT);
    as_buf_done(&p.got);
}

static void forge(const struct probe *p, uint8_t type, const void *bytes,
                  size_t n)
{
    unsigned char header[9] = {type};

    for (unsigned i = 0; i < 8; i++)
        header[1 + i] = (unsigned char)((uint64_t)n >> (8 * i));
    if (write(p->pipe, header, sizeof header) != sizeof header ||
        write(p->pipe, bytes, n) != (ssize_t)n)
        _exit(3);
}

/* Says that all is well, and stays. */
static as_rc feigns(struct probe *p, as_worker_out *out, as_err *err)
{
    as_err fine;

    as_err_init(&fine);
    fine.rc = AS_OK;
    forge(p, 255, &fine, sizeof fine);
    sleep_for_ever();
    return AS_OK;
}

/* Says that it is better locked up than it is. */
static as_rc boasts(struct probe *p, as_worker_out *out, as_err *err)
{
    as_worker_report report = {true, true, true, true};

    forge(p, 254, &report, sizeof report);
    return AS_OK;
}

static as_rc emits_reserved(struct probe *p, as_worker_out *out, as_err *err)
{
    return as_worker_emit(out, 254, as_str_span(AS_STR("x"))) ||
                   as_worker_emit(out, 255, as_str_span(AS_STR("x")))
               ? AS_ERR_INPUT
               : AS_OK;
}

static void lies_end(void **state)
{
    struct probe p = {.run = feigns, .fd = -1};
    int fds[2];
    as_err err;

    /* The next pipe gets the same numbers. */
    assert_int_equal(pipe(fds), 0);
    close(fds[0]);
    close(fds[1]);
    p.pipe = fds[1];
    assert_int_equal(start(&p, NULL, &err), AS_OK);
    as_buf_done(&p.got);
    p.run = boasts;
    assert_int_equal(start(&p, NULL, &err), AS_ERR_INTERNAL);
    as_buf_done(&p.got);
    p.run = emits_reserved;
    assert_int_equal(start(&p, NULL, &err), AS_OK);
    as_buf_done(&p.got);
    p.run = aborts;
    assert_int_equal(start(&p, NULL, &err), AS_ERR_INTERNAL);
    as_buf_done(&p.got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_arrive), cmocka_unit_test(errors_arrive),
        cmocka_unit_test(forbidden),     cmocka_unit_test(memory_ends),
        cmocka_unit_test(libc_works),    cmocka_unit_test(given_descriptor),
        cmocka_unit_test(sleep_ends),    cmocka_unit_test(lies_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
