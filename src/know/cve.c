/* SPDX-License-Identifier: Apache-2.0 */
/* CVE records, JSON 5.0 and 5.1 (github.com/CVEProject/cve-schema): the CNA's
 * container and every ADP container; one record or a list of them.
 *
 * Kept: id, state, dates, title, CVSS vectors (2.0 to 4.0), CWE, SSVC and the
 * known-exploited mark of CISA's container, affected[] (cve_identity.c,
 * cve_range.c) and cpeApplicability (cve_cpe.c). Not kept: descriptions beyond
 * one line, references, credits. A rejected record is kept as such and matches
 * nothing. */
#include "know/cve_internal.h"

static const as_str source = AS_STR_INIT("cve");

enum { TITLE_BYTES = 200, SHORT_BYTES = 64, VECTORS = 64, CWES = 100 };

struct reading {
    const as_feed_sink *sink;
    as_feed_place place;
    as_arena *a;
    as_json record, metadata, cna, adp;
    as_str id;
    size_t index; /* in a list */
    bool list, stop;
    bool exploited;
    as_exploited kev;
};

/* ---- recognising -------------------------------------------------------- */

static bool is_record(as_json v)
{
    return as_json_get(v, AS_STR("cveMetadata")).doc &&
           (as_json_get(v, AS_STR("containers")).doc ||
            as_str_eq(as_json_get_str(v, AS_STR("dataType")),
                      AS_STR("CVE_RECORD")));
}

static bool probe(const as_feed_input *in)
{
    as_json_iter it;

    if (in->syntax != AS_SYNTAX_JSON)
        return false;
    if (!as_json_is(in->json, AS_JSON_ARRAY))
        return is_record(in->json);
    it = as_json_each(in->json);
    return as_json_next(&it) && is_record(it.value);
}

/* ---- diagnoses ----------------------------------------------------------- */

static void tell(struct reading *r, const char *below, const char *what,
                 bool refused)
{
    as_buf pointer;
    as_err err;
    bool go_on;

    as_err_init(&err);
    as_buf_init(&pointer, AS_MIB);
    if (r->list)
        as_buf_printf(&pointer, "/%zu", r->index);
    as_buf_c(&pointer, below);
    as_feed_locate(&r->place, as_buf_text(&pointer), &err);
    as_buf_done(&pointer);
    as_fail(&err, AS_ERR_INPUT, "%s", what);
    go_on = refused ? r->sink->refused(r->sink->ctx, source, r->id, &err)
                    : r->sink->noted(r->sink->ctx, source, r->id, &err);
    r->stop = r->stop || !go_on;
}

/* ---- words --------------------------------------------------------------- */

static as_str text(struct reading *r, as_json v, size_t max)
{
    return as_feed_text(r->a, as_json_str(v), max);
}

static as_str title_of(struct reading *r)
{
    as_str s = text(r, as_json_get(r->cna, AS_STR("title")), TITLE_BYTES);
    as_json_iter it;

    if (s.p)
        return s;
    it = as_json_each(as_json_get(r->cna, AS_STR("descriptions")));
    while (as_json_next(&it)) {
        as_str lang = as_json_get_str(it.value, AS_STR("lang"));
        if (as_str_starts_nocase(lang, AS_STR("en")))
            return text(r, as_json_get(it.value, AS_STR("value")), TITLE_BYTES);
    }
    return AS_ABSENT;
}

static void add_cwes(struct reading *r, as_json container, as_str_list *l)
{
    as_json_iter type =
        as_json_each(as_json_get(container, AS_STR("problemTypes")));

    while (as_json_next(&type)) {
        as_json_iter it =
            as_json_each(as_json_get(type.value, AS_STR("descriptions")));
        while (as_json_next(&it) && l->n < CWES) {
            as_str id = as_json_get_str(it.value, AS_STR("cweId"));
            if (as_str_starts(id, AS_STR("CWE-")) && as_feed_is_id(id))
                (void)as_str_list_add_once(r->a, l, id);
        }
    }
}

/* The GitHub advisory that a record was made from is of the same flaw. */
static as_str_list aliases_of(struct reading *r)
{
    as_json from = as_json_get(r->cna, AS_STR("source"));
    as_json advisory = as_json_get(from, AS_STR("advisory"));
    as_str_list l = {0};
    as_str id = as_str_trim(as_json_str(advisory));

    if (as_str_starts(id, AS_STR("GHSA-")) && as_feed_is_id(id))
        (void)as_str_list_add(r->a, &l, id);
    return l;
}

/* ---- metrics ------------------------------------------------------------- */

/* Best version first. */
static const as_str cvss_keys[] = {
    AS_STR_INIT("cvssV4_0"), AS_STR_INIT("cvssV3_1"), AS_STR_INIT("cvssV3_0"),
    AS_STR_INIT("cvssV2_0")};

struct metrics {
    as_str_list vectors;
    as_str severity, exploitation;
};

static void add_vectors(struct reading *r, as_json container, as_str key,
                        struct metrics *m)
{
    as_json_iter it = as_json_each(as_json_get(container, AS_STR("metrics")));

    while (as_json_next(&it) && m->vectors.n < VECTORS) {
        as_json cvss = as_json_get(it.value, key);
        as_str vector =
            as_str_trim(as_json_get_str(cvss, AS_STR("vectorString")));
        if (vector.n <= 400 && as_feed_is_id(as_str_slice(vector, 0, 100)) &&
            as_str_find(vector, ' ') == vector.n)
            (void)as_str_list_add_once(r->a, &m->vectors, vector);
        if (!m->severity.p)
            m->severity =
                text(r, as_json_get(cvss, AS_STR("baseSeverity")), SHORT_BYTES);
    }
}

static as_str ssvc_of(struct reading *r, as_json content)
{
    as_json_iter it = as_json_each(as_json_get(content, AS_STR("options")));

    while (as_json_next(&it)) {
        as_json v = as_json_get(it.value, AS_STR("Exploitation"));
        if (v.doc)
            return text(r, v, SHORT_BYTES);
    }
    return AS_ABSENT;
}

static void read_kev(struct reading *r, as_json content)
{
    as_str added = as_json_get_str(content, AS_STR("dateAdded"));

    added = as_str_slice(added, 0, 10);
    if (r->exploited || !as_feed_is_date(added))
        return;
    r->exploited = true;
    r->kev = (as_exploited){.id = r->id, .added = added};
}

static void read_other(struct reading *r, as_json other, struct metrics *m)
{
    as_str type = as_json_get_str(other, AS_STR("type"));
    as_json content = as_json_get(other, AS_STR("content"));

    if (as_str_eq_nocase(type, AS_STR("ssvc")) && !m->exploitation.p)
        m->exploitation = ssvc_of(r, content);
    else if (as_str_eq_nocase(type, AS_STR("kev")))
        read_kev(r, content);
    else if (!m->severity.p)
        m->severity =
            text(r, as_json_get(content, AS_STR("value")), SHORT_BYTES);
}

static void add_other(struct reading *r, as_json container, struct metrics *m)
{
    as_json_iter it = as_json_each(as_json_get(container, AS_STR("metrics")));

    while (as_json_next(&it)) {
        as_json other = as_json_get(it.value, AS_STR("other"));
        if (other.doc)
            read_other(r, other, m);
    }
}

static void read_metrics(struct reading *r, struct metrics *m)
{
    as_json_iter adp;

    for (size_t i = 0; i < AS_ARRAY_LEN(cvss_keys); i++) {
        add_vectors(r, r->cna, cvss_keys[i], m);
        adp = as_json_each(r->adp);
        while (as_json_next(&adp))
            add_vectors(r, adp.value, cvss_keys[i], m);
    }
    add_other(r, r->cna, m);
    adp = as_json_each(r->adp);
    while (as_json_next(&adp))
        add_other(r, adp.value, m);
}

/* ---- affected -------------------------------------------------------------
 */

static bool same_thing(const as_affected *a, const as_affected *b)
{
    return a->identity == b->identity && as_str_eq(a->name, b->name) &&
           as_str_eq(a->ecosystem, b->ecosystem);
}

/* The kernel names itself twice, by commits and by versions: where versions are
 * given, commits add nothing that a part could be held against. */
static void drop_commits(as_cve_entries *l)
{
    enum { FEW = 500 };
    size_t out = 0;

    if (l->n > FEW)
        return;
    for (size_t i = 0; i < l->n; i++) {
        bool drop = false;
        for (size_t j = 0; j < l->n && l->items[i].commits_only; j++)
            drop = drop || (!l->items[j].commits_only &&
                            same_thing(&l->items[i], &l->items[j]));
        if (!drop)
            l->items[out++] = l->items[i];
    }
    l->n = out;
}

static bool read_container(struct reading *r, as_json container, bool adp,
                           as_cve_entries *l)
{
    as_json_iter it = as_json_each(as_json_get(container, AS_STR("affected")));

    while (as_json_next(&it))
        if (!as_cve_affected_read(it.value, adp, l))
            return false;
    return as_cve_applicability_read(
        as_json_get(container, AS_STR("cpeApplicability")), l);
}

static void read_affected(struct reading *r, as_advisory *v)
{
    as_cve_entries l = {.arena = r->a};
    as_json_iter adp = as_json_each(r->adp);

    if (!read_container(r, r->cna, false, &l))
        return;
    while (as_json_next(&adp))
        if (!read_container(r, adp.value, true, &l))
            return;
    if (l.fault)
        tell(r, "", l.fault, false);
    drop_commits(&l);
    v->affected = l.items;
    v->n_affected = l.n;
}

/* ---- a record --------------------------------------------------------------
 */

static void fill_record(struct reading *r, as_advisory *v)
{
    as_str_list aliases = aliases_of(r), cwes = {0};
    as_json_iter adp = as_json_each(r->adp);
    struct metrics m = {0};

    add_cwes(r, r->cna, &cwes);
    while (as_json_next(&adp))
        add_cwes(r, adp.value, &cwes);
    read_metrics(r, &m);
    v->aliases = aliases.items;
    v->n_aliases = aliases.n;
    v->cwes = cwes.items;
    v->n_cwes = cwes.n;
    v->vectors = m.vectors.items;
    v->n_vectors = m.vectors.n;
    v->severity = m.severity;
    v->exploitation = m.exploitation;
    v->title = title_of(r);
}

static void emit_record(struct reading *r)
{
    as_str state = as_json_get_str(r->metadata, AS_STR("state"));
    as_advisory v = {.id = r->id, .source = source};

    v.rejected = as_str_eq(state, AS_STR("REJECTED"));
    v.published =
        text(r, as_json_get(r->metadata, AS_STR("datePublished")), SHORT_BYTES);
    v.modified =
        text(r, as_json_get(r->metadata, AS_STR("dateUpdated")), SHORT_BYTES);
    v.withdrawn =
        text(r, as_json_get(r->metadata, AS_STR("dateRejected")), SHORT_BYTES);
    v.url = as_arena_printf(r->a, "https://www.cve.org/CVERecord?id=%.*s",
                            AS_FMT(r->id));
    if (!v.rejected) {
        fill_record(r, &v);
        read_affected(r, &v);
    }
    if (r->stop)
        return;
    if (as_arena_failed(r->a)) {
        tell(r, "", "the record takes too much memory", true);
        return;
    }
    if (!r->sink->advisory(r->sink->ctx, &v) ||
        (r->exploited && !r->sink->exploited(r->sink->ctx, source, &r->kev)))
        r->stop = true;
}

static const char *defect_of(struct reading *r)
{
    as_json containers = as_json_get(r->record, AS_STR("containers"));

    r->cna = as_json_get(containers, AS_STR("cna"));
    r->adp = as_json_get(containers, AS_STR("adp"));
    if (!as_json_is(r->metadata, AS_JSON_OBJECT))
        return "the record has no metadata";
    if (!as_feed_is_cve(r->id))
        return "the record has no CVE id";
    if (!as_json_is(r->cna, AS_JSON_OBJECT))
        return "the record has no container of its CNA";
    if (as_json_count(as_json_get(r->cna, AS_STR("affected"))) >
        AS_LIMIT_RECORD_AFFECTED)
        return "the record has too many affected entries";
    return NULL;
}

static as_rc read_record(struct reading *r, as_json record, as_err *err)
{
    const char *defect;
    as_str id;

    r->record = record;
    r->metadata = as_json_get(record, AS_STR("cveMetadata"));
    id = as_str_trim(as_json_get_str(r->metadata, AS_STR("cveId")));
    r->id = as_feed_is_id(id) ? id : AS_ABSENT;
    r->exploited = false;
    r->a = as_arena_new(AS_LIMIT_RECORD_BYTES);
    if (!r->a)
        return as_fail(err, AS_ERR_MEMORY, "no memory to read a record");
    defect = defect_of(r);
    if (defect)
        tell(r, r->id.p ? "/containers" : "/cveMetadata", defect, true);
    else
        emit_record(r);
    r->a = as_arena_free(r->a);
    return AS_OK;
}

static as_rc read_cve(const as_feed_input *in, const as_feed_sink *sink,
                      as_err *err)
{
    struct reading r = {.sink = sink, .place = {.in = in}};
    as_json_iter it;
    as_rc rc = AS_OK;

    if (!as_json_is(in->json, AS_JSON_ARRAY))
        return read_record(&r, in->json, err);
    r.list = true;
    it = as_json_each(in->json);
    while (!rc && !r.stop && as_json_next(&it)) {
        r.index = it.index;
        rc = read_record(&r, it.value, err);
    }
    return rc;
}

const as_importer as_cve_importer = {AS_STR_INIT("cve"), probe, read_cve};
