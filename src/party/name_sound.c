/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of a word in Latin letters: as it sounds (spellings of several
 * languages for one name fall together) and its bones (consonants by classes,
 * for scripts that do not write the vowels, or write others).
 *
 * Neither decides by itself: a comparison takes them as cheaper ways from one
 * word to the other. */
#include "party/name_internal.h"

#include <string.h>

typedef struct rule {
    char from[8];
    char to[4];
    uint8_t n; /* of from */
} rule;

/* By the first letter, the longest first. */
static const rule rules[] = {
    {"ay", "ai", 2},  {"aj", "ai", 2},  {"ae", "a", 2},  {"chr", "hr", 3},
    {"ch", "c", 2},   {"ck", "k", 2},   {"cz", "c", 2},  {"cs", "c", 2},
    {"c", "k", 1},    {"dzh", "j", 3},  {"dh", "d", 2},  {"dj", "j", 2},
    {"dz", "z", 2},   {"eau", "o", 3},  {"eo", "u", 2},  {"eu", "u", 2},
    {"ee", "i", 2},   {"ey", "ai", 2},  {"ei", "ai", 2}, {"ej", "ai", 2},
    {"e", "a", 1},    {"gyi", "di", 3}, {"gh", "g", 2},  {"ie", "i", 2},
    {"iy", "i", 2},   {"ij", "i", 2},   {"kh", "h", 2},  {"oux", "u", 3},
    {"ou", "u", 2},   {"oo", "u", 2},   {"oe", "u", 2},  {"o", "u", 1},
    {"ph", "f", 2},   {"qu", "k", 2},   {"q", "k", 1},   {"schtsch", "s", 7},
    {"shch", "s", 4}, {"sch", "s", 3},  {"sh", "s", 2},  {"tzsch", "c", 5},
    {"tsch", "c", 4}, {"tch", "c", 3},  {"tsj", "c", 3}, {"tyi", "ti", 3},
    {"th", "t", 2},   {"ts", "s", 2},   {"tz", "s", 2},  {"ue", "u", 2},
    {"w", "v", 1},    {"x", "ks", 1},   {"yy", "i", 2},  {"yi", "i", 2},
    {"y", "i", 1},    {"zh", "z", 2},
};
/* Where the rules of each letter begin. */
static const uint8_t starts[27] = {0,  3,  3,  9,  13, 21, 21, 23, 23,
                                   26, 26, 27, 27, 27, 27, 32, 33, 35,
                                   35, 39, 47, 48, 48, 49, 50, 53, 54};

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static const rule *rule_at(as_str s, size_t i)
{
    char c = s.p[i];

    if (!as_ascii_is_lower(c))
        return NULL;
    for (size_t k = starts[c - 'a']; k < starts[c - 'a' + 1]; k++) {
        size_t n = rules[k].n;
        if (i + n <= s.n && memcmp(s.p + i, rules[k].from, n) == 0)
            return &rules[k];
    }
    return NULL;
}

/* "c" before e, i and y is an s. */
static bool is_soft_c(as_str s, size_t i)
{
    return s.p[i] == 'c' && i + 1 < s.n &&
           (s.p[i + 1] == 'e' || s.p[i + 1] == 'i' || s.p[i + 1] == 'y');
}

/* "h" is heard between vowels and at the head. */
static bool is_mute_h(as_str s, size_t i)
{
    return s.p[i] == 'h' && i > 0 &&
           (i + 1 == s.n || !is_vowel(s.p[i + 1]) || !is_vowel(s.p[i - 1]));
}

static size_t put(char *out, size_t n, const char *to)
{
    for (; *to && n < AS_WORD_LATIN; to++)
        if (n == 0 || out[n - 1] != *to)
            out[n++] = *to;
    return n;
}

size_t as_sound(as_str s, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n;) {
        const rule *r = rule_at(s, i);
        if (is_soft_c(s, i)) {
            n = put(out, n, "s");
            i++;
        } else if (r) {
            n = put(out, n, r->to);
            i += r->n;
        } else if (is_mute_h(s, i)) {
            i++;
        } else {
            n = put(out, n, (char[]){s.p[i], 0});
            i++;
        }
    }
    if (n > 3 && out[n - 1] == 'v')
        out[n - 1] = 'f';
    /* "-ow", "-off" of names in "-ev". */
    if (n > 5 && out[n - 1] == 'f' && out[n - 2] == 'u')
        out[n - 2] = 'a';
    /* A mute e of French at the end. */
    if (n > 3 && s.n && s.p[s.n - 1] == 'e' && out[n - 1] == 'a')
        n--;
    return n;
}

static char class_of(char c)
{
    switch (c) {
    case 'b':
    case 'p':
    case 'v':
    case 'f': return 'p';
    case 'd':
    case 't': return 't';
    case 'g':
    case 'k':
    case 'q':
    case 'c': return 'k';
    case 's':
    case 'z':
    case 'j':
    case 'x': return 's';
    case 'l':
    case 'r': return 'r';
    case 'm':
    case 'n': return c;
    default: return as_ascii_is_digit(c) ? c : 0;
    }
}

/* Kana have syllables only: "chi" and "ji" stand for ti and di, and u before r
 * for v. */
static size_t kana_at(as_str s, size_t i, char *ret)
{
    if (i + 2 < s.n && s.p[i] == 'c' && s.p[i + 1] == 'h') {
        *ret = s.p[i + 2] == 'i' ? 't' : 's';
        return 2;
    }
    if (i + 1 < s.n && s.p[i] == 'j' && s.p[i + 1] == 'i') {
        *ret = 't';
        return 1;
    }
    if (i == 0 && s.n > 2 && s.p[0] == 'u' && s.p[1] == 'r') {
        *ret = 'p';
        return 1;
    }
    return 0;
}

/* Two letters for one sound. */
static size_t pair_at(as_str s, size_t i, char *ret)
{
    static const struct {
        char from[3];
        char to;
    } pairs[] = {
        {"ch", 's'}, {"sh", 's'}, {"zh", 's'}, {"ph", 'p'}, {"th", 't'},
        {"kh", 'k'}, {"gh", 'k'}, {"ts", 's'}, {"tz", 's'}, {"ck", 'k'},
    };

    for (size_t k = 0; k < AS_ARRAY_LEN(pairs) && i + 1 < s.n; k++)
        if (s.p[i] == pairs[k].from[0] && s.p[i + 1] == pairs[k].from[1]) {
            *ret = pairs[k].to;
            return 2;
        }
    return 0;
}

size_t as_bones(as_str s, as_script script, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n && n < AS_WORD_LATIN;) {
        char c = 0;
        size_t step = script == AS_SCRIPT_KANA ? kana_at(s, i, &c) : 0;
        if (!step)
            step = pair_at(s, i, &c);
        if (!step) {
            c = i == 0 && s.p[0] == 'w'                      ? 'p'
                : is_soft_c(s, i)                            ? 's'
                : s.p[i] == 'c' && script == AS_SCRIPT_INDIC ? 's'
                                                             : class_of(s.p[i]);
            step = 1;
        }
        /* A doubled letter is one, but for scripts that write none. */
        if (c && !(step == 1 && i > 0 && s.p[i - 1] == s.p[i] &&
                   script != AS_SCRIPT_ARABIC && script != AS_SCRIPT_HEBREW))
            out[n++] = c;
        i += step;
    }
    return n;
}
