/* SPDX-License-Identifier: Apache-2.0 */
/* How an operation fails: a class (as_rc) and, where the caller asks for it,
 * an as_err that names what failed, where, why and what to do.
 *
 * Wording (house style): "could not" for what failed now, "cannot" for what
 * never works; the user's values in quotes; no function names. */
#ifndef AS_BASE_ERR_H
#define AS_BASE_ERR_H

#include "base/span.h"

typedef enum as_rc {
    AS_OK = 0,
    AS_ERR_USAGE,       /* the command line is wrong           exit 64 */
    AS_ERR_INPUT,       /* the input is defective              exit 65 */
    AS_ERR_LIMIT,       /* the input passes a ceiling          exit 65 */
    AS_ERR_UNSUPPORTED, /* the input is of a kind we cannot read    65 */
    AS_ERR_NO_INPUT,    /* it is not there or cannot be opened exit 66 */
    AS_ERR_MEMORY,      /* no memory                           exit 70 */
    AS_ERR_INTERNAL,    /* broken program, dead worker         exit 70 */
    AS_ERR_IO,          /* reading or writing failed           exit 74 */
} as_rc;

/* Where a defect stands. Every field may be missing: file[0] == 0, line 0,
 * offset (uint64_t)-1, path[0] == 0. Line and column count from 1; the column
 * counts bytes. path is a JSON Pointer (RFC 6901) or a like path. */
typedef struct as_place {
    char file[256];
    uint64_t line, column;
    uint64_t offset;
    char path[256];
} as_place;

typedef struct as_err {
    as_rc rc;
    char what[320];   /* one clause: what could not be done, and why */
    char detail[320]; /* more, or empty */
    char hint[200];   /* what to do, or empty */
    as_place place;
} as_err;

void as_place_init(as_place *p);
/* Fills *err when it is not NULL and returns rc, so that one line does both:
 *     return as_fail(err, AS_ERR_INPUT, "the document is empty");
 * Keeps a place that was set before; clears detail and hint. Text that does
 * not fit is cut at a character's edge. */
as_rc as_fail(as_err *err, as_rc rc, const char *fmt, ...) AS_PRINTF(3, 4);
void as_err_init(as_err *err);
void as_err_detail(as_err *err, const char *fmt, ...) AS_PRINTF(2, 3);
void as_err_hint(as_err *err, const char *fmt, ...) AS_PRINTF(2, 3);
void as_err_file(as_err *err, as_str file);
void as_err_line(as_err *err, uint64_t line, uint64_t column);
void as_err_path(as_err *err, as_str path);
/* One line, no newline: "FILE:LINE:COLUMN: what: detail (hint)". Control
 * characters of the input are shown as \xNN. Returns the bytes written,
 * without the NUL; the text is cut to fit. */
size_t as_err_text(const as_err *err, char *buf, size_t cap);
/* Exit status of the class, as in sysexits.h (DESIGN section 5). */
int as_rc_exit(as_rc rc);

#endif
