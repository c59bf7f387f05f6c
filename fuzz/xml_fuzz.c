/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as XML. Holds: names, values and text are UTF-8; elements open and
 * close in pairs; places never run backwards and lie in the input; the tree
 * reader accepts what the stream reader accepts. */
#include "base/arena.h"
#include "base/limits.h"
#include "base/xml.h"

#include <stdlib.h>

struct seen {
    size_t depth, n;
    uint64_t offset;
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void utf8(as_str s)
{
    require(as_span_utf8_bad(as_str_span(s)) == s.n);
}

static void forward(struct seen *s, const as_place *place)
{
    require(place->line > 0 && place->column > 0);
    require(place->offset >= s->offset && place->offset <= s->n);
    s->offset = place->offset;
}

static as_rc start(void *ctx, const as_xml_element *e)
{
    struct seen *s = ctx;

    s->depth++;
    utf8(e->ns);
    utf8(e->name);
    for (size_t i = 0; i < e->n; i++) {
        utf8(e->attributes[i].ns);
        utf8(e->attributes[i].name);
        utf8(e->attributes[i].value);
    }
    forward(s, &e->place);
    return AS_OK;
}

static as_rc text(void *ctx, as_str t, const as_place *place)
{
    struct seen *s = ctx;

    require(s->depth > 0);
    utf8(t);
    forward(s, place);
    return AS_OK;
}

static as_rc end(void *ctx, const as_xml_element *e)
{
    struct seen *s = ctx;

    require(s->depth-- > 0);
    forward(s, &e->place);
    return AS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const as_xml_handler handler = {start, text, end};
    const as_xml_limits limits = {AS_MIB, 64, 0};
    struct seen seen = {0, n, 0};
    const as_xml_node *root = NULL;
    as_arena *arena;
    as_err err;
    as_rc rc, tree;

    as_err_init(&err);
    rc = as_xml_read((as_span){data, n}, &limits, &handler, &seen, &err);
    require(rc == AS_OK ? seen.depth == 0 : err.rc == rc && err.what[0]);
    arena = as_arena_new(AS_MIB * 64);
    if (!arena)
        return 0;
    tree = as_xml_tree_read((as_span){data, n}, &limits, arena, &root, NULL);
    require(tree == rc || tree == AS_ERR_LIMIT);
    require((tree == AS_OK) == (root != NULL));
    as_arena_free(arena);
    return 0;
}
