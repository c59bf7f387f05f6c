// SPDX-License-Identifier: Apache-2.0
// The one C++ file: simdjson behind a C face. It parses and hands over the
// tape; json.c walks it, json_scan.c names the place of an error.
#include "base/json_internal.h"

#include <new>
#include <simdjson.h>

namespace
{
// Whether err says that an integer is wider than 64 bits. Later versions of
// simdjson have an error of its own for that, the first ones had not.
template <typename Error>
auto too_wide(Error err, int) -> decltype(Error::BIGINT_ERROR, true)
{
    return err == Error::BIGINT_ERROR || err == Error::NUMBER_ERROR;
}

template <typename Error> bool too_wide(Error err, long)
{
    return err == Error::NUMBER_ERROR;
}
} // namespace

extern "C" as_json_fast as_json_fast_parse(as_span in, bool padded,
                                           size_t depth, as_json_tape *ret)
{
    auto *document = new (std::nothrow) simdjson::dom::document;
    simdjson::dom::parser parser(AS_LIMIT_INPUT_BYTES);
    simdjson::error_code err;

    if (!document)
        return AS_JSON_FAST_MEMORY;
    // One more than the ceiling: simdjson counts the root as a level.
    err = parser.allocate(in.n ? in.n : 1, depth + 1);
    if (!err)
        err =
            parser.parse_into_document(*document, in.p, in.n, !padded).error();
    if (err) {
        delete document;
        if (err == simdjson::MEMALLOC)
            return AS_JSON_FAST_MEMORY;
        return too_wide(err, 0) ? AS_JSON_FAST_NUMBER : AS_JSON_FAST_BAD;
    }
    ret->words = document->tape.get();
    ret->strings = document->string_buf.get();
    ret->owner = document;
    return AS_JSON_FAST_OK;
}

extern "C" void as_json_fast_free(void *owner)
{
    delete static_cast<simdjson::dom::document *>(owner);
}
