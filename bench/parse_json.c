/* SPDX-License-Identifier: Apache-2.0 */
/* parse_json FILE...: reads each file and parses its JSON with base/json,
 * nothing else. The yardstick of ./dev bench: a review is compared with it. */
#include "base/io.h"
#include "base/json.h"
#include "base/limits.h"

#include <stdio.h>

static as_rc parse(const char *path, as_err *err)
{
    as_json_limits limits = {AS_LIMIT_INPUT_BYTES, AS_LIMIT_JSON_DEPTH, true};
    as_json_doc *doc = NULL;
    as_io_file file;
    as_rc rc = as_io_read(path, 0, &file, err);

    if (rc)
        return rc;
    rc = as_json_read(file.bytes, &limits, &doc, err);
    if (rc)
        as_err_file(err, as_str_c(path));
    as_json_free(doc);
    as_io_file_done(&file);
    return rc;
}

int main(int argc, char **argv)
{
    char line[1024];
    as_err err;

    for (int i = 1; i < argc; i++) {
        as_err_init(&err);
        if (parse(argv[i], &err) == AS_OK)
            continue;
        as_err_text(&err, line, sizeof line);
        fprintf(stderr, "parse_json: %s\n", line);
        return 1;
    }
    return 0;
}
