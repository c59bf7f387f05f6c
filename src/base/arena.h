/* SPDX-License-Identifier: Apache-2.0 */
/* Lifetime is a place: an arena per input or request, nothing freed one by
 * one. An arena states its ceiling when it is made. Once an allocation is
 * refused the arena has failed for good: every later one is refused too, so a
 * reader may go on and check as_arena_failed once. */
#ifndef AS_BASE_ARENA_H
#define AS_BASE_ARENA_H

#include "base/span.h"

typedef struct as_arena as_arena;

/* ceiling in bytes, at least one block is granted. NULL without memory. */
as_arena *as_arena_new(size_t ceiling);
as_arena *as_arena_free(as_arena *a); /* takes NULL, returns NULL */
/* Everything in it is gone; the block at hand stays, for what is made anew
 * again and again. */
void as_arena_reset(as_arena *a);
void as_arena_cleanup(as_arena **a); /* for AS_CLEANUP */

/* Zeroed, aligned to 16. NULL when the ceiling or the memory ends. n may be 0
 * (a valid pointer is returned). */
void *as_arena_alloc(as_arena *a, size_t n);
/* n elements of size; overflow counts as the ceiling. */
void *as_arena_array(as_arena *a, size_t n, size_t size);
/* Grows an array made by as_arena_array: *cap elements become at least want
 * (doubling). The old place is left behind, in the arena. Returns the new
 * array or NULL (then *cap is untouched). */
void *as_arena_grow(as_arena *a, void *old, size_t *cap, size_t want,
                    size_t size);
/* A copy, NUL behind it. Absent stays absent; failure gives absent. */
as_str as_arena_str(as_arena *a, as_str s);
as_str as_arena_printf(as_arena *a, const char *fmt, ...) AS_PRINTF(2, 3);
/* The pieces, one behind the other, as one string with a NUL behind it. */
as_str as_arena_join(as_arena *a, const as_str *pieces, size_t n);
bool as_arena_failed(const as_arena *a);
size_t as_arena_used(const as_arena *a);

#define AS_JOIN(arena, ...)                                                    \
    as_arena_join((arena), (const as_str[]){__VA_ARGS__},                      \
                  sizeof((const as_str[]){__VA_ARGS__}) / sizeof(as_str))
#define AS_NEW(arena, t)          ((t *)as_arena_alloc((arena), sizeof(t)))
#define AS_NEW_ARRAY(arena, n, t) ((t *)as_arena_array((arena), (n), sizeof(t)))

#endif
