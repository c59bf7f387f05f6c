/* SPDX-License-Identifier: Apache-2.0 */
/* assay-parties/1: our own form of a list of parties, YAML or JSON; described
 * in doc/party-lists.md. Shipped lists (data/parties) have it, and it is the
 * form for lists that nobody publishes for machines.
 *
 *   schema: assay-parties/1
 *   list, title, edition, complete, citation, url
 *   parties: [{id, name, names, kind, countries, ids, addresses, births, ties,
 *              terms, from, to | intervals, url}]
 *
 * A row with several intervals becomes several: id, id#2 ... */
#include "know/feed_internal.h"
#include "know/party_make_internal.h"

#include "base/date.h"

#include <string.h>

struct reading {
    as_party_make m;
    as_json root;
    as_arena *file;
    as_str list, citation, url;
};

static bool probe(const as_feed_input *in)
{
    as_str head = as_str_of((const char *)in->bytes.p,
                            in->bytes.n < 4096 ? in->bytes.n : 4096);

    if (in->syntax == AS_SYNTAX_JSON)
        return as_str_starts(as_json_get_str(in->json, AS_STR("schema")),
                             AS_STR("assay-parties/"));
    return in->syntax == AS_SYNTAX_YAML &&
           as_str_search(head, AS_STR("assay-parties/")) < head.n &&
           as_feed_has_key(in->bytes, AS_STR("schema"));
}

static as_str get(as_json v, const char *key)
{
    return as_str_trim(as_json_get_str(v, as_str_c(key)));
}

/* ---- parts of a row ------------------------------------------------------ */

static bool name_kind(as_str word, as_party_name_kind *ret)
{
    static const struct {
        as_str word;
        as_party_name_kind kind;
    } kinds[] = {
        {AS_STR_INIT("alias"), AS_PARTY_NAME_ALIAS},
        {AS_STR_INIT("weak"), AS_PARTY_NAME_WEAK},
        {AS_STR_INIT("former"), AS_PARTY_NAME_FORMER},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++) {
        if (as_str_eq(word, kinds[i].word)) {
            *ret = kinds[i].kind;
            return true;
        }
    }
    return false;
}

static const char *read_names(as_party_make *m, as_json row)
{
    as_json_iter it = as_json_each(as_json_get(row, AS_STR("names")));

    as_make_name_in(m, AS_PARTY_NAME_PRIMARY, get(row, "name"),
                    get(row, "language"));
    while (as_json_next(&it)) {
        as_party_name_kind kind = AS_PARTY_NAME_ALIAS;
        as_str word = get(it.value, "kind");
        if (as_json_is(it.value, AS_JSON_STRING)) {
            as_make_name(m, kind, as_json_str(it.value));
            continue;
        }
        if (word.n && !name_kind(word, &kind))
            return "the kind of a name is not alias, weak or former";
        as_make_name_in(m, kind, get(it.value, "text"),
                        get(it.value, "language"));
    }
    return NULL;
}

static void read_places(as_party_make *m, as_json row)
{
    as_json_iter it;

    for (it = as_json_each(as_json_get(row, AS_STR("countries")));
         as_json_next(&it);)
        as_make_country(m, as_json_str(it.value));
    as_make_country(m, get(row, "country"));
    for (it = as_json_each(as_json_get(row, AS_STR("addresses")));
         as_json_next(&it);) {
        if (as_json_is(it.value, AS_JSON_STRING))
            as_make_address(m, as_json_str(it.value), AS_ABSENT);
        else
            as_make_address(m, get(it.value, "text"), get(it.value, "country"));
    }
    for (it = as_json_each(as_json_get(row, AS_STR("births")));
         as_json_next(&it);)
        as_make_birth(m, as_json_str(it.value));
    for (it = as_json_each(as_json_get(row, AS_STR("ids"))); as_json_next(&it);)
        as_make_id(m, as_arena_str(m->arena, get(it.value, "scheme")),
                   get(it.value, "value"), get(it.value, "country"));
}

/* A share in percent, or what is there already. In YAML numbers are text. */
static bool share_of(as_json v, const char *key, double *ret)
{
    as_json n = as_json_get(v, as_str_c(key));
    as_str s = as_json_str(n);
    uint64_t whole = 0, part = 0, scale = 1;
    as_str rest = s;

    if (!n.doc)
        return true;
    if (as_json_double(n, ret))
        return *ret >= 0 && *ret <= 100;
    if (!as_str_u64(as_str_cut(&rest, '.'), &whole) || whole > 100 ||
        rest.n > 6 || (rest.n && !as_str_u64(rest, &part)))
        return false;
    for (size_t i = 0; i < rest.n; i++)
        scale *= 10;
    *ret = (double)whole + (double)part / (double)scale;
    return *ret <= 100;
}

static const char *read_ties(struct reading *r, as_json row)
{
    as_party_make *m = &r->m;
    as_json_iter it = as_json_each(as_json_get(row, AS_STR("ties")));

    while (as_json_next(&it)) {
        as_party_tie_kind kind;
        as_party_tie *t;
        if (!as_party_tie_kind_of(get(it.value, "kind"), &kind))
            return "the kind of a tie is not owner, parent, subsidiary, "
                   "affiliate or successor";
        t = as_make_tie(m, kind);
        if (!t)
            return NULL; /* told at the end of the row */
        t->id = as_feed_text(m->arena, get(it.value, "id"), AS_LIMIT_RECORD_ID);
        t->list = as_feed_text(m->arena, get(it.value, "list"), 64);
        if (t->id.p && !t->list.p)
            t->list = r->list;
        t->name =
            as_feed_text(m->arena, get(it.value, "name"), AS_LIMIT_RECORD_NAME);
        if (!t->id.p && !t->name.p)
            return "a tie names no other party";
        if (!share_of(it.value, "low", &t->low) ||
            !share_of(it.value, "high", &t->high) || t->low > t->high)
            return "the share of a tie is not between 0 and 100 percent";
        t->from = as_make_date(m, get(it.value, "from"), false);
        t->to = as_make_date(m, get(it.value, "to"), false);
    }
    return NULL;
}

static void read_terms(struct reading *r, as_json row)
{
    as_party_make *m = &r->m;
    as_json_iter it = as_json_each(as_json_get(row, AS_STR("terms")));
    as_json_iter each;

    while (as_json_next(&it)) {
        as_str key = as_feed_text(m->arena, it.key, 64);
        const char *word = as_arena_str(m->arena, key).p;
        if (!word)
            continue;
        as_make_term(m, word, as_json_str(it.value));
        for (each = as_json_each(it.value); as_json_next(&each);)
            as_make_term(m, word, as_json_str(each.value));
    }
    if (!as_party_term_of(&m->p, AS_STR("citation")).p)
        as_make_term(m, "citation", r->citation);
}

/* ---- a row --------------------------------------------------------------- */

static const char *read_interval(as_party_make *m, as_json v)
{
    as_str from = get(v, "from"), to = get(v, "to");

    m->p.from = as_make_date(m, from, false);
    m->p.to = as_make_date(m, to, false);
    if ((from.n && !m->p.from.p) || (to.n && !m->p.to.p))
        return "a date is none (YYYY-MM-DD)";
    if (m->p.from.p && m->p.to.p && as_str_cmp(m->p.from, m->p.to) >= 0)
        return "an interval ends before it begins";
    return NULL;
}

static const char *read_parts(struct reading *r, as_json row, as_json interval)
{
    as_party_make *m = &r->m;
    as_str kind = get(row, "kind"), url = get(row, "url");
    const char *fault = read_names(m, row);

    if (!fault && kind.n && !as_party_kind_of(kind, &m->p.kind))
        fault = "the kind is not organisation, person, vessel or aircraft";
    read_places(m, row);
    if (!fault)
        fault = read_ties(r, row);
    read_terms(r, row);
    if (!fault)
        fault = read_interval(m, interval);
    m->p.url = as_feed_text(m->arena, url.n ? url : r->url, 500);
    return fault;
}

/* The row for one of its intervals. */
static void read_once(struct reading *r, as_json row, as_json interval,
                      size_t index)
{
    as_party_make *m = &r->m;
    as_str id = get(row, "id");
    const char *fault;

    if (!as_make_begin(m, r->list, id))
        return;
    fault = read_parts(r, row, interval);
    if (index && id.n)
        m->p.id = as_arena_printf(m->arena, "%.*s#%zu", AS_FMT(id), index + 1);
    if (fault)
        (void)as_make_refuse(m, id, fault);
    else
        (void)as_make_end(m, AS_PARTY_WHOLE);
}

static void read_row(struct reading *r, as_json row)
{
    as_json intervals = as_json_get(row, AS_STR("intervals"));
    as_json_iter it = as_json_each(intervals);

    if (as_json_count(intervals) == 0) {
        read_once(r, row, row, 0);
        return;
    }
    while (!r->m.stop && as_json_next(&it))
        read_once(r, row, it.value, it.index);
}

/* ---- the file ------------------------------------------------------------ */

/* Words of the sources that readers of their own fill. */
bool as_plain_is_reserved(as_str list)
{
    static const char *const words[] = {
        "us-csl",      "us-ofac",       "un",     "eu",
        "uk",          "us-dpl",        "gleif",  "gleif-rr",
        "gleif-repex", "opensanctions", "unknown"};
    as_str rest = list, first = as_str_cut(&rest, '/');

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_eq(first, as_str_c(words[i])))
            return true;
    return false;
}

static as_rc read_head(struct reading *r, as_err *err)
{
    as_str schema = get(r->root, "schema");
    as_str edition = get(r->root, "edition");
    as_list_head head = {.list = get(r->root, "list"),
                         .title = get(r->root, "title")};
    as_str complete = get(r->root, "complete");
    as_date day;

    if (!as_str_eq(schema, AS_STR("assay-parties/1")))
        return as_fail(err, AS_ERR_UNSUPPORTED,
                       "the file has the form \"%.*s\", this version reads "
                       "assay-parties/1",
                       AS_FMT(as_str_slice(schema, 0, 60)));
    if (!as_feed_is_id(head.list) || head.list.n > 64 ||
        as_plain_is_reserved(head.list))
        return as_fail(err, AS_ERR_INPUT,
                       "the file names no list, or one of a public source");
    if (edition.n && !as_date_read(edition, &day))
        return as_fail(err, AS_ERR_INPUT,
                       "the edition is no date (YYYY-MM-DD)");
    head.source = r->list = head.list;
    head.date = edition.n ? edition : AS_ABSENT;
    if (!as_json_bool(as_json_get(r->root, AS_STR("complete")), &head.complete))
        head.complete = as_str_eq(complete, AS_STR("true"));
    r->citation = get(r->root, "citation");
    r->url = get(r->root, "url");
    (void)as_make_list(&r->m, &head);
    return AS_OK;
}

static as_rc read_root(struct reading *r, as_err *err)
{
    as_json_iter it = as_json_each(as_json_get(r->root, AS_STR("parties")));
    as_rc rc = read_head(r, err);

    while (!rc && !r->m.stop && as_json_next(&it)) {
        r->m.pointer = as_arena_printf(r->file, "/parties/%zu", it.index);
        read_row(r, it.value);
    }
    return rc;
}

static as_rc read_plain(const as_feed_input *in, const as_feed_sink *sink,
                        as_err *err)
{
    as_feed_place place = {.in = in};
    struct reading r = {.m = {.sink = sink, .place = &place}, .root = in->json};
    as_json_doc *doc = NULL;
    as_rc rc = AS_OK;

    if (in->syntax == AS_SYNTAX_YAML) {
        rc = as_feed_yaml(in->bytes, &doc, err);
        if (rc)
            return rc;
        r.root = as_json_root(doc);
        place.yaml = true;
    }
    r.file = as_arena_new(AS_LIMIT_RECORD_BYTES);
    rc = r.file ? read_root(&r, err)
                : as_fail(err, AS_ERR_MEMORY, "no memory to read it");
    as_make_done(&r.m);
    as_arena_free(r.file);
    as_json_free(doc);
    return rc;
}

const as_importer as_plain_importer = {AS_STR_INIT("parties"), probe,
                                       read_plain};
