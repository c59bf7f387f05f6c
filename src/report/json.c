/* SPDX-License-Identifier: Apache-2.0 */
/* The review as JSON: schema assay-review/1 (doc/schema/review-1.schema.json,
 * DESIGN section 5). Additions are allowed, renames are not. */
#include "report/report_internal.h"

#include "base/json_write.h"

#define KEY(w, k)      as_json_write_key((w), AS_STR(k))
#define FIELD(w, k, v) as_json_write_field((w), AS_STR(k), (v))
#define OPT(w, k, v)   as_json_write_field_opt((w), AS_STR(k), (v))

static void strings(as_json_writer *w, const char *name, const as_str *list,
                    size_t n)
{
    as_json_write_key(w, as_str_c(name));
    as_json_write_array(w);
    for (size_t i = 0; i < n; i++)
        as_json_write_str(w, list[i]);
    as_json_write_array_end(w);
}

/* What a part is called in the output: its ref, or its path when it has
 * none. */
static void part_name(const as_product *p, uint32_t part, as_buf *ret)
{
    as_buf_clear(ret);
    if (as_str_is_empty(p->parts[part].ref))
        as_part_path(p, part, ret);
    else
        as_buf_str(ret, p->parts[part].ref);
}

struct out {
    as_json_writer w;
    const as_review *r;
    as_buf scratch;
};

/* ---- head -------------------------------------------------------------- */

static void write_product(struct out *o)
{
    const as_product *p = o->r->product;
    as_json_writer *w = &o->w;

    KEY(w, "product");
    as_json_write_object(w);
    FIELD(w, "name", p->name);
    FIELD(w, "version", p->version);
    FIELD(w, "maker", p->maker);
    FIELD(w, "digest", o->r->digest);
    FIELD(w, "file", o->r->target);
    FIELD(w, "format", p->format);
    OPT(w, "spec_version", p->spec_version);
    OPT(w, "encoding", p->encoding);
    OPT(w, "serial", p->serial);
    OPT(w, "created", p->created);
    as_json_write_object_end(w);
}

/* Whether the document keeps the rules of its format. */
static void write_document(struct out *o)
{
    const as_document_check *d = &o->r->document;
    as_json_writer *w = &o->w;

    KEY(w, "document");
    as_json_write_object(w);
    KEY(w, "valid");
    if (d->valid == AS_UNSURE)
        as_json_write_null(w);
    else
        as_json_write_bool(w, d->valid == AS_YES);
    OPT(w, "why", d->why);
    OPT(w, "rules", d->rules);
    as_json_write_field_u64(w, AS_STR("errors"), d->errors);
    as_json_write_field_u64(w, AS_STR("warnings"), d->warnings);
    if (!as_str_is_empty(d->message)) {
        KEY(w, "first");
        as_json_write_object(w);
        FIELD(w, "rule", d->rule);
        FIELD(w, "message", d->message);
        OPT(w, "path", d->path);
        if (d->line) {
            as_json_write_field_u64(w, AS_STR("line"), d->line);
            as_json_write_field_u64(w, AS_STR("column"), d->column);
        }
        as_json_write_object_end(w);
    }
    as_json_write_object_end(w);
}

static void write_reason(struct out *o, const as_reason *r)
{
    as_json_writer *w = &o->w;

    as_json_write_object(w);
    FIELD(w, "gate", r->gate);
    FIELD(w, "verdict", as_verdict_word(r->verdict));
    FIELD(w, "text", r->text);
    OPT(w, "todo", r->todo);
    KEY(w, "findings");
    as_json_write_array(w);
    for (size_t i = 0; i < r->n_findings; i++)
        as_json_write_str(w, o->r->findings[r->findings[i]].id);
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

static void write_answers(struct out *o)
{
    as_json_writer *w = &o->w;

    KEY(w, "answers");
    as_json_write_array(w);
    for (unsigned q = 0; q < AS_QUESTIONS; q++) {
        const as_answer *a = &o->r->answers[q];
        as_json_write_object(w);
        FIELD(w, "question", as_question_word((as_question)q));
        FIELD(w, "verdict", as_verdict_word(a->verdict));
        as_json_write_field_bool(w, AS_STR("asked"), a->asked);
        KEY(w, "reasons");
        as_json_write_array(w);
        for (size_t i = 0; i < a->n_reasons; i++)
            write_reason(o, &a->reasons[i]);
        as_json_write_array_end(w);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_coverage(struct out *o)
{
    const as_coverage *c = &o->r->coverage;
    as_json_writer *w = &o->w;

    KEY(w, "coverage");
    as_json_write_object(w);
    as_json_write_field_u64(w, AS_STR("parts"), c->parts);
    as_json_write_field_u64(w, AS_STR("matched"), c->matched);
    as_json_write_field_u64(w, AS_STR("clean"), c->clean);
    as_json_write_field_u64(w, AS_STR("not_examined"), c->not_examined);
    KEY(w, "reasons");
    as_json_write_object(w);
    for (size_t i = 0; i < c->n_reasons; i++)
        as_json_write_field_u64(w, c->reasons[i].what, c->reasons[i].n);
    as_json_write_object_end(w);
    as_json_write_object_end(w);
}

/* ---- parts ------------------------------------------------------------- */

/* Attributes of one state; a key stands once, with its first value. */
static void write_attributes(struct out *o, const as_part *p, as_state state)
{
    bool seen[AS_ATTR_KEYS] = {false};
    as_json_writer *w = &o->w;

    as_json_write_key(w, as_state_word(state));
    as_json_write_object(w);
    for (size_t i = 0; i < p->n_attributes; i++) {
        const as_attribute *a = &p->attributes[i];
        if (a->state != state || seen[a->key])
            continue;
        seen[a->key] = true;
        as_json_write_field(w, as_attribute_word(a->key), a->value);
    }
    as_json_write_object_end(w);
}

static void write_evidence(struct out *o, const as_part *p)
{
    as_json_writer *w = &o->w;

    KEY(w, "evidence");
    as_json_write_array(w);
    for (size_t i = 0; i < p->n_evidence; i++) {
        const as_evidence *e = &p->evidence[i];
        as_json_write_object(w);
        OPT(w, "source", e->source);
        OPT(w, "path", e->path);
        OPT(w, "method", e->method);
        OPT(w, "value", e->value);
        if (e->offset != UINT64_MAX)
            as_json_write_field_u64(w, AS_STR("offset"), e->offset);
        if (e->confidence >= 0) {
            KEY(w, "confidence");
            as_json_write_double(w, e->confidence);
        }
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_hashes(struct out *o, const as_part *p)
{
    as_json_writer *w = &o->w;

    if (p->n_hashes == 0)
        return;
    KEY(w, "hashes");
    as_json_write_array(w);
    for (size_t i = 0; i < p->n_hashes; i++) {
        as_json_write_object(w);
        FIELD(w, "algorithm", p->hashes[i].algorithm);
        FIELD(w, "hex", p->hashes[i].hex);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_parent(struct out *o, const as_part *p)
{
    as_json_writer *w = &o->w;

    KEY(w, "parent");
    if (p->parent == AS_NO_PART) {
        as_json_write_null(w);
        return;
    }
    part_name(o->r->product, p->parent, &o->scratch);
    as_json_write_str(w, as_buf_text(&o->scratch));
}

static void write_part(struct out *o, uint32_t i)
{
    const as_part *p = &o->r->product->parts[i];
    const as_part_outcome *out = &o->r->outcomes[i];
    as_json_writer *w = &o->w;

    as_json_write_object(w);
    part_name(o->r->product, i, &o->scratch);
    FIELD(w, "ref", as_buf_text(&o->scratch));
    write_parent(o, p);
    FIELD(w, "kind", as_part_kind_word(p->kind));
    OPT(w, "group", p->group);
    FIELD(w, "name", p->name);
    FIELD(w, "version", p->version);
    FIELD(w, "purl", p->purl);
    FIELD(w, "cpe", p->n_cpes ? p->cpes[0] : AS_ABSENT);
    if (p->n_cpes > 1)
        strings(w, "cpes", p->cpes, p->n_cpes);
    FIELD(w, "maker", as_part_value(p, AS_ATTR_MAKER));
    write_attributes(o, p, AS_DECLARED);
    write_attributes(o, p, AS_OBSERVED);
    FIELD(w, "outcome", as_outcome_word(out->outcome));
    FIELD(w, "why", out->why);
    strings(w, "tried", out->tried, out->n_tried);
    if (out->has_like) {
        part_name(o->r->product, out->like, &o->scratch);
        FIELD(w, "findings_of", as_buf_text(&o->scratch));
    }
    as_buf_clear(&o->scratch);
    as_part_path(o->r->product, i, &o->scratch);
    FIELD(w, "path", as_buf_text(&o->scratch));
    write_hashes(o, p);
    write_evidence(o, p);
    as_json_write_object_end(w);
}

/* ---- findings ---------------------------------------------------------- */

static void write_number(as_json_writer *w, const char *name, double v)
{
    as_json_write_key(w, as_str_c(name));
    if (v < 0)
        as_json_write_null(w);
    else
        as_json_write_double(w, v);
}

static void write_score(struct out *o, const as_finding *f)
{
    as_json_writer *w = &o->w;

    KEY(w, "score");
    as_json_write_object(w);
    write_number(w, "cvss", f->score);
    FIELD(w, "vector", f->vector);
    write_number(w, "epss", f->likelihood);
    write_number(w, "epss_percentile", f->percentile);
    as_json_write_object_end(w);
}

static void write_exploited(struct out *o, const as_finding *f)
{
    as_json_writer *w = &o->w;

    KEY(w, "exploited");
    if (f->exploited == AS_UNSURE)
        as_json_write_null(w);
    else
        as_json_write_bool(w, f->exploited == AS_YES);
    OPT(w, "exploited_since", f->exploited_since);
    OPT(w, "exploited_due", f->exploited_due);
    if (f->exploited == AS_YES)
        as_json_write_field_bool(w, AS_STR("ransomware"), f->ransomware);
}

static void write_chain(struct out *o, const as_finding *f)
{
    as_json_writer *w = &o->w;

    KEY(w, "evidence");
    as_json_write_array(w);
    for (size_t i = 0; i < f->n_evidence; i++) {
        const as_match_evidence *e = &f->evidence[i];
        as_json_write_object(w);
        OPT(w, "source", e->source);
        OPT(w, "record", e->record);
        OPT(w, "method", e->method);
        OPT(w, "key", e->key);
        OPT(w, "version", e->version);
        OPT(w, "range", e->range);
        OPT(w, "order", e->order);
        OPT(w, "note", e->note);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_wanted(struct out *o, const as_wanted *list, size_t n)
{
    as_json_writer *w = &o->w;

    KEY(w, "wanted");
    as_json_write_array(w);
    for (size_t i = 0; i < n; i++) {
        as_json_write_object(w);
        FIELD(w, "fact", list[i].fact);
        if (list[i].part != AS_NO_PART) {
            part_name(o->r->product, list[i].part, &o->scratch);
            FIELD(w, "part", as_buf_text(&o->scratch));
        }
        OPT(w, "detail", list[i].detail);
        FIELD(w, "ask", list[i].ask);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

/* What only findings of kind "rule" and "conflict" have. */
static void write_rule_hit(struct out *o, const as_rule_hit *h)
{
    as_json_writer *w = &o->w;

    if (!h)
        return;
    FIELD(w, "rule", h->rule);
    OPT(w, "against", h->against);
    OPT(w, "jurisdiction", h->jurisdiction);
    OPT(w, "instrument", h->instrument);
    OPT(w, "citation", h->citation);
    FIELD(w, "consequence", h->consequence);
    FIELD(w, "certainty", h->certainty);
    OPT(w, "who", h->who);
    OPT(w, "from", h->from);
    OPT(w, "to", h->to);
    FIELD(w, "path", h->path);
    write_wanted(o, h->wanted, h->n_wanted);
}

static void write_finding(struct out *o, const as_finding *f)
{
    const as_part *p = &o->r->product->parts[f->part];
    as_json_writer *w = &o->w;

    as_json_write_object(w);
    FIELD(w, "id", f->id);
    FIELD(w, "kind", f->kind);
    FIELD(w, "severity", as_severity_word(f->severity));
    FIELD(w, "status", as_status_word(f->status));
    OPT(w, "status_reason", f->status_reason);
    FIELD(w, "confidence", as_confidence_word(f->confidence));
    part_name(o->r->product, f->part, &o->scratch);
    FIELD(w, "part", as_buf_text(&o->scratch));
    FIELD(w, "part_name", p->name);
    FIELD(w, "part_version", p->version);
    if (f->also)
        as_json_write_field_u64(w, AS_STR("also_in"), f->also);
    FIELD(w, "title", f->title);
    FIELD(w, "advisory", f->advisory);
    strings(w, "aliases", f->aliases, f->n_aliases);
    write_score(o, f);
    write_exploited(o, f);
    OPT(w, "published", f->published);
    OPT(w, "url", f->url);
    strings(w, "fixed_in", f->fixed_in, f->n_fixed_in);
    write_chain(o, f);
    strings(w, "missing", f->missing, f->n_missing);
    FIELD(w, "remedy", f->remedy);
    write_rule_hit(o, f->rule);
    OPT(&o->w, "where", f->where);
    as_json_write_object_end(w);
}

/* ---- tail -----------------------------------------------------------------
 */

static void write_knowledge(struct out *o)
{
    as_json_writer *w = &o->w;

    KEY(w, "knowledge");
    as_json_write_array(w);
    for (size_t i = 0; i < o->r->n_knowledge; i++) {
        const as_knowledge_used *k = &o->r->knowledge[i];
        as_json_write_object(w);
        FIELD(w, "source", k->source);
        OPT(w, "kind", k->kind);
        FIELD(w, "edition", k->edition);
        as_json_write_field_u64(w, AS_STR("rows"), k->rows);
        FIELD(w, "digest", k->digest);
        KEY(w, "age_days");
        if (k->age_days < 0)
            as_json_write_null(w);
        else
            as_json_write_i64(w, k->age_days);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_requests(struct out *o)
{
    as_json_writer *w = &o->w;

    KEY(w, "requests");
    as_json_write_array(w);
    for (size_t i = 0; i < o->r->n_requests; i++) {
        const as_request *q = &o->r->requests[i];
        as_json_write_object(w);
        FIELD(w, "ask", q->ask);
        OPT(w, "whom", q->whom);
        FIELD(w, "what", q->what);
        FIELD(w, "fact", q->fact);
        if (q->part != AS_NO_PART) {
            part_name(o->r->product, q->part, &o->scratch);
            FIELD(w, "part", as_buf_text(&o->scratch));
        }
        strings(w, "rules", q->rules, q->n_rules);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    KEY(w, "more_requests");
    as_json_write_u64(w, o->r->more_requests);
}

static void write_changes(struct out *o)
{
    as_json_writer *w = &o->w;

    KEY(w, "next_changes");
    as_json_write_array(w);
    for (size_t i = 0; i < o->r->n_next_changes; i++) {
        const as_change *c = &o->r->next_changes[i];
        as_json_write_object(w);
        FIELD(w, "date", c->date);
        FIELD(w, "rule", c->rule);
        FIELD(w, "effect", c->effect);
        OPT(w, "from", c->from);
        OPT(w, "to", c->to);
        OPT(w, "certainty", c->certainty);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    OPT(w, "next_changes_cut", o->r->changes_cut);
}

static void write_share(as_json_writer *w, const char *key, double v)
{
    as_json_write_key(w, as_str_c(key));
    as_json_write_double(w, v);
}

static void write_match(as_json_writer *w, const as_party_match *m)
{
    as_json_write_object(w);
    FIELD(w, "list", m->list);
    FIELD(w, "row", m->id);
    FIELD(w, "edition", m->edition);
    FIELD(w, "name", m->listed_name);
    FIELD(w, "matched", m->matched_name);
    FIELD(w, "identity",
          m->identity == AS_PARTY_FAMILY ? AS_STR("family") : AS_STR("entity"));
    KEY(w, "score");
    as_json_write_double(w, (double)(int)(m->score * 1000 + 0.5) / 1000);
    as_json_write_field_bool(w, AS_STR("unresolved"), m->unresolved);
    OPT(w, "missing", m->missing);
    OPT(w, "dismissed", m->dismissed);
    strings(w, "why", m->why, m->n_why);
    strings(w, "path", m->path, m->n_path);
    if (m->n_path) {
        write_share(w, "low", m->share_low);
        write_share(w, "high", m->share_high);
    }
    as_json_write_object_end(w);
}

static void write_owned(as_json_writer *w, const as_owned_answer *a)
{
    as_json_write_object(w);
    FIELD(w, "method", a->asked.method);
    strings(w, "lists", a->asked.lists, a->asked.n_lists);
    write_share(w, "threshold", a->asked.threshold);
    FIELD(w, "answer", as_truth_word(a->answer));
    write_share(w, "low", a->low);
    write_share(w, "high", a->high);
    KEY(w, "holders");
    as_json_write_array(w);
    for (size_t i = 0; i < a->n_holders; i++)
        write_match(w, &a->holders[i]);
    as_json_write_array_end(w);
    strings(w, "missing", a->missing, a->n_missing);
    as_json_write_object_end(w);
}

static void write_owners(as_json_writer *w, const as_party_owners *o)
{
    KEY(w, "owners");
    as_json_write_object(w);
    as_json_write_field_bool(w, AS_STR("known"), o->known);
    as_json_write_field_bool(w, AS_STR("ambiguous"), o->ambiguous);
    OPT(w, "missing", o->missing);
    strings(w, "records", o->records, o->n_records);
    strings(w, "ends", o->ends, o->n_ends);
    KEY(w, "answers");
    as_json_write_array(w);
    for (size_t i = 0; i < o->n_answers; i++)
        write_owned(w, &o->answers[i]);
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

/* Which parts have it, in which role; they stand in the order of the facts. */
static void write_roles(struct out *o, uint32_t facts, size_t *at)
{
    as_json_writer *w = &o->w;

    while (*at < o->r->n_part_parties && o->r->part_parties[*at].facts < facts)
        (*at)++;
    KEY(w, "parts");
    as_json_write_array(w);
    for (; *at < o->r->n_part_parties; (*at)++) {
        const as_part_party *p = &o->r->part_parties[*at];
        if (p->facts != facts)
            break;
        as_json_write_object(w);
        part_name(o->r->product, p->part, &o->scratch);
        FIELD(w, "part", as_buf_text(&o->scratch));
        FIELD(w, "role", as_attribute_word(p->role));
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

/* Something is stated of who owns it, or may be: which party it is is open. */
static bool is_known(const as_party_facts *f)
{
    return f->owners && (f->owners->known || f->owners->ambiguous);
}

static void write_party(struct out *o, uint32_t i, size_t *at)
{
    const as_party_facts *f = &o->r->screening->facts[i];
    as_json_writer *w = &o->w;

    as_json_write_object(w);
    FIELD(w, "name", f->name);
    OPT(w, "country", f->country);
    as_json_write_field_bool(w, AS_STR("examined"), f->examined);
    OPT(w, "why", f->why);
    KEY(w, "matches");
    as_json_write_array(w);
    for (size_t k = 0; k < f->n_matches; k++)
        write_match(w, &f->matches[k]);
    as_json_write_array_end(w);
    if (is_known(f))
        write_owners(w, f->owners);
    write_roles(o, i, at);
    as_json_write_object_end(w);
}

/* Those that met a list, whose owners are stated, or that could not be
 * examined; the others are counted. */
static void write_parties(struct out *o)
{
    const as_screening *s = o->r->screening;
    as_json_writer *w = &o->w;
    size_t at = 0;

    if (!s)
        return;
    KEY(w, "parties");
    as_json_write_object(w);
    as_json_write_field_u64(w, AS_STR("names"), s->n_facts);
    KEY(w, "lists");
    as_json_write_array(w);
    for (size_t i = 0; i < s->n_lists; i++) {
        as_json_write_object(w);
        FIELD(w, "list", s->lists[i].list);
        FIELD(w, "edition", s->lists[i].edition);
        as_json_write_field_bool(w, AS_STR("complete"), s->lists[i].complete);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    KEY(w, "met");
    as_json_write_array(w);
    for (size_t i = 0; i < s->n_facts; i++)
        if (!s->facts[i].examined || s->facts[i].n_matches ||
            is_known(&s->facts[i]))
            write_party(o, (uint32_t)i, &at);
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

static void write_rules(struct out *o)
{
    as_json_writer *w = &o->w;

    KEY(w, "rules");
    as_json_write_array(w);
    for (size_t i = 0; i < o->r->n_rules; i++) {
        const as_rule_outcome *r = &o->r->rules[i];
        as_json_write_object(w);
        FIELD(w, "rule", r->rule);
        FIELD(w, "title", r->title);
        FIELD(w, "jurisdiction", r->jurisdiction);
        FIELD(w, "consequence", r->consequence);
        FIELD(w, "state", r->state);
        OPT(w, "source", r->source);
        FIELD(w, "binds", as_truth_word(r->binds));
        FIELD(w, "matches", as_truth_word(r->matches));
        FIELD(w, "why", r->why);
        write_wanted(o, r->wanted, r->n_wanted);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_idle(struct out *o)
{
    as_json_writer *w = &o->w;

    KEY(w, "idle_statements");
    as_json_write_array(w);
    for (size_t i = 0; i < o->r->n_idle; i++) {
        as_json_write_object(w);
        FIELD(w, "id", o->r->idle[i].id);
        FIELD(w, "why", o->r->idle[i].why);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_diagnoses(struct out *o)
{
    const as_product *p = o->r->product;
    as_json_writer *w = &o->w;

    KEY(w, "diagnoses");
    as_json_write_array(w);
    for (size_t i = 0; i < p->n_diagnoses; i++) {
        const as_diagnosis *d = &p->diagnoses[i];
        as_json_write_object(w);
        FIELD(w, "level", d->warning ? AS_STR("warning") : AS_STR("error"));
        FIELD(w, "path", d->path);
        FIELD(w, "text", d->text);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    if (p->diagnoses_dropped)
        as_json_write_field_u64(w, AS_STR("diagnoses_dropped"),
                                p->diagnoses_dropped);
}

/* The context of a review is what it was asked for: the policy, the rules, and
 * who asks for which act. */
static void write_context(struct out *o)
{
    as_json_writer *w = &o->w;

    KEY(w, "context");
    as_json_write_object(w);
    FIELD(w, "policy", o->r->policy);
    FIELD(w, "policy_digest", o->r->policy_digest);
    OPT(w, "rules_digest", o->r->rules_digest);
    KEY(w, "asked");
    as_json_write_array(w);
    for (size_t i = 0; i < o->r->n_context; i++) {
        as_json_write_object(w);
        FIELD(w, "name", o->r->context[i].name);
        FIELD(w, "value", o->r->context[i].value);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
    as_json_write_object_end(w);
}

static void write_head(struct out *o)
{
    as_json_writer *w = &o->w;

    FIELD(w, "schema", AS_STR("assay-review/1"));
    KEY(w, "tool");
    as_json_write_object(w);
    FIELD(w, "name", AS_STR("assay"));
    FIELD(w, "version", o->r->tool_version);
    as_json_write_object_end(w);
    FIELD(w, "as_of", o->r->as_of);
    write_context(o);
    write_product(o);
    write_document(o);
    FIELD(w, "verdict", as_verdict_word(o->r->verdict));
    write_answers(o);
    write_coverage(o);
}

void as_report_json(const as_review *r, const as_report_options *options,
                    as_buf *out)
{
    struct out o = {.r = r};

    as_json_write_init(&o.w, out, 2);
    as_buf_init(&o.scratch, out->ceiling);
    as_json_write_object(&o.w);
    write_head(&o);
    KEY(&o.w, "parts");
    as_json_write_array(&o.w);
    for (size_t i = 0; i < r->product->n_parts; i++)
        write_part(&o, (uint32_t)i);
    as_json_write_array_end(&o.w);
    KEY(&o.w, "findings");
    as_json_write_array(&o.w);
    for (size_t i = 0; i < r->n_findings; i++)
        write_finding(&o, &r->findings[i]);
    as_json_write_array_end(&o.w);
    write_knowledge(&o);
    write_changes(&o);
    write_requests(&o);
    write_rules(&o);
    write_parties(&o);
    write_idle(&o);
    write_diagnoses(&o);
    as_json_write_object_end(&o.w);
    as_buf_byte(out, '\n');
    out->failed = out->failed || as_buf_failed(&o.scratch);
    as_buf_done(&o.scratch);
}
