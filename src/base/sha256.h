/* SPDX-License-Identifier: Apache-2.0 */
/* Digests through OpenSSL: SHA-256 (FIPS 180-4) as the house's own, the others
 * because bills of materials and feeds state them. */
#ifndef AS_BASE_SHA256_H
#define AS_BASE_SHA256_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { AS_SHA256_BYTES = 32, AS_SHA256_HEX = 65, AS_DIGEST_BYTES = 64 };

typedef struct as_sha256_digest {
    uint8_t bytes[AS_SHA256_BYTES];
} as_sha256_digest;

/* OpenSSL reads its configuration file at the first digest of a process, which
 * a confined worker may not do. Called before a worker is started, this gets it
 * done; it costs nothing the second time. */
void as_digest_prepare(void);

/* The whole at once. OpenSSL can fail (no memory, a provider that refuses):
 * then false, *ret untouched. */
AS_MUST_USE bool as_sha256(as_span in, as_sha256_digest *ret);
/* The same as lower-case hexadecimal; absent when that or the arena fails. */
as_str as_sha256_hex(as_arena *a, as_span in);

/* In pieces: new, any number of add, final once, free. A failure sticks and
 * shows in final. */
typedef struct as_sha256_state as_sha256_state;
as_sha256_state *as_sha256_new(void);                /* or NULL */
as_sha256_state *as_sha256_free(as_sha256_state *s); /* takes NULL */
void as_sha256_add(as_sha256_state *s, as_span in);  /* takes NULL */
AS_MUST_USE bool as_sha256_final(as_sha256_state *s, as_sha256_digest *ret);

/* Other digests, by their CycloneDX name without regard to case, hyphens and
 * underscores: MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512, SHA3-224 to
 * SHA3-512, BLAKE2b-512. BLAKE2b of other lengths and BLAKE3 are not among
 * them. */
typedef struct as_digest_kind {
    const char *name, *openssl;
    size_t n; /* bytes */
} as_digest_kind;
const as_digest_kind *as_digest_find(as_str name); /* or NULL */
/* AS_ERR_INTERNAL when OpenSSL refuses (MD5 in FIPS mode). */
as_rc as_digest(const as_digest_kind *kind, as_span in,
                uint8_t ret[AS_DIGEST_BYTES], as_err *err) AS_MUST_USE;
/* As lower-case hexadecimal; absent when that or the arena fails. */
as_str as_digest_hex(const as_digest_kind *kind, as_arena *a, as_span in);

/* Two lower-case digits for each byte. */
void as_hex_write(as_buf *out, as_span in);
as_str as_hex_str(as_arena *a, as_span in);
/* Reads n bytes from exactly 2 n digits of either case; false otherwise. */
AS_MUST_USE bool as_hex_read(as_str s, uint8_t *ret, size_t n);

#endif
