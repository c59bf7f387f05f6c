/* SPDX-License-Identifier: Apache-2.0 */
/* The command line: reading it, and what is written from its tables. The
 * shells and the manual's checker are asked where they are installed. */
#include "testing.h"

#include "base/cmdline.h"
#include "base/io.h"
#include "base/limits.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a program --------------------------------------------------------- */

static const char *const formats[] = {"text", "json", "html", NULL};
static const char *const ecosystems[] = {"npm", "pypi", "deb", NULL};

static const as_cmd_option review_options[] = {
    {.name = "declared",
     .kind = AS_CMD_LIST,
     .argument = "BOM",
     .help = "what the maker says is in it; a \"bill's\" file [any format]: "
             "one\\line",
     .text = "Compared with what is observed.\n\n.It is not trusted.",
     .hint = AS_CMD_FILE},
    {.name = "policy",
     .letter = 'p',
     .kind = AS_CMD_STRING,
     .argument = "FILE",
     .help = "gates to judge by",
     .hint = AS_CMD_FILE},
    {.name = "cache",
     .kind = AS_CMD_STRING,
     .argument = "FOLDER",
     .help = "keep unpacked parts there, so that a second review of the same "
             "product is faster",
     .hint = AS_CMD_FOLDER},
    {.name = "depth",
     .letter = 'd',
     .kind = AS_CMD_NUMBER,
     .argument = "N",
     .help = "levels of archives to open"},
    {.name = NULL},
};

static const as_cmd_option common_options[] = {
    {.name = "help", .letter = 'h', .help = "show this help"},
    {.name = "version", .help = "show the version"},
    {.name = "as-of",
     .kind = AS_CMD_DATE,
     .argument = "DATE",
     .help = "judge as if today were that day"},
    {.name = "format",
     .letter = 'f',
     .kind = AS_CMD_CHOICE,
     .argument = "FORMAT",
     .help = "form of the output",
     .choices = formats},
    {.name = "output",
     .letter = 'o',
     .kind = AS_CMD_STRING,
     .argument = "FILE",
     .help = "write there instead of standard output",
     .hint = AS_CMD_FILE},
    {.name = "verbose", .letter = 'v', .help = "say more; twice, say it all"},
    {.name = NULL},
};

static const as_cmd_note review_examples[] = {
    {"tool review a.json", "review a bill of materials"},
    {"tool review --policy='my gates.yaml' a.bin", "judge by own gates"},
    {NULL, NULL},
};

static const as_cmd_note exits[] = {
    {"0", "accepted"}, {"1", "rejected"}, {"64", "usage"}, {NULL, NULL}};

static const as_cmd_verb verbs[] = {
    {.name = "review",
     .summary = "tell what is in a product, and whether to take it",
     .text = "TARGET is a file or a folder. Its kind is found from content.\n"
             "\n"
             "  bytes --> parts\n"
             "  .dot  --> 'quote\n"
             "\n"
             "'Quoted' words begin this paragraph, and it goes on for some "
             "time so that it has to be broken into several lines.",
     .operands = "TARGET...",
     .min = 1,
     .max = AS_CMD_MANY,
     .hint = AS_CMD_FILE,
     .options = review_options,
     .examples = review_examples,
     .exits = exits},
    {.name = "feeds import",
     .summary = "take a feed's file into the knowledge base",
     .operands = "FILE",
     .min = 1,
     .max = 1,
     .hint = AS_CMD_FILE},
    {.name = "feeds status", .summary = "show which feeds there are"},
    {.name = "version", .summary = "explain an order of versions"},
    {.name = "version compare",
     .summary = "compare two versions",
     .operands = "ECOSYSTEM A B",
     .min = 3,
     .max = 3,
     .choices = ecosystems},
    {.name = NULL},
};

static const as_cmd_note environment[] = {
    {"TOOL_HOME", "where the tool keeps its files"}, {NULL, NULL}};
static const as_cmd_note files[] = {
    {"~/.local/share/tool/a.db", "the knowledge base"}, {NULL, NULL}};

static const as_cmd_program program = {
    .name = "tool",
    .version = "1.2",
    .date = "2026-01-31",
    .summary = "review the security of a product",
    .text = "A tool. It reviews.",
    .verbs = verbs,
    .options = common_options,
    .exits = exits,
    .environment = environment,
    .files = files,
    .see_also = "sha256sum(1)",
};

/* ---- parsing ----------------------------------------------------------- */

/* Words between spaces, '_' standing for the empty one. */
static as_rc parse(as_arena *a, const char *line, as_cmd_values *ret,
                   as_err *err)
{
    as_str rest = as_str_c(line);
    char **argv = AS_NEW_ARRAY(a, 64, char *);
    char none[] = "tool";
    int argc = 1;

    argv[0] = as_arena_alloc(a, sizeof none);
    memcpy(argv[0], none, sizeof none);
    while (!as_str_is_absent(rest) && rest.n) {
        as_str word = as_str_cut(&rest, ' ');
        argv[argc] = as_arena_alloc(a, word.n + 1);
        if (!as_str_eq(word, AS_STR("_")))
            memcpy(argv[argc], word.p, word.n);
        argc++;
    }
    as_err_init(err);
    return as_cmd_parse(&program, argc, argv, a, ret, err);
}

/* "verb|option=value ...|operand ..." */
static void put_values(as_buf *out, const as_cmd_values *v)
{
    as_buf_printf(out, "%s|", v->verb ? v->verb->name : "");
    for (size_t i = 0; i < v->n_given; i++)
        as_buf_printf(out, "%s%s%s%s", i ? " " : "", v->given[i].option->name,
                      v->given[i].text ? "=" : "",
                      v->given[i].text ? v->given[i].text : "");
    as_buf_byte(out, '|');
    for (size_t i = 0; i < v->n_operands; i++)
        as_buf_printf(out, "%s%s", i ? " " : "", v->operands[i]);
}

static void accepted(void **state)
{
    static const char *cases[][2] = {
        {"review a", "review||a"},
        {"review a b -", "review||a b -"},
        {"review -- -a --b", "review||-a --b"},
        {"review a --policy=x b", "review|policy=x|a b"},
        {"review a --policy x b", "review|policy=x|a b"},
        {"review -p x -py -vvp -v a",
         "review|policy=x policy=y verbose verbose policy=-v|a"},
        {"review -p=x a", "review|policy==x|a"},
        {"review --policy= a", "review|policy=|a"},
        {"review --policy _ a", "review|policy=|a"},
        {"review --policy a=b=c a", "review|policy=a=b=c|a"},
        {"--as-of 2026-01-31 review a", "review|as-of=2026-01-31|a"},
        {"-v feeds import x -f json", "feeds import|verbose format=json|x"},
        {"feeds status", "feeds status||"},
        {"feeds -v import x", "feeds import|verbose|x"},
        {"version", "version||"},
        {"version compare npm 1 2", "version compare||npm 1 2"},
        {"review --depth 007 a", "review|depth=007|a"},
        {"--help", "|help|"},
        {"--version", "|version|"},
        {"review --help", "review|help|"},
        {"review -h", "review|help|"},
        {"feeds --help", "|help|"},
        {"feeds import --help", "feeds import|help|"},
        {"review --declared a --declared b c",
         "review|declared=a declared=b|c"},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_arena *a = as_arena_new(AS_MIB);
        as_cmd_values v;
        as_err err;
        as_buf out;
        as_buf_init(&out, AS_KIB);
        if (parse(a, cases[i][0], &v, &err)) {
            print_error("%s: %s\n", cases[i][0], err.what);
            fail();
        }
        put_values(&out, &v);
        testing_str(as_buf_text(&out), cases[i][1]);
        as_buf_done(&out);
        as_arena_free(a);
    }
}

static void refused(void **state)
{
    static const char *cases[][2] = {
        {"", "a verb is missing (tool --help lists them)"},
        {"-v", "a verb is missing (tool --help lists them)"},
        {"reveiw a", "there is no verb \"reveiw\" (did you mean review?)"},
        {"zzz", "there is no verb \"zzz\" (tool --help lists them)"},
        {"rev a", "there is no verb \"rev\" (tool --help lists them)"},
        {"feeds", "feeds what? (one of import, status)"},
        {"feeds -v", "feeds what? (one of import, status)"},
        {"feeds improt x",
         "there is no verb \"feeds improt\" (did you mean feeds import?)"},
        {"feeds zzz", "there is no verb \"feeds zzz\" (one of import, status)"},
        {"review", "review needs TARGET... (tool review --help tells more)"},
        {"feeds import a b", "feeds import: \"b\" is one operand too many "
                             "(tool feeds import --help tells more)"},
        {"version compare npm 1", "version compare needs ECOSYSTEM A B "
                                  "(tool version compare --help tells more)"},
        {"version comapre", "version: \"comapre\" is one operand too many "
                            "(tool version --help tells more)"},
        {"review --polcy x a",
         "review has no option \"--polcy\" (did you mean --policy?)"},
        {"review --pol x a", "review has no option \"--pol\" "
                             "(tool review --help tells more)"},
        {"review --fromat=json a",
         "review has no option \"--fromat\" (did you mean --format?)"},
        {"--policy x review a",
         "there is no option \"--policy\" before the verb "
         "(tool --help tells more)"},
        {"review -x a", "review: there is no option \"-x\" "
                        "(tool review --help tells more)"},
        {"review --policy",
         "--policy needs a value: FILE (tool review --help tells more)"},
        {"review -vp", "--policy needs a value: FILE "
                       "(tool review --help tells more)"},
        {"review --verbose=1 a", "--verbose takes no value"},
        {"review --format jsno a",
         "--format cannot be \"jsno\" (did you mean json?)"},
        {"review --format pdf4 a",
         "--format cannot be \"pdf4\" (one of text, json, html)"},
        {"review --format= a",
         "--format cannot be \"\" (one of text, json, html)"},
        {"review --as-of 2026-02-30 a",
         "--as-of: \"2026-02-30\" is no date (write it as 2026-01-31)"},
        {"review -d many a", "--depth: \"many\" is no number"},
        {"review -d -1 a", "--depth: \"-1\" is no number"},
        {"review -d 99999999999999999999 a",
         "--depth: \"99999999999999999999\" is no number"},
        {"version compare \xFF 1 2", "an operand is not valid UTF-8"},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_arena *a = as_arena_new(AS_MIB);
        as_cmd_values v = {.n_given = 77};
        char line[800];
        as_err err;
        as_rc rc = parse(a, cases[i][0], &v, &err);
        as_err_text(&err, line, sizeof line);
        if (rc != AS_ERR_USAGE || strcmp(line, cases[i][1]) != 0) {
            print_error("%s: rc %d\n %s\n %s\n", cases[i][0], (int)rc, line,
                        cases[i][1]);
            fail();
        }
        assert_int_equal(v.n_given, 77);
        as_arena_free(a);
    }
}

static void values(void **state)
{
    as_arena *a = as_arena_new(AS_MIB);
    as_cmd_values v;
    uint64_t number = 5;
    as_date date = 5;
    as_err err;

    assert_int_equal(parse(a,
                           "review -vv --declared x --declared \xFFy -d 12 "
                           "--policy 1 --policy 2 --as-of 1970-01-03 t",
                           &v, &err),
                     AS_OK);
    assert_int_equal(as_cmd_count(&v, "verbose"), 2);
    assert_false(as_cmd_has(&v, "output"));
    assert_true(as_str_is_absent(as_cmd_get_str(&v, "output")));
    assert_null(as_cmd_get_path(&v, "output"));
    testing_str(as_cmd_get_str(&v, "policy"), "2");
    testing_str(as_cmd_list(&v, "declared", 0), "x");
    assert_string_equal(as_cmd_list_path(&v, "declared", 1), "\xFFy");
    assert_null(as_cmd_list_path(&v, "declared", 2));
    assert_true(as_cmd_get_number(&v, "depth", &number) && number == 12);
    assert_true(as_cmd_get_date(&v, "as-of", &date) && date == 2);
    assert_string_equal(v.operands[0], "t");
    assert_null(v.operands[1]);
    assert_int_equal(parse(a, "feeds status", &v, &err), AS_OK);
    assert_false(as_cmd_get_date(&v, "as-of", &date));
    assert_int_equal(date, 2);
    as_arena_free(a);
}

static void nearest(void **state)
{
    static const as_str words[] = {AS_STR_INIT("format"), AS_STR_INIT("output"),
                                   AS_STR_INIT("as-of"), AS_STR_INIT("o")};
    char longest[200];

    memset(longest, 'f', sizeof longest);
    testing_str(as_cmd_nearest(AS_STR("fromat"), words, 4), "format");
    testing_str(as_cmd_nearest(AS_STR("asof"), words, 4), "as-of");
    testing_str(as_cmd_nearest(AS_STR("outptu"), words, 4), "output");
    assert_true(as_str_is_absent(as_cmd_nearest(AS_STR("x"), words, 4)));
    assert_true(as_str_is_absent(as_cmd_nearest(AS_STR(""), words, 4)));
    assert_true(as_str_is_absent(
        as_cmd_nearest(as_str_of(longest, sizeof longest), words, 4)));
}

/* ---- help -------------------------------------------------------------- */

static void tables_hold(void **state)
{
    as_err err;

    as_err_init(&err);
    if (as_cmd_check(&program, &err)) {
        print_error("%s\n", err.what);
        fail();
    }
}

static void tables_do_not_hold(void **state)
{
    static const struct {
        as_cmd_option option;
        const char *why;
    } cases[] = {
        {{.name = "Format", .help = "x"}, "its name is no name"},
        {{.name = "x", .letter = '-', .help = "x"}, "letter is no letter"},
        {{.name = "x", .argument = "X", .help = "x"}, "flags have no"},
        {{.name = "x", .kind = AS_CMD_STRING, .help = "x"}, "flags have no"},
        {{.name = "x", .kind = AS_CMD_CHOICE, .argument = "X", .help = "x"},
         "choices are"},
        {{.name = "x", .help = "x."}, "full stop"},
        {{.name = "format", .help = "x"}, "taken"},
        {{.name = "x", .letter = 'o', .help = "x"}, "taken"},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        const as_cmd_option options[] = {cases[i].option, {.name = NULL}};
        const as_cmd_verb one[] = {
            {.name = "a", .summary = "b", .options = options}, {.name = NULL}};
        as_cmd_program broken = program;
        as_err err;
        broken.verbs = one;
        as_err_init(&err);
        assert_int_equal(as_cmd_check(&broken, &err), AS_ERR_INTERNAL);
        if (!strstr(err.what, cases[i].why)) {
            print_error("%s\n", err.what);
            fail();
        }
    }
}

static void verbs_do_not_hold(void **state)
{
    static const char *const bad_words[] = {"two words", NULL};
    const as_cmd_verb cases[][4] = {
        {{.name = "a b c", .summary = "x"}, {.name = NULL}},
        {{.name = "a", .summary = "x."}, {.name = NULL}},
        {{.name = "a", .summary = "x", .max = 1}, {.name = NULL}},
        {{.name = "a", .summary = "x", .operands = "X"}, {.name = NULL}},
        {{.name = "a", .summary = "x", .operands = "X", .min = 2, .max = 1},
         {.name = NULL}},
        {{.name = "a",
          .summary = "x",
          .operands = "X",
          .min = 0,
          .max = 1,
          .choices = bad_words},
         {.name = NULL}},
        {{.name = "a", .summary = "x"},
         {.name = "a", .summary = "x"},
         {.name = NULL}},
        {{.name = "a b", .summary = "x"},
         {.name = "c", .summary = "x"},
         {.name = "a d", .summary = "x"},
         {.name = NULL}},
    };
    for (size_t i = 0; i < AS_ARRAY_LEN(cases); i++) {
        as_cmd_program broken = program;
        broken.verbs = cases[i];
        assert_int_equal(as_cmd_check(&broken, NULL), AS_ERR_INTERNAL);
    }
}

static void help(void **state)
{
    as_buf out;

    as_buf_init(&out, AS_MIB);
    as_cmd_help(&program, &verbs[0], 80, &out);
    testing_str(
        as_buf_text(&out),
        "usage: tool review [OPTION]... TARGET...\n"
        "\n"
        "Tell what is in a product, and whether to take it.\n"
        "\n"
        "TARGET is a file or a folder. Its kind is found from content.\n"
        "\n"
        "  bytes --> parts\n"
        "  .dot  --> 'quote\n"
        "\n"
        "'Quoted' words begin this paragraph, and it goes on for some time so "
        "that it has\n"
        "to be broken into several lines.\n"
        "\n"
        "options:\n"
        "      --declared BOM  what the maker says is in it; a \"bill's\" file "
        "[any\n"
        "                      format]: one\\line (may be given again)\n"
        "  -p, --policy FILE   gates to judge by\n"
        "      --cache FOLDER  keep unpacked parts there, so that a second "
        "review of the\n"
        "                      same product is faster\n"
        "  -d, --depth N       levels of archives to open\n"
        "\n"
        "common options:\n"
        "  -h, --help           show this help\n"
        "      --version        show the version\n"
        "      --as-of DATE     judge as if today were that day\n"
        "  -f, --format FORMAT  form of the output: text, json, html\n"
        "  -o, --output FILE    write there instead of standard output\n"
        "  -v, --verbose        say more; twice, say it all\n"
        "\n"
        "exit status:\n"
        "  0   accepted\n"
        "  1   rejected\n"
        "  64  usage\n"
        "\n"
        "examples:\n"
        "  tool review a.json\n"
        "      review a bill of materials\n"
        "  tool review --policy='my gates.yaml' a.bin\n"
        "      judge by own gates\n");
    as_buf_clear(&out);
    as_cmd_help(&program, NULL, 80, &out);
    assert_int_not_equal(
        as_str_search(as_buf_text(&out), AS_STR("\n  feeds import     take")),
        out.n);
    as_buf_done(&out);
}

static void help_for(void **state)
{
    as_arena *a = as_arena_new(AS_MIB);
    as_cmd_values v;
    as_err err;
    as_buf out;

    as_buf_init(&out, AS_MIB);
    assert_int_equal(parse(a, "feeds --help", &v, &err), AS_OK);
    as_cmd_help_for(&v, 80, &out);
    testing_str(as_buf_text(&out),
                "usage: tool feeds VERB [OPTION]... [OPERAND]...\n"
                "\n"
                "verbs:\n"
                "  feeds import  take a feed's file into the knowledge base\n"
                "  feeds status  show which feeds there are\n"
                "\n"
                "tool feeds VERB --help tells more of a verb.\n");
    as_buf_done(&out);
    as_arena_free(a);
}

/* Narrow terminals: no line but verbatim ones and single words beyond. */
static void every_width(void **state)
{
    for (unsigned width = 1; width < 200; width++) {
        as_str rest, line;
        as_buf out;
        as_buf_init(&out, AS_MIB);
        for (const as_cmd_verb *v = verbs; v->name; v++)
            as_cmd_help(&program, v, width, &out);
        rest = as_buf_text(&out);
        while (testing_line(&rest, &line))
            assert_true(line.n <= (width < 56 ? 56 : width));
        as_buf_done(&out);
    }
}

/* ---- other programs ---------------------------------------------------- */

static char folder[] = "cmdline_test.XXXXXX";

static int enter(void **state)
{
    as_io_start();
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave(void **state)
{
    unlink("script");
    unlink("out");
    unlink("a file");
    return chdir("..") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static bool installed(const char *name)
{
    static const char *const folders[] = {"/bin", "/usr/bin", "/usr/local/bin"};
    char path[300];

    for (size_t i = 0; i < AS_ARRAY_LEN(folders); i++) {
        snprintf(path, sizeof path, "%s/%s", folders[i], name);
        if (access(path, X_OK) == 0)
            return true;
    }
    print_message("skipped: no %s\n", name);
    return false;
}

/* Runs it; what it writes on both streams lies in "out". */
static int run(const char *name, const char *one, const char *two)
{
    pid_t pid = fork();
    int status = -1;

    if (pid == 0) {
        int fd = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
            _exit(126);
        execlp(name, name, one, two, (char *)NULL);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void expect_output(const char *want)
{
    as_io_file f;

    assert_int_equal(as_io_read("out", 0, &f, NULL), AS_OK);
    testing_str(as_str_of((const char *)f.bytes.p, f.bytes.n), want);
    as_io_file_done(&f);
}

static void write_script(as_cmd_shell shell, const char *more)
{
    as_buf out;

    as_buf_init(&out, AS_MIB);
    as_cmd_completion(&program, shell, &out);
    as_buf_c(&out, more);
    assert_false(as_buf_failed(&out));
    assert_int_equal(as_io_write("script", as_buf_span(&out), NULL), AS_OK);
    as_buf_done(&out);
}

static void manual(void **state)
{
    as_buf out;

    as_buf_init(&out, AS_MIB);
    as_cmd_man(&program, &out);
    assert_int_equal(as_io_write("script", as_buf_span(&out), NULL), AS_OK);
    assert_int_not_equal(
        as_str_search(as_buf_text(&out), AS_STR("\n\\&.It is not trusted.\n")),
        out.n);
    as_buf_done(&out);
    if (!installed("mandoc"))
        skip();
    assert_int_equal(run("mandoc", "-Tlint", "script"), 0);
    expect_output("");
}

/* The words of the line, with the cursor behind the last; as bash breaks them.
 */
#define BASH_ASK                                                               \
    "ask() { COMP_WORDS=(tool \"$@\"); COMP_CWORD=$#; _tool 2>/dev/null;\n"    \
    "        echo \"${COMPREPLY[*]}\"; }\n"

static void bash(void **state)
{
    if (!installed("bash"))
        skip();
    write_script(AS_CMD_BASH, "");
    assert_int_equal(run("bash", "-n", "script"), 0);
    expect_output("");
    assert_int_equal(as_io_write("a file", (as_span){NULL, 0}, NULL), AS_OK);
    write_script(AS_CMD_BASH,
                 BASH_ASK "ask ''\nask f\nask feeds ''\nask feeds s\n"
                          "ask --as-of 2026-01-01 feeds i\nask -f json re\n"
                          "ask review --f\nask review --format ''\n"
                          "ask review --format = h\nask review --format =\n"
                          "ask review a\\ f\nask review --as-of ''\n"
                          "ask version compare n\nask version c\n"
                          "ask review --policy a\nask review -- --\n"
                          "ask feeds --h\nask zzz --o\n");
    assert_int_equal(run("bash", "script", NULL), 0);
    expect_output("review feeds version\nfeeds\nimport status\nstatus\n"
                  "import\nreview\n"
                  "--format\ntext json html\n"
                  "html\ntext json html\n"
                  "a file\n\n"
                  "npm\ncompare\n"
                  "a file\n\n"
                  "--help\n\n");
}

static void zsh(void **state)
{
    if (!installed("zsh"))
        skip();
    write_script(AS_CMD_ZSH, "");
    assert_int_equal(run("zsh", "-n", "script"), 0);
    expect_output("");
}

static void fish(void **state)
{
    if (!installed("fish"))
        skip();
    write_script(AS_CMD_FISH, "complete -C'tool f'\n"
                              "complete -C'tool --as-of 2026-01-01 feeds i'\n"
                              "complete -C'tool version compare n'\n"
                              "complete -C'tool review --format h'\n"
                              "complete -C'tool review --cach'\n");
    assert_int_equal(run("fish", "script", NULL), 0);
    expect_output("feeds\n"
                  "import\ttake a feed's file into the knowledge base\n"
                  "npm\n"
                  "html\tform of the output\n"
                  "--cache\tkeep unpacked parts there, so that a second "
                  "review of the same product is faster\n");
}

static void shells(void **state)
{
    as_cmd_shell shell;

    assert_true(as_cmd_shell_of(AS_STR("fish"), &shell));
    assert_int_equal(shell, AS_CMD_FISH);
    assert_false(as_cmd_shell_of(AS_STR("csh"), &shell));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepted),
        cmocka_unit_test(refused),
        cmocka_unit_test(values),
        cmocka_unit_test(nearest),
        cmocka_unit_test(tables_hold),
        cmocka_unit_test(tables_do_not_hold),
        cmocka_unit_test(verbs_do_not_hold),
        cmocka_unit_test(help),
        cmocka_unit_test(help_for),
        cmocka_unit_test(every_width),
        cmocka_unit_test(manual),
        cmocka_unit_test(bash),
        cmocka_unit_test(zsh),
        cmocka_unit_test(fish),
        cmocka_unit_test(shells),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
