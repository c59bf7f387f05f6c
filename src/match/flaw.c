/* SPDX-License-Identifier: Apache-2.0 */
/* From the records of one part to its findings.
 *
 * Records of one flaw are joined by their ids and aliases, also through a third
 * record; the finding is called by the first CVE among them, else the first
 * GHSA, else the first id. The best identity that speaks of the part decides:
 * package, then CPE, then name; rows of one identity are ORed. A better
 * identity's "no" silences a worse one's "yes"; a row about another release or
 * edition says nothing. */
#include "match/flaw_internal.h"

#include "base/date.h"
#include "model/cvss.h"

#include <stdlib.h>
#include <string.h>

/* ---- records ----------------------------------------------------------- */

/* When the flaw was published: what the record says, else what the record of
 * its CVE says. */
static as_str published_of(const struct as_matcher *m, const as_advisory *v)
{
    as_str cve = as_advisory_cve(v);
    const as_advisory *other;
    int64_t *numbers;
    size_t n;

    if (!as_str_is_empty(v->published) || as_str_is_absent(cve) ||
        as_know_advisories(m->kb, cve, m->scratch, &numbers, &n, NULL) ||
        n == 0 || as_know_record(m->kb, numbers[0], &other, NULL))
        return v->published;
    return other->published;
}

/* A record that did not count at the date: rejected, withdrawn, not yet out. */
static bool is_void(const struct as_matcher *m, const as_advisory *v)
{
    as_str as_of = m->review->as_of, published;

    if (v->rejected)
        return true;
    if (as_str_is_empty(as_of))
        return false;
    if (!as_str_is_empty(v->withdrawn) &&
        as_str_cmp(as_str_slice(v->withdrawn, 0, 10), as_of) <= 0)
        return true;
    published = published_of(m, v);
    return !as_str_is_empty(published) &&
           as_str_cmp(as_str_slice(published, 0, 10), as_of) > 0;
}

/* Does another entry of the same record say something else than "no"? Rows of
 * one record stand together. */
static bool has_company(const struct as_matcher *m, size_t i)
{
    int64_t record = m->rows[i].hit.advisory;

    for (size_t k = i; k > 0 && m->rows[k - 1].hit.advisory == record; k--)
        if (m->rows[k - 1].decision.affected != AS_NO)
            return true;
    for (size_t k = i + 1; k < m->n_rows && m->rows[k].hit.advisory == record;
         k++)
        if (m->rows[k].decision.affected != AS_NO)
            return true;
    return false;
}

/* Loads the records of the rows that matter: all that are not "no", and a "no"
 * where another entry or a worse identity says otherwise. */
static as_rc load_members(struct as_matcher *m, struct as_member **ret,
                          size_t *ret_n, as_err *err)
{
    bool some = false, kinds[AS_IDENTITY_NAME + 1] = {false};
    struct as_member *list;
    const as_advisory *v = NULL;
    int64_t loaded = -1;
    size_t n = 0;
    as_rc rc = AS_OK;

    for (size_t i = 0; i < m->n_rows; i++) {
        if (m->rows[i].decision.elsewhere)
            continue;
        some = some || m->rows[i].decision.affected != AS_NO;
        kinds[m->rows[i].identity->kind] = true;
    }
    *ret_n = 0;
    if (!some)
        return AS_OK;
    list = AS_NEW_ARRAY(m->scratch, m->n_rows, struct as_member);
    if (!list)
        return as_fail(err, AS_ERR_LIMIT, "one part has too many advisories");
    for (size_t i = 0; i < m->n_rows; i++) {
        const struct as_row *row = &m->rows[i];
        if (row->decision.elsewhere)
            continue;
        if (row->decision.affected == AS_NO &&
            !(kinds[AS_IDENTITY_PACKAGE] && kinds[AS_IDENTITY_CPE]) &&
            !has_company(m, i))
            continue;
        /* Entries of one record stand side by side. */
        if (row->hit.advisory != loaded)
            rc = as_know_record(m->kb, row->hit.advisory, &v, err);
        if (rc)
            return rc;
        loaded = row->hit.advisory;
        if (is_void(m, v))
            continue;
        list[n++] = (struct as_member){row, v, AS_ABSENT};
    }
    if (n && !as_join_flaws(list, n, m->scratch))
        return as_fail(err, AS_ERR_LIMIT, "one part has too many advisories");
    qsort(list, n, sizeof *list, as_member_cmp);
    *ret = list;
    *ret_n = n;
    return AS_OK;
}

/* ---- scores, exploitation, likelihood ---------------------------------- */

static bool take_vector(as_review *r, as_finding *f, as_str vector)
{
    as_cvss cvss;
    as_cvss_scores scores;

    if (as_str_is_empty(vector) || as_cvss_read(vector, &cvss, NULL) != AS_OK)
        return false;
    as_cvss_score(&cvss, &scores);
    f->score = scores.base / 10.0;
    f->vector = as_arena_str(r->arena, vector);
    f->severity = as_severity_of_score(f->score);
    return true;
}

static bool take_score(as_review *r, as_finding *f, const as_advisory *v)
{
    for (size_t i = 0; i < v->n_vectors; i++)
        if (take_vector(r, f, v->vectors[i]))
            return true;
    if (f->severity == AS_SEVERITY_UNKNOWN)
        f->severity = as_severity_find(v->severity);
    return false;
}

static bool is_member(const struct as_member *ms, size_t n, int64_t number)
{
    for (size_t i = 0; i < n; i++)
        if (ms[i].row->hit.advisory == number)
            return true;
    return false;
}

/* Records of this id that are not about this part. */
static bool score_of_others(struct as_matcher *m, as_finding *f, as_str id,
                            const struct as_member *ms, size_t n)
{
    int64_t *numbers;
    const as_advisory *v;
    size_t count;

    if (as_know_advisories(m->kb, id, m->scratch, &numbers, &count, NULL))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_member(ms, n, numbers[i]) &&
            as_know_record(m->kb, numbers[i], &v, NULL) == AS_OK &&
            take_score(m->review, f, v))
            return true;
    return false;
}

/* A notice is as bad as the worst flaw it is about. */
static void score_of_upstream(struct as_matcher *m, as_finding *f,
                              const struct as_member *ms, size_t n,
                              size_t which)
{
    const as_advisory *v = ms[which].advisory;
    as_finding worst = *f, one;

    for (size_t i = 0; i < v->n_upstream; i++) {
        one = *f;
        if (score_of_others(m, &one, v->upstream[i], ms, n) &&
            one.score > worst.score)
            worst = one;
    }
    *f = worst;
}

/* Of the records of the part, else of other records of the flaw, else of the
 * flaws it is about. */
static void find_score(struct as_matcher *m, as_finding *f,
                       const struct as_member *ms, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (take_score(m->review, f, ms[i].advisory))
            return;
    if (score_of_others(m, f, f->advisory, ms, n))
        return;
    for (size_t i = 0; i < f->n_aliases; i++)
        if (score_of_others(m, f, f->aliases[i], ms, n))
            return;
    for (size_t i = 0; i < n; i++)
        if (ms[i].row->decision.affected != AS_NO)
            score_of_upstream(m, f, ms, n, i);
}

/* Is this id on a list of exploited flaws, at the date? The first to be listed
 * speaks. */
static void take_exploited(struct as_matcher *m, as_finding *f, as_str id)
{
    as_arena *a = m->review->arena;
    as_exploited e;

    if (!as_know_exploited(m->kb, id, m->scratch, &e) ||
        (!as_str_is_empty(e.added) &&
         as_str_cmp(as_str_slice(e.added, 0, 10), m->review->as_of) > 0))
        return;
    f->ransomware = f->ransomware || e.ransomware;
    if (f->exploited == AS_YES && as_str_cmp(f->exploited_since, e.added) <= 0)
        return;
    f->exploited = AS_YES;
    f->exploited_since = as_arena_str(a, e.added);
    f->exploited_due = as_arena_str(a, e.due);
    f->exploited_as = as_arena_str(a, id);
}

static void take_likelihood(struct as_matcher *m, as_finding *f, as_str id)
{
    as_likelihood l;

    if (!as_know_likelihood(m->kb, id, &l) || l.score <= f->likelihood)
        return;
    f->likelihood = l.score;
    f->percentile = l.percentile;
}

static void enrich_by(struct as_matcher *m, as_finding *f, as_str id)
{
    take_exploited(m, f, id);
    take_likelihood(m, f, id);
}

/* By every id of the flaw, and by the flaws a notice is about. */
static void enrich(struct as_matcher *m, as_finding *f,
                   const struct as_member *ms, size_t n)
{
    f->exploited = m->knows_exploited ? AS_NO : AS_UNSURE;
    for (size_t i = 0; i < f->n_evidence; i++)
        if (!as_str_is_empty(m->starter) &&
            as_str_eq(f->evidence[i].source, m->starter))
            f->exploited = AS_NO;
    enrich_by(m, f, f->advisory);
    for (size_t i = 0; i < f->n_aliases; i++)
        enrich_by(m, f, f->aliases[i]);
    for (size_t i = 0; i < n; i++) {
        const as_advisory *v = ms[i].advisory;
        if (ms[i].row->decision.affected == AS_NO)
            continue;
        for (size_t k = 0; k < v->n_upstream; k++)
            enrich_by(m, f, v->upstream[k]);
    }
    if (f->exploited == AS_YES)
        f->evidence[f->n_evidence++] = (as_match_evidence){
            .source = AS_STR("exploited list"),
            .record = f->exploited_as,
            .method = AS_STR("exploited list"),
            .note = as_arena_printf(m->review->arena, "listed on %.*s",
                                    AS_FMT(f->exploited_since)),
        };
}

/* ---- remedy ---------------------------------------------------------------
 */

/* The lowest fixed version above the part's: the shortest way out. */
static as_str nearest_fix(const as_finding *f, as_str version, as_str order)
{
    const as_version_scheme *s = as_version_scheme_find(order);
    as_str best = AS_ABSENT;
    int c;

    for (size_t i = 0; i < f->n_fixed_in; i++) {
        as_str v = f->fixed_in[i];
        if (!s || as_version_compare(s, v, version, &c, NULL) != AS_OK ||
            c <= 0)
            continue;
        if (as_str_is_absent(best) ||
            (as_version_compare(s, v, best, &c, NULL) == AS_OK && c < 0))
            best = v;
    }
    return best;
}

/* lead is the evidence that decided. */
static void find_remedy(struct as_matcher *m, as_finding *f, size_t lead)
{
    const as_part *part = &m->review->product->parts[f->part];
    const as_match_evidence *e = &f->evidence[lead];
    as_str fix = nearest_fix(f, e->version, e->order);
    as_arena *a = m->review->arena;

    if (f->status == AS_FINDING_UNDECIDED && f->n_missing)
        f->remedy = as_arena_printf(a, "find out %.*s", AS_FMT(f->missing[0]));
    else if (!as_str_is_absent(fix))
        f->remedy =
            AS_JOIN(a, AS_STR("update "), part->name, AS_STR(" from "),
                    e->version, AS_STR(" to "), fix, AS_STR(" or later"));
    else if (f->n_fixed_in)
        f->remedy = AS_JOIN(a, AS_STR("update "), part->name,
                            AS_STR(": fixed in "), f->fixed_in[0]);
    else if (as_str_search(e->range, AS_STR("<=")) < e->range.n)
        f->remedy = as_arena_printf(
            a,
            "take a version of %.*s outside the affected range (%.*s); the "
            "record names no fixed one",
            AS_FMT(part->name), AS_FMT(e->range));
    else
        f->remedy = as_arena_printf(
            a,
            "no fixed version is known: ask the maker of %.*s, or isolate "
            "or replace it",
            AS_FMT(part->name));
}

/* ---- one flaw ---------------------------------------------------------- */

static void add_str(as_arena *a, as_str **list, size_t *n, size_t cap, as_str s)
{
    for (size_t i = 0; i < *n; i++)
        if (as_str_eq((*list)[i], s))
            return;
    if (*n < cap && !as_str_is_empty(s))
        (*list)[(*n)++] = as_arena_str(a, s);
}

static void collect_aliases(as_arena *a, as_finding *f,
                            const struct as_member *ms, size_t n)
{
    size_t cap = n;

    for (size_t i = 0; i < n; i++)
        cap += ms[i].advisory->n_aliases;
    f->aliases = AS_NEW_ARRAY(a, cap, as_str);
    for (size_t i = 0; f->aliases && i < n; i++) {
        const as_advisory *v = ms[i].advisory;
        if (!as_str_eq(v->id, f->advisory))
            add_str(a, &f->aliases, &f->n_aliases, cap, v->id);
        for (size_t k = 0; k < v->n_aliases; k++)
            if (!as_str_eq(v->aliases[k], f->advisory))
                add_str(a, &f->aliases, &f->n_aliases, cap, v->aliases[k]);
    }
}

/* Returns the evidence of the row lead. */
static size_t collect_rows(const struct as_matcher *m, as_finding *f,
                           const struct as_member *ms, size_t n, size_t lead)
{
    as_arena *a = m->review->arena;
    struct as_links links;
    size_t cap = 0, lead_link = 0;

    for (size_t i = 0; i < n; i++)
        cap += ms[i].row->hit.affected.n_fixed_in;
    f->fixed_in = AS_NEW_ARRAY(a, cap, as_str);
    f->missing = AS_NEW_ARRAY(a, n, as_str);
    if (!f->fixed_in || !f->missing || !as_links_init(&links, m, f, n))
        return 0;
    for (size_t i = 0; i < n; i++) {
        const struct as_row *row = ms[i].row;
        const as_affected *e = &row->hit.affected;
        size_t link = as_links_add(&links, &ms[i]);
        if (i == lead)
            lead_link = link;
        if (row->decision.affected == AS_NO)
            continue;
        add_str(a, &f->missing, &f->n_missing, n, row->decision.missing);
        for (size_t k = 0; k < e->n_fixed_in; k++)
            add_str(a, &f->fixed_in, &f->n_fixed_in, cap, e->fixed_in[k]);
    }
    return lead_link;
}

/* Importers cut titles at 200 bytes, at a character's edge: show that. */
static as_str title_of(as_arena *a, as_str title)
{
    if (title.n < 197)
        return as_arena_str(a, title);
    return as_arena_printf(a, "%.*s\xE2\x80\xA6", AS_FMT(title));
}

static void collect_texts(as_arena *a, as_finding *f,
                          const struct as_member *ms, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const as_advisory *v = ms[i].advisory;
        if (as_str_is_empty(f->title))
            f->title = title_of(a, v->title);
        if (as_str_is_empty(f->published))
            f->published = as_arena_str(a, v->published);
        if (as_str_is_empty(f->url))
            f->url = as_arena_str(a, v->url);
        if (as_str_is_empty(f->kind))
            f->kind = as_arena_str(a, v->kind);
    }
    if (as_str_is_empty(f->kind))
        f->kind = AS_STR("vulnerability");
}

/* The rows of the best identity that speaks of the part; all when none does. */
static void find_deciding(const struct as_member *ms, size_t n,
                          size_t *ret_first, size_t *ret_n)
{
    size_t first = 0, end;

    while (first < n && ms[first].row->decision.silent)
        first++;
    *ret_first = first == n ? 0 : first;
    *ret_n = n;
    if (first == n)
        return;
    for (end = first; end < n && ms[end].row->identity->kind ==
                                     ms[first].row->identity->kind;)
        end++;
    *ret_n = end - first;
}

/* What the deciding rows say together. Silent rows count only when every row
 * is silent. */
static as_truth decide(const struct as_member *ms, size_t n, as_confidence *ret)
{
    bool spoken = false;
    as_truth t = AS_NO;

    for (size_t i = 0; i < n; i++)
        spoken = spoken || !ms[i].row->decision.silent;
    for (size_t i = 0; i < n; i++)
        if (!spoken || !ms[i].row->decision.silent)
            t = as_truth_or(t, ms[i].row->decision.affected);
    *ret = AS_CONFIDENCE_LOW;
    for (size_t i = 0; i < n; i++)
        if (ms[i].row->decision.affected == t &&
            ms[i].row->decision.confidence > *ret)
            *ret = ms[i].row->decision.confidence;
    return t;
}

/* Upstream data about a distribution's package: its fixes are backported, so
 * this only says that nobody of the distribution has spoken. */
static bool is_only_upstream(const struct as_matcher *m,
                             const struct as_member *first)
{
    return first->row->identity->kind != AS_IDENTITY_PACKAGE && m->ids.n > 0 &&
           m->ids.items[0].needs_release;
}

static as_finding *new_finding(struct as_matcher *m)
{
    as_review *r = m->review;
    as_finding *list = as_arena_grow(r->arena, r->findings, &m->cap_findings,
                                     r->n_findings + 1, sizeof *list);

    if (!list)
        return NULL;
    r->findings = list;
    list += r->n_findings++;
    *list = (as_finding){
        .part = m->part, .score = -1, .likelihood = -1, .percentile = -1};
    return list;
}

/* One flaw: its rows, and which of them decide. */
struct flaw {
    const struct as_member *ms;
    size_t n, lead;
    as_truth affected;
    as_confidence confidence;
};

static as_rc add_finding(struct as_matcher *m, const struct flaw *w)
{
    as_arena *a = m->review->arena;
    bool upstream = is_only_upstream(m, &w->ms[w->lead]);
    as_finding *f = new_finding(m);
    size_t lead;

    if (!f)
        return AS_ERR_LIMIT;
    f->confidence = upstream ? AS_CONFIDENCE_LOW : w->confidence;
    f->status = f->confidence == AS_CONFIDENCE_LOW ? AS_FINDING_CANDIDATE
                : w->affected == AS_YES            ? AS_FINDING_OPEN
                                                   : AS_FINDING_UNDECIDED;
    f->advisory = as_arena_str(a, w->ms[0].flaw);
    f->id = AS_JOIN(a, f->advisory, AS_STR("@"), m->ids.key);
    collect_aliases(a, f, w->ms, w->n);
    lead = collect_rows(m, f, w->ms, w->n, w->lead);
    if (as_arena_failed(a) || f->n_evidence == 0)
        return AS_ERR_LIMIT;
    if (upstream)
        f->status_reason = AS_STR("upstream is affected; the distribution, "
                                  "which may have fixed it, is silent");
    else if (f->status == AS_FINDING_CANDIDATE)
        f->status_reason = f->evidence[lead].note;
    collect_texts(a, f, w->ms, w->n);
    find_score(m, f, w->ms, w->n);
    enrich(m, f, w->ms, w->n);
    find_remedy(m, f, lead);
    return AS_OK;
}

/* What the statement says of the flaw, as the one link of its chain. */
static bool declared_chain(as_arena *a, const as_statement *s,
                           const as_part *part, as_finding *f)
{
    /* One more for the list of exploited flaws. */
    f->evidence = AS_NEW_ARRAY(a, 2, as_match_evidence);
    f->aliases = AS_NEW_ARRAY(a, s->n_aliases, as_str);
    if (!f->evidence || !f->aliases)
        return false;
    for (size_t i = 0; i < s->n_aliases; i++)
        f->aliases[f->n_aliases++] = as_arena_str(a, s->aliases[i]);
    f->n_evidence = 1;
    f->evidence[0] = (as_match_evidence){
        .source = AS_STR("the document"),
        .record = as_arena_printf(a, "/vulnerabilities/%u", s->index),
        .method = AS_STR("statement"),
        .key = as_arena_str(a, s->id),
        .version = part->version,
        .note = AS_STR("the document itself lists this flaw"),
    };
    return true;
}

as_rc as_declare_finding(struct as_matcher *m, const as_statement *s,
                         uint32_t part)
{
    const as_part *p = &m->review->product->parts[part];
    as_arena *a = m->review->arena;
    as_identities ids;
    as_finding *f;

    m->part = part;
    f = new_finding(m);
    if (!f || !declared_chain(a, s, p, f))
        return AS_ERR_LIMIT;
    as_identities_of(p, m->scratch, &ids);
    f->kind = AS_STR("vulnerability");
    f->advisory = as_arena_str(a, s->id);
    f->confidence = AS_CONFIDENCE_HIGH;
    f->title = as_arena_str(a, as_str_slice(s->description, 0, 200));
    f->id = as_arena_printf(a, "%.*s@%.*s", AS_FMT(s->id), AS_FMT(ids.key));
    for (size_t i = 0; i < s->n_vectors; i++)
        if (take_vector(m->review, f, s->vectors[i]))
            break;
    if (m->kb) {
        if (f->score < 0)
            find_score(m, f, NULL, 0);
        enrich(m, f, NULL, 0);
    }
    find_remedy(m, f, 0);
    if (!as_str_is_empty(s->recommendation))
        f->remedy = as_arena_str(a, as_str_slice(s->recommendation, 0, 300));
    return AS_OK;
}

as_rc as_flaws_to_findings(struct as_matcher *m, as_err *err)
{
    struct as_member *ms = NULL;
    size_t n = 0, end;
    as_rc rc = load_members(m, &ms, &n, err);

    for (size_t i = 0; i < n && !rc; i = end) {
        struct flaw w = {.ms = ms + i};
        size_t deciding;

        for (end = i; end < n && as_str_eq(ms[end].flaw, ms[i].flaw);)
            end++;
        w.n = end - i;
        find_deciding(w.ms, w.n, &w.lead, &deciding);
        w.affected = decide(w.ms + w.lead, deciding, &w.confidence);
        if (w.affected != AS_NO)
            rc = add_finding(m, &w);
        if (rc)
            as_fail(err, rc, "the findings need too much memory");
    }
    return rc;
}

/* ---- which sources ---------------------------------------------------------
 */

as_rc as_matcher_facts(struct as_matcher *m, as_err *err)
{
    as_review *r = m->review;
    as_know_source *sources = NULL;
    size_t n = 0;
    as_date today = 0, newest;
    as_rc rc;

    if (!m->kb)
        return AS_OK;
    rc = as_know_sources(m->kb, r->arena, &sources, &n, err);
    if (rc)
        return rc;
    r->knowledge = AS_NEW_ARRAY(r->arena, n, as_knowledge_used);
    if (!r->knowledge)
        return as_fail(err, AS_ERR_LIMIT, "too many sources");
    (void)!as_date_read(r->as_of, &today);
    for (size_t i = 0; i < n; i++) {
        const as_know_source *s = &sources[i];
        as_knowledge_used *k = &r->knowledge[r->n_knowledge++];
        *k = (as_knowledge_used){.source = s->name,
                                 .kind = s->kind,
                                 .edition = s->edition,
                                 .digest = s->digest,
                                 .rows = s->stored,
                                 .age_days = -1};
        if (as_date_read(as_str_slice(s->newest, 0, 10), &newest) &&
            newest <= today)
            k->age_days = today - newest;
        if (as_str_eq(s->kind, AS_STR("kev")))
            m->knows_exploited = true;
        if (as_str_eq(s->kind, AS_STR("starter")))
            m->starter = s->name;
    }
    return AS_OK;
}

/* ---- order and ids ----------------------------------------------------- */

struct twin {
    as_str id;
    uint32_t finding;
};

static int twin_cmp(const void *a, const void *b)
{
    const struct twin *x = a, *y = b;
    int r = as_str_cmp(x->id, y->id);

    return r ? r : (x->finding > y->finding) - (x->finding < y->finding);
}

/* One flaw in several parts of one identity: "#2" and on tell them apart, in
 * the order of the parts. */
static as_rc number_twins(as_review *r)
{
    struct twin *twins = calloc(r->n_findings + 1, sizeof *twins);
    unsigned number = 1;

    if (!twins)
        return AS_ERR_MEMORY;
    for (uint32_t i = 0; i < r->n_findings; i++)
        twins[i] = (struct twin){r->findings[i].id, i};
    qsort(twins, r->n_findings, sizeof *twins, twin_cmp);
    for (size_t i = 1; i < r->n_findings; i++) {
        number = as_str_eq(twins[i].id, twins[i - 1].id) ? number + 1 : 1;
        if (number > 1)
            r->findings[twins[i].finding].id = as_arena_printf(
                r->arena, "%.*s#%u", AS_FMT(twins[i].id), number);
    }
    free(twins);
    return AS_OK;
}

as_rc as_order_findings(as_review *review)
{
    as_rc rc = number_twins(review);

    if (!rc)
        as_findings_order(review->findings, review->n_findings);
    return rc;
}
