/* SPDX-License-Identifier: Apache-2.0 */
/* What an index is asked by: keys of words, of whole names, of identifiers. */
#include "party/index_internal.h"
#include "party/name_internal.h"

#include <string.h>

enum { HELD_FROM = 8 }; /* percent of a rare word; less tells nothing */

uint32_t as_index_hash(as_index_key kind, as_str s)
{
    uint64_t h = as_str_hash(s);

    /* Kinds apart: the same letters are another key. */
    h = (h ^ (uint64_t)kind * UINT64_C(0x9E3779B97F4A7C15)) *
        UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(h >> 32);
}

uint32_t as_index_concept_hash(unsigned concept)
{
    char text[2] = {(char)(concept >> 8), (char)concept};

    return as_index_hash(AS_KEY_CONCEPT, as_str_of(text, sizeof text));
}

unsigned as_index_year(as_str birth)
{
    unsigned year = 0;

    for (size_t i = 0; i < 4; i++) {
        if (i >= birth.n || !as_ascii_is_digit(birth.p[i]))
            return 0;
        year = year * 10 + (unsigned)(birth.p[i] - '0');
    }
    return birth.n == 4 || !as_ascii_is_digit(birth.p[4]) ? year : 0;
}

/* Two words of which each becomes the other by one insertion, deletion,
 * replacement or swap of neighbours share one of these (the idea of SymSpell,
 * W. Garbe 2012). */
void as_index_left_out(as_index_key kind, as_str s, size_t most,
                       bool (*visit)(void *ctx, uint32_t hash), void *ctx)
{
    char text[AS_INDEX_WHOLE];

    if (s.n < AS_INDEX_SHORT || s.n > most || s.n > sizeof text ||
        !visit(ctx, as_index_hash(kind, s)))
        return;
    for (size_t i = 0; i < s.n; i++) {
        if (i && s.p[i] == s.p[i - 1])
            continue;
        memcpy(text, s.p, i);
        memcpy(text + i, s.p + i + 1, s.n - i - 1);
        if (!visit(ctx, as_index_hash(kind, as_str_of(text, s.n - 1))))
            return;
    }
}

bool as_index_is_boned(as_str text)
{
    as_letters first;
    as_script script;

    if (!as_letters_of(as_str_slice(text, 0, 4), &first) || first.latin)
        return false;
    script = as_script_of(first.c[0]);
    return script != AS_SCRIPT_LATIN && script != AS_SCRIPT_CYRILLIC &&
           script != AS_SCRIPT_GREEK && script != AS_SCRIPT_HAN;
}

bool as_index_holds(const as_name_word *w)
{
    return w->weight >= HELD_FROM && w->class_ != AS_WORD_STOP &&
           w->class_ != AS_WORD_FORM && w->class_ != AS_WORD_TITLE &&
           w->class_ != AS_WORD_INITIAL && w->text.n &&
           w->text.n <= UINT8_MAX && w->latin.n <= UINT8_MAX;
}

as_str as_index_letters(const as_name_word *w)
{
    return w->latin.n ? w->latin : w->text;
}

bool as_index_is_plain(const as_name_word *w)
{
    return w->class_ == AS_WORD_RARE || w->class_ == AS_WORD_TRADE ||
           w->class_ == AS_WORD_FILLER;
}

static uint16_t fitting(unsigned sum)
{
    return (uint16_t)(sum < UINT16_MAX ? sum : UINT16_MAX);
}

as_index_weights as_index_weigh(const as_name *n)
{
    unsigned all = 0, rare = 0, plain = 0, initials = 0;

    for (size_t i = 0; i < as_name_words(n); i++) {
        as_name_word w = as_name_word_at(n, i);
        initials += w.class_ == AS_WORD_INITIAL;
        if (!as_index_holds(&w))
            continue;
        all += w.weight;
        rare += w.class_ == AS_WORD_RARE ? w.weight : 0;
        plain += as_index_is_plain(&w) ? w.weight : 0;
    }
    return (as_index_weights){.all = fitting(all),
                              .rare = fitting(rare),
                              .plain = fitting(plain),
                              .initials = (uint8_t)initials,
                              .kind = (uint8_t)as_name_get_kind(n)};
}

unsigned as_index_order(const as_index_weights *w)
{
    /* Of the least share that is asked for; see light_below in finder.c. */
    unsigned lighter =
        w->initials * (unsigned)AS_INDEX_INITIAL * AS_INDEX_INITIAL_WORTH;

    return w->all > lighter ? w->all - lighter : 0;
}

/* ---- whole names ------------------------------------------------------- */

size_t as_index_whole(const as_name *n, bool stops, char *out, size_t cap)
{
    size_t used = 0;

    for (size_t i = 0; i < as_name_words(n); i++) {
        as_name_word w = as_name_word_at(n, i);
        as_str s = as_index_letters(&w);
        if (w.class_ == AS_WORD_FORM || (w.class_ == AS_WORD_STOP && !stops))
            continue;
        if (s.n > cap - used)
            break;
        memcpy(out + used, s.p, s.n);
        used += s.n;
    }
    return used;
}

/* What stands outside of a run of initials may weigh so much, percent. */
enum { OUTSIDE = 40 };

static unsigned weight_at(const as_name *n, size_t i)
{
    as_name_word w = as_name_word_at(n, i);

    return w.class_ == AS_WORD_FORM || w.class_ == AS_WORD_TITLE ? 0 : w.weight;
}

/* The initials from word i on, every length, with the weight they stand for. */
static void runs_from(const as_name *n, size_t i, unsigned all,
                      void (*visit)(void *ctx, as_str initials), void *ctx)
{
    char text[AS_INDEX_INITIALS];
    unsigned inside = 0;
    size_t used = 0;

    for (; i < as_name_words(n) && used < sizeof text; i++) {
        as_name_word w = as_name_word_at(n, i);
        if (w.class_ == AS_WORD_TITLE || w.latin.n == 0)
            return;
        inside += weight_at(n, i);
        if (w.class_ == AS_WORD_STOP)
            continue;
        text[used++] = w.latin.p[0];
        if (used >= 3 && (all - inside) * 100 <= all * OUTSIDE)
            visit(ctx, as_str_of(text, used));
    }
}

void as_index_initials(const as_name *n,
                       void (*visit)(void *ctx, as_str initials), void *ctx)
{
    unsigned all = 0;

    for (size_t i = 0; i < as_name_words(n); i++)
        all += weight_at(n, i);
    for (size_t i = 0; i < as_name_words(n); i++)
        if (as_name_word_at(n, i).class_ != AS_WORD_STOP)
            runs_from(n, i, all, visit, ctx);
}

/* ---- identifiers ------------------------------------------------------- */

static bool starts(const char *s, size_t n, const char *prefix)
{
    size_t m = strlen(prefix);

    return n > m && memcmp(s, prefix, m) == 0;
}

size_t as_index_id(as_str value, char *out, size_t cap)
{
    static const char *const words[] = {"IMO",  "LEI",  "MMSI",   "UEI",
                                        "DUNS", "CAGE", "NUMBER", "NO"};
    size_t n = 0, skip = 0;
    bool digit = false;

    for (size_t i = 0; i < value.n && n < cap; i++) {
        char c = as_ascii_upper(value.p[i]);
        if (as_ascii_is_alnum(c) || (unsigned char)c >= 0x80)
            out[n++] = c;
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (starts(out + skip, n - skip, words[i]))
            skip += strlen(words[i]);
    memmove(out, out + skip, n - skip);
    n -= skip;
    for (size_t i = 0; i < n; i++)
        digit = digit || as_ascii_is_digit(out[i]);
    return n >= 4 && digit ? n : 0;
}

uint32_t as_index_id_hash(as_str normal)
{
    return (uint32_t)(as_str_hash(normal) >> 32);
}
