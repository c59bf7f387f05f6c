/* SPDX-License-Identifier: Apache-2.0 */
/* An input that breaks in the middle leaves nothing behind: neither in the
 * store (store_mark.c) nor in the report; see import_internal.h. */
#include "know/import_internal.h"

#include <stdlib.h>

/* Room for n elements of that size, or false. */
static bool room(void **p, size_t *cap, size_t n, size_t size)
{
    void *grown;

    if (n <= *cap)
        return true;
    grown = reallocarray(*p, n + 16, size);
    if (!grown)
        return false;
    *p = grown;
    *cap = n + 16;
    return true;
}

static bool remember_lists(struct as_import *im)
{
    struct as_import_before *b = &im->before;
    const as_import_report *r = im->report;

    if (!room((void **)&b->passed, &b->cap_passed, r->n_passed,
              sizeof *b->passed) ||
        !room((void **)&b->kept, &b->cap_kept, im->n_kept, sizeof *b->kept))
        return false;
    for (size_t i = 0; i < r->n_passed; i++)
        b->passed[i] = r->passed[i].n;
    for (size_t i = 0; i < im->n_kept; i++)
        b->kept[i] = im->kept[i];
    b->n_passed = r->n_passed;
    b->n_kept = im->n_kept;
    return true;
}

as_rc as_import_mark(struct as_import *im, as_err *err)
{
    struct as_import_before *b = &im->before;
    const as_import_report *r = im->report;

    if (!remember_lists(im))
        return as_fail(err, AS_ERR_MEMORY, "no memory to import");
    b->files = r->files;
    b->read = r->read;
    b->passed_over = r->passed_over;
    b->failed = r->failed;
    b->records = im->records;
    b->n_failures = r->failures.n;
    im->marked = true;
    return im->rc = as_store_mark(im->store, err);
}

as_rc as_import_keep(struct as_import *im, as_err *err)
{
    if (!im->marked)
        return AS_OK;
    im->marked = false;
    return im->rc = as_store_keep(im->store, err);
}

as_rc as_import_undo(struct as_import *im, as_err *err)
{
    const struct as_import_before *b = &im->before;
    as_import_report *r = im->report;

    if (!im->marked)
        return AS_OK;
    im->marked = false;
    im->undone = true;
    for (size_t i = 0; i < b->n_passed; i++)
        r->passed[i].n = b->passed[i];
    for (size_t i = 0; i < b->n_kept; i++)
        im->kept[i] = b->kept[i];
    r->n_passed = b->n_passed;
    im->n_kept = b->n_kept;
    r->files = b->files;
    r->read = b->read;
    r->passed_over = b->passed_over;
    r->failed = b->failed;
    r->failures.n = b->n_failures;
    im->records = b->records;
    return im->rc = as_store_undo(im->store, err);
}

void as_import_before_done(struct as_import_before *b)
{
    free(b->passed);
    free(b->kept);
}
