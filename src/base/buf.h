/* SPDX-License-Identifier: Apache-2.0 */
/* A growing buffer that states its ceiling when it is made. Failure is sticky:
 * append on, check as_buf_failed once before the bytes are used. */
#ifndef AS_BASE_BUF_H
#define AS_BASE_BUF_H

#include "base/span.h"

#include <stdarg.h>

typedef struct as_buf {
    char *p;
    size_t n, cap, ceiling;
    bool failed;
} as_buf;

void as_buf_init(as_buf *b, size_t ceiling);
void as_buf_done(as_buf *b); /* frees; the buffer is empty and usable again */
void as_buf_put(as_buf *b, const void *p, size_t n);
void as_buf_str(as_buf *b, as_str s);
void as_buf_c(as_buf *b, const char *s);
void as_buf_byte(as_buf *b, char c);
/* Text of others for a line on a terminal: as_str_unsafe characters as \xNN. */
void as_buf_shown(as_buf *b, as_str s);
/* What fmt makes, shown as a line of its own, whatever is in its values. */
void as_buf_line(as_buf *b, const char *fmt, ...) AS_PRINTF(2, 3);
void as_buf_printf(as_buf *b, const char *fmt, ...) AS_PRINTF(2, 3);
void as_buf_vprintf(as_buf *b, const char *fmt, va_list ap) AS_PRINTF(2, 0);
/* Little-endian numbers and LEB128, for frames and keys. */
void as_buf_u32le(as_buf *b, uint32_t v);
void as_buf_u64le(as_buf *b, uint64_t v);
void as_buf_varint(as_buf *b, uint64_t v);
/* Room for n more bytes at the end, or NULL; count them in with b->n. */
char *as_buf_reserve(as_buf *b, size_t n);
void as_buf_clear(as_buf *b); /* n = 0, keeps the memory and the failure */
static inline bool as_buf_failed(const as_buf *b)
{
    return b->failed;
}
static inline as_span as_buf_span(const as_buf *b)
{
    return (as_span){(const uint8_t *)b->p, b->n};
}
/* The caller knows that what was put is UTF-8. */
static inline as_str as_buf_text(const as_buf *b)
{
    return (as_str){b->p ? b->p : "", b->n};
}

#endif
