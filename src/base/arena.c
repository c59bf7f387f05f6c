/* SPDX-License-Identifier: Apache-2.0 */
/* Chained blocks that double up to 1 MiB; see arena.h. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };
enum { USUAL_TEXT = 256 }; /* of one printf: formatted once, not twice */

struct block {
    struct block *next;
    size_t cap, used;
    _Alignas(ALIGN) unsigned char bytes[];
};

struct as_arena {
    struct block *blocks; /* newest first */
    size_t ceiling, used, next_cap;
    bool failed;
};

as_arena *as_arena_new(size_t ceiling)
{
    as_arena *a = calloc(1, sizeof *a);

    if (!a)
        return NULL;
    a->ceiling = ceiling;
    a->next_cap = FIRST_BLOCK;
    return a;
}

as_arena *as_arena_free(as_arena *a)
{
    if (!a)
        return NULL;
    for (struct block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
    return NULL;
}

void as_arena_reset(as_arena *a)
{
    struct block *kept = a->blocks;

    if (!kept)
        return;
    for (struct block *b = kept->next, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    memset(kept->bytes, 0, kept->used);
    kept->next = NULL;
    kept->used = 0;
    a->used = 0;
    a->failed = false;
}

void as_arena_cleanup(as_arena **a)
{
    *a = as_arena_free(*a);
}

static struct block *add_block(as_arena *a, size_t n)
{
    size_t cap = n > a->next_cap ? n : a->next_cap;
    /* Zeroed here and not piece by piece: the kernel's pages are so already. */
    struct block *b = calloc(1, sizeof *b + cap);

    if (!b)
        return NULL;
    b->cap = cap;
    b->used = 0;
    if (n > a->next_cap / 4 && a->blocks) {
        /* A large one-off goes behind, so that the open block stays open. */
        b->next = a->blocks->next;
        a->blocks->next = b;
        return b;
    }
    b->next = a->blocks;
    a->blocks = b;
    if (a->next_cap < LARGEST_BLOCK)
        a->next_cap *= 2;
    return b;
}

void *as_arena_alloc(as_arena *a, size_t n)
{
    struct block *b = a->blocks;
    size_t need, total;
    void *p;

    if (a->failed || !as_size_add(n ? n : 1, ALIGN - 1, &need))
        goto refuse;
    need &= ~(size_t)(ALIGN - 1);
    if (!as_size_add(a->used, need, &total) || total > a->ceiling)
        goto refuse;
    if (!b || b->cap - b->used < need) {
        b = add_block(a, need);
        if (!b)
            goto refuse;
    }
    p = b->bytes + b->used;
    b->used += need;
    a->used = total;
    return p;
refuse:
    a->failed = true;
    return NULL;
}

void *as_arena_array(as_arena *a, size_t n, size_t size)
{
    size_t bytes;

    if (!as_size_mul(n, size, &bytes)) {
        a->failed = true;
        return NULL;
    }
    return as_arena_alloc(a, bytes);
}

void *as_arena_grow(as_arena *a, void *old, size_t *cap, size_t want,
                    size_t size)
{
    size_t next = *cap ? *cap : 4;
    void *p;

    if (want <= *cap)
        return old;
    while (next < want)
        next = next > SIZE_MAX / 2 ? want : next * 2;
    p = as_arena_array(a, next, size);
    if (!p)
        return NULL;
    if (*cap)
        memcpy(p, old, *cap * size);
    *cap = next;
    return p;
}

as_str as_arena_str(as_arena *a, as_str s)
{
    char *p;

    if (as_str_is_absent(s) || s.n == SIZE_MAX)
        return AS_ABSENT;
    p = as_arena_alloc(a, s.n + 1);
    if (!p)
        return AS_ABSENT;
    if (s.n)
        memcpy(p, s.p, s.n);
    return (as_str){p, s.n};
}

as_str as_arena_printf(as_arena *a, const char *fmt, ...)
{
    char small[USUAL_TEXT];
    va_list ap, again;
    as_str out = AS_ABSENT;
    char *p;
    int n;

    va_start(ap, fmt);
    va_copy(again, ap);
    n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    p = n < 0 ? NULL : as_arena_alloc(a, (size_t)n + 1);
    if (p) {
        if ((size_t)n < sizeof small)
            memcpy(p, small, (size_t)n);
        else
            vsnprintf(p, (size_t)n + 1, fmt, again);
        out = (as_str){p, (size_t)n};
    }
    va_end(again);
    return out;
}

as_str as_arena_join(as_arena *a, const as_str *pieces, size_t n)
{
    size_t bytes = 1, at = 0;
    char *p;

    for (size_t i = 0; i < n; i++)
        if (!as_size_add(bytes, pieces[i].n, &bytes))
            bytes = SIZE_MAX;
    p = as_arena_alloc(a, bytes);
    if (!p)
        return AS_ABSENT;
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].n)
            memcpy(p + at, pieces[i].p, pieces[i].n);
        at += pieces[i].n;
    }
    return (as_str){p, at};
}

bool as_arena_failed(const as_arena *a)
{
    return a->failed;
}

size_t as_arena_used(const as_arena *a)
{
    return a->used;
}
