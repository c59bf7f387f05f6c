/* SPDX-License-Identifier: Apache-2.0 */
/* Taking rights away from the process that calls; inside sandbox/ only. */
#ifndef AS_SANDBOX_CONFINE_INTERNAL_H
#define AS_SANDBOX_CONFINE_INTERNAL_H

#include "sandbox/worker.h"

/* out_fd may be written, in_fd (or -1) read and seeked; nothing else remains.
 * Fills the report with what could be done. Called in the worker. */
void as_confine(int out_fd, int in_fd, size_t memory, as_worker_report *report);

/* Does this build filter system calls at all? Not with a sanitizer: then it is
 * nothing that the system lacks. */
bool as_confine_filters(void);

#endif
