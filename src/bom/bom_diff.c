/* SPDX-License-Identifier: Apache-2.0 */
/* What changed between two products.
 *
 * Matching goes from the surest key to the weakest. In each round every part
 * still alone gets a key; equal keys are paired in document order, so that a
 * name that stands many times (nested npm packages) is paired off one by one.
 * Cost: a hash table a round, linear in the parts. */
#include "bom/bom.h"

#include "base/json_write.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* ---- keys -------------------------------------------------------------- */

/* pkg:type/namespace/name of a purl, with what follows "?" when asked. */
static void put_purl(as_buf *key, as_str purl, bool qualifiers)
{
    size_t fragment = as_str_find(purl, '#');
    as_str head = as_str_slice(purl, 0, fragment);
    size_t question = as_str_find(head, '?');
    as_str tail = as_str_slice(head, question, head.n);
    size_t at;

    head = as_str_slice(head, 0, question);
    at = as_str_rfind(head, '@');
    /* An @ before the last slash is part of a namespace. */
    if (at < head.n &&
        as_str_find(as_str_slice(head, at, head.n), '/') == head.n - at)
        head = as_str_slice(head, 0, at);
    as_buf_str(key, head);
    if (qualifiers)
        as_buf_str(key, tail);
}

/* part:vendor:product of a CPE in either binding, folded. */
static void put_cpe(as_buf *key, as_str cpe)
{
    size_t colons = 0, from = 0;

    if (as_str_starts_nocase(cpe, AS_STR("cpe:2.3:")))
        from = 8;
    else if (as_str_starts_nocase(cpe, AS_STR("cpe:/")))
        from = 5;
    for (size_t i = from; i < cpe.n; i++) {
        if (cpe.p[i] == '\\' && i + 1 < cpe.n) {
            as_buf_byte(key, cpe.p[i++]);
        } else if (cpe.p[i] == ':' && ++colons == 3) {
            return;
        }
        as_buf_byte(key, as_ascii_lower(cpe.p[i]));
    }
}

static void put_name(as_buf *key, const as_part *part)
{
    as_buf_str(key, part->group);
    as_buf_byte(key, '\x1f');
    as_buf_str(key, part->name);
}

static void put_whole(as_buf *key, const as_part *part)
{
    as_buf_printf(key, "%d\x1f", (int)part->kind);
    put_name(key, part);
    as_buf_byte(key, '\x1f');
    as_buf_str(key, part->version);
    as_buf_byte(key, '\x1f');
    as_buf_str(key, part->purl);
    for (size_t i = 0; i < part->n_cpes; i++) {
        as_buf_byte(key, '\x1f');
        as_buf_str(key, part->cpes[i]);
    }
}

enum round {
    ROUND_WHOLE,
    ROUND_PURL,
    ROUND_PURL_PLAIN,
    ROUND_CPE,
    ROUND_NAME,
    ROUND_KIND_AND_NAME,
    ROUNDS,
};

/* Empty when a part has no key of this round. */
static void put_key(as_buf *key, const as_part *part, enum round round)
{
    switch (round) {
    case ROUND_WHOLE: put_whole(key, part); break;
    case ROUND_PURL:
    case ROUND_PURL_PLAIN:
        if (part->purl.n)
            put_purl(key, part->purl, round == ROUND_PURL);
        break;
    case ROUND_CPE:
        if (part->n_cpes)
            put_cpe(key, part->cpes[0]);
        break;
    case ROUND_NAME:
        if (part->name.n)
            put_name(key, part);
        break;
    case ROUND_KIND_AND_NAME:
        if (part->name.n) {
            as_buf_printf(key, "%d\x1f", (int)part->kind);
            as_buf_str(key, part->name);
        }
        break;
    case ROUNDS: break;
    }
}

/* ---- pairing ----------------------------------------------------------- */

struct pairing {
    const as_product *a, *b;
    uint32_t *of_a, *of_b; /* the other one, or AS_NO_PART */
    /* Per round: parts of a by key. next links those of one key. */
    as_str *keys;
    uint32_t *slots, *next;
    size_t cap;
    as_arena *arena; /* of the round */
    as_buf key;
};

static uint32_t *slot_of(struct pairing *x, as_str key)
{
    size_t i = (size_t)as_str_hash(key) & (x->cap - 1);

    while (x->slots[i] != AS_NO_PART && !as_str_eq(x->keys[x->slots[i]], key))
        i = (i + 1) & (x->cap - 1);
    return &x->slots[i];
}

static as_str make_key(struct pairing *x, const as_part *part, enum round round)
{
    as_buf_clear(&x->key);
    put_key(&x->key, part, round);
    return as_buf_text(&x->key);
}

/* The last of a is put first, so that each list is in document order. */
static bool index_a(struct pairing *x, enum round round)
{
    for (size_t i = x->a->n_parts; i > 0; i--) {
        uint32_t part = (uint32_t)(i - 1), *slot;
        as_str key;
        if (x->of_a[part] != AS_NO_PART)
            continue;
        key = make_key(x, &x->a->parts[part], round);
        if (key.n == 0)
            continue;
        x->keys[part] = as_arena_str(x->arena, key);
        if (as_str_is_absent(x->keys[part]))
            return false;
        slot = slot_of(x, key);
        x->next[part] = *slot;
        *slot = part;
    }
    return true;
}

static void pair_b(struct pairing *x, enum round round)
{
    for (uint32_t i = 0; i < x->b->n_parts; i++) {
        uint32_t *slot, part;
        as_str key;
        if (x->of_b[i] != AS_NO_PART)
            continue;
        key = make_key(x, &x->b->parts[i], round);
        if (key.n == 0)
            continue;
        slot = slot_of(x, key);
        /* What is used up leaves the list, but for its last part: the slot
         * stays taken and probing goes on behind it. */
        while (*slot != AS_NO_PART && x->of_a[*slot] != AS_NO_PART &&
               x->next[*slot] != AS_NO_PART)
            *slot = x->next[*slot];
        part = *slot;
        if (part == AS_NO_PART || x->of_a[part] != AS_NO_PART)
            continue;
        x->of_a[part] = i;
        x->of_b[i] = part;
    }
}

static bool run_round(struct pairing *x, enum round round)
{
    bool ok;

    x->arena = as_arena_new(AS_LIMIT_PRODUCT_BYTES);
    if (!x->arena)
        return false;
    x->keys = AS_NEW_ARRAY(x->arena, x->a->n_parts, as_str);
    x->slots = AS_NEW_ARRAY(x->arena, x->cap, uint32_t);
    x->next = AS_NEW_ARRAY(x->arena, x->a->n_parts, uint32_t);
    ok = !as_arena_failed(x->arena);
    if (ok) {
        memset(x->slots, 0xFF, x->cap * sizeof *x->slots);
        ok = index_a(x, round);
    }
    if (ok)
        pair_b(x, round);
    x->arena = as_arena_free(x->arena);
    return ok;
}

static bool pair_all(struct pairing *x)
{
    bool ok = true;

    memset(x->of_a, 0xFF, x->a->n_parts * sizeof *x->of_a);
    memset(x->of_b, 0xFF, x->b->n_parts * sizeof *x->of_b);
    if (x->a->root != AS_NO_PART && x->b->root != AS_NO_PART) {
        x->of_a[x->a->root] = x->b->root;
        x->of_b[x->b->root] = x->a->root;
    }
    for (x->cap = 16; x->cap < x->a->n_parts * 2;)
        x->cap *= 2;
    as_buf_init(&x->key, AS_MIB * 16);
    for (int round = 0; round < ROUNDS && ok; round++)
        ok = run_round(x, (enum round)round);
    as_buf_done(&x->key);
    return ok;
}

/* ---- fields ------------------------------------------------------------ */

enum { FIELDS = 24 };

struct fields {
    as_bom_field_change items[FIELDS];
    size_t n;
};

static void compare(struct fields *f, as_str field, as_str from, as_str to)
{
    if (as_str_eq(from, to) || f->n == FIELDS)
        return;
    f->items[f->n++] = (as_bom_field_change){field, from, to};
}

/* The digest of b that h is compared with: the same one if it is there, else
 * the first of the same algorithm. */
static as_str hash_like(const as_part *b, const as_hash *h)
{
    as_str found = AS_ABSENT;

    for (size_t i = 0; i < b->n_hashes; i++) {
        if (!as_str_eq(b->hashes[i].algorithm, h->algorithm))
            continue;
        if (as_str_eq(b->hashes[i].hex, h->hex))
            return h->hex;
        if (!found.p)
            found = b->hashes[i].hex;
    }
    return found;
}

/* Digests are compared where both sides state one; that a digest is stated at
 * all is a change only when the other side has none. */
static void compare_hashes(struct fields *f, const as_part *a, const as_part *b)
{
    if (a->n_hashes == 0 || b->n_hashes == 0) {
        const as_part *has = a->n_hashes ? a : b;
        if (has->n_hashes)
            compare(f, has->hashes[0].algorithm,
                    a->n_hashes ? a->hashes[0].hex : AS_ABSENT,
                    b->n_hashes ? b->hashes[0].hex : AS_ABSENT);
        return;
    }
    for (size_t i = 0; i < a->n_hashes; i++) {
        as_str other = hash_like(b, &a->hashes[i]);
        if (other.p)
            compare(f, a->hashes[i].algorithm, a->hashes[i].hex, other);
    }
}

static void compare_parts(struct fields *f, const as_part *a, const as_part *b)
{
    static const as_attribute_key keys[] = {
        AS_ATTR_LICENCE,  AS_ATTR_SUPPLIER, AS_ATTR_MANUFACTURER,
        AS_ATTR_DESIGNER, AS_ATTR_FOUNDRY,  AS_ATTR_COUNTRY,
        AS_ATTR_ECCN,     AS_ATTR_MPN,      AS_ATTR_END_OF_SUPPORT};

    f->n = 0;
    compare(f, AS_STR("kind"), as_part_kind_word(a->kind),
            as_part_kind_word(b->kind));
    compare(f, AS_STR("group"), a->group, b->group);
    compare(f, AS_STR("name"), a->name, b->name);
    compare(f, AS_STR("version"), a->version, b->version);
    compare(f, AS_STR("purl"), a->purl, b->purl);
    compare(f, AS_STR("cpe"), a->n_cpes ? a->cpes[0] : AS_ABSENT,
            b->n_cpes ? b->cpes[0] : AS_ABSENT);
    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
        compare(f, as_attribute_word(keys[i]), as_part_value(a, keys[i]),
                as_part_value(b, keys[i]));
    compare_hashes(f, a, b);
}

/* ---- the answer -------------------------------------------------------- */

static bool add_pair(as_bom_diff *d, as_arena *arena, uint32_t from,
                     uint32_t to)
{
    as_bom_change *c = &d->changes[d->n_changes];
    struct fields f;

    compare_parts(&f, &d->a->parts[from], &d->b->parts[to]);
    if (f.n == 0) {
        d->same++;
        return true;
    }
    *c = (as_bom_change){AS_BOM_CHANGED, from, to, NULL, f.n};
    c->fields = AS_NEW_ARRAY(arena, f.n, as_bom_field_change);
    if (!c->fields)
        return false;
    memcpy(c->fields, f.items, f.n * sizeof *f.items);
    d->n_changes++;
    d->changed++;
    return true;
}

static bool collect(as_bom_diff *d, as_arena *arena, const struct pairing *x)
{
    for (uint32_t i = 0; i < d->a->n_parts; i++) {
        if (x->of_a[i] != AS_NO_PART) {
            if (!add_pair(d, arena, i, x->of_a[i]))
                return false;
            continue;
        }
        d->changes[d->n_changes++] =
            (as_bom_change){AS_BOM_REMOVED, i, AS_NO_PART, NULL, 0};
        d->removed++;
    }
    for (uint32_t i = 0; i < d->b->n_parts; i++) {
        if (x->of_b[i] != AS_NO_PART)
            continue;
        d->changes[d->n_changes++] =
            (as_bom_change){AS_BOM_ADDED, AS_NO_PART, i, NULL, 0};
        d->added++;
    }
    return true;
}

as_rc as_bom_diff_make(const as_product *a, const as_product *b,
                       as_arena *arena, as_bom_diff *ret, as_err *err)
{
    struct pairing x = {.a = a, .b = b};
    as_bom_diff d = {.a = a, .b = b};

    x.of_a = AS_NEW_ARRAY(arena, a->n_parts, uint32_t);
    x.of_b = AS_NEW_ARRAY(arena, b->n_parts, uint32_t);
    d.changes = AS_NEW_ARRAY(arena, a->n_parts + b->n_parts, as_bom_change);
    if (as_arena_failed(arena) || !pair_all(&x) || !collect(&d, arena, &x))
        return as_fail(err, AS_ERR_MEMORY, "no memory to compare the products");
    *ret = d;
    return AS_OK;
}

/* ---- text and JSON ----------------------------------------------------- */

static void put_part(as_buf *out, const as_part *part)
{
    if (part->group.n) {
        as_buf_shown(out, part->group);
        as_buf_byte(out, '/');
    }
    as_buf_shown(out, part->name.n ? part->name : AS_STR("(no name)"));
}

static void put_value(as_buf *out, as_str s)
{
    if (as_str_is_absent(s))
        as_buf_c(out, "(none)");
    else
        as_buf_shown(out, s);
}

static void put_change(const as_bom_diff *d, const as_bom_change *c,
                       as_buf *out)
{
    static const char signs[] = {'+', '-', '~'};
    const as_part *part =
        c->kind == AS_BOM_ADDED ? &d->b->parts[c->to] : &d->a->parts[c->from];

    as_buf_printf(out, "%c ", signs[c->kind]);
    put_part(out, part);
    if (c->kind != AS_BOM_CHANGED) {
        if (part->version.n) {
            as_buf_byte(out, ' ');
            as_buf_shown(out, part->version);
        }
        as_buf_byte(out, '\n');
        return;
    }
    for (size_t i = 0; i < c->n_fields; i++) {
        as_buf_c(out, i ? "; " : ": ");
        as_buf_shown(out, c->fields[i].field);
        as_buf_byte(out, ' ');
        put_value(out, c->fields[i].from);
        as_buf_c(out, " -> ");
        put_value(out, c->fields[i].to);
    }
    as_buf_byte(out, '\n');
}

void as_bom_diff_text(const as_bom_diff *d, as_buf *out)
{
    for (size_t i = 0; i < d->n_changes; i++)
        put_change(d, &d->changes[i], out);
    as_buf_printf(out, "%zu added, %zu removed, %zu changed, %zu the same\n",
                  d->added, d->removed, d->changed, d->same);
}

static void write_part(as_json_writer *w, as_str key, const as_product *p,
                       uint32_t i)
{
    const as_part *part = &p->parts[i];
    as_buf path;

    as_buf_init(&path, AS_MIB);
    as_part_path(p, i, &path);
    as_json_write_key(w, key);
    as_json_write_object(w);
    as_json_write_field_opt(w, AS_STR("ref"), part->ref);
    as_json_write_field(w, AS_STR("path"), as_buf_text(&path));
    as_json_write_field(w, AS_STR("kind"), as_part_kind_word(part->kind));
    as_json_write_field_opt(w, AS_STR("group"), part->group);
    as_json_write_field(w, AS_STR("name"), part->name);
    as_json_write_field(w, AS_STR("version"), part->version);
    as_json_write_field(w, AS_STR("purl"), part->purl);
    as_json_write_object_end(w);
    as_buf_done(&path);
}

static void write_change(as_json_writer *w, const as_bom_diff *d,
                         const as_bom_change *c)
{
    static const as_str words[] = {AS_STR_INIT("added"), AS_STR_INIT("removed"),
                                   AS_STR_INIT("changed")};

    as_json_write_object(w);
    as_json_write_field(w, AS_STR("change"), words[c->kind]);
    if (c->from != AS_NO_PART)
        write_part(w, AS_STR("from"), d->a, c->from);
    if (c->to != AS_NO_PART)
        write_part(w, AS_STR("to"), d->b, c->to);
    if (c->kind == AS_BOM_CHANGED) {
        as_json_write_key(w, AS_STR("fields"));
        as_json_write_array(w);
        for (size_t i = 0; i < c->n_fields; i++) {
            as_json_write_object(w);
            as_json_write_field(w, AS_STR("field"), c->fields[i].field);
            as_json_write_field(w, AS_STR("from"), c->fields[i].from);
            as_json_write_field(w, AS_STR("to"), c->fields[i].to);
            as_json_write_object_end(w);
        }
        as_json_write_array_end(w);
    }
    as_json_write_object_end(w);
}

static void write_side(as_json_writer *w, as_str key, const as_product *p)
{
    as_json_write_key(w, key);
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("format"), p->format);
    as_json_write_field(w, AS_STR("spec_version"), p->spec_version);
    as_json_write_field(w, AS_STR("serial"), p->serial);
    as_json_write_field(w, AS_STR("name"), p->name);
    as_json_write_field(w, AS_STR("version"), p->version);
    as_json_write_field_u64(w, AS_STR("parts"), p->n_parts);
    as_json_write_object_end(w);
}

void as_bom_diff_json(const as_bom_diff *d, as_buf *out)
{
    as_json_writer w;

    as_json_write_init(&w, out, 2);
    as_json_write_object(&w);
    as_json_write_field(&w, AS_STR("schema"), AS_STR("assay-bom-diff/1"));
    write_side(&w, AS_STR("from"), d->a);
    write_side(&w, AS_STR("to"), d->b);
    as_json_write_key(&w, AS_STR("counts"));
    as_json_write_object(&w);
    as_json_write_field_u64(&w, AS_STR("added"), d->added);
    as_json_write_field_u64(&w, AS_STR("removed"), d->removed);
    as_json_write_field_u64(&w, AS_STR("changed"), d->changed);
    as_json_write_field_u64(&w, AS_STR("same"), d->same);
    as_json_write_object_end(&w);
    as_json_write_key(&w, AS_STR("changes"));
    as_json_write_array(&w);
    for (size_t i = 0; i < d->n_changes; i++)
        write_change(&w, d, &d->changes[i]);
    as_json_write_array_end(&w);
    as_json_write_object_end(&w);
    as_buf_byte(out, '\n');
}
