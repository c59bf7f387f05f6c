/* SPDX-License-Identifier: Apache-2.0 */
/* Writing JSON; see json_write.h. Numbers follow ECMA-262 Number::toString, as
 * RFC 8785 section 3.2.2.3 asks, in the plain form too. */
#include "base/json_write.h"
#include "base/limits.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- strings ----------------------------------------------------------- */

static void put_escaped(as_buf *out, uint8_t c)
{
    static const char letters[] = "\b\t\n\f\r\"\\";
    static const char names[] = "btnfr\"\\";
    const char *at = c ? strchr(letters, c) : NULL;

    if (at)
        as_buf_printf(out, "\\%c", names[at - letters]);
    else
        as_buf_printf(out, "\\u%04x", c);
}

static bool is_plain(uint8_t c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* Bytes looked at together: a run that is all bad is not looked at to its end
 * for each of its bytes. */
enum { LOOK_AHEAD = 64 };

/* The high bit of each byte that is 0, perhaps of others above one that is. */
static uint64_t zeros(uint64_t w)
{
    return (w - UINT64_C(0x0101010101010101)) & ~w;
}

/* Bytes from the start that need no escape; perhaps some more would not. */
static size_t plain_run(as_str s)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t i = 0;

    for (; s.n - i >= sizeof ones; i += sizeof ones) {
        uint64_t w, odd;
        memcpy(&w, s.p + i, sizeof w);
        odd = w | (w - ones * 0x20) | zeros(w ^ ones * '"') |
              zeros(w ^ ones * '\\');
        if (odd & ones * 0x80)
            return i;
    }
    while (i < s.n && is_plain((uint8_t)s.p[i]))
        i++;
    return i;
}

/* The whole string when it is plain. */
static bool quote_plain(as_buf *out, as_str s)
{
    char *at;

    if (plain_run(s) < s.n || s.n > SIZE_MAX - 2)
        return false;
    at = as_buf_reserve(out, s.n + 2);
    if (!at)
        return true;
    at[0] = '"';
    if (s.n)
        memcpy(at + 1, s.p, s.n);
    at[s.n + 1] = '"';
    out->n += s.n + 2;
    return true;
}

void as_json_quote(as_buf *out, as_str s)
{
    size_t i = 0;

    if (quote_plain(out, s))
        return;

    as_buf_byte(out, '"');
    while (i < s.n) {
        size_t from = i, bad;
        while (i < s.n && is_plain((uint8_t)s.p[i]))
            i++;
        as_buf_put(out, s.p + from, i - from);
        if (i == s.n)
            break;
        if ((uint8_t)s.p[i] < 0x80) {
            put_escaped(out, (uint8_t)s.p[i++]);
            continue;
        }
        from = i;
        while (i < s.n && i - from < LOOK_AHEAD && (uint8_t)s.p[i] >= 0x80)
            i++;
        bad =
            as_span_utf8_bad((as_span){(const uint8_t *)s.p + from, i - from});
        as_buf_put(out, s.p + from, bad);
        if (bad == 0)
            as_buf_c(out, "\xEF\xBF\xBD");
        i = from + (bad ? bad : 1);
    }
    as_buf_byte(out, '"');
}

/* ---- numbers ----------------------------------------------------------- */

/* The same for the short decimals that most numbers are: a whole number over a
 * power of ten, both exact, so that dividing rounds as reading would. Up to
 * fifteen digits no other decimal of as many gives the same double. 0: it is
 * none of them. */
static size_t few_digits(double v, char digits[static 20], int *point)
{
    enum { PLACES = 9 };
    double scale = 1, whole = 0;
    int places = 0;
    size_t n;

    for (; places <= PLACES; places++, scale *= 10) {
        whole = nearbyint(v * scale);
        if (whole >= 1e15)
            return 0;
        if (whole >= 1 && whole / scale >= v && whole / scale <= v)
            break;
    }
    if (places > PLACES)
        return 0;
    n = (size_t)snprintf(digits, 20, "%" PRIu64, (uint64_t)whole);
    *point = (int)n - places;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    return n;
}

/* Digits and exponent of the shortest decimal that reads back as v > 0:
 * v = 0.d1d2d3... * 10^*point. */
static size_t shortest_digits(double v, char digits[static 20], int *point)
{
    char text[40];
    size_t n = few_digits(v, digits, point);

    if (n)
        return n;
    for (int precision = 0; precision < 17; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, v);
        if (strtod(text, NULL) >= v && strtod(text, NULL) <= v)
            break;
    }
    for (const char *p = text; *p && *p != 'e'; p++)
        if (*p != '.')
            digits[n++] = *p;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    *point = (int)strtol(strchr(text, 'e') + 1, NULL, 10) + 1;
    return n;
}

static void put_zeros(as_buf *out, int n)
{
    for (int i = 0; i < n; i++)
        as_buf_byte(out, '0');
}

static void put_double(as_buf *out, double v)
{
    char digits[20];
    int point, n;

    if (v < 0) {
        as_buf_byte(out, '-');
        v = -v;
    }
    if (fpclassify(v) == FP_ZERO) {
        as_buf_byte(out, '0');
        return;
    }
    n = (int)shortest_digits(v, digits, &point);
    if (n <= point && point <= 21) {
        as_buf_put(out, digits, (size_t)n);
        put_zeros(out, point - n);
    } else if (0 < point && point <= 21) {
        as_buf_put(out, digits, (size_t)point);
        as_buf_byte(out, '.');
        as_buf_put(out, digits + point, (size_t)(n - point));
    } else if (-6 < point && point <= 0) {
        as_buf_c(out, "0.");
        put_zeros(out, -point);
        as_buf_put(out, digits, (size_t)n);
    } else {
        as_buf_byte(out, digits[0]);
        if (n > 1) {
            as_buf_byte(out, '.');
            as_buf_put(out, digits + 1, (size_t)n - 1);
        }
        as_buf_printf(out, "e%+d", point - 1);
    }
}

/* ---- the writer -------------------------------------------------------- */

void as_json_write_init(as_json_writer *w, as_buf *out, unsigned indent)
{
    *w = (as_json_writer){.out = out, .indent = indent};
}

static void line_break(as_json_writer *w)
{
    size_t spaces = (size_t)w->depth * w->indent;
    char *at;

    if (w->indent == 0)
        return;
    at = as_buf_reserve(w->out, spaces + 1);
    if (!at)
        return;
    *at = '\n';
    memset(at + 1, ' ', spaces);
    w->out->n += spaces + 1;
}

/* Comma and line break before a value or key. */
static void before(as_json_writer *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    if (w->depth == 0)
        return;
    if (w->filled[w->depth - 1])
        as_buf_byte(w->out, ',');
    w->filled[w->depth - 1] = true;
    line_break(w);
}

static void open_level(as_json_writer *w, char c)
{
    before(w);
    as_buf_byte(w->out, c);
    assert(w->depth < AS_JSON_WRITE_DEPTH);
    w->filled[w->depth++] = false;
}

static void close_level(as_json_writer *w, char c)
{
    bool filled;

    assert(w->depth > 0 && !w->after_key);
    filled = w->filled[--w->depth];
    if (filled)
        line_break(w);
    as_buf_byte(w->out, c);
}

void as_json_write_object(as_json_writer *w)
{
    open_level(w, '{');
}

void as_json_write_object_end(as_json_writer *w)
{
    close_level(w, '}');
}

void as_json_write_array(as_json_writer *w)
{
    open_level(w, '[');
}

void as_json_write_array_end(as_json_writer *w)
{
    close_level(w, ']');
}

void as_json_write_key(as_json_writer *w, as_str key)
{
    before(w);
    as_json_quote(w->out, key);
    as_buf_put(w->out, ": ", w->indent ? 2 : 1);
    w->after_key = true;
}

void as_json_write_str(as_json_writer *w, as_str s)
{
    if (as_str_is_absent(s)) {
        as_json_write_null(w);
        return;
    }
    before(w);
    as_json_quote(w->out, s);
}

void as_json_write_i64(as_json_writer *w, int64_t v)
{
    before(w);
    as_buf_printf(w->out, "%" PRId64, v);
}

void as_json_write_u64(as_json_writer *w, uint64_t v)
{
    before(w);
    as_buf_printf(w->out, "%" PRIu64, v);
}

void as_json_write_double(as_json_writer *w, double v)
{
    if (!isfinite(v)) {
        as_json_write_null(w);
        return;
    }
    before(w);
    put_double(w->out, v);
}

void as_json_write_bool(as_json_writer *w, bool v)
{
    before(w);
    as_buf_c(w->out, v ? "true" : "false");
}

void as_json_write_null(as_json_writer *w)
{
    before(w);
    as_buf_c(w->out, "null");
}

static void write_number(as_json_writer *w, as_json v)
{
    double d = 0;
    uint64_t u;
    int64_t i;

    if (as_json_i64(v, &i))
        as_json_write_i64(w, i);
    else if (as_json_u64(v, &u))
        as_json_write_u64(w, u);
    else if (as_json_double(v, &d))
        as_json_write_double(w, d);
}

/* Recursion is bounded by the depth of the document, and refused by open_level
 * beyond that of the writer: deeper values are written as null. */
void as_json_write_value(as_json_writer *w, as_json v)
{
    as_json_iter it = as_json_each(v);
    bool flag = false;

    switch (as_json_type_of(v)) {
    case AS_JSON_NONE:
    case AS_JSON_NULL: as_json_write_null(w); return;
    case AS_JSON_FALSE:
    case AS_JSON_TRUE:
        (void)!as_json_bool(v, &flag);
        as_json_write_bool(w, flag);
        return;
    case AS_JSON_NUMBER: write_number(w, v); return;
    case AS_JSON_STRING: as_json_write_str(w, as_json_str(v)); return;
    case AS_JSON_ARRAY:
    case AS_JSON_OBJECT: break;
    }
    if (w->depth >= AS_JSON_WRITE_DEPTH) {
        as_json_write_null(w);
        return;
    }
    open_level(w, it.object ? '{' : '[');
    while (as_json_next(&it)) {
        if (it.object)
            as_json_write_key(w, it.key);
        as_json_write_value(w, it.value);
    }
    close_level(w, it.object ? '}' : ']');
}

void as_json_write_field(as_json_writer *w, as_str key, as_str value)
{
    as_json_write_key(w, key);
    as_json_write_str(w, value);
}

void as_json_write_field_opt(as_json_writer *w, as_str key, as_str value)
{
    if (!as_str_is_empty(value))
        as_json_write_field(w, key, value);
}

void as_json_write_field_u64(as_json_writer *w, as_str key, uint64_t value)
{
    as_json_write_key(w, key);
    as_json_write_u64(w, value);
}

void as_json_write_field_bool(as_json_writer *w, as_str key, bool value)
{
    as_json_write_key(w, key);
    as_json_write_bool(w, value);
}

/* ---- canonical form (RFC 8785) ----------------------------------------- */

struct member {
    as_str key;
    as_json value;
};

/* The next code point of valid UTF-8. */
static uint32_t code_point(as_str s, size_t *i)
{
    uint8_t c = (uint8_t)s.p[(*i)++];
    uint32_t v = c < 0x80   ? c
                 : c < 0xE0 ? c & 0x1Fu
                 : c < 0xF0 ? c & 0xFu
                            : c & 7u;

    while (*i < s.n && ((uint8_t)s.p[*i] & 0xC0) == 0x80)
        v = v << 6 | ((uint8_t)s.p[(*i)++] & 0x3Fu);
    return v;
}

/* Order by UTF-16 code units (section 3.2.3): like code points, except that
 * those above U+FFFF sort as their surrogates, below U+E000. */
static uint32_t utf16_rank(uint32_t c)
{
    return c > 0xFFFF ? 0xD800u << 8 | c >> 10 : c << 8;
}

static int member_cmp(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    size_t i = 0, j = 0;

    while (i < x->key.n && j < y->key.n) {
        uint32_t c = code_point(x->key, &i), d = code_point(y->key, &j);
        if (c == d)
            continue;
        if (c > 0xFFFF && d > 0xFFFF)
            return c < d ? -1 : 1;
        return utf16_rank(c) < utf16_rank(d) ? -1 : 1;
    }
    return (i < x->key.n) - (j < y->key.n);
}

static as_rc canonical(as_json v, as_buf *out);

static as_rc canonical_object(as_json v, as_buf *out)
{
    size_t n = as_json_count(v), i = 0;
    struct member *members = calloc(n ? n : 1, sizeof *members);
    as_rc rc = AS_OK;

    if (!members)
        return AS_ERR_MEMORY;
    for (as_json_iter it = as_json_each(v); as_json_next(&it);)
        members[i++] = (struct member){it.key, it.value};
    qsort(members, n, sizeof *members, member_cmp);
    as_buf_byte(out, '{');
    for (i = 0; i < n && !rc; i++) {
        if (i)
            as_buf_byte(out, ',');
        as_json_quote(out, members[i].key);
        as_buf_byte(out, ':');
        rc = canonical(members[i].value, out);
    }
    as_buf_byte(out, '}');
    free(members);
    return rc;
}

static as_rc canonical_array(as_json v, as_buf *out)
{
    as_rc rc = AS_OK;

    as_buf_byte(out, '[');
    for (as_json_iter it = as_json_each(v); !rc && as_json_next(&it);) {
        if (it.index)
            as_buf_byte(out, ',');
        rc = canonical(it.value, out);
    }
    as_buf_byte(out, ']');
    return rc;
}

static as_rc canonical(as_json v, as_buf *out)
{
    double d = 0;

    switch (as_json_type_of(v)) {
    case AS_JSON_NONE:
    case AS_JSON_NULL: as_buf_c(out, "null"); return AS_OK;
    case AS_JSON_FALSE: as_buf_c(out, "false"); return AS_OK;
    case AS_JSON_TRUE: as_buf_c(out, "true"); return AS_OK;
    case AS_JSON_STRING: as_json_quote(out, as_json_str(v)); return AS_OK;
    case AS_JSON_NUMBER:
        (void)!as_json_double(v, &d);
        put_double(out, d);
        return AS_OK;
    case AS_JSON_ARRAY: return canonical_array(v, out);
    case AS_JSON_OBJECT: return canonical_object(v, out);
    }
    return AS_ERR_INTERNAL;
}

as_rc as_json_canonical(as_json v, as_buf *out, as_err *err)
{
    as_rc rc = canonical(v, out);

    if (rc)
        return as_fail(err, rc, "no memory for the canonical form");
    if (as_buf_failed(out))
        return as_fail(err, AS_ERR_LIMIT, "the canonical form passes %zu bytes",
                       out->ceiling);
    return AS_OK;
}
