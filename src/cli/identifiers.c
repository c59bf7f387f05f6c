/* SPDX-License-Identifier: Apache-2.0 */
/* assay purl, cpe, cvss, version compare: one case an operand, or one a line on
 * standard input and then one answer a line. A case that cannot be read gets an
 * answer that says so, and the run ends with status 65. */
#include "cli/cli.h"

#include "base/json_write.h"
#include "base/limits.h"
#include "model/cpe.h"
#include "model/cvss.h"
#include "model/purl.h"
#include "version/version.h"

#include <string.h>

/* Answers one case on one line, without the newline. */
typedef as_rc (*answer_fn)(as_str text, as_arena *arena, as_buf *out,
                           as_err *err);

/* {"error": ..., "input": ...}: what stands in the place of an answer. */
static void put_error(as_str text, const as_err *err, as_buf *out)
{
    char line[1600];
    as_json_writer w;
    size_t n = as_err_text(err, line, sizeof line);

    as_json_write_init(&w, out, 0);
    as_json_write_object(&w);
    as_json_write_field(&w, AS_STR("error"), as_str_of(line, n));
    as_json_write_field(&w, AS_STR("input"), text);
    as_json_write_object_end(&w);
}

static as_rc ask(answer_fn answer, as_str text, as_arena *arena, as_buf *out,
                 as_err *err)
{
    size_t bad = as_span_utf8_bad(as_str_span(text));

    if (bad == text.n)
        return answer(text, arena, out, err);
    as_err_line(err, 1, bad + 1);
    return as_fail(err, AS_ERR_INPUT, "the bytes are not valid UTF-8");
}

/* One case: an operand (line 0), or a line of standard input, and then answers
 * and errors share standard output. An answer may be there although the case is
 * refused (a purl with defects). */
static as_rc one_case(answer_fn answer, as_str text, uint64_t line, as_buf *out)
{
    as_arena *arena = as_arena_new(AS_MIB * 16);
    size_t before = out->n;
    as_err err;
    as_rc rc;

    as_err_init(&err);
    rc = arena ? ask(answer, text, arena, out, &err)
               : as_fail(&err, AS_ERR_MEMORY, "no memory");
    as_arena_free(arena);
    if (line)
        err.place.line = line;
    if (rc && !line)
        as_cli_fail(&err);
    if (rc && line && out->n == before)
        put_error(text, &err, out);
    if (out->n > before)
        as_buf_byte(out, '\n');
    return rc;
}

static as_rc from_lines(answer_fn answer, as_buf *out, as_err *err)
{
    as_io_file in = {0};
    as_rc rc = as_io_read("-", 0, &in, err), worst = AS_OK;
    as_str rest = as_str_of((const char *)in.bytes.p, in.bytes.n);

    if (rc)
        return rc;
    for (uint64_t line = 1; rest.n; line++) {
        as_str text = as_str_cut(&rest, '\n');
        if (text.n && text.p[text.n - 1] == '\r')
            text.n--;
        rc = one_case(answer, text, line, out);
        worst = rc ? AS_ERR_INPUT : worst;
        err->what[0] = 0;
    }
    as_io_file_done(&in);
    return worst;
}

static int run(const as_cmd_values *v, answer_fn answer)
{
    int status = 0, written;
    as_buf out;
    as_err err;

    as_err_init(&err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    if (v->n_operands == 0) {
        as_rc rc = from_lines(answer, &out, &err);
        if (rc && err.what[0])
            as_cli_fail(&err);
        status = as_rc_exit(rc);
    }
    for (size_t i = 0; i < v->n_operands; i++) {
        as_rc rc = one_case(answer, as_str_c(v->operands[i]), 0, &out);
        status = rc ? as_rc_exit(rc) : status;
    }
    written = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return written ? written : status;
}

/* ---- purl ------------------------------------------------------------------
 */

static as_rc build_purl(as_str text, as_arena *arena, as_purl *ret, as_err *err)
{
    as_json_doc *doc = NULL;
    as_purl parts = {.n_qualifiers = 0};
    as_json root, qualifiers;
    as_rc rc = as_json_read(as_str_span(text), NULL, &doc, err);

    if (rc)
        return rc;
    root = as_json_root(doc);
    parts.type = as_json_get_str(root, AS_STR("type"));
    parts.namespace_ = as_json_get_str(root, AS_STR("namespace"));
    parts.name = as_json_get_str(root, AS_STR("name"));
    parts.version = as_json_get_str(root, AS_STR("version"));
    parts.subpath = as_json_get_str(root, AS_STR("subpath"));
    qualifiers = as_json_get(root, AS_STR("qualifiers"));
    parts.qualifiers =
        AS_NEW_ARRAY(arena, as_json_count(qualifiers), as_purl_qualifier);
    if (!parts.qualifiers)
        rc = as_fail(err, AS_ERR_LIMIT, "there are too many qualifiers");
    for (as_json_iter it = as_json_each(qualifiers); !rc && as_json_next(&it);)
        parts.qualifiers[parts.n_qualifiers++] =
            (as_purl_qualifier){it.key, as_json_str(it.value)};
    if (!rc)
        rc = as_purl_build(&parts, arena, ret, err);
    as_json_free(doc);
    return rc;
}

/* What only the lenient reader takes is shown too, with its defects; it is not
 * valid all the same. */
static as_rc read_purl(as_str text, as_arena *arena, as_purl *ret,
                       bool *ret_any, as_err *err)
{
    as_rc rc = as_purl_read(text, arena, ret, err);

    *ret_any =
        rc == AS_OK || as_purl_read_lenient(text, arena, ret, NULL) == AS_OK;
    return rc;
}

static as_rc answer_purl(as_str text, as_arena *arena, as_buf *out, as_err *err)
{
    as_json_writer w;
    bool any = true;
    as_purl purl;
    as_rc rc;

    /* An object of components is built, anything else is read. */
    if (as_str_starts(text, AS_STR("{"))) {
        rc = build_purl(text, arena, &purl, err);
        any = rc == AS_OK;
    } else {
        rc = read_purl(text, arena, &purl, &any, err);
    }
    if (!any)
        return rc;
    as_json_write_init(&w, out, 0);
    as_purl_to_json(&purl, &w);
    return rc;
}

int as_cli_purl(void *ctx, const as_cmd_values *v)
{
    return run(v, answer_purl);
}

/* ---- CPE -------------------------------------------------------------------
 */

/* "A" describes a name; "A B" (a blank between) compares two. */
static as_rc answer_cpe(as_str text, as_arena *arena, as_buf *out, as_err *err)
{
    as_str second = text, first = as_str_cut(&second, ' ');
    as_cpe a, b;
    as_json_writer w;
    as_rc rc = as_cpe_read(first, arena, &a, err);

    if (rc)
        return rc;
    as_json_write_init(&w, out, 0);
    if (as_str_is_absent(second)) {
        as_cpe_to_json(&a, &w);
        return AS_OK;
    }
    rc = as_cpe_read(as_str_trim(second), arena, &b, err);
    if (!rc)
        as_cpe_compare_to_json(&a, &b, &w);
    return rc;
}

int as_cli_cpe(void *ctx, const as_cmd_values *v)
{
    as_cli *c = ctx;
    as_cmd_values pair = *v;
    const char *joined[2] = {NULL, NULL};

    if (v->n_operands != 2)
        return run(v, answer_cpe);
    joined[0] =
        as_arena_printf(c->arena, "%s %s", v->operands[0], v->operands[1]).p;
    pair.operands = joined;
    pair.n_operands = 1;
    return run(&pair, answer_cpe);
}

/* ---- CVSS ------------------------------------------------------------------
 */

static as_rc answer_cvss(as_str text, as_arena *arena, as_buf *out, as_err *err)
{
    as_json_writer w;
    as_cvss cvss;
    as_rc rc = as_cvss_read(text, &cvss, err);

    if (rc)
        return rc;
    as_json_write_init(&w, out, 0);
    as_cvss_to_json(&cvss, &w);
    return AS_OK;
}

int as_cli_cvss(void *ctx, const as_cmd_values *v)
{
    return run(v, answer_cvss);
}

/* ---- versions ---------------------------------------------------------------
 */

static as_rc compare(as_str ecosystem, as_str a, as_str b, as_buf *out,
                     as_err *err)
{
    const as_version_scheme *s = as_version_scheme_find(ecosystem);
    int order = 0;
    as_rc rc;

    if (!s) {
        as_fail(err, AS_ERR_USAGE, "no version order is called \"%.*s\"",
                AS_FMT(as_str_slice(ecosystem, 0, 80)));
        as_err_hint(err, "\"assay version compare --help\" names them");
        return AS_ERR_USAGE;
    }
    rc = as_version_compare(s, a, b, &order, err);
    if (!rc)
        as_buf_byte(out, order < 0 ? '<' : order > 0 ? '>' : '=');
    return rc;
}

/* "ECOSYSTEM A B". With tabs between, each may hold blanks; else the last two
 * words are the versions ("Red Hat 1.0 1.1"). */
static bool split_case(as_str text, as_str *ecosystem, as_str *a, as_str *b)
{
    char sep = as_str_find(text, '\t') < text.n ? '\t' : ' ';
    size_t second, first;

    text = as_str_trim(text);
    second = as_str_rfind(text, sep);
    if (second == text.n)
        return false;
    *b = as_str_trim(as_str_slice(text, second, text.n));
    text = as_str_trim(as_str_slice(text, 0, second));
    first = as_str_rfind(text, sep);
    if (first == text.n)
        return false;
    *a = as_str_trim(as_str_slice(text, first, text.n));
    *ecosystem = as_str_trim(as_str_slice(text, 0, first));
    return true;
}

static as_rc answer_version(as_str text, as_arena *arena, as_buf *out,
                            as_err *err)
{
    as_str ecosystem, a, b;

    if (!split_case(text, &ecosystem, &a, &b))
        return as_fail(err, AS_ERR_INPUT,
                       "a line is an ecosystem and two versions");
    return compare(ecosystem, a, b, out, err);
}

int as_cli_version_compare(void *ctx, const as_cmd_values *v)
{
    as_buf out;
    as_err err;
    int status;
    as_rc rc;

    if (v->n_operands == 0)
        return run(v, answer_version);
    as_err_init(&err);
    if (v->n_operands != 3) {
        as_fail(&err, AS_ERR_USAGE,
                "version compare takes an ecosystem and two versions");
        return as_cli_fail(&err);
    }
    as_buf_init(&out, 16);
    rc = compare(as_str_c(v->operands[0]), as_str_c(v->operands[1]),
                 as_str_c(v->operands[2]), &out, &err);
    as_buf_byte(&out, '\n');
    status = rc ? as_cli_fail(&err) : as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    return status;
}
