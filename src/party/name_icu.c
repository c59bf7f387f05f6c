/* SPDX-License-Identifier: Apache-2.0 */
/* What is used of ICU: normal forms and transliterators. The library is loaded
 * when a name is not plain ASCII, and each transliterator is opened when a name
 * needs it (measured: Any-Latin 22 ms, Hant-Hans 14, Han-Latin 90 to 100). */
#include "party/name_internal.h"

#include "base/library.h"

#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

#define TEXT_OF(x)  TEXT_OF_(x)
#define TEXT_OF_(x) #x
#define SONAME(lib) lib ".so." TEXT_OF(U_ICU_VERSION_MAJOR_NUM)

enum { ANY_LATIN, HAN_LATIN, HANT_HANS, KINDS, UNITS = 8192 };

/* What is called of libicuuc. */
typedef struct common {
    __typeof__(&unorm2_getNFKCCasefoldInstance) casefold;
    __typeof__(&unorm2_getNFDInstance) nfd;
    __typeof__(&unorm2_normalize) normalize;
    __typeof__(&unorm2_getDecomposition) decomposition;
    __typeof__(&u_charType) type;
} common;

/* What is called of libicui18n. */
typedef struct transforms {
    __typeof__(&utrans_openU) open;
    __typeof__(&utrans_transUChars) run;
    __typeof__(&utrans_close) close;
} transforms;

struct as_icu {
    common uc;
    transforms tr;
    const UNormalizer2 *nfkc_cf, *nfd_form;
    void *open[KINDS];
    bool tried[KINDS];
};

#define SYMBOL(f, at)                                                          \
    {                                                                          \
        TEXT_OF(f), &(at)                                                      \
    }

static as_rc load_common(common *uc, as_err *err)
{
    const as_library_symbol symbols[] = {
        SYMBOL(unorm2_getNFKCCasefoldInstance, uc->casefold),
        SYMBOL(unorm2_getNFDInstance, uc->nfd),
        SYMBOL(unorm2_normalize, uc->normalize),
        SYMBOL(unorm2_getDecomposition, uc->decomposition),
        SYMBOL(u_charType, uc->type),
    };

    return as_library_load(SONAME("libicuuc"), "read names in other scripts",
                           symbols, AS_ARRAY_LEN(symbols), err);
}

static bool load_transforms(transforms *tr)
{
    const as_library_symbol symbols[] = {
        SYMBOL(utrans_openU, tr->open),
        SYMBOL(utrans_transUChars, tr->run),
        SYMBOL(utrans_close, tr->close),
    };

    return tr->close ||
           as_library_load(SONAME("libicui18n"), "transliterate", symbols,
                           AS_ARRAY_LEN(symbols), NULL) == AS_OK;
}

as_rc as_icu_load(as_names *s, as_err *err)
{
    UErrorCode e = U_ZERO_ERROR;
    as_icu *icu;
    as_rc rc;

    if (s->icu)
        return AS_OK;
    icu = calloc(1, sizeof *icu);
    if (!icu)
        return as_fail(err, AS_ERR_MEMORY, "no memory");
    rc = load_common(&icu->uc, err);
    if (!rc) {
        icu->nfkc_cf = icu->uc.casefold(&e);
        icu->nfd_form = icu->uc.nfd(&e);
        if (U_FAILURE(e))
            rc = as_fail(err, AS_ERR_INTERNAL, "ICU has no data");
    }
    if (rc)
        free(icu);
    else
        s->icu = icu;
    return rc;
}

void as_icu_done(as_names *s)
{
    for (size_t i = 0; s->icu && i < KINDS; i++)
        if (s->icu->open[i])
            s->icu->tr.close(s->icu->open[i]);
    free(s->icu);
    s->icu = NULL;
}

static size_t to_units(const uint32_t *c, size_t n, UChar *out, size_t cap)
{
    size_t m = 0;

    for (size_t i = 0; i < n && m + 2 <= cap; i++) {
        if (c[i] < 0x10000) {
            out[m++] = (UChar)c[i];
            continue;
        }
        out[m++] = (UChar)(0xD7C0 + (c[i] >> 10));
        out[m++] = (UChar)(0xDC00 | (c[i] & 0x3FF));
    }
    return m;
}

static size_t from_units(const UChar *u, size_t n, uint32_t *out, size_t cap)
{
    size_t m = 0;

    for (size_t i = 0; i < n && m < cap; i++) {
        uint32_t c = u[i];
        if ((c & 0xFC00) == 0xD800 && i + 1 < n &&
            (u[i + 1] & 0xFC00) == 0xDC00)
            c = 0x10000 + ((c & 0x3FF) << 10) + (u[++i] & 0x3FF);
        out[m++] = c;
    }
    return m;
}

size_t as_icu_normalise(as_names *s, const uint32_t *c, size_t n, uint32_t *out,
                        size_t cap)
{
    UChar in[2 * AS_LIMIT_NAME_BYTES], made[UNITS];
    UErrorCode e = U_ZERO_ERROR;
    size_t m = to_units(c, n, in, AS_ARRAY_LEN(in));
    int32_t k =
        s->icu->uc.normalize(s->icu->nfkc_cf, in, (int32_t)m, made, UNITS, &e);

    return U_FAILURE(e) || k < 0 ? 0 : from_units(made, (size_t)k, out, cap);
}

size_t as_icu_base(as_names *s, uint32_t c, uint32_t *out, size_t cap)
{
    UChar made[32];
    UErrorCode e = U_ZERO_ERROR;
    int32_t k =
        s->icu->uc.decomposition(s->icu->nfd_form, (UChar32)c, made, 32, &e);
    size_t m = 0, kept = 0;

    if (U_FAILURE(e) || k <= 0) {
        out[0] = c;
        return 1;
    }
    m = from_units(made, (size_t)k, out, cap);
    for (size_t i = 0; i < m; i++)
        if (s->icu->uc.type((UChar32)out[i]) != U_NON_SPACING_MARK)
            out[kept++] = out[i];
    return kept;
}

bool as_icu_is_word(const as_names *s, uint32_t c)
{
    return s->icu && (U_MASK(s->icu->uc.type((UChar32)c)) &
                      (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

static void *transliterator(as_names *s, int which)
{
    static const UChar *const ids[] = {
        [ANY_LATIN] = u"Any-Latin",
        [HAN_LATIN] = u"Han-Latin",
        [HANT_HANS] = u"Hant-Hans",
    };
    as_icu *icu = s->icu;
    UErrorCode e = U_ZERO_ERROR;

    if (icu->open[which] || icu->tried[which])
        return icu->open[which];
    icu->tried[which] = true;
    if (!load_transforms(&icu->tr))
        return NULL;
    icu->open[which] =
        icu->tr.open(ids[which], -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
    if (U_FAILURE(e))
        icu->open[which] = NULL;
    return icu->open[which];
}

static size_t transliterate(as_names *s, int which, const uint32_t *c, size_t n,
                            uint32_t *out, size_t cap)
{
    void *t = transliterator(s, which);
    UErrorCode e = U_ZERO_ERROR;
    UChar text[UNITS];
    int32_t len, limit;

    if (!t)
        return 0;
    len = (int32_t)to_units(c, n, text, UNITS / 4);
    limit = len;
    s->icu->tr.run(t, text, &len, UNITS, 0, &limit, &e);
    return U_FAILURE(e) || len < 0 ? 0
                                   : from_units(text, (size_t)len, out, cap);
}

size_t as_icu_latin(as_names *s, bool han, const uint32_t *c, size_t n,
                    uint32_t *out, size_t cap)
{
    return transliterate(s, han ? HAN_LATIN : ANY_LATIN, c, n, out, cap);
}

size_t as_icu_simplify(as_names *s, const uint32_t *c, size_t n, uint32_t *out,
                       size_t cap)
{
    return transliterate(s, HANT_HANS, c, n, out, cap);
}
