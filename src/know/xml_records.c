/* SPDX-License-Identifier: Apache-2.0 */
/* Records of a large XML document; see xml_records_internal.h. */
#include "know/xml_records_internal.h"

#include "base/buf.h"
#include "base/limits.h"

#include <string.h>

static bool is_name_byte(char c)
{
    return as_ascii_is_alnum(c) || c == '_' || c == '-' || c == '.' || c < 0;
}

/* Name of a tag, with its prefix. */
static as_str name_of(as_str tag)
{
    size_t n = 0;

    while (n < tag.n && (is_name_byte(tag.p[n]) || tag.p[n] == ':'))
        n++;
    return as_str_slice(tag, 0, n);
}

static as_str without_prefix(as_str name)
{
    size_t colon = as_str_find(name, ':');

    return colon == name.n ? name : as_str_slice(name, colon + 1, name.n);
}

/* Behind the ">" of the tag that text begins with; its length when it has none.
 * Values of attributes may hold ">". */
static size_t tag_end(as_str text)
{
    char quote = 0;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return text.n;
}

bool as_xml_records_open(as_xml_records *r, as_span bytes,
                         const char *const *tags)
{
    as_str text = as_str_of((const char *)bytes.p, bytes.n);

    *r = (as_xml_records){.tags = tags, .at = text};
    while (text.n) {
        size_t at = as_str_find(text, '<');
        text = as_str_slice(text, at, text.n);
        if (text.n < 2)
            return false;
        if (is_name_byte(text.p[1]))
            break;
        text = as_str_slice(text, 1, text.n);
    }
    r->root = as_str_slice(text, 0, tag_end(text));
    r->root_name = name_of(as_str_slice(text, 1, text.n));
    r->rest = as_str_slice(text, r->root.n, text.n);
    return r->root_name.n > 0;
}

/* Which record the tag is of; AS_XML_RECORD_TAGS: none. */
static size_t which_of(const as_xml_records *r, as_str name)
{
    name = without_prefix(name);
    for (size_t i = 0; r->tags[i]; i++)
        if (as_str_eq(name, as_str_c(r->tags[i])))
            return i;
    return AS_XML_RECORD_TAGS;
}

/* Behind the end tag; absent when there is none. */
static as_str whole_of(as_str text, as_str name)
{
    size_t start = tag_end(text), at;
    as_str rest;

    if (start > 1 && text.p[start - 2] == '/')
        return as_str_slice(text, 0, start);
    rest = as_str_slice(text, start, text.n);
    while (rest.n) {
        const char *found = memmem(rest.p, rest.n, name.p, name.n);
        if (!found)
            return AS_ABSENT;
        at = (size_t)(found - rest.p);
        rest = as_str_slice(rest, at + name.n, rest.n);
        if (found - text.p >= 2 && found[-1] == '/' && found[-2] == '<' &&
            rest.n && !is_name_byte(rest.p[0]) && rest.p[0] != ':')
            return as_str_slice(text, 0,
                                (size_t)(rest.p - text.p) + tag_end(rest));
    }
    return AS_ABSENT;
}

static void count_lines(as_xml_records *r, const char *to)
{
    while (r->at.p < to) {
        const char *newline = memchr(r->at.p, '\n', (size_t)(to - r->at.p));
        if (!newline)
            break;
        r->line++;
        r->at.p = newline + 1;
    }
}

/* The record alone, or in the root for the root's namespaces. */
static as_rc tree_of(as_xml_records *r, as_str whole, const as_xml_node **ret,
                     as_err *err)
{
    bool prefixed =
        as_str_find(name_of(as_str_slice(whole, 1, whole.n)), ':') < whole.n;
    const as_xml_node *root = NULL;
    as_buf text;
    as_rc rc;

    if (!prefixed) {
        rc = as_xml_tree_read(as_str_span(whole), NULL, r->arena, &root, err);
        *ret = root;
        return rc;
    }
    as_buf_init(&text, whole.n + r->root.n + r->root_name.n + 16);
    as_buf_str(&text, r->root);
    as_buf_str(&text, whole);
    as_buf_c(&text, "</");
    as_buf_str(&text, r->root_name);
    as_buf_c(&text, ">");
    rc = as_buf_failed(&text)
             ? as_fail(err, AS_ERR_MEMORY, "no memory for a record")
             : as_xml_tree_read(as_buf_span(&text), NULL, r->arena, &root, err);
    as_buf_done(&text);
    *ret = rc ? NULL : root->child;
    return rc;
}

bool as_xml_records_next(as_xml_records *r, const as_xml_node **ret,
                         as_err *err)
{
    *ret = NULL;
    while (r->rest.n) {
        as_str text, name, whole;
        size_t at = as_str_find(r->rest, '<');
        text = as_str_slice(r->rest, at, r->rest.n);
        r->rest = as_str_slice(text, 1, text.n);
        name = name_of(r->rest);
        r->which = name.n ? which_of(r, name) : AS_XML_RECORD_TAGS;
        if (r->which == AS_XML_RECORD_TAGS)
            continue;
        count_lines(r, text.p);
        whole = whole_of(text, name);
        if (!whole.p) {
            r->rest = (as_str){NULL, 0};
            return false;
        }
        r->rest = as_str_slice(text, whole.n, text.n);
        as_arena_free(r->arena);
        r->arena = as_arena_new(AS_LIMIT_RECORD_BYTES);
        if (!r->arena || tree_of(r, whole, ret, err))
            *ret = NULL;
        return true;
    }
    return false;
}

void as_xml_records_close(as_xml_records *r)
{
    r->arena = as_arena_free(r->arena);
}

bool as_xml_records_whole(const as_xml_records *r, as_span bytes)
{
    as_str text = as_str_trim(as_str_of((const char *)bytes.p, bytes.n));
    size_t at = as_str_rfind(text, '<');
    as_str tag = as_str_slice(text, at, text.n);

    return as_str_starts(tag, AS_STR("</")) &&
           as_str_eq(name_of(as_str_slice(tag, 2, tag.n)), r->root_name) &&
           as_str_ends(tag, AS_STR(">"));
}

bool as_xml_records_ends(const char *const *tags, as_str text)
{
    as_str name = without_prefix(name_of(as_str_slice(text, 2, text.n)));

    if (!as_str_starts(text, AS_STR("</")) || as_str_find(text, '>') == text.n)
        return false;
    for (; *tags; tags++)
        if (as_str_eq(name, as_str_c(*tags)))
            return true;
    return false;
}
