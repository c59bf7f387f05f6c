/* SPDX-License-Identifier: Apache-2.0 */
/* See reader_internal.h. */
#include "bom/reader_internal.h"

#include "base/json_write.h"
#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_BYTES = 64 * 1024, /* of packed strings */
    PACKED_MOST = 8 * 1024,  /* longer strings stand alone */
    INTERN_MOST = 96,        /* bytes of a string worth a look */
    INTERN_SLOTS = 1 << 16,  /* at most; beyond, strings are just kept */
};
/* A place costs a walk over the text: so much walking for one document. */
#define WALK_BYTES (AS_MIB * 64)

void as_bom_reader_init(as_bom_reader *r, as_product *p, as_span text,
                        as_err *err)
{
    *r = (as_bom_reader){.product = p,
                         .text = text,
                         .locate = as_json_locate,
                         .err = err,
                         .walk_left = WALK_BYTES};
    as_buf_init(&r->scratch, AS_LIMIT_PRODUCT_BYTES);
    as_buf_init(&r->path, AS_MIB);
    as_buf_init(&r->at, AS_MIB);
}

void as_bom_reader_done(as_bom_reader *r)
{
    as_bom_list *lists[] = {&r->attributes, &r->hashes,     &r->licences,
                            &r->properties, &r->references, &r->evidence,
                            &r->extras,     &r->cpes};

    for (size_t i = 0; i < AS_ARRAY_LEN(lists); i++)
        free(lists[i]->items);
    free(r->interned);
    as_buf_done(&r->scratch);
    as_buf_done(&r->path);
    as_buf_done(&r->at);
}

as_rc as_bom_reader_fail(as_bom_reader *r, as_rc rc, const char *what)
{
    if (r->rc == AS_OK)
        r->rc = as_fail(r->err, rc, "%s", what);
    return r->rc;
}

as_rc as_bom_reader_finish(as_bom_reader *r)
{
    if (r->rc == AS_OK && as_arena_failed(r->product->arena))
        r->rc = as_product_limit(r->product, r->err);
    if (r->rc == AS_OK && (r->scratch.failed || r->path.failed))
        as_bom_reader_fail(r, AS_ERR_MEMORY, "no memory to read the document");
    return r->rc;
}

/* ---- lists ------------------------------------------------------------- */

void *as_bom_push(as_bom_reader *r, as_bom_list *list, size_t size)
{
    unsigned char *at;

    if (list->n == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 16, bytes;
        void *items =
            as_size_mul(cap, size, &bytes) ? realloc(list->items, bytes) : NULL;
        if (!items) {
            as_bom_reader_fail(r, AS_ERR_MEMORY,
                               "no memory to read the document");
            return memset(r->sink, 0, sizeof r->sink);
        }
        list->items = items;
        list->cap = cap;
    }
    at = (unsigned char *)list->items + list->n++ * size;
    return memset(at, 0, size);
}

void *as_bom_take(as_bom_reader *r, as_bom_list *list, size_t size,
                  size_t *ret_n)
{
    void *items;

    *ret_n = 0;
    if (list->n == 0)
        return NULL;
    items = as_arena_array(r->product->arena, list->n, size);
    if (items) {
        memcpy(items, list->items, list->n * size);
        *ret_n = list->n;
    }
    list->n = 0;
    return items;
}

void as_bom_take_part(as_bom_reader *r, as_part *p)
{
    p->attributes =
        AS_BOM_TAKE(r, &r->attributes, as_attribute, &p->n_attributes);
    p->hashes = AS_BOM_TAKE(r, &r->hashes, as_hash, &p->n_hashes);
    p->licences = AS_BOM_TAKE(r, &r->licences, as_licence, &p->n_licences);
    p->properties =
        AS_BOM_TAKE(r, &r->properties, as_property, &p->n_properties);
    p->references =
        AS_BOM_TAKE(r, &r->references, as_reference, &p->n_references);
    p->evidence = AS_BOM_TAKE(r, &r->evidence, as_evidence, &p->n_evidence);
    p->extras = AS_BOM_TAKE(r, &r->extras, as_extra, &p->n_extras);
    p->cpes = AS_BOM_TAKE(r, &r->cpes, as_str, &p->n_cpes);
}

/* ---- strings ----------------------------------------------------------- */

as_str as_bom_keep(as_bom_reader *r, as_str s)
{
    char *p;

    if (as_str_is_absent(s))
        return AS_ABSENT;
    if (s.n == 0)
        return AS_STR("");
    if (s.n > PACKED_MOST)
        return as_arena_str(r->product->arena, s);
    if (s.n > r->chunk_left) {
        r->chunk = as_arena_alloc(r->product->arena, CHUNK_BYTES);
        r->chunk_left = r->chunk ? CHUNK_BYTES : 0;
        if (!r->chunk)
            return AS_ABSENT;
    }
    p = r->chunk;
    memcpy(p, s.p, s.n);
    r->chunk += s.n;
    r->chunk_left -= s.n;
    return (as_str){p, s.n};
}

/* The slot of s, or the free one it would take. */
static as_str *intern_slot(as_str *slots, size_t cap, as_str s)
{
    size_t i = (size_t)as_str_hash(s) & (cap - 1);

    while (slots[i].p && !as_str_eq(slots[i], s))
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static bool intern_grow(as_bom_reader *r)
{
    size_t cap = r->cap_interned ? r->cap_interned * 2 : 256;
    as_str *slots;

    if (cap > INTERN_SLOTS)
        return false;
    slots = calloc(cap, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < r->cap_interned; i++)
        if (r->interned[i].p)
            *intern_slot(slots, cap, r->interned[i]) = r->interned[i];
    free(r->interned);
    r->interned = slots;
    r->cap_interned = cap;
    return true;
}

as_str as_bom_intern(as_bom_reader *r, as_str s)
{
    as_str *slot;

    if (s.n == 0 || s.n > INTERN_MOST)
        return as_bom_keep(r, s);
    if (r->cap_interned == 0 && !intern_grow(r))
        return as_bom_keep(r, s);
    slot = intern_slot(r->interned, r->cap_interned, s);
    if (slot->p)
        return *slot;
    if (r->n_interned >= r->cap_interned / 2) {
        if (!intern_grow(r))
            return as_bom_keep(r, s);
        slot = intern_slot(r->interned, r->cap_interned, s);
    }
    *slot = as_bom_keep(r, s);
    if (slot->p)
        r->n_interned++;
    return *slot;
}

as_str as_bom_keep_json(as_bom_reader *r, as_json v)
{
    as_json_writer w;

    as_buf_clear(&r->scratch);
    as_json_write_init(&w, &r->scratch, 0);
    as_json_write_value(&w, v);
    if (as_buf_failed(&r->scratch))
        return AS_ABSENT;
    return as_bom_intern(r, as_buf_text(&r->scratch));
}

static as_str number_text(as_span text, uint64_t offset)
{
    size_t from = (size_t)offset, to = from;

    while (to < text.n && to - from < 400 &&
           (as_ascii_is_alnum((char)text.p[to]) || text.p[to] == '.' ||
            text.p[to] == '-' || text.p[to] == '+'))
        to++;
    return as_str_of((const char *)text.p + from, to - from);
}

as_str as_bom_keep_number(as_bom_reader *r, as_json v, as_str pointer)
{
    as_place place;
    as_str written;

    if (r->text.n > r->walk_left || r->locate != as_json_locate)
        return as_bom_keep_json(r, v);
    r->walk_left -= r->text.n;
    as_place_init(&place);
    as_json_locate(r->text, pointer, &place);
    if (place.offset >= r->text.n)
        return as_bom_keep_json(r, v);
    written = number_text(r->text, place.offset);
    return written.n ? as_bom_keep(r, written) : as_bom_keep_json(r, v);
}

as_str as_bom_name_of_type(as_json v)
{
    switch (as_json_type_of(v)) {
    case AS_JSON_NONE: return AS_STR("nothing");
    case AS_JSON_NULL: return AS_STR("null");
    case AS_JSON_FALSE:
    case AS_JSON_TRUE: return AS_STR("a boolean");
    case AS_JSON_NUMBER: return AS_STR("a number");
    case AS_JSON_STRING: return AS_STR("a string");
    case AS_JSON_ARRAY: return AS_STR("an array");
    case AS_JSON_OBJECT: return AS_STR("an object");
    }
    return AS_STR("nothing");
}

/* ---- diagnoses --------------------------------------------------------- */

void as_bom_at(as_bom_reader *r, const char *fmt, ...)
{
    va_list ap;

    as_buf_clear(&r->at);
    if (!fmt)
        return;
    va_start(ap, fmt);
    as_buf_vprintf(&r->at, fmt, ap);
    va_end(ap);
}

as_str as_bom_path_below(as_bom_reader *r, as_str key)
{
    as_buf_clear(&r->path);
    if (r->at.n)
        as_buf_str(&r->path, as_buf_text(&r->at));
    else if (r->product->n_parts)
        as_part_path(r->product, (uint32_t)r->product->n_parts - 1, &r->path);
    if (!as_str_is_absent(key))
        as_json_pointer_key(&r->path, key);
    return as_buf_text(&r->path);
}

void as_bom_diagnose(as_bom_reader *r, bool warning, as_str key,
                     const char *fmt, ...)
{
    char text[400];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    as_product_diagnose(r->product, warning, as_bom_path_below(r, key), "%s",
                        text);
}

void as_bom_diagnose_line(as_bom_reader *r, bool warning, as_str path,
                          const as_place *place, const char *fmt, ...)
{
    as_product *p = r->product;
    size_t before = p->n_diagnoses;
    char text[400];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    as_product_diagnose(p, warning, path, "%s", text);
    if (p->n_diagnoses > before) {
        p->diagnoses[before].line = place->line;
        p->diagnoses[before].column = place->column;
    }
}

void as_bom_wrong_type(as_bom_reader *r, as_str key, as_json v,
                       const char *wanted)
{
    as_bom_diagnose(r, false, key, "expected %s, found %.*s", wanted,
                    AS_FMT(as_bom_name_of_type(v)));
}

as_str as_bom_text(as_bom_reader *r, as_str key, as_json v)
{
    switch (as_json_type_of(v)) {
    case AS_JSON_NONE:
    case AS_JSON_NULL: return AS_ABSENT;
    case AS_JSON_STRING: return as_bom_keep(r, as_json_str(v));
    case AS_JSON_NUMBER:
        as_bom_diagnose(r, true, key, "a number stands where text should");
        return as_bom_keep_number(r, v, as_bom_path_below(r, key));
    case AS_JSON_FALSE:
    case AS_JSON_TRUE:
    case AS_JSON_ARRAY:
    case AS_JSON_OBJECT: break;
    }
    as_bom_wrong_type(r, key, v, "a string");
    return AS_ABSENT;
}

as_json as_bom_array(as_bom_reader *r, as_str key, as_json v)
{
    as_json_type t = as_json_type_of(v);

    if (t == AS_JSON_ARRAY)
        return v;
    if (t != AS_JSON_NONE && t != AS_JSON_NULL)
        as_bom_wrong_type(r, key, v, "an array");
    return (as_json){NULL, 0};
}
