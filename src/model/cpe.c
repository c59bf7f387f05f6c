/* SPDX-License-Identifier: Apache-2.0 */
/* CPE names: the two bindings, and JSON; see cpe.h. Comparing is in
 * cpe_compare.c. */
#include "model/cpe.h"

#include "base/limits.h"

#include <string.h>

enum { URI_COMPONENTS = 7, PACKED = 5 };

static const as_str words[AS_CPE_ATTRIBUTES] = {
    AS_STR_INIT("part"),      AS_STR_INIT("vendor"),
    AS_STR_INIT("product"),   AS_STR_INIT("version"),
    AS_STR_INIT("update"),    AS_STR_INIT("edition"),
    AS_STR_INIT("language"),  AS_STR_INIT("sw_edition"),
    AS_STR_INIT("target_sw"), AS_STR_INIT("target_hw"),
    AS_STR_INIT("other"),
};

as_str as_cpe_attribute_word(as_cpe_which which)
{
    return words[which];
}

/* --- reading --- */

/* Builds the quoted form of one value and watches where wildcards stand. */
typedef struct reader {
    as_str text;
    as_arena *arena;
    as_err *err;
    bool lenient;
    char *p; /* the value so far */
    size_t n;
    bool body;        /* a character that is no wildcard was seen */
    const char *wild; /* the first wildcard behind one, in the text */
} reader;

static as_rc fail_at(const reader *r, const char *at, const char *why)
{
    if (r->err)
        as_err_line(r->err, 1, (uint64_t)(at - r->text.p) + 1);
    return as_fail(r->err, AS_ERR_INPUT,
                   "could not read the CPE name \"%.*s\": %s",
                   AS_FMT(as_str_slice(r->text, 0, 128)), why);
}

static as_rc add_sign(reader *r, char c, const char *at)
{
    if (c <= ' ' || c > '~')
        return fail_at(r, at, "a space, control or non-ASCII character");
    if (r->wild)
        return fail_at(r, r->wild,
                       "an unquoted wildcard in the midst of a value");
    r->body = true;
    if (!as_ascii_is_alnum(c) && c != '_')
        r->p[r->n++] = '\\';
    r->p[r->n++] = c;
    return AS_OK;
}

static as_rc add_wildcard(reader *r, char c, const char *at)
{
    if (r->body && !r->wild)
        r->wild = at;
    r->p[r->n++] = c;
    return AS_OK;
}

static bool begin_value(reader *r, size_t n)
{
    r->p = as_arena_alloc(r->arena, 2 * n + 1);
    r->n = 0;
    r->body = false;
    r->wild = NULL;
    return r->p != NULL;
}

/* The value built in r as an attribute. Of a part only a, o and h are. */
static as_rc end_value(reader *r, as_cpe_which which, const char *at,
                       as_cpe_attribute *ret)
{
    as_str v = as_str_of(r->p, r->n);

    if (as_str_eq(v, AS_STR("*"))) {
        *ret = (as_cpe_attribute){AS_CPE_ANY, AS_ABSENT};
        return AS_OK;
    }
    if (which == AS_CPE_PART) {
        r->p[0] = as_ascii_lower(r->p[0]);
        if (v.n != 1 || !memchr("aoh", r->p[0], 3))
            return fail_at(r, at, "the part is not a, o or h");
    }
    *ret = (as_cpe_attribute){AS_CPE_VALUE, v};
    return AS_OK;
}

static as_rc no_memory(const reader *r)
{
    return as_fail(r->err, AS_ERR_MEMORY,
                   "could not read the CPE name: no memory is left for it");
}

/* "*" and "-"; in a URI nothing is ANY, and a bare "*" is what tools write
 * there when they mean it. */
static bool read_logical(as_str raw, bool uri, as_cpe_attribute *ret)
{
    bool any = (uri && raw.n == 0) || as_str_eq(raw, AS_STR("*"));

    if (!any && !as_str_eq(raw, AS_STR("-")))
        return false;
    *ret = (as_cpe_attribute){any ? AS_CPE_ANY : AS_CPE_NA, AS_ABSENT};
    return true;
}

static as_rc read_fs_value(reader *r, as_str raw, as_cpe_which which,
                           as_cpe_attribute *ret)
{
    if (read_logical(raw, false, ret))
        return AS_OK;
    if (raw.n == 0)
        return r->lenient ? AS_OK : fail_at(r, raw.p, "an empty component");
    if (!begin_value(r, raw.n))
        return no_memory(r);
    for (size_t i = 0; i < raw.n; i++) {
        const char *at = raw.p + i;
        bool quoted = *at == '\\';
        as_rc rc;

        if (quoted && ++i == raw.n)
            return fail_at(r, at, "a backslash with nothing behind it");
        rc = !quoted && (*at == '*' || *at == '?') ? add_wildcard(r, *at, at)
                                                   : add_sign(r, raw.p[i], at);
        if (rc != AS_OK)
            return rc;
    }
    return end_value(r, which, raw.p, ret);
}

static int hex_digit(char c)
{
    if (as_ascii_is_digit(c))
        return c - '0';
    c = as_ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %01 and %02 are the wildcards, the others signs that a URI cannot hold. */
static as_rc read_percent(reader *r, as_str rest)
{
    int hi = rest.n > 2 ? hex_digit(rest.p[1]) : -1;
    int lo = rest.n > 2 ? hex_digit(rest.p[2]) : -1;
    char c;

    if (hi < 0 || lo < 0 || hi * 16 + lo > '~')
        return fail_at(r, rest.p, "a percent form that stands for nothing");
    c = (char)(hi * 16 + lo);
    if (c == 1 || c == 2)
        return add_wildcard(r, c == 1 ? '?' : '*', rest.p);
    return add_sign(r, as_ascii_lower(c), rest.p);
}

static as_rc read_uri_value(reader *r, as_str raw, as_cpe_which which,
                            as_cpe_attribute *ret)
{
    if (read_logical(raw, true, ret))
        return AS_OK;
    if (!begin_value(r, raw.n))
        return no_memory(r);
    for (size_t i = 0; i < raw.n; i++) {
        as_str rest = as_str_slice(raw, i, raw.n);
        as_rc rc = *rest.p == '%'
                       ? read_percent(r, rest)
                       : add_sign(r, as_ascii_lower(*rest.p), rest.p);

        if (rc != AS_OK)
            return rc;
        if (*rest.p == '%')
            i += 2;
    }
    return end_value(r, which, raw.p, ret);
}

/* Cuts a component at the next colon that is not quoted; absent at the end. */
static as_str cut_fs(as_str *rest)
{
    as_str whole = *rest;
    size_t i = 0;

    while (i < whole.n && whole.p[i] != ':')
        i += whole.p[i] == '\\' && i + 1 < whole.n ? 2 : 1;
    *rest = i < whole.n ? as_str_slice(whole, i + 1, whole.n) : AS_ABSENT;
    return as_str_slice(whole, 0, i);
}

static as_rc read_fs(reader *r, as_str rest, as_cpe *c)
{
    const char *end = r->text.p + r->text.n;

    for (int i = AS_CPE_PART; i < AS_CPE_ATTRIBUTES; i++) {
        as_str raw;
        as_rc rc;

        if (as_str_is_absent(rest) && r->lenient && i > AS_CPE_PRODUCT)
            return AS_OK;
        if (as_str_is_absent(rest))
            return fail_at(r, end, "fewer than eleven components");
        raw = cut_fs(&rest);
        rc = read_fs_value(r, raw, (as_cpe_which)i, &c->attribute[i]);
        if (rc != AS_OK)
            return rc;
    }
    if (!as_str_is_absent(rest))
        return fail_at(r, rest.p, "more than eleven components");
    return AS_OK;
}

/* "~edition~sw_edition~target_sw~target_hw~other" */
static as_rc read_packed(reader *r, as_str raw, as_cpe *c)
{
    static const as_cpe_which order[PACKED] = {
        AS_CPE_EDITION,   AS_CPE_SW_EDITION, AS_CPE_TARGET_SW,
        AS_CPE_TARGET_HW, AS_CPE_OTHER,
    };
    as_str rest = as_str_slice(raw, 1, raw.n);

    for (size_t i = 0; i < PACKED; i++) {
        as_str part;
        as_rc rc;

        if (as_str_is_absent(rest))
            return fail_at(r, raw.p, "fewer than five packed attributes");
        part = as_str_cut(&rest, '~');
        rc = read_uri_value(r, part, order[i], &c->attribute[order[i]]);
        if (rc != AS_OK)
            return rc;
    }
    if (!as_str_is_absent(rest))
        return fail_at(r, raw.p, "more than five packed attributes");
    return AS_OK;
}

static as_rc read_uri(reader *r, as_str rest, as_cpe *c)
{
    for (int i = AS_CPE_PART; i < URI_COMPONENTS; i++) {
        as_str raw = as_str_cut(&rest, ':');
        as_rc rc =
            i == AS_CPE_EDITION && raw.n && raw.p[0] == '~'
                ? read_packed(r, raw, c)
                : read_uri_value(r, raw, (as_cpe_which)i, &c->attribute[i]);

        if (rc != AS_OK)
            return rc;
        if (as_str_is_absent(rest))
            return AS_OK;
    }
    return fail_at(r, rest.p, "more than seven components");
}

static as_rc read_name(as_str text, bool lenient, as_arena *arena, as_cpe *ret,
                       as_err *err)
{
    reader r = {.text = text, .arena = arena, .err = err, .lenient = lenient};
    as_cpe c = {0};
    as_rc rc;

    if (text.n > AS_LIMIT_CPE_BYTES)
        return as_fail(err, AS_ERR_LIMIT,
                       "could not read the CPE name: it is longer than %zu "
                       "bytes",
                       AS_LIMIT_CPE_BYTES);
    if (as_str_starts_nocase(text, AS_STR("cpe:2.3:")))
        rc = read_fs(&r, as_str_slice(text, 8, text.n), &c);
    else if (as_str_starts_nocase(text, AS_STR("cpe:/")))
        rc = read_uri(&r, as_str_slice(text, 5, text.n), &c);
    else
        rc = fail_at(&r, text.p,
                     "it begins neither with \"cpe:2.3:\" nor \"cpe:/\"");
    if (rc == AS_OK)
        *ret = c;
    return rc;
}

as_rc as_cpe_read(as_str text, as_arena *arena, as_cpe *ret, as_err *err)
{
    return read_name(text, false, arena, ret, err);
}

as_rc as_cpe_read_lenient(as_str text, as_arena *arena, as_cpe *ret,
                          as_err *err)
{
    return read_name(text, true, arena, ret, err);
}

/* --- writing --- */

static void write_fs_value(const as_cpe_attribute *a, as_buf *out)
{
    if (a->kind != AS_CPE_VALUE) {
        as_buf_byte(out, a->kind == AS_CPE_ANY ? '*' : '-');
        return;
    }
    if (as_str_eq(a->value, AS_STR("\\-"))) {
        as_buf_str(out, a->value);
        return;
    }
    for (size_t i = 0; i < a->value.n; i++) {
        char c = a->value.p[i];

        if (c == '\\') {
            c = a->value.p[++i];
            if (c != '.' && c != '-')
                as_buf_byte(out, '\\');
        }
        as_buf_byte(out, c);
    }
}

void as_cpe_write_fs(const as_cpe *c, as_buf *out)
{
    as_buf_c(out, "cpe:2.3");
    for (size_t i = 0; i < AS_CPE_ATTRIBUTES; i++) {
        as_buf_byte(out, ':');
        write_fs_value(&c->attribute[i], out);
    }
}

static void write_uri_value(const as_cpe_attribute *a, as_buf *out)
{
    if (a->kind == AS_CPE_NA)
        as_buf_byte(out, '-');
    if (a->kind != AS_CPE_VALUE)
        return;
    if (as_str_eq(a->value, AS_STR("\\-"))) {
        as_buf_c(out, "%2d");
        return;
    }
    for (size_t i = 0; i < a->value.n; i++) {
        char c = a->value.p[i];

        if (c == '*' || c == '?') {
            as_buf_c(out, c == '?' ? "%01" : "%02");
            continue;
        }
        if (c == '\\')
            c = a->value.p[++i];
        if (as_ascii_is_alnum(c) || strchr("_.-", c))
            as_buf_byte(out, as_ascii_lower(c));
        else
            as_buf_printf(out, "%%%02x", (unsigned char)c);
    }
}

static void write_edition(const as_cpe *c, as_buf *out)
{
    bool packed = false;

    for (size_t i = AS_CPE_SW_EDITION; i <= AS_CPE_OTHER; i++)
        packed = packed || c->attribute[i].kind != AS_CPE_ANY;
    if (packed)
        as_buf_byte(out, '~');
    write_uri_value(&c->attribute[AS_CPE_EDITION], out);
    for (size_t i = AS_CPE_SW_EDITION; packed && i <= AS_CPE_OTHER; i++) {
        as_buf_byte(out, '~');
        write_uri_value(&c->attribute[i], out);
    }
}

void as_cpe_write_uri(const as_cpe *c, as_buf *out)
{
    as_buf_c(out, "cpe:/");
    for (size_t i = 0; i < URI_COMPONENTS; i++) {
        if (i)
            as_buf_byte(out, ':');
        if (i == AS_CPE_EDITION)
            write_edition(c, out);
        else
            write_uri_value(&c->attribute[i], out);
    }
    /* Trailing components that say nothing are not written. */
    while (!as_buf_failed(out) && out->p[out->n - 1] == ':')
        out->n--;
}

void as_cpe_write_wfn(const as_cpe *c, as_buf *out)
{
    const char *comma = "";

    as_buf_c(out, "wfn:[");
    for (size_t i = 0; i < AS_CPE_ATTRIBUTES; i++) {
        const as_cpe_attribute *a = &c->attribute[i];

        if (a->kind == AS_CPE_ANY)
            continue;
        as_buf_printf(out, "%s%.*s=", comma, AS_FMT(words[i]));
        if (a->kind == AS_CPE_NA)
            as_buf_c(out, "NA");
        else
            as_buf_printf(out, "\"%.*s\"", AS_FMT(a->value));
        comma = ",";
    }
    as_buf_byte(out, ']');
}

static as_str unquote(const as_cpe_attribute *a, as_arena *arena, bool lower)
{
    char *p;
    size_t n = 0;

    if (a->kind != AS_CPE_VALUE)
        return AS_ABSENT;
    p = as_arena_alloc(arena, a->value.n + 1);
    if (!p)
        return AS_ABSENT;
    for (size_t i = 0; i < a->value.n; i++) {
        char c = a->value.p[i];

        if (c == '\\')
            c = a->value.p[++i];
        p[n++] = lower ? as_ascii_lower(c) : c;
    }
    return as_str_of(p, n);
}

as_str as_cpe_unquoted(const as_cpe_attribute *a, as_arena *arena)
{
    return unquote(a, arena, false);
}

as_str as_cpe_key(const as_cpe_attribute *a, as_arena *arena)
{
    return as_cpe_has_wildcard(a) ? AS_ABSENT : unquote(a, arena, true);
}

/* --- JSON --- */

typedef void write_fn(const as_cpe *c, as_buf *out);

static void text_to_json(const as_cpe *c, as_str key, write_fn *put,
                         as_buf *text, as_json_writer *w)
{
    as_buf_clear(text);
    put(c, text);
    as_json_write_field(w, key, as_buf_text(text));
}

void as_cpe_to_json(const as_cpe *c, as_json_writer *w)
{
    as_arena *arena = as_arena_new(8 * AS_LIMIT_CPE_BYTES);
    as_buf text;

    as_buf_init(&text, 8 * AS_LIMIT_CPE_BYTES);
    as_json_write_object(w);
    for (size_t i = 0; i < AS_CPE_ATTRIBUTES; i++) {
        as_buf_clear(&text);
        write_fs_value(&c->attribute[i], &text);
        as_json_write_field(w, words[i], as_buf_text(&text));
    }
    text_to_json(c, AS_STR("formatted_string"), as_cpe_write_fs, &text, w);
    text_to_json(c, AS_STR("uri"), as_cpe_write_uri, &text, w);
    text_to_json(c, AS_STR("wfn"), as_cpe_write_wfn, &text, w);
    as_json_write_key(w, AS_STR("key"));
    as_json_write_object(w);
    for (size_t i = AS_CPE_VENDOR; i <= AS_CPE_PRODUCT; i++)
        as_json_write_field(w, words[i],
                            arena ? as_cpe_key(&c->attribute[i], arena)
                                  : AS_ABSENT);
    as_json_write_object_end(w);
    as_json_write_object_end(w);
    as_buf_done(&text);
    as_arena_free(arena);
}

void as_cpe_compare_to_json(const as_cpe *source, const as_cpe *target,
                            as_json_writer *w)
{
    as_buf text;

    as_buf_init(&text, 8 * AS_LIMIT_CPE_BYTES);
    as_json_write_object(w);
    text_to_json(source, AS_STR("source"), as_cpe_write_fs, &text, w);
    text_to_json(target, AS_STR("target"), as_cpe_write_fs, &text, w);
    as_json_write_field(w, AS_STR("relation"),
                        as_cpe_relations_text(as_cpe_compare(source, target)));
    as_json_write_key(w, AS_STR("attributes"));
    as_json_write_object(w);
    for (size_t i = 0; i < AS_CPE_ATTRIBUTES; i++)
        as_json_write_field(w, words[i],
                            as_cpe_relation_text(as_cpe_attribute_compare(
                                &source->attribute[i], &target->attribute[i])));
    as_json_write_object_end(w);
    as_json_write_object_end(w);
    as_buf_done(&text);
}
