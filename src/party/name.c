/* SPDX-License-Identifier: Apache-2.0 */
/* Preparing names: the face of party/name_*.c. See party.h and
 * name_internal.h for the form of the block. */
#include "party/name_internal.h"

#include <stdlib.h>
#include <string.h>

as_names *as_names_new(void)
{
    return calloc(1, sizeof(as_names));
}

as_names *as_names_free(as_names *s)
{
    if (s)
        as_icu_done(s);
    free(s);
    return NULL;
}

/* ---- the block ----------------------------------------------------------- */

/* Bytes of all words in the making. */
typedef struct pool {
    char bytes[16384];
    size_t n;
    bool full;
} pool;

static uint16_t keep(pool *p, const void *bytes, size_t n)
{
    size_t at = p->n;

    if (n > sizeof p->bytes - p->n) {
        p->full = true;
        return 0;
    }
    memcpy(p->bytes + p->n, bytes, n);
    p->n += n;
    return (uint16_t)at;
}

static uint32_t mask_of(as_str s)
{
    uint32_t mask = 0;

    for (size_t i = 0; i < s.n; i++)
        mask |= as_ascii_is_lower(s.p[i]) ? 1U << (s.p[i] - 'a') : 1U << 31;
    return mask;
}

static size_t units_of(const uint32_t *c, size_t n, uint16_t *out)
{
    size_t m = 0;

    for (size_t i = 0; i < n && m < AS_WORD_UNITS; i++)
        out[m++] = (uint16_t)(c[i] < 0x10000 ? c[i] : (c[i] & 0x7FF) | 0xD800);
    return m;
}

/* Han is read only where a rare word needs it: pinyin is opened late. */
static bool needs_latin(const as_maker *m, const as_raw_word *w)
{
    return w->script != AS_SCRIPT_HAN || m->person ||
           (w->class_ == AS_WORD_RARE && w->concept == 0);
}

static void keep_word(as_names *s, const as_raw_word *r, pool *p, as_word *w)
{
    const as_maker *m = &s->maker;
    char text[4 * AS_WORD_UNITS], latin[AS_WORD_LATIN], key[AS_WORD_LATIN];
    uint16_t units[AS_WORD_UNITS];
    size_t n = r->n < AS_WORD_UNITS ? r->n : AS_WORD_UNITS;
    as_str t = as_utf8_of(m->c + r->from, n, text, sizeof text);
    as_str l = r->latin;

    if (as_str_is_absent(l) && needs_latin(m, r))
        l = as_str_of(latin,
                      as_latin(s, m->hans + r->from, n, (as_script)r->script,
                               latin, sizeof latin));
    *w = (as_word){.class_ = r->class_,
                   .weight = r->weight,
                   .script = r->script,
                   .count = r->count,
                   .concept = r->concept,
                   .number = r->number,
                   .aside = r->aside,
                   .mask = mask_of(l)};
    w->text_n = (uint16_t)t.n;
    w->text = keep(p, t.p, t.n);
    w->latin_n = (uint16_t)l.n;
    w->latin = keep(p, l.n ? l.p : "", l.n);
    w->sound_n = (uint16_t)as_sound(l, key);
    w->sound = keep(p, key, w->sound_n);
    w->bones_n = (uint16_t)as_bones(l, (as_script)r->script, key);
    w->bones = keep(p, key, w->bones_n);
    if (r->script == AS_SCRIPT_LATIN)
        return;
    w->units_n = (uint16_t)units_of(m->hans + r->from, n, units);
    p->n += p->n & 1;
    w->units = keep(p, units, w->units_n * sizeof units[0]);
}

static unsigned form_of(const as_maker *m)
{
    unsigned form = AS_FORM_NONE;

    for (size_t i = 0; i < m->n_w; i++) {
        unsigned f = m->w[i].class_ == AS_WORD_FORM ? m->w[i].form : 0;
        bool weak = f == AS_FORM_LIMITED || f == AS_FORM_CORPORATE ||
                    f == AS_FORM_BRANCH;
        if (f &&
            (form == AS_FORM_NONE || form == AS_FORM_LIMITED ||
             form == AS_FORM_CORPORATE) &&
            !(weak && form != AS_FORM_NONE))
            form = f;
    }
    return form;
}

static unsigned flags_of(const as_maker *m, const as_word *words)
{
    unsigned flags = m->text.flags | AS_NAME_IS_GENERIC;

    for (size_t i = 0; i < m->n_w; i++) {
        if (words[i].class_ == AS_WORD_RARE)
            flags &= ~(unsigned)AS_NAME_IS_GENERIC;
        if (words[i].class_ == AS_WORD_RARE && words[i].latin_n == 0 &&
            words[i].concept == 0)
            flags |= AS_NAME_HAS_UNREAD;
    }
    return flags;
}

/* What a block is made from. */
typedef struct blueprint {
    as_str text; /* as written */
    as_str all;  /* its folded words */
    as_party_kind kind;
    as_word words[AS_RAW_WORDS];
    pool pool;
} blueprint;

static as_rc build(as_names *s, blueprint *b, as_arena *a, as_name **ret,
                   as_err *err)
{
    as_maker *m = &s->maker;
    size_t head, bytes;
    as_name *n;

    b->pool.n = 0;
    b->pool.full = false;
    for (size_t i = 0; i < m->n_w; i++)
        keep_word(s, &m->w[i], &b->pool, &b->words[i]);
    head = sizeof *n + m->n_w * sizeof b->words[0];
    bytes = head + b->pool.n + b->all.n;
    if (b->pool.full || bytes > UINT16_MAX)
        return as_fail(err, AS_ERR_LIMIT, "the name is too long");
    bytes = (bytes + 7) & ~(size_t)7;
    n = as_arena_alloc(a, bytes);
    if (!n)
        return as_fail(err, AS_ERR_MEMORY, "no memory");
    *n = (as_name){
        .version = AS_NAME_VERSION,
        .bytes = (uint32_t)bytes,
        .raw = as_str_hash(b->text),
        .imo = m->imo,
        .kind = (uint8_t)b->kind,
        .form = (uint8_t)form_of(m),
        .flags = (uint8_t)flags_of(m, b->words),
        .n_words = (uint8_t)m->n_w,
        .text = (uint16_t)(head + b->pool.n),
        .text_n = (uint16_t)b->all.n,
    };
    for (size_t i = 0; i < m->n_w; i++) {
        as_word *w = &b->words[i];
        w->text = (uint16_t)(w->text + head);
        w->latin = (uint16_t)(w->latin + head);
        w->sound = (uint16_t)(w->sound + head);
        w->bones = (uint16_t)(w->bones + head);
        w->units = (uint16_t)(w->units + head);
    }
    memcpy(n->words, b->words, m->n_w * sizeof b->words[0]);
    memcpy((char *)n + head, b->pool.bytes, b->pool.n);
    memcpy((char *)n + head + b->pool.n, b->all.p, b->all.n);
    if (!m->person)
        as_name_note_repeated(n);
    *ret = n;
    return AS_OK;
}

/* The folded text, taken for one kind. */
static as_rc prepare_as(as_names *s, blueprint *b, as_arena *a, as_name **ret,
                        as_err *err)
{
    as_maker *m = &s->maker;
    char all[4 * AS_LIMIT_NAME_BYTES];

    m->person = b->kind == AS_PARTY_PERSON;
    m->vessel = b->kind == AS_PARTY_VESSEL || b->kind == AS_PARTY_AIRCRAFT;
    as_maker_cut(s);
    if (m->full || m->n_w > AS_LIMIT_NAME_WORDS)
        return as_fail(err, AS_ERR_LIMIT, "the name has more than %zu words",
                       AS_LIMIT_NAME_WORDS);
    if (m->n_w == 0)
        return as_fail(err, AS_ERR_INPUT,
                       "the name holds no letter and no digit");
    b->all = as_maker_key(m, 0, m->n_w, all, sizeof all);
    as_maker_split(m);
    as_maker_classify(m);
    if (m->n_w > AS_NAME_PAIRS)
        return as_fail(err, AS_ERR_LIMIT, "the name has more than %d words",
                       AS_NAME_PAIRS);
    return build(s, b, a, ret, err);
}

/* Of an unknown kind: both, one behind the other. */
static as_rc prepare_both(as_names *s, blueprint *b, as_arena *a, as_name **ret,
                          as_err *err)
{
    as_name *first = NULL, *second = NULL, *both;
    as_rc rc = prepare_as(s, b, a, &first, err);

    if (rc)
        return rc;
    b->kind = AS_PARTY_PERSON;
    rc = prepare_as(s, b, a, &second, err);
    if (rc)
        return rc;
    both = as_arena_alloc(a, (size_t)first->bytes + second->bytes);
    if (!both)
        return as_fail(err, AS_ERR_MEMORY, "no memory");
    memcpy(both, first, first->bytes);
    memcpy((char *)both + first->bytes, second, second->bytes);
    both->second = first->bytes;
    both->bytes = first->bytes + second->bytes;
    *ret = both;
    return AS_OK;
}

as_rc as_name_prepare(as_names *s, as_str text, as_party_kind kind, as_arena *a,
                      const as_name **ret, as_err *err)
{
    blueprint b = {.text = text, .kind = kind};
    as_name *made = NULL;
    as_err own;
    as_rc rc;

    if (!err) {
        as_err_init(&own);
        err = &own;
    }
    if (text.n > AS_LIMIT_NAME_BYTES)
        return as_fail(err, AS_ERR_LIMIT, "the name is longer than %zu bytes",
                       AS_LIMIT_NAME_BYTES);
    if (as_span_utf8_bad(as_str_span(text)) < text.n)
        return as_fail(err, AS_ERR_INPUT, "the name is not valid UTF-8");
    rc = as_text_fold(s, text, &s->maker.text, err);
    if (!rc)
        rc = kind == AS_PARTY_UNKNOWN ? prepare_both(s, &b, a, &made, err)
                                      : prepare_as(s, &b, a, &made, err);
    if (!rc)
        *ret = made;
    return rc;
}

/* ---- reading a block ------------------------------------------------------
 */

size_t as_name_size(const as_name *n)
{
    return n->bytes;
}

static bool inside(const as_name *n, size_t at, size_t len)
{
    return at <= n->bytes && len <= n->bytes - at;
}

static bool check_one(as_span bytes)
{
    const as_name *n = (const as_name *)(const void *)bytes.p;

    if (bytes.n < sizeof *n || ((uintptr_t)bytes.p & 7) ||
        n->version != AS_NAME_VERSION || n->bytes < sizeof *n ||
        n->bytes > bytes.n || n->n_words > AS_NAME_PAIRS ||
        !inside(n, sizeof *n, n->n_words * sizeof n->words[0]) ||
        !inside(n, n->text, n->text_n))
        return false;
    for (size_t i = 0; i < n->n_words; i++) {
        const as_word *w = &n->words[i];
        if (!inside(n, w->text, w->text_n) ||
            !inside(n, w->latin, w->latin_n) || w->latin_n > AS_WORD_LATIN ||
            !inside(n, w->sound, w->sound_n) || w->sound_n > AS_WORD_LATIN ||
            !inside(n, w->bones, w->bones_n) || w->bones_n > AS_WORD_LATIN ||
            !inside(n, w->units, w->units_n * sizeof(uint16_t)) ||
            (w->units & 1) || w->units_n > AS_WORD_UNITS ||
            w->concept >= as_name_concepts_n || w->class_ > AS_WORD_INITIAL ||
            w->script > AS_SCRIPT_OTHER)
            return false;
    }
    return true;
}

bool as_name_check(as_span bytes)
{
    const as_name *n = (const as_name *)(const void *)bytes.p;

    if (!check_one(bytes))
        return false;
    if (n->second == 0)
        return n->kind != AS_PARTY_UNKNOWN;
    return (n->second & 7) == 0 && n->second < n->bytes &&
           check_one((as_span){bytes.p + n->second, n->bytes - n->second}) &&
           ((const as_name *)(const void *)(bytes.p + n->second))->second == 0;
}

unsigned as_name_flags(const as_name *n)
{
    return n->flags;
}

as_party_kind as_name_get_kind(const as_name *n)
{
    return (as_party_kind)n->kind;
}

as_str as_name_text(const as_name *n)
{
    return as_word_bytes(n, n->text, n->text_n);
}

size_t as_name_words(const as_name *n)
{
    return n->n_words;
}

as_name_word as_name_word_at(const as_name *n, size_t i)
{
    const as_word *w = &n->words[i];

    return (as_name_word){
        .text = as_word_bytes(n, w->text, w->text_n),
        .latin = as_word_bytes(n, w->latin, w->latin_n),
        .sound = as_word_bytes(n, w->sound, w->sound_n),
        .bones = as_word_bytes(n, w->bones, w->bones_n),
        .class_ = (as_name_class)w->class_,
        .weight = w->weight,
        .concept = w->concept,
    };
}
