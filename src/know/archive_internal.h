/* SPDX-License-Identifier: Apache-2.0 */
/* Walking archives: zip and tar, packed by gzip, xz, zstd, bzip2 or lz4, or one
 * packed file; archives in archives to AS_LIMIT_FEED_NESTING. Through
 * libarchive (not every reader of it: only those formats), streaming, with
 * ceilings on the number of members, on one member and on the whole. Found by
 * content. */
#ifndef AS_KNOW_ARCHIVE_INTERNAL_H
#define AS_KNOW_ARCHIVE_INTERNAL_H

#include "base/date.h"
#include "base/err.h"

/* libarchive, loaded; NULL when it is not there. Made before a worker is
 * started: the character sets of names, which libc looks up in files at their
 * first use, are looked up as well. */
typedef struct as_archive_library as_archive_library;
as_archive_library *as_archive_library_new(void);
as_archive_library *as_archive_library_free(as_archive_library *la);

/* What is walked: bytes in memory, with 64 readable ones behind them, or a
 * descriptor (fd >= 0) from where it stands. */
typedef struct as_archive_input {
    as_str name; /* for names of members: "name/member" */
    as_span bytes;
    int fd;
    const as_archive_library *library; /* NULL: archives fail */
    as_time changed; /* when the file was last written; 0: not known */
} as_archive_input;

typedef struct as_archive_visit {
    void *ctx;
    /* One file, whole, with 64 readable bytes behind it, and when it was last
     * written, 0 when that is not known. more: it is a piece of one, another
     * follows. False to stop. */
    bool (*file)(void *ctx, as_str name, as_span bytes, as_time changed,
                 bool more);
    /* How much of the beginning of a large file is a piece that can be read by
     * itself, 0: none; the first *head bytes stand before every piece. */
    size_t (*split)(void *ctx, as_span bytes, size_t *head);
    /* A member that cannot be read; the walk goes on. */
    bool (*failed)(void *ctx, as_str name, const as_err *why);
    /* The archive, or one in it, is broken or passes a ceiling at name: what
     * was visited is not the whole, and the walk ends here. */
    void (*broken)(void *ctx, as_str name, const as_err *why);
} as_archive_visit;

/* Visits the files inside, or the input itself when it is no archive. AS_OK
 * also when something failed inside (it was told) or a visit stopped it. */
as_rc as_archive_walk(const as_archive_input *in, const as_archive_visit *visit,
                      as_err *err) AS_MUST_USE;

/* Does it begin as an archive does? head: at least 262 bytes where there are.
 */
bool as_archive_is(as_span head);

#endif
