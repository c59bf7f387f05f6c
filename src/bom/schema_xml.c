/* SPDX-License-Identifier: Apache-2.0 */
/* CycloneDX XML against its compiled schema, while expat reads it.
 *
 * The content of a type is a deterministic automaton over the names of its
 * children, so each element is one step, whatever the model. After a child
 * that may not stand where it is, the automaton stays where it was; a child
 * known to the type is still judged by its own type, an unknown one is passed
 * over with all below it.
 *
 * What stands under an element of a foreign namespace is judged only where one
 * of the extensions declares it ("lax" wildcards). xsi:type is not followed:
 * the schemas have no derived types. Memory grows with the depth, the longest
 * text, and the number of names. */
#include "base/xml.h"
#include "bom/schema_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

#define NAMESPACE "http://cyclonedx.org/schema/bom/"

enum { PATH_BYTES = 4096, NAMES = 64, MISSING = 8, ALG_BYTES = 16 };

enum mode {
    TYPED,  /* by a type */
    LAX,    /* foreign: only what an extension declares is judged */
    PASSED, /* under something that is wrong already */
};

/* An open element. */
struct open_element {
    enum mode mode;
    const as_schema_type *type;    /* when typed */
    uint32_t state;                /* of its content, when it has elements */
    bool defaulted;                /* may be empty */
    bool text_told;                /* that text may not stand here */
    bool needed_told;              /* which element is missing */
    bool external;                 /* isExternal says yes */
    char alg[ALG_BYTES];           /* of a digest */
    as_str ns;                     /* of its typed content */
    uint64_t line, column, offset; /* of its tag */
    size_t path_n;                 /* bytes of the path above it */
    size_t first, names;           /* its counters of names of children */
};

/* How many children of a name there were, for the path. */
struct counter {
    uint64_t name; /* hash */
    uint32_t n;
};

struct xml_walk {
    as_schema_report report;
    as_err *err;
    const as_schema_document *document;
    as_str ns; /* of the root */
    as_buf path, text;
    struct open_element *open;
    size_t n, cap;
    struct counter *counters;
    size_t counter_n, counter_cap;
};

#define SAY(w, ...) as_arena_printf((w)->report.arena, __VA_ARGS__)

/* ---- findings ---------------------------------------------------------- */

static bool wanted(struct xml_walk *w, bool warning)
{
    return as_schema_wanted(&w->report, warning);
}

/* Of the innermost open element, or of its attribute when that is present. */
static as_schema_place place_of(struct xml_walk *w, as_str attribute)
{
    const struct open_element *o = &w->open[w->n - 1];
    as_str path = as_buf_text(&w->path);
    as_schema_place p = {NULL, 0, o->line, o->column, o->offset, AS_ABSENT};

    p.path = attribute.p ? SAY(w, "%.*s/@%.*s", AS_FMT(path), AS_FMT(attribute))
                         : as_arena_str(w->report.arena, path);
    return p;
}

static void add(struct xml_walk *w, as_str attribute, bool warning,
                const char *rule, as_str message)
{
    as_schema_place p = place_of(w, attribute);

    as_schema_add(&w->report, &p, warning, rule, message);
}

static as_schema_place place_of_spot(const as_schema_spot *spot)
{
    return place_of(spot->ctx, spot->part);
}

/* Judges the text of the innermost open element, or of its attribute. */
static void check_text(struct xml_walk *w, uint32_t node, as_str value,
                       as_str attribute)
{
    as_schema_spot spot = {.report = &w->report,
                           .place = place_of_spot,
                           .ctx = w,
                           .part = attribute,
                           .algorithm = as_str_c(w->open[w->n - 1].alg),
                           .internal = w->n > 1 && !w->open[w->n - 2].external,
                           .unique = true};

    as_schema_value(&spot, node, value);
}

/* ---- the stack --------------------------------------------------------- */

/* How many children of that name the innermost element has with this one; 0
 * when it has too many names to count. */
static uint32_t count(struct xml_walk *w, as_str name)
{
    uint64_t hash = as_str_hash(name);
    struct open_element *o;
    struct counter *c;

    if (!w->n)
        return 1;
    o = &w->open[w->n - 1];
    for (size_t i = o->names; i > 0; i--) {
        c = &w->counters[o->first + i - 1];
        if (c->name == hash)
            return c->n < UINT32_MAX ? ++c->n : 0;
    }
    if (o->names == NAMES)
        return 0;
    if (w->counter_n == w->counter_cap) {
        size_t cap = w->counter_cap ? w->counter_cap * 2 : 256;
        c = reallocarray(w->counters, cap, sizeof *c);
        if (!c)
            return 0;
        w->counters = c;
        w->counter_cap = cap;
    }
    w->counters[w->counter_n++] = (struct counter){hash, 1};
    o->names++;
    return 1;
}

static struct open_element *push(struct xml_walk *w, const as_xml_element *e,
                                 bool repeatable)
{
    uint32_t index = count(w, e->name);
    struct open_element *o;

    if (w->n == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 32;
        o = reallocarray(w->open, cap, sizeof *o);
        if (!o)
            return NULL;
        w->open = o;
        w->cap = cap;
    }
    o = &w->open[w->n++];
    *o = (struct open_element){.mode = PASSED,
                               .line = e->place.line,
                               .column = e->place.column,
                               .offset = e->place.offset};
    o->path_n = w->path.n;
    o->first = w->counter_n;
    if (w->path.n + e->name.n + 16 < PATH_BYTES) {
        as_buf_byte(&w->path, '/');
        as_buf_str(&w->path, e->name);
        if (index > 1 || (index && repeatable))
            as_buf_printf(&w->path, "[%u]", index);
    }
    return o;
}

static void pop(struct xml_walk *w)
{
    const struct open_element *o = &w->open[--w->n];

    w->path.n = o->path_n;
    w->counter_n = o->first;
}

/* ---- content models ---------------------------------------------------- */

static const as_schema_edge *edge_of(uint32_t state, as_str name)
{
    const as_schema_state *s = &as_schema_states[state];

    for (size_t i = 0; i < s->n; i++) {
        const as_schema_edge *e = &as_schema_edges[s->first + i];
        if (as_str_eq(as_schema_strings[e->name], name))
            return e;
    }
    return NULL;
}

/* Anywhere in a type. */
static const as_schema_edge *edge_in(const as_schema_type *t, as_str name)
{
    for (uint32_t i = 0; i < t->states; i++) {
        const as_schema_edge *e = edge_of(t->at + i, name);
        if (e)
            return e;
    }
    return NULL;
}

/* Whether the content can end from a state without an element of that name. */
static bool can_end(const as_schema_type *t, uint32_t from, uint32_t without)
{
    uint32_t todo[256];
    uint8_t seen[256] = {0};
    size_t n = 0;

    if (t->states > AS_ARRAY_LEN(todo))
        return true;
    todo[n++] = from;
    seen[from - t->at] = 1;
    while (n) {
        const as_schema_state *s = &as_schema_states[todo[--n]];
        if (s->accept)
            return true;
        for (size_t i = 0; i < s->n; i++) {
            const as_schema_edge *e = &as_schema_edges[s->first + i];
            if (e->name == without || seen[e->next - t->at])
                continue;
            seen[e->next - t->at] = 1;
            todo[n++] = e->next;
        }
    }
    return false;
}

/* What must come from a state on: "<name>", or a choice of what may come. */
static as_str missing(struct xml_walk *w, const as_schema_type *t,
                      uint32_t state)
{
    const as_schema_state *s = &as_schema_states[state];
    as_str text = AS_STR("");

    if (s->accept)
        return AS_ABSENT;
    for (size_t i = 0; i < s->n; i++) {
        uint32_t name = as_schema_edges[s->first + i].name;
        if (!can_end(t, state, name))
            return SAY(w, "<%.*s>", AS_FMT(as_schema_strings[name]));
    }
    for (size_t i = 0; i < s->n && i < MISSING; i++) {
        uint32_t name = as_schema_edges[s->first + i].name;
        text = SAY(w, "%.*s%s<%.*s>", AS_FMT(text), i ? " or " : "",
                   AS_FMT(as_schema_strings[name]));
    }
    return text;
}

/* ---- elements ---------------------------------------------------------- */

static bool has_elements(const struct open_element *o)
{
    return o->type->kind == AS_SCHEMA_TYPE_ELEMENTS ||
           o->type->kind == AS_SCHEMA_TYPE_MIXED;
}

/* A child that may not stand here; it is the innermost open element, its
 * parent the one above. */
static void tell_child(struct xml_walk *w, struct open_element *parent,
                       as_str name, bool known, bool foreign)
{
    as_str needed, q;

    if (has_elements(parent) && !as_schema_states[parent->state].accept)
        parent->needed_told = true;
    if (!wanted(w, false))
        return;
    q = as_schema_quote(w->report.arena, name);
    if (parent->type->kind == AS_SCHEMA_TYPE_TEXT) {
        add(w, AS_ABSENT, false, "content",
            SAY(w,
                "the element %.*s stands where only text may "
                "stand",
                AS_FMT(q)));
        return;
    }
    needed = missing(w, parent->type, parent->state);
    add(w, AS_ABSENT, false, "content",
        needed.p  ? SAY(w, "the element %.*s stands where %.*s is needed",
                        AS_FMT(q), AS_FMT(needed))
        : known   ? SAY(w,
                        "the element %.*s may not follow what stands "
                          "before it",
                        AS_FMT(q))
        : foreign ? SAY(w,
                        "the element %.*s of a foreign namespace may not stand "
                        "here",
                        AS_FMT(q))
                  : SAY(w, "the element %.*s is not known here", AS_FMT(q)));
}

static void become(struct open_element *o, uint32_t type, as_str ns)
{
    o->mode = TYPED;
    o->type = &as_schema_types[type];
    o->state = o->type->at;
    o->ns = ns;
}

/* An element that stands under a wildcard: judged when it is declared for
 * itself, by an extension or as the root of this format. */
static void become_foreign(const struct xml_walk *w, struct open_element *o,
                           const as_xml_element *e)
{
    o->mode = LAX;
    if (as_str_eq(e->ns, w->ns) && as_str_eq(e->name, w->document->name)) {
        become(o, w->document->at, w->ns);
        return;
    }
    for (size_t i = 0; i < as_schema_document_count; i++) {
        const as_schema_document *d = &as_schema_documents[i];
        if (d->source == AS_SCHEMA_EXTENSION && as_str_eq(d->ns, e->ns) &&
            as_str_eq(d->name, e->name))
            become(o, d->at, d->ns);
    }
}

/* A child in the namespace of its parent's type. */
static struct open_element *open_own(struct xml_walk *w,
                                     const as_xml_element *e)
{
    size_t at = w->n - 1;
    const as_schema_type *type = w->open[at].type;
    as_str ns = w->open[at].ns;
    const as_schema_edge *edge = NULL;
    struct open_element *o;
    bool fits;

    if (has_elements(&w->open[at]))
        edge = edge_of(w->open[at].state, e->name);
    fits = edge != NULL;
    if (!edge && has_elements(&w->open[at]))
        edge = edge_in(type, e->name);
    o = push(w, e, edge && edge_of(edge->next, e->name));
    if (!o)
        return NULL;
    if (!fits)
        tell_child(w, &w->open[at], e->name, edge != NULL, false);
    if (fits)
        w->open[at].state = edge->next;
    if (edge) {
        become(o, edge->type, ns);
        o->defaulted = edge->defaulted;
    }
    return o;
}

static struct open_element *open_foreign(struct xml_walk *w,
                                         const as_xml_element *e)
{
    size_t at = w->n - 1;
    uint32_t next = AS_SCHEMA_NONE;
    struct open_element *o;

    if (has_elements(&w->open[at]) && e->ns.n)
        next = as_schema_states[w->open[at].state].foreign;
    o = push(w, e, false);
    if (!o)
        return NULL;
    if (next == AS_SCHEMA_NONE) {
        tell_child(w, &w->open[at], e->name, false, true);
    } else {
        w->open[at].state = next;
        become_foreign(w, o, e);
    }
    return o;
}

static struct open_element *open_child(struct xml_walk *w,
                                       const as_xml_element *e)
{
    const struct open_element *parent = &w->open[w->n - 1];
    struct open_element *o;

    if (parent->mode == TYPED && parent->type->kind != AS_SCHEMA_TYPE_ANY)
        return as_str_eq(parent->ns, e->ns) ? open_own(w, e)
                                            : open_foreign(w, e);
    if (parent->mode == PASSED)
        return push(w, e, false);
    o = push(w, e, false);
    if (o)
        become_foreign(w, o, e);
    return o;
}

/* ---- the root ---------------------------------------------------------- */

static as_rc choose(struct xml_walk *w, struct open_element *o,
                    const as_xml_element *e)
{
    size_t prefix = sizeof NAMESPACE - 1;
    as_str version = AS_ABSENT, q = as_schema_quote(w->report.arena, e->ns);
    bool newer = false;

    if (as_str_starts(e->ns, AS_STR(NAMESPACE)))
        version = as_str_slice(e->ns, prefix, e->ns.n);
    if (!version.p && !as_str_eq(e->name, AS_STR("bom")))
        return as_fail(w->err, AS_ERR_UNSUPPORTED,
                       "the XML document is no CycloneDX: its root is no "
                       "\"bom\" in a namespace of CycloneDX");
    if (version.p)
        w->document = as_schema_find(AS_SCHEMA_XML, version, &newer);
    if (!w->document) {
        if (wanted(w, false))
            add(w, AS_ABSENT, false, "namespace",
                e->ns.n ? SAY(w, "%.*s is no namespace of CycloneDX", AS_FMT(q))
                        : SAY(w, "the root has no namespace, and " NAMESPACE
                                 "N.N is needed"));
        return AS_OK;
    }
    if (newer && wanted(w, true))
        add(w, AS_ABSENT, true, "version",
            SAY(w,
                "version \"%.*s\" is newer than any known; "
                "judged by %.*s",
                AS_FMT(version), AS_FMT(w->document->version)));
    if (!as_str_eq(e->name, w->document->name)) {
        if (wanted(w, false))
            add(w, AS_ABSENT, false, "content",
                SAY(w, "the root element is not \"bom\""));
        return AS_OK;
    }
    w->ns = as_arena_str(w->report.arena, e->ns);
    become(o, w->document->at, w->ns);
    return AS_OK;
}

/* ---- attributes -------------------------------------------------------- */

static const as_schema_attribute *attribute_of(const as_schema_type *t,
                                               as_str name)
{
    for (size_t i = 0; i < t->n; i++) {
        const as_schema_attribute *a = &as_schema_attributes[t->first + i];
        if (as_str_eq(as_schema_strings[a->name], name))
            return a;
    }
    return NULL;
}

static bool attribute_allowed(const struct open_element *o,
                              const as_xml_attribute *a)
{
    if (as_str_starts(a->ns, AS_STR("http://www.w3.org/XML/1998/namespace")) ||
        as_str_eq(a->ns, AS_STR("http://www.w3.org/2001/XMLSchema-instance")))
        return true;
    switch ((as_schema_wild)o->type->wild) {
    case AS_SCHEMA_WILD_ANY: return true;
    case AS_SCHEMA_WILD_OTHER: return a->ns.n && !as_str_eq(a->ns, o->ns);
    case AS_SCHEMA_WILD_NONE: break;
    }
    return false;
}

static void check_attribute(struct xml_walk *w, const struct open_element *o,
                            const as_xml_attribute *a)
{
    const as_schema_attribute *known =
        a->ns.n ? NULL : attribute_of(o->type, a->name);

    if (known) {
        check_text(w, known->node, a->value, a->name);
    } else if (!attribute_allowed(o, a) && wanted(w, false)) {
        as_str q = as_schema_quote(w->report.arena, a->name);
        add(w, a->name, false, "attribute",
            SAY(w, "the attribute %.*s is not known here", AS_FMT(q)));
    }
}

static void check_attributes(struct xml_walk *w, struct open_element *o,
                             const as_xml_element *e)
{
    for (size_t i = 0; i < e->n; i++) {
        const as_xml_attribute *a = &e->attributes[i];
        check_attribute(w, o, a);
        if (!a->ns.n && as_str_eq(a->name, AS_STR("isExternal")))
            o->external = as_str_eq(as_str_trim(a->value), AS_STR("true")) ||
                          as_str_eq(as_str_trim(a->value), AS_STR("1"));
        if (!a->ns.n && as_str_eq(a->name, AS_STR("alg")) &&
            a->value.n < sizeof o->alg)
            memcpy(o->alg, a->value.p, a->value.n);
    }
    for (size_t i = 0; i < o->type->n; i++) {
        const as_schema_attribute *a =
            &as_schema_attributes[o->type->first + i];
        as_str name = as_schema_strings[a->name];
        bool there = !a->needed;
        for (size_t j = 0; j < e->n && !there; j++)
            there = !e->attributes[j].ns.n &&
                    as_str_eq(e->attributes[j].name, name);
        if (!there && wanted(w, false))
            add(w, AS_ABSENT, false, "use",
                SAY(w, "the attribute \"%.*s\" is missing", AS_FMT(name)));
    }
}

/* ---- what the reader calls --------------------------------------------- */

static as_rc on_start(void *ctx, const as_xml_element *e)
{
    struct xml_walk *w = ctx;
    struct open_element *o;
    as_rc rc;

    o = w->n ? open_child(w, e) : push(w, e, false);
    if (!o)
        return as_fail(w->err, AS_ERR_MEMORY, "no memory");
    if (w->n == 1) {
        rc = choose(w, o, e);
        if (rc)
            return rc;
    }
    if (o->mode == TYPED)
        check_attributes(w, o, e);
    as_buf_clear(&w->text);
    return AS_OK;
}

static as_rc on_text(void *ctx, as_str text, const as_place *place)
{
    struct xml_walk *w = ctx;
    struct open_element *o = &w->open[w->n - 1];

    (void)place;
    if (o->mode != TYPED)
        return AS_OK;
    if (o->type->kind == AS_SCHEMA_TYPE_TEXT) {
        as_buf_str(&w->text, text);
        if (as_buf_failed(&w->text))
            return as_fail(w->err, AS_ERR_MEMORY, "no memory");
        return AS_OK;
    }
    if (o->type->kind == AS_SCHEMA_TYPE_ELEMENTS && !o->text_told &&
        as_str_trim(text).n) {
        o->text_told = true;
        if (wanted(w, false))
            add(w, AS_ABSENT, false, "text",
                SAY(w, "text stands where only elements may "
                       "stand"));
    }
    return AS_OK;
}

static as_rc on_end(void *ctx, const as_xml_element *e)
{
    struct xml_walk *w = ctx;
    const struct open_element *o = &w->open[w->n - 1];
    as_str needed;

    (void)e;
    if (o->mode == TYPED && has_elements(o) &&
        !as_schema_states[o->state].accept && !o->needed_told &&
        wanted(w, false)) {
        needed = missing(w, o->type, o->state);
        add(w, AS_ABSENT, false, "content",
            SAY(w, "%.*s is missing", AS_FMT(needed)));
    }
    if (o->mode == TYPED && o->type->kind == AS_SCHEMA_TYPE_TEXT &&
        !(o->defaulted && !w->text.n))
        check_text(w, o->type->at, as_buf_text(&w->text), AS_ABSENT);
    pop(w);
    as_buf_clear(&w->text);
    return AS_OK;
}

/* ---- the document ------------------------------------------------------ */

static as_rc walk(struct xml_walk *w, as_span in)
{
    static const as_xml_handler handler = {on_start, on_text, on_end};
    as_rc rc;

    as_buf_init(&w->path, PATH_BYTES + 64);
    as_buf_init(&w->text, AS_LIMIT_INPUT_BYTES);
    rc = as_xml_read(in, NULL, &handler, w, w->err);
    as_buf_done(&w->path);
    as_buf_done(&w->text);
    free(w->open);
    free(w->counters);
    w->open = NULL;
    w->counters = NULL;
    w->n = w->cap = w->counter_n = w->counter_cap = 0;
    return rc;
}

as_rc as_schema_xml_validate(as_span in, as_arena *arena, as_bom_diagnoses *ret,
                             as_err *err)
{
    struct xml_walk w = {.report = {.arena = arena}, .err = err};
    as_rc rc = walk(&w, in);

    if (!rc && as_schema_resolve(&w.report))
        rc = walk(&w, in);
    as_schema_report_done(&w.report);
    if (rc)
        return rc;
    return as_schema_finish(
        &w.report, (as_span){NULL, 0},
        w.document ? SAY(&w, "CycloneDX %.*s XML", AS_FMT(w.document->version))
                   : AS_STR("CycloneDX XML"),
        ret, err);
}
