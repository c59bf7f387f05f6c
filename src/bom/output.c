/* SPDX-License-Identifier: Apache-2.0 */
/* See output_internal.h. */
#include "bom/output_internal.h"

#include "base/limits.h"
#include "base/sha256.h"

#include <stdio.h>
#include <string.h>

enum { LOSSES_MOST = 200 }; /* kinds of them that are told apart */

/* Links each part to its parent's children, in order, and caps the depth. */
static void link_tree(as_bom_output *o)
{
    const as_product *p = o->p;
    uint32_t *depth = AS_NEW_ARRAY(o->arena, p->n_parts, uint32_t);
    uint32_t *last = AS_NEW_ARRAY(o->arena, p->n_parts, uint32_t);

    if (!depth || !last)
        return;
    for (uint32_t i = 0; i < p->n_parts; i++) {
        uint32_t up = p->parts[i].parent;
        o->child[i] = o->next[i] = AS_NO_PART;
        if (up != AS_NO_PART && depth[up] + 1 >= AS_LIMIT_PART_DEPTH) {
            as_bom_lose(o, i, AS_STR("the depth of the tree"));
            up = o->parent[up];
        }
        o->parent[i] = up;
        if (up == AS_NO_PART)
            continue;
        depth[i] = depth[up] + 1;
        if (o->child[up] == AS_NO_PART)
            o->child[up] = i;
        else
            o->next[last[up]] = i;
        last[up] = i;
    }
}

bool as_bom_output_init(as_bom_output *o, const as_product *p, as_buf *out,
                        as_bom_losses *losses)
{
    size_t n = p->n_parts;

    *o = (as_bom_output){.p = p, .losses = losses};
    as_json_write_init(&o->w, out, 2);
    o->arena = as_arena_new(AS_LIMIT_PRODUCT_BYTES);
    if (!o->arena)
        return false;
    o->parent = AS_NEW_ARRAY(o->arena, n, uint32_t);
    o->child = AS_NEW_ARRAY(o->arena, n, uint32_t);
    o->next = AS_NEW_ARRAY(o->arena, n, uint32_t);
    o->names = AS_NEW_ARRAY(o->arena, n, as_str);
    if (!as_arena_failed(o->arena))
        link_tree(o);
    return !as_arena_failed(o->arena);
}

void as_bom_output_done(as_bom_output *o)
{
    o->arena = as_arena_free(o->arena);
}

/* ---- losses ------------------------------------------------------------ */

static as_str part_path(const as_bom_output *o, uint32_t part)
{
    as_str path = AS_ABSENT;
    as_buf b;

    if (part == AS_NO_PART)
        return path;
    as_buf_init(&b, AS_MIB);
    as_part_path(o->p, part, &b);
    path = as_arena_str(o->losses->arena, as_buf_text(&b));
    as_buf_done(&b);
    return path;
}

void as_bom_lose(as_bom_output *o, uint32_t part, as_str what)
{
    as_bom_losses *l = o->losses;
    as_bom_loss *items;

    if (!l)
        return;
    if (l->n >= LOSSES_MOST)
        what = AS_STR("more, of other kinds");
    for (size_t i = 0; i < l->n; i++)
        if (as_str_eq(l->items[i].what, what)) {
            l->items[i].count++;
            return;
        }
    items = as_arena_grow(l->arena, l->items, &l->cap, l->n + 1, sizeof *items);
    if (!items)
        return;
    l->items = items;
    items[l->n++] = (as_bom_loss){
        .what = as_arena_str(l->arena, what),
        .path = part_path(o, part),
        .count = 1,
    };
}

void as_bom_lose_key(as_bom_output *o, uint32_t part, const char *what,
                     as_str key)
{
    char text[160];

    snprintf(text, sizeof text, "%s \"%.*s\"", what,
             AS_FMT(as_str_slice(key, 0, 80)));
    as_bom_lose(o, part, as_str_c(text));
}

/* Members that the model holds in part. */
static bool is_held_in_part(as_str key)
{
    static const as_str names[] = {AS_STR_INIT("licenses"),
                                   AS_STR_INIT("supplier"),
                                   AS_STR_INIT("manufacturer"),
                                   AS_STR_INIT("provider"),
                                   AS_STR_INIT("authors"),
                                   AS_STR_INIT("externalReferences"),
                                   AS_STR_INIT("hashes"),
                                   AS_STR_INIT("dependencies"),
                                   AS_STR_INIT("compositions"),
                                   AS_STR_INIT("externalRefs"),
                                   AS_STR_INIT("checksums"),
                                   AS_STR_INIT("originator"),
                                   AS_STR_INIT("creationInfo"),
                                   AS_STR_INIT("relationships"),
                                   AS_STR_INIT("verifiedUsing"),
                                   AS_STR_INIT("metadata/supplier"),
                                   AS_STR_INIT("metadata/manufacture"),
                                   AS_STR_INIT("references"),
                                   AS_STR_INIT("ratings"),
                                   AS_STR_INIT("analysis"),
                                   AS_STR_INIT("affects"),
                                   AS_STR_INIT("source")};

    for (size_t i = 0; i < AS_ARRAY_LEN(names); i++)
        if (as_str_eq(names[i], key))
            return true;
    return false;
}

void as_bom_lose_member(as_bom_output *o, uint32_t part, const as_extra *x)
{
    if (as_str_eq(x->json, AS_STR("[]")) || as_str_eq(x->json, AS_STR("{}")))
        return;
    as_bom_lose_key(
        o, part, is_held_in_part(x->key) ? "details of" : "the member", x->key);
}

/* ---- extras ------------------------------------------------------------ */

const as_extra *as_bom_find_extra(const as_extra *extras, size_t n, as_str key)
{
    for (size_t i = 0; i < n; i++)
        if (extras[i].key.n == key.n && as_str_eq(extras[i].key, key))
            return &extras[i];
    return NULL;
}

bool as_bom_write_json(as_bom_output *o, as_str json)
{
    as_json_doc *doc = NULL;

    if (as_json_read(as_str_span(json), NULL, &doc, NULL))
        return false;
    as_json_write_value(&o->w, as_json_root(doc));
    as_json_free(doc);
    return true;
}

/* ---- the identifier ---------------------------------------------------- */

static void put_counted(as_buf *b, as_str s)
{
    as_buf_varint(b, s.n);
    as_buf_str(b, s);
}

static void describe_part(const as_part *part, as_buf *b)
{
    as_buf_varint(b, part->parent);
    put_counted(b, part->group);
    put_counted(b, part->name);
    put_counted(b, part->version);
    put_counted(b, part->purl);
    put_counted(b, part->n_hashes ? part->hashes[0].hex : AS_ABSENT);
}

static void describe_statement(const as_statement *s, as_buf *b)
{
    put_counted(b, s->id);
    put_counted(b, s->analysis_text);
    put_counted(b, s->justification);
    put_counted(b, s->detail);
    for (size_t i = 0; i < s->n_affects; i++) {
        put_counted(b, s->affects[i].ref);
        put_counted(b, s->affects[i].version);
        put_counted(b, s->affects[i].status);
    }
}

void as_bom_make_uuid(const as_product *p, char *ret)
{
    as_sha256_state *state = as_sha256_new();
    as_sha256_digest digest = {{0}};
    uint8_t *d = digest.bytes;
    as_buf b;

    as_buf_init(&b, AS_MIB * 64);
    put_counted(&b, p->format);
    put_counted(&b, p->serial);
    put_counted(&b, p->document_version);
    put_counted(&b, p->created);
    put_counted(&b, p->name);
    put_counted(&b, p->version);
    for (size_t i = 0; i < p->n_parts; i++) {
        as_sha256_add(state, as_buf_span(&b));
        as_buf_clear(&b);
        describe_part(&p->parts[i], &b);
    }
    for (size_t i = 0; i < p->n_statements; i++) {
        as_sha256_add(state, as_buf_span(&b));
        as_buf_clear(&b);
        describe_statement(&p->statements[i], &b);
    }
    as_sha256_add(state, as_buf_span(&b));
    (void)!as_sha256_final(state, &digest);
    as_sha256_free(state);
    as_buf_done(&b);
    d[6] = (uint8_t)((d[6] & 0x0F) | 0x80);
    d[8] = (uint8_t)((d[8] & 0x3F) | 0x80);
    snprintf(ret, 37,
             "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
             "%02x%02x%02x%02x%02x%02x",
             d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9], d[10],
             d[11], d[12], d[13], d[14], d[15]);
}
