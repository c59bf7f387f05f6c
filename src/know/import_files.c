/* SPDX-License-Identifier: Apache-2.0 */
/* Paths into workers. Small files go in batches, each batch through one worker
 * that inherits their bytes; an archive or a large file goes by its descriptor
 * through a worker of its own. When a worker dies, the file it was at has
 * failed, and those it had not come to get a worker each. */
#include "know/import_internal.h"

#include "base/limits.h"
#include "know/decode_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BATCH_FILES = 2048,
    BATCH_BYTES = 16 << 20,
    SMALL_BYTES = 8 << 20,
    HEAD_BYTES = 512,
    PADDING = 64,
    FRAME_ITEMS = 1, /* the one type of frame */
};

struct batch {
    as_archive_input inputs[BATCH_FILES];
    uint8_t *owned[BATCH_FILES];
    size_t n, bytes;
};

struct files {
    struct as_import *im;
    as_arena *names;
    struct batch *batch;
};

/* ---- workers --------------------------------------------------------------
 */

struct job {
    struct as_import *im;
    const as_archive_input *inputs;
    size_t n, first;
    as_worker_out *out; /* in the worker */
};

static bool emit_frame(void *ctx, as_span items)
{
    struct job *job = ctx;

    return as_worker_emit(job->out, FRAME_ITEMS, items);
}

static as_rc run_job(void *ctx, as_worker_out *out, as_err *err)
{
    struct job *job = ctx;
    const as_decode_sink sink = {job, emit_frame};

    job->out = out;
    return as_import_decode(job->inputs, job->n, job->first, &sink, err);
}

static as_rc on_frame(void *ctx, uint8_t type, as_span bytes, as_err *err)
{
    struct job *job = ctx;

    if (type != FRAME_ITEMS)
        return as_fail(err, AS_ERR_INTERNAL,
                       "the reader's answer is defective");
    return as_import_take(job->im, bytes, err);
}

static void note_missing(struct as_import *im, const as_worker_report *report)
{
    char text[64];

    if (im->told || im->q->unconfined)
        return;
    im->told = true;
    as_worker_missing(report, text, sizeof text);
    if (text[0])
        im->report->unconfined =
            as_arena_str(im->report->arena, as_str_c(text));
}

static as_rc run_worker(struct as_import *im, const as_archive_input *inputs,
                        size_t n, as_err *err)
{
    struct job job = {.im = im, .inputs = inputs, .n = n};
    as_worker_job worker = {.run = run_job,
                            .on_frame = on_frame,
                            .ctx = &job,
                            .memory = AS_LIMIT_FEED_WORKER_BYTES,
                            .fd = n == 1 ? inputs[0].fd : -1,
                            .unconfined = im->q->unconfined};
    as_worker_report report;
    as_rc rc;

    im->begun = im->ended = 0;
    im->partial = im->undone = false;
    rc = as_worker_run(&worker, &report, err);
    note_missing(im, &report);
    return rc;
}

static void fail_input(struct as_import *im, const as_archive_input *in,
                       const char *why)
{
    as_diagnosis_item d = {.member = in->name, .reason = as_str_c(why)};

    as_import_failed(im, &d);
}

/* The worker has died: what it sent of the input is taken back. */
static as_rc undo_one(struct as_import *im, const as_archive_input *in,
                      const as_err *why, as_err *err)
{
    as_err told;
    as_rc rc = as_import_undo(im, err);

    as_err_init(&told);
    as_fail(&told, why->rc, "nothing of it is stored: %s", why->what);
    if (!rc)
        fail_input(im, in, told.what);
    return rc;
}

/* All or nothing of one input. The import cannot go on, or (AS_OK) what failed
 * was told. */
static as_rc run_one(struct as_import *im, const as_archive_input *in,
                     as_err *err)
{
    as_err why;
    as_rc rc = as_import_mark(im, err);

    if (rc)
        return rc;
    as_err_init(&why);
    rc = run_worker(im, in, 1, &why);
    if (im->rc) {
        if (err)
            *err = why;
        return im->rc;
    }
    if (rc && !im->undone)
        return undo_one(im, in, &why, err);
    return as_import_keep(im, err);
}

static as_rc run_many(struct as_import *im, const as_archive_input *inputs,
                      size_t n, as_err *err)
{
    size_t at;
    as_err why;
    as_rc rc;

    as_err_init(&why);
    if (n == 1)
        return run_one(im, inputs, err);
    rc = run_worker(im, inputs, n, &why);
    if (rc == AS_OK)
        return AS_OK;
    if (im->rc) {
        if (err)
            *err = why;
        return im->rc;
    }
    at = im->ended < n ? (size_t)im->ended : n;
    if (at < n && im->partial && im->begun == at)
        fail_input(im, &inputs[at++], why.what);
    for (rc = AS_OK; at < n && !rc; at++)
        rc = run_one(im, &inputs[at], err);
    return rc;
}

/* ---- batches --------------------------------------------------------------
 */

static as_rc flush(struct files *f, as_err *err)
{
    struct batch *b = f->batch;
    as_rc rc = b->n ? run_many(f->im, b->inputs, b->n, err) : AS_OK;

    for (size_t i = 0; i < b->n; i++)
        free(b->owned[i]);
    b->n = b->bytes = 0;
    return rc;
}

static ssize_t read_all(int fd, uint8_t *to, size_t n)
{
    size_t have = 0;

    while (have < n) {
        ssize_t got = read(fd, to + have, n - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return got;
        if (got == 0)
            break;
        have += (size_t)got;
    }
    return (ssize_t)have;
}

static as_rc add_small(struct files *f, int fd, as_str name,
                       const struct stat *st, as_err *err)
{
    struct batch *b = f->batch;
    size_t size = (size_t)st->st_size;
    uint8_t *bytes = calloc(1, size + PADDING);
    ssize_t got = bytes ? read_all(fd, bytes, size) : -1;

    if (got < 0) {
        as_diagnosis_item d = {.member = name,
                               .reason = as_str_c(strerror(errno))};
        free(bytes);
        as_import_failed(f->im, &d);
        return AS_OK;
    }
    b->owned[b->n] = bytes;
    b->inputs[b->n++] = (as_archive_input){.name = name,
                                           .bytes = {bytes, (size_t)got},
                                           .fd = -1,
                                           .library = f->im->library,
                                           .changed = st->st_mtime};
    b->bytes += size;
    if (b->n == BATCH_FILES || b->bytes >= BATCH_BYTES)
        return flush(f, err);
    return AS_OK;
}

static as_rc add_fd(struct files *f, int fd, const struct stat *st, as_str name,
                    as_err *err)
{
    as_archive_input in = {.name = name, .fd = fd, .library = f->im->library};
    as_rc rc = flush(f, err);

    if (S_ISREG(st->st_mode))
        in.changed = st->st_mtime;
    return rc ? rc : run_one(f->im, &in, err);
}

/* ---- paths ----------------------------------------------------------------
 */

static as_rc add_file(struct files *f, int fd, const struct stat *st,
                      as_str name, as_err *err)
{
    uint8_t head[HEAD_BYTES];
    ssize_t got = 0;

    if (st->st_size <= SMALL_BYTES) {
        got = pread(fd, head, sizeof head, 0);
        if (got >= 0 && !as_archive_is((as_span){head, (size_t)got}))
            return add_small(f, fd, name, st, err);
    }
    return add_fd(f, fd, st, name, err);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of a folder, sorted, so that an import does not depend on the file
 * system. Hidden ones are counted and passed over. */
static as_rc names_of(struct files *f, DIR *dir, as_str path, const char ***ret,
                      size_t *ret_n, as_err *err)
{
    const char **names = NULL;
    size_t n = 0, cap = 0;
    struct dirent *entry;

    while ((entry = readdir(dir))) {
        as_str name = as_str_c(entry->d_name);
        as_str full;
        if (as_str_eq(name, AS_STR(".")) || as_str_eq(name, AS_STR("..")))
            continue;
        full =
            as_arena_printf(f->names, "%.*s/%.*s", AS_FMT(path), AS_FMT(name));
        if (name.p[0] == '.') {
            as_import_passed(f->im, AS_STR("hidden file or folder"), full);
            continue;
        }
        if (n >= AS_LIMIT_FEED_MEMBERS)
            return as_fail(err, AS_ERR_LIMIT, "\"%.*s\" holds too many files",
                           AS_FMT(path));
        names =
            as_arena_grow(f->names, names, &cap, n + 1, sizeof(const char *));
        if (!names || !full.p)
            return as_fail(err, AS_ERR_LIMIT, "\"%.*s\" holds too many files",
                           AS_FMT(path));
        names[n++] = full.p; /* the arena puts a NUL behind */
    }
    if (n)
        qsort(names, n, sizeof *names, by_name);
    *ret = names;
    *ret_n = n;
    return AS_OK;
}

static as_rc add_path(struct files *f, const char *path, unsigned depth,
                      as_err *err);

static as_rc add_folder(struct files *f, int fd, as_str path, unsigned depth,
                        as_err *err)
{
    DIR *dir = fdopendir(dup(fd));
    const char **names = NULL;
    size_t n = 0;
    as_rc rc;

    if (!dir)
        return as_fail(err, AS_ERR_NO_INPUT, "could not list \"%.*s\": %s",
                       AS_FMT(path), strerror(errno));
    if (depth >= AS_LIMIT_FEED_DEPTH) {
        closedir(dir);
        return as_fail(err, AS_ERR_LIMIT, "\"%.*s\" is nested too deeply",
                       AS_FMT(path));
    }
    rc = names_of(f, dir, path, &names, &n, err);
    closedir(dir);
    for (size_t i = 0; i < n && !rc; i++)
        rc = add_path(f, names[i], depth + 1, err);
    return rc;
}

/* A path the user named must open; one inside a folder may fail alone. */
static as_rc cannot_open(struct files *f, const char *path, unsigned depth,
                         as_err *err)
{
    as_diagnosis_item d = {.member = as_str_c(path),
                           .reason = as_str_c(strerror(errno))};

    if (depth && errno == ELOOP) {
        as_import_passed(f->im, AS_STR("symbolic link"), d.member);
        return AS_OK;
    }
    if (depth) {
        as_import_failed(f->im, &d);
        return AS_OK;
    }
    return as_fail(err, AS_ERR_NO_INPUT, "could not open \"%s\": %s", path,
                   strerror(errno));
}

static as_rc add_path(struct files *f, const char *path, unsigned depth,
                      as_err *err)
{
    int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (depth ? O_NOFOLLOW : 0);
    int fd = strcmp(path, "-") == 0 && depth == 0 ? dup(0) : open(path, flags);
    as_str name = as_arena_str(f->names, as_str_c(path));
    struct stat st;
    as_rc rc;

    if (fd < 0)
        return cannot_open(f, path, depth, err);
    if (fstat(fd, &st) != 0) {
        close(fd);
        return cannot_open(f, path, depth, err);
    }
    if (as_span_utf8_bad(as_str_span(name)) < name.n)
        name = AS_STR("(name is no UTF-8)");
    if (S_ISDIR(st.st_mode)) {
        rc = add_folder(f, fd, as_str_c(path), depth, err);
    } else if (S_ISREG(st.st_mode)) {
        rc = add_file(f, fd, &st, name, err);
    } else if (depth) {
        as_import_passed(f->im, AS_STR("device or pipe"), name);
        rc = AS_OK;
    } else {
        (void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
        rc = add_fd(f, fd, &st, name, err);
    }
    close(fd);
    return rc;
}

as_rc as_import_run(struct as_import *im, as_err *err)
{
    struct files f = {.im = im, .names = as_arena_new(AS_GIB)};
    as_rc rc = AS_OK;

    f.batch = calloc(1, sizeof *f.batch);
    if (!f.batch || !f.names)
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to import");
    im->library = as_archive_library_new();
    for (size_t i = 0; i < im->q->n_paths && !rc; i++) {
        as_str path = as_arena_str(f.names, im->q->paths[i]);
        im->path = path;
        im->path_failed = false;
        rc = path.p ? add_path(&f, path.p, 0, err)
                    : as_fail(err, AS_ERR_MEMORY, "no memory to import");
        if (!rc && im->q->n_downloads)
            rc = flush(&f, err); /* now, so that it is known what failed */
        im->failed_paths[i] = im->path_failed;
    }
    if (!rc)
        rc = flush(&f, err);
    for (size_t i = 0; f.batch && i < f.batch->n; i++)
        free(f.batch->owned[i]);
    free(f.batch);
    im->library = as_archive_library_free(im->library);
    as_arena_free(f.names);
    return rc;
}
