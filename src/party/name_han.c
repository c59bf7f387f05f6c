/* SPDX-License-Identifier: Apache-2.0 */
/* Han character by character: Mandarin readings and simplified forms. ICU has
 * both and takes 100 ms to open them, so the build asks it once for each
 * character (base/derived.h). What the table lacks is left to ICU. */
#include "party/name_internal.h"

#include "base/derived.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST = 0x3400,
    LAST = 0x9FFF,
    SPAN = LAST - FIRST + 1,
    SYLLABLE = 8, /* bytes of a reading, filled with zeros */
    SYLLABLES = 2048,
};

/* As it lies in memory: the machine that builds is the one that runs. */
typedef struct table {
    uint16_t reading[SPAN]; /* 1 and on: of syllables; 0: ask ICU */
    uint16_t simple[SPAN];  /* 0: itself */
    char syllables[SYLLABLES][SYLLABLE];
} table;

static const table *derived(void)
{
    return as_derived_han.n == sizeof(table)
               ? (const table *)(const void *)as_derived_han.p
               : NULL;
}

static bool is_in(uint32_t c)
{
    return c >= FIRST && c <= LAST;
}

size_t as_han_latin(const uint32_t *c, size_t n, char *out, size_t cap)
{
    const table *t = derived();
    size_t m = 0;

    for (size_t i = 0; i < n; i++)
        if (!t || !is_in(c[i]) || !t->reading[c[i] - FIRST])
            return 0;
    for (size_t i = 0; i < n; i++) {
        const char *s = t->syllables[t->reading[c[i] - FIRST] - 1];
        for (size_t k = 0; k < SYLLABLE && s[k] && m < cap; k++)
            out[m++] = s[k];
    }
    return m;
}

bool as_han_simplify(const uint32_t *c, size_t n, uint32_t *out)
{
    const table *t = derived();

    if (!t)
        return false;
    for (size_t i = 0; i < n; i++) {
        /* Characters beyond the table, that are Han, are ICU's. */
        if (!is_in(c[i]) && as_script_of(c[i]) == AS_SCRIPT_HAN)
            return false;
        out[i] = c[i];
        if (is_in(c[i]) && t->simple[c[i] - FIRST])
            out[i] = t->simple[c[i] - FIRST];
    }
    return true;
}

/* ---- the build ------------------------------------------------------------
 */

/* The number of the syllable, from 1; 0 when it is too long or one too many. */
static uint16_t number_of(table *t, size_t *used, const char *s, size_t n)
{
    char wanted[SYLLABLE] = {0};

    if (n >= SYLLABLE)
        return 0;
    memcpy(wanted, s, n);
    for (size_t i = 0; i < *used; i++)
        if (memcmp(t->syllables[i], wanted, SYLLABLE) == 0)
            return (uint16_t)(i + 1);
    if (*used == SYLLABLES)
        return 0;
    memcpy(t->syllables[*used], wanted, SYLLABLE);
    *used += 1;
    return (uint16_t)*used;
}

as_rc as_names_pack_han(as_buf *out, as_err *err)
{
    table *t = calloc(1, sizeof *t);
    as_names *s = as_names_new();
    size_t used = 0;
    as_rc rc =
        t && s ? as_icu_load(s, err) : as_fail(err, AS_ERR_MEMORY, "no memory");

    for (uint32_t c = FIRST; !rc && c <= LAST; c++) {
        char latin[64];
        uint32_t simple[8];
        size_t n = as_latin(s, &c, 1, AS_SCRIPT_HAN, latin, sizeof latin);
        t->reading[c - FIRST] = number_of(t, &used, latin, n);
        n = as_icu_simplify(s, &c, 1, simple, AS_ARRAY_LEN(simple));
        if (n == 1 && simple[0] != c && simple[0] <= UINT16_MAX)
            t->simple[c - FIRST] = (uint16_t)simple[0];
    }
    as_names_free(s);
    if (!rc)
        as_buf_put(out, t, sizeof *t);
    free(t);
    return rc;
}
