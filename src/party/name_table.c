/* SPDX-License-Identifier: Apache-2.0 */
/* Looking words up in the compiled tables: sorted by bytes. */
#include "party/name_internal.h"

#include <string.h>

static const as_name_row *find(const as_name_row *rows, size_t n, as_str key)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = as_str_cmp(key, as_str_of(rows[mid].key, rows[mid].n));
        if (order == 0)
            return &rows[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

const as_name_row *as_name_find_form(as_str key)
{
    return find(as_name_forms, as_name_forms_n, key);
}

/* The longest stem that a word of at least two letters more begins with. */
static const as_name_row *find_stem(as_str key)
{
    for (size_t n = key.n; n >= 4; n--) {
        const as_name_row *row =
            find(as_name_stems, as_name_stems_n, as_str_of(key.p, n));
        if (row)
            return row;
    }
    return NULL;
}

const as_name_row *as_name_find_word(as_str key)
{
    const as_name_row *row = find(as_name_words_, as_name_words__n, key);

    if (row || as_str_find(key, ' ') < key.n)
        return row;
    return find_stem(key);
}

const as_name_row *as_name_find_meant(as_str key, bool *ret_more)
{
    size_t low = 0, high = as_name_meant_n;
    const as_name_row *row = NULL;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        as_str at = as_str_of(as_name_meant[mid].key, as_name_meant[mid].n);
        if (as_str_cmp(at, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    *ret_more = false;
    for (; low < as_name_meant_n && !*ret_more; low++) {
        as_str at = as_str_of(as_name_meant[low].key, as_name_meant[low].n);
        if (!as_str_starts(at, key))
            break;
        if (at.n == key.n)
            row = &as_name_meant[low];
        *ret_more = at.n > key.n;
    }
    return row;
}

const as_name_row *as_name_find_person(as_str key)
{
    return find(as_name_people, as_name_people_n, key);
}

static bool is_one_of(const as_name_nick *rows, size_t n, as_str nick,
                      as_str name)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (as_str_cmp(as_str_c(rows[mid].nick), nick) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < n && as_str_eq(as_str_c(rows[low].nick), nick); low++)
        if (as_str_eq(as_str_c(rows[low].name), name))
            return true;
    return false;
}

bool as_name_is_nick(as_str nick, as_str name)
{
    return is_one_of(as_name_nicks, as_name_nicks_n, nick, name);
}

bool as_name_is_short(as_str abbreviation, as_str word)
{
    return is_one_of(as_name_shorts, as_name_shorts_n, abbreviation, word);
}
