/* SPDX-License-Identifier: Apache-2.0 */
/* From bytes to items: all of an import that touches hostile bytes. Pure but
 * for reading the descriptor it is given and for the calls of emit; made to run
 * in a worker that can open nothing (sandbox/worker.h). */
#ifndef AS_KNOW_DECODE_INTERNAL_H
#define AS_KNOW_DECODE_INTERNAL_H

#include "know/archive_internal.h"

typedef struct as_decode_sink {
    void *ctx;
    /* A run of items (know/frame_internal.h), at most about 1 MiB unless one
     * item is larger. False to stop. */
    bool (*emit)(void *ctx, as_span items);
} as_decode_sink;

/* Reads the inputs one after another: archives are unpacked, each file goes to
 * the importer that knows it. Whatever cannot be read becomes an item that says
 * so. first is added to the index that begin and end items tell. Fails only
 * without memory. */
as_rc as_import_decode(const as_archive_input *inputs, size_t n, size_t first,
                       const as_decode_sink *sink, as_err *err) AS_MUST_USE;

#endif
