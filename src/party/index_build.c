/* SPDX-License-Identifier: Apache-2.0 */
/* Making an index; see index_internal.h. Rows come one by one and are not kept:
 * what remains of one is a few dozen bytes and the names nobody had before. */
#include "party/index_build_internal.h"

#include "base/sha256.h"
#include "party/name_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- arrays and tables -------------------------------------------------- */

void *as_index_push(struct as_index_array *a, size_t size, size_t most)
{
    if (a->n == a->cap) {
        size_t cap = a->cap ? a->cap * 2 : 1024, bytes;
        void *grown;
        if (a->n >= most || !as_size_mul(cap, size, &bytes))
            return NULL;
        grown = realloc(a->p, bytes);
        if (!grown)
            return NULL;
        a->p = grown;
        a->cap = cap;
    }
    return memset((char *)a->p + a->n++ * size, 0, size);
}

static bool table_grow(struct as_index_table *t)
{
    size_t cap = t->cap ? t->cap * 2 : 4096;
    struct as_index_slot *slots = calloc(cap, sizeof *slots);

    if (!slots)
        return false;
    for (size_t i = 0; i < t->cap; i++) {
        size_t at = (size_t)t->slots[i].hash & (cap - 1);
        if (t->slots[i].value == 0)
            continue;
        while (slots[at].value)
            at = (at + 1) & (cap - 1);
        slots[at] = t->slots[i];
    }
    free(t->slots);
    t->slots = slots;
    t->cap = cap;
    return true;
}

/* The slot of the hash, from *at on: one that has it or an empty one. */
static struct as_index_slot *table_next(struct as_index_table *t, uint64_t hash,
                                        size_t *at)
{
    struct as_index_slot *s;

    do
        s = &t->slots[(*at)++ & (t->cap - 1)];
    while (s->value && s->hash != hash);
    return s;
}

/* ---- the builder ------------------------------------------------------- */

as_index_builder *as_index_builder_new(void)
{
    as_index_builder *b = calloc(1, sizeof *b);

    if (!b)
        return NULL;
    b->names = as_names_new();
    b->arena = as_arena_new(AS_LIMIT_INDEX_NAME_BYTES);
    as_buf_init(&b->blocks, AS_LIMIT_INDEX_BYTES);
    as_buf_init(&b->strings, UINT32_MAX);
    as_buf_init(&b->notes, UINT32_MAX);
    if (!b->names || !b->arena || !table_grow(&b->word_table) ||
        !table_grow(&b->seen_table))
        return as_index_builder_free(b);
    return b;
}

as_index_builder *as_index_builder_free(as_index_builder *b)
{
    if (!b)
        return NULL;
    as_names_free(b->names);
    as_arena_free(b->arena);
    as_buf_done(&b->blocks);
    as_buf_done(&b->strings);
    as_buf_done(&b->notes);
    free(b->rows.p);
    free(b->name.p);
    free(b->weights.p);
    free(b->refs.p);
    free(b->words.p);
    free(b->postings.p);
    free(b->keys.p);
    free(b->grams.p);
    free(b->name_keys.p);
    free(b->ids.p);
    free(b->lists.p);
    free(b->seen.p);
    free(b->word_table.slots);
    free(b->seen_table.slots);
    free(b);
    return NULL;
}

as_rc as_index_too_large(as_err *err)
{
    return as_fail(err, AS_ERR_LIMIT,
                   "there is no memory for an index of the party lists, or it "
                   "passes its ceilings");
}

/* ---- words ------------------------------------------------------------- */

bool as_index_put_pair(struct as_index_array *a, uint32_t key, uint32_t value)
{
    struct as_index_pair *p =
        as_index_push(a, sizeof *p, AS_LIMIT_INDEX_ENTRIES);

    if (p)
        *p = (struct as_index_pair){key, value};
    return p != NULL;
}

static bool put_grams(as_index_builder *b, as_str s, uint32_t word)
{
    uint32_t grams[AS_LETTERS + 1];
    as_letters letters;
    size_t n, length;

    if (!as_letters_of(s, &letters))
        return true; /* found by its whole */
    n = as_letters_grams(&letters, grams);
    length =
        letters.n < AS_INDEX_GRAM_LENGTH ? letters.n : AS_INDEX_GRAM_LENGTH;
    for (size_t i = 0; i < n; i++)
        if (!as_index_put_pair(&b->grams, grams[i],
                               (uint32_t)length << 27 | word))
            return false;
    return true;
}

struct wording {
    as_index_builder *b;
    uint32_t word;
    bool failed;
};

static bool put_left_out(void *ctx, uint32_t hash)
{
    struct wording *w = ctx;

    w->failed = w->failed || !as_index_put_pair(&w->b->keys, hash, w->word);
    return !w->failed;
}

static bool put_near_keys(as_index_builder *b, const as_name_word *w,
                          uint32_t word)
{
    struct wording wording = {.b = b, .word = word};

    as_index_left_out(AS_KEY_LETTERS, w->latin, AS_INDEX_LONG, put_left_out,
                      &wording);
    as_index_left_out(AS_KEY_SOUNDS, w->sound, AS_INDEX_LONG_SOUND,
                      put_left_out, &wording);
    return !wording.failed;
}

static bool put_word_keys(as_index_builder *b, const as_name_word *w,
                          uint32_t word)
{
    bool foreign = !as_str_eq(w->text, w->latin);
    bool good = put_near_keys(b, w, word);

    if (foreign)
        good = good &&
               as_index_put_pair(&b->keys, as_index_hash(AS_KEY_TEXT, w->text),
                                 word) &&
               put_grams(b, w->text, word);
    if (w->latin.n)
        good = good && put_grams(b, w->latin, word) &&
               as_index_put_pair(&b->keys,
                                 as_index_hash(AS_KEY_LATIN, w->latin), word);
    if (w->sound.n)
        good = good &&
               as_index_put_pair(&b->keys,
                                 as_index_hash(AS_KEY_SOUND, w->sound), word);
    if (w->bones.n >= AS_INDEX_BONES)
        good =
            good && as_index_put_pair(&b->keys,
                                      as_index_hash(as_index_is_boned(w->text)
                                                        ? AS_KEY_BONED
                                                        : AS_KEY_BONES,
                                                    w->bones),
                                      word);
    if (w->concept)
        good = good && as_index_put_pair(
                           &b->keys, as_index_concept_hash(w->concept), word);
    return good;
}

/* The same text may be read or meant otherwise in another name: that is
 * another word. */
static bool same_word(const as_index_builder *b, uint32_t id,
                      const as_name_word *w)
{
    const as_index_word *to = (const as_index_word *)b->words.p + id;
    as_str latin = as_str_eq(w->latin, w->text) ? AS_ABSENT : w->latin;

    return to->concept == w->concept &&
           as_str_eq(as_str_of(b->strings.p + to->text, to->text_n), w->text) &&
           as_str_eq(
               as_str_of(b->strings.p + to->text + to->text_n, to->latin_n),
               latin);
}

static bool new_word(as_index_builder *b, const as_name_word *w, uint32_t *ret)
{
    as_index_word *to =
        as_index_push(&b->words, sizeof *to, AS_LIMIT_INDEX_WORDS);
    bool foreign = !as_str_eq(w->latin, w->text);

    if (!to)
        return false;
    to->text = (uint32_t)b->strings.n;
    to->text_n = (uint8_t)w->text.n;
    to->latin_n = foreign ? (uint8_t)w->latin.n : 0;
    to->concept = (uint16_t)w->concept;
    to->letters = as_letters_mask(as_index_letters(w));
    as_buf_str(&b->strings, w->text);
    if (foreign)
        as_buf_str(&b->strings, w->latin);
    *ret = (uint32_t)(b->words.n - 1);
    return !as_buf_failed(&b->strings) && put_word_keys(b, w, *ret);
}

static bool find_word(as_index_builder *b, const as_name_word *w, uint32_t *ret)
{
    uint64_t hash = as_str_hash(w->text) ^ as_str_hash(w->latin) * 31 ^
                    (uint64_t)w->concept << 48;
    size_t at;
    struct as_index_slot *s;

    if (b->word_table.n * 2 >= b->word_table.cap && !table_grow(&b->word_table))
        return false;
    at = (size_t)hash;
    while ((s = table_next(&b->word_table, hash, &at))->value) {
        *ret = s->value - 1;
        if (same_word(b, *ret, w))
            return true;
    }
    if (!new_word(b, w, ret))
        return false;
    *s = (struct as_index_slot){hash, *ret + 1};
    b->word_table.n++;
    return true;
}

/* ---- names ------------------------------------------------------------- */

struct posting {
    as_index_builder *b;
    uint32_t name;
    uint32_t held[AS_LIMIT_NAME_WORDS];
    size_t n;
};

/* The name holds the word; it says so once. */
static bool put_word(struct posting *p, const as_name_word *w)
{
    uint32_t id;

    if (!find_word(p->b, w, &id))
        return false;
    for (size_t k = 0; k < p->n; k++)
        if (p->held[k] == id)
            return true;
    if (p->n == AS_LIMIT_NAME_WORDS)
        return true;
    p->held[p->n++] = id;
    return as_index_put_pair(&p->b->postings, id, p->name);
}

static bool is_ascii(as_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

/* A term of several words ("design bureau") is one word where it is written as
 * it should be; where one of them is spoilt, the others find it. */
static bool put_parts(struct posting *p, const as_name_word *w)
{
    as_str rest = w->text, part;
    char heard[AS_WORD_LATIN];

    if (as_str_find(rest, ' ') >= rest.n)
        return true;
    while ((part = as_str_cut(&rest, ' ')).n) {
        as_name_word one = {.class_ = AS_WORD_RARE, .text = part};
        if (is_ascii(part) && part.n <= AS_WORD_LATIN) {
            one.latin = part;
            one.sound = as_str_of(heard, as_sound(part, heard));
        }
        if (!put_word(p, &one))
            return false;
    }
    return true;
}

static bool put_words(as_index_builder *b, const as_name *n, uint32_t name)
{
    struct posting p = {.b = b, .name = name};

    for (size_t i = 0; i < as_name_words(n); i++) {
        as_name_word w = as_name_word_at(n, i);
        if (as_index_holds(&w) && (!put_word(&p, &w) || !put_parts(&p, &w)))
            return false;
    }
    return true;
}

struct naming {
    as_index_builder *b;
    uint32_t name;
    bool failed;
};

static void put_initials(void *ctx, as_str initials)
{
    struct naming *n = ctx;

    n->failed =
        n->failed ||
        !as_index_put_pair(&n->b->name_keys,
                           as_index_hash(AS_KEY_INITIALS, initials), n->name);
}

static bool put_whole(as_index_builder *b, const as_name *n, bool stops,
                      uint32_t name)
{
    char text[AS_INDEX_WHOLE];
    size_t size = as_index_whole(n, stops, text, sizeof text);

    return size == 0 ||
           as_index_put_pair(&b->name_keys,
                             as_index_hash(AS_KEY_WHOLE, as_str_of(text, size)),
                             name);
}

static bool has_stops(const as_name *n)
{
    for (size_t i = 0; i < as_name_words(n); i++)
        if (as_name_word_at(n, i).class_ == AS_WORD_STOP)
            return true;
    return false;
}

static bool put_name_keys(as_index_builder *b, const as_name *n, uint32_t name)
{
    struct naming naming = {.b = b, .name = name};

    if (!put_whole(b, n, false, name) ||
        (has_stops(n) && !put_whole(b, n, true, name)))
        return false;
    if (as_name_get_kind(n) != AS_PARTY_PERSON)
        as_index_initials(n, put_initials, &naming);
    return !naming.failed;
}

static bool put_block(as_index_builder *b, const as_name *n, as_index_name *to)
{
    static const char zeros[8];

    to->block = (uint32_t)(b->blocks.n / 8);
    to->block_n = (uint32_t)as_name_size(n);
    as_buf_put(&b->blocks, n, to->block_n);
    as_buf_put(&b->blocks, zeros, (8 - to->block_n % 8) % 8);
    return !as_buf_failed(&b->blocks) && b->blocks.n / 8 <= UINT32_MAX;
}

static as_rc new_name(as_index_builder *b, as_str text, as_party_kind kind,
                      uint32_t *ret, as_err *err)
{
    const as_name *n;
    as_index_name *to;
    as_index_weights *weights;
    as_rc rc;

    *ret = UINT32_MAX;
    as_arena_reset(b->arena);
    rc = as_name_prepare(b->names, text, kind, b->arena, &n, NULL);
    if (rc == AS_ERR_INPUT || rc == AS_ERR_LIMIT)
        return AS_OK;
    if (rc)
        return as_fail(err, rc, "could not prepare the names of the lists");
    to = as_index_push(&b->name, sizeof *to, AS_LIMIT_INDEX_NAMES);
    weights = as_index_push(&b->weights, sizeof *weights, AS_LIMIT_INDEX_NAMES);
    if (!to || !weights || !put_block(b, n, to))
        return as_index_too_large(err);
    *weights = as_index_weigh(n);
    weights->kind = (uint8_t)kind;
    *ret = (uint32_t)(b->name.n - 1);
    return put_words(b, n, *ret) && put_name_keys(b, n, *ret)
               ? AS_OK
               : as_index_too_large(err);
}

/* One number for the same text and kind, on whatever list. */
static as_rc find_name(as_index_builder *b, as_str text, as_party_kind kind,
                       uint32_t *ret, as_err *err)
{
    as_sha256_digest digest;
    struct as_index_seen *seen;
    struct as_index_slot *s;
    uint64_t hash;
    size_t at;
    as_rc rc;

    if (b->seen_table.n * 2 >= b->seen_table.cap && !table_grow(&b->seen_table))
        return as_index_too_large(err);
    if (!as_sha256(as_str_span(text), &digest))
        return as_fail(err, AS_ERR_MEMORY, "no memory for a digest");
    digest.bytes[0] ^= (uint8_t)kind;
    memcpy(&hash, digest.bytes, sizeof hash);
    at = (size_t)hash;
    while ((s = table_next(&b->seen_table, hash, &at))->value) {
        seen = (struct as_index_seen *)b->seen.p + (s->value - 1);
        *ret = seen->name;
        if (memcmp(seen->digest, digest.bytes, sizeof seen->digest) == 0)
            return AS_OK;
    }
    rc = new_name(b, text, kind, ret, err);
    seen =
        rc ? NULL : as_index_push(&b->seen, sizeof *seen, AS_LIMIT_INDEX_NAMES);
    if (!seen)
        return rc ? rc : as_index_too_large(err);
    memcpy(seen->digest, digest.bytes, sizeof seen->digest);
    seen->name = *ret;
    *s = (struct as_index_slot){hash, (uint32_t)b->seen.n};
    b->seen_table.n++;
    return AS_OK;
}

/* ---- rows -------------------------------------------------------------- */

static bool find_list(as_index_builder *b, as_str list, uint16_t *ret)
{
    const as_index_list *lists = b->lists.p;
    as_index_list *to;

    for (size_t i = b->lists.n; i-- > 0;)
        if (as_str_eq(as_str_of(b->strings.p + lists[i].text, lists[i].n),
                      list)) {
            *ret = (uint16_t)i;
            return true;
        }
    to = as_index_push(&b->lists, sizeof *to, UINT16_MAX);
    if (!to)
        return false;
    *to = (as_index_list){(uint32_t)b->strings.n, (uint32_t)list.n};
    as_buf_str(&b->strings, list);
    *ret = (uint16_t)(b->lists.n - 1);
    return !as_buf_failed(&b->strings);
}

static void put_notes(as_index_builder *b, const as_party *p, as_index_row *to)
{
    to->notes = (uint32_t)b->notes.n;
    for (size_t i = 0; i < p->n_countries && to->n_countries < UINT8_MAX; i++) {
        if (p->countries[i].n != 2)
            continue;
        as_buf_str(&b->notes, p->countries[i]);
        to->n_countries++;
    }
    for (size_t i = 0; i < p->n_births && to->n_births < UINT8_MAX; i++) {
        unsigned year = as_index_year(p->births[i]);
        if (year == 0)
            continue;
        as_buf_printf(&b->notes, "%04u", year);
        to->n_births++;
    }
}

static as_date own_date(as_str text, as_date none)
{
    as_date d;

    return as_date_read_any(text, &d) ? d : none;
}

static void put_hex(as_str hex, uint8_t *to, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned v = 0;
        for (size_t k = 0; k < 2; k++) {
            char c = hex.n > i * 2 + k ? hex.p[i * 2 + k] : '0';
            v = v << 4 | (unsigned)(as_ascii_is_digit(c)
                                        ? c - '0'
                                        : (as_ascii_lower(c) - 'a' + 10) & 15);
        }
        to[i] = (uint8_t)v;
    }
}

static as_rc put_names(as_index_builder *b, const as_party *p, uint32_t row,
                       as_err *err)
{
    for (size_t i = 0; i < p->n_names && i <= UINT16_MAX; i++) {
        struct as_index_name_ref *ref;
        uint32_t name = UINT32_MAX;
        as_rc rc = find_name(b, p->names[i].text, p->kind, &name, err);
        if (rc)
            return rc;
        if (name == UINT32_MAX) {
            b->unread++;
            continue;
        }
        ref = as_index_push(&b->refs, sizeof *ref, AS_LIMIT_INDEX_ENTRIES);
        if (!ref)
            return as_index_too_large(err);
        ref->name = name;
        ref->ref = (as_index_ref){.row = row,
                                  .alias = (uint16_t)i,
                                  .kind = (uint8_t)p->names[i].kind};
    }
    return AS_OK;
}

static bool put_ids(as_index_builder *b, const as_party *p, uint32_t row)
{
    char text[AS_INDEX_WHOLE];

    for (size_t i = 0; i < p->n_ids; i++) {
        size_t n = as_index_id(p->ids[i].value, text, sizeof text);
        if (n && !as_index_put_pair(&b->ids,
                                    as_index_id_hash(as_str_of(text, n)), row))
            return false;
    }
    return true;
}

as_rc as_index_builder_add(as_index_builder *b, const as_index_source *row,
                           as_err *err)
{
    const as_party *p = row->party;
    as_index_row *to =
        as_index_push(&b->rows, sizeof *to, AS_LIMIT_INDEX_NAMES);
    uint32_t id = (uint32_t)(b->rows.n - 1);

    if (!to || !find_list(b, p->list, &to->list))
        return as_index_too_large(err);
    to->number = row->number;
    to->since = row->since;
    to->until = row->until;
    to->from = own_date(p->from, AS_DATE_MIN);
    to->to = own_date(p->to, AS_DATE_MAX);
    to->kind = (uint8_t)p->kind;
    put_hex(row->digest, to->digest, sizeof to->digest);
    put_notes(b, p, to);
    if (as_buf_failed(&b->notes) || !put_ids(b, p, id))
        return as_index_too_large(err);
    return put_names(b, p, id, err);
}

void as_index_builder_end_families(as_index_builder *b)
{
    b->family = b->name.n;
}
