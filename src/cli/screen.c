/* SPDX-License-Identifier: Apache-2.0 */
/* assay screen compare: how alike two names are. */
#include "cli/cli.h"

#include "base/csv.h"
#include "base/limits.h"
#include "party/party.h"

#include <math.h>
#include <string.h>

typedef struct compare {
    as_names *names;
    as_party_kind kind;
    as_party_identity identity;
    bool ofac, json;
    as_buf *out;
} compare;

static bool find_kind(as_str word, as_party_kind *ret)
{
    static const struct {
        as_str word;
        as_party_kind kind;
    } more[] = {
        {AS_STR_INIT("organization"), AS_PARTY_ORGANISATION},
        {AS_STR_INIT("company"), AS_PARTY_ORGANISATION},
        {AS_STR_INIT(""), AS_PARTY_UNKNOWN},
    };

    if (as_party_kind_of(word, ret))
        return true;
    for (size_t i = 0; i < AS_ARRAY_LEN(more); i++)
        if (as_str_eq_nocase(word, more[i].word)) {
            *ret = more[i].kind;
            return true;
        }
    return false;
}

/* ---- writing -------------------------------------------------------------
 */

static double rounded(double score)
{
    return round(score * 1000) / 1000;
}

static void put_words(as_json_writer *w, as_str key, const as_name *n,
                      size_t from, size_t count)
{
    as_json_write_key(w, key);
    as_json_write_array(w);
    for (size_t i = from; i < from + count; i++)
        as_json_write_str(w, as_name_word_at(n, i).text);
    as_json_write_array_end(w);
}

static void put_pair(as_json_writer *w, const as_name *a, const as_name *b,
                     const as_name_pair *p)
{
    as_json_write_object(w);
    put_words(w, AS_STR("a"), a, p->a, p->n_a);
    put_words(w, AS_STR("b"), b, p->b, p->n_b);
    as_json_write_field(w, AS_STR("how"), as_str_c(as_name_how_text(p->how)));
    as_json_write_key(w, AS_STR("cost"));
    as_json_write_double(w, rounded((double)p->cost));
    as_json_write_key(w, AS_STR("weight"));
    as_json_write_double(w, rounded((double)p->weight));
    as_json_write_object_end(w);
}

static void put_flags(as_json_writer *w, unsigned flags)
{
    static const char *const words[] = {"invisible", "mixed-scripts", "generic",
                                        "unread"};

    as_json_write_key(w, AS_STR("flags"));
    as_json_write_array(w);
    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (flags & (1U << i))
            as_json_write_str(w, as_str_c(words[i]));
    as_json_write_array_end(w);
}

static void put_match(as_buf *out, const as_name *a, const as_name *b,
                      const as_name_match *m)
{
    as_json_writer w;
    const as_name *x = as_name_taken_for(a, m->kind);
    const as_name *y = as_name_taken_for(b, m->kind);

    as_json_write_init(&w, out, 0);
    as_json_write_object(&w);
    as_json_write_key(&w, AS_STR("score"));
    as_json_write_double(&w, rounded(m->score));
    as_json_write_field_bool(&w, AS_STR("match"),
                             m->score >= AS_NAME_THRESHOLD);
    as_json_write_key(&w, AS_STR("threshold"));
    as_json_write_double(&w, AS_NAME_THRESHOLD);
    as_json_write_field(&w, AS_STR("kind"),
                        as_str_c(as_party_kind_word(m->kind)));
    as_json_write_key(&w, AS_STR("shared"));
    as_json_write_double(&w, rounded(m->shared));
    as_json_write_key(&w, AS_STR("cost"));
    as_json_write_double(&w, rounded(m->cost));
    if (m->cap != AS_CAP_NONE)
        as_json_write_field(&w, AS_STR("held"),
                            as_str_c(as_name_cap_text(m->cap)));
    put_flags(&w, m->flags);
    as_json_write_key(&w, AS_STR("pairs"));
    as_json_write_array(&w);
    for (size_t i = 0; i < m->n_pairs; i++)
        put_pair(&w, x, y, &m->pairs[i]);
    as_json_write_array_end(&w);
    as_json_write_object_end(&w);
}

static void put_score(const compare *c, double score)
{
    as_json_writer w;

    if (!c->json) {
        as_buf_printf(c->out, "%.3f", score);
        return;
    }
    as_json_write_init(&w, c->out, 0);
    as_json_write_object(&w);
    as_json_write_key(&w, AS_STR("score"));
    as_json_write_double(&w, rounded(score));
    as_json_write_object_end(&w);
}

/* ---- comparing -----------------------------------------------------------
 */

static as_rc prepare(const compare *c, const char *which, as_str text,
                     as_arena *arena, const as_name **ret, as_err *err)
{
    as_rc rc = as_name_prepare(c->names, text, c->kind, arena, ret, err);

    if (rc)
        as_err_detail(err, "name %s", which);
    return rc;
}

static as_rc compare_names(const compare *c, as_str a, as_str b,
                           as_arena *arena, as_err *err)
{
    const as_name *x = NULL, *y = NULL;
    as_name_match m;
    as_rc rc = prepare(c, "A", a, arena, &x, err);

    if (!rc)
        rc = prepare(c, "B", b, arena, &y, err);
    if (rc)
        return rc;
    if (c->ofac) {
        put_score(c, as_name_ofac(a, b));
        return AS_OK;
    }
    as_name_compare(x, y, c->identity, &m);
    if (c->json)
        put_match(c->out, x, y, &m);
    else
        put_score(c, m.score);
    return AS_OK;
}

static as_rc compare_row(compare *c, as_csv *csv, const as_str *f, size_t n,
                         as_arena *arena, as_err *err)
{
    if (csv->unfinished)
        return as_fail(err, AS_ERR_INPUT, "a quote is not closed");
    if (csv->stray)
        return as_fail(err, AS_ERR_INPUT,
                       "there is text behind a closing quote");
    if (n != 3)
        return as_fail(err, AS_ERR_INPUT,
                       "a line is a kind and two names, not %zu fields", n);
    if (!find_kind(as_str_trim(f[0]), &c->kind))
        return as_fail(err, AS_ERR_INPUT, "no kind is called \"%.*s\"",
                       AS_FMT(as_str_slice(f[0], 0, 40)));
    return compare_names(c, f[1], f[2], arena, err);
}

/* One score a line; "nan", or null, stands for what was not examined. */
static as_rc one_row(compare *c, as_csv *csv, uint64_t line, const as_str *f,
                     size_t n, as_arena *arena)
{
    as_err err;
    as_rc rc;

    as_err_init(&err);
    as_err_line(&err, line, 0);
    rc = compare_row(c, csv, f, n, arena, &err);
    if (rc) {
        err.place.line = line;
        as_cli_fail(&err);
        as_buf_c(c->out, c->json ? "null" : "nan");
    }
    as_buf_byte(c->out, '\n');
    return rc;
}

static as_rc compare_lines(compare *c, as_err *err)
{
    as_io_file in = {0};
    as_rc rc = as_io_read("-", 0, &in, err), worst = AS_OK;
    as_csv csv;
    as_str f[3];
    size_t n;

    if (rc)
        return rc;
    as_csv_init(&csv, in.bytes);
    for (bool more = true; more;) {
        as_arena *arena = as_arena_new(AS_MIB);
        uint64_t line = 0;
        if (!arena) {
            worst = as_fail(err, AS_ERR_MEMORY, "no memory");
            break;
        }
        more = as_csv_next(&csv, arena, f, 3, &n);
        line = csv.row;
        if (more && one_row(c, &csv, line, f, n, arena))
            worst = AS_ERR_INPUT;
        as_arena_free(arena);
    }
    as_io_file_done(&in);
    return worst;
}

static as_rc compare_operands(const compare *c, const as_cmd_values *v,
                              as_err *err)
{
    as_arena *arena = as_arena_new(AS_MIB);
    as_rc rc;

    if (!arena)
        return as_fail(err, AS_ERR_MEMORY, "no memory");
    rc = compare_names(c, as_str_c(v->operands[0]), as_str_c(v->operands[1]),
                       arena, err);
    as_arena_free(arena);
    if (!rc)
        as_buf_byte(c->out, '\n');
    return rc;
}

int as_cli_screen_compare(void *ctx, const as_cmd_values *v)
{
    as_buf out;
    compare c = {.names = as_names_new(), .out = &out};
    as_str kind = as_cmd_get_str(v, "kind");
    as_err err;
    as_rc rc;
    int status, written;

    as_err_init(&err);
    as_buf_init(&out, AS_LIMIT_OUTPUT_BYTES);
    c.ofac = as_str_eq(as_cmd_get_str(v, "method"), AS_STR("ofac"));
    c.json = as_str_eq(as_cmd_get_str(v, "format"), AS_STR("json"));
    if (as_str_eq(as_cmd_get_str(v, "identity"), AS_STR("family")))
        c.identity = AS_PARTY_FAMILY;
    if (!as_str_is_absent(kind) && !find_kind(kind, &c.kind))
        c.kind = AS_PARTY_UNKNOWN;
    if (!c.names)
        rc = as_fail(&err, AS_ERR_MEMORY, "no memory");
    else if (v->n_operands == 1)
        rc = as_fail(&err, AS_ERR_USAGE, "screen compare takes two names");
    else
        rc = v->n_operands ? compare_operands(&c, v, &err)
                           : compare_lines(&c, &err);
    status = rc && err.what[0] ? as_cli_fail(&err) : as_rc_exit(rc);
    written = as_cli_write(v, as_buf_span(&out));
    as_buf_done(&out);
    as_names_free(c.names);
    return written ? written : status;
}
