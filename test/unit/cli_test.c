/* SPDX-License-Identifier: Apache-2.0 */
/* The table of verbs: that it holds together, that its examples are command
 * lines of it, and that what is made of it fits a terminal. */
#include "testing.h"

#include "cli/cli.h"

#include <string.h>

enum { WORDS = 32 };

static void table_holds_together(void **state)
{
    char line[1000];
    as_err err;

    as_err_init(&err);
    if (as_cmd_check(&as_cli_program, &err) != AS_OK) {
        as_err_text(&err, line, sizeof line);
        print_error("%s\n", line);
        fail();
    }
}

/* Each verb runs something, and those that write take -o. */
static void every_verb_is_there(void **state)
{
    for (const as_cmd_verb *v = as_cli_program.verbs; v->name; v++) {
        bool output = false;
        assert_non_null(v->run);
        assert_non_null(v->summary);
        for (const as_cmd_option *o = v->options; o && o->name; o++)
            output = output || o->letter == 'o';
        if (!output)
            print_error("%s has no -o\n", v->name);
        assert_true(output);
    }
}

/* Words between blanks; what follows a redirection is the shell's. */
static int split(char *line, char *words[static WORDS])
{
    int n = 0;

    for (char *p = line; *p && n < WORDS - 1; n++) {
        if (*p == '<' || *p == '>')
            break;
        words[n] = p;
        p += strcspn(p, " ");
        if (*p)
            *p++ = 0;
        p += strspn(p, " ");
    }
    words[n] = NULL;
    return n;
}

static void examples_are_taken(void **state)
{
    for (const as_cmd_verb *v = as_cli_program.verbs; v->name; v++) {
        for (const as_cmd_note *e = v->examples; e && e->term; e++) {
            as_arena *a = as_arena_new((size_t)1 << 20);
            as_cmd_values values;
            char *words[WORDS];
            char line[200];
            int n;

            assert_true(strlen(e->term) < sizeof line);
            memcpy(line, e->term, strlen(e->term) + 1);
            n = split(line, words);
            if (as_cmd_parse(&as_cli_program, n, words, a, &values, NULL)) {
                print_error("not taken: %s\n", e->term);
                fail();
            }
            assert_ptr_equal(values.verb, v);
            as_arena_free(a);
        }
    }
}

static void check_width(const as_cmd_verb *verb, unsigned width)
{
    as_str rest, line;
    as_buf out;

    as_buf_init(&out, (size_t)1 << 20);
    as_cmd_help(&as_cli_program, verb, width, &out);
    assert_false(as_buf_failed(&out));
    rest = as_buf_text(&out);
    while (testing_line(&rest, &line)) {
        if (line.n > width)
            print_error("%s: %.*s\n", verb ? verb->name : "--help",
                        AS_FMT(line));
        assert_true(line.n <= width);
    }
    as_buf_done(&out);
}

static void help_fits_a_terminal(void **state)
{
    check_width(NULL, 80);
    for (const as_cmd_verb *v = as_cli_program.verbs; v->name; v++)
        check_width(v, 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_holds_together),
        cmocka_unit_test(every_verb_is_there),
        cmocka_unit_test(examples_are_taken),
        cmocka_unit_test(help_fits_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
