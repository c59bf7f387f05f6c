/* SPDX-License-Identifier: Apache-2.0 */
/* Ownership; inside party/ only.
 *
 * A question walks up from the party and makes a small problem of what it
 * meets: members (parties) and holdings (shares of one member in another, cut
 * to what the others leave). The methods work on that alone. */
#ifndef AS_PARTY_OWNERSHIP_INTERNAL_H
#define AS_PARTY_OWNERSHIP_INTERNAL_H

#include "party/party.h"

/* Billionths of a percent: sums are exact, products are rounded outward. */
typedef int64_t as_share;
#define AS_SHARE_PERCENT ((as_share)1000000000)
#define AS_SHARE_ALL     (100 * AS_SHARE_PERCENT)

typedef int as_wide AS_BITS_128; /* of products */

#define AS_OWNER_NOBODY UINT32_MAX

static inline double as_share_percent(as_share s)
{
    return (double)s / (double)AS_SHARE_PERCENT;
}

typedef struct as_owner_link {
    as_str owner_key, owned_key;
    uint32_t owner, owned; /* nodes, when sealed */
    as_share low, high;
    as_date from, to;
    as_owner_tie tie;
} as_owner_link;

struct as_owner_graph {
    as_arena *arena; /* of what was added */
    as_owner_link *links;
    size_t n_links, cap_links;
    struct as_owner_label *labels;
    size_t n_labels, cap_labels;
    as_arena *index; /* of what follows; NULL: not sealed */
    as_str *keys;    /* of the nodes, sorted */
    as_str *names;
    uint32_t n_nodes;
    /* Links by owned (then owner) and by owner (then owned); those of node i
     * are [start[i], start[i + 1]). */
    uint32_t *up_start, *up, *down_start, *down;
};

uint32_t as_owner_node(const as_owner_graph *g, as_str key);
const as_owner_listed *as_owner_set_find(const as_owner_set *s, as_str key);

/* The owners of one node on a day, each once, with what is left for it. */
typedef struct as_owner_stake {
    uint32_t owner; /* node */
    as_share low, high;
    bool share;          /* a share is stated, not kinship alone */
    bool control, maybe; /* stated; not known */
    bool kin;
    bool contradicted;
} as_owner_stake;
typedef struct as_owner_stakes {
    as_owner_stake *items;
    size_t n, cap;
    as_share low, high; /* sums as stated */
} as_owner_stakes;
/* False when the arena is full. Array and capacity are used again. */
bool as_owner_stakes_of(const as_owner_graph *g, uint32_t node, as_date day,
                        as_arena *a, as_owner_stakes *ret);

/* ---- the problem -----------------------------------------------------------
 */

typedef struct as_holding {
    uint32_t owner, owned; /* members */
    as_share low, high;
    bool control, maybe;
} as_holding;

typedef struct as_member {
    uint32_t node; /* AS_OWNER_NOBODY: the owners nobody stated */
    const as_owner_listed *listed;
    size_t first, n;  /* its owners, among the holdings */
    as_share sum_low; /* of them */
    bool overfull;    /* they sum above 100: nothing follows from the sum */
} as_member;

typedef struct as_problem {
    as_owner_graph *g;
    const as_owner_query *q;
    as_arena *arena;    /* of the answer */
    as_arena *work;     /* thrown away after the question */
    as_member *members; /* 0 is the party */
    uint32_t n_members;
    size_t cap_members;
    as_holding *holdings; /* by owned */
    size_t n_holdings, cap_holdings;
    size_t *down_start; /* of member i: indexes of holdings by owner */
    size_t *down;
    uint32_t *order; /* owners before what they own, but for cycles */
    as_owner_finding *findings;
    size_t n_findings, cap_findings;
} as_problem;

as_str as_problem_name(const as_problem *p, uint32_t member);
/* The graph's defects at a node, into the findings. */
void as_problem_check(as_problem *p, uint32_t node, const as_owner_stakes *s);
/* Walks up; past_listed: also above listed owners. */
as_rc as_problem_walk(as_problem *p, bool past_listed, as_err *err) AS_MUST_USE;

/* ---- the chain -------------------------------------------------------------
 */

typedef struct as_chain_rule {
    as_share threshold; /* at or above it counts */
    bool control;
} as_chain_rule;

/* One world: which members count as listed. */
typedef struct as_chain {
    uint8_t *in;                /* by member */
    as_share *in_low, *in_high; /* held by those that are in */
    uint8_t *ties;              /* 1: one of them may control it, 2: one does */
    uint32_t *queue;
} as_chain;

bool as_chain_init(as_chain *c, const as_problem *p);
/* high: by member, whether its owners' unknown shares are what favours the
 * listed (NULL: all is). only: a listed member that counts alone, or
 * AS_OWNER_NOBODY. */
void as_chain_run(as_chain *c, const as_problem *p, const as_chain_rule *rule,
                  const uint8_t *high, uint32_t only);
/* The most that those in c can hold of m together. */
as_share as_chain_most(const as_chain *c, const as_problem *p, uint32_t m);

/* What settles an unsure answer: marks (by holding) 1 share, 2 control. Returns
 * whether the set is the smallest. */
typedef struct as_settle {
    const as_problem *p;
    const as_chain_rule *rule;
    uint32_t only;
    const uint8_t *certain, *possible; /* by member */
    uint8_t *marks;                    /* by holding */
} as_settle;
bool as_chain_settle(const as_settle *s);

/* ---- multiplication --------------------------------------------------------
 */

/* What the listed hold of each member in the end, at least or at most. */
as_share *as_multiply(const as_problem *p, bool most);

as_rc as_family_ask(as_problem *p, as_owner_answer *ret,
                    as_err *err) AS_MUST_USE;

#endif
