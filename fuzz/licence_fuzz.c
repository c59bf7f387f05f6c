/* SPDX-License-Identifier: Apache-2.0 */
/* Facts files: whatever is read is answered for, without harm; a yes or no
 * stays one when the same facts are read again. */
#include "base/limits.h"
#include "licence/licence.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static as_truth determine(const as_ear *ear, as_span yaml, as_buf *out)
{
    as_arena *arena = as_arena_new(AS_MIB * 64);
    as_truth t = AS_UNSURE;
    as_licence_facts f;
    as_licence_answer a;
    as_json_writer w;

    as_licence_facts_init(&f);
    f.as_of = AS_STR("2026-08-10");
    f.to = AS_STR("CN");
    as_json_write_init(&w, out, 0);
    if (as_licence_facts_yaml(yaml, arena, &f, NULL) == AS_OK &&
        as_licence_determine(ear, &f, arena, &a, NULL) == AS_OK) {
        assert(a.required <= AS_YES && a.subject <= AS_YES);
        as_licence_json(&a, &w);
        as_licence_text(&a, out);
        t = a.required;
    }
    as_arena_free(arena);
    return t;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static as_arena *arena; /* the tables, read once and kept */
    static const as_ear *ear;
    as_buf first, second;

    if (!arena) {
        arena = as_arena_new(AS_MIB * 64);
        ear = arena ? as_ear_builtin(arena) : NULL;
    }
    as_buf_init(&first, AS_MIB * 64);
    as_buf_init(&second, AS_MIB * 64);
    if (ear) {
        as_truth t = determine(ear, (as_span){data, size}, &first);
        assert(t == determine(ear, (as_span){data, size}, &second));
        assert(as_str_eq(as_buf_text(&first), as_buf_text(&second)));
    }
    as_buf_done(&first);
    as_buf_done(&second);
    return 0;
}
