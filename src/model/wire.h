/* SPDX-License-Identifier: Apache-2.0 */
/* The wire: one function a structure both writes it as bytes and reads it
 * back, so that the two sides cannot drift apart. Numbers are LEB128, strings
 * their length + 1 (0: absent) and bytes, arrays their count and elements.
 *
 * Reading is from a hostile hand: a count is checked against the bytes left
 * before anything is allocated, text is checked to be UTF-8, an error sticks
 * (as_wire_bad). Strings that are read point into the input. */
#ifndef AS_MODEL_WIRE_H
#define AS_MODEL_WIRE_H

#include "base/arena.h"
#include "base/buf.h"

typedef struct as_wire {
    as_buf *out; /* writing when set */
    as_cursor in;
    as_arena *arena; /* for arrays that are read */
    bool bad;
} as_wire;

as_wire as_wire_writer(as_buf *out);
as_wire as_wire_reader(as_span in, as_arena *arena);
static inline bool as_wire_writing(const as_wire *w)
{
    return w->out != NULL;
}
static inline bool as_wire_bad(const as_wire *w)
{
    return w->bad || w->in.bad || (w->out && w->out->failed);
}
/* True when everything was read and nothing is left over. */
bool as_wire_finished(const as_wire *w);

void as_wire_u64(as_wire *w, uint64_t *v);
void as_wire_u32(as_wire *w, uint32_t *v);
void as_wire_size(as_wire *w, size_t *v);
void as_wire_bool(as_wire *w, bool *v);
void as_wire_double(as_wire *w, double *v);
/* An enum below limit, through an int: v = as_wire_enum(w, v, LIMIT). */
unsigned as_wire_enum(as_wire *w, unsigned v, unsigned limit);
void as_wire_str(as_wire *w, as_str *s);
void as_wire_span(as_wire *w, as_span *s);
/* The count of an array of elements of size; when reading, the zeroed array.
 * Returns the array to walk, NULL when it is empty or bad (*n is then 0). */
void *as_wire_array(as_wire *w, void *items, size_t *n, size_t size);
void as_wire_strs(as_wire *w, as_str **items, size_t *n);

/* for (i...) one element each, with the array and count of the same name. */
#define AS_WIRE_EACH(w, owner, field, element)                                 \
    do {                                                                       \
        (owner)->field = as_wire_array(                                        \
            (w), (owner)->field, &(owner)->n_##field, sizeof *(owner)->field); \
        for (size_t as_i = 0; as_i < (owner)->n_##field; as_i++)               \
            element((w), &(owner)->field[as_i]);                               \
    } while (0)

#endif
