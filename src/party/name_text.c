/* SPDX-License-Identifier: Apache-2.0 */
/* A name's characters, folded: NFKC and case, no marks on Latin and Greek
 * letters, none of the points of Arabic and Hebrew, look-alikes of another
 * script in a word of Latin letters turned into these, traditional Han beside
 * simplified. tools/names-compile.py folds the terms of the tables alike. */
#include "party/name_internal.h"

#include <string.h>

as_script as_script_of(uint32_t c)
{
    static const struct {
        uint32_t from, to;
        as_script script;
    } ranges[] = {
        {0x0370, 0x03FF, AS_SCRIPT_GREEK},
        {0x0400, 0x052F, AS_SCRIPT_CYRILLIC},
        {0x0530, 0x058F, AS_SCRIPT_OTHER},
        {0x0590, 0x05FF, AS_SCRIPT_HEBREW},
        {0x0600, 0x06FF, AS_SCRIPT_ARABIC},
        {0x0700, 0x074F, AS_SCRIPT_OTHER},
        {0x0750, 0x077F, AS_SCRIPT_ARABIC},
        {0x0780, 0x08FF, AS_SCRIPT_OTHER},
        {0x0900, 0x0D7F, AS_SCRIPT_INDIC},
        {0x0D80, 0x10FF, AS_SCRIPT_OTHER},
        {0x1100, 0x11FF, AS_SCRIPT_HANGUL},
        {0x1200, 0x177F, AS_SCRIPT_OTHER},
        {0x1780, 0x17FF, AS_SCRIPT_KHMER},
        {0x1800, 0x1DFF, AS_SCRIPT_OTHER},
        {0x1F00, 0x1FFF, AS_SCRIPT_GREEK},
        {0x2C00, 0x2DFF, AS_SCRIPT_OTHER},
        {0x2E80, 0x2FDF, AS_SCRIPT_HAN},
        {0x3005, 0x3007, AS_SCRIPT_HAN},
        {0x3040, 0x30FF, AS_SCRIPT_KANA},
        {0x3100, 0x31EF, AS_SCRIPT_OTHER},
        {0x31F0, 0x31FF, AS_SCRIPT_KANA},
        {0x3400, 0x9FFF, AS_SCRIPT_HAN},
        {0xA000, 0xABFF, AS_SCRIPT_OTHER},
        {0xAC00, 0xD7A3, AS_SCRIPT_HANGUL},
        {0xF900, 0xFAFF, AS_SCRIPT_HAN},
        {0x10000, 0x1FFFF, AS_SCRIPT_OTHER},
        {0x20000, 0x3FFFF, AS_SCRIPT_HAN},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(ranges); i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return ranges[i].script;
    return AS_SCRIPT_LATIN;
}

/* One letter that stands for another, or for two. */
static uint32_t twin(uint32_t c, uint32_t *second)
{
    static const struct {
        uint16_t from;
        char to[2];
    } latin[] = {
        {0xE6, "ae"}, {0xF8, "o"},  {0x111, "d"}, {0xF0, "d"},
        {0x142, "l"}, {0x131, "i"}, {0xFE, "th"}, {0x153, "oe"},
        {0x259, "e"}, {0x14B, "n"}, {0x127, "h"}, {0x167, "t"},
    };
    static const uint16_t same[][2] = {
        {0x623, 0x627}, {0x625, 0x627}, {0x671, 0x627}, {0x649, 0x64A},
        {0x6CC, 0x64A}, {0x6A9, 0x643}, {0x629, 0x647}, {0x624, 0x648},
        {0x626, 0x64A}, {0x6CE, 0x64A}, {0x6BE, 0x647}, {0x6C1, 0x647},
        {0x6D2, 0x64A}, {0x451, 0x435}, {0x491, 0x433}, {0x450, 0x435},
        {0x45D, 0x438}, {0x3C2, 0x3C3},
    };

    *second = 0;
    for (size_t i = 0; c < 0x260 && i < AS_ARRAY_LEN(latin); i++)
        if (latin[i].from == c) {
            *second = (uint32_t)latin[i].to[1];
            return (uint32_t)latin[i].to[0];
        }
    for (size_t i = 0; c > 0x3BF && i < AS_ARRAY_LEN(same); i++)
        if (same[i][0] == c)
            return same[i][1];
    return c;
}

static bool is_dropped(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5C7) ||
           (c >= 0x64B && c <= 0x65F) || c == 0x640 || c == 0x670 ||
           c == 0x200C || c == 0x200D;
}

static void put(as_text *t, uint32_t c)
{
    uint32_t second = 0, first = twin(c, &second);

    if (t->n < AS_TEXT_MAX)
        t->c[t->n++] = first;
    if (second && t->n < AS_TEXT_MAX)
        t->c[t->n++] = second;
}

/* Latin and Greek letters lose their marks, others keep what makes them. */
static void put_folded(as_names *s, as_text *t, uint32_t c)
{
    uint32_t parts[32];
    size_t n = 1;

    if (is_dropped(c))
        return;
    parts[0] = c;
    if (c >= 0xC0 &&
        (c < 0x250 || (c >= 0x370 && c < 0x400) || (c >= 0x1E00 && c < 0x2000)))
        n = as_icu_base(s, c, parts, AS_ARRAY_LEN(parts));
    for (size_t i = 0; i < n; i++)
        put(t, parts[i]);
}

static bool is_invisible(uint32_t c)
{
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF ||
           (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2061 && c <= 0x206F) || c == 0x180E || c == 0x34F ||
           (c >= 0xE0000 && c <= 0xE0FFF) || c == 0x115F || c == 0x3164;
}

/* The Latin letter that a folded letter of another script looks like, or 0. */
static uint32_t look_alike(uint32_t c)
{
    static const struct {
        uint16_t from;
        char to;
    } table[] = {
        {0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'},
        {0x443, 'y'}, {0x445, 'x'}, {0x456, 'i'}, {0x458, 'j'}, {0x455, 's'},
        {0x43A, 'k'}, {0x43C, 'm'}, {0x442, 't'}, {0x43D, 'h'}, {0x432, 'b'},
        {0x4BB, 'h'}, {0x501, 'd'}, {0x51B, 'q'}, {0x51D, 'w'}, {0x4AF, 'y'},
        {0x433, 'r'}, {0x3B1, 'a'}, {0x3B5, 'e'}, {0x3BF, 'o'}, {0x3C1, 'p'},
        {0x3BD, 'v'}, {0x3B9, 'i'}, {0x3BA, 'k'}, {0x3C4, 't'}, {0x3C5, 'u'},
        {0x3C7, 'x'}, {0x3B7, 'n'}, {0x3BC, 'm'}, {0x3B2, 'b'}, {0x3B6, 'z'},
        {0x3B3, 'y'}, {0x585, 'o'}, {0x570, 'h'}, {0x578, 'n'}, {0x57D, 'u'},
        {0x581, 'g'}, {0x584, 'p'},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(table); i++)
        if (table[i].from == c)
            return (uint32_t)table[i].to;
    return 0;
}

/* A word of Latin letters with look-alikes among them, or the other way round:
 * of the two the script with more letters of its own wins. */
static void mend_word(as_text *t, size_t from, size_t to)
{
    size_t latin = 0, other = 0, plain = 0;

    for (size_t i = from; i < to; i++) {
        as_script s = as_script_of(t->c[i]);
        latin += t->c[i] >= 'a' && t->c[i] <= 'z';
        other += s == AS_SCRIPT_CYRILLIC || s == AS_SCRIPT_GREEK;
        plain += (s == AS_SCRIPT_CYRILLIC || s == AS_SCRIPT_GREEK) &&
                 !look_alike(t->c[i]);
    }
    if (!latin || !other)
        return;
    t->flags |= AS_NAME_HAS_MIXED;
    for (size_t i = from; i < to; i++) {
        uint32_t as = look_alike(t->c[i]);
        if (!plain && as)
            t->c[i] = as;
        /* A Cyrillic word with Latin letters put in. */
        for (uint32_t c = 0x430; plain && t->c[i] < 0x80 && c < 0x460; c++)
            if (look_alike(c) == t->c[i])
                t->c[i] = c;
    }
}

static void mend(as_text *t)
{
    size_t from = 0;

    for (size_t i = 0; i <= t->n; i++) {
        bool word =
            i < t->n && (t->c[i] >= 0x80 || as_ascii_is_alnum((char)t->c[i]));
        if (word)
            continue;
        mend_word(t, from, i);
        from = i + 1;
    }
}

static size_t decode(as_str in, uint32_t *out, size_t cap, bool *ascii)
{
    size_t n = 0;

    *ascii = true;
    for (size_t i = 0; i < in.n && n < cap;) {
        uint8_t b = (uint8_t)in.p[i];
        size_t more = b < 0x80 ? 0 : b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        uint32_t c = more == 0   ? b
                     : more == 1 ? b & 0x1FU
                     : more == 2 ? b & 0xFU
                                 : b & 7U;
        for (size_t k = 1; k <= more && i + k < in.n; k++)
            c = c << 6 | ((uint8_t)in.p[i + k] & 0x3FU);
        *ascii = *ascii && more == 0;
        out[n++] = c;
        i += more + 1;
    }
    return n;
}

static void simplify(as_names *s, as_text *t)
{
    bool han = false;
    uint32_t made[AS_TEXT_MAX];
    size_t n;

    memcpy(t->hans, t->c, t->n * sizeof t->c[0]);
    for (size_t i = 0; i < t->n && !han; i++)
        han = as_script_of(t->c[i]) == AS_SCRIPT_HAN;
    if (!han || t->n > AS_LIMIT_NAME_BYTES)
        return;
    if (as_han_simplify(t->c, t->n, t->hans))
        return;
    n = as_icu_simplify(s, t->c, t->n, made, AS_TEXT_MAX);
    if (n == t->n)
        memcpy(t->hans, made, n * sizeof made[0]);
}

as_rc as_text_fold(as_names *s, as_str in, as_text *ret, as_err *err)
{
    uint32_t raw[AS_LIMIT_NAME_BYTES], made[AS_TEXT_MAX];
    bool ascii;
    size_t n = decode(in, raw, AS_ARRAY_LEN(raw), &ascii);

    ret->n = 0;
    ret->flags = 0;
    if (ascii) {
        for (size_t i = 0; i < n; i++)
            ret->c[ret->n++] = (uint32_t)as_ascii_lower((char)raw[i]);
        memcpy(ret->hans, ret->c, ret->n * sizeof ret->c[0]);
        return AS_OK;
    }
    if (as_icu_load(s, err))
        return err ? err->rc : AS_ERR_IO;
    for (size_t i = 0; i < n; i++)
        if (is_invisible(raw[i]))
            ret->flags |= AS_NAME_HAS_INVISIBLE;
    n = as_icu_normalise(s, raw, n, made, AS_TEXT_MAX);
    for (size_t i = 0; i < n; i++)
        put_folded(s, ret, made[i]);
    mend(ret);
    simplify(s, ret);
    return AS_OK;
}
