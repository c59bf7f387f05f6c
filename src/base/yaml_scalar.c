/* SPDX-License-Identifier: Apache-2.0 */
/* Plain scalars by the core schema of YAML 1.2.2 section 10.3.2, and the JSON
 * they become. No libc conversion: those read the locale. */
#include "base/json_write.h"
#include "base/yaml_internal.h"

#include <inttypes.h>

static bool one_of(as_str s, const char *const *words)
{
    for (; *words; words++)
        if (as_str_eq(s, as_str_c(*words)))
            return true;
    return false;
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

static bool is_hex(char c)
{
    char l = as_ascii_lower(c);

    return as_ascii_is_digit(c) || (l >= 'a' && l <= 'f');
}

static size_t run(as_str s, size_t at, bool (*is)(char))
{
    while (at < s.n && is(s.p[at]))
        at++;
    return at;
}

static bool is_int(as_str s)
{
    size_t from = s.n && (s.p[0] == '-' || s.p[0] == '+');

    if (s.n > 2 && s.p[0] == '0' && s.p[1] == 'o')
        return run(s, 2, is_octal) == s.n;
    if (s.n > 2 && s.p[0] == '0' && s.p[1] == 'x')
        return run(s, 2, is_hex) == s.n;
    return s.n > from && run(s, from, as_ascii_is_digit) == s.n;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
struct number {
    bool minus, has_exponent, exponent_minus;
    as_str whole, fraction, exponent;
};

static bool split(as_str s, struct number *ret)
{
    size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+'), from = at;

    *ret = (struct number){.minus = s.n && s.p[0] == '-'};
    at = run(s, from, as_ascii_is_digit);
    ret->whole = as_str_slice(s, from, at);
    if (at < s.n && s.p[at] == '.') {
        from = at + 1;
        at = run(s, from, as_ascii_is_digit);
        ret->fraction = as_str_slice(s, from, at);
    }
    if (ret->whole.n + ret->fraction.n == 0)
        return false;
    if (at == s.n)
        return true;
    if (s.p[at] != 'e' && s.p[at] != 'E')
        return false;
    from = at + 1;
    if (from < s.n && (s.p[from] == '-' || s.p[from] == '+'))
        ret->exponent_minus = s.p[from++] == '-';
    ret->has_exponent = true;
    ret->exponent = as_str_slice(s, from, s.n);
    return from < s.n && run(s, from, as_ascii_is_digit) == s.n;
}

static bool is_float(as_str s)
{
    static const char *const nan[] = {".nan", ".NaN", ".NAN", NULL};
    static const char *const inf[] = {".inf", ".Inf", ".INF", NULL};
    struct number n;
    size_t sign = s.n && (s.p[0] == '-' || s.p[0] == '+');

    return split(s, &n) || one_of(s, nan) ||
           one_of(as_str_slice(s, sign, s.n), inf);
}

as_yaml_kind as_yaml_resolve(as_str s)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const trues[] = {"true", "True", "TRUE", NULL};
    static const char *const falses[] = {"false", "False", "FALSE", NULL};

    if (s.n <= 5) {
        if (one_of(s, nulls))
            return AS_YAML_NULL;
        if (one_of(s, trues))
            return AS_YAML_TRUE;
        if (one_of(s, falses))
            return AS_YAML_FALSE;
    }
    if (is_int(s))
        return AS_YAML_INT;
    return is_float(s) ? AS_YAML_FLOAT : AS_YAML_STRING;
}

static as_str without_zeros(as_str digits)
{
    size_t from = 0;

    while (from < digits.n && digits.p[from] == '0')
        from++;
    return as_str_slice(digits, from, digits.n);
}

/* Digits of base 8 or 16; false beyond 64 bits. */
static bool based(as_str digits, unsigned shift, uint64_t *ret)
{
    uint64_t v = 0;

    for (size_t i = 0; i < digits.n; i++) {
        char c = as_ascii_lower(digits.p[i]);
        if (v >> (64 - shift))
            return false;
        v = v << shift |
            (uint64_t)(as_ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    *ret = v;
    return true;
}

static void put_int(as_buf *out, as_str s)
{
    bool minus = s.p[0] == '-', fits;
    size_t from = minus || s.p[0] == '+';
    uint64_t v = 0;

    if (s.n > 2 && s.p[1] == 'x')
        fits = based(as_str_slice(s, 2, s.n), 4, &v);
    else if (s.n > 2 && s.p[1] == 'o')
        fits = based(as_str_slice(s, 2, s.n), 3, &v);
    else
        fits = as_str_u64(as_str_slice(s, from, s.n), &v);
    if (!fits || (minus && v > (uint64_t)INT64_MAX + 1))
        as_json_quote(out, s);
    else
        as_buf_printf(out, "%s%" PRIu64, minus && v ? "-" : "", v);
}

/* At most 100000, which no double reaches. */
static int64_t exponent_of(const struct number *n)
{
    int64_t e = 0;

    for (size_t i = 0; i < n->exponent.n && e < 100000; i++)
        e = e * 10 + (n->exponent.p[i] - '0');
    return n->exponent_minus ? -e : e;
}

static void put_float(as_buf *out, as_str s)
{
    struct number n;
    as_str whole, tail;
    int64_t exponent, magnitude;

    if (!split(s, &n)) {
        as_json_quote(out, s);
        return;
    }
    exponent = exponent_of(&n);
    whole = without_zeros(n.whole);
    tail = without_zeros(n.fraction);
    /* of the first digit that counts: 1 for 10, -2 for 0.01 */
    magnitude = whole.n ? (int64_t)whole.n - 1
                        : (int64_t)tail.n - (int64_t)n.fraction.n - 1;
    if (whole.n + tail.n == 0 || magnitude + exponent < -400) {
        as_buf_c(out, n.minus ? "-0.0" : "0.0");
        return;
    }
    if (magnitude + exponent >= 308) {
        as_json_quote(out, s);
        return;
    }
    as_buf_c(out, n.minus ? "-" : "");
    as_buf_str(out, whole.n ? whole : AS_STR("0"));
    if (n.fraction.n || !n.has_exponent) {
        as_buf_byte(out, '.');
        as_buf_str(out, n.fraction.n ? n.fraction : AS_STR("0"));
    }
    if (n.has_exponent)
        as_buf_printf(out, "e%" PRId64, exponent);
}

void as_yaml_put(as_buf *out, as_yaml_kind kind, as_str s)
{
    switch (kind) {
    case AS_YAML_STRING: as_json_quote(out, s); break;
    case AS_YAML_NULL: as_buf_c(out, "null"); break;
    case AS_YAML_TRUE: as_buf_c(out, "true"); break;
    case AS_YAML_FALSE: as_buf_c(out, "false"); break;
    case AS_YAML_INT: put_int(out, s); break;
    case AS_YAML_FLOAT: put_float(out, s); break;
    }
}
