/* SPDX-License-Identifier: Apache-2.0 */
/* Text of other encodings as UTF-8. Lists pass through spreadsheets, which save
 * UTF-16 with a mark, or the code page of Windows without one.
 *
 *   FF FE | FE FF          UTF-16 with its mark (Unicode 15, 23.8)
 *   no valid UTF-8, and
 *   no sequence of it      Windows-1252, a superset of ISO 8859-1
 *
 * A file that has both valid sequences of UTF-8 and bytes that are none is
 * broken and stays as it is: its rows are refused one by one. XML names its
 * encoding itself; of UTF-16 its declaration goes, for it is none any more. */
#include "base/limits.h"
#include "know/feed_internal.h"

#include <string.h>

static void put(as_buf *out, uint32_t c)
{
    if (c < 0x80) {
        as_buf_byte(out, (char)c);
        return;
    }
    if (c < 0x800) {
        as_buf_byte(out, (char)(0xC0 | c >> 6));
    } else {
        if (c < 0x10000) {
            as_buf_byte(out, (char)(0xE0 | c >> 12));
        } else {
            as_buf_byte(out, (char)(0xF0 | c >> 18));
            as_buf_byte(out, (char)(0x80 | (c >> 12 & 0x3F)));
        }
        as_buf_byte(out, (char)(0x80 | (c >> 6 & 0x3F)));
    }
    as_buf_byte(out, (char)(0x80 | (c & 0x3F)));
}

/* ---- UTF-16 ---------------------------------------------------------------
 */

static uint32_t unit(const uint8_t *p, bool big)
{
    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* A half of a pair that stands alone becomes U+FFFD. */
static void from_utf16(as_span s, bool big, as_buf *out)
{
    for (size_t i = 0; i + 2 <= s.n; i += 2) {
        uint32_t c = unit(s.p + i, big);
        uint32_t low = i + 4 <= s.n ? unit(s.p + i + 2, big) : 0;
        if (c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        } else if (c >= 0xD800 && c < 0xE000) {
            c = 0xFFFD;
        }
        put(out, c);
    }
    if (s.n % 2)
        put(out, 0xFFFD);
}

/* Blanks for "<?xml ... ?>": places stay what they were. */
static void drop_declaration(as_buf *out)
{
    as_str text = as_buf_text(out);
    size_t end;

    if (!as_str_starts(text, AS_STR("<?xml")))
        return;
    end = as_str_search(text, AS_STR("?>"));
    if (end < text.n)
        memset(out->p, ' ', end + 2);
}

/* ---- Windows-1252 ---------------------------------------------------------
 */

static const uint16_t c1[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

static void from_windows(as_span s, as_buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        uint8_t b = s.p[i];
        put(out, b >= 0x80 && b < 0xA0 ? c1[b - 0x80] : b);
    }
}

/* Is it text, no UTF-8, and without any sequence of it? */
static bool is_windows(as_span s)
{
    size_t at = as_span_utf8_bad(s);

    if (at == s.n || memchr(s.p, 0, s.n))
        return false;
    for (size_t i = 0; i < s.n;) {
        size_t n = s.p[i] >= 0xF0 ? 4 : s.p[i] >= 0xE0 ? 3 : 2;
        if (s.p[i] < 0xC2 || n > s.n - i) {
            i++;
            continue;
        }
        if (as_span_utf8_bad((as_span){s.p + i, n}) == n)
            return false;
        i++;
    }
    return true;
}

void as_feed_to_utf8(as_span bytes, as_buf *out, as_str *ret_guess)
{
    bool little = bytes.n >= 2 && memcmp(bytes.p, "\xFF\xFE", 2) == 0;
    bool big = bytes.n >= 2 && memcmp(bytes.p, "\xFE\xFF", 2) == 0;
    as_span rest;

    *ret_guess = AS_ABSENT;
    if (little || big) {
        rest = (as_span){bytes.p + 2, bytes.n - 2};
        from_utf16(rest, big, out);
        drop_declaration(out);
    } else if (bytes.n && bytes.p[0] != '<' && is_windows(bytes)) {
        from_windows(bytes, out);
        *ret_guess = AS_STR("Windows-1252");
    }
}
