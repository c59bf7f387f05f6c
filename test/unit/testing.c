/* SPDX-License-Identifier: Apache-2.0 */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static as_span read_file(as_arena *a, const char *folder, const char *path)
{
    char name[1024];
    FILE *f;
    long n;
    char *p;

    snprintf(name, sizeof name, "%s/%s", folder, path);
    f = fopen(name, "rb");
    if (!f) {
        print_error("no file %s\n", name);
        fail();
    }
    fseek(f, 0, SEEK_END);
    n = ftell(f);
    rewind(f);
    p = as_arena_alloc(a, (size_t)n + 64);
    assert_non_null(p);
    assert_int_equal(fread(p, 1, (size_t)n, f), n);
    fclose(f);
    return (as_span){(const uint8_t *)p, (size_t)n};
}

as_span testing_source_file(as_arena *a, const char *path)
{
    const char *folder = getenv("ASSAY_SOURCE");

    return read_file(a, folder ? folder : ".", path);
}

const char *testing_corpus(void)
{
    const char *folder = getenv("ASSAY_CORPUS_UNPACKED");

    if (!folder || !folder[0]) {
        print_message("skipped: no corpus\n");
        return NULL;
    }
    return folder;
}

as_span testing_corpus_file(as_arena *a, const char *path)
{
    return read_file(a, testing_corpus(), path);
}

bool testing_line(as_str *rest, as_str *line)
{
    if (as_str_is_absent(*rest) || rest->n == 0)
        return false;
    *line = as_str_cut(rest, '\n');
    if (line->n && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

void testing_str(as_str got, const char *want)
{
    if (!as_str_eq(got, as_str_c(want))) {
        print_error("got  \"%.*s\"\nwant \"%s\"\n", AS_FMT(got), want);
        fail();
    }
}
