/* SPDX-License-Identifier: Apache-2.0 */
/* Which records are about one flaw: those that share an id or an alias, also
 * through a third record. The flaw is called by the first CVE among their
 * names, else the first GHSA, else the first id. n log n in the names. */
#include "match/flaw_internal.h"

#include <stdlib.h>

/* A distribution's record of one CVE is that flaw: "DEBIAN-CVE-2024-1" with
 * CVE-2024-1 upstream. Absent for others, such as notices about many. */
static as_str inner_cve(const as_advisory *v)
{
    size_t at = as_str_search(v->id, AS_STR("-CVE-"));
    as_str cve = as_str_slice(v->id, at + 1, v->id.n);

    for (size_t i = 0; at < v->id.n && i < v->n_upstream; i++)
        if (as_str_eq(v->upstream[i], cve))
            return cve;
    return AS_ABSENT;
}

as_str as_advisory_cve(const as_advisory *v)
{
    for (size_t i = 0; i < v->n_aliases; i++)
        if (as_str_starts(v->aliases[i], AS_STR("CVE-")))
            return v->aliases[i];
    return inner_cve(v);
}

/* One name a record has for its flaw. */
struct name {
    as_str id;
    uint32_t member;
};

static int name_cmp(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    int r = as_str_cmp(x->id, y->id);

    return r ? r : (x->member > y->member) - (x->member < y->member);
}

static struct name *names_of(const struct as_member *ms, size_t n, as_arena *a,
                             size_t *ret_n)
{
    struct name *names;
    size_t k = 0, cap = 0;

    for (size_t i = 0; i < n; i++)
        cap += 2 + ms[i].advisory->n_aliases;
    names = AS_NEW_ARRAY(a, cap, struct name);
    for (size_t i = 0; names && i < n; i++) {
        const as_advisory *v = ms[i].advisory;
        as_str inner = inner_cve(v);
        names[k++] = (struct name){v->id, (uint32_t)i};
        for (size_t j = 0; j < v->n_aliases; j++)
            names[k++] = (struct name){v->aliases[j], (uint32_t)i};
        if (!as_str_is_absent(inner))
            names[k++] = (struct name){inner, (uint32_t)i};
    }
    if (k)
        qsort(names, k, sizeof *names, name_cmp);
    *ret_n = k;
    return names;
}

/* The member that stands for the group of i; halves the way on each walk. */
static uint32_t root_of(uint32_t *up, uint32_t i)
{
    while (up[i] != i) {
        up[i] = up[up[i]];
        i = up[i];
    }
    return i;
}

static unsigned name_rank(as_str id)
{
    return as_str_starts(id, AS_STR("CVE-"))    ? 0
           : as_str_starts(id, AS_STR("GHSA-")) ? 1
                                                : 2;
}

bool as_join_flaws(struct as_member *ms, size_t n, as_arena *a)
{
    size_t n_names = 0;
    struct name *names = names_of(ms, n, a, &n_names);
    uint32_t *up = AS_NEW_ARRAY(a, n, uint32_t);

    if (!names || !up)
        return false;
    for (uint32_t i = 0; i < n; i++)
        up[i] = i;
    for (size_t i = 1; i < n_names; i++)
        if (as_str_eq(names[i - 1].id, names[i].id))
            up[root_of(up, names[i].member)] = root_of(up, names[i - 1].member);
    for (size_t i = 0; i < n_names; i++) {
        struct as_member *m = &ms[root_of(up, names[i].member)];
        if (as_str_is_absent(m->flaw) ||
            name_rank(names[i].id) < name_rank(m->flaw))
            m->flaw = names[i].id;
    }
    for (uint32_t i = 0; i < n; i++)
        ms[i].flaw = ms[root_of(up, i)].flaw;
    return true;
}

static int truth_rank(as_truth t)
{
    return t == AS_YES ? 0 : t == AS_UNSURE ? 1 : 2;
}

int as_member_cmp(const void *a, const void *b)
{
    const struct as_member *x = a, *y = b;
    const as_decision *dx = &x->row->decision, *dy = &y->row->decision;
    int r = as_str_cmp(x->flaw, y->flaw);

    if (!r)
        r = (int)x->row->identity->kind - (int)y->row->identity->kind;
    if (!r)
        r = (int)dx->silent - (int)dy->silent;
    if (!r)
        r = truth_rank(dx->affected) - truth_rank(dy->affected);
    if (!r)
        r = as_str_cmp(x->advisory->id, y->advisory->id);
    if (!r)
        r = as_str_cmp(x->advisory->source, y->advisory->source);
    if (!r)
        r = as_str_cmp(x->advisory->section, y->advisory->section);
    return r ? r : (x->row > y->row) - (x->row < y->row);
}
