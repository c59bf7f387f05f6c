/* SPDX-License-Identifier: Apache-2.0 */
/* A gathered index as bytes; see index_internal.h. */
#include "party/index_build_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- as bytes ---------------------------------------------------------- */

/* Sorts pairs by key, those of one key as they came; and the starts of
 * n buckets, of n + 1. */
static bool sort_pairs(struct as_index_array *a,
                       uint32_t (*bucket)(uint32_t, size_t), size_t n,
                       uint32_t **ret_starts)
{
    struct as_index_pair *from = a->p,
                         *to = malloc((a->n ? a->n : 1) * sizeof *to);
    uint32_t *starts = calloc(n + 2, sizeof *starts);

    if (!to || !starts) {
        free(to);
        free(starts);
        return false;
    }
    for (size_t i = 0; i < a->n; i++)
        starts[bucket(from[i].key, n) + 2]++;
    for (size_t i = 2; i < n + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < a->n; i++)
        to[starts[bucket(from[i].key, n) + 1]++] = from[i];
    free(a->p);
    a->p = to;
    a->cap = a->n;
    *ret_starts = starts;
    return true;
}

static uint32_t by_number(uint32_t key, size_t n)
{
    (void)n;
    return key;
}

static int pair_cmp(const void *a, const void *b)
{
    const struct as_index_pair *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

/* A table of entries in its order of hashes, with the starts of its buckets. */
static bool order_entries(struct as_index_array *a, uint32_t **ret_starts,
                          size_t *ret_buckets)
{
    size_t n = 16;
    struct as_index_pair *p;

    while (n < a->n / 4)
        n *= 2;
    if (!sort_pairs(a, as_index_bucket, n, ret_starts))
        return false;
    p = a->p;
    for (size_t i = 0; i < n; i++)
        qsort(p + (*ret_starts)[i], (*ret_starts)[i + 1] - (*ret_starts)[i],
              sizeof *p, pair_cmp);
    *ret_buckets = n;
    return true;
}

/* ---- numbers of names ---------------------------------------------------- */

static int order_cmp(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* Families first, then light before heavy, then as they came: ret[old] is the
 * new number. */
static uint32_t *new_numbers(const as_index_builder *b)
{
    const as_index_weights *w = b->weights.p;
    uint64_t *order = calloc(b->name.n + 1, sizeof *order);
    uint32_t *ret = calloc(b->name.n + 1, sizeof *ret);

    for (size_t i = 0; i < b->name.n && order && ret; i++)
        order[i] = (uint64_t)(i >= b->family) << 63 |
                   (uint64_t)as_index_order(&w[i]) << 32 | (uint64_t)i;
    if (order && ret && b->name.n)
        qsort(order, b->name.n, sizeof *order, order_cmp);
    for (size_t i = 0; i < b->name.n && order && ret; i++)
        ret[(uint32_t)order[i]] = (uint32_t)i;
    free(order);
    return ret;
}

/* The elements of an array where their new numbers say. */
static bool move_all(struct as_index_array *a, size_t size,
                     const uint32_t *numbers)
{
    char *to = malloc(a->n ? a->n * size : 1);

    if (!to)
        return false;
    for (size_t i = 0; i < a->n; i++)
        memcpy(to + numbers[i] * size, (char *)a->p + i * size, size);
    free(a->p);
    a->p = to;
    a->cap = a->n;
    return true;
}

static bool number_names(as_index_builder *b)
{
    uint32_t *numbers = new_numbers(b);
    struct as_index_pair *postings = b->postings.p, *keys = b->name_keys.p;
    struct as_index_name_ref *refs = b->refs.p;
    bool good = numbers && move_all(&b->name, sizeof(as_index_name), numbers) &&
                move_all(&b->weights, sizeof(as_index_weights), numbers);

    for (size_t i = 0; i < b->postings.n && good; i++)
        postings[i].value = numbers[postings[i].value];
    for (size_t i = 0; i < b->name_keys.n && good; i++)
        keys[i].value = numbers[keys[i].value];
    for (size_t i = 0; i < b->refs.n && good; i++)
        refs[i].name = numbers[refs[i].name];
    free(numbers);
    return good;
}

/* ---- sections ------------------------------------------------------------ */

struct writer {
    as_buf *out;
    size_t start;
    as_index_head head;
};

static void put_section(struct writer *w, as_index_section s, const void *p,
                        size_t n)
{
    static const char zeros[8];
    as_buf *out = w->out;

    as_buf_put(out, zeros, (8 - (out->n - w->start) % 8) % 8);
    w->head.section[s].at = out->n - w->start;
    w->head.section[s].n = n;
    if (n)
        as_buf_put(out, p, n * as_index_element(s));
}

static bool put_table(struct writer *w, as_index_section s,
                      struct as_index_array *a)
{
    uint32_t *starts = NULL;
    size_t buckets = 0;

    if (!order_entries(a, &starts, &buckets))
        return false;
    put_section(w, s - 1, starts, buckets + 1);
    put_section(w, s, a->p, a->n);
    free(starts);
    return true;
}

/* The values alone, one behind the other. */
static void put_values(struct writer *w, as_index_section s,
                       const struct as_index_array *a)
{
    const struct as_index_pair *p = a->p;

    put_section(w, s, NULL, 0);
    w->head.section[s].n = a->n;
    for (size_t i = 0; i < a->n; i++)
        as_buf_put(w->out, &p[i].value, sizeof p[i].value);
}

/* Twice: the names of a word ascend. */
static bool sort_postings(as_index_builder *b, uint32_t **ret_starts)
{
    struct as_index_pair *p = b->postings.p;
    uint32_t *unused = NULL;

    for (size_t i = 0; i < b->postings.n; i++)
        p[i] = (struct as_index_pair){p[i].value, p[i].key};
    if (!sort_pairs(&b->postings, by_number, b->name.n, &unused))
        return false;
    free(unused);
    p = b->postings.p;
    for (size_t i = 0; i < b->postings.n; i++)
        p[i] = (struct as_index_pair){p[i].value, p[i].key};
    return sort_pairs(&b->postings, by_number, b->words.n, ret_starts);
}

static bool write_words(as_index_builder *b, struct writer *w)
{
    uint32_t *starts = NULL;
    size_t n = b->words.n;
    as_index_word *words;

    if (!sort_postings(b, &starts))
        return false;
    if (!as_index_push(&b->words, sizeof *words, SIZE_MAX)) {
        free(starts);
        return false;
    }
    words = b->words.p;
    for (size_t i = 0; i <= n; i++)
        words[i].postings = starts[i];
    free(starts);
    put_section(w, AS_SECTION_WORDS, words, n + 1);
    put_values(w, AS_SECTION_POSTINGS, &b->postings);
    return true;
}

static bool write_names(as_index_builder *b, struct writer *w)
{
    size_t n = b->name.n, at = 0;
    const struct as_index_name_ref *refs = b->refs.p;
    struct as_index_array order = {0};
    as_index_name *names;
    uint32_t *starts = NULL;
    bool good = as_index_push(&b->name, sizeof *names, SIZE_MAX) != NULL;

    for (size_t i = 0; i < b->refs.n && good; i++)
        good = as_index_put_pair(&order, refs[i].name, (uint32_t)i);
    if (!good || !sort_pairs(&order, by_number, n, &starts)) {
        free(order.p);
        return false;
    }
    names = b->name.p;
    for (size_t i = 0; i <= n; i++)
        names[i].refs = starts[i];
    free(starts);
    put_section(w, AS_SECTION_NAMES, names, n + 1);
    put_section(w, AS_SECTION_WEIGHTS, b->weights.p, b->weights.n);
    put_section(w, AS_SECTION_BLOCKS, b->blocks.p, b->blocks.n);
    put_section(w, AS_SECTION_REFS, NULL, 0);
    w->head.section[AS_SECTION_REFS].n = b->refs.n;
    for (at = 0; at < order.n; at++)
        as_buf_put(w->out,
                   &refs[((struct as_index_pair *)order.p)[at].value].ref,
                   sizeof refs->ref);
    free(order.p);
    return true;
}

static bool write_grams(as_index_builder *b, struct writer *w)
{
    uint32_t *starts = NULL;
    struct as_index_pair *p;

    if (!sort_pairs(&b->grams, by_number, AS_INDEX_GRAMS, &starts))
        return false;
    p = b->grams.p;
    for (size_t i = 0; i < AS_INDEX_GRAMS; i++)
        qsort(p + starts[i], starts[i + 1] - starts[i], sizeof *p, pair_cmp);
    put_section(w, AS_SECTION_GRAM_AT, starts, AS_INDEX_GRAMS + 1);
    put_values(w, AS_SECTION_GRAMS, &b->grams);
    free(starts);
    return true;
}

as_rc as_index_builder_write(as_index_builder *b, as_str digest, as_buf *out,
                             as_err *err)
{
    struct writer w = {.out = out, .start = out->n};
    bool good;

    if (digest.n >= AS_INDEX_DIGEST)
        return as_fail(err, AS_ERR_INTERNAL, "the digest is too long");
    if (!number_names(b))
        return as_index_too_large(err);
    as_index_head_start(&w.head);
    memcpy(w.head.digest, digest.p, digest.n);
    w.head.unread = b->unread;
    w.head.family = b->family;
    as_buf_put(out, &w.head, sizeof w.head);
    put_section(&w, AS_SECTION_LISTS, b->lists.p, b->lists.n);
    put_section(&w, AS_SECTION_ROWS, b->rows.p, b->rows.n);
    put_section(&w, AS_SECTION_NOTES, b->notes.p, b->notes.n);
    put_section(&w, AS_SECTION_STRINGS, b->strings.p, b->strings.n);
    good = write_words(b, &w) && write_names(b, &w) && write_grams(b, &w) &&
           put_table(&w, AS_SECTION_KEYS, &b->keys) &&
           put_table(&w, AS_SECTION_NAME_KEYS, &b->name_keys) &&
           put_table(&w, AS_SECTION_IDS, &b->ids);
    if (!good || as_buf_failed(out))
        return as_index_too_large(err);
    w.head.bytes = out->n - w.start;
    w.head.body = as_index_body_check(
        (as_span){(const uint8_t *)out->p + w.start, (size_t)w.head.bytes});
    w.head.check = as_index_head_check(&w.head);
    memcpy(out->p + w.start, &w.head, sizeof w.head);
    return AS_OK;
}
