/* SPDX-License-Identifier: Apache-2.0 */
/* A table of owners: read, and asked about its first parties by every method.
 * Holds that bounds are in order, that an unsure answer names what is missing
 * and a sure one does not, and that what binds more binds wherever what binds
 * less does: one owner alone, all together, half instead of more. */
#include "base/limits.h"
#include "party/party.h"

#include <assert.h>

enum { ASKED = 6, EDGES = 400 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const as_owner_answer *r)
{
    assert(r->low <= r->high && r->low >= 0 && r->high <= 100);
    assert(r->rest_low <= r->rest_high || r->rest_high == 0);
    assert((r->answer == AS_UNSURE) == (r->n_missing > 0));
    assert(r->answer != AS_YES || r->n_holders > 0);
    assert(r->n_paths <= AS_LIMIT_OWNER_PATHS);
    for (size_t i = 0; i < r->n_paths; i++)
        assert(r->paths[i].n_steps > 0 &&
               r->paths[i].n_steps < AS_LIMIT_OWNER_STEPS);
}

static bool is_less(as_truth a, as_truth b)
{
    return (a == AS_YES && b != AS_YES) || (a == AS_UNSURE && b == AS_NO);
}

static void ask_all(as_owner_graph *g, as_str party, const as_owner_set *set,
                    as_arena *arena)
{
    as_truth t[AS_OWNER_METHODS];
    as_owner_query q = {.party = party, .day = 20000, .listed = set};

    for (int m = 0; m < AS_OWNER_METHODS; m++) {
        as_owner_answer r;
        q.method = (as_owner_method)m;
        if (as_owner_ask(g, &q, arena, &r, NULL))
            return; /* a ceiling */
        check(&r);
        t[m] = r.answer;
    }
    assert(t[AS_OWNER_OFAC] == t[AS_OWNER_BIS]);
    assert(t[AS_OWNER_OFAC] == t[AS_OWNER_MOFCOM]);
    assert(!is_less(t[AS_OWNER_UK], t[AS_OWNER_EU]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_owner_graph *g = as_owner_graph_new();
    as_arena *arena = as_arena_new(AS_MIB * 64);
    as_owner_listed *listed = NULL;
    const as_owner_set *set;
    const as_str *keys;
    size_t n = 0, n_keys;
    as_err err;

    as_err_init(&err);
    if (as_owner_read((as_span){data, size}, arena, g, &listed, &n, &err)) {
        assert(err.what[0] && listed == NULL && n == 0);
        goto out;
    }
    if (as_owner_graph_edges(g) > EDGES || as_owner_graph_seal(g, NULL))
        goto out;
    set = as_owner_set_new(arena, listed, n);
    keys = as_owner_graph_keys(g, &n_keys);
    for (size_t i = 0; set && i < n_keys && i < ASKED; i++)
        ask_all(g, keys[i], set, arena);
out:
    as_owner_graph_free(g);
    as_arena_free(arena);
    return 0;
}
