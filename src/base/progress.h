/* SPDX-License-Identifier: Apache-2.0 */
/* One line that tells how far a long work has come, on a terminal only. It is
 * drawn at most ten times a second, not at all for what takes less than a
 * third of one, and gone when the work ends, so that nothing of it remains
 * between messages. */
#ifndef AS_BASE_PROGRESS_H
#define AS_BASE_PROGRESS_H

#include "base/buf.h"

typedef struct as_progress {
    int fd; /* -1: silent */
    unsigned width;
    uint64_t (*ticks)(void); /* milliseconds of a clock that never runs back */
    as_str label, unit;
    uint64_t done, total;
    uint64_t started, drawn; /* in ticks */
    bool shown;              /* the line is on the terminal */
} as_progress;

/* fd is silent when it is no terminal, or -1. width: columns of it
 * (as_io_width). */
void as_progress_init(as_progress *p, int fd, unsigned width,
                      uint64_t (*ticks)(void));
/* A work begins; one that has not ended ends. total 0: not known. unit names
 * what is counted ("parts"); "bytes" are shown as KiB, MiB, GiB. Both strings
 * must outlive the work. */
void as_progress_start(as_progress *p, as_str label, uint64_t total,
                       as_str unit);
/* Where it stands now. Cheap: call it for every step. */
void as_progress_set(as_progress *p, uint64_t done);
static inline void as_progress_step(as_progress *p)
{
    as_progress_set(p, p->done + 1);
}
/* Takes the line away, before a message or at the end. */
void as_progress_clear(as_progress *p);
void as_progress_end(as_progress *p);

/* The line as text, of at most width - 1 columns; for tests. */
void as_progress_line(const as_progress *p, as_buf *out);

#endif
