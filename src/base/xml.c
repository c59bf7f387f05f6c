/* SPDX-License-Identifier: Apache-2.0 */
/* XML through expat; see xml.h.
 *
 * The text is fed in pieces, because expat keeps a copy of what it is fed and
 * takes int lengths. A tag longer than a piece would be scanned again with
 * each piece, so pieces double while no tag ends: the cost stays linear even
 * where expat does not defer the rescan itself.
 *
 * Lines and columns are counted here, over the input: expat counts columns in
 * characters, the house counts bytes. */
#include "base/xml.h"

#include "base/buf.h"
#include "base/limits.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

/* Between namespace and local name. Form feed is no character of XML 1.0, so
 * that no namespace can contain it. */
enum { SEPARATOR = '\f' };
static const size_t PIECE = (size_t)1024 * 1024;

/* Where in the input we are; only ever moves on. */
struct tracker {
    size_t at, line_start;
    uint64_t line;
};

struct reader {
    as_span in;
    as_xml_limits limits;
    const as_xml_handler *handler;
    void *ctx;
    as_err *err;
    XML_Parser parser;
    as_rc rc; /* first refusal, ours or the handler's */
    size_t depth;
    size_t unit; /* bytes of a code unit: 2 in UTF-16 */
    size_t low;  /* of the two, the one that holds the low byte */
    struct tracker seen;
    as_xml_attribute *attributes;
    size_t cap;
    as_xml_element element;
};

/* ---- places ------------------------------------------------------------ */

/* expat's own rule: a byte order mark, or how "<" is written without one. */
static void find_unit(struct reader *r)
{
    const uint8_t *p = r->in.p;

    r->unit = 1;
    if (r->in.n < 2)
        return;
    if ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == '<' && p[1] == 0)) {
        r->unit = 2;
        r->low = 0;
    } else if ((p[0] == 0xFE && p[1] == 0xFF) || (p[0] == 0 && p[1] == '<')) {
        r->unit = 2;
        r->low = 1;
    }
}

/* Whether the byte 0x0A there is a line feed and not half of another. */
static bool is_newline(const struct reader *r, size_t at)
{
    if (r->unit == 1)
        return true;
    return at % 2 == r->low && (at | 1) < r->in.n && r->in.p[at ^ 1] == 0;
}

static void move_to(struct reader *r, size_t to)
{
    struct tracker *t = &r->seen;

    while (t->at < to) {
        const uint8_t *p = memchr(r->in.p + t->at, '\n', to - t->at);
        if (!p)
            break;
        t->at = (size_t)(p - r->in.p) + 1;
        if (!is_newline(r, t->at - 1))
            continue;
        t->line++;
        t->line_start = (t->at - 1) / r->unit * r->unit + r->unit;
    }
    if (t->at < to)
        t->at = to;
}

static void set_place(struct reader *r, as_place *place)
{
    XML_Index index = XML_GetCurrentByteIndex(r->parser);
    size_t at = index < 0 ? 0 : (size_t)index;

    move_to(r, at < r->in.n ? at : r->in.n);
    place->line = r->seen.line;
    place->offset = r->seen.at;
    place->column = r->seen.at >= r->seen.line_start
                        ? r->seen.at - r->seen.line_start + 1
                        : 1;
}

/* ---- what expat calls -------------------------------------------------- */

static void stop(struct reader *r, as_rc rc)
{
    if (r->rc)
        return;
    r->rc = rc;
    XML_StopParser(r->parser, XML_FALSE);
    if (r->err && !r->err->place.line)
        set_place(r, &r->err->place);
}

/* "ns SEPARATOR name", or the name alone. */
static void split(const XML_Char *both, as_str *ret_ns, as_str *ret_name)
{
    as_str rest = as_str_c(both);
    size_t at = as_str_find(rest, SEPARATOR);

    *ret_ns = AS_ABSENT;
    if (at < rest.n) {
        *ret_ns = as_str_slice(rest, 0, at);
        rest = as_str_slice(rest, at + 1, rest.n);
    }
    *ret_name = rest;
}

static bool take_attributes(struct reader *r, const XML_Char **pairs)
{
    size_t n = 0;

    while (pairs[2 * n])
        n++;
    if (n > r->cap) {
        free(r->attributes);
        r->attributes = calloc(n, sizeof *r->attributes);
        r->cap = r->attributes ? n : 0;
        if (!r->attributes)
            return false;
    }
    for (size_t i = 0; i < n; i++) {
        as_xml_attribute *a = &r->attributes[i];
        split(pairs[2 * i], &a->ns, &a->name);
        a->value = as_str_c(pairs[2 * i + 1]);
    }
    r->element.attributes = r->attributes;
    r->element.n = n;
    return true;
}

static void XMLCALL on_start(void *data, const XML_Char *name,
                             const XML_Char **pairs)
{
    struct reader *r = data;
    as_rc rc;

    if (r->rc)
        return;
    if (++r->depth > r->limits.depth) {
        stop(r, as_fail(r->err, AS_ERR_LIMIT,
                        "the XML is nested more than %zu levels deep",
                        r->limits.depth));
        return;
    }
    if (!r->handler->start)
        return;
    split(name, &r->element.ns, &r->element.name);
    set_place(r, &r->element.place);
    if (!take_attributes(r, pairs)) {
        stop(r,
             as_fail(r->err, AS_ERR_MEMORY, "no memory to read the document"));
        return;
    }
    rc = r->handler->start(r->ctx, &r->element);
    if (rc)
        stop(r, rc);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    struct reader *r = data;
    as_rc rc;

    if (r->rc)
        return;
    r->depth--;
    if (!r->handler->end)
        return;
    split(name, &r->element.ns, &r->element.name);
    r->element.n = 0;
    set_place(r, &r->element.place);
    rc = r->handler->end(r->ctx, &r->element);
    if (rc)
        stop(r, rc);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int n)
{
    struct reader *r = data;
    as_rc rc;

    if (r->rc || !r->handler->text)
        return;
    set_place(r, &r->element.place);
    rc =
        r->handler->text(r->ctx, as_str_of(text, (size_t)n), &r->element.place);
    if (rc)
        stop(r, rc);
}

/* Called before the first declaration is read. */
static void XMLCALL on_doctype(void *data, const XML_Char *name,
                               const XML_Char *system, const XML_Char *public,
                               int internal)
{
    struct reader *r = data;

    if (r->rc || (!system && !public && !internal))
        return;
    as_fail(r->err, AS_ERR_INPUT, "entity declarations are not read");
    as_err_detail(r->err, "the DOCTYPE has %s",
                  internal ? "an internal subset" : "an external identifier");
    as_err_hint(r->err, "remove the DOCTYPE");
    stop(r, AS_ERR_INPUT);
}

/* ---- reading ----------------------------------------------------------- */

static as_rc refuse(struct reader *r)
{
    enum XML_Error code = XML_GetErrorCode(r->parser);

    if (r->rc)
        return r->rc;
    if (code == XML_ERROR_NO_MEMORY)
        return as_fail(r->err, AS_ERR_MEMORY, "no memory to read the document");
    if (r->err)
        set_place(r, &r->err->place);
    if (code == XML_ERROR_UNKNOWN_ENCODING) {
        as_fail(r->err, AS_ERR_UNSUPPORTED,
                "the encoding that the document names is not read");
        as_err_hint(r->err, "save it as UTF-8");
        return AS_ERR_UNSUPPORTED;
    }
    as_fail(r->err, AS_ERR_INPUT, "this is not valid XML: %s",
            XML_ErrorString(code));
    if (code == XML_ERROR_UNDEFINED_ENTITY)
        as_err_detail(r->err, "entity declarations are not read");
    return AS_ERR_INPUT;
}

static as_rc refuse_token(struct reader *r)
{
    if (r->err)
        set_place(r, &r->err->place);
    return as_fail(r->err, AS_ERR_LIMIT,
                   "one tag or comment has more than the %zu bytes allowed",
                   r->limits.token);
}

static as_rc feed(struct reader *r)
{
    size_t at = 0, step = PIECE;

    while (at < r->in.n) {
        size_t n = r->in.n - at < step ? r->in.n - at : step, open;
        XML_Index index;
        at += n;
        if (XML_Parse(r->parser, (const char *)r->in.p + at - n, (int)n,
                      at == r->in.n) != XML_STATUS_OK)
            return refuse(r);
        index = XML_GetCurrentByteIndex(r->parser);
        open = index < 0 ? at : at - (size_t)index;
        if (open > r->limits.token && at < r->in.n)
            return refuse_token(r);
        step = open < step / 2 ? PIECE : step * 2;
        if (step > 64 * PIECE)
            step = 64 * PIECE;
    }
    return AS_OK;
}

static as_rc parser_open(struct reader *r)
{
    uint64_t salt;

    r->parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (!r->parser)
        return as_fail(r->err, AS_ERR_MEMORY, "no memory to read the document");
    /* Given a salt, expat asks nobody for one: a worker that may open nothing
     * can read. Where the parser lies is not for the input to foresee. */
    salt = as_str_hash(as_str_of((const char *)r->in.p,
                                 r->in.n < 4096 ? r->in.n : 4096)) ^
           ((uint64_t)(uintptr_t)r->parser * UINT64_C(0x9E3779B97F4A7C15));
    XML_SetHashSalt(r->parser, (unsigned long)(salt | 1));
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    return AS_OK;
}

as_rc as_xml_read(as_span in, const as_xml_limits *limits,
                  const as_xml_handler *handler, void *ctx, as_err *err)
{
    struct reader r = {.in = in, .handler = handler, .ctx = ctx, .err = err};
    as_rc rc;

    if (limits)
        r.limits = *limits;
    r.limits.bytes = r.limits.bytes ? r.limits.bytes : AS_LIMIT_INPUT_BYTES;
    r.limits.depth = r.limits.depth ? r.limits.depth : AS_LIMIT_XML_DEPTH;
    r.limits.token = r.limits.token ? r.limits.token : AS_LIMIT_XML_TOKEN;
    if (in.n > r.limits.bytes)
        return as_fail(err, AS_ERR_LIMIT,
                       "the document has %zu bytes, more than the %zu allowed",
                       in.n, r.limits.bytes);
    if (in.n == 0)
        return as_fail(err, AS_ERR_INPUT, "the document is empty");
    r.seen.line = 1;
    as_place_init(&r.element.place);
    find_unit(&r);
    rc = parser_open(&r);
    if (rc)
        return rc;
    rc = feed(&r);
    XML_ParserFree(r.parser);
    free(r.attributes);
    return rc;
}

/* ---- the tree ---------------------------------------------------------- */

/* An element that is open. Its text so far stands in the builder's buffer from
 * .text on; that of an open child stands behind it and is gone when the child
 * closes. */
struct open {
    as_xml_node *node, *last_child;
    size_t text;
};

enum { NAMES = 256 };

struct builder {
    as_arena *arena;
    as_buf text;
    struct open *open;
    size_t depth;
    as_xml_node *root;
    as_err *err;
    as_str names[NAMES]; /* what was kept last, by hash: names repeat */
};

static as_str keep_name(struct builder *b, as_str s)
{
    as_str *slot = &b->names[as_str_hash(s) % NAMES];

    if (as_str_is_absent(s))
        return s;
    if (as_str_is_absent(*slot) || !as_str_eq(*slot, s))
        *slot = as_arena_str(b->arena, s);
    return *slot;
}

static as_rc full(struct builder *b)
{
    return as_fail(b->err, AS_ERR_LIMIT,
                   "the document needs more memory than is allowed for it");
}

static void keep_attributes(struct builder *b, const as_xml_element *e,
                            as_xml_node *node)
{
    as_xml_attribute *to = AS_NEW_ARRAY(b->arena, e->n, as_xml_attribute);

    if (!to)
        return;
    for (size_t i = 0; i < e->n; i++) {
        to[i].ns = keep_name(b, e->attributes[i].ns);
        to[i].name = keep_name(b, e->attributes[i].name);
        to[i].value = as_arena_str(b->arena, e->attributes[i].value);
    }
    node->attributes = to;
    node->n = e->n;
}

static as_rc tree_start(void *ctx, const as_xml_element *e)
{
    struct builder *b = ctx;
    as_xml_node *node = AS_NEW(b->arena, as_xml_node);
    struct open *parent = b->depth ? &b->open[b->depth - 1] : NULL;

    if (!node)
        return full(b);
    node->ns = keep_name(b, e->ns);
    node->name = keep_name(b, e->name);
    node->text = AS_STR("");
    node->line = e->place.line;
    node->column = e->place.column;
    if (e->n)
        keep_attributes(b, e, node);
    if (!parent) {
        b->root = node;
    } else {
        node->parent = parent->node;
        if (parent->last_child)
            parent->last_child->next = node;
        else
            parent->node->child = node;
        parent->last_child = node;
    }
    b->open[b->depth++] = (struct open){node, NULL, b->text.n};
    return as_arena_failed(b->arena) ? full(b) : AS_OK;
}

static as_rc tree_text(void *ctx, as_str text, const as_place *place)
{
    struct builder *b = ctx;

    as_buf_str(&b->text, text);
    return as_buf_failed(&b->text) ? full(b) : AS_OK;
}

static as_rc tree_end(void *ctx, const as_xml_element *e)
{
    struct builder *b = ctx;
    struct open *o = &b->open[--b->depth];
    as_str text = as_str_slice(as_buf_text(&b->text), o->text, b->text.n);

    if (text.n && (!o->node->child || as_str_trim(text).n))
        o->node->text = as_arena_str(b->arena, text);
    b->text.n = o->text;
    return as_arena_failed(b->arena) ? full(b) : AS_OK;
}

as_rc as_xml_tree_read(as_span in, const as_xml_limits *limits, as_arena *a,
                       const as_xml_node **ret_root, as_err *err)
{
    static const as_xml_handler handler = {tree_start, tree_text, tree_end};
    size_t depth = limits && limits->depth ? limits->depth : AS_LIMIT_XML_DEPTH;
    struct builder b = {.arena = a, .err = err};
    as_rc rc;

    b.open = AS_NEW_ARRAY(a, depth, struct open);
    if (!b.open)
        return full(&b);
    as_buf_init(&b.text, in.n < SIZE_MAX / 3 ? in.n * 3 : in.n);
    rc = as_xml_read(in, limits, &handler, &b, err);
    as_buf_done(&b.text);
    if (rc == AS_OK)
        *ret_root = b.root;
    return rc;
}

static const as_xml_node *from_here(const as_xml_node *n, as_str ns,
                                    as_str name)
{
    while (n && !(as_str_eq(n->name, name) && as_str_eq(n->ns, ns)))
        n = n->next;
    return n;
}

const as_xml_node *as_xml_child_ns(const as_xml_node *parent, as_str ns,
                                   as_str name)
{
    return parent ? from_here(parent->child, ns, name) : NULL;
}

const as_xml_node *as_xml_child(const as_xml_node *parent, as_str name)
{
    return parent ? from_here(parent->child, parent->ns, name) : NULL;
}

const as_xml_node *as_xml_next(const as_xml_node *node)
{
    return node ? from_here(node->next, node->ns, node->name) : NULL;
}

as_str as_xml_child_text(const as_xml_node *parent, as_str name)
{
    const as_xml_node *child = as_xml_child(parent, name);

    return child ? as_str_trim(child->text) : AS_ABSENT;
}

as_str as_xml_attr_ns(const as_xml_node *node, as_str ns, as_str name)
{
    for (size_t i = 0; node && i < node->n; i++)
        if (as_str_eq(node->attributes[i].name, name) &&
            as_str_eq(node->attributes[i].ns, ns))
            return node->attributes[i].value;
    return AS_ABSENT;
}

as_str as_xml_attr(const as_xml_node *node, as_str name)
{
    return as_xml_attr_ns(node, AS_ABSENT, name);
}
