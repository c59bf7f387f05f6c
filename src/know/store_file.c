/* SPDX-License-Identifier: Apache-2.0 */
/* The knowledge base's file while it is written: PATH.new, a locked copy that
 * takes PATH's place by renaming. The lock is on the work file itself, so a
 * crash leaves none behind. Between opening and locking another import may have
 * renamed the file: then it is the base now and must not be touched, so after
 * locking the path is looked at again. */
#include "know/store_state_internal.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static bool make_names(as_store_file *f, as_str path)
{
    f->path = malloc(path.n + 1);
    f->work = malloc(path.n + sizeof ".new");
    if (!f->path || !f->work)
        return false;
    memcpy(f->path, path.p, path.n);
    f->path[path.n] = 0;
    memcpy(f->work, path.p, path.n);
    memcpy(f->work + path.n, ".new", sizeof ".new");
    return true;
}

/* SQLite's journal beside the work file: one that a crash left belongs to a
 * file that is no more, and would be played back into the new one. */
static void remove_journal(const as_store_file *f)
{
    char name[4096];
    int n = snprintf(name, sizeof name, "%s-journal", f->work);

    if (n > 0 && (size_t)n < sizeof name)
        (void)unlink(name);
}

static as_rc fail_here(const as_store_file *f, const char *what, as_err *err)
{
    return as_fail(err, AS_ERR_IO, "could not %s \"%s\": %s", what, f->work,
                   strerror(errno));
}

/* Is the path still the file that is open? */
static bool still_there(const as_store_file *f)
{
    struct stat by_path, by_fd;

    return stat(f->work, &by_path) == 0 && fstat(f->fd, &by_fd) == 0 &&
           by_path.st_dev == by_fd.st_dev && by_path.st_ino == by_fd.st_ino;
}

static as_rc lock_work(as_store_file *f, as_err *err)
{
    for (int tries = 0; tries < 8; tries++) {
        f->fd = open(f->work, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (f->fd < 0)
            return fail_here(f, "create", err);
        if (flock(f->fd, LOCK_EX | LOCK_NB) != 0) {
            as_fail(err, AS_ERR_IO,
                    "another import is writing the knowledge base");
            as_err_hint(err, "wait until it has ended");
            close(f->fd);
            f->fd = -1;
            return AS_ERR_IO;
        }
        if (still_there(f))
            return AS_OK;
        close(f->fd);
        f->fd = -1;
    }
    return as_fail(err, AS_ERR_IO, "could not lock \"%s\"", f->work);
}

static as_rc copy_all(as_store_file *f, int from, as_err *err)
{
    struct stat st;
    off_t left;

    if (fstat(from, &st) != 0)
        return fail_here(f, "copy to", err);
    left = st.st_size;
    while (left > 0) {
        ssize_t n = sendfile(f->fd, from, NULL, (size_t)left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail_here(f, "copy to", err);
        left -= n;
    }
    return AS_OK;
}

as_rc as_store_file_open(as_store_file *f, as_str path, bool *ret_fresh,
                         as_err *err)
{
    int from;
    as_rc rc;

    f->fd = -1;
    if (!make_names(f, path))
        return as_fail(err, AS_ERR_MEMORY, "no memory to open the base");
    rc = lock_work(f, err);
    if (rc)
        return rc;
    remove_journal(f);
    if (ftruncate(f->fd, 0) != 0)
        return fail_here(f, "write", err);
    from = open(f->path, O_RDONLY | O_CLOEXEC);
    *ret_fresh = from < 0 && errno == ENOENT;
    if (from < 0)
        return *ret_fresh
                   ? AS_OK
                   : as_fail(err, AS_ERR_NO_INPUT, "could not open \"%s\": %s",
                             f->path, strerror(errno));
    rc = copy_all(f, from, err);
    close(from);
    return rc;
}

/* The name is safe on disk when its folder is. */
static void sync_folder(const char *path)
{
    char *copy = strdup(path);
    char *slash = copy ? strrchr(copy, '/') : NULL;
    int fd;

    if (slash)
        slash[slash == copy ? 1 : 0] = 0;
    fd = open(slash ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)!fsync(fd);
        close(fd);
    }
    free(copy);
}

int as_store_file_stage(const as_store_file *f)
{
    as_buf name;
    int fd;

    as_buf_init(&name, AS_MIB);
    as_buf_printf(&name, "%s.stage", f->path);
    as_buf_byte(&name, 0);
    if (as_buf_failed(&name)) {
        as_buf_done(&name);
        errno = ENOMEM;
        return -1;
    }
    /* Under the lock of the work file: what is there is of a crash. */
    unlink(name.p);
    fd = open(name.p, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0)
        unlink(name.p);
    as_buf_done(&name);
    return fd;
}

as_rc as_store_file_replace(as_store_file *f, as_err *err)
{
    remove_journal(f);
    if (fsync(f->fd) != 0)
        return fail_here(f, "write", err);
    if (rename(f->work, f->path) != 0)
        return fail_here(f, "rename", err);
    free(f->work);
    f->work = NULL;
    sync_folder(f->path);
    return AS_OK;
}

void as_store_file_done(as_store_file *f)
{
    if (f->fd >= 0) {
        if (f->work) {
            remove_journal(f);
            unlink(f->work);
        }
        close(f->fd);
    }
    free(f->path);
    free(f->work);
    *f = (as_store_file){.fd = -1};
}
