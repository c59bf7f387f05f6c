/* SPDX-License-Identifier: Apache-2.0 */
/* The table of importers, and what they share; see feed_internal.h. */
#include "know/feed_internal.h"

#include "base/yaml.h"
#include "know/gleif_record_internal.h"

#include <string.h>

/* New format = one new file and one row here. */
static const as_importer *const importers[] = {
    &as_osv_importer,
    &as_cve_importer,
    &as_kev_importer,
    &as_epss_importer,
    &as_starter_importer,
    &as_plain_importer,
    &as_csl_importer,
    &as_ofac_importer,
    &as_ofac_xml_importer,
    &as_ofac_advanced_importer,
    &as_ofac_enhanced_importer,
    &as_un_importer,
    &as_eu_importer,
    &as_uk_importer,
    &as_uk_xml_importer,
    &as_dpl_importer,
    &as_gleif_importer,
    &as_ftm_importer,
    &as_own_importer,
};

const as_importer *as_importer_find(as_str name)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(importers); i++)
        if (as_str_eq(importers[i]->name, name))
            return importers[i];
    return NULL;
}

/* ---- syntax ----------------------------------------------------------- */

enum { LOOK = 4096, KEY_LOOK = 1 << 20 };

static as_span without_bom(as_span s)
{
    if (s.n >= 3 && memcmp(s.p, "\xEF\xBB\xBF", 3) == 0)
        return (as_span){s.p + 3, s.n - 3};
    return s;
}

static as_str head_of(as_span s)
{
    return as_str_of((const char *)s.p, s.n < LOOK ? s.n : LOOK);
}

static bool is_key_byte(char c)
{
    return as_ascii_is_alnum(c) || c == '_' || c == '-' || c == '.';
}

/* "key:" with a space or the end of the line behind it. */
static bool is_mapping_line(as_str line)
{
    size_t n = 0;

    while (n < line.n && is_key_byte(line.p[n]))
        n++;
    if (n == 0 || n == line.n || line.p[n] != ':')
        return false;
    return n + 1 == line.n || as_ascii_is_space(line.p[n + 1]);
}

/* The first line that says something is one of a mapping. */
static bool looks_like_yaml(as_str head)
{
    as_str rest = head;

    while (rest.n) {
        as_str line = as_str_cut(&rest, '\n');
        as_str text = as_str_trim(line);
        if (as_str_is_empty(text) || text.p[0] == '#' || text.p[0] == '%' ||
            as_str_eq(text, AS_STR("---")))
            continue;
        return is_mapping_line(line);
    }
    return false;
}

/* A JSON object alone on the first line, and the next one begins with another.
 */
static bool looks_like_lines(as_span bytes)
{
    as_str rest = as_str_of((const char *)bytes.p,
                            bytes.n < KEY_LOOK ? bytes.n : KEY_LOOK);
    as_str line = as_str_trim(as_str_cut(&rest, '\n'));

    while (rest.n && as_ascii_is_space(rest.p[0]))
        rest = as_str_slice(rest, 1, rest.n);
    return rest.n && rest.p[0] == '{' && line.n > 1 && line.p[0] == '{' &&
           line.p[line.n - 1] == '}';
}

static as_feed_syntax syntax_of(as_span bytes)
{
    as_str head = head_of(bytes);
    as_str text = as_str_trim(head);

    if (as_str_find(head, '\0') < head.n)
        return AS_SYNTAX_BINARY;
    if (as_gleif_is_json(bytes))
        return AS_SYNTAX_RECORDS;
    if (text.n && (text.p[0] == '{' || text.p[0] == '['))
        return looks_like_lines(bytes) ? AS_SYNTAX_LINES : AS_SYNTAX_JSON;
    return looks_like_yaml(head) ? AS_SYNTAX_YAML : AS_SYNTAX_TEXT;
}

bool as_feed_has_key(as_span bytes, as_str key)
{
    as_str rest = as_str_of((const char *)bytes.p,
                            bytes.n < KEY_LOOK ? bytes.n : KEY_LOOK);

    while (rest.n) {
        as_str line = as_str_cut(&rest, '\n');
        if (as_str_starts(line, key) && line.n > key.n &&
            line.p[key.n] == ':' && is_mapping_line(line))
            return true;
    }
    return false;
}

/* May it be text in another encoding than UTF-8? */
static bool may_be_other(as_span bytes)
{
    bool marked = bytes.n >= 2 && ((bytes.p[0] == 0xFF && bytes.p[1] == 0xFE) ||
                                   (bytes.p[0] == 0xFE && bytes.p[1] == 0xFF));

    return marked || syntax_of(without_bom(bytes)) == AS_SYNTAX_TEXT;
}

/* ---- reading ---------------------------------------------------------- */

static as_rc read_known(const as_feed_input *in, const as_feed_sink *sink,
                        as_str *ret_kind, bool *ret_read, as_err *err)
{
    *ret_read = false;
    for (size_t i = 0; i < AS_ARRAY_LEN(importers); i++) {
        if (!importers[i]->probe(in))
            continue;
        *ret_kind = importers[i]->name;
        *ret_read = true;
        return importers[i]->read(in, sink, err);
    }
    *ret_kind = as_feed_kind(in);
    return AS_OK;
}

static as_rc read_utf8(const as_feed_file *file, const as_feed_sink *sink,
                       as_str *ret_kind, bool *ret_read, as_err *err)
{
    as_json_limits limits = {AS_LIMIT_FEED_MEMBER_BYTES, AS_LIMIT_JSON_DEPTH,
                             file->padded};
    as_json_doc *doc = NULL;
    as_feed_input in = {.bytes = without_bom(file->bytes),
                        .name = file->name,
                        .more = file->more};
    as_rc rc;

    in.syntax = syntax_of(in.bytes);
    *ret_read = false;
    *ret_kind = AS_STR("broken JSON");
    if (in.syntax == AS_SYNTAX_JSON) {
        rc = as_json_read(in.bytes, &limits, &doc, err);
        if (rc)
            return rc;
        in.json = as_json_root(doc);
    }
    rc = read_known(&in, sink, ret_kind, ret_read, err);
    as_json_free(doc);
    return rc;
}

/* Text that is no UTF-8 is turned into it, where it is known how. JSON and what
 * has a NUL in it are not looked at: the one is UTF-8 (RFC 8259), the other is
 * no text. */
as_rc as_feed_read(const as_feed_file *file, const as_feed_sink *sink,
                   as_str *ret_kind, bool *ret_read, as_err *err)
{
    as_feed_sink told = *sink;
    as_feed_file utf8 = {.name = file->name, .more = file->more};
    as_buf text;
    as_rc rc;

    if (!may_be_other(file->bytes))
        return read_utf8(file, sink, ret_kind, ret_read, err);
    as_buf_init(&text, AS_LIMIT_FEED_MEMBER_BYTES * 3);
    as_feed_to_utf8(file->bytes, &text, &told.encoding);
    utf8.bytes = as_buf_span(&text);
    if (as_buf_failed(&text))
        rc = as_fail(err, AS_ERR_LIMIT, "the text takes too much memory");
    else if (text.n == 0)
        rc = read_utf8(file, sink, ret_kind, ret_read, err);
    else
        rc = read_utf8(&utf8, &told, ret_kind, ret_read, err);
    as_buf_done(&text);
    return rc;
}

/* The end of the last row of a CSV that is whole. */
static size_t whole_rows(as_span bytes)
{
    bool quoted = false;
    size_t end = 0;

    for (size_t i = 0; i < bytes.n; i++) {
        if (bytes.p[i] == '"')
            quoted = !quoted;
        else if (bytes.p[i] == '\n' && !quoted)
            end = i + 1;
    }
    return end;
}

size_t as_feed_split(as_span bytes, size_t *ret_head)
{
    const uint8_t *newline = memchr(bytes.p, '\n', bytes.n);
    as_feed_input in = {.bytes = bytes, .syntax = syntax_of(bytes)};
    size_t end;

    *ret_head = 0;
    if (!newline)
        return 0;
    if (in.syntax == AS_SYNTAX_LINES && as_ftm_importer.probe(&in)) {
        newline = memrchr(bytes.p, '\n', bytes.n);
        return (size_t)(newline - bytes.p) + 1;
    }
    end = as_gleif_split(bytes, ret_head);
    if (end || !as_gleif_importer.probe(&in))
        return end > *ret_head ? end : 0;
    *ret_head = (size_t)(newline - bytes.p) + 1;
    end = whole_rows(bytes);
    return end > *ret_head ? end : 0;
}

as_rc as_feed_yaml(as_span bytes, as_json_doc **ret, as_err *err)
{
    as_json_limits limits = {AS_LIMIT_FEED_MEMBER_BYTES, AS_LIMIT_JSON_DEPTH,
                             false};
    as_buf json;
    as_rc rc;

    as_buf_init(&json, AS_LIMIT_FEED_MEMBER_BYTES);
    rc = as_yaml_to_json(bytes, AS_YAML_NUMBERS_AS_TEXT, &json, err);
    if (!rc)
        rc = as_json_read(as_buf_span(&json), &limits, ret, err);
    as_buf_done(&json);
    return rc;
}

enum { LOCATED = 16 };

void as_feed_locate(as_feed_place *place, as_str pointer, as_err *err)
{
    as_err_path(err, pointer);
    if (place->located == LOCATED)
        return;
    place->located++;
    if (place->yaml)
        as_yaml_locate(place->in->bytes, pointer, &err->place);
    else if (place->in->syntax == AS_SYNTAX_JSON)
        as_json_locate(place->in->bytes, pointer, &err->place);
}
