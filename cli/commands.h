/* commands.h: every command and every option, as tables: the parser, --help, the man page and the
 * completions are all made from them. */
#ifndef DL_CLI_COMMANDS_H
#define DL_CLI_COMMANDS_H

#include <dateline/dateline.h>

typedef enum opt_id {
    OPT_JSONL,
    OPT_JSON,
    OPT_FORMAT,
    OPT_STORE,
    OPT_STORY,
    OPT_THREADS,
    OPT_MODELS,
    OPT_PROGRESS,
    OPT_COLOUR,
    OPT_WIDTH,
    OPT_EXIT_CODE,
    OPT_FAMILIES,
    OPT_DIFF,
    OPT_ASSIGN,
    OPT_PAIRS,
    OPT_CHANGES,
    OPT_CONLLU,
    OPT_INPUT,
    OPT_NO_TREE,
    OPT_DAMAGE,
    OPT_BY,
    OPT_EXPLAIN,
    OPT_PRECISION,
    OPT_RECALL,
    OPT_ALONE,
    OPT_LENGTH,
    OPT_LINES_MIN,
    OPT_LIMIT,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_TO,
    OPT_KEEP,
    OPT_INDEX,
    OPT_EXPIRE,
    OPT_EXPLAIN_PAIR,
    OPT_EXPLAIN_ID,
    OPT_LOG,
    OPT_SVG,
    OPT_OF,
    OPT_WHO,
    OPT_NOTE,
    OPT_UNDO,
    OPT_HELP,
    OPT_IDS
} opt_id;

typedef struct option_info {
    const char *name; /* without the dashes                                                     */
    const char *arg;  /* what it takes, for people, or "one|two" the words it takes; NULL: nothing */
    const char *help;
} option_info;
extern const option_info cli_options[OPT_IDS];

#define OPT(id) (UINT64_C(1) << (id))

typedef struct command {
    const char *name;
    dl_what what;
    const char *args;     /* for the usage line                                                  */
    const char *summary;  /* one line                                                            */
    const char *text;     /* a paragraph for the man page                                        */
    uint64_t options;     /* set of OPT(opt_id), beside the common ones                          */
    const char *examples; /* a line each, "command\twhat it does"; empty: none                    */
} command;
extern const command cli_commands[];
extern const size_t cli_n_commands;
#define CLI_COMMON                                                                                                               \
    (OPT(OPT_STORE) | OPT(OPT_THREADS) | OPT(OPT_MODELS) | OPT(OPT_PROGRESS) | OPT(OPT_COLOUR) | OPT(OPT_WIDTH) | OPT(OPT_HELP))

const command *cli_find(const char *name); /* NULL: no such command */

/* help.c */
void cli_help(const command *c);       /* on stdout; NULL: the program's own                          */
void cli_man(void);                    /* dateline(1) in man(7)                                       */
int cli_completion(const char *shell); /* exit status                                            */

#endif
