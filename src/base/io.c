/* SPDX-License-Identifier: Apache-2.0 */
/* The effects; see io.h. */
#include "base/io.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    FIRST_READ = 64 * 1024,
    TRIES = 100,        /* names for the file beside */
    WIDTH_UNKNOWN = 80, /* where nobody says */
    WIDTH_LEAST = 20,   /* narrower, no layout holds */
    WIDTH_MOST = 1000,
};

void as_io_start(void)
{
    int fd;

    signal(SIGPIPE, SIG_IGN);
    /* Read only: what is written to a closed output is not lost in silence. */
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= 2);
    as_io_close(fd);
}

static bool is_dash(const char *path)
{
    return strcmp(path, "-") == 0;
}

static as_rc fail_errno(as_err *err, as_rc rc, const char *path,
                        const char *what)
{
    const char *why = strerror(errno);

    if (err) {
        as_place_init(&err->place);
        as_err_file(err, as_str_c(path));
    }
    return as_fail(err, rc, "could not %s: %s", what, why);
}

/* ---- reading ---------------------------------------------------------------
 */

static const char *shown(const char *path)
{
    return is_dash(path) ? "standard input" : path;
}

static as_rc fail_file(as_err *err, as_rc rc, const char *path,
                       const char *what)
{
    if (err) {
        as_place_init(&err->place);
        as_err_file(err, as_str_c(shown(path)));
    }
    return as_fail(err, rc, "%s", what);
}

as_rc as_io_open(const char *path, int *ret_fd, as_err *err)
{
    struct stat st;
    int fd = is_dash(path) ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                           : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return fail_errno(err, AS_ERR_NO_INPUT, shown(path), "open it");
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        as_io_close(fd);
        return fail_file(err, AS_ERR_NO_INPUT, path, "this is a directory");
    }
    *ret_fd = fd;
    return AS_OK;
}

void as_io_close(int fd)
{
    if (fd >= 0)
        close(fd);
}

struct filling {
    uint8_t *p;
    size_t n, cap; /* of p without the padding */
};

static bool make_room(struct filling *f, size_t ceiling)
{
    size_t cap = f->cap ? f->cap * 2 : FIRST_READ;
    uint8_t *p;

    if (f->n < f->cap)
        return true;
    /* One byte beyond the ceiling tells that there is more. */
    if (cap > ceiling + 1)
        cap = ceiling + 1;
    p = realloc(f->p, cap + AS_IO_PADDING);
    if (!p)
        return false;
    f->p = p;
    f->cap = cap;
    return true;
}

/* Room for the size a file says it has, which saves growing; what is read
 * decides. False when that is too much already. */
static bool expect_size(struct filling *f, int fd, size_t ceiling)
{
    struct stat st;

    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0)
        return true;
    if ((uintmax_t)st.st_size > ceiling)
        return false;
    f->p = malloc((size_t)st.st_size + 1 + AS_IO_PADDING);
    f->cap = f->p ? (size_t)st.st_size + 1 : 0;
    return true;
}

static as_rc fail_ceiling(size_t ceiling, const char *path, as_err *err)
{
    char what[80];

    snprintf(what, sizeof what, "it has more than the %zu bytes allowed",
             ceiling);
    return fail_file(err, AS_ERR_LIMIT, path, what);
}

static as_rc fill(struct filling *f, int fd, size_t ceiling, const char *path,
                  as_err *err)
{
    ssize_t got;

    if (!expect_size(f, fd, ceiling))
        return fail_ceiling(ceiling, path, err);
    for (;;) {
        if (!make_room(f, ceiling))
            return fail_file(err, AS_ERR_MEMORY, path, "no memory to read it");
        got = read(fd, f->p + f->n, f->cap - f->n);
        if (got == 0)
            break;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_errno(err, AS_ERR_IO, shown(path), "read it");
        f->n += (size_t)got;
        if (f->n > ceiling)
            return fail_ceiling(ceiling, path, err);
    }
    memset(f->p + f->n, 0, AS_IO_PADDING);
    return AS_OK;
}

as_rc as_io_read(const char *path, size_t ceiling, as_io_file *ret, as_err *err)
{
    struct filling f = {NULL, 0, 0};
    int fd = -1;
    as_rc rc = as_io_open(path, &fd, err);

    if (rc)
        return rc;
    ceiling = ceiling ? ceiling : AS_LIMIT_INPUT_BYTES;
    if (ceiling > SIZE_MAX / 4)
        ceiling = SIZE_MAX / 4;
    rc = fill(&f, fd, ceiling, path, err);
    as_io_close(fd);
    if (rc) {
        free(f.p);
        return rc;
    }
    *ret = (as_io_file){.bytes = {f.p, f.n}, .owned = f.p};
    return AS_OK;
}

void as_io_file_done(as_io_file *f)
{
    free(f->owned);
    *f = (as_io_file){.owned = NULL};
}

static as_rc map_fd(int fd, const char *path, size_t ceiling,
                    as_io_mapping *ret, as_err *err)
{
    struct stat st;
    void *p;

    if (fstat(fd, &st))
        return fail_errno(err, AS_ERR_IO, path, "look at it");
    if (!S_ISREG(st.st_mode) || st.st_size <= 0 ||
        (uint64_t)st.st_size > ceiling) {
        as_err_file(err, as_str_c(path));
        return as_fail(err, AS_ERR_INPUT,
                       "it is empty, too large or no regular file");
    }
    p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return fail_errno(err, AS_ERR_IO, path, "map it");
    *ret = (as_io_mapping){{p, (size_t)st.st_size}, p};
    return AS_OK;
}

as_rc as_io_map(const char *path, size_t ceiling, as_io_mapping *ret,
                as_err *err)
{
    int fd = -1;
    as_rc rc = as_io_open(path, &fd, err);

    if (rc)
        return rc;
    rc = map_fd(fd, path, ceiling, ret, err);
    as_io_close(fd);
    return rc;
}

void as_io_unmap(as_io_mapping *m)
{
    if (m->mapped)
        munmap(m->mapped, m->bytes.n);
    *m = (as_io_mapping){.mapped = NULL};
}

/* ---- writing ---------------------------------------------------------------
 */

static as_rc write_bytes(int fd, as_span bytes, const char *path, as_err *err)
{
    size_t at = 0;

    while (at < bytes.n) {
        struct pollfd ready = {.fd = fd, .events = POLLOUT};
        ssize_t put = write(fd, bytes.p + at, bytes.n - at);
        if (put >= 0)
            at += (size_t)put;
        else if (errno == EAGAIN)
            poll(&ready, 1, -1);
        else if (errno == EPIPE)
            return as_fail(err, AS_ERR_IO, "%s", "");
        else if (errno != EINTR)
            return fail_errno(err, AS_ERR_IO, path, "write it");
    }
    return AS_OK;
}

as_rc as_io_write_all(int fd, as_span bytes, as_err *err)
{
    const char *name = fd == STDOUT_FILENO   ? "standard output"
                       : fd == STDERR_FILENO ? "standard error"
                                             : "the output";

    return write_bytes(fd, bytes, name, err);
}

/* A new file beside path; its name goes into beside. The kernel applies the
 * user's mask to the mode, which mkostemp would not. */
static int create_beside(const char *path, char *beside, size_t cap)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    int fd = -1;

    for (int i = 0; i < TRIES && fd < 0; i++) {
        int n = snprintf(beside, cap, "%.*s.%s.%ld-%d.tmp", folder, path,
                         path + folder, (long)getpid(), i);
        if (n < 0 || (size_t)n >= cap) {
            errno = ENAMETOOLONG;
            return -1;
        }
        fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno != EEXIST)
            return -1;
    }
    return fd;
}

/* The rename is on disk when the folder is. Some file systems refuse this:
 * then it is as good as they are. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[4096];
    int fd;

    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
             slash ? path : ".");
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        fsync(fd);
    as_io_close(fd);
}

/* mode: of the file that is replaced, or 0. Closes fd. */
static as_rc finish(int fd, as_span bytes, mode_t mode, const char *path,
                    as_err *err)
{
    as_rc rc = write_bytes(fd, bytes, path, err);

    if (rc == AS_OK && mode && fchmod(fd, mode & 07777) != 0)
        rc = fail_errno(err, AS_ERR_IO, path, "keep its mode");
    if (rc == AS_OK && fsync(fd) != 0)
        rc = fail_errno(err, AS_ERR_IO, path, "write it");
    if (close(fd) != 0 && rc == AS_OK)
        rc = fail_errno(err, AS_ERR_IO, path, "write it");
    return rc;
}

static as_rc replace(const char *path, mode_t mode, as_span bytes, as_err *err)
{
    char beside[4096];
    int fd = create_beside(path, beside, sizeof beside);
    as_rc rc;

    if (fd < 0)
        return fail_errno(err, AS_ERR_IO, path, "create it");
    rc = finish(fd, bytes, mode, path, err);
    if (rc == AS_OK && rename(beside, path) != 0)
        rc = fail_errno(err, AS_ERR_IO, path, "put it in its place");
    if (rc)
        unlink(beside);
    else
        sync_folder(path);
    return rc;
}

static as_rc write_directly(const char *path, as_span bytes, as_err *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    as_rc rc;

    if (fd < 0)
        return fail_errno(err, AS_ERR_IO, path, "open it");
    rc = write_bytes(fd, bytes, path, err);
    if (close(fd) != 0 && rc == AS_OK)
        rc = fail_errno(err, AS_ERR_IO, path, "write it");
    return rc;
}

as_rc as_io_write(const char *path, as_span bytes, as_err *err)
{
    struct stat st, link;
    char *target;
    as_rc rc;

    if (is_dash(path))
        return as_io_write_all(STDOUT_FILENO, bytes, err);
    if (stat(path, &st) != 0)
        return replace(path, 0, bytes, err);
    if (S_ISDIR(st.st_mode))
        return fail_file(err, AS_ERR_IO, path, "this is a directory");
    if (!S_ISREG(st.st_mode))
        return write_directly(path, bytes, err);
    if (lstat(path, &link) != 0 || !S_ISLNK(link.st_mode))
        return replace(path, st.st_mode, bytes, err);
    target = realpath(path, NULL);
    if (!target)
        return fail_errno(err, AS_ERR_IO, path, "follow the link");
    rc = replace(target, st.st_mode, bytes, err);
    free(target);
    return rc;
}

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

as_rc as_io_make_folders(const char *path, as_err *err)
{
    char above[4096];
    size_t n = strlen(path);

    if (n == 0 || n >= sizeof above) {
        errno = n ? ENAMETOOLONG : ENOENT;
        return fail_errno(err, AS_ERR_IO, path, "make the folder");
    }
    for (size_t i = 1; i <= n; i++) {
        if (i < n && path[i] != '/')
            continue;
        memcpy(above, path, i);
        above[i] = 0;
        if (mkdir(above, 0700) != 0 && !is_folder(above))
            return fail_errno(err, AS_ERR_IO, above, "make the folder");
    }
    return AS_OK;
}

/* ---- environment, clock ------------------------------------------------ */

as_io_env as_io_environment(void)
{
    return (as_io_env){
        .assay_home = getenv("ASSAY_HOME"),
        .xdg_data_home = getenv("XDG_DATA_HOME"),
        .home = getenv("HOME"),
        .source_date_epoch = getenv("SOURCE_DATE_EPOCH"),
        .columns = getenv("COLUMNS"),
        .no_color = getenv("NO_COLOR"),
        .term = getenv("TERM"),
        .logname = getenv("LOGNAME"),
    };
}

static bool is_set(const char *value)
{
    return value && value[0];
}

as_rc as_io_home(const as_io_env *env, as_arena *a, as_str *ret, as_err *err)
{
    as_str home;

    if (is_set(env->assay_home)) {
        home = as_arena_str(a, as_str_c(env->assay_home));
    } else if (is_set(env->xdg_data_home) && env->xdg_data_home[0] == '/') {
        home = as_arena_printf(a, "%s/assay", env->xdg_data_home);
    } else if (is_set(env->home)) {
        home = as_arena_printf(a, "%s/.local/share/assay", env->home);
    } else {
        as_fail(err, AS_ERR_NO_INPUT,
                "nothing says where the program's files are");
        as_err_hint(err, "set ASSAY_HOME to a folder");
        return AS_ERR_NO_INPUT;
    }
    if (as_str_is_absent(home))
        return as_fail(err, AS_ERR_MEMORY, "no memory for a path");
    *ret = home;
    return AS_OK;
}

as_rc as_io_now(const as_io_env *env, as_time *ret, as_err *err)
{
    struct timespec now;
    uint64_t seconds;

    if (is_set(env->source_date_epoch)) {
        if (!as_str_u64(as_str_c(env->source_date_epoch), &seconds) ||
            seconds > INT64_MAX ||
            as_time_date((as_time)seconds) == AS_DATE_NONE)
            return as_fail(err, AS_ERR_USAGE,
                           "SOURCE_DATE_EPOCH is \"%.40s\", no number of "
                           "seconds since 1970",
                           env->source_date_epoch);
        *ret = (as_time)seconds;
        return AS_OK;
    }
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return as_fail(err, AS_ERR_INTERNAL, "could not read the clock: %s",
                       strerror(errno));
    *ret = now.tv_sec;
    return AS_OK;
}

uint64_t as_io_ticks(void)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---- terminal ---------------------------------------------------------- */

bool as_io_is_terminal(int fd)
{
    return isatty(fd) == 1;
}

unsigned as_io_width(const as_io_env *env, int fd)
{
    struct winsize size;
    uint64_t n = WIDTH_UNKNOWN;

    if (!is_set(env->columns) || !as_str_u64(as_str_c(env->columns), &n) ||
        n == 0) {
        n = WIDTH_UNKNOWN;
        if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col)
            n = size.ws_col;
    }
    return n < WIDTH_LEAST  ? WIDTH_LEAST
           : n > WIDTH_MOST ? WIDTH_MOST
                            : (unsigned)n;
}

bool as_io_color(const as_io_env *env, int fd)
{
    return !is_set(env->no_color) && is_set(env->term) &&
           strcmp(env->term, "dumb") != 0 && as_io_is_terminal(fd);
}
