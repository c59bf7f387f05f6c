/* SPDX-License-Identifier: Apache-2.0 */
/* The fact tables built in (data/ear), as structures. They were made into one
 * JSON text at build time by tools/ear-embed.py; reading it is a walk over some
 * 2,500 rows. */
#include "licence/licence_internal.h"

#include "base/limits.h"
#include "licence/ear_tables.h"
#include "model/country.h"

#include <assert.h>
#include <string.h>

static const char *const columns[AS_EAR_COLUMNS] = {
    "CB1", "CB2", "CB3", "NP1", "NP2", "NS1", "NS2", "MT1",
    "RS1", "RS2", "FC1", "CC1", "CC2", "CC3", "AT1", "AT2",
};
static const char *const groups[AS_EAR_GROUPS] = {
    "A:1", "A:2", "A:3", "A:4", "A:5", "A:6", "B",
    "D:1", "D:2", "D:3", "D:4", "D:5", "E:1", "E:2",
};

struct load {
    as_ear *ear;
    as_arena *arena;
};

static as_str text(struct load *l, as_json v, const char *key)
{
    as_str s = as_json_get_str(v, as_str_c(key));

    return as_str_is_absent(s) ? AS_STR("") : as_arena_str(l->arena, s);
}

static int word_index(const char *const *words, int n, as_str word)
{
    for (int i = 0; i < n; i++)
        if (as_str_eq(as_str_c(words[i]), word))
            return i;
    return -1;
}

static uint32_t bits(const char *const *words, int n, as_str list)
{
    uint32_t set = 0;
    as_str word;

    while (as_eccn_word(&list, &word)) {
        int i = word_index(words, n, word);
        assert(i >= 0);
        set |= i >= 0 ? UINT32_C(1) << i : 0;
    }
    return set;
}

const char *as_ear_column_word(int column)
{
    return columns[column];
}

int as_ear_column_of(as_str word)
{
    return word_index(columns, AS_EAR_COLUMNS, word);
}

static as_str *texts(struct load *l, as_json list, size_t *ret_n)
{
    as_str *out = AS_NEW_ARRAY(l->arena, as_json_count(list), as_str);

    *ret_n = 0;
    for (as_json_iter it = as_json_each(list); out && as_json_next(&it);)
        out[(*ret_n)++] = as_arena_str(l->arena, as_json_str(it.value));
    return out;
}

/* ---- entries ---------------------------------------------------------------
 */

static as_str element(struct load *l, as_json list, size_t i)
{
    for (as_json_iter it = as_json_each(list); as_json_next(&it);)
        if (it.index == i)
            return as_arena_str(l->arena, as_json_str(it.value));
    return AS_STR("");
}

static as_json element_value(as_json list, size_t i)
{
    for (as_json_iter it = as_json_each(list); as_json_next(&it);)
        if (it.index == i)
            return it.value;
    return (as_json){NULL, 0};
}

static void load_row(struct load *l, as_json v, as_ear_row *row)
{
    row->reason = element(l, v, 0);
    row->rule = element(l, v, 1);
    row->scope = element(l, v, 2);
    row->of = element(l, v, 3);
    row->cond = element(l, v, 4);
    row->column = as_ear_column_of(row->rule);
    row->prose = as_ear_rule_find(l->ear, row->rule);
    assert(row->column >= 0 || row->prose);
}

static void load_flag(struct load *l, as_json v, as_ear_flag *flag)
{
    flag->symbol = element(l, v, 0);
    flag->word = AS_STR("yes");
    flag->limit = -1;
    if (as_json_double(element_value(v, 1), &flag->limit)) {
        if (flag->limit <= 0)
            flag->word = AS_STR("no");
    } else if (as_json_is(element_value(v, 1), AS_JSON_STRING)) {
        flag->word = element(l, v, 1);
    }
    flag->scope = element(l, v, 2);
    if (flag->scope.n == 0)
        flag->scope = AS_STR("*");
    flag->cond = element(l, v, 3);
}

static void load_eccns(struct load *l, as_json list)
{
    as_ear *ear = l->ear;

    ear->eccns = AS_NEW_ARRAY(l->arena, as_json_count(list), as_ear_eccn);
    for (as_json_iter it = as_json_each(list);
         ear->eccns && as_json_next(&it);) {
        as_ear_eccn *e = &ear->eccns[ear->n_eccns++];
        as_json rows = as_json_get(it.value, AS_STR("rows"));
        as_json flags = as_json_get(it.value, AS_STR("flags"));
        e->eccn = text(l, it.value, "eccn");
        e->state = text(l, it.value, "state");
        e->rows = AS_NEW_ARRAY(l->arena, as_json_count(rows), as_ear_row);
        e->flags = AS_NEW_ARRAY(l->arena, as_json_count(flags), as_ear_flag);
        for (as_json_iter r = as_json_each(rows); e->rows && as_json_next(&r);)
            load_row(l, r.value, &e->rows[e->n_rows++]);
        for (as_json_iter r = as_json_each(flags);
             e->flags && as_json_next(&r);)
            load_flag(l, r.value, &e->flags[e->n_flags++]);
    }
}

const as_ear_eccn *as_ear_find(const as_ear *ear, as_str eccn)
{
    size_t low = 0, high = ear->n_eccns;

    while (low < high) {
        size_t at = low + (high - low) / 2;
        int order = as_str_cmp(ear->eccns[at].eccn, eccn);
        if (order == 0)
            return &ear->eccns[at];
        if (order < 0)
            low = at + 1;
        else
            high = at;
    }
    return NULL;
}

/* ---- rules -----------------------------------------------------------------
 */

static void load_rules(struct load *l, as_json list)
{
    as_ear *ear = l->ear;

    ear->rules = AS_NEW_ARRAY(l->arena, as_json_count(list), as_ear_rule);
    for (as_json_iter it = as_json_each(list); ear->rules && as_json_next(&it);)
        ear->rules[ear->n_rules++] = (as_ear_rule){
            .id = text(l, it.value, "id"),
            .section = text(l, it.value, "section"),
            .to = text(l, it.value, "to"),
            .from = text(l, it.value, "from"),
            .effect = text(l, it.value, "effect"),
            .since = text(l, it.value, "since"),
            .earlier = text(l, it.value, "earlier"),
            .earlier_since = text(l, it.value, "earlier_since"),
            .deemed = text(l, it.value, "deemed"),
            .note = text(l, it.value, "note"),
        };
}

const as_ear_rule *as_ear_rule_find(const as_ear *ear, as_str id)
{
    for (size_t i = 0; i < ear->n_rules; i++)
        if (as_str_eq(ear->rules[i].id, id))
            return &ear->rules[i];
    return NULL;
}

/* ---- places ----------------------------------------------------------------
 */

static void load_place(struct load *l, as_json v, as_ear_place *p)
{
    p->code = text(l, v, "code");
    p->name = text(l, v, "name");
    p->row = text(l, v, "row");
    p->basis = text(l, v, "basis");
    p->embargo = text(l, v, "embargo");
    p->marks = bits(columns, AS_EAR_COLUMNS, text(l, v, "marks"));
    p->groups = bits(groups, AS_EAR_GROUPS, text(l, v, "groups"));
    p->also = texts(l, as_json_get(v, AS_STR("also")), &p->n_also);
    for (as_json_iter it = as_json_each(as_json_get(v, AS_STR("notes")));
         as_json_next(&it);) {
        uint64_t n = 0;
        if (as_json_u64(it.value, &n) && n < 32)
            p->notes |= UINT32_C(1) << n;
    }
}

static void load_places(struct load *l, as_json list)
{
    as_ear *ear = l->ear;

    ear->places = AS_NEW_ARRAY(l->arena, as_json_count(list), as_ear_place);
    for (as_json_iter it = as_json_each(list);
         ear->places && as_json_next(&it);)
        load_place(l, it.value, &ear->places[ear->n_places++]);
    for (size_t i = 0; ear->places && i < ear->n_places; i++)
        if (ear->places[i].row.n)
            ear->places[i].of = as_ear_place_find(ear, ear->places[i].row);
}

static bool named(const as_ear_place *p, as_str name)
{
    if (as_str_eq_nocase(p->code, name) || as_str_eq_nocase(p->name, name))
        return true;
    for (size_t i = 0; i < p->n_also; i++)
        if (as_str_eq_nocase(p->also[i], name))
            return true;
    return false;
}

const as_ear_place *as_ear_place_find(const as_ear *ear, as_str name)
{
    name = as_str_trim(name);
    for (size_t i = 0; name.n && i < ear->n_places; i++)
        if (named(&ear->places[i], name))
            return &ear->places[i];
    return NULL;
}

/* By the chart's names first: they know Crimea and the like. */
const as_ear_place *as_ear_place_named(const as_ear *ear, as_str name)
{
    const as_ear_place *p = as_ear_place_find(ear, name);
    as_str word = as_str_trim(name);

    if (p || as_str_eq_nocase(word, AS_STR("Korea")) ||
        as_str_eq_nocase(word, AS_STR("Congo")))
        return p;
    return as_ear_place_find(ear, as_country_code(name));
}

const as_ear_place *as_ear_place_row(const as_ear_place *p)
{
    return p->of ? p->of : p;
}

bool as_ear_place_in(const as_ear_place *p, as_str group)
{
    int i = word_index(groups, AS_EAR_GROUPS, group);
    uint32_t in = p->groups ? p->groups : as_ear_place_row(p)->groups;

    return i >= 0 && (in >> i & 1);
}

/* A token names a place by its own code, by that of the row it takes, or by a
 * group. */
static bool token_names(as_str token, const as_ear_place *p)
{
    if (as_str_eq(token, AS_STR("*")))
        return true;
    if (as_str_eq(token, p->code) ||
        (p->of && !p->embargo.n && as_str_eq(token, p->of->code)))
        return true;
    return as_ear_place_in(p, token);
}

as_truth as_ear_reaches(as_str predicate, const as_ear_place *p)
{
    as_truth t = AS_NO;
    as_str token;

    while (as_eccn_word(&predicate, &token)) {
        bool minus = token.p[0] == '-', maybe = token.p[0] == '?';
        if (minus || maybe)
            token = as_str_slice(token, 1, token.n);
        if (token_names(token, p))
            t = minus ? AS_NO : maybe ? AS_UNSURE : AS_YES;
    }
    return t;
}

/* ---- the rest --------------------------------------------------------------
 */

static void load_exceptions(struct load *l, as_json list)
{
    as_ear *ear = l->ear;

    ear->exceptions =
        AS_NEW_ARRAY(l->arena, as_json_count(list), as_ear_exception);
    for (as_json_iter it = as_json_each(list);
         ear->exceptions && as_json_next(&it);) {
        as_ear_exception *e = &ear->exceptions[ear->n_exceptions++];
        as_json v = it.value;
        *e = (as_ear_exception){
            .symbol = text(l, v, "symbol"),
            .section = text(l, v, "section"),
            .kinds = text(l, v, "kinds"),
            .to = text(l, v, "to"),
            .only = text(l, v, "only"),
            .items = text(l, v, "items"),
            .moves = text(l, v, "moves"),
            .defeats = text(l, v, "defeats"),
            .keeps = text(l, v, "keeps"),
            .part744 = text(l, v, "part744"),
            .part746 = text(l, v, "part746"),
            .asks = text(l, v, "asks"),
            .verify = text(l, v, "verify"),
            .since = text(l, v, "since"),
        };
        e->flag = as_json_is(as_json_get(v, AS_STR("flag")), AS_JSON_TRUE);
    }
}

static void load_fdp(struct load *l, as_json list)
{
    as_ear *ear = l->ear;

    ear->fdp = AS_NEW_ARRAY(l->arena, as_json_count(list), as_ear_fdp);
    for (as_json_iter it = as_json_each(list); ear->fdp && as_json_next(&it);) {
        as_ear_fdp *e = &ear->fdp[ear->n_fdp++];
        as_json v = it.value;
        int64_t party = 0;
        *e = (as_ear_fdp){
            .id = text(l, v, "id"),
            .section = text(l, v, "section"),
            .items = text(l, v, "items"),
            .inputs = text(l, v, "inputs"),
            .plant = text(l, v, "plant"),
            .to = text(l, v, "to"),
            .use = text(l, v, "use"),
            .since = text(l, v, "since"),
            .licence = text(l, v, "licence"),
        };
        e->ic = as_json_is(as_json_get(v, AS_STR("ic")), AS_JSON_TRUE);
        if (as_json_i64(as_json_get(v, AS_STR("party")), &party))
            e->party = (int)party;
    }
}

static void load_special(struct load *l, as_json v)
{
    as_json sets = as_json_get(v, AS_STR("sets"));
    as_json intervals = as_json_get(v, AS_STR("intervals"));
    as_json mieu = as_json_get(v, AS_STR("military_intelligence"));
    as_ear *ear = l->ear;

    ear->sets = AS_NEW_ARRAY(l->arena, as_json_count(sets), as_ear_set);
    for (as_json_iter it = as_json_each(sets); ear->sets && as_json_next(&it);)
        ear->sets[ear->n_sets++] =
            (as_ear_set){text(l, it.value, "id"), text(l, it.value, "section"),
                         text(l, it.value, "items"), text(l, it.value, "to")};
    ear->intervals =
        AS_NEW_ARRAY(l->arena, as_json_count(intervals), as_ear_interval);
    for (as_json_iter it = as_json_each(intervals);
         ear->intervals && as_json_next(&it);)
        ear->intervals[ear->n_intervals++] = (as_ear_interval){
            text(l, it.value, "id"),   text(l, it.value, "section"),
            text(l, it.value, "from"), text(l, it.value, "suspended"),
            text(l, it.value, "back"), text(l, it.value, "source")};
    ear->mieu = AS_NEW_ARRAY(l->arena, as_json_count(mieu), as_ear_mieu);
    for (as_json_iter it = as_json_each(mieu);
         ear->mieu && as_json_next(&it);) {
        as_ear_mieu *m = &ear->mieu[ear->n_mieu++];
        m->country = text(l, it.value, "country");
        m->names =
            texts(l, as_json_get(it.value, AS_STR("names")), &m->n_names);
    }
}

const as_ear_set *as_ear_set_get(const as_ear *ear, const char *id)
{
    static const as_ear_set none = {AS_STR_INIT(""), AS_STR_INIT(""),
                                    AS_STR_INIT(""), AS_STR_INIT("")};
    const as_ear_set *found = &none;

    for (size_t i = 0; i < ear->n_sets; i++)
        if (as_str_eq(ear->sets[i].id, as_str_c(id)))
            found = &ear->sets[i];
    assert(found != &none);
    return found;
}

const as_ear *as_ear_builtin(as_arena *arena)
{
    as_span bytes = {as_ear_data, sizeof as_ear_data};
    struct load l = {AS_NEW(arena, as_ear), arena};
    as_json_doc *doc = NULL;
    as_json root, ccl;
    as_rc rc = as_json_read(bytes, NULL, &doc, NULL);

    assert(rc == AS_OK || rc == AS_ERR_MEMORY);
    if (rc || !l.ear)
        return as_json_free(doc), NULL;
    root = as_json_root(doc);
    ccl = as_json_get(root, AS_STR("ccl"));
    l.ear->edition = text(&l, ccl, "edition");
    l.ear->exceptions_edition = text(&l, ccl, "exceptions_edition");
    l.ear->groups_edition =
        text(&l, as_json_get(root, AS_STR("countries")), "groups_edition");
#define LIST(table, list)                                                      \
    as_json_get(as_json_get(root, AS_STR(table)), AS_STR(list))
    load_rules(&l, LIST("rules", "rules"));
    load_eccns(&l, LIST("ccl", "eccns"));
    load_places(&l, LIST("countries", "countries"));
    load_exceptions(&l, LIST("exceptions", "exceptions"));
    load_fdp(&l, LIST("fdp", "rules"));
    load_special(&l, as_json_get(root, AS_STR("special")));
#undef LIST
    as_json_free(doc);
    return as_arena_failed(arena) ? NULL : l.ear;
}

as_str as_ear_edition(const as_ear *ear)
{
    return ear->edition;
}

size_t as_ear_entries(const as_ear *ear)
{
    return ear->n_eccns;
}

size_t as_ear_countries(const as_ear *ear)
{
    return ear->n_places;
}

bool as_ear_entry(const as_ear *ear, size_t i, as_str *ret_eccn)
{
    if (i >= ear->n_eccns)
        return false;
    *ret_eccn = ear->eccns[i].eccn;
    return true;
}

bool as_ear_country(const as_ear *ear, size_t i, as_str *ret_code,
                    as_str *ret_name)
{
    if (i >= ear->n_places)
        return false;
    *ret_code = ear->places[i].code;
    *ret_name = ear->places[i].name;
    return true;
}
