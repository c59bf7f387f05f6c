/* SPDX-License-Identifier: Apache-2.0 */
/* A list of identifiers: one package URL or CPE name a line; "#" begins a
 * comment, blank lines are passed over. A line that cannot be read is diagnosed
 * and kept as a part without identity, so that it is counted among what could
 * not be examined; a list without a single good line is refused. */
#include "bom/reader_internal.h"

#include "base/limits.h"
#include "model/cpe.h"
#include "model/purl.h"

#include <stdio.h>

struct list {
    as_bom_reader *r;
    as_arena *arena; /* of one line */
    uint64_t line;
    size_t good;
};

static as_part *add_part(struct list *l)
{
    as_part *part = as_product_add_part(l->r->product, AS_NO_PART);

    if (!part) {
        l->r->rc = as_product_limit(l->r->product, l->r->err);
        return NULL;
    }
    part->list = AS_STR("/line");
    part->index = (uint32_t)l->line;
    part->kind = AS_PART_PACKAGE;
    return part;
}

static bool read_purl(struct list *l, as_part *part, as_str text, as_err *err)
{
    as_bom_reader *r = l->r;
    as_purl purl;

    if (as_purl_read_lenient(text, l->arena, &purl, err))
        return false;
    part->purl = as_bom_keep(r, text);
    part->group = as_bom_intern(r, purl.namespace_);
    part->name = as_bom_intern(r, purl.name);
    part->version = as_bom_intern(r, purl.version);
    return true;
}

static bool read_cpe(struct list *l, as_part *part, as_str text, as_err *err)
{
    as_bom_reader *r = l->r;
    as_str kind;
    as_cpe cpe;

    if (as_cpe_read_lenient(text, l->arena, &cpe, err))
        return false;
    as_bom_add_cpe(r, text);
    as_bom_take_part(r, part);
    kind = as_cpe_key(&cpe.attribute[AS_CPE_PART], l->arena);
    if (as_str_eq(kind, AS_STR("a")))
        part->kind = AS_PART_APPLICATION;
    else if (as_str_eq(kind, AS_STR("o")))
        part->kind = AS_PART_OPERATING_SYSTEM;
    else if (as_str_eq(kind, AS_STR("h")))
        part->kind = AS_PART_DEVICE;
    part->group = as_bom_intern(
        r, as_cpe_unquoted(&cpe.attribute[AS_CPE_VENDOR], l->arena));
    part->name = as_bom_intern(
        r, as_cpe_unquoted(&cpe.attribute[AS_CPE_PRODUCT], l->arena));
    part->version = as_bom_intern(
        r, as_cpe_unquoted(&cpe.attribute[AS_CPE_VERSION], l->arena));
    return true;
}

/* The beginning of a line, cut at a character's edge. */
static as_str shortened(as_str s)
{
    size_t n = s.n < 200 ? s.n : 200;

    while (n < s.n && n > 0 && ((uint8_t)s.p[n] & 0xC0) == 0x80)
        n--;
    return as_str_slice(s, 0, n);
}

static void diagnose(struct list *l, const as_err *err)
{
    const as_place place = {.line = l->line, .column = err->place.column};
    char path[32];

    snprintf(path, sizeof path, "/line/%llu", (unsigned long long)l->line);
    as_bom_diagnose_line(l->r, false, as_str_c(path), &place, "%s", err->what);
}

static void read_line(struct list *l, as_str text)
{
    as_part *part = add_part(l);
    bool good = false;
    as_err err;

    if (!part)
        return;
    as_err_init(&err);
    if (as_str_starts_nocase(text, AS_STR("pkg:")))
        good = read_purl(l, part, text, &err);
    else if (as_str_starts_nocase(text, AS_STR("cpe:")))
        good = read_cpe(l, part, text, &err);
    else
        as_fail(&err, AS_ERR_INPUT, "neither a purl nor a CPE: \"%.*s\"",
                AS_FMT(shortened(text)));
    if (good) {
        l->good++;
        return;
    }
    part->kind = AS_PART_OTHER;
    part->name = as_bom_keep(l->r, shortened(text));
    diagnose(l, &err);
}

static as_rc refuse(struct list *l)
{
    const as_product *p = l->r->product;

    if (p->n_diagnoses == 0)
        return as_bom_reader_fail(l->r, AS_ERR_INPUT,
                                  "the list holds no purl and no CPE");
    l->r->rc = as_fail(l->r->err, AS_ERR_INPUT, "no line is a purl or a CPE");
    as_err_detail(l->r->err, "%.*s", AS_FMT(p->diagnoses[0].text));
    as_err_line(l->r->err, p->diagnoses[0].line, p->diagnoses[0].column);
    return l->r->rc;
}

/* The array of parts is made once, as long as there are lines. */
static void reserve(as_product *p, as_str text)
{
    size_t n = 1;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    if (n > AS_LIMIT_PARTS)
        n = AS_LIMIT_PARTS;
    p->parts = AS_NEW_ARRAY(p->arena, n, as_part);
    p->cap_parts = p->parts ? n : 0;
}

as_rc as_purl_list_read(as_bom_reader *r, as_str text)
{
    struct list l = {.r = r};

    r->product->format = AS_STR("purl list");
    r->product->encoding = AS_STR("text");
    reserve(r->product, text);
    while (!as_str_is_absent(text) && !r->rc) {
        as_str line = as_str_trim(as_str_cut(&text, '\n'));
        l.line++;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        l.arena = as_arena_new(AS_MIB);
        if (!l.arena)
            return as_bom_reader_fail(r, AS_ERR_MEMORY,
                                      "no memory to read the document");
        read_line(&l, line);
        l.arena = as_arena_free(l.arena);
    }
    if (!r->rc && l.good == 0)
        refuse(&l);
    return r->rc;
}
