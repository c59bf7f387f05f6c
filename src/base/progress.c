/* SPDX-License-Identifier: Apache-2.0 */
/* The line of progress; see progress.h. */
#include "base/progress.h"

#include <inttypes.h>
#include <unistd.h>

enum {
    FIRST_AFTER = 300, /* milliseconds */
    EVERY = 100,
    BAR = 20, /* columns between the brackets */
    LINE_BYTES = 4096,
};

void as_progress_init(as_progress *p, int fd, unsigned width,
                      uint64_t (*ticks)(void))
{
    *p = (as_progress){
        .fd = fd >= 0 && isatty(fd) == 1 ? fd : -1,
        .width = width,
        .ticks = ticks,
    };
}

void as_progress_start(as_progress *p, as_str label, uint64_t total,
                       as_str unit)
{
    as_progress_end(p);
    p->label = label;
    p->unit = unit;
    p->total = total;
    p->done = 0;
    if (p->fd >= 0)
        p->started = p->drawn = p->ticks();
}

/* ---- the line ---------------------------------------------------------- */

/* 1234567 as 1,234,567. */
static void put_count(as_buf *out, uint64_t n)
{
    if (n >= 1000)
        put_count(out, n / 1000);
    if (n >= 1000)
        as_buf_printf(out, ",%03" PRIu64, n % 1000);
    else
        as_buf_printf(out, "%" PRIu64, n);
}

static void put_bytes(as_buf *out, uint64_t n)
{
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB"};
    uint64_t unit = 1024;
    size_t i = 0;

    while (n / unit >= 1024 && i + 1 < AS_ARRAY_LEN(units)) {
        unit *= 1024;
        i++;
    }
    as_buf_printf(out, "%" PRIu64 ".%" PRIu64 " %s", n / unit,
                  n % unit * 10 / unit, units[i]);
}

static void put_amount(as_buf *out, const as_progress *p, uint64_t n)
{
    if (as_str_eq(p->unit, AS_STR("bytes")))
        put_bytes(out, n);
    else
        put_count(out, n);
}

static void put_bar(as_buf *out, const as_progress *p)
{
    uint64_t done = p->done < p->total ? p->done : p->total;
    double part = (double)done / (double)p->total;
    int filled = (int)(part * BAR);

    as_buf_c(out, " [");
    for (int i = 0; i < BAR; i++)
        as_buf_byte(out, i < filled ? '#' : ' ');
    as_buf_printf(out, "] %3d%% ", (int)(part * 100));
}

/* Text of others must not drive the terminal. */
static void put_label(as_buf *out, as_str label)
{
    for (size_t i = 0; i < label.n;) {
        size_t bad = as_str_unsafe(label, i);
        as_buf_byte(out, bad ? '?' : label.p[i]);
        i += bad ? bad : 1;
    }
}

/* Cut behind so many characters. */
static void cut(as_buf *out, size_t from, size_t columns)
{
    for (size_t i = from; i < out->n; i++) {
        bool begins = ((uint8_t)out->p[i] & 0xC0) != 0x80;
        if (begins && columns-- == 0) {
            out->n = i;
            return;
        }
    }
}

void as_progress_line(const as_progress *p, as_buf *out)
{
    size_t from = out->n;

    put_label(out, p->label);
    if (p->total)
        put_bar(out, p);
    as_buf_byte(out, ' ');
    put_amount(out, p, p->done);
    if (p->total) {
        as_buf_c(out, " of ");
        put_amount(out, p, p->total);
    }
    if (!as_str_eq(p->unit, AS_STR("bytes")))
        as_buf_printf(out, " %.*s", AS_FMT(p->unit));
    cut(out, from, p->width ? p->width - 1 : 0);
}

/* ---- the terminal ------------------------------------------------------ */

/* What the terminal does not take is lost; the next line is whole again. */
static void put(const as_progress *p, const as_buf *out)
{
    ssize_t ignored = as_buf_failed(out) ? 0 : write(p->fd, out->p, out->n);

    (void)ignored;
}

static void draw(as_progress *p)
{
    as_buf out;

    as_buf_init(&out, LINE_BYTES);
    as_buf_c(&out, "\r");
    as_progress_line(p, &out);
    as_buf_c(&out, "\x1b[K");
    put(p, &out);
    as_buf_done(&out);
    p->shown = true;
}

void as_progress_set(as_progress *p, uint64_t done)
{
    uint64_t now;

    p->done = done;
    if (p->fd < 0)
        return;
    now = p->ticks();
    if (now - p->started < FIRST_AFTER || (p->shown && now - p->drawn < EVERY))
        return;
    p->drawn = now;
    draw(p);
}

void as_progress_clear(as_progress *p)
{
    as_buf out;

    if (!p->shown)
        return;
    as_buf_init(&out, LINE_BYTES);
    as_buf_c(&out, "\r\x1b[K");
    put(p, &out);
    as_buf_done(&out);
    p->shown = false;
}

void as_progress_end(as_progress *p)
{
    as_progress_clear(p);
    p->label = p->unit = AS_ABSENT;
    p->done = p->total = 0;
}
