/* SPDX-License-Identifier: Apache-2.0 */
/* The slow, exact walk over JSON text (RFC 8259): names line and column of the
 * first error after the fast parser has refused, and finds the place of a
 * value that a JSON Pointer names. Iterative: depth costs no stack.
 *
 * Picture: a state of one byte per open container in a growing stack, and, for
 * locate, how many segments of the pointer have matched so far. */
#include "base/json_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct scan {
    as_span in;
    size_t at;
    const char *why; /* first error, at .at */
};

static void skip_space(struct scan *s)
{
    while (s->at < s->in.n) {
        uint8_t c = s->in.p[s->at];
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
            return;
        s->at++;
    }
}

static bool fail(struct scan *s, const char *why)
{
    if (!s->why)
        s->why = why;
    return false;
}

static int peek(const struct scan *s)
{
    return s->at < s->in.n ? s->in.p[s->at] : -1;
}

static int hex4(const struct scan *s, size_t at)
{
    int v = 0;

    if (s->in.n - at < 4)
        return -1;
    for (size_t i = at; i < at + 4; i++) {
        int c = s->in.p[i];
        int d = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
        if (d < 0)
            return -1;
        v = v * 16 + d;
    }
    return v;
}

/* At the 'u' of an escape. A high surrogate must be followed by a low one. */
static bool scan_unicode(struct scan *s)
{
    int hi = hex4(s, s->at + 1), lo;

    if (hi < 0)
        return fail(s, "\\u is not followed by four hexadecimal digits");
    s->at += 5;
    if (hi < 0xD800 || hi > 0xDFFF)
        return true;
    if (hi > 0xDBFF || s->in.n - s->at < 6 || s->in.p[s->at] != '\\' ||
        s->in.p[s->at + 1] != 'u')
        return fail(s, "a surrogate stands alone");
    lo = hex4(s, s->at + 2);
    if (lo < 0xDC00 || lo > 0xDFFF)
        return fail(s, "a surrogate stands alone");
    s->at += 6;
    return true;
}

/* At the opening quote; ends behind the closing one. */
static bool scan_string(struct scan *s)
{
    s->at++;
    for (;;) {
        int c = peek(s);
        if (c < 0)
            return fail(s, "the text ends inside a string");
        if (c < 0x20)
            return fail(s, "a control character stands in a string");
        if (c == '"') {
            s->at++;
            return true;
        }
        s->at++;
        if (c != '\\')
            continue;
        c = peek(s);
        if (c == 'u') {
            if (!scan_unicode(s))
                return false;
            continue;
        }
        if (c < 0 || !strchr("\"\\/bfnrt", c) || c == 0)
            return fail(s, "an unknown escape stands in a string");
        s->at++;
    }
}

static bool digits(struct scan *s)
{
    size_t from = s->at;

    while (peek(s) >= '0' && peek(s) <= '9')
        s->at++;
    return s->at > from;
}

/* Digits enough, or an exponent, to pass what a double holds. */
static bool is_finite(const struct scan *s, size_t from)
{
    size_t n = s->at - from;
    bool finite = true;
    as_buf text;

    if (n < 300 && !memchr(s->in.p + from, 'e', n) &&
        !memchr(s->in.p + from, 'E', n))
        return true;
    as_buf_init(&text, n + 1);
    as_buf_put(&text, s->in.p + from, n);
    as_buf_byte(&text, 0);
    if (!as_buf_failed(&text))
        finite = isfinite(strtod(text.p, NULL));
    as_buf_done(&text);
    return finite;
}

static bool scan_number(struct scan *s)
{
    size_t from = s->at;

    if (peek(s) == '-')
        s->at++;
    if (peek(s) == '0')
        s->at++;
    else if (!digits(s))
        return fail(s, "a number has no digits");
    if (peek(s) >= '0' && peek(s) <= '9')
        return fail(s, "a number starts with 0");
    if (peek(s) == '.') {
        s->at++;
        if (!digits(s))
            return fail(s, "a number has no digits behind its point");
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        s->at++;
        if (peek(s) == '+' || peek(s) == '-')
            s->at++;
        if (!digits(s))
            return fail(s, "a number has no digits in its exponent");
    }
    if (is_finite(s, from))
        return true;
    s->at = from;
    return fail(s, "a number is out of range");
}

static bool scan_word(struct scan *s, const char *word)
{
    size_t n = strlen(word);

    if (s->in.n - s->at < n || memcmp(s->in.p + s->at, word, n) != 0)
        return fail(s, "a value is expected");
    s->at += n;
    return true;
}

static bool scan_scalar(struct scan *s)
{
    switch (peek(s)) {
    case '"': return scan_string(s);
    case 't': return scan_word(s, "true");
    case 'f': return scan_word(s, "false");
    case 'n': return scan_word(s, "null");
    case -1: return fail(s, "the text ends where a value is expected");
    default: break;
    }
    if (peek(s) == '-' || (peek(s) >= '0' && peek(s) <= '9'))
        return scan_number(s);
    return fail(s, "a value is expected");
}

/* The open containers: '{' or '[' each. */
struct stack {
    as_buf kinds;
    size_t ceiling;
};

static bool push(struct scan *s, struct stack *st, char kind)
{
    if (st->kinds.n >= st->ceiling)
        return fail(s, "it is nested too deeply");
    as_buf_byte(&st->kinds, kind);
    s->at++;
    return true;
}

static char top(const struct stack *st)
{
    return st->kinds.n ? st->kinds.p[st->kinds.n - 1] : 0;
}

/* A member's key and colon. */
static bool scan_key(struct scan *s)
{
    skip_space(s);
    if (peek(s) != '"')
        return fail(s, peek(s) < 0 ? "the text ends inside an object"
                                   : "a key in quotes is expected");
    if (!scan_string(s))
        return false;
    skip_space(s);
    if (peek(s) != ':')
        return fail(s, "a colon is expected behind the key");
    s->at++;
    return true;
}

/* Behind a value: commas and closing brackets, until a value is due (true) or
 * the document is over (*done). */
static bool scan_after(struct scan *s, struct stack *st, bool *done)
{
    for (;;) {
        skip_space(s);
        if (st->kinds.n == 0) {
            *done = true;
            return s->at == s->in.n ||
                   fail(s, "bytes stand behind the end of the document");
        }
        bool object = top(st) == '{';
        int c = peek(s);
        if (c == (object ? '}' : ']')) {
            st->kinds.n--;
            s->at++;
            continue;
        }
        if (c == ',') {
            s->at++;
            return !object || scan_key(s);
        }
        return fail(s, c < 0    ? "the text ends inside a container"
                       : object ? "a comma or '}' is expected"
                                : "a comma or ']' is expected");
    }
}

/* At a value: descends into containers, scans one scalar or one empty
 * container. */
static bool scan_value(struct scan *s, struct stack *st)
{
    for (;;) {
        skip_space(s);
        int c = peek(s);
        if (c != '{' && c != '[')
            return scan_scalar(s);
        if (!push(s, st, (char)c))
            return false;
        skip_space(s);
        if (peek(s) == (c == '{' ? '}' : ']'))
            return true; /* scan_after closes it */
        if (c == '{' && !scan_key(s))
            return false;
    }
}

static bool scan_document(struct scan *s, struct stack *st)
{
    bool done = false;

    while (!done)
        if (!scan_value(s, st) || !scan_after(s, st, &done))
            return false;
    return true;
}

void as_json_line_of(as_span in, size_t at, as_place *place)
{
    size_t line_start = 0;
    uint64_t line = 1;

    for (size_t i = 0; i < at && i < in.n; i++) {
        if (in.p[i] == '\n') {
            line++;
            line_start = i + 1;
        }
    }
    place->line = line;
    place->column = at - line_start + 1;
    place->offset = at;
}

const char *as_json_diagnose(as_span in, size_t depth, as_place *place)
{
    struct scan s = {in, 0, NULL};
    struct stack st;
    size_t bad = as_span_utf8_bad(in);

    as_buf_init(&st.kinds, depth + 1);
    st.ceiling = depth;
    scan_document(&s, &st);
    as_buf_done(&st.kinds);
    if (bad < in.n && (!s.why || bad < s.at)) {
        s.why = "the bytes are not valid UTF-8";
        s.at = bad;
    }
    if (s.why)
        as_json_line_of(in, s.at, place);
    return s.why;
}

/* One segment of a JSON Pointer against a raw key between its quotes. Keys with
 * escapes are compared after unescaping by the fast parser's rules; here we
 * compare the plain ones and accept an escaped key as it is spelt. */
static bool segment_is(as_str segment, as_str key)
{
    size_t k = 0;

    for (size_t i = 0; i < segment.n; i++, k++) {
        char c = segment.p[i];
        if (c == '~' && i + 1 < segment.n)
            c = segment.p[++i] == '1' ? '/' : '~';
        if (k >= key.n || key.p[k] != c)
            return false;
    }
    return k == key.n;
}

/* Skips a whole value. */
static bool skip_value(struct scan *s)
{
    struct stack st;
    size_t depth_left;
    bool ok = true;

    as_buf_init(&st.kinds, AS_MIB);
    st.ceiling = AS_MIB;
    do {
        if (!scan_value(s, &st)) {
            ok = false;
            break;
        }
        depth_left = st.kinds.n;
        while (depth_left) {
            skip_space(s);
            int c = peek(s);
            if (c == '}' || c == ']') {
                s->at++;
                st.kinds.n = --depth_left;
                continue;
            }
            break;
        }
        if (!depth_left)
            break;
        s->at++; /* the comma */
        if (top(&st) == '{' && !scan_key(s))
            ok = false;
    } while (ok);
    as_buf_done(&st.kinds);
    return ok;
}

/* In an object, where a member begins: to its value. *ret_key as it is spelt.
 */
static bool enter_key(struct scan *s, as_str *ret_key)
{
    size_t from;

    skip_space(s);
    from = s->at + 1;
    if (peek(s) != '"' || !scan_string(s))
        return false;
    *ret_key = (as_str){(const char *)s->in.p + from, s->at - 1 - from};
    skip_space(s);
    if (peek(s) != ':')
        return false;
    s->at++;
    skip_space(s);
    return true;
}

/* From a value to the next member or element. */
static bool skip_to_next(struct scan *s)
{
    if (!skip_value(s))
        return false;
    skip_space(s);
    if (peek(s) != ',')
        return false;
    s->at++;
    return true;
}

/* In an object just opened: moves to the value of the member. */
static bool enter_member(struct scan *s, as_str segment)
{
    as_str key;

    do {
        if (!enter_key(s, &key))
            return false;
        if (segment_is(segment, key))
            return true;
    } while (skip_to_next(s));
    return false;
}

static bool enter_element(struct scan *s, as_str segment)
{
    uint64_t want;

    if (!as_str_u64(segment, &want))
        return false;
    for (uint64_t i = 0;; i++) {
        skip_space(s);
        if (peek(s) == ']' || peek(s) < 0)
            return false;
        if (i == want)
            return true;
        if (!skip_to_next(s))
            return false;
    }
}

void as_json_locate(as_span in, as_str pointer, as_place *place)
{
    struct scan s = {in, 0, NULL};
    size_t best;

    if (in.n >= 3 && memcmp(in.p, "\xEF\xBB\xBF", 3) == 0)
        s.at = 3;
    skip_space(&s);
    best = s.at;
    while (pointer.n && pointer.p[0] == '/') {
        as_str rest = as_str_slice(pointer, 1, pointer.n);
        as_str segment = as_str_cut(&rest, '/');
        int c = peek(&s);
        s.at++;
        if (c == '{' ? !enter_member(&s, segment)
                     : c != '[' || !enter_element(&s, segment))
            break;
        best = s.at;
        if (as_str_is_absent(rest))
            break;
        pointer = as_str_of(rest.p - 1, rest.n + 1);
    }
    as_json_line_of(in, best, place);
}

void as_json_locate_key(as_span in, as_str key, as_place *place)
{
    struct scan s = {in, place->offset + 1, NULL};
    size_t last = place->offset;
    as_str k;

    do {
        if (!enter_key(&s, &k))
            break;
        if (as_str_eq(k, key))
            last = (size_t)((const uint8_t *)k.p - in.p) - 1;
    } while (skip_to_next(&s));
    as_json_line_of(in, last, place);
}

void as_json_pointer_key(as_buf *pointer, as_str key)
{
    as_buf_byte(pointer, '/');
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] == '~')
            as_buf_c(pointer, "~0");
        else if (key.p[i] == '/')
            as_buf_c(pointer, "~1");
        else
            as_buf_byte(pointer, key.p[i]);
    }
}

void as_json_pointer_index(as_buf *pointer, size_t index)
{
    as_buf_printf(pointer, "/%zu", index);
}
