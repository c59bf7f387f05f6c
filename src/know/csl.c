/* SPDX-License-Identifier: Apache-2.0 */
/* The Consolidated Screening List of the US Departments of Commerce, State and
 * the Treasury: a dozen lists in one file, in three forms:
 *
 *   JSON of trade.gov: {search_performed_at, results: [{name, source, ...}]}
 *   CSV of trade.gov: 29 columns (csl_csv.c)
 *   compact JSON: {entries: [{n, a, s, ...}], tables: {sources: [...], ...}},
 *   where s, lr, lp, pg, u are indexes into the tables
 *
 * Each of the lists has a word: us-csl/EL, us-csl/SDN, us-csl/DPL ... A row has
 * an id of its own (entity_number) on the Treasury's lists only; the others are
 * told apart by their content. Countries are those of the addresses.
 *
 * trade.gov, "Consolidated Screening List" (field descriptions). */
#include "know/csl_internal.h"

#include "base/date.h"

#include <inttypes.h>
#include <string.h>

enum { WORD = 24 };

/* ---- the lists ----------------------------------------------------------- */

/* "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury" -> "NS-MBS". */
static as_str word_of(as_str source)
{
    size_t open = as_str_find(source, '(');
    as_str rest = as_str_slice(source, open + 1, source.n), word;

    if (open == source.n || as_str_find(rest, ')') == rest.n)
        return AS_ABSENT;
    word = as_str_cut(&rest, ')');
    word = as_str_trim(as_str_cut(&word, ' '));
    if (word.n == 0 || word.n > WORD)
        return AS_ABSENT;
    for (size_t i = 0; i < word.n; i++)
        if (!as_ascii_is_alnum(word.p[i]) && word.p[i] != '-')
            return AS_ABSENT;
    return word;
}

bool as_csl_list(as_csl *c, as_str source)
{
    as_str s = as_str_trim(source), word;
    as_list_head head = {.source = AS_STR("us-csl"), .complete = true};

    if (c->source.p && as_str_eq(s, c->source))
        return c->list.p != NULL;
    word = word_of(s);
    c->source = as_arena_str(c->file, s);
    c->list = AS_ABSENT;
    if (!word.p)
        return false;
    c->list = as_arena_printf(c->file, "us-csl/%.*s", AS_FMT(word));
    head.list = c->list;
    head.title = c->source;
    head.date = c->date;
    return c->list.p && as_make_list(&c->m, &head);
}

as_party_kind as_csl_kind(as_str word)
{
    static const struct {
        as_str word;
        as_party_kind kind;
    } kinds[] = {
        {AS_STR_INIT("entity"), AS_PARTY_ORGANISATION},
        {AS_STR_INIT("individual"), AS_PARTY_PERSON},
        {AS_STR_INIT("vessel"), AS_PARTY_VESSEL},
        {AS_STR_INIT("aircraft"), AS_PARTY_AIRCRAFT},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++)
        if (as_str_eq_nocase(as_str_trim(word), kinds[i].word))
            return kinds[i].kind;
    return AS_PARTY_UNKNOWN;
}

/* ---- footnotes ------------------------------------------------------------
 *
 * Supplement No. 4 to 15 CFR part 744 marks rows with footnotes, and the lists
 * made of it glue their numbers to the text: "... 744.11 of the EAR)5",
 * "(See 734.9(g),3 746.8(a)(3) ...", "734.9(e)1 and 744.11 of the EAR2". A
 * number is a footnote when it is one digit by itself behind a closing bracket
 * (a comma, a blank between) or behind "EAR". */

static bool ends_number(as_str text, size_t at)
{
    char c;

    if (at >= text.n)
        return true;
    c = text.p[at];
    if (c == '.')
        return at + 1 >= text.n || !as_ascii_is_digit(text.p[at + 1]);
    return c == ' ' || c == ',' || c == ')' || c == ';';
}

/* Does what stands before the digit at i make it a footnote? */
static bool marks_footnote(as_str text, size_t i)
{
    as_str before = as_str_slice(text, 0, i);

    while (as_str_ends(before, AS_STR(" ")))
        before.n--;
    if (as_str_ends(before, AS_STR("EAR")))
        return true;
    if (as_str_ends(before, AS_STR(",")))
        before.n--;
    return as_str_ends(before, AS_STR(")"));
}

void as_csl_footnotes(as_str text, as_buf *out,
                      void (*note)(void *ctx, char digit), void *ctx)
{
    bool noted[10] = {false};

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c < '1' || c > '9' || !ends_number(text, i + 1) ||
            !marks_footnote(text, i)) {
            as_buf_byte(out, c);
            continue;
        }
        while (out->n && out->p[out->n - 1] == ' ' &&
               (i + 1 >= text.n || text.p[i + 1] != ' '))
            out->n--;
        if (out->n && out->p[out->n - 1] == ' ' && i + 1 < text.n &&
            text.p[i + 1] == ' ')
            out->n--;
        if (!noted[c - '0'])
            note(ctx, c);
        noted[c - '0'] = true;
    }
}

static void note_footnote(void *ctx, char digit)
{
    as_party_make *m = ctx;
    as_str s = as_arena_str(m->arena, as_str_of(&digit, 1));

    as_make_term(m, "footnote", s);
}

/* Rows of the Entity List that are an address, whoever sits there: "Address 01"
 * (89 FR 51653). Any party at it counts, so its name says nothing. */
static bool is_address(const as_party_make *m)
{
    as_str name = m->p.n_names ? m->p.names[0].text : AS_ABSENT;
    uint64_t number;

    return as_str_eq(m->p.list, AS_STR("us-csl/EL")) &&
           as_str_starts(name, AS_STR("Address ")) &&
           as_str_u64(as_str_slice(name, 8, name.n), &number);
}

void as_csl_requirement(as_party_make *m, as_str requirement, as_str policy)
{
    as_buf clean;

    if (is_address(m))
        as_make_term(m, "address-only", AS_STR("true"));
    as_buf_init(&clean, AS_LIMIT_PARTY_TEXT * 4);
    as_csl_footnotes(as_str_slice(requirement, 0, AS_LIMIT_PARTY_TEXT), &clean,
                     note_footnote, m);
    if (!as_buf_failed(&clean))
        as_make_term(m, "requirement",
                     as_arena_str(m->arena, as_buf_text(&clean)));
    as_buf_done(&clean);
    as_make_term(m, "policy", policy);
}

/* ---- what all forms share -------------------------------------------------
 */

/* ---- the compact form -----------------------------------------------------
 */

/* The tables by index, once: a row names up to five entries. */
struct column {
    as_str *items;
    size_t n;
};

static struct column column_of(as_csl *c, as_json table)
{
    struct column col = {.n = as_json_count(table)};
    as_json_iter it = as_json_each(table);

    col.items = AS_NEW_ARRAY(c->file, col.n ? col.n : 1, as_str);
    if (!col.items)
        return (struct column){NULL, 0};
    while (as_json_next(&it))
        col.items[it.index] = as_json_str(it.value);
    return col;
}

static as_str at(const struct column *col, as_json row, const char *key)
{
    uint64_t i;

    if (!as_json_u64(as_json_get(row, as_str_c(key)), &i) || i >= col->n)
        return AS_ABSENT;
    return col->items[i];
}

struct compact {
    struct column sources, requirements, policies, programmes, urls;
};

static void read_compact_row(as_csl *c, const struct compact *t, as_json row)
{
    as_party_make *m = &c->m;
    as_json_iter it;

    if (!as_csl_list(c, at(&t->sources, row, "s"))) {
        if (!m->stop)
            (void)as_make_refuse(m, AS_ABSENT, "the row is of no known list");
        return;
    }
    if (!as_make_begin(m, c->list, as_json_get_str(row, AS_STR("e"))))
        return;
    m->p.kind = as_csl_kind(as_json_get_str(row, AS_STR("t")));
    as_make_name(m, AS_PARTY_NAME_PRIMARY, as_json_get_str(row, AS_STR("n")));
    for (it = as_json_each(as_json_get(row, AS_STR("a"))); as_json_next(&it);)
        as_make_name(m, AS_PARTY_NAME_ALIAS, as_json_str(it.value));
    for (it = as_json_each(as_json_get(row, AS_STR("c"))); as_json_next(&it);)
        as_make_address(m, AS_ABSENT, as_json_str(it.value));
    as_csl_requirement(m, at(&t->requirements, row, "lr"),
                       at(&t->policies, row, "lp"));
    as_make_terms(m, "programme", at(&t->programmes, row, "pg"), ';');
    as_make_term(m, "citation", as_json_get_str(row, AS_STR("fr")));
    m->p.url = as_feed_text(m->arena, at(&t->urls, row, "u"), 500);
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

static void read_compact(as_csl *c, const as_feed_input *in)
{
    as_json tables = as_json_get(in->json, AS_STR("tables"));
    as_json entries = as_json_get(in->json, AS_STR("entries"));
    const struct compact t = {
        column_of(c, as_json_get(tables, AS_STR("sources"))),
        column_of(c, as_json_get(tables, AS_STR("licenceRequirements"))),
        column_of(c, as_json_get(tables, AS_STR("licencePolicies"))),
        column_of(c, as_json_get(tables, AS_STR("programmes"))),
        column_of(c, as_json_get(tables, AS_STR("urls"))),
    };
    uint64_t said = 0, n = as_json_count(entries);
    as_json_iter it = as_json_each(entries);

    while (!c->m.stop && as_json_next(&it)) {
        c->m.pointer = as_arena_printf(c->file, "/entries/%zu", it.index);
        read_compact_row(c, &t, it.value);
    }
    if (as_json_u64(as_json_get(in->json, AS_STR("entryCount")), &said) &&
        said != n)
        as_make_cut(&c->m,
                    "it says that it has %" PRIu64 " rows and has %" PRIu64,
                    said, n);
}

/* ---- the form of trade.gov ------------------------------------------------
 */

static as_str field(as_json row, const char *key)
{
    return as_json_get_str(row, as_str_c(key));
}

static void read_addresses(as_party_make *m, as_json list)
{
    static const char *const keys[] = {"address", "city", "state",
                                       "postal_code"};
    as_json_iter it = as_json_each(list);

    while (as_json_next(&it)) {
        as_str parts[AS_ARRAY_LEN(keys)];
        for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++)
            parts[i] = field(it.value, keys[i]);
        as_make_address(m, as_make_joined(m, parts, AS_ARRAY_LEN(parts), ", "),
                        field(it.value, "country"));
    }
}

static void read_ids(as_party_make *m, as_json list)
{
    as_json_iter it = as_json_each(list);

    while (as_json_next(&it)) {
        as_str type = field(it.value, "type");
        as_str scheme = as_make_scheme(type);
        if (as_str_eq(scheme, AS_STR("other"))) {
            const as_str parts[] = {type, field(it.value, "number")};
            as_make_term(m, "remark", as_make_joined(m, parts, 2, ": "));
            continue;
        }
        as_make_id(m, scheme, field(it.value, "number"),
                   field(it.value, "country"));
    }
}

static void read_each(as_party_make *m, as_json list,
                      void (*take)(as_party_make *m, as_str text))
{
    as_json_iter it = as_json_each(list);

    while (as_json_next(&it))
        take(m, as_json_str(it.value));
}

static void take_alias(as_party_make *m, as_str s)
{
    as_make_name(m, AS_PARTY_NAME_ALIAS, s);
}

static void take_programme(as_party_make *m, as_str s)
{
    as_make_term(m, "programme", s);
}

static as_json member(as_json row, const char *key)
{
    return as_json_get(row, as_str_c(key));
}

static void read_full_row(as_csl *c, as_json row)
{
    as_party_make *m = &c->m;

    if (!as_csl_list(c, field(row, "source"))) {
        if (!m->stop)
            (void)as_make_refuse(m, AS_ABSENT, "the row is of no known list");
        return;
    }
    if (!as_make_begin(m, c->list, field(row, "entity_number")))
        return;
    m->p.kind = as_csl_kind(field(row, "type"));
    as_make_name(m, AS_PARTY_NAME_PRIMARY, field(row, "name"));
    read_each(m, member(row, "alt_names"), take_alias);
    read_addresses(m, member(row, "addresses"));
    read_each(m, member(row, "nationalities"), as_make_country);
    read_each(m, member(row, "citizenships"), as_make_country);
    read_each(m, member(row, "dates_of_birth"), as_make_birth);
    read_ids(m, member(row, "ids"));
    read_each(m, member(row, "programs"), take_programme);
    as_csl_requirement(m, field(row, "license_requirement"),
                       field(row, "license_policy"));
    as_make_term(m, "citation", field(row, "federal_register_notice"));
    as_make_term(m, "remark", field(row, "remarks"));
    as_make_term(m, "title", field(row, "title"));
    as_make_term(m, "flag", field(row, "vessel_flag"));
    as_make_term(m, "vessel-owner", field(row, "vessel_owner"));
    m->p.from = as_make_date(m, field(row, "start_date"), false);
    m->p.to = as_make_date(m, field(row, "end_date"), false);
    m->p.url = as_feed_text(m->arena, field(row, "source_list_url"), 500);
    (void)as_make_end(m, AS_PARTY_WHOLE);
}

static void read_full(as_csl *c, const as_feed_input *in)
{
    as_json results = as_json_get(in->json, AS_STR("results"));
    uint64_t said = 0, n = as_json_count(results);
    as_json_iter it = as_json_each(results);

    while (!c->m.stop && as_json_next(&it)) {
        c->m.pointer = as_arena_printf(c->file, "/results/%zu", it.index);
        read_full_row(c, it.value);
    }
    if (as_json_u64(as_json_get(in->json, AS_STR("total")), &said) && said > n)
        as_make_cut(&c->m,
                    "it says that there are %" PRIu64 " rows and has %" PRIu64,
                    said, n);
}

/* ---- the file --------------------------------------------------------------
 */

static bool is_compact(as_json root)
{
    as_json sources =
        as_json_get(as_json_get(root, AS_STR("tables")), AS_STR("sources"));

    return as_json_is(sources, AS_JSON_ARRAY) &&
           as_json_is(as_json_get(root, AS_STR("entries")), AS_JSON_ARRAY);
}

static bool is_full(as_json root)
{
    as_json_iter it = as_json_each(as_json_get(root, AS_STR("results")));

    return as_json_next(&it) && as_json_get(it.value, AS_STR("source")).doc &&
           as_json_get(it.value, AS_STR("name")).doc &&
           as_json_get(it.value, AS_STR("alt_names")).doc;
}

static bool probe(const as_feed_input *in)
{
    if (in->syntax == AS_SYNTAX_TEXT)
        return as_csl_is_csv(in->bytes);
    return in->syntax == AS_SYNTAX_JSON &&
           (is_compact(in->json) || is_full(in->json));
}

static as_str date_of(as_csl *c, as_json root)
{
    static const char *const keys[] = {"sourceGeneratedAt",
                                       "search_performed_at", "retrievedAt"};

    for (size_t i = 0; i < AS_ARRAY_LEN(keys); i++) {
        as_str text = as_json_get_str(root, as_str_c(keys[i]));
        as_date day;
        if (as_date_read_any(text, &day))
            return as_date_str(c->file, day);
    }
    return AS_ABSENT;
}

static as_rc read_csl(const as_feed_input *in, const as_feed_sink *sink,
                      as_err *err)
{
    as_feed_place place = {.in = in};
    as_csl c = {.m = {.sink = sink, .source = AS_STR("us-csl")}};
    as_rc rc = AS_OK;

    c.file = as_arena_new(AS_LIMIT_FEED_MEMBER_BYTES);
    if (!c.file)
        return as_fail(err, AS_ERR_MEMORY, "no memory to read the list");
    if (in->syntax != AS_SYNTAX_JSON) {
        as_csl_read_csv(&c, in->bytes);
    } else {
        c.m.place = &place;
        c.date = date_of(&c, in->json);
        if (is_compact(in->json))
            read_compact(&c, in);
        else
            read_full(&c, in);
    }
    if (!c.source.p && !c.m.stop)
        rc = as_fail(err, AS_ERR_INPUT, "the list has no rows");
    if (as_arena_failed(c.file))
        rc = as_fail(err, AS_ERR_LIMIT, "the list takes too much memory");
    as_make_done(&c.m);
    as_arena_free(c.file);
    return rc;
}

const as_importer as_csl_importer = {AS_STR_INIT("us-csl"), probe, read_csl};
