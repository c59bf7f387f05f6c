/* SPDX-License-Identifier: Apache-2.0 */
/* bom validate: a worker judges the document and renders what it found; what
 * comes back is text for people or programs, checked to be nothing else. */
#include "review/review.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "bom/bom.h"
#include "review/document_internal.h"

enum { FRAME_TEXT = 1, FRAME_VALID = 2 };

struct job {
    const as_validate_request *q;
    as_buf *out;
    bool valid;
};

/* ---- in the worker ----------------------------------------------------- */

static void json_diagnosis(const as_bom_diagnosis *d, as_json_writer *w)
{
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("level"),
                        d->warning ? AS_STR("warning") : AS_STR("error"));
    as_json_write_field(w, AS_STR("rule"), d->rule);
    as_json_write_field(w, AS_STR("message"), d->message);
    as_json_write_field_opt(w, AS_STR("path"), as_str_c(d->place.path));
    if (d->place.line) {
        as_json_write_field_u64(w, AS_STR("line"), d->place.line);
        as_json_write_field_u64(w, AS_STR("column"), d->place.column);
    }
    as_json_write_object_end(w);
}

static void render_json(const struct job *j, const as_bom_diagnoses *all,
                        as_buf *out)
{
    as_json_writer w;

    as_json_write_init(&w, out, 2);
    as_json_write_object(&w);
    as_json_write_field(&w, AS_STR("schema"), AS_STR("assay-validate/1"));
    as_json_write_field(&w, AS_STR("file"), j->q->file);
    as_json_write_field(&w, AS_STR("rules"), all->schema);
    as_json_write_field_bool(&w, AS_STR("valid"), all->errors == 0);
    as_json_write_field_u64(&w, AS_STR("errors"), all->errors);
    as_json_write_field_u64(&w, AS_STR("warnings"), all->warnings);
    as_json_write_key(&w, AS_STR("diagnoses"));
    as_json_write_array(&w);
    for (size_t i = 0; i < all->n; i++)
        json_diagnosis(&all->items[i], &w);
    as_json_write_array_end(&w);
    as_json_write_object_end(&w);
    as_buf_byte(out, '\n');
}

static void render_text(const struct job *j, const as_bom_diagnoses *all,
                        as_buf *out)
{
    uint64_t total = all->errors + all->warnings;

    for (size_t i = 0; i < all->n; i++) {
        as_bom_diagnosis_text(all, &all->items[i], j->q->file, out);
        as_buf_byte(out, '\n');
    }
    if (total > all->n) {
        as_buf_shown(out, j->q->file);
        as_buf_printf(out, ": and %llu more\n",
                      (unsigned long long)(total - all->n));
    }
    as_buf_shown(out, j->q->file);
    as_buf_printf(out, ": %s by the rules of %.*s\n",
                  all->errors ? "not valid" : "valid", AS_FMT(all->schema));
}

/* A format we read but have no rules of: what the reader found odd. */
static as_rc by_reading(const struct job *j, as_arena *arena,
                        as_bom_diagnoses *ret, as_err *err)
{
    as_product *p = NULL;
    as_rc rc = as_bom_read(j->q->bytes, true, &p, err);

    if (rc)
        return rc;
    ret->schema = as_document_reader(p, arena);
    ret->items = AS_NEW_ARRAY(arena, p->n_diagnoses, as_bom_diagnosis);
    for (size_t i = 0; ret->items && i < p->n_diagnoses; i++) {
        const as_diagnosis *d = &p->diagnoses[i];
        as_bom_diagnosis *to = &ret->items[ret->n++];
        as_err place;
        as_err_init(&place);
        as_err_path(&place, d->path);
        as_err_line(&place, d->line, d->column);
        *to = (as_bom_diagnosis){.place = place.place,
                                 .warning = d->warning,
                                 .rule = AS_STR("reader"),
                                 .message = as_arena_str(arena, d->text)};
        *(d->warning ? &ret->warnings : &ret->errors) += 1;
    }
    as_product_free(p);
    return AS_OK;
}

static as_rc by_rules(const struct job *j, as_arena *arena,
                      as_bom_diagnoses *ret, as_err *err)
{
    as_bom_input in;
    as_rc rc = as_bom_open(j->q->bytes, true, &in, err);

    if (rc)
        return rc;
    rc = as_bom_validate(in.bytes, in.doc, arena, ret, err);
    as_bom_close(&in);
    return rc;
}

static as_rc judge(const struct job *j, as_arena *arena, as_bom_diagnoses *ret,
                   as_buf *text, as_err *err)
{
    as_rc rc = by_rules(j, arena, ret, err);

    if (rc == AS_ERR_UNSUPPORTED)
        rc = by_reading(j, arena, ret, err);
    if (rc)
        return rc;
    if (j->q->json)
        render_json(j, ret, text);
    else
        render_text(j, ret, text);
    return AS_OK;
}

static as_rc work(void *ctx, as_worker_out *out, as_err *err)
{
    const struct job *j = ctx;
    as_arena *arena = as_arena_new(AS_LIMIT_PRODUCT_BYTES);
    as_bom_diagnoses all = {.n = 0};
    as_buf text;
    as_rc rc;

    if (!arena)
        return as_fail(err, AS_ERR_MEMORY, "no memory to validate");
    as_buf_init(&text, AS_LIMIT_OUTPUT_BYTES);
    rc = judge(j, arena, &all, &text, err);
    if (!rc) {
        as_worker_emit(out, FRAME_TEXT, as_buf_span(&text));
        as_worker_emit(out, FRAME_VALID,
                       as_str_span(all.errors ? AS_STR("n") : AS_STR("y")));
    }
    as_buf_done(&text);
    as_arena_free(arena);
    return rc;
}

/* ---- in the parent ----------------------------------------------------- */

/* The worker may be in a stranger's hands: lines of text and no more. JSON may
 * hold what a terminal must not get; who prints it there sees to it. */
static void put_text(as_str s, bool json, as_buf *out)
{
    for (size_t i = 0; i < s.n;) {
        size_t bad = s.p[i] == '\n' ? 0 : as_str_unsafe(s, i);
        as_buf_byte(out, bad == 0 || (json && bad > 1) ? s.p[i] : '?');
        i += bad && !json ? bad : 1;
    }
}

static as_rc take(void *ctx, uint8_t type, as_span bytes, as_err *err)
{
    struct job *j = ctx;

    if (type == FRAME_VALID) {
        j->valid = bytes.n == 1 && bytes.p[0] == 'y';
        return AS_OK;
    }
    put_text(as_str_of((const char *)bytes.p, bytes.n), j->q->json, j->out);
    return AS_OK;
}

as_rc as_review_validate(const as_validate_request *q, as_buf *out,
                         bool *ret_valid, as_err *err)
{
    struct job j = {.q = q, .out = out};
    as_worker_job job = {.run = work, .on_frame = take, .ctx = &j, .fd = -1};
    as_rc rc;

    job.memory = AS_LIMIT_WORKER_BYTES + q->bytes.n * 20;
    job.unconfined = q->read.unconfined;
    rc = as_worker_run(&job, q->read.report, err);
    if (rc) {
        as_err_file(err, q->file);
        return rc;
    }
    *ret_valid = j.valid;
    return AS_OK;
}
