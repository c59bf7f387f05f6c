/* SPDX-License-Identifier: Apache-2.0 */
/* What both validators write into: findings, the names a document defines and
 * uses, and the wording of values. */
#include "base/buf.h"
#include "base/limits.h"
#include "bom/schema_internal.h"
#include "model/cpe.h"
#include "model/purl.h"

#include <stdlib.h>
#include <string.h>

/* "M.N"; false for anything else. */
static bool split(as_str version, uint64_t *ret_major, uint64_t *ret_minor)
{
    as_str rest = version, major = as_str_cut(&rest, '.');

    return version.n < 8 && as_str_u64(major, ret_major) &&
           as_str_u64(rest, ret_minor);
}

const as_schema_document *as_schema_find(as_schema_source source,
                                         as_str version, bool *ret_newer)
{
    const as_schema_document *newest = NULL;
    uint64_t major = 0, minor = 0, m, n, best = 0;
    bool wanted = split(version, &major, &minor);

    *ret_newer = false;
    for (size_t i = 0; i < as_schema_document_count; i++) {
        const as_schema_document *d = &as_schema_documents[i];
        if (d->source != source || !split(d->version, &m, &n))
            continue;
        if (as_str_eq(d->version, version))
            return d;
        if ((wanted && m != major) || m * 1000 + n < best)
            continue;
        newest = d;
        best = m * 1000 + n;
    }
    if (!version.p)
        return newest;
    *ret_newer = wanted && newest && major * 1000 + minor > best;
    return *ret_newer ? newest : NULL;
}

/* ---- wording ----------------------------------------------------------- */

enum { QUOTED_BYTES = 60, LISTED = 16, SHOWN_PATTERN = 160 };

as_str as_schema_quote(as_arena *a, as_str s)
{
    char text[QUOTED_BYTES * 4 + 8];
    size_t n = 0, end = s.n;

    if (end > QUOTED_BYTES)
        for (end = QUOTED_BYTES - 3; ((uint8_t)s.p[end] & 0xC0) == 0x80; end--)
            ;
    text[n++] = '"';
    for (size_t i = 0; i < end; i++) {
        unsigned c = (uint8_t)s.p[i];
        if (c >= ' ' && c != 0x7F) {
            text[n++] = (char)c;
            continue;
        }
        text[n++] = '\\';
        text[n++] = 'x';
        text[n++] = "0123456789ABCDEF"[c >> 4];
        text[n++] = "0123456789ABCDEF"[c & 15];
    }
    if (end < s.n) {
        memcpy(text + n, "...", 3);
        n += 3;
    }
    text[n++] = '"';
    return as_arena_str(a, as_str_of(text, n));
}

as_str as_schema_list(as_arena *a, uint32_t at, size_t n)
{
    as_buf b;
    as_str ret;

    if (n > LISTED)
        return as_arena_printf(a, "the %zu values that are allowed", n);
    as_buf_init(&b, AS_MIB);
    for (size_t i = 0; i < n; i++) {
        as_str s = as_schema_strings[as_schema_words[at + i]];
        if (i)
            as_buf_c(&b, i + 1 < n ? ", " : " or ");
        as_buf_printf(&b, "\"%.*s\"", AS_FMT(s));
    }
    ret = as_arena_str(a, as_buf_text(&b));
    as_buf_done(&b);
    return ret;
}

as_str as_schema_form(as_arena *a, as_str quoted, const as_schema_pattern *p)
{
    if (p->text.n > SHOWN_PATTERN)
        return as_arena_printf(a,
                               "%.*s does not have the form its schema asks "
                               "for",
                               AS_FMT(quoted));
    return as_arena_printf(a, "%.*s does not have the form %.*s",
                           AS_FMT(quoted), AS_FMT(p->text));
}

/* ---- findings ---------------------------------------------------------- */

/* Warnings leave half of the room to errors. */
bool as_schema_wants(as_schema_report *r, bool warning)
{
    return r->n < (warning ? AS_LIMIT_DIAGNOSES / 2 : AS_LIMIT_DIAGNOSES);
}

bool as_schema_wanted(as_schema_report *r, bool warning)
{
    if (r->resolved)
        return false;
    if (as_schema_wants(r, warning))
        return true;
    if (warning)
        r->warnings++;
    else
        r->errors++;
    return false;
}

void as_schema_add(as_schema_report *r, const as_schema_place *place,
                   bool warning, const char *rule, as_str message)
{
    as_schema_finding *items;

    if (warning)
        r->warnings++;
    else
        r->errors++;
    if (!as_schema_wants(r, warning))
        return;
    items =
        as_arena_grow(r->arena, r->items, &r->cap, r->n + 1, sizeof *r->items);
    if (!items)
        return; /* the arena has failed: as_schema_finish says so */
    r->items = items;
    items[r->n] =
        (as_schema_finding){*place, r->n, warning, as_str_c(rule), message};
    r->n++;
}

/* ---- names ------------------------------------------------------------- */

static int reference_cmp(const void *a, const void *b)
{
    const as_schema_reference *x = a, *y = b;

    return as_str_cmp(x->name, y->name);
}

/* Whether a reference is to lead somewhere in this document. A BOM-Link leads
 * into another one (CycloneDX 1.5), so does DocumentRef- (SPDX 2). */
static bool is_local(as_schema_role role, as_str name)
{
    if (role == AS_SCHEMA_ROLE_BLANK)
        return as_str_starts(name, AS_STR("_:"));
    if (role == AS_SCHEMA_ROLE_ELEMENT)
        return !as_str_starts(name, AS_STR("DocumentRef-")) &&
               !as_str_eq(name, AS_STR("NONE")) &&
               !as_str_eq(name, AS_STR("NOASSERTION"));
    return !as_str_starts(name, AS_STR("urn:cdx:"));
}

void as_schema_note(as_schema_report *r, as_schema_role role, as_str name)
{
    as_schema_references *list =
        role == AS_SCHEMA_ROLE_DEFINE ? &r->defined : &r->used;
    as_schema_reference *items;

    if (!name.n || (role != AS_SCHEMA_ROLE_DEFINE && !is_local(role, name)))
        return;
    items = as_arena_grow(r->arena, list->items, &list->cap, list->n + 1,
                          sizeof *items);
    if (!items)
        return;
    list->items = items;
    items[list->n++] = (as_schema_reference){name, AS_ABSENT};
}

static as_schema_reference *find(const as_schema_references *list, as_str name)
{
    as_schema_reference key = {name, AS_ABSENT};

    if (!list->n)
        return NULL;
    return bsearch(&key, list->items, list->n, sizeof key, reference_cmp);
}

/* Sorts; keeps each name once: all of them, or those that came twice. */
static void fold(as_schema_references *list, bool twice)
{
    size_t n = 0, i = 0;

    if (!list->n)
        return;
    qsort(list->items, list->n, sizeof *list->items, reference_cmp);
    while (i < list->n) {
        size_t j = i + 1;
        while (j < list->n &&
               as_str_eq(list->items[i].name, list->items[j].name))
            j++;
        if (!twice || j > i + 1)
            list->items[n++] = list->items[i];
        i = j;
    }
    list->n = n;
}

bool as_schema_resolve(as_schema_report *r)
{
    size_t n = 0;

    fold(&r->used, false);
    if (r->defined.n)
        qsort(r->defined.items, r->defined.n, sizeof *r->defined.items,
              reference_cmp);
    for (size_t i = 0; i < r->used.n; i++)
        if (!find(&r->defined, r->used.items[i].name))
            r->used.items[n++] = r->used.items[i];
    r->used.n = n;
    fold(&r->defined, true);
    r->resolved = true;
    return r->used.n || r->defined.n;
}

as_schema_reference *as_schema_bad(as_schema_report *r, as_schema_role role,
                                   as_str name)
{
    return find(role == AS_SCHEMA_ROLE_DEFINE ? &r->defined : &r->used, name);
}

void as_schema_add_bad(as_schema_report *r, const as_schema_place *place,
                       as_schema_role role, as_schema_reference *bad,
                       bool warning)
{
    as_str name = as_schema_quote(r->arena, bad->name);

    if (role != AS_SCHEMA_ROLE_DEFINE) {
        as_schema_add(r, place, true, "reference",
                      as_arena_printf(r->arena,
                                      "nothing in this document has the "
                                      "identifier %.*s",
                                      AS_FMT(name)));
        return;
    }
    if (!bad->first.p) {
        bad->first = place->path;
        return;
    }
    as_schema_add(r, place, warning, "unique",
                  as_arena_printf(
                      r->arena, "the identifier %.*s is taken already, by %.*s",
                      AS_FMT(name), AS_FMT(bad->first)));
}

enum { SCRATCH_KEPT = 256 * 1024 };

/* Room for one more identifier; what earlier ones took is given back now and
 * then. */
static as_arena *scratch(as_schema_report *r)
{
    if (r->scratch && (as_arena_failed(r->scratch) ||
                       as_arena_used(r->scratch) > SCRATCH_KEPT))
        r->scratch = as_arena_free(r->scratch);
    if (!r->scratch)
        r->scratch = as_arena_new(AS_MIB);
    return r->scratch;
}

/* Some Go modules have no slash in their path: the standard library as scanners
 * name it ("pkg:golang/stdlib"), "toolchain", "go.opencensus.io". The type's
 * definition requires a namespace all the same (purl-spec issue 817), which
 * nobody who writes such a purl can help. */
static bool is_go_without_namespace(as_str value, as_arena *a)
{
    as_purl p;

    return as_purl_read_lenient(value, a, &p, NULL) == AS_OK &&
           p.defects == AS_PURL_NAMESPACE_MISSING &&
           as_str_eq(p.type, AS_STR("golang"));
}

bool as_schema_identifier_bad(as_schema_report *r, as_schema_role role,
                              as_str value, as_err *err)
{
    as_arena *a = scratch(r);
    as_purl purl;
    as_cpe cpe;
    as_rc rc;

    as_err_init(err);
    if (!a)
        return false;
    if (role != AS_SCHEMA_ROLE_PURL)
        rc = as_cpe_read(value, a, &cpe, err);
    else
        rc = as_purl_read(value, a, &purl, err);
    if (!rc || rc == AS_ERR_MEMORY)
        return false;
    return role != AS_SCHEMA_ROLE_PURL || !is_go_without_namespace(value, a);
}

void as_schema_report_done(as_schema_report *r)
{
    r->scratch = as_arena_free(r->scratch);
}

/* Bits of a digest; 0: unknown. The formats spell the algorithms SHA-256,
 * SHA256 and sha256, BLAKE2b-256 and blake2b256: without hyphens and case they
 * are one. */
static size_t digest_bits(as_str algorithm)
{
    static const struct {
        as_str name;
        size_t bits;
    } known[] = {
        {AS_STR_INIT("md5"), 128},         {AS_STR_INIT("sha1"), 160},
        {AS_STR_INIT("sha224"), 224},      {AS_STR_INIT("sha256"), 256},
        {AS_STR_INIT("sha384"), 384},      {AS_STR_INIT("sha512"), 512},
        {AS_STR_INIT("sha3256"), 256},     {AS_STR_INIT("sha3384"), 384},
        {AS_STR_INIT("sha3512"), 512},     {AS_STR_INIT("blake2b256"), 256},
        {AS_STR_INIT("blake2b384"), 384},  {AS_STR_INIT("blake2b512"), 512},
        {AS_STR_INIT("streebog256"), 256}, {AS_STR_INIT("streebog512"), 512},
    };
    char plain[16];
    size_t n = 0;

    for (size_t i = 0; i < algorithm.n && n < sizeof plain; i++)
        if (algorithm.p[i] != '-' && algorithm.p[i] != '_')
            plain[n++] = as_ascii_lower(algorithm.p[i]);
    for (size_t i = 0; i < AS_ARRAY_LEN(known); i++)
        if (as_str_eq(known[i].name, as_str_of(plain, n)))
            return known[i].bits;
    return 0;
}

/* Of any algorithm; what is none has been told by its pattern. */
static bool is_digest(as_str s)
{
    return s.n == 32 || s.n == 40 || s.n == 56 || s.n == 64 || s.n == 96 ||
           s.n == 128;
}

size_t as_schema_digest_bad(as_str algorithm, as_str digest)
{
    size_t bits = digest_bits(algorithm);

    return is_digest(digest) && digest.n * 4 != bits ? bits / 4 : 0;
}

/* ---- the end ----------------------------------------------------------- */

static int step_cmp(const as_schema_finding *x, const as_schema_finding *y)
{
    size_t n = x->place.n < y->place.n ? x->place.n : y->place.n;

    for (size_t i = 0; i < n; i++)
        if (x->place.steps[i] != y->place.steps[i])
            return x->place.steps[i] < y->place.steps[i] ? -1 : 1;
    return (x->place.n > y->place.n) - (x->place.n < y->place.n);
}

/* The order of the document: by steps (JSON) or by offset (XML). */
static int finding_cmp(const void *a, const void *b)
{
    const as_schema_finding *x = a, *y = b;
    int c = step_cmp(x, y);

    if (!c)
        c = (x->place.offset > y->place.offset) -
            (x->place.offset < y->place.offset);
    return c ? c : (x->serial > y->serial) - (x->serial < y->serial);
}

static void hand_over(const as_schema_finding *f, as_bom_diagnosis *d)
{
    as_err place; /* its setters cut a long path at a character's edge */

    as_err_init(&place);
    as_err_path(&place, f->place.path);
    as_err_line(&place, f->place.line, f->place.column);
    place.place.offset = f->place.offset;
    d->place = place.place;
    d->warning = f->warning;
    d->rule = f->rule;
    d->message = f->message;
}

as_rc as_schema_finish(as_schema_report *r, as_span json, as_str schema,
                       as_bom_diagnoses *ret, as_err *err)
{
    as_bom_diagnosis *items = AS_NEW_ARRAY(r->arena, r->n, as_bom_diagnosis);

    if (!items || as_arena_failed(r->arena))
        return as_fail(err, AS_ERR_LIMIT,
                       "the diagnoses take more memory than is granted");
    if (r->n) {
        qsort(r->items, r->n, sizeof *r->items, finding_cmp);
        if (json.n)
            as_schema_locate(json, r->items, r->n);
    }
    for (size_t i = 0; i < r->n; i++)
        hand_over(&r->items[i], &items[i]);
    *ret = (as_bom_diagnoses){items, r->n, r->errors, r->warnings, schema};
    return AS_OK;
}

void as_bom_diagnosis_text(const as_bom_diagnoses *all,
                           const as_bom_diagnosis *d, as_str file, as_buf *out)
{
    as_buf_shown(out, file);
    if (d->place.line)
        as_buf_printf(out, ":%llu:%llu", (unsigned long long)d->place.line,
                      (unsigned long long)d->place.column);
    as_buf_printf(out, ": %s: ", d->warning ? "warning" : "error");
    if (d->place.path[0]) {
        as_buf_c(out, "at ");
        as_buf_shown(out, as_str_c(d->place.path));
        as_buf_c(out, ": ");
    }
    as_buf_printf(out, "%.*s (%.*s, %.*s)", AS_FMT(d->message),
                  AS_FMT(all->schema), AS_FMT(d->rule));
}

/* ---- which rules ------------------------------------------------------- */

static bool looks_like_xml(as_span in)
{
    size_t i = 0;

    /* byte order marks, UTF-16's zero bytes and space before the first tag */
    while (i < in.n && (in.p[i] >= 0x80 || in.p[i] <= ' '))
        i++;
    return i < in.n && in.p[i] == '<';
}

as_rc as_bom_validate(as_span in, const as_json_doc *doc, as_arena *arena,
                      as_bom_diagnoses *ret, as_err *err)
{
    as_rc rc;

    if (!doc)
        return looks_like_xml(in) ? as_schema_xml_validate(in, arena, ret, err)
                                  : as_schema_tag_validate(in, arena, ret, err);
    rc = as_schema_json_validate(in, doc, arena, ret, err);
    if (rc == AS_ERR_UNSUPPORTED)
        rc = as_schema_json_validate_spdx(in, doc, arena, ret, err);
    if (rc == AS_ERR_UNSUPPORTED)
        return as_fail(err, rc,
                       "the JSON document is neither CycloneDX nor "
                       "SPDX");
    return rc;
}
