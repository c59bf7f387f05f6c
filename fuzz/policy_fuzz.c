/* SPDX-License-Identifier: Apache-2.0 */
/* Policies: whatever is read judges a small review without harm. */
#include "base/yaml.h"
#include "rule/rule.h"

#include "base/limits.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(const as_policy *policy, as_arena *arena)
{
    as_product *p = as_product_new();
    as_finding f = {.kind = AS_STR("vulnerability"),
                    .score = 9.8,
                    .severity = AS_SEVERITY_CRITICAL,
                    .likelihood = -1};
    as_review r = {.arena = arena,
                   .product = p,
                   .findings = &f,
                   .n_findings = 1,
                   .as_of = AS_STR("2026-01-01"),
                   .coverage = {.parts = 1, .matched = 1}};

    if (p && as_product_add_part(p, AS_NO_PART) &&
        as_policy_judge(policy, &r, NULL) == AS_OK)
        assert(r.verdict <= AS_UNDECIDED);
    as_product_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_arena *arena = as_arena_new(AS_MIB * 16);
    as_policy *policy = NULL;
    as_json_doc *doc = NULL;
    as_buf json;

    as_buf_init(&json, AS_MIB * 4);
    if (as_yaml_to_json((as_span){data, size}, 0, &json, NULL) == AS_OK &&
        as_json_read(as_buf_span(&json), NULL, &doc, NULL) == AS_OK &&
        as_policy_read(as_json_root(doc), arena, &policy, NULL) == AS_OK)
        judge(policy, arena);
    as_json_free(doc);
    as_buf_done(&json);
    as_arena_free(arena);
    return 0;
}
