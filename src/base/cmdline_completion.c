/* SPDX-License-Identifier: Apache-2.0 */
/* Completion scripts from the tables, for three shells. Names are of
 * [a-z0-9-] (as_cmd_check); all other text is quoted by the rule of its
 * shell. */
#include "base/cmdline_internal.h"

#include <string.h>

/* "_assay", as part of the names of functions. */
static void put_function(as_buf *out, const as_cmd_program *program)
{
    as_buf_byte(out, '_');
    for (const char *c = program->name; *c; c++)
        as_buf_byte(out, as_ascii_is_alnum(*c) ? *c : '_');
}

static void put_list(as_buf *out, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        as_buf_printf(out, "%s%s", i ? " " : "", words[i]);
}

/* Text within single quotes; quote is how the shell writes one there. Of the
 * characters in special each gets a backslash. */
static void put_quoted(as_buf *out, const char *text, const char *quote,
                       const char *special)
{
    for (const char *c = text; *c; c++) {
        if (*c == '\'') {
            as_buf_c(out, quote);
            continue;
        }
        if (strchr(special, *c))
            as_buf_byte(out, '\\');
        as_buf_byte(out, *c);
    }
}

/* First words of all verbs (group absent), or second ones of a group. */
static void put_verbs(as_buf *out, const as_cmd_program *program, as_str group)
{
    for (const as_cmd_verb *v = program->verbs; v->name; v++) {
        as_str word = as_cmd_first(v);
        if (as_str_is_absent(group) && !as_cmd_leads(program, v))
            continue;
        if (!as_str_is_absent(group)) {
            if (!as_str_eq(word, group))
                continue;
            word = as_cmd_second(v);
        }
        if (!as_str_is_absent(word))
            as_buf_printf(out, "%.*s ", AS_FMT(word));
    }
}

/* Whether the verb leads a group whose first word is no verb of its own. */
static bool leads_bare_group(const as_cmd_program *program,
                             const as_cmd_verb *verb)
{
    for (const as_cmd_verb *v = program->verbs; v->name; v++)
        if (as_str_is_absent(as_cmd_second(v)) &&
            as_str_eq(as_cmd_first(v), as_cmd_first(verb)))
            return false;
    return as_cmd_leads(program, verb);
}

/* "-o|--output", with what stands between. */
static void put_names(as_buf *out, const as_cmd_option *o, const char *between)
{
    if (o->letter)
        as_buf_printf(out, "-%c%s", o->letter, between);
    as_buf_printf(out, "--%s", o->name);
}

/* ---- bash -------------------------------------------------------------- */

static const char *bash_files(as_cmd_hint hint)
{
    return hint == AS_CMD_FILE ? "f" : hint == AS_CMD_FOLDER ? "d" : "";
}

static void bash_names(as_buf *out, const as_cmd_option *options)
{
    for (const as_cmd_option *o = options; o && o->name; o++)
        as_buf_printf(out, "--%s ", o->name);
}

/* What is offered behind an option that takes a value. */
static void bash_values(as_buf *out, const as_cmd_option *options,
                        const char *indent)
{
    as_buf_printf(out, "%scase $prev in\n", indent);
    for (const as_cmd_option *o = options; o && o->name; o++) {
        if (o->kind == AS_CMD_FLAG)
            continue;
        as_buf_c(out, indent);
        put_names(out, o, "|");
        as_buf_c(out, ") value=1 words='");
        if (o->choices)
            put_list(out, o->choices);
        as_buf_printf(out, "' files='%s' ;;\n", bash_files(o->hint));
    }
    as_buf_printf(out, "%sesac\n", indent);
}

static void bash_verb(as_buf *out, const as_cmd_program *program,
                      const as_cmd_verb *verb)
{
    as_buf_printf(out, "    '%s')\n        words='", verb->name);
    if (as_str_is_absent(as_cmd_second(verb)))
        put_verbs(out, program, as_cmd_first(verb));
    if (verb->choices)
        put_list(out, verb->choices);
    as_buf_printf(out, "' files='%s'\n        options='",
                  bash_files(verb->hint));
    bash_names(out, verb->options);
    bash_names(out, program->options);
    as_buf_c(out, "'\n");
    bash_values(out, verb->options, "        ");
    as_buf_c(out, "        ;;\n");
}

static void bash_cases(as_buf *out, const as_cmd_program *program)
{
    as_buf_c(out, "    case $verb in\n    '')\n        words='");
    put_verbs(out, program, AS_ABSENT);
    as_buf_c(out, "'\n        options='");
    bash_names(out, program->options);
    as_buf_c(out, "'\n        ;;\n");
    for (const as_cmd_verb *v = program->verbs; v->name; v++) {
        if (leads_bare_group(program, v)) {
            as_buf_printf(out, "    '%.*s')\n        words='",
                          AS_FMT(as_cmd_first(v)));
            put_verbs(out, program, as_cmd_first(v));
            as_buf_c(out, "'\n        options='--help'\n        ;;\n");
        }
        bash_verb(out, program, v);
    }
    as_buf_c(out, "    esac\n");
    bash_values(out, program->options, "    ");
}

/* Finds the verb that stands before the cursor. */
static void bash_walk(as_buf *out, const as_cmd_program *program)
{
    as_buf_c(out, "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                  "        case ${COMP_WORDS[i]} in\n");
    for (const as_cmd_option *o = program->options; o && o->name; o++) {
        if (o->kind == AS_CMD_FLAG)
            continue;
        as_buf_c(out, "        ");
        put_names(out, o, "|");
        as_buf_c(out, ") skip=1 ;;\n");
    }
    as_buf_c(out, "        --) ended=1 ;;\n"
                  "        -*|=) ;;\n"
                  "        *)\n"
                  "            if [[ -n $skip ]]; then\n"
                  "                skip=''\n"
                  "            elif [[ -z $verb ]]; then\n"
                  "                verb=${COMP_WORDS[i]}\n"
                  "            else\n"
                  "                case \"$verb ${COMP_WORDS[i]}\" in\n");
    for (const as_cmd_verb *v = program->verbs; v->name; v++)
        if (!as_str_is_absent(as_cmd_second(v)))
            as_buf_printf(out, "                '%s') verb='%s' ;;\n", v->name,
                          v->name);
    as_buf_c(out, "                esac\n"
                  "            fi ;;\n"
                  "        esac\n"
                  "    done\n");
}

static void put_bash(const as_cmd_program *program, as_buf *out)
{
    as_buf_printf(out, "# bash completion for %s\n", program->name);
    put_function(out, program);
    /* bash breaks "--name=value" into three words. */
    as_buf_c(out, "()\n{\n"
                  "    local cur=${COMP_WORDS[COMP_CWORD]}\n"
                  "    local prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
                  "    local verb='' words='' options='' files='' value=''\n"
                  "    local ended='' skip='' i\n"
                  "    if [[ $cur == = ]]; then\n"
                  "        cur=''\n"
                  "    elif [[ $prev == = ]]; then\n"
                  "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
                  "    fi\n");
    bash_walk(out, program);
    bash_cases(out, program);
    as_buf_c(out, "    if [[ -z $value && -z $ended && $cur == -* ]]; then\n"
                  "        words=$options files=''\n"
                  "    fi\n"
                  "    COMPREPLY=()\n"
                  "    if [[ -n $words ]]; then\n"
                  "        mapfile -t COMPREPLY < "
                  "<(compgen -W \"$words\" -- \"$cur\")\n"
                  "    fi\n"
                  "    if [[ -n $files ]]; then\n"
                  "        compopt -o filenames 2>/dev/null\n"
                  "        mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < \\\n"
                  "            <(compgen -\"$files\" -- \"$cur\")\n"
                  "    fi\n"
                  "}\n"
                  "complete -F ");
    put_function(out, program);
    as_buf_printf(out, " %s\n", program->name);
}

/* ---- zsh --------------------------------------------------------------- */

static const char ZSH_QUOTE[] = "'\\''";

static void zsh_action(as_buf *out, const char *const *choices,
                       as_cmd_hint hint)
{
    if (choices) {
        as_buf_c(out, "(");
        put_list(out, choices);
        as_buf_c(out, ")");
    } else if (hint == AS_CMD_FILE) {
        as_buf_c(out, "_files");
    } else if (hint == AS_CMD_FOLDER) {
        as_buf_c(out, "_files -/");
    } else {
        as_buf_c(out, " ");
    }
}

/* Names, which exclude each other unless it may be given again. */
static void zsh_names(as_buf *out, const as_cmd_option *o)
{
    const char *letter_end = o->kind == AS_CMD_FLAG ? "" : "+";
    const char *name_end = o->kind == AS_CMD_FLAG ? "" : "=";

    if (o->kind == AS_CMD_LIST)
        as_buf_c(out, "'*'");
    else if (o->letter)
        as_buf_printf(out, "'(-%c --%s)'", o->letter, o->name);
    if (o->letter)
        as_buf_printf(out, "{-%c%s,--%s%s}", o->letter, letter_end, o->name,
                      name_end);
    else
        as_buf_printf(out, "--%s%s", o->name, name_end);
}

static void zsh_options(as_buf *out, const as_cmd_option *options,
                        const char *indent)
{
    for (const as_cmd_option *o = options; o && o->name; o++) {
        as_buf_c(out, indent);
        zsh_names(out, o);
        as_buf_c(out, "'[");
        put_quoted(out, o->help, ZSH_QUOTE, "[]\\:");
        as_buf_c(out, "]");
        if (o->kind != AS_CMD_FLAG) {
            as_buf_c(out, ":");
            put_quoted(out, o->argument, ZSH_QUOTE, "\\:");
            as_buf_c(out, ":");
            zsh_action(out, o->choices, o->hint);
        }
        as_buf_c(out, "'\n");
    }
}

static void zsh_arguments(as_buf *out, const as_cmd_verb *verb)
{
    as_buf_c(out, "_arguments -s -S $common \\\n            ${(@)specs}");
    if (verb->choices) {
        as_buf_c(out, " '1:");
        put_quoted(out, verb->operands, ZSH_QUOTE, "\\:");
        as_buf_c(out, ":");
        zsh_action(out, verb->choices, AS_CMD_ANY);
        as_buf_c(out, "'");
    }
    if (verb->max != 0) {
        as_buf_c(out, " '*:");
        put_quoted(out, verb->operands, ZSH_QUOTE, "\\:");
        as_buf_c(out, ":");
        zsh_action(out, NULL, verb->hint);
        as_buf_c(out, "'");
    }
    as_buf_c(out, "\n");
}

/* The case of a verb; its second word, when it has one, is the case's. */
static void zsh_case(as_buf *out, const as_cmd_verb *verb, as_str word)
{
    as_buf_printf(out, "    (%.*s)\n        specs=(\n", AS_FMT(word));
    zsh_options(out, verb->options, "            ");
    as_buf_c(out, "        )\n        ");
    zsh_arguments(out, verb);
    as_buf_c(out, "        ;;\n");
}

/* "'name:summary'" of the verbs, as put_verbs. */
static void zsh_describe(as_buf *out, const as_cmd_program *program,
                         as_str group)
{
    as_buf_c(out, "        verbs=(\n");
    for (const as_cmd_verb *v = program->verbs; v->name; v++) {
        as_str word = as_cmd_first(v);
        if (as_str_is_absent(group) && !as_cmd_leads(program, v))
            continue;
        if (!as_str_is_absent(group)) {
            if (!as_str_eq(word, group))
                continue;
            word = as_cmd_second(v);
        }
        if (as_str_is_absent(word))
            continue;
        as_buf_printf(out, "            '%.*s", AS_FMT(word));
        if (!as_str_is_absent(group) || as_str_is_absent(as_cmd_second(v))) {
            as_buf_c(out, ":");
            put_quoted(out, v->summary, ZSH_QUOTE, "\\:");
        }
        as_buf_c(out, "'\n");
    }
    as_buf_c(out, "        )\n        _describe -t commands verb verbs\n");
}

static void zsh_group(as_buf *out, const as_cmd_program *program,
                      const as_cmd_verb *leader)
{
    as_str first = as_cmd_first(leader);

    as_buf_printf(out, "    (%.*s)\n    if (( CURRENT == 2 )); then\n",
                  AS_FMT(first));
    zsh_describe(out, program, first);
    as_buf_c(out, "        return\n    fi\n"
                  "    shift words\n    (( CURRENT-- ))\n"
                  "    case $words[1] in\n");
    for (const as_cmd_verb *v = program->verbs; v->name; v++)
        if (as_str_eq(as_cmd_first(v), first) &&
            !as_str_is_absent(as_cmd_second(v)))
            zsh_case(out, v, as_cmd_second(v));
    as_buf_c(out, "    esac\n    ;;\n");
}

static void put_zsh(const as_cmd_program *program, as_buf *out)
{
    as_buf_printf(out, "#compdef %s\n", program->name);
    put_function(out, program);
    as_buf_c(out, "() {\n"
                  "    local curcontext=\"$curcontext\" state line\n"
                  "    local -a common specs verbs\n"
                  "    typeset -A opt_args\n"
                  "    common=(\n");
    zsh_options(out, program->options, "        ");
    as_buf_c(out, "    )\n"
                  "    _arguments -s -S -C $common \\\n"
                  "        '1: :->verb' '*:: :->rest' && return\n"
                  "    if [[ $state == verb ]]; then\n");
    zsh_describe(out, program, AS_ABSENT);
    as_buf_c(out, "        return\n    fi\n    case $words[1] in\n");
    for (const as_cmd_verb *v = program->verbs; v->name; v++) {
        if (!as_cmd_leads(program, v))
            continue;
        if (as_cmd_is_group(program, as_cmd_first(v)))
            zsh_group(out, program, v);
        else
            zsh_case(out, v, as_cmd_first(v));
    }
    as_buf_c(out, "    esac\n}\n");
    put_function(out, program);
    as_buf_c(out, " \"$@\"\n");
}

/* ---- fish -------------------------------------------------------------- */

static const char FISH_QUOTE[] = "\\'";

/* The start of a line: under which words before the cursor it holds.
 * how: "is" for these and any behind them, "at" for these alone. */
static void fish_when(as_buf *out, const as_cmd_program *program,
                      const char *how, as_str words)
{
    as_buf_printf(out, "complete -c %s -n '_", program->name);
    put_function(out, program);
    as_buf_printf(out, "_%s%s%.*s'", how, words.n ? " " : "", AS_FMT(words));
}

static void fish_describe(as_buf *out, const char *text)
{
    as_buf_c(out, " -d '");
    put_quoted(out, text, FISH_QUOTE, "\\");
    as_buf_c(out, "'\n");
}

static void fish_value(as_buf *out, const as_cmd_option *o)
{
    if (o->kind == AS_CMD_FLAG)
        return;
    if (o->hint == AS_CMD_FILE) {
        as_buf_c(out, " -r -F");
    } else if (o->hint == AS_CMD_FOLDER) {
        as_buf_c(out, " -x -a '(__fish_complete_directories)'");
    } else if (o->choices) {
        as_buf_c(out, " -x -a '");
        put_list(out, o->choices);
        as_buf_c(out, "'");
    } else {
        as_buf_c(out, " -x");
    }
}

/* verb NULL: the common options. */
static void fish_options(as_buf *out, const as_cmd_program *program,
                         const as_cmd_verb *verb)
{
    const as_cmd_option *options = verb ? verb->options : program->options;

    for (const as_cmd_option *o = options; o && o->name; o++) {
        if (verb)
            fish_when(out, program, "is", as_str_c(verb->name));
        else
            as_buf_printf(out, "complete -c %s", program->name);
        if (o->letter)
            as_buf_printf(out, " -s %c", o->letter);
        as_buf_printf(out, " -l %s", o->name);
        fish_value(out, o);
        fish_describe(out, o->help);
    }
}

static void fish_verb(as_buf *out, const as_cmd_program *program,
                      const as_cmd_verb *verb)
{
    as_str second = as_cmd_second(verb), first = as_cmd_first(verb);

    if (leads_bare_group(program, verb)) {
        fish_when(out, program, "at", AS_ABSENT);
        as_buf_printf(out, " -a %.*s\n", AS_FMT(first));
    }
    fish_when(out, program, "at", as_str_is_absent(second) ? AS_ABSENT : first);
    as_buf_printf(out, " -a %.*s",
                  AS_FMT(as_str_is_absent(second) ? first : second));
    fish_describe(out, verb->summary);
    if (verb->choices) {
        fish_when(out, program, "at", as_str_c(verb->name));
        as_buf_c(out, " -a '");
        put_list(out, verb->choices);
        as_buf_c(out, "'\n");
    }
    if (verb->max != 0 && verb->hint != AS_CMD_ANY) {
        fish_when(out, program, "is", as_str_c(verb->name));
        as_buf_c(out, verb->hint == AS_CMD_FILE
                          ? " -F\n"
                          : " -a '(__fish_complete_directories)'\n");
    }
    fish_options(out, program, verb);
}

/* Functions that tell which words, options aside, stand before the cursor. */
static void fish_functions(as_buf *out, const as_cmd_program *program)
{
    as_buf_c(out, "function _");
    put_function(out, program);
    as_buf_c(out, "_words\n"
                  "    set -l skip\n"
                  "    for word in (commandline -opc)[2..-1]\n"
                  "        if set -q skip[1]\n"
                  "            set skip\n"
                  "            continue\n"
                  "        end\n"
                  "        switch $word\n");
    for (const as_cmd_option *o = program->options; o && o->name; o++) {
        if (o->kind == AS_CMD_FLAG)
            continue;
        as_buf_c(out, "            case ");
        put_names(out, o, " ");
        as_buf_c(out, "\n                set skip 1\n");
    }
    as_buf_c(out, "            case '-*'\n"
                  "            case '*'\n"
                  "                echo $word\n"
                  "        end\n"
                  "    end\n"
                  "end\nfunction _");
    put_function(out, program);
    as_buf_c(out, "_is\n    set -l words (_");
    put_function(out, program);
    as_buf_c(out, "_words)\n"
                  "    set -l n (count $argv)\n"
                  "    test (count $words) -ge $n\n"
                  "    and test \"$words[1..$n]\" = \"$argv\"\n"
                  "end\nfunction _");
    put_function(out, program);
    as_buf_c(out, "_at\n    set -l words (_");
    put_function(out, program);
    as_buf_c(out, "_words)\n    test \"$words\" = \"$argv\"\nend\n");
}

static void put_fish(const as_cmd_program *program, as_buf *out)
{
    as_buf_printf(out, "# fish completion for %s\n", program->name);
    fish_functions(out, program);
    as_buf_printf(out, "complete -c %s -f\n", program->name);
    fish_options(out, program, NULL);
    for (const as_cmd_verb *v = program->verbs; v->name; v++)
        fish_verb(out, program, v);
}

/* ---- which ------------------------------------------------------------- */

bool as_cmd_shell_of(as_str name, as_cmd_shell *ret)
{
    static const struct {
        const char *name;
        as_cmd_shell shell;
    } shells[] = {
        {"bash", AS_CMD_BASH}, {"zsh", AS_CMD_ZSH}, {"fish", AS_CMD_FISH}};

    for (size_t i = 0; i < AS_ARRAY_LEN(shells); i++) {
        if (!as_str_eq(name, as_str_c(shells[i].name)))
            continue;
        *ret = shells[i].shell;
        return true;
    }
    return false;
}

void as_cmd_completion(const as_cmd_program *program, as_cmd_shell shell,
                       as_buf *out)
{
    switch (shell) {
    case AS_CMD_BASH: put_bash(program, out); break;
    case AS_CMD_ZSH: put_zsh(program, out); break;
    case AS_CMD_FISH: put_fish(program, out); break;
    }
}
