/* SPDX-License-Identifier: Apache-2.0 */
/* Which part a statement names; see subject_internal.h. */
#include "match/subject_internal.h"

#include "base/buf.h"
#include "base/limits.h"

#include <stdlib.h>

#define BY_PURL (UINT64_C(1) << 32)

struct named {
    as_str purl;
    uint32_t part;
};

struct as_subjects {
    const as_product *product;
    as_ref_table *refs;
    struct named *purls; /* sorted */
    size_t n_purls;
    uint32_t *groups; /* by part: index of its purl's first in purls */
};

static int named_cmp(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int r = as_str_cmp(x->purl, y->purl);

    return r ? r : (x->part > y->part) - (x->part < y->part);
}

static bool sort_purls(as_subjects *s)
{
    const as_product *p = s->product;
    uint32_t first = 0;

    s->purls = calloc(p->n_parts + 1, sizeof *s->purls);
    s->groups = malloc((p->n_parts + 1) * sizeof *s->groups);
    if (!s->purls || !s->groups)
        return false;
    for (uint32_t i = 0; i < p->n_parts; i++) {
        s->groups[i] = AS_NO_PART;
        if (!as_str_is_empty(p->parts[i].purl))
            s->purls[s->n_purls++] = (struct named){p->parts[i].purl, i};
    }
    qsort(s->purls, s->n_purls, sizeof *s->purls, named_cmp);
    for (uint32_t i = 0; i < s->n_purls; i++) {
        if (!as_str_eq(s->purls[first].purl, s->purls[i].purl))
            first = i;
        s->groups[s->purls[i].part] = first;
    }
    return true;
}

as_subjects *as_subjects_new(const as_product *p)
{
    as_subjects *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->product = p;
    s->refs = as_ref_table_new(p);
    return s->refs && sort_purls(s) ? s : as_subjects_free(s);
}

as_subjects *as_subjects_free(as_subjects *s)
{
    if (!s)
        return NULL;
    as_ref_table_free(s->refs);
    free(s->purls);
    free(s->groups);
    free(s);
    return NULL;
}

static as_subject by_ref(const as_subjects *s, as_str ref)
{
    uint32_t part = as_ref_table_find(s->refs, ref);

    return part == AS_NO_PART ? AS_NO_SUBJECT : part;
}

static as_subject by_purl(const as_subjects *s, as_str purl)
{
    size_t lo = 0, hi = s->n_purls;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (as_str_cmp(s->purls[mid].purl, purl) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < s->n_purls && as_str_eq(s->purls[lo].purl, purl)
               ? BY_PURL | lo
               : AS_NO_SUBJECT;
}

static int hex_digit(char c)
{
    if (as_ascii_is_digit(c))
        return c - '0';
    c = as_ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The fragment of a URI: %XX stands for a byte. */
static as_subject by_escaped_ref(const as_subjects *s, as_str ref)
{
    as_subject found = AS_NO_SUBJECT;
    as_buf text;

    as_buf_init(&text, AS_MIB);
    for (size_t i = 0; i < ref.n; i++) {
        int hi = i + 2 < ref.n ? hex_digit(ref.p[i + 1]) : -1;
        int lo = i + 2 < ref.n ? hex_digit(ref.p[i + 2]) : -1;
        if (ref.p[i] != '%' || hi < 0 || lo < 0) {
            as_buf_byte(&text, ref.p[i]);
            continue;
        }
        as_buf_byte(&text, (char)(hi << 4 | lo));
        i += 2;
    }
    if (!as_buf_failed(&text))
        found = by_ref(s, as_buf_text(&text));
    as_buf_done(&text);
    return found;
}

/* urn:cdx:SERIAL/VERSION#REF with the serial number and the version of this
 * document; a document that states no version is the first. */
static as_subject by_link(const as_subjects *s, as_str link)
{
    static const as_str urn = AS_STR_INIT("urn:uuid:");
    as_str rest = as_str_slice(link, 8, link.n), serial = s->product->serial;
    as_str version = s->product->document_version, ref;
    as_subject found;

    ref = rest;
    rest = as_str_cut(&ref, '#');
    if (as_str_is_absent(ref) || !as_str_starts_nocase(serial, urn))
        return AS_NO_SUBJECT;
    serial = as_str_slice(serial, urn.n, serial.n);
    if (as_str_is_empty(version))
        version = AS_STR("1");
    if (!as_str_eq_nocase(as_str_cut(&rest, '/'), serial) ||
        !as_str_eq(rest, version))
        return AS_NO_SUBJECT;
    found = by_ref(s, ref);
    return found == AS_NO_SUBJECT ? by_escaped_ref(s, ref) : found;
}

as_subject as_subject_find(const as_subjects *s, as_str ref)
{
    as_subject found = by_ref(s, ref);

    if (found == AS_NO_SUBJECT && as_str_starts(ref, AS_STR("urn:cdx:")))
        return by_link(s, ref);
    if (found == AS_NO_SUBJECT && as_str_starts(ref, AS_STR("pkg:")))
        return by_purl(s, ref);
    return found;
}

void as_subjects_of(const as_subjects *s, uint32_t part, as_subject ret[2])
{
    ret[0] = part;
    ret[1] = s->groups[part] == AS_NO_PART ? AS_NO_SUBJECT
                                           : BY_PURL | s->groups[part];
}

uint32_t as_subject_part(const as_subjects *s, as_subject subject)
{
    return subject & BY_PURL ? s->purls[subject & UINT32_MAX].part
                             : (uint32_t)subject;
}
