/* SPDX-License-Identifier: Apache-2.0 */
/* What a worker that reads feeds tells the process that keeps them: a sequence
 * of items, each a type byte, a length (LEB128) and a body on the wire
 * (model/wire.h). Many items stand in one frame of the sandbox.
 *
 * The reading side trusts nothing: lengths are checked, bodies are decoded with
 * checks, texts are UTF-8. What a record may hold is checked by the store. */
#ifndef AS_KNOW_FRAME_INTERNAL_H
#define AS_KNOW_FRAME_INTERNAL_H

#include "base/err.h"
#include "know/feed_internal.h"

typedef enum as_item_type {
    AS_ITEM_BEGIN = 1, /* one of the inputs begins: its index */
    AS_ITEM_END,       /* and is done */
    AS_ITEM_MEMBER,    /* a file was read by an importer: its name, kind */
    AS_ITEM_PASSED,    /* a file that no importer reads: its name, kind */
    AS_ITEM_FAILED,    /* a file that could not be read: diagnosis */
    AS_ITEM_ADVISORY,
    AS_ITEM_EXPLOITED,
    AS_ITEM_LIKELIHOOD,
    AS_ITEM_EDITION,
    AS_ITEM_REFUSED, /* a record: diagnosis */
    AS_ITEM_NOTED,   /* something in a kept record: diagnosis */
    AS_ITEM_BROKEN,  /* the input at hand is not whole: diagnosis */
    AS_ITEM_LIST,    /* a list of parties: its file, head, date of the file */
    AS_ITEM_PARTY,
    AS_ITEM_CUT, /* the list at hand is cut off: diagnosis */
} as_item_type;

/* Where and why something was not read. */
typedef struct as_diagnosis_item {
    as_str source, id; /* may be absent */
    as_str member;     /* file, or archive/file */
    as_str path;       /* JSON Pointer */
    uint64_t line, column;
    as_str reason;
} as_diagnosis_item;

typedef struct as_item {
    as_item_type type;
    uint64_t index;       /* begin, end */
    as_str member, kind;  /* member, passed */
    as_str source;        /* exploited, likelihood, edition */
    as_str edition, date; /* edition; date of the file: list */
    as_list_head list;
    as_party party;
    as_party_part part;
    as_advisory advisory;
    as_exploited exploited;
    as_likelihood likelihood;
    as_diagnosis_item diagnosis; /* failed, refused, noted, broken, cut */
} as_item;

/* Appends the item; only the fields of its type count. */
void as_item_write(const as_item *item, as_buf *out);

/* Takes the next item off *rest. AS_ERR_NO_INPUT at the end, AS_ERR_INPUT when
 * the bytes are no item. Texts point into the bytes, arrays into the arena. */
as_rc as_item_read(as_span *rest, as_arena *a, as_item *ret) AS_MUST_USE;

#endif
