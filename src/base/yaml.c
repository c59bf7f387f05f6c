/* SPDX-License-Identifier: Apache-2.0 */
/* The walk from YAML to JSON; see yaml.h.
 *
 * libyaml hands over events; each is written to the output at once. What an
 * anchor names is a stretch of the output, so an alias is a copy of it, counted
 * with all its nodes: laughter that doubles line by line meets the ceiling
 * after as many nodes as anything else. Keys are remembered as stretches too
 * and compared when their mapping closes. */
#include "base/yaml.h"

#include "base/arena.h"
#include "base/json_internal.h"
#include "base/json_write.h"
#include "base/limits.h"
#include "base/yaml_internal.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A stretch of the output. */
struct stretch {
    size_t at, n;
};

struct key {
    struct stretch text;
    yaml_mark_t mark;
};

struct anchor {
    as_str name;
    uint64_t hash;
    struct stretch text;
    size_t nodes, height; /* levels of nesting in it, 0 for a scalar */
    bool open;            /* what it names is not written to its end yet */
};

enum { NO_ANCHOR = -1 };

struct frame {
    bool mapping, value_next;
    size_t count, first_key, height;
    size_t from; /* where its text begins */
    long anchor;
};

struct walk {
    as_span in;
    unsigned flags;
    as_buf *out;
    as_err *err;
    yaml_event_t event;
    size_t nodes, depth;
    struct frame frames[AS_LIMIT_YAML_DEPTH];
    struct key *keys;
    size_t n_keys, cap_keys;
    struct anchor *anchors;
    size_t n_anchors, cap_anchors;
    as_arena *names; /* of the anchors */
};

/* ---- places ------------------------------------------------------------ */

static bool is_utf16(as_span in)
{
    return in.n >= 2 && ((in.p[0] == 0xFF && in.p[1] == 0xFE) ||
                         (in.p[0] == 0xFE && in.p[1] == 0xFF));
}

static bool is_continuation(uint8_t c)
{
    return (c & 0xC0) == 0x80;
}

/* libyaml counts characters; the house counts bytes. */
static void place_of(as_span in, const yaml_mark_t *mark, as_place *place)
{
    size_t at = in.n >= 3 && memcmp(in.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t from;

    place->line = mark->line + 1;
    place->column = mark->column + 1;
    if (is_utf16(in))
        return;
    for (size_t i = 0; i < mark->index && at < in.n; i++)
        do
            at++;
        while (at < in.n && is_continuation(in.p[at]));
    from = at;
    for (size_t i = 0; i < mark->column && from > 0; i++)
        do
            from--;
        while (from > 0 && is_continuation(in.p[from]));
    if (mark->line == 0)
        from = 0;
    place->column = at - from + 1;
    place->offset = at;
}

static void set_place(const struct walk *w, const yaml_mark_t *mark)
{
    if (w->err)
        place_of(w->in, mark, &w->err->place);
}

/* The place of the event goes into the error; what follows it says why. */
#define REFUSE(w, rc, ...)                                                     \
    (set_place((w), &(w)->event.start_mark),                                   \
     as_fail((w)->err, (rc), __VA_ARGS__))

/* ---- keys -------------------------------------------------------------- */

static as_rc no_memory(struct walk *w)
{
    return as_fail(w->err, AS_ERR_MEMORY, "no memory to read the document");
}

static int by_text(const void *a, const void *b, void *text)
{
    const struct key *x = a, *y = b;
    const char *p = text;
    int r = as_str_cmp(as_str_of(p + x->text.at, x->text.n),
                       as_str_of(p + y->text.at, y->text.n));

    if (r)
        return r;
    return (x->text.at > y->text.at) - (x->text.at < y->text.at);
}

static bool same_key(const struct walk *w, const struct key *a,
                     const struct key *b)
{
    return a->text.n == b->text.n &&
           memcmp(w->out->p + a->text.at, w->out->p + b->text.at, a->text.n) ==
               0;
}

/* Looks at the keys of a mapping that closes, and forgets them. The repetition
 * that stands first in the text is the one told. */
static as_rc check_keys(struct walk *w, size_t first)
{
    struct key *keys = w->keys + first;
    size_t n = w->n_keys - first, found = SIZE_MAX;
    as_str text;

    w->n_keys = first;
    if (n < 2)
        return AS_OK;
    qsort_r(keys, n, sizeof *keys, by_text, w->out->p);
    for (size_t i = 1; i < n; i++)
        if (same_key(w, &keys[i - 1], &keys[i]) &&
            (found == SIZE_MAX || keys[i].text.at < keys[found].text.at))
            found = i;
    if (found == SIZE_MAX)
        return AS_OK;
    set_place(w, &keys[found].mark);
    text = as_str_of(w->out->p + keys[found].text.at, keys[found].text.n);
    as_fail(w->err, AS_ERR_INPUT, "the key %.*s stands twice in one mapping",
            AS_FMT(as_str_slice(text, 0, 100)));
    as_err_detail(w->err, "first on line %zu", keys[found - 1].mark.line + 1);
    return AS_ERR_INPUT;
}

static as_rc add_key(struct walk *w, struct stretch text)
{
    if (w->n_keys == w->cap_keys) {
        size_t cap = w->cap_keys ? w->cap_keys * 2 : 64;
        struct key *p = reallocarray(w->keys, cap, sizeof *p);
        if (!p)
            return no_memory(w);
        w->keys = p;
        w->cap_keys = cap;
    }
    w->keys[w->n_keys++] = (struct key){text, w->event.start_mark};
    return AS_OK;
}

/* ---- anchors ----------------------------------------------------------- */

static long find_anchor(const struct walk *w, as_str name)
{
    uint64_t hash = as_str_hash(name);

    for (size_t i = 0; i < w->n_anchors; i++)
        if (w->anchors[i].hash == hash && as_str_eq(w->anchors[i].name, name))
            return (long)i;
    return NO_ANCHOR;
}

/* An anchor that comes again names the later node from then on. */
static as_rc open_anchor(struct walk *w, const yaml_char_t *c_name, long *ret)
{
    as_str name = as_str_c((const char *)c_name);

    *ret = NO_ANCHOR;
    if (!c_name)
        return AS_OK;
    *ret = find_anchor(w, name);
    if (*ret == NO_ANCHOR) {
        if (w->n_anchors == AS_LIMIT_YAML_ANCHORS)
            return REFUSE(w, AS_ERR_LIMIT, "there are more than %zu anchors",
                          AS_LIMIT_YAML_ANCHORS);
        w->anchors = as_arena_grow(w->names, w->anchors, &w->cap_anchors,
                                   w->n_anchors + 1, sizeof *w->anchors);
        name = as_arena_str(w->names, name);
        if (as_arena_failed(w->names)) {
            w->n_anchors = 0;
            return no_memory(w);
        }
        *ret = (long)w->n_anchors++;
    } else {
        name = w->anchors[*ret].name;
    }
    w->anchors[*ret] = (struct anchor){
        .name = name,
        .hash = as_str_hash(name),
        .text = {w->out->n, 0},
        .nodes = w->nodes - 1,
        .open = true,
    };
    return AS_OK;
}

/* from: where the node begins. The name may have passed to a node inside. */
static void close_anchor(struct walk *w, long at, size_t from, size_t height)
{
    struct anchor *a;

    if (at == NO_ANCHOR || w->anchors[at].text.at != from)
        return;
    a = &w->anchors[at];
    a->text.n = w->out->n - a->text.at;
    a->nodes = w->nodes - a->nodes;
    a->height = height;
    a->open = false;
}

/* ---- writing ----------------------------------------------------------- */

static struct frame *top(struct walk *w)
{
    return w->depth ? &w->frames[w->depth - 1] : NULL;
}

static bool at_key(struct walk *w)
{
    const struct frame *f = top(w);

    return f && f->mapping && !f->value_next;
}

static as_rc count_nodes(struct walk *w, size_t n)
{
    if (n > AS_LIMIT_YAML_NODES - w->nodes)
        return REFUSE(w, AS_ERR_LIMIT,
                      "the YAML has more than %zu nodes, aliases expanded",
                      AS_LIMIT_YAML_NODES);
    w->nodes += n;
    return AS_OK;
}

/* What separates the node that comes from the one before. */
static void begin_node(struct walk *w)
{
    const struct frame *f = top(w);

    if (f && f->mapping && f->value_next)
        as_buf_byte(w->out, ':');
    else if (f && f->count > 0)
        as_buf_byte(w->out, ',');
}

static as_rc end_node(struct walk *w, size_t from, size_t height)
{
    struct frame *f = top(w);

    if (as_buf_failed(w->out))
        return REFUSE(w, AS_ERR_LIMIT,
                      "the YAML becomes more than %zu bytes of JSON",
                      w->out->ceiling);
    if (!f)
        return AS_OK;
    if (f->height < height + 1)
        f->height = height + 1;
    if (at_key(w)) {
        f->value_next = true;
        return add_key(w, (struct stretch){from, w->out->n - from});
    }
    f->value_next = false;
    f->count++;
    return AS_OK;
}

/* ---- events ------------------------------------------------------------ */

static const char CORE[] = "tag:yaml.org,2002:";

/* What an explicit tag makes of the scalar; *ret_known says whether the tag is
 * one of those read. "!" makes a string. */
static as_yaml_kind tagged(as_str tag, as_yaml_kind plain, bool *ret_fits,
                           bool *ret_known)
{
    static const struct {
        const char *name;
        as_yaml_kind kinds[2]; /* which it may be */
    } tags[] = {
        {"null", {AS_YAML_NULL, AS_YAML_NULL}},
        {"bool", {AS_YAML_TRUE, AS_YAML_FALSE}},
        {"int", {AS_YAML_INT, AS_YAML_INT}},
        {"float", {AS_YAML_FLOAT, AS_YAML_INT}},
    };
    as_str name = as_str_slice(tag, sizeof CORE - 1, tag.n);

    *ret_known = *ret_fits = true;
    if (as_str_eq(tag, AS_STR("!")))
        return AS_YAML_STRING;
    if (!as_str_starts(tag, AS_STR(CORE))) {
        *ret_known = false;
        return AS_YAML_STRING;
    }
    for (size_t i = 0; i < AS_ARRAY_LEN(tags); i++) {
        if (!as_str_eq(name, as_str_c(tags[i].name)))
            continue;
        *ret_fits = plain == tags[i].kinds[0] || plain == tags[i].kinds[1];
        return plain;
    }
    *ret_known = as_str_eq(name, AS_STR("str")) ||
                 as_str_eq(name, AS_STR("binary")) ||
                 as_str_eq(name, AS_STR("timestamp"));
    return AS_YAML_STRING;
}

static as_rc refuse_tag(struct walk *w, as_str tag)
{
    return REFUSE(w, AS_ERR_UNSUPPORTED, "the tag \"%.*s\" is not read",
                  AS_FMT(as_str_slice(tag, 0, 100)));
}

static as_rc kind_of(struct walk *w, as_str value, as_yaml_kind *ret)
{
    as_str tag = as_str_c((const char *)w->event.data.scalar.tag);
    bool fits, known;

    *ret = AS_YAML_STRING;
    if (!as_str_is_absent(tag)) {
        *ret = tagged(tag, as_yaml_resolve(value), &fits, &known);
        if (!known)
            return refuse_tag(w, tag);
        if (!fits)
            return REFUSE(w, AS_ERR_INPUT, "\"%.*s\" is not what its tag says",
                          AS_FMT(as_str_slice(value, 0, 100)));
    } else if (w->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
        *ret = as_yaml_resolve(value);
    }
    if ((w->flags & AS_YAML_NUMBERS_AS_TEXT) &&
        (*ret == AS_YAML_INT || *ret == AS_YAML_FLOAT))
        *ret = AS_YAML_STRING;
    return AS_OK;
}

static as_rc on_scalar(struct walk *w)
{
    as_str value = {(const char *)w->event.data.scalar.value,
                    w->event.data.scalar.length};
    bool plain = w->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    as_yaml_kind kind;
    size_t from;
    long anchor;
    as_rc rc = count_nodes(w, 1);

    rc = rc ? rc : kind_of(w, value, &kind);
    if (rc)
        return rc;
    if (at_key(w) && plain && !w->event.data.scalar.tag &&
        as_str_eq(value, AS_STR("<<"))) {
        REFUSE(w, AS_ERR_UNSUPPORTED, "merge keys are not read");
        as_err_hint(w->err, "write out what \"<<\" merges, or quote it");
        return AS_ERR_UNSUPPORTED;
    }
    begin_node(w);
    from = w->out->n;
    rc = open_anchor(w, w->event.data.scalar.anchor, &anchor);
    if (rc)
        return rc;
    as_yaml_put(w->out, at_key(w) ? AS_YAML_STRING : kind, value);
    close_anchor(w, anchor, from, 0);
    return end_node(w, from, 0);
}

static as_rc on_open(struct walk *w, bool mapping, const yaml_char_t *c_tag,
                     const yaml_char_t *c_anchor)
{
    as_str tag = as_str_c((const char *)c_tag), name;
    struct frame *f;
    as_rc rc = count_nodes(w, 1);

    if (rc)
        return rc;
    if (at_key(w))
        return REFUSE(w, AS_ERR_UNSUPPORTED,
                      "a list or a mapping stands as a key");
    name = as_str_starts(tag, AS_STR(CORE))
               ? as_str_slice(tag, sizeof CORE - 1, tag.n)
               : tag;
    if (!as_str_is_absent(tag) && !as_str_eq(tag, AS_STR("!")) &&
        (name.n == tag.n ||
         !as_str_eq(name, mapping ? AS_STR("map") : AS_STR("seq"))))
        return refuse_tag(w, tag);
    if (w->depth == AS_LIMIT_YAML_DEPTH)
        return REFUSE(w, AS_ERR_LIMIT,
                      "the YAML is nested more than %zu levels deep",
                      AS_LIMIT_YAML_DEPTH);
    begin_node(w);
    f = &w->frames[w->depth];
    *f = (struct frame){
        .mapping = mapping,
        .first_key = w->n_keys,
        .from = w->out->n,
    };
    rc = open_anchor(w, c_anchor, &f->anchor);
    if (rc)
        return rc;
    as_buf_byte(w->out, mapping ? '{' : '[');
    w->depth++;
    return AS_OK;
}

static as_rc on_close(struct walk *w)
{
    const struct frame f = *top(w);
    as_rc rc = f.mapping ? check_keys(w, f.first_key) : AS_OK;
    size_t height = f.height ? f.height : 1;

    if (rc)
        return rc;
    as_buf_byte(w->out, f.mapping ? '}' : ']');
    close_anchor(w, f.anchor, f.from, height);
    w->depth--;
    return end_node(w, f.from, height);
}

static as_rc check_alias(struct walk *w, as_str name, long at)
{
    const struct anchor *a;

    if (at == NO_ANCHOR)
        return REFUSE(w, AS_ERR_INPUT, "the alias \"%.*s\" names nothing",
                      AS_FMT(as_str_slice(name, 0, 100)));
    a = &w->anchors[at];
    if (a->open)
        return REFUSE(w, AS_ERR_INPUT, "the alias \"%.*s\" names what it is in",
                      AS_FMT(as_str_slice(name, 0, 100)));
    if (at_key(w) && a->height)
        return REFUSE(w, AS_ERR_UNSUPPORTED,
                      "a list or a mapping stands as a key");
    if (a->height > AS_LIMIT_YAML_DEPTH - w->depth)
        return REFUSE(w, AS_ERR_LIMIT,
                      "the YAML is nested more than %zu levels deep",
                      AS_LIMIT_YAML_DEPTH);
    return count_nodes(w, a->nodes);
}

static as_rc on_alias(struct walk *w)
{
    as_str name = as_str_c((const char *)w->event.data.alias.anchor);
    long at = find_anchor(w, name);
    as_rc rc = check_alias(w, name, at);
    struct stretch text;
    bool quote;
    size_t from;

    if (rc)
        return rc;
    text = w->anchors[at].text;
    begin_node(w);
    from = w->out->n;
    quote = at_key(w) && w->out->p[text.at] != '"';
    if (quote)
        as_buf_byte(w->out, '"');
    /* Room first: the copy reads from what may move. */
    if (as_buf_reserve(w->out, text.n + 1))
        as_buf_put(w->out, w->out->p + text.at, text.n);
    if (quote)
        as_buf_byte(w->out, '"');
    return end_node(w, from, w->anchors[at].height);
}

static as_rc on_event(struct walk *w, size_t *documents)
{
    const yaml_event_t *e = &w->event;

    switch (e->type) {
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT: return AS_OK;
    case YAML_DOCUMENT_START_EVENT:
        if ((*documents)++)
            return REFUSE(w, AS_ERR_UNSUPPORTED,
                          "a second document begins where one is expected");
        return AS_OK;
    case YAML_ALIAS_EVENT: return on_alias(w);
    case YAML_SCALAR_EVENT: return on_scalar(w);
    case YAML_SEQUENCE_START_EVENT:
        return on_open(w, false, e->data.sequence_start.tag,
                       e->data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT:
        return on_open(w, true, e->data.mapping_start.tag,
                       e->data.mapping_start.anchor);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: return on_close(w);
    }
    return AS_OK;
}

static as_rc refuse(struct walk *w, const yaml_parser_t *p)
{
    if (p->error == YAML_MEMORY_ERROR)
        return no_memory(w);
    if (p->error == YAML_READER_ERROR && w->err)
        as_json_line_of(w->in, p->problem_offset, &w->err->place);
    else
        set_place(w, &p->problem_mark);
    as_fail(w->err, AS_ERR_INPUT, "this is not valid YAML: %s", p->problem);
    if (p->context)
        as_err_detail(w->err, "%s on line %zu", p->context,
                      p->context_mark.line + 1);
    return AS_ERR_INPUT;
}

static as_rc convert(struct walk *w, yaml_parser_t *p)
{
    yaml_event_type_t type;
    size_t documents = 0;
    as_rc rc;

    do {
        if (!yaml_parser_parse(p, &w->event))
            return refuse(w, p);
        type = w->event.type;
        rc = on_event(w, &documents);
        yaml_event_delete(&w->event);
    } while (rc == AS_OK && type != YAML_STREAM_END_EVENT);
    if (rc == AS_OK && documents == 0)
        return as_fail(w->err, AS_ERR_INPUT, "the document is empty");
    return rc;
}

as_rc as_yaml_to_json(as_span in, unsigned flags, as_buf *out, as_err *err)
{
    struct walk w = {.in = in, .flags = flags, .out = out, .err = err};
    size_t start = out->n;
    yaml_parser_t parser;
    as_rc rc;

    if (in.n > AS_LIMIT_INPUT_BYTES)
        return as_fail(err, AS_ERR_LIMIT,
                       "the document has %zu bytes, more than the %zu allowed",
                       in.n, AS_LIMIT_INPUT_BYTES);
    w.names = as_arena_new(in.n + AS_LIMIT_YAML_ANCHORS * 512);
    if (!w.names)
        return no_memory(&w);
    if (!yaml_parser_initialize(&parser)) {
        as_arena_free(w.names);
        return no_memory(&w);
    }
    yaml_parser_set_input_string(&parser, in.p ? in.p : (const uint8_t *)"",
                                 in.n);
    rc = convert(&w, &parser);
    yaml_parser_delete(&parser);
    as_arena_free(w.names);
    free(w.keys);
    if (rc)
        out->n = start;
    return rc;
}

/* ---- where a value stands ---------------------------------------------- */

/* The pointer's segments are matched one by one, outermost first. A container
 * at depth .matched is the one in which the next segment is looked for. */
struct search {
    as_str segment, rest;
    bool more; /* there is a segment left */
    size_t depth, matched;
    struct {
        bool mapping, value_next, hit;
        uint64_t index;
    } at; /* in the container of depth .matched */
    yaml_mark_t best;
};

static void next_segment(struct search *s)
{
    s->more = !as_str_is_absent(s->rest);
    s->segment = s->more ? as_str_cut(&s->rest, '/') : AS_ABSENT;
}

static bool segment_is(as_str segment, as_str key)
{
    size_t k = 0;

    for (size_t i = 0; i < segment.n; i++, k++) {
        char c = segment.p[i];
        if (c == '~' && i + 1 < segment.n)
            c = segment.p[++i] == '1' ? '/' : '~';
        if (k >= key.n || key.p[k] != c)
            return false;
    }
    return k == key.n;
}

/* A node begins in the container that is searched. True: it is the one. */
static bool is_hit(struct search *s, const yaml_event_t *e)
{
    uint64_t want;

    if (!s->at.mapping)
        return as_str_u64(s->segment, &want) && s->at.index++ == want;
    if (s->at.value_next) {
        s->at.value_next = false;
        return s->at.hit;
    }
    s->at.value_next = true;
    s->at.hit =
        e->type == YAML_SCALAR_EVENT &&
        segment_is(s->segment, as_str_of((const char *)e->data.scalar.value,
                                         e->data.scalar.length));
    return false;
}

/* False when the search is over. */
static bool search_node(struct search *s, const yaml_event_t *e)
{
    bool opens = e->type == YAML_MAPPING_START_EVENT ||
                 e->type == YAML_SEQUENCE_START_EVENT;

    if (s->depth == s->matched && (s->depth == 0 || is_hit(s, e))) {
        s->best = e->start_mark;
        if (s->depth > 0)
            next_segment(s);
        if (!s->more || !opens)
            return false;
        s->matched++;
        s->at.mapping = e->type == YAML_MAPPING_START_EVENT;
        s->at.value_next = s->at.hit = false;
        s->at.index = 0;
    }
    s->depth += opens;
    return true;
}

static bool search_event(struct search *s, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_SCALAR_EVENT:
    case YAML_ALIAS_EVENT:
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT: return search_node(s, e);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: return s->depth-- > s->matched;
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_START_EVENT: return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT: return false;
    }
    return false;
}

void as_yaml_locate(as_span in, as_str pointer, as_place *place)
{
    struct search s = {.rest = AS_ABSENT};
    yaml_parser_t parser;
    yaml_event_t event;
    bool more = true;

    if (pointer.n && pointer.p[0] == '/')
        s.rest = as_str_slice(pointer, 1, pointer.n);
    next_segment(&s);
    if (!yaml_parser_initialize(&parser))
        return;
    yaml_parser_set_input_string(&parser, in.p ? in.p : (const uint8_t *)"",
                                 in.n);
    while (more && yaml_parser_parse(&parser, &event)) {
        more = search_event(&s, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    place_of(in, &s.best, place);
}
