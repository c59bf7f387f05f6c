/* SPDX-License-Identifier: Apache-2.0 */
/* XML: the stream, what is refused and where, encodings, the tree. */
#include "testing.h"

#include "base/limits.h"
#include "base/xml.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static as_span bytes(const char *s)
{
    return as_str_span(as_str_c(s));
}

/* The stream as text: <{ns}name@line:column {ns}name="value"> "text" </name> */
static void put_name(as_buf *b, as_str ns, as_str name)
{
    if (!as_str_is_absent(ns))
        as_buf_printf(b, "{%.*s}", AS_FMT(ns));
    as_buf_str(b, name);
}

static as_rc on_start(void *ctx, const as_xml_element *e)
{
    as_buf *b = ctx;

    as_buf_byte(b, '<');
    put_name(b, e->ns, e->name);
    as_buf_printf(b, "@%u:%u", (unsigned)e->place.line,
                  (unsigned)e->place.column);
    for (size_t i = 0; i < e->n; i++) {
        as_buf_byte(b, ' ');
        put_name(b, e->attributes[i].ns, e->attributes[i].name);
        as_buf_printf(b, "=\"%.*s\"", AS_FMT(e->attributes[i].value));
    }
    as_buf_byte(b, '>');
    return AS_OK;
}

static as_rc on_text(void *ctx, as_str text, const as_place *place)
{
    as_buf_str(ctx, text);
    return AS_OK;
}

static as_rc on_end(void *ctx, const as_xml_element *e)
{
    as_buf_printf(ctx, "</%.*s>", AS_FMT(e->name));
    return AS_OK;
}

static const as_xml_handler trace = {on_start, on_text, on_end};

static void expect_trace(as_span in, const char *want)
{
    as_buf out;
    as_err err;

    as_buf_init(&out, AS_MIB);
    as_err_init(&err);
    if (as_xml_read(in, NULL, &trace, &out, &err) != AS_OK) {
        print_error("%s\n", err.what);
        fail();
    }
    testing_str(as_buf_text(&out), want);
    as_buf_done(&out);
}

static void stream(void **state)
{
    expect_trace(bytes("<?xml version=\"1.0\"?>\n"
                       "<!-- c --><a x='1'\n y=\"&lt;&#233;\">t&amp;u"
                       "<b/><![CDATA[<raw>]]></a>\n"),
                 "<a@2:11 x=\"1\" y=\"<\xC3\xA9\">t&u<b@3:24></b><raw></a>");
    expect_trace(bytes("<a xmlns='urn:d' xmlns:p='urn:p'>"
                       "<p:b p:x='1' y='2'/><c xmlns=''/></a>"),
                 "<{urn:d}a@1:1><{urn:p}b@1:34 {urn:p}x=\"1\" y=\"2\"></b>"
                 "<c@1:54></c></a>");
    /* A DOCTYPE that declares nothing says nothing. */
    expect_trace(bytes("<!DOCTYPE a><a/>"), "<a@1:13></a>");
}

static void encodings(void **state)
{
    static const uint8_t le[] = {
        0xFF, 0xFE, '<',  0, 'a', 0, '>', 0, 0x0A, 0,
        0x0A, 0x01, 0x0A, 0, '<', 0, 'b', 0, '/',  0,
        '>',  0,    '<',  0, '/', 0, 'a', 0, '>',  0,
    };
    static const uint8_t be[] = {0, '<', 0, 'a', 0, '>', 0, 0x0A,
                                 0, '<', 0, 'b', 0, '/', 0, '>',
                                 0, '<', 0, '/', 0, 'a', 0, '>'};

    expect_trace((as_span){le, sizeof le},
                 "<a@1:3>\n\xC4\x8A\n<b@3:1></b></a>");
    expect_trace((as_span){be, sizeof be}, "<a@1:1>\n<b@2:1></b></a>");
    expect_trace(bytes("\xEF\xBB\xBF<a>\xC3\xA9</a>"), "<a@1:4>\xC3\xA9</a>");
    expect_trace(
        bytes("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>"),
        "<a@1:44>\xC3\xA9</a>");
}

#define LAUGHS                                                                 \
    "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n"                              \
    "<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"              \
    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><lolz>&c;</lolz>"

static void refusals(void **state)
{
    static const struct {
        const char *text;
        as_rc rc;
        uint64_t line, column;
        const char *what;
    } cases[] = {
        {"", AS_ERR_INPUT, 0, 0, "the document is empty"},
        {" \n", AS_ERR_INPUT, 2, 1, "no element found"},
        {"plain", AS_ERR_INPUT, 1, 1, "syntax error"},
        {"<a>\n<b></a>", AS_ERR_INPUT, 2, 6, "mismatched tag"},
        {"<a>\n", AS_ERR_INPUT, 2, 1, "no element found"},
        {"<a/><b/>", AS_ERR_INPUT, 1, 5, "junk after document element"},
        {"<a x='1' x='2'/>", AS_ERR_INPUT, 1, 10, "duplicate attribute"},
        {"<a>\xC3</a>", AS_ERR_INPUT, 1, 4, "invalid token"},
        {"<a>&b;</a>", AS_ERR_INPUT, 1, 4, "undefined entity"},
        {"<a>&#xD800;</a>", AS_ERR_INPUT, 1, 4, "invalid character number"},
        {"<p:a/>", AS_ERR_INPUT, 1, 1, "unbound prefix"},
        {"<a xmlns='x\f'/>", AS_ERR_INPUT, 1, 12, "invalid token"},
        {"<?xml version='1.0' encoding='x-nobody'?><a/>", AS_ERR_UNSUPPORTED, 1,
         31, "encoding"},
        {LAUGHS, AS_ERR_INPUT, 2, 16, "entity declarations are not read"},
        {"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", AS_ERR_INPUT, 1, 40,
         "entity declarations are not read"},
        {"<!DOCTYPE a PUBLIC \"p\" \"s\"><a/>", AS_ERR_INPUT, 1, 27,
         "entity declarations are not read"},
        {"<!DOCTYPE a [\n<!ENTITY x SYSTEM \"/etc/passwd\">]><a>&x;</a>",
         AS_ERR_INPUT, 1, 13, "entity declarations are not read"},
        {"<!DOCTYPE a [<!ENTITY % p \"x\">%p;]><a/>", AS_ERR_INPUT, 1, 13,
         "entity declarations are not read"},
        {"<!DOCTYPE a []><a/>", AS_ERR_INPUT, 1, 13, "internal subset"},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        char line[800];
        as_err err;
        as_buf out;
        as_err_init(&err);
        as_buf_init(&out, 10000);
        as_rc rc = as_xml_read(bytes(cases[i].text), NULL, &trace, &out, &err);
        as_err_text(&err, line, sizeof line);
        if (rc != cases[i].rc || err.place.line != cases[i].line ||
            err.place.column != cases[i].column ||
            !strstr(line, cases[i].what)) {
            print_error("%s: rc %d, %s\n", cases[i].text, (int)rc, line);
            fail();
        }
        as_buf_done(&out);
    }
}

static void limits(void **state)
{
    const as_xml_limits shallow = {0, 3, 0}, small = {8, 0, 0};
    as_err err;
    as_buf out;

    as_buf_init(&out, 10000);
    assert_int_equal(
        as_xml_read(bytes("<a><b><c/></b></a>"), &shallow, &trace, &out, NULL),
        AS_OK);
    as_err_init(&err);
    assert_int_equal(as_xml_read(bytes("<a><b>\n<c><d/></c></b></a>"), &shallow,
                                 &trace, &out, &err),
                     AS_ERR_LIMIT);
    assert_int_equal(err.place.line, 2);
    assert_int_equal(err.place.column, 4);
    assert_int_equal(
        as_xml_read(bytes("<a></a>  "), &small, &trace, &out, NULL),
        AS_ERR_LIMIT);
    as_buf_done(&out);
}

/* One attribute longer than several pieces, and a ceiling for it. */
static void long_tags(void **state)
{
    const size_t n = 5 * AS_MIB + 7;
    as_arena *a = as_arena_new(8 * n);
    const as_xml_limits tight = {0, 0, AS_MIB};
    const as_xml_node *root = NULL;
    as_buf in;

    as_buf_init(&in, 2 * n);
    as_buf_c(&in, "<a x='");
    memset(as_buf_reserve(&in, n), 'v', n);
    in.n += n;
    as_buf_c(&in, "'>\n<b/></a>");
    assert_int_equal(as_xml_tree_read(as_buf_span(&in), NULL, a, &root, NULL),
                     AS_OK);
    assert_int_equal(as_xml_attr(root, AS_STR("x")).n, n);
    assert_int_equal(root->child->line, 2);
    assert_int_equal(as_xml_tree_read(as_buf_span(&in), &tight, a, &root, NULL),
                     AS_ERR_LIMIT);
    as_buf_done(&in);
    as_arena_free(a);
}

static as_rc refuse_second(void *ctx, const as_xml_element *e)
{
    return as_str_eq(e->name, AS_STR("b")) ? AS_ERR_UNSUPPORTED : AS_OK;
}

static void handler_stops(void **state)
{
    const as_xml_handler h = {refuse_second, NULL, NULL};
    as_err err;

    as_err_init(&err);
    assert_int_equal(
        as_xml_read(bytes("<a>\n <b/><c></a>"), NULL, &h, NULL, &err),
        AS_ERR_UNSUPPORTED);
    assert_int_equal(err.place.line, 2);
    assert_int_equal(err.place.column, 2);
}

static void tree(void **state)
{
    const char *text = "<bom xmlns='urn:c' xmlns:x='urn:x' version='1'>\n"
                       " <name> a<b/>b\n</name><x:name>no</x:name>\n"
                       " <name x:k='v' k='w'/>\n</bom>";
    as_arena *a = as_arena_new(AS_MIB);
    const as_xml_node *root = NULL, *name;

    assert_int_equal(as_xml_tree_read(bytes(text), NULL, a, &root, NULL),
                     AS_OK);
    testing_str(root->ns, "urn:c");
    testing_str(root->text, "");
    testing_str(as_xml_attr(root, AS_STR("version")), "1");
    assert_null(root->parent);
    name = as_xml_child(root, AS_STR("name"));
    testing_str(name->text, " ab\n");
    testing_str(as_xml_child_text(root, AS_STR("name")), "ab");
    assert_ptr_equal(name->parent, root);
    assert_int_equal(name->line, 2);
    assert_int_equal(name->column, 2);
    name = as_xml_next(name);
    testing_str(as_xml_attr(name, AS_STR("k")), "w");
    testing_str(as_xml_attr_ns(name, AS_STR("urn:x"), AS_STR("k")), "v");
    testing_str(name->text, "");
    assert_null(as_xml_next(name));
    testing_str(as_xml_child_ns(root, AS_STR("urn:x"), AS_STR("name"))->text,
                "no");
    assert_null(as_xml_child(NULL, AS_STR("name")));
    assert_true(as_str_is_absent(as_xml_child_text(root, AS_STR("none"))));
    as_arena_free(a);
}

static void tree_holds_its_ceiling(void **state)
{
    as_arena *a = as_arena_new(9000);
    const as_xml_node *root = NULL;
    as_buf in;

    as_buf_init(&in, AS_MIB);
    as_buf_c(&in, "<a>");
    for (int i = 0; i < 200; i++)
        as_buf_c(&in, "<b>text</b>");
    as_buf_c(&in, "</a>");
    assert_int_equal(as_xml_tree_read(as_buf_span(&in), NULL, a, &root, NULL),
                     AS_ERR_LIMIT);
    assert_null(root);
    as_buf_done(&in);
    as_arena_free(a);
}

/* Every XML file of the corpus is well formed: those that are there to be
 * refused are refused for what they say. */
static size_t corpus_files, corpus_bad;

static int corpus_file(const char *path, const struct stat *st, int kind,
                       struct FTW *ftw)
{
    as_arena *a;
    const as_xml_node *root = NULL;
    as_err err;

    if (kind != FTW_F || !as_str_ends(as_str_c(path), AS_STR(".xml")))
        return 0;
    a = as_arena_new(256 * AS_MIB);
    as_err_init(&err);
    corpus_files++;
    path += strlen(testing_corpus()) + 1;
    if (as_xml_tree_read(testing_corpus_file(a, path), NULL, a, &root, &err)) {
        corpus_bad++;
        print_error("%s:%u: %s\n", path, (unsigned)err.place.line, err.what);
    }
    as_arena_free(a);
    return 0;
}

static void corpus(void **state)
{
    if (!testing_corpus())
        skip();
    nftw(testing_corpus(), corpus_file, 16, FTW_PHYS);
    print_message("%zu files\n", corpus_files);
    assert_true(corpus_files > 0);
    assert_int_equal(corpus_bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stream),    cmocka_unit_test(encodings),
        cmocka_unit_test(refusals),  cmocka_unit_test(limits),
        cmocka_unit_test(long_tags), cmocka_unit_test(handler_stops),
        cmocka_unit_test(tree),      cmocka_unit_test(tree_holds_its_ceiling),
        cmocka_unit_test(corpus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
