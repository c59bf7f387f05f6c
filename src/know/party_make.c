/* SPDX-License-Identifier: Apache-2.0 */
/* Putting rows of lists together; see party_make_internal.h. */
#include "know/party_make_internal.h"

#include "base/date.h"
#include "base/sha256.h"
#include "know/table_internal.h"
#include "model/country.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID_DIGITS = 32 };

/* Room for one more in an array of the row, or NULL. */
#define GROW(m, field)                                                         \
    grow((m), (void **)&(m)->p.field, &(m)->cap_##field, (m)->p.n_##field,     \
         sizeof *(m)->p.field)

static bool grow(as_party_make *m, void **items, size_t *cap, size_t n,
                 size_t size)
{
    void *grown;

    if (n >= AS_LIMIT_PARTY_ITEMS) {
        m->full = true;
        return false;
    }
    grown = as_arena_grow(m->arena, *items, cap, n + 1, size);
    if (!grown)
        return false;
    *items = grown;
    return true;
}

bool as_make_begin(as_party_make *m, as_str list, as_str id)
{
    as_arena_free(m->arena);
    m->arena = as_arena_new(AS_LIMIT_RECORD_BYTES);
    m->cap_names = m->cap_ids = m->cap_addresses = m->cap_countries =
        m->cap_births = m->cap_ties = m->cap_terms = 0;
    m->full = false;
    m->cut = NULL;
    m->p = (as_party){.list = list, .id = as_str_trim(id)};
    if (!m->arena)
        m->stop = true;
    return m->arena != NULL;
}

/* ---- pieces -------------------------------------------------------------- */

/* Cleaned text of at most max bytes; what is longer is told at the row's end.
 */
static as_str text_of(as_party_make *m, as_str s, size_t max, const char *what)
{
    if (as_str_trim(s).n > max)
        m->cut = what;
    return as_feed_text(m->arena, s, max);
}

void as_make_name_in(as_party_make *m, as_party_name_kind kind, as_str text,
                     as_str language)
{
    as_str s = text_of(m, text, AS_LIMIT_RECORD_NAME, "a name");

    if (!as_str_is_empty(s) && GROW(m, names))
        m->p.names[m->p.n_names++] =
            (as_party_name){kind, s, as_feed_text(m->arena, language, 32)};
}

void as_make_name(as_party_make *m, as_party_name_kind kind, as_str text)
{
    as_make_name_in(m, kind, text, AS_ABSENT);
}

void as_make_names(as_party_make *m, as_party_name_kind kind, as_str text,
                   char separator)
{
    while (text.n)
        as_make_name(m, kind, as_str_cut(&text, separator));
}

void as_make_country(as_party_make *m, as_str country)
{
    as_str code = as_country_code(country);

    if (!code.p)
        return;
    for (size_t i = 0; i < m->p.n_countries; i++)
        if (as_str_eq(m->p.countries[i], code))
            return;
    if (GROW(m, countries))
        m->p.countries[m->p.n_countries++] = code;
}

/* The code, or what is written. */
static as_str country_or_text(as_party_make *m, as_str country)
{
    as_str code = as_country_code(country);

    return code.p ? code : as_feed_text(m->arena, country, 100);
}

void as_make_id(as_party_make *m, as_str scheme, as_str value, as_str country)
{
    as_str v = text_of(m, value, 256, "an identifier");
    as_str code = as_country_code(country);

    if (as_str_is_empty(v))
        return;
    for (size_t i = 0; i < m->p.n_ids; i++)
        if (as_str_eq(m->p.ids[i].value, v) &&
            as_str_eq(m->p.ids[i].scheme, scheme))
            return;
    if (GROW(m, ids))
        m->p.ids[m->p.n_ids++] = (as_party_id){scheme, v, code};
}

void as_make_address(as_party_make *m, as_str text, as_str country)
{
    as_party_address a = {text_of(m, text, AS_LIMIT_PARTY_TEXT, "an address"),
                          country_or_text(m, country)};

    as_make_country(m, country);
    if (as_str_is_empty(a.text) && as_str_is_empty(a.country))
        return;
    for (size_t i = 0; i < m->p.n_addresses; i++)
        if (as_str_eq(m->p.addresses[i].text, a.text) &&
            as_str_eq(m->p.addresses[i].country, a.country))
            return;
    if (GROW(m, addresses))
        m->p.addresses[m->p.n_addresses++] = a;
}

void as_make_birth_as(as_party_make *m, as_str date)
{
    as_str s = text_of(m, date, 64, "a date of birth");

    if (as_str_is_empty(s))
        return;
    for (size_t i = 0; i < m->p.n_births; i++)
        if (as_str_eq(m->p.births[i], s))
            return;
    if (GROW(m, births))
        m->p.births[m->p.n_births++] = s;
}

void as_make_term(as_party_make *m, const char *key, as_str value)
{
    as_str v = text_of(m, value, AS_LIMIT_PARTY_TEXT, "a remark");
    as_str k = as_str_c(key);

    if (as_str_is_empty(v) || as_party_has_term(&m->p, k, v))
        return;
    if (GROW(m, terms))
        m->p.terms[m->p.n_terms++] = (as_party_term){k, v};
}

void as_make_terms(as_party_make *m, const char *key, as_str value,
                   char separator)
{
    while (value.n)
        as_make_term(m, key, as_str_cut(&value, separator));
}

as_party_tie *as_make_tie(as_party_make *m, as_party_tie_kind kind)
{
    if (!GROW(m, ties))
        return NULL;
    m->p.ties[m->p.n_ties] =
        (as_party_tie){.kind = kind, .low = 0, .high = 100};
    return &m->p.ties[m->p.n_ties++];
}

as_str as_make_joined(as_party_make *m, const as_str *parts, size_t n,
                      const char *between)
{
    as_str text;
    as_buf b;

    as_buf_init(&b, AS_LIMIT_PARTY_TEXT * 4);
    for (size_t i = 0; i < n; i++) {
        as_str s = as_str_trim(parts[i]);
        if (as_str_is_empty(s))
            continue;
        if (b.n)
            as_buf_c(&b, between);
        as_buf_str(&b, s);
    }
    text = as_arena_str(m->arena, as_buf_text(&b));
    as_buf_done(&b);
    return text;
}

/* ---- words ----------------------------------------------------------------
 */

static bool has_word(as_str text, const char *word)
{
    as_str w = as_str_c(word);

    for (size_t i = 0; i + w.n <= text.n; i++)
        if (as_str_starts_nocase(as_str_slice(text, i, text.n), w))
            return true;
    return false;
}

as_str as_make_scheme(as_str words)
{
    static const struct {
        const char *word;
        as_str scheme;
    } schemes[] = {
        {"passport", AS_STR_INIT("passport")},
        {"legal entity", AS_STR_INIT("lei")},
        {"imo", AS_STR_INIT("imo")},
        {"vessel registration", AS_STR_INIT("imo")},
        {"mmsi", AS_STR_INIT("mmsi")},
        {"maritime mobile", AS_STR_INIT("mmsi")},
        {"swift", AS_STR_INIT("swift")},
        {"bic", AS_STR_INIT("swift")},
        {"d-u-n-s", AS_STR_INIT("duns")},
        {"duns", AS_STR_INIT("duns")},
        {"cage", AS_STR_INIT("cage")},
        {"uei", AS_STR_INIT("uei")},
        {"aircraft", AS_STR_INIT("aircraft")},
        {"national id", AS_STR_INIT("national-id")},
        {"identification number", AS_STR_INIT("national-id")},
        {"cedula", AS_STR_INIT("national-id")},
        {"tax", AS_STR_INIT("tax")},
        {"nit", AS_STR_INIT("tax")},
        {"rfc", AS_STR_INIT("tax")},
        {"registration", AS_STR_INIT("registration")},
        {"registry", AS_STR_INIT("registration")},
        {"company number", AS_STR_INIT("registration")},
        {"uscc", AS_STR_INIT("registration")},
        {"unified social credit", AS_STR_INIT("registration")},
        {"commercial", AS_STR_INIT("registration")},
        {"enterprise number", AS_STR_INIT("registration")},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(schemes); i++)
        if (has_word(words, schemes[i].word))
            return schemes[i].scheme;
    return AS_STR("other");
}

/* ---- dates --------------------------------------------------------------- */

unsigned as_make_month(as_str word)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    char three[3];

    if (word.n < 3)
        return 0;
    for (size_t i = 0; i < 3; i++)
        three[i] = as_ascii_lower(word.p[i]);
    for (unsigned i = 0; i < 12; i++)
        if (memcmp(names + i * 3, three, 3) == 0)
            return i + 1;
    return 0;
}

static size_t words_of(as_str text, as_str *words, size_t cap)
{
    size_t n = 0, at = 0;

    while (at < text.n && n < cap) {
        size_t from = at;
        while (at < text.n && as_ascii_is_alnum(text.p[at]))
            at++;
        if (at > from)
            words[n++] = as_str_slice(text, from, at);
        while (at < text.n && !as_ascii_is_alnum(text.p[at]))
            at++;
    }
    return at < text.n ? cap + 1 : n;
}

/* Day, month and year among three words. */
static bool civil_of(const as_str *w, bool month_first, as_civil *ret)
{
    uint64_t day, month, year;
    int named = (int)as_make_month(w[0]);

    if (named) { /* February 29, 2024 */
        if (!as_str_u64(w[1], &day) || !as_str_u64(w[2], &year))
            return false;
        *ret = (as_civil){(int)(year % 10000), named, (int)(day % 100)};
        return year < 10000 && day < 100;
    }
    named = (int)as_make_month(w[1]);
    if (!as_str_u64(w[month_first && !named ? 1 : 0], &day) ||
        !as_str_u64(w[2], &year))
        return false;
    month = (uint64_t)named;
    if (!named && !as_str_u64(w[month_first ? 0 : 1], &month))
        return false;
    *ret =
        (as_civil){(int)(year % 10000), (int)(month % 100), (int)(day % 100)};
    return year < 10000 && month < 100 && day < 100 && w[2].n == 4;
}

/* "2015-07-01-04:00": a date of XML Schema (part 2, 3.3.9) with a zone. */
static bool has_zone(as_str s)
{
    as_str zone = as_str_slice(s, 10, s.n);

    return as_str_eq(zone, AS_STR("Z")) ||
           (zone.n == 6 && (zone.p[0] == '-' || zone.p[0] == '+') &&
            zone.p[3] == ':');
}

as_str as_make_date(as_party_make *m, as_str text, bool month_first)
{
    as_str s = as_str_trim(text), words[3];
    as_civil civil;
    as_date day;

    if (as_date_read_any(s, &day) ||
        (has_zone(s) && as_date_read(as_str_slice(s, 0, 10), &day)))
        return as_date_str(m->arena, day);
    if (s.n == 0 || s.n > 64 || words_of(s, words, 3) != 3 ||
        !civil_of(words, month_first, &civil) || !as_date_of(civil, &day))
        return AS_ABSENT;
    return as_date_str(m->arena, day);
}

/* ---- the row ------------------------------------------------------------- */

bool as_make_refuse(as_party_make *m, as_str id, const char *why)
{
    as_err err;

    as_err_init(&err);
    if (m->line)
        as_err_line(&err, m->line, 1);
    else if (m->place)
        as_feed_locate(m->place, m->pointer, &err);
    as_fail(&err, AS_ERR_INPUT, "%s", why);
    if (!m->sink->refused(m->sink->ctx, m->source,
                          as_feed_is_id(id) ? id : AS_ABSENT, &err))
        m->stop = true;
    return !m->stop;
}

void as_make_note(as_party_make *m, as_str id, const char *what)
{
    as_err err;

    as_err_init(&err);
    if (m->line)
        as_err_line(&err, m->line, 1);
    else if (m->place)
        as_feed_locate(m->place, m->pointer, &err);
    as_fail(&err, AS_ERR_INPUT, "%s", what);
    if (!m->sink->noted(m->sink->ctx, m->source,
                        as_feed_is_id(id) ? id : AS_ABSENT, &err))
        m->stop = true;
}

static void note_cut(as_party_make *m)
{
    char text[80];

    if (!m->cut)
        return;
    (void)snprintf(text, sizeof text, "%s of the row is too long and is cut",
                   m->cut);
    as_make_note(m, m->p.id, text);
}

/* The first n stay in front; the others in order, each once. */
static void put_sorted(as_buf *b, as_str *items, size_t n, size_t first)
{
    if (n > first)
        qsort(items + first, n - first, sizeof *items, as_str_qsort_cmp);
    for (size_t i = 0; i < n; i++) {
        if (i > first && as_str_eq(items[i], items[i - 1]))
            continue;
        as_buf_str(b, items[i]);
        as_buf_byte(b, '\n');
    }
}

/* "sha256:" and half of the digest of names, kind and countries, whatever the
 * order of aliases and countries. */
static as_str content_id(as_party_make *m)
{
    size_t most =
        m->p.n_names > m->p.n_countries ? m->p.n_names : m->p.n_countries;
    as_str *items = AS_NEW_ARRAY(m->arena, most, as_str);
    as_sha256_digest digest;
    as_str id = AS_ABSENT;
    as_buf b;

    if (!items)
        return AS_ABSENT;
    as_buf_init(&b, AS_LIMIT_RECORD_BYTES);
    for (size_t i = 0; i < m->p.n_names; i++)
        items[i] = m->p.names[i].text;
    put_sorted(&b, items, m->p.n_names, 1);
    as_buf_printf(&b, "%s\n", as_party_kind_word(m->p.kind));
    for (size_t i = 0; i < m->p.n_countries; i++)
        items[i] = m->p.countries[i];
    put_sorted(&b, items, m->p.n_countries, 0);
    if (!as_buf_failed(&b) && as_sha256(as_buf_span(&b), &digest)) {
        as_str hex =
            as_hex_str(m->arena, (as_span){digest.bytes, ID_DIGITS / 2});
        id = as_arena_printf(m->arena, "sha256:%.*s", AS_FMT(hex));
    }
    as_buf_done(&b);
    return id;
}

/* Ids keep what ids have; blanks and control characters become "_". */
static as_str clean_id(as_party_make *m, as_str id)
{
    as_str s = as_feed_text(m->arena, id, AS_LIMIT_RECORD_ID - 8);
    char *p;

    if (as_str_is_empty(s))
        return AS_ABSENT;
    p = as_arena_alloc(m->arena, s.n);
    if (!p)
        return AS_ABSENT;
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] == ' ' ? '_' : s.p[i];
    return as_str_of(p, s.n);
}

bool as_make_end(as_party_make *m, as_party_part part)
{
    if (!m->arena || m->stop)
        return false;
    if (part != AS_PARTY_WHOLE && m->p.n_names == 0)
        as_make_name(m, AS_PARTY_NAME_PRIMARY, m->p.id);
    if (m->p.n_names == 0)
        return as_make_refuse(m, m->p.id, "the row has no name");
    if (m->full)
        return as_make_refuse(m, m->p.id,
                              "the row has too many names, ties or terms");
    m->p.id = clean_id(m, m->p.id);
    if (!m->p.id.p)
        m->p.id = content_id(m);
    if (as_arena_failed(m->arena) || !m->p.id.p)
        return as_make_refuse(m, m->p.id, "the row takes too much memory");
    note_cut(m);
    if (!m->sink->party(m->sink->ctx, &m->p, part))
        m->stop = true;
    return !m->stop;
}

void as_make_done(as_party_make *m)
{
    m->arena = as_arena_free(m->arena);
}

/* ---- the list ------------------------------------------------------------ */

bool as_make_list(as_party_make *m, const as_list_head *head)
{
    m->source = head->source;
    if (!m->sink->list(m->sink->ctx, head))
        m->stop = true;
    if (!m->stop && m->sink->encoding.p && !m->told)
        as_make_note(m, AS_ABSENT,
                     "the file is not UTF-8; it was read as Windows-1252");
    m->told = true;
    return !m->stop;
}

static bool has_column(const as_table *t, as_str words)
{
    while (words.n)
        if (as_table_column(t, as_str_cut(&words, '|')) < AS_TABLE_FIELDS)
            return true;
    return false;
}

void as_make_columns(as_party_make *m, const as_table *t,
                     const char *const *words)
{
    for (; *words; words++) {
        as_str rest = as_str_c(*words), first;
        if (has_column(t, rest))
            continue;
        first = as_str_cut(&rest, '|');
        as_make_cut(m, "its column \"%.*s\" is missing", AS_FMT(first));
        return;
    }
}

void as_make_cut(as_party_make *m, const char *fmt, ...)
{
    as_err err;
    char text[300];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    as_err_init(&err);
    as_fail(&err, AS_ERR_INPUT, "%s", text);
    if (!m->sink->cut(m->sink->ctx, &err))
        m->stop = true;
}
