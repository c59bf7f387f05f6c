/* SPDX-License-Identifier: Apache-2.0 */
/* The security profile of SPDX 3.0: what the document says about flaws. Each
 * VEX relationship, from a vulnerability to the elements it speaks of, is a
 * statement; a vulnerability that is only associated with an element is one
 * without analysis; scores go to the statements about their vulnerability. */
#include "bom/spdx3_internal.h"

#include <stdlib.h>

static const struct {
    as_str type, word;
    as_analysis analysis;
} assessments[] = {
#define ROW(type, word, analysis)                                              \
    {                                                                          \
        AS_STR_INIT(type "VulnAssessmentRelationship"), AS_STR_INIT(word),     \
            AS_ANALYSIS_##analysis                                             \
    }
    ROW("VexAffected", "affected", EXPLOITABLE),
    ROW("VexFixed", "fixed", RESOLVED),
    ROW("VexNotAffected", "not_affected", NOT_AFFECTED),
    ROW("VexUnderInvestigation", "under_investigation", IN_TRIAGE),
#undef ROW
};

bool as_spdx3_is_assessment(as_str type)
{
    return as_str_ends(type, AS_STR("VulnAssessmentRelationship"));
}

/* "CVE-2024-1" of a vulnerability: its identifier, else its name. */
static as_str flaw_id(as_json flaw)
{
    as_json list = as_spdx3_get(flaw, "externalIdentifier");
    as_str name = as_spdx3_get_str(flaw, "name");

    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        as_str type = as_spdx3_get_str(it.value, "externalIdentifierType");
        as_str id = as_spdx3_get_str(it.value, "identifier");
        if (as_str_eq(type, AS_STR("cve")) && id.n)
            return id;
    }
    return name;
}

static void read_flaw(struct spdx3 *s, as_statement *to, as_json flaw)
{
    as_bom_reader *r = s->r;
    as_json list = as_spdx3_get(flaw, "externalIdentifier");
    as_bom_list aliases = {NULL, 0, 0};
    as_str id = flaw_id(flaw);

    to->id = as_bom_keep(r, id);
    to->description = as_bom_keep(r, as_spdx3_get_str(flaw, "description"));
    for (as_json_iter it = as_json_each(list); as_json_next(&it);) {
        as_str other = as_spdx3_get_str(it.value, "identifier");
        if (other.n && !as_str_eq(other, id))
            *AS_BOM_PUSH(r, &aliases, as_str) = as_bom_keep(r, other);
    }
    to->aliases = AS_BOM_TAKE(r, &aliases, as_str, &to->n_aliases);
    free(aliases.items);
}

static as_str ref_of(as_json v)
{
    return as_json_is(v, AS_JSON_OBJECT) ? as_json_get_str(v, AS_STR("spdxId"))
                                         : as_json_str(v);
}

/* The element in which the flaw was found, where it is said; else the products
 * the statement is made to. */
static void read_affects(struct spdx3 *s, as_statement *to, as_json v)
{
    as_json assessed = as_spdx3_get(v, "assessedElement");
    as_json products = as_spdx3_get(v, "to");
    as_json from = as_spdx3_count(assessed) ? assessed : products;
    as_bom_list list = {NULL, 0, 0};

    if (!as_json_is(from, AS_JSON_ARRAY) && as_spdx3_count(from))
        AS_BOM_PUSH(s->r, &list, as_affects)->ref =
            as_bom_keep(s->r, ref_of(from));
    for (as_json_iter it = as_json_each(from); as_json_next(&it);)
        AS_BOM_PUSH(s->r, &list, as_affects)->ref =
            as_bom_keep(s->r, ref_of(it.value));
    to->affects = AS_BOM_TAKE(s->r, &list, as_affects, &to->n_affects);
    free(list.items);
}

static void read_vex(struct spdx3 *s, as_statement *to, as_json v, size_t row)
{
    as_bom_reader *r = s->r;
    as_str why = as_spdx3_get_str(v, "impactStatement");

    to->analysis = assessments[row].analysis;
    to->analysis_text = assessments[row].word;
    to->ref = as_bom_keep(r, ref_of(v));
    to->justification =
        as_bom_keep(r, as_spdx3_get_str(v, "justificationType"));
    to->detail =
        as_bom_keep(r, why.n ? why : as_spdx3_get_str(v, "statusNotes"));
    to->recommendation = as_bom_keep(r, as_spdx3_get_str(v, "actionStatement"));
    to->updated = as_spdx3_get_str(v, "modifiedTime");
    if (as_str_is_empty(to->updated))
        to->updated = as_spdx3_get_str(v, "publishedTime");
    to->updated = as_bom_keep(r, to->updated);
    to->source = as_bom_keep(
        r, as_spdx3_get_str(as_spdx3_resolve(s, as_spdx3_get(v, "suppliedBy")),
                            "name"));
    read_affects(s, to, v);
    read_flaw(s, to, as_spdx3_resolve(s, as_spdx3_get(v, "from")));
}

static size_t find_row(as_str type)
{
    size_t i = 0;

    while (i < AS_ARRAY_LEN(assessments) &&
           !as_str_eq(assessments[i].type, type))
        i++;
    return i;
}

static void read_association(struct spdx3 *s, as_bom_list *list, as_json v,
                             uint32_t index)
{
    as_json to = as_spdx3_get(v, "to");
    as_str ref = ref_of(as_spdx3_get(v, "from"));

    for (as_json_iter it = as_json_each(to); as_json_next(&it);) {
        as_json flaw = as_spdx3_resolve(s, it.value);
        as_statement *x;
        if (!flaw.doc)
            continue;
        x = AS_BOM_PUSH(s->r, list, as_statement);
        x->index = index;
        read_flaw(s, x, flaw);
        x->affects = AS_NEW(s->r->product->arena, as_affects);
        if (x->affects) {
            x->n_affects = 1;
            x->affects->ref = as_bom_keep(s->r, ref);
        }
    }
}

/* ---- scores ------------------------------------------------------------ */

struct score {
    as_str id, vector;
};

static int score_cmp(const void *a, const void *b)
{
    const struct score *x = a, *y = b;
    int by_id = as_str_cmp(x->id, y->id);

    return by_id ? by_id : as_str_cmp(x->vector, y->vector);
}

/* First of the scores with this id; *n of them. */
static const struct score *find_scores(const as_bom_list *scores, as_str id,
                                       size_t *n)
{
    const struct score *items = scores->items;
    size_t from = 0, to = scores->n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (as_str_cmp(items[middle].id, id) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    for (*n = 0; from + *n < scores->n && as_str_eq(items[from + *n].id, id);)
        ++*n;
    return items + from;
}

static void give_scores(struct spdx3 *s, as_bom_list *scores)
{
    as_product *p = s->r->product;

    if (scores->n == 0)
        return;
    qsort(scores->items, scores->n, sizeof(struct score), score_cmp);
    for (size_t i = 0; i < p->n_statements; i++) {
        as_statement *x = &p->statements[i];
        size_t n;
        const struct score *first = find_scores(scores, x->id, &n);
        x->vectors = n ? AS_NEW_ARRAY(p->arena, n, as_str) : NULL;
        for (size_t k = 0; k < n && x->vectors; k++)
            x->vectors[x->n_vectors++] = first[k].vector;
    }
}

static void read_score(struct spdx3 *s, as_bom_list *scores, as_json v)
{
    as_str vector = as_spdx3_get_str(v, "vectorString");
    as_json flaw = as_spdx3_resolve(s, as_spdx3_get(v, "from"));
    struct score *x;

    if (!vector.n || !flaw.doc)
        return;
    x = AS_BOM_PUSH(s->r, scores, struct score);
    x->id = flaw_id(flaw);
    x->vector = as_bom_keep(s->r, vector);
}

void as_spdx3_read_statements(struct spdx3 *s)
{
    as_product *p = s->r->product;
    as_bom_list list = {NULL, 0, 0}, scores = {NULL, 0, 0};

    for (size_t i = 0; i < s->tree.n; i++) {
        as_json v = s->tree.nodes[i].v;
        as_str type = as_spdx3_type(v);
        size_t row = find_row(type);
        if (row < AS_ARRAY_LEN(assessments)) {
            as_statement *x = AS_BOM_PUSH(s->r, &list, as_statement);
            x->index = s->tree.nodes[i].index;
            read_vex(s, x, v, row);
        } else if (as_spdx3_is_assessment(type)) {
            read_score(s, &scores, v);
        } else if (as_str_eq(as_spdx3_get_str(v, "relationshipType"),
                             AS_STR("hasAssociatedVulnerability"))) {
            read_association(s, &list, v, s->tree.nodes[i].index);
        }
    }
    p->statements = AS_BOM_TAKE(s->r, &list, as_statement, &p->n_statements);
    give_scores(s, &scores);
    free(list.items);
    free(scores.items);
}
