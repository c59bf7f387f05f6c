/* SPDX-License-Identifier: Apache-2.0 */
/* One file over HTTP; inside know/ only.
 *
 * The file grows as PATH.part; what is known of it (address, validators,
 * whether it is whole) stands in PATH.tag. A download that was cut short is
 * gone on with by Range and If-Range; one that is whole is not loaded again
 * while its validator holds. Only https, unless the address itself is http (a
 * mirror the user named); certificates are always verified; proxies by the
 * usual variables of the environment. */
#ifndef AS_KNOW_DOWNLOAD_INTERNAL_H
#define AS_KNOW_DOWNLOAD_INTERNAL_H

#include "base/arena.h"
#include "base/err.h"

typedef struct as_download {
    const char *url;
    const char *path;      /* without ".part" and ".tag" */
    as_str etag, modified; /* of what was imported before, or absent */
    void (*progress)(void *ctx, uint64_t got, uint64_t total); /* or NULL */
    void *ctx;
    as_arena *arena; /* of the result */
} as_download;

typedef struct as_download_result {
    bool unchanged; /* the validators given still hold: nothing to do */
    as_str etag, modified;
    uint64_t bytes;   /* of the whole file */
    uint64_t resumed; /* bytes that were there before */
    const char *file; /* PATH.part, whole */
} as_download_result;

as_rc as_download_run(const as_download *d, as_download_result *ret,
                      as_err *err) AS_MUST_USE;
/* The address a redirect of url leads to, not followed. */
as_rc as_download_location(const char *url, as_arena *a, as_str *ret,
                           as_err *err) AS_MUST_USE;
/* Removes PATH.part and PATH.tag. */
void as_download_forget(const char *path);

#endif
