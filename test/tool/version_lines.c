/* SPDX-License-Identifier: Apache-2.0 */
/* Answers lines on stdin the way `assay version compare` does, straight from
 * src/version: for tools/version-differential.py.
 *
 *     ECOSYSTEM A B        separated by tabs, or by blanks
 *
 * prints <, = or >, "?" when a version cannot be read, "!" when the ecosystem
 * is not known. With --key each answer is followed by what the bytes of the
 * two keys say. */
#include "version/version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cuts the last field: without tabs only the ecosystem may hold blanks. */
static as_str take_last(as_str *rest, char gap)
{
    as_str s = as_str_trim(*rest);
    size_t at = as_str_rfind(s, gap);

    *rest = as_str_slice(s, 0, at);
    return at < s.n ? as_str_trim(as_str_slice(s, at + 1, s.n)) : AS_ABSENT;
}

static char sign(int r)
{
    return r < 0 ? '<' : r > 0 ? '>' : '=';
}

static int key_order(const as_version_scheme *s, as_str a, as_str b)
{
    as_buf x, y;
    int r;

    as_buf_init(&x, 1 << 16);
    as_buf_init(&y, 1 << 16);
    if (as_version_key(s, a, &x, NULL) != AS_OK ||
        as_version_key(s, b, &y, NULL) != AS_OK)
        abort();
    r = as_str_cmp(as_buf_text(&x), as_buf_text(&y));
    as_buf_done(&x);
    as_buf_done(&y);
    return r;
}

int main(int argc, char **argv)
{
    bool keys = argc > 1 && strcmp(argv[1], "--key") == 0;
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;

    while ((n = getline(&line, &cap, stdin)) > 0) {
        as_str rest = as_str_of(line, (size_t)n);
        char gap = as_str_find(rest, '\t') < rest.n ? '\t' : ' ';
        as_str b = take_last(&rest, gap), a = take_last(&rest, gap);
        const as_version_scheme *s = as_version_scheme_find(rest);
        int r = 0;

        if (s == NULL)
            putchar('!');
        else if (as_version_compare(s, a, b, &r, NULL) != AS_OK)
            putchar('?');
        else
            putchar(sign(r));
        if (keys && s != NULL && as_version_valid(s, a) &&
            as_version_valid(s, b))
            putchar(sign(key_order(s, a, b)));
        putchar('\n');
    }
    free(line);
    return 0;
}
