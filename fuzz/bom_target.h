/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzz targets of bills of materials hold a product to. */
#ifndef AS_FUZZ_BOM_TARGET_H
#define AS_FUZZ_BOM_TARGET_H

#include "base/limits.h"
#include "bom/bom.h"

#include <stdlib.h>
#include <string.h>

static inline void require(bool holds)
{
    if (!holds)
        abort();
}

static inline void require_text(as_str s)
{
    require(as_span_utf8_bad(as_str_span(s)) == s.n);
}

static inline void check_extras(const as_extra *extras, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        as_json_doc *doc = NULL;
        require(as_json_read(as_str_span(extras[i].json), NULL, &doc, NULL) ==
                AS_OK);
        as_json_free(doc);
    }
}

static inline void check_part(const as_product *p, uint32_t i)
{
    const as_part *part = &p->parts[i];
    as_buf path;

    require(part->parent == AS_NO_PART || part->parent < i);
    require(as_part_depth(p, i) < AS_LIMIT_PART_DEPTH);
    require_text(part->name);
    require_text(part->purl);
    for (size_t k = 0; k < part->n_attributes; k++)
        require_text(part->attributes[k].value);
    check_extras(part->extras, part->n_extras);
    as_buf_init(&path, AS_MIB);
    as_part_path(p, i, &path);
    require(path.n > 0 && !as_buf_failed(&path));
    as_buf_done(&path);
}

static inline void check_product(const as_product *p)
{
    require(p->root == AS_NO_PART || p->root < p->n_parts);
    for (uint32_t i = 0; i < p->n_parts; i++)
        check_part(p, i);
    for (size_t i = 0; i < p->n_relations; i++)
        require(p->relations[i].from < p->n_parts &&
                p->relations[i].to < p->n_parts);
    for (size_t i = 0; i < p->n_statements; i++)
        check_extras(p->statements[i].extras, p->statements[i].n_extras);
    check_extras(p->extras, p->n_extras);
    for (size_t i = 0; i < p->n_diagnoses; i++)
        require_text(p->diagnoses[i].text);
}

/* The document of a product; the caller frees it. */
static inline as_buf write_product(const as_product *p, const char *word)
{
    as_buf out;

    as_buf_init(&out, AS_GIB);
    require(as_bom_write(as_bom_writer_find(as_str_c(word)), p, &out, NULL,
                         NULL) == AS_OK);
    return out;
}

static inline as_product *read_again(const as_buf *text)
{
    as_product *p = NULL;

    require(as_bom_read(as_buf_span(text), false, &p, NULL) == AS_OK);
    check_product(p);
    return p;
}

/* What a writer wrote is read, has as many parts, and is written the same. */
static inline void check_writer(const as_product *p, const char *word)
{
    as_buf first = write_product(p, word), second;
    as_product *back = read_again(&first);

    require(back->n_parts == p->n_parts);
    second = write_product(back, word);
    require(second.n == first.n && memcmp(second.p, first.p, first.n) == 0);
    as_buf_done(&first);
    as_buf_done(&second);
    as_product_free(back);
}

/* The product of the bytes, or NULL. A failure fills err and nothing else. */
static inline as_product *read_bytes(const uint8_t *data, size_t size)
{
    as_product *p = NULL;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    rc = as_bom_read((as_span){data, size}, false, &p, &err);
    require((rc == AS_OK) == (p != NULL));
    require(rc == AS_OK || (err.rc == rc && err.what[0]));
    if (p)
        check_product(p);
    return p;
}

#endif
