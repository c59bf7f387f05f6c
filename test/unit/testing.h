/* SPDX-License-Identifier: Apache-2.0 */
/* What every unit test includes: cmocka with its prerequisites, and how to
 * find files. */
#ifndef AS_TEST_TESTING_H
#define AS_TEST_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* A whole file of the source tree (path below the project) or of the corpus
 * folder's unpacked form. Fails the test when it is not there. */
as_span testing_source_file(as_arena *a, const char *path);
/* The folder of the unpacked corpus (ASSAY_CORPUS_UNPACKED), or NULL: then the
 * test calls skip() after printing "skipped: no corpus". */
const char *testing_corpus(void);
as_span testing_corpus_file(as_arena *a, const char *path);
/* Next line of *rest without its newline; false at the end. */
bool testing_line(as_str *rest, as_str *line);
/* Fails with a readable message when the strings differ. */
void testing_str(as_str got, const char *want);

#endif
