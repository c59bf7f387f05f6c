/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of parties in XML; see lists_xml_internal.h. */
#include "know/lists_xml_internal.h"

#include "know/ofac_internal.h"

enum { LOOK = 4096 };

bool as_xml_list_is(const as_feed_input *in, const char *name)
{
    as_str head = as_str_of((const char *)in->bytes.p,
                            in->bytes.n < LOOK ? in->bytes.n : LOOK);
    as_str want = as_str_c(name);

    if (in->syntax != AS_SYNTAX_TEXT ||
        !as_str_starts(as_str_trim(head), AS_STR("<")))
        return false;
    while (head.n) {
        as_str tag;
        (void)as_str_cut(&head, '<');
        tag = head;
        while (tag.n && (as_ascii_is_alnum(tag.p[0]) || tag.p[0] == '_'))
            tag = as_str_slice(tag, 1, tag.n);
        if (tag.n && tag.p[0] == ':')
            tag = as_str_slice(tag, 1, tag.n);
        else
            tag = head;
        if (as_str_starts(tag, want) && tag.n > want.n &&
            (as_ascii_is_space(tag.p[want.n]) || tag.p[want.n] == '>'))
            return true;
    }
    return false;
}

as_str as_xml_text(const as_xml_node *node, const char *name)
{
    as_str s = as_xml_child_text(node, as_str_c(name));

    return s.n ? s : AS_ABSENT;
}

as_str as_xml_value(const as_xml_node *node, const char *name)
{
    as_str s = as_str_trim(as_xml_attr(node, as_str_c(name)));

    return s.n ? s : AS_ABSENT;
}

const as_xml_node *as_xml_first(const as_xml_node *node, const char *name)
{
    return as_xml_child(node, as_str_c(name));
}

as_rc as_xml_list_read(const as_feed_input *in, const as_feed_sink *sink,
                       void (*rows)(as_xml_reader *r), as_err *err)
{
    as_xml_reader r = {.m = {.sink = sink},
                       .consolidated = as_ofac_is_consolidated(in->name)};
    as_rc rc;

    r.tree = as_arena_new(AS_LIMIT_FEED_WORKER_BYTES / 2);
    if (!r.tree)
        return as_fail(err, AS_ERR_MEMORY, "no memory to read the list");
    rc = as_xml_tree_read(in->bytes, NULL, r.tree, &r.root, err);
    if (!rc)
        rows(&r);
    as_make_done(&r.m);
    as_arena_free(r.tree);
    return rc;
}
