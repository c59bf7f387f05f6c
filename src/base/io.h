/* SPDX-License-Identifier: Apache-2.0 */
/* The effects: files, standard streams, the clock, the environment and the
 * terminal. Readers do not include this; those who call them do.
 *
 * Paths are C strings, as the command line and libc have them. "-" stands for
 * standard input or output. Errors carry the path as their place. */
#ifndef AS_BASE_IO_H
#define AS_BASE_IO_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

enum { AS_IO_PADDING = 64 };

/* Once, at the start of main: a closed pipe is an error of write and not a
 * signal, and the descriptors 0, 1 and 2 are open, so that no file of ours
 * becomes one of them; writing to one that was closed fails all the same. */
void as_io_start(void);

/* ---- files ------------------------------------------------------------- */

/* A whole file in memory. AS_IO_PADDING zero bytes stand behind .bytes: an
 * as_json_limits may say padded. */
typedef struct as_io_file {
    as_span bytes;
    uint8_t *owned;
} as_io_file;

/* ceiling in bytes, 0 for AS_LIMIT_INPUT_BYTES. AS_ERR_NO_INPUT when it cannot
 * be opened or is a directory, AS_ERR_IO when reading fails, AS_ERR_LIMIT
 * beyond the ceiling. On failure *ret is untouched. */
as_rc as_io_read(const char *path, size_t ceiling, as_io_file *ret,
                 as_err *err) AS_MUST_USE;
void as_io_file_done(as_io_file *f); /* takes what was zeroed, too */
/* A regular file in memory without reading it: pages come when they are
 * touched. Read only; whoever writes the file replaces it as a whole, so that
 * what is mapped stays what it was. Errors as of as_io_read; an empty file is
 * AS_ERR_INPUT. */
typedef struct as_io_mapping {
    as_span bytes;
    void *mapped;
} as_io_mapping;
as_rc as_io_map(const char *path, size_t ceiling, as_io_mapping *ret,
                as_err *err) AS_MUST_USE;
void as_io_unmap(as_io_mapping *m); /* takes what was zeroed, too */
/* A descriptor to read from, closed on exec: for those who do not want the
 * whole. Directories are refused; "-" gives a copy of standard input. */
as_rc as_io_open(const char *path, int *ret_fd, as_err *err) AS_MUST_USE;
void as_io_close(int fd); /* takes -1 */

/* Replaces the file as a whole or not at all: written beside it, forced to
 * disk, renamed; a symbolic link stays one and its target is replaced; the mode
 * of an existing file stays. What is no regular file (a device, a pipe) and "-"
 * are written directly. */
as_rc as_io_write(const char *path, as_span bytes, as_err *err) AS_MUST_USE;
/* All of it to a descriptor. When nobody reads any more, AS_ERR_IO with an
 * empty err->what: there is nothing to tell. */
as_rc as_io_write_all(int fd, as_span bytes, as_err *err) AS_MUST_USE;
/* The folder and those above it, for the user alone (0700); fine when it is
 * there. */
as_rc as_io_make_folders(const char *path, as_err *err) AS_MUST_USE;

/* ---- environment, clock ------------------------------------------------ */

/* All of the environment that the program heeds. NULL: not set. */
typedef struct as_io_env {
    const char *assay_home;        /* ASSAY_HOME */
    const char *xdg_data_home;     /* XDG_DATA_HOME */
    const char *home;              /* HOME */
    const char *source_date_epoch; /* SOURCE_DATE_EPOCH */
    const char *columns;           /* COLUMNS */
    const char *no_color;          /* NO_COLOR */
    const char *term;              /* TERM */
    const char *logname;           /* LOGNAME */
} as_io_env;

/* That of the process. */
as_io_env as_io_environment(void);
/* Where the program keeps its files: ASSAY_HOME, else XDG_DATA_HOME/assay when
 * that is absolute, else HOME/.local/share/assay. Made by nobody yet.
 * AS_ERR_NO_INPUT when none is set. NUL-terminated in the arena. */
as_rc as_io_home(const as_io_env *env, as_arena *a, as_str *ret,
                 as_err *err) AS_MUST_USE;
/* The time of the system's clock, or what SOURCE_DATE_EPOCH says
 * (reproducible-builds.org); AS_ERR_USAGE when it says no time. */
as_rc as_io_now(const as_io_env *env, as_time *ret, as_err *err) AS_MUST_USE;
/* Milliseconds of a clock that never runs back, from no fixed start. */
uint64_t as_io_ticks(void);

/* ---- terminal --------------------------------------------------------------
 */

bool as_io_is_terminal(int fd);
/* Columns to fill: COLUMNS, else the terminal's, else 80; from 20 to 1000. */
unsigned as_io_width(const as_io_env *env, int fd);
/* Whether to colour: a terminal, not a dumb one, and NO_COLOR not set to
 * something (no-color.org). */
bool as_io_color(const as_io_env *env, int fd);

#endif
