/* SPDX-License-Identifier: Apache-2.0 */
/* Between import.c (items into store and report), import_files.c (paths into
 * workers) and import_mark.c (taking back what a broken input gave). */
#ifndef AS_KNOW_IMPORT_INTERNAL_H
#define AS_KNOW_IMPORT_INTERNAL_H

#include "know/archive_internal.h"
#include "know/frame_internal.h"
#include "know/know.h"
#include "know/store_internal.h"
#include "sandbox/worker.h"

/* Examples of one source, while they are gathered. */
struct as_import_kept {
    as_str source;
    as_import_examples refusals, notes;
};

/* The report as it was before an input. */
struct as_import_before {
    uint64_t files, read, passed_over, failed, records;
    size_t n_passed, n_failures, n_kept;
    uint64_t *passed; /* how many of each kind */
    struct as_import_kept *kept;
    size_t cap_passed, cap_kept;
};

struct as_import {
    const as_import_request *q;
    as_store *store;
    as_import_report *report;
    struct as_import_kept *kept;
    size_t n_kept, cap_kept;
    size_t cap_passed;
    size_t examples;
    as_arena *scratch; /* of items */
    as_archive_library *library;
    uint64_t records;
    uint64_t begun, ended; /* inputs of the worker at hand */
    bool partial;          /* items of the begun input came */
    as_rc rc;              /* the store failed: the import ends */
    bool told;             /* what the kernel lacks was noted */
    bool marked;           /* the input at hand is all or nothing */
    bool undone;           /* it is nothing: what else comes of it is dropped */
    struct as_import_before before;
    as_str path;      /* of the request, at hand */
    bool path_failed; /* as a whole */
    bool *failed_paths;
};

/* A run of items from a worker; non-zero ends the import. */
as_rc as_import_take(struct as_import *im, as_span items, as_err *err);
/* A file that could not be read. */
void as_import_failed(struct as_import *im, const as_diagnosis_item *d);
void as_import_passed(struct as_import *im, as_str kind, as_str member);
/* From as_import_mark on an input is all or nothing: as_import_undo takes back
 * what it put into store and report, as_import_keep does not. Both do nothing
 * without a mark. */
as_rc as_import_mark(struct as_import *im, as_err *err) AS_MUST_USE;
as_rc as_import_keep(struct as_import *im, as_err *err) AS_MUST_USE;
as_rc as_import_undo(struct as_import *im, as_err *err) AS_MUST_USE;
void as_import_before_done(struct as_import_before *b);

/* All paths of the request through workers into as_import_take. */
as_rc as_import_run(struct as_import *im, as_err *err) AS_MUST_USE;

#endif
