/* SPDX-License-Identifier: Apache-2.0 */
/* assay-knowledge/1: our own form, YAML, one component a file (data/starter,
 * whose README describes it):
 *
 *   schema: assay-knowledge/1      source, edition, component
 *   identities: [{cpe | purl | ecosystem + name, order}]
 *   advisories: [{id, aliases, published, cvss, cwe, title, exploited, url,
 *                 affected: [{from, before | through | version}], fixed_in}]
 *
 * Every advisory holds for every identity. A record is told apart by its
 * source, its id and its component: one flaw may stand in several components.
 */
#include "know/feed_internal.h"
#include "know/order_internal.h"
#include "model/package.h"
#include "model/purl.h"

enum { TITLE_BYTES = 200, SHORT_BYTES = 64, URL_BYTES = 500, IDENTITIES = 64 };

struct identity {
    as_identity_kind kind;
    as_str ecosystem, release, name, cpe;
    as_order order;
};

struct reading {
    const as_feed_sink *sink;
    as_feed_place place;
    as_json root;
    as_arena *file; /* identities */
    as_arena *a;    /* the advisory */
    as_str source, component, id;
    struct identity identities[IDENTITIES];
    size_t n_identities;
    size_t index;
    bool stop;
};

static bool probe(const as_feed_input *in)
{
    as_str head = as_str_of((const char *)in->bytes.p,
                            in->bytes.n < 4096 ? in->bytes.n : 4096);

    if (in->syntax == AS_SYNTAX_JSON)
        return as_str_starts(as_json_get_str(in->json, AS_STR("schema")),
                             AS_STR("assay-knowledge/"));
    return in->syntax == AS_SYNTAX_YAML &&
           as_str_search(head, AS_STR("assay-knowledge/")) < head.n &&
           as_feed_has_key(in->bytes, AS_STR("schema"));
}

/* ---- diagnoses ---------------------------------------------------------- */

static void tell(struct reading *r, const char *below, const char *what,
                 bool refused)
{
    as_buf pointer;
    as_err err;
    bool go_on;

    as_err_init(&err);
    as_buf_init(&pointer, AS_MIB);
    as_buf_printf(&pointer, "/advisories/%zu%s", r->index, below);
    as_feed_locate(&r->place, as_buf_text(&pointer), &err);
    as_buf_done(&pointer);
    as_fail(&err, AS_ERR_INPUT, "%s", what);
    go_on = refused ? r->sink->refused(r->sink->ctx, r->source, r->id, &err)
                    : r->sink->noted(r->sink->ctx, r->source, r->id, &err);
    r->stop = r->stop || !go_on;
}

/* ---- identities --------------------------------------------------------- */

static bool identity_of_cpe(struct reading *r, as_str text, as_str order,
                            struct identity *ret)
{
    *ret = (struct identity){.kind = AS_IDENTITY_CPE,
                             .name = as_feed_cpe_key(r->file, text),
                             .cpe = text,
                             .order = as_order_find(order)};
    return ret->name.p != NULL;
}

static bool identity_of_package(struct reading *r, as_str ecosystem,
                                as_str name, as_str order, struct identity *ret)
{
    *ret =
        (struct identity){.kind = AS_IDENTITY_PACKAGE,
                          .order = as_order_find(order.p ? order : ecosystem)};
    as_ecosystem_split(ecosystem, &ret->ecosystem, &ret->release);
    ret->name = as_package_name_normalise(ret->ecosystem, name, r->file);
    return !as_str_is_empty(ret->ecosystem) && !as_str_is_empty(ret->name);
}

/* A purl of a type that no registry stands behind is kept under its type. */
static bool identity_of_purl(struct reading *r, as_str text, as_str order,
                             struct identity *ret)
{
    as_str ecosystem = AS_ABSENT, name = AS_ABSENT;
    as_purl purl;

    if (as_purl_read_lenient(text, r->file, &purl, NULL) != AS_OK)
        return false;
    if (as_purl_ecosystem(&purl, r->file, &ecosystem, &name) ==
        AS_PURL_NO_ECOSYSTEM) {
        ecosystem = purl.type;
        name = purl.name;
        if (!as_str_is_empty(purl.namespace_))
            name = as_arena_printf(r->file, "%.*s/%.*s",
                                   AS_FMT(purl.namespace_), AS_FMT(purl.name));
    }
    return identity_of_package(r, ecosystem, name, order, ret);
}

static bool read_identity(struct reading *r, as_json v, as_str first_order,
                          struct identity *ret)
{
    as_str cpe = as_json_get_str(v, AS_STR("cpe"));
    as_str purl = as_json_get_str(v, AS_STR("purl"));
    as_str order = as_json_get_str(v, AS_STR("order"));

    if (cpe.p)
        return identity_of_cpe(r, cpe, order.p ? order : first_order, ret);
    if (purl.p) {
        if (!order.p && as_str_starts(purl, AS_STR("pkg:generic/")))
            order = first_order;
        return identity_of_purl(r, purl, order, ret);
    }
    return identity_of_package(r, as_json_get_str(v, AS_STR("ecosystem")),
                               as_json_get_str(v, AS_STR("name")), order, ret);
}

static as_rc read_identities(struct reading *r, as_err *err)
{
    as_json list = as_json_get(r->root, AS_STR("identities"));
    as_json_iter it = as_json_each(list);
    as_str first = AS_ABSENT;
    as_buf pointer;

    while (as_json_next(&it) && r->n_identities < IDENTITIES) {
        as_str order = as_json_get_str(it.value, AS_STR("order"));
        if (!first.p)
            first = order;
        if (read_identity(r, it.value, first,
                          &r->identities[r->n_identities])) {
            r->n_identities++;
            continue;
        }
        as_buf_init(&pointer, 256);
        as_buf_printf(&pointer, "/identities/%zu", it.index);
        if (err)
            as_feed_locate(&r->place, as_buf_text(&pointer), err);
        as_buf_done(&pointer);
        return as_fail(err, AS_ERR_INPUT,
                       "the identity is no CPE, purl or ecosystem and name");
    }
    if (r->n_identities == 0)
        return as_fail(err, AS_ERR_INPUT, "the file names no identity");
    return AS_OK;
}

/* ---- an advisory --------------------------------------------------------- */

static as_str text(struct reading *r, as_json v, const char *key, size_t max)
{
    return as_feed_text(r->a, as_json_get_str(v, as_str_c(key)), max);
}

static as_str_list words(struct reading *r, as_json v, const char *key,
                         bool ids)
{
    as_str_list l = {0};
    as_json_iter it = as_json_each(as_json_get(v, as_str_c(key)));

    while (as_json_next(&it) && l.n < AS_LIMIT_RECORD_ALIASES) {
        as_str s =
            as_feed_text(r->a, as_json_str(it.value), AS_LIMIT_VERSION_BYTES);
        if (s.p && (!ids || as_str_find(s, ' ') == s.n))
            (void)as_str_list_add(r->a, &l, s);
    }
    return l;
}

/* One element of affected[] in the order of the identity; *fault is set when it
 * says nothing that can be read. */
static bool read_range(struct reading *r, as_json v, const as_order *order,
                       as_interval_list *l, const char **fault)
{
    as_interval range = {
        .status = AS_RANGE_AFFECTED,
        .from = text(r, v, "from", AS_LIMIT_VERSION_BYTES),
        .to = text(r, v, "before", AS_LIMIT_VERSION_BYTES),
    };
    as_str through = text(r, v, "through", AS_LIMIT_VERSION_BYTES);
    as_str exact = text(r, v, "version", AS_LIMIT_VERSION_BYTES);

    if (through.p && !range.to.p) {
        range.to = through;
        range.to_included = true;
    }
    if (exact.p && !range.from.p && !range.to.p) {
        range.from = range.to = exact;
        range.to_included = true;
    }
    if (!range.from.p && !range.to.p)
        *fault = "an affected range names no version";
    else if (!as_order_interval(order, r->a, &range))
        *fault = "a version of a range is none of its order";
    return as_interval_list_add(r->a, l, &range);
}

static bool read_entry(struct reading *r, as_json advisory,
                       const struct identity *identity, as_affected *e,
                       const char **fault)
{
    as_json_iter it = as_json_each(as_json_get(advisory, AS_STR("affected")));
    as_str_list fixed = words(r, advisory, "fixed_in", false);
    as_interval_list l = {0};

    while (as_json_next(&it))
        if (!read_range(r, it.value, &identity->order, &l, fault))
            return false;
    if (l.n == 0)
        *fault = "the advisory has no affected range";
    *e = (as_affected){.identity = identity->kind,
                       .ecosystem = identity->ecosystem,
                       .release = identity->release,
                       .name = identity->name,
                       .cpe = identity->cpe,
                       .order = identity->order.name,
                       .order_stated = identity->order.stated,
                       .default_status = AS_RANGE_UNAFFECTED,
                       .intervals = l.items,
                       .n_intervals = l.n,
                       .fixed_in = fixed.items,
                       .n_fixed_in = fixed.n};
    return true;
}

static void emit(struct reading *r, as_json v, as_advisory *out)
{
    as_str added = as_json_get_str(v, AS_STR("exploited"));
    as_exploited x = {.id = r->id, .added = added};

    if (!r->sink->advisory(r->sink->ctx, out) ||
        (as_feed_is_date(added) && as_feed_is_cve(r->id) &&
         !r->sink->exploited(r->sink->ctx, r->source, &x)))
        r->stop = true;
}

static void read_advisory(struct reading *r, as_json v)
{
    as_str_list aliases = words(r, v, "aliases", true);
    as_str_list vectors = words(r, v, "cvss", true);
    as_str_list cwes = words(r, v, "cwe", true);
    const char *fault = NULL;
    as_advisory out = {.id = r->id,
                       .source = r->source,
                       .section = r->component,
                       .aliases = aliases.items,
                       .n_aliases = aliases.n,
                       .published = text(r, v, "published", SHORT_BYTES),
                       .modified = text(r, v, "modified", SHORT_BYTES),
                       .withdrawn = text(r, v, "withdrawn", SHORT_BYTES),
                       .title = text(r, v, "title", TITLE_BYTES),
                       .vectors = vectors.items,
                       .n_vectors = vectors.n,
                       .severity = text(r, v, "severity", SHORT_BYTES),
                       .cwes = cwes.items,
                       .n_cwes = cwes.n,
                       .url = text(r, v, "url", URL_BYTES),
                       .kind = text(r, v, "kind", SHORT_BYTES)};

    out.affected = AS_NEW_ARRAY(r->a, r->n_identities, as_affected);
    for (size_t i = 0; out.affected && i < r->n_identities; i++)
        if (!read_entry(r, v, &r->identities[i],
                        &out.affected[out.n_affected++], &fault))
            break;
    if (!out.url.p && as_feed_is_cve(r->id))
        out.url = as_arena_printf(r->a, "https://www.cve.org/CVERecord?id=%.*s",
                                  AS_FMT(r->id));
    if (as_arena_failed(r->a))
        fault = "the record takes too much memory";
    if (fault)
        tell(r, "/affected", fault, true);
    else
        emit(r, v, &out);
}

static as_rc read_advisories(struct reading *r, as_err *err)
{
    as_json_iter it = as_json_each(as_json_get(r->root, AS_STR("advisories")));

    while (!r->stop && as_json_next(&it)) {
        as_str id = as_str_trim(as_json_get_str(it.value, AS_STR("id")));
        r->index = it.index;
        r->id = as_feed_is_id(id) ? id : AS_ABSENT;
        r->a = as_arena_new(AS_LIMIT_RECORD_BYTES);
        if (!r->a)
            return as_fail(err, AS_ERR_MEMORY, "no memory to read a record");
        if (r->id.p)
            read_advisory(r, it.value);
        else
            tell(r, "/id", "the record has no id", true);
        r->a = as_arena_free(r->a);
    }
    return AS_OK;
}

/* ---- the file --------------------------------------------------------------
 */

static bool is_reserved(as_str source)
{
    return as_str_eq(source, AS_STR("cve")) ||
           as_str_eq(source, AS_STR("kev")) ||
           as_str_eq(source, AS_STR("epss")) ||
           as_str_starts(source, AS_STR("osv/"));
}

static as_rc read_head(struct reading *r, as_err *err)
{
    as_str schema = as_json_get_str(r->root, AS_STR("schema"));
    as_str source = as_json_get_str(r->root, AS_STR("source"));
    as_str edition = as_json_get_str(r->root, AS_STR("edition"));

    if (!as_str_eq(schema, AS_STR("assay-knowledge/1"))) {
        as_fail(err, AS_ERR_UNSUPPORTED,
                "the file has the form \"%.*s\", this version reads "
                "assay-knowledge/1",
                AS_FMT(as_str_slice(schema, 0, 60)));
        return AS_ERR_UNSUPPORTED;
    }
    if (!as_feed_is_id(source) || source.n > SHORT_BYTES || is_reserved(source))
        return as_fail(err, AS_ERR_INPUT,
                       "the file names no source, or one of a public feed");
    r->source = source;
    r->component = as_feed_text(
        r->file, as_json_get_str(r->root, AS_STR("component")), SHORT_BYTES);
    edition = as_feed_text(r->file, edition, SHORT_BYTES);
    if (!r->sink->edition(r->sink->ctx, r->source, edition,
                          as_feed_is_date(edition) ? edition : AS_ABSENT))
        r->stop = true;
    return AS_OK;
}

static as_rc read_root(struct reading *r, as_err *err)
{
    as_rc rc = read_head(r, err);

    if (!rc)
        rc = read_identities(r, err);
    return rc ? rc : read_advisories(r, err);
}

static as_rc read_starter(const as_feed_input *in, const as_feed_sink *sink,
                          as_err *err)
{
    struct reading r = {.sink = sink, .place = {.in = in}, .root = in->json};
    as_json_doc *doc = NULL;
    as_rc rc = AS_OK;

    if (in->syntax == AS_SYNTAX_YAML) {
        rc = as_feed_yaml(in->bytes, &doc, err);
        if (rc)
            return rc;
        r.root = as_json_root(doc);
        r.place.yaml = true;
    }
    r.file = as_arena_new(AS_LIMIT_RECORD_BYTES);
    rc = r.file ? read_root(&r, err)
                : as_fail(err, AS_ERR_MEMORY, "no memory to read it");
    as_arena_free(r.file);
    as_json_free(doc);
    return rc;
}

const as_importer as_starter_importer = {AS_STR_INIT("starter"), probe,
                                         read_starter};
