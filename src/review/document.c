/* SPDX-License-Identifier: Apache-2.0 */
/* See document_internal.h. */
#include "review/document_internal.h"

#include "model/wire.h"

/* ---- judging ----------------------------------------------------------- */

static void by_rules(const as_bom_diagnoses *all, as_arena *arena,
                     as_document_check *ret)
{
    *ret = (as_document_check){.valid = all->errors ? AS_NO : AS_YES,
                               .rules = all->schema,
                               .errors = all->errors,
                               .warnings = all->warnings};
    for (size_t i = 0; i < all->n; i++) {
        const as_bom_diagnosis *d = &all->items[i];
        if (d->warning)
            continue;
        ret->path = as_arena_str(arena, as_str_c(d->place.path));
        ret->rule = d->rule;
        ret->message = d->message;
        ret->line = d->place.line;
        ret->column = d->place.column;
        return;
    }
}

as_str as_document_reader(const as_product *p, as_arena *arena)
{
    return as_arena_printf(arena, "the reader of %.*s%s%.*s", AS_FMT(p->format),
                           as_str_is_empty(p->spec_version) ? "" : " ",
                           AS_FMT(p->spec_version));
}

static void by_reading(const as_product *p, as_arena *arena,
                       as_document_check *ret)
{
    *ret = (as_document_check){.valid = AS_YES,
                               .rules = as_document_reader(p, arena)};
    for (size_t i = 0; i < p->n_diagnoses; i++) {
        const as_diagnosis *d = &p->diagnoses[i];
        *(d->warning ? &ret->warnings : &ret->errors) += 1;
        if (d->warning || ret->errors > 1)
            continue;
        ret->valid = AS_NO;
        ret->path = d->path;
        ret->rule = AS_STR("reader");
        ret->message = d->text;
        ret->line = d->line;
        ret->column = d->column;
    }
}

void as_document_judge(const as_bom_input *in, const as_product *product,
                       as_arena *arena, as_document_check *ret)
{
    as_bom_diagnoses all = {.n = 0};
    as_err why;
    as_rc rc;

    as_err_init(&why);
    rc = as_bom_validate(in->bytes, in->doc, arena, &all, &why);
    if (rc == AS_OK) {
        by_rules(&all, arena, ret);
        return;
    }
    if (rc == AS_ERR_UNSUPPORTED) {
        by_reading(product, arena, ret);
        return;
    }
    *ret = (as_document_check){.valid = AS_UNSURE,
                               .why = as_arena_str(arena, as_str_c(why.what))};
}

/* ---- the wire ---------------------------------------------------------- */

static void wire(as_wire *w, as_document_check *c)
{
    c->valid = (as_truth)as_wire_enum(w, c->valid, AS_YES + 1);
    as_wire_str(w, &c->why);
    as_wire_str(w, &c->rules);
    as_wire_u64(w, &c->errors);
    as_wire_u64(w, &c->warnings);
    as_wire_str(w, &c->path);
    as_wire_str(w, &c->rule);
    as_wire_str(w, &c->message);
    as_wire_u64(w, &c->line);
    as_wire_u64(w, &c->column);
}

void as_document_encode(const as_document_check *c, as_buf *out)
{
    as_document_check copy = *c;
    as_wire w = as_wire_writer(out);

    wire(&w, &copy);
}

bool as_document_decode(as_span bytes, as_arena *arena, as_document_check *ret)
{
    as_document_check c = {.valid = AS_UNSURE};
    as_wire w = as_wire_reader(bytes, arena);
    as_str *const texts[] = {&c.why, &c.rules, &c.path, &c.rule, &c.message};

    wire(&w, &c);
    if (!as_wire_finished(&w))
        return false;
    for (size_t i = 0; i < AS_ARRAY_LEN(texts); i++)
        *texts[i] = as_arena_str(arena, *texts[i]);
    *ret = c;
    return true;
}
