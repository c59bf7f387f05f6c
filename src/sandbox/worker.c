/* SPDX-License-Identifier: Apache-2.0 */
/* Forking a worker and reading its frames; see worker.h. */
#include "sandbox/worker.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "sandbox/confine_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    FRAME_HEADER = 9,
    PIPE_BYTES = 1 << 20,
    FRAME_REPORT = 254, /* what confinement was had, first of all */
    FRAME_RESULT = 255, /* class and error, last of all */
};

struct as_worker_out {
    const as_worker_job *job;
    int fd; /* -1: unconfined, frames go straight to on_frame */
    as_rc rc;
    as_err *err;
};

/* ---- the worker's side ------------------------------------------------- */

static bool write_all(int fd, const void *p, size_t n)
{
    const char *at = p;

    while (n) {
        ssize_t w = write(fd, at, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        at += w;
        n -= (size_t)w;
    }
    return true;
}

static bool send_frame(int fd, uint8_t type, as_span bytes)
{
    unsigned char header[FRAME_HEADER] = {type};

    for (unsigned i = 0; i < 8; i++)
        header[1 + i] = (unsigned char)((uint64_t)bytes.n >> (8 * i));
    return write_all(fd, header, sizeof header) &&
           write_all(fd, bytes.p, bytes.n);
}

bool as_worker_emit(as_worker_out *out, uint8_t type, as_span bytes)
{
    if (out->rc || type >= FRAME_REPORT)
        return false;
    if (out->fd >= 0)
        return send_frame(out->fd, type, bytes);
    out->rc = out->job->on_frame(out->job->ctx, type, bytes, out->err);
    return out->rc == AS_OK;
}

/* Never returns. */
static void worker_main(const as_worker_job *job, int fd)
{
    as_worker_out out = {job, fd, AS_OK, NULL};
    as_worker_report report = {.forked = true};
    /* Nothing of the user's environment. With TZ, libc keeps the zone it has;
     * without, each conversion of a date looks for the file of the zone. */
    char zone[] = "TZ=UTC0", *variables[] = {zone, NULL};
    as_err err;

    as_err_init(&err);
    environ = variables;
    tzset();
    as_confine(fd, job->fd, job->memory ? job->memory : AS_LIMIT_WORKER_BYTES,
               &report);
    if (!send_frame(fd, FRAME_REPORT,
                    (as_span){(uint8_t *)&report, sizeof report}))
        _exit(1);
    err.rc = job->run(job->ctx, &out, &err);
    send_frame(fd, FRAME_RESULT, (as_span){(uint8_t *)&err, sizeof err});
    _exit(0);
}

/* ---- the parent's side ------------------------------------------------- */

struct parent {
    const as_worker_job *job;
    as_worker_report *report;
    int fd;
    bool reported; /* FRAME_REPORT came */
    bool finished; /* FRAME_RESULT came */
    as_rc rc;
    as_err *err;
};

static unsigned silence_of(const struct parent *p)
{
    return p->job->silence ? p->job->silence : AS_LIMIT_WORKER_SILENCE;
}

/* Processor time does not run in a worker that sleeps. */
static bool wait_for_bytes(struct parent *p)
{
    struct pollfd fd = {.fd = p->fd, .events = POLLIN};
    int n;

    do
        n = poll(&fd, 1, (int)silence_of(p) * 1000);
    while (n < 0 && errno == EINTR);
    if (n == 0)
        p->rc = as_fail(p->err, AS_ERR_LIMIT,
                        "reading it stopped: no word for %u s", silence_of(p));
    return n > 0;
}

/* False when the pipe ended or failed, or nothing comes. */
static bool read_all(struct parent *p, void *to, size_t n)
{
    char *at = to;

    while (n && wait_for_bytes(p)) {
        ssize_t r = read(p->fd, at, n);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return false;
        at += r;
        n -= (size_t)r;
    }
    return n == 0;
}

/* An error a worker sent: texts must end, numbers are bounded. */
static as_rc take_result(struct parent *p, as_span bytes)
{
    as_err got;

    if (bytes.n != sizeof got)
        return as_fail(p->err, AS_ERR_INTERNAL,
                       "the reader's answer is defective");
    memcpy(&got, bytes.p, sizeof got);
    p->finished = true;
    if (got.rc == AS_OK)
        return AS_OK;
    if ((unsigned)got.rc > AS_ERR_IO)
        got.rc = AS_ERR_INTERNAL;
    got.what[sizeof got.what - 1] = 0;
    got.detail[sizeof got.detail - 1] = 0;
    got.hint[sizeof got.hint - 1] = 0;
    got.place.file[sizeof got.place.file - 1] = 0;
    got.place.path[sizeof got.place.path - 1] = 0;
    if (p->err)
        *p->err = got;
    return got.rc;
}

static as_rc take_frame(struct parent *p, uint8_t type, as_span bytes)
{
    as_worker_report got;

    if (type == FRAME_RESULT)
        return take_result(p, bytes);
    if (type != FRAME_REPORT)
        return p->job->on_frame(p->job->ctx, type, bytes, p->err);
    /* The first word is of our own code; a second one is of the input's. */
    if (p->reported)
        return as_fail(p->err, AS_ERR_INTERNAL,
                       "the reader's answer is defective");
    p->reported = true;
    if (bytes.n == sizeof got && p->report) {
        const unsigned char *flags = bytes.p;
        *p->report = (as_worker_report){flags[0] == 1, flags[1] == 1,
                                        flags[2] == 1, flags[3] == 1};
    }
    return AS_OK;
}

static as_rc read_frame(struct parent *p, as_buf *frame, bool *more)
{
    unsigned char header[FRAME_HEADER];
    uint64_t n = 0;
    char *at;

    if (!read_all(p, header, sizeof header)) {
        *more = false;
        return p->rc;
    }
    for (unsigned i = 8; i > 0; i--)
        n = n << 8 | header[i];
    as_buf_clear(frame);
    at = n > frame->ceiling ? NULL : as_buf_reserve(frame, (size_t)n);
    if (n && !at)
        return as_fail(p->err, AS_ERR_LIMIT,
                       "what was read takes more than %zu MiB in memory",
                       frame->ceiling / AS_MIB);
    if (n && !read_all(p, at, (size_t)n)) {
        *more = false;
        return p->rc;
    }
    frame->n = (size_t)n;
    return take_frame(p, header[0], as_buf_span(frame));
}

static as_rc explain_death(struct parent *p, int status)
{
    int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

    if (sig == SIGXCPU || sig == SIGKILL)
        return as_fail(p->err, AS_ERR_LIMIT,
                       "reading it took more than %d s of processor time or "
                       "too much memory",
                       AS_LIMIT_WORKER_SECONDS);
    if (sig == SIGSYS)
        return as_fail(p->err, AS_ERR_INTERNAL,
                       "the reader was stopped: it asked the system for "
                       "something a reader may not do");
    if (sig)
        return as_fail(p->err, AS_ERR_INTERNAL,
                       "the reader was stopped by signal %d", sig);
    return as_fail(p->err, AS_ERR_INTERNAL, "the reader ended early");
}

static as_rc serve(struct parent *p, pid_t pid)
{
    as_buf frame;
    bool more = true;
    int status = 0;

    as_buf_init(&frame, p->job->frame_ceiling ? p->job->frame_ceiling
                                              : AS_LIMIT_FRAME_BYTES);
    while (more && !p->finished && !p->rc)
        p->rc = read_frame(p, &frame, &more);
    as_buf_done(&frame);
    close(p->fd);
    /* Whatever it says, it ends here; one that has died keeps its status. */
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!p->finished && !p->rc)
        return explain_death(p, status);
    return p->rc;
}

static as_rc run_here(const as_worker_job *job, as_err *err)
{
    as_worker_out out = {job, -1, AS_OK, err};
    as_rc rc;

    if (job->meanwhile)
        job->meanwhile(job->ctx);
    rc = job->run(job->ctx, &out, err);

    return out.rc ? out.rc : rc;
}

as_rc as_worker_run(const as_worker_job *job, as_worker_report *report,
                    as_err *err)
{
    struct parent p = {.job = job, .report = report, .err = err};
    int fds[2];
    pid_t pid;

    if (report)
        *report = (as_worker_report){false, false, false, false};
    if (job->unconfined)
        return run_here(job, err);
    if (pipe2(fds, O_CLOEXEC) != 0)
        return as_fail(err, AS_ERR_INTERNAL, "could not make a pipe: %s",
                       strerror(errno));
    /* Fewer turns between the two; it is as large as it may be, or as it was.
     */
    (void)fcntl(fds[1], F_SETPIPE_SZ, PIPE_BYTES);
    fflush(NULL);
    as_digest_prepare();
    pid = fork();
    if (pid == 0) {
        close(fds[0]);
        worker_main(job, fds[1]);
    }
    close(fds[1]);
    if (pid < 0) {
        close(fds[0]);
        return as_fail(err, AS_ERR_INTERNAL, "could not start a worker: %s",
                       strerror(errno));
    }
    p.fd = fds[0];
    if (job->meanwhile)
        job->meanwhile(job->ctx);
    return serve(&p, pid);
}

void as_worker_missing(const as_worker_report *report, char *buf, size_t cap)
{
    bool seccomp = report->seccomp || !as_confine_filters();

    snprintf(buf, cap, "%s%s%s%s%s", seccomp ? "" : "seccomp",
             !seccomp && !report->landlock ? ", " : "",
             report->landlock ? "" : "Landlock",
             report->rlimits || (seccomp && report->landlock) ? "" : ", ",
             report->rlimits ? "" : "rlimits");
}
