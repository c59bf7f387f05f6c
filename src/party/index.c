/* SPDX-License-Identifier: Apache-2.0 */
/* Reading an index in place; see index_internal.h. Nothing is trusted: a number
 * that leads outside reads as nothing and marks the index as broken. */
#include "party/index_internal.h"

#include <string.h>

static const char magic[8] = "ASSAYPIX";

static const size_t element[AS_SECTIONS] = {
    [AS_SECTION_LISTS] = sizeof(as_index_list),
    [AS_SECTION_ROWS] = sizeof(as_index_row),
    [AS_SECTION_NOTES] = 1,
    [AS_SECTION_NAMES] = sizeof(as_index_name),
    [AS_SECTION_WEIGHTS] = sizeof(as_index_weights),
    [AS_SECTION_BLOCKS] = 1,
    [AS_SECTION_REFS] = sizeof(as_index_ref),
    [AS_SECTION_WORDS] = sizeof(as_index_word),
    [AS_SECTION_POSTINGS] = sizeof(uint32_t),
    [AS_SECTION_KEY_AT] = sizeof(uint32_t),
    [AS_SECTION_KEYS] = sizeof(as_index_entry),
    [AS_SECTION_GRAM_AT] = sizeof(uint32_t),
    [AS_SECTION_GRAMS] = sizeof(uint32_t),
    [AS_SECTION_NAME_KEY_AT] = sizeof(uint32_t),
    [AS_SECTION_NAME_KEYS] = sizeof(as_index_entry),
    [AS_SECTION_ID_AT] = sizeof(uint32_t),
    [AS_SECTION_IDS] = sizeof(as_index_entry),
    [AS_SECTION_STRINGS] = 1,
};

size_t as_index_element(as_index_section s)
{
    return element[s];
}

uint64_t as_index_head_check(const as_index_head *h)
{
    return as_str_hash(
        as_str_of((const char *)h, offsetof(as_index_head, check)));
}

/* Four lanes, since each step waits for the one before it; every step is one
 * to one, so no single change is lost. */
uint64_t as_index_body_check(as_span bytes)
{
    enum { LANES = 4 };
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t h[LANES] = {1, 2, 3, 4}, w, sum = bytes.n;
    size_t i = sizeof(as_index_head);

    for (; bytes.n - i >= LANES * sizeof w; i += LANES * sizeof w)
        for (size_t k = 0; k < LANES; k++) {
            memcpy(&w, bytes.p + i + k * sizeof w, sizeof w);
            h[k] = (h[k] ^ w) * odd;
            h[k] = h[k] << 29 | h[k] >> 35;
        }
    for (; i < bytes.n; i++)
        h[0] = (h[0] ^ bytes.p[i]) * odd;
    for (size_t k = 0; k < LANES; k++)
        sum = (sum ^ h[k]) * odd;
    return sum;
}

bool as_index_is_whole(const as_index *x)
{
    return x->head->body == as_index_body_check(x->bytes);
}

void as_index_head_start(as_index_head *h)
{
    *h = (as_index_head){.format = AS_INDEX_FORMAT,
                         .names_version = AS_NAME_VERSION,
                         .order = AS_INDEX_ORDER,
                         .sections = AS_SECTIONS};
    memcpy(h->magic, magic, sizeof magic);
}

static bool find_sections(as_index *x)
{
    for (unsigned s = 0; s < AS_SECTIONS; s++) {
        uint64_t at = x->head->section[s].at, n = x->head->section[s].n;
        if (at % 8 || at > x->bytes.n || n > UINT32_MAX * UINT64_C(8) ||
            n > (x->bytes.n - at) / element[s])
            return false;
        x->at[s] = x->bytes.p + at;
        x->n[s] = (size_t)n;
    }
    return true;
}

/* Tables of starts have one more element than there are buckets, and as many
 * buckets as a power of two. */
static bool is_start_table(const as_index *x, as_index_section s)
{
    size_t buckets = x->n[s] ? x->n[s] - 1 : 0;

    return buckets && (buckets & (buckets - 1)) == 0;
}

as_rc as_index_open(as_span bytes, as_index *ret, as_err *err)
{
    as_index x = {.bytes = bytes};

    if (bytes.n < sizeof *x.head || (uintptr_t)bytes.p % 8)
        return as_fail(err, AS_ERR_INPUT, "the index of parties is cut off");
    x.head = (const void *)bytes.p;
    if (memcmp(x.head->magic, magic, sizeof magic))
        return as_fail(err, AS_ERR_INPUT, "the file is no index of parties");
    if (x.head->format != AS_INDEX_FORMAT || x.head->order != AS_INDEX_ORDER ||
        x.head->names_version != AS_NAME_VERSION ||
        x.head->sections != AS_SECTIONS)
        return as_fail(err, AS_ERR_UNSUPPORTED,
                       "another version of the program made the index of "
                       "parties");
    if (x.head->bytes != bytes.n ||
        x.head->check != as_index_head_check(x.head) || !find_sections(&x) ||
        !is_start_table(&x, AS_SECTION_KEY_AT) ||
        !is_start_table(&x, AS_SECTION_NAME_KEY_AT) ||
        !is_start_table(&x, AS_SECTION_ID_AT) ||
        x.n[AS_SECTION_GRAM_AT] != AS_INDEX_GRAMS + 1)
        return as_fail(err, AS_ERR_INPUT,
                       "the index of parties is cut off or damaged");
    *ret = x;
    return AS_OK;
}

as_str as_index_digest(const as_index *x)
{
    return as_str_of(x->head->digest,
                     strnlen(x->head->digest, AS_INDEX_DIGEST));
}

/* ---- elements ---------------------------------------------------------- */

static const void *broken(as_index *x)
{
    x->broken = true;
    return NULL;
}

/* [from, to) of a section; nothing when that is not in it. */
static bool within(as_index *x, as_index_section s, uint64_t from, uint64_t to)
{
    if (from <= to && to <= x->n[s])
        return true;
    broken(x);
    return false;
}

const as_index_row *as_index_row_at(as_index *x, uint32_t row)
{
    const as_index_row *rows = x->at[AS_SECTION_ROWS];

    return row < x->n[AS_SECTION_ROWS] ? &rows[row] : broken(x);
}

/* The last element of a table that the next one ends is no name and no word of
 * its own. */
const as_index_name *as_index_name_at(as_index *x, uint32_t name)
{
    const as_index_name *names = x->at[AS_SECTION_NAMES];

    return (size_t)name + 1 < x->n[AS_SECTION_NAMES] ? &names[name] : broken(x);
}

const as_index_weights *as_index_weights_at(as_index *x, uint32_t name)
{
    const as_index_weights *weights = x->at[AS_SECTION_WEIGHTS];

    return name < x->n[AS_SECTION_WEIGHTS] ? &weights[name] : broken(x);
}

const as_index_word *as_index_word_at(as_index *x, uint32_t word)
{
    const as_index_word *words = x->at[AS_SECTION_WORDS];

    return (size_t)word + 1 < x->n[AS_SECTION_WORDS] ? &words[word] : broken(x);
}

const as_name *as_index_block(as_index *x, const as_index_name *name)
{
    uint64_t at = (uint64_t)name->block * 8;
    as_span bytes;

    if (!within(x, AS_SECTION_BLOCKS, at, at + name->block_n))
        return NULL;
    bytes.p = (const uint8_t *)x->at[AS_SECTION_BLOCKS] + at;
    bytes.n = name->block_n;
    return as_name_check(bytes) ? (const void *)bytes.p : broken(x);
}

const as_index_ref *as_index_refs(as_index *x, uint32_t name, size_t *n)
{
    const as_index_name *at = as_index_name_at(x, name);
    const as_index_ref *refs = x->at[AS_SECTION_REFS];

    *n = 0;
    if (!at || !within(x, AS_SECTION_REFS, at->refs, at[1].refs))
        return NULL;
    *n = at[1].refs - at->refs;
    return refs + at->refs;
}

const uint32_t *as_index_postings(as_index *x, uint32_t word, size_t *n)
{
    const as_index_word *at = as_index_word_at(x, word);
    const uint32_t *postings = x->at[AS_SECTION_POSTINGS];

    *n = 0;
    if (!at || !within(x, AS_SECTION_POSTINGS, at->postings, at[1].postings))
        return NULL;
    *n = at[1].postings - at->postings;
    return postings + at->postings;
}

static as_str string(as_index *x, as_index_section s, uint64_t at, size_t n)
{
    if (!within(x, s, at, at + n))
        return AS_ABSENT;
    return as_str_of((const char *)x->at[s] + at, n);
}

as_str as_index_word_text(as_index *x, const as_index_word *w)
{
    return string(x, AS_SECTION_STRINGS, w->text, w->text_n);
}

as_str as_index_word_latin(as_index *x, const as_index_word *w)
{
    return string(x, AS_SECTION_STRINGS, (uint64_t)w->text + w->text_n,
                  w->latin_n);
}

as_str as_index_list_name(as_index *x, uint16_t list)
{
    const as_index_list *lists = x->at[AS_SECTION_LISTS];

    if (!within(x, AS_SECTION_LISTS, list, (uint64_t)list + 1))
        return AS_ABSENT;
    return string(x, AS_SECTION_STRINGS, lists[list].text, lists[list].n);
}

as_str as_index_countries(as_index *x, const as_index_row *row)
{
    return string(x, AS_SECTION_NOTES, row->notes,
                  (size_t)row->n_countries * 2);
}

as_str as_index_births(as_index *x, const as_index_row *row)
{
    return string(x, AS_SECTION_NOTES,
                  (uint64_t)row->notes + (uint64_t)row->n_countries * 2,
                  (size_t)row->n_births * 4);
}

/* ---- tables ------------------------------------------------------------ */

/* Buckets are the upper bits of a hash. */
uint32_t as_index_bucket(uint32_t hash, size_t buckets)
{
    return (uint32_t)((uint64_t)hash * buckets >> 32);
}

/* The first of [from, to) with at least the hash. */
static uint32_t lower(const as_index_entry *entries, uint32_t from, uint32_t to,
                      uint32_t hash)
{
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (entries[middle].hash < hash)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

const as_index_entry *as_index_find(as_index *x, as_index_section table,
                                    uint32_t hash, size_t *n)
{
    as_index_section starts = table - 1;
    const uint32_t *at = x->at[starts];
    const as_index_entry *entries = x->at[table];
    uint32_t bucket = as_index_bucket(hash, x->n[starts] - 1);
    uint32_t from = at[bucket], to = at[bucket + 1], end;

    *n = 0;
    if (!within(x, table, from, to))
        return NULL;
    from = lower(entries, from, to, hash);
    for (end = from; end < to && entries[end].hash == hash;)
        end++;
    *n = end - from;
    return entries + from;
}

const uint32_t *as_index_gram(as_index *x, uint32_t gram, size_t *n)
{
    const uint32_t *at = x->at[AS_SECTION_GRAM_AT];
    const uint32_t *grams = x->at[AS_SECTION_GRAMS];
    uint32_t slot = gram % AS_INDEX_GRAMS;

    *n = 0;
    if (!within(x, AS_SECTION_GRAMS, at[slot], at[slot + 1]))
        return NULL;
    *n = at[slot + 1] - at[slot];
    return grams + at[slot];
}
