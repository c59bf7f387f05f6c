/* SPDX-License-Identifier: Apache-2.0 */
/* Walking archives; see archive_internal.h.
 *
 * A source yields blocks: memory, a descriptor, or the member of an archive
 * that is open. So an archive in an archive is unpacked as it streams by and is
 * never held whole. */
#include "know/archive_internal.h"

#include "base/buf.h"
#include "base/library.h"
#include "base/limits.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BLOCK = 65536,
    PADDING = 64,
    NAME_BYTES = 1024,
    PIECE = 64 << 20 /* larger files are read in pieces where they can be */
};

/* ---- the library -------------------------------------------------------- */

/* What is used of libarchive; see base/library.h. */
struct as_archive_library {
    __typeof__(&archive_entry_filetype) entry_filetype;
    __typeof__(&archive_entry_free) entry_free;
    __typeof__(&archive_entry_hardlink) entry_hardlink;
    __typeof__(&archive_entry_mtime) entry_mtime;
    __typeof__(&archive_entry_mtime_is_set) entry_mtime_is_set;
    __typeof__(&archive_entry_new) entry_new;
    __typeof__(&archive_entry_pathname) entry_pathname;
    __typeof__(&archive_entry_pathname_utf8) entry_pathname_utf8;
    __typeof__(&archive_entry_pathname_w) entry_pathname_w;
    __typeof__(&archive_entry_set_pathname_utf8) entry_set_pathname_utf8;
    __typeof__(&archive_error_string) error_string;
    __typeof__(&archive_filter_bytes) filter_bytes;
    __typeof__(&archive_format) format;
    __typeof__(&archive_read_data) read_data;
    __typeof__(&archive_read_data_skip) read_data_skip;
    __typeof__(&archive_read_free) read_free;
    __typeof__(&archive_read_new) read_new;
    __typeof__(&archive_read_next_header) read_next_header;
    __typeof__(&archive_read_open1) read_open1;
    __typeof__(&archive_read_set_callback_data) read_set_callback_data;
    __typeof__(&archive_read_set_read_callback) read_set_read_callback;
    __typeof__(&archive_read_set_seek_callback) read_set_seek_callback;
    __typeof__(&archive_read_support_filter_bzip2) read_support_filter_bzip2;
    __typeof__(&archive_read_support_filter_gzip) read_support_filter_gzip;
    __typeof__(&archive_read_support_filter_lz4) read_support_filter_lz4;
    __typeof__(&archive_read_support_filter_xz) read_support_filter_xz;
    __typeof__(&archive_read_support_filter_zstd) read_support_filter_zstd;
    __typeof__(&archive_read_support_format_raw) read_support_format_raw;
    __typeof__(&archive_read_support_format_tar) read_support_format_tar;
    __typeof__(&archive_read_support_format_zip_seekable)
        read_support_format_zip_seekable;
    __typeof__(&archive_read_support_format_zip_streamable)
        read_support_format_zip_streamable;
    __typeof__(&archive_set_error) set_error;
};

struct walk {
    const as_archive_library *la; /* NULL: there is none */
    const as_archive_visit *visit;
    as_time changed; /* of the file at hand */
    uint64_t members, bytes;
    bool stop;
};

struct source {
    const as_archive_library *la;
    as_span head; /* given first: what was read to look at it, or all */
    bool head_given;
    int fd;                /* then from here, or -1 */
    struct archive *outer; /* or from here */
    uint8_t *block;
    bool seekable;
    bool failed;
};

/* ---- reading a source --------------------------------------------------- */

static ssize_t fill(struct source *s, uint8_t *to, size_t n)
{
    ssize_t got;

    if (s->outer)
        return s->la->read_data(s->outer, to, n);
    if (s->fd < 0)
        return 0;
    do
        got = read(s->fd, to, n);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Up to n bytes; less only at the end. */
static ssize_t fill_all(struct source *s, uint8_t *to, size_t n)
{
    size_t have = 0;

    while (have < n) {
        ssize_t got = fill(s, to + have, n - have);
        if (got < 0)
            return got;
        if (got == 0)
            break;
        have += (size_t)got;
    }
    return (ssize_t)have;
}

static la_ssize_t on_read(struct archive *a, void *ctx, const void **ret)
{
    struct source *s = ctx;
    ssize_t got;

    (void)a;
    if (!s->head_given) {
        s->head_given = true;
        *ret = s->head.p;
        return (la_ssize_t)s->head.n;
    }
    got = fill(s, s->block, BLOCK);
    if (got < 0) {
        s->la->set_error(a, EIO, "it could not be read");
        return ARCHIVE_FATAL;
    }
    *ret = s->block;
    return got;
}

/* Descriptors only: the head counts as read. */
static la_int64_t on_seek(struct archive *a, void *ctx, la_int64_t offset,
                          int whence)
{
    struct source *s = ctx;
    off_t at = lseek(s->fd, offset, whence);

    (void)a;
    if (at < 0)
        return ARCHIVE_FATAL;
    s->head_given = true;
    return at;
}

/* ---- recognising -------------------------------------------------------- */

struct magic {
    size_t offset, n;
    const char *bytes;
};

static const struct magic magics[] = {
    {0, 4, "PK\003\004"},
    {0, 4, "PK\005\006"},
    {0, 2, "\x1F\x8B"},
    {0, 6,
     "\xFD"
     "7zXZ\0"},
    {0, 4, "\x28\xB5\x2F\xFD"},
    {0, 3, "BZh"},
    {0, 4, "\x04\x22\x4D\x18"},
    {257, 5, "ustar"},
};

bool as_archive_is(as_span head)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(magics); i++) {
        const struct magic *m = &magics[i];
        if (head.n >= m->offset + m->n &&
            memcmp(head.p + m->offset, m->bytes, m->n) == 0)
            return true;
    }
    return false;
}

/* ---- loading ------------------------------------------------------------ */

/* Names as they stand in archives, converted once. */
static void look_up_character_sets(const as_archive_library *la)
{
    struct archive_entry *e = la->entry_new();

    if (!e)
        return;
    la->entry_set_pathname_utf8(e, "\xC3\xA9");
    (void)la->entry_pathname(e);
    (void)la->entry_pathname_w(e);
    la->entry_free(e);
}

static as_rc load(as_archive_library *la)
{
    const as_library_symbol symbols[] = {
        {"archive_entry_filetype", &la->entry_filetype},
        {"archive_entry_free", &la->entry_free},
        {"archive_entry_hardlink", &la->entry_hardlink},
        {"archive_entry_mtime", &la->entry_mtime},
        {"archive_entry_mtime_is_set", &la->entry_mtime_is_set},
        {"archive_entry_new", &la->entry_new},
        {"archive_entry_pathname", &la->entry_pathname},
        {"archive_entry_pathname_utf8", &la->entry_pathname_utf8},
        {"archive_entry_pathname_w", &la->entry_pathname_w},
        {"archive_entry_set_pathname_utf8", &la->entry_set_pathname_utf8},
        {"archive_error_string", &la->error_string},
        {"archive_filter_bytes", &la->filter_bytes},
        {"archive_format", &la->format},
        {"archive_read_data", &la->read_data},
        {"archive_read_data_skip", &la->read_data_skip},
        {"archive_read_free", &la->read_free},
        {"archive_read_new", &la->read_new},
        {"archive_read_next_header", &la->read_next_header},
        {"archive_read_open1", &la->read_open1},
        {"archive_read_set_callback_data", &la->read_set_callback_data},
        {"archive_read_set_read_callback", &la->read_set_read_callback},
        {"archive_read_set_seek_callback", &la->read_set_seek_callback},
        {"archive_read_support_filter_bzip2", &la->read_support_filter_bzip2},
        {"archive_read_support_filter_gzip", &la->read_support_filter_gzip},
        {"archive_read_support_filter_lz4", &la->read_support_filter_lz4},
        {"archive_read_support_filter_xz", &la->read_support_filter_xz},
        {"archive_read_support_filter_zstd", &la->read_support_filter_zstd},
        {"archive_read_support_format_raw", &la->read_support_format_raw},
        {"archive_read_support_format_tar", &la->read_support_format_tar},
        {"archive_read_support_format_zip_seekable",
         &la->read_support_format_zip_seekable},
        {"archive_read_support_format_zip_streamable",
         &la->read_support_format_zip_streamable},
        {"archive_set_error", &la->set_error},
    };

    return as_library_load("libarchive.so.13", "unpack", symbols,
                           AS_ARRAY_LEN(symbols), NULL);
}

as_archive_library *as_archive_library_new(void)
{
    as_archive_library *la = calloc(1, sizeof *la);

    if (!la || load(la)) {
        free(la);
        return NULL;
    }
    look_up_character_sets(la);
    return la;
}

as_archive_library *as_archive_library_free(as_archive_library *la)
{
    free(la);
    return NULL;
}

/* ---- visiting ----------------------------------------------------------- */

static void tell_failed(struct walk *w, as_str name, const as_err *err)
{
    if (!w->visit->failed(w->visit->ctx, name, err))
        w->stop = true;
}

static void fail_text(struct walk *w, as_str name, as_rc rc, const char *what)
{
    as_err err;

    as_err_init(&err);
    as_fail(&err, rc, "%s", what);
    tell_failed(w, name, &err);
}

/* Ends the walk. libarchive ends some of its reasons with a line feed. */
static void tell_broken(struct walk *w, as_str name, const char *why)
{
    as_str text = as_str_trim(as_str_c(why ? why : "it is damaged"));
    as_err err;

    if (as_span_utf8_bad(as_str_span(text)) < text.n)
        text = AS_STR("it is damaged");
    as_err_init(&err);
    as_fail(&err, AS_ERR_INPUT, "%.*s", AS_FMT(text));
    w->stop = true;
    w->visit->broken(w->visit->ctx, name, &err);
}

/* A read of the archive's member has failed. FAILED is said of what libarchive
 * cannot unpack (a password, a rare method) though the archive is whole. */
static void tell_unread(struct walk *w, struct archive *a, ssize_t rc,
                        as_str name)
{
    as_err err;

    if (rc != ARCHIVE_FAILED) {
        tell_broken(w, name, w->la->error_string(a));
        return;
    }
    as_err_init(&err);
    as_fail(&err, AS_ERR_UNSUPPORTED, "the file could not be unpacked: %s",
            w->la->error_string(a));
    tell_failed(w, name, &err);
}

/* A large file that can be read in pieces: its beginning is visited and taken
 * off *out, all but what stands before every piece. False when it cannot be, or
 * passes a ceiling. */
static bool visit_piece(struct walk *w, as_str name, as_buf *out)
{
    size_t head = 0, n;

    if (!w->visit->split || w->bytes > AS_LIMIT_FEED_TOTAL_BYTES)
        return false;
    n = w->visit->split(w->visit->ctx, as_buf_span(out), &head);
    if (n <= head || n > out->n)
        return false;
    w->bytes += n;
    if (!w->visit->file(w->visit->ctx, name,
                        (as_span){(const uint8_t *)out->p, n}, w->changed,
                        true))
        w->stop = true;
    memmove(out->p + head, out->p + n, out->n - n);
    out->n -= n - head;
    return true;
}

/* The whole of a source behind its head, in *out, or its last piece; false when
 * it was told. */
static bool read_whole(struct walk *w, struct source *s, as_str name,
                       as_buf *out)
{
    size_t next = PIECE;

    for (;;) {
        char *room = as_buf_reserve(out, BLOCK + PADDING);
        ssize_t got;
        if (!room || out->n > AS_LIMIT_FEED_MEMBER_BYTES) {
            fail_text(w, name, AS_ERR_LIMIT, "the file has more than 256 MiB");
            return false;
        }
        got = fill(s, (uint8_t *)room, BLOCK);
        if (got < 0) {
            if (s->outer)
                tell_unread(w, s->outer, got, name);
            else
                tell_broken(w, name, strerror(errno));
            return false;
        }
        if (got == 0 || w->stop)
            break;
        out->n += (size_t)got;
        if (out->n >= next && !visit_piece(w, name, out))
            next += PIECE;
    }
    memset(out->p + out->n, 0, PADDING);
    return true;
}

static void visit_bytes(struct walk *w, as_str name, as_span bytes)
{
    w->bytes += bytes.n;
    if (!w->visit->file(w->visit->ctx, name, bytes, w->changed, false))
        w->stop = true;
}

static void visit_file(struct walk *w, struct source *s, as_str name)
{
    as_buf whole;

    if (s->fd < 0 && !s->outer) {
        visit_bytes(w, name, s->head);
        return;
    }
    as_buf_init(&whole, AS_LIMIT_FEED_MEMBER_BYTES + 2 * (BLOCK + PADDING));
    as_buf_put(&whole, s->head.p, s->head.n);
    if (read_whole(w, s, name, &whole))
        visit_bytes(w, name, as_buf_span(&whole));
    as_buf_done(&whole);
}

static void walk_source(struct walk *w, struct source *s, as_str name,
                        unsigned nesting);

/* ---- one archive -------------------------------------------------------- */

static bool is_zip(as_span head)
{
    return head.n >= 2 && memcmp(head.p, "PK", 2) == 0;
}

static struct archive *open_archive(struct source *s)
{
    struct archive *a = s->la->read_new();

    if (!a)
        return NULL;
    s->la->read_support_filter_gzip(a);
    s->la->read_support_filter_xz(a);
    s->la->read_support_filter_zstd(a);
    s->la->read_support_filter_bzip2(a);
    s->la->read_support_filter_lz4(a);
    if (s->seekable && is_zip(s->head)) {
        /* Only with its directory, which stands at the end. */
        s->la->read_support_format_zip_seekable(a);
    } else {
        s->la->read_support_format_zip_streamable(a);
        s->la->read_support_format_tar(a);
        s->la->read_support_format_raw(a);
    }
    s->la->read_set_callback_data(a, s);
    s->la->read_set_read_callback(a, on_read);
    if (s->seekable)
        s->la->read_set_seek_callback(a, on_seek);
    return a;
}

/* "outer/inner"; a packed single file keeps the name of its pack. */
static void member_name(const as_archive_library *la, as_str outer,
                        struct archive *a, struct archive_entry *e, as_buf *out)
{
    const char *inner = la->entry_pathname_utf8(e);
    as_str text = as_str_c(inner ? inner : la->entry_pathname(e));

    as_buf_clear(out);
    as_buf_str(out, outer);
    if (la->format(a) == ARCHIVE_FORMAT_RAW)
        return;
    as_buf_byte(out, '/');
    if (as_span_utf8_bad(as_str_span(text)) < text.n)
        text = AS_STR("(name is no UTF-8)");
    as_buf_str(out, as_str_slice(text, 0, NAME_BYTES));
}

static bool within_limits(struct walk *w, as_str name)
{
    if (w->members > AS_LIMIT_FEED_MEMBERS ||
        w->bytes > AS_LIMIT_FEED_TOTAL_BYTES) {
        tell_broken(w, name, "it holds more than 8 million files or 64 GiB");
        return false;
    }
    return true;
}

static void walk_member(struct walk *w, struct archive *a, as_str name,
                        unsigned nesting)
{
    struct source inner = {.la = w->la, .fd = -1, .outer = a};
    uint8_t *head = malloc(BLOCK + PADDING);
    ssize_t got;

    if (!head) {
        tell_broken(w, name, "no memory to unpack it");
        return;
    }
    got = fill_all(&inner, head, BLOCK);
    if (got < 0) {
        tell_unread(w, a, got, name);
    } else {
        inner.head = (as_span){head, (size_t)got};
        walk_source(w, &inner, name, nesting + 1);
    }
    free(head);
}

/* What is left of the member is passed over first, so that *end (-1: there was
 * none yet) says where it ends. */
static int next_header(const as_archive_library *la, struct archive *a,
                       struct archive_entry **ret, int64_t *end)
{
    int rc = *end < 0 ? ARCHIVE_OK : la->read_data_skip(a);

    if (rc < ARCHIVE_FAILED)
        return rc;
    *end = la->filter_bytes(a, 0);
    return la->read_next_header(a, ret);
}

/* A tar ends with blocks of zeros (POSIX.1-2017, pax, ustar). libarchive takes
 * the end of the bytes for one, and so an archive that is cut between two
 * members for a whole one. */
static bool lacks_end(const as_archive_library *la, struct archive *a,
                      int64_t end)
{
    bool tar = (la->format(a) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;

    return tar && la->filter_bytes(a, 0) - end < 512;
}

/* Only of a zip without its directory libarchive sees no format at all. */
static const char *why_broken(const as_archive_library *la, struct archive *a)
{
    return la->format(a) ? la->error_string(a) : "its end is missing";
}

static void walk_entries(struct walk *w, struct archive *a, as_str name,
                         unsigned nesting)
{
    const as_archive_library *la = w->la;
    struct archive_entry *e;
    as_buf member;
    int64_t end = -1; /* of the last member, unpacked */
    int rc;

    as_buf_init(&member, AS_MIB);
    as_buf_str(&member, name);
    while (!w->stop && within_limits(w, name)) {
        rc = next_header(la, a, &e, &end);
        w->members++;
        if (rc == ARCHIVE_RETRY)
            continue;
        if (rc < ARCHIVE_WARN)
            tell_broken(w, as_buf_text(&member), why_broken(la, a));
        if (rc == ARCHIVE_EOF && lacks_end(la, a, end))
            tell_broken(w, as_buf_text(&member), "its end is missing");
        if (rc < ARCHIVE_WARN || rc == ARCHIVE_EOF)
            break;
        member_name(la, name, a, e, &member);
        if (la->entry_mtime_is_set(e))
            w->changed = la->entry_mtime(e);
        if (la->entry_filetype(e) == AE_IFREG && !la->entry_hardlink(e))
            walk_member(w, a, as_buf_text(&member), nesting);
    }
    as_buf_done(&member);
}

static void walk_archive(struct walk *w, struct source *s, as_str name,
                         unsigned nesting)
{
    struct archive *a = NULL;

    if (!w->la) {
        fail_text(w, name, AS_ERR_IO, "cannot unpack without libarchive.so.13");
        return;
    }
    s->block = malloc(BLOCK);
    if (s->block)
        a = open_archive(s);
    if (!a)
        tell_broken(w, name, "no memory to unpack it");
    else if (w->la->read_open1(a) != ARCHIVE_OK)
        tell_broken(w, name, why_broken(w->la, a));
    else
        walk_entries(w, a, name, nesting);
    w->la->read_free(a);
    free(s->block);
    s->block = NULL;
}

/* The head is read; nothing behind it. */
static void walk_source(struct walk *w, struct source *s, as_str name,
                        unsigned nesting)
{
    if (!as_archive_is(s->head)) {
        visit_file(w, s, name);
        return;
    }
    if (nesting >= AS_LIMIT_FEED_NESTING) {
        fail_text(w, name, AS_ERR_LIMIT,
                  "archives are nested more than three levels deep");
        return;
    }
    walk_archive(w, s, name, nesting);
}

as_rc as_archive_walk(const as_archive_input *in, const as_archive_visit *visit,
                      as_err *err)
{
    struct walk w = {.la = in->library, .visit = visit, .changed = in->changed};
    struct source s = {.la = in->library, .fd = in->fd, .head = in->bytes};
    uint8_t *head = NULL;
    ssize_t got;

    if (in->fd < 0) {
        walk_source(&w, &s, in->name, 0);
        return AS_OK;
    }
    head = malloc(BLOCK + PADDING);
    if (!head)
        return as_fail(err, AS_ERR_MEMORY, "no memory to read it");
    s.seekable = lseek(in->fd, 0, SEEK_CUR) == 0;
    got = fill_all(&s, head, BLOCK);
    if (got < 0) {
        free(head);
        return as_fail(err, AS_ERR_IO, "could not read it: %s",
                       strerror(errno));
    }
    s.head = (as_span){head, (size_t)got};
    walk_source(&w, &s, in->name, 0);
    free(head);
    return AS_OK;
}
