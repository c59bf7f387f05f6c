/* SPDX-License-Identifier: Apache-2.0 */
/* Records of GLEIF's register; see gleif_record_internal.h. */
#include "know/gleif_record_internal.h"

#include "know/lists_xml_internal.h"

#include <string.h>

enum { HEAD = 1 << 16, PART = 64 };

static const char xml_namespace[] = "http://www.w3.org/XML/1998/namespace";

static const char *const level1[] = {"LEI", "Entity.LegalName", NULL};
static const char *const level2[] = {"Relationship.StartNode.NodeID",
                                     "Relationship.EndNode.NodeID",
                                     "Relationship.RelationshipType", NULL};
static const char *const exceptions[] = {"LEI", "Exception.Category", NULL};

static const struct {
    as_gleif_kind kind;
    const char *const *columns;
    const char *root, *record; /* of XML */
    const char *list, *key;    /* of JSON, and what its records have */
} forms[] = {
    {AS_GLEIF_ENTITIES, level1, "LEIData", "LEIRecord", "\"records\"",
     "\"LegalName\""},
    {AS_GLEIF_RELATIONS, level2, "RelationshipData", "RelationshipRecord",
     "\"relations\"", "\"StartNode\""},
    {AS_GLEIF_EXCEPTIONS, exceptions, "ReportingExceptionData", "Exception",
     "\"exceptions\"", "\"ExceptionCategory\""},
};

static const char *const record_tags[] = {"LEIRecord", "RelationshipRecord",
                                          "Exception", NULL};

static as_str head_of(as_span bytes)
{
    return as_str_of((const char *)bytes.p, bytes.n < HEAD ? bytes.n : HEAD);
}

static bool says(as_str text, const char *word)
{
    return memmem(text.p, text.n, word, strlen(word)) != NULL;
}

static as_gleif_kind json_kind(as_span bytes)
{
    as_str head = head_of(bytes);

    if (!as_str_starts(as_str_trim(head), AS_STR("{")))
        return AS_GLEIF_NONE;
    for (size_t i = 0; i < AS_ARRAY_LEN(forms); i++)
        if (says(head, forms[i].list) && says(head, forms[i].key))
            return forms[i].kind;
    return AS_GLEIF_NONE;
}

bool as_gleif_is_json(as_span bytes)
{
    return json_kind(bytes) != AS_GLEIF_NONE;
}

as_gleif_kind as_gleif_kind_of(const as_feed_input *in)
{
    if (in->syntax == AS_SYNTAX_RECORDS)
        return json_kind(in->bytes);
    if (in->syntax != AS_SYNTAX_TEXT)
        return AS_GLEIF_NONE;
    for (size_t i = 0; i < AS_ARRAY_LEN(forms); i++)
        if (as_table_has(in->bytes, ',', forms[i].columns) ||
            as_xml_list_is(in, forms[i].root))
            return forms[i].kind;
    return AS_GLEIF_NONE;
}

/* ---- JSON
 * --------------------------------------------------------------------
 */

/* Behind the "[" of the list of records; absent when there is none. */
static as_str behind_bracket(as_str text)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(forms); i++) {
        const char *list = forms[i].list;
        const char *at = memmem(text.p, text.n, list, strlen(list));
        const char *open;
        if (!at)
            continue;
        open = memchr(at, '[', (size_t)(text.p + text.n - at));
        if (open)
            return as_str_slice(text, (size_t)(open + 1 - text.p), text.n);
    }
    return AS_ABSENT;
}

/* The object that text begins with, or absent when it does not end. */
static as_str object_of(as_str text)
{
    size_t depth = 0;
    bool quoted = false;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (quoted && c == '\\') {
            i++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == '{') {
            depth++;
        } else if (!quoted && c == '}') {
            if (depth == 0)
                return AS_ABSENT;
            if (--depth == 0)
                return as_str_slice(text, 0, i + 1);
        }
    }
    return AS_ABSENT;
}

/* Up to the next object; false at the end of the list. */
static bool skip_to_object(as_str *rest)
{
    while (rest->n && (as_ascii_is_space(rest->p[0]) || rest->p[0] == ','))
        *rest = as_str_slice(*rest, 1, rest->n);
    return rest->n && rest->p[0] == '{';
}

static void count_lines(as_gleif_records *g, const char *to)
{
    while (g->at.p < to) {
        const char *newline = memchr(g->at.p, '\n', (size_t)(to - g->at.p));
        if (!newline)
            return;
        g->line++;
        g->at.p = newline + 1;
    }
}

/* {"RelationshipRecord": {...}} is the inner one. */
static as_json unwrapped(as_json root)
{
    for (size_t i = 0; record_tags[i]; i++) {
        as_json inner = as_json_get(root, as_str_c(record_tags[i]));
        if (as_json_is(inner, AS_JSON_OBJECT))
            return inner;
    }
    return root;
}

static bool next_json(as_gleif_records *g)
{
    as_str whole;

    g->doc = as_json_free(g->doc);
    if (!skip_to_object(&g->rest)) {
        g->cut = !as_str_starts(g->rest, AS_STR("]"));
        return false;
    }
    count_lines(g, g->rest.p);
    whole = object_of(g->rest);
    if (!whole.p) {
        g->cut = true;
        return false;
    }
    g->rest = as_str_slice(g->rest, whole.n, g->rest.n);
    g->bad = as_json_read(as_str_span(whole), NULL, &g->doc, NULL) != AS_OK;
    g->why = "the record is no JSON";
    if (!g->bad)
        g->root = unwrapped(as_json_root(g->doc));
    return true;
}

/* A text, {"$": text}, or the nth of a list of those. */
static as_json nth_json(as_json v, size_t nth)
{
    as_json_iter it = as_json_each(v);

    if (!as_json_is(v, AS_JSON_ARRAY))
        return nth == 0 ? v : (as_json){0};
    while (as_json_next(&it))
        if (it.index == nth)
            return it.value;
    return (as_json){0};
}

static as_str json_value(as_json v, as_str path, size_t nth)
{
    while (path.n) {
        as_str part = as_str_cut(&path, '/');
        bool counted = as_str_ends(part, AS_STR("#"));
        if (as_str_eq(part, AS_STR("@lang")))
            return as_json_get_str(v, AS_STR("@xml:lang"));
        part.n -= counted;
        v = nth_json(as_json_get(v, part), counted ? nth : 0);
    }
    return as_json_is(v, AS_JSON_STRING) ? as_json_str(v)
                                         : as_json_get_str(v, AS_STR("$"));
}

/* ---- XML
 * ---------------------------------------------------------------------
 */

static bool next_xml(as_gleif_records *g)
{
    as_err err;

    as_err_init(&err);
    if (!as_xml_records_next(&g->x, &g->node, &err))
        return false;
    g->line = g->x.line + 1;
    g->bad = g->node == NULL;
    g->why = "the record is no XML";
    return true;
}

static as_str xml_value(const as_xml_node *n, as_str path, size_t nth)
{
    while (n && path.n) {
        as_str part = as_str_cut(&path, '/');
        bool counted = as_str_ends(part, AS_STR("#"));
        if (as_str_eq(part, AS_STR("@lang")))
            return as_xml_attr_ns(n, as_str_c(xml_namespace), AS_STR("lang"));
        if (as_str_starts(part, AS_STR("@")))
            return as_xml_attr(n, as_str_slice(part, 1, part.n));
        part.n -= counted;
        n = as_xml_child(n, part);
        for (size_t i = 0; counted && n && i < nth; i++)
            n = as_xml_next(n);
    }
    return n ? n->text : AS_ABSENT;
}

/* ---- CSV
 * ---------------------------------------------------------------------
 */

static bool next_row(as_gleif_records *g)
{
    if (!as_table_next(&g->t))
        return false;
    g->line = g->t.line;
    g->bad = true;
    g->why = "the row is cut off";
    if (g->t.unfinished || (g->t.n < g->t.n_header && g->t.csv.rest.n == 0))
        g->cut = true;
    else if (g->t.bad_text)
        g->why = "the row is not valid UTF-8";
    else
        g->bad = false;
    return true;
}

/* ---- all
 * ---------------------------------------------------------------------
 */

bool as_gleif_records_open(as_gleif_records *g, const as_feed_input *in)
{
    as_str text = as_str_of((const char *)in->bytes.p, in->bytes.n);

    *g = (as_gleif_records){.kind = as_gleif_kind_of(in), .at = text};
    if (g->kind == AS_GLEIF_NONE)
        return false;
    g->json = in->syntax == AS_SYNTAX_RECORDS;
    g->xml =
        !g->json && as_str_starts(as_str_trim(head_of(in->bytes)), AS_STR("<"));
    if (g->xml) {
        /* The last piece of a file, and a whole one, end as the file does. */
        if (!as_xml_records_open(&g->x, in->bytes, record_tags))
            return false;
        g->cut = !in->more && !as_xml_records_whole(&g->x, in->bytes);
        return true;
    }
    if (g->json) {
        g->line = 1;
        g->rest = behind_bracket(text);
        return g->rest.p != NULL;
    }
    return as_table_open(&g->t, in->bytes, ',');
}

bool as_gleif_records_next(as_gleif_records *g)
{
    if (g->xml)
        return next_xml(g);
    return g->json ? next_json(g) : next_row(g);
}

as_str as_gleif_value(const as_gleif_records *g, size_t column,
                      const char *path, size_t nth)
{
    as_str s;

    if (g->xml)
        s = xml_value(g->node, as_str_c(path), nth);
    else if (g->json)
        s = json_value(g->root, as_str_c(path), nth);
    else
        s = as_table_at(&g->t, column);
    s = as_str_trim(s);
    return s.n ? s : AS_ABSENT;
}

void as_gleif_records_close(as_gleif_records *g)
{
    if (g->xml)
        as_xml_records_close(&g->x);
    else if (!g->json)
        as_table_close(&g->t);
    g->doc = as_json_free(g->doc);
}

/* ---- pieces
 * -------------------------------------------------------------------
 */

/* Behind the last object that is whole. */
static size_t split_json(as_str text, size_t *ret_head)
{
    as_str rest = behind_bracket(text), whole;
    size_t end = 0;

    if (!rest.p)
        return 0;
    *ret_head = (size_t)(rest.p - text.p);
    while (skip_to_object(&rest)) {
        whole = object_of(rest);
        if (!whole.p)
            break;
        rest = as_str_slice(rest, whole.n, rest.n);
        end = (size_t)(rest.p - text.p);
    }
    return end;
}

/* Behind the last end tag of a record; before the first start tag. */
static size_t split_xml(as_str text, size_t *ret_head)
{
    as_xml_records x;
    const as_xml_node *n;
    as_span bytes = as_str_span(text);
    as_err err;
    size_t end = 0;

    as_err_init(&err);
    if (!as_xml_records_open(&x, bytes, record_tags))
        return 0;
    *ret_head = (size_t)(x.rest.p - text.p);
    if (as_xml_records_next(&x, &n, &err))
        end = (size_t)(x.rest.p - text.p);
    as_xml_records_close(&x);
    for (size_t i = text.n; end && i-- > end;) {
        as_str tail;
        if (text.p[i] != '<')
            continue;
        tail = as_str_slice(text, i, text.n < i + PART ? text.n : i + PART);
        if (!as_xml_records_ends(record_tags, tail))
            continue;
        return i + as_str_find(tail, '>') + 1;
    }
    return end;
}

size_t as_gleif_split(as_span bytes, size_t *ret_head)
{
    as_str text = as_str_of((const char *)bytes.p, bytes.n);
    as_feed_input in = {.bytes = bytes, .syntax = AS_SYNTAX_TEXT};

    *ret_head = 0;
    if (as_gleif_is_json(bytes))
        return split_json(text, ret_head);
    if (!as_str_starts(as_str_trim(head_of(bytes)), AS_STR("<")) ||
        as_gleif_kind_of(&in) == AS_GLEIF_NONE)
        return 0;
    return split_xml(text, ret_head);
}
