/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX 3.0, JSON-LD as its JSON Schema lays it out: one @graph of elements that
 * name each other by id. It is read as that JSON, not as RDF.
 *
 * Packages, files, models, data sets and hardware are parts; "contains" makes
 * the tree, rootElement and "describes" the root; licences, agents and
 * assessments are looked up by id. Members may be written with or without the
 * prefix of their profile. Elements that are not read stay as JSON in the extra
 * "@graph". */
#include "bom/spdx3_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ------------------------------------------------------------- */

as_str as_spdx3_plain(as_str name)
{
    static const as_str prefixes[] = {AS_STR_INIT("software_"),
                                      AS_STR_INIT("security_"),
                                      AS_STR_INIT("simplelicensing_"),
                                      AS_STR_INIT("expandedlicensing_"),
                                      AS_STR_INIT("ai_"),
                                      AS_STR_INIT("dataset_"),
                                      AS_STR_INIT("build_"),
                                      AS_STR_INIT("hardware_"),
                                      AS_STR_INIT("service_"),
                                      AS_STR_INIT("core_")};

    for (size_t i = 0; i < AS_ARRAY_LEN(prefixes); i++)
        if (as_str_starts(name, prefixes[i]))
            return as_str_slice(name, prefixes[i].n, name.n);
    return name;
}

as_str as_spdx3_type(as_json v)
{
    as_str type = as_json_get_str(v, AS_STR("type"));

    return as_spdx3_plain(type.n ? type : as_json_get_str(v, AS_STR("@type")));
}

as_json as_spdx3_get(as_json v, const char *name)
{
    as_str want = as_str_c(name);

    if (!as_json_is(v, AS_JSON_OBJECT))
        return (as_json){NULL, 0};
    for (as_json_iter it = as_json_each(v); as_json_next(&it);)
        if (as_str_eq(as_spdx3_plain(it.key), want))
            return it.value;
    return (as_json){NULL, 0};
}

as_str as_spdx3_get_str(as_json v, const char *name)
{
    return as_json_str(as_spdx3_get(v, name));
}

static as_str id_of(as_json v)
{
    as_str id = as_json_get_str(v, AS_STR("spdxId"));

    return id.n ? id : as_json_get_str(v, AS_STR("@id"));
}

as_json as_spdx3_resolve(const struct spdx3 *s, as_json v)
{
    uint32_t node;

    if (as_json_is(v, AS_JSON_OBJECT))
        return v;
    node = as_spdx_tree_find(&s->tree, as_json_str(v));
    return node == AS_NO_PART ? (as_json){NULL, 0} : s->tree.nodes[node].v;
}

size_t as_spdx3_count(as_json v)
{
    if (as_json_is(v, AS_JSON_ARRAY))
        return as_json_count(v);
    return as_json_is(v, AS_JSON_NONE) || as_json_is(v, AS_JSON_NULL) ? 0 : 1;
}

as_json as_spdx3_at(as_json v, size_t i)
{
    as_json_iter it = as_json_each(v);

    if (!as_json_is(v, AS_JSON_ARRAY))
        return v;
    while (as_json_next(&it))
        if (it.index == i)
            return it.value;
    return (as_json){NULL, 0};
}

/* ---- elements ---------------------------------------------------------- */

static bool is_part_type(as_str type)
{
    static const as_str types[] = {
        AS_STR_INIT("Package"),        AS_STR_INIT("File"),
        AS_STR_INIT("AIPackage"),      AS_STR_INIT("DatasetPackage"),
        AS_STR_INIT("Hardware"),       AS_STR_INIT("PhysicalHardware"),
        AS_STR_INIT("Service"),        AS_STR_INIT("SoftwareArtifact"),
        AS_STR_INIT("HardwarePackage")};

    for (size_t i = 0; i < AS_ARRAY_LEN(types); i++)
        if (as_str_eq(types[i], type))
            return true;
    return false;
}

static bool gather(struct spdx3 *s, as_json graph)
{
    if (!as_spdx_tree_init(&s->tree, as_spdx3_count(graph)))
        return false;
    for (as_json_iter it = as_json_each(graph); as_json_next(&it);) {
        bool part = is_part_type(as_spdx3_type(it.value));
        as_spdx_tree_add(&s->tree, it.value, id_of(it.value),
                         part ? AS_SPDX3_PARTS : AS_SPDX3_OTHERS, it.index);
    }
    s->concluded = malloc((s->tree.n + 1) * sizeof *s->concluded);
    s->declared = malloc((s->tree.n + 1) * sizeof *s->declared);
    if (!s->concluded || !s->declared) {
        as_bom_reader_fail(s->r, AS_ERR_MEMORY,
                           "no memory to read the document");
        return false;
    }
    memset(s->concluded, 0xFF, (s->tree.n + 1) * sizeof *s->concluded);
    memset(s->declared, 0xFF, (s->tree.n + 1) * sizeof *s->declared);
    return true;
}

/* The id in a list, or of the element that stands there. */
static uint32_t find_value(const struct spdx3 *s, as_json v)
{
    as_str id = as_json_is(v, AS_JSON_OBJECT) ? id_of(v) : as_json_str(v);

    return as_spdx_tree_find(&s->tree, id);
}

static void place_one(struct spdx3 *s, as_str kind, uint32_t from, as_json to)
{
    uint32_t node = find_value(s, to);

    if (as_str_eq(kind, AS_STR("contains")))
        as_spdx_tree_contain(&s->tree, from, node);
    else if (as_str_eq(kind, AS_STR("describes")))
        as_spdx_tree_describe(&s->tree, node);
    else if (from != AS_NO_PART &&
             as_str_eq(kind, AS_STR("hasConcludedLicense")))
        s->concluded[from] = node;
    else if (from != AS_NO_PART &&
             as_str_eq(kind, AS_STR("hasDeclaredLicense")))
        s->declared[from] = node;
}

/* Collections say their roots; that of the document may be a collection. */
static void read_roots(struct spdx3 *s, as_json v)
{
    as_json roots = as_spdx3_get(v, "rootElement");

    if (!as_json_is(roots, AS_JSON_ARRAY)) {
        as_spdx_tree_describe(&s->tree, find_value(s, roots));
        return;
    }
    for (as_json_iter it = as_json_each(roots); as_json_next(&it);)
        as_spdx_tree_describe(&s->tree, find_value(s, it.value));
}

static void read_places(struct spdx3 *s)
{
    for (size_t i = 0; i < s->tree.n; i++) {
        as_json v = s->tree.nodes[i].v;
        as_json to = as_spdx3_get(v, "to");
        as_str kind = as_spdx3_get_str(v, "relationshipType");
        uint32_t from;
        if (s->tree.nodes[i].list == AS_SPDX3_PARTS)
            continue;
        read_roots(s, v);
        if (kind.n == 0)
            continue;
        from = find_value(s, as_spdx3_get(v, "from"));
        if (!as_json_is(to, AS_JSON_ARRAY))
            place_one(s, kind, from, to);
        for (as_json_iter it = as_json_each(to); as_json_next(&it);)
            place_one(s, kind, from, it.value);
    }
}

/* ---- relations --------------------------------------------------------- */

static bool is_known_relation(as_str kind)
{
    static const as_str kinds[] = {
        AS_STR_INIT("contains"), AS_STR_INIT("describes"),
        AS_STR_INIT("hasConcludedLicense"), AS_STR_INIT("hasDeclaredLicense")};

    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++)
        if (as_str_eq(kinds[i], kind))
            return true;
    return false;
}

/* True when the tree or a part holds it, or a relation does now. */
static bool read_relation(struct spdx3 *s, as_str kind, uint32_t from,
                          as_json to)
{
    as_product *p = s->r->product;
    uint32_t node = find_value(s, to);
    uint32_t a = from == AS_NO_PART ? from : s->tree.nodes[from].part;
    uint32_t b = node == AS_NO_PART ? node : s->tree.nodes[node].part;

    if (as_str_eq(kind, AS_STR("contains")) && node != AS_NO_PART &&
        s->tree.nodes[node].parent == from)
        return true;
    if (!as_str_eq(kind, AS_STR("contains")) && is_known_relation(kind))
        return true;
    if (a == AS_NO_PART || b == AS_NO_PART)
        return false;
    as_product_add_relation(p, a, b, as_bom_intern(s->r, kind));
    return true;
}

static void check_ends(struct spdx3 *s, size_t index, as_json v)
{
    as_json from = as_spdx3_get(v, "from");

    if (!as_json_is(from, AS_JSON_STRING) || find_value(s, from) != AS_NO_PART)
        return;
    as_bom_at(s->r, "/@graph/%zu", index);
    as_bom_diagnose(s->r, true, AS_STR("from"), "\"%.*s\" names no element",
                    AS_FMT(as_str_slice(as_json_str(from), 0, 100)));
}

/* Elements that are read where others name them. */
static bool is_read_elsewhere(as_str type)
{
    static const as_str types[] = {
        AS_STR_INIT("CreationInfo"),  AS_STR_INIT("Person"),
        AS_STR_INIT("Organization"),  AS_STR_INIT("SoftwareAgent"),
        AS_STR_INIT("Agent"),         AS_STR_INIT("Tool"),
        AS_STR_INIT("SpdxDocument"),  AS_STR_INIT("Sbom"),
        AS_STR_INIT("Bom"),           AS_STR_INIT("LicenseExpression"),
        AS_STR_INIT("ListedLicense"), AS_STR_INIT("Vulnerability")};

    for (size_t i = 0; i < AS_ARRAY_LEN(types); i++)
        if (as_str_eq(types[i], type))
            return true;
    return false;
}

static void read_other(struct spdx3 *s, const as_spdx_node *node)
{
    as_json v = node->v, to = as_spdx3_get(v, "to");
    as_str kind = as_spdx3_get_str(v, "relationshipType");
    as_str type = as_spdx3_type(v);
    bool whole = true;

    if (is_read_elsewhere(type) || as_spdx3_is_assessment(type))
        return;
    if (kind.n) {
        uint32_t from = find_value(s, as_spdx3_get(v, "from"));
        check_ends(s, node->index, v);
        if (!as_json_is(to, AS_JSON_ARRAY))
            whole = read_relation(s, kind, from, to);
        for (as_json_iter it = as_json_each(to); as_json_next(&it);)
            whole = read_relation(s, kind, from, it.value) && whole;
    }
    if (!kind.n || !whole)
        as_json_write_value(&s->rest, v);
}

static void read_others(struct spdx3 *s, as_bom_list *extras)
{
    as_buf_init(&s->rest_text, AS_LIMIT_PRODUCT_BYTES);
    as_json_write_init(&s->rest, &s->rest_text, 0);
    as_json_write_array(&s->rest);
    for (size_t i = 0; i < s->tree.n; i++)
        if (s->tree.nodes[i].list == AS_SPDX3_OTHERS)
            read_other(s, &s->tree.nodes[i]);
    as_json_write_array_end(&s->rest);
    if (as_buf_failed(&s->rest_text))
        as_bom_reader_fail(s->r, AS_ERR_MEMORY,
                           "no memory to read the document");
    if (s->rest_text.n > 2) {
        as_extra *x = AS_BOM_PUSH(s->r, extras, as_extra);
        x->key = AS_STR("@graph");
        x->json = as_bom_keep(s->r, as_buf_text(&s->rest_text));
    }
    as_buf_done(&s->rest_text);
}

/* ---- the document ------------------------------------------------------ */

static void choose_root(struct spdx3 *s)
{
    as_product *p = s->r->product;
    size_t packages = 0, all = 0;
    uint32_t package = AS_NO_PART, any = AS_NO_PART;

    for (size_t i = 0; i < s->tree.n; i++) {
        const as_spdx_node *node = &s->tree.nodes[i];
        if (!node->described || node->part == AS_NO_PART)
            continue;
        all++;
        any = node->part;
        if (p->parts[node->part].kind != AS_PART_FILE) {
            packages++;
            package = node->part;
        }
    }
    if (packages == 1)
        p->root = package;
    else if (packages == 0 && all == 1)
        p->root = any;
    if (p->root == AS_NO_PART)
        return;
    p->name = p->parts[p->root].name;
    p->version = p->parts[p->root].version;
    p->maker = as_part_value(&p->parts[p->root], AS_ATTR_MAKER);
}

static const as_str known_versions[] = {
    AS_STR_INIT("3.0"), AS_STR_INIT("3.0.0"), AS_STR_INIT("3.0.1")};

static const as_bom_spec spec = {AS_STR_INIT("SPDX"),
                                 AS_STR_INIT("2.0 to 2.3, and 3.0 as JSON-LD,"),
                                 known_versions, AS_ARRAY_LEN(known_versions)};

static as_str version_in(as_str context)
{
    as_str base = AS_STR("spdx.org/rdf/");
    as_str rest =
        as_str_slice(context, as_str_search(context, base) + base.n, context.n);

    return rest.n && as_ascii_is_digit(rest.p[0]) ? as_str_cut(&rest, '/')
                                                  : AS_ABSENT;
}

/* The context may be one of several. */
as_str as_spdx3_context_version(as_json root)
{
    as_json context = as_json_get(root, AS_STR("@context"));
    as_str version = version_in(as_json_str(context));

    for (as_json_iter it = as_json_each(context);
         as_str_is_absent(version) && as_json_next(&it);)
        version = version_in(as_json_str(it.value));
    return version;
}

static void read_creation(struct spdx3 *s, as_json v)
{
    as_bom_reader *r = s->r;
    as_product *p = r->product;
    as_json tools = as_spdx3_get(v, "createdUsing");
    as_bom_list names = {NULL, 0, 0};

    p->created = as_bom_keep(r, as_spdx3_get_str(v, "created"));
    p->spec_version = as_bom_keep(r, as_spdx3_get_str(v, "specVersion"));
    for (as_json_iter it = as_json_each(tools); as_json_next(&it);) {
        as_str name = as_spdx3_get_str(as_spdx3_resolve(s, it.value), "name");
        if (name.n)
            *AS_BOM_PUSH(r, &names, as_str) = as_bom_keep(r, name);
    }
    p->tools = AS_BOM_TAKE(r, &names, as_str, &p->n_tools);
    free(names.items);
    as_bom_at(r, "/@graph");
    if (p->spec_version.n)
        as_bom_check_version(r, &spec, AS_ABSENT, p->spec_version);
}

/* The document element, and its creation; else the first creation there is. */
static void read_head(struct spdx3 *s)
{
    as_product *p = s->r->product;
    as_json creation = {NULL, 0};

    for (size_t i = 0; i < s->tree.n; i++) {
        as_json v = s->tree.nodes[i].v;
        as_str type = as_spdx3_type(v);
        if (as_str_eq(type, AS_STR("SpdxDocument"))) {
            p->serial = as_bom_keep(s->r, id_of(v));
            p->name = as_bom_keep(s->r, as_spdx3_get_str(v, "name"));
            creation = as_spdx3_resolve(s, as_spdx3_get(v, "creationInfo"));
            if (creation.doc)
                break;
        } else if (!creation.doc && as_str_eq(type, AS_STR("CreationInfo"))) {
            creation = v;
        }
    }
    if (creation.doc)
        read_creation(s, creation);
    if (p->spec_version.n == 0) {
        as_bom_at(s->r, "/@graph");
        as_bom_diagnose(s->r, false, AS_ABSENT,
                        "the version of SPDX is missing");
    }
}

static void read_graph(struct spdx3 *s, as_json graph, as_bom_list *extras)
{
    if (!gather(s, graph))
        return;
    read_head(s);
    if (s->r->rc)
        return;
    read_places(s);
    as_spdx_tree_build(&s->tree);
    if (s->r->rc)
        return;
    choose_root(s);
    read_others(s, extras);
    as_spdx3_read_statements(s);
}

as_rc as_spdx3_read(as_bom_reader *r, as_json root)
{
    static const as_spdx_list lists[AS_SPDX3_LISTS] = {
        {AS_STR_INIT("@graph"), AS_STR_INIT("/@graph"), true},
        {AS_STR_INIT("@graph"), AS_STR_INIT("/@graph"), false}};
    struct spdx3 s = {
        .r = r,
        .tree = {
            .r = r, .lists = lists, .read = as_spdx3_read_part, .ctx = &s}};
    as_bom_list extras = {NULL, 0, 0};
    as_json graph = as_json_get(root, AS_STR("@graph"));
    as_str version = as_spdx3_context_version(root);

    r->product->format = AS_STR("SPDX");
    r->product->encoding = AS_STR("json-ld");
    /* What the elements say of it is warned of there. */
    if (!as_str_starts(version, AS_STR("3.")) &&
        as_bom_check_version(r, &spec, AS_STR("@context"), version))
        return r->rc;
    r->state = &s;
    as_bom_at(r, "/@graph");
    read_graph(&s, as_bom_array(r, AS_ABSENT, graph), &extras);
    r->product->extras =
        AS_BOM_TAKE(r, &extras, as_extra, &r->product->n_extras);
    r->state = NULL;
    free(extras.items);
    free(s.concluded);
    free(s.declared);
    as_spdx_tree_done(&s.tree);
    return r->rc;
}
