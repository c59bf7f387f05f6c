/* SPDX-License-Identifier: Apache-2.0 */
/* assay licence, assay licence chip: export licence requirements of the US. */
#include "cli/cli.h"

#include "base/limits.h"
#include "licence/licence.h"

enum { LICENCE_NO = 0, LICENCE_YES = 1, LICENCE_UNKNOWN = 2 };

static int status_of(as_truth t)
{
    return t == AS_YES  ? LICENCE_YES
           : t == AS_NO ? LICENCE_NO
                        : LICENCE_UNKNOWN;
}

static bool wants_json(const as_cmd_values *v)
{
    return as_str_eq(as_cmd_get_str(v, "format"), AS_STR("json"));
}

/* What the forms of the question share. */
struct asking {
    as_cli *cli;
    const as_cmd_values *v;
    const as_ear *ear;
    as_licence_facts facts;
    as_buf out;
    as_truth required;
};

/* ---- numbers ---------------------------------------------------------------
 */

static as_rc read_number(as_str text, const char *what, double *ret,
                         as_err *err)
{
    as_json_doc *doc = NULL;
    bool ok = as_json_read(as_str_span(text), NULL, &doc, NULL) == AS_OK &&
              as_json_double(as_json_root(doc), ret) && *ret >= 0;

    as_json_free(doc);
    if (ok)
        return AS_OK;
    return as_fail(err, AS_ERR_USAGE, "--%s: \"%.*s\" is no number from 0",
                   what, AS_FMT(as_str_slice(text, 0, 40)));
}

static as_rc take_number(const as_cmd_values *v, const char *name, double *ret,
                         as_err *err)
{
    as_str text = as_cmd_get_str(v, name);

    return as_str_is_absent(text) ? AS_OK : read_number(text, name, ret, err);
}

/* ---- facts -----------------------------------------------------------------
 */

static as_rc read_facts(const char *path, as_arena *arena, as_licence_facts *f,
                        as_err *err)
{
    as_io_file in = {.owned = NULL};
    as_rc rc = as_io_read(path, AS_MIB * 16, &in, err);

    if (rc)
        return rc;
    rc = as_licence_facts_yaml(in.bytes, arena, f, err);
    if (rc)
        as_err_file(err, as_str_c(path));
    as_io_file_done(&in);
    return rc;
}

static as_rc take_parties(const as_cmd_values *v, as_arena *arena,
                          as_licence_facts *f, as_err *err)
{
    for (size_t i = 0; i < as_cmd_count(v, "party"); i++) {
        as_str name = as_str_trim(as_cmd_list(v, "party", i));
        if (as_str_is_empty(name))
            return as_fail(err, AS_ERR_USAGE, "--party: the name is empty");
        if (!as_licence_facts_party(f, arena, name))
            return as_fail(err, AS_ERR_LIMIT, "there are too many parties");
    }
    return AS_OK;
}

static as_rc take_words(const as_cmd_values *v, as_arena *arena,
                        as_licence_facts *f, as_err *err)
{
    as_str item = as_cmd_get_str(v, "item"), to = as_cmd_get_str(v, "to");
    as_str from = as_cmd_get_str(v, "from"), use = as_cmd_get_str(v, "use");
    as_rc rc;

    f->eccn = item.n ? item : f->eccn;
    f->to = to.n ? to : f->to;
    f->from = from.n ? from : f->from;
    f->use_text = use.n ? use : f->use_text;
    if (as_cmd_has(v, "kind") &&
        !as_licence_kind_of(as_cmd_get_str(v, "kind"), &f->kind))
        return as_fail(err, AS_ERR_USAGE, "there is no such kind");
    rc = take_number(v, "value", &f->value, err);
    return rc ? rc : take_parties(v, arena, f, err);
}

static as_rc screen(as_cli *c, const as_cmd_values *v, as_licence_facts *f,
                    as_err *err)
{
    as_parties_request q = {.as_of = f->as_of,
                            .knowledge_named =
                                as_cmd_get_path(v, "knowledge") != NULL};
    as_rc rc = as_cli_knowledge(c, v, &q.knowledge, err);
    as_str gap = AS_ABSENT;

    if (!rc)
        rc = as_cli_register(c, v, &q.register_, err);
    if (!rc)
        rc = as_review_screen_licence(&q, f, c->arena, &gap, err);
    if (!rc && gap.n)
        as_cli_note("the parties are not screened: the knowledge base has no "
                    "list %.*s for %.*s (assay feeds import, or update)",
                    AS_FMT(gap), AS_FMT(f->as_of));
    return rc;
}

static as_rc gather(as_cli *c, const as_cmd_values *v, as_licence_facts *f,
                    as_err *err)
{
    const char *path = as_cmd_get_path(v, "facts");
    as_str today;
    as_rc rc = AS_OK;

    as_licence_facts_init(f);
    if (path)
        rc = read_facts(path, c->arena, f, err);
    if (!rc)
        rc = take_words(v, c->arena, f, err);
    if (!rc && (f->as_of.n == 0 || as_cmd_has(v, "as-of"))) {
        rc = as_cli_date(c, v, &today, err);
        f->as_of = rc ? f->as_of : today;
    }
    if (!rc && f->to.n == 0) {
        as_fail(err, AS_ERR_USAGE, "the destination is missing");
        as_err_hint(err, "--to COUNTRY, or destination.country of --facts");
        rc = AS_ERR_USAGE;
    }
    return rc ? rc : screen(c, v, f, err);
}

/* ---- one item --------------------------------------------------------------
 */

static as_rc answer_item(struct asking *q, as_err *err)
{
    const as_licence_facts *f = &q->facts;
    as_licence_answer a;
    as_json_writer w;
    as_rc rc;

    /* With facts the answer says what hangs on the item and what does not. */
    if (f->eccn.n == 0 && f->kind != AS_LICENCE_SERVICE &&
        !as_cmd_has(q->v, "facts")) {
        as_fail(err, AS_ERR_USAGE, "the item is missing");
        as_err_hint(err, "--item ECCN or EAR99, --product BOM, or item.eccn "
                         "of --facts");
        return AS_ERR_USAGE;
    }
    rc = as_licence_determine(q->ear, f, q->cli->arena, &a, err);
    if (rc)
        return rc;
    if (wants_json(q->v)) {
        as_json_write_init(&w, &q->out, 2);
        as_licence_json(&a, &w);
        as_buf_byte(&q->out, '\n');
    } else {
        as_licence_text(&a, &q->out);
    }
    q->required = a.required;
    return AS_OK;
}

/* ---- a product -------------------------------------------------------------
 */

static as_rc answer_product(struct asking *q, as_err *err)
{
    const char *path = as_cmd_get_path(q->v, "product");
    as_arena *arena = as_arena_new(AS_LIMIT_REVIEW_BYTES);
    as_worker_report report = {.forked = false};
    as_io_file in = {.owned = NULL};
    as_product *product = NULL;
    as_licence_product p;
    as_read_options o;
    as_json_writer w;
    as_rc rc = arena ? as_io_read(path, 0, &in, err)
                     : as_fail(err, AS_ERR_MEMORY, "no memory");

    as_cli_read_options(q->v, &report, &o);
    if (!rc)
        rc = as_read_product(in.bytes, as_str_c(path), &o, &product, err);
    as_io_file_done(&in);
    as_cli_tell_sandbox(q->cli, &report);
    if (!rc)
        rc = as_licence_of_product(q->ear, product, &q->facts, arena, &p, err);
    if (!rc && wants_json(q->v)) {
        as_json_write_init(&w, &q->out, 2);
        as_licence_product_json(&p, &w);
        as_buf_byte(&q->out, '\n');
    } else if (!rc) {
        as_licence_product_text(&p, &q->out);
    }
    if (!rc)
        q->required = p.required;
    as_product_free(product);
    as_arena_free(arena);
    return rc;
}

int as_cli_licence(void *ctx, const as_cmd_values *v)
{
    as_cli *c = ctx;
    struct asking q = {.cli = c, .v = v, .ear = as_ear_builtin(c->arena)};
    as_err err;
    int status;
    as_rc rc;

    as_err_init(&err);
    as_buf_init(&q.out, AS_LIMIT_OUTPUT_BYTES);
    rc = q.ear ? gather(c, v, &q.facts, &err)
               : as_fail(&err, AS_ERR_MEMORY, "no memory");
    if (!rc)
        rc = as_cmd_has(v, "product") ? answer_product(&q, &err)
                                      : answer_item(&q, &err);
    if (!rc && as_buf_failed(&q.out))
        rc = as_fail(&err, AS_ERR_LIMIT, "the answer is too large");
    status = rc ? as_cli_fail(&err) : as_cli_write(v, as_buf_span(&q.out));
    as_buf_done(&q.out);
    return status ? status : status_of(q.required);
}

/* ---- chips -----------------------------------------------------------------
 */

/* MACTOPSxBITS or MACTOPSxBITSxCOUNT. */
static as_rc read_unit(as_str text, as_chip_unit *ret, as_err *err)
{
    as_str rest = text, first = as_str_cut(&rest, 'x'), bits;
    as_rc rc;

    if (as_str_is_absent(rest))
        return as_fail(err, AS_ERR_USAGE,
                       "--unit: \"%.*s\" is not MACTOPSxBITS[xCOUNT]",
                       AS_FMT(as_str_slice(text, 0, 40)));
    bits = as_str_cut(&rest, 'x');
    ret->count = 1;
    rc = read_number(first, "unit", &ret->mactops, err);
    if (!rc)
        rc = read_number(bits, "unit", &ret->bits, err);
    if (!rc && !as_str_is_absent(rest))
        rc = read_number(rest, "unit", &ret->count, err);
    return rc;
}

static as_rc take_chip(const as_cmd_values *v, as_chip *chip, as_err *err)
{
    as_str dc = as_cmd_get_str(v, "datacenter");
    size_t n = as_cmd_count(v, "unit");
    as_rc rc = take_number(v, "tpp", &chip->tpp, err);

    if (n > AS_CHIP_UNITS)
        return as_fail(err, AS_ERR_USAGE, "at most %d --unit", AS_CHIP_UNITS);
    if (!rc)
        rc = take_number(v, "die-area", &chip->die_area, err);
    if (!rc)
        rc = take_number(v, "bandwidth", &chip->bandwidth, err);
    if (!rc)
        rc = take_number(v, "package-area", &chip->package_area, err);
    if (!rc)
        rc = take_number(v, "transfer-rate", &chip->interconnect, err);
    for (size_t i = 0; !rc && i < n; i++)
        rc = read_unit(as_cmd_list(v, "unit", i), &chip->units[i], err);
    chip->n_units = n;
    if (!rc && n == 0 && !as_cmd_has(v, "tpp") && !as_cmd_has(v, "bandwidth"))
        return as_fail(err, AS_ERR_USAGE,
                       "nothing to measure: --unit, --tpp or --bandwidth");
    chip->datacenter = as_str_eq(dc, AS_STR("yes"))  ? AS_YES
                       : as_str_eq(dc, AS_STR("no")) ? AS_NO
                                                     : AS_UNSURE;
    chip->holds_memory = as_cmd_has(v, "co-packaged") ? AS_YES : AS_NO;
    return rc;
}

int as_cli_licence_chip(void *ctx, const as_cmd_values *v)
{
    as_cli *c = ctx;
    as_chip_answer a;
    as_json_writer w;
    as_chip chip;
    as_buf out;
    as_str day;
    as_err err;
    int status;
    as_rc rc;

    as_err_init(&err);
    as_chip_init(&chip);
    as_buf_init(&out, AS_MIB * 16);
    rc = as_cli_date(c, v, &day, &err);
    if (!rc)
        rc = take_chip(v, &chip, &err);
    if (!rc)
        rc = as_chip_measure(&chip, day, c->arena, &a, &err);
    if (!rc && wants_json(v)) {
        as_json_write_init(&w, &out, 2);
        as_chip_json(&a, &w);
        as_buf_byte(&out, '\n');
    } else if (!rc) {
        as_chip_text(&a, &out);
    }
    status = rc ? as_cli_fail(&err) : as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return status;
}
