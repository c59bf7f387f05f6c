/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of the US Office of Foreign Assets Control in CSV: four files
 * without headers, joined by the entity's number, "-0-" for what is empty:
 *
 *   sdn.csv, cons_prim.csv   number, name, type, programme, title, call sign,
 *                            vessel type, tonnage, gross tonnage, flag, owner,
 *                            remarks
 *   add.csv   number, address number, address, city and state, country, remarks
 *   alt.csv   number, alias number, aka | fka | nka, name, remarks
 *   sdn_comments.csv   number, the rest of remarks of more than 1,000 bytes
 *
 * Remarks are sentences with "; " between; dates of birth, countries,
 * identifiers, weak aliases and links are taken out of them, and the whole is
 * kept. The files tell no date.
 *
 * OFAC, "Specially Designated Nationals and Blocked Persons: Data
 * Specification". */
#include "know/ofac_internal.h"
#include "know/table_internal.h"

#include <string.h>

enum { FIELDS = 16, LOOK_ROWS = 3 };

enum shape { NONE, MAIN, ADDRESSES, ALIASES, COMMENTS };

/* ---- remarks ---------------------------------------------------------------
 */

/* What stands in the last brackets: "A123 (Iran)" -> "Iran"; *text is cut. */
static as_str in_brackets(as_str *text)
{
    size_t open = as_str_rfind(*text, '(');
    as_str inner;

    if (open == text->n || !as_str_ends(*text, AS_STR(")")))
        return AS_ABSENT;
    inner = as_str_slice(*text, open + 1, text->n - 1);
    *text = as_str_trim(as_str_slice(*text, 0, open));
    return inner;
}

static bool take_prefix(as_str *text, const char *prefix)
{
    as_str p = as_str_c(prefix);

    if (!as_str_starts_nocase(*text, p))
        return false;
    *text = as_str_trim(as_str_slice(*text, p.n, text->n));
    return true;
}

/* "a.k.a. 'EL TIO'": names in the remarks are the weak ones. */
static bool take_alias(as_party_make *m, as_str s)
{
    as_party_name_kind kind = AS_PARTY_NAME_WEAK;

    if (take_prefix(&s, "f.k.a.") || take_prefix(&s, "alt. f.k.a."))
        kind = AS_PARTY_NAME_FORMER;
    else if (!take_prefix(&s, "a.k.a.") && !take_prefix(&s, "alt. a.k.a."))
        return false;
    if (s.n > 2 && s.p[0] == '\'' && as_str_ends(s, AS_STR("'")))
        s = as_str_slice(s, 1, s.n - 1);
    as_make_name(m, kind, s);
    return true;
}

/* "Passport A123 (Iran) expires ..."; "Tax ID No. 77 (Russia)". */
static bool take_id(as_party_make *m, as_str s)
{
    as_str scheme, country, value, rest = s;
    size_t at = 0;

    (void)take_prefix(&rest, "alt. ");
    while (at < rest.n && !as_ascii_is_digit(rest.p[at]))
        at++;
    if (at == rest.n || at > 60)
        return false;
    scheme = as_make_scheme(as_str_slice(rest, 0, at));
    if (as_str_eq(scheme, AS_STR("other")))
        return false;
    country = in_brackets(&rest);
    while (at > 0 && rest.p[at - 1] != ' ' && rest.p[at - 1] != '#')
        at--;
    value = as_str_slice(rest, at, rest.n);
    if (value.n > 64)
        return false;
    as_make_id(m, scheme, value, country);
    return true;
}

static bool take_tie(as_party_make *m, as_str s)
{
    as_party_tie *t;

    (void)take_prefix(&s, "(");
    if (!take_prefix(&s, "Linked To:"))
        return false;
    if (as_str_ends(s, AS_STR(")")) && as_str_find(s, '(') == s.n)
        s.n--;
    s = as_feed_text(m->arena, s, AS_LIMIT_RECORD_NAME);
    t = s.p ? as_make_tie(m, AS_PARTY_TIE_AFFILIATE) : NULL;
    if (t)
        t->name = s;
    return true;
}

static void take_sentence(as_party_make *m, as_str s)
{
    as_str rest = s;

    if (take_prefix(&rest, "DOB ") || take_prefix(&rest, "alt. DOB ")) {
        as_make_birth(m, rest);
    } else if (take_prefix(&rest, "nationality ") ||
               take_prefix(&rest, "citizen ") ||
               take_prefix(&rest, "alt. nationality ") ||
               take_prefix(&rest, "alt. citizen ")) {
        as_make_country(m, rest);
    } else if (!take_alias(m, s) && !take_tie(m, s)) {
        (void)take_id(m, s);
    }
}

void as_ofac_remarks(as_party_make *m, as_str remarks)
{
    as_str rest = as_str_trim(remarks);

    as_make_term(m, "remark", rest);
    while (as_str_ends(rest, AS_STR(".")))
        rest.n--;
    while (rest.n) {
        as_str s = as_str_trim(as_str_cut(&rest, ';'));
        if (s.n)
            take_sentence(m, s);
    }
}

void as_ofac_programmes(as_party_make *m, as_str text)
{
    while (text.n) {
        as_str one = as_str_trim(as_str_cut(&text, ']'));
        if (as_str_starts(one, AS_STR("[")))
            one = as_str_slice(one, 1, one.n);
        as_make_term(m, "programme", one);
    }
}

as_party_kind as_ofac_kind(as_str type)
{
    if (as_str_eq_nocase(type, AS_STR("individual")))
        return AS_PARTY_PERSON;
    if (as_str_eq_nocase(type, AS_STR("vessel")))
        return AS_PARTY_VESSEL;
    if (as_str_eq_nocase(type, AS_STR("aircraft")))
        return AS_PARTY_AIRCRAFT;
    return AS_PARTY_ORGANISATION;
}

/* ---- shapes ----------------------------------------------------------------
 */

static bool is_number(as_str s)
{
    uint64_t n;

    return as_str_u64(as_str_trim(s), &n);
}

static bool is_empty_mark(as_str s)
{
    return as_str_eq(as_str_trim(s), AS_STR("-0-"));
}

static bool is_alias_type(as_str s)
{
    s = as_str_trim(s);
    return as_str_eq(s, AS_STR("aka")) || as_str_eq(s, AS_STR("fka")) ||
           as_str_eq(s, AS_STR("nka"));
}

/* Sentences that the rest of remarks has. */
static bool is_comment(as_str s)
{
    static const char *const words[] = {
        "Linked To:",  "a.k.a.", "Number",    "Passport", "DOB ",
        "nationality", "No. ",   "Identific", "Date",     "Gender"};

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_search(s, as_str_c(words[i])) < s.n)
            return true;
    return false;
}

static enum shape shape_of_row(const as_str *f, size_t n)
{
    bool empties = false;

    if (n < 2 || !is_number(f[0]))
        return NONE;
    for (size_t i = 1; i < n && i < FIELDS; i++)
        empties = empties || is_empty_mark(f[i]);
    if (n == 12 && empties)
        return MAIN;
    if (n == 6 && empties && is_number(f[1]))
        return ADDRESSES;
    if (n == 5 && is_number(f[1]) && is_alias_type(f[2]))
        return ALIASES;
    return n == 2 && is_comment(f[1]) ? COMMENTS : NONE;
}

/* Copies of the files that got a header. */
static bool is_header(const as_str *f, size_t n)
{
    return n >= 2 && as_str_eq_nocase(as_str_trim(f[0]), AS_STR("ent_num"));
}

/* By the first rows. */
static enum shape shape_of(as_span bytes)
{
    as_span head = {bytes.p, bytes.n < 16384 ? bytes.n : 16384};
    as_arena *a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    enum shape shape = NONE;
    as_str f[FIELDS];
    as_csv csv;
    size_t n;

    as_csv_init(&csv, head);
    for (size_t i = 0; a && i < LOOK_ROWS; i++) {
        enum shape one;
        if (!as_csv_next(&csv, a, f, FIELDS, &n) || csv.unfinished ||
            (csv.rest.n == 0 && i > 0))
            break;
        if (i == 0 && is_header(f, n))
            continue;
        one = shape_of_row(f, n);
        if (one == NONE || (shape != NONE && one != shape)) {
            shape = NONE;
            break;
        }
        shape = one;
    }
    as_arena_free(a);
    return shape;
}

static bool probe(const as_feed_input *in)
{
    as_str head = as_str_of((const char *)in->bytes.p, in->bytes.n);

    head = as_str_slice(head, as_str_starts(head, AS_STR("\"")), head.n);
    return in->syntax == AS_SYNTAX_TEXT && head.n &&
           (as_ascii_is_digit(head.p[0]) ||
            as_str_starts_nocase(head, AS_STR("ent_num"))) &&
           shape_of(in->bytes) != NONE;
}

/* ---- rows ------------------------------------------------------------------
 */

/* The field, absent when it is "-0-". */
static as_str field(const as_str *f, size_t i)
{
    as_str s = as_str_trim(f[i]);

    return s.n == 0 || is_empty_mark(s) ? AS_ABSENT : s;
}

static void read_main(as_party_make *m, const as_str *f)
{
    m->p.kind = as_ofac_kind(field(f, 2));
    as_make_name(m, AS_PARTY_NAME_PRIMARY, field(f, 1));
    as_ofac_programmes(m, field(f, 3));
    as_make_term(m, "title", field(f, 4));
    as_make_term(m, "flag", field(f, 9));
    as_make_term(m, "vessel-owner", field(f, 10));
    as_ofac_remarks(m, field(f, 11));
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

static void read_address(as_party_make *m, const as_str *f)
{
    const as_str parts[] = {field(f, 2), field(f, 3)};

    as_make_address(m, as_make_joined(m, parts, 2, ", "), field(f, 4));
    if (m->p.n_addresses) /* most have none */
        (void)as_make_end(m, AS_PARTY_PART);
}

static void read_alias(as_party_make *m, const as_str *f)
{
    bool former = as_str_eq(field(f, 2), AS_STR("fka"));

    as_make_name(m, former ? AS_PARTY_NAME_FORMER : AS_PARTY_NAME_ALIAS,
                 field(f, 3));
    if (m->p.n_names)
        (void)as_make_end(m, AS_PARTY_PART);
}

/* The rest of a remark begins in the middle of a sentence. */
static void read_comment(as_party_make *m, const as_str *f)
{
    as_str rest = field(f, 1);

    as_make_term(m, "remark", rest);
    (void)as_str_cut(&rest, ';');
    while (as_str_ends(rest, AS_STR(".")))
        rest.n--;
    while (rest.n) {
        as_str s = as_str_trim(as_str_cut(&rest, ';'));
        if (s.n)
            take_sentence(m, s);
    }
    (void)as_make_end(m, AS_PARTY_PART);
}

struct reading {
    as_party_make m;
    as_str list;
    enum shape shape;
};

static void read_row(struct reading *r, const as_str *f)
{
    static void (*const readers[])(as_party_make *, const as_str *) = {
        [MAIN] = read_main,
        [ADDRESSES] = read_address,
        [ALIASES] = read_alias,
        [COMMENTS] = read_comment,
    };

    if (as_make_begin(&r->m, r->list, field(f, 0)))
        readers[r->shape](&r->m, f);
}

static size_t fields_of(enum shape shape)
{
    switch (shape) {
    case MAIN: return 12;
    case ADDRESSES: return 6;
    case ALIASES: return 5;
    case COMMENTS: return 2;
    case NONE: break;
    }
    return 0;
}

static bool is_text(const as_str *f, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (as_span_utf8_bad(as_str_span(f[i])) < f[i].n)
            return false;
    return true;
}

static void read_rows(struct reading *r, as_span bytes)
{
    size_t want = fields_of(r->shape), n;
    as_str f[FIELDS];
    as_csv csv;

    as_csv_init(&csv, bytes);
    while (!r->m.stop) {
        as_arena *row = as_arena_new(AS_LIMIT_RECORD_BYTES);
        bool some;
        r->m.line = csv.line;
        some = row && as_csv_next(&csv, row, f, FIELDS, &n);
        if (some && is_header(f, n)) {
            as_arena_free(row);
            continue;
        }
        if (some && n == 1 && as_str_eq(as_str_trim(f[0]), AS_STR("\x1A")))
            some = false; /* the end mark of old systems */
        if (some && (csv.unfinished || n < want)) {
            (void)as_make_refuse(&r->m, AS_ABSENT, "the row is cut off");
            if (csv.unfinished || csv.rest.n <= 1)
                as_make_cut(&r->m, "its last row, on line %llu, is cut off",
                            (unsigned long long)r->m.line);
        } else if (some && !is_text(f, want)) {
            (void)as_make_refuse(&r->m, AS_ABSENT,
                                 "the row is not valid UTF-8");
        } else if (some) {
            read_row(r, f);
        }
        as_arena_free(row);
        if (!some)
            return;
    }
}

bool as_ofac_is_consolidated(as_str name)
{
    size_t slash = as_str_rfind(name, '/');

    if (slash < name.n)
        name = as_str_slice(name, slash + 1, name.n);
    return as_str_starts_nocase(name, AS_STR("cons")) ||
           as_str_starts_nocase(name, AS_STR("ofac-cons"));
}

static as_rc read_ofac(const as_feed_input *in, const as_feed_sink *sink,
                       as_err *err)
{
    struct reading r = {.m = {.sink = sink}, .shape = shape_of(in->bytes)};
    as_list_head head = {.source = AS_STR("us-ofac/SDN"),
                         .title = AS_STR("Specially Designated Nationals and "
                                         "Blocked Persons"),
                         .complete = true,
                         .joined = true};

    if (r.shape == NONE)
        return as_fail(err, AS_ERR_INPUT, "the file is none of OFAC's");
    if (as_ofac_is_consolidated(in->name)) {
        head.source = AS_STR("us-ofac/CONS");
        head.title = AS_STR("OFAC consolidated lists other than the SDN list");
    }
    head.list = r.list = head.source;
    if (as_make_list(&r.m, &head))
        read_rows(&r, in->bytes);
    as_make_done(&r.m);
    return AS_OK;
}

const as_importer as_ofac_importer = {AS_STR_INIT("us-ofac"), probe, read_ofac};
