/* SPDX-License-Identifier: Apache-2.0 */
/* rlimits, Landlock (linux/landlock.h, ABI 1 and later) and seccomp, in this
 * order; each that the kernel lacks is left out and reported.
 *
 * Built with a sanitizer, the address-space limit and seccomp are left out: the
 * sanitizer's own runtime needs what they forbid. */
#include "sandbox/confine_internal.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static bool limit(__rlimit_resource_t what, rlim_t value)
{
    struct rlimit r = {value, value};

    return setrlimit(what, &r) == 0;
}

static bool limit_resources(size_t memory)
{
    bool ok = limit(RLIMIT_CPU, AS_LIMIT_WORKER_SECONDS);

    if (!SANITIZED)
        ok = limit(RLIMIT_AS, memory) && ok;
    /* Writing to a file fails and does not kill: under valgrind the worker is
     * well although its log, which lies in the same process, cannot grow. */
    (void)signal(SIGXFSZ, SIG_IGN);
    ok = limit(RLIMIT_FSIZE, 0) && ok;
    ok = limit(RLIMIT_CORE, 0) && ok;
    /* No new descriptor gets a number. */
    return limit(RLIMIT_NOFILE, 0) && ok;
}

/* A ruleset that handles every access to files and grants none. */
static bool lock_files(void)
{
    struct landlock_ruleset_attr attr = {
        .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
    };
    long fd = syscall(SYS_landlock_create_ruleset, &attr,
                      sizeof attr.handled_access_fs, 0);
    bool ok;

    if (fd < 0)
        return false;
    ok = syscall(SYS_landlock_restrict_self, (int)fd, 0) == 0;
    close((int)fd);
    return ok;
}

static const int always[] = {
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sched_yield),
    SCMP_SYS(restart_syscall),
    /* qsort of glibc asks how much memory there is. */
    SCMP_SYS(sysinfo),
};

static int allow_memory(scmp_filter_ctx f)
{
    /* Anonymous and never executable. */
    int rc = seccomp_rule_add(
        f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
        SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
        SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));

    if (rc)
        return rc;
    return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static int allow_fd(scmp_filter_ctx f, int call, int fd)
{
    return seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)fd, 0));
}

/* abort sends itself a signal; nobody else gets one. */
static int allow_abort(scmp_filter_ctx f)
{
    return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
}

static int fill_filter(scmp_filter_ctx f, int out_fd, int in_fd)
{
    int rc = allow_memory(f);

    if (!rc)
        rc = allow_abort(f);

    for (size_t i = 0; i < AS_ARRAY_LEN(always) && !rc; i++)
        rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, always[i], 0);
    if (!rc)
        rc = allow_fd(f, SCMP_SYS(write), out_fd);
    if (!rc)
        rc = allow_fd(f, SCMP_SYS(writev), out_fd);
    /* libc asks what kind of file a stream is; the answer tells nothing. */
    if (!rc)
        rc =
            seccomp_rule_add(f, SCMP_ACT_ERRNO(EBADF), SCMP_SYS(newfstatat), 0);
    if (rc || in_fd < 0)
        return rc;
    rc = allow_fd(f, SCMP_SYS(read), in_fd);
    if (!rc)
        rc = allow_fd(f, SCMP_SYS(pread64), in_fd);
    if (!rc)
        rc = allow_fd(f, SCMP_SYS(lseek), in_fd);
    return rc ? rc : allow_fd(f, SCMP_SYS(fstat), in_fd);
}

static bool filter_calls(int out_fd, int in_fd)
{
    scmp_filter_ctx f;
    bool ok;

    if (SANITIZED)
        return false;
    f = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!f)
        return false;
    ok = fill_filter(f, out_fd, in_fd) == 0 && seccomp_load(f) == 0;
    seccomp_release(f);
    return ok;
}

/* Every descriptor but the two, so that nothing the parent had open can be
 * read or written. */
static void close_others(int out_fd, int in_fd)
{
    int lo = in_fd >= 0 && in_fd < out_fd ? in_fd : out_fd;
    int hi = lo == out_fd ? in_fd : out_fd;

    if (lo > 0)
        close_range(0, (unsigned)lo - 1, 0);
    if (hi < 0) {
        close_range((unsigned)lo + 1, ~0u, 0);
        return;
    }
    if (hi > lo + 1)
        close_range((unsigned)lo + 1, (unsigned)hi - 1, 0);
    close_range((unsigned)hi + 1, ~0u, 0);
}

bool as_confine_filters(void)
{
    return !SANITIZED;
}

void as_confine(int out_fd, int in_fd, size_t memory, as_worker_report *report)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    if (!SANITIZED)
        close_others(out_fd, in_fd);
    report->landlock = lock_files();
    report->rlimits = limit_resources(memory);
    report->seccomp = filter_calls(out_fd, in_fd);
}
