/* SPDX-License-Identifier: Apache-2.0 */
/* parse_json FILE: reads the file and parses its JSON with base/json, nothing
 * else. The yardstick of ./dev bench: a review is compared with it. */
#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>

/* The bytes simdjson may read behind the input (as_json_limits.padded). */
#define PADDING 64

static uint8_t *load(const char *path, size_t *ret_n)
{
    FILE *f = fopen(path, "rb");
    uint8_t *p = NULL;
    long size = -1;

    if (f && fseek(f, 0, SEEK_END) == 0)
        size = ftell(f);
    if (size >= 0 && fseek(f, 0, SEEK_SET) == 0)
        p = calloc(1, (size_t)size + PADDING);
    if (p && fread(p, 1, (size_t)size, f) != (size_t)size) {
        free(p);
        p = NULL;
    }
    if (f)
        fclose(f);
    *ret_n = p ? (size_t)size : 0;
    return p;
}

int main(int argc, char **argv)
{
    as_json_limits limits = {(size_t)1 << 30, 256, true};
    as_json_doc *doc = NULL;
    uint8_t *p;
    size_t n;
    as_err err;

    as_err_init(&err);
    p = argc == 2 ? load(argv[1], &n) : NULL;
    if (!p || as_json_read((as_span){p, n}, &limits, &doc, &err)) {
        char line[512];
        as_err_text(&err, line, sizeof line);
        fprintf(stderr, "parse_json: %s\n", p ? line : "usage: FILE");
        return 1;
    }
    as_json_free(doc);
    free(p);
    return 0;
}
