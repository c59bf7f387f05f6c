/* SPDX-License-Identifier: Apache-2.0 */
#include "model/party.h"

#include "model/wire.h"

static const char *const kinds[AS_PARTY_KINDS] = {
    [AS_PARTY_UNKNOWN] = "unknown",   [AS_PARTY_ORGANISATION] = "organisation",
    [AS_PARTY_PERSON] = "person",     [AS_PARTY_VESSEL] = "vessel",
    [AS_PARTY_AIRCRAFT] = "aircraft",
};

static const char *const name_kinds[AS_PARTY_NAME_KINDS] = {
    [AS_PARTY_NAME_PRIMARY] = "primary",
    [AS_PARTY_NAME_ALIAS] = "alias",
    [AS_PARTY_NAME_WEAK] = "weak alias",
    [AS_PARTY_NAME_FORMER] = "former name",
};

static const char *const tie_kinds[AS_PARTY_TIE_KINDS] = {
    [AS_PARTY_TIE_OWNER] = "owner",
    [AS_PARTY_TIE_PARENT] = "parent",
    [AS_PARTY_TIE_SUBSIDIARY] = "subsidiary",
    [AS_PARTY_TIE_AFFILIATE] = "affiliate",
    [AS_PARTY_TIE_SUCCESSOR] = "successor",
};

/* Index of word in a table of n, n when it is not there. */
static unsigned word_index(const char *const *table, unsigned n, as_str word)
{
    for (unsigned i = 0; i < n; i++)
        if (as_str_eq(word, as_str_c(table[i])))
            return i;
    return n;
}

const char *as_party_kind_word(as_party_kind k)
{
    return kinds[k < AS_PARTY_KINDS ? k : AS_PARTY_UNKNOWN];
}

bool as_party_kind_of(as_str word, as_party_kind *ret)
{
    unsigned i = word_index(kinds, AS_PARTY_KINDS, word);

    if (i == AS_PARTY_KINDS)
        return false;
    *ret = (as_party_kind)i;
    return true;
}

const char *as_party_name_kind_word(as_party_name_kind k)
{
    return name_kinds[k < AS_PARTY_NAME_KINDS ? k : AS_PARTY_NAME_ALIAS];
}

const char *as_party_tie_kind_word(as_party_tie_kind k)
{
    return tie_kinds[k < AS_PARTY_TIE_KINDS ? k : AS_PARTY_TIE_AFFILIATE];
}

bool as_party_tie_kind_of(as_str word, as_party_tie_kind *ret)
{
    unsigned i = word_index(tie_kinds, AS_PARTY_TIE_KINDS, word);

    if (i == AS_PARTY_TIE_KINDS)
        return false;
    *ret = (as_party_tie_kind)i;
    return true;
}

static void wire_name(as_wire *w, as_party_name *n)
{
    n->kind = (as_party_name_kind)as_wire_enum(w, n->kind, AS_PARTY_NAME_KINDS);
    as_wire_str(w, &n->text);
    as_wire_str(w, &n->language);
}

static void wire_id(as_wire *w, as_party_id *id)
{
    as_wire_str(w, &id->scheme);
    as_wire_str(w, &id->value);
    as_wire_str(w, &id->country);
}

static void wire_address(as_wire *w, as_party_address *a)
{
    as_wire_str(w, &a->text);
    as_wire_str(w, &a->country);
}

static void wire_tie(as_wire *w, as_party_tie *t)
{
    t->kind = (as_party_tie_kind)as_wire_enum(w, t->kind, AS_PARTY_TIE_KINDS);
    as_wire_str(w, &t->list);
    as_wire_str(w, &t->id);
    as_wire_str(w, &t->name);
    as_wire_double(w, &t->low);
    as_wire_double(w, &t->high);
    as_wire_str(w, &t->from);
    as_wire_str(w, &t->to);
}

static void wire_term(as_wire *w, as_party_term *t)
{
    as_wire_str(w, &t->key);
    as_wire_str(w, &t->value);
}

static void wire_party(as_wire *w, as_party *p)
{
    as_wire_str(w, &p->list);
    as_wire_str(w, &p->id);
    p->kind = (as_party_kind)as_wire_enum(w, p->kind, AS_PARTY_KINDS);
    AS_WIRE_EACH(w, p, names, wire_name);
    AS_WIRE_EACH(w, p, ids, wire_id);
    AS_WIRE_EACH(w, p, addresses, wire_address);
    as_wire_strs(w, &p->countries, &p->n_countries);
    as_wire_strs(w, &p->births, &p->n_births);
    AS_WIRE_EACH(w, p, ties, wire_tie);
    AS_WIRE_EACH(w, p, terms, wire_term);
    as_wire_str(w, &p->from);
    as_wire_str(w, &p->to);
    as_wire_str(w, &p->url);
}

void as_party_encode(const as_party *p, as_buf *out)
{
    as_wire w = as_wire_writer(out);
    as_party copy = *p; /* the writer reads through it only */

    wire_party(&w, &copy);
}

bool as_party_decode(as_span in, as_arena *arena, as_party *ret)
{
    as_wire w = as_wire_reader(in, arena);

    *ret = (as_party){0};
    wire_party(&w, ret);
    return as_wire_finished(&w) && ret->n_names > 0;
}

as_str as_party_term_of(const as_party *p, as_str key)
{
    for (size_t i = 0; i < p->n_terms; i++)
        if (as_str_eq(p->terms[i].key, key))
            return p->terms[i].value;
    return (as_str){0};
}

bool as_party_has_term(const as_party *p, as_str key, as_str value)
{
    for (size_t i = 0; i < p->n_terms; i++)
        if (as_str_eq(p->terms[i].key, key) &&
            as_str_eq(p->terms[i].value, value))
            return true;
    return false;
}

/* ---- who owns it -----------------------------------------------------------
 */

bool as_party_is_register(as_str list)
{
    static const as_str words[] = {AS_STR_INIT("gleif"), AS_STR_INIT("owners")};

    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (as_str_starts(list, words[i]) &&
            (list.n == words[i].n || list.p[words[i].n] == '-' ||
             list.p[words[i].n] == '/'))
            return true;
    return false;
}

bool as_owned_question_eq(const as_owned_question *a,
                          const as_owned_question *b)
{
    if (!as_str_eq(a->method, b->method) || a->n_lists != b->n_lists ||
        a->threshold < b->threshold || a->threshold > b->threshold)
        return false;
    for (size_t i = 0; i < a->n_lists; i++)
        if (!as_str_eq(a->lists[i], b->lists[i]))
            return false;
    return true;
}

const as_owned_answer *as_party_owned(const as_party_owners *o,
                                      const as_owned_question *q)
{
    for (size_t i = 0; o && i < o->n_answers; i++)
        if (as_owned_question_eq(&o->answers[i].asked, q))
            return &o->answers[i];
    return NULL;
}

void as_party_path_write(as_str name, const as_party_match *m, as_buf *out)
{
    as_buf_shown(out, as_str_slice(name, 0, 200));
    for (size_t i = 0; i < m->n_path; i++) {
        as_buf_c(out, " <- ");
        as_buf_shown(out, as_str_slice(m->path[i], 0, 200));
    }
    as_buf_printf(out, " (%.*s row ", AS_FMT(m->list));
    as_buf_shown(out, as_str_slice(m->id, 0, 80));
    as_buf_byte(out, ')');
}
