/* SPDX-License-Identifier: Apache-2.0 */
/* Items into the store, and the report; see know.h. What comes from a worker
 * is as hostile as the file it read. */
#include "know/import_internal.h"

#include "base/limits.h"

#include <stdlib.h>

enum { EXAMPLES = 20, KINDS = 64, EXAMPLE_BYTES = 300 };

/* ---- examples ------------------------------------------------------------ */

static as_str keep(struct as_import *im, as_str s)
{
    return as_arena_str(im->report->arena, as_str_slice(s, 0, EXAMPLE_BYTES));
}

static void add_example(struct as_import *im, as_import_examples *list,
                        const as_diagnosis_item *d)
{
    as_import_example *e;

    if (list->n >= im->examples)
        return;
    if (!list->items)
        list->items =
            AS_NEW_ARRAY(im->report->arena, im->examples, as_import_example);
    if (!list->items)
        return;
    e = &list->items[list->n++];
    *e = (as_import_example){.id = keep(im, d->id),
                             .member = keep(im, d->member),
                             .path = keep(im, d->path),
                             .line = d->line,
                             .column = d->column,
                             .reason = keep(im, d->reason)};
}

static struct as_import_kept *kept_of(struct as_import *im, as_str source)
{
    struct as_import_kept *grown;

    for (size_t i = 0; i < im->n_kept; i++)
        if (as_str_eq(im->kept[i].source, source))
            return &im->kept[i];
    if (im->n_kept >= 4096)
        return NULL;
    grown = as_arena_grow(im->report->arena, im->kept, &im->cap_kept,
                          im->n_kept + 1, sizeof *im->kept);
    if (!grown)
        return NULL;
    im->kept = grown;
    im->kept[im->n_kept] = (struct as_import_kept){.source = keep(im, source)};
    return &im->kept[im->n_kept++];
}

static void keep_refusal(struct as_import *im, as_str source,
                         const as_diagnosis_item *d)
{
    struct as_import_kept *k = kept_of(im, source);

    if (k)
        add_example(im, &k->refusals, d);
}

static void keep_note(struct as_import *im, as_str source,
                      const as_diagnosis_item *d)
{
    struct as_import_kept *k = kept_of(im, source);

    if (k)
        add_example(im, &k->notes, d);
}

/* ---- files ----------------------------------------------------------------
 */

void as_import_failed(struct as_import *im, const as_diagnosis_item *d)
{
    as_store_list_end(im->store, false);
    im->report->files++;
    im->report->failed++;
    if (as_str_eq(d->member, im->path))
        im->path_failed = true;
    add_example(im, &im->report->failures, d);
}

void as_import_passed(struct as_import *im, as_str kind, as_str member)
{
    as_import_report *r = im->report;
    as_import_kind *grown;

    r->files++;
    r->passed_over++;
    kind = as_str_slice(kind, 0, 200);
    for (size_t i = 0; i < r->n_passed; i++) {
        if (as_str_eq(r->passed[i].kind, kind) || i + 1 == KINDS) {
            r->passed[i].n++;
            return;
        }
    }
    grown = as_arena_grow(r->arena, r->passed, &im->cap_passed, r->n_passed + 1,
                          sizeof *r->passed);
    if (!grown)
        return;
    r->passed = grown;
    r->passed[r->n_passed++] = (as_import_kind){
        .kind = keep(im, kind), .n = 1, .example = keep(im, member)};
}

/* ---- records --------------------------------------------------------------
 */

/* The source of a record that was refused before it had one. */
static as_str source_or_unknown(as_str source)
{
    return as_str_is_empty(source) || source.n > 64 ? AS_STR("unknown")
                                                    : source;
}

static as_rc put_party(struct as_import *im, const as_item *item, as_err *err)
{
    as_str source = as_store_list_source(im->store);
    as_diagnosis_item d = {.source = item->party.list, .id = item->party.id};
    as_store_outcome outcome = AS_STORE_REFUSED;
    const char *why = NULL;
    as_rc rc = as_store_party(im->store, &item->party, item->part, &outcome,
                              &why, err);

    im->records++;
    if (rc || !why)
        return rc;
    if (!source.p)
        as_store_count_refused(im->store, AS_STR("unknown"));
    d.reason = as_str_c(why);
    keep_refusal(im, source_or_unknown(source), &d);
    return AS_OK;
}

static as_rc put_record(struct as_import *im, const as_item *item, as_err *err)
{
    as_store_outcome outcome = AS_STORE_REFUSED;
    as_diagnosis_item d = {.source = item->source};
    const char *why = NULL;
    as_rc rc = AS_OK;

    if (item->type == AS_ITEM_ADVISORY) {
        const as_advisory *v = &item->advisory;
        d.source = v->source;
        d.id = v->id;
        rc = as_store_advisory(im->store, v, &outcome, &why, err);
    } else if (item->type == AS_ITEM_EXPLOITED) {
        d.id = item->exploited.id;
        rc = as_store_exploited(im->store, item->source, &item->exploited,
                                &outcome, &why, err);
    } else {
        d.id = item->likelihood.id;
        rc = as_store_likelihood(im->store, item->source, &item->likelihood,
                                 &outcome, &why, err);
    }
    im->records++;
    if (!rc && why) {
        d.reason = as_str_c(why);
        keep_refusal(im, source_or_unknown(d.source), &d);
    }
    return rc;
}

static void put_note(struct as_import *im, const as_item *item)
{
    const as_diagnosis_item *d = &item->diagnosis;
    as_str source = source_or_unknown(d->source);

    if (item->type == AS_ITEM_REFUSED) {
        as_store_count_refused(im->store, source);
        keep_refusal(im, source, d);
        return;
    }
    as_store_count_noted(im->store, source);
    keep_note(im, source, d);
}

static as_rc take_broken(struct as_import *im, const as_diagnosis_item *d,
                         as_err *err)
{
    as_rc rc = as_import_undo(im, err);

    im->path_failed = true;
    if (!rc)
        as_import_failed(im, d);
    return rc;
}

static as_rc take_item(struct as_import *im, const as_item *item, as_err *err)
{
    if (im->undone && item->type != AS_ITEM_END)
        return AS_OK;
    switch (item->type) {
    case AS_ITEM_BEGIN:
        as_store_list_end(im->store, false);
        im->begun = item->index;
        im->partial = false;
        return AS_OK;
    case AS_ITEM_END: im->ended = item->index + 1; return AS_OK;
    case AS_ITEM_MEMBER:
        as_store_list_end(im->store, true);
        im->report->files++;
        im->report->read++;
        return AS_OK;
    case AS_ITEM_PASSED:
        as_import_passed(im, item->kind, item->member);
        return AS_OK;
    case AS_ITEM_BROKEN: return take_broken(im, &item->diagnosis, err);
    case AS_ITEM_FAILED: as_import_failed(im, &item->diagnosis); return AS_OK;
    case AS_ITEM_LIST:
        return as_store_list(im->store, &item->list, item->member, item->date,
                             err);
    case AS_ITEM_CUT:
        as_store_list_cut(im->store, item->diagnosis.reason);
        return AS_OK;
    case AS_ITEM_PARTY: return put_party(im, item, err);
    case AS_ITEM_EDITION:
        return as_store_edition(im->store, item->source, item->edition,
                                item->date, err);
    case AS_ITEM_REFUSED:
    case AS_ITEM_NOTED: put_note(im, item); return AS_OK;
    case AS_ITEM_ADVISORY:
    case AS_ITEM_EXPLOITED:
    case AS_ITEM_LIKELIHOOD: return put_record(im, item, err);
    }
    return AS_OK;
}

/* Items come by the ten thousand: the arena is renewed when it has grown. */
static bool renew_scratch(struct as_import *im)
{
    if (im->scratch && as_arena_used(im->scratch) < AS_MIB &&
        !as_arena_failed(im->scratch))
        return true;
    as_arena_free(im->scratch);
    im->scratch = as_arena_new(AS_LIMIT_RECORD_BYTES * 4);
    return im->scratch != NULL;
}

as_rc as_import_take(struct as_import *im, as_span items, as_err *err)
{
    as_item item;

    for (;;) {
        as_rc rc = AS_ERR_MEMORY;
        if (renew_scratch(im))
            rc = as_item_read(&items, im->scratch, &item);
        if (rc == AS_ERR_NO_INPUT)
            break;
        if (rc == AS_ERR_INPUT)
            return as_fail(err, AS_ERR_INTERNAL,
                           "the reader's answer is defective");
        im->partial = item.type != AS_ITEM_BEGIN;
        if (!rc)
            rc = im->rc = take_item(im, &item, err);
        if (rc)
            return rc;
    }
    if (im->q->progress)
        im->q->progress(im->q->ctx, im->report->files, im->records);
    return AS_OK;
}

/* ---- the report ------------------------------------------------------------
 */

static int compare_kinds(const void *pa, const void *pb)
{
    const as_import_kind *a = pa, *b = pb;

    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    return as_str_cmp(a->kind, b->kind);
}

static int compare_sources(const void *pa, const void *pb)
{
    const as_import_source *a = pa, *b = pb;

    return as_str_cmp(a->name, b->name);
}

static void fill_source(struct as_import *im, const as_store_source *s,
                        as_import_source *ret)
{
    const uint64_t *o = s->outcomes;
    struct as_import_kept *k = kept_of(im, s->name);

    *ret = (as_import_source){.name = keep(im, s->name),
                              .kind = keep(im, s->kind),
                              .read = s->read,
                              .added = o[AS_STORE_ADDED],
                              .changed = o[AS_STORE_CHANGED],
                              .unchanged = o[AS_STORE_UNCHANGED],
                              .older = o[AS_STORE_OLDER],
                              .refused = o[AS_STORE_REFUSED],
                              .left_out = s->left_out,
                              .stored =
                                  s->read - o[AS_STORE_REFUSED] - s->left_out,
                              .removed = s->removed,
                              .noted = s->noted,
                              .total = s->stored,
                              .rows = s->rows,
                              .changed_base = s->changed};
    if (k) {
        ret->refusals = k->refusals;
        ret->notes = k->notes;
    }
}

/* Editions that were not taken, and parts of rows without a row. */
static void keep_store_refusals(struct as_import *im)
{
    size_t n = 0;
    const as_store_refusal *list = as_store_refusals(im->store, &n);

    for (size_t i = 0; i < n; i++) {
        const as_store_refusal *r = &list[i];
        as_diagnosis_item d = {
            .source = r->source, .member = r->file, .reason = r->reason};
        if (r->note)
            keep_note(im, r->source, &d);
        else
            keep_refusal(im, r->source, &d);
        if (r->edition)
            add_example(im, &im->report->editions_refused, &d);
        im->report->n_editions_refused += r->edition;
    }
}

static void fill_report(struct as_import *im)
{
    as_import_report *r = im->report;
    size_t n = 0;
    const as_store_source *list = as_store_sources(im->store, &n);

    keep_store_refusals(im);
    r->sources = AS_NEW_ARRAY(r->arena, n ? n : 1, as_import_source);
    for (size_t i = 0; r->sources && i < n; i++)
        fill_source(im, &list[i], &r->sources[r->n_sources++]);
    if (r->n_sources)
        qsort(r->sources, r->n_sources, sizeof *r->sources, compare_sources);
    if (r->n_passed)
        qsort(r->passed, r->n_passed, sizeof *r->passed, compare_kinds);
}

/* ---- the import ------------------------------------------------------------
 */

static as_rc nothing_found(const struct as_import *im, as_err *err)
{
    const as_import_report *r = im->report;
    size_t n = 0;
    const as_store_source *sources = as_store_sources(im->store, &n);

    (void)sources;
    if (n)
        return AS_OK;
    if (r->failed && r->failed == r->files) {
        as_fail(err, AS_ERR_INPUT, "nothing was imported");
        if (r->failures.n)
            as_err_detail(err, "%.*s: %.*s",
                          AS_FMT(r->failures.items[0].member),
                          AS_FMT(r->failures.items[0].reason));
        return AS_ERR_INPUT;
    }
    as_fail(err, AS_ERR_INPUT, "no feed that this version reads was found");
    if (r->failures.n)
        as_err_detail(err, "%.*s: %.*s", AS_FMT(r->failures.items[0].member),
                      AS_FMT(r->failures.items[0].reason));
    else if (r->n_passed)
        as_err_detail(err, "%.*s is: %.*s", AS_FMT(r->passed[0].example),
                      AS_FMT(r->passed[0].kind));
    as_err_hint(err, "feeds are OSV, CVE, KEV, EPSS, assay-knowledge files and "
                     "lists of parties");
    return AS_ERR_INPUT;
}

/* Was an edition out of the file not taken? */
static bool is_refused(const struct as_import *im, as_str path)
{
    size_t n = 0;
    const as_store_refusal *list = as_store_refusals(im->store, &n);

    for (size_t i = 0; i < n; i++)
        if (list[i].edition && (as_str_starts(list[i].file, path) ||
                                as_str_starts(path, list[i].file)))
            return true;
    return false;
}

static as_rc remember(struct as_import *im, as_err *err)
{
    as_rc rc = AS_OK;

    for (size_t i = 0; i < im->q->n_downloads && !rc; i++) {
        const as_import_download *d = &im->q->downloads[i];
        if (im->failed_paths[i] || is_refused(im, im->q->paths[i]))
            continue; /* to be loaded anew, not asked whether it changed */
        rc = as_store_remember(im->store,
                               &(as_store_download){d->name, d->url, d->etag,
                                                    d->modified, im->q->date},
                               err);
    }
    return rc;
}

/* An edition that was not taken fails the import when nothing else came. */
static as_rc check_editions(struct as_import *im, as_err *err)
{
    size_t n = 0;
    const as_store_refusal *list = as_store_refusals(im->store, &n);

    for (size_t i = 0; i < n && !im->report->changed; i++) {
        const as_store_refusal *r = &list[i];
        if (!r->edition)
            continue;
        as_fail(err, AS_ERR_INPUT,
                "the list \"%.*s\" in \"%.*s\" was not taken: %.*s",
                AS_FMT(r->source), AS_FMT(as_str_slice(r->file, 0, 100)),
                AS_FMT(r->reason));
        if (r->forcible)
            as_err_hint(err, "if that is right, import it with --force");
        return AS_ERR_INPUT;
    }
    return AS_OK;
}

static as_rc import_all(struct as_import *im, as_err *err)
{
    const as_import_request *q = im->q;
    const as_store_choice choice = {.edition = q->edition,
                                    .today = q->date,
                                    .countries = q->countries,
                                    .force = q->force};
    as_rc rc;

    as_store_choose(im->store, &choice);
    rc = as_import_run(im, err);

    if (!rc)
        rc = nothing_found(im, err);
    if (!rc)
        rc = as_store_parties_finish(im->store, err);
    if (!rc)
        rc = remember(im, err);
    if (!rc)
        rc = as_store_finish(im->store, im->q->date, im->q->force,
                             &im->report->changed, err);
    if (!rc)
        rc = check_editions(im, err);
    fill_report(im);
    return rc;
}

static as_import_report *new_report(void)
{
    as_arena *a = as_arena_new(AS_LIMIT_PRODUCT_BYTES);
    as_import_report *r = a ? AS_NEW(a, as_import_report) : NULL;

    if (r)
        r->arena = a;
    else
        as_arena_free(a);
    return r;
}

as_rc as_import_paths(const as_import_request *q, as_import_report **ret,
                      as_err *err)
{
    struct as_import im = {.q = q,
                           .examples = q->examples ? q->examples : EXAMPLES};
    as_rc rc;

    *ret = NULL;
    im.report = new_report();
    if (im.report)
        im.failed_paths =
            AS_NEW_ARRAY(im.report->arena, q->n_paths ? q->n_paths : 1, bool);
    if (!im.failed_paths)
        return as_fail(err, AS_ERR_MEMORY, "no memory to import");
    rc = as_store_open(q->knowledge, &im.store, err);
    if (rc) {
        as_import_report_free(im.report);
        return rc;
    }
    rc = import_all(&im, err);
    as_store_close(im.store);
    as_arena_free(im.scratch);
    as_import_before_done(&im.before);
    *ret = im.report;
    return rc;
}

as_import_report *as_import_report_free(as_import_report *r)
{
    if (r)
        as_arena_free(r->arena);
    return NULL;
}
