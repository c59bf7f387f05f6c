/* SPDX-License-Identifier: Apache-2.0 */
/* The table of formats and how one is chosen. Detection looks at the content
 * alone: the encoding by the first bytes, the format by what its standard asks
 * every document to hold. */
#include "bom/bom.h"

#include "base/limits.h"
#include "base/yaml.h"
#include "bom/look_internal.h"
#include "bom/output_internal.h"
#include "bom/reader_internal.h"

#include <stdlib.h>
#include <string.h>

/* Characters of a text in UTF-16 among which its root tag is looked for. */
enum { NARROWED = 1 << 16 };

struct as_bom_format {
    as_str name;
    as_bom_encoding encoding;
    bool (*probe)(const as_bom_input *in);
    as_rc (*read)(as_bom_reader *r, const as_bom_input *in);
};

/* ---- formats ----------------------------------------------------------- */

static bool key_is(as_json object, const char *key, const char *value)
{
    return as_str_eq_nocase(as_json_get_str(object, as_str_c(key)),
                            as_str_c(value));
}

static bool has(as_json object, const char *key)
{
    return !as_json_is(as_json_get(object, as_str_c(key)), AS_JSON_NONE);
}

static bool is_cyclonedx(const as_bom_input *in)
{
    as_str schema = as_json_get_str(in->root, AS_STR("$schema"));

    if (key_is(in->root, "bomFormat", "CycloneDX"))
        return true;
    if (as_str_search(schema, AS_STR("cyclonedx.org/schema/bom")) < schema.n)
        return true;
    return has(in->root, "specVersion") &&
           (has(in->root, "components") || has(in->root, "metadata"));
}

static as_rc read_cyclonedx(as_bom_reader *r, const as_bom_input *in)
{
    return as_cyclonedx_read(r, in->root);
}

static bool is_cyclonedx_xml(const as_bom_input *in)
{
    as_str ns = AS_STR("http://cyclonedx.org/schema/bom/");

    return as_str_search(in->root_tag, ns) < in->root_tag.n;
}

static as_rc read_cyclonedx_xml(as_bom_reader *r, const as_bom_input *in)
{
    return as_cyclonedx_xml_read(r, in->bytes);
}

static bool is_spdx(const as_bom_input *in)
{
    return has(in->root, "spdxVersion") ||
           (has(in->root, "SPDXID") && has(in->root, "packages"));
}

static as_rc read_spdx(as_bom_reader *r, const as_bom_input *in)
{
    return as_spdx_read(r, in->root);
}

static bool is_spdx3(const as_bom_input *in)
{
    return !as_str_is_absent(as_spdx3_context_version(in->root));
}

static as_rc read_spdx3(as_bom_reader *r, const as_bom_input *in)
{
    return as_spdx3_read(r, in->root);
}

static bool is_spdx_xml(const as_bom_input *in)
{
    as_str head = as_str_of((const char *)in->bytes.p,
                            in->bytes.n < 4096 ? in->bytes.n : 4096);

    if (in->head)
        head = as_str_c(in->head);
    return as_str_eq(in->root_tag, AS_STR("Document")) &&
           as_str_search(head, AS_STR("SPDX")) < head.n;
}

static as_rc read_spdx_xml(as_bom_reader *r, const as_bom_input *in)
{
    return as_spdx_xml_read(r, in->bytes);
}

/* Whether one of the first lines that say something begins with a word. */
static bool line_begins(as_str text, const as_str *words, size_t n)
{
    as_str rest = text;

    for (int left = 200; left > 0 && !as_str_is_absent(rest);) {
        as_str line = as_str_trim(as_str_cut(&rest, '\n'));
        if (line.n == 0 || line.p[0] == '#')
            continue;
        for (size_t i = 0; i < n; i++)
            if (as_str_starts(line, words[i]))
                return true;
        left--;
    }
    return false;
}

static bool is_spdx_tag(const as_bom_input *in)
{
    static const as_str words[] = {AS_STR_INIT("SPDXVersion:")};

    return line_begins(in->text, words, AS_ARRAY_LEN(words));
}

static as_rc read_spdx_tag(as_bom_reader *r, const as_bom_input *in)
{
    return as_spdx_tag_read(r, in->text);
}

static bool is_spdx_yaml(const as_bom_input *in)
{
    static const as_str words[] = {AS_STR_INIT("spdxVersion:"),
                                   AS_STR_INIT("\"spdxVersion\":"),
                                   AS_STR_INIT("'spdxVersion':")};
    static const as_str ids[] = {AS_STR_INIT("SPDXID:"),
                                 AS_STR_INIT("\"SPDXID\":"),
                                 AS_STR_INIT("'SPDXID':")};

    if (line_begins(in->text, words, AS_ARRAY_LEN(words)))
        return true;
    /* Sorted by name, as many libraries write it, the version stands last. */
    return line_begins(in->text, ids, AS_ARRAY_LEN(ids)) &&
           as_str_search(in->text, AS_STR("spdxVersion")) < in->text.n;
}

static as_rc read_spdx_yaml(as_bom_reader *r, const as_bom_input *in)
{
    as_json_doc *doc = NULL;
    as_buf json;
    as_rc rc;

    as_buf_init(&json, AS_LIMIT_INPUT_BYTES);
    rc = as_yaml_to_json(in->bytes, AS_YAML_NUMBERS_AS_TEXT, &json, r->err);
    if (rc == AS_OK)
        rc = as_json_read(as_buf_span(&json), NULL, &doc, r->err);
    as_buf_done(&json);
    if (rc) {
        r->rc = rc;
        return rc;
    }
    r->text = in->bytes;
    r->locate = as_yaml_locate;
    rc = as_spdx_read(r, as_json_root(doc));
    r->product->encoding = AS_STR("yaml");
    as_json_free(doc);
    return rc;
}

static bool is_purl_list(const as_bom_input *in)
{
    static const as_str words[] = {AS_STR_INIT("pkg:"), AS_STR_INIT("cpe:/"),
                                   AS_STR_INIT("cpe:2.3:")};

    return line_begins(in->text, words, AS_ARRAY_LEN(words));
}

static as_rc read_purl_list(as_bom_reader *r, const as_bom_input *in)
{
    return as_purl_list_read(r, in->text);
}

static const as_bom_format formats[] = {
    {AS_STR_INIT("CycloneDX JSON"), AS_BOM_JSON, is_cyclonedx, read_cyclonedx},
    {AS_STR_INIT("SPDX JSON"), AS_BOM_JSON, is_spdx, read_spdx},
    {AS_STR_INIT("SPDX 3 JSON-LD"), AS_BOM_JSON, is_spdx3, read_spdx3},
    {AS_STR_INIT("CycloneDX XML"), AS_BOM_XML, is_cyclonedx_xml,
     read_cyclonedx_xml},
    {AS_STR_INIT("SPDX XML"), AS_BOM_XML, is_spdx_xml, read_spdx_xml},
    {AS_STR_INIT("SPDX tag-value"), AS_BOM_TEXT, is_spdx_tag, read_spdx_tag},
    {AS_STR_INIT("SPDX YAML"), AS_BOM_TEXT, is_spdx_yaml, read_spdx_yaml},
    {AS_STR_INIT("purl list"), AS_BOM_TEXT, is_purl_list, read_purl_list},
};

as_str as_bom_format_name(const as_bom_format *f)
{
    return f->name;
}

/* ---- opening ----------------------------------------------------------- */

static as_span without_mark(as_span in)
{
    if (in.n >= 3 && memcmp(in.p, "\xEF\xBB\xBF", 3) == 0)
        return (as_span){in.p + 3, in.n - 3};
    return in;
}

/* Offset of the first byte that is no white space. */
static size_t first_byte(as_span in)
{
    size_t i = 0;

    while (i < in.n && as_ascii_is_space((char)in.p[i]))
        i++;
    return i;
}

static bool is_text(as_span in)
{
    size_t n = in.n < 4096 ? in.n : 4096;

    return memchr(in.p, 0, n) == NULL;
}

/* The first start tag that is none of declaration, comment, instruction. */
static as_str find_root_tag(as_str text)
{
    while (text.n) {
        size_t open = as_str_find(text, '<'), close;
        text = as_str_slice(text, open, text.n);
        if (as_str_starts(text, AS_STR("<!--"))) {
            close = as_str_search(text, AS_STR("-->"));
            text = as_str_slice(text, close + 3, text.n);
            continue;
        }
        close = as_str_find(text, '>');
        if (text.n > 1 && text.p[1] != '?' && text.p[1] != '!')
            return as_str_slice(text, 1, close);
        text = as_str_slice(text, close + 1, text.n);
    }
    return AS_ABSENT;
}

/* The start of a text in UTF-16 with its byte order mark, '?' for what is no
 * ASCII and for NUL; *ret is malloc'ed. Absent: it is no such text, or memory
 * ended. */
static as_str narrow(as_span in, char **ret)
{
    size_t n = in.n / 2 < NARROWED ? in.n / 2 : NARROWED, low;
    bool little = in.n >= 2 && in.p[0] == 0xFF && in.p[1] == 0xFE;
    bool big = in.n >= 2 && in.p[0] == 0xFE && in.p[1] == 0xFF;

    *ret = little || big ? calloc(1, n + 1) : NULL;
    if (!*ret)
        return AS_ABSENT;
    low = big ? 1 : 0;
    for (size_t i = 1; i < n; i++) {
        uint8_t c = in.p[2 * i + low], high = in.p[2 * i + 1 - low];
        (*ret)[i - 1] = (char)(high == 0 && c > 0 && c < 0x80 ? c : '?');
    }
    return as_str_c(*ret);
}

/* XML may be in UTF-16; JSON may not (RFC 8259, section 8.1). */
static void look_for_wide_xml(as_bom_input *open)
{
    as_str head = narrow(open->bytes, &open->head);

    if (!as_str_starts(as_str_trim(head), AS_STR("<")))
        return;
    open->encoding = AS_BOM_XML;
    open->root_tag = find_root_tag(head);
}

as_rc as_bom_open(as_span in, bool padded, as_bom_input *ret, as_err *err)
{
    as_json_limits limits = {AS_LIMIT_INPUT_BYTES, AS_LIMIT_JSON_DEPTH, padded};
    as_bom_input open = {.bytes = without_mark(in)};
    size_t at = first_byte(open.bytes);
    as_rc rc;

    if (in.n > AS_LIMIT_INPUT_BYTES)
        return as_fail(err, AS_ERR_LIMIT,
                       "the document has %zu bytes, more than the %zu allowed",
                       in.n, AS_LIMIT_INPUT_BYTES);
    if (at == open.bytes.n)
        return as_fail(err, AS_ERR_INPUT, "the document is empty");
    if (open.bytes.p[at] == '{' || open.bytes.p[at] == '[') {
        rc = as_json_read(in, &limits, &open.doc, err);
        if (rc)
            return rc;
        open.encoding = AS_BOM_JSON;
        open.root = as_json_root(open.doc);
        *ret = open;
        return AS_OK;
    }
    if (is_text(open.bytes)) {
        open.encoding = AS_BOM_TEXT;
        (void)!as_span_str(open.bytes, &open.text);
        if (open.bytes.p[at] == '<') {
            open.encoding = AS_BOM_XML;
            open.root_tag = find_root_tag(
                as_str_of((const char *)open.bytes.p, open.bytes.n));
        }
    } else {
        look_for_wide_xml(&open);
    }
    *ret = open;
    return AS_OK;
}

void as_bom_close(as_bom_input *in)
{
    in->doc = as_json_free(in->doc);
    in->root = (as_json){NULL, 0};
    free(in->head);
    in->head = NULL;
    in->root_tag = AS_ABSENT;
}

const as_bom_format *as_bom_detect(const as_bom_input *in, as_err *err)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(formats); i++)
        if (formats[i].encoding == in->encoding && formats[i].probe(in))
            return &formats[i];
    as_bom_look(in, err);
    return NULL;
}

/* ---- reading ----------------------------------------------------------- */

/* Lines for the first diagnoses: each costs a walk over the text. */
static void place_diagnoses(as_bom_reader *r)
{
    as_product *p = r->product;

    for (size_t i = 0;
         i < p->n_diagnoses && r->text.n && r->text.n <= r->walk_left; i++) {
        as_place place;
        if (p->diagnoses[i].line)
            continue;
        as_place_init(&place);
        r->locate(r->text, p->diagnoses[i].path, &place);
        p->diagnoses[i].line = place.line;
        p->diagnoses[i].column = place.column;
        r->walk_left -= r->text.n;
    }
}

static as_rc read_open(const as_bom_input *in, as_product *p, as_err *err)
{
    const as_bom_format *f = as_bom_detect(in, err);
    as_span text = {NULL, 0};
    as_bom_reader r;
    as_rc rc;

    if (!f)
        return as_bom_look(in, err);
    if (in->encoding == AS_BOM_JSON)
        text = in->bytes;
    as_bom_reader_init(&r, p, text, err);
    f->read(&r, in);
    rc = as_bom_reader_finish(&r);
    if (rc == AS_OK)
        place_diagnoses(&r);
    as_bom_reader_done(&r);
    return rc;
}

as_rc as_bom_read_input(const as_bom_input *in, as_product **ret, as_err *err)
{
    as_product *p = as_product_new();
    as_rc rc =
        p ? read_open(in, p, err)
          : as_fail(err, AS_ERR_MEMORY, "no memory to read the document");

    if (rc) {
        as_product_free(p);
        return rc;
    }
    *ret = p;
    return AS_OK;
}

as_rc as_bom_read(as_span in, bool padded, as_product **ret, as_err *err)
{
    as_bom_input open;
    as_rc rc = as_bom_open(in, padded, &open, err);

    if (rc)
        return rc;
    rc = as_bom_read_input(&open, ret, err);
    as_bom_close(&open);
    return rc;
}

/* ---- writing ----------------------------------------------------------- */

static const as_bom_writer writers[] = {
    {AS_STR_INIT("cyclonedx"), AS_STR_INIT("CycloneDX 1.6 JSON"),
     as_cyclonedx_write_1_6},
    {AS_STR_INIT("cyclonedx-1.7"), AS_STR_INIT("CycloneDX 1.7 JSON"),
     as_cyclonedx_write_1_7},
    {AS_STR_INIT("spdx"), AS_STR_INIT("SPDX 2.3 JSON"), as_spdx_write},
};

const as_bom_writer *as_bom_writer_at(size_t i)
{
    return i < AS_ARRAY_LEN(writers) ? &writers[i] : NULL;
}

const as_bom_writer *as_bom_writer_find(as_str word)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(writers); i++)
        if (as_str_eq(writers[i].word, word))
            return &writers[i];
    return NULL;
}

as_rc as_bom_write(const as_bom_writer *w, const as_product *p, as_buf *out,
                   as_bom_losses *losses, as_err *err)
{
    as_rc rc = w->write(p, out, losses, err);

    if (rc == AS_OK && as_buf_failed(out))
        rc = as_fail(err, AS_ERR_LIMIT,
                     "the document would pass %zu bytes, or memory ended",
                     out->ceiling);
    return rc;
}
