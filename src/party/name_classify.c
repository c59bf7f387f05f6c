/* SPDX-License-Identifier: Apache-2.0 */
/* What each word of a name is: legal form, filler, trade, place, number, title,
 * particle, or rare, which is what tells one party from another. Phrases before
 * words, the longest first. */
#include "party/name_internal.h"

#include <string.h>

enum { PHRASE = 8, KEY = 512 };

static as_str key_of(const as_maker *m, size_t i, size_t n, char *out)
{
    return as_maker_key(m, i, n, out, KEY);
}

static size_t left(const as_maker *m)
{
    size_t n = 0;

    for (size_t i = 0; i < m->n_w; i++)
        n += m->w[i].class_ != AS_WORD_FORM && m->w[i].class_ != AS_WORD_STOP;
    return n;
}

/* ---- legal forms --------------------------------------------------------- */

/* A word of a long form with a letter wrong, missing or cut off, mended. */
static as_str mended(as_str word)
{
    static const char *const words[] = {
        "limited",
        "company",
        "corporation",
        "incorporated",
        "joint",
        "stock",
        "aktiengesellschaft",
        "gesellschaft",
        "liability",
        "beschrankter",
        "haftung",
        "societe",
        "sociedad",
        "partnership",
        "obshchestvo",
        "otvetstvennostyu",
        "aktsionernoe",
        "public",
        "private",
        "responsabilite",
    };

    for (size_t i = 0; word.n >= 4 && i < AS_ARRAY_LEN(words); i++) {
        as_str w = as_str_c(words[i]);
        if (w.p[0] != word.p[0] || word.n > w.n + 2 || w.n > word.n + 2)
            continue;
        if (word.n >= 5 && word.n < w.n && as_str_starts(w, word))
            return w;
        if (as_distance(word, w, 2) <= (w.n > 10 ? 2 : 1))
            return w;
    }
    return AS_ABSENT;
}

static void mend_words(as_maker *m)
{
    char key[KEY];

    for (size_t i = 0; i < m->n_w; i++)
        if (m->w[i].script == AS_SCRIPT_LATIN)
            m->w[i].mended = mended(key_of(m, i, 1, key));
}

/* Absent when there is nothing to mend. */
static as_str mended_key(const as_maker *m, size_t i, size_t n, char *out)
{
    char one[KEY];
    size_t len = 0;
    bool any = false;

    for (size_t k = i; k < i + n; k++)
        any = any || !as_str_is_absent(m->w[k].mended);
    if (!any)
        return AS_ABSENT;
    for (size_t k = i; k < i + n; k++) {
        as_str w = m->w[k].mended;
        if (as_str_is_absent(w))
            w = key_of(m, k, 1, one);
        if (len + w.n + 2 > KEY)
            break;
        if (k > i)
            out[len++] = ' ';
        memcpy(out + len, w.p, w.n);
        len += w.n;
    }
    return as_str_of(out, len);
}

static const as_name_row *form_of(const as_maker *m, size_t i, size_t n)
{
    char key[KEY];
    as_str k = key_of(m, i, n, key);
    const as_name_row *row = as_name_find_form(k);

    if (row)
        return row;
    k = mended_key(m, i, n, key);
    return as_str_is_absent(k) ? NULL : as_name_find_form(k);
}

static void mark_form(as_maker *m, size_t i, size_t n, const as_name_row *row)
{
    for (size_t k = i; k < i + n; k++) {
        m->w[k].class_ = AS_WORD_FORM;
        m->w[k].form = (uint8_t)row->value;
    }
}

static bool all_open(const as_maker *m, size_t i, size_t n)
{
    for (size_t k = i; k < i + n; k++)
        if (m->w[k].class_ == AS_WORD_FORM)
            return false;
    return true;
}

/* Forms at the end; a name is never left without a word. */
static bool tail_form(as_maker *m, size_t *end)
{
    size_t most = *end < PHRASE ? *end : PHRASE;

    for (size_t n = most; n >= 1; n--) {
        const as_name_row *row;
        if (n == *end && left(m) <= n)
            continue;
        if (!all_open(m, *end - n, n))
            continue;
        row = form_of(m, *end - n, n);
        if (!row)
            continue;
        mark_form(m, *end - n, n, row);
        *end -= n;
        return true;
    }
    return false;
}

static bool is_word_in(as_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq(s, as_str_c(words[i])))
            return true;
    return false;
}

/* Short forms that stand before a name; others that look like one may be the
 * name ("SAS Institute Inc"). */
static bool may_lead(const as_maker *m, size_t i, size_t n, bool has_form)
{
    static const char *const sure[] = {
        "pt",   "ao",  "ooo",  "oao", "zao",  "pao", "jsc",   "ojsc", "cjsc",
        "pjsc", "llc", "fgup", "too", "tov",  "srl", "pp",    "ip",   "prat",
        "pat",  "gup", "mup",  "vat", "sarl", "rup", "prjsc", "ltd",  "gmbh",
    };
    char key[KEY];
    as_str k = key_of(m, i, n, key);

    if (n > 1 || m->w[i].script != AS_SCRIPT_LATIN)
        return true;
    if (is_word_in(k, sure, AS_ARRAY_LEN(sure)))
        return k.n > 2 || !has_form || as_str_eq(k, AS_STR("pt"));
    return k.n > 3 && !has_form;
}

/* Forms in the middle that cannot be anything else. */
static bool may_stand_amid(const as_maker *m, size_t i, size_t n)
{
    static const char *const sure[] = {
        "ltd",  "limited", "llc",  "gmbh", "inc",  "incorporated",
        "jsc",  "ojsc",    "cjsc", "pjsc", "sarl", "plc",
        "corp", "ooo",     "oao",  "zao",  "pao",
    };
    char key[KEY];

    if (m->w[i].script == AS_SCRIPT_CYRILLIC)
        return n > 1 || m->w[i].n == 3;
    return n > 2 ||
           (n == 1 &&
            is_word_in(key_of(m, i, 1, key), sure, AS_ARRAY_LEN(sure))) ||
           (n == 2 && m->w[i].n > 1 && m->w[i + 1].n > 2);
}

static void find_forms_from(as_maker *m, size_t i, bool lead, bool has_form)
{
    size_t most = m->n_w - i < PHRASE ? m->n_w - i : PHRASE;

    for (size_t n = most; n >= 1; n--) {
        const as_name_row *row;
        if (!all_open(m, i, n) || left(m) <= n)
            continue;
        if (lead ? !may_lead(m, i, n, has_form) : !may_stand_amid(m, i, n))
            continue;
        row = form_of(m, i, n);
        if (!row)
            continue;
        if (!lead && row->value == AS_FORM_NONPROFIT)
            continue;
        mark_form(m, i, n, row);
        return;
    }
}

static void find_forms(as_maker *m)
{
    size_t end = m->n_w;
    bool found = false;

    mend_words(m);
    while (end > 0 && tail_form(m, &end))
        found = found || m->w[end].form != AS_FORM_CORPORATE;
    /* "... and Co" leaves its "and". */
    find_forms_from(m, 0, true, found);
    for (size_t i = 1; i < end; i++)
        if (m->w[i].class_ != AS_WORD_FORM)
            find_forms_from(m, i, false, found);
}

/* ---- words of organisations ---------------------------------------------- */

static void take_row(as_raw_word *w, const as_name_row *row)
{
    static const uint8_t classes[] = {
        [AS_ROW_FILLER] = AS_WORD_FILLER, [AS_ROW_TRADE] = AS_WORD_TRADE,
        [AS_ROW_STOP] = AS_WORD_STOP,     [AS_ROW_COUNTRY] = AS_WORD_COUNTRY,
        [AS_ROW_REGION] = AS_WORD_REGION, [AS_ROW_CITY] = AS_WORD_CITY,
        [AS_ROW_BRAND] = AS_WORD_RARE,    [AS_ROW_READING] = AS_WORD_RARE,
        [AS_ROW_TITLE] = AS_WORD_TITLE,   [AS_ROW_PARTICLE] = AS_WORD_STOP,
        [AS_ROW_NAME] = AS_WORD_RARE,     [AS_ROW_COMMON] = AS_WORD_RARE,
    };

    w->class_ = classes[row->kind];
    w->weight = row->weight;
    w->concept = row->value;
    if (w->class_ == AS_WORD_STOP)
        w->weight = row->kind == AS_ROW_PARTICLE ? 8 : 0;
}

/* A single letter is a stop word only between longer words. */
static bool is_stop_here(const as_maker *m, size_t i)
{
    bool before = i > 0 && m->w[i - 1].n > 1;
    bool after = i + 1 < m->n_w && m->w[i + 1].n > 1;

    bool form = i + 1 < m->n_w && m->w[i + 1].class_ == AS_WORD_FORM;

    return m->w[i].n > 1 || m->w[i].script != AS_SCRIPT_LATIN ||
           (before && after && !form);
}

static const as_name_row *word_row(const as_maker *m, size_t i)
{
    char key[KEY], latin[KEY];
    const as_name_row *row = as_name_find_word(key_of(m, i, 1, key));

    /* Han may be written in the other way. */
    if (!row && m->w[i].script == AS_SCRIPT_HAN)
        row = as_name_find_word(
            as_utf8_of(m->hans + m->w[i].from, m->w[i].n, latin, sizeof latin));
    if (row && row->kind == AS_ROW_STOP && !is_stop_here(m, i))
        return NULL;
    return row;
}

/* What the tables call a word: "mfg" is "manufacturing". */
static as_str meaning_of(const as_maker *m, size_t i, char *out)
{
    const as_name_row *row = m->w[i].row;

    return row && row->kind < AS_ROW_COUNTRY
               ? as_str_c(as_name_concepts[row->value])
               : key_of(m, i, 1, out);
}

/* The longest name of several words from i on that is known by what its words
 * mean: "semiconductor mfg intl". */
static const as_name_row *meant_at(const as_maker *m, size_t i, size_t most,
                                   size_t *ret)
{
    const as_name_row *found = NULL;
    char key[KEY], one[KEY];
    as_str so_far = AS_STR("");

    if (most < 2 || m->w[i + 1].class_ == AS_WORD_FORM)
        return NULL;
    for (size_t n = 0; n < most && m->w[i + n].class_ != AS_WORD_FORM; n++) {
        as_str w = meaning_of(m, i + n, one);
        const as_name_row *row;
        bool more;
        if (so_far.n + w.n + 1 > KEY)
            break;
        if (n)
            key[so_far.n++] = ' ';
        memcpy(key + so_far.n, w.p, w.n);
        so_far = as_str_of(key, so_far.n + w.n);
        row = as_name_find_meant(so_far, &more);
        if (row) {
            found = row;
            *ret = n + 1;
        }
        if (!more)
            break;
    }
    return found;
}

static const as_name_row *phrase_at(const as_maker *m, size_t i, size_t *ret)
{
    size_t most = m->n_w - i < 6 ? m->n_w - i : 6, meant = 0;
    const as_name_row *row = meant_at(m, i, most, &meant);
    char key[KEY];

    for (size_t n = most; n > 1 && n > meant; n--) {
        const as_name_row *said =
            all_open(m, i, n) ? as_name_find_word(key_of(m, i, n, key)) : NULL;
        *ret = n;
        if (said)
            return said;
    }
    *ret = row ? meant : 1;
    return row ? row : m->w[i].row;
}

/* The first word that is no article is a name: "Con Traffic". */
static bool is_opening(const as_maker *m, size_t i, const as_name_row *row)
{
    size_t first = 0;

    while (first < i && m->w[first].class_ == AS_WORD_FORM)
        first++;
    return row->kind == AS_ROW_STOP && first == i && i + 1 < m->n_w &&
           m->w[i].n > 2 &&
           !as_str_eq(as_str_c(as_name_concepts[row->value]), AS_STR("the"));
}

/* "formerly", "d/b/a", "c/o" between two names. */
static bool is_second_name(const as_maker *m, size_t i, const as_name_row *row)
{
    size_t said = 0;

    for (size_t k = 0; k < i; k++)
        said +=
            m->w[k].class_ != AS_WORD_FORM && m->w[k].class_ != AS_WORD_STOP;
    return row->kind == AS_ROW_STOP && said > 0 &&
           as_str_eq(as_str_c(as_name_concepts[row->value]), AS_STR("aka"));
}

static void set_aside(as_maker *m, size_t i)
{
    for (size_t k = i; k < m->n_w; k++)
        m->w[k].aside = true;
}

static void organisation_words(as_maker *m)
{
    for (size_t i = 0; i < m->n_w; i++)
        m->w[i].row = m->w[i].class_ == AS_WORD_FORM ? NULL : word_row(m, i);
    for (size_t i = 0; i < m->n_w; i++) {
        const as_name_row *row;
        size_t n = 1;
        if (m->w[i].class_ == AS_WORD_FORM || m->w[i].class_ == AS_WORD_NUMBER)
            continue;
        row = phrase_at(m, i, &n);
        if (!row || (n == 1 && is_opening(m, i, row)))
            continue;
        as_maker_merge(m, i, n);
        take_row(&m->w[i], row);
        if (is_second_name(m, i, row))
            set_aside(m, i);
    }
}

/* A stop word that is all there is, or the first of two, is a name: "The And
 * Company". */
static void keep_something(as_maker *m)
{
    if (left(m) > 0)
        return;
    for (size_t i = 0; i < m->n_w; i++)
        if (m->w[i].class_ == AS_WORD_STOP || m->w[i].class_ == AS_WORD_FORM) {
            m->w[i].class_ = AS_WORD_FILLER;
            m->w[i].weight = 15;
        }
}

static void weigh_rare(as_maker *m)
{
    static const uint8_t by_length[] = {0, 30, 60, 85, 100};

    for (size_t i = 0; i < m->n_w; i++) {
        as_raw_word *w = &m->w[i];
        bool cjk = as_script_is_cjk((as_script)w->script);
        if (w->class_ != AS_WORD_RARE || w->weight)
            continue;
        w->weight =
            cjk ? (w->n > 1 ? 100 : 50) : by_length[w->n < 4 ? w->n : 4];
    }
}

/* ---- persons ------------------------------------------------------------- */

static bool is_late_form(as_str s)
{
    static const char *const forms[] = {"sa",   "llc",  "ltd",  "inc",
                                        "gmbh", "corp", "plc",  "jsc",
                                        "ooo",  "srl",  "ltda", "limited"};

    return is_word_in(s, forms, AS_ARRAY_LEN(forms));
}

/* Titles that are surnames, too, where a surname stands. */
static bool is_surname(as_str s)
{
    static const char *const names[] = {"king",    "prince", "major",   "mayor",
                                        "marshal", "queen",  "general", "khan",
                                        "haji",    "pan",    "sultan",  "don",
                                        "gen",     "sir",    "major"};

    return is_word_in(s, names, AS_ARRAY_LEN(names));
}

static const as_name_row *person_row(const as_maker *m, size_t i, size_t n)
{
    char key[KEY];
    as_str k = key_of(m, i, n, key);
    const as_name_row *row = as_name_find_person(k);

    if (!row || row->kind == AS_ROW_READING)
        return NULL;
    if (row->kind == AS_ROW_TITLE &&
        (left(m) <= n || (i + n == m->n_w && m->n_w > 1 && is_surname(k))))
        return NULL;
    /* The first word is a name, whatever it is elsewhere ("Ben", "Al"). */
    if (row->kind == AS_ROW_PARTICLE && i == 0 && n == 1 &&
        m->w[i].script == AS_SCRIPT_LATIN && m->w[i].n > 2 && m->n_w > 1 &&
        as_name_is_nick(k, AS_STR("benjamin")))
        return NULL;
    return row;
}

/* ---- names of several words: Abd al-X, X al-Din ---------------------------
 */

static bool is_article(as_str s)
{
    static const char *const words[] = {"al", "el", "ul", "ur",  "us", "ud",
                                        "ad", "ed", "as", "ash", "ar", "an"};

    return is_word_in(s, words, AS_ARRAY_LEN(words));
}

/* How much of "abdul", "abdel", "abd" a word begins with; 0: it does not. */
static size_t servant(as_str s)
{
    static const char *const heads[] = {"abdoul", "abdul", "abdel", "abdal",
                                        "abdur",  "abder", "abdus", "abd"};

    for (size_t i = 0; i < AS_ARRAY_LEN(heads); i++)
        if (as_str_starts(s, as_str_c(heads[i])))
            return strlen(heads[i]);
    return 0;
}

/* What the servant serves: one of the names of God. In any spelling; no other
 * name follows "Abd". */
static bool is_divine(as_str s)
{
    static const char *const names[] = {
        "ahad",   "alim",     "aziz",    "azim",   "badi",    "baqi",
        "bari",   "basir",    "basit",   "fattah", "ghaffar", "ghaffour",
        "ghani",  "hadi",     "hafiz",   "hakam",  "hakim",   "halim",
        "hamid",  "haq",      "hay",     "jabbar", "jalil",   "kabir",
        "karim",  "khaliq",   "latif",   "majid",  "malik",   "manan",
        "matin",  "mohsen",   "moin",    "mueen",  "monem",   "mughni",
        "mujib",  "muqtadir", "mutalib", "muti",   "nabi",    "nasir",
        "nasser", "nur",      "qadir",   "qahhar", "qayyum",  "qadeer",
        "qudus",  "rab",      "rahim",   "rahman", "rashid",  "rauf",
        "razaq",  "rasul",    "sabur",   "sadiq",  "salam",   "samad",
        "sami",   "sattar",   "shakur",  "subhan", "tawwab",  "wadud",
        "wahab",  "wahid",    "wakil",   "wali",   "waris",   "zahir",
    };
    char heard[AS_WORD_LATIN], said[AS_WORD_LATIN];
    as_str h;

    if (s.n > AS_WORD_LATIN)
        return false;
    h = as_str_of(heard, as_sound(s, heard));
    for (size_t i = 0; i < AS_ARRAY_LEN(names); i++) {
        as_str name = as_str_c(names[i]);
        if ((name.p[0] == s.p[0] || name.p[0] == 'q' || s.p[0] == 'q') &&
            as_str_eq(h, as_str_of(said, as_sound(name, said))))
            return true;
    }
    return false;
}

/* Cuts characters [from, to) out of word i. */
static void cut_out(as_maker *m, size_t i, size_t from, size_t to)
{
    as_raw_word *w = &m->w[i];
    size_t rest = w->n - to;

    memmove(m->c + w->from + from, m->c + w->from + to, rest * sizeof *m->c);
    memmove(m->hans + w->from + from, m->hans + w->from + to,
            rest * sizeof *m->hans);
    w->n = (uint16_t)(from + rest);
}

/* "Abd al-Malik", "Abdul Malik", "Abdelmalik" are one name: "abdmalik". */
static bool join_servant(as_maker *m, size_t i)
{
    char key[KEY];
    as_str k = key_of(m, i, 1, key);
    size_t head = servant(k), last = i + 1;

    if (head == 0 || (head < k.n && (head == 3 || k.n < head + 3)))
        return false;
    if (head < k.n) {
        cut_out(m, i, 3, head);
        return true;
    }
    if (last < m->n_w && is_article(key_of(m, last, 1, key)))
        last++;
    if (last >= m->n_w || m->w[last].script != AS_SCRIPT_LATIN ||
        m->w[last].n < 3 || !is_divine(key_of(m, last, 1, key)))
        return false;
    head = m->w[last].from - m->w[i].from;
    as_maker_merge(m, i, last - i + 1);
    cut_out(m, i, 3, head);
    return true;
}

/* "Jalal al-Din", "Jalaluddin", "Jalal ud Din" are "jalaldin". */
static bool join_faith(as_maker *m, size_t i)
{
    static const char *const faith[] = {
        "din",   "deen",   "dine",  "uddin", "eddin", "eddine", "aldin",
        "uldin", "uddeen", "iddin", "addin", "adin",  "edine",
    };
    char key[KEY];
    as_str k = key_of(m, i, 1, key);
    size_t last = i + 1, keep = k.n;
    as_raw_word *w = &m->w[i];

    for (size_t f = 3; f < AS_ARRAY_LEN(faith) - 2; f++)
        if (k.n > strlen(faith[f]) + 2 && as_str_ends(k, as_str_c(faith[f])) &&
            k.n - strlen(faith[f]) < keep)
            keep = k.n - strlen(faith[f]);
    if (keep == k.n) {
        if (last < m->n_w && is_article(key_of(m, last, 1, key)))
            last++;
        if (keep < 3 || last >= m->n_w || servant(k) == k.n ||
            !is_word_in(key_of(m, last, 1, key), faith, AS_ARRAY_LEN(faith)))
            return false;
        as_maker_merge(m, i, last - i + 1);
    }
    cut_out(m, i, keep, w->n - 3U);
    for (size_t n = 0; n < 3; n++)
        m->c[w->from + keep + n] = m->hans[w->from + keep + n] =
            (uint32_t)(uint8_t) "din"[n];
    return true;
}

/* Whether a look at few letters leaves room for one. */
static bool may_be_joined(const as_maker *m, size_t i)
{
    const as_raw_word *w = &m->w[i];
    const uint32_t *c = m->c + w->from;
    uint32_t end = c[w->n - 1];

    if (w->script != AS_SCRIPT_LATIN || w->n < 3)
        return false;
    if (c[0] == 'a' && c[1] == 'b' && c[2] == 'd')
        return true;
    if (end == 'n' || end == 'e')
        for (size_t k = 2; k < w->n; k++)
            if (c[k] == 'd')
                return true;
    for (size_t k = i + 1; k < m->n_w && k < i + 3; k++) {
        end = m->c[m->w[k].from + m->w[k].n - 1U];
        if (end == 'n' || end == 'e')
            return true;
    }
    return false;
}

/* A name of several words that is written in more ways than tables hold. */
static bool join_names(as_maker *m, size_t i, const as_name_row *row)
{
    char key[KEY];
    as_str k;
    bool joined;

    if (!may_be_joined(m, i))
        return false;
    k = key_of(m, i, 1, key);
    joined = (!row || servant(k) == k.n) && join_servant(m, i);
    if (!joined && (!row || row->kind != AS_ROW_PARTICLE))
        joined = join_faith(m, i);
    if (joined)
        m->w[i].count = 1;
    return joined;
}

/* The row of the most words from i on. */
static const as_name_row *person_at(const as_maker *m, size_t i, size_t *ret)
{
    size_t most = m->n_w - i < 4 ? m->n_w - i : 4;

    for (size_t n = most; n >= 1; n--) {
        const as_name_row *row = person_row(m, i, n);
        *ret = n;
        if (row)
            return row;
    }
    *ret = 1;
    return NULL;
}

static void person_words(as_maker *m)
{
    char key[KEY];

    for (size_t i = 0; i < m->n_w; i++) {
        const as_name_row *row;
        size_t n;
        if (i > 1 && i + 1 == m->n_w && is_late_form(key_of(m, i, 1, key))) {
            m->w[i].class_ = AS_WORD_FORM;
            continue;
        }
        row = person_at(m, i, &n);
        if (!(n == 1 && join_names(m, i, row)) && row) {
            as_maker_merge(m, i, n);
            take_row(&m->w[i], row);
        }
        if (m->w[i].class_ == AS_WORD_RARE && !m->w[i].weight &&
            m->w[i].n == 1 && m->w[i].script <= AS_SCRIPT_GREEK) {
            m->w[i].class_ = AS_WORD_INITIAL;
            m->w[i].weight = 20;
        }
    }
}

/* ---- vessels ------------------------------------------------------------- */

static bool is_prefix(as_str s)
{
    static const char *const words[] = {
        "mv",  "mt",  "ss",  "ms",  "fv",    "mvs", "sv",    "my",     "hms",
        "uss", "rms", "mts", "gts", "lngc",  "tss", "nv",    "vessel", "ship",
        "lng", "lpg", "rv",  "imo", "motor", "mtv", "yacht", "tanker", "vlcc",
    };

    return is_word_in(s, words, AS_ARRAY_LEN(words));
}

/* Seven digits whose last is the check digit (IMO resolution A.1117). */
static bool is_imo(as_str s, uint32_t *ret)
{
    uint64_t v;
    unsigned sum = 0;

    if (s.n != 7 || !as_str_u64(s, &v))
        return false;
    for (unsigned i = 0; i < 6; i++)
        sum += (unsigned)(s.p[i] - '0') * (7 - i);
    if (sum % 10 != (unsigned)(s.p[6] - '0'))
        return false;
    *ret = (uint32_t)v;
    return true;
}

static void vessel_words(as_maker *m)
{
    char key[KEY];

    m->imo = 0;
    for (size_t i = 0; i < m->n_w; i++) {
        as_str k = key_of(m, i, 1, key);
        if (k.n == 10 && as_str_starts(k, AS_STR("imo")))
            k = as_str_slice(k, 3, 10);
        if (is_imo(k, &m->imo)) {
            m->w[i].class_ = AS_WORD_TITLE;
        } else if (i + 1 < m->n_w && (i == 0 || m->w[i].n == 3) &&
                   is_prefix(k)) {
            m->w[i].class_ = AS_WORD_TITLE;
        } else if (as_str_eq(k, AS_STR("the"))) {
            m->w[i].class_ = AS_WORD_STOP;
        }
    }
}

void as_maker_classify(as_maker *m)
{
    m->imo = 0;
    if (m->person) {
        person_words(m);
    } else if (m->vessel) {
        vessel_words(m);
    } else {
        find_forms(m);
        organisation_words(m);
    }
    as_maker_numbers(m);
    keep_something(m);
    weigh_rare(m);
}
