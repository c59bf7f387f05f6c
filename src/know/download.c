/* SPDX-License-Identifier: Apache-2.0 */
/* One file over HTTP, through libcurl; see download_internal.h.
 * RFC 9110: validators (8.8), conditional requests (13), ranges (14). */
#include "know/download_internal.h"

#include "base/buf.h"
#include "base/io.h"
#include "base/library.h"
#include "base/limits.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    TRIES = 4,
    CONNECT_SECONDS = 30,
    STALL_SECONDS = 60, /* without a byte */
    REDIRECTS = 8,
    TAG_BYTES = 8192,
    HEADER_BYTES = 1024,
};

/* What is used of libcurl; see base/library.h. */
struct curl {
    __typeof__(&curl_easy_init) easy_init;
    __typeof__(&curl_easy_cleanup) easy_cleanup;
    __typeof__(&curl_easy_reset) easy_reset;
    __typeof__(&curl_easy_setopt) easy_setopt;
    __typeof__(&curl_easy_getinfo) easy_getinfo;
    __typeof__(&curl_easy_perform) easy_perform;
    __typeof__(&curl_easy_strerror) easy_strerror;
    __typeof__(&curl_slist_append) slist_append;
    __typeof__(&curl_slist_free_all) slist_free_all;
};

static as_rc load_curl(struct curl *ret, as_err *err)
{
    const as_library_symbol symbols[] = {
        {"curl_easy_init", &ret->easy_init},
        {"curl_easy_cleanup", &ret->easy_cleanup},
        {"curl_easy_reset", &ret->easy_reset},
        {"curl_easy_setopt", &ret->easy_setopt},
        {"curl_easy_getinfo", &ret->easy_getinfo},
        {"curl_easy_perform", &ret->easy_perform},
        {"curl_easy_strerror", &ret->easy_strerror},
        {"curl_slist_append", &ret->slist_append},
        {"curl_slist_free_all", &ret->slist_free_all},
    };

    return as_library_load("libcurl.so.4", "download", symbols,
                           AS_ARRAY_LEN(symbols), err);
}

/* What PATH.tag says. */
struct tag {
    as_str url, etag, modified;
    bool whole;
};

struct transfer {
    const as_download *d;
    as_arena *a;
    struct curl curl;
    CURL *handle;
    int fd;
    char *part, *tag_path;
    struct tag tag;      /* of what is on disk */
    uint64_t have;       /* bytes on disk that count */
    uint64_t range_from; /* where a 206 starts */
    uint64_t body;       /* bytes of this response */
    as_str etag, modified;
    long status;
    bool began; /* the body of a good response has begun */
    bool broken, too_much;
    int write_error;
};

/* ---- the tag ---------------------------------------------------------------
 */

static char *path_with(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    char *p = malloc(n + m + 1);

    if (p) {
        memcpy(p, path, n);
        memcpy(p + n, ending, m + 1);
    }
    return p;
}

static void read_tag(struct transfer *t)
{
    as_io_file file = {0};
    as_str rest;

    t->tag = (struct tag){.whole = false};
    if (as_io_read(t->tag_path, TAG_BYTES, &file, NULL))
        return;
    rest =
        as_arena_str(t->a, as_str_of((const char *)file.bytes.p, file.bytes.n));
    t->tag.url = as_str_cut(&rest, '\n');
    t->tag.etag = as_str_cut(&rest, '\n');
    t->tag.modified = as_str_cut(&rest, '\n');
    t->tag.whole = as_str_eq(as_str_cut(&rest, '\n'), AS_STR("whole"));
    as_io_file_done(&file);
}

static void write_tag(struct transfer *t, bool whole)
{
    as_buf b;

    as_buf_init(&b, TAG_BYTES);
    as_buf_printf(&b, "%s\n%.*s\n%.*s\n%s\n", t->d->url, AS_FMT(t->etag),
                  AS_FMT(t->modified), whole ? "whole" : "part");
    /* Without it the next run starts anew, which is all that is lost. */
    (void)!as_io_write(t->tag_path, as_buf_span(&b), NULL);
    as_buf_done(&b);
}

/* What can be gone on with: bytes of the same address with a strong validator.
 */
static void look_at_part(struct transfer *t)
{
    struct stat st;

    read_tag(t);
    t->have = 0;
    if (fstat(t->fd, &st) != 0 || st.st_size <= 0)
        return;
    if (!as_str_eq(t->tag.url, as_str_c(t->d->url)) ||
        (as_str_is_empty(t->tag.etag) && as_str_is_empty(t->tag.modified)))
        return;
    t->have = (uint64_t)st.st_size;
}

/* ---- what comes in ----------------------------------------------------------
 */

static bool header_is(as_str line, const char *name, as_str *ret)
{
    as_str key = as_str_c(name);

    if (!as_str_starts_nocase(line, key))
        return false;
    *ret = as_str_trim(as_str_slice(line, key.n, line.n));
    return ret->n <= HEADER_BYTES &&
           as_span_utf8_bad(as_str_span(*ret)) == ret->n;
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    as_str line = as_str_of(p, size * n), value;
    as_str number;

    if (as_str_starts(line, AS_STR("HTTP/"))) {
        t->etag = t->modified = AS_ABSENT; /* of a response before this one */
        t->range_from = 0;
    } else if (header_is(line, "ETag:", &value)) {
        t->etag = as_arena_str(t->a, value);
    } else if (header_is(line, "Last-Modified:", &value)) {
        t->modified = as_arena_str(t->a, value);
    } else if (header_is(line, "Content-Range:", &value) &&
               as_str_starts_nocase(value, AS_STR("bytes "))) {
        number = as_str_slice(value, 6, as_str_find(value, '-'));
        if (!as_str_u64(as_str_trim(number), &t->range_from))
            t->range_from = UINT64_MAX;
    }
    return size * n;
}

/* The first bytes of a body: does it go on with what is there or replace it? */
static bool begin_body(struct transfer *t)
{
    t->curl.easy_getinfo(t->handle, CURLINFO_RESPONSE_CODE, &t->status);
    t->began = true;
    if (t->status == 206 && t->range_from == t->have)
        return true;
    if (t->status == 206) {
        t->broken = true; /* not the part that was asked for */
        return false;
    }
    if (t->status != 200)
        return true;
    t->have = 0;
    if (ftruncate(t->fd, 0) != 0) {
        t->write_error = errno;
        return false;
    }
    write_tag(t, false);
    return true;
}

static bool write_all(struct transfer *t, const char *p, size_t n)
{
    while (n) {
        ssize_t w = pwrite(t->fd, p, n, (off_t)t->have);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0) {
            t->write_error = errno ? errno : EIO;
            return false;
        }
        p += w;
        n -= (size_t)w;
        t->have += (uint64_t)w;
    }
    return true;
}

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;

    if (!t->began && !begin_body(t))
        return 0;
    if (t->status != 200 && t->status != 206)
        return size * n; /* the words of an error page */
    t->body += size * n;
    if (t->have + size * n > AS_LIMIT_DOWNLOAD_BYTES) {
        t->too_much = true;
        return 0;
    }
    return write_all(t, p, size * n) ? size * n : 0;
}

static int on_progress(void *ctx, curl_off_t total, curl_off_t got,
                       curl_off_t up_total, curl_off_t up)
{
    struct transfer *t = ctx;
    uint64_t before = t->have >= t->body ? t->have - t->body : 0;

    (void)got;
    (void)up_total;
    (void)up;
    if (t->d->progress && t->status != 304)
        t->d->progress(t->d->ctx, t->have,
                       total > 0 ? before + (uint64_t)total : 0);
    return 0;
}

/* ---- one request
 * ------------------------------------------------------------- */

static void limit_protocols(const struct curl *curl, CURL *c, const char *url)
{
    bool plain = strncmp(url, "http://", 7) == 0;

#if LIBCURL_VERSION_NUM >= 0x075500
    curl->easy_setopt(c, CURLOPT_PROTOCOLS_STR, plain ? "http,https" : "https");
    curl->easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR,
                      plain ? "http,https" : "https");
#else
    long set = CURLPROTO_HTTPS | (plain ? CURLPROTO_HTTP : 0);
    curl->easy_setopt(c, CURLOPT_PROTOCOLS, set);
    curl->easy_setopt(c, CURLOPT_REDIR_PROTOCOLS, set);
#endif
}

static void set_common(const struct curl *curl, CURL *c, const char *url)
{
    curl->easy_setopt(c, CURLOPT_URL, url);
    curl->easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(c, CURLOPT_MAXREDIRS, (long)REDIRECTS);
    curl->easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl->easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl->easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)STALL_SECONDS);
    curl->easy_setopt(c, CURLOPT_USERAGENT, "assay/" ASSAY_VERSION);
    limit_protocols(curl, c, url);
}

/* A validator that proves sameness byte for byte, for If-Range. */
static as_str strong(const struct tag *tag)
{
    if (tag->etag.n && !as_str_starts(tag->etag, AS_STR("W/")))
        return tag->etag;
    return tag->modified;
}

static bool add_header(const struct curl *curl, struct curl_slist **list,
                       as_arena *a, const char *name, as_str value)
{
    as_str line = as_arena_printf(a, "%s: %.*s", name, AS_FMT(value));
    struct curl_slist *grown =
        line.p ? curl->slist_append(*list, line.p) : NULL;

    if (grown)
        *list = grown;
    return grown != NULL;
}

/* If-None-Match and If-Modified-Since, or Range and If-Range. */
static bool make_headers(struct transfer *t, struct curl_slist **list)
{
    bool whole = t->have && t->tag.whole;
    as_str etag = whole ? t->tag.etag : t->d->etag;
    as_str modified = whole ? t->tag.modified : t->d->modified;
    bool ok = true;

    if (t->have && !t->tag.whole && strong(&t->tag).n) {
        ok = add_header(&t->curl, list, t->a, "Range",
                        as_arena_printf(t->a, "bytes=%llu-",
                                        (unsigned long long)t->have)) &&
             add_header(&t->curl, list, t->a, "If-Range", strong(&t->tag));
        return ok;
    }
    if (etag.n)
        ok = add_header(&t->curl, list, t->a, "If-None-Match", etag);
    if (ok && modified.n)
        ok = add_header(&t->curl, list, t->a, "If-Modified-Since", modified);
    return ok;
}

static CURLcode request(struct transfer *t)
{
    struct curl_slist *headers = NULL;
    CURLcode code = CURLE_OUT_OF_MEMORY;

    t->began = t->broken = false;
    t->status = 0;
    t->body = 0;
    t->curl.easy_reset(t->handle);
    set_common(&t->curl, t->handle, t->d->url);
    t->curl.easy_setopt(t->handle, CURLOPT_FOLLOWLOCATION, 1L);
    t->curl.easy_setopt(t->handle, CURLOPT_HEADERFUNCTION, on_header);
    t->curl.easy_setopt(t->handle, CURLOPT_HEADERDATA, t);
    t->curl.easy_setopt(t->handle, CURLOPT_WRITEFUNCTION, on_body);
    t->curl.easy_setopt(t->handle, CURLOPT_WRITEDATA, t);
    t->curl.easy_setopt(t->handle, CURLOPT_XFERINFOFUNCTION, on_progress);
    t->curl.easy_setopt(t->handle, CURLOPT_XFERINFODATA, t);
    t->curl.easy_setopt(t->handle, CURLOPT_NOPROGRESS, 0L);
    if (make_headers(t, &headers)) {
        t->curl.easy_setopt(t->handle, CURLOPT_HTTPHEADER, headers);
        code = t->curl.easy_perform(t->handle);
        t->curl.easy_getinfo(t->handle, CURLINFO_RESPONSE_CODE, &t->status);
    }
    t->curl.slist_free_all(headers);
    return code;
}

/* ---- until it is whole
 * --------------------------------------------------------- */

static bool may_try_again(const struct transfer *t, CURLcode code)
{
    if (t->too_much || t->write_error)
        return false;
    switch ((int)code) {
    case CURLE_OK: return t->status >= 500 || t->status == 416;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_OPERATION_TIMEDOUT: return true;
    default: return t->broken;
    }
}

static as_rc tell_failure(const struct transfer *t, CURLcode code, as_err *err)
{
    const char *url = t->d->url;

    if (t->too_much)
        return as_fail(err, AS_ERR_LIMIT, "\"%s\" has more than %llu GiB", url,
                       (unsigned long long)(AS_LIMIT_DOWNLOAD_BYTES / AS_GIB));
    if (t->write_error)
        return as_fail(err, AS_ERR_IO, "could not write \"%s\": %s", t->part,
                       strerror(t->write_error));
    if (code != CURLE_OK)
        return as_fail(err, AS_ERR_IO, "could not download \"%s\": %s", url,
                       t->curl.easy_strerror(code));
    return as_fail(err, AS_ERR_IO,
                   "could not download \"%s\": the server answered %ld", url,
                   t->status);
}

static as_rc finish(struct transfer *t, uint64_t resumed,
                    as_download_result *ret)
{
    bool not_modified = t->status == 304;

    *ret = (as_download_result){.file = t->part, .resumed = resumed};
    if (not_modified && !(t->have && t->tag.whole)) {
        ret->unchanged = true;
        ret->file = NULL;
        return AS_OK;
    }
    if (not_modified) { /* what is on disk, whole, is still right */
        t->etag = t->tag.etag;
        t->modified = t->tag.modified;
        ret->resumed = t->have;
    }
    write_tag(t, true);
    ret->etag = t->etag;
    ret->modified = t->modified;
    ret->bytes = t->have;
    return AS_OK;
}

static as_rc run(struct transfer *t, as_download_result *ret, as_err *err)
{
    CURLcode code = CURLE_OK;
    uint64_t resumed = 0;

    for (int i = 0; i < TRIES; i++) {
        uint64_t before;
        look_at_part(t);
        before = t->have;
        code = request(t);
        if (code == CURLE_OK && t->status == 206)
            resumed = before;
        if (code == CURLE_OK &&
            (t->status == 200 || t->status == 206 || t->status == 304))
            return finish(t, resumed, ret);
        if (!may_try_again(t, code))
            break;
        /* What is on disk does not fit what the server has: from the start. */
        if (t->status == 416 || t->broken)
            (void)!ftruncate(t->fd, 0);
    }
    return tell_failure(t, code, err);
}

as_rc as_download_run(const as_download *d, as_download_result *ret,
                      as_err *err)
{
    struct transfer t = {.d = d, .a = d->arena, .fd = -1};
    as_rc rc = load_curl(&t.curl, err);

    if (rc)
        return rc;
    t.part = path_with(d->path, ".part");
    t.tag_path = path_with(d->path, ".tag");
    t.handle = t.curl.easy_init();
    if (!t.part || !t.tag_path || !t.handle) {
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to download");
    } else {
        t.fd = open(t.part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        rc = t.fd >= 0 ? run(&t, ret, err)
                       : as_fail(err, AS_ERR_IO, "could not create \"%s\": %s",
                                 t.part, strerror(errno));
    }
    if (!rc && ret->file)
        ret->file = as_arena_str(d->arena, as_str_c(t.part)).p;
    as_io_close(t.fd);
    t.curl.easy_cleanup(t.handle);
    free(t.part);
    free(t.tag_path);
    return rc;
}

static size_t drop_body(char *p, size_t size, size_t n, void *ctx)
{
    (void)p;
    (void)ctx;
    return size * n;
}

as_rc as_download_location(const char *url, as_arena *a, as_str *ret,
                           as_err *err)
{
    struct curl curl;
    char *location = NULL;
    CURLcode code;
    as_rc rc = load_curl(&curl, err);
    CURL *c = rc ? NULL : curl.easy_init();

    if (rc)
        return rc;
    if (!c)
        return as_fail(err, AS_ERR_MEMORY, "no memory to download");
    set_common(&curl, c, url);
    curl.easy_setopt(c, CURLOPT_NOBODY, 1L);
    curl.easy_setopt(c, CURLOPT_WRITEFUNCTION, drop_body);
    code = curl.easy_perform(c);
    if (code == CURLE_OK)
        curl.easy_getinfo(c, CURLINFO_REDIRECT_URL, &location);
    *ret = as_arena_str(a, as_str_c(location));
    curl.easy_cleanup(c);
    if (ret->p)
        return AS_OK;
    return as_fail(
        err, AS_ERR_IO, "could not find the newest of \"%s\": %s", url,
        code == CURLE_OK ? "the server names none" : curl.easy_strerror(code));
}

void as_download_forget(const char *path)
{
    char *part = path_with(path, ".part"), *tag = path_with(path, ".tag");

    if (part)
        (void)unlink(part);
    if (tag)
        (void)unlink(tag);
    free(part);
    free(tag);
}
