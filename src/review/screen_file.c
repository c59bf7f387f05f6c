/* SPDX-License-Identifier: Apache-2.0 */
/* Many names of a file; see review.h. A row is never lost: what cannot be read
 * of it, its line says. */
#include "base/csv.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "model/country.h"
#include "review/parties_internal.h"

#include <string.h>

#define KEY(w, k)      as_json_write_key((w), AS_STR(k))
#define FIELD(w, k, v) as_json_write_field((w), AS_STR(k), (v))
#define OPT(w, k, v)   as_json_write_field_opt((w), AS_STR(k), (v))

enum { COLUMNS = 256, BAD = 3, HEAD = 4, TAIL = 5 };

/* ---- columns -------------------------------------------------------------
 */

/* What a column may hold. Identifiers keep their scheme as the word. */
typedef enum field {
    FIELD_NONE = 0,
    FIELD_NAME,
    FIELD_COUNTRY,
    FIELD_ADDRESS,
    FIELD_KIND,
    FIELD_BIRTH,
    FIELD_ID,
} field;

static const struct word {
    const char *word;
    field field;
    const char *scheme; /* of an identifier */
} words[] = {
    {"name", FIELD_NAME, NULL},
    {"legal name", FIELD_NAME, NULL},
    {"legal entity name", FIELD_NAME, NULL},
    {"entity name", FIELD_NAME, NULL},
    {"party name", FIELD_NAME, NULL},
    {"organisation name", FIELD_NAME, NULL},
    {"organization name", FIELD_NAME, NULL},
    {"firma", FIELD_NAME, NULL},
    {"firmenname", FIELD_NAME, NULL},
    {"名称", FIELD_NAME, NULL},
    {"公司名称", FIELD_NAME, NULL},
    {"企业名称", FIELD_NAME, NULL},
    {"供应商名称", FIELD_NAME, NULL},
    {"客户名称", FIELD_NAME, NULL},
    {"company", FIELD_NAME, NULL},
    {"company name", FIELD_NAME, NULL},
    {"full name", FIELD_NAME, NULL},
    {"customer", FIELD_NAME, NULL},
    {"customer name", FIELD_NAME, NULL},
    {"supplier", FIELD_NAME, NULL},
    {"supplier name", FIELD_NAME, NULL},
    {"vendor", FIELD_NAME, NULL},
    {"vendor name", FIELD_NAME, NULL},
    {"party", FIELD_NAME, NULL},
    {"entity", FIELD_NAME, NULL},
    {"organisation", FIELD_NAME, NULL},
    {"organization", FIELD_NAME, NULL},
    {"country", FIELD_COUNTRY, NULL},
    {"country code", FIELD_COUNTRY, NULL},
    {"country name", FIELD_COUNTRY, NULL},
    {"registered country", FIELD_COUNTRY, NULL},
    {"country of registration", FIELD_COUNTRY, NULL},
    {"land", FIELD_COUNTRY, NULL},
    {"国家", FIELD_COUNTRY, NULL},
    {"nationality", FIELD_COUNTRY, NULL},
    {"address", FIELD_ADDRESS, NULL},
    {"street", FIELD_ADDRESS, NULL},
    {"kind", FIELD_KIND, NULL},
    {"type", FIELD_KIND, NULL},
    {"birth", FIELD_BIRTH, NULL},
    {"date of birth", FIELD_BIRTH, NULL},
    {"birth date", FIELD_BIRTH, NULL},
    {"dob", FIELD_BIRTH, NULL},
    {"lei", FIELD_ID, "lei"},
    {"imo", FIELD_ID, "imo"},
    {"mmsi", FIELD_ID, "mmsi"},
    {"uei", FIELD_ID, "uei"},
    {"duns", FIELD_ID, "duns"},
    {"cage", FIELD_ID, "cage"},
    {"registration", FIELD_ID, "registration"},
    {"registration number", FIELD_ID, "registration"},
    {"tax", FIELD_ID, "tax"},
    {"tax number", FIELD_ID, "tax"},
    {"vat", FIELD_ID, "tax"},
    {"swift", FIELD_ID, "swift"},
    {"bic", FIELD_ID, "swift"},
    {"passport", FIELD_ID, "passport"},
    {"id", FIELD_NONE, NULL},
};

/* Case, "_" and "-" do not matter. */
static bool same_word(as_str a, const char *b)
{
    size_t n = strlen(b);

    a = as_str_trim(a);
    if (a.n != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = as_ascii_lower(a.p[i]);
        if ((c == '_' || c == '-' ? ' ' : c) != b[i])
            return false;
    }
    return true;
}

static const struct word *find_word(as_str text)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(words); i++)
        if (same_word(text, words[i].word))
            return &words[i];
    return NULL;
}

struct column {
    field field;
    as_str scheme;
};

struct table {
    struct column columns[COLUMNS];
    size_t n;
    bool header; /* the first row names the columns */
};

static bool has_field(const struct table *t, field f)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->columns[i].field == f)
            return true;
    return false;
}

static void set_column(struct table *t, size_t i, const struct word *w)
{
    if (i >= COLUMNS)
        return;
    t->columns[i].field = w->field;
    t->columns[i].scheme = w->scheme ? as_str_c(w->scheme) : AS_ABSENT;
    t->n = i >= t->n ? i + 1 : t->n;
}

/* By the words of the header; the first column of a kind counts. */
static void read_header(struct table *t, const as_str *fields, size_t n)
{
    for (size_t i = 0; i < n && i < COLUMNS; i++) {
        const struct word *w = find_word(fields[i]);
        if (!w)
            continue;
        t->header = true;
        if (w->field == FIELD_ID || !has_field(t, w->field))
            set_column(t, i, w);
    }
}

static size_t column_named(const as_str *fields, size_t n, as_str word)
{
    for (size_t i = 0; i < n; i++)
        if (as_str_eq_nocase(as_str_trim(fields[i]), word))
            return i;
    return SIZE_MAX;
}

/* "name=2,country=5,lei=LEI code": numbers count from 1. */
static as_rc read_columns(struct table *t, as_str text, const as_str *fields,
                          size_t n, as_err *err)
{
    bool header = find_word(n ? fields[0] : AS_ABSENT) != NULL;

    for (as_str rest = text; !as_str_is_absent(rest);) {
        as_str value = as_str_cut(&rest, ','), key = as_str_cut(&value, '=');
        const struct word *w = find_word(key);
        uint64_t number;
        size_t at;
        if (!w || w->field == FIELD_NONE || as_str_is_absent(value))
            return as_fail(err, AS_ERR_USAGE,
                           "\"%.*s\" maps no column: name, country, address, "
                           "kind, birth or an identifier = number or word",
                           AS_FMT(as_str_slice(key, 0, 60)));
        value = as_str_trim(value);
        at = column_named(fields, n, value);
        if (as_str_u64(value, &number) && number)
            at = (size_t)number - 1;
        else
            header = true;
        if (at >= COLUMNS)
            return as_fail(err, AS_ERR_USAGE, "there is no column \"%.*s\"",
                           AS_FMT(as_str_slice(value, 0, 60)));
        set_column(t, at, w);
    }
    t->header = header;
    for (size_t i = 0; i < n && i < t->n; i++)
        t->header =
            t->header || (t->columns[i].field && find_word(fields[i]) != NULL);
    return AS_OK;
}

/* ---- one row ------------------------------------------------------------- */

struct run {
    as_parties *p;
    as_parties_file *f;
    as_parties_coverage coverage;
    as_arena *arena; /* of a row */
    as_buf line;
    uint64_t row; /* from 1 */
    as_party_id ids[COLUMNS];
    as_str country, kind; /* as written, where they say nothing to us */
};

static void take_country(struct run *r, as_screen_query *q, as_str value)
{
    q->country = as_country_code(value);
    r->country = as_str_is_absent(q->country) ? value : AS_ABSENT;
}

static void take_kind(struct run *r, as_screen_query *q, as_str value)
{
    r->kind = AS_ABSENT;
    if (as_str_eq_nocase(value, AS_STR("company")) ||
        as_str_eq_nocase(value, AS_STR("organization")))
        q->kind = AS_PARTY_ORGANISATION;
    else if (!as_party_kind_of(value, &q->kind))
        r->kind = value;
}

static void take_value(struct run *r, as_screen_query *q, field what,
                       as_str scheme, as_str value)
{
    value = as_str_trim(value);
    if (value.n == 0)
        return;
    if (what == FIELD_NAME)
        q->name = value;
    else if (what == FIELD_COUNTRY)
        take_country(r, q, value);
    else if (what == FIELD_ADDRESS)
        q->address = value;
    else if (what == FIELD_BIRTH)
        q->birth = value;
    else if (what == FIELD_KIND)
        take_kind(r, q, value);
    else if (what == FIELD_ID && q->n_ids < COLUMNS)
        r->ids[q->n_ids++] = (as_party_id){.scheme = scheme, .value = value};
}

static as_rc put_line(struct run *r, int counted, as_err *err)
{
    as_buf_byte(&r->line, '\n');
    if (as_buf_failed(&r->line))
        return as_fail(err, AS_ERR_LIMIT, "a line of the answer is too long");
    if (counted >= 0)
        r->f->counts[counted]++;
    if (r->f->emit(r->f->ctx, as_buf_text(&r->line)))
        return AS_OK;
    return err && err->rc == AS_ERR_IO
               ? AS_ERR_IO /* told, or nobody listens any more */
               : as_fail(err, AS_ERR_IO, "could not write the answers");
}

static void begin(struct run *r, as_json_writer *w, uint64_t line)
{
    as_buf_clear(&r->line);
    as_json_write_init(w, &r->line, 0);
    as_json_write_object(w);
    as_json_write_field_u64(w, AS_STR("row"), r->row);
    as_json_write_field_u64(w, AS_STR("line"), line);
}

/* A row that cannot be read keeps its number and its line. */
static as_rc bad_row(struct run *r, uint64_t line, const char *why, as_err *err)
{
    as_json_writer w;

    r->row++;
    if (r->row <= r->f->skip)
        return AS_OK;
    begin(r, &w, line);
    FIELD(&w, "status", AS_STR("bad"));
    FIELD(&w, "why", as_str_c(why));
    as_json_write_object_end(&w);
    return put_line(r, BAD, err);
}

/* What the row says beside the name, and no use was made of. */
static void put_unread(as_json_writer *w, const struct run *r)
{
    if (!r->country.n && !r->kind.n)
        return;
    KEY(w, "unread");
    as_json_write_object(w);
    OPT(w, "country", as_str_slice(r->country, 0, 80));
    OPT(w, "kind", as_str_slice(r->kind, 0, 80));
    as_json_write_object_end(w);
}

static as_rc good_row(struct run *r, uint64_t line, as_screen_query *q,
                      as_err *err)
{
    as_screen_answer a;
    as_parties_owned owned = {.owners = NULL};
    as_parties_result found = {q, &a, &r->coverage, &owned};
    as_parties_status status;
    as_json_writer w;
    as_rc rc;

    r->row++;
    if (r->row <= r->f->skip)
        return AS_OK;
    q->ids = r->ids;
    rc = as_parties_screen(r->p, q, r->arena, &a, err);
    if (!rc && a.examined)
        rc =
            as_parties_ask_owners(r->p, q, &r->coverage, r->arena, &owned, err);
    if (rc)
        return rc;
    status = as_parties_judge(&found);
    begin(r, &w, line);
    FIELD(&w, "name", q->name);
    OPT(&w, "country", q->country);
    put_unread(&w, r);
    FIELD(&w, "status", as_str_c(as_parties_status_word(status)));
    as_parties_write_answer(&w, &a);
    if (owned.owners && (owned.owners->known || owned.owners->ambiguous))
        as_parties_write_owners(&w, r->p, &owned);
    as_json_write_object_end(&w);
    return put_line(r, (int)status, err);
}

static bool is_text(as_str s)
{
    return as_span_utf8_bad(as_str_span(s)) == s.n;
}

/* ---- CSV ------------------------------------------------------------------
 */

static as_rc csv_row(struct run *r, const struct table *t, const as_csv *csv,
                     const as_str *fields, size_t n, as_err *err)
{
    as_screen_query q = r->f->query;

    q.n_ids = 0;
    r->country = r->kind = AS_ABSENT;
    if (csv->unfinished)
        return bad_row(r, csv->row, "a quote is not closed", err);
    if (csv->stray)
        return bad_row(r, csv->row, "there is text behind a closing quote",
                       err);
    for (size_t i = 0; i < n && i < t->n; i++) {
        if (t->columns[i].field && !is_text(fields[i]))
            return bad_row(r, csv->row, "it is not valid UTF-8", err);
        take_value(r, &q, t->columns[i].field, t->columns[i].scheme, fields[i]);
    }
    if (q.name.n == 0)
        return bad_row(r, csv->row, "it has no name", err);
    return good_row(r, csv->row, &q, err);
}

static as_rc name_columns(const as_parties_file *f, struct table *t,
                          const as_str *fields, size_t n, as_err *err)
{
    as_rc rc = AS_OK;

    n = n < COLUMNS ? n : COLUMNS;
    if (f->columns.n)
        rc = read_columns(t, f->columns, fields, n, err);
    else
        read_header(t, fields, n);
    if (!rc && !has_field(t, FIELD_NAME)) {
        rc = as_fail(err, AS_ERR_INPUT, "no column holds names");
        as_err_hint(err, "name the columns: --columns name=2,country=5");
    }
    if (rc)
        as_err_file(err, f->name);
    return rc;
}

static bool is_jsonl(as_span bytes)
{
    as_str s = as_str_trim(
        as_str_of((const char *)bytes.p, bytes.n < 4096 ? bytes.n : 4096));

    if (as_str_starts(s, AS_STR("\xEF\xBB\xBF")))
        s = as_str_slice(s, 3, s.n);
    return as_str_starts(s, AS_STR("{"));
}

/* Before anything is written: whether the first row names what is needed. */
static as_rc check_columns(const as_parties_file *f, as_arena *arena,
                           as_err *err)
{
    as_str fields[COLUMNS];
    struct table t = {.n = 0};
    as_csv csv;
    size_t n;

    if (is_jsonl(f->bytes))
        return f->columns.n
                   ? as_fail(err, AS_ERR_USAGE,
                             "--columns is for CSV: JSONL goes by its keys")
                   : AS_OK;
    as_csv_init(&csv, f->bytes);
    csv.separator = as_csv_separator_of(f->bytes);
    if (as_csv_next(&csv, arena, fields, COLUMNS, &n))
        return name_columns(f, &t, fields, n, err);
    as_err_file(err, f->name);
    return as_fail(err, AS_ERR_INPUT, "it is empty");
}

static as_rc run_csv(struct run *r, as_err *err)
{
    as_str fields[COLUMNS];
    struct table t = {.n = 0};
    bool first = true;
    as_csv csv;
    as_rc rc = AS_OK;
    size_t n;

    as_csv_init(&csv, r->f->bytes);
    csv.separator = as_csv_separator_of(r->f->bytes);
    while (!rc) {
        as_arena_reset(r->arena);
        if (!as_csv_next(&csv, r->arena, fields, COLUMNS, &n))
            break;
        if (first)
            rc = name_columns(r->f, &t, fields, n, err);
        if (!rc && !(first && t.header))
            rc = csv_row(r, &t, &csv, fields, n, err);
        first = false;
        if (r->f->progress)
            r->f->progress(r->f->ctx, r->f->bytes.n - csv.rest.n);
    }
    return rc;
}

/* ---- JSONL ----------------------------------------------------------------
 */

static as_rc json_row(struct run *r, as_str text, uint64_t line, as_err *err)
{
    as_screen_query q = r->f->query;
    as_json_doc *doc = NULL;
    as_json root;
    as_rc rc;

    q.n_ids = 0;
    r->country = r->kind = AS_ABSENT;
    if (as_json_read(as_str_span(text), NULL, &doc, NULL))
        return bad_row(r, line, "it is no JSON", err);
    root = as_json_root(doc);
    for (as_json_iter it = as_json_each(root); as_json_next(&it);) {
        const struct word *w = it.key.p ? find_word(it.key) : NULL;
        as_str value = as_json_str(it.value);
        if (w && value.p && (w->field != FIELD_NAME || q.name.n == 0))
            take_value(r, &q, w->field,
                       w->scheme ? as_str_c(w->scheme) : AS_ABSENT, value);
    }
    rc = q.name.n ? good_row(r, line, &q, err)
                  : bad_row(r, line, "it has no name", err);
    as_json_free(doc);
    return rc;
}

static as_rc run_jsonl(struct run *r, as_err *err)
{
    as_str rest = as_str_of((const char *)r->f->bytes.p, r->f->bytes.n);
    as_rc rc = AS_OK;

    for (uint64_t line = 1; rest.n && !rc; line++) {
        as_str text = as_str_trim(as_str_cut(&rest, '\n'));
        as_arena_reset(r->arena);
        if (text.n)
            rc = json_row(r, text, line, err);
        if (r->f->progress)
            r->f->progress(r->f->ctx, r->f->bytes.n - rest.n);
    }
    return rc;
}

/* ---- the run --------------------------------------------------------------
 */

as_rc as_parties_file_head(as_parties *p, const as_parties_file *f, as_buf *out,
                           as_err *err)
{
    as_arena *arena = as_arena_new(AS_MIB * 16);
    as_parties_coverage c;
    as_json_writer w;
    as_rc rc;

    if (!arena)
        return as_fail(err, AS_ERR_MEMORY, "no memory to screen names");
    rc = check_columns(f, arena, err);
    if (!rc)
        rc = as_parties_cover(p, &f->query, arena, &c, err);
    if (!rc) {
        as_json_write_init(&w, out, 0);
        as_json_write_object(&w);
        FIELD(&w, "schema", AS_STR("assay-screen-file/1"));
        FIELD(&w, "version", AS_STR(ASSAY_VERSION));
        FIELD(&w, "as_of", as_parties_date(p));
        FIELD(&w, "input_sha256", as_sha256_hex(arena, f->bytes));
        OPT(&w, "columns", f->columns);
        KEY(&w, "threshold");
        as_json_write_double(&w, f->query.threshold > 0 ? f->query.threshold
                                                        : AS_NAME_THRESHOLD);
        as_json_write_field_u64(&w, AS_STR("limit"), f->query.limit);
        if (f->query.exhaustive)
            as_json_write_field_bool(&w, AS_STR("exhaustive"), true);
        OPT(&w, "kind",
            as_str_c(f->query.kind ? as_party_kind_word(f->query.kind) : NULL));
        FIELD(&w, "identity",
              f->query.identity == AS_PARTY_FAMILY ? AS_STR("family")
                                                   : AS_STR("entity"));
        as_parties_write_coverage(&w, &f->query, &c);
        as_json_write_object_end(&w);
        as_buf_byte(out, '\n');
    }
    as_arena_free(arena);
    return rc;
}

int as_parties_file_line(as_str line)
{
    static const char *const status[] = {"no-hit", "hit", "undecided", "bad"};
    as_json_doc *doc = NULL;
    as_str word;
    int what = -1;

    if (as_json_read(as_str_span(line), NULL, &doc, NULL))
        return -1;
    word = as_json_get_str(as_json_root(doc), AS_STR("status"));
    for (int i = 0; i < 4; i++)
        if (word.p && as_str_eq(word, as_str_c(status[i])))
            what = i;
    if (as_json_get(as_json_root(doc), AS_STR("schema")).doc)
        what = HEAD;
    if (as_json_get(as_json_root(doc), AS_STR("rows")).doc)
        what = TAIL;
    as_json_free(doc);
    return what;
}

static as_rc put_tail(struct run *r, as_err *err)
{
    const uint64_t *n = r->f->counts;
    as_json_writer w;

    as_buf_clear(&r->line);
    as_json_write_init(&w, &r->line, 0);
    as_json_write_object(&w);
    as_json_write_field_u64(&w, AS_STR("rows"), r->row);
    as_json_write_field_u64(&w, AS_STR("no-hit"), n[AS_PARTIES_NO_HIT]);
    as_json_write_field_u64(&w, AS_STR("hit"), n[AS_PARTIES_HIT]);
    as_json_write_field_u64(&w, AS_STR("undecided"), n[AS_PARTIES_UNDECIDED]);
    as_json_write_field_u64(&w, AS_STR("bad"), n[BAD]);
    as_json_write_object_end(&w);
    return put_line(r, -1, err);
}

as_rc as_parties_file_run(as_parties *p, as_parties_file *f, as_err *err)
{
    struct run r = {.p = p, .f = f};
    as_arena *covered = as_arena_new(AS_MIB * 16);
    as_rc rc;

    r.arena = as_arena_new(AS_MIB * 256);
    as_buf_init(&r.line, AS_MIB * 64);
    if (!r.arena || !covered)
        rc = as_fail(err, AS_ERR_MEMORY, "no memory to screen names");
    else
        rc = as_parties_cover(p, &f->query, covered, &r.coverage, err);
    if (!rc)
        rc = is_jsonl(f->bytes) ? run_jsonl(&r, err) : run_csv(&r, err);
    if (!rc)
        rc = put_tail(&r, err);
    as_buf_done(&r.line);
    as_arena_free(r.arena);
    as_arena_free(covered);
    return rc;
}
