/* SPDX-License-Identifier: Apache-2.0 */
/* What a part is for, as laws name it: a closed list of words, each with the
 * wider word it belongs to ("dram" is "memory" is "semiconductor"). The words
 * stand in doc/properties.md. */
#ifndef AS_MODEL_CATEGORY_H
#define AS_MODEL_CATEGORY_H

#include "base/span.h"

/* The word for what a document says ("Wi-Fi router" -> "router"), compared
 * without case, blanks and signs; absent when it is none of ours. */
as_str as_category_find(as_str text);

typedef enum as_category_relation {
    AS_CATEGORY_OTHER = 0, /* a is no b */
    AS_CATEGORY_IS,        /* a is b or narrower */
    AS_CATEGORY_WIDER,     /* a may be b: it says less */
} as_category_relation;

/* Of two words of the list. */
as_category_relation as_category_compare(as_str a, as_str b);
/* The words by index, with what they mean; false past the end. */
bool as_category_word(size_t i, as_str *ret_word, as_str *ret_help);

#endif
