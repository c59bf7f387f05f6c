/* SPDX-License-Identifier: Apache-2.0 */
/* The names in a product and of who takes part in a deal, each held once
 * against the lists in force: facts for rules, and a finding where a party is
 * on a list itself. See rules_internal.h. */
#include "base/limits.h"
#include "model/country.h"
#include "review/parties_internal.h"
#include "review/rules_internal.h"

#include <stdlib.h>

/* A product says little beside a name, so what is less alike is noise: of the
 * makers in 733 documents of the corpus, nobody is listed. */
#define LEAST_ALIKE 0.8
enum { PATH_STEPS = 12, PATHS_TOLD = 3 };

static const as_attribute_key roles[] = {
    AS_ATTR_MAKER,   AS_ATTR_MANUFACTURER, AS_ATTR_SUPPLIER,  AS_ATTR_DESIGNER,
    AS_ATTR_FOUNDRY, AS_ATTR_CELL_MAKER,   AS_ATTR_PUBLISHER, AS_ATTR_AUTHOR,
};

/* A name as it stands somewhere; part AS_NO_PART: in the context. */
struct place {
    as_str name, country;
    uint32_t part;
    as_attribute_key role;
    bool author; /* of nothing but the source: often a person */
};

struct screening {
    as_review *review;
    as_parties *parties;
    struct place *places;
    size_t n_places, cap_places;
    bool *shipped;                /* by the lists of out */
    as_owned_question *questions; /* about owners; the usual ones first */
    size_t n_questions, n_usual;
    as_screening *out;
    as_arena *scratch; /* of one name */
    as_finding *findings;
    size_t n_findings, cap_findings;
};

/* ---- names --------------------------------------------------------------- */

static bool add_place(struct screening *s, struct place p)
{
    struct place *grown;

    if (as_str_trim(p.name).n == 0)
        return true;
    grown = as_arena_grow(s->review->arena, s->places, &s->cap_places,
                          s->n_places + 1, sizeof p);
    if (!grown)
        return false;
    s->places = grown;
    s->places[s->n_places++] = p;
    return true;
}

/* Where the part was made; where its maker sits, documents do not say. */
static as_str country_of(const as_part *part)
{
    return as_country_code(as_part_value(part, AS_ATTR_COUNTRY));
}

/* The maker is one of the other roles' again: it is left out where it is. */
static bool is_told(const as_part *part, as_attribute_key role, as_str name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(roles) && roles[i] != role; i++) {
        const as_attribute *a = as_part_attribute(part, roles[i]);
        if (a && as_str_eq(a->value, name))
            return true;
    }
    return false;
}

/* The maker is the best of several roles: it may be the author alone. */
static bool is_author(const as_part *part, as_str name)
{
    for (size_t i = 0; i < part->n_attributes; i++) {
        const as_attribute *a = &part->attributes[i];
        for (size_t k = 1; k < AS_ARRAY_LEN(roles); k++)
            if (a->key == roles[k] && a->key != AS_ATTR_AUTHOR &&
                as_str_eq(a->value, name))
                return false;
    }
    return true;
}

static bool gather(struct screening *s, const as_context *context)
{
    const as_product *p = s->review->product;
    bool ok = true;

    for (uint32_t i = 0; i < p->n_parts; i++)
        for (size_t k = 0; k < AS_ARRAY_LEN(roles) && ok; k++) {
            const as_attribute *a = as_part_attribute(&p->parts[i], roles[k]);
            if (a && a->value.n && !is_told(&p->parts[i], roles[k], a->value))
                ok = add_place(
                    s, (struct place){.name = a->value,
                                      .country = country_of(&p->parts[i]),
                                      .part = i,
                                      .role = roles[k],
                                      .author =
                                          is_author(&p->parts[i], a->value)});
        }
    for (size_t i = 0; context && i < context->n_parties && ok; i++)
        ok = add_place(s, (struct place){.name = context->parties[i].name,
                                         .country = context->parties[i].country,
                                         .part = AS_NO_PART});
    return ok;
}

static int by_name(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = as_str_cmp(x->name, y->name);

    if (!order)
        order = as_str_cmp(x->country, y->country);
    if (!order) /* those of the context last */
        order = (x->part > y->part) - (x->part < y->part);
    return order ? order : (x->role > y->role) - (x->role < y->role);
}

static bool is_one_name(const struct place *a, const struct place *b)
{
    return as_str_eq(a->name, b->name) && as_str_eq(a->country, b->country) &&
           (a->part == AS_NO_PART) == (b->part == AS_NO_PART);
}

/* ---- findings ------------------------------------------------------------ */

static as_str joined(as_arena *a, const as_str *lines, size_t n)
{
    as_str all = AS_ABSENT;

    for (size_t i = 0; i < n; i++)
        all = all.n ? as_arena_printf(a, "%.*s; %.*s", AS_FMT(all),
                                      AS_FMT(lines[i]))
                    : lines[i];
    return all;
}

static as_str term_of(const as_party_match *m, as_str key)
{
    for (size_t i = 0; i < m->n_terms; i++)
        if (as_str_eq(m->terms[i].key, key))
            return m->terms[i].value;
    return AS_ABSENT;
}

/* The shipped lists are what rules are made of, and a row may bind some only:
 * of both the rules speak. */
static bool is_of_itself(const struct screening *s, const as_party_match *m)
{
    for (size_t i = 0; i < s->out->n_lists; i++)
        if (s->shipped[i] && as_str_eq(s->out->lists[i].list, m->list))
            return false;
    return as_str_is_absent(term_of(m, AS_STR("binds")));
}

/* "product > board > chip". */
static as_str path_of(const as_review *r, uint32_t part)
{
    const as_product *p = r->product;
    uint32_t chain[PATH_STEPS];
    size_t n = 0;
    as_str text;
    as_buf out;

    for (; part != AS_NO_PART && n < PATH_STEPS; part = p->parts[part].parent)
        chain[n++] = part;
    as_buf_init(&out, AS_MIB);
    while (n > 0) {
        as_buf_str(&out, p->parts[chain[--n]].name);
        if (n)
            as_buf_c(&out, " > ");
    }
    text = as_arena_str(r->arena, as_buf_text(&out));
    as_buf_done(&out);
    return text;
}

static as_str title_of(as_arena *a, const struct place *p,
                       const as_party_match *m, size_t parts)
{
    as_str more = AS_STR("");

    if (parts > 1)
        more = as_arena_printf(a, " (and of %zu more part%s)", parts - 1,
                               parts == 2 ? "" : "s");
    return as_arena_printf(
        a, "%.*s%.*s is %.*s\"%.*s\", on the list %.*s",
        AS_FMT(as_attribute_word(p->role)), AS_FMT(more),
        AS_FMT(m->unresolved || p->author ? AS_STR("perhaps ") : AS_STR("")),
        AS_FMT(m->listed_name), AS_FMT(m->list));
}

/* An author's name is a person's, and persons share names. */
static as_finding_status status_of(const struct place *p,
                                   const as_party_match *m)
{
    if (m->dismissed.n)
        return AS_FINDING_NOT_AFFECTED;
    return m->unresolved || p->author ? AS_FINDING_CANDIDATE : AS_FINDING_OPEN;
}

static as_finding *new_finding(struct screening *s)
{
    as_finding *grown =
        as_arena_grow(s->review->arena, s->findings, &s->cap_findings,
                      s->n_findings + 1, sizeof *grown);

    if (!grown)
        return NULL;
    s->findings = grown;
    return &grown[s->n_findings++];
}

static void tell(struct screening *s, const struct place *p, size_t parts,
                 const as_party_match *m)
{
    as_arena *a = s->review->arena;
    as_finding *f = new_finding(s);
    as_match_evidence *e = AS_NEW(a, as_match_evidence);
    const as_part *part = &s->review->product->parts[p->part];

    if (!f || !e)
        return;
    *e = (as_match_evidence){.source = m->list,
                             .record = m->id,
                             .method = AS_STR("party"),
                             .key = p->name,
                             .version = m->edition,
                             .range = joined(a, m->why, m->n_why),
                             .note = m->matched_name};
    *f = (as_finding){
        .id =
            as_arena_printf(a, "%.*s:%.*s@%.*s", AS_FMT(m->list), AS_FMT(m->id),
                            AS_FMT(part->ref.n ? part->ref : part->name)),
        .kind = AS_STR("party"),
        .part = p->part,
        .severity = AS_SEVERITY_HIGH,
        .status = status_of(p, m),
        .status_reason = m->dismissed,
        .confidence = status_of(p, m) == AS_FINDING_CANDIDATE
                          ? AS_CONFIDENCE_LOW
                          : AS_CONFIDENCE_HIGH,
        .where = path_of(s->review, p->part),
        .title = title_of(a, p, m, parts),
        .advisory =
            as_arena_printf(a, "%.*s:%.*s", AS_FMT(m->list), AS_FMT(m->id)),
        .score = -1,
        .likelihood = -1,
        .percentile = -1,
        .exploited = AS_NO,
        .evidence = e,
        .n_evidence = 1,
        .remedy = AS_STR("see what the list asks for, and whether it is the "
                         "same party (assay screen, assay screen decide)"),
    };
    if (m->missing.n) {
        f->missing = AS_NEW(a, as_str);
        if (f->missing)
            f->missing[f->n_missing++] = m->missing;
    }
}

/* ---- owners ----------------------------------------------------------------
 */

/* A question of which the answer is to be told. */
struct owned {
    const as_owned_answer *answer;
    const as_party_match *holder; /* the one that counts most */
    as_owner_method method;
    as_owner_standing rule;
    as_date day;
};

static as_finding_status owned_status(const struct place *p,
                                      const struct owned *o)
{
    if (p->author || o->rule.phase != AS_OWNER_IN_FORCE)
        return AS_FINDING_CANDIDATE;
    if (o->answer->answer == AS_YES)
        return AS_FINDING_OPEN;
    return o->holder->missing.n ? AS_FINDING_CANDIDATE : AS_FINDING_UNDECIDED;
}

/* "Buyer Ltd <- 60 % Owner Ltd (us-csl/EL row 123); OFAC: 50 % or more ...". */
static as_str owned_reason(as_arena *a, as_str name, const struct owned *o)
{
    char day[AS_DATE_TEXT] = "";
    as_str text;
    as_buf b;

    as_buf_init(&b, AS_MIB);
    for (size_t i = 0; i < o->answer->n_holders && i < PATHS_TOLD; i++) {
        as_buf_c(&b, i ? "; " : "");
        as_party_path_write(name, &o->answer->holders[i], &b);
    }
    as_buf_printf(&b, " (%s: %.*s", as_owner_method_text(o->method),
                  AS_FMT(as_truth_word(o->answer->answer)));
    if (o->rule.phase != AS_OWNER_IN_FORCE)
        as_buf_printf(
            &b, "; the rule is %s%s%s",
            o->rule.phase == AS_OWNER_SUSPENDED ? "suspended" : "not in force",
            o->rule.until == AS_DATE_NONE ? "" : " until ",
            o->rule.until == AS_DATE_NONE ? ""
                                          : as_date_text(o->rule.until, day));
    as_buf_c(&b, o->rule.scheduled ? "; in force as scheduled, unless changed)"
                                   : ")");
    text = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    return text;
}

static void tell_owned(struct screening *s, const struct place *p, size_t parts,
                       const struct owned *o)
{
    as_arena *a = s->review->arena;
    const as_party_match *m = o->holder;
    as_finding *f = new_finding(s);
    as_match_evidence *e = AS_NEW(a, as_match_evidence);
    const as_part *part = &s->review->product->parts[p->part];
    as_str more = AS_STR("");

    if (!f || !e)
        return;
    if (parts > 1)
        more = as_arena_printf(a, " (and of %zu more part%s)", parts - 1,
                               parts == 2 ? "" : "s");
    *e = (as_match_evidence){.source = m->list,
                             .record = m->id,
                             .method = AS_STR("party"),
                             .key = p->name,
                             .version = m->edition,
                             .range = joined(a, m->path, m->n_path),
                             .note = m->listed_name};
    *f = (as_finding){
        .id = as_arena_printf(a, "%.*s:%.*s/owner@%.*s", AS_FMT(m->list),
                              AS_FMT(m->id),
                              AS_FMT(part->ref.n ? part->ref : part->name)),
        .kind = AS_STR("party"),
        .part = p->part,
        .severity = AS_SEVERITY_HIGH,
        .status = owned_status(p, o),
        .status_reason = owned_reason(a, p->name, o),
        .confidence = m->unresolved ? AS_CONFIDENCE_LOW : AS_CONFIDENCE_HIGH,
        .where = path_of(s->review, p->part),
        .title = as_arena_printf(
            a, "%.*s%.*s is %sheld by \"%.*s\", on the list %.*s",
            AS_FMT(as_attribute_word(p->role)), AS_FMT(more),
            o->answer->answer == AS_YES ? "" : "perhaps ",
            AS_FMT(m->listed_name), AS_FMT(m->list)),
        .advisory =
            as_arena_printf(a, "%.*s:%.*s", AS_FMT(m->list), AS_FMT(m->id)),
        .score = -1,
        .likelihood = -1,
        .percentile = -1,
        .exploited = AS_NO,
        .evidence = e,
        .n_evidence = 1,
        .remedy = AS_STR("find out who owns it and to what share (the party "
                         "itself, registers); see what the list asks for"),
        .missing = o->answer->missing,
        .n_missing = o->answer->n_missing,
    };
}

static bool is_on(const as_party_facts *f, as_str list)
{
    for (size_t i = 0; i < f->n_matches; i++)
        if (as_str_eq(f->matches[i].list, list))
            return true;
    return false;
}

/* One finding a list, by the first law that counts its rows; where the party
 * is on it itself, that says more. */
static void tell_owners(struct screening *s, const struct place *p,
                        size_t parts, const as_party_facts *f)
{
    as_str told[8];
    size_t n = 0;

    for (size_t i = 0; f->owners && i < f->owners->n_answers &&
                       i < s->n_usual && n < AS_ARRAY_LEN(told);
         i++) {
        struct owned o = {.answer = &f->owners->answers[i]};
        bool again = false;
        if (o.answer->answer == AS_NO || o.answer->n_holders == 0 ||
            !as_owner_method_of(o.answer->asked.method, &o.method) ||
            !as_date_read(s->review->as_of, &o.day))
            continue;
        o.holder = &o.answer->holders[0];
        o.rule = as_owner_method_standing(o.method, o.day);
        for (size_t k = 0; k < n; k++)
            again = again || as_str_eq(told[k], o.holder->list);
        if (again || is_on(f, o.holder->list))
            continue;
        told[n++] = o.holder->list;
        tell_owned(s, p, parts, &o);
    }
}

static bool is_first_of_list(const struct screening *s, const as_party_facts *f,
                             size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (as_str_eq(f->matches[i].list, f->matches[k].list) &&
            is_of_itself(s, &f->matches[i]))
            return false;
    return true;
}

/* One finding a name and list, at the first of its parts. */
static void tell_all(struct screening *s, const struct place *first, size_t n,
                     const as_party_facts *f)
{
    size_t parts = 0;

    for (size_t i = 0; i < n; i++)
        parts += first[i].part != AS_NO_PART &&
                 (i == 0 || first[i].part != first[i - 1].part);
    if (first->part == AS_NO_PART)
        return;
    for (size_t k = 0; k < f->n_matches; k++)
        if (is_of_itself(s, &f->matches[k]) && is_first_of_list(s, f, k))
            tell(s, first, parts, &f->matches[k]);
    tell_owners(s, first, parts, f);
}

/* ---- all of it ----------------------------------------------------------- */

/* The answer lives as long as one name's work; what is kept is copied. */
bool as_parties_keep_match(as_arena *a, as_party_match *m)
{
    as_str *const texts[] = {&m->list,         &m->id,      &m->listed_name,
                             &m->matched_name, &m->missing, &m->edition,
                             &m->from,         &m->to,      &m->dismissed};
    as_str *why = AS_NEW_ARRAY(a, m->n_why, as_str);
    as_party_term *terms = AS_NEW_ARRAY(a, m->n_terms, as_party_term);

    if (!why || !terms)
        return false;
    for (size_t i = 0; i < AS_ARRAY_LEN(texts); i++)
        *texts[i] = as_arena_str(a, *texts[i]);
    for (size_t i = 0; i < m->n_why; i++)
        why[i] = as_arena_str(a, m->why[i]);
    for (size_t i = 0; i < m->n_terms; i++)
        terms[i] = (as_party_term){as_arena_str(a, m->terms[i].key),
                                   as_arena_str(a, m->terms[i].value)};
    m->why = why;
    m->terms = terms;
    return true;
}

static bool keep(const as_screen_answer *answer, as_arena *a, as_party_facts *f)
{
    f->examined = answer->examined && !answer->cut;
    f->why = answer->cut ? AS_STR("too many listed names are like it")
                         : as_arena_str(a, answer->why);
    f->matches = AS_NEW_ARRAY(a, answer->n_hits, as_party_match);
    for (size_t i = 0; f->matches && i < answer->n_hits; i++) {
        as_screen_match(&answer->hits[i], a, &f->matches[i]);
        f->n_matches++;
        if (!as_parties_keep_match(a, &f->matches[i]))
            return false;
    }
    return f->matches != NULL;
}

as_rc as_parties_facts(as_parties *p, const as_screen_query *q,
                       as_arena *scratch, as_arena *a, as_party_facts *f,
                       as_err *err)
{
    as_screen_query all = *q;
    as_screen_answer answer;
    as_rc rc;

    all.limit = SIZE_MAX; /* a rule asks whether it is on one list of many */
    *f = (as_party_facts){.name = q->name, .country = q->country};
    as_arena_reset(scratch);
    rc = as_parties_screen(p, &all, scratch, &answer, err);
    if (!rc && !keep(&answer, a, f))
        rc = as_fail(err, AS_ERR_LIMIT, "the names need too much memory");
    return rc;
}

static as_rc screen_one(struct screening *s, const struct place *p, size_t n,
                        as_party_facts *f, as_err *err)
{
    as_screen_query q = {.name = p->name, .country = p->country};
    bool author = true;

    for (size_t i = 0; i < n; i++)
        author = author && p[i].author;
    if (p->part != AS_NO_PART) {
        q.threshold = LEAST_ALIKE;
        q.country_made = true;
        q.kind = author ? AS_PARTY_UNKNOWN : AS_PARTY_ORGANISATION;
    }
    if (s->out->n_facts <= AS_LIMIT_SCREENED_NAMES) {
        as_owned_asking about = {.query = &q,
                                 .questions = s->questions,
                                 .n_questions = s->n_questions};
        as_rc rc = as_parties_facts(s->parties, &q, s->scratch,
                                    s->review->arena, f, err);
        if (!rc && f->examined && !(p->part != AS_NO_PART && author))
            rc = as_parties_owners(s->parties, &about, s->review->arena,
                                   &f->owners, err);
        return rc;
    }
    *f = (as_party_facts){
        .name = p->name,
        .country = p->country,
        .why = AS_STR("the product has more names than are screened at once")};
    return AS_OK;
}

/* Which name of the facts each part has in which role. */
static bool put_parts(struct screening *s, const struct place *p, size_t n)
{
    as_review *r = s->review;

    if (!r->part_parties)
        r->part_parties = AS_NEW_ARRAY(r->arena, s->n_places, as_part_party);
    for (size_t i = 0; i < n && r->part_parties; i++)
        if (p[i].part != AS_NO_PART)
            r->part_parties[r->n_part_parties++] = (as_part_party){
                p[i].part, p[i].role, (uint32_t)s->out->n_facts - 1};
    return r->part_parties != NULL;
}

static as_rc screen_all(struct screening *s, as_err *err)
{
    as_arena *a = s->review->arena;
    as_rc rc = AS_OK;
    size_t i = 0;

    qsort(s->places, s->n_places, sizeof *s->places, by_name);
    s->out->facts = AS_NEW_ARRAY(a, s->n_places, as_party_facts);
    if (!s->out->facts)
        return as_fail(err, AS_ERR_LIMIT, "the names need too much memory");
    while (i < s->n_places && !rc) {
        as_party_facts *f = &s->out->facts[s->out->n_facts++];
        size_t n = 1;
        while (i + n < s->n_places &&
               is_one_name(&s->places[i], &s->places[i + n]))
            n++;
        rc = screen_one(s, &s->places[i], n, f, err);
        if (!rc && !put_parts(s, &s->places[i], n))
            rc = as_fail(err, AS_ERR_LIMIT, "the names need too much memory");
        if (!rc)
            tell_all(s, &s->places[i], n, f);
        i += n;
    }
    return rc;
}

static as_rc say_lists(struct screening *s, as_err *err)
{
    as_screen_query q = {.n_lists = 0};
    as_arena *a = s->review->arena;
    as_parties_coverage c;
    as_rc rc = as_parties_cover(s->parties, &q, a, &c, err);

    if (rc)
        return rc;
    /* Copied: a search that makes the index anew lets go of them. */
    s->out->lists = AS_NEW_ARRAY(a, c.n_lists, as_screened_list);
    s->shipped = AS_NEW_ARRAY(a, c.n_lists, bool);
    if (c.n_lists && (!s->out->lists || !s->shipped))
        return as_fail(err, AS_ERR_LIMIT, "the lists need too much memory");
    for (size_t i = 0; i < c.n_lists; i++) {
        s->shipped[i] = c.lists[i].shipped;
        s->out->lists[s->out->n_lists++] = (as_screened_list){
            .list = as_arena_str(a, c.lists[i].name),
            .edition = as_arena_str(a, c.lists[i].edition),
            .complete = c.lists[i].complete,
        };
    }
    return AS_OK;
}

/* What the laws ask of owners, and what else the rules at hand do. */
static as_rc gather_questions(struct screening *s, const as_rules *rules,
                              as_err *err)
{
    as_owned_question *own = NULL;
    const as_owned_question *usual = as_owned_usual(&s->n_usual);
    size_t n = 0;
    as_rc rc = as_rules_owned(rules, &own, &n, err);

    if (rc)
        return rc;
    s->questions =
        AS_NEW_ARRAY(s->review->arena, s->n_usual + n, as_owned_question);
    if (!s->questions)
        return as_fail(err, AS_ERR_LIMIT, "no memory for the rules");
    for (size_t i = 0; i < s->n_usual; i++)
        s->questions[s->n_questions++] = usual[i];
    for (size_t i = 0; i < n; i++)
        s->questions[s->n_questions++] = own[i];
    return AS_OK;
}

/* Behind what is there. */
static as_rc put_findings(struct screening *s, as_err *err)
{
    as_review *r = s->review;
    size_t n = r->n_findings + s->n_findings;
    as_finding *all;

    if (s->n_findings == 0)
        return AS_OK;
    all = AS_NEW_ARRAY(r->arena, n, as_finding);
    if (!all)
        return as_fail(err, AS_ERR_LIMIT, "the findings need too much memory");
    for (size_t i = 0; i < s->n_findings; i++)
        all[i] = s->findings[i];
    for (size_t i = 0; i < r->n_findings; i++)
        all[s->n_findings + i] = r->findings[i];
    r->findings = all;
    r->n_findings = n;
    return AS_OK;
}

as_rc as_review_screen_parties(const as_review_request *q,
                               const as_review_law *law, as_review *r,
                               as_err *err)
{
    as_parties_request open = {.knowledge = q->knowledge,
                               .knowledge_named = q->knowledge_named,
                               .register_ = q->register_,
                               .as_of = r->as_of};
    struct screening s = {.review = r, .out = AS_NEW(r->arena, as_screening)};
    as_rc rc;

    if (!s.out || !gather(&s, law->context))
        return as_fail(err, AS_ERR_LIMIT, "the names need too much memory");
    if (s.n_places == 0)
        return AS_OK;
    s.scratch = as_arena_new(AS_LIMIT_SCREEN_BYTES);
    if (!s.scratch)
        return as_fail(err, AS_ERR_MEMORY, "no memory to screen names");
    rc = as_parties_open(&open, &s.parties, err);
    if (!rc)
        rc = say_lists(&s, err);
    if (!rc)
        rc = gather_questions(&s, &law->rules, err);
    if (!rc)
        rc = screen_all(&s, err);
    as_parties_close(s.parties);
    as_arena_free(s.scratch);
    if (!rc)
        rc = put_findings(&s, err);
    if (!rc)
        r->screening = s.out;
    return rc;
}
