/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges that people wrote as text; see range_text_internal.h. Three steps: the
 * text is cut into tokens, the tokens into groups, and a group has to match one
 * of the shapes below to its last token. At most TOKENS tokens: longer is
 * prose. */
#include "know/range_text_internal.h"

#include "base/limits.h"

#include <string.h>

enum { TOKENS = 96 };

typedef enum token_kind {
    T_VERSION,
    T_BELOW,   /* <  less than, before, prior to, lower than, earlier than */
    T_UP_TO,   /* <= up to */
    T_FROM,    /* >= from, since, starting with */
    T_ABOVE,   /* >  after, later than, newer than, greater than */
    T_EQUAL,   /* = */
    T_TO,      /* to, through, thru, until, - between versions */
    T_EARLIER, /* earlier, prior, below, older, previous, lower: behind "and" */
    T_LATER,   /* later, newer, above, higher, up, onwards */
    T_INCLUSIVE,
    T_EXCLUSIVE,
    T_AND,  /* and, or, "," */
    T_NEXT, /* ";", "||" */
    T_ALL,
    T_OTHER,
} token_kind;

struct token {
    token_kind kind;
    as_str text;
    bool comma; /* T_AND that was a comma or "and" (not "or") */
};

struct tokens {
    struct token items[TOKENS];
    size_t n;
    bool too_many;
};

/* ---- words -----------------------------------------------------------------
 */

struct word {
    as_str text;
    token_kind kind;
};

/* Longest first where one begins another. */
static const struct word words[] = {
    {AS_STR_INIT("up to and including"), T_UP_TO},
    {AS_STR_INIT("prior to and including"), T_UP_TO},
    {AS_STR_INIT("before and including"), T_UP_TO},
    {AS_STR_INIT("up through"), T_UP_TO},
    {AS_STR_INIT("up until"), T_UP_TO},
    {AS_STR_INIT("up to"), T_UP_TO},
    {AS_STR_INIT("upto"), T_UP_TO},
    {AS_STR_INIT("less than or equal to"), T_UP_TO},
    {AS_STR_INIT("greater than or equal to"), T_FROM},
    {AS_STR_INIT("less than"), T_BELOW},
    {AS_STR_INIT("lower than"), T_BELOW},
    {AS_STR_INIT("earlier than"), T_BELOW},
    {AS_STR_INIT("older than"), T_BELOW},
    {AS_STR_INIT("prior to"), T_BELOW},
    {AS_STR_INIT("before"), T_BELOW},
    {AS_STR_INIT("greater than"), T_ABOVE},
    {AS_STR_INIT("higher than"), T_ABOVE},
    {AS_STR_INIT("later than"), T_ABOVE},
    {AS_STR_INIT("newer than"), T_ABOVE},
    {AS_STR_INIT("next of"), T_ABOVE},
    {AS_STR_INIT("after"), T_ABOVE},
    {AS_STR_INIT("starting from"), T_FROM},
    {AS_STR_INIT("starting with"), T_FROM},
    {AS_STR_INIT("from"), T_FROM},
    {AS_STR_INIT("since"), T_FROM},
    {AS_STR_INIT("equal to"), T_EQUAL},
    {AS_STR_INIT("through"), T_TO},
    {AS_STR_INIT("thru"), T_TO},
    {AS_STR_INIT("until"), T_TO},
    {AS_STR_INIT("to"), T_TO},
    {AS_STR_INIT("earlier"), T_EARLIER},
    {AS_STR_INIT("prior"), T_EARLIER},
    {AS_STR_INIT("previous"), T_EARLIER},
    {AS_STR_INIT("below"), T_EARLIER},
    {AS_STR_INIT("older"), T_EARLIER},
    {AS_STR_INIT("lower"), T_EARLIER},
    {AS_STR_INIT("under"), T_EARLIER},
    {AS_STR_INIT("later"), T_LATER},
    {AS_STR_INIT("newer"), T_LATER},
    {AS_STR_INIT("above"), T_LATER},
    {AS_STR_INIT("higher"), T_LATER},
    {AS_STR_INIT("onwards"), T_LATER},
    {AS_STR_INIT("onward"), T_LATER},
    {AS_STR_INIT("up"), T_LATER},
    {AS_STR_INIT("inclusive"), T_INCLUSIVE},
    {AS_STR_INIT("including"), T_INCLUSIVE},
    {AS_STR_INIT("included"), T_INCLUSIVE},
    {AS_STR_INIT("exclusive"), T_EXCLUSIVE},
    {AS_STR_INIT("excluding"), T_EXCLUSIVE},
    {AS_STR_INIT("excluded"), T_EXCLUSIVE},
    {AS_STR_INIT("all"), T_ALL},
    {AS_STR_INIT("any"), T_ALL},
    {AS_STR_INIT("every"), T_ALL},
    {AS_STR_INIT("and"), T_AND},
    {AS_STR_INIT("or"), T_AND},
};

static const struct word signs[] = {
    {AS_STR_INIT("<="), T_UP_TO},
    {AS_STR_INIT("=<"), T_UP_TO},
    {AS_STR_INIT("\xE2\x89\xA4"), T_UP_TO},
    {AS_STR_INIT(">="), T_FROM},
    {AS_STR_INIT("=>"), T_FROM},
    {AS_STR_INIT("\xE2\x89\xA5"), T_FROM},
    {AS_STR_INIT("<"), T_BELOW},
    {AS_STR_INIT(">"), T_ABOVE},
    {AS_STR_INIT("=="), T_EQUAL},
    {AS_STR_INIT("="), T_EQUAL},
    {AS_STR_INIT("||"), T_NEXT},
    {AS_STR_INIT(";"), T_NEXT},
    {AS_STR_INIT("&&"), T_AND},
    {AS_STR_INIT("&"), T_AND},
    {AS_STR_INIT(","), T_AND},
    {AS_STR_INIT("\xE2\x80\x93"), T_TO}, /* en dash */
    {AS_STR_INIT("\xE2\x80\x94"), T_TO}, /* em dash */
};

/* Words that say nothing beside a version. */
static const as_str fillers[] = {
    AS_STR_INIT("versions"), AS_STR_INIT("version"),  AS_STR_INIT("ver."),
    AS_STR_INIT("ver"),      AS_STR_INIT("vers."),    AS_STR_INIT("v."),
    AS_STR_INIT("releases"), AS_STR_INIT("release"),  AS_STR_INIT("firmware"),
    AS_STR_INIT("software"), AS_STR_INIT("affected"), AS_STR_INIT("the"),
};

static const as_str nothing[] = {
    AS_STR_INIT(""),
    AS_STR_INIT("-"),
    AS_STR_INIT("--"),
    AS_STR_INIT("n/a"),
    AS_STR_INIT("na"),
    AS_STR_INIT("none"),
    AS_STR_INIT("null"),
    AS_STR_INIT("tbd"),
    AS_STR_INIT("unknown"),
    AS_STR_INIT("unspecified"),
    AS_STR_INIT("undefined"),
    AS_STR_INIT("not specified"),
    AS_STR_INIT("not available"),
    AS_STR_INIT("various"),
    AS_STR_INIT("multiple"),
    AS_STR_INIT("several"),
    AS_STR_INIT("multiple versions"),
};

static const as_str everything[] = {
    AS_STR_INIT("*"),
    AS_STR_INIT("all"),
    AS_STR_INIT("any"),
    AS_STR_INIT("all versions"),
    AS_STR_INIT("all version"),
    AS_STR_INIT("any version"),
    AS_STR_INIT("all releases"),
    AS_STR_INIT("all firmware versions"),
    AS_STR_INIT("every version"),
};

static bool is_one_of(as_str s, const as_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq_nocase(s, list[i]))
            return true;
    return false;
}

#define IS_ONE_OF(s, list) is_one_of((s), (list), AS_ARRAY_LEN(list))

/* ---- tokens ----------------------------------------------------------------
 */

static bool ends_word(char c)
{
    return as_ascii_is_space(c) || c == ',' || c == ';' || c == '<' ||
           c == '>' || c == '=' || c == '|' || c == '&';
}

/* Is text at the start of rest, as a whole word? */
static bool at_word(as_str rest, as_str text)
{
    if (!as_str_starts_nocase(rest, text))
        return false;
    if (rest.n == text.n)
        return true;
    return ends_word(rest.p[text.n]) || rest.p[text.n] == ')' ||
           rest.p[text.n] == '.' || rest.p[text.n] == ':';
}

static void add_token(struct tokens *t, token_kind kind, as_str text)
{
    if (t->n == TOKENS) {
        t->too_many = true;
        return;
    }
    t->items[t->n++] = (struct token){
        .kind = kind,
        .text = text,
        .comma = kind == T_AND && !as_str_eq_nocase(text, AS_STR("or"))};
}

static size_t take_sign(struct tokens *t, as_str rest)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(signs); i++) {
        if (!as_str_starts(rest, signs[i].text))
            continue;
        add_token(t, signs[i].kind, signs[i].text);
        return signs[i].text.n;
    }
    /* A dash between versions has space around it. */
    if (rest.p[0] == '-' && rest.n > 1 && as_ascii_is_space(rest.p[1])) {
        add_token(t, T_TO, AS_STR("-"));
        return 1;
    }
    return 0;
}

static size_t take_word(struct tokens *t, as_str rest)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++) {
        if (!at_word(rest, words[i].text))
            continue;
        add_token(t, words[i].kind, words[i].text);
        return words[i].text.n;
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(fillers); i++)
        if (at_word(rest, fillers[i]) ||
            (as_str_starts_nocase(rest, fillers[i]) &&
             as_str_ends(fillers[i], AS_STR("."))))
            return fillers[i].n;
    return 0;
}

/* Starts with a digit, or v and a digit. */
static bool is_version_start(as_str s)
{
    if (s.n && as_ascii_is_digit(s.p[0]))
        return true;
    return s.n > 1 && as_ascii_lower(s.p[0]) == 'v' &&
           as_ascii_is_digit(s.p[1]);
}

/* A run without space; closing signs of a sentence fall off its end. */
static size_t take_run(struct tokens *t, as_str rest)
{
    size_t n = 0, all;
    as_str run;

    while (n < rest.n && !ends_word(rest.p[n]))
        n++;
    all = n;
    run = as_str_slice(rest, 0, n);
    while (run.n > 1 && (run.p[run.n - 1] == '.' || run.p[run.n - 1] == ':'))
        run.n--;
    if (run.n > 1 && run.p[run.n - 1] == ')' && as_str_find(run, '(') == run.n)
        run.n--;
    add_token(t, is_version_start(run) ? T_VERSION : T_OTHER, run);
    return all;
}

/* "(inclusive)", "(including)" lose their brackets. */
static size_t take_bracket(struct tokens *t, as_str rest)
{
    as_str inner = as_str_slice(rest, 1, as_str_find(rest, ')'));
    size_t before = t->n;

    if (rest.p[0] != '(' || inner.n + 2 > rest.n)
        return 0;
    if (take_word(t, inner) == inner.n && t->n == before + 1 &&
        (t->items[before].kind == T_INCLUSIVE ||
         t->items[before].kind == T_EXCLUSIVE))
        return inner.n + 2;
    t->n = before;
    return 0;
}

static void tokenise(as_str text, struct tokens *t)
{
    as_str rest = as_str_trim(text);

    t->n = 0;
    t->too_many = false;
    while (rest.n && !t->too_many) {
        size_t n = take_sign(t, rest);
        if (!n)
            n = take_bracket(t, rest);
        if (!n)
            n = take_word(t, rest);
        if (!n)
            n = take_run(t, rest);
        rest = as_str_trim(as_str_slice(rest, n ? n : 1, rest.n));
    }
}

/* ---- versions of several words --------------------------------------------
 */

static const as_str tags[] = {
    AS_STR_INIT("sp"),     AS_STR_INIT("update"),
    AS_STR_INIT("upd"),    AS_STR_INIT("patch"),
    AS_STR_INIT("hotfix"), AS_STR_INIT("hf"),
    AS_STR_INIT("fp"),     AS_STR_INIT("build"),
    AS_STR_INIT("rev"),    AS_STR_INIT("beta"),
    AS_STR_INIT("alpha"),  AS_STR_INIT("rc"),
    AS_STR_INIT("sr"),     AS_STR_INIT("cu"),
    AS_STR_INIT("mr"),     AS_STR_INIT("ap"),
    AS_STR_INIT("p"),      AS_STR_INIT("r"),
    AS_STR_INIT("u"),      AS_STR_INIT("service pack"),
    AS_STR_INIT("fix"),    AS_STR_INIT("security"),
    AS_STR_INIT("pack"),   AS_STR_INIT("ga"),
    AS_STR_INIT("lts"),    AS_STR_INIT("service"),
    AS_STR_INIT("level"),  AS_STR_INIT("tcu"),
    AS_STR_INIT("uc"),     AS_STR_INIT("revision"),
    AS_STR_INIT("(build"),
};

/* "SP1", "Update", "HF2": letters of the list, then digits and signs. */
static bool is_tag(as_str s)
{
    size_t n = 0;

    while (n < s.n && (as_ascii_is_alpha(s.p[n]) || s.p[n] == '('))
        n++;
    if (!IS_ONE_OF(as_str_slice(s, 0, n), tags))
        return false;
    for (size_t i = n; i < s.n; i++)
        if (!as_ascii_is_alnum(s.p[i]) && s.p[i] != '.' && s.p[i] != '-')
            return false;
    return true;
}

static bool has_digit(as_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (as_ascii_is_digit(s.p[i]))
            return true;
    return false;
}

/* Joins a version and the tags behind it: one version of several words. */
static void join_tags(struct tokens *t)
{
    size_t out = 0;

    for (size_t i = 0; i < t->n; i++) {
        struct token *v = &t->items[out];
        *v = t->items[i];
        out++;
        for (int more = 0; v->kind == T_VERSION && more < 4 && i + 1 < t->n;
             more++) {
            const struct token *next = &t->items[i + 1];
            bool number = next->kind == T_VERSION && more > 0 &&
                          !has_digit(t->items[i].text);
            if (!number && !(next->kind == T_OTHER && is_tag(next->text)))
                break;
            v->text.n = (size_t)(next->text.p + next->text.n - v->text.p);
            i++;
        }
    }
    t->n = out;
}

/* "V3" -> "3". */
static as_str without_v(as_str s)
{
    if (s.n > 1 && as_ascii_lower(s.p[0]) == 'v' && as_ascii_is_digit(s.p[1]))
        return as_str_slice(s, 1, s.n);
    return s;
}

/* ---- shapes ----------------------------------------------------------------
 */

struct result {
    as_arena *a;
    as_interval_list intervals;
    as_str *versions;
    size_t n_versions, cap_versions;
    bool failed;
};

static void add_interval(struct result *r, as_str from, as_str to,
                         bool from_excluded, bool to_included)
{
    as_interval v = {.status = AS_RANGE_AFFECTED,
                     .from = without_v(from),
                     .to = without_v(to),
                     .from_excluded = from_excluded,
                     .to_included = to_included};

    if (!as_interval_list_add(r->a, &r->intervals, &v))
        r->failed = true;
}

static void add_version(struct result *r, as_str v)
{
    as_str *grown = as_arena_grow(r->a, r->versions, &r->cap_versions,
                                  r->n_versions + 1, sizeof *r->versions);

    if (!grown) {
        r->failed = true;
        return;
    }
    r->versions = grown;
    r->versions[r->n_versions++] = v;
}

/* "1.2.x" and "1.2.*": the whole series. */
static bool is_series(as_str v)
{
    return v.n > 2 && v.p[v.n - 2] == '.' &&
           (as_ascii_lower(v.p[v.n - 1]) == 'x' || v.p[v.n - 1] == '*');
}

static void add_series(struct result *r, as_str v)
{
    as_str base = without_v(as_str_slice(v, 0, v.n - 2));
    as_str end = as_arena_printf(r->a, "%.*s.*", AS_FMT(base));

    if (!end.p)
        r->failed = true;
    else
        add_interval(r, base, end, false, true);
}

/* "5.0+": that and later. */
static bool is_from_on(as_str v)
{
    v = without_v(v);
    if (v.n < 2 || v.p[v.n - 1] != '+')
        return false;
    for (size_t i = 0; i + 1 < v.n; i++)
        if (!as_ascii_is_digit(v.p[i]) && v.p[i] != '.')
            return false;
    return true;
}

static void add_plain(struct result *r, as_str v)
{
    if (is_series(v))
        add_series(r, v);
    else if (is_from_on(v))
        add_interval(r, as_str_slice(v, 0, v.n - 1), AS_ABSENT, false, false);
    else
        add_version(r, v);
}

static token_kind kind_at(const struct tokens *t, size_t i)
{
    return i < t->n ? t->items[i].kind : T_NEXT;
}

static bool is_bound(token_kind k)
{
    return k == T_BELOW || k == T_UP_TO || k == T_FROM || k == T_ABOVE ||
           k == T_EQUAL;
}

/* An upper end: "< 2", "to 2", "to < 2", "through 2 (excluding)". */
struct upper {
    as_str version;
    bool included;
    size_t used; /* tokens; 0: there is none */
};

static struct upper upper_at(const struct tokens *t, size_t at)
{
    struct upper u = {.included = true};
    token_kind k = kind_at(t, at);
    size_t n = at + 1;

    if (k == T_TO && (kind_at(t, n) == T_BELOW || kind_at(t, n) == T_UP_TO))
        k = kind_at(t, n++);
    if ((k != T_TO && k != T_BELOW && k != T_UP_TO) ||
        kind_at(t, n) != T_VERSION)
        return u;
    u.version = t->items[n++].text;
    u.included = k != T_BELOW;
    if (kind_at(t, n) == T_INCLUSIVE || kind_at(t, n) == T_EXCLUSIVE)
        u.included = kind_at(t, n++) == T_INCLUSIVE;
    u.used = n - at;
    return u;
}

/* ">= 1, < 2": a lower bound and the upper one that belongs to it; or one of
 * them. Returns the tokens used, 0 when it is no such thing. */
static size_t comparators(const struct tokens *t, size_t at, struct result *r)
{
    token_kind k = kind_at(t, at);
    struct upper u = upper_at(t, at);
    size_t next = at + 2;
    as_str v;

    if (u.used) {
        add_interval(r, AS_ABSENT, u.version, false, u.included);
        return u.used;
    }
    if (!is_bound(k) || kind_at(t, at + 1) != T_VERSION)
        return 0;
    v = t->items[at + 1].text;
    if (k == T_EQUAL) {
        add_plain(r, without_v(v));
        return 2;
    }
    if (kind_at(t, next) == T_AND && t->items[next].comma)
        next++;
    u = upper_at(t, next);
    add_interval(r, v, u.version, k == T_ABOVE, u.used && u.included);
    return u.used ? next + u.used - at : 2;
}

/* "1.0 to 2.3", "1.0 before 2.3", "1.0 and earlier", "1.0 and all prior". */
static size_t around_version(const struct tokens *t, size_t at,
                             struct result *r)
{
    bool excluded = kind_at(t, at + 1) == T_EXCLUSIVE;
    bool marked = excluded || kind_at(t, at + 1) == T_INCLUSIVE;
    struct upper u = upper_at(t, at + 1 + marked);
    size_t behind = at + 1;
    as_str v;

    if (kind_at(t, at) != T_VERSION)
        return 0;
    v = t->items[at].text;
    if (u.used) {
        add_interval(r, v, u.version, excluded, u.included);
        return 1 + marked + u.used;
    }
    behind += kind_at(t, behind) == T_AND;
    behind += kind_at(t, behind) == T_ALL;
    if (kind_at(t, behind) == T_EARLIER) {
        add_interval(r, AS_ABSENT, v, false, true);
        return behind + 1 - at;
    }
    if (kind_at(t, behind) == T_LATER) {
        add_interval(r, v, AS_ABSENT, false, false);
        return behind + 1 - at;
    }
    add_plain(r, v);
    return 1;
}

/* "below 1.2", "prior 1.2": the word of the other shape before a version. */
static size_t word_before(const struct tokens *t, size_t at, struct result *r)
{
    if (kind_at(t, at) != T_EARLIER || kind_at(t, at + 1) != T_VERSION)
        return 0;
    add_interval(r, AS_ABSENT, t->items[at + 1].text, false, false);
    return 2;
}

static bool read_groups(const struct tokens *t, struct result *r)
{
    size_t at = 0;

    while (at < t->n && !r->failed) {
        size_t used = comparators(t, at, r);
        if (!used)
            used = word_before(t, at, r);
        if (!used)
            used = around_version(t, at, r);
        if (!used)
            return false;
        at += used;
        if (at == t->n)
            return true;
        if (kind_at(t, at) == T_AND || kind_at(t, at) == T_NEXT)
            at++;
        else if (!is_bound(kind_at(t, at)))
            return false;
        if (at == t->n)
            return false;
    }
    return at == t->n;
}

/* "< 1.2, < 2.0" says two things that do not fit together. */
static bool is_contradictory(const struct tokens *t, const struct result *r)
{
    size_t open = 0;

    for (size_t i = 0; i < r->intervals.n; i++)
        open += !r->intervals.items[i].from.p;
    for (size_t i = 0; i < t->n; i++)
        if (t->items[i].kind == T_NEXT ||
            (t->items[i].kind == T_AND && !t->items[i].comma))
            return false;
    return open > 1;
}

/* ---- "Fixed in" -------------------------------------------------------------
 */

/* "1.1.1-1.1.1c" or "3.0.0": versions without a dash of their own. */
static bool affected_span(as_str s, struct result *r)
{
    as_str to = as_str_trim(s);
    as_str from = as_str_trim(as_str_cut(&to, '-'));

    to = as_str_trim(to);
    if (!is_version_start(from) || (to.n && !is_version_start(to)) ||
        as_str_find(from, ' ') < from.n || as_str_find(to, ' ') < to.n)
        return false;
    add_interval(r, from, to.n ? to : from, false, true);
    return true;
}

/* "Fixed in OpenSSL 1.1.1d (Affected 1.1.1-1.1.1c)": the form OpenSSL gave all
 * its records for years. */
static bool fixed_in(as_str text, struct result *r, as_str *ret_fixed)
{
    size_t open = as_str_search(text, AS_STR(" (Affected "));
    as_str head = as_str_slice(text, 0, open), list;
    size_t space = as_str_rfind(head, ' ');

    if (!as_str_starts(text, AS_STR("Fixed in ")) || open == text.n ||
        !as_str_ends(text, AS_STR(")")))
        return false;
    *ret_fixed = as_str_slice(head, space + 1, head.n);
    list = as_str_slice(text, open + sizeof " (Affected " - 1, text.n - 1);
    while (list.n)
        if (!affected_span(as_str_cut(&list, ','), r))
            return false;
    return is_version_start(*ret_fixed) && r->intervals.n;
}

/* ---- the text ---------------------------------------------------------------
 */

/* No word of a range in it and not a sentence: the name of a variant. */
static bool is_name(const struct tokens *t, as_str text)
{
    if (text.n > 80 || t->too_many)
        return false;
    if (as_str_search(text, AS_STR("://")) < text.n)
        return false;
    for (size_t i = 0; i < t->n; i++) {
        if (t->items[i].kind != T_VERSION && t->items[i].kind != T_OTHER)
            return false;
    }
    return t->n == 1 || has_digit(text);
}

bool as_range_text_read(as_str text, as_arena *a, as_range_text *ret)
{
    struct result r = {.a = a};
    struct tokens t;
    bool all = false;

    text = as_str_trim(text);
    *ret = (as_range_text){.kind = AS_TEXT_PROSE};
    if (IS_ONE_OF(text, nothing) || IS_ONE_OF(text, everything)) {
        ret->kind = IS_ONE_OF(text, nothing) ? AS_TEXT_NOTHING : AS_TEXT_ALL;
        return true;
    }
    if (fixed_in(text, &r, &ret->fixed)) {
        ret->kind = AS_TEXT_RANGES;
        ret->intervals = r.intervals.items;
        ret->n_intervals = r.intervals.n;
        return !r.failed;
    }
    r.intervals.n = 0;
    ret->fixed = AS_ABSENT;
    tokenise(text, &t);
    join_tags(&t);
    if (t.n > 1 && t.items[0].kind == T_ALL) {
        all = true;
        t.n--;
        memmove(t.items, t.items + 1, t.n * sizeof *t.items);
    }
    if (!t.too_many && t.n && read_groups(&t, &r) &&
        !is_contradictory(&t, &r) && !(all && r.n_versions)) {
        ret->kind = r.intervals.n ? AS_TEXT_RANGES : AS_TEXT_EXACT;
        ret->intervals = r.intervals.items;
        ret->n_intervals = r.intervals.n;
        ret->versions = r.versions;
        ret->n_versions = r.n_versions;
    } else if (is_name(&t, text)) {
        r.n_versions = 0;
        add_version(&r, text);
        ret->kind = AS_TEXT_EXACT;
        ret->versions = r.versions;
        ret->n_versions = r.n_versions;
    }
    return !r.failed;
}

/* ---- one end ----------------------------------------------------------------
 */

static const as_str open_ends[] = {
    AS_STR_INIT("latest"),
    AS_STR_INIT("newest"),
    AS_STR_INIT("current"),
    AS_STR_INIT("latest version"),
};

as_bound_op as_range_text_bound(as_str text, as_arena *a, as_str *ret)
{
    as_range_text got;

    text = as_str_trim(text);
    *ret = AS_ABSENT;
    if (IS_ONE_OF(text, nothing) || IS_ONE_OF(text, everything) ||
        IS_ONE_OF(text, open_ends))
        return AS_BOUND_OPEN;
    if (is_series(text) && is_version_start(text)) {
        *ret = without_v(text);
        return AS_BOUND_PLAIN;
    }
    if (!as_range_text_read(text, a, &got))
        return AS_BOUND_PROSE;
    if (got.kind == AS_TEXT_EXACT && got.n_versions == 1) {
        *ret = without_v(got.versions[0]);
        return AS_BOUND_PLAIN;
    }
    if (got.kind != AS_TEXT_RANGES || got.n_intervals != 1 || got.n_versions ||
        (got.intervals[0].from.p && got.intervals[0].to.p))
        return AS_BOUND_PROSE;
    if (got.intervals[0].to.p) {
        *ret = got.intervals[0].to;
        return got.intervals[0].to_included ? AS_BOUND_UP_TO : AS_BOUND_BELOW;
    }
    *ret = got.intervals[0].from;
    return got.intervals[0].from_excluded ? AS_BOUND_ABOVE : AS_BOUND_FROM;
}
