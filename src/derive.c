/* SPDX-License-Identifier: Apache-2.0 */
/* derive OUTPUT: a step of the build. Writes what base/derived.h promises as C:
 * the shipped lists of parties, packed, their index, and readings of Han. */
#include "base/buf.h"
#include "base/io.h"
#include "base/limits.h"
#include "know/know.h"
#include "party/party.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* In words of eight bytes: so they are aligned, and quick to compile. */
static void put_bytes(as_buf *out, const char *name, as_span bytes)
{
    as_buf_printf(out, "static const uint64_t %s_words[] = {\n", name);
    for (size_t at = 0; at < bytes.n; at += 8) {
        uint64_t word = 0;
        memcpy(&word, bytes.p + at, bytes.n - at < 8 ? bytes.n - at : 8);
        as_buf_printf(out, "%s0x%" PRIx64 ",", at % 64 ? " " : "\n", word);
    }
    as_buf_printf(
        out,
        "};\nconst as_span as_derived_%s = {(const uint8_t *)%s_words, "
        "%zu};\n",
        name, name, bytes.n);
}

static as_rc derive(const char *path, as_err *err)
{
    as_buf parties, index, han, out;
    as_rc rc;

    as_buf_init(&parties, AS_LIMIT_INDEX_BYTES);
    as_buf_init(&index, AS_LIMIT_INDEX_BYTES);
    as_buf_init(&han, AS_LIMIT_INDEX_BYTES);
    as_buf_init(&out, AS_LIMIT_INDEX_BYTES);
    rc = as_know_pack_shipped(&parties, err);
    if (!rc)
        rc = as_screen_index(NULL, &index, err);
    if (!rc)
        rc = as_names_pack_han(&han, err);
    if (!rc) {
        as_buf_c(&out, "/* Made at build time. */\n"
                       "#include \"base/derived.h\"\n");
        put_bytes(&out, "parties", as_buf_span(&parties));
        put_bytes(&out, "index", as_buf_span(&index));
        put_bytes(&out, "han", as_buf_span(&han));
        rc = as_io_write(path, as_buf_span(&out), err);
    }
    as_buf_done(&parties);
    as_buf_done(&index);
    as_buf_done(&han);
    as_buf_done(&out);
    return rc;
}

int main(int argc, char **argv)
{
    as_err err;

    as_err_init(&err);
    if (argc == 2 && derive(argv[1], &err) == AS_OK)
        return 0;
    fprintf(stderr, "derive: %s\n", argc == 2 ? err.what : "which file?");
    return 1;
}
