/* SPDX-License-Identifier: Apache-2.0 */
/* Every cell of the tables, for tools/licence-differences.py: a line of country
 * codes, then a line for each entry and reason: "3B001 NS yn?n...", one letter
 * a country. */
#include "licence/licence_internal.h"

#include "base/limits.h"

#include <stdio.h>

static bool said_before(const as_ear_eccn *e, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (as_str_eq(e->rows[i].reason, e->rows[row].reason))
            return true;
    return false;
}

static void print_line(const as_ear *ear, const as_ear_eccn *e, as_str reason)
{
    printf("%.*s %.*s ", AS_FMT(e->eccn), AS_FMT(reason));
    for (size_t i = 0; i < ear->n_places; i++) {
        as_truth t = as_ear_cell(ear, e->eccn, reason, ear->places[i].code);
        putchar(t == AS_YES ? 'y' : t == AS_NO ? 'n' : '?');
    }
    putchar('\n');
}

int main(void)
{
    as_arena *arena = as_arena_new(AS_MIB * 64);
    const as_ear *ear = arena ? as_ear_builtin(arena) : NULL;

    if (!ear)
        return 1;
    for (size_t i = 0; i < ear->n_places; i++)
        printf("%s%.*s", i ? " " : "", AS_FMT(ear->places[i].code));
    putchar('\n');
    for (size_t i = 0; i < ear->n_eccns; i++) {
        const as_ear_eccn *e = &ear->eccns[i];
        for (size_t k = 0; k < e->n_rows; k++)
            if (!said_before(e, k))
                print_line(ear, e, e->rows[k].reason);
        if (e->n_rows == 0)
            printf("%.*s - %.*s\n", AS_FMT(e->eccn), AS_FMT(e->state));
    }
    as_arena_free(arena);
    return 0;
}
