/* SPDX-License-Identifier: Apache-2.0 */
/* XML rewritten as JSON by a table of rules; see xml_json_internal.h. */
#include "bom/xml_json_internal.h"

#include "base/json_write.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static const as_xml_rule plain = AS_XML_RULE("", "", AS_XML_PLAIN, "");

static const as_xml_rule *find_rule(const as_xml_form *form, as_str parent,
                                    as_str name)
{
    for (size_t i = 0; i < form->n_rules; i++) {
        const as_xml_rule *r = &form->rules[i];
        if (r->name.n == name.n && as_str_eq(r->name, name) &&
            (r->parent.n == 0 || as_str_eq(r->parent, parent)))
            return r;
    }
    return &plain;
}

/* ---- the rewriting ----------------------------------------------------- */

enum state { PENDING = 0, OBJECT, ARRAY, INSIDE, DONE };

enum { SEEN_MOST = 64 };

struct level {
    char name[48];
    size_t n_name; /* 0 when it is longer: then no rule names it */
    const as_xml_rule *rule;
    const as_xml_rule
        *list; /* array of AS_XML_EACH that is open among its children */
    enum state state;
    bool wrapped, has_children;
    /* Members so far, by hash: one that is repeated is passed over. Beyond so
     * many, the JSON reader refuses the repetition. */
    uint64_t seen[SEEN_MOST];
    size_t n_seen;
};

struct rewrite {
    as_bom_reader *r;
    const as_xml_form *form;
    as_json_writer w;
    as_buf json, text; /* text of the innermost element */
    struct level *levels;
    size_t n, cap;
    size_t skipping; /* depth inside an element that is passed over */
    bool foreign;    /* and was diagnosed */
};

static as_str level_name(const struct level *l)
{
    return as_str_of(l->name, l->n_name);
}

static void put_typed(struct rewrite *x, as_xml_kind kind, as_str text)
{
    char *end = NULL;
    char number[64];

    text = as_str_trim(text);
    if (kind == AS_XML_BOOLEAN &&
        (as_str_eq(text, AS_STR("true")) || as_str_eq(text, AS_STR("1")))) {
        as_json_write_bool(&x->w, true);
        return;
    }
    if (kind == AS_XML_BOOLEAN &&
        (as_str_eq(text, AS_STR("false")) || as_str_eq(text, AS_STR("0")))) {
        as_json_write_bool(&x->w, false);
        return;
    }
    if (kind == AS_XML_NUMBER && text.n && text.n < sizeof number &&
        (as_ascii_is_digit(text.p[text.n - 1]))) {
        double v;
        memcpy(number, text.p, text.n);
        number[text.n] = 0;
        v = strtod(number, &end);
        if (*end == 0) {
            as_json_write_double(&x->w, v);
            return;
        }
    }
    as_json_write_str(&x->w, text);
}

/* A standard may let any attribute stand anywhere: only these mean something.
 */
static bool is_known(const as_xml_form *form, const as_xml_attribute *a)
{
    for (size_t i = 0; i < form->n_attributes && a->ns.n == 0; i++)
        if (form->attributes[i].n == a->name.n &&
            as_str_eq(form->attributes[i], a->name))
            return true;
    return false;
}

/* True when the object of l has the member already; else it has it now. */
static bool is_repeated(struct level *l, as_str member)
{
    uint64_t hash = as_str_hash(member);

    for (size_t i = 0; i < l->n_seen; i++)
        if (l->seen[i] == hash)
            return true;
    if (l->n_seen < SEEN_MOST)
        l->seen[l->n_seen++] = hash;
    return false;
}

/* l: whose object it is. */
static void put_attributes(struct rewrite *x, struct level *l,
                           const as_xml_element *e)
{
    for (size_t i = 0; i < e->n; i++) {
        const as_xml_attribute *a = &e->attributes[i];
        const as_xml_rule *rule = find_rule(x->form, e->name, a->name);
        as_str key = rule->json.n ? rule->json : a->name;
        if (!is_known(x->form, a) || is_repeated(l, key))
            continue;
        as_json_write_key(&x->w, key);
        put_typed(x, rule->kind, a->value);
    }
}

static size_t count_attributes(const struct rewrite *x, const as_xml_element *e)
{
    size_t n = 0;

    for (size_t i = 0; i < e->n; i++)
        n += is_known(x->form, &e->attributes[i]);
    return n;
}

static as_str find_ref(const as_xml_element *e)
{
    for (size_t i = 0; i < e->n; i++)
        if (as_str_eq(e->attributes[i].name, AS_STR("ref")))
            return e->attributes[i].value;
    return AS_ABSENT;
}

static bool is_list(as_xml_kind kind)
{
    return kind == AS_XML_LIST || kind == AS_XML_LIST_OF || kind == AS_XML_REFS;
}

static void close_list(struct rewrite *x, struct level *l)
{
    if (l->list)
        as_json_write_array_end(&x->w);
    l->list = NULL;
}

/* A child begins: now we know that l is no mere text. */
static void become_parent(struct rewrite *x, struct level *l, as_str child)
{
    bool list = is_list(l->rule->kind);

    l->has_children = true;
    if (l->state != PENDING)
        return;
    if (l->rule->kind == AS_XML_LIST_OF && !as_str_eq(child, l->rule->json))
        list = false;
    if (l->rule->kind == AS_XML_INNER || l->rule->kind == AS_XML_EACH_INNER) {
        l->state = INSIDE;
        return;
    }
    if (list)
        as_json_write_array(&x->w);
    else
        as_json_write_object(&x->w);
    l->state = list ? ARRAY : OBJECT;
}

/* The name of the member: for elements with text the rule's other name is that
 * of the text. */
static as_str member_name(const as_xml_rule *rule, as_str name)
{
    switch (rule->kind) {
    case AS_XML_PLAIN:
    case AS_XML_TEXT:
    case AS_XML_MERGED:
    case AS_XML_WRAPPED:
    case AS_XML_INNER:
    case AS_XML_LIST_OF:
    case AS_XML_WHOLE: return name;
    case AS_XML_LIST:
    case AS_XML_REFS:
    case AS_XML_EACH:
    case AS_XML_EACH_REF:
    case AS_XML_EACH_INNER:
    case AS_XML_NUMBER:
    case AS_XML_BOOLEAN: break;
    }
    return rule->json.n ? rule->json : name;
}

/* The key of a child in the object of its parent. False when the parent has
 * such a member already, or the child is no member of its own. */
static bool put_key(struct rewrite *x, struct level *parent,
                    const as_xml_rule *rule, const as_xml_element *e)
{
    as_str name = member_name(rule, e->name);

    if (parent->list == rule)
        return true;
    close_list(x, parent);
    if (rule->kind == AS_XML_MERGED)
        return true;
    if (is_repeated(parent, name)) {
        as_bom_diagnose_line(
            x->r, false, AS_STR(""), &e->place,
            "the element \"%.*s\" is repeated, and passed over",
            AS_FMT(as_str_slice(e->name, 0, 60)));
        return false;
    }
    as_json_write_key(&x->w, name);
    if (rule->kind == AS_XML_EACH || rule->kind == AS_XML_EACH_REF ||
        rule->kind == AS_XML_EACH_INNER) {
        as_json_write_array(&x->w);
        parent->list = rule;
    }
    return true;
}

static struct level *push(struct rewrite *x, as_str name,
                          const as_xml_rule *rule)
{
    struct level *l;

    if (x->n == x->cap) {
        size_t cap = x->cap ? x->cap * 2 : 32;
        struct level *levels = realloc(x->levels, cap * sizeof *levels);
        if (!levels)
            return NULL;
        x->levels = levels;
        x->cap = cap;
    }
    l = &x->levels[x->n++];
    /* Field by field: the list of members is long, and empty. */
    l->rule = rule;
    l->list = NULL;
    l->state = PENDING;
    l->wrapped = l->has_children = false;
    l->n_seen = 0;
    l->n_name = name.n <= sizeof l->name ? name.n : 0;
    memcpy(l->name, name.p, l->n_name);
    as_buf_clear(&x->text);
    return l;
}

/* The value of an element begins; the key before it is written. */
static void open_value(struct rewrite *x, struct level *l, bool in_refs,
                       const as_xml_element *e)
{
    as_xml_kind kind = l->rule->kind;
    as_str ref = find_ref(e);

    if (kind == AS_XML_EACH_REF || (in_refs && ref.p)) {
        as_json_write_str(&x->w, ref.p ? ref : AS_STR(""));
        l->state = DONE;
        return;
    }
    if (kind == AS_XML_WRAPPED) {
        as_json_write_object(&x->w);
        as_json_write_key(&x->w, e->name);
        l->wrapped = true;
    }
    if (kind == AS_XML_MERGED) {
        put_attributes(x, l - 1, e);
        l->state = OBJECT;
        return;
    }
    if (is_list(kind))
        return;
    if (kind != AS_XML_TEXT && kind != AS_XML_WHOLE &&
        count_attributes(x, e) == 0)
        return;
    as_json_write_object(&x->w);
    put_attributes(x, l, e);
    l->state = OBJECT;
}

static as_rc no_memory(struct rewrite *x)
{
    return as_fail(x->r->err, AS_ERR_MEMORY, "no memory to read the document");
}

static as_rc start_root(struct rewrite *x, const as_xml_element *e)
{
    if (!x->form->is_root(e))
        return as_fail(x->r->err, AS_ERR_UNSUPPORTED,
                       "the root element \"%.*s\" is not the one expected",
                       AS_FMT(as_str_slice(e->name, 0, 60)));
    as_json_write_object(&x->w);
    if (x->form->put_head)
        x->form->put_head(&x->w, e);
    if (!push(x, e->name, &plain))
        return no_memory(x);
    put_attributes(x, &x->levels[0], e);
    x->levels[0].state = OBJECT;
    return AS_OK;
}

static void skip_foreign(struct rewrite *x, const as_xml_element *e)
{
    x->skipping = 1;
    if (x->foreign)
        return;
    x->foreign = true;
    as_bom_diagnose_line(x->r, true, AS_STR(""), &e->place,
                         "elements of the namespace \"%.*s\" are passed over",
                         AS_FMT(as_str_slice(e->ns, 0, 100)));
}

static as_rc start(void *ctx, const as_xml_element *e)
{
    struct rewrite *x = ctx;
    const as_xml_rule *rule;
    struct level *parent, *l;
    bool in_refs;

    if (x->n == 0)
        return start_root(x, e);
    parent = &x->levels[x->n - 1];
    if (x->skipping || parent->state == DONE ||
        (parent->state == INSIDE && parent->has_children)) {
        x->skipping++;
        return AS_OK;
    }
    if (!x->form->is_ours(e->ns)) {
        skip_foreign(x, e);
        return AS_OK;
    }
    rule = find_rule(x->form, level_name(parent), e->name);
    become_parent(x, parent, e->name);
    if (parent->state == OBJECT && !put_key(x, parent, rule, e)) {
        x->skipping = 1;
        return AS_OK;
    }
    in_refs = parent->rule->kind == AS_XML_REFS;
    l = push(x, e->name, rule);
    if (!l)
        return no_memory(x);
    open_value(x, l, in_refs, e);
    return as_buf_failed(&x->json) ? no_memory(x) : AS_OK;
}

static as_rc text(void *ctx, as_str text, const as_place *place)
{
    struct rewrite *x = ctx;

    if (!x->skipping)
        as_buf_str(&x->text, text);
    return AS_OK;
}

static void put_text(struct rewrite *x, struct level *l)
{
    as_str s = as_str_trim(as_buf_text(&x->text));
    as_str key = l->rule->json.n ? l->rule->json : AS_STR("content");
    as_xml_kind kind = l->rule->kind;

    if (l->has_children || (s.n == 0 && kind != AS_XML_TEXT) ||
        is_repeated(kind == AS_XML_MERGED ? l - 1 : l, key))
        return;
    as_json_write_field(&x->w, key, s);
}

static as_rc end(void *ctx, const as_xml_element *e)
{
    struct rewrite *x = ctx;
    struct level *l = &x->levels[x->n - 1];
    as_xml_kind kind = l->rule->kind;

    if (x->skipping) {
        x->skipping--;
        return AS_OK;
    }
    close_list(x, l);
    switch (l->state) {
    case PENDING:
        if (is_list(kind)) {
            as_json_write_array(&x->w);
            as_json_write_array_end(&x->w);
        } else {
            put_typed(x, kind, as_buf_text(&x->text));
        }
        break;
    case OBJECT:
        if (x->n > 1)
            put_text(x, l);
        if (kind != AS_XML_MERGED)
            as_json_write_object_end(&x->w);
        break;
    case ARRAY: as_json_write_array_end(&x->w); break;
    case INSIDE:
    case DONE: break;
    }
    if (l->wrapped)
        as_json_write_object_end(&x->w);
    x->n--;
    as_buf_clear(&x->text);
    return AS_OK;
}

/* ---- reading ----------------------------------------------------------- */

static as_rc read_rewritten(as_bom_reader *r, struct rewrite *x)
{
    as_json_doc *doc = NULL;
    as_rc rc;

    if (!as_buf_reserve(&x->json, 64)) /* the padding of the JSON reader */
        return as_fail(r->err, AS_ERR_MEMORY, "no memory to read the document");
    rc = as_json_read(
        as_buf_span(&x->json),
        &(as_json_limits){AS_LIMIT_INPUT_BYTES, 2 * AS_LIMIT_XML_DEPTH, true},
        &doc, r->err);
    if (rc) {
        if (r->err) { /* a place in the XML is not known */
            r->err->place.line = r->err->place.column = 0;
            r->err->place.offset = UINT64_MAX;
        }
        return rc;
    }
    rc = x->form->read(r, as_json_root(doc));
    r->product->encoding = AS_STR("xml");
    as_json_free(doc);
    return rc;
}

as_rc as_xml_json_read(as_bom_reader *r, as_span in, const as_xml_form *form)
{
    static const as_xml_handler handler = {start, text, end};
    struct rewrite x = {.r = r, .form = form};
    as_rc rc;

    as_buf_init(&x.json, AS_LIMIT_INPUT_BYTES);
    as_buf_init(&x.text, AS_LIMIT_INPUT_BYTES);
    as_json_write_init(&x.w, &x.json, 0);
    rc = as_xml_read(in, NULL, &handler, &x, r->err);
    if (rc == AS_OK && as_buf_failed(&x.json))
        rc = as_fail(r->err, AS_ERR_MEMORY, "no memory to read the document");
    as_buf_done(&x.text);
    free(x.levels);
    if (rc == AS_OK)
        rc = read_rewritten(r, &x);
    as_buf_done(&x.json);
    if (rc && r->rc == AS_OK)
        r->rc = rc;
    return r->rc;
}
