/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting a folded name into words.
 *
 * Apostrophes fall away within a word; single letters with dots or a slash
 * between are one word ("S.p.A.", "A/S"), but for persons initials stay apart.
 * Scripts without blanks are cut where the script changes, and then by what the
 * tables know: a legal form at either end, the longest first, and words and
 * places between. */
#include "party/name_internal.h"

#include <string.h>

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x2BB ||
           c == 0x2BC || c == '`' || c == 0xB4 || c == 0x2B9 || c == 0x2032 ||
           c == 0x2BF || c == 0x2BE || c == 0x55A;
}

static bool is_word(const as_names *s, uint32_t c)
{
    if (c < 0x80)
        return as_ascii_is_alnum((char)c);
    return as_icu_is_word(s, c);
}

as_str as_utf8_of(const uint32_t *c, size_t n, char *out, size_t cap)
{
    size_t m = 0;

    for (size_t i = 0; i < n && m + 4 <= cap; i++) {
        if (c[i] < 0x80) {
            out[m++] = (char)c[i];
        } else if (c[i] < 0x800) {
            out[m++] = (char)(0xC0 | c[i] >> 6);
            out[m++] = (char)(0x80 | (c[i] & 0x3F));
        } else if (c[i] < 0x10000) {
            out[m++] = (char)(0xE0 | c[i] >> 12);
            out[m++] = (char)(0x80 | (c[i] >> 6 & 0x3F));
            out[m++] = (char)(0x80 | (c[i] & 0x3F));
        } else {
            out[m++] = (char)(0xF0 | c[i] >> 18);
            out[m++] = (char)(0x80 | (c[i] >> 12 & 0x3F));
            out[m++] = (char)(0x80 | (c[i] >> 6 & 0x3F));
            out[m++] = (char)(0x80 | (c[i] & 0x3F));
        }
    }
    return as_str_of(out, m);
}

as_str as_maker_key(const as_maker *m, size_t i, size_t n, char *out,
                    size_t cap)
{
    size_t len = 0;

    for (size_t k = i; k < i + n; k++) {
        if (k > i && len < cap)
            out[len++] = ' ';
        len +=
            as_utf8_of(m->c + m->w[k].from, m->w[k].n, out + len, cap - len).n;
    }
    return as_str_of(out, len);
}

/* ---- words ----------------------------------------------------------------
 */

/* A blank stands before each word but the first, so that words that become one
 * keep it. */
static void begin(as_maker *m, as_script script)
{
    if (m->n_w == AS_RAW_WORDS) {
        m->full = true;
        m->n_w--;
    }
    if (m->n && m->n < AS_TEXT_MAX) {
        m->c[m->n] = m->hans[m->n] = ' ';
        m->n++;
    }
    m->w[m->n_w++] = (as_raw_word){
        .from = (uint16_t)m->n,
        .script = (uint8_t)script,
        .count = 1,
    };
}

static void push(as_maker *m, uint32_t c, uint32_t hans)
{
    if (m->n == AS_TEXT_MAX) {
        m->full = true;
        return;
    }
    m->c[m->n] = c;
    m->hans[m->n++] = hans;
    m->w[m->n_w - 1].n++;
}

static void push_ascii(as_maker *m, const char *word)
{
    begin(m, AS_SCRIPT_LATIN);
    for (; *word; word++)
        push(m, (uint32_t)(uint8_t)*word, (uint32_t)(uint8_t)*word);
}

/* Whether the word that begins at i is a single letter. */
static bool is_single(const as_names *s, size_t i)
{
    const as_text *t = &s->maker.text;

    return i < t->n && is_word(s, t->c[i]) &&
           (i + 1 == t->n || !is_word(s, t->c[i + 1])) &&
           !(t->c[i] >= '0' && t->c[i] <= '9');
}

static void separator(as_maker *m, uint32_t c)
{
    if (c == ',' || c == 0x60C || c == 0x3001) {
        m->comma = m->n_w;
        m->n_commas++;
    }
    if (c == '&')
        push_ascii(m, "and");
    else if (c == '%')
        push_ascii(m, "percent");
}

/* "'s" of an organisation says nothing. */
static bool is_genitive(const as_names *s, size_t i)
{
    const as_maker *m = &s->maker;
    const as_text *t = &m->text;

    return !m->person && i + 1 < t->n && t->c[i + 1] == 's' &&
           (i + 2 == t->n || !is_word(s, t->c[i + 2])) && i > 0 &&
           is_word(s, t->c[i - 1]);
}

typedef struct cutter {
    bool open, dot, gap; /* in a word; since it only dots; anything else */
    as_script script;
} cutter;

static bool goes_on(const cutter *k, as_script script)
{
    bool cjk = as_script_is_cjk(script) || as_script_is_cjk(k->script);

    return k->open && (!cjk || script == k->script);
}

static void letter(as_names *s, cutter *k, size_t i)
{
    as_maker *m = &s->maker;
    uint32_t c = m->text.c[i];
    as_script script = as_script_of(c);
    as_raw_word *last = m->n_w ? &m->w[m->n_w - 1] : NULL;
    bool digit = c < 0x80 && as_ascii_is_digit((char)c);

    /* The long-vowel mark goes with Kana, digits and marks with any. */
    if (digit && k->open && !as_script_is_cjk(k->script))
        script = k->script;
    if (!goes_on(k, script)) {
        bool glue = !m->person && k->dot && !k->gap && last &&
                    (last->n == 1 || last->glued) && is_single(s, i) &&
                    last->script == (uint8_t)script;
        if (glue)
            last->glued = 1;
        else
            begin(m, script);
    }
    if (m->w[m->n_w - 1].script == AS_SCRIPT_LATIN)
        m->w[m->n_w - 1].script = (uint8_t)script;
    push(m, c, m->text.hans[i]);
    *k = (cutter){.open = true, .script = script};
}

/* "Putin, Vladimir" is Vladimir Putin. */
static void turn(uint32_t *c, size_t first, size_t n)
{
    uint32_t before[AS_TEXT_MAX];

    memcpy(before, c, first * sizeof *c);
    memmove(c, c + first + 1, (n - first - 1) * sizeof *c);
    c[n - first - 1] = ' ';
    memcpy(c + n - first, before, first * sizeof *c);
}

static void turn_at_comma(as_maker *m)
{
    as_raw_word w[AS_RAW_WORDS];
    size_t n = m->n_w - m->comma, first;

    if (m->comma == 0 || n == 0 || m->full)
        return;
    first = m->w[m->comma].from - 1U; /* the blank between */
    turn(m->c, first, m->n);
    turn(m->hans, first, m->n);
    memcpy(w, m->w, m->n_w * sizeof w[0]);
    for (size_t i = 0; i < m->n_w; i++) {
        size_t from = i < n ? w[m->comma + i].from - first - 1
                            : w[i - n].from + m->n - first;
        m->w[i] = i < n ? w[m->comma + i] : w[i - n];
        m->w[i].from = (uint16_t)from;
    }
}

/* What stands between letters of one word: "S.p.A.", "A/S". */
static bool is_glue(uint32_t c)
{
    return c == '.' || c == '/';
}

/* "c/o": the other name's. As one word it would be a company. */
static bool is_care_of(const as_names *s, size_t i)
{
    const as_text *t = &s->maker.text;

    return !s->maker.person && i > 0 && i + 3 < t->n && t->c[i] == 'c' &&
           t->c[i + 1] == '/' && t->c[i + 2] == 'o' &&
           !is_word(s, t->c[i - 1]) && !is_word(s, t->c[i + 3]);
}

void as_maker_cut(as_names *s)
{
    as_maker *m = &s->maker;
    const as_text *t = &m->text;
    cutter k = {.open = false};

    m->n = m->n_w = m->comma = 0;
    m->n_commas = 0;
    m->full = false;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t c = t->c[i];
        if (is_apostrophe(c)) {
            i += is_genitive(s, i);
            continue;
        }
        if (is_care_of(s, i)) {
            push_ascii(m, "aka");
            i += 2;
            k.open = false;
            continue;
        }
        if (is_word(s, c)) {
            letter(s, &k, i);
            continue;
        }
        separator(m, c);
        k.gap = k.gap || (c == ' ' ? !k.dot : !is_glue(c));
        k.dot = k.dot || is_glue(c);
        k.open = false;
    }
    if (m->person && m->n_commas == 1)
        turn_at_comma(m);
}

void as_maker_merge(as_maker *m, size_t i, size_t n)
{
    as_raw_word *w = &m->w[i];

    if (n < 2)
        return;
    w->n = (uint16_t)(m->w[i + n - 1].from + m->w[i + n - 1].n - w->from);
    w->count = (uint8_t)n;
    memmove(w + 1, w + n, (m->n_w - i - n) * sizeof *w);
    m->n_w -= n - 1;
}

/* ---- scripts without blanks ---------------------------------------------- */

typedef struct split {
    as_maker *m;
    as_raw_word out[AS_RAW_WORDS];
    size_t n;
} split;

static void emit_number(split *s, const as_raw_word *whole, size_t from,
                        size_t n, uint32_t value)
{
    as_raw_word w = *whole;

    if (s->n == AS_RAW_WORDS)
        return;
    w.from = (uint16_t)(whole->from + from);
    w.n = (uint16_t)n;
    w.class_ = AS_WORD_NUMBER;
    w.weight = 60;
    w.number = value;
    s->out[s->n++] = w;
}

static void emit(split *s, const as_raw_word *whole, size_t from, size_t n,
                 const as_name_row *row)
{
    as_raw_word w = *whole;

    if (n == 0 || s->n == AS_RAW_WORDS)
        return;
    w.from = (uint16_t)(whole->from + from);
    w.n = (uint16_t)n;
    if (row && row->kind == AS_ROW_FORM) {
        w.class_ = AS_WORD_FORM;
        w.form = (uint8_t)row->value;
    } else if (row && row->kind == AS_ROW_READING) {
        w.latin = as_str_c(as_name_concepts[row->value]);
    }
    s->out[s->n++] = w;
}

typedef const as_name_row *(*find_fn)(as_str key);

/* As written, else simplified. */
static const as_name_row *look(const as_maker *m, const as_raw_word *w,
                               size_t from, size_t n, find_fn find)
{
    char key[128];
    const as_name_row *row;

    if (n > 24)
        return NULL;
    row = find(as_utf8_of(m->c + w->from + from, n, key, sizeof key));
    return row ? row
               : find(as_utf8_of(m->hans + w->from + from, n, key, sizeof key));
}

/* The longest legal form at either end, at least two characters. */
static size_t form_at(const as_maker *m, const as_raw_word *w, size_t from,
                      size_t to, bool end, const as_name_row **ret)
{
    size_t most = to - from < 16 ? to - from : 16;

    for (size_t n = most; n >= 2; n--) {
        *ret = look(m, w, end ? to - n : from, n, as_name_find_form);
        if (*ret)
            return n;
    }
    return 0;
}

/* Behind a place: city, province, county, district. */
static bool is_place_suffix(const as_name_row *row, uint32_t c)
{
    return row->kind == AS_ROW_CITY &&
           (c == 0x5E02 || c == 0x7701 || c == 0x53BF || c == 0x533A);
}

/* The longest word or form that begins at i. */
static const as_name_row *known_at(const as_maker *m, const as_raw_word *w,
                                   size_t i, size_t to, size_t *ret)
{
    for (size_t n = to - i < 10 ? to - i : 10; n >= 2; n--) {
        const as_name_row *row = look(m, w, i, n, as_name_find_word);
        *ret = n;
        if (!row)
            row = look(m, w, i, n, as_name_find_form);
        if (row)
            return row;
    }
    return NULL;
}

static void split_middle(split *s, const as_raw_word *w, size_t from, size_t to)
{
    size_t run = from;

    for (size_t i = from; i < to;) {
        const as_name_row *row = NULL;
        uint32_t value;
        size_t n = as_han_number(s->m->hans + w->from + i, to - i, &value);
        if (n > 0) {
            emit(s, w, run, i - run, NULL);
            emit_number(s, w, i, n, value);
            run = i += n;
            continue;
        }
        row = known_at(s->m, w, i, to, &n);
        if (!row) {
            i++;
            continue;
        }
        emit(s, w, run, i - run, NULL);
        emit(s, w, i, n, row->kind == AS_ROW_FORM ? row : NULL);
        i += n;
        i += i < to && is_place_suffix(row, s->m->hans[w->from + i]);
        run = i;
    }
    emit(s, w, run, to - run, NULL);
}

static void split_organisation(split *s, const as_raw_word *w)
{
    const as_name_row *row, *tail[8], *whole;
    size_t from = 0, to = w->n, n, tails[8], n_tails = 0;

    whole = look(s->m, w, 0, w->n, as_name_find_form);
    if (whole) {
        emit(s, w, 0, w->n, whole);
        return;
    }
    while (n_tails < 8 && (n = form_at(s->m, w, from, to, true, &row)) > 0 &&
           n < to - from) {
        tail[n_tails] = row;
        tails[n_tails++] = n;
        to -= n;
    }
    while ((n = form_at(s->m, w, from, to, false, &row)) > 0 && n < to - from) {
        emit(s, w, from, n, row);
        from += n;
    }
    split_middle(s, w, from, to);
    for (size_t i = n_tails; i-- > 0;) {
        emit(s, w, to, tails[i], tail[i]);
        to += tails[i];
    }
}

static bool is_double_surname(const uint32_t *c)
{
    static const uint32_t pairs[][2] = {
        {0x6B27, 0x9633}, {0x53F8, 0x9A6C}, {0x8BF8, 0x845B}, {0x4E0A, 0x5B98},
        {0x53F8, 0x5F92}, {0x4E1C, 0x65B9}, {0x72EC, 0x5B64}, {0x5357, 0x5BAB},
        {0x590F, 0x4FAF}, {0x7687, 0x752B}, {0xB0A8, 0xAD81}, {0xD669, 0xBCF4},
        {0xC120, 0xC6B0}, {0xC81C, 0xAC08},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(pairs); i++)
        if (c[0] == pairs[i][0] && c[1] == pairs[i][1])
            return true;
    return false;
}

/* A name whose every character a table of readings covers, one of two or more
 * characters among them. */
static bool split_readings(split *s, const as_raw_word *w)
{
    size_t at = s->n, longest = 0;

    for (size_t i = 0; i < w->n;) {
        const as_name_row *row = NULL;
        size_t n = w->n - i < 6u ? (size_t)(w->n - i) : 6;
        for (; n >= 1; n--) {
            row = look(s->m, w, i, n, as_name_find_person);
            if (row && (row->kind == AS_ROW_READING ||
                        (n == w->n && row->kind == AS_ROW_NAME)))
                break;
            row = NULL;
        }
        if (!row) {
            s->n = at;
            return false;
        }
        longest = n > longest ? n : longest;
        emit(s, w, i, n, row);
        i += n;
    }
    if (longest < 2)
        s->n = at;
    return longest >= 2;
}

static void split_person(split *s, const as_raw_word *w, bool alone)
{
    size_t first;

    if (w->script != AS_SCRIPT_KANA && split_readings(s, w))
        return;
    if (!alone || w->script == AS_SCRIPT_KANA || w->n < 2 || w->n > 4) {
        emit(s, w, 0, w->n, NULL);
        return;
    }
    first = w->n > 2 && is_double_surname(s->m->hans + w->from) ? 2 : 1;
    emit(s, w, 0, first, NULL);
    emit(s, w, first, w->n - first, NULL);
}

void as_maker_split(as_maker *m)
{
    split s = {.m = m};

    for (size_t i = 0; i < m->n_w; i++) {
        const as_raw_word *w = &m->w[i];
        if (!as_script_is_cjk((as_script)w->script))
            emit(&s, w, 0, w->n, NULL);
        else if (m->person)
            split_person(&s, w, m->n_w == 1);
        else
            split_organisation(&s, w);
    }
    memcpy(m->w, s.out, s.n * sizeof s.out[0]);
    m->n_w = s.n;
}
