/* SPDX-License-Identifier: Apache-2.0 */
/* --help from the tables, laid out for a width; and whether the tables hold
 * together. */
#include "base/cmdline_internal.h"

#include <string.h>

enum {
    WIDTH_LEAST = 40,
    WIDTH_MOST = 100,
    INDENT = 2,
    COLUMN_MOST = 30, /* where the right column begins at the latest */
    HELP_WIDTH = 80,  /* that every help must fit */
};

/* ---- text in columns --------------------------------------------------- */

/* at: characters on the line so far; indent: of the lines that follow. */
struct layout {
    as_buf *out;
    size_t width, at, indent;
};

static size_t columns(as_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += ((uint8_t)s.p[i] & 0xC0) != 0x80;
    return n;
}

static void put(struct layout *l, as_str s)
{
    as_buf_str(l->out, s);
    l->at += columns(s);
}

static void new_line(struct layout *l)
{
    as_buf_byte(l->out, '\n');
    l->at = 0;
}

static void pad_to(struct layout *l, size_t column)
{
    while (l->at < column)
        put(l, AS_STR(" "));
}

/* Words from where the line is; too long a word stands alone. */
static void put_words(struct layout *l, as_str text)
{
    bool first = true;

    while (text.n) {
        size_t n = 0;
        as_str word;
        while (text.n && as_ascii_is_space(text.p[0]))
            text = as_str_slice(text, 1, text.n);
        while (n < text.n && !as_ascii_is_space(text.p[n]))
            n++;
        word = as_str_slice(text, 0, n);
        text = as_str_slice(text, n, text.n);
        if (n == 0)
            break;
        if (!first && l->at + 1 + columns(word) > l->width)
            new_line(l);
        else if (!first)
            put(l, AS_STR(" "));
        pad_to(l, l->indent);
        put(l, word);
        first = false;
    }
}

/* Paragraphs, each behind an empty line. */
static void put_text(struct layout *l, const char *text)
{
    as_str rest = as_str_c(text), paragraph;
    bool verbatim;

    while (as_cmd_paragraph(&rest, &paragraph, &verbatim)) {
        new_line(l);
        if (verbatim)
            put(l, paragraph);
        else
            put_words(l, paragraph);
        new_line(l);
    }
}

static void put_title(struct layout *l, const char *title)
{
    as_buf_printf(l->out, "\n%s:\n", title);
}

/* Two columns: the right one begins at .indent. */
static void put_row(struct layout *l, as_str left, const char *right)
{
    pad_to(l, INDENT);
    put(l, left);
    if (l->at + 2 > l->indent)
        new_line(l);
    put_words(l, as_str_c(right));
    new_line(l);
}

/* Where the right column stands for a left one that is that wide. */
static void set_column(struct layout *l, size_t widest)
{
    size_t most = l->width / 2 < COLUMN_MOST ? l->width / 2 : COLUMN_MOST;

    l->indent = INDENT + widest + 2;
    if (l->indent > most)
        l->indent = most;
}

static void put_notes(struct layout *l, const char *title,
                      const as_cmd_note *notes)
{
    size_t widest = 0;

    if (!notes || !notes->term)
        return;
    put_title(l, title);
    for (const as_cmd_note *n = notes; n->term; n++)
        if (strlen(n->term) > widest)
            widest = strlen(n->term);
    set_column(l, widest);
    for (const as_cmd_note *n = notes; n->term; n++)
        put_row(l, as_str_c(n->term), n->text);
    l->indent = 0;
}

/* ---- options ----------------------------------------------------------- */

static void put_label(as_buf *label, const as_cmd_option *o)
{
    as_buf_clear(label);
    if (o->letter)
        as_buf_printf(label, "-%c, --%s", o->letter, o->name);
    else
        as_buf_printf(label, "    --%s", o->name);
    if (o->argument)
        as_buf_printf(label, " %s", o->argument);
}

static void put_option(struct layout *l, as_buf *label, const as_cmd_option *o)
{
    as_buf text;

    as_buf_init(&text, 4096);
    as_buf_c(&text, o->help);
    for (size_t i = 0; o->choices && o->choices[i]; i++)
        as_buf_printf(&text, "%s %s", i ? "," : ":", o->choices[i]);
    if (o->kind == AS_CMD_LIST)
        as_buf_c(&text, " (may be given again)");
    as_buf_byte(&text, 0);
    put_label(label, o);
    put_row(l, as_buf_text(label), as_buf_failed(&text) ? o->help : text.p);
    as_buf_done(&text);
}

static void put_options(struct layout *l, const char *title,
                        const as_cmd_option *options)
{
    size_t widest = 0;
    as_buf label;

    if (!options || !options->name)
        return;
    as_buf_init(&label, 4096);
    put_title(l, title);
    for (const as_cmd_option *o = options; o->name; o++) {
        put_label(&label, o);
        if (label.n > widest)
            widest = label.n;
    }
    set_column(l, widest);
    for (const as_cmd_option *o = options; o->name; o++)
        put_option(l, &label, o);
    l->indent = 0;
    as_buf_done(&label);
}

static void put_examples(struct layout *l, const as_cmd_note *examples)
{
    if (!examples || !examples->term)
        return;
    put_title(l, "examples");
    for (const as_cmd_note *n = examples; n->term; n++) {
        pad_to(l, INDENT);
        put(l, as_str_c(n->term));
        new_line(l);
        l->indent = 3 * INDENT;
        put_words(l, as_str_c(n->text));
        new_line(l);
    }
    l->indent = 0;
}

/* ---- the pages --------------------------------------------------------- */

static void put_usage(struct layout *l, const as_cmd_program *program,
                      const char *verb, const char *operands)
{
    as_buf_printf(l->out, "usage: %s %s [OPTION]...", program->name, verb);
    l->at = 0;
    if (operands)
        as_buf_printf(l->out, " %s", operands);
    new_line(l);
}

static void put_summary(struct layout *l, const char *summary)
{
    new_line(l);
    if (summary[0])
        put(l, as_str_of((char[]){as_ascii_upper(summary[0])}, 1));
    put_words(l, as_str_c(summary[0] ? summary + 1 : summary));
    put(l, AS_STR("."));
    new_line(l);
}

static void put_verb(struct layout *l, const as_cmd_program *program,
                     const as_cmd_verb *verb)
{
    put_usage(l, program, verb->name, verb->operands);
    put_summary(l, verb->summary);
    if (verb->text)
        put_text(l, verb->text);
    put_options(l, "options", verb->options);
    put_options(l, "common options", program->options);
    put_notes(l, "exit status", verb->exits);
    put_examples(l, verb->examples);
}

/* group absent: all. */
static void put_verbs(struct layout *l, const as_cmd_program *program,
                      as_str group)
{
    size_t widest = 0;

    put_title(l, "verbs");
    for (int pass = 0; pass < 2; pass++) {
        for (const as_cmd_verb *v = program->verbs; v->name; v++) {
            if (!as_str_is_absent(group) && !as_str_eq(as_cmd_first(v), group))
                continue;
            if (pass == 1)
                put_row(l, as_str_c(v->name), v->summary);
            else if (strlen(v->name) > widest)
                widest = strlen(v->name);
        }
        if (pass == 0)
            set_column(l, widest);
    }
    l->indent = 0;
}

static struct layout layout_of(unsigned width, as_buf *out)
{
    return (struct layout){
        .out = out,
        .width = width < WIDTH_LEAST  ? WIDTH_LEAST
                 : width > WIDTH_MOST ? WIDTH_MOST
                                      : width,
    };
}

void as_cmd_help(const as_cmd_program *program, const as_cmd_verb *verb,
                 unsigned width, as_buf *out)
{
    struct layout l = layout_of(width, out);

    if (verb) {
        put_verb(&l, program, verb);
        return;
    }
    put_usage(&l, program, "VERB", "[OPERAND]...");
    put_summary(&l, program->summary);
    put_verbs(&l, program, AS_ABSENT);
    put_options(&l, "common options", program->options);
    put_notes(&l, "exit status", program->exits);
    as_buf_printf(out, "\n%s VERB --help tells more of a verb.\n",
                  program->name);
}

void as_cmd_help_for(const as_cmd_values *v, unsigned width, as_buf *out)
{
    struct layout l = layout_of(width, out);

    if (v->verb || as_str_is_absent(v->group)) {
        as_cmd_help(v->program, v->verb, width, out);
        return;
    }
    as_buf_printf(out, "usage: %s %.*s VERB [OPTION]... [OPERAND]...\n",
                  v->program->name, AS_FMT(v->group));
    put_verbs(&l, v->program, v->group);
    as_buf_printf(out, "\n%s %.*s VERB --help tells more of a verb.\n",
                  v->program->name, AS_FMT(v->group));
}

/* ---- whether the tables hold together ---------------------------------- */

static bool is_name(const char *name, bool two)
{
    as_str s = as_str_c(name);

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool inside = i > 0 && i + 1 < s.n;
        if (as_ascii_is_lower(c) || as_ascii_is_digit(c) ||
            (c == '-' && inside))
            continue;
        if (!two || c != ' ' || !inside)
            return false;
        two = false;
    }
    return s.n > 0;
}

static bool is_line(const char *text)
{
    as_str s = as_str_c(text);

    return s.n && s.p[s.n - 1] != '.' && as_str_find(s, '\n') == s.n &&
           as_span_utf8_bad(as_str_span(s)) == s.n;
}

/* Words that need no quotes in any shell. */
static bool are_plain(const char *const *words)
{
    for (; words && *words; words++)
        for (const char *c = *words; *c; c++)
            if (!as_ascii_is_alnum(*c) && !strchr("._-", *c))
                return false;
    return true;
}

static const char *fault_of_option(const as_cmd_option *o)
{
    if (!is_name(o->name, false))
        return "its name is no name";
    if (o->letter && !as_ascii_is_alnum(o->letter))
        return "its letter is no letter";
    if ((o->kind == AS_CMD_FLAG) != (o->argument == NULL))
        return "flags have no argument, all others have";
    if ((o->kind == AS_CMD_CHOICE) != (o->choices && o->choices[0]))
        return "choices are what a choice has";
    if (!are_plain(o->choices))
        return "a choice would need quotes in a shell";
    if (!o->help || !is_line(o->help))
        return "its help is no single line, or ends in a full stop";
    return NULL;
}

/* Of an option among those that apply beside it: others begins behind it, or
 * is the common table. */
static bool is_taken(const as_cmd_option *o, const as_cmd_option *others)
{
    for (; others && others->name; others++)
        if (strcmp(o->name, others->name) == 0 ||
            (o->letter && o->letter == others->letter))
            return true;
    return false;
}

static as_rc check_options(const char *whose, const as_cmd_option *options,
                           const as_cmd_option *common, as_err *err)
{
    for (const as_cmd_option *o = options; o && o->name; o++) {
        const char *fault = fault_of_option(o);
        if (!fault && (is_taken(o, o + 1) || is_taken(o, common)))
            fault = "its name or letter is taken";
        if (fault)
            return as_fail(err, AS_ERR_INTERNAL, "%s --%s: %s", whose, o->name,
                           fault);
    }
    return AS_OK;
}

static const char *fault_of_verb(const as_cmd_program *program,
                                 const as_cmd_verb *verb)
{
    if (!is_name(verb->name, true))
        return "its name is no name";
    if (!verb->summary || !is_line(verb->summary))
        return "its summary is no single line, or ends in a full stop";
    if (verb->min < 0 || (verb->max != AS_CMD_MANY && verb->max < verb->min))
        return "it has fewer operands than it needs";
    if ((verb->max != 0) != (verb->operands != NULL))
        return "operands are named when there are any";
    if (!are_plain(verb->choices))
        return "a choice would need quotes in a shell";
    for (const as_cmd_verb *v = verb + 1; v->name; v++)
        if (strcmp(v->name, verb->name) == 0)
            return "its name is taken";
    if (!as_cmd_leads(program, verb) &&
        !as_str_eq(as_cmd_first(verb - 1), as_cmd_first(verb)))
        return "it stands apart from its group";
    return NULL;
}

static as_rc check_width(const as_cmd_program *program, const as_cmd_verb *verb,
                         as_err *err)
{
    as_rc rc = AS_OK;
    as_str rest, line;
    as_buf out;

    as_buf_init(&out, (size_t)1 << 20);
    as_cmd_help(program, verb, HELP_WIDTH, &out);
    rest = as_buf_text(&out);
    while (rc == AS_OK && rest.n) {
        line = as_str_cut(&rest, '\n');
        if (columns(line) > HELP_WIDTH)
            rc = as_fail(err, AS_ERR_INTERNAL,
                         "%s: a line of its help is too long: %.*s",
                         verb ? verb->name : program->name, AS_FMT(line));
    }
    as_buf_done(&out);
    return rc;
}

as_rc as_cmd_check(const as_cmd_program *program, as_err *err)
{
    as_rc rc = check_options(program->name, program->options, NULL, err);
    const char *fault;

    rc = rc ? rc : check_width(program, NULL, err);
    for (const as_cmd_verb *v = program->verbs; rc == AS_OK && v->name; v++) {
        fault = fault_of_verb(program, v);
        if (fault)
            return as_fail(err, AS_ERR_INTERNAL, "%s: %s", v->name, fault);
        rc = check_options(v->name, v->options, program->options, err);
        rc = rc ? rc : check_width(program, v, err);
    }
    return rc;
}
