/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions as JSON lines, out of a register and into another; see store.h. */
#include "store/store_internal.h"

#include "base/json.h"
#include "base/limits.h"

#include <inttypes.h>

/* ---- out -------------------------------------------------------------------
 */

static bool write_line(void *ctx, const as_decision *d)
{
    as_buf *out = ctx;

    as_decision_write(d, out);
    as_buf_byte(out, '\n');
    return !as_buf_failed(out);
}

as_rc as_register_export(as_register *r, as_buf *out, as_err *err)
{
    as_rc rc = as_register_visit(r, false, write_line, out, err);

    if (!rc && as_buf_failed(out))
        return as_fail(err, AS_ERR_LIMIT, "there are too many decisions");
    return rc;
}

/* ---- in --------------------------------------------------------------------
 */

static const as_str members[] = {
    AS_STR_INIT("schema"),  AS_STR_INIT("id"),        AS_STR_INIT("query"),
    AS_STR_INIT("country"), AS_STR_INIT("list"),      AS_STR_INIT("row"),
    AS_STR_INIT("digest"),  AS_STR_INIT("judgement"), AS_STR_INIT("because"),
    AS_STR_INIT("by"),      AS_STR_INIT("at"),        AS_STR_INIT("nth"),
};

static as_rc check_members(as_json line, as_err *err)
{
    if (!as_json_is(line, AS_JSON_OBJECT))
        return as_fail(err, AS_ERR_INPUT, "a decision is an object");
    for (as_json_iter it = as_json_each(line); as_json_next(&it);) {
        size_t i = 0;
        while (i < AS_ARRAY_LEN(members) && !as_str_eq(it.key, members[i]))
            i++;
        if (i == AS_ARRAY_LEN(members))
            return as_fail(err, AS_ERR_INPUT,
                           "a decision has no member \"%.*s\"",
                           AS_FMT(as_str_slice(it.key, 0, 80)));
    }
    if (as_str_eq(as_json_get_str(line, members[0]),
                  AS_STR("assay-decision/1")))
        return AS_OK;
    return as_fail(err, AS_ERR_UNSUPPORTED,
                   "the line is no decision (assay-decision/1)");
}

static as_rc read_line(as_json line, as_arena *a, as_decision *ret, as_err *err)
{
    as_str said = as_json_get_str(line, AS_STR("id"));
    as_decision d = {.query = as_json_get_str(line, AS_STR("query")),
                     .country = as_json_get_str(line, AS_STR("country")),
                     .list = as_json_get_str(line, AS_STR("list")),
                     .row = as_json_get_str(line, AS_STR("row")),
                     .digest = as_json_get_str(line, AS_STR("digest")),
                     .because = as_json_get_str(line, AS_STR("because")),
                     .by = as_json_get_str(line, AS_STR("by"))};
    as_json nth = as_json_get(line, AS_STR("nth"));
    as_rc rc = check_members(line, err);

    if (rc)
        return rc;
    if (!as_judgement_of(as_json_get_str(line, AS_STR("judgement")),
                         &d.judgement))
        return as_fail(err, AS_ERR_INPUT,
                       "the judgement is same, not-same or withdrawn");
    if (!as_time_read(as_json_get_str(line, AS_STR("at")), &d.at))
        return as_fail(err, AS_ERR_INPUT, "a decision has no time");
    if (!as_json_is(nth, AS_JSON_NONE) &&
        (!as_json_u64(nth, &d.nth) || d.nth > INT64_MAX))
        return as_fail(err, AS_ERR_INPUT, "\"nth\" is a whole number");
    rc = as_decision_check(&d, err);
    if (rc)
        return rc;
    if (!as_decision_name(a, &d))
        return as_fail(err, AS_ERR_LIMIT, "a decision is too large");
    if (!as_str_is_absent(said) && !as_str_eq(said, d.id))
        return as_fail(err, AS_ERR_INPUT,
                       "a decision was altered: its id does not fit");
    *ret = d;
    return AS_OK;
}

static as_rc take_line(as_register *r, as_span bytes, bool *ret_added,
                       as_err *err)
{
    as_arena *a = as_arena_new(AS_MIB * 16);
    as_json_doc *doc = NULL;
    as_decision d;
    as_rc rc;

    if (!a)
        return as_fail(err, AS_ERR_MEMORY, "no memory for a decision");
    rc = as_json_read(bytes, NULL, &doc, err);
    if (!rc)
        rc = read_line(as_json_root(doc), a, &d, err);
    if (!rc)
        rc = as_decision_insert(r, a, &d, ret_added, err);
    as_json_free(doc);
    as_arena_free(a);
    return rc;
}

static as_rc take_all(as_register *r, as_str rest, as_register_account *n,
                      as_err *err)
{
    uint64_t line = 0;

    while (rest.n) {
        as_str one = as_str_trim(as_str_cut(&rest, '\n'));
        bool added = false;
        as_rc rc;
        line++;
        if (as_str_is_empty(one))
            continue;
        rc = take_line(r, as_str_span(one), &added, err);
        if (rc && err)
            as_err_line(err, line, err->place.column);
        if (rc)
            return rc;
        n->read++;
        n->added += added;
        n->known += !added;
    }
    return AS_OK;
}

as_rc as_register_import(as_register *r, as_span lines,
                         as_register_account *ret, as_err *err)
{
    as_register_account n = {.read = 0};
    as_rc rc = as_register_begin(r, err);

    if (rc)
        return rc;
    rc = take_all(r, as_str_of((const char *)lines.p, lines.n), &n, err);
    rc = as_register_end(r, rc, err);
    if (!rc)
        *ret = n;
    return rc;
}
