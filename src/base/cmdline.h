/* SPDX-License-Identifier: Apache-2.0 */
/* The command line as tables. One constant description of the program, its
 * verbs and their options drives the reading of arguments, --help, the manual
 * page and the completion of three shells; none of them has words of its own.
 *
 *   PROGRAM [COMMON OPTION]... VERB [OPTION]... [OPERAND]...
 *
 * Options are read as GNU programs do (--name=value, --name value, -n value,
 * -nvalue, -abc for flags, "--" ends them, they may stand between operands),
 * but never abbreviated: what a script says today must not mean something else
 * when an option is added. A verb is one word ("review") or two ("feeds
 * import"); where the first is a verb of its own, too, the second follows it
 * directly. */
#ifndef AS_BASE_CMDLINE_H
#define AS_BASE_CMDLINE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

/* ---- the description ------------------------------------------------------
 */

typedef enum as_cmd_kind {
    AS_CMD_FLAG = 0, /* no value */
    AS_CMD_STRING,   /* any text; given twice, the last counts */
    AS_CMD_LIST,     /* any text, each time one more */
    AS_CMD_CHOICE,   /* one of .choices */
    AS_CMD_DATE,     /* YYYY-MM-DD */
    AS_CMD_NUMBER,   /* whole, not negative */
} as_cmd_kind;

/* What a shell offers where the value or operand stands. */
typedef enum as_cmd_hint {
    AS_CMD_ANY = 0, /* nothing */
    AS_CMD_FILE,    /* files: the value is a path and may be no UTF-8 */
    AS_CMD_FOLDER,  /* folders: likewise */
} as_cmd_hint;

/* Texts: a help or summary is one line without full stop, begins small. A
 * longer text is paragraphs between empty lines; one that begins with a space
 * keeps its lines. */
typedef struct as_cmd_option {
    const char *name; /* without dashes; NULL ends a table */
    char letter;      /* short form, or 0 */
    as_cmd_kind kind;
    const char *argument; /* "FILE"; NULL for a flag */
    const char *help;
    const char *text;           /* more, for the manual page, or NULL */
    const char *const *choices; /* up to NULL; shown behind the help */
    as_cmd_hint hint;
} as_cmd_option;

/* A command line and what it does; an exit status, a file or a variable of
 * the environment and what it means. .term NULL ends a table. */
typedef struct as_cmd_note {
    const char *term, *text;
} as_cmd_note;

typedef struct as_cmd_values as_cmd_values;

enum { AS_CMD_MANY = -1 };

typedef struct as_cmd_verb {
    const char *name; /* "review", "feeds import"; NULL ends a table */
    const char *summary;
    const char *text;             /* or NULL */
    const char *operands;         /* "TARGET...", NULL for none */
    int min, max;                 /* how many; AS_CMD_MANY: no end */
    as_cmd_hint hint;             /* of the operands */
    const char *const *choices;   /* offered for the first operand, or NULL; not
                                   * enforced */
    const as_cmd_option *options; /* or NULL */
    const as_cmd_note *examples;  /* or NULL */
    const as_cmd_note *exits;     /* beyond the program's own, or NULL */
    /* ctx is the caller's; the result is the exit status. */
    int (*run)(void *ctx, const as_cmd_values *values);
} as_cmd_verb;

typedef struct as_cmd_program {
    const char *name, *version;
    const char *date; /* of the version, YYYY-MM-DD, for the manual page */
    const char *summary, *text;
    const as_cmd_verb *verbs;
    const as_cmd_option *options; /* common ones; has "help", "version" */
    const as_cmd_note *exits, *environment, *files;
    const char *see_also; /* or NULL */
} as_cmd_program;

/* Whether the description holds together: names, kinds and choices fit, no
 * name or letter twice where both apply, every help fits 80 columns.
 * AS_ERR_INTERNAL says what does not. For tests. */
as_rc as_cmd_check(const as_cmd_program *program, as_err *err) AS_MUST_USE;

/* ---- reading the arguments --------------------------------------------------
 */

typedef struct as_cmd_value {
    const as_cmd_option *option;
    const char *text; /* NULL for a flag */
} as_cmd_value;

struct as_cmd_values {
    const as_cmd_program *program;
    const as_cmd_verb *verb; /* NULL: only help or version were asked for */
    as_str group;            /* "feeds" of "feeds --help", else absent */
    as_cmd_value *given;     /* in the order of the command line */
    size_t n_given;
    const char **operands; /* up to NULL */
    size_t n_operands;
};

/* argv[0] is passed over. Strings stay those of argv. With --help or --version
 * a missing verb or operand is no error: look at them first. AS_ERR_USAGE names
 * what is wrong and, in the hint, what it may have been meant to be. On failure
 * *ret is untouched. */
as_rc as_cmd_parse(const as_cmd_program *program, int argc, char *const *argv,
                   as_arena *a, as_cmd_values *ret, as_err *err) AS_MUST_USE;

/* By the option's name. A name that neither the verb nor the program describes
 * is a broken program and asserts. */
bool as_cmd_has(const as_cmd_values *v, const char *name);
size_t as_cmd_count(const as_cmd_values *v, const char *name);
/* The last one given, absent or NULL without one. Of a file or folder take the
 * path: it need not be UTF-8. */
as_str as_cmd_get_str(const as_cmd_values *v, const char *name);
const char *as_cmd_get_path(const as_cmd_values *v, const char *name);
/* False without one, *ret untouched. */
AS_MUST_USE bool as_cmd_get_date(const as_cmd_values *v, const char *name,
                                 as_date *ret);
AS_MUST_USE bool as_cmd_get_number(const as_cmd_values *v, const char *name,
                                   uint64_t *ret);
/* The i-th of those given, from 0; absent (NULL) behind the last. */
as_str as_cmd_list(const as_cmd_values *v, const char *name, size_t i);
const char *as_cmd_list_path(const as_cmd_values *v, const char *name,
                             size_t i);

/* What a mistyped word may have been: the nearest by insertions, deletions,
 * replacements and swaps (optimal string alignment), absent when none is near.
 * Words of more than 64 bytes are near nothing. */
as_str as_cmd_nearest(as_str word, const as_str *candidates, size_t n);

/* ---- writing what the tables say --------------------------------------- */

/* Help of a verb, or of the program when verb is NULL, laid out for width
 * columns (40 to 100 are used). */
void as_cmd_help(const as_cmd_program *program, const as_cmd_verb *verb,
                 unsigned width, as_buf *out);
/* Help for what was parsed: the verb, the group of verbs or the program. */
void as_cmd_help_for(const as_cmd_values *v, unsigned width, as_buf *out);
/* The manual page of section 1, man(7). */
void as_cmd_man(const as_cmd_program *program, as_buf *out);

typedef enum as_cmd_shell {
    AS_CMD_BASH,
    AS_CMD_ZSH,
    AS_CMD_FISH,
} as_cmd_shell;

/* A script for the shell's completion; false for a shell's name not known. */
AS_MUST_USE bool as_cmd_shell_of(as_str name, as_cmd_shell *ret);
void as_cmd_completion(const as_cmd_program *program, as_cmd_shell shell,
                       as_buf *out);

#endif
