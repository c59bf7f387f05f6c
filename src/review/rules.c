/* SPDX-License-Identifier: Apache-2.0 */
/* Rules and context: loaded, and held against a product. */
#include "review/rules_internal.h"

#include "base/limits.h"
#include "base/sha256.h"
#include "base/yaml.h"

typedef struct as_embedded {
    const char *name;
    const unsigned char *bytes;
    size_t n;
} as_embedded;

#include "review/shipped_rules.h"

/* ---- reading ------------------------------------------------------------- */

as_rc as_review_read_yaml(as_span yaml, as_json_doc **ret, as_err *err)
{
    as_buf json;
    as_rc rc;

    as_buf_init(&json, AS_MIB * 16);
    rc = as_yaml_to_json(yaml, 0, &json, err);
    if (!rc)
        rc = as_json_read(as_buf_span(&json), NULL, ret, err);
    as_buf_done(&json);
    return rc;
}

/* A defect: its path becomes a line of the YAML. */
static as_rc placed(as_span yaml, as_str file, as_rc rc, as_err *err)
{
    if (rc && err && err->place.path[0] && !err->place.line)
        as_yaml_locate(yaml, as_str_c(err->place.path), &err->place);
    if (rc)
        as_err_file(err, file);
    return rc;
}

static as_rc read_rules(const as_named_bytes *f, as_rules *into, as_err *err)
{
    as_json_doc *doc = NULL;
    as_rc rc = as_review_read_yaml(f->bytes, &doc, err);

    if (!rc)
        rc = as_rules_read(as_json_root(doc), f->name, into, err);
    as_json_free(doc);
    return placed(f->bytes, f->name, rc, err);
}

/* ---- all rules ----------------------------------------------------------- */

static void put_digest(as_buf *b, as_arena *a, as_span bytes)
{
    as_buf_str(b, as_sha256_hex(a, bytes));
    as_buf_byte(b, '\n');
}

as_rc as_review_load_rules(const as_rules_request *q, as_arena *arena,
                           as_rules *ret, as_str *ret_digest, as_err *err)
{
    size_t shipped = q->only_given ? 0 : AS_ARRAY_LEN(as_shipped_rules);
    as_rc rc = AS_OK;
    as_buf digests;

    *ret = (as_rules){.arena = arena};
    as_buf_init(&digests, AS_MIB);
    for (size_t i = 0; i < shipped + q->n_rules && !rc; i++) {
        as_named_bytes f;
        if (i < shipped)
            f = (as_named_bytes){
                as_arena_printf(arena, "built in: %s",
                                as_shipped_rules[i].name),
                {as_shipped_rules[i].bytes, as_shipped_rules[i].n}};
        else
            f = q->rules[i - shipped];
        rc = read_rules(&f, ret, err);
        put_digest(&digests, arena, f.bytes);
    }
    if (ret_digest)
        *ret_digest = as_arena_printf(
            arena, "sha256:%.*s",
            AS_FMT(as_sha256_hex(arena, as_buf_span(&digests))));
    as_buf_done(&digests);
    return rc;
}

/* ---- context ------------------------------------------------------------- */

static as_rc read_context(const as_named_bytes *f, as_arena *arena,
                          as_context *into, as_err *err)
{
    as_json_doc *doc = NULL;
    as_rc rc = as_review_read_yaml(f->bytes, &doc, err);

    if (!rc)
        rc = as_context_read(as_json_root(doc), arena, into, err);
    as_json_free(doc);
    return placed(f->bytes, f->name, rc, err);
}

static as_rc load_context(const as_review_request *q, as_arena *arena,
                          as_context **ret, as_err *err)
{
    as_context *c = as_context_new(arena);
    as_rc rc = AS_OK;

    if (!c)
        return as_fail(err, AS_ERR_LIMIT, "no memory for the context");
    if (q->context.bytes.n)
        rc = read_context(&q->context, arena, c, err);
    for (size_t i = 0; i < q->n_context_more && !rc; i++) {
        rc = as_context_set(c, arena, q->context_more[i].name,
                            q->context_more[i].value, err);
        if (rc == AS_ERR_INPUT && err)
            rc = err->rc = AS_ERR_USAGE;
    }
    *ret = as_context_is_empty(c) ? NULL : c;
    return rc;
}

/* ---- held against a product ---------------------------------------------- */

as_rc as_review_load_law(const as_review_request *q, as_review *r,
                         as_review_law *ret, as_err *err)
{
    as_rules_request which = {.rules = q->rules,
                              .n_rules = q->n_rules,
                              .only_given = q->only_given_rules};
    as_rc rc = as_review_load_rules(&which, r->arena, &ret->rules,
                                    &r->rules_digest, err);

    return rc ? rc : load_context(q, r->arena, &ret->context, err);
}

as_rc as_review_apply_law(const as_review_law *law, as_review *r, as_err *err)
{
    as_rule_input in = {.rules = &law->rules,
                        .context = law->context,
                        .screening = r->screening};

    return as_rules_apply(&in, r, err);
}
