/* SPDX-License-Identifier: Apache-2.0 */
/* Workers: hostile bytes are decoded in a process that can open nothing.
 *
 *   parent                                worker (forked, one per input)
 *     as_worker_run ──fork──────────────► rlimits, Landlock (no file at all),
 *        │                                seccomp (no open, socket, exec, fork,
 *        │                                executable memory; kill on breach)
 *        │ ◄── frames: u8 type, u64 length, bytes ── job->run(ctx, out)
 *        │ ◄── last frame: result class and error
 *        └─ on_frame for each, as it arrives
 *
 * The bytes to decode are in the parent's memory (the worker sees them after
 * fork, nothing is copied) or behind one file descriptor opened before. What
 * comes back is capped in size and is as hostile as the input: decode it with
 * checks.
 *
 * What the kernel lacks is reported in as_worker_report, to be said once by the
 * caller; the worker runs with what there is. */
#ifndef AS_SANDBOX_WORKER_H
#define AS_SANDBOX_WORKER_H

#include "base/err.h"

typedef struct as_worker_out as_worker_out;

/* Sends one frame (type 0..253, the rest is the worker's own). False when the
 * parent is gone or refuses: then return. */
bool as_worker_emit(as_worker_out *out, uint8_t type, as_span bytes);

typedef struct as_worker_job {
    /* Runs in the worker. Pure but for as_worker_emit and reads from fd. */
    as_rc (*run)(void *ctx, as_worker_out *out, as_err *err);
    /* Runs in the parent for each frame; non-zero stops the worker. The bytes
     * live until it returns. */
    as_rc (*on_frame)(void *ctx, uint8_t type, as_span bytes, as_err *err);
    /* Runs in the parent while the worker is at work; may be NULL. */
    void (*meanwhile)(void *ctx);
    void *ctx;
    int fd;               /* the worker may read and seek it; -1: none */
    size_t memory;        /* address space, 0: AS_LIMIT_WORKER_BYTES */
    size_t frame_ceiling; /* of one frame, 0: AS_LIMIT_FRAME_BYTES */
    unsigned silence;     /* seconds without a byte before it counts as asleep,
                             0: AS_LIMIT_WORKER_SILENCE */
    bool unconfined;      /* run in this process: for debuggers only */
} as_worker_job;

/* What stood between the worker and the machine. */
typedef struct as_worker_report {
    bool forked, rlimits, seccomp, landlock;
} as_worker_report;

/* Runs the job to its end. The result is the job's own; or AS_ERR_INTERNAL
 * when the worker died (the error says of what), AS_ERR_LIMIT when it passed
 * its memory or its processor time, or fell asleep. report may be NULL. */
as_rc as_worker_run(const as_worker_job *job, as_worker_report *report,
                    as_err *err);
/* "seccomp, Landlock": what the system lacks by the report, or nothing. */
void as_worker_missing(const as_worker_report *report, char *buf, size_t cap);

#endif
