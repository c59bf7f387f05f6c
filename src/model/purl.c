/* SPDX-License-Identifier: Apache-2.0 */
/* Package URLs: reading, building, writing; see purl.h. The rules of the types
 * are in purl_types.c. Cost: linear in the text, but for sorting the keys. */
#include "base/limits.h"
#include "model/purl_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct reader {
    as_str text; /* in the arena: what the components point into */
    size_t lead; /* bytes that stood before it, for columns */
    as_arena *arena;
    as_purl *out;
    as_err *err;
    bool strict;
} reader;

static const struct {
    as_str word, text;
} defects[] = {
    {AS_STR_INIT("key-case"),
     AS_STR_INIT("a qualifier's key is not in lower case")},
    {AS_STR_INIT("key-form"),
     AS_STR_INIT("a qualifier's key is not letters, digits, '.', '-', '_'")},
    {AS_STR_INIT("key-twice"), AS_STR_INIT("a qualifier's key stands twice")},
    {AS_STR_INIT("key-missing"),
     AS_STR_INIT("a qualifier that the type requires is missing")},
    {AS_STR_INIT("encoding"),
     AS_STR_INIT("the percent-encoding is not that of UTF-8 text")},
    {AS_STR_INIT("segment"), AS_STR_INIT("a segment holds an encoded slash")},
    {AS_STR_INIT("namespace-missing"),
     AS_STR_INIT("the type requires a namespace")},
    {AS_STR_INIT("namespace-prohibited"),
     AS_STR_INIT("the type has no namespaces")},
    {AS_STR_INIT("namespace-form"),
     AS_STR_INIT("the namespace is not one of the type")},
    {AS_STR_INIT("name-form"), AS_STR_INIT("the name is not one of the type")},
    {AS_STR_INIT("version-form"),
     AS_STR_INIT("the version is not one of the type")},
};

static size_t defect_index(as_purl_defect d)
{
    size_t i = (size_t)__builtin_ctz((unsigned)d);

    return i < AS_ARRAY_LEN(defects) ? i : 0;
}

as_str as_purl_defect_word(as_purl_defect d)
{
    return defects[defect_index(d)].word;
}

as_str as_purl_defect_text(as_purl_defect d)
{
    return defects[defect_index(d)].text;
}

/* --- diagnoses --- */

/* at points into the text that is read; building has none. */
static as_rc fail_at(const reader *r, const char *at, const char *why)
{
    if (as_str_is_absent(r->text))
        return as_fail(r->err, AS_ERR_INPUT, "could not build a purl: %s", why);
    if (r->err)
        as_err_line(r->err, 1, r->lead + (uint64_t)(at - r->text.p) + 1);
    return as_fail(r->err, AS_ERR_INPUT, "could not read the purl \"%.*s\": %s",
                   AS_FMT(as_str_slice(r->text, 0, 128)), why);
}

static as_rc no_memory(as_err *err)
{
    return as_fail(err, AS_ERR_MEMORY,
                   "could not read the purl: no memory is left for it");
}

static as_rc too_long(as_err *err)
{
    return as_fail(err, AS_ERR_LIMIT,
                   "could not read the purl: it is longer than %zu bytes",
                   AS_LIMIT_PURL_BYTES);
}

/* Records a defect; the strict reader fails at it. */
static as_rc defect(reader *r, as_purl_defect d, const char *at)
{
    r->out->defects |= (unsigned)d;
    return r->strict ? fail_at(r, at, as_purl_defect_text(d).p) : AS_OK;
}

/* --- percent-encoding --- */

static int hex_digit(char c)
{
    if (as_ascii_is_digit(c))
        return c - '0';
    c = as_ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes s into p, which has room for s.n bytes; false at a bad "%". */
static bool decode_into(as_str s, char *p, size_t *ret_n)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        int hi, lo;

        if (s.p[i] != '%') {
            p[n++] = s.p[i];
            continue;
        }
        if (s.n - i < 3)
            return false;
        hi = hex_digit(s.p[i + 1]);
        lo = hex_digit(s.p[i + 2]);
        if (hi < 0 || lo < 0)
            return false;
        p[n++] = (char)(hi * 16 + lo);
        i += 2;
    }
    *ret_n = n;
    return true;
}

static as_rc decode(reader *r, as_str raw, as_str *ret)
{
    as_span bytes = {0};
    char *p;

    *ret = raw;
    if (as_str_find(raw, '%') == raw.n)
        return AS_OK;
    p = as_arena_alloc(r->arena, raw.n + 1);
    if (!p)
        return no_memory(r->err);
    bytes.p = (const uint8_t *)p;
    if (!decode_into(raw, p, &bytes.n) || !as_span_str(bytes, ret))
        return defect(r, AS_PURL_ENCODING, raw.p);
    if (as_str_find(*ret, 0) < ret->n)
        return fail_at(r, raw.p, "it holds a NUL");
    return AS_OK;
}

static void encode(as_buf *out, as_str s, bool slashes)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        unsigned char u = (unsigned char)c;

        if (as_ascii_is_alnum(c) || strchr(".-_~:", c) ||
            (slashes && c == '/')) {
            as_buf_byte(out, c);
            continue;
        }
        as_buf_byte(out, '%');
        as_buf_byte(out, digits[u >> 4]);
        as_buf_byte(out, digits[u & 15]);
    }
}

/* --- the components --- */

static as_str strip_slashes(as_str s)
{
    while (s.n && s.p[0] == '/')
        s = as_str_slice(s, 1, s.n);
    while (s.n && s.p[s.n - 1] == '/')
        s.n--;
    return s;
}

/* Appends the segments of s to the path in p: empty ones are dropped, in a
 * subpath "." and ".." too. */
static void add_segments(as_str s, bool subpath, char *p, size_t *n)
{
    while (!as_str_is_absent(s)) {
        as_str part = as_str_cut(&s, '/');

        if (part.n == 0 || (subpath && (as_str_eq(part, AS_STR(".")) ||
                                        as_str_eq(part, AS_STR("..")))))
            continue;
        if (*n)
            p[(*n)++] = '/';
        memcpy(p + *n, part.p, part.n);
        *n += part.n;
    }
}

/* A namespace, a subpath or the path of a git repository. */
static as_rc read_path(reader *r, as_str raw, bool subpath, as_str *ret)
{
    size_t n = 0;
    char *p = as_arena_alloc(r->arena, raw.n + 1);

    if (!p)
        return no_memory(r->err);
    while (!as_str_is_absent(raw)) {
        as_str segment = as_str_cut(&raw, '/'), text;
        as_rc rc = decode(r, segment, &text);

        if (rc == AS_OK && as_str_find(text, '/') < text.n)
            rc = defect(r, AS_PURL_SEGMENT, segment.p);
        if (rc != AS_OK)
            return rc;
        add_segments(text, subpath, p, &n);
    }
    *ret = n ? as_str_of(p, n) : AS_ABSENT;
    return AS_OK;
}

static as_rc check_type(reader *r, as_str type)
{
    if (type.n == 0)
        return fail_at(r, type.p, "it has no type");
    for (size_t i = 0; i < type.n; i++) {
        char c = type.p[i];

        if (i == 0 && !as_ascii_is_alpha(c))
            return fail_at(r, type.p, "the type does not begin with a letter");
        if (!as_ascii_is_alnum(c) && c != '.' && c != '-')
            return fail_at(r, type.p + i,
                           "the type is not letters, digits, '.', '-'");
    }
    r->out->type = as_purl_lower(type, r->arena);
    return AS_OK;
}

/* What is wrong with a key: AS_PURL_KEY_FORM, AS_PURL_KEY_CASE or 0. */
static unsigned key_defect(as_str key)
{
    static const as_str standard[] = {
        AS_STR_INIT("checksum"),  AS_STR_INIT("download_url"),
        AS_STR_INIT("file_name"), AS_STR_INIT("repository_url"),
        AS_STR_INIT("vcs_url"),   AS_STR_INIT("vers"),
    };
    bool upper = false;

    if (key.n == 0 || !as_ascii_is_alpha(key.p[0]))
        return AS_PURL_KEY_FORM;
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];

        if (!as_ascii_is_alnum(c) && c != '.' && c != '-' && c != '_')
            return AS_PURL_KEY_FORM;
        upper = upper || as_ascii_is_upper(c);
    }
    for (size_t i = 0; upper && i < AS_ARRAY_LEN(standard); i++)
        if (as_str_eq_nocase(key, standard[i]))
            return 0;
    return upper ? AS_PURL_KEY_CASE : 0;
}

/* A qualifier with the place it came from, which also keeps a sort stable. */
typedef struct pair {
    as_purl_qualifier q;
    size_t order;
    const char *at;
} pair;

static int pair_cmp(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    int c = as_str_cmp(x->q.key, y->q.key);

    return c ? c : (x->order > y->order) - (x->order < y->order);
}

/* Sorts the pairs and makes them the purl's. */
static as_rc keep_pairs(reader *r, pair *pairs, size_t n)
{
    as_purl_qualifier *list = AS_NEW_ARRAY(r->arena, n, as_purl_qualifier);
    size_t kept = 0;

    if (n == 0)
        return AS_OK;
    if (!list)
        return no_memory(r->err);
    qsort(pairs, n, sizeof *pairs, pair_cmp);
    for (size_t i = 0; i < n; i++) {
        if (kept && as_str_eq(list[kept - 1].key, pairs[i].q.key)) {
            as_rc rc = defect(r, AS_PURL_KEY_TWICE, pairs[i].at);

            if (rc != AS_OK)
                return rc;
            continue;
        }
        list[kept++] = pairs[i].q;
    }
    r->out->qualifiers = list;
    r->out->n_qualifiers = kept;
    return AS_OK;
}

static as_rc read_pair(reader *r, as_str raw, pair *ret, bool *ret_keep)
{
    as_str value = raw, key = as_str_cut(&value, '=');
    unsigned bad = key_defect(key);
    as_rc rc;

    *ret_keep = false;
    if (bad) {
        rc = defect(r, (as_purl_defect)bad, key.p);
        if (rc != AS_OK || bad == AS_PURL_KEY_FORM)
            return rc;
    }
    rc = decode(r, value, &value);
    if (rc != AS_OK || value.n == 0)
        return rc;
    ret->q = (as_purl_qualifier){as_purl_lower(key, r->arena), value};
    ret->at = key.p;
    *ret_keep = true;
    return AS_OK;
}

static as_rc read_qualifiers(reader *r, as_str raw)
{
    size_t n = 0, most = 1;
    pair *pairs;

    for (size_t i = 0; i < raw.n; i++)
        most += raw.p[i] == '&';
    pairs = AS_NEW_ARRAY(r->arena, most, pair);
    if (!pairs)
        return no_memory(r->err);
    while (!as_str_is_absent(raw)) {
        as_str part = as_str_cut(&raw, '&');
        bool keep;
        as_rc rc;

        if (part.n == 0)
            continue;
        rc = read_pair(r, part, &pairs[n], &keep);
        if (rc != AS_OK)
            return rc;
        pairs[n].order = n;
        n += keep;
    }
    return keep_pairs(r, pairs, n);
}

/* Offset of the '@' before the version, or s.n. */
static size_t find_version(as_str s)
{
    bool slash_behind = false;

    for (size_t i = s.n; i-- > 0;) {
        if (s.p[i] == '/')
            slash_behind = true;
        if (s.p[i] != '@')
            continue;
        if (!slash_behind || (i > 0 && s.p[i - 1] != '/'))
            return i;
    }
    return s.n;
}

/* A namespace of one segment, and a name of all others. */
static as_rc read_name_path(reader *r, as_str raw)
{
    as_str path;
    as_rc rc = read_path(r, raw, false, &path);
    size_t slash = rc == AS_OK ? as_str_find(path, '/') : 0;

    if (rc != AS_OK)
        return rc;
    if (slash < path.n)
        r->out->namespace_ = as_str_slice(path, 0, slash);
    r->out->name =
        slash < path.n ? as_str_slice(path, slash + 1, path.n) : path;
    return AS_OK;
}

/* namespace/name, the type's slash in front already cut off. */
static as_rc read_names(reader *r, as_str raw, const as_purl_type *type)
{
    as_str s = strip_slashes(raw), name = s;
    size_t slash = as_str_rfind(s, '/');
    as_rc rc;

    if (type->flags & AS_PURL_NAME_PATH) {
        rc = read_name_path(r, s);
    } else {
        if (slash < s.n)
            name = as_str_slice(s, slash + 1, s.n);
        rc = slash < s.n ? read_path(r, as_str_slice(s, 0, slash), false,
                                     &r->out->namespace_)
                         : AS_OK;
        if (rc == AS_OK)
            rc = decode(r, name, &r->out->name);
    }
    if (rc == AS_OK && r->out->name.n == 0)
        return fail_at(r, raw.p, "it has no name");
    return rc;
}

/* Applies the rules of the type; names and version give the places. */
static as_rc finish(reader *r, const as_purl_type *type, const char *names,
                    const char *version)
{
    unsigned before = r->out->defects, bad;

    as_purl_type_apply(type, r->out, r->arena);
    if (as_arena_failed(r->arena))
        return no_memory(r->err);
    bad = r->out->defects & ~before;
    if (!r->strict || !bad)
        return AS_OK;
    bad &= ~bad + 1;
    (void)fail_at(r, bad == AS_PURL_VERSION_FORM ? version : names,
                  as_purl_defect_text((as_purl_defect)bad).p);
    if (bad == AS_PURL_KEY_MISSING)
        as_err_detail(r->err, "%.*s=", AS_FMT(type->required));
    return AS_ERR_INPUT;
}

static as_rc read_rest(reader *r, as_str rest)
{
    const char *names = rest.p + rest.n;
    as_str version = AS_ABSENT, word = as_str_cut(&rest, '/');
    const as_purl_type *type;
    size_t at;
    as_rc rc = check_type(r, word);

    if (rc != AS_OK)
        return rc;
    type = as_purl_type_find(r->out->type);
    if (rest.n == 0)
        return fail_at(r, names, "it has no name");
    names = rest.p;
    at = find_version(rest);
    if (at < rest.n) {
        version = as_str_slice(rest, at + 1, rest.n);
        rest = as_str_slice(rest, 0, at);
        if (rest.n == 0 || rest.p[rest.n - 1] == '/')
            return fail_at(r, rest.p + rest.n, "it has no name");
    }
    rc = read_names(r, rest, type);
    if (rc == AS_OK)
        rc = decode(r, version, &r->out->version);
    if (r->out->version.n == 0)
        r->out->version = AS_ABSENT;
    return rc == AS_OK ? finish(r, type, names, version.p) : rc;
}

static as_rc read_all(reader *r)
{
    as_str rest = r->text, qualifiers = AS_ABSENT, subpath = AS_ABSENT;
    size_t i = as_str_rfind(rest, '#');
    as_rc rc;

    if (i < rest.n) {
        subpath = as_str_slice(rest, i + 1, rest.n);
        rest = as_str_slice(rest, 0, i);
    }
    i = as_str_find(rest, '?');
    if (i < rest.n) {
        qualifiers = as_str_slice(rest, i + 1, rest.n);
        rest = as_str_slice(rest, 0, i);
    }
    if (!as_str_starts_nocase(rest, AS_STR("pkg:")))
        return fail_at(r, r->text.p, "it does not begin with \"pkg:\"");
    rest = as_str_slice(rest, 4, rest.n);
    while (rest.n && rest.p[0] == '/')
        rest = as_str_slice(rest, 1, rest.n);
    rc = read_path(r, subpath, true, &r->out->subpath);
    if (rc == AS_OK)
        rc = read_qualifiers(r, qualifiers);
    return rc == AS_OK ? read_rest(r, rest) : rc;
}

static as_rc read_purl(as_str text, as_arena *arena, bool strict, as_purl *ret,
                       as_err *err)
{
    as_purl p = {0};
    as_str trimmed = strict ? text : as_str_trim(text);
    reader r = {.arena = arena, .out = &p, .err = err, .strict = strict};
    as_rc rc;

    if (trimmed.n > AS_LIMIT_PURL_BYTES)
        return too_long(err);
    r.lead = trimmed.n ? (size_t)(trimmed.p - text.p) : 0;
    r.text = as_arena_str(arena, trimmed.n ? trimmed : AS_STR(""));
    if (as_arena_failed(arena))
        return no_memory(err);
    for (size_t i = 0; i < r.text.n; i++)
        if ((unsigned char)r.text.p[i] < 0x20 || r.text.p[i] == 0x7f)
            return fail_at(&r, r.text.p + i, "it holds a control character");
    rc = read_all(&r);
    if (rc == AS_OK)
        *ret = p;
    return rc;
}

as_rc as_purl_read(as_str text, as_arena *arena, as_purl *ret, as_err *err)
{
    return read_purl(text, arena, true, ret, err);
}

as_rc as_purl_read_lenient(as_str text, as_arena *arena, as_purl *ret,
                           as_err *err)
{
    return read_purl(text, arena, false, ret, err);
}

/* --- building --- */

static as_rc check_parts(const as_purl *parts, as_err *err)
{
    const as_str all[] = {parts->type, parts->namespace_, parts->name,
                          parts->version, parts->subpath};
    size_t n = 0;
    bool nul = false;

    for (size_t i = 0; i < AS_ARRAY_LEN(all); i++) {
        n += all[i].n;
        nul = nul || as_str_find(all[i], 0) < all[i].n;
    }
    for (size_t i = 0; i < parts->n_qualifiers && n <= AS_LIMIT_PURL_BYTES;
         i++) {
        as_str v = parts->qualifiers[i].value;

        n += parts->qualifiers[i].key.n + v.n + 1;
        nul = nul || as_str_find(v, 0) < v.n;
    }
    if (n > AS_LIMIT_PURL_BYTES)
        return too_long(err);
    return nul ? as_fail(err, AS_ERR_INPUT,
                         "could not build a purl: a component holds a NUL")
               : AS_OK;
}

static as_rc build_qualifiers(reader *r, const as_purl *parts)
{
    pair *pairs = AS_NEW_ARRAY(r->arena, parts->n_qualifiers, pair);
    size_t n = 0;

    if (!pairs)
        return no_memory(r->err);
    for (size_t i = 0; i < parts->n_qualifiers; i++) {
        as_purl_qualifier q = parts->qualifiers[i];

        if (key_defect(q.key) == AS_PURL_KEY_FORM)
            return defect(r, AS_PURL_KEY_FORM, NULL);
        if (q.value.n == 0)
            continue;
        q.key = as_arena_str(r->arena, as_purl_lower(q.key, r->arena));
        q.value = as_arena_str(r->arena, q.value);
        pairs[n] = (pair){q, n, NULL};
        n++;
    }
    return keep_pairs(r, pairs, n);
}

static as_str build_path(reader *r, as_str s, bool subpath)
{
    size_t n = 0;
    char *p = as_arena_alloc(r->arena, s.n + 1);

    if (p)
        add_segments(s, subpath, p, &n);
    return n ? as_str_of(p, n) : AS_ABSENT;
}

as_rc as_purl_build(const as_purl *parts, as_arena *arena, as_purl *ret,
                    as_err *err)
{
    as_purl p = {0};
    reader r = {.arena = arena, .out = &p, .err = err, .strict = true};
    as_rc rc = check_parts(parts, err);

    if (rc == AS_OK)
        rc = check_type(&r, as_arena_str(arena, parts->type));
    if (rc == AS_OK)
        rc = build_qualifiers(&r, parts);
    if (rc != AS_OK)
        return rc;
    p.namespace_ = build_path(&r, parts->namespace_, false);
    p.subpath = build_path(&r, parts->subpath, true);
    p.name = as_arena_str(arena, strip_slashes(parts->name));
    if (as_arena_failed(arena))
        return no_memory(err);
    if (p.name.n == 0)
        return fail_at(&r, NULL, "it has no name");
    if (parts->version.n)
        p.version = as_arena_str(arena, parts->version);
    rc = finish(&r, as_purl_type_find(p.type), NULL, NULL);
    if (rc == AS_OK)
        *ret = p;
    return rc;
}

/* --- writing --- */

void as_purl_write(const as_purl *p, as_buf *out)
{
    bool path = as_purl_type_find(p->type)->flags & AS_PURL_NAME_PATH;

    as_buf_c(out, "pkg:");
    as_buf_str(out, p->type);
    as_buf_byte(out, '/');
    if (p->namespace_.n) {
        encode(out, p->namespace_, true);
        as_buf_byte(out, '/');
    }
    encode(out, p->name, path);
    if (p->version.n) {
        as_buf_byte(out, '@');
        encode(out, p->version, false);
    }
    for (size_t i = 0; i < p->n_qualifiers; i++) {
        as_buf_byte(out, i ? '&' : '?');
        as_buf_str(out, p->qualifiers[i].key);
        as_buf_byte(out, '=');
        encode(out, p->qualifiers[i].value, false);
    }
    if (p->subpath.n) {
        as_buf_byte(out, '#');
        encode(out, p->subpath, true);
    }
}

as_str as_purl_qualifier_get(const as_purl *p, as_str key)
{
    for (size_t i = 0; i < p->n_qualifiers; i++)
        if (as_str_eq(p->qualifiers[i].key, key))
            return p->qualifiers[i].value;
    return AS_ABSENT;
}

static void qualifiers_to_json(const as_purl *p, as_json_writer *w)
{
    as_json_write_key(w, AS_STR("qualifiers"));
    if (p->n_qualifiers == 0) {
        as_json_write_null(w);
        return;
    }
    as_json_write_object(w);
    for (size_t i = 0; i < p->n_qualifiers; i++)
        as_json_write_field(w, p->qualifiers[i].key, p->qualifiers[i].value);
    as_json_write_object_end(w);
}

void as_purl_to_json(const as_purl *p, as_json_writer *w)
{
    as_buf canonical;

    as_buf_init(&canonical, 4 * AS_LIMIT_PURL_BYTES);
    as_purl_write(p, &canonical);
    as_json_write_object(w);
    as_json_write_field(w, AS_STR("type"), p->type);
    as_json_write_field(w, AS_STR("namespace"), p->namespace_);
    as_json_write_field(w, AS_STR("name"), p->name);
    as_json_write_field(w, AS_STR("version"), p->version);
    qualifiers_to_json(p, w);
    as_json_write_field(w, AS_STR("subpath"), p->subpath);
    as_json_write_field(w, AS_STR("canonical"), as_buf_text(&canonical));
    as_json_write_field_bool(w, AS_STR("valid"), p->defects == 0);
    as_json_write_key(w, AS_STR("defects"));
    as_json_write_array(w);
    for (size_t i = 0; i < AS_ARRAY_LEN(defects); i++)
        if (p->defects & 1u << i)
            as_json_write_str(w, defects[i].word);
    as_json_write_array_end(w);
    as_json_write_object_end(w);
    as_buf_done(&canonical);
}
