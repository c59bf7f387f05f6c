/* SPDX-License-Identifier: Apache-2.0 */
/* The index of parties whose owners are stated: by it a name is found to be one
 * of them; see party.h. The same bytes as the index of the lists, of other
 * rows: of those that have an owner or a parent, or that another one calls its
 * subsidiary. Ties may stand apart from the row they are of (GLEIF), so the
 * keys of rows are gathered first. Costs a pass over the rows with ties, and a
 * look-up for each that is owned. */
#include "party/index_internal.h"

#include <stdlib.h>

typedef struct owned_keys {
    as_arena *arena;
    as_str *items; /* list, blank, id; sorted and each once in the end */
    size_t n, cap;
    as_index_builder *b;
    as_err *err;
    as_rc rc;
} owned_keys;

static void add_key(owned_keys *k, as_str list, as_str id)
{
    as_str *grown;

    if (as_str_is_empty(list) || as_str_is_empty(id))
        return;
    grown = as_arena_grow(k->arena, k->items, &k->cap, k->n + 1, sizeof *grown);
    if (!grown)
        return;
    k->items = grown;
    k->items[k->n] = AS_JOIN(k->arena, list, AS_STR(" "), id);
    k->n += k->items[k->n].p != NULL;
}

static bool take_keys(void *ctx, const as_know_party *p)
{
    owned_keys *k = ctx;
    bool owned = false;

    for (size_t i = 0; i < p->party.n_ties; i++) {
        const as_party_tie *t = &p->party.ties[i];
        if (t->kind == AS_PARTY_TIE_SUBSIDIARY)
            add_key(k, t->list, t->id);
        owned |=
            t->kind == AS_PARTY_TIE_OWNER || t->kind == AS_PARTY_TIE_PARENT;
    }
    if (owned)
        add_key(k, p->party.list, p->party.id);
    if (as_arena_failed(k->arena))
        k->rc = as_fail(k->err, AS_ERR_LIMIT, "too many parties have owners");
    return k->rc == AS_OK;
}

static void sort_keys(owned_keys *k)
{
    size_t n = 0;

    if (k->n)
        qsort(k->items, k->n, sizeof *k->items, as_str_qsort_cmp);
    for (size_t i = 0; i < k->n; i++)
        if (n == 0 || !as_str_eq(k->items[n - 1], k->items[i]))
            k->items[n++] = k->items[i];
    k->n = n;
}

static bool add_row(void *ctx, const as_know_party *p)
{
    owned_keys *k = ctx;
    as_index_source row = {&p->party, p->number, p->since, p->until, p->digest};

    k->rc = as_index_builder_add(k->b, &row, k->err);
    return k->rc == AS_OK;
}

static as_rc fill(as_know *kb, owned_keys *k, as_err *err)
{
    as_rc rc =
        as_know_has_ties(kb) ? as_know_tied(kb, take_keys, k, err) : AS_OK;

    if (!rc)
        rc = k->rc;
    sort_keys(k);
    for (size_t i = 0; i < k->n && !rc; i++) {
        as_str id = k->items[i], list = as_str_cut(&id, ' ');
        rc = as_know_forms(kb, list, id, add_row, k, err);
        rc = rc ? rc : k->rc;
    }
    return rc;
}

as_rc as_screen_index_owned(as_know *kb, as_str digest, as_buf *out,
                            as_err *err)
{
    owned_keys k = {.arena = as_arena_new(AS_LIMIT_OWNER_BYTES),
                    .b = as_index_builder_new(),
                    .err = err};
    as_rc rc;

    if (!k.arena || !k.b)
        rc = as_fail(err, AS_ERR_MEMORY, "no memory for an index of parties");
    else
        rc = fill(kb, &k, err);
    if (!rc)
        rc = as_index_builder_write(k.b, digest, out, err);
    as_index_builder_free(k.b);
    as_arena_free(k.arena);
    return rc;
}
