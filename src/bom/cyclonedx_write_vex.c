/* SPDX-License-Identifier: Apache-2.0 */
/* Writing the vulnerabilities of CycloneDX: statements about flaws. As with
 * components, what was kept as JSON is written as it was. */
#include "bom/cyclonedx_write_internal.h"

#include <stddef.h>

struct member {
    as_str name;
    void (*write)(struct cyclonedx_output *c, const as_statement *s,
                  const struct member *m);
    size_t offset; /* of the as_str in as_statement */
};

static void write_text(struct cyclonedx_output *c, const as_statement *s,
                       const struct member *m)
{
    const as_str *text =
        (const as_str *)(const void *)((const char *)s + m->offset);

    as_json_write_field_opt(&c->o.w, m->name, *text);
}

static void write_references(struct cyclonedx_output *c, const as_statement *s,
                             const struct member *m)
{
    as_json_writer *w = &c->o.w;

    if (s->n_aliases == 0)
        return;
    as_json_write_key(w, m->name);
    as_json_write_array(w);
    for (size_t i = 0; i < s->n_aliases; i++) {
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("id"), s->aliases[i]);
        as_json_write_key(w, AS_STR("source"));
        as_json_write_object(w);
        as_json_write_object_end(w);
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

static void write_source(struct cyclonedx_output *c, const as_statement *s,
                         const struct member *m)
{
    if (as_str_is_empty(s->source))
        return;
    as_json_write_key(&c->o.w, m->name);
    as_json_write_object(&c->o.w);
    as_json_write_field(&c->o.w, AS_STR("name"), s->source);
    as_json_write_object_end(&c->o.w);
}

static void write_ratings(struct cyclonedx_output *c, const as_statement *s,
                          const struct member *m)
{
    if (s->n_vectors == 0)
        return;
    as_json_write_key(&c->o.w, m->name);
    as_json_write_array(&c->o.w);
    for (size_t i = 0; i < s->n_vectors; i++) {
        as_json_write_object(&c->o.w);
        as_json_write_field(&c->o.w, AS_STR("vector"), s->vectors[i]);
        as_json_write_object_end(&c->o.w);
    }
    as_json_write_array_end(&c->o.w);
}

/* The state in the words of CycloneDX: the source's own, when it is one. */
static as_str state_word(const struct cyclonedx_output *c,
                         const as_statement *s)
{
    if (c->same)
        return s->analysis_text;
    return s->analysis == AS_ANALYSIS_NONE ? AS_ABSENT
                                           : as_analysis_word(s->analysis);
}

/* VEX justifications of other formats in the nearest word of CycloneDX. */
static as_str justification_word(const struct cyclonedx_output *c, as_str word)
{
    static const struct {
        as_str from, to;
    } words[] = {
        {AS_STR_INIT("componentNotPresent"), AS_STR_INIT("code_not_present")},
        {AS_STR_INIT("vulnerableCodeNotPresent"),
         AS_STR_INIT("code_not_present")},
        {AS_STR_INIT("vulnerableCodeNotInExecutePath"),
         AS_STR_INIT("code_not_reachable")},
        {AS_STR_INIT("vulnerableCodeCannotBeControlledByAdversary"),
         AS_STR_INIT("requires_environment")},
        {AS_STR_INIT("inlineMitigationsAlreadyExist"),
         AS_STR_INIT("protected_by_mitigating_control")},
    };

    for (size_t i = 0; i < AS_ARRAY_LEN(words) && !c->same; i++)
        if (as_str_eq(words[i].from, word))
            return words[i].to;
    return c->same ? word : AS_ABSENT;
}

static void write_analysis(struct cyclonedx_output *c, const as_statement *s,
                           const struct member *m)
{
    as_str state = state_word(c, s);
    as_str why = justification_word(c, s->justification);
    as_json_writer *w = &c->o.w;

    if (!state.n && !why.n && !s->detail.n)
        return;
    as_json_write_key(w, m->name);
    as_json_write_object(w);
    as_json_write_field_opt(w, AS_STR("state"), state);
    as_json_write_field_opt(w, AS_STR("justification"), why);
    as_json_write_field_opt(w, AS_STR("detail"), s->detail);
    as_json_write_object_end(w);
}

static void write_affected(as_json_writer *w, const as_affects *a)
{
    bool range = as_str_starts(a->version, AS_STR("vers:"));

    as_json_write_object(w);
    as_json_write_field(w, range ? AS_STR("range") : AS_STR("version"),
                        a->version);
    as_json_write_field_opt(w, AS_STR("status"), a->status);
    as_json_write_object_end(w);
}

/* Versions of one part stand behind each other. */
static void write_affects(struct cyclonedx_output *c, const as_statement *s,
                          const struct member *m)
{
    as_json_writer *w = &c->o.w;

    if (s->n_affects == 0)
        return;
    as_json_write_key(w, m->name);
    as_json_write_array(w);
    for (size_t i = 0; i < s->n_affects;) {
        as_str ref = s->affects[i].ref;
        as_json_write_object(w);
        as_json_write_field(w, AS_STR("ref"), ref.p ? ref : AS_STR(""));
        if (s->affects[i].version.p) {
            as_json_write_key(w, AS_STR("versions"));
            as_json_write_array(w);
            for (; i < s->n_affects && s->affects[i].version.p &&
                   as_str_eq(s->affects[i].ref, ref);
                 i++)
                write_affected(w, &s->affects[i]);
            as_json_write_array_end(w);
        } else {
            i++;
        }
        as_json_write_object_end(w);
    }
    as_json_write_array_end(w);
}

#define TEXT(name, member)                                                     \
    {                                                                          \
        AS_STR_INIT(name), write_text, offsetof(as_statement, member)          \
    }
#define MADE(name, write)                                                      \
    {                                                                          \
        AS_STR_INIT(name), write, 0                                            \
    }
#define KEPT(name)                                                             \
    {                                                                          \
        AS_STR_INIT(name), NULL, 0                                             \
    }

static const struct member members[] = {
    TEXT("bom-ref", ref),
    TEXT("id", id),
    MADE("source", write_source),
    MADE("references", write_references),
    MADE("ratings", write_ratings),
    KEPT("cwes"),
    TEXT("description", description),
    KEPT("detail"),
    TEXT("recommendation", recommendation),
    KEPT("workaround"),
    KEPT("proofOfConcept"),
    KEPT("advisories"),
    KEPT("created"),
    KEPT("published"),
    TEXT("updated", updated),
    KEPT("rejected"),
    KEPT("credits"),
    KEPT("tools"),
    MADE("analysis", write_analysis),
    MADE("affects", write_affects),
    KEPT("properties"),
};

static void lose_unknown(struct cyclonedx_output *c, const as_statement *s)
{
    for (size_t i = 0; i < s->n_extras; i++) {
        bool known = false;
        for (size_t k = 0; k < AS_ARRAY_LEN(members) && c->same; k++)
            known = known || as_str_eq(members[k].name, s->extras[i].key);
        if (!known)
            as_bom_lose_member(&c->o, AS_NO_PART, &s->extras[i]);
    }
}

void as_cyclonedx_write_statement(struct cyclonedx_output *c,
                                  const as_statement *s)
{
    as_json_write_object(&c->o.w);
    for (size_t i = 0; i < AS_ARRAY_LEN(members); i++) {
        const struct member *m = &members[i];
        const as_extra *x =
            c->same ? as_bom_find_extra(s->extras, s->n_extras, m->name) : NULL;
        if (x)
            as_cyclonedx_write_kept(c, AS_NO_PART, m->name, x->json);
        else if (m->write)
            m->write(c, s, m);
    }
    as_json_write_object_end(&c->o.w);
    lose_unknown(c, s);
}
