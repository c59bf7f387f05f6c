/* SPDX-License-Identifier: Apache-2.0 */
/* Letters of other scripts in Latin letters, the way passports and newspapers
 * write names (Cyrillic, Greek, Arabic, Hebrew, Hangul, Khmer: tables here; all
 * others: ICU). Han gives pinyin, which is a weak key: its own characters are
 * compared first. */
#include "party/name_internal.h"

#include <string.h>

typedef struct sink {
    char *p;
    size_t n, cap;
} sink;

static void add(sink *out, const char *s)
{
    for (; *s && out->n < out->cap; s++)
        out->p[out->n++] = *s;
}

static void add_ascii(sink *out, uint32_t c)
{
    if (as_ascii_is_alnum((char)c))
        add(out, (char[]){(char)c, 0});
}

/* ---- Cyrillic ------------------------------------------------------------
 */

static const char *const cyrillic[0x60] = {
    /* 0430 */ "a",
    "b",
    "v",
    "g",
    "d",
    "e",
    "zh",
    "z",
    "i",
    "y",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "kh",
    "ts",
    "ch",
    "sh",
    "shch",
    "",
    "y",
    "",
    "e",
    "yu",
    "ya",
    /* 0450 */ "e",
    "e",
    "d",
    "g",
    "ye",
    "z",
    "i",
    "i",
    "j",
    "lj",
    "nj",
    "c",
    "k",
    "i",
    "u",
    "dz",
};

static const char *cyrillic_more(uint32_t c)
{
    static const struct {
        uint16_t c;
        const char *to;
    } table[] = {
        {0x493, "g"}, {0x497, "j"}, {0x49B, "k"},  {0x4A3, "ng"}, {0x4A1, "k"},
        {0x4AF, "u"}, {0x4B1, "u"}, {0x4B3, "kh"}, {0x4B7, "j"},  {0x4BB, "h"},
        {0x4D9, "a"}, {0x4E9, "o"}, {0x4E3, "i"},  {0x4EF, "u"},  {0x499, "z"},
        {0x4AB, "s"}, {0x4D1, "a"}, {0x4D7, "e"},  {0x49D, "k"},  {0x4B9, "j"},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(table); i++)
        if (table[i].c == c)
            return table[i].to;
    return "";
}

/* Belarusian writes "dz" and "ts" for what others write "d" and "t" before a
 * soft "i", and has no initial "v" before a consonant. */
static bool is_belarusian(const uint32_t *c, size_t n)
{
    bool i_dotted = false, dz = false;

    for (size_t i = 0; i < n; i++) {
        i_dotted |= c[i] == 0x456;
        dz |= c[i] == 0x45E ||
              (i + 1 < n && c[i] == 0x446 && c[i + 1] == 0x456) ||
              (i + 2 < n && c[i] == 0x434 && c[i + 1] == 0x437 &&
               c[i + 2] == 0x456) ||
              (i + 1 < n && c[i] == 0x44D && i > 0);
    }
    return i_dotted && dz;
}

static void put_cyrillic(const uint32_t *c, size_t n, sink *out)
{
    bool by = is_belarusian(c, n);

    for (size_t i = 0; i < n; i++) {
        if (by && c[i] == 0x437 && i && c[i - 1] == 0x434)
            continue;
        if (by && c[i] == 0x446)
            add(out, i + 1 < n && c[i + 1] == 0x456 ? "t" : "ts");
        else if (by && i == 0 && c[i] == 0x443)
            add(out, "v");
        else if (c[i] < 0x80)
            add_ascii(out, c[i]);
        else if (c[i] >= 0x430 && c[i] < 0x460)
            add(out, cyrillic[c[i] - 0x430]);
        else
            add(out, cyrillic_more(c[i]));
    }
}

/* ---- Greek ----------------------------------------------------------------
 */

static void put_greek(const uint32_t *c, size_t n, sink *out)
{
    static const char *const letters[] = {
        "a", "v", "g", "d", "e", "z", "i", "th", "i", "k",  "l",  "m", "n",
        "x", "o", "p", "r", "s", "s", "t", "y",  "f", "ch", "ps", "o",
    };
    static const struct {
        uint16_t a, b;
        const char *to;
    } pairs[] = {
        {0x3BC, 0x3C0, "b"},  {0x3BD, 0x3C4, "d"},  {0x3B3, 0x3BA, "g"},
        {0x3BF, 0x3C5, "ou"}, {0x3B1, 0x3C5, "av"}, {0x3B5, 0x3C5, "ev"},
        {0x3B3, 0x3B3, "ng"}, {0x3C4, 0x3C3, "ts"}, {0x3C4, 0x3B6, "tz"},
        {0x3B1, 0x3B9, "ai"}, {0x3B5, 0x3B9, "ei"}, {0x3BF, 0x3B9, "oi"},
    };

    for (size_t i = 0; i < n; i++) {
        const char *two = NULL;
        for (size_t k = 0; k < AS_ARRAY_LEN(pairs) && i + 1 < n; k++)
            if (c[i] == pairs[k].a && c[i + 1] == pairs[k].b)
                two = pairs[k].to;
        if (two) {
            add(out, two);
            i++;
        } else if (c[i] >= 0x3B1 && c[i] <= 0x3C9) {
            add(out, letters[c[i] - 0x3B1]);
        } else if (c[i] < 0x80) {
            add_ascii(out, c[i]);
        }
    }
}

/* ---- Arabic, Hebrew, Khmer ---------------------------------------------- */

typedef struct letter {
    uint16_t c;
    const char *to;
} letter;

static const char *find_letter(const letter *table, size_t n, uint32_t c)
{
    for (size_t i = 0; i < n; i++)
        if (table[i].c == c)
            return table[i].to;
    return "";
}

static void put_arabic(const uint32_t *c, size_t n, sink *out)
{
    static const letter table[] = {
        {0x627, "a"},  {0x622, "a"},  {0x628, "b"},  {0x62A, "t"},
        {0x62B, "th"}, {0x62C, "j"},  {0x62D, "h"},  {0x62E, "kh"},
        {0x62F, "d"},  {0x630, "z"},  {0x631, "r"},  {0x632, "z"},
        {0x633, "s"},  {0x634, "sh"}, {0x635, "s"},  {0x636, "d"},
        {0x637, "t"},  {0x638, "z"},  {0x63A, "gh"}, {0x641, "f"},
        {0x642, "q"},  {0x643, "k"},  {0x644, "l"},  {0x645, "m"},
        {0x646, "n"},  {0x647, "h"},  {0x67E, "p"},  {0x686, "ch"},
        {0x698, "zh"}, {0x6AF, "g"},  {0x6A4, "v"},  {0x679, "t"},
        {0x688, "d"},  {0x691, "r"},  {0x6BA, "n"},  {0x6AD, "ng"},
        {0x6C6, "o"},  {0x6D5, "e"},  {0x6C7, "u"},  {0x63, "c"},
    };
    size_t i = 0;

    /* The article, where a word is left without it. */
    if (n >= 5 && c[0] == 0x627 && c[1] == 0x644)
        i = 2;
    for (size_t first = i; i < n; i++) {
        if (c[i] == 0x648)
            add(out, i == first ? "v" : "u");
        else if (c[i] == 0x64A)
            add(out, i == first ? "y" : "i");
        else if (c[i] >= 0x660 && c[i] <= 0x669)
            add(out, (char[]){(char)('0' + c[i] - 0x660), 0});
        else if (c[i] < 0x80)
            add_ascii(out, c[i]);
        else
            add(out, find_letter(table, AS_ARRAY_LEN(table), c[i]));
    }
}

static void put_hebrew(const uint32_t *c, size_t n, sink *out)
{
    static const char *const letters[] = {
        "a", "b", "g", "d", "h", "u", "z", "h",  "t",  "i", "k", "k",  "l", "m",
        "m", "n", "n", "s", "a", "p", "p", "ts", "ts", "k", "r", "sh", "t",
    };

    for (size_t i = 0; i < n; i++) {
        if (c[i] == 0x5D5 && (i == 0 || (i + 1 < n && c[i + 1] == 0x5D5)))
            add(out, "v");
        else if (c[i] == 0x5D5 && c[i - 1] == 0x5D5)
            continue;
        else if (c[i] == 0x5D9 && i == 0)
            add(out, "y");
        else if (c[i] >= 0x5D0 && c[i] <= 0x5EA)
            add(out, letters[c[i] - 0x5D0]);
    }
}

static void put_khmer(const uint32_t *c, size_t n, sink *out)
{
    static const char *const consonants[] = {
        "k", "kh", "k", "kh", "ng", "ch", "ch", "ch", "ch", "nh", "d", "th",
        "d", "th", "n", "t",  "th", "t",  "th", "n",  "b",  "ph", "p", "ph",
        "m", "y",  "r", "l",  "v",  "sh", "s",  "s",  "h",  "l",  "a",
    };
    static const char *const vowels[] = {
        "a",  "i",  "i", "i",  "i",  "u", "u",  "u",  "ae", "oe",
        "ie", "ie", "e", "ae", "ai", "o", "au", "am", "ah", "a",
    };

    for (size_t i = 0; i < n; i++) {
        if (c[i] == 0x1794 && i + 1 < n && c[i + 1] == 0x17C9)
            add(out, "p");
        else if (c[i] >= 0x1780 && c[i] <= 0x17A2)
            add(out, consonants[c[i] - 0x1780]);
        else if (c[i] >= 0x17B6 && c[i] <= 0x17C8)
            add(out, vowels[c[i] - 0x17B6]);
    }
}

/* ---- Hangul ----------------------------------------------------------------
 */

static void put_hangul(const uint32_t *c, size_t n, sink *out)
{
    static const char *const first[] = {
        "g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
        "ss", "",   "j", "jj", "ch", "k", "t", "p", "h",
    };
    static const char *const middle[] = {
        "a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
        "oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i",
    };
    static const char *const last[] = {
        "",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
        "l", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
    };

    for (size_t i = 0; i < n; i++) {
        uint32_t s = c[i] - 0xAC00;
        if (c[i] < 0x80)
            add_ascii(out, c[i]);
        if (c[i] < 0xAC00 || c[i] > 0xD7A3)
            continue;
        add(out, first[s / 588]);
        add(out, middle[s % 588 / 28]);
        add(out, last[s % 28]);
    }
}

/* ---- the rest ------------------------------------------------------------
 */

static void put_folded(as_names *s, const uint32_t *c, size_t n, sink *out)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t parts[32];
        size_t m = 1;
        parts[0] = c[i] == 0x1DD || c[i] == 0x259 ? 'e' : c[i];
        if (parts[0] >= 0x80)
            m = as_icu_base(s, c[i], parts, 32);
        for (size_t k = 0; k < m; k++) {
            char x = parts[k] < 0x80 ? as_ascii_lower((char)parts[k]) : ' ';
            if (as_ascii_is_alnum(x))
                add(out, (char[]){x, 0});
        }
    }
}

/* Letters of Malayalam that ICU 72 does not know: final n, r, l, k. */
static uint32_t whole_letter(uint32_t c)
{
    static const uint16_t finals[] = {0xD23, 0xD28, 0xD30, 0xD32, 0xD33, 0xD15};

    return c >= 0xD7A && c <= 0xD7F ? finals[c - 0xD7A] : c;
}

/* The vowel that every letter of an Indic script carries is not spoken at the
 * end of a name; a long one (a with a macron) is. */
static void put_icu(as_names *s, const uint32_t *c, size_t n, as_script script,
                    sink *out)
{
    uint32_t made[2048], given[AS_WORD_UNITS];
    size_t m;

    n = n < AS_WORD_UNITS ? n : AS_WORD_UNITS;
    for (size_t i = 0; i < n; i++)
        given[i] = whole_letter(c[i]);
    m = as_icu_latin(s, script == AS_SCRIPT_HAN, given, n, made, 2048);

    if (script == AS_SCRIPT_INDIC && m > 2 && made[m - 1] == 'a')
        m--;
    put_folded(s, made, m, out);
}

size_t as_latin(as_names *s, const uint32_t *c, size_t n, as_script script,
                char *out, size_t cap)
{
    sink to = {out, 0, cap};

    switch (script) {
    case AS_SCRIPT_LATIN: put_folded(s, c, n, &to); break;
    case AS_SCRIPT_CYRILLIC: put_cyrillic(c, n, &to); break;
    case AS_SCRIPT_GREEK: put_greek(c, n, &to); break;
    case AS_SCRIPT_ARABIC: put_arabic(c, n, &to); break;
    case AS_SCRIPT_HEBREW: put_hebrew(c, n, &to); break;
    case AS_SCRIPT_HANGUL: put_hangul(c, n, &to); break;
    case AS_SCRIPT_KHMER: put_khmer(c, n, &to); break;
    case AS_SCRIPT_HAN:
        to.n = as_han_latin(c, n, out, cap);
        if (to.n == 0)
            put_icu(s, c, n, script, &to);
        break;
    case AS_SCRIPT_KANA:
    case AS_SCRIPT_INDIC:
    case AS_SCRIPT_OTHER: put_icu(s, c, n, script, &to); break;
    }
    return to.n;
}
