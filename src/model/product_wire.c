/* SPDX-License-Identifier: Apache-2.0 */
/* The product on the wire: each function writes or reads, as wire.h says. What
 * is read is checked: indexes in range, parents before children. */
#include "model/product.h"
#include "model/wire.h"

#include "base/limits.h"

#include <stdlib.h>

static void attribute(as_wire *w, as_attribute *a)
{
    a->key = (as_attribute_key)as_wire_enum(w, a->key, AS_ATTR_KEYS);
    a->state = (as_state)as_wire_enum(w, a->state, AS_OBSERVED + 1);
    as_wire_str(w, &a->value);
    as_wire_str(w, &a->path);
}

static void hash(as_wire *w, as_hash *h)
{
    as_wire_str(w, &h->algorithm);
    as_wire_str(w, &h->hex);
}

static void licence(as_wire *w, as_licence *l)
{
    as_wire_str(w, &l->id);
    as_wire_str(w, &l->name);
    as_wire_str(w, &l->expression);
    as_wire_str(w, &l->url);
}

static void property(as_wire *w, as_property *p)
{
    as_wire_str(w, &p->name);
    as_wire_str(w, &p->value);
}

static void reference(as_wire *w, as_reference *r)
{
    as_wire_str(w, &r->type);
    as_wire_str(w, &r->url);
    as_wire_str(w, &r->comment);
}

static void evidence(as_wire *w, as_evidence *e)
{
    as_wire_str(w, &e->source);
    as_wire_str(w, &e->path);
    as_wire_str(w, &e->method);
    as_wire_str(w, &e->value);
    as_wire_u64(w, &e->offset);
    as_wire_double(w, &e->confidence);
}

static void extra(as_wire *w, as_extra *x)
{
    as_wire_str(w, &x->key);
    as_wire_str(w, &x->json);
}

static void relative(as_wire *w, as_relative *r)
{
    r->kind =
        (as_relative_kind)as_wire_enum(w, r->kind, AS_RELATIVE_VARIANT + 1);
    as_wire_str(w, &r->group);
    as_wire_str(w, &r->name);
    as_wire_str(w, &r->version);
    as_wire_str(w, &r->purl);
    as_wire_str(w, &r->cpe);
}

static void patch(as_wire *w, as_patch *p)
{
    as_wire_str(w, &p->type);
    as_wire_strs(w, &p->resolves, &p->n_resolves);
}

static void pedigree(as_wire *w, as_part *part)
{
    bool there = part->pedigree != NULL;

    as_wire_bool(w, &there);
    if (!there)
        return;
    if (!as_wire_writing(w))
        part->pedigree = AS_NEW(w->arena, as_pedigree);
    if (!part->pedigree) {
        w->bad = true;
        return;
    }
    AS_WIRE_EACH(w, part->pedigree, relatives, relative);
    AS_WIRE_EACH(w, part->pedigree, patches, patch);
    as_wire_str(w, &part->pedigree->notes);
}

static void part(as_wire *w, as_part *p)
{
    as_wire_str(w, &p->ref);
    as_wire_u32(w, &p->parent);
    as_wire_u32(w, &p->index);
    as_wire_str(w, &p->list);
    as_wire_bool(w, &p->nested);
    p->kind = (as_part_kind)as_wire_enum(w, p->kind, AS_PART_KINDS);
    as_wire_str(w, &p->kind_text);
    as_wire_str(w, &p->group);
    as_wire_str(w, &p->name);
    as_wire_str(w, &p->version);
    as_wire_str(w, &p->purl);
    as_wire_strs(w, &p->cpes, &p->n_cpes);
    AS_WIRE_EACH(w, p, attributes, attribute);
    AS_WIRE_EACH(w, p, hashes, hash);
    AS_WIRE_EACH(w, p, licences, licence);
    AS_WIRE_EACH(w, p, properties, property);
    AS_WIRE_EACH(w, p, references, reference);
    AS_WIRE_EACH(w, p, evidence, evidence);
    AS_WIRE_EACH(w, p, extras, extra);
    pedigree(w, p);
}

static void relation(as_wire *w, as_relation *r)
{
    as_wire_u32(w, &r->from);
    as_wire_u32(w, &r->to);
    as_wire_str(w, &r->kind);
}

static void composition(as_wire *w, as_composition *c)
{
    as_wire_str(w, &c->aggregate);
    as_wire_strs(w, &c->assemblies, &c->n_assemblies);
    as_wire_strs(w, &c->dependencies, &c->n_dependencies);
}

static void affects(as_wire *w, as_affects *a)
{
    as_wire_str(w, &a->ref);
    as_wire_str(w, &a->version);
    as_wire_str(w, &a->status);
}

static void statement(as_wire *w, as_statement *s)
{
    as_wire_str(w, &s->ref);
    as_wire_str(w, &s->id);
    as_wire_strs(w, &s->aliases, &s->n_aliases);
    as_wire_str(w, &s->source);
    as_wire_strs(w, &s->vectors, &s->n_vectors);
    s->analysis =
        (as_analysis)as_wire_enum(w, s->analysis, AS_ANALYSIS_IN_TRIAGE + 1);
    as_wire_str(w, &s->analysis_text);
    as_wire_str(w, &s->justification);
    as_wire_str(w, &s->detail);
    as_wire_str(w, &s->recommendation);
    as_wire_str(w, &s->description);
    as_wire_str(w, &s->updated);
    as_wire_str(w, &s->analysed);
    as_wire_str(w, &s->issued);
    AS_WIRE_EACH(w, s, affects, affects);
    as_wire_u32(w, &s->index);
    AS_WIRE_EACH(w, s, extras, extra);
}

static void diagnosis(as_wire *w, as_diagnosis *d)
{
    as_wire_bool(w, &d->warning);
    as_wire_str(w, &d->path);
    as_wire_str(w, &d->text);
    as_wire_u64(w, &d->line);
    as_wire_u64(w, &d->column);
}

static void product(as_wire *w, as_product *p)
{
    as_wire_str(w, &p->format);
    as_wire_str(w, &p->spec_version);
    as_wire_str(w, &p->encoding);
    as_wire_str(w, &p->serial);
    as_wire_str(w, &p->document_version);
    as_wire_str(w, &p->created);
    as_wire_str(w, &p->name);
    as_wire_str(w, &p->version);
    as_wire_str(w, &p->maker);
    as_wire_strs(w, &p->tools, &p->n_tools);
    as_wire_u32(w, &p->root);
    AS_WIRE_EACH(w, p, parts, part);
    AS_WIRE_EACH(w, p, relations, relation);
    AS_WIRE_EACH(w, p, compositions, composition);
    AS_WIRE_EACH(w, p, statements, statement);
    AS_WIRE_EACH(w, p, extras, extra);
    AS_WIRE_EACH(w, p, diagnoses, diagnosis);
    as_wire_u64(w, &p->diagnoses_dropped);
}

void as_product_encode(const as_product *p, as_buf *out)
{
    as_wire w = as_wire_writer(out);
    as_product shallow = *p;

    product(&w, &shallow);
}

/* A tree a well-behaved reader makes: not deeper than a document may nest, with
 * what the readers themselves put above it. */
static bool is_shallow(const as_product *p)
{
    uint8_t *depths = calloc(p->n_parts + 1, 1);
    bool ok = depths != NULL;

    for (size_t i = 0; i < p->n_parts && ok; i++) {
        uint32_t parent = p->parts[i].parent;
        if (parent != AS_NO_PART)
            depths[i] = (uint8_t)(depths[parent] + 1);
        ok = depths[i] <= AS_LIMIT_PART_DEPTH + 8;
    }
    free(depths);
    return ok;
}

/* The indexes a well-behaved reader makes. */
static bool is_sound(const as_product *p)
{
    if (p->n_parts > AS_LIMIT_PARTS)
        return false;
    if (p->root != AS_NO_PART && p->root >= p->n_parts)
        return false;
    for (size_t i = 0; i < p->n_parts; i++)
        if (p->parts[i].parent != AS_NO_PART && p->parts[i].parent >= i)
            return false;
    for (size_t i = 0; i < p->n_relations; i++)
        if (p->relations[i].from >= p->n_parts ||
            p->relations[i].to >= p->n_parts)
            return false;
    return is_shallow(p);
}

as_rc as_product_decode(as_span in, as_product **ret, as_err *err)
{
    as_product *p = as_product_new();
    as_str copy;
    as_wire w;

    if (!p)
        return as_fail(err, AS_ERR_MEMORY, "no memory for the product");
    copy = as_arena_str(p->arena, as_str_of((const char *)in.p, in.n));
    if (as_arena_failed(p->arena)) {
        as_rc rc = as_product_limit(p, err);
        as_product_free(p);
        return rc;
    }
    w = as_wire_reader(as_str_span(copy), p->arena);
    product(&w, p);
    p->cap_parts = p->n_parts;
    p->cap_relations = p->n_relations;
    p->cap_diagnoses = p->n_diagnoses;
    if (!as_wire_finished(&w) || !is_sound(p)) {
        as_product_free(p);
        return as_fail(err, AS_ERR_INTERNAL,
                       "the reader's answer is defective");
    }
    *ret = p;
    return AS_OK;
}
