/* SPDX-License-Identifier: Apache-2.0 */
/* Digests through OpenSSL's EVP; see sha256.h. */
#include "base/sha256.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

struct as_sha256_state {
    EVP_MD_CTX *ctx;
    bool failed;
};

void as_digest_prepare(void)
{
    uint8_t none[AS_DIGEST_BYTES];

    /* A failure comes again where a digest is wanted, and is told there. */
    (void)EVP_Digest("", 0, none, NULL, EVP_sha256(), NULL);
}

bool as_sha256(as_span in, as_sha256_digest *ret)
{
    as_sha256_digest d;

    if (EVP_Digest(in.n ? in.p : (const uint8_t *)"", in.n, d.bytes, NULL,
                   EVP_sha256(), NULL) != 1)
        return false;
    *ret = d;
    return true;
}

as_str as_sha256_hex(as_arena *a, as_span in)
{
    as_sha256_digest d;

    if (!as_sha256(in, &d))
        return AS_ABSENT;
    return as_hex_str(a, (as_span){d.bytes, sizeof d.bytes});
}

as_sha256_state *as_sha256_new(void)
{
    as_sha256_state *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->ctx = EVP_MD_CTX_new();
    if (!s->ctx || EVP_DigestInit_ex(s->ctx, EVP_sha256(), NULL) != 1)
        return as_sha256_free(s);
    return s;
}

as_sha256_state *as_sha256_free(as_sha256_state *s)
{
    if (s) {
        EVP_MD_CTX_free(s->ctx);
        free(s);
    }
    return NULL;
}

void as_sha256_add(as_sha256_state *s, as_span in)
{
    if (s && !s->failed && in.n)
        s->failed = EVP_DigestUpdate(s->ctx, in.p, in.n) != 1;
}

bool as_sha256_final(as_sha256_state *s, as_sha256_digest *ret)
{
    as_sha256_digest d;

    if (!s || s->failed || EVP_DigestFinal_ex(s->ctx, d.bytes, NULL) != 1)
        return false;
    s->failed = true; /* once is all */
    *ret = d;
    return true;
}

/* ---- other digests ----------------------------------------------------- */

static const as_digest_kind kinds[] = {
    {"SHA-256", "SHA256", 32},          {"SHA-1", "SHA1", 20},
    {"SHA-512", "SHA512", 64},          {"MD5", "MD5", 16},
    {"SHA-384", "SHA384", 48},          {"SHA-224", "SHA224", 28},
    {"SHA3-256", "SHA3-256", 32},       {"SHA3-384", "SHA3-384", 48},
    {"SHA3-512", "SHA3-512", 64},       {"SHA3-224", "SHA3-224", 28},
    {"BLAKE2b-512", "BLAKE2B-512", 64},
};

static size_t skip_marks(as_str s, size_t at)
{
    while (at < s.n && (s.p[at] == '-' || s.p[at] == '_'))
        at++;
    return at;
}

static bool same_name(as_str a, as_str b)
{
    size_t i = skip_marks(a, 0), k = skip_marks(b, 0);

    while (i < a.n && k < b.n) {
        if (as_ascii_lower(a.p[i]) != as_ascii_lower(b.p[k]))
            return false;
        i = skip_marks(a, i + 1);
        k = skip_marks(b, k + 1);
    }
    return i == a.n && k == b.n;
}

const as_digest_kind *as_digest_find(as_str name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(kinds); i++)
        if (same_name(name, as_str_c(kinds[i].name)))
            return &kinds[i];
    return NULL;
}

as_rc as_digest(const as_digest_kind *kind, as_span in,
                uint8_t ret[AS_DIGEST_BYTES], as_err *err)
{
    uint8_t d[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    EVP_MD *md = EVP_MD_fetch(NULL, kind->openssl, NULL);
    bool done = md &&
                EVP_Digest(in.n ? in.p : (const uint8_t *)"", in.n, d, &n, md,
                           NULL) == 1 &&
                n == kind->n;

    EVP_MD_free(md);
    if (!done)
        return as_fail(err, AS_ERR_INTERNAL, "could not compute a %s digest",
                       kind->name);
    memcpy(ret, d, n);
    return AS_OK;
}

as_str as_digest_hex(const as_digest_kind *kind, as_arena *a, as_span in)
{
    uint8_t d[AS_DIGEST_BYTES];

    if (as_digest(kind, in, d, NULL))
        return AS_ABSENT;
    return as_hex_str(a, (as_span){d, kind->n});
}

/* ---- hexadecimal ----------------------------------------------------------
 */

static void put_hex(char *to, as_span in)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < in.n; i++) {
        to[2 * i] = digits[in.p[i] >> 4];
        to[2 * i + 1] = digits[in.p[i] & 15];
    }
}

void as_hex_write(as_buf *out, as_span in)
{
    char *to;
    size_t n;

    if (!as_size_mul(in.n, 2, &n))
        n = SIZE_MAX;
    to = as_buf_reserve(out, n);
    if (!to)
        return;
    put_hex(to, in);
    out->n += n;
}

as_str as_hex_str(as_arena *a, as_span in)
{
    char *to = as_arena_array(a, in.n, 2);

    if (!to)
        return AS_ABSENT;
    put_hex(to, in);
    return as_str_of(to, in.n * 2);
}

static int digit(char c)
{
    char l = as_ascii_lower(c);

    if (as_ascii_is_digit(c))
        return c - '0';
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

bool as_hex_read(as_str s, uint8_t *ret, size_t n)
{
    if (s.n % 2 || s.n / 2 != n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (digit(s.p[i]) < 0)
            return false;
    for (size_t i = 0; i < n; i++)
        ret[i] = (uint8_t)(digit(s.p[2 * i]) * 16 + digit(s.p[2 * i + 1]));
    return true;
}
