/* SPDX-License-Identifier: Apache-2.0 */
/* OSV records, schema 1.x (ossf.github.io/osv-schema), as JSON or as YAML; one
 * record or a list of them.
 *
 *   id, aliases, upstream, modified, published, withdrawn, summary, severity[]
 *   affected[]: package {ecosystem, name}, ranges[], versions[], severity[]
 *
 * The source of a record is "osv/" and the prefix of its id, which the schema
 * reserves for its home database: GO-2020-0001 is of osv/GO whatever file it
 * came in. Ranges become intervals in osv_range.c. Not kept: prose, references
 * but one, credits. Cost: one walk over the document. */
#include "know/osv_internal.h"
#include "model/package.h"

#include <stdio.h>

enum { TITLE_BYTES = 200, URL_BYTES = 500, SHORT_BYTES = 64 };

struct reading {
    const as_feed_sink *sink;
    as_feed_place place;
    as_buf pointer; /* of the record, for diagnoses */
    bool list;      /* the records stand in an array */
    size_t index;
    as_arena *a; /* of the record */
    as_str source, id;
    bool stop;
};

/* ---- recognising ------------------------------------------------------- */

static bool is_record(as_json v)
{
    return as_json_is(as_json_get(v, AS_STR("id")), AS_JSON_STRING) &&
           (as_json_get(v, AS_STR("modified")).doc ||
            as_json_get(v, AS_STR("schema_version")).doc) &&
           (as_json_get(v, AS_STR("affected")).doc ||
            as_json_get(v, AS_STR("aliases")).doc ||
            as_json_get(v, AS_STR("withdrawn")).doc ||
            as_json_get(v, AS_STR("published")).doc);
}

static bool probe(const as_feed_input *in)
{
    as_json_iter it;

    if (in->syntax == AS_SYNTAX_YAML)
        return as_feed_has_key(in->bytes, AS_STR("id")) &&
               as_feed_has_key(in->bytes, AS_STR("modified")) &&
               (as_feed_has_key(in->bytes, AS_STR("affected")) ||
                as_feed_has_key(in->bytes, AS_STR("withdrawn")));
    if (in->syntax != AS_SYNTAX_JSON)
        return false;
    if (!as_json_is(in->json, AS_JSON_ARRAY))
        return is_record(in->json);
    it = as_json_each(in->json);
    return as_json_next(&it) && is_record(it.value);
}

/* "osv/GO"; "osv/other" where the id has no prefix. */
static as_str source_of(as_str id, as_arena *a)
{
    size_t n = as_str_find(id, '-');

    for (size_t i = 0; i < n; i++)
        if (!as_ascii_is_alnum(id.p[i]) && id.p[i] != '_')
            n = id.n;
    if (n == 0 || n == id.n || n > 24)
        return AS_STR("osv/other");
    return as_arena_printf(a, "osv/%.*s", AS_FMT(as_str_slice(id, 0, n)));
}

/* ---- diagnoses --------------------------------------------------------- */

/* what stands at the pointer below the record ("" for the record). */
static void place_of(struct reading *r, const char *below, as_err *err)
{
    as_buf_clear(&r->pointer);
    if (r->list)
        as_buf_printf(&r->pointer, "/%zu", r->index);
    as_buf_c(&r->pointer, below);
    as_feed_locate(&r->place, as_buf_text(&r->pointer), err);
}

static void refuse(struct reading *r, const char *below, const char *why)
{
    as_err err;

    as_err_init(&err);
    place_of(r, below, &err);
    as_fail(&err, AS_ERR_INPUT, "%s", why);
    if (!r->sink->refused(r->sink->ctx, r->source, r->id, &err))
        r->stop = true;
}

static void note(struct reading *r, size_t entry, const char *what)
{
    char below[40];
    as_err err;

    as_err_init(&err);
    as_buf_clear(&r->pointer);
    (void)snprintf(below, sizeof below, "/affected/%zu", entry);
    place_of(r, below, &err);
    as_fail(&err, AS_ERR_INPUT, "%s", what);
    if (!r->sink->noted(r->sink->ctx, r->source, r->id, &err))
        r->stop = true;
}

/* ---- lists and words --------------------------------------------------- */

static as_str text(struct reading *r, as_json v, size_t max)
{
    return as_feed_text(r->a, as_json_str(v), max);
}

static as_str_list ids_of(struct reading *r, as_json list)
{
    as_str_list l = {0};
    as_json_iter it = as_json_each(list);

    while (as_json_next(&it) && l.n < AS_LIMIT_RECORD_ALIASES) {
        as_str id = as_str_trim(as_json_str(it.value));
        if (as_feed_is_id(id) && !as_str_eq(id, r->id))
            (void)as_str_list_add_once(r->a, &l, id);
    }
    return l;
}

static bool is_vector(as_str type, as_str score)
{
    return as_str_starts(type, AS_STR("CVSS_")) && score.n <= 400 &&
           as_feed_is_id(as_str_slice(score, 0, 100));
}

struct severities {
    as_str_list vectors;
    as_str word;
};

/* severity[] of the record or of an entry. Types that are no CVSS hold a word
 * ("Ubuntu": "medium"). */
static void read_severity(struct reading *r, as_json list, struct severities *s)
{
    as_json_iter it = as_json_each(list);

    while (as_json_next(&it) && s->vectors.n < 64) {
        as_str type = as_json_get_str(it.value, AS_STR("type"));
        as_str score = as_str_trim(as_json_get_str(it.value, AS_STR("score")));
        if (is_vector(type, score))
            (void)as_str_list_add_once(r->a, &s->vectors, score);
        else if (!s->word.p && !as_str_starts(type, AS_STR("CVSS_")))
            s->word = as_feed_text(r->a, score, SHORT_BYTES);
    }
}

/* 4, 3.1, 3.0, then 2: the order of the texts, "CVSS:" before none. */
static int compare_vectors(const void *pa, const void *pb)
{
    as_str a = *(const as_str *)pa, b = *(const as_str *)pb;
    bool pa_named = as_str_starts(a, AS_STR("CVSS:"));
    bool pb_named = as_str_starts(b, AS_STR("CVSS:"));

    if (pa_named != pb_named)
        return pa_named ? -1 : 1;
    return pa_named ? as_str_cmp(as_str_slice(b, 0, 8), as_str_slice(a, 0, 8))
                    : 0;
}

/* Stable and for a few: an insertion sort. */
static void sort_vectors(as_str_list *l)
{
    for (size_t i = 1; i < l->n; i++) {
        as_str v = l->items[i];
        size_t at = i;
        for (; at && compare_vectors(&l->items[at - 1], &v) > 0; at--)
            l->items[at] = l->items[at - 1];
        l->items[at] = v;
    }
}

static as_str_list cwes_of(struct reading *r, as_json specific)
{
    static const as_str keys[] = {AS_STR_INIT("cwe_ids"), AS_STR_INIT("cwes"),
                                  AS_STR_INIT("cwe")};
    as_str_list l = {0};

    for (size_t k = 0; k < AS_ARRAY_LEN(keys); k++) {
        as_json_iter it = as_json_each(as_json_get(specific, keys[k]));
        while (as_json_next(&it) && l.n < 100) {
            as_str id = as_json_str(it.value);
            if (!id.p)
                id = as_json_get_str(it.value, AS_STR("cweId"));
            if (as_str_starts(id, AS_STR("CWE-")) && as_feed_is_id(id))
                (void)as_str_list_add_once(r->a, &l, id);
        }
    }
    return l;
}

static bool is_url(as_str s)
{
    return as_str_starts(s, AS_STR("https://")) ||
           as_str_starts(s, AS_STR("http://"));
}

static as_str url_of(struct reading *r, as_json record)
{
    as_json_iter it = as_json_each(as_json_get(record, AS_STR("references")));
    as_str url = as_json_get_str(
        as_json_get(record, AS_STR("database_specific")), AS_STR("url"));

    while (!is_url(url) && as_json_next(&it))
        if (as_str_eq(as_json_get_str(it.value, AS_STR("type")),
                      AS_STR("ADVISORY")))
            url = as_json_get_str(it.value, AS_STR("url"));
    if (is_url(url) && url.n <= URL_BYTES)
        return as_feed_text(r->a, url, URL_BYTES);
    return as_arena_printf(r->a, "https://osv.dev/vulnerability/%.*s",
                           AS_FMT(r->id));
}

static as_str title_of(struct reading *r, as_json record)
{
    as_str s = text(r, as_json_get(record, AS_STR("summary")), TITLE_BYTES);

    if (s.p)
        return s;
    s = as_str_trim(as_json_get_str(record, AS_STR("details")));
    return as_feed_text(r->a, as_str_slice(s, 0, as_str_find(s, '\n')),
                        TITLE_BYTES);
}

/* ---- affected[] -------------------------------------------------------- */

/* Go: the packages and symbols that are affected. */
static void read_imports(struct reading *r, as_json specific, as_str_list *out)
{
    as_json_iter it = as_json_each(as_json_get(specific, AS_STR("imports")));
    as_buf b;

    as_buf_init(&b, AS_MIB);
    while (as_json_next(&it)) {
        as_json_iter symbol =
            as_json_each(as_json_get(it.value, AS_STR("symbols")));
        as_buf_clear(&b);
        as_buf_c(&b, "import ");
        as_buf_str(&b, as_json_get_str(it.value, AS_STR("path")));
        while (as_json_next(&symbol)) {
            as_buf_c(&b, symbol.index ? ", " : ": ");
            as_buf_str(&b, as_json_str(symbol.value));
        }
        if (!as_buf_failed(&b))
            (void)as_str_list_add(r->a, out,
                                  as_arena_str(r->a, as_buf_text(&b)));
    }
    as_buf_done(&b);
}

static void read_words(struct reading *r, as_json list, const char *what,
                       as_str_list *out)
{
    as_json_iter it = as_json_each(list);

    while (as_json_next(&it)) {
        as_str word = text(r, it.value, SHORT_BYTES * 4);
        if (word.p)
            (void)as_str_list_add(
                r->a, out,
                as_arena_printf(r->a, "%s %.*s", what, AS_FMT(word)));
    }
}

static as_str_list narrow_of(struct reading *r, as_json entry, as_str registry)
{
    as_json specific = as_json_get(entry, AS_STR("ecosystem_specific"));
    as_str_list l = {0};

    read_imports(r, specific, &l);
    read_words(r, as_json_get(specific, AS_STR("goos")), "system", &l);
    read_words(r, as_json_get(specific, AS_STR("goarch")), "processor", &l);
    read_words(r, as_json_get(specific, AS_STR("platforms")), "platform", &l);
    if (registry.p)
        (void)as_str_list_add(
            r->a, &l, as_arena_printf(r->a, "registry %.*s", AS_FMT(registry)));
    return l;
}

/* Go: ranges in the maker's own versions, which the module system does not
 * know. They decide nothing; they tell where it is fixed. */
static bool read_custom_ranges(struct reading *r, as_json entry,
                               as_str_list *fixed)
{
    as_json specific = as_json_get(entry, AS_STR("ecosystem_specific"));
    as_json_iter it =
        as_json_each(as_json_get(specific, AS_STR("custom_ranges")));

    while (as_json_next(&it)) {
        as_json_iter event =
            as_json_each(as_json_get(it.value, AS_STR("events")));
        while (as_json_next(&event)) {
            as_str v = text(r, as_json_get(event.value, AS_STR("fixed")),
                            AS_LIMIT_VERSION_BYTES);
            if (fixed->n < 1000 && !as_str_list_add_once(r->a, fixed, v))
                return false;
        }
    }
    return true;
}

static as_order order_of(as_str ecosystem, as_json entry)
{
    as_order o = as_order_find(ecosystem);
    as_json_iter it = as_json_each(as_json_get(entry, AS_STR("ranges")));

    if (o.stated)
        return o;
    while (as_json_next(&it))
        if (as_str_eq(as_json_get_str(it.value, AS_STR("type")),
                      AS_STR("SEMVER")))
            return as_order_find(AS_STR("semver"));
    return o;
}

/* Ecosystem, release and name of the entry; what is wrong, or NULL. */
static const char *read_package(struct reading *r, as_json entry,
                                as_affected *e, as_str *ret_ecosystem,
                                as_str *ret_registry)
{
    as_json package = as_json_get(entry, AS_STR("package"));
    as_str name =
        text(r, as_json_get(package, AS_STR("name")), AS_LIMIT_RECORD_NAME + 1);
    as_str ecosystem = text(r, as_json_get(package, AS_STR("ecosystem")), 256);
    const as_ecosystem *known;

    if (!package.doc)
        return "the entry names no package";
    if (!name.p || !ecosystem.p)
        return "the package has no name or no ecosystem";
    if (name.n > AS_LIMIT_RECORD_NAME)
        return "the name of the package is too long";
    *ret_ecosystem = ecosystem;
    as_ecosystem_split(ecosystem, &e->ecosystem, &e->release);
    known = as_ecosystem_find(ecosystem);
    *ret_registry = AS_ABSENT;
    if (known && known->kind == AS_ECOSYSTEM_LANGUAGE) {
        *ret_registry = e->release;
        e->release = AS_ABSENT;
    }
    e->name = as_package_name_normalise(e->ecosystem, name, r->a);
    return NULL;
}

static void fill_ranges(as_affected *e, const as_osv_ranges *ranges)
{
    e->order = ranges->order.name;
    e->order_stated = ranges->order.stated;
    e->intervals = ranges->intervals.items;
    e->n_intervals = ranges->intervals.n;
    e->versions = ranges->versions.items;
    e->n_versions = ranges->versions.n;
    e->fixed_in = ranges->fixed_in.items;
    e->n_fixed_in = ranges->fixed_in.n;
    e->prose = ranges->prose.items;
    e->n_prose = ranges->prose.n;
    e->commits_only = ranges->git && !ranges->numbers;
    e->default_status =
        ranges->numbers ? AS_RANGE_UNAFFECTED : AS_RANGE_UNKNOWN;
}

/* False when the entry gives nothing to look up. */
static bool read_entry(struct reading *r, as_json entry, size_t index,
                       as_affected *e)
{
    as_osv_ranges ranges = {0};
    as_str ecosystem = AS_ABSENT, registry = AS_ABSENT;
    const char *fault = read_package(r, entry, e, &ecosystem, &registry);
    as_str_list narrow;

    if (fault) {
        note(r, index, fault);
        return false;
    }
    ranges.order = order_of(ecosystem, entry);
    if (!as_osv_ranges_read(entry, r->a, &ranges) ||
        !read_custom_ranges(r, entry, &ranges.fixed_in))
        return false;
    if (ranges.fault)
        note(r, index, ranges.fault);
    e->identity = AS_IDENTITY_PACKAGE;
    fill_ranges(e, &ranges);
    narrow = narrow_of(r, entry, registry);
    e->narrow = narrow.items;
    e->n_narrow = narrow.n;
    return true;
}

/* ---- a record ---------------------------------------------------------- */

struct entries {
    as_affected *items;
    size_t n, cap;
};

static bool add_entry(struct reading *r, struct entries *l,
                      const as_affected *e)
{
    as_affected *grown =
        as_arena_grow(r->a, l->items, &l->cap, l->n + 1, sizeof *l->items);

    if (!grown)
        return false;
    l->items = grown;
    l->items[l->n++] = *e;
    return true;
}

/* Bitnami names the CPEs of its components: the same ranges hold for them. */
static void add_cpes(struct reading *r, struct entries *l, as_json specific)
{
    size_t n = l->n;
    as_json_iter it = as_json_each(as_json_get(specific, AS_STR("cpes")));

    while (as_json_next(&it) && it.index < 16) {
        as_str cpe = text(r, it.value, AS_LIMIT_CPE_BYTES);
        as_str key = as_feed_cpe_key(r->a, cpe);
        for (size_t i = 0; i < n && key.p; i++) {
            as_affected e = l->items[i];
            e.identity = AS_IDENTITY_CPE;
            e.ecosystem = AS_ABSENT;
            e.name = key;
            e.cpe = cpe;
            (void)add_entry(r, l, &e);
        }
    }
}

static void read_affected(struct reading *r, as_json record, as_advisory *v)
{
    as_json list = as_json_get(record, AS_STR("affected"));
    as_json_iter it = as_json_each(list);
    struct entries l = {0};

    while (as_json_next(&it) && !r->stop && !as_arena_failed(r->a)) {
        as_affected e = {0};
        if (read_entry(r, it.value, it.index, &e))
            (void)add_entry(r, &l, &e);
    }
    add_cpes(r, &l, as_json_get(record, AS_STR("database_specific")));
    v->affected = l.items;
    v->n_affected = l.n;
}

/* The word a database gives where no vector is: the first that says one. */
static as_str severity_word(struct reading *r, as_json record)
{
    as_json_iter it = as_json_each(as_json_get(record, AS_STR("affected")));
    as_str word = as_json_get_str(
        as_json_get(record, AS_STR("database_specific")), AS_STR("severity"));

    while (!word.p && as_json_next(&it) && it.index < 100) {
        word =
            as_json_get_str(as_json_get(it.value, AS_STR("ecosystem_specific")),
                            AS_STR("severity"));
        if (!word.p)
            word = as_json_get_str(
                as_json_get(it.value, AS_STR("database_specific")),
                AS_STR("severity"));
    }
    return as_feed_text(r->a, word, SHORT_BYTES);
}

static void read_severities(struct reading *r, as_json record, as_advisory *v)
{
    as_json_iter it = as_json_each(as_json_get(record, AS_STR("affected")));
    struct severities s = {0};

    read_severity(r, as_json_get(record, AS_STR("severity")), &s);
    while (as_json_next(&it) && it.index < 100)
        read_severity(r, as_json_get(it.value, AS_STR("severity")), &s);
    sort_vectors(&s.vectors);
    v->vectors = s.vectors.items;
    v->n_vectors = s.vectors.n;
    v->severity = s.word.p ? s.word : severity_word(r, record);
}

/* RustSec's records in OSV form say so in each entry. */
static as_str kind_of(struct reading *r, as_json record)
{
    as_json_iter it = as_json_each(as_json_get(record, AS_STR("affected")));
    as_str word = AS_ABSENT;

    if (as_str_starts(r->id, AS_STR("MAL-")))
        return AS_STR("malicious");
    while (!word.p && as_json_next(&it) && it.index < 100)
        word =
            as_json_get_str(as_json_get(it.value, AS_STR("database_specific")),
                            AS_STR("informational"));
    if (as_str_eq(word, AS_STR("unmaintained")))
        return word;
    return word.p ? AS_STR("notice") : AS_ABSENT;
}

/* A date and time, or absent: Go's zero time stands for "not said". */
static as_str time_of(struct reading *r, as_json record, as_str key)
{
    as_str s = text(r, as_json_get(record, key), SHORT_BYTES);

    return as_str_starts(s, AS_STR("0001-01-01")) ? AS_ABSENT : s;
}

static void fill_record(struct reading *r, as_json record, as_advisory *v)
{
    as_json specific = as_json_get(record, AS_STR("database_specific"));
    as_str_list aliases = ids_of(r, as_json_get(record, AS_STR("aliases")));
    as_str_list upstream = ids_of(r, as_json_get(record, AS_STR("upstream")));
    as_str_list cwes = cwes_of(r, specific);

    v->id = r->id;
    v->source = r->source;
    v->aliases = aliases.items;
    v->n_aliases = aliases.n;
    v->upstream = upstream.items;
    v->n_upstream = upstream.n;
    v->published = time_of(r, record, AS_STR("published"));
    v->modified = time_of(r, record, AS_STR("modified"));
    v->withdrawn = time_of(r, record, AS_STR("withdrawn"));
    v->title = title_of(r, record);
    v->cwes = cwes.items;
    v->n_cwes = cwes.n;
    v->url = url_of(r, record);
    v->kind = kind_of(r, record);
    read_severities(r, record, v);
}

static void emit_record(struct reading *r, as_json record)
{
    as_advisory v = {0};

    fill_record(r, record, &v);
    read_affected(r, record, &v);
    if (r->stop)
        return;
    if (as_arena_failed(r->a))
        refuse(r, "", "the record takes too much memory");
    else if (!r->sink->advisory(r->sink->ctx, &v))
        r->stop = true;
}

static as_rc read_record(struct reading *r, as_json record, as_err *err)
{
    as_str id = as_str_trim(as_json_get_str(record, AS_STR("id")));
    as_json affected = as_json_get(record, AS_STR("affected"));

    r->a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    if (!r->a)
        return as_fail(err, AS_ERR_MEMORY, "no memory to read a record");
    r->id = as_feed_is_id(id) ? id : AS_ABSENT;
    r->source = source_of(r->id, r->a);
    if (!r->id.p)
        refuse(r, "/id", "the record has no id");
    else if (affected.doc && !as_json_is(affected, AS_JSON_ARRAY) &&
             !as_json_is(affected, AS_JSON_NULL))
        refuse(r, "/affected", "\"affected\" is no list");
    else if (as_json_count(affected) > AS_LIMIT_RECORD_AFFECTED)
        refuse(r, "/affected", "the record has too many affected entries");
    else
        emit_record(r, record);
    r->a = as_arena_free(r->a);
    return AS_OK;
}

/* ---- the file ---------------------------------------------------------- */

static as_rc read_root(struct reading *r, as_json root, as_err *err)
{
    as_json_iter it;
    as_rc rc = AS_OK;

    if (!as_json_is(root, AS_JSON_ARRAY))
        return read_record(r, root, err);
    r->list = true;
    it = as_json_each(root);
    while (!rc && !r->stop && as_json_next(&it)) {
        r->index = it.index;
        rc = read_record(r, it.value, err);
    }
    return rc;
}

static as_rc read_osv(const as_feed_input *in, const as_feed_sink *sink,
                      as_err *err)
{
    struct reading r = {.sink = sink, .place = {.in = in}};
    as_json_doc *doc = NULL;
    as_json root = in->json;
    as_rc rc = AS_OK;

    if (in->syntax == AS_SYNTAX_YAML) {
        rc = as_feed_yaml(in->bytes, &doc, err);
        if (rc)
            return rc;
        root = as_json_root(doc);
        r.place.yaml = true;
    }
    as_buf_init(&r.pointer, AS_MIB);
    rc = read_root(&r, root, err);
    as_buf_done(&r.pointer);
    as_json_free(doc);
    return rc;
}

const as_importer as_osv_importer = {AS_STR_INIT("osv"), probe, read_osv};
