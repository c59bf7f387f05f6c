/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as YAML. Holds: what is accepted becomes JSON that base/json.h
 * reads; with numbers as text no number is left; every value at the top has a
 * place; what is refused leaves the output as it was. */
#include "base/json.h"
#include "base/limits.h"
#include "base/yaml.h"

#include <stdlib.h>

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void places(as_span in, as_json root)
{
    as_buf pointer;
    as_place place;
    size_t left = 20;

    as_buf_init(&pointer, AS_MIB);
    for (as_json_iter it = as_json_each(root); left && as_json_next(&it);) {
        left--;
        as_buf_clear(&pointer);
        if (as_str_is_absent(it.key))
            as_json_pointer_index(&pointer, it.index);
        else
            as_json_pointer_key(&pointer, it.key);
        as_place_init(&place);
        as_yaml_locate(in, as_buf_text(&pointer), &place);
        require(place.line > 0 && place.column > 0);
        require(place.offset == UINT64_MAX || place.offset <= in.n);
    }
    as_buf_done(&pointer);
}

static void one(as_span in, unsigned flags)
{
    as_json_doc *doc = NULL;
    as_buf out;
    as_err err;
    as_rc rc;

    as_buf_init(&out, 8 * AS_MIB);
    as_buf_c(&out, "kept");
    as_err_init(&err);
    rc = as_yaml_to_json(in, flags, &out, &err);
    if (rc) {
        require(out.n == 4 && err.rc == rc && err.what[0]);
        as_buf_done(&out);
        return;
    }
    as_span json = {(const uint8_t *)out.p + 4, out.n - 4};
    require(as_json_read(json, NULL, &doc, &err) == AS_OK);
    require(!flags || !as_json_is(as_json_root(doc), AS_JSON_NUMBER));
    places(in, as_json_root(doc));
    as_json_free(doc);
    as_buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    one((as_span){data, n}, 0);
    one((as_span){data, n}, AS_YAML_NUMBERS_AS_TEXT);
    return 0;
}
