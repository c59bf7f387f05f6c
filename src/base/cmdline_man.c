/* SPDX-License-Identifier: Apache-2.0 */
/* The manual page from the tables: man(7), the macros that every formatter of
 * manual pages knows. Plain text is escaped so that it stays plain: a leading
 * dot or quote would be a request, a backslash an escape, a bare hyphen a
 * hyphen that cannot be copied into a shell. */
#include "base/cmdline_internal.h"

#include <string.h>

enum { SOURCE_WIDTH = 72 }; /* of filled lines, before escapes */

static void put_plain(as_buf *out, as_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool line_start = out->n == 0 || out->p[out->n - 1] == '\n';
        if (line_start && (c == '.' || c == '\''))
            as_buf_c(out, "\\&");
        if (c == '\\')
            as_buf_c(out, "\\e");
        else if (c == '-')
            as_buf_c(out, "\\-");
        else
            as_buf_byte(out, c);
    }
}

static void put_c(as_buf *out, const char *s)
{
    put_plain(out, as_str_c(s));
}

/* Text in a font: B bold, I italic. */
static void put_font(as_buf *out, char font, const char *s)
{
    as_buf_printf(out, "\\f%c", font);
    put_c(out, s);
    as_buf_c(out, "\\fR");
}

/* The argument of a macro; quotes inside are doubled by roff's rule. */
static void put_macro(as_buf *out, const char *macro, const char *argument)
{
    as_buf_printf(out, ".%s \"", macro);
    for (const char *c = argument; *c; c++) {
        if (*c == '"')
            as_buf_byte(out, '"');
        put_plain(out, as_str_of(c, 1));
    }
    as_buf_c(out, "\"\n");
}

/* Words filled into lines of the source; a sentence's end ends its line, which
 * is how formatters know it. */
static void put_paragraph(as_buf *out, as_str text)
{
    size_t line = out->n;

    while (text.n) {
        size_t n = 0;
        as_str word;
        while (n < text.n && !as_ascii_is_space(text.p[n]))
            n++;
        word = as_str_slice(text, 0, n);
        text = as_str_slice(text, n < text.n ? n + 1 : n, text.n);
        if (n == 0)
            continue;
        if (out->n > line) {
            bool full = out->n - line + 1 + n > SOURCE_WIDTH;
            as_buf_byte(out, full ? '\n' : ' ');
            line = full ? out->n : line;
        }
        put_plain(out, word);
        if (word.p[n - 1] == '.' && text.n) {
            as_buf_byte(out, '\n');
            line = out->n;
        }
    }
    if (out->n > line)
        as_buf_byte(out, '\n');
}

/* between: the macro before each paragraph but, when it is false, the first. */
static void put_text(as_buf *out, const char *text, const char *between,
                     bool before_first)
{
    as_str rest = as_str_c(text), paragraph;
    bool verbatim, first = true;

    while (as_cmd_paragraph(&rest, &paragraph, &verbatim)) {
        if (!first || before_first)
            as_buf_printf(out, ".%s\n", between);
        first = false;
        if (!verbatim) {
            put_paragraph(out, paragraph);
            continue;
        }
        as_buf_c(out, ".nf\n");
        put_plain(out, paragraph);
        as_buf_c(out, "\n.fi\n");
    }
}

/* A line of the tables as a sentence: large at its start, a full stop. */
static void put_sentence(as_buf *out, const char *line)
{
    as_buf text;

    as_buf_init(&text, 4096);
    as_buf_c(&text, line);
    as_buf_byte(&text, '.');
    if (!as_buf_failed(&text)) {
        text.p[0] = as_ascii_upper(text.p[0]);
        put_paragraph(out, as_buf_text(&text));
    }
    as_buf_done(&text);
}

/* ---- options, notes ---------------------------------------------------- */

static void put_option(as_buf *out, const as_cmd_option *o)
{
    char letter[2] = {o->letter, 0};

    as_buf_c(out, ".TP\n");
    if (o->letter) {
        as_buf_c(out, "\\fB\\-");
        put_c(out, letter);
        as_buf_c(out, "\\fR, ");
    }
    as_buf_c(out, "\\fB\\-\\-");
    put_c(out, o->name);
    as_buf_c(out, "\\fR");
    if (o->argument) {
        as_buf_byte(out, '=');
        put_font(out, 'I', o->argument);
    }
    as_buf_byte(out, '\n');
    put_sentence(out, o->help);
    if (o->choices) {
        as_buf_c(out, "One of");
        for (size_t i = 0; o->choices[i]; i++) {
            as_buf_c(out, i ? ", " : " ");
            put_font(out, 'B', o->choices[i]);
        }
        as_buf_c(out, ".\n");
    }
    if (o->kind == AS_CMD_LIST)
        as_buf_c(out, "May be given again.\n");
    if (o->text)
        put_text(out, o->text, "IP", false);
}

static void put_options(as_buf *out, const as_cmd_option *options)
{
    for (const as_cmd_option *o = options; o && o->name; o++)
        put_option(out, o);
}

/* A section of terms and what they mean, when there are any. */
static void put_notes(as_buf *out, const char *macro, const char *title,
                      const as_cmd_note *notes)
{
    if (!notes || !notes->term)
        return;
    if (macro)
        put_macro(out, macro, title);
    for (const as_cmd_note *n = notes; n->term; n++) {
        as_buf_c(out, ".TP\n");
        put_font(out, 'B', n->term);
        as_buf_byte(out, '\n');
        put_sentence(out, n->text);
    }
}

/* ---- the page ---------------------------------------------------------- */

static void put_synopsis(as_buf *out, const as_cmd_program *program,
                         const as_cmd_verb *verb)
{
    put_font(out, 'B', program->name);
    as_buf_byte(out, ' ');
    put_font(out, 'B', verb->name);
    as_buf_c(out, " [\\fIOPTION\\fR]...");
    if (verb->operands) {
        as_buf_byte(out, ' ');
        put_font(out, 'I', verb->operands);
    }
    as_buf_byte(out, '\n');
}

static void put_verb(as_buf *out, const as_cmd_program *program,
                     const as_cmd_verb *verb)
{
    put_macro(out, "SS", verb->name);
    put_synopsis(out, program, verb);
    as_buf_c(out, ".PP\n");
    put_sentence(out, verb->summary);
    if (verb->text)
        put_text(out, verb->text, "PP", true);
    put_options(out, verb->options);
    if (verb->exits && verb->exits->term) {
        as_buf_c(out, ".PP\nExit status:\n");
        put_notes(out, NULL, NULL, verb->exits);
    }
    if (verb->examples && verb->examples->term) {
        as_buf_c(out, ".PP\nExamples:\n");
        put_notes(out, NULL, NULL, verb->examples);
    }
}

static void put_head(as_buf *out, const as_cmd_program *program)
{
    as_buf_c(out, ".\\\" SPDX-License-Identifier: Apache-2.0\n.TH ");
    for (const char *c = program->name; *c; c++)
        as_buf_byte(out, as_ascii_upper(*c));
    as_buf_printf(out, " 1 \"%s\" \"%s %s\"\n", program->date, program->name,
                  program->version);
    as_buf_c(out, ".SH NAME\n");
    put_c(out, program->name);
    as_buf_c(out, " \\- ");
    put_c(out, program->summary);
    as_buf_c(out, "\n.SH SYNOPSIS\n");
    for (const as_cmd_verb *v = program->verbs; v->name; v++) {
        if (v != program->verbs)
            as_buf_c(out, ".br\n");
        put_synopsis(out, program, v);
    }
}

void as_cmd_man(const as_cmd_program *program, as_buf *out)
{
    put_head(out, program);
    if (program->text) {
        as_buf_c(out, ".SH DESCRIPTION\n");
        put_text(out, program->text, "PP", false);
    }
    as_buf_c(out, ".SH OPTIONS\nThese work with every verb.\n");
    put_options(out, program->options);
    as_buf_c(out, ".SH VERBS\n");
    for (const as_cmd_verb *v = program->verbs; v->name; v++)
        put_verb(out, program, v);
    put_notes(out, "SH", "EXIT STATUS", program->exits);
    put_notes(out, "SH", "ENVIRONMENT", program->environment);
    put_notes(out, "SH", "FILES", program->files);
    if (program->see_also) {
        as_buf_c(out, ".SH SEE ALSO\n");
        put_text(out, program->see_also, "PP", false);
    }
}
