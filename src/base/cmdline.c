/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the arguments by the tables; see cmdline.h. */
#include "base/cmdline_internal.h"

#include <assert.h>
#include <string.h>

as_str as_cmd_first(const as_cmd_verb *verb)
{
    as_str rest = as_str_c(verb->name);

    return as_str_cut(&rest, ' ');
}

as_str as_cmd_second(const as_cmd_verb *verb)
{
    as_str rest = as_str_c(verb->name);

    as_str_cut(&rest, ' ');
    return rest;
}

bool as_cmd_leads(const as_cmd_program *program, const as_cmd_verb *verb)
{
    for (const as_cmd_verb *v = program->verbs; v != verb; v++)
        if (as_str_eq(as_cmd_first(v), as_cmd_first(verb)))
            return false;
    return true;
}

bool as_cmd_is_group(const as_cmd_program *program, as_str first)
{
    for (const as_cmd_verb *v = program->verbs; v && v->name; v++)
        if (as_str_eq(as_cmd_first(v), first) &&
            !as_str_is_absent(as_cmd_second(v)))
            return true;
    return false;
}

bool as_cmd_paragraph(as_str *text, as_str *ret, bool *ret_verbatim)
{
    size_t n;

    while (text->n && text->p[0] == '\n')
        *text = as_str_slice(*text, 1, text->n);
    if (text->n == 0)
        return false;
    n = as_str_search(*text, AS_STR("\n\n"));
    *ret = as_str_slice(*text, 0, n);
    *text = as_str_slice(*text, n, text->n);
    while (ret->n && ret->p[ret->n - 1] == '\n')
        ret->n--;
    *ret_verbatim = ret->n && ret->p[0] == ' ';
    return true;
}

/* ---- what was meant --------------------------------------------------------
 */

enum { NEAR_BYTES = 64, CANDIDATES = 256 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Both at most NEAR_BYTES. Three rows: the swap looks two back. */
static size_t distance(as_str a, as_str b)
{
    size_t rows[3][NEAR_BYTES + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t k = 0; k <= b.n; k++)
        last[k] = k;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *spare = before;
        row[0] = i;
        for (size_t k = 1; k <= b.n; k++) {
            row[k] = least(least(last[k], row[k - 1]) + 1,
                           last[k - 1] + (a.p[i - 1] != b.p[k - 1]));
            if (i > 1 && k > 1 && a.p[i - 1] == b.p[k - 2] &&
                a.p[i - 2] == b.p[k - 1])
                row[k] = least(row[k], before[k - 2] + 1);
        }
        before = last;
        last = row;
        row = spare;
    }
    return last[b.n];
}

as_str as_cmd_nearest(as_str word, const as_str *candidates, size_t n)
{
    size_t near = word.n < 3 ? 1 : word.n < 7 ? 2 : 3;
    as_str best = AS_ABSENT;

    if (word.n > NEAR_BYTES)
        return best;
    for (size_t i = 0; i < n; i++) {
        size_t d;
        if (candidates[i].n > NEAR_BYTES)
            continue;
        d = distance(word, candidates[i]);
        /* All of it replaced is not near. */
        if (d > near || d >= candidates[i].n)
            continue;
        if (d < near || as_str_is_absent(best))
            best = candidates[i];
        near = d;
    }
    return best;
}

struct words {
    as_str list[CANDIDATES];
    size_t n;
};

static void add_word(struct words *w, as_str s)
{
    if (w->n < CANDIDATES && !as_str_is_absent(s))
        w->list[w->n++] = s;
}

static void add_options(struct words *w, const as_cmd_option *options)
{
    for (const as_cmd_option *o = options; o && o->name; o++)
        add_word(w, as_str_c(o->name));
}

/* ---- the walk ---------------------------------------------------------------
 */

struct walk {
    const as_cmd_program *program;
    int argc, at;
    char *const *argv;
    as_cmd_values v;
    bool ended;  /* "--" was there */
    bool helped; /* "help" stood where a verb does */
    as_err *err;
};

/* Parts of a command line, for messages; cut where absurd. */
#define SHOWN(s) AS_FMT(as_str_slice((s), 0, 80))

static as_rc refuse_memory(struct walk *w)
{
    return as_fail(w->err, AS_ERR_MEMORY, "no memory for the command line");
}

static void hint_help(struct walk *w)
{
    as_err_hint(w->err, "%s %s%s--help tells more", w->program->name,
                w->v.verb ? w->v.verb->name : "", w->v.verb ? " " : "");
}

static void hint_words(struct walk *w, const struct words *words)
{
    as_buf all;

    as_buf_init(&all, CANDIDATES * NEAR_BYTES);
    for (size_t i = 0; i < words->n; i++)
        as_buf_printf(&all, "%s%.*s", i ? ", " : "", AS_FMT(words->list[i]));
    as_err_hint(w->err, "one of %.*s", AS_FMT(as_buf_text(&all)));
    as_buf_done(&all);
}

static bool is_usable_text(const char *text)
{
    as_span s = as_str_span(as_str_c(text));

    return as_span_utf8_bad(s) == s.n;
}

static const as_cmd_option *find_named(const as_cmd_option *options,
                                       as_str name)
{
    for (const as_cmd_option *o = options; o && o->name; o++)
        if (as_str_eq(as_str_c(o->name), name))
            return o;
    return NULL;
}

static const as_cmd_option *find_option(const as_cmd_values *v, as_str name)
{
    const as_cmd_option *o =
        v->verb ? find_named(v->verb->options, name) : NULL;

    return o ? o : find_named(v->program->options, name);
}

static const as_cmd_option *find_letter(const as_cmd_values *v, char letter)
{
    for (const as_cmd_option *o = (v->verb ? v->verb->options : NULL);
         o && o->name; o++)
        if (o->letter == letter)
            return o;
    for (const as_cmd_option *o = v->program->options; o && o->name; o++)
        if (o->letter == letter)
            return o;
    return NULL;
}

static as_rc refuse_option(struct walk *w, as_str name)
{
    struct words words = {.n = 0};
    as_str near;

    if (w->v.verb)
        as_fail(w->err, AS_ERR_USAGE, "%s has no option \"--%.*s\"",
                w->v.verb->name, SHOWN(name));
    else
        as_fail(w->err, AS_ERR_USAGE,
                "there is no option \"--%.*s\" before the verb", SHOWN(name));
    if (w->v.verb)
        add_options(&words, w->v.verb->options);
    add_options(&words, w->program->options);
    near = as_cmd_nearest(name, words.list, words.n);
    if (as_str_is_absent(near))
        hint_help(w);
    else
        as_err_hint(w->err, "did you mean --%.*s?", AS_FMT(near));
    return AS_ERR_USAGE;
}

static as_rc check_choice(struct walk *w, const as_cmd_option *o,
                          const char *text)
{
    struct words words = {.n = 0};
    as_str near, value = as_str_c(text);

    for (const char *const *c = o->choices; *c; c++) {
        if (as_str_eq(as_str_c(*c), value))
            return AS_OK;
        add_word(&words, as_str_c(*c));
    }
    as_fail(w->err, AS_ERR_USAGE, "--%s cannot be \"%.*s\"", o->name,
            SHOWN(value));
    near = as_cmd_nearest(value, words.list, words.n);
    if (as_str_is_absent(near))
        hint_words(w, &words);
    else
        as_err_hint(w->err, "did you mean %.*s?", AS_FMT(near));
    return AS_ERR_USAGE;
}

static as_rc check_value(struct walk *w, const as_cmd_option *o,
                         const char *text)
{
    as_str value = as_str_c(text);
    as_date date;
    uint64_t number;

    if (o->hint == AS_CMD_ANY && !is_usable_text(text))
        return as_fail(w->err, AS_ERR_USAGE,
                       "the value of --%s is not valid UTF-8", o->name);
    if (o->kind == AS_CMD_CHOICE)
        return check_choice(w, o, text);
    if (o->kind == AS_CMD_DATE && !as_date_read(value, &date)) {
        as_fail(w->err, AS_ERR_USAGE, "--%s: \"%.*s\" is no date", o->name,
                SHOWN(value));
        as_err_hint(w->err, "write it as 2026-01-31");
        return AS_ERR_USAGE;
    }
    if (o->kind == AS_CMD_NUMBER && !as_str_u64(value, &number))
        return as_fail(w->err, AS_ERR_USAGE, "--%s: \"%.*s\" is no number",
                       o->name, SHOWN(value));
    return AS_OK;
}

/* attached: the value that came with the option, or NULL. */
static as_rc take_option(struct walk *w, const as_cmd_option *o,
                         const char *attached)
{
    const char *text = attached;
    as_rc rc = AS_OK;

    if (o->kind == AS_CMD_FLAG && attached)
        return as_fail(w->err, AS_ERR_USAGE, "--%s takes no value", o->name);
    if (o->kind != AS_CMD_FLAG && !text) {
        if (w->at + 1 >= w->argc) {
            as_fail(w->err, AS_ERR_USAGE, "--%s needs a value: %s", o->name,
                    o->argument);
            hint_help(w);
            return AS_ERR_USAGE;
        }
        text = w->argv[++w->at];
    }
    if (text)
        rc = check_value(w, o, text);
    if (rc == AS_OK)
        w->v.given[w->v.n_given++] = (as_cmd_value){o, text};
    return rc;
}

/* "name" or "name=value", the dashes gone. */
static as_rc take_long(struct walk *w, const char *arg)
{
    const char *equals = strchr(arg, '=');
    as_str name = as_str_of(arg, equals ? (size_t)(equals - arg) : strlen(arg));
    const as_cmd_option *o = find_option(&w->v, name);

    if (!o)
        return refuse_option(w, name);
    return take_option(w, o, equals ? equals + 1 : NULL);
}

/* "abc": flags up to one that takes the rest, or the next argument. */
static as_rc take_letters(struct walk *w, const char *arg)
{
    for (; *arg; arg++) {
        const as_cmd_option *o = find_letter(&w->v, *arg);
        as_rc rc;
        if (!o) {
            as_fail(w->err, AS_ERR_USAGE, "%s%sthere is no option \"-%c\"",
                    w->v.verb ? w->v.verb->name : "", w->v.verb ? ": " : "",
                    (*arg > ' ' && *arg < 0x7F) ? *arg : '?');
            hint_help(w);
            return AS_ERR_USAGE;
        }
        if (o->kind != AS_CMD_FLAG)
            return take_option(w, o, arg[1] ? arg + 1 : NULL);
        rc = take_option(w, o, NULL);
        if (rc)
            return rc;
    }
    return AS_OK;
}

/* ---- verbs ------------------------------------------------------------- */

static as_rc refuse_verb(struct walk *w, as_str word)
{
    struct words words = {.n = 0};
    as_str near;

    for (const as_cmd_verb *v = w->program->verbs; v && v->name; v++)
        if (as_cmd_leads(w->program, v))
            add_word(&words, as_cmd_first(v));
    as_fail(w->err, AS_ERR_USAGE, "there is no verb \"%.*s\"", SHOWN(word));
    near = as_cmd_nearest(word, words.list, words.n);
    if (as_str_is_absent(near))
        as_err_hint(w->err, "%s --help lists them", w->program->name);
    else
        as_err_hint(w->err, "did you mean %.*s?", AS_FMT(near));
    return AS_ERR_USAGE;
}

static void collect_group(struct walk *w, struct words *words)
{
    for (const as_cmd_verb *v = w->program->verbs; v && v->name; v++)
        if (as_str_eq(as_cmd_first(v), w->v.group))
            add_word(words, as_cmd_second(v));
}

/* word: what stands where the second word of a verb should; or absent. */
static as_rc refuse_second(struct walk *w, as_str word)
{
    struct words words = {.n = 0};
    as_str near = AS_ABSENT;

    collect_group(w, &words);
    if (as_str_is_absent(word)) {
        as_fail(w->err, AS_ERR_USAGE, "%.*s what?", SHOWN(w->v.group));
    } else {
        as_fail(w->err, AS_ERR_USAGE, "there is no verb \"%.*s %.*s\"",
                SHOWN(w->v.group), SHOWN(word));
        near = as_cmd_nearest(word, words.list, words.n);
    }
    if (!as_str_is_absent(near)) {
        as_err_hint(w->err, "did you mean %.*s %.*s?", AS_FMT(w->v.group),
                    AS_FMT(near));
        return AS_ERR_USAGE;
    }
    hint_words(w, &words);
    return AS_ERR_USAGE;
}

static const as_cmd_verb *find_verb(const as_cmd_program *program, as_str first,
                                    as_str second)
{
    for (const as_cmd_verb *v = program->verbs; v && v->name; v++)
        if (as_str_eq(as_cmd_first(v), first) &&
            as_str_eq(as_cmd_second(v), second) &&
            as_str_is_absent(as_cmd_second(v)) == as_str_is_absent(second))
            return v;
    return NULL;
}

/* "assay help" and "assay help VERB" are "assay --help", "assay VERB --help":
 * true when the word was taken. */
static bool take_help(struct walk *w, as_str word)
{
    if (w->helped || !as_str_eq(word, AS_STR("help")) ||
        find_verb(w->program, word, AS_ABSENT) ||
        as_cmd_is_group(w->program, word))
        return false;
    w->helped = true;
    return take_long(w, "help") == AS_OK;
}

/* At the first word. Takes the second, too, when there is such a verb. */
static as_rc take_verb(struct walk *w)
{
    as_str first = as_str_c(w->argv[w->at]), second = AS_ABSENT;
    const as_cmd_verb *longer = NULL;

    if (take_help(w, first))
        return AS_OK;

    if (w->at + 1 < w->argc && w->argv[w->at + 1][0] != '-')
        second = as_str_c(w->argv[w->at + 1]);
    if (!as_str_is_absent(second))
        longer = find_verb(w->program, first, second);
    w->v.verb = longer ? longer : find_verb(w->program, first, AS_ABSENT);
    if (longer)
        w->at++;
    if (w->v.verb)
        return AS_OK;
    if (!as_cmd_is_group(w->program, first))
        return refuse_verb(w, first);
    w->v.group = first;
    return as_str_is_absent(second) ? AS_OK : refuse_second(w, second);
}

static as_rc take_operand(struct walk *w)
{
    const char *arg = w->argv[w->at];

    if (!w->v.verb && as_str_is_absent(w->v.group))
        return take_verb(w);
    if (!w->v.verb) {
        w->v.verb = find_verb(w->program, w->v.group, as_str_c(arg));
        return w->v.verb ? AS_OK : refuse_second(w, as_str_c(arg));
    }
    if (w->v.verb->hint == AS_CMD_ANY && !is_usable_text(arg))
        return as_fail(w->err, AS_ERR_USAGE, "an operand is not valid UTF-8");
    w->v.operands[w->v.n_operands++] = arg;
    return AS_OK;
}

static as_rc take_argument(struct walk *w)
{
    const char *arg = w->argv[w->at];

    if (w->ended || arg[0] != '-' || arg[1] == 0)
        return take_operand(w);
    if (strcmp(arg, "--") == 0) {
        w->ended = true;
        return AS_OK;
    }
    return arg[1] == '-' ? take_long(w, arg + 2) : take_letters(w, arg + 1);
}

/* ---- the whole --------------------------------------------------------- */

static bool is_given(const as_cmd_values *v, as_str name)
{
    for (size_t i = 0; i < v->n_given; i++)
        if (as_str_eq(as_str_c(v->given[i].option->name), name))
            return true;
    return false;
}

static as_rc check_operands(struct walk *w)
{
    const as_cmd_verb *verb = w->v.verb;
    size_t n = w->v.n_operands;

    if (n < (size_t)verb->min) {
        as_fail(w->err, AS_ERR_USAGE, "%s needs %s", verb->name,
                verb->operands);
        hint_help(w);
        return AS_ERR_USAGE;
    }
    if (verb->max != AS_CMD_MANY && n > (size_t)verb->max) {
        as_fail(w->err, AS_ERR_USAGE, "%s: \"%.*s\" is one operand too many",
                verb->name, SHOWN(as_str_c(w->v.operands[verb->max])));
        hint_help(w);
        return AS_ERR_USAGE;
    }
    return AS_OK;
}

static as_rc check_whole(struct walk *w)
{
    if (is_given(&w->v, AS_STR("help")) || is_given(&w->v, AS_STR("version")))
        return AS_OK;
    if (w->v.verb)
        return check_operands(w);
    if (!as_str_is_absent(w->v.group))
        return refuse_second(w, AS_ABSENT);
    as_fail(w->err, AS_ERR_USAGE, "a verb is missing");
    as_err_hint(w->err, "%s --help lists them", w->program->name);
    return AS_ERR_USAGE;
}

as_rc as_cmd_parse(const as_cmd_program *program, int argc, char *const *argv,
                   as_arena *a, as_cmd_values *ret, as_err *err)
{
    struct walk w = {.program = program,
                     .argc = argc,
                     .argv = argv,
                     .err = err,
                     .v = {.program = program}};
    size_t n = argc > 0 ? (size_t)argc : 0, letters = 0;
    as_rc rc = AS_OK;

    /* Each letter of "-abc" may be an option. */
    for (size_t i = 0; i < n; i++)
        letters += argv[i][0] == '-' && argv[i][1] != '-' ? strlen(argv[i]) : 1;
    w.v.given = AS_NEW_ARRAY(a, letters, as_cmd_value);
    w.v.operands = AS_NEW_ARRAY(a, n + 1, const char *);
    if (!w.v.given || !w.v.operands)
        return refuse_memory(&w);
    for (w.at = 1; w.at < argc && rc == AS_OK; w.at++)
        rc = take_argument(&w);
    if (rc == AS_OK)
        rc = check_whole(&w);
    if (rc == AS_OK)
        *ret = w.v;
    return rc;
}

/* ---- values ------------------------------------------------------------ */

size_t as_cmd_count(const as_cmd_values *v, const char *name)
{
    size_t n = 0;

    assert(find_option(v, as_str_c(name)));
    for (size_t i = 0; i < v->n_given; i++)
        n += strcmp(v->given[i].option->name, name) == 0;
    return n;
}

bool as_cmd_has(const as_cmd_values *v, const char *name)
{
    return as_cmd_count(v, name) > 0;
}

const char *as_cmd_list_path(const as_cmd_values *v, const char *name, size_t i)
{
    assert(find_option(v, as_str_c(name)));
    for (size_t k = 0; k < v->n_given; k++)
        if (strcmp(v->given[k].option->name, name) == 0 && i-- == 0)
            return v->given[k].text;
    return NULL;
}

as_str as_cmd_list(const as_cmd_values *v, const char *name, size_t i)
{
    return as_str_c(as_cmd_list_path(v, name, i));
}

const char *as_cmd_get_path(const as_cmd_values *v, const char *name)
{
    size_t n = as_cmd_count(v, name);

    return n ? as_cmd_list_path(v, name, n - 1) : NULL;
}

as_str as_cmd_get_str(const as_cmd_values *v, const char *name)
{
    return as_str_c(as_cmd_get_path(v, name));
}

bool as_cmd_get_date(const as_cmd_values *v, const char *name, as_date *ret)
{
    return as_date_read(as_cmd_get_str(v, name), ret);
}

bool as_cmd_get_number(const as_cmd_values *v, const char *name, uint64_t *ret)
{
    return as_str_u64(as_cmd_get_str(v, name), ret);
}
