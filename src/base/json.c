/* SPDX-License-Identifier: Apache-2.0 */
/* JSON values: the walk over simdjson's tape, and what simdjson lets pass and
 * we do not (duplicate keys, lone surrogates, a number written as NaN).
 *
 * A word of the tape holds its kind in the top byte:
 *   r root   { } [ ]   " string (offset into the strings)
 *   l int64, u uint64, d double (value in the next word)   t f n
 * An opening bracket holds the index behind its closing one (32 bits) and the
 * count of its members (24 bits, saturated). */
#include "base/json_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct as_json_doc {
    as_json_tape tape;
};

enum { KIND_SHIFT = 56, COUNT_SHIFT = 32, COUNT_MASK = 0xFFFFFF };

static uint64_t word(const as_json_doc *d, size_t at)
{
    return d->tape.words[at];
}

static char kind(const as_json_doc *d, size_t at)
{
    return (char)(word(d, at) >> KIND_SHIFT);
}

static as_str string_at(const as_json_doc *d, size_t at)
{
    uint64_t offset = word(d, at) & ((UINT64_C(1) << KIND_SHIFT) - 1);
    uint32_t n;

    memcpy(&n, d->tape.strings + offset, sizeof n);
    return (as_str){(const char *)d->tape.strings + offset + sizeof n, n};
}

/* Index of the element behind the one at. */
static size_t behind(const as_json_doc *d, size_t at)
{
    switch (kind(d, at)) {
    case '{':
    case '[': return (uint32_t)word(d, at);
    case 'l':
    case 'u':
    case 'd': return at + 2;
    default: return at + 1;
    }
}

/* ---- duplicate keys ---------------------------------------------------- */

enum { FEW_KEYS = 12 };

struct key_set {
    as_str *slots;
    size_t cap;
};

static bool set_reset(struct key_set *set, size_t n)
{
    size_t cap = 64;

    while (cap < n * 2)
        cap *= 2;
    if (cap > set->cap) {
        free(set->slots);
        set->slots = malloc(cap * sizeof *set->slots);
        set->cap = set->slots ? cap : 0;
        if (!set->slots)
            return false;
    }
    memset(set->slots, 0, set->cap * sizeof *set->slots);
    return true;
}

/* True when the key was there already. */
static bool set_add(struct key_set *set, as_str key)
{
    size_t i = (size_t)as_str_hash(key) & (set->cap - 1);

    while (set->slots[i].p) {
        if (as_str_eq(set->slots[i], key))
            return true;
        i = (i + 1) & (set->cap - 1);
    }
    set->slots[i] = key;
    return false;
}

static bool few_keys_repeat(const as_json_doc *d, size_t at, size_t end,
                            as_str *ret_key)
{
    as_str keys[FEW_KEYS];
    size_t n = 0;

    while (at < end) {
        as_str key = string_at(d, at);
        for (size_t i = 0; i < n; i++) {
            if (keys[i].n == key.n && as_str_eq(keys[i], key)) {
                *ret_key = key;
                return true;
            }
        }
        if (n < FEW_KEYS)
            keys[n++] = key;
        at = behind(d, at + 1);
    }
    return false;
}

static bool many_keys_repeat(const as_json_doc *d, size_t at, size_t end,
                             struct key_set *set, as_str *ret_key)
{
    while (at < end) {
        as_str key = string_at(d, at);
        if (set_add(set, key)) {
            *ret_key = key;
            return true;
        }
        at = behind(d, at + 1);
    }
    return false;
}

/* Looks at every object of the tape. *ret_at is the object that repeats. */
static as_rc find_duplicate(const as_json_doc *d, size_t *ret_at,
                            as_str *ret_key)
{
    size_t last = (uint32_t)word(d, 0);
    struct key_set set = {NULL, 0};
    as_rc rc = AS_OK;

    for (size_t at = 1; at + 1 < last; at++) {
        char k = kind(d, at);
        size_t end, n;
        bool repeat;

        if (k == 'l' || k == 'u' || k == 'd')
            at++;
        if (k != '{')
            continue;
        end = behind(d, at) - 1;
        n = (word(d, at) >> COUNT_SHIFT) & COUNT_MASK;
        if (n == COUNT_MASK)
            n = (end - at) / 2;
        if (n <= FEW_KEYS) {
            repeat = few_keys_repeat(d, at + 1, end, ret_key);
        } else if (set_reset(&set, n)) {
            repeat = many_keys_repeat(d, at + 1, end, &set, ret_key);
        } else {
            rc = AS_ERR_MEMORY;
            break;
        }
        if (repeat) {
            *ret_at = at;
            rc = AS_ERR_INPUT;
            break;
        }
    }
    free(set.slots);
    return rc;
}

/* Path of the element at index target, by walking down from the root. */
static void path_of(const as_json_doc *d, size_t target, as_buf *path)
{
    size_t at = 1;

    while (at != target) {
        bool object = kind(d, at) == '{';
        size_t child = at + 1, index = 0, value;
        for (;; index++) {
            value = object ? child + 1 : child;
            if (target < behind(d, value))
                break;
            child = behind(d, value);
        }
        if (object)
            as_json_pointer_key(path, string_at(d, child));
        else
            as_json_pointer_index(path, index);
        at = value;
    }
}

static as_rc refuse_duplicate(const as_json_doc *d, as_span in, size_t at,
                              as_str key, as_err *err)
{
    as_buf path;

    if (!err)
        return AS_ERR_INPUT;
    as_buf_init(&path, AS_MIB);
    path_of(d, at, &path);
    as_json_locate(in, as_buf_text(&path), &err->place);
    as_json_locate_key(in, key, &err->place);
    as_err_path(err, as_buf_text(&path));
    as_buf_done(&path);
    as_fail(err, AS_ERR_INPUT, "the key \"%.*s\" stands twice in one object",
            AS_FMT(as_str_slice(key, 0, 100)));
    return AS_ERR_INPUT;
}

/* ---- reading ----------------------------------------------------------- */

static as_rc refuse(as_span whole, as_span in, size_t depth, as_json_fast how,
                    as_err *err)
{
    as_place at;
    const char *why;

    if (how == AS_JSON_FAST_MEMORY)
        return as_fail(err, AS_ERR_MEMORY, "no memory to read the document");
    as_place_init(&at);
    why = as_json_diagnose(in, depth, &at);
    if (!why) {
        as_fail(err, AS_ERR_INPUT, "a number is out of range");
        return AS_ERR_INPUT;
    }
    if (err) {
        size_t skipped = whole.n - in.n;
        err->place.line = at.line;
        err->place.column = at.column + (at.line == 1 ? skipped : 0);
        err->place.offset = at.offset + skipped;
    }
    if (strcmp(why, "it is nested too deeply") == 0)
        return as_fail(err, AS_ERR_LIMIT,
                       "the JSON is nested more than %zu levels deep", depth);
    if (strcmp(why, "a number is out of range") == 0)
        return as_fail(err, AS_ERR_INPUT, "%s", why);
    return as_fail(err, AS_ERR_INPUT, "this is not valid JSON: %s", why);
}

/* Whether digits, with a sign before them, are an integer of 64 bits. */
static bool fits(as_str digits, bool minus)
{
    uint64_t v;

    return as_str_u64(digits, &v) && (!minus || v <= (uint64_t)INT64_MAX + 1);
}

/* At the first digit of a number; returns what stands behind it. An integer
 * too wide gets a fraction. */
static size_t widen_number(as_span in, size_t at, bool minus, as_buf *out)
{
    size_t from = at, digits;

    while (at < in.n && as_ascii_is_digit((char)in.p[at]))
        at++;
    digits = at - from;
    while (at < in.n && (as_ascii_is_alnum((char)in.p[at]) || in.p[at] == '.' ||
                         in.p[at] == '+' || in.p[at] == '-'))
        at++;
    as_buf_put(out, in.p + from, at - from);
    if (at - from == digits &&
        !fits(as_str_of((const char *)in.p + from, digits), minus))
        as_buf_c(out, ".0");
    return at;
}

/* The text with its integers beyond 64 bits written as doubles, which is what
 * they are to JSON (RFC 8259 section 6) and what RFC 8785 makes of doubles
 * from 2^64 to 1e21. The fast parser refuses them as they stand. */
static void widen(as_span in, as_buf *out)
{
    size_t at = 0;

    while (at < in.n) {
        size_t from = at;
        char c = (char)in.p[at];
        if (as_ascii_is_digit(c)) {
            at = widen_number(in, at, at > 0 && in.p[at - 1] == '-', out);
            continue;
        }
        at++;
        while (c == '"' && at < in.n && in.p[at] != '"')
            at += in.p[at] == '\\' ? 2 : 1;
        at += c == '"';
        if (at > in.n)
            at = in.n;
        as_buf_put(out, in.p + from, at - from);
    }
}

static as_json_fast parse(as_span in, const as_json_limits *limits,
                          as_json_tape *ret)
{
    as_json_fast how =
        as_json_fast_parse(in, limits->padded, limits->depth, ret);
    as_buf wide;

    if (how != AS_JSON_FAST_NUMBER)
        return how;
    as_buf_init(&wide, in.n < SIZE_MAX / 4 ? in.n * 2 : in.n);
    widen(in, &wide);
    if (!as_buf_failed(&wide))
        how = as_json_fast_parse(as_buf_span(&wide), false, limits->depth, ret);
    as_buf_done(&wide);
    return how;
}

/* Marks that stand before a value, those inside of strings with them. */
static size_t count_marks(as_span in)
{
    enum { BLOCK = 64 };
    size_t i = 0, n = 0;

    for (; in.n - i >= BLOCK; i += BLOCK) {
        unsigned char some = 0; /* at most BLOCK */
        for (unsigned k = 0; k < BLOCK; k++) {
            uint8_t c = in.p[i + k];
            some = (unsigned char)(some + (c == ',' || c == ':' || c == '[' ||
                                           c == '{'));
        }
        n += some;
    }
    return n + (in.n - i);
}

static as_rc check_limits(as_span in, const as_json_limits *limits, as_err *err)
{
    if (in.n > limits->bytes)
        return as_fail(err, AS_ERR_LIMIT,
                       "the document has %zu bytes, more than the %zu allowed",
                       in.n, limits->bytes);
    if (as_str_is_empty(as_str_trim(
            as_str_of((const char *)in.p, in.n < 4096 ? in.n : 4096))) &&
        in.n <= 4096)
        return as_fail(err, AS_ERR_INPUT, "the document is empty");
    /* What a value takes in memory, whatever it takes in the text: "0," is 28
     * bytes. */
    if (in.n > AS_LIMIT_JSON_MARKS && count_marks(in) > AS_LIMIT_JSON_MARKS) {
        as_fail(err, AS_ERR_LIMIT,
                "the document has more than %zu values, counted by the marks "
                ", : [ {",
                AS_LIMIT_JSON_MARKS);
        as_err_hint(err, "split it, or leave out what is not needed");
        return AS_ERR_LIMIT;
    }
    return AS_OK;
}

as_rc as_json_read(as_span whole, const as_json_limits *limits,
                   as_json_doc **ret, as_err *err)
{
    static const as_json_limits house = {AS_LIMIT_INPUT_BYTES,
                                         AS_LIMIT_JSON_DEPTH, false};
    as_span in = whole;
    as_json_doc *d;
    as_json_fast how;
    as_str key = AS_ABSENT;
    size_t at = 0;
    as_rc rc;

    limits = limits ? limits : &house;
    if (in.n >= 3 && memcmp(in.p, "\xEF\xBB\xBF", 3) == 0)
        in = (as_span){in.p + 3, in.n - 3};
    rc = check_limits(in, limits, err);
    if (rc)
        return rc;
    d = calloc(1, sizeof *d);
    if (!d)
        return refuse(whole, in, limits->depth, AS_JSON_FAST_MEMORY, err);
    how = parse(in, limits, &d->tape);
    if (how != AS_JSON_FAST_OK) {
        free(d);
        return refuse(whole, in, limits->depth, how, err);
    }
    rc = find_duplicate(d, &at, &key);
    if (rc == AS_ERR_INPUT)
        refuse_duplicate(d, whole, at, key, err);
    else if (rc)
        as_fail(err, rc, "no memory to read the document");
    if (rc) {
        as_json_free(d);
        return rc;
    }
    *ret = d;
    return AS_OK;
}

as_json_doc *as_json_free(as_json_doc *doc)
{
    if (doc) {
        as_json_fast_free(doc->tape.owner);
        free(doc);
    }
    return NULL;
}

void as_json_cleanup(as_json_doc **doc)
{
    *doc = as_json_free(*doc);
}

/* ---- values ------------------------------------------------------------ */

as_json as_json_root(const as_json_doc *doc)
{
    return (as_json){doc, 1};
}

as_json_type as_json_type_of(as_json v)
{
    if (!v.doc)
        return AS_JSON_NONE;
    switch (kind(v.doc, v.at)) {
    case 'n': return AS_JSON_NULL;
    case 'f': return AS_JSON_FALSE;
    case 't': return AS_JSON_TRUE;
    case 'l':
    case 'u':
    case 'd': return AS_JSON_NUMBER;
    case '"': return AS_JSON_STRING;
    case '[': return AS_JSON_ARRAY;
    case '{': return AS_JSON_OBJECT;
    default: return AS_JSON_NONE;
    }
}

as_str as_json_str(as_json v)
{
    if (!as_json_is(v, AS_JSON_STRING))
        return AS_ABSENT;
    return string_at(v.doc, v.at);
}

bool as_json_i64(as_json v, int64_t *ret)
{
    uint64_t raw;

    if (!v.doc || kind(v.doc, v.at) != 'l')
        return false;
    raw = word(v.doc, v.at + 1);
    memcpy(ret, &raw, sizeof raw);
    return true;
}

bool as_json_u64(as_json v, uint64_t *ret)
{
    int64_t i;

    if (v.doc && kind(v.doc, v.at) == 'u') {
        *ret = word(v.doc, v.at + 1);
        return true;
    }
    if (!as_json_i64(v, &i) || i < 0)
        return false;
    *ret = (uint64_t)i;
    return true;
}

bool as_json_double(as_json v, double *ret)
{
    uint64_t raw;
    int64_t i;

    if (!as_json_is(v, AS_JSON_NUMBER))
        return false;
    raw = word(v.doc, v.at + 1);
    if (kind(v.doc, v.at) == 'd')
        memcpy(ret, &raw, sizeof raw);
    else if (as_json_i64(v, &i))
        *ret = (double)i;
    else
        *ret = (double)raw;
    return true;
}

bool as_json_bool(as_json v, bool *ret)
{
    as_json_type t = as_json_type_of(v);

    if (t != AS_JSON_TRUE && t != AS_JSON_FALSE)
        return false;
    *ret = t == AS_JSON_TRUE;
    return true;
}

as_json as_json_get(as_json object, as_str key)
{
    as_json_iter it;

    if (!as_json_is(object, AS_JSON_OBJECT))
        return (as_json){NULL, 0};
    it = as_json_each(object);
    while (as_json_next(&it))
        if (as_str_eq(it.key, key))
            return it.value;
    return (as_json){NULL, 0};
}

as_str as_json_get_str(as_json object, as_str key)
{
    return as_json_str(as_json_get(object, key));
}

size_t as_json_count(as_json v)
{
    as_json_iter it = as_json_each(v);
    size_t n;

    if (!it.doc)
        return 0;
    n = (word(v.doc, v.at) >> COUNT_SHIFT) & COUNT_MASK;
    if (n < COUNT_MASK)
        return n;
    for (n = 0; as_json_next(&it);)
        n++;
    return n;
}

as_json_iter as_json_each(as_json v)
{
    as_json_iter it = {.index = SIZE_MAX};
    char k = v.doc ? kind(v.doc, v.at) : 0;

    if (k != '{' && k != '[')
        return it;
    it.doc = v.doc;
    it.at = v.at + 1;
    it.end = behind(v.doc, v.at) - 1;
    it.object = k == '{';
    return it;
}

bool as_json_next(as_json_iter *it)
{
    if (!it->doc || it->at >= it->end)
        return false;
    if (it->object)
        it->key = string_at(it->doc, it->at++);
    it->value = (as_json){it->doc, it->at};
    it->at = behind(it->doc, it->at);
    it->index++;
    return true;
}
