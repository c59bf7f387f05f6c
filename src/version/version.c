/* SPDX-License-Identifier: Apache-2.0 */
/* The public face: finding a scheme, making keys, comparing. No order is known
 * here; the table of schemes is version_table.c. */
#include "version/version_internal.h"

#include "base/limits.h"
#include "version/version_table_internal.h"

/* A key is at most this many times its version (pep440 pads numbers of one
 * digit to eight) and this much more. */
#define KEY_FACTOR 9
#define KEY_MORE   64
#define KEY_MAX    (AS_LIMIT_VERSION_BYTES * KEY_FACTOR + KEY_MORE)
/* Versions up to here are compared in small buffers. */
#define SHORT_BYTES 48
#define SHORT_KEY   (SHORT_BYTES * KEY_FACTOR + KEY_MORE)

static bool serves(const as_version_scheme *s, as_str ecosystem)
{
    /* Asked for every row of every record: most names differ in length. */
    for (size_t i = 0; i < s->n_serves; i++)
        if (s->serves[i].n == ecosystem.n &&
            as_str_eq_nocase(s->serves[i], ecosystem))
            return true;
    return false;
}

/* Ecosystems that rebuild packages of others and name those behind the colon
 * ("Root:Alpine:3.18", "TuxCare:AlmaLinux:9.6", "Docker Hardened Images:
 * Alpine:3.22"); returns what stands behind it, or absent. */
static as_str inner_ecosystem(as_str head, as_str rest)
{
    static const as_str words[] = {AS_STR_INIT("Root"), AS_STR_INIT("Echo"),
                                   AS_STR_INIT("TuxCare"),
                                   AS_STR_INIT("Docker Hardened Images")};

    for (size_t i = 0; rest.n > 0 && i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq_nocase(head, words[i]))
            return rest;
    return AS_ABSENT;
}

static const as_version_scheme *find_head(as_str head)
{
    const as_version_scheme *s;

    for (size_t i = 0; (s = as_version_table_at(i)) != NULL; i++)
        if (serves(s, head))
            return s;
    return NULL;
}

const as_version_scheme *as_version_scheme_find(as_str ecosystem)
{
    as_str rest = as_str_trim(ecosystem);
    as_str head = as_str_trim(as_str_cut(&rest, ':'));
    as_str inner = inner_ecosystem(head, rest);
    const as_version_scheme *s = NULL;

    if (head.n == 0)
        return NULL;
    if (inner.n > 0)
        s = find_head(as_str_trim(as_str_cut(&inner, ':')));
    return s != NULL ? s : find_head(head);
}

as_str as_version_scheme_name(const as_version_scheme *s)
{
    return s->name;
}

as_str as_version_scheme_about(const as_version_scheme *s)
{
    return s->about;
}

as_str as_version_scheme_serves(const as_version_scheme *s, size_t i)
{
    return i < s->n_serves ? s->serves[i] : AS_ABSENT;
}

bool as_version_scheme_is_exact(const as_version_scheme *s)
{
    return !s->inexact;
}

bool as_version_has_key(const as_version_scheme *s)
{
    return s->cmp == NULL;
}

const as_version_scheme *as_version_scheme_at(size_t i)
{
    return as_version_table_at(i);
}

/* Words that stand where a version should, in documents of every kind. None
 * holds a digit. */
static bool is_placeholder_word(as_str v)
{
    static const as_str words[] = {
        AS_STR_INIT("*"),           AS_STR_INIT("-"),
        AS_STR_INIT("all"),         AS_STR_INIT("any"),
        AS_STR_INIT("latest"),      AS_STR_INIT("n/a"),
        AS_STR_INIT("na"),          AS_STR_INIT("noassertion"),
        AS_STR_INIT("none"),        AS_STR_INIT("null"),
        AS_STR_INIT("undefined"),   AS_STR_INIT("unknown"),
        AS_STR_INIT("unspecified"), AS_STR_INIT("various"),
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq_nocase(v, words[i]))
            return true;
    return false;
}

static bool is_placeholder(as_str v)
{
    bool digit = false;

    for (size_t i = 0; i < v.n; i++) {
        digit = digit || as_ascii_is_digit(v.p[i]);
        /* A property that a build tool did not fill in. */
        if (v.p[i] == '$' && i + 1 < v.n && v.p[i + 1] == '{')
            return true;
    }
    return !digit && is_placeholder_word(v);
}

static bool holds_control(as_str v)
{
    for (size_t i = 0; i < v.n; i++)
        if ((uint8_t)v.p[i] < 0x20 || v.p[i] == 0x7F)
            return true;
    return false;
}

static as_rc refuse(const as_version_scheme *s, as_str v, const char *why,
                    as_err *err)
{
    return as_fail(err, AS_ERR_INPUT,
                   "could not read the version \"%.*s\" in the order %.*s: %s",
                   AS_FMT(v), AS_FMT(s->name), why);
}

/* The one way to a key. */
static as_rc write_key(const as_version_scheme *s, as_str text,
                       as_version_out *o, as_err *err)
{
    as_str v = as_str_trim(text);
    const char *why;

    if (v.n == 0)
        return refuse(s, v, "it is empty", err);
    if (v.n > AS_LIMIT_VERSION_BYTES)
        return as_fail(err, AS_ERR_LIMIT,
                       "the version \"%.40s...\" is longer than %zu bytes", v.p,
                       AS_LIMIT_VERSION_BYTES);
    if (holds_control(v))
        return refuse(s, v, "it holds a control character", err);
    if (is_placeholder(v) && s->key != as_order_lexicographic)
        return refuse(s, v, "it stands for no version", err);
    why = s->key(s, v, o);
    if (why != NULL)
        return refuse(s, v, why, err);
    if (o->full)
        return as_fail(err, AS_ERR_LIMIT,
                       "the version \"%.*s\" has too many parts", AS_FMT(v));
    return AS_OK;
}

static as_span written(const as_version_out *o)
{
    return (as_span){o->p, o->n};
}

int as_version_key_cmp(const as_version_scheme *s, as_span a, as_span b)
{
    int r = s->cmp != NULL ? s->cmp(a, b)
                           : as_str_cmp(as_str_of((const char *)a.p, a.n),
                                        as_str_of((const char *)b.p, b.n));

    return (r > 0) - (r < 0);
}

bool as_version_keys_comparable(const as_version_scheme *s, as_span a,
                                as_span b)
{
    return s->comparable == NULL || s->comparable(a, b);
}

static as_rc compare_in(const as_version_scheme *s, as_str a, as_str b,
                        as_version_out out[2], int *ret, as_err *err)
{
    as_rc rc = write_key(s, a, &out[0], err);

    if (rc == AS_OK)
        rc = write_key(s, b, &out[1], err);
    if (rc == AS_OK)
        *ret = as_version_key_cmp(s, written(&out[0]), written(&out[1]));
    return rc;
}

static as_rc compare_long(const as_version_scheme *s, as_str a, as_str b,
                          int *ret, as_err *err)
{
    uint8_t key_a[KEY_MAX], key_b[KEY_MAX];
    as_version_out out[2] = {{key_a, 0, sizeof key_a, false},
                             {key_b, 0, sizeof key_b, false}};

    return compare_in(s, a, b, out, ret, err);
}

as_rc as_version_compare(const as_version_scheme *s, as_str a, as_str b,
                         int *ret, as_err *err)
{
    uint8_t key_a[SHORT_KEY], key_b[SHORT_KEY];
    as_version_out out[2] = {{key_a, 0, sizeof key_a, false},
                             {key_b, 0, sizeof key_b, false}};

    if (a.n > SHORT_BYTES || b.n > SHORT_BYTES)
        return compare_long(s, a, b, ret, err);
    return compare_in(s, a, b, out, ret, err);
}

bool as_version_valid(const as_version_scheme *s, as_str v)
{
    int ignored;

    return as_version_compare(s, v, v, &ignored, NULL) == AS_OK;
}

static as_rc key_in(const as_version_scheme *s, as_str v, as_version_out *o,
                    as_buf *out, as_err *err)
{
    as_rc rc = write_key(s, v, o, err);

    if (rc != AS_OK)
        return rc;
    as_buf_put(out, o->p, o->n);
    if (as_buf_failed(out))
        return as_fail(err, AS_ERR_MEMORY, "could not store a version's key");
    return AS_OK;
}

static as_rc key_long(const as_version_scheme *s, as_str v, as_buf *out,
                      as_err *err)
{
    uint8_t key[KEY_MAX];
    as_version_out o = {key, 0, sizeof key, false};

    return key_in(s, v, &o, out, err);
}

as_rc as_version_key(const as_version_scheme *s, as_str v, as_buf *out,
                     as_err *err)
{
    uint8_t key[SHORT_KEY];
    as_version_out o = {key, 0, sizeof key, false};

    if (v.n > SHORT_BYTES)
        return key_long(s, v, out, err);
    return key_in(s, v, &o, out, err);
}
