/* help.c: --help, the man page and the completions, all from the tables. */
#include <stdio.h>
#include <string.h>

#include "commands.h"

static uint64_t options_of(const command *c) { return c->options | CLI_COMMON; }

static void option_line(int id)
{
    char left[64];
    const option_info *o = &cli_options[id];
    snprintf(left, sizeof left, "--%s%s%s", o->name, o->arg ? " " : "", o->arg ? o->arg : "");
    if (strlen(left) <= 22)
        printf("  %-22s %s\n", left, o->help);
    else
        printf("  %s\n  %-22s %s\n", left, "", o->help);
}

static void program_help(void)
{
    printf("dateline %s: a pile of pages in, one sourced account out\n\n"
           "usage: dateline COMMAND [options] [PATH...]\n\n"
           "A PATH is a file, a folder or - for standard input. With PATHs a command works on those alone;\n"
           "without any it works on the store.\n\n",
           DL_VERSION);
    for (size_t i = 0; i < cli_n_commands; i++) printf("  %-14s %s\n", cli_commands[i].name, cli_commands[i].summary);
    printf("  %-14s %s\n  %-14s %s\n\n", "completion", "a completion script for bash, zsh or fish", "man",
           "the manual page, as troff");
    printf("dateline COMMAND --help says more. dateline --version prints the build.\n");
}

/* The next "command\twhat" of the examples; NULL: no more. */
static const char *example(const char *at, int *width, const char **what, int *len)
{
    const char *tab = strchr(at, '\t'), *end = tab ? strchr(tab, '\n') : NULL;
    if (!end) return NULL;
    *width = (int)(tab - at);
    *what = tab + 1;
    *len = (int)(end - tab - 1);
    return end + 1;
}

static void help_examples(const char *at)
{
    const char *what, *next;
    int width, len;
    if (*at) printf("\nExamples:\n");
    for (; (next = example(at, &width, &what, &len)) != NULL; at = next) printf("  %.*s\n      %.*s\n", width, at, len, what);
}

void cli_help(const command *c)
{
    if (!c) {
        program_help();
        return;
    }
    printf("usage: dateline %s [options]%s%s\n\n%s\n\n", c->name, *c->args ? " " : "", c->args, c->text);
    for (int id = 0; id < OPT_IDS; id++)
        if (c->options & OPT(id)) option_line(id);
    printf("\n");
    for (int id = 0; id < OPT_IDS; id++)
        if (CLI_COMMON & OPT(id)) option_line(id);
    help_examples(c->examples);
    printf("\nExit: 0 all well, 1 nothing found or --exit-code, 2 usage, 3 some pages failed, 4 the machine, 130 interrupted.\n");
}

/* Words in man(7): a leading dot and every dash are escaped. */
static void troff_n(const char *s, size_t n)
{
    if (n && (*s == '.' || *s == '\'')) printf("\\&");
    for (; n--; s++) {
        if (*s == '-')
            printf("\\-");
        else if (*s == '\'')
            printf("\\(aq");
        else if (*s == '\\')
            printf("\\e");
        else
            putchar(*s);
    }
}

static void troff(const char *s) { troff_n(s, strlen(s)); }

static void man_examples(const char *at)
{
    const char *what, *next;
    int width, len;
    for (; (next = example(at, &width, &what, &len)) != NULL; at = next) {
        printf(".PP\n");
        troff_n(what, (size_t)len);
        printf(":\n.PP\n.EX\n    $ ");
        troff_n(at, (size_t)width);
        printf("\n.EE\n");
    }
}

static void man_option(int id)
{
    const option_info *o = &cli_options[id];
    printf(".TP\n.B \\-\\-");
    troff(o->name);
    if (o->arg) printf(" \\fI%s\\fR", o->arg);
    printf("\n");
    troff(o->help);
    printf("\n");
}

void cli_man(void)
{
    printf(
        ".TH DATELINE 1 \"\" \"dateline %s\" \"User Commands\"\n.SH NAME\ndateline \\- one sourced account from a pile of pages\n"
        ".SH SYNOPSIS\n.B dateline\n.I COMMAND\n[options] [\\fIPATH\\fR...]\n.SH DESCRIPTION\n"
        "Reads scraped pages, text, WARC files, JSONL and feeds, and writes one account per story: what happened, when, who said "
        "it,\n"
        "which reports are independent and which are copies, and where they disagree. Every sentence is cited to its bytes.\n"
        "With PATHs a command works on those alone, in memory; without any it works on the store.\n.SH COMMANDS\n",
        DL_VERSION);
    for (size_t i = 0; i < cli_n_commands; i++) {
        const command *c = &cli_commands[i];
        printf(".SS dateline %s %s\n", c->name, c->args);
        troff(c->text);
        printf("\n");
        for (int id = 0; id < OPT_IDS; id++)
            if (c->options & OPT(id)) man_option(id);
        man_examples(c->examples);
    }
    printf(".SH COMMON OPTIONS\n");
    for (int id = 0; id < OPT_IDS; id++)
        if (CLI_COMMON & OPT(id)) man_option(id);
    printf(".SH EXIT STATUS\n0 all well; 1 nothing found, or \\-\\-exit\\-code said so; 2 usage; 3 some pages failed, each named "
           "on standard\n"
           "error; 4 the machine (I/O, memory, a bad model or store); 130 interrupted, nothing lost.\n"
           ".SH ENVIRONMENT\n.B DATELINE_STORE\nthe store; \\fBXDG_DATA_HOME\\fR where dateline/dateline.db lies otherwise; "
           "\\fBNO_COLOR\\fR no colour.\n");
}

static void words(uint64_t set)
{
    for (int id = 0; id < OPT_IDS; id++)
        if (set & OPT(id)) printf(" --%s", cli_options[id].name);
}

/* The words that an option takes, blanks between; false: it takes others, or nothing. */
static bool values(int id, char *out, size_t size)
{
    const char *arg = cli_options[id].arg;
    if (!arg || !strchr(arg, '|')) return false;
    snprintf(out, size, "%s", arg);
    for (char *p = out; *p; p++)
        if (*p == '|') *p = ' ';
    return true;
}

static void bash_values(void)
{
    char v[64];
    printf("    case ${COMP_WORDS[COMP_CWORD-1]} in\n");
    for (int id = 0; id < OPT_IDS; id++)
        if (values(id, v, sizeof v))
            printf("    --%s) COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return;;\n", cli_options[id].name, v);
    printf("    esac\n");
}

static void bash(void)
{
    printf("_dateline() {\n    local cur=${COMP_WORDS[COMP_CWORD]} cmd=${COMP_WORDS[1]}\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
           "        COMPREPLY=($(compgen -W \"");
    for (size_t i = 0; i < cli_n_commands; i++) printf("%s ", cli_commands[i].name);
    printf("completion man\" -- \"$cur\")); return\n    fi\n");
    bash_values();
    printf("    case $cur in\n    -*) case $cmd in\n");
    for (size_t i = 0; i < cli_n_commands; i++) {
        printf("        %s) COMPREPLY=($(compgen -W \"", cli_commands[i].name);
        words(options_of(&cli_commands[i]));
        printf("\" -- \"$cur\"));;\n");
    }
    printf("        esac;;\n    *) COMPREPLY=($(compgen -f -- \"$cur\"));;\n    esac\n}\ncomplete -o filenames -F _dateline "
           "dateline\n");
}

/* Between single quotes of a shell. */
static void quoted(const char *s)
{
    for (; *s; s++) printf(*s == '\'' ? "'\\''" : "%c", *s);
}

static void zsh_option(int id)
{
    const option_info *o = &cli_options[id];
    char v[64];
    printf(" '--%s[", o->name);
    quoted(o->help);
    putchar(']');
    if (values(id, v, sizeof v))
        printf(":value:(%s)'", v);
    else
        printf("%s'", o->arg ? ":value:_files" : "");
}

static void zsh(void)
{
    printf("#compdef dateline\nlocal -a commands\ncommands=(\n");
    for (size_t i = 0; i < cli_n_commands; i++) {
        printf("  '%s:", cli_commands[i].name);
        quoted(cli_commands[i].summary);
        printf("'\n");
    }
    printf(")\nif (( CURRENT == 2 )); then _describe command commands; return; fi\ncase $words[2] in\n");
    for (size_t i = 0; i < cli_n_commands; i++) {
        printf("%s) _arguments", cli_commands[i].name);
        for (int id = 0; id < OPT_IDS; id++)
            if (options_of(&cli_commands[i]) & OPT(id)) zsh_option(id);
        printf(" '*:path:_files';;\n");
    }
    printf("esac\n");
}

static void fish_option(const command *c, int id)
{
    const option_info *o = &cli_options[id];
    char v[64];
    printf("complete -c dateline -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
    if (values(id, v, sizeof v))
        printf(" -x -a '%s'", v);
    else
        printf("%s", o->arg ? " -r" : "");
    printf(" -d '");
    quoted(o->help);
    printf("'\n");
}

static void fish(void)
{
    for (size_t i = 0; i < cli_n_commands; i++) {
        const command *c = &cli_commands[i];
        printf("complete -c dateline -n __fish_use_subcommand -f -a %s -d '", c->name);
        quoted(c->summary);
        printf("'\n");
        for (int id = 0; id < OPT_IDS; id++)
            if (options_of(c) & OPT(id)) fish_option(c, id);
    }
}

int cli_completion(const char *shell)
{
    if (shell && !strcmp(shell, "bash"))
        bash();
    else if (shell && !strcmp(shell, "zsh"))
        zsh();
    else if (shell && !strcmp(shell, "fish"))
        fish();
    else {
        fprintf(stderr, "dateline: completion takes bash, zsh or fish\n");
        return 2;
    }
    return 0;
}
