/* SPDX-License-Identifier: Apache-2.0 */
/* A search in the candidate index at work: finder_words.c finds the words of
 * the lists that a word may stand for, finder.c the names that hold them. */
#ifndef AS_PARTY_FINDER_INTERNAL_H
#define AS_PARTY_FINDER_INTERNAL_H

#include "party/index_internal.h"

enum {
    AS_FINDER_STRANDS = 256, /* of a name */
    AS_FINDER_RELATED = 8192 /* words of the lists, in all strands */
};

/* What one word of the name, or several written as one, finds. */
typedef struct as_strand {
    uint64_t words;   /* of the name, as bits: each counts once */
    uint16_t weight;  /* of them, percent of a rare word */
    uint32_t from, n; /* related words, the nearest first */
    uint64_t cost;    /* names that hold one of them */
} as_strand;

typedef struct as_related {
    uint32_t word;
    uint32_t strength; /* percent that agree at most */
} as_related;

/* What is known of a name of the lists in this search. */
typedef struct as_mark {
    uint64_t words; /* of the name asked for that found it */
    uint32_t name;
    uint32_t agrees;
} as_mark;

struct as_finder {
    as_index *x;
    /* The names met, as a sparse set: where a name stands in met is at[name],
     * when that one is of the name. So a search forgets the last one for
     * nothing, and what it walks is small. */
    uint32_t *at;
    as_mark *met;
    size_t n_met, n_names;
    uint32_t n_family;
    const as_index_weights *weights;
    uint32_t *seen; /* by word: strand that holds it */
    uint32_t word_run;
    size_t n_words;
    as_strand strands[AS_FINDER_STRANDS];
    size_t n_strands;
    as_related related[AS_FINDER_RELATED];
    size_t n_related;
    /* Found by a key of the whole name, an acronym, or halves of a word; with
     * the share that agrees. */
    as_candidate direct[AS_LIMIT_CANDIDATES];
    size_t n_direct;
    uint64_t known; /* words of the name that the lists have as they are */
    as_candidate items[AS_LIMIT_CANDIDATES];
    as_finder_ask ask;
    uint64_t probes; /* left in this search: words and names looked at */
    bool cut;
};

enum { AS_FINDER_WHOLE = 1000 };

/* Fills strands, related words and direct names. */
void as_finder_words(as_finder *f, const as_name *n);

#endif
