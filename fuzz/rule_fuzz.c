/* SPDX-License-Identifier: Apache-2.0 */
/* Rules and contexts: whatever is read is held against a small product, with
 * and without facts, and shown. Each rule ends somehow, and no answer but "yes"
 * or "unknown" makes a finding. */
#include "base/yaml.h"
#include "rule/rule.h"

#include "base/limits.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A board with a chip that says much and a module that says nothing. */
static void fill(as_product *p, as_arena *a)
{
    static const as_attribute said[] = {
        {AS_ATTR_MAKER, AS_DECLARED, AS_STR_INIT("Maker"), {NULL, 0}},
        {AS_ATTR_FOUNDRY, AS_DECLARED, AS_STR_INIT("Foundry"), {NULL, 0}},
        {AS_ATTR_COUNTRY, AS_DECLARED, AS_STR_INIT("CN"), {NULL, 0}},
        {AS_ATTR_CATEGORY, AS_DECLARED, AS_STR_INIT("dram"), {NULL, 0}},
        {AS_ATTR_VALUE_SHARE, AS_DECLARED, AS_STR_INIT("12.5 %"), {NULL, 0}},
        {AS_ATTR_ECCN, AS_DECLARED, AS_STR_INIT("3A991.b"), {NULL, 0}},
        {AS_ATTR_NODE, AS_DECLARED, AS_STR_INIT("14 nm"), {NULL, 0}},
    };
    static const as_part_kind kinds[] = {AS_PART_DEVICE, AS_PART_BOARD,
                                         AS_PART_CHIP, AS_PART_DEVICE,
                                         AS_PART_LIBRARY};

    for (uint32_t i = 0; i < AS_ARRAY_LEN(kinds); i++) {
        as_part *part = as_product_add_part(p, i ? i / 2 : AS_NO_PART);
        if (!part)
            return;
        part->kind = kinds[i];
        part->name = AS_STR("part");
    }
    p->root = 0;
    p->parts[2].attributes = AS_NEW_ARRAY(a, 7, as_attribute);
    for (size_t i = 0; p->parts[2].attributes && i < 7; i++)
        p->parts[2].attributes[p->parts[2].n_attributes++] = said[i];
}

static void hold(const as_rule_input *in, as_arena *arena)
{
    as_product *p = as_product_new();
    as_review r = {.arena = arena, .product = p, .as_of = AS_STR("2026-11-22")};

    if (p)
        fill(p, arena);
    if (p && p->n_parts == 5 && as_rules_apply(in, &r, NULL) == AS_OK) {
        assert(r.n_rules == in->rules->n);
        for (size_t i = 0; i < r.n_findings; i++) {
            assert(r.findings[i].part < p->n_parts);
            assert(r.findings[i].n_evidence > 0);
            assert(r.findings[i].rule);
        }
        for (size_t i = 1; i < r.n_next_changes; i++)
            assert(as_str_cmp(r.next_changes[i - 1].date,
                              r.next_changes[i].date) <= 0);
    }
    as_product_free(p);
}

static void show(const as_rules *rules)
{
    as_buf out;

    as_buf_init(&out, AS_MIB * 4);
    for (size_t i = 0; i < rules->n; i++)
        as_rule_write(&rules->items[i], 20000, &out);
    as_buf_done(&out);
}

static void apply(as_rules *rules, as_context *context, as_arena *arena)
{
    static as_party_match matches[] = {
        {.list = AS_STR_INIT("family"),
         .id = AS_STR_INIT("smic"),
         .listed_name = AS_STR_INIT("SMIC"),
         .from = AS_STR_INIT("2027-01-01")},
        {.list = AS_STR_INIT("us-csl/EL"),
         .id = AS_STR_INIT("1"),
         .share_low = 40,
         .share_high = 60},
    };
    as_party_facts facts[] = {{.name = AS_STR("Foundry"),
                               .matches = matches,
                               .n_matches = 2,
                               .examined = true}};
    as_screened_list lists[] = {{AS_STR("us-csl/EL"), AS_STR("1"), true},
                                {AS_STR("family"), AS_STR("1"), false}};
    const as_screening screening = {facts, 1, lists, 2, false};
    as_rule_input in = {.rules = rules};

    hold(&in, arena);
    in = (as_rule_input){
        .rules = rules, .context = context, .screening = &screening};
    hold(&in, arena);
}

static void ignore(void *ctx, bool warning, as_str path, as_str what)
{
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_arena *arena = as_arena_new(AS_MIB * 64);
    as_rules rules = {.arena = arena};
    as_context *context = arena ? as_context_new(arena) : NULL;
    as_json_doc *doc = NULL;
    as_buf json;
    as_err err;

    as_err_init(&err);
    as_buf_init(&json, AS_MIB * 4);
    if (context &&
        as_yaml_to_json((as_span){data, size}, 0, &json, NULL) == AS_OK &&
        as_json_read(as_buf_span(&json), NULL, &doc, NULL) == AS_OK) {
        as_json root = as_json_root(doc);
        if (as_context_read(root, arena, context, NULL) == AS_OK)
            assert(context->n_roles <= AS_RULE_WORDS);
        if (as_rules_check(root, AS_STR("f"), &rules, ignore, NULL, &err) ==
            AS_OK) {
            show(&rules);
            apply(&rules, context, arena);
        }
    }
    as_json_free(doc);
    as_buf_done(&json);
    as_arena_free(arena);
    return 0;
}
