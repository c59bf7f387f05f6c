/* SPDX-License-Identifier: Apache-2.0 */
/* Libraries that few runs need, loaded when they are asked for. libcurl and
 * libarchive bring forty others with them, and finding and relocating those
 * took two thirds of the time of a run that downloads and unpacks nothing; ICU
 * maps thirty megabytes for names in other scripts. */
#ifndef AS_BASE_LIBRARY_H
#define AS_BASE_LIBRARY_H

#include "base/err.h"

typedef struct as_library_symbol {
    const char *name;
    void *pointer; /* to a pointer to a function of that type */
} as_library_symbol;

/* The library by its soname, and all its symbols; for the life of the process.
 * AS_ERR_IO with a line that says what cannot be done without it ("download");
 * the pointers are then as they were. Not in a worker: it can open nothing. */
as_rc as_library_load(const char *soname, const char *purpose,
                      const as_library_symbol *symbols, size_t n,
                      as_err *err) AS_MUST_USE;

#endif
